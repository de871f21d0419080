"""Proof that the advisory history is listed, narrowed, amended, answered and confirmed in its room."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db import advice, attachments, capture
from db.advice import NewAdvice, NewResponse, log_advice, respond_to_advice
from db.clients import NewClient, add_client
from db.parties import NewParty
from desktop.practice import OpenPractice
from desktop.rooms.advice.page import AdvicePage
from desktop.rooms.letter_form import LetterForm
from desktop.shell.window import Window
from desktop.widgets.card import Card
from desktop.widgets.chip import ChipButton
from tests.rooms.conftest import Keys


def room(window: Window) -> AdvicePage:
    found = window.open_room("advice")
    assert isinstance(found, AdvicePage)
    return found


def press(within: QWidget, words: str) -> None:
    next(
        one for one in within.findChildren(QPushButton) if one.accessibleName() == words or one.text() == words
    ).click()


def recorded(desk: OpenPractice, client: int, question: str = "Settle or sue?", **given: object) -> int:
    new = NewAdvice(client_id=client, question=question, advice="Settle.", record=True, **given)  # type: ignore[arg-type]
    return int(str(desk.do(log_advice, new).result))


def questions(page: AdvicePage) -> list[str]:
    return [page.table.rows.row_object(at).question for at in range(page.table.rows.rowCount())]


def test_recorded_advice_is_amended_and_the_first_text_stays(window: Window, desk: OpenPractice, client: int) -> None:
    first = recorded(desk, client)
    page = room(window)
    page.show_record(first)
    press(page.view, "Amend")
    assert page.form is not None
    page.form.set_values({"reason": "A new precedent", "advice": "Sue."})
    page.form.submitted.emit()
    entries = {entry.advice: entry for entry in desk.ask(advice.list_advice, client)}
    assert entries["Settle."].amended_by == entries["Sue."].id
    assert entries["Sue."].amend_reason == "A new precedent"


def test_the_client_answers_later(window: Window, desk: OpenPractice, client: int) -> None:
    first = recorded(desk, client)
    page = room(window)
    page.show_record(first)
    press(page.view, "Client’s decision")
    assert page.form is not None
    page.form.set_values({"response": "accepted", "words": "Do it."})
    page.form.submitted.emit()
    assert desk.ask(advice.list_advice, client)[0].response == "accepted"
    assert page.table.rows.row_object(0).response == "accepted"


def test_a_discarded_draft_comes_back_by_undo(window: Window, desk: OpenPractice, client: int) -> None:
    new = NewAdvice(client_id=client, question="Half")
    draft = int(str(desk.do(capture.keep_draft, new, {"text": "Call"}).result))
    page = room(window)
    page.show_record(draft)
    press(page.view, "Discard")
    assert desk.ask(advice.list_advice, client) == []
    assert page.table.rows.rowCount() == 0
    desk.undo()
    assert page.table.rows.row_object(0).question == "Half"
    assert desk.ask(capture.read_unfinished, draft) == {"text": "Call"}


def test_the_history_is_filtered_as_one_types(window: Window, desk: OpenPractice, client: int, keys: Keys) -> None:
    recorded(desk, client, "Settle or sue?")
    recorded(desk, client, "Sell the berth?")
    page = room(window)
    page.start_search()
    keys.type("berth")
    assert page.table.rows.rowCount() == 1
    assert page.table.rows.row_object(0).question == "Sell the berth?"


@pytest.mark.parametrize("question", ["<b>bold?</b>", "<img src=x>"])
def test_markup_in_a_question_is_shown_as_typed(window: Window, desk: OpenPractice, client: int, question: str) -> None:
    page = room(window)
    page.show_record(recorded(desk, client, question))
    titles = [one for one in page.view.findChildren(QLabel) if one.text() == question]
    assert titles
    assert {one.textFormat() for one in titles} == {Qt.TextFormat.PlainText}


def test_a_given_answer_is_not_asked_again(window: Window, desk: OpenPractice, client: int) -> None:
    entry = recorded(desk, client)
    desk.do(respond_to_advice, entry, NewResponse(response="accepted"))
    page = room(window)
    page.show_record(entry)
    shown = {one.accessibleName() for one in page.view.findChildren(QPushButton) if one.isVisible()}
    assert "Amend" in shown
    assert "Client’s decision" not in shown


def test_list_is_narrowed_by_answer_author_and_time(window: Window, desk: OpenPractice, client: int) -> None:
    old = dt.datetime(2019, 3, 1, 9, tzinfo=dt.UTC)
    recorded(desk, client, "Old?", author="Ana", given_at=old)
    against = recorded(desk, client, "Sue?", author=desk.practice.who)
    desk.do(respond_to_advice, against, NewResponse(response="against advice", consequence="Costs", reason="Pride"))
    desk.do(log_advice, NewAdvice(client_id=client, question="Half?"))
    page = room(window)
    narrowing = page.narrowing
    assert questions(page) == ["Half?", "Sue?", "Old?"]
    narrowing.against.setChecked(True)
    assert questions(page) == ["Sue?"]
    narrowing.awaiting.setChecked(True)
    assert not narrowing.against.isChecked()
    assert questions(page) == ["Old?"]
    narrowing.drafts.setChecked(True)
    assert questions(page) == ["Half?"]
    narrowing.drafts.setChecked(False)
    narrowing.mine.setChecked(True)
    assert questions(page) == ["Sue?"]
    narrowing.clear()
    narrowing.period.setCurrentIndex(narrowing.period.findData("week"))
    assert questions(page) == ["Half?", "Sue?"]
    page.show_record(1)
    assert page.table.current_id() == 1


def test_list_is_narrowed_to_one_client_from_the_menu(window: Window, desk: OpenPractice, client: int) -> None:
    other = int(str(desk.do(add_client, NewClient(party=NewParty(name="Portus Terminal"))).result))
    recorded(desk, other, "Theirs?")
    mine = recorded(desk, client, "His?")
    page = room(window)
    page.show_record(mine)
    menu = page.table.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Only this client’s advice").trigger()
    assert questions(page) == ["His?"]
    page.narrowing.client.click()
    assert questions(page) == ["His?", "Theirs?"]


def test_every_version_of_an_entry_stands_beside_it(window: Window, desk: OpenPractice, client: int) -> None:
    first = recorded(desk, client)
    second = int(str(desk.do(advice.amend_advice, first, advice.Amendment(reason="New law", advice="Sue.")).result))
    third = int(str(desk.do(advice.amend_advice, second, advice.Amendment(reason="Costs", advice="Wait.")).result))
    page = room(window)
    for each in (first, second, third):
        page.show_record(each)
        card = page.view.findChildren(Card)[0]
        assert len(card.rows()) == 3
    card.rows()[0].click()
    assert page.table.current_id() == first


def test_against_advice_is_flagged_until_it_is_confirmed(window: Window, desk: OpenPractice, client: int) -> None:
    first = recorded(desk, client)
    page = room(window)
    page.show_record(first)
    press(page.view, "Client’s decision")
    assert page.form is not None
    page.form.set_values({"response": "against advice"})
    page.form.submitted.emit()
    assert page.form.fields["consequence"].error()
    assert page.form.fields["reason"].error()
    page.form.set_values({"consequence": "Costs", "reason": "Pride", "words": "Go to trial."})
    page.form.submitted.emit()
    assert _says(page, "Not confirmed in writing")
    assert desk.ask(advice.unconfirmed_against, client) == first
    press(page.view, "Confirmed in writing")
    assert page.form is not None
    page.form.submitted.emit()
    assert not _says(page, "Not confirmed in writing")
    assert desk.ask(advice.unconfirmed_against, client) is None


def _says(page: AdvicePage, words: str) -> bool:
    return any(part.accessibleName() == words for part in page.view.findChildren(QWidget) if part.isVisible())


def test_letter_for_signature_is_kept_with_the_entry_in_the_words_it_was_given(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    first = recorded(desk, client)
    page = room(window)
    page.show_record(first)
    press(page.view, "Letter for signature")
    form = page.form
    assert isinstance(form, LetterForm)
    assert "Settle." in form.letter.value()
    form.letter.set_value("Dear {client},\n\nSettle by Friday.")
    qtbot.waitUntil(form.page.is_settled, timeout=20_000)
    assert form.page.preview is not None
    assert "Settle by Friday." in form.page.preview.text()
    assert desk.ask(attachments.list_attachments, advice_id=first) == []
    form.submitted.emit()
    qtbot.waitUntil(lambda: page.form is None, timeout=20_000)
    (kept,) = desk.ask(attachments.list_attachments, advice_id=first)
    assert (kept.name, kept.media_type) == ("A-0001 confirmation.pdf", "application/pdf")
    assert desk.ask(advice.get_advice, first).confirmed_on is None, "it has not gone out yet"


def test_letter_for_signature_that_went_out_confirms_the_entry(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    first = recorded(desk, client)
    page = room(window)
    page.show_record(first)
    press(page.view, "Letter for signature")
    form = page.form
    assert isinstance(form, LetterForm)
    form.set_values({"sent_on": dt.date.today() + dt.timedelta(days=1), "sent_how": "e-mail"})
    form.submitted.emit()
    qtbot.waitUntil(lambda: bool(form.fields["sent_on"].error()), timeout=20_000)
    qtbot.waitUntil(form.page.is_settled, timeout=20_000)
    form.set_values({"sent_on": None})
    form.page.sent.offer("e-mail")
    press(form.page.sent, "Sent today by e-mail")
    form.submitted.emit()
    qtbot.waitUntil(lambda: page.form is None, timeout=20_000)
    (kept,) = desk.ask(attachments.list_attachments, advice_id=first)
    assert kept.name == f"A-0001 confirmation, {dt.date.today()}, E-mail.pdf"
    assert desk.ask(advice.get_advice, first).confirmed_on == dt.date.today()


def test_letter_for_signature_is_written_anew_in_another_language(
    window: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    first = recorded(desk, client)
    page = room(window)
    page.show_record(first)
    press(page.view, "Letter for signature")
    form = page.form
    assert isinstance(form, LetterForm)
    before = form.letter.value()
    form.fields["language"].set_value("pl")
    assert form.letter.value() != before
    assert form.letter.value().startswith("Szanown")
    form.cancelled.emit()
    assert page.form is None


def test_flag_on_the_client_leads_to_the_advice_he_went_against(
    window: Window, desk: OpenPractice, client: int
) -> None:
    first = recorded(desk, client)
    desk.do(respond_to_advice, first, NewResponse(response="against advice", consequence="Costs", reason="Pride"))
    page = window.open_room("clients", client)
    flag = next(one for one in page.findChildren(ChipButton) if one.text() == "Against advice, not confirmed")
    flag.click()
    assert room(window).table.current_id() == first
