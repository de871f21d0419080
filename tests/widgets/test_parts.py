"""Proof of the smaller parts: stories, cards, tabs, messages, initials and charts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Circle, Drawing, Group, Rect, String
from reportlab.lib.colors import HexColor

from desktop import look
from desktop.widgets.avatar import initials
from desktop.widgets.bar import MessageBar
from desktop.widgets.card import Card, CardRow
from desktop.widgets.chart import Chart
from desktop.widgets.empty import Empty
from desktop.widgets.pane import Pane
from desktop.widgets.tabs import Tabs
from desktop.widgets.timeline import Moment, Timeline
from tests.pace import paced


def moment(key: int, body: str = "Two of three precedents go against us. " * 4) -> Moment:
    return Moment("scroll-text", f"Advice {key}", "Accepted", "green", "21 Oct", body, key)


def story(qtbot: QtBot, moments: list[Moment]) -> Timeline:
    made = Timeline("Story")
    qtbot.addWidget(made)
    made.resize(480, 600)
    made.show_moments(moments)
    made.show()
    return made


def test_story_of_two_thousand_moments_is_there_at_once(qtbot: QtBot) -> None:
    moments = [moment(key, f"{key} " + "word " * 60) for key in range(2000)]
    _seen, took = paced(lambda: story(qtbot, moments).grab())
    assert took < 25


def test_story_gives_long_words_the_room_they_need(qtbot: QtBot) -> None:
    made = story(qtbot, [moment(1, "one line"), moment(2, "word " * 60)])
    short, long = (made.visualRect(made.model().index(row, 0)).height() for row in (0, 1))
    assert long > short + 3 * 19


def test_current_moment_stays_current_when_the_story_is_told_anew(qtbot: QtBot) -> None:
    made = story(qtbot, [moment(1), moment(2)])
    made.setCurrentIndex(made.model().index(1, 0))
    made.show_moments([moment(3), moment(1), moment(2)])
    assert made.current_key() == 2


def test_return_opens_a_moment(qtbot: QtBot) -> None:
    made = story(qtbot, [moment(7)])
    made.setCurrentIndex(made.model().index(0, 0))
    with qtbot.waitSignal(made.opened) as told:
        QTest.keyClick(made, Qt.Key.Key_Return)
    assert told.args == [7]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marta Dąbrowska", "MD"),
        ("łukasz", "Ł"),
        ("Clínica  Ocaña ", "CO"),
        ("", ""),
        ("— · —", ""),
        ("Ana de la Vega", "AV"),
    ],
)
def test_initials_are_of_the_first_and_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_pressed_row_of_a_card_gives_its_key(qtbot: QtBot) -> None:
    card = Card("Promises")
    qtbot.addWidget(card)
    card.show_rows([CardRow("Call", "Ana Larrea", "Today", "amber", "16:00", "Ana", key=5), CardRow("Write", key=6)])
    card.show()
    button = next(row for row in card.rows() if row.text() == "Write")
    with qtbot.waitSignal(card.opened) as told:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == [6]
    assert card.rows()[0].accessibleName() == "Call, Ana Larrea, Today, 16:00"


def test_rows_that_say_the_same_stay_when_more_come_or_the_last_ones_go(qtbot: QtBot) -> None:
    card = Card("Next")
    qtbot.addWidget(card)
    rows = [CardRow(f"Call {number}", key=number) for number in range(6)]
    card.show_rows(rows[:3])
    card.show()
    first = card.rows()
    card.show_rows(rows)
    assert card.rows()[:3] == first
    card.show_rows([rows[0], rows[4], rows[5]])
    assert card.rows()[0] is first[0]
    assert [row.text() for row in card.rows()] == ["Call 0", "Call 4", "Call 5"]
    qtbot.waitUntil(lambda: all(row.isVisible() for row in card.rows()))
    qtbot.waitUntil(lambda: [row.y() for row in card.rows()] == sorted({row.y() for row in card.rows()}))


def test_a_card_is_never_a_window_of_its_own(qtbot: QtBot, qapp: QApplication) -> None:
    shown: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    qtbot.addWidget(Card("Next", "2 due", "calendar"))
    qapp.removeEventFilter(watch)
    assert shown == []


def test_tabs_are_walked_with_the_arrows(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    for key in ("story", "people", "files"):
        tabs.add(key, key.title())
    assert tabs.current() == "story"
    with qtbot.waitSignal(tabs.changed) as told:
        QTest.keyClick(tabs, Qt.Key.Key_Left)
    assert told.args == ["files"] == [tabs.current()]


def test_message_offers_its_actions_and_no_older_ones(qtbot: QtBot) -> None:
    done: list[str] = []
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("The file is in a shared folder.", "warn", actions=[("Move it", lambda: done.append("moved"))])
    bar.say("Two rows need a look.", "info", "Import", actions=[("Show", lambda: done.append("shown"))])
    buttons = [button for button in bar.findChildren(QPushButton) if button.text()]
    qtbot.waitUntil(lambda: len([button for button in bar.findChildren(QPushButton) if button.text()]) == 1)
    QTest.mouseClick(buttons[-1], Qt.MouseButton.LeftButton)
    assert done == ["shown"]
    assert bar.text() == "Import — Two rows need a look."


def test_empty_list_says_what_to_do_and_does_it(qtbot: QtBot) -> None:
    done: list[str] = []
    empty = Empty("users", "No clients yet", "Bring in your address book.", "Import", lambda: done.append("imported"))
    qtbot.addWidget(empty)
    assert empty.button is not None
    QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert done == ["imported"]


def test_pane_shows_its_empty_state_only_while_there_is_nothing(qtbot: QtBot) -> None:
    body, empty = QWidget(), Empty("users", "No clients yet")
    pane = Pane("Clients", body)
    qtbot.addWidget(pane)
    pane.set_empty(empty)
    pane.show()
    pane.show_empty(True)
    assert (body.isVisible(), empty.isVisible()) == (False, True)
    pane.show_empty(False)
    assert (body.isVisible(), empty.isVisible()) == (True, False)


def painted(qtbot: QtBot, drawing: Drawing) -> Chart:
    chart = Chart(drawing, "A chart")
    qtbot.addWidget(chart)
    chart.resize(round(drawing.width), round(drawing.height))
    return chart


def test_chart_stands_upright_on_the_screen(qtbot: QtBot) -> None:
    drawing = Drawing(100, 100)
    drawing.add(Rect(0, 80, 20, 20, fillColor=HexColor("#A6302A"), strokeColor=None))
    drawing.add(
        Group(Circle(10, 10, 8, fillColor=HexColor("#1B665C"), strokeColor=None), transform=(1, 0, 0, 1, 70, 0))
    )
    image = painted(qtbot, drawing).grab().toImage()
    assert image.pixelColor(10, 10).name() == "#a6302a"
    assert image.pixelColor(80, 90).name() == "#1b665c"
    assert image.pixelColor(50, 50).name() not in ("#a6302a", "#1b665c")


def test_chart_wears_the_dark_scheme(qtbot: QtBot) -> None:
    drawing = Drawing(100, 100)
    drawing.add(Rect(0, 0, 100, 100, fillColor=HexColor("#1B665C"), strokeColor=None))
    chart = painted(qtbot, drawing)
    look.wear("dark")
    assert chart.grab().toImage().pixelColor(50, 50).name() == look.tokens("dark")["accent"].lower()


def test_chart_library_draws_on_the_screen_too(qtbot: QtBot) -> None:
    drawing = Drawing(300, 120)
    bars = VerticalBarChart()
    bars.data = [(3, 5, 2)]
    bars.x, bars.y, bars.width, bars.height = 30, 20, 250, 90
    bars.bars[0].fillColor = HexColor("#1B665C")
    bars.categoryAxis.categoryNames = ["Jan", "Feb", "<b>"]
    drawing.add(bars)
    drawing.add(String(150, 105, "Zażółć <img>", textAnchor="middle"))
    image = painted(qtbot, drawing).grab().toImage()
    found = sum(image.pixelColor(x, y).name() == "#1b665c" for x in range(300) for y in range(120))
    assert found > 2000
