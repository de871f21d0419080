"""Every name a practice ever met, held by its words, so that one name finds those that may be the same."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from db.matching import Match, Seen, compare
from db.name_reading import ReadName, is_surely_organisation, read_name
from db.nicknames import variants
from db.word_likeness import gendered_twins, sound_keys

MOST_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name on record: whose it is, as it was typed, and what kind of name it is ('' the party's own)."""

    party_id: int
    text: str
    kind: str
    read: ReadName


def known_name(party_id: int, party_kind: str, text: str, kind: str = "", family: str = "") -> KnownName:
    """Read a name of a party of kind person or organisation."""
    organisation = party_kind == "organisation" or (not family and is_surely_organisation(text))
    return KnownName(party_id, text, kind, read_name(text, organisation=organisation, family=family))


class NameIndex:
    """The names and, for each of their words, the names that hold it."""

    def __init__(self) -> None:
        self._names: list[KnownName | None] = []
        self._of_party: dict[int, list[int]] = defaultdict(list)
        self._holding: dict[str, array[int]] = {}
        self._sounding: dict[str, list[str]] = defaultdict(list)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._sorted: list[str] | None = None
        self.count = 0

    def add(self, names: Iterable[KnownName]) -> None:
        """Add names to those that are known."""
        for name in names:
            number = len(self._names)
            self._names.append(name)
            self._of_party[name.party_id].append(number)
            self.count += 1
            fused = name.read.fused.words if name.read.fused else ()
            for word in {*name.read.words, *fused}:
                self._learn(word)
                self._holding[word].append(number)

    def forget(self, party_id: int) -> None:
        """Take out every name of a party."""
        for number in self._of_party.pop(party_id, ()):
            self._names[number] = None
            self.count -= 1

    def _learn(self, word: str) -> None:
        if word in self._holding:
            return
        self._holding[word] = array("I")
        self._by_length[len(word)].append(word)
        for key in {(place, key) for place, key in enumerate(sound_keys(word)) if key}:
            self._sounding["{}{}".format(*key)].append(word)
        self._sorted = None

    def find(self, text: str) -> list[tuple[KnownName, Match]]:
        """The names that may be the one asked for, each with its reasons, in no order."""
        seen: Seen = {}
        like: dict[str, set[int]] = {}
        found: list[tuple[KnownName, Match]] = []
        for organisation in (False, True):
            said = read_name(text, organisation=organisation)
            for known in self._candidates(said, like):
                match = compare(said, known.read, seen)
                if match is not None:
                    found.append((known, match))
        return found

    def _candidates(self, said: ReadName, like: dict[str, set[int]]) -> list[KnownName]:
        """The names worth comparing, those that share most words first."""
        words = list(dict.fromkeys((*said.words, *(said.fused.words if said.fused else ()))))
        shared: Counter[int] = Counter()
        # An initial alone is held by too many names; it counts only where there is nothing else.
        telling = [word for word in words if len(word) > 1] or words
        for word in telling:
            if word not in like:
                like[word] = self._holding_any(self._like(word)) | self._holding_halves(word)
            shared.update(like[word])
        for first, second in zip(said.words, said.words[1:], strict=False):
            # Words typed apart that stand together on record have to count for two.
            for number in self._holding.get(first + second, ()):
                shared[number] += 2
        needed = min(2, len(set(said.words).intersection(telling)))
        chosen: list[tuple[int, int, int, KnownName]] = []
        for number, times in shared.items():
            known = self._names[number]
            if known is not None and known.read.organisation == said.organisation:
                size = len(set(known.read.words))
                if times >= min(needed, size):
                    chosen.append((-times, size, number, known))
        chosen.sort(key=lambda one: one[:3])
        return [known for *_, known in chosen[:MOST_COMPARED]]

    def _holding_any(self, words: set[str]) -> set[int]:
        numbers: set[int] = set()
        for word in words:
            numbers.update(self._holding[word])
        return numbers

    def _holding_halves(self, word: str) -> set[int]:
        """The names in which one word stands as two."""
        numbers: set[int] = set()
        for cut in range(2, len(word) - 1):
            first, second = self._holding.get(word[:cut]), self._holding.get(word[cut:])
            if first and second:
                numbers |= set(first).intersection(second)
        return numbers

    def _like(self, word: str) -> set[str]:
        """The known words that may be this one."""
        possible = {word, word[0], *variants(word), *gendered_twins(word)}
        possible.update(word[:length] for length in range(3, len(word)))
        found = {other for other in possible if other in self._holding}
        for place, key in enumerate(sound_keys(word)):
            if key:
                found.update(self._sounding.get(f"{place}{key}", ()))
        apart = 0 if len(word) < 3 else 1 if len(word) < 6 else 2
        for length in range(len(word) - apart, len(word) + apart + 1) if apart else ():
            near = extract(
                word,
                self._by_length.get(length, []),
                scorer=OSA.distance,
                processor=None,
                score_cutoff=apart,
                limit=None,
            )
            found.update(hit[0] for hit in near)
        if len(word) > 2:
            found.update(self._beginning_with(word))
        return found

    def _beginning_with(self, word: str) -> list[str]:
        if self._sorted is None:
            self._sorted = sorted(self._holding)
        return self._sorted[bisect_left(self._sorted, word) : bisect_left(self._sorted, word + "\x7f")]
