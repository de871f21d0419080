"""The practice itself: its name, profession, place, paper, and the choices that are its own."""

from __future__ import annotations

import json
from typing import Any

from sqlmodel import Session, select

from db.errors import Refused
from db.history import about
from db.inputs import Country, Currency, Input, Language, Optional, Text
from db.rows import change, scalar
from db.tables import Practice, Setting
from db.words import Profession


class PracticeEdit(Input):
    """Changes to the practice; `colour` as #RRGGBB, `logo_sha256` of an attachment's bytes."""

    name: Text = "-"
    profession: Profession = "law"
    country: Country = "GB"
    currency: Currency = "GBP"
    language: Language = "en"
    address: Optional = ""
    registration: Optional = ""
    email: Optional = ""
    phone: Optional = ""
    website: Optional = ""
    colour: Optional = ""
    logo_sha256: str | None = None


# With more of anything than this, a list is asked for beside the window.
_MANY = 5000


def is_large(session: Session) -> bool:
    """Whether there is so much of anything that lists take longer than one waits for; at once, by the highest ids."""
    nouns = ("client", "engagement", "advice", "promise", "trust_note", "insight", "referral")
    highest = ", ".join(f"(SELECT coalesce(max(id), 0) FROM {noun})" for noun in nouns)
    return bool(scalar(session, f"SELECT max({highest}) > {_MANY}"))


def get_practice(session: Session) -> Practice:
    """The practice's own row, detached: a copy to read."""
    practice = session.exec(select(Practice)).one()
    session.expunge(practice)
    return practice


def edit_practice(session: Session, edit: PracticeEdit) -> None:
    """Change the given fields of the practice."""
    practice = session.exec(select(Practice)).one()
    values = edit.model_dump(exclude_unset=True)
    colour = values.get("colour", "")
    if colour and not (
        len(colour) == 7 and colour[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in colour[1:])
    ):
        raise Refused("not-a-colour", "colour", value=colour)
    change(session, practice, values)
    about(session, practice.name)


def get_setting(session: Session, name: str, default: Any = None) -> Any:
    """A choice of the practice."""
    # Asked for at each step, more than once: as plain SQL, which costs a tenth.
    session.flush()
    value = scalar(session, "SELECT value FROM setting WHERE name = ?", name)
    return default if value is None else json.loads(value)


def set_setting(session: Session, name: str, value: Any) -> None:
    """Keep a choice of the practice; `value` is anything that JSON can hold."""
    setting = session.exec(select(Setting).where(Setting.name == name)).first() or Setting(name=name, value="")
    setting.value = json.dumps(value, ensure_ascii=False)
    session.add(setting)
    about(session, name)
