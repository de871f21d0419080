"""What goes to and comes from the terminal: answers as text or JSON, complaints, and passphrases that do not show."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
import traceback
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.text import _

# Bytes that move the cursor, set the colour or turn the direction: a client's name must not drive the terminal.
_HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Answer:
    """What a verb answers: one object for programs, lines for people, and the exit code."""

    value: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    code: int = 0


def show(answer: Answer, as_json: bool) -> None:
    """Print an answer on the standard output."""
    if as_json:
        sys.stdout.write(_json(answer.value) + "\n")
    else:
        _write(sys.stdout, "".join(f"{line}\n" for line in answer.lines))


def failed(code: int, kind: str, name: str, words: str, as_json: bool = False, beside: str | None = None) -> int:
    """Say on the error stream what went wrong, and as JSON on the output where it was asked for; gives the code."""
    say(words)
    if as_json:
        sys.stdout.write(_json({"error": {"kind": kind, "code": name, "field": beside, "words": words}}) + "\n")
    return code


def say(words: str) -> None:
    """A message for the person at the terminal, on the error stream."""
    _write(sys.stderr, words + "\n")


class Course:
    """Says on a terminal how far a long piece of work is; a program that reads the answer is not disturbed."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, done: int, of: int) -> None:
        now = f"{done}/{of}"
        if sys.stderr.isatty() and of and now != self._last:
            self._last = now
            sys.stderr.write(f"\r{now}" + ("\n" if done == of else ""))
            sys.stderr.flush()


def neutral(words: str) -> str:
    """A text without signs that would drive a terminal: each is spelt out instead."""
    return _HOSTILE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", words)


def bug_words(error: BaseException) -> str:
    """A mistake of the program: where it happened, without a word of what the practice holds."""
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    words = _("Something went wrong that should not have ({kind}). Nothing was half written.")
    return "\n".join([words.format(kind=type(error).__name__), *places[-6:]])


def _json(value: dict[str, Any]) -> str:
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return neutral(json.dumps(value, ensure_ascii=plain, default=str))


def _write(stream: Any, words: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(neutral(words).encode(encoding, "replace").decode(encoding))


def table(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Rows in aligned columns under their header; the columns in `right` stand to the right."""
    cells = [[" ".join(neutral(cell).split()) for cell in row] for row in [header, *rows]]
    widths = [max(width(row[place]) for row in cells) for place in range(len(header))]
    lines = []
    for row in cells:
        parts = []
        for place, cell in enumerate(row):
            blank = " " * (widths[place] - width(cell))
            parts.append(blank + cell if place in right else cell + blank)
        lines.append("  ".join(parts).rstrip())
    return lines


def width(words: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words
    )


def shortened(words: str, most: int = 60) -> str:
    """A text on one line, cut to so many letters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def can_ask() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    if sys.stdin is not None and sys.stdin.isatty():
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True


def ask(prompt: str) -> str | None:
    """A passphrase typed without showing; None where nobody can be asked."""
    if not can_ask():
        return None
    try:
        return getpass.getpass(prompt)
    except EOFError:
        return None
