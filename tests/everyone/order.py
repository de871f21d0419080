"""Whether Tab goes through a window as the eye does, and whether the keyboard is seen wherever it stands.

The rule: controls of one block come one after the other, and within a block each step goes down or to the right.
Down may be anywhere; up is allowed only into a new column at the right; left only on a lower line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.widgets.stops import stops as window_stops
from tests.everyone.seen import change
from tests.everyone.walk import where

ENOUGH = 3.0  # WCAG 2.4.13, of what a point is to what it was
AROUND = 5  # a focus may show itself around a control too


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab stops in a window when it is pressed again and again, from the first stop until it is back there."""
    return [each for each in window_stops(window) if each.isVisibleTo(window)]


def out_of_order(window: QWidget) -> Iterator[str]:
    """A sentence for each step of Tab that the eye would not take."""
    chain = stops(window)
    yield from _within(window, chain)


def _within(block: QWidget, chain: list[QWidget]) -> Iterator[str]:
    parts: list[tuple[QWidget, list[QWidget]]] = []
    for widget in chain:
        part = _part(block, widget)
        if parts and parts[-1][0] is part:
            parts[-1][1].append(widget)
        elif any(part is known for known, _stops in parts):
            yield f"Tab comes back to {where(part)} at {where(widget)}"
            return
        else:
            parts.append((part, [widget]))
    for (before, _these), (after, _those) in pairwise(parts):
        if not _goes_on(_place(before, block), _place(after, block)):
            yield f"from {where(before)} Tab goes back to {where(after)}"
    for part, those in parts:
        if len(those) > 1:
            yield from _within(part, [each for each in those if each is not part])


def _part(block: QWidget, widget: QWidget) -> QWidget:
    while (parent := widget.parentWidget()) is not None and parent is not block:
        widget = parent
    return widget


def _place(widget: QWidget, block: QWidget) -> QRect:
    return QRect(widget.mapTo(block, QPoint(0, 0)), widget.size())


def _goes_on(before: QRect, after: QRect) -> bool:
    right = after.left() >= before.right() - AROUND
    if after.bottom() <= before.top() + AROUND:
        return right
    if after.top() >= before.bottom() - AROUND:
        return True
    return right or after.left() >= before.left()


def unseen(window: QWidget, known: set[str]) -> Iterator[str]:
    """A sentence for each control that looks the same with the keyboard and without; each kind once (`known`)."""
    for widget in stops(window):
        name = where(widget)
        if name in known:
            continue
        known.add(name)
        around = widget.parentWidget() or window
        place = widget.geometry().adjusted(-AROUND, -AROUND, AROUND, AROUND)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if QApplication.focusWidget() is not widget:
            continue
        with_keys = around.grab(place).toImage()
        widget.clearFocus()
        if (strength := change(around.grab(place).toImage(), with_keys)) < ENOUGH:
            yield f"{name} hardly shows that it has the keyboard: {strength:.1f}"
