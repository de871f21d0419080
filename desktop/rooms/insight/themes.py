"""What the themes say: how many of how many spoke of each, in their own words, and the scores with their n."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.insight_lists import FEW, ScoreRow, ThemeRow
from desktop import text
from desktop.rooms.insight.form import metric_words
from desktop.rooms.printing import Printed, lines
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.label import label
from desktop.widgets.pane import Changing
from desktop.widgets.paragraph import Paragraph

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


class Themes(Changing):
    """Two columns: the themes, and beside them the scores; `opened` is called with a theme to list its insights."""

    def __init__(self, opened: Callable[[str], None]) -> None:
        super().__init__()
        self._opened = opened
        self._themes: Sequence[ThemeRow] = ()

    def printed(self, desk: OpenPractice) -> Printed:
        """The themes as a list, each with how many said it and in which words."""
        rows = [
            [each.name, said_words(each), "\n".join(map(text.current().quoted, each.quotes))] for each in self._themes
        ]
        return lines(desk, _("Themes"), [(_("Theme"), 150), (_("How many"), 130), (_("In their words"), 400)], rows)

    def show_all(self, themes: Sequence[ThemeRow], scores: Sequence[ScoreRow]) -> None:
        """Show these."""
        self._themes = themes
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(24, 16, 24, 24)
        grid.setHorizontalSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
        for theme in themes:
            left.addWidget(self._theme(theme))
        for score in scores:
            right.addWidget(_score(score))
        left.addStretch(1)
        right.addStretch(1)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 3)
        self.replace(page)

    def _theme(self, theme: ThemeRow) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(theme.name, "strong"))
        if theme.pleased:
            head.addWidget(Chip(_("{n} pleased").format(n=theme.pleased), "green"))
        if theme.displeased:
            head.addWidget(Chip(_("{n} displeased").format(n=theme.displeased), "red"))
        head.addStretch(1)
        head.addWidget(label(said_words(theme), "muted"))
        column.addLayout(head)
        for quote in theme.quotes:
            column.addWidget(Paragraph(text.current().quoted(_short(quote)), token="ink2"))
        if theme.said > len(theme.quotes):
            more = button(_("All {n}").format(n=theme.said), lambda: self._opened(theme.name), "link")
        else:
            more = button(_("Show them"), lambda: self._opened(theme.name), "link")
        more.setAccessibleName(f"{more.text()} · {theme.name}")
        foot = QHBoxLayout()
        foot.addWidget(more)
        foot.addStretch(1)
        column.addLayout(foot)
        card = Card()
        card.add(body)
        return card


def said_words(theme: ThemeRow) -> str:
    """How many spoke of a theme: '5 of 7 said it', and with many answers also the share."""
    words = _("{said} of {of} said it").format(said=theme.said, of=theme.of)
    return words if theme.of < FEW else f"{words} · {round(100 * theme.said / theme.of)} %"


def _score(score: ScoreRow) -> QWidget:
    card = Card(ruled=False)
    card.set_title(metric_words(score.metric))
    facts = [
        (_("Answers"), text.current().number(score.n)),
        (good_words(score.metric), _("{n} of {of}").format(n=score.good, of=score.n)),
        (poor_words(score.metric), _("{n} of {of}").format(n=score.poor, of=score.n)),
    ]
    if score.net is not None:
        facts.append((_("Net promoters, of {n}").format(n=score.n), f"{score.net:+d}".replace("-", "−")))
    elif score.n >= FEW:
        facts.append((_("On average, of {n}").format(n=score.n), text.current().amount(round(score.mean * 10), 1)))
    card.show_facts(facts)
    if score.n < FEW:
        body = Paragraph(_("Too few answers for a percentage: here are people, not decimals."), token="ink3")
        card.add(body, 15)
    return card


def good_words(metric: str) -> str:
    """Who counts as pleased by a question."""
    return {"recommend": _("Gave 9 or 10"), "satisfaction": _("Gave 4 or 5")}.get(metric, _("Gave 6 or 7"))


def poor_words(metric: str) -> str:
    """Who counts as displeased by a question."""
    return {"recommend": _("Gave 0 to 6"), "satisfaction": _("Gave 1 or 2")}.get(metric, _("Gave 1 to 3"))


def _short(words: str, most: int = 220) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
