"""The line that searches in the preview: what is found is marked on its page, and Enter goes from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtPdf import QPdfSearchModel
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import text
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.clearing import ClearedLine
from desktop.widgets.flow import FlowLayout
from desktop.widgets.keys import on_key
from desktop.widgets.label import label

if TYPE_CHECKING:
    from desktop.widgets.preview import Preview


class SearchLine(QWidget):
    """Enter goes on, Shift+Enter goes back, Escape closes; `closed` says that it did."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self._at = -1
        self.model = QPdfSearchModel(self)
        self.model.countChanged.connect(self._on_count)
        self.line = ClearedLine(_("Search in the report"))
        self.line.setAccessibleName(_("Search in the report"))
        self.line.setProperty("kind", "search")
        self.line.textChanged.connect(self._on_typed)
        self.count = label("", "muted")
        back = button("", lambda: self.go(-1), "quiet", "chevron-up")
        back.setAccessibleName(_("The one before"))
        on = button("", lambda: self.go(1), "quiet", "chevron-down")
        on.setAccessibleName(_("The next one"))
        close = button("", self.close_line, "quiet", "x")
        close.setAccessibleName(_("Close the search"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        # Beside a narrow page the rest goes on in a line of its own.
        flow = FlowLayout(6, wide_first=True)
        row.addLayout(flow, 1)
        self.count.setMinimumHeight(back.sizeHint().height())
        for made in (self.line, self.count, back, on, close):
            flow.addWidget(made)
        for pressed in ("Return", "Enter"):
            on_key(pressed, self.line, lambda: self.go(1), "itself")
            on_key(f"Shift+{pressed}", self.line, lambda: self.go(-1), "itself")
        on_key("Esc", self, self.close_line, "inside")
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._tell)
        self.hide()

    def look_in(self, preview: Preview) -> None:
        """Search what this preview shows now; the word that was searched stays."""
        if preview.document is None:
            return
        self._preview = preview
        preview.view.setSearchModel(self.model)
        self.model.setDocument(preview.document)
        self._on_typed(self.line.text())

    def open_line(self) -> None:
        """Take the keyboard."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def close_line(self) -> None:
        """Take the marks off and go back to the page."""
        self.line.clear()
        self.hide()
        self.closed.emit()

    def found(self) -> int:
        """How many places were found so far."""
        return self.model.rowCount(self.model.index(-1, -1))

    def _on_typed(self, typed: str) -> None:
        self._at = -1
        self.model.setSearchString(typed.strip())
        self._settle.start()

    def _on_count(self) -> None:
        if self._at < 0 and self.line.hasFocus() and self.found():
            self.go(1)
        self._settle.start()

    def go(self, step: int) -> None:
        """Bring the next place into view, or with -1 the one before; after the last comes the first."""
        count = self.found()
        if self._preview is None or not count:
            return
        self._at = (self._at + step) % count if self._at >= 0 else (0 if step > 0 else count - 1)
        self._preview.view.setCurrentSearchResultIndex(self._at)
        self._preview.show_place(self.model.resultAtIndex(self._at))
        self._tell()

    def _tell(self) -> None:
        count, number = self.found(), text.current().number
        if not self.line.text().strip():
            self.count.setText("")
        elif self._at >= 0:
            self.count.setText(_("{done} of {all}").format(done=number(self._at + 1), all=number(count)))
        else:
            self.count.setText(ngettext("{n} found", "{n} found", count) if count else _("Nothing found"))
        # The count gets its room at once, and not when the window comes to it.
        if (row := self.layout()) is not None:
            row.activate()
