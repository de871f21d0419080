"""What lies over the whole window while no practice is open: one calm sheet in the middle."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from desktop import look
from desktop.widgets.ink import colour, crisp


class Sheet(QWidget):
    """A rounded sheet of paper with a thin line around it; pages of the cover are built on it."""

    def __init__(self, width: int = 460) -> None:
        super().__init__()
        self.setFixedWidth(look.px(width))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 28, 32, 28)
        self.column.setSpacing(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(colour("line"))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)


class Cover(QScrollArea):
    """Covers a window and keeps its commands from working until it is lifted."""

    COVERS = True

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(True)
        # Asking for the viewport that is there makes PySide set up every kind of widget, to find out which it is.
        ground = QWidget()
        ground.setAutoFillBackground(True)
        self.setViewport(ground)
        window.installEventFilter(self)

    def lay(self, page: QWidget) -> None:
        """Lay a page over the window; what was there before is gone."""
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(24, 24, 24, 24)
        row.addStretch(1)
        row.addWidget(page, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.setWidget(ground)
        self._allow(False)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def stay(self) -> None:
        """Lie over what was put into the window meanwhile, if a page lies here now."""
        if self.isVisibleTo(self._window):
            self._allow(False)
            self.raise_()

    def lift(self) -> None:
        """Give the window back to its rooms."""
        page = self.takeWidget()
        if page is not None:
            page.deleteLater()
        self._allow(True)
        self.hide()

    def _allow(self, allowed: bool) -> None:
        centre = self._window.centralWidget()
        if centre is not None:
            centre.setEnabled(allowed)
        for action in self._window.actions():
            action.setEnabled(allowed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False
