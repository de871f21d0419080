"""Plain text in lines with room between them, its opening words in bold if wanted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import look
from desktop.text import said_again
from desktop.widgets.ink import SEMIBOLD, colour, crisp, font
from desktop.widgets.spoken import Role, spoken_as


def line_height() -> int:
    """The distance of two lines of body text, in pixels."""
    return round(look.size("body") * 19 / 13)


def laid_out(text: str, width: int, bold: int = 0) -> QTextLayout:
    """The text broken into lines of at most `width` pixels, the first `bold` characters in bold."""
    layout = QTextLayout(text.replace("\r", "").replace("\n", "\u2028"), font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if bold:
        strong = QTextLayout.FormatRange()
        strong.start, strong.length = 0, bold
        strong.format = QTextCharFormat()
        strong.format.setFont(font("body", SEMIBOLD))
        layout.setFormats([strong])
    layout.beginLayout()
    step, top = line_height(), 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, top + (step - line.height()) / 2))
        top += step
    layout.endLayout()
    return layout


class Paragraph(QWidget):
    """Some sentences, shown as typed, with an optional opening in bold."""

    def __init__(self, text: str = "", opening: str = "", token: str = "ink") -> None:
        super().__init__()
        spoken_as(self, Role.Paragraph)
        self._token = token
        # By width and line: a layout asks for each height many times, and breaking lines is slow.
        self._heights: dict[tuple[int, int], int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(text, opening)

    def say(self, text: str, opening: str = "") -> None:
        """Show another text."""
        self._parts = (text, opening)
        self._text = f"{opening} — {text}" if opening and text else opening or text
        self._bold = len(opening)
        self._heights.clear()
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def speak_again(self) -> None:
        """Say the same in the language that is spoken now."""
        self.say(*map(said_again, self._parts))

    def text(self) -> str:
        """What is shown, opening and all."""
        return self._text

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        step = line_height()
        if (width, step) not in self._heights:
            self._heights[width, step] = laid_out(self._text, width, self._bold).lineCount() * step
        return self._heights[width, step]

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(self.width() if self.width() > 100 else 320))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, line_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw(painter, self.rect(), laid_out(self._text, self.width(), self._bold), self._token)


def draw(painter: QPainter, place: QRect, layout: QTextLayout, token: str) -> None:
    """Draw laid-out text with its upper left corner at the place's."""
    crisp(painter)
    painter.setPen(colour(token))
    layout.draw(painter, QPointF(place.topLeft()))
