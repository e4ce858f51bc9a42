// SPDX-License-Identifier: MIT
// Tense, polarity and modality of a trigger, from its own form and the auxiliaries beside it.
//
// Head-initial languages put auxiliaries before the verb ("will not be signed"), so the scan runs left from the trigger over auxiliaries
// and a few adverbs. Head-final ones put them behind ("हस्ताक्षर नहीं किए जाएंगे"), so it runs right over the verb group.
// What counts is the
// grammar class and the features that the pack gives to each word; the words themselves are unknown here.
#include "frame/clause.h"

#define TENSE_REACH 7       // tokens looked at on either side
#define TENSE_STRANGERS 2   // words without grammar that may stand between auxiliary and verb

#define AUXILIARY                                                                                                       \
    (GRAMMAR(WILL) | GRAMMAR(MAY) | GRAMMAR(MUST) | GRAMMAR(NOT) | GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(DO) | GRAMMAR(TO))

struct auxiliaries {
    uint64_t seen;       // classes of all auxiliaries
    bool be_before_to;   // "is to sign"
    bool to_nearest;     // "to" stands before the verb or its "be"
    bool bare_be;        // the last auxiliary is an infinitive and no other is there
    bool conditional;
    uint32_t outermost;  // token of the first auxiliary
};

// "Is considering lending", "will discuss ways to build", "affirmed the need to build": the auxiliary is that of the trigger that stands
// between, which is more than auxiliaries itself.
static bool is_other_trigger(const struct clause_view *view, uint32_t token)
{
    uint32_t at = view->document->triggers.covering[token];
    if (at == SPAN_NONE)
        return false;
    const struct span *trigger = &view->document->triggers.at[at];
    for (uint32_t word = trigger->first; word < trigger->last; word++)
        if (!(clause_classes(view, word) & (AUXILIARY | GRAMMAR(DETERMINER))))
            return true;
    return trigger->first < token && (clause_classes(view, trigger->first) & GRAMMAR(DETERMINER));
}

static struct auxiliaries auxiliaries_before(const struct clause_view *view, uint32_t verb)
{
    struct auxiliaries found = {.outermost = verb};
    int strangers = TENSE_STRANGERS;
    bool finite = false;
    for (uint32_t reach = 1; reach <= TENSE_REACH && verb >= view->first + reach; reach++) {
        uint32_t token = verb - reach;
        uint64_t classes = clause_classes(view, token);
        if (classes & GRAMMAR(IF))
            found.conditional = true;
        if (clause_is_punct(view, token) || view->boundary[token - view->first] != BOUNDARY_NONE)
            break;
        if (is_other_trigger(view, token)) {
            if (classes & (GRAMMAR(TO) | GRAMMAR(MUST))) {    // "ready to build", "the need to quickly build"
                found.to_nearest = true;
                found.seen |= GRAMMAR(TO);
            }
            break;
        }
        bool month = (view->document->tokens.at[token].flags & TOKEN_CAPITAL) && token > view->first && (classes & GRAMMAR(MAY)) &&
                     !view->pack->config.plain_names;      // "in May she had met him"
        if (!(classes & AUXILIARY) || month) {
            bool small = classes & (GRAMMAR(DETERMINER) | GRAMMAR(IN) | GRAMMAR(ON));     // "will in the coming days sign"
            if (!small && strangers-- == 0)
                break;
            continue;
        }
        if ((classes & GRAMMAR(TO)) && finite)
            break;      // "the protocol to it was signed": no infinitive
        finite |= (classes & GRAMMAR(BE)) && (clause_features(view, token) & (FEATURE(PRES) | FEATURE(PAST)));
        if ((classes & GRAMMAR(TO)) && !(found.seen & ~(GRAMMAR(BE) | GRAMMAR(TO) | GRAMMAR(NOT))))
            found.to_nearest = true;
        if ((classes & GRAMMAR(BE)) && found.to_nearest && (clause_classes(view, token + 1) & GRAMMAR(TO)))
            found.be_before_to = true;
        uint32_t bare = clause_features(view, token) & (FEATURE(INF) | FEATURE(PRES) | FEATURE(PAST) | FEATURE(PART) | FEATURE(GER));
        found.bare_be = !found.seen && (classes & GRAMMAR(BE)) && bare == FEATURE(INF);
        found.seen |= classes & AUXILIARY;
        found.outermost = token;
    }
    return found;
}

#define SUBJECT_REACH 8     // tokens of what a document is on, before the participle

static enum lexicon_kind kind_at(const struct clause_view *view, uint32_t token)
{
    uint32_t covering = view->document->lexicon.covering[token];
    return covering == SPAN_NONE ? LEXICON_KIND_COUNT : view->pack->lexemes.at[view->document->lexicon.at[covering].lexeme].kind;
}

// "The agreement on customs signed in Baku": what the document is on stands between it and a participle of signing.
static bool describes_document(const struct clause_view *view, const struct span *trigger)
{
    const struct rule *rule = &view->pack->rules.at[view->pack->lexemes.at[trigger->lexeme].value];
    uint64_t joints = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(OF) | GRAMMAR(FOR) | GRAMMAR(AND) | GRAMMAR(IN) | GRAMMAR(DETERMINER);
    uint32_t token = trigger->first - 1;
    bool behind = clause_classes(view, trigger->last) & (GRAMMAR(IN) | GRAMMAR(BY) | GRAMMAR(ON) | GRAMMAR(BETWEEN) | GRAMMAR(DURING));
    if (rule->role != ROLE_SIGN || !behind || (kind_at(view, token) != LEXICON_SECTOR && kind_at(view, token) != LEXICON_CONCEPT))
        return false;
    for (uint32_t step = 0; step < SUBJECT_REACH && token > view->first; step++, token--) {
        enum lexicon_kind kind = kind_at(view, token);
        uint64_t classes = clause_classes(view, token);
        if (kind == LEXICON_INSTRUMENT)
            return clause_classes(view, token + 1) & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR) | GRAMMAR(OF));
        bool field = kind == LEXICON_SECTOR || kind == LEXICON_CONCEPT || kind == LEXICON_ORDINARY;
        if (clause_is_punct(view, token) || (classes & ~joints) || (!classes && !field && kind != LEXICON_KIND_COUNT))
            return false;
    }
    return false;
}

// A participle that stands right behind its noun without an auxiliary ("the memorandum signed in Moscow", "the treaty, signed by …").
static bool is_reduced_passive(const struct clause_view *view, const struct span *trigger)
{
    if (trigger->first == view->first || trigger->last >= view->last)
        return false;
    if (describes_document(view, trigger) || (clause_classes(view, trigger->last) & GRAMMAR(AGENT)))
        return true;
    uint32_t noun = trigger->first - 1;
    if (noun > view->first && view->boundary[noun - view->first] == BOUNDARY_COMMA && clause_is_punct(view, noun))
        noun--;
    uint32_t covering = view->document->lexicon.covering[noun];
    if (covering == SPAN_NONE)
        return false;
    const struct lexeme *lexeme = &view->pack->lexemes.at[view->document->lexicon.at[covering].lexeme];
    bool thing = lexeme->kind == LEXICON_INSTRUMENT || lexeme->kind == LEXICON_MEETING || lexeme->kind == LEXICON_BODY;
    return thing && (clause_classes(view, trigger->last) & CLAUSE_CASE);
}

// A trigger of several words may hold its own auxiliary ("agreement was reached"); without one it is a noun.
static uint32_t tense_inside(const struct clause_view *view, const struct span *trigger)
{
    uint32_t features = 0;
    uint64_t classes = 0;
    for (uint32_t token = trigger->first; token < trigger->last; token++)
        if (clause_classes(view, token) & (CLAUSE_VERBAL | GRAMMAR(NOT))) {
            features |= clause_features(view, token);
            classes |= clause_classes(view, token);
        }
    if (!(features & CLAUSE_FINITE) && !(classes & GRAMMAR(WILL)))
        return FRAME_NOUN;
    return (classes & GRAMMAR(NOT) ? FRAME_NOT : 0) | (classes & GRAMMAR(WILL) ? FRAME_FUTURE : 0) |
           (features & FEATURE(PAST) ? FRAME_PAST : 0);
}

// Where words inflect, a verb's own form tells its voice and mood: participles and reflexives are passive without an auxiliary, an
// infinitive is a verb without a particle, and the future's auxiliary may follow its infinitive.
static uint32_t inflected_flags(const struct clause_view *view, const struct span *trigger, uint32_t features, uint64_t seen)
{
    uint32_t cases = FEATURE(NOM) | FEATURE(GEN) | FEATURE(DAT) | FEATURE(ACC) | FEATURE(INS) | FEATURE(LOC);
    uint32_t flags = features & FEATURE(PART) ? FRAME_PASSIVE : 0;
    if ((features & FEATURE(PART)) && (features & cases))
        flags |= FRAME_ATTRIBUTE;
    uint64_t behind = clause_classes(view, trigger->last);
    bool infinitive = (features & FEATURE(INF)) && !(features & CLAUSE_FINITE);
    if ((seen & (GRAMMAR(WILL) | GRAMMAR(MUST))) || (features & FEATURE(FUT)) || (infinitive && (behind & GRAMMAR(WILL))))
        flags |= FRAME_FUTURE | (seen & (GRAMMAR(WILL)) || !(seen & GRAMMAR(MUST)) ? 0 : FRAME_MUST);
    else if (seen & GRAMMAR(MAY))
        flags |= FRAME_MAY;
    else if (infinitive)
        flags |= FRAME_NONFINITE;
    else if (features & (FEATURE(PAST) | FEATURE(PART)))
        flags |= FRAME_PAST;
    return flags;
}

// Polarity and mood that the form itself carries.
static uint32_t own_flags(uint32_t features)
{
    return (features & FEATURE(NEG) ? FRAME_NOT : 0) | (features & FEATURE(POT) ? FRAME_MAY : 0) |
           (features & FEATURE(COND) ? FRAME_IF : 0);
}

// "They cover trade", "both sides review", "India, Japan launch …": a subject in the plural stands right before the bare form.
static bool follows_subject(const struct clause_view *view, const struct span *trigger)
{
    if (trigger->first == view->first || clause_is_punct(view, trigger->last))
        return false;
    uint64_t before = clause_classes(view, trigger->first - 1);
    if (before)
        return (before & GRAMMAR(PRONOUN)) && !(before & GRAMMAR(DETERMINER));
    uint32_t covering = view->document->lexicon.covering[trigger->first - 1];
    if (covering == SPAN_NONE)
        return false;
    const struct lexeme *lexeme = &view->pack->lexemes.at[view->document->lexicon.at[covering].lexeme];
    bool state = (lexeme->kind == LEXICON_STATE || lexeme->kind == LEXICON_ORGANISATION) && lexeme->attribute == PARTY_ROLE_NAME;
    return lexeme->kind == LEXICON_SIDE || (state && (clause_classes(view, trigger->last) & GRAMMAR(DETERMINER)));
}

// "Castro and Melo head the …": an unknown name behind "and", and a determiner behind the bare form.
static bool follows_names(const struct clause_view *view, const struct span *trigger)
{
    uint32_t name = trigger->first;
    if (trigger->last >= view->last || !(clause_classes(view, trigger->last) & GRAMMAR(DETERMINER)))
        return false;
    while (name > view->first && (view->document->tokens.at[name - 1].flags & TOKEN_CAPITAL) &&
           !(clause_classes(view, name - 1) & GRAMMAR(AND)))
        name--;
    return name < trigger->first && name > view->first && (clause_classes(view, name - 1) & GRAMMAR(AND)) &&
           kind_at(view, trigger->first - 1) == LEXICON_KIND_COUNT;
}

// A participle right behind the token stands before a noun.
static bool describes_noun(const struct clause_view *view, uint32_t token)
{
    uint64_t before = GRAMMAR(DETERMINER) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(OF) | GRAMMAR(FOR) | GRAMMAR(ABOUT) | GRAMMAR(TO) |
                      GRAMMAR(WITH) | GRAMMAR(UNDER);
    return clause_classes(view, token) & before;
}

// "Both agreed to …", "…, and some praised …": a word of quantity that begins its clause is the subject of the form right behind it,
// unless a thing that can be agreed or planned follows ("both planned visits").
static bool is_subject(const struct clause_view *view, const struct span *trigger)
{
    uint32_t quantity = trigger->first - 1;
    uint32_t features = clause_features(view, quantity);
    if (clause_classes(view, quantity) & GRAMMAR(AMONG))
        return true;    // "one of them praised …"
    if (!(clause_classes(view, quantity) & GRAMMAR(DETERMINER)) || !(features & FEATURE(PL)))
        return false;
    bool begins = quantity <= view->first + 1 || view->boundary[quantity - 1 - view->first] != BOUNDARY_NONE;
    enum lexicon_kind next = trigger->last < view->last ? kind_at(view, trigger->last) : LEXICON_KIND_COUNT;
    return begins && next != LEXICON_INSTRUMENT && next != LEXICON_MEETING && next != LEXICON_BODY;
}

// The trigger's rule says how firm something is.
static bool takes_stance(const struct clause_view *view, const struct span *trigger)
{
    return view->pack->rules.at[view->pack->lexemes.at[trigger->lexeme].value].commitment.value < VALUE_UNSET;
}

// "Discussed plans to build", "rejected calls for": the trigger right before is a verb, whose object this one is.
static bool follows_verb(const struct clause_view *view, const struct span *trigger)
{
    const uint32_t verbal = FEATURE(PAST) | FEATURE(PART) | FEATURE(GER) | FEATURE(PRES) | FEATURE(INF);
    const struct span_layer *triggers = &view->document->triggers;
    uint32_t at = trigger->first > view->first ? triggers->covering[trigger->first - 1] : SPAN_NONE;
    if (at == SPAN_NONE || triggers->at[at].last != trigger->first || !(triggers->at[at].features & verbal))
        return false;
    bool described = triggers->at[at].first > view->first && describes_noun(view, triggers->at[at].first - 1);     // "our shared resolve"
    return !described && triggers->at[at].last == triggers->at[at].first + 1 && !clause_classes(view, trigger->first - 1);
}

#define UNTIL_WORDS 6       // between "until" and the verb that must come true first

// Where words inflect: "will they agree?" by a small word right behind the verb, "until the sides agree": what may be or is awaited.
static bool is_open_question(const struct clause_view *view, const struct span *trigger, uint32_t features)
{
    if (clause_classes(view, trigger->last) & GRAMMAR(IF))
        return true;
    for (uint32_t token = trigger->first, words = 0; (features & FEATURE(FUT)) && token > view->first && words < UNTIL_WORDS; words++) {
        token--;
        if (clause_is_punct(view, token))
            return false;
        if ((clause_classes(view, token) & GRAMMAR(WHILE)) && (clause_classes(view, token) & GRAMMAR(UNTIL)))
            return true;
    }
    return false;
}

static uint32_t tense_head_initial(const struct clause_view *view, const struct span *trigger, uint32_t features, uint32_t *ret_first)
{
    struct auxiliaries aux = auxiliaries_before(view, trigger->first);
    uint32_t flags = 0;
    bool verb = features & (FEATURE(INF) | FEATURE(PRES) | FEATURE(PAST) | FEATURE(PART) | FEATURE(GER) | FEATURE(FUT));
    if (!verb)
        return tense_inside(view, trigger);
    // a form that is only an infinitive ("review", also a noun) needs its auxiliary
    if (!pack_inflects(view->pack) && !(features & (CLAUSE_FINITE | FEATURE(PART) | FEATURE(GER))) &&
        !(aux.seen & (GRAMMAR(WILL) | GRAMMAR(MAY) | GRAMMAR(MUST) | GRAMMAR(TO) | GRAMMAR(DO))) && !follows_subject(view, trigger) &&
        !follows_names(view, trigger))
        return CLAUSE_NO_VERB;
    bool noun_stands_here = trigger->first > view->first && !pack_inflects(view->pack) &&
                            (clause_classes(view, trigger->first - 1) & (GRAMMAR(DETERMINER) | GRAMMAR(IN) | GRAMMAR(OF) | GRAMMAR(FOR))) &&
                            !(clause_classes(view, trigger->first - 1) & (AUXILIARY | GRAMMAR(PRONOUN)));
    // "will find its way into the commission's report"
    if (noun_stands_here && (features & FEATURE(INF)) && !(features & (CLAUSE_FINITE | FEATURE(PART) | FEATURE(GER))))
        return CLAUSE_NO_VERB;
    // "proposed a plan to open the border"
    bool bare_form = (features & (FEATURE(INF) | FEATURE(PRES))) && !(features & (FEATURE(PAST) | FEATURE(PART) | FEATURE(GER)));
    if (bare_form && !pack_inflects(view->pack) && !aux.seen && follows_verb(view, trigger))
        return takes_stance(view, trigger) ? FRAME_NOUN : CLAUSE_NO_VERB;
    if (noun_stands_here && bare_form && !aux.seen && !(clause_features(view, trigger->first - 1) & FEATURE(PL)))
        return FRAME_NOUN;
    // "the planned visit", "on shared concerns": the participle describes its noun and tells nothing
    bool described = !pack_inflects(view->pack) && trigger->first > view->first && describes_noun(view, trigger->first - 1) &&
                     !is_subject(view, trigger);
    bool infinitive = described && (features & FEATURE(INF)) && (clause_classes(view, trigger->first - 1) & GRAMMAR(TO));    // "to set up"
    if (described && !infinitive && (features & FEATURE(PART)) && !(aux.seen & (GRAMMAR(BE) | GRAMMAR(HAVE))))
        return CLAUSE_NO_VERB;
    // "whose sitting of three days …": the meeting itself
    uint64_t owner = trigger->first > view->first ? clause_classes(view, trigger->first - 1) : 0;
    if (!pack_inflects(view->pack) && (features & FEATURE(GER)) && (owner & (GRAMMAR(DETERMINER) | GRAMMAR(WHICH))) &&
        kind_at(view, trigger->first) == LEXICON_MEETING)
        return CLAUSE_NO_VERB;
    *ret_first = aux.outermost;
    if (aux.conditional || (pack_inflects(view->pack) && is_open_question(view, trigger, features)))
        flags |= FRAME_IF;
    if (aux.seen & GRAMMAR(NOT))
        flags |= FRAME_NOT;
    bool past = features & FEATURE(PAST);   // a verb that is an auxiliary of what is to come elsewhere
    for (uint32_t token = trigger->first; pack_inflects(view->pack) && !past && token < trigger->last; token++)    // "will be devoted to"
        aux.seen |= clause_classes(view, token) & GRAMMAR(WILL);
    if (pack_inflects(view->pack))
        return flags | inflected_flags(view, trigger, features, aux.seen);
    if ((features & FEATURE(PART)) && (aux.seen & GRAMMAR(BE)))
        flags |= FRAME_PASSIVE;
    if ((aux.seen & GRAMMAR(WILL)) || (features & FEATURE(FUT)) || (aux.to_nearest && aux.be_before_to))
        flags |= FRAME_FUTURE;
    else if (aux.seen & GRAMMAR(MAY))
        flags |= FRAME_MAY;
    else if (aux.seen & GRAMMAR(MUST))
        flags |= FRAME_FUTURE | FRAME_MUST;
    else if (aux.to_nearest && ((features & FEATURE(INF)) || (aux.seen & GRAMMAR(BE))))
        flags |= FRAME_NONFINITE;
    else if ((features & FEATURE(GER)) && !(features & FEATURE(PAST)))
        flags |= aux.seen & GRAMMAR(BE) ? 0 : FRAME_NONFINITE;
    else if (aux.bare_be && (features & FEATURE(PART)))
        flags |= FRAME_NONFINITE;   // "proposed that a treaty be concluded"
    else if (features & (FEATURE(PAST) | FEATURE(PART)))
        flags |= FRAME_PAST;
    if ((features & FEATURE(PART)) && !(aux.seen & (GRAMMAR(BE) | GRAMMAR(HAVE))) && is_reduced_passive(view, trigger))
        flags |= FRAME_PASSIVE;
    return flags;
}

// Case mark or verb form? (a word can be both): a verb when the clause ends here or more of the verb group follows.
static bool reads_as_verb(const struct clause_view *view, uint32_t token)
{
    uint64_t classes = clause_classes(view, token), next = clause_classes(view, token + 1);
    if (!(classes & CLAUSE_VERBAL) && !(clause_features(view, token) & CLAUSE_FINITE))
        return false;
    if (!(classes & CLAUSE_CASE))
        return true;
    if (clause_is_punct(view, token + 1))
        return true;
    return (next & (CLAUSE_VERBAL | GRAMMAR(AND) | GRAMMAR(THAT) | GRAMMAR(BUT) | GRAMMAR(NOT))) && !(next & CLAUSE_CASE & ~GRAMMAR(OF));
}

// The sentence or the clause ends here: a verb form that no paradigm names, or a headline's noun, stands as the predicate.
static bool closes_clause(const struct clause_view *view, uint32_t token)
{
    if (token >= view->last || (token + 1 == view->last && clause_is_punct(view, token)))
        return true;
    return view->boundary[token - view->first] >= BOUNDARY_THAT;
}

// A trigger of a rule that takes a stance begins here.
static bool starts_stance(const struct clause_view *view, uint32_t token)
{
    uint32_t at = view->document->triggers.covering[token];
    const struct span *trigger = at == SPAN_NONE ? NULL : &view->document->triggers.at[at];
    if (!trigger || trigger->first != token)
        return false;
    return view->pack->rules.at[view->pack->lexemes.at[trigger->lexeme].value].commitment.value < VALUE_UNSET;
}

// The trigger's rule tells what became of documents, and nothing of meetings.
static bool tells_of_documents(const struct clause_view *view, const struct span *trigger)
{
    const struct rule *rule = &view->pack->rules.at[view->pack->lexemes.at[trigger->lexeme].value];
    return rule->instrument.value < VALUE_UNSET && rule->meeting.value == VALUE_UNSET;
}

#define CONDITION_WORDS 3   // words between a clause's begin and its "if"

// "If X and Y strike a deal, …": the clause opens with the word of a condition.
static bool is_conditional(const struct clause_view *view, uint32_t trigger)
{
    uint32_t begin = trigger;
    while (begin > view->first && view->boundary[begin - view->first] < BOUNDARY_THAT)
        begin--;
    for (uint32_t token = begin; token < trigger && token < begin + CONDITION_WORDS; token++)
        if (clause_classes(view, token) & GRAMMAR(IF))
            return true;
    return false;
}

// "The supply of …": the trigger's last word is a mark here, and no verb's form.
static bool ends_in_mark(const struct clause_view *view, const struct span *trigger)
{
    uint32_t end = trigger->last - 1;
    return end > trigger->first && (clause_classes(view, end) & CLAUSE_CASE) && !reads_as_verb(view, end);
}

static uint32_t tense_head_final(const struct clause_view *view, const struct span *trigger, uint32_t features, uint32_t *ret_last)
{
    uint64_t seen = 0;
    if ((features & CLAUSE_FINITE) && ends_in_mark(view, trigger))
        return CLAUSE_NO_VERB;
    uint32_t all = features, nearest = features, flags = 0;
    int strangers = TENSE_STRANGERS;
    bool tensed = features & (FEATURE(FUT) | FEATURE(PRES) | FEATURE(PAST));     // "sends", in its number
    bool verb = tensed || (features & FEATURE(INF)) || (features != 0 && !(features & (FEATURE(SG) | FEATURE(PL) | FEATURE(OBL))));
    bool case_follows = false;
    bool opens_content = clause_classes(view, trigger->last - 1) & GRAMMAR(THAT);     // "said that": the tense behind it is not its own
    uint32_t reach = trigger->last + (opens_content ? 0 : TENSE_REACH);
    // a trigger of light verbs alone, but for a participle before the noun that takes a stance ("हुई चर्चा")
    bool describes = trigger->last < view->last && starts_stance(view, trigger->last);
    bool light = (clause_classes(view, trigger->first) & CLAUSE_VERBAL) && !describes;
    for (uint32_t token = trigger->first + !light; token < view->last && token < reach; token++) {
        uint64_t classes = clause_classes(view, token);
        if (token < trigger->last && !reads_as_verb(view, token))
            continue;
        if (clause_is_punct(view, token))
            break;
        if (token == trigger->last && !reads_as_verb(view, token) && starts_stance(view, token))
            break;      // "the proposal was-turned-down": the verb is that of another deed
        if (classes & GRAMMAR(NOT)) {
            seen |= GRAMMAR(NOT);
            continue;
        }
        if (reads_as_verb(view, token)) {
            verb = true;
            seen |= classes;
            nearest = clause_features(view, token);
            all |= nearest;
            *ret_last = token + 1;
            continue;
        }
        case_follows = classes & CLAUSE_CASE;
        if ((classes & ~GRAMMAR(DETERMINER)) || view->boundary[token - view->first] != BOUNDARY_NONE || verb || strangers-- == 0)
            break;
    }
    if (trigger->first > view->first && (clause_classes(view, trigger->first - 1) & GRAMMAR(NOT)))
        seen |= GRAMMAR(NOT);
    if (seen & GRAMMAR(NOT))
        flags |= FRAME_NOT;
    if (is_conditional(view, trigger->first))
        flags |= FRAME_IF;
    if (!verb)
        return flags | (closes_clause(view, trigger->last) || flags ? 0 : FRAME_NOUN);
    if (seen & GRAMMAR(MUST))
        flags |= FRAME_FUTURE | FRAME_MUST;
    else if ((all & FEATURE(FUT)) || (seen & GRAMMAR(WILL)) || ((all & FEATURE(INF)) && (nearest & FEATURE(PRES))))
        flags |= FRAME_FUTURE;
    else if ((nearest & FEATURE(IMP)) && !(nearest & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(INF))) && tells_of_documents(view, trigger))
        flags |= FRAME_FUTURE;      // "that they sign the treaty": what is to be done
    else if ((seen & GRAMMAR(MAY)))
        flags |= FRAME_MAY;
    else if ((nearest & (FEATURE(INF) | FEATURE(GER))) && !(nearest & CLAUSE_FINITE))
        flags |= FRAME_NONFINITE;
    else if (case_follows && !(nearest & CLAUSE_FINITE))
        flags |= FRAME_NONFINITE;
    else if (all & FEATURE(PAST))
        flags |= FRAME_PAST;
    return flags;
}

uint32_t clause_tense(const struct clause_view *view, const struct span *trigger, uint32_t features, uint32_t *ret_first,
                      uint32_t *ret_last)
{
    *ret_first = trigger->first;
    *ret_last = trigger->last;
    bool final = view->pack->config.head == HEAD_FINAL;
    uint32_t flags =
        final ? tense_head_final(view, trigger, features, ret_last) : tense_head_initial(view, trigger, features, ret_first);
    return flags == CLAUSE_NO_VERB ? flags : flags | own_flags(features);
}
