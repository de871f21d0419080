"""A field for a whole number."""

from __future__ import annotations

from typing import Any

from desktop.text import _
from desktop.widgets.fields import TextField


class WholeField(TextField):
    """A whole number; an empty field is None."""

    def value(self) -> Any:
        typed = self.line.text().strip().replace("−", "-")
        if not typed:
            return None
        if not typed.removeprefix("-").removeprefix("+").isdecimal() or len(typed) > 7:
            raise ValueError(_("This is not a whole number."))
        return int(typed)

    def set_value(self, value: Any) -> None:
        super().set_value("" if value is None else str(value))
