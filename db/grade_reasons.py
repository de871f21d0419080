"""Why a criterion of the grade has its points: the facts behind it, and the record that shows them."""

from __future__ import annotations

from db.grade_criteria import GradeCriteria
from db.grade_facts import GradeFacts
from db.reasons import Fact, Reason


def reasons_of(name: str, facts: GradeFacts, criteria: GradeCriteria, currency: str) -> tuple[Reason, ...]:
    """The reasons of one criterion."""
    told: dict[str, Fact]
    worth, noun, record = facts.worth, "client", facts.client_id
    if name in ("fees_year", "fees_three"):
        year = name == "fees_year"
        amount, full = (worth.billed_year, criteria.full_year) if year else (worth.billed_three, criteria.full_three)
        code, told = f"grade-{name.replace('_', '-')}", {"amount": amount, "full": full, "currency": currency}
        if worth.last_id is not None:
            noun, record = "fee", worth.last_id
    elif name == "growth":
        code, told = "grade-growth-unknown", {}
        if worth.growth is not None:
            code = "grade-growth"
            told = {"before": worth.before_year, "now": worth.billed_year, "currency": currency}
    elif name == "timely":
        code, told = "grade-timely-unknown" if worth.due_three <= 0 else "grade-timely-unnoted", {}
        if worth.timely is not None:
            code, told = "grade-timely", {"share": worth.timely, "late": worth.late}
        if worth.late_id is not None:
            noun, record = "fee", worth.late_id
    elif name == "refers":
        code, told = "grade-refers", {"n": facts.sent.count, "full": criteria.full_refers}
        if facts.sent.referral_id is not None:
            noun, record = "referral", facts.sent.referral_id
    elif name == "advice":
        answers = facts.answers
        code, told = "grade-advice", {"accepted": answers.accepted, "n": answers.answered}
        if answers.last_id is not None:
            noun, record = "advice", answers.last_id
    elif name == "pleasant":
        noted = facts.noted
        code, told = "grade-pleasant", {"good": noted.good, "n": noted.good + noted.bad}
        if noted.id is not None:
            noun, record = noted.noun, noted.id
    else:
        code, told = "grade-strategic" if facts.strategic else "grade-not-strategic", {"tag": criteria.tag}
    return (Reason(code, told, noun, record),)
