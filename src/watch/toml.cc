// SPDX-License-Identifier: MIT
// toml++ behind a C face. Debian has no TOML parser in C that is kept up; this file is all the C++ there is, and no C++ type leaves it.
//
// The library is used without exceptions: a bad file comes back as a value. Strings are malloc'ed, as C expects; out of memory is told by
// the result. Nothing here knows what the keys mean.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1
// A table's head that begins with a wrong character ("[&x]") trips an assertion of the library before it becomes the error that it is; and
// where assertions are off they become assumptions, which would be worse.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#include "watch/toml.h"

#include <toml++/toml.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

char *copy(std::string_view text)
{
    char *out = static_cast<char *>(std::malloc(text.size() + 1));
    if (!out)
        return nullptr;
    std::memcpy(out, text.data(), text.size());
    out[text.size()] = 0;
    return out;
}

bool push(toml_values *values, std::string_view table, uint32_t index, std::string_view key, std::string_view text, int64_t number,
          uint32_t line, toml_kind kind)
{
    if (values->count == values->room) {
        uint32_t room = values->room ? values->room * 2 : 64;
        auto *at = static_cast<toml_value *>(std::realloc(values->at, room * sizeof(toml_value)));
        if (!at)
            return false;
        values->at = at;
        values->room = room;
    }
    toml_value *value = &values->at[values->count++];
    *value = toml_value{copy(table), index, copy(key), copy(text), number, line, kind};
    return value->table && value->key && value->text;
}

bool add(toml_values *values, std::string_view table, uint32_t index, std::string_view key, const toml::node &node)
{
    uint32_t line = node.source().begin.line;
    if (const auto *text = node.as_string())
        return push(values, table, index, key, text->get(), 0, line, TOML_TEXT);
    if (const auto *number = node.as_integer())
        return push(values, table, index, key, "", number->get(), line, TOML_NUMBER);
    if (const auto *on = node.as_boolean())
        return push(values, table, index, key, "", on->get(), line, TOML_SWITCH);
    if (const auto *date = node.as_date()) {
        char day[32];
        std::snprintf(day, sizeof day, "%04d-%02d-%02d", int(date->get().year), int(date->get().month), int(date->get().day));
        return push(values, table, index, key, day, 0, line, TOML_DAY);
    }
    return push(values, table, index, key, "", 0, line, TOML_OTHER);
}

bool is_array_of_tables(const toml::node &node)
{
    const auto *array = node.as_array();
    return array && !array->empty() && array->is_homogeneous(toml::node_type::table);
}

bool add_tables(toml_values *values, std::string_view name, const toml::array &tables)
{
    uint32_t index = 0;
    for (const auto &element : tables) {
        const auto *table = element.as_table();
        if (!push(values, name, index, "", "", 0, element.source().begin.line, TOML_OTHER))
            return false;
        for (const auto &[key, node] : *table)
            if (!add(values, name, index, key.str(), node))
                return false;
        index++;
    }
    return true;
}

}  // namespace

int toml_read(const char *text, size_t len, struct toml_values *ret_values, struct toml_fault *ret_fault)
{
    *ret_values = toml_values{nullptr, 0, 0};
    toml::parse_result result = toml::parse(std::string_view(text, len));
    if (!result) {
        const auto &error = result.error();
        std::snprintf(ret_fault->text, sizeof ret_fault->text, "%.*s", int(error.description().size()), error.description().data());
        ret_fault->line = error.source().begin.line;
        ret_fault->column = error.source().begin.column;
        return 1;
    }
    for (const auto &[key, node] : result.table()) {
        bool added = is_array_of_tables(node) ? add_tables(ret_values, key.str(), *node.as_array())
                                              : add(ret_values, "", 0, key.str(), node);
        if (!added) {
            toml_free(ret_values);
            return 2;
        }
    }
    return 0;
}

void toml_free(struct toml_values *values)
{
    for (uint32_t i = 0; i < values->count; i++) {
        std::free(values->at[i].table);
        std::free(values->at[i].key);
        std::free(values->at[i].text);
    }
    std::free(values->at);
    *values = toml_values{nullptr, 0, 0};
}
