"""A PDF that came back from outside: the seal in it and the words on its pages, read within limits of size and time."""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from desktop.giving_up import go_on

# A report of a thousand pages has three megabytes; pictures of the letterhead may add some.
LARGEST = 100_000_000
MOST_PAGES = 20_000
SECONDS = 20.0
SECONDS_A_PAGE = 10.0
# How often it is asked whether anybody still waits.
SECONDS_UNASKED = 0.1
FACTS = "facts.json"

Result = TypeVar("Result")


class Unreadable(Exception):
    """A file that cannot be read as a PDF of ours: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _TooLong(BaseException):
    """Not an Exception: no `except Exception` of the library may swallow it."""


@dataclass(frozen=True)
class Page:
    """What can be read on a page: its words, and how many pictures and notes lie on it."""

    words: tuple[str, ...]
    pictures: int
    notes: int


@dataclass(frozen=True)
class Received:
    """The seal as it stands in the file: the keywords, and the facts carried inside (None where there are none)."""

    pdf: bytes
    keywords: str
    facts: bytes | None
    pages: int


def load(path: Path) -> bytes:
    """The bytes of a file that may be a PDF. Raises Unreadable, and OSError where there is none."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unreadable("too-large")
    return content


def receive(pdf: bytes) -> Received:
    """The seal of a PDF. Raises Unreadable: not-a-pdf, cut-off, encrypted, broken, too-large, too-long."""
    if b"%PDF-" not in pdf[:1024]:
        raise Unreadable("not-a-pdf")
    if b"%%EOF" not in pdf[-2048:]:
        raise Unreadable("cut-off")
    received = _limited(SECONDS, lambda: _received(pdf))
    if received.pages > MOST_PAGES:
        raise Unreadable("too-large")
    return received


def _received(pdf: bytes) -> Received:
    reader = _opened(pdf)
    carried = reader.attachments.get(FACTS) or []
    return Received(
        pdf,
        keywords=str((reader.metadata or {}).get("/Keywords") or ""),
        # Two of one name: which is meant cannot be told.
        facts=bytes(carried[0]) if len(carried) == 1 else None,
        pages=len(reader.pages),
    )


def read_pages(pdf: bytes, pages: int) -> Iterator[Page]:
    """Page after page. Raises Unreadable."""
    several = _limited(SECONDS, lambda: list(_opened(pdf).pages))
    for page in several[:pages]:
        yield _limited(SECONDS_A_PAGE, partial(_page, page))


def _page(page: Any) -> Page:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    pictures = 0 if objects is None else len(objects.get_object())
    return Page(tuple(page.extract_text().split()), pictures, len(page.get("/Annots") or ()))


def _opened(pdf: bytes) -> Any:
    from pypdf import PdfReader

    # What the library finds odd in somebody's file is no message for the terminal.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    reader = PdfReader(io.BytesIO(pdf))
    # Many programs protect files without a passphrase; ours never does.
    if reader.is_encrypted:
        raise Unreadable("encrypted")
    return reader


def _limited(seconds: float, work: Callable[[], Result]) -> Result:
    """Give a library that knows no limits one of time; whatever it stumbles over is one thing: a broken file.

    Work that was given up (desktop.giving_up) ends soon, with what its job raises for that.
    """
    asked = time.monotonic()
    end = asked + seconds
    given_up: list[BaseException] = []

    def look(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal asked
        now = time.monotonic()
        # Calls alone: nothing may be raised once the work has come to its end.
        if event != "call" or now < min(end, asked + SECONDS_UNASKED):
            return
        asked = now
        try:
            go_on()
        except BaseException as error:
            given_up.append(error)
        if given_up or now > end:
            raise _TooLong

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        return work()
    except Unreadable:
        raise
    except _TooLong:
        raise (given_up[0] if given_up else Unreadable("too-long")) from None
    except Exception as error:
        raise Unreadable("broken") from error
    finally:
        sys.setprofile(before)
