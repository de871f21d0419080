"""The list of shortcuts: a sheet over the window with every command that has a key, as the keys are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop import look
from desktop.shell.commands import ALSO, Group
from desktop.text import _
from desktop.widgets.button import button
from desktop.widgets.card import paint_paper
from desktop.widgets.ink import MEDIUM, colour, crisp, font, tip
from desktop.widgets.label import label
from desktop.widgets.spoken import Role, spoken_as

COLUMN, MOST_IN_TWO = 385, 34
_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Question)


def caps_of(keys: str) -> list[str]:
    """The single keys of a shortcut, as this computer writes them."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    if "+" not in native:
        return [native]
    # A plus that is itself the key stands last.
    parts = native.removesuffix("+").split("+")
    return [part for part in parts if part] + (["+"] if native.endswith("+") else [])


class Caps(QWidget):
    """A shortcut drawn as keys, and a second one after it where there are two."""

    def __init__(self, *shortcuts: str) -> None:
        super().__init__()
        self._caps = [caps_of(shortcut) for shortcut in shortcuts if shortcut]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(" ".join(caps) for caps in self._caps))

    def _widths(self) -> list[list[int]]:
        metrics = self.fontMetrics()
        least = look.px(21)
        return [[max(least, metrics.horizontalAdvance(cap) + 12) for cap in caps] for caps in self._caps]

    def sizeHint(self) -> QSize:
        self.setFont(font("tiny", MEDIUM))
        groups = self._widths()
        width = sum(sum(widths) + 3 * (len(widths) - 1) for widths in groups) + 12 * (len(groups) - 1)
        return QSize(max(1, width), look.px(21))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setFont(self.font())
        left = 0.0
        for caps, widths in zip(self._caps, self._widths(), strict=True):
            for cap, width in zip(caps, widths, strict=True):
                place = QRectF(left + 0.5, 0.5, width - 1, self.height() - 1)
                painter.setPen(colour("line"))
                painter.setBrush(colour("raised"))
                painter.drawRoundedRect(place, 4, 4)
                painter.setPen(colour("ink2"))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, cap)
                left += width + 3
            left += 9


class _Line(QWidget):
    def __init__(self, title: str, keys: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(label(title), 1)
        row.addWidget(Caps(keys, ALSO.get(keys, "")))
        self.setFixedHeight(look.px(30))


class _Paper(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_paper(self)


class ShortcutSheet(QWidget):
    """Lies over the window until Escape, `?`, F1 or a press beside it; the focus then goes back where it was."""

    COVERS = True

    def __init__(self, window: QWidget, groups: Sequence[Group]) -> None:
        super().__init__(window)
        self._before = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Keyboard shortcuts"))
        spoken_as(self, Role.Dialog)
        self._paper = _Paper(self)
        page = QVBoxLayout(self._paper)
        page.setContentsMargins(1, 1, 1, 1)
        page.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(27, 18, 15, 10)
        head.addWidget(label(_("Keyboard shortcuts"), "title"))
        head.addStretch(1)
        close = button("", self.take_off, "quiet", "x")
        close.setAccessibleName(_("Close"))
        tip(close, _("Close"))
        head.addWidget(close)
        page.addLayout(head)
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(27, 2, 27, 22)
        across.setSpacing(44)
        shown = [Group(group.title, [each for each in group.commands if each.keys]) for group in groups]
        shown = [group for group in shown if group.commands]
        many = sum(len(group.commands) + 2 for group in shown) > MOST_IN_TWO
        self._columns = 3 if many and window.width() > look.px(3 * COLUMN) + 48 else 2
        for part in _parted(shown, self._columns):
            column = QVBoxLayout()
            column.setSpacing(0)
            for group in part:
                column.addWidget(label(group.title, "label"))
                column.addSpacing(4)
                for command in group.commands:
                    column.addWidget(_Line(command.title, command.keys))
                column.addSpacing(16)
            column.addStretch(1)
            across.addLayout(column, 1)
        self._body = body
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setWidget(body)
        scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setAutoFillBackground(False)
        scroller.viewport().setAutoFillBackground(False)
        page.addWidget(scroller, 1)
        window.installEventFilter(self)
        self._place()

    def lay(self) -> None:
        """Show it, with the focus in it."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def take_off(self) -> None:
        """Put it away; the focus goes back where it was."""
        window = self.parentWidget()
        assert window is not None
        window.removeEventFilter(self)
        self.hide()
        try:
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        except RuntimeError:
            # What had the focus may have been made anew in the meantime.
            self._before = None
        self.deleteLater()

    def _place(self) -> None:
        window = self.parentWidget()
        assert window is not None
        self.setGeometry(window.rect())
        width = min(look.px(self._columns * COLUMN) + 54, window.width() - 48)
        height = min(self._body.sizeHint().height() + look.px(70), window.height() - 48)
        self._paper.setGeometry((window.width() - width) // 2, (window.height() - height) // 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLOSING:
            self.take_off()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._paper.geometry().contains(event.position().toPoint()):
            self.take_off()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QColor(colour("side"))
        veil.setAlphaF(0.82)
        QPainter(self).fillRect(self.rect(), veil)


def _parted(groups: Sequence[Group], columns: int) -> list[list[Group]]:
    """The groups in columns of about the same height, in their order."""
    heights = [len(group.commands) + 2 for group in groups]
    fair, parts, used = sum(heights) / columns, [[]], 0.0  # type: tuple[float, list[list[Group]], float]
    for group, height in zip(groups, heights, strict=True):
        if parts[-1] and len(parts) < columns and used + height / 2 > fair * len(parts):
            parts.append([])
        parts[-1].append(group)
        used += height
    return parts
