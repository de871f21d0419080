"""Who has gone quiet: the clients whom we serve and who are silent well past their own rhythm."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from db.rhythm import QUIET_FACTOR, RISK_FACTOR
from db.rhythms import rhythms
from db.rows import among, fetch
from db.today_rows import WEIGHTS, Kind, QuietClient, Waiting


def quiet_clients(session: Session, now: dt.date) -> list[QuietClient]:
    """The clients we serve who are silent well past their own rhythm: silence in rhythms, weighed by grade, first."""
    found, today = list[tuple[float, QuietClient]](), now.toordinal()
    for client_id, (grade, usual, last) in rhythms(session).items():
        silent = today - last
        if silent > QUIET_FACTOR * usual:
            state = "at risk" if silent > RISK_FACTOR * usual else "quiet"
            weighed = silent / usual * WEIGHTS.get(grade, 1.0)
            last_on = dt.date.fromordinal(last)
            found.append((weighed, QuietClient(client_id, grade, state, round(usual), silent, last_on)))
    found.sort(key=lambda each: (-each[0], each[1].client_id))
    return [client for _weighed, client in found]


def list_quiet(session: Session, now: dt.date, limit: int) -> Kind:
    """The quiet clients as rows of Today; `title` is the last question, `flag` says that the client is at risk.

    One put off for good comes back when he was in touch and then fell silent anew.
    """
    off = {
        client_id: (until, dt.date.fromisoformat(set_on))
        for client_id, until, set_on in fetch(
            session, "SELECT record_id, until, set_on FROM set_aside WHERE noun = 'client' AND kind = 'quiet'"
        )
    }

    def is_off(client: QuietClient) -> bool:
        until, set_on = off.get(client.client_id, ("", dt.date.min))
        return until > now.isoformat() if until is not None else set_on >= client.last_on

    found = [client for client in quiet_clients(session, now) if not is_off(client)]
    told = _names_and_subjects(session, [client.client_id for client in found[:limit]])
    rows = [
        Waiting(
            *("quiet", "client", client.client_id, client.client_id, told[client.client_id][0], client.grade),
            *(told[client.client_id][1], client.last_on, client.silent),
            state=client.state,
            usual=client.usual,
            flag=client.state == "at risk",
        )
        for client in found[:limit]
    ]
    return Kind("quiet", rows, len(found), sum(client.state == "at risk" for client in found))


def _names_and_subjects(session: Session, client_ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = fetch(
        session,
        f"""SELECT c.id, p.name, coalesce((SELECT a.question FROM advice a WHERE a.client_id = c.id
            AND a.withdrawn_at IS NULL ORDER BY a.given_at DESC LIMIT 1), '')
        FROM client c JOIN party p ON p.id = c.party_id WHERE c.id IN ({among(client_ids)})""",
    )
    return {client_id: (name, subject) for client_id, name, subject in rows}
