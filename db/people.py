"""The people of the practice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from db.history import about
from db.inputs import Input, Optional, Text
from db.names import initials
from db.ordering import in_order
from db.rows import change, get
from db.tables import Person


class NewPerson(Input):
    """Somebody who works in the practice; `colour` as #RRGGBB."""

    name: Text
    initials: Optional = ""
    email: Optional = ""
    colour: Optional = ""
    active: bool = True


@dataclass(frozen=True)
class PersonRow:
    """A person of the practice."""

    id: int
    name: str
    initials: str
    email: str
    colour: str
    active: bool


def add_person(session: Session, new: NewPerson) -> int:
    """Add a person of the practice."""
    person = Person(**{**new.model_dump(), "initials": new.initials or initials(new.name)})
    session.add(person)
    session.flush()
    about(session, person.name)
    assert person.id is not None
    return person.id


def edit_person(session: Session, person_id: int, edit: NewPerson) -> None:
    """Change the given fields of a person."""
    person = get(session, Person, person_id)
    change(session, person, edit.model_dump(exclude_unset=True))
    about(session, person.name)


def list_people(session: Session) -> list[PersonRow]:
    """Everybody, by name; those who left last."""
    named = in_order(session, session.exec(select(Person)), lambda person: person.name)
    people = sorted(named, key=lambda person: not person.active)
    return [PersonRow(p.id or 0, p.name, p.initials, p.email, p.colour, p.active) for p in people]
