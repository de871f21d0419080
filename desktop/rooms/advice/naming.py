"""Who and what is named in the text of advice: suggestions after @ and #, and whom the names stand for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import capture, clients, engagements, parties
from db.names import fold
from db.parties import PartyRow
from desktop.text import _
from desktop.widgets.picker import Suggestion

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


SHOWN, LOOKED_AT = 8, 60


@dataclass(frozen=True)
class Named:
    """Whom or what a name stands for: its sign, its own id, and the client behind it, if any."""

    sign: str
    record: int
    client_id: int | None


class Names:
    """The names that were chosen in one text."""

    def __init__(self, desk: OpenPractice) -> None:
        self._desk = desk
        self.known: dict[str, Named] = {}

    def suggest(self, sign: str, letters: str, client_id: int | None) -> list[Suggestion]:
        """Who or what may be meant; the record of a suggestion is a `Named`."""
        if sign == "@":
            people = self._people(letters)
            return [(Named("@", row.id, row.client_id), row.name, row.number or _("on file")) for row in people]
        ids = self._desk.ask(capture.suggest_engagements, letters, client_id)
        rows = self._desk.ask(engagements.list_engagement_rows, ids)
        return [(Named("#", row.id, row.client_id), row.title, row.client) for row in rows]

    def _people(self, letters: str) -> list[PartyRow]:
        words = letters.split()
        # One letter begins half of all names: it tells among those that the other words find; alone, nothing.
        telling = [each for each in words if len(each) > 1]
        if not telling:
            return []
        if any(letter.isdigit() for letter in letters):
            return self._desk.ask(clients.suggest_clients, letters)
        found = self._desk.ask(parties.suggest_parties, " ".join(telling), SHOWN if telling == words else LOOKED_AT)
        single = [fold(each) for each in words if len(each) == 1]
        fitting = [row for row in found if all(_has_word(row.name, letter) for letter in single)]
        return fitting[:SHOWN]

    def only(self, sign: str, letters: str, client_id: int | None) -> tuple[str, Named] | None:
        """The one that is meant by letters nobody chose a name for; None where it may be several or nobody."""
        found = self.suggest(sign, letters, client_id)
        return (found[0][1], found[0][0]) if len(found) == 1 else None

    def written(self) -> str:
        """All of it as text, to be kept with a draft."""
        return (
            json.dumps({name: [n.sign, n.record, n.client_id] for name, n in self.known.items()}) if self.known else ""
        )

    def read(self, written: str) -> None:
        """Take back what was kept."""
        kept: dict[str, Sequence[object]] = json.loads(written) if written else {}
        self.known = {name: Named(*values) for name, values in kept.items()}  # type: ignore[arg-type]


def _has_word(name: str, beginning: str) -> bool:
    return any(word.startswith(beginning) for word in fold(name).split())
