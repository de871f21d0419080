"""How a client answers the advice that he is given: accepted, deferred, declined or against it, over three years.

Counted are the entries of the last 1,095 days that were answered by the day; one that a later entry amended is left
out, as is what was withdrawn. The share accepted is accepted / answered, and a deferred one counts by half.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from db.rows import among, fetch
from db.worth import THREE_YEARS_DAYS, days_before

# Below this many answers, a share says nothing.
ANSWERS_NEEDED = 3


@dataclass(frozen=True, slots=True)
class Answers:
    """How many entries were answered, how many of them how; `last_id` is the latest entry that was answered."""

    accepted: int = 0
    deferred: int = 0
    declined: int = 0
    last_id: int | None = None

    @property
    def answered(self) -> int:
        """All of them; declined are also those that he decided against."""
        return self.accepted + self.deferred + self.declined

    @property
    def share(self) -> float | None:
        """(accepted + deferred / 2) / answered, 0 to 1; None below three answers."""
        answered = self.answered
        return None if answered < ANSWERS_NEEDED else (self.accepted + self.deferred / 2) / answered


def list_answers(
    session: Session, client_ids: Iterable[int] | None = None, on: dt.date | None = None
) -> dict[int, Answers]:
    """The answers of these clients, or of all, by client; one who answered nothing is not among them."""
    now = on or dt.date.today()
    which = "" if client_ids is None else f"AND a.client_id IN ({among(client_ids)})"
    rows = fetch(
        session,
        # The entries are read in their index alone: their rows are long.
        f"""SELECT a.client_id, sum(r.response = 'accepted'), sum(r.response = 'deferred'),
            sum(r.response IN ('declined', 'against advice')), max(a.id)
        FROM advice a INDEXED BY advice_client CROSS JOIN advice_response r
            ON r.advice_id = a.id AND r.withdrawn_at IS NULL
        WHERE a.given_at >= ? AND a.given_at < ? AND a.withdrawn_at IS NULL AND r.responded_on <= ?
            AND r.response <> 'awaiting' AND NOT EXISTS (SELECT 1 FROM advice later
                WHERE later.amends_id = a.id AND later.withdrawn_at IS NULL AND later.given_at < ?) {which}
        GROUP BY a.client_id""",
        *(days_before(now, THREE_YEARS_DAYS - 1), days_before(now, -1), now.isoformat(), days_before(now, -1)),
    )
    return {row[0]: Answers(*row[1:]) for row in rows}
