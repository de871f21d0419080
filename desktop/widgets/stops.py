"""The way that Tab takes through a window: by where things stand in their layouts, and not by when they were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QScrollArea, QSplitter, QWidget


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab stops in a window, in its order."""
    return list(_stops(window))


def step(window: QWidget, forward: bool) -> bool:
    """Give the keyboard to the next stop, or the one before, round and round; False where there is none."""
    way = stops(window)
    if not way:
        return False
    here = _place(QApplication.focusWidget(), way)
    if here is None:
        after = way[0 if forward else -1]
    else:
        after = way[(here + (1 if forward else -1)) % len(way)]
    after.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_view(after)
    return True


def _place(here: QWidget | None, way: list[QWidget]) -> int | None:
    """Which stop has the keyboard; of a part that takes it without being a stop, the last stop before it."""
    while here is not None:
        if here in way:
            return way.index(here)
        inside = [at for at, one in enumerate(way) if here.isAncestorOf(one)]
        if inside:
            return inside[0] - 1
        here = here.parentWidget()
    return None


def _bring_into_view(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _stops(widget: QWidget) -> Iterator[QWidget]:
    able = widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    if able and widget.focusProxy() is None:
        yield widget
    for child in _children(widget):
        if not child.isHidden() and not child.isWindow():
            yield from _stops(child)


def _children(widget: QWidget) -> list[QWidget]:
    """What stands in a widget: first what its layout holds, in the layout's order, then the rest as it was made."""
    if isinstance(widget, QSplitter):
        return [part for at in range(widget.count()) if (part := widget.widget(at)) is not None]
    layout = widget.layout()
    laid = [] if layout is None else list(_laid(layout, widget))
    rest = [child for child in widget.children() if isinstance(child, QWidget) and child not in laid]
    # Nobody stops at what lies under a page that covers it.
    over = [child for child in rest if getattr(child, "COVERS", False) and not child.isHidden()]
    return over[-1:] or [*laid, *rest]


def _laid(layout: QLayout, holder: QWidget) -> Iterator[QWidget]:
    # Asked from the widgets and layouts, never from the items: what PySide makes of an item outlives it, and would
    # then be taken for whatever comes to stand at its address.
    held = [(layout.indexOf(child), child) for child in holder.children() if isinstance(child, QWidget)]
    inner = [(layout.indexOf(child), child) for child in layout.children() if isinstance(child, QLayout)]
    order = sorted([pair for pair in (*held, *inner) if pair[0] >= 0], key=lambda pair: _spot(layout, pair[0]))
    for _at, part in order:
        if isinstance(part, QLayout):
            yield from _laid(part, holder)
        elif isinstance(part, QWidget):
            yield part


def _spot(layout: QLayout, at: int) -> tuple[int, int]:
    if isinstance(layout, QGridLayout):
        spot: Any = layout.getItemPosition(at)
        return int(spot[0]), int(spot[1])
    return at, 0
