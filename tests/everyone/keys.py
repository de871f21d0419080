"""A walk through a window by real presses of Tab and of Shift and Tab: where it comes, and whether it ends."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from desktop.widgets.overlay import Overlay
from tests.everyone.walk import where

# Nobody presses Tab so often to come around; a window that needs more holds the keyboard somewhere.
MOST = 400


def trapped(window: QWidget, known: set[tuple[str, ...]]) -> Iterator[str]:
    """A sentence for each control that Tab cannot reach, or cannot leave; each way through a window once (`known`)."""
    wanted = [each for each in window.findChildren(QWidget) if _takes_keys(each, window)]
    way = tuple(where(each) for each in wanted)
    if not wanted or way in known:
        return
    known.add(way)
    for key, name in ((Qt.Key.Key_Tab, "Tab"), (Qt.Key.Key_Backtab, "Shift+Tab")):
        wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
        reached = _walk(key)
        if reached is None:
            yield f"{name} does not come back to {where(wanted[0])}, but stays at {where(_now(window))}"
            continue
        for widget in wanted:
            if widget not in reached and _takes_keys(widget, window):
                yield f"{name} does not reach {where(widget)}"


def _walk(key: Qt.Key) -> list[QWidget] | None:
    """Every part that the key comes by until it is where it began; None where it never is."""
    first = QApplication.focusWidget()
    reached: list[QWidget] = []
    while (here := QApplication.focusWidget()) is not None and len(reached) < MOST:
        if reached and here is first:
            return reached
        reached.append(here)
        QTest.keyClick(here, key)
        if QApplication.focusWidget() is here:
            return reached if len(reached) == 1 else None
    return None


def _now(window: QWidget) -> QWidget:
    return QApplication.focusWidget() or window


def _takes_keys(widget: QWidget, window: QWidget) -> bool:
    if not (widget.isVisible() and widget.isEnabled() and widget.window() is window):
        return False
    if widget.focusProxy() is not None or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    return not isinstance(widget, QScrollBar) and not _is_covered(widget, window) and not widget.size().isEmpty()


def _is_covered(widget: QWidget, window: QWidget) -> bool:
    """Whether a page that is laid over the widget's own hides it."""
    return any(_lies_over(each, widget) for each in window.findChildren(Overlay) if each.isVisible())


def _lies_over(page: QWidget, widget: QWidget) -> bool:
    around, part = page.parentWidget(), widget
    if around is None or page is widget or page.isAncestorOf(widget) or not around.isAncestorOf(widget):
        return False
    while (parent := part.parentWidget()) is not None and parent is not around:
        part = parent
    # Of those that stand in one part, the later lies over the one before.
    return around.children().index(page) > around.children().index(part)
