"""The one door to the user for what cannot wait in the window: questions about the irreversible, and a crash."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop import settings
from desktop.text import _

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QMessageBox


def _box(parent: QWidget | None, title: str, text: str) -> QMessageBox:
    # Loaded when there is something to say: their many enumerations are made on import, and would delay each start.
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Cliens")
    box.setText(title)
    box.setInformativeText(text)
    return box


def ask(parent: QWidget | None, title: str, text: str, yes: str) -> bool:
    """Ask before something that Undo cannot take back; `yes` is what the button does, in a verb."""
    from PySide6.QtWidgets import QMessageBox

    box = _box(parent, title, text)
    button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is button


def choose_file(parent: QWidget | None, title: str, kinds: str) -> Path | None:
    """Let the user pick a file to open."""
    from PySide6.QtWidgets import QFileDialog

    name, _kind = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def choose_new_file(parent: QWidget | None, title: str, proposal: Path, kinds: str) -> Path | None:
    """Let the user pick a name to save under; the ending of the proposal is kept."""
    from PySide6.QtWidgets import QFileDialog

    name, _kind = QFileDialog.getSaveFileName(parent, title, str(proposal), kinds)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(proposal.suffix)


def choose_folder(parent: QWidget | None, title: str) -> Path | None:
    """Let the user pick a folder."""
    from PySide6.QtWidgets import QFileDialog

    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def catch_crashes() -> None:
    """Let a bug show a dialog and leave a trace without any client's data, and the program go on."""
    sys.excepthook = _on_crash


def _on_crash(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    import traceback

    from PySide6.QtWidgets import QMessageBox

    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    # The places and the kind, never the words of the error: those may be a client's.
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(where)]
    report = "\n".join([kind.__name__, *places])
    sys.stderr.write(report + "\n")
    path = settings.home() / "crash.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report + "\n", encoding="utf-8")
    except OSError:
        path = Path()
    text = _("What you had saved is safe, and the step that failed was not half done. Please send us this file:")
    box = _box(QApplication.activeWindow(), _("Something in Cliens went wrong."), f"{text}\n{path}")
    box.setDetailedText(report)
    box.setIcon(QMessageBox.Icon.Critical)
    box.exec()
