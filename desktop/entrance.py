"""The way in: everything that happens before a practice is open, from the first page to the key that fits."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from db.errors import Refused, Trouble
from desktop import messages, sentences, settings, text
from desktop.jobs import Job
from desktop.shell.cover import Cover
from desktop.shell.window import Window
from desktop.text import _

if TYPE_CHECKING:
    from db.practice import Practice


class Entrance(QObject):
    """The window with its cover, and the pages on it; whoever comes in is handed to `_enter`."""

    def __init__(self, window: Window, choice: settings.Settings) -> None:
        super().__init__()
        self.choice, self.window, self.cover = choice, window, Cover(window)
        self._jobs: list[Job] = []
        self._waiting: list[Job] | None = None
        window.furnished.connect(self.cover.stay)
        self._page: Any = None

    def _enter(self, practice: Practice) -> None:
        raise NotImplementedError

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

    def unlock(self, path: Path, passphrase: str | None = None, *, locked: bool = False) -> None:
        """Ask for the key of a file; one without a key opens at once, unless it was `locked` a moment ago."""
        from db import vault
        from desktop.shell.unlock import UnlockPage

        name = next((known.name for known in self.choice.recent if known.path == str(path)), "")
        page = UnlockPage(path, name)
        page.tried.connect(partial(self._on_tried, path))
        page.left.connect(self.welcome)
        page.restore.connect(partial(self._on_restore, path))
        self._page = page
        self.cover.lay(page)
        try:
            plain = vault.read_header(path) == vault.PLAIN_HEADER
        except Trouble as trouble:
            page.say_trouble(trouble)
            return
        if plain:
            page.say_plain()
        if passphrase is not None or (plain and not locked):
            page.say_busy(True)
            self.open(path, passphrase=None if plain else passphrase)

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
            warm(_progress)
            from db.practice import NewPractice, Practice

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

    def _on_restore(self, path: Path, passphrase: str, recovery: str) -> None:
        """Write the newest backup of a file to a new one and open that; the damaged file stays as it is."""
        warm(None)
        from db import backup

        newest, page = backup.latest(path), self._page
        if newest is None:
            folder = backup.folder_for(path).name
            page.bar.say(_("There is no backup in the folder “{folder}” beside it.").format(folder=folder), "error")
            return
        proposal = path.with_name(f"{path.stem} {_('restored')}.cliens")
        kinds = _("Cliens practices (*.cliens)")
        target = messages.choose_new_file(self.window, _("Restore to a new file"), proposal, kinds)
        if target is None:
            return

        def restored(_path: Path) -> None:
            self.unlock(target, locked=True)
            self._page.say_busy(True)
            how = {"recovery_key": recovery} if recovery else {"passphrase": passphrase or None}
            self.open(target, **how, accept_older=True)

        page.say_busy(True)
        job = self._job(lambda _progress: backup.restore(newest, target, passphrase or None, recovery or None))
        job.done.connect(restored)
        job.failed.connect(self._on_failed)

    def _on_sample(self, profession: str) -> None:
        def make(_progress: object) -> Practice:
            warm(_progress)
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
            warm(_progress)
            from db.practice import Practice

            # The backup of the hour is written once the practice can be seen: a large one takes a while.
            practice = Practice.open(path, backup=False, **how)
            first_asked(practice)
            return practice

        page = self._page

        def opened(practice: Practice) -> None:
            # Whoever went on to another page while the key was derived does not want this one any more.
            if self._page is page:
                self._enter(practice)
            else:
                practice.close()

        job = self._job(work)
        job.done.connect(opened)
        job.failed.connect(lambda error: self._on_failed(error) if self._page is page else None)

    def go_on(self, opens: Callable[[], Practice]) -> None:
        """Go on with another file, which is opened on a thread."""
        job = self._job(lambda _progress: opens())
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
        if self._waiting is not None:
            self._waiting.append(job)
            return job
        return job.start()

    def _hold(self) -> None:
        """Let jobs wait for the first paint: a thread that loads libraries would make the window wait for it."""
        self._waiting = []

    def _go(self) -> None:
        """Start what waited, and all jobs at once from now on."""
        waiting, self._waiting = self._waiting, None
        for job in waiting or ():
            job.start()


_loading = threading.Lock()


def warm(_progress: object) -> None:
    """Load what every practice needs, on a thread, while the user still types his passphrase."""
    # Two threads that load the same library from two ends find half of it: one waits for the other.
    with _loading:
        import db.overview
        import db.practice
        import db.search
        import db.story
        import db.today  # noqa: F401


def first_asked(practice: Practice) -> None:
    """Ask once, on the thread that opened the file, what the window asks first: it finds the answers at hand."""
    from db import firm, history

    for query in (firm.get_practice, history.undoable, history.redoable):
        practice.ask(query)
    # The first day that is written in words brings the names of months and days with it.
    text.current().weekday_date(dt.date.today())


def _told(error: BaseException) -> str:
    if isinstance(error, Refused):
        return sentences.refusal(error)
    if isinstance(error, Trouble):
        return sentences.trouble(error)
    raise error


def _documents() -> Path:
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
