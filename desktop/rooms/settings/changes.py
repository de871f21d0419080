"""What a step changed, in words: which record of which noun, and each of its columns before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop import text
from desktop.rooms.words import engagement_word, word
from desktop.text import _, ngettext

if TYPE_CHECKING:
    from db.step_changes import StepChange

LONGEST = 90
# What tells a person nothing: keys of other rows, and what the program keeps for itself.
_SILENT = {"sort_name", "created_at", "recorded_at", "raw_card", "normal", "digest", "sha256", "zone", "uuid", "colour"}


def _nouns() -> dict[str, str]:
    return {
        "practice": _("Practice"),
        "setting": _("Setting"),
        "person": _("Person of the practice"),
        "party": _("Person or organisation"),
        "party_name": _("Other name"),
        "contact_point": _("Contact"),
        "address": _("Address"),
        "tax_id": _("Tax number"),
        "tag": _("Tag"),
        "custom_field": _("Custom field"),
        "party_link": _("Link to somebody"),
        "client": _("Client"),
        "standing_change": _("Standing"),
        "engagement": engagement_word(),
        "role": _("Role"),
        "advice": _("advice").capitalize(),
        "advice_response": _("Response"),
        "promise": _("Promise"),
        "trust_note": _("Trust note"),
        "follow_up": _("Follow-up"),
        "fee": _("Fee"),
        "attachment": _("File"),
        "conflict_check": _("Conflict check"),
        "decision": _("Decision"),
        "out_of_scope": _("Work outside the scope"),
        "deadline": _("Deadline"),
        "acceptance": _("Acceptance"),
        "review": _("Review"),
        "health_override": _("Health set by hand"),
        "attempt": _("What was tried"),
        "suggestion_answer": _("Answer to a suggestion"),
        "insight": _("Insight"),
        "insight_theme": _("Theme"),
        "insight_action": _("Action"),
        "referral": _("Referral"),
        "rights_request": _("Request"),
        "rights_item": _("Record asked for"),
        "set_aside": _("Put off"),
    }


def _columns() -> dict[str, str]:
    return {
        "name": _("name"),
        "title": _("title"),
        "text": _("text"),
        "what": _("what"),
        "value": _("value"),
        "number": _("number"),
        "kind": _("kind"),
        "standing": _("standing"),
        "grade": _("grade"),
        "stage": _("stage"),
        "status": _("status"),
        "state": _("state"),
        "notes": _("notes"),
        "note": _("note"),
        "question": _("question"),
        "advice": _("advice"),
        "response": _("response"),
        "reason": _("reason"),
        "due_on": _("due on"),
        "due_time": _("time"),
        "done_on": _("done on"),
        "kept_on": _("kept on"),
        "opened_on": _("opened on"),
        "closed_on": _("closed on"),
        "outcome": _("outcome"),
        "amount_minor": _("amount"),
        "currency": _("currency"),
        "email": _("e-mail"),
        "phone": _("phone"),
        "address": _("address"),
        "city": _("city"),
        "language": _("language"),
        "profession": _("profession"),
        "letter": _("letter"),
        "since": _("since"),
        "withdrawn_at": _("withdrawn"),
        "rhythm_days": _("rhythm in days"),
        "valued": _("what is valued"),
    }


def told(changes: list[StepChange], more: int) -> str:
    """The changes of a step, one a line; `more` says how many are not shown."""
    lines = [_line(change) for change in changes]
    if more:
        lines.append(ngettext("and {n} more", "and {n} more", more))
    return "\n".join(lines)


def _line(change: StepChange) -> str:
    noun = _nouns().get(change.noun, change.noun.replace("_", " "))
    if change.erased:
        return _("{noun}: erased for good").format(noun=noun)
    if change.kind == "update":
        parts = [
            _("{column}: {before} → {after}").format(
                column=_columns().get(column, column.replace("_", " ")),
                before=_shown(before),
                after=_shown(change.after.get(column)),
            )
            for column, before in change.before.items()
            if _is_told(column)
        ]
        return f"{noun} · {'; '.join(parts)}" if parts else noun
    held = change.after if change.kind == "insert" else change.before
    name = next((str(held[column]) for column in _NAMING if held.get(column)), "")
    what = f"{noun} {text.current().quoted(_cut(name))}" if name else noun
    lead = _("{what} added") if change.kind == "insert" else _("{what} deleted")
    return lead.format(what=what)


_NAMING = ("name", "title", "text", "what", "question", "verbatim", "item", "value", "words", "number", "kind")


def _is_told(column: str) -> bool:
    return column not in _SILENT and not column.endswith("_id")


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "—"
    return _cut(word(str(value)))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
