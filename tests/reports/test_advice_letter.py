"""Proof that the letter of confirmation says what was recorded, in the reader's language, and nothing told in trust."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from db.advice import NewAdvice, NewResponse, log_advice, respond_to_advice
from db.clients import NewClient, add_client
from db.errors import Refused
from db.parties import NewParty
from db.practice import Practice
from db.trust import NewTrustNote, note_trust
from desktop.reports import advice_letter
from desktop.reports.family import Asked
from tests.reports.reading import text

TODAY = dt.date(2026, 11, 22)
AT = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)


def asked(number: int, **more: Any) -> Asked:
    return Asked(AT, advice_id=number, **more)


def entry(practice: Practice, language: str = "", record: bool = True, channel: str = "meeting") -> int:
    party = NewParty(given_name="Iñaki", family_name="Larrea", language=language)
    client = int(str(practice.do(add_client, NewClient(party=party)).result))
    practice.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text="He is leaving the firm"))
    new = NewAdvice(
        client_id=client,
        question="Settle?",
        advice="Settle <b>now</b>.",
        risks="Costs",
        record=record,
        channel=channel,  # type: ignore[arg-type]
    )
    return int(str(practice.do(log_advice, new).result))


def against(practice: Practice, advice_id: int) -> None:
    answer = NewResponse(response="against advice", consequence="Costs double", reason="Pride", words="Go to trial")
    practice.do(respond_to_advice, advice_id, answer)


def test_letter_tells_the_advice_and_the_decision_against_it(practice: Practice) -> None:
    number = entry(practice)
    against(practice, number)
    printed = text(advice_letter.render(practice.ask(advice_letter.read, asked(number, language="en"))))
    for told in ("Settle <b>now</b>.", "Costs double", "Pride", "Go to trial", "A-0001", "For Iñaki Larrea"):
        assert told in printed
    assert "leaving" not in printed


@pytest.mark.parametrize(("language", "told"), [("es", "Nuestro consejo"), ("pl", "Nasza porada")])
def test_letter_speaks_the_reader_s_language(practice: Practice, language: str, told: str) -> None:
    number = entry(practice, language)
    assert told in text(advice_letter.render(practice.ask(advice_letter.read, asked(number))))
    assert practice.ask(advice_letter.facts, number, TODAY).decided_on is None


def test_note_to_the_file_has_no_letter(practice: Practice) -> None:
    number = entry(practice, channel="note")
    with pytest.raises(Refused, match="internal-note"):
        practice.ask(advice_letter.facts, number, TODAY)


def test_draft_has_no_letter(practice: Practice) -> None:
    with pytest.raises(Refused, match="still-a-draft"):
        practice.ask(advice_letter.facts, entry(practice, record=False), TODAY)
