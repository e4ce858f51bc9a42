// SPDX-License-Identifier: MIT
// Opening the engine and one report, as every command that reads does it: the same options, the same messages.
//
// A failure is told here, with the input's name; the caller gets NULL and the exit code. Output is never touched.
// The arguments decide the language and date; the engine is opened once for all inputs.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"

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

static karar_source *open_source(const char *path, const struct arguments *arguments, enum exit_code *ret_code)
{
    karar_source_options names = {
        .size = sizeof names, .text_field = arguments->value[OPTION_TEXT_FIELD], .title_field = arguments->value[OPTION_TITLE_FIELD],
        .date_field = arguments->value[OPTION_DATE_FIELD], .url_field = arguments->value[OPTION_URL_FIELD],
    };
    karar_source *source = NULL;
    karar_error error;
    karar_status status = karar_source_open(path, &names, &source, &error);
    if (!status)
        return source;
    complain_error(path, &error);
    *ret_code = exit_code_of(status) == EXIT_NOTHING ? EXIT_INPUT : exit_code_of(status);
    return NULL;
}

// The next report that can be read; NULL at the end. What cannot be read is told and noted in *worst.
static karar_report *next_report(karar_engine *engine, karar_source *source, const char *path, const struct arguments *arguments,
                                 enum exit_code *worst)
{
    for (;;) {
        karar_item *item = NULL;
        karar_report *report = NULL;
        karar_error error;
        karar_read_options options = {
            .size = sizeof options, .language = arguments->value[OPTION_LANG], .date = arguments->value[OPTION_DATE]};
        karar_status status = karar_source_next(source, &item, &error);
        if (status == KARAR_NOT_FOUND)
            return NULL;
        if (!status)
            status = karar_read_item(engine, item, &options, &report, &error);
        if (status) {
            const char *name = item ? karar_item_uri(item) : path;
            enum exit_code code = status == KARAR_NOT_FOUND ? EXIT_INPUT : exit_code_of(status);
            complain_error(status == KARAR_BAD_ARGUMENT && item ? NULL : name, &error);
            *worst = code > *worst || code == EXIT_USAGE ? code : *worst;
        }
        karar_item_free(item);
        if (!status)
            return report;
        if (*worst == EXIT_USAGE || *worst == EXIT_FAILED)
            return NULL;    // the next one would fail the same way
    }
}

void reports_each(karar_engine *engine, const char *path, const struct arguments *arguments, report_visitor visit, void *user,
                  enum exit_code *ret_code)
{
    karar_source *source = open_source(path, arguments, ret_code);
    karar_report *report;
    bool more = true;
    while (source && more && (report = next_report(engine, source, path, arguments, ret_code))) {
        more = visit(user, report, path);
        karar_report_free(report);
    }
    karar_source_close(source);
}

karar_report *report_open(karar_engine *engine, const char *path, const struct arguments *arguments, enum exit_code *ret_code)
{
    karar_source *source = open_source(path, arguments, ret_code);
    karar_report *report = source ? next_report(engine, source, path, arguments, ret_code) : NULL;
    if (source && !report && *ret_code == EXIT_OK)
        *ret_code = EXIT_NOTHING;
    karar_source_close(source);
    return report;
}

// ---- reading by several threads ----------------------------------------------------------------------------------------------
void reports_progress(void *user, uint64_t done, uint64_t count)
{
    (void)user;
    if (isatty(STDERR_FILENO) && (done % 100 == 0 || done == count))
        fprintf(stderr, done == count ? "\r\033[K" : "\r\033[K%" PRIu64 " of %" PRIu64 " reports", done, count);
}

uint32_t engines_open(const struct arguments *arguments, karar_engine *engines[ENGINES_MAX], enum exit_code *ret_code)
{
    const char *given = arguments->value[OPTION_JOBS];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int64_t jobs = processors > 0 ? processors : 1;
    uint32_t count = 0;
    if (given && (!slice_to_int(slice_from(given), &jobs) || jobs < 1 || jobs > ENGINES_MAX)) {
        complain(NULL, "--jobs %s: a number from 1 to %d", given, ENGINES_MAX);
        *ret_code = EXIT_USAGE;
        return 0;
    }
    jobs = jobs < ENGINES_MAX ? jobs : ENGINES_MAX;
    while (count < jobs && (engines[count] = engine_open(arguments, ret_code)) != NULL)
        count++;
    return count;
}
