// SPDX-License-Identifier: MIT
// The statements of users.sql, in the order of their names, as tools/sql.py writes them at build time. Private to this room.
#ifndef KARAR_USERS_SQL_H
#define KARAR_USERS_SQL_H

#include <stdbool.h>

struct users_sql {
    const char *name, *text;
    bool is_question;       // false of all: nobody asks for them by name
};
extern const struct users_sql users_statements[];
extern const unsigned users_statement_count;

#endif
