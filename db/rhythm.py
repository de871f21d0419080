"""A client's rhythm: how often he is usually in touch, and from when on his silence says something."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from statistics import median
from typing import Any

# Silence is called quiet past one and a half times the usual gap, and at risk past three; gaps under a week are noise.
QUIET_FACTOR, RISK_FACTOR, SHORTEST_RHYTHM_DAYS, CONTACTS_FOR_A_RHYTHM = 1.5, 3.0, 7, 4


def usual_gap(dates: list[dt.date]) -> float | None:
    """The rhythm: the median number of days between contacts, or None for a client too new to have one."""
    if len(dates) < CONTACTS_FOR_A_RHYTHM:
        return None
    return max(float(median((b - a).days for a, b in pairwise(dates))), SHORTEST_RHYTHM_DAYS)


def silence(standing: str, dates: list[dt.date], agreed: int | None, today: dt.date) -> str:
    """The standing to show: 'quiet' or 'at risk' for one we serve who is silent well past his rhythm."""
    usual: Any = agreed or usual_gap(dates)
    if standing not in {"client", "occasional"} or not dates or usual is None:
        return standing
    silent = (today - dates[-1]).days
    if silent > RISK_FACTOR * usual:
        return "at risk"
    return "quiet" if silent > QUIET_FACTOR * usual else standing
