-- SPDX-License-Identifier: MIT
-- From a document's record to claims, and from claims to sessions, bodies and people. Parameters are named, or in the order of their
-- columns where unfold.c binds them; unfold.c, derive.c, link.c, people.c, decide.c and upgrade.c run these.

-- ---- documents ------------------------------------------------------------------------------------------------------------------
-- The record's own id of its document: "sha256:" and 64 digits.
-- :name document_hash
SELECT :json ->> '$.document.id';

-- Of a record that comes without its report's text; NULL if it is none of ours.
-- :name document_uri
SELECT CASE WHEN json_valid(:json) AND :json ->> '$.schema' = 'karar.record/1' THEN coalesce(:json ->> '$.document.uri', '-') END;

-- :name document_find
SELECT id FROM document WHERE hash = :hash;

-- :name document_insert
INSERT INTO document (hash, uri, language, page_language, publisher, date, added, added_by, bytes)
VALUES (:hash, :uri, :language, :page_language, :publisher, :date, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :author, CAST(:bytes AS BLOB));

-- A line of an exported register (import.c): as it was, with its days.
-- :name document_import
INSERT INTO document (hash, uri, language, page_language, publisher, date, added, added_by, bytes)
VALUES (:hash, :uri, :language, :page_language, :publisher, :date, :added, :added_by, CAST(:text AS BLOB));

-- :name decision_import
INSERT INTO decision (id, made, author, action, target, field, value, reason, hash, kind, first_byte, nth, last_byte)
VALUES (:decision, :made, :author, :action, :target, :field, :value, :reason, :hash, :kind, :first_byte, :nth, :last_byte);

-- What is kept for good, if there is any.
-- :name canon_exists
SELECT EXISTS (SELECT 1 FROM document) OR EXISTS (SELECT 1 FROM decision);

-- What people say of a report as a whole goes before what it came with. A fragment, never run alone.
-- :name fact_of_document
coalesce((SELECT f.value FROM decision_in_force AS f WHERE f.hash = document.hash AND f.action = 'edit' AND f.kind = 'document' AND f.field = '$1'
          ORDER BY f.id DESC LIMIT 1), document.$1)

-- :name document_each
SELECT id, hash, bytes, uri, @fact_of_document(language)@, @fact_of_document(date)@, page_language, @fact_of_document(publisher)@
FROM document WHERE id > :id ORDER BY id;

-- Where nobody corrected anything.
-- :name document_each_plain
SELECT id, hash, bytes, uri, language, date, page_language, publisher FROM document WHERE id > :id ORDER BY id;

-- :name document_count
SELECT count(*) FROM document;

-- ---- one record into rows -------------------------------------------------------------------------------------------------------
-- :name record_find
SELECT engine, title, codes, json, annex FROM record WHERE document = :document;

-- :name record_insert
INSERT OR REPLACE INTO record (document, engine, language, title, published, day, publisher, codes, json, annex)
VALUES (:document, :engine, :language, :title, :published, :day, :publisher, :codes, :json, :annex);

-- :name words_insert
INSERT INTO words (rowid, title, body, codes) SELECT id, :title, CAST(bytes AS TEXT), :codes FROM document WHERE id = :document;

-- Holding no text, the full text forgets a report only when it is told again what it was.
-- :name words_delete
INSERT INTO words (words, rowid, title, body, codes) SELECT 'delete', id, :title, CAST(bytes AS TEXT), :codes FROM document WHERE id = :document;

-- :name claim_insert
INSERT OR IGNORE INTO claim (document, doc, local, part, kind, pair, type, status, ordinal, date, first_day, last_day, city, country, body_name, count,
                             subject, sectors, concepts, about, names, hints, listed, by_party, meeting, day, first_byte, begin, "end", words, sentence_begin,
                             sentence_end, decision, scope, own_day, weight, alone, link, how)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :name person_insert
INSERT OR IGNORE INTO person_claim (document, doc, local, name, latin, office, portfolio, party, day, begin, "end", words, sentence_begin, sentence_end, person, single, how)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, :person, :single, :how);

-- :name pair_add
INSERT INTO document_pair (pair, document, claims) VALUES (:pair, :document, :claims) ON CONFLICT (pair, document) DO UPDATE SET claims = claims + excluded.claims;

-- :name role_insert
INSERT OR IGNORE INTO role (claim, person, role) VALUES (?, ?, ?);

-- ---- what people decided --------------------------------------------------------------------------------------------------------
-- Which kinds of decisions there are at all: most registers have none, and need not ask for each claim.
-- :name decisions_made
SELECT EXISTS (SELECT 1 FROM decision_in_force WHERE action = 'merge'), EXISTS (SELECT 1 FROM decision_in_force WHERE action = 'reject'),
       EXISTS (SELECT 1 FROM decision_in_force WHERE action = 'edit' AND hash IS NULL),
       EXISTS (SELECT 1 FROM decision_in_force WHERE action = 'add' OR (action = 'edit' AND hash IS NOT NULL) OR (action = 'reject' AND kind = 'person'));

-- What people said of the claims of one report. People who are taken away come last, the last of them first.
-- :name amendments_of
SELECT id, action, kind, first_byte, last_byte, nth, field, value FROM decision_in_force
WHERE hash = :hash AND (action = 'add' OR (action = 'edit' AND kind <> 'document') OR (action = 'reject' AND kind = 'person'))
ORDER BY kind = 'person', CASE WHEN kind = 'person' THEN -first_byte ELSE id END, nth DESC;

-- :name record_with
SELECT json_set(:json, :path, json(:value));

-- :name record_without
SELECT json_remove(:json, :path);

-- Words of a report, in bytes and in code points.
-- :name words_at
SELECT :first_byte, :last_byte, length(CAST(substr(bytes, 1, :first_byte) AS TEXT)), length(CAST(substr(bytes, 1, :last_byte) AS TEXT)),
       CAST(substr(bytes, :first_byte + 1, :last_byte - :first_byte) AS TEXT)
FROM document WHERE hash = :hash AND length(bytes) >= :last_byte AND :last_byte > :first_byte;

-- Which of the claims of its kind that begin with the same words a claim is. A fragment, never run alone.
-- :name nth_of
(SELECT count(*) FROM claim AS n WHERE n.document = $1.document AND n.kind = $1.kind AND n.first_byte = $1.first_byte AND n.part = 0
      AND n.decision IS NULL AND n.id < $1.id AND n.local <> $1.local)

-- Whether a decision `$2` is about the claim `$1`, in whose document it is. A fragment, never run alone.
-- :name is_about
($1.decision IS NULL AND $2.kind = $1.kind AND $2.first_byte = $1.first_byte AND ($2.nth IS NULL OR $2.nth = @nth_of($1)@))

-- Merges that people decided lead one body into another.
-- :name scope_merged
coalesce((SELECT d.value FROM decision_in_force AS d
          WHERE d.action = 'merge' AND d.target = claim.pair || '/' || claim.type AND (d.field IS NULL OR d.field = claim.body_name)
          ORDER BY d.field IS NULL, d.id DESC LIMIT 1), claim.pair || '/' || claim.type)

-- :name scope_update
UPDATE claim SET scope = @scope_merged@
WHERE document = :document AND +kind = 'meeting' AND scope IS NOT @scope_merged@;  -- the plus keeps the index of kinds out of it

-- :name reject_update
UPDATE claim SET rejected = NOT rejected WHERE document = :document AND rejected <> EXISTS (SELECT 1 FROM decision_in_force AS r
    JOIN document AS d ON d.hash = r.hash WHERE r.action = 'reject' AND d.id = claim.document AND @is_about(claim, r)@);

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
SELECT @id_now@, e.field, e.value, e.id FROM (SELECT *, target AS id_then FROM decision_in_force WHERE action = 'edit' AND hash IS NULL
       AND (:pair IS NULL OR (target >= :pair || '/' AND target < :pair || '0'))) AS e ORDER BY e.id;

-- What leads from a claim `c` of a document `d` to its words and to the sentence around them. A fragment, never run alone.
-- :name sentence_columns
c.words, d.uri || ':' || c.begin || '-' || c."end" AS source,
       coalesce(CAST(substr(d.bytes, c.sentence_begin + 1, c.sentence_end - c.sentence_begin) AS TEXT), c.words) AS sentence,
       d.uri || ':' || coalesce(c.sentence_begin, c.begin) || '-' || coalesce(c.sentence_end, c."end") AS sentence_source

-- Which of the reader's languages (:languages, parted by blanks, the dearest first) a document is in: 1 for the first; 1000 where it is none of
-- them, or nobody asked. A fragment, never run alone.
-- :name language_rank
coalesce(nullif(instr(' ' || :languages || ' ', ' ' || (SELECT language FROM record WHERE document = $1) || ' '), 0), 1000)

-- The claim whose words are shown for the claim `$1`: one in a language of the reader that says the same, else itself. The same says what speaks
-- of the same thing with the same status; of a promise, in the same month, and without another deadline. Fragments, never run alone.
-- :name telling
SELECT o.id, @language_rank(o.document)@ AS rank, o.id <> $1.id AS other, o.date, o.weight, o.day, o.doc, o.local, o.part FROM claim AS o
                    WHERE o.link = $1.link AND +o.kind = $1.kind AND o.status IS $1.status
-- :name telling_best
ORDER BY o.day DESC LIMIT 60)
    ORDER BY rank, other, date IS NULL, weight DESC, day DESC, doc, local, part LIMIT 1

-- :name told_by
CASE WHEN :languages IS NULL OR @language_rank($1.document)@ = 1 THEN $1.id ELSE coalesce((
    SELECT id FROM (@telling($1)@ AND (:as_of IS NULL OR o.day IS NULL OR o.day <= :as_of) @telling_best@), $1.id) END

-- :name promise_told_by
CASE WHEN :languages IS NULL OR @language_rank($1.document)@ = 1 THEN $1.id
     WHEN $1.day IS NULL THEN coalesce((SELECT id FROM (@telling($1)@ AND o.day IS NULL AND (o.date IS NULL OR o.date IS $1.date) @telling_best@), $1.id)
     ELSE coalesce((SELECT id FROM (@telling($1)@ AND o.day BETWEEN date($1.day, '-30 days') AND $1.day AND (o.date IS NULL OR o.date IS $1.date) @telling_best@), $1.id) END

-- The sentence that gave one cell of a row `w`, or the decision that did.
-- :name cell_source
CASE WHEN w.$1_from LIKE 'decision %' THEN w.$1_from ELSE
            (SELECT o.uri || ':' || coalesce(k.sentence_begin, k.begin) || '-' || coalesce(k.sentence_end, k."end")
             FROM claim AS k JOIN document AS o ON o.id = k.document WHERE k.id = w.$1_from) END

-- The edit that holds as of a day, by its number, where `$1` (a row of `edited`) holds today. What an edit says of the reports (who chaired, what a
-- thing is called) holds for every day; what changes with time holds from the day on which it was decided, and the one before it until then.
-- Fragments, never run alone.
-- :name edit_then
CASE WHEN :as_of IS NULL OR $1.field NOT IN ('status', 'stance', 'deadline', 'fate') THEN $1.decision
     ELSE (SELECT max(o.id) FROM decision AS n JOIN decision_in_force AS o ON o.action = 'edit' AND o.hash IS NULL AND o.field = n.field AND o.target = n.target
           WHERE n.id = $1.decision AND substr(o.made, 1, 10) <= :as_of) END

-- :name edit_of
CASE WHEN EXISTS (SELECT 1 FROM edited) THEN (SELECT (SELECT d.value FROM decision AS d WHERE d.id = @edit_then(x)@) FROM edited AS x WHERE x.id = $1 AND x.field = '$2') END

-- The pair, or that of a body's id, or all.
-- :name pair_range
coalesce(substr(:pair, 1, instr(:pair || '/', '/') - 1), '') AND coalesce(substr(:pair, 1, instr(:pair || '/', '/') - 1), '~')

-- Those whose ids are, or that of :id: what else is asked of them stands in the same index.
-- :name link_of_pair
link BETWEEN coalesce(:id, substr(:pair, 1, instr(:pair || '/', '/') - 1) || '/', '') AND coalesce(:id, substr(:pair, 1, instr(:pair || '/', '/') - 1) || '0', '~')

-- An instrument as its claims tell it, and which of them is the firmest: with a single min(), SQLite takes the other columns from the row that has
-- it. Fragments, never run alone.
-- :name instrument_tally
link, id AS best, coalesce(first_day(date), day) AS latest, count(DISTINCT document) AS reports, min(printf('%03d', 999 - weight) || coalesce(day, '0000-00-00') || doc || ' ' || local)

-- Instruments as they are told today, or as they were told on a day.
-- :name instrument_firmest
best AS (
    SELECT link, best, latest, reports FROM (SELECT id AS link, best, latest, reports FROM instrument) WHERE :as_of IS NULL AND @link_of_pair@
    UNION ALL SELECT link, best, latest, reports FROM (
        SELECT @instrument_tally@ FROM claim WHERE +kind = 'instrument' AND :as_of IS NOT NULL AND @link_of_pair@ AND (day IS NULL OR day <= :as_of) GROUP BY link))

-- Threads: where each promise stands. A deadline that a later one replaced has slipped, and so has the last one when it is past; to narrow it
-- is no slip, nor are two sources of one day that disagree. Nothing is "done" unless a report says so, and where nothing is known the fate is
-- no-evidence. Fragments, never run alone.
-- :name thread_tally
link, count(*) AS stages, count(DISTINCT document) AS reports, count(DISTINCT day) AS days, max(weight) AS firmest, max(day) AS last_said, deadlines(day, date) AS story

-- Of the claims of the day on which it was spoken of last, the one that tells most.
-- :name thread_last
(SELECT m.id FROM claim AS m WHERE m.link = t.link AND m.day IS t.last_said AND +m.kind = 'commitment'
 ORDER BY CASE m.status WHEN 'done' THEN 1 WHEN 'refused' THEN 2 WHEN 'agreed' THEN 3 WHEN 'planned' THEN 4 WHEN 'supported' THEN 5 WHEN 'proposed' THEN 6 ELSE 7 END,
          m.doc, m.local, m.part LIMIT 1)

-- :name commitment_story
tally AS MATERIALIZED (
    SELECT link, stages, reports, days, firmest, last, story FROM (SELECT id AS link, stages, reports, days, firmest, last, story FROM thread)
    WHERE :as_of IS NULL AND @link_of_pair@
    UNION ALL SELECT link, stages, reports, days, firmest, @thread_last@, story FROM (
        SELECT @thread_tally@ FROM claim WHERE +kind = 'commitment' AND :as_of IS NOT NULL AND @link_of_pair@ AND (day IS NULL OR day <= :as_of) GROUP BY link) AS t),
dated AS MATERIALIZED (
    SELECT link, (SELECT m.id FROM claim AS m WHERE m.link = t.link AND +m.kind = 'commitment' AND m.date = t.story ->> '$.current'
                  AND (:as_of IS NULL OR m.day IS NULL OR m.day <= :as_of) ORDER BY @language_rank(m.document)@, m.day DESC, m.doc, m.local LIMIT 1) AS id
    FROM tally AS t WHERE t.story ->> '$.current' IS NOT NULL),
account AS (
    SELECT @promise_told_by(k)@ AS claim, t.link, @edit_of(t.link, topic)@ AS topic, coalesce(@edit_of(t.link, sectors)@, k.sectors) AS sectors, coalesce(@edit_of(t.link, stance)@, k.status) AS stance,
           k.day, k.weight AS firm, t.firmest, coalesce(@edit_of(t.link, deadline)@, t.story ->> '$.current') AS deadline, t.story ->> '$.slips' AS replaced,
           t.story ->> '$.history' AS history, t.story ->> '$.missed' AS missed, t.story ->> '$.disagree' AS disagree, @edit_of(t.link, fate)@ AS fate, t.stages, t.reports, t.days,
           coalesce((SELECT 'decision ' || @edit_then(x)@ FROM edited AS x WHERE x.id = t.link AND x.field = 'deadline'), e.id) AS deadline_from,
           (SELECT group_concat(field || ': ' || coalesce(CASE field WHEN 'topic' THEN k.subject WHEN 'sectors' THEN k.sectors WHEN 'stance' THEN k.status
                        WHEN 'deadline' THEN t.story ->> '$.current' END, 'none'), '; ') FROM edited AS x WHERE x.id = t.link AND x.field <> 'fate' AND @edit_then(x)@ IS NOT NULL) AS machine
    FROM tally AS t JOIN claim AS k ON k.id = t.last LEFT JOIN dated AS e ON e.link = t.link),
aged AS (
    SELECT *, stance NOT IN ('done', 'refused') AND coalesce(fate, '') NOT IN ('done', 'dropped', 'superseded')
              AND coalesce(last_day(deadline) < coalesce(:as_of, date('now')), 0) AS passed FROM account AS a)

-- What reports say, whatever people decided of the fate.
-- :name fate_told
CASE WHEN stance = 'refused' THEN 'dropped' WHEN stance = 'done' THEN 'done'
     WHEN w.replaced > 0 OR (w.days > 1 AND coalesce(last_day(w.deadline) < coalesce(:as_of, date('now')), 0)) THEN 'slipped'
     WHEN w.days > 1 AND stance IN ('agreed', 'planned') THEN 'moving' ELSE 'no-evidence' END

-- :name commitment_fate
coalesce(w.fate, @fate_told@)

-- :name commitment_note
CASE WHEN w.firmest = 1 THEN 'only discussed' WHEN w.firm BETWEEN 1 AND w.firmest - 1 THEN 'weaker than before' END

-- ---- what is told of things together ----------------------------------------------------------------------------------------------
-- Of one id (:id), or of those of a scope (:scope), or all: forgotten, and told anew.
-- :name instruments_forget
DELETE FROM instrument WHERE id BETWEEN coalesce(:id, :scope || '/') AND coalesce(:id, :scope || '0');

-- :name threads_forget
DELETE FROM thread WHERE id BETWEEN coalesce(:id, :scope || '/') AND coalesce(:id, :scope || '0');

-- :name link_of_scope
link BETWEEN coalesce(:id, :scope || '/', '') AND coalesce(:id, :scope || '0', '~')

-- :name instruments_tell
INSERT INTO instrument (id, best, latest, reports)
SELECT link, best, latest, reports FROM (SELECT @instrument_tally@ FROM claim WHERE +kind = 'instrument' AND @link_of_scope@ GROUP BY link);

-- :name threads_tell
INSERT INTO thread (id, stages, reports, days, firmest, last_said, last, story)
SELECT link, stages, reports, days, firmest, last_said, @thread_last@, story
FROM (SELECT @thread_tally@ FROM claim WHERE +kind = 'commitment' AND @link_of_scope@ GROUP BY link) AS t;

-- Those of which another thing is told than their claims say: none, as long as all is well.
-- :name instruments_of_claims
SELECT link, best, latest, reports FROM (SELECT @instrument_tally@ FROM claim WHERE +kind = 'instrument' AND link > '' GROUP BY link)

-- :name threads_of_claims
SELECT link, stages, reports, days, firmest, last_said, @thread_last@, story
FROM (SELECT @thread_tally@ FROM claim WHERE +kind = 'commitment' AND link > '' GROUP BY link) AS t

-- :name things_amiss
SELECT id FROM (SELECT * FROM instrument EXCEPT @instruments_of_claims@) UNION SELECT link FROM (@instruments_of_claims@ EXCEPT SELECT * FROM instrument)
UNION SELECT id FROM (SELECT * FROM thread EXCEPT @threads_of_claims@) UNION SELECT link FROM (@threads_of_claims@ EXCEPT SELECT * FROM thread);

-- Those of which a document speaks.
-- :name links_of_kind
SELECT DISTINCT link FROM claim WHERE document = :document AND +kind = CAST(:kind AS TEXT) AND link IS NOT NULL;

-- ---- scopes ---------------------------------------------------------------------------------------------------------------------
-- What a document touches.
-- :name scope_of_document
SELECT DISTINCT kind, scope FROM claim WHERE document = :document;

-- :name scope_of_all
SELECT DISTINCT kind, scope FROM claim WHERE (kind, scope) > (:kind, :scope) ORDER BY kind, scope LIMIT 1;

-- ---- matching -------------------------------------------------------------------------------------------------------------------
-- A kind is a text that is made here, since SQLite prepares a statement anew whenever a parameter that it holds against a partial index changes.
-- What matching wants to know of a claim; never run alone.
-- :name match_columns
id, document, doc, local, part, type, status, ordinal, date, first_day, last_day, city, country, count, sectors, day, about, names, hints,
       CASE WHEN names IS NOT NULL THEN (SELECT language FROM record AS r WHERE r.document = claim.document) END, rejected, alone, link, how, listed, matched

-- The same of instruments, as far as their matching wants it: all of it stands in the index claim_of_instruments. Those in it with
-- a link are matched: how does not matter.
-- :name instrument_columns
id, document, doc, local, 0, type, status, NULL, NULL, first_day, last_day, NULL, NULL, count, sectors, day, NULL, NULL, NULL, NULL, 0, NULL, link, '' AS how, NULL, matched

-- :name instruments_between
SELECT @instrument_columns@ FROM claim INDEXED BY claim_of_instruments WHERE kind = 'instrument' AND NOT rejected AND scope = :scope
    AND own_day BETWEEN :from AND :until AND coalesce(matched, link) IS NOT NULL;

-- :name scope_claims
SELECT @match_columns@ FROM claim WHERE kind = CAST(:kind AS TEXT) AND scope = :scope;

-- Those of one document.
-- :name document_claims
SELECT @match_columns@ FROM claim WHERE document = :document AND +kind = CAST(:kind AS TEXT) AND scope = :scope;

-- Those that begin within some days; meetings of a month or a year that touch them; those without a day, said within them.
-- :name claims_between
SELECT @match_columns@ FROM claim WHERE kind = CAST(:kind AS TEXT) AND scope = :scope AND own_day BETWEEN :from AND :until AND how IS NOT NULL AND NOT rejected;

-- :name meetings_of_months
SELECT @match_columns@ FROM claim WHERE kind = 'meeting' AND date(first_day, '+27 days') <= last_day AND scope = :scope AND first_day <= :until AND last_day >= :from
    AND how IS NOT NULL AND NOT rejected;

-- :name meetings_undated
SELECT @match_columns@ FROM claim WHERE kind = 'meeting' AND scope = :scope AND own_day IS NULL AND day BETWEEN :from AND :until AND how IS NOT NULL AND NOT rejected;

-- Days of the meetings that begin before a day, the latest first, and behind it.
-- :name meetings_before
SELECT own_day, last_day FROM claim WHERE kind = 'meeting' AND scope = :scope AND own_day < :day ORDER BY own_day DESC;

-- :name meetings_behind
SELECT own_day, last_day FROM claim WHERE kind = 'meeting' AND scope = :scope AND own_day >= :day ORDER BY own_day;

-- What an id stands for by matching alone.
-- :name matched_claims
SELECT @match_columns@ FROM claim WHERE link = :link AND matched IS NULL AND +kind = CAST(:kind AS TEXT) AND scope = :scope
UNION ALL SELECT @match_columns@ FROM claim WHERE matched = :link AND +kind = CAST(:kind AS TEXT) AND scope = :scope;

-- The first of them.
-- :name matched_claim
SELECT * FROM (@matched_claims@) LIMIT 1;

-- Commitments of a strand that are told elsewhere.
-- :name folded_claims
SELECT @match_columns@ FROM claim WHERE matched = :id AND link IS NULL AND kind = 'commitment' AND scope = :scope;

-- Instruments of which neither their day nor that of their report is known.
-- :name instruments_undated
SELECT EXISTS (SELECT 1 FROM claim WHERE kind = 'instrument' AND scope = :scope AND own_day IS NULL);

-- What may tell the threads of one concept apart.
-- :name claims_with_names
SELECT @match_columns@ FROM claim WHERE kind = 'commitment' AND (names IS NOT NULL OR hints IS NOT NULL) AND scope = :scope AND about = :about
    AND how IS NOT NULL AND NOT rejected;

-- :name claim_link
UPDATE claim SET link = :link, alone = :alone, how = :how, matched = :matched WHERE id = :id;

-- Where the rest stays: the indexes of links are left alone.
-- :name claim_how
UPDATE claim SET how = :how WHERE id = :id;

-- ---- strands --------------------------------------------------------------------------------------------------------------------
-- :name strands_clear
DELETE FROM strand WHERE scope = :scope AND (:id IS NULL OR id = :id OR (id > :id || '/' AND id < :id || '0'));

-- Counts all strands of a scope, or those of a concept's commitments.
-- :name strands_count
INSERT INTO strand (scope, id, commitments, single)
SELECT scope, coalesce(matched, link), count(*), sum(part = 0 AND NOT EXISTS (SELECT 1 FROM claim AS o WHERE o.document = c.document AND o.local = c.local AND o.part = 1))
FROM claim AS c WHERE kind = 'commitment' AND scope = :scope AND (:about IS NULL OR about = :about) AND coalesce(matched, link) IS NOT NULL
GROUP BY scope, coalesce(matched, link);

-- :name strand_insert
INSERT INTO strand (scope, id, commitments, single) VALUES (:scope, :id, :commitments, :single);

-- :name strand_add
INSERT INTO strand (scope, id, commitments, single) VALUES (:scope, :id, 1, :single)
ON CONFLICT (scope, id) DO UPDATE SET commitments = commitments + 1, single = single + excluded.single;

-- Strands that may stand in others.
-- :name strands_never_single
SELECT id, commitments FROM strand WHERE scope = :scope AND single = 0 ORDER BY id;

-- :name strand_size
SELECT commitments FROM strand WHERE scope = :scope AND id = :id;

-- The other strands of a commitment, and what they are about.
-- :name strands_beside
SELECT coalesce(matched, link), about, sectors FROM claim WHERE document = :document AND local = :local AND part <> :part AND coalesce(matched, link) IS NOT NULL;

-- ---- sessions and bodies --------------------------------------------------------------------------------------------------------
-- Every session in which a body's claims or its own sessions stand.
-- :name session_links
SELECT DISTINCT link FROM claim WHERE kind = 'meeting' AND scope = :scope AND link IS NOT NULL UNION SELECT id FROM session WHERE body = :scope;

-- Claims of meetings, as they vote on their session (votes.c).
-- :name vote_columns
id, document, ordinal, status, date, city, country, day, doc, local, link

-- :name vote_claims
SELECT @vote_columns@ FROM claim WHERE link = :id AND +kind = 'meeting' AND (:as_of IS NULL OR day IS NULL OR day <= :as_of);

-- Who chaired, as one report names them; never run alone.
-- :name chair_columns
p.person, p.latin, p.name, p.office, p.portfolio, p.party, p.local

-- All of them, once for each of their chairs; or those of a scope.
-- :name vote_claims_all
SELECT c.id, c.document, c.ordinal, c.status, c.date, c.city, c.country, c.day, c.doc, c.local, c.link, @chair_columns@
FROM claim AS c LEFT JOIN role AS r ON r.claim = c.id AND r.role = 'chair' LEFT JOIN person_claim AS p ON p.document = c.document AND p.local = r.person
WHERE c.kind = 'meeting' AND c.link IS NOT NULL ORDER BY c.link, c.id;

-- :name vote_claims_scope
SELECT c.id, c.document, c.ordinal, c.status, c.date, c.city, c.country, c.day, c.doc, c.local, c.link, @chair_columns@
FROM claim AS c LEFT JOIN role AS r ON r.claim = c.id AND r.role = 'chair' LEFT JOIN person_claim AS p ON p.document = c.document AND p.local = r.person
WHERE c.kind = 'meeting' AND c.scope = :scope AND c.link IS NOT NULL ORDER BY c.link, c.id;

-- :name vote_chairs
SELECT @chair_columns@ FROM role AS r JOIN person_claim AS p ON p.document = :document AND p.local = r.person
WHERE r.claim = :claim AND r.role = 'chair';

-- The sessions of a pair, but for meetings, visits and calls without a number; of a body; or all.
-- :name wanted_sessions
SELECT id FROM session WHERE pair = :pair AND (ordinal IS NOT NULL OR type NOT IN ('meeting', 'visit', 'call')) UNION ALL SELECT id FROM session WHERE body = :pair
    UNION ALL SELECT id FROM session WHERE :pair IS NULL AND (ordinal IS NOT NULL OR type NOT IN ('meeting', 'visit', 'call'))

-- :name vote_sessions
@wanted_sessions@;

-- A brief is of the commission, and of the last and the next meetings of other kinds. What was held until a day, or lies ahead of it, is found by
-- how things stand today; as of a day it is voted on again. A fragment, never run alone.
-- :name brief_wanted
WITH kinds (body) AS (SELECT substr(:pair, 1, instr(:pair || '/', '/') - 1) || '/' || value
                      FROM json_each('["summit", "consultations", "working-group", "visit", "forum", "meeting"]'))
SELECT id FROM session WHERE body = substr(:pair, 1, instr(:pair || '/', '/') - 1) || '/commission'
UNION
SELECT s.id FROM kinds AS o CROSS JOIN session AS s ON s.id IN (
    SELECT id FROM (SELECT id FROM session WHERE body = o.body AND status = 'held' AND last_day <= coalesce(:as_of, '9999') ORDER BY last_day DESC LIMIT 2)
    UNION ALL SELECT id FROM (SELECT id FROM session WHERE body = o.body AND status = 'held' AND last_day IS NULL ORDER BY ordinal DESC, id LIMIT 2)
    UNION ALL SELECT id FROM (SELECT id FROM session WHERE body = o.body AND status = 'held' AND last_day > :as_of ORDER BY last_day LIMIT 2)
    UNION ALL SELECT id FROM (SELECT id FROM session WHERE body = o.body AND status = 'planned' AND last_day >= coalesce(:as_of, date('now')) ORDER BY last_day LIMIT 2)
    UNION ALL SELECT id FROM (SELECT id FROM session WHERE body = o.body AND status = 'postponed' AND last_day >= coalesce(:as_of, date('now')) ORDER BY last_day LIMIT 1)
    UNION ALL SELECT id FROM (SELECT id FROM session WHERE body = o.body AND status = 'planned' AND last_day IS NULL ORDER BY ordinal DESC, id LIMIT 1))
UNION
SELECT s.id FROM edited AS e CROSS JOIN session AS s ON s.id = e.id
WHERE e.id BETWEEN substr(:pair, 1, instr(:pair || '/', '/') - 1) || '/' AND substr(:pair, 1, instr(:pair || '/', '/') - 1) || '0' AND s.type <> 'call'

-- :name vote_brief
@brief_wanted@;

-- :name session_clear
DELETE FROM session WHERE id = :id;

-- :name session_row
(id, body, pair, type, ordinal, status, date, first_day, last_day, city, country, chairs, announced, reports, said_on,
                                proof, status_claim, date_claim, place_claim, chair_claims, disagree)
VALUES (:id, body_of(:id), substr(:id, 1, instr(:id, '/') - 1), substr(body_of(:id), instr(:id, '/') + 1), :ordinal, :status, :date, first_day(:date), last_day(:date),
        :city, :country, :chairs, :announced, :reports, :said_on, :proof, :status_claim, :date_claim, :place_claim, :chair_claims, :disagree)

-- :name session_insert
INSERT INTO session @session_row@;

-- The same of one that stays where it is in the indexes of sessions: they are left alone.
-- :name session_update
UPDATE session SET date = :date, first_day = first_day(:date), city = :city, country = :country, chairs = :chairs, announced = :announced, reports = :reports,
       said_on = :said_on, proof = :proof, status_claim = :status_claim, date_claim = :date_claim, place_claim = :place_claim,
       chair_claims = :chair_claims, disagree = :disagree
WHERE id = :id AND status = :status AND last_day IS last_day(:date) AND ordinal IS :ordinal;

-- Sessions as of a day, made for one question.
-- :name session_then_make
CREATE TEMP TABLE IF NOT EXISTS session_then AS SELECT * FROM session LIMIT 0; DELETE FROM session_then;

-- Of which all had been said by then: as it stands today.
-- :name session_then_copy
INSERT INTO session_then SELECT * FROM session WHERE id = :id AND (said_on IS NULL OR said_on <= :as_of);

-- :name session_then_insert
INSERT INTO session_then @session_row@;

-- The sessions that are asked for (`wanted`), as they stood on a day, with people's edits laid over them; never run alone.
-- :name session_account
status_then AS MATERIALIZED (
    SELECT x.id, d.value, d.id AS decision FROM edited AS x JOIN decision AS d ON d.id = @edit_then(x)@ WHERE x.field = 'status'),
told AS (
    SELECT * FROM session WHERE :as_of IS NULL AND id IN (SELECT id FROM wanted) UNION ALL SELECT * FROM session_then WHERE :as_of IS NOT NULL),
account AS MATERIALIZED (
    SELECT t.id, t.body, t.pair, t.type, t.ordinal, coalesce(e1.value, t.status) AS status, coalesce(e2.value, t.date) AS date,
           coalesce(e3.value, t.city || coalesce(', ' || t.country, ''), t.country) AS place, coalesce(e4.value, t.chairs) AS chairs,
           first_day(coalesce(e2.value, t.date)) AS first_day, last_day(coalesce(e2.value, t.date)) AS last_day,
           t.announced, t.reports, t.said_on, t.proof, t.disagree,
           coalesce('decision ' || e1.decision, t.status_claim) AS status_from, coalesce('decision ' || e2.decision, t.date_claim) AS date_from,
           coalesce('decision ' || e3.decision, t.place_claim) AS place_from, coalesce('decision ' || e4.decision, t.chair_claims) AS chairs_from,
           nullif(rtrim(CASE WHEN e1.value <> t.status THEN 'status: ' || t.status || '; ' ELSE '' END ||
                        CASE WHEN e2.value <> coalesce(t.date, '') THEN 'date: ' || coalesce(t.date, 'none') || '; ' ELSE '' END ||
                        CASE WHEN e3.value IS NOT NULL THEN 'place: ' || coalesce(t.city, t.country, 'none') || '; ' ELSE '' END ||
                        CASE WHEN e4.value <> coalesce(t.chairs, '') THEN 'chairs: ' || coalesce(t.chairs, 'none') || '; ' ELSE '' END, '; '), '') AS machine
    FROM told AS t
    LEFT JOIN status_then AS e1 ON e1.id = t.id LEFT JOIN edited AS e2 ON e2.id = t.id AND e2.field = 'date'
    LEFT JOIN edited AS e3 ON e3.id = t.id AND e3.field = 'place' LEFT JOIN edited AS e4 ON e4.id = t.id AND e4.field = 'chairs')

-- All of them, the many meetings, visits and calls that are no sessions of a body, too.
-- :name wanted_everyone
SELECT id FROM session WHERE pair = :pair UNION ALL SELECT id FROM session WHERE body = :pair UNION ALL SELECT id FROM session WHERE :pair IS NULL

-- :name vote_everyone
@wanted_everyone@;

-- :name session_everyone
wanted AS MATERIALIZED (@wanted_everyone@),
@session_account@,
everyone AS (SELECT * FROM account)

-- :name body_clear
DELETE FROM body WHERE id = :scope;

-- :name body_names_clear
DELETE FROM body_name WHERE body = :scope;

-- By what names the claims of a body call it, or those of all bodies.
-- :name body_names_count
INSERT INTO body_name (body, name, claims)
SELECT scope, body_name, count(*) FROM claim WHERE kind = 'meeting' AND (:scope IS NULL OR scope = :scope) AND body_name IS NOT NULL GROUP BY scope, body_name;

-- :name body_names_add
INSERT INTO body_name (body, name, claims)
SELECT scope, body_name, count(*) FROM claim WHERE document = :document AND +kind = 'meeting' AND scope = :scope AND body_name IS NOT NULL GROUP BY scope, body_name
ON CONFLICT (body, name) DO UPDATE SET claims = claims + excluded.claims;

-- What is told of the body $1; never run alone.
-- :name body_named
(SELECT name FROM body_name WHERE body = $1 ORDER BY claims DESC, length(name) DESC, name LIMIT 1)

-- :name body_held
(SELECT max(last_day) FROM session WHERE body = $1 AND status = 'held')

-- :name body_next
(SELECT n.date FROM session AS n WHERE n.body = $1 AND n.status IN ('planned', 'postponed') ORDER BY n.ordinal IS NULL, n.ordinal DESC, n.last_day DESC, n.id LIMIT 1)

-- :name body_columns
SELECT s.body, substr(s.body, 1, instr(s.body, '/') - 1), substr(s.body, instr(s.body, '/') + 1), @body_named(s.body)@, count(*), @body_held(s.body)@, @body_next(s.body)@,
       (SELECT count(DISTINCT document) FROM claim WHERE kind = 'meeting' AND scope = s.body)
FROM session AS s

-- :name body_insert
INSERT INTO body (id, pair, type, name, sessions, last_held, next_planned, reports) @body_columns@ WHERE s.body = :scope GROUP BY s.body;

-- :name body_insert_all
INSERT INTO body (id, pair, type, name, sessions, last_held, next_planned, reports) @body_columns@ GROUP BY s.body;

-- One more report speaks of it.
-- :name body_update
UPDATE body SET name = @body_named(:scope)@, sessions = (SELECT count(*) FROM session WHERE body = :scope), last_held = @body_held(:scope)@,
       next_planned = @body_next(:scope)@, reports = reports + 1
WHERE id = :scope;

-- ---- people ---------------------------------------------------------------------------------------------------------------------
-- :name spellings_new
SELECT DISTINCT p.party, p.latin FROM person_claim AS p
WHERE p.document = :document AND NOT EXISTS (SELECT 1 FROM spelling AS s WHERE s.party = p.party AND s.latin = p.latin)
ORDER BY p.party, p.latin;

-- All that reports say, for when everything is made again.
-- :name spellings_said
SELECT DISTINCT party, latin FROM person_claim INDEXED BY person_claim_by_name ORDER BY party, latin;

-- :name spelling_find
SELECT single FROM spelling WHERE party = :party AND latin = :latin;

-- :name spellings_of_document
SELECT DISTINCT s.party, s.latin, s.person, s.single FROM person_claim AS p JOIN spelling AS s ON s.party = p.party AND s.latin = p.latin
WHERE p.document = :document ORDER BY s.party, s.latin;

-- :name spelling_insert
INSERT INTO spelling (party, latin, person, alone, single) VALUES (:party, :latin, :person, :person, :single);

-- :name spelling_key_insert
INSERT OR IGNORE INTO spelling_key (party, word, single, latin) VALUES (:party, :word, :single, :latin);

-- :name spelling_candidates
SELECT DISTINCT s.latin, s.person, s.single FROM spelling_key AS k JOIN spelling AS s ON s.party = k.party AND s.latin = k.latin
WHERE k.party = :party AND k.word IN (SELECT value FROM json_each(:words)) ORDER BY s.latin;

-- :name spellings_single
SELECT party, latin, person, single FROM spelling WHERE single AND (:party IS NULL OR party = :party) ORDER BY party, latin;

-- Family names alone that hold one of the words.
-- :name singles_with_words
SELECT DISTINCT latin FROM spelling_key WHERE party = :party AND word IN (SELECT value FROM json_each(:words)) AND single = 1 ORDER BY latin;

-- :name all_spellings_of_person
SELECT party, latin FROM spelling WHERE person = :person ORDER BY party, latin;

-- For each person whom the document names: the days in the middle to the next reports before and behind it that name them in the same office;
-- reports outside of them have another report that is nearer.
-- :name namings_of_document
SELECT p.person,
       (SELECT date((julianday(o.day) + julianday(p.day)) / 2 - 1) FROM person_claim AS o WHERE o.person = p.person AND o.single = 0 AND o.day <= p.day
            AND o.office IS p.office AND o.portfolio = p.portfolio AND o.document <> p.document ORDER BY o.day DESC LIMIT 1),
       (SELECT date((julianday(o.day) + julianday(p.day)) / 2 + 1) FROM person_claim AS o WHERE o.person = p.person AND o.single = 0 AND o.day >= p.day
            AND o.office IS p.office AND o.portfolio = p.portfolio AND o.document <> p.document ORDER BY o.day LIMIT 1)
FROM person_claim AS p WHERE p.document = :document AND p.single = 0 AND p.day IS NOT NULL ORDER BY p.local;

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

-- Everybody whom a party's reports name.
-- :name people_of_party
SELECT id FROM person WHERE party = :party UNION SELECT person FROM spelling WHERE party = :party ORDER BY 1;

-- Who is somebody else now than their reports say.
-- :name people_moved
SELECT p.person FROM person_claim AS p JOIN spelling AS s ON s.party = p.party AND s.latin = p.latin
WHERE p.party = :party AND s.single = 0 AND p.person IS NOT NULL AND p.person <> s.person
UNION SELECT s.person FROM person_claim AS p JOIN spelling AS s ON s.party = p.party AND s.latin = p.latin
WHERE p.party = :party AND s.single = 0 AND p.person IS NOT NULL AND p.person <> s.person;

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

-- :name settled_how
CASE WHEN s.alone = s.person THEN 'name' ELSE 'name sounds as ' || s.person END

-- Everyone written with a fuller name is who the spelling says.
-- :name settled
person = s.person, single = s.single, how = @settled_how@

-- A fuller name that is known already.
-- :name spelling_settled
SELECT s.person, @settled_how@ FROM spelling AS s WHERE s.party = :party AND s.latin = :latin AND s.single = 0;

-- :name person_claims_settle
UPDATE person_claim SET @settled@
FROM spelling AS s WHERE s.party = person_claim.party AND s.latin = person_claim.latin AND s.person = :person AND s.single = 0 AND person_claim.person IS NOT s.person;

-- :name person_claims_settle_document
UPDATE person_claim SET @settled@
FROM spelling AS s WHERE s.party = person_claim.party AND s.latin = person_claim.latin AND person_claim.document = :document AND person_claim.person IS NULL;

-- :name person_claims_settle_all
UPDATE person_claim SET @settled@
FROM spelling AS s WHERE s.party = person_claim.party AND s.latin = person_claim.latin AND (:party IS NULL OR person_claim.party = :party)
    AND (person_claim.person IS NULL OR (s.single = 0 AND (person_claim.person <> s.person OR person_claim.how IS NOT @settled_how@))
         OR person_claim.single <> s.single);

-- Claims of a family name alone, with the office told of: of all reports, of those of some days, or of one.
-- :name single_claims
SELECT p.document, p.local, coalesce(p.office, ''), p.portfolio, p.day, p.person FROM person_claim AS p
WHERE p.party = :party AND p.latin = :latin AND (:document IS NULL OR p.document = :document)
    AND (:from IS NULL OR p.day >= :from) AND (:until IS NULL OR p.day <= :until) ORDER BY p.document, p.local;

-- How near in days a person is named at all, and in the same office (or with a field in common, where both have one).
-- :name person_nearest
SELECT (SELECT min(abs(julianday(day) - julianday(:day))) FROM (
            SELECT * FROM (SELECT day FROM person_claim WHERE person = :person AND single = 0 AND day <= :day ORDER BY day DESC LIMIT 1)
            UNION ALL SELECT * FROM (SELECT day FROM person_claim WHERE person = :person AND single = 0 AND day >= :day ORDER BY day LIMIT 1))),
       (SELECT min(abs(julianday(day) - julianday(:day))) FROM (
            SELECT * FROM (SELECT day FROM person_claim WHERE person = :person AND single = 0 AND day <= :day
                AND office = :office AND (portfolio = :portfolio OR share_code(portfolio, :portfolio)) ORDER BY day DESC LIMIT 1)
            UNION ALL SELECT * FROM (SELECT day FROM person_claim WHERE person = :person AND single = 0 AND day >= :day
                AND office = :office AND (portfolio = :portfolio OR share_code(portfolio, :portfolio)) ORDER BY day LIMIT 1)));

-- :name person_claim_set
UPDATE person_claim SET person = :person, how = :how WHERE document = :document AND local = :local AND (person IS NOT :person OR how IS NOT :how);

-- Sessions that a person chaired.
-- :name links_chaired
SELECT DISTINCT c.link FROM person_claim AS p JOIN claim AS c ON c.document = p.document JOIN role AS r ON r.claim = c.id AND r.role = 'chair' AND r.person = p.local
WHERE p.person = :person AND +c.kind = 'meeting' AND c.link IS NOT NULL;

-- :name people_forget
DELETE FROM person WHERE id = :person;

-- A person as each report names them, for the person's line (people.c); all of it stands in an index.
-- :name person_columns
name, latin, party, office, portfolio, day, document, local, doc

-- :name person_claims
SELECT @person_columns@ FROM person_claim WHERE person = :person;

-- :name person_claims_all
SELECT @person_columns@, person FROM person_claim WHERE person IS NOT NULL ORDER BY person;

-- :name person_insert_line
INSERT INTO person (id, party, name, offices, spellings, reports, document, local)
VALUES (:person, :party, :name, :offices, :spellings, :reports, :document, :local);

-- ---- rebuild and upgrade --------------------------------------------------------------------------------------------------------
-- What is derived of all reports together.
-- :name account_drop
DROP TABLE IF EXISTS session; DROP TABLE IF EXISTS instrument; DROP TABLE IF EXISTS thread; DROP TABLE IF EXISTS body; DROP TABLE IF EXISTS body_name; DROP TABLE IF EXISTS strand; DROP TABLE IF EXISTS edited;
DROP TABLE IF EXISTS person; DROP TABLE IF EXISTS spelling_key; DROP TABLE IF EXISTS spelling;

-- Everything but records and full text, which are compared and changed where they differ.
-- :name derived_drop
@account_drop@; DROP TABLE IF EXISTS role; DROP TABLE IF EXISTS document_pair; DROP TABLE IF EXISTS person_claim; DROP TABLE IF EXISTS claim; DROP TABLE IF EXISTS derivation;

-- The tables that hold what documents say, with their indexes, as they are written down: whether they are those of schema.sql.
-- :name rows_schema
SELECT group_concat(name || ' ' || coalesce(sql, ''), char(10)) FROM (SELECT name, sql FROM sqlite_schema
WHERE tbl_name IN ('claim', 'role', 'document_pair', 'person_claim', 'derivation') ORDER BY name);

-- The rows of a document, in the order of their columns where unfold.c makes them: claims, roles of a range of claims, people, pairs.
-- :name claim_columns
document, doc, local, part, kind, pair, type, status, ordinal, date, first_day, last_day, city, country, body_name, count,
       subject, sectors, concepts, about, names, hints, listed, by_party, meeting, day, first_byte, begin, "end", words, sentence_begin,
       sentence_end, decision, scope, own_day, weight

-- :name person_claim_columns
document, doc, local, name, latin, office, portfolio, party, day, begin, "end", words, sentence_begin, sentence_end

-- :name claims_written
SELECT id, rejected, @claim_columns@ FROM claim WHERE document = :document ORDER BY id;

-- :name roles_written
SELECT claim, claim, person, role FROM role WHERE claim BETWEEN :from AND :until;

-- :name people_written
SELECT @person_claim_columns@ FROM person_claim WHERE document = :document;

-- :name pairs_written
SELECT pair, claims FROM document_pair WHERE document = :document;

-- What the file has of the documents of a range, in their order. Whose claims or facts people corrected is read again whatever it has.
-- :name look_records
SELECT d.id, r.engine, r.language, r.title, r.published, r.day, r.publisher, r.codes, r.json, r.annex, v.reader, v.record, v.rows,
       EXISTS (SELECT 1 FROM decision AS n WHERE n.hash = d.hash AND (n.action IN ('add', 'edit') OR (n.action = 'reject' AND n.kind = 'person'))) AS amended
FROM document AS d LEFT JOIN record AS r ON r.document = d.id LEFT JOIN derivation AS v ON v.document = d.id
WHERE d.id BETWEEN :from AND :until ORDER BY d.id;

-- :name look_claims
SELECT id, rejected, @claim_columns@ FROM claim WHERE document BETWEEN :from AND :until ORDER BY document;

-- :name look_people
SELECT @person_claim_columns@ FROM person_claim WHERE document BETWEEN :from AND :until ORDER BY document;

-- :name look_pairs
SELECT document, pair, claims FROM document_pair WHERE document BETWEEN :from AND :until ORDER BY document;

-- :name view_begin
BEGIN;

-- :name view_end
COMMIT;

-- :name document_first
SELECT id FROM document WHERE id > :id ORDER BY id LIMIT 1;

-- :name record_line
SELECT engine, language, title, published, day, publisher, codes, json, annex FROM record WHERE document = :document;

-- :name derivation_find
SELECT reader, record, rows FROM derivation WHERE document = :document;

-- :name derivation_insert
INSERT OR REPLACE INTO derivation (document, reader, record, rows) VALUES (:document, :reader, :record, :rows);

-- What is derived of one report, to be unfolded again.
-- :name roles_forget
DELETE FROM role WHERE claim IN (SELECT id FROM claim WHERE document = :document);

-- :name claims_forget
DELETE FROM claim WHERE document = :document;

-- :name pairs_forget
DELETE FROM document_pair WHERE document = :document;

-- :name person_claims_forget
DELETE FROM person_claim WHERE document = :document;

-- :name parties_of_document
SELECT DISTINCT party FROM person_claim WHERE document = :document ORDER BY party;

-- :name links_of_meetings
SELECT DISTINCT link FROM claim WHERE document = :document AND kind = 'meeting' AND link IS NOT NULL;

-- :name record_of
SELECT r.engine, r.json, r.annex, d.hash, v.reader, v.record FROM record AS r JOIN document AS d ON d.id = r.document
LEFT JOIN derivation AS v ON v.document = d.id WHERE r.document = :document;

-- Version 4 gave decisions more columns, and more that can be decided.
-- :name upgrade_decisions
DROP INDEX IF EXISTS decision_by_target; DROP INDEX IF EXISTS decision_by_hash;
DROP TRIGGER IF EXISTS decision_is_kept; DROP TRIGGER IF EXISTS decision_is_fixed; ALTER TABLE decision RENAME TO decision_before;

-- :name upgrade_decisions_copy
INSERT INTO decision (id, made, author, action, target, field, value, reason, hash, kind, first_byte)
SELECT id, made, author, action, target, field, value, reason, hash, kind, first_byte FROM decision_before ORDER BY id;
DROP TABLE decision_before;

-- Version 5 has no index that version 4 has.
-- :name upgrade_indexes
DROP INDEX IF EXISTS claim_by_pair;

-- Version 3 gave documents more columns.
-- :name upgrade_documents
PRAGMA legacy_alter_table = ON;  -- what refers to documents goes on to do so by their name
ALTER TABLE document RENAME TO document_before;
PRAGMA legacy_alter_table = OFF;

-- Names of indexes and triggers that the new table takes.
-- :name upgrade_documents_indexes
DROP INDEX IF EXISTS document_by_uri; DROP INDEX IF EXISTS document_by_id; DROP TRIGGER IF EXISTS document_is_kept; DROP TRIGGER IF EXISTS document_is_fixed;

-- :name upgrade_documents_copy
INSERT INTO document (id, hash, uri, language, date, added, added_by, bytes)
SELECT id, hash, uri, language, date, added, added_by, bytes FROM document_before ORDER BY id;

-- All that is derived goes; records and full text stay, as they are the same since version 2.
-- :name upgrade_clear
DROP VIEW IF EXISTS account_session; DROP VIEW IF EXISTS account_claim; DROP VIEW IF EXISTS decision_in_force; DROP VIEW IF EXISTS decision_shown;
@derived_drop@

-- :name upgrade_next
SELECT r.document, r.engine, r.json, d.hash, r.annex FROM record AS r JOIN document AS d ON d.id = r.document WHERE r.document > :id ORDER BY r.document LIMIT 1;

-- Records of version 1 had no annex: they are read once more, under another name, into those of this version.
-- :name upgrade_first
DROP INDEX IF EXISTS record_by_day; DROP TABLE words; ALTER TABLE record RENAME TO record_before;

-- :name upgrade_first_next
SELECT b.document, b.engine, b.json, d.hash, NULL FROM record_before AS b JOIN document AS d ON d.id = b.document WHERE b.document > :id ORDER BY b.document LIMIT 1;

-- :name upgrade_forget
DROP TABLE IF EXISTS record_before; DROP TABLE IF EXISTS document_before;

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

-- The same, to be filled with what another connection still sees.
-- :name derived_keep_none
CREATE TEMP TABLE before (what, id, said);

-- :name derived_keep_row
INSERT INTO temp.before VALUES (?, ?, ?);

-- :name derived_said
@said@;

-- By it is known whether anything differs at all: far cheaper than to tell what.
-- :name derived_digest
SELECT (SELECT digest(id, status, date, city, country, chairs) FROM session) || ' ' || (SELECT digest(id, last_held, next_planned) FROM body) || ' ' ||
       (SELECT digest(id, offices, spellings) FROM person) || ' ' ||
       (SELECT digest(link, document, begin, status, date, sectors) FROM claim WHERE kind <> 'meeting' AND link IS NOT NULL);

-- :name derived_compare
WITH now AS (@said@)
SELECT 'gone' AS change, what, id, said FROM (SELECT * FROM before EXCEPT SELECT * FROM now)
UNION ALL SELECT 'new', what, id, said FROM (SELECT * FROM now EXCEPT SELECT * FROM before) ORDER BY 3, 1;

-- :name derived_forget
DROP TABLE IF EXISTS temp.before;

-- ---- decisions ------------------------------------------------------------------------------------------------------------------
-- :name decision_insert
INSERT INTO decision (made, author, action, target, field, value, reason, hash, kind, first_byte, nth, last_byte)
VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :author, :action, :target, :field, :value, :reason, :hash, :kind, :first_byte, :nth, :last_byte);

-- :name decision_find
SELECT id, action, target, value, hash, kind FROM decision_in_force WHERE id = :id;

-- :name merges_of
SELECT id FROM decision_in_force WHERE action = 'merge' AND target = :target ORDER BY id;

-- A claim or a person by the id that people see: its document, kind and first words, which of those it is, and by which decision it was added.
-- :name claim_of_target
SELECT d.hash, c.kind, c.first_byte, c.document, @nth_of(c)@, c.decision FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE d.id IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(:target, 1, 12)) AND c.local = substr(:target, 14) AND c.part = 0
UNION ALL
SELECT d.hash, 'person', p.begin, p.document,
       (SELECT count(*) FROM person_claim AS n WHERE n.document = p.document AND n.begin = p.begin AND n.local < p.local), NULL
FROM person_claim AS p JOIN document AS d ON d.id = p.document
WHERE d.id IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(:target, 1, 12)) AND p.local = substr(:target, 14) AND p.begin IS NOT NULL
LIMIT 1;

-- :name document_of_target
SELECT id, hash, CAST(bytes AS TEXT) FROM document WHERE substr(hash, 8, 12) = :target OR hash = :target LIMIT 1;

-- Claims and people of a report that nobody has decided yet.
-- :name undecided_of
SELECT c.doc || '/' || c.local FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE c.document = :document AND c.part = 0 AND c.decision IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision_in_force AS f WHERE f.hash = d.hash AND f.action IN ('accept', 'reject') AND @is_about(c, f)@)
UNION ALL
SELECT p.doc || '/' || p.local FROM person_claim AS p JOIN document AS d ON d.id = p.document
WHERE p.document = :document AND p.begin IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM decision_in_force AS f WHERE f.hash = d.hash AND f.action = 'accept' AND f.kind = 'person' AND f.first_byte = p.begin AND f.nth = (
        SELECT count(*) FROM person_claim AS n WHERE n.document = p.document AND n.begin = p.begin AND n.local < p.local));

-- Judgements of one claim that hold, the first first.
-- :name judgements_of
SELECT id, author, value FROM decision_in_force
WHERE action = 'judge' AND hash = :hash AND kind = :kind AND first_byte = :first_byte AND nth = :nth ORDER BY id;

-- Whether :author has judged a claim and taken it back when somebody else had judged it, too: what the other says was shown then.
-- :name judgement_seen
SELECT 1 FROM decision AS mine JOIN decision AS u ON u.action = 'undo' AND u.target = CAST(mine.id AS TEXT)
JOIN decision AS o ON o.hash = mine.hash AND o.action = 'judge' AND o.kind = mine.kind AND o.first_byte = mine.first_byte AND o.nth = mine.nth
WHERE mine.hash = :hash AND mine.action = 'judge' AND mine.kind = :kind AND mine.first_byte = :first_byte AND mine.nth = :nth AND mine.author = :author
  AND o.author <> :author AND o.id < u.id LIMIT 1;

-- What an id names now: body, session, instrument, commitment or person.
-- Meetings of which their report says that they are the body's :target, wherever merges led them. A fragment, never run alone.
-- :name of_body_told
document IN (SELECT document FROM document_pair WHERE pair = substr(:target, 1, instr(:target, '/') - 1))
      AND +kind = 'meeting' AND pair || '/' || type = :target

-- :name kind_of_target
SELECT 'body' FROM body WHERE id = :target
UNION ALL SELECT 'session' FROM session WHERE id = :target
UNION ALL SELECT 'person' FROM person WHERE id = :target
UNION ALL SELECT kind FROM (SELECT kind FROM claim WHERE link = :target AND kind <> 'meeting' LIMIT 1)
UNION ALL SELECT 'body' FROM (SELECT 1 FROM claim WHERE @of_body_told@ LIMIT 1)
UNION ALL SELECT 'session' FROM (SELECT 1 FROM claim WHERE kind = 'meeting' AND alone = :target AND link IS NOT alone LIMIT 1)
UNION ALL SELECT kind FROM (SELECT kind FROM claim WHERE kind <> 'meeting' AND alone = :target AND link IS NOT alone LIMIT 1)
UNION ALL SELECT 'person' FROM (SELECT 1 FROM spelling WHERE alone = :target LIMIT 1)
LIMIT 1;

-- The documents whose claims a decision may move.
-- :name documents_of_target
SELECT document FROM claim WHERE link = :target UNION SELECT document FROM claim WHERE kind = 'meeting' AND scope = :target
UNION SELECT document FROM claim WHERE alone = :target AND link IS NOT alone
UNION SELECT document FROM claim WHERE @of_body_told@
ORDER BY 1;

-- :name document_of_hash
SELECT id FROM document WHERE hash = :hash;
