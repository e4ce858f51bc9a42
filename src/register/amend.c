// SPDX-License-Identifier: MIT
// A record with people's values laid into it, before it is unfolded into rows: so what people write of a claim is matched, voted on and
// exported like what the reader wrote.
//
// The reader's own record is kept as it is. A later reader may number its claims otherwise or find other ones; a decision is laid in
// wherever a claim of its kind begins at its words, and rests where none does. Claims that people add have ids with the number of their
// decision ("md12"), which no reader gives.
#include "register/amend.h"

#include <stdlib.h>

#include "base/emit.h"
#include "doc/codes.h"
#include "doc/date.h"

#define JSON_MAX ((size_t)1 << 20)      // bytes of one value or claim

enum form { FORM_CODE, FORM_CODES, FORM_WORDS, FORM_PARTIES, FORM_NUMBER, FORM_DATE, FORM_PLACE, FORM_TEXT, FORM_PEOPLE };

// Fields are called as the record calls them. `needed`: a claim is none without it.
static const struct amend_field {
    const char *kind, *name;
    enum form form;
    enum code_list list;
    bool needed;
} fields[] = {
    {"meeting", "type", FORM_CODE, CODES_MEETING_TYPE, true},
    {"meeting", "status", FORM_CODE, CODES_MEETING_STATUS, true},
    {"meeting", "parties", FORM_PARTIES, CODE_LIST_COUNT, true},
    {"meeting", "ordinal", FORM_NUMBER, CODE_LIST_COUNT, false},
    {"meeting", "date", FORM_DATE, CODE_LIST_COUNT, false},
    {"meeting", "place", FORM_PLACE, CODE_LIST_COUNT, false},
    {"meeting", "chairs", FORM_PEOPLE, CODE_LIST_COUNT, false},
    {"instrument", "kind", FORM_CODE, CODES_INSTRUMENT_KIND, true},
    {"instrument", "status", FORM_CODE, CODES_INSTRUMENT_STATUS, true},
    {"instrument", "parties", FORM_PARTIES, CODE_LIST_COUNT, true},
    {"instrument", "count", FORM_NUMBER, CODE_LIST_COUNT, false},
    {"instrument", "date", FORM_DATE, CODE_LIST_COUNT, false},
    {"instrument", "subject", FORM_TEXT, CODE_LIST_COUNT, false},
    {"instrument", "sectors", FORM_CODES, CODES_SECTOR, false},
    {"commitment", "stance", FORM_CODE, CODES_STANCE, true},
    {"commitment", "parties", FORM_PARTIES, CODE_LIST_COUNT, true},
    {"commitment", "sectors", FORM_CODES, CODES_SECTOR, true},
    {"commitment", "concepts", FORM_WORDS, CODE_LIST_COUNT, false},
    {"commitment", "topic", FORM_TEXT, CODE_LIST_COUNT, false},
    {"commitment", "deadline", FORM_DATE, CODE_LIST_COUNT, false},
};
#define FIELD_COUNT (sizeof fields / sizeof *fields)

static const struct amend_field *find_field(struct slice kind, struct slice name)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (slice_is(kind, fields[i].kind) && slice_is(name, fields[i].name))
            return &fields[i];
    return NULL;
}

static bool is_none(struct slice value)
{
    return value.len == 0 || slice_is(value, "none");
}

// ---- text -----------------------------------------------------------------------------------------------------------------
static int by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

typedef VEC(struct slice) part_vec;

// Parts between any of the separators, without blanks around them, none empty.
static part_vec parts_of(struct registry *registry, struct slice text, const char *separators)
{
    part_vec parts = {0};
    size_t begin = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && !strchr(separators, text.at[i]))
            continue;
        struct slice part = slice_trim(slice_make(text.at + begin, i - begin));
        if (part.len)
            vec_push(&registry->work, &parts, part);
        begin = i + 1;
    }
    return parts;
}

static struct slice join(struct registry *registry, const part_vec *parts, const char *between)
{
    struct slice text = SLICE("");
    for (uint32_t i = 0; i < parts->count; i++)
        text = arena_format(&registry->work, "%.*s%s%.*s", (int)text.len, text.at, i ? between : "", (int)parts->at[i].len,
                            parts->at[i].at);
    return text;
}

// Sorted, each once, joined by blanks. At least one.
static struct slice join_list(struct registry *registry, part_vec parts)
{
    qsort(parts.at, parts.count, sizeof *parts.at, by_bytes);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < parts.count; i++)
        if (!i || !slice_eq(parts.at[i], parts.at[kept - 1]))
            parts.at[kept++] = parts.at[i];
    parts.count = kept;
    return join(registry, &parts, " ");
}

static bool is_party(struct slice code)
{
    bool good = code.len >= 2 && code.len <= 12;
    for (size_t i = 0; good && i < code.len; i++)
        good = (code.at[i] >= 'A' && code.at[i] <= 'Z') || (i && code.at[i] >= '0' && code.at[i] <= '9');
    return good;
}

static bool is_concept(struct slice code)
{
    for (size_t i = 0; i < code.len; i++)
        if (!((code.at[i] >= 'a' && code.at[i] <= 'z') || (code.at[i] >= '0' && code.at[i] <= '9') || code.at[i] == '-'))
            return false;
    return code.len > 0;
}

// Without the words that only point to a code ("session", "same").
static unsigned real_codes(enum code_list list)
{
    return list == CODES_MEETING_TYPE ? MEETING_TYPE_COUNT : list == CODES_INSTRUMENT_KIND ? INSTRUMENT_KIND_COUNT : CODE_NONE;
}

static bool is_code(enum code_list list, struct slice text)
{
    return code_find(list, text) < real_codes(list);
}

// Codes of the list for a message: "held, planned, …".
static const char *codes_text(struct registry *registry, enum code_list list)
{
    struct slice text = SLICE("");
    for (unsigned code = 0; code < real_codes(list) && code_text(list, code); code++)
        text = arena_format(&registry->work, "%s%s%s", text.at, code ? ", " : "", code_text(list, code));
    return text.at;
}

static struct slice no_such_value(struct registry *registry, const struct amend_field *field, struct slice value, const char *mend)
{
    if (!registry->status)
        registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT, "%s of a %s: \"%.*s\" is none; it is written %s", field->name,
                                     field->kind, (int)(value.len < 60 ? value.len : 60), value.at, mend);
    return SLICE("none");
}

static void missing(struct registry *registry, const struct amend_field *field)
{
    if (!registry->status)
        registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT, "a %s wants its %s: %s=…", field->kind, field->name,
                                     field->name);
}

static struct slice canonical_place(struct registry *registry, const struct amend_field *field, struct slice value)
{
    struct slice city = value, country = value;
    for (size_t i = value.len; i > 0; i--)
        if (value.at[i - 1] == ',') {
            city = slice_trim(slice_make(value.at, i - 1));
            country = slice_trim(slice_make(value.at + i, value.len - i));
            break;
        }
    if (city.at == country.at && is_party(country) && country.len == 3)
        return country;
    if (city.at == country.at || !city.len || !is_party(country) || country.len != 3)
        return no_such_value(registry, field, value, "\"City, CCC\" or \"CCC\" with the country's code: Moscow, RUS");
    return arena_format(&registry->work, "%.*s, %.*s", (int)city.len, city.at, (int)country.len, country.at);
}

static struct slice canonical_list(struct registry *registry, const struct amend_field *field, struct slice value)
{
    part_vec parts = parts_of(registry, value, field->form == FORM_PARTIES ? "-, " : ", ");
    for (uint32_t i = 0; i < parts.count; i++) {
        bool good = field->form == FORM_PARTIES ? is_party(parts.at[i]) : field->form == FORM_WORDS ? is_concept(parts.at[i])
                    : is_code(field->list, parts.at[i]);
        const char *mend = field->form == FORM_PARTIES ? "as codes: PAK RUS" : "as codes: freight-train";
        if (!good)
            return no_such_value(registry, field, parts.at[i], field->form == FORM_CODES ? codes_text(registry, field->list) : mend);
    }
    if (!parts.count)       // separators alone
        return no_such_value(registry, field, value, "as codes");
    return join_list(registry, parts);
}

struct slice amend_canonical(struct registry *registry, struct slice kind, struct slice name, struct slice value)
{
    const struct amend_field *field = find_field(kind, name);
    struct date_range range;
    int64_t number;
    value = slice_trim(value);
    if (!field) {
        if (!registry->status)
            registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT, "what can be said of a %.*s is: %s", (int)kind.len, kind.at,
                                         amend_fields(registry, kind).at);
        return SLICE("none");
    }
    if (is_none(value)) {
        if (field->needed)
            missing(registry, field);
        return SLICE("none");
    }
    switch (field->form) {
    case FORM_CODE:
        return is_code(field->list, value) ? value : no_such_value(registry, field, value, codes_text(registry, field->list));
    case FORM_CODES:
    case FORM_WORDS:
    case FORM_PARTIES:
        return canonical_list(registry, field, value);
    case FORM_NUMBER:
        return slice_to_int(value, &number) && number > 0 && number < 10000 ? arena_format(&registry->work, "%d", (int)number)
               : no_such_value(registry, field, value, "as a number from 1");
    case FORM_DATE:
        return date_parse_edtf(value, &range) && range.first.year
                   ? value : no_such_value(registry, field, value, "2025-11-27, 2025-11, 2025 or 2025-11-25/2025-11-27");
    case FORM_PLACE:
        return canonical_place(registry, field, value);
    case FORM_PEOPLE: {
        part_vec names = parts_of(registry, value, ";");
        return join(registry, &names, "; ");
    }
    default:
        return value;
    }
}

struct slice amend_fields(struct registry *registry, struct slice kind)
{
    struct slice names = {NULL, 0};
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (slice_is(kind, fields[i].kind))
            names = arena_format(&registry->work, "%s%s%s", names.at ? names.at : "", names.at ? " " : "", fields[i].name);
    return names;
}

void amend_split(struct registry *registry, struct slice text, amend_vec *ret_values)
{
    bool lines = text.len && memchr(text.at, '\n', text.len);
    part_vec parts = parts_of(registry, text, lines ? "\r\n" : ";");
    *ret_values = (amend_vec){0};
    for (uint32_t i = 0; i < parts.count && !registry->status; i++) {
        struct slice value = parts.at[i], name = slice_trim(slice_cut(&value, '='));
        if (!value.at || !name.len)
            store_fail(registry, STATUS_BAD_ARGUMENT, "values are written field=value, each on a line of its own or parted by \";\"");
        else if (ret_values->count == AMEND_MAX_VALUES)
            store_fail(registry, STATUS_LIMIT, "too many values for one claim");
        else
            vec_push(&registry->work, ret_values, ((struct amend_value){name, slice_trim(value)}));
    }
}

struct slice amend_value_of(const amend_vec *values, struct slice field)
{
    for (uint32_t i = 0; i < values->count; i++)
        if (slice_eq(values->at[i].field, field))
            return values->at[i].value;
    return (struct slice){NULL, 0};
}

static struct slice value_of(const amend_vec *values, const char *field)
{
    return amend_value_of(values, slice_from(field));
}

struct slice amend_join(struct registry *registry, struct slice kind, const amend_vec *values)
{
    part_vec lines = {0};
    for (uint32_t i = 0; i < values->count; i++) {
        struct slice field = values->at[i].field, value = values->at[i].value;
        if (!find_field(kind, field))
            vec_push(&registry->work, &lines,
                     arena_format(&registry->work, "%.*s=%.*s", (int)field.len, field.at, (int)value.len, value.at));
    }
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        struct slice value = slice_is(kind, fields[i].kind) ? value_of(values, fields[i].name) : (struct slice){NULL, 0};
        if (value.at)
            vec_push(&registry->work, &lines, arena_format(&registry->work, "%s=%.*s", fields[i].name, (int)value.len, value.at));
    }
    return join(registry, &lines, "\n");
}

void amend_check_whole(struct registry *registry, struct slice kind, const amend_vec *values)
{
    for (size_t i = 0; i < FIELD_COUNT && !registry->status; i++)
        if (slice_is(kind, fields[i].kind) && fields[i].needed && is_none(value_of(values, fields[i].name)))
            missing(registry, &fields[i]);
}

// ---- what the reader says -------------------------------------------------------------------------------------------------
static struct slice list_of(struct registry *registry, struct slice kind)
{
    return slice_is(kind, "person") ? SLICE("people") : arena_format(&registry->work, "%.*ss", (int)kind.len, kind.at);
}

// The claim, and its index in its list. NULL: there is none.
static const struct node *find_claim(struct registry *registry, struct slice kind, int64_t first_byte, int64_t nth, uint32_t *ret_index)
{
    const struct tree *tree = &registry->record_tree;
    const struct node *list = tree_at_slice(tree, tree_root(tree), list_of(registry, kind));
    int64_t seen = 0, begin;
    *ret_index = 0;
    for (const struct node *claim = tree_first(tree, list); claim; claim = tree_next(tree, claim), ++*ret_index) {
        const struct node *first = tree_first(tree, tree_at(tree, claim, "evidence"));
        if (tree_int(tree_at(tree, first, "begin"), &begin) && begin == first_byte && seen++ == nth)
            return claim;
    }
    return NULL;
}

static const struct node *find_person(const struct tree *tree, const char *key, struct slice value)
{
    for (const struct node *person = tree_first(tree, tree_at(tree, tree_root(tree), "people")); person; person = tree_next(tree, person))
        if (slice_eq(tree_text(tree_at(tree, person, key)), value))
            return person;
    return NULL;
}

static struct slice text_of(struct registry *registry, const struct amend_field *field, const struct node *value)
{
    const struct tree *tree = &registry->record_tree;
    part_vec parts = {0};
    if (!value || value->kind == NODE_NULL)
        return SLICE("none");
    if (field->form == FORM_PLACE) {
        struct slice city = tree_text(tree_at(tree, value, "city")), country = tree_text(tree_at(tree, value, "country"));
        return city.at && country.at ? arena_format(&registry->work, "%.*s, %.*s", (int)city.len, city.at, (int)country.len, country.at)
               : city.at ? city : country.at ? country : SLICE("none");
    }
    if (value->kind != NODE_LIST)
        return value->text;
    for (const struct node *one = tree_first(tree, value); one; one = tree_next(tree, one)) {
        struct slice text = tree_text(one);
        if (field->form == FORM_PEOPLE)
            text = tree_text(tree_at(tree, find_person(tree, "id", text), "name"));
        if (text.len)
            vec_push(&registry->work, &parts, text);
    }
    if (!parts.count)
        return SLICE("none");
    return field->form == FORM_PEOPLE ? join(registry, &parts, "; ") : join_list(registry, parts);
}

amend_vec amend_read(struct registry *registry, struct slice json, struct slice kind, int64_t first_byte, int64_t nth)
{
    uint32_t index;
    amend_vec values = {0};
    bool reads = store_read_tree(registry, &registry->record_tree, json);
    const struct node *claim = reads ? find_claim(registry, kind, first_byte, nth, &index) : NULL;
    for (size_t i = 0; claim && i < FIELD_COUNT; i++)
        if (slice_is(kind, fields[i].kind))
            vec_push(&registry->work, &values, ((struct amend_value){
                slice_from(fields[i].name), text_of(registry, &fields[i], tree_at(&registry->record_tree, claim, fields[i].name))}));
    return values;
}

// ---- laying in ------------------------------------------------------------------------------------------------------------
struct amendment {
    int64_t id, first_byte, last_byte, nth;
    struct slice action, kind, field, value;
};
typedef VEC(struct amendment) amendment_vec;

static void write_place(struct json *json, struct slice value)
{
    struct slice country = value, city = slice_cut_at(&country, SLICE(", "));
    emit_object(json);
    emit_key(json, "city");
    if (country.at)
        emit_string(json, city);
    else
        emit_null(json);
    emit_key(json, "country");
    emit_string(json, country.at ? country : city);
    emit_object_end(json);
}

static void write_list(struct registry *registry, struct json *json, const struct amend_field *field, struct slice value)
{
    part_vec parts = parts_of(registry, value, field->form == FORM_PEOPLE ? ";" : " ");
    emit_array(json);
    for (uint32_t i = 0; i < parts.count && !is_none(value); i++) {
        struct slice text = parts.at[i];
        if (field->form == FORM_PEOPLE)     // whom the report does not name is nobody's co-chair in it
            text = tree_text(tree_at(&registry->record_tree, find_person(&registry->record_tree, "name", text), "id"));
        if (text.at)
            emit_string(json, text);
    }
    emit_array_end(json);
}

// A canonical value as JSON.
static void write_value(struct registry *registry, struct json *json, const struct amend_field *field, struct slice value)
{
    int64_t number = 0;
    if (field->form == FORM_CODES || field->form == FORM_WORDS || field->form == FORM_PARTIES || field->form == FORM_PEOPLE)
        write_list(registry, json, field, value);
    else if (is_none(value))
        emit_null(json);
    else if (field->form == FORM_PLACE)
        write_place(json, value);
    else if (field->form == FORM_NUMBER && slice_to_int(value, &number))
        emit_int(json, number);
    else
        emit_string(json, value);
}

static bool write_evidence(struct registry *registry, struct json *json, struct slice hash, const struct amendment *amendment)
{
    static const char *const names[] = {"begin", "end", "char_begin", "char_end"};
    sqlite3_stmt *statement = store_statement(registry, "words_at");
    store_bind(statement, ":hash", hash);
    store_bind_int(statement, ":first_byte", amendment->first_byte);
    store_bind_int(statement, ":last_byte", amendment->last_byte);
    if (!store_step(registry, statement))
        return false;
    emit_key(json, "evidence");
    emit_array(json);
    emit_object(json);
    for (int i = 0; i < 4; i++) {
        emit_key(json, names[i]);
        emit_int(json, sqlite3_column_int64(statement, i));
    }
    emit_key(json, "quote");
    emit_string(json, store_column(statement, 4));
    emit_object_end(json);
    emit_array_end(json);
    sqlite3_reset(statement);
    return true;
}

static bool write_claim(struct registry *registry, struct json *json, struct slice hash, const struct amendment *amendment)
{
    amend_vec values;
    amend_split(registry, amendment->value, &values);
    emit_object(json);
    emit_key(json, "id");
    emit_string(json, arena_format(&registry->work, "%cd%lld", amendment->kind.at[0], (long long)amendment->id));
    emit_key(json, "decision");
    emit_int(json, amendment->id);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        struct slice value = value_of(&values, fields[i].name);
        if (!slice_is(amendment->kind, fields[i].kind))
            continue;
        emit_key(json, fields[i].name);
        write_value(registry, json, &fields[i], value.at ? value : SLICE("none"));
    }
    bool written = write_evidence(registry, json, hash, amendment);
    emit_object_end(json);
    return written;
}

// The record with `value` at a place; for people it is taken away.
static struct slice set_at(struct registry *registry, struct slice json, const char *statement_name, struct slice path, struct slice value)
{
    sqlite3_stmt *statement = store_statement(registry, statement_name);
    store_bind(statement, ":json", json);
    store_bind(statement, ":path", path);
    store_bind(statement, ":value", value);
    if (!store_step(registry, statement))
        return json;
    struct slice changed = store_column_kept(registry, statement, 0);
    sqlite3_reset(statement);
    return changed.at ? changed : json;
}

static struct slice amend_one(struct registry *registry, struct slice hash, struct slice json, const struct amendment *amendment,
                              struct buf *out)
{
    struct json writer;
    uint32_t index = 0;
    bool adds = slice_is(amendment->action, "add"), written = true;
    const struct amend_field *field = adds ? NULL : find_field(amendment->kind, amendment->field);
    struct slice list = list_of(registry, amendment->kind), path;
    if (adds && !find_field(amendment->kind, SLICE("parties")))
        return json;        // no claim: neither decided nor imported so, but a file can be written by others
    if (!adds && !find_claim(registry, amendment->kind, amendment->first_byte, amendment->nth, &index))
        return json;
    if (slice_is(amendment->kind, "person"))
        return set_at(registry, json, "record_without", arena_format(&registry->work, "$.people[%u]", (unsigned)index), SLICE(""));
    if (!adds && !field)
        return json;
    buf_clear(out);
    emit_init(&writer, out, false);
    if (adds)
        written = write_claim(registry, &writer, hash, amendment);
    else
        write_value(registry, &writer, field, amendment->value);
    path = adds ? arena_format(&registry->work, "$.%s[#]", list.at)
                : arena_format(&registry->work, "$.%s[%u].%s", list.at, (unsigned)index, field->name);
    if (out->failed)
        store_fail(registry, out->failed, "a claim that a person wrote is too long");
    return written && !registry->status ? set_at(registry, json, "record_with", path, buf_slice(out)) : json;
}

// In the order in which they were decided; people who are taken away from behind, so that the indexes before them stay.
static void read_amendments(struct registry *registry, struct slice hash, amendment_vec *amendments)
{
    sqlite3_stmt *statement = store_statement(registry, "amendments_of");
    store_bind(statement, ":hash", hash);
    while (store_step(registry, statement)) {
        struct amendment amendment = {
            .id = sqlite3_column_int64(statement, 0), .action = store_column_kept(registry, statement, 1),
            .kind = store_column_kept(registry, statement, 2), .first_byte = sqlite3_column_int64(statement, 3),
            .last_byte = sqlite3_column_int64(statement, 4), .nth = sqlite3_column_int64(statement, 5),
            .field = store_column_kept(registry, statement, 6), .value = store_column_kept(registry, statement, 7),
        };
        vec_push(&registry->work, amendments, amendment);
    }
}

struct slice amend_record(struct registry *registry, struct slice hash, struct slice json)
{
    amendment_vec amendments = {0};
    struct buf *out = &registry->codes;     // unfold.c uses it only afterwards
    if (!registry->has_amendments)
        return json;
    read_amendments(registry, hash, &amendments);
    if (!amendments.count || !store_read_tree(registry, &registry->record_tree, json))
        return json;
    for (uint32_t i = 0; i < amendments.count && !registry->status; i++)
        json = amend_one(registry, hash, json, &amendments.at[i], out);
    return json;
}
