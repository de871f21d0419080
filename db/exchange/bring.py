"""The action that brings a source file into the practice, and the look at what it would do."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from db.exchange import histories_in, parties_in
from db.exchange.changes import Changes, write
from db.exchange.histories import HISTORIES
from db.exchange.records import Imported, ImportPlan, Progress
from db.history import about


def import_file(session: Session, plan: ImportPlan, progress: Progress | None = None) -> Imported:
    """Bring a source file in, all of its good rows or none; gives what was done.

    `progress` is told how many of the new records are written. The same file again changes nothing.
    """
    changes = _compare(session, plan)
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    imported = _imported(plan, changes)
    write(session.connection(), plan, changes, now, progress)
    about(session, plan.path.name)
    return imported


def preview(session: Session, plan: ImportPlan) -> Imported:
    """What `import_file` would do; writes nothing."""
    return _imported(plan, _compare(session, plan))


def _compare(session: Session, plan: ImportPlan) -> Changes:
    compare = histories_in.compare if plan.noun in HISTORIES else parties_in.compare
    return compare(session.connection(), plan)


def _imported(plan: ImportPlan, changes: Changes) -> Imported:
    bad = sorted([*plan.bad, *changes.bad], key=lambda row: row.line)
    return Imported(plan.rows, len(changes.new), changes.updated, changes.unchanged, bad)
