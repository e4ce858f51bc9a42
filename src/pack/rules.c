// SPDX-License-Identifier: MIT
// Frame rules: "[id]", then "key = value" lines up to the next id.
//
// Keys stand in one table: where the value goes and what it may be. `commitment`, `instrument` and `meeting` may carry a modality or
// `over` behind a dot. All triggers of a rule belong to one lexeme, whose value is the rule's index. A rule is checked when the next one
// begins or the file ends: it needs a trigger, something that the trigger says, and examples of both sorts.
#include "pack/rules.h"

#include <assert.h>

// The rule being read.
struct rule_reader {
    struct form_builder *builder;
    struct reader *reader;
    struct rule rule;
    uint32_t lexeme;
    const char *id_at;       // for faults about the rule as a whole
    uint32_t id_line;
    uint32_t triggers, yes, no;
    bool open;
};

static const char *const role_names[] = {"-", "chair", "take-part", "say", "host", "sign", "arrive", "concern", NULL};
static const char *const governs_names[] = {"-", "after", "before", "both", NULL};
static const char *const modality_names[] = {"future", "may", "not", "nonfinite", "must", NULL};
static_assert(sizeof role_names / sizeof role_names[0] == ROLE_CONCERN + 2, "roles");
static_assert(sizeof governs_names / sizeof governs_names[0] == GOVERNS_BOTH + 2, "sides");
static_assert(sizeof modality_names / sizeof modality_names[0] == MODALITY_COUNT + 1, "modalities");

static const char rule_keys[] = "trigger commitment instrument meeting (each also .future .may .not .nonfinite) instrument.over "
                                "meeting.over makes issues role governs background yields yes no";

static uint32_t find_name(struct slice value, const char *const *names)
{
    for (uint32_t i = 0; names[i] != NULL; i++) {
        if (slice_is(value, names[i]))
            return i;
    }
    return UINT32_MAX;
}

// ---- values ---------------------------------------------------------------------------------------------------------------
static void read_code_value(struct rule_reader *rules, struct slice value, enum code_list list, bool none, uint8_t *cell)
{
    static const char *const what[CODE_LIST_COUNT] = {
        [CODES_MEETING_TYPE] = "a meeting type",         [CODES_MEETING_STATUS] = "a meeting's status",
        [CODES_INSTRUMENT_KIND] = "an instrument kind",  [CODES_INSTRUMENT_STATUS] = "an instrument's status",
        [CODES_STANCE] = "a stance",
    };
    assert(what[list] != NULL);
    uint8_t code = none && slice_is(value, "-") ? CODE_NONE : code_find(list, value);
    bool session = (list == CODES_MEETING_TYPE && code == MEETING_SESSION) || (list == CODES_INSTRUMENT_KIND && code == INSTRUMENT_SAME);
    if ((code == CODE_NONE && !(none && slice_is(value, "-"))) || session)
        reader_fault(rules->reader, value.at, "expected %s%s, found `%.*s`", what[list], none ? " or `-`" : "", SLICE_FORMAT(value));
    else if (*cell != VALUE_UNSET)
        reader_fault(rules->reader, value.at, "expected this key once in a rule");
    else
        *cell = code;
}

// What stands behind the dot of "commitment.future"; false if the key is unknown.
static bool read_dotted(struct rule_reader *rules, struct slice part, struct slice value, enum code_list list, struct rule_value *cell,
                        uint8_t *over)
{
    uint32_t modality = find_name(part, modality_names);
    if (part.len == 0)
        read_code_value(rules, value, list, true, &cell->value);
    else if (modality != UINT32_MAX)
        read_code_value(rules, value, list, true, &cell->under[modality]);
    else if (over != NULL && slice_is(part, "over"))
        read_code_value(rules, value, list, true, over);
    else
        return false;
    return true;
}

static void read_named(struct rule_reader *rules, struct slice value, const char *const *names, const char *all, uint8_t *cell)
{
    uint32_t index = find_name(value, names);
    if (index == UINT32_MAX || index == 0)
        reader_fault(rules->reader, value.at, "expected one of: %s; found `%.*s`", all, SLICE_FORMAT(value));
    else if (*cell != 0)
        reader_fault(rules->reader, value.at, "expected this key once in a rule");
    else
        *cell = (uint8_t)index;
}

static void read_switch(struct rule_reader *rules, struct slice value, bool *cell)
{
    if (!slice_is(value, "yes") && !slice_is(value, "no"))
        reader_fault(rules->reader, value.at, "expected `yes` or `no`, found `%.*s`", SLICE_FORMAT(value));
    *cell = slice_is(value, "yes");
}

static void read_example(struct rule_reader *rules, struct slice value, bool must_match)
{
    if (value.len == 0) {
        reader_fault(rules->reader, value.at, "expected a sentence");
        return;
    }
    struct rule_example example = {value, must_match, rules->reader->line};
    vec_push_max(rules->builder->arena, &rules->rule.examples, example, RULE_MAX_EXAMPLES);
    *(must_match ? &rules->yes : &rules->no) += 1;
}

static void read_trigger(struct rule_reader *rules, struct slice value)
{
    rules->triggers++;
    form_add_all(rules->builder, rules->reader, value, rules->lexeme, 0);
}

// ---- keys -----------------------------------------------------------------------------------------------------------------
static bool read_key(struct rule_reader *rules, struct slice key, struct slice value)
{
    struct rule *rule = &rules->rule;
    struct slice part = key, head = slice_cut(&part, '.');
    if (slice_is(head, "commitment"))
        return read_dotted(rules, part, value, CODES_STANCE, &rule->commitment, NULL);
    if (slice_is(head, "instrument"))
        return read_dotted(rules, part, value, CODES_INSTRUMENT_STATUS, &rule->instrument, &rule->instrument_over);
    if (slice_is(head, "meeting"))
        return read_dotted(rules, part, value, CODES_MEETING_STATUS, &rule->meeting, &rule->meeting_over);
    if (slice_is(key, "trigger"))
        read_trigger(rules, value);
    else if (slice_is(key, "makes"))
        read_code_value(rules, value, CODES_MEETING_TYPE, false, &rule->makes);
    else if (slice_is(key, "issues"))
        read_code_value(rules, value, CODES_INSTRUMENT_KIND, false, &rule->issues);
    else if (slice_is(key, "role"))
        read_named(rules, value, role_names, "chair take-part say host sign arrive concern", &rule->role);
    else if (slice_is(key, "governs"))
        read_named(rules, value, governs_names, "after before both", &rule->governs);
    else if (slice_is(key, "background"))
        read_switch(rules, value, &rule->background);
    else if (slice_is(key, "yields"))
        read_switch(rules, value, &rule->yields);
    else if (slice_is(key, "yes") || slice_is(key, "no"))
        read_example(rules, value, slice_is(key, "yes"));
    else
        return false;
    return true;
}

static void unset_value(struct rule_value *value)
{
    value->value = VALUE_UNSET;
    memset(value->under, VALUE_UNSET, sizeof value->under);
}

static bool is_id(struct slice id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!letter && c != '.' && c != '-' && c != '_')
            return false;
    }
    return id.len > 0;
}

// Notes a fault about the whole rule, at its id.
static void rule_fault(struct rule_reader *rules, const char *text)
{
    struct reader at_id = *rules->reader;
    at_id.line = rules->id_line;
    at_id.line_at = rules->id_at;
    reader_fault(&at_id, rules->id_at, "%s", text);
}

static void end_rule(struct rule_reader *rules)
{
    if (!rules->open)
        return;
    const struct rule *rule = &rules->rule;
    bool says = rule->commitment.value != VALUE_UNSET || rule->instrument.value != VALUE_UNSET || rule->meeting.value != VALUE_UNSET ||
                rule->instrument_over != VALUE_UNSET || rule->meeting_over != VALUE_UNSET || rule->makes != VALUE_UNSET ||
                rule->issues != VALUE_UNSET || rule->role != ROLE_NONE || rule->background;
    for (uint32_t i = 0; i < MODALITY_COUNT; i++)
        says = says || rule->commitment.under[i] != VALUE_UNSET || rule->instrument.under[i] != VALUE_UNSET ||
               rule->meeting.under[i] != VALUE_UNSET;
    if (rules->triggers == 0)
        rule_fault(rules, "expected a `trigger` in this rule");
    if (!says)
        rule_fault(rules, "expected this rule to say what its trigger claims: commitment, instrument, meeting, makes, issues, role or "
                          "background");
    if (rules->yes == 0)
        rule_fault(rules, "expected an example `yes` in this rule");
    if (rules->no == 0)
        rule_fault(rules, "expected an example `no` in this rule");
    rules->builder->pack->rules.at[rules->builder->pack->lexemes.at[rules->lexeme].value] = rules->rule;
    rules->open = false;
}

static void begin_rule(struct rule_reader *rules, struct map *ids, struct slice line, uint16_t file_index)
{
    struct pack *pack = rules->builder->pack;
    struct slice id = slice_trim(line);
    bool closed = slice_ends(id, SLICE("]"));
    id = slice_make(id.at + 1, id.len - 1 - closed);
    if (!closed || !is_id(id))
        reader_fault(rules->reader, line.at, "expected a rule's id in brackets, of a-z 0-9 . - _");
    else if (map_get(ids, id, UINT32_MAX) != UINT32_MAX)
        reader_fault(rules->reader, id.at, "expected an id that no other rule has, found `%.*s` again", SLICE_FORMAT(id));
    else
        map_put(ids, id, pack->rules.count);
    struct rule rule = {.id = id, .instrument_over = VALUE_UNSET, .meeting_over = VALUE_UNSET, .makes = VALUE_UNSET,
                        .issues = VALUE_UNSET, .file = file_index, .line = rules->reader->line};
    unset_value(&rule.commitment);
    unset_value(&rule.instrument);
    unset_value(&rule.meeting);
    struct lexeme lexeme = {.kind = LEXICON_TRIGGER, .value = (uint16_t)pack->rules.count, .text = id, .file = file_index,
                            .line = rules->reader->line};
    *rules = (struct rule_reader){.builder = rules->builder, .reader = rules->reader, .rule = rule, .lexeme = pack->lexemes.count,
                                  .id_at = line.at, .id_line = rules->reader->line, .open = true};
    vec_push(rules->builder->arena, &pack->lexemes, lexeme);
    vec_push_max(rules->builder->arena, &pack->rules, rule, PACK_MAX_RULES);
}

void rules_read(struct form_builder *builder, struct map *ids, const struct pack_file *file, uint16_t file_index, pack_fault_vec *faults)
{
    struct reader reader;
    struct slice line, key, value;
    reader_init(&reader, builder->arena, faults, file);
    struct rule_reader rules = {.builder = builder, .reader = &reader};
    while (reader_line(&reader, &line)) {
        if (line.at[0] == '[') {
            end_rule(&rules);
            begin_rule(&rules, ids, line, file_index);
        } else if (!rules.open) {
            reader_fault(&reader, line.at, "expected a rule's id in brackets before the first key");
        } else if (reader_key_value(&reader, line, &key, &value) && !read_key(&rules, key, value)) {
            reader_fault(&reader, key.at, "expected one of: %s; found `%.*s`", rule_keys, SLICE_FORMAT(key));
        }
    }
    end_rule(&rules);
}
