"""The six pictures of README, taken from today's program: `python -m tests.readme_pictures OUT`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZE = (1280, 800)
MOMENT = 1200
QUESTION = "Accept the €165,000 offer, or go to trial in March?"
TOLD = (
    "Settle below €180,000. Two of the three precedents go against us, and after March the costs exceed the likely"
    " gain.\n!send the draft by Thursday\n?ask counsel again in two weeks"
)


def main() -> int:
    """Take them all into a folder."""
    out = Path(sys.argv[1])
    os.environ["QT_QPA_PLATFORM"], os.environ["QT_SCALE_FACTOR"] = "offscreen", "1"
    with tempfile.TemporaryDirectory(prefix="cliens-readme-") as home:
        os.environ["CLIENS_HOME"] = home
        _take_all(out, Path(home))
    return 0


def _take_all(out: Path, home: Path) -> None:
    from desktop import settings
    from desktop.app import App, make_application

    choice = settings.Settings(scheme="light", language="en", idle_minutes=0)
    application = make_application(choice)
    app = App(choice)
    app.window.resize(*SIZE)
    app.window.show()
    out.mkdir(parents=True, exist_ok=True)

    def take(name: str, scheme: str, arrange: Callable[[], object], moment: int = MOMENT) -> None:
        from tests.gallery import _let_pass

        if app.choice.scheme != scheme:
            app.choose("scheme", scheme)
            _let_pass(MOMENT)
        arrange()
        _let_pass(moment)
        app.window.toast("").hide()
        _over(app.window).save(str(out / f"{name}-{scheme}.png"))

    _law(app, home, take)
    _design(app, home, take)
    app.window.close()
    application.quit()


def _enter(app: Any, home: Path, profession: str, name: str) -> None:
    from db.people import list_people
    from desktop.sample import sample_practice
    from tests.gallery import _let_pass

    practice = sample_practice(home / f"{name}.cliens", profession, "seven quiet herons at dusk")
    app.choice.who_am_i[practice.uuid] = practice.ask(list_people)[0].id
    app._enter(practice)
    app._entering.finish()
    _let_pass(3000)


def _law(app: Any, home: Path, take: Callable[..., None]) -> None:
    from desktop.rooms.advice.writing import open_window
    from desktop.rooms.brief import BriefSheet, show_brief

    _enter(app, home, "law", "vega-noriega")
    room = app.window.open_room
    take("today", "light", lambda: room("today"))
    take("clients", "dark", lambda: room("clients", 2))

    def conflicts() -> None:
        room("conflicts").line.setText("Portus Terminal S.A.; Ignacio Larea; Aiko Nakamuro")
        room("conflicts").check()

    take("conflict-check", "light", conflicts)
    take("brief", "dark", lambda: show_brief(app.desk, room("clients", 2), 2))
    for sheet in app.window.findChildren(BriefSheet):
        sheet.take_off()

    def advice() -> None:
        room("today")
        window = open_window(app.desk, app.window, 2, 4)
        form = window.form
        form.set_values({"question": QUESTION, "basis": "Counsel’s note of 14 Nov; the client’s figures for 2025"})
        form.set_values({"risks": "Adverse costs to €40k; precedent for two further claims"})
        form.box.page.setPlainText(TOLD)
        window.resize(900, min(window.sizeHint().height(), 770))
        window.move(app.window.pos().x() + 190, app.window.pos().y() + 15)

    take("log-advice", "light", advice)
    app.close()


def _design(app: Any, home: Path, take: Callable[..., None]) -> None:
    _enter(app, home, "design", "heron-thistle")

    def board() -> None:
        page = app.window.open_room("engagements")
        page.view.hide()
        if not page.as_board.isChecked():
            page.as_board.click()

    take("board", "light", board)
    app.close()


def _over(window: Any) -> Any:
    """The window with those that stand over it."""
    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtWidgets import QApplication

    picture = window.grab()
    painter = QPainter(picture)
    for over in QApplication.topLevelWidgets():
        if over is not window and over.isVisible():
            place = over.pos() - window.pos()
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 70))
            painter.drawPixmap(place, over.grab())
    painter.end()
    return picture


if __name__ == "__main__":
    sys.exit(main())
