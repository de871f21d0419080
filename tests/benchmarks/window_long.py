"""How long the window is held with a long history, and while a file comes in or the whole practice goes out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.held import Watch
from tests.benchmarks.imports import contacts
from tests.benchmarks.pressing import keys, settled, typed

STEPS, EACH_DELETION, ROWS, EACH_WITHOUT_NAME = 100_000, 500, 20_000, 10
LONGEST_S = 600.0


def history(app: Any, watch: Watch) -> None:
    """The history, its filters and the trash among many steps, which are taken out of the file again."""
    from PySide6.QtCore import Qt

    room: Any = app.window.open_room("settings")
    settled(app, watch)
    before = app.desk.jot(_make_steps)
    try:
        watch.times(f"the history, {STEPS:,} steps", [lambda: room.show_tab("history")])
        settled(app, watch)
        card: Any = next(each for each in room.findChildren(_of("history", "HistoryCard")) if each.isVisible())
        bar = card.list.verticalScrollBar()
        watch.times("scroll it, more comes", [lambda: bar.setValue(bar.maximum())] * 12)
        card.list.setFocus()
        watch.times("walk in it", keys(card.list, *[Qt.Key.Key_Up] * 10))
        for field, name in ((card.who, "who"), (card.verb, "what")):
            choices = range(min(4, field.box.count()))
            watch.times(f"narrow it by {name}", [lambda f=field, a=at: f.box.setCurrentIndex(a) for at in choices])  # type: ignore[misc]
            field.box.setCurrentIndex(0)
            settled(app, watch)
        watch.times("type a client there", typed(card.client.line, "Novak S"))
        client = [lambda c=one: (card.client.set_value((c, "")), card._on_filter()) for one in (1, 77, 4_321)]
        watch.times("narrow it by a client", client)
        card.client.set_value(None)
        watch.times("all of it again", [card.refresh] * 3)
        settled(app, watch)
        watch.times("the trash", [lambda: room.show_tab("trash")])
        settled(app, watch)
        trash: Any = next(each for each in room.findChildren(_of("trash", "TrashCard")) if each.isVisible())
        watch.times("show earlier ones", [trash.load_more] * 3)
        trash.field.setFocus()
        watch.times("find in the trash", typed(trash.field, "call zx"))
        watch.times("look at settings again", [lambda: app.window.look_again("settings")] * 3)
        watch.times("… another tab", [lambda: room.show_tab("practice")])
        settled(app, watch)
    finally:
        app.desk.jot(_take_steps_out, before)


def _of(module: str, name: str) -> Any:
    from importlib import import_module

    return getattr(import_module(f"desktop.rooms.settings.{module}"), name)


def _make_steps(session: Any) -> int:
    """Steps as four people of an office make them, some of them deletions; gives the id of the last one before.

    They are left open, without digests, so that they can be taken out again.
    """
    run = session.connection().exec_driver_sql
    last = int(run("SELECT max(id) FROM step").scalar())
    run(
        f"""WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {STEPS})
        INSERT INTO step (id, at, who, computer, verb, subject, kind)
        SELECT {last} + i, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-' || ({STEPS} - i) || ' minutes'),
            'Person ' || (i % 4), 'desk-' || (i % 3),
            CASE WHEN i % {EACH_DELETION} = 0 THEN 'delete_follow_up'
                ELSE json_extract('["log_advice","add_follow_up","edit_party","add_promise","add_fee"]',
                    '$[' || (i % 5) || ']') END,
            'Call number ' || i, 'do' FROM n"""
    )
    run(
        f"""INSERT INTO change (step_id, noun, row_id, kind, before, after, erased)
        SELECT id, 'follow_up', id % 5000 + 1, CASE WHEN verb LIKE 'delete%' THEN 'delete' ELSE 'update' END,
            '{{"what": "Call", "client_id": 77}}',
            CASE WHEN verb LIKE 'delete%' THEN NULL ELSE '{{"what": "Call again", "client_id": 77}}' END, 0
        FROM step WHERE id > {last}"""
    )
    return last


def _take_steps_out(session: Any, last: int) -> None:
    run = session.connection().exec_driver_sql
    run(f"DELETE FROM change WHERE step_id > {last}")
    run(f"DELETE FROM step WHERE id > {last}")


def exchange(app: Any, watch: Watch) -> None:
    """Look at a file, work while it comes in, undo it; then while the whole practice goes out, which is cancelled."""
    with tempfile.TemporaryDirectory(prefix="cliens-exchange-") as folder:
        _bring_in(app, watch, Path(folder) / "contacts.csv")
        _write_out(app, watch, Path(folder) / "out")


def _bring_in(app: Any, watch: Watch, path: Path) -> None:
    from desktop import jobs

    header, *lines = contacts(ROWS).splitlines()
    nameless = [",,," + line.split(",", 3)[3] if at % EACH_WITHOUT_NAME == 0 else line for at, line in enumerate(lines)]
    path.write_text("\n".join([header, *nameless]) + "\n", encoding="utf-8")
    room: Any = app.window.open_room("exchange")
    settled(app, watch)
    watch.times(f"look at a file of {ROWS:,}", [lambda: room.take(path)], lambda: room.plan is not None, LONGEST_S)
    watch.times("… begin to bring it in", [room.bring])
    _work(app, watch, "while it comes in", lambda: room._job is not None)
    watch.times("… until it is in", [lambda: None], lambda: room._job is None, LONGEST_S)
    app.window.open_room("exchange")
    settled(app, watch)
    watch.times("… undo all of it", [app._on_undo], lambda: not jobs._running, LONGEST_S)
    settled(app, watch)
    room.leave()


def _write_out(app: Any, watch: Watch, folder: Path) -> None:
    room: Any = app.window.open_room("exchange")
    settled(app, watch)
    watch.times("write the practice out", [lambda: room.export_to(folder)])
    _work(app, watch, "while it goes out", lambda: room._job is not None)
    room = app.window.open_room("exchange")
    watch.times("… see how far it is", [lambda: None])
    watch.times("… give it up", [room.stop], lambda: room._job is None, LONGEST_S)


def _work(app: Any, watch: Watch, name: str, goes_on: Any) -> None:
    """Walk, scroll, find and go to another room, as long as it goes on, some times at most."""
    from PySide6.QtCore import Qt

    from desktop.widgets.table import Table

    for _time in range(3):
        if not goes_on():
            break
        watch.times(f"open clients {name}", [lambda: app.window.open_room("clients")])
        table = app.window.open_room("clients").findChild(Table)
        table.setFocus()
        watch.times(f"walk {name}", keys(table, *[Qt.Key.Key_Down] * 6))
        watch.times(f"find {name}", typed(app.window.top.search, "larr"))
        app.window.top.search.clear()
        watch.times(f"open today {name}", [lambda: app.window.open_room("today")])
