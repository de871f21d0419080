"""A field for several names: each becomes a chip that takes itself off again; known ones are suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.enquiries import Named
from desktop.text import _
from desktop.widgets.chip import ChipButton
from desktop.widgets.flow import FlowLayout
from desktop.widgets.picker import RecordField, Suggest

if TYPE_CHECKING:
    from collections.abc import Sequence


class NamesField(RecordField):
    """Return, a semicolon or leaving the field makes a chip of what was typed; Backspace takes the last one off.

    The value is a list of `Named`, chips first and then what still stands in the line.
    """

    taken = Signal()

    def __init__(self, title: str, suggest: Suggest, placeholder: str = "") -> None:
        super().__init__(title, suggest, placeholder, free=True)
        self.chosen: list[Named] = []
        self._place = QWidget()
        self._chips = FlowLayout(6)
        self._place.setLayout(self._chips)
        self._place.hide()
        column = self.layout()
        assert column is not None
        column.addWidget(self._place)
        self.line.installEventFilter(self)
        self.picked.connect(lambda _record: self.take())

    def value(self) -> list[Named]:
        left = self._written()
        return [*self.chosen, *([left] if left is not None else [])]

    def set_value(self, value: Any) -> None:
        self.chosen = list(value or ())
        self.line.clear()
        self._show()

    def add(self, names: Sequence[str]) -> None:
        """Put further names to those that are there; one that is there already is not put twice."""
        known = {one.name.casefold() for one in self.chosen}
        self.chosen += [Named(name=name) for name in names if name.casefold() not in known]
        self._show()

    def take(self) -> None:
        """Make a chip of what stands in the line."""
        written = self._written()
        if written is None:
            return
        if written.name.casefold() not in {one.name.casefold() for one in self.chosen}:
            self.chosen.append(written)
        self._chosen = None
        self.line.clear()
        self._show()

    def names(self) -> list[str]:
        """Every name, also the one that is still being typed."""
        return [one.name for one in self.value()]

    def _written(self) -> Named | None:
        typed = self.typed().strip(" ,;")
        if not typed:
            return None
        party_id = self._chosen[0] if self._chosen is not None and self._chosen[1] == typed else None
        return Named(name=typed, party_id=party_id)

    def _take_off(self, one: Named) -> None:
        self.chosen = [other for other in self.chosen if other is not one]
        self._show()
        self.line.setFocus()

    def _show(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in self.chosen:
            chip = ChipButton(f"{one.name}  ×")
            # Tab goes from field to field; a chip is taken off by Backspace or the mouse.
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setAccessibleName(_("Take off {name}").format(name=one.name))
            chip.clicked.connect(lambda _checked=False, one=one: self._take_off(one))
            self._chips.addWidget(chip)
        self._place.setVisible(bool(self.chosen))
        self.changed.emit()
        self.taken.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
            if (enter or event.text() == ";") and self.typed():
                self._settle()
                self.take()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self.chosen:
                self._take_off(self.chosen[-1])
                return True
        if event.type() == QEvent.Type.FocusOut and watched is self.line:
            completer = self.line.completer()
            popup = completer.popup() if completer is not None else None
            if popup is None or not popup.isVisible():
                self._settle()
                self.take()
        return super().eventFilter(watched, event)
