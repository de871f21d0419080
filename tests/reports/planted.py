"""Invented practices full of unmistakable words: each text that no client may read carries one, table by table.

A column is secret unless it stands in SHOWN; a column added to db/tables.py is planted by itself.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table
from sqlmodel import Session

from db import history, tables, words

# In every text that must not leave the practice; in every text that was told in confidence; in what a client may read.
SECRET, CONFIDED, OPEN = "ZQX", "ZQC", "OPEN"
# In what others agreed to be told of them in a statement of experience, and in no other paper for a client.
CITED = "ZQN"
# The client who reads, another, who benefits of the first one's work beside him, and somebody whom nobody knows.
SUBJECT, OTHER, BENEFITS, STRANGER = 1001, 1002, 1003, 1004
AT = dt.datetime(2026, 11, 21, 9, 40, tzinfo=dt.UTC)
Row = dict[str, Any]

# The journal and what follows from other rows is written by the file itself.
_WRITTEN = {"practice", *(history._UNJOURNALLED - {"draft", "attachment_chunk"})}
TABLES = [table for table in tables.Practice.metadata.sorted_tables if table.name not in _WRITTEN]
# A row of these has an owner: whatever it refers to belongs to the same client.
_OWNED = {"client", "engagement", "advice", "promise", "decision", "insight"}

# What decides whether a row is told at all must hold a word of its list; whatever else is listed is planted too.
DECIDING: dict[tuple[str, str], tuple[str, ...]] = {
    ("party", "kind"): get_args(words.PartyKind),
    ("party", "language"): ("en", "es-ES", "pl", ""),
    ("engagement", "stage"): get_args(words.Stage),
    ("engagement", "fee_basis"): get_args(words.FeeBasis),
    ("engagement", "letter"): get_args(words.Letter),
    ("engagement", "recurs"): get_args(words.Recurs),
    ("role", "kind"): get_args(words.RoleKind),
    ("advice", "channel"): get_args(words.Channel),
    ("advice", "direction"): get_args(words.Direction),
    ("advice", "state"): get_args(words.AdviceState),
    ("advice", "zone"): ("UTC", "Europe/Warsaw", "America/Lima"),
    ("advice_response", "response"): get_args(words.Response),
    ("promise", "by"): get_args(words.PromiseBy),
    ("promise", "status"): get_args(words.PromiseStatus),
    ("promise", "due_time"): ("", "16:00"),
    ("deadline", "kind"): get_args(words.DeadlineKind),
    ("deadline", "at_time"): ("", "09:30"),
    ("trust_note", "kind"): get_args(words.TrustKind),
    ("fee", "kind"): get_args(words.FeeKind),
    ("out_of_scope", "handling"): get_args(words.Handling),
    ("insight", "kind"): get_args(words.InsightKind),
    ("client", "standing"): get_args(words.Standing),
}
# Papers of the house know these lists by heart; in the eyes of a client each word of them is a secret.
LISTED: dict[tuple[str, str], tuple[str, ...]] = {
    ("party", "lawful_basis"): get_args(words.LawfulBasis),
    ("client", "grade"): get_args(words.Grade),
    ("standing_change", "standing"): get_args(words.Standing),
    ("standing_change", "reason"): get_args(words.StandingReason),
    ("trust_note", "facet"): get_args(words.Facet),
    ("review", "they"): get_args(words.TheyContinue),
    ("review", "we"): get_args(words.WeContinue),
    ("insight", "metric"): get_args(words.Metric),
    ("insight", "feeling"): get_args(words.Feeling),
    ("referral", "direction"): get_args(words.ReferralDirection),
    ("conflict_check", "verdict"): get_args(words.Verdict),
    ("conflict_check", "decision"): get_args(words.ConflictDecision),
    ("party_link", "kind"): get_args(words.LinkKind),
    ("party_name", "kind"): get_args(words.NameKind),
    ("contact_point", "kind"): get_args(words.ContactKind),
    ("address", "country"): ("ES", "PL"),
    ("acceptance", "decision"): get_args(words.Acceptance),
    ("rights_request", "kind"): get_args(words.RightKind),
    ("rights_request", "outcome"): get_args(words.RequestOutcome),
    **{(table, key): get_args(words.Answer) for table, keys in {
        "acceptance": ("integrity", "competence", "independence", "fee", "identity"),
        "review": ("integrity", "competence", "independence", "fee")}.items() for key in keys},
}  # fmt: skip


def _is_told(row: Row, planted: Planted) -> bool:
    """An entry that was recorded, still stands, and is no note to the file."""
    return row["state"] == "recorded" and row["withdrawn_at"] is None and row["channel"] != "note"


def _is_answer_told(row: Row, planted: Planted) -> bool:
    entry = planted.row("advice", row["advice_id"])
    return row["withdrawn_at"] is None and _is_told(entry, planted)


def _is_open_thanks(row: Row, planted: Planted) -> bool:
    return row["kind"] == "thanks" and not row["restricted"]


def _always(row: Row, planted: Planted) -> bool:
    return True


# The columns that a client may read of his own rows, and of which of them. All others of all rows are secret.
SHOWN: dict[str, tuple[set[str], Callable[[Row, Any], bool]]] = {
    "party": ({"name"}, _always),
    "client": ({"number"}, _always),
    "person": ({"name", "email"}, _always),
    "address": ({"street", "city", "region", "postal_code", "country"}, _always),
    "engagement": (
        {"number", "title", "area", "outcome", "scope_included", "scope_excluded", "assumptions", "client_duties",
         "value_sought", "value_delivered"},
        _always,
    ),
    "advice": ({"question", "advice", "basis", "options", "risks", "author", "amend_reason"}, _is_told),
    "advice_response": ({"words", "consequence", "reason"}, _is_answer_told),
    "promise": ({"text"}, _always),
    "trust_note": ({"text", "told_by"}, _is_open_thanks),
    "decision": ({"item", "choice", "decided_by", "reason"}, lambda row, planted: row["withdrawn_at"] is None),
    "deadline": ({"what"}, _always),
    "out_of_scope": ({"what"}, _always),
}  # fmt: skip


@dataclass
class Planted:
    """The rows of an invented practice by table, and whose each is; `bold` plants the closed lists of the house too.

    `write` gives the text of a table's column where it is not to be a planted word.
    """

    chance: random.Random
    bold: bool
    write: Callable[[str, str, random.Random], str] | None = None
    rows: dict[str, list[Row]] = field(default_factory=dict)
    owners: dict[tuple[str, int], int | None] = field(default_factory=dict)
    made: int = 0

    def row(self, table: str, number: int) -> Row:
        """The row of a table with an id."""
        return next(row for row in self.rows[table] if row["id"] == number)

    def of_subject(self, table: str) -> list[int]:
        """The ids of the subject's rows."""
        return [row["id"] for row in self.rows.get(table, []) if self.owners[table, row["id"]] == SUBJECT]

    def add(self, table: Table, number: int, owner: int | None) -> None:
        """Invent a row for an owner (None: nobody's)."""
        row: Row = {"id": number}
        self.owners[table.name, number] = owner
        plain = [column for column in table.columns if column.name != "id"]
        # What decides whether a row is told is known before its texts are.
        plain.sort(key=lambda column: (table.name, column.name) not in DECIDING and _is_text(column))
        for column in plain:
            found = self._value(table, column, row, owner)
            if found is _MISSING:
                return
            row[column.name] = found
        self.rows.setdefault(table.name, []).append(row)

    def _value(self, table: Table, column: Column[Any], row: Row, owner: int | None) -> Any:
        key, kind = (table.name, column.name), column.type
        if column.foreign_keys:
            return self._reference(column, row, owner, table)
        if key in DECIDING:
            return self.chance.choice(DECIDING[key])
        if isinstance(kind, Boolean):
            return self.chance.random() < 0.5
        if isinstance(kind, Date | tables.UtcText):
            if column.nullable and self.chance.random() < 0.6:
                return None
            if isinstance(kind, Date):
                return (AT - dt.timedelta(days=self.chance.randint(-60, 500))).date()
            return AT - dt.timedelta(days=self.chance.randint(1, 500))
        if isinstance(kind, Integer):
            return self.chance.randint(-2, 2) if column.name == "effect" else self.chance.randint(1, 90)
        if key in FORMED:
            return FORMED[key](self)
        if column.name == "currency":
            return self.chance.choice(["EUR", "PLN"])
        if key in LISTED and not self.bold:
            return self.chance.choice(LISTED[key])
        word = self._word(table.name, column.name, row, owner)
        return word.encode() if isinstance(kind, LargeBinary) else word

    def _reference(self, column: Column[Any], row: Row, owner: int | None, table: Table) -> Any:
        (key,) = column.foreign_keys
        target = key.column.table.name
        found = [other["id"] for other in self.rows.get(target, [])]
        if (table.name, column.name) == ("client", "party_id"):
            return row["id"]
        if target == "client":
            found = [owner] if owner is not None else []
        elif target in _OWNED:
            found = [one for one in found if self.owners[target, one] == owner and owner is not None]
        elif column.name == "party_id" and table.name in ("address", "contact_point", "party_name", "tag", "tax_id"):
            found = [STRANGER if owner is None else owner]
        elif target == "person":
            # The first is who advises the subject, the second somebody else.
            found = found[:1] if owner == SUBJECT else found[1:]
        if column.nullable and (not found or self.chance.random() < 0.3):
            return None
        return self.chance.choice(found) if found else _MISSING

    def _word(self, table: str, column: str, row: Row, owner: int | None) -> str:
        self.made += 1
        if self.write is not None:
            unique = {"number", "sha256", "key"} | ({"name"} if table in ("tag", "setting", "insight_theme") else set())
            return f"{table}{self.made}" if column in unique else self.write(table, column, self.chance)
        name = f"{table}{column}{self.made}".replace("_", "")
        if table == "draft" or (table == "trust_note" and row["kind"] == "confidence"):
            return f"{CONFIDED}{name}"
        columns, is_told = SHOWN.get(table, (set(), _always))
        mine = owner == SUBJECT or (table, row["id"]) in self.beside
        return f"{OPEN if mine and column in columns and is_told(row, self) else SECRET}{name}"

    @property
    def beside(self) -> set[tuple[str, int]]:
        """Rows of nobody that stand at the subject's side: who advises him, and whoever decides, pays or uses."""
        return {("person", SUBJECT), ("party", SUBJECT), ("party", BENEFITS)}


def _is_text(column: Column[Any]) -> bool:
    return not isinstance(column.type, Boolean | Date | Integer | tables.UtcText)


class _Missing:
    """What a row would need is not there: it is not made."""


_MISSING = _Missing()
# Texts that have a form of their own: without it no report could read them at all.
FORMED: dict[tuple[str, str], Callable[[Planted], str]] = {
    ("draft", "content"): lambda planted: json.dumps({"question": f"{CONFIDED}jotted", "advice": f"{CONFIDED}jotted"}),
    ("conflict_check", "names"): lambda planted: f"{SECRET}asked\n{SECRET}more",
    ("conflict_check", "results"): lambda planted: _results(),
    ("attachment", "name"): lambda planted: f"C:\\{SECRET}folder\\{SECRET}file.pdf",
}


def _results() -> str:
    """What a check found, as it is kept."""
    names = [{"name": f"{SECRET}{name}", "verdict": "clear", "hits": [], "left_off": 0} for name in ("asked", "more")]
    return json.dumps({"universe": 7, "took_ms": 1.0, "names": names})


def plant(
    session: Session,
    seed: int,
    counts: list[int],
    *,
    bold: bool,
    write: Callable[[str, str, random.Random], str] | None = None,
) -> Planted:
    """Fill an empty practice: `counts` says how many rows of each table, `seed` chooses all the rest."""
    planted = Planted(random.Random(seed), bold, write)
    number = 2000
    for table, count in zip(TABLES, counts, strict=True):
        if table.name in ("party", "client", "person"):
            # The two clients stand under the ids of their parties; a third party is on the subject's side.
            for one in (SUBJECT, OTHER, BENEFITS, STRANGER)[: 2 if table.name != "party" else 4]:
                planted.add(table, one, one if table.name != "person" and one in (SUBJECT, OTHER) else None)
            continue
        for _each in range(count):
            number += 1
            owner = planted.chance.choices((SUBJECT, OTHER, None), (6, 3, 1))[0]
            planted.add(table, number, owner)
    _settle_roles(planted)
    _settle_cited(planted)
    connection = session.connection()
    for table in TABLES:
        if found := planted.rows.get(table.name):
            connection.execute(table.insert().prefix_with("OR IGNORE"), found)
    session.info["subject"] = f"{SECRET}subject"
    return planted


def _settle_cited(planted: Planted) -> None:
    """Whoever agreed to be named, and who did the work, may be told in a statement of experience, and only there."""
    for work in planted.rows.get("engagement", []):
        told: list[tuple[str, Any, tuple[str, ...]]] = [("person", work["responsible_id"], ("name",))]
        if work["may_cite"]:
            told += [("engagement", work["id"], ("title", "area", "outcome")), ("party", work["client_id"], ("name",))]
        for table, number, columns in told:
            for row in planted.rows.get(table, []):
                if row["id"] == number:
                    row.update({name: row[name].replace(SECRET, CITED) for name in columns})


def _settle_roles(planted: Planted) -> None:
    """Only the one at the subject's side stands on his side; whoever else has a role in his work is on the other."""
    for row in planted.rows.get("role", []):
        if planted.owners["role", row["id"]] == SUBJECT and row["kind"] in ("decides", "pays", "uses", "benefits"):
            row["party_id"] = BENEFITS
