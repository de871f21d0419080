"""What the file keeps beside its records and derives from them: the index, the order of names, rhythms, health."""

from __future__ import annotations

from sqlalchemy import Connection

from db import kept_health, ordering, rhythms, search, served_rhythms


def keep_up(connection: Connection, touched: dict[str, set[int]], step_id: int) -> None:
    """Bring all of it up to date with the rows that a step touched."""
    search.reindex(connection, touched, step_id)
    ordering.order_touched(connection, touched)
    rhythms.keep_up(connection, touched, step_id)
    served_rhythms.keep_up(connection, touched, step_id)
    kept_health.keep_up(connection, touched, step_id)


def rebuild(connection: Connection) -> None:
    """Make all of it anew, in the practice's own language."""
    search.rebuild(connection)
    ordering.rebuild(connection, connection.exec_driver_sql("SELECT language FROM practice").scalar_one())
    rhythms.rebuild(connection)
    served_rhythms.rebuild(connection)
    kept_health.rebuild(connection)
