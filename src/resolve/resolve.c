// SPDX-License-Identifier: MIT
// The resolve stage: conducts its parts, then gathers the parties of all claims and lets go of what the report does not bear out.
//
// A report in which fewer than two parties deal, or in which nothing shows that governments do (no office-holder, standing body, or "both
// sides"), gives an empty record: that is the right answer for the many texts that merely mention two countries.
#include "resolve/resolve.h"

#include "resolve/cast.h"

static uint32_t claim_of_party(struct work *work, uint16_t party)
{
    struct record *record = &work->document->record;
    for (uint32_t i = 0; i < record->parties.count; i++)
        if (record->parties.at[i].party == party)
            return i;
    struct party_claim claim = {.party = party};
    vec_push(work->document->arena, &record->parties, claim);
    return record->parties.count - 1;
}

static void claim_all(struct work *work, const struct party_set *parties)
{
    for (uint8_t i = 0; i < parties->count; i++)
        claim_of_party(work, parties->at[i]);
}

// Where each claimed party is named; a party known only through a person or a city has that as evidence.
static void find_evidence(struct work *work)
{
    struct record *record = &work->document->record;
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        uint16_t party = m->kind == MENTION_PARTY ? m->code : m->kind == MENTION_PLACE ? m->state : PARTY_NONE;
        for (uint32_t k = 0; k < record->parties.count; k++) {
            struct party_claim *claim = &record->parties.at[k];
            if (claim->party != party || claim->evidence.count >= 3 || (m->kind == MENTION_PLACE && claim->evidence.count))
                continue;
            add_evidence(work, &claim->evidence, m->first, m->last);
            add_lexeme_reason(work, &claim->reasons, i);
        }
    }
}

static void take_bodies(struct work *work)
{
    struct document *document = work->document;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_BODY || (m->parties.count < 2 && document->record.bodies.count))
            continue;
        struct body_claim claim = {.type = (uint8_t)m->code, .name_first = m->first, .name_last = m->last, .parties = m->parties};
        if (claim.parties.count < 2 && work->dealing.count > 2)
            continue;   // whose it is, is not said
        if (claim.parties.count < 2)
            claim.parties = work->dealing;
        bool known = false;
        for (uint32_t k = 0; k < document->record.bodies.count; k++) {
            struct body_claim *old = &document->record.bodies.at[k];
            if (old->type != claim.type || !party_set_within(&claim.parties, &old->parties))
                continue;
            known = true;
            add_evidence(work, &old->evidence, m->first, m->last);
            if (m->last - m->first > old->name_last - old->name_first) {
                old->name_first = m->first;
                old->name_last = m->last;
            }
        }
        if (known)
            continue;
        add_evidence(work, &claim.evidence, m->first, m->last);
        add_lexeme_reason(work, &claim.reasons, i);
        vec_push(document->arena, &document->record.bodies, claim);
    }
    for (uint32_t i = 0; i < document->record.meetings.count; i++) {
        struct meeting_claim *meeting = &document->record.meetings.at[i];
        for (uint32_t k = 0; k < document->record.bodies.count && meeting->body == CLAIM_NONE; k++) {
            const struct body_claim *body = &document->record.bodies.at[k];
            if (body->type == meeting->type && party_set_within(&meeting->parties, &body->parties))
                meeting->body = k;
        }
    }
}

// Somebody in office acts for the party in the report.
static bool has_holder(const struct work *work, uint16_t party)
{
    const struct record *record = &work->document->record;
    for (uint32_t i = 0; i < record->people.count; i++)
        if (record->people.at[i].party == party && is_public_office(record->people.at[i].office))
            return true;
    return false;
}

void resolve_parties(struct work *work)
{
    struct record *record = &work->document->record;
    for (uint32_t i = 0; i < record->meetings.count; i++)
        claim_all(work, &record->meetings.at[i].parties);
    for (uint32_t i = 0; i < record->instruments.count; i++)
        claim_all(work, &record->instruments.at[i].parties);
    for (uint32_t i = 0; i < record->commitments.count; i++) {
        claim_all(work, &record->commitments.at[i].parties);
        uint16_t by = record->commitments.at[i].by;
        if (by != PARTY_NONE && has_holder(work, by))     // a third one that offers or considers something
            claim_of_party(work, by);
    }
    find_evidence(work);
}

#define LIST_GAP 5       // tokens between two names of a list: the state of the first, a mark, "and"
#define DEALING_SIGNS 2  // what a report must show before any claim of it is believed

// "X has signed a protocol with Y": a name that acts, and behind it the mark "with" at another one.
static bool faces_partner(const struct work *work, uint32_t first, uint32_t last)
{
    const uint16_t apart = MENTION_WITH | MENTION_LOCATIVE | MENTION_ORIGIN | MENTION_SPOKEN_OF | MENTION_INSIDE;
    const struct mention *actor = NULL;
    for (uint32_t at = first; at < last; at++) {
        const struct mention *m = work_mention(work, at);
        if (m->kind != MENTION_PARTY || m->role != PARTY_ROLE_NAME)
            continue;
        if (actor && actor->code != m->code && (m->flags & MENTION_WITH) && !(m->flags & MENTION_LOCATIVE))
            return true;
        if (!actor && !(m->flags & apart))
            actor = m;
    }
    return false;
}

// Two states named side by side in a sentence, or the one with the other.
static bool names_pair(const struct work *work, uint32_t sentence)
{
    uint32_t first, last;
    work_sentence_mentions(work, sentence, &first, &last);
    if (work_pack(work, sentence)->config.head == HEAD_INITIAL && faces_partner(work, first, last))
        return true;
    for (uint32_t at = first; at + 1 < last; at++) {
        const struct mention *a = work_mention(work, at), *b = work_mention(work, at + 1);
        bool inside = b->kind == MENTION_TOPIC && b->first < a->last;       // a state at war is a topic, too
        if ((b->kind == MENTION_INSTRUMENT || inside) && at + 2 < last)
            b = work_mention(work, at + 2);     // "X signed a treaty with Y"
        bool names = a->kind == MENTION_PARTY && b->kind == MENTION_PARTY && a->code != b->code && a->role == PARTY_ROLE_NAME &&
                     b->role == PARTY_ROLE_NAME;
        bool facing = (b->flags & MENTION_WITH) && !(a->flags & (MENTION_WITH | MENTION_LOCATIVE));
        if (names && !(b->flags & MENTION_LOCATIVE) && (facing || are_paired(work, a, b)))
            return true;
    }
    return false;
}

// "Both sides", or two dealing parties, in one sentence; for a deed, one party and two office-holders do, or an office-holder and a place
// of the other party ("the premier of X arrived in Y's capital").
static bool is_joint(const struct work *work, uint32_t sentence, bool deed)
{
    struct party_set here = {.count = 0}, visited = {.count = 0};
    uint32_t first, last, holders = 0;
    bool members = false, series = false, talks = false;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_SIDES && m->code != SIDE_ONE && !(work_grammar(work, m->first) & GRAMMAR(PRONOUN)))
            return true;
        if (deed && m->kind == MENTION_PERSON && m->parties.count > 1 && is_public_office((uint8_t)m->code) && (m->flags & MENTION_WITH))
            return true;    // "met ministers from Peru and Chile"
        bool quality = m->kind == MENTION_PARTY && m->role == PARTY_ROLE_ADJECTIVE && !(m->flags & MENTION_INSIDE) && !deed;
        bool named = m->kind == MENTION_PARTY && !quality && !(m->flags & MENTION_SPOKEN_OF);     // "Iranian cars" are of no party
        if (named && party_set_has(&work->dealing, m->code))
            party_set_add(&here, m->code);
        members |= m->kind == MENTION_PARTY && party_set_has(&work->dealing, m->code) && !work->world->parties.at[m->code].state;
        series |= m->kind == MENTION_MEETING && m->code < MEETING_MEETING;
        bool between = m->parties.count > 1 && (m->kind == MENTION_MEETING || m->kind == MENTION_BODY || m->kind == MENTION_INSTRUMENT);
        talks |= between || m->kind == MENTION_INSTRUMENT || (m->kind == MENTION_PARTY && (m->flags & MENTION_WITH));
        if (m->kind == MENTION_PLACE && (m->flags & MENTION_LOCATIVE) && party_set_has(&work->dealing, m->state))
            party_set_add(&visited, m->state);
        holders += 2 * is_government(work, m);   // "the cabinet approved a treaty with Peru"
        holders += m->kind == MENTION_PERSON && m->code != CODE_NONE && m->code != OFFICE_OTHER && m->code != OFFICE_BUSINESS;
        const struct person *person = m->kind == MENTION_PERSON && m->entity < work->document->people.count
                                          ? &work->document->people.at[m->entity] : NULL;
        if (!person || !party_set_has(&work->dealing, person->party))
            continue;
        party_set_add(&here, person->party);
        holders += m->code == CODE_NONE && person->renowned;
    }
    bool abroad = visited.count && here.count == 1 && !party_set_has(&visited, here.at[0]);
    if (deed && members && series)      // the session of an organisation's own body
        return true;
    if (deed && here.count > 1)     // who acts there: two states named side by side, or somebody in office
        return holders || talks || names_pair(work, sentence);
    return here.count > 1 || (deed && here.count == 1 && (holders > 1 || (holders && abroad)));
}

static bool any_joint(const struct work *work, const evidence_vec *evidence, bool deed)
{
    for (uint32_t i = 0; i < evidence->count; i++)
        if (is_joint(work, work->document->tokens.at[evidence->at[i].first].sentence, deed))
            return true;
    return false;
}

// "The ambassador of X in Y": of one dealing party, sent to another.
static bool serves_at_party(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    if (m->kind != MENTION_PERSON || m->code != OFFICE_AMBASSADOR || m->parties.count != 1 ||
        !party_set_has(&work->dealing, m->parties.at[0]))
        return false;
    for (uint32_t i = index + 1; i < work->document->mentions.count && work_mention(work, i)->first < m->last; i++) {
        const struct mention *inner = work_mention(work, i);
        if (inner->kind == MENTION_PARTY && (inner->flags & MENTION_LOCATIVE) && inner->code != m->parties.at[0] &&
            party_set_has(&work->dealing, inner->code))
            return true;
    }
    return false;
}

// "X said beside his counterpart Y": named holders of high office of two dealing parties, one of whom has the mark "with".
static bool holders_face(const struct work *work, uint32_t sentence)
{
    struct party_set here = {.count = 0};
    uint32_t first, last;
    bool with = false;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        const struct person *person = m->kind == MENTION_PERSON && m->entity < work->document->people.count
                                          ? &work->document->people.at[m->entity] : NULL;
        if (!person || person->office > OFFICE_MINISTER || !party_set_has(&work->dealing, person->party))
            continue;
        party_set_add(&here, person->party);
        with |= (m->flags & MENTION_WITH) != 0;
    }
    return here.count > 1 && with;
}

// Holders of public office of two dealing parties take part: "X flew to Oslo. He met the Norwegian premier Y".
static bool holders_meet(const struct work *work, const struct meeting_claim *meeting)
{
    struct party_set here = {.count = 0};
    for (uint32_t i = 0; i < meeting->participants.count && meeting->type != MEETING_VISIT; i++) {
        const struct person_claim *person = &work->document->record.people.at[meeting->participants.at[i]];
        if (is_public_office(person->office) && party_set_has(&work->dealing, person->party))
            party_set_add(&here, person->party);
    }
    // "The talks closed in Oslo. The Kenyan delegation was led by X": where one of those who deal was, and not at home
    bool abroad = here.count && meeting->status == MEETING_STATUS_HELD && party_set_has(&work->dealing, meeting->state);
    return here.count > 1 || (abroad && !party_set_has(&here, meeting->state));
}

// "Ministers X of A, Y of B and Z of C": named holders of high office of two dealing parties stand in one list.
static bool holders_listed(const struct work *work, uint32_t sentence)
{
    const struct mention *before = NULL;
    uint16_t party = PARTY_NONE;
    uint32_t first, last;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PARTY && before && m->first <= before->last + 2)
            continue;       // his own
        const struct person *person = m->kind == MENTION_PERSON && m->entity < work->document->people.count
                                          ? &work->document->people.at[m->entity] : NULL;
        bool holder = person && person->office <= OFFICE_MINISTER && party_set_has(&work->dealing, person->party);
        if (holder && before && m->first <= before->last + LIST_GAP && person->party != party)
            return true;
        if (m->kind == MENTION_PERSON || m->kind == MENTION_PLACE) {
            before = holder ? m : NULL;
            party = holder ? person->party : PARTY_NONE;
        }
    }
    return false;
}

// "The treaty with Peru is ratified. King X of Norway signed the law": a document made with one dealing party, and a named holder of high
// office of another.
static bool made_with_another(const struct work *work)
{
    const struct record *record = &work->document->record;
    for (uint32_t i = 0; i < record->instruments.count; i++) {
        uint32_t sentence = work->document->tokens.at[record->instruments.at[i].evidence.at[0].first].sentence, first, last;
        work_sentence_mentions(work, sentence, &first, &last);
        for (uint32_t k = first; k < last; k++) {
            const struct mention *m = work_mention(work, k);
            bool with = m->kind == MENTION_PARTY && (m->flags & MENTION_WITH) && party_set_has(&work->dealing, m->code);
            for (uint32_t p = 0; with && p < record->people.count; p++)
                if (record->people.at[p].office <= OFFICE_MINISTER && record->people.at[p].party != m->code &&
                    party_set_has(&work->dealing, record->people.at[p].party))
                    return true;
        }
    }
    return false;
}

// A session or a document, and named holders of high office of two who deal, each in a sentence of his own: "Peru was represented by
// minister X. For Chile came minister Y."
static bool holders_of_both(const struct work *work)
{
    const struct record *record = &work->document->record;
    struct party_set here = {.count = 0};
    bool session = record->instruments.count > 0;
    for (uint32_t i = 0; i < record->meetings.count; i++)
        session |= record->meetings.at[i].type != MEETING_VISIT && record->meetings.at[i].type != MEETING_FORUM;
    for (uint32_t i = 0; session && i < record->people.count; i++) {
        const struct person_claim *person = &record->people.at[i];
        bool high = person->office <= OFFICE_DEPUTY_MINISTER || person->office == OFFICE_AMBASSADOR;
        if (high && party_set_has(&work->dealing, person->party))
            party_set_add(&here, person->party);
    }
    return here.count > 1;
}

// At least one claim rests on a sentence in which the parties stand together.
static bool has_joint_claim(const struct work *work)
{
    const struct record *record = &work->document->record;
    for (uint32_t i = 0; record->commitments.count && i < work->document->sentences.count; i++)
        if (holders_face(work, i) || (record->meetings.count && holders_listed(work, i)))
            return true;
    for (uint32_t i = 0; i < record->meetings.count; i++)
        if (holders_meet(work, &record->meetings.at[i]) || any_joint(work, &record->meetings.at[i].evidence, true))
            return true;
    if (record->meetings.count && any_joint(work, &work->visits, true))
        return true;
    for (uint32_t i = 0; i < record->instruments.count; i++) {
        // firms make contracts, too
        bool ours = record->instruments.at[i].kind != INSTRUMENT_CONTRACT || record->people.count || work->government_signs;
        if (ours && any_joint(work, &record->instruments.at[i].evidence, true))
            return true;
    }
    for (uint32_t i = 0; i < record->commitments.count; i++)
        if (any_joint(work, &record->commitments.at[i].evidence, false))
            return true;
    for (uint32_t i = 0; record->meetings.count && i < work->document->mentions.count; i++)
        if (serves_at_party(work, i))
            return true;
    if (holders_of_both(work) || made_with_another(work))
        return true;
    bool meets = record->meetings.count > 0, signs = record->instruments.count > 0;
    for (uint32_t f = 0; (meets || signs) && f < work->document->frames.count; f++) {
        // "the presidents of X and Y will take part", "the ministers of X and Y put their names to the text"
        uint8_t role = work_rule(work, f)->role;
        bool deed = (meets && role == ROLE_TAKE_PART) || (signs && role == ROLE_SIGN);
        if (deed && is_joint(work, work->document->frames.at[f].sentence, false))
            return true;
    }
    return false;
}

// "Vietnam and Laos signed an agreement", "… will hold talks": a document or a meeting by name beside two states. A verb alone ("met") does
// not do: teams meet, too.
static bool states_deal(const struct work *work)
{
    const struct record *record = &work->document->record;
    for (uint32_t i = 0; i < record->instruments.count; i++)     // firms make contracts
        for (uint32_t k = 0; k < record->instruments.at[i].evidence.count && record->instruments.at[i].kind != INSTRUMENT_CONTRACT; k++)
            if (names_pair(work, work->document->tokens.at[record->instruments.at[i].evidence.at[k].first].sentence))
                return true;
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        bool talks = m->kind == MENTION_MEETING && m->code != MEETING_VISIT && m->code != MEETING_FORUM;
        if (talks && work->mention_meeting[i] != CLAIM_NONE && (m->parties.count > 1 || names_pair(work, m->sentence)))
            return true;
    }
    return false;
}

// "Vietnam and Laos agreed to open a border market", "… will launch a freight train": states that agree deal, unless it is about games,
// and so do states that plan or have done something definite together.
static bool states_agree(const struct work *work)
{
    const struct record *record = &work->document->record;
    for (uint32_t i = 0; i < record->commitments.count; i++) {
        const struct commitment_claim *commitment = &record->commitments.at[i];
        bool definite = (commitment->stance == STANCE_PLANNED || commitment->stance == STANCE_DONE) && commitment->concepts.count > 0;
        if ((commitment->stance != STANCE_AGREED && !definite) || (commitment->sectors & ~(UINT64_C(1) << SECTOR_SPORT)) == 0)
            continue;
        for (uint32_t k = 0; k < commitment->evidence.count; k++)
            if (names_pair(work, work->document->tokens.at[commitment->evidence.at[k].first].sentence))
                return true;
    }
    return false;
}

#define GAMES_LEAST 4   // topics of sport that make a report one of games, though it names a ministry

// A report of games: most of its topics are sport, and nobody higher than an official acts in it. Boards and teams agree, sign and travel
// like governments.
static bool is_of_games(const struct work *work)
{
    uint32_t sport = 0, others = 0;
    bool ministry = false;
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_TOPIC && !(m->flags & MENTION_WEAK))
            *(m->code == SECTOR_SPORT ? &sport : &others) += 1;
        if (m->kind == MENTION_PERSON && (m->code <= OFFICE_DEPUTY_MINISTER || m->code == OFFICE_AMBASSADOR))
            ministry = true;
        ministry |= is_government(work, m);
    }
    for (uint32_t i = 0; i < work->document->record.people.count; i++)
        if (work->document->record.people.at[i].office < OFFICE_OFFICIAL)
            return false;
    return (sport >= GAMES_LEAST && sport > others) || (!ministry && sport > 1 && sport >= others);
}

#define FIRMS_LEAST 3   // firms and their heads that make a report one of business

// A report of firms: several of them and their heads act, and no organ of government, body of two states or holder of a public office does.
// Firms of two states agree, form working groups and are "both sides" like governments.
static bool is_of_firms(const struct work *work)
{
    uint32_t firms = 0;
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        uint16_t organ = work_organ(work, m);
        bool office = m->kind == MENTION_PERSON && m->code != CODE_NONE && m->code != OFFICE_OTHER && m->code != OFFICE_BUSINESS;
        if (office || is_government(work, m) || (m->kind == MENTION_BODY && m->parties.count > 1))
            return false;
        firms += organ == ORGAN_FIRM || (m->kind == MENTION_PERSON && m->code == OFFICE_BUSINESS);
    }
    return firms >= FIRMS_LEAST;
}

// A holder of high office sets off for somewhere, though no visit could be made of it.
static bool somebody_travels(const struct work *work)
{
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        uint32_t first, last;
        if (work_rule(work, f)->role != ROLE_ARRIVE)
            continue;
        work_sentence_mentions(work, work->document->frames.at[f].sentence, &first, &last);
        for (uint32_t i = first; i < last; i++)
            if (work_mention(work, i)->kind == MENTION_PERSON && work_mention(work, i)->code <= OFFICE_FOREIGN_MINISTER)
                return true;
    }
    return false;
}

// Two dealing parties are not enough: firms of two states sign, travellers visit both. Something must show that governments deal.
static bool is_borne_out(const struct work *work)
{
    const struct record *record = &work->document->record;
    bool agree = states_agree(work);
    uint32_t signs = work->government_signs + (record->meetings.count ? 1 : 0) + (agree || states_deal(work) ? DEALING_SIGNS : 0);
    if (is_of_games(work) || is_of_firms(work))
        return false;
    if (!agree && !record->meetings.count && !record->instruments.count && !somebody_travels(work))
        return false;  // plans and praise, congratulations, opinion
    return signs >= DEALING_SIGNS && has_joint_claim(work);
}

static void mark_named(bool *named, const index_vec *people)
{
    for (uint32_t i = 0; i < people->count; i++)
        named[people->at[i]] = true;
}

static void renumber(index_vec *people, const uint32_t *number)
{
    for (uint32_t i = 0; i < people->count; i++)
        people->at[i] = number[people->at[i]];
}

// "The principles that President X laid out": one of whom the report gives a single name, once, and of whom no claim speaks, does not act
// in it.
static void drop_passing_people(struct work *work)
{
    struct document *document = work->document;
    struct record *record = &document->record;
    bool *acts = ARENA_ARRAY(document->arena, bool, record->people.count);
    uint32_t *number = ARENA_ARRAY(document->arena, uint32_t, record->people.count), kept = 0;
    for (uint32_t i = 0; i < record->meetings.count; i++) {
        mark_named(acts, &record->meetings.at[i].chairs);
        mark_named(acts, &record->meetings.at[i].participants);
    }
    for (uint32_t i = 0; i < record->instruments.count; i++)
        mark_named(acts, &record->instruments.at[i].signatories);
    for (uint32_t i = 0; i < document->people.count; i++) {
        const struct person *person = &document->people.at[i];
        if (work->person_claim[i] != CLAIM_NONE && (person->mentions > 1 || person->name_last > person->name_first + 1))
            acts[work->person_claim[i]] = true;
    }
    for (uint32_t i = 0; i < record->people.count; i++) {
        number[i] = kept;
        if (acts[i])
            record->people.at[kept++] = record->people.at[i];
    }
    record->people.count = kept;
    for (uint32_t i = 0; i < record->meetings.count; i++) {
        renumber(&record->meetings.at[i].chairs, number);
        renumber(&record->meetings.at[i].participants, number);
    }
    for (uint32_t i = 0; i < record->instruments.count; i++)
        renumber(&record->instruments.at[i].signatories, number);
}

void resolve_run(struct document *document)
{
    struct work work = {.document = document, .home = PARTY_NONE};
    if (!document->pack)
        return;
    work.world = document->pack->world;
    document->fates = ARENA_ARRAY(document->arena, uint8_t, document->mentions.count);
    document->verdict = VERDICT_RECORD;
    work_index(&work);
    resolve_cast(&work);
    if (work.dealing.count < 2 || words_in_disorder(&work)) {
        document->verdict = work.dealing.count < 2 ? VERDICT_FEW_PARTIES : VERDICT_DISORDER;
        document->record.people.count = 0;
        return;
    }
    resolve_meetings(&work);
    resolve_instruments(&work);
    resolve_commitments(&work);
    if (!is_borne_out(&work)) {
        struct record *record = &document->record;
        document->verdict = VERDICT_NO_SIGN;
        record->people.count = record->meetings.count = record->instruments.count = record->commitments.count = 0;
        return;
    }
    document->record.commitments.count = work.commitments;
    take_bodies(&work);
    resolve_parties(&work);
    drop_passing_people(&work);
}
