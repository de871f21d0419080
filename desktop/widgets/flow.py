"""Widgets beside one another that go on in the next line where there is no more room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items from left to right, line under line, `gap` pixels apart.

    With `wide_first` the first one takes what the others leave of its line, or where they do not fit a line of its own.
    """

    def __init__(self, gap: int = 6, wide_first: bool = False) -> None:
        super().__init__()
        self._wide_first = wide_first
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        self._place(place, move=True)

    def _place(self, place: QRect, move: bool) -> int:
        left, top, tall = place.left(), place.top(), 0
        items = [item for item in self._items if not item.isEmpty()]
        for at, item in enumerate(items):
            size = item.sizeHint()
            if at == 0 and self._wide_first:
                others = sum(other.sizeHint().width() + self._gap for other in items[1:])
                spare = place.width() - others
                size.setWidth(spare if spare >= size.width() else place.width())
            if left > place.left() and left + size.width() > place.right() + 1:
                left, top, tall = place.left(), top + tall + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), size.boundedTo(QSize(place.width(), size.height()))))
            left, tall = left + size.width() + self._gap, max(tall, size.height())
        return top + tall - place.top()


class Flow(QWidget):
    """A place for widgets that flow; `show_all` replaces what stands there."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._flow = FlowLayout(gap)
        self.setLayout(self._flow)

    def show_all(self, widgets: Sequence[QWidget]) -> None:
        """Show these in place of the ones before; without any the place takes no room."""
        while (old := self._flow.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for widget in widgets:
            self._flow.addWidget(widget)
            widget.show()
        self.setVisible(bool(widgets))
        self.updateGeometry()
