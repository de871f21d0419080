"""One program at a time holds a practice file, and the lock is gone with the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.errors import Trouble
from db.lock import Lock
from db.places import synchronised_by


def test_lock_is_given_back_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.cliens"
    for _ in range(3):
        Lock(path).release()
    assert list(tmp_path.iterdir()) == []


def test_second_lock_is_refused_with_the_holders_words(tmp_path: Path) -> None:
    path = tmp_path / "p.cliens"
    lock = Lock(path)
    told = json.loads(lock.path.read_text())
    with pytest.raises(Trouble, match="in-use") as trouble:
        Lock(path)
    assert {name: told[name] for name in ("who", "computer", "since")}.items() <= trouble.value.facts.items()
    lock.release()
    lock.release()
    Lock(path).release()


@pytest.mark.parametrize("left", ["", "garbage", "[]", "{", "\x00" * 100])
def test_lock_file_that_was_left_behind_holds_nobody(tmp_path: Path, left: str) -> None:
    path = tmp_path / "p.cliens"
    (tmp_path / "p.cliens-lock").write_text(left)
    lock = Lock(path)
    assert json.loads(lock.path.read_text())["process"]
    lock.release()


def test_lock_of_one_file_is_not_that_of_another(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "a.cliens"), Lock(tmp_path / "b.cliens")
    first.release()
    second.release()


@pytest.mark.parametrize(
    ("folders", "service"),
    [
        ("Dropbox", "Dropbox"),
        ("OneDrive - Firm Ltd/Clients", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Documents", None),
        ("Dropboxes", None),
    ],
)
def test_folder_of_a_synchronising_service_is_known_by_name(tmp_path: Path, folders: str, service: str | None) -> None:
    place = tmp_path / folders
    place.mkdir(parents=True)
    assert synchronised_by(place / "p.cliens") == service


def test_folder_of_a_synchronising_service_is_known_by_its_marks(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "deep").mkdir()
    assert synchronised_by(tmp_path / "deep" / "p.cliens") == "Syncthing"
