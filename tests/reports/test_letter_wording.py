"""A wording of the practice's own: its fields are filled for each reader, and whatever else is in braces is text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement
from db.letters import keep_wording
from db.parties import NewParty
from db.practice import Practice
from desktop.reports import closing_letter
from desktop.reports.family import Asked
from desktop.reports.letter_wording import fielded, filled, strange, without_value
from desktop.reports.letters import Written
from tests.reports.letter_sample import letter
from tests.reports.reading import text

FIELDS = {"client": "Rosa {day} Benedetti", "day": "21 November 2026", "fee": "", "adviser": "Tess"}
AT = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)


def test_fields_are_filled_once_and_what_fills_them_is_literal() -> None:
    assert filled("Dear {client}, on {day}.", FIELDS) == "Dear Rosa {day} Benedetti, on 21 November 2026."


@pytest.mark.parametrize(
    "typed", ["{cleint}", "{client", "client}", "{}", "{ client }", "{{fee", "a { b", "{client\n}"]
)
def test_what_is_no_field_stays_as_it_was_typed(typed: str) -> None:
    assert filled(typed, FIELDS) == typed


def test_braces_that_are_no_field_are_named() -> None:
    assert strange("{client} {cleint} and {day", FIELDS) == ["{cleint}", "{day"]
    assert strange("Dear {client},", FIELDS) == []


def test_field_of_which_nothing_is_known_is_a_gap_and_is_named() -> None:
    assert filled("The fee is {fee}.", FIELDS) == "The fee is …."
    assert without_value("The fee is {fee}, {client}.", FIELDS) == ["fee"]


def test_part_that_is_but_an_empty_field_goes_with_its_heading() -> None:
    assert filled("Dear you,\n\nFee\n\n{fee}\n\nYours,", FIELDS) == "Dear you,\n\nYours,"


def test_wording_is_kept_without_what_it_says_of_one_reader() -> None:
    words = "Dear Rosa {day} Benedetti, on 21 November 2026 Testing, Tess."
    assert fielded(words, FIELDS) == "Dear {client}, on {day} Testing, {adviser}."


@given(st.text(alphabet="ab{}\n client", max_size=60), st.text(alphabet="ab{}x", max_size=8))
def test_no_text_is_ever_an_error(words: str, value: str) -> None:
    fields = {"client": value, "a": "b"}
    for told in (filled(words, fields), fielded(words, fields)):
        assert isinstance(told, str)
    assert all(odd in words for odd in strange(words, fields))


@pytest.mark.parametrize("name", ["closing-letter", "engagement-letter", "non-engagement-letter", "advice-letter"])
def test_house_wording_that_is_kept_says_the_same_to_the_same_reader(name: str) -> None:
    written = letter(name, "en")
    own = fielded(written.worded.house, written.worded.fields)
    assert "Larrea" not in own, "a kept wording names no client"
    assert "{client}" in own or "{salutation}" in own
    assert written.worded.text(own) == written.worded.house


def test_letter_begins_with_the_practices_own_wording_and_printed_words_are_filled(practice: Practice) -> None:
    rosa = int(str(practice.do(add_client, NewClient(party=NewParty(name="Rosa Benedetti"))).result))
    new = NewEngagement(client_id=rosa, title="Deposit claim", stage="active")
    work = int(str(practice.do(add_engagement, new).result))
    asked = Asked(AT, client_id=rosa, engagement_id=work, language="en")
    practice.do(keep_wording, "close", "en", "Dear {client},\n\n{engagement} is over. {Bye}\n\nYours,")
    usual: Written = practice.ask(closing_letter.read, asked)
    assert "Deposit claim is over. {Bye}" in text(closing_letter.render(usual))
    own: Written = practice.ask(closing_letter.read, Asked(AT, engagement_id=work, language="en", words="{day} <b>&"))
    assert "22 November 2026 <b>&" in text(closing_letter.render(own))
    spanish: Written = practice.ask(closing_letter.read, Asked(AT, engagement_id=work, language="es"))
    assert "Gracias por la confianza" in spanish.text
