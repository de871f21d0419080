"""Several lines to write in: plain text with room between its lines, in which Tab goes on to the next field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextEdit


def _line_height() -> int:
    from desktop.widgets.paragraph import line_height

    return line_height()


class PlainPage(QTextEdit):
    """Plain text with room between its lines; what is pasted into it loses its markup."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.suggesting: Callable[[], bool] = lambda: False
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.show_plain("")

    def show_plain(self, text: str) -> None:
        # Loaded by the first field of many lines: the page that asks for a passphrase has none, and must not wait.
        from PySide6.QtGui import QTextBlockFormat, QTextCursor

        self.setUndoRedoEnabled(False)
        self.setPlainText(text)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_line_height(), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        self.setUndoRedoEnabled(True)

    def sizeHint(self) -> QSize:
        return QSize(240, self._lines * _line_height() + 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._lines * _line_height() + 22)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # A list of suggestions over the page takes Tab, as it takes Return.
        return not self.suggesting() and super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chooses = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
        if event.key() in chooses and self.suggesting():
            event.ignore()
            return
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)
