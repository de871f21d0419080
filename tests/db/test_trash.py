"""Nothing deleted is gone until the trash is emptied, and then it is gone from every step that knew it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from db.advice import NewAdvice, log_advice
from db.attachments import NewAttachment, attach, delete_attachment
from db.clients import ClientEdit, delete_client, edit_client
from db.engagements import delete_engagement
from db.errors import Refused
from db.fees import NewFee, add_fee, delete_fee
from db.followups import NewFollowUp, add_follow_up, delete_follow_up
from db.history import list_steps, undoable
from db.practice import Practice
from db.search import find
from db.tags import delete_tag
from db.trash import count_trash, empty_trash, list_trash, put_back
from db.trust import NewPromise, NewTrustNote, add_promise, delete_promise, delete_trust_note, note_trust
from db.views import delete_view, list_views, save_view
from tests.db import made
from tests.db.nouns import advised, known, result

SOON = dt.date.today() + dt.timedelta(days=7)


def _full(practice: Practice) -> tuple[int, int]:
    """A client with one of everything that is not recorded; gives client and engagement."""
    here = known(practice)
    practice.do(add_promise, NewPromise(client_id=here.client, engagement_id=here.engagement, text="Call back"))
    practice.do(note_trust, NewTrustNote(client_id=here.client, kind="thanks", effect=1, text="Sent flowers"))
    practice.do(add_follow_up, NewFollowUp(client_id=here.client, due_on=SOON, what="Send the draft"))
    practice.do(add_fee, NewFee(client_id=here.client, engagement_id=here.engagement, amount_minor=5000))
    practice.do(log_advice, NewAdvice(client_id=here.client, question="Sell?", advice="Wait."))
    return here.client, here.engagement


def _held(practice: Practice) -> dict[str, object]:
    nouns = ("client", "party", "engagement", "promise", "trust_note", "follow_up", "fee", "advice", "standing_change")
    return {noun: made.rows(practice, f"SELECT * FROM {noun} ORDER BY id") for noun in nouns}


def test_deleted_client_goes_with_all_that_is_his_and_comes_back_whole(practice: Practice) -> None:
    client, _engagement = _full(practice)
    before = _held(practice)
    practice.do(delete_client, client)
    assert all(rows == [] for rows in _held(practice).values())
    assert practice.ask(find, "Larrea").total == 0
    (row,) = practice.ask(list_trash)
    assert (row.verb, row.subject, row.who) == ("delete_client", "Iñaki Larrea", "Tess")
    practice.do(put_back, row.step)
    assert _held(practice) == before
    assert practice.ask(find, "Iñaki").hits[0].noun == "client"
    assert practice.ask(list_trash) == []
    assert practice.check().problems == []


def test_client_with_recorded_advice_is_not_deleted(practice: Practice) -> None:
    here = known(practice)
    advised(practice, here.client)
    with pytest.raises(Refused, match="client-has-record"):
        practice.do(delete_client, here.client)


def test_engagement_with_recorded_advice_is_not_deleted(practice: Practice) -> None:
    here = known(practice)
    advised(practice, here.client, engagement_id=here.engagement)
    with pytest.raises(Refused, match="engagement-has-record"):
        practice.do(delete_engagement, here.engagement)


def test_deleted_engagement_leaves_promises_and_fees_with_the_client(practice: Practice) -> None:
    _client, engagement = _full(practice)
    before = _held(practice)
    practice.do(delete_engagement, engagement)
    assert made.rows(practice, "SELECT engagement_id FROM promise UNION SELECT engagement_id FROM fee") == [(None,)]
    practice.do(put_back, practice.ask(list_trash)[0].step)
    assert _held(practice) == before


def test_each_small_record_is_deleted_and_put_back(practice: Practice) -> None:
    _full(practice)
    before = _held(practice)
    for verb in (delete_promise, delete_trust_note, delete_follow_up, delete_fee):
        practice.do(verb, 1)
    assert [
        made.value(practice, f"SELECT count(*) FROM {n}") for n in ("promise", "trust_note", "follow_up", "fee")
    ] == [0] * 4
    for row in practice.ask(list_trash):
        practice.do(put_back, row.step)
    assert _held(practice) == before


def test_an_older_deletion_is_put_back_while_later_work_stays(practice: Practice) -> None:
    client, _engagement = _full(practice)
    practice.do(delete_promise, 1)
    practice.do(edit_client, client, ClientEdit(notes="Likes calls."))
    practice.do(put_back, practice.ask(list_trash)[0].step)
    assert made.value(practice, "SELECT text FROM promise") == "Call back"
    assert made.value(practice, "SELECT notes FROM client") == "Likes calls."


def test_putting_back_is_a_step_that_undo_takes_back_into_the_trash(practice: Practice) -> None:
    _full(practice)
    practice.do(delete_fee, 1)
    practice.do(put_back, practice.ask(list_trash)[0].step)
    practice.undo()
    assert made.value(practice, "SELECT count(*) FROM fee") == 0
    (row,) = practice.ask(list_trash)
    assert row.verb == "delete_fee"
    practice.do(put_back, row.step)
    assert made.value(practice, "SELECT count(*) FROM fee") == 1
    assert practice.check().problems == []


def test_what_stood_on_something_gone_waits_for_that(practice: Practice) -> None:
    client, _engagement = _full(practice)
    practice.do(delete_promise, 1)
    practice.do(delete_client, client)
    whole, promise = practice.ask(list_trash)
    with pytest.raises(Refused, match="put-back-stands-on"):
        practice.do(put_back, promise.step)
    practice.do(put_back, whole.step)
    practice.do(put_back, promise.step)
    assert made.value(practice, "SELECT text FROM promise") == "Call back"


def test_number_given_to_another_meanwhile_stays_with_the_other(practice: Practice) -> None:
    first = made.client(practice, "First")
    practice.do(delete_client, first)
    made.client(practice, "Second")
    assert made.value(practice, "SELECT number FROM client") == "C-0001"
    with pytest.raises(Refused, match="put-back-taken"):
        practice.do(put_back, practice.ask(list_trash)[0].step)


def test_undone_deletion_is_not_in_the_trash_and_a_redone_one_is(practice: Practice) -> None:
    _full(practice)
    practice.do(delete_fee, 1)
    practice.undo()
    assert practice.ask(count_trash) == 0
    practice.redo()
    assert practice.ask(count_trash) == 1


def test_emptied_trash_leaves_no_word_of_it_and_a_sound_file(practice: Practice) -> None:
    _full(practice)
    practice.do(add_promise, NewPromise(client_id=1, text="Whisper the secret figure"))
    practice.do(delete_promise, 2)
    practice.do(empty_trash)
    assert practice.ask(list_trash) == []
    journal = made.rows(practice, "SELECT coalesce(before, '') || coalesce(after, '') FROM change")
    assert not any("secret figure" in str(row[0]) for row in journal)
    assert practice.check().problems == []


def test_undo_passes_over_what_was_emptied(practice: Practice) -> None:
    client, _engagement = _full(practice)
    practice.do(edit_client, client, ClientEdit(grade="A"))
    practice.do(delete_fee, 1)
    practice.do(empty_trash)
    step = practice.ask(undoable)
    assert step is not None
    assert step.verb == "edit_client"
    practice.undo()
    assert made.value(practice, "SELECT grade FROM client") == ""
    assert practice.ask(list_steps, limit=50)[1].verb == "empty_trash"


def test_only_what_is_old_enough_is_emptied(practice: Practice) -> None:
    _full(practice)
    practice.do(delete_fee, 1)
    assert practice.do(empty_trash, 30).result == 0
    assert practice.ask(count_trash) == 1
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=31)
    assert practice.do(empty_trash, 30, later).result == 1
    assert practice.ask(count_trash) == 0


def test_bytes_of_a_deleted_file_stay_until_the_trash_is_emptied(practice: Practice, tmp_path: Path) -> None:
    here = known(practice)
    paths = [tmp_path / "letter.txt", tmp_path / "plan.txt"]
    for path in paths:
        path.write_text(f"the {path.stem}", encoding="utf-8")
    first, _second = [result(practice.do(attach, NewAttachment(path=path, client_id=here.client))) for path in paths]
    practice.do(delete_attachment, first)
    assert made.value(practice, "SELECT count(*) FROM attachment_chunk") == 2
    practice.do(empty_trash)
    assert made.rows(practice, "SELECT content FROM attachment_chunk") == [(b"the plan",)]
    assert practice.check().problems == []


def test_deleted_tag_comes_back_to_everybody_who_wore_it(practice: Practice) -> None:
    from db.parties import PartyEdit, edit_party

    made.client(practice, "First")
    practice.do(edit_party, 1, PartyEdit(tags=["shipping"]))
    practice.do(delete_tag, "shipping")
    assert practice.ask(find, "shipping").total == 0
    practice.do(put_back, practice.ask(list_trash)[0].step)
    assert practice.ask(find, "shipping").total == 1


def test_emptying_spares_what_has_the_place_of_the_deleted_by_now(practice: Practice) -> None:
    old = result(practice.do(save_view, "clients", "Mine", {"grade": "A"}))
    practice.do(delete_view, old)
    new = result(practice.do(save_view, "clients", "Ours", {"grade": "B"}))
    assert new == old
    practice.do(empty_trash)
    assert [view.name for view in practice.ask(list_views, "clients")] == ["Ours"]
    assert practice.check().problems == []
