"""Letters: the practice's own wording per kind and language, and what was sent kept with whom and what it is about."""

from __future__ import annotations

import datetime as dt

import pytest

from db.advice import NewAdvice, log_advice
from db.attachments import list_attachments
from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement, get_engagement
from db.errors import Refused
from db.letters import SentLetter, forget_wording, get_wording, keep_wording, send_letter
from db.parties import NewParty
from db.practice import Practice

PDF = b"%PDF-1.5 a letter"


def client(practice: Practice, name: str = "Rosa Benedetti") -> int:
    return int(str(practice.do(add_client, NewClient(party=NewParty(name=name))).result))


def work(practice: Practice, client_id: int) -> int:
    new = NewEngagement(client_id=client_id, title="Deposit claim", stage="active")
    return int(str(practice.do(add_engagement, new).result))


def sent(on: dt.date | None, kind: str = "engage") -> SentLetter:
    return SentLetter(
        name="Our agreement, 2026.pdf", title="Our agreement", text="Dear Rosa,", pdf=PDF, kind=kind, sent_on=on
    )


def test_wording_is_kept_per_kind_and_language_and_taken_back(practice: Practice) -> None:
    practice.do(keep_wording, "close", "pl", "Szanowna Pani {client},")
    assert practice.ask(get_wording, "close", "pl") == "Szanowna Pani {client},"
    assert practice.ask(get_wording, "close", "en") == ""
    assert practice.ask(get_wording, "decline", "pl") == ""
    practice.do(forget_wording, "close", "pl")
    assert practice.ask(get_wording, "close", "pl") == ""
    practice.undo()
    assert practice.ask(get_wording, "close", "pl") == "Szanowna Pani {client},"


def test_empty_wording_is_refused_and_none_cannot_be_taken_back(practice: Practice) -> None:
    with pytest.raises(Refused, match="required"):
        practice.do(keep_wording, "close", "en", "  ")
    with pytest.raises(Refused, match="no-wording"):
        practice.do(forget_wording, "close", "en")


def test_letter_that_was_sent_lies_with_the_engagement_which_knows_its_day(practice: Practice) -> None:
    rosa = client(practice)
    engagement = work(practice, rosa)
    practice.do(send_letter, sent(dt.date.today()), rosa, engagement)
    files = practice.ask(list_attachments, engagement_id=engagement)
    assert [(row.name, row.size) for row in files] == [("Our agreement, 2026.pdf", len(PDF))]
    assert [row.id for row in practice.ask(list_attachments, rosa)] == [files[0].id]
    found = practice.ask(lambda session: get_engagement(session, engagement).model_dump())
    assert (found["letter"], found["letter_sent_on"]) == ("sent", dt.date.today())


def test_another_letter_says_nothing_of_the_agreement(practice: Practice) -> None:
    rosa = client(practice)
    engagement = work(practice, rosa)
    practice.do(send_letter, sent(dt.date.today(), "close"), rosa, engagement)
    assert practice.ask(lambda session: get_engagement(session, engagement).letter) == "none"


def test_letter_about_advice_confirms_the_entry(practice: Practice) -> None:
    rosa = client(practice)
    new = NewAdvice(client_id=rosa, question="Settle?", advice="Yes.", record=True)
    entry = int(str(practice.do(log_advice, new).result))
    practice.do(send_letter, sent(dt.date.today(), "confirm"), rosa, None, entry)
    confirmed = practice.ask(lambda s: s.connection().exec_driver_sql("SELECT confirmed_on FROM advice").scalar())
    assert str(confirmed) == str(dt.date.today())


def test_letter_goes_neither_tomorrow_nor_with_another_clients_work(practice: Practice) -> None:
    rosa, aiko = client(practice), client(practice, "Aiko Nakamura")
    engagement = work(practice, rosa)
    with pytest.raises(Refused, match="in-the-future"):
        practice.do(send_letter, sent(dt.date.today() + dt.timedelta(days=1)), rosa, engagement)
    with pytest.raises(Refused, match="other-clients-engagement"):
        practice.do(send_letter, sent(dt.date.today()), aiko, engagement)
