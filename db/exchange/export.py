"""The practice as a folder that any program can read: a CSV of each noun, the attachments, an index to print."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from db import chain
from db.attachments import read_attachment
from db.engine import told_by_system
from db.errors import Refused
from db.exchange.archive import FILES, MANIFEST, SHOWN, VERSION, References, cell_of, fields_of, has_entry, rows_of
from db.exchange.page import write_index
from db.exchange.records import ENTRY_COLUMN, Progress
from db.exchange.values import harmless

_FIRST = {
    "client": "number kind name given_name family_name standing grade since email phone city country language tags",
    "engagement": "number client title area stage opened closed fee_basis fee currency",
    "advice": "client engagement given_at author channel question advice basis risks response recorded",
    "promise": "client engagement by text made_on due status kept_on",
    "trust_note": "client noted_at kind effect text restricted",
    "fee": "client engagement date amount currency kind",
    "follow_up": "client engagement due what done_on",
}
_TOLD_EACH = 2000
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')


@dataclass(frozen=True)
class Exported:
    """What was written: the folder, its files, and the rows in its tables."""

    folder: Path
    files: int
    rows: int


def export_practice(session: Session, folder: Path, progress: Progress | None = None) -> Exported:
    """Write the whole practice into a new folder, confidences marked; gives what was written.

    The folder appears when all of it is written, never half. Raises Refused folder-not-empty, Trouble disk.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder-not-empty", "folder", path=str(folder))
    partial = folder.with_name(folder.name + ".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True, mode=0o700)
        exported = _write_all(session, partial, folder, progress)
        if folder.exists():
            folder.rmdir()
        os.replace(partial, folder)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise told_by_system(error, folder) from None
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return exported


def _write_all(session: Session, partial: Path, folder: Path, progress: Progress | None) -> Exported:
    connection = session.connection()
    references = References(connection)
    counts: dict[str, int] = {}
    columns: list[Sequence[str]] = []
    told = _Told(connection, progress)
    for table in FILES:
        counts[FILES[table][0]] = _write_table(session, table, references, partial, columns, told)
    _write_csv(partial / "columns.csv", ["file", "column", "kind", "refers_to"], columns)
    step, digest, at = chain.head(connection)
    manifest = {"cliens": VERSION, "step": step, "digest": digest, "at": at, "rows": counts}
    (partial / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    write_index(connection, partial / "index.html", counts, references)
    told.tell(end=True)
    files = sum(1 for path in partial.rglob("*") if path.is_file())
    return Exported(folder, files, sum(counts.values()))


class _Told:
    """Says how far the writing is after every so many rows, of about as many as there are: ids tell it at once."""

    def __init__(self, connection: Connection, progress: Progress | None) -> None:
        self._progress, self._done = progress, 0
        lasts = (connection.exec_driver_sql(f'SELECT max(id) FROM "{table}"').scalar() or 0 for table in FILES)
        self._of = sum(lasts) + 1 if progress is not None else 0

    def rows(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """These rows, each counted; whoever gave the writing up is heard in between and after the last."""
        for row in rows:
            self._done += 1
            if self._done % _TOLD_EACH == 0:
                self.tell()
            yield row
        self.tell()

    def tell(self, *, end: bool = False) -> None:
        """Say how far it is, or that all is written."""
        if self._progress is not None:
            self._progress(self._of if end else min(self._done, self._of - 1), self._of)


def _write_table(
    session: Session, table: str, references: References, partial: Path, columns: list[Sequence[str]], told: _Told
) -> int:
    fields = {field.name: field for field in fields_of(table)}
    shown = [name for name in SHOWN.get(table, {}) if name not in fields]
    first = [name for name in _FIRST.get(table, "").split() if name in fields or name in shown]
    names = [*first, *(name for name in [*fields, *shown] if name not in first)]
    file = FILES[table][0]
    for name in names:
        field = fields.get(name)
        columns.append((file, name, field.kind if field else "shown", field.target if field else ""))
    extra = ([ENTRY_COLUMN] if has_entry(table) else []) + (["file"] if table == "attachment" else [])

    def cells(row: dict[str, Any]) -> list[str]:
        said = [
            cell_of(fields[name], row, references) if name in fields else str(row[f"shown {name}"] or "")
            for name in names
        ]
        if has_entry(table):
            said.append(references.of(table, row["id"]))
        if table == "attachment":
            said.append(_write_attachment(session, row, references, partial))
        return said

    rows = told.rows(rows_of(session.connection(), table, tuple(shown)))
    return _write_csv(partial / file, [*names, *extra], (cells(row) for row in rows))


def _write_csv(path: Path, header: Sequence[str], rows: Any) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([harmless(cell) for cell in row])
            count += 1
    return count


def _write_attachment(session: Session, row: dict[str, Any], references: References, partial: Path) -> str:
    name = f"{references.of('attachment', row['id'])} {safe_name(row['name'])}"
    folder = partial / "attachments"
    folder.mkdir(exist_ok=True)
    with (folder / name).open("wb") as file:
        for chunk in read_attachment(session, row["id"]):
            file.write(chunk)
    return f"attachments/{name}"


def file_named(words: str) -> str:
    """A file's name made of words, such as a client's: a stroke in them parts no folders and loses nothing."""
    return safe_name(re.sub(r"[/\\]", "-", words))


def safe_name(name: str) -> str:
    """A file name that stays in its folder and can be written on every system: at most 120 bytes, its ending kept."""
    name = _FORBIDDEN.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .") or "file"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 10:
        stem, dot, ending = name, "", ""
    room = 120 - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + dot + ending
