"""Proof that a click counts where the page moves between press and release, and a hand that goes away takes it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.button import button
from desktop.widgets.chip import ChipButton

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(params=["button", "chip"])
def page(request: pytest.FixtureRequest, qtbot: QtBot) -> tuple[QWidget, QWidget, QAbstractButton, list[int]]:
    """A page with something above a button, which goes when the button is pressed."""
    place, above, clicks = QWidget(), QWidget(), list[int]()
    made: QAbstractButton = button("Save") if request.param == "button" else ChipButton("Save")
    made.clicked.connect(lambda: clicks.append(1))
    above.setFixedHeight(60)
    column = QVBoxLayout(place)
    column.addWidget(above)
    column.addWidget(made)
    column.addStretch(1)
    qtbot.addWidget(place)
    place.resize(300, 300)
    place.show()
    qtbot.waitExposed(place)
    return place, above, made, clicks


def press(place: QWidget, spot: QPoint) -> None:
    QTest.mousePress(place.windowHandle(), LEFT, NONE, spot)


def release(place: QWidget, spot: QPoint) -> None:
    QTest.mouseRelease(place.windowHandle(), LEFT, NONE, spot)


def test_a_click_counts_once_where_the_page_moves_under_the_hand(
    page: tuple[QWidget, QWidget, QAbstractButton, list[int]], qtbot: QtBot
) -> None:
    place, above, made, clicks = page
    spot = made.mapTo(place, made.rect().center())
    press(place, spot)
    above.hide()
    qtbot.waitUntil(lambda: not made.geometry().contains(spot))
    release(place, spot)
    assert clicks == [1]
    press(place, made.mapTo(place, made.rect().center()))
    release(place, made.mapTo(place, made.rect().center()))
    assert clicks == [1, 1]


def test_a_hand_that_goes_away_takes_its_press_back(
    page: tuple[QWidget, QWidget, QAbstractButton, list[int]],
) -> None:
    place, _above, made, clicks = page
    spot = made.mapTo(place, made.rect().center())
    press(place, spot)
    release(place, spot + QPoint(0, 120))
    assert clicks == []
