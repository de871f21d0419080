"""A sentence on a client's page with its chip, quiet words beneath, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.button import button
from desktop.widgets.chip import Chip
from desktop.widgets.ink import Tone
from desktop.widgets.label import label
from desktop.widgets.paragraph import Paragraph

Act = tuple[str, Callable[[], object]]


def buttons(acts: Sequence[Act], kind: str = "") -> QHBoxLayout:
    """Buttons beside one another, from the left."""
    row = QHBoxLayout()
    row.setSpacing(8 if not kind else 2)
    for said, act in acts:
        row.addWidget(button(said, act, "link" if kind == "link" else ""))
    row.addStretch(1)
    return row


class Line(QWidget):
    """A sentence with its chip, quiet words under it, and what can be done about it; any of them may be left out."""

    def __init__(self, said: str, chip: str, of: Tone, detail: str, acts: Sequence[Act] = ()) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        # The words of a link begin five pixels behind its edge: everything else stands where they do.
        column.setContentsMargins(10, 10, 16, 10)
        column.setSpacing(2)
        if said:
            head = QHBoxLayout()
            head.setContentsMargins(5, 0, 0, 0)
            head.setSpacing(8)
            head.addWidget(Paragraph(said), 1)
            if chip:
                head.addWidget(Chip(chip, of), 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(head)
        if detail:
            quiet = label(detail, "faint", wrap=True)
            quiet.setContentsMargins(5, 0, 0, 0)
            column.addWidget(quiet)
        if acts:
            column.addLayout(buttons(acts, "link"))
