"""What passes between a file and the practice: records, rows that need a look, the plan and its outcome."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.exchange.values import harmless

Progress = Callable[[int, int], None]

LINE_COLUMN = "Cliens line"
WHY_COLUMN = "Cliens why"
ENTRY_COLUMN = "cliens_entry"


@dataclass(frozen=True)
class BadRow:
    """A row that was set aside: where it starts in the file (from 1), a code why, its facts, and what it held."""

    line: int
    why: str
    values: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """One row of a source in the columns of its table (`noun`), with the rows that hang on it.

    `parts` are child rows by table without their parent's id; `client` is the file to open on a party;
    `about` holds the numbers of the client and the engagement that the row names; `cells` is the row as it stood.
    """

    line: int
    noun: str
    key: str
    values: dict[str, Any]
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    client: dict[str, Any] | None = None
    about: tuple[str, str] = ("", "")
    cells: Sequence[str] = ()


@dataclass(frozen=True)
class ImportPlan:
    """A source file that was read and understood, ready to be brought in.

    `recipe` names the program it comes from (or the noun), `source` the name under which its keys are remembered,
    `columns` what each column became, `rows` how many rows or cards the file holds (good and bad), `left_out` how
    many things of a kind (photos) have no place in a practice.
    """

    path: Path
    recipe: str
    noun: str
    source: str
    header: list[str]
    columns: dict[str, str]
    records: list[Record]
    bad: list[BadRow]
    encoding: str = "utf-8"
    delimiter: str = ""
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.records) + len(self.bad)

    def told(self, record: Record) -> dict[str, str]:
        """The row as it stood in the file, by column."""
        return told(self.header, record.cells)


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do; read = created + updated + unchanged + the rows that need a look."""

    read: int
    created: int
    updated: int
    unchanged: int
    needs_a_look: list[BadRow]


def told(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """A row as column → cell; cells beyond the header are named by their place."""
    names = [*header, *(f"column {place + 1}" for place in range(len(header), len(cells)))]
    return {name or f"column {place + 1}": cell for place, (name, cell) in enumerate(zip(names, cells, strict=False))}


def write_bad_rows(path: Path, rows: Sequence[BadRow]) -> None:
    """Write the rows that need a look as CSV, with line and reason, so that they can be mended and tried again."""
    names = list(dict.fromkeys(name for row in rows for name in row.values))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([LINE_COLUMN, WHY_COLUMN, *names])
        for row in rows:
            writer.writerow([row.line, row.why, *(harmless(row.values.get(name, "")) for name in names)])
