"""*Log advice*: a window of its own that blocks nothing, keeps what one types, and records it as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from db import advice, capture, drafts
from db.errors import Trouble
from desktop import look, profession, text
from desktop.jobs import Job
from desktop.rooms.advice import entering
from desktop.rooms.advice.form import AdviceForm
from desktop.rooms.covered import WIDE
from desktop.text import _
from desktop.widgets import placed, stops
from desktop.widgets.fields import Field
from desktop.widgets.sheet import Sheet
from desktop.widgets.turns import Turns, dress

if TYPE_CHECKING:
    from db.practice import Done
    from desktop.practice import OpenPractice

# What is typed is in the file this soon, in milliseconds, however long one goes on typing.
KEPT_AFTER = 1500
# The next window is made when the one before has been there so long.
AT_REST_MS = 1500


class LogAdvice(QWidget):
    """One entry being written. Closing it keeps a draft; recording it uses the draft up."""

    form: AdviceForm

    def __init__(
        self, desk: OpenPractice, owner: QWidget | None, draft_id: int | None = None, *, ahead: bool = False
    ) -> None:
        """`ahead`: made out of sight, part for part, to be there at once when it is wanted: see `prepare`."""
        super().__init__(owner, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.draft_id = desk, draft_id
        self.jotting_id: int | None = None
        self._kept: dict[str, str] = {}
        self._done, self.ahead, self.made_as = False, True, _worn()
        self._job: Job | None = None
        desk.closing.connect(self.close)
        self._turns = Turns(self)
        self._turns.begin(self._parts())
        if not ahead:
            self.take()

    def _parts(self) -> Iterator[None]:
        self.sheet = Sheet(_("Log advice"), width=WIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        self.form = AdviceForm(self.desk, whole=False)
        self.sheet.hold(self.form)
        yield from self.form.making
        yield
        self._soon = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._soon.timeout.connect(self.keep)
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(partial(self._record, False))
        self.form.again.clicked.connect(partial(self._record, True))
        self.form.cancelled.connect(self.close)
        self.tell()
        if self.ahead:
            yield
            dress(self)
            yield
        self.sizeHint()

    def take(self) -> None:
        """Begin to write now, in a window that was made ahead or just now."""
        self.ahead = False
        self._turns.finish()
        self.form.begin_now()
        self.resize(self.sizeHint().boundedTo(self.screen().availableGeometry().size()))
        placed.place(self, "log-advice")

    def focusNextPrevChild(self, forward: bool) -> bool:
        return stops.step(self, forward)

    def sizeHint(self) -> QSize:
        inside = self.form.sizeHint()
        return QSize(max(880, inside.width() + 60), inside.height() + 150)

    # ------------------------------------------------------------------ what is kept while typing

    def _on_changed(self) -> None:
        self.tell()
        if not self._soon.isActive():
            self._soon.start()
        self._grow()

    def _grow(self) -> None:
        """Make room for what was understood, as far as the screen goes; what the user made larger stays so."""
        wanted = min(self.sizeHint().height(), self.screen().availableGeometry().height() - 40)
        if self.isVisible() and not self.isMaximized() and self.height() < wanted:
            self.resize(self.width(), wanted)

    def tell(self) -> None:
        """The window says whose advice it is, and that nothing of it is lost."""
        whose = self.form.client.typed()
        self.setWindowTitle(" · ".join(part for part in (_("Log advice"), whose) if part))
        kept = _("Draft kept · once recorded it can be amended, never rewritten") if self._kept else ""
        self.sheet.set_title(_("Log advice"), kept or _("Once recorded it can be amended, never rewritten"))

    def speak_again(self) -> None:
        """Say again what is put together of several texts."""
        self.form.speak_again()
        self.tell()

    def keep(self) -> None:
        """Write what stands here into the file, outside the history; what is kept already is left alone."""
        self._soon.stop()
        content = self.form.content()
        if content == self._kept or self._done:
            return
        if content:
            kept = self.desk.attempt(
                lambda: self.desk.jot(drafts.keep_jotting, content, self.jotting_id, self.draft_id)
            )
            if kept is None:
                return
            self.jotting_id = kept
        elif self.jotting_id is not None and self.draft_id is None:
            gone, self.jotting_id = self.jotting_id, None
            self.desk.attempt(lambda: self.desk.jot(drafts.drop_jotting, gone))
        self._kept = content
        self.tell()

    def fill(self, content: dict[str, str], jotting_id: int | None = None) -> None:
        """Go on with what was kept."""
        self.form.fill(content)
        self.jotting_id = jotting_id
        self._kept = self.form.content()
        self.tell()

    # ------------------------------------------------------------------ leaving and recording

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was written stays: as a draft of its client, or, while nobody knows whose it is, as it stands."""
        if self._job is not None:
            # It is being recorded, and closes by itself.
            event.ignore()
            return
        if self.ahead:
            super().closeEvent(event)
            return
        placed.keep_place(self, "log-advice")
        if not self._done:
            self._put_by()
        super().closeEvent(event)
        owner = self.parentWidget()
        if owner is not None and owner.isVisible() and self.isActiveWindow():
            owner.activateWindow()

    def _put_by(self) -> None:
        self.form.clock.stop()
        try:
            self.keep()
            content = self.form.content()
            if content and self.form.client_id() is not None and content != self._put:
                entry = entering.draft_entry(self.form, self.desk.practice.who)
                draft = self.desk.attempt(
                    lambda: self.desk.do(capture.keep_draft, entry, entering.beside(content), draft_id=self.draft_id)
                )
                if draft is not None:
                    self.draft_id = int(str(draft.result))
                    self.desk.jot(drafts.keep_jotting, content, self.jotting_id, self.draft_id)
        except Trouble as trouble:
            self.desk.troubled.emit(trouble)
        self._done = True

    _put: dict[str, str] | None = None

    def opened_with(self) -> None:
        """Take what stands here as what the draft holds: closing it unchanged is then no step."""
        self._put = self.form.content()

    def _record(self, again: bool, _checked: bool = False) -> None:
        form = self.form
        form.clear_errors()
        unclear = form.resolve()
        if unclear:
            form.refuse("advice", unclear)
            return
        values = form.values()
        if values is None:
            return

        form.clock.stop()
        work = self.desk.attempt(lambda: self._work(values), form)
        if work is None:
            return
        if not self.desk.is_large():
            done = self.desk.attempt(work, form)
            if done is not None:
                self._on_recorded(values, again, done)
            return
        # On a large file the index of all words may take longer than one waits for.
        form.setEnabled(False)
        self._job = Job(lambda _progress: work(), self)
        self._job.done.connect(partial(self._on_recorded, values, again))
        self._job.failed.connect(self._on_refused)
        self._job.start()

    def _work(self, values: dict[str, Any]) -> Callable[[], Done]:
        form, who = self.form, self.desk.practice.who
        return partial(
            self.desk.practice.do,
            capture.log_with_promise,
            entering.entry(form, values, who),
            entering.promise(values, who),
            entering.response(values),
            form.files.paths,
            self.draft_id,
            beside=entering.said_with_it(form, values, who),
            jotting_id=self.jotting_id,
        )

    def _on_refused(self, error: BaseException) -> None:
        self._job = None
        self.form.setEnabled(True)
        self.desk.tell_failed(error, self.form)

    def _on_recorded(self, values: dict[str, Any], again: bool, done: Done) -> None:
        self._job, self._done = None, True
        self.desk.tell(done)
        owner = self.parentWidget()
        self.close()
        if again:
            open_window(self.desk, owner, values["client_id"], values["engagement"])

    def abandon(self) -> None:
        """Close without keeping anything: what is written here was thrown away elsewhere."""
        self._done = True
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and not self._done:
            self.keep()


def _worn() -> tuple[object, ...]:
    return (look.worn(), text.current().language, profession.current())


def _fresh(desk: OpenPractice, owner: QWidget | None) -> LogAdvice:
    """A window to write in: the one that was made ahead, or a new one."""
    for each in owner.findChildren(LogAdvice) if owner is not None else []:
        if each.ahead and each.desk is desk:
            if each.made_as == _worn():
                each.take()
                return each
            each.close()
    return LogAdvice(desk, owner)


def prepare(desk: OpenPractice, owner: QWidget) -> None:
    """Make a window ahead, so that the next one is there at once; one that is ready is enough."""
    if isValid(owner) and not any(each.ahead and each.desk is desk for each in owner.findChildren(LogAdvice)):
        LogAdvice(desk, owner, ahead=True)


def windows(owner: QObject | None) -> list[LogAdvice]:
    """The windows of a main window in which advice is being written."""
    found = owner.findChildren(LogAdvice) if owner is not None else []
    return [each for each in found if each.isVisible()]


def open_window(
    desk: OpenPractice, owner: QWidget | None, client_id: int | None = None, engagement_id: int | None = None
) -> LogAdvice:
    """Open *Log advice* for a client; one that is open for him and has nothing written in it is taken again."""
    untouched = next((each for each in windows(owner) if not each.form.content() and each.draft_id is None), None)
    window = untouched or _fresh(desk, owner)
    window.form.fill_client(client_id, engagement_id)
    window.tell()
    return _shown(window)


def open_draft(desk: OpenPractice, owner: QWidget | None, draft_id: int) -> LogAdvice:
    """Go on with a draft, in the window where it lies open or in a new one."""
    open_now = next((each for each in windows(owner) if each.draft_id == draft_id), None)
    if open_now is not None:
        return _shown(open_now)
    window = _fresh(desk, owner)
    window.draft_id = draft_id
    jotted = desk.ask(drafts.jotting_of, draft_id)
    if jotted is not None:
        window.fill(jotted.content, jotted.id)
    else:
        row = desk.ask(advice.list_advice_rows, [draft_id])[0]
        window.fill(entering.content_of(row, desk.ask(capture.read_unfinished, draft_id)))
    window.opened_with()
    return _shown(window)


def open_jotting(desk: OpenPractice, owner: QWidget | None, jotting_id: int) -> LogAdvice | None:
    """Go on with what was written before anybody said for which client; None where it is gone."""
    open_now = next((each for each in windows(owner) if each.jotting_id == jotting_id), None)
    if open_now is not None:
        return _shown(open_now)
    jotted = desk.ask(drafts.get_jotting, jotting_id)
    if jotted is None:
        return None
    window = _fresh(desk, owner)
    window.fill(jotted.content, jotted.id)
    return _shown(window)


def recover(desk: OpenPractice) -> int:
    """Make drafts of what a killed program left behind, so that they wait on Today; gives how many there are."""
    found = 0
    for jotted in desk.ask(drafts.list_jottings):
        if jotted.advice_id is None and jotted.content.get("client_id"):
            form = AdviceForm(desk)
            form.fill(jotted.content)
            entry = entering.draft_entry(form, desk.practice.who)
            kept = desk.do(capture.keep_draft, entry, entering.beside(jotted.content))
            desk.jot(drafts.keep_jotting, jotted.content, jotted.id, int(str(kept.result)))
            form.deleteLater()
            found += 1
    return found


def _shown(window: LogAdvice) -> LogAdvice:
    window.show()
    window.raise_()
    window.activateWindow()
    first: Field = window.form.box
    first.setFocus()
    if (owner := window.parentWidget()) is not None:
        QTimer.singleShot(AT_REST_MS, window.desk, partial(prepare, window.desk, owner))
    return window
