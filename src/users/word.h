// SPDX-License-Identifier: MIT
// Names and passwords: brought into normal form, checked, hashed. Private to this room.
#ifndef KARAR_USERS_WORD_H
#define KARAR_USERS_WORD_H

#include <sodium.h>

#include "users/users.h"

// In normal form (NFC), which may be longer than what was typed. `len` 0: it was empty, too long or no UTF-8.
struct word {
    char at[2 * PASSWORD_MAX];
    size_t len;
};
// `most`: bytes of the normal form.
struct word word_read(struct slice typed, size_t most);
static inline struct slice word_slice(const struct word *word) { return slice_make(word->at, word->len); }
// Forgets a password.
void word_wipe(struct word *word);

// NULL, or what is wrong with a new name; with a new password of that user.
const char *word_name_fault(struct slice name);
const char *word_password_fault(struct slice password, struct slice name);
// Argon2id. False: no memory.
bool word_hash(struct slice password, char ret_hash[crypto_pwhash_STRBYTES]);
// `hash` empty: there is no such user; takes as long all the same.
bool word_matches(struct slice password, struct slice hash);
bool word_is_outdated(struct slice hash);

#endif
