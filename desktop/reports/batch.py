"""Many reports in one go: one for each client of a selection, each a file of its own, made on every core there is."""

from __future__ import annotations

import os
import queue
import threading
import unicodedata
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.client_lists import list_client_rows
from db.engine import told_by_system
from db.errors import Refused, Trouble
from desktop import sentences
from desktop.reports import family
from desktop.reports.family import Ask, Kind
from desktop.reports.hand import Hand
from desktop.reports.making import Fresh, Order, make_one
from desktop.reports.naming import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.vault import Key

    Progress = Callable[[int, int], object]

# Fewer than these are made before another process has read its libraries.
WORTH_A_HAND = 120
MOST_HANDS = 8
LOOK_S = 0.1


@dataclass(frozen=True)
class Unmade:
    """A report that could not be made: whose, and the error that says why."""

    client_id: int
    client: str
    error: Refused | Trouble

    @property
    def why(self) -> str:
        """The error in a sentence."""
        return sentences.refusal(self.error) if isinstance(self.error, Refused) else sentences.trouble(self.error)


@dataclass
class Batch:
    """What has come of an order so far: the files written, in the order of their making, and what could not be made."""

    written: list[Path] = field(default_factory=list)
    unmade: list[Unmade] = field(default_factory=list)


def kinds() -> list[Kind]:
    """The reports that can be made for one client after the other."""
    return [kind for kind in family.KINDS if kind.about == "client"]


def require_kind(name: str) -> Kind:
    """The kind of this name, refused where it is about more than a client can tell."""
    kind = family.kind_of(name)
    if kind.about != "client":
        raise Refused("no-batch", "report")
    return kind


def write_all(
    ask: Ask,
    order: Order,
    batch: Batch,
    progress: Progress,
    *,
    path: Path | None = None,
    key: Key | None = None,
    hands: int | None = None,
) -> Batch:
    """Make every report of the order and write it, whole or not at all; `batch` holds what is done at any moment.

    `progress` is called as (done, of), often, and may raise to end it: what is written by then stays. With the
    practice's `path` and `key` so many other processes do it (`hands`, else one for each core); they end with the call.
    Raises Trouble where the folder cannot be written to.
    """
    kind = require_kind(order.kind)
    _require_folder(order.folder)
    usual = os.cpu_count() or 1 if len(order.ids) >= WORTH_A_HAND else 0
    wanted = usual if hands is None else hands
    if path is None or wanted < 1:
        fresh: Generator[Fresh | None] = _alone(ask, kind, order, order.ids)
    else:
        fresh = _together(ask, kind, order, path, key, min(wanted, MOST_HANDS))
    names_taken: set[str] = set()
    progress(0, len(order.ids))
    done = 0
    with closing(fresh):
        for one in fresh:
            if one is not None:
                done += 1
                _keep(ask, order, batch, one, names_taken)
            progress(done, len(order.ids))
    return batch


def _require_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Trouble("unreadable", path=str(folder), why=error.strerror or str(error)) from None


def _alone(ask: Ask, kind: Kind, order: Order, ids: Sequence[int]) -> Generator[Fresh | None]:
    for client_id in ids:
        yield make_one(ask, kind, replace(order.asked, client_id=client_id))


def _together(ask: Ask, kind: Kind, order: Order, path: Path, key: Key | None, count: int) -> Generator[Fresh | None]:
    """What the hands make, as it comes; what a hand could not end is made here. None comes while nothing does."""
    waiting, coming = deque(order.ids), queue.SimpleQueue[Fresh]()
    hands = [Hand(path, key, order) for _number in range(count)]
    threads = [threading.Thread(target=hand.work, args=(waiting, coming.put), daemon=True) for hand in hands]
    try:
        for thread in threads:
            thread.start()
        left = set(order.ids)
        while any(thread.is_alive() for thread in threads) or not coming.empty():
            try:
                one = coming.get(timeout=LOOK_S)
            except queue.Empty:
                yield None
                continue
            left.discard(one.client_id)
            yield one
        yield from _alone(ask, kind, order, [client_id for client_id in order.ids if client_id in left])
    finally:
        for hand in hands:
            hand.end()


def _keep(ask: Ask, order: Order, batch: Batch, one: Fresh, taken: set[str]) -> None:
    if one.error is not None:
        sort, code, beside, facts = one.error
        error = Refused(code, beside, **facts) if sort is Refused else Trouble(code, **facts)
        batch.unmade.append(Unmade(one.client_id, _name(ask, one.client_id), error))
        return
    path = _free(order.folder, one.name, taken)
    try:
        write_whole(path, one.pdf)
    except OSError as error:
        raise told_by_system(error, path) from None
    batch.written.append(path)


def _name(ask: Ask, client_id: int) -> str:
    rows = ask(list_client_rows, [client_id])
    return rows[0].name if rows else str(client_id)


def _free(folder: Path, name: str, taken: set[str]) -> Path:
    """A place for a file that no other has, also where capitals count for nothing; what is there is never replaced."""
    plain, ending = name.removesuffix(".pdf"), ".pdf"
    number = 1
    while True:
        tried = plain + ("" if number == 1 else f" ({number})") + ending
        folded = unicodedata.normalize("NFC", tried).casefold()
        if folded not in taken and not (folder / tried).exists():
            taken.add(folded)
            return folder / tried
        number += 1
