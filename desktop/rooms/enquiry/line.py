"""The one line in which a whole call can be typed: "Caller; opponent: X; related: Y; need: Z", in three languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Whatever the window speaks, all three languages are understood: people mix them on the telephone.
_WORDS = {
    "opponents": "opponent opponents opp against vs v versus contra contrario contraria contrarios oponente przeciw "
    "przeciwko przeciwnik przeciwnicy",
    "related": "related rel with also relacionado relacionada relacionados con powiązany powiązani powiązane",
    "need": "need wants about necesita quiere sobre potrzeba sprawa chce",
    "referrer": "from sent referrer referred recomendado recomienda polecił poleciła polecenie",
    "reach": "phone tel mail email e-mail móvil movil teléfono telefono correo telefon mejl",
    "area": "area field área materia dziedzina",
}
_MEANT = {word: meant for meant, words in _WORDS.items() for word in words.split()}
_REACH = re.compile(r"\S+@\S+\.\S+|\+?[\d][\d ()/.-]{5,}\d")


@dataclass
class Told:
    """A line taken apart; `rest` are words that were given no meaning of their own."""

    caller: str = ""
    opponents: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    need: str = ""
    referrer: str = ""
    reach: str = ""
    area: str = ""


def read_line(typed: str) -> Told:
    """What a line says: its first part is the caller, the others say what they are before a colon."""
    told = Told()
    for at, part in enumerate(part.strip() for part in typed.split(";")):
        found = re.match(r"([\w-]+)\s*[:.]\s*(.+)", part)
        word, said = (found[1].lower(), found[2].strip()) if found else ("", part)
        if not word and at and (first := part.split(" ", 1))[0].lower().rstrip(".") in _MEANT and len(first) == 2:
            word, said = first[0].lower().rstrip("."), first[1].strip()
        meant = _MEANT.get(word, "")
        if not said:
            continue
        if not meant:
            said = part
            meant = "caller" if at == 0 else "reach" if _REACH.fullmatch(part) else "related"
        if meant in ("opponents", "related"):
            getattr(told, meant).extend(name.strip() for name in said.split(",") if name.strip())
        else:
            setattr(told, meant, said)
    return told


def is_line(typed: str) -> bool:
    """Whether more than a name was typed."""
    return ";" in typed
