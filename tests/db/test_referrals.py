"""Referrals: written ones and those that a client's file tells, thanks owed once, and whom it is right to ask."""

from __future__ import annotations

import datetime as dt

import pytest

from db.asking import list_worth_asking
from db.clients import NewClient, add_client
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.followups import list_follow_ups
from db.insights import NewInsight, record_insight
from db.parties import NewParty, add_party
from db.practice import Practice
from db.referrals import (
    NewReferral,
    Outcome,
    Thanks,
    add_referral,
    list_referral_ids,
    list_referral_rows,
    remove_referral,
    sent_by,
    tell_outcome,
    thank_for_referral,
    thanks_owed,
)
from db.trust import NewPromise, NewTrustNote, Settling, add_promise, keep_promise, list_trust_notes, note_trust
from tests.db.made import value

TODAY = dt.date.today()


def _number(done: object) -> int:
    result = done.result  # type: ignore[attr-defined]
    assert isinstance(result, int)
    return result


def _client(practice: Practice, name: str, **more: object) -> tuple[int, int]:
    """The ids of a client and of its party."""
    values = {"party": NewParty(name=name, kind="organisation"), "standing": "client", **more}
    client = _number(practice.do(add_client, NewClient.model_validate(values)))
    party = value(practice, "SELECT party_id FROM client WHERE id = ?", client)
    assert isinstance(party, int)
    return client, party


def _owed(practice: Practice) -> list[tuple[str, str]]:
    return [(row.sender, row.sent) for row in practice.ask(thanks_owed, 10)]


def test_a_file_that_names_its_sender_owes_thanks_until_they_are_noted(practice: Practice) -> None:
    _sender, party = _client(practice, "Gestoría Ansó")
    _client(practice, "Larrea", referred_by_id=party)
    (row,) = practice.ask(thanks_owed, 10)
    assert (row.sender, row.sent, row.state) == ("Gestoría Ansó", "Larrea", "thanks owed")
    practice.do(thank_for_referral, row.id, Thanks(how="Called her"))
    assert _owed(practice) == []
    (kept,) = practice.ask(list_referral_rows, practice.ask(list_referral_ids))
    assert (kept.id > 0, kept.thanked_on, kept.thanked_how) == (True, TODAY, "Called her")
    practice.undo()
    assert _owed(practice) == [("Gestoría Ansó", "Larrea")]
    assert practice.check().ok


def test_a_written_referral_and_the_file_that_says_the_same_count_once(practice: Practice) -> None:
    _sender, party = _client(practice, "Ansó")
    _sent, sent = _client(practice, "Larrea", referred_by_id=party)
    practice.do(add_referral, NewReferral(direction="in", sent_id=sent, from_id=party, what_for="A lease"))
    assert _owed(practice) == [("Ansó", "Larrea")]
    assert len(practice.ask(sent_by, party)) == 1


def test_what_came_of_a_referral_is_told_with_its_fees(practice: Practice) -> None:
    _sender, party = _client(practice, "Ansó")
    client, _party = _client(practice, "Larrea", referred_by_id=party)
    practice.do(add_fee, NewFee(client_id=client, amount_minor=120_000))
    practice.do(add_fee, NewFee(client_id=client, amount_minor=50_000, kind="paid"))
    (row,) = practice.ask(thanks_owed, 10)
    assert (row.fees_minor, row.currency) == (120_000, "GBP")
    number = _number(practice.do(tell_outcome, row.id, Outcome(outcome="Won", told_on=TODAY)))
    (told,) = practice.ask(list_referral_rows, [number])
    assert (told.outcome, told.told_on, told.thanked_on) == ("Won", TODAY, None)


def test_thanks_can_make_a_trust_note_and_a_next_step_of_the_sender(practice: Practice) -> None:
    sender, party = _client(practice, "Ansó")
    _client(practice, "Larrea", referred_by_id=party)
    (row,) = practice.ask(thanks_owed, 10)
    later = TODAY + dt.timedelta(days=30)
    practice.do(thank_for_referral, row.id, Thanks(how="Wrote a card", trust_note=True, follow_up_on=later))
    (note,) = practice.ask(list_trust_notes, sender)
    assert (note.kind, note.effect) == ("thanks", 1)
    assert [step.due_on for step in practice.ask(list_follow_ups, sender)] == [later]
    practice.undo()
    assert practice.ask(list_trust_notes, sender) == []


def test_a_sender_without_a_file_gets_no_trust_note(practice: Practice) -> None:
    party = _number(practice.do(add_party, NewParty(name="Notary", kind="organisation")))
    _client(practice, "Larrea", referred_by_id=party)
    (row,) = practice.ask(thanks_owed, 10)
    with pytest.raises(Refused, match="sender-no-client: trust_note"):
        practice.do(thank_for_referral, row.id, Thanks(how="Called", trust_note=True))
    assert _owed(practice) == [("Notary", "Larrea")]


def test_nobody_sends_himself_and_a_sender_is_needed(practice: Practice) -> None:
    _one, party = _client(practice, "Larrea")
    with pytest.raises(Refused, match="sent-himself: from_id"):
        practice.do(add_referral, NewReferral(direction="in", sent_id=party, from_id=party))
    with pytest.raises(Refused, match="required: to_id"):
        practice.do(add_referral, NewReferral(direction="out", sent_id=party))
    with pytest.raises(Refused, match="referral-of-file"):
        practice.do(remove_referral, -1)


def _pleased(practice: Practice, name: str) -> int:
    client, _party = _client(practice, name, grade="A")
    promise = _number(practice.do(add_promise, NewPromise(client_id=client, text="Send the draft", due_on=TODAY)))
    practice.do(keep_promise, promise, Settling())
    new = NewInsight(client_id=client, kind="survey", verbatim="You explain it", metric="recommend", score=9)
    practice.do(record_insight, new)
    return client


def test_it_is_right_to_ask_who_is_pleased_and_whose_promise_was_kept(practice: Practice) -> None:
    client = _pleased(practice, "Larrea")
    _client(practice, "Silent")
    (row,) = practice.ask(list_worth_asking)
    assert (row.client_id, row.kept, row.said, row.score, row.last_kept) == (
        client,
        1,
        "You explain it",
        9,
        "Send the draft",
    )


@pytest.mark.parametrize("what", ["concern", "complaint", "late promise", "thanks owed"])
def test_it_is_never_right_to_ask_while_something_is_open(practice: Practice, what: str) -> None:
    client = _pleased(practice, "Larrea")
    assert len(practice.ask(list_worth_asking)) == 1
    before = TODAY - dt.timedelta(days=9)
    if what == "concern":
        practice.do(note_trust, NewTrustNote(client_id=client, kind="concern", text="The bill"))
    elif what == "complaint":
        practice.do(record_insight, NewInsight(client_id=client, kind="complaint", verbatim="Too slow"))
    elif what == "late promise":
        practice.do(add_promise, NewPromise(client_id=client, text="Call", made_on=before, due_on=before))
    else:
        _client(practice, "Sent one", referred_by_id=practice.ask(list_worth_asking)[0].party_id)
    assert practice.ask(list_worth_asking) == []
