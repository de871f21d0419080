"""The closed lists of the vocabulary: what a kind, standing, stage, role or response may be."""

from __future__ import annotations

from typing import Literal, get_args

Profession = Literal["law", "accounting", "design"]
PartyKind = Literal["person", "organisation"]
NameKind = Literal["former", "maiden", "trading", "nickname", "script", "other"]
ContactKind = Literal["email", "phone", "fax", "web", "social", "other"]
LinkKind = Literal[
    "spouse",
    "partner",
    "parent",
    "child",
    "sibling",
    "family",
    "director of",
    "directed by",
    "owns",
    "owned by",
    "employs",
    "employed by",
    "parent company of",
    "subsidiary of",
    "advises",
    "advised by",
    "contact of",
    "has contact",
    "other",
]
LawfulBasis = Literal["contract", "consent", "legal obligation", "legitimate interest", "vital interest", "public task"]
Standing = Literal["enquiry", "prospect", "occasional", "client", "former", "declined"]
StandingReason = Literal[
    "continues", "price", "outcome", "service", "trust", "moved", "competitor", "no need", "conflict", "other"
]
Grade = Literal["A", "B", "C", "D"]
Stage = Literal["enquiry", "proposed", "engaged", "active", "on hold", "completed", "disengaged", "declined"]
FeeBasis = Literal["fixed", "hourly", "monthly", "yearly", "contingent", "retainer", "none", "other"]
Letter = Literal["none", "draft", "sent", "signed"]
RoleKind = Literal["decides", "pays", "uses", "benefits", "adverse", "counsel", "witness", "contact", "refers"]
Channel = Literal["meeting", "call", "video", "e-mail", "letter", "note"]
Direction = Literal["given", "received", "both"]
AdviceState = Literal["draft", "recorded"]
Response = Literal["awaiting", "accepted", "deferred", "declined", "against advice"]
PromiseStatus = Literal["open", "kept", "late", "broken", "renegotiated", "released"]
PromiseBy = Literal["us", "client"]
TrustKind = Literal["confidence", "concern", "signal", "thanks"]
Facet = Literal["reliability", "credibility", "closeness", "self-interest"]
FeeKind = Literal["billed", "paid", "written off"]
Verdict = Literal["clear", "look", "stop"]
ConflictDecision = Literal["clear", "accepted with waiver", "declined"]
DeclineReason = Literal["no capacity", "conflict", "not our field", "fee", "integrity", "other"]
Recurs = Literal["", "monthly", "quarterly", "yearly"]
Handling = Literal["goodwill", "quote", "change letter"]
DeadlineKind = Literal["limitation", "hearing", "filing", "renewal", "other"]
Answer = Literal["yes", "no", "open"]
Acceptance = Literal["accepted", "declined"]
TheyContinue = Literal["continues", "unsure", "leaves"]
WeContinue = Literal["continue", "change terms", "disengage"]
InsightKind = Literal["survey", "interview", "focus group", "social", "frontline", "complaint", "praise"]
Metric = Literal["", "recommend", "satisfaction", "ease"]
Feeling = Literal["", "pleased", "neutral", "displeased"]
ReferralDirection = Literal["in", "out"]
RightKind = Literal["access", "rectification", "erasure", "restriction", "objection", "portability"]
ItemDecision = Literal["given", "withheld"]
Ground = Literal["", "privileged", "third party", "confidence", "legal claim", "other"]
RequestOutcome = Literal["answered", "partly", "refused", "withdrawn"]

CLOSED_STAGES: frozenset[str] = frozenset({"completed", "disengaged", "declined"})
OPEN_STAGES: tuple[str, ...] = tuple(stage for stage in get_args(Stage) if stage not in CLOSED_STAGES)
RESTRICTED_KINDS: frozenset[str] = frozenset({"confidence"})

REVERSE_LINK: dict[str, str] = {
    "spouse": "spouse",
    "partner": "partner",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
    "family": "family",
    "director of": "directed by",
    "directed by": "director of",
    "owns": "owned by",
    "owned by": "owns",
    "employs": "employed by",
    "employed by": "employs",
    "parent company of": "subsidiary of",
    "subsidiary of": "parent company of",
    "advises": "advised by",
    "advised by": "advises",
    "contact of": "has contact",
    "has contact": "contact of",
    "other": "other",
}
