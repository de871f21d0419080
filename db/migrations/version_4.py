"""Version 4: knowing the client: overridden health, what was tried, answers to suggestions."""

STATEMENTS = """
CREATE TABLE health_override (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL,
    score INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    until_on DATE NOT NULL,
    set_on DATE NOT NULL,
    set_by VARCHAR NOT NULL,
    UNIQUE (client_id),
    FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
);
CREATE TABLE attempt (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL,
    tried_on DATE NOT NULL,
    what VARCHAR NOT NULL,
    came_of_it VARCHAR NOT NULL,
    FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
);
CREATE INDEX ix_attempt_client_id ON attempt (client_id);
CREATE TABLE suggestion_answer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    answer VARCHAR NOT NULL,
    answered_on DATE NOT NULL,
    until_on DATE,
    note VARCHAR NOT NULL,
    FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
);
CREATE INDEX ix_suggestion_answer_client_id ON suggestion_answer (client_id);
ALTER TABLE engagement ADD COLUMN may_cite BOOLEAN NOT NULL DEFAULT 0;
CREATE TABLE client_health (
    id INTEGER NOT NULL PRIMARY KEY,
    day DATE NOT NULL,
    score INTEGER
);
"""
