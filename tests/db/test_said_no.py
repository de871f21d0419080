"""Who said No: when, why, of which kind and after what, in counts that can be checked one by one."""

from __future__ import annotations

import pytest

from db.clients import NewStanding, change_standing
from db.fees import NewFee, add_fee
from db.practice import Practice
from db.said_no import FEE_RISE, said_no
from db.trust import NewPromise, NewTrustNote, Resolution, add_promise, note_trust, resolve_note
from db.words import StandingReason
from tests.db.lived import advised, day, did, morning, someone


def leaver(practice: Practice, name: str = "Ada Brook", reason: StandingReason = "price", words: str = "") -> int:
    """A client who left ten days ago and had been advised twenty days before that; gives his id."""
    client = someone(practice, "client", name, since=-700, grade="B")
    advised(practice, client, -30)
    leave = NewStanding(standing="former", reason=reason, words=words, changed_on=day(-10))
    practice.do(change_standing, client, leave)
    return client


def after(practice: Practice) -> tuple[str, ...]:
    """What went before the only No."""
    (row,) = practice.ask(said_no).rows
    return row.after


def test_nobody_said_no(practice: Practice) -> None:
    told = practice.ask(said_no)
    assert (told.rows, told.by_reason, told.declined) == ((), (), 0)


def test_a_no_says_when_why_and_what_he_was(practice: Practice) -> None:
    client = leaver(practice)
    told = practice.ask(said_no)
    (row,) = told.rows
    assert (row.client_id, row.on, row.reason, row.before, row.grade) == (client, day(-10), "price", "client", "B")
    assert (row.silent_days, row.known_days, row.after) == (20, 690, ("nothing",))
    assert told.by_month == ((day(-10).isoformat()[:7], 1),)
    assert (told.by_reason, told.by_after) == ((("price", 1),), (("nothing", 1),))


def test_no_after_silence(practice: Practice) -> None:
    client = someone(practice)
    practice.do(change_standing, client, NewStanding(standing="former", reason="moved"))
    assert after(practice) == ("silence",)


def test_no_after_an_open_concern_but_not_after_a_settled_one(practice: Practice) -> None:
    client = leaver(practice)
    new = NewTrustNote(client_id=client, kind="concern", text="Too slow", noted_at=morning(-40))
    note = did(practice, note_trust, new)
    assert after(practice) == ("concern",)
    practice.do(resolve_note, note, Resolution(learned="Call sooner", on=day(-5)))
    assert after(practice) == ("concern",)
    practice.undo()
    practice.do(resolve_note, note, Resolution(learned="Call sooner", on=day(-15)))
    assert after(practice) == ("nothing",)


def test_no_after_a_late_promise_but_not_before_it(practice: Practice) -> None:
    client = leaver(practice)
    practice.do(add_promise, NewPromise(client_id=client, text="The draft", made_on=day(-30), due_on=day(-9)))
    assert after(practice) == ("nothing",)
    practice.do(add_promise, NewPromise(client_id=client, text="The draft", made_on=day(-30), due_on=day(-12)))
    assert after(practice) == ("promise",)


@pytest.mark.parametrize(("before", "year", "rise"), [(1000, 1200, 20), (1000, 1190, 0), (0, 5000, 0)])
def test_no_after_a_rise_of_fees(practice: Practice, before: int, year: int, rise: int) -> None:
    client = leaver(practice)
    for on, amount in ((-500, before), (-100, year)):
        if amount:
            practice.do(add_fee, NewFee(client_id=client, amount_minor=amount, charged_on=day(on)))
    (row,) = practice.ask(said_no).rows
    assert (row.fee_rise >= FEE_RISE) == bool(rise)
    assert row.after == (("fee rise",) if rise else ("nothing",))


def test_competitors_are_counted_however_they_are_written(practice: Practice) -> None:
    for name, words in (("A", "Brandt & Sons, cheaper"), ("B", "brandt & sons - closer"), ("C", "Łódź Tax"), ("D", "")):
        leaver(practice, name, "competitor", words)
    leaver(practice, "E", "price", "Brandt & Sons were cheaper")
    told = practice.ask(said_no)
    assert sorted((name.casefold(), count) for name, count in told.by_competitor) == [
        ("", 1),
        ("brandt & sons", 2),
        ("łódź tax", 1),
    ]
    assert dict(told.by_reason) == {"competitor": 4, "price": 1}


def test_who_left_after_the_day_has_not_left_yet(practice: Practice) -> None:
    leaver(practice)
    assert practice.ask(said_no, day(-11)).rows == ()
    assert len(practice.ask(said_no, day(-10)).rows) == 1


def test_those_whom_we_declined_are_counted_apart(practice: Practice) -> None:
    client = someone(practice, "enquiry")
    practice.do(change_standing, client, NewStanding(standing="declined", reason="conflict"))
    told = practice.ask(said_no)
    assert (told.rows, told.declined) == ((), 1)
    (row,) = practice.ask(said_no, standing="declined").rows
    assert (row.before, row.reason) == ("enquiry", "conflict")
