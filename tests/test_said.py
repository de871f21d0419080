"""Proof that what is said in one text box is understood, and that what is recorded of it reads well."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.days import Said
from desktop.said import Mark, name_at, opening, read_marks, recorded_text, replaced

TODAY = dt.date(2026, 11, 21)
THURSDAY = Said(dt.date(2026, 11, 26))
NAMES = ["Iñaki Larrea", "Larrea v. Portus"]
SAID = (
    "@Iñaki Larrea #Larrea v. Portus Settle below 180,000. Offer falls in March.\n"
    "!send the draft by Thursday. ~His brother wants out\n"
    "?call him tomorrow at 16:00"
)


def read(text: str, language: str = "en") -> list[Mark]:
    return read_marks(text, TODAY, language, NAMES)


def test_everything_said_in_one_go_is_understood() -> None:
    assert [(mark.kind, mark.words, mark.due) for mark in read(SAID)] == [
        ("@", "Iñaki Larrea", None),
        ("#", "Larrea v. Portus", None),
        ("!", "send the draft", THURSDAY),
        ("~", "His brother wants out", None),
        ("?", "call him", Said(dt.date(2026, 11, 22), dt.time(16))),
    ]


def test_marks_are_no_part_of_what_is_recorded() -> None:
    assert recorded_text(SAID, read(SAID)) == "Settle below 180,000. Offer falls in March."


def test_confidence_never_stands_in_the_recorded_text() -> None:
    text = "He agrees. ~He is leaving his wife approx. in May; do not tell.\nWe go on."
    assert recorded_text(text, read(text)) == "He agrees.\nWe go on."


def test_name_within_a_sentence_stays_without_its_sign() -> None:
    text = "Spoke with @Iñaki Larrea about the offer."
    assert recorded_text(text, read(text)) == "Spoke with Iñaki Larrea about the offer."
    assert [mark.leads for mark in read(text)] == [False]


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        ("!enviar el borrador antes del jueves", "enviar el borrador", THURSDAY),
        ("!wysłać projekt do czwartku", "wysłać projekt", THURSDAY),
        ("!by Thursday send the draft", "send the draft", THURSDAY),
        ("!call back", "call back", None),
        ("?call back", "call back", Said(dt.date(2026, 11, 28))),
    ],
)
def test_promise_takes_its_day_from_its_words(text: str, words: str, due: Said | None) -> None:
    assert [(mark.words, mark.due) for mark in read(text)] == [(words, due)]


@pytest.mark.parametrize("text", ["Settle? Yes!", "write to a@b.org", "A~B", "# heading", "50 ! ?", "why?now"])
def test_sign_within_words_is_no_mark(text: str) -> None:
    assert read(text) == []
    assert recorded_text(text, []) == text


def test_several_promises_on_one_line_are_several() -> None:
    text = "!send the draft !call the bank tomorrow ?ask again in a month"
    assert [mark.words for mark in read(text)] == ["send the draft", "call the bank", "ask again"]


def test_name_being_typed_is_found_at_the_cursor() -> None:
    assert name_at("Spoke to @ina lar", 17) == ("@", 9, "ina lar")
    assert name_at("@Iñaki Larrea said", 18, NAMES) is None
    assert name_at("mail a@b", 8) is None
    assert name_at("on #", 4) == ("#", 3, "")


def test_mark_is_said_anew_and_taken_out() -> None:
    text = "Settle. !send it by Thursday. Done"
    mark = read(text)[0]
    assert replaced(text, mark, "post it", "Friday") == "Settle. !post it Friday. Done"
    assert replaced(text, mark, "") == "Settle. Done"


def test_opening_is_cut_between_words() -> None:
    assert opening("Settle now. Then wait.") == "Settle now."
    assert opening("word " * 40).endswith("word…")


@given(some.text(alphabet="ab @#!?~.\n;,1/", max_size=60))
def test_any_text_is_read_without_a_fault_and_marks_never_overlap(text: str) -> None:
    marks = read(text)
    ends = [0, *(mark.end for mark in marks)]
    assert all(end <= mark.start < mark.end for end, mark in zip(ends, marks, strict=False))
    recorded_text(text, marks)
    for cursor in range(len(text) + 1):
        name_at(text, cursor)
