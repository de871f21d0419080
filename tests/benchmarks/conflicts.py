"""The conflict check, measured: time over 10,000 and 100,000 names of an encrypted file, recall by kind of change."""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extract
from sqlmodel import Session

from db.conflicts import check_names
from db.names import sort_name, tokens
from db.practice import NewPractice, Practice
from tests.benchmarks.names import COMPANY_CHANGES, PEOPLE_CHANGES, company, person

SEED = 20261121
SIZES = (10_000, 100_000)
TIMED, ASKED_PER_KIND, SLOW_SAMPLE = 300, 100, 5


def _fill(session: Session, people: list[str], companies: list[str]) -> None:
    rows = [("person", name) for name in people] + [("organisation", name) for name in companies]
    session.connection().exec_driver_sql(
        """INSERT INTO party (kind, name, sort_name, prefix, given_name, middle_name, family_name, suffix, language,
           job_title, organisation, lawful_basis, source, notes, raw_card, created_at)
           VALUES (?, ?, ?, '', '', '', '', '', '', '', '', '', '', '', '', '2026-01-01T00:00:00Z')""",
        [(kind, name, sort_name(kind, name, "", "")) for kind, name in rows],
    )


def measure(size: int, folder: Path) -> None:
    """Fill a file with `size` names and print times and recall."""
    dice = random.Random(SEED)
    people = [person(dice) for _ in range(size * 4 // 5)]
    companies = [company(dice) for _ in range(size - len(people))]
    with Practice.create(folder / f"{size}.cliens", NewPractice(name="Measure"), "seven quiet herons") as practice:
        practice.do(_fill, people, companies)
        started = time.perf_counter()
        practice.ask(check_names, ["Aiko Nakamura"])
        took = time.perf_counter() - started
        print(f"\n{size:,} names, encrypted file: first check, with reading every name, {took:.2f} s", flush=True)
        _times(practice, dice, people)
        _recall(practice, dice, people, companies)


def _times(practice: Practice, dice: random.Random, people: list[str]) -> None:
    taken, listed = [], []
    changes = list(PEOPLE_CHANGES.values())
    for _ in range(TIMED):
        asked = dice.choice(changes)(dice, dice.choice(people))
        started = time.perf_counter()
        result = practice.ask(check_names, [asked])
        taken.append((time.perf_counter() - started) * 1000)
        listed.append(len(result.names[0].hits))
    taken.sort()
    p99 = taken[int(len(taken) * 0.99) - 1]
    print(f"one name, warm: median {statistics.median(taken):.1f} ms, p99 {p99:.1f} ms", end="; ")
    print(f"hits to read: mean {statistics.mean(listed):.1f}, median {statistics.median(listed):.0f}")


def _recall(practice: Practice, dice: random.Random, people: list[str], companies: list[str]) -> None:
    every = people + companies
    folded = [" ".join(tokens(name)) for name in every]
    known = set(folded)
    print(f"{'kind of change':24}{'found':>8}{'in 10':>8}{'exact':>8}{'WRatio ≥ 90':>13}")
    sums = [0.0] * 4
    kinds = [(kind, change, people) for kind, change in PEOPLE_CHANGES.items()]
    kinds += [(kind, change, companies) for kind, change in COMPANY_CHANGES.items()]
    for kind, change, names in kinds:
        pairs: list[tuple[str, str]] = []
        while len(pairs) < ASKED_PER_KIND:
            name = dice.choice(names)
            asked = change(dice, name)
            if asked != name:
                pairs.append((asked, name))
        found = first = exact = 0
        for asked, name in pairs:
            hits = [hit.party for hit in practice.ask(check_names, [asked]).names[0].hits]
            found += name in hits
            first += name in hits[:10]
            exact += " ".join(tokens(asked)) in known and tokens(asked) == tokens(name)
        near = 0
        for asked, name in pairs[:SLOW_SAMPLE]:
            best = extract(" ".join(tokens(asked)), folded, scorer=WRatio, score_cutoff=90, limit=50)
            near += " ".join(tokens(name)) in {hit[0] for hit in best}
        shares = (found / len(pairs), first / len(pairs), exact / len(pairs), near / SLOW_SAMPLE)
        sums = [total + share for total, share in zip(sums, shares, strict=True)]
        print(f"{kind:24}{shares[0]:8.2f}{shares[1]:8.2f}{shares[2]:8.2f}{shares[3]:13.2f}")
    means = [total / len(kinds) for total in sums]
    print(f"{'all kinds':24}{means[0]:8.3f}{means[1]:8.3f}{means[2]:8.3f}{means[3]:13.3f}")


def main() -> None:
    """Print both sizes, or those given as arguments.

    Nicknames and gendered endings are drawn from the shipped tables: those rows say that the tables are used, and not
    that they are complete.
    """
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print(f"seed {SEED}; {ASKED_PER_KIND} names a kind, WRatio over {SLOW_SAMPLE} of them (first 50 hits)")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLIENS_HOME"] = folder
        for size in sizes:
            measure(size, Path(folder))


if __name__ == "__main__":
    main()
