"""The one line of a call, taken apart in three languages."""

from __future__ import annotations

import pytest

from desktop.rooms.enquiry.line import read_line


@pytest.mark.parametrize(
    ("typed", "caller", "opponents", "related"),
    [
        ("Ana Bell", "Ana Bell", [], []),
        ("Ana Bell; opponent: X, Y; related: Z", "Ana Bell", ["X", "Y"], ["Z"]),
        ("Ana Bell; contra: Portus S.A.", "Ana Bell", ["Portus S.A."], []),
        ("Anna Żak; przeciwko: Portus; powiązany: Jan Żak", "Anna Żak", ["Portus"], ["Jan Żak"]),
        ("Ana Bell; v Portus; Jo Bell", "Ana Bell", ["Portus"], ["Jo Bell"]),
        ("Larrea: Sons; vs. Portus", "Larrea: Sons", ["Portus"], []),
        (" ; ", "", [], []),
    ],
)
def test_a_line_says_who_is_who(typed: str, caller: str, opponents: list[str], related: list[str]) -> None:
    told = read_line(typed)
    assert (told.caller, told.opponents, told.related) == (caller, opponents, related)


def test_a_line_tells_the_phone_the_need_and_the_referrer_too() -> None:
    told = read_line("Ana Bell; +44 20 7946 0000; need: a lease; from: Jo; area: Tenancy")
    assert (told.reach, told.need, told.referrer, told.area) == ("+44 20 7946 0000", "a lease", "Jo", "Tenancy")
