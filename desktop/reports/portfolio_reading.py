"""The facts of the portfolio, counted in SQL: no list is longer than a page or two, whatever the practice's size."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from db.effort import VALUE_DAYS, Effort, EffortRow, list_effort
from db.portfolio import list_grades
from db.rows import among, fetch, scalar
from db.today_quiet import quiet_clients
from db.worth import BILLED, THREE_YEARS_DAYS
from desktop.reports.client_reading import practice_facts
from desktop.reports.family import Asked, language_for
from desktop.reports.portfolio import (
    CameFacts,
    EffortFacts,
    GradeFacts,
    LeftFacts,
    PortfolioFacts,
    QuietFacts,
    RegradedFacts,
)

LISTED = 30


def facts(session: Session, asked: Asked) -> PortfolioFacts:
    """What the portfolio says on the day that is asked for."""
    today = asked.at.date()
    until = min(asked.until or today, today)
    since = min(asked.since or until - dt.timedelta(days=VALUE_DAYS), until)
    days = (since.isoformat(), (until + dt.timedelta(days=1)).isoformat())
    effort = list_effort(session, today)
    left = "s.standing IN ('former', 'declined') AND s.changed_on >= ? AND s.changed_on < ?"
    regraded = _regraded(session, days)
    return PortfolioFacts(
        practice=practice_facts(session, asked.paper),
        language=language_for(session, None, asked.language),
        made_at=asked.at,
        since=since,
        until=until,
        currency=str(scalar(session, "SELECT currency FROM practice")),
        grades=tuple(GradeFacts(**vars(row)) for row in list_grades(session, today)),
        effort=_effort(session, effort, today),
        middle_value=effort.middle_value,
        middle_attention=effort.middle_attention,
        quiet=_quiet(session, today),
        regraded=regraded[:LISTED],
        regraded_count=len(regraded),
        came=_came(session, days),
        came_count=scalar(session, "SELECT count(*) FROM client WHERE since >= ? AND since < ?", *days),
        left=_left(session, left, days),
        left_count=scalar(session, f"SELECT count(*) FROM standing_change s WHERE {left}", *days),
        reasons=tuple(
            (row[0], row[1])
            for row in fetch(
                session,
                f"SELECT s.reason, count(*) FROM standing_change s WHERE {left} AND s.reason <> ''"
                " GROUP BY s.reason ORDER BY count(*) DESC, s.reason",
                *days,
            )
        ),
    )


def _ago(today: dt.date, days: int) -> str:
    return (today - dt.timedelta(days=days)).isoformat()


def _effort(session: Session, effort: Effort, today: dt.date) -> tuple[EffortFacts, ...]:
    three = _fees(session, [row.client_id for row in effort.rows], _ago(today, THREE_YEARS_DAYS), today)

    def where(row: EffortRow) -> str:
        return "neglected" if effort.neglected(row) else "over-served" if effort.over_served(row) else ""

    return tuple(
        EffortFacts(
            *(row.client, row.grade, row.state, row.value_minor, three.get(row.client_id, 0)),
            *(row.attention, row.contacts, where(row)),
        )
        for row in effort.rows
    )


def _fees(session: Session, client_ids: list[int], since: str, today: dt.date) -> dict[int, int]:
    rows = fetch(
        session,
        f"""SELECT f.client_id, sum(f.amount_minor) FROM fee f WHERE f.client_id IN ({among(client_ids)}) AND {BILLED}
            AND f.charged_on > ? AND f.charged_on <= ? GROUP BY f.client_id""",
        *(since, today.isoformat()),
    )
    return {int(row[0]): int(row[1]) for row in rows}


def _quiet(session: Session, today: dt.date) -> tuple[QuietFacts, ...]:
    found = quiet_clients(session, today, limit=LISTED)
    ids = [each.client_id for each in found]
    told = {
        row[0]: row[1:]
        for row in fetch(
            session,
            f"""SELECT c.id, p.name, coalesce((SELECT a.question FROM advice a WHERE a.client_id = c.id
                AND a.withdrawn_at IS NULL ORDER BY a.given_at DESC, a.id DESC LIMIT 1), '')
            FROM client c JOIN party p ON p.id = c.party_id WHERE c.id IN ({among(ids)})""",
        )
    }
    fees = _fees(session, ids, _ago(today, VALUE_DAYS), today)
    return tuple(
        QuietFacts(
            *(told[each.client_id][0], each.grade, each.state, each.usual, each.silent, each.last_on),
            *(told[each.client_id][1], fees.get(each.client_id, 0)),
        )
        for each in found
    )


def _regraded(session: Session, days: tuple[str, str]) -> tuple[RegradedFacts, ...]:
    """From the history: what was changed and taken back again is no change."""
    rows = fetch(
        session,
        """SELECT c.row_id, s.at, json_extract(c.before, '$.grade') AS old, json_extract(c.after, '$.grade') AS new
        FROM change c JOIN step s ON s.id = c.step_id
        WHERE c.noun = 'client' AND c.kind = 'update' AND s.at >= ? AND s.at < ? AND old <> new ORDER BY c.id""",
        *days,
    )
    moved: dict[int, tuple[str, str, str]] = {}
    for client_id, at, old, new in rows:
        first = moved.get(client_id, (at, old, new))[1]
        moved[client_id] = (at, first, new)
    changed = {client_id: told for client_id, told in moved.items() if told[1] != told[2]}
    names = fetch(
        session,
        f"SELECT c.id, p.name FROM client c JOIN party p ON p.id = c.party_id WHERE c.id IN ({among(changed)})",
    )
    found = [
        RegradedFacts(name, dt.date.fromisoformat(changed[client_id][0][:10]), *changed[client_id][1:])
        for client_id, name in names
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.client), reverse=True))


def _came(session: Session, days: tuple[str, str]) -> tuple[CameFacts, ...]:
    rows = fetch(
        session,
        f"""SELECT p.name, c.standing, c.grade, c.since, coalesce(r.name, '')
        FROM (SELECT * FROM client WHERE since >= ? AND since < ? ORDER BY since DESC, id DESC LIMIT {LISTED}) c
        JOIN party p ON p.id = c.party_id LEFT JOIN party r ON r.id = c.referred_by_id
        ORDER BY c.since DESC, c.id DESC""",
        *days,
    )
    return tuple(CameFacts(*[*row[:3], dt.date.fromisoformat(row[3]), row[4]]) for row in rows)


def _left(session: Session, left: str, days: tuple[str, str]) -> tuple[LeftFacts, ...]:
    rows = fetch(
        session,
        f"""SELECT p.name, s.standing, s.changed_on, s.reason, s.words FROM standing_change s
        JOIN client c ON c.id = s.client_id JOIN party p ON p.id = c.party_id
        WHERE {left} ORDER BY s.changed_on DESC, s.id DESC LIMIT {LISTED}""",
        *days,
    )
    return tuple(LeftFacts(row[0], row[1], dt.date.fromisoformat(row[2]), *row[3:]) for row in rows)
