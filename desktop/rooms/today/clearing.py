"""How each row is cleared by one key: what the key is called there, what it asks for, and the verb that it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from db.advice import NewResponse, discard_draft, record_advice, respond_to_advice
from db.deadlines import finish_deadline
from db.engagement_review import hold_engagement_review, move_engagement_review
from db.engagements import NewLetter, set_letter
from db.errors import Refused
from db.followups import Finish, finish_follow_up, move_follow_up
from db.referrals import Thanks, thank_for_referral
from db.reviews import NewReview, hold_review, move_review
from db.set_aside import Call, NewSetAside, drop_row, log_call, set_aside
from db.today_rows import Waiting
from db.trust import (
    Renegotiation,
    Resolution,
    Settling,
    keep_promise,
    release_promise,
    renegotiate_promise,
    resolve_note,
)
from desktop.practice import OpenPractice
from desktop.rooms.today.told import told
from desktop.text import _
from desktop.today_words import call_words

# A row that asks for its "room" is done there, in the form that opens.
Asks = Literal["", "day", "why", "learned", "answer", "room"]
KEYS = ("D", "C", "M", "N")
# What takes more than a key, since a person's rights hang on each record of it: D leads to where it is done.
IN_ROOM = ("right",)
ANSWERS = ("accepted", "deferred", "declined")
# Both sides go on as before: said in a breath. Anything else of a review is held in its room.
GO_ON, IN_FULL = "go on", "in full"


@dataclass(frozen=True)
class Way:
    """One way to clear a row: its key, its word on the button, and what it asks for before it is done.

    `question` stands before the field; `whom` is filled where somebody has to agree.
    """

    key: str
    word: str
    asks: Asks = ""
    question: str = ""
    whom: str = ""
    answers: tuple[str, ...] = ANSWERS


# The words of D where it needs nothing more.
_DONE: Mapping[str, Callable[[], str]] = {
    "deadline": lambda: _("Met"),
    "promise": lambda: _("Kept"),
    "letter": lambda: _("Signed"),
    "review": lambda: _("Reviewed"),
    "follow_up": lambda: _("Done"),
    "thanks": lambda: _("Thanked"),
    "draft": lambda: _("Record"),
}
# No call moves a date of the court or of the law, and a draft is not a thing to call about.
_NOT_BY_CALL = {"deadline", "right", "draft"}


def ways(row: Waiting) -> list[Way]:
    """The keys that clear a row, in their order."""
    found: list[Way] = []
    if row.kind in _DONE:
        found.append(Way("D", _DONE[row.kind]()))
    elif row.kind == "concern":
        found.append(Way("D", _("Resolved"), "learned", _("What did you learn?")))
    elif row.kind == "awaited":
        found.append(Way("D", _("Answered"), "answer", _("What did they answer?")))
    elif row.kind == "client_review":
        question = _("Do they go on, and do we?")
        found.append(Way("D", _("Hold it"), "answer", question, answers=(GO_ON, IN_FULL)))
    elif row.kind in IN_ROOM:
        found.append(Way("D", _("Open it"), "room"))
    if row.kind not in _NOT_BY_CALL and row.client_id is not None:
        found.append(Way("C", _("Called")))
    found.append(_move(row))
    if row.kind == "draft":
        found.append(Way("N", _("Discard")))
    elif row.kind != "right":
        question = _("Who released it, and why?") if row.kind == "promise" else _("Why is it not needed?")
        found.append(Way("N", _("Not needed"), "why", question))
    return found


def _move(row: Waiting) -> Way:
    if row.kind == "promise" and row.days <= 0:
        return Way("M", _("Move"), "day", _("New date"), row.client if row.state == "us" else _("us"))
    if row.kind == "promise":
        return Way("M", _("Later"), "day", _("It stays late. Show it again"))
    if row.kind in ("follow_up", "review", "client_review"):
        return Way("M", _("Move"), "day", _("Move to"))
    return Way("M", _("Later"), "day", _("Show it again"))


def clear(
    desk: OpenPractice, row: Waiting, key: str, *, day: dt.date | None = None, words: str = "", whom: str = ""
) -> None:
    """Do what a key says of a row; raises Refused where the rules of the file do."""
    {"D": _done, "C": _called, "M": _moved, "N": _not_needed}[key](desk, row, day, words, whom)


def _done(desk: OpenPractice, row: Waiting, day: dt.date | None, words: str, whom: str) -> None:
    if row.kind == "promise":
        desk.do(keep_promise, row.id, Settling())
    elif row.kind == "deadline":
        desk.do(finish_deadline, row.id)
    elif row.kind == "letter":
        desk.do(set_letter, row.id, NewLetter(letter="signed"))
    elif row.kind == "review":
        desk.do(hold_engagement_review, row.id)
    elif row.kind == "follow_up":
        desk.do(finish_follow_up, row.id, Finish())
    elif row.kind == "thanks":
        desk.do(thank_for_referral, row.id, Thanks(how=_("in person")))
    elif row.kind == "draft":
        desk.do(record_advice, row.id)
    elif row.kind == "concern":
        desk.do(resolve_note, row.id, Resolution(learned=words))
    elif row.kind == "client_review" and row.client_id is not None:
        desk.do(
            hold_review, NewReview(client_id=row.client_id, they="continues", we="continue", held_by=desk.practice.who)
        )
    elif row.kind == "awaited":
        desk.do(respond_to_advice, row.id, NewResponse.model_validate({"response": words}))


def _called(desk: OpenPractice, row: Waiting, day: dt.date | None, words: str, whom: str) -> None:
    if row.kind == "promise":
        desk.do(keep_promise, row.id, Settling(words=_("by a call")))
    elif row.kind == "follow_up":
        desk.do(finish_follow_up, row.id, Finish(outcome=_("Called.")))
    elif row.kind == "thanks":
        desk.do(thank_for_referral, row.id, Thanks(how=_("by phone")))
    elif row.client_id is not None:
        off = _off(row)
        call = Call(
            noun=off.noun, record_id=off.record_id, kind=off.kind, client_id=row.client_id, what=call_words(row)
        )
        desk.do(log_call, call)


def _moved(desk: OpenPractice, row: Waiting, day: dt.date | None, words: str, whom: str) -> None:
    if day is None:
        raise Refused("required", "day")
    if row.kind == "promise" and row.days <= 0:
        desk.do(renegotiate_promise, row.id, Renegotiation(due_on=day, agreed_with=whom))
    elif row.kind == "follow_up":
        desk.do(move_follow_up, row.id, day)
    elif row.kind == "review":
        desk.do(move_engagement_review, row.id, day)
    elif row.kind == "client_review":
        desk.do(move_review, row.id, day)
    else:
        desk.do(set_aside, _off(row, day), _subject(row))


def _not_needed(desk: OpenPractice, row: Waiting, day: dt.date | None, words: str, whom: str) -> None:
    if row.kind == "draft":
        desk.do(discard_draft, row.id)
        return
    if not words.strip():
        raise Refused("required", "why")
    if row.kind == "promise":
        desk.do(release_promise, row.id, Settling(words=words))
    elif row.kind == "follow_up":
        desk.do(finish_follow_up, row.id, Finish(outcome=_("Not needed: {why}").format(why=words)))
    else:
        desk.do(drop_row, _off(row, why=words), _subject(row))


def _off(row: Waiting, until: dt.date | None = None, why: str = "") -> NewSetAside:
    told_of = {"noun": row.noun, "record_id": row.id, "kind": row.kind, "until": until, "why": why}
    return NewSetAside.model_validate(told_of)


def _subject(row: Waiting) -> str:
    return told(row, dt.date.today()).title
