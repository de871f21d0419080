"""What leaves the practice is whole, harmless in a spreadsheet, safe on every system, and comes back the same."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import SQLModel

from db.attachments import NewAttachment, attach
from db.errors import Refused
from db.exchange import export
from db.exchange.archive import FILES
from db.exchange.content import content_digest
from db.exchange.export import export_practice, file_named, safe_name
from db.exchange.folder import import_folder, is_export
from db.exchange.values import harmless, unharmed
from db.founding import NewPractice
from db.parties import NewLink, NewName, NewParty, PartyEdit, edit_party, link_parties
from db.people import NewPerson, add_person
from db.practice import Practice
from tests.exchange import sources
from tests.exchange.conftest import Bring, rows
from tests.exchange.test_histories import ADVICE, CLIENTS, ENGAGEMENTS

HOSTILE = "=cmd|' /C calc'!A0"


@pytest.fixture
def full(practice: Practice, bring: Bring, tmp_path: Path) -> Practice:
    """A practice with something of every noun, with texts that harm."""
    bring(CLIENTS, as_noun="clients")
    bring(ENGAGEMENTS, as_noun="engagements")
    bring(ADVICE, as_noun="advice")
    bring(sources.CARDS, name="book.vcf")
    bring(f'client,noted_at,kind,effect,text\nC-0007,2024-01-02,confidence,0,"{HOSTILE}"\n', as_noun="trust")
    bring("client,engagement,by,text,made_on,due\nC-0007,M-1,us,'=quoted,2024-01-02,2024-01-10\n", as_noun="promises")
    bring("client,date,amount,currency\nC-0007,2024-01-02,-1234.05,EUR\nC-0007,2024-01-02,7,JPY\n", as_noun="fees")
    bring("client,due,what\nC-0007,2024-02-01,<b>call</b> & ask\n", as_noun="follow-ups")
    for name in ("Ada Roca", "Ada Roca", "Jan Kowal"):
        practice.do(add_person, NewPerson(name=name))
    other = NewName(kind="former", name='＝Full width\r\nand "quoted"')
    practice.do(edit_party, 1, PartyEdit(other_names=[other], notes="@note\ttab"))
    practice.do(link_parties, NewLink(from_id=2, to_id=1, kind="director of"))
    file = tmp_path / "CON.pdf"
    file.write_bytes(b"%PDF" + bytes(range(256)) * 6000)
    practice.do(attach, NewAttachment(path=file, client_id=1))
    practice.undo()
    practice.redo()
    return practice


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_new_practice_from_an_export_has_the_same_content(full: Practice, tmp_path: Path) -> None:
    exported = full.ask(export_practice, tmp_path / "out")
    assert is_export(exported.folder)
    new = NewPractice(name="Elsewhere", country="GB")
    with Practice.create(tmp_path / "second.cliens", new, None) as second:
        assert second.ask(content_digest) != full.ask(content_digest)
        second.do(import_folder, exported.folder)
        assert second.ask(content_digest) == full.ask(content_digest)
        assert second.check().ok
        again = second.ask(export_practice, tmp_path / "again")
        assert again.rows == exported.rows
        with pytest.raises(Refused, match="practice-not-empty"):
            second.do(import_folder, exported.folder)


def test_an_export_given_up_within_a_long_table_stops_there_and_leaves_nothing(
    full: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_TOLD_EACH", 1)
    told: list[int] = []

    def progress(done: int, of: int) -> None:
        told.append(done)
        if done == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        full.ask(export_practice, tmp_path / "out", progress)
    assert told[-1] == 7
    assert sorted(set(told)) == list(range(1, 8))
    assert not list(tmp_path.glob("out*"))


def test_the_digest_sees_a_changed_word(full: Practice) -> None:
    before = full.ask(content_digest)
    full.do(edit_party, 1, PartyEdit(notes="another"))
    assert full.ask(content_digest) != before


def test_an_address_book_is_still_known_after_export_and_import(full: Practice, tmp_path: Path) -> None:
    full.ask(export_practice, tmp_path / "out")
    with Practice.create(tmp_path / "second.cliens", NewPractice(name="x", country="PL"), None) as second:
        second.do(import_folder, tmp_path / "out")
        keys = "SELECT source, key, digest FROM source_key ORDER BY source, key"
        assert rows(second, keys) == rows(full, keys)


def test_every_table_of_the_practice_has_a_file() -> None:
    apart = {"step", "change", "search_document", "attachment_chunk", "draft"}
    # What is reckoned anew from the others wherever they come in.
    apart |= {"ordering", "party_order", "engagement_order", "advice_order", "client_rhythm", "client_health"}
    assert set(FILES) == set(SQLModel.metadata.tables) - apart


def test_files_have_the_promised_columns_and_mark_confidences(full: Practice, tmp_path: Path) -> None:
    full.ask(export_practice, tmp_path / "out")
    advice = table(tmp_path / "out" / "advice.csv")
    assert list(advice[0])[:11] == (
        [
            "client",
            "engagement",
            "given_at",
            "author",
            "channel",
            "question",
            "advice",
            "basis",
            "risks",
            "response",
            "recorded",
        ]
    )
    assert (advice[0]["client"], advice[0]["engagement"], advice[0]["response"], advice[0]["recorded"]) == (
        *("C-0007", "M-1", "accepted", "yes"),
    )
    client = table(tmp_path / "out" / "clients.csv")[0]
    assert (client["number"], client["name"], client["email"]) == (
        "C-0007",
        "Harbour Bakery Ltd",
        "hello@harbour.example",
    )
    assert [row["amount"] for row in table(tmp_path / "out" / "fees.csv")] == ["-1234.05", "7"]
    note = table(tmp_path / "out" / "trust.csv")[0]
    assert (note["restricted"], note["text"]) == ("yes", "'" + HOSTILE)


def test_an_exported_history_is_known_as_what_is_there(full: Practice, tmp_path: Path, bring: Bring) -> None:
    full.ask(export_practice, tmp_path / "out")
    for noun in ("engagements", "advice", "fees", "follow-ups", "promises", "trust"):
        imported = bring(tmp_path / "out" / f"{noun}.csv", as_noun=noun)
        assert (imported.created, imported.needs_a_look) == (0, []), noun


def test_attachments_come_out_under_names_that_every_system_takes(full: Practice, tmp_path: Path) -> None:
    full.ask(export_practice, tmp_path / "out")
    row = table(tmp_path / "out" / "attachments.csv")[0]
    assert row["file"] == "attachments/D-0001 CON.pdf"
    assert (tmp_path / "out" / row["file"]).stat().st_size == int(row["size"])


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "..\\x.txt",
        "CON",
        "a:stream",
        "x\u202egpj.exe",
        "a\x00b",
        "ż" * 300 + ".pdf",
        "dot. ",
        "",
        "a/b/",
        '<>|?*"',
    ],
)
def test_no_attachment_name_leaves_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\x00\u202e')
    assert not safe.endswith((".", " "))
    assert len(safe.encode()) <= 120


@pytest.mark.parametrize("words", ["Rosa Benedetti / Portus Ltd", "a\\b", "../Rosa", "Łódź & <b> Ω/"])
def test_file_named_after_somebody_keeps_the_whole_name_and_stays_in_its_folder(words: str) -> None:
    named = file_named(f"{words} – Client report.pdf")
    assert not set(named) & set('/\\:*?"<>|')
    assert all(part in named for part in re.findall(r"\w+", words))
    assert named.endswith(" – Client report.pdf")


@given(st.text() | st.text("'=+-@＝＋－＠ \t\r\n1a", max_size=6))
def test_harmless_text_is_no_formula_and_comes_back_unharmed(text: str) -> None:
    kept = harmless(text)
    assert unharmed(kept) == text
    start = kept.lstrip()
    assert not start.startswith(tuple("=+@＝＋－＠")) or kept.startswith("'")
    assert not kept.startswith(("\t", "\r"))


def test_the_index_shows_hostile_names_as_typed(full: Practice, tmp_path: Path) -> None:
    full.do(edit_party, 1, PartyEdit(name="<script>alert(1)</script>"))
    full.ask(export_practice, tmp_path / "out")
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in index
    assert "<script" not in index


def test_a_folder_with_something_in_it_is_not_written_over(full: Practice, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("keep me")
    with pytest.raises(Refused, match="folder-not-empty"):
        full.ask(export_practice, folder)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_damaged_export_says_where_and_brings_nothing(full: Practice, tmp_path: Path) -> None:
    full.ask(export_practice, tmp_path / "out")
    advice = tmp_path / "out" / "advice.csv"
    advice.write_text(advice.read_text(encoding="utf-8-sig").replace("C-0008", "C-0999"), encoding="utf-8")
    with Practice.create(tmp_path / "second.cliens", NewPractice(name="x"), None) as second:
        before = second.ask(content_digest)
        with pytest.raises(Refused) as refused:
            second.do(import_folder, tmp_path / "out")
        assert refused.value.code == "damaged-export"
        assert refused.value.facts == {"file": "advice.csv", "line": 4}
        assert second.ask(content_digest) == before
        with pytest.raises(Refused, match="not-an-export"):
            second.do(import_folder, tmp_path)


def test_a_changed_attachment_is_not_taken_for_the_one_that_was_kept(full: Practice, tmp_path: Path) -> None:
    full.ask(export_practice, tmp_path / "out")
    file = next((tmp_path / "out" / "attachments").iterdir())
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    with Practice.create(tmp_path / "second.cliens", NewPractice(name="x"), None) as second:
        with pytest.raises(Refused, match="damaged-export"):
            second.do(import_folder, tmp_path / "out")
        assert rows(second, "SELECT count(*) FROM attachment_chunk") == [(0,)]


def test_a_party_without_a_client_is_exported_too(practice: Practice, tmp_path: Path) -> None:
    from db.parties import add_party

    practice.do(add_party, NewParty(name="Nobody's client"))
    practice.ask(export_practice, tmp_path / "out")
    assert [row["name"] for row in table(tmp_path / "out" / "parties.csv")] == ["Nobody's client"]
