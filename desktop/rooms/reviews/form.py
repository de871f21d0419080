"""The forms of reviews: both sides of one review, another day, and the practice's plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from db import review_facts, reviews
from db.reviews import POINTS, NewReview, ReviewPlan
from db.words import TheyContinue, WeContinue
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.reviews.facts import facts_beside
from desktop.rooms.words import choices, word
from desktop.text import _
from desktop.widgets.fields import ChoiceField, DateField, LongField, TextField
from desktop.widgets.form import Form

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

FULL = 1080


class ReviewForm(Form):
    """Their side above, ours beneath; a point that is a concern asks what it is."""

    def __init__(self) -> None:
        self.we = ChoiceField(_("Do we go on?"), choices(WeContinue))
        self.points = {point: ChoiceField(word(point), _answers()) for point in POINTS}
        self.why = {point: TextField(_("What the concern is")) for point in POINTS}
        rows: list[Sequence[tuple[str, Any, int]]] = [
            [
                ("they", ChoiceField(_("Do they choose to go on?"), choices(TheyContinue)), 2),
                ("held_on", DateField(_("Held on")), 1),
            ],
            [("could_say_no", TextField(_("What could make them say No?")), 1)],
            [("their_words", LongField(_("Their words"), 2), 1)],
            [("we", self.we, 2), ("next_on", DateField(_("Next review")), 1)],
            [(point, self.points[point], 1) for point in POINTS],
            *([(f"{point}_words", self.why[point], 1)] for point in POINTS),
            [("reason", LongField(_("Reasons"), 2), 1)],
        ]
        super().__init__(rows)
        for point in POINTS:
            self.points[point].changed.connect(self._on_points)
            self.why[point].set_title(_("{point}: what the concern is").format(point=word(point)))
        self._on_points()

    def _on_points(self) -> None:
        for point in POINTS:
            self.why[point].setVisible(self.points[point].value() == "concern")


def _answers() -> list[tuple[Any, str]]:
    return [("", "—"), ("ok", word("ok")), ("concern", word("concern"))]


def ask_review(room: CoveredRoom, client_id: int, done: Callable[[int], object]) -> None:
    """Hold the review of a client; `done` is called with the client's id once it is kept."""
    desk = room.desk
    facts = desk.ask(review_facts.review_facts, client_id)
    form = ReviewForm()
    form.set_values({"held_on": dt.date.today()})

    def hold(values: dict[str, Any]) -> object:
        new = NewReview.model_validate({**values, "client_id": client_id, "held_by": desk.practice.who})
        kept = desk.do(reviews.hold_review, new)
        done(client_id)
        return kept

    client = facts.client
    note = " · ".join(part for part in (client.number, word(client.standing), client.grade) if part)
    room.ask(client.name, form, _("Keep it, next one"), hold, note, FULL, beside=facts_beside(facts))


def ask_day(room: CoveredRoom, client_id: int, name: str, due_on: dt.date) -> None:
    """Set another day for the next review."""
    form = Form([[("on", DateField(_("Next review")), 1)]])
    form.set_values({"on": due_on})

    def move(values: dict[str, Any]) -> object:
        if values["on"] is None:
            form.refuse("on", _("This is needed."))
            return None
        return room.desk.do(reviews.move_review, client_id, values["on"])

    room.ask(name, form, _("Move it"), move)


def ask_plan(room: CoveredRoom, desk: OpenPractice) -> None:
    """Change after how many months each grade is reviewed."""
    plan = desk.ask(reviews.review_plan).model_dump()
    names = {grade: _("Grade {grade}").format(grade=grade) for grade in "ABCD"} | {"none": _("Without a grade")}
    form = Form([[(grade, TextField(names[grade]), 1) for grade in names]])
    form.set_values({grade: str(months) for grade, months in plan.items()})

    def keep(values: dict[str, Any]) -> object:
        return desk.do(reviews.set_review_plan, ReviewPlan.model_validate(values))

    room.ask(_("Plan of reviews"), form, _("Keep the plan"), keep, _("months between two reviews"))
