"""What a killed program left half typed, taken up when the practice is opened, so that it waits on Today as drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.drafts import list_jottings

if TYPE_CHECKING:
    from desktop.practice import OpenPractice


def take_up(desk: OpenPractice) -> int:
    """Make drafts of what is left of clients that are known; gives how many. Loads no form where there is nothing."""
    left = [each for each in desk.ask(list_jottings) if each.advice_id is None and each.content.get("client_id")]
    if not left:
        return 0
    from desktop.rooms.advice.writing import recover

    return recover(desk)
