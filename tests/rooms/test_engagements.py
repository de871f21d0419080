"""Proof that engagements are opened, moved through their stages and peopled on the screen as in the file."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from db import engagements
from db.advice import NewAdvice, log_advice
from desktop.practice import OpenPractice
from desktop.rooms.advice import writing
from desktop.rooms.engagements.page import EngagementsPage
from desktop.shell.window import Window
from tests.rooms.conftest import Keys


def room(window: Window) -> EngagementsPage:
    found = window.open_room("engagements")
    assert isinstance(found, EngagementsPage)
    return found


def press(within: QWidget, words: str) -> None:
    next(one for one in within.findChildren(QPushButton) if one.accessibleName() == words and one.isVisible()).click()


def titles(page: EngagementsPage) -> list[str]:
    return [page.table.rows.row_object(at).title for at in range(page.table.rows.rowCount())]


def test_an_engagement_is_opened_from_the_client_by_keyboard(
    window: Window, desk: OpenPractice, client: int, keys: Keys
) -> None:
    clients = window.open_room("clients")
    clients.show_record(client)
    keys.press("Ctrl+Shift+E")
    keys.type("Larrea v. Portus")
    keys.press("Tab")
    keys.type("Litigation")
    keys.press("Ctrl+Return")
    page = room(window)
    assert titles(page) == ["Larrea v. Portus"]
    row = desk.ask(engagements.list_engagement_rows, [page.table.current_id() or 0])[0]
    assert (row.client_id, row.area, row.stage, row.number) == (client, "Litigation", "active", "E-0001")


def test_an_engagement_needs_a_client_and_a_title(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    page = room(window)
    page.write()
    keys.press("Ctrl+Return")
    assert page.form is not None
    assert page.form.fields["client_id"].error() == "This is needed."
    assert page.form.fields["title"].error() == "This is needed."
    assert desk.ask(engagements.list_engagement_ids) == []


def test_closing_asks_for_the_outcome(window: Window, desk: OpenPractice, engagement: int, keys: Keys) -> None:
    page = room(window)
    page.table.setFocus()
    keys.press("Ctrl+Shift+S")
    form = page.form
    assert form is not None
    assert form.fields["outcome"].isHidden()
    form.fields["stage"].set_value("completed")
    keys.press("Ctrl+Return")
    assert form.fields["outcome"].error() == "This is needed."
    form.set_values({"outcome": "Settled at 178,000"})
    keys.press("Ctrl+Return")
    row = desk.ask(engagements.list_engagement_rows, [engagement])[0]
    assert (row.stage, row.outcome) == ("completed", "Settled at 178,000")
    assert page.table.rows.row_object(0).stage == "completed"


def test_a_closed_engagement_is_reopened_by_its_stage(window: Window, desk: OpenPractice, engagement: int) -> None:
    desk.do(engagements.change_stage, engagement, engagements.NewStage(stage="completed", outcome="Settled"))
    page = room(window)
    page.show_record(engagement)
    press(page.view, "Change stage")
    assert page.form is not None
    page.form.set_values({"stage": "active"})
    page.form.submitted.emit()
    assert desk.ask(engagements.list_engagement_rows, [engagement])[0].stage == "active"


def test_only_what_was_changed_is_written(window: Window, desk: OpenPractice, engagement: int, keys: Keys) -> None:
    page = room(window)
    page.show_record(engagement)
    keys.press("F2")
    assert page.form is not None
    page.form.set_values({"fee_minor": 900_000, "fee_basis": "fixed", "letter": "signed"})
    keys.press("Ctrl+Return")
    record = desk.ask(engagements.get_engagement, engagement)
    assert (record.fee_minor, record.fee_basis, record.letter) == (900_000, "fixed", "signed")
    assert record.letter_signed_on is not None
    assert (record.title, record.stage) == ("Larrea v. Portus", "active")


def test_an_opponent_who_was_not_known_is_added_in_his_role(
    window: Window, desk: OpenPractice, engagement: int, keys: Keys
) -> None:
    page = room(window)
    page.show_record(engagement)
    press(page.view, "Add party")
    assert page.form is not None
    page.form.set_values({"new": "organisation", "kind": "adverse"})
    keys.type("Portus Terminal")
    keys.press("Ctrl+Return")
    assert [(role.name, role.kind) for role in desk.ask(engagements.list_roles, engagement)] == [
        ("Portus Terminal", "adverse")
    ]
    press(page.view, "Remove Portus Terminal")
    assert desk.ask(engagements.list_roles, engagement) == []


def test_a_role_without_anybody_is_refused(window: Window, desk: OpenPractice, engagement: int) -> None:
    page = room(window)
    page.show_record(engagement)
    press(page.view, "Add party")
    form = page.form
    assert form is not None
    form.submitted.emit()
    assert form.fields["party_id"].error() == "This is needed."
    assert desk.ask(engagements.list_roles, engagement) == []


def test_the_open_ones_alone_are_listed(window: Window, desk: OpenPractice, client: int, engagement: int) -> None:
    closed = engagements.NewEngagement(client_id=client, title="Berth lease")
    number = int(str(desk.do(engagements.add_engagement, closed).result))
    desk.do(engagements.change_stage, number, engagements.NewStage(stage="completed", outcome="Renewed"))
    page = room(window)
    assert len(titles(page)) == 2
    page.open_only.setChecked(True)
    assert titles(page) == ["Larrea v. Portus"]
    page.show_record(number)
    assert page.table.current_id() == number


def test_advice_is_logged_for_the_engagement_in_view(
    window: Window, desk: OpenPractice, client: int, engagement: int
) -> None:
    page = room(window)
    page.show_record(engagement)
    press(page.view, "Log advice")
    form = writing.windows(window)[0].form
    assert (form.client.value(), form.engagement.value()) == (client, engagement)


def test_its_advice_stands_on_the_engagement_s_page_and_opens(
    window: Window, desk: OpenPractice, client: int, engagement: int
) -> None:
    new = NewAdvice(client_id=client, engagement_id=engagement, question="Settle?", advice="Yes.", record=True)
    entry = desk.do(log_advice, new).result
    page = room(window)
    page.show_record(engagement)
    from desktop.widgets.card import Card

    row = next(row for card in page.view.findChildren(Card) for row in card.rows() if row.text() == "Settle?")
    row.click()
    assert window.current_room() == "advice"
    assert window.open_room("advice").table.current_id() == entry  # type: ignore[attr-defined]
