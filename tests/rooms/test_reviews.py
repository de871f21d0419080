"""The Reviews room: one client after another with the facts beside the form, and a parting that is followed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.attachments import list_attachments
from db.clients import NewClient, add_client, list_client_rows
from db.deadlines import NewDeadline, add_deadline
from db.engagements import NewEngagement, add_engagement
from db.followups import list_follow_ups
from db.parties import NewParty
from db.reviews import add_months, list_review_ids, list_reviews, review_plan
from db.words import Grade
from desktop.practice import OpenPractice
from desktop.rooms.reviews.page import ReviewsPage
from desktop.rooms.reviews.parting import PartingForm, ask_parting
from desktop.shell.window import RoomEntry, Window
from tests.rooms.conftest import Keys

TODAY = dt.date.today()


def _add(desk: OpenPractice, name: str, grade: Grade) -> int:
    party = NewParty(kind="organisation", name=name)
    new = NewClient(party=party, standing="client", grade=grade, since=TODAY - dt.timedelta(days=800))
    return int(str(desk.do(add_client, new).result))


@pytest.fixture
def two(desk: OpenPractice) -> tuple[int, int]:
    """An A and a B client, both late."""
    return _add(desk, "Alder", "A"), _add(desk, "Birch", "B")


@pytest.fixture
def room(desk: OpenPractice, two: tuple[int, int], qtbot: QtBot) -> Iterator[ReviewsPage]:
    """The room in the real window, with the focus."""
    window = Window([RoomEntry("reviews", "Reviews", "calendar-check", lambda: ReviewsPage(desk))])
    qtbot.addWidget(window)
    desk.changed.connect(window.on_changed)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = window.open_room("reviews")
    assert isinstance(made, ReviewsPage)
    yield made
    window.close_rooms()


def test_a_review_kept_by_keyboard_opens_the_next_one_due(
    room: ReviewsPage, desk: OpenPractice, two: tuple[int, int], keys: Keys
) -> None:
    keys.press("R", "Tab", "Tab")
    keys.fill("A cheaper offer", "You listen")
    keys.press("Ctrl+Return")
    (review,) = desk.ask(list_reviews, two[0])
    assert (review.they, review.we, review.could_say_no, review.their_words) == (
        "continues",
        "continue",
        "A cheaper offer",
        "You listen",
    )
    assert review.next_on == add_months(TODAY, 3)
    assert room.form is not None
    keys.press("Ctrl+Return")
    assert len(desk.ask(list_reviews, two[1])) == 1
    assert room.form is None
    assert desk.ask(list_review_ids) == []
    desk.undo()
    assert desk.ask(list_review_ids) == [two[1]]


def test_the_next_day_may_be_said_in_words(room: ReviewsPage, desk: OpenPractice, two: tuple[int, int]) -> None:
    room.hold()
    assert room.form is not None
    room.form.fields["next_on"].line.setText("in two weeks")  # type: ignore[attr-defined]
    room.form.submitted.emit()
    assert desk.ask(list_reviews, two[0])[0].next_on == TODAY + dt.timedelta(days=14)


def test_a_concern_asks_for_its_words_beside_it(room: ReviewsPage, desk: OpenPractice, keys: Keys) -> None:
    room.hold()
    form = room.form
    assert form is not None
    assert form.fields["fee_words"].isHidden()
    form.set_values({"fee": "concern"})
    assert not form.fields["fee_words"].isHidden()
    form.submitted.emit()
    assert form.fields["fee_words"].error() == "This is needed."


def test_a_parting_offers_the_change_of_standing_with_its_reason_and_a_letter(
    room: ReviewsPage, desk: OpenPractice, two: tuple[int, int], keys: Keys, qtbot: QtBot
) -> None:
    room.hold()
    assert room.form is not None
    room.form.set_values({"we": "disengage", "reason": "Gives us no papers"})
    keys.press("Ctrl+Return")
    assert room.form is not None
    assert room.form.fields["words"].value() == "Gives us no papers"
    letter = room.form.fields["letter"].value()
    assert "our work for you ends on" in letter
    assert letter.startswith("Dear Sir or Madam,")
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: room.form is None, timeout=20_000)
    assert desk.ask(list_client_rows, [two[0]])[0].standing == "former"
    assert desk.ask(list_review_ids, "all") == [two[1]]
    (kept,) = desk.ask(list_attachments, two[0])
    assert kept.name == "The end of our work for you – Alder.pdf"
    (step,) = desk.ask(list_follow_ups, two[0])
    assert step.what == "Send the letter that ends the work"
    desk.undo()
    assert desk.ask(list_client_rows, [two[0]])[0].standing == "client"
    assert desk.ask(list_attachments, two[0]) == []


def test_the_letter_names_what_is_under_way_and_the_dates_ahead_on_the_day_of_parting(
    room: ReviewsPage, desk: OpenPractice, two: tuple[int, int]
) -> None:
    work = NewEngagement(client_id=two[0], title="Lease of the quay", stage="active")
    engagement = int(str(desk.do(add_engagement, work).result))
    for days, what in ((20, "File the answer"), (200, "Hearing")):
        day = TODAY + dt.timedelta(days=days)
        desk.do(add_deadline, NewDeadline(engagement_id=engagement, kind="filing", falls_on=day, what=what))
    ask_parting(room, two[0], "")
    form = room.form
    assert isinstance(form, PartingForm)
    told = form.letter.value()
    assert "“Lease of the quay”" in told
    assert "File the answer" in told
    form.day.set_value(TODAY + dt.timedelta(days=30))
    form.day.changed.emit()
    assert "File the answer" not in form.letter.value()
    assert "Hearing" in form.letter.value()
    form.letter.set_value("In my own words")
    form.day.set_value(TODAY)
    form.day.changed.emit()
    assert form.letter.value() == "In my own words"


def test_letter_of_a_parting_is_kept_with_the_day_and_the_way_in_which_it_went_out(
    room: ReviewsPage, desk: OpenPractice, two: tuple[int, int], qtbot: QtBot
) -> None:
    ask_parting(room, two[0], "")
    form = room.form
    assert isinstance(form, PartingForm)
    form.set_values({"sent_on": TODAY + dt.timedelta(days=1), "sent_how": "e-mail"})
    form.submitted.emit()
    qtbot.waitUntil(lambda: bool(form.fields["sent_on"].error()), timeout=20_000)
    assert desk.ask(list_client_rows, [two[0]])[0].standing == "client"
    form.set_values({"sent_on": TODAY})
    form.submitted.emit()
    qtbot.waitUntil(lambda: room.form is None, timeout=20_000)
    (kept,) = desk.ask(list_attachments, two[0])
    assert kept.name == f"The end of our work for you – Alder, {TODAY}, E-mail.pdf"
    assert desk.ask(list_follow_ups, two[0]) == []


def test_parting_without_a_letter_asks_not_when_it_was_sent(
    room: ReviewsPage, desk: OpenPractice, two: tuple[int, int], qtbot: QtBot
) -> None:
    ask_parting(room, two[0], "")
    form = room.form
    assert isinstance(form, PartingForm)
    form.letter.set_value("")
    assert not form.sent_on.isEnabled()
    form.submitted.emit()
    qtbot.waitUntil(lambda: room.form is None, timeout=20_000)
    assert desk.ask(list_attachments, two[0]) == []
    assert desk.ask(list_follow_ups, two[0]) == []


def test_escape_leaves_the_standing_of_who_parts(
    room: ReviewsPage, desk: OpenPractice, two: tuple[int, int], keys: Keys
) -> None:
    room.hold()
    assert room.form is not None
    room.form.set_values({"we": "disengage", "reason": "Gives us no papers"})
    keys.press("Ctrl+Return", "Esc")
    assert desk.ask(list_client_rows, [two[0]])[0].standing == "client"


def test_the_plan_is_changed_in_its_form_and_refused_beside_the_grade(
    room: ReviewsPage, desk: OpenPractice, keys: Keys
) -> None:
    room.plan()
    form = room.form
    assert form is not None
    form.set_values({"A": "0"})
    form.submitted.emit()
    assert form.fields["A"].error() == "0 is outside of what is possible here."
    form.set_values({"A": "36"})
    form.submitted.emit()
    assert desk.ask(review_plan).A == 36
    assert "Birch" in _listed(room)
    assert "Alder" not in _listed(room)


def test_m_moves_the_day(room: ReviewsPage, desk: OpenPractice, two: tuple[int, int], keys: Keys) -> None:
    keys.press("M")
    assert room.form is not None
    room.form.set_values({"on": TODAY + dt.timedelta(days=90)})
    keys.press("Ctrl+Return")
    assert desk.ask(list_review_ids) == [two[1]]


def _listed(room: QWidget) -> list[str]:
    assert isinstance(room, ReviewsPage)
    model = room.list.rows
    return [model.index(row, 0).data() for row in range(model.rowCount())]
