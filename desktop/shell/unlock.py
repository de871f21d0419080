"""The page that asks for the passphrase of a practice, or for its recovery key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton

from db.errors import Refused, Trouble
from desktop import sentences
from desktop.shell.cover import Sheet
from desktop.text import _
from desktop.widgets.bar import MessageBar
from desktop.widgets.button import button
from desktop.widgets.fields import TextField
from desktop.widgets.keys import on_key
from desktop.widgets.label import Short, label


class UnlockPage(Sheet):
    """Asks for the key of one file; `tried` carries passphrase, recovery key, and whether an older copy is fine."""

    tried = Signal(str, str, bool)
    left = Signal()
    restore = Signal(str, str)

    def __init__(self, path: Path, name: str) -> None:
        super().__init__()
        self._wrong = 0
        self.column.addWidget(label(name or path.stem, "title", wrap=True))
        place = Short(str(path), "small")
        self.column.addWidget(place)
        self.bar, self._plain = MessageBar(), False
        self.column.addWidget(self.bar)
        self.passphrase, self.recovery = TextField(_("Passphrase")), TextField(_("Recovery key"))
        entry = self.passphrase.entry
        assert isinstance(entry, QLineEdit)
        self._entry = entry
        entry.setEchoMode(QLineEdit.EchoMode.Password)
        self.recovery.hide()
        self.column.addWidget(self.passphrase)
        self.column.addWidget(self.recovery)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Opening…"))
        self.progress.hide()
        self.column.addWidget(self.progress)
        row = QHBoxLayout()
        self.other = button(_("Use the recovery key"), self._on_other, "link")
        self.eye = button(_("Show"), self._on_eye, "link")
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.eye)
        self.column.addLayout(row)
        actions = QHBoxLayout()
        actions.addWidget(button(_("Another practice"), self.left.emit, "quiet"))
        actions.addStretch(1)
        self.open = button(_("Open"), self._on_open, "primary")
        actions.addWidget(self.open)
        self.column.addLayout(actions)
        for keys in ("Return", "Enter"):
            on_key(keys, self, self._on_return, "inside")
        on_key("Esc", self, self.left.emit, "inside")
        self.setFocusProxy(self.passphrase)

    def _on_other(self) -> None:
        recovering = self.recovery.isHidden()
        self.recovery.setVisible(recovering)
        self.passphrase.setVisible(not recovering)
        self.eye.setVisible(not recovering)
        self.other.setText(_("Use the passphrase") if recovering else _("Use the recovery key"))
        (self.recovery if recovering else self.passphrase).setFocus()

    def _on_eye(self) -> None:
        hidden = self._entry.echoMode() == QLineEdit.EchoMode.Password
        self._entry.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.eye.setText(_("Hide") if hidden else _("Show"))

    def _on_return(self) -> None:
        here = self.focusWidget()
        if isinstance(here, QPushButton):
            here.click()
        else:
            self._on_open()

    def _on_open(self, *, accept_older: bool = False) -> None:
        if not self.open.isEnabled():
            return
        recovering = not self.recovery.isHidden()
        self.recovery.refuse("")
        if not self._plain and not (self.recovery if recovering else self.passphrase).value():
            (self.recovery if recovering else self.passphrase).setFocus()
            return
        self.say_busy(True)
        self.tried.emit(*self._typed(), accept_older)

    def _typed(self) -> tuple[str, str]:
        recovering = not self.recovery.isHidden()
        return ("", self.recovery.value()) if recovering else (self._entry.text(), "")

    def _on_restore(self) -> None:
        self.restore.emit(*self._typed())

    def say_plain(self) -> None:
        """The file has no passphrase: nothing is asked but to open it."""
        self._plain = True
        for widget in (self.passphrase, self.recovery, self.other, self.eye):
            widget.hide()
        self.setFocusProxy(self.open)
        self.open.setFocus()

    def say_busy(self, busy: bool) -> None:
        """Show that the key is being derived, which takes most of a second on purpose."""
        self.open.setEnabled(not busy)
        self.open.setText(_("Opening…") if busy else _("Open"))
        self.progress.setVisible(busy)
        if busy:
            self.bar.hide()

    def say_trouble(self, error: Refused | Trouble) -> None:
        """Say what stood in the way, with the way forward; after wrong tries the next one waits a little longer."""
        self.say_busy(False)
        if isinstance(error, Refused):
            self.recovery.refuse(sentences.refusal(error))
            return
        actions = []
        if error.code in {"older-copy", "forked"}:
            actions.append((_("Open it all the same"), lambda: self._on_open(accept_older=True)))
        elif error.code in {"damaged", "empty"}:
            actions.append((_("Restore the newest backup"), self._on_restore))
        elif error.code in {"in-use", "busy"}:
            actions.append((_("Try again"), self._on_open))
        self.bar.say(sentences.trouble(error), "warn" if error.code == "older-copy" else "error", actions=actions)
        if error.code == "wrong-key":
            self._wrong += 1
            self._entry.selectAll()
            self.open.setEnabled(False)
            QTimer.singleShot(min(500 * 2**self._wrong, 30_000), self, lambda: self.open.setEnabled(True))
        self.setFocus()
