"""Which words are wider or higher than their place, and are neither whole nor told whole by a tooltip."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from tests.everyone.walk import where

SLACK = 1  # letters are measured in fractions of a pixel, places in whole ones


def clipped(window: QWidget) -> Iterator[str]:
    """A sentence for each text of a window that cannot be read whole."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or widget.window() is not window or widget.size().isEmpty():
            continue
        if isinstance(widget, QLabel):
            yield from _label(widget)
        elif isinstance(widget, QAbstractButton):
            yield from _button(widget)
        elif isinstance(widget, QComboBox):
            yield from _choice(widget)
        if isinstance(widget, (QLabel, QAbstractButton, QLineEdit, QComboBox)):
            yield from _outside(widget, window)


def _label(label: QLabel) -> Iterator[str]:
    words = label.text()
    if not words or label.toolTip() or (label.pixmap() and not label.pixmap().isNull()):
        return
    room, metrics = label.contentsRect(), QFontMetrics(label.font())
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + metrics.descent():
            yield f"{where(label)}: {needed} high in {label.height()}"
        word = max(metrics.horizontalAdvance(word) for word in words.split())
        if word > room.width() + SLACK:
            yield f"{where(label)}: a word {word} wide in {room.width()}"
        return
    wide = max(metrics.horizontalAdvance(line) for line in words.splitlines())
    if wide > room.width() + SLACK:
        yield f"{where(label)}: {wide} wide in {room.width()}"
    if metrics.height() * len(words.splitlines()) > room.height() + metrics.descent():
        yield f"{where(label)}: {metrics.height()} high in {room.height()}"


def _button(button: QAbstractButton) -> Iterator[str]:
    if not button.text() or button.toolTip():
        return
    metrics = QFontMetrics(button.font())
    if isinstance(button, (QPushButton, QRadioButton)):
        needed = button.sizeHint()
        if needed.width() > button.width() + SLACK:
            yield f"{where(button)}: {needed.width()} wide in {button.width()}"
        if metrics.height() > button.height() + metrics.descent():
            yield f"{where(button)}: {metrics.height()} high in {button.height()}"


def _choice(box: QComboBox) -> Iterator[str]:
    if box.toolTip():
        return
    metrics = QFontMetrics(box.font())
    wide = metrics.horizontalAdvance(box.currentText())
    room = box.width() - 10 - 26
    if wide > room + SLACK:
        yield f"{where(box)} {box.currentText()!r}: {wide} wide in {room}"


def _outside(widget: QWidget, window: QWidget) -> Iterator[str]:
    """What lies outside the window or its page cannot be reached, unless the page scrolls."""
    parent = widget.parentWidget()
    if parent is None:
        return
    inside = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry())
    if not inside and not isinstance(parent.parentWidget(), QScrollArea) and not _lies_over(widget):
        yield f"{where(widget)}: {widget.geometry().getRect()} stands out of {parent.size().toTuple()}"


def _lies_over(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QLineEdit) or widget is QApplication.activePopupWidget()
