"""Who has gone quiet: the clients whom we serve and who are silent well past their own rhythm, worked out in SQL."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from db.rhythm import CONTACTS_FOR_A_RHYTHM, QUIET_FACTOR, RISK_FACTOR, SHORTEST_RHYTHM_DAYS
from db.rows import among, fetch
from db.today_rows import WEIGHTS, Kind, QuietClient, Waiting

_WEIGHT = "CASE grade " + " ".join(f"WHEN '{grade}' THEN {weight}" for grade, weight in WEIGHTS.items()) + " END"

# Days are counted from the entries of the index alone; a gap of 0 is a second contact of the same day. The median is
# the middle gap, or the mean of the two in the middle. Who is silent for less than the shortest rhythm allows is left
# out before his history is read.
_QUIET = f"""WITH silent AS MATERIALIZED (
        SELECT id, standing, grade, rhythm_days, party_id, last FROM (
            SELECT c.id, c.standing, c.grade, c.rhythm_days, c.party_id, (SELECT substr(max(a.given_at), 1, 10)
                FROM advice a WHERE a.client_id = c.id AND a.withdrawn_at IS NULL) AS last
            FROM client c WHERE c.standing IN ('client', 'occasional'))
        WHERE last < coalesce(date(:now, '-' || CAST(rhythm_days * {QUIET_FACTOR} AS INTEGER) || ' days'), :shortest)),
    gap AS (
        SELECT a.client_id, julianday(substr(a.given_at, 1, 10)) - lag(julianday(substr(a.given_at, 1, 10)))
            OVER (PARTITION BY a.client_id ORDER BY a.given_at) AS days
        FROM silent s CROSS JOIN advice a ON a.client_id = s.id
        WHERE s.rhythm_days IS NULL AND a.withdrawn_at IS NULL),
    placed AS (
        SELECT client_id, days, row_number() OVER (PARTITION BY client_id ORDER BY days) AS place,
            count(*) OVER (PARTITION BY client_id) AS gaps
        FROM gap WHERE days > 0),
    rhythm AS (
        SELECT client_id, max(avg(days), {SHORTEST_RHYTHM_DAYS}) AS usual FROM placed
        WHERE gaps >= {CONTACTS_FOR_A_RHYTHM - 1} AND place IN ((gaps + 1) / 2, (gaps + 2) / 2) GROUP BY client_id)
    SELECT s.id, p.name, s.grade, CASE WHEN julianday(:now) - julianday(s.last)
            > {RISK_FACTOR} * coalesce(s.rhythm_days, r.usual) THEN 'at risk' ELSE 'quiet' END,
        coalesce(s.rhythm_days, r.usual) AS usual, CAST(julianday(:now) - julianday(s.last) AS INTEGER) AS days, s.last
    FROM silent s LEFT JOIN rhythm r ON r.client_id = s.id JOIN party p ON p.id = s.party_id
    WHERE days > {QUIET_FACTOR} * coalesce(s.rhythm_days, r.usual)
    ORDER BY days / coalesce(s.rhythm_days, r.usual) * {_WEIGHT} DESC, s.id"""


def quiet_clients(session: Session, now: dt.date) -> list[QuietClient]:
    """The clients we serve who are silent well past their own rhythm: silence in rhythms, weighed by grade, first."""
    shortest = (now - dt.timedelta(days=int(SHORTEST_RHYTHM_DAYS * QUIET_FACTOR))).isoformat()
    statement = _QUIET.replace(":now", f"'{now.isoformat()}'").replace(":shortest", f"'{shortest}'")
    rows = fetch(session, statement)
    return [QuietClient(*[*row[:4], round(row[4]), row[5], dt.date.fromisoformat(row[6])]) for row in rows]


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
    subjects = _last_subjects(session, [client.client_id for client in found[:limit]])
    rows = [
        Waiting(
            *("quiet", "client", client.client_id, client.client_id, client.client, client.grade),
            *(subjects.get(client.client_id, ""), client.last_on, client.silent),
            state=client.state,
            usual=client.usual,
            flag=client.state == "at risk",
        )
        for client in found[:limit]
    ]
    return Kind("quiet", rows, len(found), sum(client.state == "at risk" for client in found))


def _last_subjects(session: Session, client_ids: list[int]) -> dict[int, str]:
    rows = fetch(
        session,
        f"""SELECT c.id, (SELECT a.question FROM advice a WHERE a.client_id = c.id AND a.withdrawn_at IS NULL
            ORDER BY a.given_at DESC LIMIT 1) FROM client c WHERE c.id IN ({among(client_ids)})""",
    )
    return dict(tuple(row) for row in rows)
