// SPDX-License-Identifier: MIT
// Lexicon tables: one row of `kinds` a kind, with its columns and the function that turns a row's cells into a lexeme.
//
// A kind's reader gets the cells before `forms`, fills the lexeme's fields as pack.h lists them, and reports what it expected where a
// cell holds something else. A row with a fault adds no lexeme, but its forms are not expanded either: one fault a row is enough.
//
// Words for classes stand in name lists in the order of the enums of pack.h; a static_assert holds each list against its enum.
#include "pack/kinds.h"

#include <assert.h>

#include "doc/mention.h"

#define MAX_OFFICE_PARTIES 200u

// A row being read.
struct row {
    struct form_builder *builder;
    struct reader *reader;
    const struct slice *cells;
    uint32_t features;       // of the whole row (grammar)
};

typedef bool row_reader(struct row *row, struct lexeme *lexeme);

struct kind_table {
    const char *columns[TABLE_MAX_COLUMNS];
    row_reader *read;
    const char *const *names;   // of the first cell, for kinds that have nothing else
};

static const char *const role_names[] = {"name", "adjective", "people", "prefix", NULL};
static const char *const place_names[] = {"room", "region", "here", "capital", NULL};
static const char *const honorific_names[] = {"before", "after", NULL};
static const char *const name_names[] = {"particle", "given", "suffix", NULL};
static const char *const organ_names[] = {"ministry", "parliament", "government", "embassy", "agency", "court", "army", "firm", NULL};
static const char *const side_names[] = {"both", "all", "one", NULL};
static const char *const number_names[] = {"cardinal", "ordinal", "multiplier", NULL};
static const char *const time_names[] = {"day", "week", "month", "quarter", "year", "either", "told", NULL};
static const char *const unit_names[] = {"currency", "measure", NULL};
static const char *const source_names[] = {"outlet", "said", "outsider", NULL};
static const char *const strength_names[] = {"field", "weak", "plight", "means", "levy", NULL};
static const char *const furniture_names[] = {
    "comment", "share", "adblock", "menu", "related", "caption", "subscribe", "copyright", "tags", "login", "next", NULL,
};
#define NAME_COUNT(names) (sizeof(names) / sizeof((names)[0]) - 1)
static_assert(NAME_COUNT(role_names) == PARTY_ROLE_PREFIX + 1, "roles");
static_assert(NAME_COUNT(place_names) == PLACE_CAPITAL + 1, "places");
static_assert(NAME_COUNT(honorific_names) == HONORIFIC_AFTER + 1, "honorifics");
static_assert(NAME_COUNT(name_names) == NAME_SUFFIX + 1, "names");
static_assert(NAME_COUNT(organ_names) == ORGAN_FIRM + 1, "organs");
static_assert(NAME_COUNT(side_names) == SIDE_ONE + 1, "sides");
static_assert(NAME_COUNT(number_names) == NUMBER_MULTIPLIER + 1, "numbers");
static_assert(NAME_COUNT(time_names) == TIME_TOLD + 1, "times");
static_assert(NAME_COUNT(unit_names) == UNIT_MEASURE + 1, "units");
static_assert(NAME_COUNT(source_names) == SOURCE_OUTSIDER + 1, "sources");
static_assert(NAME_COUNT(furniture_names) == FURNITURE_NEXT + 1, "furniture");

// ---- cells ----------------------------------------------------------------------------------------------------------------
static struct slice join_names(struct arena *arena, const char *const *names)
{
    struct slice joined = {0};
    for (uint32_t i = 0; names[i] != NULL; i++)
        joined = arena_format(arena, "%.*s%s%s", SLICE_FORMAT(joined), i ? " " : "", names[i]);
    return joined;
}

// The place of a cell among `names`; UINT32_MAX and a fault if it is none of them.
static uint32_t read_name(struct row *row, struct slice cell, const char *const *names)
{
    for (uint32_t i = 0; names[i] != NULL; i++) {
        if (slice_is(cell, names[i]))
            return i;
    }
    struct slice all = join_names(row->builder->arena, names);
    reader_fault(row->reader, cell.at, "expected one of: %.*s; found `%.*s`", SLICE_FORMAT(all), SLICE_FORMAT(cell));
    return UINT32_MAX;
}

static bool read_code(struct row *row, struct slice cell, enum code_list list, const char *what, uint16_t *ret_value)
{
    uint8_t code = code_find(list, cell);
    if (code == CODE_NONE) {
        reader_fault(row->reader, cell.at, "expected %s, found `%.*s`", what, SLICE_FORMAT(cell));
        return false;
    }
    *ret_value = code;
    return true;
}

static bool read_party(struct row *row, struct slice cell, uint16_t *ret_party)
{
    uint32_t party = words_index(&row->builder->pack->world->party_by_code, cell);
    if (party == UINT32_MAX) {
        reader_fault(row->reader, cell.at, "expected a code of shared/states.tsv or shared/organisations.tsv, found `%.*s`",
                     SLICE_FORMAT(cell));
        return false;
    }
    *ret_party = (uint16_t)party;
    return true;
}

static bool read_integer(struct row *row, struct slice cell, int64_t least, int64_t most, int64_t *ret_number)
{
    int64_t number;
    if (slice_to_int(cell, &number) && number >= least && number <= most) {
        *ret_number = number;
        return true;
    }
    if (most == INT64_MAX)
        reader_fault(row->reader, cell.at, "expected a whole number%s, found `%.*s`", least == 0 ? " that is not negative" : "",
                     SLICE_FORMAT(cell));
    else
        reader_fault(row->reader, cell.at, "expected a whole number from %lld to %lld, found `%.*s`", (long long)least, (long long)most,
                     SLICE_FORMAT(cell));
    return false;
}

// ---- rows -----------------------------------------------------------------------------------------------------------------
static bool read_party_row(struct row *row, struct lexeme *lexeme)
{
    uint16_t party;
    if (!read_party(row, row->cells[0], &party))
        return false;
    bool state = row->builder->pack->world->parties.at[party].state;
    if (state != (lexeme->kind == LEXICON_STATE)) {
        reader_fault(row->reader, row->cells[0].at, "expected a code of %s, found `%.*s`",
                     state ? "an organisation" : "a state", SLICE_FORMAT(row->cells[0]));
        return false;
    }
    uint32_t role = read_name(row, row->cells[1], role_names);
    lexeme->value = party;
    lexeme->attribute = (uint8_t)role;
    return role != UINT32_MAX;
}

static bool read_city_row(struct row *row, struct lexeme *lexeme)
{
    uint32_t city = words_index(&row->builder->pack->world->city_by_name, row->cells[0]);
    if (city == UINT32_MAX) {
        reader_fault(row->reader, row->cells[0].at, "expected a city of shared/cities.tsv, found `%.*s`", SLICE_FORMAT(row->cells[0]));
        return false;
    }
    lexeme->value = (uint16_t)city;
    return true;
}

// A row whose first cell is one of a few names, and that holds no more.
static bool read_class_row(struct row *row, struct lexeme *lexeme);
static bool read_name_row(struct row *row, struct lexeme *lexeme);

static bool read_office_parties(struct row *row, struct slice list, struct lexeme *lexeme)
{
    if (slice_is(list, "*"))
        return true;
    uint16_t parties[MAX_OFFICE_PARTIES];
    uint32_t count = 0;
    struct slice all = list;
    while (list.len > 0) {
        struct slice code = slice_trim(slice_cut(&list, ','));
        if (count == MAX_OFFICE_PARTIES) {
            reader_fault(row->reader, code.at, "expected at most %u parties", MAX_OFFICE_PARTIES);
            return false;
        }
        if (!read_party(row, code, &parties[count++]))
            return false;
    }
    if (count == 0) {
        reader_fault(row->reader, all.at, "expected `*` or codes of parties separated by commas");
        return false;
    }
    uint16_t *stored = ARENA_ARRAY(row->builder->arena, uint16_t, count);
    memcpy(stored, parties, count * sizeof parties[0]);
    lexeme->parties = stored;
    lexeme->party_count = (uint8_t)count;
    return true;
}

static bool read_portfolio(struct row *row, struct slice list, struct lexeme *lexeme)
{
    if (slice_is(list, "-"))
        return true;
    if (list.len == 0) {
        reader_fault(row->reader, list.at, "expected `-`, `takes` or codes of sectors separated by commas");
        return false;
    }
    while (list.len > 0) {
        struct slice cell = slice_trim(slice_cut(&list, ','));
        uint16_t sector;
        if (slice_is(cell, "takes"))
            lexeme->attribute = 1;
        else if (read_code(row, cell, CODES_SECTOR, "`-`, `takes` or a sector", &sector))
            lexeme->classes |= UINT64_C(1) << sector;
        else
            return false;
    }
    return true;
}

static bool read_office_row(struct row *row, struct lexeme *lexeme)
{
    return read_code(row, row->cells[0], CODES_OFFICE, "an office", &lexeme->value) && read_office_parties(row, row->cells[1], lexeme) &&
           read_portfolio(row, row->cells[2], lexeme);
}

static bool read_meeting_row(struct row *row, struct lexeme *lexeme)
{
    bool body = lexeme->kind == LEXICON_BODY;
    if (!body && slice_is(row->cells[0], "round")) {
        lexeme->value = MEETING_SESSION;
        lexeme->attribute = MEETING_IS_ROUND;
        return true;
    }
    if (body && slice_is(row->cells[0], "commission-of-two")) {
        lexeme->value = MEETING_COMMISSION;
        lexeme->attribute = BODY_IS_OF_TWO;
        return true;
    }
    const char *what = body ? "a meeting type or `commission-of-two`" : "a meeting type, `session` or `round`";
    if (!read_code(row, row->cells[0], CODES_MEETING_TYPE, what, &lexeme->value))
        return false;
    if (body && lexeme->value == MEETING_SESSION) {
        reader_fault(row->reader, row->cells[0].at, "expected a meeting type, found `session`");
        return false;
    }
    return true;
}

// A class and, behind a blank, what the organ is for by its own words ("agency customs": customs service).
static bool read_organ_row(struct row *row, struct lexeme *lexeme)
{
    struct slice list = row->cells[0], class = slice_cut(&list, ' ');
    uint32_t value = read_name(row, class, organ_names);
    lexeme->value = (uint16_t)value;
    return value != UINT32_MAX && (list.len == 0 || read_portfolio(row, slice_trim(list), lexeme));
}

static bool read_instrument_row(struct row *row, struct lexeme *lexeme)
{
    return read_code(row, row->cells[0], CODES_INSTRUMENT_KIND, "an instrument kind or `same`", &lexeme->value);
}

static bool read_sector_row(struct row *row, struct lexeme *lexeme)
{
    if (!read_code(row, row->cells[0], CODES_SECTOR, "a sector", &lexeme->value))
        return false;
    uint32_t strength = read_name(row, row->cells[1], strength_names);
    lexeme->attribute = (uint8_t)strength;
    return strength != UINT32_MAX;
}

static bool read_concept_row(struct row *row, struct lexeme *lexeme)
{
    uint32_t concept = words_index(&row->builder->pack->world->concept_by_id, row->cells[0]);
    if (concept == UINT32_MAX) {
        reader_fault(row->reader, row->cells[0].at, "expected a concept of shared/concepts.tsv, found `%.*s`", SLICE_FORMAT(row->cells[0]));
        return false;
    }
    lexeme->value = (uint16_t)concept;
    return true;
}

static bool read_number_row(struct row *row, struct lexeme *lexeme)
{
    if (!read_integer(row, row->cells[0], 0, INT64_MAX, &lexeme->number))
        return false;
    uint32_t type = read_name(row, row->cells[1], number_names);
    lexeme->attribute = (uint8_t)type;
    return type != UINT32_MAX;
}

static bool read_calendar_row(struct row *row, struct lexeme *lexeme)
{
    int64_t number;
    if (!read_integer(row, row->cells[0], 1, lexeme->kind == LEXICON_MONTH ? 12 : 7, &number))
        return false;
    lexeme->value = (uint16_t)number;
    return true;
}

static bool read_time_row(struct row *row, struct lexeme *lexeme)
{
    if (!read_integer(row, row->cells[0], INT64_MIN, INT64_MAX, &lexeme->number))
        return false;
    uint32_t unit = read_name(row, row->cells[1], time_names);
    lexeme->attribute = (uint8_t)unit;
    return unit != UINT32_MAX;
}

static bool read_unit_row(struct row *row, struct lexeme *lexeme)
{
    uint32_t type = read_name(row, row->cells[1], unit_names);
    if (row->cells[0].len == 0 || (type == UNIT_CURRENCY && row->cells[0].len != 3)) {
        reader_fault(row->reader, row->cells[0].at, "expected %s, found `%.*s`", type == UNIT_CURRENCY ? "an ISO 4217 code" : "a unit",
                     SLICE_FORMAT(row->cells[0]));
        return false;
    }
    lexeme->attribute = (uint8_t)type;
    return type != UINT32_MAX;
}

static bool read_grammar_row(struct row *row, struct lexeme *lexeme)
{
#define GRAMMAR_NAME(name, text) text,
    static const char *const names[] = {GRAMMAR_CLASSES(GRAMMAR_NAME) NULL};
#undef GRAMMAR_NAME
    struct slice list = row->cells[0];
    if (list.len == 0) {
        reader_fault(row->reader, list.at, "expected a grammar class");
        return false;
    }
    while (list.len > 0) {
        uint32_t class = read_name(row, slice_trim(slice_cut(&list, ',')), names);
        if (class == UINT32_MAX)
            return false;
        lexeme->classes |= UINT64_C(1) << class;
    }
    if (row->cells[1].len == 0) {
        reader_fault(row->reader, row->cells[1].at, "expected `-` or features separated by commas");
        return false;
    }
    row->features = form_features(row->cells[1], ',');
    return true;
}

// The class is free; only its presence counts.
static bool read_ordinary_row(struct row *row, struct lexeme *lexeme)
{
    (void)lexeme;
    if (row->cells[0].len > 0)
        return true;
    reader_fault(row->reader, row->cells[0].at, "expected a class");
    return false;
}

// ---- the kinds ------------------------------------------------------------------------------------------------------------
static const struct kind_table kinds[LEXICON_KIND_COUNT] = {
    [LEXICON_STATE] = {{"code", "role", "forms"}, read_party_row, NULL},
    [LEXICON_ORGANISATION] = {{"code", "role", "forms"}, read_party_row, NULL},
    [LEXICON_CITY] = {{"city", "forms"}, read_city_row, NULL},
    [LEXICON_PLACE] = {{"class", "forms"}, read_class_row, place_names},
    [LEXICON_OFFICE] = {{"office", "parties", "portfolio", "forms"}, read_office_row, NULL},
    [LEXICON_HONORIFIC] = {{"side", "forms"}, read_class_row, honorific_names},
    [LEXICON_NAME] = {{"class", "forms"}, read_name_row, name_names},
    [LEXICON_ORGAN] = {{"class", "forms"}, read_organ_row, NULL},
    [LEXICON_BODY] = {{"type", "forms"}, read_meeting_row, NULL},
    [LEXICON_MEETING] = {{"type", "forms"}, read_meeting_row, NULL},
    [LEXICON_INSTRUMENT] = {{"kind", "forms"}, read_instrument_row, NULL},
    [LEXICON_SECTOR] = {{"sector", "strength", "forms"}, read_sector_row, NULL},
    [LEXICON_CONCEPT] = {{"concept", "forms"}, read_concept_row, NULL},
    [LEXICON_SIDE] = {{"which", "forms"}, read_class_row, side_names},
    [LEXICON_NUMBER] = {{"value", "type", "forms"}, read_number_row, NULL},
    [LEXICON_MONTH] = {{"month", "forms"}, read_calendar_row, NULL},
    [LEXICON_WEEKDAY] = {{"day", "forms"}, read_calendar_row, NULL},
    [LEXICON_TIME] = {{"offset", "unit", "forms"}, read_time_row, NULL},
    [LEXICON_UNIT] = {{"unit", "type", "forms"}, read_unit_row, NULL},
    [LEXICON_SOURCE] = {{"class", "forms"}, read_class_row, source_names},
    [LEXICON_GRAMMAR] = {{"class", "features", "forms"}, read_grammar_row, NULL},
    [LEXICON_FURNITURE] = {{"class", "forms"}, read_class_row, furniture_names},
    [LEXICON_ORDINARY] = {{"class", "forms"}, read_ordinary_row, NULL},
};

static bool read_class_row(struct row *row, struct lexeme *lexeme)
{
    uint32_t class = read_name(row, row->cells[0], kinds[lexeme->kind].names);
    lexeme->value = (uint16_t)class;
    return class != UINT32_MAX;
}

// A part of names, or the code of the state for which people of such a name are known to act.
static bool read_name_row(struct row *row, struct lexeme *lexeme)
{
    uint32_t party = words_index(&row->builder->pack->world->party_by_code, row->cells[0]);
    if (party == UINT32_MAX)
        return read_class_row(row, lexeme);
    lexeme->value = NAME_KNOWN;
    lexeme->number = (int64_t)party;
    return true;
}

#define KIND_STEM(name, text) text,
static const char *const stems[] = {LEXICON_KINDS(KIND_STEM)};
#undef KIND_STEM

enum lexicon_kind kind_find(struct slice stem)
{
    for (uint32_t i = 0; i < LEXICON_TRIGGER; i++) {
        if (slice_is(stem, stems[i]))
            return (enum lexicon_kind)i;
    }
    return LEXICON_KIND_COUNT;
}

const char *kind_names(void)
{
    return "states organisations cities places offices honorifics names organs bodies meetings instruments sectors concepts sides "
           "numbers months weekdays times units sources grammar furniture ordinary";
}

void kind_read(struct form_builder *builder, enum lexicon_kind kind, const struct pack_file *file, uint16_t file_index,
               pack_fault_vec *faults)
{
    const struct kind_table *table = &kinds[kind];
    struct slice cells[TABLE_MAX_COLUMNS];
    struct reader reader;
    uint32_t forms = 0, all = 0;
    assert(table->read != NULL);
    while (table->columns[all] != NULL)
        all++;
    forms = all - 1;
    reader_init(&reader, builder->arena, faults, file);
    if (!table_open(&reader, table->columns))
        return;
    while (table_row(&reader, table->columns, all, cells)) {
        struct row row = {builder, &reader, cells, 0};
        struct lexeme lexeme = {.kind = (uint8_t)kind, .text = cells[0], .file = file_index, .line = reader.line};
        if (!table->read(&row, &lexeme))
            continue;
        vec_push_max(builder->arena, &builder->pack->lexemes, lexeme, PACK_MAX_LEXEMES);
        form_add_all(builder, &reader, cells[forms], builder->pack->lexemes.count - 1, row.features);
    }
}
