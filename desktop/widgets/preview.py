"""A PDF on the screen: its pages one under the other, near or far, and on the printer."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMargins, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPalette
from PySide6.QtPdf import QPdfDocument, QPdfLink
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.text import _
from desktop.widgets.ink import colour
from desktop.widgets.retold import tell
from desktop.widgets.spoken import Role, spoken_as

NEAREST, FARTHEST, STEP = 4.0, 0.25, 1.25
PRINT_DPI = 300


class Preview(QWidget):
    """Shows the bytes of a PDF; another one takes its place without the reader losing his place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.document: QPdfDocument | None = None
        # The view is the first child, so that it is gone before the documents that it listens to.
        self.view = QPdfView(self)
        spoken_as(self.view, Role.Document)
        self.view.setProperty("ring", True)
        tell(self.view, "setAccessibleName", _("The page as it will be printed"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setPageSpacing(16)
        self.view.setDocumentMargins(QMargins(24, 20, 24, 20))
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.fit_width()

    def show_pdf(self, pdf: bytes) -> None:
        """Show other bytes."""
        bar = self.view.verticalScrollBar()
        place, before = bar.value(), self.document
        document = self.document = QPdfDocument(self)
        # The pages are read from the buffer as they are needed: it must live exactly as long as the document.
        buffer = QBuffer(document)
        buffer.setData(pdf)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        self.view.setDocument(document)
        bar.setValue(place)
        if before is not None:
            before.deleteLater()
        self.wear()

    def show_place(self, place: QPdfLink) -> None:
        """Bring a place on one of the pages into view."""
        document = self.document
        if document is None or not 0 <= place.page() < document.pageCount():
            return
        zoom = self.view.zoomFactor() if self.view.zoomMode() == QPdfView.ZoomMode.Custom else self._fitted()
        scale = zoom * self.view.logicalDpiX() / 72
        before = sum(document.pagePointSize(at).height() * scale for at in range(place.page()))
        down = self.view.documentMargins().top() + before + place.page() * self.view.pageSpacing()
        seen = self.view.viewport().height()
        self.view.verticalScrollBar().setValue(round(down + place.location().y() * scale - seen / 3))

    def page(self) -> int:
        """The page in view, from 0."""
        return self.view.pageNavigator().currentPage()

    def text(self) -> str:
        """All words of the report."""
        document = self.document
        if document is None:
            return ""
        return "\n".join(document.getAllText(number).text() for number in range(document.pageCount()))

    def wear(self) -> None:
        """Take the colours of the scheme that is worn now."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, colour("canvas"))
        palette.setColor(QPalette.ColorRole.Window, colour("canvas"))
        self.view.setPalette(palette)

    def fit_width(self) -> None:
        """Make the page as wide as its place."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """Show the whole page."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def nearer(self, factor: float = STEP) -> None:
        """Enlarge the page; a factor below 1 makes it smaller."""
        now = self.view.zoomFactor() if self.view.zoomMode() == QPdfView.ZoomMode.Custom else self._fitted()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(NEAREST, max(FARTHEST, now * factor)))

    def _fitted(self) -> float:
        document = self.document
        if document is None or document.pageCount() == 0:
            return 1.0
        margins = self.view.documentMargins()
        page = document.pagePointSize(0) * self.view.logicalDpiX() / 72
        across = (self.view.viewport().width() - margins.left() - margins.right()) / page.width()
        if self.view.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            return across
        return min(across, (self.view.viewport().height() - margins.top() - margins.bottom()) / page.height())


def print_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Print a document, each page on one sheet, as large as the paper of the printer allows."""
    points = document.pagePointSize(0)
    across = points.width() > points.height()
    # A printer knows its paper upright; what lies across is turned on it.
    printer.setPageSize(QPageSize(points.transposed() if across else points, QPageSize.Unit.Point))
    printer.setFullPage(True)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turned)
    first = max(1, printer.fromPage())
    last = min(printer.toPage() or document.pageCount(), document.pageCount())
    painter = QPainter(printer)
    sheet = painter.viewport()
    for page in range(first - 1, last):
        if page >= first:
            printer.newPage()
        size = document.pagePointSize(page)
        image = document.render(page, (size * PRINT_DPI / 72).toSize())
        shown = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        painter.drawImage(sheet.adjusted(0, 0, shown.width() - sheet.width(), shown.height() - sheet.height()), image)
    painter.end()
