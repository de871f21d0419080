"""Tabs underlined with the accent."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop import look
from desktop.widgets.ink import REGULAR, SEMIBOLD, colour, crisp, font
from desktop.widgets.spoken import Role, spoken_as


class _Tab(QAbstractButton):
    def __init__(self, key: str, text: str) -> None:
        super().__init__()
        self.key = key
        self.setText(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(font("body", SEMIBOLD)).horizontalAdvance(self.text()), look.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        here = self.isChecked()
        painter.setFont(font("body", SEMIBOLD if here else REGULAR))
        painter.setPen(colour("ink" if here else "ink2"))
        painter.drawText(self.rect().adjusted(0, 0, 0, -2), Qt.AlignmentFlag.AlignVCenter, self.text())
        if here:
            painter.fillRect(0, self.height() - 2, self.width(), 2, colour("accent"))
        if self.hasFocus():
            painter.fillRect(0, self.height() - 4, self.width(), 4, colour("accent"))


class Tabs(QWidget):
    """A row of tabs; `changed` gives the key of the one that was chosen. Arrow keys walk through them."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        spoken_as(self, Role.PageTabList)
        self._tabs: dict[str, _Tab] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 1)
        self._row.setSpacing(18)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, key: str, text: str) -> None:
        """One tab more at the right; the first becomes the current one."""
        tab = self._tabs[key] = _Tab(key, text)
        self._group.addButton(tab)
        self._row.insertWidget(self._row.count() - 1, tab)
        tab.setChecked(len(self._tabs) == 1)
        tab.toggled.connect(lambda on, key=key: self.changed.emit(key) if on else None)

    def set_text(self, key: str, text: str) -> None:
        """Another text on a tab, such as a new count."""
        self._tabs[key].setText(text)
        self._tabs[key].updateGeometry()

    def choose(self, key: str) -> None:
        """Make a tab the current one."""
        self._tabs[key].setChecked(True)

    def current(self) -> str:
        """The key of the current tab, or an empty text where there is none."""
        return next((key for key, tab in self._tabs.items() if tab.isChecked()), "")

    def names(self) -> list[str]:
        """The keys of the tabs, from left to right."""
        return list(self._tabs)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = list(self._tabs)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and keys:
            tab = self._tabs[keys[(keys.index(self.current()) + step) % len(keys)]]
            tab.setChecked(True)
            tab.setFocus()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, colour("line"))
