"""Some clients as a table in CSV, for a spreadsheet or a mailing; nothing told in trust is in it."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from sqlmodel import Session

from db.client_lists import list_client_rows
from db.engine import told_by_system
from db.exchange.records import Progress
from db.exchange.values import harmless
from db.rows import fetch

_WHO = ("number", "name", "standing", "grade", "responsible", "since")
COLUMNS = (*_WHO, "email", "phone", "city", "last_contact", "tags")
AT_ONCE = 500


def write_client_table(session: Session, path: Path, client_ids: Sequence[int], progress: Progress) -> int:
    """Write these clients, in their order, into a new file; gives how many. Raises Trouble disk."""
    count = 0
    try:
        # A spreadsheet reads UTF-8 as such only after this mark.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(COLUMNS)
            for start in range(0, len(client_ids), AT_ONCE):
                some = list(client_ids[start : start + AT_ONCE])
                reached = _contacts(session, some)
                for row in list_client_rows(session, some):
                    told = reached.get(row.id, {})
                    cells = (
                        *(row.number, row.name, row.shown_standing, row.grade, row.responsible, row.since or ""),
                        *(told.get("email", ""), told.get("phone", ""), row.city, row.last_contact or ""),
                        ", ".join(row.tags),
                    )
                    sheet.writerow([harmless(str(cell)) for cell in cells])
                    count += 1
                progress(count, len(client_ids))
    except OSError as error:
        raise told_by_system(error, path) from None
    return count


def _contacts(session: Session, client_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """The first or preferred e-mail and phone of each."""
    found: dict[int, dict[str, str]] = {}
    rows = fetch(
        session,
        "SELECT c.id, o.kind, o.value FROM client c JOIN contact_point o ON o.party_id = c.party_id"
        " WHERE o.kind IN ('email', 'phone') AND c.id IN (SELECT value FROM json_each(?))"
        " ORDER BY o.preferred, o.id DESC",
        json.dumps(client_ids),
    )
    for client_id, kind, value in rows:
        found.setdefault(client_id, {})[kind] = value
    return found
