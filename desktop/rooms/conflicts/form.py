"""The decision on a check: what was decided, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.clients import suggest_clients
from db.words import Verdict
from desktop.text import _
from desktop.why import decision_words
from desktop.widgets.fields import ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.picker import RecordField, Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

DECISIONS = ("clear", "declined")


def _clients(desk: OpenPractice) -> RecordField:
    def suggest(typed: str) -> Sequence[Suggestion]:
        return [(row.client_id, row.name, row.number) for row in desk.ask(suggest_clients, typed)]

    return RecordField(_("For (may stay empty)"), suggest, _("Type a name or a number"))


def decision_form(desk: OpenPractice, verdict: Verdict) -> Form:
    """A decision, for whom, and its reason, which may stay empty only where every name is clear."""

    why = _("Why (may stay empty)") if verdict == "clear" else _("Why")
    return Form(
        [
            [
                ("decision", ChoiceField(_("Decision"), [(one, decision_words(one)) for one in DECISIONS]), 1),
                ("client_id", _clients(desk), 1),
            ],
            [("reason", LongField(why, 4, _("What you found, and what speaks for or against")), 1)],
        ]
    )


def waiver_form(desk: OpenPractice) -> Form:
    """A consent: who gave it, on which day, for whom, and what was explained before it was given."""
    told = _("What was explained, and to what they agreed")
    return Form(
        [
            [
                ("who", TextField(_("Who consented"), _("Everybody whose consent was needed")), 2),
                ("day", DateField(_("On")), 1),
            ],
            [("client_id", _clients(desk), 1)],
            [("reason", LongField(told, 4, _("Given in writing? Say where it is kept")), 1)],
        ]
    )
