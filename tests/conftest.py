"""What every test stands on: a home of its own, and a practice file that is made once and copied."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import vault
from db.practice import NewPractice, Practice
from db.vault import Key
from desktop.collecting import collect

# Before anything loads Qt: the tests need no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PASSPHRASE = "seven quiet herons"


_ended: list[int] = []


def pytest_sessionfinish(exitstatus: int) -> None:
    """How the run ended."""
    _ended.append(int(exitstatus))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """End as the program itself does: PySide takes leftover windows apart in any order as the interpreter ends."""
    if "PySide6.QtWidgets" in sys.modules and _ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_ended[-1])


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """As in the window, only this thread collects the garbage: a widget taken apart on another ends the process."""
    gc.disable()
    yield
    collect()


@pytest.fixture(autouse=True)
def english() -> None:
    """Each test begins in English, whatever was spoken in the one before."""
    from desktop import text

    text.speak("en")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This computer's own folder, empty for each test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CLIENS_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed practice file without a passphrase, to be copied and not to be touched."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("empty")
        patch.setenv("CLIENS_HOME", str(folder))
        path = folder / "practice.cliens"
        Practice.create(path, NewPractice(name="Alder & Finch", country="GB", currency="GBP"), None, "Tess").close()
    return path


@pytest.fixture(scope="session")
def sealed_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    """A closed practice file under PASSPHRASE with its key, to be copied and not to be touched."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("sealed")
        patch.setenv("CLIENS_HOME", str(folder))
        path = folder / "practice.cliens"
        made = Practice.create(path, NewPractice(name="Alder & Finch"), PASSPHRASE, "Tess")
        assert made.key is not None
        made.close()
    return path, made.key


@pytest.fixture(scope="session")
def key(sealed_file: tuple[Path, Key]) -> Key:
    """The key of `sealed_practice`, derived once."""
    return sealed_file[1]


@pytest.fixture(scope="session")
def other_key() -> Key:
    """A key that opens nothing here."""
    return Key(b"another key, that opens nothing!", vault.new_salt())


@pytest.fixture
def practice(empty_file: Path, tmp_path: Path) -> Iterator[Practice]:
    """An empty open practice without a passphrase."""
    path = Path(shutil.copy(empty_file, tmp_path / "practice.cliens"))
    with Practice.open_with(path, None, who="Tess", backup=False) as opened:
        yield opened


@pytest.fixture
def sealed_practice(sealed_file: tuple[Path, Key], tmp_path: Path) -> Iterator[Practice]:
    """An empty open practice under PASSPHRASE."""
    path = Path(shutil.copy(sealed_file[0], tmp_path / "sealed.cliens"))
    with Practice.open_with(path, sealed_file[1], who="Tess", backup=False) as opened:
        yield opened
