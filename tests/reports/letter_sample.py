"""Letters and reports of invented work, their facts written by hand: what the tests of these papers print."""

from __future__ import annotations

import datetime as dt

from desktop.reports import letters
from desktop.reports.advice_letter import AdviceLetterFacts, confirmed
from desktop.reports.client_facts import Money
from desktop.reports.closing_letter import Closing, closed
from desktop.reports.decision_sheet import DecisionFacts
from desktop.reports.engagement_facts import AgreedFacts, DateFacts, EngagementReportFacts, RoleFacts
from desktop.reports.letters import Agreed, Kind, LetterFacts, Worded, Written
from desktop.reports.parting_letter import Parting, parted
from desktop.reports.value_facts import GoodwillFacts, MonthFacts, StatementFacts, SumFacts, WorkFacts
from tests.reports.sample import LARREA, PRACTICE

D = dt.date

ENGAGEMENT = EngagementReportFacts(
    practice=PRACTICE,
    client="Iñaki Larrea",
    title="Larrea v. Portus",
    number="E-0004",
    stage="active",
    since=D(2026, 1, 1),
    until=D(2026, 11, 21),
    made_on=D(2026, 11, 21),
    adviser="Elena Noriega",
    adviser_email="elena@veganoriega.example",
    opened_on=D(2025, 3, 4),
    agreed=AgreedFacts(
        "The claim for the blocked berth, first instance.", "Appeal; enforcement abroad.",
        "Keep the log books & <all> papers.", "No limitation date passes before March.", "fixed",
        Money(2_400_000, "EUR"), D(2027, 2, 1), "Be paid for the lost season.", "€1.2m exposure removed",
    ),
    roles=(RoleFacts("decides", ("Iñaki Larrea",)), RoleFacts("pays", ("Larrea Navieras S.L.", "Portuaria S.A."))),
    billed=(Money(2_430_000, "EUR"),),
    advice=LARREA.advice,
    decisions=(
        DecisionFacts("Expert", "Two surveyors", "Iñaki Larrea", D(2026, 2, 2), later="One surveyor",
                      later_on=D(2026, 3, 9)),
        DecisionFacts("Expert", "One surveyor", "Iñaki Larrea", D(2026, 3, 9), reason="costs",
                      instead_of="Two surveyors"),
    ),
    promises=LARREA.promises,
    dates=(DateFacts(D(2027, 3, 3), "Hearing of the witnesses", "10:00"),),
    record=LARREA.record,
)  # fmt: skip

STATEMENT = StatementFacts(
    practice=PRACTICE,
    client="Iñaki Larrea",
    number="C-0117",
    since=D(2026, 1, 1),
    until=D(2026, 11, 21),
    made_on=D(2026, 11, 21),
    adviser="Elena Noriega",
    months=(
        MonthFacts("Larrea v. Portus", D(2026, 1, 1), SumFacts("EUR", 810_000, 810_000)),
        MonthFacts("Crew contracts 2026", D(2026, 3, 1), SumFacts("EUR", 365_000, 0, 15_000)),
        MonthFacts("", D(2026, 3, 1), SumFacts("USD", 40_000)),
        MonthFacts("Larrea v. Portus", D(2026, 6, 1), SumFacts("EUR", 490_000, 250_000)),
    ),
    totals=(SumFacts("EUR", 1_665_000, 1_060_000, 15_000), SumFacts("USD", 40_000)),
    work=(
        WorkFacts("Larrea v. Portus", "Be paid", "€1.2m exposure removed", (Money(1_300_000, "EUR"),)),
        WorkFacts("Crew contracts 2026", "No fines", "", (Money(365_000, "EUR"),)),
        WorkFacts("Customs audit"),
    ),
    promises=tuple(promise for promise in LARREA.promises if promise.by == "us"),
    goodwill=(
        GoodwillFacts(D(2026, 5, 4), "Read the insurer’s letter", "Larrea v. Portus", Money(30_000, "EUR")),
        GoodwillFacts(D(2026, 9, 1), "A call on a Sunday", "Crew contracts 2026"),
    ),
    record=LARREA.record,
)  # fmt: skip


def reader(kind: Kind, language: str) -> LetterFacts:
    """Whom the letters are for."""
    return LetterFacts(
        kind, language, PRACTICE, "Iñaki Larrea", False, ("Muelle Inventado 3", "48001 Bilbao"), D(2026, 11, 21),
        writer="Elena Noriega", asked_on=D(2026, 11, 3), about="Berths", kept_until=D(2032, 11, 21),
    )  # fmt: skip


def letter(name: str, language: str) -> Written:
    """One of the letters, as the house words it."""
    made: dict[str, tuple[Kind, Worded]] = {
        "engagement-letter": ("engage", letters.engaged(reader("engage", language), WORK)),
        "non-engagement-letter": ("decline", letters.declined(reader("decline", language), "no capacity")),
        "disengagement-letter": ("disengage", parted(reader("disengage", language), PARTING)),
        "closing-letter": ("close", closed(reader("close", language), CLOSING)),
        "advice-letter": ("confirm", confirmed(advised(language))),
        "against-advice-letter": ("confirm", confirmed(advised(language, against=True))),
    }
    kind, worded = made[name]
    return Written(reader(kind, language), worded)


def advised(language: str, *, against: bool = False) -> AdviceLetterFacts:
    """An entry that is confirmed, followed or not."""
    told = ("Accept the offer?", "Settle below €180,000.", "counsel’s note", "costs after March")
    decided = (D(2026, 9, 10), "Costs that exceed the gain.", "Pride.", "Go to trial.") if against else ()
    return AdviceLetterFacts(reader("confirm", language), "A-0012", D(2026, 9, 8), *told, *decided)


WORK = Agreed(
    "Larrea v. Portus", "The claim, first instance.", "Appeal.", "All papers.", "No date passes.", "fixed", 2_400_000,
    "EUR", D(2027, 2, 1), (("pays", ("Larrea Navieras S.L.",)),),
)  # fmt: skip
PARTING = Parting(D(2026, 11, 30), ("Larrea v. Portus",), ((D(2027, 3, 3), "Hearing of the witnesses"),))
CLOSING = Closing(
    "Larrea v. Portus", D(2026, 11, 20), "The claim, first instance.", "Settled at €182,000", "€1.2m exposure removed",
    ("Send the signed copy.",), ("Pay the last invoice",), ((D(2027, 3, 3), "Second instalment"),), D(2032, 11, 20),
)  # fmt: skip
