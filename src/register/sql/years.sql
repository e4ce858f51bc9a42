-- SPDX-License-Identifier: MIT
-- What was done in years, gathered in temporary tables (question.c) before exports.sql counts it: nobody asks for these statements.

-- Claims in an order that does not hang on which report came first into the register. Never run alone.
-- :name claim_order
printf('%s %s %s %04d', day, doc, local, part)

-- What counts for a year: a row for each thing, or for each year in which it was done again. `held`: when they met, else when it was said;
-- `kind`, `status`: when it was signed, else when it was said; `promised` and the others: when it was said; `missed`: the year in which the
-- deadline lay. `thing` is a session, instrument, thread or report, `proof` the claim that tells it best. All of it is gathered once, and then
-- counted: an export asks three things of it. Gathered without the words, which are long: they are looked up when a row is written.
-- :name year_facts_make
CREATE TEMP TABLE IF NOT EXISTS year_fact (pair, day, what, detail, n, thing, proof); DELETE FROM year_fact;
CREATE TEMP TABLE IF NOT EXISTS year_count (id INTEGER PRIMARY KEY, dyad, year, counted, thing, n, proof); DELETE FROM year_count;
CREATE INDEX IF NOT EXISTS temp.year_count_of ON year_count (dyad, year);

-- :name year_facts_drop
DROP TABLE IF EXISTS temp.year_fact; DROP TABLE IF EXISTS temp.year_count;

-- :name year_fact_fill
INSERT INTO year_fact
WITH sessions AS MATERIALIZED (@session_rows@),
instruments AS MATERIALIZED (@instrument_rows@),
threads AS MATERIALIZED (@commitment_rows@)
SELECT parties, coalesce(first_day, said_on), 'held', type, 1, session, proof FROM sessions WHERE status = 'held'
UNION ALL SELECT parties, coalesce(first_day, said_on), 'cancelled', type, 1, session, proof FROM sessions WHERE status = 'cancelled'
UNION ALL SELECT pair, day, 'announced', type, 1, link, id FROM (
    SELECT pair, day, type, link, id, min(@claim_order@) FROM claim
    WHERE kind = 'meeting' AND status IN ('planned', 'postponed') AND link IS NOT NULL AND day <= :as_of AND @of_pair@ GROUP BY link)
UNION ALL SELECT parties, coalesce(first_day, said_on), 'kind', kind, count, instrument, proof FROM instruments
          WHERE status IN ('signed', 'approved', 'in-force')
UNION ALL SELECT parties, coalesce(first_day, said_on), 'status', status, count, instrument, proof FROM instruments
UNION ALL SELECT pair, day, 'promised', '', 1, link, id FROM (
    SELECT pair, day, link, id, min(@claim_order@) FROM claim
    WHERE kind = 'commitment' AND status IN ('agreed', 'planned') AND link IS NOT NULL AND day <= :as_of AND @of_pair@
    GROUP BY pair, substr(day, 1, 4), link)
UNION ALL SELECT parties, first_promised, 'begun', '', 1, commitment, proof FROM threads
UNION ALL SELECT parties, said_on, 'fate', fate, 1, commitment, proof FROM threads WHERE fate IN ('done', 'dropped')
UNION ALL SELECT t.parties, last_day(m.value), 'missed', '', 1, t.commitment, t.proof FROM threads AS t JOIN json_each(t.missed) AS m
UNION ALL SELECT parties, deadline_last_day, 'missed', '', 1, commitment, proof FROM threads WHERE past_due
UNION ALL SELECT pair, day, 'reports', '', 1, doc, id FROM (
    SELECT pair, day, doc, id, min(@claim_order@) FROM claim WHERE day <= :as_of AND @of_pair@ GROUP BY pair, substr(day, 1, 4), document);

-- `counted` is the name of a column of export_dyads; `id` puts the rows in the order in which export_counted writes them.
-- :name year_count_fill
INSERT INTO year_count (dyad, year, counted, thing, n, proof)
WITH counted (what, detail, name) AS (VALUES
    ('held', NULL, 'meetings_held'), ('held', 'commission', 'commission_sessions'), ('held', 'working-group', 'working_group_sessions'),
    ('held', 'summit', 'summits'), ('held', 'consultations', 'consultations'), ('held', 'meeting', 'other_meetings'), ('held', 'call', 'calls'),
    ('held', 'visit', 'visits'), ('held', 'forum', 'forums'), ('announced', NULL, 'meetings_announced'), ('cancelled', NULL, 'meetings_cancelled'),
    ('kind', 'mou', 'signed_mou'), ('kind', 'agreement', 'signed_agreement'), ('kind', 'protocol', 'signed_protocol'),
    ('kind', 'statement', 'signed_statement'), ('kind', 'plan', 'signed_plan'), ('kind', 'contract', 'signed_contract'),
    ('kind', 'letter', 'signed_letter'), ('kind', 'document', 'signed_document'), ('status', 'signed', 'instruments_signed'),
    ('status', 'approved', 'instruments_approved'), ('status', 'in-force', 'instruments_in_force'), ('status', 'agreed', 'instruments_agreed'),
    ('status', 'planned', 'instruments_planned'), ('status', 'proposed', 'instruments_proposed'), ('status', 'ended', 'instruments_ended'),
    ('promised', NULL, 'promises_made'), ('begun', NULL, 'promises_new'), ('missed', NULL, 'promises_slipped'), ('fate', 'done', 'promises_kept'),
    ('fate', 'dropped', 'promises_dropped'), ('reports', NULL, 'reports'))
SELECT f.pair, @year_of(f.day)@ AS year, k.name, f.thing, sum(f.n), f.proof
FROM year_fact AS f JOIN counted AS k ON k.what = f.what AND (k.detail IS NULL OR k.detail = f.detail)
WHERE @is_dyad@ GROUP BY f.pair, year, k.name, f.thing ORDER BY f.pair, year, k.name, f.thing;
