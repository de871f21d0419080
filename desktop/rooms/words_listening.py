"""What the codes of insights, referrals, reviews and requests about data are called, and in which tone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.text import _

if TYPE_CHECKING:
    from desktop.widgets.ink import Tone

LISTENING: dict[str, Callable[[], str]] = {
    "survey": lambda: _("Survey"),
    "interview": lambda: _("Interview"),
    "focus group": lambda: _("Focus group"),
    "frontline": lambda: _("Front desk"),
    "complaint": lambda: _("Complaint"),
    "praise": lambda: _("Praise"),
    "recommend": lambda: _("Would recommend us"),
    "satisfaction": lambda: _("Satisfied"),
    "ease": lambda: _("Easy to work with us"),
    "pleased": lambda: _("Pleased"),
    "neutral": lambda: _("Neutral"),
    "displeased": lambda: _("Displeased"),
    "to do": lambda: _("To do"),
    "to tell": lambda: _("To be told"),
    "told": lambda: _("Told"),
    "settled": lambda: _("Settled"),
    "in": lambda: _("To us"),
    "out": lambda: _("From us"),
    "thanks owed": lambda: _("Thanks owed"),
    "thanked": lambda: _("Thanked"),
    "sent out": lambda: _("Sent by us"),
    "unsure": lambda: _("Unsure"),
    "leaves": lambda: _("Leaves"),
    "continue": lambda: _("We continue"),
    "change terms": lambda: _("We change the terms"),
    "disengage": lambda: _("We disengage"),
    "integrity": lambda: _("Integrity"),
    "competence": lambda: _("Competence"),
    "independence": lambda: _("Independence"),
    "fee": lambda: _("Fee"),
    "ok": lambda: _("In order"),
    "access": lambda: _("Access"),
    "rectification": lambda: _("Rectification"),
    "erasure": lambda: _("Erasure"),
    "restriction": lambda: _("Restriction"),
    "objection": lambda: _("Objection"),
    "portability": lambda: _("Portability"),
    "given": lambda: _("Given"),
    "withheld": lambda: _("Withheld"),
    "privileged": lambda: _("Privileged"),
    "third party": lambda: _("Rights of others"),
    "legal claim": lambda: _("Legal claims"),
    "answered": lambda: _("Answered in full"),
    "partly": lambda: _("Answered in part"),
    "refused": lambda: _("Refused"),
    "withdrawn": lambda: _("Withdrawn by the person"),
    "claims": lambda: _("legal claims: the record of what was advised and agreed"),
    "books": lambda: _("the books, which the law has us keep"),
    "laundering": lambda: _("duties against money laundering"),
    "conflicts": lambda: _("conflict checks"),
}

_NOUNS: dict[str, Callable[[], str]] = {
    "party": lambda: _("Person"),
    "party_name": lambda: _("Other names"),
    "contact_point": lambda: _("Contacts"),
    "address": lambda: _("Addresses"),
    "tax_id": lambda: _("Tax numbers"),
    "tag": lambda: _("Tags"),
    "custom_field": lambda: _("Further fields"),
    "party_link": lambda: _("Links"),
    "role": lambda: _("Roles"),
    "client": lambda: _("Client file"),
    "standing_change": lambda: _("Standing"),
    "engagement": lambda: _("Engagements"),
    "advice": lambda: _("Advice"),
    "advice_response": lambda: _("Answers"),
    "promise": lambda: _("Promises"),
    "trust_note": lambda: _("Trust notes"),
    "follow_up": lambda: _("Follow-ups"),
    "fee": lambda: _("Fees"),
    "attachment": lambda: _("Files"),
    "conflict_check": lambda: _("Conflict checks"),
    "decision": lambda: _("Decisions"),
    "out_of_scope": lambda: _("Outside scope"),
    "deadline": lambda: _("Deadlines"),
    "acceptance": lambda: _("Acceptance"),
    "review": lambda: _("Reviews"),
    "health_override": lambda: _("Health set by hand"),
    "attempt": lambda: _("What was tried"),
    "suggestion_answer": lambda: _("Answers to suggestions"),
    "insight": lambda: _("Insights"),
    "insight_action": lambda: _("Actions"),
    "insight_theme": lambda: _("Themes"),
    "referral": lambda: _("Referrals"),
    "rights_request": lambda: _("Requests about data"),
}

LISTENING_TONES: dict[str, Tone] = {
    **dict.fromkeys(("praise", "pleased", "told", "thanked", "continues", "continue", "given", "answered"), "green"),
    **dict.fromkeys(("settled", "ok"), "green"),
    **dict.fromkeys(("to do", "to tell", "thanks owed", "unsure", "change terms", "withheld", "partly"), "amber"),
    **dict.fromkeys(("complaint", "displeased", "leaves", "disengage", "refused"), "red"),
    **dict.fromkeys(("survey", "interview", "focus group", "sent out"), "blue"),
}


def noun_word(noun: str) -> str:
    """What the records of a table are called."""
    return _NOUNS[noun]() if noun in _NOUNS else noun
