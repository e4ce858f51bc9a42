-- SPDX-License-Identifier: MIT
-- What people ask the register. Every question gives rows; `words` and `source` lead to the words that say so, `sentence` and
-- `sentence_source` to the sentence around them; a column that ends in "_source" leads to the sentence of one cell. Parameters, where a
-- question uses them: :pair (codes joined by "-", or a body's id), :id, :words, :as_of (a day), :years, :limit. NULL stands for "any". :languages: those
-- of the reader, in which words are shown where a report in them says the same.

-- The first of the sessions of the body $1 that are announced and not past. A fragment, never run alone.
-- :name session_ahead
(SELECT n.date FROM session AS n WHERE n.body = $1 AND n.status IN ('planned', 'postponed') AND n.last_day >= date('now') ORDER BY n.last_day, n.id LIMIT 1)

-- The day $2 on which the body $1 met last as reports tell it: of a session of which they tell the year alone, the year. A fragment, never run alone.
-- :name day_as_told
coalesce((SELECT substr(n.date, instr(n.date, '/') + 1) FROM session AS n WHERE n.body = $1 AND n.status = 'held' AND n.last_day = $2
          ORDER BY length(n.date) DESC LIMIT 1), $2)

-- What the body $1 is called in a language of the reader, by the last of its claims; $2, what it is called most often, where there is one name alone
-- or none in such a language. A fragment, never run alone.
-- :name name_for_reader
CASE WHEN :languages IS NULL OR NOT EXISTS (SELECT 1 FROM body_name AS n WHERE n.body = $1 AND n.name <> $2) THEN $2 ELSE coalesce((
    SELECT name FROM (SELECT body_name AS name, @language_rank(k.document)@ AS rank FROM claim AS k
                      WHERE k.kind = 'meeting' AND k.scope = $1 AND k.body_name IS NOT NULL ORDER BY k.own_day DESC LIMIT 40)
    WHERE rank < 1000 GROUP BY name, rank ORDER BY rank, count(*) DESC, length(name) DESC, name LIMIT 1), $2) END

-- What had been said of a body's sessions on a day: nearly all of it stands in the index claim_by_link. A fragment, never run alone.
-- :name said_of_body
FROM session AS s JOIN claim AS c ON c.link = s.id WHERE s.body = body.id AND +c.kind = 'meeting' AND c.day <= :as_of

-- Bodies, as they stood on a day: what was said later is left out.
-- :name bodies_as_of
SELECT id, type, coalesce(@edit_of(body.id, name)@, @name_for_reader(body.id, body.name)@) AS name,
       CASE WHEN :as_of IS NULL THEN sessions ELSE (SELECT count(DISTINCT c.link) @said_of_body@) END AS sessions,
       CASE WHEN :as_of IS NULL THEN last_held ELSE (SELECT max(last_day) FROM session WHERE body = body.id AND status = 'held' AND last_day <= :as_of) END
           AS last_held,
       CASE WHEN :as_of IS NULL THEN @session_ahead(body.id)@ ELSE (SELECT c.date @said_of_body@ AND c.status IN ('planned', 'postponed')
            AND (c.last_day IS NULL OR c.last_day >= :as_of) ORDER BY c.day DESC, c.ordinal DESC LIMIT 1) END AS next_planned,
       CASE WHEN :as_of IS NULL THEN reports ELSE (SELECT count(DISTINCT c.document) @said_of_body@) END AS reports
FROM body WHERE id IN (SELECT id FROM body WHERE pair = :pair UNION ALL SELECT :pair UNION ALL SELECT id FROM body WHERE :pair IS NULL);

-- :name bodies
SELECT id, type, name, sessions, @day_as_told(b.id, b.last_held)@ AS last_held, next_planned, reports FROM (@bodies_as_of@) AS b
WHERE reports > 0 ORDER BY substr(id, 1, instr(id, '/')), type IN ('meeting', 'visit', 'call'), id LIMIT :limit;

-- The claim `c` whose words are shown for a session's row `w`, in its document `d`. A fragment, never run alone.
-- :name session_proof
JOIN claim AS p ON p.id = w.proof JOIN claim AS c ON c.id = @told_by(p)@ JOIN document AS d ON d.id = c.document

-- The sentences that name the chairs of a session's row `w`. A fragment, never run alone.
-- :name chairs_source
CASE WHEN w.chairs_from LIKE 'decision %' THEN w.chairs_from ELSE
            (SELECT group_concat(o.uri || ':' || coalesce(p.sentence_begin, p.begin) || '-' || coalesce(p.sentence_end, p."end"), '; ')
             FROM json_each(w.chairs_from) AS j JOIN person_claim AS p ON p.document = j.value ->> 0 AND p.local = j.value ->> 1
             JOIN document AS o ON o.id = p.document) END

-- A session's row `w`, with the claim `c` that proves it in its document `d`. A fragment, never run alone.
-- :name session_columns
w.id, w.ordinal AS number, w.status, w.date, w.place, w.chairs, w.announced, w.reports, w.machine, w.disagree,
       @sentence_columns@,
       @cell_source(status)@ AS status_source, @cell_source(date)@ AS date_source, @cell_source(place)@ AS place_source,
       @chairs_source@ AS chairs_source,
       w.last_day AS sort_last, w.first_day AS sort

-- The numbers between those of a body's sessions (`account`) that no report tells of: each run of them once, as missing, never invented. What does
-- not meet in a row of its own (meetings, forums, visits, calls) has a number at times, but none is missing. Fragments, never run alone.
-- :name missing_sessions
missing AS (
    SELECT body, before + 1 AS ordinal, ordinal - 1 AS until
    FROM (SELECT body, ordinal, lag(ordinal, 1, 0) OVER (PARTITION BY body ORDER BY ordinal) AS before FROM account
          WHERE ordinal BETWEEN 1 AND 200 AND type IN ('commission', 'working-group', 'consultations', 'summit'))
    WHERE before + 1 < ordinal)
-- :name missing_id
m.body || '/' || m.ordinal || CASE WHEN m.until > m.ordinal THEN '–' || m.until ELSE '' END
-- :name by_rank
CASE substr($1, instr($1, '/') + 1) WHEN 'commission' THEN 1 WHEN 'summit' THEN 2 WHEN 'consultations' THEN 3 WHEN 'working-group' THEN 4 WHEN 'forum' THEN 5
     WHEN 'visit' THEN 6 WHEN 'meeting' THEN 7 ELSE 8 END

-- Sessions, body by body, the most official first: those with a number, by it, then the others in the order of time. `until`: the last number of
-- a run that is missing.
-- :name sessions
WITH wanted AS MATERIALIZED (@wanted_sessions@),
@session_account@,
@missing_sessions@
SELECT id, number, until, status, date, place, chairs, announced, reports, machine, disagree, words, source, sentence, sentence_source, status_source,
       date_source, place_source, chairs_source, sort_last, sort FROM (
SELECT @session_columns@, NULL AS until, w.body, coalesce(w.first_day, w.said_on) AS sort_day
FROM account AS w @session_proof@
UNION ALL
SELECT @missing_id@, m.ordinal, 'not in register', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       nullif(m.until, m.ordinal), m.body, NULL
FROM missing AS m
) ORDER BY substr(body, 1, instr(body, '/')), @by_rank(body)@, body, number IS NULL, number, sort_day IS NULL, sort_day, id LIMIT :limit;

-- An instrument (all, or that of :id) with the firmest status that a report gives it, when it reached it, and when that report said so.
-- :name instruments
WITH @instrument_firmest@,
picked AS MATERIALIZED (
    SELECT best AS id, reports, CASE WHEN EXISTS (SELECT 1 FROM edited) THEN coalesce(first_day(@edit_of(link, date)@), latest) ELSE latest END AS latest FROM best ORDER BY latest DESC, link LIMIT :limit)
SELECT f.link AS id, coalesce(@edit_of(f.link, kind)@, f.type) AS kind, coalesce(@edit_of(f.link, status)@, f.status) AS status, coalesce(@edit_of(f.link, date)@, f.date) AS date,
       f.day AS said_on, coalesce(@edit_of(f.link, count)@ + 0, f.count) AS count, coalesce(@edit_of(f.link, subject)@, c.subject, f.subject) AS subject,
       coalesce(@edit_of(f.link, sectors)@, f.sectors) AS sectors,
       (SELECT m.link FROM claim AS m WHERE m.document = f.document AND m.local = f.meeting) AS session, t.reports,
       (SELECT group_concat(field || ': ' || coalesce(CASE field WHEN 'kind' THEN f.type WHEN 'status' THEN f.status WHEN 'date' THEN f.date
                    WHEN 'count' THEN f.count WHEN 'subject' THEN f.subject WHEN 'sectors' THEN f.sectors END, 'none'), '; ')
        FROM edited AS x WHERE x.id = f.link AND @edit_then(x)@ IS NOT NULL) AS machine,
       @sentence_columns@
FROM picked AS t JOIN claim AS f ON f.id = t.id JOIN claim AS c ON c.id = @told_by(f)@ JOIN document AS d ON d.id = c.document
ORDER BY t.latest DESC, f.link;

-- :name commitments
WITH @commitment_story@
SELECT w.link AS id, coalesce(w.topic, c.subject) AS topic, w.sectors, w.stance, w.day AS said_on, w.deadline, w.replaced + w.passed AS slips,
       @commitment_fate@ AS fate,
       CASE WHEN w.passed THEN 'past due' END AS due,
       @commitment_note@ AS note,
       w.stages, w.reports, nullif(w.history, '') AS deadlines, w.disagree,
       nullif(coalesce(w.machine, '') || CASE WHEN w.fate IS NULL THEN '' ELSE iif(w.machine IS NULL, '', '; ') || 'fate: ' || @fate_told@ END, '') AS machine,
       @sentence_columns@, @cell_source(deadline)@ AS deadline_source, w.deadline_from AS sort_claim, w.firmest AS sort_firmest
FROM aged AS w JOIN claim AS c ON c.id = w.claim JOIN document AS d ON d.id = c.document
ORDER BY w.sectors, slips DESC, w.day DESC, w.link LIMIT :limit;

-- :name people
SELECT w.id, coalesce(@edit_of(w.id, name)@, w.name) AS name, w.party,
       coalesce(@edit_of(w.id, offices)@, w.offices) AS offices, w.spellings, w.reports,
       (SELECT group_concat(field || ': ' || coalesce(CASE field WHEN 'name' THEN w.name WHEN 'offices' THEN w.offices END, 'none'), '; ')
        FROM edited AS e WHERE e.id = w.id) AS machine,
       @sentence_columns@
FROM person AS w JOIN person_claim AS c ON c.document = w.document AND c.local = w.local JOIN document AS d ON d.id = w.document
WHERE w.id IN (SELECT id FROM person WHERE party IN (SELECT substr(:pair, 1, instr(:pair || '-', '-') - 1) UNION SELECT substr(:pair, instr(:pair || '-', '-') + 1)
                  UNION SELECT party FROM person WHERE :pair IS NULL) ORDER BY reports DESC, id LIMIT :limit)
ORDER BY w.reports DESC, w.id;

-- All that is said of a session, instrument, thread or body's meetings, a person or a document, in the order of time. A thread of a concept
-- shows the threads under it, too.
-- :name show
WITH asked AS MATERIALIZED (SELECT @id_now@ AS id FROM (SELECT :id AS id_then)),
found AS (
    SELECT k.id FROM asked AS a JOIN claim AS k ON k.link = a.id
    UNION SELECT k.id FROM asked AS a JOIN claim AS k ON k.link > a.id || '/' AND k.link < a.id || '0' WHERE +k.kind = 'commitment' AND instr(a.id, '/') > 0
    UNION SELECT k.id FROM asked AS a JOIN claim AS k ON k.kind = 'meeting' AND k.scope = a.id
    UNION SELECT id FROM claim WHERE document IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(replace(:id, 'sha256:', ''), 1, 12))
          AND (instr(:id, '/') = 0 OR local = substr(:id, 14))
    UNION SELECT r.claim FROM asked AS a JOIN person_claim AS p ON p.person = a.id JOIN claim AS k ON k.document = p.document
          JOIN role AS r ON r.claim = k.id AND r.person = p.local)
SELECT c.doc || '/' || c.local AS claim, c.link AS of, c.day, c.kind, c.type, c.status,
       CASE WHEN c.kind = 'commitment' THEN c.subject WHEN c.kind = 'instrument' THEN c.subject ELSE c.body_name END AS subject,
       c.date, coalesce(c.city || coalesce(', ' || c.country, ''), c.country) AS place, c.count, c.sectors, c.concepts,
       (SELECT language FROM record AS r WHERE r.document = c.document) AS language, @sentence_columns@
FROM found AS f JOIN claim AS c ON c.id = f.id JOIN document AS d ON d.id = c.document
WHERE :as_of IS NULL OR c.day IS NULL OR c.day <= :as_of
ORDER BY c.day IS NULL, c.day, c.doc, c.local, c.part LIMIT :limit;

-- Why an id stands for what it stands for: each report that speaks of it, by what it was matched and how far it lies; what was folded into it;
-- and what people decided.
-- :name why
WITH asked AS MATERIALIZED (SELECT @id_now@ AS id FROM (SELECT :id AS id_then)),
found AS (
    SELECT k.id FROM asked AS a JOIN claim AS k ON k.link = a.id
    UNION SELECT k.id FROM asked AS a JOIN claim AS k ON k.alone = a.id AND k.link IS NOT k.alone
    UNION SELECT o.id FROM asked AS a JOIN claim AS k ON k.link = a.id JOIN claim AS o ON o.document = k.document AND o.local = k.local AND o.link IS NULL
    UNION SELECT k.id FROM asked AS a JOIN claim AS k ON k.kind = 'meeting' AND k.scope = a.id
    UNION SELECT id FROM claim WHERE document IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(:id, 1, 12)) AND local = substr(:id, 14))
SELECT * FROM (
SELECT c.doc || '/' || c.local AS claim, c.day, (SELECT language FROM record AS r WHERE r.document = c.document) AS language, c.link AS of,
       nullif(c.alone, c.link) AS alone, coalesce(c.how, CASE WHEN c.rejected THEN 'rejected by people' END) AS how, @sentence_columns@, c.part AS sort
FROM found AS f JOIN claim AS c ON c.id = f.id JOIN document AS d ON d.id = c.document
UNION ALL
SELECT c.doc || '/' || c.local, c.day, (SELECT language FROM record AS r WHERE r.document = c.document), c.person, NULL,
       coalesce(c.office || rtrim(' ' || c.portfolio) || ': ', '') || c.how, @sentence_columns@, 0
FROM asked AS a JOIN person_claim AS c ON c.person = a.id JOIN document AS d ON d.id = c.document
UNION ALL
SELECT 'decision ' || f.id, substr(f.made, 1, 10), NULL, f.target, NULL, f.action || coalesce(' ' || f.field, '') || coalesce(': ' || w.value, '') || ', by ' || f.author || ': ' || w.reason,
       NULL, NULL, NULL, NULL, 0
FROM asked AS a JOIN decision_in_force AS f ON f.target IN (a.id, :id) OR (f.action = 'merge' AND f.value = a.id)
    OR f.target IN (SELECT alone FROM claim WHERE link = a.id) OR f.target IN (SELECT alone FROM spelling WHERE person = a.id) JOIN decision_shown AS w ON w.id = f.id
) ORDER BY day IS NULL, day, claim, sort LIMIT :limit;

-- The newest that came in first: to rank by how often a word stands there, all reports that hold it would have to be read.
-- :name search
SELECT substr(d.hash, 8, 12) AS document, r.day, r.language, r.title,
       (SELECT group_concat(pair, ' ') FROM (SELECT pair FROM document_pair WHERE document = d.id ORDER BY pair)) AS pairs,
       coalesce((SELECT sum(claims) FROM document_pair WHERE document = d.id), 0) AS claims, d.uri AS source
FROM (SELECT rowid AS id FROM words WHERE words MATCH :words ORDER BY rowid DESC LIMIT :limit) AS f
JOIN document AS d ON d.id = f.id JOIN record AS r ON r.document = d.id ORDER BY r.day IS NULL, r.day DESC, d.id DESC;

-- :name documents
SELECT substr(d.hash, 8, 12) AS document, r.day, r.language, r.title, coalesce((SELECT sum(claims) FROM document_pair WHERE document = d.id), 0) AS claims,
       d.added, d.added_by, d.uri AS source
FROM (SELECT * FROM (SELECT document AS id FROM document_pair WHERE pair = :pair ORDER BY document DESC LIMIT :limit OFFSET coalesce(:skip, 0))
      -- ids have no gaps, since documents are never removed: those that are left out need not be read
      UNION ALL SELECT * FROM (SELECT id FROM document WHERE :pair IS NULL AND id <= (SELECT max(id) FROM document) - coalesce(:skip, 0) ORDER BY id DESC LIMIT :limit)) AS f
JOIN document AS d ON d.id = f.id JOIN record AS r ON r.document = d.id ORDER BY d.id DESC;

-- Bodies that have met, and not for so many years.
-- :name idle
SELECT id, name, sessions, @day_as_told(b.id, b.last_held)@ AS last_held, next_planned, reports FROM (@bodies_as_of@) AS b
WHERE type IN ('commission', 'working-group', 'consultations', 'summit') AND b.last_held < date(coalesce(:as_of, date('now')), '-' || :years || ' years')
ORDER BY b.last_held, id LIMIT :limit;

-- What ends what was announced before: said of the day on which others still announce it, it is news. What else sources of one day say differently
-- is no change. A fragment, never run alone.
-- :name is_outcome
c.status IN ('held', 'cancelled', 'postponed', 'signed', 'approved', 'in-force', 'ended', 'done', 'refused')

-- What a report added to those that came in before it: new, a new status, an older status (later reports are there already), or known.
-- :name diff
SELECT c.kind, c.link AS id, c.status, c.subject, c.date,
       CASE WHEN NOT EXISTS (SELECT 1 FROM claim AS o WHERE o.link = c.link AND o.document < c.document) THEN 'new'
            WHEN EXISTS (SELECT 1 FROM claim AS o WHERE o.link = c.link AND o.document < c.document AND o.status = c.status) THEN 'known'
            WHEN NOT @is_outcome@ AND EXISTS (SELECT 1 FROM claim AS o WHERE o.link = c.link AND o.document < c.document AND o.day = c.day) THEN 'known'
            WHEN EXISTS (SELECT 1 FROM claim AS o WHERE o.link = c.link AND o.document < c.document AND o.day > c.day) THEN 'older status'
            ELSE 'new status' END AS change,
       (SELECT o.status || coalesce(' (' || o.day || ')', '') FROM claim AS o WHERE o.link = c.link AND o.document < c.document
           AND (o.day < c.day OR c.day IS NULL OR (o.day = c.day AND o.status <> c.status AND @is_outcome@))
        ORDER BY o.day DESC LIMIT 1) AS before,
       @sentence_columns@
FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE c.document IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(replace(:id, 'sha256:', ''), 1, 12) UNION ALL SELECT id FROM document WHERE uri = :id)
  AND c.link IS NOT NULL
ORDER BY c.id LIMIT :limit;

-- The fields of a claim, by its kind: closed codes in the order of the record's lists, where they are closed. A fragment, never run alone.
-- :name claim_fields
f (kind, field, codes) AS (VALUES
    ('meeting', 'type', 'commission working-group summit consultations meeting call visit forum'), ('meeting', 'status', 'held planned postponed cancelled'),
    ('meeting', 'parties', NULL), ('meeting', 'ordinal', NULL), ('meeting', 'date', NULL), ('meeting', 'place', NULL), ('meeting', 'chairs', NULL),
    ('instrument', 'kind', 'mou agreement protocol statement plan contract letter document'),
    ('instrument', 'status', 'signed approved in-force agreed planned proposed ended'), ('instrument', 'parties', NULL), ('instrument', 'count', NULL),
    ('instrument', 'date', NULL), ('instrument', 'subject', NULL), ('instrument', 'sectors', '*'),
    ('commitment', 'stance', 'done agreed planned supported discussed proposed refused'), ('commitment', 'parties', NULL), ('commitment', 'sectors', '*'),
    ('commitment', 'concepts', NULL), ('commitment', 'topic', NULL), ('commitment', 'deadline', NULL))

-- Claims that two people have judged, whatever each says. A fragment, never run alone.
-- :name judged_twice
judged AS MATERIALIZED (SELECT id, hash, kind, first_byte, nth, author, value, target FROM decision_in_force WHERE action = 'judge'),
twice AS MATERIALIZED (
    SELECT a.target, a.hash, a.kind, a.first_byte, a.nth, a.author AS reviewer, b.author AS other, char(10) || a.value || char(10) AS x,
           char(10) || b.value || char(10) AS y, max(a.id, b.id) AS last
    FROM judged AS a JOIN judged AS b ON b.hash = a.hash AND b.kind = a.kind AND b.first_byte = a.first_byte AND b.nth = a.nth AND a.author < b.author)

-- What a judgement `$1` says of the field f.field; NULL: nothing.
-- :name judged_value
CASE WHEN instr($1, char(10) || f.field || '=') > 0 THEN
    substr(substr($1, instr($1, char(10) || f.field || '=') + length(f.field) + 2), 1,
           instr(substr($1, instr($1, char(10) || f.field || '=') + length(f.field) + 2), char(10)) - 1) END

-- How far two people agree who judged the same claims without seeing each other's judgements: for each field the share of equal values, and what
-- is left of it when as much is taken away as chance gives (Cohen's kappa; none where all is one value). Fields are compared where both say
-- that the claim is right.
-- :name agreement
WITH @claim_fields@, @judged_twice@,
fields AS (SELECT kind, 0 AS place, 'verdict' AS field FROM f GROUP BY kind UNION ALL SELECT kind, row_number() OVER (), field FROM f),
v AS MATERIALIZED (
    SELECT t.reviewer, t.other, f.place, f.field, @judged_value(t.x)@ AS x, @judged_value(t.y)@ AS y FROM twice AS t JOIN fields AS f ON f.kind = t.kind),
both AS MATERIALIZED (SELECT * FROM v WHERE x IS NOT NULL AND y IS NOT NULL),
n AS (SELECT reviewer, other, field, min(place) AS place, count(*) AS claims, sum(x = y) AS agreed FROM both GROUP BY reviewer, other, field),
cx AS (SELECT reviewer, other, field, x AS k, count(*) AS c FROM both GROUP BY reviewer, other, field, x),
cy AS (SELECT reviewer, other, field, y AS k, count(*) AS c FROM both GROUP BY reviewer, other, field, y),
e AS (SELECT cx.reviewer, cx.other, cx.field, sum(cx.c * cy.c) AS chance
      FROM cx JOIN cy ON cy.reviewer = cx.reviewer AND cy.other = cx.other AND cy.field = cx.field AND cy.k = cx.k GROUP BY cx.reviewer, cx.other, cx.field)
SELECT n.reviewer, n.other, n.field, n.claims, n.agreed, round(1.0 * n.agreed / n.claims, 3) AS raw,
       CASE WHEN coalesce(e.chance, 0) < n.claims * n.claims THEN
           round((1.0 * n.agreed / n.claims - 1.0 * coalesce(e.chance, 0) / (n.claims * n.claims)) / (1 - 1.0 * coalesce(e.chance, 0) / (n.claims * n.claims)), 3) END AS kappa
FROM n LEFT JOIN e ON e.reviewer = n.reviewer AND e.other = n.other AND e.field = n.field ORDER BY n.reviewer, n.other, n.place LIMIT :limit;

-- Claims on which two people differ, and nobody has decided since.
-- :name differences
WITH @judged_twice@
SELECT c.doc || '/' || c.local AS claim, t.kind, t.reviewer, t.other, trim(t.x, char(10)) AS reviewer_says, trim(t.y, char(10)) AS other_says, c.pair, @sentence_columns@
FROM twice AS t JOIN document AS d ON d.hash = t.hash JOIN claim AS c ON c.document = d.id AND c.part = 0 AND @is_about(c, t)@
WHERE t.x <> t.y AND NOT EXISTS (
    SELECT 1 FROM decision_in_force AS f WHERE f.hash = t.hash AND f.action IN ('accept', 'reject', 'unsure') AND f.id > t.last AND @is_about(c, f)@)
ORDER BY t.last LIMIT :limit;

-- :name decisions
SELECT d.id, d.made, d.author, d.action, d.target, d.field, d.value, d.reason,
       CASE WHEN d.action = 'undo' OR EXISTS (SELECT 1 FROM decision_in_force AS f WHERE f.id = d.id) THEN NULL ELSE 'undone' END AS state
FROM decision_shown AS d WHERE :id IS NULL OR d.target = :id OR substr(d.target, 1, length(:id) + 1) = :id || '/' ORDER BY d.id LIMIT :limit;

-- For the calendar: announced or held on a known day, or in a known month. An event goes on under the id that the session had when the first
-- report of it came, so that a calendar knows it again when its number becomes known.
-- :name calendar
WITH wanted AS MATERIALIZED (@wanted_sessions@),
@session_account@
SELECT coalesce((SELECT u.alone FROM (SELECT alone FROM claim AS k WHERE k.link = s.id AND +k.kind = 'meeting' ORDER BY k.document, k.local LIMIT 1) AS u
                 WHERE u.alone = s.id OR NOT EXISTS (SELECT 1 FROM session AS o WHERE o.id = u.alone)), s.id) AS id,
       s.ordinal, s.status, s.first_day, date(s.last_day, '+1 day') AS end_day, s.place, s.chairs, s.announced, b.name, s.pair, s.said_on,
       CASE WHEN length(s.date) = 7 THEN 'month' END AS precision
FROM account AS s LEFT JOIN body AS b ON b.id = s.body
WHERE s.first_day IS NOT NULL AND length(s.date) >= 7 AND (s.type NOT IN ('meeting', 'visit', 'call') OR s.body = :pair)
ORDER BY s.first_day, s.id LIMIT :limit;

-- ---- the brief ----------------------------------------------------------------------------------------------------------------------
-- The sessions of a brief, told apart by `part`. "sessions": the last three of the commission; "meetings": the last two of each other kind (one of
-- meetings and forums), the most official first; "next": what is announced, the next of each kind, the commission's first, then in the order of time.
-- :name brief_sessions
WITH wanted AS MATERIALIZED (@brief_wanted@),
@session_account@,
told_of AS (
    SELECT *, coalesce(first_day, said_on) AS sort_day,
           CASE WHEN status IN ('planned', 'postponed') THEN CASE WHEN last_day >= coalesce(:as_of, date('now')) OR
                    (first_day IS NULL AND (ordinal IS NULL OR ordinal > max(CASE WHEN status = 'held' THEN ordinal ELSE 0 END) OVER (PARTITION BY body))) THEN 'next' END
                WHEN status <> 'held' OR first_day > :as_of THEN NULL WHEN type = 'commission' THEN 'sessions' ELSE 'meetings' END AS part
    FROM account),
picked AS MATERIALIZED (
    SELECT * FROM (
        SELECT *, row_number() OVER (PARTITION BY part, type ORDER BY
               CASE WHEN part = 'next' THEN first_day IS NULL ELSE sort_day IS NULL END, CASE WHEN part = 'next' THEN first_day END, sort_day DESC,
               ordinal DESC, reports DESC, id) AS turn
        FROM told_of WHERE part IS NOT NULL)
    WHERE turn <= CASE WHEN part = 'next' OR type IN ('forum', 'meeting') THEN 1 WHEN part = 'sessions' THEN 3 ELSE 2 END)
SELECT w.part, w.id, w.type, w.ordinal AS number, w.status, w.date, CASE WHEN w.date IS NULL THEN w.said_on END AS said_on, w.place, w.chairs, w.disagree, @sentence_columns@, @cell_source(date)@ AS date_source,
       @cell_source(place)@ AS place_source, @chairs_source@ AS chairs_source
FROM picked AS w @session_proof@
ORDER BY w.part <> 'sessions', w.part <> 'meetings',
         CASE WHEN w.part = 'next' THEN w.type <> 'commission' ELSE @by_rank(w.body)@ END, CASE WHEN w.part = 'next' THEN coalesce(w.first_day, '9999') END, w.turn;

-- The sentence is the one that named the deadline.
-- :name brief_due
SELECT t.id, t.sectors, t.stance, t.said_on, t.deadline, t.slips, t.fate, t.topic, t.deadlines, t.disagree,
       coalesce(n.words, t.words) AS words, coalesce(o.uri || ':' || n.begin || '-' || n."end", t.source) AS source,
       coalesce(CAST(substr(o.bytes, n.sentence_begin + 1, n.sentence_end - n.sentence_begin) AS TEXT), n.words, t.sentence) AS sentence,
       coalesce(o.uri || ':' || coalesce(n.sentence_begin, n.begin) || '-' || coalesce(n.sentence_end, n."end"), t.sentence_source) AS sentence_source,
       t.deadline_source
FROM (@commitments@) AS t
LEFT JOIN claim AS n ON n.id = CAST(t.sort_claim AS INTEGER) LEFT JOIN document AS o ON o.id = n.document  -- a decision's is no claim
WHERE t.due IS NOT NULL ORDER BY t.deadline;

-- The threads of a brief, told apart by `part`. "past_due"; "open": what was agreed, planned or proposed, also where the last report only talks of it;
-- "talked": what was never more than talked of. Each claim once: where one is about several threads, `with` names the others. The sentence of what is
-- past due is the one that named the deadline.
-- :name brief_threads
WITH threads AS MATERIALIZED (
    SELECT *, CASE WHEN due IS NOT NULL THEN 'past_due' WHEN fate IN ('done', 'dropped', 'superseded') THEN NULL
                   WHEN stance IN ('agreed', 'planned', 'proposed') OR (sort_firmest >= 3 AND stance IN ('supported', 'discussed')) THEN 'open'
                   WHEN stance IN ('supported', 'discussed') THEN 'talked' END AS part
    FROM (@commitments@)),
once AS MATERIALIZED (  -- with a single min(), SQLite takes the other columns from the row that has it
    SELECT *, min(id) AS first, group_concat(id, ' ') AS ids FROM (SELECT * FROM threads WHERE part IS NOT NULL ORDER BY id)
    GROUP BY part, source, topic, sectors, stance, said_on, deadline, slips, fate, note),
picked AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY part ORDER BY CASE part WHEN 'past_due' THEN deadline WHEN 'open' THEN sectors END, said_on IS NULL, said_on DESC, sectors, id) AS turn
    FROM once)
SELECT t.part, t.sectors, t.first AS id, nullif(trim(replace(' ' || t.ids || ' ', ' ' || t.first || ' ', ' ')), '') AS "with", t.stance, t.said_on, t.deadline, t.slips,
       t.fate, t.note, t.topic, t.deadlines, t.disagree,
       coalesce(n.words, t.words) AS words, coalesce(o.uri || ':' || n.begin || '-' || n."end", t.source) AS source,
       coalesce(CAST(substr(o.bytes, n.sentence_begin + 1, n.sentence_end - n.sentence_begin) AS TEXT), n.words, t.sentence) AS sentence,
       coalesce(o.uri || ':' || coalesce(n.sentence_begin, n.begin) || '-' || coalesce(n.sentence_end, n."end"), t.sentence_source) AS sentence_source,
       t.deadline_source
FROM picked AS t
LEFT JOIN claim AS n ON t.part = 'past_due' AND n.id = CAST(t.sort_claim AS INTEGER) LEFT JOIN document AS o ON o.id = n.document  -- a decision's is no claim
WHERE t.turn <= 100 ORDER BY t.part <> 'past_due', t.part <> 'open', t.turn;

-- :name brief_instruments
SELECT 'instruments' AS part, id, status, date, said_on, count, sectors, reports, subject, words, source, sentence, sentence_source FROM (@instruments@);

-- How many there are.
-- :name page_instrument_count
SELECT CASE WHEN :as_of IS NULL THEN (SELECT count(*) FROM (SELECT id AS link FROM instrument) WHERE @link_of_pair@)
            ELSE (SELECT count(DISTINCT link) FROM claim WHERE +kind = 'instrument' AND @link_of_pair@ AND (day IS NULL OR day <= :as_of)) END AS instruments;

-- ---- verify -------------------------------------------------------------------------------------------------------------------------
-- Every span of every record.
-- :name spans
SELECT e.fullkey AS path, e.value ->> '$.begin', e.value ->> '$.end', e.value ->> '$.char_begin', e.value ->> '$.char_end', e.value ->> '$.quote'
FROM json_tree((SELECT json FROM record WHERE document = :document)) AS e
WHERE e.type = 'object' AND e.value ->> '$.quote' IS NOT NULL;

-- Every claim and person with its sentence, which must hold the words.
-- :name sentences
SELECT local || '.sentence', begin, "end", sentence_begin, sentence_end, words FROM claim WHERE document = :document AND part = 0
UNION ALL SELECT local || '.sentence', begin, "end", sentence_begin, sentence_end, words FROM person_claim WHERE document = :document;
