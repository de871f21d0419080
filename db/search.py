"""The full-text index over names, contacts, engagements, advice, trust and follow-ups, and find()."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from sqlalchemy import Connection
from sqlmodel import Session

from db.documents import DOCUMENTS, ON_ENGAGEMENT, PARENT_COLUMN, PARENTS, SHOWN, UNDER_A_PARTY
from db.engine import raw
from db.names import tokens
from db.nearly import parties_by_likeness, parties_by_phone
from db.rows import scalar
from db.snippet import snippet

_NAME_NOUNS = ("party", "engagement")
_RESTRICTED = "xrestricted"
_WORDS_AT_MOST = 32
_WORD_AT_MOST = 200
_TEXT_AT_MOST = 20_000
_TOKEN_AT_MOST = 32_768
_OWNERS_AT_MOST = 20
_CANDIDATES = 200
_TIDY_EVERY, _PAGES_TIDIED = 8, 16
_COUNT_AT_MOST = 1000
_FEW = 3


@dataclass(frozen=True)
class Hit:
    """One thing found; `marks` are the (start, end) places in `snippet` that matched.

    `engagement_id` says on whose page a decision, a deadline or work outside scope is seen.
    """

    noun: str
    id: int
    number: str
    title: str
    snippet: str
    marks: list[tuple[int, int]]
    client: str
    client_id: int | None
    when: str
    engagement_id: int | None = None


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
    # The index tidies itself in rare long pauses; reindex() does it in many short ones instead.
    connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('automerge', 0)")


def reindex(connection: Connection, touched: dict[str, set[int]], step_id: int) -> None:
    """Bring the index up to date with the rows that a step touched."""
    driver = raw(connection)
    stale: dict[str, set[int]] = {noun: set(ids) for noun, ids in touched.items() if noun in DOCUMENTS}
    for noun, (parent, query) in PARENTS.items():
        if noun in touched:
            found = stale.setdefault(parent, set())
            for some in _portions(touched[noun]):
                found.update(row[0] for row in driver.execute(f"{query} {_AMONG}", (some,)))
            # What was removed, or given to another, leaves the one it belonged to.
            column = PARENT_COLUMN.get(noun, "party_id")
            former = f"json_extract(before, '$.{column}')"
            sql = f"SELECT {former} FROM change WHERE step_id = ? AND +noun = ? AND {former} IS NOT NULL"
            found.update(row[0] for row in driver.execute(sql, (step_id, noun)))
    if "client" in touched:
        for noun, column in UNDER_A_PARTY.items():
            for some in _portions(stale["party"]):
                found = driver.execute(f"SELECT id FROM {noun} WHERE {column} IN {_AMONG}", (some,))
                stale.setdefault(noun, set()).update(row[0] for row in found)
    for noun, ids in stale.items():
        for some in _portions(ids):
            _index(driver, noun, some)
    documents = sum(map(len, stale.values()))
    if documents >= _TIDY_EVERY or not step_id % _TIDY_EVERY:
        pages = max(_PAGES_TIDIED, 2 * documents)
        driver.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    connection.exec_driver_sql("DELETE FROM search_document")
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    make_index(connection)
    driver = raw(connection)
    for noun in DOCUMENTS:
        for some in _portions(row[0] for row in driver.execute(f"SELECT id FROM {noun}").fetchall()):
            _index(driver, noun, some)


_AMONG = "(SELECT value FROM json_each(?))"


def _portions(ids: Iterable[int]) -> Iterator[str]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), 1000):
        yield json.dumps(ordered[start : start + 1000])


def _wanted(driver: Any, noun: str, some: str | None) -> Iterator[tuple[Any, ...]]:
    query = DOCUMENTS[noun]
    if some is not None:
        query += f" {'AND' if ' WHERE p.' in query else 'WHERE'} p.id IN {_AMONG}"
    rows = driver.execute(query, () if some is None else (some,))
    for record, client, moment, title, body, restricted in rows:
        scope = f"n{noun.replace('_', '')}"
        if client is not None:
            scope += f" c{client}"
        if restricted:
            scope += f" {_RESTRICTED}"
        title, body = " ".join(tokens(title)), " ".join(tokens(body))
        yield record, client, moment, title, body, scope, crc32(f"{title}\n{body}\n{scope}".encode())


def _index(driver: Any, noun: str, some: str) -> None:
    known: dict[int, int] = dict(
        driver.execute(
            f"SELECT record_id, id FROM search_document WHERE noun = ? AND record_id IN {_AMONG}", (noun, some)
        )
    )
    if known:
        rows = [(row,) for row in known.values()]
        driver.executemany("DELETE FROM search_document WHERE id = ?", rows)
        driver.executemany("DELETE FROM search WHERE rowid = ?", rows)
    following = driver.execute("SELECT coalesce(max(id), 0) + 1 FROM search_document").fetchone()[0]
    following = max([following, *(row + 1 for row in known.values())])
    documents, texts = [], []
    for record, client, moment, title, body, scope, digest in _wanted(driver, noun, some):
        # An edited record keeps its place: newest first means newest, not last touched.
        row = known.get(record)
        if row is None:
            row, following = following, following + 1
        documents.append((row, noun, record, client, moment, digest))
        texts.append((row, title, body, scope))
    driver.executemany(
        "INSERT INTO search_document (id, noun, record_id, client_id, at, digest) VALUES (?, ?, ?, ?, ?, ?)",
        documents,
    )
    driver.executemany("INSERT INTO search (rowid, title, body, scope) VALUES (?, ?, ?, ?)", texts)


def differences(connection: Connection) -> list[tuple[str, int]]:
    """The (noun, record id) pairs where the index and the tables disagree; empty when all is well."""
    wrong: list[tuple[str, int]] = []
    words: Counter[str] = Counter()
    for noun in DOCUMENTS:
        kept: dict[int, int] = dict(
            connection.exec_driver_sql(
                "SELECT record_id, digest FROM search_document WHERE noun = ?", (noun,)
            ).fetchall()
        )
        for record, _, _, title, body, scope, digest in _wanted(raw(connection), noun, None):
            words.update(f"{title} {body} {scope}".split())
            if kept.pop(record, None) != digest:
                wrong.append((noun, record))
        wrong += [(noun, record) for record in kept]
    documents = connection.exec_driver_sql("SELECT count(*) FROM search_document").scalar_one()
    indexed = connection.exec_driver_sql("SELECT count(*) FROM search").scalar_one()
    if documents != indexed:
        wrong.append(("search", abs(documents - indexed)))
    elif not wrong and _indexed_words(connection) != {word[:_TOKEN_AT_MOST]: count for word, count in words.items()}:
        wrong.append(("search", 0))
    return wrong


def _indexed_words(connection: Connection) -> dict[str, int]:
    """How often each word stands in the index itself."""
    # The view of the index lives in memory, but the engine counts its making as a change.
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    try:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search', 'row')")
        try:
            return dict(connection.exec_driver_sql("SELECT term, cnt FROM temp.words").fetchall())
        finally:
            connection.exec_driver_sql("DROP TABLE temp.words")
    finally:
        connection.exec_driver_sql("PRAGMA query_only = ON")


def expression(text: str) -> str:
    """What the user typed as an FTS5 expression that needs every word; empty when no word is left."""
    return " AND ".join(typed_words(text))


def typed_words(text: str) -> list[str]:
    """What the user typed as FTS5 terms: each word as a prefix, quoted words as a phrase; none without a word."""
    terms = []
    for quoted, plain in re.findall(r'"([^"]*)"?|([^\s"]+)', text[:_TEXT_AT_MOST])[:_WORDS_AT_MOST]:
        words = tokens((quoted or plain)[:_WORD_AT_MOST])[:_WORDS_AT_MOST]
        if words:
            terms.append(f'"{" ".join(words)}"' + ("" if quoted else "*"))
    return list(dict.fromkeys(terms))


def find(
    session: Session,
    text: str,
    limit: int = 20,
    *,
    confidences: bool = False,
    client_id: int | None = None,
    count: int = _COUNT_AT_MOST,
) -> Found:
    """Everything that holds all the words: names first, the best match on top, then the rest, newest first.

    A word may also be met by the name of the client whose record it is. Confidences and restricted notes are found
    only when `confidences` asks for them. What is found is counted, and its newest looked through, up to `count`.
    """
    started = time.perf_counter()
    terms = typed_words(text)
    if not terms:
        return Found(0, 0.0, [])
    connection = session.connection()
    # The beginning "d" of a further word meets half of all words: it orders what the others find.
    telling = [term for term in terms if len(term) > len('"d"*')] or terms
    within = "" if client_id is None else f' AND scope : "c{client_id}"'

    def narrowed(match: str) -> str:
        return f"(({match}){within})" + ("" if confidences else f" NOT scope : {_RESTRICTED}")

    match = narrowed(_inside(telling))
    rows = _rows(connection, match, max(count, limit))
    if len(rows) < count and len(telling) > 1:
        match = narrowed(_match(connection, telling))
        rows = _rows(connection, match, max(count, limit))
    named = [row for row in rows if row[0] in _NAME_NOUNS]
    if len(rows) >= count or len(named) > _CANDIDATES:
        named = _named(connection, match, telling, limit, within)
    others = [row for row in rows if row[0] not in _NAME_NOUNS]
    words = [word for term in terms for word in term.strip('"*').split()]
    first = sorted(_described(connection, named, words), key=lambda hit: _nearness(hit, words), reverse=True)
    rest = sorted(others, key=lambda row: row[3], reverse=True)[: max(0, limit - len(first))]
    hits = (first + _described(connection, rest, words))[:limit]
    if client_id is None and len(hits) < _FEW:
        hits += _missed(connection, text, words, {(row[0], row[1]) for row in rows}, limit - len(hits))
    return Found(max(len(rows), len(hits)), (time.perf_counter() - started) * 1000, hits)


def _missed(connection: Connection, text: str, words: list[str], found: set[tuple[str, int]], limit: int) -> list[Hit]:
    """Whom the words miss: by a phone number written in another way, or by a name with a slip in it."""
    parties = parties_by_phone(connection, text, limit) or parties_by_likeness(connection, text, limit)
    new = [party for party in parties if ("party", party) not in found]
    if not new:
        return []
    rows = {
        row[0]: row
        for row in connection.exec_driver_sql(
            "SELECT record_id, client_id, at FROM search_document"
            f" WHERE noun = 'party' AND record_id IN ({','.join(map(str, new))})"
        )
    }
    return _described(connection, [("party", *rows[party]) for party in new if party in rows], words)


def describe(session: Session, records: Iterable[tuple[str, int]]) -> list[Hit]:
    """Known records as hits, in the order asked; a client is named by its own id. What is gone is left out."""
    connection = session.connection()
    asked = []
    for noun, record in records:
        told = ("party", scalar(session, "SELECT party_id FROM client WHERE id = ?", record))
        asked.append(told if noun == "client" else (noun, record))
    rows = [
        row
        for noun, record in asked
        for row in connection.exec_driver_sql(
            "SELECT noun, record_id, client_id, at FROM search_document WHERE noun = ? AND record_id = ?",
            (noun, record),
        )
    ]
    return _described(connection, rows, [])


def _inside(terms: list[str]) -> str:
    """All the words in one record itself."""
    return " AND ".join(f"{{title body}} : {term}" for term in terms)


def _match(connection: Connection, terms: list[str]) -> str:
    """All the words in one record; of several words some may be the name of the record's client instead."""
    inside = [f"{{title body}} : {term}" for term in terms]
    owners = [_owners(connection, term) if len(terms) > 1 else [] for term in terms]
    if not any(owners):
        return _inside(terms)
    either = [
        "(" + " OR ".join([own, *(f'scope : "c{client}"' for client in clients)]) + ")"
        for own, clients in zip(inside, owners, strict=True)
    ]
    # One word at least stands in the record itself: else a full name would find all that its client ever had.
    return " AND ".join(either) + " AND (" + " OR ".join(inside) + ")"


def _owners(connection: Connection, term: str) -> list[int]:
    """The newest clients whose name holds this word."""
    rows = connection.exec_driver_sql(
        "SELECT d.client_id FROM search s JOIN search_document d ON d.id = s.rowid"
        " WHERE search MATCH ? AND d.client_id IS NOT NULL ORDER BY s.rowid DESC LIMIT ?",
        (f'{{title}} : {term} AND scope : "nparty"', _OWNERS_AT_MOST),
    )
    return [row[0] for row in rows]


def _named(connection: Connection, match: str, terms: list[str], limit: int, within: str) -> list[Any]:
    """The names among too many hits: whole words first, so that the one Ann is not lost among a thousand Annas."""
    names = " OR ".join(f'"n{noun}"' for noun in _NAME_NOUNS)
    whole = " AND ".join(f"{{title}} : {term.rstrip('*')}" for term in terms)
    begun = " AND ".join(f"{{title}} : {term}" for term in terms)
    found: dict[Any, None] = {}
    # Titles alone are quick; what else a name may be met by is asked for only where they are too few.
    for expressed in (f"({whole}){within}", f"({begun}){within}", f"({match})"):
        if len(found) < limit:
            rows = _rows(connection, f"{expressed} AND scope : ({names})", max(_CANDIDATES, limit))
            found |= dict.fromkeys(tuple(row) for row in rows)
    return list(found)


def _rows(connection: Connection, expressed: str, limit: int) -> list[Any]:
    return list(
        connection.exec_driver_sql(
            "SELECT d.noun, d.record_id, d.client_id, d.at FROM (SELECT rowid FROM search WHERE search MATCH ?"
            " ORDER BY rowid DESC LIMIT ?) s JOIN search_document d ON d.id = s.rowid",
            (expressed, limit),
        )
    )


def _nearness(hit: Hit, words: list[str]) -> tuple[int, int, int, str]:
    title = tokens(hit.title)
    whole = sum(word in title for word in words)
    started = sum(any(part.startswith(word) for part in title) for word in words)
    return started, whole, -len(title) + (2 if title[:1] and words and title[0].startswith(words[0]) else 0), hit.when


def _described(connection: Connection, rows: Iterable[Any], words: list[str]) -> list[Hit]:
    rows = list(rows)
    shown: dict[tuple[str, int], Any] = {}
    pages: dict[tuple[str, int], int] = {}
    for noun in {row[0] for row in rows}:
        some = ",".join(str(row[1]) for row in rows if row[0] == noun)
        for row in connection.exec_driver_sql(f"{SHOWN[noun]} WHERE p.id IN ({some})"):
            shown[noun, row[0]] = row
        if noun in ON_ENGAGEMENT:
            found = connection.exec_driver_sql(f"SELECT id, engagement_id FROM {noun} WHERE id IN ({some})")
            pages.update({(noun, row[0]): row[1] for row in found})
    clients = {row[2] for row in rows if row[2] is not None}
    names: dict[int, str] = {}
    for some in _portions(clients):
        names.update(
            (row[0], row[1])
            for row in connection.exec_driver_sql(
                f"SELECT c.id, p.name FROM client c JOIN party p ON p.id = c.party_id WHERE c.id IN {_AMONG}", (some,)
            )
        )
    hits = []
    for noun, record, client, when in rows:
        described = shown.get((noun, record))
        if described is None:
            continue
        text = re.sub(r"(?:\s*·\s*)+", " · ", f"{described[3]}").strip(" ·")
        told_of, marks = snippet(text, words)
        told = "client" if noun == "party" and client is not None else noun
        hits.append(
            Hit(
                told,
                client if told == "client" else record,
                described[1],
                described[2],
                told_of,
                marks,
                names.get(client, ""),
                client,
                when,
                pages.get((noun, record)),
            )
        )
    return hits
