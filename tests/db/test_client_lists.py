"""The table of clients by its conditions and orders, its saved views, and what is done to many at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from db import client_bulk, views
from db.advice import NewAdvice, log_advice
from db.client_lists import Condition, Value, list_cities, list_client_ids, list_client_rows
from db.clients import ClientEdit, NewClient, NewStanding, add_client, edit_client, list_standing
from db.custom_fields import NewField, define_field, set_value
from db.errors import Refused
from db.exchange.cards_out import client_cards
from db.exchange.client_table import write_client_table
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewAddress, NewContact, NewParty
from db.people import NewPerson, add_person
from db.practice import Practice
from db.trust import NewPromise, NewTrustNote, add_promise, note_trust

TODAY = dt.date.today()


@pytest.fixture
def three(practice: Practice) -> dict[str, int]:
    """Ada, a client in Madrid tagged Arts; Ben, a prospect in Warsaw; Cy, with nothing but his name."""
    found = {}
    for name, standing, grade, city, tags in (
        ("Ada", "client", "A", "Madrid", ["Arts"]),
        ("Ben", "prospect", "B", "Warsaw", []),
        ("Cy", "client", "", "", []),
    ):
        party = NewParty(name=name, tags=tags, addresses=[NewAddress(city=city)] if city else [])
        new = NewClient.model_validate({"party": party, "standing": standing, "grade": grade or None})
        found[name] = int(str(practice.do(add_client, new).result))
    return found


def names(practice: Practice, *conditions: Condition, sort: str = "name", descending: bool = False) -> str:
    found = practice.ask(list_client_ids, sort, descending, conditions=conditions, today=TODAY)
    return " ".join(row.name for row in practice.ask(list_client_rows, found, TODAY))


def days(back: int) -> dt.datetime:
    return dt.datetime.combine(TODAY, dt.time(9), dt.UTC) - dt.timedelta(days=back)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("standing", "client", "Ada Cy"),
        ("grade", "B", "Ben"),
        ("tag", "Arts", "Ada"),
        ("city", "Warsaw", "Ben"),
        ("responsible", None, "Ada Ben Cy"),
        ("no engagement", None, "Ada Ben Cy"),
        ("text", "be", "Ben"),
        ("text", "c-0003", "Cy"),
    ],
)
def test_a_condition_lists_only_those_who_fit(
    practice: Practice, three: dict[str, int], kind: str, value: Value, expected: str
) -> None:
    assert names(practice, Condition(kind, value)) == expected


def test_conditions_of_one_kind_widen_and_of_two_kinds_narrow(practice: Practice, three: dict[str, int]) -> None:
    grades = Condition("grade", "A"), Condition("grade", "B")
    assert names(practice, *grades) == "Ada Ben"
    assert names(practice, *grades, Condition("standing", "prospect")) == "Ben"


def test_silence_is_counted_in_days_and_by_the_clients_own_rhythm(practice: Practice, three: dict[str, int]) -> None:
    for client, backs in (("Ada", (100, 90, 80, 70, 60)), ("Cy", (40, 30, 20, 10, 3))):
        for back in backs:
            new = NewAdvice(client_id=three[client], question="How is it?", given_at=days(back), advice="Well.")
            practice.do(log_advice, new)
    assert names(practice, Condition("no contact", 30)) == "Ada Ben"
    assert names(practice, Condition("standing", "at risk")) == "Ada"
    assert names(practice, Condition("standing", "quiet")) == ""
    assert names(practice, sort="last_contact") == "Ada Cy Ben"
    assert names(practice, sort="last_contact", descending=True) == "Cy Ada Ben"


def test_the_next_step_is_the_earliest_open_thing_with_a_day(practice: Practice, three: dict[str, int]) -> None:
    ben, cy = three["Ben"], three["Cy"]
    practice.do(add_follow_up, NewFollowUp(client_id=ben, what="Ask again", due_on=TODAY + dt.timedelta(9)))
    practice.do(add_promise, NewPromise(client_id=ben, text="Send the draft", due_on=TODAY + dt.timedelta(2)))
    practice.do(add_promise, NewPromise(client_id=cy, text="Call", due_on=TODAY + dt.timedelta(5)))
    row = practice.ask(list_client_rows, [ben], TODAY)[0]
    assert (row.next_on, row.next_step) == (TODAY + dt.timedelta(2), "Send the draft")
    assert names(practice, sort="next_on") == "Ben Cy Ada"
    assert names(practice, sort="next_on", descending=True) == "Cy Ben Ada"


def test_trust_orders_by_where_it_stands_and_open_concerns_are_found(practice: Practice, three: dict[str, int]) -> None:
    practice.do(note_trust, NewTrustNote(client_id=three["Cy"], kind="thanks", effect=2, text="Sent flowers"))
    practice.do(note_trust, NewTrustNote(client_id=three["Ben"], kind="concern", effect=-1, text="Late twice"))
    assert names(practice, sort="trust") == "Ben Ada Cy"
    assert names(practice, Condition("concern")) == "Ben"


def test_custom_fields_filter_sort_and_stand_in_the_row(practice: Practice, three: dict[str, int]) -> None:
    practice.do(define_field, NewField(name="Sector"))
    practice.do(set_value, "client", three["Cy"], "Sector", "Art")
    practice.do(set_value, "client", three["Ada"], "Sector", "Zinc")
    assert names(practice, Condition("custom", ("Sector", "Art"))) == "Cy"
    assert names(practice, sort="custom:Sector") == "Cy Ada Ben"
    assert practice.ask(list_client_rows, [three["Cy"]])[0].custom == {"Sector": "Art"}


def test_cities_are_offered_by_name(practice: Practice, three: dict[str, int]) -> None:
    assert practice.ask(list_cities, 10) == ["Madrid", "Warsaw"]


# ---------------------------------------------------------------------- views


def test_view_is_kept_renamed_deleted_and_each_is_undone(practice: Practice) -> None:
    value = {"conditions": [["grade", "A"]], "sort": "name", "descending": False}
    view = int(str(practice.do(views.save_view, "clients", " Priority  A ", value).result))
    assert [(row.name, row.value) for row in practice.ask(views.list_views, "clients")] == [("Priority A", value)]
    assert practice.ask(views.list_views, "engagements") == []
    practice.do(views.rename_view, view, "The best")
    practice.do(views.delete_view, view)
    assert practice.ask(views.list_views, "clients") == []
    practice.undo()
    practice.undo()
    assert [row.name for row in practice.ask(views.list_views, "clients")] == ["Priority A"]


def test_view_needs_a_name_that_no_other_has(practice: Practice) -> None:
    practice.do(views.save_view, "clients", "One", {})
    two = int(str(practice.do(views.save_view, "clients", "Two", {}).result))
    with pytest.raises(Refused, match="view-exists: name"):
        practice.do(views.rename_view, two, "One")
    with pytest.raises(Refused, match="required: name"):
        practice.do(views.save_view, "clients", "  ", {})


# ---------------------------------------------------------------------- many at once


def test_tagging_many_is_one_step_and_spares_who_has_the_tag(practice: Practice, three: dict[str, int]) -> None:
    ids = list(three.values())
    done = practice.do(client_bulk.tag_clients, ids, "Arts")
    assert done.result == 2
    assert names(practice, Condition("tag", "Arts")) == "Ada Ben Cy"
    assert practice.ask(client_bulk.common_tags, ids) == ["Arts"]
    practice.undo()
    assert names(practice, Condition("tag", "Arts")) == "Ada"
    practice.do(client_bulk.untag_clients, ids, "Arts")
    assert names(practice, Condition("tag", "Arts")) == ""


def test_grade_and_responsible_of_many_are_undone_whole(practice: Practice, three: dict[str, int]) -> None:
    ids = list(three.values())
    elena = int(str(practice.do(add_person, NewPerson(name="Elena Vega")).result))
    practice.do(client_bulk.grade_clients, ids, "C")
    practice.do(client_bulk.assign_clients, ids, elena)
    assert names(practice, Condition("grade", "C"), Condition("responsible", elena)) == "Ada Ben Cy"
    practice.undo()
    practice.undo()
    assert names(practice, Condition("grade", "A")) == "Ada"
    assert names(practice, Condition("responsible", None)) == "Ada Ben Cy"


def test_standing_of_many_is_kept_in_each_history_and_needs_its_reason(
    practice: Practice, three: dict[str, int]
) -> None:
    ids = list(three.values())
    with pytest.raises(Refused, match="required: reason"):
        practice.do(client_bulk.change_standings, ids, NewStanding(standing="former"))
    today = dt.date.today()
    new = NewStanding(standing="client", changed_on=today, words="All signed")
    assert practice.do(client_bulk.change_standings, ids, new).result == 1
    assert [row.words for row in practice.ask(list_standing, three["Ben"])] == ["", "All signed"]
    assert len(practice.ask(list_standing, three["Ada"])) == 1
    assert practice.ask(list_client_rows, [three["Ben"]])[0].since == today


def test_deleting_many_comes_back_whole_by_undo(practice: Practice, three: dict[str, int]) -> None:
    practice.do(client_bulk.delete_clients, [three["Ada"], three["Cy"]])
    assert names(practice) == "Ben"
    practice.undo()
    assert names(practice) == "Ada Ben Cy"
    assert names(practice, Condition("tag", "Arts")) == "Ada"


def test_progress_is_told_and_a_cancelled_change_leaves_nothing(practice: Practice, three: dict[str, int]) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        practice.do(client_bulk.grade_clients, list(three.values()), "D", stop)
    assert told == [(3, 3)]
    assert names(practice, Condition("grade", "D")) == ""


# ---------------------------------------------------------------------- out of the practice


def test_cards_and_table_hold_the_clients_and_nothing_told_in_trust(practice: Practice, tmp_path: Path) -> None:
    party = NewParty(name="=Ana Vega", contacts=[NewContact(kind="email", value="ana@vega.example")], notes="secret")
    ana = int(str(practice.do(add_client, NewClient(party=party)).result))
    practice.do(edit_client, ana, ClientEdit(notes="secret"))
    cards = "".join(practice.ask(lambda session: list(client_cards(session, [ana]))))
    assert cards.count("BEGIN:VCARD") == 1
    assert "ana@vega.example" in cards
    practice.ask(write_client_table, tmp_path / "out.csv", [ana], lambda done, of: None)
    table = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "ana@vega.example" in table
    assert "'=Ana Vega" in table
    assert "secret" not in cards + table
