"""A room whose page a form can be laid over, to be taken off again when it is done or given up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.rooms.room import Room
from desktop.text import _
from desktop.widgets.form import Form
from desktop.widgets.sheet import Sheet

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

NARROW, WIDE = 600, 820


class CoveredRoom(Room):
    """The page is always there beneath; at most one form lies over it. `uncovered` comes when that is taken off."""

    uncovered = Signal()

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__(desk)
        self.form: Form | None = None
        self._sheet: QWidget | None = None
        self._focus_before: QWidget | None = None
        self._leaves = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._leaves)

    def set_page(self, page: QWidget) -> None:
        """The page of the room."""
        self._leaves.addWidget(page)

    def ask(
        self,
        title: str,
        form: Form,
        main: str,
        submit: Callable[[dict[str, Any]], object],
        note: str = "",
        width: int = NARROW,
        others: Sequence[QWidget] = (),
        beside: QWidget | None = None,
    ) -> None:
        """Lay a form over the page; `submit` gets its values, and the form goes when nothing was refused.

        `beside` stands at its right: the facts that one needs while filling it in.
        """
        form.add_buttons(main, _("Cancel"), others)
        form.submitted.connect(lambda: self._submit(form, submit))
        form.cancelled.connect(self.take_off)
        self.lay(title, form, note, width, beside)

    def lay(self, title: str, form: Form, note: str = "", width: int = NARROW, beside: QWidget | None = None) -> None:
        """Lay a form that minds its own buttons over the page; one that lies there already is not lost to it."""
        if self.form is not None:
            self.rest()
            return
        self._focus_before = self.focusWidget()
        self.form, self._sheet = form, Sheet(title, _together(form, beside), note, width)
        self._leaves.addWidget(self._sheet)
        self._leaves.setCurrentWidget(self._sheet)
        self.rest()

    def _submit(self, form: Form, submit: Callable[[dict[str, Any]], object]) -> None:
        form.clear_errors()
        values = form.values()
        if values is None:
            return
        if self.desk.attempt(lambda: submit(values), form) is not None and self.form is form:
            self.take_off()

    def take_off(self) -> None:
        """Show the page again; the focus goes back to where it was."""
        sheet, self._sheet, self.form = self._sheet, None, None
        if sheet is None:
            return
        self._leaves.setCurrentIndex(0)
        self._leaves.removeWidget(sheet)
        sheet.hide()
        sheet.deleteLater()
        before, self._focus_before = self._focus_before, None
        if before is not None and before.isVisibleTo(self):
            before.setFocus()
        else:
            self.rest()
        self.uncovered.emit()

    def held(self) -> SignalInstance | None:
        return self.uncovered if self.form is not None else super().held()

    def rest(self) -> None:
        """Put the focus where the keyboard is expected to be: into the form, or on what the room lists."""
        if self.form is not None:
            next(field for field in self.form.fields.values() if not field.isHidden()).setFocus()
        else:
            self.listing().setFocus()

    def listing(self) -> QWidget:
        """What the keyboard is meant for when no form lies open: by itself, the page."""
        return self._leaves.widget(0) or self

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        now = QApplication.focusWidget()
        if not event.spontaneous() and (now is None or not self.isAncestorOf(now)):
            self.rest()


def _together(form: Form, beside: QWidget | None) -> QWidget:
    if beside is None:
        return form
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 24, 22)
    row.setSpacing(0)
    row.addWidget(form, 3, Qt.AlignmentFlag.AlignTop)
    row.addWidget(beside, 2, Qt.AlignmentFlag.AlignTop)
    return both
