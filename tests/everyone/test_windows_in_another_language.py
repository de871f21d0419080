"""Proof that every window which lies open changes its language where it stands, with all that is typed in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import settings, text
from desktop.app import App
from desktop.dressing import make_application
from desktop.rooms import frame
from tests.places import open_practice

Maker = Callable[[App], Any]


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    """The program with the sample practice of a law firm, in English."""
    choice = settings.Settings(scheme="light", language="en", idle_minutes=0)
    make_application(choice)
    made = App(choice)
    qtbot.addWidget(made.window)
    made.window.show()
    open_practice(made, tmp_path, "law")
    made.window.open_room("clients")
    yield made
    made.close()
    text.speak("en")


def _log_advice(app: App) -> Any:
    made = frame.log_advice(app.window, 1)
    made.form.box.page.setFocus()
    made.form.box.page.insertPlainText("Settle. !send the form by Thursday ~she is afraid of the press ")
    made.form.fields["due_on"].set_value((dt.date(2027, 1, 21), ""))
    return made


def _enquiry(app: App) -> Any:
    room: Any = app.window.open_room("clients")
    made = frame.new_enquiry(room)
    made.form.fields["need"].set_value("Her deposit is not paid back")
    made.form.caller.line.setText("Rosa Benedetti")
    return made


def _decline(app: App) -> Any:
    room: Any = app.window.open_room("clients")
    made = frame.decline_enquiry(room, 1)
    made.form.fields["words"].set_value("not our field, and far away")
    return made


def _take_on(app: App) -> Any:
    room: Any = app.window.open_room("clients")
    made = frame.take_on(room, 1)
    made.form.fields["scope_included"].set_value("The claim for the deposit, first instance")
    made.form.fields["fee_minor"].set_value(123_450)
    return made


def _outside(app: App) -> Any:
    from desktop.rooms.outside_month import show_outside

    assert app.desk is not None
    return show_outside(app.desk, app.window)


KINDS: dict[str, Maker] = {
    "log advice": _log_advice,
    "a prospect calls": _enquiry,
    "decline": _decline,
    "take on": _take_on,
    "outside scope": _outside,
}


def _words(window: QWidget) -> Counter[str]:
    """Everything that a window says itself, and how often; what is typed is not among it."""
    found = [window.windowTitle()]
    for part in window.findChildren(QWidget):
        if part.isHidden():
            continue
        found += [part.accessibleName(), part.accessibleDescription()]
        if isinstance(part, (QLabel, QAbstractButton)):
            found.append(part.text())
            # A tooltip that says a label whole is there only where the label is too narrow for it.
            whole = isinstance(part, QLabel) and part.text() in part.toolTip()
            found += [] if whole else [part.toolTip()]
        elif isinstance(part, QComboBox):
            found += [part.itemText(at) for at in range(part.count())]
        elif isinstance(part, (QLineEdit, QTextEdit)):
            found.append(part.placeholderText())
    return Counter(word for word in found if word)


def _typed(window: QWidget) -> list[str]:
    lines = [line.text() for line in window.findChildren(QLineEdit)]
    return [*lines, *(page.toPlainText() for page in window.findChildren(QTextEdit))]


def _settle(window: QWidget, qtbot: QtBot) -> None:
    verdict = getattr(window, "verdict", None)
    if verdict is not None:
        qtbot.waitUntil(verdict.is_settled)
    page = getattr(window, "page", None)
    if page is not None:
        qtbot.waitUntil(page.is_settled, timeout=15_000)


def _now(kind: str) -> QWidget:
    """The window of a kind that is open now: one may have made way for another."""
    name = {"outside scope": "OutsideMonth"}.get(kind, "")
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and type(each).__name__ == name]
    return shown[-1]


@pytest.mark.parametrize("language", ["es", "pl"])
def test_every_open_window_is_said_in_the_other_language_to_its_last_word(
    app: App, qtbot: QtBot, language: str
) -> None:
    left = {}
    for kind, make in KINDS.items():
        app.choose("language", "en")
        QTest.qWait(20)
        window = make(app)
        _settle(window, qtbot)
        app.choose("language", language)
        QTest.qWait(60)
        turned = _now(kind) if kind == "outside scope" else window
        _settle(turned, qtbot)
        told = _words(turned)
        turned.close()
        QTest.qWait(20)
        fresh = make(app)
        _settle(fresh, qtbot)
        meant = _words(fresh)
        left[kind] = (told - meant, meant - told)
        fresh.close()
        QTest.qWait(20)
    assert left == dict.fromkeys(KINDS, (Counter(), Counter()))


def test_nothing_typed_is_lost_nor_the_cursor_nor_undo(app: App, qtbot: QtBot) -> None:
    for kind in set(KINDS) - {"outside scope"}:
        app.choose("language", "en")
        QTest.qWait(20)
        window = KINDS[kind](app)
        _settle(window, qtbot)
        window.activateWindow()
        page = next(each for each in window.findChildren(QTextEdit) if each.toPlainText() and each.isVisible())
        page.setFocus()
        qtbot.waitUntil(page.hasFocus)
        page.insertPlainText("half typ")
        cursor = page.textCursor()
        cursor.setPosition(4)
        page.setTextCursor(cursor)
        typed, lines = _typed(window), window.findChildren(QLineEdit)
        app.choose("language", "pl")
        QTest.qWait(60)
        assert (kind, window.isVisible(), page.hasFocus(), page.textCursor().position()) == (kind, True, True, 4)
        assert {_in_polish(each) for each in typed if each} <= set(_typed(window))
        assert lines == window.findChildren(QLineEdit)
        page.undo()
        assert "half typ" not in page.toPlainText()
        window.close()
        QTest.qWait(20)


def _in_polish(typed: str) -> str:
    """What stands in a field of an amount or a day after the change, and everything else as it was typed."""
    for english, polish in (("Jan", "sty"), ("Nov", "lis"), ("Dec", "gru"), ("1,234.50", "1\u00a0234,50")):
        typed = typed.replace(english, polish)
    return typed
