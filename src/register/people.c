// SPDX-License-Identifier: MIT
// Which spellings are one person.
//
// Spellings of one party are nodes; two whose names compare as the same are joined; a person is a connected component, so that the answer
// does not depend on the order in which reports came. Candidates are found by the consonants of the words of a name (spelling_key). A
// person's id is made of the party and the longest spelling in Latin letters. A family name alone joins a person if there is only one whom
// it fits; it never joins two persons.
#include "register/store.h"

#define ID_MAX 160

struct spelling {
    struct slice party, latin, person;
    bool single;
};
typedef VEC(struct spelling) spelling_vec;

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
    while (len > 0 && id[len - 1] == '-')
        len--;
    while (len > 0 && len == ID_MAX && ((unsigned char)id[len - 1] & 0x80) != 0)
        len--;      // no half character at the cut
    return slice_make(id, len);
}

// The words of a key as a JSON array: they are capital letters and digits.
static struct slice key_words(struct registry *registry, struct slice key)
{
    char *out = arena_alloc(&registry->work, key.len * 3 + 8);
    size_t len = 0;
    out[len++] = '[';
    for (struct slice rest = key; rest.at && rest.len;) {
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

static void rename_person(struct registry *registry, struct slice from, struct slice to)
{
    if (slice_eq(from, to))
        return;
    sqlite3_stmt *statement = store_statement(registry, "person_rename");
    store_bind(statement, ":person", from);
    store_bind(statement, ":to", to);
    store_run(registry, statement);
}

// Gives the person the id that its longest spelling makes; returns it.
static struct slice settle_id(struct registry *registry, struct slice party, struct slice person)
{
    sqlite3_stmt *statement = store_statement(registry, "spellings_of_person");
    store_bind(statement, ":person", person);
    if (!store_step(registry, statement))
        return person;
    struct slice id = make_id(registry, party, store_column_kept(registry, statement, 0));
    rename_person(registry, person, id);
    return id;
}

static void move_spelling(struct registry *registry, const struct spelling *spelling, struct slice person)
{
    sqlite3_stmt *statement = store_statement(registry, "spelling_move");
    store_bind(statement, ":party", spelling->party);
    store_bind(statement, ":latin", spelling->latin);
    store_bind(statement, ":person", person);
    store_run(registry, statement);
}

// The only person whose full name holds the single name; at NULL: none or several.
static struct slice only_fit(struct registry *registry, const struct spelling *single, const spelling_vec *all)
{
    struct slice fit = {NULL, 0};
    struct name name, other;
    if (!name_read(registry->sounds, single->latin, &name))
        return fit;
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->at[i].single || !name_read(registry->sounds, all->at[i].latin, &other) ||
            name_compare(registry->sounds, &name, &other).degree != NAME_PART)
            continue;
        if (fit.at && !slice_eq(fit, all->at[i].person))
            return (struct slice){NULL, 0};
        fit = all->at[i].person;
    }
    return fit;
}

// Family names alone that share a word with a new spelling are looked at again.
static void settle_singles(struct registry *registry, struct slice party, struct slice words)
{
    spelling_vec all = {0};
    find_candidates(registry, party, words, &all);
    for (uint32_t i = 0; i < all.count; i++) {
        if (!all.at[i].single)
            continue;
        struct slice fit = only_fit(registry, &all.at[i], &all);
        move_spelling(registry, &all.at[i], fit.at ? fit : make_id(registry, party, all.at[i].latin));
    }
}

static void add_keys(struct registry *registry, const struct spelling *spelling, struct slice key)
{
    for (struct slice rest = key; rest.at && rest.len;) {
        sqlite3_stmt *statement = store_statement(registry, "spelling_key_insert");
        store_bind(statement, ":party", spelling->party);
        store_bind(statement, ":word", slice_cut(&rest, ' '));
        store_bind(statement, ":latin", spelling->latin);
        store_run(registry, statement);
    }
}

static void add_spelling(struct registry *registry, struct spelling *spelling)
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
            rename_person(registry, found.at[i].person, person);
    settle_id(registry, spelling->party, person);
    if (sounds)
        settle_singles(registry, spelling->party, words);
}

void people_link(struct registry *registry, int64_t document)
{
    spelling_vec spellings = {0};
    sqlite3_stmt *statement = store_statement(registry, "spellings_new");
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement)) {
        struct spelling spelling = {.party = store_column_kept(registry, statement, 0), .latin = store_column_kept(registry, statement, 1)};
        vec_push(&registry->work, &spellings, spelling);
    }
    for (uint32_t i = 0; i < spellings.count && !registry->status; i++)
        add_spelling(registry, &spellings.at[i]);
}
