"""The same file again changes nothing, a changed one changes what it brought, and undo brings back what was."""

from __future__ import annotations

from pathlib import Path

from db.exchange.bring import preview
from db.exchange.content import content_digest
from db.exchange.reading import read_source
from db.exchange.records import write_bad_rows
from db.parties import NewContact, NewParty, PartyEdit, add_party, edit_party
from db.practice import Practice
from tests.exchange import sources
from tests.exchange.conftest import Bring, rows


def steps(practice: Practice) -> int:
    return int(rows(practice, "SELECT count(*) FROM step")[0][0])


def test_the_same_file_again_makes_no_step(practice: Practice, bring: Bring) -> None:
    for name, content in (("a.vcf", sources.CARDS), ("b.csv", sources.GOOGLE), ("c.csv", sources.LINKEDIN)):
        bring(content, name=name)
        before, held = steps(practice), practice.ask(content_digest)
        again = bring(content, name=name)
        assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
        assert steps(practice) == before
        assert practice.ask(content_digest) == held


def test_a_changed_card_changes_its_party_and_keeps_what_hands_added(practice: Practice, bring: Bring) -> None:
    bring(sources.CARDS, name="book.vcf")
    own = NewContact(kind="phone", value="22 500 60 70")
    known = [
        NewContact(kind=kind, value=value)
        for kind, value in rows(practice, "SELECT kind, value FROM contact_point WHERE party_id = 1")
    ]
    practice.do(edit_party, 1, PartyEdit(contacts=[*known, own]))
    changed = sources.CARDS.replace("Partner", "Senior partner").replace("hello@harbour", "post@harbour")
    imported = bring(changed.replace("UID:apple-1", "UID:apple-1\r\nREV:2026-01-01"), name="book.vcf")
    assert (imported.created, imported.updated) == (1, 1)
    assert rows(practice, "SELECT job_title FROM party WHERE id = 1") == [("Senior partner",)]
    assert ("+48225006070",) in rows(practice, "SELECT normal FROM contact_point WHERE party_id = 1")


def test_what_the_source_drops_goes_only_if_the_source_brought_it(practice: Practice, bring: Bring) -> None:
    bring(sources.GOOGLE)
    practice.do(edit_party, 2, PartyEdit(notes="met in Leeds"))
    imported = bring(sources.GOOGLE.replace("600 100 200", "600 100 999").replace(",,,* myContacts,", ",,,Tax,"))
    assert (imported.created, imported.updated) == (0, 2)
    assert rows(practice, "SELECT normal FROM contact_point WHERE kind = 'phone'") == [("+48600100999",)]
    assert rows(practice, "SELECT notes FROM party WHERE id = 2") == [("met in Leeds",)]


def test_a_party_that_is_known_already_is_filled_up_and_not_doubled(practice: Practice, bring: Bring) -> None:
    email = NewContact(kind="email", value="Lukasz@zolc.example")
    practice.do(add_party, NewParty(name="Żółć dr Łukasz", job_title="Boss", contacts=[email]))
    imported = bring(sources.GOOGLE)
    assert (imported.created, imported.updated) == (1, 1)
    assert rows(practice, "SELECT name, job_title, organisation FROM party WHERE id = 1") == [
        ("Żółć dr Łukasz", "Boss", "Żółć i Wspólnicy")
    ]
    assert bring(sources.GOOGLE).unchanged == 2


def test_people_who_share_an_email_stay_two(practice: Practice, bring: Bring) -> None:
    family = "First Name,Last Name,Email\nOla,Bo,bo@home.example\nPer,Bo,bo@home.example\nOla,Bo,bo@home.example\n"
    imported = bring(family)
    assert (imported.read, imported.created, imported.unchanged) == (3, 2, 1)
    assert bring(family).unchanged == 3
    turned = bring("First Name,Last Name,Email\nPer,Bo,bo@home.example\nOla,Bo,bo@home.example\n")
    assert (turned.created, turned.updated, turned.unchanged) == (0, 0, 2)
    assert rows(practice, "SELECT name FROM party ORDER BY id") == [("Ola Bo",), ("Per Bo",)]


def test_an_address_book_may_become_clients_later(practice: Practice, bring: Bring) -> None:
    bring(sources.CARDS, name="book.vcf")
    imported = bring(sources.CARDS, name="book.vcf", as_noun="clients")
    assert (imported.created, imported.updated) == (0, 2)
    assert rows(practice, "SELECT number, standing FROM client ORDER BY id") == [
        ("C-0001", "client"),
        ("C-0002", "client"),
    ]
    assert rows(practice, "SELECT count(*) FROM standing_change") == [(2,)]
    assert bring(sources.CARDS, name="book.vcf", as_noun="clients").unchanged == 2
    assert bring(sources.GOOGLE, as_noun="clients").created == 1
    assert rows(practice, "SELECT count(*) FROM client") == [(3,)]


def test_undo_of_an_import_brings_back_what_was(practice: Practice, bring: Bring) -> None:
    bring(sources.GOOGLE)
    before = practice.ask(content_digest)
    bring(sources.CARDS + sources.CARD_21.decode("latin-1"), name="book.vcf")
    after = practice.ask(content_digest)
    practice.undo()
    assert practice.ask(content_digest) == before
    practice.redo()
    assert practice.ask(content_digest) == after
    assert practice.check().ok


def test_a_preview_says_what_would_happen_and_writes_nothing(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "google.csv"
    path.write_text(sources.GOOGLE, encoding="utf-8")
    before = practice.ask(content_digest)
    seen = practice.ask(preview, read_source(path, country="PL"))
    assert (seen.read, seen.created, seen.needs_a_look) == (2, 2, [])
    assert practice.ask(content_digest) == before


def test_rows_that_need_a_look_can_be_written_mended_and_tried_again(
    practice: Practice, bring: Bring, tmp_path: Path
) -> None:
    imported = bring("First Name,Last Name,Birthday,Shoe\nOla,Bo,soon,=1+1\nPer,Ek,2001-02-03,44\n")
    assert (imported.created, [(row.line, row.why) for row in imported.needs_a_look]) == (1, [(2, "not-a-date")])
    path = tmp_path / "look.csv"
    write_bad_rows(path, imported.needs_a_look)
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")
    path.write_text(path.read_text(encoding="utf-8-sig").replace("soon", "2001-02-04"), encoding="utf-8")
    assert bring(path).created == 1
    assert rows(practice, "SELECT value FROM custom_field ORDER BY id DESC LIMIT 1") == [("=1+1",)]
