"""The facts of an invented client, written by hand: the report that the other tests print."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from desktop.reports.client_facts import (
    AdviceFacts,
    AmendmentFacts,
    ClientReportFacts,
    EngagementFacts,
    Money,
    PracticeFacts,
    PromiseFacts,
    RecordFacts,
    ResponseFacts,
    WordsFacts,
)

BILBAO = ZoneInfo("Europe/Madrid")
D = dt.date


def _at(month: int, day: int, hour: int = 10) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, 12, tzinfo=BILBAO)


PRACTICE = PracticeFacts(
    name="Vega & Noriega",
    profession="law",
    country="ES",
    address="Calle Ficticia 7\n48001 Bilbao",
    email="despacho@veganoriega.example",
)

LARREA = ClientReportFacts(
    practice=PRACTICE,
    client="Iñaki Larrea",
    number="C-0117",
    since=D(2026, 1, 1),
    until=D(2026, 11, 21),
    made_on=D(2026, 11, 21),
    adviser="Elena Noriega",
    adviser_email="elena@veganoriega.example",
    place="Bilbao",
    summary="The Portus claim is ready for trial in March; an offer of €165,000 is open until Monday. The berth lease "
    "was renewed in June on the terms you asked for. Two questions wait for your decision, and both are set out below.",
    engagements=(
        EngagementFacts(
            "Larrea v. Portus", "active", D(2025, 3, 4), next_step="Decide on the offer", next_on=D(2026, 11, 23),
            fees=(Money(2430000, "EUR"),), value_delivered="€1.2m exposure removed",
        ),
        EngagementFacts(
            "Crew contracts 2026", "active", D(2026, 1, 12), next_step="Second draft", next_on=D(2026, 12, 4),
            review_on=D(2027, 2, 1),
            fees=(Money(615000, "EUR"),),
        ),
        EngagementFacts(
            "Berth lease renewal", "completed", D(2025, 11, 3), D(2026, 6, 12), "Renewed for five years",
            fees=(Money(490000, "EUR"),),
        ),
        EngagementFacts(
            "Customs audit", "completed", D(2026, 2, 2), D(2026, 9, 3), "No findings", fees=(Money(155000, "EUR"),)
        ),
    ),
    advice=(
        AdviceFacts(
            _at(11, 21), "meeting", "Accept the €165,000 offer, or go to trial in March?",
            "Settle below €180,000. Two of the three precedents go against us, and after March the costs exceed the "
            "likely gain.",
            "Larrea v. Portus", basis="counsel’s note of 14 Nov; your unaudited figures for 2025",
        ),
        AdviceFacts(
            _at(10, 21), "letter", "Ask the court for interim measures?",
            "Not advised: the bond would tie up working capital through the winter season.",
            "Larrea v. Portus", response=ResponseFacts("accepted", D(2026, 10, 24)),
        ),
        AdviceFacts(
            _at(9, 8), "call", "May the crew work the long season on the old contracts?",
            "No. The collective agreement of July changes the rest periods; sign the new annex before 1 October.",
            "Crew contracts 2026", risks="fines of up to €7,500 for each contract", late=True,
            amendments=(
                AmendmentFacts(_at(9, 15), "the ministry put the date off", "Sign the new annex before 15 October."),
            ),
            response=ResponseFacts(
                "against advice", D(2026, 9, 10), "I will not stop the boats for a paper.",
                "a fine, and no cover if somebody is hurt", "the season pays for the year",
            ),
        ),
    ),
    promises=(
        PromiseFacts("Call before the hearing", D(2026, 11, 18), "open", due_on=D(2026, 11, 21), due_time="16:00"),
        PromiseFacts("Send the revised crew contract", D(2026, 11, 2), "kept", due_on=D(2026, 11, 9),
                     kept_on=D(2026, 11, 8)),
        PromiseFacts("Monthly cost statement", D(2026, 10, 1), "kept", due_on=D(2026, 10, 31), kept_on=D(2026, 10, 30)),
        PromiseFacts("Bring the 2026 accounts", D(2026, 11, 18), "open", by="client", due_on=D(2027, 1, 15)),
    ),
    words=(WordsFacts("You explain the risk before the price. Nobody else did.", D(2026, 11, 3), "Iñaki Larrea"),),
    activity=tuple((D(2026, i, 1), n) for i, n in enumerate((2, 1, 3, 2, 5, 8, 4, 1, 3, 6, 9), 1)),
    record=RecordFacts(12066, 18204, "9f3c" * 16, dt.datetime(2026, 11, 21, 9, 40, tzinfo=BILBAO)),
)  # fmt: skip
