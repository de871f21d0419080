"""The conflict check on a real file: whom it finds, what it says of them, and what is kept."""

from __future__ import annotations

from typing import cast
from weakref import WeakKeyDictionary

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import known_names
from db.clients import NewClient, NewStanding, add_client, change_standing
from db.conflicts import (
    ConflictHit,
    NameResult,
    NewConflictCheck,
    check_names,
    get_check,
    list_checks,
    record_decision,
    without_party,
)
from db.engagements import NewEngagement, NewRole, NewStage, add_engagement, add_role, change_stage
from db.errors import Refused
from db.known_names import read_names
from db.parties import NewLink, NewName, NewParty, PartyEdit, add_party, edit_party, link_parties
from db.practice import Practice
from db.words import NameKind, Standing, Verdict


def _found_a_case(session: Session) -> int:
    """Iñaki Larrea, client, against Portus Terminal, whose parent is Portus Holding."""
    larrea = add_party(session, NewParty(name="Larrea, Iñaki", given_name="Iñaki", family_name="Larrea"))
    client = add_client(session, NewClient(party_id=larrea, standing="client"))
    case = add_engagement(session, NewEngagement(client_id=client, title="Larrea v. Portus", stage="active"))
    terminal = add_party(session, NewParty(kind="organisation", name="Portus Terminal"))
    holding = add_party(session, NewParty(kind="organisation", name="Portus Holding B.V."))
    link_parties(session, NewLink(from_id=holding, to_id=terminal, kind="parent company of"))
    add_role(session, NewRole(engagement_id=case, party_id=terminal, kind="adverse"))
    witness = add_party(session, NewParty(name="Ignacia Larrea Arana"))
    strike = add_engagement(session, NewEngagement(client_id=client, title="Port strike 2021", stage="active"))
    add_role(session, NewRole(engagement_id=strike, party_id=witness, kind="witness"))
    change_stage(session, strike, NewStage(stage="completed", outcome="Settled"))
    return case


@pytest.fixture
def case(practice: Practice) -> int:
    return cast(int, practice.do(_found_a_case).result)


def _check(practice: Practice, name: str) -> NameResult:
    return practice.ask(check_names, [name]).names[0]


def _hit(result: NameResult, party: str) -> ConflictHit:
    return next(hit for hit in result.hits if hit.party == party)


def _party(practice: Practice, new: NewParty) -> int:
    return cast(int, practice.do(add_party, new).result)


@pytest.mark.usefixtures("case")
def test_a_misspelt_client_is_found_with_its_reasons_and_its_work(practice: Practice) -> None:
    result = _check(practice, "Ignacio Larea")
    assert result.verdict == "stop"
    client, witness = result.hits
    assert (client.party, client.score, client.role, client.standing) == ("Larrea, Iñaki", 94, "client", "client")
    assert (client.where, client.status) == ("Larrea v. Portus", "open")
    assert [(reason.code, reason.said, reason.found) for reason in client.why] == [
        ("given-name-variant", "Ignacio", "Iñaki"),
        ("one-letter-apart", "Larea", "Larrea"),
    ]
    assert (witness.party, witness.score, witness.role) == ("Ignacia Larrea Arana", 71, "witness")
    assert (witness.where, witness.status) == ("Port strike 2021", "closed")


@pytest.mark.usefixtures("case")
def test_an_opponent_stops_under_another_company_form_and_brings_its_parent(practice: Practice) -> None:
    result = _check(practice, "Portus Terminal S.A.")
    assert result.verdict == "stop"
    terminal, holding = result.hits
    assert (terminal.party, terminal.score, terminal.role) == ("Portus Terminal", 100, "adverse")
    assert (holding.party, holding.score, holding.role, holding.where) == ("Portus Holding B.V.", 88, "linked", "")
    assert (holding.why[0].code, holding.why[0].said, holding.why[0].found) == (
        *("linked", "parent company of", "Portus Terminal"),
    )


@pytest.mark.usefixtures("case")
def test_the_parent_company_leads_to_the_opponent_behind_it(practice: Practice) -> None:
    result = _check(practice, "Portus Holding")
    assert result.verdict == "stop"
    assert _hit(result, "Portus Terminal").why[0].said == "subsidiary of"


@pytest.mark.usefixtures("case")
def test_links_are_followed_two_steps_and_no_further(practice: Practice) -> None:
    def chain(session: Session) -> None:
        names = ("Berit Lund", "Lund Shipping AS", "Nordhavn Invest", "Far Away AB")
        parties = [
            add_party(session, NewParty(kind="organisation" if n else "person", name=name))
            for n, name in enumerate(names)
        ]
        link_parties(session, NewLink(from_id=parties[0], to_id=parties[1], kind="director of"))
        link_parties(session, NewLink(from_id=parties[1], to_id=parties[2], kind="owned by"))
        link_parties(session, NewLink(from_id=parties[2], to_id=parties[3], kind="owned by"))

    practice.do(chain)
    result = _check(practice, "Berit Lund")
    assert [(hit.party, hit.score) for hit in result.hits] == [
        ("Berit Lund", 100),
        ("Lund Shipping AS", 88),
        ("Nordhavn Invest", 76),
    ]


@pytest.mark.usefixtures("case")
def test_a_name_never_met_is_clear_and_the_universe_is_counted(practice: Practice) -> None:
    result = practice.ask(check_names, ["Aiko Nakamura"])
    assert result.verdict == "clear"
    assert result.names[0].hits == ()
    assert result.universe == 4


def test_an_opponent_of_closed_work_is_only_worth_a_look(practice: Practice, case: int) -> None:
    practice.do(change_stage, case, NewStage(stage="completed", outcome="Won"))
    result = _check(practice, "Portus Terminal")
    assert result.verdict == "look"
    assert (_hit(result, "Portus Terminal").role, _hit(result, "Portus Terminal").status) == ("adverse", "closed")


@pytest.mark.parametrize(("standing", "verdict"), [("client", "stop"), ("former", "look"), ("declined", "look")])
def test_a_client_of_any_standing_counts(practice: Practice, standing: Standing, verdict: Verdict) -> None:
    party = _party(practice, NewParty(name="Ana Beltrán"))
    client = cast(int, practice.do(add_client, NewClient(party_id=party)).result)
    practice.do(change_standing, client, NewStanding(standing=standing, reason="other"))
    result = _check(practice, "Ana Beltran")
    assert result.verdict == verdict
    assert (result.hits[0].role, result.hits[0].standing) == ("client", standing)


@pytest.mark.parametrize(
    ("own", "kind", "other", "asked", "reason"),
    [
        ("Ana Beltrán", "maiden", "Ana Solís", "Ana Solis", "maiden-name"),
        ("Ana Beltrán", "maiden", "Solís", "Ana Solis", "maiden-name"),
        ("Ana Beltrán", "nickname", "Nita", "Nita Beltrán", "nickname"),
        ("Ana Beltrán", "former", "Ana Ortega", "Ortega, Ana", "former-name"),
        ("Maria Papas", "script", "Μαρία Παππά", "Μαρία Παππά", "other-script"),
    ],
)
def test_other_names_are_found(
    practice: Practice, own: str, kind: NameKind, other: str, asked: str, reason: str
) -> None:
    _party(practice, NewParty(name=own, other_names=[NewName(kind=kind, name=other)]))
    result = _check(practice, asked)
    assert result.hits[0].party == own
    assert result.hits[0].why[0].code == reason


def test_a_trading_name_and_an_employer_are_found(practice: Practice) -> None:
    _party(
        practice,
        NewParty(kind="organisation", name="Tideway 12 Ltd", other_names=[NewName(kind="trading", name="Blue Oar")]),
    )
    _party(practice, NewParty(name="Berit Lund", organisation="Nordhavn Shipping AS"))
    assert _check(practice, "Blue Oar Limited").hits[0].party == "Tideway 12 Ltd"
    works = _check(practice, "Nordhavn Shipping").hits[0]
    assert (works.party, works.role, works.score, works.why[0].code) == ("Berit Lund", "linked", 88, "works-at")


def test_names_added_changed_and_undone_are_known_at_once(practice: Practice) -> None:
    party = _party(practice, NewParty(name="Ana Beltrán"))
    assert _check(practice, "Ana Beltran").verdict == "look"
    practice.do(edit_party, party, PartyEdit(name="Ana Solís", other_names=[NewName(kind="former", name="Ana Cruz")]))
    assert _check(practice, "Ana Beltran").verdict == "clear"
    assert _check(practice, "Ana Solis").verdict == "look"
    assert _check(practice, "Ana Cruz").verdict == "look"
    practice.undo()
    assert _check(practice, "Ana Cruz").verdict == "clear"
    assert _check(practice, "Ana Beltran").verdict == "look"
    practice.undo()
    assert practice.ask(check_names, ["Ana Beltrán"]).universe == 0


def test_a_name_of_the_same_step_counts_and_does_not_outlive_a_refusal(practice: Practice) -> None:
    _check(practice, "Ana Beltrán")

    def add_and_check(session: Session) -> None:
        add_party(session, NewParty(name="Ana Beltrán"))
        session.flush()
        assert check_names(session, ["Ana Beltran"]).verdict == "look"
        raise Refused("enough")

    with pytest.raises(Refused):
        practice.do(add_and_check)
    after = practice.ask(check_names, ["Ana Beltrán"])
    assert (after.verdict, after.universe) == ("clear", 0)


@pytest.mark.parametrize(("names", "code"), [([], "required"), (["", "  "], "required"), (["?!"], "not-a-name")])
def test_nothing_to_search_for_is_refused(practice: Practice, names: list[str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        practice.ask(check_names, names)
    assert (refused.value.code, refused.value.field) == (code, "names")


@pytest.mark.parametrize("name", ["<img src=x>", "a" * 10_000, "Robert'); DROP TABLE party;--", "{0} %s"])
def test_strange_names_are_searched_as_typed(practice: Practice, name: str) -> None:
    assert _check(practice, name).name == name
    _party(practice, NewParty(name=name))
    assert _check(practice, name).hits[0].party == name


def test_a_decision_is_kept_with_what_was_found_then(practice: Practice, case: int) -> None:
    asked = practice.ask(check_names, ["Portus Terminal S.A.", "Aiko Nakamura"])
    new = NewConflictCheck(
        names=["Portus Terminal S.A.", "Aiko Nakamura"],
        decision="declined",
        reason="We act against it",
        engagement_id=case,
    )
    number = cast(int, practice.do(record_decision, new, "Tess").result)
    practice.do(change_stage, case, NewStage(stage="completed", outcome="Won"))
    (row,) = practice.ask(list_checks)
    assert (row.id, row.verdict, row.decision, row.checked_by) == (number, "stop", "declined", "Tess")
    assert row.names == ("Portus Terminal S.A.", "Aiko Nakamura")
    page = practice.ask(get_check, number)
    assert page.result.names == asked.names
    assert page.row.client_id is not None


def test_a_decision_for_another_clients_engagement_is_refused(practice: Practice, case: int) -> None:
    other = cast(int, practice.do(add_client, NewClient(party=NewParty(name="Ana Beltrán"))).result)
    new = NewConflictCheck(names=["Aiko Nakamura"], decision="clear", client_id=other, engagement_id=case)
    with pytest.raises(Refused) as refused:
        practice.do(record_decision, new, "Tess")
    assert refused.value.code == "other-clients-engagement"


@pytest.mark.usefixtures("case")
def test_a_decision_on_anything_but_clear_needs_its_reason(practice: Practice) -> None:
    with pytest.raises(Refused) as refused:
        practice.do(record_decision, NewConflictCheck(names=["Portus Terminal"], decision="clear"), "Tess")
    assert (refused.value.code, refused.value.field) == ("required", "reason")
    assert practice.ask(list_checks) == []
    practice.do(record_decision, NewConflictCheck(names=["Aiko Nakamura"], decision="clear"), "Tess")
    assert len(practice.ask(list_checks)) == 1


def test_a_kept_check_cannot_be_changed_and_undo_withdraws_it(practice: Practice) -> None:
    number = practice.do(record_decision, NewConflictCheck(names=["Aiko Nakamura"], decision="clear"), "Tess").result

    def change(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE conflict_check SET verdict = 'stop'")

    with pytest.raises((Refused, IntegrityError), match="recorded"):
        practice.do(change)
    practice.undo()
    assert practice.ask(list_checks) == []
    assert practice.ask(get_check, cast(int, number)).row.verdict == "clear"


@pytest.fixture
def unread(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """A practice with sixty names of which none was read yet, not even by another test's copy of the same file."""
    monkeypatch.setattr(known_names, "_kept", WeakKeyDictionary())
    practice.do(lambda session: [add_party(session, NewParty(name=f"Ana Bell {at}")) for at in range(60)])
    return practice


def test_names_are_read_ahead_with_progress_and_found_at_once(unread: Practice) -> None:
    told: list[int] = []
    assert unread.ask(read_names, lambda done, _of: told.append(done)) == 60
    assert told == [20, 40, 60]
    assert unread.ask(check_names, ["Ana Bell 7"]).universe == 60
    assert unread.ask(read_names, lambda done, _of: told.append(done)) == 60
    assert told == [20, 40, 60], "names that stand in memory are not read again"


def test_a_reading_that_is_ended_keeps_nothing_half_read(unread: Practice) -> None:

    def stop(done: int, _of: int) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        unread.ask(read_names, stop)
    assert unread.ask(check_names, ["Ana Bell 59"]).universe == 60


def test_whoever_calls_is_no_conflict_with_himself(practice: Practice, case: int) -> None:
    found = practice.ask(check_names, ["Iñaki Larrea", "Portus Terminal"])
    assert found.names[0].verdict == "stop"
    caller = found.names[0].hits[0].party_id
    without = without_party(found, caller)
    assert caller not in [hit.party_id for hit in without.names[0].hits]
    assert (without.names[0].verdict, without.names[1].verdict) == ("clear", "stop")
