"""The house style put on the application: fonts, palette and style sheet, following the system's scheme if asked to."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop import look
from desktop.widgets.ink import colour, font, icon
from desktop.widgets.spoken import answer_screen_readers

__all__ = ["apply", "icon", "resolve"]

FONTS = ("Regular", "Medium", "SemiBold", "Bold", "Italic")
_following: set[int] = set()
_chosen: tuple[str, float] = ("system", 1.0)


def resolve(app: QApplication, scheme: str) -> look.Scheme:
    """The scheme to wear: the one named, or for `system` the desktop's own, or light where it names none."""
    if scheme in ("light", "dark", "contrast"):
        return cast(look.Scheme, scheme)
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def apply(app: QApplication, scheme: str = "system", scale: float = 1.0) -> None:
    """Dress the application in `light`, `dark` or `system`; called again, it changes what is open."""
    global _chosen
    _chosen = (scheme, scale)
    if id(app) not in _following:
        _following.add(id(app))
        for weight in FONTS:
            QFontDatabase.addApplicationFont(str(look.RESOURCES / "fonts" / f"Inter-{weight}.ttf"))
        answer_screen_readers()
        app.styleHints().colorSchemeChanged.connect(lambda _now: _follow(app))
    worn = resolve(app, scheme)
    look.wear(worn, scale)
    sheet = look.stylesheet(worn, scale)
    if app.styleSheet() == sheet:
        return  # putting the same sheet on again would polish every widget anew
    app.setFont(font())
    app.setPalette(palette())
    app.setStyleSheet(sheet)


def _follow(app: QApplication) -> None:
    scheme, scale = _chosen
    if scheme == "system" and resolve(app, scheme) != look.worn()[0]:
        apply(app, scheme, scale)


def palette() -> QPalette:
    """The palette of the worn scheme, for all that the style sheet leaves to Qt."""
    role = QPalette.ColorRole
    made = QPalette()
    for roles, token in (
        ((role.Window, role.Button), "canvas"),
        ((role.Base,), "surface"),
        ((role.AlternateBase, role.ToolTipBase), "raised"),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText), "ink"),
        ((role.PlaceholderText,), "ink3"),
        ((role.Highlight, role.Link, role.LinkVisited, role.Accent), "accent"),
        ((role.HighlightedText,), "on_accent"),
        ((role.Mid, role.Midlight, role.Dark, role.Light, role.Shadow), "line"),
    ):
        for one in roles:
            made.setColor(one, colour(token))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, colour("ink3"))
    return made
