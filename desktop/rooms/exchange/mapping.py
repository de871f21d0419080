"""Which column of a table is what: each with a cell of it, and a choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from desktop import look
from desktop.rooms.exchange.words import field_words, fields
from desktop.text import _
from desktop.widgets.label import label


class Columns(QWidget):
    """The choices by column; `changed` comes with each of them. What was not touched follows the file's own names."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 4, 16, 14)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.boxes: dict[str, QComboBox] = {}
        self._touched: dict[str, str] = {}

    def show_columns(
        self, noun: str, header: Sequence[str], became: Mapping[str, str], sample: Mapping[str, str]
    ) -> None:
        """List the columns, what each would become, and what a row says in it."""
        focus = next((name for name, box in self.boxes.items() if box.hasFocus()), "")
        while (old := self._grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes.clear()
        for row, name in enumerate(dict.fromkeys(name for name in header if name)):
            code = self._touched.get(name, became.get(name, "custom"))
            box = self._box(noun, name, code)
            shown = sample.get(name, "").replace("\n", " ")
            cell = label(shown if len(shown) <= 60 else f"{shown[:59]}…", "small")
            self._grid.addWidget(label(name, "strong"), row, 0)
            self._grid.addWidget(cell, row, 1)
            self._grid.addWidget(box, row, 2)
            self.boxes[name] = box
        if focus in self.boxes:
            self.boxes[focus].setFocus()

    def _box(self, noun: str, name: str, code: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("What “{column}” is").format(column=name))
        box.setMinimumWidth(look.px(190))
        offered = fields(noun)
        if code not in dict(offered):
            offered.insert(0, (code, field_words(code, noun)))
        for value, words in offered:
            box.addItem(words, value)
        box.setCurrentIndex(box.findData(code))
        box.activated.connect(lambda _index, name=name, box=box: self._on_chosen(name, str(box.currentData())))
        return box

    def _on_chosen(self, name: str, code: str) -> None:
        self._touched[name] = code
        self.changed.emit()

    def mapping(self) -> dict[str, str]:
        """What the user said of the columns, and only that."""
        return dict(self._touched)

    def take_up(self, mapping: Mapping[str, str]) -> None:
        """Begin with what was said already."""
        self._touched = dict(mapping)

    def forget(self) -> None:
        """Begin anew, as for another file or another kind."""
        self._touched.clear()
