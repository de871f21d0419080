"""The shape of a practice file by version, and how an older one becomes today's: Alembic, imported only then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from db.migrations import version_2, version_3, version_4

if TYPE_CHECKING:
    from alembic.operations import Operations

    from db.vault import Key

VERSION = 4

# What brings a file from the version before to this one: {2: add_something, …}. Columns may come and go; a change
# that gives old rows other values would contradict the journal, so it belongs in a step and not here.
CHANGES: dict[int, Callable[[Operations], None]] = {
    2: lambda operations: _run(operations, version_2.STATEMENTS),
    3: lambda operations: _run(operations, version_3.STATEMENTS),
    4: lambda operations: _run(operations, version_4.STATEMENTS),
}


def _run(operations: Operations, statements: str) -> None:
    for statement in filter(None, map(str.strip, statements.split(";\n"))):
        operations.execute(statement)


def migrate(path: Path, key: Key | None, version: int) -> None:
    """Bring a file from `version` to VERSION in one transaction, with its triggers made anew; all of it or nothing."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from db import derived, history
    from db.engine import make_engine

    engine = make_engine(path, key, writing=True)
    try:
        with engine.connect() as connection:
            # Batch changes rebuild tables: with foreign keys on, dropping the old one would cascade.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            with connection.begin():
                operations = Operations(MigrationContext.configure(connection, opts={"render_as_batch": True}))
                for trigger in history.existing_triggers(connection):
                    connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
                for step in range(version + 1, VERSION + 1):
                    CHANGES[step](operations)
                history.make_triggers(connection)
                derived.rebuild(connection)
                orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if orphan is not None:
                    raise RuntimeError(f"a row of {orphan[0]} would lose its row of {orphan[2]}")
                connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
    finally:
        engine.dispose()
