"""A scan or a photo shown inside the window: pictures and the pages of a PDF, near or far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.text import _
from desktop.widgets.keys import on_key
from desktop.widgets.spoken import Role, spoken_as

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

STEP, NEAREST, FARTHEST = 1.25, 8.0, 0.1
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"}
PDF = "application/pdf"


def can_show(media_type: str) -> bool:
    """Whether a file of this kind is shown in the window."""
    return media_type in PICTURES or media_type == PDF


def read_picture(content: bytes, within: QSize | None = None) -> QImage:
    """A picture, turned as its camera says and at most as large as `within`; a null image where it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if within is not None and size.isValid() and (size.width() > within.width() or size.height() > within.height()):
        reader.setScaledSize(size.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def first_page(content: bytes, within: QSize) -> QImage:
    """The first page of a PDF as a picture; a null image where it cannot be read."""
    document = document_of(content)
    if document.pageCount() == 0:
        return QImage()
    size = document.pagePointSize(0).scaled(within.toSizeF(), Qt.AspectRatioMode.KeepAspectRatio).toSize()
    # A page is drawn on nothing: in the dark its letters would stand on the dark.
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, document.render(0, size))
    painter.end()
    return paper


def document_of(content: bytes, parent: QWidget | None = None) -> QPdfDocument:
    """The bytes of a PDF as a document that lives as long as `parent`; without pages where they cannot be read."""
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument(parent)  # type: ignore[arg-type]
    buffer = QBuffer(document)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


class PictureView(QScrollArea):
    """A picture as large as its place allows; + and − bring it nearer and farther, 0 fits it again."""

    def __init__(self, picture: QImage, name: str) -> None:
        super().__init__()
        self._pixmap, self._factor = QPixmap.fromImage(picture), 0.0
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setAccessibleName(name)
        spoken_as(self, Role.Graphic)
        self.setProperty("ring", True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for keys, factor in (("+", STEP), ("=", STEP), ("-", 1 / STEP)):
            on_key(keys, self, lambda factor=factor: self.nearer(factor), "itself")  # type: ignore[misc]
        on_key("0", self, self.fit, "itself")

    def nearer(self, factor: float) -> None:
        """Enlarge the picture; a factor below 1 makes it smaller."""
        self._factor = min(NEAREST, max(FARTHEST, (self._factor or self._fitting()) * factor))
        self._show()

    def fit(self) -> None:
        """Show the whole picture."""
        self._factor = 0.0
        self._show()

    def _fitting(self) -> float:
        place, size = self.viewport().size(), self._pixmap.deviceIndependentSize()
        return min(1.0, (place.width() - 32) / max(1.0, size.width()), (place.height() - 32) / max(1.0, size.height()))

    def _show(self) -> None:
        size = self._pixmap.size() * (self._factor or max(FARTHEST, self._fitting()))
        smooth = Qt.TransformationMode.SmoothTransformation
        self._label.setPixmap(self._pixmap.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()


class PagesView(QWidget):
    """The pages of a PDF, one under the other, as wide as their place."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__()
        from PySide6.QtPdfWidgets import QPdfView

        # The view is the first child, so that it is gone before the document that it listens to.
        view = QPdfView(self)
        view.setAccessibleName(name)
        spoken_as(view, Role.Document)
        view.setProperty("ring", True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.document = document_of(content, self)
        view.setDocument(self.document)
        self.setFocusProxy(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)


def unreadable() -> str:
    """What is said of a file that cannot be shown after all."""
    return _("This file cannot be shown here. Open it with its own program.")
