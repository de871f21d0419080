"""A thousand client reports in one batch, by one core and by two, in one run: `python -m tests.benchmarks.batch`."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db.advice import NewAdvice, log_advice
from db.client_lists import list_client_ids
from db.clients import NewClient, add_client
from db.founding import NewPractice
from db.parties import NewParty
from db.practice import Practice
from db.trust import NewPromise, add_promise
from desktop.reports import batch
from desktop.reports.batch import Batch
from desktop.reports.family import Asked
from desktop.reports.making import Order

ENTRIES = 4


def _fill(session: Session, count: int) -> None:
    given = dt.datetime.now().astimezone() - dt.timedelta(days=20)
    for number in range(count):
        party = NewParty(kind="person", name=f"Client {number:05}", language=("en", "es", "pl")[number % 3])
        client = add_client(session, NewClient(party=party, standing="client"))
        for entry in range(ENTRIES):
            words = f"Advice {entry}: keep the papers together, and answer by the day that was named. " * 3
            new = NewAdvice(client_id=client, question=f"Question {entry}?", advice=words, given_at=given, record=True)
            log_advice(session, new)
        due = dt.date.today() + dt.timedelta(days=9)
        add_promise(session, NewPromise(client_id=client, text="Send the draft", due_on=due))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=1000)
    count = asked.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "practice.cliens"
        with Practice.create(path, NewPractice(name="Alder & Finch"), "seven quiet herons at dusk") as practice:
            practice.do(_fill, count)
            ids = tuple(practice.ask(list_client_ids))
            print(f"{count} client reports, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
            print(f"{'processes':>12} {'seconds':>9} {'reports/s':>10} {'files':>6} {'MB':>6}")
            for hands in (0, 1, 2):
                out = Path(folder) / str(hands)
                moment = dt.datetime.now().astimezone()
                order = Order("client", Asked(at=moment), ids, out)
                began = time.perf_counter()
                told: dict[str, Any] = {"path": path, "key": practice.key, "hands": hands}
                made = batch.write_all(practice.ask, order, Batch(), lambda _done, _of: None, **told)
                took = time.perf_counter() - began
                size = sum(each.stat().st_size for each in made.written) / 1e6
                name = "own thread" if hands == 0 else str(hands)
                print(f"{name:>12} {took:9.1f} {count / took:10.1f} {len(made.written):6} {size:6.1f}", flush=True)


if __name__ == "__main__":
    main()
