"""The grade that the practice's own criteria suggest for a client, why, and what would change it; a person takes it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from db.errors import Refused
from db.grade_criteria import GRADES, GradeCriteria, grade_criteria, unit_of
from db.grade_facts import GradeFacts, list_grade_facts, points, score_of
from db.grade_reasons import reasons_of
from db.history import about
from db.reasons import Reason
from db.rows import change, get, scalar
from db.tables import Client, CustomField, Party

# Whose grade says where effort should go: those we serve.
SERVED = frozenset({"client", "occasional"})
_KEPT = "grade reason"
_MOST_ANSWERS = 20


@dataclass(frozen=True)
class Criterion:
    """One criterion of a client: its weight, its points (None: too little is known), and the reasons."""

    name: str
    weight: int
    points: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Graded:
    """A client's grade as it stands, and what is suggested; `score` is 0 to 100.

    `suggested` is empty and `why_not` says why where there is none. `changes` say what would make another grade.
    """

    client_id: int
    name: str
    grade: str
    suggested: str
    score: float | None
    criteria: tuple[Criterion, ...]
    changes: tuple[Reason, ...] = ()
    why_not: Reason | None = None


@dataclass(frozen=True)
class Suggested:
    """A client whose grade is not the suggested one."""

    client_id: int
    grade: str
    suggested: str
    score: float


@dataclass(frozen=True)
class GradeKept:
    """Why a client has his grade: the day it was taken, the score, and the points of each criterion that counted."""

    on: dt.date
    before: str
    grade: str
    score: float
    points: dict[str, float | None]


def suggested_grade(facts: GradeFacts, criteria: GradeCriteria) -> tuple[str, float | None]:
    """The grade and its score; no grade for one we do not serve, or of whom too little is known."""
    score = score_of(points(facts, criteria), criteria)
    if score is None or facts.standing not in SERVED:
        return "", None
    return criteria.grade_of(score), score


def grade_of(session: Session, client_id: int, on: dt.date | None = None) -> Graded:
    """A client's grade with its criteria, and what would change it."""
    client = get(session, Client, client_id, "client")
    criteria = grade_criteria(session)
    facts = list_grade_facts(session, criteria, [client_id], on)[0]
    currency = str(scalar(session, "SELECT currency FROM practice"))
    given = points(facts, criteria)
    told = tuple(
        Criterion(name, weight, given[name], reasons_of(name, facts, criteria, currency))
        for name, weight in criteria.weights().items()
    )
    suggested, score = suggested_grade(facts, criteria)
    why_not = None
    if score is None:
        code = "grade-too-new" if facts.standing in SERVED else "grade-not-served"
        why_not = Reason(code, {}, "client", client_id)
    changes = tuple(_changes(facts, criteria, currency)) if score is not None else ()
    name = get(session, Party, client.party_id).name
    return Graded(client_id, name, facts.grade, suggested, score, told, changes, why_not)


def list_suggested(
    session: Session, client_ids: Collection[int] | None = None, on: dt.date | None = None
) -> list[Suggested]:
    """Of these clients, or of all, those whose grade is not the suggested one, the highest scores first."""
    criteria = grade_criteria(session)
    found = []
    for facts in list_grade_facts(session, criteria, client_ids, on):
        suggested, score = suggested_grade(facts, criteria)
        if score is not None and suggested != facts.grade:
            found.append(Suggested(facts.client_id, facts.grade, suggested, score))
    return sorted(found, key=lambda each: (-each.score, each.client_id))


# ---------------------------------------------------------------------- what would change it


def _changes(facts: GradeFacts, criteria: GradeCriteria, currency: str) -> list[Reason]:
    grade, _score = suggested_grade(facts, criteria)
    unit = unit_of(currency)
    place = GRADES.index(grade)
    found: list[tuple[str, dict[str, int | str]]] = []
    if place > 0:
        better = GRADES[place - 1]
        most = max(criteria.full_year, criteria.full_three, 2 * facts.worth.before_year * (1 + criteria.full_growth))
        more = _least(lambda n: _reaches(more_fees(facts, n * unit), criteria, better), most // unit + 1)
        if more is not None:
            found.append(("grade-more-fees", {"amount": more * unit, "currency": currency, "grade": better}))
        for code, grown, limit in (
            ("grade-more-sent", more_sent, criteria.full_refers),
            ("grade-more-accepted", more_accepted, _MOST_ANSWERS),
        ):
            number = next((n for n in range(1, limit + 1) if _reaches(grown(facts, n), criteria, better)), None)
            if number is not None:
                found.append((code, {"n": number, "grade": better}))
        if not facts.strategic and _reaches(replace(facts, strategic=True), criteria, better):
            found.append(("grade-if-strategic", {"tag": criteria.tag, "grade": better}))
        paid = replace(facts.worth, timely_three=facts.worth.due_three)
        if _reaches(replace(facts, worth=paid), criteria, better):
            found.append(("grade-if-timely", {"grade": better}))
    if place < len(GRADES) - 1 and facts.worth.billed_year > 0:
        worse, lost = GRADES[place + 1], facts.worth.billed_year // unit
        less = _least(lambda n: not _reaches(more_fees(facts, -n * unit), criteria, grade), lost)
        if less is not None:
            found.append(("grade-less-fees", {"amount": less * unit, "currency": currency, "grade": worse}))
    return [Reason(code, told, "client", facts.client_id) for code, told in found]


def more_fees(facts: GradeFacts, extra: int) -> GradeFacts:
    """The facts with so much more (or less) billed in the last twelve months, in minor units."""
    worth = facts.worth
    worth = replace(
        worth,
        billed=worth.billed + extra,
        billed_year=worth.billed_year + extra,
        billed_three=worth.billed_three + extra,
        bills=worth.bills + (extra > 0),
    )
    return replace(facts, worth=worth)


def more_sent(facts: GradeFacts, number: int) -> GradeFacts:
    """The facts with so many more clients sent to us."""
    return replace(facts, sent=replace(facts.sent, count=facts.sent.count + number))


def more_accepted(facts: GradeFacts, number: int) -> GradeFacts:
    """The facts with so many more entries accepted."""
    return replace(facts, answers=replace(facts.answers, accepted=facts.answers.accepted + number))


def _reaches(facts: GradeFacts, criteria: GradeCriteria, grade: str) -> bool:
    suggested, _score = suggested_grade(facts, criteria)
    return bool(suggested) and suggested <= grade


def _least(holds: Callable[[int], bool], most: int) -> int | None:
    """The least whole number from 1 to `most` for which it holds, where it holds for all above it; None for none."""
    if most < 1 or not holds(most):
        return None
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


# ---------------------------------------------------------------------- a person decides


def accept_grade(session: Session, client_id: int, on: dt.date | None = None) -> int:
    """Give a client the suggested grade, and keep why; gives the client's id."""
    client, criteria, now = get(session, Client, client_id, "client"), grade_criteria(session), on or dt.date.today()
    facts = list_grade_facts(session, criteria, [client_id], now)[0]
    suggested, score = suggested_grade(facts, criteria)
    if score is None:
        raise Refused("no-grade-suggested", "client")
    if suggested == client.grade:
        raise Refused("same-grade", "client", grade=suggested)
    before = client.grade
    _take(session, client, facts, criteria, now)
    name = get(session, Party, client.party_id).name
    about(session, f"{name} · {before} → {suggested}" if before else f"{name} · {suggested}")
    return client_id


def accept_grades(session: Session, client_ids: Sequence[int], on: dt.date | None = None) -> int:
    """Give these clients their suggested grades as one step; gives how many got another."""
    criteria, now, changed = grade_criteria(session), on or dt.date.today(), 0
    for facts in list_grade_facts(session, criteria, client_ids, now):
        client, (suggested, _score) = get(session, Client, facts.client_id), suggested_grade(facts, criteria)
        if suggested and suggested != client.grade:
            _take(session, client, facts, criteria, now)
            changed += 1
    about(session, "")
    return changed


def _take(session: Session, client: Client, facts: GradeFacts, criteria: GradeCriteria, now: dt.date) -> None:
    assert client.id is not None
    suggested, score = suggested_grade(facts, criteria)
    given = points(facts, criteria)
    told = {
        "on": now.isoformat(),
        "before": client.grade,
        "grade": suggested,
        "score": round(score or 0, 1),
        "points": {name: given[name] for name in criteria.weights()},
    }
    kept = _kept_row(session, client.id) or CustomField(noun="client", record_id=client.id, name=_KEPT, value="")
    kept.value = json.dumps(told, ensure_ascii=False)
    session.add(kept)
    change(session, client, {"grade": suggested})


def kept_grade(session: Session, client_id: int) -> GradeKept | None:
    """Why a client has the grade that he has; None where it was not a suggestion that was taken."""
    row, client = _kept_row(session, client_id), get(session, Client, client_id)
    told = {} if row is None else json.loads(row.value)
    if not told or told["grade"] != client.grade:
        return None
    return GradeKept(**{**told, "on": dt.date.fromisoformat(told["on"])})


def _kept_row(session: Session, client_id: int) -> CustomField | None:
    wanted = select(CustomField).where(
        CustomField.noun == "client", CustomField.record_id == client_id, CustomField.name == _KEPT
    )
    return session.exec(wanted).first()
