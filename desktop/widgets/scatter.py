"""Spots on a sheet by two measures, told apart by shape and by colour, walked with the arrows or the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import look
from desktop.widgets.ink import colour, crisp, elided, font, tip
from desktop.widgets.spoken import Role, spoken_as

Shape = Literal["circle", "diamond", "triangle"]
NEAR, TOP, FOOT, LEFT, RIGHT = 10, 6, 22, 16, 4


@dataclass(frozen=True)
class Spot:
    """One spot: its measures from 0 to 1, radius in pixels, colour token, shape, what is said of it, and its key."""

    x: float
    y: float
    radius: float
    token: str
    shape: Shape
    told: str
    key: Any
    label: str = ""


@dataclass(frozen=True)
class Frame:
    """The words around the spots: both axes, and what the two corners mean; `middle` parts left from right, 0 to 1."""

    across: str = ""
    up: str = ""
    upper_left: str = ""
    lower_right: str = ""
    middle: float = 0.5


def paint_mark(painter: QPainter, at: QPointF, radius: float, shape: Shape) -> None:
    """Draw one spot in the painter's brush and pen."""
    if shape == "circle":
        painter.drawEllipse(at, radius, radius)
    elif shape == "diamond":
        reach = radius * 1.25
        painter.drawPolygon(
            QPolygonF([at + QPointF(*way) for way in ((0, -reach), (reach, 0), (0, reach), (-reach, 0))])
        )
    else:
        reach = radius * 1.3
        painter.drawPolygon(
            QPolygonF([at + QPointF(*way) for way in ((0, -reach), (reach, reach * 0.8), (-reach, reach * 0.8))])
        )


class Scatter(QWidget):
    """The spots with their frame; `opened` gives the key of the spot that was clicked, or chosen by Return."""

    opened = Signal(object)

    def __init__(self, name: str, height: int = 172) -> None:
        super().__init__()
        self._name, self._height = name, height
        self.spots: list[Spot] = []
        self.at: int | None = None
        self._frame = Frame()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        spoken_as(self, Role.Chart)

    def show_spots(self, spots: Sequence[Spot], frame: Frame) -> None:
        """Show other spots; the first of them is where the arrows begin."""
        self.spots, self._frame, self.at = list(spots), frame, None
        self.setAccessibleDescription("; ".join(spot.told for spot in self.spots))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, look.px(self._height))

    def place_of(self, spot: Spot) -> QPointF:
        """Where a spot is drawn."""
        inside = self._inside()
        return QPointF(inside.left() + spot.x * inside.width(), inside.bottom() - spot.y * inside.height())

    def _inside(self) -> QRectF:
        plane = self._plane()
        # A spot at an edge is seen whole.
        return plane.adjusted(9, 10, -11, -9)

    def _plane(self) -> QRectF:
        return QRectF(self.rect()).adjusted(look.px(LEFT), TOP, -RIGHT, -look.px(FOOT))

    # ------------------------------------------------------------------ pointer and keys

    def go_to(self, number: int) -> None:
        """Mark one spot and say whose it is."""
        self.at = number
        tip(self, self.spots[number].told)
        self.setAccessibleName(f"{self._name}: {self.spots[number].told}")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.spots[number].told))
        self.update()

    def spot_at(self, place: QPointF) -> int | None:
        """The number of the spot nearest to a place, within reach of the pointer."""
        found = [
            ((self.place_of(spot) - place).manhattanLength(), number)
            for number, spot in enumerate(self.spots)
            if (self.place_of(spot) - place).manhattanLength() <= NEAR + spot.radius
        ]
        return min(found)[1] if found else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = self.spot_at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if here is None else Qt.CursorShape.PointingHandCursor)
        if here is not None and here != self.at:
            self.go_to(here)
        elif here is None and not self.hasFocus():
            self._forget()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        here = self.spot_at(event.position())
        if here is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.spots[here].key)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._forget()

    def _forget(self) -> None:
        self.at = None
        tip(self, "")
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.spots and self.at is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.go_to(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self.spots:
            now = -1 if self.at is None else self.at
            self.go_to(max(0, min(len(self.spots) - 1, now + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.at is not None:
            self.opened.emit(self.spots[self.at].key)
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        self._paint_frame(painter)
        for number in sorted(range(len(self.spots)), key=lambda each: -self.spots[each].radius):
            self._paint_spot(painter, number)
        if self.hasFocus():
            painter.setPen(colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.at is not None:
            self._paint_told(painter, self.spots[self.at])

    def _paint_frame(self, painter: QPainter) -> None:
        plane, words = self._plane(), self._frame
        painter.setPen(QPen(colour("line"), 1))
        for line in range(4):
            height = round(plane.top() + plane.height() * line / 3) + 0.5
            painter.drawLine(QPointF(plane.left(), height), QPointF(plane.right(), height))
        dashed = QPen(colour("edge"), 1)
        dashed.setDashPattern([3, 3])
        painter.setPen(dashed)
        middle = round(self._inside().left() + words.middle * self._inside().width()) + 0.5
        painter.drawLine(QPointF(middle, plane.top()), QPointF(middle, plane.bottom()))
        painter.setFont(font("tiny"))
        painter.setPen(colour("ink3"))
        high = QFontMetrics(font("tiny")).height()
        upper = QRect(round(plane.left()) + 4, round(plane.top()) + 2, round(plane.width() // 2), high)
        elided(painter, upper, words.upper_left)
        lower = QRect(round(plane.left()), round(plane.bottom()) - high - 2, round(plane.width()) - 4, high)
        wide = QFontMetrics(font("tiny")).horizontalAdvance(words.lower_right)
        # The words may lie across the dashed line: it ends beside them.
        painter.fillRect(lower.adjusted(max(0, lower.width() - wide - 4), 1, 4, -1), colour("surface"))
        elided(painter, lower, words.lower_right, Qt.AlignmentFlag.AlignRight)
        foot = QRect(round(plane.left()), round(plane.bottom()) + 5, round(plane.width()), high)
        elided(painter, foot, words.across, Qt.AlignmentFlag.AlignRight)
        painter.save()
        painter.translate(plane.left() - 5, plane.bottom())
        painter.rotate(-90)
        elided(painter, QRect(0, -high, round(plane.height()), high), words.up, Qt.AlignmentFlag.AlignRight)
        painter.restore()

    def _paint_spot(self, painter: QPainter, number: int) -> None:
        spot = self.spots[number]
        fill = colour(spot.token)
        fill.setAlphaF(0.78)
        painter.setBrush(fill)
        # The edge in the colour of the paper keeps two spots apart that lie one over the other.
        painter.setPen(QPen(colour("surface"), 1))
        at = self.place_of(spot)
        paint_mark(painter, at, spot.radius, spot.shape)
        if number == self.at:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("ink"), 1.5))
            paint_mark(painter, at, spot.radius + 3, spot.shape)

    def _paint_told(self, painter: QPainter, spot: Spot) -> None:
        painter.setFont(font("tiny"))
        words = QFontMetrics(font("tiny"))
        width = min(words.horizontalAdvance(spot.label) + 18, self.width() - 4)
        height, at = words.height() + 6, self.place_of(spot)
        left = min(max(2.0, at.x() - width / 2), self.width() - width - 2)
        over = at.y() - spot.radius - height - 6
        top = over if over > 0 else at.y() + spot.radius + 6
        box = QRect(round(left), round(top), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("ink"))
        painter.drawRoundedRect(QRectF(box), 5, 5)
        painter.setPen(colour("surface"))
        elided(painter, box.adjusted(7, 0, -7, 0), spot.label, Qt.AlignmentFlag.AlignHCenter)
