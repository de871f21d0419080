"""The main job done once in the real window on a file of its own: the proof that this installation works."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app import App
    from desktop.practice import OpenPractice

PASSPHRASE = "seven quiet herons at dusk"
QUESTION = "Accept the offer of 165,000, or go to trial in March?"
ADVICE = "Settle below 180,000; after March the costs exceed the likely gain."
PROMISE = "Call before the hearing"
CONFIDENCE = "would take a third less rather than stand in court"
PATIENCE = 60.0


class Failed(Exception):
    """A step did not do what it should."""


def self_test() -> int:
    """Do the main job on a temporary file, say each step, and give 0 when all of it is right, else 1."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    crashes: list[BaseException] = []
    before = sys.excepthook

    def note_crash(kind: type[BaseException], error: BaseException, where: Any) -> None:
        crashes.append(error)
        before(kind, error, where)

    sys.excepthook = note_crash
    home = os.environ.get("CLIENS_HOME")
    with tempfile.TemporaryDirectory(prefix="cliens-self-test-", ignore_cleanup_errors=True) as folder:
        os.environ["CLIENS_HOME"] = str(Path(folder) / "home")
        try:
            _MainJob(Path(folder)).run()
            if crashes:
                raise Failed(f"{len(crashes)} errors in the window")
        except Exception as error:
            if not isinstance(error, Failed):
                traceback.print_exc()
            print(f"FAILED  {error}", flush=True)
            return 1
        finally:
            sys.excepthook = before
            if home is None:
                del os.environ["CLIENS_HOME"]
            else:
                os.environ["CLIENS_HOME"] = home
    print("All is well.", flush=True)
    return 0


class _MainJob:
    """The story, step by step; each step looks at the window and at the file."""

    def __init__(self, folder: Path) -> None:
        from desktop import settings
        from desktop.app import App, make_application

        self.path = folder / "practice.cliens"
        choice = settings.Settings(language="en", scheme="light", idle_minutes=0)
        self.application = make_application(choice)
        self.app: App = App(choice)
        self.client = self.engagement = 0
        self.recovery_key = ""

    def run(self) -> None:
        """Do every step in turn; raises Failed at the first that is not right."""
        steps: list[tuple[str, Callable[[], object]]] = [
            ("the window is on the screen", self.open_window),
            ("a practice is made under a passphrase", self.make_practice),
            ("a client and an engagement are opened", self.open_engagement),
            ("a conflict check finds the client", self.check_conflicts),
            ("advice is written into the form and recorded", self.log_advice),
            ("a promise and a confidence are noted", self.note_trust),
            ("a word of the advice is found again", self.find),
            ("a slip is undone", self.undo),
            ("the report has the advice and not the confidence", self.report),
            ("the file cannot be read without the passphrase", self.lock),
            ("opened again, everything is there", self.open_again),
            ("the record is whole", self.check),
        ]
        try:
            for words, step in steps:
                try:
                    self.come_forward()
                    step()
                except Failed as failed:
                    raise Failed(f"{words}: {failed}") from failed
                print(f"ok  {words}", flush=True)
        finally:
            self.app.close()
            self.app.window.close()

    @property
    def desk(self) -> OpenPractice:
        """The open practice."""
        desk = self.app.desk
        if desk is None:
            raise Failed("no practice is open")
        return desk

    def come_forward(self) -> None:
        """Have the keyboard: a screen without a window manager takes it away and never gives it back."""
        window = self.app.window
        if window.isVisible() and not window.isActiveWindow():
            window.activateWindow()
            _wait(window.isActiveWindow, "the window does not come forward")

    def open_window(self) -> None:
        """Show the real window with its first page."""
        self.app.start(None)
        self.come_forward()

    def make_practice(self) -> None:
        """Go through the founding page as its buttons do."""
        self.app.found()
        page = self.app._page
        new = {"name": "Vega & Noriega", "profession": "law", "country": "ES", "currency": "EUR", "language": "en"}
        page.name.set_value(new["name"])
        page.made.emit(new, PASSPHRASE, self.path)
        _wait(page.key.text, "no recovery key is shown")
        shown = page.key.text()
        page.kept.setChecked(True)
        page.done.emit()
        _wait(lambda: self.app.desk is not None, "the practice does not open")
        self.recovery_key = self.desk.practice.recovery_key or ""
        _require(bool(self.recovery_key), "the file has no key")
        _require(_letters(shown) == _letters(self.recovery_key), "another recovery key is shown")

    def open_engagement(self) -> None:
        """Add a client and an engagement."""
        from db.clients import NewClient, add_client
        from db.engagements import NewEngagement, add_engagement
        from db.parties import NewParty

        party = NewParty(kind="person", given_name="Iñaki", family_name="Larrea")
        done = self.desk.do(add_client, NewClient(party=party, standing="client"))
        self.client = int(str(done.result))
        new = NewEngagement(client_id=self.client, title="Larrea v. Portus", stage="active")
        self.engagement = int(str(self.desk.do(add_engagement, new).result))

    def check_conflicts(self) -> None:
        """Ask for a misspelt name in the conflict room."""
        room: Any = self.app.window.open_room("conflicts")
        room.line.setText("Ignacio Larea")
        room.check()
        _wait(lambda: room.result is not None, "the check gives no answer")
        _require(bool(room.result.names[0].hits), "the misspelt client is not found")

    def log_advice(self) -> None:
        """Open the form by its shortcut, type, and record by keystroke."""
        from db.advice import list_advice
        from desktop.rooms.advice import writing

        window = self.app.window
        window.open_room("clients", self.client)
        _press(window, "Ctrl+Shift+A")
        _wait(lambda: bool(writing.windows(window)), "the form does not open")
        _wait(writing.windows(window)[0].isActiveWindow, "the form does not take the keyboard")
        form = writing.windows(window)[0].form
        form.fill_client(self.client, self.engagement)
        for name, typed in (("question", QUESTION), ("advice", ADVICE)):
            form.fields[name].setFocus()
            _type(form.fields[name].entry, typed)
        _press(form.fields["advice"].entry, "Ctrl+Return")
        _wait(lambda: not writing.windows(window), "the form does not close")
        rows = self.desk.ask(list_advice, self.client)
        _require([(row.advice, row.state) for row in rows] == [(ADVICE, "recorded")], "the advice is not on record")

    def note_trust(self) -> None:
        """Note a promise and a confidence."""
        from db.trust import NewPromise, NewTrustNote, add_promise, note_trust

        due = dt.date.today() + dt.timedelta(days=2)
        self.desk.do(add_promise, NewPromise(client_id=self.client, text=PROMISE, due_on=due))
        self.desk.do(note_trust, NewTrustNote(client_id=self.client, kind="confidence", text=CONFIDENCE))

    def find(self) -> None:
        """Type in the search field of the window."""
        from db.search import find

        window = self.app.window
        _press(window, "Ctrl+K")
        field = window.top.search
        _require(field.hasFocus(), "the search field is not reached by its keys")
        asked: list[str] = []
        window.search_changed.connect(asked.append)
        _type(field, "exceed likely")
        _wait(lambda: asked[-1:] == ["exceed likely"], "the window does not search")
        found = self.desk.ask(find, "exceed likely")
        _require([hit.noun for hit in found.hits] == ["advice"], "the advice is not found")
        _require(self.desk.ask(find, "third less").total == 0, "a confidence is found without being asked for")
        field.clear()

    def undo(self) -> None:
        """Make a slip and take it back by keystroke."""
        from db.followups import NewFollowUp, add_follow_up, list_follow_ups

        day = dt.date.today()
        self.desk.do(add_follow_up, NewFollowUp(client_id=self.client, what="A slip of the hand", due_on=day))
        self.app.window.open_room("clients")
        self.app.window.stack.setFocus()
        _press(self.app.window, "Ctrl+Z")
        _wait(lambda: not self.desk.ask(list_follow_ups, self.client), "the slip is still there")

    def report(self) -> None:
        """Make the client's report, as it is seen and as it is saved."""
        room: Any = self.app.window.open_room("reports", self.client)
        _wait(room.save_button.isEnabled, "the report is not made")
        words = " ".join(room.preview.text().split())
        for said in ("Larrea", "after March the costs exceed", PROMISE):
            _require(said in words, f"the report does not say “{said}”")
        _require("third less" not in words, "the report tells a confidence")
        _require(room.made.paper.pdf.startswith(b"%PDF-"), "the report is no PDF")

    def lock(self) -> None:
        """Lock the practice and look at what lies on the disk."""
        from db.errors import Trouble
        from db.practice import Practice

        self.app.lock()
        _require(self.app.desk is None, "the practice is still open")
        raw = self.path.read_bytes()
        for plain in (b"SQLite format 3", b"Larrea", CONFIDENCE.encode()):
            _require(plain not in raw, "the file can be read")
        try:
            Practice.open(self.path, "not the passphrase").close()
        except Trouble as trouble:
            _require(trouble.code == "wrong-key", f"a wrong passphrase gives {trouble.code}")
        else:
            raise Failed("a wrong passphrase opens it")

    def open_again(self) -> None:
        """Unlock by typing, and look for everything."""
        from db.overview import brief

        page = self.app._page
        page.passphrase.setFocus()
        _type(page.passphrase.entry, PASSPHRASE)
        _press(page.passphrase.entry, "Return")
        _wait(lambda: self.app.desk is not None, "the practice does not open")
        known = self.desk.ask(brief, self.client, confidences=True)
        _require([row.advice for row in known.advice] == [ADVICE], "the advice is gone")
        _require([row.text for row in known.promises] == [PROMISE], "the promise is gone")
        _require([row.text for row in known.trust_notes] == [CONFIDENCE], "the confidence is gone")
        _require(len(known.engagements) == 1, "the engagement is gone")
        _require(self.desk.practice.recovery_key == self.recovery_key, "the recovery key is another one")

    def check(self) -> None:
        """Verify pages, keys, index and chain."""
        checked = self.desk.practice.check()
        _require(checked.ok, ", ".join(problem.code for problem in checked.problems))


def _require(right: bool, otherwise: str) -> None:
    if not right:
        raise Failed(otherwise)


def _letters(key: str) -> str:
    return "".join(sign for sign in key if sign.isalnum())


def _wait(until: Callable[[], object], otherwise: str) -> None:
    """Let the window work until something is so."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

    deadline = QDeadlineTimer(int(PATIENCE * 1000))
    while not until():
        if deadline.hasExpired():
            raise Failed(otherwise)
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def _press(widget: QWidget, keys: str) -> None:
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest

    pressed: Any = QKeySequence(keys)[0]  # type: ignore[index]
    QTest.keyClick(widget, pressed.key(), pressed.keyboardModifiers())


def _type(widget: QWidget, text: str) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClicks(widget, text)
