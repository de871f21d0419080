"""How small a window may become: the larger its letters, the more room they need."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop import look

LEAST, ENOUGH = QSize(960, 600), QSize(1280, 800)


def take_least_size(window: QWidget) -> None:
    """Set it for the worn text scale; on a small screen, or one that enlarges everything, the window still fits."""
    screen = window.screen().availableGeometry().size()
    grown = QSize(look.px(LEAST.width()), look.px(LEAST.height()))
    window.setMinimumSize(grown.boundedTo(ENOUGH).boundedTo(screen))
