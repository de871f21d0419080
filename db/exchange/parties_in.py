"""What the contacts of a plan change: which are new, which are known and by what, and what differs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection

from db.exchange.changes import Changes, Values, known_keys, plan_digest, row_digest, rows_by_id
from db.exchange.records import BadRow, ImportPlan, Record
from db.names import tokens

# How a row of a part is told from its sisters.
_SAME: dict[str, tuple[str, ...]] = {
    "party_name": ("name",),
    "contact_point": ("kind", "normal"),
    "address": ("street", "city", "postal_code", "country"),
    "tax_id": ("value",),
    "tag": ("name",),
}
_NEVER_CHANGED = {"sort_name", "kind", "source"}


def compare(connection: Connection, plan: ImportPlan) -> Changes:
    """Work out what bringing these contacts in would change; writes nothing.

    A contact is known by its key in its source, by its client number, or by an equal e-mail and name. What a source
    brought it may change; what is only matched is filled up, never overwritten.
    """
    changes = Changes()
    start = plan_digest(plan)
    keys = known_keys(connection, plan.source)
    people = _by_email_and_name(connection)
    numbers = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT number, party_id FROM client")}
    taken = _Numbers(numbers)
    there = {row[0] for row in connection.exec_driver_sql("SELECT id FROM party")} if keys else set()
    again: set[str] = set()
    known: list[tuple[Record, str, int, bool]] = []
    seen: set[str] = set()
    for record in plan.records:
        digest = row_digest(start, record)
        same = f"{record.key.partition('#')[0]} {digest}"
        if same in seen:
            changes.unchanged += 1
            continue
        seen.add(same)
        mark = keys.get(record.key)
        party = mark[0] if mark and mark[0] in there else None
        if (
            mark
            and party is not None
            and mark[2] == digest
            and not (record.client is not None and party not in taken.parties)
        ):
            changes.unchanged += 1
            continue
        strong = party is not None
        number = (record.client or {}).get("number", "")
        if number:
            holder = numbers.get(number)
            if number in again or (holder is not None and party not in (None, holder)):
                changes.bad.append(BadRow(record.line, "number-taken", plan.told(record), {"number": number}))
                continue
            again.add(number)
            party, strong = (holder, True) if holder is not None else (party, strong)
        if party is None and people:
            party = next((people[pair] for pair in _pairs(record) if pair in people), None)
        if party is None:
            if record.client is not None:
                record.client = _opened(record.client, taken)
            if mark is not None:
                changes.deletes.append(("source_key", mark[1]))
            changes.new.append((record, digest))
        else:
            known.append((record, digest, party, strong))
    _compare_known(connection, plan, changes, known, keys, taken)
    return changes


class _Numbers:
    """The client numbers that are taken, and the next free one."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self.parties = set(numbers.values())
        digits = [int(number[2:]) for number in numbers if number[:2] == "C-" and number[2:].isdigit()]
        self.last = max(digits, default=0)

    def take(self, number: str) -> str:
        if not number:
            number = f"C-{self.last + 1:04d}"
        if number[:2] == "C-" and number[2:].isdigit():
            self.last = max(self.last, int(number[2:]))
        return number


def _opened(client: Values, taken: _Numbers) -> Values:
    opened = {column: value for column, value in client.items() if value not in ("", None)}
    opened["number"] = taken.take(client.get("number", ""))
    opened["standing"] = client.get("standing") or "client"
    opened["since"] = client.get("since")
    return opened


def _by_email_and_name(connection: Connection) -> dict[tuple[str, str], int]:
    rows = connection.exec_driver_sql(
        "SELECT k.normal, p.name, p.id FROM contact_point k JOIN party p ON p.id = k.party_id WHERE k.kind = 'email'"
        " ORDER BY p.id DESC"
    )
    return {(normal, _plain(name)): party for normal, name, party in rows}


def _plain(name: str) -> str:
    return " ".join(sorted(tokens(name)))


def _pairs(record: Record) -> list[tuple[str, str]]:
    emails = [point["normal"] for point in record.parts.get("contact_point", ()) if point["kind"] == "email"]
    return [(email, _plain(record.values["name"])) for email in emails]


def _compare_known(
    connection: Connection,
    plan: ImportPlan,
    changes: Changes,
    known: list[tuple[Record, str, int, bool]],
    keys: dict[str, tuple[int, int, str]],
    taken: _Numbers,
) -> None:
    ids = {party for _, _, party, _ in known}
    parties = rows_by_id(connection, "party", ids)
    clients = rows_by_id(connection, "client", ids, "party_id")
    parts = {table: rows_by_id(connection, table, ids, "party_id") for table in _SAME}
    custom = rows_by_id(connection, "custom_field", ids, "record_id", noun="party")
    brought = _brought(connection, plan.source) if any(strong for *_, strong in known) else set()
    for record, digest, party, strong in known:
        before = changes.size
        _compare_columns(changes, record, parties[party][0], strong)
        for table in _SAME:
            _compare_parts(
                changes, table, record.parts.get(table, []), parts[table].get(party, []), party, strong, brought
            )
        _compare_custom(changes, record, custom.get(party, []), party, strong)
        if record.client is not None:
            _compare_client(changes, record.client, clients.get(party, []), party, taken, strong)
        if changes.size == before:
            changes.unchanged += 1
        else:
            changes.updated += 1
            changes.keep_key(keys.get(record.key), plan.source, record.key, "party", party, digest)


def _brought(connection: Connection, source: str) -> set[tuple[str, int]]:
    """The parts that imports of this source brought, and not a hand: only these may go when the source drops them."""
    names = ", ".join(f"'{table}'" for table in _SAME)
    rows = connection.exec_driver_sql(
        f"SELECT noun, row_id FROM change WHERE kind = 'insert' AND noun IN ({names}) AND step_id IN (SELECT step_id"
        " FROM change WHERE noun = 'source_key' AND row_id IN (SELECT id FROM source_key WHERE source = ?))",
        (source,),
    )
    return {(row[0], row[1]) for row in rows}


def _compare_columns(changes: Changes, record: Record, there: Values, strong: bool) -> None:
    values: Values = {}
    for column, value in record.values.items():
        if column in _NEVER_CHANGED or value in ("", None) or there[column] == value:
            continue
        if strong or (there[column] in ("", None) and column != "raw_card"):
            values[column] = value
    if set(values) == {"raw_card"}:
        return  # a new time stamp of the exporting program is no news
    if "name" in values or "family_name" in values or "given_name" in values:
        values["sort_name"] = record.values["sort_name"]
    if values:
        changes.updates.append(("party", there["id"], values))


def _compare_parts(
    changes: Changes, table: str, told: list[Values], there: list[Values], party: int, strong: bool, brought: set[Any]
) -> None:
    def same(row: Values) -> str:
        return "\t".join(row.get(column) or "" for column in _SAME[table]).casefold()

    kept = {same(row): row for row in there}
    for row in told:
        old = kept.get(same(row))
        if old is None:
            changes.inserts.append((table, {**row, "party_id": party}))
        elif strong:
            differing = {column: value for column, value in row.items() if value != old[column] and value != ""}
            if differing and (table, old["id"]) in brought:
                changes.updates.append((table, old["id"], differing))
    if strong:
        wanted = {same(row) for row in told}
        for key, old in kept.items():
            if key not in wanted and (table, old["id"]) in brought:
                changes.deletes.append((table, old["id"]))


def _compare_custom(changes: Changes, record: Record, there: list[Values], party: int, strong: bool) -> None:
    kept = {row["name"]: row for row in there}
    for name, value in record.custom.items():
        if name not in kept:
            row = {"noun": "party", "record_id": party, "name": name, "value": value}
            changes.inserts.append(("custom_field", row))
        elif strong and kept[name]["value"] != value:
            changes.updates.append(("custom_field", kept[name]["id"], {"value": value}))


def _compare_client(
    changes: Changes, client: Values, there: list[Values], party: int, taken: _Numbers, strong: bool
) -> None:
    if not there:
        changes.files.append((party, _opened(client, taken)))
        return
    old = there[0]
    values = {
        column: value
        for column, value in client.items()
        if value not in ("", None) and old[column] != value and (strong or old[column] in ("", None))
    }
    if values:
        changes.updates.append(("client", old["id"], values))
        if "standing" in values:
            today = dt.date.today().isoformat()
            change = {"client_id": old["id"], "standing": values["standing"], "changed_on": today}
            changes.inserts.append(("standing_change", change))
