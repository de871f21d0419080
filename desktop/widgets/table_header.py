"""The titles of a table's columns, how wide each starts, and the menu in which columns are chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from desktop import look
from desktop.text import _
from desktop.widgets.chip import chip_width
from desktop.widgets.ink import MEDIUM, SEMIBOLD, colour, elided, font, icon, paint_icon
from desktop.widgets.table_cell import LEFT, PAD_LEFT, PAD_RIGHT, RIGHT
from desktop.widgets.table_model import Column, TableModel

if TYPE_CHECKING:
    from desktop.widgets.table import Table

# How far the arrow of the ordering column reaches into the title's own place; the rest stands in the padding.
ARROW_REACH = 3
WIDER_BY = 24


class Header(QHeaderView):
    """The titles of the columns; the one that orders the rows shows an arrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(look.size("header_row"))
        self.setMinimumSectionSize(48)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        assert isinstance(model, TableModel)
        column = model.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, colour("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
        here = bool(column.key) and model.sort_key == column.key
        painter.setFont(font("tiny", SEMIBOLD if here else MEDIUM))
        painter.setPen(colour("ink" if here else "ink3"))
        at_right = column.align == "right" or column.kind == "number"
        place = rect.adjusted(PAD_LEFT, 0, -PAD_RIGHT, -1)
        used = elided(
            painter,
            place.adjusted(0, 0, -ARROW_REACH if here and not at_right else 0, 0),
            column.title,
            RIGHT if at_right else LEFT,
        )
        if here:
            left = place.right() - used - 14 if at_right else place.left() + used + 2
            arrow = QRect(left, place.center().y() - 5, 11, 11)
            paint_icon(painter, arrow, "arrow-down" if model.descending else "arrow-up", "ink2")
        painter.restore()


def first_width(column: Column) -> int:
    """How wide a column starts, in pixels: never too narrow for its title, nor for any word that it can hold."""
    words = [column.said(value) for value in column.values]
    wide = QFontMetrics(font("body")).horizontalAdvance
    widest = max([chip_width(each) if column.kind == "chip" else wide(each) for each in words], default=0)
    title = QFontMetrics(font("tiny", SEMIBOLD)).horizontalAdvance(column.title) + ARROW_REACH + 2
    return max(look.px(column.width), max(widest, title) + PAD_LEFT + PAD_RIGHT)


def columns_menu(table: Table, at: int) -> QMenu:
    """What can be done with the columns; `at` is the one that was asked about."""
    column, menu = table.rows.columns[at], QMenu(table)
    header = table.horizontalHeader()
    place, last = header.visualIndex(at), header.count() - 1

    def offer(words: str, act: object, picture: str = "", possible: bool = True) -> None:
        action = menu.addAction(words)
        action.setEnabled(possible)
        action.triggered.connect(act)
        if picture:
            action.setIcon(icon(picture))

    offer(
        _("Sort by {column}, up").format(column=column.title),
        lambda: table.sort(column.key, False),
        "arrow-up",
        column.sortable,
    )
    offer(
        _("Sort by {column}, down").format(column=column.title),
        lambda: table.sort(column.key, True),
        "arrow-down",
        column.sortable,
    )
    menu.addSeparator()
    offer(_("Move left"), lambda: table.move_column(at, -1), "arrow-left", place > 0)
    offer(_("Move right"), lambda: table.move_column(at, 1), "arrow-right", place < last)
    offer(_("Wider"), lambda: header.resizeSection(at, header.sectionSize(at) + WIDER_BY), "", not column.stretch)
    offer(_("Narrower"), lambda: header.resizeSection(at, header.sectionSize(at) - WIDER_BY), "", not column.stretch)
    menu.addSeparator()
    for each in table.rows.columns:
        action = menu.addAction(each.title)
        action.setCheckable(True)
        action.setChecked(each.key in table.chosen())
        action.setEnabled(not each.stretch)
        action.toggled.connect(partial(table.choose, each.key))
    menu.addSeparator()
    offer(_("Columns as they were at first"), table.forget_shape, "rotate-ccw")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
