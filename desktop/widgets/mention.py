"""Suggestions within a running text: a sign such as @ and some letters, and a list at the cursor to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtGui import QStandardItemModel, QTextCursor

from desktop import look
from desktop.widgets.fields import LongField
from desktop.widgets.picker import ID, Suggestion, completer_over, offer

At = tuple[str, int, str]
WIDTH = 380


class Mention(QObject):
    """`find(text, cursor)` says what is being named; `suggest(sign, letters)` who may be meant.

    `chosen` comes with the sign, where it stands, the record and its name, after the name was put into the text.
    """

    chosen = Signal(str, int, object, str)

    def __init__(
        self,
        field: LongField,
        find: Callable[[str, int], At | None],
        suggest: Callable[[str, str], Sequence[Suggestion]],
    ) -> None:
        super().__init__(field)
        self._page, self._find, self._suggest = field.page, find, suggest
        self._offered = QStandardItemModel(self)
        self._list = completer_over(self._offered, self)
        self._list.setWidget(self._page)
        self._list.activated[QModelIndex].connect(self._on_chosen)  # type: ignore[index]
        self._page.suggesting = self.is_open
        self._page.textChanged.connect(self._on_typed)

    def is_open(self) -> bool:
        """Whether the list is there to choose from."""
        popup = self._list.popup()
        return popup is not None and popup.isVisible()

    def _on_typed(self) -> None:
        popup = self._list.popup()
        assert popup is not None
        at = self._find(self._page.toPlainText(), self._page.textCursor().position()) if self._page.hasFocus() else None
        found = self._suggest(at[0], at[2]) if at is not None else ()
        if not found:
            popup.hide()
            return
        offer(self._offered, found)
        place = self._page.cursorRect()
        place.setWidth(look.px(WIDTH))
        place.translate(4, 4)
        self._list.complete(place)
        popup.setCurrentIndex(self._list.completionModel().index(0, 0))

    def _on_chosen(self, index: QModelIndex) -> None:
        record, name = index.data(ID), str(index.data())
        cursor = self._page.textCursor()
        at = self._find(self._page.toPlainText(), cursor.position())
        if at is None:
            return
        sign, start, _letters = at
        end = cursor.position()
        # First told, then written: whoever reads the text on its change knows the name already.
        self.chosen.emit(sign, start, record, name)
        cursor.setPosition(start + 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f"{name} ")
        self._page.setTextCursor(cursor)
