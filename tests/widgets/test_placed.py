"""Proof that a window of its own opens over its main window, or where the last of its kind was left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.shell.window import Window
from desktop.widgets.placed import keep_place, place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(owner: QWidget, kind: str) -> QWidget:
    made = QWidget(owner)
    made.setWindowFlag(made.windowFlags().Window)
    made.resize(300, 200)
    place(made, kind)
    made.show()
    return made


def test_window_opens_in_the_middle_of_its_main_window_and_the_next_one_beside_it(qtbot: QtBot) -> None:
    main = Window((), Settings(), furnish=False)
    qtbot.addWidget(main)
    main.setGeometry(QRect(60, 40, 640, 480))
    main.show()
    first, second = opened(main, "note"), opened(main, "note")
    assert abs(first.geometry().center().x() - main.frameGeometry().center().x()) <= 4
    assert abs(first.geometry().center().y() - main.frameGeometry().center().y()) <= 4
    assert second.x() > first.x()
    assert second.y() > first.y()


def test_window_comes_back_where_its_kind_was_left(qtbot: QtBot) -> None:
    choice = Settings()
    main = Window((), choice, furnish=False)
    qtbot.addWidget(main)
    main.show()
    first = opened(main, "note")
    first.setGeometry(QRect(33, 44, 350, 250))
    keep_place(first, "note")
    first.close()
    assert set(choice.windows) == {"note"}
    again = opened(main, "note")
    assert again.size().width() == 350
    assert again.geometry().topLeft() == QRect(33, 44, 350, 250).topLeft()
    other = opened(main, "letter")
    assert other.size().width() == 300
