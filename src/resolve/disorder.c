// SPDX-License-Identifier: MIT
// Words that stand in no order: lists of key words, texts made by machines, columns read across. They hold the words of dealings, but
// nobody says anything with them.
//
// In every language two words that mark a case ("of in") hardly ever stand side by side, nor "and" between a case mark and what it marks:
// in 700 press texts of four languages once in three thousand words, in their shuffled words thirty times as often. So a report is let go
// when such pairs are several and frequent. Short texts are never judged.
#include "resolve/work.h"

#define PAIRS_LEAST 3       // that stand where none should …
#define WORDS_A_PAIR 135    // … and no more words to each of them

// Words of the pack that mark a case. (Of "about", "between", "by" many are verbs, adverbs or parts of a name, too.)
#define CASE_MARKS                                                                                                      \
    (GRAMMAR(OF) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(WITH) | GRAMMAR(FROM) | GRAMMAR(TO) | GRAMMAR(FOR) | GRAMMAR(OBJECT))
#define JOINTS (GRAMMAR(AND) | GRAMMAR(OR) | GRAMMAR(BUT))

static bool is_strange_pair(const struct pack *pack, uint64_t before, uint64_t behind)
{
    if (pack->config.case_marks == CASE_AFTER)
        return ((before & (CASE_MARKS | JOINTS)) != 0) & ((behind & CASE_MARKS) != 0);
    return ((before & CASE_MARKS) != 0) & ((behind & (CASE_MARKS | JOINTS)) != 0);
}

bool words_in_disorder(const struct work *work)
{
    const struct document *document = work->document;
    uint32_t strange = 0, words = 0;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        uint64_t before = 0;
        words += sentence->last - sentence->first;
        for (uint32_t token = sentence->first; token < sentence->last; token++) {
            uint64_t here = sentence->pack->groups.at[document->groups[token]].classes;
            if (before && here && is_strange_pair(sentence->pack, before, here))    // both in some form; parts of one are no pair
                strange += document->lexicon.covering[token] != document->lexicon.covering[token - 1];
            before = here;
        }
    }
    return strange >= PAIRS_LEAST && strange * WORDS_A_PAIR >= words;
}
