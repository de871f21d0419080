"""The facts of the papers of the house, read from a real file: every number is what its list says."""

from __future__ import annotations

import datetime as dt
import io
from importlib import import_module
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import Session

from db.advice import NewAdvice, log_advice
from db.clients import ClientEdit, NewClient, NewStanding, add_client, change_standing, edit_client
from db.fees import NewFee, add_fee
from db.insights import (
    NewAction,
    NewInsight,
    Telling,
    add_insight_action,
    finish_insight_action,
    record_insight,
    settle_complaint,
    tell_what_was_done,
)
from db.parties import NewParty
from db.practice import Practice
from db.trust import (
    NewPromise,
    NewTrustNote,
    Renegotiation,
    Settling,
    add_promise,
    break_promise,
    keep_promise,
    note_trust,
    release_promise,
    renegotiate_promise,
)
from desktop.reports.family import Asked, kind_of, make
from desktop.reports.insight_summary import InsightFacts
from desktop.reports.portfolio import PortfolioFacts
from desktop.reports.trust_report import LISTED_OF_ALL, TrustFacts
from desktop.text import LANGUAGES
from tests.reports.reading import text, unbroken
from tests.reports.structure import structure

AT = dt.datetime.now(dt.UTC)
TODAY = AT.date()
SECRET = "Heronsecret"
HOUSE = ("trust", "portfolio", "insight", "today")


def ago(days: int) -> dt.date:
    """A day before today, or after it where `days` is below 0."""
    return TODAY - dt.timedelta(days=days)


def done(practice: Practice, action: Any, *values: Any) -> int:
    """Do it, and give the id that it gives."""
    result: Any = practice.do(action, *values).result
    return int(result)


def client(practice: Practice, name: str, **more: Any) -> int:
    """A client whom the practice serves."""
    new = NewClient(party=NewParty(kind="organisation", name=name), **{"standing": "client", "since": ago(900), **more})
    return done(practice, add_client, new)


def promise(practice: Practice, client_id: int, words: str, made: int, due: int, **more: Any) -> int:
    """A promise made and due so many days ago."""
    new = NewPromise(client_id=client_id, text=words, made_on=ago(made), due_on=ago(due), **more)
    return done(practice, add_promise, new)


def note(practice: Practice, client_id: int, kind: str, effect: int, words: str, days: int = 3, **more: Any) -> None:
    """A trust note of so many days ago."""
    told = {"client_id": client_id, "kind": kind, "effect": effect, "text": words, **more}
    noted = AT - dt.timedelta(days=days)
    practice.do(note_trust, NewTrustNote.model_validate({**told, "noted_at": noted}))


def speak(practice: Practice, client_id: int, days: int, question: str = "How is it?", **more: Any) -> None:
    """A recorded entry of so many days ago."""
    told = {"client_id": client_id, "question": question, "advice": "Well.", "record": True, **more}
    given = AT - dt.timedelta(days=days, minutes=5)
    practice.do(log_advice, NewAdvice.model_validate({**told, "given_at": given}))


def read(practice: Practice, kind: str, **asked: Any) -> Any:
    """The facts of a paper of the house."""
    return practice.ask(import_module(f"desktop.reports.{kind_of(kind).module}").read, Asked(AT, **asked))


# ------------------------------------------------------------------ trust


@pytest.fixture
def trusted(practice: Practice) -> tuple[Practice, int]:
    """A client with promises of every outcome, and notes that may be read and that may not."""
    alder = client(practice, "Alder Mill")
    practice.do(keep_promise, promise(practice, alder, "Kept one", 30, 20), Settling(on=ago(21)))
    practice.do(keep_promise, promise(practice, alder, "Late one", 30, 20), Settling(on=ago(10)))
    practice.do(break_promise, promise(practice, alder, "Broken one", 30, 20), Settling(words="Two desks."))
    practice.do(release_promise, promise(practice, alder, "Let go", 30, 5), Settling(words="Not needed."))
    old = promise(practice, alder, "Moved one", 9, -1, undertaking=True)
    practice.do(renegotiate_promise, old, Renegotiation(due_on=ago(-8), agreed_with="Rosa Finch"))
    promise(practice, alder, "Overdue one", 9, 2)
    promise(practice, alder, "Their accounts", 9, -2, by="client")
    note(practice, alder, "thanks", 2, "You told us first.", 40)
    note(practice, alder, "concern", -1, "Waits long.", 3)
    note(practice, alder, "confidence", -2, f"{SECRET} of the mill", told_by="Rosa Finch")
    note(practice, alder, "signal", -2, f"{SECRET} signal", restricted=True)
    return practice, alder


def test_rate_counts_what_was_kept_in_time_of_what_was_kept_or_broken(trusted: tuple[Practice, int]) -> None:
    practice, alder = trusted
    facts: TrustFacts = read(practice, "trust", client_id=alder)
    assert (facts.ours.kept, facts.ours.rated, facts.ours.settled_count) == (1, 3, 5)
    assert sum(each.status in ("kept", "late", "broken") for each in facts.ours.settled) == facts.ours.rated
    assert facts.ours.settled[0].words == "Two desks.", "what was broken comes first, with its reason"
    assert (facts.ours.open_count, facts.ours.late_count) == (2, 1)
    assert [each.text for each in facts.ours.open if each.undertaking] == ["Moved one"]
    assert [each.text for each in facts.theirs.open] == ["Their accounts"]


def test_reasons_and_undertakings_stand_on_the_paper(trusted: tuple[Practice, int]) -> None:
    practice, alder = trusted
    told = text(make(practice.ask, kind_of("trust"), Asked(AT, client_id=alder)).paper)
    for words in ("Why: Two desks.", "Agreed anew with: Rosa Finch", "Moved one (undertaking)", "2 days late"):
        assert words in told
    assert "Kept in time: 1 of 3." in told


def test_confidence_is_a_number_and_never_moves_the_line(trusted: tuple[Practice, int]) -> None:
    practice, alder = trusted
    made = make(practice.ask, kind_of("trust"), Asked(AT, client_id=alder))
    assert (made.facts.confidences, made.facts.restricted) == (1, 1)
    assert [moved for _on, moved in made.facts.moves] == [2, -1]
    assert made.left_out == {"confidences": 1, "restricted_notes": 1}
    assert "1 confidence is in the file and is not printed." in text(made.paper)
    assert "1 restricted note is in the file and is not printed." in text(made.paper)


@pytest.mark.parametrize("kind", [*HOUSE, "brief"])
def test_confidences_reach_no_paper_of_the_house(trusted: tuple[Practice, int], kind: str) -> None:
    practice, alder = trusted
    for asked in (Asked(AT, client_id=alder), Asked(AT)):
        if asked.client_id is None and kind == "brief":
            continue
        made = make(practice.ask, kind_of(kind), asked)
        assert SECRET not in repr(made.facts)
        assert SECRET not in unbroken(made.paper)
        assert SECRET not in str(PdfReader(io.BytesIO(made.paper.pdf)).metadata)


def test_without_a_client_trust_is_of_all_and_names_each(trusted: tuple[Practice, int]) -> None:
    practice, _alder = trusted
    other = client(practice, "Birch & Sons")
    promise(practice, other, "Their lease", 3, -3)
    facts: TrustFacts = read(practice, "trust")
    assert {each.client for each in facts.ours.open} == {"Alder Mill", "Birch & Sons"}
    assert facts.client == ""
    assert "Birch & Sons" in text(make(practice.ask, kind_of("trust"), Asked(AT)).paper)


def test_what_is_not_listed_is_counted(practice: Practice) -> None:
    alder = client(practice, "Alder Mill")

    def many(session: Session) -> None:
        for number in range(LISTED_OF_ALL + 5):
            add_promise(session, NewPromise(client_id=alder, text=f"Promise {number}", made_on=ago(1)))

    practice.do(many)
    made = make(practice.ask, kind_of("trust"), Asked(AT))
    assert made.facts.ours.open_count == LISTED_OF_ALL + 5
    assert "5 more are not listed." in text(made.paper)


def test_line_of_trust_says_in_words_what_it_shows(trusted: tuple[Practice, int]) -> None:
    practice, alder = trusted
    made = make(practice.ask, kind_of("trust"), Asked(AT, client_id=alder))
    (figure,) = structure(made.paper.pdf).all_of("Figure")
    assert "+1" in figure.alt
    assert "highest +2" in figure.alt


# ------------------------------------------------------------------ portfolio


def test_fees_attention_and_grades_are_summed_by_grade(practice: Practice) -> None:
    alder, birch = client(practice, "Alder Mill", grade="A"), client(practice, "Birch & Sons", grade="A")
    client(practice, "Cedar Works", standing="former", grade="A")
    for owner, days, amount in ((alder, 10, 40000), (alder, 400, 20000), (birch, 10, 10000), (birch, 1200, 99000)):
        practice.do(add_fee, NewFee(client_id=owner, charged_on=ago(days), amount_minor=amount))
    practice.do(add_fee, NewFee(client_id=alder, charged_on=ago(1), amount_minor=7, currency="PLN"))
    practice.do(add_fee, NewFee(client_id=alder, charged_on=ago(1), amount_minor=7, kind="paid"))
    speak(practice, alder, 5, channel="meeting")
    speak(practice, alder, 200)
    practice.do(log_advice, NewAdvice(client_id=alder, question="A draft?"))
    facts: PortfolioFacts = read(practice, "portfolio")
    (grade,) = facts.grades
    assert (grade.grade, grade.clients, grade.fees_year, grade.fees_three, grade.contacts) == ("A", 2, 50000, 70000, 1)
    assert [(each.client, each.fees_year, each.fees_three) for each in facts.effort] == [
        ("Alder Mill", 40000, 60000),
        ("Birch & Sons", 10000, 10000),
    ]
    assert facts.effort[0].attention == 3


def test_quiet_clients_come_with_their_reason_and_the_last_thing_said(practice: Practice) -> None:
    alder = client(practice, "Alder Mill", grade="A", rhythm_days=10)
    speak(practice, alder, 40, "May the mill be let?")
    facts: PortfolioFacts = read(practice, "portfolio")
    (quiet,) = facts.quiet
    assert (quiet.client, quiet.state, quiet.usual, quiet.silent) == ("Alder Mill", "at risk", 10, 40)
    told = text(make(practice.ask, kind_of("portfolio"), Asked(AT)).paper)
    assert "usually every 10 days — silent for 40. Last: May the mill be let?" in told


def test_a_grade_that_was_changed_and_taken_back_is_no_change(practice: Practice) -> None:
    alder, birch = client(practice, "Alder Mill", grade="B"), client(practice, "Birch & Sons", grade="B")
    for owner, grades in ((alder, ("A", "B")), (birch, ("C", "A"))):
        for grade in grades:
            practice.do(edit_client, owner, ClientEdit.model_validate({"grade": grade}))
    facts: PortfolioFacts = read(practice, "portfolio")
    assert [(each.client, each.before, each.after) for each in facts.regraded] == [("Birch & Sons", "B", "A")]
    assert facts.regraded_count == 1


def test_who_came_and_who_left_stand_with_the_reason(practice: Practice) -> None:
    client(practice, "Alder Mill", since=ago(20))
    birch = client(practice, "Birch & Sons")
    gone = NewStanding(standing="former", reason="price", words="Too dear.", changed_on=ago(4))
    practice.do(change_standing, birch, gone)
    facts: PortfolioFacts = read(practice, "portfolio")
    assert [each.client for each in facts.came] == ["Alder Mill"]
    assert [(each.client, each.reason, each.words) for each in facts.left] == [("Birch & Sons", "price", "Too dear.")]
    assert facts.reasons == (("price", 1),)
    assert read(practice, "portfolio", until=ago(30)).left_count == 0


# ------------------------------------------------------------------ insight


def hear(practice: Practice, words: str, **more: Any) -> int:
    """An insight of a few days ago."""
    told = {"kind": "survey", "verbatim": words, "heard_on": ago(5), **more}
    return done(practice, record_insight, NewInsight.model_validate(told))


def test_every_count_of_the_insight_summary_is_of_the_period(practice: Practice) -> None:
    alder = client(practice, "Alder Mill")
    hear(practice, "Quick as ever", client_id=alder, feeling="pleased", themes=("Speed",), metric="recommend", score=9)
    hear(practice, "Quick", client_id=alder, themes=("Speed", "Fees"), metric="recommend", score=9, may_quote=True)
    hear(practice, "Long ago", client_id=alder, themes=("Speed",), heard_on=ago(800), metric="recommend", score=1)
    facts: InsightFacts = read(practice, "insight")
    assert (facts.heard, facts.clients, facts.themed, facts.feelings) == (2, 1, 2, (("pleased", 1),))
    assert [(theme.name, theme.said, theme.clients) for theme in facts.themes] == [("Speed", 2, 1), ("Fees", 1, 1)]
    assert [quote.may_quote for quote in facts.themes[0].quotes] == [True, False]
    (scale,) = facts.scales
    assert (scale.answers, scale.counts[9], sum(scale.counts)) == (2, 2, 2)


def test_quote_without_consent_is_printed_and_marked(practice: Practice) -> None:
    alder = client(practice, "Alder Mill")
    hear(practice, "Quick as ever", client_id=alder, themes=("Speed",))
    told = text(make(practice.ask, kind_of("insight"), Asked(AT)).paper)
    assert "“Quick as ever”" in told
    assert told.count("not to be quoted") == 2, "once beside the quote, once where it is explained"
    assert "%" not in told


def test_complaint_stands_with_what_was_done_and_told(practice: Practice) -> None:
    alder = client(practice, "Alder Mill")
    heard = hear(practice, "The lift was broken", client_id=alder, kind="complaint")
    action = done(practice, add_insight_action, heard, NewAction(what="Mend the lift", owner="Tess"))
    opened = done(practice, add_insight_action, heard, NewAction(what="A spare key", due_on=ago(3)))
    assert action != opened
    facts: InsightFacts = read(practice, "insight")
    assert [(each.what, each.state) for each in facts.open] == [("A spare key", "overdue"), ("Mend the lift", "open")]
    practice.do(finish_insight_action, action)
    assert [each.state for each in read(practice, "insight").done] == ["done"]
    practice.do(tell_what_was_done, action, Telling(how="On the phone"))
    practice.do(settle_complaint, heard)
    facts = read(practice, "insight")
    assert (facts.done_count, facts.told, facts.open_count, facts.complaints_count, facts.settled) == (1, 1, 1, 1, 1)
    assert {each.what for each in facts.complaints[0].actions} == {"Mend the lift", "A spare key"}


# ------------------------------------------------------------------ all of them


@pytest.mark.parametrize("kind", HOUSE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_practice_has_a_page_that_says_so(practice: Practice, kind: str, language: str) -> None:
    paper = make(practice.ask, kind_of(kind), Asked(AT, language=language)).paper
    assert paper.pages == 1
    paragraphs = [each.text for each in structure(paper.pdf).all_of("P") if len(each.text.split()) > 8]
    assert paragraphs, "one sentence says that there is nothing yet"


@pytest.mark.parametrize("kind", HOUSE)
def test_names_without_end_stay_on_their_page(practice: Practice, kind: str) -> None:
    long = client(practice, "Wyrm" * 300, grade="A", rhythm_days=7)
    speak(practice, long, 60, "Why" * 500)
    practice.do(add_fee, NewFee(client_id=long, charged_on=ago(5), amount_minor=9))
    for number in range(45):
        promise(practice, long, f"Promise {number} " + "without an end " * 60, 9, 2)
    note(practice, long, "concern", -2, "a concern " * 400)
    hear(practice, "said " * 900, client_id=long, themes=("Theme" * 12,), kind="complaint")
    paper = make(practice.ask, kind_of(kind), Asked(AT, client_id=long if kind == "trust" else None)).paper
    for page in PdfReader(io.BytesIO(paper.pdf)).pages:
        assert page.extract_text().strip()
    assert paper.pages < 30
