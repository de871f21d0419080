"""The embedded fonts of paper: which face prints which character, and what stands for one that no face has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.reports.scripts import shape_arabic, source_of

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"

FACES = {
    "sans": "Inter-Regular",
    "sans-medium": "Inter-Medium",
    "sans-semibold": "Inter-SemiBold",
    "sans-bold": "Inter-Bold",
    "sans-italic": "Inter-Italic",
    "serif-semibold": "NotoSerif-SemiBold",
    "serif-bold": "NotoSerif-Bold",
    "serif-italic": "NotoSerif-Italic",
}
_BOLD_FALLBACKS = ("Inter-SemiBold", "NotoSansHebrew-Bold", "NotoSansArabic-Bold")
# The large fonts come last: most reports never load them.
_FALLBACKS = (
    "Inter-Regular",
    "NotoSansHebrew-Regular",
    "NotoSansArabic-Regular",
    "NotoSansArmenian-Regular",
    "NotoSansGeorgian-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansThai-Regular",
    "NotoEmoji-Regular",
    "NotoSansSymbols2-Regular",
    "NotoSansSC-Regular",
    "NotoSansKR-Regular",
)
# Words whose widths are kept: those that a practice uses again and again, not the one of 200,000 letters.
WORDS_KEPT, LETTERS_KEPT = 20_000, 24
_JAMO = frozenset(map(chr, range(0x1100, 0x1200)))
_OVERRIDES = "\u202d\u202e"
_BROKEN_CODE = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")


class _Font(TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be copied out again, also beyond the first 65,536 characters."""

    def addObjects(self, doc: Any) -> None:
        """Write the font's objects, then mend the maps from glyphs back to characters."""
        known = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - known:
            if name.startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]
                stream.content = _BROKEN_CODE.sub(_mended_code, stream.content)


def _mended_code(match: re.Match[str]) -> str:
    source = source_of(chr(int(match[2], 16)))
    return f"<{match[1]}> <{source.encode('utf-16-be').hex().upper()}>"


@cache
def load(name: str) -> Any:
    """The font of a file in resources/fonts, known to ReportLab from now on."""
    font = _Font(name, str(FOLDER / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font


class _Advances(dict[str, float]):
    """The advance of each character in thousandths of the size; 0 for one that no font has."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> float:
        found = self._face.find(character)
        self[character] = advance = found[1] if found else 0.0
        return advance


class Face:
    """One voice of type: a first font and the fonts that stand in for the characters it lacks."""

    def __init__(self, first: str) -> None:
        bold = _BOLD_FALLBACKS if first.endswith("Bold") else ()
        self.first = first
        self.chain = tuple(dict.fromkeys((first, *bold, *_FALLBACKS)))
        self._found: dict[str, tuple[str, float] | None] = {}
        self.advances = _Advances(self)
        self._measured: dict[str, tuple[float, float]] = {}
        # Characters that are printed as they are.
        self._plain: set[str] = set()

    def find(self, character: str) -> tuple[str, float] | None:
        """The font that prints the character and its advance in thousandths of the size; None if no font has it."""
        try:
            return self._found[character]
        except KeyError:
            self._found[character] = found = self._search(ord(character))
            return found

    def _search(self, code: int) -> tuple[str, float] | None:
        for name in self.chain:
            metrics = load(name).face
            if metrics.charToGlyph.get(code):
                return name, float(metrics.getCharWidth(code))
        return None

    def width(self, text: str, size: float) -> float:
        """The width of clean text in points."""
        return sum(map(self.advances.__getitem__, text)) * size / 1000

    def measure(self, word: str) -> tuple[float, float]:
        """The widths in thousandths of the size of a word without and with the blanks after it."""
        known = self._measured.get(word)
        if known is None:
            ink = word.rstrip(" ")
            inked = sum(map(self.advances.__getitem__, ink))
            known = inked, inked + self.advances[" "] * (len(word) - len(ink))
            if len(word) <= LETTERS_KEPT and len(self._measured) < WORDS_KEPT:
                self._measured[word] = known
        return known

    def clean(self, text: str) -> tuple[str, Counter[str]]:
        """The text as it can be printed, and the characters (with their counts) that had to be spelt as [U+1F9FF].

        Letters are composed; marks without ink are dropped; controls, and overrides of direction, which could make
        a text read otherwise than it is stored, are spelt out.
        """
        if self._plain.issuperset(text):
            return text, Counter()
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        shaped = shape_arabic(text)
        spelt: Counter[str] = Counter()
        table: dict[int, str] = {}
        for character in set(shaped):
            printed = self._printed(character)
            if printed != character:
                table[ord(character)] = printed
            elif not _may_change(character):
                self._plain.add(character)
            if printed.startswith("[U+"):
                spelt[character] = shaped.count(character)
        return (shaped.translate(table) if table else shaped), spelt

    def _printed(self, character: str) -> str:
        if character in "\n\r\v\f\x85\u2028\u2029":
            return "\n"
        if character == "\t" or unicodedata.category(character) == "Zs":
            return character if self.find(character) else " "
        if _is_without_ink(character):
            return ""
        # A private character has no meaning that a reader could know, whatever a font draws for it.
        unsafe = unicodedata.category(character) in ("Cc", "Cs", "Co") or character in _OVERRIDES
        if unsafe or self.find(character) is None:
            return f"[U+{ord(character):04X}]"
        return character


def _may_change(character: str) -> bool:
    """Whether a character may be composed with, or take its form from, the one beside it."""
    return unicodedata.category(character)[0] == "M" or character in _JAMO or "\u0600" <= character <= "\u06ff"


def _is_without_ink(character: str) -> bool:
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or code == 0x034F:
        return True
    is_format = unicodedata.category(character) == "Cf" and unicodedata.bidirectional(character) != "AN"
    return is_format and character not in _OVERRIDES


@cache
def face(name: str) -> Face:
    """The face of a name in FACES."""
    return Face(FACES[name])
