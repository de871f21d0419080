"""One person in a list of people: who, what he is to the client, his standing where he is a client himself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.ties import Tie
from desktop import look
from desktop.rooms.words import tone, word
from desktop.widgets.avatar import Avatar
from desktop.widgets.button import button
from desktop.widgets.chip import Chip
from desktop.widgets.label import label


class TieLine(QWidget):
    """The name is a link to the person's own page; `acts` stand beneath."""

    def __init__(
        self, tie: Tie, said: str, go: Callable[[], object], acts: Sequence[tuple[str, Callable[[], object]]]
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 8, 16, 8)
        row.setSpacing(6)
        row.addWidget(Avatar(tie.name, look.px(30)), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = QHBoxLayout()
        name.addWidget(button(tie.name, go, "link"))
        name.addStretch(1)
        words.addLayout(name)
        line = label(said, "small", wrap=True)
        line.setContentsMargins(5, 0, 0, 0)
        words.addWidget(line)
        if acts:
            below = QHBoxLayout()
            below.setSpacing(2)
            for title, act in acts:
                below.addWidget(button(title, act, "link"))
            below.addStretch(1)
            words.addLayout(below)
        row.addLayout(words, 1)
        if tie.standing:
            row.addWidget(Chip(word(tie.standing), tone(tie.standing)), 0, Qt.AlignmentFlag.AlignTop)
