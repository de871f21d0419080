"""That advice went beyond what was agreed: a chip that says so, what was left out, and how it is handled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from db import engagements
from db.scope import NewOutOfScope
from db.words import Handling
from desktop.rooms.words import choices
from desktop.text import _
from desktop.widgets.chip import ChipButton
from desktop.widgets.fields import ChoiceField, MoneyField
from desktop.widgets.label import label
from desktop.widgets.whole import WholeField

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

LONGEST = 300


class Outside:
    """The chip is there once an engagement is chosen; switched on, it asks how, how long and how much."""

    def __init__(self) -> None:
        self.chip = ChipButton(_("Outside scope"), "amber", checkable=True)
        self.words = label("", "small", wrap=True)
        self.handling = ChoiceField(_("Outside scope: how it is handled"), choices(Handling))
        self.minutes, self.worth = WholeField(_("Minutes for it")), MoneyField(_("Worth"))
        self._left_out = ""
        self.chip.toggled.connect(lambda _on: self.follow())

    def row(self) -> list[tuple[str, Any, int]]:
        """The fields, for one row of a form."""
        return [("outside", self.handling, 2), ("outside_minutes", self.minutes, 1), ("outside_minor", self.worth, 1)]

    def show_engagement(self, desk: OpenPractice, engagement_id: int | None) -> None:
        """Follow the engagement that is chosen; without one, nothing can be outside of it."""
        known = None if engagement_id is None else desk.ask(engagements.get_engagement, engagement_id)
        self._left_out = "" if known is None else " ".join(known.scope_excluded.split())
        if len(self._left_out) > LONGEST:
            self._left_out = self._left_out[:LONGEST].rsplit(" ", 1)[0] + "…"
        self.words.setText(_("Not in what was agreed: {words}").format(words=self._left_out))
        self.chip.setVisible(known is not None)
        if known is None:
            self.chip.setChecked(False)
        else:
            self.worth.currency = known.currency
            self.worth.line.setPlaceholderText(known.currency)
        self.follow()

    def follow(self) -> None:
        """Ask only where it was outside; what was left out is told in any case, for it says whether it was."""
        on = self.chip.isChecked()
        for field in (self.handling, self.minutes, self.worth):
            field.setVisible(on)
        self.words.setVisible(bool(self._left_out))

    def typed(self) -> dict[str, str]:
        """What stands in the fields, as texts by name; nothing where it was agreed."""
        if not self.chip.isChecked():
            return {}
        return {"outside": str(self.handling.value()), **{name: field.line.text() for name, field in self._lines()}}

    def fill(self, content: Mapping[str, str]) -> None:
        """Go on with what `typed` gave."""
        self.chip.setChecked("outside" in content)
        self.handling.set_value(content.get("outside", "goodwill"))
        for name, field in self._lines():
            field.line.setText(content.get(name, ""))

    def noted(self, values: Mapping[str, Any], question: str) -> list[NewOutOfScope]:
        """What was asked for outside scope, if the form says so; the talk's minutes are its own where none are said."""
        if not self.chip.isChecked() or values["engagement"] is None:
            return []
        talk = "".join(letter for letter in values["minutes"] if letter.isdigit())
        minutes = values["outside_minutes"]
        return [
            NewOutOfScope(
                engagement_id=values["engagement"],
                what=question,
                handling=values["outside"],
                asked_on=values["given_at"].date() if values["given_at"] else None,
                minutes=minutes if minutes is not None else int(talk) if talk else None,
                amount_minor=values["outside_minor"],
            )
        ]

    def _lines(self) -> list[tuple[str, Any]]:
        return [("outside_minutes", self.minutes), ("outside_minor", self.worth)]
