-- SPDX-License-Identifier: MIT
-- A database of its own for programs that show SQLite files (Datasette): the account as plain tables, without the reports' texts. Its columns are
-- those of the codebook (exports/columns.tsv) in its order; lists are JSON arrays. publish.c fills it in memory, table by table, parents first.

-- :name publish_schema
CREATE TABLE parties (
    party TEXT PRIMARY KEY, kind TEXT, status TEXT, alpha2 TEXT, numeric TEXT, cow INTEGER, name TEXT
);
CREATE TABLE documents (
    document TEXT PRIMARY KEY, sha256 TEXT, uri TEXT, language TEXT, title TEXT, publisher TEXT, published TEXT, first_day TEXT,
    last_day TEXT, claims INTEGER, engine TEXT
);
CREATE TABLE bodies (
    body TEXT PRIMARY KEY, parties TEXT, parties_alpha2 TEXT, parties_cow TEXT, type TEXT, name TEXT, sessions INTEGER,
    last_held TEXT, next_planned TEXT, reports INTEGER
);
CREATE TABLE sessions (
    session TEXT PRIMARY KEY, body TEXT REFERENCES bodies, parties TEXT, parties_alpha2 TEXT, parties_cow TEXT, type TEXT,
    ordinal INTEGER, status TEXT, date TEXT, first_day TEXT, last_day TEXT, city TEXT, country TEXT REFERENCES parties,
    country_cow TEXT, chairs TEXT, announced INTEGER, reports INTEGER, said_on TEXT, machine TEXT,
    document TEXT REFERENCES documents, claim TEXT, begin INTEGER, "end" INTEGER, quote TEXT, sentence TEXT
);
CREATE TABLE instruments (
    instrument TEXT PRIMARY KEY, parties TEXT, parties_alpha2 TEXT, parties_cow TEXT, kind TEXT, status TEXT, date TEXT,
    first_day TEXT, last_day TEXT, count INTEGER, subject TEXT, sectors TEXT, contexts TEXT, session TEXT REFERENCES sessions,
    reports INTEGER, said_on TEXT, document TEXT REFERENCES documents, claim TEXT, begin INTEGER, "end" INTEGER, quote TEXT,
    sentence TEXT
);
CREATE TABLE commitments (
    commitment TEXT PRIMARY KEY, parties TEXT, parties_alpha2 TEXT, parties_cow TEXT, topic TEXT, sectors TEXT, contexts TEXT,
    stance TEXT, first_said TEXT, first_promised TEXT, said_on TEXT, deadline TEXT, deadline_first_day TEXT, deadline_last_day TEXT,
    slips INTEGER, past_due INTEGER, fate TEXT, note TEXT, stages INTEGER, reports INTEGER, deadlines TEXT, disagree TEXT,
    document TEXT REFERENCES documents, claim TEXT, begin INTEGER, "end" INTEGER, quote TEXT, sentence TEXT
);
CREATE TABLE people (
    person TEXT PRIMARY KEY, party TEXT REFERENCES parties, party_cow TEXT, name TEXT, offices TEXT, spellings TEXT, reports INTEGER
);
CREATE TABLE claims (
    claim TEXT, document TEXT REFERENCES documents, kind TEXT, parties TEXT, parties_alpha2 TEXT, parties_cow TEXT, type TEXT,
    status TEXT, ordinal INTEGER, date TEXT, first_day TEXT, last_day TEXT, city TEXT, country TEXT REFERENCES parties,
    count INTEGER, subject TEXT, sectors TEXT, concepts TEXT, by_party TEXT REFERENCES parties, belongs_to TEXT, said_on TEXT,
    begin INTEGER, "end" INTEGER, char_begin INTEGER, char_end INTEGER, quote TEXT, sentence TEXT
);
CREATE TABLE dyad_years (
    dyad TEXT, party_a TEXT REFERENCES parties, alpha2_a TEXT, cow_a INTEGER, name_a TEXT, party_b TEXT REFERENCES parties,
    alpha2_b TEXT, cow_b INTEGER, name_b TEXT, year INTEGER, date TEXT, first_day TEXT, last_day TEXT, meetings_held INTEGER,
    commission_sessions INTEGER, working_group_sessions INTEGER, summits INTEGER, consultations INTEGER, other_meetings INTEGER,
    calls INTEGER, visits INTEGER, forums INTEGER, meetings_announced INTEGER, meetings_cancelled INTEGER, signed_mou INTEGER,
    signed_agreement INTEGER, signed_protocol INTEGER, signed_statement INTEGER, signed_plan INTEGER, signed_contract INTEGER,
    signed_letter INTEGER, signed_document INTEGER, instruments_signed INTEGER, instruments_approved INTEGER,
    instruments_in_force INTEGER, instruments_agreed INTEGER, instruments_planned INTEGER, instruments_proposed INTEGER,
    instruments_ended INTEGER, promises_made INTEGER, promises_new INTEGER, promises_slipped INTEGER, promises_kept INTEGER,
    promises_dropped INTEGER, reports INTEGER, PRIMARY KEY (dyad, year)
);

CREATE INDEX session_by_day ON sessions (first_day);
CREATE INDEX instrument_by_day ON instruments (first_day);
CREATE INDEX commitment_by_day ON commitments (said_on);
CREATE INDEX claim_by_thing ON claims (belongs_to, said_on);
CREATE INDEX claim_by_document ON claims (document);

-- Full text of what claims say. Marks of Indic and Arabic scripts belong to words.
CREATE VIRTUAL TABLE claims_fts USING fts5 (subject, quote, sentence, content="claims",
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'");

-- What happened and what was said of promises, in the order of time.
CREATE VIEW timeline AS
    SELECT first_day AS day, 'session' AS what, session AS id, parties, status, type AS kind, sentence, document FROM sessions WHERE first_day IS NOT NULL
    UNION ALL SELECT coalesce(first_day, said_on), 'instrument', instrument, parties, status, kind, sentence, document FROM instruments
    UNION ALL SELECT said_on, 'commitment', belongs_to, parties, status, subject, sentence, document FROM claims WHERE kind = 'commitment' AND belongs_to IS NOT NULL
    ORDER BY 1, 2, 3;

-- Promises whose deadline is past, with how often it slipped.
CREATE VIEW past_due AS
    SELECT commitment, parties, topic, sectors, deadline, slips, deadlines, fate, said_on, sentence, document FROM commitments WHERE past_due = 1
    ORDER BY deadline_last_day;

-- When all rows are in.
-- :name publish_index
INSERT INTO claims_fts (claims_fts) VALUES ('rebuild');

-- :name publish_parties
INSERT INTO parties VALUES (?, ?, ?, ?, ?, ?, ?);

-- :name publish_documents
INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name publish_bodies
INSERT INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name publish_sessions
INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name publish_instruments
INSERT INTO instruments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name publish_commitments
INSERT INTO commitments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name publish_people
INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?);

-- :name publish_claims
INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name publish_dyad_years
INSERT INTO dyad_years VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
