"""Letters and the certificate of a conflict check, from a real file to the text of their pages."""

from __future__ import annotations

import datetime as dt

import pytest

from db.clients import NewClient, add_client
from db.conflicts import NewConflictCheck, record_decision
from db.engagements import NewEngagement, add_engagement
from db.enquiries import Named, NewEnquiry, log_enquiry
from db.errors import Refused
from db.firm import PracticeEdit, edit_practice
from db.parties import NewAddress, NewParty, PartyEdit, edit_party
from db.practice import Practice
from desktop import text as voices
from desktop.reports import conflict_certificate
from desktop.reports.letters import Agreed, LetterFacts, declining, engaging, facts, render, starting_templates, title
from tests.reports.reading import bookmarks, catalogue, text

TODAY = dt.date(2026, 11, 21)
WARNED = {
    "en": ["21 November 2026", "Please seek advice elsewhere at once", "time limit", "21 November 2032"],
    "es": ["21 de noviembre de 2026", "Busque de inmediato asesoramiento en otro lugar", "plazo"],
    "pl": ["21 listopada 2026", "natychmiast zasięgnąć porady gdzie indziej", "terminu"],
}
AGREED = {
    "en": ["Our agreement", "What we do", "What is not included", "fixed at £1,200.00", "For Rosa Benedetti"],
    "es": ["Nuestro acuerdo", "Lo que hacemos", "200,00", "Por Rosa Benedetti"],
    "pl": ["Nasza umowa", "Czego praca nie obejmuje", "200,00", "W imieniu Rosa Benedetti"],
}
WORK = Agreed("Deposit claim", "The claim", "Appeals", "All papers", "No limit near", "fixed", 120_000, "GBP", TODAY)


@pytest.fixture
def client(practice: Practice) -> int:
    new = NewEnquiry(caller=Named(name="Rosa Benedetti"), area="Tenancy", opponents=[Named(name="Portus Ltd")])
    found = int(str(practice.do(log_enquiry, new, "Tess").result))
    address = NewAddress(street="7 Lock Lane", city="Upper Mere", postal_code="UM1 4QT")
    practice.do(edit_party, 1, PartyEdit(addresses=[address]))
    practice.do(edit_practice, PracticeEdit(name="Alder & Finch", phone="+44 20 7946 0000"))
    return found


def _asked(practice: Practice, client: int, kind: str, language: str) -> LetterFacts:
    return practice.ask(facts, client, kind, TODAY, writer="Tess Alder", engagement_id=1, language=language)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_the_letter_that_declines_warns_of_time_limits_in_the_readers_language(
    practice: Practice, client: int, language: str
) -> None:
    asked = _asked(practice, client, "decline", language)
    paper = render(asked, declining(asked, "no capacity"))
    told = text(paper)
    for words in [*WARNED[language], "Rosa Benedetti", "7 Lock Lane", "UM1 4QT Upper Mere", "Tess Alder", "Tenancy"]:
        assert words in told
    assert title("decline", language) in told
    assert catalogue(paper)["/Lang"] == language
    assert paper.pages == 1


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_the_letter_of_engagement_says_what_was_agreed(practice: Practice, client: int, language: str) -> None:
    asked = _asked(practice, client, "engage", language)
    told = text(render(asked, engaging(asked, WORK))).replace("\xa0", " ")
    for words in [*AGREED[language], "Deposit claim", "Appeals", "Alder & Finch", "+44 20 7946 0000"]:
        assert words in told


def test_a_conflict_is_declined_without_naming_the_other_side(practice: Practice, client: int) -> None:
    asked = _asked(practice, client, "decline", "en")
    assert "Portus" not in text(render(asked, declining(asked, "conflict")))


def test_what_was_edited_is_printed_as_it_was_left(practice: Practice, client: int) -> None:
    asked = _asked(practice, client, "decline", "en")
    told = text(render(asked, "Dear Rosa,\n\nA heading\n\n5 < 6 & <b>so</b>.\n\nYours,"))
    assert "5 < 6 & <b>so</b>." in told
    assert "time limit" not in told


def test_what_was_not_agreed_is_left_out(practice: Practice, client: int) -> None:
    asked = _asked(practice, client, "engage", "en")
    words = engaging(asked, Agreed(title="Deposit claim"))
    assert "What is not included" not in words
    assert "agreed separately in writing" in words
    assert "Review" not in words


def test_a_letter_speaks_the_readers_language_and_else_the_practices(practice: Practice, client: int) -> None:
    assert practice.ask(facts, client, "decline", TODAY).language == "en"
    practice.do(edit_party, 1, PartyEdit(language="pl-PL"))
    assert practice.ask(facts, client, "decline", TODAY).language == "pl"


def test_a_letter_about_another_clients_work_is_refused(practice: Practice, client: int) -> None:
    other = int(str(practice.do(add_client, NewClient(party=NewParty(name="Aiko Nakamura"))).result))
    work = int(str(practice.do(add_engagement, NewEngagement(client_id=other, title="Theirs")).result))
    with pytest.raises(Refused, match="other-clients-engagement"):
        practice.ask(facts, client, "engage", TODAY, engagement_id=work)


@pytest.mark.parametrize("language", ["en", "es", "pl"])
@pytest.mark.parametrize("profession", ["law", "accounting", "design"])
def test_each_profession_begins_with_templates_in_its_language(profession: str, language: str) -> None:
    found = starting_templates(profession, language)
    assert len(found) == 2
    for template in found:
        assert template["scope_included"]
        assert template["scope_excluded"]
        assert template["client_duties"]
    if language != "en":
        assert found[0]["name"] != starting_templates(profession, "en")[0]["name"]


def test_the_certificate_says_names_universe_matches_and_decision(practice: Practice, client: int) -> None:
    asked = NewConflictCheck(
        names=["Portus Limited", "Aiko Nakamura"], decision="accepted with waiver", reason="Rosa consented"
    )
    kept = int(str(practice.do(record_decision, asked, "Tess").result))
    paper = conflict_certificate.render(practice.ask(conflict_certificate.facts, kept))
    told = text(paper)
    for words in [
        *("Portus Limited", "Portus Ltd", "Aiko Nakamura", "names searched", "Checked by Tess", "Adverse"),
        *(
            "Accepted with a waiver",
            "Rosa consented",
            "Nobody of this name",
            "Rosa Benedetti / Portus Ltd — still open",
        ),
    ]:
        assert words in told
    assert bookmarks(paper) == ["Why it was decided so", "What was found"]


def test_the_certificate_speaks_the_language_that_is_asked_for(practice: Practice, client: int) -> None:
    kept = int(str(practice.do(record_decision, NewConflictCheck(names=["Aiko"], decision="clear"), "Tess").result))
    asked = practice.ask(conflict_certificate.facts, kept, language="es")
    told = text(conflict_certificate.render(asked))
    assert "Control de conflictos" in told
    assert "Conflict check" not in told
    assert voices.current().language == "en"
