"""Backup and export can be given up on the way, and leave nothing behind that looks like a whole one."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import backup
from db.clients import NewClient, add_client
from db.exchange.export import export_practice
from db.parties import NewParty
from db.practice import Practice


class Enough(Exception):
    """Somebody does not want to wait any longer."""


def _enough(_done: int, _of: int) -> None:
    raise Enough


def test_a_backup_given_up_leaves_nothing_in_its_folder(practice: Practice, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    with pytest.raises(Enough):
        backup.back_up(practice.path, practice.key, folder, _enough)
    assert list(folder.iterdir()) == []
    assert backup.back_up(practice.path, practice.key, folder).parent == folder


def test_an_export_given_up_leaves_no_folder(practice: Practice, tmp_path: Path) -> None:
    practice.do(add_client, NewClient(party=NewParty(kind="organisation", name="Alder"), standing="client"))
    with pytest.raises(Enough):
        practice.ask(export_practice, tmp_path / "out", _enough)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(("out", ".out"))] == []
    assert practice.ask(export_practice, tmp_path / "out").folder == tmp_path / "out"
