"""No report for a client can tell what is not for him: by its types, by what it reads, by what comes out of it."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import re
import types
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlmodel import Session

from db import tables
from db.practice import Practice
from db.trust import PromiseRow
from desktop.reports import client_facts, letters
from desktop.reports.family import KINDS, Asked, Kind, omissions_of
from desktop.reports.paper import Paper, render
from tests.reports import leaks
from tests.reports.leaks import Drawn, Tally, founded, tried, try_out
from tests.reports.planted import OPEN, TABLES

CLIENTS = [kind for kind in KINDS if kind.for_whom == "client"]
REPORTS = Path(client_facts.__file__).parent
PLAIN = (str, int, float, bool, bytes, dt.date, dt.datetime, type(None))

# What the papers for clients may ask of the file: the verbs that tell a client's own, and never a reader of trust,
# of the story, of search, of insight, of conflicts or of drafts.
MAY_READ = {
    "db.advice", "db.chain", "db.deadlines", "db.decisions", "db.engagements", "db.enquiries", "db.errors",
    "db.experience", "db.firm", "db.letters", "db.names", "db.rows", "db.scope", "db.tables", "db.words",
}  # fmt: skip
MAY_NAME = {
    "Practice", "Person", "Party", "Address", "Client", "StandingChange", "Engagement", "Role", "Advice",
    "AdviceResponse", "Promise", "Fee", "Decision", "OutOfScope", "Deadline", "AttachmentChunk", "Step", "Change",
}  # fmt: skip
# Thanks that are not restricted are printed; the others are counted for the person who sends the report.
COUNTED = {
    "desktop.reports.client_reading": {"TrustNote", "FollowUp"},
    "desktop.reports.client_omissions": {"FollowUp"},
}


def told_types(kind: Kind) -> Any:
    """What the facts of a kind are."""
    return get_type_hints(import_module(f"desktop.reports.{kind.module}").read, localns={"Session": Session})["return"]


def declaring() -> set[str]:
    """The modules that may declare what a client reads: the common one, the letters', and each kind's own."""
    return {client_facts.__name__, letters.__name__, *(told_types(kind).__module__ for kind in CLIENTS)}


def strangers(found: Any, places: set[str], path: str = "facts") -> Iterator[str]:
    """Whatever can be reached from a type and is neither plain nor a frozen type of these modules."""
    if found in PLAIN or get_origin(found) is typing.Literal:
        return
    if get_origin(found) in (tuple, dict, typing.Union, types.UnionType):
        for part in get_args(found):
            if part is not Ellipsis:
                yield from strangers(part, places, path)
    elif dataclasses.is_dataclass(found) and isinstance(found, type) and found.__module__ in places:
        if not found.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            yield f"{path}: {found.__name__} can be changed"
        for name, hint in get_type_hints(found).items():
            yield from strangers(hint, places, f"{path}.{name}")
    else:
        yield f"{path}: {found}"


@pytest.mark.parametrize("kind", CLIENTS, ids=lambda kind: kind.name)
def test_facts_for_a_client_are_made_of_allowed_types_alone(kind: Kind) -> None:
    assert list(strangers(told_types(kind), declaring())) == []


@dataclasses.dataclass(frozen=True)
class Careless:
    """Facts as nobody should write them."""

    note: tables.TrustNote
    rows: tuple[PromiseRow, ...]
    anything: Any
    listed: list[str]


def test_facts_that_hold_a_row_of_the_file_are_found_out() -> None:
    found = list(strangers(Careless, {__name__}))
    assert [told.partition(":")[0] for told in found] == ["facts.note", "facts.rows", "facts.anything", "facts.listed"]


def known_to(module: str, seen: dict[str, ast.Module] | None = None) -> dict[str, ast.Module]:
    """A module of the reports and all of them that it stands on, as they are written."""
    seen = {} if seen is None else seen
    path = REPORTS / f"{module.rpartition('.')[2]}.py"
    if module not in seen and path.is_file():
        seen[module] = ast.parse(path.read_text("utf-8"))
        for name in imports(seen[module]):
            if name.startswith("desktop.reports."):
                known_to(name, seen)
    return seen


def imports(tree: ast.Module) -> set[str]:
    """Every module that is imported anywhere in one."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = node.module in ("db", "desktop.reports")
            found |= {f"{node.module}.{each.name}" for each in node.names} if whole else {node.module}
    return found


@pytest.mark.parametrize("kind", CLIENTS, ids=lambda kind: kind.name)
def test_report_for_a_client_asks_no_reader_of_confidences(kind: Kind) -> None:
    read = {
        module: sorted(name for name in imports(tree) if name.startswith("db.") and name not in MAY_READ)
        for module, tree in known_to(f"desktop.reports.{kind.module}").items()
    }
    assert {module: names for module, names in read.items() if names} == {}


@pytest.mark.parametrize("kind", CLIENTS, ids=lambda kind: kind.name)
def test_report_for_a_client_names_no_table_that_is_not_his(kind: Kind) -> None:
    allowed = {getattr(tables, name).__tablename__ for name in MAY_NAME}
    for module, tree in known_to(f"desktop.reports.{kind.module}").items():
        may = MAY_NAME | COUNTED.get(module, set())
        named = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tables"
        }
        assert named <= may, module
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                queried = re.findall(r"(?:FROM|JOIN|INTO|UPDATE) ([a-z_]+)", node.value)
                assert set(queried) <= allowed, f"{module}: {node.value}"


@pytest.fixture(scope="module")
def planted_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """The practice in which all is planted and nothing stays."""
    folder = tmp_path_factory.mktemp("planted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        with founded(folder) as practice:
            yield practice


# Entries in number, so that some of each sort are among them.
MUCH = Drawn([9 if table.name == "advice" else 3 for table in TABLES], 7, True, "en", "", None)


def test_nothing_secret_comes_out_of_any_invented_practice(planted_in: Practice) -> None:
    tally = tried(planted_in, 60, print_each=6)
    assert set(tally.read) == {kind.name for kind in KINDS}


def test_what_a_client_may_read_does_come_out(planted_in: Practice) -> None:
    tally = Tally()
    for seed in range(4):
        try_out(planted_in, dataclasses.replace(MUCH, seed=seed), tally, printing=False)
    assert {kind.name for kind in CLIENTS if tally.told.get(kind.name, 0) < 3} == set(), OPEN


@pytest.mark.parametrize("part", ["facts", "properties", "bookmarks", "alternative texts", "files", "page"])
def test_a_report_that_tells_is_found_out(planted_in: Practice, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "import_module", lambda name: _Telling(part))
    with pytest.raises(AssertionError, match=r"client: .* tells ZQ"):
        try_out(planted_in, MUCH, Tally(), printing=True, kinds=(KINDS[0],))


_TOLD_IN_TRUST = "SELECT text FROM trust_note WHERE text NOT LIKE 'OPEN%' LIMIT 1"


class _Telling:
    """A report that tells a confidence in one of its parts."""

    def __init__(self, part: str) -> None:
        self.part, self.told = part, ""

    def read(self, session: Session, asked: Asked) -> str:
        self.told = str(session.connection().exec_driver_sql(_TOLD_IN_TRUST).scalar_one())
        return self.told if self.part == "facts" else "nothing"

    def render(self, facts: str) -> Paper:
        from desktop.reports.blocks import Block, Figure, Heading, Paragraph
        from desktop.reports.charts import bar_chart
        from desktop.reports.look import TITLE
        from desktop.reports.paper import Meta

        def made(width: float) -> Any:
            return bar_chart([("2025", 1)], 100, 20, "#000000")

        told = {self.part: self.told}
        # A long word is cut by a line's end, and found all the same.
        narrow = "Letters " * 11 + told.get("page", "")
        story: list[Block] = [
            Paragraph("Title", TITLE),
            Heading(told.get("bookmarks", "Section")),
            Figure(made, 20, told.get("alternative texts", "A drawing")),
            Paragraph(narrow),
        ]
        meta = Meta("Title", told.get("properties", "Author"), facts=told.get("files", "{}").encode())
        return render(story, meta)


def test_every_report_for_a_client_says_what_it_leaves_out() -> None:
    assert [kind.name for kind in CLIENTS if omissions_of(kind) is None] == []
