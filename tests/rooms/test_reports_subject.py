"""Proof that a long entry is offered briefly, and told whole where the pointer rests."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.rooms.reports.ask import LETTERS, SubjectField

QUESTION = "May the majority force a sale if two branches cannot agree?"


def test_a_long_entry_keeps_its_number_and_day_and_is_told_whole_by_its_tooltip(qapp: QApplication) -> None:
    field = SubjectField("Entry", "Nothing")
    field.offer([(1, f"A-0001 · 17 Nov 2026 · {QUESTION}"), (2, "A-0002 · 3 May 2026 · Why?")])
    shown = field.box.currentText()
    assert shown.startswith("A-0001 · 17 Nov 2026 · May the")
    assert shown.endswith("…")
    assert len(shown) <= LETTERS
    assert QUESTION in field.box.toolTip()
    field.set_value(2)
    assert field.box.currentText() == "A-0002 · 3 May 2026 · Why?"
    assert not field.box.toolTip()


def test_a_long_title_keeps_the_number_behind_it(qapp: QApplication) -> None:
    field = SubjectField("About", "Nothing")
    field.offer([(1, "Sale of the Gdynia warehouse to the heirs of the founder · M-0007")])
    assert field.box.currentText().endswith("… · M-0007")
