"""The way back from an exported folder into a new practice."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db.attachments import CHUNK_BYTES
from db.errors import Refused, Trouble
from db.exchange.archive import FILES, MANIFEST, SINCE, VERSION, Field, fields_of, has_entry, value_of
from db.exchange.changes import Inserts
from db.exchange.export import Exported
from db.exchange.records import ENTRY_COLUMN, Progress
from db.exchange.values import unharmed
from db.history import about

_FLUSH_EVERY = 5_000


def is_export(folder: Path) -> bool:
    """Whether a folder was written by `export_practice`."""
    return (folder / MANIFEST).is_file()


def import_folder(session: Session, folder: Path, progress: Progress | None = None) -> Exported:
    """Bring all of an exported folder into a practice that is still empty, as one step; gives what was read.

    Raises Refused not-an-export, newer-export, practice-not-empty, or damaged-export with file and line.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version = int(manifest["cliens"])
    except FileNotFoundError:
        raise Refused("not-an-export", "folder", path=str(folder)) from None
    except (ValueError, KeyError, TypeError):
        raise Refused("damaged-export", "folder", file=MANIFEST, line=1) from None
    if version > VERSION:
        raise Refused("newer-export", "folder", path=str(folder))
    connection = session.connection()
    if connection.exec_driver_sql("SELECT 1 FROM party LIMIT 1").first():
        raise Refused("practice-not-empty", "folder")
    reading = _Reading(session, folder)
    for done, table in enumerate(FILES):
        if version >= SINCE.get(table, 1):
            reading.read(table)
        if progress is not None:
            progress(done + 1, len(FILES))
    reading.inserts.flush()
    about(session, folder.name)
    return Exported(folder, len(FILES), reading.rows)


class _Reading:
    """One reading of a folder: the ids that its names stand for in this practice."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.connection = session.connection()
        self.folder = folder
        self.inserts = Inserts(self.connection)
        self.rows = 0
        self._ids: dict[tuple[str, str], int] = {}
        self._people: set[int] = set()

    def read(self, table: str) -> None:
        """Bring in one file."""
        file = FILES[table][0]
        fields = fields_of(table)
        line = 1
        try:
            for line, row in enumerate(self._lines(file), start=2):
                values = {
                    field.column: value_of(field, row[field.name], row, self._find)
                    for field in fields
                    if field.name in row
                }
                self._keep(table, fields, row, values)
                self.rows += 1
                if line % _FLUSH_EVERY == 0:
                    self.inserts.flush()
        except (ValueError, KeyError, csv.Error):
            raise Refused("damaged-export", "folder", file=file, line=line) from None
        except OSError as error:
            raise Trouble("unreadable", path=str(self.folder / file), why=error.strerror or "") from None
        self.inserts.flush()

    def _lines(self, file: str) -> Iterator[dict[str, str]]:
        csv.field_size_limit(10_000_000)
        with (self.folder / file).open(encoding="utf-8-sig", newline="") as source:
            reader = csv.reader(source)
            header = next(reader)
            for cells in reader:
                yield dict(zip(header, map(unharmed, cells), strict=True))

    def _find(self, table: str, name: str) -> int:
        return self._ids[table, name]

    def _keep(self, table: str, fields: list[Field], row: dict[str, str], values: dict[str, Any]) -> None:
        if table == "practice":
            setting = ", ".join(f'"{column}" = ?' for column in values)
            self.connection.exec_driver_sql(f"UPDATE practice SET {setting}", tuple(values.values()))
            return
        if table == "setting":
            self.connection.exec_driver_sql("DELETE FROM setting WHERE name = ?", (values["name"],))
        if table == "person":
            known = self.connection.exec_driver_sql("SELECT id FROM person WHERE name = ?", (values["name"],)).scalar()
            if known is not None and known not in self._people:
                self._people.add(known)
                setting = ", ".join(f'"{column}" = ?' for column in values)
                self.connection.exec_driver_sql(f"UPDATE person SET {setting} WHERE id = ?", (*values.values(), known))
                self._ids[table, row[ENTRY_COLUMN]] = known
                return
        if table == "attachment":
            self._keep_bytes(row, values)
        row_id = self.inserts.add(table, values)
        if table in ("client", "engagement"):
            self._ids[table, row["number"]] = row_id
        elif has_entry(table):
            self._ids[table, row[ENTRY_COLUMN]] = row_id

    def _keep_bytes(self, row: dict[str, str], values: dict[str, Any]) -> None:
        path = (self.folder / row["file"]).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise ValueError(row["file"])
        there = self.connection.exec_driver_sql(
            "SELECT 1 FROM attachment_chunk WHERE sha256 = ? LIMIT 1", (values["sha256"],)
        ).first()
        digest = hashlib.sha256()
        with path.open("rb") as file:
            for piece, chunk in enumerate(iter(lambda: file.read(CHUNK_BYTES), b"")):
                digest.update(chunk)
                if not there:
                    self.connection.exec_driver_sql(
                        "INSERT INTO attachment_chunk (sha256, piece, content) VALUES (?, ?, ?)",
                        (values["sha256"], piece, chunk),
                    )
        if digest.hexdigest() != values["sha256"]:
            raise ValueError(row["file"])
