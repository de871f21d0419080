"""Where a window of its own stands: as the user left the last of its kind, else in the middle of its main window."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

# Another window of the same kind stands so much lower and further right, so that both are seen.
BESIDE = 28


def place(window: QWidget, kind: str) -> None:
    """Give a window that is about to be shown its place; its main window remembers it by kind."""
    owner = window.parentWidget()
    if owner is None:
        return
    kept = _kept(owner).get(kind, "")
    if not kept or not window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore"))):
        spot = QRect(window.pos(), window.size())
        spot.moveCenter(owner.window().frameGeometry().center())
        window.move(spot.topLeft())
    spot = window.geometry()
    others = [each.geometry().topLeft() for each in QApplication.topLevelWidgets() if _is_beside(each, window)]
    while any((spot.topLeft() - other).manhattanLength() < BESIDE for other in others):
        spot.translate(BESIDE, BESIDE)
    room = owner.screen().availableGeometry()
    spot.moveLeft(max(room.left(), min(spot.left(), room.right() - spot.width())))
    spot.moveTop(max(room.top(), min(spot.top(), room.bottom() - spot.height())))
    window.setGeometry(spot)


def keep_place(window: QWidget, kind: str) -> None:
    """Remember where a window stands, for the next of its kind."""
    owner = window.parentWidget()
    if owner is not None:
        _kept(owner)[kind] = bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def _kept(owner: QWidget) -> dict[str, str]:
    kept: dict[str, str] = getattr(owner.window(), "places_of_windows", {})
    return kept


def _is_beside(other: QWidget, window: QWidget) -> bool:
    return other is not window and other.isVisible() and bool(other.windowFlags() & Qt.WindowType.Window)
