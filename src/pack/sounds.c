// SPDX-License-Identifier: MIT
// The tables of packs/shared that say what names sound like: letters to sounds, how far sounds are apart, and words read otherwise.
//
// They are read with the world and checked as a whole: every sound that letters or words make must have a row in likeness.tsv that says
// what it weighs, no group of letters may stand twice, no pair of sounds either. A table that is missing leaves its part empty: a
// pack of shared tables without them reads reports as before, it only cannot compare names.
#include "pack/sounds.h"

#include "pack/table.h"

#define MAX_ROWS 5000u

struct sounds_reader {
    struct arena *arena;
    const pack_file_vec *files;
    pack_fault_vec *faults;
    struct sound_tables *tables;
    bool weighed[128];       // sounds that likeness.tsv names against silence
    struct map seen;
};

static bool open_table(struct sounds_reader *sounds, struct slice name, const char *const *columns, struct reader *reader)
{
    for (uint32_t i = 0; i < sounds->files->count; i++) {
        struct slice path = sounds->files->at[i].path;
        if (!slice_ends(path, name) || (path.len > name.len && path.at[path.len - name.len - 1] != '/'))
            continue;
        reader_init(reader, sounds->arena, sounds->faults, &sounds->files->at[i]);
        map_init(&sounds->seen, sounds->arena, 600);
        return table_open(reader, columns);
    }
    return false;
}

static bool is_new(struct sounds_reader *sounds, struct reader *reader, struct slice key)
{
    if (map_get(&sounds->seen, key, 0)) {
        reader_fault(reader, key.at, "expected `%.*s` once", SLICE_FORMAT(key));
        return false;
    }
    map_put(&sounds->seen, key, 1);
    return true;
}

static bool are_sounds(struct sounds_reader *sounds, struct reader *reader, struct slice cell)
{
    for (size_t i = 0; i < cell.len; i++) {
        unsigned char c = (unsigned char)cell.at[i];
        if (c < 128 && sounds->weighed[c])
            continue;
        reader_fault(reader, cell.at + i, "expected sounds that likeness.tsv names against `%c`", SOUND_SILENT);
        return false;
    }
    return true;
}

static bool is_key(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == SOUND_SILENT;
}

static void read_likeness(struct sounds_reader *sounds)
{
    static const char *const columns[] = {"sound", "other", "cost", "key", NULL};
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    uint32_t weighed = 0;
    if (!open_table(sounds, SLICE("likeness.tsv"), columns, &reader))
        return;
    while (table_row(&reader, columns, 3, cells)) {
        int64_t cost;
        if (cells[0].len != 1 || (cells[0].at[0] & 0x80) || cells[1].len != 1 || (cells[1].at[0] & 0x80)) {
            reader_fault(&reader, cells[0].at, "expected two sounds of one ASCII character each");
            continue;
        }
        if (!slice_to_int(cells[2], &cost) || cost < 0 || cost > 100) {
            reader_fault(&reader, cells[2].at, "expected a cost of 0 to 100, found `%.*s`", SLICE_FORMAT(cells[2]));
            continue;
        }
        struct sound_likeness likeness = {cells[0].at[0], cells[1].at[0], (uint8_t)cost, SOUND_SILENT};
        char lower = likeness.a < likeness.b ? likeness.a : likeness.b, upper = likeness.a < likeness.b ? likeness.b : likeness.a;
        if (likeness.b == SOUND_SILENT) {
            if (cells[3].len != 1 || !is_key(cells[3].at[0]))
                reader_fault(&reader, cells[3].at, "expected a key of A to Z, a to z or `%c`", SOUND_SILENT);
            else
                likeness.key = cells[3].at[0];
            weighed += !sounds->weighed[(unsigned char)likeness.a];
            sounds->weighed[(unsigned char)likeness.a] = true;
        } else if (!are_sounds(sounds, &reader, cells[0]) || !are_sounds(sounds, &reader, cells[1])) {
            continue;
        }
        if (map_get(&sounds->seen, arena_format(sounds->arena, "%c%c", lower, upper), 0)) {
            reader_fault(&reader, cells[0].at, "expected each pair of sounds once, found `%c %c` again", likeness.a, likeness.b);
            continue;
        }
        map_put(&sounds->seen, arena_format(sounds->arena, "%c%c", lower, upper), 1);
        vec_push_max(sounds->arena, &sounds->tables->likeness, likeness, MAX_ROWS);
    }
    if (weighed >= SOUND_MAX)
        file_fault(sounds->arena, sounds->faults, reader.file, "expected at most %u sounds", SOUND_MAX - 1);
}

static void read_rules(struct sounds_reader *sounds)
{
    static const char *const columns[] = {"letters", "sounds", NULL};
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (!open_table(sounds, SLICE("sounds.tsv"), columns, &reader))
        return;
    while (table_row(&reader, columns, 1, cells)) {
        struct sound_rule rule = {.letters = cells[0], .sounds = cells[1]};
        if (!is_new(sounds, &reader, cells[0]))
            continue;
        if (slice_starts(rule.letters, SLICE("^"))) {
            rule.at_begin = true;
            rule.letters = slice_make(rule.letters.at + 1, rule.letters.len - 1);
        }
        if (slice_ends(rule.letters, SLICE("$"))) {
            rule.at_end = true;
            rule.letters.len--;
        }
        if (rule.sounds.len && rule.sounds.at[0] == SOUND_SILENT) {
            rule.cancels = true;
            rule.sounds = slice_make(rule.sounds.at + 1, rule.sounds.len - 1);
        }
        if (rule.letters.len == 0)
            reader_fault(&reader, cells[0].at, "expected the letters that are written");
        else if (are_sounds(sounds, &reader, rule.sounds))
            vec_push_max(sounds->arena, &sounds->tables->rules, rule, MAX_ROWS);
    }
}

static bool find_class(struct slice cell, uint8_t *ret_class)
{
    static const char *const names[] = {"title", "light", "common", "initial", "alias"};
    for (uint8_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (slice_is(cell, names[i])) {
            *ret_class = i;
            return true;
        }
    }
    return false;
}

static void read_words(struct sounds_reader *sounds)
{
    static const char *const columns[] = {"class", "sounds", "words", NULL};
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (!open_table(sounds, SLICE("name-words.tsv"), columns, &reader))
        return;
    while (table_row(&reader, columns, 3, cells)) {
        struct sound_word word = {0};
        if (!find_class(cells[0], &word.word_class)) {
            reader_fault(&reader, cells[0].at, "expected one of: title light common initial alias; found `%.*s`", SLICE_FORMAT(cells[0]));
            continue;
        }
        bool sounding = word.word_class == SOUND_WORD_INITIAL || word.word_class == SOUND_WORD_ALIAS;
        if (!sounding && !slice_is(cells[1], "-")) {
            reader_fault(&reader, cells[1].at, "expected `-`, found `%.*s`", SLICE_FORMAT(cells[1]));
            continue;
        }
        if (sounding && (cells[1].len == 0 || !are_sounds(sounds, &reader, cells[1])))
            continue;
        word.sounds = sounding ? cells[1] : (struct slice){0};
        for (struct slice rest = cells[2], cell; (cell = slice_cut(&rest, ' ')).at != NULL;) {
            if (cell.len == 0 || !is_new(sounds, &reader, cell))
                continue;
            word.word = pack_fold(sounds->arena, cell);
            vec_push_max(sounds->arena, &sounds->tables->words, word, MAX_ROWS);
        }
    }
}

void sound_tables_read(struct arena *arena, const pack_file_vec *files, struct sound_tables *ret_tables, pack_fault_vec *faults)
{
    struct sounds_reader sounds = {.arena = arena, .files = files, .faults = faults, .tables = ret_tables};
    *ret_tables = (struct sound_tables){0};
    read_likeness(&sounds);
    read_rules(&sounds);
    read_words(&sounds);
}
