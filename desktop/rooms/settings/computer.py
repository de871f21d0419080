"""This computer's own choices: colours, size of the text, language, and when to lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import settings
from desktop.text import LANGUAGES, _, ngettext
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField

MINUTES = (1, 5, 10, 15, 30, 60)


class ComputerCard(QWidget):
    """Each choice works at once; `chosen` names it and its value, for the program to wear and keep."""

    chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        schemes = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        schemes.append(("contrast", _("High contrast")))
        sizes = [(size / 100, f"{size} %") for size in (90, 100, 110, 125, 150, 175, 200)]
        minutes = [(count, ngettext("after {n} minute", "after {n} minutes", count)) for count in MINUTES]
        self.fields = {
            "scheme": ChoiceField(_("Colours"), schemes),
            "text_scale": ChoiceField(_("Size of the text"), sizes),
            "language": ChoiceField(_("Language"), [("", _("As the system")), *LANGUAGES.items()]),
            "idle_minutes": ChoiceField(_("Lock when nobody works"), [*minutes, (0, _("Never"))]),
        }
        card = Card(_("This computer"), _("for you alone, not for the practice"), ruled=False)
        for name, field in self.fields.items():
            card.add(field, 14)
            field.changed.connect(lambda name=name, field=field: self.chosen.emit(name, field.value()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def refresh(self) -> None:
        """Show what was chosen."""
        choice = settings.load()
        for name, field in self.fields.items():
            field.blockSignals(True)
            field.set_value(getattr(choice, name))
            field.blockSignals(False)
