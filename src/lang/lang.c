// SPDX-License-Identifier: MIT
// Telling the language of each paragraph.
//
// Three kinds of evidence, all from packs' pack.conf, none from the engine: the script in which most letters are written; the share of
// words that are in the language's profile (its frequent little words); and letters that the language never uses. A profile of thirty
// to sixty little words covers a quarter to a half of a running text in its language, and mostly under a tenth of a text in another
// language of the same script, which shares a few of them by chance. Close kin of one script (a third of whose little words may be
// the same) are told apart by the foreign letters.
//
// The words are the pieces of the text stage (text_cut), which need no language. Only the begin of each paragraph is counted
// (COUNTED_WORDS): forty words tell its language as well as all would.
//
// First all paragraphs of a script are taken together: their language, if any, is the best that passes PROFILE_MIN. Of these the one
// with most letters is the document's main language. Then each paragraph: long enough to judge, it needs its own evidence (a lower share
// is enough for the language that its script has in this document, as lists of names hold few little words); too short, it takes the
// language that its script has in this document.
//
// A report in a language that no pack reads must come out as LANGUAGE_NONE: reading it with another language's pack would find nonsense.
#include "lang/lang.h"

#include <assert.h>

#include "unicode/utf8.h"
#include "unicode/word.h"

#define PROFILE_MIN 0.12        // share of profile words that tells a language
#define PROFILE_MIN_KNOWN 0.04  // the same for a paragraph, where the language of its script in this document is known
#define PROFILE_CLEAR 0.25      // share at which nothing more needs to be counted
#define CLEAR_WORDS 16
#define FOREIGN_MAX 0.05        // share of words with foreign letters that rules a language out
#define WORDS_TO_JUDGE 12       // a text of fewer words may hold no profile word by chance
#define COUNTED_BYTES 384       // of a paragraph: no more letters are looked at
#define MAX_WORD_BYTES 120      // longer ones are in no profile
#define FOLDED_AWAY 6           // bytes that folding may take off a word
#define CHUNK 8
#define COUNTED_WORDS 40        // of a paragraph
#define PROFILE_BITS 2048
#define SCRIPTS (SCRIPT_OTHER + 1)
#define MAX_LANGUAGES 64

// What was counted in a stretch of text.
struct tally {
    uint32_t letters[SCRIPTS];
    uint32_t words;                        // in the stretch's main script
    enum script script;                    // in which most letters are
    uint32_t *profile;                     // by language: words of its profile
    uint32_t most;                         // the largest of these
    uint32_t *foreign;                     // by language: words with letters that it never uses
};

struct foreign_letter {
    uint32_t letter;
    uint64_t languages;                    // bit per language that never uses it
};

// What is known of the languages before any text is seen.
struct lang_teller {
    struct arena *arena;
    const struct pack_config **languages;
    uint8_t count;
    size_t longest;                        // bytes of the longest profile word
    struct map profiles;                   // folded word -> index into `sets`
    uint64_t may_be_profile[PROFILE_BITS / 64];    // a bit for each of their hashes: other words end here
    VEC(uint64_t) sets;                    // bit per language
    VEC(struct foreign_letter) foreign;
    bool ascii_foreign;                    // some language never uses a letter of ASCII
    uint64_t may_be_foreign[4];            // bit (letter & 255): most letters are nowhere foreign and end here
};

static void add_profile(struct lang_teller *teller, uint8_t language)
{
    const struct pack_config *config = teller->languages[language];
    for (uint32_t i = 0; i < config->profile.count; i++) {
        if (config->profile.at[i].len > teller->longest)
            teller->longest = config->profile.at[i].len;
        uint32_t set = map_put(&teller->profiles, config->profile.at[i], teller->sets.count);
        uint32_t bit = map_hash(config->profile.at[i]) % PROFILE_BITS;
        teller->may_be_profile[bit / 64] |= UINT64_C(1) << bit % 64;
        if (set == teller->sets.count)
            vec_push(teller->arena, &teller->sets, 0);
        teller->sets.at[set] |= UINT64_C(1) << language;
    }
}

static void add_foreign_letters(struct lang_teller *teller, uint8_t language)
{
    struct slice letters = teller->languages[language]->foreign_letters;
    for (size_t at = 0; at < letters.len;) {
        uint32_t letter = utf8_next(letters.at, &at);
        if (letter == ' ')
            continue;
        struct foreign_letter foreign = {letter, UINT64_C(1) << language};
        vec_push(teller->arena, &teller->foreign, foreign);
        teller->ascii_foreign |= letter < 0x80;
        teller->may_be_foreign[letter >> 6 & 3] |= UINT64_C(1) << (letter & 63);
    }
}

// The languages to which a letter of the word is foreign.
static uint64_t foreign_to(const struct lang_teller *teller, struct slice word)
{
    uint64_t languages = 0;
    for (size_t at = 0; at < word.len;) {
        if ((unsigned char)word.at[at] < 0x80 && !teller->ascii_foreign) {
            size_t part = word.len - at < CHUNK ? word.len - at : CHUNK;
            uint64_t others = bytes_load_short(word.at + at, part) & BYTES_OF(0x80);
            at += others ? (size_t)__builtin_ctzll(others) / 8 : part;
            continue;
        }
        uint32_t letter = utf8_next(word.at, &at);
        if ((teller->may_be_foreign[letter >> 6 & 3] >> (letter & 63) & 1) == 0)
            continue;
        for (uint32_t i = 0; i < teller->foreign.count; i++)
            if (teller->foreign.at[i].letter == letter)
                languages |= teller->foreign.at[i].languages;
    }
    return languages;
}

// ---- counting -------------------------------------------------------------------------------------------------------------
// `key` is the folded word.
static void count_word(const struct lang_teller *teller, struct slice word, struct slice key, uint32_t hash, enum script script,
                       struct tally *tally)
{
    tally->words++;
    uint32_t bit = hash % PROFILE_BITS;
    if ((teller->may_be_profile[bit / 64] >> bit % 64 & 1) && word.len <= teller->longest + FOLDED_AWAY && word.len <= MAX_WORD_BYTES) {
        uint32_t set = map_get_hashed(&teller->profiles, key, hash, UINT32_MAX);
        for (uint64_t bits = set != UINT32_MAX ? teller->sets.at[set] : 0; bits != 0; bits &= bits - 1) {
            uint32_t *count = &tally->profile[__builtin_ctzll(bits)];
            if (++*count > tally->most)
                tally->most = *count;
        }
    }
    for (uint64_t bits = foreign_to(teller, word); bits != 0; bits &= bits - 1) {
        int language = __builtin_ctzll(bits);
        tally->foreign[language] += teller->languages[language]->script == script;
    }
}

// The script of a word is that of its first letter that has one: words rarely mix.
static enum script word_script(struct slice word)
{
    if ((unsigned char)((word.at[0] | 0x20) - 'a') < 26u)
        return SCRIPT_LATIN;
    for (size_t at = 0; at < word.len;) {
        enum script script = char_script(utf8_next(word.at, &at));
        if (script != SCRIPT_COMMON)
            return script;
    }
    return SCRIPT_COMMON;
}

// Enough words were seen, and the share of one language's little words leaves no doubt.
static bool is_clear(const struct tally *tally)
{
    return tally->words >= CLEAR_WORDS && tally->most >= PROFILE_CLEAR * tally->words;
}

// Counts words of one script only.
static void count_words(const struct lang_teller *teller, struct slice text, enum script script, struct tally *tally)
{
    for (size_t offset = 0; tally->words < COUNTED_WORDS && !is_clear(tally);) {
        enum word_kind kind;
        struct slice word = word_next(text, &offset, &kind);
        if (kind == WORD_NONE)
            return;
        if (kind != WORD_WORD || word_script(word) != script)
            continue;
        char folded[WORD_FOLD_ROOM(MAX_WORD_BYTES)];
        struct slice key = slice_make(folded, word.len <= MAX_WORD_BYTES ? word_fold(word, WORD_WORD, folded) : 0);
        count_word(teller, word, key, map_hash(key), script, tally);
    }
}

// The same over the pieces into which the text stage has cut the paragraph, of which `text` is the begin. The last pieces within it may
// be cut otherwise where more text follows, so these are cut again.
static void count_pieces(const struct lang_teller *teller, const struct document *document, const struct paragraph *paragraph,
                         struct slice text, enum script script, struct tally *tally)
{
    const char *all = document->text.at;
    size_t begin = (size_t)(text.at - all), end = begin + text.len;
    for (uint32_t i = paragraph->first; i < paragraph->last && tally->words < COUNTED_WORDS && !is_clear(tally); i++) {
        const struct token *piece = &document->tokens.at[i];
        uint32_t next = i + 1 < paragraph->last ? piece[1].end : paragraph->end;
        if (next > end) {
            count_words(teller, slice_make(all + piece->begin, end > piece->begin ? end - piece->begin : 0), script, tally);
            return;
        }
        struct slice word = slice_make(all + piece->begin, piece->end - piece->begin);
        if (piece->kind == TOKEN_WORD && word_script(word) == script)
            count_word(teller, word, document_fold(document, i), piece->word, script, tally);
    }
}

static void count_letters(struct slice text, struct tally *tally)
{
    for (size_t at = 0; at < text.len;) {
        uint64_t chunk = text.len - at >= CHUNK ? bytes_load(text.at + at) : BYTES_OF(0x80);
        if ((chunk & BYTES_OF(0x80)) == 0) {
            tally->letters[SCRIPT_LATIN] += bytes_count(bytes_between(chunk | BYTES_OF(0x20), 'a', 'z'));
            at += CHUNK;
            continue;
        }
        for (size_t end = text.len - at < CHUNK ? text.len : at + CHUNK; at < end;) {
            uint32_t c = utf8_next(text.at, &at);
            if (c < 0x80)
                tally->letters[SCRIPT_LATIN] += (unsigned)((c | 0x20) - 'a') < 26u;
            else
                tally->letters[char_script(c)]++;
        }
    }
    tally->script = SCRIPT_COMMON;
    tally->letters[SCRIPT_COMMON] = 0;
    for (int s = SCRIPT_COMMON; s < SCRIPTS; s++) {
        if (tally->letters[s] > tally->letters[tally->script])
            tally->script = (enum script)s;
    }
}

static void add_tally(const struct lang_teller *teller, struct tally *sum, const struct tally *part)
{
    for (int s = 0; s < SCRIPTS; s++)
        sum->letters[s] += part->letters[s];
    sum->words += part->words;
    for (uint8_t i = 0; i < teller->count; i++) {
        sum->profile[i] += part->profile[i];
        sum->foreign[i] += part->foreign[i];
    }
}

// ---- judging --------------------------------------------------------------------------------------------------------------
static bool is_ruled_out(const struct tally *tally, uint8_t language)
{
    return tally->foreign[language] > FOREIGN_MAX * tally->words;
}

// The language of the script whose profile words are the largest share, if that is at least `least`.
static uint8_t best_language(const struct lang_teller *teller, const struct tally *tally, enum script script, double least)
{
    uint8_t best = LANGUAGE_NONE;
    for (uint8_t i = 0; i < teller->count; i++) {
        if (teller->languages[i]->script != script || is_ruled_out(tally, i))
            continue;
        if (tally->profile[i] < least * tally->words || tally->profile[i] == 0)
            continue;
        if (best == LANGUAGE_NONE || tally->profile[i] > tally->profile[best])
            best = i;
    }
    return best;
}

// The only language of a script; LANGUAGE_NONE if there are none or several.
static uint8_t only_language(const struct lang_teller *teller, enum script script)
{
    uint8_t only = LANGUAGE_NONE;
    for (uint8_t i = 0; i < teller->count; i++) {
        if (teller->languages[i]->script != script)
            continue;
        if (only != LANGUAGE_NONE)
            return LANGUAGE_NONE;
        only = i;
    }
    return only;
}

// The language of all text of one script in the document. `alone`: most of the document is in this script.
static uint8_t script_language(const struct lang_teller *teller, const struct tally *tally, enum script script, bool alone, uint8_t hinted)
{
    uint8_t best = best_language(teller, tally, script, PROFILE_MIN);
    if (best != LANGUAGE_NONE || !alone || tally->words == 0 || tally->words >= WORDS_TO_JUDGE)
        return best;
    bool fits = hinted != LANGUAGE_NONE && teller->languages[hinted]->script == script;
    best = fits ? hinted : only_language(teller, script);  // a headline and no more: nothing speaks against the script's only language
    return best != LANGUAGE_NONE && !is_ruled_out(tally, best) ? best : LANGUAGE_NONE;
}

// The language of a paragraph, where text of its script has the language `known` in this document.
static uint8_t paragraph_language(const struct lang_teller *teller, const struct tally *tally, uint8_t known)
{
    uint8_t own = best_language(teller, tally, tally->script, PROFILE_MIN);
    if (tally->words < WORDS_TO_JUDGE)
        return known != LANGUAGE_NONE ? known : own;
    if (own != LANGUAGE_NONE || known == LANGUAGE_NONE)
        return own;
    return tally->profile[known] >= PROFILE_MIN_KNOWN * tally->words && !is_ruled_out(tally, known) ? known : LANGUAGE_NONE;
}

// The script of most letters, by sums over the paragraphs of each script.
static enum script main_script(const struct tally *sums)
{
    enum script main = SCRIPT_COMMON;
    uint32_t most = 0;
    for (int s = 0; s < SCRIPTS; s++) {
        if (sums[s].letters[s] > most) {
            most = sums[s].letters[s];
            main = (enum script)s;
        }
    }
    return main;
}

static uint8_t main_language(const struct tally *sums, const uint8_t *known)
{
    uint8_t main = LANGUAGE_NONE;
    uint32_t most = 0;
    for (int s = 0; s < SCRIPTS; s++) {
        if (known[s] != LANGUAGE_NONE && sums[s].letters[s] > most) {
            most = sums[s].letters[s];
            main = known[s];
        }
    }
    return main;
}

static uint8_t force(struct document *document, uint8_t language)
{
    for (uint32_t i = 0; i < document->paragraphs.count; i++)
        document->paragraphs.at[i].language = language;
    return language;
}

struct lang_teller *lang_teller_new(struct arena *arena, const struct pack_config *const *languages, uint8_t count)
{
    assert(count <= MAX_LANGUAGES);
    struct lang_teller *teller = ARENA_NEW(arena, struct lang_teller);
    teller->arena = arena;
    teller->count = count;
    teller->languages = ARENA_ARRAY(arena, const struct pack_config *, count);
    map_init(&teller->profiles, arena, 256);
    for (uint8_t i = 0; i < count; i++) {
        teller->languages[i] = languages[i];
        add_profile(teller, i);
        add_foreign_letters(teller, i);
    }
    return teller;
}

static struct tally *new_tallies(const struct lang_teller *teller, struct arena *arena, uint32_t count)
{
    struct tally *tallies = ARENA_ARRAY(arena, struct tally, count);
    uint32_t *counts = ARENA_ARRAY(arena, uint32_t, (size_t)count * 2 * teller->count);
    for (uint32_t i = 0; i < count; i++) {
        tallies[i].profile = counts + (size_t)i * 2 * teller->count;
        tallies[i].foreign = tallies[i].profile + teller->count;
    }
    return tallies;
}

// The begin of a paragraph, cut between characters.
static struct slice counted_text(const struct document *document, const struct paragraph *paragraph)
{
    struct slice text = slice_make(document->text.at + paragraph->begin, paragraph->end - paragraph->begin);
    if (text.len <= COUNTED_BYTES)
        return text;
    text.len = COUNTED_BYTES;
    while (((unsigned char)text.at[text.len] & 0xC0) == 0x80)
        text.len--;
    return text;
}

uint8_t lang_run(struct document *document, const struct lang_teller *teller, uint8_t forced, uint8_t hinted)
{
    if (forced != LANGUAGE_NONE)
        return force(document, forced);
    uint32_t paragraphs = document->paragraphs.count;
    struct tally *tallies = new_tallies(teller, document->arena, paragraphs), *sums = new_tallies(teller, document->arena, SCRIPTS);
    for (uint32_t i = 0; i < paragraphs; i++) {
        struct slice text = counted_text(document, &document->paragraphs.at[i]);
        count_letters(text, &tallies[i]);
        count_pieces(teller, document, &document->paragraphs.at[i], text, tallies[i].script, &tallies[i]);
        add_tally(teller, &sums[tallies[i].script], &tallies[i]);
    }
    uint8_t known[SCRIPTS];
    enum script most = main_script(sums);
    for (int s = 0; s < SCRIPTS; s++)
        known[s] = script_language(teller, &sums[s], (enum script)s, (enum script)s == most, hinted);
    uint8_t main = main_language(sums, known);
    known[SCRIPT_COMMON] = main;  // a paragraph without letters: a date in figures
    for (uint32_t i = 0; i < paragraphs; i++) {
        uint8_t language = paragraph_language(teller, &tallies[i], known[tallies[i].script]);
        // A page's dates and buttons are often in another script than its report: too short to judge, they are read as that script's
        // only language.
        if (language == LANGUAGE_NONE && main != LANGUAGE_NONE && tallies[i].words < WORDS_TO_JUDGE)
            language = only_language(teller, tallies[i].script);
        document->paragraphs.at[i].language = language;
    }
    return main;
}
