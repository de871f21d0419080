"""The pages of an advisory history: its title with what it holds, its contents, and its entries month by month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from desktop.reports.blocks import Block, Bookmark, Heading, Paragraph, Row, Stack, table_rows
from desktop.reports.client_story import COUNTED, ENGAGEMENT
from desktop.reports.entry_blocks import compact
from desktop.reports.entry_facts import EntryFacts
from desktop.reports.links import Linked, Piece, Target
from desktop.reports.look import CELL, FIGURE, LABEL, MUTED, NOTE, TITLE
from desktop.reports.pen import Place
from desktop.text import Voice

if TYPE_CHECKING:
    from desktop.reports.advice_history import HistoryFacts


def _(text: str) -> str:
    """Mark a text for the catalogues; the paper's own voice says it later."""
    return text


WITHOUT = {
    "law": _("Without a matter"),
    "accounting": _("Without an engagement"),
    "design": _("Without a project"),
}
TITLES = (_("Year"), _("Entries"), _("Amendments"), _("Late entries"), _("Pages"))
# The place at which each entry begins, by its number.
Pages = dict[str, Place]
# More places than these are no help to anyone who looks something up: then the first and the last are said.
PLACES = 8


class Entries:
    """The entries as blocks, under their years and months, made one after the other as the pages need them."""

    def __init__(self, facts: HistoryFacts, say: Voice, pages: Pages) -> None:
        self._facts, self._say, self._pages = facts, say, pages

    def __len__(self) -> int:
        found = self._facts.entries
        months = {(each.given_at.year, each.given_at.month) for each in found}
        return len(found) + len(months) + len({year for year, _month in months})

    def __iter__(self) -> Iterator[Block]:
        say = self._say
        for year, of_year in groupby(self._facts.entries, lambda each: each.given_at.year):
            yield Heading(str(year))
            for month, of_month in groupby(of_year, lambda each: each.given_at.month):
                first = dt.date(year, month, 1)
                yield Heading(say.period(first, first), 1)
                for place, entry in enumerate(of_month):
                    yield compact(entry, say, self._pages, before=10 if place else 4)


def empty(facts: HistoryFacts, say: Voice) -> list[Block]:
    """The history of a period in which nothing was recorded."""
    return [*_title(facts, say), Paragraph(say.say("No advice is on record for this period."), MUTED, before=14)]


def contents(
    facts: HistoryFacts, say: Voice, headings: Iterable[Bookmark], pages: Pages, leading: int
) -> Iterator[Block]:
    """The pages before the entries: the title, what the history holds, and where each year and engagement is."""
    yield from _title(facts, say)
    yield _figures(facts, say)
    yield Paragraph(say.say(_WHOLE), NOTE, before=14)
    yield Heading(say.say("Contents"), is_listed=False)
    titles = [say.say(each) for each in TITLES]
    years = groupby(facts.entries, lambda each: each.given_at.year)
    begins = {each.text: target(each.place, leading, say) for each in headings if each.level == 0}
    rows = [
        [Linked([(str(year), begins.get(str(year)))], CELL), *_counted(list(of_year), say, pages, leading)]
        for year, of_year in years
    ]
    yield from table_rows(titles, rows, (28, 14, 17, 17, 24), right=(1, 2, 3, 4))
    yield Paragraph("", NOTE, before=8)
    word = say.say(ENGAGEMENT.get(facts.practice.profession, "Engagement"))
    yield from table_rows(
        [word, *titles], _by_engagement(facts, say, pages, leading), (34, 9, 11, 16, 16, 22), right=(2, 3, 4, 5)
    )


_WHOLE = _(
    "It holds every recorded entry of the period, in order of time. Drafts, withdrawn entries and notes for the"
    " practice’s own file are not in it."
)


def _title(facts: HistoryFacts, say: Voice) -> list[Block]:
    first = f"{say.say('Advisory history')} · {say.period(facts.since, facts.until)}"
    about = say.say("{number} · printed on {date}").format(number=facts.number, date=say.long_date(facts.made_on))
    return [
        Paragraph(first, MUTED, keep=True),
        Paragraph(facts.client, TITLE, before=3, keep=True),
        Paragraph(about, MUTED, before=1),
    ]


def _figures(facts: HistoryFacts, say: Voice) -> Block:
    found = facts.entries
    numbers = sorted(int(each.number[2:]) for each in found)
    span = say.say("{first} to {last}").format(first=f"A-{numbers[0]:04d}", last=f"A-{numbers[-1]:04d}")
    amendments = sum(each.amends is not None for each in found)
    late = sum(each.late for each in found)
    engagements = len({each.engagement for each in found if each.engagement})
    against = sum(each.response is not None and each.response.response == "against advice" for each in found)
    ngettext, entered = say.words.ngettext, say.count("{n} entered late", "{n} entered late", late)
    one, many = COUNTED.get(facts.practice.profession, COUNTED["accounting"])
    cells = [
        (len(found), ngettext("entry", "entries", len(found)) + f",\n{span}"),
        (amendments, ngettext("of them an amendment", "of them amendments", amendments) + f",\n{entered}"),
        (engagements, ngettext(one, many, engagements)),
        (against, ngettext("decision against our advice", "decisions against our advice", against)),
    ]
    blocks = [Stack([Paragraph(say.number(count), FIGURE), Paragraph(label, LABEL)]) for count, label in cells]
    return Row(blocks, (1.15, 1, 0.8, 1), gap=14, before=17, whole=True)


def _counted(found: list[EntryFacts], say: Voice, pages: Pages, leading: int) -> list[str | Paragraph]:
    counts = (len(found), sum(each.amends is not None for each in found), sum(each.late for each in found))
    places = (pages[each.number] for each in found)
    where = Linked(ranges(places, leading, say), CELL, align="right")
    return [*(say.number(count) if count else "–" for count in counts), where]


def _by_engagement(facts: HistoryFacts, say: Voice, pages: Pages, leading: int) -> Iterator[list[str | Paragraph]]:
    """The years of each engagement, in the order in which they began; those of none last."""
    groups: dict[str, dict[int, list[EntryFacts]]] = defaultdict(lambda: defaultdict(list))
    for entry in facts.entries:
        groups[entry.engagement][entry.given_at.year].append(entry)
    for title in sorted(groups, key=lambda each: each == ""):
        shown = title or say.say(WITHOUT.get(facts.practice.profession, "Without an engagement"))
        for year, found in groups[title].items():
            yield [shown, str(year), *_counted(found, say, pages, leading)]


def target(place: Place, leading: int, say: Voice) -> Target:
    """Where the number of a page leads, before which `leading` others stand."""
    return Target(place, say.say("Go to page {page}").format(page=place.page + leading + 1))


def ranges(places: Iterable[Place], leading: int, say: Voice, most: int = PLACES) -> list[Piece]:
    """Places, before whose first page `leading` others stand, as a reader looks them up: '3, 7–12'.

    Each number leads to the first of its places.
    """
    # The highest on a page is its first.
    found = {place.page: place for place in sorted(places, key=lambda each: (each.page, -each.top), reverse=True)}
    spans: list[list[int]] = []
    for page in sorted(found):
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])

    def piece(pattern: str, first: int, last: int) -> Piece:
        words = pattern.format(first=first + leading + 1, last=last + leading + 1)
        return words, target(found[first], leading, say)

    if len(spans) > most:
        return [piece(say.say("{first}–{last} passim"), spans[0][0], spans[-1][1])]
    pieces: list[Piece] = []
    for first, last in spans:
        pieces += [(", ", None)] if pieces else []
        pieces.append(piece("{first}" if first == last else "{first}–{last}", first, last))
    return pieces
