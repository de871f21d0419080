"""Proof that the look can be read by everybody."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog

from desktop import look
from desktop.shell import style
from desktop.widgets.ink import icon

SCHEMES = get_args(look.Scheme)
GROUNDS = ("canvas", "side", "surface", "raised", "accent_soft")
PAIRS = [
    *((ink, ground) for ink in ("ink", "ink2", "accent") for ground in GROUNDS),
    *(("ink3", ground) for ground in ("canvas", "side", "surface", "raised")),
    *((tone, f"{tone}_soft") for tone in ("accent", "green", "amber", "red", "blue")),
    *(("red", ground) for ground in ("canvas", "surface")),
    ("on_accent", "accent"),
    ("canvas", "ink"),
    ("on_toast", "ink"),
]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("letters", "ground"), PAIRS)
def test_letters_stand_out_from_their_ground_as_wcag_aa_asks(scheme: look.Scheme, letters: str, ground: str) -> None:
    colours = look.tokens(scheme)
    assert look.contrast(colours[letters], colours[ground]) >= 4.5


def test_contrast_is_computed_as_wcag_does() -> None:
    assert look.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert look.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("letters", "ground"), PAIRS)
def test_high_contrast_stands_out_as_wcag_aaa_asks(letters: str, ground: str) -> None:
    colours = look.tokens("contrast")
    assert look.contrast(colours[letters], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_names_the_same_colours(scheme: look.Scheme) -> None:
    assert look.tokens(scheme).keys() == look.tokens("light").keys()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_style_sheet_has_every_token_filled_in(scheme: look.Scheme) -> None:
    sheet = look.stylesheet(scheme, 1.5)
    assert "$" not in sheet
    assert look.tokens(scheme)["accent"] in sheet


def test_larger_text_grows_the_rows_but_not_the_corners() -> None:
    assert look.sizes(1.5)["row"] == round(look.sizes()["row"] * 1.5)
    assert look.sizes(1.5)["radius"] == look.sizes()["radius"]


def test_scheme_changes_what_is_open(dressed: QApplication) -> None:
    page = QDialog()
    assert page.grab().toImage().pixelColor(5, 5).name() == look.tokens("light")["canvas"].lower()
    style.apply(dressed, "dark")
    assert page.grab().toImage().pixelColor(5, 5).name() == look.tokens("dark")["canvas"].lower()
    page.deleteLater()


def test_system_scheme_falls_to_light_where_the_desktop_names_none(dressed: QApplication) -> None:
    style.apply(dressed, "dark")
    style.apply(dressed, "system")
    assert look.worn()[0] == ("dark" if dressed.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light")


def test_icon_made_before_a_change_of_scheme_follows_it(dressed: QApplication) -> None:
    kept = icon("users", "ink")
    light = kept.pixmap(16, 16).toImage()
    style.apply(dressed, "dark")
    assert kept.pixmap(16, 16).toImage() != light


def test_icon_is_drawn_anew_for_a_dense_screen(dressed: QApplication) -> None:
    sharp = icon("users").pixmap(QSize(16, 16), 2.0)
    assert (sharp.width(), sharp.devicePixelRatio()) == (32, 2.0)


def test_selected_icon_has_its_own_tint(dressed: QApplication) -> None:
    drawn = icon("users")
    normal = drawn.pixmap(16, 16, QIcon.Mode.Normal).toImage()
    assert drawn.pixmap(16, 16, QIcon.Mode.Selected).toImage() != normal
