// SPDX-License-Identifier: MIT
// Questions and decisions as somebody types them, over a register of two samples. Lines: name of the question or "decide" and an action,
// pair or target, id or field, words or value, the day. Promises: any words are answered or refused with a reason, answers are whole JSON,
// and whatever is decided the register's spans hold.
#include "answer.h"

#include <string.h>
#include <unistd.h>

#include "karar/karar.h"

static char path[] = "/tmp/karar-fuzz-XXXXXX";

static void forget(void)
{
    static const char *const behind[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char *name = NULL;
        if (asprintf(&name, "%s%s", path, behind[i]) > 0)
            unlink(name);
        free(name);
    }
}

static void add(karar_register *reg, karar_engine *engine, const char *root, const char *sample)
{
    char *name = NULL, id[13];
    karar_source *source;
    karar_item *item;
    karar_report *report;
    int is_new;
    fuzz_check(asprintf(&name, "%s/samples/%s", root, sample) > 0);
    fuzz_check(karar_source_open(name, NULL, &source, NULL) == KARAR_OK && karar_source_next(source, &item, NULL) == KARAR_OK);
    fuzz_check(karar_read_item(engine, item, NULL, &report, NULL) == KARAR_OK);
    fuzz_check(karar_register_add(reg, report, NULL, &is_new, id, NULL) == KARAR_OK);
    karar_report_free(report);
    karar_item_free(item);
    karar_source_close(source);
    free(name);
}

static karar_register *make(void)
{
    const char *root = getenv("KARAR_ROOT");
    karar_engine *engine;
    karar_register *reg;
    int file = mkstemp(path);
    fuzz_check(root && file >= 0);
    close(file);
    unlink(path);
    atexit(forget);
    fuzz_check(karar_engine_new(NULL, &engine, NULL) == KARAR_OK && karar_register_open(path, 1, &reg, NULL) == KARAR_OK);
    add(reg, engine, root, "en-session-9.txt");
    add(reg, engine, root, "ur-session-10.txt");
    karar_engine_free(engine);
    return reg;
}

static void ask(karar_register *reg, char *const *line)
{
    karar_question question = {.size = sizeof question, .name = line[0], .format = KARAR_TABLE_JSON, .limit = 50, .years = 5};
    question.pair = line[1][0] ? line[1] : NULL;
    question.id = line[2][0] ? line[2] : NULL;
    question.words = line[3][0] ? line[3] : NULL;
    question.as_of = line[4][0] ? line[4] : NULL;
    struct answer answer = {0};
    karar_error error = {0};
    uint64_t rows = 0;
    if (karar_register_ask(reg, &question, answer_gather, &answer, &rows, &error) == KARAR_OK) {
        if (strcmp(question.name, "calendar") != 0)
            answer_check_json(&answer);
    } else {
        fuzz_check(error.text[0]);
    }
    free(answer.at);
}

static void decide(karar_register *reg, char *const *line)
{
    karar_decision decision = {.size = sizeof decision, .action = line[0] + strlen("decide "), .target = line[1], .field = line[2],
                               .value = line[3], .author = "fuzz", .reason = line[4]};
    karar_error error = {0};
    int64_t number = 0;
    uint64_t documents, spans, faults = 0;
    struct answer out = {0};
    if (karar_register_decide(reg, &decision, &number, &error) == KARAR_OK) {
        fuzz_check(karar_register_verify(reg, KARAR_TABLE_JSON, answer_gather, &out, &documents, &spans, &faults, NULL) == KARAR_OK);
        fuzz_check(faults == 0 && documents == 2);
        decision = (karar_decision){.size = sizeof decision, .action = "undo", .author = "fuzz", .reason = "fuzz", .target = NULL};
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)number);
        decision.target = text;
        karar_register_decide(reg, &decision, &number, NULL);
    } else {
        fuzz_check(error.text[0]);
    }
    free(out.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static karar_register *reg;
    char *line[5];
    if (!reg)
        reg = make();
    for (int i = 0; i < 5; i++)
        line[i] = fuzz_line(&bytes, &len);
    if (strncmp(line[0], "decide ", 7) == 0)
        decide(reg, line);
    else
        ask(reg, line);
    for (int i = 0; i < 5; i++)
        free(line[i]);
    return 0;
}
