"""Each program's address book becomes parties with what the program knew, and nothing is dropped."""

from __future__ import annotations

import pytest

from db.errors import Refused
from db.exchange.records import Imported
from db.practice import Practice
from tests.exchange import sources
from tests.exchange.conftest import Bring, rows


def one(practice: Practice, *columns: str) -> tuple[object, ...]:
    return rows(practice, f"SELECT {', '.join(columns)} FROM party ORDER BY id LIMIT 1")[0]


def points(practice: Practice) -> dict[str, str]:
    return dict(rows(practice, "SELECT kind || ' ' || purpose, normal FROM contact_point ORDER BY id DESC"))


def custom(practice: Practice) -> dict[str, str]:
    return dict(rows(practice, "SELECT name, value FROM custom_field WHERE noun = 'party'"))


def clean(imported: Imported, created: int = 1) -> bool:
    return (imported.read, imported.created, imported.needs_a_look) == (created, created, [])


def test_google_contacts_keep_every_column(practice: Practice, bring: Bring) -> None:
    assert clean(bring(sources.GOOGLE), 2)
    assert one(practice, "prefix", "given_name", "family_name", "organisation", "job_title", "began_on", "notes") == (
        *("dr", "Łukasz", "Żółć", "Żółć i Wspólnicy", "Partner", "1979-05-23", "likes chess"),
    )
    assert one(practice, "sort_name", "source") == ("zolc lukasz", "google")
    assert rows(practice, "SELECT kind, normal, purpose, preferred FROM contact_point ORDER BY id") == [
        ("email", "lukasz@zolc.example", "work", 1),
        ("email", "biuro@zolc.example", "work", 1),
        ("email", "lz@home.example", "home", 0),
        ("phone", "+48600100200", "mobile", 0),
        ("web", "https://zolc.example", "blog", 0),
    ]
    assert rows(practice, "SELECT street, city, region, postal_code, country, purpose FROM address") == [
        ("ul. Prosta 5", "Kraków", "małopolskie", "30-001", "Polska", "work")
    ]
    assert rows(practice, "SELECT name FROM tag") == [("Friends",)]
    assert rows(practice, "SELECT kind, name FROM party_name") == [("nickname", "Luki")]
    assert custom(practice) == {"Golf handicap": "12", "Organization Department": "Tax", "Birthday": "--04-12"}


def test_old_google_contacts_are_known(practice: Practice, bring: Bring) -> None:
    assert clean(bring(sources.GOOGLE_OLD))
    assert one(practice, "name", "organisation", "job_title", "source") == ("Ana Ruiz", "Ruiz SL", "Owner", "google")
    assert points(practice) == {"email home": "ana@ruiz.example", "fax work fax": "+48225006070"}
    assert rows(practice, "SELECT name FROM tag") == [("Clients",)]


def test_outlook_contacts_lose_neither_spouse_nor_second_line(practice: Practice, bring: Bring) -> None:
    assert clean(bring(sources.OUTLOOK, country="US"))
    assert one(practice, "name", "organisation", "began_on", "notes") == (
        *("Mrs Greta Lund", "Lund Design AB", "1979-05-23", "two\nlines"),
    )
    assert points(practice)["fax work"] == "+4640112233"
    assert rows(practice, "SELECT street, city, country FROM address") == [("Storgatan 1\nc/o Ek", "Malmö", "Sweden")]
    assert custom(practice) == {"Spouse": "Olof", "User 1": "extra"}


@pytest.mark.parametrize(
    ("content", "name", "phones", "city"),
    [
        (sources.OUTLOOK_GERMAN, "Frau Jördis Größer", {"+49221123456", "+491712345678"}, "Köln"),
        (sources.OUTLOOK_SPANISH, "Sra. Begoña Peña Ibáñez", {"+34944123456", "+34612345678"}, "Bilbao"),
        (sources.OUTLOOK_POLISH, "Pani Grażyna Śliwa", {"+48426001020", "+48601202303"}, "Łódź"),
        (sources.OUTLOOK_FRENCH, "Mme Hélène Bœuf", {"+33320000000", "+33612345678"}, "Lille"),
    ],
    ids=["de", "es", "pl", "fr"],
)
def test_outlook_speaks_the_language_of_its_office(
    practice: Practice, bring: Bring, content: str, name: str, phones: set[str], city: str
) -> None:
    country = {"Köln": "DE", "Bilbao": "ES", "Łódź": "PL", "Lille": "FR"}[city]
    assert clean(bring(content, country=country))
    assert one(practice, "name", "source") == (name, "outlook")
    assert {row[0] for row in rows(practice, "SELECT normal FROM contact_point WHERE kind = 'phone'")} == phones
    assert rows(practice, "SELECT city FROM address") == [(city,)]
    assert custom(practice) == {}


def test_other_programs_are_known_by_their_headers(practice: Practice, bring: Bring) -> None:
    books = {
        "outlook-com": sources.OUTLOOK_COM,
        "thunderbird": sources.THUNDERBIRD,
        "hubspot": sources.HUBSPOT,
        "clio": sources.CLIO,
        "xero": sources.XERO,
        "quickbooks": sources.QUICKBOOKS,
    }
    for name, content in books.items():
        assert clean(bring(content, name=f"{name}.csv")), name
    found = rows(practice, "SELECT name, source, kind, organisation, coalesce(began_on, '') FROM party ORDER BY id")
    assert found == [
        ("Dr Iñaki Larrea", "outlook", "person", "Larrea SA", "1970-02-03"),
        ("Tove Dahl", "thunderbird", "person", "Dahl AS", "1981-07-09"),
        ("Olga Weiss", "hubspot", "person", "Weiss KG", ""),
        ("Mr Ben Okoro", "clio", "person", "Okoro Ltd", ""),
        ("Harbour Bakery", "xero", "person", "", ""),
        ("Rosa Prim", "quickbooks", "person", "Prim Foods", ""),
    ]
    kept = custom(practice)
    assert kept["Hobby"] == "sailing"
    assert kept["Custom 1"] == "prefers letters"
    assert kept["Contact owner"] == "Ada"
    assert kept["Opening Balance"] == "12.50"
    assert kept["Person1Email"] == "sue@harbour.example"
    assert rows(practice, "SELECT kind, value FROM tax_id") == [("", "GB123456789"), ("company number", "0123")]


def test_linkedin_has_its_header_below_a_preamble(practice: Practice, bring: Bring) -> None:
    imported = bring("\ufeff" + sources.LINKEDIN)
    assert clean(imported, 2)
    assert [row[0] for row in rows(practice, "SELECT name FROM party ORDER BY id")] == ["Nora Quist", "Paul Berg"]
    assert custom(practice)["Connected On"] in ("12 Mar 2024", "7-Feb-22")


def test_any_other_table_is_read_by_a_mapping(practice: Practice, bring: Bring) -> None:
    table = "Kto;Gdzie;Jak;Ile\nZofia Bury;Płock;zofia@bury.example;7\n"
    with pytest.raises(Refused) as refused:
        bring(table)
    assert (refused.value.code, refused.value.facts["columns"]) == ("needs-mapping", ["Kto", "Gdzie", "Jak", "Ile"])
    assert clean(bring(table, mapping={"Kto": "name", "Gdzie": "city:home", "Jak": "email:work"}))
    assert one(practice, "name", "sort_name") == ("Zofia Bury", "zofia bury")
    assert points(practice) == {"email work": "zofia@bury.example"}
    assert custom(practice) == {"Ile": "7"}


def test_a_list_of_emails_without_a_header_is_a_list_of_parties(practice: Practice, bring: Bring) -> None:
    assert clean(bring("a@one.example\nb@two.example\n"), 2)
    assert one(practice, "name") == ("a@one.example",)


def test_cards_keep_groups_labels_folds_and_their_own_text(practice: Practice, bring: Bring) -> None:
    assert clean(bring(sources.CARDS, name="book.vcf"), 2)
    assert one(practice, "name", "family_name", "job_title", "organisation", "notes") == (
        *("dr Łukasz Żółć", "Żółć", "Partner", "Żółć i Wspólnicy", "one\ntwo; three"),
    )
    assert rows(practice, "SELECT street, city, country FROM address") == [("ul. Prosta 5, m. 2", "Kraków", "Polska")]
    assert rows(practice, "SELECT normal, purpose, preferred FROM contact_point ORDER BY id") == [
        ("lukasz@zolc.example", "work", 1),
        ("+48600100200", "mobile", 0),
        ("hello@harbour.example", "", 1),
        ("+441482496000", "work", 0),
    ]
    assert custom(practice) == {"Department": "Tax", "Birthday": "1604-04-12", "X-SHOE-SIZE": "44"}
    assert rows(practice, "SELECT kind FROM party ORDER BY id") == [("person",), ("organisation",)]
    assert "X-SHOE-SIZE:44" in str(one(practice, "raw_card")[0])
    assert "/9j/" not in str(one(practice, "raw_card")[0])


def test_old_cards_speak_quoted_printable_in_several_code_pages(practice: Practice, bring: Bring) -> None:
    assert clean(bring(sources.CARD_21, name="old.vcf"))
    assert one(practice, "name", "notes") == ("Grażyna Śliwa", "śliwka\r\nsecond line")
    assert points(practice) == {"phone mobile": "+48601202303", "email ": "grazyna@sliwa.example"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_cards_in_utf_16_need_no_mark(practice: Practice, bring: Bring, encoding: str) -> None:
    assert clean(bring(sources.CARDS.encode(encoding), name="apple.vcf"), 2)
    assert one(practice, "family_name") == ("Żółć",)


def test_bytes_in_an_undeclared_code_page_are_asked_about(practice: Practice, bring: Bring) -> None:
    for name, content in (("a.csv", sources.OUTLOOK_POLISH), ("a.vcf", sources.CARDS)):
        with pytest.raises(Refused) as refused:
            bring(content.encode("cp1250"), name=name)
        assert refused.value.code == "which-encoding"
        samples = refused.value.facts["samples"]
        assert samples["cp1250"] != samples["cp1252"]
    assert rows(practice, "SELECT count(*) FROM party") == [(0,)]
    assert clean(bring(sources.OUTLOOK_POLISH.encode("cp1250"), encoding="cp1250"))
    assert one(practice, "family_name") == ("Śliwa",)


def test_workbooks_read_like_tables(practice: Practice, bring: Bring) -> None:
    table: list[list[object]] = [
        ["First Name", "Last Name", "Email", "Loyalty"],
        ["Ida", "Holm", "ida@holm.example", 7.0],
    ]
    assert clean(bring(sources.workbook(table, dimension="A1:XFD1048576"), name="a.xlsx"))
    table = [["First Name", "Last Name", "Email", "Loyalty"], ["Ulf", "Holm", "ulf@holm.example", "8"]]
    assert clean(bring(sources.open_document([[str(cell) for cell in row] for row in table]), name="a.ods"))
    assert rows(practice, "SELECT name FROM party ORDER BY id") == [("Ida Holm",), ("Ulf Holm",)]
    assert rows(practice, "SELECT value FROM custom_field ORDER BY id") == [("7",), ("8",)]
