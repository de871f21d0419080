"""The frame as a user meets it: palette, shortcuts, ways back, notices, another language, and what is remembered."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from db.clients import NewClient, add_client
from db.deadlines import NewDeadline, add_deadline
from db.decisions import NewDecision, log_decision
from db.engagements import NewEngagement, add_engagement
from db.firm import PracticeEdit, edit_practice
from db.insights import NewInsight, record_insight
from db.parties import NewContact, NewParty
from db.privacy import NewRequest, log_request
from db.referrals import NewReferral, add_referral
from db.reviews import NewReview, hold_review
from db.scope import NewOutOfScope, log_out_of_scope
from db.trust import NewPromise, add_promise
from desktop import settings, text
from desktop.app import App
from desktop.practice import OpenPractice

OPENS = 60_000
CONTROL = Qt.KeyboardModifier.ControlModifier
NAMES = ("Iñaki Larrea", "Marta Dąbrowska", "Clínica Ocaña")


@pytest.fixture
def app(qtbot: QtBot, home: Path, empty_file: Path, tmp_path: Path) -> Iterator[App]:
    """The program with a practice of three clients open, and the focus in its window."""
    made = App(settings.Settings(scheme="light", language="en", idle_minutes=0))
    qtbot.addWidget(made.window)
    made.start(Path(shutil.copy(empty_file, tmp_path / "plain.cliens")))
    qtbot.waitUntil(lambda: made.desk is not None, timeout=OPENS)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    for name in NAMES:
        phone = [NewContact(kind="phone", value="+44 20 7946 0123")] if name == NAMES[2] else []
        desk(made).do(add_client, NewClient(party=NewParty(name=name, contacts=phone), standing="client"))
    yield made
    made.close()
    made.window.close()
    text.speak("en")


def desk(app: App) -> OpenPractice:
    """The open practice."""
    assert app.desk is not None
    return app.desk


def looked_for(app: App, qtbot: QtBot, typed: str) -> list[Any]:
    """What the palette lists for a text typed into it."""
    QTest.keyClick(app.window, Qt.Key.Key_K, CONTROL)
    field = app.window.top.search
    assert field.hasFocus()
    field.clear()
    with qtbot.waitSignal(app.window.search_changed, check_params_cb=lambda told: told == typed):
        QTest.keyClicks(field, typed)
    qtbot.waitUntil(lambda: app._finding is not None and app._finding._job is None)
    return field.results_shown()


@pytest.mark.parametrize("typed", ["larrea", "larera", "C-0001", "larr"])
def test_a_client_is_found_by_name_number_and_with_a_slip_and_opens(app: App, qtbot: QtBot, typed: str) -> None:
    rows = looked_for(app, qtbot, typed)
    assert (rows[0].group, rows[0].title) == ("Clients", "Iñaki Larrea")
    QTest.keyClick(app.window.top.search, Qt.Key.Key_Return)
    assert app.window.current_room() == "clients"
    page: Any = app.window.stack.currentWidget()
    assert page.current_client() == 1


def test_a_phone_number_typed_without_its_spaces_is_found(app: App, qtbot: QtBot) -> None:
    assert looked_for(app, qtbot, "02079460123")[0].title == "Clínica Ocaña"


@pytest.mark.parametrize(
    ("typed", "title", "keys"),
    [
        ("lock", "Lock", "Ctrl L"),
        ("shortcts", "Keyboard shortcuts", "F1"),
        ("log advise", "Log advice", "Ctrl Shift A"),
        ("trash", "Settings: Trash", ""),
        ("hihg contrast", "Colours: High contrast", ""),
    ],
)
def test_a_command_is_found_with_a_slip_and_shows_its_keys(
    app: App, qtbot: QtBot, typed: str, title: str, keys: str
) -> None:
    commands = [row for row in looked_for(app, qtbot, typed) if row.group == "Commands"]
    assert (commands[0].title, commands[0].when) == (title, keys)


def test_the_room_in_view_offers_its_own_commands(app: App, qtbot: QtBot) -> None:
    own = app.window.open_room("clients").commands()[0]
    assert own.title in [row.title for row in looked_for(app, qtbot, own.title.casefold())]


def test_advice_is_logged_for_whom_was_found(app: App, qtbot: QtBot) -> None:
    rows = looked_for(app, qtbot, "dabrowska")
    assert "Log advice for Marta Dąbrowska" in [row.title for row in rows if row.group == "Commands"]


def test_escape_goes_back_exactly_where_one_was(app: App, qtbot: QtBot) -> None:
    page: Any = app.window.open_room("clients", 2)
    table = page.table
    table.setFocus()
    before = (table.current_id(), table.verticalScrollBar().value())
    looked_for(app, qtbot, "larrea")
    QTest.keyClick(app.window.top.search, Qt.Key.Key_Escape)
    assert table.hasFocus()
    assert (table.current_id(), table.verticalScrollBar().value()) == before
    assert app.window.top.search.text() == ""
    assert app.window.top.search.results_shown() == []


def test_what_is_found_opens_where_it_is_seen(app: App, qtbot: QtBot) -> None:
    engagement = desk(app).do(add_engagement, NewEngagement(client_id=2, title="Flat in Cádiz", stage="active")).result
    assert isinstance(engagement, int)
    desk(app).do(add_engagement, NewEngagement(client_id=2, title="Another", stage="active"))
    desk(app).do(
        log_decision, NewDecision(engagement_id=engagement, item="Kiln door", choice="Oak", decided_by="Marta")
    )
    limit = dt.date.today() + dt.timedelta(days=40)
    new = NewDeadline(engagement_id=engagement, kind="filing", falls_on=limit, what="Kiln permit")
    desk(app).do(add_deadline, new)
    scope = NewOutOfScope(engagement_id=engagement, what="Kiln chimney", handling="goodwill")
    desk(app).do(log_out_of_scope, scope)
    desk(app).do(record_insight, NewInsight(client_id=2, kind="interview", verbatim="The kiln was a joy"))
    desk(app).do(hold_review, NewReview(client_id=2, they="continues", we="continue", their_words="Kiln first"))
    desk(app).do(add_referral, NewReferral(direction="in", sent_id=2, from_id=1, what_for="A kiln house"))
    desk(app).do(log_request, NewRequest(party_id=2, kind="access", words="All about the kiln"))
    found = {row.group: row for row in looked_for(app, qtbot, "kiln")}
    assert set(found) == {
        *("Decisions", "Deadlines", "Outside scope", "Insight", "Reviews", "Referrals", "Requests"),
    }
    for group in ("Decisions", "Deadlines", "Outside scope"):
        app.window.open_room("clients")
        app._on_result(found[group])
        assert app.window.current_room() == "engagements"
        page: Any = app.window.stack.currentWidget()
        assert page.current_engagement() == engagement
    rooms = {"Insight": "insight", "Reviews": "reviews", "Referrals": "referrals", "Requests": "privacy"}
    for group, room in rooms.items():
        app._on_result(found[group])
        assert app.window.current_room() == room
        listed: Any = app.window.stack.currentWidget()
        assert listed.current() == (2 if room == "reviews" else 1)


def test_the_empty_palette_shows_where_one_was_lately_and_what_is_often_done(app: App, qtbot: QtBot) -> None:
    app.window.open_room("clients", 2)
    app.window.open_room("clients", 1)
    app.window.open_room("today")
    app.choice.used = {"Lock": 4}
    QTest.keyClick(app.window, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(lambda: bool(app.window.top.search.results_shown()))
    rows = app.window.top.search.results_shown()
    assert [row.title for row in rows if row.group == "Lately"] == ["Iñaki Larrea", "Marta Dąbrowska"]
    assert next(row.title for row in rows if row.group == "Commands") == "Lock"


def test_who_comes_to_the_palette_by_tab_is_not_shown_a_list(app: App, qtbot: QtBot) -> None:
    app.window.top.search.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.qWait(150)
    assert app.window.top.search.results_shown() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_list_of_shortcuts_tells_those_of_the_room_and_escape_closes_it(
    app: App, qtbot: QtBot, key: Qt.Key
) -> None:
    page: Any = app.window.open_room("clients")
    page.table.setFocus()
    QTest.keyClick(page.table, key)
    sheet = app.window._sheet
    assert sheet is not None
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    own = {command.title for command in page.commands() if command.keys}
    assert own
    assert own | {"Find anything", "Log advice", "Keyboard shortcuts"} <= shown
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert QApplication.focusWidget() is page.table


def test_a_question_mark_typed_in_a_field_stays_in_it(app: App, qtbot: QtBot) -> None:
    app.window.begin_search()
    QTest.keyClicks(app.window.top.search, "why?")
    assert app.window.top.search.text() == "why?"
    assert app.window._sheet is None


def test_back_and_forward_lead_through_rooms_and_records(app: App, qtbot: QtBot) -> None:
    window = app.window
    window.open_room("clients", 2)
    window.open_room("advice")
    window.open_room("clients", 1)
    page: Any = window.stack.currentWidget()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_room() == "advice"
    QTest.mouseClick(window.top.back, Qt.MouseButton.LeftButton)
    assert (window.current_room(), page.current_client()) == ("clients", 2)
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert (window.current_room(), page.current_client()) == ("clients", 1)
    assert not window.top.forward.isEnabled()


def test_the_mouse_has_a_way_back_too(app: App, qtbot: QtBot) -> None:
    app.window.open_room("clients", 2)
    app.window.open_room("advice")
    QTest.mouseClick(app.window.windowHandle(), Qt.MouseButton.BackButton, pos=QPoint(5, 5))
    assert app.window.current_room() == "clients"


def test_a_promise_that_falls_due_is_said_once_with_the_way_to_it(app: App, qtbot: QtBot) -> None:
    today = dt.date.today()
    new = NewPromise(client_id=1, text="Call before the hearing", made_on=today, due_on=today, due_time="16:00")
    desk(app).do(add_promise, new)
    notices, window = app._notices, app.window
    assert notices is not None
    notices._seen = dt.datetime.combine(today, dt.time(15, 58))
    window.toast("Nothing yet")
    notices.look(dt.datetime.combine(today, dt.time(15, 59)))
    assert window._toast is not None
    assert window._toast.text() == "Nothing yet"
    notices.look(dt.datetime.combine(today, dt.time(16, 0)))
    toast = window._toast
    assert toast is not None
    assert toast.text() == "Due now, 16:00: Call before the hearing · Iñaki Larrea"
    toast._act()
    assert window.current_room() == "trust"
    window.toast("Said")
    notices.look(dt.datetime.combine(today, dt.time(16, 0, 30)))
    notices.look(dt.datetime.combine(today, dt.time(16, 1)))
    assert toast.text() == "Said"


def test_several_that_fall_due_at_once_are_said_in_one_breath(app: App, qtbot: QtBot) -> None:
    today = dt.date.today()
    for words in ("Call the court", "Send the draft"):
        new = NewPromise(client_id=1, text=words, made_on=today, due_on=today, due_time="16:00")
        desk(app).do(add_promise, new)
    notices = app._notices
    assert notices is not None
    notices._seen = dt.datetime.combine(today, dt.time(15, 58))
    notices.look(dt.datetime.combine(today, dt.time(16, 2)))
    toast = app.window._toast
    assert toast is not None
    assert toast.text() == "2 things are due now."
    toast._act()
    assert app.window.current_room() == "today"


def test_what_was_due_before_the_program_opened_is_not_said_again(app: App, qtbot: QtBot) -> None:
    today = dt.date.today()
    new = NewPromise(client_id=1, text="Long past", made_on=today, due_on=today, due_time="00:01")
    desk(app).do(add_promise, new)
    notices = app._notices
    assert notices is not None
    notices._seen = dt.datetime.combine(today, dt.time(9))
    app.window.toast("Nothing")
    notices.look(dt.datetime.combine(today, dt.time(9, 1)))
    assert app.window._toast is not None
    assert app.window._toast.text() == "Nothing"


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue that knows one word of Polish."""
    folder = tmp_path / "locale" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Clients"\nmsgstr "Klienci"\n'
    (folder / "cliens.po").write_text(words, encoding="utf-8")
    monkeypatch.setattr(text, "LOCALE_FOLDER", tmp_path / "locale")
    text._catalogue.cache_clear()
    yield
    text._catalogue.cache_clear()


def test_another_language_is_spoken_at_once_and_the_place_stays(app: App, qtbot: QtBot, polish: None) -> None:
    app.window.open_room("clients", 2)
    app.choose("language", "pl")
    qtbot.waitUntil(lambda: app.window.sidebar.entry("clients").text() == "Klienci")
    page: Any = app.window.stack.currentWidget()
    assert (app.window.current_room(), page.current_client()) == ("clients", 2)
    qtbot.waitUntil(lambda: app.window.sidebar.entry("clients").accessibleName() == "Klienci, 3")
    QTest.keyClick(app.window, Qt.Key.Key_4, CONTROL)
    assert app.window.current_room() == "advice"


def test_agreed_work_is_called_as_the_profession_calls_it_and_at_once(app: App, qtbot: QtBot) -> None:
    assert app.window.sidebar.entry("engagements").text() == "Matters"
    desk(app).do(edit_practice, PracticeEdit(profession="design"))
    assert app.window.sidebar.entry("engagements").text() == "Projects"
    # The rooms are made anew in these words right after, and the search with them.
    qtbot.waitUntil(lambda: app._profession == "design")
    desk(app).do(add_engagement, NewEngagement(client_id=1, title="Harbour house"))
    assert looked_for(app, qtbot, "harbour")[0].group == "Projects"


def test_closing_the_window_closes_what_was_opened_from_it(app: App, qtbot: QtBot) -> None:
    app.new_enquiry()
    (beside,) = [
        each for each in QApplication.topLevelWidgets() if each.parentWidget() is app.window and each.isVisible()
    ]
    app.window.close()
    assert not beside.isVisible()


def test_locking_takes_away_what_was_opened_beside_the_window(app: App, qtbot: QtBot) -> None:
    app.new_enquiry()
    app.window.show_shortcuts()
    beside = [each for each in QApplication.topLevelWidgets() if each.parentWidget() is app.window and each.isVisible()]
    assert beside
    app.lock()
    assert not any(each.isVisible() for each in beside)
    assert app.window._sheet is None or not app.window._sheet.isVisible()
    assert app.window.places.here() is None


def test_a_name_that_nobody_has_is_offered_as_an_enquiry(app: App, qtbot: QtBot) -> None:
    (row,) = looked_for(app, qtbot, "benedetti")
    assert row.title == "New enquiry from “benedetti”"
    QTest.keyClick(app.window.top.search, Qt.Key.Key_Return)
    (beside,) = [
        each for each in QApplication.topLevelWidgets() if each.parentWidget() is app.window and each.isVisible()
    ]
    call: Any = beside
    assert call.form.caller.typed() == "benedetti"
    beside.close()
