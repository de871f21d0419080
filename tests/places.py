"""Every place of the program, arranged to be looked at: by people in the gallery, by rules in tests/everyone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

MOMENT, REPORT_MOMENT = 350, 4000
PROFESSIONS = ("law", "accounting", "design", "")
TABLE = """Full Name,E-mail,Mobile phone,Town,Shoe size
Ana Vega,ana@vega.example,+34 600 100 200,Madrid,38
Łukasz Wójcik,lw@wojcik.example,+48 600 200 300,Kraków,
,,,Nowhere,44
"""


class Place(NamedTuple):
    """One place: its name, how to come there, after how many milliseconds it stands, and its window if not the main."""

    name: str
    arrange: Callable[[], object]
    moment: int = MOMENT
    of: Callable[[], QWidget] | None = None


def covers(app: App, home: Path) -> Iterator[Place]:
    """What is seen before a practice is open."""
    from db.errors import Trouble

    path = home / "vega-noriega.cliens"
    home.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(8192))

    def page() -> Any:
        return app._page

    def weak() -> None:
        app.found()
        page().name.set_value("Vega & Noriega")
        page()._go(1)
        page().first.set_value("herons")

    def refused() -> None:
        weak()
        page()._on_next()

    def recovery() -> None:
        app.found()
        page().key.setText("K7QF-M2XW " * 6)
        page()._go(2)

    def troubled(code: str) -> None:
        facts = {"who": "Ana", "computer": "desk-2", "since": "09:12", "path": path.name, "missing": 3, "after": ""}
        app.unlock(path)
        page().say_trouble(Trouble(code, **facts))

    yield Place("welcome", app.welcome)
    yield Place("founding-1-firm", app.found)
    yield Place("founding-2-passphrase", weak)
    yield Place("founding-2-refused", refused)
    yield Place("founding-3-recovery", recovery)
    yield Place("unlock", partial(app.unlock, path))
    for code in ("wrong-key", "in-use", "damaged", "older-copy"):
        yield Place(f"unlock-{code}", partial(troubled, code))


def open_practice(app: App, home: Path, profession: str) -> None:
    """Open the sample practice of a profession, or for an empty text a practice that holds nothing yet."""
    from db.founding import NewPractice
    from db.practice import Practice

    path = home / f"{profession or 'empty'}.cliens"
    if profession:
        from db.people import list_people
        from desktop.sample import sample_practice

        practice = sample_practice(path, profession)
        # Somebody of the practice sits at this computer, so that nobody has to be asked who it is.
        app.choice.who_am_i[practice.uuid] = practice.ask(list_people)[0].id
    else:
        practice = Practice.create(path, NewPractice(name="Alder & Finch"), None)
    app._enter(practice)
    app._entering.finish()


def places(app: App, home: Path, profession: str) -> Iterator[Place]:
    """What is seen in the open practice of a profession: law shows everything, the others what is theirs alone."""
    from desktop.rooms.entries import room_entries

    names = [entry.name for entry in room_entries(app)]
    for name in names if profession in ("law", "") else names[:2]:
        yield Place(f"{profession or 'empty'}-{name}", partial(app.window.open_room, name))
    if profession:
        from tests import gallery_engagements

        yield from (Place(*each) for each in gallery_engagements.pictures(app, profession))
    if profession == "law":
        yield from _law(app, home)


def _law(app: App, home: Path) -> Iterator[Place]:
    from tests import (
        gallery_advice,
        gallery_client,
        gallery_clients,
        gallery_enquiry,
        gallery_frame,
        gallery_joined,
        gallery_listening,
        gallery_more,
        gallery_print,
        gallery_proof,
        gallery_reports,
        gallery_today,
    )

    room: Callable[..., Any] = app.window.open_room
    assert app.desk is not None
    listening = (Place(*each) for each in gallery_listening.pictures(room, MOMENT))
    yield from (form._replace(name=f"form-{form.name}") for form in chain(_forms(app, home), listening, _passing(app)))
    yield from (Place(*each) for each in gallery_client.client_pictures(room, app.desk, home))
    yield from (Place(*each) for each in gallery_joined.pictures(app))
    yield from _dialogs(app)
    yield from (Place(*each) for each in gallery_clients.pictures(room))
    yield from (Place(*each)._replace(name=f"form-{each[0]}") for each in gallery_enquiry.pictures(app))
    yield from (Place(*each) for each in gallery_advice.pictures(app))
    yield from (Place(*each) for each in gallery_frame.pictures(app))
    yield from (Place(*each) for each in gallery_more.pictures(app))
    yield from (Place(*each) for each in gallery_print.pictures(app))
    yield from (Place(*each) for each in gallery_reports.pictures(app))
    yield from (Place(*each) for each in gallery_proof.pictures(app))
    yield from (Place(*each) for each in gallery_today.pictures(app))


def _forms(app: App, home: Path) -> Iterator[Place]:
    room: Callable[..., Any] = app.window.open_room

    def bring(name: str, content: bytes) -> None:
        path = home / name
        path.write_bytes(content)
        room("exchange").leave()
        room("exchange").take(path)

    cp1250 = "Name,City\nŁukasz Wójcik,Kraków\n".encode("cp1250")
    yield Place("client-new", lambda: room("clients").write())
    yield Place("client-edit", lambda: (room("clients").take_off(), room("clients").view.edit()))
    yield Place("engagement-new", lambda: (room("clients").take_off(), room("engagements").write()))
    yield Place("promise-new", lambda: (room("engagements").take_off(), room("trust").write_promise()))
    yield Place("trust-note-new", lambda: (room("trust").take_off(), room("trust").write_note()))
    yield Place("conflicts-result", lambda: _conflicts(app), 1500)
    yield Place("conflicts-decision", lambda: (room("trust").take_off(), room("conflicts").open_form()))
    yield Place("report", lambda: room("reports", 1), REPORT_MOMENT)
    yield Place("report-days", lambda: room("reports").form.period.set_value("days"))
    yield Place("import-table", lambda: bring("people.csv", TABLE.encode()), 1500)
    yield Place("import-done", lambda: room("exchange").bring(), 2000)
    yield Place("import-encoding", lambda: bring("old.csv", cp1250), 1500)
    yield Place("import-columns", lambda: bring("strange.csv", b"Wer,Wo genau\nAna Vega,Madrid\n"), 1500)
    yield Place("import-refused", lambda: bring("nothing.csv", b""), 1500)


def _conflicts(app: App) -> None:
    from db.clients import list_client_ids, list_client_rows

    room: Any = app.window.open_room("conflicts")
    assert app.desk is not None
    known = app.desk.ask(list_client_rows, app.desk.ask(list_client_ids)[:1])[0].name
    room.line.setText(f"{known}; Nobody Ever Met")
    room.check()


def _passing(app: App) -> Iterator[Place]:
    from PySide6.QtTest import QTest

    def search() -> None:
        app.window.activateWindow()
        QTest.qWait(MOMENT)
        app.window.top.search.setFocus()
        QTest.keyClicks(app.window.top.search, "lar")

    def toast() -> None:
        app.window.top.search.leave()
        app.window.toast("Advice recorded — Larrea v. Portus", "Undo", lambda: None)

    yield Place("search", search)
    yield Place("toast", toast)


def _dialogs(app: App) -> Iterator[Place]:
    from desktop import messages

    box = messages._box(
        app.window,
        "Delete the backups older than a year?",
        "Undo cannot bring them back. The practice itself stays as it is.",
    )
    box.addButton("Delete them", box.ButtonRole.AcceptRole)
    box.addButton("Cancel", box.ButtonRole.RejectRole)
    yield Place("dialog-ask", box.show, of=lambda: box)
    box.close()
