// SPDX-License-Identifier: MIT
// Opening the engine and one report, as every command that reads does it: the same options, the same messages.
//
// A failure is told here, with the input's name; the caller gets NULL and the exit code. Output is never touched.
// The arguments decide the language and date; the engine is opened once for all inputs.
#include <stdlib.h>

#include "base/file.h"
#include "cli/cli.h"

#define REPORT_MAX_BYTES ((size_t)8 << 20)      // one report: ten novels; a corpus is read document by document

karar_engine *engine_open(const struct arguments *arguments, enum exit_code *ret_code)
{
    karar_options options = {
        .size = sizeof options, .pack_folders = arguments->packs, .pack_folder_count = arguments->pack_count};
    karar_engine *engine = NULL;
    karar_error error;
    karar_status status = karar_engine_new(&options, &engine, &error);
    if (status) {
        complain_error(NULL, &error);
        *ret_code = status == KARAR_NO_MEMORY ? EXIT_FAILED : EXIT_INPUT;
        return NULL;
    }
    return engine;
}

// Reads the file; false after complaining.
static bool read_bytes(const char *path, char **ret_bytes, size_t *ret_len, enum exit_code *ret_code)
{
    struct error error = {.byte = UINT64_MAX};
    enum status status = file_read(path, REPORT_MAX_BYTES, ret_bytes, ret_len, &error);
    if (!status)
        return true;
    complain(path, "%s", *error.text ? error.text : status_name(status));
    *ret_code = status == STATUS_NO_MEMORY ? EXIT_FAILED : EXIT_INPUT;
    return false;
}

karar_report *report_open(karar_engine *engine, const char *path, const struct arguments *arguments,
                          enum exit_code *ret_code)
{
    char *bytes = NULL;
    size_t len = 0;
    karar_report *report = NULL;
    karar_error error;
    if (!read_bytes(path, &bytes, &len, ret_code))
        return NULL;
    karar_read_options options = {
        .size = sizeof options,
        .uri = path,
        .language = arguments->value[OPTION_LANG],
        .date = arguments->value[OPTION_DATE],
    };
    karar_status status = karar_read(engine, bytes, len, &options, &report, &error);
    free(bytes);
    if (status) {
        complain_error(status == KARAR_BAD_ARGUMENT ? NULL : path, &error);
        *ret_code = exit_code_of(status);
        return NULL;
    }
    return report;
}
