"""The tabs of a client beside his story: engagements, trust, people and files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db import attachments, parties, trust
from db.attachments import AttachmentRow, NewAttachment
from db.errors import Trouble
from db.overview import Brief
from db.trust import PromiseRow, Settling, TrustRow
from desktop import text
from desktop.rooms import frame
from desktop.rooms.clients import asking
from desktop.rooms.clients.story import size_words
from desktop.rooms.covered import CoveredRoom
from desktop.rooms.words import at, fees, tone, when, word
from desktop.text import _, ngettext
from desktop.widgets.button import button
from desktop.widgets.card import Card, CardRow
from desktop.widgets.chip import Chip
from desktop.widgets.empty import Empty
from desktop.widgets.ink import Tone
from desktop.widgets.label import label
from desktop.widgets.pane import Changing
from desktop.widgets.paragraph import Paragraph

if TYPE_CHECKING:
    from sqlmodel import Session

Act = tuple[str, Callable[[], object]]
# Settled promises and old notes further back than this stand in the Trust room.
SHOWN = 40


class Tab(Changing):
    """A column that is built anew from the client's brief each time it is shown."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__()
        self.room = room

    def show_brief(self, brief: Brief) -> None:
        """Show what is known now."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(10)
        empty = self.fill(column, brief)
        if empty is None:
            column.addStretch(1)
        else:
            column.addWidget(empty, 1)
        self.replace(page)

    def fill(self, column: QVBoxLayout, brief: Brief) -> Empty | None:
        """Put everything into the column; gives an empty state where there is nothing."""
        raise NotImplementedError


def buttons(acts: Sequence[Act], kind: str = "") -> QHBoxLayout:
    """Buttons beside one another, from the left."""
    row = QHBoxLayout()
    row.setSpacing(8 if not kind else 2)
    for said, act in acts:
        row.addWidget(button(said, act, "link" if kind == "link" else ""))
    row.addStretch(1)
    return row


class _Line(QWidget):
    """A sentence with its chip, quiet words under it, and what can be done about it."""

    def __init__(self, said: str, chip: str, of: Tone, detail: str, acts: Sequence[Act]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 10, 16, 10)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Paragraph(said), 1)
        if chip:
            head.addWidget(Chip(chip, of), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if detail:
            column.addWidget(label(detail, "faint", wrap=True))
        if acts:
            row = buttons(acts, "link")
            row.setContentsMargins(-4, 2, 0, 0)
            column.addLayout(row)


class EngagementsTab(Tab):
    """The client's engagements; one opens in its own room."""

    def fill(self, column: QVBoxLayout, brief: Brief) -> Empty | None:
        def new() -> None:
            frame.show(self, "engagements").write(brief.client.id)

        if not brief.engagements:
            words = _("What was agreed, its scope, its letter and its fee stand in an engagement.")
            return Empty("briefcase", _("No engagements yet"), words, _("New engagement"), new)
        column.addLayout(buttons([(_("New engagement"), new)]))
        card = Card()
        card.show_rows(
            [
                CardRow(
                    title=row.title,
                    detail=" · ".join(part for part in (row.number, row.area) if part),
                    chip=word(row.stage),
                    tone=tone(row.stage),
                    when=fees(row.fees_minor, row.currency),
                    key=row.id,
                )
                for row in brief.engagements
            ]
        )
        card.opened.connect(lambda record: frame.show(self, "engagements", record))
        column.addWidget(card)
        return None


class TrustTab(Tab):
    """Promises with what became of them, and what was told or noticed. Not client money."""

    def fill(self, column: QVBoxLayout, brief: Brief) -> Empty | None:
        room, client = self.room, brief.client
        acts: list[Act] = [
            (_("Promise"), lambda: asking.ask_promise(room, client.id, client.name)),
            (_("Trust note"), lambda: asking.ask_trust_note(room, client.id, client.name, "concern")),
        ]
        if not brief.promises and not brief.trust_notes:
            words = _("Note what you promise and what you are told. Trust here is never client money.")
            return Empty("handshake", _("Nothing noted yet"), words, _("Note a promise"), acts[0][1])
        column.addLayout(buttons(acts))
        if brief.kept.settled:
            rate = _("{kept} of {settled}").format(kept=brief.kept.kept, settled=brief.kept.settled)
            promises = ngettext("promise kept in time", "promises kept in time", brief.kept.settled)
            column.addWidget(label(f"{rate} {promises}", "heading"))
        if brief.promises:
            card = Card(_("Promises"))
            for promise in brief.promises[:SHOWN]:
                card.add(self._promise(promise))
            column.addWidget(card)
        if brief.trust_notes:
            card = Card(_("Trust notes"))
            for note in brief.trust_notes[:SHOWN]:
                card.add(self._note(note))
            column.addWidget(card)
        return None

    def _promise(self, promise: PromiseRow) -> QWidget:
        room = self.room
        state = promise.status
        if state == "open" and promise.overdue_days:
            state = "overdue"
        who = _("Promised to us") if promise.by == "client" else _("We promised")
        parts = [who, promise.engagement]
        if promise.due_on:
            due = f"{when(promise.due_on)} {promise.due_time}".strip()
            parts.append(_("due {when}").format(when=due))
        parts.append(promise.evidence)
        acts: list[Act] = []
        if promise.status == "open":
            acts = [
                (_("Kept"), lambda: self._keep(promise)),
                (_("Renegotiate"), lambda: asking.ask_renegotiation(room, promise)),
                (_("Release"), lambda: asking.ask_settling(room, promise, "released")),
                (_("Broken"), lambda: asking.ask_settling(room, promise, "broken")),
            ]
        return _Line(promise.text, word(state), tone(state), " · ".join(part for part in parts if part), acts)

    def _keep(self, promise: PromiseRow) -> None:
        desk = self.room.desk
        desk.attempt(lambda: desk.do(trust.keep_promise, promise.id, Settling()))

    def _note(self, note: TrustRow) -> QWidget:
        effect = f"{note.effect:+d}".replace("-", "−") if note.effect else ""
        of: Tone = "green" if note.effect > 0 else "red" if note.effect < 0 else "neutral"
        said = note.text or _("Shown only when you ask for it.")
        parts = [word(note.kind), word(note.facet), note.told_by, at(note.noted_at)]
        if note.restricted:
            parts.append(_("restricted"))
        if note.resolved_on:
            parts.append(_("resolved {when}: {learned}").format(when=when(note.resolved_on), learned=note.learned))
        acts: list[Act] = []
        if note.kind in ("concern", "signal") and note.resolved_on is None:
            acts = [(_("Resolve"), lambda: asking.ask_resolution(self.room, note))]
        return _Line(said, effect, of, " · ".join(part for part in parts if part), acts)


class PeopleTab(Tab):
    """Whom the client is tied to; somebody who is a client too opens his own page."""

    def fill(self, column: QVBoxLayout, brief: Brief) -> Empty | None:
        def link() -> None:
            asking.ask_link(self.room, brief.client.party_id, brief.client.name)

        links = brief.party.links
        if not links and not brief.pays and not brief.referred_by:
            words = _("Spouse, directors, owners, who pays: link them, and a conflict check finds them.")
            return Empty("users", _("Nobody linked yet"), words, _("Link somebody"), link)
        column.addLayout(buttons([(_("Link somebody"), link)]))
        card = Card()
        for row in links:
            years = "–".join(str(day.year) if day else "" for day in (row.since, row.until)) if row.since else ""
            detail = " · ".join(part for part in (word(row.kind), years, row.note) if part)
            remove: Act = (_("Unlink"), partial(self._unlink, row.id))
            card.add(_Line(row.name, "", "neutral", detail, [remove]))
        for name in brief.pays:
            card.add(_Line(name, _("Pays"), "neutral", "", []))
        if brief.referred_by:
            card.add(_Line(brief.referred_by, _("Referred them"), "neutral", "", []))
        column.addWidget(card)
        return None

    def _unlink(self, link_id: int) -> None:
        self.room.desk.attempt(lambda: self.room.desk.do(parties.unlink_parties, link_id))


class FilesTab(Tab):
    """The client's files: attached by the button or dropped here, saved again under any name."""

    def __init__(self, room: CoveredRoom) -> None:
        super().__init__(room)
        self.setAcceptDrops(True)
        self._client_id = 0

    def fill(self, column: QVBoxLayout, brief: Brief) -> Empty | None:
        self._client_id = brief.client.id
        rows = self.room.desk.ask(attachments.list_attachments, brief.client.id)
        if not rows:
            words = _("Files are kept inside the practice, under the same key. Drop them here, up to 100 MB each.")
            return Empty("paperclip", _("No files yet"), words, _("Attach"), self._choose)
        column.addLayout(buttons([(_("Attach"), self._choose)]))
        card = Card()
        for row in rows:
            acts: list[Act] = [
                (_("Save as…"), partial(self._save, row)),
                (_("Take off"), partial(self._remove, row.id)),
            ]
            card.add(_Line(row.name, "", "neutral", f"{size_words(row.size)} · {_day(row)}", acts))
        column.addWidget(card)
        return None

    def _choose(self) -> None:
        found, _kind = QFileDialog.getOpenFileNames(self, _("Attach files"))
        self.attach([Path(name) for name in found])

    def attach(self, paths: Sequence[Path]) -> None:
        """Keep files with the client, each as a step of its own."""
        desk = self.room.desk
        for path in paths:
            desk.attempt(partial(desk.do, attachments.attach, NewAttachment(path=path, client_id=self._client_id)))

    def _save(self, row: AttachmentRow) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as"), row.name)
        if name:
            self.room.desk.attempt(lambda: self.room.desk.ask(_write, row.id, Path(name)))

    def _remove(self, attachment_id: int) -> None:
        self.room.desk.attempt(lambda: self.room.desk.do(attachments.remove_attachment, attachment_id))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


def _day(row: AttachmentRow) -> str:
    return text.current().date(dt.datetime.fromisoformat(row.added_at).date())


def _write(session: Session, attachment_id: int, path: Path) -> Path:
    try:
        with path.open("wb") as file:
            for chunk in attachments.read_attachment(session, attachment_id):
                file.write(chunk)
    except OSError as error:
        raise Trouble("unreadable", path=str(path), why=error.strerror or str(error)) from None
    return path
