"""Every table of a practice file, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.types import String, TypeDecorator
from sqlmodel import Field, SQLModel

_OWN_IDS: dict[str, Any] = {"sqlite_autoincrement": True}


class UtcText(TypeDecorator[dt.datetime]):
    """A moment, kept as sortable text in UTC with seconds: 2026-11-21T09:12:00Z."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: str | None, dialect: Any) -> dt.datetime | None:
        return None if value is None else dt.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)


def _reference(target: str, *, index: bool = True, nullable: bool = False, cascade: bool = False) -> Any:
    return Field(
        default=None,
        foreign_key=target,
        index=index,
        nullable=nullable,
        ondelete="CASCADE" if cascade else "RESTRICT",
    )


def _later() -> Any:
    """A text that came with a later version: rows of older files, and old rows brought back by Undo, hold none."""
    return Field(default="", sa_column_kwargs={"server_default": ""})


class Practice(SQLModel, table=True):
    """The firm itself: one row."""

    id: int | None = Field(default=None, primary_key=True)
    uuid: str
    name: str
    profession: str
    country: str = "GB"
    currency: str = "GBP"
    language: str = "en"
    address: str = ""
    registration: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    colour: str = ""
    logo_sha256: str | None = None
    created_at: dt.datetime = Field(sa_type=UtcText)


class Setting(SQLModel, table=True):
    """A choice of the practice, as JSON text."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    value: str


class Person(SQLModel, table=True):
    """Somebody who works in the practice."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    initials: str = ""
    email: str = ""
    colour: str = ""
    active: bool = True


class Party(SQLModel, table=True):
    """Any person or organisation that the practice ever met."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    name: str
    sort_name: str = Field(index=True)
    prefix: str = ""
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    suffix: str = ""
    began_on: dt.date | None = None
    language: str = ""
    job_title: str = ""
    organisation: str = ""
    lawful_basis: str = ""
    source: str = ""
    notes: str = ""
    raw_card: str = ""
    created_at: dt.datetime = Field(sa_type=UtcText)


class PartyName(SQLModel, table=True):
    """Another name of a party: former, maiden, trading, nickname, in another script."""

    __tablename__ = "party_name"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    party_id: int = _reference("party.id", cascade=True)
    kind: str
    name: str
    since: dt.date | None = None
    until: dt.date | None = None


class ContactPoint(SQLModel, table=True):
    """A way to reach a party; `value` as typed, `normal` folded (E.164 for phones, lower case for e-mail)."""

    __tablename__ = "contact_point"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    party_id: int = _reference("party.id", cascade=True)
    kind: str
    value: str
    normal: str = Field(index=True)
    purpose: str = ""
    preferred: bool = False


class Address(SQLModel, table=True):
    """A postal address of a party."""

    __table_args__ = (Index("address_city", "city", "party_id"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    party_id: int = _reference("party.id", cascade=True)
    purpose: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


class TaxId(SQLModel, table=True):
    """A tax or register number of a party."""

    __tablename__ = "tax_id"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    party_id: int = _reference("party.id", cascade=True)
    kind: str = ""
    value: str = Field(index=True)
    country: str = ""


class Tag(SQLModel, table=True):
    """A tag on a party."""

    __table_args__ = (UniqueConstraint("party_id", "name"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    party_id: int = _reference("party.id", index=False, cascade=True)
    name: str = Field(index=True)


class CustomField(SQLModel, table=True):
    """A column that an import brought and Cliens has no place for: kept by name with the record it came with."""

    __tablename__ = "custom_field"
    __table_args__ = (UniqueConstraint("noun", "record_id", "name"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    noun: str
    record_id: int
    name: str
    value: str


class PartyLink(SQLModel, table=True):
    """A link from one party to another; the reverse name is known from `words.REVERSE_LINK`."""

    __tablename__ = "party_link"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    from_id: int = _reference("party.id", cascade=True)
    to_id: int = _reference("party.id", cascade=True)
    kind: str
    since: dt.date | None = None
    until: dt.date | None = None
    note: str = ""


class Client(SQLModel, table=True):
    """The practice's file on a party that it serves, did serve or may serve."""

    __table_args__ = (
        Index("client_standing", "standing", "grade", "responsible_id"),
        Index("client_review", "next_review_on", sqlite_where=text("next_review_on IS NOT NULL")),
        Index("client_since", "since"),
        Index(
            "client_referred", "since", "party_id", "referred_by_id", sqlite_where=text("referred_by_id IS NOT NULL")
        ),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="party.id", unique=True, ondelete="RESTRICT")
    number: str = Field(unique=True)
    standing: str
    grade: str = ""
    responsible_id: int | None = _reference("person.id", nullable=True)
    since: dt.date | None = None
    referred_by_id: int | None = _reference("party.id", nullable=True)
    rhythm_days: int | None = None
    valued: str = ""
    notes: str = ""
    need: str = _later()
    review_months: int | None = None
    next_review_on: dt.date | None = None
    retain_until: dt.date | None = None


class StandingChange(SQLModel, table=True):
    """One change of a client's standing, with its reason."""

    __tablename__ = "standing_change"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id", cascade=True)
    standing: str
    changed_on: dt.date
    reason: str = ""
    words: str = ""


class Engagement(SQLModel, table=True):
    """Agreed work for a client: a matter, an engagement or a project."""

    __table_args__ = (
        Index("engagement_opened", "opened_on"),
        Index("engagement_board", "stage", "opened_on"),
        Index("engagement_area", "area"),
        Index("engagement_review", "next_review_on"),
        Index("engagement_letter", "letter", "stage"),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id")
    number: str = Field(unique=True)
    title: str
    area: str = ""
    stage: str = Field(index=True)
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    outcome: str = ""
    responsible_id: int | None = _reference("person.id", nullable=True)
    scope_included: str = ""
    scope_excluded: str = ""
    assumptions: str = ""
    client_duties: str = ""
    fee_basis: str = ""
    fee_minor: int | None = None
    currency: str = ""
    letter: str = "none"
    letter_sent_on: dt.date | None = None
    letter_signed_on: dt.date | None = None
    next_review_on: dt.date | None = None
    value_sought: str = ""
    value_delivered: str = ""
    recurs: str = _later()
    follows_id: int | None = _reference("engagement.id", nullable=True)
    period_from: dt.date | None = None
    period_until: dt.date | None = None
    may_cite: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})


class Role(SQLModel, table=True):
    """What a party does in an engagement."""

    __table_args__ = (UniqueConstraint("engagement_id", "party_id", "kind"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    engagement_id: int = _reference("engagement.id", index=False, cascade=True)
    party_id: int = _reference("party.id")
    kind: str
    note: str = ""


class Advice(SQLModel, table=True):
    """One entry of the advisory history; once `state` is recorded the database itself refuses every change of it."""

    __table_args__ = (
        CheckConstraint("state IN ('draft', 'recorded')"),
        Index("advice_client", "client_id", "given_at", "id", "withdrawn_at"),
        Index("advice_engagement", "engagement_id", "given_at"),
        Index("advice_given", "given_at", "id", "withdrawn_at", "state", "author", "direction", "channel", "amends_id"),
        Index("advice_drafts", "state", sqlite_where=text("state = 'draft'")),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="RESTRICT")
    engagement_id: int | None = Field(default=None, foreign_key="engagement.id", ondelete="RESTRICT")
    given_at: dt.datetime = Field(sa_type=UtcText)
    zone: str = "UTC"
    author: str = ""
    channel: str = "meeting"
    direction: str = "given"
    minutes: int | None = None
    present: str = ""
    question: str
    advice: str = ""
    basis: str = ""
    options: str = ""
    risks: str = ""
    privileged: bool = False
    state: str = "draft"
    recorded_at: dt.datetime | None = Field(default=None, sa_type=UtcText)
    late_entry: bool = False
    late_reason: str = _later()
    amends_id: int | None = _reference("advice.id", nullable=True)
    amend_reason: str = ""
    confirmed_on: dt.date | None = None
    withdrawn_at: dt.datetime | None = Field(default=None, sa_type=UtcText)


class AdviceResponse(SQLModel, table=True):
    """What the client answered to a recorded entry; added once, dated, never changed, only withdrawn."""

    __tablename__ = "advice_response"
    __table_args__ = (
        Index("advice_answered", "advice_id", "withdrawn_at"),
        Index("advice_answers", "response", "withdrawn_at", "advice_id"),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    advice_id: int = _reference("advice.id")
    response: str
    responded_on: dt.date
    words: str = ""
    consequence: str = ""
    reason: str = ""
    withdrawn_at: dt.datetime | None = Field(default=None, sa_type=UtcText)


class Promise(SQLModel, table=True):
    """Who promised what, by when, and whether it was kept."""

    __table_args__ = (
        Index("promise_status", "status", "due_on"),
        Index("promise_kept", "kept_on", "by", "status", sqlite_where=text("kept_on IS NOT NULL")),
        Index("promise_open", "client_id", "due_on", sqlite_where=text("status = 'open'")),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id")
    engagement_id: int | None = _reference("engagement.id", nullable=True)
    advice_id: int | None = _reference("advice.id", nullable=True)
    by: str = "us"
    by_whom: str = ""
    to_whom: str = ""
    text: str
    made_on: dt.date
    due_on: dt.date | None = None
    due_time: str = ""
    status: str = "open"
    kept_on: dt.date | None = None
    evidence: str = ""
    undertaking: bool = False
    follows_id: int | None = _reference("promise.id", nullable=True)


class TrustNote(SQLModel, table=True):
    """A confidence, concern, signal or thanks that moves trust up or down (never client money)."""

    __tablename__ = "trust_note"
    __table_args__ = (
        CheckConstraint("effect BETWEEN -2 AND 2"),
        Index("trust_note_effect", "client_id", "effect"),
        Index("trust_note_concern", "client_id", sqlite_where=text("kind = 'concern' AND resolved_on IS NULL")),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id")
    engagement_id: int | None = _reference("engagement.id", nullable=True)
    noted_at: dt.datetime = Field(sa_type=UtcText)
    kind: str
    effect: int = 0
    facet: str = ""
    told_by: str = ""
    text: str
    restricted: bool = False
    resolved_on: dt.date | None = None
    learned: str = ""


class FollowUp(SQLModel, table=True):
    """A dated next step of the practice."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("follow_up_open", "done_on", "due_on"),
        Index("follow_up_next", "client_id", "due_on", sqlite_where=text("done_on IS NULL")),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id")
    engagement_id: int | None = _reference("engagement.id", nullable=True)
    advice_id: int | None = _reference("advice.id", nullable=True)
    due_on: dt.date
    what: str
    done_on: dt.date | None = None
    outcome: str = ""


class Fee(SQLModel, table=True):
    """Money billed, paid or written off, in minor units of its currency."""

    __table_args__ = (
        Index("fee_client", "client_id", "charged_on"),
        Index(
            "fee_billed", "client_id", "charged_on", "amount_minor", "currency", sqlite_where=text("kind = 'billed'")
        ),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="RESTRICT")
    engagement_id: int | None = _reference("engagement.id", nullable=True)
    charged_on: dt.date
    amount_minor: int
    currency: str
    kind: str = "billed"
    note: str = ""


class Attachment(SQLModel, table=True):
    """A file kept with a client, an engagement or an advice entry; its bytes stand in chunks by their SHA-256."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int | None = _reference("client.id", nullable=True)
    engagement_id: int | None = _reference("engagement.id", nullable=True)
    advice_id: int | None = _reference("advice.id", nullable=True)
    name: str
    media_type: str = ""
    size: int
    sha256: str = Field(index=True)
    added_at: dt.datetime = Field(sa_type=UtcText)


class Draft(SQLModel, table=True):
    """What is being typed and not kept yet, overwritten as it grows: outside the journal, which keeps what was kept."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    advice_id: int | None = Field(default=None, index=True)
    content: str
    kept_at: dt.datetime = Field(sa_type=UtcText)


class AttachmentChunk(SQLModel, table=True):
    """A piece of an attachment's bytes, outside the journal, which keeps the digest."""

    __tablename__ = "attachment_chunk"
    __table_args__ = (UniqueConstraint("sha256", "piece"),)
    id: int | None = Field(default=None, primary_key=True)
    sha256: str
    piece: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ConflictCheck(SQLModel, table=True):
    """A conflict check with what it found and what was decided; never changed, only withdrawn."""

    __tablename__ = "conflict_check"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    checked_at: dt.datetime = Field(sa_type=UtcText)
    checked_by: str
    names: str
    universe: int
    results: str
    verdict: str
    decision: str
    reason: str = ""
    client_id: int | None = _reference("client.id", nullable=True)
    engagement_id: int | None = _reference("engagement.id", nullable=True)
    withdrawn_at: dt.datetime | None = Field(default=None, sa_type=UtcText)


class Decision(SQLModel, table=True):
    """One line of a project's decision log; never changed: a change of mind is a later row that supersedes it."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    engagement_id: int = _reference("engagement.id")
    advice_id: int | None = _reference("advice.id", nullable=True)
    item: str
    choice: str
    decided_by: str
    decided_on: dt.date
    cost_minor: int | None = None
    currency: str = ""
    days: int | None = None
    reason: str = ""
    supersedes_id: int | None = _reference("decision.id", nullable=True)
    withdrawn_at: dt.datetime | None = Field(default=None, sa_type=UtcText)


class OutOfScope(SQLModel, table=True):
    """Work asked for outside of what was agreed, and how it was handled: goodwill, quote or change letter."""

    __tablename__ = "out_of_scope"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id")
    engagement_id: int = _reference("engagement.id")
    advice_id: int | None = _reference("advice.id", nullable=True)
    asked_on: dt.date
    what: str
    handling: str
    minutes: int | None = None
    amount_minor: int | None = None
    currency: str = ""
    settled_on: dt.date | None = None


class Deadline(SQLModel, table=True):
    """A date that an engagement must not miss: a limitation date, a hearing, a filing, a renewal."""

    __table_args__ = (
        Index("deadline_open", "done_on", "falls_on"),
        Index("deadline_next", "client_id", "falls_on", sqlite_where=text("done_on IS NULL")),
        _OWN_IDS,
    )
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id")
    engagement_id: int = _reference("engagement.id")
    kind: str
    falls_on: dt.date
    at_time: str = ""
    what: str
    warn_days: int = 7
    done_on: dt.date | None = None
    note: str = ""


class Acceptance(SQLModel, table=True):
    """The practice's own decision to take a client or an engagement on, each point answered yes, no or open."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id")
    engagement_id: int | None = _reference("engagement.id", nullable=True)
    decided_on: dt.date
    decided_by: str = ""
    integrity: str = "open"
    competence: str = "open"
    independence: str = "open"
    fee: str = "open"
    identity: str = "open"
    decision: str
    reason: str = ""


class HealthOverride(SQLModel, table=True):
    """What somebody who knows better says of a client's health (0 to 100), why, and until when."""

    __tablename__ = "health_override"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", unique=True, ondelete="CASCADE")
    score: int
    reason: str
    until_on: dt.date
    set_on: dt.date
    set_by: str = ""


class Attempt(SQLModel, table=True):
    """What was tried so that a client comes to stay, and what came of it."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id", cascade=True)
    tried_on: dt.date
    what: str
    came_of_it: str = ""


class SuggestionAnswer(SQLModel, table=True):
    """What was said to a suggestion about a client: done, later, or never for him."""

    __tablename__ = "suggestion_answer"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id", cascade=True)
    rule: str
    answer: str
    answered_on: dt.date
    until_on: dt.date | None = None
    note: str = ""


class Review(SQLModel, table=True):
    """A continuation review: does the client choose to go on, does the practice, and when is it asked again."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int = _reference("client.id")
    held_on: dt.date
    held_by: str = ""
    they: str
    their_words: str = ""
    could_say_no: str = ""
    we: str
    integrity: str = ""
    competence: str = ""
    independence: str = ""
    fee: str = ""
    reason: str = ""
    next_on: dt.date | None = None


class Insight(SQLModel, table=True):
    """What somebody told or showed the practice, verbatim first; a `score` is out of its `scale`."""

    __table_args__ = (Index("insight_heard", "heard_on"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    client_id: int | None = _reference("client.id", nullable=True)
    engagement_id: int | None = _reference("engagement.id", nullable=True)
    kind: str
    heard_on: dt.date
    heard_by: str = ""
    said_by: str = ""
    verbatim: str
    metric: str = ""
    score: int | None = None
    scale: int | None = None
    feeling: str = ""
    may_quote: bool = False
    resolved_on: dt.date | None = None


class InsightTheme(SQLModel, table=True):
    """A theme that an insight speaks of."""

    __tablename__ = "insight_theme"
    __table_args__ = (UniqueConstraint("insight_id", "name"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    insight_id: int = _reference("insight.id", index=False, cascade=True)
    name: str = Field(index=True)


class InsightAction(SQLModel, table=True):
    """What the practice does about an insight, and when and how the client was told."""

    __tablename__ = "insight_action"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    insight_id: int = _reference("insight.id", cascade=True)
    what: str
    owner: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    told_on: dt.date | None = None
    told_how: str = ""


class Referral(SQLModel, table=True):
    """Who sent whom: `from_id` sent `sent_id` to us (in), or we sent `sent_id` to `to_id` (out)."""

    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    direction: str
    sent_id: int = _reference("party.id")
    from_id: int | None = _reference("party.id", nullable=True)
    to_id: int | None = _reference("party.id", nullable=True)
    referred_on: dt.date
    what_for: str = ""
    outcome: str = ""
    thanked_on: dt.date | None = None
    thanked_how: str = ""
    told_on: dt.date | None = None
    note: str = ""


class RightsRequest(SQLModel, table=True):
    """A person's request about his data: received, identity verified, answered within its time."""

    __tablename__ = "rights_request"
    __table_args__ = (_OWN_IDS,)
    id: int | None = Field(default=None, primary_key=True)
    party_id: int = _reference("party.id")
    kind: str
    received_on: dt.date
    due_on: dt.date
    how: str = ""
    words: str = ""
    verified_on: dt.date | None = None
    verified_how: str = ""
    closed_on: dt.date | None = None
    outcome: str = ""


class RightsItem(SQLModel, table=True):
    """What was decided of one record that a request asks for: given or withheld, and on which ground."""

    __tablename__ = "rights_item"
    __table_args__ = (UniqueConstraint("request_id", "noun", "record_id"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = _reference("rights_request.id", index=False, cascade=True)
    noun: str
    record_id: int
    decision: str
    ground: str = ""


class SetAside(SQLModel, table=True):
    """A row of Today put off until a day, or for good where there is no day, with the reason."""

    __tablename__ = "set_aside"
    __table_args__ = (Index("set_aside_row", "noun", "record_id"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    noun: str
    record_id: int
    kind: str
    set_on: dt.date
    until: dt.date | None = None
    why: str = ""


class SourceKey(SQLModel, table=True):
    """Where an imported record came from: the same source and key again means the same record."""

    __tablename__ = "source_key"
    __table_args__ = (UniqueConstraint("source", "key"), Index("source_key_record", "noun", "record_id"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    source: str
    key: str
    noun: str
    record_id: int
    digest: str


class Step(SQLModel, table=True):
    """One change to the file as the user knows it; its digest closes over its changes and the step before it."""

    __table_args__ = (Index("step_verb", "verb"), Index("step_who", "who"), _OWN_IDS)
    id: int | None = Field(default=None, primary_key=True)
    at: str
    who: str
    computer: str
    verb: str
    subject: str = ""
    undoes: int | None = Field(default=None, index=True)
    kind: str = "do"
    digest: str | None = None


class Change(SQLModel, table=True):
    """What a step did to one row, written by triggers: the columns before and after, as JSON."""

    __table_args__ = (
        Index("change_row", "noun", "row_id"),
        Index("change_erased", "step_id", sqlite_where=text("erased")),
    )
    id: int | None = Field(default=None, primary_key=True)
    step_id: int = Field(index=True)
    noun: str
    row_id: int
    kind: str
    before: str | None = None
    after: str | None = None
    digest: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    erased: bool = False


class SearchDocument(SQLModel, table=True):
    """What stands under a row id of the full-text index."""

    __tablename__ = "search_document"
    __table_args__ = (UniqueConstraint("noun", "record_id"),)
    id: int | None = Field(default=None, primary_key=True)
    noun: str
    record_id: int
    client_id: int | None = None
    at: str = ""
    digest: int = 0


class Ordering(SQLModel, table=True):
    """The language in whose order the keys beneath are, and whether all of them are: one row, outside the journal."""

    id: int | None = Field(default=None, primary_key=True)
    language: str
    whole: bool


class PartyOrder(SQLModel, table=True):
    """What a party is sorted by, under its id: derived from its name, outside the journal."""

    __tablename__ = "party_order"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)


class EngagementOrder(SQLModel, table=True):
    """What an engagement's title is sorted by, under its id: outside the journal."""

    __tablename__ = "engagement_order"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)


class AdviceOrder(SQLModel, table=True):
    """What the question of an advice is sorted by, under its id: outside the journal."""

    __tablename__ = "advice_order"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)


class ClientRhythm(SQLModel, table=True):
    """How often a client whom we serve is in touch, under his id: derived from his advice, outside the journal.

    `usual` is his gap in days, agreed or his own; `last_day` the day of the last contact, counted from 1970-01-01.
    """

    __tablename__ = "client_rhythm"
    id: int | None = Field(default=None, primary_key=True)
    grade: str
    usual: float
    last_day: int


class ClientHealth(SQLModel, table=True):
    """The health (0 to 100) that a client had on a day, under his id: the last one reckoned, outside the journal."""

    __tablename__ = "client_health"
    id: int | None = Field(default=None, primary_key=True)
    day: dt.date
    score: int | None = None
