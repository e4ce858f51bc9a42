-- SPDX-License-Identifier: MIT
-- What the web pages ask the register, beside questions.sql: questions about one thing, and lists that cost no more than what they show.
-- Parameters are those of questions.sql. `document` and `local` lead to a claim's words: /document/DOCUMENT#LOCAL.

-- Changes with every report and decision.
-- :name page_state
SELECT (SELECT max(id) FROM document) AS documents, (SELECT max(id) FROM decision) AS decisions;

-- What an id names, and the id that it has now. No row: nothing.
-- :name page_thing
WITH asked AS MATERIALIZED (SELECT @id_now@ AS id FROM (SELECT :id AS id_then))
SELECT id, CASE WHEN EXISTS (SELECT 1 FROM session WHERE session.id = asked.id) THEN 'session'
                WHEN EXISTS (SELECT 1 FROM body WHERE body.id = asked.id) THEN 'body'
                WHEN EXISTS (SELECT 1 FROM person WHERE person.id = asked.id) THEN 'person'
                WHEN EXISTS (SELECT 1 FROM document_pair WHERE pair = asked.id) THEN 'pair'
                WHEN EXISTS (SELECT 1 FROM person WHERE party = asked.id) THEN 'party'
                ELSE (SELECT kind FROM claim WHERE link = asked.id AND kind <> 'meeting' LIMIT 1) END AS kind FROM asked;

-- All pairs, found by leaping over the index from one to the next; none where one pair (:pair) is asked about. A fragment, never run alone.
-- :name page_pair_ids
WITH RECURSIVE found (pair) AS (
    SELECT min(pair) FROM document_pair WHERE :pair IS NULL
    UNION ALL SELECT (SELECT min(p.pair) FROM document_pair AS p WHERE p.pair > found.pair) FROM found WHERE found.pair IS NOT NULL)
SELECT pair FROM found WHERE instr(pair, '-') > 0

-- Every pair, with what its bodies tell. With a single max(), SQLite takes the body from the row that has it.
-- :name page_pairs
SELECT id, sessions, reports, CASE WHEN last_held IS NOT NULL THEN @day_as_told(f.body, f.last_held)@ END AS last_held FROM (
    SELECT f.pair AS id, coalesce(sum(b.sessions), 0) AS sessions, coalesce(sum(b.reports), 0) AS reports, max(b.last_held) AS last_held, b.id AS body
    FROM (@page_pair_ids@) AS f LEFT JOIN body AS b ON b.pair = f.pair GROUP BY f.pair ORDER BY reports DESC, f.pair LIMIT :limit) AS f
ORDER BY reports DESC, id;

-- The latest reports.
-- :name page_recent
SELECT substr(d.hash, 8, 12) AS document, r.day, r.language, r.title, r.publisher,
       (SELECT group_concat(pair, ' ') FROM (SELECT DISTINCT pair FROM claim WHERE document = d.id)) AS pairs
FROM (SELECT document FROM record WHERE day IS NOT NULL ORDER BY day DESC, document DESC LIMIT :limit) AS f
JOIN document AS d ON d.id = f.document JOIN record AS r ON r.document = d.id ORDER BY r.day DESC, d.id DESC;

-- Sessions that are not past, and those of the last two years, too: of the pair, or for each pair by its index, and those whose date or status
-- people have changed. Fragments, never run alone.
-- :name page_not_past
SELECT id FROM session WHERE pair = :pair AND last_day >= coalesce(:as_of, date('now'))
UNION SELECT s.id FROM (@page_pair_ids@) AS p JOIN session AS s ON s.pair = p.pair WHERE :pair IS NULL AND s.last_day >= coalesce(:as_of, date('now'))
UNION SELECT e.id FROM edited AS e WHERE e.field IN ('date', 'status')
-- :name page_lately
SELECT s.id FROM (@page_pair_ids@) AS p JOIN session AS s ON s.pair = p.pair WHERE s.last_day >= date(coalesce(:as_of, date('now')), '-2 years')
UNION SELECT e.id FROM edited AS e WHERE e.field IN ('date', 'status')

-- Sessions that are announced and not past.
-- :name page_coming
SELECT id, pair, type, ordinal, date, place FROM account_session
WHERE id IN (@page_not_past@) AND status IN ('planned', 'postponed') AND last_day >= coalesce(:as_of, date('now'))
  AND (:pair IS NULL OR pair = :pair)
ORDER BY first_day, id LIMIT :limit;

-- Sessions of a pair or a body, with the numbers of which no report tells: the columns of the question `sessions` that a list wants, without its
-- reading of the words behind each.
-- :name page_sessions
WITH wanted AS MATERIALIZED (@wanted_sessions@),
@session_account@,
@missing_sessions@
SELECT id, number, until, status, date, place, chairs, reports, first_day FROM (
    SELECT id, ordinal AS number, NULL AS until, status, date, place, chairs, reports, first_day, body FROM account
    UNION ALL
    SELECT @missing_id@, m.ordinal, nullif(m.until, m.ordinal), 'not in register', NULL, NULL, NULL, 0, NULL, m.body FROM missing AS m)
ORDER BY @by_rank(body)@, body, number IS NULL, number, first_day IS NULL, first_day, id LIMIT :limit;

-- For the pictures of a pair; `part`: of a thread, each time that it was spoken of (day and status in the order of time, parted by ";"); of all
-- instruments, the same ("year id sectors", parted by ";"). All of it stands in indexes, and in their order; the page counts by months and years, for
-- which SQLite would sort, and thousands of rows are dearer than one text.
-- :name page_pictures
SELECT 'stage' AS part, id, said
FROM (SELECT t.id, (SELECT group_concat(c.day || c.status, ';') FROM claim AS c WHERE c.link = t.id AND c.day <= coalesce(:as_of, '~')) AS said
      FROM (SELECT link AS id FROM (SELECT id AS link FROM thread) WHERE @link_of_pair@ LIMIT :limit) AS t)
WHERE said IS NOT NULL
UNION ALL
SELECT 'field', NULL, group_concat(substr(day, 1, 4) || ' ' || link || ' ' || sectors, ';') FROM claim INDEXED BY claim_of_instruments
WHERE kind = 'instrument' AND NOT rejected AND scope = :pair AND link IS NOT NULL AND day <= coalesce(:as_of, '~');

-- ---- one session ----------------------------------------------------------------------------------------------------------------
-- What leads to the words of the claim that gave a cell. A fragment, never run alone.
-- :name page_cell
CASE WHEN EXISTS (SELECT 1 FROM edited AS x WHERE x.id = s.id AND x.field = '$1') THEN NULL
     ELSE (SELECT k.doc || '/' || k.local FROM claim AS k WHERE k.id = s.$2) END

-- :name page_session
SELECT a.id, a.body, a.pair, a.type, a.ordinal, a.status, a.date, a.place, a.chairs, a.announced, a.reports, a.machine, a.first_day, a.last_day,
       @page_cell(status, status_claim)@ AS status_claim, @page_cell(date, date_claim)@ AS date_claim, @page_cell(place, place_claim)@ AS place_claim,
       CASE WHEN EXISTS (SELECT 1 FROM edited AS x WHERE x.id = s.id AND x.field = 'chairs') THEN 'yes' END AS chairs_decided,
       (SELECT n.id FROM session AS n WHERE n.body = s.body AND n.ordinal = s.ordinal - 1 LIMIT 1) AS before,
       (SELECT n.id FROM session AS n WHERE n.body = s.body AND n.ordinal = s.ordinal + 1 LIMIT 1) AS after,
       (SELECT nullif(n.last_day, '') FROM session AS n WHERE n.body = s.body AND n.ordinal = s.ordinal - 1 LIMIT 1) AS before_day,
       (SELECT @name_for_reader(body.id, body.name)@ FROM body WHERE body.id = s.body) AS body_name
FROM account_session AS a JOIN session AS s ON s.id = a.id WHERE a.id = :id;

-- Who chaired, with the words that say so.
-- :name page_chairs
SELECT p.person AS id, coalesce(@edit_of(p.person, name)@, w.name, p.latin) AS name, p.party, p.office, p.portfolio, p.doc || '/' || p.local AS claim, p.words
FROM session AS s, json_each(s.chair_claims) AS j
JOIN person_claim AS p ON p.document = j.value ->> 0 AND p.local = j.value ->> 1 LEFT JOIN person AS w ON w.id = p.person
WHERE s.id = :id ORDER BY p.party, name;

-- What sources say differently of a session that was held.
-- :name page_disagree
SELECT 'date' AS field, k.date AS value, group_concat(DISTINCT k.doc || '/' || k.local) AS claims FROM claim AS k
WHERE k.link = :id AND +k.kind = 'meeting' AND k.status = 'held' AND length(k.date) >= 10 GROUP BY k.date
UNION ALL
SELECT 'place', k.city || coalesce(', ' || k.country, ''), group_concat(DISTINCT k.doc || '/' || k.local) FROM claim AS k
WHERE k.link = :id AND +k.kind = 'meeting' AND k.status = 'held' AND k.city IS NOT NULL GROUP BY k.city, k.country;

-- Instruments and commitments of a session, each once: by the firmest, then a report in the reader's language, then the latest that says so. A
-- document belongs to it, too, if it is dated within its days, or signed without a date by a report of these days that tells of the session.
-- :name page_session_deeds
WITH told AS (
    SELECT c.id FROM claim AS m JOIN claim AS c ON c.document = m.document AND c.meeting = m.local WHERE m.link = :id AND +m.kind = 'meeting'
    UNION
    SELECT c.id FROM session AS s JOIN claim AS c ON c.scope = s.pair AND c.kind = 'instrument' AND NOT c.rejected AND c.own_day BETWEEN s.first_day AND date(s.last_day, '+1 day')
    WHERE s.id = :id AND s.ordinal IS NOT NULL
      AND (c.first_day IS NOT NULL OR (c.status = 'signed' AND EXISTS (SELECT 1 FROM claim AS m WHERE m.link = :id AND +m.kind = 'meeting' AND m.document = c.document))))
SELECT id, kind, type, status, date, nullif(count, 1) AS count, subject, sectors, document || '/' || local AS claim, words, language FROM (
    SELECT c.link AS id, c.kind, c.type, c.status, c.date, c.count, c.subject, c.sectors, c.doc AS document, c.local, c.words,
           (SELECT language FROM record AS r WHERE r.document = c.document) AS language,
           row_number() OVER (PARTITION BY c.link ORDER BY CASE c.status WHEN 'done' THEN 0 WHEN 'signed' THEN 0 WHEN 'agreed' THEN 1 WHEN 'planned' THEN 2 ELSE 3 END,
                              @language_rank(c.document)@, c.day DESC, c.doc, c.local) AS rank
    FROM told AS t JOIN claim AS c ON c.id = t.id WHERE c.kind IN ('instrument', 'commitment') AND c.link IS NOT NULL)
WHERE rank = 1 ORDER BY kind DESC, sectors, id LIMIT :limit;

-- ---- one thread, instrument, person -----------------------------------------------------------------------------------------------
-- Each stage of a thread or instrument (of a concept's thread, of those under it, too), each time that a session was spoken of, or what a person chaired
-- and signed, in the order of time. What a page shows is picked by an index before any words are read.
-- :name page_stages
WITH found AS (
    SELECT id, day, doc, local, part FROM claim WHERE link = :id
    UNION SELECT id, day, doc, local, part FROM claim WHERE link > :id || '/' AND link < :id || '0' AND +kind = 'commitment'
    UNION SELECT k.id, k.day, k.doc, k.local, k.part FROM person_claim AS p JOIN claim AS k ON k.document = p.document JOIN role AS r ON r.claim = k.id AND r.person = p.local
          WHERE p.person = :id),
picked AS MATERIALIZED (
    SELECT id FROM found WHERE :as_of IS NULL OR day IS NULL OR day <= :as_of ORDER BY day IS NULL, day, doc, local, part LIMIT :limit OFFSET coalesce(:skip, 0))
SELECT c.doc || '/' || c.local AS claim, c.link AS of, c.day, c.kind, c.type, c.status, CASE WHEN c.kind = 'meeting' THEN c.body_name ELSE c.subject END AS subject,
       c.date, coalesce(c.city || coalesce(', ' || c.country, ''), c.country) AS place, c.count, c.sectors, r.language, @sentence_columns@, r.title, r.publisher
FROM picked AS f JOIN claim AS c ON c.id = f.id JOIN document AS d ON d.id = c.document JOIN record AS r ON r.document = c.document
ORDER BY c.day IS NULL, c.day, c.doc, c.local, c.part;

-- The deadlines that were named for a thread, for its picture.
-- :name page_deadlines
SELECT day, date FROM claim WHERE link = :id AND day <= coalesce(:as_of, '~') AND date IS NOT NULL
UNION ALL SELECT day, date FROM claim WHERE link > :id || '/' AND link < :id || '0' AND +kind = 'commitment' AND day <= coalesce(:as_of, '~') AND date IS NOT NULL
ORDER BY day, date LIMIT :limit;

-- ---- one report -------------------------------------------------------------------------------------------------------------------
-- :name page_document
SELECT substr(d.hash, 8, 12) AS document, d.hash, d.uri, d.added, d.added_by, r.language, r.title, r.published, r.publisher, r.engine,
       CAST(d.bytes AS TEXT) AS text
FROM document AS d JOIN record AS r ON r.document = d.id WHERE substr(d.hash, 8, 12) = :id;

-- Where its claims and people stand in it, in the order of the text; `state`: rejected, or added by a person.
-- :name page_marks
WITH wanted AS MATERIALIZED (SELECT id, hash FROM document WHERE substr(hash, 8, 12) = :id)
SELECT local, kind, link, type, status, subject, date, sectors, begin, "end", sentence_begin, sentence_end, state FROM (
    SELECT c.local, c.kind, c.link, c.type, c.status, coalesce(c.subject, c.body_name) AS subject, c.date, c.sectors, c.begin, c."end", c.sentence_begin,
           c.sentence_end, CASE WHEN c.rejected THEN 'rejected' WHEN c.decision IS NOT NULL THEN 'added' END AS state
    FROM claim AS c WHERE c.document IN (SELECT id FROM wanted) AND c.part = 0 AND c.begin IS NOT NULL
    UNION ALL
    SELECT local, 'person', person, office, portfolio, name, NULL, party, begin, "end", sentence_begin, sentence_end, NULL
    FROM person_claim WHERE document IN (SELECT id FROM wanted) AND begin IS NOT NULL)
ORDER BY begin, "end" DESC, local LIMIT :limit;

-- Who said that it was read to its end.
-- :name page_signed
SELECT f.id AS number, f.made, f.author, f.reason FROM decision_in_force AS f JOIN document AS d ON d.hash = f.hash
WHERE f.action = 'accept' AND f.kind = 'document' AND substr(d.hash, 8, 12) = :id ORDER BY f.id LIMIT :limit;

-- ---- one claim --------------------------------------------------------------------------------------------------------------------
-- A claim or a person of a report (:id, "document/m1").
-- :name page_claim
WITH wanted AS MATERIALIZED (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(:id, 1, 12))
SELECT c.doc AS document, c.local, c.kind, c.link, c.how, NULL AS name, c.decision, (SELECT author FROM decision AS a WHERE a.id = c.decision) AS added_by,
       CASE WHEN c.rejected THEN 'rejected' WHEN c.decision IS NOT NULL THEN 'added' END AS state, r.language, r.title, r.publisher, c.day, @sentence_columns@
FROM claim AS c JOIN document AS d ON d.id = c.document JOIN record AS r ON r.document = d.id
WHERE c.document IN (SELECT id FROM wanted) AND c.local = substr(:id, 14) AND c.part = 0
UNION ALL
SELECT c.doc, c.local, 'person', c.person, c.how, c.name, NULL, NULL, NULL, r.language, r.title, r.publisher, c.day, @sentence_columns@
FROM person_claim AS c JOIN document AS d ON d.id = c.document JOIN record AS r ON r.document = d.id
WHERE c.document IN (SELECT id FROM wanted) AND c.local = substr(:id, 14)
LIMIT 1;

-- The fields of a kind of claims (:id).
-- :name page_fields_of_kind
WITH @claim_fields@
SELECT f.field, f.codes, NULL AS now FROM f WHERE f.kind = :id;

-- The fields of a claim: what the reader says, what the account says now, and by whose decision.
-- :name page_claim_fields
WITH @claim_fields@,
c AS MATERIALIZED (SELECT k.*, d.hash FROM claim AS k JOIN document AS d ON d.id = k.document
                   WHERE substr(d.hash, 8, 12) = substr(:id, 1, 12) AND k.local = substr(:id, 14) AND k.part = 0),
m AS MATERIALIZED (SELECT j.value AS json FROM c JOIN record AS r ON r.document = c.document, json_each(r.json, '$.' || c.kind || 's') AS j
                   WHERE c.decision IS NULL AND j.value ->> '$.id' = c.local),
e AS MATERIALIZED (SELECT x.field, max(x.id) AS number FROM c JOIN decision_in_force AS x ON x.hash = c.hash
                   WHERE x.action = 'edit' AND @is_about(c, x)@ GROUP BY x.field)
SELECT f.field, f.codes,
       CASE json_type(m.json, '$.' || f.field)
            WHEN 'array' THEN (SELECT group_concat(coalesce(p.name, v.value), CASE f.field WHEN 'chairs' THEN '; ' ELSE ' ' END)
                               FROM json_each(m.json, '$.' || f.field) AS v
                               LEFT JOIN person_claim AS p ON f.field = 'chairs' AND p.document = c.document AND p.local = v.value)
            WHEN 'object' THEN coalesce((m.json ->> ('$.' || f.field || '.city')) || coalesce(', ' || (m.json ->> ('$.' || f.field || '.country')), ''),
                                        m.json ->> ('$.' || f.field || '.country'))
            ELSE m.json ->> ('$.' || f.field) END AS machine,
       CASE f.field WHEN 'type' THEN c.type WHEN 'kind' THEN c.type WHEN 'status' THEN c.status WHEN 'stance' THEN c.status
            WHEN 'parties' THEN replace(c.pair, '-', ' ') WHEN 'ordinal' THEN c.ordinal WHEN 'count' THEN c.count WHEN 'date' THEN c.date
            WHEN 'deadline' THEN c.date WHEN 'place' THEN coalesce(c.city || coalesce(', ' || c.country, ''), c.country) WHEN 'subject' THEN c.subject
            WHEN 'topic' THEN c.subject WHEN 'sectors' THEN c.sectors WHEN 'concepts' THEN c.concepts
            WHEN 'chairs' THEN (SELECT group_concat(p.name, '; ') FROM role AS r JOIN person_claim AS p ON p.document = c.document AND p.local = r.person
                                WHERE r.claim = c.id AND r.role = 'chair') END AS now,
       x.id AS number, x.author, x.made, x.reason
FROM c JOIN f ON f.kind = c.kind LEFT JOIN m LEFT JOIN e ON e.field = f.field LEFT JOIN decision AS x ON x.id = e.number;

-- What people decided about one claim or person, as far as it is in force, the last first.
-- :name page_decisions_of_claim
WITH c AS MATERIALIZED (
    SELECT k.id, k.document, k.local, k.kind, k.first_byte, k.decision, d.hash, @nth_of(k)@ AS n FROM claim AS k JOIN document AS d ON d.id = k.document
    WHERE substr(d.hash, 8, 12) = substr(:id, 1, 12) AND k.local = substr(:id, 14) AND k.part = 0
    UNION ALL
    SELECT NULL, p.document, p.local, 'person', p.begin, NULL, d.hash,
           (SELECT count(*) FROM person_claim AS o WHERE o.document = p.document AND o.begin = p.begin AND o.local < p.local)
    FROM person_claim AS p JOIN document AS d ON d.id = p.document WHERE substr(d.hash, 8, 12) = substr(:id, 1, 12) AND p.local = substr(:id, 14))
SELECT w.id AS number, w.made, w.author, w.action, w.field, w.value, w.reason
FROM c JOIN decision_in_force AS f ON f.hash = c.hash JOIN decision_shown AS w ON w.id = f.id
WHERE f.id = c.decision OR (f.action <> 'add' AND c.decision IS NULL AND f.kind = c.kind AND f.first_byte = c.first_byte AND (f.nth IS NULL OR f.nth = c.n))
ORDER BY f.id DESC LIMIT :limit;

-- Claims of the newest reports for a second look apart: those that another person has judged first, none that :id has judged, that two have, or
-- that anybody has decided.
-- :name page_judge
SELECT c.doc || '/' || c.local AS claim, c.doc AS document, c.local, c.kind, r.language, r.title, r.publisher, c.day, @sentence_columns@
FROM (
    SELECT k.id, k.document, (SELECT count(*) FROM decision_in_force AS f WHERE f.hash = h.hash AND f.action = 'judge' AND @is_about(k, f)@) AS judged
    FROM claim AS k JOIN document AS h ON h.id = k.document
    WHERE k.document > (SELECT max(id) FROM document) - 100 AND k.part = 0 AND k.decision IS NULL AND k.begin IS NOT NULL AND (:pair IS NULL OR k.pair = :pair)
      AND judged < 2
      AND NOT EXISTS (SELECT 1 FROM decision_in_force AS f WHERE f.hash = h.hash AND @is_about(k, f)@
                      AND (f.action IN ('accept', 'reject') OR (f.action = 'judge' AND f.author = :id)))
    ORDER BY judged DESC, k.document DESC, k.id LIMIT :limit
) AS q JOIN claim AS c ON c.id = q.id JOIN document AS d ON d.id = c.document JOIN record AS r ON r.document = d.id
ORDER BY q.judged DESC, c.document DESC, c.id;

-- ---- bodies, people ---------------------------------------------------------------------------------------------------------------
-- :name page_body
SELECT id, type, name, sessions, @day_as_told(b.id, b.last_held)@ AS last_held, next_planned, reports FROM (@bodies_as_of@) AS b WHERE id = :pair;

-- :name page_person
SELECT w.id, coalesce(@edit_of(w.id, name)@, w.name) AS name, w.party, w.reports, @edit_of(w.id, offices)@ AS offices_decided,
       (SELECT group_concat(field || ': ' || coalesce(CASE field WHEN 'name' THEN w.name WHEN 'offices' THEN w.offices END, 'none'), '; ')
        FROM edited AS e WHERE e.id = w.id) AS machine
FROM person AS w WHERE w.id = :id;

-- In which offices reports name a person, and from when to when.
-- :name page_offices
SELECT office, portfolio, min(day) AS first, max(day) AS last, count(DISTINCT document) AS reports, min(doc || '/' || local) AS claim
FROM person_claim WHERE person = :id AND office IS NOT NULL AND (:as_of IS NULL OR day IS NULL OR day <= :as_of)
GROUP BY office, portfolio ORDER BY last DESC, reports DESC LIMIT :limit;

-- :name page_spellings
SELECT p.name, r.language, count(*) AS reports, min(p.doc || '/' || p.local) AS claim
FROM person_claim AS p JOIN record AS r ON r.document = p.document WHERE p.person = :id
GROUP BY p.name, r.language ORDER BY reports DESC, p.name LIMIT :limit;

-- Those who act for a party.
-- :name page_party_people
SELECT id, coalesce(@edit_of(id, name)@, name) AS name, reports FROM person WHERE party = :id ORDER BY reports DESC, id LIMIT :limit;

-- Pairs of a party.
-- :name page_party_pairs
SELECT id, sessions, reports, last_held FROM (@page_pairs@) WHERE instr('-' || id || '-', '-' || :id || '-') > 0 ORDER BY reports DESC, id;

-- ---- finding ----------------------------------------------------------------------------------------------------------------------
-- The newest reports that hold all words, as far as they are wanted: of a pair (:pair), until a day (:as_of), and what :id names as JSON: "in" (a
-- language), "year", "sector", "kind". Codes of parties and fields stand in the full text, too; languages, years and days are looked for in the newest
-- 2000. Fragments, never run alone.
-- :name words_narrowed
coalesce(' "' || replace(replace(:pair, '"', ''), '-', '" "') || '"', '') || coalesce(' "' || replace(:id ->> '$.sector', '"', '') || '"', '')

-- :name words_most
CASE WHEN coalesce(:as_of, :id ->> '$.in', :id ->> '$.year') IS NULL THEN 200 ELSE 2000 END

-- What all reports say that hold the words, for what they have in common; `part`: a report, the newest first, or something that it says.
-- :name page_search
WITH f AS MATERIALIZED (
    SELECT w.id, r.language, r.day, r.title, r.publisher FROM (
        SELECT rowid AS id FROM words WHERE words MATCH (
            CASE WHEN (SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH :exact || @words_narrowed@ LIMIT @words_most@)) < @words_most@ THEN :words ELSE :exact END) || @words_narrowed@
        ORDER BY rowid DESC LIMIT @words_most@) AS w
    JOIN record AS r ON r.document = w.id
    WHERE (:as_of IS NULL OR r.day <= :as_of) AND (:id ->> '$.in' IS NULL OR r.language = :id ->> '$.in')
      AND (:id ->> '$.year' IS NULL OR substr(r.day, 1, 4) = :id ->> '$.year')
    ORDER BY w.id DESC LIMIT 200)
SELECT 'report' AS part, f.id AS number, substr(d.hash, 8, 12) AS document, f.day, f.language, f.title, f.publisher, NULL AS kind, NULL AS type, NULL AS pair,
       NULL AS link, NULL AS sectors, NULL AS subject
FROM f JOIN document AS d ON d.id = f.id
UNION ALL
SELECT 'said', c.document, NULL, c.day, NULL, NULL, NULL, c.kind, c.type, c.pair, c.link, c.sectors, c.subject FROM f CROSS JOIN claim AS c ON c.document = f.id
WHERE (:pair IS NULL OR c.pair = :pair) AND (:id ->> '$.kind' IS NULL OR c.kind = :id ->> '$.kind')
  AND (:id ->> '$.sector' IS NULL OR instr(' ' || c.sectors || ' ', ' ' || (:id ->> '$.sector') || ' ') > 0);

-- What became of the threads whose ids :id names as JSON.
-- :name link_of_list
link IN (SELECT value FROM json_each(:id))

-- :name page_fates
WITH @commitment_story[link_of_pair=link_of_list]@
SELECT w.link AS id, @commitment_fate@ AS fate FROM aged AS w;

-- What was said of a field (:id; also as :words, by which full text finds the reports), the latest first: by the newest reports; of a pair, by its
-- own instruments and threads.
-- :name page_sector
SELECT link AS id, kind, type, pair, day, reports, status, date FROM (
    SELECT * FROM (
        SELECT c.link, c.kind, c.type, c.pair, max(c.day) AS day, count(DISTINCT c.document) AS reports, c.status, c.date
        FROM (SELECT rowid AS id FROM words WHERE :pair IS NULL AND words MATCH :exact ORDER BY rowid DESC LIMIT 400) AS f JOIN claim AS c ON c.document = f.id
        WHERE c.link IS NOT NULL AND c.kind <> 'meeting' AND instr(' ' || c.sectors || ' ', ' ' || :id || ' ') > 0 AND (:as_of IS NULL OR c.day <= :as_of)
        GROUP BY c.link)
    UNION ALL
    SELECT * FROM (
        SELECT link, 'instrument', type, scope, max(day) AS day, count(DISTINCT document), status, NULL FROM claim INDEXED BY claim_of_instruments
        WHERE kind = 'instrument' AND NOT rejected AND scope = :pair AND instr(' ' || sectors || ' ', ' ' || :id || ' ') > 0 AND link IS NOT NULL AND (:as_of IS NULL OR day <= :as_of)
        GROUP BY link)
    UNION ALL
    SELECT t.id, 'commitment', NULL, c.pair, c.day, t.reports, c.status, c.date
    FROM (SELECT id, reports, coalesce((SELECT m.id FROM claim AS m WHERE m.link = thread.id AND m.day <= :as_of ORDER BY m.day DESC LIMIT 1), CASE WHEN :as_of IS NULL THEN last END) AS last
          FROM thread WHERE id > :pair || '/' AND id < :pair || '0') AS t
    JOIN claim AS c ON c.id = t.last WHERE instr(' ' || c.sectors || ' ', ' ' || :id || ' ') > 0)
ORDER BY day DESC, reports DESC, link LIMIT :limit;

-- ---- what is new, figures -----------------------------------------------------------------------------------------------------------
-- The reports that came in last.
-- :name page_added
SELECT substr(d.hash, 8, 12) AS document, d.hash, d.added, d.added_by, d.uri, r.day, r.language, r.title, r.publisher,
       (SELECT count(*) FROM claim WHERE document = d.id) AS claims,
       (SELECT group_concat(pair, ' ') FROM (SELECT DISTINCT pair FROM claim WHERE document = d.id)) AS pairs
FROM document AS d JOIN record AS r ON r.document = d.id ORDER BY d.id DESC LIMIT :limit;

-- The decisions that were made last.
-- :name page_decided
SELECT d.id, d.made, d.author, d.action, d.target, d.field, d.value, d.reason,
       CASE WHEN d.action = 'undo' OR EXISTS (SELECT 1 FROM decision_in_force AS f WHERE f.id = d.id) THEN NULL ELSE 'undone' END AS state
FROM decision_shown AS d ORDER BY d.id DESC LIMIT :limit;

-- :name page_figures
SELECT (SELECT count(*) FROM document) AS documents, (SELECT count(*) FROM claim) AS claims, (SELECT count(*) FROM body) AS bodies,
       (SELECT count(*) FROM session) AS sessions, (SELECT count(*) FROM person) AS people, (SELECT count(*) FROM decision) AS decisions;

-- ---- pictures -----------------------------------------------------------------------------------------------------------------------
-- Documents between the parties that have dealt most, each once.
-- :name page_network
SELECT p.id, (SELECT count(*) FROM instrument AS i WHERE i.id > p.id || '/' AND i.id < p.id || '0') AS instruments FROM (SELECT id FROM (@page_pairs@)) AS p;

-- ---- calendar -----------------------------------------------------------------------------------------------------------------------
-- Numbered sessions of the last two years and of the time to come, the latest first.
-- :name page_calendar
SELECT id, pair, type, ordinal, status, date, place, first_day FROM account_session
WHERE id IN (@page_lately@) AND ordinal IS NOT NULL AND first_day IS NOT NULL
  AND last_day >= date(coalesce(:as_of, date('now')), '-2 years')
ORDER BY first_day DESC, id LIMIT :limit;

-- The same with the columns of the question `calendar`: to subscribe to all pairs at once.
-- :name page_calendar_feed
SELECT coalesce((SELECT u.alone FROM (SELECT alone FROM claim AS k WHERE k.link = s.id AND +k.kind = 'meeting' ORDER BY k.document, k.local LIMIT 1) AS u
                 WHERE u.alone = s.id OR NOT EXISTS (SELECT 1 FROM session AS o WHERE o.id = u.alone)), s.id) AS id,
       s.ordinal, s.status, s.first_day, date(s.last_day, '+1 day') AS end_day, s.place, s.chairs, s.announced, b.name, s.pair, s.said_on,
       CASE WHEN length(s.date) = 7 THEN 'month' END AS precision
FROM account_session AS s LEFT JOIN body AS b ON b.id = s.body
WHERE s.id IN (@page_lately@) AND s.ordinal IS NOT NULL AND s.first_day IS NOT NULL
  AND length(s.date) >= 7 AND s.last_day >= date(coalesce(:as_of, date('now')), '-2 years')
ORDER BY s.first_day, s.id LIMIT :limit;

-- ---- for programs -------------------------------------------------------------------------------------------------------------------
-- What is kept of a report: where it came from, its text, and the record of its reading.
-- :name api_document
SELECT substr(d.hash, 8, 12) AS document, d.hash, d.uri, d.added, d.added_by, r.engine, r.json AS record, CAST(d.bytes AS TEXT) AS text
FROM document AS d JOIN record AS r ON r.document = d.id WHERE substr(d.hash, 8, 12) = :id;

-- What was decided about an id since the decision of the number :years, as far as it is in force; judgements are kept back, and in nobody's way.
-- :name page_decided_since
SELECT f.id AS number, f.made, f.author, f.action, f.field, f.value, f.reason FROM decision_in_force AS f
WHERE f.id > :years AND f.target = :id AND f.action <> 'judge' ORDER BY f.id LIMIT :limit;

-- ---- review -------------------------------------------------------------------------------------------------------------------------
-- What people decided about an id and what stands in it, and what they merged into it (`other`), as far as it is in force, the last first.
-- :name page_decisions_of
SELECT f.id AS number, f.made, f.author, f.action, f.target, f.field, w.value, w.reason, CASE WHEN f.target <> :id THEN f.target END AS other
FROM decision_in_force AS f JOIN decision_shown AS w ON w.id = f.id
WHERE f.action <> 'undo' AND (f.target = :id OR substr(f.target, 1, length(:id) + 1) = :id || '/' OR (f.action = 'merge' AND f.value = :id))
ORDER BY f.id DESC LIMIT :limit;

-- Claims of a hundred reports, the newest but so many hundreds (:years), that nobody has accepted or rejected, nor :id been unsure of, the most doubtful first: somebody was not sure, sources that tell a day or a city differently, matched
-- at a distance, a meeting or document without a date, told by one report alone.
-- :name page_review
SELECT c.doc || '/' || c.local AS claim, c.kind, c.type, c.status, c.ordinal, c.date, CASE WHEN c.city IS NULL THEN c.country ELSE c.city || ', ' || c.country END AS place,
       c.subject, c.sectors, c.pair, c.link, c.how, r.language, r.title, r.publisher, c.day, q.differ, q.far, q.undated, q.single, q.unsure, @sentence_columns@
FROM (
    SELECT k.id, k.day,
           k.kind = 'meeting' AND EXISTS (SELECT 1 FROM session AS s WHERE s.id = k.link AND s.disagree IS NOT NULL) AS differ,
           k.how LIKE '%days apart%' AND k.how NOT LIKE '%; 0 days apart%' AS far,
           k.kind <> 'commitment' AND k.date IS NULL AS undated,
           NOT EXISTS (SELECT 1 FROM claim AS o WHERE o.link = k.link AND o.document <> k.document) AS single,
           EXISTS (SELECT 1 FROM document AS h JOIN decision_in_force AS f ON f.hash = h.hash
                   WHERE h.id = k.document AND f.action = 'unsure' AND @is_about(k, f)@) AS unsure
    FROM claim AS k
    WHERE k.document > (SELECT max(id) FROM document) - 100 * (:years + 1) AND k.document <= (SELECT max(id) FROM document) - 100 * :years
      AND k.part = 0 AND k.link IS NOT NULL AND k.begin IS NOT NULL AND (:pair IS NULL OR k.pair = :pair)
      AND k.decision IS NULL
      AND NOT EXISTS (SELECT 1 FROM document AS h JOIN decision_in_force AS f ON f.hash = h.hash
                      WHERE h.id = k.document AND (f.action IN ('accept', 'reject') OR (f.action = 'unsure' AND f.author = :id)) AND @is_about(k, f)@)
    ORDER BY 4 * unsure + 3 * differ + 2 * far + undated + single DESC, k.document DESC, k.id LIMIT :limit
) AS q JOIN claim AS c ON c.id = q.id JOIN document AS d ON d.id = c.document JOIN record AS r ON r.document = d.id
ORDER BY 4 * q.unsure + 3 * q.differ + 2 * q.far + q.undated + q.single DESC, c.document DESC, c.id;
