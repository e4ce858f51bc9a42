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
#include <stdlib.h>

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
    while (codes.at && codes.len)
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
    char slug[SLUG_MAX + 8];
    size_t len = 0;
    for (size_t i = 0; i < best.len && len < SLUG_MAX;) {
        uint32_t c = utf8_next(best.at, &i);
        if (char_class(c) == CHAR_LETTER || char_class(c) == CHAR_DIGIT)
            len += (size_t)utf8_put(c - (unsigned)'A' < 26u ? c | 0x20u : c, slug + len);
        else if (len > 0 && slug[len - 1] != '-')
            slug[len++] = '-';
    }
    while (len > 0 && slug[len - 1] == '-')
        len--;
    return link_text(registry, "%.*s/%.*s", (int)base.len, base.at, (int)len, slug);
}

// The only cluster with a name of its own thread that the row's hints hold; NAMES_MAX: none, or several.
static uint32_t hinted(struct registry *registry, const struct topic_name *names, uint32_t count, const struct claim_row *row)
{
    uint32_t found = NAMES_MAX;
    for (struct slice rest = row->hints; rest.at && rest.len;) {
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
        for (struct slice rest = row->names; rest.at && rest.len;) {
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
    while (rest.at && rest.len) {
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
            row->found = (struct slice){NULL, 0};
            row->reason = link_text(registry, "all that is said of it stands in %.*s", (int)into->id.len, into->id.at);
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

void link_threads(struct registry *registry, struct slice scope, claim_row_vec *rows)
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
    thread_vec concepts = gather(registry, rows);
    for (uint32_t i = 0; i < concepts.count; i++)
        split_by_names(registry, &concepts.at[i], rows);
    thread_vec threads = gather(registry, rows);
    fold(registry, &threads, rows);
}
