"""The first frame: the window in the house's colours with the program's name, before anything else is loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from desktop import look, settings
from desktop.dressing import bare_application
from desktop.shell.window import Window

UNSEEN_MS = 1000


class FirstFrame(QObject):
    """A window that shows the program's name; what comes after is begun when that has been painted.

    It is drawn by Qt alone: each kind of thing that Python draws with is set up on its first use, which costs more
    than all of this frame.
    """

    def __init__(self, choice: settings.Settings, then: Callable[[], object]) -> None:
        application = bare_application()
        QFontDatabase.addApplicationFont(str(look.RESOURCES / "fonts" / "Inter-Bold.ttf"))
        self.window = Window((), choice, furnish=False)
        super().__init__(self.window)
        self._then: Callable[[], object] | None = then
        self._name = QLabel("Cliens", self.window)
        colours = look.tokens(_scheme(application, choice.scheme))
        self._name.setStyleSheet(
            f"background: {colours['canvas']}; color: {colours['ink']}; font: 700 30px Inter;"
            " qproperty-alignment: AlignCenter"
        )
        self._name.resize(self.window.size())
        self.window.show()
        if handle := self.window.windowHandle():
            handle.installEventFilter(self)
        # A window that starts out hidden behind others is never painted, and the work must begin all the same.
        QTimer.singleShot(UNSEEN_MS, self._go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose:
            QTimer.singleShot(0, self._go)
        return False

    def _go(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            if handle := self.window.windowHandle():
                handle.removeEventFilter(self)
            then()
            self._name.deleteLater()


def _scheme(application: QApplication, chosen: str) -> look.Scheme:
    """The scheme of the first frame; the desktop's own is guessed from its colours, which is quick."""
    if chosen != "system":
        return cast(look.Scheme, chosen)
    return "dark" if application.palette().color(QPalette.ColorRole.Window).lightness() < 128 else "light"


def run(path: Path | None = None) -> int:
    """Open the window, on a file if one is given; gives the exit code."""
    choice = settings.load()
    kept: list[object] = []

    def begin() -> None:
        from desktop.app import begin

        kept.append(begin(choice, first.window, path))

    first = FirstFrame(choice, begin)
    return bare_application().exec()
