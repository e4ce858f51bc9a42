// SPDX-License-Identifier: MIT
// Sessions whose noun is left out: "The fifth round ended; the fourth was hosted by Tehran", "The next will be held in May".
//
// An ordinal, or "next" and "previous", that may be a subject is a session when its verb tells of meetings and of nothing else. Where verbs
// come last, the whole clause up to its verb is looked at; no other thing that may be counted stands there.
#include "mention/bodies.h"

#define VERB_REACH 12       // tokens between a noun that is left out and the verb that closes its clause
#define OCCASION_REACH 12   // tokens between a verb of meeting and the words that tell how often
#define SESSIONS_LEAST 3    // people meet a second time without a series of sessions

// The trigger tells of meetings and of nothing else (a verb of holding or hosting), or sets a time for whatever it governs.
static bool tells_of_meetings(const struct finder *f, uint32_t at)
{
    uint32_t group = trigger_at(f, at);
    for (uint32_t i = group, end = triggers_end(f, group); i < end; i++) {
        const struct rule *rule = rule_of(f, i);
        uint32_t features = f->document->triggers.at[i].features;
        bool verb = (f->pack->config.head == HEAD_FINAL && !features) ||
                    (features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT) | FEATURE(PART)));
        bool hosts = pack_inflects(f->pack) && rule->role == ROLE_HOST && rule->commitment.value >= VALUE_UNSET;    // or adopts, a document
        bool meetings_only = hosts || (rule->instrument.value >= VALUE_UNSET && rule->commitment.value >= VALUE_UNSET);
        bool sets_time = !pack_inflects(f->pack) && rule->meeting.value == MEETING_STATUS_PLANNED &&
                         (rule->governs == GOVERNS_BOTH || f->pack->config.head == HEAD_FINAL);
        if (verb && rule->meeting.value < VALUE_UNSET && (meetings_only || sets_time))
            return true;
    }
    return false;
}

// "The next is set for May": where words inflect, a verb that plans whatever it governs, right before a date.
static bool sets_date(const struct finder *f, uint32_t at)
{
    uint32_t group = trigger_at(f, at), behind = group == SPAN_NONE ? at : f->document->triggers.at[group].last;
    if (group == SPAN_NONE || !pack_inflects(f->pack) || rule_of(f, group)->meeting.value != MEETING_STATUS_PLANNED)
        return false;
    behind += behind < f->last && (classes_at(f, behind) & (GRAMMAR(IN) | GRAMMAR(ON)));
    return behind < f->last && (f->taken[behind] & TAKEN_DATE);
}

// Behind the auxiliaries that stand before a verb: "will be", "having been", "is to be".
static uint32_t skip_auxiliaries(const struct finder *f, uint32_t at)
{
    uint64_t auxiliary = GRAMMAR(WILL) | GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(TO) | GRAMMAR(MAY) | GRAMMAR(MUST) | GRAMMAR(NOT);
    for (int n = 0; n < 4 && at < f->last && (classes_at(f, at) & auxiliary) && !tells_of_meetings(f, at); n++)
        at = unit_last(f, at);
    return at;
}

// An adjective here may stand for a subject: at the head of its clause, or behind a determiner, without which nothing more need be asked.
static bool may_open_subject(const struct finder *f, uint32_t at)
{
    bool inflects = pack_inflects(f->pack);
    if (!inflects && f->pack->config.head != HEAD_FINAL)
        return at > f->first && (f->classes[at - 1] & GRAMMAR(DETERMINER));
    uint64_t joints = GRAMMAR(AND) | GRAMMAR(BUT) | (inflects ? 0 : GRAMMAR(THAT));
    return at == f->first || f->tokens[at - 1].kind == TOKEN_PUNCT || (f->classes[at - 1] & joints);
}

// The verb whose subject is the adjective that ends at `last`, and whether the adjective may be a subject where it begins.
static uint32_t verb_of_subject(const struct finder *f, uint32_t at, uint32_t last, bool *ret_opens)
{
    if (pack_inflects(f->pack) || f->pack->config.head == HEAD_FINAL) {
        *ret_opens = may_open_subject(f, at);
        return last + ((classes_at(f, last) & (GRAMMAR(BE) | GRAMMAR(NOT))) != 0);
    }
    uint32_t opening = at;      // "the third", "a 38th", "the next one"
    while (opening > f->first && (classes_at(f, opening - 1) & GRAMMAR(DETERMINER)) &&
           !(opening < at && (classes_at(f, opening - 1) & GRAMMAR(THAT))))
        opening--;
    *ret_opens = opening < at && (opening == f->first || f->tokens[opening - 1].kind == TOKEN_PUNCT ||
                                  (classes_at(f, opening - 1) & (GRAMMAR(AND) | GRAMMAR(BUT) | GRAMMAR(WHILE) | GRAMMAR(THAT))));
    if (classes_at(f, last) & GRAMMAR(PRONOUN))
        last = unit_last(f, last);
    return skip_auxiliaries(f, last);
}

// "The second will be in Tokyo", "the first was on 5 May": nothing but "be" stands before a place or a date.
static bool is_told_where(const struct finder *f, uint32_t at, uint32_t verb)
{
    bool stands = verb > at && (classes_at(f, verb - 1) & GRAMMAR(BE)) && (classes_at(f, verb) & (GRAMMAR(IN) | GRAMMAR(ON)));
    if (pack_inflects(f->pack) || !stands)
        return false;
    uint32_t next = skip_determiners(f, unit_last(f, verb));
    return next < f->last && ((f->taken[next] & TAKEN_DATE) || (kinds_at(f, next) & (KIND(CITY) | KIND(STATE))));
}

// Where verbs come last: "… and the next in Nairobi in May held-will-be", without the noun. No other thing may stand before the verb.
static bool closes_on_meeting(const struct finder *f, uint32_t at)
{
    if (f->pack->config.head != HEAD_FINAL)
        return false;
    uint32_t things = KIND(MEETING) | KIND(BODY) | KIND(INSTRUMENT) | KIND(OFFICE) | KIND(ORGAN) | FIELD_KINDS | KIND(UNIT);
    for (uint32_t next = at; next < f->last && next < at + VERB_REACH; next = unit_last(f, next)) {
        if (f->tokens[next].kind == TOKEN_PUNCT)
            return false;
        if (tells_of_meetings(f, next))
            return true;
        const struct lexeme *ordinary = lexeme_at(f, next, LEXICON_ORDINARY);
        bool noun = ordinary && slice_is(ordinary->text, "noun");
        bool known = f->kinds[next] & (KIND(GRAMMAR) | KIND(CITY) | KIND(ORDINARY) | PARTY_KINDS);
        if ((f->kinds[next] & things) || noun || !(known || (f->taken[next] & TAKEN_DATE)))
            return false;
    }
    return false;
}

#define BEFORE_VERB 3       // units between a noun that is left out and its verb, where words are free in order

// Where words inflect: "The fifth the sides will hold in Accra", "The tenth they agreed to call in Tehran": the verb behind who holds it
// and the verb that settles or plans it; `at` if there is none.
static uint32_t verb_behind_sides(const struct finder *f, uint32_t at)
{
    bool settled = false;
    uint32_t unit = at;
    for (int n = 0; pack_inflects(f->pack) && n < BEFORE_VERB && unit < f->last; n++, unit = unit_last(f, unit)) {
        uint32_t group = trigger_at(f, unit), features = group == SPAN_NONE ? 0 : f->document->triggers.at[group].features;
        if (tells_of_meetings(f, unit))
            return unit;
        uint8_t value = group == SPAN_NONE ? VALUE_UNSET : rule_of(f, group)->meeting.value;
        bool held = value < VALUE_UNSET && value != CODE_NONE;
        if (settled && held && (features & FEATURE(INF)))
            return unit;
        bool settles = group != SPAN_NONE && rule_of(f, group)->meeting_over == MEETING_STATUS_PLANNED;
        settled |= settles;
        if (!settles && !(f->kinds[unit] & (KIND(SIDE) | PARTY_KINDS)) && !(f->classes[unit] & (GRAMMAR(PRONOUN) | GRAMMAR(BE))))
            return at;
    }
    return at;
}

// Where words inflect: "Since it was set up this is already the third.", "It was the second": a pronoun, no verb but "be", and nothing
// behind the number.
static bool is_said_number(const struct finder *f, uint32_t at, uint32_t last)
{
    bool closes = last >= f->last || is_mark(f, last, '.') || is_mark(f, last, ';') || (is_mark(f, last, ',') && last + 1 < f->last);
    uint32_t before = at;
    for (int n = 0; n < 2 && before > f->first && !(classes_at(f, before - 1) & GRAMMAR(PRONOUN)); n++)
        before--;
    bool pronoun = before > f->first && (classes_at(f, before - 1) & GRAMMAR(PRONOUN));
    for (uint32_t t = before; t < at; t++)
        closes &= f->tokens[t].kind == TOKEN_WORD && trigger_at(f, t) == SPAN_NONE;
    return pack_inflects(f->pack) && closes && pronoun;
}

// "The third session ended. For the second one has to go back to May": where prepositions mark cases, an ordinal with nothing behind it
// that it could count is a session if the one last spoken of is numbered next to it.
static bool counts_on(const struct finder *f, uint32_t last, int32_t ordinal)
{
    const struct document *d = f->document;
    uint64_t behind = classes_at(f, last);
    bool bare = last >= f->last || f->tokens[last].kind == TOKEN_PUNCT || trigger_at(f, last) != SPAN_NONE ||
                (behind & (GRAMMAR(PRONOUN) | GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(IN) | GRAMMAR(WHICH) | GRAMMAR(AND)));
    if (!ordinal || !bare || f->pack->config.case_marks != CASE_BEFORE || pack_inflects(f->pack))
        return false;
    for (uint32_t i = d->mentions.count; i-- > 0 && d->mentions.at[i].sentence + 1 >= f->sentence;) {
        const struct mention *m = &d->mentions.at[i];
        if (m->kind == MENTION_MEETING && m->ordinal)
            return m->ordinal == ordinal + 1 || m->ordinal + 1 == ordinal;
    }
    return false;
}

// "The fifth round ended; the fourth was hosted by Tehran", "The next will be held in May": the noun of an adjective may be left out.
bool session_left_out(const struct finder *f, uint32_t at, struct noun *n)
{
    uint32_t last = unit_last(f, at);
    int32_t ordinal = ordinal_at(f, at, &last);
    bool said = ordinal && is_said_number(f, at, last);
    bool counts = ordinal && (classes_at(f, at) & GRAMMAR(OCCASION));   // "for the first time"
    if (counts || (!may_open_subject(f, at) && !said))
        return false;
    uint64_t classes = classes_at(f, at);
    bool opens = false;
    if ((!ordinal && !(classes & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT)))) || (f->taken[at] & TAKEN_DATE))
        return false;
    if (!ordinal && pack_inflects(f->pack) && last + 1 < f->last && is_mark(f, last, ',')) {   // "the next, the sixth, will be held"
        uint32_t end = last + 1;
        ordinal = ordinal_at(f, last + 1, &end);
        last = ordinal ? end + is_mark(f, end, ',') : last;
    }
    uint32_t verb = verb_of_subject(f, at, last, &opens);
    uint32_t far = tells_of_meetings(f, verb) ? verb : verb_behind_sides(f, verb);
    bool settled = far > verb;
    verb = far;
    bool number = ordinal && !(classes & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT)));
    const struct span *span = span_at(f, at, number ? LEXICON_NUMBER : LEXICON_GRAMMAR);
    bool final = f->pack->config.head == HEAD_FINAL;
    if (!said && !(number && counts_on(f, last, ordinal)) &&
        (!opens || !(final ? closes_on_meeting(f, last) : tells_of_meetings(f, verb) || settled || is_told_where(f, at, verb) ||
                                                                    ((classes & GRAMMAR(NEXT)) && sets_date(f, verb)))))
        return false;
    *n = (struct noun){.first = at, .last = last, .core_first = at, .core_last = last, .type = MEETING_SESSION, .event = true,
                       .ordinal = ordinal, .lexeme = span ? span->lexeme : UINT32_MAX};
    n->flags = classes & GRAMMAR(NEXT) ? MENTION_NEXT_REF : classes & GRAMMAR(PREVIOUS) ? MENTION_PAST_REF : 0;
    return true;
}

// The verb that stands at `at` tells that somebody met, or of a session and nothing else.
static bool tells_of_meeting(const struct finder *f, uint32_t at)
{
    uint32_t group = trigger_at(f, at);
    for (uint32_t i = group, end = triggers_end(f, group); i < end; i++)
        if (rule_of(f, i)->makes == MEETING_MEETING)
            return true;
    return tells_of_meetings(f, at);
}

// The verb nearest to the words is one of meeting: before them where verbs come first, behind them where they come last, on either side
// where words are free in order.
static bool is_beside_meeting(const struct finder *f, uint32_t first, uint32_t last)
{
    bool final = f->pack->config.head == HEAD_FINAL, free_order = pack_inflects(f->pack);
    for (uint32_t at = first; !final && at-- > f->first && first - at <= OCCASION_REACH;)
        if (is_verb(f, unit_first(f, at)))
            return tells_of_meeting(f, unit_first(f, at));
    for (uint32_t at = last; (final || free_order) && at < f->last && at < last + OCCASION_REACH; at = unit_last(f, at))
        if (trigger_at(f, at) != SPAN_NONE)
            return tells_of_meeting(f, at);
    return false;
}

// "For the first time since 2019", "in ten years": after a pause, and not the first of all.
static bool follows_pause(const struct finder *f, uint32_t at)
{
    uint64_t classes = classes_at(f, at);
    uint32_t next = classes & GRAMMAR(IN) ? skip_determiners(f, unit_last(f, at)) : at;
    bool place = next < f->last && ((f->taken[next] & TAKEN_DATE) || (kinds_at(f, next) & (KIND(CITY) | KIND(STATE))));
    return (classes & (GRAMMAR(SINCE) | GRAMMAR(AFTER) | GRAMMAR(FOR))) || ((classes & GRAMMAR(IN)) && !place);
}

// The noun that the words count: the body of the sentence before any other.
static struct noun *noun_counted(noun_vec *nouns)
{
    struct noun *counted = NULL;
    for (uint32_t i = 0; i < nouns->count; i++) {
        struct noun *n = &nouns->at[i];
        bool countable = !n->ordinal && !(n->flags & MENTION_PLURAL) && n->type != MEETING_VISIT && n->type != MEETING_CALL;
        if (countable && (!counted || (n->body && !counted->body)))
            counted = n;
    }
    return counted;
}

// "It was the second time that they met": a pronoun and "be" stand before the words, and a verb of meeting behind their "that".
static bool is_said_of_meeting(const struct finder *f, uint32_t first, uint32_t last)
{
    uint32_t opening = first;
    while (opening > f->first && (classes_at(f, opening - 1) & (GRAMMAR(DETERMINER) | GRAMMAR(BE))))
        opening--;
    bool pronoun = opening > f->first && (classes_at(f, opening - 1) & GRAMMAR(PRONOUN)) && (classes_at(f, opening) & GRAMMAR(BE));
    if (f->pack->config.head != HEAD_INITIAL || pack_inflects(f->pack) || !pronoun || last >= f->last)
        return false;
    for (uint32_t at = last; at < f->last && at < last + OCCASION_REACH; at = unit_last(f, at))
        if (trigger_at(f, at) != SPAN_NONE)
            return tells_of_meeting(f, at);
    return false;
}

// "The commission met for the seventh time": how often somebody met is the number of the session, whether a noun of it stands in the
// sentence or not ("it met for the third time since it was set up"). A first time after a pause is none.
void count_occasions(const struct finder *f, noun_vec *nouns)
{
    for (uint32_t at = f->first, next; (f->here_classes & GRAMMAR(OCCASION)) && at < f->last; at = next) {
        uint32_t first = at;
        next = unit_last(f, at);
        int32_t ordinal = classes_at(f, at) & GRAMMAR(OCCASION) ? ordinal_before(f, at, &first) : 0;
        if (!ordinal && (classes_at(f, at) & GRAMMAR(OCCASION)))
            ordinal = ordinal_at(f, at, &next);     // one word: "firstly" for "for the first time"
        bool said = ordinal && is_said_of_meeting(f, first, next);
        if (!ordinal || !(said || is_beside_meeting(f, first, next)) || (ordinal == 1 && follows_pause(f, next)))
            continue;
        struct noun *counted = noun_counted(nouns);
        bool other = counted && ordinal == 1 && !counted->body;
        if (counted && !other) {
            counted->ordinal = ordinal;
        } else if (!counted && (said || ordinal >= SESSIONS_LEAST) && f->pack->config.head == HEAD_INITIAL) {
            struct noun n = {.first = first, .last = next, .core_first = first, .core_last = next, .type = MEETING_SESSION, .event = true,
                             .ordinal = ordinal, .lexeme = span_at(f, at, LEXICON_GRAMMAR)->lexeme};
            uint32_t place = nouns->count;
            vec_push(f->arena, nouns, n);
            for (; place > 0 && nouns->at[place - 1].first > first; place--)
                nouns->at[place] = nouns->at[place - 1];
            nouns->at[place] = n;
        }
    }
}
