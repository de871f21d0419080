"""The certificate of a conflict check: which names, against how many, what was found, and what was decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, select

from db import tables
from db.conflicts import NameResult, get_check
from db.errors import Refused
from db.matching import Reason
from db.rows import get, scalar
from db.words import Verdict
from desktop import text
from desktop.reports.blocks import Block, Heading, Paragraph, Row, Stack, record_table
from desktop.reports.client_facts import PracticeFacts, RecordFacts, digest
from desktop.reports.client_reading import practice_facts
from desktop.reports.family import Asked, needed
from desktop.reports.look import FIGURE, INK_3, LABEL, MARGIN, MUTED, NOTE, STRONG, TITLE, TONES, toned
from desktop.reports.margins import margins
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.reports.seal import rests_on, sealed
from desktop.text import Voice
from desktop.why import decision_words, role_words, verdict_words, why_words

_TONES = {"clear": "green", "look": "amber", "stop": "red"}


@dataclass(frozen=True)
class FoundFacts:
    """A party that may be the one asked for, as the certificate names it: no number of a row, and no other's file."""

    party: str
    matched: str
    why: tuple[Reason, ...]
    role: str
    standing: str
    where: str
    status: str
    met_on: dt.date
    score: int


@dataclass(frozen=True)
class NameFacts:
    """What is known of one name that was asked for; `left_off` counts weaker matches that are not listed."""

    name: str
    verdict: Verdict
    found: tuple[FoundFacts, ...]
    left_off: int


@dataclass(frozen=True)
class CertificateFacts:
    """A kept check as it is certified; `checked_at` in the zone of the place, `universe` how many names were searched.

    `client` is whom it was for, '' where nobody is known yet.
    """

    practice: PracticeFacts
    language: str
    number: int
    checked_at: dt.datetime
    checked_by: str
    universe: int
    verdict: Verdict
    decision: str
    reason: str
    names: tuple[NameFacts, ...]
    client: str = ""
    record: RecordFacts | None = None


def read(session: Session, asked: Asked) -> CertificateFacts:
    """The facts of the check that is asked for: the one named, else the latest for the client or the engagement."""
    check_id = asked.check_id
    if check_id is None:
        about = "engagement" if asked.engagement_id is not None else "client"
        of = needed(asked.engagement_id if asked.engagement_id is not None else asked.client_id, "client")
        latest = f"SELECT max(id) FROM conflict_check WHERE {about}_id = ? AND withdrawn_at IS NULL"
        check_id = scalar(session, latest, of)
    if check_id is None:
        raise Refused("no-check", "client")
    return facts(session, int(check_id), asked.paper, asked.language, asked.at)


def facts(
    session: Session, check_id: int, sheet: str = "", language: str = "", at: dt.datetime | None = None
) -> CertificateFacts:
    """What a kept check found then, with whom it was for, as printed `at` a moment with its zone (else now)."""
    at = at or dt.datetime.now().astimezone()
    page = get_check(session, check_id)
    row = page.row
    client = ""
    if row.client_id is not None:
        party_id = get(session, tables.Client, row.client_id).party_id
        client = get(session, tables.Party, party_id).name
    return CertificateFacts(
        practice=practice_facts(session, sheet),
        language=language or session.exec(select(tables.Practice.language)).one(),
        number=row.id,
        checked_at=row.checked_at.astimezone(at.tzinfo),
        checked_by=row.checked_by,
        universe=row.universe,
        verdict=row.verdict,
        decision=row.decision,
        reason=row.reason,
        names=tuple(_name(name) for name in page.result.names),
        client=client,
        record=rests_on(session, "conflict-certificate", Asked(at, check_id=check_id, language=language, paper=sheet)),
    )


def _name(name: NameResult) -> NameFacts:
    found = [
        FoundFacts(
            party=hit.party,
            matched=hit.matched,
            why=hit.why,
            role=hit.role,
            standing=hit.standing,
            where=hit.where,
            status=hit.status,
            met_on=dt.date.fromisoformat(hit.met_on),
            score=hit.score,
        )
        for hit in name.hits
    ]
    return NameFacts(name.name, name.verdict, tuple(found), name.left_off)


def story(facts: CertificateFacts) -> list[Block]:
    """The certificate as blocks, in the language that is spoken, as the words of a match are."""
    say = text.current()
    moment = f"{say.long_date(facts.checked_at)}, {facts.checked_at:%H:%M}"
    by = say.say("Checked by {who} on {when}").format(who=facts.checked_by, when=moment)
    figures = [
        (say.number(facts.universe), say.words.ngettext("name searched", "names searched", facts.universe)),
        (say.number(len(facts.names)), say.words.ngettext("name asked for", "names asked for", len(facts.names))),
        (verdict_words(facts.verdict), say.say("found")),
        (decision_words(facts.decision), say.say("decided")),
    ]
    small = toned(STRONG, TONES.get(_TONES[facts.verdict], STRONG.colour))
    cells = [
        Stack([Paragraph(told, FIGURE if at < 2 else small, before=0), Paragraph(label, LABEL)])
        for at, (told, label) in enumerate(figures)
    ]
    blocks: list[Block] = [
        Paragraph(say.say("Conflict check"), MUTED, keep=True),
        Paragraph(facts.client or _asked_for(facts), TITLE, before=3, keep=True),
        Paragraph(by, MUTED, before=1),
        Row(cells, (1, 1, 1, 1.2), gap=14, before=17, whole=True),
    ]
    if facts.reason:
        blocks += [Heading(say.say("Why it was decided so")), Paragraph(facts.reason)]
    blocks.append(Heading(say.say("What was found")))
    for name in facts.names:
        blocks += _found(name, say)
    return [*blocks, _colophon(facts, say)]


def _found(name: NameFacts, say: Voice) -> list[Block]:
    verdict = toned(STRONG, TONES[_TONES[name.verdict]])
    head = Row(
        [Paragraph(name.name, STRONG), Paragraph(verdict_words(name.verdict), verdict, align="right")],
        (70, 30),
        before=12,
        whole=True,
        keep=bool(name.found),
    )
    if not name.found:
        return [head, Paragraph(say.say("Nobody of this name, or of a name like it, is on record."), MUTED)]
    columns = [say.say(words) for words in ("On record", "Why it matches", "Role", "Where", "Match")]
    rows = [_row(hit, say) for hit in name.found]
    left = []
    if name.left_off:
        words = say.count("{n} weaker match is not listed", "{n} weaker matches are not listed", name.left_off)
        left = [Paragraph(words, NOTE, before=4)]
    return [head, *record_table(columns, rows, (25, 31, 13, 23, 8), right=(4,)), *left]


def _row(hit: FoundFacts, say: Voice) -> list[str]:
    shown = hit.party if hit.party == hit.matched else f"{hit.party} ({hit.matched})"
    where = say.say("entered {day}").format(day=say.date(hit.met_on))
    if hit.where:
        where = f"{hit.where} — {say.say('still open' if hit.status == 'open' else 'closed')}"
    return [shown, why_words(hit.why), role_words(hit.role, hit.standing), where, say.number(hit.score)]


def _asked_for(facts: CertificateFacts) -> str:
    return ", ".join(name.name for name in facts.names)


def _colophon(facts: CertificateFacts, say: Voice) -> Block:
    words = say.say(
        "Searched were the names of all whom the practice ever met: clients, opponents, directors, payers, witnesses,"
        " and their former, maiden and trading names. Misspelt and linked names are found as well. The check is kept in"
        " the practice’s record, where it cannot be changed."
    )
    lines = [Paragraph(words, NOTE)]
    if facts.record:
        chain = say.say("Chain of the record at its last entry: {digest}").format(digest=facts.record.digest)
        own = say.say("Digest of what this report says: {digest}").format(digest=digest(facts))
        lines.append(Paragraph(f"{chain}\n{own}", toned(MARGIN, INK_3), before=6))
    return Stack(lines, before=24, keep=True)


def render(facts: CertificateFacts, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The certificate as a PDF; `invariant` makes equal facts equal bytes."""
    with text.speaking(facts.language):
        return paper(story(facts), sealed(facts, _meta(facts)), invariant=invariant, progress=progress)


def _meta(facts: CertificateFacts) -> Meta:
    say = text.current()
    subject = say.say("Conflict check")
    return margins(
        facts.practice,
        say,
        title=f"{subject} · {_asked_for(facts)}",
        subject=subject,
        right=say.say("Confidential — for the practice’s own file"),
        foot=say.say("Check {number}").format(number=say.number(facts.number)),
    )
