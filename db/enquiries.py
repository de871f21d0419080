"""Enquiries: a prospect who calls, checked and kept as one step, and the one who is declined with a letter."""

from __future__ import annotations

import datetime as dt

from pydantic import Field
from sqlmodel import Session

from db.advice import NewAdvice, log_advice
from db.clients import NewClient, NewStanding, add_client, change_standing
from db.conflicts import check_names, keep_check, without_party
from db.engagements import NewEngagement, NewRole, NewStage, add_engagement, add_role, change_stage
from db.errors import Refused
from db.firm import get_setting, set_setting
from db.followups import NewFollowUp, add_follow_up
from db.history import about
from db.inputs import Input, Optional, Text
from db.letters import NewLetter, keep_letter
from db.name_reading import is_surely_organisation
from db.name_words import FORMS
from db.names import tokens
from db.parties import NewContact, NewLink, NewParty, add_party, link_parties
from db.rows import among, fetch, get, ids, scalar
from db.tables import Client, ContactPoint, Engagement, Party, Referral
from db.trust import NewPromise, add_promise
from db.words import CLOSED_STAGES, Channel, DeclineReason, PartyKind, StandingReason

RETAIN_YEARS, LONGEST_YEARS = 6, 50
DECLINE_YEARS = "decline_years"
_GONE = frozenset({"former", "declined"})
_STANDING_REASON: dict[str, StandingReason] = {"conflict": "conflict", "fee": "price"}


class Named(Input):
    """Somebody as typed; `party_id` where he was chosen among those the practice has met."""

    name: Text
    party_id: int | None = None


class NewEnquiry(Input):
    """What a caller told; every name but the caller's may be left out. `due_time` as HH:MM."""

    caller: Named
    reach: Optional = ""
    opponents: list[Named] = Field(default_factory=list)
    related: list[Named] = Field(default_factory=list)
    referrer: Named | None = None
    need: Optional = ""
    note: Optional = ""
    promise: Optional = ""
    due_on: dt.date | None = None
    due_time: Optional = ""
    title: Optional = ""
    area: Optional = ""
    responsible_id: int | None = None

    def names(self) -> list[str]:
        """Everybody whom a conflict check must know of."""
        return [one.name for one in (self.caller, *self.opponents, *self.related)]


class Decline(Input):
    """A No said by the practice. `outcome` is the reason in words; without `sent_on` the letter waits to be sent,
    and `reminder` says so as a follow-up. `retain_until` is the day until which the file is kept.
    """

    reason: DeclineReason
    outcome: Text
    engagement_id: int | None = None
    retain_until: dt.date | None = None
    letter: NewLetter | None = None
    sent_on: dt.date | None = None
    sent_how: Channel = "letter"
    reminder: Optional = ""


# ---------------------------------------------------------------------- a prospect calls


def log_enquiry(session: Session, new: NewEnquiry, checked_by: str) -> int:
    """Keep a call with its conflict check, promise, opponents and referrer; gives the client's id.

    A caller who has a file already gets a new engagement at most; one who had left, or was declined, is an enquiry
    again. Nothing is kept where any part is refused.
    """
    if new.promise == "" and new.due_on is not None:
        raise Refused("required", "promise")
    # The names are searched before they are written down: nobody is to be found as his own conflict.
    result = check_names(session, new.names())
    if new.caller.party_id is not None:
        result = without_party(result, new.caller.party_id)
    caller_id = party_of(session, new.caller, new.reach)
    client_id = scalar(session, "SELECT id FROM client WHERE party_id = ?", caller_id)
    # A check is sealed and holds on to the client it names: for a new one Undo could not take the client back.
    decision = "clear" if result.verdict == "clear" else "open"
    keep_check(session, result, decision, "", checked_by, client_id=client_id)
    referrer = party_of(session, new.referrer) if new.referrer is not None else None
    client_id = _client(session, new, caller_id, client_id, referrer)
    engagement_id = _engagement(session, new, client_id)
    for one in new.related:
        _link(session, party_of(session, one), caller_id)
    if referrer is not None:
        session.add(
            Referral(
                direction="in", sent_id=caller_id, from_id=referrer, referred_on=dt.date.today(), what_for=new.need
            )
        )
    if new.promise:
        promise = NewPromise(
            client_id=client_id,
            engagement_id=engagement_id,
            text=new.promise,
            due_on=new.due_on,
            due_time=new.due_time,
            to_whom=new.caller.name,
        )
        add_promise(session, promise)
    about(session, get(session, Party, caller_id).name)
    return client_id


def party_of(session: Session, named: Named, reach: str = "") -> int:
    """The party that is meant: the one chosen, or a new one."""
    contacts = [NewContact(kind="email" if "@" in reach else "phone", value=reach)] if reach else []
    if named.party_id is None:
        kind: PartyKind = "organisation" if _is_organisation(named.name) else "person"
        return add_party(session, NewParty(name=named.name, kind=kind, contacts=contacts))
    get(session, Party, named.party_id)
    for contact in contacts:
        _add_contact(session, named.party_id, contact)
    return named.party_id


def _is_organisation(name: str) -> bool:
    last = name.split()[-1]
    # "S.A." and "AB" are written like a company form; "Sa" may be a family name.
    written_so = last.upper() == last and "".join(tokens(last)) in FORMS
    return is_surely_organisation(name) or (written_so and name.upper() != name)


def _add_contact(session: Session, party_id: int, contact: NewContact) -> None:
    from db.parties import normal_contact

    country = scalar(session, "SELECT country FROM practice")
    normal = normal_contact(contact, country)
    if not scalar(session, "SELECT 1 FROM contact_point WHERE party_id = ? AND normal = ?", party_id, normal):
        session.add(ContactPoint(**contact.model_dump(), party_id=party_id, normal=normal))


def _client(session: Session, new: NewEnquiry, caller_id: int, known: int | None, referrer: int | None) -> int:
    """The caller's file: opened, or found and told of the new need."""
    if known is None:
        fresh = NewClient(party_id=caller_id, responsible_id=new.responsible_id, referred_by_id=referrer)
        known = add_client(session, fresh)
    client = get(session, Client, known)
    if client.standing in _GONE:
        change_standing(session, known, NewStanding(standing="enquiry"))
    client.need = new.need or client.need
    client.notes = "\n".join(part for part in (client.notes, new.note) if part)
    client.referred_by_id = client.referred_by_id or referrer
    client.retain_until = None
    session.add(client)
    session.flush()
    return known


def _engagement(session: Session, new: NewEnquiry, client_id: int) -> int | None:
    """The work that is asked for, with its opponents; none where nothing was said of it."""
    if not (new.title or new.area or new.opponents):
        return None
    parts = [new.caller.name, *(one.name for one in new.opponents)]
    engagement_id = add_engagement(
        session,
        NewEngagement(
            client_id=client_id,
            title=new.title or (" / ".join(parts[:3]) if new.opponents else new.area),
            area=new.area,
            responsible_id=new.responsible_id,
            value_sought=new.need,
        ),
    )
    for party_id in dict.fromkeys(party_of(session, one) for one in new.opponents):
        add_role(session, NewRole(engagement_id=engagement_id, party_id=party_id, kind="adverse"))
    return engagement_id


def _link(session: Session, party_id: int, caller_id: int) -> None:
    ends = (party_id, caller_id, caller_id, party_id)
    known = "SELECT 1 FROM party_link WHERE (from_id = ? AND to_id = ?) OR (from_id = ? AND to_id = ?)"
    if party_id != caller_id and not scalar(session, known, *ends):
        link_parties(session, NewLink(from_id=party_id, to_id=caller_id, kind="other"))


def same_party(session: Session, name: str) -> int | None:
    """The one party whose name is written like this, in whichever order; None where there is none, or several."""
    words = tokens(name)
    if not words:
        return None
    # A person stands under his family name, which may begin at any word of the name as it is spoken.
    orders = {" ".join(words[at:] + words[:at]) for at in range(len(words))}
    marks = ", ".join("?" * len(orders))
    found = fetch(session, f"SELECT id, name FROM party WHERE sort_name IN ({marks}) LIMIT 20", *orders)
    same = [party for party, known in found if sorted(tokens(known)) == sorted(words)]
    return same[0] if len(same) == 1 else None


# ---------------------------------------------------------------------- declining


def decline_years(session: Session) -> int:
    """For how many years the practice keeps the file of somebody it declined."""
    return int(get_setting(session, DECLINE_YEARS, RETAIN_YEARS))


def set_decline_years(session: Session, years: int) -> None:
    """Say for how many years, from 1 to `LONGEST_YEARS`, the file of somebody declined is kept from now on."""
    if not 1 <= years <= LONGEST_YEARS:
        raise Refused("out-of-range", "decline_years", value=years)
    set_setting(session, DECLINE_YEARS, years)
    about(session, "")


def retain_until(session: Session, today: dt.date | None = None) -> dt.date:
    """Until when a declined enquiry is kept, by the practice's own number of years (setting `decline_years`)."""
    day = today or dt.date.today()
    years = decline_years(session)
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def decline(session: Session, client_id: int, no: Decline) -> int:
    """Say No to an enquiry: standing, stage, letter, what was sent, and until when the file is kept; gives the client.

    The names stay among those that every later conflict check searches.
    """
    client = get(session, Client, client_id, "client")
    if client.standing == "declined" and no.engagement_id is None:
        raise Refused("same-standing", "reason")
    if no.sent_on is not None and no.letter is None:
        raise Refused("required", "letter")
    engagement_id = no.engagement_id or _asked_for(session, client_id)
    if engagement_id is not None:
        _end(session, client_id, engagement_id, no)
    if no.letter is not None:
        _send(session, client_id, engagement_id, no)
    others = scalar(
        session,
        "SELECT count(*) FROM engagement WHERE client_id = ? AND stage NOT IN ('completed', 'disengaged', 'declined')",
        client_id,
    )
    if client.standing in ("enquiry", "prospect") and not others:
        reason = _STANDING_REASON.get(no.reason, "other")
        change_standing(session, client_id, NewStanding(standing="declined", reason=reason, words=no.outcome))
        client.retain_until = no.retain_until or retain_until(session)
        session.add(client)
        session.flush()
    about(session, get(session, Party, client.party_id).name)
    return client_id


def _asked_for(session: Session, client_id: int) -> int | None:
    found = ids(session, "SELECT id FROM engagement WHERE client_id = ? AND stage = 'enquiry' LIMIT 2", client_id)
    return found[0] if len(found) == 1 else None


def _end(session: Session, client_id: int, engagement_id: int, no: Decline) -> None:
    engagement = get(session, Engagement, engagement_id, "engagement_id")
    if engagement.client_id != client_id:
        raise Refused("other-clients-engagement", "engagement_id", title=engagement.title)
    if engagement.stage not in CLOSED_STAGES:
        change_stage(session, engagement_id, NewStage(stage="declined", outcome=no.outcome))


def _send(session: Session, client_id: int, engagement_id: int | None, no: Decline) -> None:
    """Keep the letter, and either what was sent as an entry of the record or a reminder to send it."""
    assert no.letter is not None
    advice_id = None
    if no.sent_on is not None:
        if no.sent_on > dt.date.today():
            raise Refused("in-the-future", "sent_on", given_at=no.sent_on)
        # Noon is inside the day in every zone that a practice is likely to write from; today it is this moment.
        noon = dt.datetime.combine(no.sent_on, dt.time(12), dt.UTC)
        given_at = min(noon, dt.datetime.now(dt.UTC))
        entry = NewAdvice(
            client_id=client_id,
            given_at=given_at,
            channel=no.sent_how,
            question=no.letter.title,
            advice=no.letter.text,
            record=True,
        )
        advice_id = log_advice(session, entry)
    elif no.reminder:
        add_follow_up(session, NewFollowUp(client_id=client_id, due_on=dt.date.today(), what=no.reminder))
    keep_letter(session, no.letter, client_id=client_id, engagement_id=engagement_id, advice_id=advice_id)


def list_enquiries(session: Session, client_ids: list[int]) -> list[int]:
    """Those of these clients who only asked so far: whom one can still take on or decline."""
    some = among(client_ids)
    return ids(session, f"SELECT id FROM client WHERE id IN ({some}) AND standing IN ('enquiry', 'prospect')")
