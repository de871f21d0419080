"""How a language says dates, money, numbers and plurals."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from desktop.text import LANGUAGES, LOCALE_FOLDER, current, ngettext, speak, voice

D = dt.date


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["21 Nov 2026", "21 November 2026", "Mar 2025", "€24,300.00", "18,204", "a, b and c", "“a”"]),
        ("es", ["21 nov 2026", "21 de noviembre de 2026", "mar 2025", "24.300,00 €", "18.204", "a, b y c", "«a»"]),
        ("pl", ["21 lis 2026", "21 listopada 2026", "mar 2025", "24 300,00 €", "18 204", "a, b i c", "„a”"]),
    ],
)
def test_each_language_has_its_own_dates_money_and_marks(language: str, said: list[str]) -> None:
    say, day = voice(language), D(2026, 11, 21)
    told = [say.date(day), say.long_date(day), say.month(D(2025, 3, 1)), say.money(2430000, "EUR"), say.number(18204)]
    told += [say.listed(["a", "b", "c"]), say.quoted("a")]
    assert [" ".join(words.split()) for words in told] == said


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (D(2026, 1, 1), D(2026, 11, 21), "January to November 2026"),
        (D(2025, 7, 1), D(2026, 3, 31), "July 2025 to March 2026"),
        (D(2026, 11, 1), D(2026, 11, 30), "November 2026"),
        (D(2026, 3, 4), D(2026, 11, 21), "4 March 2026 to 21 November 2026"),
    ],
)
def test_period_is_told_in_months_unless_it_begins_within_one(since: dt.date, until: dt.date, said: str) -> None:
    assert voice("en").period(since, until) == said


def test_money_is_exact_and_knows_currencies_without_cents() -> None:
    assert voice("en").money(12345678901234567890, "USD") == "$123,456,789,012,345,678.90"
    assert voice("en").money(500, "JPY") == "¥500"


def test_unknown_language_speaks_english_and_a_region_its_language() -> None:
    assert voice("tlh").language == "en"
    assert voice("").language == "en"
    assert voice("pl-PL").language == "pl"
    assert voice("es_MX").language == "es"


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_translation_keeps_the_places_for_facts(language: str) -> None:
    from string import Formatter

    from babel.messages.pofile import read_po

    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "cliens.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert len(catalogue) > 50
    for message in catalogue:
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[1]
        told = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert len(told) == (1 if isinstance(message.id, str) else catalogue.num_plurals)
        for words in told:
            assert words, f"{source!r} is not said in {language}"
            asked = {name for _, name, _, _ in Formatter().parse(source) if name}
            assert {name for _, name, _, _ in Formatter().parse(words) if name} <= asked
            if isinstance(message.id, str):
                assert {name for _, name, _, _ in Formatter().parse(words) if name} == asked


def test_program_speaks_one_language_at_a_time() -> None:
    before = current().language
    try:
        speak("pl")
        assert ngettext("{n} draft", "{n} drafts", 3) == "3 szkice"
        assert ngettext("{n} draft", "{n} drafts", 5) == "5 szkiców"
        speak("en")
        assert ngettext("{n} draft", "{n} drafts", 1) == "1 draft"
    finally:
        speak(before)


def test_importing_the_words_loads_neither_qt_nor_babel() -> None:
    program = "import sys, desktop.text; sys.exit('babel' in sys.modules or 'PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_words_that_were_typed_between_quotation_marks_get_no_second_pair() -> None:
    assert voice("en").quoted("Gladly.") == "“Gladly.”"
    assert voice("pl").quoted("“Gladly.”") == "“Gladly.”"
    assert voice("es").quoted('"Gladly."') == '"Gladly."'
    assert voice("es").quoted('"') == '«"»'
    assert voice("en").quoted("“Yes” and “no”") == "““Yes” and “no””"
