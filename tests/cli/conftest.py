"""What the tests of the command line stand on: the program run in this process, and a file with one client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from tests.cli.running import Ended, Told


@pytest.fixture(autouse=True)
def speaks_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language of the machine that tests must not matter."""
    for name in ("LC_ALL", "LC_MESSAGES", "CLIENS_PASSPHRASE", "CLIENS_NEW_PASSPHRASE", "CLIENS_RECOVERY_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def ended(capsys: pytest.CaptureFixture[str]) -> Ended:
    """Runs the program; gives its exit code, its answer and its messages."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


@pytest.fixture
def told(ended: Ended) -> Told:
    """Runs a verb that must succeed with --json; gives the one object that it answers."""

    def run(*arguments: object) -> dict[str, Any]:
        code, out, err = ended(*arguments, "--json")
        assert code == 0, err
        assert out.count("\n") == 1
        answer: dict[str, Any] = json.loads(out)
        return answer

    return run


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    """An empty practice file without a passphrase, with one client and one engagement."""
    path = tmp_path / "practice.cliens"
    path.write_bytes(empty_file.read_bytes())
    assert main(["log", str(path), "client", "--name", "Iñaki Larrea", "--standing", "client"]) == 0
    assert (
        main(["log", str(path), "engagement", "--client", "C-0001", "--title", "Berth lease", "--stage", "active"]) == 0
    )
    return path
