"""Whether a printed report is the record: printed from real files, changed in every way that a cheat may try."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from sqlmodel import Session

from db.advice import Amendment, NewResponse, amend_advice, respond_to_advice
from db.conflicts import NewConflictCheck, record_decision
from db.engagements import EngagementEdit, edit_engagement
from db.practice import Practice
from db.trust import NewTrustNote, note_trust
from desktop.reports import client_report, verdict_words
from desktop.reports.client_facts import canonical
from desktop.reports.family import Asked
from desktop.reports.received import Unreadable, load, receive
from desktop.reports.verifying import verify
from tests.reports.sealed import (
    advised,
    altered,
    facts_of,
    founded,
    made,
    printed,
    verdict,
    with_another_word,
    with_facts,
    with_keywords,
)  # fmt: skip

SEALED = {
    "client": {"client_id": 1},
    "advice-note": {"advice_id": 1},
    "advice-history": {"client_id": 1},
    "hand-over": {"client_id": 1},
    "conflict-certificate": {"check_id": 1},
}


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with founded(tmp_path / "vega.cliens") as practice:
        yield practice


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Practice, bytes]]:
    """A practice that no test changes, and a report of it."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENS_HOME", str(folder / "home"))
        with founded(folder / "vega.cliens") as practice:
            yield practice, printed(practice)


def happened(practice: Practice, pdf: bytes) -> list[tuple[str, str]]:
    answer = verdict(practice, pdf)
    assert answer.verdict == "grown"
    return [(later.what, later.number or later.noun) for later in answer.since]


# ---------------------------------------------------------------------- genuine


@pytest.mark.parametrize("kind", SEALED)
@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_every_sealed_report_is_known_again(practice: Practice, kind: str, language: str) -> None:
    if kind == "conflict-certificate":
        practice.do(record_decision, NewConflictCheck(names=["Portus Limited"], decision="clear", client_id=1), "Elena")
    pdf = printed(practice, kind, **SEALED[kind], language=language)
    answer = verdict(practice, pdf)
    assert (answer.verdict, answer.why, answer.notes) == ("unchanged", "", ())
    assert answer.kind == kind
    assert answer.record is not None
    assert answer.entries == answer.record.last - answer.record.first + 1 > 0
    assert "Iñaki Larrea" in verdict_words.about_sentence(answer)


def test_what_others_do_does_not_change_a_clients_record(practice: Practice) -> None:
    pdf = printed(practice)
    made(practice, note_trust, NewTrustNote(client_id=1, kind="confidence", text="He will sell the boat."))
    assert verdict(practice, pdf).verdict == "unchanged"


def test_growth_is_listed_entry_by_entry(practice: Practice) -> None:
    pdf = printed(practice)
    advised(practice, "May the crew work the long season?", "No.")
    made(practice, amend_advice, 1, Amendment(reason="the costs rose", advice="Settle below 150,000 euro."))
    made(practice, respond_to_advice, 3, NewResponse(response="accepted"))
    assert happened(practice, pdf) == [("new", "A-0002"), ("amended", "A-0003"), ("answered", "A-0003")]
    told = [verdict_words.later_sentence(later) for later in verdict(practice, pdf).since]
    assert "A-0003 amends A-0001" in told[1]
    practice.undo()
    practice.undo()
    assert happened(practice, pdf)[3:] == [("unanswered", "A-0003"), ("withdrawn", "A-0003")]
    assert verdict(practice, printed(practice)).verdict == "unchanged"


def test_what_the_report_shows_besides_advice_is_listed_when_it_would_read_differently(practice: Practice) -> None:
    pdf = printed(practice)
    practice.do(edit_engagement, 1, EngagementEdit(title="Berth lease renewal"))
    answer = verdict(practice, pdf)
    assert [(later.what, later.noun, later.title) for later in answer.since] == [
        ("changed", "engagement", "Berth lease renewal")
    ]


def test_a_withdrawn_check_is_told_of_its_certificate(practice: Practice) -> None:
    practice.do(record_decision, NewConflictCheck(names=["Portus Limited"], decision="clear", client_id=1), "Elena")
    pdf = printed(practice, "conflict-certificate", check_id=1)
    practice.undo()
    assert happened(practice, pdf) == [("withdrawn", "conflict_check")]


def test_an_older_report_is_still_genuine_when_its_client_has_another_name(practice: Practice) -> None:
    from db.parties import PartyEdit, edit_party

    pdf = printed(practice)
    practice.do(edit_party, 1, PartyEdit(name="Iñaki Larrea Goñi"))
    assert happened(practice, pdf) == [("changed", "party")]


def test_a_file_that_another_program_saved_anew_is_said_to_be_known_by_its_words(
    kept: tuple[Practice, bytes],
) -> None:
    practice, pdf = kept
    answer = verdict(practice, altered(pdf, lambda _writer: None))
    assert (answer.verdict, answer.notes) == ("unchanged", ("saved-anew",))


# ---------------------------------------------------------------------- not from here


def test_a_word_changed_on_a_page_is_found_and_shown(kept: tuple[Practice, bytes]) -> None:
    practice, pdf = kept
    answer = verdict(practice, with_another_word(pdf))
    assert (answer.verdict, answer.why) == ("not-from-here", "pages-altered")
    assert answer.differences[0].page == 1
    assert answer.differences[0].says != answer.differences[0].printed
    assert "Page 1" in verdict_words.difference_sentence(answer.differences[0])


def test_a_note_laid_over_a_page_is_found(kept: tuple[Practice, bytes]) -> None:
    practice, pdf = kept
    cover = FreeText(text="Settle for nothing.", rect=(70, 300, 500, 500), background_color="ffffff")
    assert verdict(practice, altered(pdf, lambda writer: writer.add_annotation(0, cover))).why == "pages-altered"


def test_a_page_taken_out_or_put_in_is_found(kept: tuple[Practice, bytes]) -> None:
    practice, pdf = kept

    def put_in(writer: PdfWriter) -> None:
        writer.add_blank_page(595, 842)

    assert verdict(practice, altered(pdf, put_in)).why == "pages-altered"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_bytes_of_the_facts_are_found(kept: tuple[Practice, bytes], data: st.DataObject) -> None:
    practice, pdf = kept
    facts = receive(pdf).facts
    assert facts is not None
    start = data.draw(st.integers(0, len(facts) - 1))
    length = data.draw(st.integers(1, min(40, len(facts) - start)))
    other = data.draw(st.binary(max_size=40))
    changed = facts[:start] + other + facts[start + length :]
    if changed != facts:
        assert verdict(practice, with_facts(pdf, changed)).verdict == "not-from-here"


def test_changed_keywords_are_found(kept: tuple[Practice, bytes]) -> None:
    practice, pdf = kept
    for change, why in (
        (lambda told: told.replace("record 1-", "record 2-"), "keywords-altered"),
        (lambda told: told[:-1] + ("0" if told[-1] != "0" else "1"), "keywords-altered"),
        (lambda told: "facts " + "0" * 64 + told[70:], "facts-altered"),
        (lambda _told: "", "keywords-altered"),
    ):
        assert verdict(practice, with_keywords(pdf, change)).why == why


def test_facts_forged_with_a_fitting_digest_are_not_what_the_record_held(practice: Practice) -> None:
    facts = practice.ask(client_report.read, Asked(dt.datetime.now().astimezone(), client_id=1))
    entry = dataclasses.replace(facts.advice[0], advice="Settle below 280,000 euro.")
    forged = client_report.render(dataclasses.replace(facts, advice=(entry,))).pdf
    assert "280,000" in str(facts_of(forged)["advice"])
    assert verdict(practice, forged).why == "not-the-record"
    assert facts.record is not None
    for changed in (
        dataclasses.replace(facts.record, first=2),
        dataclasses.replace(facts.record, last=facts.record.last - 1),
        dataclasses.replace(facts.record, digest="0" * 64),
        dataclasses.replace(facts.record, origin="0" * 64),
    ):
        paper = client_report.render(dataclasses.replace(facts, record=changed)).pdf
        assert verdict(practice, paper).verdict == "not-from-here"


def test_a_report_claiming_another_version_must_still_have_the_records_words(practice: Practice) -> None:
    facts = practice.ask(client_report.read, Asked(dt.datetime.now().astimezone(), client_id=1))
    assert facts.record is not None
    older = dataclasses.replace(facts, record=dataclasses.replace(facts.record, program="0.0.1"))
    pdf = client_report.render(older).pdf
    assert verdict(practice, pdf).verdict == "unchanged"
    assert verdict(practice, altered(pdf, lambda _writer: None)).notes == ("other-layout",)


def test_another_practices_report_is_not_from_here(practice: Practice, tmp_path: Path) -> None:
    with founded(tmp_path / "other.cliens", "Smith & Daughters") as other:
        answer = verdict(practice, printed(other))
    assert (answer.verdict, answer.why) == ("not-from-here", "other-practice")


def test_a_copy_that_went_on_in_another_way_and_an_older_one_are_told_apart(practice: Practice, tmp_path: Path) -> None:
    copy = tmp_path / "copy.cliens"
    practice.back_up(tmp_path / "backups")
    shutil.copy(next((tmp_path / "backups").glob("*.cliens*")), copy)
    advised(practice, "Appeal?", "No.")
    pdf = printed(practice)
    with Practice.open(copy, None, accept_older=True, backup=False) as other:
        assert verdict(other, pdf).why == "older-file"
        advised(other, "Appeal?", "By all means.")
        assert verdict(other, pdf).why == "other-copy"


def test_a_file_whose_own_chain_was_broken_verifies_nothing(practice: Practice, tmp_path: Path) -> None:
    import sqlcipher3.dbapi2 as driver

    pdf = printed(practice)
    practice.close()
    connection = driver.connect(str(practice.path))
    connection.execute("DROP TRIGGER change_kept")
    connection.execute("UPDATE change SET after = replace(after, '180,000', '280,000') WHERE noun = 'advice'")
    connection.commit()
    connection.close()
    with Practice.open(practice.path, None, backup=False) as opened:
        assert verdict(opened, pdf).why == "file-altered"


def test_a_pdf_without_a_seal_says_that_only_the_original_can_be_verified(kept: tuple[Practice, bytes]) -> None:
    practice, pdf = kept

    def print_anew(writer: PdfWriter) -> None:
        del writer.root_object["/Names"]

    answer = verdict(practice, altered(pdf, print_anew))
    assert answer.why == "no-seal"
    assert "as it came out of Cliens" in verdict_words.why_sentence(answer)


def test_broken_protected_huge_and_foreign_files_are_said_to_be_so(
    kept: tuple[Practice, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice, pdf = kept

    def protect(writer: PdfWriter) -> None:
        writer.encrypt("heron", algorithm="RC4-128")

    for content, why in (
        (b"", "not-a-pdf"),
        (b"PK\x03\x04 no pdf", "not-a-pdf"),
        (pdf[: len(pdf) * 2 // 3], "cut-off"),
        (b"%PDF-1.5\n1 0 obj <</Kids [1 0 R]>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n", "broken"),
        (altered(pdf, protect), "encrypted"),
    ):
        answer = verdict(practice, content)
        assert (answer.verdict, answer.why) == ("not-from-here", why)
        assert verdict_words.why_sentence(answer)
    monkeypatch.setattr("desktop.reports.received.LARGEST", len(pdf) - 1)
    (tmp_path / "large.pdf").write_bytes(pdf)
    with pytest.raises(Unreadable, match="too-large"):
        load(tmp_path / "large.pdf")


def test_a_pdf_that_takes_for_ever_is_given_up(kept: tuple[Practice, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    practice, pdf = kept
    monkeypatch.setattr("desktop.reports.received.SECONDS", 0.0)
    assert verdict(practice, pdf).why == "too-long"


def test_facts_that_are_no_report_are_no_seal(kept: tuple[Practice, bytes]) -> None:
    import hashlib

    practice, pdf = kept
    facts = facts_of(pdf)
    record = facts["record"]
    others: list[Any] = [
        [],
        {},
        {**facts, "record": None},
        {**facts, "record": {**record, "step": 2**80}},
        {**facts, "record": {**record, "asked": {**record["asked"], "check": []}}},
        {**facts, "record": {**record, "asked": {**record["asked"], "advice": "A-x"}}},
        {**facts, "since": "once"},
    ]
    for told in others:
        content = canonical(told)
        paper = with_facts(pdf, content)
        digest = hashlib.sha256(content).hexdigest()
        paper = with_keywords(paper, lambda said, digest=digest: f"facts {digest}" + said[70:])  # type: ignore[misc]
        assert verdict(practice, paper).why == "no-seal"


def test_verifying_can_be_given_up(kept: tuple[Practice, bytes]) -> None:
    class GivenUp(Exception):
        pass

    def stop(done: int, _of: int) -> None:
        if done == 2:
            raise GivenUp

    practice, pdf = kept
    with pytest.raises(GivenUp):
        verify(practice.ask, pdf, stop)


def test_verifying_says_how_far_it_is_and_never_goes_back(kept: tuple[Practice, bytes]) -> None:
    practice, pdf = kept
    told: list[tuple[int, int]] = []
    verify(practice.ask, pdf, lambda done, of: told.append((done, of)))
    assert {of for _done, of in told} == {100}
    assert [done for done, _of in told] == sorted(done for done, _of in told)
    assert (told[0][0], told[-1][0]) == (0, 100)


def test_walk_along_a_long_chain_is_told_and_ends_where_it_is_given_up(practice: Practice) -> None:
    class GivenUp(Exception):
        pass

    def many(session: Session) -> None:
        session.connection().exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
            " INSERT INTO tag (party_id, name) SELECT 1, 'Tag ' || i FROM n"
        )

    practice.do(many)
    pdf = printed(practice)
    told: list[int] = []

    def until(end: int, done: int) -> None:
        told.append(done)
        if done > end:
            raise GivenUp

    assert verify(practice.ask, pdf, lambda done, _of: until(100, done)).verdict == "unchanged"
    # The chain is most of the work, and is told in its turn, not only before and after.
    walked = sorted({done for done in told if 2 < done < 75})
    assert len(walked) >= 4
    told.clear()
    with pytest.raises(GivenUp):
        verify(practice.ask, pdf, lambda done, _of: until(walked[0], done))
    assert told[-1] == walked[1]
    assert verdict(practice, pdf).verdict == "unchanged"


def test_every_answer_has_its_words_in_every_language(kept: tuple[Practice, bytes]) -> None:
    from desktop import text

    practice, pdf = kept
    answer = verdict(practice, pdf)
    for language in text.LANGUAGES:
        with text.speaking(language):
            for why in verdict_words._WHY:
                assert verdict_words.why_sentence(dataclasses.replace(answer, why=why))
            for note in verdict_words._NOTES:
                assert verdict_words.note_sentences(dataclasses.replace(answer, notes=(note,)))
