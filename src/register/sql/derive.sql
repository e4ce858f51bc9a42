-- SPDX-License-Identifier: MIT
-- From a document's record to claims, and from claims to sessions, bodies and people. Parameters are named, or in the order of their
-- columns where unfold.c binds them; unfold.c, derive.c, link.c, people.c, decide.c and upgrade.c run these.

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

-- ---- one record into rows -------------------------------------------------------------------------------------------------------
-- :name record_find
SELECT engine, title, codes, json, annex FROM record WHERE document = :document;

-- :name record_insert
INSERT OR REPLACE INTO record (document, engine, language, title, published, day, publisher, codes, json, annex)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name words_insert
INSERT INTO words (rowid, title, body, codes) SELECT id, :title, CAST(bytes AS TEXT), :codes FROM document WHERE id = :document;

-- Holding no text, the full text forgets a report only when it is told again what it was.
-- :name words_delete
INSERT INTO words (words, rowid, title, body, codes) SELECT 'delete', id, :title, CAST(bytes AS TEXT), :codes FROM document WHERE id = :document;

-- :name claim_insert
INSERT OR IGNORE INTO claim (document, doc, local, part, kind, pair, type, status, ordinal, date, first_day, last_day, city, country, body_name, count,
                             subject, sectors, concepts, about, names, hints, listed, by_party, meeting, day, first_byte, begin, "end", words, sentence_begin,
                             sentence_end, scope)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name person_insert
INSERT OR IGNORE INTO person_claim (document, doc, local, name, latin, office, portfolio, party, day, begin, "end", words, sentence_begin, sentence_end)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name role_insert
INSERT OR IGNORE INTO role (claim, person, role) VALUES (?, ?, ?);

-- ---- what people decided --------------------------------------------------------------------------------------------------------
-- Which kinds of decisions there are at all: most registers have none, and need not ask for each claim.
-- :name decisions_made
SELECT EXISTS (SELECT 1 FROM decision_in_force WHERE action = 'merge'), EXISTS (SELECT 1 FROM decision_in_force WHERE action = 'reject'),
       EXISTS (SELECT 1 FROM decision_in_force WHERE action = 'edit');

-- Merges that people decided lead one body into another.
-- :name scope_update
UPDATE claim SET scope = coalesce((SELECT d.value FROM decision_in_force AS d
                  WHERE d.action = 'merge' AND d.target = claim.pair || '/' || claim.type AND (d.field IS NULL OR d.field = claim.body_name)
                  ORDER BY d.field IS NULL, d.id DESC LIMIT 1), claim.pair || '/' || claim.type)
WHERE document = :document AND +kind = 'meeting';  -- the plus keeps the index of kinds out of it

-- :name reject_update
UPDATE claim SET rejected = EXISTS (SELECT 1 FROM decision_in_force AS r JOIN document AS d ON d.hash = r.hash
    WHERE r.action = 'reject' AND d.id = claim.document AND r.kind = claim.kind AND r.first_byte = claim.first_byte)
WHERE document = :document;

-- :name link_alias
SELECT value, id FROM decision_in_force WHERE action = 'merge' AND target = :target AND field IS NULL ORDER BY id DESC LIMIT 1;

-- The id that a thing of the id `id_then` has now: an id once given goes on to lead to what it named. A fragment, never run alone.
-- :name id_now
CASE WHEN EXISTS (SELECT 1 FROM claim AS k WHERE k.link = id_then) OR EXISTS (SELECT 1 FROM person AS k WHERE k.id = id_then)
       OR EXISTS (SELECT 1 FROM body AS k WHERE k.id = id_then) THEN id_then
     ELSE coalesce((SELECT o.link FROM claim AS k JOIN claim AS o ON o.document = k.document AND o.local = k.local
                    WHERE k.alone = id_then AND k.link IS NOT k.alone AND o.link IS NOT NULL GROUP BY o.link ORDER BY count(*) DESC, o.link LIMIT 1),
                   (SELECT k.person FROM spelling AS k WHERE k.alone = id_then LIMIT 1), id_then) END

-- Edits under the ids that things have now: an id that a thing had once leads to the one it has. All, or those of one pair or party.
-- :name edited_clear
DELETE FROM edited WHERE :pair IS NULL OR (id >= :pair || '/' AND id < :pair || '0');

-- :name edited_insert
INSERT OR REPLACE INTO edited (id, field, value, decision)
SELECT @id_now@, e.field, e.value, e.id FROM (SELECT *, target AS id_then FROM decision_in_force WHERE action = 'edit'
       AND (:pair IS NULL OR (target >= :pair || '/' AND target < :pair || '0'))) AS e ORDER BY e.id;

-- What leads from a claim `c` of a document `d` to its words and to the sentence around them. A fragment, never run alone.
-- :name sentence_columns
c.words, d.uri || ':' || c.begin || '-' || c."end" AS source,
       coalesce(CAST(substr(d.bytes, c.sentence_begin + 1, c.sentence_end - c.sentence_begin) AS TEXT), c.words) AS sentence,
       d.uri || ':' || coalesce(c.sentence_begin, c.begin) || '-' || coalesce(c.sentence_end, c."end") AS sentence_source

-- The sentence that gave one cell of a row `w`, or the decision that did.
-- :name cell_source
CASE WHEN w.$1_from LIKE 'decision %' THEN w.$1_from ELSE
            (SELECT o.uri || ':' || coalesce(k.sentence_begin, k.begin) || '-' || coalesce(k.sentence_end, k."end")
             FROM claim AS k JOIN document AS o ON o.id = k.document WHERE k.id = w.$1_from) END

-- :name edit_of
(SELECT value FROM edited AS x WHERE x.id = $1 AND x.field = '$2')

-- Claims of a pair, of the pair of a body's id, or of all.
-- :name of_pair
pair BETWEEN coalesce(substr(:pair, 1, instr(:pair || '/', '/') - 1), '') AND coalesce(substr(:pair, 1, instr(:pair || '/', '/') - 1), '~')

-- The claims of instruments that are listened to, and the firmest of each; a fragment, never run alone.
-- :name instrument_firmest
mine AS MATERIALIZED (
    SELECT id, link, document, date, first_day, subject, day, doc, local, CASE status WHEN 'ended' THEN 7 WHEN 'in-force' THEN 6 WHEN 'approved' THEN 5 WHEN 'signed' THEN 4 WHEN 'agreed' THEN 3
                WHEN 'planned' THEN 2 ELSE 1 END AS firm
    FROM claim WHERE +kind = 'instrument' AND @of_pair@ AND link IS NOT NULL AND (:id IS NULL OR link = :id) AND (:as_of IS NULL OR day IS NULL OR day <= :as_of)),
best AS (SELECT *, row_number() OVER (PARTITION BY link ORDER BY firm DESC, date IS NULL, subject IS NULL, day, doc, local) AS rank FROM mine),
tally AS (SELECT link, count(DISTINCT document) AS reports FROM mine GROUP BY link)

-- Threads: where each promise stands. A deadline that a later one replaced has slipped, and so has the last one when it is past; to narrow it
-- is no slip, nor are two sources of one day that disagree. Nothing is "done" unless a report says so, and where nothing is known the fate is
-- no-evidence. Fragments, never run alone.
-- :name commitment_story
mine AS MATERIALIZED (
    SELECT id, link, document, status, date, day, doc, local, part, subject, sectors, CASE status WHEN 'agreed' THEN 4 WHEN 'planned' THEN 4 WHEN 'done' THEN 4 WHEN 'proposed' THEN 3 WHEN 'supported' THEN 2
                WHEN 'discussed' THEN 1 ELSE 0 END AS firm
    FROM claim WHERE +kind = 'commitment' AND link IS NOT NULL AND @of_pair@ AND (:id IS NULL OR link = :id) AND (:as_of IS NULL OR day IS NULL OR day <= :as_of)),
tally AS (
    SELECT link, count(*) AS stages, count(DISTINCT document) AS reports, count(DISTINCT day) AS days, max(firm) AS firmest,
           deadlines(day, date) AS story FROM mine GROUP BY link),
last AS (SELECT *, row_number() OVER (PARTITION BY link ORDER BY day DESC,
           CASE status WHEN 'done' THEN 1 WHEN 'refused' THEN 2 WHEN 'agreed' THEN 3 WHEN 'planned' THEN 4 WHEN 'supported' THEN 5 WHEN 'proposed' THEN 6 ELSE 7 END,
           doc, local, part) AS rank FROM mine),
dated AS (SELECT m.link, m.id, row_number() OVER (PARTITION BY m.link ORDER BY m.day DESC, m.doc, m.local) AS rank
          FROM mine AS m JOIN tally AS t ON t.link = m.link WHERE m.date = t.story ->> '$.current'),
account AS (
    SELECT l.id AS claim, l.link, coalesce(@edit_of(l.link, topic)@, l.subject) AS topic, coalesce(@edit_of(l.link, sectors)@, l.sectors) AS sectors, coalesce(@edit_of(l.link, stance)@, l.status) AS stance,
           l.day, l.firm, t.firmest, coalesce(@edit_of(l.link, deadline)@, t.story ->> '$.current') AS deadline, t.story ->> '$.slips' AS replaced,
           t.story ->> '$.history' AS history, t.story ->> '$.missed' AS missed, t.story ->> '$.disagree' AS disagree, @edit_of(l.link, fate)@ AS fate, t.stages, t.reports, t.days,
           coalesce((SELECT 'decision ' || decision FROM edited AS x WHERE x.id = l.link AND x.field = 'deadline'), e.id) AS deadline_from,
           (SELECT group_concat(field || ': ' || coalesce(CASE field WHEN 'topic' THEN l.subject WHEN 'sectors' THEN l.sectors WHEN 'stance' THEN l.status
                        WHEN 'deadline' THEN t.story ->> '$.current' END, 'none'), '; ') FROM edited WHERE id = l.link) AS machine
    FROM tally AS t JOIN last AS l ON l.link = t.link AND l.rank = 1 LEFT JOIN dated AS e ON e.link = t.link AND e.rank = 1),
aged AS (
    SELECT *, stance NOT IN ('done', 'refused') AND coalesce(fate, '') NOT IN ('done', 'dropped', 'superseded')
              AND coalesce(last_day(deadline) < coalesce(:as_of, date('now')), 0) AS passed FROM account AS a)

-- :name commitment_fate
coalesce(w.fate, CASE WHEN stance = 'refused' THEN 'dropped' WHEN stance = 'done' THEN 'done'
            WHEN w.replaced > 0 OR (w.passed AND w.days > 1) THEN 'slipped'
            WHEN w.days > 1 AND stance IN ('agreed', 'planned') THEN 'moving' ELSE 'no-evidence' END)

-- :name commitment_note
CASE WHEN w.firmest = 1 THEN 'only discussed' WHEN w.firm BETWEEN 1 AND w.firmest - 1 THEN 'weaker than before' END

-- ---- scopes ---------------------------------------------------------------------------------------------------------------------
-- What a document touches.
-- :name scope_of_document
SELECT DISTINCT kind, scope FROM claim WHERE document = :document;

-- :name scope_of_all
SELECT DISTINCT kind, scope FROM claim WHERE (kind, scope) > (:kind, :scope) ORDER BY kind, scope LIMIT 1;

-- ---- matching -------------------------------------------------------------------------------------------------------------------
-- :name scope_claims
SELECT id, document, doc, local, part, type, status, ordinal, date, first_day, last_day, city, country, count, sectors, day, about, names, hints,
       CASE WHEN names IS NOT NULL THEN (SELECT language FROM record AS r WHERE r.document = claim.document) END, rejected, alone, link, how, listed
FROM claim WHERE kind = :kind AND scope = :scope;

-- :name claim_link
UPDATE claim SET link = :link, alone = :alone, how = :how WHERE id = :id;

-- ---- sessions and bodies --------------------------------------------------------------------------------------------------------
-- :name session_clear
DELETE FROM session WHERE body = :scope;

-- Common tables that make sessions out of `mine`, the claims of meetings that are listened to; never run alone. A session that was held is
-- dated by those who say so; one that is only announced by the latest report. Finer dates win over coarser. What sources say differently is
-- no vote lost: the questions show it.
-- :name meeting_columns
id, link, scope, status, ordinal, date, city, country, day, document, doc, local

-- :name session_votes
dates AS (
    SELECT link, date, id AS claim, row_number() OVER (PARTITION BY link ORDER BY held DESC, latest DESC, length(date) DESC, n DESC, date,
           status = 'held' DESC, day, doc, local) AS rank
    FROM (SELECT *, max(status = 'held') OVER w AS held, CASE WHEN max(status = 'held') OVER w THEN '' ELSE max(coalesce(day, '')) OVER w END AS latest,
                 count(*) OVER w AS n
          FROM mine WHERE date IS NOT NULL WINDOW w AS (PARTITION BY link, date))),
places AS (
    SELECT link, city, country, id AS claim, row_number() OVER (PARTITION BY link ORDER BY held DESC, latest DESC, city IS NULL, n DESC, city,
           status = 'held' DESC, day, doc, local) AS rank
    FROM (SELECT *, max(status = 'held') OVER w AS held, CASE WHEN max(status = 'held') OVER w THEN '' ELSE max(coalesce(day, '')) OVER w END AS latest,
                 count(*) OVER w AS n
          FROM mine WHERE country IS NOT NULL OR city IS NOT NULL WINDOW w AS (PARTITION BY link, city, country))),
states AS (
    SELECT link, status, id AS claim, row_number() OVER (PARTITION BY link ORDER BY status = 'held' DESC, latest DESC, n DESC, status, day, doc, local) AS rank
    FROM (SELECT *, max(coalesce(day, '')) OVER w AS latest, count(*) OVER w AS n FROM mine WINDOW w AS (PARTITION BY link, status))),
proofs AS (
    SELECT link, id AS claim, row_number() OVER (PARTITION BY link ORDER BY status = 'held' DESC, (city IS NOT NULL) + (date IS NOT NULL) DESC,
           day, doc, local) AS rank
    FROM mine),
chairs AS (
    SELECT link, group_concat(label, '; ') AS label, json_group_array(json_array(substr(proof, 14, 12) + 0, substr(proof, 27))) AS claims FROM (
        SELECT m.link, coalesce(p.person, p.latin) AS person,
               substr(max((p.name = p.latin) || p.latin), 2) || ' (' || rtrim(coalesce(max(p.office), '') || ' ' || max(p.portfolio)) || CASE WHEN p.party <> '' THEN ', ' || p.party ELSE '' END || ')' AS label,
               min(m.doc || printf(' %012d ', p.document) || p.local) AS proof
        FROM mine AS m JOIN role AS r ON r.claim = m.id AND r.role = 'chair'
        JOIN person_claim AS p ON p.document = m.document AND p.local = r.person
        GROUP BY m.link, coalesce(p.person, p.latin) ORDER BY m.link, p.party, 2)
    GROUP BY link),
-- what is known of a session, each piece a row: one walk puts them together, where joins would go over all for each
pieces AS (
    SELECT link, scope, ordinal, date AS named, document, day, NULL AS status, NULL AS status_claim, NULL AS date, NULL AS date_claim,
           NULL AS city, NULL AS country, NULL AS place_claim, NULL AS proof, NULL AS chairs, NULL AS chair_claims FROM mine
    UNION ALL SELECT link, NULL, NULL, NULL, NULL, NULL, status, claim, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM states WHERE rank = 1
    UNION ALL SELECT link, NULL, NULL, NULL, NULL, NULL, NULL, NULL, date, claim, NULL, NULL, NULL, NULL, NULL, NULL FROM dates WHERE rank = 1
    UNION ALL SELECT link, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, city, country, claim, NULL, NULL, NULL FROM places WHERE rank = 1
    UNION ALL SELECT link, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, claim, NULL, NULL FROM proofs WHERE rank = 1
    UNION ALL SELECT link, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, label, claims FROM chairs),
gathered AS (
    SELECT link, max(scope) AS scope, max(ordinal) AS ordinal, max(status) AS status, max(date) AS date, max(city) AS city, max(country) AS country,
           max(chairs) AS chairs, count(DISTINCT named) AS announced, count(DISTINCT document) AS reports, max(day) AS said_on, max(proof) AS proof,
           max(status_claim) AS status_claim, max(date_claim) AS date_claim, max(place_claim) AS place_claim, max(chair_claims) AS chair_claims
    FROM pieces GROUP BY link),
voted AS (
    SELECT link AS id, scope AS body, substr(scope, 1, instr(scope, '/') - 1) AS pair, substr(scope, instr(scope, '/') + 1) AS type, ordinal, status,
           date, first_day(date) AS first_day, last_day(date) AS last_day, city, country, chairs, announced, reports, said_on, proof,
           status_claim, date_claim, place_claim, chair_claims
    FROM gathered)

-- The sessions that are asked for, as they stood on a day, with people's edits laid over them; never run alone.
-- :name session_everyone
wanted AS MATERIALIZED (
    SELECT id FROM session WHERE pair = :pair UNION ALL SELECT id FROM session WHERE body = :pair UNION ALL SELECT id FROM session WHERE :pair IS NULL),
mine AS MATERIALIZED (
    SELECT @meeting_columns@ FROM claim AS k WHERE :as_of IS NOT NULL AND +k.kind = 'meeting' AND k.link IN (SELECT id FROM wanted) AND (k.day IS NULL OR k.day <= :as_of)),
@session_votes@,
told AS (
    SELECT * FROM session WHERE :as_of IS NULL AND id IN (SELECT id FROM wanted) UNION ALL SELECT * FROM voted WHERE :as_of IS NOT NULL),
everyone AS MATERIALIZED (
    SELECT t.id, t.body, t.pair, t.type, t.ordinal, coalesce(e1.value, t.status) AS status, coalesce(e2.value, t.date) AS date,
           coalesce(e3.value, t.city || coalesce(', ' || t.country, ''), t.country) AS place, coalesce(e4.value, t.chairs) AS chairs,
           first_day(coalesce(e2.value, t.date)) AS first_day, last_day(coalesce(e2.value, t.date)) AS last_day,
           t.announced, t.reports, t.said_on, t.proof,
           coalesce('decision ' || e1.decision, t.status_claim) AS status_from, coalesce('decision ' || e2.decision, t.date_claim) AS date_from,
           coalesce('decision ' || e3.decision, t.place_claim) AS place_from, coalesce('decision ' || e4.decision, t.chair_claims) AS chairs_from,
           nullif(rtrim(CASE WHEN e1.value <> t.status THEN 'status: ' || t.status || '; ' ELSE '' END ||
                        CASE WHEN e2.value <> coalesce(t.date, '') THEN 'date: ' || coalesce(t.date, 'none') || '; ' ELSE '' END ||
                        CASE WHEN e3.value IS NOT NULL THEN 'place: ' || coalesce(t.city, t.country, 'none') || '; ' ELSE '' END ||
                        CASE WHEN e4.value <> coalesce(t.chairs, '') THEN 'chairs: ' || coalesce(t.chairs, 'none') || '; ' ELSE '' END, '; '), '') AS machine
    FROM told AS t
    LEFT JOIN edited AS e1 ON e1.id = t.id AND e1.field = 'status' LEFT JOIN edited AS e2 ON e2.id = t.id AND e2.field = 'date'
    LEFT JOIN edited AS e3 ON e3.id = t.id AND e3.field = 'place' LEFT JOIN edited AS e4 ON e4.id = t.id AND e4.field = 'chairs')

-- Without the many meetings, visits and calls that are no sessions of a body, unless they are asked for by name.
-- :name session_account
@session_everyone@,
account AS (SELECT * FROM everyone WHERE ordinal IS NOT NULL OR type NOT IN ('meeting', 'visit', 'call') OR body = :pair)

-- :name session_insert
INSERT OR REPLACE INTO session (id, body, pair, type, ordinal, status, date, first_day, last_day, city, country, chairs, announced, reports, said_on,
                                proof, status_claim, date_claim, place_claim, chair_claims)
WITH mine AS MATERIALIZED (SELECT @meeting_columns@ FROM claim WHERE kind = 'meeting' AND scope = :scope AND link IS NOT NULL),
@session_votes@
SELECT * FROM voted;

-- The same for some sessions.
-- :name session_clear_links
DELETE FROM session WHERE id IN (SELECT value FROM json_each(:links));

-- :name session_insert_links
INSERT OR REPLACE INTO session (id, body, pair, type, ordinal, status, date, first_day, last_day, city, country, chairs, announced, reports, said_on,
                                proof, status_claim, date_claim, place_claim, chair_claims)
WITH mine AS MATERIALIZED (SELECT @meeting_columns@ FROM claim WHERE link IN (SELECT value FROM json_each(:links)) AND +kind = 'meeting'),
@session_votes@
SELECT * FROM voted;

-- The same for all bodies at once.
-- :name session_insert_all
INSERT OR REPLACE INTO session (id, body, pair, type, ordinal, status, date, first_day, last_day, city, country, chairs, announced, reports, said_on,
                                proof, status_claim, date_claim, place_claim, chair_claims)
WITH mine AS MATERIALIZED (SELECT @meeting_columns@ FROM claim WHERE kind = 'meeting' AND link IS NOT NULL),
@session_votes@
SELECT * FROM voted;

-- :name body_clear
DELETE FROM body WHERE id = :scope;

-- What is told of a body; never run alone.
-- :name body_columns
SELECT s.body, substr(s.body, 1, instr(s.body, '/') - 1), substr(s.body, instr(s.body, '/') + 1),
       (SELECT body_name FROM claim WHERE kind = 'meeting' AND scope = s.body AND body_name IS NOT NULL
        GROUP BY body_name ORDER BY count(*) DESC, length(body_name) DESC, body_name LIMIT 1),
       count(*), max(CASE WHEN status = 'held' THEN last_day END),
       (SELECT n.date FROM session AS n WHERE n.body = s.body AND n.status IN ('planned', 'postponed')
        ORDER BY n.ordinal IS NULL, n.ordinal DESC, n.last_day DESC LIMIT 1),
       (SELECT count(DISTINCT document) FROM claim WHERE kind = 'meeting' AND scope = s.body)
FROM session AS s

-- :name body_insert
INSERT INTO body (id, pair, type, name, sessions, last_held, next_planned, reports) @body_columns@ WHERE s.body = :scope GROUP BY s.body;

-- :name body_insert_all
INSERT INTO body (id, pair, type, name, sessions, last_held, next_planned, reports) @body_columns@ GROUP BY s.body;

-- ---- people ---------------------------------------------------------------------------------------------------------------------
-- :name spellings_new
SELECT DISTINCT p.party, p.latin FROM person_claim AS p
WHERE p.document = :document AND NOT EXISTS (SELECT 1 FROM spelling AS s WHERE s.party = p.party AND s.latin = p.latin)
ORDER BY p.party, p.latin;

-- :name spellings_of_document
SELECT DISTINCT s.party, s.latin, s.person, s.single FROM person_claim AS p JOIN spelling AS s ON s.party = p.party AND s.latin = p.latin
WHERE p.document = :document ORDER BY s.party, s.latin;

-- :name spelling_insert
INSERT INTO spelling (party, latin, person, alone, single) VALUES (:party, :latin, :person, :person, :single);

-- :name spelling_key_insert
INSERT OR IGNORE INTO spelling_key (party, word, latin) VALUES (:party, :word, :latin);

-- :name spelling_candidates
SELECT DISTINCT s.latin, s.person, s.single FROM spelling_key AS k JOIN spelling AS s ON s.party = k.party AND s.latin = k.latin
WHERE k.party = :party AND k.word IN (SELECT value FROM json_each(:words)) ORDER BY s.latin;

-- :name spellings_single
SELECT party, latin, person, single FROM spelling WHERE single AND (:party IS NULL OR party = :party) ORDER BY party, latin;

-- Merges among people: both ids are those that a spelling makes alone, or the person's.
-- :name people_merges
SELECT d.target, d.value, a.party FROM decision_in_force AS d JOIN spelling AS a ON a.alone = d.target
WHERE d.action = 'merge' AND (:person IS NULL OR a.person = :person OR d.value = :person OR EXISTS (SELECT 1 FROM spelling AS b WHERE b.alone = d.value AND b.person = :person))
ORDER BY d.id;

-- All of a party, to be told apart anew.
-- :name spellings_clear
DELETE FROM spelling WHERE party = :party;

-- :name spelling_keys_clear
DELETE FROM spelling_key WHERE party = :party;

-- :name people_clear
DELETE FROM person WHERE party = :party;

-- :name spellings_of_party
SELECT DISTINCT party, latin FROM person_claim WHERE party = :party ORDER BY latin;

-- :name spelling_person
SELECT person FROM spelling WHERE alone = :alone LIMIT 1;

-- :name spellings_of_person
SELECT latin FROM spelling WHERE person = :person AND single = 0 ORDER BY length(latin) DESC, latin LIMIT 1;

-- :name person_rename
UPDATE spelling SET person = :to WHERE person = :person;

-- :name spelling_move
UPDATE spelling SET person = :person WHERE party = :party AND latin = :latin;

-- Everyone written with a fuller name is who the spelling says.
-- :name person_claims_settle
UPDATE person_claim SET person = s.person, how = CASE WHEN s.alone = s.person THEN 'name' ELSE 'name sounds as ' || s.person END
FROM spelling AS s WHERE s.party = person_claim.party AND s.latin = person_claim.latin AND s.person = :person AND person_claim.person IS NOT s.person
    AND (s.single = 0 OR person_claim.person IS NULL);

-- :name person_claims_settle_all
UPDATE person_claim SET person = s.person, how = CASE WHEN s.alone = s.person THEN 'name' ELSE 'name sounds as ' || s.person END
FROM spelling AS s WHERE s.party = person_claim.party AND s.latin = person_claim.latin AND (:party IS NULL OR person_claim.party = :party);

-- Claims of a family name alone, with the office told of.
-- :name single_claims
SELECT p.document, p.local, coalesce(p.office, ''), p.portfolio, p.day, p.person FROM person_claim AS p WHERE p.party = :party AND p.latin = :latin ORDER BY p.document, p.local;

-- How near in days a person is named at all, and in the same office (or with a field in common, where both have one).
-- :name person_nearest
SELECT min(abs(julianday(p.day) - julianday(:day))),
       min(CASE WHEN p.office = :office AND (p.portfolio = :portfolio OR share_code(p.portfolio, :portfolio)) THEN abs(julianday(p.day) - julianday(:day)) END)
FROM spelling AS s JOIN person_claim AS p ON p.party = s.party AND p.latin = s.latin WHERE s.person = :person AND s.single = 0;

-- :name person_claim_set
UPDATE person_claim SET person = :person, how = :how WHERE document = :document AND local = :local;

-- Sessions that a person chaired.
-- :name links_chaired
SELECT DISTINCT c.link FROM person_claim AS p JOIN claim AS c ON c.document = p.document JOIN role AS r ON r.claim = c.id AND r.role = 'chair' AND r.person = p.local
WHERE p.person = :person AND +c.kind = 'meeting' AND c.link IS NOT NULL;

-- :name people_forget
DELETE FROM person WHERE id = :person;

-- A person's line, from `named`: offices over time, all spellings, and whose words prove it: a report that writes the name in Latin letters,
-- if there is one. A fragment, never run alone.
-- :name people_lines
held AS (
    SELECT person, rtrim(office || ' ' || portfolio) || coalesce(' (' || min(day) || CASE WHEN max(day) > min(day) THEN '/' || max(day) ELSE '' END || ')', '') AS text,
           row_number() OVER (PARTITION BY person ORDER BY max(day) DESC, office, portfolio) AS rank
    FROM named WHERE office IS NOT NULL GROUP BY person, office, portfolio),
written AS (SELECT person, name, row_number() OVER (PARTITION BY person ORDER BY name) AS rank FROM named GROUP BY person, name),
best AS (SELECT person, party, latin, document, local, row_number() OVER (PARTITION BY person ORDER BY name <> latin, latin NOT LIKE '% %', doc, local) AS rank
         FROM named),
-- what is told of a person, each piece a row: put together by one walk in order
told AS (
    SELECT person, 1 AS part, rank, text AS text, NULL AS party, NULL AS document, NULL AS local, NULL AS reports FROM held WHERE rank <= 6
    UNION ALL SELECT person, 2, rank, name, NULL, NULL, NULL, NULL FROM written WHERE rank <= 12
    UNION ALL SELECT person, 3, rank, latin, party, document, local, NULL FROM best WHERE rank = 1
    UNION ALL SELECT person, 4, 0, NULL, NULL, NULL, NULL, count(DISTINCT document) FROM named GROUP BY person)
INSERT OR REPLACE INTO person (id, party, name, offices, spellings, reports, document, local)
SELECT person, max(party), max(CASE WHEN part = 3 THEN text END), group_concat(CASE WHEN part = 1 THEN text END, '; '),
       group_concat(CASE WHEN part = 2 THEN text END, ' | '), max(reports), max(document), max(local)
FROM (SELECT * FROM told ORDER BY person, part, rank) GROUP BY person;

-- :name people_gather
WITH named AS MATERIALIZED (
    SELECT * FROM person_claim AS p WHERE p.person = :person),
@people_lines@;

-- :name people_gather_all
WITH named AS MATERIALIZED (
    SELECT * FROM person_claim AS p WHERE p.person IS NOT NULL AND (:party IS NULL OR p.party = :party)),
@people_lines@;

-- ---- rebuild and upgrade --------------------------------------------------------------------------------------------------------
-- Everything but records and full text, which are compared and changed where they differ.
-- :name derived_drop
DROP TABLE IF EXISTS role; DROP TABLE IF EXISTS session; DROP TABLE IF EXISTS body; DROP TABLE IF EXISTS edited; DROP TABLE IF EXISTS person;
DROP TABLE IF EXISTS spelling_key; DROP TABLE IF EXISTS spelling; DROP TABLE IF EXISTS person_claim; DROP TABLE IF EXISTS claim;

-- All that is derived, but the records under another name, to be read once more.
-- :name upgrade_clear
DROP VIEW IF EXISTS account_session; DROP VIEW IF EXISTS account_claim; DROP VIEW IF EXISTS decision_in_force;
DROP INDEX IF EXISTS decision_by_target; DROP INDEX IF EXISTS decision_by_hash; DROP INDEX IF EXISTS record_by_day;
DROP TABLE words; ALTER TABLE record RENAME TO record_before; @derived_drop@

-- :name upgrade_next
SELECT b.document, b.engine, b.json, d.hash FROM record_before AS b JOIN document AS d ON d.id = b.document WHERE b.document > :id ORDER BY b.document LIMIT 1;

-- :name upgrade_forget
DROP TABLE record_before;

-- Everything that a person could see, for comparing before with after.
-- :name said
SELECT 'session' AS what, id, coalesce(status, '') || ' ' || coalesce(date, '') || ' ' || coalesce(city, '') || ' ' || coalesce(country, '') ||
       ' ' || coalesce(chairs, '') AS said FROM session
UNION ALL SELECT 'body', id, coalesce(last_held, '') || ' ' || coalesce(next_planned, '') FROM body
UNION ALL SELECT 'person', id, coalesce(offices, '') || ' ' || coalesce(spellings, '') FROM person
UNION ALL SELECT kind, link || ' in ' || document || ' at ' || coalesce(begin, 0), coalesce(status, '') || ' ' || coalesce(date, '') || ' ' || sectors
FROM claim WHERE kind <> 'meeting' AND link IS NOT NULL;

-- :name derived_keep
CREATE TEMP TABLE before AS @said@;

-- Whether anything differs at all: far cheaper than to tell what.
-- :name derived_same
WITH now AS (@said@)
SELECT (SELECT digest(what || ' ' || id || ' ' || said) FROM before) = (SELECT digest(what || ' ' || id || ' ' || said) FROM now);

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
SELECT d.hash, c.kind, c.first_byte, c.document FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE d.id IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(:target, 1, 12)) AND c.local = substr(:target, 14)
ORDER BY c.id LIMIT 1;

-- What an id names now: body, session, instrument, commitment or person.
-- :name kind_of_target
SELECT 'body' FROM body WHERE id = :target
UNION ALL SELECT 'session' FROM session WHERE id = :target
UNION ALL SELECT 'person' FROM person WHERE id = :target
UNION ALL SELECT kind FROM (SELECT kind FROM claim WHERE link = :target AND kind <> 'meeting' LIMIT 1)
UNION ALL SELECT 'body' FROM (SELECT 1 FROM claim WHERE kind = 'meeting' AND pair = substr(:target, 1, instr(:target, '/') - 1) AND pair || '/' || type = :target LIMIT 1)
UNION ALL SELECT 'session' FROM (SELECT 1 FROM claim WHERE kind = 'meeting' AND alone = :target AND link IS NOT alone LIMIT 1)
UNION ALL SELECT kind FROM (SELECT kind FROM claim WHERE kind <> 'meeting' AND alone = :target AND link IS NOT alone LIMIT 1)
UNION ALL SELECT 'person' FROM (SELECT 1 FROM spelling WHERE alone = :target LIMIT 1)
LIMIT 1;

-- The documents whose claims a decision may move.
-- :name documents_of_target
SELECT document FROM claim WHERE link = :target UNION SELECT document FROM claim WHERE kind = 'meeting' AND scope = :target
UNION SELECT document FROM claim WHERE alone = :target AND link IS NOT alone
UNION SELECT document FROM claim WHERE kind = 'meeting' AND pair = substr(:target, 1, instr(:target, '/') - 1) AND pair || '/' || type = :target
ORDER BY 1;

-- :name document_of_hash
SELECT id FROM document WHERE hash = :hash;
