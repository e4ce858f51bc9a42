// SPDX-License-Identifier: MIT
// Matching commitments into threads. Scope: the parties.
//
// A commitment belongs to the thread of each concept it names, or else of each sector: wording changes from session to session and from
// language to language, the closed list of concepts does not. Two things narrow that.
//
// Names. Two pipelines with different names are two threads. Names of one concept are gathered into clusters: names that compare as the
// same across scripts (and hold the same numbers), and names that one report gives to one thing, are one. Clusters become threads of their
// own, "PAK-RUS/gas-pipeline/stream", only where a language tells them apart, that is where reports of one language use both: a name that
// is translated and not written over looks like another name, and must not tear apart what two languages say of one thing. Scripts that
// show no names are held against the names that others give (hints). What has no name stays in the concept's thread. At most NAMES_MAX
// different names are told apart in a thread.
//
// Told elsewhere. A report that promises "a freight train with sixteen wagons" speaks of freight-train and of rolling-stock, but promises
// one thing. A thread all of whose commitments stand in another thread, too, tells nothing of its own: it is folded into the larger one.
// What is named in a row ("steel mills and insulin") is more than one thing, and neither stands in the other.
//
// How far a new claim reaches: to the commitments of its concept that have names, if it has one; and to the threads that may be folded,
// those
// without a commitment that is about nothing else. How many commitments a thread has before folding is kept (the table `strand`).
#include <stdlib.h>

#include "base/map.h"
#include "register/link.h"
#include "unicode/char.h"
#include "unicode/utf8.h"

#define NAMES_MAX 64
#define LANGUAGES_MAX 8
#define SLUG_MAX 64

struct topic_name {
    struct slice text, digits;
    struct name sounds;
    bool reads;
    uint32_t cluster;           // number of a topic_name that stands for all; itself if it does
    struct slice languages[LANGUAGES_MAX];
    uint32_t language_count;
    struct slice doc, local;    // the first claim that gives it
};

struct thread {
    struct slice id, about;
    VEC(uint32_t) rows;
    VEC(uint32_t) claims;       // of each row the number of its claim, in order
};
typedef VEC(struct thread) thread_vec;

static struct thread *thread_of(struct registry *registry, thread_vec *threads, struct slice id, struct slice about)
{
    for (uint32_t i = 0; i < threads->count; i++)
        if (slice_eq(threads->at[i].id, id))
            return &threads->at[i];
    struct thread thread = {.id = id, .about = about};
    vec_push(&registry->work, threads, thread);
    return &threads->at[threads->count - 1];
}

static bool has_code(struct slice codes, struct slice code)
{
    while (codes.len)
        if (slice_eq(slice_cut(&codes, ' '), code))
            return true;
    return false;
}

// ---- names ----------------------------------------------------------------------------------------------------------------
// The digits of a text, one after the other: "Unit 5" is not "Unit 6".
static struct slice digits_of(struct registry *registry, struct slice text)
{
    char *out = arena_alloc(&registry->work, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9')
            out[len++] = text.at[i];
    return slice_make(out, len);
}

static uint32_t root_of(const struct topic_name *names, uint32_t i)
{
    while (names[i].cluster != i)
        i = names[i].cluster;
    return i;
}

static void join(struct topic_name *names, uint32_t a, uint32_t b)
{
    a = root_of(names, a);
    b = root_of(names, b);
    names[a > b ? a : b].cluster = a < b ? a : b;
}

static bool names_agree(const struct registry *registry, const struct topic_name *a, const struct topic_name *b)
{
    return a->reads && b->reads && slice_eq(a->digits, b->digits) &&
            name_compare(registry->sounds, &a->sounds, &b->sounds).degree != NAME_OTHER;
}

static void add_language(struct topic_name *name, struct slice language)
{
    for (uint32_t i = 0; i < name->language_count; i++)
        if (slice_eq(name->languages[i], language))
            return;
    if (name->language_count < LANGUAGES_MAX)
        name->languages[name->language_count++] = language;
}

// The number of a name, new or known; NAMES_MAX if there are too many.
static uint32_t note_name(struct registry *registry, struct topic_name *names, uint32_t *count, struct slice text,
        const struct claim_row *row)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (slice_eq(names[i].text, text)) {
            add_language(&names[i], row->language);
            return i;
        }
    }
    if (*count == NAMES_MAX)
        return NAMES_MAX;
    struct topic_name *name = &names[*count];
    *name = (struct topic_name){.text = text, .digits = digits_of(registry, text), .cluster = *count, .doc = row->doc, .local = row->local};
    name->reads = name_read(registry->sounds, text, &name->sounds);
    add_language(name, row->language);
    for (uint32_t i = 0; i < *count; i++)
        if (names_agree(registry, name, &names[i]))
            join(names, i, *count);
    return (*count)++;
}

// Whether reports of one language use names of both clusters.
static bool told_apart(const struct topic_name *names, uint32_t count, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; root_of(names, i) == a && k < count; k++)
            for (uint32_t x = 0; root_of(names, k) == b && x < names[i].language_count; x++)
                for (uint32_t y = 0; y < names[k].language_count; y++)
                    if (slice_eq(names[i].languages[x], names[k].languages[y]))
                        return true;
    return false;
}

static bool stands_alone(const struct topic_name *names, uint32_t count, uint32_t cluster)
{
    for (uint32_t i = 0; i < count; i++)
        if (names[i].cluster == i && i != cluster && told_apart(names, count, cluster, i))
            return true;
    return false;
}

static bool is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

// "PAK-RUS/gas-pipeline/stream": from the cluster's first name, one in plain letters if there is one.
static struct slice named_id(struct registry *registry, struct slice base, const struct topic_name *names, uint32_t count, uint32_t cluster)
{
    struct slice best = {NULL, 0};
    for (uint32_t i = 0; i < count; i++) {
        if (root_of(names, i) != cluster)
            continue;
        struct slice text = names[i].text;
        bool better = !best.at || (is_ascii(text) != is_ascii(best) ? is_ascii(text) : slice_compare(text, best) < 0);
        best = better ? text : best;
    }
    char slug[SLUG_MAX + 8] = "";
    size_t len = 0;
    for (size_t i = 0; i < best.len && len < SLUG_MAX;) {
        uint32_t c = utf8_next(best.at, &i);
        if (char_class(c) == CHAR_LETTER || char_class(c) == CHAR_DIGIT)
            len += (size_t)utf8_put(c - (unsigned)'A' < 26u ? c | 0x20u : c, slug + len);
        else if (len > 0 && slug[len - 1] != '-')
            slug[len++] = '-';
    }
    len -= len > 0 && slug[len - 1] == '-';     // never two
    return link_text(registry, "%.*s/%.*s", (int)base.len, base.at, (int)len, slug);
}

// The only cluster with a name of its own thread that the row's hints hold; NAMES_MAX: none, or several.
static uint32_t hinted(struct registry *registry, const struct topic_name *names, uint32_t count, const struct claim_row *row)
{
    uint32_t found = NAMES_MAX;
    for (struct slice rest = row->hints; rest.len;) {
        struct topic_name hint = {.text = slice_cut(&rest, '|')};
        hint.digits = digits_of(registry, hint.text);
        hint.reads = name_read(registry->sounds, hint.text, &hint.sounds);
        for (uint32_t i = 0; i < count; i++) {
            if (!names_agree(registry, &hint, &names[i]) || !stands_alone(names, count, root_of(names, i)))
                continue;
            if (found != NAMES_MAX && root_of(names, found) != root_of(names, i))
                return NAMES_MAX;
            found = i;
        }
    }
    return found;
}

static void name_row(struct registry *registry, const struct topic_name *names, uint32_t count, uint32_t name, struct claim_row *row)
{
    const struct topic_name *known = &names[name];
    uint32_t cluster = root_of(names, name);
    if (!stands_alone(names, count, cluster)) {
        row->reason = link_text(registry, "%.*s; name %.*s, which no language tells from another", (int)row->reason.len, row->reason.at,
                (int)known->text.len, known->text.at);
        return;
    }
    row->found = named_id(registry, row->found, names, count, cluster);
    row->reason = link_text(registry, "%.*s; name %.*s as in %.*s/%.*s", (int)row->reason.len, row->reason.at, (int)known->text.len,
            known->text.at,
            (int)names[cluster].doc.len, names[cluster].doc.at, (int)names[cluster].local.len, names[cluster].local.at);
}

// Tells the commitments of one concept apart by names.
static void split_by_names(struct registry *registry, const struct thread *thread, claim_row_vec *rows)
{
    struct topic_name *names = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < thread->rows.count; i++) {
        const struct claim_row *row = &rows->at[thread->rows.at[i]];
        uint32_t first = NAMES_MAX;
        for (struct slice rest = row->names; rest.len;) {
            if (!names)
                names = ARENA_ARRAY(&registry->work, struct topic_name, NAMES_MAX);
            uint32_t name = note_name(registry, names, &count, slice_cut(&rest, '|'), row);
            if (first < NAMES_MAX && name < NAMES_MAX)
                join(names, first, name);
            first = name < NAMES_MAX ? name : first;
        }
    }
    if (count < 2)
        return;
    for (uint32_t i = 0; i < thread->rows.count; i++) {
        struct claim_row *row = &rows->at[thread->rows.at[i]];
        struct slice rest = row->names;
        uint32_t name = rest.at ? note_name(registry, names, &count, slice_cut(&rest, '|'), row) : hinted(registry, names, count, row);
        if (name < NAMES_MAX)
            name_row(registry, names, count, name, row);
    }
}

// ---- told elsewhere ---------------------------------------------------------------------------------------------------------
static bool is_sector(const struct thread *thread, const claim_row_vec *rows)
{
    return has_code(rows->at[thread->rows.at[0]].sectors, thread->about);
}

// Whether a commitment names the two as different things.
static bool told_as_two(const struct claim_row *row, struct slice a, struct slice b)
{
    struct slice rest = row->listed;
    while (rest.len) {
        struct slice group = slice_cut(&rest, '|');
        if (has_code(group, a))
            return !has_code(group, b);
    }
    return false;
}

static bool holds_all(const struct thread *larger, const struct thread *smaller, const claim_row_vec *rows)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < smaller->claims.count; i++) {
        while (at < larger->claims.count && larger->claims.at[at] < smaller->claims.at[i])
            at++;
        if (at == larger->claims.count || larger->claims.at[at] != smaller->claims.at[i])
            return false;
        if (told_as_two(&rows->at[smaller->rows.at[i]], smaller->about, larger->about))
            return false;
    }
    return true;
}

// Whether `a` is the one to keep: more commitments, a concept before a sector, then by id.
static bool goes_before(const struct thread *a, const struct thread *b, const claim_row_vec *rows)
{
    if (a->claims.count != b->claims.count)
        return a->claims.count > b->claims.count;
    if (is_sector(a, rows) != is_sector(b, rows))
        return is_sector(b, rows);
    return slice_compare(a->id, b->id) < 0;
}

#define FOLDED "; all that is said of it stands in "
#define MERGED "; merged by decision "

static void fold_row(struct registry *registry, struct claim_row *row, struct slice into)
{
    row->folded = true;
    row->reason = link_text(registry, "%.*s" FOLDED "%.*s", (int)row->reason.len, row->reason.at, (int)into.len, into.at);
}

static void fold(struct registry *registry, thread_vec *threads, claim_row_vec *rows)
{
    for (uint32_t i = 0; i < threads->count; i++) {
        struct thread *thread = &threads->at[i];
        const struct thread *into = NULL;
        for (uint32_t k = 0; k < threads->count; k++) {
            const struct thread *other = &threads->at[k];
            if (k != i && goes_before(other, thread, rows) && (!into || goes_before(other, into, rows)) && holds_all(other, thread, rows))
                into = other;
        }
        for (uint32_t k = 0; into && k < thread->rows.count; k++) {
            struct claim_row *row = &rows->at[thread->rows.at[k]];
            fold_row(registry, row, into->id);
        }
    }
}

static thread_vec gather(struct registry *registry, claim_row_vec *rows)
{
    thread_vec threads = {0};
    uint32_t claim = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct claim_row *row = &rows->at[i];
        if (i > 0 && (row->document != rows->at[i - 1].document || !slice_eq(row->local, rows->at[i - 1].local)))
            claim++;
        if (!row->found.at)
            continue;
        struct thread *thread = thread_of(registry, &threads, row->found, row->about);
        vec_push(&registry->work, &thread->rows, i);
        vec_push(&registry->work, &thread->claims, claim);
    }
    return threads;
}

static void begin(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        row->natural = link_text(registry, "%.*s/%.*s", (int)scope.len, scope.at, (int)row->about.len, row->about.at ? row->about.at : "");
        if (row->rejected)
            continue;
        row->found = row->natural;
        row->reason = link_text(registry, "%s %.*s", has_code(row->sectors, row->about) ? "sector" : "concept", (int)row->about.len,
                row->about.at ? row->about.at : "");
    }
}

void link_threads(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    begin(registry, scope, rows);
    thread_vec concepts = gather(registry, rows);
    for (uint32_t i = 0; i < concepts.count; i++)
        split_by_names(registry, &concepts.at[i], rows);
    thread_vec threads = gather(registry, rows);
    fold(registry, &threads, rows);
}

// ---- one report more ------------------------------------------------------------------------------------------------------
// Ids that gained or lost commitments.
static void note(struct registry *registry, link_vec *ids, struct slice id)
{
    for (uint32_t i = 0; i < ids->count; i++)
        if (slice_eq(ids->at[i], id))
            return;
    vec_push(&registry->work, ids, id);
}

static bool holds(const link_vec *ids, struct slice id)
{
    for (uint32_t i = 0; i < ids->count; i++)
        if (slice_eq(ids->at[i], id))
            return true;
    return false;
}

// The part of a reason that matching alone wrote.
static struct slice plain_reason(struct slice how)
{
    static const char *const behind[] = {FOLDED, MERGED};
    for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) {
        size_t len = strlen(behind[k]);
        for (size_t i = 0; i + len <= how.len; i++) {
            if (memcmp(how.at + i, behind[k], len) == 0) {
                how.len = i;
                break;
            }
        }
    }
    return how;
}

// Tells the commitments of one concept apart by names again; those of other reports that are somewhere else now are written.
static bool split_again(struct registry *registry, struct slice scope, struct slice about, claim_row_vec *fresh, link_vec *changed,
        link_vec *touched)
{
    claim_row_vec rows = {0};
    bool moved = false;
    sqlite3_stmt *statement = store_statement(registry, "claims_with_names");
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":about", about);
    link_read(registry, statement, &rows);
    begin(registry, scope, &rows);
    for (uint32_t i = 0; i < fresh->count; i++) {
        struct claim_row *row = &fresh->at[i];
        if (!row->rejected && slice_eq(row->about, about) && (row->names.at || row->hints.at))
            vec_push(&registry->work, &rows, *row);
    }
    link_sort(&rows, false);
    struct thread thread = {.about = about};
    for (uint32_t i = 0; i < rows.count; i++)
        vec_push(&registry->work, &thread.rows, i);
    split_by_names(registry, &thread, &rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        struct claim_row *row = &rows.at[i];
        for (uint32_t k = 0; !row->how.at && k < fresh->count; k++)
            if (fresh->at[k].id == row->id)
                fresh->at[k] = *row;
        if (!row->how.at || (slice_eq(link_before(row), row->found) && slice_eq(plain_reason(row->how), row->reason)))
            row->fixed = true;      // a new one is written with the others, one that stays not at all
        else if (slice_eq(link_before(row), row->found) && row->link.at == NULL)
            row->folded = true, row->reason = link_text(registry, "%.*s%.*s", (int)row->reason.len, row->reason.at,
                    (int)(row->how.len - plain_reason(row->how).len), row->how.at + plain_reason(row->how).len);
        if (row->how.at && !slice_eq(link_before(row), row->found)) {
            moved = true;
            note(registry, changed, link_before(row));
            note(registry, changed, row->found);
        }
    }
    link_store(registry, &rows, touched);
    return moved;
}

static void run_strands(struct registry *registry, const char *name, struct slice scope, struct slice id, struct slice about)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":id", id);
    store_bind(statement, ":about", about);
    store_run(registry, statement);
}

// Rows come by the day they were said, then by document, commitment and part: what one commitment is about stands in a row.
void link_count_strands(struct registry *registry, const claim_row_vec *rows, strand_vec *strands)
{
    struct map numbers;
    map_init(&numbers, &registry->work, 64);
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct claim_row *row = &rows->at[i], *next = i + 1 < rows->count ? row + 1 : NULL;
        if (!row->found.at)
            continue;
        uint32_t number = map_put(&numbers, row->found, strands->count);
        if (number == strands->count) {
            struct strand strand = {.id = row->found};
            vec_push(&registry->work, strands, strand);
        }
        strands->at[number].commitments++;
        strands->at[number].single += row->part == 0 && !(next && next->document == row->document && slice_eq(next->local, row->local));
    }
}

void link_write_strands(struct registry *registry, struct slice scope, const strand_vec *strands)
{
    for (uint32_t i = 0; i < strands->count && !registry->status; i++) {
        sqlite3_stmt *statement = store_statement(registry, "strand_insert");
        store_bind(statement, ":scope", scope);
        store_bind(statement, ":id", strands->at[i].id);
        store_bind_int(statement, ":commitments", strands->at[i].commitments);
        store_bind_int(statement, ":single", strands->at[i].single);
        store_run(registry, statement);
    }
}

void threads_count(struct registry *registry, struct slice scope)
{
    static const struct slice all = {NULL, 0};
    run_strands(registry, "strands_clear", scope, all, all);
    run_strands(registry, "strands_count", scope, all, all);
}

static int64_t size_of(struct registry *registry, struct slice scope, struct slice id)
{
    int64_t size = 0;
    sqlite3_stmt *statement = store_statement(registry, "strand_size");
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":id", id);
    if (store_step(registry, statement)) {
        size = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
    }
    return size;
}

// A strand in which another may stand.
struct holder {
    struct slice id, about;
    bool is_sector;
};
typedef VEC(struct holder) holder_vec;

static void read_beside(struct registry *registry, const struct claim_row *row, holder_vec *beside)
{
    sqlite3_stmt *statement = store_statement(registry, "strands_beside");
    store_bind_int(statement, ":document", row->document);
    store_bind(statement, ":local", row->local);
    store_bind_int(statement, ":part", row->part);
    while (store_step(registry, statement)) {
        struct holder holder = {store_column_kept(registry, statement, 0), store_column_kept(registry, statement, 1), false};
        holder.is_sector = has_code(store_column(statement, 2), holder.about);
        vec_push(&registry->work, beside, holder);
    }
}

static void read_strand(struct registry *registry, struct slice scope, struct slice id, claim_row_vec *rows)
{
    sqlite3_stmt *statement = store_statement(registry, "matched_claims");
    store_bind(statement, ":kind", SLICE("commitment"));
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":link", id);
    link_read(registry, statement, rows);
}

// The strands that hold all of these commitments.
static void read_holders(struct registry *registry, const claim_row_vec *rows, holder_vec *holders)
{
    for (uint32_t i = 0; i < rows->count && (i == 0 || holders->count); i++) {
        holder_vec beside = {0}, kept = {0};
        read_beside(registry, &rows->at[i], &beside);
        for (uint32_t k = 0; k < beside.count; k++) {
            bool known = i == 0;
            for (uint32_t n = 0; n < holders->count && !known; n++)
                known = slice_eq(holders->at[n].id, beside.at[k].id);
            if (known && !told_as_two(&rows->at[i], rows->at[i].about, beside.at[k].about))
                vec_push(&registry->work, &kept, beside.at[k]);
        }
        *holders = kept;
    }
}

// The one of the strands in which this one is told elsewhere; at NULL: none.
static struct slice told_in(struct registry *registry, struct slice scope, struct slice id, const claim_row_vec *rows)
{
    holder_vec holders = {0};
    struct holder best = {.id = id, .is_sector = rows->count && has_code(rows->at[0].sectors, rows->at[0].about)};
    int64_t best_size = rows->count;
    read_holders(registry, rows, &holders);
    for (uint32_t i = 0; i < holders.count; i++) {
        const struct holder *holder = &holders.at[i];
        int64_t size = size_of(registry, scope, holder->id);
        bool before = size != best_size ? size > best_size : holder->is_sector != best.is_sector ? best.is_sector
                                                                                          : slice_compare(holder->id, best.id) < 0;
        if (before) {
            best = *holder;
            best_size = size;
        }
    }
    return slice_eq(best.id, id) ? (struct slice){NULL, 0} : best.id;
}

// Whether any strand beside its first commitment changed: if none did, nothing that may hold the strand did.
static bool may_fold_anew(struct registry *registry, struct slice scope, struct slice id, const link_vec *changed)
{
    holder_vec beside = {0};
    claim_row_vec first = {0};
    sqlite3_stmt *statement = store_statement(registry, "matched_claim");
    store_bind(statement, ":kind", SLICE("commitment"));
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":link", id);
    link_read(registry, statement, &first);
    if (first.count)
        read_beside(registry, &first.at[0], &beside);
    for (uint32_t i = 0; i < beside.count; i++)
        if (holds(changed, beside.at[i].id))
            return true;
    return false;
}

// Folds or unfolds a strand. `whole`: its commitments must all be looked at; else only those that are folded.
static void fold_again(struct registry *registry, struct slice scope, struct slice id, bool whole, link_vec *touched)
{
    claim_row_vec rows = {0};
    struct slice into = {NULL, 0};
    if (whole) {
        read_strand(registry, scope, id, &rows);
        into = told_in(registry, scope, id, &rows);
    } else {
        sqlite3_stmt *statement = store_statement(registry, "folded_claims");
        store_bind(statement, ":scope", scope);
        store_bind(statement, ":id", id);
        link_read(registry, statement, &rows);
    }
    for (uint32_t i = 0; i < rows.count; i++) {
        struct claim_row *row = &rows.at[i];
        row->natural = row->alone;
        row->found = id;
        row->reason = plain_reason(row->how);
        if (into.at)
            fold_row(registry, row, into);
    }
    link_store(registry, &rows, touched);
}

static void fold_changed(struct registry *registry, struct slice scope, const link_vec *changed, link_vec *touched)
{
    link_vec never_single = {0};
    sqlite3_stmt *statement = store_statement(registry, "strands_never_single");
    store_bind(statement, ":scope", scope);
    while (store_step(registry, statement))
        vec_push(&registry->work, &never_single, store_column_kept(registry, statement, 0));
    for (uint32_t i = 0; i < never_single.count && !registry->status; i++)
        if (holds(changed, never_single.at[i]) || may_fold_anew(registry, scope, never_single.at[i], changed))
            fold_again(registry, scope, never_single.at[i], true, touched);
    for (uint32_t i = 0; i < changed->count && !registry->status; i++)
        if (!holds(&never_single, changed->at[i]))
            fold_again(registry, scope, changed->at[i], false, touched);
}

static bool is_single(const claim_row_vec *fresh, const struct claim_row *row)
{
    for (uint32_t i = 0; i < fresh->count; i++)
        if (fresh->at[i].part != row->part && slice_eq(fresh->at[i].local, row->local))
            return false;
    return true;
}

static void add_strand(struct registry *registry, struct slice scope, const claim_row_vec *fresh, const struct claim_row *row)
{
    sqlite3_stmt *statement = store_statement(registry, "strand_add");
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":id", row->found);
    store_bind_int(statement, ":single", is_single(fresh, row));
    store_run(registry, statement);
}

void link_threads_added(struct registry *registry, struct slice scope, claim_row_vec *fresh, link_vec *touched)
{
    link_vec abouts = {0}, moved = {0}, changed = {0};
    begin(registry, scope, fresh);
    for (uint32_t i = 0; i < fresh->count; i++)
        if (!fresh->at[i].rejected && (fresh->at[i].names.at || fresh->at[i].hints.at))
            note(registry, &abouts, fresh->at[i].about);
    for (uint32_t i = 0; i < abouts.count && !registry->status; i++)
        if (split_again(registry, scope, abouts.at[i], fresh, &changed, touched))
            note(registry, &moved, abouts.at[i]);
    link_store(registry, fresh, touched);
    for (uint32_t i = 0; i < fresh->count; i++) {
        if (fresh->at[i].rejected)
            continue;
        note(registry, &changed, fresh->at[i].found);
        if (!holds(&moved, fresh->at[i].about))
            add_strand(registry, scope, fresh, &fresh->at[i]);
    }
    for (uint32_t i = 0; i < moved.count; i++) {
        struct slice id = link_text(registry, "%.*s/%.*s", (int)scope.len, scope.at, (int)moved.at[i].len, moved.at[i].at);
        run_strands(registry, "strands_clear", scope, id, moved.at[i]);
        run_strands(registry, "strands_count", scope, id, moved.at[i]);
    }
    fold_changed(registry, scope, &changed, touched);
}
