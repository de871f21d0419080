"""Health: how likely a client is to stay, from 0 to 100, as the weighted mean of what is known of him.

The score is the mean of his known parts (`health_parts`), each weighed as the practice says, rounded to a whole number.
It is told only of those whom we serve, and only where the parts that are known carry at least 40 % of all weight:
otherwise he is too new. The trend is the score less the score of 90 days before. What somebody who knows better says of
him (`override_health`) stands beside the score with its reason until its day, and never changes it.

The weights to begin with, and why: silence 25 (who means to leave calls less before he says so); promises 20 (what we
ourselves do most to be trusted, or not); concerns 20 (an open one is a reason to go that is known); feedback 10 (his
own word, but few are asked often); answers 10 (who takes no advice needs none of ours); fees 5 (work comes in waves);
agreement 5 (what both sides signed and said); referrals 5 (who sends others stands by us).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pydantic import Field
from sqlmodel import Session, select

from db.errors import Refused
from db.firm import get_setting, set_setting
from db.health_evidence import evidence
from db.health_parts import PARTS, parts_sql
from db.history import about
from db.inputs import Input, Text
from db.reasons import Reason
from db.rhythms import served_on
from db.rows import among, change, fetch, get, scalar
from db.tables import Client, HealthOverride, Party

HEALTH_SETTING = "health_weights"
FIRST_WEIGHTS = {
    "promises": 20,
    "silence": 25,
    "concerns": 20,
    "answers": 10,
    "feedback": 10,
    "fees": 5,
    "referrals": 5,
    "agreement": 5,
}
TREND_DAYS = 90
KNOWN_PERCENT = 40
FIRST_THRESHOLD = 60
LONGEST_OVERRIDE_DAYS = 366


class HealthWeights(Input):
    """What each part weighs (0: shown, not counted), and below which score a client is taken to be leaving."""

    promises: int = Field(default=FIRST_WEIGHTS["promises"], ge=0, le=100)
    silence: int = Field(default=FIRST_WEIGHTS["silence"], ge=0, le=100)
    concerns: int = Field(default=FIRST_WEIGHTS["concerns"], ge=0, le=100)
    answers: int = Field(default=FIRST_WEIGHTS["answers"], ge=0, le=100)
    feedback: int = Field(default=FIRST_WEIGHTS["feedback"], ge=0, le=100)
    fees: int = Field(default=FIRST_WEIGHTS["fees"], ge=0, le=100)
    referrals: int = Field(default=FIRST_WEIGHTS["referrals"], ge=0, le=100)
    agreement: int = Field(default=FIRST_WEIGHTS["agreement"], ge=0, le=100)
    threshold: int = Field(default=FIRST_THRESHOLD, ge=1, le=100)


class NewOverride(Input):
    """What somebody who knows better says of a client's health, why, and until when it holds."""

    client_id: int
    score: int = Field(ge=0, le=100)
    reason: Text
    until_on: dt.date


@dataclass(frozen=True)
class Part:
    """One part of a client's health: its weight, its value from 0 to 100 or None where it is not known, and why."""

    name: str
    weight: int
    value: int | None
    reasons: list[Reason]


@dataclass(frozen=True)
class Override:
    """What somebody said of a client's health in place of the score, and until when."""

    score: int
    reason: str
    until_on: dt.date
    set_on: dt.date
    set_by: str


@dataclass(frozen=True)
class Health:
    """A client's health on a day: the score reckoned, or None with the reason; its parts; what changed in 90 days."""

    client_id: int
    on: dt.date
    score: int | None
    trend: int | None
    parts: list[Part] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    override: Override | None = None


# ---------------------------------------------------------------------- what the practice sets


def health_weights(session: Session) -> HealthWeights:
    """The practice's weights and its threshold."""
    return HealthWeights(**get_setting(session, HEALTH_SETTING, {}))


def set_health_weights(session: Session, weights: HealthWeights) -> None:
    """Keep other weights; at least one must count."""
    if not any(getattr(weights, part) for part in PARTS):
        raise Refused("no-weight", "silence")
    values = weights.model_dump()
    set_setting(session, HEALTH_SETTING, values)
    about(session, " · ".join(f"{name} {value}" for name, value in values.items()))


def override_health(session: Session, new: NewOverride) -> int:
    """Say what a client's health is in place of the score, until a day; gives the client's id."""
    client = get(session, Client, new.client_id, "client_id")
    today = dt.date.today()
    if new.until_on <= today:
        raise Refused("end-has-passed", "until_on")
    if new.until_on > today + dt.timedelta(days=LONGEST_OVERRIDE_DAYS):
        raise Refused("end-too-far", "until_on")
    who = str(scalar(session, "SELECT who FROM step ORDER BY id DESC LIMIT 1"))
    kept = session.exec(select(HealthOverride).where(HealthOverride.client_id == new.client_id)).first()
    values = {**new.model_dump(), "set_on": today, "set_by": who}
    change(session, kept or HealthOverride(**values), values)
    about(session, get(session, Party, client.party_id).name)
    return new.client_id


def end_override(session: Session, client_id: int) -> int:
    """Take back what somebody said in place of the score; gives the client's id."""
    client = get(session, Client, client_id, "client_id")
    kept = session.exec(select(HealthOverride).where(HealthOverride.client_id == client_id)).first()
    if kept is None:
        raise Refused("no-override", "client_id")
    session.delete(kept)
    about(session, get(session, Party, client.party_id).name)
    return client_id


# ---------------------------------------------------------------------- reckoning


def scores_sql(session: Session, on: dt.date, client_ids: str = "") -> str:
    """The scores of a day as a query (id, score): of whom we served; who is not in it has nothing known of him."""
    weights = health_weights(session)
    told = " ".join(f"WHEN '{part}' THEN {int(getattr(weights, part))}" for part in PARTS)
    whole = sum(int(getattr(weights, part)) for part in PARTS)
    # Whole numbers all the way: the same parts give the same score, in whatever order they are added.
    return f"""SELECT w.client_id AS id, CASE WHEN 100 * sum(w.weight) >= {KNOWN_PERCENT * whole}
            THEN (2 * sum(w.weight * w.value) + sum(w.weight)) / (2 * sum(w.weight)) END AS score
        FROM (SELECT client_id, value, CASE part {told} END AS weight FROM {parts_sql(session, on, client_ids)}) w
        CROSS JOIN client c ON c.id = w.client_id WHERE {served_on(on)} GROUP BY w.client_id"""


def list_scores(session: Session, on: dt.date, client_ids: Iterable[int] | None = None) -> dict[int, int | None]:
    """The scores of these clients, or of all, on a day; None where he is too new. Who was not served is left out."""
    some = "" if client_ids is None else among(client_ids)
    if client_ids is not None and not some:
        return {}
    scores: dict[int, int | None] = dict.fromkeys(list_served(session, on, some))
    scores.update((row[0], row[1]) for row in fetch(session, scores_sql(session, on, some)))
    return scores


def list_served(session: Session, on: dt.date, some: str = "") -> list[int]:
    """The clients whom we served on a day; `some` are ids with a comma between, or all."""
    which = f" AND c.id IN ({some})" if some else ""
    return [row[0] for row in fetch(session, f"SELECT c.id FROM client c WHERE {served_on(on)}{which} ORDER BY c.id")]


def healths(session: Session, on: dt.date | None = None, client_ids: Sequence[int] | None = None) -> dict[int, Health]:
    """The health of these clients, or of all whom we served, on a day, with parts and evidence."""
    now = on or dt.date.today()
    scores = list_scores(session, now, client_ids)
    before = list_scores(session, now - dt.timedelta(days=TREND_DAYS), scores)
    some = among(scores)
    weights = health_weights(session)
    values: dict[int, dict[str, int]] = {}
    counts: dict[str, dict[int, tuple[int, int]]] = {part: {} for part in PARTS}
    if some:
        for client, part, value, n, of in fetch(session, f"SELECT * FROM {parts_sql(session, now, some)}"):
            values.setdefault(client, {})[part] = value
            counts[part][client] = (n, of)
    shown = evidence(session, now, some, counts) if some else {}
    overrides = _overrides(session, now)
    found = {}
    for client, score in scores.items():
        known, earlier = values.get(client, {}), before.get(client)
        parts = [
            Part(
                *(part, getattr(weights, part), known.get(part)),
                shown[part].get(client, []) if part in known else [Reason(f"unknown-{part}", {}, "client", client)],
            )
            for part in PARTS
        ]
        trend = None if score is None or earlier is None else score - earlier
        reasons = [Reason("too-new", {}, "client", client)] if score is None else telling(parts)
        found[client] = Health(client, now, score, trend, parts, reasons, overrides.get(client))
    for client in client_ids or ():
        if client not in found:
            found[client] = Health(client, now, None, None, [], [Reason("not-served", {}, "client", client)])
    return found


def telling(parts: Iterable[Part], most: int = 3) -> list[Reason]:
    """What takes most from a score, the most first: the first reason of each part below 100 that counts."""
    low = [part for part in parts if part.value is not None and part.value < 100 and part.weight]
    ordered = sorted(low, key=lambda part: -part.weight * (100 - (part.value or 0)))
    return [part.reasons[0] for part in ordered[:most] if part.reasons]


def health(session: Session, client_id: int, on: dt.date | None = None) -> Health:
    """A client's health on a day; refuses a client that there is not."""
    get(session, Client, client_id, "client")
    return healths(session, on, [client_id])[client_id]


def short_health(session: Session, client_id: int, on: dt.date | None = None) -> tuple[int | None, int, int | None]:
    """A client's score, the practice's threshold, and what somebody says in place of the score."""
    now = on or dt.date.today()
    override = _overrides(session, now).get(client_id)
    return (
        list_scores(session, now, [client_id]).get(client_id),
        health_weights(session).threshold,
        None if override is None else override.score,
    )


def _overrides(session: Session, on: dt.date) -> dict[int, Override]:
    rows = fetch(
        session,
        "SELECT client_id, score, reason, until_on, set_on, set_by FROM health_override"
        " WHERE set_on <= ? AND until_on >= ?",
        *(on.isoformat(), on.isoformat()),
    )
    return {
        row[0]: Override(row[1], row[2], dt.date.fromisoformat(row[3]), dt.date.fromisoformat(row[4]), row[5])
        for row in rows
    }
