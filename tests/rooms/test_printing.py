"""Ctrl+P shows what is in view as it will be printed: the list as it is narrowed, the record, and no confidence."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.parties import NewParty
from db.trust import NewTrustNote, note_trust
from desktop import messages
from desktop.practice import OpenPractice
from desktop.rooms import print_sheet, printing
from desktop.rooms.conflicts.page import ConflictsPage
from desktop.rooms.insight.page import InsightPage
from desktop.rooms.print_sheet import PrintSheet
from desktop.rooms.today.page import TodayPage
from desktop.rooms.trust.page import TrustPage
from desktop.shell.window import RoomEntry, Window
from tests.rooms.conftest import Keys

SECRET = "Marzipan is his weakness"


@pytest.fixture
def shop(window: Window, desk: OpenPractice, client: int, engagement: int) -> Window:
    """The window with more rooms, two clients, an entry of advice, a concern and a confidence."""
    pages = {"today": TodayPage, "trust": TrustPage, "conflicts": ConflictsPage, "insight": InsightPage}
    more = [
        RoomEntry(name, name.title(), "users", lambda page=page: page(desk))  # type: ignore[misc]
        for name, page in pages.items()
    ]
    window.set_rooms([*window.entries(), *more])
    desk.do(add_client, NewClient(party=NewParty(name="Łódź Looms"), standing="prospect", grade="B"))
    entry = NewAdvice(client_id=client, engagement_id=engagement, question="Settle?", advice="Yes, below 180k.")
    desk.do(log_advice, entry.model_copy(update={"record": True}))
    for kind, told in (("confidence", SECRET), ("concern", "Late twice")):
        desk.do(note_trust, NewTrustNote(client_id=client, kind=kind, text=told, restricted=kind == "confidence"))  # type: ignore[arg-type]
    window.print_out.connect(lambda: printing.show_print(window, desk))
    return window


def made(sheet: Any, qtbot: QtBot) -> str:
    """The words of the pages that a sheet shows."""
    assert isinstance(sheet, PrintSheet)
    qtbot.waitUntil(lambda: not sheet.is_making() and sheet.paper is not None, timeout=15_000)
    assert sheet.paper is not None
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet.paper.pdf)).pages).split())


def chosen(sheet: PrintSheet, name: str) -> None:
    sheet.tabs.choose(str([one.name for one in sheet.every].index(name)))


def test_ctrl_p_prints_the_list_as_it_is_narrowed_and_the_client_beside_it(
    shop: Window, desk: OpenPractice, keys: Keys, qtbot: QtBot
) -> None:
    room: Any = shop.open_room("clients")
    room.start_search()
    keys.type("lar")
    keys.press("Ctrl+P")
    (sheet,) = shop.findChildren(PrintSheet)
    told = made(sheet, qtbot)
    assert "“lar” · 1 line" in told
    assert "Larrea, Iñaki" in told
    assert "Looms" not in told
    assert [one.name for one in sheet.every] == ["Clients", "Brief of Iñaki Larrea", "Report for Iñaki Larrea"]
    for name in ("Brief of Iñaki Larrea", "Report for Iñaki Larrea"):
        chosen(sheet, name)
        told = made(sheet, qtbot)
        assert "Larrea" in told
        assert SECRET not in told
    keys.press("Esc")
    assert not sheet.isVisible()
    assert room.field.hasFocus()


def test_the_menu_of_a_row_ends_with_the_printing_of_what_is_in_view(shop: Window) -> None:
    for name in ("clients", "engagements", "advice"):
        room: Any = shop.open_room(name)
        room.table.select(room.table.rows.id_at(0))
        menu = room.table.menu()
        last = menu.actions()[-1]
        assert last.text().partition("\t")[0] == "Print…", name
        last.trigger()
        (sheet,) = [each for each in shop.findChildren(PrintSheet) if each.isVisible()]
        assert sheet.every, name
        sheet.take_off()
        menu.close()


def test_where_the_keyboard_is_says_what_is_meant(shop: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    room: Any = shop.open_room("clients")
    room.enter()
    sheet: Any = printing.show_print(shop, desk)
    assert sheet.shown.name == "Brief of Iñaki Larrea" or sheet.shown.name.startswith("Brief")
    made(sheet, qtbot)


def test_an_entry_and_an_engagement_are_printed_whole(shop: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    shop.open_room("advice")
    sheet: Any = printing.show_print(shop, desk)
    assert "Settle?" in made(sheet, qtbot)
    chosen(sheet, sheet.every[1].name)
    told = made(sheet, qtbot)
    assert "Yes, below 180k." in told
    assert "Awaiting decision" in told
    sheet.take_off()
    shop.open_room("engagements")
    sheet = printing.show_print(shop, desk)
    assert "Larrea v. Portus" in made(sheet, qtbot)
    chosen(sheet, sheet.every[1].name)
    told = made(sheet, qtbot)
    assert "Settle?" in told
    assert SECRET not in told


def test_the_record_is_printed_from_the_commands_of_its_rooms(
    shop: Window, desk: OpenPractice, client: int, qtbot: QtBot
) -> None:
    def asked(room: Any, title: str) -> str:
        (command,) = [each for each in room.commands() if each.title == title]
        assert command.possible()
        command.do()
        (sheet,) = [each for each in shop.findChildren(PrintSheet) if each.isVisible()]
        told = made(sheet, qtbot)
        sheet.take_off()
        return told

    room: Any = shop.open_room("advice")
    assert "A-0001" in asked(room, "Print the advice note")
    assert "Index" in asked(room, "Print the advisory history")
    desk.do(log_advice, NewAdvice(client_id=client, question="For us", advice="Mind", channel="note", record=True))
    room.show_record(2)
    assert not next(each for each in room.commands() if each.title == "Print the advice note").possible()
    room = shop.open_room("clients")
    room.enter()
    assert "Settle?" in asked(room, "Print the advisory history")
    told = asked(room, "Print the hand-over")
    assert "1 confidence is kept with this client." in told
    assert SECRET not in told


def test_a_confidence_is_not_printed_even_where_it_stands_open(shop: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    room: Any = shop.open_room("trust")
    room.tabs.choose("notes")
    qtbot.waitUntil(lambda: room.table.rows.rowCount() == 2)
    secret = next(one for one in room.table.rows.ids_between(0, 2) if room._note_rows([one])[0].kind == "confidence")
    room.table.select(secret)
    room.show_confidence()
    assert SECRET in room._note_rows([secret])[0].text
    told = made(printing.show_print(shop, desk), qtbot)
    assert "Late twice" in told
    assert SECRET not in told
    assert "What was told in confidence is not printed." in told


def test_today_is_a_sheet_with_a_reason_in_every_line(shop: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    room: Any = shop.open_room("today")
    qtbot.waitUntil(lambda: not room.is_reading())
    told = made(printing.show_print(shop, desk), qtbot)
    assert "Concerns" in told
    assert "Late twice" in told
    assert SECRET not in told


def test_a_check_is_decided_before_its_certificate_is_printed(shop: Window, desk: OpenPractice, qtbot: QtBot) -> None:
    room: Any = shop.open_room("conflicts")
    assert printing.show_print(shop, desk) is None, "no check was kept yet"
    room.line.setText("Łódź Looms")
    room.check()
    qtbot.waitUntil(lambda: room.result is not None)
    assert printing.show_print(shop, desk) is None
    assert room.bar.isVisible()
    room.open_form()
    room.form.set_values({"decision": "clear", "reason": "Another one"})
    room.form.submitted.emit()
    qtbot.waitUntil(lambda: room.past.holds_some())
    assert "Łódź Looms" in made(printing.show_print(shop, desk), qtbot)


def test_a_room_without_anything_to_print_says_so(shop: Window, desk: OpenPractice) -> None:
    shop.open_room("insight")
    assert printing.show_print(shop, desk) is None


def test_a_very_long_list_is_asked_about_and_given_up_without_a_trace(
    shop: Window, desk: OpenPractice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_sheet, "MANY", 1)
    shop.open_room("clients")
    sheet: Any = printing.show_print(shop, desk)
    assert sheet._asking.isVisible()
    assert "2 lines" in sheet._asking.words.text()
    assert not sheet.print_button.isEnabled()
    sheet._asking.first.click()
    assert "Larrea" in made(sheet, qtbot)
    sheet.choose(sheet.every[0])
    sheet._asking.whole.click()
    sheet.cancel()
    assert not sheet.isVisible()
    assert sheet._job is None


def test_the_pages_are_saved_whole(
    shop: Window, desk: OpenPractice, keys: Keys, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.open_room("clients")
    sheet: Any = printing.show_print(shop, desk)
    made(sheet, qtbot)
    path = tmp_path / "list.pdf"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_asked: path)
    keys.press("Ctrl+S")
    assert path.read_bytes() == sheet.paper.pdf
    assert [each.name for each in tmp_path.glob("list*")] == ["list.pdf"]
    monkeypatch.setattr(messages, "choose_new_file", lambda *_asked: tmp_path / "nowhere" / "list.pdf")
    assert sheet.save() is None
    assert sheet.bar.isVisible()
