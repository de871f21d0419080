"""Invented names of three languages and the ways in which they come back changed, all from one seed."""

from __future__ import annotations

import random
from collections.abc import Callable

from db.name_words import PARTICLES
from db.names import fold
from db.nicknames import GROUPS, variants
from db.word_likeness import gendered_twins


def _listed(text: str) -> list[str]:
    return text.split()


GIVEN = [line.split()[0].title() for line in GROUPS.strip().splitlines()]
_STEMS = _listed("""
ald bar ber bran car cas dal dom dor el fal fer gal gar gol gra hal har jab jar kal kam kor kra lan lar lew
mal mar mel mor nad nor ost pal per pol ras rod rom sal sar sob ster tal tar tor ul var vel wal wes wil wol
zal zar zel
""")
_MIDDLES = ["", "an", "en", "in", "on", "ar", "er", "or", "al", "el", "ow", "aw", "ist", "omb", "ent", "und"]
_ENDINGS = {
    "pl": ["ski", "cki", "wicz", "czyk", "ak", "ek", "iński", "owski"],
    "es": ["ez", "ado", "era", "oza", "iño", "alba", "eda", "ués"],
    "en": ["ton", "ley", "son", "field", "worth", "ham", "er", "ford"],
}
_TRADES = _listed("""
Logistics Trading Consulting Investments Studio Systems Services Holding Shipping Terminal Works Foods
""")
_FORMS = {"S.A.": "Sociedad Anónima", "Sp. z o.o.": "spółka z ograniczoną odpowiedzialnością", "Ltd": "Limited"}


def surname(dice: random.Random, language: str) -> str:
    """An invented family name in the manner of a language."""
    return (dice.choice(_STEMS) + dice.choice(_MIDDLES) + dice.choice(_ENDINGS[language])).title()


def person(dice: random.Random) -> str:
    """An invented person: two family names in the Spanish manner, a particle now and then."""
    language = dice.choice(list(_ENDINGS))
    family = surname(dice, language)
    if language == "es":
        family = f"{'de la ' if dice.random() < 0.08 else ''}{family} {surname(dice, language)}"
    elif language == "en" and dice.random() < 0.08:
        family = f"{dice.choice(['van der', 'von'])} {family}"
    return f"{dice.choice(GIVEN)} {family}"


def company(dice: random.Random) -> str:
    """An invented company with its form."""
    return f"{surname(dice, dice.choice(list(_ENDINGS)))} {dice.choice(_TRADES)} {dice.choice(list(_FORMS))}"


def _longest(words: list[str]) -> int:
    return max(range(len(words)), key=lambda place: len(words[place]))


def _in_longest(change: Callable[[random.Random, str], str]) -> Callable[[random.Random, str], str]:
    def changed(dice: random.Random, name: str) -> str:
        words = name.split()
        place = _longest(words)
        words[place] = change(dice, words[place])
        return " ".join(words)

    return changed


def _typo(dice: random.Random, word: str) -> str:
    place = dice.randrange(1, len(word))
    return word[:place] + dice.choice("abcdefghijklmnoprstuwyz") + word[place + 1 :]


def _dropped(dice: random.Random, word: str) -> str:
    place = dice.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _doubled(dice: random.Random, word: str) -> str:
    place = dice.randrange(1, len(word))
    return word[:place] + word[place] + word[place:]


def _swapped(dice: random.Random, word: str) -> str:
    place = dice.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _look_alike(_: random.Random, word: str) -> str:
    for letters, seen in (("m", "rn"), ("o", "0"), ("l", "1"), ("d", "cl"), ("e", "c")):
        if letters in word[1:]:
            return word[0] + word[1:].replace(letters, seen, 1)
    return word


def _romanised(_: random.Random, word: str) -> str:
    for written, other in (("sz", "sh"), ("cz", "ch"), ("w", "v"), ("j", "y"), ("ks", "x"), ("v", "w"), ("i", "y")):
        if written in word.lower()[1:]:
            return word[0] + word[1:].replace(written, other, 1)
    return word


def _nickname(dice: random.Random, name: str) -> str:
    given, rest = name.split(" ", 1)
    return f"{dice.choice(sorted(variants(fold(given))))} {rest}".title()


def _gendered(_: random.Random, name: str) -> str:
    given, *rest = name.split()
    twins = [twin for twin in gendered_twins(fold(rest[-1])) if fold(rest[-1]).endswith(("ski", "cki"))]
    return " ".join([given, *rest[:-1], twins[0].title()]) if twins else name


def _without_particles(_: random.Random, name: str) -> str:
    return " ".join(word for word in name.split() if word not in PARTICLES)


def _last_first(_: random.Random, name: str) -> str:
    given, rest = name.split(" ", 1)
    return f"{rest} {given}"


def _with_initial(_: random.Random, name: str) -> str:
    given, rest = name.split(" ", 1)
    return f"{given[0]}. {rest}"


def _without_form(name: str) -> str:
    return next((name.removesuffix(f" {form}") for form in _FORMS if name.endswith(f" {form}")), name)


def _long_form(_: random.Random, name: str) -> str:
    bare = _without_form(name)
    return f"{bare} {_FORMS[name.removeprefix(bare).strip()]}"


PEOPLE_CHANGES: dict[str, Callable[[random.Random, str], str]] = {
    "typo": _in_longest(_typo),
    "dropped letter": _in_longest(_dropped),
    "doubled letter": _in_longest(_doubled),
    "swapped letters": _in_longest(_swapped),
    "look-alike letters": _in_longest(_look_alike),
    "other romanisation": _in_longest(_romanised),
    "accents lost": lambda _, name: fold(name),
    "family name first": _last_first,
    "initial": _with_initial,
    "nickname": _nickname,
    "gendered ending": _gendered,
    "last word dropped": lambda _, name: " ".join(name.split()[:-1]) if len(name.split()) > 2 else name,
    "honorific": lambda dice, name: f"{dice.choice(['Dr', 'Mgr', 'Sra.', 'Mr', 'Ing.'])} {name}",
    "particle lost": _without_particles,
    "words run together": lambda _, name: name.replace(" ", "", 1),
    "truncated": _in_longest(lambda _, word: word[: max(4, len(word) - 3)]),
}


def _two_changes(dice: random.Random, name: str) -> str:
    slips = [_in_longest(_typo), _in_longest(_dropped), _in_longest(_doubled), _in_longest(_swapped)]
    others = [_last_first, _with_initial, _nickname, _without_particles]
    return dice.choice(slips)(dice, dice.choice(others)(dice, name))


PEOPLE_CHANGES["two at once"] = _two_changes
COMPANY_CHANGES: dict[str, Callable[[random.Random, str], str]] = {
    "company form lost": lambda _, name: _without_form(name),
    "company form changed": lambda _, name: f"{_without_form(name)} GmbH",
    "company form in full": _long_form,
    "typo in a company": _in_longest(_typo),
}
