"""Every page, form, dialog and empty state as a picture, for people to look at: `python -m tests.gallery OUT`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.gallery_client import client_pictures

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from desktop.app import App

SCHEMES, SCALES, LANGUAGES = ("light", "dark"), (1.0, 1.5), ("en",)
SIZE = (1280, 800)
MOMENT, REPORT_MOMENT = 350, 4000
TABLE = """Full Name,E-mail,Mobile phone,Town,Shoe size
Ana Vega,ana@vega.example,+34 600 100 200,Madrid,38
Łukasz Wójcik,lw@wojcik.example,+48 600 200 300,Kraków,
,,,Nowhere,44
"""


def main() -> int:
    """Render all that was asked for; gives 1 when something could not be rendered."""
    asked = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--scale", type=float, action="append")
    asked.add_argument("--scheme", choices=(*SCHEMES, "contrast"), action="append")
    asked.add_argument("--lang", action="append")
    asked.add_argument("--only", default="", help="only pictures whose name holds this")
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.here:
        return _Gallery(options.out, options.scheme[0], options.lang[0], options.only).render()
    failed = 0
    for scale in options.scale or SCALES:
        for scheme in options.scheme or SCHEMES:
            for language in options.lang or LANGUAGES:
                folder = options.out / f"{scheme}-{round(scale * 100)}-{language}"
                # The scale is read once, when Qt loads: each has a process of its own.
                with tempfile.TemporaryDirectory(prefix="cliens-gallery-") as home:
                    environment = os.environ | {
                        "QT_SCALE_FACTOR": str(scale),
                        "QT_QPA_PLATFORM": "offscreen",
                        "CLIENS_HOME": home,
                    }
                    command = [sys.executable, "-m", "tests.gallery", str(folder), "--here", "--scheme", scheme]
                    command += ["--lang", language, "--only", options.only]
                    failed |= subprocess.run(command, env=environment, check=False).returncode
    return failed


class _Gallery:
    """One scheme in one language at the scale that Qt was loaded with."""

    def __init__(self, folder: Path, scheme: str, language: str, only: str) -> None:
        from desktop import settings
        from desktop.app import App, make_application

        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.only = folder, only
        choice = settings.Settings(scheme=scheme, language=language, idle_minutes=0)
        self.application = make_application(choice)
        self.app: App = App(choice)
        self.app.window.resize(*SIZE)
        self.app.window.show()
        self.home = settings.home()
        self.failed = 0

    def render(self) -> int:
        """Render everything; gives 1 when something failed, and says what."""
        self._covers()
        for profession in ("law", "accounting", "design"):
            self._rooms(profession)
        self._rooms("")
        self.app.close()
        self.app.window.close()
        return int(bool(self.failed))

    def _take(self, name: str, arrange: Callable[[], object], moment: int = MOMENT, of: Any = None) -> None:
        if self.only not in name:
            return
        try:
            arrange()
            _let_pass(moment)
            picture = (of() if callable(of) else of).grab() if of is not None else self._picture()
            if not picture.save(str(self.folder / f"{name}.png")):
                raise OSError(f"{name}.png cannot be written")
        except Exception as error:
            self.failed += 1
            print(f"{self.folder.name}/{name}: {type(error).__name__}: {error}", file=sys.stderr)

    def _picture(self) -> QPixmap:
        """The window with whatever pops up over it, such as a list of suggestions."""
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QApplication

        window = self.app.window
        picture = window.grab()
        painter = QPainter(picture)
        for over in QApplication.topLevelWidgets():
            if over is not window and over.isVisible():
                painter.drawPixmap(over.pos() - window.pos(), over.grab())
        painter.end()
        return picture

    # ------------------------------------------------------------------ before a practice is open

    def _covers(self) -> None:
        from db.errors import Trouble

        app, path = self.app, self.home / "vega-noriega.cliens"
        self._take("welcome", app.welcome)
        self._take("founding-1-firm", app.found)
        page: Any = app._page

        def weak() -> None:
            page.name.set_value("Vega & Noriega")
            page._go(1)
            page.first.set_value("herons")

        if self.only in "founding-":
            self._take("founding-2-passphrase", weak)
            self._take("founding-2-refused", lambda: page._on_next())
            self._take("founding-3-recovery", lambda: (page.key.setText("K7QF-M2XW " * 6), page._go(2)))
        self.home.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(8192))
        self._take("unlock", lambda: app.unlock(path))
        for code in ("wrong-key", "in-use", "damaged", "older-copy"):
            facts = {"who": "Ana", "computer": "desk-2", "since": "09:12", "path": path.name, "missing": 3, "after": ""}
            self._take(f"unlock-{code}", partial(self._troubled, path, Trouble(code, **facts)))

    def _troubled(self, path: Path, trouble: Any) -> None:
        self.app.unlock(path)
        page: Any = self.app._page
        page.say_trouble(trouble)

    # ------------------------------------------------------------------ inside

    def _rooms(self, profession: str) -> None:
        from db.founding import NewPractice
        from db.practice import Practice
        from desktop.rooms.entries import room_entries

        kind = profession or "empty"
        path = self.home / f"{kind}.cliens"
        if profession:
            from desktop.sample import sample_practice

            practice = sample_practice(path, profession)
        else:
            practice = Practice.create(path, NewPractice(name="Alder & Finch"), None)
        self.app._enter(practice)
        _let_pass(MOMENT)
        names = [entry.name for entry in room_entries(self.app)]
        for name in names if profession in ("law", "") else names[:2]:
            self._take(f"{kind}-{name}", partial(self._room, name))
        if profession:
            from tests import gallery_engagements

            for name, arrange, moment in gallery_engagements.pictures(self.app, profession):
                self._take(name, arrange, moment)
        if profession == "law":
            for name, arrange, moment in self._forms():
                self._take(f"form-{name}", arrange, moment)
            assert self.app.desk is not None
            for name, arrange, moment in client_pictures(self._room, self.app.desk, self.home):
                self._take(name, arrange, moment)
            self._dialogs()
            from tests import gallery_advice, gallery_clients, gallery_enquiry, gallery_frame, gallery_today

            for name, arrange, moment in gallery_clients.pictures(self._room):
                self._take(name, arrange, moment)
            for name, arrange, moment, of in gallery_enquiry.pictures(self.app):
                self._take(f"form-{name}", arrange, moment, of)
            for name, arrange, moment, of in gallery_advice.pictures(self.app):
                self._take(name, arrange, moment, of)
            for name, arrange, moment in gallery_frame.pictures(self.app):
                self._take(name, arrange, moment)
            for name, arrange, moment in gallery_today.pictures(self.app):
                self._take(name, arrange, moment)
        self.app.close()
        self.app.window.set_practice("", "")

    def _room(self, name: str, record: int | None = None) -> Any:
        return self.app.window.open_room(name, record)

    def _forms(self) -> Iterator[tuple[str, Callable[[], object], int]]:
        from tests import gallery_listening

        room = self._room
        yield "client-new", lambda: room("clients").write(), MOMENT
        yield "client-edit", lambda: (room("clients").take_off(), room("clients").view.edit()), MOMENT
        yield "engagement-new", lambda: (room("clients").take_off(), room("engagements").write()), MOMENT
        yield "promise-new", lambda: (room("engagements").take_off(), room("trust").write_promise()), MOMENT
        yield "trust-note-new", lambda: (room("trust").take_off(), room("trust").write_note()), MOMENT
        yield "conflicts-result", self._conflicts, 1500
        yield "conflicts-decision", lambda: (room("trust").take_off(), room("conflicts").open_form()), MOMENT
        yield "report", lambda: room("reports", 1), REPORT_MOMENT
        yield "report-days", lambda: room("reports").form.period.set_value("days"), MOMENT
        yield "import-table", self._import_table, 1500
        yield "import-done", lambda: room("exchange").bring(), 2000
        yield "import-encoding", self._import_encoding, 1500
        yield "import-columns", self._import_columns, 1500
        yield "import-refused", self._import_refused, 1500
        yield from gallery_listening.pictures(room, MOMENT)
        yield "search", self._search, MOMENT
        yield "toast", self._toast, MOMENT

    def _conflicts(self) -> None:
        room = self._room("conflicts")
        desk = self.app.desk
        assert desk is not None
        from db.clients import list_client_ids, list_client_rows

        known = desk.ask(list_client_rows, desk.ask(list_client_ids)[:1])[0].name
        room.line.setText(f"{known}; Nobody Ever Met")
        room.check()

    def _import(self, name: str, content: bytes) -> None:
        path = self.home / name
        path.write_bytes(content)
        room = self._room("exchange")
        room.leave()
        room.take(path)

    def _import_table(self) -> None:
        self._import("people.csv", TABLE.encode())

    def _import_encoding(self) -> None:
        self._import("old.csv", "Name,City\nŁukasz Wójcik,Kraków\n".encode("cp1250"))

    def _import_columns(self) -> None:
        self._import("strange.csv", b"Wer,Wo genau\nAna Vega,Madrid\n")

    def _import_refused(self) -> None:
        self._import("nothing.csv", b"")

    def _search(self) -> None:
        from PySide6.QtTest import QTest

        field = self.app.window.top.search
        self.app.window.activateWindow()
        _let_pass(MOMENT)
        field.setFocus()
        QTest.keyClicks(field, "lar")

    def _toast(self) -> None:
        self.app.window.top.search.clear()
        self.app.window.toast("Advice recorded — Larrea v. Portus", "Undo", lambda: None)

    def _dialogs(self) -> None:
        from desktop import messages

        box = messages._box(
            self.app.window,
            "Delete the backups older than a year?",
            "Undo cannot bring them back. The practice itself stays as it is.",
        )
        box.addButton("Delete them", box.ButtonRole.AcceptRole)
        box.addButton("Cancel", box.ButtonRole.RejectRole)
        self._take("dialog-ask", box.show, of=box)
        box.close()


def _let_pass(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
