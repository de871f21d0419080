"""The program put together: language, look, window, the open practice, and what happens between them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QIcon, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication

from db.errors import Trouble
from desktop import jobs, look, messages, profession, sentences, settings, text
from desktop.alarm import raise_alarm, silence
from desktop.collecting import touched
from desktop.dressing import make_application as make_application
from desktop.dressing import system_language
from desktop.entrance import Entrance, warm
from desktop.jobs import Job
from desktop.offers import offered, print_here
from desktop.rescue import rescue
from desktop.rooms import frame
from desktop.rooms.entries import room_entries
from desktop.shell import style
from desktop.shell.window import Window
from desktop.standing import Standing, say_whose
from desktop.text import _
from desktop.widgets import retold
from desktop.widgets.turns import Turns

if TYPE_CHECKING:
    from db.practice import Practice
    from desktop.ahead import Ahead
    from desktop.finding import Finding
    from desktop.notices import Notices
    from desktop.practice import OpenPractice
    from desktop.reversal import Reversal
    from desktop.shell.search import ResultRow
    from desktop.upkeep import Upkeep

UNSEEN_MS = 1000
# A page on a window that is seen already is painted by then.
SEEN_MS = 30


class App(Entrance):
    """One window and at most one open practice."""

    def __init__(self, choice: settings.Settings, window: Window | None = None) -> None:
        super().__init__(window or Window((), choice, furnish=False), choice)
        self.window.set_rooms(room_entries(self))
        self.opened: OpenPractice | None = None
        self._entering = Turns(self)
        self._reversal: Reversal | None = None
        self._finding: Finding | None = None
        self._standing: Standing | None = None
        self._notices: Notices | None = None
        self._upkeep: Upkeep | None = None
        self._ahead: Ahead | None = None
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._on_idle)
        window = self.window
        window.search_changed.connect(self._on_search)
        window.result_chosen.connect(self._on_result)
        window.log_advice.connect(self.log_advice)
        window.brief.connect(self.brief)
        window.new_enquiry.connect(self.new_enquiry)
        window.offers.append(lambda: offered(self))
        window.print_out.connect(partial(print_here, self))
        window.undo.connect(self._on_undo)
        window.redo.connect(self._on_redo)
        window.lock.connect(self.lock)
        window.room_opened.connect(self._on_room)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.aboutToQuit.connect(self.close)

    def start(self, path: Path | None) -> None:
        """Show the first page at once; make and load everything else when it has been painted."""
        self._hold()
        if path is None:
            self.welcome()
        else:
            self.unlock(path, os.environ.get("CLIENS_PASSPHRASE"))
        if self.window.isVisible():
            QTimer.singleShot(SEEN_MS, self, self._on_seen)
            return
        self.window.show()
        if handle := self.window.windowHandle():
            handle.installEventFilter(self)
        # A window that starts out hidden behind others is never painted, and the work must begin all the same.
        QTimer.singleShot(UNSEEN_MS, self, self._on_seen)

    def _on_seen(self) -> None:
        if self._waiting is None:
            return
        if handle := self.window.windowHandle():
            handle.removeEventFilter(self)
        self._go()
        self._job(warm).ended.connect(self._load_ahead)
        self.window.furnish()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        # Heard at the windows: a listener at the application would be asked about every event of every part of them.
        application.focusWindowChanged.connect(self._hear)
        self._hear(self.window.windowHandle())
        application.setWindowIcon(QIcon(str(look.RESOURCES / "icons" / "cliens.svg")))

    def _load_ahead(self) -> None:
        from desktop.ahead import Ahead

        self._ahead = self._ahead or Ahead(self)

    # ------------------------------------------------------------------ while a practice is open

    @property
    def desk(self) -> OpenPractice | None:
        """The open practice, from when its first page is there."""
        return None if self._entering.busy else self.opened

    def _enter(self, practice: Practice) -> None:
        """Come in, a part in each turn of the window; the cover lies over it until the first page is there."""
        self._entering.begin(self._way_in(practice))

    def _way_in(self, practice: Practice) -> Iterator[None]:
        from desktop.finding import Finding
        from desktop.jottings import give_back, take_up
        from desktop.notices import Notices
        from desktop.practice import OpenPractice
        from desktop.reversal import Reversal
        from desktop.upkeep import Upkeep

        page = self._page
        self.opened = desk = OpenPractice(practice)
        yield
        self._reversal = Reversal(desk, self.window, self)
        self._finding = Finding(desk, self.window, self)
        self._standing = Standing(desk, self.window, self)
        self._notices = Notices(desk, self.window, self)
        self._profession = profession.current()
        desk.changed.connect(self._on_changed)
        desk.done.connect(self._on_done)
        desk.refused.connect(lambda refused: self.window.toast(sentences.refusal(refused)))
        desk.troubled.connect(self._on_trouble)
        yield
        whose = say_whose(desk, self.window)
        self.choice.remember(str(practice.path), whose, dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
        self.choice.save()
        yield
        # What is shown under the cover would find the keyboard there, and not take it.
        stack = self.window.stack
        stack.hide()
        try:
            yield from self.window.way(self._first_room)
            yield
            self._standing.show()
            yield
            if self._page is not page:
                # Whoever went on to another page meanwhile does not want this one any more.
                QTimer.singleShot(0, self, self.close)
                return
            self.cover.lift()
        finally:
            stack.show()
        take_up(desk)
        give_back(desk, self.window)
        self._restart_idle()
        self._greet()
        for warning in practice.warnings:
            self.window.toast(sentences.problem(warning))
        self._upkeep = Upkeep(desk, self.window, self._standing, self)
        frame.prepare_soon(desk, self.window)

    _first_room = "today"
    _profession = ""

    def _greet(self) -> None:
        """Sign with the name of whoever works here; ask once on each computer who that is."""
        from db import people

        assert self.opened is not None
        own = self.opened.practice.uuid
        known = {person.id: person.name for person in self.opened.ask(people.list_people)}
        mine = self.choice.who_am_i.get(own)
        self.opened.practice.who = known.get(mine or 0) or self.opened.practice.who
        if known and mine is None:
            self.choice.who_am_i[own] = 0
            self.choice.save()
            words = _("Who works at this computer? Your name then stands beside what you do.")
            self.window.toast(words, _("Say who I am"), partial(self.show_settings, "people")).until_touched()

    # ------------------------------------------------------------------ choices

    def show_settings(self, tab: str) -> None:
        """Go to one of the pages of Settings."""
        page: Any = self.window.open_room("settings")
        page.show_tab(tab)

    def _on_room(self, name: str) -> None:
        page: Any = self.window.stack.currentWidget()
        if name == "settings" and page is not self._settings:
            self._settings = page
            page.chose.connect(self.choose)
            page.who_am_i.connect(self._on_who)
        elif name == "reports" and page.state() == "no-client-chosen":
            page.start_search()

    _settings: Any = None

    def choose(self, name: str, value: Any) -> None:
        """Keep a choice of this computer and wear it at once."""
        setattr(self.choice, name, value)
        self.choice.save()
        if name == "idle_minutes":
            self._restart_idle()
        if name == "language":
            retold.turn(QApplication.topLevelWidgets(), lambda: text.speak(value or system_language()))
            # The room that sent this is made anew after: it must not see that happen to itself; as with the size below.
            QTimer.singleShot(0, self, self._speak_anew)
        if name not in {"scheme", "text_scale"}:
            return
        style.apply(cast(QApplication, QApplication.instance()), self.choice.scheme, self.choice.text_scale)
        if name == "text_scale":
            QTimer.singleShot(0, self, self._resize)

    def _resize(self) -> None:
        self._settings = None
        self.window.resize_for_text()
        if self.window.current_room() == "settings":
            self.show_settings("computer")

    def _speak_anew(self) -> None:
        self._settings = None
        self.window.speak_anew(room_entries(self))
        if self.desk is None or self._standing is None:
            return
        say_whose(self.desk, self.window)
        self._standing.show()
        if self._upkeep is not None:
            self._upkeep.put_in_order()
        if self.window.current_room() == "settings":
            self.show_settings("computer")

    def _practise_anew(self) -> None:
        """Make the rooms anew in the words of the practice's profession."""
        self._profession = profession.current()
        here, self._settings = self.window.current_room(), None
        self.window.resize_for_text()
        if here == "settings":
            self.show_settings("practice")

    def _on_who(self, person: int) -> None:
        if self.desk is not None:
            self.choice.who_am_i[self.desk.practice.uuid] = person
            self.choice.save()
            self._greet()

    # ------------------------------------------------------------------ what the practice says

    def _on_changed(self, nouns: frozenset[str]) -> None:
        if "practice" in nouns and self.opened is not None:
            say_whose(self.opened, self.window)
            if profession.current() != self._profession:
                # The room that sent this is made anew in other words, which it must not see happen to itself.
                QTimer.singleShot(0, self, self._practise_anew)
        self.window.on_changed(nouns)
        if self._standing is not None:
            self._standing.show(nouns)

    def _on_done(self, step: Any) -> None:
        self.window.toast(sentences.step_words(step), _("Undo"), self._on_undo)

    def _on_undo(self) -> None:
        if self._reversal is not None:
            self._reversal.ask("undo")

    def _on_redo(self) -> None:
        if self._reversal is not None:
            self._reversal.ask("redo")

    def _on_trouble(self, trouble: Trouble) -> None:
        acts = [(_("Save under a new name"), lambda: rescue(self))] if trouble.code == "moved" else []
        raise_alarm(self.window, _("This could not be done."), sentences.trouble(trouble), acts)

    def brief(self) -> None:
        """Lay the brief of the current client over the room in view."""
        if self.desk is None:
            return
        from desktop.rooms.brief import brief_here

        if brief_here(self.window, self.desk) is None:
            self.window.toast(_("Choose a client first: the brief tells of whoever is current."))

    def log_advice(self) -> None:
        """Open *Log advice*, for whoever is selected."""
        if self.desk is not None:
            frame.log_advice(self.window)

    def new_enquiry(self) -> None:
        """Open *A prospect calls*."""
        if self.desk is not None:
            frame.new_enquiry(self.window)

    def _on_search(self, typed: str) -> None:
        if self._finding is None:
            self.window.set_results(())
        else:
            self._finding.ask(typed)

    def _on_result(self, row: ResultRow) -> None:
        self.window.go(row.room, row.record or None)

    # ------------------------------------------------------------------ leaving

    def _on_idle(self) -> None:
        # Long work must not be cut off because its user went for coffee.
        if any(job.is_running() for job in (*self.window.findChildren(Job), *self.findChildren(Job))):
            self._restart_idle()
        else:
            self.lock()

    def lock(self) -> None:
        """Close the file and drop its key; the window shows nothing of it any more."""
        if self.desk is None:
            return
        path = self.desk.path
        self.close()
        self.window.set_practice("", "")
        self.window.set_status("")
        self.window.set_undo(None)
        self.window.toast("").hide()
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible() and not other.close():
                # Whatever it asks must wait: a locked practice is not read over somebody's shoulder.
                other.hide()
        self.unlock(path, locked=True)

    def close(self) -> None:
        """Close the practice, after the jobs that still work on it."""
        self._entering.stop()
        self._idle.stop()
        for part in (self._reversal, self._finding, self._standing, self._upkeep):
            if part is not None:
                part.stop()
        if self._notices is not None:
            self._notices.stop()
            self._notices.deleteLater()
        self._reversal = self._finding = self._standing = self._notices = self._upkeep = None
        jobs.wait_for_all()
        if self.opened is not None:
            self.window.close_rooms()
            self.window.places.forget()
            silence(self.window)
            self.opened.close()
            self.opened.deleteLater()
            self.opened = None

    def _restart_idle(self) -> None:
        if self.choice.idle_minutes and self.opened is not None:
            self._idle.start(self.choice.idle_minutes * 60_000)

    _ACTIVITY = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})

    def _hear(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in self._ACTIVITY:
            touched()
            self._restart_idle()
            if kind == QEvent.Type.MouseButtonPress and self._steps_back(watched, event):
                return True
        elif kind == QEvent.Type.Expose and self._waiting is not None:
            QTimer.singleShot(0, self, self._on_seen)
        return False

    def _steps_back(self, watched: QObject, event: QEvent) -> bool:
        """Go back or forward by the mouse's own buttons; whether it was one of these."""
        by = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}.get(cast(QMouseEvent, event).button())
        if by is None or watched is not self.window.windowHandle():
            return False
        if self.desk is not None:
            self.window.step(by)
        return True


def begin(choice: settings.Settings, window: Window, path: Path | None) -> App:
    """Go on from the first frame: everything behind it, then the first page, on a file if one is given."""
    make_application(choice)
    messages.catch_crashes()
    app = App(choice, window)
    app.start(path)
    return app
