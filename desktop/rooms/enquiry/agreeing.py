"""The fields in which an enquiry is taken on: roles, checklist, the work as agreed, the letter."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from typing import Any, get_args

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.acceptance import POINTS
from db.words import FeeBasis, RoleKind
from desktop.rooms.words import choices, engagement_word, word
from desktop.text import LANGUAGES, _
from desktop.widgets.button import button
from desktop.widgets.fields import ChoiceField, DateField, Field, LongField, MoneyField, TextField
from desktop.widgets.form import Form
from desktop.widgets.ink import tip
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.picker import RecordField, Suggest

ROLES: tuple[RoleKind, ...] = ("decides", "pays", "uses", "benefits")
WORK = (
    *("title", "area", "scope_included", "scope_excluded", "client_duties", "assumptions"),
    *("fee_basis", "fee_minor", "next_review_on"),
)


def _points() -> dict[str, str]:
    return {
        "integrity": _("Can we trust them?"),
        "competence": _("Can we do it well?"),
        "independence": _("Are we free to act?"),
        "fee": _("Will they pay?"),
        "identity": _("Identity checked?"),
    }


class TakeOnForm(Form):
    """Who, whether, what and how; each part under its own heading."""

    def __init__(self, suggest: Suggest, templates: Sequence[str], currency: str) -> None:
        self.letter = LongField(_("The letter, as you want it"), 11)
        answers = choices(("open", "yes", "no"))
        points: list[tuple[str, Field, int]] = [(name, ChoiceField(_points()[name], answers), 1) for name in POINTS]
        roles: list[tuple[str, Field, int]] = [
            (kind, RecordField(word(kind), suggest, _("A name, known or new"), free=True), 1) for kind in ROLES
        ]
        basis = [(None, "—"), *((one, word(one)) for one in get_args(FeeBasis))]
        standings = [("client", _("Client, goes on")), ("occasional", _("Occasional, this once"))]
        super().__init__(
            [
                roles[:2],
                roles[2:],
                points[:3],
                [*points[3:], ("standing", ChoiceField(_("Becomes"), standings), 1)],
                [("why", TextField(_("Why all the same (needed where a point is No)")), 1)],
                [
                    ("template", ChoiceField(_("From a template"), [(None, "—"), *((n, n) for n in templates)]), 2),
                    ("title", TextField(_("Title")), 2),
                ],
                [
                    ("fee_basis", ChoiceField(_("Fee"), basis), 1),
                    ("fee_minor", MoneyField(_("Amount"), currency), 1),
                    ("next_review_on", DateField(_("Review on"), ahead=True), 1),
                    ("area", TextField(_("Area")), 1),
                ],
                [("scope_included", LongField(_("What we do"), 3), 1)],
                [
                    ("scope_excluded", LongField(_("What is not included"), 3), 1),
                    ("client_duties", LongField(_("What we need from the client"), 3), 1),
                ],
                [("assumptions", LongField(_("What this rests on"), 2), 1)],
                [
                    ("letter", ChoiceField(_("The letter is"), choices(("draft", "sent", "signed", "none"))), 1),
                    ("language", ChoiceField(_("Language of the letter"), list(LANGUAGES.items())), 1),
                ],
                [("text", self.letter, 1)],
            ]
        )
        self.checked = label("", "small", wrap=True)
        self.all_yes = button(_("All yes"), self.say_yes, "link", "check")
        asked = QWidget()
        line = QHBoxLayout(asked)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.checked, 1)
        line.addWidget(self.all_yes)
        for keys, part, act in (
            ("Alt+Y", self.all_yes, self.say_yes),
            ("Alt+M", self.fields["template"], self.fields["template"].setFocus),
            ("Alt+L", self.fields["letter"], self.fields["letter"].setFocus),
        ):
            on_key(keys, self, act, "inside")
            tip(part, QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        self._part(10, _("The letter"))
        self._part(5, engagement_word())
        self._part(2, _("Do we want this work?"), asked)
        self._part(0, _("Who is who"))
        self.say_checklist()

    def _part(self, row: int, title: str, note: Any = None) -> None:
        """A heading above a row of fields; the bar stands before the first row."""
        at = row + 1
        if note is not None:
            self._column.insertWidget(at, note)
        self._column.insertWidget(at, label(title, "heading"))

    def say_yes(self) -> None:
        """Answer every point with yes, and go on with the work."""
        self.set_values(dict.fromkeys(POINTS, "yes"))
        self.fields["template"].setFocus()

    def work(self) -> dict[str, Any]:
        """The work as it stands now; what cannot be read yet is left out."""
        found: dict[str, Any] = {}
        for name in WORK:
            try:
                found[name] = self.fields[name].value()
            except ValueError:
                continue
        return found

    def say_checklist(self) -> None:
        """Say in a sentence what the answers come to."""
        answers = [self.fields[name].value() for name in POINTS]
        if "no" in answers:
            self.checked.setText(_("A point is answered No: say why you take the work on all the same."))
        elif "open" in answers:
            self.checked.setText(_("Open points may be answered later; they stay with the client’s file."))
        else:
            self.checked.setText(_("Nothing speaks against it."))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
