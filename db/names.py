"""Names and texts folded to one plain Latin form, in which they are compared and found, and the key of their order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_FOREIGN = re.compile("[^\x00-\x7f]+")
_WORD = re.compile(r"[0-9a-z]+")
# anyascii spells ου as "oy"; passports, road signs and people write "ou".
_GREEK = str.maketrans({"ό": "ο", "ύ": "υ", "Ό": "Ο", "Ύ": "Υ"})
_GREEK_OU = re.compile("[οΟ][υΥ]")
_JOINING = str.maketrans(dict.fromkeys("'’ʼ`\u00ad\u200b\u200c\u200d\ufeff", ""))


def fold(text: str) -> str:
    """The text in lower-case ASCII: ł → l, ø → o, ß → ss, Greek and Cyrillic in Latin letters; apostrophes vanish."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("'", "").replace("`", "")
        text = _FOREIGN.sub(_in_latin, text)
    return text.replace("'", "").replace("`", "").lower()


def _in_latin(run: re.Match[str]) -> str:
    return (_known_in_latin if len(run.group()) < 40 else _latin)(run.group())


def _latin(run: str) -> str:
    return str(anyascii(_GREEK_OU.sub("ou", run.translate(_JOINING).translate(_GREEK))))


# The same few runs of letters beyond ASCII make up the names of a practice.
_known_in_latin = lru_cache(maxsize=20_000)(_latin)


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def sort_name(kind: str, name: str, given: str, family: str) -> str:
    """What a party is sorted by: folded, family name first for a person with one."""
    return " ".join(tokens(f"{family} {given}" if kind == "person" and family else name)) or fold(name).strip()


# The letters that a language's dictionaries set after another one (CLDR's tailorings of es and pl): each becomes that
# letter and a sign behind "z". All else stands as folded, so that most keys are the same in every language.
_AFTER = {
    "es": {"ñ": "n~"},
    "pl": {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z}", "ż": "z~"},
}
_ACCENTS = {"á": "a", "é": "e", "í": "i", "ñ": "n", "ó": "o", "ú": "u", "ü": "u"}
_FOLDED = _ACCENTS | {letter: key[0] for letter, key in _AFTER["pl"].items()}
_TYPED_SIGNS = dict.fromkeys("}~", " ")
_LETTERS = {
    language: str.maketrans({**after, **{letter.upper(): key for letter, key in after.items()}, **_TYPED_SIGNS})
    for language, after in {"en": dict[str, str](), **_AFTER}.items()
}
_ORDERED_WORD = re.compile(r"[0-9a-z}~]+")


def order_key(text: str, language: str) -> str:
    """What a text is sorted by in a language, by its bytes: the letters first, then the text as it was typed.

    Capitals, punctuation and apostrophes count for nothing; a hyphen parts words, and a shorter word stands first.
    """
    return f"{_spelled(text, language)} {text}"


def name_key(language: str, kind: str, name: str, given: str, family: str) -> str:
    """What a party is sorted by in a language: a person by the family name as a whole, with its particles, if known."""
    if kind != "person" or not family:
        return order_key(name, language)
    return f"{_spelled(family, language)},{_spelled(given, language)} {name}"


def _spelled(text: str, language: str) -> str:
    # By bytes: " " before "," before "-" before digits before letters before "}" and "~".
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return "-".join(_ORDERED_WORD.findall(fold(text.translate(_LETTERS.get(language, _LETTERS["en"])))))


def order_sql(column: str, language: str) -> str:
    """The letters of a column by which SQL sorts nearly as by `order_key`, for texts that have no key of their own."""
    spelled = f"lower({column})"
    for letter, key in (_FOLDED | _AFTER.get(language, {})).items():
        spelled = f"replace(replace({spelled}, '{letter}', '{key}'), '{letter.upper()}', '{key}')"
    # Most texts have no such letter: two lengths tell that at once.
    return f"CASE WHEN length({column}) = octet_length({column}) THEN lower({column}) ELSE {spelled} END"


def initials(name: str) -> str:
    """One or two letters for a badge: 'Iñaki Larrea' gives IL."""
    words = [word for word in re.split(r"[\s\-–,.]+", name) if word and word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
