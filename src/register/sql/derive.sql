-- SPDX-License-Identifier: MIT
-- From a document's record to claims, and from claims to sessions and bodies. Parameters are named; register/derive.c and link.c run these.

-- ---- documents ------------------------------------------------------------------------------------------------------------------
-- The record's own id of its document: "sha256:" and 64 digits.
-- :name document_hash
SELECT :json ->> '$.document.id';

-- :name document_find
SELECT id FROM document WHERE hash = :hash;

-- :name document_insert
INSERT INTO document (hash, bytes, uri, language, date, added, added_by)
VALUES (:hash, CAST(:bytes AS BLOB), :uri, :language, :date, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :author);

-- :name document_each
SELECT id, hash, bytes, uri, language, date FROM document WHERE id > :id ORDER BY id LIMIT 1;

-- :name document_count
SELECT count(*) FROM document;

-- ---- one record into claims -----------------------------------------------------------------------------------------------------
-- :name record_insert
INSERT INTO record (document, engine, language, title, published, day, publisher, json)
SELECT :document, :engine, :json ->> '$.document.lang', :json ->> '$.document.title', :json ->> '$.document.published',
       last_day(:json ->> '$.document.published'), :json ->> '$.document.publisher', :json;

-- :name words_insert
INSERT INTO words (rowid, title, body, codes)
SELECT :document, :json ->> '$.document.title', CAST(d.bytes AS TEXT),
       coalesce((SELECT group_concat(value ->> '$.id', ' ') FROM json_each(:json, '$.parties')), '') || ' ' ||
       coalesce((SELECT group_concat(sectors || ' ' || concepts || ' ' || coalesce(type, ''), ' ') FROM claim WHERE document = :document), '')
FROM document AS d WHERE d.id = :document;

-- :name meetings_insert
INSERT INTO claim (document, local, kind, pair, type, status, ordinal, date, first_day, last_day, city, country, body_name, sectors, concepts,
                   day, begin, "end", words)
SELECT :document, value ->> '$.id', 'meeting', sorted_codes(value -> '$.parties', '-'), value ->> '$.type', value ->> '$.status', value ->> '$.ordinal',
       value ->> '$.date', first_day(value ->> '$.date'), last_day(value ->> '$.date'), value ->> '$.place.city', value ->> '$.place.country',
       (SELECT b.value ->> '$.name' FROM json_each(:json, '$.bodies') AS b WHERE b.value ->> '$.id' = m.value ->> '$.body'), '', '',
       coalesce((SELECT day FROM record WHERE document = :document), last_day(value ->> '$.date')),
       value ->> '$.evidence[0].begin', value ->> '$.evidence[0].end', value ->> '$.evidence[0].quote'
FROM json_each(:json, '$.meetings') AS m;

-- :name instruments_insert
INSERT INTO claim (document, local, kind, pair, type, status, date, first_day, last_day, count, subject, sectors, concepts, meeting, day, begin, "end", words)
SELECT :document, value ->> '$.id', 'instrument', sorted_codes(value -> '$.parties', '-'), value ->> '$.kind', value ->> '$.status',
       value ->> '$.date', first_day(value ->> '$.date'), last_day(value ->> '$.date'), value ->> '$.count', value ->> '$.subject',
       sorted_codes(value -> '$.sectors', ' '), '', value ->> '$.meeting',
       coalesce((SELECT day FROM record WHERE document = :document), last_day(value ->> '$.date')),
       value ->> '$.evidence[0].begin', value ->> '$.evidence[0].end', value ->> '$.evidence[0].quote'
FROM json_each(:json, '$.instruments');

-- :name commitments_insert
INSERT INTO claim (document, local, part, kind, pair, status, date, first_day, last_day, subject, sectors, concepts, about, by_party, meeting, day, begin, "end", words)
SELECT :document, c.value ->> '$.id', k.key, 'commitment', sorted_codes(c.value -> '$.parties', '-'), c.value ->> '$.stance',
       c.value ->> '$.deadline', first_day(c.value ->> '$.deadline'), last_day(c.value ->> '$.deadline'), c.value ->> '$.topic',
       (SELECT coalesce(group_concat(s.value, ' '), '') FROM json_each(c.value, '$.sectors') AS s),
       (SELECT coalesce(group_concat(s.value, ' '), '') FROM json_each(c.value, '$.concepts') AS s),
       k.value, c.value ->> '$.by', c.value ->> '$.meeting',
       coalesce((SELECT day FROM record WHERE document = :document),
                (SELECT last_day(m.value ->> '$.date') FROM json_each(:json, '$.meetings') AS m WHERE m.value ->> '$.id' = c.value ->> '$.meeting')),
       c.value ->> '$.evidence[0].begin', c.value ->> '$.evidence[0].end', c.value ->> '$.evidence[0].quote'
FROM json_each(:json, '$.commitments') AS c,
     json_each(CASE WHEN json_array_length(c.value, '$.concepts') > 0 THEN c.value -> '$.concepts'
                    WHEN json_array_length(c.value, '$.sectors') > 0 THEN c.value -> '$.sectors' ELSE '["other"]' END) AS k;

-- :name people_insert
INSERT INTO person_claim (document, local, name, latin, office, portfolio, party, begin, "end", words)
SELECT :document, value ->> '$.id', value ->> '$.name', coalesce(value ->> '$.latin', value ->> '$.name'), value ->> '$.office',
       sorted_codes(value -> '$.portfolio', ' '), coalesce(value ->> '$.party', ''),
       value ->> '$.evidence[0].begin', value ->> '$.evidence[0].end', value ->> '$.evidence[0].quote'
FROM json_each(:json, '$.people') WHERE value ->> '$.name' <> '';

-- :name roles_insert
INSERT OR IGNORE INTO role (claim, person, role)
SELECT c.id, p.value, 'chair' FROM claim AS c, json_each(:json, '$.meetings') AS m, json_each(m.value, '$.chairs') AS p
WHERE c.document = :document AND c.local = m.value ->> '$.id'
UNION ALL
SELECT c.id, p.value, 'participant' FROM claim AS c, json_each(:json, '$.meetings') AS m, json_each(m.value, '$.participants') AS p
WHERE c.document = :document AND c.local = m.value ->> '$.id'
UNION ALL
SELECT c.id, p.value, 'signatory' FROM claim AS c, json_each(:json, '$.instruments') AS m, json_each(m.value, '$.signatories') AS p
WHERE c.document = :document AND c.local = m.value ->> '$.id';

-- A claim's scope is what it can be matched within; merges that people decided lead one body into another.
-- :name scope_update
UPDATE claim SET scope =
    CASE kind WHEN 'meeting' THEN
        coalesce((SELECT d.value FROM decision_in_force AS d
                  WHERE d.action = 'merge' AND d.target = claim.pair || '/' || claim.type AND (d.field IS NULL OR d.field = claim.body_name)
                  ORDER BY d.field IS NULL, d.id DESC LIMIT 1), claim.pair || '/' || claim.type)
    ELSE claim.pair END
WHERE document = :document;

-- The scopes that a document touches.
-- :name scope_of_document
SELECT DISTINCT kind, scope FROM claim WHERE document = :document AND kind <> 'commitment';

-- :name scope_of_all
SELECT DISTINCT kind, scope FROM claim WHERE kind <> 'commitment' AND (kind, scope) > (:kind, :scope) ORDER BY kind, scope LIMIT 1;

-- Threads need no look at other claims: parties and what it is about.
-- :name thread_update
UPDATE claim SET scope = pair,
    link = coalesce((SELECT d.value FROM decision_in_force AS d WHERE d.action = 'merge' AND d.target = claim.pair || '/' || claim.about
                     ORDER BY d.id DESC LIMIT 1), pair || '/' || about)
WHERE document = :document AND +kind = 'commitment';  -- the plus keeps the index of kinds out of it

-- :name link_alias
SELECT value FROM decision_in_force WHERE action = 'merge' AND target = :target ORDER BY id DESC LIMIT 1;

-- ---- matching -------------------------------------------------------------------------------------------------------------------
-- In an order that does not depend on which report came first.
-- :name scope_claims
SELECT c.id, c.document, c.type, c.status, c.ordinal, c.date, c.first_day, c.last_day, c.city, c.country, c.count, c.sectors, c.day,
       EXISTS (SELECT 1 FROM decision_in_force AS r WHERE r.action = 'reject' AND r.hash = d.hash AND r.kind = c.kind AND r.first_byte = c.begin), c.link
FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE c.kind = :kind AND c.scope = :scope
ORDER BY c.first_day IS NULL, c.first_day, c.day IS NULL, c.day, d.hash, c.local;

-- :name claim_link
UPDATE claim SET link = :link WHERE id = :id;

-- :name thread_reject
UPDATE claim SET link = NULL WHERE document = :document AND +kind = 'commitment' AND EXISTS (
    SELECT 1 FROM decision_in_force AS r JOIN document AS d ON d.hash = r.hash
    WHERE r.action = 'reject' AND d.id = claim.document AND r.kind = claim.kind AND r.first_byte = claim.begin);

-- ---- sessions and bodies --------------------------------------------------------------------------------------------------------
-- :name session_clear
DELETE FROM session WHERE body = :scope;

-- A session that was held is dated by those who say so; one that is only announced by the latest report. Finer dates win over coarser.
-- :name session_insert
INSERT OR REPLACE INTO session (id, body, pair, type, ordinal, status, date, first_day, last_day, city, country, chairs, announced, reports, said_on)
WITH mine AS MATERIALIZED (SELECT * FROM claim WHERE kind = 'meeting' AND scope = :scope AND link IS NOT NULL),
dates AS (
    SELECT link, date, row_number() OVER (PARTITION BY link ORDER BY max(status = 'held') DESC,
           CASE WHEN max(status = 'held') THEN '' ELSE max(coalesce(day, '')) END DESC, length(date) DESC, count(*) DESC, date) AS rank
    FROM mine WHERE date IS NOT NULL GROUP BY link, date),
places AS (
    SELECT link, city, country, row_number() OVER (PARTITION BY link ORDER BY max(status = 'held') DESC,
           CASE WHEN max(status = 'held') THEN '' ELSE max(coalesce(day, '')) END DESC, city IS NULL, count(*) DESC, city) AS rank
    FROM mine WHERE country IS NOT NULL OR city IS NOT NULL GROUP BY link, city, country),
states AS (
    SELECT link, status, row_number() OVER (PARTITION BY link ORDER BY status = 'held' DESC, max(coalesce(day, '')) DESC, count(*) DESC, status) AS rank
    FROM mine GROUP BY link, status),
chairs AS (
    SELECT link, group_concat(label, '; ') AS label FROM (
        SELECT m.link, coalesce(s.person, p.latin) AS person,
               substr(max((p.name = p.latin) || p.latin), 2) || ' (' || rtrim(coalesce(max(p.office), '') || ' ' || max(p.portfolio)) || CASE WHEN p.party <> '' THEN ', ' || p.party ELSE '' END || ')' AS label
        FROM mine AS m JOIN role AS r ON r.claim = m.id AND r.role = 'chair'
        JOIN person_claim AS p ON p.document = m.document AND p.local = r.person
        LEFT JOIN spelling AS s ON s.party = p.party AND s.latin = p.latin
        GROUP BY m.link, coalesce(s.person, p.latin) ORDER BY m.link, p.party, person)
    GROUP BY link)
SELECT m.link, :scope, substr(:scope, 1, instr(:scope, '/') - 1), substr(:scope, instr(:scope, '/') + 1), max(m.ordinal), st.status,
       d.date, first_day(d.date), last_day(d.date), pl.city, pl.country, ch.label, count(DISTINCT m.date), count(DISTINCT m.document), max(m.day)
FROM mine AS m
JOIN states AS st ON st.link = m.link AND st.rank = 1
LEFT JOIN dates AS d ON d.link = m.link AND d.rank = 1
LEFT JOIN places AS pl ON pl.link = m.link AND pl.rank = 1
LEFT JOIN chairs AS ch ON ch.link = m.link
GROUP BY m.link;

-- :name body_clear
DELETE FROM body WHERE id = :scope;

-- :name body_insert
INSERT INTO body (id, pair, type, name, sessions, last_held, next_planned, reports)
SELECT :scope, substr(:scope, 1, instr(:scope, '/') - 1), substr(:scope, instr(:scope, '/') + 1),
       (SELECT body_name FROM claim WHERE kind = 'meeting' AND scope = :scope AND body_name IS NOT NULL
        GROUP BY body_name ORDER BY count(*) DESC, length(body_name) DESC, body_name LIMIT 1),
       count(*), max(CASE WHEN status = 'held' THEN last_day END),
       (SELECT n.date FROM session AS n WHERE n.body = :scope AND n.status IN ('planned', 'postponed')
        ORDER BY n.ordinal IS NULL, n.ordinal DESC, n.last_day DESC LIMIT 1),
       (SELECT count(DISTINCT document) FROM claim WHERE kind = 'meeting' AND scope = :scope)
FROM session WHERE body = :scope HAVING count(*) > 0;

-- ---- people ---------------------------------------------------------------------------------------------------------------------
-- :name spellings_new
SELECT DISTINCT p.party, p.latin FROM person_claim AS p
WHERE p.document = :document AND NOT EXISTS (SELECT 1 FROM spelling AS s WHERE s.party = p.party AND s.latin = p.latin)
ORDER BY p.party, p.latin;

-- :name spelling_insert
INSERT INTO spelling (party, latin, person, single) VALUES (:party, :latin, :person, :single);

-- :name spelling_key_insert
INSERT OR IGNORE INTO spelling_key (party, word, latin) VALUES (:party, :word, :latin);

-- :name spelling_candidates
SELECT DISTINCT s.latin, s.person, s.single FROM spelling_key AS k JOIN spelling AS s ON s.party = k.party AND s.latin = k.latin
WHERE k.party = :party AND k.word IN (SELECT value FROM json_each(:words)) ORDER BY s.latin;

-- :name spellings_of_person
SELECT latin FROM spelling WHERE person = :person AND single = 0 ORDER BY length(latin) DESC, latin LIMIT 1;

-- :name person_rename
UPDATE spelling SET person = :to WHERE person = :person;

-- :name spelling_move
UPDATE spelling SET person = :person WHERE party = :party AND latin = :latin;

-- ---- rebuild --------------------------------------------------------------------------------------------------------------------
-- :name derived_clear
DELETE FROM role; DELETE FROM claim; DELETE FROM person_claim; DELETE FROM spelling; DELETE FROM spelling_key; DELETE FROM session;
DELETE FROM body; DELETE FROM record; INSERT INTO words (words) VALUES ('delete-all');

-- Everything that a person could see, for comparing before with after.
-- :name said
SELECT 'session' AS what, id, coalesce(status, '') || ' ' || coalesce(date, '') || ' ' || coalesce(city, '') || ' ' || coalesce(country, '') ||
       ' ' || coalesce(chairs, '') AS said FROM session
UNION ALL SELECT 'body', id, coalesce(last_held, '') || ' ' || coalesce(next_planned, '') FROM body
UNION ALL SELECT kind, link || ' in ' || document || ' at ' || coalesce(begin, 0), coalesce(status, '') || ' ' || coalesce(date, '') || ' ' || sectors
FROM claim WHERE kind <> 'meeting' AND link IS NOT NULL;

-- :name derived_keep
CREATE TEMP TABLE before AS @said@;

-- :name derived_compare
WITH now AS (@said@)
SELECT 'gone' AS change, what, id, said FROM (SELECT * FROM before EXCEPT SELECT * FROM now)
UNION ALL SELECT 'new', what, id, said FROM (SELECT * FROM now EXCEPT SELECT * FROM before) ORDER BY 3, 1;

-- :name derived_forget
DROP TABLE temp.before;

-- ---- decisions ------------------------------------------------------------------------------------------------------------------
-- :name decision_insert
INSERT INTO decision (made, author, action, target, field, value, reason, hash, kind, first_byte)
VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :author, :action, :target, :field, :value, :reason, :hash, :kind, :first_byte);

-- :name decision_find
SELECT id, action, target, value, hash FROM decision_in_force WHERE id = :id;

-- :name merges_of
SELECT id FROM decision_in_force WHERE action = 'merge' AND target = :target ORDER BY id;

-- :name claim_of_target
SELECT d.hash, c.kind, c.begin, c.document FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE d.id IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(:target, 1, 12)) AND c.local = substr(:target, 14)
ORDER BY c.id LIMIT 1;

-- :name target_exists
SELECT 1 WHERE EXISTS (SELECT 1 FROM session WHERE id = :target) OR EXISTS (SELECT 1 FROM body WHERE id = :target)
    OR EXISTS (SELECT 1 FROM claim WHERE link = :target) OR EXISTS (SELECT 1 FROM claim WHERE pair = substr(:target, 1, instr(:target, '/') - 1) AND kind = 'meeting' AND pair || '/' || type = :target);

-- The documents whose claims a decision may move.
-- :name documents_of_target
SELECT document FROM claim WHERE link = :target UNION SELECT document FROM claim WHERE kind = 'meeting' AND scope = :target
UNION SELECT document FROM claim WHERE pair = substr(:target, 1, instr(:target, '/') - 1)
      AND (pair || '/' || type = :target OR pair || '/' || about = :target)
ORDER BY 1;

-- :name document_of_hash
SELECT id FROM document WHERE hash = :hash;
