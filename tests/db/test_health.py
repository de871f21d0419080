"""Health: its parts from the record, its score by the practice's weights, and what is kept of it beside the record."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from db import health_parts, kept_health
from db.advice import NewResponse, respond_to_advice
from db.client_bulk import tag_clients
from db.clients import NewStanding, change_standing
from db.errors import Refused
from db.health import (
    FIRST_WEIGHTS,
    Health,
    HealthWeights,
    NewOverride,
    Part,
    end_override,
    health,
    healths,
    list_scores,
    override_health,
    set_health_weights,
)
from db.practice import Practice
from db.reviews import NewReview, hold_review
from db.rows import fetch
from db.segments import ServicePromise, set_service_promise
from db.trust import NewPromise, NewTrustNote, Settling, add_promise, keep_promise, note_trust
from db.views import save_view
from tests.db.known_truths import Truths, complained, concern, in_touch, promised
from tests.db.lived import TODAY, Enough, advised, day, did, someone, worked, written


def part(told: Health, name: str) -> Part:
    """One part of a client's health."""
    return next(each for each in told.parts if each.name == name)


def codes(told: Health, name: str) -> list[str]:
    """What a part says of itself."""
    return [reason.code for reason in part(told, name).reasons]


def test_a_client_of_whom_little_is_known_has_no_score_and_says_so(practice: Practice) -> None:
    client = someone(practice)
    advised(practice, client, -3)
    told = practice.ask(health, client)
    assert (told.score, told.trend) == (None, None)
    assert [reason.code for reason in told.reasons] == ["too-new"]
    assert part(told, "silence").value is None
    assert codes(told, "silence") == ["unknown-silence"]
    # That nothing is open is known of one who was in touch.
    assert (part(told, "concerns").value, codes(told, "concerns")) == (100, ["no-concern"])


def test_only_whom_we_serve_has_a_health(practice: Practice) -> None:
    client = someone(practice, "prospect")
    told = practice.ask(health, client)
    assert (told.score, told.parts, [reason.code for reason in told.reasons]) == (None, [], ["not-served"])
    with pytest.raises(Refused, match="not-there"):
        practice.ask(health, 999)


def test_promises_count_when_kept_in_time_within_a_year_and_when_missed(practice: Practice) -> None:
    client = someone(practice)

    def promise(made: int, due: int | None, kept: int | None = None, by: str = "us") -> None:
        new = NewPromise.model_validate(
            {"client_id": client, "text": "Draft", "made_on": day(made), "due_on": due and day(due), "by": by}
        )
        made_id = int(did(practice, add_promise, new))
        if kept is not None:
            did(practice, keep_promise, made_id, Settling(on=day(kept)))

    promise(-500, -480, -470)  # late, but before the year
    promise(-40, -20, -25)
    promise(-40, -20, -10)  # late
    promise(-9, -1)  # open past its day
    promise(-9, 4)  # not due yet
    promise(-9, -5, by="client")
    told = practice.ask(health, client)
    assert part(told, "promises").value == 33
    assert codes(told, "promises") == ["promises-in-time", "promise-missed", "promise-missed"]
    # The later kept one had been missed on that day, and the other was not due.
    assert part(practice.ask(health, client, day(-15)), "promises").value == 50
    assert part(practice.ask(health, client, day(-22)), "promises").value == 100


@pytest.mark.parametrize(("ago", "value"), [(0, 100), (30, 100), (45, 75), (60, 50), (90, 0), (300, 0)])
def test_silence_falls_from_the_own_rhythm_to_three_times_it(practice: Practice, ago: int, value: int) -> None:
    client = someone(practice)
    advised(practice, client, *(-ago - gap for gap in (0, 30, 60, 90)))
    assert part(practice.ask(health, client), "silence").value == value


def test_concerns_take_more_the_more_are_open_and_a_restricted_one_says_nothing(practice: Practice) -> None:
    client = someone(practice)
    practice.do(concern, client, -30, restricted=True)
    told = practice.ask(health, client)
    assert (part(told, "concerns").value, codes(told, "concerns")) == (60, ["concern-in-confidence"])
    assert part(told, "concerns").reasons[0].facts["words"] == ""
    practice.do(complained, client, -20)
    assert part(practice.ask(health, client), "concerns").value == 0
    assert part(practice.ask(health, client, day(-25)), "concerns").value == 60
    assert part(practice.ask(health, client, day(-31)), "concerns").value is None


def test_answers_to_advice_are_weighed_and_awaiting_ones_left_out(practice: Practice) -> None:
    client = someone(practice)
    for number, answer in enumerate(("accepted", "deferred", "declined", "")):
        (entry,) = advised(practice, client, -10 - number)
        if answer:
            new = NewResponse.model_validate({"response": answer, "responded_on": day(-5)})
            did(practice, respond_to_advice, entry, new)
    told = practice.ask(health, client)
    assert part(told, "answers").value == round((100 + 50 + 25) / 3)
    assert codes(told, "answers") == ["answers", "answer-declined"]
    assert part(practice.ask(health, client, day(-6)), "answers").value is None


def test_letter_and_review_tell_what_both_sides_signed_and_said(practice: Practice) -> None:
    client = someone(practice, since=-30)
    assert part(practice.ask(health, client), "agreement").value is None
    worked(practice, client, -20)
    assert part(practice.ask(health, client), "agreement").value == 0
    did(practice, hold_review, NewReview(client_id=client, they="continues", we="continue"))
    told = practice.ask(health, client)
    assert part(told, "agreement").value == 50
    assert codes(told, "agreement") == ["review-continues", "letter-unsigned"]


def test_the_score_is_the_mean_of_what_is_known_by_the_weights_of_the_practice(practice: Practice) -> None:
    client = someone(practice)
    practice.do(in_touch, client, -300, 0)
    practice.do(promised, client, -10, kept=False)
    weights = FIRST_WEIGHTS
    known = {"promises": 0, "silence": 100, "concerns": 100, "answers": 100}
    whole = sum(weights[name] for name in known)
    agreement = part(practice.ask(health, client), "agreement").value
    assert agreement == 50  # the first review is overdue
    score = (sum(weights[name] * value for name, value in known.items()) + 5 * agreement) / (whole + 5)
    assert practice.ask(health, client).score == round(score)
    only = HealthWeights(**{**dict.fromkeys(FIRST_WEIGHTS, 0), "promises": 7})
    practice.do(set_health_weights, only)
    assert practice.ask(health, client).score == 0
    with pytest.raises(Refused, match="no-weight"):
        practice.do(set_health_weights, HealthWeights(**dict.fromkeys(FIRST_WEIGHTS, 0)))


def test_the_trend_is_the_change_in_ninety_days(known: Practice, truths: Truths) -> None:
    for client, told in known.ask(healths, None, truths.stayed).items():
        before = known.ask(health, client, day(-90)).score
        assert told.trend == (None if told.score is None or before is None else told.score - before)
    mended = known.ask(health, truths.mended[0], day(-100)).trend
    assert mended is not None
    assert mended > 0


def test_an_override_stands_beside_the_score_with_its_reason_until_its_day(known: Practice, truths: Truths) -> None:
    client = truths.staying[0]
    reckoned = known.ask(health, client)
    new = NewOverride(client_id=client, score=20, reason="His partner is leaving.", until_on=day(30))
    known.do(override_health, new)
    told = known.ask(health, client)
    assert (told.score, told.parts) == (reckoned.score, reckoned.parts)
    assert told.override is not None
    assert (told.override.score, told.override.reason, told.override.set_by) == (20, "His partner is leaving.", "Tess")
    assert known.ask(health, client, day(31)).override is None
    known.do(override_health, NewOverride(client_id=client, score=30, reason="He hesitates.", until_on=day(9)))
    again = known.ask(health, client).override
    assert again is not None
    assert again.score == 30
    known.do(end_override, client)
    assert known.ask(health, client) == reckoned
    with pytest.raises(Refused, match="no-override"):
        known.do(end_override, client)
    for until, code in ((TODAY, "end-has-passed"), (day(400), "end-too-far")):
        with pytest.raises(Refused, match=code):
            known.do(override_health, NewOverride(client_id=client, score=1, reason="No.", until_on=until))


def test_what_is_kept_is_what_a_reckoning_of_all_gives_after_every_step(practice: Practice) -> None:
    chance = random.Random(5)
    clients = [someone(practice, name=f"Client {number}") for number in range(3)]

    def kept() -> dict[int, int | None]:
        return dict(practice.ask(fetch, "SELECT id, score FROM client_health"))

    for number in range(12):
        client = chance.choice(clients)
        ago = chance.randrange(200)
        if number % 3 == 0:
            practice.do(promised, client, -ago, kept=bool(ago % 2))
        elif number % 3 == 1:
            did(practice, note_trust, NewTrustNote(client_id=client, kind="concern", text="Slow."))
        else:
            practice.do(in_touch, client, -ago - 100, -ago)
        if number % 5 == 4:
            practice.undo()
        assert kept() == practice.ask(list_scores, TODAY)
    did(practice, change_standing, clients[0], NewStanding(standing="former", reason="price"))
    assert clients[0] not in kept()
    assert kept() == practice.ask(list_scores, TODAY)
    before = kept()
    assert any(score is not None for score in before.values())
    practice.do(set_health_weights, HealthWeights(silence=90))
    assert practice.ask(kept_health.count_stale, TODAY) == 2
    assert practice.jot(kept_health.refresh, TODAY, 1) == 1
    while practice.jot(kept_health.refresh, TODAY, 1):
        pass
    assert practice.ask(kept_health.count_stale, TODAY) == 0
    assert kept() == practice.ask(list_scores, TODAY)
    assert practice.ask(kept_health.count_stale, day(1)) == 2


def test_all_at_once_and_one_by_one_agree_on_any_day(known: Practice, truths: Truths) -> None:
    everyone = [*truths.leaving, *truths.sudden, *truths.new, *truths.ended, *truths.stayed]
    for ago in (0, 77, 200, 333):
        whole = known.ask(healths, day(-ago))
        assert {client: told.score for client, told in whole.items()} == known.ask(list_scores, day(-ago))
        for client in everyone[::3]:
            alone = known.ask(health, client, day(-ago))
            assert whole.get(client, alone) == alone
        assert (ago == 0) == (truths.leaving[0] not in whole)


Acts = st.lists(
    st.tuples(st.sampled_from(["advice", "kept", "missed", "concern", "complaint"]), st.integers(2, 300)), max_size=7
)


@given(acts=Acts)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_kept_promises_and_a_contact_today_never_lower_health(practice: Practice, acts: list[tuple[str, int]]) -> None:
    def look(session: Session) -> None:
        client = written(session, "client", 1)
        for kind, ago in acts:
            if kind == "advice":
                in_touch(session, client, -ago - 70, -ago)
            elif kind in ("kept", "missed"):
                promised(session, client, -ago, kept=kind == "kept")
            else:
                hurt = concern if kind == "concern" else complained
                hurt(session, client, -ago)
        session.flush()
        # What is kept of rhythms holds for today: a day before is reckoned from the entries.
        for better in ("a promise kept", "a contact"):
            before, earlier = (health(session, client, day(ago)).score for ago in (-1, -2))
            if better == "a contact":
                in_touch(session, client, -2, -1, "")
            else:
                promised(session, client, -1, kept=True)
            session.flush()
            after = health(session, client, day(-1)).score
            if before is not None:
                assert after is not None
                assert after >= before
            assert health(session, client, day(-2)).score == earlier
        raise Enough

    with pytest.raises(Enough):
        practice.do(look)


def test_each_part_that_is_reckoned_has_a_weight_and_a_place(practice: Practice) -> None:
    assert set(health_parts.PARTS) == set(FIRST_WEIGHTS) == set(HealthWeights.model_fields) - {"threshold"}
    assert sum(FIRST_WEIGHTS.values()) == 100
    told = practice.ask(health, someone(practice))
    assert [each.name for each in told.parts] == list(health_parts.PARTS)


def test_a_promise_to_his_segment_is_heeded_by_what_is_kept(practice: Practice) -> None:
    client = someone(practice)
    practice.do(in_touch, client, -200, -40)
    practice.do(promised, client, -10, kept=True)

    def agrees() -> bool:
        while practice.jot(kept_health.refresh, TODAY):
            pass
        return dict(practice.ask(fetch, "SELECT id, score FROM client_health")) == practice.ask(list_scores, TODAY)

    before = part(practice.ask(health, client), "silence").value
    value = {"conditions": [["tag", "harbour"]], "sort": "name", "descending": False}
    view = int(did(practice, save_view, "clients", "Harbour", value))
    did(practice, set_service_promise, ServicePromise(view_id=view, rhythm_days=10))
    assert agrees()
    did(practice, tag_clients, [client], "harbour")
    after = part(practice.ask(health, client), "silence").value
    assert before is not None
    assert after is not None
    assert after < before
    kept = dict(practice.ask(fetch, "SELECT id, score FROM client_health"))
    assert kept == practice.ask(list_scores, TODAY)
    practice.undo()
    assert agrees()
    assert part(practice.ask(health, client), "silence").value == before
