"""The tags of the practice's parties: how often each is used, and renaming, merging and deleting one everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from db.engine import raw
from db.errors import Refused
from db.history import about
from db.ordering import in_order
from db.rows import fetch, scalar


@dataclass(frozen=True)
class TagRow:
    """A tag, and how many parties wear it."""

    name: str
    count: int


def list_tags(session: Session) -> list[TagRow]:
    """Every tag by name, with the number of its parties."""
    rows = fetch(session, "SELECT name, count(*) FROM tag GROUP BY name")
    return in_order(session, [TagRow(*row) for row in rows], lambda row: row.name)


def rename_tag(session: Session, name: str, new: str) -> int:
    """Give a tag another name on every party; a name that is in use takes both together. Gives how many wore it."""
    new = new.strip()
    if not new:
        raise Refused("required", "name")
    count = _require(session, name)
    if new == name:
        return count
    driver = raw(session.connection())
    worn = "(SELECT party_id FROM tag WHERE name = ?)"
    driver.execute(f"DELETE FROM tag WHERE name = ? AND party_id IN {worn}", (name, new))
    driver.execute("UPDATE tag SET name = ? WHERE name = ?", (new, name))
    about(session, f"{name} → {new}")
    return count


def delete_tag(session: Session, name: str) -> int:
    """Take a tag off every party; gives how many wore it."""
    count = _require(session, name)
    raw(session.connection()).execute("DELETE FROM tag WHERE name = ?", (name,))
    about(session, name)
    return count


def _require(session: Session, name: str) -> int:
    count = int(scalar(session, "SELECT count(*) FROM tag WHERE name = ?", name))
    if not count:
        raise Refused("not-there", "name", noun="Tag", id=name)
    return count
