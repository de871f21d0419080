"""The fields of a form: each has its label above, its input, and beneath it room for one sentence of refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStyledItemDelegate, QTextEdit, QVBoxLayout, QWidget

from desktop import look, text
from desktop.days import read_day
from desktop.text import _, said_again
from desktop.widgets.chip import ChipButton
from desktop.widgets.dates import read_date, read_moment, understood_said
from desktop.widgets.ink import colour, crisp
from desktop.widgets.label import Short, label
from desktop.widgets.plain_page import PlainPage
from desktop.widgets.retold import tell


class Field(QWidget):
    """What all fields share. `value()` raises ValueError, with a sentence for the user, where it cannot be read."""

    changed = Signal()

    def __init__(self, title: str, entry: QWidget) -> None:
        super().__init__()
        self.entry = entry
        self._title, self._error = Short(title, "label"), label("", "error", wrap=True)
        self._noted = label("", "small", wrap=True)
        self._noted.hide()
        self._title.setBuddy(entry)
        self._error.hide()
        tell(entry, "setAccessibleName", title)
        self.setFocusProxy(entry)
        entry.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 2)
        column.setSpacing(5)
        column.addWidget(self._title)
        tall = isinstance(entry, QTextEdit)
        column.addWidget(entry, 1 if tall else 0)
        column.addWidget(self._error)
        column.addWidget(self._noted)
        if not tall:
            column.addStretch(1)

    def value(self) -> Any:
        """What was entered."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Fill the field."""
        raise NotImplementedError

    def set_title(self, title: str) -> None:
        """Another label above the input."""
        self._title.setText(title)
        tell(self.entry, "setAccessibleName", title)

    def refuse(self, sentence: str) -> None:
        """Say beneath the input what is wrong with it; an empty sentence takes it back."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._noted.setVisible(bool(self._noted.text()) and not sentence)
        self.entry.setProperty("wrong", "true" if sentence else "")
        tell(self.entry, "setAccessibleDescription", sentence)
        self.entry.style().unpolish(self.entry)
        self.entry.style().polish(self.entry)

    def note(self, sentence: str) -> None:
        """Say beneath the input how it was understood; an empty sentence takes it back."""
        self._noted.setText(sentence)
        self._noted.setVisible(bool(sentence) and not self.error())
        if not self.error():
            self.entry.setAccessibleDescription(sentence)

    def noted(self) -> str:
        """How the input was understood, or an empty text."""
        return self._noted.text()

    def error(self) -> str:
        """The sentence that stands beneath the input, or an empty text."""
        return self._error.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize, QEvent.Type.Move):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.entry.hasFocus():
            painter = QPainter(self)
            crisp(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft"))
            halo = QRectF(self.entry.geometry()).adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(halo, look.size("radius") + 2, look.size("radius") + 2)


class TextField(Field):
    """One line of text; spaces around it are not part of it."""

    def __init__(self, title: str, placeholder: str = "") -> None:
        self.line = QLineEdit()
        tell(self.line, "setPlaceholderText", placeholder)
        super().__init__(title, self.line)
        self.line.textChanged.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        return self.line.text().strip()

    def set_value(self, value: str | None) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)


class LongField(Field):
    """Several lines of plain text; Tab goes on to the next field."""

    def __init__(self, title: str, lines: int = 3, placeholder: str = "") -> None:
        self.page = PlainPage(lines)
        tell(self.page, "setPlaceholderText", placeholder)
        super().__init__(title, self.page)
        self.page.textChanged.connect(self.changed)

    def value(self) -> str:
        return self.page.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        self.page.show_plain(value or "")


class ChoiceField(Field):
    """One of a few; `choices` are pairs of what is meant and what is shown."""

    def __init__(self, title: str, choices: Sequence[tuple[Any, str]] = ()) -> None:
        self.box = QComboBox()
        self.box.setItemDelegate(QStyledItemDelegate(self.box))
        super().__init__(title, self.box)
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer others; what was chosen stays chosen if it is still offered."""
        before, self._choices = self.value(), list(choices)
        self.box.blockSignals(True)
        self.box.clear()
        for meant, shown in choices:
            self.box.addItem(shown, meant)
        self.box.blockSignals(False)
        if any(meant == before for meant, _shown in choices):
            self.set_value(before)

    def speak_again(self) -> None:
        """Call the choices by the words of the language that is spoken now."""
        self._choices = [(meant, said_again(shown)) for meant, shown in self._choices]
        for at, (_meant, shown) in enumerate(self._choices):
            self.box.setItemText(at, shown)

    def value(self) -> Any:
        return self.box.currentData()

    def set_value(self, value: Any) -> None:
        at = next((at for at in range(self.box.count()) if self.box.itemData(at) == value), -1)
        if at >= 0:
            self.box.setCurrentIndex(at)


class _Typed(Field):
    """A day typed in words: what was understood stands beneath, and the field takes its full form on being left."""

    def __init__(self, title: str, example: str, ahead: bool) -> None:
        self.line = QLineEdit()
        tell(self.line, "setPlaceholderText", example)
        self._ahead = ahead
        super().__init__(title, self.line)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.textChanged.connect(lambda _text: self._tell())
        self.line.editingFinished.connect(self._settle)

    def _today(self) -> dt.date:
        raise NotImplementedError

    def understood(self) -> str:
        """What stands beneath the input: the day in full, or nothing while none is read."""
        said = read_day(self.line.text(), self._today(), text.current().language, ahead=self._ahead)
        return understood_said(said, self._today()) if said is not None and self._plain() != self.line.text() else ""

    def _plain(self) -> str:
        """The full form, of which nothing more need be said."""
        try:
            return self._full(self.value())
        except ValueError:
            return ""

    def _full(self, value: Any) -> str:
        raise NotImplementedError

    def _tell(self) -> None:
        self.note(self.understood())

    def turning(self) -> Callable[[], object]:
        """A day in its full form takes that of the other language; what is half typed stays as it is."""
        typed = self.line.text()
        if not typed or self._plain() != typed:
            return self._tell
        value = self.value()

        def rewrite() -> None:
            # As if it were typed, so that Undo knows of it.
            self.line.selectAll()
            self.line.insert(self._full(value))
            self._tell()

        return rewrite

    def set_value(self, value: Any) -> None:
        self.line.setText(self._full(value))
        self.line.setCursorPosition(0)

    def _settle(self) -> None:
        try:
            self.set_value(self.value())
            self.refuse("")
        except ValueError as reason:
            self.refuse(reason.args[0])


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class DateField(_Typed):
    """A day, typed in any usual way or in words. An empty field is None; `ahead`: one without a year is yet to come."""

    def __init__(self, title: str, today: Callable[[], dt.date] = dt.date.today, ahead: bool = False) -> None:
        self._asked_today = today
        super().__init__(title, _("for example tomorrow, or 21 Nov"), ahead)

    def _today(self) -> dt.date:
        return self._asked_today()

    def value(self) -> dt.date | None:
        typed = self.line.text().strip()
        found = read_date(typed, self._today(), ahead=self._ahead)
        if typed and found is None:
            raise ValueError(_("This is not a date we can read. Try 21 Nov 2026, or tomorrow."))
        return found

    def _full(self, value: dt.date | None) -> str:
        return text.current().date(value) if value else ""


class MomentField(_Typed):
    """A day and a time in this computer's zone, typed in any usual way or in words. An empty field is None."""

    def __init__(self, title: str, now: Callable[[], dt.datetime] = _now) -> None:
        self._now = now
        super().__init__(title, _("for example today 16:00"), False)

    def _today(self) -> dt.date:
        return self._now().date()

    def value(self) -> dt.datetime | None:
        typed = self.line.text().strip()
        found = read_moment(typed, self._now())
        if typed and found is None:
            raise ValueError(_("This is not a date and time we can read. Try 21 Nov 2026, 16:00, or now."))
        return found

    def _full(self, value: dt.datetime | None) -> str:
        return text.current().date_time(value) if value else ""


class DueField(_Typed):
    """A day to come, with a time if one was typed: the value is the day (or None) and 'HH:MM' (or an empty text)."""

    def __init__(self, title: str, now: Callable[[], dt.datetime] = _now) -> None:
        self._now = now
        super().__init__(title, _("Thursday, or today 16:00"), True)

    def _today(self) -> dt.date:
        return self._now().date()

    def value(self) -> tuple[dt.date | None, str]:
        typed = self.line.text().strip()
        found = read_day(typed, self._today(), text.current().language, ahead=True)
        if typed and found is None:
            raise ValueError(_("This is not a date we can read. Try 21 Nov 2026, or tomorrow."))
        return (found.day if found else None, f"{found.time:%H:%M}" if found and found.time else "")

    def _full(self, value: tuple[dt.date | None, str] | None) -> str:
        day, time = value or (None, "")
        said = text.current().date(day) if day else ""
        return f"{said}, {time}" if day and time else said


class MoneyField(Field):
    """An amount in minor units (cents) of a currency; an empty field is None."""

    def __init__(self, title: str, currency: str = "EUR", decimals: int = 2) -> None:
        self.line = QLineEdit()
        self.currency, self._decimals = currency, decimals
        self.line.setPlaceholderText(currency)
        super().__init__(title, self.line)
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> int | None:
        typed = self.line.text().strip()
        return read_amount(typed, self._decimals) if typed else None

    def set_value(self, value: int | None) -> None:
        self.line.setText(self._full(value))

    def _full(self, value: int | None) -> str:
        return "" if value is None else text.current().amount(value, self._decimals)

    def turning(self) -> Callable[[], object] | None:
        """An amount in its full form takes that of the other language."""
        try:
            value = self.value()
        except ValueError:
            return None
        if value is None or self._full(value) != self.line.text():
            return None

        def rewrite() -> None:
            self.line.selectAll()
            self.line.insert(self._full(value))

        return rewrite


def read_amount(typed: str, decimals: int = 2) -> int:
    """The amount in minor units; both 1,234.50 and 1.234,50 are understood. ValueError says why where it is none."""
    bare = "".join(sign for sign in typed if sign.isdigit() or sign in ",.-")
    last = max(bare.rfind(","), bare.rfind("."))
    digits_after = len(bare) - last - 1
    if last >= 0 and (digits_after <= 2 or len({*bare} & {",", "."}) == 2):
        whole, part = bare[:last], bare[last + 1 :]
    else:
        whole, part = bare, ""
    whole = whole.replace(",", "").replace(".", "")
    if not whole.removeprefix("-").isdecimal() or (part and not part.isdecimal()) or len(part) > decimals:
        raise ValueError(_("This is not an amount we can read. Try 1,234.50."))
    minor: int = int(whole.removeprefix("-")) * 10**decimals + int((part or "0").ljust(decimals, "0"))
    return -minor if whole.startswith("-") else minor


class ChipsField(Field):
    """Words to switch on and off; the value is the set of those that are on."""

    def __init__(self, title: str, choices: Sequence[tuple[Any, str]]) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        self._chips = {meant: ChipButton(shown, checkable=True) for meant, shown in choices}
        for chip in self._chips.values():
            row.addWidget(chip)
            chip.toggled.connect(lambda _on: self.changed.emit())
        row.addStretch(1)
        super().__init__(title, line)

    def value(self) -> set[Any]:
        return {meant for meant, chip in self._chips.items() if chip.isChecked()}

    def set_value(self, value: Sequence[Any] | set[Any]) -> None:
        for meant, chip in self._chips.items():
            chip.setChecked(meant in value)
