"""The table of clients: who fits a set of conditions, in which order, and what stands in each row."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from db.names import fold, order_sql
from db.ordering import in_order, spoken
from db.rhythm import silence
from db.rhythms import rhythms_on
from db.rows import among, day, fetch, like, scalar
from db.today_quiet import silent_for
from db.worth import BILLED, YEAR_DAYS, days_before

Value = str | int | tuple[str, str] | None


@dataclass(frozen=True)
class Condition:
    """One thing that the listed clients have in common; `kind` is a key of CONDITIONS.

    `value` is a standing, a grade, a tag, a person's id, a city, days, words, or a custom field with its value.
    """

    kind: str
    value: Value = None


@dataclass(frozen=True)
class ClientRow:
    """A client in the table; `shown_standing` is quiet or at risk where silence says so, `trust` the running effect,
    `listed` the name by which it is sorted, the family's first, `next_on` the day of the next open promise,
    follow-up or deadline, which `next_step` says.
    """

    id: int
    party_id: int
    number: str
    name: str
    kind: str
    standing: str
    shown_standing: str
    grade: str
    trust: list[int]
    last_contact: dt.date | None
    fees_minor: int
    currency: str
    responsible: str
    city: str
    since: dt.date | None
    listed: str
    next_on: dt.date | None = None
    next_step: str = ""
    tags: tuple[str, ...] = ()
    custom: dict[str, str] = field(default_factory=dict)


_LAST_CONTACT = (
    "(SELECT a.given_at FROM advice a WHERE a.client_id = c.id AND a.withdrawn_at IS NULL"
    " ORDER BY a.given_at DESC LIMIT 1)"
)
_FEES = f"""(SELECT sum(f.amount_minor) FROM fee f WHERE f.client_id = c.id AND {BILLED}
    AND f.charged_on > '{{ago}}' AND f.charged_on <= '{{now}}')"""
_TRUST = "(SELECT sum(t.effect) FROM trust_note t WHERE t.client_id = c.id)"
_STEPS = """(SELECT q.due_on AS on_day, q.text AS words, q.client_id FROM promise q INDEXED BY promise_open
        WHERE q.status = 'open' AND q.due_on IS NOT NULL {promise}
    UNION ALL SELECT f.due_on, f.what, f.client_id FROM follow_up f INDEXED BY follow_up_next
        WHERE f.done_on IS NULL {follow_up}
    UNION ALL SELECT d.falls_on, d.what, d.client_id FROM deadline d INDEXED BY deadline_next
        WHERE d.done_on IS NULL {deadline})"""
_NEXT = """min(
    coalesce((SELECT min(q.due_on) FROM promise q WHERE q.client_id = c.id AND q.status = 'open'), '9999'),
    coalesce((SELECT min(f.due_on) FROM follow_up f WHERE f.client_id = c.id AND f.done_on IS NULL), '9999'),
    coalesce((SELECT min(d.falls_on) FROM deadline d WHERE d.client_id = c.id AND d.done_on IS NULL), '9999'))"""
_RESPONSIBLE = "(SELECT {spelled} FROM person r WHERE r.id = c.responsible_id)"
_CITY = "(SELECT {spelled} FROM address a WHERE a.party_id = c.party_id AND a.city <> '' ORDER BY a.id LIMIT 1)"
_TAGS = "(SELECT min({spelled}) FROM tag t WHERE t.party_id = c.party_id)"

# What a column is sorted by, and whether those without a value come last in either direction.
_ORDERS: dict[str, tuple[str, bool]] = {
    "number": ("c.number", False),
    "shown_standing": ("c.standing", False),
    "grade": ("nullif(c.grade, '')", True),
    "trust": (f"coalesce({_TRUST}, 0)", False),
    "last_contact": (_LAST_CONTACT, True),
    "next_on": (f"nullif({_NEXT}, '9999')", True),
    "fees_minor": (f"coalesce({_FEES}, 0)", False),
    "responsible": (_RESPONSIBLE, True),
    "tags": (_TAGS, True),
    "city": (_CITY, True),
    "since": ("c.since", True),
}
_SPELLED = {"responsible": "r.name", "tags": "t.name", "city": "a.city"}
_NO_ADVICE_SINCE = (
    "NOT EXISTS (SELECT 1 FROM advice a WHERE a.client_id = c.id AND a.given_at >= ? AND a.withdrawn_at IS NULL)"
)
Told = tuple[str, list[Any]]


def _custom(name: str, value: str) -> Told:
    said = (
        "EXISTS (SELECT 1 FROM custom_field x WHERE x.noun = '{}' AND x.record_id = {} AND x.name = ? AND x.value = ?)"
    )
    both = f"({said.format('party', 'c.party_id')} OR {said.format('client', 'c.id')})"
    return both, [name, value, name, value]


def _text(words: str) -> Told:
    # The names stand in an index of their own, which is read faster than every party.
    named = "c.party_id IN (SELECT p.id FROM party p WHERE p.sort_name LIKE ? ESCAPE '\\')"
    return f"(+{named} OR c.number LIKE ? ESCAPE '\\')", [like(fold(words.strip())), like(words.strip())]


CONDITIONS: dict[str, Callable[[Any, dt.date], Told]] = {
    "standing": lambda value, today: ("c.standing = ?", [value]),
    "grade": lambda value, today: ("c.grade = ?", [value]),
    "tag": lambda value, today: ("EXISTS (SELECT 1 FROM tag t WHERE t.party_id = c.party_id AND t.name = ?)", [value]),
    "responsible": lambda value, today: ("c.responsible_id IS ?", [value]),
    "city": lambda value, today: ("+c.party_id IN (SELECT a.party_id FROM address a WHERE a.city = ?)", [value]),
    "custom": lambda value, today: _custom(*value),
    "no engagement": lambda value, today: ("NOT EXISTS (SELECT 1 FROM engagement e WHERE e.client_id = c.id)", []),
    "no contact": lambda value, today: (_NO_ADVICE_SINCE, [(today - dt.timedelta(days=int(value))).isoformat()]),
    "concern": lambda value, today: (
        "+c.id IN (SELECT t.client_id FROM trust_note t WHERE t.kind = 'concern' AND t.resolved_on IS NULL)",
        [],
    ),
    "text": lambda value, today: _text(str(value)),
}
# The sign before a column of an IN (…) keeps SQLite from trying each value of the list on each client.
# Who these are is found by every client's own rhythm, as on Today, and not by a column.
_SILENT = {"quiet", "at risk"}


def list_client_ids(
    session: Session,
    sort: str = "name",
    descending: bool = False,
    text: str = "",
    *,
    conditions: Sequence[Condition] = (),
    standing: str | None = None,
    grade: str | None = None,
    today: dt.date | None = None,
) -> list[int]:
    """The ids of the clients that match, in order; `sort` is a column of ClientRow, or `custom:` and a field's name.

    Conditions of one kind widen each other, those of different kinds narrow each other.
    """
    now = today or dt.date.today()
    wanted = list(conditions)
    wanted += [Condition(kind, value) for kind, value in (("standing", standing), ("grade", grade)) if value]
    wanted += [Condition("text", text)] if text.strip() else []
    where, values = _where(wanted, now)
    order, first = _ordered(session, sort, descending, now)
    found = scalar(
        session,
        # One row of JSON: a hundred thousand single rows would each take the window's time to hand over.
        f"SELECT json_group_array(id) FROM (SELECT c.id FROM party_order o CROSS JOIN client c ON c.party_id = o.id"
        f" WHERE {where} ORDER BY {order})",
        *(*values, *first),
    )
    numbers: list[int] = json.loads(found)
    return numbers


def _ordered(session: Session, sort: str, descending: bool, now: dt.date) -> tuple[str, list[Any]]:
    way = "DESC" if descending else "ASC"
    if sort.startswith("custom:"):
        name = sort.removeprefix("custom:")
        said = "(SELECT {} FROM custom_field x WHERE x.noun = '{}' AND x.record_id = {} AND x.name = ?)"
        spelled = order_sql("x.value", spoken(session.connection()))
        key = f"coalesce({said.format(spelled, 'client', 'c.id')}, {said.format(spelled, 'party', 'c.party_id')})"
        return f"{key} {way} NULLS LAST, o.key, o.id", [name, name]
    if sort not in _ORDERS:
        return f"o.key {way}, o.id {way}", []
    key, empty_last = _ORDERS[sort]
    key = key.replace("{ago}", days_before(now, YEAR_DAYS)).replace("{now}", now.isoformat())
    if sort in _SPELLED:
        key = key.replace("{spelled}", order_sql(_SPELLED[sort], spoken(session.connection())))
    return f"{key} {way}{' NULLS LAST' if empty_last else ''}, o.key, o.id", []


def _where(conditions: Sequence[Condition], now: dt.date) -> Told:
    groups: dict[str, list[Told]] = {}
    for condition in conditions:
        if condition.kind == "standing" and condition.value in _SILENT:
            told = _silent(str(condition.value), now)
        elif condition.kind in CONDITIONS:
            told = CONDITIONS[condition.kind](condition.value, now)
        else:
            continue
        groups.setdefault(condition.kind, []).append(told)
    where = ["1"] + ["(" + " OR ".join(said for said, _ in group) + ")" for group in groups.values()]
    return " AND ".join(where), [value for group in groups.values() for _, values in group for value in values]


def conditions_sql(conditions: Sequence[Condition], now: dt.date) -> str:
    """The conditions on a client `c` as SQL that holds its values: to be part of a greater query."""
    where, values = _where(conditions, now)
    parts = where.split("?")
    said = [str(value) if isinstance(value, int) else "NULL" if value is None else _quoted(value) for value in values]
    return parts[0] + "".join(value + part for value, part in zip(said, parts[1:], strict=True))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _silent(state: str, now: dt.date) -> Told:
    return f"+c.id IN (SELECT id FROM {rhythms_on(now)} WHERE {silent_for(state, now)})", []


def list_cities(session: Session, limit: int) -> list[str]:
    """The cities in which most parties live, by name."""
    rows = fetch(
        session, "SELECT city FROM address WHERE city <> '' GROUP BY city ORDER BY count(*) DESC, city LIMIT ?", limit
    )
    return in_order(session, [row[0] for row in rows])


def list_custom_values(session: Session, name: str, limit: int) -> list[str]:
    """The values that most clients have in a custom field, in order."""
    rows = fetch(
        session,
        "SELECT value FROM custom_field WHERE noun IN ('party', 'client') AND name = ? AND value <> ''"
        " GROUP BY value ORDER BY count(*) DESC, value LIMIT ?",
        *(name, limit),
    )
    return in_order(session, [row[0] for row in rows])


def count_everybody(session: Session) -> int:
    """At most how many clients there are, at once: the highest id ever given."""
    return scalar(session, "SELECT max(id) FROM client") or 0


PARTS = frozenset({"trust", "next_on", "tags", "custom"})


def list_client_rows(
    session: Session, client_ids: Sequence[int], today: dt.date | None = None, parts: Collection[str] = PARTS
) -> list[ClientRow]:
    """The rows of these clients, in the order asked; of PARTS, which are read beside, only those in `parts`."""
    if not client_ids:
        return []
    some, now, city = among(client_ids), today or dt.date.today(), _CITY.format(spelled="a.city")
    billed = _FEES.format(ago=days_before(now, YEAR_DAYS), now=now.isoformat())
    rows = fetch(
        session,
        f"""SELECT c.id, p.id, c.number, p.name, p.kind, c.standing, c.grade, {billed},
            c.since, c.rhythm_days,
            coalesce((SELECT r.initials FROM person r WHERE r.id = c.responsible_id), ''), coalesce({city}, ''),
            (SELECT currency FROM practice),
            CASE WHEN p.kind = 'person' AND p.family_name <> '' AND p.given_name <> ''
                THEN p.family_name || ', ' || p.given_name ELSE p.name END
        FROM client c JOIN party p ON p.id = c.party_id WHERE c.id IN ({some})""",
    )
    contacts = _contacts(session, some)
    trust = _trust(session, some) if "trust" in parts else {}
    steps = _next_steps(session, some) if "next_on" in parts else {}
    tags = _tags(session, some) if "tags" in parts else {}
    custom = _custom_values(session, some) if "custom" in parts else {}
    known: dict[int, ClientRow] = {}
    for row in rows:
        client_id, party_id, number, name, kind, standing, grade, fees, since, agreed = row[:10]
        initials, city, currency, listed = row[10:]
        dates = contacts.get(client_id, [])
        shown = silence(standing, dates, agreed, now)
        next_on, next_step = steps.get(client_id, (None, ""))
        known[client_id] = ClientRow(
            *(client_id, party_id, number, name, kind, standing, shown, grade, trust.get(client_id, [])),
            *(dates[-1] if dates else None, fees or 0, currency, initials, city, day(since), listed),
            *(day(next_on), next_step, tags.get(client_id, ()), custom.get(client_id, {})),
        )
    return [known[client_id] for client_id in client_ids if client_id in known]


def _trust(session: Session, some: str) -> dict[int, list[int]]:
    running: dict[int, list[int]] = {}
    for client_id, effect in fetch(
        session, f"SELECT client_id, effect FROM trust_note WHERE client_id IN ({some}) ORDER BY noted_at, id"
    ):
        line = running.setdefault(client_id, [0])
        line.append(line[-1] + effect)
    return running


def _contacts(session: Session, some: str) -> dict[int, list[dt.date]]:
    dates: dict[int, list[dt.date]] = {}
    for client_id, given in fetch(
        session,
        "SELECT DISTINCT client_id, substr(given_at, 1, 10) FROM advice"
        f" WHERE client_id IN ({some}) AND withdrawn_at IS NULL ORDER BY given_at",
    ):
        dates.setdefault(client_id, []).append(dt.date.fromisoformat(given))
    return dates


def _next_steps(session: Session, some: str) -> dict[int, tuple[str, str]]:
    within = dict.fromkeys(("promise", "follow_up", "deadline"), f"AND client_id IN ({some})")
    rows = fetch(session, f"SELECT client_id, on_day, words FROM {_STEPS.format(**within)} ORDER BY on_day DESC")
    return {client_id: (on_day, words) for client_id, on_day, words in rows}


def _tags(session: Session, some: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for client_id, name in fetch(
        session,
        f"SELECT c.id, t.name FROM client c JOIN tag t ON t.party_id = c.party_id WHERE c.id IN ({some}) ORDER BY 1, 2",
    ):
        found[client_id] = (*found.get(client_id, ()), name)
    return found


def _custom_values(session: Session, some: str) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for client_id, name, value in fetch(
        session,
        f"""SELECT c.id, x.name, x.value FROM client c
            JOIN custom_field x ON x.noun = 'party' AND x.record_id = c.party_id WHERE c.id IN ({some})
        UNION ALL SELECT x.record_id, x.name, x.value FROM custom_field x
            WHERE x.noun = 'client' AND x.record_id IN ({some})""",
    ):
        found.setdefault(client_id, {})[name] = value
    return found
