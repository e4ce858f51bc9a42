// SPDX-License-Identifier: MIT
// simdjson parses the whole line before a member is visited: a broken end is seen in time. No C++ type leaves this file, and it is used
// without exceptions. Why a line was refused is not told here: lines.c asks jansson, which names the byte.
#define SIMDJSON_EXCEPTIONS 0
#include "door/fields.h"

#include <simdjson.h>

#include <new>

struct fields {
    simdjson::dom::parser parser;
};

struct fields *fields_new(void)
{
    return new (std::nothrow) struct fields;
}

void fields_free(struct fields *fields)
{
    delete fields;
}

bool fields_read(struct fields *fields, const char *line, size_t len, fields_visitor visit, void *user)
{
    simdjson::dom::object object;
    if (fields->parser.parse(line, len).get(object) != simdjson::SUCCESS)
        return false;
    for (auto member : object) {
        std::string_view value;
        if (member.value.get(value) == simdjson::SUCCESS)
            visit(user, member.key.data(), member.key.size(), value.data(), value.size());
    }
    return true;
}
