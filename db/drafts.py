"""Jottings: what is being typed, kept every other second outside the history, until it is kept or thrown away."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from db.rows import utc_now
from db.tables import Draft


@dataclass(frozen=True)
class JottingRow:
    """What stood in a form by name, when it was last kept, and the draft it goes on with, if any."""

    id: int
    advice_id: int | None
    content: dict[str, str]
    kept_at: dt.datetime


def keep_jotting(
    session: Session, content: Mapping[str, str], jotting_id: int | None = None, advice_id: int | None = None
) -> int:
    """Keep what stands in a form, in place of what stood in it before; gives its id. For `jot`: it is no step."""
    kept = session.get(Draft, jotting_id) if jotting_id is not None else None
    kept = kept or Draft(content="", kept_at=utc_now())
    kept.advice_id, kept.kept_at = advice_id, utc_now()
    kept.content = json.dumps(dict(content), ensure_ascii=False)
    session.add(kept)
    session.flush()
    assert kept.id is not None
    return kept.id


def drop_jotting(session: Session, jotting_id: int | None) -> None:
    """Forget a jotting, for it was recorded, kept as a draft, or thrown away."""
    session.exec(delete(Draft).where(col(Draft.id) == jotting_id))


def list_jottings(session: Session, form: str = "") -> list[JottingRow]:
    """The jottings of advice, or of another form by its name (its content says which), the latest first."""
    rows = map(_row, session.exec(select(Draft).order_by(col(Draft.kept_at).desc(), col(Draft.id))))
    return [row for row in rows if row.content.get("form", "") == form]


def get_jotting(session: Session, jotting_id: int) -> JottingRow | None:
    """One jotting, or None where it is gone."""
    kept = session.get(Draft, jotting_id)
    return None if kept is None else _row(kept)


def jotting_of(session: Session, advice_id: int) -> JottingRow | None:
    """What was typed on a draft after it was last kept, or None."""
    kept = session.exec(select(Draft).where(Draft.advice_id == advice_id)).first()
    return None if kept is None else _row(kept)


def _row(kept: Draft) -> JottingRow:
    return JottingRow(kept.id or 0, kept.advice_id, json.loads(kept.content), kept.kept_at)
