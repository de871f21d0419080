"""The larger pieces a page is made of: a sheet with a title row, a page that scrolls, and two panes side by side."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from desktop import look
from desktop.widgets.ink import colour
from desktop.widgets.label import Short, rule
from desktop.widgets.roomy import Roomy
from desktop.widgets.turns import Turns, dress


class _Bodies(QWidget):
    """Asks for no more height than what is shown needs, so that the line at the foot of a pane is not pressed flat."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = QStackedLayout(self)

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        least, shown = self.stack.minimumSize(), self.stack.currentWidget()
        return QSize(least.width(), min(least.height(), shown.minimumSizeHint().height() if shown is not None else 0))


class Pane(QWidget):
    """A sheet of paper that fills its place: title, a quiet count, actions at the right, and one body beneath."""

    def __init__(self, title: str, body: QWidget) -> None:
        super().__init__()
        self._title, self._note = Short(title, "heading", letters=10), Short("", "muted")
        head = QWidget()
        head.setFixedHeight(look.px(47))
        self._row = QHBoxLayout(head)
        self._row.setContentsMargins(14, 0, 14, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._row.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(rule())
        bodies = _Bodies()
        self._bodies = bodies.stack
        # Its place first: what comes into a stack without one is a window of its own for a moment, and takes the focus.
        column.addWidget(bodies, 1)
        self._bodies.addWidget(body)

    def set_empty(self, empty: QWidget) -> None:
        """What stands in place of the body while there is nothing to list."""
        self._bodies.addWidget(empty)

    def show_empty(self, nothing: bool) -> None:
        """Show the empty state, if one was set, or the body."""
        self._bodies.setCurrentIndex(1 if nothing and self._bodies.count() > 1 else 0)

    def show_instead(self, empty: QWidget | None) -> None:
        """Show one of several empty states in place of the body, or with None the body."""
        if empty is not None and self._bodies.indexOf(empty) < 0:
            self._bodies.addWidget(empty)
        self._bodies.setCurrentIndex(0 if empty is None else self._bodies.indexOf(empty))

    def keyboard_place(self) -> QWidget:
        """What the keyboard is meant for: the body, or the button of the empty state."""
        now = self._bodies.currentWidget() or self
        button: QWidget | None = getattr(now, "button", None)
        return button or now

    def set_title(self, title: str, note: str = "") -> None:
        """Another title, and the count or quiet words beside it."""
        self._title.setText(title)
        self._note.setText(note)

    def set_note(self, note: str) -> None:
        """The count or quiet words beside the title."""
        self._note.setText(note)

    def add_beside_title(self, widget: QWidget) -> None:
        """A small button right after the title and its count."""
        self._row.insertWidget(2, widget)

    def add_under_head(self, widget: QWidget) -> None:
        """A line of its own between the head and the body."""
        self._column.insertWidget(2, widget)

    def add_foot(self, widget: QWidget) -> None:
        """A line of its own under the body."""
        self._column.addWidget(widget)

    def add_action(self, widget: QWidget) -> None:
        """One button, chip or field more at the right of the title."""
        self._row.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("surface"))


def scrolled(page: QWidget) -> QScrollArea:
    """A page that scrolls up and down when its window is too low."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setProperty("kind", "sheet")
    area.setWidget(page)
    return area


def filled(fill: Callable[[QVBoxLayout], QWidget | None], right: int = 0) -> QWidget:
    """A column with what `fill` puts into it; the empty state that it may give takes what is left of the height."""
    page = QWidget()
    column = _column_of(page, right)
    _end(column, fill(column))
    return page


def _column_of(page: QWidget, right: int) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 14, right, 14)
    column.setSpacing(10)
    return column


def _end(column: QVBoxLayout, empty: QWidget | None) -> None:
    if empty is None:
        column.addStretch(1)
    else:
        column.addWidget(empty, 1)


Filling = Generator[QWidget, None, QWidget | None]


class Changing(QWidget):
    """A place for a page that is made anew whenever what it shows changes."""

    def __init__(self) -> None:
        super().__init__()
        self._area: QScrollArea | None = None
        self._coming: QScrollArea | None = None
        self._turns = Turns(self)
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)

    def replace(self, page: QWidget) -> None:
        """Show another page; the focus goes to what has the same name on it, and the eye stays where it was."""
        self._turns.stop()
        coming = scrolled(page)
        coming.hide()
        self._place.addWidget(coming)
        self._change(coming, page)

    def replace_in_turns(self, fill: Callable[[QVBoxLayout], Filling], right: int = 0, blank: bool = False) -> None:
        """Make another page out of sight, part for part with the window free in between, and then show it.

        `fill` puts each part in its place and gives it; in the end it may give the empty state, as for `filled`. The
        page before stays meanwhile, unless the place is to be `blank` until then.
        """
        self._turns.stop()
        if self._coming is not None:
            self._drop(self._coming)
        if blank and self._area is not None:
            self._area.hide()
        page = QWidget()
        self._coming = scrolled(page)
        self._coming.hide()
        # In its place before it is filled: what is put in with all its parts is dressed anew as a whole.
        self._place.addWidget(self._coming)
        self._turns.begin(self._filling(page, fill, right))

    @property
    def making(self) -> bool:
        """Whether another page is on its way."""
        return self._turns.busy

    def _filling(self, page: QWidget, fill: Callable[[QVBoxLayout], Filling], right: int) -> Iterator[None]:
        column = _column_of(page, right)
        parts, empty = fill(column), None
        while True:
            try:
                part = next(parts)
            except StopIteration as ended:
                empty = ended.value
                break
            dress(part)
            yield
        _end(column, empty)
        coming, self._coming = self._coming, None
        assert coming is not None
        self._change(coming, page)

    def _change(self, coming: QScrollArea, page: QWidget) -> None:
        old, self._area = self._area, coming
        now = self.focusWidget() if old is not None else None
        name = now.accessibleName() if now is not None and now.hasFocus() else ""
        offset = old.verticalScrollBar().value() if old is not None else 0
        if old is not None:
            self._drop(old)
        self._area.show()
        self._area.verticalScrollBar().setValue(offset)
        if name:
            able = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
            same = [one for one in able if one.accessibleName() == name] or able
            (same[0] if same else self).setFocus()

    def _drop(self, area: QScrollArea) -> None:
        self._place.removeWidget(area)
        area.hide()
        area.deleteLater()


class SideBySide(QSplitter):
    """A list and what it shows, with a line of one pixel between them that can be moved.

    It is put in its place while it is empty: what is put in with all its parts is dressed anew as a whole.
    """

    def __init__(self, left_width: int = 559) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.left, self.right = Roomy(), Roomy()
        self.addWidget(self.left)
        self.addWidget(self.right)
        self.setStretchFactor(1, 1)
        self.setSizes([left_width, 512])


def side_by_side(left: QWidget, right: QWidget, left_width: int = 559) -> QSplitter:
    """A list and what it shows, both there already."""
    split = SideBySide(left_width)
    split.left.hold(left)
    split.right.hold(right)
    return split
