"""The hand of a user who has only a mouse: it clicks where things are painted, and types into what it clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QMimeData, QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from desktop.app import App
from tests.journeys.hands import Hands

LEAST = 24  # pixels that whatever is to be hit must measure each way (WCAG 2.5.8)
NOTCH = 120
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Mouse(Hands):
    """Clicks go to the window at a point, and Qt finds what lies there; `clicked` counts them.

    No key is pressed; `type` writes into the field that was clicked last.
    """

    def __init__(self, app: App, wait_until: Callable[..., None]) -> None:
        super().__init__(app, wait_until)
        self.clicked = 0
        self._told = 0

    def press(self, *keys: str) -> None:
        raise AssertionError(f"a mouse has no key {keys}")

    def split_clicks(self) -> int:
        """The clicks since the last time this was asked."""
        since, self._told = self.clicked - self._told, self.clicked
        return since

    # ------------------------------------------------------------------ at a point

    def at(self, part: QWidget, spot: QPoint, button: Qt.MouseButton = LEFT) -> None:
        """Click a point of a part, which must not be covered by anything else."""
        window = part.window()
        if not isinstance(window, QMenu) and window.windowType() != Qt.WindowType.Popup:
            self._come_to_the_front()
        there = part.mapTo(window, spot)
        found = window.childAt(there) or window
        assert found is part or part.isAncestorOf(found) or found.isAncestorOf(part), f"{found} lies over {part}"
        handle = window.windowHandle()
        assert handle is not None
        self.clicked += 1
        QTest.mouseMove(handle, there)
        QTest.mouseClick(handle, button, Qt.KeyboardModifier.NoModifier, there)
        QApplication.processEvents()

    def hover(self, part: QWidget) -> None:
        """Rest the pointer on a part."""
        self.bring_into_view(part)
        window = part.window()
        handle = window.windowHandle()
        assert handle is not None
        QTest.mouseMove(handle, part.mapTo(window, part.rect().center()))
        QApplication.processEvents()

    def bring_into_view(self, part: QWidget, spot: QPoint | None = None) -> None:
        """Turn the wheel over whatever scrolls around a part, until the part (or the spot in it) is seen."""
        # What has just been opened takes its places first.
        for _turn in range(4):
            QApplication.processEvents()
        area: QWidget | None = part.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea):
                self._wheel(area, lambda area=area: self._hidden(area, part, spot))  # type: ignore[misc]
            area = area.parentWidget()

    @staticmethod
    def _hidden(area: Any, part: QWidget, spot: QPoint | None) -> int:
        """How far the part lies above (below 0) or beneath what is seen of the area; 0 where it is seen."""
        view = area.viewport()
        middle = part.mapTo(view, spot or part.rect().center()).y()
        return middle if middle < 0 else max(0, middle - view.height() + 4)

    def _wheel(self, area: Any, hidden: Callable[[], int]) -> None:
        for _turn in range(200):
            far = hidden()
            if far == 0:
                return
            view: QWidget = area.viewport()
            window = view.window()
            # At the edge, where no list or page of its own lies under the pointer and turns instead.
            middle = view.mapTo(window, QPoint(4, view.height() // 2))
            notch = QPoint(0, NOTCH if far < 0 else -NOTCH)
            QTest.wheelEvent(window.windowHandle(), QPointF(middle), notch)
            QApplication.processEvents()
        raise AssertionError("the wheel does not bring it into view")

    def let_go(self, data: QMimeData, part: QWidget, spot: QPoint) -> None:
        """Let go, over a point of a part, what the pointer carries; whatever lies there and takes drops is asked."""
        window = part.window()
        self.clicked += 1
        there: QWidget | None = window.childAt(part.mapTo(window, spot))
        actions, none = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
        while there is not None:
            place = QPointF(there.mapFrom(window, part.mapTo(window, spot)))
            enter = QDragEnterEvent(place, actions, data, LEFT, none)
            if there.acceptDrops() and QApplication.sendEvent(there, enter) and enter.isAccepted():
                QApplication.sendEvent(there, QDragMoveEvent(place, actions, data, LEFT, none))
                drop = QDropEvent(place, actions, data, LEFT, none)
                QApplication.sendEvent(there, drop)
                assert drop.isAccepted()
                QApplication.processEvents()
                return
            there = there.parentWidget()
        raise AssertionError(f"nothing takes this where it was let go: {data.formats()}")

    # ------------------------------------------------------------------ by what it is called

    def seen(self, name: str, kind: type[QWidget] = QWidget, nth: int = 0) -> Any:
        """The part of this name (or whose name begins so), in the window before the user."""
        parts = [each for each in self._parts(kind) if _name(each) == name]
        parts = parts or [each for each in self._parts(kind) if _name(each).startswith(name)]
        assert len(parts) > nth, f"nothing is called “{name}” here: {sorted({_name(e) for e in self._parts(kind)})}"
        return parts[nth]

    def sees(self, name: str) -> bool:
        """Whether something of this very name is in the window before the user."""
        return any(_name(each) == name for each in self._parts(QWidget))

    def _parts(self, kind: type[QWidget]) -> Iterator[QWidget]:
        for each in self.front().findChildren(kind):
            if each.isVisible() and each.isEnabled() and each.window() is self.front() and _name(each):
                yield each

    def click(self, name: str, kind: type[QWidget] = QWidget, nth: int = 0) -> None:
        """Click what is called so."""
        self.hit(self.seen(name, kind, nth))

    def hit(self, part: QWidget, button: Qt.MouseButton = LEFT) -> None:
        """Click the middle of a part; it must be large enough to be hit."""
        self.bring_into_view(part)
        shown = part.visibleRegion().boundingRect()
        assert min(part.width(), part.height()) >= LEAST, f"“{_name(part)}” measures {part.width()} × {part.height()}"
        self.at(part, shown.center(), button)

    def seen_main(self) -> QWidget:
        """The main button of the form before the user."""
        return next(each for each in self._parts(QWidget) if each.accessibleDescription() == "Ctrl+Return")

    def at_header(self, table: Any, key: str, button: Qt.MouseButton = LEFT) -> None:
        """Click the title of a column."""
        header = table.horizontalHeader()
        column = next(at for at, each in enumerate(table.rows.columns) if each.key == key)
        left, wide = header.sectionViewportPosition(column), header.sectionSize(column)
        self.at(header.viewport(), QPoint(left + wide // 2, header.height() // 2), button)

    def write(self, name: str, words: str) -> None:
        """Click a field and write in it."""
        self.click(name, QLineEdit if self._is_line(name) else QTextEdit)
        self.type(words)

    def _is_line(self, name: str) -> bool:
        return any(_name(each) == name for each in self._parts(QLineEdit))

    def over_write(self, name: str, words: str) -> None:
        """Click a field twice, which takes the word or line that stands there, and write in its place."""
        field = self.seen(name, QLineEdit)
        self.hit(field)
        field.selectAll()
        self.type(words)

    def choose(self, wanted: str, of: str = "") -> None:
        """Open a box by its name and click a line of its list."""
        box = self.seen(of, QComboBox)
        self.hit(box)
        self.wait(lambda: box.view().isVisible())
        # A box takes no second click that comes as fast as a double click.
        QTest.qWait(QApplication.doubleClickInterval() + 20)
        self.row(box.view(), lambda index: index.data() == wanted)
        self.wait(lambda: not box.view().isVisible())
        assert box.currentText() == wanted

    def suggested(self, words: str) -> None:
        """Click a suggestion under the field that is written in, where suggestions are shown."""
        QApplication.processEvents()
        popup: Any = QApplication.activePopupWidget()
        if popup is not None:
            self.row(popup, lambda index: words in str(index.data()))

    def row(self, view: Any, wanted: Callable[[QModelIndex], bool], button: Qt.MouseButton = LEFT) -> None:
        """Click a row of a list or a table, turning the wheel until it is seen."""
        index = _index(view.model(), wanted)

        def place() -> QRect:
            return QRect(view.visualRect(index))

        self._wheel(view, lambda: _beyond(place(), view.viewport().height()))
        assert place().height() >= LEAST
        self.at(view.viewport(), place().center(), button)

    def menu(self, *words: str) -> None:
        """Click through the menu that is open: an entry, and then in what opens from it."""
        for each in words:
            self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
            menu: Any = QApplication.activePopupWidget()
            action = next((one for one in menu.actions() if one.text().split("\t")[0].rstrip("…") == each), None)
            assert action is not None, [one.text() for one in menu.actions()]
            assert action.isEnabled(), each
            place: QRect = menu.actionGeometry(action)
            assert place.height() >= LEAST, (each, place)
            self.at(menu, place.center())

    def tab(self, title: str) -> None:
        """Click a tab; a count may stand behind its title."""
        self.click(title)

    def room_by_click(self, name: str) -> Any:
        """Click a room in the sidebar."""
        self.hit(self.app.window.sidebar.entry(name))
        return self.room(name)

    def find(self, typed: str, title: str) -> None:
        """Click the search field, write, and click what was found."""
        search = self.app.window.top.search
        self.hit(search)
        self.type(typed)
        self.wait(lambda: title in [row.title for row in search.results_shown()])
        self.row(search._results, lambda index: index.data() == title)


def _name(part: QWidget) -> str:
    return part.accessibleName() or (part.text() if hasattr(part, "text") and callable(part.text) else "")


def _index(model: QAbstractItemModel, wanted: Callable[[QModelIndex], bool]) -> QModelIndex:
    for at in range(model.rowCount()):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            index = model.index(at, column)
            if wanted(index):
                return index
    raise AssertionError([model.index(at, 0).data() for at in range(model.rowCount())])


def _beyond(place: QRect, height: int) -> int:
    middle = place.center().y()
    return middle if middle < 0 else max(0, middle - height + 4)


Point = Callable[[str], Mouse]
