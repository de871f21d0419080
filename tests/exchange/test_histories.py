"""Whole histories come in from tables, row by row, and what is unclear is set aside with its reason."""

from __future__ import annotations

import datetime as dt

import pytest

from db.errors import Refused
from db.fees import NewFee, add_fee
from db.practice import Practice
from tests.exchange.conftest import Bring, rows

CLIENTS = (
    "number,kind,name,given_name,family_name,standing,grade,since,email,phone,city,country,language,tags\n"
    "C-0007,organisation,Harbour Bakery Ltd,,,client,a,2019-03-01,hello@harbour.example,01482 496000,Hull,UK,en,"
    "food;vip\n"
    ",person,,Ana,Ruiz,prospect,,,ana@ruiz.example,,Girona,Spain,es,\n"
)
ENGAGEMENTS = (
    "number,client,title,area,stage,opened,closed,fee_basis,fee,currency,Court\n"
    'M-1,C-0007,Lease of the quay,property,on-hold,2024-01-05,,fixed,"12.500,00",EUR,Hull\n'
    ",C-0008,Will,,,2023-02-01,2023-04-01,,,,\n"
)


def test_clients_come_with_numbers_standing_and_tags(practice: Practice, bring: Bring) -> None:
    imported = bring(CLIENTS, as_noun="clients", country="GB")
    assert (imported.created, imported.needs_a_look) == (2, [])
    assert rows(
        practice,
        "SELECT c.number, p.name, p.kind, c.standing, c.grade, c.since FROM client c JOIN party p"
        " ON p.id = c.party_id ORDER BY c.id",
    ) == [
        ("C-0007", "Harbour Bakery Ltd", "organisation", "client", "A", "2019-03-01"),
        ("C-0008", "Ana Ruiz", "person", "prospect", "", None),
    ]
    assert rows(practice, "SELECT standing, changed_on FROM standing_change ORDER BY id")[0] == ("client", "2019-03-01")
    assert rows(practice, "SELECT name FROM tag ORDER BY name") == [("food",), ("vip",)]


def test_a_changed_clients_table_changes_the_client_with_that_number(practice: Practice, bring: Bring) -> None:
    bring(CLIENTS, as_noun="clients", country="GB")
    imported = bring(
        CLIENTS.replace("client,a", "former,B").replace("01482 496000", "01482 496111"), as_noun="clients", country="GB"
    )
    assert (imported.created, imported.updated, imported.unchanged) == (0, 1, 1)
    assert rows(practice, "SELECT standing, grade FROM client WHERE number = 'C-0007'") == [("former", "B")]
    assert rows(practice, "SELECT normal FROM contact_point WHERE kind = 'phone'") == [("+441482496111",)]


def test_a_number_given_twice_needs_a_look(practice: Practice, bring: Bring) -> None:
    imported = bring("number,name\nC-0001,Ola Bo\nC-0001,Per Ek\n", as_noun="clients")
    assert imported.created == 1
    assert [(row.line, row.why) for row in imported.needs_a_look] == [(3, "number-taken")]


@pytest.fixture
def served(practice: Practice, bring: Bring) -> Practice:
    bring(CLIENTS, as_noun="clients")
    bring(ENGAGEMENTS, as_noun="engagements")
    return practice


def test_engagements_keep_fee_stage_and_extra_columns(served: Practice) -> None:
    assert rows(served, "SELECT number, title, stage, fee_minor, currency, closed_on FROM engagement ORDER BY id") == [
        ("M-1", "Lease of the quay", "on hold", 1250000, "EUR", None),
        ("E-0001", "Will", "completed", None, "", "2023-04-01"),
    ]
    assert rows(served, "SELECT noun, name, value FROM custom_field") == [("engagement", "Court", "Hull")]


ADVICE = (
    "client,engagement,given_at,author,channel,question,advice,basis,risks,response,recorded\n"
    "C-0007,M-1,2024-03-31 10:30,AR,Email,Extend the lease?,Yes.,Act s. 25,none,accepted,yes\n"
    ",M-1,2024-04-02,AR,call,Pay the fine?,No.,,late fee,,2024-04-02\n"
    "C-0008,,02.05.2024,AR,meeting,Sell?,,,,,no\n"
    "C-0008,,2024-05-03,AR,meeting,Buy?,Wait.,,,accepted,no\n"
    "C-0099,,2024-05-03,AR,meeting,Who?,x,,,,yes\n"
    "C-0008,M-1,2024-05-03,AR,meeting,Whose?,x,,,,yes\n"
    "C-0007,,2024-05-03,AR,smoke,How?,x,,,,yes\n"
    "C-0007,,32.05.2024,AR,call,When?,x,,,,yes\n"
    "C-0007,,2999-01-01,AR,call,Soon?,x,,,,yes\n"
    "C-0007,,2024-05-03,AR,call,What?,,,,,yes\n"
)


def test_recorded_advice_stands_sealed_with_its_response(served: Practice, bring: Bring) -> None:
    imported = bring(ADVICE, as_noun="advice")
    assert (imported.read, imported.created) == (10, 3)
    assert [(row.line, row.why) for row in imported.needs_a_look] == [
        (5, "response-to-draft"),
        (6, "no-such-client"),
        (7, "other-clients-engagement"),
        (8, "not-one-of"),
        (9, "not-a-date"),
        (10, "in-the-future"),
        (11, "required"),
    ]
    assert rows(served, "SELECT given_at, channel, state, late_entry FROM advice ORDER BY id") == [
        ("2024-03-31T08:30:00Z", "e-mail", "recorded", 1),
        ("2024-04-02T10:00:00Z", "call", "recorded", 0),
        ("2024-05-02T10:00:00Z", "meeting", "draft", 0),
    ]
    assert rows(served, "SELECT response, responded_on FROM advice_response") == [("accepted", "2024-03-31")]


def test_a_recorded_entry_is_not_changed_by_a_later_file(served: Practice, bring: Bring) -> None:
    bring(ADVICE, as_noun="advice")
    again = bring(ADVICE, as_noun="advice")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    changed = bring(ADVICE.replace("Yes.", "No!").replace("Sell?,,", "Sell?,Not yet.,"), as_noun="advice")
    assert (changed.created, changed.updated) == (0, 1)
    assert ("recorded", 2) in [(row.why, row.line) for row in changed.needs_a_look]
    assert rows(served, "SELECT advice FROM advice ORDER BY id") == [("Yes.",), ("No.",), ("Not yet.",)]


def test_a_response_may_come_later(served: Practice, bring: Bring) -> None:
    bring(ADVICE, as_noun="advice")
    imported = bring(ADVICE.replace("late fee,,", "late fee,declined,"), as_noun="advice")
    assert imported.updated == 1
    assert rows(served, "SELECT response FROM advice_response ORDER BY id") == [("accepted",), ("declined",)]


def test_trust_promises_fees_and_follow_ups_come_in(served: Practice, bring: Bring) -> None:
    bring(
        "client,noted_at,kind,effect,text,restricted\nC-0007,2024-01-02,confidence,0,is moving,\n"
        "C-0007,2024-01-02,thanks,+2,kind words,no\nC-0007,2024-01-02,thanks,3,too much,no\n",
        as_noun="trust",
    )
    assert rows(served, "SELECT kind, effect, restricted FROM trust_note") == [("confidence", 0, 1), ("thanks", 2, 0)]
    bring(
        "client,engagement,by,text,made_on,due,status,kept_on\n"
        "C-0007,M-1,us,send draft,2024-01-02,2024-01-10,,2024-01-12\n"
        "C-0007,,client,send papers,2024-01-02,,,\n",
        as_noun="promises",
    )
    assert rows(served, "SELECT by, status FROM promise") == [("us", "late"), ("client", "open")]
    bring(
        'client,engagement,date,amount,currency,kind\nC-0007,M-1,2024-01-02,"1 234,50",PLN,paid\n'
        'C-0007,M-1,2024-01-02,"1 234,50",PLN,paid\nC-0008,,2024-01-03,-20,,\nC-0008,,2024-01-03,1200,JPY,\n',
        as_noun="fees",
    )
    assert rows(served, "SELECT amount_minor, currency, kind FROM fee") == [
        (123450, "PLN", "paid"),
        (123450, "PLN", "paid"),
        (-2000, "PLN", "billed"),
        (1200, "JPY", "billed"),
    ]
    bring("client,engagement,due,what,done_on\nHarbour Bakery Ltd,,2024-02-01,call Sue,\n", as_noun="follow-ups")
    assert rows(served, "SELECT what, due_on, done_on FROM follow_up") == [("call Sue", "2024-02-01", None)]


def test_equal_fees_are_two_fees_and_stay_two(served: Practice, bring: Bring) -> None:
    fees = "client,date,amount\nC-0007,2024-01-02,50\nC-0007,2024-01-02,50\n"
    assert bring(fees, as_noun="fees").created == 2
    assert bring(fees, as_noun="fees").unchanged == 2
    third = bring(fees + "C-0007,2024-01-02,50\n", as_noun="fees")
    assert (third.created, third.unchanged) == (1, 2)


def test_a_fee_that_was_entered_by_hand_is_not_entered_again(served: Practice, bring: Bring) -> None:
    served.do(add_fee, NewFee(client_id=1, charged_on=dt.date(2024, 1, 2), amount_minor=5000))
    imported = bring("client,date,amount\nC-0007,2024-01-02,50\nC-0007,2024-01-02,50\n", as_noun="fees")
    assert (imported.created, imported.unchanged) == (1, 1)


def test_a_history_is_known_by_its_columns(served: Practice, bring: Bring) -> None:
    assert bring(ADVICE).created == 3


def test_a_history_without_its_columns_is_refused(served: Practice, bring: Bring) -> None:
    with pytest.raises(Refused) as refused:
        bring("client,amount\nC-0007,3\n", as_noun="fees")
    assert (refused.value.code, refused.value.facts["columns"]) == ("missing-columns", ["charged_on"])


def test_an_undone_import_of_advice_is_withdrawn_and_comes_back_whole(served: Practice, bring: Bring) -> None:
    bring(ADVICE, as_noun="advice")
    served.undo()
    assert rows(served, "SELECT count(*) FROM advice WHERE withdrawn_at IS NULL") == [(0,)]
    assert bring(ADVICE, as_noun="advice").created == 3
    assert served.check().ok
