"""How strongly two pictures of the same place differ, as an eye that sees little would tell."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop import look


def change(before: QImage, after: QImage) -> float:
    """The greatest contrast between what a point was and what it is, by WCAG: 1 where nothing changed, 21 at most."""
    pairs = {pair for pair in zip(_points(before), _points(after), strict=False) if pair[0] != pair[1]}
    return max((look.contrast(_name(one), _name(other)) for one, other in pairs), default=1.0)


def _points(picture: QImage) -> memoryview:
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(bytes(whole.constBits())).cast("I")


def _name(point: int) -> str:
    return f"#{point & 0xFFFFFF:06X}"
