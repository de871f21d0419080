"""The facts of papers of the house, written by hand: a small practice with something of everything that they tell."""

from __future__ import annotations

import datetime as dt

from db.advice_lists import AdviceRow, ResponseRow
from db.brief import Given, MeetingBrief, NextDate, Question
from db.clients import ClientRow
from db.overview import Head, Pressing
from db.ties import Tie
from db.today_rows import Ahead, Kind, Month, Waiting
from db.trust import KeptRate, PromiseRow, TrustRow
from desktop.reports.brief import BriefFacts
from desktop.reports.insight_summary import (
    ActionFacts,
    ComplaintFacts,
    InsightFacts,
    QuoteFacts,
    ScaleFacts,
    ThemeFacts,
)
from desktop.reports.portfolio import (
    CameFacts,
    EffortFacts,
    GradeFacts,
    LeftFacts,
    PortfolioFacts,
    QuietFacts,
    RegradedFacts,
)
from desktop.reports.today_sheet import TodayFacts
from desktop.reports.trust_report import MovedFacts, PromisedFacts, SideFacts, TrustFacts
from tests.reports.sample import BILBAO, PRACTICE

D = dt.date
AT = dt.datetime(2026, 11, 21, 9, 40, tzinfo=BILBAO)

TRUST = TrustFacts(
    PRACTICE, "en", AT, D(2026, 1, 1), D(2026, 11, 21), "Iñaki Larrea", "C-0117",
    ours=SideFacts(
        open=(
            PromisedFacts("Iñaki Larrea", "us", "Ring about the bond", D(2026, 10, 2), "open", D(2026, 11, 19)),
            PromisedFacts("Iñaki Larrea", "us", "Call before the hearing", D(2026, 11, 18), "open", D(2026, 11, 21),
                          "16:00", who="Elena Noriega"),
            PromisedFacts("Iñaki Larrea", "us", "Keep the file together", D(2026, 3, 2), "open"),
        ),
        settled=(
            PromisedFacts("Iñaki Larrea", "us", "Answer on the tax clause", D(2026, 6, 1), "broken", D(2026, 6, 9),
                          words="It slipped between two desks."),
            PromisedFacts("Iñaki Larrea", "us", "File the reply", D(2026, 7, 1), "late", D(2026, 7, 8), "",
                          D(2026, 7, 10), "court’s receipt", True, "Elena Noriega"),
            PromisedFacts("Iñaki Larrea", "us", "Send the contract", D(2026, 11, 2), "kept", D(2026, 11, 9), "",
                          D(2026, 11, 8)),
            PromisedFacts("Iñaki Larrea", "us", "Draft of the annex", D(2026, 9, 2), "renegotiated", D(2026, 9, 9),
                          words="Ane Goñi"),
        ),
        open_count=3, late_count=1, settled_count=6, kept=1, rated=3,
    ),
    theirs=SideFacts(
        open=(PromisedFacts("Iñaki Larrea", "client", "Bring the accounts", D(2026, 11, 18), "open", D(2027, 1, 15)),),
        open_count=1,
    ),
    notes=(
        MovedFacts("Iñaki Larrea", D(2026, 11, 3), "thanks", 2, "You explain the risk.", "credibility"),
        MovedFacts("Iñaki Larrea", D(2026, 9, 11), "concern", -1, "Felt lectured about the annex.", "closeness",
                   "Ane Goñi", D(2026, 9, 23), "Call first, then write."),
        MovedFacts("Iñaki Larrea", D(2026, 5, 4), "concern", -2, "Asked twice about the fee cap.", "reliability"),
    ),
    notes_count=3,
    moves=((D(2026, 5, 4), -2), (D(2026, 9, 11), -1), (D(2026, 11, 3), 2)),
    confidences=2,
    restricted=1,
)  # fmt: skip

PORTFOLIO = PortfolioFacts(
    PRACTICE, "en", AT, D(2025, 11, 21), D(2026, 11, 21), "EUR",
    grades=(
        GradeFacts("A", 2, 4820000, 9640000, 11, 1, 0),
        GradeFacts("B", 1, 610000, 610000, 3, 0, 1),
        GradeFacts("", 1, 0, 0, 0, 0, 0),
    ),
    effort=(
        EffortFacts("Larrea Navieras S.L.", "A", "quiet", 3620000, 7640000, 1.5, 2, "neglected"),
        EffortFacts("Hallberg Bros. AB", "A", "client", 1200000, 2000000, 12, 6),
        EffortFacts("Portus Terminal", "B", "at risk", 610000, 610000, 9, 3, "over-served"),
    ),
    middle_value=1200000, middle_attention=9,
    quiet=(
        QuietFacts("Portus Terminal", "B", "at risk", 14, 57, D(2026, 9, 25), "May the berth be let?", 610000),
        QuietFacts("Larrea Navieras S.L.", "A", "quiet", 30, 51, D(2026, 10, 1), "", 3620000),
    ),
    regraded=(RegradedFacts("Hallberg Bros. AB", D(2026, 5, 2), "B", "A"),), regraded_count=1,
    came=(
        CameFacts("Zofia Kamińska", "client", "C", D(2026, 9, 23), "Iñaki Larrea"),
        CameFacts("Rubén Soto", "declined", "", D(2026, 9, 1)),
    ),
    came_count=5,
    left=(
        LeftFacts("Rubén Soto", "declined", D(2026, 9, 3), "conflict", "Wanted to act against Larrea."),
        LeftFacts("Maite Olabarri", "former", D(2026, 5, 6), "service", "We did not ring back."),
    ),
    left_count=2, reasons=(("conflict", 1), ("service", 1)),
)  # fmt: skip

_WAITED = "Nobody told us about the fee cap."
_CAP = ActionFacts("Write the cap into each letter", "open", _WAITED, "Nils Hallberg", "Tomás Vega", D(2026, 11, 26))
INSIGHT = InsightFacts(
    PRACTICE, "en", AT, D(2025, 11, 21), D(2026, 11, 21), 9, 7,
    kinds=(("survey", 6), ("complaint", 2), ("praise", 1)),
    feelings=(("pleased", 5), ("displeased", 2)),
    themed=8,
    themes=(
        ThemeFacts("Easy to reach", 5, 4, 4, 0, (
            QuoteFacts("We stay because you pick up the phone.", "Clínica Ocaña", D(2026, 9, 9), True),
            QuoteFacts("“The only office that rang back.”", "", D(2026, 7, 5), False),
        )),
        ThemeFacts("Fees", 1, 0, 0, 1, (QuoteFacts(_WAITED, "Nils Hallberg", D(2026, 10, 2), False),)),
    ),
    themes_count=3,
    complaints=(
        ComplaintFacts(QuoteFacts(_WAITED, "Nils Hallberg", D(2026, 10, 2), False), None, (_CAP,)),
        ComplaintFacts(QuoteFacts("The lift was broken.", "Ane Goñi", D(2026, 3, 4), True), D(2026, 3, 9)),
    ),
    complaints_count=2, settled=1,
    done=(
        ActionFacts("Send invoices with a table", "done", "Send it as a table.", "Ferrand Atelier", "Jon Etxarri",
                    done_on=D(2026, 11, 10)),
        ActionFacts("A direct number", "told", "Hard to get through.", "Clínica Ocaña", "", None, D(2026, 9, 20),
                    D(2026, 9, 28), "At the meeting"),
    ),
    done_count=2, told=1,
    open=(
        ActionFacts("A line every Friday", "overdue", "I had to ask twice.", "Dąbrowska Holding", "", D(2026, 11, 18)),
        _CAP,
    ),
    open_count=2,
    scales=(
        ScaleFacts("recommend", 0, (0, 0, 0, 0, 0, 0, 0, 1, 0, 3, 1)),
        ScaleFacts("satisfaction", 1, (0, 0, 1, 0, 0)),
    ),
)  # fmt: skip

TODAY = TodayFacts(
    PRACTICE, "en", AT,
    kinds=(
        Kind("deadline", [
            Waiting("deadline", "deadline", 1, 1, "Iñaki Larrea", "A", "Hearing on the witnesses", D(2026, 11, 23), -2,
                    "Larrea v. Portus", 1, "hearing", clock="10:00"),
        ], 1),
        Kind("promise", [
            Waiting("promise", "promise", 1, 1, "Iñaki Larrea", "A", "Ring about the bond", D(2026, 11, 19), 2,
                    "Larrea v. Portus", 1, "us", "Elena Noriega", since=D(2026, 10, 2), flag=True),
            Waiting("promise", "promise", 2, 2, "Clínica Ocaña", "B", "Send the statutes", D(2026, 11, 24), -3,
                    state="client", since=D(2026, 11, 2)),
        ], 4, 1),
        Kind("concern", [
            Waiting("concern", "trust_note", 1, 2, "Clínica Ocaña", "B", "", D(2026, 10, 1), 51, flag=True),
        ], 1),
        Kind("quiet", [
            Waiting("quiet", "client", 3, 3, "Hallberg Bros. AB", "A", "Can the fees be capped?", D(2026, 9, 18), 64,
                    state="at risk", flag=True, usual=19),
        ], 1),
        Kind("letter", [
            Waiting("letter", "engagement", 1, 1, "Iñaki Larrea", "A", "Crew contracts 2026", D(2026, 11, 1), 20,
                    state="sent", who="clear"),
        ], 1),
    ),
    month=Month(15, 4, 5, 2, 1, ["price"]),
    ahead=(
        Ahead(D(2026, 11, 23), "deadline", 1, "Hearing on the witnesses", "Iñaki Larrea", "10:00"),
        Ahead(D(2026, 11, 24), "promise", 2, "Send the statutes", "Clínica Ocaña"),
    ),
)  # fmt: skip

_GIVEN = dt.datetime(2026, 10, 21, 12, 0, tzinfo=dt.UTC)
_ADVISED = AdviceRow(
    7, "A-0007", 1, "Iñaki Larrea", 1, "Larrea v. Portus", _GIVEN, "Elena Noriega", "meeting",
    "Ask the court for interim measures?", "Not advised: the bond would tie up working capital.", "recorded",
    "accepted", D(2026, 10, 24), False, False, None, None, "", "", "", "", "UTC", "", None, "", _GIVEN, None,
)  # fmt: skip


def _promised(words: str, by: str, due_on: dt.date, overdue: int = 0) -> PromiseRow:
    return PromiseRow(
        1, 1, "Iñaki Larrea", None, "", by, "", "", words, D(2026, 11, 2), due_on, "", "open", None, "", False, overdue
    )


BRIEF = BriefFacts(
    "Vega & Noriega", "ES", "", "en", AT,
    MeetingBrief(
        head=Head(
            ClientRow(1, 1, "C-0117", "Iñaki Larrea", "person", "client", "quiet", "A", [0, 2], D(2026, 10, 21),
                      3620000, "EUR", "EN", "Bilbao", D(2019, 3, 4), "Larrea, Iñaki"),
            "To be told first, by voice.", "", 1, {"pays": ["Larrea Navieras S.L."]},
            [("phone", "+34 944 000 117", "+34944000117")], 2, 3, 0,
            Pressing("promise", 1, "Call before the hearing", D(2026, 11, 21), "16:00"),
        ),
        people=[Tie("link", "sibling", 2, "Ignacia Larrea Arana")],
        standing=None,
        advice=[Given(_ADVISED, ResponseRow("accepted", D(2026, 10, 24), "Too dear a bond.", "", ""))],
        ours=[_promised("Ring about the bond", "us", D(2026, 11, 19), 2)],
        theirs=[_promised("Bring the accounts", "client", D(2027, 1, 15))],
        kept=KeptRate(4, 5, []),
        concerns=[TrustRow(1, 1, "Iñaki Larrea", None, _GIVEN, "concern", -1, "", "", "Waits long.", False, None, "")],
        signals=[],
        next_date=NextDate("deadline", D(2026, 11, 23), "Hearing on the witnesses"),
        questions=[Question("late-ours", "Ring about the bond", 2), Question("quiet", days=31), Question("close")],
    ),
)  # fmt: skip
