"""The practice's own page: what stands at the head of its letters, and its colour and logo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db import firm, logo
from db.firm import PracticeEdit
from desktop import messages
from desktop.practice import OpenPractice
from desktop.rooms.settings.grades import GradesCard
from desktop.rooms.settings.terms import TermsCard
from desktop.text import LANGUAGES, _
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField, LongField, TextField
from desktop.widgets.form import Form
from desktop.widgets.label import label
from desktop.widgets.turns import Turns

FIELDS = (
    *("name", "profession", "registration", "address", "email", "phone", "website"),
    *("country", "currency", "language", "colour"),
)


class _Picture(QWidget):
    """The logo in a small frame."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Logo"))

    def sizeHint(self) -> QSize:
        return QSize(120, 48)

    def set_content(self, content: bytes | None) -> None:
        self._picture = QPixmap()
        if content:
            self._picture.loadFromData(content)
        self.setVisible(bool(content))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        fitting = self._picture.size().scaled(self.size(), self._keep)
        QPainter(self).drawPixmap(QRect(0, (self.height() - fitting.height()) // 2, *fitting.toTuple()), self._picture)

    @property
    def _keep(self) -> Any:
        from PySide6.QtCore import Qt

        return Qt.AspectRatioMode.KeepAspectRatio


class PracticeCard(QWidget):
    """A form that is saved as one step; the logo is a step of its own."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        professions = [("law", _("Law")), ("accounting", _("Accounting")), ("design", _("Design"))]
        self.form = Form(
            [
                [("name", TextField(_("Name")), 2), ("profession", ChoiceField(_("Profession"), professions), 1)],
                [("address", LongField(_("Address"), 3), 2), ("registration", TextField(_("Registration")), 1)],
                [
                    ("email", TextField(_("E-mail")), 1),
                    ("phone", TextField(_("Phone")), 1),
                    ("website", TextField(_("Website")), 1),
                ],
                [
                    ("country", TextField(_("Country"), "GB"), 1),
                    ("currency", TextField(_("Currency"), "GBP"), 1),
                    ("language", ChoiceField(_("Language of letters"), list(LANGUAGES.items())), 1),
                    ("colour", TextField(_("Colour"), "#1B665C"), 1),
                ],
            ]
        )
        self.picture = _Picture()
        self.take_away = button(_("Take it away"), lambda: self._set_logo(None), "quiet")
        self.choose = button(_("Choose a logo"), self._on_logo, icon_name="file-plus")
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self.picture, self.choose, self.take_away):
            line.addWidget(widget)
        self.form.add_buttons(_("Save"), left=[row])
        self.form.submitted.connect(self.save)
        self.form.cancelled.connect(self.refresh)
        card = Card()
        top = label(_("What stands at the head of your reports."), "muted", wrap=True)
        top.setContentsMargins(26, 20, 24, 14)
        card.add(top)
        card.add(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(card)
        self.terms = TermsCard(desk)
        column.addWidget(self.terms)
        self._grades: GradesCard | None = None
        self._turns = Turns(self)
        self._beneath = QVBoxLayout()
        column.addLayout(self._beneath)
        column.addStretch(1)

    def refresh(self) -> None:
        """Show what the file holds; what was typed and not saved is given up."""
        own = self._desk.ask(firm.get_practice)
        self.form.clear_errors()
        self.form.set_values({name: getattr(own, name) for name in FIELDS})
        self.terms.refresh()
        content = self._desk.ask(logo.get_logo)
        self.picture.set_content(content)
        self.take_away.setVisible(content is not None)
        self._turns.begin(self._grading())

    @property
    def grades(self) -> GradesCard:
        """The criteria of the grades, beneath."""
        self._turns.finish()
        assert self._grades is not None
        return self._grades

    def _grading(self) -> Iterator[None]:
        # A form of seventeen fields is a turn of the window by itself.
        yield
        if self._grades is None:
            self._grades = GradesCard(self._desk)
            self._beneath.addWidget(self._grades)
            yield
        self._grades.refresh()

    def save(self) -> None:
        """Keep what was typed, as one step; a refusal stands beside its field."""
        self.form.clear_errors()
        values = self.form.values()
        if values is None:
            return
        for code in ("country", "currency"):
            values[code] = values[code].upper()
        self._desk.attempt(lambda: self._desk.do(firm.edit_practice, PracticeEdit(**values)), self.form)

    def _on_logo(self) -> None:
        path = messages.choose_file(self, _("Choose a logo"), _("Pictures (*.png *.jpg *.jpeg)"))
        if path is not None:
            self._set_logo(path)

    def _set_logo(self, path: Any) -> None:
        self.form.clear_errors()
        self._desk.attempt(lambda: self._desk.do(logo.set_logo, path), self.form)
