"""A field of several short words as chips: typed with completion, taken off again with a press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from desktop.text import _
from desktop.widgets.chip import ChipButton
from desktop.widgets.fields import Field
from desktop.widgets.flow import Flow
from desktop.widgets.retold import tell


class TokensField(Field):
    """Return or a comma makes a chip of what was typed; the value is the list of chips and of what is still typed."""

    def __init__(self, title: str, suggest: Callable[[str], Sequence[str]], placeholder: str = "") -> None:
        self.line = QLineEdit()
        tell(self.line, "setPlaceholderText", placeholder)
        super().__init__(title, self.line)
        self._suggest = suggest
        self._words: list[str] = []
        self._chips = Flow()
        self._chips.hide()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(2, self._chips)
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = completer.popup()
        assert popup is not None
        popup.setProperty("kind", "popup")
        popup.setAccessibleName(_("Suggestions"))
        # After the completer has written its choice into the line.
        completer.activated.connect(lambda chosen: self._add(str(chosen)), Qt.ConnectionType.QueuedConnection)
        self.line.setCompleter(completer)
        self.line.textEdited.connect(self._on_typed)
        self.line.editingFinished.connect(lambda: self._add(self.line.text()))

    def value(self) -> list[str]:
        typed = self.line.text().strip(" ,")
        return [*self._words, *([typed] if typed and not self._has(typed) else [])]

    def set_value(self, value: Sequence[str]) -> None:
        self._words = list(value)
        self.line.clear()
        self._show()

    def _has(self, word: str) -> bool:
        return word.casefold() in (each.casefold() for each in self._words)

    def _on_typed(self, typed: str) -> None:
        if "," in typed:
            *done, rest = typed.split(",")
            for word in done:
                self._add(word)
            self.line.setText(rest.lstrip())
        said = self.line.text().strip()
        self._offered.setStringList([each for each in self._suggest(said) if not self._has(each)] if said else [])
        self.changed.emit()

    def _add(self, word: str) -> None:
        word = word.strip(" ,")
        if word and not self._has(word):
            self._words.append(word)
        self.line.clear()
        self._show()
        self.changed.emit()

    def _take_off(self, word: str) -> None:
        self._words.remove(word)
        self._show()
        self.line.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        chips: list[QWidget] = []
        for word in self._words:
            chip = ChipButton(f"{word}  ×")
            chip.setAccessibleName(_("Take off {word}").format(word=word))
            chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            chip.clicked.connect(lambda _checked=False, word=word: self._take_off(word))
            chips.append(chip)
        self._chips.show_all(chips)
        self._chips.setVisible(bool(chips))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.line.text().strip():
                self._add(self.line.text())
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._words:
                self._take_off(self._words[-1])
                return True
        return super().eventFilter(watched, event)
