"""An empty practice on a file of its own, and the short way to bring a file into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from db.exchange.bring import import_file
from db.exchange.reading import read_source
from db.exchange.records import Imported
from db.founding import NewPractice
from db.practice import Practice

Bring = Callable[..., Imported]


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Practice]:
    monkeypatch.setenv("CLIENS_HOME", str(tmp_path / "home"))
    new = NewPractice(name="Kowal & Roca", profession="law", country="PL", currency="PLN")
    with Practice.create(tmp_path / "practice.cliens", new, None, who="Ada Roca") as made:
        yield made


@pytest.fixture
def bring(practice: Practice, tmp_path: Path) -> Bring:
    """Bring in a file by its content (text, bytes or a path); gives what was done."""

    def bring_in(
        content: str | bytes | Path, name: str = "source.csv", as_noun: str | None = None, **how: Any
    ) -> Imported:
        path = tmp_path / name
        if isinstance(content, Path):
            path = content
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        else:
            path.write_bytes(content)
        plan = read_source(path, as_noun, **{"country": "PL", "currency": "PLN", "zone": "Europe/Warsaw", **how})
        done = practice.do(import_file, plan)
        assert isinstance(done.result, Imported)
        return done.result

    return bring_in


def rows(practice: Practice, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a SELECT gives, as plain tuples."""

    def ask(session: Session) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in session.connection().exec_driver_sql(query, values)]

    return practice.ask(ask)
