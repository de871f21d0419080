"""Settings: what is typed reaches the file, backups and keys really work, and the history tells and undoes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db import enquiries, firm, history, logo, reviews
from db.backup import list_backups
from db.errors import Trouble
from db.history import list_steps
from db.people import NewPerson, add_person, list_people
from db.practice import Practice
from desktop import messages, settings
from desktop.practice import OpenPractice
from desktop.rooms.settings.page import SettingsPage
from desktop.rooms.settings.practice import PracticeCard
from tests.conftest import PASSPHRASE

NEW_PASSPHRASE = "eleven copper lanterns"


def shown(qtbot: QtBot, desk: OpenPractice, tab: str) -> SettingsPage:
    """The room with one of its tabs in view."""
    page = SettingsPage(desk).whole()
    qtbot.addWidget(page)
    desk.changed.connect(lambda nouns: page.refresh() if nouns & page.SHOWS else None)
    page.resize(1072, 720)
    page.refresh()
    page.show_tab(tab)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def press(widget: QWidget) -> None:
    """Click in the middle of a button."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def page(qtbot: QtBot, desk: OpenPractice) -> SettingsPage:
    """The room as it opens."""
    return shown(qtbot, desk, "practice")


def test_the_practice_is_changed_in_one_step(page: SettingsPage, desk: OpenPractice) -> None:
    form = page.practice.form
    assert form.fields["name"].value() == "Alder & Finch"
    form.set_values({"name": "Alder <b>&</b> Finch", "currency": "eur", "colour": "#2B568F"})
    form.fields["name"].setFocus()
    QTest.keyClick(form.fields["name"].entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    own = desk.ask(firm.get_practice)
    assert (own.name, own.currency, own.colour) == ("Alder <b>&</b> Finch", "EUR", "#2B568F")
    assert desk.ask(list_steps, limit=1)[0].verb == "edit_practice"


def test_a_colour_that_is_none_is_refused_beside_the_field(page: SettingsPage, desk: OpenPractice) -> None:
    form = page.practice.form
    form.set_values({"colour": "green"})
    form.fields["name"].setFocus()
    QTest.keyClick(form.fields["name"].entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "is not a colour" in form.fields["colour"].error()
    assert desk.ask(firm.get_practice).colour == ""


def test_a_logo_is_kept_in_the_file_and_undone(page: SettingsPage, desk: OpenPractice, tmp_path: Path) -> None:
    picture = tmp_path / "logo.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0x1B665C)
    image.save(str(picture))
    page.practice._set_logo(picture)
    assert desk.ask(logo.get_logo) == picture.read_bytes()
    assert page.practice.picture.isVisible()
    desk.undo()
    assert desk.ask(logo.get_logo) is None
    assert not page.practice.picture.isVisible()


def test_a_text_is_no_logo(page: SettingsPage, desk: OpenPractice, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "logo.png").write_text("no picture")
    with qtbot.waitSignal(desk.refused) as told:
        page.practice._set_logo(tmp_path / "logo.png")
    assert told.args[0].code == "not-a-picture"
    assert desk.ask(logo.get_logo) is None


def test_somebody_is_added_and_changed(qtbot: QtBot, desk: OpenPractice) -> None:
    page = shown(qtbot, desk, "people")
    assert page.people.none.isVisible()
    press(page.people.add)
    page.people.form.set_values({"name": "Elena Noriega", "email": "elena@vega.example"})
    QTest.keyClick(page.people.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (person,) = desk.ask(list_people)
    assert (person.name, person.initials, person.active) == ("Elena Noriega", "EN", True)
    press(page.people.card.rows()[0])
    page.people.form.set_values({"marks": set()})
    QTest.keyClick(page.people.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (person,) = desk.ask(list_people)
    assert not person.active
    assert page.people.card.rows()[0].accessibleName() == "Elena Noriega, EN · elena@vega.example, Left"


def test_a_person_without_a_name_is_refused(qtbot: QtBot, desk: OpenPractice) -> None:
    page = shown(qtbot, desk, "people")
    press(page.people.add)
    QTest.keyClick(page.people.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.people.form.fields["name"].error() == "This is needed."
    assert desk.ask(list_people) == []


def test_who_i_am_is_said_to_the_program(qtbot: QtBot, desk: OpenPractice) -> None:
    person = int(str(desk.do(add_person, NewPerson(name="Elena Noriega")).result))
    page = shown(qtbot, desk, "people")
    with qtbot.waitSignal(page.who_am_i) as told:
        page.people.mine.set_value(person)
    assert told.args == [person]


def test_this_computer_shows_what_was_chosen_and_says_what_is(qtbot: QtBot, desk: OpenPractice) -> None:
    settings.Settings(scheme="dark", idle_minutes=30).save()
    page = shown(qtbot, desk, "computer")
    fields = page.computer.fields
    assert (fields["scheme"].value(), fields["idle_minutes"].value()) == ("dark", 30)
    with qtbot.waitSignal(page.chose) as told:
        fields["scheme"].set_value("light")
    assert told.args == ["scheme", "light"]


def test_a_backup_is_written_listed_and_restored_to_a_new_file(
    qtbot: QtBot, desk: OpenPractice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, desk, "file")
    assert page.file.backups.rows() == []
    press(page.file.back_up)
    qtbot.waitUntil(lambda: page.file.job is None, timeout=20_000)
    (kept,) = list_backups(desk.path)
    assert kept.name in page.file.bar.text()
    target = tmp_path / "restored.cliens"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_arguments: target)
    press(page.file.backups.rows()[0])
    qtbot.waitUntil(lambda: page.file.job is None, timeout=20_000)
    assert str(target) in page.file.bar.text()
    with Practice.open_with(target, None, backup=False) as restored:
        assert restored.ask(firm.get_practice).name == "Alder & Finch"


def test_restoring_never_replaces_a_file(
    qtbot: QtBot, desk: OpenPractice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = desk.practice.back_up()
    page = shown(qtbot, desk, "file")
    (tmp_path / "there.cliens").write_text("mine")
    monkeypatch.setattr(messages, "choose_new_file", lambda *_arguments: tmp_path / "there.cliens")
    page.file.restore(kept)
    qtbot.waitUntil(lambda: page.file.job is None, timeout=20_000)
    assert "is never replaced" in page.file.bar.text()
    assert (tmp_path / "there.cliens").read_text() == "mine"


def test_the_check_says_that_all_is_well(qtbot: QtBot, desk: OpenPractice) -> None:
    page = shown(qtbot, desk, "file")
    press(page.file.check)
    qtbot.waitUntil(lambda: page.file.job is None, timeout=20_000)
    assert page.file.bar.text().startswith("All is well: ")


def test_a_new_passphrase_opens_the_file_and_the_old_one_does_not(qtbot: QtBot, sealed_practice: Practice) -> None:
    desk = OpenPractice(sealed_practice)
    page = shown(qtbot, desk, "key")
    before = sealed_practice.recovery_key
    page.key.form.set_values({"first": NEW_PASSPHRASE, "second": NEW_PASSPHRASE + "?"})
    press(page.key.main)
    assert page.key.form.fields["second"].error() == "The two are not the same."
    page.key.form.set_values({"second": NEW_PASSPHRASE})
    press(page.key.main)
    qtbot.waitUntil(lambda: page.key.job is None and page.key.isEnabled(), timeout=60_000)
    assert "Save the new sheet now" in page.key.bar.text()
    assert page.key.form.fields["first"].value() == ""
    assert sealed_practice.recovery_key not in (None, before)
    desk.close()
    with pytest.raises(Trouble, match="wrong-key"):
        Practice.open(desk.path, PASSPHRASE, backup=False)
    Practice.open(desk.path, NEW_PASSPHRASE, backup=False).close()


def test_a_weak_passphrase_is_refused_before_anything_is_written(qtbot: QtBot, desk: OpenPractice) -> None:
    page = shown(qtbot, desk, "key")
    page.key.form.set_values({"first": "short", "second": "short"})
    press(page.key.main)
    assert page.key.form.fields["first"].error().startswith("Take at least 12 letters")
    assert page.key.job is None
    assert not page.key.sheet.isVisible()


def test_the_recovery_sheet_is_saved_as_a_pdf(
    qtbot: QtBot, sealed_practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, OpenPractice(sealed_practice), "key")
    monkeypatch.setattr(messages, "choose_new_file", lambda *_arguments: tmp_path / "sheet.pdf")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    press(page.key.save)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_the_history_shows_fifty_steps_and_then_more(qtbot: QtBot, desk: OpenPractice) -> None:
    for number in range(60):
        desk.do(add_person, NewPerson(name=f"Person {number}"))
    page = shown(qtbot, desk, "history")
    moments = page.history.list.moments()
    assert len(moments) == 50
    assert (moments[0].title, moments[0].body.splitlines()[0]) == ("Person added", "Person 59")
    assert moments[0].body.splitlines()[1].startswith("Tess on ")
    press(page.history.more)
    assert len(page.history.list.moments()) == 61
    assert not page.history.more.isVisible()


def test_undo_in_the_history_takes_back_the_latest_step(qtbot: QtBot, desk: OpenPractice) -> None:
    desk.do(add_person, NewPerson(name="Elena Noriega"))
    page = shown(qtbot, desk, "history")
    assert page.history.what.text() == "Person added — Elena Noriega"
    press(page.history.undo)
    assert desk.ask(list_people) == []
    moments = page.history.list.moments()
    assert moments[0].title == "Undone: Person added"
    assert moments[1].chip_text == "Undone"
    assert not page.history.undo.isEnabled()


def test_the_plan_of_reviews_and_how_long_a_no_is_kept_are_the_practices_own(desk: OpenPractice, qtbot: QtBot) -> None:
    card = PracticeCard(desk)
    qtbot.addWidget(card)
    card.refresh()
    form = card.terms.form
    assert (form.fields["A"].value(), form.fields["decline_years"].value()) == (3, 6)
    form.set_values({"A": 2, "decline_years": 80})
    form.submitted.emit()
    assert form.fields["decline_years"].error()
    form.set_values({"decline_years": 10})
    form.submitted.emit()
    assert desk.ask(reviews.review_plan).A == 2
    assert desk.ask(enquiries.retain_until).year == dt.date.today().year + 10
    steps = len(desk.ask(history.list_steps))
    form.submitted.emit()
    assert len(desk.ask(history.list_steps)) == steps
