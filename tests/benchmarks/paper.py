"""Paper, measured: time and peak memory of the client report, each run in a process of its own."""

from __future__ import annotations

import dataclasses
import json
import resource
import statistics
import subprocess
import sys
import time

RUNS = 5
CASES = {"3 pages": 1, "short: 2 pages": 0, "300 advices": 100}


def measure(case: str) -> dict[str, float]:
    """One report in this process: seconds to import, first and second print, and the peak of resident memory in MB."""
    # The program has its data layer loaded long before it prints.
    import db.tables  # noqa: F401

    before = _peak()
    started = time.perf_counter()
    from desktop.reports.client_report import render
    from tests.reports.sample import LARREA

    imported = time.perf_counter()
    facts = LARREA
    if CASES[case] == 0:
        facts = dataclasses.replace(LARREA, advice=LARREA.advice[:2], promises=LARREA.promises[:3])
    elif CASES[case] > 1:
        facts = dataclasses.replace(LARREA, advice=LARREA.advice * CASES[case])
    first = render(facts)
    done = time.perf_counter()
    render(facts)
    again = time.perf_counter()
    return {
        "pages": first.pages,
        "import ms": (imported - started) * 1000,
        "first ms": (done - imported) * 1000,
        "again ms": (again - done) * 1000,
        "kB": len(first.pdf) / 1024,
        "before MB": before,
        "peak MB": _peak(),
    }


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Print the table: medians of five runs."""
    print(f"medians of {RUNS} runs; `before` is the memory with the data layer loaded and no report")
    for number, case in enumerate(CASES):
        runs = []
        for _ in range(RUNS):
            told = subprocess.run([sys.executable, "-m", __spec__.name, case], capture_output=True, check=True)
            runs.append(json.loads(told.stdout))
        if number == 0:
            print("| report |" + "|".join(f" {name} " for name in runs[0]) + "|")
            print("|---|" + "---:|" * len(runs[0]))
        medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        print(f"| {case} |" + "|".join(f" {value:,.0f} " for value in medians.values()) + "|")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        main()
