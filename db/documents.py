"""What the index holds and a hit shows of each noun: queries, one row a record."""

from __future__ import annotations

_PARTY_TITLE = """p.name || ' ' || p.prefix || ' ' || p.given_name || ' ' || p.family_name || ' '
    || coalesce(c.number, '') || ' '
    || coalesce((SELECT group_concat(n.name, ' ') FROM party_name n WHERE n.party_id = p.id), '')"""

_PARTY_BODY = """p.organisation || ' ' || p.job_title || ' ' || p.notes || ' '
    || coalesce(c.valued || ' ' || c.notes, '') || ' '
    || coalesce((SELECT group_concat(k.value, ' ') FROM contact_point k WHERE k.party_id = p.id), '') || ' '
    || coalesce((SELECT group_concat(a.street || ' ' || a.postal_code || ' ' || a.city || ' ' || a.country, ' ')
        FROM address a WHERE a.party_id = p.id), '') || ' '
    || coalesce((SELECT group_concat(t.name, ' ') FROM tag t WHERE t.party_id = p.id), '') || ' '
    || coalesce((SELECT group_concat(x.value, ' ') FROM tax_id x WHERE x.party_id = p.id), '') || ' '
    || coalesce((SELECT group_concat(f.value, ' ') FROM custom_field f
        WHERE f.noun = 'party' AND f.record_id = p.id), '')"""

_ADVICE_BODY = """p.advice || ' ' || p.basis || ' ' || p.options || ' ' || p.risks || ' ' || p.present || ' '
    || p.amend_reason || ' '
    || coalesce((SELECT group_concat(r.words || ' ' || r.reason || ' ' || r.consequence, ' ')
        FROM advice_response r WHERE r.advice_id = p.id AND r.withdrawn_at IS NULL), '')"""

# By noun: rows of (record id, client id, moment, title, body, restricted).
DOCUMENTS: dict[str, str] = {
    "party": f"SELECT p.id, c.id, p.created_at, {_PARTY_TITLE}, {_PARTY_BODY}, 0"
    " FROM party p LEFT JOIN client c ON c.party_id = p.id",
    "engagement": """SELECT p.id, p.client_id, coalesce(p.opened_on, ''), p.number || ' ' || p.title,
        p.area || ' ' || p.scope_included || ' ' || p.scope_excluded || ' ' || p.assumptions || ' ' || p.client_duties
            || ' ' || p.outcome || ' ' || p.value_sought || ' ' || p.value_delivered, 0 FROM engagement p""",
    "advice": f"SELECT p.id, p.client_id, p.given_at, p.question, {_ADVICE_BODY}, 0"
    " FROM advice p WHERE p.withdrawn_at IS NULL",
    "trust_note": """SELECT p.id, p.client_id, p.noted_at, '', p.text || ' ' || p.told_by || ' ' || p.learned,
        p.restricted OR p.kind = 'confidence' FROM trust_note p""",
    "promise": """SELECT p.id, p.client_id, p.made_on, '', p.text || ' ' || p.by_whom || ' ' || p.to_whom || ' '
        || p.evidence, 0 FROM promise p""",
    "follow_up": "SELECT p.id, p.client_id, p.due_on, '', p.what || ' ' || p.outcome, 0 FROM follow_up p",
    "attachment": "SELECT p.id, p.client_id, p.added_at, '', p.name, 0 FROM attachment p",
    "decision": """SELECT p.id, (SELECT client_id FROM engagement WHERE id = p.engagement_id), p.decided_on, p.item,
        p.choice || ' ' || p.decided_by || ' ' || p.reason, 0 FROM decision p WHERE p.withdrawn_at IS NULL""",
    "out_of_scope": "SELECT p.id, p.client_id, p.asked_on, '', p.what, 0 FROM out_of_scope p",
    "deadline": "SELECT p.id, p.client_id, p.falls_on, '', p.what || ' ' || p.note, 0 FROM deadline p",
    "insight": """SELECT p.id, p.client_id, p.heard_on, '', p.verbatim || ' ' || p.said_by || ' '
        || coalesce((SELECT group_concat(t.name, ' ') FROM insight_theme t WHERE t.insight_id = p.id), ''), 0
        FROM insight p""",
    "review": """SELECT p.id, p.client_id, p.held_on, '', p.their_words || ' ' || p.could_say_no || ' '
        || p.reason || ' ' || p.integrity || ' ' || p.competence || ' ' || p.independence || ' ' || p.fee, 0
        FROM review p""",
    "referral": """SELECT p.id, (SELECT id FROM client WHERE party_id = p.sent_id), p.referred_on, '',
        p.what_for || ' ' || p.outcome || ' ' || p.note, 0 FROM referral p""",
    "rights_request": """SELECT p.id, (SELECT id FROM client WHERE party_id = p.party_id), p.received_on, '',
        p.words || ' ' || p.how || ' ' || p.outcome, 0 FROM rights_request p""",
}

# Rows whose change changes the document of another row: the query that finds that row, and its column.
PARENTS: dict[str, tuple[str, str]] = {
    "client": ("party", "SELECT party_id FROM client WHERE id IN "),
    "party_name": ("party", "SELECT party_id FROM party_name WHERE id IN "),
    "contact_point": ("party", "SELECT party_id FROM contact_point WHERE id IN "),
    "address": ("party", "SELECT party_id FROM address WHERE id IN "),
    "tag": ("party", "SELECT party_id FROM tag WHERE id IN "),
    "tax_id": ("party", "SELECT party_id FROM tax_id WHERE id IN "),
    "custom_field": ("party", "SELECT record_id FROM custom_field WHERE noun = 'party' AND id IN "),
    "advice_response": ("advice", "SELECT advice_id FROM advice_response WHERE id IN "),
    "insight_theme": ("insight", "SELECT insight_id FROM insight_theme WHERE id IN "),
}
# Documents that stand under the client of a party: they move when a party becomes a client, or its file goes.
UNDER_A_PARTY: dict[str, str] = {"referral": "sent_id", "rights_request": "party_id"}
PARENT_COLUMN = {"custom_field": "record_id", "advice_response": "advice_id", "insight_theme": "insight_id"}

# By noun: rows of (record id, number, title, text to cut the snippet from).
SHOWN: dict[str, str] = {
    "party": """SELECT p.id, coalesce(c.number, ''), p.name, p.organisation || ' · '
        || coalesce((SELECT group_concat(k.value, ' · ') FROM contact_point k WHERE k.party_id = p.id), '') || ' · '
        || p.notes || ' · ' || coalesce(c.valued, '') || ' · '
        || coalesce((SELECT group_concat(a.street || ' ' || a.postal_code || ' ' || a.city, ' · ')
            FROM address a WHERE a.party_id = p.id), '') FROM party p LEFT JOIN client c ON c.party_id = p.id""",
    "engagement": """SELECT p.id, p.number, p.title, p.area || ' · ' || p.scope_included || ' · ' || p.value_sought
        || ' · ' || p.outcome FROM engagement p""",
    "advice": """SELECT p.id, printf('A-%04d', p.id), p.question, p.advice || ' · ' || p.basis || ' · ' || p.options
        || ' · ' || p.risks FROM advice p""",
    "trust_note": "SELECT p.id, '', p.kind, p.text || ' · ' || p.learned FROM trust_note p",
    "promise": "SELECT p.id, '', p.text, p.by_whom || ' · ' || p.to_whom || ' · ' || p.evidence FROM promise p",
    "follow_up": "SELECT p.id, '', p.what, p.outcome FROM follow_up p",
    "attachment": "SELECT p.id, '', p.name, p.media_type FROM attachment p",
    "decision": "SELECT p.id, '', p.item, p.choice || ' · ' || p.decided_by || ' · ' || p.reason FROM decision p",
    "out_of_scope": "SELECT p.id, '', p.what, p.handling FROM out_of_scope p",
    "deadline": "SELECT p.id, '', p.what, p.falls_on || ' · ' || p.note FROM deadline p",
    "insight": "SELECT p.id, '', '', p.verbatim || ' · ' || p.said_by FROM insight p",
    "review": "SELECT p.id, '', '', p.their_words || ' · ' || p.could_say_no || ' · ' || p.reason || ' · '"
    " || p.integrity || ' · ' || p.competence || ' · ' || p.independence || ' · ' || p.fee FROM review p",
    "referral": "SELECT p.id, '', (SELECT name FROM party WHERE id = p.sent_id), p.what_for || ' · ' || p.outcome"
    " || ' · ' || p.note FROM referral p",
    "rights_request": "SELECT p.id, '', (SELECT name FROM party WHERE id = p.party_id), p.words || ' · ' || p.how"
    " || ' · ' || p.outcome FROM rights_request p",
}

# The nouns that have no page of their own: they are seen on the page of their engagement.
ON_ENGAGEMENT = ("decision", "out_of_scope", "deadline")
