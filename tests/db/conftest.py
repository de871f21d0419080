"""A practice of which all is known, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.practice import Practice
from tests.db.known_truths import Truths, known_truths


@pytest.fixture(scope="session")
def known_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truths]:
    """The closed file, to be copied and not to be touched, and what is true of its clients."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("known")
        patch.setenv("CLIENS_HOME", str(folder))
        path = Path(shutil.copy(empty_file, folder / "known.cliens"))
        with Practice.open_with(path, None, who="Tess", backup=False) as practice:
            truths = known_truths(practice)
    return path, truths


@pytest.fixture
def truths(known_file: tuple[Path, Truths]) -> Truths:
    """What is true of the clients of the known practice."""
    return known_file[1]


@pytest.fixture
def known(known_file: tuple[Path, Truths], tmp_path: Path) -> Iterator[Practice]:
    """The known practice, open."""
    path = Path(shutil.copy(known_file[0], tmp_path / "known.cliens"))
    with Practice.open_with(path, None, who="Tess", backup=False) as opened:
        yield opened
