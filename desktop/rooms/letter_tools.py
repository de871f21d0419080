"""What stands beneath the text of a letter: its fields in braces, and the practice's own wording kept or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from db.letters import forget_wording, get_wording, keep_wording
from desktop.reports.letter_wording import fielded, filled, strange, without_value
from desktop.text import _, current
from desktop.widgets.button import button
from desktop.widgets.flow import FlowLayout
from desktop.widgets.label import label
from desktop.widgets.retold import tell

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.letters import Worded
    from desktop.widgets.fields import LongField


class LetterTools(QWidget):
    """Serves one text field. `show_letter` says which letter stands in it; `turned` says that its wording changed."""

    turned = Signal()

    def __init__(self, desk: OpenPractice, field: LongField) -> None:
        super().__init__()
        self._desk, self._field = desk, field
        self._worded: Worded | None = None
        self._language, self._own, self._shown = "", "", ""
        self.names = label("", "small", wrap=True)
        self.keep_button = button(_("Keep as our wording"), self.keep, icon_name="save")
        self.back_button = button(_("Back to the house’s wording"), self.go_back, icon_name="undo-2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.names)
        row = QWidget()
        column.addWidget(row)
        flow = FlowLayout(6)
        row.setLayout(flow)
        for tool in (self.keep_button, self.back_button):
            flow.addWidget(tool)
        layout = field.layout()
        assert isinstance(layout, QBoxLayout)
        layout.addWidget(self)
        field.changed.connect(self.tell_fields)
        desk.changed.connect(self._on_changed)

    def show_letter(self, worded: Worded, language: str) -> None:
        """The letter in the field is this one, in a language: its fields and its house's wording."""
        turns = (worded.kind, language) != (self._worded.kind if self._worded else "", self._language)
        if turns:
            self._own = self._desk.ask(get_wording, worded.kind, language)
        kept_here = turns and self._is_as_kept()
        self._worded, self._language = worded, language
        names = " ".join(f"{{{name}}}" for name in worded.fields)
        tell(self.names, "setText", _("Filled in for each reader: {names}").format(names=names))
        self.back_button.setEnabled(bool(self._own))
        if kept_here:
            # The wording that was just kept stands there with its fields: in another language it says nothing.
            self._show(self.usual())
        self.tell_fields()

    def usual(self) -> str:
        """What the field says until somebody changes it: the practice's own wording, filled, or the house's."""
        return "" if self._worded is None else self._worded.text(self._own)

    def propose(self) -> str:
        """Let the field say what is proposed, without saying that it changed; gives what stands there now."""
        if not self.is_usual():
            self._field.page.blockSignals(True)
            self._field.set_value(self.usual())
            self._field.page.blockSignals(False)
        self.tell_fields()
        return self._field.value()

    def printed(self) -> str:
        """What the field says, as it is printed: words that were changed have their fields filled."""
        words = self._field.value()
        if self._worded is None or words == self.usual().strip():
            return words
        return filled(words, self._worded.fields)

    def is_usual(self) -> bool:
        """Whether what stands there is what is proposed."""
        return self._field.value() == self.usual().strip()

    def _is_as_kept(self) -> bool:
        """Whether what stands there is the wording as it was kept, with its fields in braces."""
        return bool(self._shown) and self._field.value() == self._shown

    def keep(self) -> None:
        """Make what stands in the field the practice's own wording, with what is this reader's put back as fields."""
        worded, language = self._worded, self._language
        if worded is None:
            return
        text = fielded(self._field.value(), worded.fields)
        if self._desk.attempt(lambda: self._desk.do(keep_wording, worded.kind, language, text)) is None:
            return
        self._own = text
        self._show(text)

    def go_back(self) -> None:
        """Forget the practice's own wording of this letter: the house's stands here again."""
        worded, language = self._worded, self._language
        if worded is None:
            return
        if self._desk.attempt(lambda: self._desk.do(forget_wording, worded.kind, language)) is None:
            return
        self._own = ""
        self._show(worded.house)

    def _show(self, words: str) -> None:
        self._shown = words.strip()
        self.back_button.setEnabled(bool(self._own))
        self._field.set_value(words)
        self.turned.emit()

    def _on_changed(self, changed: frozenset[str]) -> None:
        """Undo takes a wording back, or brings it back."""
        if self._worded is None or "setting" not in changed:
            return
        now = self._desk.ask(get_wording, self._worded.kind, self._language)
        if now == self._own:
            return
        untouched = self.is_usual() or self._is_as_kept()
        self._own = now
        self.back_button.setEnabled(bool(now))
        if untouched:
            self._show(self.usual())

    def tell_fields(self) -> None:
        """Say beside the field which braces are no field, and of which fields nothing is known for this letter."""
        if self._worded is None:
            return
        words, fields, say = self._field.value(), self._worded.fields, current()
        # What is proposed anyway need not be kept, and is no stop on the way to the next field.
        self.keep_button.setEnabled(bool(words) and not self.is_usual() and not self._is_as_kept())
        told = []
        if not self.is_usual():
            if odd := strange(words, fields):
                told.append(_("Printed as it stands, for it is no field: {what}.").format(what=say.listed(odd[:5])))
            if empty := without_value(words, fields):
                braced = say.listed([f"{{{name}}}" for name in empty[:5]])
                told.append(_("Nothing is known here for {what}.").format(what=braced))
        self._field.note(" ".join(told))
