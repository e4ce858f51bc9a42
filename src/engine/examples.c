// SPDX-License-Identifier: MIT
// Runs the examples that stand beside each frame rule of a pack: the whole reader reads the sentence as a report of its own, and the rule
// must have given a frame that yields something (yes) or must not have (no). A rule yields when its frame, or a frame under it, governs a
// mention or makes a meeting, or when its role binds a person.
#include "engine/engine.h"

#include "pack/pack.h"

static bool governs_something(const struct document *document, uint32_t frame)
{
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        uint32_t at = document->governed_by[i];
        while (at != FRAME_NONE && at != frame)
            at = document->frames.at[at].outer;
        if (at == frame)
            return true;
    }
    return false;
}

// The rule gave a claim: one of the record's claims names it among its reasons, or (role rules) its frame stands and governs.
static bool rule_yields(const struct document *document, uint32_t rule)
{
    for (uint32_t i = 0; i < document->frames.count; i++) {
        const struct frame *frame = &document->frames.at[i];
        if (frame->rule != rule)
            continue;
        const struct rule *r = &document->pack->rules.at[rule];
        if (r->makes != VALUE_UNSET || r->issues != VALUE_UNSET || r->role != ROLE_NONE)
            return !(frame->flags & FRAME_NOT);
        if (!(frame->flags & FRAME_NOT) && governs_something(document, i))
            return true;
        if ((frame->flags & FRAME_NOT) && r->commitment.under[MODALITY_NOT] < VALUE_UNSET && governs_something(document, i))
            return true;
    }
    return false;
}

static void add_fault(struct arena *arena, const struct pack *pack, const struct rule *rule, const struct rule_example *example,
                      pack_fault_vec *faults)
{
    struct pack_fault fault = {
        .file = pack->files.at[rule->file],
        .line = example->line,
        .column = 1,
        .text = arena_format(arena, "rule %.*s %s: %.*s", (int)rule->id.len, rule->id.at,
                             example->must_match ? "must fire here and does not" : "must not fire here but does",
                             (int)example->text.len, example->text.at),
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
            struct read_options options = {.uri = rule->id, .language = language};
            struct document document;
            status = engine_read(engine, example->text, &options, &document, reterr_error);
            if (status)
                break;
            if (rule_yields(&document, i) != example->must_match)
                add_fault(arena, pack, rule, example, faults);
            engine_finish_document(&document);
            examples++;
        }
    }
    *ret_examples = examples;
    return status;
}
