"""Names and texts are compared in one plain folded form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from db.names import fold, initials, sort_name, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("Ørsted", "orsted"),
        ("Đorđe", "dorde"),
        ("Straße", "strasse"),
        ("ÆØÅ", "aeoa"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("Ελλάδα", "ellada"),
        ("Чайковский", "chaykovskiy"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("e\u0301", "e"),
        ("Þór", "thor"),
        ("ﬁnance", "finance"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(some.text())
def test_folded_text_is_ascii_and_stays_when_folded_again(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded


@given(some.text())
def test_composed_and_decomposed_forms_fold_alike(text: str) -> None:
    import unicodedata

    assert tokens(unicodedata.normalize("NFD", text)) == tokens(unicodedata.normalize("NFC", text))


def test_words_are_letters_and_digits() -> None:
    assert tokens("C++, 12/03/2024 & user@example.com") == ["c", "12", "03", "2024", "user", "example", "com"]


def test_person_is_sorted_by_family_name() -> None:
    assert sort_name("person", "Łukasz Żak", "Łukasz", "Żak") == "zak lukasz"
    assert sort_name("organisation", "The Żak Company", "", "") == "the zak company"
    assert sort_name("person", "Sting", "", "") == "sting"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Iñaki Larrea", "IL"), ("Sting", "S"), ("Jean-Luc Picard", "JP"), ("Żółć", "Ż"), ("  ", "?"), ("&&", "?")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
