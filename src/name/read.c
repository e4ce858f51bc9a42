// SPDX-License-Identifier: MIT
// From the letters of a name to its sounds.
//
// The text is cut at blanks; a chunk that name-words.tsv knows as a whole is a title, a light word, an initial or another writing; any
// other is cut at hyphens and full stops and read letter by letter, the longest group of letters first. Letters that the rules name stand
// as they are written, all others folded, so that a table may tell š from s and need not. A letter that implies a vowel writes it behind
// itself; a written vowel takes it back. Equal sounds side by side are one. A word of one letter is an initial.
//
// Light words count as full ones in a name that has no other.
#include "name/sounds.h"
#include "unicode/utf8.h"
#include "unicode/word.h"

#define CHUNK_BYTES 120      // of a word; what is longer is cut off
#define END_MIN_LETTERS 3    // that stand before an ending
#define WORD_MAX_SOUNDS 40
#define TOP_OF_ASCII 0x80

struct word_reader {
    const struct name_sounds *sounds;
    struct name *name;
};

// ---- letters of a word --------------------------------------------------------------------------------------------
// Letters as the rules want them. Returns the number of bytes; *ret_letters counts code points that are letters.
static size_t spell(const struct name_sounds *sounds, struct slice word, char out[CHUNK_BYTES * 12], int *ret_letters)
{
    size_t len = 0;
    *ret_letters = 0;
    for (size_t offset = 0, begin = 0; offset < word.len; begin = offset) {
        uint32_t fold[3], c = utf8_next(word.at, &offset);
        struct slice letter = slice_make(word.at + begin, offset - begin);
        if (map_get(&sounds->letters, letter, 0)) {
            memcpy(out + len, letter.at, letter.len);
            len += letter.len;
            ++*ret_letters;
            continue;
        }
        int count = char_fold(c, fold);
        for (int i = 0; i < count; i++)
            len += (size_t)utf8_put(fold[i], out + len);
        *ret_letters += count > 0;
    }
    return len;
}

// The rule for exactly these letters, with the anchors that hold here: the narrower first.
static const struct sound_rule *find_rule(const struct name_sounds *sounds, struct slice letters, bool at_begin, bool at_end)
{
    char anchored[SOUNDS_LONGEST_RULE * 4 + 2];
    uint32_t found = 0;
    anchored[0] = '^';
    memcpy(anchored + 1, letters.at, letters.len);
    anchored[letters.len + 1] = '$';
    if (at_begin)
        found = map_get(&sounds->rules, slice_make(anchored, letters.len + 1), 0);
    if (!found && at_end)
        found = map_get(&sounds->rules, slice_make(anchored + 1, letters.len + 1), 0);
    if (!found)
        found = map_get(&sounds->rules, letters, 0);
    return found ? &sounds->rule[found - 1] : NULL;
}

// The longest rule at `offset` of a spelt word; *ret_len its bytes, those of one letter if there is none.
static const struct sound_rule *longest_rule(const struct name_sounds *sounds, struct slice word, size_t offset, int letters_before,
                                             size_t *ret_len)
{
    size_t ends[SOUNDS_LONGEST_RULE];
    int count = 0;
    for (size_t end = offset; end < word.len && count < SOUNDS_LONGEST_RULE;) {
        utf8_next(word.at, &end);
        ends[count++] = end;
    }
    *ret_len = 0;
    for (int i = count - 1; i >= 0; i--) {
        struct slice letters = slice_make(word.at + offset, ends[i] - offset);
        bool at_end = ends[i] == word.len && letters_before >= END_MIN_LETTERS;
        const struct sound_rule *rule = find_rule(sounds, letters, offset == 0, at_end);
        *ret_len = letters.len;
        if (rule)
            return rule;
    }
    return NULL;
}

// ---- sounds of a word ---------------------------------------------------------------------------------------------
static bool is_implied(const struct name_sounds *sounds, uint8_t sound)
{
    return sound && (sound == sounds->number['@'] || sound == sounds->number['*']);
}

static void add_sound(const struct name_sounds *sounds, struct name *name, struct name_word *word, char character)
{
    uint8_t sound = sounds->number[(unsigned char)character];
    if (name->sound_count == NAME_MAX_SOUNDS || word->len == WORD_MAX_SOUNDS)
        return;
    uint8_t last = word->len ? name->sounds[name->sound_count - 1] : 0;
    if (sound == last)
        return;
    name->sounds[name->sound_count++] = sound;
    word->len++;
}

static void cancel_implied(const struct name_sounds *sounds, struct name *name, struct name_word *word)
{
    if (word->len && is_implied(sounds, name->sounds[name->sound_count - 1])) {
        name->sound_count--;
        word->len--;
    }
}

static void add_sounds(const struct name_sounds *sounds, struct name *name, struct name_word *word, struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        add_sound(sounds, name, word, text.at[i]);
}

static void end_word(const struct name_sounds *sounds, struct name *name, struct name_word *word, enum name_word_kind kind)
{
    cancel_implied(sounds, name, word);
    if (word->len == 0)
        return;
    word->kind = (uint8_t)kind;
    for (uint8_t i = 0; i < word->len; i++)
        word->weight = (uint16_t)(word->weight + sounds->cost[name->sounds[word->begin + i]][0]);
    name->words[name->word_count++] = *word;
    name->full_count = (uint8_t)(name->full_count + (kind == NAME_WORD_FULL));
}

// A part of a chunk without hyphens and full stops.
static void read_part(const struct word_reader *reader, struct slice part, enum name_word_kind kind)
{
    char spelt[CHUNK_BYTES * 12];
    struct name *name = reader->name;
    int letters, before = 0;
    if (name->word_count == NAME_MAX_WORDS || part.len == 0)
        return;
    struct slice word = slice_make(spelt, spell(reader->sounds, part, spelt, &letters));
    struct name_word made = {.begin = name->sound_count};
    for (size_t at = 0, len; at < word.len; at += len, before++) {
        const struct sound_rule *rule = longest_rule(reader->sounds, word, at, before, &len);
        if (!rule)
            continue;
        if (rule->cancels)
            cancel_implied(reader->sounds, name, &made);
        add_sounds(reader->sounds, name, &made, rule->sounds);
    }
    end_word(reader->sounds, name, &made, letters == 1 ? NAME_WORD_INITIAL : kind);
}

// A word that the table knows; false if it does not.
static bool read_known(const struct word_reader *reader, struct slice chunk)
{
    char folded[WORD_FOLD_ROOM(CHUNK_BYTES)];
    struct name *name = reader->name;
    while (chunk.len && (chunk.at[chunk.len - 1] == '.' || chunk.at[chunk.len - 1] == ','))
        chunk.len--;
    uint32_t found = map_get(&reader->sounds->words, slice_make(folded, word_fold(chunk, WORD_WORD, folded)), 0);
    if (!found)
        return false;
    const struct sound_word *known = &reader->sounds->word[found - 1];
    if (known->word_class == SOUND_WORD_LIGHT || known->word_class == SOUND_WORD_COMMON)
        read_part(reader, chunk, known->word_class == SOUND_WORD_LIGHT ? NAME_WORD_LIGHT : NAME_WORD_COMMON);
    if (known->sounds.len && name->word_count < NAME_MAX_WORDS) {
        struct name_word made = {.begin = name->sound_count};
        add_sounds(reader->sounds, name, &made, known->sounds);
        end_word(reader->sounds, name, &made, known->word_class == SOUND_WORD_INITIAL ? NAME_WORD_INITIAL : NAME_WORD_FULL);
    }
    return true;
}

static bool ends_part(uint32_t c)
{
    return c == '.' || c == '-' || c == ',' || char_class(c) == CHAR_SPACE || (char_class(c) == CHAR_PUNCT && c != '\'' && c != 0x2019);
}

static void read_parts(const struct word_reader *reader, struct slice chunk, bool known_words)
{
    size_t begin = 0;
    for (size_t offset = 0; offset <= chunk.len;) {
        size_t end = offset;
        uint32_t c = offset < chunk.len ? utf8_next(chunk.at, &offset) : '.';
        offset += end == chunk.len;
        if (c == '-' || ends_part(c)) {
            struct slice part = slice_make(chunk.at + begin, end - begin);
            if (!known_words || part.len == chunk.len || !read_known(reader, part))
                read_part(reader, part, NAME_WORD_FULL);
            begin = offset;
        }
    }
}

// ---- the name -----------------------------------------------------------------------------------------------------
static void read_chunks(const struct word_reader *reader, struct slice text, bool known_words)
{
    size_t begin = 0;
    for (size_t offset = 0; offset <= text.len;) {
        size_t end = offset;
        uint32_t c = offset < text.len ? utf8_next(text.at, &offset) : ' ';
        offset += end == text.len;
        if (char_class(c) != CHAR_SPACE)
            continue;
        struct slice chunk = slice_make(text.at + begin, end - begin);
        begin = offset;
        if (chunk.len > CHUNK_BYTES)
            chunk = slice_make(chunk.at, utf8_valid_prefix(slice_make(chunk.at, CHUNK_BYTES)));
        if (chunk.len && (!known_words || !read_known(reader, chunk)))
            read_parts(reader, chunk, known_words);
    }
}

bool name_read(const struct name_sounds *sounds, struct slice text, struct name *ret_name)
{
    struct word_reader reader = {sounds, ret_name};
    memset(ret_name, 0, sizeof *ret_name);
    read_chunks(&reader, text, true);
    if (ret_name->word_count == 0)
        read_chunks(&reader, text, false);  // nothing but titles: somebody is called so
    for (uint8_t i = 0; ret_name->full_count == 0 && i < ret_name->word_count; i++) {
        if (ret_name->words[i].kind != NAME_WORD_INITIAL)
            ret_name->words[i].kind = NAME_WORD_FULL;
    }
    ret_name->full_count = 0;
    for (uint8_t i = 0; i < ret_name->word_count; i++)
        ret_name->full_count = (uint8_t)(ret_name->full_count + (ret_name->words[i].kind == NAME_WORD_FULL));
    return ret_name->word_count > 0;
}
