"""What a report says it left out is what was planted and does not stand in it, kind by kind and number by number."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from db.practice import Practice
from desktop.reports.family import KINDS, Asked, kind_of, omissions_of
from tests.reports.leaks import founded
from tests.reports.planted import AT, SUBJECT, TABLES, Planted, Row, plant

SINCE = AT.date() - dt.timedelta(days=200)
KEPT_BACK = {"confidence": "confidences", "concern": "concerns", "signal": "signals"}
LEAVING = [kind.name for kind in KINDS if omissions_of(kind)]


@pytest.fixture(scope="module")
def planted_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    folder = tmp_path_factory.mktemp("planted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        with founded(Path(folder)) as practice:
            yield practice


def mine(planted: Planted, table: str, asked: Asked) -> list[Row]:
    """The subject's rows of a table, of the engagement and the days that are asked for."""
    days = {"advice": "given_at", "trust_note": "noted_at", "follow_up": "due_on"}
    rows = [row for row in planted.rows.get(table, ()) if planted.owners[table, row["id"]] == SUBJECT]
    if asked.engagement_id is not None:
        rows = [row for row in rows if row["engagement_id"] == asked.engagement_id]
    if asked.since is not None and table in days:
        rows = [row for row in rows if f"{row[days[table]]}"[:10] >= asked.since.isoformat()]
    return rows


def entries_left(planted: Planted, asked: Asked) -> Counter[str]:
    """Drafts, what was taken back, and notes for the file."""
    counts: Counter[str] = Counter()
    for row in mine(planted, "advice", asked):
        if row["state"] == "draft":
            counts["drafts"] += 1
        elif row["withdrawn_at"] is not None:
            counts["withdrawn"] += 1
        elif row["channel"] == "note":
            counts["notes"] += 1
    return counts


def beside_a_client(planted: Planted, asked: Asked) -> Counter[str]:
    """What a paper for a client leaves out of his record, or of one engagement."""
    counts = entries_left(planted, asked)
    for row in mine(planted, "advice", asked):
        told = row["state"] == "recorded" and row["withdrawn_at"] is None and row["channel"] != "note"
        counts["received"] += told and row["direction"] == "received"
    for row in mine(planted, "trust_note", asked):
        if row["kind"] in KEPT_BACK or row["restricted"]:
            counts[KEPT_BACK.get(row["kind"], "restricted")] += 1
    counts["follow_ups"] = sum(row["done_on"] is None for row in mine(planted, "follow_up", asked))
    if asked.engagement_id is None:
        # The practice's own words on the client, which every planted one has.
        counts["notes"] += 1
    else:
        counts["withdrawn"] += sum(row["withdrawn_at"] is not None for row in mine(planted, "decision", asked))
    return counts


def beside_an_entry(planted: Planted, asked: Asked) -> Counter[str]:
    """What hangs on one entry and is no part of the letter on it."""
    answers = [row for row in planted.rows.get("advice_response", ()) if row["advice_id"] == asked.advice_id]
    steps = [row for row in planted.rows.get("follow_up", ()) if row["advice_id"] == asked.advice_id]
    return Counter(
        withdrawn=sum(row["withdrawn_at"] is not None for row in answers),
        follow_ups=sum(row["done_on"] is None for row in steps),
    )


def beside_a_version(planted: Planted, asked: Asked) -> Counter[str]:
    """The other versions of an entry that were withdrawn or are drafts still."""
    rows = {row["id"]: row for row in planted.rows["advice"]}
    first = asked.advice_id
    while first is not None and rows[first]["amends_id"] is not None:
        first = rows[first]["amends_id"]
    tree = {first}
    while more := {number for number, row in rows.items() if row["amends_id"] in tree} - tree:
        tree |= more
    others = [rows[number] for number in tree if number is not None and number != asked.advice_id]
    drafts = sum(row["state"] == "draft" for row in others)
    gone = sum(row["state"] != "draft" and row["withdrawn_at"] is not None for row in others)
    return Counter(drafts=drafts, withdrawn=gone)


def handed_over(planted: Planted, asked: Asked) -> Counter[str]:
    """A colleague is told neither what was felt nor what was jotted down."""
    counts = entries_left(planted, asked)
    for row in mine(planted, "trust_note", asked):
        counts[KEPT_BACK.get(row["kind"], "thanks")] += 1
    counts["notes"] += 1
    return counts


def in_trust(planted: Planted, asked: Asked) -> Counter[str]:
    """What was told in trust, of one client or of all."""
    whole = dataclasses.replace(asked, since=None)
    notes = planted.rows.get("trust_note", []) if asked.client_id is None else mine(planted, "trust_note", whole)
    confidences = sum(row["kind"] == "confidence" for row in notes)
    return Counter(
        confidences=confidences,
        restricted_notes=sum(row["kind"] != "confidence" and row["restricted"] for row in notes),
    )


def not_named(planted: Planted, asked: Asked) -> Counter[str]:
    """Work that was agreed on, of the area asked for, whose client did not agree to be named."""
    rows = [
        row
        for row in planted.rows.get("engagement", [])
        if row["opened_on"] is not None
        and row["opened_on"] <= AT.date()
        and row["stage"] not in ("enquiry", "proposed", "declined")
    ]
    if asked.engagement_id is not None:
        area = planted.row("engagement", asked.engagement_id)["area"]
        rows = [row for row in rows if row["area"] == area]
    return Counter(unnamed=sum(not row["may_cite"] for row in rows))


# Every report that leaves something out, and how that is counted of what was planted.
COUNTED: dict[str, Callable[[Planted, Asked], Counter[str]]] = {
    "client": beside_a_client, "engagement": beside_a_client, "advice-letter": beside_an_entry,
    "engagement-letter": beside_a_client, "non-engagement-letter": beside_a_client,
    "disengagement-letter": beside_a_client, "closing-letter": beside_a_client, "decisions": beside_a_client,
    "value": beside_a_client, "advice-note": beside_a_version, "advice-history": entries_left,
    "hand-over": handed_over, "brief": in_trust, "trust": in_trust,
    "credentials": not_named,
}  # fmt: skip


def asked_of(name: str, planted: Planted) -> Iterator[Asked]:
    """Everything that a report of this name can be asked for, with and without a period."""
    kind = kind_of(name)
    asks: list[Asked] = []
    if kind.about == "client":
        asks.append(Asked(AT, client_id=SUBJECT))
    if kind.or_practice:
        asks.append(Asked(AT))
    for about in ("engagement", "advice"):
        if kind.about == about:
            named = [dict[str, Any]({f"{about}_id": number}) for number in planted.of_subject(about)]
            asks += [Asked(AT, **each) for each in named]
    for asked in asks:
        # An engagement's own period begins with the first that happened in it: here, with the first day there is.
        yield dataclasses.replace(asked, since=dt.date(2020, 1, 1)) if name == "engagement" else asked
        if kind.has_period:
            yield dataclasses.replace(asked, since=SINCE)


class _Seen(Exception):
    """All was looked at: what was planted goes again."""


def test_every_report_that_leaves_something_out_is_proven() -> None:
    assert set(COUNTED) == set(LEAVING)


@pytest.mark.parametrize("name", LEAVING)
def test_report_counts_all_that_it_leaves_out(planted_in: Practice, name: str) -> None:
    found: Counter[str] = Counter()

    def look(session: Session, seed: int) -> None:
        # Entries in number, so that some amend others.
        many = [12 if table.name == "advice" else 2 + seed % 4 for table in TABLES]
        planted = plant(session, seed, many, bold=True)
        count = omissions_of(kind_of(name))
        assert count is not None
        for asked in asked_of(name, planted):
            left = count(session, asked)
            assert left == +COUNTED[name](planted, asked), asked
            found.update(left)
        raise _Seen

    for seed in range(4):
        with pytest.raises(_Seen):
            planted_in.do(look, seed)
    assert sum(found.values()) > 3, "nothing was left out of anything: nothing is proven"


def test_nothing_is_said_to_be_left_out_where_nothing_is(planted_in: Practice) -> None:
    def look(session: Session) -> None:
        planted = plant(session, 1, [0] * len(TABLES), bold=True)
        for name in LEAVING:
            for asked in asked_of(name, planted):
                count = omissions_of(kind_of(name))
                assert count is not None
                assert count(session, asked) == +COUNTED[name](planted, asked)
        raise _Seen

    with pytest.raises(_Seen):
        planted_in.do(look)
