// SPDX-License-Identifier: MIT
// Compares and romanises names from standard input, for tools/names.py.
//
//   compare latin   lines "name" → the name romanised by the first pack of its script, empty if none
//   compare pairs   lines "name TAB name" → "degree score words keys-meet"
//   compare cross   lines "person TAB name" → every pair of lines of different persons that are not told apart: "score degree name TAB
//                   name", and at the end "pairs N nanoseconds-per-pair N"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine/engine.h"
#include "name/latin.h"
#include "name/name.h"
#include "unicode/utf8.h"

struct line {
    struct slice first, second;
    struct name name;
};
typedef VEC(struct line) line_vec;

static struct slice read_all(struct arena *arena)
{
    VEC(char) bytes = {0};
    for (int c; (c = getchar()) != EOF;)
        vec_push(arena, &bytes, (char)c);
    return slice_make(bytes.at, bytes.count);
}

static bool keys_meet(const struct name_sounds *sounds, const struct name *a, const struct name *b)
{
    char first[NAME_KEY_MAX], second[NAME_KEY_MAX];
    struct slice rest = slice_make(first, name_key(sounds, a, first));
    size_t len = name_key(sounds, b, second);
    for (struct slice word; (word = slice_cut(&rest, ' ')).at != NULL;) {
        struct slice others = slice_make(second, len);
        for (struct slice other; (other = slice_cut(&others, ' ')).at != NULL;) {
            if (slice_eq(word, other))
                return true;
        }
    }
    return false;
}

static void compare_pairs(const struct name_sounds *sounds, const line_vec *lines)
{
    static const char *const degrees[] = {"other", "part", "same"};
    for (uint32_t i = 0; i < lines->count; i++) {
        struct name a, b;
        bool read = name_read(sounds, lines->at[i].first, &a);
        read &= name_read(sounds, lines->at[i].second, &b);
        struct name_match match = name_compare(sounds, &a, &b);
        printf("%s %u %u %d\n", read ? degrees[match.degree] : "unread", match.score, match.words, keys_meet(sounds, &a, &b));
    }
}

static void compare_cross(const struct name_sounds *sounds, line_vec *lines)
{
    static const char *const degrees[] = {"other", "part", "same"};
    struct timespec begin, end;
    uint64_t pairs = 0;
    for (uint32_t i = 0; i < lines->count; i++)
        name_read(sounds, lines->at[i].second, &lines->at[i].name);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (uint32_t i = 0; i < lines->count; i++) {
        for (uint32_t j = i + 1; j < lines->count; j++) {
            const struct line *a = &lines->at[i], *b = &lines->at[j];
            if (slice_eq(a->first, b->first))
                continue;
            pairs++;
            struct name_match match = name_compare(sounds, &a->name, &b->name);
            if (match.degree != NAME_OTHER)
                printf("%u %s %.*s\t%.*s\n", match.score, degrees[match.degree], (int)a->second.len, a->second.at, (int)b->second.len,
                       b->second.at);
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    uint64_t spent = (uint64_t)(end.tv_sec - begin.tv_sec) * 1000000000u + (uint64_t)end.tv_nsec - (uint64_t)begin.tv_nsec;
    printf("pairs %llu nanoseconds-per-pair %llu\n", (unsigned long long)pairs, (unsigned long long)(pairs ? spent / pairs : 0));
}

static void romanise(const line_vec *lines)
{
    struct engine *engine = NULL;
    struct error error = {0};
    if (engine_create(NULL, 0, NULL, &engine, &error))
        return;
    for (uint32_t i = 0; i < lines->count; i++) {
        struct slice name = lines->at[i].first;
        char out[LATIN_MAX];
        size_t offset = 0, len = 0;
        enum script script = char_script(utf8_next(name.at, &offset));
        for (uint8_t k = 0; k < engine_language_count(engine) && len == 0; k++) {
            const struct pack *pack = NULL;
            if (engine_pack(engine, k, &pack, &error) == STATUS_OK && pack->config.script == script)
                len = latin_write(pack, name, out);
        }
        printf("%.*s\n", (int)len, out);
    }
    engine_destroy(engine);
}

int main(int count, char **arguments)
{
    struct arena arena;
    struct error error = {0};
    const struct name_sounds *sounds = NULL;
    arena_init(&arena, NULL, (size_t)1 << 30);
    if (ARENA_CATCH(&arena))
        return 2;
    if (count != 2 || name_sounds_embedded(&arena, &sounds, &error)) {
        fprintf(stderr, "compare: %s\n", count != 2 ? "latin, pairs or cross?" : error.text);
        return 2;
    }
    line_vec lines = {0};
    for (struct slice rest = read_all(&arena), text; (text = slice_cut(&rest, '\n')).at != NULL;) {
        struct line line = {.second = text};
        if (text.len == 0)
            continue;
        line.first = slice_cut(&line.second, '\t');
        vec_push(&arena, &lines, line);
    }
    if (slice_is(slice_from(arguments[1]), "latin"))
        romanise(&lines);
    else if (slice_is(slice_from(arguments[1]), "pairs"))
        compare_pairs(sounds, &lines);
    else
        compare_cross(sounds, &lines);
    arena_finish(&arena);
    return 0;
}
