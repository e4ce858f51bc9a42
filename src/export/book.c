// SPDX-License-Identifier: MIT
// Reading the tables of exports/: tab-separated, a head line, '#' begins a comment, "-" stands for nothing.
//
// They are part of the program, and tests hold them against the register's answers and the packs; what is checked here is that a row has as
// many cells as its head. States and organisations come from packs/shared as the packs' bundle carries them, so that each is told once.
#include "export/book.h"

#include "export/embedded.h"
#include "pack/load.h"

#define MAX_CELLS 8
#define CONTEXTS_MAX 64         // of one row

// A table while it is read.
struct table {
    struct slice rest;
    const char *name;
    uint32_t line;
    int cells;
};

struct slice book_file(const char *name)
{
    for (unsigned i = 0; i < embedded_count; i++)
        if (strcmp(embedded_files[i].name, name) == 0)
            return slice_make(embedded_files[i].begin, (size_t)(embedded_files[i].end - embedded_files[i].begin));
    return (struct slice){NULL, 0};
}

static int split(struct slice line, struct slice cells[MAX_CELLS])
{
    int count = 0;
    for (struct slice rest = line; rest.at && count < MAX_CELLS; count++)
        cells[count] = slice_cut(&rest, '\t');
    return count;
}

static bool next_line(struct table *table, struct slice *ret_line)
{
    while (table->rest.at && table->rest.len) {
        *ret_line = slice_cut(&table->rest, '\n');
        table->line++;
        if (ret_line->len && ret_line->at[0] != '#')
            return true;
    }
    return false;
}

static void table_open(struct table *table, const char *name, struct slice text)
{
    struct slice cells[MAX_CELLS], line;
    *table = (struct table){.rest = text, .name = name};
    table->cells = next_line(table, &line) ? split(line, cells) : 0;
}

// The next row, with "-" as nothing; false at the end or at a fault, which *fault then tells.
static bool table_row(struct table *table, struct slice cells[MAX_CELLS], struct error *fault)
{
    struct slice line;
    if (fault->status || !next_line(table, &line))
        return false;
    int count = split(line, cells);
    if (count != table->cells) {
        error_set(fault, STATUS_BAD_PACK, "exports/%s:%u: %d cells, expected %d", table->name, table->line, count, table->cells);
        return false;
    }
    for (int i = 0; i < count; i++)
        if (slice_is(cells[i], "-"))
            cells[i].len = 0;
    return true;
}

// ---- columns ----------------------------------------------------------------------------------------------------------------
static int find_word(const char *const *words, struct slice word)
{
    for (int i = 0; words[i]; i++)
        if (slice_is(word, words[i]))
            return i;
    return -1;
}

static void add_column(struct book *book, const struct table *table, const struct slice cells[MAX_CELLS], struct error *fault)
{
    static const char *const types[] = {"text", "key", "integer", "flag", "day", "edtf", "year", "codes", "parties", NULL};
    static const char *const functions[] = {"", "alpha2", "cow", "name", "contexts", NULL};
    if (slice_is(cells[3], "table")) {
        struct book_table entry = {.name = cells[0], .about = cells[4]};
        vec_push(book->arena, &book->tables, entry);
        return;
    }
    struct slice from = cells[2], word = from.len ? slice_cut(&from, ' ') : from;
    int type = find_word(types, cells[3]), function = find_word(functions, word);
    if (type < 0 || function < 0 || book->tables.count == 0) {
        error_set(fault, STATUS_BAD_PACK, "exports/%s:%u: no such type or function", table->name, table->line);
        return;
    }
    struct book_column column = {.name = cells[1], .about = cells[4], .from = function ? from : cells[1],
                                 .function = (enum column_function)function, .type = (enum column_type)type};
    vec_push(book->arena, &book->tables.at[book->tables.count - 1].columns, column);
}

static void read_pairs(struct book *book, const char *name, struct error *fault)
{
    struct slice cells[MAX_CELLS] = {{NULL, 0}};
    struct table table;
    table_open(&table, name, book_file(name));
    while (table_row(&table, cells, fault)) {
        struct book_pair pair = {cells[0], cells[1]};
        if (strcmp(name, "concepts.tsv") == 0)
            vec_push(book->arena, &book->concepts, pair);
        else if (strcmp(name, "languages.tsv") == 0)
            vec_push(book->arena, &book->languages, pair);
        else
            vec_push(book->arena, &book->offices, pair);
    }
}

// ---- packs/shared -----------------------------------------------------------------------------------------------------------
static void shared_open(const pack_file_vec *files, const char *name, struct table *table)
{
    table_open(table, name, (struct slice){NULL, 0});
    for (uint32_t i = 0; i < files->count; i++)
        if (slice_ends(files->at[i].path, slice_from(name)))
            table_open(table, name, files->at[i].bytes);
}

static void read_shared(struct book *book, struct error *fault)
{
    pack_file_vec files = {0};
    struct slice cells[MAX_CELLS] = {{NULL, 0}};
    struct table table;
    pack_files_embedded(book->arena, SLICE("shared"), &files);
    shared_open(&files, "/states.tsv", &table);
    while (table_row(&table, cells, fault)) {
        struct book_party party = {.code = cells[0], .alpha2 = cells[1], .numeric = cells[2], .cow = cells[3], .status = cells[4],
                                   .name = cells[6], .plover = cells[0], .plover_name = cells[6], .state = true};
        // COW's codes are whole numbers, without the zeros before them
        while (party.cow.len > 1 && party.cow.at[0] == '0')
            party.cow = slice_make(party.cow.at + 1, party.cow.len - 1);
        vec_push(book->arena, &book->parties, party);
    }
    shared_open(&files, "/organisations.tsv", &table);
    while (table_row(&table, cells, fault)) {
        struct book_party party = {.code = cells[0], .name = cells[2], .plover = SLICE("IGO"),
                                   .plover_name = SLICE("International Governmental Organization")};
        vec_push(book->arena, &book->parties, party);
    }
    static const char *const lists[] = {"meetings", "instruments", "offices", "sectors"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        shared_open(&files, arena_format(book->arena, "/%s.tsv", lists[i]).at, &table);
        while (table_row(&table, cells, fault)) {
            struct book_code code = {lists[i], cells[0], cells[1]};
            vec_push(book->arena, &book->codes, code);
        }
    }
    shared_open(&files, "/concepts.tsv", &table);
    while (table_row(&table, cells, fault)) {
        struct book_pair pair = {cells[0], cells[1]};
        vec_push(book->arena, &book->concept_sectors, pair);
    }
    table_open(&table, "actors.tsv", book_file("actors.tsv"));
    while (table_row(&table, cells, fault)) {
        for (uint32_t i = 0; i < book->parties.count; i++) {
            if (slice_eq(book->parties.at[i].code, cells[0])) {
                book->parties.at[i].plover = cells[1];
                book->parties.at[i].plover_name = cells[2];
            }
        }
    }
}

enum status book_load(struct arena *arena, struct book *ret_book, struct error *reterr_error)
{
    struct error fault = {.status = STATUS_OK};
    struct slice cells[MAX_CELLS] = {{NULL, 0}};
    struct table table;
    *ret_book = (struct book){.arena = arena};
    table_open(&table, "columns.tsv", book_file("columns.tsv"));
    while (table_row(&table, cells, &fault))
        add_column(ret_book, &table, cells, &fault);
    table_open(&table, "events.tsv", book_file("events.tsv"));
    while (table_row(&table, cells, &fault)) {
        struct book_event event = {cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]};
        vec_push(arena, &ret_book->events, event);
    }
    table_open(&table, "sectors.tsv", book_file("sectors.tsv"));
    while (table_row(&table, cells, &fault)) {
        struct book_sector sector = {cells[0], cells[1], cells[2], cells[3]};
        vec_push(arena, &ret_book->sectors, sector);
    }
    read_pairs(ret_book, "concepts.tsv", &fault);
    read_pairs(ret_book, "offices.tsv", &fault);
    read_pairs(ret_book, "languages.tsv", &fault);
    read_shared(ret_book, &fault);
    if (fault.status && reterr_error)
        *reterr_error = fault;
    return fault.status;
}

// ---- looking up -------------------------------------------------------------------------------------------------------------
const struct book_table *book_table(const struct book *book, const char *name)
{
    for (uint32_t i = 0; i < book->tables.count; i++)
        if (slice_is(book->tables.at[i].name, name))
            return &book->tables.at[i];
    return NULL;
}

const struct book_party *book_party(const struct book *book, struct slice code)
{
    for (uint32_t i = 0; i < book->parties.count; i++)
        if (slice_eq(book->parties.at[i].code, code))
            return &book->parties.at[i];
    return NULL;
}

struct slice book_party_as(const struct book *book, struct slice code, enum column_function function)
{
    const struct book_party *party = book_party(book, code);
    if (!party)
        return function == COLUMN_NAME ? code : SLICE("");
    return function == COLUMN_ALPHA2 ? party->alpha2 : function == COLUMN_COW ? party->cow : function == COLUMN_NAME ? party->name : code;
}

const struct book_event *book_event(const struct book *book, struct slice kind, struct slice step)
{
    for (uint32_t i = 0; i < book->events.count; i++)
        if (slice_eq(book->events.at[i].kind, kind) && slice_eq(book->events.at[i].step, step))
            return &book->events.at[i];
    return NULL;
}

static void add_contexts(struct slice contexts, struct slice seen[CONTEXTS_MAX], int *count, const char *separator, struct buf *out)
{
    for (struct slice rest = contexts; rest.at && rest.len;) {
        struct slice context = slice_cut(&rest, ' ');
        bool known = *count == CONTEXTS_MAX;
        for (int i = 0; i < *count && !known; i++)
            known = slice_eq(seen[i], context);
        if (known)
            continue;
        if (*count)
            buf_add_text(out, separator);
        buf_add(out, context);
        seen[(*count)++] = context;
    }
}

void book_contexts(const struct book *book, struct slice sectors, struct slice concepts, const char *separator, struct buf *out)
{
    struct slice seen[CONTEXTS_MAX];
    int count = 0;
    char separator_in = sectors.len && memchr(sectors.at, ',', sectors.len) ? ',' : ' ';
    for (struct slice rest = sectors; rest.at && rest.len;) {
        struct slice code = slice_cut(&rest, separator_in);
        for (uint32_t i = 0; i < book->sectors.count; i++)
            if (slice_eq(book->sectors.at[i].code, code))
                add_contexts(book->sectors.at[i].contexts, seen, &count, separator, out);
    }
    for (struct slice rest = concepts; rest.at && rest.len;) {
        struct slice code = slice_cut(&rest, ' ');
        for (uint32_t i = 0; i < book->concepts.count; i++)
            if (slice_eq(book->concepts.at[i].key, code))
                add_contexts(book->concepts.at[i].value, seen, &count, separator, out);
    }
}

struct slice book_concept_sectors(const struct book *book, struct slice concept)
{
    for (uint32_t i = 0; i < book->concept_sectors.count; i++)
        if (slice_eq(book->concept_sectors.at[i].key, concept))
            return book->concept_sectors.at[i].value;
    return (struct slice){NULL, 0};
}

struct slice book_word(const struct book *book, const char *list, struct slice code)
{
    for (uint32_t i = 0; i < book->codes.count; i++)
        if (strcmp(book->codes.at[i].list, list) == 0 && slice_eq(book->codes.at[i].code, code))
            return book->codes.at[i].word;
    return code;
}

struct slice book_language(const struct book *book, struct slice tag)
{
    struct slice primary = slice_cut(&tag, '-');
    for (uint32_t i = 0; i < book->languages.count; i++)
        if (slice_eq(book->languages.at[i].key, primary))
            return book->languages.at[i].value;
    return (struct slice){NULL, 0};
}

struct slice book_office(const struct book *book, struct slice office)
{
    for (uint32_t i = 0; i < book->offices.count; i++)
        if (slice_eq(book->offices.at[i].key, office))
            return book->offices.at[i].value;
    return SLICE("GOV");
}
