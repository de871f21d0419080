"""A window of its own that blocks nothing: a form at the left, and at the right what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import look
from desktop.jobs import Job
from desktop.rooms.frame import frame_of, show
from desktop.text import _
from desktop.widgets import placed, stops
from desktop.widgets.form import Form
from desktop.widgets.ink import colour
from desktop.widgets.label import label
from desktop.widgets.pane import scrolled
from desktop.widgets.retold import tell

if TYPE_CHECKING:
    from db.practice import Done
    from desktop.practice import OpenPractice

ROOM_AROUND = 40


class BesideWindow(QWidget):
    """Holds a `form` and a `side`; what was written is not thrown away by one press of Escape.

    `saved` comes with the result of the step. A subclass says in `ready` what to do with the form's values.
    """

    saved = Signal(object)

    def __init__(self, desk: OpenPractice, asker: QWidget) -> None:
        frame = frame_of(asker)
        super().__init__(frame if isinstance(frame, QWidget) else None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._job: Job | None = None
        self._warned = False
        self._written = False

    def build(
        self, title: str, note: str, form: Form, side: QWidget, main: str, others: Sequence[QWidget], share: int = 58
    ) -> None:
        """Put the parts together; `share` is the form's part of the width in hundredths."""
        tell(self, "setWindowTitle", title)
        self.form = form
        self.main = form.add_buttons(main, _("Cancel"), others)
        form.submitted.connect(self.submit)
        form.cancelled.connect(self.leave)
        # From the outside inwards: what is put in with all its parts is dressed anew as a whole.
        page = QWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._left = scrolled(page)
        row.addWidget(self._left, share)
        row.addWidget(side, 100 - share)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(26, 22, 26, 16)
        head.setSpacing(3)
        self.heading, self.note = label(title, "title"), label(note, "muted", wrap=True)
        head.addWidget(self.heading)
        head.addWidget(self.note)
        column.addLayout(head)
        column.addWidget(form, 1)
        form.changed.connect(self._on_changed)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return stops.step(self, forward)

    def open(self, width: int, height: int) -> None:
        """Show it as large as was said, or as the screen allows, with the focus in the first field."""
        screen = self.screen().availableGeometry()
        wide, high = look.px(width), look.px(height)
        self.resize(min(wide, screen.width() - ROOM_AROUND), min(high, screen.height() - ROOM_AROUND))
        placed.place(self, type(self).__name__)
        self.show()
        self.raise_()
        self.activateWindow()
        next(iter(self.form.fields.values())).setFocus()

    def _on_changed(self) -> None:
        self._written, self._warned = True, False

    # ------------------------------------------------------------------ keeping

    def ready(self, values: dict[str, Any]) -> Callable[[], Done]:
        """What keeps the values, as work for a thread of its own; raises Refused for what it cannot take."""
        raise NotImplementedError

    def submit(self) -> None:
        """Keep what stands in the form as one step, and close; a refusal stands beside its field."""
        if self._job is not None:
            return
        self.form.clear_errors()
        values = self.form.values()
        if values is None:
            return
        work = self.desk.attempt(lambda: self.ready(values), self.form)
        if work is None:
            return
        self.form.setEnabled(False)
        self._job = Job(lambda _progress: work(), self)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def _on_done(self, done: Done) -> None:
        self._job = None
        self.desk.tell(done)
        self._written = False
        self.saved.emit(done.result)
        self.close()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self.form.setEnabled(True)
        self.desk.tell_failed(error, self.form)

    # ------------------------------------------------------------------ leaving

    def go_to(self, client_id: int) -> None:
        """Show a client, or a party by the negative of its id, in the main window; this one stays."""
        show(self, "clients", client_id)

    def leave(self) -> None:
        """Close; where something was written, only when asked a second time."""
        if self._may_leave():
            self.close()

    def _may_leave(self) -> bool:
        if not self._written or self._warned:
            return True
        self._warned = True
        self.form.bar.say(_("This is not kept yet. Press Escape once more to throw it away."), "error")
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        # The window's own cross is the user's; the program closes it when the practice is locked.
        if event.spontaneous() and not self._may_leave():
            event.ignore()
            return
        placed.keep_place(self, type(self).__name__)
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.fillRect(self._left.geometry().right() + 1, 0, 1, self.height(), colour("line"))
