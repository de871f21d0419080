"""Standing: who is a client, and which change of it the facts suggest, each with the evidence it rests on.

**The rules.** An *enquiry* asked. A *prospect* has a proposal, or was accepted. An *occasional* client bought once and
did not decide to continue. A *client* decided to continue: he said so in a review, agreed on a second engagement, or on
one that comes again. A *former* client said in his latest review that he leaves, or we ended it; or he has no open work
and gave no sign for `SILENT_DAYS`. *Declined* means that we said no. One who left or was declined is suggested again
when work was agreed on after that day.

Agreed work is an engagement opened by the day and not an enquiry, a proposal or declined; it is open until its day of
closing. A sign is an entry of advice, or an engagement opened or closed. Nothing after the day is looked at, except
that the stage of an engagement is the present one. A change is suggested; a person makes it
(`clients.change_standing`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.reasons import Reason
from db.rows import day, fetch

SILENT_DAYS = 730
_NOT_AGREED = "('enquiry', 'proposed', 'declined')"


@dataclass(frozen=True)
class StandingSuggested:
    """A client whose facts fit another standing than the one he has; `since` is the day of the latest fact."""

    client_id: int
    name: str
    standing: str
    suggested: str
    since: dt.date
    reasons: tuple[Reason, ...]


def standing_on(on: dt.date, client: str = "c") -> str:
    """The standing of a client on a day, as SQL; NULL where he was not on file yet.

    From today on it is what his file says; before, the latest change of that day or earlier.
    """
    if on >= dt.date.today():
        return f"{client}.standing"
    changes = f"SELECT s.standing FROM standing_change s WHERE s.client_id = {client}.id"
    return (
        f"coalesce(({changes} AND s.changed_on <= '{on.isoformat()}' ORDER BY s.changed_on DESC, s.id DESC LIMIT 1),"
        f" CASE WHEN NOT EXISTS ({changes}) THEN {client}.standing END)"
    )


def _facts(on: dt.date, client_id: int | None) -> str:
    now, tomorrow = on.isoformat(), (on + dt.timedelta(days=1)).isoformat()
    whose = "1" if client_id is None else f"{{}}.client_id = {int(client_id)}"
    which = "1" if client_id is None else f"c.id = {int(client_id)}"
    changed = "SELECT max(s.changed_on) FROM standing_change s WHERE s.client_id = c.id AND s.changed_on"
    return f"""WITH work AS MATERIALIZED (
            SELECT e.client_id, count(*) AS agreed, max(e.opened_on) AS opened_on, e.id AS opened_id,
                sum(e.closed_on IS NULL OR e.closed_on > '{now}') AS open, sum(e.recurs <> '') AS recurring
            FROM engagement e WHERE e.opened_on <= '{now}' AND e.stage NOT IN {_NOT_AGREED} AND {whose.format("e")}
            GROUP BY e.client_id),
        closed AS MATERIALIZED (SELECT e.client_id, max(e.closed_on) AS closed_on FROM engagement e
            WHERE e.closed_on <= '{now}' AND {whose.format("e")} GROUP BY e.client_id),
        proposed AS MATERIALIZED (SELECT e.client_id, max(e.id) AS id,
                max(coalesce(e.letter_sent_on, e.opened_on, '{now}')) AS proposed_on
            FROM engagement e WHERE e.stage = 'proposed' AND coalesce(e.letter_sent_on, e.opened_on, '{now}') <= '{now}'
                AND {whose.format("e")} GROUP BY e.client_id),
        decided AS MATERIALIZED (SELECT a.client_id, max(a.decided_on || printf('%012d', a.id)) AS last, a.id,
                a.decided_on, a.decision
            FROM acceptance a WHERE a.decided_on <= '{now}' AND {whose.format("a")} GROUP BY a.client_id),
        reviewed AS MATERIALIZED (SELECT v.client_id, max(v.held_on || printf('%012d', v.id)) AS last, v.id, v.held_on,
                v.they, v.we
            FROM review v WHERE v.held_on <= '{now}' AND {whose.format("v")} GROUP BY v.client_id),
        fact AS (SELECT c.id, c.party_id, c.grade, {standing_on(on)} AS standing, ({changed} <= '{now}') AS changed_on,
            coalesce(w.agreed, 0) AS agreed, coalesce(w.open, 0) AS open, coalesce(w.recurring, 0) AS recurring,
            w.opened_on, w.opened_id, k.closed_on, o.id AS proposal_id, o.proposed_on, a.id AS acceptance_id,
            a.decided_on, a.decision, v.id AS review_id, v.held_on, v.they, v.we,
            (SELECT max(x.given_at) FROM advice x WHERE x.client_id = c.id AND x.withdrawn_at IS NULL
                AND x.given_at < '{tomorrow}') AS said_at
        FROM client c LEFT JOIN work w ON w.client_id = c.id LEFT JOIN closed k ON k.client_id = c.id
        LEFT JOIN proposed o ON o.client_id = c.id LEFT JOIN decided a ON a.client_id = c.id
        LEFT JOIN reviewed v ON v.client_id = c.id WHERE {which}),
        sign AS (SELECT *, max(coalesce(substr(said_at, 1, 10), ''), coalesce(opened_on, ''), coalesce(closed_on, ''))
            AS last_sign FROM fact),
        judged AS (SELECT *, {_judged(on)} AS suggested FROM sign)"""


def _judged(on: dt.date) -> str:
    silent = (on - dt.timedelta(days=SILENT_DAYS)).isoformat()
    # What was told before the standing was last set was known to whoever set it.
    ended = "(they = 'leaves' OR we = 'disengage') AND held_on >= coalesce(changed_on, '')"
    continues = "(they = 'continues' AND we <> 'disengage' AND held_on >= coalesce(changed_on, ''))"
    decided = f"(agreed >= 2 OR recurring > 0 OR {continues})"
    return f"""CASE
        WHEN standing IN ('client', 'occasional') AND {ended} THEN 'former'
        WHEN standing IN ('client', 'occasional') AND open = 0 AND last_sign <> '' AND last_sign < '{silent}'
            THEN 'former'
        WHEN standing = 'occasional' AND {decided} THEN 'client'
        WHEN standing IN ('enquiry', 'prospect') AND agreed > 0
            OR standing IN ('former', 'declined') AND opened_on > coalesce(changed_on, '')
            THEN CASE WHEN {decided} THEN 'client' ELSE 'occasional' END
        WHEN standing IN ('enquiry', 'prospect') AND decision = 'declined' THEN 'declined'
        WHEN standing = 'enquiry' AND (proposal_id IS NOT NULL OR decision = 'accepted') THEN 'prospect' END"""


_COLUMNS = (
    "id, name, standing, suggested, agreed, recurring, opened_on, opened_id, closed_on, proposal_id, proposed_on,"
    " acceptance_id, decided_on, decision, review_id, held_on, they, we, changed_on, last_sign"
)


def suggest_standing(
    session: Session, on: dt.date | None = None, client_id: int | None = None, limit: int = -1
) -> list[StandingSuggested]:
    """The clients whose standing the facts of a day speak against, the best grade first; of one, or of all."""
    now = on or dt.date.today()
    columns = _COLUMNS.replace("name,", "(SELECT name FROM party WHERE party.id = party_id) AS name,")
    rows = fetch(
        session,
        f"{_facts(now, client_id)} SELECT {columns} FROM judged WHERE suggested IS NOT NULL"
        " ORDER BY grade = '', grade, last_sign DESC, id LIMIT ?",
        limit,
    )
    names = [part.strip() for part in _COLUMNS.split(",")]
    return [_told(dict(zip(names, row, strict=True)), now) for row in rows]


def standing_fits(on: dt.date, client_id: int | None = None) -> str:
    """The clients whose standing the facts speak against, as a query of (client_id, last_sign)."""
    return (
        f"SELECT id AS client_id, last_sign FROM ({_facts(on, client_id)} SELECT * FROM judged) WHERE suggested <> ''"
    )


def count_suggested(session: Session, on: dt.date | None = None) -> dict[tuple[str, str], int]:
    """How many clients the facts of a day suggest another standing for, by (standing, suggested)."""
    rows = fetch(
        session,
        f"{_facts(on or dt.date.today(), None)} SELECT standing, suggested, count(*) FROM judged"
        " WHERE suggested IS NOT NULL GROUP BY standing, suggested",
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _told(row: dict[str, Any], now: dt.date) -> StandingSuggested:
    reasons = tuple(_reasons(row, now))
    days = [each.facts["on"] for each in reasons]
    since = max((each for each in days if isinstance(each, dt.date)), default=now)
    return StandingSuggested(row["id"], row["name"], row["standing"], row["suggested"], since, reasons)


def _reasons(row: dict[str, Any], now: dt.date) -> list[Reason]:
    held_on, opened_on, decided_on = day(row["held_on"]), day(row["opened_on"]), day(row["decided_on"])
    new = row["held_on"] is not None and row["held_on"] >= (row["changed_on"] or "")
    found = []
    if row["suggested"] == "former":
        if new and row["they"] == "leaves":
            found.append(Reason("standing-leaves", {"on": held_on}, "review", row["review_id"]))
        if new and row["we"] == "disengage":
            found.append(Reason("standing-ended", {"on": held_on}, "review", row["review_id"]))
        if not found:
            last = day(row["last_sign"])
            assert last is not None
            found.append(Reason("standing-silent", {"on": last, "days": (now - last).days}, "client", row["id"]))
    elif row["suggested"] in ("client", "occasional"):
        if new and row["they"] == "continues" and row["we"] != "disengage":
            found.append(Reason("standing-continues", {"on": held_on}, "review", row["review_id"]))
        facts = {"on": opened_on, "count": row["agreed"]}
        if row["recurring"]:
            found.append(Reason("standing-recurs", facts, "engagement", row["opened_id"]))
        elif row["agreed"] >= 2:
            found.append(Reason("standing-again", facts, "engagement", row["opened_id"]))
        elif row["agreed"]:
            found.append(Reason("standing-first", facts, "engagement", row["opened_id"]))
    elif row["suggested"] == "prospect" and row["proposal_id"] is not None:
        facts = {"on": day(row["proposed_on"])}
        found.append(Reason("standing-proposed", facts, "engagement", row["proposal_id"]))
    else:
        found.append(Reason(f"standing-{row['decision']}", {"on": decided_on}, "acceptance", row["acceptance_id"]))
    return found
