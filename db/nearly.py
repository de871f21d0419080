"""What a search by words misses: a phone number typed in another way, and a name typed with a slip."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from db.names import fold, tokens
from db.rows import among

_FEWEST_DIGITS, _SHORTEST_NAME = 5, 4
_CANDIDATES = 3000
LIKE_ENOUGH = 0.74


def parties_by_phone(connection: Connection, text: str, limit: int) -> list[int]:
    """The parties whose phone number begins with these digits, however they are parted; none for other texts."""
    if not re.fullmatch(r"[\d\s()+./-]+", text.strip()):
        return []
    digits = re.sub(r"\D", "", text)
    if len(digits) < _FEWEST_DIGITS:
        return []
    from phonenumbers import country_code_for_region

    country = connection.exec_driver_sql("SELECT country FROM practice").scalar_one()
    bare = digits.removeprefix("00")
    begins = {f"+{bare}", digits, f"+{country_code_for_region(country)}{digits.lstrip('0')}"}
    ranges = " OR ".join("(normal >= ? AND normal < ?)" for _begin in begins)
    bounds = tuple(bound for begin in sorted(begins) for bound in (begin, begin + "~"))
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT party_id FROM contact_point WHERE ({ranges}) AND kind IN ('phone', 'fax') LIMIT ?",
        (*bounds, limit),
    )
    return [row[0] for row in rows]


def parties_by_likeness(connection: Connection, text: str, limit: int) -> list[int]:
    """The parties whose name is nearly this text, the nearest first: two letters swapped, one left out, one wrong."""
    from rapidfuzz.distance import OSA

    words = tokens(text)
    longest = max(words, key=len, default="")
    if len(longest) < _SHORTEST_NAME:
        return []
    # The first two letters are mostly right, and the index knows every name that begins with two.
    starts = dict.fromkeys((longest[:2], longest[1::-1], longest[0] + longest[2]))
    begun = " OR ".join(f'"{start}"*' for start in starts)
    rows = connection.exec_driver_sql(
        "SELECT d.record_id FROM (SELECT rowid FROM search WHERE search MATCH ? LIMIT ?) s"
        " JOIN search_document d ON d.id = s.rowid",
        (f'title : ({begun}) AND scope : "nparty"', _CANDIDATES),
    )
    some = among(row[0] for row in rows)
    names = {
        row[0]: fold(row[1]) for row in connection.exec_driver_sql(f"SELECT id, name FROM party WHERE id IN ({some})")
    }
    likeness = {
        party: min(
            max((OSA.normalized_similarity(word, part[: len(word) + 1]) for part in name.split()), default=0.0)
            for word in words
        )
        for party, name in names.items()
    }
    near = sorted((party for party, like in likeness.items() if like >= LIKE_ENOUGH), key=lambda it: -likeness[it])
    return near[:limit]
