"""Letters of the practice on its paper: those that decline, say what was agreed, confirm advice, or end the work."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlmodel import Session, col, select

from db import tables
from db.enquiries import retain_until
from db.errors import Refused
from db.rows import day, get, scalar
from desktop.look import RESOURCES
from desktop.reports.blocks import Block, Paragraph, Row, Stack
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.client_reading import practice_facts
from desktop.reports.look import BODY, LINE, MUTED, NOTE, STRONG, TITLE, Style, toned
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.text import LANGUAGES, voice

Kind = Literal["decline", "engage", "confirm", "disengage"]
# Both sides sign what was agreed; a No and a parting are said by the practice alone.
SIGNED_BY_BOTH = ("engage", "confirm")
LETTER_BODY = Style("sans", 9.6, 15)
LETTER_HEADING = Style("sans-semibold", 9.6, 15)
LONGEST_HEADING = 70


@dataclass(frozen=True)
class LetterFacts:
    """What a letter knows of its reader: nothing that was told in trust, no note, no other client."""

    kind: Kind
    language: str
    practice: PracticeFacts
    client: str
    is_organisation: bool
    address: tuple[str, ...]
    day: dt.date
    place: str = ""
    writer: str = ""
    asked_on: dt.date | None = None
    about: str = ""
    kept_until: dt.date | None = None


@dataclass(frozen=True)
class Agreed:
    """The work as it is agreed; `fee_minor` in minor units of `currency`."""

    title: str = ""
    included: str = ""
    excluded: str = ""
    duties: str = ""
    assumptions: str = ""
    fee_basis: str = ""
    fee_minor: int | None = None
    currency: str = ""
    review_on: dt.date | None = None


def facts(
    session: Session,
    client_id: int,
    kind: Kind,
    today: dt.date,
    *,
    writer: str = "",
    engagement_id: int | None = None,
    language: str = "",
    sheet: str = "",
) -> LetterFacts:
    """Who is written to, from where; in the reader's language, or the practice's where his is not known."""
    client = get(session, tables.Client, client_id, "client")
    party = get(session, tables.Party, client.party_id)
    own = session.exec(select(tables.Practice)).one()
    spoken = party.language.replace("_", "-").split("-")[0].lower()
    first = session.exec(
        select(tables.Address).where(tables.Address.party_id == party.id).order_by(col(tables.Address.id))
    ).first()
    address = () if first is None else (first.street, " ".join(p for p in (first.postal_code, first.city) if p))
    engagement = get(session, tables.Engagement, engagement_id, "engagement_id") if engagement_id else None
    if engagement is not None and engagement.client_id != client_id:
        raise Refused("other-clients-engagement", "engagement_id", title=engagement.title)
    asked = scalar(session, "SELECT min(changed_on) FROM standing_change WHERE client_id = ?", client_id)
    return LetterFacts(
        kind=kind,
        language=language or (spoken if spoken in LANGUAGES else own.language),
        practice=practice_facts(session, sheet),
        client=party.name,
        is_organisation=party.kind == "organisation",
        address=tuple(line for line in address if line),
        day=today,
        writer=writer,
        asked_on=(engagement.opened_on if engagement is not None else None) or day(asked),
        about=engagement.area if engagement is not None else "",
        kept_until=retain_until(session, today) if kind == "decline" else None,
    )


@cache
def letter_words(language: str) -> dict[str, Any]:
    """The words of every letter and template in a language, as they stand in resources/letters."""
    with (RESOURCES / "letters" / f"{voice(language).language}.toml").open("rb") as file:
        return tomllib.load(file)


def starting_templates(profession: str, language: str) -> list[dict[str, Any]]:
    """The templates of agreed work that every practice of a profession begins with, in its language."""
    found: list[dict[str, Any]] = letter_words(language)["templates"].get(profession, [])
    return found


def title(kind: Kind, language: str) -> str:
    """What a letter of this kind is about, as it stands above it."""
    return str(letter_words(language)[kind]["title"])


def declining(facts: LetterFacts, reason: str) -> str:
    """The letter that declines, to be read and changed before it is printed: paragraphs with a blank line between."""
    words, say = letter_words(facts.language)["decline"], voice(facts.language)
    asked = ""
    if facts.asked_on is not None:
        pattern = words["asked_about"] if facts.about else words["asked"]
        asked = pattern.format(day=say.long_date(facts.asked_on), about=facts.about)
    until = say.long_date(facts.kept_until) if facts.kept_until else "…"
    parts = [
        salutation(words, facts),
        asked,
        words["no"],
        words["why"].get(reason, ""),
        words["warning_title"],
        words["warning"],
        words["papers"].format(until=until),
        words["close"],
        words["sign"],
    ]
    return "\n\n".join(part for part in parts if part)


def engaging(facts: LetterFacts, agreed: Agreed) -> str:
    """The letter that says what was agreed; a point on which nothing was agreed is left out."""
    words, say = letter_words(facts.language)["engage"], voice(facts.language)
    parts = [salutation(words, facts), words["open"], words["work"]]
    parts.append(words["is"].format(name=facts.client, title=agreed.title))
    for name in ("included", "excluded", "duties", "assumptions"):
        if told := getattr(agreed, name):
            parts += [words[name], told]
    parts += [words["fee"], _fee(words, agreed, facts), words["changes"]]
    if agreed.review_on is not None:
        parts += [words["review"], words["review_on"].format(day=say.long_date(agreed.review_on))]
    parts += [words["end"], words["ending"], words["sign"]]
    return "\n\n".join(parts)


def _fee(words: dict[str, str], agreed: Agreed, facts: LetterFacts) -> str:
    if agreed.fee_basis == "none":
        return words["none"]
    if agreed.fee_minor is None or not agreed.currency or agreed.fee_basis not in words:
        return words["unnamed"]
    amount = voice(facts.language).money(agreed.fee_minor, agreed.currency)
    return words[agreed.fee_basis].format(amount=amount)


def salutation(words: dict[str, str], facts: LetterFacts) -> str:
    """How the reader is addressed."""
    return words["organisation" if facts.is_organisation else "person"].format(name=facts.client)


def story(facts: LetterFacts, text: str) -> list[Block]:
    """The letter as blocks: whom it is for, its paragraphs as they were left, and where it is signed."""
    say, words = voice(facts.language), letter_words(facts.language)
    reader = [Paragraph(facts.client, STRONG), *(Paragraph(line) for line in facts.address)]
    when = ", ".join(part for part in (facts.place, say.long_date(facts.day)) if part)
    blocks: list[Block] = [
        Row([Stack(reader), Paragraph(when, MUTED, align="right")], (60, 40), whole=True),
        Paragraph(str(words[facts.kind]["title"]), TITLE, before=16, keep=True),
    ]
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    for at, part in enumerate(paragraphs):
        if at and _is_heading(part) and at < len(paragraphs) - 1:
            blocks.append(Paragraph(part, LETTER_HEADING, before=10, keep=True))
        else:
            before = 10 if at == 0 else 2 if _is_heading(paragraphs[at - 1]) else 7
            # The place to sign never stands on a page by itself.
            blocks.append(Paragraph(part, LETTER_BODY, before=before, keep=at >= len(paragraphs) - 2))
    blocks.append(_signed(facts, words) if facts.kind in SIGNED_BY_BOTH else _writer(facts))
    return blocks


def _is_heading(paragraph: str) -> bool:
    """A short line that no sign ends is the heading of what follows it."""
    return len(paragraph) <= LONGEST_HEADING and "\n" not in paragraph and paragraph[-1].isalnum()


def _writer(facts: LetterFacts) -> Block:
    names = [name for name in (facts.writer, facts.practice.name) if name]
    return Stack([Paragraph(name, STRONG if at == 0 else BODY) for at, name in enumerate(names)], before=44, keep=False)


def _signed(facts: LetterFacts, words: dict[str, Any]) -> Block:
    own = words[facts.kind]
    sides = [own["for_practice"].format(practice=facts.practice.name), own["for_client"].format(client=facts.client)]
    hint = toned(NOTE, LINE)
    cells = [
        Stack([Paragraph(side, STRONG), Row([Paragraph(" ", hint)], (1,), padding=11, ruled=True),
               Paragraph(own["date_and_name"], NOTE, before=4)])
        for side in sides
    ]  # fmt: skip
    return Row(cells, (1, 1), gap=28, before=20, whole=True)


def render(facts: LetterFacts, text: str, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The letter as a PDF on the practice's paper; `invariant` makes equal letters equal bytes."""
    say, practice = voice(facts.language), facts.practice
    reached = (practice.phone, practice.email, practice.website)
    seat = (practice.address.replace("\n", ", "), practice.registration.replace("\n", ", "))
    meta = Meta(
        title=f"{title(facts.kind, facts.language)} · {facts.client}",
        author=practice.name,
        subject=title(facts.kind, facts.language),
        language=say.language,
        left=practice.name,
        right=" · ".join(part for part in reached if part),
        later_right=facts.client,
        foot=" · ".join(part for part in seat if part),
        page_of=say.say("Page {page} of {pages}"),
        size=practice.size,
        colour=practice.colour,
        logo=practice.logo,
    )
    return paper(story(facts, text), meta, invariant=invariant, progress=progress)
