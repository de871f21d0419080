"""Fields that are changed where they stand: leaving one or Return saves it, Escape takes back what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QTextEdit

from desktop.widgets.form import Form

# A field that nobody is at reads like a line of print; the pointer or the focus makes it a field.
QUIET = """
QLineEdit:!focus:!hover, QTextEdit:!focus:!hover, QComboBox:!focus:!hover { background: transparent;
    border-color: transparent; }
QLineEdit[wrong="true"], QTextEdit[wrong="true"] { border-color: palette(highlight); }
QComboBox:!hover:!focus::down-arrow { image: none; }
"""


class InPlace(QObject):
    """Watches a form; `save` gets nothing and reads the form itself. `saved` are the values that the file holds."""

    def __init__(self, form: Form, save: Callable[[], object]) -> None:
        super().__init__(form)
        self._form, self._save = form, save
        self.saved: dict[str, Any] = {}
        self._shown: dict[str, Any] = {}
        form.setStyleSheet(QUIET)
        self.watch(form.fields)
        form.submitted.connect(self.settle)
        form.cancelled.connect(self.put_back)

    def watch(self, names: Iterable[str]) -> None:
        """Save these fields of the form too when they are left."""
        for name in names:
            entry = self._form.fields[name].entry
            entry.installEventFilter(self)
            if isinstance(entry, (QLineEdit, QTextEdit)):
                entry.setPlaceholderText("—")
            if isinstance(entry, QLineEdit):
                entry.returnPressed.connect(self.settle)
            elif isinstance(entry, QComboBox):
                entry.activated.connect(lambda _index: self.settle())

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show what the file holds now; what is being typed stays."""
        pending = self.pending()
        fresh = {name: value for name, value in values.items() if name in self._form.fields and name not in pending}
        self._form.set_values(fresh)
        for name, value in fresh.items():
            self.saved[name], self._shown[name] = self._value(name), value

    def pending(self) -> set[str]:
        """The fields in which something stands that the file does not hold."""
        return {name for name, saved in self.saved.items() if self._value(name) != saved}

    def settle(self) -> None:
        """Save what was typed; what is refused stays beside its field."""
        if self.pending():
            self._save()

    def put_back(self) -> None:
        """Show again what the file holds."""
        self._form.clear_errors()
        for name in self.pending():
            self._form.fields[name].set_value(self._shown[name])

    def _value(self, name: str) -> Any:
        try:
            return self._form.fields[name].value()
        except ValueError as reason:
            return reason

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in stays:
                self.settle()
        return False
