"""The first sheet with anything on it of a workbook (XLSX, XLS, ODS), read within limits of size."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from db.errors import Refused

_UNPACKED_AT_MOST = 200_000_000
_RATIO_AT_MOST = 100
_SMALL = 10_000_000
_ROWS_AT_MOST = 200_000
_COLUMNS_AT_MOST = 500
_ODS = {
    "table": "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
    "text": "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}",
    "office": "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
}


def read_sheet(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    """Rows as (line, cells), empty ones left out; raises Refused damaged-workbook, encrypted-workbook or too-large."""
    try:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                names = _looked_at(package)
                if "content.xml" in names:
                    return _filled(_ods_rows(package))
            return _xlsx(content)
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in content:
            raise Refused("encrypted-workbook")
        return _xls(content)
    except Refused:
        raise
    except Exception as error:
        # A hostile or torn workbook fails in the reading libraries in many ways; all of them mean the same.
        raise Refused("damaged-workbook", why=type(error).__name__) from None


def _looked_at(package: zipfile.ZipFile) -> set[str]:
    entries = package.infolist()
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if unpacked > _UNPACKED_AT_MOST or (unpacked > _SMALL and unpacked > packed * _RATIO_AT_MOST):
        raise Refused("too-large", megabytes=unpacked // 1_000_000, limit=_UNPACKED_AT_MOST // 1_000_000)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted-workbook")
    return {entry.filename for entry in entries}


def _filled(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    kept: list[tuple[int, list[str]]] = []
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            kept.append((line, cells))
            if len(kept) > _ROWS_AT_MOST:
                raise Refused("too-many-rows", limit=_ROWS_AT_MOST)
    return kept


def _xlsx(content: bytes) -> list[tuple[int, list[str]]]:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                # A false dimension would have each row filled up to it.
                sheet.reset_dimensions()
                rows = enumerate(sheet.iter_rows(values_only=True), start=1)
                kept = _filled((line, [_said(cell) for cell in cells[:_COLUMNS_AT_MOST]]) for line, cells in rows)
                if kept:
                    return kept
        finally:
            book.close()
    return []


def _xls(content: bytes) -> list[tuple[int, list[str]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        kept = _filled(
            (line, [_said(cell) for cell in cells[:_COLUMNS_AT_MOST]]) for line, cells in enumerate(rows, start=1)
        )
        if kept:
            return kept
    return []


def _said(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


def _ods_rows(package: zipfile.ZipFile) -> Iterator[tuple[int, list[str]]]:
    from defusedxml.ElementTree import iterparse

    line, filled = 0, False
    with package.open("content.xml") as file:
        for _, element in iterparse(file, events=("end",)):
            if element.tag == _ODS["table"] + "table" and filled:
                return
            if element.tag != _ODS["table"] + "table-row":
                continue
            cells = _ods_cells(element)
            repeated = int(element.get(_ODS["table"] + "number-rows-repeated", "1"))
            if any(cells):
                filled = True
                for again in range(min(repeated, _ROWS_AT_MOST + 1)):
                    yield line + again + 1, cells
            line += repeated
            element.clear()


def _ods_cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in (_ODS["table"] + "table-cell", _ODS["table"] + "covered-table-cell"):
            continue
        repeated = int(cell.get(_ODS["table"] + "number-columns-repeated", "1"))
        cells += [_ods_text(cell)] * min(repeated, _COLUMNS_AT_MOST - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _ods_text(cell: Any) -> str:
    kind = cell.get(_ODS["office"] + "value-type")
    if kind in ("float", "currency", "percentage"):
        return _said(float(cell.get(_ODS["office"] + "value", "0")))
    if kind == "date":
        return str(cell.get(_ODS["office"] + "date-value", "")).removesuffix("T00:00:00")
    if kind == "boolean":
        return "yes" if cell.get(_ODS["office"] + "boolean-value") == "true" else "no"
    return "\n".join("".join(_ods_runs(line)) for line in cell.findall(_ODS["text"] + "p"))


def _ods_runs(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _ODS["text"] + "s":
            yield " " * min(int(child.get(_ODS["text"] + "c", "1")), 1000)
        elif child.tag == _ODS["text"] + "line-break":
            yield "\n"
        elif child.tag == _ODS["text"] + "tab":
            yield "\t"
        else:
            yield from _ods_runs(child)
        yield child.tail or ""
