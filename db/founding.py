"""A new practice: what is asked of the founder, and the tables, index and triggers that its file begins with."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection
from sqlmodel import Session, SQLModel

from db import history, migrations, search, tables
from db.inputs import Country, Currency, Input, Language, Text
from db.look import APPLICATION_ID
from db.words import Profession


class NewPractice(Input):
    """A practice to be made: `country` ISO 3166 in two letters, `currency` ISO 4217, `language` ISO 639."""

    name: Text
    profession: Profession = "law"
    country: Country = "GB"
    currency: Currency = "GBP"
    language: Language = "en"


def lay_out(connection: Connection) -> None:
    """Make everything that an empty practice file holds."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {migrations.VERSION}")
    SQLModel.metadata.create_all(connection)
    search.make_index(connection)
    history.make_triggers(connection)


def found_practice(session: Session, new: NewPractice, identity: str) -> int:
    """Write the practice's one row."""
    practice = tables.Practice(**new.model_dump(), id=1, uuid=identity, created_at=dt.datetime.now(dt.UTC))
    session.add(practice)
    session.add(tables.Ordering(id=1, language=new.language, whole=True))
    history.about(session, new.name)
    return 1
