// SPDX-License-Identifier: MIT
// Which spellings are one person.
//
// Spellings of one party are nodes; two whose names compare as the same are joined, and so are two that people merged; a person is a
// connected component, so that the answer does not depend on the order in which reports came. Candidates are found by the consonants of
// the words of a name (spelling_key). A person's id is made of the party and the longest spelling in Latin letters.
//
// A family name alone is looked at report by report, with the office that the report gives. It joins the only person whom it fits, unless
// that one is named last more than FAR_DAYS away and in no such office; of several it joins the one who held such an office within
// OFFICE_DAYS. It never joins two persons.
//
// A new report reads only what it can change: claims of the people who got another id, and of the family names that fit them; of a family
// name that fits a person anew named, only the reports whose days are nearer to the new one than to the next known.
//
// When everything is made again, spellings are told apart as the reports come, and family names, claims and the table of people follow once
// at the end.
#include <stdlib.h>

#include "register/store.h"
#include "unicode/utf8.h"

#define ID_MAX 160
#define OFFICE_DAYS 400
#define FAR_DAYS 1826

struct spelling {
    struct slice party, latin, person;
    bool single;
};
typedef VEC(struct spelling) spelling_vec;
typedef link_vec person_vec;

// "RUS/sergei-tsivilev": letters and digits of ASCII in lower case, all else a hyphen; other bytes stay.
static struct slice make_id(struct registry *registry, struct slice party, struct slice latin)
{
    char *id = arena_alloc(&registry->work, ID_MAX + 1);
    size_t len = 0;
    for (size_t i = 0; i < party.len && len < 16; i++)
        id[len++] = party.at[i];
    id[len++] = '/';
    for (size_t i = 0; i < latin.len && len < ID_MAX; i++) {
        unsigned char c = (unsigned char)latin.at[i];
        bool keep = c >= 0x80 || c - (unsigned)'0' < 10u || (c | 0x20u) - (unsigned)'a' < 26u;
        if (keep)
            id[len++] = (char)(c - (unsigned)'A' < 26u ? c | 0x20u : c);
        else if (id[len - 1] != '-' && id[len - 1] != '/')
            id[len++] = '-';
    }
    while (id[len - 1] == '-')      // stands behind the slash at the latest
        len--;
    return slice_make(id, utf8_valid_prefix(slice_make(id, len)));      // no half character at the cut
}

// The words of a key as a JSON array: they are capital letters and digits.
static struct slice key_words(struct registry *registry, struct slice key)
{
    char *out = arena_alloc(&registry->work, key.len * 3 + 8);
    size_t len = 0;
    out[len++] = '[';
    for (struct slice rest = key; rest.len;) {
        struct slice word = slice_cut(&rest, ' ');
        if (len > 1)
            out[len++] = ',';
        out[len++] = '"';
        memcpy(out + len, word.at, word.len);
        len += word.len;
        out[len++] = '"';
    }
    out[len++] = ']';
    return slice_make(out, len);
}

static void find_candidates(struct registry *registry, struct slice party, struct slice words, spelling_vec *found)
{
    sqlite3_stmt *statement = store_statement(registry, "spelling_candidates");
    store_bind(statement, ":party", party);
    store_bind(statement, ":words", words);
    while (store_step(registry, statement)) {
        struct spelling spelling = {
            .party = party,
            .latin = store_column_kept(registry, statement, 0),
            .person = store_column_kept(registry, statement, 1),
            .single = sqlite3_column_int(statement, 2) != 0,
        };
        vec_push(&registry->work, found, spelling);
    }
}

// A person whose line must be made again.
static void touch(struct registry *registry, person_vec *touched, struct slice person)
{
    for (uint32_t i = 0; i < touched->count; i++)
        if (slice_eq(touched->at[i], person))
            return;
    vec_push(&registry->work, touched, person);
}

static void rename_person(struct registry *registry, person_vec *touched, struct slice from, struct slice to)
{
    if (slice_eq(from, to))
        return;
    sqlite3_stmt *statement = store_statement(registry, "person_rename");
    store_bind(statement, ":person", from);
    store_bind(statement, ":to", to);
    store_run(registry, statement);
    touch(registry, touched, from);
    touch(registry, touched, to);
}

// The id that people gave by merging; at NULL: nobody did.
static struct slice merged_id(struct registry *registry, struct slice person)
{
    struct slice id = {NULL, 0};
    if (!registry->has_merges)
        return id;
    sqlite3_stmt *statement = store_statement(registry, "people_merges");
    store_bind(statement, ":person", person);
    while (store_step(registry, statement))
        id = store_column_kept(registry, statement, 1);
    return id;
}

// Gives the person the id that its longest spelling makes, or people gave it.
static void settle_id(struct registry *registry, person_vec *touched, struct slice party, struct slice person)
{
    struct slice id = merged_id(registry, person);
    if (!id.at) {
        sqlite3_stmt *statement = store_statement(registry, "spellings_of_person");
        store_bind(statement, ":person", person);
        if (!store_step(registry, statement))
            return;
        id = make_id(registry, party, store_column_kept(registry, statement, 0));
        sqlite3_reset(statement);
    }
    rename_person(registry, touched, person, id);
    touch(registry, touched, id);
}

// ---- a family name alone ------------------------------------------------------------------------------------------------------
// The persons whose full name holds the single name, or begins as its initials do.
static void fits_of(struct registry *registry, const struct spelling *single, const spelling_vec *all, person_vec *fits)
{
    struct name name, other;
    if (!name_read(registry->sounds, single->latin, &name))
        return;
    for (uint32_t i = 0; i < all->count; i++)
        if (!all->at[i].single && name_read(registry->sounds, all->at[i].latin, &other) &&
            name_compare(registry->sounds, &name, &other).degree != NAME_OTHER)     // the same: initials before a family name
            touch(registry, fits, all->at[i].person);
}

// One report that names somebody by the family name alone.
struct single_claim {
    int64_t document;
    struct slice local, office, portfolio, day, person;
};
typedef VEC(struct single_claim) single_claim_vec;

// Days to the nearest report that names the person, and that gives such an office; -1 none.
static void nearest(struct registry *registry, const struct single_claim *claim, struct slice person, double *ret_named, double *ret_held)
{
    sqlite3_stmt *statement = store_statement(registry, "person_nearest");
    store_bind(statement, ":person", person);
    store_bind(statement, ":day", claim->day);
    store_bind(statement, ":office", claim->office);
    store_bind(statement, ":portfolio", claim->portfolio);
    *ret_named = *ret_held = -1;
    if (store_step(registry, statement)) {
        *ret_named = sqlite3_column_type(statement, 0) == SQLITE_NULL ? -1 : sqlite3_column_double(statement, 0);
        *ret_held = sqlite3_column_type(statement, 1) == SQLITE_NULL ? -1 : sqlite3_column_double(statement, 1);
        sqlite3_reset(statement);
    }
}

// Who is meant; at NULL: nobody for certain. *ret_how says by what.
static struct slice meant(struct registry *registry, const struct single_claim *claim, const person_vec *fits, struct slice *ret_how)
{
    struct slice best = {NULL, 0};
    double best_held = OFFICE_DAYS + 1, named, held;
    bool tie = false;
    *ret_how = SLICE("a family name that fits several, none in this office then");
    if (fits->count == 1) {
        nearest(registry, claim, fits->at[0], &named, &held);
        bool office = held >= 0 && held <= OFFICE_DAYS;
        if (!office && named > FAR_DAYS) {
            *ret_how = arena_format(&registry->work, "a family name; %s is named no nearer than %.0f days away (at most %d)",
                    fits->at[0].at, named, FAR_DAYS);
            return best;
        }
        *ret_how = office ? arena_format(&registry->work, "a family name that fits one person; in this office %.0f days away", held)
                          : SLICE("a family name that fits one person");
        return fits->at[0];
    }
    for (uint32_t i = 0; claim->office.len && i < fits->count; i++) {
        nearest(registry, claim, fits->at[i], &named, &held);
        if (held < 0 || held > best_held)
            continue;
        tie = held == best_held;
        best = fits->at[i];
        best_held = held;
    }
    if (!best.at || tie)
        return (struct slice){NULL, 0};
    *ret_how = arena_format(&registry->work, "a family name that fits %u; in this office %.0f days away (at most %d)", fits->count,
            best_held, OFFICE_DAYS);
    return best;
}

// What a report changed: people whose lines are to be made again, and those of them who are other people than before in some report.
struct changed {
    person_vec touched, moved;
};

static void settle_claim(struct registry *registry, struct changed *changed, const struct single_claim *claim, struct slice person,
        struct slice how)
{
    sqlite3_stmt *statement = store_statement(registry, "person_claim_set");
    store_bind(statement, ":person", person);
    store_bind(statement, ":how", how);
    store_bind(statement, ":local", claim->local);
    store_bind_int(statement, ":document", claim->document);
    if (store_run(registry, statement))
        registry->moved += sqlite3_changes64(registry->db);
    if (claim->person.at && !slice_eq(claim->person, person)) {
        touch(registry, &changed->touched, claim->person);
        touch(registry, &changed->moved, claim->person);
        touch(registry, &changed->moved, person);
    }
    touch(registry, &changed->touched, person);
}

// The persons whom a family name fits, by its own words.
static void read_fits(struct registry *registry, const struct spelling *single, person_vec *fits)
{
    char key[NAME_KEY_MAX];
    struct name name;
    spelling_vec all = {0};
    if (!name_read(registry->sounds, single->latin, &name))
        return;
    find_candidates(registry, single->party, key_words(registry, slice_make(key, name_key(registry->sounds, &name, key))), &all);
    fits_of(registry, single, &all, fits);
}

// Reports that name somebody by this family name: all, those of some days, or (`document` not 0) one.
struct stretch {
    struct slice from, until;       // at NULL: open
    int64_t document;
};

static void settle_single(struct registry *registry, struct changed *changed, const struct spelling *single, const person_vec *fits,
        const struct stretch *stretch)
{
    single_claim_vec claims = {0};
    struct slice alone = make_id(registry, single->party, single->latin), how;
    sqlite3_stmt *statement = store_statement(registry, "single_claims");
    store_bind(statement, ":party", single->party);
    store_bind(statement, ":latin", single->latin);
    store_bind(statement, ":from", stretch->from);
    store_bind(statement, ":until", stretch->until);
    if (stretch->document)
        store_bind_int(statement, ":document", stretch->document);
    while (store_step(registry, statement)) {
        struct single_claim claim = {sqlite3_column_int64(statement, 0), store_column_kept(registry, statement, 1),
            store_column_kept(registry, statement, 2), store_column_kept(registry, statement, 3), store_column_kept(registry, statement, 4),
            store_column_kept(registry, statement, 5)};
        vec_push(&registry->work, &claims, claim);
    }
    for (uint32_t i = 0; i < claims.count && !registry->status; i++) {
        struct slice person = fits->count ? meant(registry, &claims.at[i], fits, &how) : (struct slice){NULL, 0};
        if (!fits->count)
            how = SLICE("name");
        settle_claim(registry, changed, &claims.at[i], person.at ? person : alone, how);
    }
}

static void settle_whole_single(struct registry *registry, struct changed *changed, const struct spelling *single)
{
    person_vec fits = {0};
    read_fits(registry, single, &fits);
    settle_single(registry, changed, single, &fits, &(struct stretch){0});
}

// ---- spellings --------------------------------------------------------------------------------------------------------------
static void add_keys(struct registry *registry, const struct spelling *spelling, struct slice key)
{
    for (struct slice rest = key; rest.len;) {
        sqlite3_stmt *statement = store_statement(registry, "spelling_key_insert");
        store_bind(statement, ":party", spelling->party);
        store_bind(statement, ":word", slice_cut(&rest, ' '));
        store_bind(statement, ":latin", spelling->latin);
        store_bind_int(statement, ":single", spelling->single);
        store_run(registry, statement);
    }
}

static void add_spelling(struct registry *registry, person_vec *touched, struct spelling *spelling)
{
    char key_text[NAME_KEY_MAX];
    struct name name, other;
    struct slice key = SLICE("");
    bool sounds = name_read(registry->sounds, spelling->latin, &name);
    if (sounds)
        key = slice_make(key_text, name_key(registry->sounds, &name, key_text));
    spelling->single = sounds && name.full_count < 2;
    struct slice words = key_words(registry, key), person = make_id(registry, spelling->party, spelling->latin);
    spelling_vec found = {0};
    if (sounds && !spelling->single)
        find_candidates(registry, spelling->party, words, &found);
    sqlite3_stmt *statement = store_statement(registry, "spelling_insert");
    store_bind(statement, ":party", spelling->party);
    store_bind(statement, ":latin", spelling->latin);
    store_bind(statement, ":person", person);
    store_bind_int(statement, ":single", spelling->single);
    store_run(registry, statement);
    add_keys(registry, spelling, key);
    for (uint32_t i = 0; i < found.count; i++)
        if (!found.at[i].single && name_read(registry->sounds, found.at[i].latin, &other) &&
            name_compare(registry->sounds, &name, &other).degree == NAME_SAME)
            rename_person(registry, touched, found.at[i].person, person);
    settle_id(registry, touched, spelling->party, person);
}

static void read_spellings(struct registry *registry, const char *name, struct slice party, int64_t document, spelling_vec *spellings)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":party", party);
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement)) {
        struct spelling spelling = {.party = store_column_kept(registry, statement, 0), .latin = store_column_kept(registry, statement, 1)};
        if (sqlite3_column_count(statement) > 2) {
            spelling.person = store_column_kept(registry, statement, 2);
            spelling.single = sqlite3_column_int(statement, 3) != 0;
        }
        vec_push(&registry->work, spellings, spelling);
    }
}

static void add_spellings(struct registry *registry, person_vec *touched, int64_t document, spelling_vec *ret_spellings)
{
    read_spellings(registry, "spellings_new", (struct slice){NULL, 0}, document, ret_spellings);
    for (uint32_t i = 0; i < ret_spellings->count && !registry->status; i++)
        add_spelling(registry, touched, &ret_spellings->at[i]);
}

static void run_for_person(struct registry *registry, const char *name, struct slice person)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":person", person);
    store_run(registry, statement);
}

// The lines of the people who were touched: made again, or gone.
static void gather(struct registry *registry, const person_vec *touched)
{
    for (uint32_t i = 0; i < touched->count && !registry->status; i++) {
        run_for_person(registry, "people_forget", touched->at[i]);
        person_line(registry, touched->at[i]);
    }
}

// The sessions that these people chaired: who is one person tells who chaired.
static void renew_sessions(struct registry *registry, const person_vec *people)
{
    link_vec links = {0};
    for (uint32_t i = 0; i < people->count; i++) {
        sqlite3_stmt *statement = store_statement(registry, "links_chaired");
        store_bind(statement, ":person", people->at[i]);
        while (store_step(registry, statement))
            touch(registry, &links, store_column_kept(registry, statement, 0));
    }
    derive_sessions(registry, &links);
}

static bool holds(const person_vec *people, struct slice person)
{
    for (uint32_t i = 0; i < people->count; i++)
        if (slice_eq(people->at[i], person))
            return true;
    return false;
}

static void add_singles_with(struct registry *registry, const struct spelling *spelling, spelling_vec *singles)
{
    char key[NAME_KEY_MAX];
    struct name name;
    uint32_t before = singles->count;
    if (!name_read(registry->sounds, spelling->latin, &name))
        return;
    sqlite3_stmt *statement = store_statement(registry, "singles_with_words");
    store_bind(statement, ":party", spelling->party);
    store_bind(statement, ":words", key_words(registry, slice_make(key, name_key(registry->sounds, &name, key))));
    while (store_step(registry, statement)) {
        struct spelling single = {.party = spelling->party, .latin = store_column_kept(registry, statement, 0), .single = true};
        bool known = false;
        for (uint32_t i = 0; i < before && !known; i++)
            known = slice_eq(singles->at[i].party, single.party) && slice_eq(singles->at[i].latin, single.latin);
        if (!known)
            vec_push(&registry->work, singles, single);
    }
}

// The family names alone that share a word with a spelling of the person.
static void read_singles_of(struct registry *registry, struct slice person, spelling_vec *singles)
{
    spelling_vec spellings = {0};
    sqlite3_stmt *statement = store_statement(registry, "all_spellings_of_person");
    store_bind(statement, ":person", person);
    while (store_step(registry, statement)) {
        struct spelling spelling = {.party = store_column_kept(registry, statement, 0), .latin = store_column_kept(registry, statement, 1)};
        vec_push(&registry->work, &spellings, spelling);
    }
    for (uint32_t i = 0; i < spellings.count; i++)
        add_singles_with(registry, &spellings.at[i], singles);
}

// The days of the reports that this one may be the nearest to, for each naming of a person in the document.
struct naming {
    struct slice person;
    struct stretch stretch;
};
typedef VEC(struct naming) naming_vec;

static void read_namings(struct registry *registry, int64_t document, naming_vec *namings)
{
    sqlite3_stmt *statement = store_statement(registry, "namings_of_document");
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement)) {
        struct naming naming = {store_column_kept(registry, statement, 0), {store_column_kept(registry, statement, 1),
                store_column_kept(registry, statement, 2), 0}};
        vec_push(&registry->work, namings, naming);
    }
}

// Family names in other reports whose nearest report the document is now.
static void settle_near(struct registry *registry, struct changed *changed, int64_t document, const person_vec *renamed)
{
    naming_vec namings = {0};
    read_namings(registry, document, &namings);
    for (uint32_t i = 0; i < namings.count && !registry->status; i++) {
        spelling_vec singles = {0};
        if (holds(renamed, namings.at[i].person))
            continue;       // settled whole
        read_singles_of(registry, namings.at[i].person, &singles);
        for (uint32_t k = 0; k < singles.count; k++) {
            person_vec fits = {0};
            read_fits(registry, &singles.at[k], &fits);
            if (holds(&fits, namings.at[i].person))
                settle_single(registry, changed, &singles.at[k], &fits, &namings.at[i].stretch);
        }
    }
}

void people_link(struct registry *registry, int64_t document)
{
    struct changed changed = {0};
    person_vec renamed = {0};
    spelling_vec added = {0}, spellings = {0};
    add_spellings(registry, &renamed, document, &added);
    for (uint32_t i = 0; i < renamed.count && !registry->status; i++) {
        touch(registry, &changed.touched, renamed.at[i]);
        touch(registry, &changed.moved, renamed.at[i]);
        run_for_person(registry, "person_claims_settle", renamed.at[i]);
    }
    sqlite3_stmt *statement = store_statement(registry, "person_claims_settle_document");
    store_bind_int(statement, ":document", document);
    store_run(registry, statement);
    for (uint32_t i = 0; i < renamed.count; i++) {
        spelling_vec singles = {0};
        read_singles_of(registry, renamed.at[i], &singles);
        for (uint32_t k = 0; k < singles.count && !registry->status; k++)
            settle_whole_single(registry, &changed, &singles.at[k]);
    }
    read_spellings(registry, "spellings_of_document", (struct slice){NULL, 0}, document, &spellings);
    for (uint32_t i = 0; i < spellings.count && !registry->status; i++) {
        person_vec fits = {0};
        if (!spellings.at[i].single) {
            touch(registry, &changed.touched, spellings.at[i].person);
            continue;
        }
        read_fits(registry, &spellings.at[i], &fits);
        settle_single(registry, &changed, &spellings.at[i], &fits, &(struct stretch){.document = document});
    }
    settle_near(registry, &changed, document, &renamed);
    gather(registry, &changed.touched);
    renew_sessions(registry, &changed.moved);
    for (uint32_t i = 0; i < spellings.count; i++)
        derive_edits(registry, spellings.at[i].party);
}

// A spelling that was looked up lately, so that most reports of a rebuild ask the file for none.
#define KNOWN_SPELLINGS 16384u
#define KNOWN_KEY 126
struct known_spelling {
    uint8_t len;                // of party and name; 0: none
    bool single;
    char key[KNOWN_KEY];
};

static struct known_spelling *known_slot(struct registry *registry, struct slice party, struct slice latin, char key[KNOWN_KEY],
        size_t *ret_len)
{
    *ret_len = 0;
    if (!registry->known_spellings)
        registry->known_spellings = calloc(KNOWN_SPELLINGS, sizeof *registry->known_spellings);
    if (!registry->known_spellings || party.len + latin.len + 1 > KNOWN_KEY)
        return NULL;            // looked up each time
    memcpy(key, party.at, party.len);
    key[party.len] = '/';
    memcpy(key + party.len + 1, latin.at, latin.len);
    *ret_len = party.len + 1 + latin.len;
    return &registry->known_spellings[slice_hash(slice_make(key, *ret_len)) % KNOWN_SPELLINGS];
}

static bool is_known(struct registry *registry, struct slice party, struct slice latin)
{
    sqlite3_stmt *statement = store_statement(registry, "spelling_find");
    store_bind(statement, ":party", party);
    store_bind(statement, ":latin", latin);
    bool found = store_step(registry, statement);
    if (statement)
        sqlite3_reset(statement);
    return found;
}

struct slice people_alone(struct registry *registry, struct slice party, struct slice latin, bool *ret_single)
{
    char key[KNOWN_KEY];
    size_t len;
    struct name name;
    const struct known_spelling *slot = known_slot(registry, party, latin, key, &len);
    if (slot && slot->len == len && memcmp(slot->key, key, len) == 0)
        *ret_single = slot->single;
    else
        *ret_single = name_read(registry->sounds, latin, &name) && name.full_count < 2;
    return make_id(registry, party, latin);
}

struct slice people_settled(struct registry *registry, struct slice party, struct slice latin, struct slice *ret_how)
{
    struct slice person = {NULL, 0};
    sqlite3_stmt *statement = store_statement(registry, "spelling_settled");
    store_bind(statement, ":party", party);
    store_bind(statement, ":latin", latin);
    if (store_step(registry, statement)) {
        person = store_column_kept(registry, statement, 0);
        *ret_how = store_column_kept(registry, statement, 1);
        sqlite3_reset(statement);
    }
    return person;
}

void people_note(struct registry *registry, struct slice party, struct slice latin, bool single)
{
    char key[KNOWN_KEY];
    size_t len;
    struct known_spelling *slot = known_slot(registry, party, latin, key, &len);
    if (slot && slot->len == len && memcmp(slot->key, key, len) == 0)
        return;
    if (!is_known(registry, party, latin)) {
        struct spelling spelling = {.party = party, .latin = latin};
        person_vec touched = {0};
        add_spelling(registry, &touched, &spelling);
    }
    if (slot && !registry->status) {
        slot->len = (uint8_t)len;
        slot->single = single;
        memcpy(slot->key, key, len);
    }
}

void people_note_all(struct registry *registry)
{
    bool single;
    sqlite3_stmt *statement = store_statement(registry, "spellings_said");
    while (store_step(registry, statement)) {
        struct slice party = store_column(statement, 0), latin = store_column(statement, 1);
        rebuild_forget_work(registry);
        people_alone(registry, party, latin, &single);
        people_note(registry, party, latin, single);
    }
}

// Merges that people decided, as renamings of whole persons.
static void apply_merges(struct registry *registry, person_vec *touched)
{
    spelling_vec merges = {0};      // latin: target, person: value
    sqlite3_stmt *statement = store_statement(registry, "people_merges");
    while (store_step(registry, statement)) {
        struct spelling merge = {.latin = store_column_kept(registry, statement, 0), .person = store_column_kept(registry, statement, 1)};
        vec_push(&registry->work, &merges, merge);
    }
    for (uint32_t i = 0; i < merges.count && !registry->status; i++) {
        struct slice ids[2] = {merges.at[i].latin, merges.at[i].person};
        for (int k = 0; k < 2; k++) {
            statement = store_statement(registry, "spelling_person");
            store_bind(statement, ":alone", ids[k]);
            if (store_step(registry, statement)) {
                ids[k] = store_column_kept(registry, statement, 0);
                sqlite3_reset(statement);
            }
        }
        rename_person(registry, touched, ids[0], merges.at[i].person);
        rename_person(registry, touched, ids[1], merges.at[i].person);
    }
}

static void run_for_party(struct registry *registry, const char *name, struct slice party)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":party", party);
    store_run(registry, statement);
}

// Family names alone, of a party or of all, after the others are settled.
static void settle_singles(struct registry *registry, struct changed *changed, struct slice party)
{
    spelling_vec singles = {0};
    read_spellings(registry, "spellings_single", party, 0, &singles);
    for (uint32_t i = 0; i < singles.count && !registry->status; i++)
        settle_whole_single(registry, changed, &singles.at[i]);
}

void people_know_none(struct registry *registry)
{
    free(registry->known_spellings);
    registry->known_spellings = NULL;
}

void people_link_all(struct registry *registry)
{
    static const struct slice all = {NULL, 0};
    struct changed changed = {0};
    people_know_none(registry);
    if (registry->has_merges)
        apply_merges(registry, &changed.touched);
    run_for_party(registry, "person_claims_settle_all", all);
    registry->moved += sqlite3_changes64(registry->db);
    if (!registry->keeps_rows) {
        store_rest(registry);
        store_script(registry, "schema_people");
    }
    settle_singles(registry, &changed, all);
    person_lines(registry);
}

static void read_people_of(struct registry *registry, struct slice party, person_vec *people)
{
    sqlite3_stmt *statement = store_statement(registry, "people_of_party");
    store_bind(statement, ":party", party);
    while (store_step(registry, statement))
        touch(registry, people, store_column_kept(registry, statement, 0));
}

void people_merge(struct registry *registry, struct slice party, struct slice other)
{
    static const char *const clear[] = {"spellings_clear", "spelling_keys_clear"};
    struct slice parties[] = {party, other};
    size_t count = slice_eq(party, other) ? 1 : 2;
    struct changed changed = {0};
    for (size_t k = 0; k < count; k++) {
        read_people_of(registry, parties[k], &changed.touched);
        for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
            run_for_party(registry, clear[i], parties[k]);
    }
    for (size_t k = 0; k < count; k++) {
        spelling_vec spellings = {0};
        read_spellings(registry, "spellings_of_party", parties[k], 0, &spellings);
        for (uint32_t i = 0; i < spellings.count && !registry->status; i++)
            add_spelling(registry, &changed.touched, &spellings.at[i]);
    }
    apply_merges(registry, &changed.touched);
    for (size_t k = 0; k < count; k++) {
        sqlite3_stmt *statement = store_statement(registry, "people_moved");
        store_bind(statement, ":party", parties[k]);
        while (store_step(registry, statement))
            touch(registry, &changed.moved, store_column_kept(registry, statement, 0));
        run_for_party(registry, "person_claims_settle_all", parties[k]);
    }
    for (size_t k = 0; k < count; k++) {
        settle_singles(registry, &changed, parties[k]);
        read_people_of(registry, parties[k], &changed.touched);
    }
    gather(registry, &changed.touched);
    renew_sessions(registry, &changed.moved);
}
