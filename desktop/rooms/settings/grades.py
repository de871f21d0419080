"""By what the practice grades its clients: what each criterion weighs, what counts as full, and the three borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import firm, grade_criteria
from db.grade_criteria import CRITERIA, GradeCriteria
from desktop.grade_words import criterion_words
from desktop.text import _
from desktop.widgets.card import Card
from desktop.widgets.fields import MoneyField, TextField
from desktop.widgets.form import Form
from desktop.widgets.label import label
from desktop.widgets.whole import WholeField

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class GradesCard(QWidget):
    """Numbers under one button; the grades that were given stay until somebody takes what is suggested then."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        own = desk.ask(firm.get_practice)
        decimals = len(str(grade_criteria.unit_of(own.currency))) - 1
        weights = [(name, WholeField(criterion_words(name)), 1) for name in CRITERIA]
        self.form = Form(
            [
                weights[:4],
                weights[4:],
                [
                    ("full_year", MoneyField(_("Full fees, 12 months"), own.currency, decimals), 1),
                    ("full_three", MoneyField(_("Full fees, 36 months"), own.currency, decimals), 1),
                ],
                [
                    ("full_growth", WholeField(_("Full growth, % a year")), 1),
                    ("full_refers", WholeField(_("Full number of clients sent")), 1),
                    ("tag", TextField(_("Tag of strategic clients")), 1),
                ],
                [
                    (f"border_{grade.lower()}", WholeField(_("{grade} from so many points").format(grade=grade)), 1)
                    for grade in "ABC"
                ],
            ]
        )
        self.form.add_buttons(_("Save"))
        self.form.submitted.connect(self.save)
        self.form.cancelled.connect(self.refresh)
        words = _(
            "What each criterion of a client’s grade weighs; 0 leaves it out. Each gives 0 to 100 points, as many as"
            " fit between nothing and what you call full. A suggested grade waits until somebody takes it."
        )
        top = label(words, "muted", wrap=True)
        top.setContentsMargins(26, 20, 24, 14)
        card = Card()
        card.add(top)
        card.add(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def refresh(self) -> None:
        """Show what the file holds; what was typed and not saved is given up."""
        self.form.clear_errors()
        self.form.set_values(self._desk.ask(grade_criteria.grade_criteria).model_dump())

    def save(self) -> None:
        """Keep what was changed; a refusal stands beside its field."""
        self.form.clear_errors()
        values = self.form.values()
        if values is None:
            return

        def keep() -> None:
            new = GradeCriteria(**values)
            if new != self._desk.ask(grade_criteria.grade_criteria):
                self._desk.do(grade_criteria.set_grade_criteria, new)

        self._desk.attempt(keep, self.form)
