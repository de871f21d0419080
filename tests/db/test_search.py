"""Whatever was written is found by its words, in any order, accent or script, and nothing typed is an error."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import Session

from db.advice import AdviceEdit, NewAdvice, NewResponse, discard_draft, edit_advice, log_advice, respond_to_advice
from db.clients import NewClient, add_client, delete_client
from db.engagements import NewEngagement, add_engagement
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewAddress, NewContact, NewName, NewParty, PartyEdit, add_party, edit_party
from db.practice import Practice
from db.referrals import NewReferral, add_referral
from db.search import Found, differences, find, rebuild
from db.trust import NewPromise, NewTrustNote, add_promise, note_trust
from tests.db import made


def _find(practice: Practice, text: str, limit: int = 20, confidences: bool = False) -> Found:
    return practice.ask(find, text, limit, confidences=confidences)


def _titles(practice: Practice, text: str) -> list[str]:
    return [hit.title for hit in _find(practice, text).hits]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łukasz Żółkiewski", "lukasz"),
        ("Łukasz Żółkiewski", "ZOLKIEWSKI łuk"),
        ("Γιώργος Παπαδόπουλος", "papadopoulos"),
        ("Παπαδόπουλος", "Παπαδοπουλος"),
        ("Straße 7 GmbH", "strasse"),
        ("Strasse 7 GmbH", "straße"),
        ("Søren Ørsted", "soren orsted"),
        ("Дмитрий Иванов", "dmitriy ivanov"),
        ("Siobhán O'Brien", "o'brien"),
        ("Siobhán O’Brien", "obrien"),
        ("Jean-Luc Picard", "jean luc"),
        ("Jean-Luc Picard", "jean-luc"),
        ("C++ Tools Ltd", "c++"),
        ("Müller & Söhne <Holdings>", "muller <holdings>"),
        ("Ann Smith", "smith, ann"),
        ("Ann Smith", "sm an"),
        ("Iñaki Larrea", "INAKI"),
        ("İstanbul Hukuk", "istanbul"),
        ("北京 Trading", "北京"),
    ],
)
def test_name_is_found_however_it_is_typed(practice: Practice, name: str, typed: str) -> None:
    practice.do(add_party, NewParty(kind="organisation", name=name))
    practice.do(add_party, NewParty(kind="organisation", name="Wholly Unlike"))
    assert _titles(practice, typed) == [name]


def test_quoted_words_are_a_phrase(practice: Practice) -> None:
    client = made.client(practice)
    made.advice(practice, client, "First?", "Accept the settlement offer today.")
    made.advice(practice, client, "Second?", "Make an offer before settlement.")
    assert set(_titles(practice, "settlement offer")) == {"First?", "Second?"}
    assert _titles(practice, '"settlement offer"') == ["First?"]
    assert _titles(practice, '"settlement offer') == ["First?"]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Signed on 12/03/2024 at noon.", "12/03/2024"),
        ("Write to user@example.com first.", "user@example.com"),
        ("A co-operative of bakers.", "co-operative"),
        ("See § 613a BGB.", "§ 613a"),
        ("The AND of the matter.", "AND"),
        ("Not NEAR border posts.", "NEAR(border)"),
        ("Pay 100% at once.", "100%"),
        ("title: deed", "title:deed"),
    ],
)
def test_words_with_signs_are_found(practice: Practice, text: str, typed: str) -> None:
    made.advice(practice, made.client(practice), "Which?", text)
    assert _titles(practice, typed) == ["Which?"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " \t\n",
        "🙂🙂🙂",
        '"',
        '"""',
        "'",
        "*",
        "-",
        "^",
        "a AND",
        "OR OR OR",
        "NOT",
        "(" * 5000,
        ")" * 5000,
        "\x00",
        "\ud800",
        "a" * 1_000_000,
        "word " * 20_000,
        " ".join(f"w{number}" for number in range(20_000)),
        "{title body} : x",
        "scope : xrestricted",
        "; DROP TABLE party",
        "%_%",
        "\u202e\u200b",
    ],
)
def test_nothing_typed_is_an_error_or_slow(practice: Practice, typed: str) -> None:
    made.advice(practice, made.client(practice))
    found = _find(practice, typed)
    assert found.took_ms < 500
    assert len(found.hits) <= 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(typed=some.text(max_size=60) | some.text(alphabet="\"*()-+:^{}'aANDORT ", max_size=30))
def test_no_text_at_all_is_an_error(practice: Practice, typed: str) -> None:
    found = _find(practice, typed)
    assert found.total == len(found.hits)


def test_confidence_is_found_only_when_asked_for(practice: Practice) -> None:
    client = made.client(practice)
    practice.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text="He plans to sell the vineyard."))
    practice.do(note_trust, NewTrustNote(client_id=client, kind="concern", text="Vineyard costs.", restricted=True))
    practice.do(note_trust, NewTrustNote(client_id=client, kind="thanks", text="Thanks for the vineyard lunch."))
    for typed in ("vineyard", "vineyard scope xrestricted", "zolc vineyard"):
        assert {hit.title for hit in _find(practice, typed).hits} <= {"thanks"}
    assert _find(practice, "sell").total == 0
    assert {hit.title for hit in _find(practice, "vineyard", confidences=True).hits} == {
        "confidence",
        "concern",
        "thanks",
    }


def test_every_noun_is_found(practice: Practice) -> None:
    client = made.client(practice, "Basilisk Partners")
    practice.do(add_engagement, NewEngagement(client_id=client, title="Basilisk merger"))
    made.advice(practice, client, "What of the basilisk?")
    practice.do(add_promise, NewPromise(client_id=client, text="Draft the basilisk deed"))
    practice.do(note_trust, NewTrustNote(client_id=client, kind="signal", text="Praised the basilisk memo"))
    practice.do(add_follow_up, NewFollowUp(client_id=client, due_on=dt.date(2027, 1, 1), what="Ring basilisk"))
    hits = _find(practice, "basilisk").hits
    assert [hit.noun for hit in hits][:2] in (["client", "engagement"], ["engagement", "client"])
    assert {hit.noun for hit in hits} == {"client", "engagement", "advice", "promise", "trust_note", "follow_up"}
    assert {hit.client for hit in hits} == {"Basilisk Partners"}
    assert {hit.client_id for hit in hits} == {client}


def test_party_is_found_by_everything_known_of_it(practice: Practice) -> None:
    practice.do(
        add_party,
        NewParty(
            name="Ada Byron",
            other_names=[NewName(kind="maiden", name="Milbanke")],
            contacts=[NewContact(kind="email", value="ada@engine.example")],
            addresses=[NewAddress(street="Quill Lane 4", city="Horsley")],
            tags=["mathematician"],
            notes="Prefers letters.",
        ),
    )
    for typed in ("milbanke", "engine.example", "quill lane", "mathemat", "letters", "ada horsley"):
        assert _titles(practice, typed) == ["Ada Byron"], typed


def test_clients_name_and_a_word_of_his_advice_find_the_advice(practice: Practice) -> None:
    mine, other = made.client(practice, "Mateusz Zolc"), made.client(practice, "Other Person")
    made.advice(practice, mine, "Should we settle?")
    made.advice(practice, mine, "Should we appeal?", "No.")
    made.advice(practice, other, "Should they settle?")
    assert _titles(practice, "zolc settle") == ["Should we settle?"]
    assert _titles(practice, "settle mateusz zolc") == ["Should we settle?"]
    assert _titles(practice, "other settle") == ["Should they settle?"]
    assert _titles(practice, "zolc they") == []


def test_full_name_finds_its_client_and_not_all_that_he_ever_had(practice: Practice) -> None:
    client = made.client(practice, "Mateusz Zolc")
    made.advice(practice, client)
    assert [hit.noun for hit in _find(practice, "mateusz zolc").hits] == ["client"]


def test_names_come_first_then_the_newest(practice: Practice) -> None:
    client = made.client(practice, "Harbour Trust")
    for day in (3, 1, 2):
        new = NewAdvice(
            client_id=client,
            question=f"Day {day}?",
            advice="About the harbour.",
            given_at=dt.datetime(2025, 5, day, tzinfo=dt.UTC),
        )
        practice.do(log_advice, new)
    assert _titles(practice, "harbour") == ["Harbour Trust", "Day 3?", "Day 2?", "Day 1?"]


def test_whole_word_comes_before_its_beginning_however_many_there_are(practice: Practice) -> None:
    practice.do(add_party, NewParty(name="Ann Oldest"))
    practice.do(_add_many, 1_100)
    assert _titles(practice, "ann")[0] == "Ann Oldest"


def _add_many(session: Session, count: int) -> None:
    for number in range(count):
        add_party(session, NewParty(name=f"Annabel Number{number}"))


def test_index_follows_edit_delete_undo_and_redo(practice: Practice) -> None:
    client = made.client(practice, "First Name")
    draft = made.advice(practice, client, "Draft?", "Original words.")
    practice.do(edit_advice, draft, AdviceEdit(advice="Replaced words."))
    assert (_titles(practice, "original"), _titles(practice, "replaced")) == ([], ["Draft?"])
    practice.undo()
    assert (_titles(practice, "original"), _titles(practice, "replaced")) == (["Draft?"], [])
    practice.redo()
    practice.do(discard_draft, draft)
    assert _titles(practice, "replaced") == []
    practice.undo()
    assert _titles(practice, "replaced") == ["Draft?"]
    practice.do(edit_party, 1, PartyEdit(name="Second Name"))
    assert (_titles(practice, "first"), _titles(practice, "second")) == ([], ["Second Name"])
    assert practice.check().ok


def test_index_follows_what_belongs_to_a_party(practice: Practice) -> None:
    practice.do(add_party, NewParty(name="Ada", contacts=[NewContact(kind="phone", value="020 7946 0018")]))
    practice.do(edit_party, 1, PartyEdit(contacts=[NewContact(kind="email", value="ada@new.example")]))
    assert (_titles(practice, "7946"), _titles(practice, "new.example")) == ([], ["Ada"])
    practice.undo()
    assert (_titles(practice, "7946"), _titles(practice, "new.example")) == (["Ada"], [])
    assert practice.check().ok


def test_answer_is_found_with_its_advice_until_it_is_withdrawn(practice: Practice) -> None:
    entry = made.advice(practice, made.client(practice), record=True)
    practice.do(respond_to_advice, entry, NewResponse(response="declined", words="Too risky by half."))
    assert _titles(practice, "risky") == ["Should we settle?"]
    practice.undo()
    assert _titles(practice, "risky") == []
    practice.undo()
    assert _titles(practice, "settle") == []
    practice.redo()
    assert _titles(practice, "settle") == ["Should we settle?"]
    assert practice.check().ok


def test_snippet_shows_the_words_and_marks_them(practice: Practice) -> None:
    told = "Nothing of note here. " * 20 + "Then the Łódź warehouse was sold. " + "More follows. " * 20
    made.advice(practice, made.client(practice), "Which?", told)
    (hit,) = _find(practice, "lodz ware").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Łódź", "warehouse"]
    assert hit.snippet.startswith("… ")
    assert len(hit.snippet) < 200
    assert (hit.number, hit.client) == ("A-0001", "Mateusz Zolc")


def test_search_within_one_client(practice: Practice) -> None:
    first, second = made.client(practice, "First"), made.client(practice, "Second")
    made.advice(practice, first, "Of the first?")
    made.advice(practice, second, "Of the second?")
    found = practice.ask(find, "settle", client_id=second)
    assert [hit.title for hit in found.hits] == ["Of the second?"]


def test_referral_is_found_within_the_client_that_its_party_becomes_and_no_more_once_he_is_none(
    practice: Practice,
) -> None:
    made.client(practice, "Rosa Vega")
    party = practice.do(add_party, NewParty(name="Jon Arana")).result
    assert isinstance(party, int)
    practice.do(add_referral, NewReferral(direction="in", sent_id=party, from_id=1, what_for="a lighthouse"))
    client = practice.do(add_client, NewClient(party_id=party)).result
    assert isinstance(client, int)
    assert practice.ask(find, "lighthouse", client_id=client).total == 1
    practice.do(delete_client, client)
    assert practice.ask(find, "lighthouse").total == 1
    assert practice.check().problems == []


def test_total_counts_beyond_the_limit(practice: Practice) -> None:
    client = made.client(practice)
    for number in range(7):
        made.advice(practice, client, f"Number {number}?")
    found = _find(practice, "settle", limit=3)
    assert (found.total, len(found.hits)) == (7, 3)


def test_rebuilt_index_is_the_same(practice: Practice) -> None:
    client = made.client(practice, "Żółć & Co")
    made.advice(practice, client)
    before = _find(practice, "zolc settle").hits
    assert before
    practice.do(lambda session: rebuild(session.connection()))
    assert practice.ask(lambda session: differences(session.connection())) == []
    assert _find(practice, "zolc settle").hits == before
