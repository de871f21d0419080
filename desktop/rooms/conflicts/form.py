"""The decision on a check: what was decided, and why."""

from __future__ import annotations

from db.words import Verdict
from desktop.text import _
from desktop.why import decision_words
from desktop.widgets.fields import ChoiceField, LongField
from desktop.widgets.form import Form

DECISIONS = ("clear", "accepted with waiver", "declined")


def decision_form(verdict: Verdict) -> Form:
    """A decision and its reason; the reason may stay empty only where every name is clear."""
    why = _("Why (may stay empty)") if verdict == "clear" else _("Why")
    return Form(
        [
            [("decision", ChoiceField(_("Decision"), [(one, decision_words(one)) for one in DECISIONS]), 1)],
            [("reason", LongField(why, 4, _("What you found, and what speaks for or against")), 1)],
        ]
    )
