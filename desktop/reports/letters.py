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
from db.letters import get_wording
from db.rows import day, get, scalar
from desktop.look import RESOURCES
from desktop.reports.blocks import Block, Paragraph, Row, Stack
from desktop.reports.client_facts import PracticeFacts
from desktop.reports.client_reading import practice_facts
from desktop.reports.family import Asked, needed
from desktop.reports.letter_wording import filled, is_heading
from desktop.reports.look import BODY, LINE, MUTED, NOTE, STRONG, TITLE, Style, toned
from desktop.reports.paper import Meta, Paper, Progress
from desktop.reports.paper import render as paper
from desktop.text import LANGUAGES, voice

Kind = Literal["decline", "engage", "confirm", "disengage", "close"]
# Both sides sign what was agreed; a No and a parting are said by the practice alone.
SIGNED_BY_BOTH = ("engage", "confirm")
LETTER_BODY = Style("sans", 9.6, 15)
LETTER_HEADING = Style("sans-semibold", 9.6, 15)


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
    """The work as it is agreed; `fee_minor` in minor units of `currency`, `roles` who decides, pays and benefits."""

    title: str = ""
    included: str = ""
    excluded: str = ""
    duties: str = ""
    assumptions: str = ""
    fee_basis: str = ""
    fee_minor: int | None = None
    currency: str = ""
    review_on: dt.date | None = None
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()


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


def on_an_engagement(session: Session, asked: Asked, kind: Kind) -> tuple[tables.Engagement, LetterFacts]:
    """The engagement that a letter is asked for about, and who is written to."""
    engagement = get(session, tables.Engagement, needed(asked.engagement_id, "engagement"), "engagement")
    told = {"writer": asked.writer, "language": asked.language, "sheet": asked.paper}
    return engagement, facts(session, engagement.client_id, kind, asked.at.date(), engagement_id=engagement.id, **told)


@cache
def letter_words(language: str) -> dict[str, Any]:
    """The words of every letter and template in a language, as they stand in resources/letters."""
    with (RESOURCES / "letters" / f"{voice(language).language}.toml").open("rb") as file:
        return tomllib.load(file)


def starting_templates(profession: str, language: str) -> list[dict[str, Any]]:
    """The templates of agreed work that every practice of a profession begins with, in its language."""
    found: list[dict[str, Any]] = letter_words(language)["templates"].get(profession, [])
    return found


def named_dates(dates: tuple[tuple[dt.date, str], ...], language: str) -> str:
    """Days with what they are for, in one breath."""
    say = voice(language)
    return "; ".join(f"{say.long_date(day)}, {what}" for day, what in dates)


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


def declined(facts: LetterFacts, reason: str) -> Worded:
    """The letter that declines, in words."""
    say = voice(facts.language)
    fields = {
        **common_fields(facts),
        "asked_on": say.long_date(facts.asked_on) if facts.asked_on else "",
        "about": facts.about,
        "why": letter_words(facts.language)["decline"]["why"].get(reason, ""),
        "kept_until": say.long_date(facts.kept_until) if facts.kept_until else "",
    }
    return Worded(declining(facts, reason), fields, "decline")


def engaged(facts: LetterFacts, agreed: Agreed) -> Worded:
    """The letter that says what was agreed, in words."""
    say = voice(facts.language)
    known = agreed.fee_minor is not None and agreed.currency
    fields = {
        **common_fields(facts),
        "engagement": agreed.title,
        "included": agreed.included,
        "excluded": agreed.excluded,
        "duties": agreed.duties,
        "assumptions": agreed.assumptions,
        "fee_terms": fee_terms(agreed, facts.language),
        "fee": say.money(agreed.fee_minor or 0, agreed.currency) if known else "",
        "review": say.long_date(agreed.review_on) if agreed.review_on else "",
        **{kind: say.listed(dict(agreed.roles).get(kind, ())) for kind in ("decides", "pays", "uses", "benefits")},
    }
    return Worded(engaging(facts, agreed), fields, "engage")


def engaging(facts: LetterFacts, agreed: Agreed) -> str:
    """The letter that says what was agreed; a point on which nothing was agreed is left out."""
    words, say = letter_words(facts.language)["engage"], voice(facts.language)
    parts = [salutation(words, facts), words["open"], words["work"]]
    parts.append(words["is"].format(name=facts.client, title=agreed.title))
    # A name that ends in a point needs no second one.
    who = [words[kind].format(names=say.listed(names)).replace("..", ".") for kind, names in agreed.roles]
    if who:
        parts.append(" ".join(who))
    for name in ("included", "excluded", "duties", "assumptions"):
        if told := getattr(agreed, name):
            parts += [words[name], told]
    parts += [words["fee"], fee_terms(agreed, facts.language), words["changes"]]
    if agreed.review_on is not None:
        parts += [words["review"], words["review_on"].format(day=say.long_date(agreed.review_on))]
    parts += [words["end"], words["ending"], words["sign"]]
    return "\n\n".join(parts)


def fee_terms(agreed: Agreed, language: str) -> str:
    """What the work costs, as a sentence of the letter."""
    words: dict[str, str] = letter_words(language)["engage"]
    if agreed.fee_basis == "none":
        return words["none"]
    if agreed.fee_minor is None or not agreed.currency or agreed.fee_basis not in words:
        return words["unnamed"]
    return words[agreed.fee_basis].format(amount=voice(language).money(agreed.fee_minor, agreed.currency))


def common_fields(facts: LetterFacts) -> dict[str, str]:
    """What every letter knows, by the names of the fields that a wording of the practice's own may use."""
    return {
        "salutation": salutation(letter_words(facts.language)[facts.kind], facts),
        "client": facts.client,
        "practice": facts.practice.name,
        "adviser": facts.writer,
        "day": voice(facts.language).long_date(facts.day),
    }


@dataclass(frozen=True)
class Worded:
    """A letter in words: the house's text for it, the fields of a wording, and the kind under which one is kept."""

    house: str
    fields: dict[str, str]
    kind: str

    def text(self, own: str) -> str:
        """The practice's own wording with its fields filled, or the house's text where there is none."""
        return filled(own, self.fields) if own else self.house


@dataclass(frozen=True)
class Written:
    """A letter that can be printed: its reader, how it is worded, the practice's own wording, words for this one."""

    letter: LetterFacts
    worded: Worded
    own: str = ""
    words: str = ""

    @property
    def usual(self) -> str:
        """The words of a letter that nobody has changed."""
        return self.worded.text(self.own)

    @property
    def text(self) -> str:
        """The words that are printed, with the fields in them filled."""
        return filled(self.words, self.worded.fields) if self.words.strip() else self.usual


def written(session: Session, facts: LetterFacts, worded: Worded, words: str = "") -> Written:
    """The letter in the words that are asked for, else in the practice's own wording, else in the house's."""
    own = get_wording(session, worded.kind, facts.language)
    # Words that nobody has changed are no wording: a brace in them is a client's own.
    return Written(facts, worded, own, "" if words.strip() == worded.text(own).strip() else words)


def print_out(letter: Written, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The letter as a PDF; `invariant` makes equal letters equal bytes."""
    return render(letter.letter, letter.text, invariant=invariant, progress=progress)


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
    after_heading = False
    for at, part in enumerate(paragraphs):
        # What follows a heading is its text, however short it is.
        heading = at > 0 and not after_heading and is_heading(part) and at < len(paragraphs) - 1
        if heading:
            blocks.append(Paragraph(part, LETTER_HEADING, before=10, keep=True, role="H2"))
        else:
            before = 10 if at == 0 else 2 if after_heading else 7
            # The place to sign never stands on a page by itself.
            blocks.append(Paragraph(part, LETTER_BODY, before=before, keep=at >= len(paragraphs) - 2))
        after_heading = heading
    blocks.append(_signed(facts, words) if facts.kind in SIGNED_BY_BOTH else _writer(facts))
    return blocks


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
