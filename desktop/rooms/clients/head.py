"""What stands above a client's tabs: who he is, who else decides and pays, how to reach him, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from db.overview import Head
from desktop import look
from desktop.rooms import frame
from desktop.rooms.clients.staying import score_tone
from desktop.rooms.words import tone, word
from desktop.text import _, ngettext
from desktop.widgets.avatar import Avatar
from desktop.widgets.button import button
from desktop.widgets.chip import Chip, ChipButton
from desktop.widgets.command import Command, menu_of
from desktop.widgets.flow import Flow
from desktop.widgets.ink import tip
from desktop.widgets.label import label

# One of each is shown: the preferred one, else the first.
_REACHED: dict[str, tuple[str, str]] = {"phone": ("phone", "tel:"), "email": ("mail", "mailto:"), "web": ("globe", "")}


def open_address(address: str) -> None:
    """Hand an address such as mailto: or tel: to the system."""
    QDesktopServices.openUrl(QUrl(address))


class ClientHead(QWidget):
    """`acts` stand beside the name; the chips of confidences, health and grade call what is given for them."""

    def __init__(
        self,
        acts: Sequence[QWidget],
        ask_confidences: Callable[[], object],
        show_health: Callable[[], object],
        show_grade: Callable[[], object],
    ) -> None:
        super().__init__()
        self._show_health, self._show_grade = show_health, show_grade
        self._ask_confidences = ask_confidences
        self.open_address: Callable[[str], object] = open_address
        self._avatar = Avatar("", look.px(40))
        # A name that finds no room beside the buttons goes on in the next line: a client is never half a name.
        self._name, self._line = label("", "title", wrap=True), label("", "small", wrap=True)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.chips, self.contacts = Flow(), Flow(4)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for act in acts:
            buttons.addWidget(act)
        top = QGridLayout()
        top.setHorizontalSpacing(12)
        top.setVerticalSpacing(2)
        top.addWidget(self._avatar, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._name, 0, 1)
        top.addLayout(buttons, 0, 2, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._line, 1, 1, 1, 2)
        top.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addSpacing(4)
        column.addWidget(self.chips)
        column.addWidget(self.contacts)

    def show_head(self, head: Head) -> None:
        """Show another client, or the same one anew."""
        client = head.client
        self._avatar.set_name(client.name)
        self._name.setText(client.name)
        tip(self._name, client.name)
        self._line.setText(" · ".join(line_of(head)))
        chips: list[QWidget] = [Chip(word(client.shown_standing), tone(client.shown_standing))]
        if client.grade:
            graded = ChipButton(_("Grade {grade}").format(grade=client.grade), "neutral")
            graded.clicked.connect(self._show_grade)
            chips.append(graded)
        if head.referred:
            chips.append(Chip(_("Referred {n}").format(n=head.referred)))
        if head.health is not None:
            chips.append(self._health(head, head.health))
        if head.confidences:
            told = ChipButton(ngettext("{n} confidence", "{n} confidences", head.confidences), "amber")
            told.clicked.connect(self._ask_confidences)
            chips.append(told)
        if head.unconfirmed is not None:
            flag = ChipButton(_("Against advice, not confirmed"), "red")
            flag.clicked.connect(partial(frame.show, self, "advice", head.unconfirmed))
            chips.append(flag)
        self.chips.show_all(chips)
        self.contacts.show_all([*self._reach(head)])

    def _health(self, head: Head, score: int) -> QWidget:
        words = _("Health {score}").format(score=score)
        if head.said_otherwise is not None:
            words = _("Health {score}, said {said}").format(score=score, said=head.said_otherwise)
        chip = ChipButton(words, score_tone(score, head.threshold))
        chip.clicked.connect(self._show_health)
        return chip

    def _reach(self, head: Head) -> list[QWidget]:
        first: dict[str, tuple[str, str]] = {}
        for kind, value, normal in head.contacts:
            if kind in _REACHED:
                first.setdefault(kind, (value, normal))
        made: list[QWidget] = []
        for kind, (icon_name, scheme) in _REACHED.items():
            if kind not in first:
                continue
            value, normal = first[kind]
            address = f"{scheme}{normal}" if scheme else value if "//" in value else f"https://{value}"
            made.append(_Reach(value, icon_name, partial(self._use, address)))
        return made

    def _use(self, address: str) -> None:
        self.open_address(address)


class _Reach(QWidget):
    """A way to reach somebody: a press uses it, the small button beside it (or a right click) copies it."""

    def __init__(self, value: str, icon_name: str, use: Callable[[], object]) -> None:
        super().__init__()
        self._value, self._use = value, use
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(0)
        go = button(value, use, "link", icon_name)
        go.setIconSize(QSize(13, 13))
        go.setStyleSheet(f"font-size: {look.size('small')}px; padding: 1px 2px; min-height: {look.px(18)}px")
        copy: QPushButton = button("", self._copy, "quiet", "copy")
        copy.setProperty("kind", "bare")
        said = _("Copy {value}").format(value=value)
        copy.setIconSize(QSize(12, 12))
        copy.setAccessibleName(said)
        tip(copy, said)
        row.addWidget(go)
        row.addWidget(copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._value)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        commands = [Command(_("Open"), self._use), Command(_("Copy"), self._copy, icon="copy")]
        menu_of(commands, self).popup(event.globalPos())


def line_of(head: Head) -> list[str]:
    """The quiet line beneath a client's name: number, since when, and who else has a part."""
    facts = [head.client.number]
    if head.client.since:
        facts.append(_("client since {year}").format(year=head.client.since.year))
    said = {
        "decides": _("{names} decides"),
        "pays": _("{names} pays"),
        "uses": _("{names} uses it"),
        "benefits": _("{names} benefits"),
    }
    for kind, names in head.roles.items():
        more = len(names) - 1
        shown = names[0] if not more else _("{name} and {n} more").format(name=names[0], n=more)
        facts.append(said[kind].format(names=shown))
    return facts
