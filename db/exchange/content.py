"""The digest of all that a practice holds, whatever the ids and steps under which it is kept."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict

from sqlmodel import Session

from db.exchange.archive import FILES, fields_of, rows_of


def content_digest(session: Session) -> str:
    """One digest over every noun: two practices with the same content have the same, in whatever order it came.

    A reference counts as the content of the row it points at. The history of steps is not content, nor the identity
    of the file.
    """
    connection = session.connection()
    known: dict[str, dict[int, str]] = defaultdict(dict)
    whole = hashlib.sha256()
    for table in FILES:
        fields = fields_of(table)
        digests = []
        for row in rows_of(connection, table):
            told = []
            for field in fields:
                value = row[field.column]
                if field.kind == "reference" and value is not None:
                    target = row["noun"] if field.target == "*" else field.target
                    value = known[target].get(value, "gone")
                told.append([field.column, value])
            digest = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
            known[table][row["id"]] = digest
            digests.append(digest)
        whole.update(f"{table} {len(digests)} {' '.join(sorted(digests))}\n".encode())
    return whole.hexdigest()
