"""Proof that typed days and moments are understood."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.widgets.dates import read_date, read_moment

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 9, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-21", "2026-11-21"),
        ("21.11.2026", "2026-11-21"),
        ("21/11/2026", "2026-11-21"),
        ("1.2.27", "2027-02-01"),
        ("21 Nov 2026", "2026-11-21"),
        ("21 November 2026", "2026-11-21"),
        ("Nov 21, 2026", "2026-11-21"),
        ("3 Dec", "2026-12-03"),
        ("21 de noviembre de 2026", "2026-11-21"),
        ("21 listopada 2026", "2026-11-21"),
        ("3 maja 2027", "2027-05-03"),
        ("1 października", "2026-10-01"),
        ("today", "2026-11-21"),
        (" Tomorrow ", "2026-11-22"),
        ("mañana", "2026-11-22"),
        ("wczoraj", "2026-11-20"),
        ("+7", "2026-11-28"),
        ("monday", "2026-11-23"),
        ("saturday", "2026-11-28"),
        ("środa", "2026-11-25"),
    ],
)
def test_typed_day_is_understood(typed: str, meant: str) -> None:
    assert read_date(typed, TODAY) == dt.date.fromisoformat(meant)


@pytest.mark.parametrize("typed", ["", "soon", "31.2.2026", "2026-13-01", "21 Foo 2026", "12345", "0.0.2026"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    assert read_date(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("21 Nov 2026, 09:12", "2026-11-21T09:12"),
        ("today 16:00", "2026-11-21T16:00"),
        ("today, 16:00", "2026-11-21T16:00"),
        ("tomorrow 8.30", "2026-11-22T08:30"),
        ("2026-11-23T07:05", "2026-11-23T07:05"),
        ("2026-11-23 07:05:59", "2026-11-23T07:05"),
        ("16:00", "2026-11-21T16:00"),
        ("now", "2026-11-21T09:12"),
        ("23.11.2026", "2026-11-23T00:00"),
    ],
)
def test_typed_moment_is_understood(typed: str, meant: str) -> None:
    found = read_moment(typed, NOW)
    assert found is not None
    assert found.strftime("%Y-%m-%dT%H:%M") == meant
    assert found.tzinfo is NOW.tzinfo


@pytest.mark.parametrize("typed", ["", "today 25:00", "16:75", "someday 10:00", "10:00 tea"])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    assert read_moment(typed, NOW) is None
