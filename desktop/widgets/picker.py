"""A field that picks one record: type a few letters of its name, choose from what is suggested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import look
from desktop.text import _
from desktop.widgets.fields import Field
from desktop.widgets.ink import colour, elided, font
from desktop.widgets.retold import tell

Index = QModelIndex | QPersistentModelIndex
Suggestion = tuple[Any, str, str]
Suggest = Callable[[str], Sequence[Suggestion]]
ID, DETAIL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class SuggestionLook(QStyledItemDelegate):
    """How a suggestion is drawn: its name, and at the right what tells it from others of that name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, look.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, colour("accent_soft"))
            painter.fillRect(place.left(), place.top(), 2, place.height(), colour("accent"))
        inside = place.adjusted(8, 0, -8, 0)
        painter.setFont(font("small"))
        painter.setPen(colour("ink2"))
        used = elided(
            painter,
            inside.adjusted(inside.width() // 2, 0, 0, 0),
            index.data(DETAIL) or "",
            Qt.AlignmentFlag.AlignRight,
        )
        painter.setFont(font())
        painter.setPen(colour("ink"))
        elided(painter, inside.adjusted(0, 0, -used - 12, 0), index.data())
        painter.restore()


def completer_over(offered: QStandardItemModel, owner: QObject) -> QCompleter:
    """A list of suggestions as the house draws it, over the part that is set as its widget."""
    completer = QCompleter(offered, owner)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setMaxVisibleItems(8)
    popup = completer.popup()
    assert popup is not None
    popup.setItemDelegate(SuggestionLook(completer))
    popup.setProperty("kind", "popup")
    popup.setAccessibleName(_("Suggestions"))
    return completer


def offer(offered: QStandardItemModel, found: Sequence[Suggestion]) -> None:
    """Fill the list of suggestions anew."""
    offered.clear()
    for record, shown, detail in found:
        item = QStandardItem(shown)
        item.setData(record, ID)
        item.setData(detail, DETAIL)
        item.setAccessibleText(f"{shown}, {detail}" if detail else shown)
        offered.appendRow(item)


class RecordField(Field):
    """The value is the id that `suggest(text)` gave as `(id, label, detail)`, or None for an empty field.

    With `free`, a name that is not on the list may stand: then the value is None and `typed()` gives the name.
    """

    picked = Signal(object)

    def __init__(self, title: str, suggest: Suggest, placeholder: str = "", free: bool = False) -> None:
        self.line = QLineEdit()
        tell(self.line, "setPlaceholderText", placeholder)
        super().__init__(title, self.line)
        self._suggest, self._free = suggest, free
        self._chosen: tuple[Any, str] | None = None
        self._offered = QStandardItemModel(self)
        self._listed = False
        self.line.textEdited.connect(self._on_typed)
        self.line.editingFinished.connect(self._settle)

    def value(self) -> Any:
        typed = self.typed()
        if self._chosen is not None and self._chosen[1] == typed:
            return self._chosen[0]
        if typed and not self._free:
            raise ValueError(_("Choose one from the list; nothing on it has exactly this name."))
        return None

    def set_value(self, value: Suggestion | tuple[Any, str] | None) -> None:
        """Fill the field with a record as `(id, label)`; None empties it."""
        self._chosen = (value[0], value[1]) if value else None
        self.line.setText(value[1] if value else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched is self.line:
            self._make_list()
        by_mouse = isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.MouseFocusReason
        if by_mouse and event.type() == QEvent.Type.FocusIn and self._chosen is not None:
            # A name that was chosen is taken as a whole, as Tab takes it: another one is written in its place.
            QTimer.singleShot(0, self.line, self.line.selectAll)
        return super().eventFilter(watched, event)

    def _make_list(self) -> None:
        # When somebody comes to the field, and no earlier: most fields of a form are passed by.
        if not self._listed:
            self._listed = True
            completer = completer_over(self._offered, self)
            completer.activated[QModelIndex].connect(self._on_chosen)  # type: ignore[index]
            self.line.setCompleter(completer)

    def typed(self) -> str:
        """What stands in the field."""
        return self.line.text().strip()

    def _on_typed(self, typed: str) -> None:
        self._chosen = None
        self._make_list()
        found = self._suggest(typed.strip()) if typed.strip() else ()
        offer(self._offered, found)
        self.changed.emit()

    def _on_chosen(self, index: QModelIndex) -> None:
        self._choose(index.data(ID), index.data())

    def _choose(self, record: Any, shown: str) -> None:
        self._chosen = (record, shown)
        self.line.setText(shown)
        self.refuse("")
        self.changed.emit()
        self.picked.emit(record)

    def _settle(self) -> None:
        """A name typed in full, or the only one suggested, needs no further choice."""
        typed = self.typed().casefold()
        if self._chosen is not None or not typed:
            return
        offered = [self._offered.item(row) for row in range(self._offered.rowCount())]
        same = [item for item in offered if item.text().casefold() == typed] or offered
        if len(same) == 1 and (not self._free or same[0].text().casefold() == typed):
            self._choose(same[0].data(ID), same[0].text())
