-- SPDX-License-Identifier: MIT
-- What is handed to other programs: the account as tables, as the codebook (exports/columns.tsv) names their columns. Each statement is
-- a question without a limit. `:as_of` is always given here, so that no table depends on the clock. A row's dates stand as EDTF and as
-- first and last day; codes are joined by blanks; `parties` are codes joined by "-".

-- Where :pair is the id of a body ("PAK-RUS/commission"): its sessions, and what was signed or promised at them. Never run alone.
-- :name things_of_body
SELECT id FROM session WHERE body = :pair
UNION SELECT t.link FROM session AS s JOIN claim AS m ON m.link = s.id AND m.kind = 'meeting'
      JOIN claim AS t ON t.document = m.document AND t.meeting = m.local AND t.link IS NOT NULL WHERE s.body = :pair

-- :name of_body
(coalesce(instr(:pair, '/'), 0) = 0 OR $1 IN (@things_of_body@))

-- Claims of a pair, or of what belongs to a body, or all; the same of those whose ids are asked for.
-- :name of_pair
document IN (SELECT document FROM document_pair WHERE pair BETWEEN @pair_range@) AND pair BETWEEN @pair_range@ AND @of_body(link)@

-- :name of_pair_of
$1.document IN (SELECT document FROM document_pair WHERE pair BETWEEN @pair_range@) AND $1.pair BETWEEN @pair_range@ AND @of_body($1.link)@

-- :name link_wanted
@link_of_pair@ AND @of_body(link)@

-- The day up to which the register knows anything.
-- :name export_day
SELECT coalesce(:as_of, max(day)) AS day FROM record;

-- ---- parts of the statements below, never run alone -----------------------------------------------------------------------------
-- The words that a row rests on, of the claim `c` in the document `d`.
-- :name proof_columns
c.doc AS document, c.local AS claim, c.begin, c."end", c.words AS quote,
       coalesce(CAST(substr(d.bytes, c.sentence_begin + 1, c.sentence_end - c.sentence_begin) AS TEXT), c.words) AS sentence

-- The same place in code points, as the record has it, also where the text is not kept; of a claim that a person added, as the text has it.
-- :name char_of
CASE WHEN c.decision IS NOT NULL THEN length(CAST(substr(d.bytes, 1, CASE '$1' WHEN 'char_begin' THEN c.begin ELSE c."end" END) AS TEXT)) ELSE
(SELECT v.value ->> '$.$1' FROM json_each((SELECT json FROM record AS x WHERE x.document = c.document), '$.' || c.kind || 's') AS e,
        json_each(e.value, '$.evidence') AS v
 WHERE e.value ->> '$.id' = c.local AND v.value ->> '$.begin' = c.begin AND v.value ->> '$.end' = c."end" LIMIT 1) END

-- "Moscow, RUS" in its two parts; either may be missing.
-- :name city_of
CASE WHEN $1 GLOB '*, [A-Z][A-Z][A-Z]' THEN substr($1, 1, length($1) - 5) WHEN $1 NOT GLOB '[A-Z][A-Z][A-Z]' THEN $1 END

-- :name country_of
CASE WHEN $1 GLOB '*, [A-Z][A-Z][A-Z]' OR $1 GLOB '[A-Z][A-Z][A-Z]' THEN substr($1, -3) END

-- :name measure
coalesce(sum(CASE WHEN f.counted = '$1' THEN f.n END), 0) AS $1

-- Persons `p` whom reports on the pair name.
-- :name person_of_pair
(:pair IS NULL OR EXISTS (SELECT 1 FROM claim WHERE document = p.document AND @of_pair@))

-- :name year_of
CAST(substr($1, 1, 4) AS INTEGER)

-- ---- tables ---------------------------------------------------------------------------------------------------------------------
-- :name export_documents
SELECT substr(d.hash, 8, 12) AS document, substr(d.hash, 8) AS sha256, d.uri, r.language, r.title, r.publisher, r.published,
       first_day(r.published) AS first_day, last_day(r.published) AS last_day,
       (SELECT count(DISTINCT local) FROM claim WHERE document = d.id) AS claims, r.engine
FROM document AS d JOIN record AS r ON r.document = d.id
WHERE (:as_of IS NULL OR r.day IS NULL OR r.day <= :as_of) AND (:pair IS NULL OR EXISTS (SELECT 1 FROM claim WHERE document = d.id AND @of_pair@))
ORDER BY 1;

-- Out of how much the tables are, for who cites them.
-- :name export_extent
SELECT count(*) AS reports, min(first_day(r.published)) AS first_day, max(last_day(r.published)) AS last_day
FROM document AS d JOIN record AS r ON r.document = d.id
WHERE (:as_of IS NULL OR r.day IS NULL OR r.day <= :as_of) AND (:pair IS NULL OR EXISTS (SELECT 1 FROM claim WHERE document = d.id AND @of_pair@));

-- :name export_bodies
SELECT id AS body, substr(id, 1, instr(id, '/') - 1) AS parties, type, name, sessions, last_held, next_planned, reports
FROM (@bodies_as_of@) WHERE reports > 0 ORDER BY 1;

-- Rows are known (`_rows`) before the words that prove them are looked up, for those who only count them.
-- :name session_rows
WITH @session_everyone@
SELECT w.id AS session, w.body, w.pair AS parties, w.type, w.ordinal, w.status, w.date, w.first_day, w.last_day, @city_of(w.place)@ AS city,
       @country_of(w.place)@ AS country, w.chairs, w.announced, w.reports, w.said_on, w.machine, w.proof
FROM everyone AS w

-- :name export_sessions
SELECT w.session, w.body, w.parties, w.type, w.ordinal, w.status, w.date, w.first_day, w.last_day, w.city, w.country, w.chairs, w.announced, w.reports,
       w.said_on, w.machine, @proof_columns@
FROM (@session_rows@) AS w JOIN claim AS c ON c.id = w.proof JOIN document AS d ON d.id = c.document ORDER BY 1;

-- :name instrument_rows
WITH @instrument_firmest[link_of_pair=link_wanted]@,
known AS (
    SELECT c.id, c.link, c.pair, coalesce(@edit_of(c.link, kind)@, c.type) AS kind, coalesce(@edit_of(c.link, status)@, c.status) AS status,
           coalesce(@edit_of(c.link, date)@, c.date) AS date, coalesce(@edit_of(c.link, count)@ + 0, c.count) AS count,
           coalesce(@edit_of(c.link, subject)@, c.subject) AS subject, coalesce(@edit_of(c.link, sectors)@, c.sectors) AS sectors, c.day AS said_on, b.reports
    FROM best AS b JOIN claim AS c ON c.id = b.best)
SELECT w.link AS instrument, w.pair AS parties, w.kind, w.status, w.date, first_day(w.date) AS first_day, last_day(w.date) AS last_day, w.count,
       w.subject, w.sectors, w.reports, w.said_on, w.id AS proof
FROM known AS w

-- :name export_instruments
SELECT w.instrument, w.parties, w.kind, w.status, w.date, w.first_day, w.last_day, w.count, w.subject, w.sectors,
       (SELECT m.link FROM claim AS m WHERE m.document = c.document AND m.local = c.meeting AND m.kind = 'meeting') AS session,
       w.reports, w.said_on, @proof_columns@
FROM (@instrument_rows@) AS w JOIN claim AS c ON c.id = w.proof JOIN document AS d ON d.id = c.document ORDER BY 1;

-- :name commitment_rows
WITH @commitment_story[link_of_pair=link_wanted]@,
begun AS (SELECT link, min(day) AS first_said, min(CASE WHEN weight = 4 AND status <> 'done' THEN day END) AS first_promised FROM claim
          WHERE +kind = 'commitment' AND @link_wanted@ AND (:as_of IS NULL OR day IS NULL OR day <= :as_of) GROUP BY link)
SELECT w.link AS commitment, c.pair AS parties, coalesce(w.topic, c.subject) AS topic, w.sectors, w.stance, b.first_said, b.first_promised, w.day AS said_on, w.deadline,
       first_day(w.deadline) AS deadline_first_day, last_day(w.deadline) AS deadline_last_day, w.replaced + w.passed AS slips, w.passed AS past_due,
       @commitment_fate@ AS fate, @commitment_note@ AS note, w.stages, w.reports, nullif(w.history, '') AS deadlines, w.disagree,
       w.missed, w.claim AS proof
FROM aged AS w JOIN begun AS b ON b.link = w.link JOIN claim AS c ON c.id = w.claim

-- :name export_commitments
SELECT w.commitment, w.parties, w.topic, w.sectors, w.stance, w.first_said, w.first_promised, w.said_on, w.deadline, w.deadline_first_day,
       w.deadline_last_day, w.slips, w.past_due, w.fate, w.note, w.stages, w.reports, w.deadlines, w.disagree, @proof_columns@
FROM (@commitment_rows@) AS w JOIN claim AS c ON c.id = w.proof JOIN document AS d ON d.id = c.document ORDER BY 1;

-- :name export_people
SELECT w.id AS person, w.party, coalesce(@edit_of(w.id, name)@, w.name) AS name, coalesce(@edit_of(w.id, offices)@, w.offices) AS offices,
       w.spellings, w.reports
FROM person AS w
WHERE EXISTS (SELECT 1 FROM person_claim AS p WHERE p.person = w.id AND (:as_of IS NULL OR p.day IS NULL OR p.day <= :as_of) AND @person_of_pair@) ORDER BY 1;

-- Each claim of each report. Offsets in code points, too: what counts characters (R, Python) needs them.
-- :name export_claims
SELECT c.doc || '/' || c.local AS claim, c.doc AS document, c.kind, c.pair AS parties, c.type, c.status, c.ordinal, c.date, c.first_day, c.last_day,
       c.city, c.country, c.count, c.subject, c.sectors, c.concepts, c.by_party, c.link AS belongs_to, c.day AS said_on, c.begin, c."end",
       @char_of(char_begin)@ AS char_begin, @char_of(char_end)@ AS char_end,
       c.words AS quote, CAST(substr(d.bytes, c.sentence_begin + 1, c.sentence_end - c.sentence_begin) AS TEXT) AS sentence
FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE @of_pair_of(c)@ AND NOT c.rejected AND (:as_of IS NULL OR c.day IS NULL OR c.day <= :as_of) ORDER BY 1, c.part;

-- ---- years: of what years.sql gathered ----------------------------------------------------------------------------------------------
-- Dealings of three and more are nobody's dyad. Never run alone.
-- :name is_dyad
(pair LIKE '%-%' AND pair NOT LIKE '%-%-%' AND day IS NOT NULL)

-- What two parties did in a year, a row for every year from the first to the last that anything is known of (or that is asked for), also
-- where nothing is.
-- :name export_dyads
WITH spans AS (
    SELECT pair, coalesce(@year_of(:since)@, min(@year_of(day)@)) AS first, coalesce(@year_of(:until)@, max(@year_of(day)@)) AS last FROM year_fact
    WHERE @is_dyad@ GROUP BY pair),
years (pair, year, last) AS (
    SELECT pair, first, last FROM spans WHERE first <= last UNION ALL SELECT pair, year + 1, last FROM years WHERE year < last AND year < 9999)
SELECT y.pair AS dyad, substr(y.pair, 1, instr(y.pair, '-') - 1) AS party_a, substr(y.pair, instr(y.pair, '-') + 1) AS party_b, y.year,
       printf('%04d', y.year) AS date, printf('%04d-01-01', y.year) AS first_day, printf('%04d-12-31', y.year) AS last_day,
       @measure(meetings_held)@, @measure(commission_sessions)@, @measure(working_group_sessions)@, @measure(summits)@,
       @measure(consultations)@, @measure(other_meetings)@, @measure(calls)@, @measure(visits)@, @measure(forums)@,
       @measure(meetings_announced)@, @measure(meetings_cancelled)@, @measure(signed_mou)@, @measure(signed_agreement)@,
       @measure(signed_protocol)@, @measure(signed_statement)@, @measure(signed_plan)@, @measure(signed_contract)@,
       @measure(signed_letter)@, @measure(signed_document)@, @measure(instruments_signed)@, @measure(instruments_approved)@,
       @measure(instruments_in_force)@, @measure(instruments_agreed)@, @measure(instruments_planned)@, @measure(instruments_proposed)@,
       @measure(instruments_ended)@, @measure(promises_made)@, @measure(promises_new)@, @measure(promises_slipped)@,
       @measure(promises_kept)@, @measure(promises_dropped)@, @measure(reports)@
FROM years AS y LEFT JOIN year_count AS f ON f.dyad = y.pair AND f.year = y.year GROUP BY y.pair, y.year ORDER BY y.pair, y.year;

-- What stands behind each number of export_dyads: column by column the things that were counted, and the words that tell of each.
-- :name export_counted
SELECT f.dyad, f.year, f.counted, f.thing, f.n, @proof_columns@
FROM year_count AS f CROSS JOIN claim AS c ON c.id = f.proof CROSS JOIN document AS d ON d.id = c.document
WHERE (:since IS NULL OR f.year >= @year_of(:since)@) AND (:until IS NULL OR f.year <= @year_of(:until)@) ORDER BY f.id;

-- How much of what is known stands in no row of export_dyads, and why.
-- :name export_left_out
SELECT k.column2 AS what, coalesce(sum(f.n), 0) AS known,
       coalesce(sum(CASE WHEN pair LIKE '%-%-%' THEN n END), 0) AS many, coalesce(sum(CASE WHEN pair NOT LIKE '%-%' THEN n END), 0) AS one,
       coalesce(sum(CASE WHEN day IS NULL AND pair LIKE '%-%' AND pair NOT LIKE '%-%-%' THEN n END), 0) AS undated
FROM (VALUES ('held', 'meetings held'), ('kind', 'documents signed, approved or in force'), ('begun', 'threads of promises')) AS k
LEFT JOIN year_fact AS f ON f.what = k.column1 GROUP BY k.column2 ORDER BY k.column1 = 'begun', k.column1 = 'kind';

-- ---- events ---------------------------------------------------------------------------------------------------------------------
-- What happened, an event a row however many reports tell of it: a session that was held or called off; each announcement of one; a document
-- that was signed, and before that agreed or planned, or proposed; in a thread, each occasion on which something was promised, discussed,
-- done. Sayings of one step at most three days apart are one occasion, and so are those of all reports on one session, whose last day it is.

-- The step of a claim `c`: statuses that are one event. Never run alone.
-- :name step_of
CASE c.status WHEN 'approved' THEN 'signed' WHEN 'in-force' THEN 'signed' WHEN 'postponed' THEN 'planned'
     WHEN 'agreed' THEN CASE c.kind WHEN 'instrument' THEN 'planned' ELSE 'agreed' END
     WHEN 'planned' THEN CASE c.kind WHEN 'commitment' THEN 'agreed' ELSE 'planned' END ELSE c.status END

-- :name export_events
WITH sessions AS MATERIALIZED (@session_rows@),
instruments AS MATERIALIZED (@instrument_rows@),
said AS MATERIALIZED (
    SELECT c.id, c.kind, c.link, c.date, c.day, c.doc, c.local, c.part, c.document, @step_of@ AS step, coalesce(s.last_day, c.day) AS occasion
    FROM claim AS c LEFT JOIN claim AS m ON c.kind = 'commitment' AND m.document = c.document AND m.local = c.meeting AND m.part = 0
    LEFT JOIN sessions AS s ON s.session = m.link AND s.status = 'held'
    WHERE c.link IS NOT NULL AND @of_pair_of(c)@ AND (:as_of IS NULL OR c.day IS NULL OR c.day <= :as_of)),
apart AS (
    SELECT *, coalesce(julianday(occasion) - julianday(lag(occasion) OVER (PARTITION BY link, step ORDER BY occasion)) > 3, 0) AS new FROM said
    WHERE kind = 'commitment'),
occasions AS (SELECT *, sum(new) OVER (PARTITION BY link, step ORDER BY occasion ROWS UNBOUNDED PRECEDING) AS n FROM apart),
told AS (
    SELECT id, kind, link, step, document, doc, local, part, date, day, occasion, link || '#' || step || '#' || n AS grouped FROM occasions
    UNION ALL SELECT id, kind, link, step, document, doc, local, part, date, day, day, link || '#' || step || '#' || coalesce(date, '') FROM said
              WHERE kind = 'meeting' AND step = 'planned'
    UNION ALL SELECT id, kind, link, step, document, doc, local, part, date, day, day, link || '#' || step FROM said
              WHERE kind = 'instrument' AND step IN ('planned', 'proposed')),
ranked AS (
    SELECT *, min(occasion) OVER w AS first, row_number() OVER (PARTITION BY grouped ORDER BY day, date IS NULL, doc, local, part) AS rank
    FROM told WINDOW w AS (PARTITION BY grouped)),
counted AS (SELECT grouped, count(DISTINCT document) AS reports FROM told GROUP BY grouped),
events AS (
    SELECT session || '#' || status AS event, 'meeting' AS kind, status AS step, session AS link, proof AS claim, first_day, last_day, date AS when_told,
           said_on, reports, city, country, (SELECT min(k.day) FROM claim AS k WHERE k.link = session) AS first_said
    FROM sessions WHERE status IN ('held', 'cancelled')
    UNION ALL
    SELECT instrument || '#' || CASE WHEN status = 'ended' THEN 'ended' ELSE 'signed' END, 'instrument', CASE WHEN status = 'ended' THEN 'ended' ELSE 'signed' END,
           instrument, proof, first_day, last_day, date, said_on, reports, NULL, NULL, (SELECT min(k.day) FROM claim AS k WHERE k.link = instrument)
    FROM instruments WHERE status IN ('signed', 'approved', 'in-force', 'ended')
    UNION ALL
    SELECT r.link || '#' || r.step || '@' || coalesce(r.first, '') || CASE WHEN r.kind = 'meeting' THEN coalesce('/' || r.date, '') ELSE '' END, r.kind, r.step, r.link, r.id,
           NULL, NULL, NULL, r.first, c.reports, NULL, NULL, r.first
    FROM ranked AS r JOIN counted AS c ON c.grouped = r.grouped WHERE r.rank = 1)
-- where only a month or year is told, the day of the first report of it stands for the event if it lies therein
SELECT w.event, w.kind, w.step, w.link,
       CASE WHEN length(w.when_told) < 10 AND w.first_said BETWEEN w.first_day AND w.last_day THEN w.first_said ELSE coalesce(w.first_day, w.said_on) END AS first_day,
       CASE WHEN length(w.when_told) < 10 AND w.first_said BETWEEN w.first_day AND w.last_day THEN w.first_said ELSE coalesce(w.last_day, w.said_on) END AS last_day,
       w.reports,
       CASE WHEN julianday(w.first_said) - julianday(w.last_day) > 365 THEN 1 ELSE 0 END AS historical,
       c.pair AS parties, c.by_party, c.type, coalesce(@edit_of(w.link, sectors)@, c.sectors) AS sectors, c.concepts, c.about, c.subject,
       coalesce(w.city, s.city) AS city, coalesce(w.country, s.country) AS country,
       substr(d.hash, 8) AS sha256, d.uri, r.language, r.title, r.publisher, last_day(r.published) AS published,
       @char_of(char_begin)@ AS char_begin, @char_of(char_end)@ AS char_end, @proof_columns@,
       (SELECT group_concat((e.value ->> '$.id') || char(31) || (e.value ->> '$.evidence[0].quote'), char(30)) FROM json_each(r.json, '$.parties') AS e) AS raw,
       (SELECT group_concat(latin || char(31) || coalesce(office, '') || char(31) || party, char(30)) FROM (
            SELECT DISTINCT p.latin, p.office, p.party FROM role AS o JOIN person_claim AS p ON p.document = c.document AND p.local = o.person
            WHERE o.claim = c.id AND o.role IN ('chair', 'signatory') ORDER BY p.local)) AS people,
       (SELECT group_concat(latin, '; ') FROM (SELECT latin FROM person_claim WHERE document = c.document GROUP BY latin ORDER BY min(begin))) AS story_people,
       (SELECT group_concat(name, '; ') FROM (SELECT DISTINCT e.value ->> '$.name' AS name FROM json_each(r.json, '$.bodies') AS e WHERE name IS NOT NULL)) AS story_bodies,
       (SELECT group_concat(city, '; ') FROM (SELECT city FROM claim WHERE document = c.document AND city IS NOT NULL GROUP BY city ORDER BY min(id))) AS story_places
FROM events AS w JOIN claim AS c ON c.id = w.claim JOIN document AS d ON d.id = c.document JOIN record AS r ON r.document = d.id
LEFT JOIN claim AS m ON w.kind <> 'meeting' AND m.document = c.document AND m.local = c.meeting AND m.part = 0 AND m.kind = 'meeting'
LEFT JOIN sessions AS s ON s.session = m.link
ORDER BY first_day, w.event;

-- ---- entities -------------------------------------------------------------------------------------------------------------------
-- Offices that people hold, with the first and the last day of the reports that say so.
-- :name export_offices
SELECT p.person, p.office, p.portfolio, p.party, min(p.day) AS first_day, max(p.day) AS last_day, count(DISTINCT p.document) AS reports
FROM person_claim AS p
WHERE p.person IS NOT NULL AND p.office IS NOT NULL AND p.party <> '' AND (:as_of IS NULL OR p.day IS NULL OR p.day <= :as_of) AND @person_of_pair@
GROUP BY p.person, p.office, p.portfolio, p.party ORDER BY 1, 2, 3;

-- :name export_positions
SELECT DISTINCT p.office, p.portfolio, p.party FROM person_claim AS p
WHERE p.person IS NOT NULL AND p.office IS NOT NULL AND p.party <> '' AND (:as_of IS NULL OR p.day IS NULL OR p.day <= :as_of) AND @person_of_pair@
ORDER BY 1, 2, 3;

-- Who is named as what in a report.
-- :name export_mentions
SELECT p.doc AS document, p.name, p.latin, p.person, p.party FROM person_claim AS p
WHERE (:as_of IS NULL OR p.day IS NULL OR p.day <= :as_of) AND @person_of_pair@ ORDER BY 1, p.begin, p.local;

-- Chairs and participants of a session, signatories of an instrument.
-- :name export_roles
SELECT DISTINCT c.link, p.person, o.role FROM claim AS c JOIN role AS o ON o.claim = c.id
JOIN person_claim AS p ON p.document = c.document AND p.local = o.person
WHERE c.link IS NOT NULL AND p.person IS NOT NULL AND o.role IN ('chair', 'signatory') AND @of_pair_of(c)@ AND (:as_of IS NULL OR c.day IS NULL OR c.day <= :as_of)
ORDER BY 1, 2, 3;

-- Which report speaks of what, with the place of its words.
-- :name export_links
SELECT c.link, c.kind, c.doc AS document, min(c.local) AS claim, c.status, c.day AS said_on, c.begin, c."end",
       @char_of(char_begin)@ AS char_begin, @char_of(char_end)@ AS char_end, c.words AS quote,
       substr(d.hash, 8) AS sha256
FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE c.link IS NOT NULL AND @of_pair_of(c)@ AND (:as_of IS NULL OR c.day IS NULL OR c.day <= :as_of) GROUP BY c.link, c.doc ORDER BY 1, 3;

-- Parties that anything is known of.
-- :name export_parties
SELECT DISTINCT pair AS parties FROM claim WHERE link IS NOT NULL AND @of_pair@ AND (:as_of IS NULL OR day IS NULL OR day <= :as_of) ORDER BY 1;

-- ---- words ----------------------------------------------------------------------------------------------------------------------
-- Every piece of evidence of every record, and the words of each claim that people added, with the words around it (bytes that may begin or end within a character), and the thing in the
-- register that it belongs to. A report without any has one row without words.
-- :name export_evidence
SELECT substr(d.hash, 8, 12) AS document, substr(d.hash, 8) AS sha256, d.uri, r.language, v.list, v.local, v.number, v.type, v.status, v.people,
       v.begin, v."end", v.char_begin, v.char_end, v.quote,
       CAST(substr(d.bytes, max(v.begin - 128, 0) + 1, v.begin - max(v.begin - 128, 0)) AS TEXT) AS before, CAST(substr(d.bytes, v."end" + 1, 128) AS TEXT) AS after,
       CASE v.list WHEN 'people' THEN (SELECT person FROM person_claim AS p WHERE p.document = d.id AND p.local = v.local)
                   WHEN 'parties' THEN v.local
                   ELSE (SELECT link FROM claim AS c WHERE c.document = d.id AND c.local = v.local AND c.link IS NOT NULL ORDER BY c.part LIMIT 1) END AS link
FROM document AS d JOIN record AS r ON r.document = d.id LEFT JOIN (
    SELECT o.document, k.column1 AS list, e.value ->> '$.id' AS local, v.key AS number,
           coalesce(e.value ->> '$.type', e.value ->> '$.kind', e.value ->> '$.office') AS type, coalesce(e.value ->> '$.status', e.value ->> '$.stance') AS status,
           (SELECT group_concat(p.value, ' ') FROM json_each(e.value, CASE k.column1 WHEN 'meetings' THEN '$.chairs' ELSE '$.signatories' END) AS p) AS people,
           v.value ->> '$.begin' AS begin, v.value ->> '$.end' AS "end", v.value ->> '$.char_begin' AS char_begin, v.value ->> '$.char_end' AS char_end,
           v.value ->> '$.quote' AS quote
    FROM record AS o, (VALUES ('parties'), ('people'), ('bodies'), ('meetings'), ('instruments'), ('commitments')) AS k,
         json_each(o.json, '$.' || k.column1) AS e, json_each(e.value, '$.evidence') AS v
    UNION ALL   -- those that people added stand in no record
    SELECT c.document, c.kind || 's', c.local, 0, c.type, c.status, NULL, c.begin, c."end", @char_of(char_begin)@, @char_of(char_end)@, c.words
    FROM claim AS c JOIN document AS d ON d.id = c.document WHERE c.decision IS NOT NULL AND c.part = 0) AS v ON v.document = d.id
WHERE (:as_of IS NULL OR r.day IS NULL OR r.day <= :as_of) AND (:pair IS NULL OR EXISTS (SELECT 1 FROM claim WHERE document = d.id AND @of_pair@))
ORDER BY d.hash, v.begin, v."end" DESC, v.list, v.local, v.number;

-- :name export_texts
SELECT substr(d.hash, 8, 12) AS document, d.bytes AS text FROM document AS d JOIN record AS r ON r.document = d.id
WHERE (:as_of IS NULL OR r.day IS NULL OR r.day <= :as_of) AND (:pair IS NULL OR EXISTS (SELECT 1 FROM claim WHERE document = d.id AND @of_pair@))
ORDER BY d.hash;

-- :name export_records
SELECT r.json FROM document AS d JOIN record AS r ON r.document = d.id
WHERE (:as_of IS NULL OR r.day IS NULL OR r.day <= :as_of) AND (:pair IS NULL OR EXISTS (SELECT 1 FROM claim WHERE document = d.id AND @of_pair@))
ORDER BY d.hash;

-- ---- gold answers -----------------------------------------------------------------------------------------------------------------
-- Reports that somebody read to their end, with what people say of each: claims of the reader that were accepted or corrected and not
-- rejected, and those that people added; people who were accepted.
-- :name export_gold
WITH signed AS MATERIALIZED (
    SELECT d.id, d.hash, d.uri, r.language FROM document AS d JOIN record AS r ON r.document = d.id
    WHERE EXISTS (SELECT 1 FROM decision_in_force AS f WHERE f.hash = d.hash AND f.action = 'accept' AND f.kind = 'document')
      AND (:as_of IS NULL OR r.day IS NULL OR r.day <= :as_of)),
sound AS MATERIALIZED (
    SELECT c.* FROM signed AS s JOIN claim AS c ON c.document = s.id
    WHERE c.part = 0 AND NOT c.rejected AND (c.decision IS NOT NULL OR EXISTS (
        SELECT 1 FROM decision_in_force AS f WHERE f.hash = s.hash AND f.action IN ('accept', 'edit') AND @is_about(c, f)@))),
acting AS MATERIALIZED (
    SELECT p.* FROM signed AS s JOIN person_claim AS p ON p.document = s.id
    WHERE EXISTS (SELECT 1 FROM decision_in_force AS f WHERE f.hash = s.hash AND f.action = 'accept' AND f.kind = 'person' AND f.first_byte = p.begin AND f.nth = (
        SELECT count(*) FROM person_claim AS n WHERE n.document = p.document AND n.begin = p.begin AND n.local < p.local)))
SELECT substr(s.hash, 8, 12) AS document, s.uri, s.language,
       (SELECT json_group_array(party) FROM (SELECT DISTINCT j.value AS party FROM sound AS c, json_each('["' || replace(c.pair, '-', '","') || '"]') AS j
                                             WHERE c.document = s.id ORDER BY j.value)) AS parties,
       (SELECT json_group_array(json_object('name', name, 'office', office, 'party', nullif(party, ''))) FROM (
            SELECT name, office, party FROM acting AS p WHERE p.document = s.id ORDER BY p.begin, p.local)) AS people,
       (SELECT json_group_array(json(line)) FROM (
            SELECT json_object('type', c.type, 'status', c.status, 'ordinal', c.ordinal, 'parties', json('["' || replace(c.pair, '-', '","') || '"]'),
                               'date', c.date, 'city', c.city, 'country', c.country, 'chairs', json((
                SELECT json_group_array(name) FROM (SELECT p.name FROM role AS o JOIN person_claim AS p ON p.document = c.document AND p.local = o.person
                                                    WHERE o.claim = c.id AND o.role = 'chair' ORDER BY p.begin, p.local)))) AS line
            FROM sound AS c WHERE c.document = s.id AND c.kind = 'meeting' ORDER BY c.id)) AS meetings,
       (SELECT json_group_array(json(line)) FROM (
            SELECT json_object('kind', c.type, 'status', c.status, 'count', coalesce(c.count, 1), 'parties', json('["' || replace(c.pair, '-', '","') || '"]'),
                               'sectors', json(CASE c.sectors WHEN '' THEN '[]' ELSE '["' || replace(c.sectors, ' ', '","') || '"]' END)) AS line
            FROM sound AS c WHERE c.document = s.id AND c.kind = 'instrument' ORDER BY c.id)) AS instruments,
       (SELECT json_group_array(json_object('sector', sector, 'stance', stance)) FROM (
            SELECT DISTINCT j.value AS sector, c.status AS stance FROM sound AS c, json_each('["' || replace(c.sectors, ' ', '","') || '"]') AS j
            WHERE c.document = s.id AND c.kind = 'commitment' AND c.sectors <> '' ORDER BY j.value, c.status)) AS commitments
FROM signed AS s WHERE :pair IS NULL OR EXISTS (SELECT 1 FROM sound WHERE document = s.id AND @of_pair@) ORDER BY s.uri, s.hash;

-- ---- the register itself --------------------------------------------------------------------------------------------------------
-- What is kept for good, as import.c reads it: columns are the members of a line.
-- :name export_canon
SELECT 'karar.register/1' AS schema, (SELECT count(*) FROM document) AS documents, (SELECT count(*) FROM decision) AS decisions;

-- Of a record that was taken without its report there is no text.
-- :name export_textless
SELECT 1 AS textless FROM document WHERE length(bytes) = 0 LIMIT 1;

-- :name export_canon_documents
SELECT hash AS document, uri, language, page_language, publisher, date, added, added_by, bytes AS text FROM document ORDER BY id;

-- :name export_canon_decisions
SELECT id AS decision, made, author, action, target, field, value, reason, hash, kind, first_byte, nth, last_byte FROM decision ORDER BY id;
