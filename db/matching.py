"""The comparison of two names: a score from 0 to 100 that is 100 less the points of its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from db.name_reading import ReadName
from db.name_words import COMMON_COMPANY_WORDS
from db.nicknames import variants
from db.word_likeness import Likeness, likeness

LEAST_SCORE = 70


@dataclass(frozen=True)
class Reason:
    """Why a name matches: `code` names it, and `points` is what it takes from 100.

    `said` stands in the name that was asked for, `found` in the one on record; one of them may be empty. For a
    linked party `said` is the kind of link and `found` the name of the party that it is linked to.
    """

    code: str
    points: int = 0
    said: str = ""
    found: str = ""


@dataclass(frozen=True)
class Match:
    """How near two names are; `score` is 100 less the points of `reasons`."""

    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    points: int
    said: tuple[int, ...]
    found: tuple[int, ...]
    like: Likeness


Seen = dict[tuple[str, str, bool, bool], Likeness | None]


def compare(said: ReadName, found: ReadName, seen: Seen | None = None, least: int = LEAST_SCORE) -> Match | None:
    """Compare the name that is asked for with one on record; None below `least`. `seen` is kept between comparisons."""
    seen = {} if seen is None else seen
    best: Match | None = None
    for one in (said, said.fused):
        for other in (found, found.fused):
            if one is None or other is None:
                continue
            match = _compare(one, other, seen, least)
            if match is not None and (best is None or match.score > best.score):
                best = match
    return best


def _compare(said: ReadName, found: ReadName, seen: Seen, least: int) -> Match | None:
    if said.organisation != found.organisation or not said.words or not found.words:
        return None
    reasons: list[Reason] = []
    if said.words != found.words:
        pairs = _paired(said, found, seen)
        if not pairs:
            return None
        for pair in sorted(pairs, key=lambda pair: pair.said):
            if pair.like.code:
                words = " ".join(said.words[place] for place in pair.said)
                reasons.append(Reason(pair.like.code, pair.points, words, " ".join(found.words[p] for p in pair.found)))
        order = [pair.found for pair in sorted(pairs, key=lambda pair: pair.said)]
        if order != sorted(order):
            reasons.append(Reason("word-order", 4 if said.organisation else 2))
        left_over = _organisation_rest if said.organisation else _person_rest
        rest = left_over(said, found, pairs)
        if rest is None:
            return None
        reasons += rest
    if said.organisation and said.form != found.form:
        both = said.form and found.form
        reasons.append(Reason("other-company-form", 4) if both else Reason("same-company-without-form"))
    if said.latin != found.latin:
        reasons.append(Reason("other-script"))
    score = 100 - sum(reason.points for reason in reasons)
    if score < least:
        return None
    return Match(score, tuple(reasons) or (Reason("same-name"),))


def _paired(said: ReadName, found: ReadName, seen: Seen) -> list[_Pair]:
    """Pair the words of both names, the likest first; each word is used once."""
    possible: list[_Pair] = []
    for i, word in enumerate(said.words):
        for j, other in enumerate(found.words):
            key = (word, other, said.organisation, i == 0 and j == 0)
            if key not in seen:
                seen[key] = likeness(word, other, organisation=said.organisation, both_given=i == 0 and j == 0)
            like = seen[key]
            if like is not None:
                possible.append(_Pair(like.points, (i,), (j,), like))
    if len(said.words) != len(found.words):
        possible += _run_together(said.words, found.words)
        possible += [
            _Pair(pair.points, pair.found, pair.said, pair.like) for pair in _run_together(found.words, said.words)
        ]
    possible.sort(key=lambda pair: (pair.points, abs(pair.said[0] - pair.found[0])))
    chosen: list[_Pair] = []
    used_said: set[int] = set()
    used_found: set[int] = set()
    for pair in possible:
        if used_said.isdisjoint(pair.said) and used_found.isdisjoint(pair.found):
            chosen.append(pair)
            used_said.update(pair.said)
            used_found.update(pair.found)
    return chosen


def _run_together(several: tuple[str, ...], single: tuple[str, ...]) -> list[_Pair]:
    """Two neighbouring words of one name that are one word of the other."""
    pairs = []
    for i in range(len(several) - 1):
        joined = several[i] + several[i + 1]
        for j, word in enumerate(single):
            if len(joined) >= 4 and joined == word:
                pairs.append(_Pair(2, (i, i + 1), (j,), Likeness("spacing", 2)))
    return pairs


def _rests(said: ReadName, found: ReadName, pairs: list[_Pair]) -> tuple[list[str], list[str]]:
    used_said = {place for pair in pairs for place in pair.said}
    used_found = {place for pair in pairs for place in pair.found}
    return (
        [word for place, word in enumerate(said.words) if place not in used_said],
        [word for place, word in enumerate(found.words) if place not in used_found],
    )


def _person_rest(said: ReadName, found: ReadName, pairs: list[_Pair]) -> list[Reason] | None:
    """What the words that found no partner cost; None when too little is left of the match."""
    more_said, more_found = _rests(said, found, pairs)
    whole = [pair for pair in pairs if pair.like.code != "initial"]
    if not whole:
        return None
    if more_said and more_found:
        shared = {found.words[place] for pair in pairs for place in pair.found}
        # Two given names shared are nothing: a family name has to be among what is shared.
        carrying = found.family & shared if found.family else {word for word in shared if not variants(word)}
        if len(pairs) < 2 or not carrying:
            return None
        rest = [Reason("other-word", 28, word, other) for word, other in zip(more_said, more_found, strict=False)]
        return rest + _missing(more_said[len(more_found) :], more_found[len(more_said) :], [8])
    if not more_said and not more_found:
        return []
    if len(pairs) > 1 or len(whole[0].said) > 1 or len(whole[0].found) > 1:
        costs = [2 if len(word) == 1 else 6 if place else 8 for place, word in enumerate(more_said or more_found)]
        return _missing(more_said, more_found, costs)
    # One word has to carry the whole match: it may do so as the family name.
    longer, place = (said, pairs[0].said[0]) if more_said else (found, pairs[0].found[0])
    word = longer.words[place]
    surname = word in longer.family if longer.family else place > 0
    return [Reason("same-surname", 20, word)] if surname else None


def _organisation_rest(said: ReadName, found: ReadName, pairs: list[_Pair]) -> list[Reason] | None:
    shared = [said.words[place] for pair in pairs for place in pair.said]
    telling = [word for word in shared if word not in COMMON_COMPANY_WORDS and len(word) > 1]
    more_said, more_found = _rests(said, found, pairs)
    if not telling and (more_said or more_found):
        return None
    long = len(said.words) + len(found.words) > 7
    costs = [6 if word in COMMON_COMPANY_WORDS else 12 if long else 18 for word in more_said + more_found]
    return _missing(more_said, more_found, costs)


def _missing(more_said: list[str], more_found: list[str], costs: list[int]) -> list[Reason]:
    """A reason for each word that stands in one name only; the last cost holds for all that follow."""
    costs += costs[-1:] * (len(more_said) + len(more_found) - len(costs))
    missing = [Reason("missing-word", cost, said=word) for word, cost in zip(more_said, costs, strict=False)]
    further = zip(more_found, costs[len(more_said) :], strict=False)
    return missing + [Reason("further-word", cost, found=word) for word, cost in further]
