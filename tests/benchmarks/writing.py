"""How long a step, a search, a check and a backup take on a large file: python -m tests.benchmarks.writing."""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlmodel import Session

from db import search, vault
from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.parties import NewParty
from db.practice import NewPractice, Practice
from db.rows import utc_now
from db.tables import Advice
from db.vault import Key

_WORDS = [
    "settle",
    "appeal",
    "lease",
    "tenant",
    "clause",
    "notice",
    "court",
    "hearing",
    "deed",
    "trust",
    "fee",
    "costs",
    "risk",
    "merger",
    "share",
    "board",
    "vote",
    "tax",
    "return",
    "audit",
    "ledger",
    "invoice",
    "reserve",
    "loan",
    "bank",
    "charge",
    "pledge",
    "estate",
    "will",
    "heir",
    "gift",
    "donor",
    "design",
    "brief",
    "model",
    "sketch",
    "permit",
    "facade",
    "timber",
    "glass",
    "steel",
    "client",
    "witness",
    "expert",
    "report",
    "letter",
    "draft",
    "sign",
    "seal",
    "file",
    "archive",
]
CLIENTS = 500
PORTION = 5_000


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


def _add_clients(session: Session, chance: random.Random) -> None:
    for number in range(CLIENTS):
        add_client(session, NewClient(party=NewParty(name=f"{_sentence(chance, 2)[:-1].title()} {number}")))


def _add_advice(session: Session, chance: random.Random, count: int) -> None:
    now = utc_now()
    session.add_all(
        Advice(
            client_id=chance.randrange(CLIENTS) + 1,
            given_at=now,
            recorded_at=now,
            state="recorded",
            question=_sentence(chance, 8),
            advice=_sentence(chance, 40),
            risks=_sentence(chance, 12),
        )
        for _ in range(count)
    )


def _practice(path: Path, entries: int) -> Practice:
    Practice.create(path, NewPractice(name="Large"), None).close()
    chance = random.Random(1)
    key = Key(chance.randbytes(32), vault.new_salt())
    from db.rekey import rekey_with

    rekey_with(path, None, key)
    practice = Practice.open_with(path, key, who="Bench", backup=False)
    practice.do(_add_clients, chance)
    for _ in range(0, entries, PORTION):
        practice.do(_add_advice, chance, min(PORTION, entries))
    return practice


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _row(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(
        f"{name:44} {len(times):6} {statistics.median(ordered):9.2f} {ordered[int(len(ordered) * 0.99)]:9.2f}"
        f" {ordered[-1]:9.2f}",
        flush=True,
    )


def main() -> None:
    """Make the file and print the table; times in milliseconds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--steps", type=int, default=1_000)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLIENS_HOME"] = str(Path(folder) / "home")
        path = Path(folder) / "large.cliens"
        started = time.perf_counter()
        with _practice(path, chosen.entries) as practice:
            made_in = time.perf_counter() - started
            print(f"{chosen.entries} entries in {made_in:.1f} s, {chosen.entries / made_in:.0f} a second")
            print(f"{path.stat().st_size / 1e6:.0f} MB, encrypted\n")
            print(f"{'':44} {'times':>6} {'median ms':>9} {'p99 ms':>9} {'most ms':>9}")
            chance = random.Random(2)
            fresh = [
                NewAdvice(client_id=1, question=_sentence(chance, 8), advice=_sentence(chance, 40), record=True)
                for _ in range(chosen.steps)
            ]
            _row("do(log_advice)", [_timed(lambda n=new: practice.do(log_advice, n)) for new in fresh])  # type: ignore[misc]
            _row("undo and redo", [_timed(lambda: (practice.undo(), practice.redo())) for _ in range(50)])
            for typed in ("settle", "settle appeal lease", '"settle appeal"', "s", "estate 17", "nowhere"):
                _row(f"find {typed}", [_timed(lambda t=typed: practice.ask(search.find, t)) for _ in range(20)])  # type: ignore[misc]
            _row("check", [_timed(lambda: _require_ok(practice)) for _ in range(1)])
            _row("back up", [_timed(practice.back_up) for _ in range(2)])
        _row("open", [_timed(lambda: Practice.open_with(path, practice.key, backup=False).close()) for _ in range(5)])


def _require_ok(practice: Practice) -> None:
    problems = practice.check().problems
    if problems:
        raise SystemExit(f"the file does not check: {problems[:3]}")


if __name__ == "__main__":
    main()
