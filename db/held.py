"""What is held on a person: every record in every table that names him, as items that can be given or withheld."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.privacy import get_request
from db.rows import fetch, scalar
from db.search import find

MENTIONS_AT_MOST = 200

# A party's own records and those of its client file: the condition of each table, with :p for the party.
_FILE = "client_id = (SELECT id FROM client WHERE party_id = :p)"
_WORK = "engagement_id IN (SELECT id FROM engagement WHERE client_id = (SELECT id FROM client WHERE party_id = :p))"
HELD: dict[str, str] = {
    "party": "id = :p",
    "party_name": "party_id = :p",
    "contact_point": "party_id = :p",
    "address": "party_id = :p",
    "tax_id": "party_id = :p",
    "tag": "party_id = :p",
    "custom_field": "(noun = 'party' AND record_id = :p)"
    " OR (noun = 'client' AND record_id = (SELECT id FROM client WHERE party_id = :p))",
    "party_link": "from_id = :p OR to_id = :p",
    "role": "party_id = :p",
    "client": "party_id = :p",
    "standing_change": _FILE,
    "engagement": _FILE,
    "advice": _FILE,
    "advice_response": "advice_id IN (SELECT id FROM advice WHERE client_id = (SELECT id FROM client"
    " WHERE party_id = :p))",
    "promise": _FILE,
    "trust_note": _FILE,
    "follow_up": _FILE,
    "fee": _FILE,
    "attachment": f"{_FILE} OR {_WORK} OR advice_id IN (SELECT id FROM advice WHERE {_FILE})",
    "conflict_check": _FILE,
    "decision": _WORK,
    "out_of_scope": _FILE,
    "deadline": _FILE,
    "acceptance": _FILE,
    "review": _FILE,
    "health_override": _FILE,
    "attempt": _FILE,
    "suggestion_answer": _FILE,
    "insight": _FILE,
    "insight_action": f"insight_id IN (SELECT id FROM insight WHERE {_FILE})",
    "referral": "sent_id = :p OR from_id = :p OR to_id = :p",
    "rights_request": "party_id = :p",
}
# By table: what a line says of a record, its day, and the ground that speaks for withholding it ('' for none).
_TOLD: dict[str, tuple[str, str, str]] = {
    "party": ("name", "created_at", "''"),
    "party_name": ("name", "''", "''"),
    "contact_point": ("value", "''", "''"),
    "address": ("street || ', ' || postal_code || ' ' || city", "''", "''"),
    "tax_id": ("value", "''", "''"),
    "tag": ("name", "''", "''"),
    "custom_field": ("name || ': ' || value", "''", "''"),
    "party_link": (
        "(SELECT name FROM party WHERE id = from_id) || ' – ' || kind || ' – '"
        " || (SELECT name FROM party WHERE id = to_id)",
        "coalesce(since, '')",
        "'third party'",
    ),
    "role": ("kind || ' · ' || (SELECT title FROM engagement WHERE id = engagement_id)", "''", "''"),
    "client": ("number || CASE WHEN notes <> '' THEN ' · ' || notes ELSE '' END", "coalesce(since, '')", "''"),
    "standing_change": ("standing || CASE WHEN words <> '' THEN ' · ' || words ELSE '' END", "changed_on", "''"),
    "engagement": ("number || ' · ' || title", "coalesce(opened_on, '')", "''"),
    "advice": ("question", "given_at", "CASE WHEN privileged THEN 'privileged' ELSE '' END"),
    "advice_response": ("response || ' · ' || words", "responded_on", "''"),
    "promise": ("text", "made_on", "''"),
    "trust_note": (
        "kind || CASE WHEN restricted OR kind = 'confidence' THEN '' ELSE ' · ' || text END",
        "noted_at",
        "CASE WHEN kind = 'confidence' OR restricted THEN 'confidence' ELSE '' END",
    ),
    "follow_up": ("what", "due_on", "''"),
    "fee": ("kind || ' · ' || printf('%.2f', amount_minor / 100.0) || ' ' || currency", "charged_on", "''"),
    "attachment": ("name", "added_at", "''"),
    "conflict_check": ("names", "checked_at", "'third party'"),
    "decision": ("item || ' · ' || choice", "decided_on", "''"),
    "out_of_scope": ("what", "asked_on", "''"),
    "deadline": ("what", "falls_on", "''"),
    "acceptance": ("decision || ' · ' || reason", "decided_on", "''"),
    "review": ("they || ' · ' || we || ' · ' || reason", "held_on", "''"),
    "health_override": ("score || ' · ' || reason", "set_on", "''"),
    "attempt": ("what || ' · ' || came_of_it", "tried_on", "''"),
    "suggestion_answer": ("rule || ' · ' || answer || ' · ' || note", "answered_on", "''"),
    "insight": ("verbatim", "heard_on", "''"),
    "insight_action": ("what", "coalesce(due_on, '')", "''"),
    "referral": (
        "coalesce((SELECT name FROM party WHERE id = from_id), '') || ' → '"
        " || (SELECT name FROM party WHERE id = sent_id)",
        "referred_on",
        "'third party'",
    ),
    "rights_request": ("kind || ' · ' || words", "received_on", "''"),
}


@dataclass(frozen=True)
class ItemRow:
    """One record on the person; `decision` is '' as long as it is not reviewed, `hint` a ground worth a thought.

    `elsewhere` is a record of somebody else's file that mentions the person by name: whose it is.
    """

    noun: str
    record_id: int
    title: str
    on: str
    hint: str
    decision: str
    ground: str
    elsewhere: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """What names the record."""
        return self.noun, self.record_id


def list_items(session: Session, request_id: int) -> list[ItemRow]:
    """Everything on the person of a request: his own records by kind, then where else his name is found."""
    return [*list_own(session, request_id), *list_mentions(session, request_id)]


def list_own(session: Session, request_id: int) -> list[ItemRow]:
    """The records of the person himself and of his file."""
    request = get_request(session, request_id)
    if request is None:
        return []
    rows: list[Any] = []
    for noun, condition in HELD.items():
        title, on, hint = _TOLD[noun]
        hidden = " AND withdrawn_at IS NULL" if noun in {"advice", "advice_response", "decision"} else ""
        rows += fetch(
            session,
            f"SELECT '{noun}', id, {title}, substr({on}, 1, 10), {hint} FROM {noun}"
            f" WHERE ({condition.replace(':p', str(int(request.party_id)))}){hidden} ORDER BY 4, id",
        )
    decided = decisions(session, request_id)
    return [ItemRow(*[*row, *decided.get((row[0], row[1]), ("", ""))]) for row in rows]


def list_mentions(session: Session, request_id: int) -> list[ItemRow]:
    """The records of others in which the person's name is found; the first `MENTIONS_AT_MOST` of them."""
    request = get_request(session, request_id)
    if request is None:
        return []
    own = {item.key for item in list_own(session, request_id)}
    hits = [
        hit
        for hit in find(session, f'"{request.party}"', MENTIONS_AT_MOST).hits
        if (hit.noun, hit.id) not in own and hit.noun != "party"
    ]
    decided = decisions(session, request_id)
    return [
        ItemRow(
            *(hit.noun, hit.id, hit.title or hit.snippet, hit.when[:10], "third party"),
            *decided.get((hit.noun, hit.id), ("", "")),
            elsewhere=hit.client or "—",
        )
        for hit in hits
    ]


def decisions(session: Session, request_id: int) -> dict[tuple[str, int], tuple[str, str]]:
    """What was decided of each record so far: given or withheld, and on which ground."""
    return {
        (noun, record_id): (decision, ground)
        for noun, record_id, decision, ground in fetch(
            session, "SELECT noun, record_id, decision, ground FROM rights_item WHERE request_id = ?", request_id
        )
    }


def count_steps_on(session: Session, party_id: int) -> int:
    """How many steps of the history touched the person's own records."""
    records = " UNION ALL ".join(
        f"SELECT '{noun}' AS noun, id FROM {noun} WHERE {condition.replace(':p', str(int(party_id)))}"
        for noun, condition in HELD.items()
    )
    return int(
        scalar(
            session,
            f"SELECT count(DISTINCT c.step_id) FROM ({records}) r JOIN change c ON c.noun = r.noun AND c.row_id = r.id",
        )
    )
