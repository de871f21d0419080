"""Proof that a client's story tells everything once, in pages, and keeps what was told in confidence to itself."""

from __future__ import annotations

import datetime as dt

import pytest

from db import attachments, clients, engagements, fees, followups, overview, story, trust
from db.advice import NewAdvice, log_advice
from db.attachments import NewAttachment
from db.clients import ClientEdit, NewStanding
from db.engagements import NewRole
from db.errors import Refused
from db.fees import NewFee
from db.followups import NewFollowUp
from db.parties import NewParty, add_party
from db.practice import Practice
from db.trust import NewPromise, NewTrustNote
from tests.db.nouns import advised, known, result

TODAY = dt.date.today()
DAY = dt.timedelta(days=1)


def test_story_is_one_timeline_newest_first_without_confidences_or_the_withdrawn(practice: Practice) -> None:
    here = known(practice)
    advised(practice, here.client, days_ago=5)
    practice.do(trust.add_promise, NewPromise(client_id=here.client, text="Call"))
    practice.do(trust.note_trust, NewTrustNote(client_id=here.client, kind="confidence", text="Zanzibar"))
    practice.do(fees.add_fee, NewFee(client_id=here.client, charged_on=TODAY, amount_minor=100, currency="EUR"))
    practice.do(attachments.attach, NewAttachment(name="deed.txt", content=b"deed", engagement_id=here.engagement))
    advised(practice, here.client, question="Withdrawn?")
    practice.undo()
    moments = practice.ask(story.story, here.client)
    assert [moment.on for moment in moments] == sorted((moment.on for moment in moments), reverse=True)
    nouns = {"advice", "promise", "trust_note", "engagement", "standing", "fee", "attachment"}
    assert {moment.noun for moment in moments} == nouns
    assert "Zanzibar" not in repr(moments)
    assert "Withdrawn?" not in repr(moments)


def test_story_read_in_pages_is_the_whole_story(practice: Practice) -> None:
    here = known(practice)
    for number in range(7):
        practice.do(followups.add_follow_up, NewFollowUp(client_id=here.client, due_on=TODAY, what=f"Step {number}"))
    practice.do(engagements.change_stage, here.engagement, engagements.NewStage(stage="completed", outcome="Won"))
    whole = practice.ask(story.story, here.client)
    paged: list[story.Moment] = []
    before = story.NEWEST
    while page := practice.ask(story.story, here.client, limit=2, before=before):
        paged += page
        before = page[-1].key
    assert paged == whole
    assert len({moment.key for moment in whole}) == len(whole) == 10


def test_story_narrowed_to_a_kind_holds_only_that_kind(practice: Practice) -> None:
    here = known(practice)
    practice.do(trust.add_promise, NewPromise(client_id=here.client, text="Call"))
    kinds = practice.ask(story.story_kinds, here.client)
    assert kinds == ["promises", "engagements", "standing"]
    told = practice.ask(story.story, here.client, kinds=["promises"])
    assert [moment.noun for moment in told] == ["promise"]


def test_story_of_nobody_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="no-such-client"):
        practice.ask(story.story, 7)


def test_head_says_who_pays_but_not_the_client_himself(practice: Practice) -> None:
    here = known(practice)
    payer = result(practice.do(add_party, NewParty(name="Larrea Navieras", kind="organisation")))
    practice.do(engagements.add_role, NewRole(engagement_id=here.engagement, party_id=payer, kind="pays"))
    own = practice.ask(clients.list_client_rows, [here.client])[0].party_id
    practice.do(engagements.add_role, NewRole(engagement_id=here.engagement, party_id=own, kind="decides"))
    head = practice.ask(overview.head, here.client)
    assert head.roles == {"pays": ["Larrea Navieras"]}
    assert (head.engagements, head.confidences, head.files) == (1, 0, 0)


def test_what_binds_and_is_soonest_is_the_one_thing_not_to_forget(practice: Practice) -> None:
    here = known(practice)
    assert practice.ask(overview.pressing, here.client) is None
    practice.do(trust.note_trust, NewTrustNote(client_id=here.client, kind="concern", text="He felt rushed"))
    assert practice.ask(overview.pressing, here.client).text == "He felt rushed"  # type: ignore[union-attr]
    practice.do(followups.add_follow_up, NewFollowUp(client_id=here.client, due_on=TODAY - DAY, what="Ring"))
    assert practice.ask(overview.pressing, here.client).text == "Ring"  # type: ignore[union-attr]
    practice.do(trust.add_promise, NewPromise(client_id=here.client, text="Far off", due_on=TODAY + 30 * DAY))
    practice.do(trust.add_promise, NewPromise(client_id=here.client, text="Send it", due_on=TODAY + 2 * DAY))
    found = practice.ask(overview.pressing, here.client)
    assert found is not None
    assert (found.noun, found.text) == ("promise", "Send it")


def test_restricted_concern_never_presses(practice: Practice) -> None:
    here = known(practice)
    note = NewTrustNote(client_id=here.client, kind="concern", text="Zanzibar", restricted=True)
    practice.do(trust.note_trust, note)
    assert practice.ask(overview.pressing, here.client) is None


def test_same_bytes_are_kept_once_whatever_their_names(practice: Practice) -> None:
    here = known(practice)
    for name in ("scan.pdf", "again.pdf"):
        practice.do(attachments.attach, NewAttachment(name=name, content=b"scan" * 500_000, client_id=here.client))
    rows = practice.ask(attachments.list_attachments, here.client)
    assert [row.name for row in rows] == ["again.pdf", "scan.pdf"]
    kept = practice.ask(
        lambda session: session.connection().exec_driver_sql("SELECT count(*) FROM attachment_chunk").scalar()
    )
    assert kept == 2
    assert practice.ask(lambda session: b"".join(attachments.read_attachment(session, rows[0].id))) == b"scan" * 500_000


def test_files_of_an_engagement_come_with_those_of_its_advice(practice: Practice) -> None:
    here = known(practice)
    new = NewAdvice(client_id=here.client, engagement_id=here.engagement, question="Settle?", advice="Yes.")
    entry = result(practice.do(log_advice, new))
    practice.do(attachments.attach, NewAttachment(name="a.txt", content=b"a", advice_id=entry))
    practice.do(attachments.attach, NewAttachment(name="b.txt", content=b"b", client_id=here.client))
    assert [row.name for row in practice.ask(attachments.list_attachments, engagement_id=here.engagement)] == ["a.txt"]
    assert [row.name for row in practice.ask(attachments.list_attachments, advice_id=entry)] == ["a.txt"]
    assert len(practice.ask(attachments.list_attachments, here.client)) == 2


def test_change_of_standing_stands_in_the_story_with_its_reason(practice: Practice) -> None:
    here = known(practice)
    practice.do(clients.edit_client, here.client, ClientEdit(valued="being told first"))
    practice.do(clients.change_standing, here.client, NewStanding(standing="former", reason="price", words="Too dear"))
    moment = practice.ask(story.story, here.client, kinds=["standing"])[0]
    assert (moment.title, moment.state, moment.body) == ("former", "price", "Too dear")
