"""Who has gone quiet: the clients whom we serve and who are silent well past their own rhythm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from db.rhythm import QUIET_FACTOR, RISK_FACTOR
from db.rhythms import rhythms_on
from db.rows import among, fetch
from db.today_rows import WEIGHTS, Kind, QuietClient, Waiting

_EPOCH = dt.date(1970, 1, 1)
_WEIGHT = "CASE grade " + " ".join(f"WHEN '{grade}' THEN {weight}" for grade, weight in WEIGHTS.items()) + " ELSE 1 END"


def silent_for(state: str, now: dt.date) -> str:
    """The condition on a row of `rhythms_on` that day by which a client is 'quiet', 'at risk', or, for '', either."""
    silent = f"({(now - _EPOCH).days} - last_day)"
    least = RISK_FACTOR if state == "at risk" else QUIET_FACTOR
    most = f" AND {silent} <= {RISK_FACTOR} * usual" if state == "quiet" else ""
    return f"{silent} > {least} * usual{most}"


def quiet_clients(session: Session, now: dt.date, but: str = "", limit: int = -1) -> list[QuietClient]:
    """The clients we serve who are silent well past their own rhythm: silence in rhythms, weighed by grade, first.

    `but` are ids to leave out, with a comma between them.
    """
    today = (now - _EPOCH).days
    rows = fetch(
        session,
        f"""SELECT id, grade, usual, last_day FROM {rhythms_on(now)} WHERE {silent_for("", now)} AND id NOT IN ({but})
        ORDER BY ({today} - last_day) / usual * {_WEIGHT} DESC, id LIMIT ?""",
        limit,
    )
    return [_quiet_client(row, today) for row in rows]


def rhythm_of(session: Session, client_id: int, now: dt.date) -> QuietClient | None:
    """One client's rhythm and silence on a day, `state` '' where he is in touch; None where he has no rhythm."""
    rows = fetch(session, f"SELECT id, grade, usual, last_day FROM {rhythms_on(now, str(client_id))}")
    return _quiet_client(rows[0], (now - _EPOCH).days) if rows else None


def _quiet_client(row: Sequence[Any], today: int) -> QuietClient:
    client_id, grade, usual, last = row
    silent = today - last
    state = "at risk" if silent > RISK_FACTOR * usual else "quiet" if silent > QUIET_FACTOR * usual else ""
    return QuietClient(client_id, grade, state, round(usual), silent, _EPOCH + dt.timedelta(days=last))


def list_quiet(session: Session, now: dt.date, limit: int) -> Kind:
    """The quiet clients as rows of Today; `title` is the last question, `flag` says that the client is at risk.

    One put off for good comes back when he was in touch and then fell silent anew.
    """
    off = fetch(
        session,
        f"""SELECT s.record_id FROM set_aside s JOIN {rhythms_on(now)} r ON r.id = s.record_id
        WHERE s.noun = 'client' AND s.kind = 'quiet'
            AND (s.until > ? OR s.until IS NULL AND s.set_on >= date(r.last_day * 86400, 'unixepoch'))""",
        now.isoformat(),
    )
    but = among(row[0] for row in off)
    found = quiet_clients(session, now, but, limit)
    total, late = fetch(
        session,
        f"""SELECT count(*), coalesce(sum({silent_for("at risk", now)}), 0) FROM {rhythms_on(now)}
        WHERE {silent_for("", now)} AND id NOT IN ({but})""",
    )[0]
    told = names_and_subjects(session, [client.client_id for client in found], now)
    rows = [
        Waiting(
            *("quiet", "client", client.client_id, client.client_id, told[client.client_id][0], client.grade),
            *(told[client.client_id][1], client.last_on, client.silent),
            state=client.state,
            usual=client.usual,
            flag=client.state == "at risk",
        )
        for client in found
    ]
    return Kind("quiet", rows, total, late)


def names_and_subjects(session: Session, client_ids: list[int], now: dt.date) -> dict[int, tuple[str, str]]:
    """Of these clients their names, and what each had last asked until the end of a day."""
    rows = fetch(
        session,
        f"""SELECT c.id, p.name, coalesce((SELECT a.question FROM advice a WHERE a.client_id = c.id
            AND a.withdrawn_at IS NULL AND a.given_at < ? ORDER BY a.given_at DESC LIMIT 1), '')
        FROM client c JOIN party p ON p.id = c.party_id WHERE c.id IN ({among(client_ids)})""",
        (now + dt.timedelta(days=1)).isoformat(),
    )
    return {client_id: (name, subject) for client_id, name, subject in rows}
