"""The house as DESIGN draws it: who may know whom, how long a file may be, what a tracked file may not name."""

import re
import tomllib
from pathlib import Path

import pytest
from pytest_archon import archrule

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "start.py", *(path for part in ("db", "desktop", "tests") for path in (ROOT / part).rglob("*.py"))]
ROOMS = sorted(path.name for path in (ROOT / "desktop" / "rooms").iterdir() if (path / "__init__.py").is_file())
LOCKS = sorted(ROOT.glob("requirements*.lock"))
JUSTIFIED = {"db/tables.py": "the whole shape of the file is read on one page"}
QT_FREE = ("desktop.reports*", "desktop.text", "desktop.look", "desktop.settings", "desktop.cli*")


def test_the_file_knows_neither_window_nor_paper() -> None:
    (
        archrule("db is usable from a script")
        .match("db", "db.*")
        .should_not_import("PySide6*", "reportlab*", "desktop*")
        .check("db", skip_type_checking=True)
    )


@pytest.mark.parametrize("module", QT_FREE)
def test_what_works_without_a_window_does_not_load_qt(module: str) -> None:
    (
        archrule("no Qt on a server")
        .match(module)
        .should_not_import("PySide6*", "shiboken6*")
        .check("desktop", skip_type_checking=True)
    )


def test_widgets_know_no_noun() -> None:
    (
        archrule("widgets know no noun")
        .match("desktop.widgets*")
        .should_not_import("db*", "desktop.rooms*", "desktop.shell*", "desktop.app", "desktop.practice")
        .check("desktop", skip_type_checking=True)
    )


def test_the_screen_reads_and_writes_by_verbs_alone() -> None:
    (
        archrule("no session and no table on a screen")
        .match("desktop.rooms*", "desktop.shell*", "desktop.widgets*")
        .should_not_import("sqlalchemy*", "sqlmodel*", "sqlcipher3*", "db.tables")
        .check("desktop", skip_type_checking=True, only_direct_imports=True)
    )


@pytest.mark.skipif(len(ROOMS) < 2, reason="there are no two rooms yet")
@pytest.mark.parametrize("room", ROOMS)
def test_no_room_imports_another(room: str) -> None:
    others = [f"desktop.rooms.{other}*" for other in ROOMS if not other.startswith(room)]
    (
        archrule("a room asks the frame for another")
        .match(f"desktop.rooms.{room}*")
        .should_not_import(*others)
        .check("desktop", only_direct_imports=True)
    )


def test_a_file_fits_in_a_head() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > 400 and name not in JUSTIFIED} == {}


def test_a_module_opens_by_saying_what_it_is() -> None:
    texts = {path: path.read_text("utf-8").removeprefix("#!/usr/bin/env python3\n") for path in SOURCES}
    assert [path for path, text in texts.items() if text and not text.startswith('"""')] == []


def test_no_file_names_a_registry() -> None:
    hosts = re.compile(r"py[p]i\.org|python[h]osted\.org|np[m]js\.(org|com)|yarn[p]kg\.com", re.IGNORECASE)
    kept = [path for path in ROOT.glob("*") if path.is_file()] + SOURCES
    kept += [
        path for path in (ROOT / "resources").rglob("*") if path.suffix in {".md", ".txt", ".svg", ".json", ".qss"}
    ]
    kept += (ROOT / ".ci").glob("*")
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in kept}
    assert [path.name for path, text in texts.items() if hosts.search(text)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(lock: Path) -> None:
    requirement = re.compile(r"[a-z0-9.-]+==[\w.]+( ; [\w.<>=!' ()-]+)? \\")
    strange = [
        line
        for line in lock.read_text(encoding="utf-8").splitlines()
        if not requirement.fullmatch(line) and not re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ]
    assert strange == []


@pytest.mark.parametrize(("lock", "extra"), [("", ""), ("-dev", "dev"), ("-build", "build")])
def test_a_lock_covers_what_the_project_asks_for(lock: str, extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    names = {re.split(r"[<>=;\[ ]", need)[0].lower().replace("_", "-") for need in asked}
    locked = re.findall(r"^([a-z0-9.-]+)==", (ROOT / f"requirements{lock}.lock").read_text(), re.MULTILINE)
    assert names - set(locked) == set()


def test_every_font_says_where_it_comes_from_and_whose_it_is() -> None:
    folder = ROOT / "resources" / "fonts"
    listed, owners = (folder / "README.md").read_text("utf-8"), (folder / "OFL.txt").read_text("utf-8")
    for font in folder.glob("*.ttf"):
        assert f"| {font.name} |" in listed
        assert re.search(rf"^{font.name.split('-')[0]}: Copyright", owners, re.MULTILINE)
