-- SPDX-License-Identifier: MIT
-- What people ask the register. Every question gives rows; `words` and `source` lead to the sentence. Parameters, where a question uses
-- them: :pair (codes joined by "-", or a body's id), :id, :words, :as_of (a day), :years, :limit. NULL stands for "any".

-- Bodies, as they stood on a day: what was said later is left out.
-- :name bodies_as_of
SELECT id, type, name,
       CASE WHEN :as_of IS NULL THEN sessions ELSE (SELECT count(DISTINCT link) FROM claim WHERE kind = 'meeting' AND scope = body.id AND day <= :as_of) END
           AS sessions,
       CASE WHEN :as_of IS NULL THEN last_held ELSE (SELECT max(last_day) FROM session WHERE body = body.id AND status = 'held' AND last_day <= :as_of) END
           AS last_held,
       CASE WHEN :as_of IS NULL THEN next_planned ELSE (SELECT date FROM claim WHERE kind = 'meeting' AND scope = body.id AND status IN ('planned', 'postponed')
            AND day <= :as_of AND (last_day IS NULL OR last_day >= :as_of) ORDER BY day DESC, ordinal DESC LIMIT 1) END AS next_planned,
       CASE WHEN :as_of IS NULL THEN reports ELSE (SELECT count(DISTINCT document) FROM claim WHERE kind = 'meeting' AND scope = body.id AND day <= :as_of) END
           AS reports
FROM body WHERE id IN (SELECT id FROM body WHERE pair = :pair UNION ALL SELECT :pair UNION ALL SELECT id FROM body WHERE :pair IS NULL);

-- :name bodies
SELECT * FROM (@bodies_as_of@) WHERE reports > 0 ORDER BY substr(id, 1, instr(id, '/')), type IN ('meeting', 'visit', 'call'), id LIMIT :limit;

-- Sessions of numbered bodies with the numbers that no report tells of: shown as missing, never invented.
-- :name sessions
WITH wanted AS MATERIALIZED (
    SELECT s.* FROM account_session AS s
    WHERE s.id IN (SELECT id FROM session WHERE pair = :pair UNION ALL SELECT id FROM session WHERE body = :pair
                   UNION ALL SELECT id FROM session WHERE :pair IS NULL)
      AND (:as_of IS NULL OR EXISTS (SELECT 1 FROM claim AS k WHERE k.link = s.id AND (k.day IS NULL OR k.day <= :as_of)))
      AND (s.ordinal IS NOT NULL OR s.type NOT IN ('meeting', 'visit', 'call') OR s.body = :pair)),
numbered AS (SELECT body, max(ordinal) AS most FROM wanted WHERE ordinal BETWEEN 1 AND 200 GROUP BY body),
missing (body, ordinal, most) AS (
    SELECT body, 1, most FROM numbered UNION ALL SELECT body, ordinal + 1, most FROM missing WHERE ordinal < most),
proof AS (
    SELECT k.link, k.id, row_number() OVER (PARTITION BY k.link ORDER BY k.status = 'held' DESC, (k.city IS NOT NULL) + (k.date IS NOT NULL) DESC,
           k.day, d.hash, k.local) AS rank
    FROM claim AS k JOIN document AS d ON d.id = k.document WHERE +k.kind = 'meeting' AND k.link IN (SELECT id FROM wanted))
SELECT * FROM (
SELECT w.id, w.ordinal AS number, w.status, w.date, w.place, w.chairs, w.announced, w.reports, w.machine,
       (SELECT group_concat(n, '; ') FROM (SELECT CASE WHEN count(*) > 1 THEN group_concat(v, ' or ') END AS n FROM (
            SELECT DISTINCT date AS v FROM claim WHERE link = w.id AND +kind = 'meeting' AND status = 'held' AND date IS NOT NULL AND length(date) >= 10 ORDER BY 1)
        UNION ALL SELECT CASE WHEN count(*) > 1 THEN group_concat(v, ' or ') END FROM (
            SELECT DISTINCT city AS v FROM claim WHERE link = w.id AND +kind = 'meeting' AND status = 'held' AND city IS NOT NULL ORDER BY 1))) AS disagree,
       c.words, d.uri || ':' || c.begin || '-' || c."end" AS source, w.last_day AS sort_last, w.first_day AS sort
FROM wanted AS w LEFT JOIN proof AS p ON p.link = w.id AND p.rank = 1 LEFT JOIN claim AS c ON c.id = p.id
LEFT JOIN document AS d ON d.id = c.document
UNION ALL
SELECT m.body || '/' || m.ordinal, m.ordinal, 'not in register', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL FROM missing AS m
WHERE NOT EXISTS (SELECT 1 FROM wanted AS w WHERE w.body = m.body AND w.ordinal = m.ordinal)
) ORDER BY number IS NULL, number, sort LIMIT :limit;

-- An instrument with the firmest status that a report gives it, and when it reached it.
-- :name instruments
WITH mine AS MATERIALIZED (
    SELECT c.*, CASE c.status WHEN 'ended' THEN 7 WHEN 'in-force' THEN 6 WHEN 'approved' THEN 5 WHEN 'signed' THEN 4 WHEN 'agreed' THEN 3
                WHEN 'planned' THEN 2 ELSE 1 END AS firm
    FROM claim AS c WHERE +kind = 'instrument' AND pair BETWEEN coalesce(substr(:pair, 1, instr(:pair || '/', '/') - 1), '') AND coalesce(substr(:pair, 1, instr(:pair || '/', '/') - 1), '~') AND link IS NOT NULL
      AND (:as_of IS NULL OR day IS NULL OR day <= :as_of)),
best AS (SELECT m.*, row_number() OVER (PARTITION BY m.link ORDER BY firm DESC, m.date IS NULL, subject IS NULL, day, o.hash, local) AS rank
         FROM mine AS m JOIN document AS o ON o.id = m.document)
SELECT b.link AS id, b.type AS kind, b.status, b.date, b.count, b.subject, b.sectors,
       (SELECT m.link FROM claim AS m WHERE m.document = b.document AND m.local = b.meeting) AS session,
       (SELECT count(DISTINCT document) FROM claim WHERE link = b.link) AS reports, b.words, d.uri || ':' || b.begin || '-' || b."end" AS source
FROM best AS b JOIN document AS d ON d.id = b.document WHERE b.rank = 1
ORDER BY coalesce(b.first_day, b.day) DESC, b.link LIMIT :limit;

-- Threads: where each promise stands. Every deadline that a later one replaced has slipped, and so has the last one when it is past;
-- nothing is "done" unless a report says so, and where nothing is known the fate is no-evidence.
-- :name commitments
WITH mine AS MATERIALIZED (
    SELECT c.*, d.hash, d.uri FROM claim AS c JOIN document AS d ON d.id = c.document
    WHERE +kind = 'commitment' AND link IS NOT NULL AND pair BETWEEN coalesce(substr(:pair, 1, instr(:pair || '/', '/') - 1), '') AND coalesce(substr(:pair, 1, instr(:pair || '/', '/') - 1), '~')
      AND (:as_of IS NULL OR day IS NULL OR day <= :as_of)),
tally AS (
    SELECT link, count(*) AS stages, count(DISTINCT document) AS reports, count(DISTINCT day) AS days,
           count(DISTINCT date) AS deadlines FROM mine GROUP BY link),
last AS (SELECT *, row_number() OVER (PARTITION BY link ORDER BY day DESC,
           CASE status WHEN 'done' THEN 1 WHEN 'refused' THEN 2 WHEN 'agreed' THEN 3 WHEN 'planned' THEN 4 WHEN 'supported' THEN 5 WHEN 'proposed' THEN 6 ELSE 7 END,
           hash, local, part) AS rank FROM mine),
due AS (SELECT link, date, last_day < coalesce(:as_of, date('now')) AS passed, row_number() OVER (PARTITION BY link ORDER BY day DESC, last_day DESC) AS rank FROM mine WHERE date IS NOT NULL)
SELECT t.link AS id, l.subject AS topic, l.sectors, l.status AS stance, l.day AS said_on, e.date AS deadline,
       max(t.deadlines - 1, 0) + (e.passed IS 1 AND l.status NOT IN ('done', 'refused')) AS slips,
       CASE WHEN l.status = 'refused' THEN 'dropped' WHEN l.status = 'done' THEN 'done'
            WHEN t.deadlines > 1 OR (e.passed IS 1 AND t.days > 1) THEN 'slipped'
            WHEN t.days > 1 AND l.status IN ('agreed', 'planned') THEN 'moving' ELSE 'no-evidence' END AS fate,
       CASE WHEN e.passed IS 1 AND l.status NOT IN ('done', 'refused') THEN 'past due' END AS due,
       t.stages, t.reports, l.words, l.uri || ':' || l.begin || '-' || l."end" AS source
FROM tally AS t JOIN last AS l ON l.link = t.link AND l.rank = 1 LEFT JOIN due AS e ON e.link = t.link AND e.rank = 1
ORDER BY l.sectors, slips DESC, l.day DESC, t.link LIMIT :limit;

-- :name people
SELECT s.person AS id, p.latin AS name, p.party,
       (SELECT group_concat(x, '; ') FROM (
            SELECT rtrim(coalesce(q.office, '') || ' ' || q.portfolio) || coalesce(' (' || min(r.day) || CASE WHEN max(r.day) > min(r.day) THEN '/' || max(r.day) ELSE '' END || ')', '') AS x
            FROM spelling AS t JOIN person_claim AS q ON q.party = t.party AND q.latin = t.latin JOIN record AS r ON r.document = q.document
            WHERE t.person = s.person AND q.office IS NOT NULL GROUP BY q.office, q.portfolio ORDER BY max(r.day) DESC, 1 LIMIT 6)) AS offices,
       (SELECT group_concat(x, ' | ') FROM (SELECT DISTINCT q.name AS x FROM spelling AS t JOIN person_claim AS q ON q.party = t.party AND q.latin = t.latin
            WHERE t.person = s.person ORDER BY 1 LIMIT 12)) AS spellings,
       count(DISTINCT p.document) AS reports, p.words, d.uri || ':' || p.begin || '-' || p."end" AS source, min((p.name <> p.latin) || d.hash || p.local) AS sort
FROM person_claim AS p JOIN spelling AS s ON s.party = p.party AND s.latin = p.latin JOIN document AS d ON d.id = p.document
WHERE p.party IN (SELECT substr(:pair, 1, instr(:pair || '-', '-') - 1) UNION SELECT substr(:pair, instr(:pair || '-', '-') + 1)
                  UNION SELECT party FROM spelling WHERE :pair IS NULL)
GROUP BY s.person ORDER BY reports DESC, s.person LIMIT :limit;

-- All that is said of a session, instrument, thread or body's meetings, a person or a document, in the order of time.
-- :name show
WITH found AS (
    SELECT id FROM claim WHERE link = :id
    UNION SELECT id FROM claim WHERE scope = :id AND kind = 'meeting'
    UNION SELECT id FROM claim WHERE document IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(replace(:id, 'sha256:', ''), 1, 12))
          AND (instr(:id, '/') = 0 OR local = substr(:id, 14))
    UNION SELECT r.claim FROM spelling AS s JOIN person_claim AS p ON p.party = s.party AND p.latin = s.latin JOIN claim AS c ON c.document = p.document
          JOIN role AS r ON r.claim = c.id AND r.person = p.local WHERE s.person = :id)
SELECT substr(c.hash, 8, 12) || '/' || c.local AS claim, c.link AS of, c.day, c.kind, c.type, c.status,
       CASE WHEN c.kind = 'commitment' THEN c.subject WHEN c.kind = 'instrument' THEN c.subject ELSE c.body_name END AS subject,
       c.date, coalesce(c.city || coalesce(', ' || c.country, ''), c.country) AS place, c.count, c.sectors, c.concepts, c.language, c.words, c.uri || ':' || c.begin || '-' || c."end" AS source
FROM found AS f JOIN account_claim AS c ON c.id = f.id
WHERE :as_of IS NULL OR c.day IS NULL OR c.day <= :as_of
ORDER BY c.day IS NULL, c.day, c.hash, c.local, c.part LIMIT :limit;

-- :name search
SELECT substr(d.hash, 8, 12) AS document, r.day, r.language, r.title,
       (SELECT group_concat(pair, ' ') FROM (SELECT DISTINCT pair FROM claim WHERE document = d.id)) AS pairs,
       (SELECT count(*) FROM claim WHERE document = d.id) AS claims, d.uri AS source
FROM words JOIN document AS d ON d.id = words.rowid JOIN record AS r ON r.document = d.id
WHERE words MATCH :words ORDER BY rank LIMIT :limit;

-- :name documents
SELECT substr(d.hash, 8, 12) AS document, r.day, r.language, r.title, (SELECT count(*) FROM claim WHERE document = d.id) AS claims,
       d.added, d.added_by, d.uri AS source
FROM document AS d JOIN record AS r ON r.document = d.id
WHERE d.id IN (SELECT document FROM claim WHERE pair = :pair UNION SELECT id FROM document WHERE :pair IS NULL) ORDER BY d.id DESC LIMIT :limit;

-- Bodies that have met, and not for so many years.
-- :name idle
SELECT id, name, sessions, last_held, next_planned, reports FROM (@bodies_as_of@)
WHERE type IN ('commission', 'working-group', 'consultations', 'summit') AND last_held < date(coalesce(:as_of, date('now')), '-' || :years || ' years')
ORDER BY last_held, id LIMIT :limit;

-- What a report added: new, or said before by so many others.
-- :name diff
SELECT c.kind, c.link AS id, c.status, c.subject, c.date,
       CASE WHEN NOT EXISTS (SELECT 1 FROM claim AS o WHERE o.link = c.link AND o.document <> c.document) THEN 'new'
            WHEN NOT EXISTS (SELECT 1 FROM claim AS o WHERE o.link = c.link AND o.document <> c.document AND o.status = c.status) THEN 'new status'
            ELSE 'known' END AS change,
       (SELECT o.status || coalesce(' (' || o.day || ')', '') FROM claim AS o WHERE o.link = c.link AND o.document <> c.document AND (o.day <= c.day OR c.day IS NULL)
        ORDER BY o.day DESC LIMIT 1) AS before,
       c.words, d.uri || ':' || c.begin || '-' || c."end" AS source
FROM claim AS c JOIN document AS d ON d.id = c.document
WHERE c.document IN (SELECT id FROM document WHERE substr(hash, 8, 12) = substr(replace(:id, 'sha256:', ''), 1, 12) UNION ALL SELECT id FROM document WHERE uri = :id)
  AND c.link IS NOT NULL
ORDER BY c.id LIMIT :limit;

-- :name decisions
SELECT d.id, d.made, d.author, d.action, d.target, d.field, d.value, d.reason,
       CASE WHEN d.action = 'undo' OR EXISTS (SELECT 1 FROM decision_in_force AS f WHERE f.id = d.id) THEN NULL ELSE 'undone' END AS state
FROM decision AS d WHERE :id IS NULL OR d.target = :id OR substr(d.target, 1, length(:id) + 1) = :id || '/' ORDER BY d.id LIMIT :limit;

-- For the calendar: announced or held on a known day.
-- :name calendar
SELECT s.id, s.ordinal, s.status, s.first_day, date(s.last_day, '+1 day') AS end_day, s.place, s.chairs, s.announced, b.name, s.pair, s.said_on
FROM account_session AS s LEFT JOIN body AS b ON b.id = s.body
WHERE s.id IN (SELECT id FROM session WHERE pair = :pair UNION ALL SELECT id FROM session WHERE body = :pair
               UNION ALL SELECT id FROM session WHERE :pair IS NULL) AND s.first_day IS NOT NULL
  AND (length(s.date) >= 10) AND (s.type NOT IN ('meeting', 'visit', 'call') OR s.body = :pair)
  AND (:as_of IS NULL OR EXISTS (SELECT 1 FROM claim AS k WHERE k.link = s.id AND (k.day IS NULL OR k.day <= :as_of)))
ORDER BY s.first_day, s.id LIMIT :limit;

-- ---- the brief ----------------------------------------------------------------------------------------------------------------------
-- :name brief_sessions
SELECT id, number, status, date, place, chairs, words, source FROM (@sessions@)
WHERE id LIKE '%/commission/%' AND status = 'held' AND (:as_of IS NULL OR coalesce(sort, :as_of) <= :as_of) ORDER BY sort DESC, number DESC LIMIT 3;

-- :name brief_next
SELECT id, number, status, date, place, words, source FROM (@sessions@)
WHERE id LIKE '%/commission/%' AND status IN ('planned', 'postponed') AND (sort IS NULL OR sort_last >= coalesce(:as_of, date('now')))
ORDER BY number IS NULL, number DESC LIMIT 1;

-- :name brief_due
SELECT id, sectors, stance, said_on, deadline, slips, fate, topic, words, source FROM (@commitments@) WHERE due IS NOT NULL ORDER BY deadline;

-- :name brief_open
SELECT sectors, id, stance, said_on, deadline, slips, fate, topic, words, source FROM (@commitments@)
WHERE fate NOT IN ('done', 'dropped') AND stance IN ('agreed', 'planned', 'proposed') ORDER BY sectors, said_on DESC LIMIT 60;

-- :name brief_instruments
SELECT id, status, date, count, sectors, reports, subject, words, source FROM (@instruments@) LIMIT 20;

-- ---- verify -------------------------------------------------------------------------------------------------------------------------
-- Every span of every record.
-- :name spans
SELECT e.fullkey AS path, e.value ->> '$.begin', e.value ->> '$.end', e.value ->> '$.char_begin', e.value ->> '$.char_end', e.value ->> '$.quote'
FROM json_tree((SELECT json FROM record WHERE document = :document)) AS e
WHERE e.type = 'object' AND e.value ->> '$.quote' IS NOT NULL;
