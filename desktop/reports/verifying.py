"""Whether a printed report is the record: its seal against the chain, its facts against the journal, its pages too.

Three things are asked in turn. Does the seal fit itself (facts.json, its digest, the keywords)? Does it fit this file
(the step of the chain that it names, and what the journal says that the record held then, read again by the report's
own code)? And do the pages say what the facts say: printed once more, is it the same file, byte by byte, and if not,
do the pages have the same words?
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import hashlib
import json
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Literal

from sqlmodel import Session

from db import chain, past
from db.check import given_up
from db.conflicts import get_check
from db.errors import Refused
from db.grown import Later, advice_since, changes_since
from db.rows import fetch, ids, scalar
from desktop.reports.client_facts import AskedFacts, RecordFacts, canonical
from desktop.reports.course import WHOLE, Course, Progress
from desktop.reports.family import KINDS, Ask, Asked, Kind
from desktop.reports.paper import Paper
from desktop.reports.received import Received, Unreadable, read_pages, receive
from desktop.reports.seal import first_entry, origin, program

Verdict = Literal["unchanged", "grown", "not-from-here"]
# What a client report may tell of; of trust notes only the thanks that were said for the record.
_OF_CLIENT_REPORT = ("engagement", "promise", "fee", "trust_note", "client", "party", "practice", "person")
_NEVER = ("trust_note", "change", "step")
# Where the entries of the advisory history stand among the facts: what is recorded is never erased.
_ENTRIES = ("advice", "entries", "versions")
# What each part of the work ends at, in hundredths of the whole: on a large file the chain takes nearly all.
_RECEIVED, _CHAIN, _PAST, _PRINTED, _READ = 2, 75, 82, 88, 96


@dataclass(frozen=True)
class Difference:
    """A page that says something else than the sealed facts print there: what it says, and what they say."""

    page: int
    says: str
    printed: str


@dataclass(frozen=True)
class Verified:
    """The answer on a paper. `why` names what speaks against it; `notes` what could not be looked at, or how far.

    `entries` counts the journal's entries from `record.first` to `record.last`; `since` is what happened after it.
    """

    verdict: Verdict
    why: str = ""
    kind: str = ""
    about: str = ""
    record: RecordFacts | None = None
    digest: str = ""
    entries: int = 0
    since: tuple[Later, ...] = ()
    notes: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


class _No(Exception):
    """What speaks against a paper."""

    def __init__(self, why: str, *differences: Difference) -> None:
        super().__init__(why)
        self.why, self.differences = why, differences


@dataclass(frozen=True)
class _Seal:
    """The seal as it stands in the paper: the facts as JSON gives them, the record they rest on, and their digest."""

    facts: dict[str, Any]
    record: RecordFacts
    asked: AskedFacts
    digest: str


def verify(ask: Ask, pdf: bytes, progress: Progress = lambda _done, _of: None) -> Verified:
    """Verify a PDF against an open practice; `ask` runs a query on it.

    `progress(done, of)` hears how far it is, in hundredths, and may raise to give it up.
    """
    seal: _Seal | None = None
    course = Course(progress)
    try:
        course(0, WHOLE)
        received = receive(pdf)
        seal = _seal(received)
        answer: Verified = ask(partial(_asked_of, seal=seal, received=received, course=course))
    except Unreadable as error:
        answer = _against(seal, error.code)
    except _No as no:
        answer = _against(seal, no.why, no.differences)
    course(WHOLE, WHOLE)
    return answer


def _against(seal: _Seal | None, why: str, differences: tuple[Difference, ...] = ()) -> Verified:
    if seal is None:
        return Verified("not-from-here", why)
    return Verified(
        "not-from-here", why, seal.asked.kind, _about(seal), seal.record, seal.digest, differences=differences
    )


def _about(seal: _Seal) -> str:
    return str(seal.facts.get("client") or "")


# ---------------------------------------------------------------------- the seal by itself


def _seal(received: Received) -> _Seal:
    if received.facts is None:
        raise _No("no-seal")
    digest = hashlib.sha256(received.facts).hexdigest()
    keywords = [part.strip() for part in received.keywords.split(";")]
    if f"facts {digest}" not in keywords:
        raise _No("facts-altered" if any(part.startswith("facts ") for part in keywords) else "keywords-altered")
    try:
        facts = json.loads(received.facts)
        record = _record(facts["record"])
        _day(facts.get("since"))
        is_canonical = canonical(facts) == received.facts
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _No("no-seal") from None
    if not is_canonical:
        raise _No("facts-altered")
    if f"record {record.first}-{record.last} {record.digest}" not in keywords:
        raise _No("keywords-altered")
    assert record.asked is not None
    return _Seal(facts, record, record.asked, digest)


def _record(told: dict[str, Any]) -> RecordFacts:
    """The record that the facts rest on, from JSON; ValueError, TypeError or KeyError for what is none."""
    asked = dict(told["asked"])
    given = {**asked, "at": _moment(asked["at"]), "since": _day(asked["since"]), "until": _day(asked["until"])}
    verified = None if told["verified_at"] is None else _moment(told["verified_at"])
    record = RecordFacts(**{**told, "asked": AskedFacts(**given), "verified_at": verified})
    numbers = (record.first, record.last, record.step, given["check"], _entry(given["advice"]) or 0)
    texts = [value for name, value in asked.items() if name not in ("since", "until", "check")]
    if not all(type(one) is int and 0 <= one < 2**62 for one in numbers) or not all(
        type(one) is str for one in (*texts, record.digest, record.origin, record.program)
    ):
        raise ValueError("record")
    return record


def _moment(told: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise ValueError("zone")
    return moment


def _day(told: str | None) -> dt.date | None:
    return None if told is None else dt.date.fromisoformat(told)


def _entry(number: str) -> int | None:
    return int(number.removeprefix("A-")) if number else None


# ---------------------------------------------------------------------- the seal and this file


def _asked_of(session: Session, *, seal: _Seal, received: Received, course: Course) -> Verified:
    with given_up(session.connection(), course):
        return _verified(session, seal, received, course)


def _verified(session: Session, seal: _Seal, received: Received, course: Course) -> Verified:
    course(_RECEIVED, WHOLE)
    _require_chain(session, seal, course.part(_CHAIN))
    kind = next((kind for kind in KINDS if kind.name == seal.asked.kind), None)
    if kind is None:
        raise _No("unknown-kind")
    course(_CHAIN, WHOLE)
    module = import_module(f"desktop.reports.{kind.module}")
    asked, client_id = _asked(session, seal)
    notes: list[str] = []
    also = [("conflict_check", seal.asked.check)] if seal.asked.check else []
    with past.as_of(session, seal.record.last, client_id, also) as then:
        try:
            facts = module.read(then.session, asked)
        except Refused:
            raise _No("not-the-record") from None
    facts = dataclasses.replace(facts, record=seal.record)
    if canonical(facts) != canonical(seal.facts):
        read = json.loads(canonical(facts))
        kept = seal.facts if then.is_whole else {name: seal.facts[name] for name in _ENTRIES if name in seal.facts}
        if not kept or not _fits(kept, read):
            raise _No("not-the-record")
        notes.append("other-version" if then.is_whole else "erased")
    course(_PAST, WHOLE)
    again = module.render(facts, progress=course.part(_PRINTED))
    course(_PRINTED, WHOLE)
    notes += _pages(received, seal, again, as_printed=not notes, progress=course.part(_READ))
    course(_READ, WHOLE)
    since = _since(session, seal, kind, client_id, _now(session, module, asked), asked)
    entries = scalar(
        session, "SELECT count(*) FROM change WHERE id BETWEEN ? AND ?", seal.record.first, seal.record.last
    )
    return Verified(
        "grown" if since else "unchanged",
        kind=kind.name,
        about=_about(seal),
        record=seal.record,
        digest=seal.digest,
        entries=entries,
        since=tuple(since),
        notes=tuple(notes),
    )


def _require_chain(session: Session, seal: _Seal, progress: Progress) -> None:
    """The chain of this file holds, and the seal names a step of it, with the entries up to it."""
    record = seal.record
    if origin(session) != record.origin:
        raise _No("other-practice")
    own = fetch(session, "SELECT digest FROM step WHERE id = ?", record.step)
    if not own:
        raise _No("older-file")
    if own[0][0] != record.digest:
        raise _No("other-copy")
    begins = {first_entry(session, day, record.last) for day in (seal.asked.since, _day(seal.facts.get("since")))}
    last = scalar(session, "SELECT max(id) FROM change WHERE step_id <= ?", record.step)
    if record.first not in begins or record.last != last:
        raise _No("range-altered")
    if chain.verify(session.connection(), progress).problems:
        raise _No("file-altered")


def _asked(session: Session, seal: _Seal) -> tuple[Asked, int | None]:
    """What was asked for then, by the ids of this file, and whom it is about."""
    told, last = seal.asked, seal.record.last
    client = _numbered(session, "client", told.client, last)
    engagement = _numbered(session, "engagement", told.engagement, last)
    advice = _entry(told.advice)
    asked = Asked(
        told.at,
        client,
        engagement,
        advice,
        told.check or None,
        since=told.since,
        until=told.until,
        language=told.language,
        paper=told.paper,
        words=told.words,
    )
    for noun, row_id in (("engagement", engagement), ("advice", advice)):
        if client is None and row_id is not None:
            client = scalar(session, f"SELECT client_id FROM {noun} WHERE id = ?", row_id)
    if client is None and told.check and scalar(session, "SELECT 1 FROM conflict_check WHERE id = ?", told.check):
        client = get_check(session, told.check).row.client_id
    return asked, client


def _numbered(session: Session, noun: str, number: str, last: int) -> int | None:
    """The record that had this number then."""
    if not number:
        return None
    then = (
        "SELECT row_id FROM change WHERE noun = ? AND id <= ? AND json_extract(after, '$.number') = ?"
        " ORDER BY id DESC LIMIT 1"
    )
    now = scalar(session, f"SELECT id FROM {noun} WHERE number = ?", number)
    found = now if now is not None else scalar(session, then, noun, last, number)
    if found is None:
        raise _No("not-the-record")
    return int(found)


def _fits(sealed: Any, read: Any) -> bool:
    """Whether facts agree in all that both know: another version of the program may know a field more."""
    if isinstance(sealed, dict) and isinstance(read, dict):
        return all(_fits(value, read[name]) for name, value in sealed.items() if name in read)
    if isinstance(sealed, list) and isinstance(read, list):
        return len(sealed) == len(read) and all(map(_fits, sealed, read))
    return bool(sealed == read)


# ---------------------------------------------------------------------- the pages


def _pages(received: Received, seal: _Seal, again: Paper, *, as_printed: bool, progress: Progress) -> list[str]:
    """Whether the pages say what the facts say; gives what is to be noted, raises where they do not."""
    if again.pdf == received.pdf:
        return []
    if not as_printed or seal.record.program != program():
        _require_words(received, seal, progress)
        return ["other-layout"]
    if received.pages != again.pages:
        raise _No("pages-altered", Difference(0, str(received.pages), str(again.pages)))
    differences = []
    pairs = zip(read_pages(received.pdf, received.pages), read_pages(again.pdf, again.pages), strict=True)
    for number, (page, printed) in enumerate(pairs, 1):
        progress(number, received.pages)
        if page.words != printed.words:
            differences.append(_difference(number, page.words, printed.words))
        elif (page.pictures, page.notes) != (printed.pictures, printed.notes):
            differences.append(Difference(number, "", ""))
    if differences:
        raise _No("pages-altered", *differences)
    return ["saved-anew"]


def _difference(number: int, says: tuple[str, ...], printed: tuple[str, ...]) -> Difference:
    """The first place where two pages part, with some words around it."""
    for how, a, b, c, d in difflib.SequenceMatcher(None, says, printed, autojunk=False).get_opcodes():
        if how != "equal":
            around = slice(max(a - 3, 0), min(b, a + 12) + 3), slice(max(c - 3, 0), min(d, c + 12) + 3)
            return Difference(number, " ".join(says[around[0]]), " ".join(printed[around[1]]))
    return Difference(number, "", "")


def _require_words(received: Received, seal: _Seal, progress: Progress) -> None:
    """Each text of the record's entries stands on the pages as it is sealed, wherever that is."""
    told = ""
    for number, page in enumerate(read_pages(received.pdf, received.pages), 1):
        progress(number, received.pages)
        told += "".join(page.words)
    for text in set().union({_about(seal)}, *(_texts(seal.facts.get(name)) for name in _ENTRIES)):
        if "".join(text.split()) not in told:
            raise _No("pages-altered", Difference(0, "", text[:200]))


def _texts(value: Any) -> set[str]:
    """The texts of a fact that are words: long enough, and with a blank in them."""
    if isinstance(value, dict):
        return set().union(*map(_texts, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(_texts, value)) if value else set()
    return {value} if isinstance(value, str) and " " in value and len(value) > 8 else set()


# ---------------------------------------------------------------------- what happened since


def _now(session: Session, module: Any, asked: Asked) -> bytes:
    """What the same report would say today; nothing where it could not be made any more."""
    try:
        return canonical(dataclasses.replace(module.read(session, asked), record=None))
    except Refused:
        return b""


def _since(session: Session, seal: _Seal, kind: Kind, client_id: int | None, now: bytes, asked: Asked) -> list[Later]:
    last, differs = seal.record.last, now != canonical({**seal.facts, "record": None})
    if kind.about == "check":
        checks = [("conflict_check", seal.asked.check)]
        return [dataclasses.replace(later, what="withdrawn") for later in changes_since(session, last, checks)]
    found = advice_since(session, last, _entries(session, kind, client_id, asked))
    if differs and client_id is not None:
        records = past.records_of(session, last, client_id) | {("practice", 1)}
        found += changes_since(session, last, [one for one in records if _may_tell(session, kind, *one)])
    return sorted(found, key=lambda later: later.step)


def _entries(session: Session, kind: Kind, client_id: int | None, asked: Asked) -> list[int]:
    """The entries of the advisory history that the report is about, today; what it never shows is not among them."""
    shown = " AND channel <> 'note'" + (" AND direction IN ('given', 'both')" if kind.for_whom == "client" else "")
    if asked.advice_id is not None:
        tree = (
            "WITH RECURSIVE tree(id) AS (SELECT ?1 UNION SELECT a.id FROM advice a JOIN tree t ON a.amends_id = t.id"
            " UNION SELECT a.amends_id FROM advice a JOIN tree t ON a.id = t.id WHERE a.amends_id IS NOT NULL)"
            " SELECT id FROM tree"
        )
        return ids(session, tree, asked.advice_id)
    about, row_id = ("engagement", asked.engagement_id) if asked.engagement_id is not None else ("client", client_id)
    return ids(session, f"SELECT id FROM advice WHERE {about}_id = ?{shown}", row_id)


def _may_tell(session: Session, kind: Kind, noun: str, row_id: int) -> bool:
    if noun in ("advice", "advice_response"):
        return False
    if kind.for_whom != "client":
        return noun not in _NEVER
    if noun == "trust_note":
        thanks = "SELECT 1 FROM trust_note WHERE id = ? AND kind = 'thanks' AND NOT restricted"
        return bool(scalar(session, thanks, row_id))
    return noun in _OF_CLIENT_REPORT
