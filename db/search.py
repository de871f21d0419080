"""The full-text index over names, contacts, engagements, advice, trust and follow-ups, and find()."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from sqlalchemy import Connection
from sqlmodel import Session

from db.names import fold, tokens

# What a document is made of, by noun: rows of (record id, client id, moment, title, body, restricted).
_DOCUMENTS: dict[str, str] = {
    "party": """SELECT p.id, c.id, p.created_at,
        p.name || ' ' || p.prefix || ' ' || p.given_name || ' ' || p.family_name || ' ' || coalesce(c.number, '') || ' ' ||
            coalesce((SELECT group_concat(n.name, ' ') FROM party_name n WHERE n.party_id = p.id), ''),
        p.organisation || ' ' || p.job_title || ' ' || p.notes || ' ' || coalesce(c.valued || ' ' || c.notes, '') || ' ' ||
            coalesce((SELECT group_concat(k.value, ' ') FROM contact_point k WHERE k.party_id = p.id), '') || ' ' ||
            coalesce((SELECT group_concat(a.street || ' ' || a.postal_code || ' ' || a.city || ' ' || a.country, ' ')
                FROM address a WHERE a.party_id = p.id), '') || ' ' ||
            coalesce((SELECT group_concat(t.name, ' ') FROM tag t WHERE t.party_id = p.id), '') || ' ' ||
            coalesce((SELECT group_concat(x.value, ' ') FROM tax_id x WHERE x.party_id = p.id), '') || ' ' ||
            coalesce((SELECT group_concat(f.value, ' ') FROM custom_field f WHERE f.noun = 'party'
                AND f.record_id = p.id), ''), 0
        FROM party p LEFT JOIN client c ON c.party_id = p.id""",
    "engagement": """SELECT p.id, p.client_id, coalesce(p.opened_on, ''), p.number || ' ' || p.title,
        p.area || ' ' || p.scope_included || ' ' || p.scope_excluded || ' ' || p.assumptions || ' ' || p.client_duties ||
            ' ' || p.outcome || ' ' || p.value_sought || ' ' || p.value_delivered, 0 FROM engagement p""",
    "advice": """SELECT p.id, p.client_id, p.given_at, p.question, p.advice || ' ' || p.basis || ' ' || p.options || ' ' ||
        p.risks || ' ' || p.present || ' ' || p.amend_reason || ' ' || coalesce((SELECT group_concat(r.words || ' ' ||
            r.reason || ' ' || r.consequence, ' ') FROM advice_response r WHERE r.advice_id = p.id
            AND r.withdrawn_at IS NULL), ''), 0 FROM advice p WHERE p.withdrawn_at IS NULL""",
    "trust_note": """SELECT p.id, p.client_id, p.noted_at, '', p.text || ' ' || p.told_by || ' ' || p.learned,
        p.restricted OR p.kind = 'confidence' FROM trust_note p""",
    "promise": """SELECT p.id, p.client_id, p.made_on, '', p.text || ' ' || p.by_whom || ' ' || p.to_whom || ' ' ||
        p.evidence, 0 FROM promise p""",
    "follow_up": "SELECT p.id, p.client_id, p.due_on, '', p.what || ' ' || p.outcome, 0 FROM follow_up p",
    "attachment": "SELECT p.id, p.client_id, p.added_at, '', p.name, 0 FROM attachment p",
}

# Rows whose change changes the document of another row: the query that finds that row.
_PARENTS: dict[str, tuple[str, str]] = {
    "client": ("party", "SELECT party_id FROM client WHERE id IN "),
    "party_name": ("party", "SELECT party_id FROM party_name WHERE id IN "),
    "contact_point": ("party", "SELECT party_id FROM contact_point WHERE id IN "),
    "address": ("party", "SELECT party_id FROM address WHERE id IN "),
    "tag": ("party", "SELECT party_id FROM tag WHERE id IN "),
    "tax_id": ("party", "SELECT party_id FROM tax_id WHERE id IN "),
    "custom_field": ("party", "SELECT record_id FROM custom_field WHERE noun = 'party' AND id IN "),
    "advice_response": ("advice", "SELECT advice_id FROM advice_response WHERE id IN "),
}
_PARENT_COLUMN = {"custom_field": "record_id", "advice_response": "advice_id"}
_NAME_NOUNS = ("party", "engagement")
_RESTRICTED = "xrestricted"
_WORDS_AT_MOST = 32
_COUNT_AT_MOST = 1000


@dataclass(frozen=True)
class Hit:
    """One thing found; `marks` are the (start, end) places in `snippet` that matched."""

    noun: str
    id: int
    number: str
    title: str
    snippet: str
    marks: list[tuple[int, int]]
    client: str
    client_id: int | None
    when: str


@dataclass(frozen=True)
class Found:
    """The hits of a search, how many there are in all (counted to 1,000), and how long it took in milliseconds."""

    total: int
    took_ms: float
    hits: list[Hit]


def make_index(connection: Connection) -> None:
    """Make the empty index; prefixes of two and three letters are indexed because search runs while typing."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE search USING fts5(title, body, scope, content='', contentless_delete=1,"
        " tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
    )


def reindex(connection: Connection, touched: dict[str, set[int]], step_id: int | None = None) -> None:
    """Bring the index up to date with the rows that a step touched."""
    stale: dict[str, set[int]] = {noun: set(ids) for noun, ids in touched.items() if noun in _DOCUMENTS}
    for noun, (parent, query) in _PARENTS.items():
        if noun in touched:
            found = stale.setdefault(parent, set())
            for some in _portions(touched[noun]):
                found.update(row[0] for row in connection.exec_driver_sql(f"{query} ({some})"))
            column = _PARENT_COLUMN.get(noun, "party_id")
            found.update(
                row[0]
                for row in connection.exec_driver_sql(
                    f"SELECT json_extract(before, '$.{column}') FROM change"
                    " WHERE step_id = ? AND noun = ? AND kind = 'delete'",
                    (step_id, noun),
                )
            )
    for noun, ids in stale.items():
        for some in _portions(ids):
            _index(connection, noun, some)


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    connection.exec_driver_sql("DELETE FROM search_document")
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    make_index(connection)
    for noun in _DOCUMENTS:
        _index(connection, noun, None)


def _portions(ids: Iterable[int]) -> Iterator[str]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), 1000):
        yield ",".join(map(str, ordered[start : start + 1000]))


def _wanted(connection: Connection, noun: str, some: str | None) -> Iterator[tuple[Any, ...]]:
    query = _DOCUMENTS[noun]
    if some is not None:
        query += f" {'AND' if ' WHERE p.' in query else 'WHERE'} p.id IN ({some})"
    for record, client, moment, title, body, restricted in connection.exec_driver_sql(query):
        scope = f"n{noun.replace('_', '')}"
        if client is not None:
            scope += f" c{client}"
        if restricted:
            scope += f" {_RESTRICTED}"
        title, body = " ".join(tokens(title)), " ".join(tokens(body))
        yield record, client, moment, title, body, scope, crc32(f"{title}\n{body}\n{scope}".encode())


def _index(connection: Connection, noun: str, some: str | None) -> None:
    among = "" if some is None else f" AND record_id IN ({some})"
    known: dict[int, int] = dict(
        connection.exec_driver_sql(
            f"SELECT record_id, id FROM search_document WHERE noun = ?{among}", (noun,)
        ).fetchall()
    )
    if known:
        connection.exec_driver_sql(f"DELETE FROM search_document WHERE noun = ?{among}", (noun,))
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(row,) for row in known.values()])
    following = connection.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM search_document").scalar_one()
    following = max([following, *(row + 1 for row in known.values())])
    documents, texts = [], []
    for record, client, moment, title, body, scope, digest in _wanted(connection, noun, some):
        # An edited record keeps its place: newest first means newest, not last touched.
        row = known.get(record)
        if row is None:
            row, following = following, following + 1
        documents.append((row, noun, record, client, moment, digest))
        texts.append((row, title, body, scope))
    if documents:
        connection.exec_driver_sql(
            "INSERT INTO search_document (id, noun, record_id, client_id, at, digest) VALUES (?, ?, ?, ?, ?, ?)",
            documents,
        )
        connection.exec_driver_sql("INSERT INTO search (rowid, title, body, scope) VALUES (?, ?, ?, ?)", texts)


def differences(connection: Connection) -> list[tuple[str, int]]:
    """The (noun, record id) pairs where the index and the tables disagree; empty when all is well."""
    wrong: list[tuple[str, int]] = []
    for noun in _DOCUMENTS:
        kept: dict[int, int] = dict(
            connection.exec_driver_sql(
                "SELECT record_id, digest FROM search_document WHERE noun = ?", (noun,)
            ).fetchall()
        )
        for record, _, _, _, _, _, digest in _wanted(connection, noun, None):
            if kept.pop(record, None) != digest:
                wrong.append((noun, record))
        wrong += [(noun, record) for record in kept]
    documents = connection.exec_driver_sql("SELECT count(*) FROM search_document").scalar_one()
    indexed = connection.exec_driver_sql("SELECT count(*) FROM search").scalar_one()
    if documents != indexed:
        wrong.append(("search", abs(documents - indexed)))
    return wrong


def expression(text: str) -> str:
    """What the user typed as an FTS5 expression: each word a prefix, quoted words a phrase; empty when nothing is left."""
    parts = []
    for quoted, plain in re.findall(r'"([^"]*)"?|([^\s"]+)', text)[:_WORDS_AT_MOST]:
        words = tokens(quoted or plain)[:_WORDS_AT_MOST]
        if words:
            parts.append(f'"{" ".join(words)}"' + ("" if quoted else "*"))
    return " ".join(parts)


def find(
    session: Session, text: str, limit: int = 20, *, confidences: bool = False, client_id: int | None = None
) -> Found:
    """Everything that holds all the words: names first, the best match on top, then the rest, newest first.

    Confidences and restricted notes are found only when `confidences` asks for them.
    """
    started = time.perf_counter()
    wanted = expression(text)
    if not wanted:
        return Found(0, 0.0, [])
    connection = session.connection()
    match = "{title body} : (" + wanted.replace('" "', '" AND "').replace('* "', '* AND "') + ")"
    if client_id is not None:
        match += f' AND scope : "c{client_id}"'
    if not confidences:
        match = f"({match}) NOT scope : {_RESTRICTED}"
    names = "(" + " OR ".join(f'"n{noun}"' for noun in _NAME_NOUNS) + ")"
    query = (
        "SELECT d.noun, d.record_id, d.client_id, d.at FROM (SELECT rowid FROM search WHERE search MATCH ?"
        " ORDER BY rowid DESC LIMIT ?) s JOIN search_document d ON d.id = s.rowid"
    )
    named = connection.exec_driver_sql(query, (f"({match}) AND scope : {names}", max(200, limit))).fetchall()
    others = connection.exec_driver_sql(query, (f"({match}) NOT scope : {names}", max(200, limit))).fetchall()
    total = connection.exec_driver_sql(
        "SELECT count(*) FROM (SELECT rowid FROM search WHERE search MATCH ? LIMIT ?)", (match, _COUNT_AT_MOST)
    ).scalar_one()
    words = [word for part in re.findall(r'"([^"]*)"', wanted) for word in part.split()]
    first = sorted(_described(connection, named, words), key=lambda hit: _nearness(hit, words), reverse=True)
    rest = sorted(others, key=lambda row: row[3], reverse=True)[: max(0, limit - len(first))]
    hits = (first + _described(connection, rest, words))[:limit]
    return Found(total, (time.perf_counter() - started) * 1000, hits)


def _nearness(hit: Hit, words: list[str]) -> tuple[int, int, int, str]:
    title = tokens(hit.title)
    whole = sum(word in title for word in words)
    started = sum(any(part.startswith(word) for part in title) for word in words)
    return started, whole, -len(title) + (2 if title[:1] and words and title[0].startswith(words[0]) else 0), hit.when


_SHOWN: dict[str, str] = {
    "party": """SELECT p.id, coalesce(c.number, ''), p.name, p.organisation || ' · ' || coalesce((SELECT group_concat(
        k.value, ' · ') FROM contact_point k WHERE k.party_id = p.id), '') || ' · ' || p.notes || ' · ' ||
        coalesce(c.valued, '') || ' · ' || coalesce((SELECT group_concat(a.street || ' ' || a.postal_code || ' ' || a.city,
        ' · ') FROM address a WHERE a.party_id = p.id), '') FROM party p LEFT JOIN client c ON c.party_id = p.id""",
    "engagement": "SELECT p.id, p.number, p.title, p.area || ' · ' || p.scope_included || ' · ' || p.value_sought || ' · ' "
    "|| p.outcome FROM engagement p",
    "advice": "SELECT p.id, printf('A-%04d', p.id), p.question, p.advice || ' · ' || p.basis || ' · ' || p.options || ' · ' "
    "|| p.risks FROM advice p",
    "trust_note": "SELECT p.id, '', p.kind, p.text || ' · ' || p.learned FROM trust_note p",
    "promise": "SELECT p.id, '', p.text, p.by_whom || ' · ' || p.to_whom || ' · ' || p.evidence FROM promise p",
    "follow_up": "SELECT p.id, '', p.what, p.outcome FROM follow_up p",
    "attachment": "SELECT p.id, '', p.name, p.media_type FROM attachment p",
}


def _described(connection: Connection, rows: Iterable[Any], words: list[str]) -> list[Hit]:
    rows = list(rows)
    shown: dict[tuple[str, int], Any] = {}
    for noun in {row[0] for row in rows}:
        some = ",".join(str(row[1]) for row in rows if row[0] == noun)
        for row in connection.exec_driver_sql(f"{_SHOWN[noun]} WHERE p.id IN ({some})"):
            shown[noun, row[0]] = row
    clients = {row[2] for row in rows if row[2] is not None}
    names: dict[int, str] = {}
    for some in _portions(clients):
        names.update(
            (row[0], row[1])
            for row in connection.exec_driver_sql(
                f"SELECT c.id, p.name FROM client c JOIN party p ON p.id = c.party_id WHERE c.id IN ({some})"
            )
        )
    hits = []
    for noun, record, client, when in rows:
        described = shown.get((noun, record))
        if described is None:
            continue
        text = re.sub(r"(?:\s*·\s*)+", " · ", f"{described[3]}").strip(" ·")
        snippet, marks = _snippet(text, words)
        told = "client" if noun == "party" and client is not None else noun
        hits.append(
            Hit(
                told,
                client if told == "client" else record,
                described[1],
                described[2],
                snippet,
                marks,
                names.get(client, ""),
                client,
                when,
            )
        )
    return hits


def _snippet(text: str, words: list[str], around: int = 60) -> tuple[str, list[tuple[int, int]]]:
    places = [
        (match.start(), match.end())
        for match in re.finditer(r"\w+", text[:20_000])
        if any(fold(match.group()).startswith(word) for word in words)
    ]
    start = 0
    if places and places[0][0] > around:
        start = text.rfind(" ", 0, places[0][0] - around // 2) + 1
    end = start + 2 * around + 40
    lead = "… " if start else ""
    cut = lead + " ".join(text[start:end].splitlines()) + (" …" if end < len(text) else "")
    marks = [(a - start + len(lead), b - start + len(lead)) for a, b in places if a >= start and b <= end]
    return cut, marks
