// SPDX-License-Identifier: MIT
// Parties as people write them: "rus-pak" for the register's PAK-RUS.
#ifndef KARAR_API_PAIR_H
#define KARAR_API_PAIR_H

#include "base/slice.h"
#include "base/status.h"

#define PAIR_MAX 512u       // bytes; what is longer is left as it was written

// A pair, a body or an id that begins with codes of parties ("rus-pak/commission/10") as the register writes it: codes in capitals and in
// the order of the alphabet. It lies in `into`, or is `given` itself where the part before the first slash is not made of known codes; at
// NULL for NULL.
struct slice pair_in_order(const char *given, char into[PAIR_MAX]);

// Of a question without an answer: "nothing" would read as a finding where the code of a party is mistyped. STATUS_BAD_ARGUMENT names the
// first code that no state and no organisation has.
enum status pair_check(struct slice pair, struct error *reterr_error);

#endif
