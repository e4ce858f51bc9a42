// SPDX-License-Identifier: MIT
// What a chain of frames says of the thing it governs.
//
// A chain runs from the frame that governs a mention up through its outer frames. A commitment takes the stance of the outermost frame that
// has one ("agreed to discuss": agreed). An instrument or meeting takes the status of the innermost frame that has one, changed by `.over`
// of a frame further out ("agreed to sign": planned). Tense and polarity come from the frame that gives the value, and from outer frames
// that say nothing of their own ("will hold talks on": the future of "hold" is that of "talks").
#include "resolve/work.h"

#define CHAIN_MAX 16
#define FRAME_IRREALIS (FRAME_FUTURE | FRAME_MUST | FRAME_MAY | FRAME_NOT | FRAME_IF)

struct chain {
    uint32_t at[CHAIN_MAX];  // innermost first
    uint32_t count;
};

static struct chain chain_of(const struct work *work, uint32_t frame)
{
    struct chain chain = {.count = 0};
    while (frame != FRAME_NONE && chain.count < CHAIN_MAX) {
        chain.at[chain.count++] = frame;
        frame = work->document->frames.at[frame].outer;
    }
    return chain;
}

static uint8_t under_flags(const struct rule_value *value, const uint8_t (*table)[MODALITY_COUNT], uint32_t flags);

// What should be done is what will be done, as the table has it under "must": planned becomes proposed.
static uint8_t should_be(const struct rule_value *value, const uint8_t (*table)[MODALITY_COUNT], uint32_t flags)
{
    uint8_t will = under_flags(value, table, flags & ~(uint32_t)FRAME_MUST);
    return will < VALUE_UNSET && will != CODE_NONE ? table[will][MODALITY_MUST] : will;
}

// The value under the frame's flags: the rule's own word for the modality first, then the shared table.
static uint8_t under_flags(const struct rule_value *value, const uint8_t (*table)[MODALITY_COUNT], uint32_t flags)
{
    static const struct {
        uint32_t flags;
        enum modality modality;
    } order[] = {
        {FRAME_NOT, MODALITY_NOT},
        {FRAME_MAY | FRAME_IF, MODALITY_MAY},
        {FRAME_MUST, MODALITY_MUST},
        {FRAME_FUTURE, MODALITY_FUTURE},
        {FRAME_NONFINITE, MODALITY_NONFINITE},
    };
    if (value->value == VALUE_UNSET)
        return VALUE_UNSET;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (!(flags & order[i].flags))
            continue;
        uint8_t own = value->under[order[i].modality];
        if (own != VALUE_UNSET)
            return own;
        if (order[i].flags == FRAME_MUST)
            return should_be(value, table, flags);
        return value->value == CODE_NONE ? CODE_NONE : table[value->value][order[i].modality];
    }
    return value->value;
}

// Flags of chain[i]: its own, and the irreality of the outer frames that give no value themselves. A frame under a finite one is not
// open-ended any more.
static uint32_t inherited_flags(const struct work *work, const struct chain *chain, uint32_t i, size_t value_offset)
{
    uint32_t flags = work->document->frames.at[chain->at[i]].flags;
    for (uint32_t j = i + 1; j < chain->count; j++) {
        const struct frame *outer = &work->document->frames.at[chain->at[j]];
        const struct rule_value *value = (const void *)((const char *)work_rule(work, chain->at[j]) + value_offset);
        if (value->value != VALUE_UNSET)
            break;
        flags |= outer->flags & FRAME_IRREALIS;
        if (!(outer->flags & (FRAME_NONFINITE | FRAME_NOUN)))
            flags &= ~(uint32_t)FRAME_NONFINITE;
    }
    return flags;
}

// "Will not extend the quotas": what would be a plan is refused.
static bool will_not(const struct rule_value *value, const uint8_t (*table)[MODALITY_COUNT], uint32_t flags)
{
    bool future = (flags & FRAME_FUTURE) && (flags & FRAME_NOT) && !(flags & (FRAME_MAY | FRAME_IF | FRAME_MUST));
    return future && under_flags(value, table, flags & ~(uint32_t)FRAME_NOT) == STANCE_PLANNED;
}

// The commitment that chain[i] gives, VALUE_UNSET if its rule has none.
static struct reading commitment_at(const struct work *work, const struct chain *chain, uint32_t i)
{
    const struct rule *rule = work_rule(work, chain->at[i]);
    if (rule->commitment.value == VALUE_UNSET)
        return (struct reading){VALUE_UNSET, FRAME_NONE, 0};
    uint32_t flags = inherited_flags(work, chain, i, offsetof(struct rule, commitment));
    uint8_t value = under_flags(&rule->commitment, work->world->commitment_under, flags);
    if (value == CODE_NONE && will_not(&rule->commitment, work->world->commitment_under, flags))
        value = STANCE_REFUSED;
    // "if the border is opened": a condition is nothing that anybody proposed
    if (value == STANCE_PROPOSED && (flags & FRAME_IF) && rule->commitment.value != STANCE_PROPOSED)
        value = CODE_NONE;
    return (struct reading){value, chain->at[i], flags};
}

// "Decided to suspend", "intends to propose", "plans to discuss": the verb above only tells that it was decided, announced or will be done.
static struct reading deed_under(const struct work *work, const struct chain *chain, uint32_t i, uint8_t decided)
{
    struct reading none = {VALUE_UNSET, FRAME_NONE, 0};
    if (i == 0 || !(work->document->frames.at[chain->at[i - 1]].flags & (FRAME_NONFINITE | FRAME_NOUN)))
        return none;
    struct reading inner = commitment_at(work, chain, i - 1);
    // "intends to explore": who will explore something plans it, as the rule has it
    bool plans = work_rule(work, chain->at[i - 1])->commitment.under[MODALITY_FUTURE] == STANCE_PLANNED;
    bool asks = (inner.value == STANCE_PROPOSED || inner.value == STANCE_DISCUSSED) && !plans;
    return inner.value == STANCE_REFUSED || (asks && decided == STANCE_PLANNED) ? inner : none;
}

// "Stressed that the two will build a road": a rule that yields lets a finite clause under it speak for itself.
static bool gives_way(const struct work *work, const struct chain *chain, uint32_t i)
{
    if (!work_rule(work, chain->at[i])->yields || i == 0)
        return false;
    if (work->document->frames.at[chain->at[i - 1]].flags & (FRAME_NONFINITE | FRAME_NOUN))
        return false;
    for (uint32_t k = i; k-- > 0;) {
        struct reading inner = commitment_at(work, chain, k);
        if (inner.value != VALUE_UNSET)
            return inner.value != CODE_NONE;
    }
    return false;
}

// "Reiterated its request for", "handed over a proposal on", "confirmed its readiness to": the noun tells what is wanted or meant, the verb
// only that it was said again or passed on.
static struct reading wish_under(const struct work *work, const struct chain *chain, uint32_t i)
{
    struct reading none = {VALUE_UNSET, FRAME_NONE, 0};
    uint32_t flags = i == 0 ? 0 : work->document->frames.at[chain->at[i - 1]].flags;
    if (!(flags & (FRAME_NOUN | FRAME_NONFINITE)))
        return none;
    struct reading inner = commitment_at(work, chain, i - 1);
    if (!(flags & FRAME_NOUN)) {    // "would like to discuss", by an infinitive and no gerund ("welcomed discussing")
        bool infinitive = pack_inflects(work_pack(work, work->document->frames.at[chain->at[i]].sentence));
        bool wishes = infinitive && work_rule(work, chain->at[i])->commitment.value == STANCE_SUPPORTED;
        return wishes && inner.value == STANCE_DISCUSSED ? inner : none;
    }
    bool meant = inner.value == STANCE_PLANNED && work_rule(work, chain->at[i - 1])->commitment.value == STANCE_PLANNED;
    bool wanted = inner.value == STANCE_PROPOSED, again = work_rule(work, chain->at[i])->yields;    // "welcomed the proposal" takes it up
    return (wanted && (again || work_rule(work, chain->at[i])->commitment.value == STANCE_DONE)) || (meant && again) ? inner : none;
}

// "To discuss they intend trade": where words are free in order, an infinitive may stand before the verb above it and its own object
// behind. Returns the infinitive of talk that the verb rules so, the verb itself if there is none.
static uint32_t put_before(const struct work *work, uint32_t frame)
{
    if (frame == FRAME_NONE || work_rule(work, frame)->commitment.value != STANCE_PLANNED)
        return frame;
    const struct frame *verb = &work->document->frames.at[frame];
    bool free_order = pack_inflects(work_pack(work, verb->sentence)) && !(verb->flags & (FRAME_NOUN | FRAME_NONFINITE));
    uint32_t first, last;
    work_sentence_frames(work, verb->sentence, &first, &last);
    for (uint32_t i = first; free_order && i < frame && i < last; i++) {
        const struct frame *open = &work->document->frames.at[i];
        bool infinitive = (open->flags & FRAME_NONFINITE) && !(open->flags & FRAME_NOUN) && open->outer == frame;
        bool beside = open->last == verb->first && !(open->flags & FRAME_PAST);     // the verb is its auxiliary, too
        if ((infinitive || beside) && work_rule(work, i)->commitment.value == STANCE_DISCUSSED)
            return i;
    }
    return frame;
}

struct reading read_commitment(const struct work *work, uint32_t frame)
{
    struct chain chain = chain_of(work, put_before(work, frame));
    for (uint32_t i = chain.count; i-- > 0;) {
        struct reading reading = commitment_at(work, &chain, i);
        if (reading.value == VALUE_UNSET || gives_way(work, &chain, i))
            continue;
        bool says = reading.value == STANCE_SUPPORTED || reading.value == STANCE_DONE;
        bool decides = reading.value == STANCE_AGREED || reading.value == STANCE_PLANNED;
        struct reading inner = says ? wish_under(work, &chain, i) : decides ? deed_under(work, &chain, i, reading.value) : reading;
        return inner.value == VALUE_UNSET ? reading : inner;
    }
    return (struct reading){VALUE_UNSET, FRAME_NONE, 0};
}

// One status under the flags, by the shared table alone.
static uint8_t status_under(const struct work *work, uint8_t status, uint32_t flags)
{
    struct rule_value plain = {.value = status};
    for (size_t i = 0; i < MODALITY_COUNT; i++)
        plain.under[i] = VALUE_UNSET;
    return under_flags(&plain, work->world->instrument_under, flags);
}

// What a frame further out makes of a document's state. Who agrees to sign has not signed yet, and an end that is only asked for is none.
// What closes talks ("agreed" over "planned") has settled the text, and what stops the carrying-out has ended the document; neither tells
// anything of other states. A document whose carrying-out is asked for is in force all the same.
static uint8_t document_under(const struct work *work, uint8_t value, bool carried_out, uint8_t over, uint32_t flags)
{
    if (over == INSTRUMENT_STATUS_AGREED)
        return value == INSTRUMENT_STATUS_PLANNED ? status_under(work, over, flags) : value;
    if (over == INSTRUMENT_STATUS_ENDED)
        return value == INSTRUMENT_STATUS_IN_FORCE && !(flags & FRAME_IRREALIS) ? over : value;
    if (over != CODE_NONE && carried_out)
        return value;
    return (flags & FRAME_NOT) || value == INSTRUMENT_STATUS_ENDED ? CODE_NONE : over;     // "no signing is planned"
}

static struct reading read_inner(const struct work *work, uint32_t frame, size_t value_offset, size_t over_offset,
                                 const uint8_t (*table)[MODALITY_COUNT])
{
    struct chain chain = chain_of(work, frame);
    for (uint32_t i = 0; i < chain.count; i++) {
        const struct rule_value *value = (const void *)((const char *)work_rule(work, chain.at[i]) + value_offset);
        if (value->value == VALUE_UNSET)
            continue;
        const struct frame *inner = &work->document->frames.at[chain.at[i]];
        bool bare = inner->flags & (FRAME_NONFINITE | FRAME_NOUN), final = work_pack(work, inner->sentence)->config.head == HEAD_FINAL;
        // a rule that says what its participle means ("the session held in May") states a fact, whatever is said of it
        bool fact = final && bare && value->under[MODALITY_NONFINITE] != VALUE_UNSET && value->under[MODALITY_NONFINITE] == value->value;
        // "the concluded treaties will help trade": the tense is that of the help
        bool document = value_offset == offsetof(struct rule, instrument), own = fact && document;
        bool carried_out = document && bare && value->value == INSTRUMENT_STATUS_IN_FORCE &&
                           value->under[MODALITY_NONFINITE] == INSTRUMENT_STATUS_IN_FORCE;
        uint32_t flags = own ? inner->flags : inherited_flags(work, &chain, i, value_offset);
        if (document && (flags & FRAME_PASSIVE))
            flags &= ~(uint32_t)FRAME_MUST;     // "it should be signed by June" expects it, "they should sign it" asks for it
        struct reading reading = {under_flags(value, table, flags), chain.at[i], flags};
        if (fact)
            return reading;
        for (uint32_t j = i + 1; j < chain.count; j++) {
            uint8_t over = *((const uint8_t *)work_rule(work, chain.at[j]) + over_offset);
            if (!bare && over != CODE_NONE)     // "denied that it had signed": a finite clause, too, is nothing then
                continue;
            if (over == VALUE_UNSET || (document && reading.value == CODE_NONE))
                continue;   // "decided not to renew the treaty": no plan
            uint32_t outer_flags = work->document->frames.at[chain.at[j]].flags;
            const struct rule_value *outer = &work_rule(work, chain.at[j])->instrument;
            if (outer->value < VALUE_UNSET && outer->under[MODALITY_NONFINITE] == outer->value)
                outer_flags &= ~(uint32_t)FRAME_NONFINITE;      // "the conclusion of talks": a noun that tells a fact
            if (document)
                reading.value = document_under(work, reading.value, carried_out, over, outer_flags);
            else
                reading.value = outer_flags & FRAME_NOT ? CODE_NONE : over;
        }
        return reading;
    }
    bool told = chain.count > 0 && !(work->document->frames.at[chain.at[0]].flags & (FRAME_NONFINITE | FRAME_NOUN));
    for (uint32_t j = 0; told && j < chain.count; j++) {    // "denied that they had met": no value of its own to change
        uint8_t over = *((const uint8_t *)work_rule(work, chain.at[j]) + over_offset);
        if (over == CODE_NONE && !(work->document->frames.at[chain.at[j]].flags & FRAME_NOT))
            return (struct reading){CODE_NONE, chain.at[j], work->document->frames.at[chain.at[j]].flags};
    }
    return (struct reading){VALUE_UNSET, FRAME_NONE, chain.count ? work->document->frames.at[chain.at[0]].flags : 0};
}

struct reading read_instrument(const struct work *work, uint32_t frame)
{
    return read_inner(work, frame, offsetof(struct rule, instrument), offsetof(struct rule, instrument_over),
                      work->world->instrument_under);
}

// "The tenth they agreed to call in Tehran": where words are free in order, the object of the open verb may stand before the verb above it.
static bool rules_open_meeting(const struct work *work, uint32_t frame)
{
    uint32_t first, last, sentence = work->document->frames.at[frame].sentence;
    if (!pack_inflects(work_pack(work, sentence)))
        return false;
    work_sentence_frames(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *open = &work->document->frames.at[i];
        uint8_t value = work_rule(work, i)->meeting.value;
        bool infinitive = (open->flags & FRAME_NONFINITE) && !(open->flags & FRAME_NOUN);
        if (open->outer == frame && infinitive && value < VALUE_UNSET && value != CODE_NONE)
            return true;
    }
    return false;
}

struct reading read_meeting(const struct work *work, uint32_t frame)
{
    return read_inner(work, frame, offsetof(struct rule, meeting), offsetof(struct rule, meeting_over), work->world->meeting_under);
}

struct reading read_session(const struct work *work, uint32_t frame)
{
    struct reading reading = read_meeting(work, frame);
    if (frame == FRAME_NONE || reading.value != VALUE_UNSET || work_rule(work, frame)->meeting_over >= VALUE_UNSET ||
        (work->document->frames.at[frame].flags & FRAME_NOT) || !rules_open_meeting(work, frame))
        return reading;
    return (struct reading){work_rule(work, frame)->meeting_over, frame, work->document->frames.at[frame].flags};
}
