"""Proof that what is not text is seen too: edges of controls, focus, marks, charts, scroll handles, in every scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop import look
from desktop.shell import style
from desktop.widgets.button import button
from desktop.widgets.chip import ChipButton
from desktop.widgets.fields import ChoiceField, LongField, TextField
from tests.everyone.seen import change

SCHEMES: tuple[look.Scheme, ...] = get_args(look.Scheme)
GROUNDS = ("canvas", "side", "surface", "raised", "accent_soft")
TONES = ("accent", "amber", "red", "green", "blue")
# WCAG 1.4.11 asks for so much between a mark that is needed and what lies beside it.
ENOUGH = 3.0
PAIRS = [
    *((token, ground) for token in ("edge", "ink", "ink2", "ink3", "accent") for ground in GROUNDS),
    *((tone, ground) for tone in TONES for ground in ("canvas", "surface", "raised", f"{tone}_soft")),
    ("ink2", "accent_soft"),
    ("on_accent", "accent"),
    ("on_toast", "ink"),
    ("canvas", "ink"),
]
CONTROLS = ("QLineEdit", "QTextEdit", "QComboBox", "QSpinBox", "::indicator", "QScrollBar::handle")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("mark", "ground"), PAIRS)
def test_marks_stand_out_from_their_ground(scheme: look.Scheme, mark: str, ground: str) -> None:
    colours = look.tokens(scheme)
    assert look.contrast(colours[mark], colours[ground]) >= ENOUGH


def test_what_a_control_is_known_by_is_drawn_in_colours_that_stand_out() -> None:
    marks = {mark for mark, _ground in PAIRS}
    sheet = (look.RESOURCES / "look" / "style.qss").read_text("utf-8")
    drawn: set[str] = set()
    for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*(?:\$\{\w+\}[^{}]*)*)\}", sheet):
        if not any(control in selectors for control in CONTROLS) or "AbstractItemView" in selectors:
            continue
        told = re.findall(r"border(?:-color)?: (?:1px solid )?\$(\w+)", rules)
        told += re.findall(r"background: \$(\w+)", rules) if "::handle" in selectors else []
        drawn.update(told)
    assert {"edge", "accent", "red"} <= drawn
    assert drawn <= marks


@pytest.fixture
def page(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QWidget]:
    """A page with a control of each kind; the keyboard is on none of them."""
    style.apply(qapp, request.param)
    made = QWidget()
    column = QVBoxLayout(made)
    for kind in ("", "primary", "quiet", "danger", "link"):
        column.addWidget(button("Record", lambda: None, kind))
    chip = ChipButton("Privileged", checkable=True)
    for part in (TextField("Name"), LongField("Need", 2), ChoiceField("By", [(1, "Call")]), chip):
        column.addWidget(part)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()
    style.apply(qapp, "light")


@pytest.mark.parametrize("page", SCHEMES, indirect=True)
def test_the_keyboard_is_seen_on_every_kind_of_control_in_every_scheme(page: QWidget) -> None:
    from desktop.widgets.stops import stops

    weak = {}
    for widget in stops(page):
        widget.setFocus()
        with_keys = page.grab().toImage()
        widget.clearFocus()
        found = change(page.grab().toImage(), with_keys)
        if found < ENOUGH:
            weak[f"{type(widget).__name__} {widget.accessibleName()} {widget.property('kind')}"] = round(found, 2)
    assert weak == {}


@pytest.mark.parametrize("page", SCHEMES, indirect=True)
def test_a_chip_that_is_switched_on_is_known_without_its_colour(page: QWidget) -> None:
    chip = page.findChildren(ChipButton)[0]
    page.findChildren(QLineEdit)[0].setFocus()
    off = chip.grab().toImage()
    chip.setChecked(True)
    on = chip.grab().toImage()
    assert chip.sizeHint() == chip.size()
    assert change(off, on) >= ENOUGH
