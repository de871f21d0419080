"""A name taken apart: the words that carry it, its company form, its particles, and where the family name stands."""

from __future__ import annotations

from dataclasses import dataclass

from db.name_words import FORMS, HONORIFICS, LATE_PARTICLES, LEADING_FORMS, NAMELIKE_HONORIFICS, PARTICLES, WEAK_FORMS
from db.names import tokens

MOST_WORDS = 12
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class ReadName:
    """One name as it is compared: `words` in the order given name first, `family` those known to be family names."""

    words: tuple[str, ...]
    organisation: bool
    form: str = ""
    family: frozenset[str] = frozenset()
    particles: tuple[str, ...] = ()
    latin: bool = True
    fused: ReadName | None = None


def read_name(text: str, *, organisation: bool, family: str = "") -> ReadName:
    """Take a name apart; what is too long to be a name is read only at its beginning."""
    text = text[:LONGEST]
    latin = all(ord(letter) < 0x250 or not letter.isalpha() for letter in text)
    if organisation:
        kept, form = _without_form(tokens(text))
        known: frozenset[str] = frozenset()
    else:
        parts = [tokens(part) for part in text.split(",", 1)]
        parts = [[word for word in part if word not in HONORIFICS or word in NAMELIKE_HONORIFICS] for part in parts]
        if len(parts) == 2 and all(parts):
            kept, known = parts[1] + parts[0], frozenset(parts[0])
        else:
            kept, known = [word for part in parts for word in part], frozenset(tokens(family))
        namelike = [word for word in kept if word not in NAMELIKE_HONORIFICS]
        kept, form = namelike if len(namelike) > 1 else kept, ""
        kept = kept or tokens(text)
    kept = kept[:MOST_WORDS]
    words, particles, fused = _without_particles(kept)
    known = frozenset(word for word in known if word in words)
    twin = ReadName(fused, organisation, form, latin=latin) if particles and fused != words else None
    return ReadName(words, organisation, form, known, particles, latin, twin)


def is_surely_organisation(text: str) -> bool:
    """Whether a name ends in a company form that no person's name ends in."""
    words = tokens(text[:LONGEST])
    form = _ending_form(words)
    return form > 0 and "".join(words[-form:]) not in WEAK_FORMS


def _without_form(words: list[str]) -> tuple[list[str], str]:
    length = _ending_form(words)
    if length:
        return words[:-length], FORMS["".join(words[-length:])]
    if len(words) > 1 and words[0] in LEADING_FORMS:
        return words[1:], FORMS.get(words[0], words[0])
    return words, ""


def _ending_form(words: list[str]) -> int:
    """How many words at the end are the company form; the longest one counts, and a name is not all form."""
    for length in range(min(7, len(words) - 1), 0, -1):
        if "".join(words[-length:]) in FORMS:
            return length
    return 0


def _without_particles(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The words that carry the name, its particles, and the words with each particle run into what it belongs to."""
    carrying: list[str] = []
    particles: list[str] = []
    fused: list[str] = []
    waiting = ""
    for place, word in enumerate(words):
        if word in PARTICLES and place < len(words) - 1 and (place or word not in LATE_PARTICLES):
            particles.append(word)
            waiting += word
            continue
        carrying.append(word)
        fused.append(waiting + word)
        waiting = ""
    return tuple(carrying), tuple(particles), tuple(fused)
