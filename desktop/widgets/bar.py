"""A message in the page itself: what happened or what to know, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.text import _, said_again
from desktop.widgets.button import button
from desktop.widgets.ink import Tone, colour, crisp, icon, paint_icon
from desktop.widgets.retold import tell
from desktop.widgets.spoken import Role, spoken_as

if TYPE_CHECKING:
    from desktop.widgets.paragraph import Paragraph

Gravity = Literal["info", "warn", "error", "good"]
_LOOKS: dict[Gravity, tuple[Tone, str]] = {
    "info": ("accent", "info"),
    "warn": ("amber", "triangle-alert"),
    "error": ("red", "circle-alert"),
    "good": ("green", "circle-check"),
}
Action = tuple[str, Callable[[], object]]
Message = tuple[str, Gravity, str, Sequence[Action], str, bool]


class MessageBar(QWidget):
    """Stands in the layout, hidden until it has something to say."""

    def __init__(self) -> None:
        super().__init__()
        spoken_as(self, Role.AlertMessage)
        self._gravity: Gravity = "info"
        self._icon_name = "info"
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._said: Message | None = None
        self._acts: list[QPushButton] = []
        self._close = QPushButton(icon("x"), "")
        self._close.setProperty("kind", "bare")
        self._close.setIconSize(QSize(14, 14))
        tell(self._close, "setAccessibleName", _("Hide this message"))
        self._close.clicked.connect(self.hide)
        self._column = column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(38, 12, 14, 12)
        row.addLayout(column, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @cached_property
    def _words(self) -> Paragraph:
        # Made when there is something to say: most bars never speak, and the first page has one.
        from desktop.widgets.paragraph import Paragraph

        made = Paragraph()
        self._column.insertWidget(0, made)
        return made

    def say(
        self,
        text: str,
        gravity: Gravity = "info",
        title: str = "",
        actions: Sequence[Action] = (),
        icon_name: str = "",
        closable: bool = False,
    ) -> None:
        """Show a message, `title` in bold before it, with a button for each action (its text, what it does)."""
        self._said = (text, gravity, title, actions, icon_name, closable)
        self._gravity, self._icon_name = gravity, icon_name or _LOOKS[gravity][1]
        self._words.say(text, title)
        self._close.setVisible(closable)
        self._buttons.setContentsMargins(0, 6 if actions else 0, 0, 2 if actions else 0)
        for gone in self._acts:
            self._buttons.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._acts = [button(words, act) for words, act in actions]
        for at, made in enumerate(self._acts):
            self._buttons.insertWidget(at, made)
        self.setAccessibleName(self._words.text())
        self.show()
        self.update()

    def said(self) -> Message | None:
        """What is said now, for another bar to say; None where nothing is."""
        return None if self.isHidden() else self._said

    def speak_again(self) -> None:
        """Say the same in the language that is spoken now."""
        self.say_again(self.said())

    def say_again(self, said: Message | None) -> None:
        """Say what was said before, here or by another bar, in the language that is spoken now."""
        if said is None:
            return
        text, gravity, title, actions, icon_name, closable = said
        acts = [(said_again(words), act) for words, act in actions]
        self.say(said_again(text), gravity, said_again(title), acts, icon_name, closable)

    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def take_focus(self) -> None:
        """Put the focus on the first thing that can be done about it."""
        if self._acts:
            self._acts[0].show()
            self._acts[0].setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        tone = _LOOKS[self._gravity][0]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{tone}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        middle = self._words.geometry().center().y() + 1
        place = QRect(15, middle - 7, 14, 14)
        paint_icon(painter, place, self._icon_name, "ink2" if self._gravity == "info" else tone)
