"""The practice's own wording of a letter: a text with fields in braces that are filled for each reader anew.

Only a field's own name in braces is one; whatever else stands between braces is text, and stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# What a field is filled with, by its name; empty where nothing is known for this letter.
Fields = Mapping[str, str]
MISSING = "…"
LONGEST_HEADING = 70
_BRACED = re.compile(r"\{([^{}\n]*)\}")
# A value of one or two letters stands in too many words to be put back as a field.
_SHORTEST = 3


def filled(text: str, fields: Fields) -> str:
    """The text with its fields filled; a part that is nothing but an empty field goes, with the heading over it."""
    parts: list[str] = []
    for part in re.split(r"\n\s*\n", text):
        alone = _BRACED.fullmatch(part.strip())
        if alone is not None and fields.get(alone[1], MISSING) == "":
            if parts and is_heading(parts[-1].strip()):
                parts.pop()
            continue
        parts.append(_BRACED.sub(lambda found: _value(found, fields), part))
    return "\n\n".join(parts)


def _value(found: re.Match[str], fields: Fields) -> str:
    value = fields.get(found[1])
    return found[0] if value is None else value or MISSING


def fielded(text: str, fields: Fields) -> str:
    """The text with what it says of this reader put back as fields, the longest first: the next letter says its own."""
    named: dict[str, str] = {}
    for name, value in fields.items():
        if len(value) >= _SHORTEST:
            named.setdefault(value, name)
    if not named:
        return text
    found = "|".join(re.escape(value) for value in sorted(named, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{found})(?!\w)", lambda match: f"{{{named[match[0]]}}}", text)


def strange(text: str, fields: Fields) -> list[str]:
    """What stands in braces and is no field, and braces that are not closed: they are printed as they stand."""
    found = [match[0] for match in _BRACED.finditer(text) if match[1] not in fields]
    rest = _BRACED.sub(" ", text)
    found += [match[0].rstrip() for match in re.finditer(r"\{[^\s{}]{0,20}|\S{0,20}\}", rest)]
    return list(dict.fromkeys(found))


def without_value(text: str, fields: Fields) -> list[str]:
    """The fields in the text of which nothing is known for this letter."""
    names = [match[1] for match in _BRACED.finditer(text)]
    return list(dict.fromkeys(name for name in names if fields.get(name) == ""))


def is_heading(paragraph: str) -> bool:
    """A short line that no sign ends is the heading of what follows it."""
    return bool(paragraph) and len(paragraph) <= LONGEST_HEADING and "\n" not in paragraph and paragraph[-1].isalnum()
