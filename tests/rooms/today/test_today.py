"""Today: the sentence on top, the groups beneath it with the reason of each row, and where effort should go."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.clients import ClientEdit, NewStanding, change_standing, edit_client
from db.engagements import NewEngagement, add_engagement
from db.fees import NewFee, add_fee
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewParty, add_party
from db.practice import Practice
from db.rows import fetch
from db.today import list_waiting
from db.trust import (
    NewTrustNote,
    Settling,
    break_promise,
    keep_promise,
    note_trust,
)
from desktop import profession
from desktop.practice import OpenPractice
from desktop.rooms.today import side
from desktop.rooms.today.page import TodayPage
from tests.rooms.today.made import TODAY, Hands, a_client, a_deadline, a_promise, advise, day, made

# ---------------------------------------------------------------------- what is shown


def test_an_empty_practice_says_how_to_begin(page: TodayPage, hands: Hands) -> None:
    assert hands.words() == "A fresh practice. Let us put somebody in it."
    assert page.quiet_day.isVisible()
    assert page.quiet_day.first.text() == "Import a list"
    assert page.quiet_day.second.text() == "New client"
    assert not any(card.isVisible() for card in page.cards.values())


def test_a_day_without_anything_says_so_and_what_comes_next(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal")
    desk.do(add_fee, NewFee(client_id=client, charged_on=day(-10), amount_minor=900_00, currency=""))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=day(3), what="Call Marta"))
    assert hands.words() == "Nothing waits for you."
    assert page.quiet_day.isVisible()
    assert page.quiet_day.words.text().startswith("Next: Call Marta (Portus Terminal), ")
    assert page.next is not None
    assert page.next.on == day(3)


def test_the_sentence_counts_each_kind_with_its_plural(desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal")
    a_promise(desk, client, "Send the draft", -2)
    a_promise(desk, client, "Call them", 0)
    a_promise(desk, client, "Send the figures", 7, by="client")
    a_promise(desk, client, "Far away", 8)
    desk.do(add_engagement, NewEngagement(client_id=client, title="Lease", stage="active", letter="sent"))
    assert hands.words() == "One promise is late. Two promises fall due. One engagement waits for its letter."
    rows = hands.rows("promises")
    assert rows[0].startswith("Send the draft, Portus Terminal — promised ")
    assert "2 days late" in rows[0]
    assert "promised to us" in rows[2]
    assert len(rows) == 3


def test_the_sentence_stays_on_one_line(desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal")
    a_deadline(desk, client, 2)
    a_promise(desk, client, "Send the draft", -2)
    a_promise(desk, client, "Call them", 0)
    desk.do(note_trust, NewTrustNote(client_id=client, kind="concern", effect=-1, text="Fees."))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=TODAY, what="Call Marta"))
    told = hands.words()
    assert told.startswith("One deadline is near. One promise is late. One promise falls due. One concern is open.")
    assert len(told) <= 118


def test_a_profession_has_its_own_word(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal")
    profession.practise("law")
    desk.do(add_engagement, NewEngagement(client_id=client, title="Lease", stage="active", letter="sent"))
    assert hands.words() == "One matter waits for its letter."
    assert page.cards["work"].group.title() == "Matters"
    profession.practise("")


def test_silence_past_the_own_rhythm_is_told_with_usual_gap_and_last_subject(desk: OpenPractice, hands: Hands) -> None:
    quiet, regular = a_client(desk, "Clínica Ocaña"), a_client(desk, "Hallberg Bros. AB")
    advise(desk, quiet, 51, 81, 111, 141)
    advise(desk, regular, 10, 40, 70, 100)
    (row,) = hands.rows("quiet")
    assert "usually every 30 days — silent for 51. Last: Renewal?" in row
    assert "Watch" in row


def test_three_rhythms_of_silence_put_a_client_at_risk(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Hallberg Bros. AB")
    advise(desk, client, 64, 83, 102, 121)
    assert "At risk" in hands.rows("quiet")[0]
    desk.do(change_standing, client, NewStanding(standing="former", reason="price"))
    assert hands.rows("quiet") == []
    assert page.month_found is not None
    assert page.month_found.said_no == ["price"]


def test_each_kind_of_thing_has_its_row_and_reason(desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal", "A")
    a_deadline(desk, client, 5, "limitation", 30)
    desk.do(note_trust, NewTrustNote(client_id=client, kind="concern", effect=-1, text="The fee surprised them."))
    advise(desk, client, 20, question="Settle or go on?")
    advise(desk, client, 1, question="A draft", record=False)
    desk.do(add_engagement, NewEngagement(client_id=client, title="Berth", stage="proposed", letter="sent"))
    review = {"client_id": client, "title": "Claim", "stage": "active", "letter": "signed", "next_review_on": day(-2)}
    desk.do(add_engagement, NewEngagement.model_validate(review))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=day(-1), what="Call Marta"))
    sender = made(desk.do(add_party, NewParty(name="Gestoría Ansó", kind="organisation")))
    desk.do(edit_client, client, ClientEdit(referred_by_id=sender, since=day(-30)))
    assert hands.rows("deadlines")[0].startswith("First hearing, Portus Terminal · Lease — limitation date, ")
    assert "The fee surprised them." in hands.rows("concerns")[0]
    assert "no answer for 20 days" in hands.rows("answers")[0]
    letter, review_row = sorted(hands.rows("work"))
    assert "not yet signed" in letter
    assert "due for review" in review_row
    assert "1 day late" in hands.rows("steps")[0]
    assert hands.rows("thanks")[0].startswith("Thank Gestoría Ansó, sent us Portus Terminal")
    assert "not on the record" in hands.rows("drafts")[0]


def test_a_concern_told_in_confidence_keeps_its_words(desk: OpenPractice, hands: Hands) -> None:
    note = NewTrustNote(
        client_id=a_client(desk, "Portus"), kind="concern", effect=-1, text="He is ill.", restricted=True
    )
    desk.do(note_trust, note)
    (row,) = hands.rows("concerns")
    assert "ill" not in row
    assert row.startswith("A concern told in confidence")


def test_an_answer_that_came_is_awaited_no_more(desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal")
    advise(desk, client, 13, 14, 90, 91)
    assert len(hands.rows("answers")) == 2
    hands.to("Renewal?")
    hands.press(Qt.Key.Key_D, Qt.Key.Key_Return)
    assert len(hands.rows("answers")) == 1
    assert desk.ask(fetch, "SELECT response FROM advice_response") == [("accepted",)]


def test_a_better_grade_and_a_longer_delay_stand_first(desk: OpenPractice, practice: Practice) -> None:
    best, least = a_client(desk, "Best", "A"), a_client(desk, "Least", "D")
    a_promise(desk, least, "4 late, D", -4)
    a_promise(desk, best, "3 late, A", -3)
    a_promise(desk, best, "soon, A", 1)
    a_promise(desk, least, "now", 0)
    waiting = practice.ask(list_waiting, "promise", TODAY)
    assert [row.title for row in waiting.rows] == ["3 late, A", "4 late, D", "now", "soon, A"]
    assert [row.title for row in sorted(waiting.rows, key=lambda row: row.rank)] == [row.title for row in waiting.rows]
    assert (waiting.total, waiting.late) == (4, 2)


def test_this_month_counts_kept_and_broken_promises(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal")
    desk.do(keep_promise, a_promise(desk, client, "Kept in time", 3), Settling())
    desk.do(break_promise, a_promise(desk, client, "Broken", 0), Settling(words="Forgotten"))
    hands.rest()
    assert page.month_found is not None
    assert (page.month_found.kept, page.month_found.settled) == (1, 2)


def test_next_week_counts_where_a_day_is_full(desk: OpenPractice, practice: Practice) -> None:
    from db.today_ahead import list_ahead

    client = a_client(desk, "Portus Terminal")
    saturday, monday = dt.date(2026, 11, 21), dt.date(2026, 11, 23)
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=monday, what="Call Marta"))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=dt.date(2026, 11, 30), what="A week later"))
    for title in ("One", "Two", "Three"):
        new = NewEngagement(client_id=client, title=title, stage="active", next_review_on=dt.date(2026, 11, 27))
        desk.do(add_engagement, new)
    found = practice.ask(list_ahead, saturday)
    assert [line for line, _value in side.week(found)] == ["Mon · Call Marta", "Fri · 3 reviews"]


def test_more_rows_than_fit_unfold_in_place(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = a_client(desk, "Portus Terminal")
    for number in range(60):
        a_promise(desk, client, f"Promise {number:02}", 1)
    assert len(hands.rows("promises")) == 4
    card = page.cards["promises"]
    assert card.more.text() == "56 more"
    card.more.click()
    hands.rest()
    assert len(hands.rows("promises")) == 54
    assert hands.here() == "Promise 04"
    card.more.click()
    assert len(hands.rows("promises")) == 60
    assert not card.more.isVisible()


def test_a_name_with_markup_is_shown_as_typed(desk: OpenPractice, hands: Hands) -> None:
    a_promise(desk, a_client(desk, "<b>Bold</b> & Co"), "Send <i>it</i>", 0)
    assert hands.rows("promises")[0].startswith("Send <i>it</i>, <b>Bold</b> & Co")


# ---------------------------------------------------------------------- where effort should go


def test_the_chart_walks_by_the_arrows_and_opens_the_client(
    page: TodayPage, desk: OpenPractice, hands: Hands, qtbot: QtBot
) -> None:
    large, small = a_client(desk, "Large & Co", "A"), a_client(desk, "Small & Co", "C")
    for client, amount in ((small, 100_00), (large, 900_00)):
        desk.do(add_fee, NewFee(client_id=client, charged_on=day(-10), amount_minor=amount, currency=""))
    advise(desk, small, 1, 2, 3)
    hands.rest()
    chart = page.effort_card.chart
    assert [spot.key for spot in chart.spots] == [large, small]
    assert "valued, neglected" in chart.spots[0].told
    assert "over-served" in chart.spots[1].told
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart.at == 0
    chosen: list[object] = []
    page.effort_card.chosen.connect(chosen.append)
    hands.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert chosen == [small]


def test_the_chart_is_a_table_one_key_away(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    for name, amount in (("Large & Co", 900_00), ("Small & Co", 100_00)):
        fee = NewFee(client_id=a_client(desk, name), charged_on=day(-10), amount_minor=amount, currency="")
        desk.do(add_fee, fee)
    hands.rest()
    page.effort_card.chart.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Qt.Key.Key_T)
    assert not page.effort_card.chart.isVisible()
    assert [row.accessibleName() for row in page.effort_card.table.rows()] == [
        "Large & Co, 0 contacts in 90 days, 900",
        "Small & Co, 0 contacts in 90 days, 100",
    ]
