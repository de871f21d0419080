"""One report of many: the order that they are made by, and what its maker hands over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.errors import Refused, Trouble
from desktop.reports import family
from desktop.reports.family import Ask, Asked, Kind
from desktop.reports.naming import names


@dataclass(frozen=True)
class Order:
    """The reports to make: `asked` holds what they have in common, `ids` are the clients, `folder` where they go."""

    kind: str
    asked: Asked
    ids: tuple[int, ...]
    folder: Path


@dataclass(frozen=True)
class Fresh:
    """One report as its maker hands it over: a name for its file and its bytes, or the error in their place."""

    client_id: int
    name: str = ""
    pdf: bytes = b""
    error: tuple[type[Refused] | type[Trouble], str, str | None, dict[str, object]] | None = None


def make_one(ask: Ask, kind: Kind, asked: Asked) -> Fresh:
    """The report of one client; what is refused, or stands in the way, is given and not raised."""
    assert asked.client_id is not None
    try:
        made = family.make(ask, kind, asked)
        named = ask(names, kind, asked, made.facts)
    except Refused as refused:
        return Fresh(asked.client_id, error=(Refused, refused.code, refused.field, refused.facts))
    except Trouble as trouble:
        return Fresh(asked.client_id, error=(Trouble, trouble.code, None, trouble.facts))
    return Fresh(asked.client_id, named.file_name, made.paper.pdf)
