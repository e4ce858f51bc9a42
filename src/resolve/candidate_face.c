// SPDX-License-Identifier: MIT
// Whom somebody met: the persons, by name or by their office alone, whom the clause of talks marks as the other side.
//
// Where marks stand before, the first one behind the verb or noun and what the mark or the verb reaches behind it; where they follow, the
// last one before it and what is listed with that one. They tell the talks of one day apart: who met the president and later the speaker
// held two meetings.
#include "resolve/candidates.h"

#define OFFICE_WORDS 6  // tokens of what the first of two offices is of
#define LIST_WORDS 8    // tokens between two offices of a list

// "With the chairman of the Administration Council, premier of X Y": an office of no state whose holder is named right behind with another.
static bool is_first_office(const struct work *work, const struct mention *m)
{
    uint32_t index = (uint32_t)(m - work->document->mentions.at), count = work->document->mentions.count;
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (!pack_inflects(sentence->pack) || m->parties.count || m->entity < work->document->people.count)
        return false;
    for (index++; index < count && work_mention(work, index)->first < sentence->last; index++) {
        const struct mention *next = work_mention(work, index);
        if (next->kind != MENTION_PERSON)
            continue;
        bool comma = false, other = next->first > m->last + OFFICE_WORDS;
        for (uint32_t token = m->last; !other && token < next->first; token++) {
            comma |= slice_is(document_fold(work->document, token), ",");
            other = (work_grammar(work, token) & ~GRAMMAR(DETERMINER)) != 0;
        }
        return comma && !other && next->entity < work->document->people.count && !(next->flags & MENTION_WITH);
    }
    return false;
}

// The mention stands for one person whose name or office is told, or for one of each of several states.
static bool may_be_faced(const struct work *work, const struct mention *m)
{
    bool named = m->entity < work->document->people.count;
    bool several = m->flags & MENTION_PLURAL, each = several && m->parties.count > 1;   // "his A and B counterparts"
    bool office = m->code < OFFICE_COUNT && m->code != OFFICE_DELEGATION && (!several || each);
    return m->kind == MENTION_PERSON && !(m->flags & MENTION_INSIDE) && (named || (office && !is_first_office(work, m)));
}

static struct face face_of(const struct work *work, const struct mention *m)
{
    struct face face = {.person = MENTION_NONE, .party = m->parties.count == 1 ? m->parties.at[0] : PARTY_NONE, .office = (uint8_t)m->code};
    if (m->entity >= work->document->people.count)
        return face;
    const struct person *person = &work->document->people.at[m->entity];
    return (struct face){.person = m->entity, .party = person->party, .office = person->office};
}

// "His counterpart" may be anybody, and so may who is named without an office.
static bool is_open(uint8_t office) { return office == OFFICE_COUNTERPART || office >= OFFICE_COUNT; }

// An office that a government has once: whoever is named by it alone is not the holder of another.
static bool is_single(uint8_t office) { return office <= OFFICE_FOREIGN_MINISTER || office == OFFICE_SPEAKER; }

bool is_same_face(struct face a, struct face b)
{
    if (a.person != MENTION_NONE && b.person != MENTION_NONE)
        return a.person == b.person;
    if (a.party != PARTY_NONE && b.party != PARTY_NONE && a.party != b.party)
        return false;
    if (a.office == b.office || is_open(a.office) || is_open(b.office))
        return true;
    return !is_single(a.office) && !is_single(b.office);    // "the envoy" may be the ambassador
}

bool has_face(const struct face *faces, uint32_t count, struct face face)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_same_face(faces[i], face))
            return true;
    return false;
}

// A name stands for the office of the same party before it: "his counterparts of A and B, X and Y".
static void add_face(struct candidate *c, struct face face)
{
    for (uint32_t i = 0; i < c->face_count; i++) {
        bool same = face.person != MENTION_NONE && c->faces[i].person == face.person;
        bool office = c->faces[i].shared && face.party != PARTY_NONE && c->faces[i].party == face.party;
        if (office)
            c->faces[i] = face;
        if (same || office)
            return;
    }
    if (c->face_count < FACES_MAX)
        c->faces[c->face_count++] = face;
}

// The one whom the mention names; of "officials from A, B and C" somebody of each.
static void add_faces(const struct work *work, struct candidate *c, const struct mention *m)
{
    if (m->parties.count < 2 || m->entity < work->document->people.count) {
        add_face(c, face_of(work, m));
        return;
    }
    for (uint8_t i = 0; i < m->parties.count; i++)
        add_face(c, (struct face){.person = MENTION_NONE, .party = m->parties.at[i], .office = (uint8_t)m->code, .shared = true});
}

// "With his counterparts": the mark may stand before an article or a pronoun.
static bool has_with(const struct work *work, const struct mention *m)
{
    uint32_t first = work->document->sentences.at[m->sentence].first, token = work_with_articles(work, m);
    bool before = work_pack(work, m->sentence)->config.case_marks == CASE_BEFORE && token > first;
    return (m->flags & MENTION_WITH) || (before && (work_grammar(work, token - 1) & GRAMMAR(WITH)));
}

// "Him received the president": a pronoun right before a verb of hosting is the guest, and who stands behind it the one he met.
static bool hosts_pronoun(const struct work *work, const struct candidate *c)
{
    const struct frame *frame = &work->document->frames.at[c->frame];
    return work_rule(work, c->frame)->role == ROLE_HOST && frame->first > frame->clause_first &&
           (work_grammar(work, frame->first - 1) & (GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER)));    // "his" and "him" are one word
}

// Whether a mark, or the verb that tells of the talks, says that the one behind it was met; in the passive, who did it.
static bool is_marked(const struct work *work, const struct candidate *c, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    bool passive = c->from_frame && (work->document->frames.at[c->frame].flags & FRAME_PASSIVE);
    // where words are free in order, a subject may stand behind its verb, too
    bool free_order = pack_inflects(work_pack(work, m->sentence));
    bool subject = free_order && !passive && m->entity >= work->document->people.count;
    if (!c->from_frame || (subject && !hosts_pronoun(work, c)))
        return has_with(work, m);
    return work->document->governed_by[index] == c->frame && (!passive || free_order || (m->flags & MENTION_AGENT));
}

// "The president, the speaker of parliament and the minister of A": a mark of a list stands between the two, and no other mark or verb.
static bool are_listed(const struct work *work, const struct mention *a, const struct mention *b)
{
    uint64_t ends = GRAMMAR(AGENT) | GRAMMAR(WITH) | GRAMMAR(BY) | GRAMMAR(WHICH) | GRAMMAR(THAT) | GRAMMAR(TO) | GRAMMAR(ABOUT);
    if (b->first > a->last && are_paired(work, a, b))
        return true;
    if (b->first < a->last + 2 || b->first - a->last > LIST_WORDS)
        return false;
    bool comma = work->document->tokens.at[a->last].kind == TOKEN_PUNCT, joint = comma;
    for (uint32_t token = a->last + comma; token < b->first; token++) {
        uint32_t trigger = work->document->triggers.covering ? work->document->triggers.covering[token] : SPAN_NONE;
        joint |= (work_grammar(work, token) & GRAMMAR(AND)) != 0;
        if (trigger != SPAN_NONE || (work_grammar(work, token) & ends) ||
            (work->document->tokens.at[token].kind == TOKEN_PUNCT && !comma))
            return false;
    }
    return joint;
}

static void gather_behind(const struct work *work, struct candidate *c, uint32_t clause_last)
{
    uint32_t first, last;
    const struct mention *before = NULL;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool inside = c->from_frame && m->first > c->first && m->first < c->last;   // "received by the president" may be one form
        if ((m->first < c->last && !inside) || m->first >= clause_last)
            continue;
        if (m->kind == MENTION_MEETING && !(m->flags & MENTION_INSIDE) && !c->from_frame)
            return;     // "talks with X and a visit with Y"
        bool listed = inside || (before && are_listed(work, before, m));
        // "his counterparts, X and Y"
        bool named_behind = m->kind == MENTION_PERSON && (m->flags & MENTION_PLURAL) && m->parties.count < 2 && has_with(work, m);
        if (!named_behind && (!may_be_faced(work, m) || !(listed || is_marked(work, c, i))))
            continue;
        if (!named_behind)
            add_faces(work, c, m);
        before = m;
    }
}

static void gather_before(const struct work *work, struct candidate *c, uint32_t clause_first)
{
    uint32_t first, last;
    const struct mention *behind = NULL;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = last; i-- > first;) {
        const struct mention *m = work_mention(work, i);
        if (m->last > c->first)
            continue;
        if (m->first < clause_first || (behind && !are_listed(work, m, behind) && m->kind == MENTION_PERSON) ||
            (!behind && m->kind == MENTION_MEETING))
            return;
        if (!may_be_faced(work, m) || !(behind || (m->flags & MENTION_WITH)))
            continue;
        add_faces(work, c, m);
        behind = m;
    }
}

void candidate_gather_faces(const struct work *work, struct candidate *c)
{
    uint32_t clause_first, clause_last;
    bool talks = c->type == MEETING_MEETING || c->type == MEETING_SESSION || c->type == MEETING_CALL;
    if (!talks || c->ordinal)
        return;
    work_clause(work, c->first, &clause_first, &clause_last);
    if (work_pack(work, c->sentence)->config.head == HEAD_INITIAL)
        gather_behind(work, c, clause_last);
    else
        gather_before(work, c, clause_first);
}

// "Met with his counterparts of A and B", "held meetings with X of A and Y of B": with each, but for heads in a row, who hold a summit, and
// for those who are hosted, who sit together.
static bool of_several_states(const struct work *work, const struct candidate *c)
{
    // nobody telephones two at once, unless they hold a conference
    bool final = work_pack(work, c->sentence)->config.head == HEAD_FINAL;
    bool each = c->plural || (final && c->type == MEETING_CALL);
    bool hosts = c->from_frame && c->frame != FRAME_NONE && work_rule(work, c->frame)->role == ROLE_HOST;
    for (uint32_t i = 0; i < c->face_count; i++)
        each |= c->faces[i].shared && c->from_frame;
    return each && !hosts && c->heads.count < LEADERS_LEAST;
}

// The faces are told apart: each of them is named or has an office, all are of one side or each of another one, and nobody else of that
// side stands in the clause.
bool are_met_apart(const struct work *work, const struct candidate *c)
{
    uint16_t side = PARTY_NONE;
    bool several = of_several_states(work, c);
    for (uint32_t i = 0; i < c->face_count; i++) {
        const struct face *face = &c->faces[i];
        bool known = face->person == MENTION_NONE || (face->party != PARTY_NONE && face->office != CODE_NONE);
        bool other = side != PARTY_NONE && face->party != PARTY_NONE && face->party != side;
        if (!known || (other && !several))
            return false;
        side = face->party != PARTY_NONE ? face->party : side;
        for (uint32_t k = 0; k < i; k++)
            if (face->person == MENTION_NONE && c->faces[k].person == MENTION_NONE && face->office == c->faces[k].office &&
                face->party == c->faces[k].party)
                return false;
    }
    for (uint32_t i = 0; i < c->people_count; i++) {
        struct face other = {.person = c->people[i], .party = work->document->people.at[c->people[i]].party};
        if (other.party == side && side != PARTY_NONE && !has_face(c->faces, c->face_count, other))
            return false;
    }
    return c->face_count > 1;
}
