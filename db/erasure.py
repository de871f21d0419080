"""Erasure on a person's request: what may go goes for good, with its past in the journal; what must stay says why.

An erased record is deleted, and every entry of the journal about it loses its content and keeps its digest, also the
one that deletes it: the chain still holds, and Undo cannot bring it back. Recorded advice, fees, engagements and
conflict checks stay: the practice needs them for legal claims, for its books and against money laundering (article
17(3) of the GDPR). The line of a step in the history, which names whom it was about, stays with the chain that seals
it. Backups that were made before hold what they held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db import search
from db.engine import raw
from db.errors import Refused
from db.held import HELD
from db.history import about
from db.privacy import open_request
from db.rows import among, get, ids, scalar
from db.tables import Party

# What may always go, and what goes with it, in the order in which nothing is left hanging.
GOES = ("contact_point", "address", "tag", "custom_field", "party_link")
GOES_OF_FILE = (
    *("insight_action", "insight", "trust_note", "follow_up"),
    *("health_override", "attempt", "suggestion_answer"),
)
# Only where no file and no role holds the name: then the person himself goes, but for the number of his row.
GOES_WITH_NAME = ("party_name", "tax_id", "referral")
STAYS: dict[str, str] = {
    "advice": "claims",
    "advice_response": "claims",
    "attachment": "claims",
    "promise": "claims",
    "decision": "claims",
    "deadline": "claims",
    "review": "claims",
    "referral": "claims",
    "engagement": "claims",
    "client": "claims",
    "standing_change": "claims",
    "fee": "books",
    "out_of_scope": "books",
    "tax_id": "laundering",
    "acceptance": "laundering",
    "conflict_check": "conflicts",
    "party_name": "conflicts",
    "role": "conflicts",
}
_BLANK_PARTY: dict[str, Any] = {
    **dict.fromkeys(("job_title", "organisation", "lawful_basis", "notes", "raw_card", "language"), ""),
    "began_on": None,
}
_NAMES = ("prefix", "given_name", "middle_name", "family_name", "suffix")
_BLANK_CLIENT: dict[str, Any] = {"valued": "", "need": ""}


@dataclass(frozen=True)
class ErasurePlan:
    """How many records of each kind go, and of each kind how many stay with the ground for it."""

    goes: dict[str, int]
    stays: list[tuple[str, int, str]]
    name_goes: bool


def plan_erasure(session: Session, party_id: int) -> ErasurePlan:
    """What an erasure would do, without doing it."""
    going = _going(session, party_id)
    stays = []
    for noun, ground in STAYS.items():
        left = [number for number in _held(session, noun, party_id) if number not in going.get(noun, ())]
        if left:
            stays.append((noun, len(left), ground))
    return ErasurePlan({noun: len(some) for noun, some in going.items() if some}, stays, _nameless(session, party_id))


def erase_person(session: Session, request_id: int) -> dict[str, int]:
    """Erase what may go of the person of a request; gives how many records of each kind. It cannot be undone.

    The search index is written anew: seconds in a large practice, so it belongs into a job.
    """
    request = open_request(session, request_id)
    if request.kind != "erasure":
        raise Refused("not-an-erasure", "request")
    if request.verified_on is None:
        raise Refused("identity-first", "request")
    party_id = request.party_id
    about(session, f"#{request_id}")
    name = get(session, Party, party_id).name
    going = _going(session, party_id)
    whole = _nameless(session, party_id)
    for noun, some in going.items():
        _erase(session, noun, some)
    blanks = dict(_BLANK_PARTY)
    if whole:
        blanks |= {**dict.fromkeys(_NAMES, ""), "name": f"#{party_id}", "sort_name": f"#{party_id}"}
    _blank(session, "party", party_id, blanks, "source")
    file = scalar(session, "SELECT id FROM client WHERE party_id = ?", party_id)
    if file is not None:
        _blank(session, "client", file, _BLANK_CLIENT, "notes")
    _forget_sources(session, party_id, going)
    _forget_jottings(session, party_id, name, going["advice"])
    _forget_words(session, {**going, "party": [party_id]})
    return {noun: len(some) for noun, some in going.items() if some}


def _held(session: Session, noun: str, party_id: int) -> list[int]:
    return ids(session, f"SELECT id FROM {noun} WHERE {HELD[noun].replace(':p', str(int(party_id)))} ORDER BY id")


def _nameless(session: Session, party_id: int) -> bool:
    """Whether nothing that stays needs the name: no file, no role, no check."""
    held = scalar(
        session,
        "SELECT EXISTS (SELECT 1 FROM client WHERE party_id = ?1 OR referred_by_id = ?1)"
        " OR EXISTS (SELECT 1 FROM role WHERE party_id = ?1)",
        party_id,
    )
    return not held


def _going(session: Session, party_id: int) -> dict[str, list[int]]:
    nouns = (*GOES_OF_FILE, *GOES, *(GOES_WITH_NAME if _nameless(session, party_id) else ()))
    going = {noun: _held(session, noun, party_id) for noun in nouns}
    themes = f"SELECT id FROM insight_theme WHERE insight_id IN ({among(going['insight'])})"
    drafts = f"""SELECT id FROM advice a WHERE {HELD["advice"].replace(":p", str(int(party_id)))} AND state = 'draft'
        AND NOT EXISTS (SELECT 1 FROM promise WHERE advice_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM attachment WHERE advice_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM out_of_scope WHERE advice_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM decision WHERE advice_id = a.id)"""
    return {"insight_theme": ids(session, themes), **going, "advice": ids(session, drafts)}


def _erase(session: Session, noun: str, some: Sequence[int]) -> None:
    if not some:
        return
    driver = raw(session.connection())
    session.flush()
    driver.execute(f"DELETE FROM {noun} WHERE id IN ({among(some)})")
    _empty_journal(driver, noun, some)


def _empty_journal(driver: Any, noun: str, some: Sequence[int]) -> None:
    # The entry that this step has just written has no digest yet: it is emptied before it gets one.
    driver.execute(
        f"UPDATE change SET before = NULL, after = NULL, erased = 1 WHERE noun = ? AND row_id IN ({among(some)})",
        (noun,),
    )


def _blank(session: Session, noun: str, record: int, blanks: dict[str, Any], last: str) -> None:
    """Empty columns of a row that stays, and its past; `last` is emptied by an entry of its own, which is kept.

    Without a kept entry the row would look as if it had been put in from outside.
    """
    driver = raw(session.connection())
    session.flush()
    session.expire_all()
    setting = ", ".join(f'"{column}" = ?' for column in [*blanks, last])
    driver.execute(f"UPDATE {noun} SET {setting} WHERE id = ?", (*blanks.values(), "erased", record))
    _empty_journal(driver, noun, [record])
    driver.execute(f"UPDATE {noun} SET \"{last}\" = '' WHERE id = ?", (record,))


def _forget_words(session: Session, gone: dict[str, list[int]]) -> None:
    """Take the words out of the search index at once: a document taken off leaves them in it until it is tidied."""
    connection = session.connection()
    search.reindex(connection, {noun: set(some) for noun, some in gone.items()}, 1)
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


def _forget_jottings(session: Session, party_id: int, name: str, drafts: Sequence[int]) -> None:
    """What was typed and never kept goes with the person's file and drafts, and where it names him."""
    raw(session.connection()).execute(
        f"""DELETE FROM draft WHERE advice_id IN ({among(drafts)}) OR instr(content, ?)
        OR json_extract(content, '$.client_id') IN (SELECT CAST(id AS TEXT) FROM client WHERE party_id = ?)""",
        (name, party_id),
    )


def _forget_sources(session: Session, party_id: int, going: dict[str, list[int]]) -> None:
    """Where records came from names them too (an address, a number of the old system)."""
    for noun, some in [*going.items(), ("party", [party_id])]:
        found = ids(session, f"SELECT id FROM source_key WHERE noun = ? AND record_id IN ({among(some)})", noun)
        _erase(session, "source_key", found)
