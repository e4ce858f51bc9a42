// SPDX-License-Identifier: MIT
// pack.conf: the properties of a language that switch the engine's behaviour.
//
// Keys stand in one table: what their value may be and where it goes. A key with a closed list of values names them; the others have a
// reader of their own. Words of the profile and ordinal suffixes are folded here, once, as the words of a text are.
#include "pack/config.h"

#include <assert.h>

#include "unicode/char.h"
#include "unicode/utf8.h"

#define PACK_FORMAT "1"
#define MAX_LIST_WORDS 400u
#define MAX_LIST_WORD_BYTES 100u

// pack.conf being read.
struct config_reader {
    struct arena *arena;
    struct reader *reader;
    struct pack_config *config;
};

// Keeps the value; `choice` is its place among the row's names, 0 for keys without names.
typedef void keep_value(struct config_reader *config, struct slice value, uint32_t choice);

static void keep_format(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)choice;
    if (!slice_is(value, PACK_FORMAT))
        reader_fault(c->reader, value.at, "expected format " PACK_FORMAT ", found `%.*s`", SLICE_FORMAT(value));
}

static void keep_language(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)choice;
    bool good = value.len >= 2 && value.len <= 35;
    for (size_t i = 0; i < value.len; i++) {
        char b = value.at[i];
        good = good && ((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-');
    }
    if (!good)
        reader_fault(c->reader, value.at, "expected a BCP 47 language tag, found `%.*s`", SLICE_FORMAT(value));
    c->config->language = value;
}

static void keep_name(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)choice;
    if (value.len == 0)
        reader_fault(c->reader, value.at, "expected the language's own name");
    c->config->name = value;
}

static void keep_script(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)choice;
    c->config->script = script_from_name(value.at, (int)value.len);
    c->config->script_name = value;
    if (c->config->script == SCRIPT_OTHER || c->config->script == SCRIPT_COMMON)
        reader_fault(c->reader, value.at, "expected one of: Latn Deva Arab Cyrl; found `%.*s`", SLICE_FORMAT(value));
}

static void keep_direction(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->right_to_left = choice == 1;
}

static void keep_head(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->head = (enum head_side)choice;
}

static void keep_case_marks(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->case_marks = (enum case_marks)choice;
}

static void keep_names(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->plain_names = choice == 1;
}

static void keep_grouping(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->indian_grouping = choice == 1;
}

static void keep_decimal(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->decimal_comma = choice == 1;
}

static void keep_date_order(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->month_first = choice == 1;
}

static void keep_ordinal_stop(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->ordinal_stop = choice == 1;
}

static void keep_bare_genitives(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)value;
    c->config->bare_genitives = choice == 1;
}

static void keep_digits(struct config_reader *c, struct slice value, uint32_t choice)
{
    (void)choice;
    int digits = 0;
    for (size_t at = 0; at < value.len;) {
        const char *begin = value.at + at;
        if (char_digit(utf8_next(value.at, &at)) != digits++) {
            reader_fault(c->reader, begin, "expected ten digits in their order from 0 to 9");
            return;
        }
    }
    if (digits != 10 && digits != 0)
        reader_fault(c->reader, value.at, "expected ten digits in their order from 0 to 9");
}

typedef VEC(struct slice) word_vec;

// Pushes the words of a space-separated list, folded or as they stand.
static void push_words(struct config_reader *c, struct slice value, bool fold, word_vec *words)
{
    while (value.len > 0) {
        struct slice word = slice_trim(slice_cut(&value, ' '));
        if (word.len == 0)
            continue;
        if (word.len > MAX_LIST_WORD_BYTES || words->count == MAX_LIST_WORDS) {
            reader_fault(c->reader, word.at, "expected at most %u words of at most %u bytes", MAX_LIST_WORDS, MAX_LIST_WORD_BYTES);
            return;
        }
        vec_push(c->arena, words, fold ? pack_fold(c->arena, word) : word);
    }
}

#define KEEP_WORDS(field, fold)                                                                     \
    static void keep_##field(struct config_reader *c, struct slice value, uint32_t choice)          \
    {                                                                                               \
        (void)choice;                                                                               \
        word_vec words = {0};                                                                       \
        push_words(c, value, fold, &words);                                                         \
        c->config->field.at = words.at;                                                             \
        c->config->field.count = words.count;                                                       \
        c->config->field.room = words.room;                                                         \
    }
KEEP_WORDS(ordinal_suffixes, true)
KEEP_WORDS(joined_endings, true)
KEEP_WORDS(patronymics, true)
KEEP_WORDS(sentence_ends, false)
KEEP_WORDS(profile, true)
KEEP_WORDS(home, false)
KEEP_WORDS(closers, true)
KEEP_WORDS(emphatics, true)

#define KEEP_LETTERS(field)                                                                         \
    static void keep_##field(struct config_reader *c, struct slice value, uint32_t choice)          \
    {                                                                                               \
        (void)choice;                                                                               \
        c->config->field = value;                                                                   \
    }
KEEP_LETTERS(foreign_letters)
KEEP_LETTERS(hyphen_stops)
KEEP_LETTERS(final_letters)
KEEP_LETTERS(open_letters)
KEEP_LETTERS(inner_letters)

static bool looks_for_slips(const struct pack_config *config)
{
    return config->final_letters.len || config->open_letters.len || config->inner_letters.len;
}

// ---- keys -----------------------------------------------------------------------------------------------------------------
struct config_key {
    const char *key;
    keep_value *keep;
    const char *names[4];    // closed list of values, if any
    bool needed;             // by a language's pack; packs/shared needs the format alone
};

static const struct config_key keys[] = {
    {"format", keep_format, {0}, true},
    {"language", keep_language, {0}, true},
    {"name", keep_name, {0}, true},
    {"script", keep_script, {0}, true},
    {"direction", keep_direction, {"ltr", "rtl"}, true},
    {"head", keep_head, {"initial", "final"}, true},
    {"case-marks", keep_case_marks, {"before", "after", "endings"}, true},
    {"names", keep_names, {"capitalised", "plain"}, true},
    {"digits", keep_digits, {0}, false},
    {"grouping", keep_grouping, {"western", "indian"}, false},
    {"decimal", keep_decimal, {"stop", "comma"}, false},
    {"date-order", keep_date_order, {"dmy", "mdy"}, false},
    {"ordinal-suffixes", keep_ordinal_suffixes, {0}, false},
    {"patronymics", keep_patronymics, {0}, false},
    {"joined-endings", keep_joined_endings, {0}, false},
    {"ordinal-stop", keep_ordinal_stop, {"no", "yes"}, false},
    {"bare-genitives", keep_bare_genitives, {"no", "yes"}, false},
    {"sentence-ends", keep_sentence_ends, {0}, true},
    {"profile", keep_profile, {0}, true},
    {"hyphen-stops", keep_hyphen_stops, {0}, false},
    {"foreign-letters", keep_foreign_letters, {0}, false},
    {"final-letters", keep_final_letters, {0}, false},
    {"open-letters", keep_open_letters, {0}, false},
    {"inner-letters", keep_inner_letters, {0}, false},
    {"home", keep_home, {0}, false},
    {"closers", keep_closers, {0}, false},
    {"emphatics", keep_emphatics, {0}, false},
};
#define KEY_COUNT (sizeof keys / sizeof keys[0])
static_assert(HEAD_INITIAL == 0 && CASE_BEFORE == 0, "values in the order of their names");

static void read_value(struct config_reader *config, const struct config_key *key, struct slice value)
{
    uint32_t choice = 0, names = 0;
    while (names < 4 && key->names[names] != NULL)
        names++;
    while (choice < names && !slice_is(value, key->names[choice]))
        choice++;
    if (names == 0 || choice < names) {
        key->keep(config, value, choice);
        return;
    }
    reader_fault(config->reader, value.at, "expected one of: %s %s%s%s; found `%.*s`", key->names[0], key->names[1], names > 2 ? " " : "",
                 names > 2 ? key->names[2] : "", SLICE_FORMAT(value));
}

static uint32_t find_key(struct slice name)
{
    for (uint32_t i = 0; i < KEY_COUNT; i++) {
        if (slice_is(name, keys[i].key))
            return i;
    }
    return UINT32_MAX;
}

static const char *key_names(struct arena *arena)
{
    struct slice all = {0};
    for (uint32_t i = 0; i < KEY_COUNT; i++)
        all = arena_format(arena, "%.*s%s%s", SLICE_FORMAT(all), i ? " " : "", keys[i].key);
    return all.at;
}

void config_read(struct arena *arena, const struct pack_file *file, bool shared, struct pack_config *ret_config, pack_fault_vec *faults)
{
    struct reader reader;
    struct slice line, name, value;
    bool seen[KEY_COUNT] = {false};
    reader_init(&reader, arena, faults, file);
    struct config_reader config = {arena, &reader, ret_config};
    while (reader_line(&reader, &line)) {
        if (!reader_key_value(&reader, line, &name, &value))
            continue;
        uint32_t key = find_key(name);
        if (key == UINT32_MAX) {
            reader_fault(&reader, name.at, "expected one of: %s; found `%.*s`", key_names(arena), SLICE_FORMAT(name));
        } else if (seen[key]) {
            reader_fault(&reader, name.at, "expected the key `%s` once", keys[key].key);
        } else {
            seen[key] = true;
            read_value(&config, &keys[key], value);
        }
    }
    ret_config->slips = looks_for_slips(ret_config);
    for (uint32_t i = 0; i < KEY_COUNT; i++) {
        if (keys[i].needed && !seen[i] && (!shared || i == 0))
            file_fault(arena, faults, file->path, "expected the key `%s`", keys[i].key);
    }
    if (seen[find_key(SLICE("profile"))] && ret_config->profile.count == 0)
        file_fault(arena, faults, file->path, "expected words in `profile`: without them the language cannot be told");
}
