// SPDX-License-Identifier: MIT
// The values of a TOML file, in its order, with their lines: the one place that speaks to the TOML library, which is written in C++.
#ifndef KARAR_WATCH_TOML_H
#define KARAR_WATCH_TOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum toml_kind { TOML_TEXT, TOML_NUMBER, TOML_SWITCH, TOML_DAY, TOML_OTHER };

struct toml_value {
    char *table;            // "" for the top; name of an array of tables otherwise
    uint32_t index;         // which of the array's tables, from 0
    char *key;              // "" tells that a table begins
    char *text;             // TEXT; DAY as YYYY-MM-DD; else ""
    int64_t number;         // NUMBER, SWITCH
    uint32_t line;
    enum toml_kind kind;
};

struct toml_values {
    struct toml_value *at;
    uint32_t count, room;
};

struct toml_fault {
    char text[256];
    uint32_t line, column;
};

// 0: all values, which the caller frees with toml_free. 1: no TOML, *ret_fault tells. 2: no memory.
int toml_read(const char *text, size_t len, struct toml_values *ret_values, struct toml_fault *ret_fault);
void toml_free(struct toml_values *values);

#ifdef __cplusplus
}
#endif
#endif
