"""The program put together: language, look, window, the open practice, and what happens between them."""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from db.errors import Refused, Trouble
from desktop import jobs, look, messages, sentences, settings, text
from desktop.jobs import Job
from desktop.rooms.entries import room_entries
from desktop.shell import style
from desktop.shell.cover import Cover
from desktop.shell.window import ResultRow, Window
from desktop.text import _

if TYPE_CHECKING:
    from db.practice import Practice
    from desktop.practice import OpenPractice

_ROOM_OF = {
    "client": ("clients", "users"),
    "party": ("clients", "user"),
    "engagement": ("engagements", "briefcase"),
    "advice": ("advice", "scroll-text"),
    "trust_note": ("trust", "handshake"),
    "promise": ("trust", "handshake"),
    "follow_up": ("clients", "calendar"),
    "attachment": ("clients", "paperclip"),
}


class App(QObject):
    """One window and at most one open practice."""

    def __init__(self, choice: settings.Settings) -> None:
        super().__init__()
        self.choice = choice
        self.desk: OpenPractice | None = None
        self.window = Window(room_entries(self), choice)
        self.cover = Cover(self.window)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        self._jobs: list[Job] = []
        self._page: Any = None
        window = self.window
        window.search_changed.connect(self._on_search)
        window.result_chosen.connect(self._on_result)
        window.log_advice.connect(self.log_advice)
        window.undo.connect(self._on_undo)
        window.redo.connect(self._on_redo)
        window.lock.connect(self.lock)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.installEventFilter(self)
        application.aboutToQuit.connect(self.close)

    # ------------------------------------------------------------------ before a practice is open

    def start(self, path: Path | None) -> None:
        """Show the window at once; load what the practice needs while it paints."""
        passphrase = os.environ.get("CLIENS_PASSPHRASE")
        if path is None:
            self.welcome()
        elif passphrase is None:
            self.unlock(path)
        self.window.show()
        if path is not None and passphrase is not None:
            QTimer.singleShot(0, self, lambda: self.open(path, passphrase=passphrase))
        else:
            QTimer.singleShot(50, self, lambda: self._job(_warm))

    def welcome(self) -> None:
        """The first page."""
        from desktop.shell.welcome import WelcomePage

        page = WelcomePage([known for known in self.choice.recent if Path(known.path).exists()])
        page.new.connect(self.found)
        page.open.connect(self._on_open)
        page.chosen.connect(lambda name: self.unlock(Path(name)))
        page.sample.connect(self._on_sample)
        self._page = page
        self.window.set_practice("", "")
        self.cover.lay(page)

    def unlock(self, path: Path) -> None:
        """Ask for the key of a file, or open it at once when it has none."""
        from db import vault
        from desktop.shell.unlock import UnlockPage

        name = next((known.name for known in self.choice.recent if known.path == str(path)), "")
        page = UnlockPage(path, name)
        page.tried.connect(partial(self._on_tried, path))
        page.left.connect(self.welcome)
        page.restore.connect(self._on_restore)
        self._page = page
        self.cover.lay(page)
        try:
            if vault.read_header(path) == vault.PLAIN_HEADER:
                self.open(path)
        except Trouble as trouble:
            page.say_trouble(trouble)

    def found(self) -> None:
        """Make a new practice."""
        from desktop.shell.founding import FoundingPage

        page = FoundingPage(_documents(), text.current().language)
        page.left.connect(self.welcome)
        page.made.connect(self._on_made)
        self._page = page
        self.cover.lay(page)

    def _on_made(self, new: dict[str, Any], passphrase: str, path: Path) -> None:
        def make(_progress: object) -> Practice:
            _warm(_progress)
            from db.practice import NewPractice, Practice

            path.unlink(missing_ok=True)  # the dialog asked whether to replace it
            return Practice.create(path, NewPractice(**new), passphrase or None)

        def made(practice: Practice) -> None:
            if practice.recovery_key is None:
                self._enter(practice)
                return
            self._page.show_recovery(practice)
            self._page.done.connect(lambda: self._enter(practice))

        job = self._job(make)
        job.done.connect(made)
        job.failed.connect(lambda error: self._page.say_trouble(_told(error)))

    def _on_open(self) -> None:
        path = messages.choose_file(self.window, _("Open a practice"), _("Cliens practices (*.cliens)"))
        if path is not None:
            self.unlock(path)

    def _on_restore(self) -> None:
        messages.warn(
            self.window,
            _("Backups lie in the folder beside the practice."),
            _("Open the newest one there: it is a whole practice. Then save it under a new name in Settings."),
        )
        self._on_open()

    def _on_sample(self, profession: str) -> None:
        def make(_progress: object) -> Practice:
            _warm(_progress)
            from desktop.sample import sample_practice

            folder = settings.home() / "samples"
            folder.mkdir(parents=True, exist_ok=True)
            moment = dt.datetime.now()
            return sample_practice(folder / f"Sample {profession} {moment:%Y-%m-%d %H.%M.%S}.cliens", profession)

        self._page.bar.say(_("Filling the sample practice…"))
        self._page.setEnabled(False)
        job = self._job(make)
        job.done.connect(self._enter)
        job.failed.connect(self._on_failed)

    def _on_tried(self, path: Path, passphrase: str, recovery: str, accept_older: bool) -> None:
        self.open(path, passphrase=passphrase or None, recovery_key=recovery or None, accept_older=accept_older)

    def open(self, path: Path, **how: Any) -> None:
        """Open a file on a thread: deriving the key takes most of a second on purpose."""

        def work(_progress: object) -> Practice:
            _warm(_progress)
            from db.practice import Practice

            return Practice.open(path, **how)

        job = self._job(work)
        job.done.connect(self._enter)
        job.failed.connect(self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, (Refused, Trouble)):
            raise error
        say = getattr(self._page, "say_trouble", None)
        if say is not None:
            say(error)
            return
        self.welcome()
        self._page.bar.say(_told(error), "error")

    def _job(self, work: Any) -> Job:
        job = Job(work, self)
        self._jobs.append(job)
        job.ended.connect(lambda: self._jobs.remove(job))
        return job.start()

    # ------------------------------------------------------------------ while a practice is open

    def _enter(self, practice: Practice) -> None:
        from db import firm
        from desktop.practice import OpenPractice

        self.desk = desk = OpenPractice(practice)
        desk.changed.connect(self._on_changed)
        desk.done.connect(self._on_done)
        desk.refused.connect(lambda refused: self.window.toast(sentences.refusal(refused)))
        desk.troubled.connect(self._on_trouble)
        own = desk.ask(firm.get_practice)
        desk.practice.who = self._who(own.uuid) or desk.practice.who
        kinds = {"law": _("Law practice"), "accounting": _("Accounting practice"), "design": _("Design practice")}
        self.window.set_practice(own.name, kinds.get(own.profession, ""))
        self.choice.remember(str(practice.path), own.name, dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
        self.choice.save()
        self.cover.lift()
        self.window.open_room(self._first_room)
        self._show_counts()
        self._restart_idle()
        for warning in practice.warnings:
            self.window.toast(sentences.problem(warning))
        QTimer.singleShot(1500, self, self._verify)

    _first_room = "today"

    def _who(self, identity: str) -> str:
        from db import people

        assert self.desk is not None
        mine = self.choice.who_am_i.get(identity)
        return next((person.name for person in self.desk.ask(people.list_people) if person.id == mine), "")

    def _verify(self) -> None:
        desk = self.desk
        if desk is None:
            return
        self._verified = ""
        job = self._job(lambda _progress: desk.practice.check())
        job.done.connect(self._on_verified)
        job.failed.connect(lambda error: self._on_trouble(error) if isinstance(error, Trouble) else None)

    def _on_verified(self, checked: Any) -> None:
        if self.desk is None:
            return
        if checked.ok:
            entries = text.current().number(checked.entries)
            self._verified = _("Record verified · {n} entries").format(n=entries)
        else:
            self._verified = _("The record needs a look")
            messages.warn(
                self.window,
                _("The check found something."),
                "\n".join(sentences.problem(found) for found in checked.problems[:5]),
            )
        self._show_status()

    def _on_changed(self, nouns: frozenset[str]) -> None:
        self.window.on_changed(nouns)
        self._show_counts()

    def _on_done(self, step: Any) -> None:
        self.window.toast(sentences.step_words(step), _("Undo"), self._on_undo)

    def _on_undo(self) -> None:
        if self.desk is not None and (step := self.desk.undo()):
            words = sentences.step_words(step)
            self.window.toast(_("Undone: {words}").format(words=words), _("Redo"), self._on_redo)

    def _on_redo(self) -> None:
        if self.desk is not None and (step := self.desk.redo()):
            self.window.toast(_("Redone: {words}").format(words=sentences.step_words(step)), _("Undo"), self._on_undo)

    def _on_trouble(self, trouble: Trouble) -> None:
        messages.warn(self.window, _("This could not be done."), sentences.trouble(trouble))

    def _show_counts(self) -> None:
        from db import overview

        if self.desk is None:
            return
        counts = self.desk.ask(overview.counts)
        say = text.current().number
        due = counts["promises"] + counts["follow_ups"] + counts["drafts"]
        shown = {name: counts[name] for name in ("clients", "engagements")} | {
            "today": due,
            "trust": counts["promises"],
        }
        self.window.set_counts({name: say(count) if count else "" for name, count in shown.items()})
        self.window.set_undo(*self.desk.undo_words())
        self._show_status()

    _verified = ""

    def _show_status(self) -> None:
        if self.desk is None:
            return
        practice = self.desk.practice
        facts = [_("Encrypted") if practice.key is not None else _("Not encrypted")]
        if practice.last_backup is not None and practice.last_backup.exists():
            moment = dt.datetime.fromtimestamp(practice.last_backup.stat().st_mtime)
            told = f"{moment:%H:%M}" if moment.date() == dt.date.today() else text.current().date(moment.date())
            facts.append(_("Backed up {when}").format(when=told))
        self.window.set_status(practice.path.name, facts, self._verified)

    def log_advice(self) -> None:
        """Open the form for advice, for whoever is selected."""
        if self.desk is not None:
            from desktop.rooms.advice.form import open_advice_form

            open_advice_form(self.desk, self.window)

    def _on_search(self, typed: str) -> None:
        from db import search

        if self.desk is None or not typed.strip():
            self.window.set_results(())
            return
        found = self.desk.attempt(lambda: self.desk.ask(search.find, typed, limit=10) if self.desk else None)
        rows = []
        for hit in found.hits if found else ():
            room, icon = _ROOM_OF[hit.noun]
            record = hit.id if room != "clients" or hit.noun == "client" else hit.client_id or 0
            detail = " · ".join(part for part in (hit.number, hit.client, hit.snippet) if part and part != hit.title)
            rows.append(ResultRow(room, record, hit.title or hit.snippet, detail, hit.when[:10], icon))
        self.window.set_results(rows)

    def _on_result(self, row: ResultRow) -> None:
        self.window.open_room(row.room, row.record or None)

    # ------------------------------------------------------------------ leaving

    def lock(self) -> None:
        """Close the file and drop its key; the window shows nothing of it any more."""
        if self.desk is None:
            return
        path = self.desk.path
        self.close()
        self.window.set_practice("", "")
        self.window.set_counts(dict.fromkeys(("today", "clients", "engagements", "trust"), ""))
        self.window.set_status("")
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible():
                other.close()
        self.unlock(path)

    def close(self) -> None:
        """Close the practice, after the jobs that still work on it."""
        self._idle.stop()
        jobs.wait_for_all()
        if self.desk is not None:
            self.window.close_rooms()
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None
            self._verified = ""

    def _restart_idle(self) -> None:
        if self.choice.idle_minutes and self.desk is not None:
            self._idle.start(self.choice.idle_minutes * 60_000)

    _ACTIVITY = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in self._ACTIVITY:
            self._restart_idle()
        return False


_loading = threading.Lock()


def _warm(_progress: object) -> None:
    """Load what every practice needs, on a thread, while the user still types his passphrase."""
    # Two threads that load the same library from two ends find half of it: one waits for the other.
    with _loading:
        import db.overview
        import db.practice
        import db.search
        import db.today  # noqa: F401


def _told(error: BaseException) -> str:
    if isinstance(error, Refused):
        return sentences.refusal(error)
    if isinstance(error, Trouble):
        return sentences.trouble(error)
    raise error


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


def make_application(choice: settings.Settings) -> QApplication:
    """The application, dressed and speaking the user's language."""
    if QApplication.instance() is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("cliens")
    application.setApplicationDisplayName("Cliens")
    application.setDesktopFileName("cliens")
    text.speak(choice.language or _system_language())
    style.apply(application, choice.scheme, choice.text_scale)
    application.setWindowIcon(QIcon(str(look.RESOURCES / "icons" / "cliens.svg")))
    return application


def _system_language() -> str:
    from PySide6.QtCore import QLocale

    return QLocale.system().name().split("_")[0]


def run(path: Path | None = None) -> int:
    """Open the window, on a file if one is given; gives the exit code."""
    choice = settings.load()
    application = make_application(choice)
    messages.catch_crashes()
    app = App(choice)
    app.start(path)
    return application.exec()
