// SPDX-License-Identifier: MIT
// Topics that stand in one noun group: which of them tells the field.
//
// Words for what is used or made (`means`: technology, construction, a plant) tell a field only where their noun group names no other one:
// "the construction of a hospital" is of health, "energy security" of energy, while "industry and construction" are two fields.
#include "resolve/work.h"

#define GROUP_REACH 3   // tokens between the parts of a noun group
#define GOODS_REACH 12  // tokens between a levy and the last of the goods that it is laid upon

// Nothing parts the two topics but adjectives and what joins a noun to its noun: "of", "for", a genitive's mark.
static bool are_one_group(const struct work *work, const struct mention *a, const struct mention *b)
{
    const uint64_t joins = GRAMMAR(OF) | GRAMMAR(FOR) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(DETERMINER);
    if (b->first < a->last || b->first - a->last > GROUP_REACH)
        return false;
    for (uint32_t token = a->last; token < b->first; token++) {
        uint64_t classes = work_grammar(work, token);
        bool hyphen = slice_is(document_fold(work->document, token), "-");
        if ((work->document->tokens.at[token].kind == TOKEN_PUNCT && !hyphen) || (classes && !(classes & joins)) ||
            work_in_trigger(work, token))
            return false;
    }
    return true;
}

// The topic is what the means is for: "technology for energy", "a plant of vaccines", "health security". A noun's noun stands before it
// at once; behind it, where the language puts it there, also with a mark between.
static bool is_of_means(const struct work *work, const struct mention *means, const struct mention *topic)
{
    const struct pack *pack = work_pack(work, means->sentence);
    if (topic->last <= means->first) {
        bool at_once = means->first == topic->last;
        bool joined = pack->config.head == HEAD_FINAL && are_one_group(work, topic, means);
        return at_once || joined;
    }
    if (pack->config.head == HEAD_FINAL || !are_one_group(work, means, topic))
        return false;
    return pack_inflects(pack) || (work_grammar(work, means->last) & (GRAMMAR(OF) | GRAMMAR(FOR)));
}

// "The construction of sheds": a means of something that is in no lexicon tells no field. Where verbs come first its noun stands behind it.
static bool is_of_stranger(const struct work *work, const struct mention *means)
{
    const struct pack *pack = work_pack(work, means->sentence);
    uint32_t at = means->last, end = work->document->sentences.at[means->sentence].last;
    if (pack->config.head == HEAD_FINAL || at >= end)
        return false;
    if (!pack_inflects(pack)) {
        if (!(work_grammar(work, at) & GRAMMAR(OF)))
            return false;
        at++;
    }
    return at < end && work->document->tokens.at[at].kind == TOKEN_WORD && !work_grammar(work, at) &&
           work->document->triggers.covering[at] == SPAN_NONE;
}

// A means gives way to the field of its noun group.
bool is_outdone_in_group(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t first, last;
    if (!(m->flags & MENTION_MEANS))
        return false;
    if (is_of_stranger(work, m))
        return true;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *other = work_mention(work, i);
        bool field = other->kind == MENTION_TOPIC && !(other->flags & MENTION_MEANS) && other->code != SECTOR_RELATIONS;
        if (field && other->outer == m->outer && is_of_means(work, m, other))
            return true;
    }
    return false;
}

// Nothing but a list of things stands in [from, to): goods, what joins them, and words of no class.
static bool is_list_of_things(const struct work *work, uint32_t from, uint32_t to)
{
    for (uint32_t token = from; token < to; token++) {
        uint64_t classes = work_grammar(work, token);
        bool stop = work->document->tokens.at[token].kind == TOKEN_PUNCT && !slice_is(document_fold(work->document, token), ",");
        if (stop || (classes & ~(GRAMMAR(AND) | GRAMMAR(OR) | GRAMMAR(DETERMINER) | GRAMMAR(PRONOUN) | GRAMMAR(OF))) ||
            work_in_trigger(work, token))
            return false;
    }
    return true;
}

// "Duties on cars and wheat": what a levy is laid upon is of the levy's field. A mark joins the two, "on" where marks stand before.
bool is_levied(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    const uint64_t marks = GRAMMAR(ON) | GRAMMAR(FOR) | GRAMMAR(ABOUT) | GRAMMAR(AGAINST);
    uint32_t first, last;
    if (work_pack(work, m->sentence)->config.case_marks != CASE_BEFORE || (m->flags & MENTION_LEVY))
        return false;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < index && i < last; i++) {
        const struct mention *levy = work_mention(work, i);
        if (!(levy->flags & MENTION_LEVY) || levy->last > m->first || m->first - levy->last > GOODS_REACH)
            continue;
        if ((work_grammar(work, levy->last) & marks) && is_list_of_things(work, levy->last + 1, m->first))
            return true;
    }
    return false;
}
