// SPDX-License-Identifier: MIT
// What people say of single claims of a report: values that the reader got wrong, claims that it passed over. Private to the register room.
//
// Values are written as text, one way for each field: codes, EDTF dates, "City, CCC", lists parted by blanks, names by "; ". No value is
// the word "none". Several are written "field=value", each on a line of its own, or parted by ";" where there is but one line.
#ifndef KARAR_REGISTER_AMEND_H
#define KARAR_REGISTER_AMEND_H

#include "register/store.h"

#define AMEND_MAX_VALUES 16     // of one decision

struct amend_value {
    struct slice field, value;
};
typedef VEC(struct amend_value) amend_vec;

// Splits values; what is not written so fails.
void amend_split(struct registry *registry, struct slice text, amend_vec *ret_values);
// "field=value" on lines, in the order in which fields are listed for the kind; others follow as they stand.
struct slice amend_join(struct registry *registry, struct slice kind, const amend_vec *values);
// The value as it is written in one way only; fails if the kind has no such field, or the field no such value.
struct slice amend_canonical(struct registry *registry, struct slice kind, struct slice field, struct slice value);
// The fields of a kind, joined by blanks; at NULL: claims of no such kind are written by people.
struct slice amend_fields(struct registry *registry, struct slice kind);
// Fails if a claim that a person adds lacks what makes it one.
void amend_check_whole(struct registry *registry, struct slice kind, const amend_vec *values);

struct slice amend_value_of(const amend_vec *values, struct slice field);   // at NULL: it is not told
// All that a record says of a claim, told by where it begins: `nth` of those of its kind that begin there, from 0. Empty: there is none.
// The texts borrow `json`.
amend_vec amend_read(struct registry *registry, struct slice json, struct slice kind, int64_t first_byte, int64_t nth);

// The record with all that people said of its claims; `json` itself where they said nothing. In the work arena.
struct slice amend_record(struct registry *registry, struct slice hash, struct slice json);

#endif
