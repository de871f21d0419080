"""How long the Engagements room takes on the large practice: python -m tests.benchmarks.engagements PATH (a copy)."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TURNS = 7


def main(path: Path) -> None:
    """Print the median and the worst of each act in milliseconds, as the window's thread feels it."""
    from PySide6.QtWidgets import QApplication

    from db.practice import Practice
    from desktop import settings
    from desktop.app import make_application
    from desktop.practice import OpenPractice
    from desktop.rooms.engagements.page import EngagementsPage
    from tests.benchmarks.large import PASSPHRASE

    application = make_application(settings.Settings())
    desk = OpenPractice(Practice.open(path, PASSPHRASE, backup=False))
    page = EngagementsPage(desk).whole()
    page.resize(1072, 748)
    page.show()

    def settle() -> None:
        application.processEvents()
        while page.table.rows.loading or page.board.loading:
            QApplication.processEvents()

    def table() -> None:
        page.show_board(False)

    def ids() -> int:
        return page.table.rows.rowCount()

    def letter() -> None:
        page.field.setText(f"n{next(numbers) % 9}")
        page._search()

    table()
    settle()
    print(f"{ids():,} engagements")
    numbers = iter(range(1, 10_000))
    acts: list[tuple[str, Callable[[], Any]]] = [
        ("open the table", table),
        (
            "scroll to a far place",
            lambda: page.table.scrollTo(page.table.rows.index(next(numbers) * 20_000 % ids(), 0)),
        ),
        ("sort by client", lambda: page.table.sort("client", bool(next(numbers) % 2))),
        ("sort by next date", lambda: page.table.sort("next_on", bool(next(numbers) % 2))),
        ("filter by stage", lambda: page.filters.take(replace(page.filters.wanted, stages=("proposed",)))),
        ("show an engagement", lambda: page.view.show_engagement(next(numbers) * 31)),
        ("filter by a letter", lambda: page.field.setText(f"l{next(numbers) % 9}")),
        ("take the filters off", page._take_all),
        ("open the board", lambda: page.show_board(True)),
        ("narrow the board", lambda: page.filters.take(replace(page.filters.wanted, unsigned=bool(next(numbers) % 2)))),
        ("the board by a letter", letter),
    ]
    for words, act in acts:
        taken = []
        for _turn in range(TURNS):
            start = time.perf_counter()
            act()
            application.processEvents()
            taken.append((time.perf_counter() - start) * 1000)
            settle()
        print(f"{words:24} {statistics.median(taken):8.1f} ms   worst {max(taken):8.1f} ms")
    desk.close()
    sys.stdout.flush()
    # The window's parts are not taken down one by one: that takes longer than all that was measured.
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
