"""A place that scrolls only where it is smaller than what stands in it can ever be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QSizePolicy, QStackedLayout, QWidget

from desktop import look

NARROWEST = 300


class Roomy(QScrollArea):
    """Gives its page the whole place, and the room that its words need where the place is too small for them."""

    def __init__(self, page: QWidget | None = None) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        if page is not None:
            self.hold(page)

    def hold(self, page: QWidget) -> None:
        """Give the place to a page."""
        self._page = page
        self.setWidget(page)
        # Shown before it stands anywhere it would be a window of its own, and take the keyboard with it.
        if page.isHidden():
            self.hide()
        page.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        least = max(self._page.minimumSizeHint().width(), self._page.minimumWidth())
        return QSize(min(least, look.px(NARROWEST)), 0)

    def sizeHint(self) -> QSize:
        return self._page.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        elif event.type() in (QEvent.Type.HideToParent, QEvent.Type.ShowToParent) and self.parentWidget() is not None:
            self.setVisible(not self._page.isHidden())
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room, page = self.contentsRect().size(), self._page
        least = max(page.minimumSizeHint().width(), page.minimumWidth())
        width, height = max(room.width(), least), room.height()
        if width > room.width():
            height -= self.horizontalScrollBar().sizeHint().height()
        needed = least_height(page, width)
        if needed > height:
            width = max(least, room.width() - self.verticalScrollBar().sizeHint().width())
            needed = least_height(page, width)
        page.resize(width, max(height, needed))


def least_height(widget: QWidget, width: int) -> int:
    """The height in pixels below which something in a widget of this width could not be read."""
    layout = widget.layout()
    if layout is not None:
        found = _least(layout, width, widget)
    elif widget.hasHeightForWidth():
        found = widget.heightForWidth(width)
    else:
        found = widget.minimumSizeHint().height()
        if not widget.sizePolicy().verticalPolicy().value & QSizePolicy.PolicyFlag.ShrinkFlag.value:
            found = max(found, widget.sizeHint().height())
    return min(max(found, widget.minimumHeight()), widget.maximumHeight())


def _least(layout: QLayout, width: int, holder: QWidget) -> int:
    edges = layout.contentsMargins()
    inside = width - edges.left() - edges.right()
    around = edges.top() + edges.bottom()
    if isinstance(layout, QStackedLayout):
        shown = layout.currentWidget()
        return around + (least_height(shown, inside) if shown is not None else 0)
    if not isinstance(layout, QBoxLayout):
        return layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
    across = layout.direction() in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.RightToLeft)
    heights: list[int] = []
    # Asked from the widgets and layouts, never from the items: what PySide makes of an item outlives it, and would
    # then be taken for whatever comes to stand at its address.
    for part in (*holder.children(), *layout.children()):
        if not isinstance(part, (QWidget, QLayout)) or layout.indexOf(part) < 0:
            continue
        if isinstance(part, QWidget) and part.isHidden():
            continue
        share = min(part.geometry().width() or inside, inside) if across else inside
        heights.append(_least(part, share, holder) if isinstance(part, QLayout) else least_height(part, share))
    if across:
        return around + max(heights, default=0)
    return around + sum(heights) + layout.spacing() * max(0, len(heights) - 1)
