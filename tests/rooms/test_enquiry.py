"""A prospect calls, is declined, or becomes a client, through the real windows and a real file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from db.clients import NewClient, add_client
from db.conflicts import list_checks
from db.engagements import NewEngagement, NewRole, add_engagement, add_role
from db.enquiries import Named, NewEnquiry, log_enquiry
from db.parties import NewLink, NewParty, add_party, link_parties
from db.practice import Practice
from desktop.practice import OpenPractice
from desktop.rooms.conflicts.page import ConflictsPage
from desktop.rooms.enquiry.beside import BesideWindow
from desktop.rooms.frame import decline_enquiry, new_enquiry, take_on
from desktop.shell.window import RoomEntry, Window
from tests.db.made import rows, value
from tests.made import let_be_made
from tests.rooms.conftest import Keys


def _met(session: Session) -> None:
    client = add_client(session, NewClient(party=NewParty(name="Iñaki Larrea"), standing="client"))
    case = add_engagement(session, NewEngagement(client_id=client, title="Larrea v. Portus", stage="active"))
    portus = add_party(session, NewParty(kind="organisation", name="Portus Terminal"))
    holding = add_party(session, NewParty(kind="organisation", name="Portus Holding B.V."))
    link_parties(session, NewLink(from_id=holding, to_id=portus, kind="parent company of"))
    add_role(session, NewRole(engagement_id=case, party_id=portus, kind="adverse"))


@pytest.fixture
def frame(desk: OpenPractice, qtbot: QtBot) -> Iterator[Window]:
    """The main window, with the room of the checks, on a practice that acts against Portus."""
    desk.do(_met)
    made = Window([RoomEntry("conflicts", "Conflict check", "shield-check", lambda: ConflictsPage(desk))])
    qtbot.addWidget(made)
    desk.changed.connect(made.on_changed)
    made.show()
    made.open_room("conflicts")
    yield made
    for window in made.findChildren(BesideWindow):
        window.close()
    made.close_rooms()


def _active(qtbot: QtBot, window: QWidget) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.fixture
def call(frame: Window, qtbot: QtBot) -> Callable[..., Any]:
    """Open *A prospect calls* and put the focus where it belongs."""

    def opened(text: str = "") -> Any:
        window = new_enquiry(frame, text)
        _active(qtbot, window)
        return window

    return opened


Call = Callable[..., Any]


def _told(qtbot: QtBot, window: Any) -> list[tuple[str, str]]:
    qtbot.waitUntil(window.verdict.is_settled, timeout=10_000)
    result = window.verdict.result
    return [] if result is None else [(name.name, name.verdict) for name in result.names]


def _save(qtbot: QtBot, window: Any, keys: Keys) -> int:
    with qtbot.waitSignal(window.saved, timeout=15_000) as saved:
        keys.press("Ctrl+Return")
    return int(str(saved.args[0]))


def test_a_call_is_kept_with_few_keys_beyond_its_words(
    call: Call, qtbot: QtBot, practice: Practice, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    pressed = 1  # Ctrl+Shift+N
    window = call()

    def press(*names: str) -> None:
        nonlocal pressed
        pressed += len(names)
        keys.press(*names)

    keys.type("Rosa Benedetti; opponent: Quay Nine Ltd; related: Pia Benedetti")
    press("Tab")
    keys.type("+44 20 7946 0000")
    press("Tab", "Tab", "Tab")
    keys.type("Her deposit is not paid back")
    press("Tab")
    keys.type("Call back")
    press("Tab")
    keys.type("tomorrow")
    press("Tab")
    keys.type("Marta Quist")
    press("Tab")
    keys.type("Tenancy")
    client = _save(qtbot, window, keys)
    pressed += 1
    with capsys.disabled():
        print(f"\nJ1: {pressed} keystrokes beyond the typed texts")
    assert pressed <= 25
    assert rows(practice, "SELECT standing, need FROM client WHERE id = ?", client) == [
        ("enquiry", "Her deposit is not paid back")
    ]
    assert rows(practice, "SELECT title, area FROM engagement WHERE client_id = ?", client) == [
        ("Rosa Benedetti / Quay Nine Ltd", "Tenancy")
    ]
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    assert rows(practice, "SELECT text, due_on FROM promise") == [("Call back", str(tomorrow))]
    (check,) = practice.ask(list_checks, client_id=client)
    assert check.names == ("Rosa Benedetti", "Quay Nine Ltd", "Pia Benedetti")
    assert value(practice, "SELECT p.name FROM referral r JOIN party p ON p.id = r.from_id") == "Marta Quist"


def test_the_result_stands_beside_the_form_while_the_names_are_typed(call: Call, qtbot: QtBot, keys: Keys) -> None:
    window = call()
    keys.type("Rosa Benedetti")
    assert _told(qtbot, window) == [("Rosa Benedetti", "clear")]
    assert window.verdict.chip.text() == "clear"
    keys.type("; opponent: Portus Terminal S.A.")
    assert _told(qtbot, window) == [("Rosa Benedetti", "clear"), ("Portus Terminal S.A.", "stop")]
    assert window.verdict.chip.text() == "conflict to decide"
    assert "Stop" in window.verdict.words.text()


def test_the_result_says_which_record_why_in_which_role_and_since_when(call: Call, qtbot: QtBot, keys: Keys) -> None:
    window = call()
    keys.type("Portus Terminal S.A.")
    _told(qtbot, window)
    let_be_made()
    shown = " ".join(text for card in window.verdict.cards for text in _words(card))
    assert "Portus Terminal" in shown
    assert "Adverse · Larrea v. Portus (still open) · entered" in shown
    assert "same company without its suffix" in shown
    assert "parent company of Portus Terminal" in shown


def test_a_name_keeps_its_card_while_another_is_typed(call: Call, qtbot: QtBot, keys: Keys) -> None:
    window = call()
    keys.type("Portus Terminal S.A.")
    _told(qtbot, window)
    let_be_made()
    (first,) = window.verdict.cards
    window.form.opponents.add(["Larrea"])
    _told(qtbot, window)
    let_be_made()
    assert window.verdict.cards[0] is first
    assert all(card.isVisible() for card in window.verdict.cards)
    assert "Larrea" in " ".join(_words(window.verdict.cards[1]))


def _words(part: QWidget) -> list[str]:
    from PySide6.QtWidgets import QLabel, QPushButton

    buttons = [one.text() for one in part.findChildren(QPushButton)]
    return [*buttons, *(one.text() for one in part.findChildren(QLabel))]


def test_a_present_client_who_calls_is_known_and_no_conflict_with_himself(
    call: Call, qtbot: QtBot, keys: Keys, practice: Practice
) -> None:
    window = call()
    keys.type("Iñaki Larrea")
    assert _told(qtbot, window) == [("Iñaki Larrea", "clear")]
    form: Any = window.form
    assert form.known.isVisible()
    assert "C-0001" in form.known.words.text()
    form.fields["area"].set_value("Probate")
    assert _save(qtbot, window, keys) == 1
    assert rows(practice, "SELECT standing FROM client") == [("client",)]


def test_without_a_name_the_refusal_stands_beside_the_caller(call: Call, keys: Keys, practice: Practice) -> None:
    window = call()
    keys.press("Ctrl+Return")
    assert window.form.fields["caller"].error() == "This is needed."
    assert value(practice, "SELECT count(*) FROM client") == 1


def test_a_promise_due_yesterday_is_refused_beside_its_day(call: Call, qtbot: QtBot, keys: Keys) -> None:
    window = call()
    keys.type("Rosa Benedetti")
    window.form.set_values({"promise": "Call back"})
    window.form.fields["due_on"].line.setText("2020-01-01")
    keys.press("Ctrl+Return")
    assert window.form.fields["due_on"].error() == "It cannot be due before it is made."


def test_undo_takes_the_call_back(call: Call, qtbot: QtBot, keys: Keys, desk: OpenPractice) -> None:
    window = call()
    keys.type("Rosa Benedetti; opponent: Quay Nine Ltd")
    _save(qtbot, window, keys)
    desk.undo()
    assert value(desk.practice, "SELECT count(*) FROM client") == 1
    assert value(desk.practice, "SELECT count(*) FROM party WHERE name LIKE 'Quay%'") == 0


def test_several_calls_stay_open_beside_one_another_and_the_main_window_answers(
    call: Call, frame: Window, keys: Keys
) -> None:
    first, second = call("Rosa"), call("Aiko")
    assert first.isVisible()
    assert second.isVisible()
    assert not second.isModal()
    assert frame.isEnabled()


def test_escape_throws_nothing_away_at_the_first_press(call: Call, qtbot: QtBot, keys: Keys) -> None:
    window = call()
    keys.type("Rosa")
    keys.press("Esc")
    assert window.isVisible()
    assert window.form.bar.isVisible()
    keys.press("Esc")
    qtbot.waitUntil(lambda: not _alive(window))


def _alive(window: QWidget) -> bool:
    try:
        return window.isVisible()
    except RuntimeError:
        return False


def test_a_chip_is_taken_off_by_backspace(call: Call, keys: Keys) -> None:
    window = call()
    keys.press("Tab", "Tab")
    keys.type("Quay Nine Ltd")
    keys.press("Return")
    assert window.form.fields["opponents"].names() == ["Quay Nine Ltd"]
    keys.press("Backspace")
    assert window.form.fields["opponents"].names() == []


def test_markup_in_a_name_is_shown_as_typed(call: Call, qtbot: QtBot, keys: Keys, desk: OpenPractice) -> None:
    desk.do(add_party, NewParty(name="<b>Bold</b> Braun"))
    window = call()
    keys.type("<b>Bold</b> Braun")
    _told(qtbot, window)
    assert "<b>Bold</b> Braun" in window.form.known.words.text()
    assert window.form.known.words.textFormat() == Qt.TextFormat.PlainText


# ---------------------------------------------------------------------- declining


@pytest.fixture
def enquiry(frame: Window, desk: OpenPractice) -> int:
    """Rosa Benedetti, who asked about a tenancy."""
    new = NewEnquiry(caller=Named(name="Rosa Benedetti"), opponents=[Named(name="Quay Nine Ltd")], area="Tenancy")
    return int(str(desk.do(log_enquiry, new, "Tess").result))


def _submit(qtbot: QtBot, window: Any) -> None:
    with qtbot.waitSignal(window.saved, timeout=15_000):
        window.form.submitted.emit()


def test_declining_keeps_the_letter_as_it_was_edited(
    frame: Window, enquiry: int, qtbot: QtBot, desk: OpenPractice
) -> None:
    window = decline_enquiry(frame, enquiry)
    form: Any = window.form
    assert "seek advice elsewhere at once" in form.fields["letter"].value()
    form.fields["reason"].box.setCurrentIndex(3)
    assert "terms for our fee" in form.fields["letter"].value()
    form.fields["letter"].set_value(form.fields["letter"].value() + "\n\nCall the tenants’ union.")
    form.fields["reason"].box.setCurrentIndex(1)
    assert "tenants’ union" in form.fields["letter"].value(), "what was changed by hand is not written over"
    qtbot.waitUntil(window.page.is_settled, timeout=10_000)
    assert "tenants’ union" in window.page.preview.text()
    form.fields["sent_on"].line.setText("today")
    form.fields["sent_how"].set_value("e-mail")
    _submit(qtbot, window)
    practice = desk.practice
    assert rows(practice, "SELECT standing FROM client WHERE id = ?", enquiry) == [("declined",)]
    assert rows(practice, "SELECT stage, outcome FROM engagement WHERE client_id = ?", enquiry) == [
        ("declined", "Conflict of interest")
    ]
    assert rows(practice, "SELECT channel, advice LIKE '%tenants’ union.' FROM advice") == [("e-mail", 1)]
    letter = (f"We cannot act for you – Rosa Benedetti, {dt.date.today()}, E-mail.pdf", "application/pdf")
    assert rows(practice, "SELECT name, media_type FROM attachment") == [letter]


def test_a_letter_that_was_not_sent_waits_on_today(
    frame: Window, enquiry: int, qtbot: QtBot, desk: OpenPractice
) -> None:
    window = decline_enquiry(frame, enquiry)
    _submit(qtbot, window)
    waiting = ("Send the letter that declines", str(dt.date.today()))
    assert rows(desk.practice, "SELECT what, due_on FROM follow_up") == [waiting]
    assert value(desk.practice, "SELECT count(*) FROM advice") == 0


def test_the_letter_changes_its_language(frame: Window, enquiry: int, qtbot: QtBot) -> None:
    window = decline_enquiry(frame, enquiry)
    window.form.fields["language"].box.setCurrentIndex(2)
    assert "Prosimy natychmiast" in window.form.fields["letter"].value()


def test_a_letter_sent_tomorrow_is_refused_beside_its_day(
    frame: Window, enquiry: int, qtbot: QtBot, desk: OpenPractice
) -> None:
    window = decline_enquiry(frame, enquiry)
    window.form.fields["sent_on"].line.setText("in two weeks")
    window.form.submitted.emit()
    qtbot.waitUntil(lambda: bool(window.form.fields["sent_on"].error()), timeout=10_000)
    assert window.form.isEnabled()
    assert value(desk.practice, "SELECT standing FROM client WHERE id = ?", enquiry) == "enquiry"


def test_a_call_is_saved_and_declined_in_one_go(
    call: Call, frame: Window, qtbot: QtBot, keys: Keys, desk: OpenPractice
) -> None:
    window = call()
    keys.type("Rosa Benedetti")
    with qtbot.waitSignal(window.saved, timeout=15_000):
        QTest.mouseClick(window.no, Qt.MouseButton.LeftButton)
    (following,) = [one for one in frame.findChildren(BesideWindow) if one is not window]
    assert following.heading.text() == "Decline Rosa Benedetti"


# ---------------------------------------------------------------------- taking on


def test_an_enquiry_becomes_a_client_and_nothing_is_retyped(
    frame: Window, enquiry: int, qtbot: QtBot, desk: OpenPractice
) -> None:
    window = take_on(frame, enquiry)
    form: Any = window.form
    assert form.fields["decides"].typed() == "Rosa Benedetti"
    assert form.fields["title"].value() == "Rosa Benedetti / Quay Nine Ltd"
    form.fields["template"].box.setCurrentIndex(2)
    assert form.fields["title"].value() == "Rosa Benedetti / Quay Nine Ltd", "a template does not take the title"
    assert form.fields["scope_included"].value()
    form.set_values({"fee_minor": 22_000, "letter": "sent", "identity": "yes", "integrity": "yes"})
    form.fields["pays"].line.setText("Pia Benedetti")
    window._follow()
    assert "£220.00" in form.fields["text"].value()
    _submit(qtbot, window)
    practice = desk.practice
    assert rows(practice, "SELECT standing FROM client WHERE id = ?", enquiry) == [("client",)]
    assert rows(
        practice, "SELECT stage, letter, fee_basis, fee_minor FROM engagement WHERE client_id = ?", enquiry
    ) == [("engaged", "sent", "hourly", 22_000)]
    roles = (
        "SELECT p.name, r.kind FROM role r JOIN party p ON p.id = r.party_id WHERE r.engagement_id = 2 ORDER BY r.id"
    )
    assert rows(practice, roles) == [
        ("Quay Nine Ltd", "adverse"),
        ("Rosa Benedetti", "decides"),
        ("Pia Benedetti", "pays"),
    ]
    assert rows(practice, "SELECT identity, integrity, fee, decided_by FROM acceptance") == [
        ("yes", "yes", "open", "Tess")
    ]
    kept = f"Our agreement – Rosa Benedetti, {dt.date.today()}.pdf"
    assert rows(practice, "SELECT engagement_id, name FROM attachment") == [(2, kept)]
    desk.undo()
    assert rows(practice, "SELECT standing FROM client WHERE id = ?", enquiry) == [("enquiry",)]


def test_a_no_on_the_checklist_asks_for_its_reason_beside_the_field(
    frame: Window, enquiry: int, qtbot: QtBot, desk: OpenPractice
) -> None:
    window = take_on(frame, enquiry)
    window.form.set_values({"fee": "no"})
    assert "say why" in window.form.checked.text()
    window.form.submitted.emit()
    qtbot.waitUntil(lambda: bool(window.form.fields["why"].error()), timeout=10_000)
    assert value(desk.practice, "SELECT count(*) FROM acceptance") == 0


def test_the_work_is_kept_as_a_template_and_offered_the_next_time(
    frame: Window, enquiry: int, qtbot: QtBot, desk: OpenPractice
) -> None:
    window = take_on(frame, enquiry)
    window.form.set_values({"title": "Deposit claim", "scope_included": "The claim"})
    QTest.mouseClick(window.keep_template, Qt.MouseButton.LeftButton)
    assert "Deposit claim" in window.form.bar.findChild(QWidget).accessibleName() or window.form.bar.isVisible()
    window.close()
    QApplication.processEvents()
    again = take_on(frame, enquiry)
    again.form.fields["template"].set_value("Deposit claim")
    assert again.form.fields["scope_included"].value() == "The claim"
