// SPDX-License-Identifier: MIT
// Between whom a document is.
//
// Those that its own words name; else those who did with it what its verb tells, if the clause names two; else, where the sentence names
// one foreign state with which it is made, that state and the one whose cabinet or press speaks. A document of which none of this is told
// is between all who deal in the report.
#include "resolve/instrument.h"

#define PARTNER_REACH 6     // tokens between "with" and the state: "with the government of the republic of Japan"
#define BETWEEN_REACH 4     // tokens between a state and the mark that makes it one of those between whom something is

// Whose cabinet or press it is: of the dateline, else of the report's home.
static uint16_t home_of(const struct work *work)
{
    uint16_t home = work_dateline_state(work);
    return party_set_has(&work->dealing, home) ? home : work->home;
}

// "The cabinet approved a treaty with Japan and one with Kenya": each is between that state and the one whose cabinet it is.
static void take_own_partner(const struct work *work, uint16_t partner, struct party_set *parties)
{
    uint16_t home = home_of(work);
    bool world = partner != PARTY_NONE && !work->world->parties.at[partner].state && home != work_dateline_state(work);
    if (home == PARTY_NONE || partner == PARTY_NONE || world || home == partner || !party_set_has(&work->dealing, home))
        return;
    party_set_add(parties, home);
    party_set_add(parties, partner);
}

// "With Japan", "with the government of Japan": the mark stands before the name or what it is of.
static bool is_partner(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if ((m->flags & MENTION_WITH) || work_pack(work, m->sentence)->config.case_marks != CASE_BEFORE)
        return m->flags & MENTION_WITH;
    for (uint32_t token = m->first; token > sentence->first && token + PARTNER_REACH > m->first; token--) {
        if (work->document->tokens.at[token - 1].kind == TOKEN_PUNCT)
            return false;
        if (work_grammar(work, token - 1) & GRAMMAR(WITH))
            return true;
    }
    return false;
}

// The one foreign state with which a document's sentence says that it is made; PARTY_NONE.
static uint16_t partner_beside(const struct work *work, const struct mention *document)
{
    uint16_t partner = PARTY_NONE, home = home_of(work);
    uint32_t first, last;
    bool with = false;
    work_sentence_mentions(work, document->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PARTY || m->code == home || (m->flags & (MENTION_LOCATIVE | MENTION_ORIGIN | MENTION_INSIDE)))
            continue;
        if (!work->world->parties.at[m->code].state || (partner != PARTY_NONE && partner != m->code))
            return PARTY_NONE;
        partner = m->code;
        with |= is_partner(work, m);
    }
    return with ? partner : PARTY_NONE;
}

// Where marks stand behind: "X and Y's between".
static bool is_one_between(const struct work *work, const struct mention *m)
{
    uint32_t end = work->document->sentences.at[m->sentence].last;
    for (uint32_t token = m->last; token < end && token < m->last + BETWEEN_REACH; token++) {
        if (work_grammar(work, token) & GRAMMAR(BETWEEN))
            return true;
        if (work->document->tokens.at[token].kind == TOKEN_WORD && (work_grammar(work, token) & ~(GRAMMAR(AND) | GRAMMAR(OF))))
            return false;
    }
    return false;
}

// The party or the office-holder stands where one of those does who do something with the document: before it, and where marks stand behind
// with the mark of who acts; behind it only with a mark.
static bool is_doer(const struct work *work, const struct mention *document, const struct mention *m)
{
    const struct pack *pack = work_pack(work, m->sentence);
    if (m->flags & (MENTION_WITH | MENTION_AGENT))
        return true;
    if (pack->config.case_marks == CASE_AFTER)
        return is_one_between(work, m);
    return m->first < document->first && !(m->flags & (MENTION_LOCATIVE | MENTION_ORIGIN | MENTION_SPOKEN_OF));
}

// States of those who did what the verb tells, in its clause.
static struct party_set doers(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *document = work_mention(work, c->mention);
    const struct frame *frame = &work->document->frames.at[c->frame];
    struct party_set set = {.count = 0};
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool person = m->kind == MENTION_PERSON && m->entity < work->document->people.count;
        bool party = m->kind == MENTION_PARTY && !(m->flags & MENTION_INSIDE) && work->world->parties.at[m->code].state;
        bool clause = m->first >= frame->clause_first && m->first < frame->clause_last;
        if (!clause || !(person || party) || !is_doer(work, document, m))
            continue;
        if (party)
            party_set_add(&set, m->code);
        else if (work->document->people.at[m->entity].party != PARTY_NONE)
            party_set_add(&set, work->document->people.at[m->entity].party);
        else
            party_set_add_all(&set, &m->parties);
    }
    return set;
}

// "Kenya had signed a like protocol with Togo": between these two, whoever else deals in the report. Of those who do not deal it takes two
// that sign.
static bool take_doers(const struct work *work, struct candidate_instrument *c)
{
    if (!c->told || c->frame == FRAME_NONE || work->document->frames.at[c->frame].sentence != work_mention(work, c->mention)->sentence)
        return false;
    struct party_set set = doers(work, c);
    bool signs = work_rule(work, c->frame)->role == ROLE_SIGN && set.count == 2;
    if (set.count < 2 || (!signs && !party_set_within(&set, &work->dealing)))
        return false;
    c->claim.parties = set;
    return true;
}

void find_parties(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    if (m->parties.count > 1)
        c->claim.parties = m->parties;
    else if (take_doers(work, c))
        return;
    else if (m->parties.count == 1 && (work->dealing.count > 2 || !party_set_has(&work->dealing, m->parties.at[0])))
        take_own_partner(work, m->parties.at[0], &c->claim.parties);
    else if (!m->parties.count && !party_set_has(&work->dealing, partner_beside(work, m)))
        take_own_partner(work, partner_beside(work, m), &c->claim.parties);
}
