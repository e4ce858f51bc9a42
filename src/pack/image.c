// SPDX-License-Identifier: MIT
// One description of the tables serves writing and reading: `walk_pack` names every table of a pack in a fixed order; while an image is
// written each call appends its table and notes where it lies, while one is read each call takes the next note.
//
// Layout: a head; for the world and each pack a row of notes (numbers: counts, and offsets of tables from the image's begin); the tables,
// each aligned to 16 bytes. In tables with pointers (lexemes, rules, names) a pointer is the offset of what it points to: they are copied
// when they are read and the image's address is added. All other tables, which are nearly all of it, are used where they lie.
//
// Invariants: 1. an image is written and read by programs with the same layout of the structs: the head holds their sizes. 2. what is
// written depends on the packs alone: no address, no uninitialised byte goes into it, so that the same packs give the same image.
#include "pack/image.h"

#include <assert.h>
#include <stdlib.h>

#include "pack/sounds.h"
#include "pack/trie.h"

#define IMAGE_FORMAT 1u
#define IMAGE_MAX_PACKS 64u
#define IMAGE_MAX_BYTES ((size_t)1 << 30)
#define TAG_BYTES 16
#define ALIGNMENT 16u

static const uint32_t layout[] = {
    IMAGE_FORMAT, sizeof(void *), sizeof(struct lexeme), sizeof(struct rule), sizeof(struct pack_group), sizeof(struct word_slot),
    sizeof(struct trie_node), sizeof(struct pack_form), sizeof(struct party), sizeof(struct city), sizeof(struct concept),
    sizeof(struct sound_rule), sizeof(struct sound_likeness), sizeof(struct sound_word), LEXICON_KIND_COUNT, GRAMMAR_CLASS_COUNT,
    FEATURE_COUNT, OFFICE_COUNT, SECTOR_COUNT, STANCE_COUNT,
};

struct image_part {
    char tag[TAG_BYTES];        // of the language; empty: the world
    uint64_t notes, count;      // where its notes lie, and how many they are
};

struct image_head {
    char magic[8];
    uint32_t layout[sizeof layout / sizeof *layout];
    uint32_t parts;
    struct image_part part[1 + IMAGE_MAX_PACKS];
};

static const char magic[8] = "karar.1";

// An image being written (`out` set) or read.
struct walker {
    struct arena *arena;
    struct buf *out;
    VEC(uint64_t) notes;
    const char *base;
    const uint64_t *next, *end;
};

// ---- the smallest steps ---------------------------------------------------------------------------------------------------
static void number(struct walker *w, uint32_t *value)
{
    if (w->out) {
        vec_push(w->arena, &w->notes, *value);
        return;
    }
    assert(w->next < w->end);
    *value = (uint32_t)*w->next++;
}

// Appends a table; returns its offset.
static uint64_t append(struct walker *w, const void *at, size_t size)
{
    static const char zeros[ALIGNMENT] = {0};
    if (w->out->len % ALIGNMENT)
        buf_add(w->out, slice_make(zeros, ALIGNMENT - w->out->len % ALIGNMENT));
    uint64_t offset = w->out->len;
    if (size)
        buf_add(w->out, slice_make(at, size));
    return offset;
}

// A table that is used where it lies.
static void *table(struct walker *w, void *at, size_t size)
{
    if (w->out) {
        vec_push(w->arena, &w->notes, append(w, at, size));
        return at;
    }
    assert(w->next < w->end);
    return (char *)(uintptr_t)w->base + *w->next++;     // never written to: packs are read-only once they are loaded
}

// A table of which the reader, too, has a copy of its own, with pointers to be set right; own_done closes it.
static void *own(struct walker *w, const void *at, size_t size)
{
    const void *from = w->out ? at : table(w, NULL, 0);
    void *copy = arena_alloc(w->arena, size);
    if (size)
        memcpy(copy, from, size);
    return copy;
}

static void own_done(struct walker *w, const void *copy, size_t size)
{
    if (w->out)
        vec_push(w->arena, &w->notes, append(w, copy, size));
}

// A pointer in a copied table, to `size` bytes.
static const void *pointer(struct walker *w, const void *at, size_t size)
{
    if (size == 0)
        return NULL;
    if (!w->out)
        return w->base + (uintptr_t)at;
    uint64_t offset = w->out->len;
    if (offset % 2)     // party lists are of two bytes
        buf_add_char(w->out, 0);
    offset = w->out->len;
    buf_add(w->out, slice_make(at, size));
    return (const void *)(uintptr_t)offset;
}

static void text(struct walker *w, struct slice *slice)
{
    slice->at = pointer(w, slice->at, slice->len);
}

#define TABLE_VEC(w, vec)                                                                       \
    do {                                                                                        \
        number((w), &(vec)->count);                                                             \
        (vec)->at = table((w), (vec)->at, (vec)->count * sizeof *(vec)->at);                    \
        (vec)->room = (vec)->count;                                                             \
    } while (0)

// Nothing is known of the bytes between a struct's members: an image holds none that does not depend on the packs alone.
#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
#define CLEAR_PADDING(at) __builtin_clear_padding(at)
#endif
#endif
#ifndef CLEAR_PADDING
#define CLEAR_PADDING(at) ((void)(at))
#endif

// A vector of structs with pointers; `each` sets those of `one` right.
#define OWN_VEC(w, vec, one, each)                                                              \
    do {                                                                                        \
        number((w), &(vec)->count);                                                             \
        (vec)->at = own((w), (vec)->at, (vec)->count * sizeof *(vec)->at);                      \
        (vec)->room = (vec)->count;                                                             \
        for (uint32_t index = 0; index < (vec)->count; index++) {                               \
            one = &(vec)->at[index];                                                            \
            each;                                                                               \
            if ((w)->out)                                                                       \
                CLEAR_PADDING(one);                                                             \
        }                                                                                       \
        own_done((w), (vec)->at, (vec)->count * sizeof *(vec)->at);                             \
    } while (0)

// ---- what there is --------------------------------------------------------------------------------------------------------
static void walk_words(struct walker *w, struct words *words)
{
    number(w, &words->count);
    number(w, &words->room);
    number(w, &words->keys_len);
    words->slots = table(w, words->slots, words->room * sizeof *words->slots);
    words->keys = table(w, words->keys, words->keys_len);
    words->keys_room = words->keys_len;
}

static void walk_trie(struct walker *w, struct trie *trie)
{
    uint32_t forms = trie->listed.count;
    number(w, &forms);
    number(w, &trie->words);
    number(w, &trie->edge_count);
    number(w, &trie->edge_room);
    TABLE_VEC(w, &trie->nodes);
    trie->edges = table(w, trie->edges, trie->edge_room * sizeof *trie->edges);
    trie->forms = table(w, trie->forms, forms * sizeof *trie->forms);
}

static void walk_world(struct walker *w, struct world *world, struct sound_tables *sounds)
{
    struct party *party;
    struct city *city;
    struct concept *concept;
    struct sound_rule *rule;
    struct sound_likeness *likeness;
    struct sound_word *word;
    OWN_VEC(w, &world->parties, party, (text(w, &party->code), text(w, &party->name), text(w, &party->alpha2)));
    OWN_VEC(w, &world->cities, city, text(w, &city->name));
    OWN_VEC(w, &world->concepts, concept, text(w, &concept->id));
    memmove(world->commitment_under, table(w, world->commitment_under, sizeof world->commitment_under), sizeof world->commitment_under);
    memmove(world->instrument_under, table(w, world->instrument_under, sizeof world->instrument_under), sizeof world->instrument_under);
    memmove(world->meeting_under, table(w, world->meeting_under, sizeof world->meeting_under), sizeof world->meeting_under);
    walk_words(w, &world->party_by_code);
    walk_words(w, &world->city_by_name);
    walk_words(w, &world->concept_by_id);
    OWN_VEC(w, &sounds->rules, rule, (text(w, &rule->letters), text(w, &rule->sounds)));
    OWN_VEC(w, &sounds->likeness, likeness, (void)likeness);
    OWN_VEC(w, &sounds->words, word, (text(w, &word->word), text(w, &word->sounds)));
    world->sounds = sounds;
}

static void walk_pack(struct walker *w, struct pack *pack)
{
    struct lexeme *lexeme;
    struct rule *rule;
    struct slice *slice;
    OWN_VEC(w, &pack->lexemes, lexeme,
            (text(w, &lexeme->text), lexeme->parties = pointer(w, lexeme->parties, lexeme->party_count * sizeof *lexeme->parties)));
    OWN_VEC(w, &pack->rules, rule, (text(w, &rule->id), memset(&rule->examples, 0, sizeof rule->examples)));
    TABLE_VEC(w, &pack->groups);
    TABLE_VEC(w, &pack->common_words);
    walk_words(w, &pack->words);
    walk_words(w, &pack->abbreviations);
    walk_words(w, &pack->romanised_words);
    walk_words(w, &pack->spelling_from);
    walk_words(w, &pack->spelt);
    OWN_VEC(w, &pack->romanisation_from, slice, text(w, slice));
    OWN_VEC(w, &pack->romanisation_to, slice, text(w, slice));
    OWN_VEC(w, &pack->romanised_to, slice, text(w, slice));
    OWN_VEC(w, &pack->spelling_to, slice, text(w, slice));
    walk_trie(w, pack->trie);
}

// ---- writing --------------------------------------------------------------------------------------------------------------
static void close_part(struct walker *w, struct image_head *head, struct slice tag)
{
    struct image_part *part = &head->part[head->parts++];
    memcpy(part->tag, tag.at, tag.len);
    part->count = w->notes.count;
    part->notes = append(w, w->notes.at, w->notes.count * sizeof *w->notes.at);
    w->notes.count = 0;
}

enum status image_write(struct buf *out, struct world *world, struct pack *const *packs, uint32_t count)
{
    struct image_head head = {.parts = 0};
    struct arena arena;
    arena_init(&arena, NULL, IMAGE_MAX_BYTES);
    enum status status = ARENA_CATCH(&arena);
    if (!status) {
        struct walker w = {.arena = &arena, .out = out};
        memcpy(head.magic, magic, sizeof head.magic);
        memcpy(head.layout, layout, sizeof layout);
        append(&w, &head, sizeof head);
        struct world copy = *world;     // the walk puts offsets in place of pointers
        struct sound_tables sounds = *world->sounds;
        walk_world(&w, &copy, &sounds);
        close_part(&w, &head, SLICE(""));
        for (uint32_t i = 0; i < count && !status; i++) {
            struct pack pack = *packs[i];
            struct trie trie = *packs[i]->trie;
            pack.trie = &trie;
            if (i == IMAGE_MAX_PACKS || pack.config.language.len >= TAG_BYTES)
                status = STATUS_LIMIT;
            else
                walk_pack(&w, &pack);
            if (!status)
                close_part(&w, &head, pack.config.language);
        }
        if (!out->failed)
            memcpy(out->at, &head, sizeof head);
    }
    arena_finish(&arena);
    return status ? status : out->failed;
}

// ---- reading --------------------------------------------------------------------------------------------------------------
bool image_fits(struct slice image)
{
    const struct image_head *head = (const void *)image.at;
    return image.len >= sizeof *head && memcmp(head->magic, magic, sizeof magic) == 0 && memcmp(head->layout, layout, sizeof layout) == 0;
}

static bool open_part(struct walker *w, struct arena *arena, struct slice image, struct slice tag)
{
    const struct image_head *head = (const void *)image.at;
    for (uint32_t i = 0; image_fits(image) && i < head->parts; i++) {
        const struct image_part *part = &head->part[i];
        if (!slice_eq(slice_from(part->tag), tag))
            continue;
        const uint64_t *notes = (const void *)(image.at + part->notes);
        *w = (struct walker){.arena = arena, .base = image.at, .next = notes, .end = notes + part->count};
        return true;
    }
    return false;
}

struct world *image_world(struct arena *arena, struct slice image)
{
    struct walker w;
    if (!open_part(&w, arena, image, SLICE("")))
        return NULL;
    struct world *world = ARENA_NEW(arena, struct world);
    walk_world(&w, world, ARENA_NEW(arena, struct sound_tables));
    return world;
}

struct pack *image_pack(struct arena *arena, struct slice image, const struct world *world, const struct pack_config *config,
                        const pack_file_vec *files)
{
    struct walker w;
    if (!open_part(&w, arena, image, config->language))
        return NULL;
    struct pack *pack = ARENA_NEW(arena, struct pack);
    pack->arena = arena;
    pack->world = world;
    pack->config = *config;
    pack->trie = ARENA_NEW(arena, struct trie);
    for (uint32_t i = 0; i < files->count; i++)
        vec_push(arena, &pack->files, files->at[i].path);
    walk_pack(&w, pack);
    pack_index_romanisation(arena, pack);
    return pack;
}
