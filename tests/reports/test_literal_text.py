"""Every text of the user is printed as he typed it, whatever it holds."""

from __future__ import annotations

import dataclasses
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.reports.client_facts import WordsFacts
from desktop.reports.client_report import render
from desktop.reports.fonts import face
from desktop.reports.scripts import in_visual_order, shape_arabic
from tests.pace import paced
from tests.reports.reading import reader, text, unbroken
from tests.reports.sample import LARREA

HOSTILE = [
    "<b>&\"' łßΩ 日本 🙂",
    "Smith & Sons <Holdings> Ltd",
    "John <john@x.example> said",
    "if a<b then c>d && e",
    '<img src="/etc/hostname"/>',
    "<font color=\"[[[getattr(pow,Word('__globals__'))]]]\">x</font>",
    "&lt;b&gt; &amp;amp; &#65; &nbsp;",
    "{page} of {pages} {0} {client} %s %(x)d $x ${x}",
    "<a href='javascript:alert(1)'>click</a>",
    "<para><evalString>1+1</evalString></para>",
    "]]> <!-- --> <?xml version='1.0'?>",
    "(parentheses) \\ back\\slash \\n \\(",
    "Zażółć gęślą jaźń · Příliš žluťoučký · Ελληνικά · Кириллица · İstanbul · Tiếng Việt",
    "日本語のテキスト 한국어 中文 हिन्दी ไทย ქართული Հայերեն",
    "→ ✓ € ₴ ₽ ₺ ₹ ½ … – — “ ” ‘ ’ « » ™",
    "🙂 🧿 🎉",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_text_is_printed_character_by_character(words: str) -> None:
    practice = dataclasses.replace(LARREA.practice, name=words)
    advice = dataclasses.replace(LARREA.advice[0], question=words, advice=words, basis=words)
    paper = render(
        dataclasses.replace(
            LARREA,
            practice=practice,
            client=words,
            summary=words,
            advice=(advice,),
            words=(WordsFacts(words, LARREA.until),),
        )
    )
    assert unbroken(paper).count(re.sub(r"\s", "", words)) >= 5
    about = reader(paper).metadata
    assert about is not None
    assert about.author == words
    assert not any(page.images for page in reader(paper).pages)
    assert not any("/Annots" in page for page in reader(paper).pages)
    assert paper.spelt == 0


def test_newlines_are_kept() -> None:
    paper = render(dataclasses.replace(LARREA, summary="first line\nsecond line\r\nthird line"))
    lines = [line.strip() for line in reader(paper).pages[0].extract_text().splitlines()]
    assert [line for line in lines if line.endswith(" line")] == ["first line", "second line", "third line"]


def test_character_that_no_font_has_is_spelt_out_and_counted() -> None:
    paper = render(dataclasses.replace(LARREA, summary="a \ue000 b \ue000 c \U00013000"))
    assert "a [U+E000] b [U+E000] c [U+13000]" in text(paper)
    assert paper.spelt == 3


def test_controls_and_overrides_cannot_hide_or_turn_a_text() -> None:
    paper = render(dataclasses.replace(LARREA, summary="bill\u202egnp.exe \x07 \x00 \x1b[2J \ud800 end"))
    assert "bill[U+202E]gnp.exe [U+0007] [U+0000] [U+001B][2J [U+D800] end" in text(paper)


def test_marks_without_ink_are_dropped() -> None:
    paper = render(
        dataclasses.replace(LARREA, summary="so\u00adft \u200bzero\ufeff \u2068isolated\u2069 heart\ufe0f end")
    )
    assert "soft zero isolated heart end" in text(paper)
    assert paper.spelt == 0


def test_decomposed_letters_are_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Iñaki Żółć")
    assert "Iñaki Żółć!" in text(render(dataclasses.replace(LARREA, summary=decomposed + "!")))


@pytest.mark.parametrize("words", ["x" * 200_000, "wört " * 40_000, "日" * 200_000, "שלום" * 50_000, "<b>" * 60_000])
def test_an_endless_text_is_printed_whole_and_quickly(words: str) -> None:
    facts = dataclasses.replace(LARREA, advice=(dataclasses.replace(LARREA.advice[0], advice=words),))
    paper, took = paced(lambda: render(facts))
    assert took < 150
    letter = words[0]
    assert unbroken(paper).count(letter) >= words.count(letter)


@pytest.mark.parametrize("letter", ["x", "word "])
def test_an_endless_name_is_printed_whole_and_quickly(letter: str) -> None:
    name = (letter * 200_000)[:200_000].strip()
    engagements = (dataclasses.replace(LARREA.engagements[0], title=name),)
    paper, took = paced(lambda: render(dataclasses.replace(LARREA, client=name, engagements=engagements)))
    assert took < 300
    assert unbroken(paper).count(letter.strip()) >= 2 * name.count(letter.strip())


def test_hebrew_stands_from_right_to_left_with_its_numbers_and_brackets_upright() -> None:
    assert in_visual_order("שלום (12) abc", True) == "abc (12) םולש"
    assert in_visual_order("see שלום עולם now", False) == "see םלוע םולש now"
    assert in_visual_order("plain", False) == "plain"


def test_hebrew_words_can_be_copied_out_of_the_page() -> None:
    told = text(render(dataclasses.replace(LARREA, summary="שלום עולם 12")))
    assert {"שלום", "עולם", "12"} <= set(told.split())


def test_arabic_letters_are_joined_and_copied_out_again_as_typed() -> None:
    assert shape_arabic("سلام") == "\ufeb3\ufefc\ufee1"
    paper = render(dataclasses.replace(LARREA, summary="سلام"))
    assert set("سلام") <= set(text(paper))
    assert not any("\ufe70" <= letter <= "\ufeff" for letter in text(paper))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_printed(words: str) -> None:
    clean, spelt = face("sans").clean(words)
    assert all(letter == "\n" or face("sans").find(letter) for letter in clean)
    assert sum(spelt.values()) <= len(words)
    paper = render(dataclasses.replace(LARREA, client=words, summary=words, advice=()))
    assert paper.pdf.startswith(b"%PDF")
    assert reader(paper).metadata is not None
