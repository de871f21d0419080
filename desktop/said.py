"""What was said in one text box: marks for whom (@), in what (#), promised (!), to do next (?) and told in trust (~).

How a text is read:
- A mark is its sign before a letter or a digit, at the beginning of the text or after a space or a bracket: the
  question mark of "settle?" and the @ of an e-mail address are none.
- `@` and `#` are followed by a name that is known (it was chosen from the list), else by one word.
- `!` and `?` run to the end of the sentence or the line, or to the next remark. A day within one of them is
  when it is due, and no part of its words; a next step without a day is due in a week.
- `~` runs to the end of its line, or to the next remark: a full stop must never let half a confidence out.
- Promises, next steps and confidences are no part of the advice that is recorded. A name stays in it without its sign,
  unless the text begins with it: then it only says whose advice this is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.days import Said, find_days

Kind = Literal["@", "#", "!", "?", "~"]
NAMES, REMARKS = "@#", "!?~"
IN_A_WEEK = dt.timedelta(days=7)
_SIGN = re.compile(r"(?:(?<=^)|(?<=[\s(\[]))([@#!?~])(?=\w)", re.MULTILINE)
_ENDS, _LINE = re.compile(r"[.;!?]+(?=\s|$)|\n"), re.compile(r"\n")


@dataclass(frozen=True)
class Mark:
    """One mark: where it stands in the text, its words, and for `!` and `?` when it is due; `leads` a text or not."""

    kind: Kind
    start: int
    end: int
    words: str
    due: Said | None = None
    leads: bool = False


def read_marks(text: str, today: dt.date, language: str = "en", names: Iterable[str] = ()) -> list[Mark]:
    """The marks of a text from left to right; `names` are those that were chosen after @ and #."""
    known = sorted(names, key=len, reverse=True)
    found: list[Mark] = []
    at = 0
    while (sign := _SIGN.search(text, at)) is not None:
        kind: Kind = sign[1]  # type: ignore[assignment]
        if kind in NAMES:
            end = _name_end(text, sign.end(), known)
            leads = not _without(text[: sign.start()], found).strip()
            found.append(Mark(kind, sign.start(), end, text[sign.end() : end], leads=leads))
            at = end
        else:
            end = _remark_end(text, sign.end(), _LINE if kind == "~" else _ENDS)
            found.append(_remark(kind, text, sign.start(), end, today, language))
            at = max(end, sign.end())
    return found


def name_at(text: str, cursor: int, names: Iterable[str] = ()) -> tuple[Kind, int, str] | None:
    """What is being typed after @ or # up to the cursor: the sign, where it stands, and the letters; or None."""
    line = text.rfind("\n", 0, cursor) + 1
    signs = list(re.finditer(r"(?:(?<=^)|(?<=[\s(\[]))([@#])", text[line:cursor]))
    if not signs:
        return None
    start = line + signs[-1].start()
    typed = text[start + 1 : cursor]
    # A name has few words: further on the sentence goes on, and so it does after a name that was chosen.
    if len(typed.split()) > 4 or len(typed) > 60 or typed[:1].isspace() or any(sign in typed for sign in ".;!?~@#,"):
        return None
    if any(typed.startswith(f"{name} ") for name in names):
        return None
    kind: Kind = signs[-1][1]  # type: ignore[assignment]
    return kind, start, typed


def recorded_text(text: str, marks: Sequence[Mark]) -> str:
    """The text as it is recorded: without remarks and leading names, other names without their sign."""
    parts, at = [], 0
    for mark in marks:
        parts.append(text[at : mark.start])
        if mark.kind in NAMES and not mark.leads:
            parts.append(mark.words)
        stop = _ENDS.match(text, mark.end) if mark.kind in REMARKS else None
        at = stop.end() if stop is not None and stop[0] != "\n" else mark.end
    parts.append(text[at:])
    lines = [re.sub(r"[ \t]{2,}", " ", line).strip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(re.sub(r"\s+([,.;])", r"\1", line) for line in lines)).strip(" \n:,;")


def opening(text: str, longest: int = 80) -> str:
    """The first sentence of a text, for a question nobody wrote: cut between words where it is longer."""
    first = re.split(r"(?<=[.?!])\s|\n", text.strip(), maxsplit=1)[0]
    if len(first) <= longest:
        return first
    return first[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def replaced(text: str, mark: Mark, words: str, when: str = "") -> str:
    """The text with a mark said anew; without `words` the mark is taken out of it."""
    said = f"{mark.kind}{' '.join(part for part in (words.strip(), when.strip()) if part)}" if words.strip() else ""
    after = text[mark.end :]
    if not said:
        return (text[: mark.start].rstrip(" ") + " " + after.lstrip(" .;")).strip(" ")
    return text[: mark.start] + said + after


def _name_end(text: str, at: int, known: Sequence[str]) -> int:
    for name in known:
        if text[at : at + len(name)].casefold() == name.casefold() and not text[at + len(name) :][:1].isalnum():
            return at + len(name)
    word = re.compile(r"[\w'’&-]+").match(text, at)
    return word.end() if word is not None else at


def _remark_end(text: str, at: int, ends: re.Pattern[str]) -> int:
    stop = ends.search(text, at)
    end = stop.start() if stop is not None else len(text)
    following = next((sign.start() for sign in _SIGN.finditer(text, at, end) if sign[1] in REMARKS), end)
    return at + len(text[at:following].rstrip())


def _remark(kind: Kind, text: str, start: int, end: int, today: dt.date, language: str) -> Mark:
    words, due = text[start + 1 : end], None
    if kind in "!?":
        days = find_days(words, today, language, ahead=True)
        if days:
            # Of several days the last one is when it is due: "send Monday's draft by Thursday".
            due = days[-1].said
            words = f"{words[: days[-1].start].rstrip(' ,')} {words[days[-1].end :].lstrip(' ,')}".strip()
        elif kind == "?":
            due = Said(today + IN_A_WEEK)
    # A person named within a remark is named there without the sign.
    return Mark(kind, start, end, _SIGN.sub("", words).strip() or text[start + 1 : end].strip(), due)


def _without(text: str, marks: Sequence[Mark]) -> str:
    kept, at = [], 0
    for mark in marks:
        kept.append(text[at : mark.start])
        at = mark.end
    return "".join([*kept, text[at:]])
