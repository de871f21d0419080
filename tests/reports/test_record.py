"""The papers that print the record, from a real file to their pages: what they say, in what order, and what not."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from db.advice import Amendment, NewResponse, amend_advice, confirm_advice, respond_to_advice
from db.advice_lists import number_of
from db.attachments import NewAttachment, attach
from db.clients import ClientEdit, edit_client, list_client_rows
from db.deadlines import NewDeadline, add_deadline
from db.engagements import NewRole, add_role
from db.errors import Refused
from db.fees import NewFee, add_fee
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewLink, NewParty, add_party, link_parties
from db.practice import Practice
from db.tables import Advice
from db.trust import NewPromise, NewTrustNote, add_promise, note_trust
from db.words import FeeKind
from desktop.reports import advice_history, advice_note, hand_over
from desktop.reports.family import Asked, kind_of, make
from desktop.reports.omissions import in_words
from desktop.reports.paper import Paper
from desktop.reports.verifying import verify
from tests.db.nouns import Known, advised, known, result
from tests.pace import paced
from tests.reports.reading import bookmarks, pages, text, unbroken
from tests.reports.record_sample import HAND_OVER, HISTORY, LATE, NOTE, PLAIN

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def here(practice: Practice) -> Known:
    return known(practice)


def note(practice: Practice, advice_id: int, **more: Any) -> advice_note.NoteFacts:
    return practice.ask(advice_note.read, Asked(NOW, advice_id=advice_id, **more))


def history(practice: Practice, client: int, **more: Any) -> advice_history.HistoryFacts:
    return practice.ask(advice_history.read, Asked(NOW, client, **more))


def amended(practice: Practice, client: int) -> tuple[int, int, int]:
    """An entry, what amends it, and what amends that."""
    first = advised(practice, client, days_ago=9, advice="First words.", late_reason="On the road.")
    second = result(practice.do(amend_advice, first, Amendment(reason="A new date", advice="Second words.")))
    third = result(practice.do(amend_advice, second, Amendment(reason="A wrong number", advice="Third words.")))
    return first, second, third


# ------------------------------------------------------------------ the note


def test_note_of_any_version_tells_the_entry_and_its_amendments_in_order(practice: Practice, here: Known) -> None:
    versions = amended(practice, here.client)
    practice.do(respond_to_advice, versions[2], NewResponse(response="accepted", words="Send it."))
    practice.do(confirm_advice, versions[2], dt.date(2026, 1, 2))
    for asked in versions:
        found = note(practice, asked)
        assert [each.advice for each in found.versions] == ["First words.", "Second words.", "Third words."]
        assert [each.amend_reason for each in found.versions] == ["", "A new date", "A wrong number"]
    told = text(advice_note.render(found))
    assert told.index("First words.") < told.index("A new date") < told.index("Third words.") < told.index("“Send it.”")
    assert "On the road." in told
    assert "2 January 2026" in told


def test_withdrawn_version_is_told_only_where_its_number_is_asked_for(practice: Practice, here: Known) -> None:
    first = advised(practice, here.client)
    taken_back = result(practice.do(amend_advice, first, Amendment(reason="Wrong file", advice="Taken back.")))
    practice.undo()
    assert [each.number for each in note(practice, first).versions] == [number_of(first)]
    assert "Taken back." not in text(advice_note.render(note(practice, first)))
    assert practice.ask(advice_note.omitted, Asked(NOW, advice_id=first)) == {"withdrawn": 1}
    told = text(advice_note.render(note(practice, taken_back)))
    assert "Taken back." in told
    assert f"{number_of(taken_back)} was withdrawn on" in told


def test_draft_and_note_for_the_file_have_no_advice_note(practice: Practice, here: Known) -> None:
    with pytest.raises(Refused, match="still-a-draft"):
        note(practice, advised(practice, here.client, record=False))
    with pytest.raises(Refused, match="internal-note"):
        note(practice, advised(practice, here.client, channel="note"))


def test_time_of_an_entry_is_that_of_its_place(practice: Practice, here: Known) -> None:
    given = dt.datetime(2026, 1, 20, 23, 30, tzinfo=dt.UTC)
    practice.do(_keep, here.client, [(given, "After midnight?")], zone="Europe/Madrid")
    told = text(advice_note.render(note(practice, 1)))
    assert "21 January 2026, 00:30 (Europe/Madrid)" in told


# ------------------------------------------------------------------ the history


def test_history_tells_every_recorded_entry_in_order_of_time_and_counts_the_rest(
    practice: Practice, here: Known
) -> None:
    late = advised(practice, here.client, days_ago=40, question="Long ago?", engagement_id=here.engagement)
    advised(practice, here.client, question="A draft?", record=False)
    advised(practice, here.client, question="For the file?", channel="note")
    advised(practice, here.client, question="Taken back?")
    practice.undo()
    advised(practice, here.client, days_ago=3, question="He wrote", direction="received")
    practice.do(respond_to_advice, late, NewResponse(response="against advice", consequence="Costs", reason="Pride"))
    found = history(practice, here.client)
    assert [each.question for each in found.entries] == ["Long ago?", "He wrote"]
    assert found.entries[0].late
    told = text(advice_history.render(found))
    for words in ("Late entry", "Against advice", "Received from the client", "Larrea v. Portus", "Costs", "Pride"):
        assert words in told
    for words in ("A draft?", "For the file?", "Taken back?"):
        assert words not in told
    asked = Asked(NOW, here.client)
    assert practice.ask(advice_history.omitted, asked) == {"drafts": 1, "notes": 1, "withdrawn": 1}


def test_history_of_a_period_ends_with_its_days(practice: Practice, here: Known) -> None:
    moments = [dt.datetime(2026, 1, day, 12, tzinfo=dt.UTC) for day in (1, 2, 3, 4)]
    practice.do(_keep, here.client, [(moment, f"Day {moment.day}?") for moment in moments])
    found = history(practice, here.client, since=dt.date(2026, 1, 2), until=dt.date(2026, 1, 3))
    assert [each.question for each in found.entries] == ["Day 2?", "Day 3?"]
    with pytest.raises(Refused, match="ends-before-it-begins"):
        history(practice, here.client, since=dt.date(2026, 1, 3), until=dt.date(2026, 1, 2))


def test_history_without_an_entry_is_one_plain_page(practice: Practice, here: Known) -> None:
    paper = advice_history.render(history(practice, here.client))
    assert paper.pages == 1
    assert "No advice is on record for this period." in text(paper)


def test_three_thousand_entries_stand_on_the_pages_that_contents_and_index_name(
    practice: Practice, here: Known
) -> None:
    begun = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)
    words = [
        (begun + dt.timedelta(hours=19 * number), f"Question {number} of kind{chr(97 + number % 7)}?")
        for number in range(3000)
    ]
    practice.do(_keep, here.client, words, advice="Keep the lease. " * 12)
    practice.do(_keep, here.client, [(begun, "What of the lighthouse?")])
    found = history(practice, here.client)
    paper, took = paced(lambda: advice_history.render(found))
    assert took < paper.pages
    told = pages(paper)
    assert len(found.entries) == 3001
    joined = " ".join(told)
    for number in range(0, 3000, 97):
        assert f"Question {number} of kind" in joined
    [named] = re.findall(r"lighthouse, (\d+)", joined)
    assert "What of the lighthouse?" in told[int(named) - 1]
    for year in range(2020, 2026):
        first = re.search(rf"\b{year} [\d,]+ – – (\d+)", told[0])
        assert first is not None
        assert f"January {year}" in told[int(first[1]) - 1]
    assert [each for each in bookmarks(paper) if each.isdigit()] == [str(year) for year in range(2020, 2027)]


def _keep(
    session: Session, client: int, entries: list[tuple[dt.datetime, str]], advice: str = "Yes.", zone: str = "UTC"
) -> None:
    for given, question in entries:
        session.add(
            Advice(
                client_id=client, state="recorded", given_at=given, recorded_at=given, question=question,
                advice=advice, zone=zone,
            )
        )  # fmt: skip


# ------------------------------------------------------------------ the hand-over


def test_hand_over_tells_what_is_open_and_of_confidences_only_that_there_are_some(
    practice: Practice, here: Known
) -> None:
    day = dt.date(2026, 12, 1)
    work = here.engagement
    practice.do(add_promise, NewPromise(client_id=here.client, text="Call him", engagement_id=work, due_on=day))
    practice.do(add_promise, NewPromise(client_id=here.client, text="Bring accounts", by="client"))
    practice.do(add_follow_up, NewFollowUp(client_id=here.client, what="Ask for the lease", due_on=day))
    practice.do(add_deadline, NewDeadline(engagement_id=work, kind="filing", what="Reply", falls_on=day))
    sums: tuple[tuple[FeeKind, int], ...] = (("billed", 90_000), ("paid", 30_000), ("written off", 10_000))
    for kind, amount in sums:
        practice.do(
            add_fee, NewFee(client_id=here.client, engagement_id=work, kind=kind, amount_minor=amount, currency="GBP")
        )
    practice.do(attach, NewAttachment(client_id=here.client, name="lease.pdf", content=b"secret bytes"))
    practice.do(note_trust, NewTrustNote(client_id=here.client, kind="confidence", text="He is leaving the firm"))
    practice.do(note_trust, NewTrustNote(client_id=here.client, kind="concern", text="Slow to answer"))
    practice.do(note_trust, NewTrustNote(client_id=here.client, kind="thanks", text="You were kind"))
    practice.do(edit_client, here.client, ClientEdit(notes="Pays late"))
    advised(practice, here.client, question="Settle?")
    advised(practice, here.client, question="Half a thought", record=False)
    known(practice, "Somebody Else")
    asked = Asked(NOW, here.client)
    found: hand_over.HandOverFacts = practice.ask(hand_over.read, asked)
    assert [each.amount.minor for each in found.owed] == [50_000]
    assert (found.confidences, found.drafts, found.ask) == (1, 1, "Alder & Finch")
    assert (found.work[0].next_step, found.work[0].next_on) == ("Call him", day)
    told = text(hand_over.render(found))
    for words in ("Call him", "Bring accounts", "Ask for the lease", "Reply", "£500.00", "lease.pdf", "Settle?",
                  "1 confidence is kept with this client.", "1 draft of advice is unfinished."):  # fmt: skip
        assert words in told
    for words in (
        "leaving the firm",
        "Slow to answer",
        "You were kind",
        "Pays late",
        "Half a thought",
        "Somebody Else",
        "secret bytes",
    ):
        assert words not in told
        assert words not in str(dataclasses.asdict(found))
    counted = practice.ask(hand_over.omitted, asked)
    assert counted == {"concerns": 1, "confidences": 1, "drafts": 1, "notes": 1, "thanks": 1}
    assert len(in_words(counted)) == len(counted)


def test_hand_over_names_a_file_without_its_folder(practice: Practice, here: Known) -> None:
    practice.do(attach, NewAttachment(client_id=here.client, name="lease.pdf", content=b"x"))

    def misname(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE attachment SET name = 'C:\\Users\\Elena/lease.pdf'")

    practice.do(misname)
    found: hand_over.HandOverFacts = practice.ask(hand_over.read, Asked(NOW, here.client))
    assert [each.name for each in found.files] == ["lease.pdf"]


def test_people_around_a_client_are_told_with_what_they_are_to_him(practice: Practice, here: Known) -> None:
    firm = result(practice.do(add_party, NewParty(kind="organisation", name="Larrea Pesca S.L.")))
    payer = result(practice.do(add_party, NewParty(name="Ane Goñi")))
    own = practice.ask(list_client_rows, [here.client])[0].party_id
    practice.do(link_parties, NewLink(from_id=own, to_id=firm, kind="director of"))
    practice.do(add_role, NewRole(engagement_id=here.engagement, party_id=payer, kind="pays"))
    other = known(practice, "Somebody Else")
    practice.do(add_role, NewRole(engagement_id=other.engagement, party_id=own, kind="witness"))
    found: hand_over.HandOverFacts = practice.ask(hand_over.read, Asked(NOW, here.client))
    assert [(each.name, each.how, each.kind) for each in found.people] == [
        ("Larrea Pesca S.L.", "link", "director of"),
        ("Ane Goñi", "role", "pays"),
    ]
    assert "Directed by Iñaki Larrea" in text(hand_over.render(found))


# ------------------------------------------------------------------ all of them


def test_papers_of_the_record_are_verified_and_grow_with_it(practice: Practice, here: Known) -> None:
    first, _second, third = amended(practice, here.client)
    firm = result(practice.do(add_party, NewParty(kind="organisation", name="Larrea Pesca S.L.")))
    own = practice.ask(list_client_rows, [here.client])[0].party_id
    practice.do(link_parties, NewLink(from_id=own, to_id=firm, kind="director of"))
    client = Asked(NOW, here.client)
    about = {"advice-note": Asked(NOW, advice_id=first), "advice-history": client, "hand-over": client}
    printed = [make(practice.ask, kind_of(name), asked).paper.pdf for name, asked in about.items()]
    assert [verify(practice.ask, pdf).verdict for pdf in printed] == ["unchanged"] * 3
    practice.do(amend_advice, third, Amendment(reason="Again", advice="Fourth words."))
    assert [verify(practice.ask, pdf).verdict for pdf in printed] == ["grown"] * 3


HOSTILE = '<b>&"\' {n} {name} %s łßΩ 日本 🙂 <img src="/etc/hostname"/> C:\\x'


def test_every_word_of_the_user_is_printed_as_it_was_typed() -> None:
    entry = dataclasses.replace(LATE, question=HOSTILE, advice=HOSTILE, basis=HOSTILE, author=HOSTILE, present=HOSTILE)
    work = dataclasses.replace(HAND_OVER.work[0], title=HOSTILE, included=HOSTILE)
    for paper in (
        advice_note.render(dataclasses.replace(NOTE, client=HOSTILE, versions=(entry,))),
        advice_history.render(dataclasses.replace(HISTORY, client=HOSTILE, entries=(entry,))),
        hand_over.render(dataclasses.replace(HAND_OVER, client=HOSTILE, work=(work,), ask=HOSTILE)),
    ):
        assert unbroken(paper).count(re.sub(r"\s", "", HOSTILE)) >= 4
        assert paper.spelt == 0


@pytest.mark.parametrize("words", ["x" * 200_000, "wört " * 40_000])
def test_an_endless_entry_is_printed_whole_and_quickly(words: str) -> None:
    entry = dataclasses.replace(PLAIN, question=words, advice=words)
    makers: tuple[Callable[[], Paper], ...] = (
        lambda: advice_note.render(dataclasses.replace(NOTE, versions=(entry,))),
        lambda: advice_history.render(dataclasses.replace(HISTORY, entries=(entry,))),
    )
    for printed in makers:
        made, took = paced(printed)
        assert took < 300
        assert unbroken(made).count(words[0]) >= 2 * words.count(words[0])
