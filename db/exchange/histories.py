"""Histories in tables: engagements, advice, trust notes, promises, fees and follow-ups, one row each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from db import words
from db.errors import Refused
from db.exchange.records import ENTRY_COLUMN, LINE_COLUMN, WHY_COLUMN, BadRow, Record, told
from db.exchange.table import Table
from db.exchange.values import date_of, day_order, decimal_mark, minor_of, moment_of, word_of, yes_of
from db.names import tokens


@dataclass(frozen=True)
class Column:
    """Where a column goes and how its cells are read: text, date, moment, amount, yes, whole, or a closed list."""

    to: str
    read: str = "text"
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """One kind of history: its table, its columns by folded name, those it needs, and those by which a row is known."""

    table: str
    columns: dict[str, Column]
    required: tuple[str, ...]
    known_by: tuple[str, ...]
    settle: Callable[[dict[str, Any], str], None]
    signature: frozenset[str] = field(default_factory=frozenset)


def _word(to: str, allowed: Any) -> Column:
    return Column(to, "word", get_args(allowed))


def _settle_engagement(values: dict[str, Any], now: str) -> None:
    if not values.get("stage"):
        values["stage"] = "completed" if values.get("closed_on") else "active"
    opened, closed = values.get("opened_on"), values.get("closed_on")
    if opened and closed and closed < opened:
        raise Refused("ends-before-it-begins", "closed")
    if not values.get("letter") and values.get("letter_signed_on"):
        values["letter"] = "signed"


def _settle_advice(values: dict[str, Any], now: str) -> None:
    given = values["given_at"]
    if given > now:
        raise Refused("in-the-future", "given_at", value=given)
    recorded = values.pop("recorded", "")
    recorded_at = values.pop("recorded_at", None) or (recorded if recorded not in ("", "yes") else None)
    values["state"] = "recorded" if recorded or recorded_at else "draft"
    if values["state"] == "recorded":
        if not values.get("advice"):
            raise Refused("required", "advice")
        values["recorded_at"] = recorded_at or now
        late = _moment(values["recorded_at"]) - _moment(given) > dt.timedelta(hours=24)
        values["late_entry"] = int(values.get("late_entry") or late)
    response = {name: values.pop(name, "") for name in ("response", "responded_on", "words", "consequence", "reason")}
    if response["response"] and response["response"] != "awaiting":
        if values["state"] != "recorded":
            raise Refused("response-to-draft", "response")
        response["responded_on"] = response["responded_on"] or given[:10]
        values["response"] = response


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _settle_promise(values: dict[str, Any], now: str) -> None:
    kept, due = values.get("kept_on"), values.get("due_on")
    if not values.get("status"):
        values["status"] = "open" if not kept else "late" if due and kept > due else "kept"


def _settle_trust(values: dict[str, Any], now: str) -> None:
    values["effect"] = values.get("effect") or 0
    if not -2 <= values["effect"] <= 2:
        raise Refused("out-of-range", "effect", value=values["effect"], bounds={"ge": -2, "le": 2})
    if values["kind"] in words.RESTRICTED_KINDS:
        values["restricted"] = 1


def _settle_nothing(values: dict[str, Any], now: str) -> None:
    return None


_CLIENT = {"client": Column("client"), "client number": Column("client"), "engagement": Column("engagement")}

HISTORIES: dict[str, History] = {
    "engagements": History(
        "engagement",
        {
            "number": Column("number"),
            "client": Column("client"),
            "client number": Column("client"),
            "title": Column("title"),
            "area": Column("area"),
            "stage": _word("stage", words.Stage),
            "opened": Column("opened_on", "date"),
            "closed": Column("closed_on", "date"),
            "outcome": Column("outcome"),
            "scope included": Column("scope_included"),
            "scope excluded": Column("scope_excluded"),
            "assumptions": Column("assumptions"),
            "client duties": Column("client_duties"),
            "fee basis": _word("fee_basis", words.FeeBasis),
            "fee": Column("fee_minor", "amount"),
            "currency": Column("currency"),
            "letter": _word("letter", words.Letter),
            "letter sent": Column("letter_sent_on", "date"),
            "letter signed": Column("letter_signed_on", "date"),
            "next review": Column("next_review_on", "date"),
            "value sought": Column("value_sought"),
            "value delivered": Column("value_delivered"),
        },
        ("client", "title"),
        ("number",),
        _settle_engagement,
        frozenset({"client", "title", "stage"}),
    ),
    "advice": History(
        "advice",
        _CLIENT
        | {
            "given at": Column("given_at", "moment"),
            "date": Column("given_at", "moment"),
            "zone": Column("zone"),
            "author": Column("author"),
            "channel": _word("channel", words.Channel),
            "direction": _word("direction", words.Direction),
            "minutes": Column("minutes", "whole"),
            "present": Column("present"),
            "question": Column("question"),
            "advice": Column("advice"),
            "basis": Column("basis"),
            "options": Column("options"),
            "risks": Column("risks"),
            "privileged": Column("privileged", "yes"),
            "recorded": Column("recorded", "recorded"),
            "recorded at": Column("recorded_at", "moment"),
            "late entry": Column("late_entry", "yes"),
            "confirmed": Column("confirmed_on", "date"),
            "response": _word("response", words.Response),
            "responded on": Column("responded_on", "date"),
            "amend reason": Column("amend_reason"),
            "withdrawn at": Column("withdrawn_at", "moment"),
            "response words": Column("words"),
            "consequence": Column("consequence"),
            "response reason": Column("reason"),
        },
        ("client", "given_at", "question"),
        ("client_id", "given_at", "question"),
        _settle_advice,
        frozenset({"client", "given at", "question"}),
    ),
    "trust": History(
        "trust_note",
        _CLIENT
        | {
            "noted at": Column("noted_at", "moment"),
            "date": Column("noted_at", "moment"),
            "kind": _word("kind", words.TrustKind),
            "effect": Column("effect", "whole"),
            "facet": _word("facet", words.Facet),
            "told by": Column("told_by"),
            "text": Column("text"),
            "restricted": Column("restricted", "yes"),
            "resolved": Column("resolved_on", "date"),
            "learned": Column("learned"),
        },
        ("client", "noted_at", "kind", "text"),
        ("client_id", "noted_at", "kind", "text"),
        _settle_trust,
        frozenset({"client", "noted at", "kind", "text"}),
    ),
    "promises": History(
        "promise",
        _CLIENT
        | {
            "by": _word("by", words.PromiseBy),
            "by whom": Column("by_whom"),
            "to whom": Column("to_whom"),
            "text": Column("text"),
            "made on": Column("made_on", "date"),
            "due": Column("due_on", "date"),
            "due time": Column("due_time"),
            "status": _word("status", words.PromiseStatus),
            "kept on": Column("kept_on", "date"),
            "evidence": Column("evidence"),
            "undertaking": Column("undertaking", "yes"),
        },
        ("client", "text", "made_on"),
        ("client_id", "made_on", "text"),
        _settle_promise,
        frozenset({"client", "text", "made on"}),
    ),
    "fees": History(
        "fee",
        _CLIENT
        | {
            "date": Column("charged_on", "date"),
            "amount": Column("amount_minor", "amount"),
            "currency": Column("currency"),
            "kind": _word("kind", words.FeeKind),
            "note": Column("note"),
        },
        ("client", "charged_on", "amount_minor"),
        ("client_id", "engagement_id", "charged_on", "amount_minor", "currency", "kind"),
        _settle_nothing,
        frozenset({"client", "date", "amount"}),
    ),
    "follow-ups": History(
        "follow_up",
        _CLIENT
        | {
            "due": Column("due_on", "date"),
            "what": Column("what"),
            "done on": Column("done_on", "date"),
            "outcome": Column("outcome"),
        },
        ("client", "due_on", "what"),
        ("client_id", "due_on", "what"),
        _settle_nothing,
        frozenset({"client", "due", "what"}),
    ),
}
_IGNORED = frozenset(" ".join(tokens(name)) for name in (LINE_COLUMN, WHY_COLUMN, ENTRY_COLUMN))


def history_of(header: Sequence[str]) -> str | None:
    """The kind of history that a header shows without being told."""
    names = {" ".join(tokens(name)) for name in header}
    return next((noun for noun, history in HISTORIES.items() if history.signature <= names), None)


def columns_of(noun: str, header: Sequence[str], mapping: Mapping[str, str] | None) -> dict[str, str]:
    """What each column becomes: the name of a column of this history, "custom" or "ignore"."""
    history = HISTORIES[noun]
    columns: dict[str, str] = {}
    for name in header:
        plain = " ".join(tokens((mapping or {}).get(name, name)))
        columns[name] = plain if plain in history.columns else "ignore" if plain in _IGNORED else "custom"
    there = {history.columns[plain].to for plain in columns.values() if plain in history.columns}
    missing = [needed for needed in history.required if needed not in there]
    if "engagement" in there and "client" in missing:
        missing.remove("client")  # the engagement knows its client
    if missing:
        raise Refused("missing-columns", "mapping", columns=missing, header=list(header))
    return columns


def read_history(
    table: Table, noun: str, columns: dict[str, str], country: str, currency: str, zone: str
) -> tuple[list[Record], list[BadRow]]:
    """Each row as a record, and the rows that need a look."""
    history = HISTORIES[noun]
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    reading: list[tuple[int, str, Column | None, str]] = []
    for place, name in enumerate(table.header):
        column = history.columns.get(columns[name])
        said = [cells[place] for _, cells in table.rows if place < len(cells)] if column else []
        hint = ""
        if column and column.read in ("date", "moment", "recorded"):
            hint = day_order(said, country)
        elif column and column.read == "amount":
            hint = decimal_mark(said, country)
        if column or columns[name] == "custom":
            reading.append((place, name, column, hint))
    records: list[Record] = []
    bad: list[BadRow] = []
    for line, cells in table.rows:
        try:
            records.append(_read_row(history, line, cells, reading, currency, zone, now))
        except Refused as refused:
            facts = dict(refused.facts) | ({"column": refused.field} if refused.field else {})
            bad.append(BadRow(line, refused.code, told(table.header, cells), facts))
    return records, bad


def _read_row(
    history: History,
    line: int,
    cells: list[str],
    reading: list[tuple[int, str, Column | None, str]],
    currency: str,
    zone: str,
    now: str,
) -> Record:
    values: dict[str, Any] = {}
    custom: dict[str, str] = {}
    money: tuple[str, str, str, str] | None = None
    for place, name, column, hint in reading:
        cell = cells[place].strip() if place < len(cells) else ""
        if not cell:
            continue
        if column is None:
            custom[name] = cell
        elif column.read == "text":
            values[column.to] = cell
        elif column.read == "amount":
            money = (column.to, cell, hint, name)
        else:
            values[column.to] = _value(column, cell, name, hint, zone)
    if "currency" in values:
        values["currency"] = values["currency"].upper()
        if not (len(values["currency"]) == 3 and values["currency"].isalpha()):
            raise Refused("not-a-currency", "currency", value=values["currency"])
    if money is not None:
        to, cell, hint, name = money
        values["currency"] = values.get("currency") or currency
        try:
            values[to] = minor_of(cell, values["currency"], hint)
        except Refused as refused:
            raise Refused(refused.code, name, **refused.facts) from None
    for needed in history.required:
        if values.get(needed) in (None, "") and not (needed == "client" and values.get("engagement")):
            raise Refused("required", needed)
    about = (values.pop("client", ""), values.pop("engagement", ""))
    history.settle(values, now)
    parts = {}
    response = values.pop("response", None)
    if response:
        parts["advice_response"] = [response]
    return Record(line, history.table, "", values, parts, custom, about=about, cells=cells)


def _value(column: Column, cell: str, name: str, hint: str, zone: str) -> Any:
    try:
        if column.read == "date":
            return date_of(cell, hint) or None
        if column.read == "moment":
            return moment_of(cell, hint, zone)
        if column.read == "yes":
            return int(yes_of(cell))
        if column.read == "word":
            return word_of(cell, column.allowed)
        if column.read == "recorded":
            return _recorded(cell, hint, zone)
        number = cell.replace("−", "-").removeprefix("+").removesuffix(".0")
        if not number.lstrip("-").isdigit():
            raise Refused("not-a-number", value=cell)
        return int(number)
    except Refused as refused:
        raise Refused(refused.code, name, **refused.facts) from None


def _recorded(cell: str, hint: str, zone: str) -> str:
    """Yes, no, or the moment at which the source says that it was recorded."""
    try:
        return "yes" if yes_of(cell) else ""
    except Refused:
        return moment_of(cell, hint, zone)
