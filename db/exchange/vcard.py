"""A streaming reader of vCard 2.1, 3.0 and 4.0: bytes → cards, each with its properties or what is wrong with it."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from db.errors import Refused
from db.exchange.decoding import ask_which, decode_as, unicode_encoding

CARD_AT_MOST = 256 * 1024
_PICTURE = re.compile(rb"(?:[A-Za-z0-9\-]{1,40}\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_PROPERTY = re.compile(rb"[A-Za-z0-9.\-_]{1,80}\s*[;:]")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
_BEGINNINGS = (b"B", b"b", b"E", b"e")
_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"}


@dataclass(slots=True)
class Property:
    """One line of a card: name in capitals, group and types in lower case, parameters, and its text."""

    name: str
    group: str
    types: tuple[str, ...]
    parameters: dict[str, str]
    value: str

    def parts(self) -> list[str]:
        """The value split at its semicolons, each part unescaped."""
        if "\\" not in self.value:
            return self.value.split(";")
        return [unescape(part) for part in re.split(r"(?<!\\);", self.value.replace("\\\\", "\x00"))]

    def text(self) -> str:
        """The value as one unescaped text."""
        return unescape(self.value.replace("\\\\", "\x00")) if "\\" in self.value else self.value

    def items(self) -> list[str]:
        """The value split at its commas, each item unescaped."""
        return [unescape(part).strip() for part in re.split(r"(?<!\\),", self.value.replace("\\\\", "\x00"))]


@dataclass(slots=True)
class Card:
    """One card: the line it begins on, what it holds, its text without pictures, and why it cannot be read, if so."""

    line: int
    properties: list[Property] = field(default_factory=list)
    raw: str = ""
    why: str = ""
    pictures: int = 0


def unescape(text: str) -> str:
    """A part of a value as it was meant."""
    if "\\" in text:
        text = re.sub(r"\\([nN])", "\n", text)
        text = re.sub(r"\\([,;:\\\"])", r"\1", text)
    return text.replace("\x00", "\\")


def read_cards(content: bytes, encoding: str | None = None) -> tuple[list[Card], str]:
    """Every card of a file and the encoding used; raises Refused which-encoding, not-a-vcard.

    One bad card never takes others with it: it comes with a reason. Bytes that are neither UTF-8 nor declared are
    asked about once for the whole file, unless `encoding` says what they are.
    """
    shown = unicode_encoding(content)
    used = "utf-8"
    if shown:
        used, length = shown
        content = content[length:].decode(used, "replace").encode()
    reader = _Reader(encoding)
    cards = list(reader.cards(content))
    if reader.unclear:
        raise ask_which(b" / ".join(reader.unclear[:3]))
    if not cards:
        raise Refused("not-a-vcard")
    return cards, encoding if encoding and not shown else used


class _Reader:
    """The state of one reading: the encoding that was named, and the bytes that no encoding explains."""

    def __init__(self, encoding: str | None) -> None:
        self.encoding = encoding
        self.unclear: list[bytes] = []

    def cards(self, content: bytes) -> Iterator[Card]:
        """Split into cards by BEGIN and END, whatever is nested, torn or missing."""
        card: Card | None = None
        lines: list[bytes] = []
        nested = size = 0
        for number, line in unfolded(content):
            start = line[:11].upper() if line[:1] in _BEGINNINGS else b""
            if start == b"BEGIN:VCARD":
                if card is None:
                    card, lines, size, nested = Card(number), [], 0, 0
                elif (lines and lines[-1].upper().startswith(b"AGENT")) or nested:
                    nested += 1
                else:
                    yield self._finished(card, lines, "unterminated")
                    card, lines, size = Card(number), [], 0
                continue
            if card is None:
                continue
            if start[:9] == b"END:VCARD":
                if nested:
                    nested -= 1
                    continue
                yield self._finished(card, lines, "card-too-large" if size > CARD_AT_MOST else "")
                card = None
            elif not nested and line.strip():
                picture = _PICTURE.match(line) is not None
                size += 0 if picture else len(line)
                card.pictures += picture
                if not picture and size <= CARD_AT_MOST:
                    lines.append(line)
        if card is not None:
            yield self._finished(card, lines, "unterminated")

    def _finished(self, card: Card, lines: list[bytes], why: str) -> Card:
        card.why = why
        told = [self._plain(line) for line in lines]
        card.raw = "\n".join(["BEGIN:VCARD", *(text for text, _ in told), "END:VCARD"])
        if not why:
            read = (self._property(line, text, sure) for line, (text, sure) in zip(lines, told, strict=True))
            card.properties = [found for found in read if found is not None]
        return card

    def _plain(self, line: bytes) -> tuple[str, bool]:
        """A line as text, and whether that is surely what it says."""
        try:
            return line.decode("utf-8"), True
        except UnicodeDecodeError:
            return decode_as(line, self.encoding or "latin-1"), False

    def _property(self, line: bytes, told: str, sure: bool) -> Property | None:
        place = _colon(told)
        if place <= 0:
            return None
        name, group, types, parameters = (_head if place < 200 else _read_head)(told[:place])
        encoding, charset = parameters.get("ENCODING", "").upper(), parameters.get("CHARSET")
        if sure and not encoding and not charset:
            return Property(name, group, types, parameters, told[place + 1 :])
        value = line[_colon(line.decode("latin-1")) + 1 :]
        if encoding == "QUOTED-PRINTABLE":
            value = quopri.decodestring(value)
        elif encoding in ("B", "BASE64"):
            try:
                value = base64.b64decode(value, validate=False)
            except (binascii.Error, ValueError):
                return None
            return Property(name, group, types, parameters, self._plain(value)[0])
        return Property(name, group, types, parameters, self._decoded(value, charset))

    def _decoded(self, value: bytes, charset: str | None) -> str:
        if charset and charset.upper() not in ("UTF-8", "UTF8"):
            with suppress(LookupError, UnicodeDecodeError):
                return value.decode(charset)
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            if self.encoding:
                return decode_as(value, self.encoding)
            self.unclear.append(value[:80])
            return ""


def _read_head(text: str) -> tuple[str, str, tuple[str, ...], dict[str, str]]:
    """Name, group, types and parameters before the colon."""
    first, *rest = text.split(";")
    group, _, name = first.strip().rpartition(".")
    types: list[str] = []
    parameters: dict[str, str] = {}
    for part in rest:
        key, mark, told = part.strip().partition("=")
        key = key.upper()
        if key == "TYPE":
            types += [one.strip('" ').lower() for one in told.split(",")]
        elif mark:
            parameters[key] = told.strip('"')
        elif key in _ENCODINGS:
            parameters["ENCODING"] = key
        else:
            types.append(key.lower())
    return name.upper(), group.lower(), tuple(types), parameters


# Few heads differ in a file of many cards.
_head = lru_cache(maxsize=2000)(_read_head)


def _colon(text: str) -> int:
    """The place of the first colon outside quotation marks, or -1."""
    if '"' not in text:
        return text.find(":")
    offset = 0
    for count, piece in enumerate(text.split('"')):
        place = piece.find(":") if count % 2 == 0 else -1
        if place >= 0:
            return offset + place
        offset += len(piece) + 1
    return -1


def unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The logical lines with the number of their first physical line; joins folds, soft breaks and loose base64."""
    waiting: list[bytes] = []
    first = 0
    soft = loose = False
    for number, line in enumerate(re.split(rb"\r\n|\n|\r", content), start=1):
        if soft:
            waiting[-1] = waiting[-1].rstrip()[:-1]
            waiting.append(line)
            soft = line.rstrip().endswith(b"=")
            continue
        if line[:1] in (b" ", b"\t"):
            waiting.append(line[1:])
            continue
        if loose and line and not _PROPERTY.match(line) and _BASE64.fullmatch(line):
            waiting.append(line)
            continue
        if waiting:
            yield first, b"".join(waiting)
        waiting, first = [line], number
        soft = loose = False
        head, colon, _ = line.partition(b":")
        if b";" in head:
            head = head.upper()
            soft = b"QUOTED-PRINTABLE" in head and bool(colon) and line.rstrip().endswith(b"=")
            loose = b"BASE64" in head or b"ENCODING=B" in head
    if waiting:
        yield first, b"".join(waiting)
