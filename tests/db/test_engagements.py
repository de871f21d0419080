"""Engagements keep the rules of their stages, letters and roles."""

from __future__ import annotations

import datetime as dt

import pytest

from db.engagement_lists import Wanted, count_stages, list_areas
from db.engagements import (
    EngagementEdit,
    NewEngagement,
    NewLetter,
    NewRole,
    NewStage,
    add_engagement,
    add_role,
    change_stage,
    edit_engagement,
    find_engagement,
    get_engagement,
    list_engagement_ids,
    list_engagement_rows,
    list_roles,
    remove_role,
    set_letter,
    sum_fees,
)
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewParty, add_party
from db.practice import Practice
from db.words import FeeKind
from tests.db.nouns import advised, known, result


def test_engagement_closes_only_with_an_outcome(practice: Practice) -> None:
    here = known(practice)
    with pytest.raises(Refused, match="required: outcome"):
        practice.do(change_stage, here.engagement, NewStage(stage="completed"))
    practice.do(change_stage, here.engagement, NewStage(stage="completed", outcome="Settled"))
    engagement = practice.ask(get_engagement, here.engagement)
    assert (engagement.stage, engagement.outcome, engagement.closed_on) == ("completed", "Settled", dt.date.today())


def test_closed_engagement_refuses_advice_until_it_is_reopened(practice: Practice) -> None:
    here = known(practice)
    practice.do(change_stage, here.engagement, NewStage(stage="completed", outcome="Settled"))
    with pytest.raises(Refused) as refused:
        advised(practice, here.client, engagement_id=here.engagement)
    assert (refused.value.code, refused.value.field) == ("engagement-closed", "engagement")
    practice.do(change_stage, here.engagement, NewStage(stage="active"))
    assert practice.ask(get_engagement, here.engagement).closed_on is None
    assert advised(practice, here.client, engagement_id=here.engagement)


def test_engagement_cannot_close_before_it_opened(practice: Practice) -> None:
    here = known(practice)
    early = dt.date.today() - dt.timedelta(days=1)
    with pytest.raises(Refused, match="closed-before-opened"):
        practice.do(change_stage, here.engagement, NewStage(stage="completed", outcome="x", on=early))


def test_engagement_does_not_start_closed(practice: Practice) -> None:
    new = NewEngagement(client_id=known(practice).client, title="Late", stage="completed")
    with pytest.raises(Refused, match="opens-closed"):
        practice.do(add_engagement, new)


def test_signed_letter_gets_its_date(practice: Practice) -> None:
    here = known(practice)
    practice.do(edit_engagement, here.engagement, EngagementEdit(letter="signed"))
    assert practice.ask(get_engagement, here.engagement).letter_signed_on == dt.date.today()


def test_another_clients_engagement_is_refused(practice: Practice) -> None:
    here = known(practice)
    other = practice.ask(list_engagement_ids, client_id=here.client)
    stranger = known_other(practice)
    with pytest.raises(Refused, match="other-clients-engagement"):
        advised(practice, stranger, engagement_id=other[0])


def known_other(practice: Practice) -> int:
    from db.clients import NewClient, add_client

    return result(practice.do(add_client, NewClient(party=NewParty(name="Stranger"))))


def test_party_takes_a_role_once_and_leaves_it(practice: Practice) -> None:
    here = known(practice)
    portus = result(practice.do(add_party, NewParty(name="Portus Terminal", kind="organisation")))
    role = result(practice.do(add_role, NewRole(engagement_id=here.engagement, party_id=portus, kind="adverse")))
    with pytest.raises(Refused, match="already-in-role"):
        practice.do(add_role, NewRole(engagement_id=here.engagement, party_id=portus, kind="adverse"))
    assert [(row.name, row.kind) for row in practice.ask(list_roles, here.engagement)] == [
        ("Portus Terminal", "adverse")
    ]
    practice.do(remove_role, role)
    assert practice.ask(list_roles, here.engagement) == []


def test_engagement_is_found_by_number_or_part_of_its_title(practice: Practice) -> None:
    here = known(practice)
    assert practice.ask(find_engagement, "e-0001") == here.engagement
    assert practice.ask(find_engagement, "portus", here.client) == here.engagement
    with pytest.raises(Refused, match="no-such-engagement"):
        practice.ask(find_engagement, "berth", here.client)


def test_row_sums_billed_fees_and_knows_the_next_date(practice: Practice) -> None:
    here = known(practice)
    due = dt.date.today() + dt.timedelta(days=3)
    practice.do(add_fee, NewFee(client_id=here.client, engagement_id=here.engagement, amount_minor=250_00))
    practice.do(add_fee, NewFee(client_id=here.client, engagement_id=here.engagement, amount_minor=99, kind="paid"))
    new = NewFollowUp(client_id=here.client, engagement_id=here.engagement, due_on=due, what="Call")
    practice.do(add_follow_up, new)
    row = practice.ask(list_engagement_rows, [here.engagement])[0]
    assert (row.fees_minor, row.currency, row.next_on) == (250_00, "GBP", due)


def test_table_sorts_by_every_column(practice: Practice) -> None:
    here = known(practice)
    for column in ("number", "title", "client", "stage", "opened_on", "letter", "fees_minor", "next_on", "responsible"):
        assert practice.ask(list_engagement_ids, column) == [here.engagement]
    assert practice.ask(list_engagement_ids, text="larrea", open_only=True) == [here.engagement]
    assert practice.ask(list_engagement_ids, text="nothing like it") == []


def test_a_letter_is_sent_then_signed_and_can_go_back(practice: Practice) -> None:
    here = known(practice)
    today, before = dt.date.today(), dt.date.today() - dt.timedelta(days=2)
    practice.do(set_letter, here.engagement, NewLetter(letter="sent"))
    with pytest.raises(Refused, match="signed-before-sent: on"):
        practice.do(set_letter, here.engagement, NewLetter(letter="signed", on=before))
    practice.do(set_letter, here.engagement, NewLetter(letter="signed"))
    row = practice.ask(get_engagement, here.engagement)
    assert (row.letter, row.letter_sent_on, row.letter_signed_on) == ("signed", today, today)
    practice.do(set_letter, here.engagement, NewLetter(letter="draft"))
    row = practice.ask(get_engagement, here.engagement)
    assert (row.letter, row.letter_sent_on, row.letter_signed_on) == ("draft", None, None)


def test_a_list_is_narrowed_by_stage_area_letter_review_and_text(practice: Practice) -> None:
    here = known(practice)
    today = dt.date.today()
    second = NewEngagement(
        client_id=here.client, title="Berth lease", area="Property", stage="proposed", letter="signed",
        next_review_on=today,
    )  # fmt: skip
    lease = result(practice.do(add_engagement, second))
    for wanted, found in (
        (Wanted(stages=("proposed", "on hold")), [lease]),
        (Wanted(area="Property"), [lease]),
        (Wanted(unsigned=True), [here.engagement]),
        (Wanted(review_by=today), [lease]),
        (Wanted(review_by=today - dt.timedelta(days=1)), []),
    ):
        assert practice.ask(list_engagement_ids, wanted=wanted) == found
    assert practice.ask(count_stages) == {"active": 1, "proposed": 1}
    assert practice.ask(count_stages, "larrea v", Wanted(client_id=here.client)) == {"active": 1}
    assert practice.ask(list_areas) == ["Property"]


def test_a_page_of_a_stage_is_read_alone(practice: Practice) -> None:
    here = known(practice)
    for title in ("B", "C"):
        practice.do(add_engagement, NewEngagement(client_id=here.client, title=title, stage="active"))
    whole = practice.ask(list_engagement_ids, wanted=Wanted(stages=("active",)))
    assert practice.ask(list_engagement_ids, wanted=Wanted(stages=("active",)), limit=2, offset=1) == whole[1:]


def test_fees_are_summed_by_kind(practice: Practice) -> None:
    here = known(practice)
    noted: list[tuple[FeeKind, int]] = [("billed", 100), ("billed", 50), ("paid", 70), ("written off", 5)]
    for kind, amount in noted:
        new = NewFee(client_id=here.client, engagement_id=here.engagement, amount_minor=amount, kind=kind)
        practice.do(add_fee, new)
    sums = [(each.kind, each.minor) for each in practice.ask(sum_fees, here.engagement)]
    assert sums == [("billed", 150), ("paid", 70), ("written off", 5)]
