// SPDX-License-Identifier: MIT
// From the tables of packs/shared to what reading and comparing need: numbers for sounds, a square of costs, maps by letters.
//
// Sounds get numbers from 1 in the order of likeness.tsv; 0 is silence, so the cost of leaving a sound out stands in the same square.
// A pair that the table does not name costs what leaving out the one and putting in the other costs, at most FARTHEST. Rules are found
// by their letters, anchors included, so that reading asks for the longest group first.
#include "name/sounds.h"

#include "unicode/utf8.h"

#define FARTHEST 100u

static void fill_costs(struct name_sounds *sounds, const struct sound_tables *tables)
{
    uint8_t count = 1;
    for (uint32_t i = 0; i < tables->likeness.count; i++) {
        const struct sound_likeness *row = &tables->likeness.at[i];
        if (row->b != SOUND_SILENT)
            continue;
        sounds->number[(unsigned char)row->a] = count;
        sounds->cost[count][0] = sounds->cost[0][count] = row->cost;
        sounds->key[count++] = row->key;
    }
    for (uint8_t a = 1; a < count; a++) {
        for (uint8_t b = 1; b < count; b++) {
            unsigned apart = sounds->cost[a][0] + sounds->cost[b][0];
            sounds->cost[a][b] = (uint8_t)(a == b ? 0 : apart < FARTHEST ? apart : FARTHEST);
        }
    }
    for (uint32_t i = 0; i < tables->likeness.count; i++) {
        const struct sound_likeness *row = &tables->likeness.at[i];
        if (row->b == SOUND_SILENT)
            continue;
        uint8_t a = sounds->number[(unsigned char)row->a], b = sounds->number[(unsigned char)row->b];
        sounds->cost[a][b] = sounds->cost[b][a] = row->cost;
    }
}

static void index_rules(struct arena *arena, struct name_sounds *sounds, const struct sound_tables *tables)
{
    map_init(&sounds->letters, arena, 400);
    map_init(&sounds->rules, arena, tables->rules.count * 2);
    sounds->rule = tables->rules.at;
    for (uint32_t i = 0; i < tables->rules.count; i++) {
        const struct sound_rule *rule = &tables->rules.at[i];
        struct slice key = arena_format(arena, "%s%.*s%s", rule->at_begin ? "^" : "", (int)rule->letters.len, rule->letters.at,
                                        rule->at_end ? "$" : "");
        map_put(&sounds->rules, key, i + 1);
        for (size_t offset = 0, begin = 0; offset < rule->letters.len; begin = offset) {
            utf8_next(rule->letters.at, &offset);
            map_put(&sounds->letters, slice_make(rule->letters.at + begin, offset - begin), 1);
        }
    }
}

static void index_words(struct arena *arena, struct name_sounds *sounds, const struct sound_tables *tables)
{
    map_init(&sounds->words, arena, tables->words.count * 2);
    sounds->word = tables->words.at;
    for (uint32_t i = 0; i < tables->words.count; i++)
        map_put(&sounds->words, tables->words.at[i].word, i + 1);
}

static const struct name_sounds *make(struct arena *arena, const struct sound_tables *tables)
{
    struct name_sounds *sounds = ARENA_NEW(arena, struct name_sounds);
    fill_costs(sounds, tables);
    index_rules(arena, sounds, tables);
    index_words(arena, sounds, tables);
    return sounds;
}

const struct name_sounds *name_sounds_make(struct arena *arena, const struct world *world)
{
    return make(arena, world->sounds);
}

enum status name_sounds_embedded(struct arena *arena, const struct name_sounds **ret_sounds, struct error *reterr_error)
{
    pack_file_vec files = {0};
    pack_fault_vec faults = {0};
    struct sound_tables *tables = ARENA_NEW(arena, struct sound_tables);
    pack_files_embedded(arena, SLICE("shared"), &files);
    sound_tables_read(arena, &files, tables, &faults);
    if (faults.count > 0 || tables->rules.count == 0 || tables->likeness.count == 0)
        return error_set(reterr_error, STATUS_BAD_PACK, "the program's own tables of sounds are at fault");
    *ret_sounds = make(arena, tables);
    return STATUS_OK;
}
