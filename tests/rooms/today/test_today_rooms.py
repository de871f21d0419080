"""Proof that what takes more than a key on Today is opened by D where it is done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.privacy import NewRequest, log_request
from db.reviews import list_reviews, move_review
from desktop.app import App
from tests.rooms.test_standing import app as app
from tests.rooms.today.made import Hands, a_client, day, made


def opened_by_d(app: App, qtbot: QtBot, kind: str) -> Any:
    """Press D on the first row of a kind; gives the room that is shown then."""
    page: Any = app.window.open_room("today")
    hands = Hands(page, qtbot)
    hands.rest()
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    row = next(row for row in page.listed() if row.waiting.kind == kind)
    row.face.setFocus()
    hands.press(Qt.Key.Key_D)
    return app.window.open_room(app.window.current_room())


def test_d_holds_a_review_in_a_breath_where_both_go_on(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    client = a_client(desk, "Vega", "A")
    desk.do(move_review, client, day(-3))
    page = opened_by_d(app, qtbot, "client_review")
    (strip,) = [row.strip for row in page.listed() if row.strip is not None]
    assert [each.text() for each in strip.buttons] == ["Both go on", "In full…"]
    Hands(page, qtbot).press(Qt.Key.Key_Return)
    (review,) = desk.ask(list_reviews, client)
    assert (review.they, review.we) == ("continues", "continue")
    Hands(page, qtbot).rest()
    assert "client_review" not in {row.waiting.kind for row in page.listed()}


def test_d_opens_the_review_of_a_client_where_there_is_more_to_say(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    a_client(desk, "Birch", "B")
    client = a_client(desk, "Vega", "A")
    desk.do(move_review, client, day(-3))
    today = opened_by_d(app, qtbot, "client_review")
    (strip,) = [row.strip for row in today.listed() if row.strip is not None]
    strip.buttons[1].click()
    qtbot.waitUntil(lambda: app.window.current_room() == "reviews")
    room: Any = app.window.open_room("reviews")
    qtbot.waitUntil(lambda: room.form is not None)
    assert (app.window.current_room(), room.current()) == ("reviews", client)
    assert room.form is not None
    room.form.submitted.emit()
    assert len(desk.ask(list_reviews, client)) == 1
    page: Any = app.window.open_room("today")
    Hands(page, qtbot).rest()
    assert "client_review" not in {row.waiting.kind for row in page.listed()}


def test_d_opens_a_request_about_data(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    a_client(desk, "Vega", "A")
    made(desk.do(log_request, NewRequest(party_id=1, kind="access")))
    second = made(desk.do(log_request, NewRequest(party_id=1, kind="erasure", received_on=day(-20))))
    room = opened_by_d(app, qtbot, "right")
    assert (app.window.current_room(), room.current()) == ("privacy", second)
