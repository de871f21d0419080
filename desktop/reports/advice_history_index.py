"""The index of an advisory history: the words of its questions, its engagements and its authors, with their pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from db.names import fold, order_key
from desktop.reports.advice_history_story import Pages, ranges
from desktop.reports.blocks import Block, Heading, Paragraph, Row, Stack
from desktop.reports.links import Linked, Piece
from desktop.reports.look import BOTTOM, SIDE, TOP, Style
from desktop.reports.pen import Place
from desktop.reports.stop_words import STOP_WORDS, language_of
from desktop.text import Voice

if TYPE_CHECKING:
    from desktop.reports.advice_history import HistoryFacts


def _(text: str) -> str:
    """Mark a text for the catalogues; the paper's own voice says it later."""
    return text


WORKS = {"law": _("Matters"), "accounting": _("Engagements"), "design": _("Projects")}
COLUMNS = 3
GAP = 18.0
# So many places of one word are listed; the last words of a question that never ends are no subject.
PLACES = 24
_LONGEST, _LETTERS = 40, 2000
_WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W_]")
_LINE, _LETTER = Style("sans", 8, 11.5), Style("serif-semibold", 10, 18, "accent")


def index(facts: HistoryFacts, say: Voice, pages: Pages, leading: int) -> Iterator[Block]:
    """The pages after the entries, in columns under the letters of the alphabet."""
    yield Heading(say.say("Index"))
    width, height = facts.practice.size
    column = (width - 2 * SIDE - (COLUMNS - 1) * GAP) / COLUMNS
    units = list(_units(facts, say, pages, leading))
    yield from columns(units, column, height - TOP - BOTTOM, first=60)


def columns(units: list[Block], width: float, height: float, first: float) -> Iterator[Block]:
    """Blocks in columns, from the top down and from left to right; the last page's columns are of one length.

    On the first page `first` points are taken already.
    """
    tall = [unit.height(width) for unit in units]
    room = height - first
    at = 0
    while at < len(units):
        ends = _filled(tall, at, room)
        if ends[-1] == len(units):
            # The last page: as short as its columns can be together.
            limit = sum(tall[at:]) / COLUMNS
            while (ends := _filled(tall, at, limit))[-1] < len(units):
                limit += 4
        cells = [Stack(units[begun:end]) for begun, end in pairwise([at, *ends])]
        yield Row(cells, (1,) * COLUMNS, gap=GAP)
        at, room = ends[-1], height


def _filled(tall: list[float], at: int, room: float) -> list[int]:
    """Where each column ends that begins with the block `at` and has so much room; none stays without a block."""
    ends = []
    for _column in range(COLUMNS):
        used, begun = 0.0, at
        while at < len(tall) and (at == begun or used + tall[at] <= room):
            used += tall[at]
            at += 1
        ends.append(at)
    return ends


def _units(facts: HistoryFacts, say: Voice, pages: Pages, leading: int) -> Iterator[Block]:
    """The lines of the index, the first under a letter or a title together with it."""
    language = say.language

    def lines(found: dict[str, list[Place]]) -> list[tuple[str, list[Piece]]]:
        ordered = sorted(found, key=lambda term: order_key(term, language))
        return [(term, [(f"{term}, ", None), *ranges(found[term], leading, say, PLACES)]) for term in ordered]

    works = _places(((each.engagement, each.number) for each in facts.entries), pages)
    authors = _places(((each.author, each.number) for each in facts.entries), pages)
    word = WORKS.get(facts.practice.profession, "Engagements")
    for title, found in ((say.say(word), works), (say.say("Who advised"), authors)):
        yield from _under(title, [line for _term, line in lines(found)])
    subjects = lines(_subjects(facts, pages, language))
    for letter, some in groupby(subjects, lambda each: fold(each[0])[:1].upper()):
        yield from _under(letter, [line for _term, line in some])


def _under(title: str, lines: list[list[Piece]]) -> Iterator[Block]:
    for place, line in enumerate(lines):
        told = Linked(line, _LINE)
        yield told if place else Stack([Paragraph(title, _LETTER, role="H3"), told])


def _places(found: Iterable[tuple[str, str]], pages: Pages) -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = defaultdict(list)
    for term, number in found:
        if term.strip():
            places[" ".join(term.split())].append(pages[number])
    return places


def _subjects(facts: HistoryFacts, pages: Pages, language: str) -> dict[str, list[Place]]:
    """The words of the questions but those that say nothing; a word is written small unless it always is a name."""
    told = [(each.number, _WORD.findall(each.question[:_LETTERS])) for each in facts.entries]
    stops = STOP_WORDS[language_of((word.lower() for _number, words in told for word in words), language)]
    places: dict[str, list[Place]] = defaultdict(list)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for number, words in told:
        for place, word in enumerate(words):
            key = word.lower()
            if len(word) > 2 and len(word) <= _LONGEST and key not in stops:
                places[key].append(pages[number])
                forms[key][word if place else ""] += 1
    return {_written(key, forms[key]): found for key, found in places.items()}


def _written(key: str, forms: Counter[str]) -> str:
    typed = [form for form in forms if form]
    return forms.most_common(1)[0][0] or typed[0] if typed and key not in typed else key
