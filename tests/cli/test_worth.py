"""The verbs about worth: a grade with what would change it, and the clients as a whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.cli.running import Ended, Told

TODAY = dt.date.today()


@pytest.fixture
def billed(told: Told, file: Path) -> Path:
    """The one client known for three years, billed and paid; and another who came last week."""
    since = TODAY - dt.timedelta(days=1000)
    told("log", file, "client", "--name", "Ada Vega", "--standing", "client", "--since", since, "--grade", "C")
    told("log", file, "client", "--name", "New Comer", "--standing", "client", "--since", TODAY)
    for days, amount, kind in ((400, "9000", "billed"), (390, "9000", "paid"), (100, "12000.50", "billed")):
        on = TODAY - dt.timedelta(days=days)
        told("log", file, "fee", "--client", "C-0002", "--amount", amount, "--date", on, "--kind", kind)
    return file


def test_grade_tells_each_criterion_with_its_reasons_and_what_would_change_it(
    told: Told, ended: Ended, billed: Path
) -> None:
    answer = told("grade", billed, "--client", "Ada Vega")
    (ada,) = answer["clients"]
    assert answer["as_of"] == TODAY.isoformat()
    assert (ada["client"], ada["grade"], ada["suggested"]) == ("C-0002", "C", "C")
    fees = next(each for each in ada["criteria"] if each["name"] == "fees_year")
    assert fees == {
        "name": "fees_year",
        "weight": 30,
        "value": pytest.approx(60.0025),
        "reasons": [
            {
                "code": "grade-fees-year",
                "words": "£12,000 billed in 12 months; £20,000 is full",
                "evidence": {"noun": "fee", "id": 3},
            }
        ],
    }
    assert any(each["words"].endswith("of fees in 12 months would make B") for each in ada["changes"])
    assert (ada["worth"]["billed_year_minor"], ada["worth"]["paid_minor"]) == (1_200_050, 900_000)
    _code, shown, _err = ended("grade", billed, "--client", "C-0002")
    assert "Grade C; suggested C" in shown
    assert "What would change it" in shown
    assert "Realisation: 43% = paid / billed" in shown


def test_grade_of_one_too_new_says_so(told: Told, billed: Path) -> None:
    (new,) = told("grade", billed, "--client", "C-0003")["clients"]
    assert (new["score"], new["suggested"], new["changes"]) == (None, "", [])
    assert [each["code"] for each in new["reasons"]] == ["grade-too-new"]


def test_grade_lists_whose_grade_is_not_the_suggested_one_on_any_day(told: Told, ended: Ended, billed: Path) -> None:
    assert told("grade", billed)["clients"] == []
    assert "Every grade is the suggested one." in ended("grade", billed)[1]
    day = TODAY - dt.timedelta(days=150)
    (then,) = told("grade", billed, "--client", "C-0002", "--as-of", day)["clients"]
    assert then["worth"]["billed_year_minor"] == 900_000
    assert then["worth"]["billed_three_years_minor"] == 900_000


def test_portfolio_tells_grades_value_attention_and_concentration(told: Told, ended: Ended, billed: Path) -> None:
    answer = told("portfolio", billed)
    assert [(each["grade"], each["clients"], each["fees_year_minor"]) for each in answer["grades"]] == [
        ("C", 1, 1_200_050),
        ("", 2, 0),
    ]
    assert (answer["concentration"]["share"], answer["concentration"]["fees_year_minor"]) == (1, 1_200_050)
    assert [(each["client"], each["value_minor"], each["where"]) for each in answer["clients"]] == [
        ("C-0002", 1_200_050, "")
    ]
    _code, shown, _err = ended("portfolio", billed)
    assert "The five largest bring 100% of all fees of 12 months." in shown
