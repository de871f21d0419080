"""The places where the user was: rooms and the records in them, to go back and forward through."""

from __future__ import annotations

from dataclasses import dataclass

KEPT = 50


@dataclass(frozen=True)
class Place:
    """A room, and the record in view there; None where it was the room as such."""

    room: str
    record: int | None = None


class Places:
    """The last fifty places, and which of them the user is at."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def here(self) -> Place | None:
        """Where the user is, or None before the first place."""
        return self._places[self._at] if self._places else None

    def go(self, place: Place) -> None:
        """Come to a place: what lay ahead is forgotten, as in every browser."""
        here = self.here()
        if place == here or (here is not None and place == Place(here.room)):
            # Whoever goes to the room where he is stays at the record in it.
            return
        if here is not None and here.room == place.room and here.record is None:
            # The room as such was only the way to the record in it.
            self._places[self._at] = place
            return
        self._places = [*self._places[: self._at + 1], place][-KEPT:]
        self._at = len(self._places) - 1

    def step(self, by: int) -> Place | None:
        """Go back (-1) or forward (1); gives the place, or None at the end."""
        if not self.can(by):
            return None
        self._at += by
        return self._places[self._at]

    def can(self, by: int) -> bool:
        """Whether there is a place so many steps away."""
        return bool(self._places) and 0 <= self._at + by < len(self._places)

    def recent(self, most: int = 6) -> list[Place]:
        """The places with a record, the latest first, each once; the one in view is not among them."""
        here = self.here()
        newest = reversed(self._places)
        return list(dict.fromkeys(place for place in newest if place.record is not None and place != here))[:most]

    def forget(self) -> None:
        """Begin anew, as on locking."""
        self._places.clear()
        self._at = -1
