"""Proof that a form says what is wrong beside what is wrong, and takes text as typed."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from desktop import text
from desktop.shell import style
from desktop.widgets.fields import (
    ChipsField,
    ChoiceField,
    DateField,
    LongField,
    MomentField,
    MoneyField,
    TextField,
    read_amount,
)
from desktop.widgets.form import Form
from desktop.widgets.ink import font, keys
from desktop.widgets.label import label
from desktop.widgets.picker import RecordField

TODAY = dt.date(2026, 11, 21)


def advice_form(qtbot: QtBot) -> Form:
    form = Form(
        [
            [("question", TextField("The question"), 2), ("due", DateField("Due", lambda: TODAY), 1)],
            [("advice", LongField("Our advice"), 1)],
            [("channel", ChoiceField("By", [("meeting", "Meeting"), ("call", "Call")]), 1)],
        ]
    )
    qtbot.addWidget(form)
    form.resize(700, 400)
    form.show()
    form.activateWindow()
    return form


def test_error_stands_beside_its_field(qtbot: QtBot) -> None:
    form = advice_form(qtbot)
    form.refuse("due", "A promise needs a day.")
    field = form.fields["due"]
    said = next(found for found in field.findChildren(QLabel) if found.text() == "A promise needs a day.")
    assert said.isVisible()
    assert said.geometry().top() > field.entry.geometry().bottom()
    assert field.entry.accessibleDescription() == "A promise needs a day."
    assert form.fields["question"].error() == ""


def test_refusal_of_no_field_stands_above_the_form(qtbot: QtBot) -> None:
    form = advice_form(qtbot)
    form.refuse("", "This engagement is closed.")
    assert form.bar.isVisible()
    assert form.bar.text() == "This engagement is closed."


def test_errors_are_taken_back_together(qtbot: QtBot) -> None:
    form = advice_form(qtbot)
    form.refuse("due", "A promise needs a day.")
    form.refuse("", "This engagement is closed.")
    form.clear_errors()
    assert form.fields["due"].error() == ""
    assert not form.bar.isVisible()


def test_form_gives_what_was_entered(qtbot: QtBot) -> None:
    form = advice_form(qtbot)
    form.set_values({"question": " Settle? ", "due": TODAY, "advice": "Below 180.\nNot above.", "channel": "call"})
    assert form.values() == {"question": "Settle?", "due": TODAY, "advice": "Below 180.\nNot above.", "channel": "call"}


def test_unreadable_date_keeps_the_form_and_says_so(qtbot: QtBot) -> None:
    form = advice_form(qtbot)
    due = form.fields["due"]
    assert isinstance(due, DateField)
    due.line.setText("some day")
    assert form.values() is None
    assert "not a date" in due.error()


def test_typed_date_is_shown_in_full_on_leaving_the_field(qtbot: QtBot) -> None:
    field = DateField("Due", lambda: TODAY)
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, "tomorrow")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "22 Nov 2026"
    assert field.value() == dt.date(2026, 11, 22)


def test_moment_keeps_the_zone_of_the_place(qtbot: QtBot) -> None:
    now = dt.datetime(2026, 11, 21, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    field = MomentField("Given", lambda: now)
    qtbot.addWidget(field)
    field.line.setText("today 16:00")
    assert field.value() == now.replace(hour=16, minute=0)


def test_tab_leaves_a_long_field(qtbot: QtBot) -> None:
    form = advice_form(qtbot)
    advice, channel = form.fields["advice"], form.fields["channel"]
    advice.setFocus()
    qtbot.waitUntil(advice.entry.hasFocus)
    QTest.keyClick(advice.entry, Qt.Key.Key_Tab)
    assert channel.entry.hasFocus()
    assert advice.value() == ""


def test_control_return_submits_from_a_long_field(qtbot: QtBot) -> None:
    form = advice_form(qtbot)
    form.fields["advice"].setFocus()
    qtbot.waitUntil(form.fields["advice"].entry.hasFocus)
    with qtbot.waitSignal(form.submitted):
        QTest.keyClick(form.fields["advice"].entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.fields["advice"].value() == ""


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1,234.50", 123450),
        ("1.234,50", 123450),
        ("1234", 123400),
        ("1,234", 123400),
        ("12,5", 1250),
        ("€ 0.07", 7),
        ("-3.20", -320),
        ("1 234 567,89", 123456789),
    ],
)
def test_typed_amount_is_understood(typed: str, minor: int) -> None:
    assert read_amount(typed) == minor


@pytest.mark.parametrize("typed", ["free", "1-2", "--3", "."])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        read_amount(typed)


@pytest.mark.parametrize(("language", "shown"), [("en", "1,234.50"), ("es", "1.234,50"), ("pl", "1\xa0234,50")])
def test_amount_is_shown_in_the_users_way_and_can_be_read_again(qtbot: QtBot, language: str, shown: str) -> None:
    before = text.current().language
    try:
        text.speak(language)
        field = MoneyField("Fee")
        qtbot.addWidget(field)
        for minor in (5, -99, 0, 123450):
            field.set_value(minor)
            assert field.value() == minor
        assert field.line.text() == shown
    finally:
        text.speak(before)


def test_chips_switch_on_and_off(qtbot: QtBot) -> None:
    field = ChipsField("Marks", [("privileged", "Privileged"), ("urgent", "Urgent")])
    qtbot.addWidget(field)
    field.set_value({"privileged"})
    assert field.value() == {"privileged"}


def suggest(typed: str) -> list[tuple[int, str, str]]:
    known = [(1, "Larrea, Ana", "C-0001"), (2, "Larrea, Jon", "C-0002"), (3, "<b>Nowak</b>", "C-0003")]
    return [found for found in known if typed.lower() in found[1].lower()]


def picker(qtbot: QtBot, free: bool = False) -> RecordField:
    field = RecordField("Client", suggest, free=free)
    qtbot.addWidget(field)
    field.show()
    return field


def test_only_suggestion_is_taken_on_leaving_the_field(qtbot: QtBot) -> None:
    field = picker(qtbot)
    QTest.keyClicks(field.line, "jon")
    field.line.editingFinished.emit()
    assert (field.value(), field.typed()) == (2, "Larrea, Jon")


def test_ambiguous_name_is_not_guessed(qtbot: QtBot) -> None:
    field = picker(qtbot)
    QTest.keyClicks(field.line, "larrea")
    field.line.editingFinished.emit()
    with pytest.raises(ValueError, match="Choose one"):
        field.value()


def test_suggestion_is_chosen_by_keyboard(qtbot: QtBot) -> None:
    field = picker(qtbot)
    QTest.keyClicks(field.line, "larrea")
    popup = field.line.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == 2


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_main_button_has_room_for_its_words_and_its_key(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    style.apply(qapp, "light", scale)
    form = Form([])
    qtbot.addWidget(form)
    main = form.add_buttons("Record advice")
    main.resize(main.sizeHint())
    main.ensurePolished()
    words = main.fontMetrics().horizontalAdvance("Record advice")
    option = QStyleOptionButton()
    main.initStyleOption(option)
    inside = main.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, main)
    key = QFontMetrics(font("tiny")).horizontalAdvance(keys("Ctrl+Return"))
    assert inside.width() >= words
    assert main.width() - 18 - key >= inside.right() + 8


def test_name_changed_after_choosing_is_no_longer_that_record(qtbot: QtBot) -> None:
    field = picker(qtbot, free=True)
    field.set_value((1, "Larrea, Ana"))
    QTest.keyClicks(field.line, " Maria")
    assert (field.value(), field.typed()) == (None, "Larrea, Ana Maria")


def test_another_name_typed_over_a_choice_chooses_anew(qtbot: QtBot) -> None:
    field = picker(qtbot)
    field.set_value((1, "Larrea, Ana"))
    field.line.selectAll()
    QTest.keyClicks(field.line, "jon")
    field.line.editingFinished.emit()
    assert field.value() == 2


def test_name_with_markup_is_shown_as_typed(qtbot: QtBot) -> None:
    shown = label("<img src=x> & <b>Nowak</b>")
    qtbot.addWidget(shown)
    assert shown.textFormat() == Qt.TextFormat.PlainText
    rich = QLabel("<img src=x> & <b>Nowak</b>")
    qtbot.addWidget(rich)
    assert shown.sizeHint().width() > rich.sizeHint().width()


def test_pasted_markup_loses_its_form(qtbot: QtBot) -> None:
    field = LongField("Our advice")
    qtbot.addWidget(field)
    field.set_value("<b>bold</b> & <img src=x>")
    assert field.value() == "<b>bold</b> & <img src=x>"


def test_every_input_is_named_for_who_cannot_see_it(qtbot: QtBot) -> None:
    form = advice_form(qtbot)
    named = [field.entry.accessibleName() for field in form.fields.values()]
    assert named == [
        "The question",
        "Due",
        "Our advice",
        "By",
    ]


def test_date_in_words_says_beneath_what_was_understood(qtbot: QtBot) -> None:
    field = DateField("Due", lambda: TODAY)
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.line, "by Thursday")
    assert field.understood() == "Thursday 26 November"
    shown = [part.text() for part in field.findChildren(QLabel) if part.isVisible()]
    assert shown == ["Due", "Thursday 26 November"]
    QTest.keyClicks(field.line, "x")
    assert not [part for part in field.findChildren(QLabel) if part.isVisible() and "November" in part.text()]
    field.line.setText("21 Nov 2026")
    assert field.understood() == ""
