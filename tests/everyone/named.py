"""Which controls a screen reader cannot name, or takes for something that they are not."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from tests.everyone.walk import where

Role = QAccessible.Role
NOTHING = {Role.NoRole, Role.Client, Role.Border, Role.Window}
PRESSED = {Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton, Role.Link, Role.PageTab}
ROLES: tuple[tuple[type[QWidget], set[QAccessible.Role]], ...] = (
    (QAbstractButton, PRESSED),
    (QComboBox, {Role.ComboBox}),
    (QLineEdit, {Role.EditableText}),
    (QTextEdit, {Role.EditableText}),
    (QAbstractItemView, {Role.List, Role.Table, Role.Tree}),
)
# These take part in a control of another name: it speaks for them.
PARTS = (QScrollBar, QHeaderView, QMenu)


def unnamed(window: QWidget) -> Iterator[str]:
    """A sentence for each control without a name or with a senseless role, and for each row without words."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget.window() is not window or not widget.isVisibleTo(window) or isinstance(widget, PARTS):
            continue
        if _is_control(widget):
            yield from _control(widget)
        elif _is_painted(widget) and not _said(widget):
            yield f"{where(widget)} paints words that nobody hears"


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, QMainWindow) or isinstance(widget.parentWidget(), (QComboBox, QAbstractScrollArea)):
        return False  # the list that drops from a box, and the plane that a page scrolls on
    if isinstance(widget, QScrollArea) and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        return False
    if any(isinstance(widget, kind) for kind, _roles in ROLES):
        return True
    takes_keys = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return takes_keys or any("mousePressEvent" in vars(kind) for kind in type(widget).__mro__ if _is_ours(kind))


def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith("desktop")


def _is_painted(widget: QWidget) -> bool:
    """Whether a widget draws words that Qt knows nothing of; a label's are known."""
    if isinstance(widget, QLabel):
        return False
    ours = any("paintEvent" in vars(kind) for kind in type(widget).__mro__ if _is_ours(kind))
    letters = any(name in _names(kind) for kind in type(widget).__mro__ if _is_ours(kind) for name in DRAWN)
    return ours and letters and not widget.size().isEmpty()


DRAWN = ("elided", "paint_chip", "drawText")


def _names(kind: type) -> set[str]:
    drawing = vars(kind).get("paintEvent")
    return set(drawing.__code__.co_names) if drawing is not None else set()


def _said(widget: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else ""


def _control(widget: QWidget) -> Iterator[str]:
    spoken = QAccessible.queryAccessibleInterface(widget)
    if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
        yield f"{where(widget)} has no name"
        return
    role = spoken.role()
    wanted = next((roles for kind, roles in ROLES if isinstance(widget, kind)), None)
    if role not in wanted if wanted is not None else role in NOTHING:
        yield f"{where(widget)} is taken for {role.name}"
    if isinstance(widget, QAbstractItemView):
        yield from _rows(widget)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    spoken = QAccessible.queryAccessibleInterface(view)
    for row in range(min(3, model.rowCount())):
        columns = 1 if isinstance(view, QListView) else model.columnCount()
        indexes = [model.index(row, column) for column in range(columns)]
        words = [index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() for index in indexes]
        if not any(words):
            yield f"row {row} of {where(view)} says nothing"
    if model.rowCount() and spoken.childCount() == 0:
        yield f"{where(view)} hides its rows"
