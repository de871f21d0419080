"""One kept file in a list: its picture or icon, name, size and day, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.attachments import AttachmentRow
from desktop import look
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.ink import colour, crisp, paint_icon
from desktop.widgets.label import label
from desktop.widgets.spoken import Role, spoken_as


class FileLine(QWidget):
    """The name shows the file; dragging the line hands a copy to another program."""

    shown = Signal()
    opened = Signal()
    saved = Signal()
    removed = Signal()
    dragged = Signal(QWidget)

    def __init__(self, row: AttachmentRow, detail: str) -> None:
        super().__init__()
        self.row = row
        self.setAccessibleName(f"{row.name}, {detail}")
        spoken_as(self, Role.Grouping)
        self._pressed: QPoint | None = None
        self.picture = _Picture(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = QHBoxLayout()
        name.addWidget(button(row.name, self.shown.emit, "link"))
        name.addStretch(1)
        words.addLayout(name)
        about = label(detail, "faint")
        about.setContentsMargins(5, 0, 0, 0)
        words.addWidget(about)
        acts = QHBoxLayout()
        acts.setSpacing(2)
        for said, signal in ((_("Open"), self.opened), (_("Save as…"), self.saved), (_("Take off"), self.removed)):
            act = button(said, signal.emit, "link")
            act.setAccessibleDescription(row.name)
            acts.addWidget(act)
        acts.addStretch(1)
        words.addLayout(acts)
        line = QHBoxLayout(self)
        line.setContentsMargins(15, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)

    def show_picture(self, picture: QImage) -> None:
        """Show a thumbnail in place of the icon."""
        self.picture.show_picture(picture)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        begun = self._pressed
        if begun is None:
            return
        if (event.position().toPoint() - begun).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.dragged.emit(self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.shown.emit()


class _Picture(QWidget):
    def __init__(self, row: AttachmentRow) -> None:
        super().__init__()
        kind = row.media_type
        self._icon = "file-text" if kind.startswith(("text", "application/pdf")) else "paperclip"
        if "sheet" in kind or "excel" in kind or kind == "text/csv":
            self._icon = "table"
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(40), look.px(48))

    def show_picture(self, picture: QImage) -> None:
        self._image = picture
        self.update()

    def has_picture(self) -> bool:
        """Whether a thumbnail is shown, and not the icon."""
        return not self._image.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        frame = QPainterPath()
        frame.addRoundedRect(whole, 4, 4)
        painter.fillPath(frame, colour("raised"))
        if self.has_picture():
            painter.setClipPath(frame)
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            left, top = (self.width() - size.width()) // 2, min(0, (self.height() - size.height()) // 2)
            painter.drawImage(QRect(QPoint(left, top), size), self._image)
            painter.setClipping(False)
        else:
            middle = self.rect().center()
            paint_icon(painter, QRect(middle.x() - 8, middle.y() - 8, 18, 18), self._icon)
        painter.setPen(colour("line"))
        painter.drawPath(frame)
