// SPDX-License-Identifier: MIT
// A register as lines of somebody else's making, as `karar import` takes it. Promises: it is taken or refused with a reason; what is taken
// verifies without a fault, and what is exported of it gives the same register again.
//
// Reports are bound to their texts by a hash, which no fuzzer guesses: it is put right before the lines go in, and decisions are about the
// first report.
#include "answer.h"

#include <stdbool.h>

#include "base/sha256.h"
#include "karar/karar.h"

struct lines {
    const char *at, *end;
    char first[SHA256_ID_SIZE];     // the first report's hash
    char *line;                     // the one that was given last
    bool as_they_are;
};

static char *put_right(struct lines *lines, json_t *line)
{
    json_t *text = json_object_get(line, "text");
    char id[SHA256_ID_SIZE];
    if (json_is_string(text) && json_object_get(line, "document")) {
        sha256_id(slice_make(json_string_value(text), json_string_length(text)), id);
        json_object_set_new(line, "document", json_string(id));
        if (!*lines->first)
            memcpy(lines->first, id, sizeof id);
    } else if (json_is_string(json_object_get(line, "hash")) && *lines->first) {
        json_object_set_new(line, "hash", json_string(lines->first));
    }
    return json_dumps(line, JSON_COMPACT);
}

static int feed(void *user, const char **line, size_t *len)
{
    struct lines *lines = user;
    if (lines->at >= lines->end)
        return 0;
    const char *end = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
    *line = lines->at;
    *len = (size_t)((end ? end : lines->end) - lines->at);
    lines->at = end ? end + 1 : lines->end;
    if (lines->as_they_are)
        return 1;
    free(lines->line);
    json_t *value = json_loadb(*line, *len, 0, NULL);
    lines->line = value ? put_right(lines, value) : NULL;
    json_decref(value);
    if (lines->line) {
        *line = lines->line;
        *len = strlen(lines->line);
    }
    return 1;
}

static int gather(void *user, const char *file, const char *bytes, size_t len)
{
    (void)file;
    return answer_gather(user, bytes, len);
}

static karar_status import(karar_register *reg, karar_engine *engine, struct lines *lines, karar_error *error)
{
    uint64_t documents = 0, decisions = 0;
    return karar_register_import(reg, feed, lines, &engine, 1, NULL, NULL, &documents, &decisions, error);
}

static void export(karar_register *reg, struct answer *answer)
{
    karar_export options = {.size = sizeof options, .format = "register"};
    uint64_t rows = 0;
    fuzz_check(karar_register_export(reg, &options, gather, answer, &rows, NULL) == KARAR_OK);
}

static void check_taken(karar_register *reg, karar_engine *engine)
{
    struct answer faults = {0}, out = {0}, again = {0};
    uint64_t documents = 0, spans = 0, count = 0;
    karar_register *other;
    karar_error error = {0};
    fuzz_check(karar_register_verify(reg, KARAR_TABLE_JSON, answer_gather, &faults, &documents, &spans, &count, NULL) == KARAR_OK);
    fuzz_check(count == 0);
    export(reg, &out);
    struct lines lines = {.at = out.at, .end = out.at + out.len, .as_they_are = true};
    fuzz_check(karar_register_temporary(&other, NULL) == KARAR_OK);
    fuzz_check(import(other, engine, &lines, &error) == KARAR_OK);
    export(other, &again);
    fuzz_check(again.len == out.len && memcmp(again.at, out.at, out.len) == 0);
    karar_register_close(other);
    free(faults.at);
    free(out.at);
    free(again.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static karar_engine *engine;
    struct lines lines = {.at = (const char *)bytes, .end = (const char *)bytes + len};
    karar_register *reg;
    karar_error error = {0};
    if (!engine)
        fuzz_check(karar_engine_new(NULL, &engine, NULL) == KARAR_OK);
    fuzz_check(karar_register_temporary(&reg, NULL) == KARAR_OK);
    if (import(reg, engine, &lines, &error) == KARAR_OK)
        check_taken(reg, engine);
    else
        fuzz_check(error.text[0]);
    karar_register_close(reg);
    free(lines.line);
    return 0;
}
