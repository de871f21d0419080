"""Colours, fonts and icons as Qt draws them: the worn look, turned into QColor, QFont and QIcon."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop import look

Tone = Literal["neutral", "accent", "green", "amber", "red", "blue"]
REGULAR = QFont.Weight.Normal
MEDIUM, SEMIBOLD, BOLD = QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold


def colour(token: str) -> QColor:
    """A colour of the worn scheme."""
    return _colour(look.colour(token))


@cache
def _colour(name: str) -> QColor:
    return QColor(name)


def font(size: str = "body", weight: QFont.Weight = QFont.Weight.Normal, tabular: bool = False) -> QFont:
    """The house font at a named size; `tabular` gives every digit the same width, as in columns of numbers."""
    return font_of(look.size(size), weight, tabular)


@cache
def font_of(pixels: int, weight: QFont.Weight = QFont.Weight.Normal, tabular: bool = False) -> QFont:
    """The house font at a height in pixels."""
    made = QFont("Inter")
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("cv11"), 1)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def _drawing(name: str) -> bytes:
    return (look.RESOURCES / "icons" / f"{name}.svg").read_bytes()


@cache
def _tinted(name: str, tint: str, pixels: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", tint.encode())))
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return QPixmap.fromImage(image)


def paint_icon(painter: QPainter, place: QRect, name: str, token: str = "ink2") -> None:
    """Draw an icon into a square, sharp at the painter's own device pixel ratio."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(place, _tinted(name, look.colour(token), round(place.width() * ratio)))


class _Engine(QIconEngine):
    """Draws an icon anew in whatever scheme is worn when it is asked for."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def _tint(self, mode: QIcon.Mode) -> str:
        if mode == QIcon.Mode.Disabled:
            return look.colour("ink3")
        return look.colour("accent" if mode == QIcon.Mode.Selected else self._token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _tinted(self._name, self._tint(mode), min(size.width(), size.height()))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self.pixmap(size * scale, mode, state)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        place = QRect(QPoint(0, 0), QSize(side, side))
        place.moveCenter(rect.center())
        painter.drawPixmap(place, _tinted(self._name, self._tint(mode), round(side * ratio)))


def icon(name: str, colour_token: str = "ink2") -> QIcon:
    """A Lucide icon in a colour of the worn scheme; it follows a change of scheme, and turns accent when selected."""
    return QIcon(_Engine(name, colour_token))


def keys(shortcut: str) -> str:
    """A shortcut as this computer writes it: Ctrl K here, ⌘K on a Mac."""
    from PySide6.QtGui import QKeySequence

    native = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("+", " ").replace("Return", "↵")


def tip(widget: QWidget, text: str) -> None:
    """A tooltip shown as typed: Qt would otherwise guess that some texts are markup."""
    widget.setToolTip(tip_words(text))


def tip_words(text: str) -> str:
    """What to hand Qt for a tooltip that is shown as typed."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>" if text else ""


def crisp(painter: QPainter) -> None:
    """Smooth edges and letters from here on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def elided(painter: QPainter, place: QRect, text: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> int:
    """Draw one line of text as typed, shortened with … where the place is too narrow; its width in pixels."""
    shown = painter.fontMetrics().elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
