// SPDX-License-Identifier: MIT
// Digests of what the file has of a document, by which is known whether it is what a reader says. Private to the register room.
#ifndef KARAR_REGISTER_WRITTEN_H
#define KARAR_REGISTER_WRITTEN_H

#include "register/store.h"

enum row_kind { ROW_CLAIM, ROW_ROLE, ROW_PERSON };
// Columns of claims and people that are looked at by themselves.
enum { CLAIM_KIND = 4, CLAIM_PAIR = 5, CLAIM_TYPE = 6, CLAIM_SCOPE = 33, CLAIM_COMPARED = 36, PERSON_LATIN = 4, PERSON_PARTY = 7 };

// Rows of a document in whatever order, by which is known whether those in the file are the same.
struct digest {
    uint64_t rows, pairs;
    uint32_t count;
};

static inline uint64_t mixed(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static inline uint64_t mixed_text(uint64_t hash, struct slice text)
{
    return text.at ? mixed(hash, slice_hash(text)) : mixed(hash, 1);
}

static inline uint64_t pair_hash(struct slice pair)
{
    return mixed_text(7, pair);
}

// The rows that the file has of a document.
struct digest written_rows(struct registry *registry, int64_t document);
// The digest as `derivation` keeps it.
int64_t written_number(const struct digest *digest);

// A line of `record`, and its digest as `derivation` keeps it.
struct record_line {
    struct slice engine, language, title, published, day, publisher, codes, json, annex;
};
int64_t written_record_number(const struct record_line *line);
// Whether the file's line has this digest.
bool written_is_record(struct registry *registry, int64_t document, int64_t number);

// What the file has of one document, and whether all of it is as the reader made it.
struct looked {
    int64_t document;
    struct registry_has has;
    bool is_alike;
};
// What the file has of the documents of a range of numbers.
struct look {
    int64_t from, until;
    uint64_t reader;
    struct looked *documents;   // room for as many as there are numbers
    uint32_t count;
};
void written_look(struct registry *registry, struct look *look);

#endif
