"""Follow-ups, fees, files, people and the practice's own choices are kept by their rules, and seen together."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

import pytest

from db import attachments, fees, firm, followups, overview, people
from db.attachments import NewAttachment
from db.errors import Refused, Trouble
from db.practice import Practice
from db.rows import scalar
from db.trust import NewPromise, NewTrustNote, add_promise, note_trust
from tests.db.nouns import advised, known, result

TODAY = dt.date.today()


def test_follow_up_is_done_once_and_can_be_moved_before(practice: Practice) -> None:
    client = known(practice).client
    new = followups.NewFollowUp(client_id=client, due_on=TODAY, what="Ring the court")
    step = result(practice.do(followups.add_follow_up, new))
    practice.do(followups.move_follow_up, step, TODAY + dt.timedelta(days=2))
    assert practice.ask(followups.list_follow_ups, client)[0].due_on == TODAY + dt.timedelta(days=2)
    practice.do(followups.finish_follow_up, step, followups.Finish(outcome="Hearing in March"))
    assert practice.ask(followups.list_follow_ups, client) == []
    assert practice.ask(followups.list_follow_ups, client, open_only=False)[0].outcome == "Hearing in March"
    with pytest.raises(Refused, match="already-done"):
        practice.do(followups.move_follow_up, step, TODAY)


def test_fee_takes_the_practices_currency_and_refuses_what_is_none(practice: Practice) -> None:
    here = known(practice)
    practice.do(fees.add_fee, fees.NewFee(client_id=here.client, amount_minor=1234))
    assert practice.ask(fees.list_fees, here.client)[0].currency == "GBP"
    with pytest.raises(Refused, match="not-a-currency"):
        practice.do(fees.add_fee, fees.NewFee(client_id=here.client, amount_minor=1, currency="EURO"))


def test_file_comes_out_as_it_went_in_and_is_stored_once(practice: Practice, tmp_path: Path) -> None:
    here = known(practice)
    content = os.urandom(2_500_000)
    path = tmp_path / "Vertrag <b>.pdf"
    path.write_bytes(content)
    for target in ({"client_id": here.client}, {"engagement_id": here.engagement}):
        practice.do(attachments.attach, NewAttachment.model_validate({"path": path, **target}))
    rows = practice.ask(attachments.list_attachments, here.client)
    assert [(row.name, row.size, row.sha256) for row in rows] == [
        ("Vertrag <b>.pdf", len(content), hashlib.sha256(content).hexdigest())
    ] * 2
    assert practice.ask(lambda session: b"".join(attachments.read_attachment(session, rows[0].id))) == content
    assert practice.ask(scalar, "SELECT sum(length(content)) FROM attachment_chunk") == len(content)


def test_removed_file_comes_back_with_undo(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    kept = result(practice.do(attachments.attach, NewAttachment(path=path, client_id=known(practice).client)))
    practice.do(attachments.remove_attachment, kept)
    practice.undo()
    assert practice.ask(lambda session: b"".join(attachments.read_attachment(session, kept))) == b"abc"


def test_empty_file_is_kept_too(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    kept = result(practice.do(attachments.attach, NewAttachment(path=path, client_id=known(practice).client)))
    assert practice.ask(lambda session: b"".join(attachments.read_attachment(session, kept))) == b""


def test_file_over_100_mb_is_refused_and_a_missing_one_is_trouble(practice: Practice, tmp_path: Path) -> None:
    client = known(practice).client
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(attachments.LARGEST_BYTES + 1)
    with pytest.raises(Refused, match="too-large"):
        practice.do(attachments.attach, NewAttachment(path=large, client_id=client))
    with pytest.raises(Trouble, match="unreadable"):
        practice.do(attachments.attach, NewAttachment(path=tmp_path / "none", client_id=client))


def test_damaged_bytes_of_a_file_are_noticed_when_read(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 100)
    kept = result(practice.do(attachments.attach, NewAttachment(path=path, client_id=known(practice).client)))

    def spoil(session: object) -> None:
        session.connection().exec_driver_sql("UPDATE attachment_chunk SET content = x'79'")  # type: ignore[attr-defined]
        session.connection().exec_driver_sql("UPDATE client SET notes = 'x'")  # type: ignore[attr-defined]

    practice.do(spoil)
    with pytest.raises(Trouble, match="damaged"):
        practice.ask(lambda session: list(attachments.read_attachment(session, kept)))


def test_person_gets_initials_and_leaves_the_active_ones(practice: Practice) -> None:
    person = result(practice.do(people.add_person, people.NewPerson(name="Elena Noriega")))
    practice.do(people.edit_person, person, people.NewPerson(name="Elena Noriega", active=False))
    row = practice.ask(people.list_people)[0]
    assert (row.initials, row.active) == ("EN", False)


def test_practice_changes_only_what_is_given_and_refuses_a_wrong_colour(practice: Practice) -> None:
    practice.do(firm.edit_practice, firm.PracticeEdit(address="Gran Vía 1", colour="#1B665C"))
    own = practice.ask(firm.get_practice)
    assert (own.name, own.address, own.colour) == ("Alder & Finch", "Gran Vía 1", "#1B665C")
    with pytest.raises(Refused, match="not-a-colour: colour"):
        practice.do(firm.edit_practice, firm.PracticeEdit(colour="red"))


def test_settings_keep_any_value_and_come_back_with_undo(practice: Practice) -> None:
    practice.do(firm.set_setting, "reminders", {"days": [1, 2], "name": "łß"})
    assert practice.ask(firm.get_setting, "reminders") == {"days": [1, 2], "name": "łß"}
    practice.undo()
    assert practice.ask(firm.get_setting, "reminders", "none") == "none"


def test_brief_says_who_pays_who_referred_and_hides_confidences(practice: Practice) -> None:
    from db.clients import ClientEdit, edit_client
    from db.engagements import NewRole, add_role
    from db.parties import NewParty, add_party

    here = known(practice)
    payer = result(practice.do(add_party, NewParty(name="Larrea Navieras", kind="organisation")))
    practice.do(add_role, NewRole(engagement_id=here.engagement, party_id=payer, kind="pays"))
    practice.do(edit_client, here.client, ClientEdit(referred_by_id=payer))
    practice.do(note_trust, NewTrustNote(client_id=here.client, kind="confidence", text="Zanzibar"))
    brief = practice.ask(overview.brief, here.client)
    assert (brief.pays, brief.referred_by, brief.confidences) == (["Larrea Navieras"], "Larrea Navieras", 1)
    assert "Zanzibar" not in repr(brief)
    assert "Zanzibar" in repr(practice.ask(overview.brief, here.client, confidences=True))


def test_counts_are_those_of_the_rooms(practice: Practice) -> None:
    here = known(practice)
    practice.do(add_promise, NewPromise(client_id=here.client, text="Call", due_on=TODAY))
    advised(practice, here.client, record=False)
    counts = practice.ask(overview.counts)
    assert {name: counts[name] for name in ("clients", "engagements", "promises", "drafts")} == dict.fromkeys(
        ("clients", "engagements", "promises", "drafts"), 1
    )


def test_brief_of_nobody_is_refused(practice: Practice) -> None:
    with pytest.raises(Refused, match="no-such-client"):
        practice.ask(overview.brief, 5)
