-- SPDX-License-Identifier: MIT
-- Who may use a server over a register: the file beside it, register.db.users. Secrets are kept as hashes; the key of feeds alone stands
-- as it is, for pages show it, and whoever can read this file can read the register.

-- :name schema
CREATE TABLE user (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE COLLATE NOCASE,    -- stands under decisions
    role        TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'keeper')),
    password    TEXT NOT NULL,              -- Argon2id with its salt and its parameters
    feed_key    TEXT NOT NULL UNIQUE,       -- in addresses of feeds and calendars; opens nothing else
    program_key TEXT UNIQUE,                -- SHA-256 of what the user's programs show; NULL: none
    made        TEXT NOT NULL,              -- UTC, ISO 8601
    signed_in   TEXT,                       -- last; NULL: never
    disabled    INTEGER NOT NULL DEFAULT 0  -- 1: opens nothing until a keeper enables it again
) STRICT;

-- A browser that is signed in.
CREATE TABLE session (
    hash        TEXT PRIMARY KEY,           -- SHA-256 of what the browser shows
    user        INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
    begun       INTEGER NOT NULL,           -- seconds since 1970
    seen        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session (user, begun);

-- Passwords that were wrong, by account and by address.
CREATE TABLE failure (
    subject     TEXT PRIMARY KEY,           -- "name" and half of its hash, or "address" and the address
    count       INTEGER NOT NULL,
    last        INTEGER NOT NULL            -- seconds since 1970
) STRICT, WITHOUT ROWID;
CREATE INDEX failure_by_last ON failure (last);

-- What happened: who signed in, who could not, what became of accounts.
CREATE TABLE event (
    id          INTEGER PRIMARY KEY,
    made        TEXT NOT NULL,              -- UTC, ISO 8601
    event       TEXT NOT NULL,
    name        TEXT,                       -- NULL: no user of this name; what was typed is not kept, for it may be a password
    address     TEXT,                       -- NULL: the command line
    keeper      TEXT                        -- who did it to the account; NULL: its user, or the command line
) STRICT;
CREATE INDEX event_by_name ON event (name, id);

-- From version 1 to this one.
-- :name upgrade_1
ALTER TABLE user ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN keeper TEXT;
CREATE INDEX event_by_name ON event (name, id);
PRAGMA user_version = 2;

-- :name copy
VACUUM INTO :path;

-- :name user_insert
INSERT INTO user (name, role, password, feed_key, made) VALUES (:name, :role, :password, :feed_key, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));

-- :name user_count
SELECT count(*) FROM user;

-- All, or the one of this name. `sessions`: browsers that are signed in.
-- :name user_list
SELECT name, role, made, signed_in, CASE WHEN program_key IS NULL THEN 'no' ELSE 'yes' END AS key, CASE WHEN disabled THEN 'yes' ELSE 'no' END AS disabled,
       (SELECT count(*) FROM session AS s WHERE s.user = user.id AND s.seen > unixepoch() - :idle AND s.begun > unixepoch() - :absolute) AS sessions
FROM user WHERE :name IS NULL OR name = :name ORDER BY name LIMIT :limit OFFSET :skip;

-- Somebody who may change accounts.
-- :name keeper_find
SELECT 1 FROM user WHERE name = :name AND role = 'keeper' AND NOT disabled;

-- :name user_role
UPDATE user SET role = :role WHERE name = :name;

-- A new password ends every session and every key.
-- :name user_password
UPDATE user SET password = :password, feed_key = :feed_key, program_key = NULL WHERE name = :name;

-- The same password under newer parameters.
-- :name user_rehash
UPDATE user SET password = :password WHERE name = :name;

-- :name user_disable
UPDATE user SET disabled = 1, program_key = NULL WHERE name = :name;

-- :name user_enable
UPDATE user SET disabled = 0 WHERE name = :name;

-- Changes nothing; counts whether there is such a user.
-- :name user_same
UPDATE user SET name = name WHERE name = :name;

-- :name user_key
UPDATE user SET program_key = :hash WHERE name = :name;

-- :name user_remove
DELETE FROM user WHERE name = :name;

-- :name user_find
SELECT name, password, disabled FROM user WHERE name = :name;

-- ---- who asks
-- A session from a time that has not come, but for :slack of a clock that is put right: the clock was ahead and came back, and it could last for years.
-- :name by_session
SELECT u.name, u.role, u.feed_key, s.seen <= unixepoch() - :touch AS stale
FROM session AS s JOIN user AS u ON u.id = s.user
WHERE s.hash = :hash AND NOT u.disabled AND s.seen > unixepoch() - :idle AND s.begun > unixepoch() - :absolute
  AND s.seen <= unixepoch() + :slack;

-- :name by_program
SELECT name, role, feed_key, 0 FROM user WHERE program_key = :hash AND NOT disabled;

-- :name by_feed
SELECT name, role, feed_key, 0 FROM user WHERE feed_key = :secret AND NOT disabled;

-- :name session_touch
UPDATE session SET seen = unixepoch() WHERE hash = :hash;

-- :name session_insert
INSERT INTO session (hash, user, begun, seen) SELECT :hash, id, unixepoch(), unixepoch() FROM user WHERE name = :name AND NOT disabled;

-- :name user_signed_in
UPDATE user SET signed_in = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE name = :name;

-- :name session_remove
DELETE FROM session WHERE hash = :hash;

-- :name session_remove_all
DELETE FROM session WHERE user = (SELECT id FROM user WHERE name = :name);

-- Those that are over, and the oldest of a user who has too many.
-- :name session_clear
DELETE FROM session WHERE seen <= unixepoch() - :idle OR begun <= unixepoch() - :absolute OR seen > unixepoch() + :slack OR hash IN (
    SELECT hash FROM session WHERE user = (SELECT id FROM user WHERE name = :name) ORDER BY begun DESC LIMIT -1 OFFSET :most);

-- ---- passwords that were wrong
-- :name failure_find
SELECT count, unixepoch() - last FROM failure WHERE subject = :subject AND last > unixepoch() - :forget;

-- The clock was ahead when they were noted and came back: what is to be waited begins now, or it could last for years.
-- :name failure_mend
UPDATE failure SET last = unixepoch() WHERE last > unixepoch();

-- :name failure_note
INSERT INTO failure (subject, count, last) VALUES (:subject, 1, unixepoch())
ON CONFLICT (subject) DO UPDATE SET count = CASE WHEN last > unixepoch() - :forget THEN count + 1 ELSE 1 END, last = unixepoch();

-- :name failure_forget
DELETE FROM failure WHERE subject = :subject;

-- :name failure_clear
DELETE FROM failure WHERE last <= unixepoch() - :forget
    OR subject IN (SELECT subject FROM failure ORDER BY last DESC LIMIT -1 OFFSET :most);

-- ---- what happened
-- :name event_insert
INSERT INTO event (made, event, name, address, keeper)
VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :event, (SELECT name FROM user WHERE name = :name), :address, :keeper);

-- :name event_clear
DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - :most;

-- :name event_list
SELECT id, made, event, name, address, keeper FROM event ORDER BY id DESC LIMIT :limit OFFSET :skip;

-- What became of one account.
-- :name event_list_of
SELECT id, made, event, name, address, keeper FROM event WHERE name = :name ORDER BY id DESC LIMIT :limit OFFSET :skip;
