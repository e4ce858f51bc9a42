// SPDX-License-Identifier: MIT
// Under what wrong passwords are counted, and the change of a password by who knows it. Private to this room.
#ifndef KARAR_USERS_SUBJECT_H
#define KARAR_USERS_SUBJECT_H

#include "users/users.h"

struct subject {
    char text[72];
};
// Whether there is such a user or not, or else waiting would tell. Hashed: what is typed as a name may be a password.
struct subject subject_of_name(struct slice name);
// An IPv6 address: its network of 64 bits, which one customer has as a whole.
struct subject subject_of_address(struct slice address);

// Whether two names are one account's: capitals of ASCII tell none apart, as in the file.
bool subject_same_name(struct slice a, struct slice b);

// `name` is in normal form.
enum status accounts_set_password(struct users *users, struct slice name, struct slice password, struct user_actor actor,
                                  struct error *reterr_error);

#endif
