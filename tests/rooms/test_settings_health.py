"""Proof that the practice weighs health itself, sees why, and what its weights would have said before clients left."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.health import FIRST_WEIGHTS, HealthWeights, health_weights
from db.practice import Practice
from desktop.practice import OpenPractice
from desktop.rooms.settings.health import HealthCard
from tests.db.conftest import known as known
from tests.db.conftest import known_file as known_file
from tests.db.conftest import truths as truths
from tests.db.known_truths import Truths


@pytest.fixture
def card(known: Practice, qtbot: QtBot) -> HealthCard:
    """The card over the practice of which all is known."""
    made = HealthCard(OpenPractice(known))
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    return made


def said(card: HealthCard) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel) if one.isVisible())


def test_weights_are_kept_and_a_refusal_stands_beside_its_field(card: HealthCard, known: Practice) -> None:
    card.form.set_values({"silence": 40, "threshold": 45})
    card.save()
    assert known.ask(health_weights) == HealthWeights(silence=40, threshold=45)
    card.form.set_values({"silence": 140})
    card.save()
    assert known.ask(health_weights).silence == 40
    card.form.set_values(dict.fromkeys(FIRST_WEIGHTS, 0))
    card.save()
    assert "Let at least one part count." in said(card)
    card.show_first()
    card.save()
    assert known.ask(health_weights) == HealthWeights()


def test_each_weight_says_why_it_is_what_it_is(card: HealthCard) -> None:
    words = said(card)
    assert "Who means to leave calls less before he says so." in words
    assert words.count("Letter and review") == 2


def test_the_back_test_tells_who_was_caught_and_is_made_anew_for_other_weights(
    card: HealthCard, truths: Truths, qtbot: QtBot
) -> None:
    card.run()
    qtbot.waitUntil(lambda: card.told is not None and card.test.isEnabled(), timeout=20_000)
    assert "7 clients left by their own will. 4 were caught, 2 were missed and 1 was too new" in said(card)
    spoken = [row.accessibleName() for row in card.left.rows()]
    assert sum(", caught" in words for words in spoken) == len(truths.leaving)
    first = card.told
    card.form.set_values({"threshold": 5})
    card.save()
    qtbot.waitUntil(lambda: card.told is not first and card.test.isEnabled(), timeout=20_000)
    assert "0 were caught, 6 were missed" in said(card)
