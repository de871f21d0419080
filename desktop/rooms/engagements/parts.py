"""The small parts that the tabs of an engagement are made of: rows of buttons, and lines with their own actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.profession import said
from desktop.text import _
from desktop.widgets.button import Kind, button
from desktop.widgets.chip import Chip
from desktop.widgets.empty import Empty
from desktop.widgets.flow import FlowLayout
from desktop.widgets.ink import Tone
from desktop.widgets.label import label, rule
from desktop.widgets.pane import Changing, filled
from desktop.widgets.paragraph import Paragraph

if TYPE_CHECKING:
    from db.engagements import EngagementRow
    from desktop.widgets.card import Card

Act = tuple[str, Callable[[], object]]
ChipOf = tuple[str, Tone]


def row_of(widgets: Sequence[QWidget], spacing: int = 8) -> QHBoxLayout:
    """Widgets beside one another, from the left."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def buttons(acts: Sequence[Act], kind: Kind = "", of: str = "") -> QWidget:
    """Buttons that go on in the next line where the pane is narrow; `of` is said to those who cannot see what of."""
    made = []
    for words, act in acts:
        one = button(words, act, kind)
        if of:
            one.setAccessibleName(f"{words}: {of}")
        made.append(one)
    flow = FlowLayout(2 if kind == "link" else 8)
    for one in made:
        flow.addWidget(one)
    # Shown with the page it comes to stand on: before, it would be a window of its own for a moment.
    place = QWidget()
    place.setLayout(flow)
    return place


class Line(QWidget):
    """A sentence with its chips, quiet words under it, and what can be done about it."""

    def __init__(self, said: str, chips: Sequence[ChipOf] = (), detail: str = "", acts: Sequence[Act] = ()) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(", ".join([said, *(chip for chip, _tone in chips), detail]).strip(", "))
        column = QVBoxLayout(self)
        # A link keeps its own 5 pixels round its words: the other words step in as far, and all begin in one line.
        column.setContentsMargins(10, 9, 16, 9)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.setContentsMargins(5, 0, 0, 0)
        head.addWidget(Paragraph(said), 1)
        for chip, tone in chips:
            head.addWidget(Chip(chip, tone), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if detail:
            quiet = label(detail, "faint", wrap=True)
            quiet.setContentsMargins(5, 0, 0, 0)
            column.addWidget(quiet)
        if acts:
            column.addWidget(buttons(acts, "link", said))


def list_lines(card: Card, lines: Sequence[QWidget]) -> None:
    """Put lines into a card, parted by a thin rule."""
    for at, line in enumerate(lines):
        if at:
            card.add(rule())
        card.add(line)


class Tab(Changing):
    """A column that is built anew from what the file holds each time it is shown."""

    def show_row(self, row: EngagementRow) -> None:
        """Show what is known of an engagement now."""
        self.replace(filled(lambda column: self.fill(column, row), 2))

    def fill(self, column: QVBoxLayout, row: EngagementRow) -> Empty | None:
        """Put everything into the column; gives an empty state where there is nothing."""
        raise NotImplementedError


def nothing_yet(write: Callable[[], object]) -> Empty:
    """What stands in the room before there is any."""
    return Empty(
        "briefcase",
        said(_("No matters yet"), _("No engagements yet"), _("No projects yet")),
        said(
            _("A matter says what was agreed: its scope, its fee, its letter, and who decides."),
            _("An engagement says what was agreed: its scope, its fee, its letter, and who decides."),
            _("A project says what was agreed: its scope, its fee, its letter, and who decides."),
        ),
        said(_("New matter"), _("New engagement"), _("New project")),
        write,
    )
