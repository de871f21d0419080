"""Whether anything that was planted as a secret comes out in a report: `python -m tests.reports.leaks 10000`."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject, TextStringObject
from sqlmodel import Session

from db.errors import Refused
from db.practice import NewPractice, Practice
from desktop.reports.family import KINDS, Asked, Kind, omissions_of
from tests.reports.planted import AT, CITED, CONFIDED, OPEN, SECRET, SUBJECT, TABLES, Planted, plant
from tests.reports.structure import marks

# A draft, what was withdrawn and a note to the file are refused by those papers that are about one entry.
REFUSED = {"still-a-draft", "internal-note", "withdrawn"}


@dataclass(frozen=True)
class Drawn:
    """One invented practice, and how its reports are asked for; `bold` looks through a client's eyes."""

    counts: list[int]
    seed: int
    bold: bool
    language: str
    paper: str
    since: dt.date | None


@dataclass
class Tally:
    """How much was tried: practices, reports read, and reports printed and taken apart; how often each kind was."""

    practices: int = 0
    read: dict[str, int] = field(default_factory=dict)
    printed: dict[str, int] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)


drawn = st.builds(
    Drawn,
    counts=st.lists(st.integers(0, 3), min_size=len(TABLES), max_size=len(TABLES)),
    seed=st.integers(0, 2**32 - 1),
    bold=st.booleans(),
    language=st.sampled_from(["en", "es", "pl"]),
    paper=st.sampled_from(["", "a4", "letter"]),
    since=st.one_of(st.none(), st.dates(dt.date(2025, 6, 1), dt.date(2026, 11, 1))),
)


def founded(folder: Path) -> Practice:
    """An empty practice to plant in; even who works there is a secret to a client."""
    new = NewPractice(name="Vega & Noriega", profession="law", country="ES", currency="EUR")
    return Practice.create(folder / "planted.cliens", new, None, who=f"{SECRET}who")


class _Enough(Exception):
    """All was looked at: what was planted goes again."""


def try_out(practice: Practice, one: Drawn, tally: Tally, *, printing: bool, kinds: tuple[Kind, ...] = KINDS) -> None:
    """Plant a practice, read every report of it that the eyes may see, and fail where a secret is in one."""

    def look(session: Session) -> None:
        planted = plant(session, one.seed, one.counts, bold=one.bold)
        for kind in kinds:
            if (kind.for_whom == "client") == one.bold:
                for asked in asked_of(kind, planted, one):
                    _read(session, kind, asked, tally, printing=printing)
        raise _Enough

    tally.practices += 1
    try:
        practice.do(look)
    except _Enough:
        return


def asked_of(kind: Kind, planted: Planted, one: Drawn) -> Iterator[Asked]:
    """Everything in the practice that a report of this kind can be asked for."""
    more: dict[str, Any] = {"language": one.language, "paper": one.paper}
    if kind.has_period:
        more["since"] = one.since
    if kind.about == "client":
        yield Asked(AT, client_id=SUBJECT, **more)
    if kind.about == "practice" or kind.or_practice:
        yield Asked(AT, **more)
    for about, table in (("engagement", "engagement"), ("advice", "advice"), ("check", "conflict_check")):
        if kind.about == about:
            for number in planted.of_subject(table):
                yield Asked(AT, **more, **dict[str, Any]({f"{about}_id": number}))


def _read(session: Session, kind: Kind, asked: Asked, tally: Tally, *, printing: bool) -> None:
    module = import_module(f"desktop.reports.{kind.module}")
    # What was told in confidence is for no paper at all, and least of all for a client's.
    secret = f"(?:{SECRET}|{CONFIDED})" if kind.for_whom == "client" else CONFIDED
    if kind.for_whom == "client" and kind.name != "credentials":
        # What others agreed to be told of them is told in a statement of experience alone.
        secret = f"(?:{SECRET}|{CONFIDED}|{CITED})"
    try:
        facts = module.read(session, asked)
    except Refused as refused:
        if refused.code not in REFUSED:
            raise
        return
    told = repr(facts)
    tally.read[kind.name] = tally.read.get(kind.name, 0) + 1
    tally.told[kind.name] = tally.told.get(kind.name, 0) + told.count(OPEN)
    _require_clean(told, secret, f"{kind.name}: facts")
    if count := omissions_of(kind):
        _require_clean(repr(count(session, asked)), secret, f"{kind.name}: what is left out")
    if printing:
        tally.printed[kind.name] = tally.printed.get(kind.name, 0) + 1
        for part, words in taken_apart(module.render(facts).pdf):
            _require_clean(words, secret, f"{kind.name}: {part}")


def _require_clean(words: str, secret: str, where: str) -> None:
    found = re.search(f"{secret}\\w*", words, re.IGNORECASE)
    assert found is None, f"{where} tells {found[0]}"


def taken_apart(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Every text in a PDF with where it stands: on its pages, in its properties, bookmarks, alternative texts, links
    and files; a text that a line's end cut is joined."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    yield "properties", repr(reader.metadata)
    numbered, artifacts = marks(pdf)
    for page, (found, margins) in enumerate(zip(numbered, artifacts, strict=True)):
        yield f"page {page}", re.sub(r"\s", "", "".join(found.values()))
        yield f"margins of page {page}", re.sub(r"\s", "", margins)
    yield "files", repr({name: list(map(bytes, files)) for name, files in reader.attachments.items()})
    for number in range(1, int(reader.trailer["/Size"])):  # type: ignore[call-overload]
        yield f"object {number}", " ".join(_strings(reader.get_object(number)))


def _strings(found: Any) -> Iterator[str]:
    """The texts of an object and of what stands in it."""
    if isinstance(found, TextStringObject):
        yield str(found)
    elif isinstance(found, ByteStringObject):
        yield bytes(found).decode("latin-1")
    elif isinstance(found, DictionaryObject):
        for name, value in found.items():
            yield str(name)
            yield from _strings(value)
        if isinstance(found, StreamObject) and found.get("/Type") != "/ObjStm":
            yield found.get_data().decode("latin-1")
    elif isinstance(found, ArrayObject):
        for value in found:
            yield from _strings(value)


def tried(
    practice: Practice, examples: int, *, print_each: int, tally: Tally | None = None, first: int = 20261121
) -> Tally:
    """Try so many invented practices, others with another `first`; each `print_each`-th is printed too."""
    tally = tally or Tally()

    @seed(first)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn)
    def each(one: Drawn) -> None:
        try_out(practice, one, tally, printing=tally.practices % print_each == 0)

    run: Callable[[], None] = each
    run()
    return tally


def main() -> int:
    """Try as many as are asked for, and say what was tried."""
    asked = argparse.ArgumentParser(prog="python -m tests.reports.leaks", description=__doc__)
    asked.add_argument("examples", type=int, nargs="?", default=10_000)
    asked.add_argument("--print-each", type=int, default=50, help="how many are read for each that is printed too")
    asked.add_argument("--seed", type=int, default=20261121, help="another number invents other practices")
    options = asked.parse_args()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    tally, begun = Tally(), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="cliens-leaks-") as home, suppress(KeyboardInterrupt):
        os.environ["CLIENS_HOME"] = home
        with founded(Path(home)) as practice:
            tried(practice, options.examples, print_each=options.print_each, tally=tally, first=options.seed)
    # One who ends it early hears how far it came.
    used = time.process_time()
    print(f"{tally.practices} practices in {time.perf_counter() - begun:.0f} s ({used:.0f} s of one processor)")
    print("Nothing secret came out of:")
    for kind in KINDS:
        read, printed = tally.read.get(kind.name, 0), tally.printed.get(kind.name, 0)
        print(f"  {kind.name:24} {kind.for_whom:8} {read:7} read {printed:5} printed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
