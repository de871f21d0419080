"""A passing message at the foot of the window, with at most one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWindow,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from desktop.text import Said
from desktop.widgets.ink import colour, crisp
from desktop.widgets.label import Label
from desktop.widgets.retold import tell
from desktop.widgets.spoken import Role, spoken_as

SHOWN_MS = 6000


class Toast(QWidget):
    """A strip over the bottom centre of its parent; it waits while the pointer rests on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        spoken_as(self, Role.AlertMessage)
        self._text = Label()
        self._text.setProperty("kind", "toast")
        self._action = QPushButton()
        self._action.setProperty("kind", "toast")
        self._action.clicked.connect(self._act)
        self._on_action: Callable[[], object] | None = None
        self._can_turn = False
        self._heard: QWindow | None = None
        self._clock = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._clock.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._text)
        row.addWidget(self._action)
        self.hide()

    def text(self) -> str:
        """What is said now."""
        return self._text.text()

    def say(self, text: str, action_text: str | None, on_action: Callable[[], object] | None) -> None:
        """Show a text in place of whatever was said before, and tell it to screen readers."""
        self._stop_listening()
        self._text.setText(text)
        self._on_action, self._can_turn = on_action, isinstance(text, Said)
        tell(self._action, "setText", action_text or "")
        self._action.setVisible(bool(action_text))
        tell(self, "setAccessibleName", text)
        self.layout().setContentsMargins(16, 6, 8 if action_text else 16, 6)  # type: ignore[union-attr]
        self.place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._clock.start()

    def speak_again(self) -> None:
        """Take the room that the words of another language need; what cannot be said in it is said no more."""
        if self.isVisible():
            self.place()
            self.setVisible(self._can_turn)

    def stay(self) -> None:
        """Stay until it is answered or something else is said: what falls due must not go by unseen."""
        self._clock.stop()

    def until_touched(self) -> None:
        """Go away as soon as the user presses a key or the mouse elsewhere: what is said must not stand in his way."""
        self._heard = self.window().windowHandle()
        if self._heard is not None:
            self._heard.installEventFilter(self)

    def _stop_listening(self) -> None:
        heard, self._heard = self._heard, None
        # The window of the screen may be another one by now.
        if heard is not None and isValid(heard):
            heard.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            focus = QApplication.focusWidget()
            self.setVisible(focus is not None and self.isAncestorOf(focus))
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            self.setVisible(self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint())))
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Else the window beneath would hear of it too, and that would be a touch elsewhere.
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        self._stop_listening()

    def place(self) -> None:
        """Stand at the bottom centre of the parent, above its status line."""
        window = self.parentWidget()
        assert window is not None
        widest = max(200, window.width() - 320)
        # A long sentence goes on in a second line; a short one takes no more than its width.
        self._text.setWordWrap(False)
        long = self._text.sizeHint().width() > widest
        self._text.setWordWrap(long)
        self._text.setFixedWidth(widest if long else self._text.sizeHint().width())
        self._text.setMinimumHeight(self._text.heightForWidth(widest) if long else 0)
        self.ensurePolished()
        self.adjustSize()
        edge = window.rect()
        self.move(edge.center().x() - self.width() // 2, edge.bottom() - self.height() - 42)

    def _act(self) -> None:
        act, self._on_action = self._on_action, None
        self.hide()
        if act is not None:
            act()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._clock.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        crisp(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("ink"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
