"""Every report prints whatever was typed as it was typed: nothing lost, nothing run, no file opened, in good time."""

from __future__ import annotations

import dataclasses
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from db.errors import Refused
from db.practice import Practice
from desktop.reports.family import KINDS, Kind
from desktop.reports.fonts import face
from tests.pace import paced
from tests.reports.leaks import Drawn, asked_of, founded
from tests.reports.planted import TABLES, plant
from tests.reports.structure import marks
from tests.reports.test_literal_text import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
UGLY = [
    *HOSTILE,
    "bill\u202egnp.exe \x07\x1b[2J end",
    "nul \x00 nul",
    "\u0301combining first \u2067isolated\u2069 so\u00adft \u200bzero\ufeff",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE advice; --",
    "file:///etc/passwd \\\\host\\share\\x",
    "שלום עולם 12",
    "سلام عليكم",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇵🇱 ✍🏽",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𒀀 ﷽",
]  # fmt: skip
# What is written from the right or joined is copied in the order in which it is seen.
TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
DRAWN = Drawn([3] * len(TABLES), 1, False, "en", "a4", None)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """The practice in which all is planted and nothing stays."""
    folder = tmp_path_factory.mktemp("corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        with founded(folder) as opened:
            yield opened


class _Seen(Exception):
    """All was looked at: what was planted goes again."""


@dataclasses.dataclass
class Watched:
    """Which files were opened, and what else reached out of the program, while it is `on`."""

    on: bool = False
    found: list[str] = dataclasses.field(default_factory=list)

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        if self.on and event in ("open", "socket.connect", "subprocess.Popen", "os.system", "urllib.Request"):
            self.found.append(f"{event} {given[0]}")


WATCHED = Watched()
sys.addaudithook(WATCHED)


def _is_own(opened: str) -> bool:
    """Whether it is a font, a word of the program, a zone, or a module that is loaded late."""
    event, _blank, path = opened.partition(" ")
    mine = path.startswith((str(ROOT / "resources"), sys.prefix, sys.base_prefix, "/usr/share/zoneinfo"))
    return event == "open" and (mine or path.endswith((".py", ".pyc")))


def strings(facts: Any) -> Iterator[str]:
    """Every text in the facts."""
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, tuple | list | frozenset):
        for each in facts:
            yield from strings(each)
    elif isinstance(facts, dict):
        yield from strings(list(facts.values()))
    elif dataclasses.is_dataclass(facts):
        for field in dataclasses.fields(facts):
            yield from strings(getattr(facts, field.name))


def printed(pdf: bytes) -> str:
    """All that the pages show, without blanks."""
    numbered, artifacts = marks(pdf)
    return re.sub(r"\s", "", "".join("".join(page.values()) for page in numbered) + "".join(artifacts))


def look_at(practice: Practice, kind: Kind, seed: int, write: Any, most: int = 1) -> list[tuple[Any, Any, float]]:
    """The facts, the paper and the pace of reports of a kind on a practice in which `write` wrote."""
    found: list[tuple[Any, Any, float]] = []
    module = import_module(f"desktop.reports.{kind.module}")

    def look(session: Session) -> None:
        planted = plant(session, seed, DRAWN.counts, bold=False, write=write)
        for asked in asked_of(kind, planted, DRAWN):
            try:
                facts = module.read(session, asked)
            except Refused:
                continue
            paper, took = paced(partial(module.render, facts))
            found.append((facts, paper, took))
            if len(found) == most:
                break
        raise _Seen

    with pytest.raises(_Seen):
        practice.do(look)
    return found


def written(texts: Callable[[int], str]) -> Callable[[str, str, random.Random], str]:
    """What writes the first, second, third text of a practice, in the order of its columns."""
    numbers = count()
    return lambda table, column, chance: texts(next(numbers))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_text_is_printed_as_it_was_typed(practice: Practice, kind: Kind) -> None:
    told = 0
    for seed in range(1, 6):
        # The same practice twice: where a plain word is printed, an ugly one in its place must be.
        plain = look_at(practice, kind, seed, written(lambda n: f"w{n}w"))
        ugly = look_at(practice, kind, seed, written(lambda n: UGLY[n % len(UGLY)]))
        for (_facts, first, _s), (_same, second, _t) in zip(plain, ugly, strict=True):
            wanted = Counter(int(n) % len(UGLY) for n in set(re.findall(r"w(\d+)w", printed(first.pdf))))
            shown = printed(second.pdf)
            for at, times in wanted.items():
                if kind.for_whom != "house" and not TURNED.search(UGLY[at]):
                    clean = re.sub(r"\s", "", face("sans").clean(UGLY[at])[0])
                    assert shown.count(clean) >= times, f"{UGLY[at]!r} is lost"
            told += wanted.total()
    assert told > 3


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_file_is_opened_for_a_text(practice: Practice, kind: Kind) -> None:
    def write(table: str, column: str, chance: random.Random) -> str:
        return chance.choice(
            ['<img src="/etc/hostname"/>', "/etc/hostname", "file:///etc/hostname", "http://x.example/"]
        )

    WATCHED.found.clear()
    WATCHED.on = True
    try:
        look_at(practice, kind, 4, write)
    finally:
        WATCHED.on = False
    own = (str(practice.path.parent), os.environ["CLIENS_HOME"])
    assert [each for each in WATCHED.found if not _is_own(each) and not any(path in each for path in own)] == []


LONG = {
    "word": "x" * 200_000,
    "cell": "wört " * 12_000,
}
# The texts of which a report may be full: one of them at a time is without end.
ENDLESS = {
    "decisions": ("decision", "choice"),
    "engagement-letter": ("engagement", "scope_included"),
    "non-engagement-letter": ("party", "name"),
    "disengagement-letter": ("engagement", "title"),
    "closing-letter": ("engagement", "outcome"),
    "value": ("engagement", "value_delivered"),
    "conflict-certificate": ("conflict_check", "reason"),
    "trust": ("promise", "text"),
    "portfolio": ("party", "name"),
    "credentials": ("engagement", "area"),
    "insight": ("insight", "verbatim"),
    "today": ("promise", "text"),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("length", LONG)
def test_a_text_without_end_is_printed_whole_in_good_time(practice: Practice, kind: Kind, length: str) -> None:
    place, words = ENDLESS.get(kind.name, ("advice", "advice")), LONG[length]

    def write(table: str, column: str, chance: random.Random) -> str:
        return words if (table, column) == place else "short"

    for seed in range(5, 15):
        looked = look_at(practice, kind, seed, write)
        times = sum(text == words for facts, _paper, _took in looked for text in strings(facts))
        if times:
            break
    ((_facts, paper, took),) = looked
    # The papers of the house read no more than they tell; the others are the record.
    assert times or kind.for_whom == "house", "the text was not read"
    assert took < 100 * max(times, 1)
    if kind.for_whom != "house":
        assert printed(paper.pdf).count(words[0]) >= words.count(words[0])
