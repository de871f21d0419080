"""The client report, from facts written by hand to the text of its pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
import sys
from typing import Any

import pytest

from desktop.reports.client_facts import ClientReportFacts, PracticeFacts, ResponseFacts, digest
from desktop.reports.client_report import render
from desktop.reports.omissions import in_words
from tests.reports.reading import bookmarks, catalogue, fonts, pages, reader, text
from tests.reports.sample import LARREA

SECTIONS = {
    "en": ["Where things stand", "Your matters", "Advice we gave you", "What we promised", "What you promised us",
           "Advice and work over the year", "What you told us", "What comes next"],
    "es": ["Situación actual", "Sus asuntos", "Consejos que le dimos", "Lo que prometimos", "Lo que usted nos prometió",
           "Asesoramiento y trabajo del año", "Lo que usted nos dijo", "Próximos pasos"],
    "pl": ["Stan spraw", "Państwa sprawy", "Nasze porady", "Co obiecaliśmy", "Co obiecali nam Państwo",
           "Doradztwo i praca w ciągu roku", "Co nam Państwo powiedzieli", "Co dalej"],
}  # fmt: skip
SAID = {
    "en": ["Client report · January to November 2026", "Your adviser: Elena Noriega", "2 of 3", "€24,300.00",
           "Rests on: counsel’s note of 14 Nov", "Your decision is awaited", "You accepted on 24 Oct 2026",
           "Amended on 15 Sep 2026: the ministry put the date off", "due today",
           "You decided otherwise, against our advice, on 10 Sep 2026",
           "record entries 12,066 – 18,204 · chain 9f3c9f3c · digest", "verified 21 Nov 2026 09:40",
           "21 November 2026", "late entry"],
    "es": ["Informe al cliente · enero a noviembre de 2026", "2 de 3", "24.300,00 €", "Usted lo aceptó el 24 oct 2026",
           "asientos 12.066 – 18.204", "21 de noviembre de 2026", "DESPACHO DE ABOGADOS", "vence hoy"],
    "pl": ["Raport dla klienta · styczeń – listopad 2026", "2 z 3", "24 300,00 €", "Zaakceptowali Państwo 24 paź 2026",
           "wpisy w aktach 12 066 – 18 204", "21 listopada 2026", "KANCELARIA PRAWNA", "obietnic dotrzymano"],
}  # fmt: skip


def spoken(language: str, **changes: Any) -> ClientReportFacts:
    return dataclasses.replace(LARREA, language=language, **changes)


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_report_speaks_the_clients_language(language: str) -> None:
    paper = render(spoken(language))
    told = text(paper)
    assert bookmarks(paper) == SECTIONS[language]
    for words in [*SECTIONS[language], *SAID[language], LARREA.summary, "Iñaki Larrea", "Vega & Noriega"]:
        assert " ".join(words.split()) in told
    assert catalogue(paper)["/Lang"] == language


def test_an_unknown_language_speaks_english() -> None:
    assert "Where things stand" in text(render(spoken("tlh")))


@pytest.mark.parametrize(
    ("language", "pattern"), [("en", "Page {} of {}"), ("es", "Página {} de {}"), ("pl", "Strona {} z {}")]
)
def test_each_page_says_its_number_and_how_many_there_are(language: str, pattern: str) -> None:
    paper = render(spoken(language))
    told = pages(paper)
    assert len(told) == paper.pages > 1
    for number, page in enumerate(told, 1):
        assert pattern.format(number, paper.pages) in page


def test_following_pages_name_the_client_in_the_header() -> None:
    first, second, *_ = pages(render(LARREA))
    assert "Confidential — prepared for Iñaki Larrea" in first
    assert "Iñaki Larrea · Client report" in second
    assert "Confidential" not in second


def test_document_properties_name_the_report_and_the_practice() -> None:
    paper = render(LARREA)
    about = reader(paper).metadata
    assert about is not None
    assert about.title == "Client report · Iñaki Larrea · January to November 2026"
    assert about.author == "Vega & Noriega"
    assert about.subject == "Client report for Iñaki Larrea, January to November 2026"
    assert paper.digest in str(about["/Keywords"])


def test_every_font_is_embedded() -> None:
    for name, embedded in fonts(render(spoken("pl", summary="Ω ł 日本 שלום 🙂 العربية"))).items():
        assert embedded, name


def test_equal_facts_give_equal_bytes_and_other_facts_another_digest() -> None:
    first, second = render(LARREA, invariant=True), render(LARREA, invariant=True)
    assert first.pdf == second.pdf
    assert first.digest == second.digest == digest(LARREA)
    assert len(first.digest) == 64
    assert first.digest[:12] in text(first)
    assert digest(dataclasses.replace(LARREA, summary=LARREA.summary + ".")) != first.digest


def test_a_client_with_nothing_on_record_gets_one_plain_page() -> None:
    practice = PracticeFacts("Nowa Pracownia", "design", "PL")
    day = dt.date(2026, 11, 21)
    paper = render(ClientReportFacts(practice, "Jan Pusty", "C-0001", dt.date(2026, 1, 1), day, day))
    assert paper.pages == 1
    assert bookmarks(paper) == ["Where things stand", "Advice we gave you"]
    assert "There is no agreed work on record in this period." in text(paper)


def test_where_things_stand_is_told_from_the_facts_when_nobody_wrote_it() -> None:
    told = text(render(spoken("en", summary="")))
    assert "At work for you: Larrea v. Portus and Crew contracts 2026." in told
    assert "1 question waits for your decision; it is set out below." in told


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 sprawa czeka"),
        (3, "3 sprawy czekają"),
        (5, "5 spraw czeka"),
        (22, "22 sprawy czekają"),
        (12, "12 spraw czeka"),
    ],
)
def test_polish_counts_in_its_three_forms(number: int, words: str) -> None:
    assert words in text(render(spoken("pl", summary="", advice=LARREA.advice[:1] * number)))


def test_response_to_an_amendment_is_the_answer() -> None:
    entry = LARREA.advice[2]
    later = dataclasses.replace(entry.amendments[0], response=ResponseFacts("accepted", dt.date(2026, 9, 16)))
    told = text(render(spoken("en", advice=(dataclasses.replace(entry, amendments=(later,)),))))
    assert "You accepted on 16 Sep 2026" in told
    assert "against our advice" not in told


def test_a_late_promise_is_called_late() -> None:
    promise = dataclasses.replace(LARREA.promises[0], due_on=dt.date(2026, 11, 1))
    told = text(render(spoken("en", summary="", promises=(promise,))))
    assert "1 promise of ours is late." in told
    assert "1 Nov, 16:00 late" in told


def test_promises_that_are_not_due_yet_are_not_counted_as_unkept() -> None:
    promise = dataclasses.replace(LARREA.promises[0], status="open", kept_on=None, due_on=LARREA.made_on)
    for language, words in (("en", "promise made to you"), ("es", "promesa que le hicimos"), ("pl", "obietnica dla")):
        told = text(render(spoken(language, promises=(promise,))))
        assert words in told
        assert "0 of 1" not in told
    overdue = dataclasses.replace(promise, due_on=LARREA.made_on - dt.timedelta(days=1))
    assert "0 of 1" in text(render(spoken("en", promises=(overdue,))))


def test_profession_names_the_work() -> None:
    practice = dataclasses.replace(LARREA.practice, profession="design")
    assert "Your projects" in bookmarks(render(spoken("en", practice=practice)))


def test_paper_follows_the_country() -> None:
    sizes = {}
    for country in ("ES", "US"):
        paper = render(spoken("en", practice=dataclasses.replace(LARREA.practice, country=country)))
        box = reader(paper).pages[0].mediabox
        sizes[country] = (round(float(box.width)), round(float(box.height)))
    assert sizes == {"ES": (595, 842), "US": (612, 792)}


def test_logo_of_the_practice_is_printed_and_a_broken_one_is_left_out() -> None:
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (120, 60), "#1B665C").save(picture, "PNG")
    with_logo = render(spoken("en", practice=dataclasses.replace(LARREA.practice, logo=picture.getvalue())))
    broken = render(spoken("en", practice=dataclasses.replace(LARREA.practice, logo=b"\x89PNG\r\n\x1a\n no")))
    assert [len(page.images) for page in reader(with_logo).pages] == [1] + [0] * (with_logo.pages - 1)
    assert not any(page.images for page in reader(broken).pages)
    assert broken.pages == with_logo.pages


def test_left_out_is_said_in_words() -> None:
    assert in_words({"drafts": 1, "confidences": 3, "glyphs": 2}) == [
        "1 draft",
        "3 confidences",
        "2 characters that no font has, spelt out",
    ]


def test_importing_and_printing_a_report_loads_no_qt() -> None:
    program = (
        "import sys; from desktop.reports.client_report import render; from tests.reports.sample import LARREA;"
        "render(LARREA); sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
