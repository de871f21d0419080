"""In the Reviews room: who bought once and could stay, with what was tried; and who said No, and after what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.attempts import list_attempts
from db.clients import NewStanding, change_standing
from db.insights import NewInsight, record_insight
from db.trust import NewTrustNote, note_trust
from desktop.app import App
from desktop.widgets.paragraph import Paragraph
from tests.db.lived import day, someone
from tests.rooms.test_standing import app as app


def opened(app: App, tab: str, qtbot: QtBot) -> Any:
    """The Reviews room with a tab in view and its first record told."""
    page: Any = app.window.open_room("reviews")
    page.tabs.choose(tab)
    qtbot.waitUntil(lambda: page.current() is not None and not page.is_looking(), timeout=20_000)
    return page


def said(within: QWidget) -> str:
    """What stands in the paragraphs in view."""
    return "\n".join(one.text() for one in within.findChildren(Paragraph) if one.isVisible())


def test_who_bought_once_is_told_with_what_would_make_him_stay(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    client = someone(desk, "occasional", "Ada Brook")
    desk.do(record_insight, NewInsight(client_id=client, kind="interview", verbatim="Call me first"))
    page = opened(app, "once", qtbot)
    assert page.current() == client
    assert "Call me first" in said(page.beside)
    page._try()
    page.form.set_values({"what": "A free review"})
    page.form.submitted.emit()
    qtbot.waitUntil(lambda: len(desk.ask(list_attempts)) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: "A free review" in said(page.beside), timeout=20_000)


def test_who_said_no_is_told_with_what_went_before_and_all_are_counted(app: App, qtbot: QtBot) -> None:
    desk: Any = app.desk
    for name, reason in (("Ada Brook", "price"), ("Bo Lind", "service")):
        client = someone(desk, "client", name)
        note = NewTrustNote(client_id=client, kind="concern", text="Too slow", noted_at=dt.datetime.now(dt.UTC))
        desk.do(note_trust, note)
        leave = NewStanding.model_validate({"standing": "former", "reason": reason, "words": "Dear, and slow"})
        desk.do(change_standing, client, leave)
    page = opened(app, "no", qtbot)
    words = said(page.beside)
    assert "Dear, and slow" in words
    assert "2 said No in three years" in words
    assert page.no.told_of.by_after == (("concern", 2), ("silence", 2))
    assert not page.record_commands()[0].possible()
    assert page.no.known[page.current()].on == day(0)
