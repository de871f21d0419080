"""A client's story: everything that ever happened with him as one timeline, read in pages from the newest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlmodel import Session

from db.conflicts import CHECKS_OF_ENQUIRY
from db.errors import Refused
from db.rows import fetch

PAGE = 50
BODY_LETTERS = 1200
Key = tuple[str, str, int]
# Later than anything that can be in the file: where the reading begins.
NEWEST: Key = ("9999-12-31T99", "~", 2**62)


@dataclass(frozen=True)
class Moment:
    """One entry of a client's story; `noun` and `id` say what it opens, `on` has a time where one is known.

    `part` tells apart two entries of one record, such as an engagement's opening and its closing.
    """

    noun: str
    id: int
    on: str
    title: str
    body: str
    state: str
    facts: dict[str, object] = field(default_factory=dict)
    part: str = ""

    @property
    def key(self) -> Key:
        """Its place in the story: hand it to `story` as `before` for what is older."""
        return (self.on, self.part, self.id)


# Which nouns each choice of the reader shows, in the order in which the choices are offered.
KINDS: dict[str, tuple[str, ...]] = {
    "advice": ("advice",),
    "promises": ("promise",),
    "trust": ("trust_note",),
    "engagements": ("engagement", "decision", "out_of_scope"),
    "dates": ("follow_up", "deadline"),
    "files": ("attachment",),
    "fees": ("fee",),
    "voice": ("insight", "review", "referral"),
    "standing": ("standing", "conflict_check"),
}

_ENGAGEMENTS = "engagement_id IN (SELECT id FROM engagement WHERE client_id = ?1)"
# noun, part, the moment, id, title, body, state, flag, more, and where it stands; ?1 is the client, ?2 his party.
_PARTS: tuple[tuple[str, str, str, str, str, str, str, str, str, str], ...] = (
    (
        *("advice", "advice", "a.given_at", "a.id", "a.question", "a.advice"),
        "CASE WHEN a.state = 'draft' THEN 'draft' ELSE coalesce((SELECT r.response FROM advice_response r"
        " WHERE r.advice_id = a.id AND r.withdrawn_at IS NULL), 'awaiting') END",
        *("a.late_entry", "a.amends_id", "advice a WHERE a.client_id = ?1 AND a.withdrawn_at IS NULL"),
    ),
    (
        *("promise", "promise", "made_on", "id", "text", "coalesce(due_on, '') || ' ' || due_time", "status"),
        *("undertaking", "by", "promise WHERE client_id = ?1"),
    ),
    (
        *("trust_note", "trust note", "noted_at", "id", "''"),
        "CASE WHEN restricted OR kind = 'confidence' THEN '' ELSE text END",
        *("kind", "restricted OR kind = 'confidence'", "effect", "trust_note WHERE client_id = ?1"),
    ),
    (
        *("engagement", "opened", "opened_on", "id", "title", "area", "'opened'", "0", "stage"),
        "engagement WHERE client_id = ?1 AND opened_on IS NOT NULL",
    ),
    (
        *("engagement", "closed", "closed_on", "id", "title", "outcome", "stage", "1", "stage"),
        "engagement WHERE client_id = ?1 AND closed_on IS NOT NULL",
    ),
    (
        *("decision", "decision", "decided_on", "id", "item", "choice"),
        "CASE WHEN EXISTS (SELECT 1 FROM decision l WHERE l.supersedes_id = decision.id AND l.withdrawn_at IS NULL)"
        " THEN 'superseded' ELSE '' END",
        *("engagement_id", "decided_by", f"decision WHERE {_ENGAGEMENTS} AND withdrawn_at IS NULL"),
    ),
    (
        *("out_of_scope", "out of scope", "asked_on", "id", "what", "''", "handling", "engagement_id"),
        *("settled_on", "out_of_scope WHERE client_id = ?1"),
    ),
    (
        *("follow_up", "follow-up", "due_on", "id", "what", "outcome"),
        *("CASE WHEN done_on IS NULL THEN 'open' ELSE 'done' END", "0", "0", "follow_up WHERE client_id = ?1"),
    ),
    (
        *("deadline", "deadline", "falls_on", "id", "what", "note"),
        *("CASE WHEN done_on IS NULL THEN 'open' ELSE 'done' END", "engagement_id", "kind"),
        "deadline WHERE client_id = ?1",
    ),
    (
        *("attachment", "file", "added_at", "id", "name", "media_type", "''", "size", "advice_id"),
        f"attachment WHERE client_id = ?1 OR {_ENGAGEMENTS}"
        " OR advice_id IN (SELECT id FROM advice WHERE client_id = ?1)",
    ),
    (
        *("fee", "fee", "charged_on", "id", "currency", "note", "kind", "amount_minor", "engagement_id"),
        "fee WHERE client_id = ?1",
    ),
    (
        *("insight", "insight", "heard_on", "id", "kind", "verbatim", "feeling", "score", "scale"),
        "insight WHERE client_id = ?1",
    ),
    (
        *("review", "review", "held_on", "id", "they", "their_words", "we", "0", "next_on"),
        "review WHERE client_id = ?1",
    ),
    (
        *("referral", "referral", "referred_on", "id"),
        "(SELECT name FROM party WHERE id = CASE WHEN r.sent_id = ?2 THEN coalesce(r.from_id, r.to_id)"
        " ELSE r.sent_id END)",
        *("r.what_for", "CASE WHEN r.sent_id = ?2 THEN 'sent' ELSE 'sender' END", "r.thanked_on", "r.direction"),
        "referral r WHERE r.sent_id = ?2 OR r.from_id = ?2 OR r.to_id = ?2",
    ),
    (
        *("standing", "standing", "changed_on", "id", "standing", "words", "reason", "0", "0"),
        "standing_change WHERE client_id = ?1",
    ),
    (
        *("conflict_check", "conflict check", "checked_at", "id", "verdict", "reason", "decision", "universe", "names"),
        f"conflict_check WHERE (client_id = ?1 OR {_ENGAGEMENTS} OR id IN ({CHECKS_OF_ENQUIRY}))"
        " AND withdrawn_at IS NULL",
    ),
)


def story(
    session: Session, client_id: int, *, limit: int = PAGE, before: Key = NEWEST, kinds: Collection[str] = ()
) -> list[Moment]:
    """What happened with a client, newest first; `kinds` narrows it to some of KINDS.

    `before` is the `key` of the last one shown, for loading more; a confidence shows only that there is one.
    """
    nouns = {noun for kind in kinds for noun in KINDS[kind]}
    wanted = [_select(part) for part in _PARTS if not nouns or part[0] in nouns]
    rows = fetch(
        session,
        f"SELECT * FROM ({' UNION ALL '.join(wanted)}) ORDER BY at DESC, part DESC, id DESC LIMIT ?6",
        *(client_id, _party(session, client_id), *before, limit),
    )
    return [Moment(*[*row[:6], {"flag": row[6], "more": row[7]}, row[8]]) for row in rows]


def past_of(today: dt.date) -> Key:
    """Where the past begins: handed to `story` as `before`, it tells of today and what was before."""
    return ((today + dt.timedelta(days=1)).isoformat(), "", 0)


def ahead(
    session: Session, client_id: int, today: dt.date, *, limit: int = PAGE, kinds: Collection[str] = ()
) -> list[Moment]:
    """What stands ahead of a client after today, such as deadlines and follow-ups, the next first."""
    nouns = {noun for kind in kinds for noun in KINDS[kind]}
    wanted = [_select(part, ahead=True) for part in _PARTS if not nouns or part[0] in nouns]
    rows = fetch(
        session,
        f"SELECT * FROM ({' UNION ALL '.join(wanted)}) ORDER BY at, part, id LIMIT ?4",
        *(client_id, _party(session, client_id), past_of(today)[0], limit),
    )
    return [Moment(*[*row[:6], {"flag": row[6], "more": row[7]}, row[8]]) for row in rows]


def _select(part: tuple[str, ...], ahead: bool = False) -> str:
    noun, name, moment, record, title, body, state, flag, more, place = part
    table, _where, condition = place.partition(" WHERE ")
    if ahead:
        narrowed = f"{moment} >= ?3 ORDER BY {moment}, {record} LIMIT ?4"
    else:
        narrowed = (
            f"{moment} <= ?3 AND ({moment}, '{name}', {record}) < (?3, ?4, ?5)"
            f" ORDER BY {moment} DESC, {record} DESC LIMIT ?6"
        )
    # Each part gives no more than a page, so that ten thousand entries cost hardly more than fifty.
    return (
        f"SELECT * FROM (SELECT '{noun}' AS noun, {record} AS id, {moment} AS at, {title} AS title,"
        f" substr({body}, 1, {BODY_LETTERS}) AS body, {state} AS state, {flag} AS flag, {more} AS more,"
        f" '{name}' AS part FROM {table} WHERE ({condition}) AND {narrowed})"
    )


def story_kinds(session: Session, client_id: int) -> list[str]:
    """Which of KINDS a client's story has anything of, in their order."""
    asked = ", ".join(_exists(nouns) for nouns in KINDS.values())
    row = fetch(session, f"SELECT {asked} WHERE ?1 + ?2", client_id, _party(session, client_id))[0]
    return [kind for kind, there in zip(KINDS, row, strict=True) if there]


def _exists(nouns: tuple[str, ...]) -> str:
    places = [part[-1] for part in _PARTS if part[0] in nouns]
    return "(" + " OR ".join(f"EXISTS (SELECT 1 FROM {place})" for place in places) + ")"


def _party(session: Session, client_id: int) -> int:
    found = fetch(session, "SELECT party_id FROM client WHERE id = ?", client_id)
    if not found:
        raise Refused("no-such-client", "client", told=str(client_id))
    return int(found[0][0])
