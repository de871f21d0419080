"""What waits and when: the days on which each kind comes to Today, who gets effort, and what is put off."""

from __future__ import annotations

import datetime as dt

import pytest

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.effort import list_effort
from db.engagements import NewEngagement, add_engagement
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewParty
from db.practice import Practice
from db.set_aside import NewSetAside, set_aside
from db.today import list_waiting

TODAY = dt.date.today()


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def _client(practice: Practice, name: str = "Portus Terminal") -> int:
    new = NewClient(party=NewParty(name=name), standing="client", since=day(-500))
    return int(str(practice.do(add_client, new).result))


def _step(practice: Practice, client: int, due: int) -> int:
    return int(str(practice.do(add_follow_up, NewFollowUp(client_id=client, due_on=day(due), what="Call")).result))


@pytest.mark.parametrize(
    ("stage", "letter", "waits"),
    [
        ("active", "none", True),
        ("engaged", "sent", True),
        ("active", "signed", False),
        ("proposed", "sent", True),
        ("proposed", "draft", False),
        ("enquiry", "sent", False),
        ("on hold", "sent", False),
    ],
)
def test_a_letter_waits_where_work_goes_on_or_a_proposal_is_out(
    practice: Practice, stage: str, letter: str, waits: bool
) -> None:
    new = {"client_id": _client(practice), "title": "Lease", "stage": stage, "letter": letter}
    practice.do(add_engagement, NewEngagement.model_validate(new))
    assert practice.ask(list_waiting, "letter").total == int(waits)


def test_a_follow_up_waits_from_its_day_on(practice: Practice) -> None:
    client = _client(practice)
    for due in (-2, 0, 1):
        _step(practice, client, due)
    found = practice.ask(list_waiting, "follow_up")
    assert [row.days for row in found.rows] == [2, 0]
    assert (found.total, found.late) == (2, 1)


def test_no_more_rows_than_asked_for_are_read_and_all_are_counted(practice: Practice) -> None:
    client = _client(practice)
    for _ in range(6):
        _step(practice, client, -1)
    found = practice.ask(list_waiting, "follow_up", limit=4)
    assert (len(found.rows), found.total) == (4, 6)


def test_what_is_put_off_comes_back_on_its_day_and_undo_brings_it_back_now(practice: Practice) -> None:
    step = _step(practice, _client(practice), -1)
    off = NewSetAside(noun="follow_up", record_id=step, kind="follow_up", until=day(3))
    practice.do(set_aside, off)
    assert practice.ask(list_waiting, "follow_up", day(2)).total == 0
    assert practice.ask(list_waiting, "follow_up", day(3)).total == 1
    practice.undo()
    assert practice.ask(list_waiting, "follow_up").total == 1


def test_putting_off_once_more_moves_the_day(practice: Practice) -> None:
    step = _step(practice, _client(practice), -1)
    for until in (3, 9):
        off = NewSetAside(noun="follow_up", record_id=step, kind="follow_up", until=day(until))
        practice.do(set_aside, off)
    assert practice.ask(list_waiting, "follow_up", day(8)).total == 0
    assert practice.ask(list_waiting, "follow_up", day(9)).total == 1


@pytest.mark.parametrize(("until", "code"), [(0, "aside-past"), (None, "required")])
def test_putting_off_needs_a_day_to_come_or_a_reason(practice: Practice, until: int | None, code: str) -> None:
    step = _step(practice, _client(practice), -1)
    told = None if until is None else day(until)
    with pytest.raises(Refused) as refused:
        practice.do(set_aside, NewSetAside(noun="follow_up", record_id=step, kind="follow_up", until=told))
    assert refused.value.code == code


def test_effort_weighs_channels_and_counts_only_the_last_year_and_quarter(practice: Practice) -> None:
    client, other = _client(practice), _client(practice, "Other")
    for amount, ago in ((500_00, 10), (300_00, 364), (999_00, 366)):
        practice.do(add_fee, NewFee(client_id=client, charged_on=day(-ago), amount_minor=amount, currency=""))
    practice.do(add_fee, NewFee(client_id=client, charged_on=day(-5), amount_minor=70_00, currency="JPY"))
    practice.do(add_fee, NewFee(client_id=other, charged_on=day(-5), amount_minor=100_00, currency=""))
    now = dt.datetime.now(dt.UTC)
    for channel, ago in (("meeting", 1), ("e-mail", 2), ("call", 91)):
        given = {"client_id": client, "question": "?", "advice": ".", "channel": channel, "record": True}
        practice.do(log_advice, NewAdvice.model_validate(given | {"given_at": now - dt.timedelta(days=ago)}))
    effort = practice.ask(list_effort)
    assert [(row.client, row.value_minor, row.attention, row.contacts) for row in effort.rows] == [
        ("Portus Terminal", 800_00, 4.0, 2),
        ("Other", 100_00, 0.0, 0),
    ]
    assert not effort.neglected(effort.rows[0])
