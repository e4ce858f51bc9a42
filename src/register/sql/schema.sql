-- SPDX-License-Identifier: MIT
-- The register, version 5. Canonical are `document` and `decision`: rows are added, never changed, never removed. Every other table is
-- derived from them and made again by `karar rebuild`. docs/manual/register.md describes what others may rely on.
--
-- A change of derived tables is a new version: upgrade.c drops them, makes them as they are here and fills them from the records that
-- the file keeps. A change of canonical tables is a step of its own there.

-- :name schema_documents

-- A report as it came in.
CREATE TABLE document (
    id          INTEGER PRIMARY KEY,
    hash        TEXT NOT NULL UNIQUE,       -- "sha256:…" of the bytes
    uri         TEXT NOT NULL,              -- path or address it came from
    language    TEXT,                       -- told by who added it; NULL: told from the text
    page_language TEXT,                     -- what the page said that its language is: believed where the text tells too little
    publisher   TEXT,                       -- as the page named it; NULL: told from the text
    date        TEXT,                       -- EDTF, told by who added it, or by the page
    added       TEXT NOT NULL,              -- UTC, ISO 8601
    added_by    TEXT NOT NULL,
    bytes       BLOB NOT NULL               -- UTF-8 text as stored; offsets count in it
) STRICT;
CREATE INDEX document_by_uri ON document (uri);
CREATE INDEX document_by_id ON document (substr(hash, 8, 12));    -- the id that people see
CREATE TRIGGER document_is_kept BEFORE DELETE ON document BEGIN SELECT raise(ABORT, 'documents are never removed'); END;
CREATE TRIGGER document_is_fixed BEFORE UPDATE ON document BEGIN SELECT raise(ABORT, 'documents are never changed'); END;

-- :name schema_decisions

-- What a person decided: who, when, why. An undo is a decision, too.
CREATE TABLE decision (
    id          INTEGER PRIMARY KEY,
    made        TEXT NOT NULL,              -- UTC, ISO 8601
    author      TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'edit', 'merge', 'split', 'undo', 'add', 'unsure', 'judge')),
    target      TEXT NOT NULL,              -- id of what it is about, as it was called then; undo: the decision's number
    field       TEXT,                       -- edit: which field. merge, split: words of the body's name, NULL all
    value       TEXT,                       -- edit: the right value. merge: id that takes the target in. add, judge: "field=value" on lines
    reason      TEXT NOT NULL,
    hash        TEXT,                       -- about one claim: its document, kind and first words, so that it is found again
    kind        TEXT,                       -- whatever number a later engine gives it; "document": about a report as a whole
    first_byte  INTEGER,
    nth         INTEGER,                    -- which of the claims of its kind that begin there, from 0; NULL (before version 4): all
    last_byte   INTEGER                     -- add: behind its words
) STRICT;
CREATE INDEX decision_by_hash ON decision (hash) WHERE hash IS NOT NULL;
CREATE INDEX decision_undone ON decision (target) WHERE action = 'undo';
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'decisions are never removed'); END;
CREATE TRIGGER decision_is_fixed BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;

-- :name schema_records

-- What the reader says of a document.
CREATE TABLE record (
    document    INTEGER PRIMARY KEY REFERENCES document,
    engine      TEXT NOT NULL,              -- version of the reader
    language    TEXT,
    title       TEXT,
    published   TEXT,                       -- EDTF
    day         TEXT,                       -- last day of `published`, or of the last meeting held in that month or year; NULL: no date
    publisher   TEXT,
    codes       TEXT NOT NULL,              -- codes by which full text finds it
    json        TEXT NOT NULL,              -- karar.record/1
    annex       TEXT                        -- JSON: where its sentences stand, names at its commitments' topics; NULL: not told
) STRICT;
CREATE INDEX record_by_day ON record (day);

-- Full text in every script, and codes: marks of Indic and Arabic scripts belong to words. Holds no text: rowid is document.id.
CREATE VIRTUAL TABLE words USING fts5 (title, body, codes, content = '',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'");

-- What one document says: a rebuild leaves these tables where the reader says the same as before.
-- :name schema_rows

-- One meeting, instrument or commitment of one document.
CREATE TABLE claim (
    id          INTEGER PRIMARY KEY,
    document    INTEGER NOT NULL REFERENCES document,
    doc         TEXT NOT NULL,              -- the document's id that people see: twelve digits
    local       TEXT NOT NULL,              -- m1, i1, c1: its id in the record
    part        INTEGER NOT NULL DEFAULT 0, -- a commitment about several things is a row for each
    kind        TEXT NOT NULL,              -- meeting, instrument, commitment
    pair        TEXT NOT NULL,              -- codes of its parties, sorted, joined by "-"
    type        TEXT,                       -- meeting type or instrument kind
    status      TEXT,                       -- status or stance
    ordinal     INTEGER,
    date        TEXT,                       -- EDTF; a commitment: its deadline
    first_day   TEXT,
    last_day    TEXT,
    city        TEXT,
    country     TEXT,
    body_name   TEXT,                       -- as written
    count       INTEGER,
    subject     TEXT,                       -- subject or topic, as written
    sectors     TEXT NOT NULL,              -- codes joined by blanks
    concepts    TEXT NOT NULL,
    about       TEXT,                       -- a commitment: the concept, or else the sector, whose thread it belongs to
    names       TEXT,                       -- a commitment: by what names it calls its topic, as written, joined by "|"
    hints       TEXT,                       -- words in which such a name may stand, where a script does not show names
    listed      TEXT,                       -- a commitment that names several things in a row: their concepts, "|" between the things
    by_party    TEXT,
    meeting     TEXT,                       -- local id of the meeting that it belongs to
    day         TEXT,                       -- when it was said: the report's day, else the meeting's
    first_byte  INTEGER,                    -- where its first words begin: by it a decision finds the claim again
    begin       INTEGER,                    -- words that say so, not of the headline if there are others: bytes
    "end"       INTEGER,
    words       TEXT,
    sentence_begin INTEGER,                 -- the sentence in which they stand: bytes; NULL: not told
    sentence_end INTEGER,
    scope       TEXT,                       -- within which it is matched: a body's id, or the pair
    own_day     TEXT,                       -- a meeting: first day; an instrument: its day, if that is told, else when it was said
    alone       TEXT,                       -- the id that it would have without other reports: goes on to lead to `link`
    link        TEXT,                       -- id of the session, instrument or thread that it speaks of; NULL: rejected, or told elsewhere
    weight      INTEGER,                    -- an instrument: how firm and how well told; a commitment: how firm
    matched     TEXT,                       -- id that was found by matching, where folding or a merge by people led on; NULL: as `link`
    rejected    INTEGER NOT NULL DEFAULT 0, -- by people
    how         TEXT,                       -- by what it was matched, at which distance
    decision    INTEGER,                    -- by which a person added it; NULL: the reader found it
    UNIQUE (document, local, part)
) STRICT;

-- The pairs that a document speaks of.
CREATE TABLE document_pair (
    pair        TEXT NOT NULL,
    document    INTEGER NOT NULL REFERENCES document,
    claims      INTEGER NOT NULL,
    PRIMARY KEY (pair, document)
) STRICT, WITHOUT ROWID;

-- A person as one document names them.
CREATE TABLE person_claim (
    document    INTEGER NOT NULL REFERENCES document,
    doc         TEXT NOT NULL,              -- the document's id that people see: twelve digits
    local       TEXT NOT NULL,
    name        TEXT NOT NULL,              -- as written
    latin       TEXT NOT NULL,
    office      TEXT,
    portfolio   TEXT NOT NULL,
    party       TEXT NOT NULL,              -- '' unknown
    day         TEXT,                       -- of the report
    begin       INTEGER,
    "end"       INTEGER,
    words       TEXT,
    sentence_begin INTEGER,
    sentence_end INTEGER,
    person      TEXT,                       -- who that is
    single      INTEGER NOT NULL DEFAULT 0, -- 1: named by one word only, a family name
    how         TEXT,                       -- by what they were told
    PRIMARY KEY (document, local)
) STRICT, WITHOUT ROWID;

-- Who chaired, took part, signed.
CREATE TABLE role (
    claim       INTEGER NOT NULL REFERENCES claim,
    person      TEXT NOT NULL,              -- local id
    role        TEXT NOT NULL,              -- chair, participant, signatory
    PRIMARY KEY (claim, role, person)
) STRICT, WITHOUT ROWID;

-- :name schema_derivation

-- By which reader a document's record was made, and what of it: a rebuild leaves out what is so still.
CREATE TABLE derivation (
    document    INTEGER PRIMARY KEY REFERENCES document,
    reader      INTEGER NOT NULL,           -- number of the program with its packs; 0: not known
    record      INTEGER NOT NULL,           -- digest of the line of `record`
    rows        INTEGER NOT NULL            -- digest of its rows in `claim`, `role`, `person_claim`, `document_pair`
) STRICT;

-- :name schema_account

-- Every way in which a person is written, and which person that is.
CREATE TABLE spelling (
    party       TEXT NOT NULL,
    latin       TEXT NOT NULL,
    person      TEXT NOT NULL,              -- "RUS/sergei-tsivilev"
    alone       TEXT NOT NULL,              -- the id that it would make alone
    single      INTEGER NOT NULL,           -- one word only: a family name
    PRIMARY KEY (party, latin)
) STRICT, WITHOUT ROWID;
CREATE INDEX spelling_by_person ON spelling (person);
CREATE INDEX spelling_by_alone ON spelling (alone);
-- The consonants of each of its words, by which candidates are found.
CREATE TABLE spelling_key (
    party       TEXT NOT NULL,
    word        TEXT NOT NULL,
    single      INTEGER NOT NULL,           -- of a family name alone
    latin       TEXT NOT NULL,
    PRIMARY KEY (party, word, single, latin)
) STRICT, WITHOUT ROWID;

-- A person, as all reports together name them.
CREATE TABLE person (
    id          TEXT PRIMARY KEY,           -- "RUS/sergei-tsivilev"
    party       TEXT NOT NULL,
    name        TEXT NOT NULL,              -- in Latin letters
    offices     TEXT,                       -- "office sectors (first day/last day of the reports that say so); …", the latest first
    spellings   TEXT,                       -- as written, joined by " | "
    reports     INTEGER NOT NULL,
    document    INTEGER NOT NULL,           -- whose words prove it, with its local id
    local       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A standing body, or the row of meetings of one kind between the same parties.
CREATE TABLE body (
    id          TEXT PRIMARY KEY,           -- "PAK-RUS/commission"
    pair        TEXT NOT NULL,
    type        TEXT NOT NULL,
    name        TEXT,                       -- as written most often
    sessions    INTEGER NOT NULL,
    last_held   TEXT,                       -- last day of the last session held
    next_planned TEXT,                      -- EDTF of the next session announced and not held
    reports     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How often a body is called so.
CREATE TABLE body_name (
    body        TEXT NOT NULL,
    name        TEXT NOT NULL,
    claims      INTEGER NOT NULL,
    PRIMARY KEY (body, name)
) STRICT, WITHOUT ROWID;

-- A thread as matching finds it, before those are folded whose commitments all stand in another one, too.
CREATE TABLE strand (
    scope       TEXT NOT NULL,
    id          TEXT NOT NULL,
    commitments INTEGER NOT NULL,
    single      INTEGER NOT NULL,           -- how many of them are about nothing else: with one it is never folded
    PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

-- A session: what its reports say, by vote, and the claims that gave each value; people's decisions are laid over it by the views.
CREATE TABLE session (
    id          TEXT PRIMARY KEY,           -- "PAK-RUS/commission/10", or a day where no number is known
    body        TEXT NOT NULL,
    pair        TEXT NOT NULL,
    type        TEXT NOT NULL,
    ordinal     INTEGER,
    status      TEXT NOT NULL,
    date        TEXT,
    first_day   TEXT,
    last_day    TEXT,
    city        TEXT,
    country     TEXT,
    chairs      TEXT,                       -- "name (office sector, PARTY); …"
    announced   INTEGER NOT NULL,           -- how many different dates were announced
    reports     INTEGER NOT NULL,
    said_on     TEXT,                       -- day of the last report that speaks of it
    proof       INTEGER NOT NULL,           -- claims: the one that tells most, and those that gave status, date, place
    status_claim INTEGER NOT NULL,
    date_claim  INTEGER,
    place_claim INTEGER,
    chair_claims TEXT,                      -- JSON: for each of the chairs [document, local id of the person]
    disagree    TEXT                        -- days and cities on which those differ who say that it was held
) STRICT, WITHOUT ROWID;

-- People's edits in force, under the ids that things have now.
CREATE TABLE edited (
    id          TEXT NOT NULL,
    field       TEXT NOT NULL,
    value       TEXT NOT NULL,
    decision    INTEGER NOT NULL REFERENCES decision,
    PRIMARY KEY (id, field)
) STRICT, WITHOUT ROWID;

-- What is told of things together, for lists that need not read all their claims.
-- :name schema_things

-- An instrument: which of its claims is the firmest.
CREATE TABLE instrument (
    id          TEXT PRIMARY KEY,           -- the `link` of its claims
    best        INTEGER NOT NULL,           -- claim: the firmest, of several the one that was said first
    latest      TEXT,                       -- first day of that claim's date, else when it was said
    reports     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A thread: what its claims tell together.
CREATE TABLE thread (
    id          TEXT PRIMARY KEY,           -- the `link` of its claims
    stages      INTEGER NOT NULL,           -- how many there are
    reports     INTEGER NOT NULL,
    days        INTEGER NOT NULL,           -- on which it was spoken of
    firmest     INTEGER,                    -- weight
    last_said   TEXT,                       -- day
    last        INTEGER NOT NULL,           -- claim: of those of that day the one that tells most
    story       TEXT                        -- JSON: what became of its deadlines (deadlines.c)
) STRICT, WITHOUT ROWID;

-- Indexes are made after the rows when all is made again: the first for matching, the others after it.
-- :name schema_scopes
CREATE INDEX claim_by_scope ON claim (kind, scope, own_day, day, last_day);
CREATE INDEX claim_of_months ON claim (scope, first_day, last_day) WHERE kind = 'meeting' AND date(first_day, '+27 days') <= last_day;
CREATE INDEX claim_with_names ON claim (scope, about) WHERE kind = 'commitment' AND (names IS NOT NULL OR hints IS NOT NULL);
CREATE INDEX person_claim_by_name ON person_claim (party, latin, day);

CREATE INDEX claim_of_instruments ON claim (scope, own_day, link, matched, type, status, count, sectors, doc, local, document, first_day, last_day, day)
    WHERE kind = 'instrument' AND NOT rejected;

-- :name schema_people
CREATE INDEX person_claim_by_person ON person_claim (person, single, day, office, portfolio, name, latin, party, doc);

-- :name schema_bodies
CREATE INDEX session_by_body ON session (body, status, last_day);

-- :name schema_indexes_rows
CREATE INDEX claim_by_link ON claim (link, day, kind, weight, date, status, doc, local, part, document);
CREATE INDEX claim_by_matched ON claim (matched) WHERE matched IS NOT NULL;
CREATE INDEX claim_by_alone ON claim (alone) WHERE link IS NOT alone;
CREATE INDEX document_pair_by_document ON document_pair (document, pair, claims);

-- :name schema_indexes
CREATE INDEX person_by_party ON person (party, reports);
CREATE INDEX body_by_pair ON body (pair);
CREATE INDEX body_by_last ON body (type, last_held);
CREATE INDEX session_by_pair ON session (pair, last_day, ordinal, type);

-- :name schema_views

-- Decisions that hold: not undone.
CREATE VIEW decision_in_force AS
    SELECT * FROM decision AS d
    WHERE action <> 'undo' AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.action = 'undo' AND u.target = CAST(d.id AS TEXT));

-- What people may know of decisions: a judgement is kept back until a second person has judged the same claim.
CREATE VIEW decision_shown AS
    SELECT d.id, d.made, d.author, d.action, d.target, d.field, CASE WHEN d.kept_back THEN NULL ELSE d.value END AS value,
           CASE WHEN d.kept_back THEN 'kept back until a second person has judged' ELSE d.reason END AS reason, d.hash, d.kind, d.first_byte, d.nth
    FROM (SELECT *, action = 'judge' AND NOT EXISTS (
              SELECT 1 FROM decision AS o WHERE o.action = 'judge' AND o.hash = decision.hash AND o.kind = decision.kind AND o.first_byte = decision.first_byte
              AND o.nth = decision.nth AND o.author <> decision.author
              AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.action = 'undo' AND u.target = CAST(o.id AS TEXT))) AS kept_back FROM decision) AS d;

-- Sessions with people's corrections; `machine` tells what the reports say where that differs.
CREATE VIEW account_session AS
    SELECT s.id, s.body, s.pair, s.type, s.ordinal,
           coalesce(e1.value, s.status) AS status,
           coalesce(e2.value, s.date) AS date,
           coalesce(e3.value, s.city || coalesce(', ' || s.country, ''), s.country) AS place,
           coalesce(e4.value, s.chairs) AS chairs,
           CASE WHEN e2.value IS NULL THEN s.first_day ELSE date(substr(e2.value, 1, 10)) END AS first_day,
           CASE WHEN e2.value IS NULL THEN s.last_day ELSE date(substr(e2.value, -10)) END AS last_day,
           s.announced, s.reports, s.said_on,
           nullif(rtrim(CASE WHEN e1.value <> s.status THEN 'status: ' || s.status || '; ' ELSE '' END ||
                        CASE WHEN e2.value <> coalesce(s.date, '') THEN 'date: ' || coalesce(s.date, 'none') || '; ' ELSE '' END ||
                        CASE WHEN e3.value IS NOT NULL THEN 'place: ' || coalesce(s.city, s.country, 'none') || '; ' ELSE '' END ||
                        CASE WHEN e4.value <> coalesce(s.chairs, '') THEN 'chairs: ' || coalesce(s.chairs, 'none') || '; ' ELSE '' END, '; '), '') AS machine
    FROM session AS s
    LEFT JOIN edited AS e1 ON e1.id = s.id AND e1.field = 'status'
    LEFT JOIN edited AS e2 ON e2.id = s.id AND e2.field = 'date'
    LEFT JOIN edited AS e3 ON e3.id = s.id AND e3.field = 'place'
    LEFT JOIN edited AS e4 ON e4.id = s.id AND e4.field = 'chairs';

-- Every claim beside its document, with the sentence in which it stands.
CREATE VIEW account_claim AS
    SELECT c.*, d.hash, d.uri, r.language, r.title, r.publisher,
           CAST(substr(d.bytes, c.sentence_begin + 1, c.sentence_end - c.sentence_begin) AS TEXT) AS sentence
    FROM claim AS c JOIN document AS d ON d.id = c.document JOIN record AS r ON r.document = c.document;
