"""The way in and out: a practice founded, opened, locked and rescued through the real program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db import firm
from db.chain import Problem
from db.clients import NewClient, add_client
from db.overview import counts
from db.parties import NewParty, add_party
from db.people import NewPerson, add_person
from db.practice import Practice
from db.trust import NewTrustNote, note_trust
from db.vault import Key
from desktop import look, messages, settings
from desktop.app import App
from desktop.settings import RecentFile
from desktop.shell.founding import FoundingPage
from desktop.shell.unlock import UnlockPage
from desktop.shell.welcome import WelcomePage
from tests.conftest import PASSPHRASE

OPENS = 60_000


@pytest.fixture
def app(qtbot: QtBot, home: Path) -> Iterator[App]:
    """The program on its first page."""
    made = App(settings.Settings(scheme="light"))
    qtbot.addWidget(made.window)
    made.start(None)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()
    made.window.close()


@pytest.fixture
def sealed(sealed_file: tuple[Path, Key], tmp_path: Path) -> Path:
    """A closed practice under PASSPHRASE."""
    return Path(shutil.copy(sealed_file[0], tmp_path / "alder.cliens"))


@pytest.fixture
def plain(empty_file: Path, tmp_path: Path) -> Path:
    """A closed practice without a passphrase."""
    return Path(shutil.copy(empty_file, tmp_path / "plain.cliens"))


def entered(app: App, qtbot: QtBot) -> None:
    """Wait until a practice is open."""
    qtbot.waitUntil(lambda: app.desk is not None, timeout=OPENS)


def press(parent: QWidget, text: str) -> None:
    """Click the visible button with this text."""
    (found,) = [
        made for made in parent.findChildren(QPushButton) if made.accessibleName() == text or made.text() == text
    ]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def unlock(app: App, qtbot: QtBot, path: Path, passphrase: str) -> UnlockPage:
    """Type a passphrase and press Return."""
    app.unlock(path)
    page = app._page
    assert isinstance(page, UnlockPage)
    page.passphrase.set_value(passphrase)
    page.passphrase.entry.setFocus()
    QTest.keyClick(page.passphrase.entry, Qt.Key.Key_Return)
    return page


def test_the_first_page_lists_recent_practices_that_are_still_there(app: App, plain: Path) -> None:
    gone = RecentFile(str(plain.with_name("gone.cliens")), "Gone", "")
    app.choice.recent = [RecentFile(str(plain), "Plain <b>& Co</b>", ""), gone]
    app.welcome()
    words = [row.accessibleName() for row in app._page.findChildren(QWidget) if "Plain" in row.accessibleName()]
    assert words[0].startswith("Plain <b>& Co</b>")
    assert not [row for row in app._page.findChildren(QWidget) if "Gone" in row.accessibleName()]


def test_a_recent_practice_opens_with_a_click(app: App, plain: Path, qtbot: QtBot) -> None:
    app.choice.recent = [RecentFile(str(plain), "Plain", "")]
    app.welcome()
    (row,) = [made for made in app._page.findChildren(QWidget) if made.accessibleName().startswith("Plain,")]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    entered(app, qtbot)
    assert app.window.current_room() == "today"
    assert app.cover.isHidden()
    assert app.choice.recent[0].name == "Alder & Finch"


def test_a_practice_is_dropped_on_the_first_page(app: App, plain: Path, qtbot: QtBot) -> None:
    page = app._page
    assert isinstance(page, WelcomePage)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(plain))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none))
    entered(app, qtbot)


def test_founding_makes_a_sealed_practice_and_shows_its_recovery_key(
    app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "vega.cliens"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_arguments: target)
    press(app._page, "New practice")
    page = app._page
    assert isinstance(page, FoundingPage)
    QTest.keyClick(page.name.entry, Qt.Key.Key_Return)
    assert page.name.error() == "Give the practice its name."
    page.name.set_value("Vega & Noriega")
    QTest.keyClick(page.name.entry, Qt.Key.Key_Return)
    page.first.set_value("seven quiet herons")
    page.second.set_value("seven quiet heron")
    QTest.keyClick(page.second.entry, Qt.Key.Key_Return)
    assert page.second.error() == "The two are not the same."
    page.second.set_value("seven quiet herons")
    QTest.keyClick(page.second.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.key.text() != "", timeout=OPENS)
    assert app.desk is None
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert app.desk is None
    shown = page.key.text().replace("\n", "-")
    page.kept.setChecked(True)
    press(page, "Start")
    entered(app, qtbot)
    assert app.desk is not None
    assert app.desk.practice.recovery_key == shown
    assert app.desk.ask(firm.get_practice).name == "Vega & Noriega"
    app.close()
    Practice.open(target, recovery_key=shown, backup=False).close()


def test_founding_never_replaces_a_file(
    app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "there.cliens"
    target.write_text("mine")
    monkeypatch.setattr(messages, "choose_new_file", lambda *_arguments: target)
    app.found()
    page = app._page
    page.name.set_value("Vega")
    page._on_next()
    page.plain.setChecked(True)
    page._on_next()
    qtbot.waitUntil(lambda: "never replaced" in page.bar.text(), timeout=OPENS)
    assert page.isEnabled()
    assert target.read_text() == "mine"


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(app: App, qtbot: QtBot, sealed: Path) -> None:
    page = unlock(app, qtbot, sealed, "not this one at all")
    assert not page.open.isEnabled()
    qtbot.waitUntil(lambda: "does not open this practice" in page.bar.text(), timeout=OPENS)
    assert not page.open.isEnabled()
    qtbot.waitUntil(page.open.isEnabled, timeout=5000)
    page.passphrase.set_value(PASSPHRASE)
    QTest.keyClick(page.passphrase.entry, Qt.Key.Key_Return)
    entered(app, qtbot)
    assert app.window.windowTitle() == "Alder & Finch · Cliens"


def test_the_recovery_key_opens_and_a_wrong_letter_is_told(
    app: App, qtbot: QtBot, sealed: Path, sealed_practice: Practice
) -> None:
    key = sealed_practice.recovery_key
    assert key is not None
    app.unlock(sealed)
    page = app._page
    press(page, "Use the recovery key")
    page.recovery.set_value(("A" if key[0] != "A" else "B") + key[1:])
    QTest.keyClick(page.recovery.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "A letter is wrong" in page.recovery.error(), timeout=OPENS)
    page.recovery.set_value(key.lower())
    QTest.keyClick(page.recovery.entry, Qt.Key.Key_Return)
    entered(app, qtbot)


def test_who_leaves_while_the_key_is_derived_is_not_followed(app: App, qtbot: QtBot, sealed: Path) -> None:
    page = unlock(app, qtbot, sealed, PASSPHRASE)
    page.left.emit()
    qtbot.waitUntil(lambda: not app._jobs, timeout=OPENS)
    assert app.desk is None
    assert isinstance(app._page, WelcomePage)
    Practice.open(sealed, PASSPHRASE, backup=False).close()


def test_a_file_that_is_none_is_told_and_left_as_it_is(app: App, tmp_path: Path) -> None:
    strange = tmp_path / "strange.cliens"
    strange.write_bytes(b"hello there, this is no practice" * 200)
    app.unlock(strange)
    app.unlock(tmp_path / "gone.cliens")
    assert "is not there" in app._page.bar.text()
    assert strange.read_bytes().startswith(b"hello there")


def test_an_older_copy_opens_only_when_that_is_asked_for(app: App, qtbot: QtBot, plain: Path, tmp_path: Path) -> None:
    with Practice.open_with(plain, None, backup=False) as practice:
        practice.do(add_client, NewClient(party=NewParty(name="Ana Soto")))
        older = Path(shutil.copy(plain, tmp_path / "older.cliens"))
        practice.do(add_client, NewClient(party=NewParty(name="Zoe Late")))
    app.unlock(older)
    page = app._page
    qtbot.waitUntil(lambda: "older than what was here before" in page.bar.text(), timeout=OPENS)
    press(page, "Open it all the same")
    entered(app, qtbot)


def test_a_damaged_practice_is_restored_from_its_newest_backup_to_a_new_file(
    app: App, qtbot: QtBot, sealed: Path, key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Practice.open_with(sealed, key, backup=False) as practice:
        practice.do(add_client, NewClient(party=NewParty(name="Ana Soto")))
        practice.back_up()
    with sealed.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(40_000))
    damaged, saved = sealed.read_bytes(), tmp_path / "saved.cliens"
    page = unlock(app, qtbot, sealed, PASSPHRASE)
    qtbot.waitUntil(lambda: "is damaged" in page.bar.text(), timeout=OPENS)
    monkeypatch.setattr(messages, "choose_new_file", lambda *_arguments: saved)
    press(page, "Restore the newest backup")
    entered(app, qtbot)
    assert app.desk is not None
    assert app.desk.path == saved
    assert app.desk.ask(counts)["clients"] == 1
    assert sealed.read_bytes() == damaged


def test_what_is_found_says_its_day_in_words_and_one_entry_is_one(app: App, qtbot: QtBot, plain: Path) -> None:
    app.unlock(plain)
    entered(app, qtbot)
    assert app.desk is not None
    client = int(str(app.desk.do(add_client, NewClient(party=NewParty(name="Ana Soto"))).result))
    app.desk.do(note_trust, NewTrustNote(client_id=client, kind="thanks", text="Marzipan for the whole office"))
    app.window.top.search.setFocus()
    QTest.keyClicks(app.window.top.search, "marzipan")
    qtbot.waitUntil(lambda: bool(app.window.top.search.results_shown()))
    assert [row.when for row in app.window.top.search.results_shown()] == ["today"]
    assert app._upkeep is not None
    app._upkeep.on_verified(SimpleNamespace(ok=True, entries=1))
    assert "Record verified · 1 entry" in app.window.status.accessibleName()


def test_somebody_found_who_is_no_client_is_shown_as_such(app: App, qtbot: QtBot, plain: Path) -> None:
    app.unlock(plain)
    entered(app, qtbot)
    assert app.desk is not None
    party = int(str(app.desk.do(add_party, NewParty(name="Portus Holding")).result))
    app.window.top.search.setFocus()
    QTest.keyClicks(app.window.top.search, "portus")
    qtbot.waitUntil(lambda: bool(app.window.top.search.results_shown()))
    row = app.window.top.search.results_shown()[0]
    assert (row.room, row.record) == ("clients", -party)
    app.window.result_chosen.emit(row)
    page: Any = app.window.open_room(app.window.current_room())
    shown = [button.accessibleName() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert any(name.startswith("Make a client") for name in shown), shown


def test_locking_leaves_nothing_of_the_practice_in_the_window(app: App, qtbot: QtBot, plain: Path) -> None:
    app.unlock(plain)
    entered(app, qtbot)
    assert app.desk is not None
    app.desk.do(add_client, NewClient(party=NewParty(name="Secretive Client")))
    app.window.top.search.setText("Secretive")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    QTest.keyClick(app.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert app.desk is None
    assert not other.isVisible()
    QApplication.sendPostedEvents(None, 0)
    QTest.qWait(20)
    said = [made.text() for made in app.window.findChildren(QLabel)]
    said += [made.text() for made in app.window.findChildren(QLineEdit)]
    said += [made.accessibleName() + made.toolTip() for made in app.window.findChildren(QWidget)]
    assert "Secretive" not in "\n".join(said)
    assert app.window.windowTitle() == "Cliens"
    with Practice.open_with(plain, None, backup=False):
        assert not app.cover.isHidden()


def test_a_locked_practice_without_passphrase_waits_for_a_key(app: App, qtbot: QtBot, plain: Path) -> None:
    app.unlock(plain)
    entered(app, qtbot)
    app.lock()
    QTest.qWait(200)
    assert app.desk is None
    QTest.keyClick(app._page.open, Qt.Key.Key_Return)
    entered(app, qtbot)


def test_idle_time_locks(app: App, qtbot: QtBot, plain: Path) -> None:
    app.choice.idle_minutes = 1
    app.unlock(plain)
    entered(app, qtbot)
    qtbot.waitUntil(lambda: not app._jobs, timeout=OPENS)
    # The timer is a coarse one, and may say a little more than it was set to.
    assert app._idle.isActive()
    assert (app._idle.interval(), app._idle.isSingleShot()) == (60_000, True)
    assert 30_000 < app._idle.remainingTime() <= 63_000
    app._idle.start(5_000)
    QTest.keyClick(app.window.windowHandle(), Qt.Key.Key_Shift)
    assert app._idle.remainingTime() > 30_000
    app._idle.start(1)
    qtbot.waitUntil(lambda: app.desk is None)
    assert isinstance(app._page, UnlockPage)


def test_who_am_i_is_asked_once_and_signs_the_steps(app: App, qtbot: QtBot, plain: Path) -> None:
    with Practice.open_with(plain, None, backup=False) as practice:
        person = int(str(practice.do(add_person, NewPerson(name="Elena Noriega")).result))
    app.unlock(plain)
    entered(app, qtbot)
    assert app.window._toast is not None
    assert app.window._toast.text().startswith("Who works at this computer?")
    press(app.window._toast, "Say who I am")
    page = app.window.open_room("settings")
    page.people.mine.set_value(person)  # type: ignore[attr-defined]
    assert app.desk is not None
    assert app.desk.practice.who == "Elena Noriega"
    assert settings.load().who_am_i == {app.desk.practice.uuid: person}


def test_a_chosen_scheme_and_size_are_worn_at_once_and_kept(app: App, qtbot: QtBot, plain: Path) -> None:
    app.unlock(plain)
    entered(app, qtbot)
    page = app.window.open_room("settings")
    page.computer.fields["scheme"].set_value("dark")  # type: ignore[attr-defined]
    assert look.worn()[0] == "dark"
    page.computer.fields["text_scale"].set_value(1.5)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: app.window.open_room("settings") is not page)
    assert (settings.load().scheme, settings.load().text_scale) == ("dark", 1.5)
    assert app.window.open_room("settings").tabs.current() == "computer"  # type: ignore[attr-defined]


def test_a_file_moved_under_the_program_is_saved_under_a_new_name(
    app: App, qtbot: QtBot, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.unlock(plain)
    entered(app, qtbot)
    desk = app.desk
    assert desk is not None
    desk.do(add_client, NewClient(party=NewParty(name="Ana Soto")))
    plain.unlink()
    saved = tmp_path / "saved.cliens"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_arguments: saved)
    assert desk.attempt(lambda: desk.do(add_client, NewClient(party=NewParty(name="Zoe Late")))) is None
    notice = app.window.furnish().notice
    assert notice.isVisible()
    press(notice, "Save under a new name")
    qtbot.waitUntil(lambda: app.desk is not None and app.desk.path == saved, timeout=OPENS)
    assert not notice.isVisible()
    assert app.desk is not None
    app.desk.do(add_client, NewClient(party=NewParty(name="Zoe Late")))


def test_a_check_that_found_something_says_so_in_the_window_and_leads_to_the_backups(
    app: App, qtbot: QtBot, plain: Path
) -> None:
    app.unlock(plain)
    entered(app, qtbot)
    assert app._upkeep is not None
    app._upkeep.on_verified(SimpleNamespace(ok=False, problems=[Problem("index-differs", {})], entries=0))
    notice = app.window.furnish().notice
    assert notice.text().startswith("The check found something.")
    press(notice, "Show the backups")
    page: Any = app.window.stack.currentWidget()
    assert (app.window.current_room(), page.tabs.current()) == ("settings", "file")
    assert not notice.isVisible()
    app._upkeep.on_verified(SimpleNamespace(ok=False, problems=[Problem("index-differs", {})], entries=0))
    app.lock()
    assert not notice.isVisible()


def test_a_sample_practice_is_lively_and_opens(app: App, qtbot: QtBot) -> None:
    press(app._page, "Design")
    qtbot.waitUntil(lambda: app.desk is not None, timeout=OPENS)
    assert app.desk is not None
    assert app.desk.ask(counts)["clients"] > 5
    assert app.desk.ask(firm.get_practice).profession == "design"
