"""A report that came back, dropped or chosen: whether it is the record, and what happened since, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop import messages
from desktop.jobs import Job
from desktop.jobs import Progress as Tell
from desktop.rooms.reports.on_card import on_card
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.empty import Emblem, Empty
from desktop.widgets.label import label, rule
from desktop.widgets.overlay import Overlay
from desktop.widgets.pane import scrolled

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.verifying import Verified

WIDTH = 680
_EMBLEMS = {
    "unchanged": ("shield-check", "green"),
    "grown": ("history", "amber"),
    "not-from-here": ("shield-alert", "red"),
}


def dropped_pdf(event: QDropEvent) -> Path | None:
    """The one file that is dropped, where it is called a PDF."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() == ".pdf" else None


def show_verify(over: QWidget, desk: OpenPractice, path: Path | None = None) -> VerifySheet:
    """Lay the page over another; with a path that file is verified at once."""
    for lying in over.findChildren(VerifySheet):
        if lying.isVisible():
            if path is not None:
                lying.verify(path)
            return lying
    sheet = VerifySheet(over, desk)
    sheet.lay()
    if path is not None:
        sheet.verify(path)
    return sheet


class VerifySheet(Overlay):
    """Takes a PDF that is dropped or chosen, and says what it is worth."""

    def __init__(self, over: QWidget, desk: OpenPractice) -> None:
        super().__init__(over, _("Verify a report"))
        self.desk = desk
        self.answer: Verified | None = None
        self._job: Job | None = None
        self._states = QStackedWidget()
        self.set_body(self._states)
        asks = _("Drop a PDF here that Cliens printed: you see whether it is the record, and what came to it since.")
        self._empty = Empty("shield-check", _("Is this paper the record?"), asks, _("Choose a PDF…"), self.choose)
        self._waiting = Empty("hourglass", _("Being verified…"), "", _("Cancel"), self.take_off)
        self._answered = QWidget()
        for state in (self._empty, self._waiting, self._answered):
            self._states.addWidget(state)
        self.setAcceptDrops(True)
        self.closed.connect(self._stop)
        if self._empty.button is not None:
            self.setFocusProxy(self._empty.button)

    def choose(self) -> None:
        """Let the user pick the file."""
        path = messages.choose_file(self, _("Verify a report"), "PDF (*.pdf)")
        if path is not None:
            self.verify(path)

    def verify(self, path: Path) -> None:
        """Read the file and ask the record, beside the window."""
        self._stop()
        self.answer = None
        self._note.setText(path.name)
        self._waiting.words.clear()
        self._states.setCurrentWidget(self._waiting)
        desk = self.desk
        # Without a parent: the thread must not be destroyed with the sheet while it still reads.
        job = self._job = Job(lambda progress: _verified(desk, path, progress))
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.start()

    def is_verifying(self) -> bool:
        """Whether the answer is still looked for."""
        return self._job is not None

    def words(self) -> list[str]:
        """What is said now, line by line."""
        return [] if self.answer is None else told(self.answer)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_pdf(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_pdf(event)
        if path is not None:
            event.acceptProposedAction()
            self.verify(path)

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            for signal in (job.progressed, job.done, job.failed):
                signal.disconnect()
            job.cancel()

    def _on_progress(self, done: int, of: int) -> None:
        self._waiting.words.setText(f"{done * 100 // of} %")

    def _on_done(self, answer: Verified) -> None:
        self._job = None
        self.answer = answer
        shown = scrolled(_page(answer, self.choose))
        self._states.removeWidget(self._answered)
        self._answered.deleteLater()
        self._answered = shown
        self._states.addWidget(shown)
        self._states.setCurrentWidget(shown)
        self.setAccessibleDescription(" ".join(told(answer)))

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self._states.setCurrentWidget(self._empty)
        self.desk.tell_failed(error)


def _verified(desk: OpenPractice, path: Path, progress: Tell) -> Verified:
    from db.engine import told_by_system
    from desktop.reports.received import Unreadable, load
    from desktop.reports.verifying import Verified, verify

    try:
        content = load(path)
    except Unreadable as error:
        return Verified("not-from-here", error.code)
    except OSError as error:
        raise told_by_system(error, path) from None
    return verify(desk.ask, content, progress)


def told(answer: Verified) -> list[str]:
    """The answer as lines, the gravest first."""
    from desktop.reports import verdict_words as words

    lines = [words.verdict_sentence(answer), words.about_sentence(answer), words.why_sentence(answer)]
    lines += [words.difference_sentence(one) for one in answer.differences]
    lines += [words.later_sentence(one) for one in answer.since]
    return [line for line in [*lines, *words.note_sentences(answer)] if line]


def _page(answer: Verified, choose_another: Callable[[], object]) -> QWidget:
    """The answer on a card in the middle: the verdict, what paper it is, then why or what happened since."""
    from desktop.reports import verdict_words as words

    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(26, 24, 26, 24)
    column.setSpacing(10)
    head = QHBoxLayout()
    head.setSpacing(16)
    picture, tone = _EMBLEMS[answer.verdict]
    head.addWidget(Emblem(picture, 40, tone), 0, Qt.AlignmentFlag.AlignTop)
    said = QVBoxLayout()
    said.setSpacing(4)
    said.addWidget(label(words.verdict_sentence(answer), "title", wrap=True))
    about = words.about_sentence(answer)
    if about:
        said.addWidget(label(about, "muted", wrap=True))
    head.addLayout(said, 1)
    column.addLayout(head)
    _list(column, "", [words.why_sentence(answer)])
    _list(column, _("Where it says something else"), [words.difference_sentence(one) for one in answer.differences])
    _list(column, _("What happened since"), [words.later_sentence(one) for one in answer.since])
    _list(column, _("How far this goes"), words.note_sentences(answer))
    if answer.digest:
        _list(column, _("Digest of its facts"), [answer.digest])
    another: QPushButton = button(_("Choose another PDF…"), choose_another, icon_name="folder-open")
    column.addSpacing(12)
    column.addWidget(another, 0, Qt.AlignmentFlag.AlignLeft)
    return on_card(body, WIDTH)


def _list(column: QVBoxLayout, title: str, lines: Sequence[str]) -> None:
    lines = [line for line in lines if line]
    if not lines:
        return
    if title:
        column.addSpacing(4)
        column.addWidget(rule())
        column.addWidget(label(title, "label"))
    for line in lines:
        column.addWidget(label(line, "", wrap=True))
