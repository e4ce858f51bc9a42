// SPDX-License-Identifier: MIT
// karar watch: feeds are polled, what is new and says something goes into the register, a line a report.
//
// SIGTERM and SIGINT arrive through a file descriptor, so that the loop that waits for the network sees them and ends between two reports;
// a kill at any moment loses nothing, see src/watch/state.c. The watch fetches, this file reads and stores: one report is one transaction,
// noted as seen only when it is on the disk.
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/emit.h"
#include "cli/cli.h"
#include "watch/watch.h"

#define SETTINGS_MEMORY ((size_t)16 << 20)

struct watching {
    const struct arguments *arguments;
    const struct settings *settings;
    karar_engine *engine;
    karar_register *reg;
    uint32_t added, known, empty, failed;
    enum exit_code code;
};

static void worsen(struct watching *watching, enum exit_code code)
{
    if (code > watching->code)
        watching->code = code;
}

static void take_fault(void *user, const char *url, const char *text)
{
    struct watching *watching = user;
    watching->failed++;
    worsen(watching, EXIT_INPUT);
    complain(url, "%s", text);
}

static void log_line(struct watching *watching, const char *what, const char *id, uint32_t facts, const char *url)
{
    struct buf line;
    char when[32];
    time_t now = time(NULL);
    struct tm parts;
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    buf_init(&line, 16384);
    buf_addf(&line, "%s  %-12s  %-5s  %3u facts  ", when, id, what, facts);
    emit_plain(&line, slice_from(url));
    buf_add_char(&line, '\n');
    output_sink(watching->arguments->out, line.at, line.len);
    buf_finish(&line);
}

// Reads the page; the feed's date serves only where the page has none. NULL after complaining.
static karar_report *read_page(struct watching *watching, const struct watch_page *page)
{
    karar_item *item = NULL;
    karar_report *report = NULL;
    karar_error error;
    karar_read_options options = {.size = sizeof options};
    karar_status status = karar_item_new(page->bytes.at, page->bytes.len, page->url, page->charset, &item, &error);
    if (!status)
        status = karar_read_item(watching->engine, item, &options, &report, &error);
    if (!status && !karar_report_date(report) && *page->date) {
        karar_report_free(report);
        report = NULL;
        options.date = page->date;
        status = karar_read_item(watching->engine, item, &options, &report, &error);
    }
    karar_item_free(item);
    if (status) {
        complain_error(page->url, &error);
        watching->failed++;
        worsen(watching, EXIT_INPUT);
    }
    return report;
}

static bool store(struct watching *watching, const karar_report *report, const char *url)
{
    karar_add_options options = {
        .size = sizeof options, .author = register_author(watching->arguments), .date = karar_report_given_date(report)};
    karar_error error;
    int is_new = 0;
    char id[13];
    karar_status status = karar_register_add(watching->reg, report, &options, &is_new, id, &error);
    if (status) {
        complain_error(url, &error);
        worsen(watching, EXIT_FAILED);
        return false;
    }
    watching->added += is_new != 0;
    watching->known += is_new == 0;
    log_line(watching, is_new ? "added" : "known", id, karar_report_facts(report), url);
    return true;
}

static enum watch_verdict take_page(void *user, const struct watch_page *page)
{
    struct watching *watching = user;
    bool stored = true;
    karar_report *report = read_page(watching, page);
    if (report && (karar_report_facts(report) || watching->settings->keep_all)) {
        stored = store(watching, report, page->url);
    } else if (report) {
        watching->empty++;
        log_line(watching, "empty", "-", 0, page->url);
    }
    karar_report_free(report);
    return stored && output_flush(watching->arguments->out) ? WATCH_TAKEN : WATCH_STOP;
}

// A descriptor that can be read once the program shall end; -1 if there is none to be had.
static int end_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void tell_end(const struct watching *watching)
{
    char line[128];
    snprintf(line, sizeof line, "%u added, %u known, %u empty, %u faults\n", watching->added, watching->known, watching->empty,
             watching->failed);
    output_text(watching->arguments->out, line);
}

static void watch_feeds(struct watching *watching, const char *state_path)
{
    struct watch_calls calls = {take_page, take_fault, watching};
    struct watch *watch = NULL;
    struct error error = {.byte = UINT64_MAX};
    int wake = end_signals();
    enum status status = wake < 0 ? error_set(&error, STATUS_IO, "signals cannot be waited for")
                                  : watch_open(watching->settings, state_path, karar_version(), &calls, &watch, &error);
    if (!status)
        status = watch_run(watch, watching->arguments->value[OPTION_ONCE] != NULL, wake, &error);
    if (status) {
        complain(*error.file ? error.file : NULL, "%s", error.text);
        worsen(watching, EXIT_FAILED);
    }
    if (watch)
        tell_end(watching);
    watch_close(watch);
    if (wake >= 0)
        close(wake);
}

static enum exit_code run_watch(const struct command *command, const struct arguments *arguments)
{
    struct watching watching = {.arguments = arguments};
    struct settings settings;
    struct arena arena;
    struct error error = {.byte = UINT64_MAX};
    char state_path[PATH_MAX];
    if (arguments->operand_count != 1)
        return complain_usage(command);
    const char *given = arguments->value[OPTION_STATE];
    snprintf(state_path, sizeof state_path, "%s%s", given ? given : register_path(arguments), given ? "" : ".watch");
    arena_init(&arena, NULL, SETTINGS_MEMORY);
    enum status status = ARENA_CATCH(&arena);
    status = status ? error_set(&error, status, "too many feeds") : settings_read(&arena, arguments->operands[0], &settings, &error);
    if (status) {
        if (error.line)
            complain(error.file, "line %u: %s", error.line, error.text);
        else
            complain(arguments->operands[0], "%s", error.text);
        watching.code = EXIT_INPUT;
    } else {
        watching.settings = &settings;
        watching.engine = engine_open(arguments, &watching.code);
        watching.reg = watching.engine ? register_open(arguments, true, &watching.code) : NULL;
        if (watching.reg)
            watch_feeds(&watching, state_path);
    }
    karar_register_close(watching.reg);
    karar_engine_free(watching.engine);
    arena_finish(&arena);
    return watching.code;
}

const struct command command_watch = {
    .name = "watch",
    .usage = "FEEDS.toml",
    .summary = "polls feeds and sitemaps, politely, and adds what is new to the register",
    .about = "Reads RSS, Atom and sitemaps, asks for the pages they name and stores those that state a fact, a\n"
             "line for each. Goes on until it is ended (SIGTERM), and takes up at the next start where it was.\n"
             "Addresses in private networks are refused. docs/manual/watch.md describes the file:\n"
             "  contact = \"desk@example.org\"         told to the servers\n"
             "  [[feed]]\n"
             "  url = \"https://example.org/news.xml\"\n",
    .examples = "  karar watch feeds.toml\n"
                "  karar watch --once --register pak-rus.db feeds.toml      from cron\n",
    .options = OPTION_BIT(OPTION_ONCE) | OPTION_BIT(OPTION_STATE) | OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_AUTHOR) |
               OPTION_BIT(OPTION_PACK) | OPTION_BIT(OPTION_HELP),
    .keeps = KEEPS_REGISTER | KEEPS_FILES | KEEPS_CONNECTING,
    .run = run_watch,
};
