"""What was left half typed, taken up when the practice is opened: drafts that wait on Today, calls still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.drafts import list_jottings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.practice import OpenPractice


def give_back(desk: OpenPractice, window: QWidget) -> None:
    """Open again the calls that were being written down; loads no window where there are none."""
    if desk.ask(list_jottings, "enquiry"):
        from desktop.rooms.enquiry.kept import give_back

        give_back(desk, window)


def take_up(desk: OpenPractice) -> int:
    """Make drafts of what is left of clients that are known; gives how many. Loads no form where there is nothing."""
    left = [each for each in desk.ask(list_jottings) if each.advice_id is None and each.content.get("client_id")]
    if not left:
        return 0
    from desktop.rooms.advice.writing import recover

    return recover(desk)
