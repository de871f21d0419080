"""The dressed application that the tests of the window's parts share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.dressing import dressed_for_one_test


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """Every test starts in the light scheme and leaves no window behind."""
    yield from dressed_for_one_test(qapp)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform complains that it can do less than a real one; that says nothing about the window."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
