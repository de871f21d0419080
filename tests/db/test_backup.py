"""Backups are dated, checked before they count, thinned by a rule no wrong clock breaks, restored to new files."""

from __future__ import annotations

import datetime as dt
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from db import backup
from db.errors import Trouble
from db.practice import Practice
from db.vault import Key
from tests.conftest import PASSPHRASE
from tests.db import made

NOW = dt.datetime(2026, 11, 21, 9, 30)
MOMENTS = some.lists(some.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2026, 11, 21, 23, 59)), max_size=80)


def test_backup_is_the_whole_practice_under_the_same_key(sealed_practice: Practice, key: Key) -> None:
    made.advice(sealed_practice, made.client(sealed_practice), record=True)
    path = sealed_practice.back_up()
    assert path.parent == backup.folder_for(sealed_practice.path)
    assert sealed_practice.last_backup == path
    with Practice.open_with(path, key, backup=False) as copy:
        assert copy.head() == sealed_practice.head()
        assert copy.check().ok


def test_backup_goes_to_a_chosen_folder(practice: Practice, tmp_path: Path) -> None:
    path = practice.back_up(tmp_path / "elsewhere" / "backups")
    assert path.parent == tmp_path / "elsewhere" / "backups"
    assert backup.list_backups(practice.path, path.parent) == [path]


def test_opening_backs_up_at_most_once_an_hour(practice: Practice) -> None:
    practice.close()
    path = practice.path
    for _ in range(3):
        Practice.open(path).close()
    (first,) = backup.list_backups(path)
    an_hour_ago = first.stat().st_mtime - 3601
    os.utime(first, (an_hour_ago, an_hour_ago))
    Practice.open(path).close()
    assert len(backup.list_backups(path)) == 2


def test_clock_set_back_does_not_stop_backups(practice: Practice) -> None:
    practice.close()
    Practice.open(practice.path).close()
    (first,) = backup.list_backups(practice.path)
    tomorrow = first.stat().st_mtime + 86_400
    os.utime(first, (tomorrow, tomorrow))
    Practice.open(practice.path).close()
    assert len(backup.list_backups(practice.path)) == 2


def test_failed_backup_is_a_warning_and_no_obstacle(practice: Practice) -> None:
    practice.close()
    backup.folder_for(practice.path).write_text("a file where the folder should be")
    with Practice.open(practice.path) as again:
        assert [problem.code for problem in again.warnings] == ["no-backup"]
        made.client(again)


def test_two_backups_in_one_second_are_two_files(practice: Practice) -> None:
    assert len({practice.back_up() for _ in range(3)}) == 3


def test_backup_while_writing_is_one_whole_moment(sealed_practice: Practice, key: Key) -> None:
    wrong: list[BaseException] = []
    done = threading.Event()

    def write() -> None:
        try:
            number = 0
            while not done.is_set():
                made.client(sealed_practice, f"Client {number}")
                number += 1
        except BaseException as error:
            wrong.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    paths = [sealed_practice.back_up() for _ in range(4)]
    done.set()
    writer.join()
    assert wrong == []
    for path in paths:
        with Practice.open_with(path, key, accept_older=True, backup=False) as copy:
            assert copy.check().ok


def test_backup_of_a_damaged_file_does_not_count_and_costs_no_older_one(sealed_practice: Practice, key: Key) -> None:
    made.advice(sealed_practice, made.client(sealed_practice), told="word " * 30_000)
    good = sealed_practice.back_up()
    sealed_practice.close()
    content = bytearray(sealed_practice.path.read_bytes())
    content[-5000] ^= 255
    sealed_practice.path.write_bytes(content)
    with pytest.raises(Trouble) as trouble:
        backup.back_up(sealed_practice.path, key)
    assert trouble.value.code == "damaged"
    assert [path.name for path in good.parent.iterdir()] == [good.name]


def test_copy_that_was_cut_off_is_cleared_away(practice: Practice) -> None:
    first = practice.back_up()
    torn = first.with_name(f"{practice.path.stem} 2026-01-01 10.00.00.cliens.part")
    torn.write_bytes(b"half")
    strange = first.with_name("my notes.part")
    strange.write_bytes(b"mine")
    practice.back_up()
    assert not torn.exists()
    assert strange.exists()


def test_restore_writes_a_new_file_that_opens(sealed_practice: Practice, tmp_path: Path) -> None:
    made.client(sealed_practice)
    path = sealed_practice.back_up()
    sealed_practice.close()
    restored = backup.restore(path, tmp_path / "restored.cliens", PASSPHRASE)
    with Practice.open(restored, PASSPHRASE, backup=False) as again:
        assert made.value(again, "SELECT name FROM party") == "Mateusz Zolc"
        assert again.check().ok


def test_restored_older_practice_is_told_from_the_latest(practice: Practice, tmp_path: Path) -> None:
    path = practice.back_up()
    made.client(practice)
    restored = backup.restore(path, tmp_path / "restored.cliens")
    with pytest.raises(Trouble, match="older-copy"):
        Practice.open(restored)
    with Practice.open(restored, accept_older=True, backup=False) as again:
        assert again.check().ok


def test_restore_never_overwrites(practice: Practice, tmp_path: Path) -> None:
    path = practice.back_up()
    target = tmp_path / "mine.cliens"
    target.write_bytes(b"mine")
    with pytest.raises(Trouble, match="exists"):
        backup.restore(path, target)
    assert target.read_bytes() == b"mine"


def test_restore_says_what_is_wrong_with_a_backup(sealed_practice: Practice, tmp_path: Path, other_key: Key) -> None:
    path = sealed_practice.back_up()
    target = tmp_path / "restored.cliens"
    with pytest.raises(Trouble, match="needs-key"):
        backup.restore(path, target)
    with pytest.raises(Trouble, match="wrong-key"):
        backup.restore_with(path, target, other_key)
    with pytest.raises(Trouble, match="missing"):
        backup.restore(tmp_path / "none.cliens", target)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7" + bytes(9000))
    with pytest.raises(Trouble, match="not-a-practice"):
        backup.restore(tmp_path / "letter.pdf", target)
    assert list(tmp_path.glob("restored*")) == []


@given(MOMENTS)
def test_every_backup_of_today_and_the_newest_are_kept(moments: list[dt.datetime]) -> None:
    keep = backup.to_keep(moments, NOW)
    assert {moment for moment in moments if moment.date() == NOW.date()} <= keep <= set(moments)
    assert not moments or max(moments) in keep


@given(MOMENTS)
def test_the_last_of_each_of_thirty_days_and_twelve_months_is_kept(moments: list[dt.datetime]) -> None:
    keep = backup.to_keep(moments, NOW)
    for age in range(30):
        day = NOW.date() - dt.timedelta(days=age)
        of_day = [moment for moment in moments if moment.date() == day]
        assert not of_day or max(of_day) in keep
    for back in range(12):
        year, month = divmod(NOW.year * 12 + NOW.month - 1 - back, 12)
        of_month = [moment for moment in moments if (moment.year, moment.month) == (year, month + 1)]
        assert not of_month or max(of_month) in keep


@given(MOMENTS)
def test_kept_backups_stay_few(moments: list[dt.datetime]) -> None:
    today = {moment for moment in moments if moment.date() == NOW.date()}
    assert len(backup.to_keep(moments, NOW) - today) <= backup.DAYS_KEPT + backup.MONTHS_KEPT


@given(MOMENTS, some.integers(-4000, 4000))
def test_a_wrong_clock_costs_none_of_the_days_and_months_kept(moments: list[dt.datetime], days: int) -> None:
    wrong = NOW + dt.timedelta(days=days)
    left = backup.to_keep([*moments, wrong], wrong)
    right = backup.to_keep(moments, NOW)
    lost = {moment for moment in right - left if moment.date() != NOW.date()}
    assert len(lost) <= 2  # the wrong moment takes one day and one month at most


def test_a_clock_ten_years_ahead_costs_two_backups_at_most() -> None:
    daily = [NOW - dt.timedelta(days=age) for age in range(1, 60)]
    ahead = NOW.replace(year=NOW.year + 10)
    lost = backup.to_keep(daily, NOW) - backup.to_keep([*daily, ahead], ahead)
    assert len(lost) <= 2


def test_year_of_daily_backups_thins_to_the_rule(practice: Practice) -> None:
    first = practice.back_up()
    content = first.read_bytes()
    first.unlink()
    today = dt.datetime.now()
    for age in range(1, 400):
        moment = (today - dt.timedelta(days=age)).replace(hour=12, minute=0, second=0)
        for hour in (9, 12) if age < 5 else (12,):
            name = f"{practice.path.stem} {moment.replace(hour=hour):%Y-%m-%d %H.%M.%S}.cliens"
            first.with_name(name).write_bytes(content[:16])
    practice.back_up()
    kept = backup.list_backups(practice.path)
    assert 36 <= len(kept) <= 43
    assert sum(" 09.00.00" in path.name for path in kept) == 0
