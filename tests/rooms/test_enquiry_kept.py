"""Proof that a call half written down outlives a locked practice, and nothing of it what was saved or thrown away."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from db.drafts import list_jottings
from db.parties import NewParty, add_party
from desktop.app import App
from desktop.rooms.advice.page import AdvicePage
from desktop.rooms.enquiry.window import EnquiryWindow
from tests.rooms.test_frame import OPENS, desk
from tests.rooms.test_frame import app as app


def calls(app: App) -> list[EnquiryWindow]:
    """The windows in which a call is being written down."""
    return [each for each in app.window.findChildren(EnquiryWindow) if each.isVisible()]


def write(app: App) -> EnquiryWindow:
    """Write half a call down."""
    app.new_enquiry()
    (window,) = calls(app)
    form: Any = window.form
    form.caller.line.setText("Elena Ruiz")
    form.opponents.line.setText("Portus")
    form.opponents.take()
    form.set_values({"need": "Her deposit is not paid back", "promise": "Call back"})
    form.due.line.setText("tomorrow 10:00")
    form.changed.emit()
    return window


def test_a_call_half_written_comes_back_when_the_practice_is_opened_again(app: App, qtbot: QtBot) -> None:
    portus = desk(app).do(add_party, NewParty(kind="organisation", name="Portus")).result
    window: Any = write(app)
    window.form.opponents.set_value([])
    window.form.opponents.line.setText("Portus")
    window.form.opponents._chosen = (portus, "Portus")
    window.form.opponents.take()
    path = desk(app).path
    app.lock()
    assert calls(app) == []
    app.unlock(path)
    qtbot.waitUntil(lambda: app.desk is not None, timeout=OPENS)
    (again,) = calls(app)
    form: Any = again.form
    assert (form.caller.typed(), form.fields["need"].value()) == ("Elena Ruiz", "Her deposit is not paid back")
    assert [(one.name, one.party_id) for one in form.opponents.value()] == [("Portus", portus)]
    assert form.due.line.text() == "tomorrow 10:00"
    # It is a call, no advice: the room of advice has nothing to say of it.
    page: Any = app.window.open_room("advice")
    assert isinstance(page, AdvicePage)
    assert desk(app).ask(list_jottings) == []
    again.submit()
    qtbot.waitUntil(lambda: not calls(app))
    assert desk(app).ask(list_jottings, "enquiry") == []


def test_a_call_thrown_away_does_not_come_back(app: App, qtbot: QtBot) -> None:
    window = write(app)
    window.keep()
    assert len(desk(app).ask(list_jottings, "enquiry")) == 1
    window.leave()
    window.leave()
    assert calls(app) == []
    assert desk(app).ask(list_jottings, "enquiry") == []
