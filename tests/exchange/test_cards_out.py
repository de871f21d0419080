"""What is written as cards is read back as the same parties."""

from __future__ import annotations

from pathlib import Path

from db.exchange.bring import import_file
from db.exchange.cards_out import write_cards
from db.exchange.reading import read_source
from db.founding import NewPractice
from db.parties import NewParty, add_party
from db.practice import Practice
from tests.exchange import sources
from tests.exchange.conftest import Bring, rows

CONTENT = (
    "SELECT kind, name, family_name, given_name, organisation, job_title, began_on FROM party ORDER BY name",
    "SELECT kind, value, normal FROM contact_point ORDER BY value",
    "SELECT street, city, postal_code, country FROM address ORDER BY street",
    "SELECT name FROM tag ORDER BY name",
)


def test_cards_come_back_as_the_same_parties(practice: Practice, bring: Bring, tmp_path: Path) -> None:
    bring(sources.GOOGLE)
    bring(sources.OUTLOOK, country="US")
    long = 'Ąę; "łong", \\ name ' * 30
    practice.do(add_party, NewParty(name=long.strip(), kind="organisation"))
    path = tmp_path / "out.vcf"
    assert practice.ask(write_cards, path) == 4
    assert max(len(line) for line in path.read_bytes().split(b"\r\n")) <= 75
    with Practice.create(tmp_path / "second.cliens", NewPractice(name="x", country="PL"), None) as second:
        second.do(import_file, read_source(path, country="PL"))
        for query in CONTENT:
            assert rows(second, query) == rows(practice, query)


def test_notes_stay_in_the_practice(practice: Practice, tmp_path: Path) -> None:
    practice.do(add_party, NewParty(name="Ola Bo", notes="told in trust"))
    practice.ask(write_cards, tmp_path / "out.vcf")
    assert "trust" not in (tmp_path / "out.vcf").read_text(encoding="utf-8")
