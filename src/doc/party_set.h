// SPDX-License-Identifier: MIT
// Operations on struct party_set (doc/mention.h).
#ifndef KARAR_DOC_PARTY_SET_H
#define KARAR_DOC_PARTY_SET_H

#include <stdbool.h>

#include "doc/mention.h"

static inline bool party_set_has(const struct party_set *set, uint16_t party)
{
    for (uint8_t i = 0; i < set->count; i++)
        if (set->at[i] == party)
            return true;
    return false;
}
void party_set_add(struct party_set *set, uint16_t party);  // no doubles; PARTY_NONE, and a party too many, are ignored
void party_set_add_all(struct party_set *set, const struct party_set *other);
bool party_set_within(const struct party_set *inner, const struct party_set *outer);

#endif
