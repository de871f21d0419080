"""How the bytes of a file become text: by its mark, else strict UTF-8, else the user says which code page."""

from __future__ import annotations

import codecs
from pathlib import Path

from db.errors import Refused, Trouble

CODE_PAGES = (
    "cp1250",
    "cp1252",
    "iso8859-2",
    "iso8859-15",
    "cp1253",
    "cp1251",
    "cp1254",
    "cp852",
    "cp850",
    "mac-roman",
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LARGEST = 200_000_000


def read_bytes(path: Path) -> bytes:
    """The whole file; raises Trouble when it cannot be read, Refused when it is empty or larger than 200 MB."""
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise Refused("too-large", megabytes=size // 1_000_000, limit=_LARGEST // 1_000_000)
        content = path.read_bytes()
    except FileNotFoundError:
        raise Trouble("missing", path=str(path)) from None
    except OSError as error:
        raise Trouble("unreadable", path=str(path), why=error.strerror or "") from None
    if not content.strip():
        raise Refused("empty-file")
    return content


def unicode_encoding(content: bytes) -> tuple[str, int] | None:
    """The Unicode encoding that the bytes show by a mark or by their zeros, and the mark's length."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name, len(mark)
    start = content[:400]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) // 5 > even:
        return "utf-16-le", 0
    if even > len(start) // 5 > odd:
        return "utf-16-be", 0
    return None


def decode(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and its encoding; raises Refused which-encoding with samples, or not-text for other files."""
    shown = unicode_encoding(content)
    if shown:
        name, length = shown
        return content[length:].decode(name, "replace"), name
    start = content[:4000]
    if sum(byte < 9 for byte in start) > len(start) // 50:
        # To ask in which code page a picture or a program is written would lead nowhere.
        raise Refused("not-text")
    if encoding:
        return decode_as(content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        line_start = content.rfind(b"\n", 0, error.start) + 1
        line = content[max(line_start, error.start - 60) : error.start + 60].split(b"\n")[0]
        raise ask_which(line) from None


def decode_as(content: bytes, encoding: str) -> str:
    """The text in the code page that the user named; undefined bytes become a visible mark."""
    try:
        return content.decode(encoding, "replace")
    except LookupError:
        raise Refused("unknown-encoding", "encoding", value=encoding) from None


def ask_which(sample: bytes) -> Refused:
    """The question which code page a file is in, with what the sample would say in each."""
    samples = {page: sample.decode(page, "replace").strip() for page in CODE_PAGES}
    return Refused("which-encoding", "encoding", samples=samples)
