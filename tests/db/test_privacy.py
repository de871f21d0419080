"""Requests about data: the clock, identity first, every record reviewed, the pack, and erasure that keeps the chain."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, add_client
from db.drafts import keep_jotting
from db.erasure import erase_person, plan_erasure
from db.errors import Refused
from db.exchange.access_pack import build_pack
from db.held import list_items
from db.history import list_steps
from db.insights import NewInsight, record_insight
from db.parties import NewContact, NewParty, add_party
from db.practice import Practice
from db.privacy import (
    Closing,
    NewRequest,
    Verification,
    close_request,
    decide_items,
    extend_request,
    get_request,
    lift_mark,
    log_request,
    mark_party,
    verify_identity,
)
from db.search import find
from db.trust import NewTrustNote, note_trust
from db.words import RightKind
from tests.db.made import bare, misplaced, value

TODAY = dt.date.today()
SECRET = "Marzipan in the vault"


def _person(practice: Practice) -> tuple[int, int]:
    """A client's id and his party's, with a contact, advice, a confidence and an insight."""
    contact = NewContact(kind="email", value="ana@vega.example")
    party = NewParty(given_name="Ana", family_name="Vega", notes=SECRET, contacts=[contact])
    client = int(str(practice.do(add_client, NewClient(party=party, standing="client")).result))
    practice.do(log_advice, NewAdvice(client_id=client, question="Settle?", advice="Yes", record=True, privileged=True))
    practice.do(log_advice, NewAdvice(client_id=client, question="Go on?", advice=SECRET))
    practice.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text=SECRET))
    practice.do(record_insight, NewInsight(client_id=client, kind="praise", verbatim=SECRET, themes=("Clarity",)))
    return client, int(str(value(practice, "SELECT party_id FROM client")))


def _request(practice: Practice, party: int, kind: RightKind = "access", *, verified: bool = True) -> int:
    number = int(str(practice.do(log_request, NewRequest(party_id=party, kind=kind, how="E-mail")).result))
    if verified:
        practice.do(verify_identity, number, Verification(how="Passport seen"))
    return number


@pytest.mark.parametrize(("received", "due"), [("2026-01-31", "2026-02-28"), ("2025-11-22", "2025-12-22")])
def test_the_clock_ends_after_a_month_of_the_calendar(practice: Practice, received: str, due: str) -> None:
    _client, party = _person(practice)
    new = NewRequest(party_id=party, kind="access", received_on=dt.date.fromisoformat(received))
    number = int(str(practice.do(log_request, new).result))
    row = practice.ask(get_request, number)
    assert row is not None
    assert row.due_on == dt.date.fromisoformat(due)
    assert row.days_left == (dt.date.fromisoformat(due) - TODAY).days


def test_a_request_is_extended_once_with_a_reason_and_in_time(practice: Practice) -> None:
    _client, party = _person(practice)
    number = _request(practice, party)
    with pytest.raises(Refused, match="required: reason"):
        practice.do(extend_request, number, " ")
    practice.do(extend_request, number, "Very many files")
    row = practice.ask(get_request, number)
    assert row is not None
    assert (row.extended, row.words) == (True, "Very many files")
    with pytest.raises(Refused, match="extended-already"):
        practice.do(extend_request, number, "Still many")


def test_everything_on_the_person_is_listed_with_what_speaks_against_giving_it(practice: Practice) -> None:
    _client, party = _person(practice)
    other = NewParty(name="Bruno", kind="person")
    elsewhere = int(str(practice.do(add_client, NewClient(party=other)).result))
    practice.do(log_advice, NewAdvice(client_id=elsewhere, question="Is Ana Vega liable?", advice="No", record=True))
    items = {(item.noun, item.hint, item.elsewhere) for item in practice.ask(list_items, _request(practice, party))}
    assert {
        ("party", "", ""),
        ("contact_point", "", ""),
        ("client", "", ""),
        ("advice", "privileged", ""),
        ("advice", "", ""),
        ("trust_note", "confidence", ""),
        ("insight", "", ""),
        ("rights_request", "", ""),
        ("advice", "third party", "Bruno"),
    } <= items


def test_a_confidence_does_not_show_in_the_list(practice: Practice) -> None:
    _client, party = _person(practice)
    number = _request(practice, party)
    titles = [item.title for item in practice.ask(list_items, number) if item.noun == "trust_note"]
    assert titles == ["confidence"]


def test_nothing_is_given_before_it_is_known_who_asks(practice: Practice, tmp_path: Path) -> None:
    _client, party = _person(practice)
    number = _request(practice, party, verified=False)
    with pytest.raises(Refused, match="identity-first"):
        practice.do(decide_items, number, [("party", party)], "given")
    with pytest.raises(Refused, match="identity-first"):
        practice.ask(build_pack, number, tmp_path / "pack")
    with pytest.raises(Refused, match="identity-first: outcome"):
        practice.do(close_request, number, Closing(outcome="answered"))
    practice.do(close_request, number, Closing(outcome="refused", words="He did not say who he is"))


def test_withholding_needs_its_ground(practice: Practice) -> None:
    _client, party = _person(practice)
    with pytest.raises(Refused, match="required: ground"):
        practice.do(decide_items, _request(practice, party), [("party", party)], "withheld")


def test_the_pack_holds_what_is_given_and_only_counts_what_is_withheld(practice: Practice, tmp_path: Path) -> None:
    _client, party = _person(practice)
    number, path = _request(practice, party), tmp_path / "pack.zip"
    with pytest.raises(Refused, match="items-open"):
        practice.ask(build_pack, number, path)
    assert list(tmp_path.glob("pack*")) == []
    items = practice.ask(list_items, number)
    kept = [item.key for item in items if item.noun in {"trust_note", "insight"}]
    practice.do(decide_items, number, [item.key for item in items if item.key not in kept], "given")
    practice.do(decide_items, number, kept, "withheld", "confidence")
    path.write_text("what stood here before", encoding="utf-8")
    pack = practice.ask(build_pack, number, path)
    assert (pack.given, pack.withheld) == (len(items) - 2, 2)
    with zipfile.ZipFile(path) as zipped:
        names = zipped.namelist()
        texts = {name: zipped.read(name).decode("utf-8-sig") for name in names}
    assert names[0] == "index.html"
    assert pack.files == len(names)
    data = json.loads(texts["data/data.json"])
    assert data["contact_point"][0]["value"] == "ana@vega.example"
    assert "trust_note" not in data
    assert "ana@vega.example" in texts["data/person.vcf"]
    assert texts["data/withheld.csv"].splitlines()[1:] == ["trust_note,1,confidence", "insight,1,confidence"]
    assert "Passport seen" in texts["index.html"]
    assert 'href="data/person.vcf"' in texts["index.html"]
    assert [each.name for each in tmp_path.glob("pack*")] == ["pack.zip"]


def test_a_pack_given_up_leaves_what_was_there_and_nothing_else(practice: Practice, tmp_path: Path) -> None:
    _client, party = _person(practice)
    number, path = _request(practice, party), tmp_path / "pack.zip"
    practice.do(decide_items, number, [item.key for item in practice.ask(list_items, number)], "given")
    path.write_text("what stood here before", encoding="utf-8")

    class GivenUp(Exception):
        pass

    for after in (0, 1, 2):

        def progress(done: int, _of: int, after: int = after) -> None:
            if done == after:
                raise GivenUp

        with pytest.raises(GivenUp):
            practice.ask(build_pack, number, path, str, progress)
        assert [each.name for each in tmp_path.glob("pack*")] == ["pack.zip"]
        assert path.read_text(encoding="utf-8") == "what stood here before"


def test_a_restriction_is_marked_with_its_day_and_lifted(practice: Practice) -> None:
    _client, party = _person(practice)
    number = _request(practice, party, "restriction")
    practice.do(mark_party, number)
    row = practice.ask(get_request, number)
    assert row is not None
    assert row.marked_on == TODAY
    practice.do(lift_mark, number)
    row = practice.ask(get_request, number)
    assert row is not None
    assert row.marked_on is None


def test_erasure_leaves_no_word_of_what_goes_and_a_chain_that_holds(practice: Practice) -> None:
    _client, party = _person(practice)
    number = _request(practice, party, "erasure")
    practice.jot(keep_jotting, {"question": f"Ana Vega and the {SECRET}"})
    practice.jot(keep_jotting, {"client_id": str(value(practice, "SELECT id FROM client")), "advice": SECRET})
    practice.jot(keep_jotting, {"question": "Somebody else"})
    plan = practice.ask(plan_erasure, party)
    assert plan.goes == {"insight_theme": 1, "insight": 1, "trust_note": 1, "contact_point": 1, "advice": 1}
    assert ("advice", 1, "claims") in plan.stays
    practice.do(erase_person, number)
    assert practice.check().problems == []
    assert practice.ask(find, "marzipan", confidences=True).total == 0
    assert practice.ask(find, "settle").total == 1
    assert value(practice, "SELECT group_concat(content) FROM draft") == '{"question": "Somebody else"}'
    assert value(practice, "SELECT name FROM party WHERE id = ?", party) == "Ana Vega"
    assert practice.undo().verb == "verify_identity"
    assert value(practice, "SELECT count(*) FROM trust_note") == 0
    path = practice.path
    practice.close()
    closed = bare(path)
    journal = closed.execute("SELECT before, after FROM change").fetchall()
    assert [row for row in journal if "arzipan" in str(row) or "ana@vega" in str(row)] == []
    closed.close()
    assert b"arzipan" not in path.read_bytes()


def test_somebody_whom_nothing_holds_loses_his_name_too(practice: Practice) -> None:
    party = int(str(practice.do(add_party, NewParty(given_name="Only", family_name="Met", notes=SECRET)).result))
    practice.do(erase_person, _request(practice, party, "erasure"))
    assert value(practice, "SELECT name FROM party WHERE id = ?", party) == f"#{party}"
    assert practice.ask(find, "met").total == 0
    assert misplaced(practice) == []
    assert practice.check().problems == []


def test_only_who_asked_for_it_and_is_known_is_erased(practice: Practice) -> None:
    _client, party = _person(practice)
    steps = len(practice.ask(list_steps))
    with pytest.raises(Refused, match="not-an-erasure"):
        practice.do(erase_person, _request(practice, party))
    with pytest.raises(Refused, match="identity-first"):
        practice.do(erase_person, _request(practice, party, "erasure", verified=False))
    assert len(practice.ask(list_steps)) == steps + 3
