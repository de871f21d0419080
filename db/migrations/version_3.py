"""Version 3: the order of names, titles and questions by language, and rhythms, both derived from the rest."""

STATEMENTS = """
CREATE TABLE ordering (
    id INTEGER NOT NULL PRIMARY KEY,
    language VARCHAR NOT NULL,
    whole BOOLEAN NOT NULL
);
CREATE TABLE party_order (
    id INTEGER NOT NULL PRIMARY KEY,
    key VARCHAR NOT NULL
);
CREATE INDEX ix_party_order_key ON party_order (key);
CREATE TABLE engagement_order (
    id INTEGER NOT NULL PRIMARY KEY,
    key VARCHAR NOT NULL
);
CREATE INDEX ix_engagement_order_key ON engagement_order (key);
CREATE TABLE advice_order (
    id INTEGER NOT NULL PRIMARY KEY,
    key VARCHAR NOT NULL
);
CREATE INDEX ix_advice_order_key ON advice_order (key);
DROP INDEX advice_given;
CREATE INDEX advice_given ON advice (given_at, id, withdrawn_at, state, author, direction, channel, amends_id);
DROP INDEX advice_client;
CREATE INDEX advice_client ON advice (client_id, given_at, id, withdrawn_at);
CREATE INDEX advice_answers ON advice_response (response, withdrawn_at, advice_id);
CREATE INDEX client_since ON client (since);
CREATE INDEX client_referred ON client (since, party_id, referred_by_id) WHERE referred_by_id IS NOT NULL;
CREATE TABLE client_rhythm (
    id INTEGER NOT NULL PRIMARY KEY,
    grade VARCHAR NOT NULL,
    usual FLOAT NOT NULL,
    last_day INTEGER NOT NULL
);
"""
