"""The clients that a practice wishes for: profiles of what they have in common, and how far each client fits.

The **fit** of a client is 100 x the weight of what he meets / the weight of what is known of him, 0 to 100; he has none
where less than half of the weight is known. What may not decide it is refused (see db/sensitive.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field
from sqlmodel import Session

from db.errors import Refused
from db.exchange.values import minor_digits
from db.firm import get_setting, set_setting
from db.history import about
from db.inputs import Input, Optional, Text
from db.reasons import Reason
from db.rows import among, fetch, scalar
from db.sensitive import ARTICLE_OF, protected_trait
from db.worth import BILLED, YEAR_DAYS, days_before

SETTING = "ideal_clients"
KNOWN_SHARE = 0.5
Trait = Literal["kind", "area", "city", "country", "language", "source", "tag", "field", "at least", "fees"]
# Of these, a client is one and has one; the others are told by words that a person chose.
TOLD_FREELY = frozenset({"source", "tag", "field", "at least"})


class Want(Input):
    """One thing that ideal clients have in common, and how much it weighs.

    `value` is what they have: a kind, an area of work, a place, a language, a source, a tag; of one's own field `name`
    what stands in it ('field'), or the number from which on it counts ('at least', as for size); for 'fees' the amount
    in whole units of the practice's currency billed in twelve months.
    """

    trait: Trait
    value: Text
    name: Optional = ""
    weight: int = Field(default=1, ge=1, le=10)


class IdealProfile(Input):
    """A profile: its name, and what its clients have in common."""

    name: Text
    wants: list[Want] = Field(min_length=1, max_length=20)


@dataclass(frozen=True)
class Fit:
    """How far a client fits a profile, 0 to 100, and why; None where too little is known of him."""

    client_id: int
    name: str
    grade: str
    standing: str
    fit: float | None
    reasons: tuple[Reason, ...]


def ideal_profiles(session: Session) -> list[IdealProfile]:
    """The practice's profiles, in the order in which they were made."""
    return [IdealProfile(**kept) for kept in get_setting(session, SETTING, [])]


def set_ideal_profile(session: Session, profile: IdealProfile) -> None:
    """Keep a profile; one of the same name is replaced. Refuses what may not decide, with the reason."""
    for want in profile.wants:
        for words in (profile.name, *((want.name, want.value) if want.trait in TOLD_FREELY else ())):
            trait = protected_trait(words)
            if trait is not None:
                raise Refused("protected-trait", "wants", words=words, article=ARTICLE_OF[trait])
        if want.trait in ("field", "at least") and not want.name:
            raise Refused("required", "name")
        if want.trait in ("at least", "fees"):
            _number(want.value)
    kept = [one for one in get_setting(session, SETTING, []) if one["name"] != profile.name]
    set_setting(session, SETTING, [*kept, profile.model_dump()])
    about(session, profile.name)


def remove_ideal_profile(session: Session, name: str) -> None:
    """Take a profile away."""
    kept = get_setting(session, SETTING, [])
    left = [one for one in kept if one["name"] != name]
    if len(left) == len(kept):
        raise Refused("not-there", "name", noun="Profile", id=name)
    set_setting(session, SETTING, left)
    about(session, name)


def fit_of(session: Session, profile: IdealProfile, client_id: int, on: dt.date | None = None) -> Fit:
    """How far one client fits."""
    found = list_fits(session, profile, [client_id], on=on)
    if not found:
        raise Refused("no-such-client", "client", told=str(client_id))
    return found[0]


def list_fits(
    session: Session,
    profile: IdealProfile,
    client_ids: Collection[int] | None = None,
    *,
    on: dt.date | None = None,
    but_grade: str = "",
    limit: int = -1,
) -> list[Fit]:
    """These clients, or all, the best fit first; without those of one grade, where it is named."""
    each = [_met(session, want, on or dt.date.today()) for want in profile.wants]
    met = " + ".join(f"{want.weight} * coalesce(m{at}, 0)" for at, want in enumerate(profile.wants))
    known = " + ".join(f"{want.weight} * (m{at} IS NOT NULL)" for at, want in enumerate(profile.wants))
    whole = sum(want.weight for want in profile.wants)
    which = "" if client_ids is None else f"AND c.id IN ({among(client_ids)})"
    columns = ", ".join(f"({sql}) AS m{at}" for at, (sql, _values) in enumerate(each))
    rows = fetch(
        session,
        f"""WITH told AS MATERIALIZED (SELECT c.id, c.party_id, c.grade, c.standing, {columns}
            FROM client c JOIN party p ON p.id = c.party_id WHERE c.grade <> ? OR ? = '' {which})
        SELECT t.id, (SELECT name FROM party WHERE id = t.party_id), t.grade, t.standing, t.party_id,
            CASE WHEN {known} >= {KNOWN_SHARE * whole} THEN 100.0 * ({met}) / ({known}) END AS fit,
            {", ".join(f"m{at}" for at in range(len(each)))}
        FROM told t ORDER BY fit DESC NULLS LAST, t.id LIMIT ?""",
        *(value for _sql, values in each for value in values),
        *(but_grade, but_grade, limit),
    )
    return [Fit(*[*row[:4], row[5], _reasons(profile.wants, row[6:], row[4])]) for row in rows]


def _reasons(wants: Sequence[Want], states: Sequence[int | None], party_id: int) -> tuple[Reason, ...]:
    codes = {1: "fit-met", 0: "fit-missing", None: "fit-unknown"}
    return tuple(
        Reason(codes[state], {"trait": want.trait, "name": want.name, "value": want.value}, "party", party_id)
        for want, state in zip(wants, states, strict=True)
    )


def _number(typed: str) -> float:
    try:
        return float(typed.replace(" ", "").replace(",", ""))
    except ValueError:
        raise Refused("not-a-number", "value", value=typed) from None


_ANY = "(SELECT max({test}) FROM {table} WHERE {whose})"
_OWN_FIELD = """(x.noun = 'party' AND x.record_id = c.party_id OR x.noun = 'client' AND x.record_id = c.id)
    AND x.name = ? AND x.value <> ''"""


def _met(session: Session, want: Want, on: dt.date) -> tuple[str, list[Any]]:
    """1 where a client meets it, 0 where he does not, NULL where it is not known, as SQL with its values."""
    value = want.value
    plain = {"kind": "p.kind", "language": "p.language", "source": "p.source"}
    if want.trait in plain:
        return f"nullif({plain[want.trait]}, '') = ? COLLATE NOCASE", [value]
    if want.trait == "area":
        whose = "e.client_id = c.id AND e.area <> ''"
        return _ANY.format(test="e.area = ? COLLATE NOCASE", table="engagement e", whose=whose), [value]
    if want.trait in ("city", "country"):
        whose = f"a.party_id = c.party_id AND a.{want.trait} <> ''"
        return _ANY.format(test=f"a.{want.trait} = ? COLLATE NOCASE", table="address a", whose=whose), [value]
    if want.trait == "tag":
        return "EXISTS (SELECT 1 FROM tag t WHERE t.party_id = c.party_id AND t.name = ? COLLATE NOCASE)", [value]
    if want.trait == "fees":
        unit = 10 ** minor_digits(str(scalar(session, "SELECT currency FROM practice")))
        sum_of = f"""(SELECT coalesce(sum(f.amount_minor), 0) FROM fee f WHERE f.client_id = c.id AND {BILLED}
            AND f.charged_on > ? AND f.charged_on <= ?)"""
        return f"{sum_of} >= ?", [days_before(on, YEAR_DAYS), on.isoformat(), _number(value) * unit]
    table = "custom_field x"
    if want.trait == "field":
        return _ANY.format(test="x.value = ? COLLATE NOCASE", table=table, whose=_OWN_FIELD), [value, want.name]
    return _ANY.format(test="CAST(x.value AS REAL) >= ?", table=table, whose=_OWN_FIELD), [_number(value), want.name]
