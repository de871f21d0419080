"""How each table stands in an exported folder: its file, the names of its columns, and how rows name each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Connection, Integer
from sqlmodel import SQLModel

from db.exchange.values import minor_digits

VERSION = 3
MANIFEST = "cliens.json"

# Files that came with a later version of such a folder: one of an earlier version has none of them.
SINCE: dict[str, int] = {
    **dict.fromkeys(("decision", "out_of_scope", "deadline", "acceptance", "review", "insight", "insight_theme"), 2),
    **dict.fromkeys(("insight_action", "referral", "rights_request", "rights_item", "set_aside"), 2),
    **dict.fromkeys(("health_override", "attempt", "suggestion_answer"), 3),
}

# table → (file, renamed columns); parents stand before what refers to them.
FILES: dict[str, tuple[str, dict[str, str]]] = {
    "practice": ("practice.csv", {}),
    "setting": ("settings.csv", {}),
    "person": ("people.csv", {}),
    "party": ("parties.csv", {}),
    "party_name": ("party-names.csv", {}),
    "contact_point": ("contact-points.csv", {}),
    "address": ("addresses.csv", {}),
    "tax_id": ("tax-ids.csv", {}),
    "tag": ("tags.csv", {}),
    "party_link": ("links.csv", {"from_id": "from", "to_id": "to"}),
    "client": ("clients.csv", {}),
    "standing_change": ("standing-changes.csv", {}),
    "engagement": (
        "engagements.csv",
        {
            "opened_on": "opened",
            "closed_on": "closed",
            "fee_minor": "fee",
            "letter_sent_on": "letter_sent",
            "letter_signed_on": "letter_signed",
            "next_review_on": "next_review",
        },
    ),
    "role": ("roles.csv", {}),
    "advice": ("advice.csv", {"state": "recorded", "confirmed_on": "confirmed"}),
    "advice_response": ("responses.csv", {}),
    "promise": ("promises.csv", {"due_on": "due"}),
    "trust_note": ("trust.csv", {"resolved_on": "resolved"}),
    "follow_up": ("follow-ups.csv", {"due_on": "due"}),
    "fee": ("fees.csv", {"charged_on": "date", "amount_minor": "amount"}),
    "attachment": ("attachments.csv", {}),
    "conflict_check": ("conflict-checks.csv", {}),
    "decision": ("decisions.csv", {"decided_on": "decided"}),
    "out_of_scope": ("out-of-scope.csv", {"asked_on": "asked"}),
    "deadline": ("deadlines.csv", {}),
    "acceptance": ("acceptances.csv", {}),
    "review": ("reviews.csv", {}),
    "health_override": ("health-overrides.csv", {}),
    "attempt": ("attempts.csv", {}),
    "suggestion_answer": ("suggestion-answers.csv", {}),
    "insight": ("insights.csv", {}),
    "insight_theme": ("insight-themes.csv", {}),
    "insight_action": ("insight-actions.csv", {}),
    "referral": ("referrals.csv", {}),
    "rights_request": ("rights-requests.csv", {}),
    "rights_item": ("rights-items.csv", {"record_id": "record"}),
    "set_aside": ("set-aside.csv", {"record_id": "record"}),
    "custom_field": ("custom-fields.csv", {"record_id": "record"}),
    "source_key": ("sources.csv", {"record_id": "record"}),
}

# Columns that repeat what another file holds, so that a file can be read, and imported, on its own: SQL over row p.
SHOWN: dict[str, dict[str, str]] = {
    "client": {
        "kind": "(SELECT kind FROM party WHERE id = p.party_id)",
        "name": "(SELECT name FROM party WHERE id = p.party_id)",
        "given_name": "(SELECT given_name FROM party WHERE id = p.party_id)",
        "family_name": "(SELECT family_name FROM party WHERE id = p.party_id)",
        "email": "(SELECT value FROM contact_point WHERE party_id = p.party_id AND kind = 'email'"
        " ORDER BY preferred DESC, id)",
        "phone": "(SELECT value FROM contact_point WHERE party_id = p.party_id AND kind = 'phone'"
        " ORDER BY preferred DESC, id)",
        "city": "(SELECT city FROM address WHERE party_id = p.party_id ORDER BY id)",
        "country": "(SELECT country FROM address WHERE party_id = p.party_id ORDER BY id)",
        "language": "(SELECT language FROM party WHERE id = p.party_id)",
        "tags": "(SELECT group_concat(name, '; ') FROM tag WHERE party_id = p.party_id)",
    },
    "advice": {
        "response": "(SELECT response FROM advice_response WHERE advice_id = p.id AND withdrawn_at IS NULL)",
        "responded_on": "(SELECT responded_on FROM advice_response WHERE advice_id = p.id AND withdrawn_at IS NULL)",
    },
}

# What identifies this file and not the practice's content.
OWN_TO_FILE = {"practice": {"uuid", "created_at"}}

_LETTERS = {
    "party": "P",
    "advice": "A",
    "promise": "M",
    "trust_note": "T",
    "follow_up": "F",
    "fee": "B",
    "attachment": "D",
    "decision": "X",
    "out_of_scope": "O",
    "deadline": "L",
    "review": "V",
    "insight": "I",
    "insight_action": "IA",
    "attempt": "W",
    "referral": "R",
    "rights_request": "Q",
}
_OF_ANY_NOUN = ("custom_field", "source_key", "rights_item", "set_aside")
_NUMBERED = ("client", "engagement")


@dataclass(frozen=True)
class Field:
    """A column of a table as it stands in its file; `target` is the table it refers to, "*" the one `noun` names."""

    column: str
    name: str
    kind: str
    target: str = ""
    nullable: bool = False


def fields_of(table: str) -> list[Field]:
    """The columns of a table in the order of its file; `kind` is text, whole, yes, amount, state or reference."""
    model = SQLModel.metadata.tables[table]
    fields = []
    for column in model.columns:
        if column.name == "id" or column.name in OWN_TO_FILE.get(table, ()):
            continue
        target = next((key.column.table.name for key in column.foreign_keys), "")
        name = FILES[table][1].get(column.name) or (column.name.removesuffix("_id") if target else column.name)
        kind = "reference" if target else "yes" if isinstance(column.type, Boolean) else "text"
        if column.name == "record_id":
            kind, target = "reference", "*"
        elif column.name.endswith("_minor"):
            kind = "amount"
        elif table == "advice" and column.name == "state":
            kind = "state"
        elif kind == "text" and isinstance(column.type, Integer):
            kind = "whole"
        fields.append(Field(column.name, name, kind, target, bool(column.nullable)))
    return fields


def rows_of(connection: Connection, table: str, shown: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """The rows of a table, oldest first, with the columns of `SHOWN` that are asked for under 'shown <name>'."""
    extra = "".join(f', {SHOWN[table][name]} AS "shown {name}"' for name in shown)
    there = ""
    if table in _OF_ANY_NOUN:
        # What stood with a record that is gone is no content any more.
        nouns = [row[0] for row in connection.exec_driver_sql(f"SELECT DISTINCT noun FROM {table}") if row[0] in FILES]
        alive = " ".join(f"WHEN '{noun}' THEN EXISTS (SELECT 1 FROM {noun} WHERE id = p.record_id)" for noun in nouns)
        there = f" WHERE CASE p.noun {alive} ELSE 0 END" if alive else " WHERE 0"
    result = connection.execution_options(stream_results=True).exec_driver_sql(
        f'SELECT p.*{extra} FROM "{table}" p{there} ORDER BY p.id'
    )
    for row in result.mappings():
        yield dict(row)


class References:
    """The names by which exported rows point at each other."""

    def __init__(self, connection: Connection) -> None:
        self._numbers: dict[str, dict[int, str]] = {
            table: {row[0]: row[1] for row in connection.exec_driver_sql(f"SELECT id, number FROM {table}")}
            for table in _NUMBERED
        }
        people = [(row[0], row[1]) for row in connection.exec_driver_sql("SELECT id, name FROM person ORDER BY id")]
        names = [name for _, name in people]
        self._numbers["person"] = {
            row_id: name if names.count(name) == 1 else f"{name} #{row_id}" for row_id, name in people
        }

    def of(self, table: str, row_id: int | None) -> str:
        """The name of a row; "" for none, and the bare id for a row that is gone."""
        if row_id is None:
            return ""
        if table in self._numbers:
            return self._numbers[table].get(row_id, str(row_id))
        return f"{_LETTERS.get(table, table)}-{row_id:04d}"


def has_entry(table: str) -> bool:
    """Whether rows of this table carry the name by which others point at them."""
    return table in _LETTERS or table == "person"


def cell_of(field: Field, row: dict[str, Any], references: References) -> str:
    """A value as the text of a cell."""
    value = row[field.column]
    if value is None:
        return ""
    if field.kind == "reference":
        return references.of(row["noun"] if field.target == "*" else field.target, value)
    if field.kind == "yes":
        return "yes" if value else "no"
    if field.kind == "state":
        return "yes" if value == "recorded" else "no"
    if field.kind == "amount":
        digits = minor_digits(row["currency"])
        sign, whole = ("-" if value < 0 else ""), f"{abs(value):0{digits + 1}d}"
        return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else sign + whole
    return str(value)


def value_of(field: Field, cell: str, row: dict[str, str], find: Callable[[str, str], int | None]) -> Any:
    """The value that a cell stands for; raises ValueError or KeyError for a cell that export never writes."""
    if cell == "" and field.nullable:
        return None
    if field.kind == "reference":
        return find(row["noun"] if field.target == "*" else field.target, cell)
    if field.kind == "yes":
        return {"yes": 1, "no": 0}[cell]
    if field.kind == "state":
        return {"yes": "recorded", "no": "draft"}[cell]
    if field.kind == "amount":
        digits = minor_digits(row["currency"])
        whole, _, fraction = cell.partition(".")
        return int(whole + fraction.ljust(digits, "0")) if digits else int(whole)
    if field.kind == "whole":
        return int(cell)
    return cell
