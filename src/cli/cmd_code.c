// SPDX-License-Identifier: MIT
// karar code: a corpus into rows.
//
// This thread unpacks the inputs and cuts them into documents, others read these, each with an engine of its own, and this one writes what
// comes back, in the order of the input: the output is the same bytes whatever the number of threads. Memory is bounded by what may be
// under way at once. What is left out goes to the errors, in the same order.
//
// A run with --output keeps a journal, see journal.c: --resume cuts output and errors back to it and passes over what they hold already.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/emit.h"
#include "cli/cli.h"
#include "base/crew.h"
#include "cli/journal.h"

#define LIST_MEMORY ((size_t)1 << 30)
#define LIST_FILE_MAX ((size_t)256 << 20)
#define RECORD_MAX ((size_t)64 << 20)       // output of one document
#define UNDER_WAY_BYTES ((size_t)24 << 20)
enum { MAX_JOBS = 256, TASKS_PER_JOB = 32, JOURNAL_STEP = 500 };

struct filter {
    const char *languages, *since, *parties;
    bool all;
};

struct task {
    karar_item *item;           // NULL: `error` was there before anyone read
    const char *path;
    uint64_t input;             // number of the path
    karar_error error;
    bool failed;
    struct buf out;             // rows
};

// What a thread reads with.
struct reader {
    karar_engine *engine;
    const struct filter *filter;
    karar_format format;
};

struct coding {
    const struct arguments *arguments;
    struct filter filter;
    struct reader readers[MAX_JOBS];
    int jobs;
    struct crew *crew;
    FILE *output, *errors;      // NULL: standard ones
    char state[4096];           // the journal's path, "" none
    struct journal journal;     // written so far
    uint64_t passed;            // documents of the first input that a former run has written
    uint64_t read_bytes, done_bytes, all_bytes;
    size_t under_way;           // bytes
    uint64_t documents, rows, failures;
    time_t begin, last_journal, last_progress;
    bool shows_progress;
    enum exit_code code;
};

static void worsen(struct coding *coding, enum exit_code code)
{
    if (code > coding->code)
        coding->code = code;
}

// ---- in the threads -----------------------------------------------------------------------------------------------
// Whether `text` is one of the words, which are joined by commas or hyphens.
static bool lists(const char *words, const char *text)
{
    size_t len = strlen(text);
    for (const char *at = words; *at; at += strspn(at, ",-")) {
        size_t word = strcspn(at, ",");
        if (word == len && memcmp(at, text, len) == 0)
            return true;
        at += word;
    }
    return false;
}

static bool names_all(const karar_report *report, const char *codes)
{
    while (*codes) {
        char code[16];
        size_t len = strcspn(codes, ",-");
        if (len >= sizeof code)
            return false;
        memcpy(code, codes, len);
        code[len] = 0;
        if (len && !karar_report_has_party(report, code))
            return false;
        codes += len;
        codes += strspn(codes, ",-");
    }
    return true;
}

static bool wanted(const struct filter *filter, const karar_report *report)
{
    const char *language = karar_report_language(report), *date = karar_report_date(report);
    if (!filter->all && karar_report_facts(report) == 0)
        return false;
    if (filter->languages && (!language || !lists(filter->languages, language)))
        return false;
    if (filter->since && date && strncmp(date, filter->since, strlen(date) < 10 ? strlen(date) : 10) < 0)
        return false;
    return !filter->parties || names_all(report, filter->parties);
}

static int sink(void *user, const char *bytes, size_t len)
{
    struct buf *out = user;
    buf_add(out, slice_make(bytes, len));
    return out->failed;
}

static void read_task(void *tool, void *user)
{
    const struct reader *reader = tool;
    struct task *task = user;
    karar_report *report = NULL;
    if (task->failed)
        return;
    karar_read_options read = {.size = sizeof read, .facts_only = !reader->filter->all};
    karar_status status = karar_read_item(reader->engine, task->item, &read, &report, &task->error);
    if (report && wanted(reader->filter, report)) {
        karar_write_options options = {.size = sizeof options, .format = reader->format};
        status = karar_report_write(report, &options, sink, &task->out, &task->error);
    }
    task->failed = status != KARAR_OK;
    karar_report_free(report);
}

// ---- in this thread: what comes back ------------------------------------------------------------------------------
static void write_out(struct coding *coding, struct slice rows)
{
    if (rows.len == 0) {
        return;
    } else if (!coding->output) {
        output_sink(coding->arguments->out, rows.at, rows.len);
    } else if (fwrite(rows.at, 1, rows.len, coding->output) != rows.len) {
        complain(coding->arguments->value[OPTION_OUTPUT], "cannot be written");
        worsen(coding, EXIT_FAILED);
    }
    coding->journal.output += rows.len;
}

// The schema of an Arrow stream, or what ends it.
static void write_part(struct coding *coding, karar_status (*part)(karar_sink, void *, karar_error *))
{
    struct buf out;
    karar_error error;
    buf_init(&out, RECORD_MAX);
    if (part(sink, &out, &error)) {
        complain_error(NULL, &error);
        worsen(coding, EXIT_FAILED);
    } else {
        write_out(coding, buf_slice(&out));
    }
    buf_finish(&out);
}

static void write_error(struct coding *coding, const struct task *task)
{
    const char *where = task->item ? karar_item_uri(task->item) : task->path;
    coding->failures++;
    worsen(coding, EXIT_INPUT);
    if (!coding->errors) {
        complain_error(where, &task->error);
        return;
    }
    struct buf line;
    struct json json;
    buf_init(&line, 65536);
    emit_init(&json, &line, false);
    emit_object(&json);
    emit_key(&json, "uri");
    emit_text(&json, where);
    emit_key(&json, "input");
    emit_text(&json, task->path);
    emit_key(&json, "byte");    // where the document begins, or where the input is bad
    if (task->item || task->error.byte != UINT64_MAX)
        emit_int(&json, (int64_t)(task->item ? karar_item_byte(task->item) : task->error.byte));
    else
        emit_null(&json);
    emit_key(&json, "within");  // and the place within the document
    if (task->item && task->error.byte != UINT64_MAX)
        emit_int(&json, (int64_t)task->error.byte);
    else
        emit_null(&json);
    emit_key(&json, "reason");
    emit_text(&json, *task->error.text ? task->error.text : karar_status_text(task->error.status));
    emit_object_end(&json);
    buf_add_char(&line, '\n');
    if (line.failed || fwrite(line.at, 1, line.len, coding->errors) != line.len) {
        complain(coding->arguments->value[OPTION_ERRORS], "cannot be written");
        worsen(coding, EXIT_FAILED);
    }
    coding->journal.errors += line.len;
    buf_finish(&line);
}

static void keep_journal(struct coding *coding, bool now)
{
    if (!*coding->state || (!now && time(NULL) == coding->last_journal && coding->documents % JOURNAL_STEP))
        return;
    coding->last_journal = time(NULL);
    if (!journal_write(coding->state, &coding->journal, coding->output, coding->errors)) {
        complain(coding->state, "cannot be written");
        worsen(coding, EXIT_FAILED);
    }
}

static void show_progress(struct coding *coding, bool end)
{
    if (!coding->shows_progress || (!end && time(NULL) == coding->last_progress))
        return;
    coding->last_progress = time(NULL);
    double seconds = difftime(coding->last_progress, coding->begin), read = (double)(coding->done_bytes + coding->read_bytes);
    fprintf(stderr, "\r\033[K%" PRIu64 " documents, %" PRIu64 " with rows", coding->documents, coding->rows);
    if (seconds > 0)
        fprintf(stderr, ", %.1f MB/s, %.0f documents/s", read / 1e6 / seconds, (double)coding->documents / seconds);
    if (seconds > 0 && coding->all_bytes && read > 0 && !end)
        fprintf(stderr, ", %.0f s left", ((double)coding->all_bytes - read) * seconds / read);
    if (end)
        fputc('\n', stderr);
}

// The oldest task, written and freed.
static void take_back(struct coding *coding)
{
    struct task *task = crew_take(coding->crew);
    coding->documents++;
    if (task->failed) {
        write_error(coding, task);
    } else {
        coding->rows += task->out.len > 0;
        write_out(coding, buf_slice(&task->out));
    }
    if (task->input != coding->journal.input) {
        coding->journal.input = task->input;
        coding->journal.documents = 0;
    }
    coding->journal.documents++;
    coding->under_way -= karar_item_size(task->item);
    karar_item_free(task->item);
    buf_finish(&task->out);
    free(task);
    keep_journal(coding, false);
    show_progress(coding, false);
}

static bool goes_on(const struct coding *coding)
{
    return coding->code < EXIT_FAILED && !coding->arguments->out->failed;
}

// ---- in this thread: what goes out --------------------------------------------------------------------------------
static bool give(struct coding *coding, const char *path, uint64_t input, karar_item *item, const karar_error *error)
{
    struct task *task = calloc(1, sizeof *task);
    if (!task) {
        karar_item_free(item);
        complain(NULL, "no memory");
        worsen(coding, EXIT_FAILED);
        return false;
    }
    *task = (struct task){.item = item, .path = path, .input = input, .error = *error, .failed = item == NULL};
    buf_init(&task->out, RECORD_MAX);
    while (crew_under_way(coding->crew) &&
           (crew_full(coding->crew) || coding->under_way + karar_item_size(item) > UNDER_WAY_BYTES))
        take_back(coding);
    coding->under_way += karar_item_size(item);
    crew_give(coding->crew, task);
    return true;
}

static void code_input(struct coding *coding, const char *path, uint64_t input)
{
    const char *const *value = coding->arguments->value;
    karar_source_options names = {
        .size = sizeof names, .text_field = value[OPTION_TEXT_FIELD], .title_field = value[OPTION_TITLE_FIELD],
        .date_field = value[OPTION_DATE_FIELD], .url_field = value[OPTION_URL_FIELD],
    };
    karar_source *source = NULL;
    karar_error error = {.byte = UINT64_MAX};
    karar_status status = karar_source_open(path, &names, &source, &error);
    uint64_t number = 0;
    if (status && coding->passed == 0)
        give(coding, path, input, NULL, &error);
    while (!status && goes_on(coding)) {
        karar_item *item = NULL;
        karar_status next = karar_source_next(source, &item, &error);
        if (next == KARAR_NOT_FOUND)
            break;
        coding->read_bytes = karar_source_progress(source);
        if (number++ < coding->passed)
            karar_item_free(item);
        else if (!give(coding, path, input, next ? NULL : item, &error))
            break;
    }
    coding->done_bytes += karar_source_progress(source);
    coding->read_bytes = coding->passed = 0;
    karar_source_close(source);
}

static void code_all(struct coding *coding, const path_vec *paths)
{
    struct stat about;
    for (uint32_t i = 0; i < paths->count; i++)
        if (stat(paths->at[i], &about) == 0 && S_ISREG(about.st_mode))
            coding->all_bytes += (uint64_t)about.st_size;
    for (uint64_t i = coding->journal.input; i < paths->count && goes_on(coding); i++)
        code_input(coding, paths->at[i], i);
    while (crew_under_way(coding->crew))
        take_back(coding);
    if (goes_on(coding)) {
        coding->journal.input = paths->count;
        coding->journal.documents = 0;
        keep_journal(coding, true);
    }
    show_progress(coding, true);
}

// ---- setting up ---------------------------------------------------------------------------------------------------
static FILE *open_file(const char *path, bool keep, uint64_t len)
{
    FILE *file = fopen(path, keep ? "r+e" : "we");
    if (file && keep && (ftruncate(fileno(file), (off_t)len) != 0 || fseeko(file, (off_t)len, SEEK_SET) != 0)) {
        fclose(file);
        file = NULL;
    }
    if (!file)
        complain(path, "cannot be opened for writing");
    return file;
}

static uint64_t run_hash(const struct arguments *arguments, const path_vec *paths)
{
    static const enum option_id ids[] = {OPTION_ROWS, OPTION_LANGS, OPTION_SINCE, OPTION_PARTIES, OPTION_ALL, OPTION_ERRORS,
        OPTION_TEXT_FIELD,
                                         OPTION_TITLE_FIELD, OPTION_DATE_FIELD, OPTION_URL_FIELD};
    uint64_t hash = slice_hash(slice_from(karar_version()));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        hash = hash * 31 + (arguments->value[ids[i]] ? slice_hash(slice_from(arguments->value[ids[i]])) : 7);
    for (uint32_t i = 0; i < paths->count; i++)
        hash = hash * 31 + slice_hash(slice_from(paths->at[i]));
    return hash;
}

static bool open_outputs(struct coding *coding, const path_vec *paths)
{
    const char *output = coding->arguments->value[OPTION_OUTPUT], *errors = coding->arguments->value[OPTION_ERRORS];
    bool resume = coding->arguments->value[OPTION_RESUME] != NULL;
    struct journal old = {0};
    coding->journal.run = run_hash(coding->arguments, paths);
    if (output && snprintf(coding->state, sizeof coding->state, "%s.state", output) >= (int)sizeof coding->state)
        *coding->state = 0;
    bool found = resume && journal_read(coding->state, &old);
    if (found && old.run != coding->journal.run) {
        complain(coding->state, "is of a run with other inputs or options");
        worsen(coding, EXIT_USAGE);
        return false;
    }
    if (found) {
        coding->journal = old;
        coding->passed = old.documents;
    }
    coding->output = output ? open_file(output, found, old.output) : NULL;
    coding->errors = errors ? open_file(errors, found, old.errors) : NULL;
    if ((output && !coding->output) || (errors && !coding->errors)) {
        worsen(coding, EXIT_FAILED);
        return false;
    }
    if (!found && coding->readers[0].format == KARAR_CSV)
        write_out(coding, slice_from(karar_csv_head()));
    if (!found && coding->readers[0].format == KARAR_ARROW)
        write_part(coding, karar_arrow_head);
    keep_journal(coding, true);
    return true;
}

static bool start_crew(struct coding *coding)
{
    void *tools[MAX_JOBS];
    enum exit_code code = EXIT_OK;
    for (int i = 0; i < coding->jobs; i++) {
        coding->readers[i].filter = &coding->filter;
        coding->readers[i].format = coding->readers[0].format;
        coding->readers[i].engine = engine_open(coding->arguments, &code);
        tools[i] = &coding->readers[i];
        worsen(coding, code);
        if (!coding->readers[i].engine)
            return false;
    }
    coding->crew = crew_start(tools, coding->jobs, coding->jobs * TASKS_PER_JOB, read_task);
    if (!coding->crew)
        worsen(coding, EXIT_FAILED);
    return coding->crew != NULL;
}

// The paths of --list, in the arena.
static bool add_list(struct arena *arena, const char *path, path_vec *paths)
{
    char *bytes = NULL;
    size_t len = 0;
    struct error error = {.byte = UINT64_MAX};
    enum status status = path ? file_read(path, LIST_FILE_MAX, &bytes, &len, &error) : STATUS_OK;
    if (status) {
        complain(path, "%s", *error.text ? error.text : status_name(status));
        return false;
    }
    struct slice rest = slice_make(bytes, len);
    status = ARENA_CATCH(arena);
    while (!status && rest.len) {
        struct slice line = slice_trim(slice_cut(&rest, '\n'));
        if (line.len)
            vec_push(arena, paths, arena_copy(arena, line).at);
    }
    free(bytes);
    if (status)
        complain(path, "%s while listing the files", status_name(status));
    return !status;
}

static karar_format rows_format(const char *name)
{
    if (name && strcmp(name, "arrow") == 0)
        return KARAR_ARROW;
    return name && strcmp(name, "csv") == 0 ? KARAR_CSV : KARAR_JSONL;
}

static bool take_arguments(struct coding *coding)
{
    const char *const *value = coding->arguments->value;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int64_t jobs = processors > 0 ? processors : 1;
    jobs = jobs < MAX_JOBS ? jobs : MAX_JOBS;
    if (value[OPTION_JOBS] && (!slice_to_int(slice_from(value[OPTION_JOBS]), &jobs) || jobs < 1 || jobs > MAX_JOBS))
        complain(NULL, "--jobs %s: a number from 1 to %d", value[OPTION_JOBS], MAX_JOBS);
    else if (value[OPTION_SINCE] && !is_day(value[OPTION_SINCE]))
        complain(NULL, "--since %s: a day is written YYYY-MM-DD", value[OPTION_SINCE]);
    else if (value[OPTION_RESUME] && !value[OPTION_OUTPUT])
        complain(NULL, "--resume needs --output");
    else if (rows_format(value[OPTION_ROWS]) == KARAR_ARROW && !value[OPTION_OUTPUT] && isatty(STDOUT_FILENO))
        complain(NULL, "--format arrow is not for a terminal: --output FILE, or a pipe");
    else if (coding->arguments->operand_count == 0 && !value[OPTION_LIST] && isatty(STDIN_FILENO))
        complain(NULL, "no input: name files or folders, or - for standard input");
    else {
        coding->jobs = (int)jobs;
        coding->readers[0].format = rows_format(value[OPTION_ROWS]);
        coding->filter = (struct filter){value[OPTION_LANGS], value[OPTION_SINCE], value[OPTION_PARTIES], value[OPTION_ALL] != NULL};
        return true;
    }
    worsen(coding, EXIT_USAGE);
    return false;
}

static void close_files(struct coding *coding)
{
    const struct {
        FILE *file;
        enum option_id option;
    } files[] = {{coding->output, OPTION_OUTPUT}, {coding->errors, OPTION_ERRORS}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (files[i].file && fclose(files[i].file) != 0) {
            complain(coding->arguments->value[files[i].option], "cannot be written");
            worsen(coding, EXIT_FAILED);
        }
    }
}

static enum exit_code run_code(const struct command *command, const struct arguments *arguments)
{
    (void)command;
    struct coding coding = {.arguments = arguments, .begin = time(NULL)};
    struct arena arena;
    path_vec paths = {0};
    bool many = false;
    if (!take_arguments(&coding))
        return coding.code;
    coding.shows_progress = isatty(STDERR_FILENO) && (arguments->value[OPTION_OUTPUT] || !isatty(STDOUT_FILENO));
    arena_init(&arena, NULL, LIST_MEMORY);
    bool listed = arguments->operand_count == 0 && arguments->value[OPTION_LIST] ? true
                                                                                 : inputs_list(&arena, arguments, &paths, &many,
                                                                                         &coding.code);
    if (!add_list(&arena, arguments->value[OPTION_LIST], &paths))
        worsen(&coding, EXIT_INPUT);
    if (listed && open_outputs(&coding, &paths) && start_crew(&coding))
        code_all(&coding, &paths);
    crew_finish(coding.crew);
    for (int i = 0; i < coding.jobs; i++)
        karar_engine_free(coding.readers[i].engine);
    // behind the journal's last word, which cuts it off again when the run goes on
    if (coding.crew && coding.code < EXIT_FAILED && coding.readers[0].format == KARAR_ARROW)
        write_part(&coding, karar_arrow_tail);
    close_files(&coding);
    arena_finish(&arena);
    return coding.code;
}

const struct command command_code = {
    .name = "code",
    .usage = "[FILE|DIR|-]…",
    .summary = "a corpus into rows: every kind of input, many threads, the same output whatever their number",
    .about = "Reads every document of the inputs and writes those with claims, in the order of the input. What\n"
             "cannot be read is named with its place, and the rest is read. With --output a run that was ended\n"
             "can go on with --resume: no document is lost or doubled.\n",
    .examples = "  karar code crawl/*.warc.gz > records.jsonl\n"
                "  karar code --format csv --parties PAK-RUS --since 2020-01-01 news.jsonl.zst\n"
                "  karar code --output all.jsonl --errors bad.jsonl --resume crawl/\n",
    .options = OPTION_FIELDS | OPTION_BIT(OPTION_ROWS) | OPTION_BIT(OPTION_LANGS) | OPTION_BIT(OPTION_JOBS) | OPTION_BIT(OPTION_OUTPUT) |
               OPTION_BIT(OPTION_ERRORS) | OPTION_BIT(OPTION_RESUME) | OPTION_BIT(OPTION_SINCE) | OPTION_BIT(OPTION_PARTIES) |
               OPTION_BIT(OPTION_ALL) | OPTION_BIT(OPTION_LIST) | OPTION_BIT(OPTION_PACK) | OPTION_BIT(OPTION_HELP),
    .keeps = KEEPS_FILES,
    .run = run_code,
};
