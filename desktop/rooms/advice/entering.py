"""What the form *Log advice* holds, as inputs: the entry, the promise, the answer, and what was said with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimeZone

from db.advice import AdviceRow, NewAdvice, NewResponse
from db.capture import Beside
from db.errors import Refused
from db.followups import NewFollowUp
from db.trust import NewPromise, NewTrustNote
from desktop import said
from desktop.text import _

if TYPE_CHECKING:
    from desktop.rooms.advice.form import AdviceForm

_PLAIN = ("channel", "basis", "risks", "late_reason")
_BESIDE = (
    *("response", "consequence", "reason", "words", "text", "due"),
    *("outside", "outside_minutes", "outside_minor"),
)


def entry(form: AdviceForm, values: Mapping[str, Any], who: str) -> NewAdvice:
    """The entry of the advisory history: the text without its marks, and the question, or the text's first sentence."""
    told = said.recorded_text(form.box.page.toPlainText(), form.marks)
    named = [name for name in _named(form) if name.casefold() not in values["present"].casefold()]
    minutes = "".join(letter for letter in values["minutes"] if letter.isdigit())
    return NewAdvice(
        client_id=values["client_id"],
        engagement_id=values["engagement"],
        given_at=values["given_at"],
        zone=bytes(QTimeZone.systemTimeZoneId().data()).decode(),
        author=who,
        privileged=form.privileged.isChecked(),
        question=values["question"] or said.opening(told) or values["text"] or _("advice").capitalize(),
        advice=told,
        present=", ".join(part for part in (values["present"], *named) if part),
        minutes=int(minutes) if minutes else None,
        **{name: values[name] for name in _PLAIN},
    )


def _named(form: AdviceForm) -> list[str]:
    """The people named in the text beside the client."""
    people = [mark.words for mark in form.marks if mark.kind == "@"]
    known = form.names.known
    return [name for name in dict.fromkeys(people) if name in known and known[name].client_id != form.client_id()]


def promise(values: Mapping[str, Any], who: str) -> NewPromise | None:
    """What was promised in the fields beneath the text, if anything was."""
    due_on, due_time = values["due_on"]
    if not values["text"] and due_on is None:
        return None
    given = values["given_at"]
    return NewPromise(
        client_id=values["client_id"],
        by_whom=who,
        text=values["text"],
        made_on=given.date() if given else None,
        due_on=due_on,
        due_time=due_time,
    )


def said_with_it(form: AdviceForm, values: Mapping[str, Any], who: str) -> list[Beside]:
    """The promises, next steps and confidences that stand in the text, and what was asked for beyond the scope."""
    found: list[Beside] = []
    client, given = values["client_id"], values["given_at"]
    for mark in form.marks:
        due = mark.due
        if mark.kind == "!":
            found.append(
                NewPromise(
                    client_id=client,
                    by_whom=who,
                    text=mark.words,
                    made_on=given.date() if given else None,
                    due_on=due.day if due is not None else None,
                    due_time=f"{due.time:%H:%M}" if due is not None and due.time is not None else "",
                )
            )
        elif mark.kind == "?" and due is not None:
            words = f"{mark.words}, {due.time:%H:%M}" if due.time else mark.words
            found.append(NewFollowUp(client_id=client, what=words, due_on=due.day))
        elif mark.kind == "~":
            found.append(
                NewTrustNote(client_id=client, kind="confidence", noted_at=given, text=mark.words, restricted=True)
            )
    return [*found, *form.outside.noted(values, entry(form, values, who).question)]


def response(values: Mapping[str, Any]) -> NewResponse:
    """What the client decided there and then; awaiting, where he did not."""
    against = values["response"] == "against advice"
    if against:
        insist(values)
    return NewResponse(
        response=values["response"],
        responded_on=values["given_at"].date() if values["given_at"] else None,
        **{name: values[name] if against else "" for name in ("consequence", "reason", "words")},
    )


def insist(values: Mapping[str, Any]) -> None:
    """Refuse what is missing of a decision against advice, all of it at once: what was explained, why, what to do."""
    codes = {"consequence": "against-advice-needs", "reason": "against-advice-needs", "words": "direction-needed"}
    missing = [Refused(code, name) for name, code in codes.items() if not values[name]]
    if missing:
        missing[0].others = missing[1:]
        raise missing[0]


def draft_entry(form: AdviceForm, who: str) -> NewAdvice:
    """The entry as far as it can be read, for a draft: a date half typed is no reason to lose the rest.

    A confidence is no part of it: it waits outside the history until the entry is recorded.
    """
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        try:
            found[name] = field.value()
        except ValueError:
            found[name] = None
    if found["given_at"] is None:
        found["late_reason"] = ""
    return entry(form, found, who)


def beside(content: Mapping[str, str]) -> dict[str, str]:
    """What a draft keeps beside its own text: the decision and the promise, until it is recorded."""
    found = {name: content.get(name, "") for name in _BESIDE}
    return {name: value for name, value in found.items() if value and value != "awaiting"}


def content_of(draft: AdviceRow, unfinished: Mapping[str, str]) -> dict[str, str]:
    """A draft that was made elsewhere, as the form takes it."""
    found = {name: str(getattr(draft, name)) for name in ("question", "advice", "present", *_PLAIN)}
    found |= {"client_id": str(draft.client_id), "engagement_id": str(draft.engagement_id or "")}
    found |= {"given_at": draft.given_at.isoformat(), "privileged": "yes" if draft.privileged else ""}
    found["minutes"] = str(draft.minutes or "")
    return {name: value for name, value in (found | dict(unfinished)).items() if value}
