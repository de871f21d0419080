"""What the rows of a history change: whose they are, which are new, which are known, and what may still change."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection

from db.errors import Refused
from db.exchange.changes import Changes, Values, known_keys, plan_digest, row_digest, rows_by_id, shape
from db.exchange.histories import HISTORIES, History
from db.exchange.records import BadRow, ImportPlan, Record
from db.names import tokens

_RECORDED_STAYS = {"state", "recorded_at", "late_entry"}


def compare(connection: Connection, plan: ImportPlan) -> Changes:
    """Work out what bringing these rows in would change; writes nothing."""
    history = HISTORIES[plan.noun]
    changes = Changes()
    start = plan_digest(plan)
    keys = known_keys(connection, plan.source)
    owners = _Owners(connection)
    there = _there(connection, history)
    defaults = shape(history.table)
    counted: dict[str, int] = defaultdict(int)
    known: list[tuple[Record, str, int]] = []
    for record in plan.records:
        try:
            owners.settle(record)
        except Refused as refused:
            changes.bad.append(BadRow(record.line, refused.code, plan.told(record), refused.facts))
            continue
        known_by = _known_by(history, record.values)
        key = _key([record.values.get(column, defaults[column]) for column in known_by])
        counted[key] += 1
        record.key = key if counted[key] == 1 else f"{key}#{counted[key]}"
        digest = row_digest(start, record)
        mark = keys.get(record.key)
        if mark is not None and mark[2] == digest and mark[0] in there.ids:
            there.use(key, mark[0])
            changes.unchanged += 1
            continue
        row_id = mark[0] if mark is not None and mark[0] in there.ids else there.find(key)
        if row_id is None:
            if mark is not None:
                changes.deletes.append(("source_key", mark[1]))
            owners.number(record)
            changes.new.append((record, digest))
        else:
            there.use(key, row_id)
            known.append((record, digest, row_id))
    _compare_known(connection, plan, history, changes, known, keys)
    return changes


def _known_by(history: History, values: Values) -> tuple[str, ...]:
    if history.table == "engagement" and not values.get("number"):
        return ("client_id", "title")
    return history.known_by


def _key(values: list[Any]) -> str:
    return hashlib.blake2b(
        json.dumps(values, ensure_ascii=False).encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


class _There:
    """The rows of a table by what they are known by; each stands for one row of a file."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self._by_key: dict[str, list[int]] = defaultdict(list)

    def add(self, key: str, row_id: int) -> None:
        self.ids.add(row_id)
        self._by_key[key].append(row_id)

    def find(self, key: str) -> int | None:
        found = self._by_key.get(key)
        return found[0] if found else None

    def use(self, key: str, row_id: int) -> None:
        found = self._by_key.get(key)
        if found and row_id in found:
            found.remove(row_id)


def _there(connection: Connection, history: History) -> _There:
    there = _There()
    columns = ", ".join(history.known_by)
    alive = " WHERE withdrawn_at IS NULL" if history.table == "advice" else ""
    for row in connection.exec_driver_sql(f"SELECT id, {columns} FROM {history.table}{alive} ORDER BY id"):
        there.add(_key(list(row[1:])), row[0])
    if history.table == "engagement":
        for row in connection.exec_driver_sql("SELECT id, client_id, title FROM engagement ORDER BY id"):
            there.add(_key(list(row[1:])), row[0])
    return there


class _Owners:
    """The clients by number or by a name that only one has, and the engagements by number."""

    def __init__(self, connection: Connection) -> None:
        self.clients: dict[str, int | None] = {}
        rows = connection.exec_driver_sql(
            "SELECT c.id, c.number, p.name FROM client c JOIN party p ON p.id = c.party_id"
        ).fetchall()
        for client_id, _, name in rows:
            plain = " ".join(tokens(name))
            self.clients[plain] = None if plain in self.clients else client_id
        self.clients.update((number.casefold(), client_id) for client_id, number, _ in rows)
        self.engagements: dict[str, tuple[int, int]] = {}
        self.last = 0
        for row_id, client_id, number in connection.exec_driver_sql("SELECT id, client_id, number FROM engagement"):
            self.engagements[number.casefold()] = (row_id, client_id)
            self._count(number)

    def _count(self, number: str) -> None:
        if number[:2] == "E-" and number[2:].isdigit():
            self.last = max(self.last, int(number[2:]))

    def settle(self, record: Record) -> None:
        """Turn the numbers that a row names into ids; refuses those of nobody or of somebody else."""
        client, engagement = record.about
        client_id: int | None = None
        if client:
            client_id = self.clients.get(client.casefold()) or self.clients.get(" ".join(tokens(client)))
            if client_id is None:
                raise Refused("no-such-client", "client", told=client)
        if engagement:
            found = self.engagements.get(engagement.casefold())
            if found is None:
                raise Refused("no-such-engagement", "engagement", told=engagement)
            if client_id not in (None, found[1]):
                raise Refused("other-clients-engagement", "engagement", told=engagement)
            record.values["engagement_id"], client_id = found
        record.values["client_id"] = client_id
        if record.noun == "engagement" and record.values.get("number"):
            self._count(record.values["number"])

    def number(self, record: Record) -> None:
        """Give a new engagement without a number the next one."""
        if record.noun == "engagement" and not record.values.get("number"):
            self.last += 1
            record.values["number"] = f"E-{self.last:04d}"


def _compare_known(
    connection: Connection,
    plan: ImportPlan,
    history: History,
    changes: Changes,
    known: list[tuple[Record, str, int]],
    keys: dict[str, tuple[int, int, str]],
) -> None:
    ids = {row_id for _, _, row_id in known}
    rows = rows_by_id(connection, history.table, ids)
    responses = rows_by_id(connection, "advice_response", ids, "advice_id") if history.table == "advice" else {}
    custom: dict[tuple[int, str], Values] = {
        (row["record_id"], row["name"]): row
        for some in rows_by_id(connection, "custom_field", ids, "record_id", noun=history.table).values()
        for row in some
    }
    for record, digest, row_id in known:
        before, updates = changes.size, len(changes.updates)
        try:
            _compare_row(changes, record, rows[row_id][0])
            _compare_response(changes, record, row_id, responses.get(row_id, []))
        except Refused as refused:
            del changes.updates[updates:]
            changes.bad.append(BadRow(record.line, refused.code, plan.told(record), refused.facts))
            continue
        for name, value in record.custom.items():
            old = custom.get((row_id, name))
            if old is None:
                row = {"noun": history.table, "record_id": row_id, "name": name, "value": value}
                changes.inserts.append(("custom_field", row))
            elif old["value"] != value:
                changes.updates.append(("custom_field", old["id"], {"value": value}))
        if changes.size == before:
            changes.unchanged += 1
        else:
            changes.updated += 1
            changes.keep_key(keys.get(record.key), plan.source, record.key, history.table, row_id, digest)


def _compare_row(changes: Changes, record: Record, there: Values) -> None:
    recorded = there.get("state") == "recorded"
    values = {column: value for column, value in record.values.items() if value is not None and there[column] != value}
    if record.noun == "advice" and (recorded or record.values["state"] == "draft"):
        values = {column: value for column, value in values.items() if column not in _RECORDED_STAYS}
    if recorded and set(values) - {"confirmed_on"}:
        raise Refused("recorded", "advice", number=f"A-{there['id']:04d}")
    if values:
        changes.updates.append((record.noun, there["id"], values))


def _compare_response(changes: Changes, record: Record, row_id: int, there: list[Values]) -> None:
    for response in record.parts.get("advice_response", []):
        standing = [row for row in there if row["withdrawn_at"] is None]
        if not standing:
            changes.inserts.append(("advice_response", {**response, "advice_id": row_id}))
        elif standing[0]["response"] != response["response"]:
            raise Refused("already-answered", "response", number=f"A-{row_id:04d}")
