// SPDX-License-Identifier: MIT
// What became of a document: proposed, planned, agreed, signed, approved, in force, ended.
//
// The verbs that govern the noun say it. Where none does, the words show it by themselves: documents that a meeting closed with, documents
// that are counted, the report's own title. Last, a particular tells: one "under" which something is done is in force, one with a past date
// was signed.
#include "resolve/instrument.h"

#define UNDER_REACH 3       // tokens between a document and the mark that makes it the ground of a deed
#define NAME_REACH 3        // words of a document's name before its noun
#define TALKS_REACH 8       // tokens between talks and the document that they are on
#define ISSUER_REACH 2      // tokens between a session and the statement that it issued
#define RELATIVE_REACH 8    // tokens between a document and the relative word of the clause behind it

// "The session closed with three memoranda": counted documents under a verb that says a meeting was held came out of it.
static bool came_of_meeting(const struct work *work, uint32_t index)
{
    uint32_t frame = work->document->governed_by[index];
    struct reading meeting = read_meeting(work, frame);
    const struct mention *m = work_mention(work, index);
    uint32_t before = m->first;
    while (before > 0 && (work_grammar(work, before - 1) & GRAMMAR(DETERMINER)))
        before--;
    bool with = before > 0 && work_pack(work, m->sentence)->config.head == HEAD_INITIAL && (work_grammar(work, before - 1) & GRAMMAR(WITH));
    bool title = work_is_title(work, m->sentence) && !with;     // "three papers on the table as the commission closes"
    return (m->count || with) && !title && meeting.value == MEETING_STATUS_HELD &&
           (work->document->frames.at[meeting.frame].flags & FRAME_PAST);
}

// The noun inside a verb that makes a document ("made-agreement"): VALUE_UNSET if it is none.
static uint8_t status_if_issued(const struct work *work, uint32_t index)
{
    uint32_t frame = work->document->governed_by[index];
    if (frame == FRAME_NONE || work_rule(work, frame)->issues >= VALUE_UNSET)
        return VALUE_UNSET;
    const struct frame *f = &work->document->frames.at[frame];
    const struct mention *m = work_mention(work, index);
    if ((f->flags & (FRAME_NOT | FRAME_IF | FRAME_MAY)) || m->last <= f->first || m->last > f->last)
        return VALUE_UNSET;
    return f->flags & (FRAME_FUTURE | FRAME_NONFINITE) ? INSTRUMENT_STATUS_PLANNED : INSTRUMENT_STATUS_SIGNED;
}

// Its date lies in a year before the report's.
static bool is_of_earlier_year(const struct work *work, const struct candidate_instrument *c)
{
    struct date_range published = work->document->published;
    return !date_is_none(c->claim.date) && !date_is_none(published) && c->claim.date.first.year < published.first.year;
}

// "The accord of 8 November 1959", "the 1984 treaty": the date is part of the name.
static bool is_named_by_date(const struct work *work, const struct mention *m)
{
    uint32_t first, last;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *date = work_mention(work, i);
        bool before = date->last <= m->first && m->first - date->last <= 1;
        bool behind = date->first > m->last && date->first - m->last <= 2 && (work_grammar(work, m->last) & GRAMMAR(OF));
        if (date->kind == MENTION_DATE && (before || behind))
            return true;
    }
    return false;
}

// "The Treaty of Friendship of 1984 remains …": named by a year long past and nothing said of its end.
static bool is_treaty_of_old(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    bool name = (work->document->tokens.at[m->first].flags & TOKEN_CAPITAL) || is_named_by_date(work, m);
    for (uint8_t i = 0; i < m->parties.count; i++)
        name &= work->world->parties.at[m->parties.at[i]].state;    // a UN convention is the whole world's
    return name && work_pack(work, m->sentence)->config.head == HEAD_INITIAL && is_of_earlier_year(work, c);
}

// The class stands on the side of the mention where its language puts case marks: "under the treaty", "in the joint statement".
static bool is_marked(const struct work *work, const struct mention *m, uint64_t classes)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (work_pack(work, m->sentence)->config.head == HEAD_FINAL)
        return m->last < sentence->last && (work_grammar(work, m->last) & classes);
    uint32_t before = work_with_articles(work, m);
    for (uint32_t step = 0; step < NAME_REACH && before > sentence->first && !work_grammar(work, before - 1); step++)
        before--;   // "under the Economic Cooperation Agreement"
    while (before > sentence->first && (work_grammar(work, before - 1) & (classes | GRAMMAR(DETERMINER))) == GRAMMAR(DETERMINER))
        before--;
    return before > sentence->first && (work_grammar(work, before - 1) & classes);
}

// An article stands before the noun or before the capitalised words of its name.
static bool has_article(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint32_t before = m->first;
    while (before > sentence->first && !work_grammar(work, before - 1) && (work->document->tokens.at[before - 1].flags & TOKEN_CAPITAL))
        before--;
    return before > sentence->first && (work_grammar(work, before - 1) & GRAMMAR(DETERMINER));
}

// "The Cooperation Agreement": capitals within a sentence name one document.
bool bears_name(const struct work *work, const struct mention *m)
{
    bool inner = m->first > work->document->sentences.at[m->sentence].first;
    return inner && (work->document->tokens.at[m->first].flags & TOKEN_CAPITAL) && m->last - m->first > 1;
}

// The clause talks of it and says no more: "they discussed a treaty on trade".
static bool is_talked_of(const struct work *work, uint32_t index)
{
    struct reading talk = read_commitment(work, work->document->governed_by[index]);
    return talk.value == STANCE_DISCUSSED && work_rule(work, talk.frame)->role != ROLE_CONCERN;
}

// "The second round with Peru on an economic agreement", "a truce accord's on … talks": a mark of topic makes it what talks of the clause
// are on, though other words stand between.
static bool is_matter_of_talks(const struct work *work, const struct mention *m)
{
    const uint64_t marks = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR);
    uint32_t first, last, clause_first, clause_last;
    if (!is_marked(work, m, marks))
        return false;
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    work_sentence_mentions(work, m->sentence, &first, &last);
    work_clause(work, m->first, &clause_first, &clause_last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *talks = work_mention(work, i);
        bool round = talks->kind == MENTION_MEETING &&
                     (talks->code == MEETING_CONSULTATIONS || talks->code == MEETING_MEETING || (talks->flags & MENTION_ROUND));
        bool near = final ? talks->first > m->last && talks->first < clause_last : talks->last < m->first && talks->first >= clause_first;
        uint32_t far = final ? talks->first - m->last : m->first - talks->last;
        if (round && near && far <= TALKS_REACH)
            return true;
    }
    return false;
}

// "The Artemis Accords", "Japan's Trade Agreement": capitals behind a definite word name a document that all know, and none in the making.
static bool names_known(const struct work *work, const struct mention *m)
{
    const struct document *document = work->document;
    const struct sentence *sentence = &document->sentences.at[m->sentence];
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL && !pack_inflects(work_pack(work, m->sentence));
    uint32_t before = m->first, words = m->last - m->first;
    while (before > sentence->first && !work_grammar(work, before - 1) && (document->tokens.at[before - 1].flags & TOKEN_CAPITAL)) {
        before--;
        words++;
    }
    if (!initial || before <= sentence->first || words < 2 || !(document->tokens.at[m->first].flags & TOKEN_CAPITAL))
        return false;
    const struct pack_group *group = &sentence->pack->groups.at[document->groups[before - 1]];
    return (group->classes & GRAMMAR(DETERMINER)) && !(group->features & FEATURE(SG));
}

// "Progress since the Oslo Declaration": a statement that has a name has been made.
static bool is_named_statement(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    return c->claim.kind == INSTRUMENT_STATEMENT && work_pack(work, m->sentence)->config.head == HEAD_INITIAL &&
           (work->document->tokens.at[m->first].flags & TOKEN_CAPITAL) && has_article(work, m);
}

// "A deal on a ceasefire" that is only talked of or hoped for is one of those at war, and no document of those who talk.
static bool is_of_war(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint64_t war = UINT64_C(1) << SECTOR_DIPLOMACY;
    return c->claim.sectors == war && !m->parties.count && c->claim.kind == INSTRUMENT_AGREEMENT;
}

// "They will welcome the agreement": what is praised, and not only hoped for, is there.
static bool is_praised(const struct work *work, uint32_t index)
{
    uint32_t frame = work->document->governed_by[index];
    bool initial = work_pack(work, work_mention(work, index)->sentence)->config.head == HEAD_INITIAL;
    return initial && frame != FRAME_NONE && work_rule(work, frame)->commitment.value == STANCE_SUPPORTED &&
           work_rule(work, frame)->instrument_over == VALUE_UNSET;
}

// No rule tells the status, but the document has a particular: "under the 2010 agreement on visas" is in force, one with a past date was
// signed, one under a verb in the future is planned.
static void guess_status(const struct work *work, struct candidate_instrument *c, uint32_t flags)
{
    const struct mention *m = work_mention(work, c->mention);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    struct date_range published = work->document->published;
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL, under = false;
    for (uint32_t step = 1; step <= UNDER_REACH; step++) {
        uint32_t token = final ? m->last + step - 1 : m->first - step;
        if (final ? token < sentence->last : m->first >= sentence->first + step)
            under |= (work_grammar(work, token) & GRAMMAR(UNDER)) != 0;
    }
    under |= is_marked(work, m, GRAMMAR(UNDER));
    bool particular = (c->claim.sectors && !c->loose) || c->claim.parties.count > 1 || !date_is_none(c->claim.date) || bears_name(work, m);
    bool known = names_known(work, m);
    bool talked = is_talked_of(work, c->mention), vague = is_vague(c) || c->claim.kind == INSTRUMENT_CONTRACT;
    particular |= talked && !vague && c->claim.kind != INSTRUMENT_STATEMENT;
    talked |= is_matter_of_talks(work, m);
    if (!particular || (m->count > 1 && !talked) || (talked && is_of_war(work, c)))
        return;
    bool past = c->claim.parties.count > 1 && !date_is_none(c->claim.date) && !date_is_none(published) &&
                date_day_number(c->claim.date.first) <= date_day_number(published.first);
    for (uint8_t i = 0; i < m->parties.count; i++)     // "under the United Nations Convention on …": the whole world's
        under &= work->world->parties.at[m->parties.at[i]].state || party_set_has(&work->dealing, m->parties.at[i]);
    bool told_ahead = (flags & FRAME_FUTURE) && !(flags & FRAME_MUST);      // what must be is nobody's plan
    bool future = told_ahead && !known && !is_praised(work, c->mention);
    c->weak = under;
    if (under)      // a statement on which one rests has been made, and no more
        c->claim.status = c->claim.kind == INSTRUMENT_STATEMENT ? INSTRUMENT_STATUS_SIGNED : INSTRUMENT_STATUS_IN_FORCE;
    else if (talked && known && c->claim.kind != INSTRUMENT_STATEMENT && !is_of_earlier_year(work, c))
        return;     // they talk of what is there
    else if (talked)    // what is talked of and has a date long past is in no preparation
        c->claim.status = is_of_earlier_year(work, c) || is_named_statement(work, c) ? INSTRUMENT_STATUS_SIGNED
                                                                                     : INSTRUMENT_STATUS_PLANNED;
    else if (future && !is_of_earlier_year(work, c))
        c->claim.status = INSTRUMENT_STATUS_PLANNED;
    else if (past || (future && c->claim.sectors))
        c->claim.status = INSTRUMENT_STATUS_SIGNED;
    else if (is_treaty_of_old(work, c))
        c->claim.status = INSTRUMENT_STATUS_IN_FORCE;
    else
        return;
    c->told = true;
}

// "Joint Statement on …", "Communiqué of the third meeting of …" as the headline: the report is the document.
static bool is_own_title(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    return m->code == INSTRUMENT_STATEMENT && work_is_title(work, m->sentence) && m->first == sentence->first &&
           work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
}

// "The Bridgetown Declaration salutes …", "the joint statement": a statement of which the text knows what it says has been made.
static bool is_quoted_statement(const struct work *work, const struct mention *m, uint32_t flags)
{
    if (m->code != INSTRUMENT_STATEMENT || (m->flags & MENTION_PLURAL) || (flags & (FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF)) ||
        work_pack(work, m->sentence)->config.head != HEAD_INITIAL || pack_inflects(work_pack(work, m->sentence)))
        return false;
    return has_article(work, m);
}

bool stands_under(const struct work *work, const struct mention *m) { return is_marked(work, m, GRAMMAR(UNDER)); }

// "The joint statement", "the summit's declaration": more than a bare word that may be anybody's press release.
static bool is_joint_statement(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    if (m->code != INSTRUMENT_STATEMENT || (m->flags & MENTION_PLURAL))
        return false;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence == m->sentence;) {
        const struct mention *before = work_mention(work, i);
        if ((before->kind == MENTION_MEETING || before->kind == MENTION_BODY) && before->last <= m->first &&
            m->first - before->last < ISSUER_REACH)
            return true;
    }
    return m->last - m->first > 1;
}

// The report speaks out of the document ("according to the joint statement", "in the joint statement"): it is there, whatever the verb of
// the clause tells.
bool is_source(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    bool statement = is_joint_statement(work, index);
    return is_marked(work, m, GRAMMAR(UNDER) | (statement ? GRAMMAR(IN) : 0));
}

// "In accordance with the treaty, the two exchange data": a verb of a clause of its own, and what is exchanged is not the treaty; but
// "under the treaty, which they signed in May".
static bool has_object_of_its_own(const struct work *work, const struct mention *m, uint32_t index)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint32_t next = m->last;
    bool names = work_rule(work, index)->role == ROLE_SIGN;     // "under the treaty stand their names"
    if ((frame->flags & (FRAME_NONFINITE | FRAME_NOUN | FRAME_PASSIVE)) || frame->first <= m->last || names)
        return false;
    if (work->document->tokens.at[next].kind == TOKEN_PUNCT)
        next++;
    return !(work_grammar(work, next) & (GRAMMAR(WHICH) | GRAMMAR(THAT)));
}

// The frame that governs a document on which the clause only rests tells of the clause's matter: a rule that speaks of other things, and of
// documents only as of things to come ("discussed", "agreed", "offered"); where verbs come last, any verb behind the mark.
static bool tells_of_matter(const struct work *work, uint32_t index, uint32_t frame)
{
    const struct mention *m = work_mention(work, index);
    if (frame == FRAME_NONE)
        return true;
    if (work_pack(work, m->sentence)->config.head == HEAD_FINAL && is_marked(work, m, GRAMMAR(UNDER)))
        return work->document->frames.at[frame].first >= m->last;
    uint8_t value = work_rule(work, frame)->instrument.value;
    if (value == INSTRUMENT_STATUS_SIGNED && is_marked(work, m, GRAMMAR(UNDER)) && has_object_of_its_own(work, m, frame))
        return true;
    bool weak = value == INSTRUMENT_STATUS_PLANNED || value == INSTRUMENT_STATUS_PROPOSED || value == INSTRUMENT_STATUS_AGREED;
    return weak && work_rule(work, frame)->commitment.value < VALUE_UNSET;
}

// A verb without a tense of its own tells of it, and none further out of what is ahead: "the statement issued after the talks".
static bool is_only_nonfinite(const struct work *work, const struct reading *reading)
{
    if (reading->frame == FRAME_NONE || !(reading->flags & FRAME_NONFINITE) || (reading->flags & (FRAME_FUTURE | FRAME_MAY | FRAME_IF)))
        return false;
    const struct frame *frames = work->document->frames.at;
    for (uint32_t outer = frames[reading->frame].outer; outer != FRAME_NONE; outer = frames[outer].outer)
        if (work_rule(work, outer)->instrument_over != VALUE_UNSET)
            return false;
    return work_rule(work, reading->frame)->instrument.value == INSTRUMENT_STATUS_SIGNED;
}

// A mark of "after" stands beside the verb group: before it, or behind it where marks stand there.
static bool is_after(const struct work *work, const struct frame *frame)
{
    const struct sentence *sentence = &work->document->sentences.at[frame->sentence];
    bool final = work_pack(work, frame->sentence)->config.head == HEAD_FINAL;
    uint32_t mark = final ? frame->verb_last : frame->verb_first - 1;
    bool inside = final ? mark < sentence->last : frame->verb_first > sentence->first;
    return inside && (work_grammar(work, mark) & GRAMMAR(AFTER));
}

// "After signing the treaty they went home": it was done, unless all of it lies ahead ("after signing it they will go home").
static bool was_done_before(const struct work *work, const struct reading *reading)
{
    if (reading->frame == FRAME_NONE || !(reading->flags & FRAME_NONFINITE) || !is_after(work, &work->document->frames.at[reading->frame]))
        return false;
    uint32_t first, last;
    work_sentence_frames(work, work->document->frames.at[reading->frame].sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work->document->frames.at[i].flags & (FRAME_FUTURE | FRAME_MAY | FRAME_IF))
            return false;
    return work_rule(work, reading->frame)->instrument.value != INSTRUMENT_STATUS_PROPOSED;
}

// What is told of a clause's matter is not told of the document that the clause rests on.
static void read_as_source(const struct work *work, uint32_t index, struct reading *reading)
{
    const uint32_t irreal = FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF;
    const struct mention *m = work_mention(work, index);
    bool statement = is_joint_statement(work, index) && !is_matter_of_talks(work, m);
    bool open = !(reading->flags & irreal) && (!is_talked_of(work, index) || is_source(work, index));
    if (statement && reading->value == INSTRUMENT_STATUS_PLANNED && is_only_nonfinite(work, reading))
        reading->value = INSTRUMENT_STATUS_SIGNED;
    else if (is_source(work, index) && reading->frame != FRAME_NONE && tells_of_matter(work, index, reading->frame))
        reading->value = statement || m->count > 1 ? INSTRUMENT_STATUS_SIGNED : VALUE_UNSET;
    else if (statement && reading->value == VALUE_UNSET && open)
        reading->value = INSTRUMENT_STATUS_SIGNED;
}

uint8_t later_status(uint8_t a, uint8_t b)
{
    static const uint8_t rank[INSTRUMENT_STATUS_COUNT] = {
        [INSTRUMENT_STATUS_PROPOSED] = 0, [INSTRUMENT_STATUS_PLANNED] = 1,  [INSTRUMENT_STATUS_AGREED] = 2, [INSTRUMENT_STATUS_SIGNED] = 3,
        [INSTRUMENT_STATUS_APPROVED] = 4, [INSTRUMENT_STATUS_IN_FORCE] = 5, [INSTRUMENT_STATUS_ENDED] = 6,
    };
    if (a >= INSTRUMENT_STATUS_COUNT || b >= INSTRUMENT_STATUS_COUNT)
        return a >= INSTRUMENT_STATUS_COUNT ? b : a;
    return rank[a] >= rank[b] ? a : b;
}

static bool is_counted_paper(const struct work *work, const struct mention *m)
{
    bool paper = m->code == INSTRUMENT_AGREEMENT || m->code == INSTRUMENT_MOU || m->code == INSTRUMENT_DOCUMENT;
    return m->count > 1 && paper && work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
}

// No verb tells, but the words show that it was made: what is counted, the report's own title, a statement of which the text quotes.
static bool shows_signed(const struct work *work, uint32_t index, uint32_t flags)
{
    const struct mention *m = work_mention(work, index);
    bool irreal = (flags & (FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF)) || work_is_title(work, m->sentence);
    if (is_counted_paper(work, m) && !irreal)
        return true;    // who counts documents has them: "eighteen accords were laid on the table"
    return is_own_title(work, m) || is_quoted_statement(work, m, flags);
}

// "Out of the talks some fifteen accords should come": no rule knows the verb, but a word before it foretells.
static bool is_foretold(const struct work *work, const struct mention *m, uint32_t flags)
{
    uint32_t first, last;
    if (!is_counted_paper(work, m) || (flags & (FRAME_NOT | FRAME_IF)))
        return false;
    work_clause(work, m->first, &first, &last);
    bool found = flags & (FRAME_FUTURE | FRAME_MAY);
    for (uint32_t token = first; token < last && !found; token++)
        found = work_grammar(work, token) & (GRAMMAR(WILL) | GRAMMAR(MAY) | GRAMMAR(MUST));
    return found;
}

// "No treaty was signed", "no new agreements", where verbs come last "without any treaty": the denial before the noun. "Treaty not-was":
// the denial right behind the noun is its verb's, whether any rule knows the verb or not.
static bool is_denied(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    if (final && m->last < sentence->last && (work_grammar(work, m->last) & GRAMMAR(NOT)))
        return true;
    uint32_t before = m->first;
    for (uint32_t step = 0; step < NAME_REACH && before > sentence->first; step++) {
        uint64_t classes = work_grammar(work, before - 1);
        if (classes && !(final && classes == GRAMMAR(DETERMINER)))
            break;
        before--;   // adjectives and fields
    }
    const uint64_t no = GRAMMAR(NOT) | (final ? 0 : GRAMMAR(DETERMINER));
    return before > sentence->first && (work_grammar(work, before - 1) & no) == no;
}

// "The seventh round of talks on the treaty was-held": where verbs come last, a verb that tells of meetings and documents alike tells of
// the talks. A condition ("if they make a treaty") is no proposal.
static bool is_of_another(const struct work *work, uint32_t index, const struct reading *reading)
{
    const struct mention *m = work_mention(work, index);
    if (reading->frame == FRAME_NONE || work_pack(work, m->sentence)->config.head != HEAD_FINAL)
        return false;
    const struct rule *rule = work_rule(work, reading->frame);
    bool both = rule->meeting.value == MEETING_STATUS_HELD && reading->value == INSTRUMENT_STATUS_SIGNED;
    return both && is_matter_of_talks(work, m);
}

static bool is_condition(const struct work *work, const struct reading *reading)
{
    return reading->value == INSTRUMENT_STATUS_PROPOSED && (reading->flags & FRAME_IF) &&
           work_rule(work, reading->frame)->instrument.value != INSTRUMENT_STATUS_PROPOSED;
}

// The first frame of the clause behind the document that a relative word opens, with no verb or other document between: "the deal on fish,
// which they struck in May". FRAME_NONE if there is none.
static uint32_t relative_behind(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t first, last, end = work->document->sentences.at[m->sentence].last, token = m->last;
    end = m->last + RELATIVE_REACH < end ? m->last + RELATIVE_REACH : end;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = index + 1; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT && work_mention(work, i)->first < end)
            end = work_mention(work, i)->first;
    while (token < end && !(work_grammar(work, token) & (GRAMMAR(WHICH) | GRAMMAR(THAT))) && !work_in_trigger(work, token))
        token++;
    if (token >= end || work_in_trigger(work, token))
        return FRAME_NONE;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work->document->frames.at[i].first > token)
            return i;
    return FRAME_NONE;
}

// The frame that stands right before the document's words, with no mark and no "and" between: where verbs come last, "the last week struck
// deal on fish". FRAME_NONE if there is none.
static uint32_t participle_before(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t first, last, token = m->first, start = work->document->sentences.at[m->sentence].first;
    start = start + RELATIVE_REACH < token ? token - RELATIVE_REACH : start;
    while (token > start && work->document->tokens.at[token - 1].kind == TOKEN_WORD && !(work_grammar(work, token - 1) & GRAMMAR(AND)) &&
           !work_in_trigger(work, token - 1))
        token--;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work->document->frames.at[i].last == token)
            return i;
    return FRAME_NONE;
}

// "The treaty that they signed in 2012 has never been ratified": what was done before stands in the relative clause.
static struct reading read_relative(const struct work *work, uint32_t index)
{
    const uint32_t irreal = FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF | FRAME_NONFINITE;
    bool final = work_pack(work, work_mention(work, index)->sentence)->config.head == HEAD_FINAL;
    uint32_t frame = final ? participle_before(work, index) : relative_behind(work, index);
    uint8_t value = frame == FRAME_NONE ? VALUE_UNSET : work_rule(work, frame)->instrument.value;
    bool done = value == INSTRUMENT_STATUS_SIGNED || value == INSTRUMENT_STATUS_APPROVED || value == INSTRUMENT_STATUS_AGREED;
    if (!done || (work->document->frames.at[frame].flags & irreal))
        return (struct reading){VALUE_UNSET, FRAME_NONE, 0};
    return (struct reading){value, frame, work->document->frames.at[frame].flags};
}

struct reading read_status(const struct work *work, uint32_t index)
{
    struct reading reading = read_instrument(work, work->document->governed_by[index]);
    if (is_of_another(work, index, &reading))
        reading = (struct reading){VALUE_UNSET, FRAME_NONE, 0};
    if (is_condition(work, &reading))
        return (struct reading){CODE_NONE, reading.frame, reading.flags};
    if (is_denied(work, work_mention(work, index)))
        return (struct reading){CODE_NONE, reading.frame, reading.flags};
    bool praised = reading.frame != FRAME_NONE && work_rule(work, reading.frame)->commitment.value == STANCE_SUPPORTED;
    bool statement = work_mention(work, index)->code == INSTRUMENT_STATEMENT;
    if (statement && reading.value == INSTRUMENT_STATUS_IN_FORCE && praised)
        reading.value = INSTRUMENT_STATUS_SIGNED;   // a statement that is welcomed has been made, and is not carried out
    if (reading.value == VALUE_UNSET && came_of_meeting(work, index))
        reading.value = INSTRUMENT_STATUS_SIGNED;
    if (reading.value == VALUE_UNSET)
        reading.value = status_if_issued(work, index);
    if (reading.value == VALUE_UNSET && is_foretold(work, work_mention(work, index), reading.flags))
        reading.value = INSTRUMENT_STATUS_PLANNED;
    if (reading.value == VALUE_UNSET && shows_signed(work, index, reading.flags))
        reading.value = INSTRUMENT_STATUS_SIGNED;
    if (was_done_before(work, &reading))
        reading.value = work_rule(work, reading.frame)->instrument.value;
    read_as_source(work, index, &reading);
    struct reading before = reading.value < VALUE_UNSET ? reading : read_relative(work, index);
    return before.value < VALUE_UNSET ? before : reading;
}

// "Under the agreement that they signed in 2017", told years later: what was signed then is in force.
static bool rests_on_old(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    bool signed_once = c->told && c->claim.status == INSTRUMENT_STATUS_SIGNED && c->claim.kind != INSTRUMENT_STATEMENT;
    if (!signed_once || c->frame == FRAME_NONE || !is_of_earlier_year(work, c) || !is_marked(work, m, GRAMMAR(UNDER)))
        return false;   // but not "put their names under the treaty"
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    return final || work->document->frames.at[c->frame].first >= m->last;
}

void settle_status(const struct work *work, struct candidate_instrument *c, uint32_t flags)
{
    if (rests_on_old(work, c))
        c->claim.status = INSTRUMENT_STATUS_IN_FORCE;
    if (!c->told)
        guess_status(work, c, flags);
}
