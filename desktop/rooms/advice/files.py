"""The files that go with an entry being written: dropped, pasted or picked, each a chip that takes it off again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.text import _
from desktop.widgets.chip import ChipButton


class Files(QWidget):
    """What is dropped on `target` comes here."""

    changed = Signal()

    def __init__(self, target: QWidget) -> None:
        super().__init__()
        self.paths: list[Path] = []
        self.add_chip = ChipButton(_("+ Attach"), "neutral")
        self.add_chip.clicked.connect(self._choose)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def add(self, paths: Sequence[Path]) -> None:
        """Put files to the entry; what is no file is left out."""
        self.paths += [path for path in dict.fromkeys(paths) if path.is_file() and path not in self.paths]
        self._show()

    def _choose(self) -> None:
        found, _kind = QFileDialog.getOpenFileNames(self, _("Attach files"))
        self.add([Path(name) for name in found])

    def _take_off(self, path: Path) -> None:
        self.paths.remove(path)
        self._show()

    def _show(self) -> None:
        while (old := self._row.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for path in self.paths:
            name = path.name if len(path.name) < 20 else f"{path.name[:10]}…{path.suffix}"
            chip = ChipButton(f"{name}  ×")
            chip.setAccessibleName(_("Take off {name}").format(name=path.name))
            chip.clicked.connect(lambda _checked=False, path=path: self._take_off(path))
            self._row.addWidget(chip)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and event.mimeData().hasUrls():
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and event.mimeData().hasUrls():
            self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
            event.acceptProposedAction()
            return True
        return False
