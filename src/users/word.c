// SPDX-License-Identifier: MIT
// Names and passwords. libsodium compares and hashes passwords (Argon2id, 64 MiB and two rounds: its figures for signing in).
//
// The same word is written with different code points by different keyboards (a Devanagari letter with its dot, an Arabic letter with its
// hamza): the normal form makes them one. Names stand under decisions, so they hold nothing that cannot be seen.
#include "users/word.h"

#include "base/arena.h"
#include "unicode/char.h"
#include "unicode/normal.h"
#include "unicode/utf8.h"

#define WORD_MEMORY ((size_t)1 << 20)

struct word word_read(struct slice typed, size_t most)
{
    struct word word = {.len = 0};
    struct arena arena;
    struct slice normal = {NULL, 0};
    struct offset_map map = {0};
    if (!typed.len || typed.len > sizeof word.at || utf8_valid_prefix(typed) != typed.len)
        return word;
    arena_init(&arena, NULL, WORD_MEMORY);
    if (ARENA_CATCH(&arena) == STATUS_OK) {
        normal_nfc(&arena, typed, &normal, &map);
        if (normal.len <= most && normal.len <= sizeof word.at) {
            memcpy(word.at, normal.at, normal.len);
            word.len = normal.len;
        }
        if (normal.at != typed.at)
            sodium_memzero((char *)normal.at, normal.len);
    }
    arena_finish(&arena);
    return word;
}

void word_wipe(struct word *word)
{
    sodium_memzero(word, sizeof *word);
}

const char *word_name_fault(struct slice name)
{
    if (!name.len)
        return "a name is text of 1 to 60 bytes";
    enum char_class before = CHAR_SPACE;
    for (size_t at = 0; at < name.len;) {
        uint32_t point = utf8_next(name.at, &at);
        enum char_class now = char_class(point);
        if (now == CHAR_CONTROL || now == CHAR_IGNORED || now == CHAR_OTHER || (now == CHAR_SPACE && point != ' '))
            return "a name holds nothing that cannot be seen";
        if (now == CHAR_SPACE && before == CHAR_SPACE)
            return "a name has no blank before it, and no two in a row";
        before = now;
    }
    return before == CHAR_SPACE ? "a name has no blank behind it" : NULL;
}

const char *word_password_fault(struct slice password, struct slice name)
{
    if (utf8_count(password) < PASSWORD_LEAST)
        return "a password has at least 12 characters and at most 1024 bytes";
    if (memmem(password.at, password.len, name.at, name.len) && utf8_count(password) < utf8_count(name) + PASSWORD_LEAST)
        return "a password is more than the name with a few characters";
    size_t at = 0;
    uint32_t first = utf8_next(password.at, &at);
    while (at < password.len)
        if (utf8_next(password.at, &at) != first)
            return NULL;
    return "a password is more than one character again and again";
}

bool word_hash(struct slice password, char ret_hash[crypto_pwhash_STRBYTES])
{
    return sodium_init() >= 0 && crypto_pwhash_str_alg(ret_hash, password.at, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                                       crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

bool word_matches(struct slice password, struct slice hash)
{
    char kept[crypto_pwhash_STRBYTES] = {0};
    if (sodium_init() < 0)
        return false;
    if (!hash.len || hash.len >= sizeof kept) {
        word_hash(password, kept);
        return false;
    }
    memcpy(kept, hash.at, hash.len);
    return crypto_pwhash_str_verify(kept, password.at, password.len) == 0;
}

bool word_is_outdated(struct slice hash)
{
    char kept[crypto_pwhash_STRBYTES] = {0};
    memcpy(kept, hash.at, hash.len < sizeof kept ? hash.len : sizeof kept - 1);
    return crypto_pwhash_str_needs_rehash(kept, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}
