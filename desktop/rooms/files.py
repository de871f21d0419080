"""The files of a client, an engagement or an advice entry: thumbnails, shown in the window, opened, saved, dragged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from db import attachments
from db.attachments import AttachmentRow, NewAttachment
from desktop import look, messages
from desktop.jobs import Job
from desktop.rooms import filing, viewer
from desktop.rooms.file_line import FileLine
from desktop.rooms.filing import Owner
from desktop.rooms.room import Room
from desktop.rooms.words import when
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.keys import on_key
from desktop.widgets.label import label
from desktop.widgets.overlay import Overlay
from desktop.widgets.pane import Changing

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

THUMBNAIL = QSize(80, 96)
LARGEST_THUMBNAIL_BYTES = 20_000_000


class FilesView(QWidget):
    """`show_owner` lists a record's files; they come in by drop, by paste (Ctrl+V) and by the button.

    `open_path` is what opens a copy with the system's own program. Where the page around it takes what is pasted,
    `pastes` is false: one key cannot be listened to twice.
    """

    def __init__(self, desk: OpenPractice, pastes: bool = True) -> None:
        super().__init__()
        self.desk = desk
        self.open_path: Callable[[Path], object] = filing.open_path
        self._owner = Owner()
        self.rows: list[AttachmentRow] = []
        self._pictures: dict[str, QImage] = {}
        self._lines: list[FileLine] = []
        self.viewing: Overlay | None = None
        self.bar = MessageBar()
        self._list = Changing()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addWidget(self._list, 1)
        self.setAcceptDrops(True)
        if pastes:
            on_key(QKeySequence.StandardKey.Paste, self, self.paste, "inside")

    def show_owner(self, owner: Owner) -> None:
        """List the files of another record, or of the same one anew."""
        if owner != self._owner:
            self.bar.hide()
        self._owner = owner
        self.rows = self.desk.ask(
            attachments.list_attachments,
            owner.client_id,
            engagement_id=owner.engagement_id,
            advice_id=owner.advice_id,
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 14)
        column.setSpacing(10)
        self._lines = []
        if self.rows:
            self._fill(column)
        else:
            words = _(
                "Drop them here, paste them, or pick them. They are kept inside the practice, under the same key."
            )
            column.addWidget(Empty("paperclip", _("No files yet"), words, _("Attach"), self.choose), 1)
        self._list.replace(page)
        self._draw_pictures()

    def _fill(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(button(_("Attach"), self.choose, "", "paperclip"))
        row.addWidget(label(_("or drop or paste them here"), "faint"), 1)
        column.addLayout(row)
        card = Card()
        for kept in self.rows:
            day = when(dt.datetime.fromisoformat(kept.added_at).astimezone().date())
            line = FileLine(kept, f"{filing.size_words(kept.size)} · {day}")
            line.shown.connect(partial(self.show_file, kept))
            line.opened.connect(partial(self.open_outside, kept))
            line.saved.connect(partial(self.save_as, kept))
            line.removed.connect(partial(self._remove, kept.id))
            line.dragged.connect(partial(self._drag, kept))
            if kept.sha256 in self._pictures:
                line.show_picture(self._pictures[kept.sha256])
            self._lines.append(line)
            card.add(line)
        column.addWidget(card)
        column.addStretch(1)

    # ------------------------------------------------------------------ coming in

    def choose(self) -> None:
        """Pick files on this computer."""
        found, _kind = QFileDialog.getOpenFileNames(self, _("Attach files"))
        self.attach([Path(name) for name in found])

    def attach(self, paths: Sequence[Path]) -> None:
        """Keep files with the record, each as a step of its own."""
        self._take([NewAttachment(path=path) for path in paths])

    def paste(self) -> None:
        """Keep what is on the clipboard: files, or an image."""
        self.take_data(QGuiApplication.clipboard().mimeData())

    def take_data(self, data: QMimeData) -> None:
        """Keep the files in what was dropped or pasted; says so where there are none."""
        found = filing.files_of(data)
        if found:
            self._take(found)
        else:
            self.bar.say(_("There is no file and no picture on the clipboard."), closable=True)

    def _take(self, files: Sequence[NewAttachment]) -> None:
        if files and self._owner != Owner():
            self.bar.hide()
            filing.attach_all(self.desk, self._owner, files, self._say_busy)

    def _say_busy(self, job: Job) -> None:
        self.bar.say(_("Being kept…"), actions=[(_("Cancel"), job.cancel)])
        job.ended.connect(self.bar.hide)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if filing.has_files(event.mimeData()) and event.source() not in self._lines:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_data(event.mimeData())
        event.acceptProposedAction()

    # ------------------------------------------------------------------ going out

    def show_record(self, attachment_id: int) -> None:
        """Show one file, if it is among those listed."""
        for row in self.rows:
            if row.id == attachment_id:
                self.show_file(row)

    def show_file(self, row: AttachmentRow) -> None:
        """Show a scan or a photo over the room; any other file is opened by its own program."""
        if not viewer.can_show(row.media_type):
            self.open_outside(row)
            return
        over = self._over()
        acts = [
            (_("Open"), partial(self.open_outside, row), "", "external-link"),
            (_("Save as…"), partial(self.save_as, row), "", "save"),
        ]
        self.viewing = view = Overlay(over, row.name, acts, filing.size_words(row.size))  # type: ignore[arg-type]
        view.closed.connect(self._on_closed)
        view.lay()
        job = Job(lambda _progress: _shown(self.desk, row))
        job.done.connect(partial(self._on_read, view))
        job.failed.connect(self.desk.tell_failed)
        job.start()

    def _on_read(self, view: Overlay, read: tuple[AttachmentRow, bytes, QImage]) -> None:
        if self.viewing is not view:
            return
        row, content, picture = read
        body: QWidget = label(viewer.unreadable(), "muted", wrap=True)
        if row.media_type == viewer.PDF:
            body = viewer.PagesView(content, row.name)
        elif not picture.isNull():
            body = viewer.PictureView(picture, row.name)
        view.set_body(body)
        body.show()
        body.setFocus()

    def _on_closed(self) -> None:
        self.viewing = None

    def _over(self) -> QWidget:
        over: QWidget | None = self
        while over is not None and not isinstance(over, Room):
            over = over.parentWidget()
        return over or self.window()

    def open_outside(self, row: AttachmentRow) -> None:
        """Open a private copy with the system's own program; the copy goes when the practice is locked or closed."""
        self._copy(row, self.open_path)

    def _copy(self, row: AttachmentRow, then: Callable[[Path], object]) -> None:
        if row.size <= filing.AT_ONCE_BYTES:
            made = self.desk.attempt(lambda: self.desk.ask(filing.copy_of, row))
            if made is not None:
                then(made)
            return
        job = Job(lambda _progress: self.desk.ask(filing.copy_of, row))
        job.done.connect(then)
        job.failed.connect(self.desk.tell_failed)
        job.start()

    def save_as(self, row: AttachmentRow) -> None:
        """Save a copy where the user wants it."""
        path = messages.choose_new_file(self, _("Save as"), Path.home() / row.name, "")
        if path is None:
            return
        job = Job(lambda _progress: self.desk.ask(filing.save_copy, row.id, path))
        job.done.connect(lambda kept: self.bar.say(_("Saved as {name}.").format(name=kept.name), "good", closable=True))
        job.failed.connect(self.desk.tell_failed)
        job.start()

    def _remove(self, attachment_id: int) -> None:
        self.desk.attempt(lambda: self.desk.do(attachments.remove_attachment, attachment_id))

    def _drag(self, row: AttachmentRow, line: QWidget) -> None:
        made = self.desk.attempt(lambda: self.desk.ask(filing.copy_of, row))
        if made is not None:
            drag, data = QDrag(line), QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(made))])
            drag.setMimeData(data)
            drag.setPixmap(line.grab())
            drag.setHotSpot(QPoint(12, look.px(20)))
            drag.exec(Qt.DropAction.CopyAction)

    # ------------------------------------------------------------------ thumbnails

    def _draw_pictures(self) -> None:
        wanted = [
            row
            for row in self.rows[:40]
            if viewer.can_show(row.media_type)
            and row.size <= LARGEST_THUMBNAIL_BYTES
            and row.sha256 not in self._pictures
        ]
        if wanted:
            job = Job(lambda _progress: {row.sha256: _thumbnail(self.desk, row) for row in wanted})
            job.done.connect(self._on_pictures)
            job.start()

    def _on_pictures(self, pictures: dict[str, QImage]) -> None:
        self._pictures |= pictures
        for line in self._lines:
            if line.row.sha256 in pictures:
                line.show_picture(pictures[line.row.sha256])


def _thumbnail(desk: OpenPractice, row: AttachmentRow) -> QImage:
    content = desk.ask(filing.content_of, row.id)
    read = viewer.first_page if row.media_type == viewer.PDF else viewer.read_picture
    return read(content, THUMBNAIL)


def _shown(desk: OpenPractice, row: AttachmentRow) -> tuple[AttachmentRow, bytes, QImage]:
    content = desk.ask(filing.content_of, row.id)
    return row, content, QImage() if row.media_type == viewer.PDF else viewer.read_picture(content)
