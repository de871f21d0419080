"""A practice whose papers are sealed, the papers it prints, and the ways in which a PDF can be tampered with."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.engagements import NewEngagement, add_engagement
from db.parties import NewParty
from db.practice import NewPractice, Practice
from db.trust import NewPromise, add_promise
from desktop.reports.family import Asked, kind_of, make
from desktop.reports.verifying import Verified, verify

D = dt.date


def founded(path: Path, name: str = "Vega & Noriega") -> Practice:
    """A new practice with one client, work, a recorded entry and a promise."""
    practice = Practice.create(path, NewPractice(name=name, profession="law", country="ES", currency="EUR"), None)
    client = made(practice, add_client, NewClient(party=NewParty(name="Iñaki Larrea"), standing="client"))
    work = made(practice, add_engagement, NewEngagement(client_id=client, title="Berth lease", stage="active"))
    advised(practice, "Accept the offer, or go to trial in March?", "Settle below 180,000 euro.", work)
    made(practice, add_promise, NewPromise(client_id=client, text="Call before the hearing", due_on=D.today()))
    return practice


def made(practice: Practice, action: Callable[..., Any], *given: Any) -> int:
    """Do something as one step; gives the id of what it made."""
    return int(str(practice.do(action, *given).result))


def advised(practice: Practice, question: str, advice: str, work: int | None = None, client: int = 1) -> int:
    """A recorded entry."""
    new = NewAdvice(client_id=client, engagement_id=work, question=question, advice=advice, record=True)
    return made(practice, log_advice, new)


def printed(practice: Practice, kind: str = "client", **asked: Any) -> bytes:
    """A report of the only client, as the family prints it."""
    about = asked or {"client_id": 1}
    return make(practice.ask, kind_of(kind), Asked(dt.datetime.now().astimezone(), **about)).paper.pdf


def verdict(practice: Practice, pdf: bytes) -> Verified:
    """What the practice says of a PDF."""
    return verify(practice.ask, pdf)


def facts_of(pdf: bytes) -> dict[str, Any]:
    """The facts that a PDF carries."""
    told: dict[str, Any] = json.loads(PdfReader(io.BytesIO(pdf)).attachments["facts.json"][0])
    return told


def altered(pdf: bytes, alter: Callable[[PdfWriter], object]) -> bytes:
    """The PDF as another program saves it after a change."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    alter(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def with_facts(pdf: bytes, content: bytes) -> bytes:
    """The PDF with other facts inside, under the old seal."""

    def put(writer: PdfWriter) -> None:
        names: Any = writer.root_object["/Names"]
        specification = names["/EmbeddedFiles"]["/Names"][1].get_object()
        stream = DecodedStreamObject()
        stream.set_data(content)
        stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
        reference = writer._add_object(stream)
        for name in ("/F", "/UF"):
            specification["/EF"][NameObject(name)] = reference

    return altered(pdf, put)


def with_keywords(pdf: bytes, change: Callable[[str], str]) -> bytes:
    """The PDF with other keywords."""

    def put(writer: PdfWriter) -> None:
        assert writer.metadata is not None
        writer.add_metadata({"/Keywords": change(str(writer.metadata["/Keywords"]))})

    return altered(pdf, put)


def with_another_word(pdf: bytes, page: int = 0) -> bytes:
    """The PDF with two glyphs of a page's longest text put in each other's place."""

    def put(writer: PdfWriter) -> None:
        contents = writer.pages[page].get_contents()
        assert contents is not None
        data = contents.get_data()
        shown = sorted(re.finditer(rb"\(((?:[^()\\]|\\.)+)\) Tj", data), key=lambda match: -len(match[1]))
        for match in shown:
            plain = [at for at in range(match.start(1), match.end(1) - 1) if data[at : at + 2].isalnum()]
            at = next((one for one in plain if data[one] != data[one + 1]), None)
            if at is not None:
                break
        assert at is not None
        swapped = data[:at] + data[at + 1 : at + 2] + data[at : at + 1] + data[at + 2 :]
        stream = DecodedStreamObject()
        stream.set_data(swapped)
        writer.pages[page][NameObject("/Contents")] = writer._add_object(stream)

    return altered(pdf, put)
