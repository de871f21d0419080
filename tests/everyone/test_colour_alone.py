"""Proof that nothing is told by a colour alone: beside each there is a word, a sign or a shape."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from db.conflicts import ConflictHit
from desktop.rooms.today import effort
from desktop.rooms.words import TONES, word
from desktop.shell import style
from desktop.text import LANGUAGES, speak
from desktop.why import verdict_words
from desktop.widgets.fields import TextField


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_that_has_a_colour_has_a_word_of_its_own(language: str) -> None:
    speak(language)
    try:
        said = {code: word(code) for code in TONES}
    finally:
        speak("en")
    assert not [code for code, told in said.items() if not told]
    by_word = {told: {TONES[code] for code, each in said.items() if each == told} for told in said.values()}
    assert {told: tones for told, tones in by_word.items() if len(tones) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_verdict_of_a_conflict_check_has_a_word_of_its_own(language: str) -> None:
    speak(language)
    try:
        said = Counter(verdict_words(verdict) for verdict in ("clear", "look", "stop"))
    finally:
        speak("en")
    assert set(said.values()) == {1}
    assert all(said)


def test_who_is_quiet_or_at_risk_has_a_shape_of_his_own_among_the_marks() -> None:
    shapes = [shape for _tone, shape in effort._MARKS.values()]
    assert len({*shapes, effort._WELL[1]}) == len(shapes) + 1


def test_a_field_that_is_refused_says_so_in_words_too(qapp: QApplication, qtbot: QtBot) -> None:
    style.apply(qapp, "light")
    field = TextField("Name")
    qtbot.addWidget(field)
    field.show()
    field.refuse("This is needed.")
    assert "This is needed." in {each.text() for each in field.findChildren(QLabel) if each.isVisible()}
    assert field.entry.accessibleDescription() == "This is needed."


@pytest.mark.parametrize(("conflict", "verdict"), [(True, "stop"), (False, "look")])
def test_a_hit_says_in_words_whether_it_is_a_conflict(
    qapp: QApplication, qtbot: QtBot, conflict: bool, verdict: str
) -> None:
    from desktop.rooms.enquiry.verdict import _Hit

    facts = {"role": "client", "where": "", "status": "", "standing": "client", "client_id": 1, "engagement_id": None}
    hit = ConflictHit("Ana Vega", 1, "Ana Vega", 97, (), met_on="2026-01-02", conflict=conflict, **facts)  # type: ignore[arg-type]
    line = _Hit(hit, None)
    qtbot.addWidget(line)
    assert any(verdict_words(verdict) in each.text() for each in line.findChildren(QLabel))
