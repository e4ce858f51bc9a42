// SPDX-License-Identifier: MIT
// The statements of src/register/sql, in the order of their names, as tools/sql.py writes them at build time. Private to the register room.
#ifndef KARAR_REGISTER_SQL_H
#define KARAR_REGISTER_SQL_H

#include <stdbool.h>

struct register_sql {
    const char *name, *text;
    bool is_question;   // stands in questions.sql: people may ask for it by its name
};
extern const struct register_sql register_statements[];
extern const unsigned register_statement_count;

#endif
