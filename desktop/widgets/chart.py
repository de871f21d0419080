"""The charts of the reports on the screen: the same drawings, painted instead of printed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import look
from desktop.widgets.ink import BOLD, REGULAR, crisp, font_of
from desktop.widgets.spoken import Role, spoken_as

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Chart(QWidget):
    """One drawing, scaled to the width it is given, in the colours of the worn scheme; `name` says what it shows."""

    def __init__(self, drawing: Drawing | None = None, name: str = "") -> None:
        super().__init__()
        spoken_as(self, Role.Chart)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._drawing: Any = None
        self.show_drawing(drawing, name)

    def show_drawing(self, drawing: Drawing | None, name: str) -> None:
        """Show another drawing, or none."""
        self._drawing = drawing
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        if self._drawing is None:
            return 0
        height: float = width * self._drawing.height / self._drawing.width
        return round(height)

    def sizeHint(self) -> QSize:
        if self._drawing is None:
            return QSize(0, 0)
        return QSize(round(self._drawing.width), round(self._drawing.height))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing is None:
            return
        painter = QPainter(self)
        crisp(painter)
        scale = min(self.width() / self._drawing.width, self.height() / self._drawing.height)
        painter.translate(0, self._drawing.height * scale)
        painter.scale(scale, scale)
        paint_drawing(self._drawing, painter)


def paint_drawing(drawing: Drawing, painter: QPainter) -> None:
    """Paint a drawing with its origin, the lower left corner, at the painter's origin."""
    from reportlab.graphics.renderbase import renderScaledDrawing

    renderer = _renderer()()
    renderer.painter = painter
    renderer.draw(renderScaledDrawing(drawing), _Nowhere(), 0, 0, False)


@cache
def _renderer() -> type[Any]:
    from reportlab.graphics.renderbase import Renderer, getStateDelta
    from reportlab.graphics.shapes import Path

    class OnPainter(Renderer):  # type: ignore[misc]
        """Receives the drawing's shapes one by one; the drawing's y goes up, the painter's goes down."""

        painter: QPainter

        def initState(self, x: float, y: float) -> None:
            self._tracker.push({})

        def drawNode(self, node: Any) -> None:
            self.fillDerivedValues(node)
            change = getStateDelta(node)
            self.painter.save()
            self._tracker.push(change)
            if "transform" in change:
                a, b, c, d, right, up = change["transform"]
                self.painter.setTransform(QTransform(a, -b, -c, d, right, -up), combine=True)
            self._use_state()
            self.drawNodeDispatcher(node)
            self.pop()
            self.painter.restore()

        def _use_state(self) -> None:
            state = self._tracker.getState()
            fill, stroke = screen_colour(state.get("fillColor")), screen_colour(state.get("strokeColor"))
            self.painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
            if stroke is None or not state.get("strokeWidth", 1):
                self.painter.setPen(Qt.PenStyle.NoPen)
                return
            pen = QPen(stroke, state.get("strokeWidth", 1))
            dashes = state.get("strokeDashArray")
            if dashes and isinstance(dashes, (list, tuple)):
                pen.setDashPattern([max(0.1, float(dash) / pen.widthF()) for dash in dashes])
            self.painter.setPen(pen)

        def drawLine(self, line: Any) -> None:
            self.painter.drawLine(QPointF(line.x1, -line.y1), QPointF(line.x2, -line.y2))

        def drawRect(self, rect: Any) -> None:
            place = QRectF(rect.x, -rect.y - rect.height, rect.width, rect.height).normalized()
            self.painter.drawRoundedRect(place, rect.rx or 0, rect.ry or 0)

        def drawCircle(self, circle: Any) -> None:
            self.painter.drawEllipse(QPointF(circle.cx, -circle.cy), circle.r, circle.r)

        def drawEllipse(self, ellipse: Any) -> None:
            self.painter.drawEllipse(QPointF(ellipse.cx, -ellipse.cy), ellipse.rx, ellipse.ry)

        def drawPolyLine(self, line: Any) -> None:
            self.painter.drawPolyline(_points(line.points))

        def drawPolygon(self, shape: Any) -> None:
            self.painter.drawPolygon(_points(shape.points))

        def drawWedge(self, wedge: Any) -> None:
            shape = wedge.asPolygon()
            if isinstance(shape, Path):
                self.drawPath(shape)
            else:
                self.drawPolygon(shape)

        def drawPath(self, path: Any) -> None:
            self.painter.drawPath(_path(path.operators, path.points))

        def drawString(self, string: Any) -> None:
            state = self._tracker.getState()
            weight = BOLD if "Bold" in state["fontName"] else REGULAR
            self.painter.setFont(font_of(max(1, round(state["fontSize"])), weight))
            self.painter.setPen(screen_colour(state["fillColor"]) or QColor(look.colour("ink")))
            width = self.painter.fontMetrics().horizontalAdvance(string.text)
            left = string.x - width * _ANCHORS.get(state["textAnchor"], 0.0)
            self.painter.drawText(QPointF(left, -string.y), string.text)

    return OnPainter


class _Nowhere:
    """Stands where the print renderers have their canvas."""

    def saveState(self) -> None: ...

    def restoreState(self) -> None: ...


def screen_colour(printed: Any) -> QColor | None:
    """The colour on the screen for one on paper: a token of the light scheme becomes the same of the worn one."""
    if printed is None:
        return None
    made = QColor.fromRgbF(printed.red, printed.green, printed.blue, getattr(printed, "alpha", 1) or 0)
    scheme, _scale = look.worn()
    if scheme == "light":
        return made
    name = made.name().upper()
    for token, value in look.tokens("light").items():
        if value.upper() == name:
            worn = QColor(look.colour(token))
            worn.setAlphaF(made.alphaF())
            return worn
    return made


def _points(flat: list[float]) -> QPolygonF:
    return QPolygonF([QPointF(flat[at], -flat[at + 1]) for at in range(0, len(flat), 2)])


def _path(operators: list[int], flat: list[float]) -> QPainterPath:
    made, rest = QPainterPath(), iter(flat)
    for operator in operators:
        if operator == 0:
            made.moveTo(next(rest), -next(rest))
        elif operator == 1:
            made.lineTo(next(rest), -next(rest))
        elif operator == 2:
            x1, y1, x2, y2, x3, y3 = (next(rest) for _ in range(6))
            made.cubicTo(x1, -y1, x2, -y2, x3, -y3)
        else:
            made.closeSubpath()
    return made
