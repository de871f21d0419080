"""A table file (CSV, TSV, XLSX, XLS, ODS) as a header and rows that know their line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import Refused
from db.exchange.decoding import decode, read_bytes
from db.exchange.records import BadRow, told
from db.exchange.values import unharmed

Row = tuple[int, list[str]]

ROWS_AT_MOST = 200_000
COLUMNS_AT_MOST = 500
_BREAKS_AT_MOST = 100
_PREAMBLE_AT_MOST = 30
_DELIMITERS = ",;\t|"


@dataclass
class Table:
    """A header, the rows under it (line in the file, cells), and the rows that could not be read."""

    header: list[str]
    rows: list[Row]
    bad: list[BadRow] = field(default_factory=list)
    encoding: str = "utf-8"
    delimiter: str = ""


def read_table(
    path: Path,
    known: Callable[[list[str]], int],
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """Read a table; `known` says how many cells of a row are names of columns, by which the header is found.

    Raises Refused which-encoding, encrypted-workbook, damaged-workbook, too-large, too-many-rows, no-rows.
    """
    content = read_bytes(path)
    bad: list[Row] = []
    used, mark = "", ""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from db.exchange.sheets import read_sheet

        rows = read_sheet(path, content)
    else:
        text, used = decode(content, encoding)
        text = text.replace("\0", "")
        first, _, rest = text.partition("\n")
        if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
            delimiter, text = delimiter or first.strip()[4], "\n" + rest
        mark = delimiter or choose_delimiter(text)
        rows, bad = read_csv(text, mark)
    if len(rows) > ROWS_AT_MOST:
        raise Refused("too-many-rows", limit=ROWS_AT_MOST)
    header, below = find_header(rows, known)
    start = rows[0][0] if below and below[0] is rows[0] else 0
    table = Table(header, [], [], used, mark)
    for line, cells in bad:
        if line > start:
            table.bad.append(BadRow(line, "unclosed-quote", told(header, cells)))
    width = len(header)
    for line, cells in below:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            table.bad.append(
                BadRow(line, "too-many-cells", told(header, cells), {"cells": len(cells), "columns": width})
            )
        else:
            table.rows.append((line, cells[:width]))
    if not table.rows and not table.bad:
        raise Refused("no-rows", columns=header)
    return table


def find_header(rows: list[Row], known: Callable[[list[str]], int]) -> tuple[list[str], list[Row]]:
    """The header and the rows under it; what stands above it is no row. A list of e-mails has none."""
    if not rows:
        raise Refused("empty-file")
    scores = [known(cells) for _, cells in rows[:_PREAMBLE_AT_MOST]]
    best = max(scores)
    place = scores.index(best)
    if best == 0:
        if all("@" in "".join(cells) and sum(map(bool, cells)) == 1 for _, cells in rows[:_PREAMBLE_AT_MOST]):
            return ["E-mail"], rows
        widths = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows[:_PREAMBLE_AT_MOST]]
        place = widths.index(max(widths))
    header = [cell.strip().lstrip("\ufeff") for cell in rows[place][1]]
    while header and not header[-1]:
        header.pop()
    if len(header) > COLUMNS_AT_MOST:
        raise Refused("too-many-columns", limit=COLUMNS_AT_MOST)
    return header, rows[place + 1 :]


class _Unclosed(Exception):
    """A quotation mark that is not closed within reason."""


def read_csv(text: str, delimiter: str) -> tuple[list[Row], list[Row]]:
    """The rows that hold anything, and those whose quotation mark is never closed; no row takes others with it."""
    csv.field_size_limit(4_000_000)
    lines = io.StringIO(text, newline=None).readlines()
    rows: list[Row] = []
    bad: list[Row] = []
    start = 0
    while start < len(lines):
        start = _read_from(lines, start, delimiter, rows, bad)
    return rows, bad


def _read_from(lines: list[str], start: int, delimiter: str, rows: list[Row], bad: list[Row]) -> int:
    """Read rows until the end or an unclosed quotation mark; gives the line to go on from."""
    begun = taken = start

    def feed() -> Iterator[str]:
        nonlocal taken
        while taken < len(lines):
            if taken - begun > _BREAKS_AT_MOST:
                raise _Unclosed
            taken += 1
            yield lines[taken - 1]

    # The ordinary reader ends an unclosed mark at the end of the file in silence; the last row is looked at again.
    reader = csv.reader(feed(), delimiter=delimiter)
    try:
        for cells in reader:
            if taken == len(lines) and taken - begun >= 1 and _unclosed("".join(lines[begun:taken]), delimiter):
                raise _Unclosed
            if len(cells) > COLUMNS_AT_MOST:
                del cells[COLUMNS_AT_MOST:]
            if any(cell and not cell.isspace() for cell in cells):
                rows.append((begun + 1, [unharmed(cell) for cell in cells]))
            begun = taken
    except (_Unclosed, csv.Error):
        bad.append(
            (begun + 1, next(csv.reader([lines[begun].rstrip("\r\n")], delimiter=delimiter, quoting=csv.QUOTE_NONE)))
        )
        return begun + 1
    return len(lines)


def _unclosed(text: str, delimiter: str) -> bool:
    """Whether a quotation mark is still open at the end; the reader takes what follows as text of the same cell."""
    probe = "\x02"
    return any(
        probe in cell and cell != probe
        for cells in csv.reader([text + "\n", probe], delimiter=delimiter)
        for cell in cells
    )


def choose_delimiter(text: str) -> str:
    """The delimiter by which most of the first rows have the same number of cells."""
    sample = text[:200_000]
    best, chosen = (0.0, 0), ","
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        widths = [len(cells) for cells in _first_rows(sample, delimiter)]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        score = (round(wide.count(usual) / len(widths), 1), usual)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _first_rows(sample: str, delimiter: str) -> Iterable[list[str]]:
    csv.field_size_limit(4_000_000)
    reader = csv.reader(io.StringIO(sample), delimiter=delimiter)
    try:
        for count, cells in enumerate(reader):
            if count == 60:
                return
            if any(cell.strip() for cell in cells):
                yield cells
    except csv.Error:
        return
