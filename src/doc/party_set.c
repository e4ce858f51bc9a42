// SPDX-License-Identifier: MIT
// Small sets of parties in order of arrival. A report rarely has more than a handful, so membership is a linear scan, and a set lives
// inside its mention or claim without an allocation. A full set keeps what it has: PARTY_SET_MAX is far above any real list, and a party
// too many must not cost the document.
#include "doc/party_set.h"

void party_set_add(struct party_set *set, uint16_t party)
{
    if (party == PARTY_NONE || set->count == PARTY_SET_MAX || party_set_has(set, party))
        return;
    set->at[set->count++] = party;
}

void party_set_add_all(struct party_set *set, const struct party_set *other)
{
    for (uint8_t i = 0; i < other->count; i++)
        party_set_add(set, other->at[i]);
}

bool party_set_within(const struct party_set *inner, const struct party_set *outer)
{
    for (uint8_t i = 0; i < inner->count; i++)
        if (!party_set_has(outer, inner->at[i]))
            return false;
    return true;
}
