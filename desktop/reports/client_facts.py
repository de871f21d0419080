"""What a client report may know: types that have no place for a confidence, a concern, a signal, a draft or a note."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from desktop.giving_up import go_on
from desktop.reports.look import page_size


@dataclass(frozen=True)
class Money:
    """An amount in minor units of an ISO 4217 currency."""

    minor: int
    currency: str


@dataclass(frozen=True)
class PracticeFacts:
    """The firm as it signs; `profession` is law, accounting or design, `logo` the bytes of a PNG or JPEG.

    `paper` is a4 or letter where one was chosen.
    """

    name: str
    profession: str
    country: str = ""
    address: str = ""
    registration: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    colour: str = ""
    logo: bytes | None = None
    paper: str = ""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points of the sheet: the one chosen, or that of the practice's country."""
        return page_size(self.country, self.paper)


@dataclass(frozen=True)
class EngagementFacts:
    """Agreed work as the client knows it; `next_step` is the next promise in it, `review_on` the next agreed look."""

    title: str
    stage: str
    since: dt.date | None = None
    closed_on: dt.date | None = None
    outcome: str = ""
    next_step: str = ""
    next_on: dt.date | None = None
    review_on: dt.date | None = None
    fees: tuple[Money, ...] = ()
    value_delivered: str = ""


@dataclass(frozen=True)
class ResponseFacts:
    """What the client answered: accepted, deferred, declined, against advice; his own words and reason."""

    response: str
    on: dt.date
    words: str = ""
    consequence: str = ""
    reason: str = ""


@dataclass(frozen=True)
class AmendmentFacts:
    """A later entry that amends one: when, why, and the advice as it now stands."""

    given_at: dt.datetime
    reason: str
    advice: str
    response: ResponseFacts | None = None


@dataclass(frozen=True)
class AdviceFacts:
    """A recorded entry of the advisory history, in the zone of the place where it was given."""

    given_at: dt.datetime
    channel: str
    question: str
    advice: str
    engagement: str = ""
    author: str = ""
    basis: str = ""
    options: str = ""
    risks: str = ""
    late: bool = False
    response: ResponseFacts | None = None
    amendments: tuple[AmendmentFacts, ...] = ()

    @property
    def answer(self) -> ResponseFacts | None:
        """The latest response, to the entry or to what amends it."""
        answers = [a.response for a in self.amendments if a.response]
        return answers[-1] if answers else self.response


@dataclass(frozen=True)
class PromiseFacts:
    """A promise between the practice and the client; `by` is us or client, `status` a word of the vocabulary."""

    text: str
    made_on: dt.date
    status: str
    by: str = "us"
    due_on: dt.date | None = None
    due_time: str = ""
    kept_on: dt.date | None = None
    undertaking: bool = False


@dataclass(frozen=True)
class WordsFacts:
    """Thanks in the client's own words, said for the record."""

    text: str
    on: dt.date
    by: str = ""


@dataclass(frozen=True)
class AskedFacts:
    """What a sealed report was asked for, by numbers that people know: with it the same can be read again."""

    kind: str
    at: dt.datetime
    client: str = ""
    engagement: str = ""
    advice: str = ""
    check: int = 0
    since: dt.date | None = None
    until: dt.date | None = None
    language: str = ""
    paper: str = ""
    words: str = ""


@dataclass(frozen=True)
class RecordFacts:
    """The range of the practice's record that the report rests on, and the digest of its chain at the last entry.

    `step` is the last step of the chain, `origin` the digest of its first: it tells one practice from another;
    `program` the version that printed it.
    """

    first: int
    last: int
    digest: str
    verified_at: dt.datetime | None = None
    step: int = 0
    origin: str = ""
    asked: AskedFacts | None = None
    program: str = ""


@dataclass(frozen=True)
class ForClientFacts:
    """What every report for a client says first: from whom and for whom it is, of which days, and who advises him."""

    practice: PracticeFacts
    client: str
    number: str
    since: dt.date
    until: dt.date
    made_on: dt.date
    language: str = "en"
    adviser: str = ""
    adviser_email: str = ""


@dataclass(frozen=True)
class ClientReportFacts(ForClientFacts):
    """Everything that a client report says, and nothing else."""

    place: str = ""
    summary: str = ""
    engagements: tuple[EngagementFacts, ...] = ()
    advice: tuple[AdviceFacts, ...] = ()
    promises: tuple[PromiseFacts, ...] = ()
    words: tuple[WordsFacts, ...] = ()
    activity: tuple[tuple[dt.date, int], ...] = ()
    record: RecordFacts | None = None


def canonical(facts: Any) -> bytes:
    """The facts in one canonical writing, as JSON: the same facts always give the same bytes."""
    text = json.dumps(facts, default=_plain, sort_keys=True, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def digest(facts: Any) -> str:
    """SHA-256 of the canonical writing, in 64 letters."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        go_on()
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no canonical writing for {type(value).__name__}")
