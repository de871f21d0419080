"""The application in the house's dress for one test, and nothing of that test's windows left after it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop.shell import style


def dressed_for_one_test(application: QApplication) -> Iterator[QApplication]:
    """Start in the light scheme; windows left behind would be dressed anew with each later test, ever more of them."""
    style.apply(application, "light")
    yield application
    for widget in application.topLevelWidgets():
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
