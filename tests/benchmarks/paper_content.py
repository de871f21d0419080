"""What the benchmark of paper prints: invented facts of any length, and the same words in plain parts for others."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from typing import Any
from zoneinfo import ZoneInfo

from desktop.reports.advice_history import HistoryFacts
from desktop.reports.client_facts import ClientReportFacts, ResponseFacts
from desktop.reports.entry_facts import EntryFacts
from desktop.reports.listing import ListedColumn, ListedGroup, ListingFacts
from tests.reports.sample import LARREA, PRACTICE

BILBAO = ZoneInfo("Europe/Madrid")
_WORDS = """
    the lease of berth seven ends in March and may be renewed for five years if notice is given before the first of
    January in writing to the port authority with proof of insurance and of paid dues settlement offer court costs
    likely gain precedent evidence crew contracts rest periods collective agreement annex ministry circular customs
    audit findings value premium deductible cover claim deposit tenancy boundary survey planning permission
    architect façade timber Zażółć gęślą jaźń notaría hipoteca well-known sub-let
"""
WORDS = _WORDS.split()
COLUMNS = (("Number", 80), ("Name", 240), ("Standing", 90), ("Grade", 50), ("Responsible", 120), ("Since", 90))
# A page of a document as any maker understands it: title, then (heading, parts); a part is a text, an entry or a table.
Plain = dict[str, Any]


def short_report() -> ClientReportFacts:
    """The facts of a client report on two pages."""
    return dataclasses.replace(LARREA, advice=LARREA.advice[:2], promises=LARREA.promises[:3])


def _said(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize()


def entries(count: int) -> list[EntryFacts]:
    """So many long entries, the same at each run: some 2.6 of them fill a page."""
    chance, at, made = random.Random(7), dt.datetime(2012, 1, 3, 9, tzinfo=BILBAO), []
    for number in range(1, count + 1):
        at += dt.timedelta(hours=chance.randint(8, 50))
        answer = ResponseFacts("accepted", at.date(), _said(chance, 8) + ".") if number % 2 else None
        made.append(
            EntryFacts(
                f"A-{number:04d}", at, "Europe/Madrid", chance.choice(("meeting", "call", "letter")), "given",
                _said(chance, 9) + "?", _said(chance, 90) + ".", f"Matter {chance.randint(1, 12)}",
                chance.choice(("Elena Noriega", "Tess Alder")), "Iñaki Larrea, Ane Goñi", 35,
                _said(chance, 25), _said(chance, 20), _said(chance, 20), response=answer,
            )
        )  # fmt: skip
    return made


def history(count: int) -> HistoryFacts:
    """The history of so many entries."""
    found = entries(count)
    first, last = found[0].given_at.date(), found[-1].given_at.date()
    return HistoryFacts(PRACTICE, "en", "Iñaki Larrea", "C-0117", first, last, last, tuple(found))


def listing(count: int) -> ListingFacts:
    """A list of so many clients."""
    chance = random.Random(7)
    names = ("Iñaki Larrea", "Portus Terminal S.A.", "Zażółć Gęślą", "Ane Goñi", "Dąbrowska Holding")
    rows = [
        [
            f"C-{number:05d}",
            f"{chance.choice(names)} {number}",
            "client",
            chance.choice("ABCD"),
            "Elena Noriega",
            "2026",
        ]
        for number in range(count)
    ]
    at = dt.datetime(2026, 11, 21, 9, 40, tzinfo=BILBAO)
    columns = [ListedColumn(title, share) for title, share in COLUMNS]
    return ListingFacts(PRACTICE, "Clients", columns, [ListedGroup(rows)], at)


def plain_report(facts: ClientReportFacts) -> Plain:
    """The words of a client report."""
    works = [
        [each.title, each.stage, each.next_step or each.outcome, str(each.fees[0].minor)] for each in facts.engagements
    ]
    promises = [[each.text, str(each.made_on), str(each.due_on or ""), each.status] for each in facts.promises]
    told = [
        {
            "margin": f"{each.given_at:%d %b %Y}\n{each.channel}",
            "head": each.question,
            "texts": [each.advice, each.basis],
        }
        for each in facts.advice
    ]
    sections = [
        {"heading": "Where things stand", "texts": [facts.summary]},
        {"heading": "Your matters", "columns": ["Matter", "Stage", "Next step", "Fees"], "rows": works},
        {"heading": "Advice we gave you", "entries": told},
        {"heading": "What we promised", "columns": ["Promise", "Made", "Due", "Kept"], "rows": promises},
        {"heading": "What you told us", "texts": [each.text for each in facts.words]},
    ]
    return {"title": facts.client, "sections": sections}


def plain_history(facts: HistoryFacts) -> Plain:
    """The words of a history, year by year; its contents are for the maker to make, where it can."""
    years: dict[int, list[dict[str, Any]]] = {}
    for each in facts.entries:
        margin = f"{each.number}\n{each.given_at:%d %b %Y, %H:%M}\n{each.zone}\n{each.channel}\n{each.minutes} minutes"
        texts = [f"{each.engagement} · {each.author} · {each.present}", each.advice, f"Rests on: {each.basis}"]
        texts += [f"Options: {each.options}", f"Risks: {each.risks}"]
        texts.append(each.response.words if each.response else "The client’s decision is awaited")
        years.setdefault(each.given_at.year, []).append({"margin": margin, "head": each.question, "texts": texts})
    sections = [{"heading": str(year), "entries": found} for year, found in years.items()]
    return {"title": facts.client, "contents": True, "sections": sections}


def plain_listing(facts: ListingFacts) -> Plain:
    """The words of a list."""
    titles, rows = [column.title for column in facts.columns], [list(row) for row in facts.groups[0].rows]
    return {"title": facts.title, "sections": [{"heading": "All", "columns": titles, "rows": rows}]}
