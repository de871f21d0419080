"""Version 2: decisions, deadlines, reviews, insights, referrals, requests about data, and rows put off."""

STATEMENTS = """
ALTER TABLE client ADD COLUMN need VARCHAR NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN review_months INTEGER;
ALTER TABLE client ADD COLUMN next_review_on DATE;
ALTER TABLE client ADD COLUMN retain_until DATE;
ALTER TABLE engagement ADD COLUMN recurs VARCHAR NOT NULL DEFAULT '';
ALTER TABLE engagement ADD COLUMN follows_id INTEGER REFERENCES engagement (id) ON DELETE RESTRICT;
ALTER TABLE engagement ADD COLUMN period_from DATE;
ALTER TABLE engagement ADD COLUMN period_until DATE;
CREATE INDEX ix_engagement_follows_id ON engagement (follows_id);
CREATE INDEX engagement_opened ON engagement (opened_on);
CREATE INDEX engagement_board ON engagement (stage, opened_on);
CREATE INDEX engagement_area ON engagement (area);
CREATE INDEX engagement_review ON engagement (next_review_on);
ALTER TABLE advice ADD COLUMN late_reason VARCHAR NOT NULL DEFAULT '';
CREATE TABLE draft (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    advice_id INTEGER,
    content VARCHAR NOT NULL,
    kept_at VARCHAR NOT NULL
);
CREATE INDEX ix_draft_advice_id ON draft (advice_id);
CREATE TABLE set_aside (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    noun VARCHAR NOT NULL,
    record_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    set_on DATE NOT NULL,
    until DATE,
    why VARCHAR NOT NULL
);
CREATE INDEX set_aside_row ON set_aside (noun, record_id);
CREATE TABLE referral (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    direction VARCHAR NOT NULL,
    sent_id INTEGER NOT NULL,
    from_id INTEGER,
    to_id INTEGER,
    referred_on DATE NOT NULL,
    what_for VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    thanked_on DATE,
    thanked_how VARCHAR NOT NULL,
    told_on DATE,
    note VARCHAR NOT NULL,
    FOREIGN KEY(sent_id) REFERENCES party (id) ON DELETE RESTRICT,
    FOREIGN KEY(from_id) REFERENCES party (id) ON DELETE RESTRICT,
    FOREIGN KEY(to_id) REFERENCES party (id) ON DELETE RESTRICT
);
CREATE INDEX ix_referral_from_id ON referral (from_id);
CREATE INDEX ix_referral_sent_id ON referral (sent_id);
CREATE INDEX ix_referral_to_id ON referral (to_id);
CREATE TABLE rights_request (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    party_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    received_on DATE NOT NULL,
    due_on DATE NOT NULL,
    how VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    verified_on DATE,
    verified_how VARCHAR NOT NULL,
    closed_on DATE,
    outcome VARCHAR NOT NULL,
    FOREIGN KEY(party_id) REFERENCES party (id) ON DELETE RESTRICT
);
CREATE INDEX ix_rights_request_party_id ON rights_request (party_id);
CREATE TABLE review (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL,
    held_on DATE NOT NULL,
    held_by VARCHAR NOT NULL,
    they VARCHAR NOT NULL,
    their_words VARCHAR NOT NULL,
    could_say_no VARCHAR NOT NULL,
    we VARCHAR NOT NULL,
    integrity VARCHAR NOT NULL,
    competence VARCHAR NOT NULL,
    independence VARCHAR NOT NULL,
    fee VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    next_on DATE,
    FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE RESTRICT
);
CREATE INDEX ix_review_client_id ON review (client_id);
CREATE TABLE rights_item (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    request_id INTEGER NOT NULL,
    noun VARCHAR NOT NULL,
    record_id INTEGER NOT NULL,
    decision VARCHAR NOT NULL,
    ground VARCHAR NOT NULL,
    UNIQUE (request_id, noun, record_id),
    FOREIGN KEY(request_id) REFERENCES rights_request (id) ON DELETE CASCADE
);
CREATE TABLE acceptance (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL,
    engagement_id INTEGER,
    decided_on DATE NOT NULL,
    decided_by VARCHAR NOT NULL,
    integrity VARCHAR NOT NULL,
    competence VARCHAR NOT NULL,
    independence VARCHAR NOT NULL,
    fee VARCHAR NOT NULL,
    identity VARCHAR NOT NULL,
    decision VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE RESTRICT,
    FOREIGN KEY(engagement_id) REFERENCES engagement (id) ON DELETE RESTRICT
);
CREATE INDEX ix_acceptance_client_id ON acceptance (client_id);
CREATE INDEX ix_acceptance_engagement_id ON acceptance (engagement_id);
CREATE TABLE deadline (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL,
    engagement_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    falls_on DATE NOT NULL,
    at_time VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    warn_days INTEGER NOT NULL,
    done_on DATE,
    note VARCHAR NOT NULL,
    FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE RESTRICT,
    FOREIGN KEY(engagement_id) REFERENCES engagement (id) ON DELETE RESTRICT
);
CREATE INDEX deadline_open ON deadline (done_on, falls_on);
CREATE INDEX ix_deadline_client_id ON deadline (client_id);
CREATE INDEX ix_deadline_engagement_id ON deadline (engagement_id);
CREATE TABLE insight (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER,
    engagement_id INTEGER,
    kind VARCHAR NOT NULL,
    heard_on DATE NOT NULL,
    heard_by VARCHAR NOT NULL,
    said_by VARCHAR NOT NULL,
    verbatim VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    score INTEGER,
    scale INTEGER,
    feeling VARCHAR NOT NULL,
    may_quote BOOLEAN NOT NULL,
    resolved_on DATE,
    FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE RESTRICT,
    FOREIGN KEY(engagement_id) REFERENCES engagement (id) ON DELETE RESTRICT
);
CREATE INDEX insight_heard ON insight (heard_on);
CREATE INDEX ix_insight_client_id ON insight (client_id);
CREATE INDEX ix_insight_engagement_id ON insight (engagement_id);
CREATE TABLE decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement_id INTEGER NOT NULL,
    advice_id INTEGER,
    item VARCHAR NOT NULL,
    choice VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_on DATE NOT NULL,
    cost_minor INTEGER,
    currency VARCHAR NOT NULL,
    days INTEGER,
    reason VARCHAR NOT NULL,
    supersedes_id INTEGER,
    withdrawn_at VARCHAR,
    FOREIGN KEY(engagement_id) REFERENCES engagement (id) ON DELETE RESTRICT,
    FOREIGN KEY(advice_id) REFERENCES advice (id) ON DELETE RESTRICT,
    FOREIGN KEY(supersedes_id) REFERENCES decision (id) ON DELETE RESTRICT
);
CREATE INDEX ix_decision_advice_id ON decision (advice_id);
CREATE INDEX ix_decision_engagement_id ON decision (engagement_id);
CREATE INDEX ix_decision_supersedes_id ON decision (supersedes_id);
CREATE TABLE insight_action (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    insight_id INTEGER NOT NULL,
    what VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    due_on DATE,
    done_on DATE,
    told_on DATE,
    told_how VARCHAR NOT NULL,
    FOREIGN KEY(insight_id) REFERENCES insight (id) ON DELETE CASCADE
);
CREATE INDEX ix_insight_action_insight_id ON insight_action (insight_id);
CREATE TABLE insight_theme (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    insight_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    UNIQUE (insight_id, name),
    FOREIGN KEY(insight_id) REFERENCES insight (id) ON DELETE CASCADE
);
CREATE INDEX ix_insight_theme_name ON insight_theme (name);
CREATE TABLE out_of_scope (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL,
    engagement_id INTEGER NOT NULL,
    advice_id INTEGER,
    asked_on DATE NOT NULL,
    what VARCHAR NOT NULL,
    handling VARCHAR NOT NULL,
    minutes INTEGER,
    amount_minor INTEGER,
    currency VARCHAR NOT NULL,
    settled_on DATE,
    FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE RESTRICT,
    FOREIGN KEY(engagement_id) REFERENCES engagement (id) ON DELETE RESTRICT,
    FOREIGN KEY(advice_id) REFERENCES advice (id) ON DELETE RESTRICT
);
CREATE INDEX ix_out_of_scope_advice_id ON out_of_scope (advice_id);
CREATE INDEX ix_out_of_scope_client_id ON out_of_scope (client_id);
CREATE INDEX ix_out_of_scope_engagement_id ON out_of_scope (engagement_id);
DROP INDEX advice_given;
CREATE INDEX advice_given ON advice (given_at, state, withdrawn_at, direction, channel, amends_id);
CREATE INDEX engagement_letter ON engagement (letter, stage);
CREATE INDEX advice_answered ON advice_response (advice_id, withdrawn_at);
CREATE INDEX promise_kept ON promise (kept_on, by, status) WHERE kept_on IS NOT NULL;
CREATE INDEX client_review ON client (next_review_on) WHERE next_review_on IS NOT NULL;
DROP INDEX advice_client;
CREATE INDEX advice_client ON advice (client_id, given_at, withdrawn_at);
CREATE INDEX promise_open ON promise (client_id, due_on) WHERE status = 'open';
CREATE INDEX trust_note_effect ON trust_note (client_id, effect);
CREATE INDEX trust_note_concern ON trust_note (client_id) WHERE kind = 'concern' AND resolved_on IS NULL;
CREATE INDEX follow_up_next ON follow_up (client_id, due_on) WHERE done_on IS NULL;
CREATE INDEX fee_billed ON fee (client_id, charged_on, amount_minor, currency) WHERE kind = 'billed';
CREATE INDEX deadline_next ON deadline (client_id, falls_on) WHERE done_on IS NULL;
CREATE INDEX address_city ON address (city, party_id);
CREATE INDEX step_verb ON step (verb);
CREATE INDEX step_who ON step (who);
CREATE INDEX change_erased ON change (step_id) WHERE erased;
"""
