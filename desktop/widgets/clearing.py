"""A line to type in whose contents one press empties."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton

from desktop.text import _
from desktop.widgets.retold import tell


class ClearedLine(QLineEdit):
    """As long as something stands in it, a cross at its end takes it away; a screen reader knows the cross by name."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholderText=placeholder, clearButtonEnabled=True)
        for cross in self.findChildren(QToolButton):
            tell(cross, "setAccessibleName", _("Empty the line"))
