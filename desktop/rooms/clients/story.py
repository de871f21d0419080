"""A client's story in the words of the screen, and the one thing not to forget before speaking with him."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from db.overview import Head
from db.story import BODY_LETTERS
from db.story import Moment as Fact
from desktop import text
from desktop.rooms.filing import size_words
from desktop.rooms.words import at, engagement_word, tone, when, word
from desktop.text import _
from desktop.widgets.ink import Tone
from desktop.widgets.timeline import Moment

_ICONS = {
    "decision": "list-checks",
    "out_of_scope": "arrow-right",
    "deadline": "calendar-clock",
    "fee": "banknote",
    "insight": "message-square-quote",
    "review": "refresh-cw",
    "referral": "share-2",
    "conflict_check": "shield-check",
    "advice": "scroll-text",
    "promise": "handshake",
    "engagement": "briefcase",
    "follow_up": "calendar",
    "attachment": "paperclip",
    "standing": "user-check",
    "confidence": "lock",
    "concern": "triangle-alert",
    "signal": "sparkles",
    "thanks": "heart",
}

# What of an engagement is told opens that engagement: which of its facts holds the id.
_ENGAGEMENT_IN = {"decision": "flag", "out_of_scope": "flag", "deadline": "flag", "fee": "more"}


def kind_words(kind: str) -> str:
    """What one of the kinds is called by which the story can be narrowed."""
    return {
        "advice": _("Advice"),
        "promises": _("Promises"),
        "trust": _("Trust"),
        "engagements": engagement_word(plural=True),
        "dates": _("Dates"),
        "files": _("Files"),
        "fees": _("Fees"),
        "voice": _("Feedback"),
        "standing": _("Standing"),
    }[kind]


def moment(fact: Fact, shown: Mapping[int, str], today: dt.date | None = None) -> Moment:
    """One entry of the story; `shown` holds the confidences that were asked for, by id."""
    title, chip, of, body = _TOLD[fact.noun](fact, shown, today or dt.date.today())
    moment_at = _moment_words(fact.on)
    if fact.noun == "trust_note" and fact.facts["flag"]:
        moment_at = _("{when} · restricted").format(when=moment_at)
    icon = _ICONS[fact.state if fact.noun == "trust_note" else fact.noun]
    if fact.noun == "trust_note" and fact.facts["flag"]:
        icon = "lock"
    key: tuple[object, ...] = (fact.noun, fact.id)
    if fact.noun in _ENGAGEMENT_IN:
        key = (*key, fact.facts[_ENGAGEMENT_IN[fact.noun]])
    if len(body) >= BODY_LETTERS:
        body += "…"
    return Moment(icon, title, chip, of, moment_at, body, key)


def _moment_words(on: str) -> str:
    if "T" in on:
        return at(dt.datetime.fromisoformat(on))
    return when(dt.date.fromisoformat(on[:10]))


_Told = tuple[str, str, Tone, str]


def _advice(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    title = _("Amended: {question}").format(question=fact.title) if fact.facts["more"] else fact.title
    return title, word(fact.state), tone(fact.state), fact.body


def _promise(fact: Fact, _shown: Mapping[int, str], today: dt.date) -> _Told:
    pattern = _("Undertaking: {text}") if fact.facts["flag"] else _("Promise: {text}")
    if fact.facts["more"] == "client":
        pattern = _("Promised to us: {text}")
    day, _space, time = fact.body.partition(" ")
    state = fact.state
    if state != "open" or not day:
        return pattern.format(text=fact.title), word(state), tone(state), ""
    due = dt.date.fromisoformat(day)
    state = "overdue" if due < today else "due" if due == today else "open"
    return pattern.format(text=fact.title), word(state), tone(state), f"{_due(due, time, today)}."


def _due(due: dt.date, time: str, today: dt.date) -> str:
    return _("Due {when}").format(when=f"{when(due, today)} {time}".strip())


def _trust_note(fact: Fact, shown: Mapping[int, str], _today: dt.date) -> _Told:
    if fact.facts["flag"]:
        return word(fact.state), _("In confidence"), "amber", shown.get(fact.id, _("Shown only when you ask for it."))
    effect = int(str(fact.facts["more"]))
    if not effect:
        return word(fact.state), "", "neutral", fact.body
    return word(fact.state), f"{effect:+d}".replace("-", "−"), "green" if effect > 0 else "red", fact.body


def _engagement(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    body = fact.body[:1].upper() + fact.body[1:]
    return fact.title, word(fact.state), "accent" if fact.state == "opened" else tone(fact.state), body


def _follow_up(fact: Fact, _shown: Mapping[int, str], today: dt.date) -> _Told:
    late = fact.state == "open" and fact.on < today.isoformat()
    state = "overdue" if late else fact.state
    return _("Follow-up: {what}").format(what=fact.title), word(state), tone(state), fact.body


def _attachment(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    return fact.title, "", "neutral", size_words(int(str(fact.facts["flag"])))


def _standing(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    reason = " · ".join(part for part in (word(fact.state), fact.body) if part)
    return _("Standing: {standing}").format(standing=word(fact.title)), "", "neutral", reason


def _decision(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    title = _("Decision: {item}").format(item=fact.title)
    chip = _("Superseded") if fact.state == "superseded" else ""
    by = _("Decided by {name}.").format(name=fact.facts["more"]) if fact.facts["more"] else ""
    return title, chip, "neutral", " · ".join(part for part in (fact.body, by) if part)


def _out_of_scope(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    handling = {"goodwill": _("Goodwill"), "quote": _("Quote"), "change letter": _("Change letter")}
    body = _("Settled.") if fact.facts["more"] else ""
    return _("Outside scope: {what}").format(what=fact.title), handling.get(fact.state, ""), "amber", body


def _deadline(fact: Fact, _shown: Mapping[int, str], today: dt.date) -> _Told:
    late = fact.state == "open" and fact.on < today.isoformat()
    state = "overdue" if late else fact.state
    return _("Deadline: {what}").format(what=fact.title), word(state), tone(state), fact.body


def _fee(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    said = {"billed": _("Billed {amount}"), "paid": _("Paid {amount}"), "written off": _("Written off {amount}")}
    amount = text.current().money(int(str(fact.facts["flag"])), fact.title)
    return said[fact.state].format(amount=amount), "", "neutral", fact.body


def _insight(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    kinds = {
        "survey": _("Survey"),
        "interview": _("Interview"),
        "focus group": _("Focus group"),
        "social": _("Social media"),
        "frontline": _("Heard on the front line"),
        "complaint": _("Complaint"),
        "praise": _("Praise"),
    }
    title, score, scale = kinds.get(fact.title, fact.title), fact.facts["flag"], fact.facts["more"]
    if score is not None and scale is not None:
        title = _("{kind}: {score} of {scale}").format(kind=title, score=score, scale=scale)
    feelings: dict[str, tuple[str, Tone]] = {
        "pleased": (_("Pleased"), "green"),
        "displeased": (_("Displeased"), "red"),
        "neutral": (_("Neutral"), "neutral"),
    }
    chip, of = feelings.get(fact.state, ("", "neutral"))
    return title, chip, of, text.current().quoted(fact.body)


def _review(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    they: dict[str, tuple[str, Tone]] = {
        "continues": (_("Continues"), "green"),
        "unsure": (_("Unsure"), "amber"),
        "leaves": (_("Leaves"), "red"),
    }
    we = {
        "continue": _("We go on."),
        "change terms": _("We change the terms."),
        "disengage": _("We end the work."),
    }.get(fact.state, "")
    chip, of = they.get(fact.title, ("", "neutral"))
    body = " ".join(part for part in (text.current().quoted(fact.body) if fact.body else "", we) if part)
    return _("Continuation review"), chip, of, body


def _referral(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    out = fact.facts["more"] == "out"
    if fact.state == "sent":
        pattern = _("Referred on to {name}") if out else _("Referred to us by {name}")
    else:
        pattern = _("We sent {name} to them") if out else _("Referred {name} to us")
    thanked = fact.facts["flag"] or out
    chip, of = ("", "neutral") if fact.state == "sent" or out else (_("Thanked"), "green")
    if not thanked and fact.state == "sender":
        chip, of = _("Thanks owed"), "amber"
    return pattern.format(name=fact.title), chip, of, fact.body  # type: ignore[return-value]


def _conflict_check(fact: Fact, _shown: Mapping[int, str], _today: dt.date) -> _Told:
    said: dict[str, tuple[str, Tone]] = {
        "clear": (_("Clear"), "green"),
        "accepted with waiver": (_("Accepted with waiver"), "amber"),
        "declined": (_("Declined"), "red"),
    }
    chip, of = said.get(fact.state, (word(fact.state), "neutral"))
    names = "; ".join(line for line in str(fact.facts["more"] or "").splitlines() if line)
    return _("Conflict check"), chip, of, " · ".join(part for part in (names, fact.body) if part)


_TOLD: dict[str, Callable[[Fact, Mapping[int, str], dt.date], _Told]] = {
    "decision": _decision,
    "out_of_scope": _out_of_scope,
    "deadline": _deadline,
    "fee": _fee,
    "insight": _insight,
    "review": _review,
    "referral": _referral,
    "conflict_check": _conflict_check,
    "advice": _advice,
    "promise": _promise,
    "trust_note": _trust_note,
    "engagement": _engagement,
    "follow_up": _follow_up,
    "attachment": _attachment,
    "standing": _standing,
}


def not_to_forget(head: Head, today: dt.date | None = None) -> tuple[str, str]:
    """The most pressing thing (see `db.overview.pressing`), and after it what he values; empty where there is none."""
    now = today or dt.date.today()
    valued = f"{head.valued[:1].upper()}{head.valued[1:].rstrip('.')}." if head.valued else ""
    press = head.pressing
    if press is None:
        return "", valued
    said = ""
    if press.on is not None:
        pattern = {
            "deadline": _("the deadline is {when}"),
            "promise": _("promised for {when}"),
            "follow_up": _("to do by {when}"),
        }[press.noun]
        if press.by == "client":
            pattern = _("promised to us for {when}")
        said = pattern.format(when=", ".join(part for part in (when(press.on, now), press.time) if part))
        if press.on < now:
            said = _("{said}, and late").format(said=said)
    elif press.noun == "concern":
        said = _("a concern that is still open")
    return press.text, f"{said}. {valued}".strip()
