"""Proof that nothing on the screen moves by itself: things are there or are gone, at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractAnimation, QObject, QPoint, Qt, QTimeLine
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QScrollBar,
    QStyle,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.app import App
from desktop.dressing import make_application
from tests.places import open_practice

EFFECTS = (
    *(Qt.UIEffect.UI_General, Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo),
    *(Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox),
)


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[App]:
    """The program with the sample practice of a law firm."""
    choice = settings.Settings(scheme="light", language="en", idle_minutes=0)
    make_application(choice)
    made = App(choice)
    qtbot.addWidget(made.window)
    made.window.show()
    open_practice(made, tmp_path, "law")
    yield made
    made.close()


def _moving() -> list[str]:
    """Whatever runs an animation in any window now, the application's own parts too."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    roots: list[QObject] = [application, application.style(), *QApplication.topLevelWidgets()]
    running = [each for root in roots for each in root.findChildren(QAbstractAnimation)]
    lines = [each for root in roots for each in root.findChildren(QTimeLine)]
    return [
        *(type(each).__name__ for each in running if each.state() == QAbstractAnimation.State.Running),
        *(type(each).__name__ for each in lines if each.state() == QTimeLine.State.Running),
    ]


@pytest.mark.parametrize("effect", EFFECTS)
def test_menus_lists_and_tooltips_are_there_at_once(app: App, effect: Qt.UIEffect) -> None:
    assert not QApplication.isEffectEnabled(effect)


def test_the_style_animates_nothing(app: App) -> None:
    app.window.open_room("clients")
    moving = (QComboBox, QAbstractItemView, QAbstractButton, QScrollBar, QLineEdit)
    parts = [part for part in app.window.findChildren(QWidget) if isinstance(part, moving) and part.isVisible()]
    assert len(parts) > 20
    for part in parts:
        assert part.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, part) == 0


def test_going_about_moves_nothing(app: App, qtbot: QtBot) -> None:
    found: dict[str, list[str]] = {}

    def look(where: str) -> None:
        for _each in range(3):
            QTest.qWait(8)
            if moving := _moving():
                found[where] = moving

    for name in ("today", "clients", "engagements", "trust", "settings"):
        room: Any = app.window.open_room(name)
        look(name)
        for view in room.findChildren(QAbstractItemView):
            if view.isVisible():
                view.scrollToBottom()
                QTest.keyClick(view, Qt.Key.Key_PageUp)
        look(f"{name}, scrolled")
    for box in [each for each in app.window.findChildren(QComboBox) if each.isVisible()][:2]:
        box.showPopup()
        look("a list that drops")
        box.hidePopup()
    menu = QMenu(app.window)
    menu.addAction("Open")
    menu.popup(app.window.mapToGlobal(QPoint(40, 40)))
    look("a menu")
    menu.close()
    QToolTip.showText(app.window.mapToGlobal(QPoint(60, 60)), "A tip", app.window)
    look("a tooltip")
    QToolTip.hideText()
    app.window.toast("Advice recorded", "Undo", lambda: None)
    look("a toast")
    app.window.show_shortcuts()
    look("the list of shortcuts")
    assert found == {}
