"""Proof that a client's page says how likely he is to stay, why, and what somebody who knows better says."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from db import health, kept_health
from db.health import HealthWeights
from db.rows import fetch
from desktop.practice import OpenPractice
from desktop.rooms.clients.staying import score_tone
from desktop.shell.window import Window
from desktop.standing import Standing
from desktop.upkeep import Upkeep
from desktop.widgets.chip import ChipButton
from tests.db.known_truths import concern, in_touch, promised
from tests.made import let_be_made
from tests.rooms.test_client_page import opened_on, press, said

TODAY = dt.date.today()


def known(desk: OpenPractice, client: int) -> None:
    """A client in touch every thirty days, with a promise missed and an open concern told in confidence."""
    desk.do(in_touch, client, -150, 0, "declined")
    desk.do(promised, client, -10, kept=False)
    desk.do(concern, client, -20, restricted=True)


def test_the_head_tells_the_score_and_one_press_shows_its_parts(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    known(desk, client)
    page = opened_on(window, client, qtbot)
    told = desk.ask(health.health, client)
    (chip,) = [
        each for each in page.view.top.findChildren(ChipButton) if each.accessibleName() == f"Health {told.score}"
    ]
    chip.click()
    let_be_made()
    words = said(page.view)
    assert page.view.tabs.current() == "trust"
    area = next(each for each in page.view.trust.findChildren(QScrollArea) if each.isVisible())
    (title,) = [each for each in area.findChildren(QWidget) if each.accessibleName().startswith("Health, ")]
    farthest = area.verticalScrollBar().maximum()
    whole = area.widget()
    assert whole is not None
    place = min(farthest, title.mapTo(whole, title.rect().topLeft()).y())
    qtbot.waitUntil(lambda: abs(area.verticalScrollBar().value() - place) < 3)
    assert place > 0
    for part in ("Our promises", "Concerns and complaints", "Answers to advice"):
        assert part in words
    assert "Promises kept in time: 0 of 1" in words
    assert "A concern told in confidence is open since" in words
    assert "Too slow" not in words
    assert "All well: Silence" in words
    assert "Not known: Feedback, Fees" in words
    assert "Last in touch" not in words
    press(page.view, "What is well")
    assert "In touch today, usually every 30 days" in said(page.view)


def test_what_shows_a_reason_opens_in_its_room(window: Window, desk: OpenPractice, client: int, qtbot: QtBot) -> None:
    known(desk, client)
    page = opened_on(window, client, qtbot)
    page.view.tabs.choose("trust")
    let_be_made()
    links = [each for each in page.view.findChildren(QPushButton) if each.accessibleName().startswith("The advice")]
    links[0].click()
    qtbot.waitUntil(lambda: window.current_room() == "advice")


def test_a_word_against_the_score_stands_beside_it_until_it_is_taken_back(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    known(desk, client)
    page = opened_on(window, client, qtbot)
    page.view.tabs.choose("trust")
    let_be_made()
    score = desk.ask(health.health, client).score
    press(page.view, "Say otherwise")
    form = page.form
    assert form is not None
    form.set_values({"score": 120, "reason": "He told me so at the harbour."})
    form.submitted.emit()
    assert desk.ask(health.health, client).override is None
    form.set_values({"score": 95})
    form.submitted.emit()
    let_be_made()
    words = said(page.view)
    chips = [each.accessibleName() for each in page.view.top.findChildren(ChipButton)]
    assert f"Health {score}, said 95" in chips
    assert "He told me so at the harbour." in words
    assert desk.ask(health.health, client).score == score
    press(page.view, "Back to the reckoned health")
    let_be_made()
    assert "He told me so at the harbour." not in said(page.view)


def test_who_is_too_new_says_so_and_has_no_score(window: Window, desk: OpenPractice, client: int, qtbot: QtBot) -> None:
    desk.do(in_touch, client, -20, 0, "")
    page = opened_on(window, client, qtbot)
    page.view.tabs.choose("trust")
    let_be_made()
    assert "Too new: too little is known for a score" in said(page.view)
    assert not [each for each in page.view.top.findChildren(ChipButton) if "Health" in each.accessibleName()]


def test_the_threshold_of_the_practice_colours_the_score() -> None:
    assert [score_tone(score, 60) for score in (59, 60, 79, 80)] == ["red", "amber", "amber", "green"]


def test_what_a_new_day_left_without_a_score_is_reckoned_beside_the_window(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    known(desk, client)
    desk.do(health.set_health_weights, HealthWeights(silence=90))
    assert desk.ask(kept_health.count_stale, TODAY) == 1
    upkeep = Upkeep(desk, window, Standing(desk, window, window), window)
    upkeep.reckon_health()
    qtbot.waitUntil(lambda: desk.ask(kept_health.count_stale, TODAY) == 0, timeout=20_000)
    upkeep.stop()
    score = desk.ask(health.health, client).score
    assert desk.ask(fetch, "SELECT score FROM client_health WHERE id = ?", client)[0][0] == score
