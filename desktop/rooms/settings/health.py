"""What a client's health is made of, as the practice weighs it, and what it said before clients really left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from db import backtest, health
from db.backtest import BackTest, Left
from db.health import FIRST_THRESHOLD, FIRST_WEIGHTS, HealthWeights
from db.health_parts import PARTS
from desktop import text
from desktop.health_words import outcome_word, part_word, why_weighed
from desktop.jobs import Job
from desktop.rooms import frame
from desktop.rooms.words import word
from desktop.text import _, joined, ngettext
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.form import Form
from desktop.widgets.ink import Tone
from desktop.widgets.label import label
from desktop.widgets.whole import WholeField

if TYPE_CHECKING:
    from desktop.practice import OpenPractice

_TONES: dict[str, Tone] = {"caught": "green", "missed": "red", "too new": "neutral"}
# Who left longest ago is in the numbers, and not in the list.
SHOWN = 30


class HealthCard(QWidget):
    """The weights under one button, why each is as it is, and the back-test, which is made beside the window."""

    def __init__(self, desk: OpenPractice) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self.told: BackTest | None = None
        self.form = Form(
            [
                [(part, WholeField(part_word(part)), 1) for part in PARTS[:4]],
                [(part, WholeField(part_word(part)), 1) for part in PARTS[4:]],
                [("threshold", WholeField(_("Below this a client may be leaving")), 1)],
            ]
        )
        self.form.add_buttons(_("Save"), left=[button(_("As they came"), self.show_first)])
        self.form.submitted.connect(self.save)
        self.form.cancelled.connect(self.refresh)
        weights = Card(_("Health of a client"), _("0 to 100: the mean of what is known, by these weights"))
        top = label(_("A weight of 0 lets a part be shown, and not count."), "muted", wrap=True)
        top.setContentsMargins(26, 16, 24, 12)
        weights.add(top)
        weights.add(self.form)
        weights.add(_reasons())
        self.test = button(_("Test it"), self.run, icon_name="history")
        self._place = QVBoxLayout()
        self._place.setContentsMargins(26, 14, 24, 18)
        self._place.setSpacing(10)
        words = _("What would these weights have said 90 days before clients left, over five years?")
        self._place.addWidget(label(words, "small", wrap=True))
        self._place.addWidget(self.test, 0, Qt.AlignmentFlag.AlignLeft)
        self.result = label("", "small", wrap=True)
        self._place.addWidget(self.result)
        self.result.hide()
        holder = QWidget()
        holder.setLayout(self._place)
        self.tested = Card(_("Back-test"))
        self.tested.add(holder)
        self.left = Card(_("Who left by his own will"))
        self.left.opened.connect(lambda client: frame.show(self, "clients", client))
        self.left.hide()
        self._table: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for card in (weights, self.tested, self.left):
            column.addWidget(card)
        column.addStretch(1)

    def refresh(self) -> None:
        """Show what the file holds; what was typed and not saved is given up."""
        self.form.clear_errors()
        self.form.set_values(self._desk.ask(health.health_weights).model_dump())

    def show_first(self) -> None:
        """Put the weights in the fields with which every practice begins; nothing is kept before it is saved."""
        self.form.set_values({**FIRST_WEIGHTS, "threshold": FIRST_THRESHOLD})

    def save(self) -> None:
        """Keep other weights; a refusal stands beside its field. What was tested is tested anew."""
        self.form.clear_errors()
        values = self.form.values()
        if values is None:
            return
        given = {name: value for name, value in values.items() if value is not None}

        def keep() -> None:
            weights = HealthWeights.model_validate({**dict.fromkeys(PARTS, 0), **given})
            if weights != self._desk.ask(health.health_weights):
                self._desk.do(health.set_health_weights, weights)
                if self.told is not None:
                    self.run()

        self._desk.attempt(keep, self.form)

    def run(self) -> None:
        """Test the weights against who really left."""
        if self._job is not None:
            return
        desk = self._desk
        self.test.setEnabled(False)
        self.result.setText(_("Looking at who left…"))
        self.result.show()
        self._job = Job(lambda progress: desk.ask(backtest.back_test, None, progress), self)
        self._job.done.connect(self.show_test)
        self._job.failed.connect(desk.tell_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_ended(self) -> None:
        self._job = None
        self.test.setEnabled(True)

    def show_test(self, told: BackTest) -> None:
        """Tell what came of it: the counts, what other thresholds would have meant, and each who left."""
        self.told = told
        number = text.current().number
        if not told.left:
            self.result.setText(
                _("Nobody left by his own will in five years: there is nothing to test it against yet.")
            )
        else:
            counts = [
                ngettext("{n} was caught", "{n} were caught", told.caught),
                ngettext("{n} was missed", "{n} were missed", told.missed),
                ngettext("{n} was too new to be told", "{n} were too new to be told", told.too_new),
            ]
            alarms = _("false alarms among those who stayed: {alarms} of {looks} looks").format(
                alarms=number(told.false_alarms), looks=number(told.looks)
            )
            left = ngettext("{n} client left by his own will.", "{n} clients left by their own will.", len(told.left))
            self.result.setText(f"{left} {text.current().listed(counts)}; {alarms}.")
        if self._table is not None:
            self._place.removeWidget(self._table)
            self._table.deleteLater()
        self._table = _thresholds(told)
        self._place.addWidget(self._table)
        self.left.show_rows([_row(each) for each in told.left[:SHOWN]])
        self.left.setVisible(bool(told.left))


def _reasons() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(26, 4, 24, 20)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for at, part in enumerate(PARTS):
        grid.addWidget(label(part_word(part), "small"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(why_weighed(part), "faint", wrap=True), at, 1)
    return page


def _thresholds(told: BackTest) -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(4, 1)
    right, number = Qt.AlignmentFlag.AlignRight, text.current().number
    for column, title in enumerate((_("Threshold"), _("Caught"), _("Missed"), _("False alarms"))):
        grid.addWidget(label(title, "faint"), 0, column, right)
    for at, each in enumerate(told.by_threshold, start=1):
        own = each.threshold == told.threshold
        for column, count in enumerate((each.threshold, each.caught, each.missed, each.alarms)):
            grid.addWidget(label(number(count), "strong" if own else "small"), at, column, right)
    return page


def _row(left: Left) -> CardRow:
    score = "" if left.score is None else _("Health {score}").format(score=left.score)
    detail = joined(" · ", [text.current().date(left.left_on), word(left.reason) if left.reason else "", score])
    return CardRow(left.name, detail, outcome_word(left.outcome), _TONES[left.outcome], key=left.client_id)
