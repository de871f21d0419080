"""How often the practice reviews its clients, by their grade, and how long it keeps the files of those it declined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import enquiries, reviews
from db.errors import Refused
from db.reviews import ReviewPlan
from desktop.text import _
from desktop.widgets.card import Card
from desktop.widgets.form import Form
from desktop.widgets.label import label
from desktop.widgets.whole import WholeField

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class TermsCard(QWidget):
    """Two lines of numbers under one button; what was not changed makes no step."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        grades = {grade: _("Grade {grade}").format(grade=grade) for grade in "ABCD"} | {"none": _("No grade")}
        self.form = Form(
            [
                [(grade, WholeField(title), 1) for grade, title in grades.items()],
                [("decline_years", WholeField(_("Years for which a declined enquiry is kept")), 1)],
            ]
        )
        self.form.add_buttons(_("Save"))
        self.form.submitted.connect(self.save)
        self.form.cancelled.connect(self.refresh)
        top = label(_("Months from one review of a client to the next, by grade."), "muted", wrap=True)
        top.setContentsMargins(26, 20, 24, 14)
        card = Card()
        card.add(top)
        card.add(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def _held(self) -> dict[str, Any]:
        return {
            **self._desk.ask(reviews.review_plan).model_dump(),
            "decline_years": self._desk.ask(enquiries.decline_years),
        }

    def refresh(self) -> None:
        """Show what the file holds; what was typed and not saved is given up."""
        self.form.clear_errors()
        self.form.set_values(self._held())

    def save(self) -> None:
        """Keep what was changed; a refusal stands beside its field."""
        self.form.clear_errors()
        values, held = self.form.values(), self._held()
        if values is None:
            return
        years, before = values.pop("decline_years"), held.pop("decline_years")

        def keep() -> None:
            if values != held:
                self._desk.do(reviews.set_review_plan, ReviewPlan(**values))
            if years is None:
                raise Refused("required", "decline_years")
            if years != before:
                self._desk.do(enquiries.set_decline_years, years)

        self._desk.attempt(keep, self.form)
