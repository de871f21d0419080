"""The look as data: colours and sizes by name, the style sheet made from them, and which of them are worn now."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal

Scheme = Literal["light", "dark", "contrast"]

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@cache
def _book() -> dict[str, dict[str, str]]:
    book: dict[str, dict[str, str]] = json.loads((RESOURCES / "look" / "tokens.json").read_text("utf-8"))
    return book


def tokens(scheme: Scheme) -> dict[str, str]:
    """Every colour of a scheme as `#RRGGBB`, by name: canvas, side, surface, ink, accent_soft and so on."""
    return _book()[scheme]


@cache
def sizes(scale: float = 1.0) -> dict[str, int]:
    """Every size in device-independent pixels; `scale` enlarges the letters and what must hold them."""
    fixed = {"radius", "card_radius"}
    plain = {name: int(value) for name, value in _book()["sizes"].items()}
    grown = {name: value if name in fixed else round(value * scale) for name, value in plain.items()}
    inside = {"field_inside": grown["field"] - 2, "button_inside": grown["button"] - 2}
    # A ring of two lines takes its second one from within, so that nothing moves.
    inside |= {"field_ringed": grown["field"] - 4, "button_ringed": grown["button"] - 4}
    return grown | inside | {"link_inside": round(22 * scale)}


def stylesheet(scheme: Scheme, scale: float = 1.0) -> str:
    """The style sheet of a scheme, with each `$token` and `$size` filled in."""
    template = Template((RESOURCES / "look" / "style.qss").read_text("utf-8"))
    images = {"images": (RESOURCES / "look").as_posix(), "scheme": scheme}
    return template.substitute(tokens(scheme), **{name: str(value) for name, value in sizes(scale).items()}, **images)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#RRGGBB` colours by WCAG 2: 1 for equal, 21 for black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_worn: tuple[Scheme, float] = ("light", 1.0)


def wear(scheme: Scheme, scale: float = 1.0) -> None:
    """Make a scheme and a text scale the ones that everything is drawn with from now on."""
    global _worn
    _worn = (scheme, scale)


def worn() -> tuple[Scheme, float]:
    """The scheme and the text scale that everything is drawn with now."""
    return _worn


def colour(token: str) -> str:
    """A colour of the scheme that is worn now, as `#RRGGBB`."""
    return tokens(_worn[0])[token]


def size(name: str) -> int:
    """A size at the text scale that is worn now, in device-independent pixels."""
    return sizes(_worn[1])[name]


def px(plain: int) -> int:
    """A length drawn for the plain text scale, in device-independent pixels at the scale that is worn now."""
    return round(plain * _worn[1])
