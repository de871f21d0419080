"""Every page, form, dialog and empty state as a picture, for people to look at: `python -m tests.gallery OUT`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.places import MOMENT, PROFESSIONS, Place, covers, open_practice, places

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from desktop.app import App

SCHEMES, SCALES, LANGUAGES = ("light", "dark"), (1.0, 1.5), ("en",)
SIZE = (1280, 800)


def main() -> int:
    """Render all that was asked for; gives 1 when something could not be rendered."""
    asked = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--scale", type=float, action="append")
    asked.add_argument("--scheme", choices=(*SCHEMES, "contrast"), action="append")
    asked.add_argument("--lang", action="append")
    asked.add_argument("--only", default="", help="only pictures whose name holds this; paper: every report")
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.here:
        return _Gallery(options.out, options.scheme[0], options.lang[0], options.only).render()
    if options.only.startswith("paper"):
        from tests import gallery_paper

        return gallery_paper.render(options.out, options.lang or list(LANGUAGES), options.only)
    failed = 0
    for scale in options.scale or SCALES:
        for scheme in options.scheme or SCHEMES:
            for language in options.lang or LANGUAGES:
                folder = options.out / f"{scheme}-{round(scale * 100)}-{language}"
                # The scale is read once, when Qt loads: each has a process of its own.
                with tempfile.TemporaryDirectory(prefix="cliens-gallery-") as home:
                    environment = os.environ | {
                        "QT_SCALE_FACTOR": str(scale),
                        "QT_QPA_PLATFORM": "offscreen",
                        "CLIENS_HOME": home,
                    }
                    command = [sys.executable, "-m", "tests.gallery", str(folder), "--here", "--scheme", scheme]
                    command += ["--lang", language, "--only", options.only]
                    failed |= subprocess.run(command, env=environment, check=False).returncode
    return failed


class _Gallery:
    """One scheme in one language at the scale that Qt was loaded with."""

    def __init__(self, folder: Path, scheme: str, language: str, only: str) -> None:
        from desktop import settings
        from desktop.app import App, make_application

        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.only = folder, only
        choice = settings.Settings(scheme=scheme, language=language, idle_minutes=0)
        self.application = make_application(choice)
        self.app: App = App(choice)
        self.app.window.resize(*SIZE)
        self.app.window.show()
        self.home = settings.home()
        self.failed = 0

    def render(self) -> int:
        """Render everything; gives 1 when something failed, and says what."""
        for place in covers(self.app, self.home):
            self._take(place)
        for profession in PROFESSIONS:
            open_practice(self.app, self.home, profession)
            _let_pass(MOMENT)
            for place in places(self.app, self.home, profession):
                self._take(place)
            self.app.close()
            self.app.window.set_practice("", "")
        self.app.close()
        self.app.window.close()
        return int(bool(self.failed))

    def _take(self, place: Place) -> None:
        if self.only not in place.name:
            return
        try:
            self._clear_away()
            place.arrange()
            _let_pass(place.moment)
            picture = self._picture() if place.of is None else place.of().grab()
            if not picture.save(str(self.folder / f"{place.name}.png")):
                raise OSError(f"{place.name}.png cannot be written")
        except Exception as error:
            self.failed += 1
            print(f"{self.folder.name}/{place.name}: {type(error).__name__}: {error}", file=sys.stderr)

    def _clear_away(self) -> None:
        """What passes by itself, a menu or a toast of the picture before, has no place in the next one."""
        from PySide6.QtWidgets import QApplication, QMenu

        for over in QApplication.topLevelWidgets():
            if isinstance(over, QMenu):
                over.close()
        if self.app.desk is not None:
            self.app.window.toast("").hide()

    def _picture(self) -> QPixmap:
        """The window with whatever pops up over it, such as a list of suggestions."""
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QApplication

        window = self.app.window
        picture = window.grab()
        painter = QPainter(picture)
        for over in QApplication.topLevelWidgets():
            if over is not window and over.isVisible():
                painter.drawPixmap(over.pos() - window.pos(), over.grab())
        painter.end()
        return picture


def _let_pass(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
