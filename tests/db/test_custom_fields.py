"""Custom fields hold what their kind allows, tags are renamed and merged everywhere, and both can be taken back."""

from __future__ import annotations

import pytest

from db.custom_fields import NewField, define_field, drop_field, list_fields, rename_field, set_value, values_of
from db.errors import Refused
from db.parties import PartyEdit, edit_party
from db.practice import Practice
from db.search import find
from db.tags import TagRow, list_tags, rename_tag
from db.trash import list_trash, put_back
from tests.db import made
from tests.db.nouns import known


def _values(practice: Practice, noun: str, record: int) -> dict[str, str]:
    return {row.name: row.value for row in practice.ask(values_of, noun, record)}


def test_defined_field_stands_empty_with_every_client_until_it_is_filled_in(practice: Practice) -> None:
    here = known(practice)
    practice.do(define_field, NewField(name="Vessel"))
    assert _values(practice, "client", here.client) == {"Vessel": ""}
    practice.do(set_value, "client", here.client, "Vessel", "Aurora")
    assert _values(practice, "client", here.client) == {"Vessel": "Aurora"}
    assert practice.ask(find, "aurora").hits[0].title == "Iñaki Larrea"
    practice.do(set_value, "client", here.client, "Vessel", "")
    assert _values(practice, "client", here.client) == {"Vessel": ""}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [("number", "1 250,50", "1250.50"), ("date", "2026-11-21", "2026-11-21"), ("choice", "gold", "gold")],
)
def test_value_is_kept_as_its_kind_asks(practice: Practice, kind: str, typed: str, kept: str) -> None:
    here = known(practice)
    new = NewField(noun="engagement", name="Field", kind=kind, choices=["gold", "silver"])  # type: ignore[arg-type]
    practice.do(define_field, new)
    practice.do(set_value, "engagement", here.engagement, "Field", typed)
    assert _values(practice, "engagement", here.engagement) == {"Field": kept}


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [("number", "many", "not-a-number"), ("date", "soon", "not-a-date"), ("choice", "lead", "not-a-choice")],
)
def test_value_of_another_kind_is_refused_beside_its_field(
    practice: Practice, kind: str, typed: str, code: str
) -> None:
    here = known(practice)
    practice.do(define_field, NewField(name="Field", kind=kind, choices=["gold", "silver"]))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=code) as refused:
        practice.do(set_value, "client", here.client, "Field", typed)
    assert refused.value.field == "Field"


def test_field_is_defined_once_and_a_choice_needs_two(practice: Practice) -> None:
    practice.do(define_field, NewField(name="Vessel"))
    with pytest.raises(Refused, match="field-exists"):
        practice.do(define_field, NewField(name="vessel"))
    with pytest.raises(Refused, match="choices-needed"):
        practice.do(define_field, NewField(name="Class", kind="choice", choices=["one", "one"]))


def test_renamed_field_keeps_its_values(practice: Practice) -> None:
    here = known(practice)
    practice.do(define_field, NewField(name="Vessel"))
    practice.do(set_value, "client", here.client, "Vessel", "Aurora")
    practice.do(rename_field, "client", "Vessel", "Ship")
    assert _values(practice, "client", here.client) == {"Ship": "Aurora"}
    practice.undo()
    assert _values(practice, "client", here.client) == {"Vessel": "Aurora"}


def test_dropped_field_goes_to_the_trash_with_its_values(practice: Practice) -> None:
    here = known(practice)
    for name in ("Vessel", "Flag"):
        practice.do(define_field, NewField(name=name))
    practice.do(set_value, "client", here.client, "Vessel", "Aurora")
    practice.do(drop_field, "client", "Vessel")
    assert _values(practice, "client", here.client) == {"Flag": ""}
    practice.do(define_field, NewField(name="Port"))
    practice.do(put_back, practice.ask(list_trash)[0].step)
    assert _values(practice, "client", here.client) == {"Flag": "", "Port": "", "Vessel": "Aurora"}
    assert practice.check().problems == []


def test_column_that_an_import_brought_is_listed_and_can_be_given_a_kind(practice: Practice) -> None:
    here = known(practice)
    practice.do(set_value, "client", here.client, "Fleet", "7")
    (row,) = practice.ask(list_fields, "client")
    assert (row.name, row.count, row.defined) == ("Fleet", 1, False)
    practice.do(define_field, NewField(name="Fleet", kind="number"))
    (row,) = practice.ask(list_fields)
    assert (row.kind, row.count, row.defined) == ("number", 1, True)


def test_renaming_a_tag_to_one_in_use_merges_the_two(practice: Practice) -> None:
    for number, tags in enumerate((["ship"], ["ship", "shipping"], ["shipping"]), start=1):
        made.client(practice, f"Client {number}")
        practice.do(edit_party, number, PartyEdit(tags=tags))
    practice.do(rename_tag, "ship", "shipping")
    assert practice.ask(list_tags) == [TagRow("shipping", 3)]
    practice.undo()
    assert practice.ask(list_tags) == [TagRow("ship", 2), TagRow("shipping", 2)]
    assert practice.check().problems == []
