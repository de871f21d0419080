"""The line in which several names are typed or pasted, and how it is taken apart."""

from __future__ import annotations

import re

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit

from db.name_words import FORMS
from db.names import tokens
from desktop.text import _


def split_names(text: str) -> list[str]:
    """The names of a line, between commas, semicolons or line ends; "Acme, Inc." stays one name.

    Where semicolons or line ends part the names a comma belongs to the name: "Larrea, Iñaki; Portus Terminal".
    """
    if re.search(r"[;\n]", text):
        return [part.strip(" ,") for part in re.split(r"[;\n]", text) if part.strip(" ,")]
    names: list[str] = []
    for part in (part.strip() for part in text.split(",")):
        if names and "".join(tokens(part)) in FORMS:
            names[-1] += f", {part}"
        elif part:
            names.append(part)
    return names


class NamesLine(QLineEdit):
    """One line for several names; a pasted list keeps its lines apart by semicolons."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Names to check"))
        self.setPlaceholderText(_("Names, with commas between them: Portus Terminal S.A., Ignacio Larrea"))

    def names(self) -> list[str]:
        """The names that stand in the line now."""
        return split_names(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            lines = [line.strip() for line in QApplication.clipboard().text().splitlines()]
            self.insert("; ".join(line for line in lines if line))
            return
        super().keyPressEvent(event)
