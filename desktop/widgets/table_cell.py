"""What stands in one cell of a table, painted straight from the row object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import look
from desktop.widgets.chip import chip_width, paint_chip
from desktop.widgets.ink import MEDIUM, REGULAR, colour, crisp, elided, font
from desktop.widgets.table_model import Column, Index, TableModel

if TYPE_CHECKING:
    from desktop.widgets.table import Table

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
PAD_LEFT, PAD_RIGHT = 14, 10


class Cell(QStyledItemDelegate):
    """Paints one cell straight from the row object; a bar at the left says that the table has the keyboard."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, TableModel)
        column, row = model.columns[index.column()], model.row_object(index.row())
        place: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, colour("accent_soft"))
        if not self._table.fitted or index.row() < model.rowCount() - 1:
            painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line"))
        if state & QStyle.StateFlag.State_Selected and place.left() <= 0 and self._table.hasFocus():
            painter.fillRect(place.left(), place.top(), 2, place.height() - 1, colour("accent"))
        if row is not None:
            self._paint_value(painter, place.adjusted(PAD_LEFT, 0, -PAD_RIGHT, -1), column, row)
        painter.restore()

    def _paint_value(self, painter: QPainter, place: QRect, column: Column, row: object) -> None:
        if column.kind == "spark":
            paint_spark(painter, place, getattr(row, column.key) or ())
            return
        text = column.text(row)
        if column.kind == "chip":
            if text:
                width = min(chip_width(text), place.width())
                left = place.left() if column.align == "left" else place.right() + 1 - width
                height = look.size("chip")
                spot = QRect(left, place.center().y() - height // 2 + 1, width, height)
                paint_chip(painter, spot, text, column.tones.get(getattr(row, column.key), "neutral"))
            return
        crisp(painter)
        painter.setFont(font("body", MEDIUM if column.kind == "strong" else REGULAR, column.kind == "number"))
        painter.setPen(colour("ink2" if column.kind in ("date", "muted") else "ink"))
        elided(painter, place, text, RIGHT if column.align == "right" or column.kind == "number" else LEFT)


def paint_spark(painter: QPainter, place: QRect, values: Sequence[float]) -> None:
    """Draw a small line of at most 48 pixels through the values, lowest at the foot."""
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    width, height = min(48, place.width()), 14
    top, step, span = place.center().y() - height // 2 - 1, width / (len(values) - 1), (high - low) or 1
    still = 1.0 if high == low else 0.0
    points = [
        QPointF(place.left() + at * step, top + height * (1 - (value - low) / span * (1 - still)))
        for at, value in enumerate(values)
    ]
    crisp(painter)
    painter.setPen(QPen(colour("accent"), 1.5, c=Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
