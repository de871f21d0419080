"""Proof that days said in words are understood in three languages, alone and within a sentence, and nothing else is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop import text
from desktop.days import Said, find_days, read_day

SATURDAY = dt.date(2026, 11, 21)
THURSDAY = dt.date(2026, 11, 19)
DAYS = some.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))

SAID = [
    ("today", "2026-11-21"),
    ("tomorrow", "2026-11-22"),
    ("the day after tomorrow", "2026-11-23"),
    ("Thursday", "2026-11-26"),
    ("by Thursday", "2026-11-26"),
    ("this Thursday", "2026-11-26"),
    ("next Thursday", "2026-11-26"),
    ("Thursday next week", "2026-11-26"),
    ("last Thursday", "2026-11-19"),
    ("by Thu", "2026-11-26"),
    ("saturday", "2026-11-28"),
    ("in two weeks", "2026-12-05"),
    ("in a week", "2026-11-28"),
    ("in a week’s time", "2026-11-28"),
    ("within 10 days", "2026-12-01"),
    ("in 3 working days", "2026-11-25"),
    ("in a month", "2026-12-21"),
    ("3 days ago", "2026-11-18"),
    ("a fortnight from now", "2026-12-05"),
    ("next week", "2026-11-27"),
    ("next month", "2026-12-21"),
    ("end of month", "2026-11-30"),
    ("by the end of the month", "2026-11-30"),
    ("end of next month", "2026-12-31"),
    ("end of January", "2027-01-31"),
    ("end of the year", "2026-12-31"),
    ("21 Nov", "2026-11-21"),
    ("3 Jan", "2027-01-03"),
    ("the 3rd of December", "2026-12-03"),
    ("Dec 3rd", "2026-12-03"),
    ("Thursday, 26 November", "2026-11-26"),
    ("21/11", "2026-11-21"),
    ("2026-11-21", "2026-11-21"),
    ("21.11.2026", "2026-11-21"),
    ("3.12.", "2026-12-03"),
    ("11/21", "2026-11-21"),
    ("el jueves", "2026-11-26"),
    ("para el jueves", "2026-11-26"),
    ("el próximo jueves", "2026-11-26"),
    ("el jueves que viene", "2026-11-26"),
    ("el jueves pasado", "2026-11-19"),
    ("mañana", "2026-11-22"),
    ("manana", "2026-11-22"),
    ("pasado mañana", "2026-11-23"),
    ("en dos semanas", "2026-12-05"),
    ("dentro de 10 días", "2026-12-01"),
    ("dentro de un mes", "2026-12-21"),
    ("hace tres días", "2026-11-18"),
    ("a fin de mes", "2026-11-30"),
    ("a finales de mes", "2026-11-30"),
    ("la semana que viene", "2026-11-27"),
    ("el 3 de diciembre", "2026-12-03"),
    ("antes del 3 de diciembre de 2027", "2027-12-03"),
    ("jutro", "2026-11-22"),
    ("do jutra", "2026-11-22"),
    ("pojutrze", "2026-11-23"),
    ("w czwartek", "2026-11-26"),
    ("we wtorek", "2026-11-24"),
    ("do piątku", "2026-11-27"),
    ("w przyszły czwartek", "2026-11-26"),
    ("w najbliższą środę", "2026-11-25"),
    ("za dwa tygodnie", "2026-12-05"),
    ("za tydzień", "2026-11-28"),
    ("za 10 dni", "2026-12-01"),
    ("w ciągu pięciu dni", "2026-11-26"),
    ("za pół roku", "2027-05-21"),
    ("dwa dni temu", "2026-11-19"),
    ("koniec miesiąca", "2026-11-30"),
    ("do końca miesiąca", "2026-11-30"),
    ("do końca przyszłego miesiąca", "2026-12-31"),
    ("w przyszłym tygodniu", "2026-11-27"),
    ("3 grudnia", "2026-12-03"),
    ("do 3 grudnia 2027 r.", "2027-12-03"),
]


@pytest.mark.parametrize(("said", "meant"), SAID)
def test_day_in_words_is_understood(said: str, meant: str) -> None:
    assert read_day(said, SATURDAY) == Said(dt.date.fromisoformat(meant))
    assert read_day(said.upper(), SATURDAY, "pl") == read_day(said, SATURDAY)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Thursday", "2026-11-26"),
        ("this Thursday", "2026-11-26"),
        ("next Thursday", "2026-11-26"),
        ("next Friday", "2026-11-27"),
        ("Friday", "2026-11-20"),
        ("el próximo viernes", "2026-11-20"),
        ("w przyszły piątek", "2026-11-27"),
        ("w najbliższy piątek", "2026-11-20"),
        ("last Thursday", "2026-11-12"),
        ("this week", "2026-11-20"),
    ],
)
def test_weekday_said_on_a_thursday_follows_the_written_rule(said: str, meant: str) -> None:
    assert read_day(said, THURSDAY) == Said(dt.date.fromisoformat(meant))


@pytest.mark.parametrize(
    ("said", "day", "time"),
    [
        ("at 16:00", "2026-11-21", "16:00"),
        ("today, 16:00", "2026-11-21", "16:00"),
        ("tomorrow at 4pm", "2026-11-22", "16:00"),
        ("tomorrow at 4", "2026-11-22", "16:00"),
        ("at 9 on Thursday", "2026-11-26", "09:00"),
        ("Thursday noon", "2026-11-26", "12:00"),
        ("mañana a las 16", "2026-11-22", "16:00"),
        ("el jueves a las 4 de la tarde", "2026-11-26", "16:00"),
        ("jutro o 16", "2026-11-22", "16:00"),
        ("w czwartek o godz. 9.30", "2026-11-26", "09:30"),
        ("2026-11-23T07:05", "2026-11-23", "07:05"),
    ],
)
def test_time_beside_a_day_is_understood(said: str, day: str, time: str) -> None:
    assert read_day(said, SATURDAY) == Said(dt.date.fromisoformat(day), dt.time.fromisoformat(time))


@pytest.mark.parametrize(
    ("said", "day_said"),
    [
        ("send the draft by Thursday", "by Thursday"),
        ("we meet on 3 December at 10:00, then lunch", "on 3 December at 10:00"),
        ("enviar el borrador antes del jueves", "antes del jueves"),
        ("wysłać projekt do piątku, potem zadzwonić", "do piątku"),
        ("call her tomorrow", "tomorrow"),
    ],
)
def test_day_is_found_within_a_sentence(said: str, day_said: str) -> None:
    assert [said[span.start : span.end] for span in find_days(said, SATURDAY)] == [day_said]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "3 decisions and 2 sons",
        "3.5 hours",
        "the sun and the mon amour",
        "31.2.2026",
        "por la mañana",
        "€165,000 or 40/60/90",
        "in 99999 days",
        "section 11.4 of the lease",
    ],
)
def test_what_is_no_day_is_left_alone(said: str) -> None:
    assert find_days(said, SATURDAY) == []


def test_american_english_reads_the_month_first() -> None:
    assert read_day("11/12/2026", SATURDAY, "en") == Said(dt.date(2026, 12, 11))
    assert read_day("11/12/2026", SATURDAY, "en-US") == Said(dt.date(2026, 11, 12))


def test_promise_without_a_year_never_lies_in_the_past() -> None:
    assert read_day("1 June", SATURDAY) == Said(dt.date(2026, 6, 1))
    assert read_day("1 June", SATURDAY, ahead=True) == Said(dt.date(2027, 6, 1))


@given(some.text(), some.dates())
def test_any_text_is_read_without_a_fault(said: str, today: dt.date) -> None:
    read_day(said, today)
    for span in find_days(said, today):
        assert 0 <= span.start < span.end <= len(said)


WORDS = "in en za by do el next last end of koniec fin de week mes rok 3 9999 31 12 . / : at o 25 thursday jutro viene"


@given(some.lists(some.sampled_from(WORDS.split()), max_size=8), some.dates())
def test_any_mixture_of_the_words_is_read_without_a_fault(words: list[str], today: dt.date) -> None:
    read_day(" ".join(words), today, ahead=True)
    find_days(" ".join(words), today)


@given(DAYS, DAYS, some.sampled_from(sorted(text.LANGUAGES)))
def test_every_day_that_the_window_writes_is_read_back(day: dt.date, today: dt.date, language: str) -> None:
    voice = text.voice(language)
    for written in (voice.date(day), voice.long_date(day), day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}"):
        assert read_day(written, today, language) == Said(day)


@given(some.dates(dt.date(2026, 11, 22), dt.date(2027, 11, 20)), some.sampled_from(sorted(text.LANGUAGES)))
def test_short_date_of_the_coming_year_is_read_back(day: dt.date, language: str) -> None:
    assert read_day(text.voice(language).short_date(day), SATURDAY, language, ahead=True) == Said(day)
