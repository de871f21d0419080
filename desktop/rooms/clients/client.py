"""The page of one client: who it is, the one thing not to forget, and the tabs with everything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from db import overview, story, trust
from db.overview import Brief
from desktop import look, text
from desktop.rooms import frame
from desktop.rooms.clients import asking
from desktop.rooms.clients.details import Details
from desktop.rooms.clients.story import moment, not_to_forget
from desktop.rooms.clients.tabs import EngagementsTab, FilesTab, PeopleTab, Tab, TrustTab
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import tone, word
from desktop.text import _, ngettext
from desktop.widgets.avatar import Avatar
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.chip import Chip, ChipButton
from desktop.widgets.label import label
from desktop.widgets.tabs import Tabs
from desktop.widgets.timeline import Timeline

STORY_AT_ONCE = 200


class ClientView(QWidget):
    """Beside the table; `show_client` fills it, and each tab is filled when it is looked at."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__()
        self.room, self.desk = room, room.desk
        self.brief: Brief | None = None
        self._shown: dict[int, str] = {}
        self._limit = STORY_AT_ONCE
        self._stale: set[str] = set()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        outer.addWidget(self._body)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(22, 20, 22, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(12)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._chips.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._chips)
        column.addSpacing(8)
        self.tabs = Tabs()
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self._pages: dict[str, QWidget] = {
            "story": self._story(),
            "engagements": EngagementsTab(room),
            "trust": TrustTab(room),
            "people": PeopleTab(room),
            "files": FilesTab(room),
            "details": Details(self.desk),
        }
        titles = (_("Story"), _("Engagements"), _("Trust"), _("People"), _("Files"), _("Details"))
        for (key, page), title in zip(self._pages.items(), titles, strict=True):
            self.tabs.add(key, title)
            self.stack.addWidget(page)
        self.tabs.changed.connect(self._on_tab)

    def _head(self) -> QHBoxLayout:
        self._avatar = Avatar("", look.px(40))
        self._name, self._line = label("", "title"), label("", "small")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._line)
        self.add = ChipButton(_("+ Add"), "neutral")
        self.add.clicked.connect(self._offer)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(_("Add to this client"))
        for said, keys, act in self._verbs():
            action = QAction(said, self.room)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(partial(self._add, act))
            self.room.addAction(action)
            self._menu.addAction(action)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _verbs(self) -> list[tuple[str, str, Callable[[Brief], object]]]:
        room = self.room

        def advice(brief: Brief) -> None:
            frame.log_advice(self, brief.client.id)

        def engagement(brief: Brief) -> None:
            frame.show(self, "engagements").write(brief.client.id)

        def fee(brief: Brief) -> None:
            asking.ask_fee(room, brief.client.id, brief.client.name, brief.client.currency)

        def asked(ask: Callable[..., object], *more: str) -> Callable[[Brief], object]:
            return lambda brief: ask(room, brief.client.id, brief.client.name, *more)

        return [
            (_("&Advice"), "", advice),
            (_("&Engagement"), "Ctrl+Shift+E", engagement),
            (_("&Promise"), "Ctrl+Shift+P", asked(asking.ask_promise)),
            (_("&Confidence"), "Ctrl+Shift+C", asked(asking.ask_trust_note)),
            (_("&Trust note"), "Ctrl+Shift+T", asked(asking.ask_trust_note, "concern")),
            (_("&Follow-up"), "Ctrl+Shift+F", asked(asking.ask_follow_up)),
            (_("&Fee"), "Ctrl+Shift+B", fee),
            (
                _("&Link to somebody"),
                "Ctrl+Shift+L",
                lambda brief: asking.ask_link(room, brief.client.party_id, brief.client.name),
            ),
            (_("Change of &standing"), "", lambda brief: asking.ask_standing(room, brief.client.id, brief)),
        ]

    def _add(self, act: Callable[[Brief], object]) -> None:
        if self.brief is not None and self.room.form is None:
            act(self.brief)

    def _offer(self) -> None:
        self._menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _story(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(14)
        self.callout, self.asking = MessageBar(), MessageBar()
        self.timeline = Timeline(_("Story"))
        self.timeline.opened.connect(self._open)
        self.timeline.clicked.connect(lambda _index: self._on_click())
        self._earlier = button(_("Show earlier"), self._show_earlier, "link")
        column.addWidget(self.callout)
        column.addWidget(self.asking)
        column.addWidget(self.timeline, 1)
        column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    # ------------------------------------------------------------------ showing

    def show_client(self, client_id: int | None) -> None:
        """Show a client; confidences of the one before are hidden again."""
        if self.brief is None or self.brief.client.id != client_id:
            self._shown, self._limit = {}, STORY_AT_ONCE
            self.asking.hide()
        self.brief = None
        if client_id is not None:
            self.brief = self.desk.ask(overview.brief, client_id, confidences=bool(self._shown))
        self._body.setVisible(self.brief is not None)
        if self.brief is not None:
            self._show(self.brief)

    def _show(self, brief: Brief) -> None:
        client = brief.client
        self._avatar.set_name(client.name)
        self._name.setText(client.name)
        facts = [client.number]
        if client.since:
            facts.append(_("client since {year}").format(year=client.since.year))
        facts += [_("{name} pays").format(name=name) for name in brief.pays[:2]]
        self._line.setText(" · ".join(facts))
        self._show_chips(brief)
        count = text.current().number(len(brief.engagements))
        self.tabs.set_text(
            "engagements", _("Engagements {n}").format(n=count) if brief.engagements else _("Engagements")
        )
        self._stale = set(self._pages)
        self._on_tab(self.tabs.current())

    def _show_chips(self, brief: Brief) -> None:
        while (old := self._chips.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        client = brief.client
        self._chips.addWidget(Chip(word(client.shown_standing), tone(client.shown_standing)))
        if client.grade:
            self._chips.addWidget(Chip(_("Grade {grade}").format(grade=client.grade)))
        if brief.referred:
            self._chips.addWidget(Chip(_("Referred {n}").format(n=brief.referred)))
        if brief.confidences:
            told = ngettext("{n} confidence", "{n} confidences", brief.confidences)
            chip = ChipButton(told, "amber")
            chip.clicked.connect(self._ask_confidences)
            self._chips.addWidget(chip)
        self._chips.addStretch(1)

    def _on_tab(self, key: str) -> None:
        page = self._pages[key]
        if self.brief is not None and key in self._stale:
            self._stale.discard(key)
            if key == "story":
                self._show_story(self.brief)
            elif isinstance(page, (Tab, Details)):
                page.show_brief(self.brief)
        self.stack.setCurrentWidget(page)

    def _show_story(self, brief: Brief) -> None:
        opening, said = not_to_forget(brief)
        if opening or said:
            self.callout.say(said, title=opening, icon_name="lightbulb")
        else:
            self.callout.hide()
        facts = self.desk.ask(story.story, brief.client.id, limit=self._limit)
        self.timeline.show_moments([moment(fact, self._shown) for fact in facts])
        self._earlier.setVisible(len(facts) == self._limit)

    def _show_earlier(self) -> None:
        self._limit += STORY_AT_ONCE
        self._show_story_again()

    def _show_story_again(self) -> None:
        if self.brief is not None:
            self._show_story(self.brief)

    # ------------------------------------------------------------------ opening

    def _on_click(self) -> None:
        key = self.timeline.current_key()
        if key and key[0] == "trust_note":
            self._open(key)

    def _open(self, key: Any) -> None:
        noun, record = key
        if noun in ("advice", "engagement"):
            frame.show(self, {"advice": "advice", "engagement": "engagements"}[noun], record)
        elif noun == "trust_note":
            self._open_note(record)
        elif noun == "follow_up":
            self._finish(record)
        else:
            self.tabs.choose({"promise": "trust", "attachment": "files"}.get(noun, "details"))

    def _open_note(self, record: int) -> None:
        note = next((note for note in self.brief.trust_notes if note.id == record), None) if self.brief else None
        if note is None or not note.restricted:
            self.tabs.choose("trust")
        elif record not in self._shown:
            self._ask_confidences()

    def _finish(self, record: int) -> None:
        step = next((step for step in self.brief.follow_ups if step.id == record), None) if self.brief else None
        if step is not None:
            asking.ask_finish(self.room, step.id, step.what)

    def _ask_confidences(self) -> None:
        """Confidences come only after one clear Yes, which stays in the history."""
        if self._shown:
            self._hide_confidences()
            return
        self.tabs.choose("story")
        acts = [(_("Show"), self.open_confidences), (_("Keep hidden"), self.asking.hide)]
        words = _("That you asked is kept in the history. Nothing of it ever leaves the practice.")
        self.asking.say(words, "warn", _("Told in confidence"), acts, icon_name="lock")
        self.asking.take_focus()

    def open_confidences(self) -> None:
        """Show what was told in confidence, until another client is shown; the history says that it was asked for."""
        brief = self.brief
        if brief is None:
            return
        client_id = brief.client.id
        self.asking.hide()
        if self.desk.attempt(lambda: self.desk.do(trust.open_confidences, client_id)) is None:
            return
        notes = self.desk.ask(trust.list_trust_notes, client_id, confidences=True)
        self._shown = {note.id: note.text for note in notes if note.restricted}
        self.show_client(client_id)
        self.timeline.setFocus()

    def _hide_confidences(self) -> None:
        self._shown = {}
        if self.brief is not None:
            self.show_client(self.brief.client.id)

    def edit(self) -> None:
        """Go to the details, ready to type."""
        self.tabs.choose("details")
        details = self._pages["details"]
        assert isinstance(details, Details)
        details.start()
