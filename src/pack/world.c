// SPDX-License-Identifier: MIT
// packs/shared: what is the same in every language.
//
// The tables refer to each other in a circle (a state has a capital, a city lies in a state), so states are entered first without
// their capitals, then organisations without seats, then cities, and capitals and seats last. Closed lists (sectors, offices, ...) live
// in the engine (doc/codes.h); their tables give names for readers and are held against the engine's lists here.
#include <assert.h>

#include "pack/config.h"
#include "pack/sounds.h"

#define MAX_PARTIES 4000u
#define MAX_CITIES 60000u
#define MAX_CONCEPTS 60000u

// The world being built.
struct world_reader {
    struct arena *arena;
    struct world *world;
    pack_fault_vec *faults;
    const pack_file_vec *files;
};

static const struct pack_file *find_file(const pack_file_vec *files, const char *name)
{
    for (uint32_t i = 0; i < files->count; i++) {
        struct slice path = files->at[i].path;
        const char *slash = path.len ? memchr(path.at, '/', path.len) : NULL;
        struct slice inner = slash != NULL ? slice_make(slash + 1, path.len - (size_t)(slash + 1 - path.at)) : path;
        if (slice_is(inner, name))
            return &files->at[i];
    }
    return NULL;
}

// Opens a table of packs/shared; false if it is not there or has another header.
static bool open_table(struct world_reader *world, const char *name, const char *const *columns, struct reader *reader)
{
    const struct pack_file *file = find_file(world->files, name);
    if (file == NULL) {
        file_fault(world->arena, world->faults, slice_from(name), "expected this file in packs/shared");
        return false;
    }
    reader_init(reader, world->arena, world->faults, file);
    return table_open(reader, columns);
}

// Enters a key that no row above has.
static bool enter(struct reader *reader, struct words *map, struct slice key, uint32_t index)
{
    if (key.len == 0) {
        reader_fault(reader, key.at, "expected a code");
        return false;
    }
    if (words_index(map, key) != UINT32_MAX) {
        reader_fault(reader, key.at, "expected each code once, found `%.*s` again", SLICE_FORMAT(key));
        return false;
    }
    words_put(map, reader->arena, key, index + 1);
    return true;
}

// ---- parties and cities ---------------------------------------------------------------------------------------------------
static const char *const state_columns[] = {"code", "alpha2", "numeric", "cow", "status", "capital", "name", NULL};
static const char *const organisation_columns[] = {"code", "city", "name", NULL};
static const char *const city_columns[] = {"city", "state", NULL};

static bool is_code(struct slice code, size_t len, char first, char last)
{
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] < first || code.at[i] > last)
            return false;
    }
    return code.len == len;
}

static void read_states(struct world_reader *world)
{
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (!open_table(world, "states.tsv", state_columns, &reader))
        return;
    while (table_row(&reader, state_columns, 7, cells)) {
        if (!is_code(cells[0], 3, 'A', 'Z'))
            reader_fault(&reader, cells[0].at, "expected an ISO 3166-1 alpha-3 code, found `%.*s`", SLICE_FORMAT(cells[0]));
        if (!is_code(cells[1], 2, 'A', 'Z') && !slice_is(cells[1], "-"))
            reader_fault(&reader, cells[1].at, "expected an ISO 3166-1 alpha-2 code or `-`, found `%.*s`", SLICE_FORMAT(cells[1]));
        if (!slice_is(cells[4], "member") && !slice_is(cells[4], "observer") && !slice_is(cells[4], "other"))
            reader_fault(&reader, cells[4].at, "expected one of: member observer other; found `%.*s`", SLICE_FORMAT(cells[4]));
        struct party party = {.code = cells[0], .name = cells[6], .state = true, .capital = 0xFFFF};
        if (!slice_is(cells[1], "-"))
            party.alpha2 = cells[1];
        if (enter(&reader, &world->world->party_by_code, cells[0], world->world->parties.count))
            vec_push_max(world->arena, &world->world->parties, party, MAX_PARTIES);
    }
}

static void read_organisations(struct world_reader *world)
{
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (!open_table(world, "organisations.tsv", organisation_columns, &reader))
        return;
    while (table_row(&reader, organisation_columns, 3, cells)) {
        struct party party = {.code = cells[0], .name = cells[2], .capital = 0xFFFF};
        if (enter(&reader, &world->world->party_by_code, cells[0], world->world->parties.count))
            vec_push_max(world->arena, &world->world->parties, party, MAX_PARTIES);
    }
}

static void read_cities(struct world_reader *world)
{
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (!open_table(world, "cities.tsv", city_columns, &reader))
        return;
    while (table_row(&reader, city_columns, 2, cells)) {
        uint32_t state = words_index(&world->world->party_by_code, cells[1]);
        if (state == UINT32_MAX || !world->world->parties.at[state].state) {
            reader_fault(&reader, cells[1].at, "expected a code of states.tsv, found `%.*s`", SLICE_FORMAT(cells[1]));
            continue;
        }
        struct city city = {.name = cells[0], .state = (uint16_t)state};
        if (enter(&reader, &world->world->city_by_name, cells[0], world->world->cities.count))
            vec_push_max(world->arena, &world->world->cities, city, MAX_CITIES);
    }
}

// The second reading of the tables of states and organisations: their cities are known now.
static void read_seats(struct world_reader *world, const char *name, const char *const *columns, uint32_t column, uint32_t cell_count)
{
    pack_fault_vec known = {0};  // faults of the first reading are noted already
    struct world_reader again = *world;
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (find_file(world->files, name) == NULL)
        return;
    again.faults = &known;
    if (!open_table(&again, name, columns, &reader))
        return;
    while (table_row(&reader, columns, cell_count, cells)) {
        uint32_t party = words_index(&world->world->party_by_code, cells[0]);
        if (party == UINT32_MAX || slice_is(cells[column], "-"))
            continue;
        uint32_t city = words_index(&world->world->city_by_name, cells[column]);
        if (city == UINT32_MAX) {
            reader.faults = world->faults;
            reader_fault(&reader, cells[column].at, "expected a city of cities.tsv or `-`, found `%.*s`", SLICE_FORMAT(cells[column]));
            reader.faults = &known;
            continue;
        }
        world->world->parties.at[party].capital = (uint16_t)city;
        if (world->world->parties.at[party].state)
            world->world->cities.at[city].capital = true;
    }
}

// ---- concepts and modality ------------------------------------------------------------------------------------------------
static bool is_concept_id(struct slice id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return id.len > 0;
}

static bool read_sectors(struct reader *reader, struct slice list, struct concept *concept)
{
    bool main = true;
    while (list.len > 0) {
        struct slice cell = slice_trim(slice_cut(&list, ','));
        uint8_t sector = code_find(CODES_SECTOR, cell);
        if (sector == CODE_NONE) {
            reader_fault(reader, cell.at, "expected a sector, found `%.*s`", SLICE_FORMAT(cell));
            return false;
        }
        concept->sectors |= UINT64_C(1) << sector;
        concept->sector = main ? sector : concept->sector;
        main = false;
    }
    if (main)
        reader_fault(reader, list.at, "expected a sector");
    return !main;
}

static void read_concepts(struct world_reader *world)
{
    static const char *const columns[] = {"concept", "sectors", NULL};
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (!open_table(world, "concepts.tsv", columns, &reader))
        return;
    while (table_row(&reader, columns, 2, cells)) {
        struct concept concept = {.id = cells[0]};
        if (!is_concept_id(cells[0]))
            reader_fault(&reader, cells[0].at, "expected a concept of a-z 0-9 and hyphens, found `%.*s`", SLICE_FORMAT(cells[0]));
        else if (read_sectors(&reader, cells[1], &concept) &&
                 enter(&reader, &world->world->concept_by_id, cells[0], world->world->concepts.count))
            vec_push_max(world->arena, &world->world->concepts, concept, MAX_CONCEPTS);
    }
}

static void read_events(struct world_reader *world)
{
    static const char *const columns[] = {"concept", NULL};
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (!open_table(world, "events.tsv", columns, &reader))
        return;
    while (table_row(&reader, columns, 1, cells)) {
        uint32_t index = words_index(&world->world->concept_by_id, cells[0]);
        if (index == UINT32_MAX)
            reader_fault(&reader, cells[0].at, "expected a concept of shared/concepts.tsv, found `%.*s`", SLICE_FORMAT(cells[0]));
        else
            world->world->concepts.at[index].event = true;
    }
}

static void set_modality_defaults(struct world *world)
{
    for (uint8_t m = 0; m < MODALITY_COUNT; m++) {
        for (uint8_t i = 0; i < STANCE_COUNT; i++)
            world->commitment_under[i][m] = i;
        for (uint8_t i = 0; i < INSTRUMENT_STATUS_COUNT; i++)
            world->instrument_under[i][m] = i;
        for (uint8_t i = 0; i < MEETING_STATUS_COUNT; i++)
            world->meeting_under[i][m] = i;
    }
}

// The table that a claim's name stands for: its list, and its cells by value.
static uint8_t (*modality_table(struct world *world, struct slice claim, enum code_list *ret_list))[MODALITY_COUNT]
{
    if (slice_is(claim, "commitment")) {
        *ret_list = CODES_STANCE;
        return world->commitment_under;
    }
    if (slice_is(claim, "instrument")) {
        *ret_list = CODES_INSTRUMENT_STATUS;
        return world->instrument_under;
    }
    if (slice_is(claim, "meeting")) {
        *ret_list = CODES_MEETING_STATUS;
        return world->meeting_under;
    }
    return NULL;
}

static uint32_t find_modality(struct slice name)
{
    static const char *const names[MODALITY_COUNT] = {"future", "may", "not", "nonfinite", "must"};
    uint32_t i = 0;
    while (i < MODALITY_COUNT && !slice_is(name, names[i]))
        i++;
    return i;
}

static void read_modality(struct world_reader *world)
{
    static const char *const columns[] = {"claim", "value", "modality", "becomes", NULL};
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    if (!open_table(world, "modality.tsv", columns, &reader))
        return;
    while (table_row(&reader, columns, 4, cells)) {
        enum code_list list;
        uint8_t(*under)[MODALITY_COUNT] = modality_table(world->world, cells[0], &list);
        if (under == NULL) {
            reader_fault(&reader, cells[0].at, "expected one of: instrument meeting commitment; found `%.*s`", SLICE_FORMAT(cells[0]));
            continue;
        }
        uint8_t value = code_find(list, cells[1]), becomes = code_find(list, cells[3]);
        uint32_t modality = find_modality(cells[2]);
        if (value == CODE_NONE)
            reader_fault(&reader, cells[1].at, "expected a value of %.*s, found `%.*s`", SLICE_FORMAT(cells[0]), SLICE_FORMAT(cells[1]));
        else if (modality == MODALITY_COUNT)
            reader_fault(&reader, cells[2].at, "expected one of: future may not nonfinite must; found `%.*s`", SLICE_FORMAT(cells[2]));
        else if (becomes == CODE_NONE && !slice_is(cells[3], "-"))
            reader_fault(&reader, cells[3].at, "expected a value of %.*s or `-`, found `%.*s`", SLICE_FORMAT(cells[0]),
                         SLICE_FORMAT(cells[3]));
        else
            under[value][modality] = becomes;
    }
}

// ---- closed lists ---------------------------------------------------------------------------------------------------------
static const char *const list_columns[] = {"code", "name", NULL};

// COUNTERPART, DELEGATION, "session" and "same" are the engine's own and stand in no table.
static bool is_inner_code(enum code_list list, unsigned code)
{
    return (list == CODES_OFFICE && (code == OFFICE_COUNTERPART || code == OFFICE_DELEGATION)) ||
           (list == CODES_MEETING_TYPE && code >= MEETING_TYPE_COUNT) ||
           (list == CODES_INSTRUMENT_KIND && code >= INSTRUMENT_KIND_COUNT);
}

static void check_list(struct world_reader *world, const char *name, enum code_list list)
{
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    uint64_t seen = 0;
    if (!open_table(world, name, list_columns, &reader))
        return;
    while (table_row(&reader, list_columns, 2, cells)) {
        uint8_t code = code_find(list, cells[0]);
        if (code == CODE_NONE || is_inner_code(list, code))
            reader_fault(&reader, cells[0].at, "expected a code that the engine knows, found `%.*s`", SLICE_FORMAT(cells[0]));
        else if (seen >> code & 1)
            reader_fault(&reader, cells[0].at, "expected each code once, found `%.*s` again", SLICE_FORMAT(cells[0]));
        else
            seen |= UINT64_C(1) << code;
    }
    for (unsigned code = 0; code_text(list, code) != NULL; code++) {
        if (!(seen >> code & 1) && !is_inner_code(list, code))
            file_fault(world->arena, world->faults, reader.file, "expected a row for the code `%s`", code_text(list, code));
    }
}

static const struct {
    const char *name;
    enum code_list list;
} closed_lists[] = {
    {"sectors.tsv", CODES_SECTOR},       {"offices.tsv", CODES_OFFICE},          {"stances.tsv", CODES_STANCE},
    {"meetings.tsv", CODES_MEETING_TYPE}, {"instruments.tsv", CODES_INSTRUMENT_KIND},
};

enum status world_load(struct arena *arena, const pack_file_vec *files, struct world **ret_world, pack_fault_vec *faults)
{
    uint32_t faults_before = faults->count;
    struct world *world = ARENA_NEW(arena, struct world);
    struct world_reader reader = {arena, world, faults, files};
    words_init(&world->party_by_code, arena, 400);
    words_init(&world->city_by_name, arena, 1000);
    words_init(&world->concept_by_id, arena, 1000);
    const struct pack_file *conf = find_file(files, "pack.conf");
    struct pack_config unused = {0};
    if (conf != NULL)
        config_read(arena, conf, true, &unused, faults);
    else
        file_fault(arena, faults, SLICE("pack.conf"), "expected this file in packs/shared");
    read_states(&reader);
    read_organisations(&reader);
    read_cities(&reader);
    read_seats(&reader, "states.tsv", state_columns, 5, 7);
    read_seats(&reader, "organisations.tsv", organisation_columns, 1, 3);
    read_concepts(&reader);
    read_events(&reader);
    set_modality_defaults(world);
    read_modality(&reader);
    struct sound_tables *sounds = ARENA_NEW(arena, struct sound_tables);
    sound_tables_read(arena, files, sounds, faults);
    world->sounds = sounds;
    for (size_t i = 0; i < sizeof closed_lists / sizeof closed_lists[0]; i++)
        check_list(&reader, closed_lists[i].name, closed_lists[i].list);
    *ret_world = world;
    return faults->count == faults_before ? STATUS_OK : STATUS_BAD_PACK;
}
