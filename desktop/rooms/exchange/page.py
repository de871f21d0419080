"""The room where files come in, looked at before anything is changed, and where the whole practice goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimeZone, QUrl, Signal, SignalInstance
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db import firm
from db.errors import Refused, Trouble
from desktop import messages, sentences, text
from desktop.jobs import Job, Progress
from desktop.rooms import frame
from desktop.rooms.exchange.door import Door
from desktop.rooms.exchange.intake import Intake
from desktop.rooms.room import Room
from desktop.text import _
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled

if TYPE_CHECKING:
    from db.exchange.export import Exported
    from db.exchange.records import Imported, ImportPlan
    from db.practice import Done
    from desktop.practice import OpenPractice

KINDS = "*.vcf *.vcard *.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods"


@dataclass(frozen=True)
class Source:
    """A file and what the user said of it."""

    path: Path
    noun: str | None
    mapping: dict[str, str]
    encoding: str | None


def look_at(desk: OpenPractice, source: Source) -> tuple[ImportPlan, Imported]:
    """Read a file and say what it would change; changes nothing."""
    from db.exchange.bring import preview
    from db.exchange.reading import read_source

    own = desk.ask(firm.get_practice)
    plan = read_source(
        source.path,
        source.noun,
        source.mapping or None,
        source.encoding,
        country=own.country,
        currency=own.currency,
        zone=bytes(QTimeZone.systemTimeZoneId().data()).decode() or "UTC",
    )
    return plan, desk.ask(preview, plan)


def bring_in(desk: OpenPractice, plan: ImportPlan, progress: Progress) -> Done:
    """Bring a file in as one step, with a backup from just before it; cancelled on its way, it leaves nothing."""
    from db.exchange.bring import import_file

    desk.practice.back_up()
    progress(0, 0)
    return desk.practice.do(import_file, plan, progress)


class ExchangePage(Room):
    """First the door; then a file on its way in."""

    name: ClassVar[str] = "exchange"
    icon: ClassVar[str] = "arrow-left-right"
    SHOWS: ClassVar[frozenset[str]] = frozenset()
    put_away = Signal()

    def parts(self) -> Iterator[None]:
        self.plan: ImportPlan | None = None
        self.imported: Imported | None = None
        self._path: Path | None = None
        self._said_noun = False
        self._job: Job | None = None
        self._look = 0
        self._pages = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        first, second = QWidget(), QWidget()
        for page in (first, second):
            self._pages.addWidget(scrolled(page))
        yield
        self.door = Door()
        self._build_door(first)
        yield
        self.intake = Intake()
        lower = QVBoxLayout(second)
        lower.setContentsMargins(0, 24, 0, 0)
        lower.addWidget(self.intake)
        yield
        self.door.place.asked.connect(self.choose)
        self.door.place.dropped.connect(self.take)
        self.door.asked_out.connect(self.write_out)
        self.door.stopped.connect(self.stop)
        self.intake.retold.connect(self._on_retold)
        self.intake.begun.connect(self.bring)
        self.intake.stopped.connect(self.stop)
        self.intake.left.connect(self.leave)
        self.intake.saved.connect(self.save_bad_rows)
        self.intake.asked_for.connect(lambda room: frame.show(self, room))
        self.setAcceptDrops(True)
        on_key("Ctrl+O", self, self.choose, "inside")
        on_key("Esc", self, self._on_escape, "inside")
        on_key("Ctrl+Return", self, self._on_return, "inside")
        self.setFocusProxy(self.door.place)

    @staticmethod
    def title() -> str:
        return _("Import and export")

    def _build_door(self, first: QWidget) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 24, 24, 16)
        head.setSpacing(4)
        head.addWidget(label(self.title(), "display"))
        head.addWidget(label(_("What you have already comes in; what you have here is always yours to take."), "muted"))
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.door, 1)

    def refresh(self) -> None:
        """The door is always open; what it leads to is looked at when a file is chosen."""

    def start_search(self) -> None:
        self.choose()

    def state(self) -> str:
        """Where the user is: "door", or "intake" with a file."""
        return ("door", "intake")[self._pages.currentIndex()]

    def held(self) -> SignalInstance | None:
        return self.put_away if self._job is not None or self.intake.finished else super().held()

    def half_done(self) -> Callable[[Any], object] | None:
        if self.state() != "intake" or self._path is None:
            return None
        source, said_noun = self._source(), self._said_noun
        noun = self.intake.noun.value()

        def go_on(room: Any) -> None:
            room.go_on(source, noun if said_noun else None)

        return go_on

    # ------------------------------------------------------------------ in

    def choose(self) -> None:
        """Let the user pick a file."""
        if self._job is not None:
            return
        kinds = _("Address books and tables ({kinds});;All files (*)").format(kinds=KINDS)
        path = messages.choose_file(self, _("Bring in a file"), kinds)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Look at a file, or bring back a folder that was written by an export."""
        if self._job is not None:
            return
        self.door.bar.hide()
        if path.is_dir():
            self._take_folder(path)
            return
        self._path, self._said_noun = path, False
        self.plan = self.imported = None
        self.intake.begin(path)
        self._pages.setCurrentIndex(1)
        self._look_again()

    def go_on(self, source: Source, noun: str | None) -> None:
        """Look at a file with what was said of it before this page was made: its kind, its letters, its columns."""
        self._path, self._said_noun = source.path, noun is not None
        self.plan = self.imported = None
        self.intake.begin(source.path)
        self.intake.take_up(noun, source.encoding or "", source.mapping)
        self._pages.setCurrentIndex(1)
        self._look_again()

    def _on_retold(self) -> None:
        self._said_noun = True
        self._look_again()

    def _source(self) -> Source:
        assert self._path is not None
        noun = self.intake.noun.value() if self._said_noun else None
        return Source(self._path, noun, self.intake.columns.mapping(), self.intake.encoding.value() or None)

    def _look_again(self) -> None:
        source = self._source()
        self._look += 1
        turn = self._look
        self.plan = None
        job = Job(lambda _progress: look_at(self.desk, source), self)

        def told(found: tuple[ImportPlan, Imported]) -> None:
            if turn == self._look:
                self.plan = found[0]
                self.intake.show_plan(*found)

        job.done.connect(told)
        job.failed.connect(lambda error: self._on_look_failed(error) if turn == self._look else None)
        job.start()

    def _on_look_failed(self, error: BaseException) -> None:
        if isinstance(error, Trouble):
            self.intake.refuse(sentences.trouble(error))
        elif not isinstance(error, Refused):
            raise error
        elif error.code == "which-encoding":
            self.intake.ask_encoding(error.facts["samples"])
        elif error.code in ("needs-mapping", "missing-columns"):
            self._said_noun = True
            noun = self.intake.noun.value()
            if error.code == "needs-mapping":
                header, words = error.facts["columns"], _("No column says a name. Say which one does.")
            else:
                header, words = error.facts["header"], sentences.refusal(error)
            self.intake.ask_columns(noun, header, words)
        else:
            self.intake.refuse(sentences.refusal(error))

    def bring(self) -> None:
        """Bring in the file that was looked at."""
        plan = self.plan
        if plan is None or self._job is not None:
            return
        self.intake.run()
        # The button that was pressed is gone; Escape must still be heard.
        self.intake.setFocus()
        job = self._start(lambda progress: bring_in(self.desk, plan, progress))
        job.progressed.connect(lambda done, of: self.intake.progressed(done, of) if of else None)
        job.done.connect(self._on_brought)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)

    def _on_brought(self, done: Any) -> None:
        self.imported = done.result
        self.intake.show_result(done.result)
        self.desk.tell(done)

    def _on_cancelled(self) -> None:
        self._look_again()
        self.intake.bar.say(sentences.trouble(Trouble("cancelled")), "info")

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.intake.refuse(sentences.refusal(error))
        elif isinstance(error, Trouble):
            self._look_again()
            self.desk.troubled.emit(error)
        else:
            raise error

    def _start(self, work: Callable[[Progress], object]) -> Job:
        self._job = Job(work, self)
        self._job.ended.connect(self._on_ended)
        return self._job.start()

    def _on_ended(self) -> None:
        self._job = None
        if self.state() == "door":
            self.put_away.emit()

    def stop(self) -> None:
        """Give up what is under way; nothing of it stays."""
        if self._job is not None:
            self._job.cancel()

    def leave(self) -> None:
        """Go back to the door."""
        self._look += 1
        self.plan = self._path = None
        self._pages.setCurrentIndex(0)
        self.intake.finished = False
        self.door.place.setFocus()
        self.put_away.emit()

    def save_bad_rows(self) -> None:
        """Write the rows that need a look beside their reasons, to be mended and brought in again."""
        from db.exchange.records import write_bad_rows

        path = self._path
        rows = self.intake.rows_to_look_at()
        if path is None or not rows:
            return
        proposal = path.with_name(f"{path.stem} – {_('to look at')}.csv")
        target = messages.choose_new_file(self, _("Save the lines that need a look"), proposal, "CSV (*.csv)")
        if target is None:
            return
        try:
            write_bad_rows(target, rows)
        except OSError as error:
            self.intake.bar.say(_("The lines could not be written: {why}").format(why=error.strerror or ""), "error")
            return
        self.intake.bar.say(_("Saved as {name}. Mend it and bring it in again.").format(name=target.name), "good")

    # ------------------------------------------------------------------ out, and back

    def write_out(self) -> None:
        """Write the whole practice into a new folder beneath the one that is picked."""
        if self._job is not None:
            return
        parent = messages.choose_folder(self, _("Where to write the practice"))
        if parent is not None:
            self.export_to(parent / f"{self.desk.path.stem} {dt.datetime.now():%Y-%m-%d %H.%M.%S}")

    def export_to(self, folder: Path) -> None:
        """Write the whole practice into this folder, which is new."""
        from db.exchange.export import export_practice

        self.door.busy(True)
        job = self._start(lambda progress: self.desk.ask(export_practice, folder, progress))
        job.progressed.connect(self.door.progressed)
        job.done.connect(self._on_written)
        job.failed.connect(self._on_door_failed)
        job.cancelled.connect(lambda: self.door.bar.say(sentences.trouble(Trouble("cancelled")), closable=True))
        job.ended.connect(lambda: self.door.busy(False))

    def _on_written(self, done: Exported) -> None:
        say = text.current().number
        words = _("{rows} entries in {files} files are in “{folder}”. They are not encrypted, confidences included.")
        folder = done.folder
        self.door.bar.say(
            words.format(rows=say(done.rows), files=say(done.files), folder=folder.name),
            "good",
            actions=[(_("Show the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))],
            closable=True,
        )

    def _on_door_failed(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.door.bar.say(sentences.refusal(error), "error", closable=True)
        elif isinstance(error, Trouble):
            self.door.bar.say(sentences.trouble(error), "error", closable=True)
        else:
            raise error

    def _take_folder(self, folder: Path) -> None:
        from db.exchange.folder import import_folder

        self.door.busy(True)
        job = self._start(lambda progress: self.desk.practice.do(import_folder, folder, progress))
        job.progressed.connect(self.door.progressed)
        job.done.connect(self._on_folder)
        job.failed.connect(self._on_door_failed)
        job.cancelled.connect(lambda: self.door.bar.say(sentences.trouble(Trouble("cancelled")), closable=True))
        job.ended.connect(lambda: self.door.busy(False))

    def _on_folder(self, done: Any) -> None:
        self.desk.tell(done)
        words = _("The whole practice is here: {rows} entries.").format(rows=text.current().number(done.result.rows))
        self.door.bar.say(words, "good", closable=True)

    # ------------------------------------------------------------------ keys and drops

    def _on_escape(self) -> None:
        if self._job is not None:
            self.stop()
        elif self.state() == "intake":
            self.leave()

    def _on_return(self) -> None:
        if self.state() == "intake" and self.intake.go.isEnabled() and self.intake.go.isVisible():
            self.intake.go.click()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(Path(event.mimeData().urls()[0].toLocalFile()))
