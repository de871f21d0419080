"""What a client is worth: the sums, what is due, what came in time, and the formulas over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import Session

from db.engine import raw
from db.lifetime import LifetimeRate, lifetime_value, list_rfm, retention, set_lifetime_rate
from db.practice import Practice
from db.worth import DUE_DAYS, Worth, list_worth, worth_of
from tests.db import made

ON = dt.date(2026, 6, 30)
Note = tuple[str, int, int]


def noted(practice: Practice, client_id: int, notes: Sequence[Note], currency: str = "GBP") -> None:
    """Notes of money as (kind, days before ON, amount), put in as one step."""

    def put(session: Session) -> None:
        raw(session.connection()).executemany(
            "INSERT INTO fee (client_id, charged_on, amount_minor, currency, kind, note) VALUES (?, ?, ?, ?, ?, '')",
            [(client_id, (ON - dt.timedelta(days=ago)).isoformat(), much, currency, kind) for kind, ago, much in notes],
        )

    practice.do(put)


def worth(practice: Practice, client_id: int, on: dt.date = ON) -> Worth:
    return practice.ask(worth_of, client_id, on)


def test_money_is_summed_by_kind_and_by_how_long_ago_it_was(practice: Practice) -> None:
    ada = made.client(practice, "Ada")
    bills = [("billed", ago, 100) for ago in (0, 364, 365, 729, 730, 1094, 1095)]
    noted(practice, ada, [*bills, ("paid", 3, 40), ("paid", 500, 60), ("written off", 2, 30), ("billed", -1, 999)])
    found = worth(practice, ada)
    assert (found.billed, found.billed_year, found.before_year, found.billed_three) == (700, 200, 200, 600)
    assert (found.paid, found.paid_year, found.written_off, found.written_off_year) == (100, 40, 30, 30)
    assert (found.open, found.bills, found.growth) == (570, 6, 0)
    assert (found.first_on, found.last_on) == (ON - dt.timedelta(days=1095), ON)


def test_another_currency_is_left_out_and_counted(practice: Practice) -> None:
    ada = made.client(practice, "Ada")
    noted(practice, ada, [("billed", 10, 100)])
    noted(practice, ada, [("billed", 10, 5000), ("paid", 5, 5000)], "EUR")
    found = worth(practice, ada)
    assert (found.billed, found.paid, found.other_currency) == (100, 0, 2)


def test_what_is_not_due_yet_is_on_neither_side_of_the_realisation(practice: Practice) -> None:
    ada = made.client(practice, "Ada")
    noted(practice, ada, [("billed", 100, 1000), ("billed", DUE_DAYS - 1, 5000)])
    assert worth(practice, ada).realisation == 0
    noted(practice, ada, [("paid", 80, 600)])
    assert worth(practice, ada).realisation == 0.6
    noted(practice, ada, [("paid", 1, 4000)])
    assert worth(practice, ada).realisation == 1
    noted(practice, ada, [("billed", DUE_DAYS, 3600)])
    assert worth(practice, ada).realisation == 1
    noted(practice, ada, [("billed", DUE_DAYS, 4600)])
    assert worth(practice, ada).realisation == pytest.approx(0.5)


def test_a_client_without_a_bill_that_is_due_has_no_realisation_and_no_punctuality(practice: Practice) -> None:
    ada = made.client(practice, "Ada")
    noted(practice, ada, [("billed", 3, 1000)])
    found = worth(practice, ada)
    assert (found.realisation, found.timely, found.growth) == (None, None, None)


def test_where_no_payment_is_noted_nobody_is_called_late(practice: Practice) -> None:
    ada = made.client(practice, "Ada")
    noted(practice, ada, [("billed", 200, 100)])
    assert (worth(practice, ada).timely, worth(practice, ada).late) == (None, 1)
    noted(practice, ada, [("paid", 1, 10)])
    assert worth(practice, ada).timely == 0


def test_a_bill_is_paid_in_time_within_its_days_and_the_oldest_is_paid_first(practice: Practice) -> None:
    ada, ben, cy = (made.client(practice, name) for name in ("Ada", "Ben", "Cy"))
    noted(practice, ada, [("billed", 200, 100), ("paid", 200 - DUE_DAYS, 100)])
    noted(practice, ben, [("billed", 200, 100), ("paid", 200 - DUE_DAYS - 1, 100)])
    noted(practice, cy, [("billed", 200, 100), ("billed", 150, 100), ("paid", 149, 100), ("paid", 40, 100)])
    assert (worth(practice, ada).timely, worth(practice, ada).late) == (1, 0)
    assert (worth(practice, ben).timely, worth(practice, ben).late) == (0, 1)
    # What he paid in time for the second bill settled the first, which was late already.
    assert (worth(practice, cy).timely, worth(practice, cy).late) == (0, 2)
    assert worth(practice, cy).late_id == made.value(practice, "SELECT id FROM fee WHERE charged_on = '2026-01-31'")


def test_a_write_off_settles_for_later_bills_and_is_not_payment_itself(practice: Practice) -> None:
    ada = made.client(practice, "Ada")
    noted(practice, ada, [("billed", 300, 100), ("written off", 290, 100), ("billed", 200, 100), ("paid", 190, 100)])
    assert worth(practice, ada).timely == 0.5
    assert worth(practice, ada).realisation == 0.5


MONEY = some.lists(
    some.tuples(
        some.sampled_from(["billed", "paid", "written off"]), some.integers(-20, 1300), some.integers(-50, 400)
    ),
    max_size=10,
)
PROPERTY = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@PROPERTY
@given(MONEY, some.integers(0, 1300), some.integers(1, 400))
def test_money_paid_never_lowers_and_money_lost_never_raises(
    practice: Practice, notes: list[Note], ago: int, much: int
) -> None:
    ada, ben, cy = (made.client(practice, name) for name in ("Ada", "Ben", "Cy"))
    for client, more in ((ada, []), (ben, [("paid", ago, much)]), (cy, [("written off", min(ago, 1094), much)])):
        noted(practice, client, [*notes, *more])
    before, paid, lost = (worth(practice, client) for client in (ada, ben, cy))
    for name in ("timely", "realisation", "growth"):
        told, after, less = (getattr(each, name) for each in (before, paid, lost))
        if None not in (told, after, less):
            assert after >= told
            assert less <= told
            assert name == "growth" or 0 <= after <= 1


@PROPERTY
@given(some.lists(MONEY, min_size=1, max_size=3), some.integers(-10, 400))
def test_all_at_once_and_one_by_one_say_the_same(practice: Practice, each: list[list[Note]], back: int) -> None:
    on = ON - dt.timedelta(days=back)
    clients = [made.client(practice, f"Client {number}") for number in range(len(each))]
    for client, notes in zip(clients, each, strict=True):
        noted(practice, client, notes)
    whole = practice.ask(list_worth, None, on)
    assert [whole.get(client, Worth(client)) for client in clients] == [worth(practice, one, on) for one in clients]


def test_nothing_after_the_day_is_used(practice: Practice) -> None:
    ada = made.client(practice, "Ada")
    notes = [("billed", 400, 100), ("paid", 380, 100), ("billed", 200, 300)]
    noted(practice, ada, notes)
    day = ON - dt.timedelta(days=150)
    before = worth(practice, ada, day)
    noted(practice, ada, [("paid", 149, 300), ("billed", 100, 900), ("written off", 20, 5)])
    assert worth(practice, ada, day) == before
    assert worth(practice, ada) != before


def _billed_by(practice: Practice, count: int, again: int) -> list[int]:
    clients = [made.client(practice, f"Client {number}") for number in range(count)]
    for number, client in enumerate(clients):
        notes = [("billed", 500, 1000 * (number + 1))]
        noted(practice, client, notes + ([("billed", 100 + number, 1000)] if number < again else []))
    return clients


def test_lifetime_value_follows_the_formula_that_is_told_beside_it(practice: Practice) -> None:
    first, *_others = _billed_by(practice, 20, 16)
    noted(practice, first, [("paid", 90, 700), ("written off", 50, 500)])
    kept = practice.ask(retention, ON)
    assert (kept.again, kept.before, kept.rate) == (16, 20, 0.8)
    found = practice.ask(lifetime_value, first, ON)
    yearly = round((1000 + 1000 - 500) * 365 / 500)
    assert (found.paid, found.yearly, found.expected) == (700, yearly, round(yearly * 0.8 / (1 + 0.1 - 0.8)))
    assert found.value == 700 + round(yearly * 0.8 / 0.3)
    practice.do(set_lifetime_rate, LifetimeRate(discount=20))
    assert practice.ask(lifetime_value, first, ON).expected == round(yearly * 0.8 / 0.4)


def test_no_lifetime_value_is_made_up_of_few_clients_or_of_a_new_one(practice: Practice) -> None:
    first, *_others = _billed_by(practice, 19, 10)
    assert practice.ask(lifetime_value, first, ON).why_not == "few clients"
    new = made.client(practice, "New")
    noted(practice, new, [("billed", 100, 9000)])
    found = practice.ask(lifetime_value, new, ON)
    assert (found.why_not, found.value) == ("too new", None)


def test_the_fifths_put_the_latest_the_most_frequent_and_the_largest_first(practice: Practice) -> None:
    clients = [made.client(practice, f"Client {number}") for number in range(10)]
    for number, client in enumerate(clients):
        noted(practice, client, [("billed", 900 - 80 * number + again, 100 * (number + 1)) for again in range(number)])
        noted(practice, client, [("billed", 1000 - 80 * number, 100)])
    found = practice.ask(list_rfm, None, ON)
    assert [(each.recency, each.frequency, each.monetary) for each in found.values()] == [
        (1 + number // 2,) * 3 for number in range(10)
    ]
    assert practice.ask(list_rfm, [clients[3]], ON) == {clients[3]: found[clients[3]]}


def test_equals_stand_in_the_same_fifth_and_four_clients_are_not_compared(practice: Practice) -> None:
    clients = [made.client(practice, f"Client {number}") for number in range(5)]
    for client in clients[:4]:
        noted(practice, client, [("billed", 10, 100)])
    assert practice.ask(list_rfm, None, ON) == {}
    noted(practice, clients[4], [("billed", 10, 100)])
    assert {each.monetary for each in practice.ask(list_rfm, None, ON).values()} == {1}
