"""Proof that a key does something only where it is meant."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.keys import on_key

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"


def test_the_same_key_means_another_thing_in_each_part_of_a_window(qtbot: QtBot) -> None:
    heard: list[str] = []
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    fields: dict[str, QLineEdit] = {}
    for name in ("left", "right"):
        part = QWidget()
        fields[name] = QLineEdit()
        QVBoxLayout(part).addWidget(fields[name])
        column.addWidget(part)
        on_key("Esc", part, partial(heard.append, name), "inside")
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for name in ("right", "left"):
        fields[name].setFocus()
        QTest.keyClick(fields[name], Qt.Key.Key_Escape)
    assert heard == ["right", "left"]


def test_a_key_of_one_widget_is_deaf_while_the_focus_is_on_another(qtbot: QtBot) -> None:
    heard: list[str] = []
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    field, other = QWidget(), QWidget()
    for widget in (field, other):
        column.addWidget(widget)
    on_key("P", field, lambda: heard.append("P"), "itself")
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_P)
    assert heard == []
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_P)
    assert heard == ["P"]


def test_no_page_makes_a_shortcut_by_itself() -> None:
    makers = [path.name for path in DESKTOP.rglob("*.py") if "QShortcut(" in path.read_text("utf-8")]
    assert makers == ["keys.py"]
