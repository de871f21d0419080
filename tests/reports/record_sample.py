"""The facts of papers that print the record, written by hand: entries of every sort that an advisory history knows."""

from __future__ import annotations

import datetime as dt

from desktop.reports.advice_history import HistoryFacts
from desktop.reports.advice_note import NoteFacts
from desktop.reports.client_facts import Money, RecordFacts, ResponseFacts
from desktop.reports.entry_facts import EntryFacts, OtherEntry
from desktop.reports.hand_over import (
    DueFacts,
    FileFacts,
    HandOverFacts,
    OwedFacts,
    PersonFacts,
    PromisedFacts,
    WorkFacts,
)
from tests.reports.sample import BILBAO, PRACTICE

D = dt.date
RECORD = RecordFacts(1, 689, "9f3c" * 16)


def at(year: int, month: int, day: int, hour: int = 10) -> dt.datetime:
    """A moment by the clock of Bilbao."""
    return dt.datetime(year, month, day, hour, 12, tzinfo=BILBAO)


PLAIN = EntryFacts(
    "A-0003", at(2025, 10, 8, 14), "Europe/Madrid", "e-mail", "given",
    "May the berth lease be ended before its term?", "Yes, with three months’ notice, in writing.",
    engagement="Berth lease renewal", author="Tess Alder", basis="clause 14 of the lease",
    response=ResponseFacts("accepted", D(2025, 10, 10)),
)  # fmt: skip
RECEIVED = EntryFacts(
    "A-0005", at(2026, 3, 2, 9), "Europe/Madrid", "letter", "received",
    "He sends the accounts of 2025", "Unaudited, with a note on the berth.", engagement="Customs audit",
    recorded_at=at(2026, 3, 2, 11),
)  # fmt: skip
LATE = EntryFacts(
    "A-0007", at(2026, 9, 8), "Europe/Madrid", "call", "both",
    "May the crew work the long season on the old contracts?",
    "No. The agreement of July changes the rest periods; sign the new annex before 1 October.",
    engagement="Crew contracts 2026", author="Elena Noriega", present="Iñaki Larrea, Ane Goñi", minutes=35,
    basis="Collective agreement of 3 July, art. 14", options="(a) sign the annex; (b) wait for the ministry",
    risks="Fines of up to €7,500 for each contract", late=True, late_reason="The call came on the road.",
    recorded_at=at(2026, 9, 10, 18), amended_by=OtherEntry("A-0009", at(2026, 9, 15)),
    response=ResponseFacts(
        "against advice", D(2026, 9, 10), "I will not stop the boats for a paper.",
        "A fine, and no cover if somebody is hurt.", "The season pays for the year.",
    ),
)  # fmt: skip
AMENDMENT = EntryFacts(
    "A-0009", at(2026, 9, 15), "Europe/Madrid", "call", "both", LATE.question, "Sign the new annex before 15 October.",
    engagement="Crew contracts 2026", author="Elena Noriega", basis=LATE.basis, options=LATE.options, risks=LATE.risks,
    recorded_at=at(2026, 9, 15), confirmed_on=D(2026, 9, 16), amends=OtherEntry("A-0007", LATE.given_at),
    amend_reason="The ministry put the date off.", response=ResponseFacts("deferred", D(2026, 9, 16), "Ask me Friday."),
)  # fmt: skip
WITHDRAWN = EntryFacts(
    "A-0010", at(2026, 9, 20), "Europe/Madrid", "call", "both", LATE.question, "Do not sign anything.",
    engagement="Crew contracts 2026", author="Tess Alder", recorded_at=at(2026, 9, 20),
    amends=OtherEntry("A-0009", AMENDMENT.given_at), amend_reason="Entered in the wrong file.",
    withdrawn_at=at(2026, 9, 20, 12),
)  # fmt: skip
AWAITED = EntryFacts(
    "A-0011", at(2026, 11, 20), "Europe/London", "meeting", "given", "Accept the €165,000 offer, or go to trial?",
    "Settle below €180,000.", author="Elena Noriega", privileged=True, minutes=1,
)  # fmt: skip

NOTE = NoteFacts(PRACTICE, "en", "Iñaki Larrea", "C-0117", "A-0010", (LATE, AMENDMENT, WITHDRAWN), record=RECORD)
HISTORY = HistoryFacts(
    PRACTICE, "en", "Iñaki Larrea", "C-0117", D(2025, 10, 1), D(2026, 11, 21), D(2026, 11, 21),
    (PLAIN, RECEIVED, LATE, AMENDMENT, AWAITED), RECORD,
)  # fmt: skip
HAND_OVER = HandOverFacts(
    PRACTICE, "en", "Iñaki Larrea", "C-0117", "client", D(2026, 11, 21),
    since=D(2021, 3, 13),
    responsible="Elena Noriega",
    need="A lease dispute with the port",
    valued="The risk before the price.",
    contacts=("inaki@larrea.example", "+34 94 000 00 00"),
    addresses=("Muelle Inventado 7, 48001 Bilbao, ES",),
    people=(
        PersonFacts("Larrea Pesca S.L.", "link", "director of"),
        PersonFacts("Ane Goñi", "role", "pays", "Crew contracts 2026"),
        PersonFacts("Portus Terminal S.A.", "role", "adverse", "Larrea v. Portus"),
        PersonFacts("Rosa Benedetti", "referred by", ""),
    ),
    work=(
        WorkFacts(
            "E-0002", "Larrea v. Portus", "active", True, "Shipping", D(2025, 3, 4), responsible="Elena Noriega",
            included="The claim for the deposit.", excluded="Appeals.", assumptions="All papers are here.",
            duties="Names of witnesses.", fee=Money(2600000, "EUR"), letter_signed_on=D(2025, 3, 10),
            review_on=D(2027, 2, 1), sought="An end before summer.", next_step="File the reply",
            next_on=D(2026, 11, 30),
        ),
        WorkFacts(
            "E-0001", "Berth lease renewal", "completed", False, "", D(2025, 11, 3), D(2026, 6, 12),
            "Renewed for five years", included="The new lease.",
        ),
    ),
    promises=(
        PromisedFacts("Call before the hearing", "us", D(2026, 11, 18), "Elena Noriega", "Iñaki Larrea",
                      D(2026, 11, 20), "16:00", undertaking=True, engagement="Larrea v. Portus"),
        PromisedFacts("Bring the accounts", "client", D(2026, 11, 18), due_on=D(2027, 1, 15)),
    ),
    follow_ups=(DueFacts("Ask for the lease", D(2026, 11, 24)),),
    deadlines=(DueFacts("Reply to the claim", D(2026, 11, 30), "12:00", "filing", "Larrea v. Portus"),),
    advice=(LATE, AMENDMENT, AWAITED),
    awaited=(AWAITED,),
    owed=(OwedFacts("Larrea v. Portus", Money(1700000, "EUR")), OwedFacts("", Money(-2500, "PLN"))),
    files=(FileFacts("lease.pdf", 2_140_000, D(2026, 6, 1)), FileFacts("note.txt", 300, D(2026, 6, 2))),
    confidences=2,
    drafts=1,
    ask="Elena Noriega",
    record=RECORD,
)  # fmt: skip
