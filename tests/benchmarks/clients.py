"""How long the table of clients holds the window, and when its rows are there: python -m tests.benchmarks.clients."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.large import PASSPHRASE
from tests.benchmarks.window import GOAL_MS, Watch

CHIPS: Sequence[tuple[str, Any]] = (
    *(("standing", "client"), ("standing", "quiet"), ("standing", "at risk"), ("grade", "A"), ("tag", "Arts")),
    *(("responsible", 1), ("city", "Madrid"), ("no engagement", None), ("no contact", 90), ("concern", None)),
    *(("text", "lar"), ("custom", ("Sector", "Art"))),
)


def main() -> int:
    """Print the table; gives 1 where something held the window for longer than the goal."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("practice", type=Path)
    chosen = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="cliens-clients-") as folder:
        os.environ["CLIENS_HOME"] = f"{folder}/home"
        path = Path(shutil.copy(chosen.practice, f"{folder}/large.cliens"))
        return _measure(path)


def _measure(path: Path) -> int:
    from desktop import settings
    from desktop.app import App, make_application

    application = make_application(settings.Settings(language="en", scheme="light", idle_minutes=0))
    app = App(settings.Settings(language="en", scheme="light", idle_minutes=0))
    app.window.resize(1280, 800)
    app.start(None)
    watch = Watch(application)
    print("milliseconds: how long the window was held (median, worst), and until the rows stood (median)")
    app.unlock(path, PASSPHRASE)
    list(watch.turns(lambda: app.desk is not None))
    list(watch.turns())
    waited: dict[str, float] = {}

    def until_there(name: str, acts: Sequence[Callable[[], object]], table: Callable[[], Any]) -> None:
        """Do each, and wait until no ids are on their way and the window has painted them."""
        whole: list[float] = []

        def timed(act: Callable[[], object]) -> None:
            act()
            if not heard:
                heard.append(table().loaded.connect(arrived))

        def arrived() -> None:
            whole.append((time.perf_counter() - begun[-1]) * 1000)

        def start(act: Callable[[], object]) -> None:
            begun.append(time.perf_counter())
            timed(act)

        begun: list[float] = []
        heard: list[object] = []
        watch.times(name, [lambda a=act: start(a) for act in acts])  # type: ignore[misc]
        table().loaded.disconnect(arrived)
        waited[name] = statistics.median(whole) if whole else 0.0
        print(f"    rows after {waited[name]:.0f}")

    _walk(app, until_there)
    app.close()
    return int(any(max(held) > GOAL_MS for _, held, _ in watch.rows))


def _walk(app: Any, until_there: Callable[..., None]) -> None:
    from PySide6.QtTest import QTest

    from db.client_lists import Condition

    window = app.window
    made: list[Any] = []
    until_there("open the room", [lambda: made.append(window.open_room("clients"))], lambda: made[0].table)
    page = made[0]

    def table() -> Any:
        return page.table

    for column in page.table.rows.columns:
        until_there(f"sort by {column.key}", [lambda c=column: page.table.sort(c.key)] * 3, table)
    page.table.sort("name")
    for kind, value in CHIPS:
        acts = [lambda k=kind, v=value: page.filters.put(Condition(k, v)), page.clear_filters]
        until_there(f"filter: {kind} {value or ''}", acts, table)
    bar = page.table.verticalScrollBar()
    places = [bar.maximum() * step // 200 for step in range(200)]
    until_there("scroll 200 pages", [lambda p=place: bar.setValue(p) for place in places], table)
    page.start_search()
    until_there("type in the filter", [lambda s=one: QTest.keyClicks(page.field, s) for one in "larrea"], table)
    page.clear_filters()
    until_there("select all", [page.table.selectAll], table)
    until_there("the bar's tags", [lambda: page.bulk.tag_menu().close()], table)
    until_there("choose a column", [lambda: page.table.choose("next_on", True)], table)


if __name__ == "__main__":
    sys.exit(main())
