"""The dressed application that the tests of the window's parts share."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.shell import style


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """Every test starts in the light scheme."""
    style.apply(qapp, "light")
    return qapp


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform complains that it can do less than a real one; that says nothing about the window."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
