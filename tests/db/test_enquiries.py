"""An enquiry is kept as one step with its check, is declined with a letter, or becomes a client."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from sqlmodel import Session

from db.acceptance import (
    Checklist,
    TakeOn,
    Template,
    list_acceptances,
    list_templates,
    remove_template,
    save_template,
    take_on,
)
from db.clients import NewClient, NewStanding, add_client, change_standing, list_standing
from db.conflicts import check_names, list_checks
from db.engagements import EngagementEdit, NewEngagement, NewRole, add_engagement, add_role, get_engagement, list_roles
from db.enquiries import Decline, Named, NewEnquiry, decline, list_enquiries, log_enquiry, retain_until, same_party
from db.errors import Refused
from db.firm import set_setting
from db.letters import NewLetter
from db.parties import NewParty, add_party, get_party
from db.practice import Practice
from db.story import story
from tests.db.made import rows, value

LETTER = NewLetter(name="No.pdf", title="We cannot act", text="Seek advice elsewhere at once.", pdf=b"%PDF-1.4 letter")


def _called(practice: Practice, name: str = "Rosa Benedetti", **told: Any) -> int:
    new = NewEnquiry(caller=Named(name=name), **told)
    return int(str(practice.do(log_enquiry, new, "Tess").result))


def _whole_call(practice: Practice) -> int:
    return _called(
        practice,
        reach="rosa@benedetti.example",
        opponents=[Named(name="Portus Terminal S.A.")],
        related=[Named(name="Aiko Nakamura")],
        referrer=Named(name="Marta Quist"),
        need="Her deposit is not paid back",
        promise="Call back",
        due_on=dt.date.today() + dt.timedelta(days=3),
        area="Tenancy",
        note="Calm, has all papers",
    )


def test_a_call_is_kept_whole_as_one_step(practice: Practice) -> None:
    before = value(practice, "SELECT max(id) FROM step")
    client = _whole_call(practice)
    assert rows(practice, "SELECT verb, subject FROM step WHERE id > ?", before) == [("log_enquiry", "Rosa Benedetti")]
    told = rows(practice, "SELECT standing, need, notes, referred_by_id IS NOT NULL FROM client WHERE id = ?", client)
    assert told == [("enquiry", "Her deposit is not paid back", "Calm, has all papers", 1)]
    assert rows(practice, "SELECT title, area, stage FROM engagement") == [
        ("Rosa Benedetti / Portus Terminal S.A.", "Tenancy", "enquiry")
    ]
    (role,) = practice.ask(list_roles, 1)
    assert (role.name, role.kind) == ("Portus Terminal S.A.", "adverse")
    assert rows(practice, "SELECT name, kind FROM party ORDER BY id")[0] == ("Rosa Benedetti", "person")
    assert value(practice, "SELECT kind FROM party WHERE name = 'Portus Terminal S.A.'") == "organisation"
    assert rows(practice, "SELECT text, to_whom, status FROM promise") == [("Call back", "Rosa Benedetti", "open")]
    assert rows(practice, "SELECT r.direction, p.name FROM referral r JOIN party p ON p.id = r.from_id") == [
        ("in", "Marta Quist")
    ]
    assert rows(practice, "SELECT kind, normal FROM contact_point") == [("email", "rosa@benedetti.example")]
    assert value(practice, "SELECT count(*) FROM party_link") == 1


def test_the_check_of_a_call_is_kept_with_its_universe_and_shown_with_the_client(practice: Practice) -> None:
    practice.do(add_party, NewParty(name="Somebody Else"))
    client = _whole_call(practice)
    (check,) = practice.ask(list_checks, client_id=client)
    assert check.names == ("Rosa Benedetti", "Portus Terminal S.A.", "Aiko Nakamura")
    assert (check.universe, check.verdict, check.decision, check.checked_by) == (1, "clear", "clear", "Tess")
    other = int(str(practice.do(add_client, NewClient(party_id=1)).result))
    assert practice.ask(list_checks, client_id=other) == []
    told = [moment.noun for moment in practice.ask(story, client)]
    assert sorted(told) == ["conflict_check", "engagement", "promise", "referral", "standing"]


def test_undo_takes_the_whole_call_back_and_withdraws_its_check(practice: Practice) -> None:
    _whole_call(practice)
    practice.undo()
    for table in ("client", "party", "engagement", "role", "promise", "referral", "contact_point", "party_link"):
        assert value(practice, f"SELECT count(*) FROM {table}") == 0, table
    assert value(practice, "SELECT withdrawn_at IS NOT NULL FROM conflict_check") == 1
    assert practice.ask(list_checks) == []
    practice.redo()
    assert value(practice, "SELECT count(*) FROM client") == 1
    assert len(practice.ask(list_checks, client_id=1)) == 1


def _against_portus(session: Session) -> None:
    client = add_client(session, NewClient(party=NewParty(name="Iñaki Larrea"), standing="client"))
    case = add_engagement(session, NewEngagement(client_id=client, title="Larrea v. Portus", stage="active"))
    portus = add_party(session, NewParty(kind="organisation", name="Portus Terminal"))
    add_role(session, NewRole(engagement_id=case, party_id=portus, kind="adverse"))


def test_a_caller_who_is_an_opponent_is_kept_with_the_decision_still_open(practice: Practice) -> None:
    practice.do(_against_portus)
    client = _called(practice, "Portus Terminal S.A.")
    (check,) = practice.ask(list_checks, client_id=client)
    assert (check.verdict, check.decision) == ("stop", "open")


def test_a_caller_who_was_declined_is_an_enquiry_again_under_his_number(practice: Practice) -> None:
    client = _called(practice, area="Tenancy")
    practice.do(decline, client, Decline(reason="fee", outcome="Too dear", letter=LETTER))
    again = int(str(practice.do(log_enquiry, NewEnquiry(caller=Named(name="x", party_id=1), need="More"), "T").result))
    assert again == client
    assert rows(practice, "SELECT standing, need, retain_until FROM client") == [("enquiry", "More", None)]


def test_a_present_client_who_asks_again_stays_a_client_with_new_work(practice: Practice) -> None:
    practice.do(_against_portus)
    new = NewEnquiry(caller=Named(name="Iñaki Larrea", party_id=1), area="Probate")
    assert practice.do(log_enquiry, new, "Tess").result == 1
    assert rows(practice, "SELECT standing FROM client") == [("client",)]
    assert value(practice, "SELECT count(*) FROM engagement WHERE stage = 'enquiry' AND title = 'Probate'") == 1
    assert practice.ask(list_checks, client_id=1)[0].verdict == "clear", "he is no conflict with himself"


def test_a_day_without_a_promise_is_refused_beside_the_promise(practice: Practice) -> None:
    with pytest.raises(Refused, match="required: promise"):
        _called(practice, due_on=dt.date.today())
    assert value(practice, "SELECT count(*) FROM client") == 0


def test_a_known_name_is_one_party_only_while_it_is_unique(practice: Practice) -> None:
    first = int(str(practice.do(add_party, NewParty(name="Łukasz Wójcik")).result))
    assert practice.ask(same_party, "lukasz WOJCIK") == first
    practice.do(add_party, NewParty(name="Łukasz Wójcik"))
    assert practice.ask(same_party, "Łukasz Wójcik") is None


def test_declining_keeps_the_letter_and_the_day_until_which_the_file_is_kept(practice: Practice) -> None:
    client = _whole_call(practice)
    no = Decline(
        reason="conflict",
        outcome="We act for the other side",
        letter=LETTER,
        sent_on=dt.date.today(),
        sent_how="letter",
    )
    practice.do(decline, client, no)
    kept_until = str(practice.ask(retain_until))
    assert kept_until[:4] == str(dt.date.today().year + 6)
    assert rows(practice, "SELECT standing, retain_until FROM client") == [("declined", kept_until)]
    assert practice.ask(list_standing, client)[-1].reason == "conflict"
    assert (practice.ask(get_engagement, 1).stage, practice.ask(get_engagement, 1).outcome) == (
        "declined",
        "We act for the other side",
    )
    digest = hashlib.sha256(LETTER.pdf).hexdigest()
    assert rows(practice, "SELECT client_id, engagement_id, sha256 FROM attachment") == [(client, 1, digest)]
    assert rows(practice, "SELECT channel, state, advice FROM advice") == [
        ("letter", "recorded", "Seek advice elsewhere at once.")
    ]


def test_the_declined_stay_among_the_names_that_are_searched(practice: Practice) -> None:
    client = _whole_call(practice)
    practice.do(decline, client, Decline(reason="no capacity", outcome="No time"))
    found = practice.ask(check_names, ["Rosa Benedetti", "Portus Terminal"])
    assert [name.verdict for name in found.names] == ["look", "look"]


def test_a_letter_that_was_not_sent_yet_waits_as_a_follow_up(practice: Practice) -> None:
    client = _called(practice)
    practice.do(decline, client, Decline(reason="other", outcome="No", letter=LETTER, reminder="Send the letter"))
    assert rows(practice, "SELECT what, done_on FROM follow_up") == [("Send the letter", None)]
    assert value(practice, "SELECT count(*) FROM advice") == 0


def test_the_practice_says_how_long_the_declined_are_kept(practice: Practice) -> None:
    practice.do(set_setting, "decline_years", 10)
    assert practice.ask(retain_until, dt.date(2024, 2, 29)) == dt.date(2034, 2, 28)


def test_undoing_a_decline_brings_the_enquiry_back(practice: Practice) -> None:
    client = _whole_call(practice)
    practice.do(decline, client, Decline(reason="fee", outcome="x", letter=LETTER, sent_on=dt.date.today()))
    practice.undo()
    assert rows(practice, "SELECT standing, retain_until FROM client") == [("enquiry", None)]
    assert practice.ask(get_engagement, 1).stage == "enquiry"
    assert value(practice, "SELECT count(*) FROM attachment") == 0


def test_what_is_sent_tomorrow_is_refused(practice: Practice) -> None:
    client = _called(practice)
    later = dt.date.today() + dt.timedelta(days=2)
    with pytest.raises(Refused, match="in-the-future: sent_on"):
        practice.do(decline, client, Decline(reason="fee", outcome="x", letter=LETTER, sent_on=later))


AGREED = EngagementEdit(
    title="Deposit claim",
    scope_included="The claim up to judgment",
    fee_basis="fixed",
    fee_minor=120_000,
    letter="sent",
    next_review_on=dt.date(2027, 1, 31),
)


def test_an_enquiry_is_taken_on_without_entering_anything_again(practice: Practice) -> None:
    client = _whole_call(practice)
    new = TakeOn(
        checklist=Checklist(integrity="yes", competence="yes", independence="yes", fee="yes", identity="open"),
        engagement_id=1,
        agreed=AGREED,
        roles=[("decides", Named(name="Rosa Benedetti", party_id=1)), ("pays", Named(name="Pia Benedetti"))],
        letter=LETTER,
    )
    assert practice.do(take_on, client, new, "Tess").result == 1
    work = practice.ask(get_engagement, 1)
    assert (work.stage, work.title, work.letter, work.letter_sent_on) == (
        "engaged",
        "Deposit claim",
        "sent",
        dt.date.today(),
    )
    assert rows(practice, "SELECT standing FROM client") == [("client",)]
    assert [(one.name, one.kind) for one in practice.ask(list_roles, 1)][1:] == [
        ("Rosa Benedetti", "decides"),
        ("Pia Benedetti", "pays"),
    ]
    (kept,) = practice.ask(list_acceptances, client)
    assert (kept.identity, kept.integrity, kept.decided_by, kept.decision) == ("open", "yes", "Tess", "accepted")
    assert value(practice, "SELECT count(*) FROM attachment WHERE engagement_id = 1") == 1
    practice.undo()
    assert practice.ask(get_engagement, 1).title == "Rosa Benedetti / Portus Terminal S.A."
    assert practice.ask(list_acceptances, client) == []
    assert practice.ask(list_enquiries, [client]) == [client]


def test_a_no_on_the_checklist_needs_its_reason(practice: Practice) -> None:
    client = _called(practice)
    new = TakeOn(checklist=Checklist(fee="no"), agreed=AGREED)
    with pytest.raises(Refused, match="accepted-despite: why"):
        practice.do(take_on, client, new, "Tess")
    practice.do(take_on, client, new.model_copy(update={"why": "An old friend of the house"}), "Tess")
    assert practice.ask(list_acceptances, client)[0].reason == "An old friend of the house"


def test_taking_on_new_work_needs_a_title(practice: Practice) -> None:
    client = _called(practice)
    with pytest.raises(Refused, match="required: title"):
        practice.do(take_on, client, TakeOn(agreed=EngagementEdit(area="Tenancy")), "Tess")


def test_one_who_left_is_not_taken_on_as_declined(practice: Practice) -> None:
    client = _called(practice)
    practice.do(change_standing, client, NewStanding(standing="prospect"))
    with pytest.raises(Refused, match="not-one-of: standing"):
        practice.do(take_on, client, TakeOn(standing="declined", agreed=AGREED), "Tess")


def test_a_template_is_replaced_by_its_name_and_forgotten(practice: Practice) -> None:
    practice.do(save_template, Template(name="Claim", scope_included="Old"))
    practice.do(save_template, Template(name="claim", scope_included="New", fee_minor=5))
    (one,) = practice.ask(list_templates)
    assert (one.name, one.scope_included) == ("claim", "New")
    practice.do(remove_template, "claim")
    assert practice.ask(list_templates) == []


def test_a_new_phone_of_a_known_caller_is_added_once(practice: Practice) -> None:
    client = _called(practice, reach="+44 20 7946 0000")
    practice.do(log_enquiry, NewEnquiry(caller=Named(name="x", party_id=1), reach="020 7946 0000"), "T")
    assert client == 1
    assert len(practice.ask(get_party, 1).party.contacts) == 1
