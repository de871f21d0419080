"""Why a number is what it is: the facts of a computed judgement, and the record that shows each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = str | int | float | bool | dt.date | None


@dataclass(frozen=True)
class Reason:
    """One reason of a score, a grade or a suggestion.

    `code` names its sentence (desktop/reason_words.py), `facts` are the values in it, and `noun` with `id` is the
    record by which it can be checked; where it rests on many records, that of the client himself. The words of a
    restricted trust note are never among the facts.
    """

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    noun: str = ""
    id: int | None = None
