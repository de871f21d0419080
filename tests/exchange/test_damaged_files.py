"""No damaged, hostile or unclear file loses a row in silence, takes others with it, or takes forever."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import Refused, Trouble
from db.exchange.bring import import_file
from db.exchange.reading import read_source
from db.exchange.vcard import Card, read_cards
from db.practice import Practice
from tests.exchange import sources
from tests.exchange.conftest import Bring, rows
from tests.pace import paced

HEADER = ["First Name", "Last Name", "Email", "Shoe size"]
CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("\n,;\"'=@+-\t"), max_size=12
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.lists(st.lists(CELLS, min_size=0, max_size=6), max_size=12), mark=st.sampled_from(",;\t|"))
def test_rows_read_and_set_aside_are_the_rows_of_the_file(tmp_path: Path, table: list[list[str]], mark: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerows([HEADER, ["Ola", "Bo", "bo@home.example", "38"], *table])
    path = tmp_path / "table.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    plan = read_source(path, "parties", delimiter=mark)
    filled = [cells for cells in table if any(cell and not cell.isspace() for cell in cells)]
    assert plan.rows == 1 + len(filled)
    assert len(plan.records) + len(plan.bad) == plan.rows
    assert all(row.line > 1 and row.why for row in plan.bad)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 40))
def test_no_bytes_in_a_card_file_break_the_reader(junk: bytes, place: int, gone: int) -> None:
    content = (sources.CARDS * 3).encode()
    told = ""
    cards: list[Card] = []
    try:
        cards, _ = read_cards(content[:place] + junk + content[place + gone :])
    except Refused as refused:
        told = refused.code
    assert told in ("", "which-encoding", "not-a-vcard")
    assert all(card.why or card.properties for card in cards)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=40))
def test_a_torn_workbook_is_refused_in_so_many_words(tmp_path: Path, place: int, junk: bytes) -> None:
    whole = sources.workbook([list(HEADER), ["Ola", "Bo", "bo@home.example", 38]])
    path = tmp_path / "torn.xlsx"
    path.write_bytes(whole[:place] + junk + whole[place + len(junk) :])
    told, count = "", 0
    try:
        count = read_source(path).rows
    except Refused as refused:
        told = refused.code
    assert count <= 2
    assert told in _TORN


_TORN = {
    *("", "too-large", "damaged-workbook", "empty-file", "encrypted-workbook", "not-text"),
    *("which-encoding", "needs-mapping", "no-rows"),
}


def test_an_unclosed_quotation_mark_takes_only_its_own_row(practice: Practice, bring: Bring) -> None:
    people = "".join(f"Ola{number},Bo,ola{number}@home.example,38\n" for number in range(5000))
    imported = bring(",".join(HEADER) + '\nPer,"Ek,per@home.example,44\n' + people)
    assert (imported.read, imported.created) == (5001, 5000)
    assert [(row.line, row.why) for row in imported.needs_a_look] == [(2, "unclosed-quote")]


def test_a_quotation_mark_closed_far_below_does_not_swallow_what_is_between(practice: Practice, bring: Bring) -> None:
    people = "".join(f"Ola{number},Bo,ola{number}@home.example,38\n" for number in range(300))
    imported = bring(",".join(HEADER) + '\nPer,"Ek,per@home.example,44\n' + people + 'Eva,"Dal",eva@home.example,1\n')
    assert (imported.created, [(row.line, row.why) for row in imported.needs_a_look]) == (301, [(2, "unclosed-quote")])


def test_a_quotation_mark_open_at_the_end_is_told(practice: Practice, bring: Bring) -> None:
    imported = bring(",".join(HEADER) + '\nOla,Bo,a@b.example,38\nPer,Ek,per@home.example,"44\n')
    assert (imported.created, [(row.line, row.why) for row in imported.needs_a_look]) == (1, [(3, "unclosed-quote")])


def test_cells_beyond_the_header_are_not_thrown_away(practice: Practice, bring: Bring) -> None:
    imported = bring(",".join(HEADER) + "\nOla,Bo,a@b.example,38,,\nPer,Ek,p@e.example,44,left over\n")
    assert imported.created == 1
    assert imported.needs_a_look[0].why == "too-many-cells"
    assert imported.needs_a_look[0].values["column 5"] == "left over"


def test_one_bad_card_never_loses_the_others(practice: Practice, bring: Bring) -> None:
    good = "BEGIN:VCARD\nVERSION:3.0\nFN:Person {}\nEMAIL:p{}@card.example\nEND:VCARD\n"
    bad = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Torn\n",
        "BEGIN:VCARD\nVERSION:3.0\nNOTE:nobody\nEND:VCARD\n",
        "BEGIN:VCARD\nFN:Huge\nNOTE:" + "x" * 300_000 + "\nEND:VCARD\n",
        "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nMEMBER:urn:uuid:1\nEND:VCARD\n",
    )
    content = "".join(good.format(number, number) + card for number, card in enumerate(bad)) + good.format(9, 9)
    imported = bring(content + "BEGIN:VCARD\nFN:Last", name="bad.vcf")
    assert (imported.read, imported.created) == (10, 5)
    assert [row.why for row in imported.needs_a_look] == [
        *("unterminated", "no-name", "card-too-large", "group-card", "unterminated"),
    ]
    assert imported.needs_a_look[0].line == 6
    assert "FN:Torn" in imported.needs_a_look[0].values["card"]


def test_a_large_picture_is_no_reason_to_refuse_a_card(practice: Practice, bring: Bring) -> None:
    picture = "\r\n ".join(["QUJD" * 18] * 20_000)
    imported = bring(
        f"BEGIN:VCARD\r\nFN:Ola\r\nPHOTO;ENCODING=b:{picture}\r\nTEL:600100200\r\nEND:VCARD\r\n", name="p.vcf"
    )
    assert imported.created == 1
    assert rows(practice, "SELECT normal FROM contact_point") == [("+48600100200",)]


@pytest.mark.parametrize(
    "line",
    [b'X;A="' + b"a:" * 100_000, b"NOTE;ENCODING=QUOTED-PRINTABLE:" + b"a=\n" * 60_000, b"EMAIL:" + b"," * 200_000],
    ids=["colons in a quotation", "soft breaks", "commas"],
)
def test_no_line_takes_forever(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "slow.vcf"
    path.write_bytes(b"BEGIN:VCARD\nFN:Ola\n" + line + b"\nEND:VCARD\n")
    table = path.with_suffix(".csv")
    table.write_bytes(b"Name,Email,Birthday\nOla," + b'"' + b"," * 500_000 + b'",' + b"1." * 100_000)
    found, took = paced(lambda: [read_source(source).rows for source in (path, table)])
    assert found == [1, 1]
    assert took < 150


def test_nested_cards_do_not_exhaust_the_reader() -> None:
    cards, _ = read_cards(b"BEGIN:VCARD\nAGENT:\n" * 20_000)
    assert [card.why for card in cards] == ["unterminated"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(Refused, match="too-large"):
        read_source(path)


def test_entities_in_a_sheet_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "laughs.ods"
    evil = (
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><office:document-content>&b;</office:document-content>'
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", evil)
    with pytest.raises(Refused, match="damaged-workbook"):
        read_source(path)


def test_dates_that_could_be_two_days_are_not_guessed(practice: Practice, bring: Bring) -> None:
    mixed = "First Name,Birthday\nOla,25/03/1990\nPer,03/25/1990\nEva,03/04/1990\n"
    imported = bring(mixed)
    assert [(row.line, row.why) for row in imported.needs_a_look] == [(4, "ambiguous-date")]
    bring("First Name,Birthday\nIda,03/25/1990\nUlf,03/04/1990\n")
    assert rows(practice, "SELECT name, began_on FROM party WHERE name = 'Ulf'") == [("Ulf", "1990-03-04")]


def test_a_file_that_is_not_there_is_trouble_and_an_empty_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="missing"):
        read_source(tmp_path / "none.csv")
    empty = tmp_path / "empty.csv"
    empty.write_text(" \n")
    with pytest.raises(Refused, match="empty-file"):
        read_source(empty)


class Cancelled(Exception):
    """The user's word in the middle of an import."""


def test_nothing_of_a_file_is_kept_when_it_is_cancelled_half_way(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("Name\n" + "".join(f"Person {number}\n" for number in range(5000)), encoding="utf-8")

    def stop(done: int, total: int) -> None:
        assert 0 < done < total
        raise Cancelled

    with pytest.raises(Cancelled):
        practice.do(import_file, read_source(path), stop)
    assert rows(practice, "SELECT count(*) FROM party") == [(0,)]
    assert practice.check().ok


def test_what_is_no_text_at_all_is_refused_without_asking_for_a_code_page(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(random.Random(7).randbytes(5000))
    for encoding in (None, "cp1250"):
        with pytest.raises(Refused, match="not-text"):
            read_source(path, "parties", encoding=encoding)
    path.write_bytes(b"Name,Email\r\nAna Roca,ana@roca.example\0\r\n" + b"Eva Sol,eva@sol.example\r\n" * 20)
    assert len(read_source(path, "parties").records) == 21
