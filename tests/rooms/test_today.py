"""Today: the sentence on top, the groups beneath it with the reason of each row, and the keys that clear them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.advice import NewAdvice, log_advice
from db.clients import ClientEdit, NewClient, NewStanding, add_client, change_standing, edit_client
from db.deadlines import NewDeadline, add_deadline
from db.engagements import NewEngagement, add_engagement
from db.fees import NewFee, add_fee
from db.followups import NewFollowUp, add_follow_up
from db.parties import NewParty, add_party
from db.practice import Practice
from db.rows import fetch
from db.today import list_waiting
from db.trust import (
    NewPromise,
    NewTrustNote,
    Settling,
    add_promise,
    break_promise,
    keep_promise,
    list_promises,
    note_trust,
)
from db.words import DeadlineKind, PromiseBy
from desktop import jobs, profession
from desktop.practice import OpenPractice
from desktop.rooms.room import Room
from desktop.rooms.today import side
from desktop.rooms.today.page import TodayPage
from desktop.rooms.today.row import Row
from desktop.shell.window import RoomEntry, Window

TODAY = dt.date.today()


def day(offset: int) -> dt.date:
    """A day so many days from today."""
    return TODAY + dt.timedelta(days=offset)


def _made(done: object) -> int:
    return int(str(getattr(done, "result")))  # noqa: B009


def _client(desk: OpenPractice, name: str, grade: str = "") -> int:
    party = NewParty(kind="organisation", name=name)
    new = {"party": party, "standing": "client", "since": day(-500), "grade": grade or None}
    return _made(desk.do(add_client, NewClient.model_validate(new)))


def _promise(desk: OpenPractice, client: int, words: str, due: int, by: PromiseBy = "us") -> int:
    new = NewPromise(client_id=client, text=words, by=by, made_on=day(-40), due_on=day(due))
    return _made(desk.do(add_promise, new))


def _advise(desk: OpenPractice, client: int, *days_ago: int, question: str = "Renewal?", record: bool = True) -> int:
    now, made = dt.datetime.now(dt.UTC), 0
    for days in days_ago:
        given = now - dt.timedelta(days=days)
        new = NewAdvice(client_id=client, question=question, advice="Wait.", given_at=given, record=record)
        made = _made(desk.do(log_advice, new))
    return made


def _deadline(desk: OpenPractice, client: int, falls: int, kind: DeadlineKind = "hearing", warn: int = 7) -> int:
    work = NewEngagement(client_id=client, title="Lease", stage="active", letter="signed")
    engagement = _made(desk.do(add_engagement, work))
    new = NewDeadline(engagement_id=engagement, kind=kind, falls_on=day(falls), what="First hearing", warn_days=warn)
    return _made(desk.do(add_deadline, new))


@pytest.fixture
def page(qtbot: QtBot, desk: OpenPractice) -> Iterator[TodayPage]:
    """The page as the window shows it, with the keyboard on it."""
    profession.practise("")
    made = TodayPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(lambda nouns: made.refresh() if nouns & made.SHOWS else None)
    made.resize(1072, 720)
    made.refresh()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    jobs.wait_for_all()


class Hands:
    """Presses keys on the page and reads it, always when it has come to rest."""

    def __init__(self, page: TodayPage, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page.is_reading(), timeout=5000)

    def rows(self, card: str) -> list[str]:
        self.rest()
        shown = self.page.cards[card]
        return [] if shown.isHidden() else [face.accessibleName() for face in shown.rows()]

    def words(self) -> str:
        self.rest()
        return self.page.words.text()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.rest()
            here = QApplication.focusWidget()
            assert here is not None
            QTest.keyClick(here, key)

    def type(self, words: str) -> None:
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClicks(here, words)

    def to(self, title: str) -> Row:
        """Walk down from the top to a row, by the keyboard alone."""
        self.rest()
        self.page._left.setFocus()
        for _step in range(60):
            self.press(Qt.Key.Key_Down)
            row = self.page.current()
            if row is not None and row.face.shown.title.startswith(title):
                return row
        raise AssertionError(f"no row {title}")

    def here(self) -> str:
        row = self.page.current()
        return row.face.shown.title if row is not None and row.face.hasFocus() else ""


@pytest.fixture
def hands(page: TodayPage, qtbot: QtBot) -> Hands:
    return Hands(page, qtbot)


# ---------------------------------------------------------------------- what is shown


def test_an_empty_practice_says_how_to_begin(page: TodayPage, hands: Hands) -> None:
    assert hands.words() == "A fresh practice. Let us put somebody in it."
    assert page.quiet_day.isVisible()
    assert page.quiet_day.first.text() == "Import a list"
    assert page.quiet_day.second.text() == "New client"
    assert not any(card.isVisible() for card in page.cards.values())


def test_a_day_without_anything_says_so_and_what_comes_next(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal")
    desk.do(add_fee, NewFee(client_id=client, charged_on=day(-10), amount_minor=900_00, currency=""))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=day(3), what="Call Marta"))
    assert hands.words() == "Nothing waits for you."
    assert page.quiet_day.isVisible()
    assert page.quiet_day.words.text().startswith("Next: Call Marta (Portus Terminal), ")
    assert page.next is not None
    assert page.next.on == day(3)


def test_the_sentence_counts_each_kind_with_its_plural(desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal")
    _promise(desk, client, "Send the draft", -2)
    _promise(desk, client, "Call them", 0)
    _promise(desk, client, "Send the figures", 7, by="client")
    _promise(desk, client, "Far away", 8)
    desk.do(add_engagement, NewEngagement(client_id=client, title="Lease", stage="active", letter="sent"))
    assert hands.words() == "One promise is late. Two promises fall due. One engagement waits for its letter."
    rows = hands.rows("promises")
    assert rows[0].startswith("Send the draft, Portus Terminal — promised ")
    assert "2 days late" in rows[0]
    assert "promised to us" in rows[2]
    assert len(rows) == 3


def test_the_sentence_stays_on_one_line(desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal")
    _deadline(desk, client, 2)
    _promise(desk, client, "Send the draft", -2)
    _promise(desk, client, "Call them", 0)
    desk.do(note_trust, NewTrustNote(client_id=client, kind="concern", effect=-1, text="Fees."))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=TODAY, what="Call Marta"))
    told = hands.words()
    assert told.startswith("One deadline is near. One promise is late. One promise falls due. One concern is open.")
    assert len(told) <= 118


def test_a_profession_has_its_own_word(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal")
    profession.practise("law")
    desk.do(add_engagement, NewEngagement(client_id=client, title="Lease", stage="active", letter="sent"))
    assert hands.words() == "One matter waits for its letter."
    assert page.cards["work"].group.title() == "Matters"
    profession.practise("")


def test_silence_past_the_own_rhythm_is_told_with_usual_gap_and_last_subject(desk: OpenPractice, hands: Hands) -> None:
    quiet, regular = _client(desk, "Clínica Ocaña"), _client(desk, "Hallberg Bros. AB")
    _advise(desk, quiet, 51, 81, 111, 141)
    _advise(desk, regular, 10, 40, 70, 100)
    (row,) = hands.rows("quiet")
    assert "usually every 30 days — silent for 51. Last: Renewal?" in row
    assert "Watch" in row


def test_three_rhythms_of_silence_put_a_client_at_risk(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Hallberg Bros. AB")
    _advise(desk, client, 64, 83, 102, 121)
    assert "At risk" in hands.rows("quiet")[0]
    desk.do(change_standing, client, NewStanding(standing="former", reason="price"))
    assert hands.rows("quiet") == []
    assert page.month_found is not None
    assert page.month_found.said_no == ["price"]


def test_each_kind_of_thing_has_its_row_and_reason(desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal", "A")
    _deadline(desk, client, 5, "limitation", 30)
    desk.do(note_trust, NewTrustNote(client_id=client, kind="concern", effect=-1, text="The fee surprised them."))
    _advise(desk, client, 20, question="Settle or go on?")
    _advise(desk, client, 1, question="A draft", record=False)
    desk.do(add_engagement, NewEngagement(client_id=client, title="Berth", stage="proposed", letter="sent"))
    review = {"client_id": client, "title": "Claim", "stage": "active", "letter": "signed", "next_review_on": day(-2)}
    desk.do(add_engagement, NewEngagement.model_validate(review))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=day(-1), what="Call Marta"))
    sender = _made(desk.do(add_party, NewParty(name="Gestoría Ansó", kind="organisation")))
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
        client_id=_client(desk, "Portus"), kind="concern", effect=-1, text="He is ill.", restricted=True
    )
    desk.do(note_trust, note)
    (row,) = hands.rows("concerns")
    assert "ill" not in row
    assert row.startswith("A concern told in confidence")


def test_an_answer_that_came_is_awaited_no_more(desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal")
    _advise(desk, client, 13, 14, 90, 91)
    assert len(hands.rows("answers")) == 2
    hands.to("Renewal?")
    hands.press(Qt.Key.Key_D, Qt.Key.Key_Return)
    assert len(hands.rows("answers")) == 1
    assert desk.ask(fetch, "SELECT response FROM advice_response") == [("accepted",)]


def test_a_better_grade_and_a_longer_delay_stand_first(desk: OpenPractice, practice: Practice) -> None:
    best, least = _client(desk, "Best", "A"), _client(desk, "Least", "D")
    _promise(desk, least, "4 late, D", -4)
    _promise(desk, best, "3 late, A", -3)
    _promise(desk, best, "soon, A", 1)
    _promise(desk, least, "now", 0)
    waiting = practice.ask(list_waiting, "promise", TODAY)
    assert [row.title for row in waiting.rows] == ["3 late, A", "4 late, D", "now", "soon, A"]
    assert [row.title for row in sorted(waiting.rows, key=lambda row: row.rank)] == [row.title for row in waiting.rows]
    assert (waiting.total, waiting.late) == (4, 2)


def test_this_month_counts_kept_and_broken_promises(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal")
    desk.do(keep_promise, _promise(desk, client, "Kept in time", 3), Settling())
    desk.do(break_promise, _promise(desk, client, "Broken", 0), Settling(words="Forgotten"))
    hands.rest()
    assert page.month_found is not None
    assert (page.month_found.kept, page.month_found.settled) == (1, 2)


def test_next_week_counts_where_a_day_is_full(desk: OpenPractice, practice: Practice) -> None:
    from db.today_ahead import list_ahead

    client = _client(desk, "Portus Terminal")
    saturday, monday = dt.date(2026, 11, 21), dt.date(2026, 11, 23)
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=monday, what="Call Marta"))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=dt.date(2026, 11, 30), what="A week later"))
    for title in ("One", "Two", "Three"):
        new = NewEngagement(client_id=client, title=title, stage="active", next_review_on=dt.date(2026, 11, 27))
        desk.do(add_engagement, new)
    found = practice.ask(list_ahead, saturday)
    assert [line for line, _value in side.week(found)] == ["Mon · Call Marta", "Fri · 3 reviews"]


def test_more_rows_than_fit_unfold_in_place(page: TodayPage, desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal")
    for number in range(60):
        _promise(desk, client, f"Promise {number:02}", 1)
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
    _promise(desk, _client(desk, "<b>Bold</b> & Co"), "Send <i>it</i>", 0)
    assert hands.rows("promises")[0].startswith("Send <i>it</i>, <b>Bold</b> & Co")


# ---------------------------------------------------------------------- one key a row


def test_one_key_keeps_a_promise_and_goes_on_with_the_next_row(desk: OpenPractice, hands: Hands) -> None:
    client = _client(desk, "Portus Terminal")
    _promise(desk, client, "First", 0)
    _promise(desk, client, "Second", 1)
    hands.to("First")
    hands.press(Qt.Key.Key_D)
    assert hands.here() == "Second"
    assert [row.split(",")[0] for row in hands.rows("promises")] == ["Second"]
    kept = [promise.text for promise in desk.ask(list_promises) if promise.status == "kept"]
    assert kept == ["First"]
    desk.undo()
    assert len(hands.rows("promises")) == 2


def test_a_promise_is_moved_before_its_day_with_whom_it_was_agreed(desk: OpenPractice, hands: Hands) -> None:
    _promise(desk, _client(desk, "Portus Terminal"), "Send the draft", 1)
    hands.to("Send the draft")
    hands.press(Qt.Key.Key_M)
    hands.type("in two weeks")
    hands.press(Qt.Key.Key_Return)
    assert hands.rows("promises") == []
    moved = {promise.status: promise for promise in desk.ask(list_promises)}
    assert moved["open"].due_on == day(14)
    assert moved["renegotiated"].evidence == "Portus Terminal"


def test_a_late_promise_stays_late_and_comes_back_on_its_day(
    desk: OpenPractice, practice: Practice, hands: Hands
) -> None:
    _promise(desk, _client(desk, "Portus Terminal"), "Send the draft", -3)
    row = hands.to("Send the draft")
    hands.press(Qt.Key.Key_M)
    assert row.strip is not None
    assert row.strip.way.question == "It stays late. Show it again"
    hands.type("in 2 days")
    hands.press(Qt.Key.Key_Return)
    assert hands.rows("promises") == []
    (promise,) = desk.ask(list_promises)
    assert promise.overdue_days == 3
    assert practice.ask(list_waiting, "promise", day(1)).total == 0
    assert practice.ask(list_waiting, "promise", day(2)).total == 1


def test_words_that_are_no_day_are_refused_beside_the_field(desk: OpenPractice, hands: Hands) -> None:
    _promise(desk, _client(desk, "Portus Terminal"), "Send the draft", 1)
    row = hands.to("Send the draft")
    hands.press(Qt.Key.Key_M)
    hands.type("whenever")
    hands.press(Qt.Key.Key_Return)
    assert row.strip is not None
    assert row.strip.error().startswith("This is not a day we can read.")
    hands.press(Qt.Key.Key_Escape)
    assert hands.here() == "Send the draft"
    assert len(hands.rows("promises")) == 1


def test_what_is_not_needed_says_why_and_is_released(desk: OpenPractice, hands: Hands) -> None:
    _promise(desk, _client(desk, "Portus Terminal"), "Send the draft", 1)
    row = hands.to("Send the draft")
    hands.press(Qt.Key.Key_N, Qt.Key.Key_Return)
    assert row.strip is not None
    assert row.strip.error() == "This is needed."
    hands.type("Marta no longer wants it")
    hands.press(Qt.Key.Key_Return)
    (promise,) = desk.ask(list_promises)
    assert (promise.status, promise.evidence) == ("released", "Marta no longer wants it")


def test_a_call_to_a_quiet_client_stands_in_the_story_and_rests_the_row_for_a_week(
    desk: OpenPractice, practice: Practice, hands: Hands
) -> None:
    client = _client(desk, "Hallberg Bros. AB")
    _advise(desk, client, 64, 83, 102, 121)
    hands.to("Hallberg")
    hands.press(Qt.Key.Key_C)
    assert hands.rows("quiet") == []
    (step,) = desk.ask(fetch, "SELECT what, done_on FROM follow_up")
    assert tuple(step) == ("Call, to hear how things are", TODAY.isoformat())
    assert practice.ask(list_waiting, "quiet", day(6)).total == 0
    assert practice.ask(list_waiting, "quiet", day(7)).total == 1
    desk.undo()
    assert len(hands.rows("quiet")) == 1


def test_a_quiet_client_put_off_for_good_comes_back_with_a_new_silence(
    desk: OpenPractice, practice: Practice, hands: Hands
) -> None:
    client = _client(desk, "Hallberg Bros. AB")
    _advise(desk, client, 64, 83, 102, 121)
    hands.to("Hallberg")
    hands.press(Qt.Key.Key_N)
    hands.type("on parental leave")
    hands.press(Qt.Key.Key_Return)
    assert practice.ask(list_waiting, "quiet", day(200)).total == 0
    _advise(desk, client, 0)
    assert practice.ask(list_waiting, "quiet", day(1)).total == 0
    set_on = "UPDATE set_aside SET set_on = '" + day(-5).isoformat() + "'"
    practice.do(lambda session: session.connection().exec_driver_sql(set_on) and None)
    assert practice.ask(list_waiting, "quiet", day(200)).total == 1


def test_a_hearing_cannot_be_put_off_behind_its_day(desk: OpenPractice, hands: Hands) -> None:
    _deadline(desk, _client(desk, "Portus Terminal"), 5)
    row = hands.to("First hearing")
    assert row.way("C") is None
    hands.press(Qt.Key.Key_M)
    hands.type("in 2 weeks")
    hands.press(Qt.Key.Key_Return)
    assert row.strip is not None
    assert "cannot be put off" in row.strip.error()
    hands.press(Qt.Key.Key_Escape, Qt.Key.Key_D)
    assert hands.rows("deadlines") == []


def test_a_concern_is_resolved_with_what_was_learned(desk: OpenPractice, hands: Hands) -> None:
    desk.do(note_trust, NewTrustNote(client_id=_client(desk, "Portus"), kind="concern", effect=-1, text="Fees."))
    hands.to("Fees.")
    hands.press(Qt.Key.Key_D)
    hands.type("Say the fee first")
    hands.press(Qt.Key.Key_Return)
    assert hands.rows("concerns") == []
    assert desk.ask(fetch, "SELECT learned FROM trust_note") == [("Say the fee first",)]


def test_the_day_is_cleared_by_one_key_a_row(desk: OpenPractice, hands: Hands, page: TodayPage) -> None:
    client = _client(desk, "Portus Terminal")
    _deadline(desk, client, 2)
    _promise(desk, client, "Send the draft", -1)
    desk.do(add_engagement, NewEngagement(client_id=client, title="Berth", stage="proposed", letter="sent"))
    desk.do(add_follow_up, NewFollowUp(client_id=client, due_on=TODAY, what="Call Marta"))
    sender = _made(desk.do(add_party, NewParty(name="Gestoría Ansó", kind="organisation")))
    desk.do(edit_client, client, ClientEdit(referred_by_id=sender, since=day(-30)))
    hands.rest()
    pressed = 0
    page._left.setFocus()
    hands.press(Qt.Key.Key_Down)
    while page.listed():
        hands.press(Qt.Key.Key_D)
        hands.rest()
        pressed += 1
        assert pressed < 10
    assert pressed == 5
    assert hands.words() == "Nothing waits for you."
    assert page.quiet_day.isVisible()


def test_a_row_says_its_keys_while_it_has_the_focus(desk: OpenPractice, hands: Hands) -> None:
    _promise(desk, _client(desk, "Portus Terminal"), "Send the draft", 1)
    row = hands.to("Send the draft")
    assert [key.text() for key in row.face.keys if key.isVisible()] == ["Kept", "Called", "Move", "Not needed"]
    assert row.face.accessibleDescription() == "D: Kept; C: Called; M: Move; N: Not needed"


def test_each_row_opens_its_place(qtbot: QtBot, desk: OpenPractice) -> None:
    client = _client(desk, "Portus Terminal")
    promise = _promise(desk, client, "Send the draft", 0)
    opened: list[int] = []

    class Trust(Room):
        SHOWS = frozenset()

        def refresh(self) -> None:
            """Nothing is shown here."""

        def show_record(self, record: int) -> None:
            opened.append(record)

    window = Window(
        [
            RoomEntry("today", "Today", "sun", lambda: TodayPage(desk)),
            RoomEntry("trust", "Trust", "handshake", lambda: Trust(desk)),
        ]
    )
    qtbot.addWidget(window)
    window.show()
    room = window.open_room("today")
    assert isinstance(room, TodayPage)
    qtbot.waitUntil(lambda: not room.is_reading())
    (face,) = room.cards["promises"].rows()
    face.setFocus()
    QTest.keyClick(face, Qt.Key.Key_Return)
    assert window.current_room() == "trust"
    assert opened == [promise]
    jobs.wait_for_all()
    window.close_rooms()


# ---------------------------------------------------------------------- where effort should go


def test_the_chart_walks_by_the_arrows_and_opens_the_client(
    page: TodayPage, desk: OpenPractice, hands: Hands, qtbot: QtBot
) -> None:
    large, small = _client(desk, "Large & Co", "A"), _client(desk, "Small & Co", "C")
    for client, amount in ((small, 100_00), (large, 900_00)):
        desk.do(add_fee, NewFee(client_id=client, charged_on=day(-10), amount_minor=amount, currency=""))
    _advise(desk, small, 1, 2, 3)
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
        fee = NewFee(client_id=_client(desk, name), charged_on=day(-10), amount_minor=amount, currency="")
        desk.do(add_fee, fee)
    hands.rest()
    page.effort_card.chart.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Qt.Key.Key_T)
    assert not page.effort_card.chart.isVisible()
    assert [row.accessibleName() for row in page.effort_card.table.rows()] == [
        "Large & Co, 0 contacts in 90 days, 900",
        "Small & Co, 0 contacts in 90 days, 100",
    ]
