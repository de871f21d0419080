"""Which entries of the advisory history match, and in which order: ids alone, each question answered from indexes.

A row of the history is long: to read half a million of them takes seconds, an index over them a fifth of one. So what
matches is found in the order of time, and put into another order only then.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from itertools import accumulate
from typing import Any, get_args

from sqlmodel import Session

from db.rows import fetch, many_ids, scalar
from db.search import typed_words
from db.words import Response

# So many ids are looked up one by one; of more, the whole order is read and what does not match is left out.
FEW = 10_000
# Beyond so many words none is taken for a client's name.
_NAMES_AT_MOST = 6
_AMONG = "(SELECT value FROM json_each(?))"
_ANSWERS = ("awaiting", *(word for word in get_args(Response) if word != "awaiting"))


def list_advice_ids(
    session: Session,
    sort: str = "given_at",
    descending: bool = True,
    text: str = "",
    *,
    client_id: int | None = None,
    engagement_id: int | None = None,
    drafts: bool = False,
    state: str = "",
    response: str = "",
    author: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[int]:
    """The ids of the entries that match, in order, without the withdrawn.

    `sort` is given_at, client, question or response; what is equal there stands newest first. `text` finds beginnings
    of words, each in the entry or in the client's name. `response` is one of the responses, of recorded entries alone;
    `since` and `until` are days of the advice, UTC.
    """
    where, values = ["a.withdrawn_at IS NULL"], list[Any]()
    after = until + dt.timedelta(days=1) if until is not None else None
    for condition, value in (
        ("a.client_id = ?", client_id),
        ("a.engagement_id = ?", engagement_id),
        ("a.author = ?", author or None),
        ("a.given_at >= ?", since),
        ("a.given_at < ?", after),
    ):
        if value is not None:
            where.append(condition)
            values.append(str(value) if isinstance(value, dt.date) else value)
    if drafts or state or response == "awaiting":
        where.append("a.state = 'draft'" if drafts or state == "draft" else "a.state = 'recorded'")
    held = _holding(session, text)
    source = "advice a"
    if held is not None and len(held) <= FEW:
        source, values, held = "json_each(?) w CROSS JOIN advice a ON a.id = w.value", [json.dumps(held), *values], None
    elif held is None and sort in _ORDERED and not response and len(where) == 1:
        return _ORDERED[sort](session, None, descending)
    way = "DESC" if descending or sort != "given_at" else "ASC"
    found = many_ids(
        session, f"SELECT a.id FROM {source} WHERE {' AND '.join(where)} ORDER BY a.given_at {way}, a.id {way}", *values
    )
    if held is not None:
        found = _kept(found, held)
    if response or sort == "response":
        found = _answered(session, found, response, descending)
    if sort in _ORDERED and len(found) > 1:
        found = _ORDERED[sort](session, found, descending)
    return found


# ---------------------------------------------------------------------- what is answered


def _answered(session: Session, found: list[int], response: str, descending: bool) -> list[int]:
    """What was answered so, or what is awaited; without a `response` everything, by the word of its answer."""
    marks = bytearray(max(found, default=0) + 1)
    few, values = (f" AND advice_id IN {_AMONG}", [json.dumps(found)]) if len(found) <= FEW else ("", [])
    for number, word in enumerate(_ANSWERS):
        if word != "awaiting" and response in ("", "awaiting", word):
            query = f"SELECT advice_id AS id FROM advice_response WHERE response = ? AND withdrawn_at IS NULL{few}"
            _mark(marks, many_ids(session, query, word, *values), number)
    groups: dict[str, list[int]] = {word: [] for word in _ANSWERS}
    lists = list(groups.values())
    for one in found:
        lists[marks[one]].append(one)
    if response:
        return groups.get(response, [])
    return [one for word in sorted(groups, reverse=descending) for one in groups[word]]


def _mark(marks: bytearray, some: Iterable[int], value: int = 1) -> None:
    end = len(marks)
    for one in some:
        if one < end:
            marks[one] = value


def _kept(ordered: list[int], some: list[int]) -> list[int]:
    """Those of an order that are among some."""
    marks = bytearray(max(ordered, default=0) + 1)
    _mark(marks, some)
    return [one for one in ordered if marks[one]]


# ---------------------------------------------------------------------- in which order


def _by_client(session: Session, found: list[int] | None, descending: bool) -> list[int]:
    way = "DESC" if descending else "ASC"
    order = f"ORDER BY o.key {way}, o.id {way}"
    if found is not None and len(found) <= FEW:
        return many_ids(
            session,
            f"""SELECT a.id FROM json_each(?) w CROSS JOIN advice a ON a.id = w.value
                JOIN client c ON c.id = a.client_id JOIN party_order o ON o.id = c.party_id
            {order}, a.given_at DESC, a.id DESC""",
            json.dumps(found),
        )
    # Each client's entries lie together in the index; to fetch them one client after the other by name would read
    # its pages many times over.
    clients = many_ids(session, f"SELECT c.id FROM party_order o CROSS JOIN client c ON c.party_id = o.id {order}")
    grouped = "FROM advice WHERE withdrawn_at IS NULL"
    entries = many_ids(session, f"SELECT id {grouped} ORDER BY client_id DESC, given_at DESC, id DESC")
    told = fetch(
        session,
        f"""SELECT json_group_array(client_id), json_group_array(entries) FROM
            (SELECT client_id, count(*) AS entries {grouped} GROUP BY client_id ORDER BY client_id DESC LIMIT -1)""",
    )[0]
    owners, counts = json.loads(told[0]), json.loads(told[1])
    count_of, ends = dict(zip(owners, counts, strict=True)), dict(zip(owners, accumulate(counts), strict=True))
    ordered: list[int] = []
    for client in clients:
        if client in ends:
            ordered += entries[ends[client] - count_of[client] : ends[client]]
    return ordered if found is None else _kept(ordered, found)


def _by_question(session: Session, found: list[int] | None, descending: bool) -> list[int]:
    way = "DESC" if descending else "ASC"
    order = f"ORDER BY o.key {way}, o.id {way}"
    if found is not None and len(found) <= FEW:
        return many_ids(session, f"SELECT o.id FROM advice_order o WHERE o.id IN {_AMONG} {order}", json.dumps(found))
    standing = "o.id NOT IN (SELECT id FROM advice WHERE withdrawn_at IS NOT NULL)" if found is None else "1"
    ordered = many_ids(session, f"SELECT o.id FROM advice_order o WHERE {standing} {order}")
    return ordered if found is None else _kept(ordered, found)


_ORDERED = {"client": _by_client, "question": _by_question}


# ---------------------------------------------------------------------- what is typed


def _holding(session: Session, text: str) -> list[int] | None:
    """The entries that hold every word typed, by its beginning, or whose client's name does; None without a word."""
    words = typed_words(text)
    if not words:
        return None
    named = [_of_clients_named(session, word) for word in words[:_NAMES_AT_MOST]]
    if not any(named):
        return _with_words(session, words)
    groups = [([word], own) for word, own in zip(words, named, strict=False)]
    if words[_NAMES_AT_MOST:]:
        groups.append((words[_NAMES_AT_MOST:], []))
    together, size = -1, int(scalar(session, "SELECT max(id) FROM advice") or 0) + 1
    for some, own in groups:
        marks = bytearray(size)
        _mark(marks, _with_words(session, some))
        _mark(marks, own)
        together &= int.from_bytes(marks, "little")
    return [one for one, mark in enumerate(together.to_bytes(size, "little")) if mark]


def _with_words(session: Session, words: list[str]) -> list[int]:
    """The entries that hold all the words themselves."""
    match = " AND ".join(f"{{title body}} : {word}" for word in words)
    return many_ids(
        session,
        "SELECT d.record_id AS id FROM (SELECT rowid FROM search WHERE search MATCH ?) s"
        " CROSS JOIN search_document d ON d.id = s.rowid",
        f'{match} AND scope : "nadvice"',
    )


def _of_clients_named(session: Session, word: str) -> list[int]:
    """The entries of the clients whose name or number holds the word."""
    return many_ids(
        session,
        "SELECT a.id FROM (SELECT rowid FROM search WHERE search MATCH ?) s"
        " CROSS JOIN search_document d ON d.id = s.rowid CROSS JOIN advice a ON a.client_id = d.client_id",
        f'{{title}} : {word} AND scope : "nparty"',
    )
