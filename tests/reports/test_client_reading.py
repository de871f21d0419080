"""The facts of a client report, read from a real file: what is in it, and what can never be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel

from db import tables
from db.errors import Refused
from db.practice import NewPractice, Practice
from desktop.reports.client_facts import digest
from desktop.reports.client_report import facts, left_out, render
from tests.reports.reading import bookmarks, reader, text, unbroken

D = dt.date
SINCE, UNTIL = D(2026, 1, 1), D(2026, 11, 21)
AT = dt.datetime(2026, 11, 21, 9, 40, tzinfo=dt.UTC)
_numbers = count(1)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    folder: Path = tmp_path_factory.mktemp("practice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        new = NewPractice(name="Vega & Noriega", profession="law", country="ES", currency="EUR")
        with Practice.create(folder / "vega.cliens", new, None, who="elena") as opened:
            yield opened


def moment(day: D, hour: int = 10) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def keep(practice: Practice, *rows: SQLModel) -> list[int]:
    """Write rows as one step and give their ids."""

    def keep_rows(session: Session) -> list[int]:
        for row in rows:
            session.add(row)
            session.flush()
        return [row.id for row in rows]  # type: ignore[attr-defined]

    result = practice.do(keep_rows).result
    assert isinstance(result, list)
    return result


def new_client(practice: Practice, name: str = "Iñaki Larrea", **values: Any) -> int:
    number = next(_numbers)
    party = tables.Party(kind="person", name=name, sort_name=name.lower(), created_at=moment(SINCE))
    (party_id,) = keep(practice, party)
    client = tables.Client(party_id=party_id, number=f"C-{number:04d}", standing="client", **values)
    return keep(practice, client)[0]


def advice(client: int, question: str, day: D = D(2026, 6, 1), **values: Any) -> tables.Advice:
    state = values.pop("state", "recorded")
    told = {"given_at": moment(day), "advice": f"advice on {question}", **values}
    return tables.Advice(client_id=client, question=question, state=state, recorded_at=moment(day), **told)


def read(practice: Practice, client: int, since: D | None = SINCE, until: D | None = UNTIL) -> Any:
    return practice.ask(facts, client, since, until, "en", AT)


def test_report_tells_what_is_on_record(practice: Practice) -> None:
    (adviser,) = keep(practice, tables.Person(name="Elena Noriega", email="elena@vega.example"))
    client = new_client(practice, responsible_id=adviser)
    (matter,) = keep(
        practice,
        tables.Engagement(
            client_id=client,
            number="E-0001",
            title="Larrea v. Portus",
            stage="active",
            opened_on=D(2025, 3, 4),
            value_delivered="€1.2m exposure removed",
        ),
    )
    entry, _other = keep(
        practice,
        advice(client, "Settle?", D(2026, 10, 21), engagement_id=matter, basis="counsel’s note", channel="letter"),
        advice(client, "Too early", D(2025, 12, 31)),
    )
    keep(
        practice,
        advice(
            client, "Settle?", D(2026, 10, 25), amends_id=entry, amend_reason="a new offer", advice="Settle at once."
        ),
        tables.AdviceResponse(advice_id=entry, response="accepted", responded_on=D(2026, 10, 26)),
        tables.Promise(
            client_id=client,
            engagement_id=matter,
            text="Call before the hearing",
            made_on=D(2026, 11, 18),
            due_on=D(2026, 11, 23),
        ),
        tables.Promise(
            client_id=client, text="Cost statement", made_on=D(2026, 10, 1), status="kept", kept_on=D(2026, 10, 30)
        ),
        tables.Fee(
            client_id=client, engagement_id=matter, charged_on=D(2026, 5, 1), amount_minor=2500000, currency="EUR"
        ),
        tables.Fee(
            client_id=client,
            engagement_id=matter,
            charged_on=D(2026, 6, 1),
            amount_minor=70000,
            currency="EUR",
            kind="written off",
        ),
        tables.Fee(
            client_id=client,
            engagement_id=matter,
            charged_on=D(2026, 7, 1),
            amount_minor=999,
            currency="EUR",
            kind="paid",
        ),
        tables.TrustNote(
            client_id=client,
            noted_at=moment(D(2026, 11, 3)),
            kind="thanks",
            effect=2,
            text="You explain the risk before the price.",
        ),
    )
    told = read(practice, client)
    assert [(one.question, one.engagement, len(one.amendments)) for one in told.advice] == [
        ("Settle?", "Larrea v. Portus", 1)
    ]
    assert told.adviser == "Elena Noriega"
    assert told.engagements[0].fees[0].minor == 2430000
    assert told.engagements[0].next_step == "Call before the hearing"
    assert dict(told.activity)[D(2026, 10, 1)] == 3
    assert told.record.last == practice.check().entries
    assert told.record.digest == practice.head()[1]
    page = text(render(told))
    for words in (
        "Amended on 25 Oct 2026: a new offer",
        "Settle at once.",
        "You accepted on 26 Oct 2026",
        "€24,300.00",
        "“You explain the risk before the price.”",
        "1 of 2",
        "Call before the hearing, 23 Nov",
    ):
        assert words in page
    assert "Too early" not in page


def test_the_same_file_gives_the_same_digest(practice: Practice) -> None:
    client = new_client(practice)
    keep(practice, advice(client, "Again?"))
    assert digest(read(practice, client)) == digest(read(practice, client))


def test_period_without_a_beginning_begins_with_the_record(practice: Practice) -> None:
    client = new_client(practice)
    keep(practice, advice(client, "Long ago", D(2019, 5, 17)))
    told = read(practice, client, None, None)
    assert (told.since, told.until) == (D(2019, 5, 1), AT.date())
    assert [one.question for one in told.advice] == ["Long ago"]


def test_period_ends_no_later_than_the_day_of_the_report(practice: Practice) -> None:
    assert read(practice, new_client(practice), SINCE, D(9999, 12, 31)).until == AT.date()


def test_period_that_ends_before_it_begins_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="ends-before-it-begins"):
        read(practice, new_client(practice), UNTIL, SINCE)


def test_unknown_client_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="not-there"):
        read(practice, 10_000_000)


def test_day_of_advice_is_the_day_of_its_place(practice: Practice) -> None:
    client = new_client(practice)
    late = dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)
    keep(practice, advice(client, "After midnight?", given_at=late, zone="Europe/Madrid"))
    assert "21 Nov 2026 Meeting After midnight?" in text(render(read(practice, client)))


def test_unknown_zone_reads_as_utc(practice: Practice) -> None:
    client = new_client(practice)
    keep(practice, advice(client, "Where?", D(2026, 3, 2), zone="Mars/Olympus"))
    assert read(practice, client).advice[0].given_at == moment(D(2026, 3, 2))


def test_amendments_of_a_withdrawn_entry_leave_with_it(practice: Practice) -> None:
    client = new_client(practice)
    (entry,) = keep(practice, advice(client, "Gone", withdrawn_at=moment(UNTIL)))
    keep(practice, advice(client, "Gone", amends_id=entry, amend_reason="wrong", advice="Gone too"))
    assert read(practice, client).advice == ()


def test_what_was_left_out_is_counted(practice: Practice) -> None:
    client = new_client(practice, notes="pays late")
    keep(
        practice,
        advice(client, "draft", state="draft"),
        advice(client, "withdrawn", withdrawn_at=moment(UNTIL)),
        advice(client, "internal", channel="note"),
        tables.TrustNote(
            client_id=client, noted_at=moment(SINCE), kind="confidence", text="told in trust", restricted=True
        ),
        tables.TrustNote(client_id=client, noted_at=moment(SINCE), kind="concern", text="angry"),
        tables.TrustNote(client_id=client, noted_at=moment(SINCE), kind="thanks", text="privately", restricted=True),
        tables.FollowUp(client_id=client, due_on=UNTIL, what="chase"),
    )
    assert practice.ask(left_out, client, SINCE, UNTIL) == {
        "concerns": 1,
        "confidences": 1,
        "drafts": 1,
        "follow_ups": 1,
        "notes": 2,
        "restricted": 1,
        "withdrawn": 1,
    }
    assert practice.ask(left_out, client, None, None) == practice.ask(left_out, client, SINCE, UNTIL)


CANARY = "KANARIENVOGEL"
hidden = st.lists(
    st.sampled_from(
        [
            "confidence",
            "concern",
            "signal",
            "restricted",
            "draft",
            "withdrawn",
            "note",
            "follow-up",
            "amendment",
            "withdrawn answer",
            "received",
        ]
    ),
    min_size=1,
    max_size=8,
)


def _secret(client: int, kind: str, entry: int, word: str, day: D) -> SQLModel:
    """A row that must not be printed, with the word in every text that it has."""
    said = {"advice": word, "basis": word, "options": word, "risks": word, "present": word}
    match kind:
        case "draft":
            return advice(client, word, day, state="draft", **said)
        case "withdrawn":
            return advice(client, word, day, withdrawn_at=moment(UNTIL), **said)
        case "note":
            return advice(client, word, day, channel="note", **said)
        case "received":
            return advice(client, word, day, direction="received", **said)
        case "amendment":
            return advice(client, word, day, amends_id=entry, amend_reason=word, withdrawn_at=moment(UNTIL), **said)
        case "withdrawn answer":
            return tables.AdviceResponse(
                advice_id=entry,
                response="declined",
                responded_on=day,
                words=word,
                reason=word,
                consequence=word,
                withdrawn_at=moment(UNTIL),
            )
        case "follow-up":
            return tables.FollowUp(client_id=client, due_on=UNTIL, what=word, outcome=word)
    trust = "thanks" if kind == "restricted" else kind
    return tables.TrustNote(
        client_id=client,
        noted_at=moment(day),
        kind=trust,
        text=word,
        told_by=word,
        learned=word,
        facet="closeness",
        restricted=kind == "restricted",
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=hidden, days=st.integers(0, 300), language=st.sampled_from(["en", "es", "pl"]))
def test_nothing_internal_ever_reaches_the_page(practice: Practice, kinds: list[str], days: int, language: str) -> None:
    client = new_client(practice, notes=CANARY, values=CANARY)
    (matter,) = keep(
        practice,
        tables.Engagement(
            client_id=client,
            number=f"E-{next(_numbers):05d}",
            title="Open matter",
            stage="active",
            opened_on=SINCE,
            scope_excluded=CANARY,
            assumptions=CANARY,
            scope_included=CANARY,
        ),
    )
    (entry,) = keep(practice, advice(client, "Shown?", engagement_id=matter, present=CANARY))
    day = SINCE + dt.timedelta(days=days)
    keep(practice, *[_secret(client, kind, entry, f"{CANARY}{i}", day) for i, kind in enumerate(kinds)])
    keep(practice, tables.Promise(client_id=client, text="Shown promise", made_on=day, evidence=CANARY, by_whom=CANARY))
    paper = render(practice.ask(facts, client, SINCE, UNTIL, language, AT))
    told = unbroken(paper)
    assert "Shown?" in told
    assert "Shownpromise" in told
    assert CANARY not in told.upper()
    assert CANARY not in str(reader(paper).metadata).upper()
    assert CANARY not in " ".join(bookmarks(paper))
    assert CANARY.encode() not in paper.pdf
    counted = practice.ask(left_out, client, SINCE, UNTIL)
    # An answer that was withdrawn is no entry of its own; the client's internal notes are one.
    assert sum(counted.values()) == len(kinds) - kinds.count("withdrawn answer") + 1
