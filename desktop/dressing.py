"""The application as Qt knows it, before there is a window: its name, its look and its language."""

from __future__ import annotations

import gc
import sys

from PySide6.QtWidgets import QApplication

from desktop import settings
from desktop.collecting import collect_by_clock


def bare_application() -> QApplication:
    """The application with its names, not dressed yet."""
    # Said here and not by setStyle, which would hand its many enumerations to Python.
    application = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(application, QApplication)
    application.setApplicationName("cliens")
    application.setApplicationDisplayName("Cliens")
    application.setDesktopFileName("cliens")
    if gc.isenabled():
        collect_by_clock(application)
    return application


def make_application(choice: settings.Settings) -> QApplication:
    """The application, dressed and speaking the user's language."""
    from desktop import text
    from desktop.shell import style

    application = bare_application()
    text.speak(choice.language or system_language())
    style.apply(application, choice.scheme, choice.text_scale)
    return application


def system_language() -> str:
    """The two letters of the language that this computer speaks."""
    from PySide6.QtCore import QLocale

    return QLocale.system().name().split("_")[0]
