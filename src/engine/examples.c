// SPDX-License-Identifier: MIT
// Runs the examples that stand beside each frame rule of a pack: the whole reader reads the sentence as a report of its own, and the rule
// must have given a frame that yields something (yes) or must not have (no). A rule yields when its frame, or a frame under it, governs a
// mention or makes a meeting, or when its role binds a person.
#include "engine/engine.h"

#include "pack/pack.h"

// The rule has a value for the frame's modality: its plain value, or one that only a future, a condition … gives.
static bool has_value(const struct rule_value *value, uint32_t flags)
{
    if (value->value != CODE_NONE)
        return value->value < VALUE_UNSET;
    return ((flags & FRAME_FUTURE) && value->under[MODALITY_FUTURE] < VALUE_UNSET) ||
           ((flags & FRAME_MAY) && value->under[MODALITY_MAY] < VALUE_UNSET) ||
           ((flags & FRAME_NOT) && value->under[MODALITY_NOT] < VALUE_UNSET) ||
           ((flags & FRAME_NONFINITE) && value->under[MODALITY_NONFINITE] < VALUE_UNSET);
}

static bool is_void(const struct rule_value *value)
{
    bool void_under = true;
    for (int i = 0; i < MODALITY_COUNT; i++)
        void_under &= value->under[i] >= VALUE_UNSET;
    return value->value >= VALUE_UNSET && void_under;
}

static bool has_no_value(const struct rule *rule)
{
    return is_void(&rule->commitment) && is_void(&rule->instrument) && is_void(&rule->meeting);
}

// What the rule speaks of: topics take its stance, instruments and meetings its status; a rule that only changes others (`.over`,
// `background`) speaks of either.
static bool concerns(const struct rule *rule, uint32_t flags, const struct mention *m)
{
    bool changes = has_no_value(rule) && rule->makes == VALUE_UNSET && rule->role == ROLE_NONE;
    if (m->flags & MENTION_INSIDE)
        return false;
    switch (m->kind) {
    case MENTION_TOPIC:
        return has_value(&rule->commitment, flags);
    case MENTION_INSTRUMENT:
        return has_value(&rule->instrument, flags) || changes;
    case MENTION_MEETING:
    case MENTION_BODY:
        return has_value(&rule->meeting, flags) || changes;
    default:
        return false;
    }
}

static bool governs_something(const struct document *document, uint32_t frame, const struct rule *rule)
{
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        uint32_t at = document->governed_by[i];
        while (at != FRAME_NONE && at != frame)
            at = document->frames.at[at].outer;
        if (at == frame && concerns(rule, document->frames.at[frame].flags, &document->mentions.at[i]))
            return true;
    }
    return false;
}

// Somebody who could deal stands in the frame's clause.
static bool has_actor(const struct document *document, const struct frame *frame)
{
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *m = &document->mentions.at[i];
        bool actor = m->kind == MENTION_PARTY || m->kind == MENTION_PERSON || m->kind == MENTION_SIDES || m->kind == MENTION_MEETING ||
                     m->kind == MENTION_BODY;
        if (actor && m->first >= frame->clause_first && m->first < frame->clause_last)
            return true;
    }
    return false;
}

// A rule without any value stands in the way of shorter triggers ("a sign of friendship"): it fires where its words are.
static bool is_guard(const struct rule *rule)
{
    return has_no_value(rule) && rule->instrument_over == VALUE_UNSET && rule->meeting_over == VALUE_UNSET &&
           rule->makes == VALUE_UNSET && rule->issues == VALUE_UNSET && rule->role == ROLE_NONE && !rule->background;
}

// The rule has a frame here that is asserted and governs something, or (roles, meetings by verb) has somebody to act.
static bool rule_yields(const struct document *document, uint32_t rule)
{
    const struct rule *r = &document->pack->rules.at[rule];
    bool guard = is_guard(r);
    bool acts = r->makes < VALUE_UNSET || r->issues < VALUE_UNSET || (r->role != ROLE_NONE && r->role != ROLE_SIGN);
    for (uint32_t i = 0; i < document->frames.count; i++) {
        const struct frame *frame = &document->frames.at[i];
        if (frame->rule != rule)
            continue;
        bool denied = (frame->flags & FRAME_NOT) && r->commitment.under[MODALITY_NOT] >= VALUE_UNSET;
        if (!denied && (guard || governs_something(document, i, r) || (acts && has_actor(document, frame))))
            return true;
    }
    return false;
}

static void add_fault(struct arena *arena, const struct pack *pack, const struct rule *rule, const struct rule_example *example,
                      const char *what, pack_fault_vec *faults)
{
    struct pack_fault fault = {
        .file = pack->files.at[rule->file],
        .line = example->line,
        .column = 1,
        .text = arena_format(arena, "rule %.*s %s: %.*s", (int)rule->id.len, rule->id.at, what, (int)example->text.len, example->text.at),
    };
    vec_push(arena, faults, fault);
}

enum status engine_check_examples(struct engine *engine, uint8_t language, struct arena *arena, pack_fault_vec *faults,
                                  uint32_t *ret_examples, struct error *reterr_error)
{
    const struct pack *pack;
    enum status status = engine_pack(engine, language, &pack, reterr_error);
    uint32_t examples = 0;
    for (uint32_t i = 0; !status && i < pack->rules.count; i++) {
        const struct rule *rule = &pack->rules.at[i];
        for (uint32_t j = 0; !status && j < rule->examples.count; j++) {
            const struct rule_example *example = &rule->examples.at[j];
            struct read_options options = {.uri = rule->id, .language = language, .hint = LANGUAGE_NONE};
            struct document document;
            status = engine_read(engine, example->text, &options, &document, reterr_error);
            if (status == STATUS_BINARY || status == STATUS_EMPTY) {     // the example's fault, not the check's
                add_fault(arena, pack, rule, example, "needs a sentence as an example, and this is none", faults);
                status = STATUS_OK;
                continue;
            }
            if (status)
                break;
            if (rule_yields(&document, i) != example->must_match)
                add_fault(arena, pack, rule, example,
                          example->must_match ? "must fire here and does not" : "must not fire here but does", faults);
            engine_finish_document(&document);
            examples++;
        }
    }
    *ret_examples = examples;
    return status;
}
