"""The sheet with the recovery key."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.reports.recovery_sheet import recovery_sheet
from tests.reports.reading import fonts, reader, text

KEY = "7K2M9P-Q4R8TW-X3Y6ZA-B5C7DE-F9G2HJ-K4M6NP-Q8R3ST-V5W7XY-Z2A4BC"
AT = dt.datetime(2026, 11, 21, 9, 40, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Recovery key"), ("es", "Clave de recuperación"), ("pl", "Klucz odzyskiwania")]
)
def test_sheet_is_one_page_with_the_whole_key_in_order(language: str, title: str) -> None:
    paper = recovery_sheet("Vega & Noriega", KEY, AT, file="vega.cliens", language=language)
    assert paper.pages == 1
    told = text(paper)
    assert KEY.replace("-", " ") in told
    assert title in told
    assert all(fonts(paper).values())


def test_key_stands_nowhere_but_on_the_page() -> None:
    paper = recovery_sheet("Vega & Noriega", KEY, AT)
    about = reader(paper).metadata
    assert about is not None
    for group in KEY.split("-"):
        assert group not in str(dict(about))
        assert group.encode() not in paper.pdf
