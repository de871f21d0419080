"""What the sample practices heard, who sent them whom, the reviews they held, and who asked for his data."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db import insights, privacy, referrals, reviews
from db.rows import scalar

PATH = Path(__file__).resolve().parent.parent / "resources" / "sample" / "listening.json"


def fill_listening(
    session: Session, profession: str, today: dt.date, parties: Mapping[str, int], authors: Mapping[str, str]
) -> None:
    """Put it into a practice, dated back from `today`; `parties` are ids by name, `authors` names by initials."""
    told = json.loads(PATH.read_text(encoding="utf-8"))[profession]
    one = next(iter(authors.values()))

    def day(ago: int) -> dt.date:
        return today - dt.timedelta(days=ago)

    def client(name: str | None) -> int | None:
        return None if name is None else scalar(session, "SELECT id FROM client WHERE party_id = ?", parties[name])

    for ago, kind, name, words, more in told["insights"]:
        given = {key: more[key] for key in ("metric", "score", "feeling", "themes", "said_by") if key in more}
        given |= {"client_id": client(name), "kind": kind, "heard_on": day(ago), "verbatim": words}
        given |= {"may_quote": bool(more.get("quote")), "heard_by": authors.get(more.get("by", ""), one)}
        insight = insights.record_insight(session, insights.NewInsight.model_validate(given))
        if "action" in more:
            _action(session, insight, *more["action"], day=day)
    for direction, ago, sent, other, more in told["referrals"]:
        side = "from_id" if direction == "in" else "to_id"
        given = {"direction": direction, "sent_id": parties[sent], side: parties[other], "referred_on": day(ago)}
        given |= {key: more[key] for key in ("what_for",) if key in more}
        referral = referrals.add_referral(session, referrals.NewReferral.model_validate(given))
        if "outcome" in more:
            outcome = referrals.Outcome(outcome=more["outcome"], told_on=day(more["told"]))
            referrals.tell_outcome(session, referral, outcome)
        if "thanked" in more:
            ago, how = more["thanked"]
            referrals.thank_for_referral(session, referral, referrals.Thanks(how=how, on=day(ago)))
    for ago, name, they, we, more in told["reviews"]:
        given = {key: value for key, value in more.items() if key != "by"}
        given |= {"client_id": client(name), "held_on": day(ago), "they": they, "we": we}
        given["held_by"] = authors.get(more.get("by", ""), one)
        reviews.hold_review(session, reviews.NewReview.model_validate(given))
    for kind, ago, name, how, words, more in told["requests"]:
        given = {"party_id": parties[name], "kind": kind, "received_on": day(ago), "how": how, "words": words}
        request = privacy.log_request(session, privacy.NewRequest.model_validate(given))
        if "verified" in more:
            ago, known = more["verified"]
            privacy.verify_identity(session, request, privacy.Verification(how=known, on=day(ago)))


def _action(
    session: Session, insight: int, what: str, owner: str, due: int, more: Mapping[str, Any] | None = None, *, day: Any
) -> None:
    more = more or {}
    action = insights.add_insight_action(session, insight, insights.NewAction(what=what, owner=owner, due_on=day(due)))
    if "done" in more:
        insights.finish_insight_action(session, action, day(more["done"]))
    if "told" in more:
        ago, how = more["told"]
        insights.tell_what_was_done(session, action, insights.Telling(how=how, on=day(ago)))
