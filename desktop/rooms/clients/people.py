"""The People tab: whom the client is tied to and who else has a part in his engagements; each leads to his own page."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from db import parties, ties
from db.overview import Head
from db.ties import Tie
from desktop.rooms import frame
from desktop.rooms.clients import asking
from desktop.rooms.clients.sentence import Act, buttons
from desktop.rooms.clients.tabs import Tab
from desktop.rooms.clients.tie import TieLine
from desktop.rooms.words import word
from desktop.text import _
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.pane import Filling


class PeopleTab(Tab):
    """Links and roles in both directions; a press goes to that person, client or not."""

    def fill(self, column: QVBoxLayout, head: Head) -> Filling:
        room, party_id = self.room, head.client.party_id

        def link() -> None:
            asking.ask_link(room, party_id, head.client.name)

        known = room.desk.ask(ties.list_ties, party_id, head.client.id)
        if not known:
            words = _("Spouse, directors, owners, who pays: link them, and a conflict check finds them.")
            return Empty("users", _("Nobody linked yet"), words, _("Link somebody"), link)
        column.addLayout(buttons([(_("Link somebody"), link)]))
        for title, how in (
            (_("Linked"), ("link",)),
            (_("In this client’s work"), ("role here",)),
            (_("Elsewhere in the practice"), ("role elsewhere",)),
            (_("Referred"), ("referred by", "referred")),
        ):
            some = [tie for tie in known if tie.how in how]
            if some:
                card = Card(title)
                column.addWidget(card)
                yield card
                for tie in some:
                    yield card.add(self._line(tie))
        return None

    def _line(self, tie: Tie) -> TieLine:
        acts: list[Act] = []
        if tie.link_id is not None:
            acts.append((_("Unlink"), partial(self._unlink, tie.link_id)))
        if tie.engagement_id is not None:
            acts.append((tie.engagement, partial(frame.show, self, "engagements", tie.engagement_id)))
        return TieLine(tie, said_of(tie), lambda: frame.show(self, "clients", -tie.party_id), acts)

    def _unlink(self, link_id: int) -> None:
        self.room.desk.attempt(lambda: self.room.desk.do(parties.unlink_parties, link_id))


def said_of(tie: Tie) -> str:
    """What somebody is to the client: the link, read from the client, or the role; then years and note."""
    years = "–".join(str(day.year) if day else "" for day in (tie.since, tie.until)) if tie.since else ""
    said = {"referred by": _("Referred them"), "referred": _("Referred by them")}.get(tie.how, word(tie.kind))
    return " · ".join(part for part in (said, years, tie.note) if part)
