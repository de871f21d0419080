"""A page laid over a room that is one card in the middle: a batch, an evidence pack, an answer about a paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import look
from desktop.widgets.card import Card

WIDTH = 620


def on_card(inside: QWidget, width: int = WIDTH) -> QWidget:
    """What stands on the card, in the middle of a page that is as wide as it is let be; at most `width` pixels wide."""
    card = Card()
    card.setMaximumWidth(look.px(width))
    card.add(inside)
    page = QWidget()
    across = QHBoxLayout(page)
    across.setContentsMargins(24, 32, 24, 32)
    across.addStretch(1)
    across.addWidget(card, 1000, Qt.AlignmentFlag.AlignTop)
    across.addStretch(1)
    return page
