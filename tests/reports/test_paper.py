"""The house style: how a story falls onto pages."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.reports.blocks import Block, Heading, Paragraph, Row, record_table
from desktop.reports.fonts import face
from desktop.reports.lines import break_lines
from desktop.reports.look import A4, ACCENT, LETTER, page_size, readable
from desktop.reports.paper import Meta, paginate, paragraph, render
from tests.reports.reading import bookmarks, pages, text

META = Meta(title="Every promise", author="Vega & Noriega", foot="C-0117")
COLUMNS, WIDTHS = ["Promise", "Due"], (70, 30)


def rows(count: int) -> list[list[str]]:
    return [[f"promise number {i}", f"day {i}"] for i in range(count)]


def test_the_head_of_a_table_comes_again_on_each_page() -> None:
    paper = render(record_table(COLUMNS, rows(120), WIDTHS), META)
    assert paper.pages > 2
    assert all("Promise Due" in " ".join(page.split()) for page in pages(paper))
    told = text(paper)
    for i in range(120):
        assert f"promise number {i} day {i}" in told


def test_a_row_is_never_cut_in_two() -> None:
    long = [["word " * 120, "soon"] for _ in range(12)]
    for page in paginate(record_table(COLUMNS, long, WIDTHS), 470, 600):
        used = sum(placed.block.height(470) for placed in page)
        assert used <= 600
        assert all(isinstance(placed.block, Row) and placed.block.whole for placed in page)


def test_a_row_taller_than_a_page_is_continued_on_the_next() -> None:
    paper = render(record_table(COLUMNS, [["endless " * 3000, "soon"]], WIDTHS), META)
    assert paper.pages > 2
    assert text(paper).count("endless") == 3000


def test_a_heading_stays_with_the_first_row_below_it() -> None:
    for lines in range(30, 50):
        story: list[Block] = [
            paragraph("\n".join(["line"] * lines)),
            Heading("What we promised"),
            *record_table(COLUMNS, rows(3), WIDTHS),
        ]
        paper = render(story, META)
        page = next(page for page in pages(paper) if "What we promised" in page)
        assert "promise number 0" in page


def test_no_page_begins_with_the_single_last_row() -> None:
    for count in range(20, 60):
        last = list(paginate(record_table(COLUMNS, rows(count), WIDTHS), 470, 600))[-1]
        assert len(last) > 2


def test_a_paragraph_leaves_at_least_two_lines_on_either_side() -> None:
    text_of_nine = Paragraph("\n".join("abcdefghi"))
    leading = text_of_nine.style.leading
    assert text_of_nine.split(400, leading * 1.5) is None
    parts = text_of_nine.split(400, leading * 8.5)
    assert parts is not None
    assert [part.height(400) / leading for part in parts] == [7, 2]


def test_nothing_is_lost_between_the_pages() -> None:
    words = [f"w{i}" for i in range(9000)]
    told = text(render([paragraph(" ".join(words))], META)).split()
    assert [word for word in told if word.startswith("w") and word[1:].isdigit()] == words


def test_headings_are_bookmarks() -> None:
    story: list[Block] = [
        Heading("One & only"),
        paragraph("a"),
        Heading("below", 1),
        paragraph("b"),
        Heading("Two <b>"),
        paragraph("c"),
    ]
    assert bookmarks(render(story, META)) == ["One & only", "Two <b>"]


def test_an_empty_story_is_one_page() -> None:
    paper = render([], META)
    assert paper.pages == 1
    assert "Page 1 of 1" in text(paper)


def test_a_pale_colour_is_darkened_until_it_reads_well() -> None:
    assert readable("#1B665C") == "#1B665C"
    assert readable("#FFEE00") != "#FFEE00"
    assert readable("not a colour") == ACCENT


def test_north_america_writes_on_letter() -> None:
    assert [page_size(country) for country in ("PL", "us", "MX", "")] == [A4, LETTER, LETTER, A4]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab cde-–/(.,ż\u00a0日", max_size=300), st.floats(15, 500))
def test_broken_lines_are_the_text_and_fit(words: str, width: float) -> None:
    voice = face("sans")
    lines = break_lines(words, voice, 10, width)
    assert "".join(lines) == words
    for line in lines:
        assert voice.width(line.rstrip(" "), 10) <= width + 0.01


def test_a_line_is_broken_behind_a_hyphen_between_two_words() -> None:
    assert break_lines("well-known well-known", face("sans"), 10, 95) == ["well-known well-", "known"]
