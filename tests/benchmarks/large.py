"""The large practice that pages are measured on: python -m tests.benchmarks.large PATH (minutes, about a gigabyte)."""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db.engine import raw
from db.names import fold
from db.practice import NewPractice, Practice

PASSPHRASE = "seven quiet herons at dusk"
CLIENTS, ENGAGEMENTS, ADVICE = 100_000, 300_000, 500_000
PORTION = 20_000
PEOPLE = ("Ana Vega", "Tomás Noriega", "Zofia Lis", "Iker Sol", "Marta Bo", "Per Ek")


def _each(text: str) -> list[str]:
    return text.split()


_GIVEN = _each(
    """Ana Luis Zofia Marta Jan Piotr Iñaki Aiko Nora Emil Ola Rosa Bruno Clara Hugo Irene Łukasz Małgorzata Owen
Sean Paula Diego Lucía Adam Ewa Karol Teresa Víctor Wanda Yuki Oscar Petra Ruth Silvia Tadeusz Ursula Vera
Walter"""
)
_FAMILY = _each(
    """Vega Wójcik Larrea Dąbrowski Hallberg Ocaña Portus Ferrand Nakamura Østergaard Kowalska Nowak Ibáñez Soto
Murphy Byrne Lind Berg Costa Rossi Klein Braun Novak Horvat Petrov Ivanova Silva Sousa Meyer Fischer Quiroga
Zabala Etxeberria Zieliński Szymańska Lewandowski Kamiński O'Brien Smith Jones Taylor Brown Walker Green Hall
Young"""
)
_KINDS = _each(
    """Holding Shipping Bakery Atelier Clinic Partners Estates Foods Timber Foundry Garage Nursery Press Studio"""
)
_FORMS = ("Ltd", "S.L.", "Sp. z o.o.", "GmbH", "S.A.", "AB")
_CITIES = _each("""Bilbao Kraków Madrid Gdańsk Sevilla Leeds Dublin Łódź Vigo Bristol Poznań Valencia Cork Oviedo""")
_WORDS = _each(
    """settle appeal lease tenant clause notice court hearing deed trust fee costs risk merger share board vote tax
return audit ledger invoice reserve loan bank charge pledge estate will heir gift donor design brief model
sketch permit facade timber glass steel client witness expert report letter draft sign seal file archive plazo
contrato herencia demanda recurso umowa spadek podatek termin odpowiedź"""
)
_STANDINGS = ("client", "client", "client", "occasional", "prospect", "enquiry", "former", "declined")
_STAGES = ("active", "active", "engaged", "proposed", "on hold", "completed", "completed", "completed", "disengaged")
_RESPONSES = ("accepted", "accepted", "accepted", "deferred", "declined", "against advice")

Row = Sequence[Any]
Rows = Iterator[tuple[str, Row]]
Make = Callable[[random.Random, int, int, int], Rows]


def words(chance: random.Random, count: int) -> str:
    """A sentence of invented advice."""
    return " ".join(chance.choices(_WORDS, k=count)).capitalize() + "."


def _past(chance: random.Random, days: int) -> dt.date:
    return dt.date.today() - dt.timedelta(days=chance.randrange(1, days))


def _clients(chance: random.Random, first: int, last: int, clients: int) -> Rows:
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for number in range(first, last):
        firm = number % 3 == 0
        given, family = chance.choice(_GIVEN), f"{chance.choice(_FAMILY)} {chance.choice(_FAMILY)}"
        name = f"{family} {chance.choice(_KINDS)} {number} {chance.choice(_FORMS)}" if firm else f"{given} {family}"
        order = fold(name if firm else f"{family} {given}")
        kind, given, family = ("organisation", "", "") if firm else ("person", given, family)
        yield (
            "party (id, kind, name, sort_name, given_name, family_name, created_at)",
            (*(number, kind, name, order, given, family, now),),
        )
        since, standing = _past(chance, 5000), chance.choice(_STANDINGS)
        referrer = chance.randrange(1, first) if first > 1 and number % 9 == 0 else None
        yield (
            "client (id, party_id, number, standing, grade, responsible_id, since, referred_by_id)",
            (
                *(number, number, f"C-{number:06d}", standing, chance.choice("AABBCCD"), number % len(PEOPLE) + 1),
                *(since.isoformat(), referrer),
            ),
        )
        yield (
            "contact_point (party_id, kind, value, normal)",
            (*(number, "phone", f"+34 6{number:08d}", f"+346{number:08d}"),),
        )
        yield "address (party_id, street, city, country)", (number, f"Main {number}", chance.choice(_CITIES), "ES")
        if number % 5 == 0:
            yield "tag (party_id, name)", (number, chance.choice(("vip", "newsletter", "harbour", "family")))


def _engagements(chance: random.Random, first: int, last: int, clients: int) -> Rows:
    for number in range(first, last):
        stage, opened = chance.choice(_STAGES), _past(chance, 3000)
        closed = stage in ("completed", "disengaged")
        yield (
            "engagement (id, client_id, number, title, area, stage, opened_on, closed_on, letter, next_review_on)",
            (
                *(number, (number - 1) % clients + 1, f"E-{number:06d}", words(chance, 3)[:-1], chance.choice(_WORDS)),
                *(stage, opened.isoformat(), (opened + dt.timedelta(days=90)).isoformat() if closed else None),
                "signed" if closed or number % 50 else "sent",
                (dt.date.today() + dt.timedelta(days=number % 400)).isoformat() if number % 20 == 0 else None,
            ),
        )
        if number % 4 == 0:
            yield (
                "fee (client_id, engagement_id, charged_on, amount_minor, currency)",
                (
                    *((number - 1) % clients + 1, number, _past(chance, 900).isoformat()),
                    *(chance.randrange(5_000, 900_000), "EUR"),
                ),
            )


def _advice(chance: random.Random, first: int, last: int, clients: int) -> Rows:
    for number in range(first, last):
        # A few clients hold long histories, as in life.
        client = chance.randrange(1, min(200, clients)) if number % 20 == 0 else chance.randrange(1, clients + 1)
        given = _past(chance, 2500 if client % 10 else 30)
        moment = f"{given}T{8 + number % 10:02d}:{number % 60:02d}:00Z"
        yield (
            "advice (id, client_id, given_at, author, question, advice, risks, state, recorded_at)",
            (
                *(number, client, moment, PEOPLE[number % len(PEOPLE)], words(chance, 7), words(chance, 40)),
                *(words(chance, 10), "recorded", moment),
            ),
        )
        if number % 50:
            yield (
                "advice_response (advice_id, response, responded_on)",
                (*(number, chance.choice(_RESPONSES), given.isoformat()),),
            )
        if number % 10 == 0:
            due = given + dt.timedelta(days=10)
            open_now = due >= dt.date.today() - dt.timedelta(days=2)
            kept = None if open_now else due.isoformat()
            yield (
                "promise (client_id, advice_id, by_whom, text, made_on, due_on, status, kept_on)",
                (
                    *(client, number, PEOPLE[number % len(PEOPLE)], words(chance, 5)[:-1], given.isoformat()),
                    *(due.isoformat(), "open" if open_now else "kept", kept),
                ),
            )
        if number % 12 == 0:
            yield (
                "trust_note (client_id, noted_at, kind, effect, text, restricted, resolved_on)",
                (
                    *(client, moment, *chance.choice((("signal", 1, 0), ("concern", -1, 0), ("thanks", 1, 0)))[:2]),
                    *(words(chance, 8), 0, None if number % 600 == 0 else given.isoformat()),
                ),
            )
        if number % 100 == 0:
            when = dt.date.today() + dt.timedelta(days=chance.randrange(-2, 300))
            yield "follow_up (client_id, due_on, what)", (client, when.isoformat(), words(chance, 4))


def _people(_chance: random.Random, _first: int, _last: int, _clients: int) -> Rows:
    for name in PEOPLE:
        yield "person (name, initials)", (name, "".join(part[0] for part in name.split()))


_DEFAULTS = {
    "party": "prefix middle_name suffix language job_title organisation lawful_basis source notes raw_card",
    "contact_point": "purpose",
    "address": "purpose region postal_code",
    "client": "valued notes",
    "engagement": "outcome scope_included scope_excluded assumptions client_duties fee_basis currency value_sought"
    " value_delivered",
    "fee": "note",
    "advice": "present basis options amend_reason",
    "advice_response": "words consequence reason",
    "promise": "to_whom evidence due_time",
    "trust_note": "facet told_by learned",
    "follow_up": "outcome",
    "person": "email colour",
}
_FIXED: dict[str, dict[str, Any]] = {
    "contact_point": {"preferred": 0},
    "advice": {
        "zone": "UTC",
        "channel": "meeting",
        "direction": "given",
        "privileged": 0,
        "late_entry": 0,
        "late_reason": "",
    },
    "promise": {"by": "us", "undertaking": 0},
    "fee": {"kind": "billed"},
    "person": {"active": 1},
}


def _statement(into: str) -> tuple[str, Row]:
    """The INSERT for `table (columns)`, with the columns that are the same in every row, and those."""
    table, _, columns = into.partition(" ")
    fixed = dict.fromkeys(_DEFAULTS.get(table, "").split(), "") | _FIXED.get(table, {})
    names = [*columns.strip("()").split(", "), *fixed]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", tuple(fixed.values())


def fill(
    session: Session, rows: Callable[[random.Random, int, int, int], Rows], first: int, last: int, clients: int
) -> None:
    """Put some rows in, as an import would: many statements of one kind, under the journal."""
    driver = raw(session.connection())
    parts: dict[str, list[Row]] = {}
    for into, values in rows(random.Random(first), first, last, clients):
        parts.setdefault(into, []).append(values)
    for into, some in parts.items():
        statement, fixed = _statement(into)
        driver.executemany(statement, [(*values, *fixed) for values in some])


def make(path: Path, passphrase: str | None = PASSPHRASE, scale: float = 1.0) -> None:
    """Make the practice at `path`; `scale` 0.01 gives a hundredth of it."""
    new = NewPractice(name="Large & Partners", profession="law", country="ES", currency="EUR")
    with Practice.create(path, new, passphrase, "Ana Vega") as practice:
        practice.do(fill, _people, 0, 0, 0)
        for rows, count in ((_clients, CLIENTS), (_engagements, ENGAGEMENTS), (_advice, ADVICE)):
            for first in range(1, round(count * scale) + 1, PORTION):
                last = min(first + PORTION, round(count * scale) + 1)
                practice.do(fill, rows, first, last, round(CLIENTS * scale))
                print(f"\r{rows.__name__.strip('_')} {first + PORTION - 1:,}", end="", flush=True)
        print()


def main() -> None:
    """Make the file and say how long it took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("path", type=Path)
    asked.add_argument("--scale", type=float, default=1.0)
    chosen = asked.parse_args()
    started = time.perf_counter()
    make(chosen.path, scale=chosen.scale)
    print(f"{chosen.path.stat().st_size / 1e6:.0f} MB, encrypted, in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
