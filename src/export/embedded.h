// SPDX-License-Identifier: MIT
// Files of exports/ and schema/ inside the program; tools/embed.py writes the table.
#ifndef KARAR_EXPORT_EMBEDDED_H
#define KARAR_EXPORT_EMBEDDED_H

struct embedded {
    const char *name;           // without its folder
    const char *begin, *end;
};
extern const struct embedded embedded_files[];
extern const unsigned embedded_count;

#endif
