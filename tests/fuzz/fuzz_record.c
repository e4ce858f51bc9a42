// SPDX-License-Identifier: MIT
// A record (karar.record/1) of somebody else's making, as `karar export --records` takes it. Promises: it is taken or refused with a
// reason; what is taken can be asked about and exported, and JSON that is written is JSON.
#include "answer.h"

#include "karar/karar.h"

static int count_only(void *user, const char *file, const char *bytes, size_t len)
{
    (void)file, (void)bytes;
    *(size_t *)user += len;
    return 0;
}

static void ask(karar_register *reg, const char *name)
{
    karar_question question = {.size = sizeof question, .name = name, .format = KARAR_TABLE_JSON};
    struct answer answer = {0};
    uint64_t rows = 0;
    fuzz_check(karar_register_ask(reg, &question, answer_gather, &answer, &rows, NULL) == KARAR_OK);
    answer_check_json(&answer);
    free(answer.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const questions[] = {"bodies", "sessions", "instruments", "commitments", "people", "documents"};
    static const char *const formats[] = {"dyad-year", "polecat", "ftm", "w3c", "jsonl"};
    karar_register *reg;
    karar_error error = {0};
    char id[13];
    int is_new = 0;
    fuzz_check(karar_register_temporary(&reg, NULL) == KARAR_OK);
    if (karar_register_add_record(reg, (const char *)bytes, len, &is_new, id, &error) == KARAR_OK) {
        for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
            ask(reg, questions[i]);
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
            karar_export options = {.size = sizeof options, .format = formats[i]};
            size_t written = 0;
            uint64_t rows = 0;
            karar_status status = karar_register_export(reg, &options, count_only, &written, &rows, &error);
            fuzz_check(status == KARAR_OK || error.text[0]);
        }
    } else {
        fuzz_check(error.text[0]);
    }
    karar_register_close(reg);
    return 0;
}
