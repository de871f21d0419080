"""The brief on screen: one page over the room with all one needs in the next ten minutes; printed, it keeps secrets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import trust
from db.brief import MeetingBrief, meeting_brief
from desktop import brief_words as words
from desktop import look, messages, text
from desktop.rooms import frame
from desktop.rooms.words import tone, when, word
from desktop.text import _, ngettext
from desktop.widgets.avatar import Avatar
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.label import label
from desktop.widgets.overlay import Overlay
from desktop.widgets.pane import scrolled
from desktop.widgets.paragraph import Paragraph
from desktop.widgets.spoken import Role, spoken_as
from desktop.widgets.turns import Turns, dress

if TYPE_CHECKING:
    from desktop.practice import OpenPractice
    from desktop.reports.paper import Paper


def show_brief(desk: OpenPractice, over: QWidget, client_id: int) -> BriefSheet:
    """Lay the brief of a client over a part of the window; Escape takes it off again."""
    sheet = BriefSheet(desk, over, client_id)
    sheet.lay()
    return sheet


class BriefSheet(Overlay):
    """What was told in confidence stands here only after it was asked for, and is gone with the sheet."""

    def __init__(self, desk: OpenPractice, over: QWidget, client_id: int) -> None:
        acts = [
            (_("Print"), self.print_out, "", "printer"),
            (_("Save as PDF"), self.save, "", "file-down"),
        ]
        super().__init__(over, _("Brief"), acts, _("Ctrl+P prints it without confidences"))  # type: ignore[arg-type]
        self.desk, self.client_id = desk, client_id
        self.lay_again = lambda over: show_brief(desk, over, client_id)
        self.told: MeetingBrief = desk.ask(meeting_brief, client_id)
        self.bar = MessageBar()
        page = QWidget()
        middle = QHBoxLayout(page)
        middle.setContentsMargins(22, 16, 22, 22)
        middle.addStretch(1)
        # In its place before it is filled, part for part and out of sight, so that the window never waits for it.
        sheet = QWidget()
        sheet.setMaximumWidth(look.px(1000))
        middle.addWidget(sheet, 1000)
        middle.addStretch(1)
        sheet.hide()
        area = scrolled(page)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.accessibleName())
        spoken_as(area, Role.Document)
        area.setProperty("ring", True)
        self.set_body(area)
        self.setFocusProxy(area)
        Turns(self).begin(self._fill(sheet))

    def _fill(self, sheet: QWidget) -> Iterator[None]:
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self.bar)
        self._add_pressing(column)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        column.addLayout(columns)
        column.addStretch(1)
        dress(sheet)
        yield
        for cards in (self._left(), self._right()):
            side = QVBoxLayout()
            side.setSpacing(12)
            columns.addLayout(side, 1)
            for card in cards:
                side.addWidget(card)
                dress(card)
                yield
            side.addStretch(1)
        sheet.show()

    # ------------------------------------------------------------------ what stands on it

    def _head(self) -> QHBoxLayout:
        head, voice = self.told.head, text.current()
        client = head.client
        facts = [client.number]
        if client.since:
            facts.append(_("client since {year}").format(year=client.since.year))
        facts += words.role_words(self.told, voice)
        if client.last_contact:
            facts.append(_("last contact {when}").format(when=when(client.last_contact)))
        if self.told.kept.settled:
            rate = _("{kept} of {settled} promises kept in time so far")
            facts.append(rate.format(kept=self.told.kept.kept, settled=self.told.kept.settled))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(label(client.name, "title", wrap=True))
        lines.addWidget(label(" · ".join(facts), "small", wrap=True))
        reach = [value for kind, value, _normal in head.contacts if kind in ("phone", "email")][:3]
        if self.told.next_date:
            reach.append(_("next: {what}").format(what=words.next_words(self.told.next_date, voice)))
        if reach:
            lines.addWidget(label(" · ".join(reach), "faint", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Avatar(client.name, look.px(40)), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        chips = [Chip(word(client.shown_standing), tone(client.shown_standing))]
        if client.grade:
            chips.append(Chip(_("Grade {grade}").format(grade=client.grade)))
        for chip in chips:
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _add_pressing(self, column: QVBoxLayout) -> None:
        press = self.told.head.pressing
        if press is not None:
            bar = MessageBar()
            column.addWidget(bar)
            said = words.pressing_words(press, text.current(), dt.date.today())
            bar.say(f"{said}.", title=press.text, icon_name="lightbulb")

    def _left(self) -> Iterator[QWidget]:
        told, voice = self.told, text.current()
        if told.head.valued:
            yield _card(_("What they value"), "heart", [Paragraph(voice.quoted(told.head.valued))])
        advice: list[QWidget] = []
        for given in told.advice:
            state = given.response.response if given.response else "awaiting"
            state = "draft" if given.advice.state == "draft" else state
            day = when(given.advice.given_at.astimezone().date())
            said = words.answer_words(given, voice)
            advice.append(_entry(given.advice.question, word(state), state, given.advice.advice, f"{day} · {said}"))
        empty = _("Nothing was advised yet.")
        yield _card(_("The last advice, and what they did"), "scroll-text", advice, empty)
        if told.people:
            names = dict.fromkeys(f"{tie.name} ({word(tie.kind)})" if tie.kind else tie.name for tie in told.people)
            yield _card(_("People around them"), "users", [Paragraph(voice.listed(list(names)))])

    def _voices(self) -> Iterator[QWidget]:
        told = self.told
        concerns = [_entry(note.text, "", "", "", when(note.noted_at.date())) for note in told.concerns]
        if concerns:
            yield _card(_("Concerns that are open"), "triangle-alert", concerns)
        signals = [_entry(note.text, "", "", "", when(note.noted_at.date())) for note in told.signals]
        if signals:
            yield _card(_("Signals and thanks"), "sparkles", signals)
        if told.head.confidences:
            self._locked = _Locked(told.head.confidences, self.open_confidences)
            yield self._locked

    def _right(self) -> Iterator[QWidget]:
        told, voice = self.told, text.current()
        asked: list[QWidget] = [Paragraph(words.question_words(one, voice)) for one in told.questions]
        yield _card(_("To ask"), "message-square", asked)
        for title, promises in ((_("We promised"), told.ours), (_("They promised"), told.theirs)):
            lines: list[QWidget] = []
            for one in promises:
                state = "overdue" if one.overdue_days else "open"
                lines.append(_entry(one.text, words.due_words(one, voice), state, "", one.engagement))
            yield _card(title, "handshake", lines, _("Nothing is open."))
        yield from self._voices()

    def open_confidences(self) -> None:
        """Show what was told in confidence, on this sheet alone; the history says that it was asked for."""
        if self.desk.attempt(lambda: self.desk.do(trust.open_confidences, self.client_id)) is not None:
            # The button goes with the line: the keyboard stays on the sheet.
            self.setFocus()
            notes = self.desk.ask(trust.list_trust_notes, self.client_id, confidences=True)
            self._locked.show_texts([note.text for note in notes if note.kind == "confidence"])

    # ------------------------------------------------------------------ paper

    def _paper(self) -> Paper:
        from desktop.reports import brief

        moment, language = dt.datetime.now().astimezone(), text.current().language
        return brief.render(self.desk.ask(brief.facts, self.client_id, language, moment))

    def save(self) -> Path | None:
        """Save the page as a PDF, without confidences; gives the path, or None where nothing was written."""
        from db.exchange.export import file_named

        name = file_named(f"{self.told.head.client.name} – {_('Brief')}, {dt.date.today()}.pdf")
        path = messages.choose_new_file(self, _("Save the brief"), Path.home() / name, "PDF (*.pdf)")
        if path is None:
            return None
        try:
            path.write_bytes(self._paper().pdf)
        except OSError as error:
            self.bar.say(_("The brief could not be written: {why}").format(why=error.strerror or ""), "error")
            return None
        said = _("Saved as {name}, without what was told in confidence.").format(name=path.name)
        self.bar.say(said, "good", closable=True)
        return path

    def print_out(self) -> None:
        """Print the page, without confidences."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop.rooms.viewer import document_of
        from desktop.widgets.preview import print_pages

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            print_pages(document_of(self._paper().pdf, self), printer)


class _Locked(Card):
    """The line that says how many confidences there are, until they are opened on purpose."""

    def __init__(self, count: int, show: Callable[[], object]) -> None:
        super().__init__(_("Told in confidence"), icon="lock")
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(15, 0, 12, 0)
        row.addWidget(label(ngettext("{n} confidence, locked", "{n} confidences, locked", count), "muted"), 1)
        row.addWidget(button(_("Show"), show))
        self.add(self._line, 0)
        foot = QWidget()
        foot.setFixedHeight(10)
        self.add(foot)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show them; that somebody asked is in the history by now."""
        self._line.hide()
        self.add(_padded([Paragraph(said) for said in texts]))


def _padded(widgets: Sequence[QWidget]) -> QWidget:
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(15, 0, 16, 12)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    return place


def _card(title: str, icon: str, widgets: Sequence[QWidget], empty: str = "") -> Card:
    card = Card(title, icon=icon, ruled=False)
    card.add(_padded(list(widgets) or [label(empty, "muted")]))
    return card


def _entry(said: str, chip: str, state: str, body: str, detail: str) -> QWidget:
    entry = QWidget()
    column = QVBoxLayout(entry)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(Paragraph("", said) if body else Paragraph(said), 1)
    if chip:
        head.addWidget(Chip(chip, tone(state)), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    if body:
        column.addWidget(Paragraph(_first_lines(body), token="ink2"))
    if detail:
        column.addWidget(label(detail, "faint", wrap=True))
    return entry


def _first_lines(body: str) -> str:
    flat = " ".join(body.split())
    return flat if len(flat) <= 220 else flat[:219].rsplit(" ", 1)[0] + "…"


def brief_here(asker: QWidget, desk: OpenPractice) -> BriefSheet | None:
    """The brief of the client that is current in the room in view (Ctrl+B anywhere); None where there is none."""
    window = frame.frame_of(asker)
    if window is None or not window.current_room():
        return None
    room = window.open_room(window.current_room())
    client_id: int | None = getattr(room, "current_client", lambda: None)()
    return None if client_id is None else show_brief(desk, room, client_id)
