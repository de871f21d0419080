"""Continuation reviews: does the client choose to go on, do we, and when is it asked again.

A client whom we serve is due on the day set in his file; where none is set, so many months after his latest review, or
after he became a client. How many is said by his own file, by what is promised to his segment, or by the plan for his
grade.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field
from sqlmodel import Session

from db.clients import NewStanding, change_standing
from db.errors import Refused
from db.firm import get_setting, set_setting
from db.followups import NewFollowUp, add_follow_up
from db.history import about
from db.inputs import Input, Optional
from db.letters import SentLetter, keep_letter, require_gone_out
from db.rhythms import served_on
from db.rows import among, change, day, fetch, get, like, many_ids, scalar
from db.segments import promised_months, promised_to
from db.tables import Client, Party, Review
from db.words import TheyContinue, WeContinue

PLAN_SETTING = "review_plan"
FIRST_PLAN: dict[str, int] = {"A": 3, "B": 6, "C": 12, "D": 12, "": 12}
SOON_DAYS = 30
POINTS = ("integrity", "competence", "independence", "fee")
Point = Literal["", "ok", "concern"]


class ReviewPlan(Input):
    """After how many months a client of each grade is reviewed; `none` for those without a grade."""

    A: int = Field(ge=1, le=60)
    B: int = Field(ge=1, le=60)
    C: int = Field(ge=1, le=60)
    D: int = Field(ge=1, le=60)
    none: int = Field(ge=1, le=60)


class NewReview(Input):
    """A review, their side and ours; a point that is a concern says in words what it is."""

    client_id: int
    held_on: dt.date | None = None
    held_by: Optional = ""
    they: TheyContinue
    their_words: Optional = ""
    could_say_no: Optional = ""
    we: WeContinue
    integrity: Point = ""
    integrity_words: Optional = ""
    competence: Point = ""
    competence_words: Optional = ""
    independence: Point = ""
    independence_words: Optional = ""
    fee: Point = ""
    fee_words: Optional = ""
    reason: Optional = ""
    next_on: dt.date | None = None


@dataclass(frozen=True)
class DueRow:
    """A client in the list of reviews; `overdue_days` is negative as long as the day is to come."""

    id: int
    name: str
    number: str
    grade: str
    standing: str
    due_on: dt.date
    overdue_days: int
    months: int
    last_on: dt.date | None
    they: str
    we: str


@dataclass(frozen=True)
class ReviewRow:
    """A review that was held; `points` are those that were looked at, as (point, ok or concern, words)."""

    id: int
    client_id: int
    held_on: dt.date
    held_by: str
    they: str
    their_words: str
    could_say_no: str
    we: str
    reason: str
    next_on: dt.date | None
    points: list[tuple[str, str, str]] = field(default_factory=list)


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def review_plan(session: Session) -> ReviewPlan:
    """The practice's plan."""
    kept = {**FIRST_PLAN, **get_setting(session, PLAN_SETTING, {})}
    return ReviewPlan(**{grade or "none": months for grade, months in kept.items()})


def set_review_plan(session: Session, plan: ReviewPlan) -> None:
    """Keep another plan; a day that stands in a client's file stays."""
    values = plan.model_dump()
    set_setting(session, PLAN_SETTING, {"" if grade == "none" else grade: values[grade] for grade in values})
    about(session, " · ".join(f"{grade} {months}" for grade, months in values.items() if grade != "none"))


def months_between(session: Session, client: Client) -> int:
    """How many months lie between two reviews of a client: his own, those promised to his segment, or his grade's."""
    plan, promised = review_plan(session).model_dump(), promised_to(session, client.id or 0)
    months = client.review_months or (promised and promised.review_months)
    return int(months or plan[client.grade or "none"])


def hold_review(session: Session, new: NewReview) -> int:
    """Write a review and set the day of the next one; gives its id.

    Without a day, the next is due by the plan; none is due where one of the two sides ends it.
    """
    client = get(session, Client, new.client_id, "client_id")
    held_on = new.held_on or dt.date.today()
    if held_on > dt.date.today():
        raise Refused("not-yet", "held_on")
    if new.we != "continue" and not new.reason:
        raise Refused("required", "reason")
    values = new.model_dump()
    points = {}
    for point in POINTS:
        words = values.pop(f"{point}_words")
        if values[point] == "concern" and not words:
            raise Refused("required", f"{point}_words")
        points[point] = f"concern: {words}" if values[point] == "concern" else values[point]
    ended = new.we == "disengage" or new.they == "leaves"
    next_on = new.next_on or (None if ended else add_months(held_on, months_between(session, client)))
    if next_on is not None and next_on <= held_on:
        raise Refused("review-before", "next_on", held=held_on)
    review = Review(**{**values, **points, "held_on": held_on, "next_on": next_on})
    session.add(review)
    change(session, client, {"next_review_on": next_on})
    session.flush()
    about(session, get(session, Party, client.party_id).name)
    assert review.id is not None
    return review.id


def part_from_client(
    session: Session, client_id: int, new: NewStanding, letter: SentLetter | None = None, reminder: str = ""
) -> int:
    """End the work for a client: his standing with its reason, and the letter that says so among his files.

    A letter that is not sent yet leaves `reminder` as a next step; a day of sending in the future is refused.
    """
    change_standing(session, client_id, new)
    if letter is not None:
        require_gone_out(letter)
        keep_letter(session, letter, client_id=client_id)
        if letter.sent_on is None and reminder:
            add_follow_up(session, NewFollowUp(client_id=client_id, due_on=dt.date.today(), what=reminder))
    return client_id


def move_review(session: Session, client_id: int, on: dt.date) -> int:
    """Set another day for a client's next review; gives the client's id."""
    client = get(session, Client, client_id, "client_id")
    change(session, client, {"next_review_on": on})
    about(session, get(session, Party, client.party_id).name)
    return client_id


# ---------------------------------------------------------------------- reading


def reviews_due(session: Session, on: dt.date, client_ids: str = "") -> str:
    """Every client whom we serve on a day with the day of his next review, as a query (`client_ids`: or just these).

    Before today a day that was set in his file is not known any more: it is the one that the review before had named.
    """
    plan = review_plan(session).model_dump()
    months = "CASE c.grade " + " ".join(
        f"WHEN '{'' if grade == 'none' else grade}' THEN {int(number)}" for grade, number in plan.items()
    )
    named = "c.next_review_on" if on >= dt.date.today() else "c.named_on"
    which = f" AND c.id IN ({client_ids})" if client_ids else ""
    # A month without such a day ends on its last one ('floor'), as `add_months` has it.
    return f"""SELECT c.id, c.party_id, c.number, c.grade, c.standing, c.months, c.last_id,
            coalesce({named}, date(coalesce(c.last_on, c.since, c.met), '+' || c.months || ' months', 'floor'))
                AS due_on
        FROM (SELECT c.*, coalesce(c.review_months, s.months, {months} END) AS months,
                v.held_on AS last_on, v.id AS last_id, v.we AS last_we, v.they AS last_they, v.next_on AS named_on,
                (SELECT substr(created_at, 1, 10) FROM party WHERE id = c.party_id) AS met
            FROM client c LEFT JOIN review v ON v.id = (SELECT id FROM review WHERE client_id = c.id
                AND held_on <= '{on.isoformat()}' ORDER BY held_on DESC, id DESC LIMIT 1)
            LEFT JOIN ({promised_months(session.connection(), on, client_ids)}) s ON s.id = c.id
            WHERE {served_on(on)}{which}) c
        WHERE ({named} IS NOT NULL OR NOT (coalesce(c.last_we, '') = 'disengage'
            OR coalesce(c.last_they, '') = 'leaves'))"""


def list_review_ids(
    session: Session,
    which: str = "due",
    sort: str = "",
    descending: bool = False,
    text: str = "",
    *,
    today: dt.date | None = None,
) -> list[int]:
    """The ids of the clients whose review is 'due' within a month, or of 'all' whom we serve; by grade, then by day."""
    now = today or dt.date.today()
    due, where, values = reviews_due(session, now), ["1"], list[Any]()
    if which == "due":
        where.append("d.due_on <= ?")
        values.append((now + dt.timedelta(days=SOON_DAYS)).isoformat())
    if text.strip():
        where.append("(p.name LIKE ? ESCAPE '\\' OR d.number LIKE ? ESCAPE '\\')")
        values += [like(text.strip())] * 2
    orders = {
        "name": "o.key {}",
        "grade": "d.grade = '', d.grade {}, d.due_on",
        "due_on": "d.due_on {}",
        "last_on": "(SELECT held_on FROM review WHERE id = d.last_id) {}",
    }
    order = orders.get(sort, orders["grade"]).format("DESC" if descending else "ASC")
    # Names are joined only where they are asked for: a hundred thousand of them cost more than all the rest.
    named = "JOIN party p ON p.id = d.party_id" if "p." in where[-1] else ""
    named += " JOIN party_order o ON o.id = d.party_id" if "o." in order else ""
    return many_ids(
        session,
        f"WITH d AS MATERIALIZED ({due}) SELECT d.id FROM d {named} WHERE {' AND '.join(where)} ORDER BY {order}, d.id",
        *values,
    )


def list_due_rows(session: Session, client_ids: Sequence[int], today: dt.date | None = None) -> list[DueRow]:
    """The rows of these clients, in any order."""
    now = today or dt.date.today()
    due = reviews_due(session, now, among(client_ids))
    rows = fetch(
        session,
        f"""SELECT d.id, p.name, d.number, d.grade, d.standing, d.due_on, d.months, v.held_on, coalesce(v.they, ''),
            coalesce(v.we, '') FROM ({due}) d JOIN party p ON p.id = d.party_id
        LEFT JOIN review v ON v.id = d.last_id""",
    )
    found = []
    for row in rows:
        on = dt.date.fromisoformat(row[5])
        found.append(DueRow(*[*row[:5], on, (now - on).days, row[6], day(row[7]), *row[8:]]))
    return found


def count_reviews(session: Session, today: dt.date | None = None) -> dict[str, int]:
    """How many clients are due within a month, late already, and served at all."""
    now = today or dt.date.today()
    row = fetch(
        session,
        f"WITH d AS MATERIALIZED (SELECT due_on FROM ({reviews_due(session, now)}))"
        " SELECT coalesce(sum(due_on <= ?), 0), coalesce(sum(due_on < ?), 0), count(*) FROM d",
        *((now + dt.timedelta(days=SOON_DAYS)).isoformat(), now.isoformat()),
    )[0]
    return dict(zip(("due", "late", "all"), row, strict=True))


def list_reviews(session: Session, client_id: int) -> list[ReviewRow]:
    """The reviews of a client, the latest first."""
    rows = fetch(
        session,
        f"""SELECT id, client_id, held_on, held_by, they, their_words, could_say_no, we, reason, next_on,
            {", ".join(POINTS)} FROM review WHERE client_id = ? ORDER BY held_on DESC, id DESC""",
        client_id,
    )
    found = []
    for row in rows:
        points = []
        for name, told in zip(POINTS, row[10:], strict=True):
            state, _colon, words = told.partition(": ")
            if state:
                points.append((name, state, words))
        found.append(ReviewRow(*[*row[:2], dt.date.fromisoformat(row[2]), *row[3:9], day(row[9]), points]))
    return found


def get_next_review(session: Session, client_id: int) -> dt.date | None:
    """The day that a client's file names for the next review."""
    return day(scalar(session, "SELECT next_review_on FROM client WHERE id = ?", client_id))
