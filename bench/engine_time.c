// SPDX-License-Identifier: MIT
// The engine alone, for bench/python.py: the processor's time that one thread needs to read documents that lie in memory already.
// engine_time FILE FORMAT ROUNDS; FILE holds, for each document, a line with its length and its bytes; FORMAT is jsonl or batch.
#include <karar/karar.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct text {
    char *at;
    size_t len;
};

static int drop(void *user, const char *bytes, size_t len)
{
    (void)bytes;
    *(size_t *)user += len;
    return 0;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double read_all(karar_engine *engine, const struct text *texts, size_t count, int is_batch, size_t *facts)
{
    const karar_write_options line = {.size = sizeof line, .format = KARAR_JSONL};
    double begin = now();
    karar_batch *batch = NULL;
    size_t written = 0;
    karar_batch_new(&batch, NULL);
    for (size_t i = 0; i < count; i++) {
        karar_report *report = NULL;
        if (karar_read(engine, texts[i].at, texts[i].len, NULL, &report, NULL))
            exit(1);
        *facts += karar_report_facts(report);
        if (is_batch ? karar_batch_add(batch, report, NULL) : karar_report_write(report, &line, drop, &written, NULL))
            exit(1);
        karar_report_free(report);
    }
    karar_batch_free(batch);
    return now() - begin;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 4 ? fopen(argv[1], "rb") : NULL;
    struct text *texts = NULL;
    size_t count = 0, len, facts = 0;
    karar_engine *engine = NULL;
    if (!file || karar_engine_new(NULL, &engine, NULL))
        return 1;
    while (fscanf(file, "%zu", &len) == 1 && fgetc(file) == '\n') {
        texts = realloc(texts, (count + 1) * sizeof *texts);
        texts[count] = (struct text){malloc(len + 1), len};
        if (fread(texts[count++].at, 1, len, file) != len)
            return 1;
    }
    read_all(engine, texts, count / 10 + 1, 0, &facts);     // packs are open then
    for (int round = 0; round < atoi(argv[3]); round++) {
        facts = 0;
        double seconds = read_all(engine, texts, count, strcmp(argv[2], "batch") == 0, &facts);
        printf("%.6f %zu\n", seconds, facts);
        fflush(stdout);
    }
    return 0;
}
