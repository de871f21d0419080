"""The Insight room: heard and written down by keyboard, done, told back, and themes counted by people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.history import list_steps
from db.insight_lists import list_insight_ids, list_insight_rows
from db.insights import InsightRow, NewAction, NewInsight, record_insight
from db.parties import NewContact, NewParty
from desktop.practice import OpenPractice
from desktop.rooms.insight.form import mail_draft
from desktop.rooms.insight.page import InsightPage
from desktop.shell.window import RoomEntry, Window
from desktop.widgets.paragraph import Paragraph
from tests.rooms.conftest import Keys

TODAY = dt.date.today()


@pytest.fixture
def client(desk: OpenPractice) -> int:
    """A client with an easy name and an e-mail."""
    contact = NewContact(kind="email", value="desk@portus.example")
    party = NewParty(kind="organisation", name="Portus Terminal", contacts=[contact])
    return int(str(desk.do(add_client, NewClient(party=party, standing="client")).result))


@pytest.fixture
def room(desk: OpenPractice, client: int, qtbot: QtBot) -> Iterator[InsightPage]:
    """The room in the real window, with the focus."""
    window = Window([RoomEntry("insight", "Insight", "message-square-quote", lambda: InsightPage(desk))])
    qtbot.addWidget(window)
    desk.changed.connect(window.on_changed)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = window.open_room("insight")
    assert isinstance(made, InsightPage)
    yield made
    window.close_rooms()


def _all(desk: OpenPractice) -> list[InsightRow]:
    return desk.ask(list_insight_rows, desk.ask(list_insight_ids))


def _heard(desk: OpenPractice, **values: object) -> int:
    given = {"kind": "survey", "verbatim": "You explain it well.", **values}
    return int(str(desk.do(record_insight, NewInsight.model_validate(given)).result))


def _listed(room: InsightPage) -> list[int | None]:
    model = room.list.rows
    return [model.id_at(row) for row in range(model.rowCount())]


def _said(room: InsightPage) -> str:
    QApplication.processEvents()
    labels, paragraphs = room.findChildren(QLabel), room.findChildren(Paragraph)
    shown = [made.text() for made in labels if made.isVisible()]
    return "\n".join(shown + [made.text() for made in paragraphs if made.isVisible()])


def test_what_was_heard_is_written_down_by_keyboard_with_theme_and_action(
    room: InsightPage, desk: OpenPractice, keys: Keys
) -> None:
    keys.press("Ctrl+N")
    keys.type("You explain the risk before the price.")
    keys.press("Tab")
    keys.type("Portus")
    keys.press("Down", "Return", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
    keys.press("Down", "Tab")
    keys.type("9")
    keys.press("Tab", "Tab")
    keys.type("Clarity")
    keys.press("Return")
    keys.type("Price")
    keys.press("Tab")
    keys.fill("Say the fee in the first letter", "Elena", "tomorrow")
    keys.press("Ctrl+Return")
    (row,) = _all(desk)
    assert (row.verbatim, row.client, row.metric, row.score) == (
        "You explain the risk before the price.",
        "Portus Terminal",
        "recommend",
        9,
    )
    assert row.themes == ["Clarity", "Price"]
    (action,) = row.actions
    assert (action.what, action.owner, action.due_on) == (
        "Say the fee in the first letter",
        "Elena",
        TODAY + dt.timedelta(days=1),
    )
    assert room.form is None
    assert room.current() == row.id


def test_a_score_off_the_scale_is_refused_beside_it(room: InsightPage, desk: OpenPractice, keys: Keys) -> None:
    room.write()
    form = room.form
    assert form is not None
    form.set_values({"verbatim": "Good", "metric": "satisfaction", "score": "6"})
    keys.press("Ctrl+Return")
    assert form.fields["score"].error() == "The scale goes from 1 to 5."
    form.set_values({"score": "good"})
    keys.press("Ctrl+Return")
    assert form.fields["score"].error() == "“good” is not a number."
    assert _all(desk) == []


def test_a_complaint_without_a_client_is_refused_beside_the_client(room: InsightPage, keys: Keys) -> None:
    room.write()
    assert room.form is not None
    room.form.set_values({"verbatim": "Too slow", "kind": "complaint"})
    keys.press("Ctrl+Return")
    assert room.form.fields["client_id"].error() == "This is needed."


def test_done_and_told_go_by_one_key_each_and_leave_the_lists(
    room: InsightPage, desk: OpenPractice, client: int, keys: Keys
) -> None:
    _heard(desk, client_id=client, action=NewAction(what="Monthly statement."))
    room.tabs.choose("actions")
    room.rest()
    keys.press("D")
    assert room.current() is None
    room.tabs.choose("to tell")
    room.rest()
    keys.press("T")
    form = room.form
    assert form is not None
    said = form.fields["said"].value()
    assert "You told us: “You explain it well.”" in said
    assert "This is what we have done: Monthly statement." in said
    form.set_values({"how": "On the phone"})
    form.submitted.emit()
    (action,) = _all(desk)[0].actions
    assert (action.done_on, action.told_on, action.told_how) == (TODAY, TODAY, "On the phone")
    assert desk.ask(list_steps, limit=1)[0].verb == "tell_what_was_done"


def test_the_words_are_handed_to_the_mail_program_as_they_stand(
    room: InsightPage, desk: OpenPractice, client: int, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    _heard(desk, client_id=client, verbatim="50 % & more?", action=NewAction(what="Cap"))
    room.rest()
    keys.press("D", "T")
    assert room.form is not None
    next(made for made in room.findChildren(QPushButton) if made.accessibleName() == "As an e-mail").click()
    (url,) = opened
    assert url.path() == "desk@portus.example"
    assert "50%20%25%20%26%20more%3F" in url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    assert room.form.fields["how"].value() == "By e-mail"


def test_a_draft_of_a_mail_hides_nothing_in_its_address() -> None:
    url = mail_draft("a?bcc=b@c.example", "S&body=x", "W")
    assert url.path(QUrl.ComponentFormattingOption.FullyDecoded) == "a?bcc=b@c.example"
    assert url.query(QUrl.ComponentFormattingOption.FullyEncoded) == "subject=S%26body%3Dx&body=W"


def test_a_complaint_is_settled_by_s_and_undone(room: InsightPage, desk: OpenPractice, client: int, keys: Keys) -> None:
    _heard(desk, client_id=client, kind="complaint", verbatim="Too slow")
    room.tabs.choose("complaints")
    room.rest()
    keys.press("S")
    assert _all(desk)[0].resolved_on == TODAY
    desk.undo()
    assert room.current() is not None


def test_the_list_is_narrowed_by_kind_and_theme(room: InsightPage, desk: OpenPractice, client: int) -> None:
    price = _heard(desk, client_id=client, themes=("Price",))
    praise = _heard(desk, client_id=client, kind="praise")
    room._kinds.setCurrentIndex(room._kinds.findData("praise"))
    assert _listed(room) == [praise]
    room._kinds.setCurrentIndex(0)
    room._themes.setCurrentIndex(room._themes.findData("Price"))
    assert _listed(room) == [price]


def test_themes_are_told_by_people_and_quotes_not_by_percent(room: InsightPage, desk: OpenPractice) -> None:
    for words in ("Clear", "Always clear"):
        _heard(desk, verbatim=words, themes=("Clarity",), metric="recommend", score=9)
    _heard(desk, themes=("Price",))
    room.tabs.choose("themes")
    said = _said(room)
    assert "2 of 3 said it" in said
    assert "“Always clear”" in said
    assert "%" not in said
    assert "people, not decimals" in said


def test_what_was_said_is_shown_as_typed(room: InsightPage, desk: OpenPractice) -> None:
    _heard(desk, verbatim="<b>Bold</b> & plain")
    assert "<b>Bold</b> & plain" in _said(room)


def test_what_is_looked_for_is_shown_whatever_was_filtered(
    room: InsightPage, desk: OpenPractice, client: int, keys: Keys
) -> None:
    sought = _heard(desk, verbatim="Sought")
    _heard(desk, client_id=client, kind="praise", themes=("Price",))
    room._kinds.setCurrentIndex(room._kinds.findData("praise"))
    room.tabs.choose("themes")
    room.show_record(sought)
    assert (room.tabs.current(), room.current()) == ("all", sought)
    room.show_record(9999)
    assert room.tabs.current() == "all"
