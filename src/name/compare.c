// SPDX-License-Identifier: MIT
// How near two names are.
//
// Two words: the cheapest way to turn the sounds of one into those of the other (likeness.tsv), against what both weigh. Two names: every
// full word of the one must find its own word in the other, in any order; what the other has besides (a patronymic, a further surname)
// costs little. Words may be written apart or together (Jin Ping, Jinping): up to three side by side are tried as one where single words
// fail, if the whole comes nearer than its parts. Light words may be left out on both sides. An initial agrees with a word that begins so.
// The sum is taken both ways round, and the better one counts.
//
// Everything lies on the stack. The table of words against words is filled once; most words of different people are given up after
// a few rows, when no way through can stay below the bound. Names of many words that are all alike have very many covers: the search
// ends after STEPS_MAX.
#include "name/sounds.h"

#define WORD_BOUND 400u          // of 1000: words farther apart do not agree
#define WORD_GOOD 160u           // words as near as this need no joining
#define JOIN_MAX 3
#define WORST_FREE 200u          // of 1000; above it the word that agrees worst counts by itself, too
#define LOST_SHARE 88u           // percent: sets what is lost against NAME_SCORE_SAME
#define WEIGHT_ENOUGH 400u       // what agrees weighs this much in a name of usual length; short names must come nearer
#define WORST_SHARE 60u          // percent
#define PENALTY_EXTRA 15u        // a full word that the other name lacks
#define PENALTY_EXTRA_MAX 45u
#define PENALTY_ORDER 40u
#define PENALTY_INITIAL 60u      // an initial for a word
#define PENALTY_INITIALS 15u     // an initial for an initial
#define PENALTY_LOST_INITIAL 40u
#define STEPS_MAX 5000u
#define INITIAL_NEAR 20u
#define FAR UINT16_MAX

struct pairing {
    const struct name_sounds *sounds;
    const struct name *a, *b;
    uint16_t apart[NAME_MAX_WORDS][NAME_MAX_WORDS];  // cost, FAR where words do not agree
    bool joins;          // words side by side may be one
};

// A way to cover the words of `a`, so far.
struct cover {
    uint32_t cost, weight;   // of the words that agree
    uint32_t penalty;
    uint16_t used;           // words of b
    uint8_t full, initials;  // of a, that agree
    uint8_t lost_initials, lost_common;
    uint16_t worst;          // of 1000: the word that agrees worst
    int8_t last;             // word of b that agreed last
};

struct best {
    uint32_t steps;          // taken in the search
    bool found;
    uint32_t score;
    struct cover cover;
};

// ---- two words ----------------------------------------------------------------------------------------------------
// Cost of turning `a_len` sounds into `b_len`, or FAR when it is over `limit`.
static uint16_t sounds_apart(const struct name_sounds *sounds, const uint8_t *a, unsigned a_len, const uint8_t *b, unsigned b_len,
                             unsigned limit)
{
    uint16_t row[NAME_MAX_SOUNDS + 1];
    row[0] = 0;
    for (unsigned j = 0; j < b_len; j++)
        row[j + 1] = (uint16_t)(row[j] + sounds->cost[0][b[j]]);
    for (unsigned i = 0; i < a_len; i++) {
        const uint8_t *cost = sounds->cost[a[i]];
        unsigned left = row[0] + (unsigned)cost[0], diagonal = row[0], least = left;
        row[0] = (uint16_t)left;
        for (unsigned j = 0; j < b_len; j++) {
            unsigned change = diagonal + cost[b[j]], drop = row[j + 1] + (unsigned)cost[0], put = left + sounds->cost[0][b[j]];
            diagonal = row[j + 1];
            left = change < drop ? change : drop;
            left = put < left ? put : left;
            row[j + 1] = (uint16_t)left;
            least = left < least ? left : least;
        }
        if (least > limit)
            return FAR;
    }
    return row[b_len] <= limit ? row[b_len] : FAR;
}

static unsigned span_weight(const struct name *name, int begin, int count)
{
    unsigned weight = 0;
    for (int i = begin; i < begin + count; i++)
        weight += name->words[i].weight;
    return weight;
}

// What two words weigh together: the mean of both.
static unsigned pair_weight(unsigned a, unsigned b)
{
    return (a + b + 1) / 2;
}

static uint16_t spans_apart(const struct pairing *p, int i, int a_count, int j, int b_count)
{
    const struct name_word *a = &p->a->words[i], *a_last = &p->a->words[i + a_count - 1];
    const struct name_word *b = &p->b->words[j], *b_last = &p->b->words[j + b_count - 1];
    unsigned weight = pair_weight(span_weight(p->a, i, a_count), span_weight(p->b, j, b_count));
    unsigned a_len = (unsigned)(a_last->begin + a_last->len - a->begin), b_len = (unsigned)(b_last->begin + b_last->len - b->begin);
    return sounds_apart(p->sounds, p->a->sounds + a->begin, a_len, p->b->sounds + b->begin, b_len, weight * WORD_BOUND / 1000);
}

// The first sound of a word that is more than a carrier.
static bool initials_agree(const struct pairing *p, const struct name_word *a, const struct name_word *b)
{
    return p->sounds->cost[p->a->sounds[a->begin]][p->b->sounds[b->begin]] <= INITIAL_NEAR;
}

static void fill_words(struct pairing *p)
{
    uint16_t near_b = 0;     // words of b that come near one of a
    bool all_near_a = true;
    for (uint8_t i = 0; i < p->a->word_count; i++) {
        bool near_a = false;
        for (uint8_t j = 0; j < p->b->word_count; j++) {
            const struct name_word *a = &p->a->words[i], *b = &p->b->words[j];
            if (a->kind == NAME_WORD_INITIAL || b->kind == NAME_WORD_INITIAL)
                p->apart[i][j] = initials_agree(p, a, b) ? 0 : FAR;
            else
                p->apart[i][j] = spans_apart(p, i, 1, j, 1);
            if (p->apart[i][j] != FAR && (uint32_t)p->apart[i][j] * 1000 <= WORD_GOOD * pair_weight(a->weight, b->weight)) {
                near_a = true;
                near_b |= (uint16_t)(1u << j);
            }
        }
        all_near_a &= near_a;
    }
    p->joins = !all_near_a && near_b != (1u << p->b->word_count) - 1;
}

// ---- covering -----------------------------------------------------------------------------------------------------
static struct pairing turned(const struct pairing *p)
{
    struct pairing other = {.sounds = p->sounds, .a = p->b, .b = p->a, .joins = p->joins};
    for (uint8_t i = 0; i < p->a->word_count; i++) {
        for (uint8_t j = 0; j < p->b->word_count; j++)
            other.apart[j][i] = p->apart[i][j];
    }
    return other;
}

// Full words of b that nothing covers.
static unsigned left_over(const struct pairing *p, const struct cover *cover, enum name_word_kind kind)
{
    unsigned count = 0;
    for (uint8_t j = 0; j < p->b->word_count; j++)
        count += !(cover->used >> j & 1) && p->b->words[j].kind == kind;
    return count;
}

static unsigned cover_score(const struct pairing *p, const struct cover *cover)
{
    unsigned extra = PENALTY_EXTRA * left_over(p, cover, NAME_WORD_FULL);
    unsigned lost = cover->penalty + (extra < PENALTY_EXTRA_MAX ? extra : PENALTY_EXTRA_MAX);
    lost += cover->weight ? cover->cost * 1000 / cover->weight : 0;
    lost += cover->worst > WORST_FREE ? (cover->worst - WORST_FREE) * WORST_SHARE / 100 : 0;
    if (cover->weight < WEIGHT_ENOUGH)
        lost += lost * (WEIGHT_ENOUGH - cover->weight) / (2 * WEIGHT_ENOUGH);
    lost = lost * LOST_SHARE / 100;
    return lost < 1000 ? 1000 - lost : 0;
}

static void finish_cover(const struct pairing *p, const struct cover *cover, struct best *best)
{
    bool more = left_over(p, cover, NAME_WORD_FULL) + left_over(p, cover, NAME_WORD_INITIAL) > 0;
    if (cover->full == 0 || (more && (cover->lost_initials || cover->lost_common)))
        return;  // I. Ivanov is not P. Ivanov
    unsigned score = cover_score(p, cover);
    if (!best->found || score > best->score)
        *best = (struct best){best->steps, true, score, *cover};
}

static void cover_from(const struct pairing *p, int i, struct cover cover, struct best *best);

static bool has_full(const struct name *name, int begin, int count)
{
    for (int i = begin; i < begin + count; i++) {
        if (name->words[i].kind == NAME_WORD_FULL)
            return true;
    }
    return false;
}

static void take(const struct pairing *p, int i, int a_count, int j, int b_count, uint16_t cost, struct cover cover, struct best *best)
{
    const struct name_word *a = &p->a->words[i], *b = &p->b->words[j];
    bool a_initial = a_count == 1 && a->kind == NAME_WORD_INITIAL, b_initial = b_count == 1 && b->kind == NAME_WORD_INITIAL;
    cover.used |= (uint16_t)(((1u << b_count) - 1) << j);
    if (a_initial || b_initial) {
        cover.penalty += a_initial && b_initial ? PENALTY_INITIALS : PENALTY_INITIAL;
        cover.initials++;
    } else {
        unsigned weight = pair_weight(span_weight(p->a, i, a_count), span_weight(p->b, j, b_count));
        unsigned share = weight ? cost * 1000u / weight : 0;
        cover.cost += cost;
        cover.weight += weight;
        cover.worst = (uint16_t)(share > cover.worst ? share : cover.worst);
        cover.full = (uint8_t)(cover.full + (has_full(p->a, i, a_count) || has_full(p->b, j, b_count)));
    }
    cover.penalty += cover.last >= 0 && j < cover.last ? PENALTY_ORDER : 0;
    cover.last = (int8_t)j;
    cover_from(p, i + a_count, cover, best);
}

static bool is_free(const struct pairing *p, const struct cover *cover, int j, int count)
{
    for (int k = j; k < j + count; k++) {
        if (k >= p->b->word_count || (cover->used >> k & 1))
            return false;
    }
    return true;
}

static void take_joined(const struct pairing *p, int i, const struct cover *cover, struct best *best)
{
    for (int j = 0; j < p->b->word_count; j++) {
        for (int count = 2; count <= JOIN_MAX && is_free(p, cover, j, count); count++) {
            uint16_t cost = spans_apart(p, i, 1, j, count);
            if (cost < p->apart[i][j] && cost < p->apart[i][j + count - 1])
                take(p, i, 1, j, count, cost, *cover, best);
        }
        for (int count = 2; count <= JOIN_MAX && i + count <= p->a->word_count && is_free(p, cover, j, 1); count++) {
            uint16_t cost = spans_apart(p, i, count, j, 1);
            if (cost < p->apart[i][j] && cost < p->apart[i + count - 1][j])
                take(p, i, count, j, 1, cost, *cover, best);
        }
    }
}

// Covers the words of a from the i-th on in every way.
static void cover_from(const struct pairing *p, int i, struct cover cover, struct best *best)
{
    if (best->steps++ >= STEPS_MAX)
        return;
    if (i == p->a->word_count) {
        finish_cover(p, &cover, best);
        return;
    }
    uint8_t kind = p->a->words[i].kind;
    for (int j = 0; j < p->b->word_count; j++) {
        if (p->apart[i][j] != FAR && is_free(p, &cover, j, 1))
            take(p, i, 1, j, 1, p->apart[i][j], cover, best);
    }
    if (p->joins)
        take_joined(p, i, &cover, best);
    if (kind == NAME_WORD_FULL)
        return;
    cover.penalty += kind == NAME_WORD_INITIAL ? PENALTY_LOST_INITIAL : 0;
    cover.lost_initials = (uint8_t)(cover.lost_initials + (kind == NAME_WORD_INITIAL));
    cover.lost_common = (uint8_t)(cover.lost_common + (kind == NAME_WORD_COMMON));
    cover_from(p, i + 1, cover, best);
}

// ---- two names ----------------------------------------------------------------------------------------------------
static struct name_match judge(const struct pairing *p, const struct best *best)
{
    struct name_match match = {.degree = NAME_OTHER};
    if (!best->found)
        return match;
    const struct cover *cover = &best->cover;
    match.words = cover->full;
    bool whole = left_over(p, cover, NAME_WORD_FULL) + left_over(p, cover, NAME_WORD_INITIAL) == 0;
    bool enough = cover->full >= 2 || cover->initials || (whole && !cover->lost_initials);
    if (best->score >= NAME_SCORE_SAME && enough)
        return (struct name_match){NAME_SAME, cover->full, (uint16_t)best->score};
    if (best->score >= NAME_SCORE_SAME) {
        unsigned span = NAME_SCORE_SAME - NAME_SCORE_PART - 1;
        unsigned above = (best->score - NAME_SCORE_SAME) * span / (1000 - NAME_SCORE_SAME);
        return (struct name_match){NAME_PART, cover->full, (uint16_t)(NAME_SCORE_PART + above)};
    }
    match.score = (uint16_t)(best->score * (NAME_SCORE_PART - 1) / NAME_SCORE_SAME);
    return match;
}

// Of two covers that score alike the one that says more: so it does not matter which name is asked about which.
static bool is_nearer(const struct name_match *one, const struct name_match *other)
{
    if (one->score != other->score)
        return one->score > other->score;
    return one->degree != other->degree ? one->degree > other->degree : one->words > other->words;
}

struct name_match name_compare(const struct name_sounds *sounds, const struct name *a, const struct name *b)
{
    static const struct cover nothing = {.last = -1};
    struct pairing there = {.sounds = sounds, .a = a, .b = b};
    fill_words(&there);
    struct pairing back = turned(&there);
    struct best first = {0}, second = {0};
    cover_from(&there, 0, nothing, &first);
    cover_from(&back, 0, nothing, &second);
    struct name_match one = judge(&there, &first), other = judge(&back, &second);
    return is_nearer(&other, &one) ? other : one;
}
