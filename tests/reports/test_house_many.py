"""Papers of the house on very many records: as long as on many, nothing over the edge, no more read than told."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import Session

from db.clients import NewClient, add_client
from db.parties import NewParty
from db.practice import NewPractice, Practice
from desktop.reports import insight_reading, portfolio_reading
from desktop.reports.family import Asked, kind_of, make
from desktop.reports.look import SIDE
from desktop.reports.paper import Paper

AT = dt.datetime(2026, 11, 21, 9, 40, tzinfo=dt.UTC)
CLIENTS, INSIGHTS = 300, 1_200
# A word that no line holds, and a text that no cell holds.
WORD, TEXT = "Donaudampfschifffahrtsgesellschaft" * 4, "They called twice and nobody knew. " * 150


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """A practice with very many clients who all said much."""
    folder: Path = tmp_path_factory.mktemp("crowded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        new = NewPractice(name="Vega & Noriega", profession="law", country="ES", currency="EUR")
        with Practice.create(folder / "crowded.cliens", new, None) as practice:
            practice.do(add_client, NewClient(party=NewParty(name=f"First {WORD}"), standing="client"))
            practice.do(_crowd)
            yield practice


def _crowd(session: Session) -> None:
    run: Any = session.connection().exec_driver_sql
    many = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
    for table, values in (
        ("party", {"id": "n.i", "name": f"'Client ' || n.i || ' {WORD}'"}),
        ("client", {"id": "n.i", "party_id": "n.i", "number": "printf('C-%04d', n.i)",
                    "since": "date('2026-11-20', '-' || (n.i % 300) || ' days')"}),
    ):  # fmt: skip
        _like_the_first(run, table, values, many.format(CLIENTS))
    run(
        f"{many.format(INSIGHTS + 1)} INSERT INTO insight (client_id, kind, heard_on, heard_by, said_by, verbatim,"
        " metric, score, scale, feeling, may_quote) SELECT n.i % ? + 1,"
        " CASE n.i % 3 WHEN 0 THEN 'complaint' WHEN 1 THEN 'survey' ELSE 'praise' END,"
        " date('2026-11-20', '-' || (n.i % 300) || ' days'), '', ?, ?, 'recommend', n.i % 11, 10,"
        " CASE n.i % 2 WHEN 0 THEN 'pleased' ELSE 'displeased' END, n.i % 2 FROM n",
        (CLIENTS, WORD, TEXT[:600]),
    )
    run("INSERT INTO insight_theme (insight_id, name) SELECT id, 'Theme ' || (id % 40) || ? FROM insight", (WORD,))
    run(
        "INSERT INTO insight_action (insight_id, what, owner, due_on, done_on, told_how) SELECT id, ?, ?, '2026-11-01',"
        " CASE id % 2 WHEN 0 THEN '2026-11-02' END, '' FROM insight WHERE id % 5 = 0",
        (TEXT[:600], WORD),
    )


def _like_the_first(run: Any, table: str, values: dict[str, str], many: str) -> None:
    """More rows like the first of a table, but for some columns."""
    columns = [row[1] for row in run(f"PRAGMA table_info({table})").fetchall()]
    told = ", ".join(values.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    run(f"{many} INSERT INTO {table} ({names}) SELECT {told} FROM n, {table} t WHERE t.id = 1")


def edges(paper: Paper) -> tuple[float, float]:
    """How far left and how far right lines of words begin, on all pages."""
    lefts: list[float] = []

    def note(words: str, around: list[float], matrix: list[float], _font: Any, _size: float) -> None:
        # The word behind each page is drawn aslant, from its own middle.
        if words.strip() not in ("", "Internal"):
            lefts.append(matrix[4] * around[0] + matrix[5] * around[2] + around[4])

    for page in PdfReader(io.BytesIO(paper.pdf)).pages:
        page.extract_text(visitor_text=note)
    return min(lefts), max(lefts)


@pytest.mark.parametrize(("name", "most"), [("insight", 30), ("portfolio", 12)])
def test_paper_of_very_many_is_no_longer_than_of_many(crowded: Practice, name: str, most: int) -> None:
    made = make(crowded.ask, kind_of(name), Asked(AT))
    assert 3 < made.paper.pages <= most
    left, right = edges(made.paper)
    width = made.facts.practice.size[0]
    assert left >= SIDE - 1
    assert right < width - SIDE


def test_no_more_is_read_than_is_told(crowded: Practice) -> None:
    insight = crowded.ask(insight_reading.facts, Asked(AT))
    assert insight.heard == INSIGHTS
    assert insight.themes_count == 40
    assert len(insight.themes) == insight_reading.THEMES
    assert all(len(theme.quotes) <= insight_reading.QUOTES for theme in insight.themes)
    listed = (insight.complaints, insight.done, insight.open)
    assert [len(each) for each in listed] == [insight_reading.LISTED] * 3
    assert insight.complaints_count == INSIGHTS // 3
    portfolio = crowded.ask(portfolio_reading.facts, Asked(AT))
    assert portfolio.came_count == CLIENTS - 1
    assert len(portfolio.came) == portfolio_reading.LISTED
