"""The next right thing: for each client at most three suggestions, each with its reasons and the records behind them.

A rule holds of a client on a day when his standing is one of the rule's and all its conditions hold (db/measures.py).
Of those that hold, the weightiest three are told; one that another covers is not told beside it. An answer quiets a
rule for that client: *never* for good, *later* until its day, *done* for so many days as the rule rests, unless a newer
record calls for it again. What is told of a client follows the weight of his first suggestion times that of his grade.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from sqlmodel import Session, select

from db.errors import Refused
from db.history import about
from db.inputs import Input, Optional
from db.measures import MEASURES, Asked
from db.reasons import Fact, Reason
from db.rows import among, day, fetch, get
from db.standings import standing_on, suggest_standing
from db.suggestion_rules import Rule, list_rules
from db.tables import Client, Party, SuggestionAnswer
from db.today_rows import WEIGHTS

MOST_FOR_A_CLIENT = 3
MOST_ASKED_ALONE = 60
# What stands on Today by itself, row by row, is not suggested there once more; nor is a standing: it is no matter of a
# day, and would be gone through for every client.
ON_TODAY: frozenset[str] = frozenset(
    {
        "standing_fits",
        "promise_late_days",
        "promise_due_days",
        "open_concerns",
        "silence_percent",
        "unanswered_days",
        "thanks_owed",
        "letter_unsigned_days",
    }
)
# What came of a suggestion that was followed is looked for in so many days after it.
IN_TOUCH_DAYS, STAYED_DAYS = 30, 180
Answered = Literal["done", "later", "never"]


class NewAnswer(Input):
    """What is said to a suggestion: done, later (until a day), or never for this client."""

    client_id: int
    rule: str
    answer: Answered
    until_on: dt.date | None = None
    note: Optional = ""


@dataclass(frozen=True)
class Suggestion:
    """One thing to do for a client; each condition of its rule is a reason."""

    client_id: int
    client: str
    grade: str
    rule: Rule
    reasons: tuple[Reason, ...]


# Of each condition its measure, the number, the noun and id of the record, its day, and what goes with the number.
_Fact = tuple[str, int, str | None, int | None, str | None, int | None]


@dataclass(frozen=True)
class _Held:
    """A rule that holds of a client, with the fact of each condition."""

    client_id: int
    rule: Rule
    facts: tuple[_Fact, ...]


def suggest(
    session: Session,
    on: dt.date | None = None,
    client_id: int | None = None,
    limit: int = -1,
    *,
    beside_today: bool = False,
) -> list[Suggestion]:
    """What is to be done for a client, or for so many of all, on a day; those of one client stand together.

    `beside_today` leaves out the rules that are made of nothing but `ON_TODAY`.
    """
    now = on or dt.date.today()
    answers = _answers(session, now, client_id)
    by_client: dict[int, list[_Held]] = {}
    for rule in list_rules(session):
        if rule.on and not (beside_today and {each.measure for each in rule.when} <= ON_TODAY):
            for held in _holding(session, rule, now, client_id):
                if not _quieted(held, answers.get((held.client_id, rule.name)), now):
                    by_client.setdefault(held.client_id, []).append(held)
    chosen = {who: _chosen(held) for who, held in by_client.items()}
    known = _known(session, chosen)
    order = sorted(chosen, key=lambda who: (-chosen[who][0].rule.weight * WEIGHTS.get(known[who][1], 1.0), who))
    told = [held for who in (order if limit < 0 else order[:limit]) for held in chosen[who]]
    words = _Words(session, told, now)
    return [Suggestion(one.client_id, *known[one.client_id], one.rule, words.reasons(one)) for one in told]


def suggest_for_today(session: Session, on: dt.date, limit: int = MOST_FOR_A_CLIENT) -> list[Suggestion]:
    """The first thing to do for each of so many clients, of what Today does not say by itself."""
    told = suggest(session, on, limit=limit, beside_today=True)
    first = {one.client_id: one for one in reversed(told)}
    return [one for one in told if first[one.client_id] is one]


def _chosen(held: list[_Held]) -> list[_Held]:
    covered = {name for one in held for name in one.rule.covers}
    # The rules came the weightiest first.
    return [one for one in held if one.rule.name not in covered][:MOST_FOR_A_CLIENT]


def _holding(session: Session, rule: Rule, now: dt.date, client_id: int | None) -> list[_Held]:
    asked = Asked(now, client_id)
    tables, where, columns = list[str](), list[str](), list[str]()
    needed, welcome = list[int](), list[int]()
    for place, condition in enumerate(rule.when):
        measure = MEASURES[condition.measure]
        tables.append(f"m{place} AS MATERIALIZED ({measure.query(asked)})")
        value = f"m{place}.value" if measure.absent is None else f"coalesce(m{place}.value, {measure.absent})"
        least, most = condition.at_least, condition.at_most
        where += [f"{value} >= {int(least)}"] if least is not None else []
        where += [f"{value} <= {int(most)}"] if most is not None else []
        columns += [value, *(f"m{place}.{name}" for name in ("noun", "id", "on_day", "extra"))]
        # Where there must be something, the few of whom there is are gone through, not all clients.
        (needed if measure.absent is None or (least or 0) > 0 else welcome).append(place)
    source = f"m{needed[0]} CROSS JOIN client c ON c.id = m{needed[0]}.client_id"
    source += "".join(f" JOIN m{place} ON m{place}.client_id = c.id" for place in needed[1:])
    source += "".join(f" LEFT JOIN m{place} ON m{place}.client_id = c.id" for place in welcome)
    standings = ", ".join(f"'{standing}'" for standing in rule.standings)
    rows = fetch(
        session,
        f"WITH {', '.join(tables)} SELECT c.id, {', '.join(columns)} FROM {source}"
        f" WHERE {' AND '.join(where)} AND {standing_on(now)} IN ({standings})",
    )
    return [
        _Held(
            row[0],
            rule,
            tuple((each.measure, *row[1 + 5 * at : 6 + 5 * at]) for at, each in enumerate(rule.when)),
        )
        for row in rows
    ]


# ---------------------------------------------------------------------- what was answered


def answer_suggestion(session: Session, new: NewAnswer, today: dt.date | None = None) -> int:
    """Say done, later or never to a suggestion; a later answer takes the place of an earlier. Gives the answer's id."""
    now = today or dt.date.today()
    client = get(session, Client, new.client_id, "client_id")
    if new.rule not in {rule.name for rule in list_rules(session)}:
        raise Refused("no-such-rule", "rule", name=new.rule)
    if new.answer == "later" and new.until_on is None:
        raise Refused("required", "until_on")
    if new.until_on is not None and new.until_on <= now:
        raise Refused("aside-past", "until_on")
    values = new.model_dump() | {"until_on": new.until_on if new.answer == "later" else None}
    row = SuggestionAnswer(**values, answered_on=now)
    session.add(row)
    session.flush()
    about(session, get(session, Party, client.party_id).name)
    assert row.id is not None
    return row.id


def take_back_answer(session: Session, client_id: int, rule: str) -> int:
    """Let a rule speak again of a client to whom it was quieted; what was done stays counted. Gives the client's id."""
    client = get(session, Client, client_id, "client_id")
    quieting = select(SuggestionAnswer).where(
        SuggestionAnswer.client_id == client_id, SuggestionAnswer.rule == rule, SuggestionAnswer.answer != "done"
    )
    found = session.exec(quieting).all()
    if not found:
        raise Refused("not-there", "rule", noun="SuggestionAnswer", id=None)
    for row in found:
        session.delete(row)
    about(session, get(session, Party, client.party_id).name)
    return client_id


def _answers(session: Session, now: dt.date, client_id: int | None) -> dict[tuple[int, str], tuple[str, str, str]]:
    whose = "" if client_id is None else f"AND client_id = {int(client_id)}"
    rows = fetch(
        session,
        f"""SELECT client_id, rule, answer, answered_on, coalesce(until_on, '') FROM suggestion_answer
        WHERE answered_on <= ? {whose} ORDER BY answered_on, id""",
        now.isoformat(),
    )
    return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}


def _quieted(held: _Held, answer: tuple[str, str, str] | None, now: dt.date) -> bool:
    if answer is None:
        return False
    kind, answered_on, until_on = answer
    if kind == "never":
        return True
    if kind == "later":
        return now.isoformat() < until_on
    rests_until = dt.date.fromisoformat(answered_on) + dt.timedelta(days=held.rule.rests)
    newer = any(
        MEASURES[fact[0]].calls_again and answered_on < (fact[4] or "") <= now.isoformat() for fact in held.facts
    )
    return now < rests_until and not newer


@dataclass(frozen=True)
class Followed:
    """What became of a rule's suggestions in a period: how many were done, put off, and never wanted.

    Of those done: in how many cases he was in touch within 30 days, and how many had left within 180.
    """

    rule: str
    done: int
    later: int
    never: int
    in_touch: int
    left: int


def count_followed(session: Session, on: dt.date | None = None, since: dt.date | None = None) -> list[Followed]:
    """What was answered from `since`, by itself a year before, until a day, and what came of it until then."""
    now = on or dt.date.today()
    begin = since or now - dt.timedelta(days=365)
    tomorrow = (now + dt.timedelta(days=1)).isoformat()
    rows = fetch(
        session,
        f"""SELECT s.rule, sum(s.answer = 'done'), sum(s.answer = 'later'), sum(s.answer = 'never'),
            sum(s.answer = 'done' AND EXISTS (SELECT 1 FROM advice a WHERE a.client_id = s.client_id
                AND a.withdrawn_at IS NULL AND a.given_at >= s.answered_on AND a.given_at < '{tomorrow}'
                AND a.given_at < date(s.answered_on, '+{IN_TOUCH_DAYS + 1} days'))),
            sum(s.answer = 'done' AND EXISTS (SELECT 1 FROM standing_change g WHERE g.client_id = s.client_id
                AND g.standing = 'former' AND g.changed_on >= s.answered_on AND g.changed_on <= ?
                AND g.changed_on <= date(s.answered_on, '+{STAYED_DAYS} days')))
        FROM suggestion_answer s WHERE s.answered_on >= ? AND s.answered_on <= ?
        GROUP BY s.rule ORDER BY 2 DESC, s.rule""",
        *(now.isoformat(), begin.isoformat(), now.isoformat()),
    )
    return [Followed(*row) for row in rows]


# ---------------------------------------------------------------------- the words behind a number


def _known(session: Session, clients: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = fetch(
        session,
        "SELECT c.id, p.name, c.grade FROM client c JOIN party p ON p.id = c.party_id"
        f" WHERE c.id IN ({among(clients)})",
    )
    return {row[0]: (row[1], row[2]) for row in rows}


_TOLD = {
    "promise": "SELECT id, text FROM promise",
    "advice": "SELECT id, question FROM advice",
    "insight": "SELECT id, verbatim FROM insight",
    "engagement": "SELECT id, title FROM engagement",
    "deadline": "SELECT id, what FROM deadline",
    "referral": "SELECT r.id, p.name FROM referral r JOIN party p ON p.id = r.sent_id",
    "trust_note": "SELECT id, iif(restricted OR kind = 'confidence', '', text) FROM trust_note",
}


class _Words:
    """What the records behind some suggestions say, read once for all of them."""

    def __init__(self, session: Session, told: list[_Held], now: dt.date) -> None:
        self.session, self.now = session, now
        fits = {one.client_id for one in told if any(fact[0] == "standing_fits" for fact in one.facts)}
        # Of a few each is asked for, of many all at once.
        whom: Iterable[int | None] = fits if len(fits) <= MOST_ASKED_ALONE else [None]
        self.standings = {row.client_id: row for who in whom for row in suggest_standing(session, now, who)}
        self.last = self._last_entries([one.client_id for one in told if any(f[3] is None for f in one.facts)])
        wanted: dict[str, set[int]] = {}
        for one in told:
            for fact in one.facts:
                if fact[2] is not None and fact[2] in _TOLD and (number := self._id(one, fact)) is not None:
                    wanted.setdefault(fact[2], set()).add(number)
        self.words = {
            (noun, row[0]): str(row[1])
            for noun, ids in wanted.items()
            for row in fetch(session, f"SELECT * FROM ({_TOLD[noun]}) WHERE id IN ({among(ids)})")
        }

    def _last_entries(self, clients: list[int]) -> dict[int, int]:
        tomorrow = (self.now + dt.timedelta(days=1)).isoformat()
        rows = fetch(
            self.session,
            f"""SELECT client_id, id, max(given_at) FROM advice WHERE client_id IN ({among(clients)})
                AND withdrawn_at IS NULL AND given_at < '{tomorrow}' GROUP BY client_id""",
        )
        return {row[0]: row[1] for row in rows}

    def _id(self, one: _Held, fact: _Fact) -> int | None:
        return self.last.get(one.client_id) if fact[3] is None and fact[2] == "advice" else fact[3]

    def reasons(self, one: _Held) -> tuple[Reason, ...]:
        """The reasons of a rule that holds, one for each condition of which there is something to tell."""
        found: list[Reason] = []
        for fact in one.facts:
            measure, value, noun, _number, on_day, extra = fact
            if measure == "standing_fits":
                row = self.standings[one.client_id]
                found += [replace(each, facts={**each.facts, "suggested": row.suggested}) for each in row.reasons]
                continue
            number = self._id(one, fact)
            if noun is None:
                noun, number = "client", one.client_id
            facts: dict[str, Fact] = {"value": value, "on": day(on_day), "extra": extra, "today": self.now}
            facts["words"] = self.words.get((noun, number or 0), "")
            if measure == "silence_percent":
                facts["days"] = (self.now - dt.date.fromisoformat(on_day or "")).days
            found.append(Reason(measure.replace("_", "-"), facts, noun, number))
        return tuple(found)
