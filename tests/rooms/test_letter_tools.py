"""The text of a letter: fields in braces are filled as it is printed, and a wording can be kept and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from db.enquiries import Named, NewEnquiry, log_enquiry
from db.letters import get_wording
from desktop.practice import OpenPractice
from desktop.rooms.conflicts.page import ConflictsPage
from desktop.rooms.enquiry.beside import BesideWindow
from desktop.rooms.frame import decline_enquiry
from desktop.shell.window import RoomEntry, Window


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
