"""The index of one file's names: built when first asked for, and kept up with the file's steps."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from db.matching import Match
from db.name_index import KnownName, NameIndex, known_name
from db.names import tokens
from db.rows import among, fetch, ids, scalar

# Past this many changed parties reading everything anew is faster.
MOST_CHANGED = 5_000
# Python runs one thread at a time: the reader rests between so many names.
NAMES_AT_ONCE, REST_S = 20, 0.002
MANY_NAMES = 20_000


@dataclass
class _Kept:
    step: int
    digest: str
    index: NameIndex


# Held by engine, so that the names leave memory with the file.
_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_turn = threading.Lock()
Progress = Callable[[int, int], None]
_waiting = 0


def are_read() -> bool:
    """Whether the names of the open file stand in memory; until then the first search takes seconds on a large one."""
    return bool(_kept)


def read_names(session: Session, progress: Progress) -> int:
    """Read every name ahead of the first search, giving way to the window all the while; gives how many there are.

    `progress` is told how many are read, and may raise to end it.
    """
    with _turn:
        return _current(session, progress).count


def find_known(session: Session, names: list[str]) -> tuple[int, list[list[tuple[KnownName, Match]]]]:
    """How many names are known, and for each name asked for those that may be the same."""
    global _waiting
    _waiting += 1
    try:
        with _turn:
            index = _current(session)
            return index.count, [index.find(name) for name in names]
    finally:
        _waiting -= 1


def _current(session: Session, progress: Progress | None = None) -> NameIndex:
    engine = session.connection().engine
    last = fetch(session, "SELECT id, digest FROM step WHERE digest IS NOT NULL ORDER BY id DESC LIMIT 1")
    step, digest = last[0] if last else (0, "")
    if _changed_parties(session, step, limit=1):
        # Names of a step that is still open may be rolled back: they are read, and not kept.
        return _build(session)
    kept = _kept.get(engine) or _adopted(session)
    if kept is not None and _is_of(session, kept):
        changed = _changed_parties(session, kept.step, limit=MOST_CHANGED + 1)
        if None not in changed and len(changed) <= MOST_CHANGED:
            some = [party for party in changed if party is not None]
            for party in some:
                kept.index.forget(party)
            if some:
                kept.index.add(_read(session, f"WHERE p.id IN ({among(some)})"))
            kept.step, kept.digest = step, digest
            _kept[engine] = kept
            return kept.index
    _kept[engine] = _Kept(step, digest, _build(session, progress))
    return _kept[engine].index


def _adopted(session: Session) -> _Kept | None:
    """What another connection to the same file has read already."""
    return next((kept for kept in _kept.values() if _is_of(session, kept)), None)


def _is_of(session: Session, kept: _Kept) -> bool:
    return bool(kept.step) and scalar(session, "SELECT digest FROM step WHERE id = ?", kept.step) == kept.digest


def _changed_parties(session: Session, after: int, limit: int) -> list[int | None]:
    """The parties whose names changed after a step; None where an erased entry no longer tells whose it was."""
    # The plus keeps SQLite from walking every change of the noun: the few steps since are found by their number.
    return list(
        ids(
            session,
            """SELECT DISTINCT CASE noun WHEN 'party' THEN row_id ELSE coalesce(json_extract(after, '$.party_id'),
                 json_extract(before, '$.party_id'), (SELECT n.party_id FROM party_name n WHERE n.id = row_id)) END
               FROM change WHERE step_id > ? AND +noun IN ('party', 'party_name') LIMIT ?""",
            after,
            limit,
        )
    )


def _build(session: Session, progress: Progress | None = None) -> NameIndex:
    index = NameIndex()
    names = _read(session, "")
    collecting = gc.isenabled()
    # Walking over millions of names in search of rubbish stops every thread for half a second, now and ever after.
    gc.disable()
    try:
        index.add(names if progress is None else _giving_way(names, progress))
    finally:
        if index.count > MANY_NAMES:
            gc.freeze()
        if collecting:
            gc.enable()
    return index


def _giving_way(names: Iterator[KnownName], progress: Progress) -> Iterator[KnownName]:
    """The same names, with a rest after every few, in which the window's thread can run; none while somebody waits."""
    for at, name in enumerate(names, start=1):
        if at % NAMES_AT_ONCE == 0:
            progress(at, 0)
            if not _waiting:
                time.sleep(REST_S)
        yield name


def _read(session: Session, where: str) -> Iterator[KnownName]:
    """The names of parties: their own, the parts when these say more, other names, and a person's employer."""
    for party, kind, name, given, middle, family, employer in fetch(
        session,
        "SELECT p.id, p.kind, p.name, p.given_name, p.middle_name, p.family_name, p.organisation FROM party p " + where,
    ):
        yield known_name(party, kind, name, family=family)
        if kind == "person" and given and family and not set(tokens(f"{given} {family}")) <= set(tokens(name)):
            yield known_name(party, kind, f"{given} {middle} {family}", family=family)
        if employer and kind == "person":
            yield known_name(party, "organisation", employer, "employer")
    for party, kind, own, given, family, kind_of_name, name in fetch(
        session,
        "SELECT p.id, p.kind, p.name, p.given_name, p.family_name, n.kind, n.name"
        f" FROM party_name n JOIN party p ON p.id = n.party_id {where}",
    ):
        yield known_name(party, kind, _whole(name, kind, kind_of_name, own, given, family), kind_of_name)


def _whole(name: str, kind: str, kind_of_name: str, own: str, given: str, family: str) -> str:
    """A single other name made whole: a maiden name stands for the family name, a nickname for the given one."""
    words = own.split()
    if kind != "person" or len(tokens(name)) != 1 or len(words) < 2:
        return name
    if kind_of_name in {"maiden", "former"}:
        return f"{given or words[0]} {name}"
    return f"{name} {family or words[-1]}" if kind_of_name == "nickname" else name
