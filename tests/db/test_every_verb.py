"""Every verb taken back to the beginning and done again leaves the practice as it was, and its history whole."""

from __future__ import annotations

from collections.abc import Callable

from db.errors import Refused
from db.exchange.content import content_digest
from db.practice import Practice
from tests.db import made
from tests.lives import Life

SEALED = ("advice", "advice_response", "conflict_check", "decision")


def undone(practice: Practice) -> int:
    """Take back everything; gives how many steps that were."""
    return _until_refused(practice.undo, "nothing-to-undo")


def redone(practice: Practice) -> int:
    """Bring everything back; gives how many steps that were."""
    return _until_refused(practice.redo, "nothing-to-redo")


def _until_refused(verb: Callable[[], object], code: str) -> int:
    steps, refused = 0, ""
    while not refused:
        try:
            verb()
            steps += 1
        except Refused as no:
            refused = no.code
    assert refused == code
    return steps


def test_undone_to_the_beginning_and_redone_all_is_as_it_was(practice: Practice) -> None:
    beginning = practice.ask(content_digest)
    Life(practice).erasable()
    end = practice.ask(content_digest)
    assert practice.check().problems == []
    assert made.misplaced(practice) == []
    steps = undone(practice)
    assert practice.ask(content_digest) == beginning
    assert practice.check().problems == []
    assert made.misplaced(practice) == []
    assert redone(practice) == steps
    assert practice.ask(content_digest) == end
    assert practice.check().problems == []
    assert made.misplaced(practice) == []


def test_what_is_sealed_is_withdrawn_by_undo_and_stands_again_after_redo(practice: Practice) -> None:
    Life(practice).sealed()
    end = practice.ask(content_digest)
    kept = {noun: made.value(practice, f"SELECT count(*) FROM {noun}") for noun in SEALED}
    assert all(kept.values())
    steps = undone(practice)
    # Recorded advice, answers, checks and decisions stay, marked; nothing of them is listed any more.
    for noun, count in kept.items():
        assert made.value(practice, f"SELECT count(*) FROM {noun}") == count
        assert made.value(practice, f"SELECT count(*) FROM {noun} WHERE withdrawn_at IS NULL") == 0
    for noun in ("promise", "acceptance", "out_of_scope", "attachment", "follow_up"):
        assert made.value(practice, f"SELECT count(*) FROM {noun}") == 0
    assert practice.check().problems == []
    assert made.misplaced(practice) == []
    assert redone(practice) == steps
    assert practice.ask(content_digest) == end
    assert practice.check().problems == []
    assert made.misplaced(practice) == []
