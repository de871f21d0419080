"""A practice of which is known who leaves, who stays, and why: what rules have to find."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlmodel import Session

from db.practice import Practice
from db.tables import Advice, AdviceResponse, Client, Insight, Promise, StandingChange, TrustNote
from tests.db.lived import TODAY, day, written

RHYTHM = 30


@dataclass
class Truths:
    """The clients of the practice by what is true of them."""

    # Left by their own will: after a hundred days in which it could be seen, without a sign, or before one knew them.
    leaving: list[int] = field(default_factory=list)
    sudden: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    # Gone, but by us.
    ended: list[int] = field(default_factory=list)
    # Still here: always well, or after a bad half year that was mended.
    staying: list[int] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)

    @property
    def stayed(self) -> list[int]:
        """All who are still here."""
        return self.staying + self.mended


def known_truths(practice: Practice) -> Truths:
    """Fill a practice with such clients, in one step."""
    truths = Truths()

    def fill(session: Session) -> None:
        at = iter(range(1, 100))

        def someone() -> int:
            return written(session, "client", next(at), since=-700)

        for left in (-40, -130, -220, -310):
            client = someone()
            truths.leaving.append(client)
            in_touch(session, client, -600, left - 180)
            promised(session, client, left - 150, kept=False)
            complained(session, client, left - 140)
            leaves(session, client, left, "service")
        for left in (-60, -250):
            client = someone()
            truths.sudden.append(client)
            in_touch(session, client, -600, left - 2)
            promised(session, client, left - 100, kept=True)
            leaves(session, client, left, "moved")
        client = someone()
        truths.new.append(client)
        in_touch(session, client, -102, -100)
        leaves(session, client, -20, "price")
        client = someone()
        truths.ended.append(client)
        in_touch(session, client, -600, -300)
        leaves(session, client, -100, "conflict")
        for number in range(5):
            client = someone()
            truths.staying.append(client)
            in_touch(session, client, -600 + number, -number)
            promised(session, client, -40, kept=True)
        client = someone()
        truths.mended.append(client)
        in_touch(session, client, -600, -260)
        promised(session, client, -250, kept=False)
        concern(session, client, -240, until=-150)
        in_touch(session, client, -150, 0)

    practice.do(fill)
    return truths


def in_touch(session: Session, client: int, since: int, until: int, response: str = "accepted") -> None:
    """Recorded advice every thirty days, each answered, until a day."""
    for on in range(until, since, -RHYTHM):
        given = dt.datetime.combine(TODAY + dt.timedelta(days=on), dt.time(0), dt.UTC)
        entry = Advice(client_id=client, given_at=given, question="Sell?", advice="Wait.", state="recorded")
        session.add(entry)
        session.flush()
        assert entry.id is not None
        if response:
            session.add(AdviceResponse(advice_id=entry.id, response=response, responded_on=day(on)))


def promised(session: Session, client: int, on: int, *, kept: bool) -> None:
    """A promise of ours that fell due on a day, kept then or never."""
    promise = Promise(client_id=client, text="Send the draft", made_on=day(on - 10), due_on=day(on))
    if kept:
        promise.status, promise.kept_on = "kept", day(on)
    session.add(promise)


def complained(session: Session, client: int, on: int) -> None:
    """A complaint that nobody settled."""
    session.add(Insight(client_id=client, kind="complaint", heard_on=day(on), verbatim="Nobody called back."))


def concern(session: Session, client: int, on: int, until: int | None = None, *, restricted: bool = False) -> None:
    """A concern, resolved on a day or never."""
    noted = dt.datetime.combine(day(on), dt.time(0), dt.UTC)
    note = TrustNote(
        client_id=client, noted_at=noted, kind="concern", text="Too slow, he finds.", restricted=restricted
    )
    note.resolved_on = None if until is None else day(until)
    session.add(note)


def leaves(session: Session, client: int, on: int, reason: str) -> None:
    """One who is a client no more from a day on."""
    found = session.get(Client, client)
    assert found is not None
    found.standing = "former"
    session.add(found)
    session.add(StandingChange(client_id=client, standing="former", changed_on=day(on), reason=reason))
