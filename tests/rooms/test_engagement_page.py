"""Proof that an engagement's page keeps its scope, dates, decisions, letter and periods as they are seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from db import deadlines, decisions, engagements, firm, scope
from db.decisions import NewDecision, list_decisions
from db.engagements import EngagementEdit, NewEngagement
from db.firm import PracticeEdit
from db.scope import list_out_of_scope
from db.trust import NewPromise, add_promise
from desktop.practice import OpenPractice
from desktop.rooms.engagements import calendar
from desktop.rooms.engagements.decision_line import DecisionLine
from desktop.rooms.engagements.decisions import DecisionsTab
from desktop.rooms.engagements.page import EngagementsPage
from desktop.rooms.engagements.scope import ScopeTab
from desktop.shell.window import Window
from desktop.widgets.bar import MessageBar
from desktop.widgets.chip import Chip
from tests.rooms.conftest import Keys

TODAY = dt.date.today()


@pytest.fixture
def page(window: Window, desk: OpenPractice, engagement: int) -> EngagementsPage:
    """The room with one engagement in view."""
    found = window.open_room("engagements")
    assert isinstance(found, EngagementsPage)
    found.show_record(engagement)
    return found


def press(within: QWidget, words: str) -> None:
    found = [one for one in within.findChildren(QAbstractButton) if one.accessibleName() == words and one.isVisible()]
    assert found, words
    found[0].click()


def bars(page: EngagementsPage) -> list[str]:
    return [bar.text() for bar in page.view.findChildren(MessageBar) if bar.isVisible()]


def chips(page: EngagementsPage) -> list[str]:
    return [chip.text() for chip in page.view.findChildren(Chip) if chip.isVisible()]


def test_the_professions_word_is_everywhere(window: Window, desk: OpenPractice, engagement: int) -> None:
    page = window.open_room("engagements")
    assert isinstance(page, EngagementsPage)
    assert (page.title(), page.pane._title.text()) == ("Matters", "Matters")
    desk.do(firm.edit_practice, PracticeEdit(profession="design"))
    fresh = EngagementsPage(desk).whole()
    assert (fresh.title(), fresh.pane._title.text()) == ("Projects", "Projects")
    fresh.write()
    assert fresh.form is not None
    assert "New project" in [label.text() for label in fresh.findChildren(QLabel)]
    assert list(fresh.view.pages)[1] == "decisions"


def test_a_matter_without_limitation_date_warns_until_one_is_noted(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    assert [text for text in bars(page) if text.startswith("No limitation date is noted")]
    press(page.view, "Note the date")
    keys.type("in 30 days")
    keys.press("Ctrl+Return")
    (row,) = desk.ask(deadlines.list_deadlines, engagement)
    assert (row.kind, row.falls_on, row.warn_days) == ("limitation", TODAY + dt.timedelta(days=30), 90)
    assert bars(page) == []
    desk.undo()
    press(page.view, "None applies")
    keys.press("Ctrl+Return")
    assert page.form is not None
    assert page.form.fields["why"].error() == "This is needed."
    keys.type("Advice only")
    keys.press("Ctrl+Return")
    assert bars(page) == []


def test_a_deadline_is_noted_by_keys_and_met_on_its_tab(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    page.table.setFocus()
    keys.press("Ctrl+Shift+D")
    keys.type("Hearing in room 4")
    keys.press("Ctrl+Return")
    assert page.form is not None
    assert page.form.fields["falls_on"].error() == "This is needed."
    page.form.set_values({"falls_on": TODAY + dt.timedelta(days=5), "at_time": "10:00"})
    keys.press("Ctrl+Return")
    page.view.choose("dates")
    assert "In 5 days" in chips(page)
    press(page.view, "Met: Hearing in room 4")
    assert desk.ask(deadlines.list_deadlines, engagement)[0].done_on == TODAY
    assert "Met" in chips(page)


def test_scope_is_written_in_its_place_and_kept_on_leaving(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    page.view.choose("scope")
    tab = page.view.pages["scope"]
    assert isinstance(tab, ScopeTab)
    tab.fields["scope_included"].setFocus()
    keys.type("One hearing")
    keys.press("Ctrl+Return")
    assert desk.ask(engagements.get_engagement, engagement).scope_included == "One hearing"
    desk.undo()
    assert tab.fields["scope_included"].value() == ""
    tab.fields["scope_excluded"].setFocus()
    keys.type("Appeal")
    keys.press("Esc")
    assert tab.fields["scope_excluded"].value() == ""
    assert desk.ask(engagements.get_engagement, engagement).scope_excluded == ""


def test_a_quick_question_is_noted_and_summed(
    page: EngagementsPage, desk: OpenPractice, client: int, engagement: int, keys: Keys
) -> None:
    page.table.setFocus()
    keys.press("Ctrl+Shift+O")
    assert page.form is not None
    keys.type("VAT on a gift")
    keys.press("Tab", "Tab")
    keys.type("15")
    keys.press("Tab")
    keys.type("40")
    keys.press("Ctrl+Return")
    (entry,) = desk.ask(list_out_of_scope, client)
    assert (entry.what, entry.handling, entry.minutes, entry.amount_minor, entry.engagement_id) == (
        *("VAT on a gift", "goodwill", 15, 4000, engagement),
    )
    page.view.choose("scope")
    assert "1 time · 15 min · £40.00 given" in [label.text() for label in page.view.findChildren(QLabel)]


def test_minutes_that_are_none_are_refused_beside_their_field(page: EngagementsPage, desk: OpenPractice) -> None:
    page.note_outside(page.view.row)  # type: ignore[arg-type]
    assert page.form is not None
    page.form.fields["what"].set_value("Visa")
    page.form.fields["minutes"].line.setText("a while")  # type: ignore[attr-defined]
    page.form.submitted.emit()
    assert page.form.fields["minutes"].error() == "This is not a whole number."
    assert desk.ask(list_out_of_scope) == []


def decisions_tab(page: EngagementsPage) -> DecisionsTab:
    page.view.choose("decisions")
    tab = page.view.pages["decisions"]
    assert isinstance(tab, DecisionsTab)
    return tab


def shown(tab: DecisionsTab) -> list[tuple[str, bool]]:
    lines = [line for line in tab.findChildren(DecisionLine) if line.isVisible()]
    return [(line.choice.text(), line.choice.font().strikeOut()) for line in lines]


def test_decisions_are_entered_one_a_line_and_enter_goes_on(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    tab = decisions_tab(page)
    tab.entries["item"].setFocus()
    for line in (("Door fronts", "Oak", "Ana", "1,200", "3"), ("Floor", "Cork", "", "-400", "")):
        for text in line:
            keys.type(text)
            keys.press("Tab")
        tab.entries["days"].setFocus()
        keys.press("Return")
        assert tab.entries["item"].hasFocus()
    found = [(row.item, row.decided_by, row.cost_minor, row.days) for row in desk.ask(list_decisions, engagement)]
    assert found == [("Floor", "Ana", -40_000, None), ("Door fronts", "Ana", 120_000, 3)]
    assert tab._sum.text() == "2 decisions stand · +£800.00 · +3 days"


def test_a_decision_without_its_choice_is_refused_beneath_the_line(
    page: EngagementsPage, desk: OpenPractice, keys: Keys
) -> None:
    tab = decisions_tab(page)
    tab.entries["item"].setFocus()
    keys.type("Floor")
    keys.press("Return")
    assert tab.error.text() == "Choice: This is needed."
    assert tab.entries["choice"].hasFocus()
    keys.type("Cork")
    tab.entries["decided_by"].setText("Ana")
    tab.entries["days"].setText("soon")
    keys.press("Return")
    assert tab.error.text() == "± Days: This is not a whole number."
    assert desk.ask(list_decisions) == []


def test_a_change_of_mind_strikes_through_and_never_overwrites(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    new = NewDecision(engagement_id=engagement, item="Door fronts", choice="Oak", decided_by="Ana")
    desk.do(decisions.log_decision, new)
    tab = decisions_tab(page)
    press(tab, "Change of mind: Door fronts")
    keys.type("Walnut")
    keys.press("Ctrl+Return")
    assert page.form is not None
    assert page.form.fields["reason"].error() == "This is needed."
    page.form.set_values({"reason": "Too light", "cost_minor": 90_000})
    keys.press("Ctrl+Return")
    assert shown(tab) == [("Walnut", False), ("Oak", True)]
    assert [row.stands for row in desk.ask(list_decisions, engagement)] == [True, False]


def test_when_did_we_agree_that_looks_through_all_engagements(
    page: EngagementsPage, desk: OpenPractice, client: int, engagement: int
) -> None:
    other = int(str(desk.do(engagements.add_engagement, NewEngagement(client_id=client, title="Lease")).result))
    for where, item in ((engagement, "Door fronts"), (other, "Front garden")):
        new = NewDecision(engagement_id=where, item=item, choice="Oak", decided_by="Ana")
        desk.do(decisions.log_decision, new)
    page.show_record(engagement)
    tab = decisions_tab(page)
    tab.search.setText("front")
    assert len(shown(tab)) == 1
    tab.everywhere.setChecked(True)
    assert len(shown(tab)) == 2
    tab.search.setText("walnut")
    assert shown(tab) == []


def test_the_letter_goes_from_draft_to_signed_by_buttons(
    page: EngagementsPage, desk: OpenPractice, engagement: int
) -> None:
    press(page.view, "Letter sent today")
    assert desk.ask(engagements.get_engagement, engagement).letter_sent_on == TODAY
    assert "Letter sent" in chips(page)
    press(page.view, "Letter signed today")
    row = desk.ask(engagements.get_engagement, engagement)
    assert (row.letter, row.letter_signed_on) == ("signed", TODAY)
    desk.undo()
    assert "Letter sent" in chips(page)


def test_an_undertaking_and_an_adverse_party_are_marked_in_words(
    page: EngagementsPage, desk: OpenPractice, client: int, engagement: int
) -> None:
    new = NewPromise(client_id=client, engagement_id=engagement, text="Hold the deposit", undertaking=True)
    desk.do(add_promise, new)
    page.add_role(page.view.row)  # type: ignore[arg-type]
    assert page.form is not None
    page.form.set_values({"new": "organisation", "kind": "adverse"})
    page.form.fields["party_id"].line.setText("Portus Terminal")  # type: ignore[attr-defined]
    page.form.submitted.emit()
    assert {"Undertaking", "Adverse party"} <= set(chips(page))


def test_the_next_period_begins_with_nothing_typed(
    page: EngagementsPage, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    last = TODAY - dt.timedelta(days=1)
    edit = EngagementEdit(
        title="Accounts 2025", recurs="yearly", period_from=last - dt.timedelta(days=364), period_until=last
    )
    desk.do(engagements.edit_engagement, engagement, edit)
    assert [text for text in bars(page) if text.startswith("This period is over")]
    press(page.view, "Begin the next period")
    keys.press("Ctrl+Return")
    assert page.view.row is not None
    assert (page.view.row.title, page.view.row.recurs) == ("Accounts 2026", "yearly")
    assert "This one" in [row.row.chip for row in page.view.findChildren(QWidget) if hasattr(row, "row") and row.row]
    page.show_record(engagement)
    assert not [text for text in bars(page) if text.startswith("This period is over")]


def test_filters_stand_as_chips_and_are_taken_off(page: EngagementsPage, desk: OpenPractice, client: int) -> None:
    desk.do(engagements.add_engagement, NewEngagement(client_id=client, title="Lease", stage="enquiry", area="Land"))
    stages = next(action.menu() for action in page.filters.menu().actions() if action.text() == "Stage")
    next(action for action in stages.actions() if action.text() == "Enquiry").trigger()  # type: ignore[attr-defined]
    assert page.table.rows.rowCount() == 1
    page.filters.take(replace(page.filters.wanted, area="Land"))
    press(page.filters, "Take off the filter Enquiry")
    assert page.filters.wanted.stages == ()
    assert page.table.rows.rowCount() == 1
    press(page.filters, "Take off the filter Land")
    assert page.table.rows.rowCount() == 2
    assert not page.filters.isVisible()


def test_the_dates_are_dragged_out_as_a_calendar_file(page: EngagementsPage, desk: OpenPractice) -> None:
    assert page.view.row is not None
    path = calendar.dates_file(page, page.view.row)
    assert path is not None
    assert Path(path).name == "E-0001 – Larrea v. Portus.ics"
    assert Path(path).read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_decision_sheet_is_made_while_the_window_goes_on(
    page: EngagementsPage, desk: OpenPractice, qtbot: object
) -> None:
    made: list[bytes] = []
    assert page.view.row is not None
    calendar.make_sheet(page, page.view.row, made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=10_000)  # type: ignore[attr-defined]
    assert made[0].startswith(b"%PDF")


def test_work_outside_scope_can_be_agreed_later(page: EngagementsPage, desk: OpenPractice, engagement: int) -> None:
    new = scope.NewOutOfScope(engagement_id=engagement, what="Visa", handling="quote")
    desk.do(scope.log_out_of_scope, new)
    page.view.choose("scope")
    press(page.view, "Agreed: Visa")
    assert desk.ask(list_out_of_scope)[0].settled_on == TODAY
