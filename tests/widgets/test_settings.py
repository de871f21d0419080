"""Proof that this computer's choices are kept, and that a damaged file costs nobody a start."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from desktop import settings
from desktop.settings import RECENT_LIMIT, Settings, TableShape


def test_choices_are_there_again_after_a_restart() -> None:
    chosen = Settings(scheme="dark", idle_minutes=3, who_am_i={"practice-1": 7})
    chosen.tables["clients"] = TableShape({"name": 240}, ["fees", "name"], "fees", True)
    chosen.remember("/home/ana/vega.cliens", "Vega & Noriega", "2026-11-21T08:41:00Z")
    chosen.save()
    assert settings.load() == chosen


def test_first_start_has_plain_defaults() -> None:
    found = settings.load()
    assert (found.scheme, found.idle_minutes, found.recent) == ("system", 10, [])
    assert not settings.path().exists()


@pytest.mark.parametrize(
    "damage",
    ["", "{", "null", '{"recent": 3}', '{"scheme": 7}', '{"text_scale": "big"}', '{"tables": {"a": []}}'],
)
def test_damaged_file_is_set_aside_and_the_defaults_are_used(damage: str) -> None:
    settings.path().parent.mkdir(parents=True)
    settings.path().write_text(damage, "utf-8")
    assert settings.load() == Settings()
    assert not settings.path().exists()
    assert settings.path().with_suffix(".damaged.json").read_text("utf-8") == damage


def test_choice_unknown_to_this_version_does_no_harm() -> None:
    settings.path().parent.mkdir(parents=True)
    settings.path().write_text(json.dumps({"scheme": "dark", "from_a_newer_version": 1}), "utf-8")
    assert settings.load().scheme == "dark"


def test_recent_files_come_newest_first_and_once() -> None:
    chosen = Settings()
    for number in range(RECENT_LIMIT + 3):
        chosen.remember(f"/{number}.cliens", str(number), "2026-11-21T08:41:00Z")
    chosen.remember("/5.cliens", "5", "2026-11-21T09:00:00Z")
    assert [known.path for known in chosen.recent[:2]] == ["/5.cliens", f"/{RECENT_LIMIT + 2}.cliens"]
    assert len(chosen.recent) == RECENT_LIMIT
    chosen.forget("/5.cliens")
    assert "/5.cliens" not in [known.path for known in chosen.recent]


def test_unwritable_folder_does_not_disturb_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("CLIENS_HOME", str(tmp_path / "a-file"))
    Settings().save()
    assert settings.load() == Settings()


@pytest.mark.skipif(sys.platform != "linux", reason="the rule of Linux desktops")
def test_folder_follows_the_desktop_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLIENS_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings.path() == tmp_path / "cliens" / "settings.json"
