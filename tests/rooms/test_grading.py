"""The grade on a client's page and its criteria in Settings: seen, taken, taken back, and refused beside the field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.fees import NewFee, add_fee
from db.grade_criteria import grade_criteria
from db.grades import grade_of
from desktop.practice import OpenPractice
from desktop.rooms.clients.grading import GradeCard
from desktop.shell.window import Window
from desktop.widgets.chip import ChipButton
from desktop.widgets.paragraph import Paragraph
from tests.rooms.test_settings import shown


def billed(desk: OpenPractice, client: int, pounds: int) -> None:
    for days, amount in ((400, 1_000), (50, pounds)):
        on = dt.date.today() - dt.timedelta(days=days)
        desk.do(add_fee, NewFee(client_id=client, charged_on=on, amount_minor=amount * 100))


def card_of(window: Window, client: int) -> GradeCard:
    page: Any = window.open_room("clients")
    page.show_record(client)
    page.view.tabs.choose("details")
    assert page.view.details.form is not None
    card = page.view.details.grade
    assert isinstance(card, GradeCard)
    return card


def words(card: GradeCard) -> str:
    said = [label.text() for label in card.findChildren(QLabel)]
    said += [each.accessibleName() for each in card.findChildren(Paragraph)]
    return "\n".join(said)


def the_button(card: GradeCard) -> QPushButton:
    return next(each for each in card.findChildren(QPushButton) if each.text() == "Take the suggestion")


def test_a_grade_is_told_with_its_criteria_and_taken_by_a_person(
    window: Window, desk: OpenPractice, client: int
) -> None:
    billed(desk, client, 15_000)
    card = card_of(window, client)
    suggested = desk.ask(grade_of, client).suggested
    assert suggested not in ("", "A")
    told = words(card)
    assert "£15,000 billed in 12 months; £20,000 is full" in told
    assert "of fees in 12 months would make" in told
    the_button(card).click()
    assert desk.ask(grade_of, client).grade == suggested
    assert "Taken on today" in words(card_of(window, client))
    assert "This is the grade that your criteria suggest." in words(card)
    desk.undo()
    assert desk.ask(grade_of, client).grade == "A"
    assert the_button(card_of(window, client)) is not None


def test_the_grade_beside_the_name_leads_to_its_reasons(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    billed(desk, client, 15_000)
    page: Any = window.open_room("clients")
    page.show_record(client)
    chip = next(each for each in page.view.top.findChildren(ChipButton) if each.text() == "Grade A")
    chip.click()
    assert page.view.tabs.current() == "details"
    details = page.view.details
    qtbot.waitUntil(lambda: details.grade.visibleRegion().boundingRect().height() > 100)


def test_a_client_too_new_gets_no_suggestion(window: Window, desk: OpenPractice, client: int) -> None:
    card = card_of(window, client)
    assert "Too new: less than half of what the criteria ask for is known" in words(card)
    assert [each for each in card.findChildren(QPushButton) if each.text() == "Take the suggestion"] == []


def test_criteria_are_set_and_a_border_that_rises_is_refused_beside_its_field(qtbot: QtBot, desk: OpenPractice) -> None:
    page: Any = shown(qtbot, desk, "practice")
    form = page.practice.grades.form
    form.fields["fees_year"].line.setText("50")
    form.fields["full_year"].line.setText("80,000")
    page.practice.grades.save()
    kept = desk.ask(grade_criteria)
    assert (kept.fees_year, kept.full_year) == (50, 8_000_000)
    form.fields["border_b"].line.setText("90")
    page.practice.grades.save()
    assert "below that of A" in form.fields["border_b"].error()
    assert desk.ask(grade_criteria).border_b == 50
    page.practice.grades.refresh()
    assert form.fields["border_b"].line.text() == "50"
    desk.undo()
    assert desk.ask(grade_criteria).fees_year == 30
