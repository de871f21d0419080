"""By what the practice grades its clients: the criteria it states, their weights, their scales, and the three borders.

Every criterion gives 0 to 100 points. Fees rise evenly from nothing to the amount that the practice calls full; growth
is 50 where the fees stayed as they were; the score is the mean of the points that are known, by their weights.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlmodel import Session

from db.errors import Refused
from db.exchange.values import minor_digits
from db.firm import get_setting, set_setting
from db.history import about
from db.inputs import Input, Text
from db.rows import scalar

SETTING = "grade_criteria"
CRITERIA = ("fees_year", "fees_three", "growth", "timely", "refers", "advice", "pleasant", "strategic")
GRADES = ("A", "B", "C", "D")
_FULL_YEAR, _FULL_THREE = 20_000, 50_000


class GradeCriteria(Input):
    """The weights of the criteria (0 leaves one out), what counts as full, and from how many points A, B and C begin.

    `full_year` and `full_three` are fees in minor units, `full_growth` per cent a year, `full_refers` how many clients
    one sent; `tag` marks a client who is strategic.
    """

    fees_year: int = Field(default=30, ge=0, le=100)
    fees_three: int = Field(default=15, ge=0, le=100)
    growth: int = Field(default=10, ge=0, le=100)
    timely: int = Field(default=15, ge=0, le=100)
    refers: int = Field(default=10, ge=0, le=100)
    advice: int = Field(default=5, ge=0, le=100)
    pleasant: int = Field(default=5, ge=0, le=100)
    strategic: int = Field(default=10, ge=0, le=100)
    full_year: int = Field(ge=1)
    full_three: int = Field(ge=1)
    full_growth: int = Field(default=50, ge=1, le=1000)
    full_refers: int = Field(default=2, ge=1, le=100)
    border_a: int = Field(default=75, ge=1, le=100)
    border_b: int = Field(default=50, ge=1, le=100)
    border_c: int = Field(default=25, ge=1, le=100)
    tag: Text = "strategic"

    def weights(self) -> dict[str, int]:
        """The weight of each criterion that counts."""
        found = {name: int(getattr(self, name)) for name in CRITERIA}
        return {name: weight for name, weight in found.items() if weight}

    def borders(self) -> dict[str, int]:
        """From how many points each grade begins, the best first."""
        return {"A": self.border_a, "B": self.border_b, "C": self.border_c, "D": 0}

    def grade_of(self, score: float) -> str:
        """The grade of so many points."""
        return next((grade for grade, border in self.borders().items() if score >= border), "D")


def unit_of(currency: str) -> int:
    """How many minor units one unit of a currency has: 100 for most."""
    return int(10 ** minor_digits(currency.upper()))


def grade_criteria(session: Session) -> GradeCriteria:
    """The practice's criteria; as long as none were set, those that the program begins with."""
    unit = unit_of(str(scalar(session, "SELECT currency FROM practice")))
    first: dict[str, Any] = {"full_year": _FULL_YEAR * unit, "full_three": _FULL_THREE * unit}
    return GradeCriteria(**{**first, **get_setting(session, SETTING, {})})


def set_grade_criteria(session: Session, criteria: GradeCriteria) -> None:
    """Keep other criteria; the grades that were given stay, what is suggested changes."""
    if not criteria.weights():
        raise Refused("nothing-weighs", "fees_year")
    if not criteria.border_a > criteria.border_b:
        raise Refused("borders-fall", "border_b", above="A", below="B")
    if not criteria.border_b > criteria.border_c:
        raise Refused("borders-fall", "border_c", above="B", below="C")
    set_setting(session, SETTING, criteria.model_dump())
    about(session, " · ".join(f"{grade} {border}" for grade, border in criteria.borders().items() if border))
