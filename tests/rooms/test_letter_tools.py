"""The text of a letter: fields in braces are filled as it is printed, and a wording can be kept and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.enquiries import Named, NewEnquiry, log_enquiry
from db.letters import get_wording
from desktop import messages
from desktop.practice import OpenPractice
from desktop.rooms.conflicts.page import ConflictsPage
from desktop.rooms.enquiry.beside import BesideWindow
from desktop.rooms.frame import decline_enquiry, take_on
from desktop.shell.window import RoomEntry, Window
from desktop.widgets.bar import MessageBar


@pytest.fixture
def frame(desk: OpenPractice, qtbot: QtBot) -> Iterator[Window]:
    made = Window([RoomEntry("conflicts", "Conflict check", "shield-check", lambda: ConflictsPage(desk))])
    qtbot.addWidget(made)
    desk.changed.connect(made.on_changed)
    made.show()
    made.open_room("conflicts")
    yield made
    for window in made.findChildren(BesideWindow):
        window.close()
    made.close_rooms()


def declining(desk: OpenPractice, frame: Window, name: str) -> Any:
    done = desk.do(log_enquiry, NewEnquiry(caller=Named(name=name), area="Tenancy"), "Tess")
    return decline_enquiry(frame, int(str(done.result)))


def test_fields_are_filled_on_the_page_and_what_is_none_is_said_beside_the_text(
    desk: OpenPractice, frame: Window, qtbot: QtBot
) -> None:
    window = declining(desk, frame, "Rosa Benedetti")
    window.letter.set_value("Dear {client},\n\nNo, {cleint}. {adviser")
    qtbot.waitUntil(window.page.is_settled, timeout=10_000)
    printed = " ".join(window.page.preview.text().split())
    assert "Dear Rosa Benedetti, No, {cleint}. {adviser" in printed
    noted = window.letter.entry.accessibleDescription()
    assert "{cleint}" in noted
    assert "{adviser" in noted
    assert "{client}" in window.tools.names.text()


def test_wording_that_is_kept_begins_the_next_letter_and_names_nobody(
    desk: OpenPractice, frame: Window, qtbot: QtBot
) -> None:
    window = declining(desk, frame, "Rosa Benedetti")
    assert not window.tools.back_button.isEnabled()
    window.letter.set_value("Dear Rosa Benedetti,\n\nWe must say No.")
    window.tools.keep_button.click()
    assert desk.ask(get_wording, "decline", "en") == "{salutation}\n\nWe must say No."
    assert window.letter.value() == "{salutation}\n\nWe must say No.", "what is kept is what is seen"
    other = declining(desk, frame, "Aiko Nakamura")
    assert other.letter.value() == "Dear Aiko Nakamura,\n\nWe must say No."
    other.tools.back_button.click()
    assert "seek advice elsewhere at once" in other.letter.value()
    assert desk.ask(get_wording, "decline", "en") == ""
    assert not window.tools.back_button.isEnabled(), "another window that lies open knows it at once"


def test_undo_brings_a_wording_back(desk: OpenPractice, frame: Window, qtbot: QtBot) -> None:
    window = declining(desk, frame, "Rosa Benedetti")
    window.letter.set_value("Dear Rosa Benedetti,\n\nWe must say No.")
    window.tools.keep_button.click()
    window.tools.go_back()
    desk.undo()
    assert desk.ask(get_wording, "decline", "en")
    assert window.letter.value() == "Dear Rosa Benedetti,\n\nWe must say No."
    assert window.tools.back_button.isEnabled()


def test_letter_that_nobody_changed_prints_a_name_in_braces_as_it_is(
    desk: OpenPractice, frame: Window, qtbot: QtBot
) -> None:
    window = declining(desk, frame, "Rosa {day} Benedetti")
    assert "Rosa {day} Benedetti" in window.tools.printed()


def test_letter_that_was_saved_is_noted_as_sent_where_it_is_written_and_undo_takes_that_back(
    desk: OpenPractice, frame: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "choose_new_file", lambda *_asked: tmp_path / "letter.pdf")
    window = declining(desk, frame, "Rosa Benedetti")
    window.page.save()
    press(window.page.sent, "Sent today by e-mail")
    assert window.form.fields["sent_on"].value() == dt.date.today()
    assert window.form.fields["sent_how"].value() == "e-mail"
    window.page.save()
    assert window.page.sent.text().startswith("Noted as sent"), "it is not asked twice"
    press(window.page.sent, "Undo")
    assert window.form.fields["sent_on"].value() is None


def test_engagement_letter_that_was_printed_is_noted_as_sent(desk: OpenPractice, frame: Window) -> None:
    done = desk.do(log_enquiry, NewEnquiry(caller=Named(name="Rosa Benedetti"), area="Tenancy"), "Tess")
    window: Any = take_on(frame, int(str(done.result)))
    window.page.sent.offer("letter")
    press(window.page.sent, "Sent today by letter")
    assert window.form.fields["letter"].value() == "sent"
    press(window.page.sent, "Undo")
    assert window.form.fields["letter"].value() == "draft"


def press(bar: MessageBar, words: str) -> None:
    # The last one: those of the message before go with the next turn of the window.
    [each for each in bar.findChildren(QPushButton) if each.text() == words][-1].click()
