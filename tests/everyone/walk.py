"""The walk through every place of the program: the windows that stand at each, one place after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import jobs, settings, text
from desktop.app import App
from desktop.dressing import make_application
from tests.everyone.longest import voice
from tests.made import is_all_made
from tests.places import MOMENT, PROFESSIONS, Place, covers, open_practice, places

SIZE = (1280, 800)
# The longest pause after typing that anything waits for, in milliseconds.
STEP, PAUSE = 20, 500


def walk(language: str, scale: float, professions: Sequence[str] = PROFESSIONS) -> Iterator[tuple[str, list[QWidget]]]:
    """Each place with the windows that are seen there; `longest` is a language too."""
    text.voice = voice
    choice = settings.Settings(scheme="light", language=language, text_scale=scale, idle_minutes=0)
    make_application(choice)
    app, home = App(choice), settings.home() / f"{language}-{scale}"
    home.mkdir(parents=True, exist_ok=True)
    try:
        app.window.resize(*SIZE)
        app.window.show()
        app.window.activateWindow()
        for place in covers(app, home):
            yield _arrange(place)
        for profession in professions:
            open_practice(app, home, profession)
            for place in places(app, home, profession):
                yield _arrange(place)
            app.close()
            app.window.set_practice("", "")
    finally:
        app.close()
        app.window.close()
        app.window.deleteLater()


def _arrange(place: Place) -> tuple[str, list[QWidget]]:
    place.arrange()
    settle(place.moment)
    seen = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    return place.name, seen


def settle(moment: int = MOMENT) -> None:
    """Wait until nothing is under way nor about to be, at most twice the milliseconds that a place asks for."""
    QTest.qWait(STEP)
    quiet = 0
    for _each in range(moment * 2 // STEP):
        # What has ended tells others in the next turn of the loop: twice quiet is quiet.
        quiet = quiet + 1 if not jobs._running and is_all_made() and not _is_soon() else 0
        if quiet == 2:
            break
        QTest.qWait(STEP)


def _is_soon() -> bool:
    """Whether a clock that runs once is about to end, of those that wait for a pause of the hands."""
    return any(
        clock.isActive() and clock.isSingleShot() and clock.interval() <= PAUSE
        for window in QApplication.topLevelWidgets()
        for clock in window.findChildren(QTimer)
    )


def where(widget: QWidget) -> str:
    """A widget in words: its kind and name, and the two that it stands in."""
    parts: list[str] = []
    found: QWidget | None = widget
    while found is not None and len(parts) < 3:
        name = found.accessibleName() or str(getattr(found, "text", lambda: "")() or "")
        parts.append(f"{type(found).__name__}({name[:40]})")
        found = found.parentWidget()
    return " in ".join(parts)
