"""What one form captures in one step: advice with its promise, answer and files; a record with the party behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlmodel import Session, col, delete, select

from db import advice as entries
from db import clients, drafts, engagements, parties
from db.advice import AdviceEdit, NewAdvice, NewResponse
from db.attachments import NewAttachment, attach
from db.engagements import NewRole
from db.errors import Refused
from db.followups import NewFollowUp, add_follow_up
from db.history import about
from db.parties import NewLink, NewParty
from db.rows import fetch, get, ids
from db.scope import NewOutOfScope, log_out_of_scope
from db.tables import Advice, Attachment, Client, CustomField, Party
from db.trust import NewPromise, NewTrustNote, add_promise, note_trust

NAMELESS = 0  # the draft of advice for which no client was chosen yet: there is at most one


Beside = NewPromise | NewFollowUp | NewTrustNote | NewOutOfScope


def log_with_promise(
    session: Session,
    advice: NewAdvice,
    promise: NewPromise | None = None,
    response: NewResponse | None = None,
    attachments: Sequence[Path] = (),
    draft_id: int | None = None,
    *,
    beside: Sequence[Beside] = (),
    jotting_id: int | None = None,
) -> int:
    """Record advice with the promise made, the answer given and the files shown; a draft of it is used up.

    `beside` are further promises, follow-ups and confidences said with it, and what of it was asked for outside the
    scope. A late entry says why it is late. Gives the entry's id. Nothing is kept where any part of it is refused.
    """
    if not advice.late_reason and entries.is_late(advice.given_at):
        raise Refused("late-needs-why", "late_reason")
    advice_id = _written(session, advice, draft_id)
    _set_unfinished(session, advice_id, {})
    _end_nameless(session, draft_id)
    entries.record_advice(session, advice_id)
    of_entry = {"client_id": advice.client_id, "engagement_id": advice.engagement_id, "advice_id": advice_id}
    for each in (*((promise,) if promise is not None else ()), *beside):
        _set_beside(session, each, of_entry)
    if response is not None and response.response != "awaiting":
        entries.respond_to_advice(session, advice_id, response)
    _attach(session, advice_id, attachments)
    drafts.drop_jotting(session, jotting_id)
    _about(session, advice)
    return advice_id


def _set_beside(session: Session, said: Beside, of_entry: Mapping[str, int | None]) -> None:
    if isinstance(said, NewPromise):
        add_promise(session, said.model_copy(update=of_entry))
    elif isinstance(said, NewFollowUp):
        add_follow_up(session, said.model_copy(update=of_entry))
    elif isinstance(said, NewOutOfScope):
        log_out_of_scope(session, said.model_copy(update={"advice_id": of_entry["advice_id"]}))
    else:
        of_client = {name: of_entry[name] for name in ("client_id", "engagement_id")}
        note_trust(session, said.model_copy(update=of_client))


def keep_draft(
    session: Session,
    advice: NewAdvice | None,
    unfinished: Mapping[str, str],
    attachments: Sequence[Path] = (),
    draft_id: int | None = None,
    *,
    jotting_id: int | None = None,
) -> int:
    """Keep what was written as a draft, with whatever else stood in the form by name; gives the draft's id.

    Without `advice`, for nobody knows yet whose it is, only what stood in the form is kept, as NAMELESS.
    """
    if advice is None:
        _set_unfinished(session, NAMELESS, unfinished)
        return NAMELESS
    advice_id = _written(session, advice, draft_id)
    _set_unfinished(session, advice_id, unfinished)
    _end_nameless(session, draft_id)
    _attach(session, advice_id, attachments)
    drafts.drop_jotting(session, jotting_id)
    _about(session, advice)
    return advice_id


def discard_draft(session: Session, advice_id: int) -> None:
    """Throw a draft away with what was kept beside it (Undo brings it back)."""
    _set_unfinished(session, advice_id, {})
    session.exec(delete(Attachment).where(col(Attachment.advice_id) == advice_id))
    entries.discard_draft(session, advice_id)


def read_unfinished(session: Session, advice_id: int) -> dict[str, str]:
    """What stood in the form beside a draft's own text, by name."""
    rows = fetch(session, "SELECT name, value FROM custom_field WHERE noun = 'draft' AND record_id = ?", advice_id)
    return {row[0]: row[1] for row in rows}


def _written(session: Session, advice: NewAdvice, draft_id: int | None) -> int:
    # A draft that Undo took away in the meantime is simply written anew.
    draft = None if draft_id is None else session.get(Advice, draft_id)
    if draft is None or draft.id is None:
        return entries.log_advice(session, advice)
    if draft.client_id == advice.client_id:
        edit = AdviceEdit(**advice.model_dump(exclude={"client_id", "record"}))
        return entries.edit_advice(session, draft.id, edit)
    fresh = entries.log_advice(session, advice)
    for file in session.exec(select(Attachment).where(Attachment.advice_id == draft.id)):
        file.advice_id = fresh
    session.flush()
    discard_draft(session, draft.id)
    return fresh


def _end_nameless(session: Session, draft_id: int | None) -> None:
    if draft_id == NAMELESS:
        _set_unfinished(session, NAMELESS, {})


def _set_unfinished(session: Session, advice_id: int, unfinished: Mapping[str, str]) -> None:
    kept = {
        field.name: field
        for field in session.exec(
            select(CustomField).where(CustomField.noun == "draft", CustomField.record_id == advice_id)
        )
    }
    for name, value in unfinished.items():
        field = kept.pop(name, None) or CustomField(noun="draft", record_id=advice_id, name=name, value="")
        field.value = value
        session.add(field)
    for field in kept.values():
        session.delete(field)


def _attach(session: Session, advice_id: int, paths: Sequence[Path]) -> None:
    for path in paths:
        attach(session, NewAttachment(path=path, advice_id=advice_id))


def _about(session: Session, advice: NewAdvice) -> None:
    client = get(session, Client, advice.client_id, "client")
    about(session, f"{advice.question} · {get(session, Party, client.party_id).name}")


def edit_client(session: Session, client_id: int, client: clients.ClientEdit, party: parties.PartyEdit) -> int:
    """Change the given fields of a client's file and of the party it is about."""
    record = get(session, Client, client_id, "client")
    if party.model_fields_set:
        parties.edit_party(session, record.party_id, party)
    return clients.edit_client(session, client_id, client)


def link_parties(session: Session, link: NewLink, new: NewParty | None = None) -> int:
    """Link two parties; `new` is the other one where he was not known before. Gives the link's id."""
    if new is not None:
        link = link.model_copy(update={"to_id": parties.add_party(session, new)})
    return parties.link_parties(session, link)


def add_role(session: Session, role: NewRole, new: NewParty | None = None) -> int:
    """Put a party into a role; `new` is one who was not known before. Gives the role's id."""
    if new is not None:
        role = role.model_copy(update={"party_id": parties.add_party(session, new)})
    return engagements.add_role(session, role)


def suggest_engagements(session: Session, text: str, client_id: int | None, limit: int = 8) -> list[int]:
    """Engagements whose titles hold words that begin as typed, his own first; without a text, his open ones."""
    from db.engagement_lists import list_engagement_ids
    from db.search import expression

    own: list[int] = []
    if client_id is not None:
        own = list_engagement_ids(session, text=text, client_id=client_id, open_only=not text.strip(), limit=limit)
    # One letter begins half of all titles, and looking through them all takes longer than a key may.
    wanted = expression(" ".join(word for word in text.split() if len(word) > 1))
    if not wanted or len(own) >= limit:
        return own
    found = ids(
        session,
        "SELECT d.record_id FROM search s JOIN search_document d ON d.id = s.rowid WHERE s.search MATCH ?"
        " ORDER BY s.rowid DESC LIMIT ?",
        *(f'title : ({wanted}) AND scope : "nengagement"', limit),
    )
    return list(dict.fromkeys([*own, *found]))[:limit]
