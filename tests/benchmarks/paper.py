"""Paper, measured: time, pages a second, peak memory and size of short and long reports, beside typst and WeasyPrint.

Each run is a process of its own that has printed a short report before: `python -m tests.benchmarks.paper`.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

RUNS = 3
MAKERS = ("cliens", "typst", "weasyprint")
# What is printed, with its size; and up to which size each maker is measured: WeasyPrint would take many minutes.
CASES = {
    "client report, 2 pages": ("report", 0),
    "history, 30 pages": ("history", 75),
    "history, 1,000 pages": ("history", 2_650),
    "history, 1,000 pages, read from its file": ("file", 2_650),
    "list of 40,000 rows": ("list", 40_000),
}
LARGE = 1_000


def measure(maker: str, case: str) -> dict[str, float]:
    """One report in this process: pages, seconds by the clock and of the processor, peak of resident memory, size."""
    kind, size = CASES[case]
    # Of other words than are measured: some makers remember what they have laid out.
    _maker(maker, "history", 3)()
    make = _maker(maker, kind, size)
    before = _peak()
    clock, processor = time.perf_counter(), time.process_time()
    pdf = make()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    peak = _peak()
    from pypdf import PdfReader

    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    return {
        "pages": pages,
        "ms": clock * 1000,
        "processor ms": processor * 1000,
        "pages/s": pages / clock,
        "MB before": before,
        "peak MB": peak,
        "kB": len(pdf) / 1024,
    }


def _maker(maker: str, kind: str, size: int) -> Callable[[], bytes]:
    """What makes the bytes of a report; its facts, or for another maker its words, are there before the clock runs."""
    from tests.benchmarks import paper_content as content

    if kind == "file":
        return _from_file(size)
    facts: Any = {"report": content.short_report, "history": content.history, "list": content.listing}[kind]
    facts = facts(size) if size else facts()
    if maker == "cliens":
        module = {"report": "client_report", "history": "advice_history", "list": "listing"}[kind]
        render = import_module(f"desktop.reports.{module}").render
        return lambda: bytes(render(facts).pdf)
    from tests.benchmarks import paper_others

    plain: Any = {"report": content.plain_report, "history": content.plain_history, "list": content.plain_listing}[kind]
    words = plain(facts)
    other = {"typst": paper_others.with_typst, "weasyprint": paper_others.with_weasyprint}[maker]
    return lambda: other(words)


def _from_file(size: int) -> Callable[[], bytes]:
    """The same history from a practice's own file, which another process wrote."""
    import datetime as dt

    from db.practice import Practice
    from desktop.reports import family

    folder = tempfile.mkdtemp(prefix="cliens-paper-")
    atexit.register(shutil.rmtree, folder)
    os.environ["CLIENS_HOME"] = f"{folder}/home"
    subprocess.run([sys.executable, "-m", __spec__.name, "write", folder, str(size)], check=True)
    practice = Practice.open(Path(folder) / "long.cliens", backup=False)
    asked = family.Asked(dt.datetime(2026, 11, 21, tzinfo=dt.UTC), client_id=1)
    return lambda: bytes(family.make(practice.ask, family.kind_of("advice-history"), asked).paper.pdf)


def write(folder: str, size: int) -> None:
    """A practice with one client, who has so many entries."""
    from sqlmodel import Session

    from db import tables
    from db.clients import NewClient, add_client
    from db.founding import NewPractice
    from db.parties import NewParty
    from db.practice import Practice
    from tests.benchmarks.paper_content import entries

    kept = ("given_at", "zone", "author", "present", "minutes", "question", "advice", "basis", "options", "risks")

    def write_entries(session: Session) -> None:
        for entry in entries(size):
            told = {name: getattr(entry, name) for name in kept}
            session.add(tables.Advice(client_id=1, state="recorded", recorded_at=entry.given_at, **told))

    new = NewPractice(name="Vega & Noriega", profession="law")
    with Practice.create(Path(folder) / "long.cliens", new, None) as practice:
        practice.do(add_client, NewClient(party=NewParty(name="Iñaki Larrea")))
        practice.do(write_entries)


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _is_measured(maker: str, case: str) -> bool:
    kind, size = CASES[case]
    return maker == "cliens" or (kind != "file" and (maker != "weasyprint" or size < LARGE))


def main(runs: int = RUNS) -> None:
    """Print the table: medians of some runs."""
    from tests.benchmarks.paper_others import missing

    why = {maker: missing(maker) for maker in MAKERS[1:]}
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    print(f"medians of {runs} runs, {os.cpu_count()} cores, load {load}; `before` is the memory after a short report")
    print("\n".join(words for words in why.values() if words))
    heads: list[str] = []
    for case in CASES:
        for maker in MAKERS:
            if why.get(maker) or not _is_measured(maker, case):
                continue
            found = [_run(maker, case) for _ in range(runs)]
            if not heads:
                heads = list(found[0])
                print("| report | by |" + "|".join(f" {name} " for name in heads) + "|")
                print("|---|---|" + "---:|" * len(heads))
            medians = (statistics.median(run[name] for run in found) for name in heads)
            print(f"| {case} | {maker} |" + "|".join(f" {value:,.0f} " for value in medians) + "|", flush=True)


def _run(maker: str, case: str) -> dict[str, float]:
    told = subprocess.run([sys.executable, "-m", __spec__.name, maker, case], capture_output=True, check=True)
    return dict(json.loads(told.stdout))


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(sys.argv[2], int(sys.argv[3]))
    elif len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[1], sys.argv[2])))
    else:
        main(*map(int, sys.argv[1:]))
