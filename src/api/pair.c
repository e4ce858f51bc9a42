// SPDX-License-Identifier: MIT
// Names of pairs, put in order and held against the world.
//
// The codes are those of the shared world that stands in the program. A register may hold others (of packs of one's own): what is not
// known here is left as it was written, and only where nothing is found is it told.
#include "api/pair.h"

#include <string.h>

#include "pack/image.h"
#include "pack/pack.h"

#define MAX_CODES 32u
#define CODE_MAX 10u                        // bytes; an id of a document has more
#define WORLD_MEMORY ((size_t)16 << 20)

struct codes {
    char capitals[MAX_CODES][CODE_MAX];
    struct slice code[MAX_CODES];           // in order, each once
    size_t count;
};

static struct slice in_capitals(struct slice code, char into[CODE_MAX])
{
    for (size_t i = 0; i < code.len; i++)
        into[i] = code.at[i] >= 'a' && code.at[i] <= 'z' ? (char)(code.at[i] - 'a' + 'A') : code.at[i];
    return slice_make(into, code.len);
}

static void put_in_order(struct codes *codes, struct slice code)
{
    size_t at = codes->count;
    while (at > 0 && slice_compare(codes->code[at - 1], code) > 0)
        at--;
    if (at > 0 && slice_eq(codes->code[at - 1], code))
        return;
    for (size_t i = codes->count++; i > at; i--)
        codes->code[i] = codes->code[i - 1];
    codes->code[at] = code;
}

// The codes of "rus-pak"; false if it cannot be one or several.
static bool take_codes(struct slice head, struct codes *ret_codes)
{
    size_t seen = 0;
    ret_codes->count = 0;
    for (struct slice rest = head; rest.at; seen++) {
        struct slice code = slice_cut(&rest, '-');
        if (seen == MAX_CODES || code.len == 0 || code.len > CODE_MAX)
            return false;
        put_in_order(ret_codes, in_capitals(code, ret_codes->capitals[seen]));
    }
    return ret_codes->count > 0;
}

// The first code that the world does not know; at NULL if it knows all, or cannot be asked.
static struct slice first_unknown(const struct codes *codes)
{
    struct slice unknown = {NULL, 0};
    struct arena arena;
    arena_init(&arena, NULL, WORLD_MEMORY);
    const struct world *world = ARENA_CATCH(&arena) ? NULL : image_world(&arena, pack_image());
    for (size_t i = 0; world && i < codes->count && !unknown.at; i++)
        if (words_index(&world->party_by_code, codes->code[i]) == UINT32_MAX)
            unknown = codes->code[i];
    arena_finish(&arena);
    return unknown;
}

struct slice pair_in_order(const char *given, char into[PAIR_MAX])
{
    struct slice whole = given ? slice_from(given) : (struct slice){NULL, 0}, rest = whole, head = slice_cut(&rest, '/');
    struct codes codes;
    size_t len = 0;
    if (whole.len >= PAIR_MAX || !take_codes(head, &codes))
        return whole;
    for (size_t i = 0; i < codes.count; i++) {
        if (i > 0)
            into[len++] = '-';
        memcpy(into + len, codes.code[i].at, codes.code[i].len);
        len += codes.code[i].len;
    }
    if (slice_eq(slice_make(into, len), head) || first_unknown(&codes).at)      // the first nearly always: the world need not be asked
        return whole;
    memcpy(into + len, whole.at + head.len, whole.len - head.len);
    return slice_make(into, len + whole.len - head.len);
}

enum status pair_check(struct slice pair, struct error *reterr_error)
{
    struct codes codes;
    struct slice head = slice_cut(&pair, '/'), unknown = head;
    if (!head.at)
        return STATUS_OK;
    if (take_codes(head, &codes) && !(unknown = first_unknown(&codes)).at)
        return STATUS_OK;
    return error_set(reterr_error, STATUS_BAD_ARGUMENT, "no state and no organisation has the code \"%.*s\": parties are written PAK-RUS "
                     "(ISO 3166-1, three letters)", unknown.len < 40 ? (int)unknown.len : 40, unknown.at);
}
