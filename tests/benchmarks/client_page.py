"""How long the window waits for a client's page on a large practice: `python -m tests.benchmarks.client_page FILE`."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

PASSPHRASE = "seven quiet herons at dusk"
TARGET_MS = 50.0


def main() -> int:
    """Print median and worst of each thing one does on the page; gives 1 where the worst is over the target."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.client_page", description=__doc__)
    asked.add_argument("file", type=Path, help="a large practice; it is only read")
    asked.add_argument("--clients", type=int, default=60)
    asked.add_argument("--passphrase", default=PASSPHRASE)
    options = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="cliens-benchmark-") as home:
        os.environ["CLIENS_HOME"] = home
        return _measure(options.file, options.clients, options.passphrase)


def _measure(path: Path, count: int, passphrase: str) -> int:
    from db import overview, story
    from db.brief import meeting_brief
    from db.practice import Practice
    from desktop import settings
    from desktop.app import make_application
    from desktop.practice import OpenPractice
    from desktop.rooms.brief import show_brief
    from desktop.rooms.clients.client import ClientView
    from desktop.rooms.covered import CoveredRoom

    application = make_application(settings.Settings(scheme="light", language="en"))
    practice = Practice.open(path, passphrase, backup=False)
    desk = OpenPractice(practice)
    room = CoveredRoom(desk)
    view = ClientView(room)
    room.set_page(view)
    room.resize(520, 760)
    room.show()
    last = _number(desk, "SELECT max(id) FROM client")
    some = [1 + at * max(1, last // count) for at in range(count)]
    busiest = _number(desk, "SELECT client_id FROM advice GROUP BY client_id ORDER BY count(*) DESC LIMIT 1")
    worst = 0.0

    def said(what: str, act: Callable[[int], object], clients: list[int]) -> None:
        nonlocal worst
        times = []
        for client_id in clients:
            began = time.perf_counter()
            act(client_id)
            application.processEvents()
            times.append((time.perf_counter() - began) * 1000)
        worst = max(worst, *times[1:])
        print(f"{what:<36} median {statistics.median(times):6.1f} ms   worst {max(times[1:]):6.1f} ms")

    print(f"{last:,} clients; the busiest is number {busiest}")
    view.show_client(some[0])
    said("head, read", lambda one: desk.ask(overview.head, one), some)
    said("first page of the story, read", lambda one: desk.ask(story.story, one), some)
    said("brief, read", lambda one: desk.ask(meeting_brief, one), some)
    said("page opened on its story", view.show_client, some)
    said("the busiest client's page", view.show_client, [some[0], busiest] * 5)
    for key in ("engagements", "trust", "people", "files", "details"):
        view.tabs.choose(key)
        said(f"page opened on {key}", view.show_client, some)
    view.tabs.choose("story")

    def brief(one: int) -> None:
        show_brief(desk, room, one).take_off()

    said("brief on screen", brief, some)
    view.show_client(busiest)

    def more(_one: int) -> None:
        bar = view.timeline.verticalScrollBar()
        bar.setValue(bar.maximum())

    said("scrolled to the end, again and again", more, [0] * 220)
    print(f"{len(view.timeline.moments()):,} entries told")
    desk.close()
    return int(worst > TARGET_MS)


def _number(desk: OpenPractice, query: str) -> int:
    return int(desk.ask(lambda session: session.connection().exec_driver_sql(query).scalar()) or 0)


if __name__ == "__main__":
    sys.exit(main())
