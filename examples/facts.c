// SPDX-License-Identifier: MIT
// The facts of one report, each with the words that say so: facts REPORT [LANGUAGE [DATE]]
#include <karar/karar.h>
#include <stdio.h>
#include <stdlib.h>

static char text[8 << 20];      // a report has 8 MiB at most

static int fail(const karar_error *error)
{
    fprintf(stderr, "facts: %s\n", error->text);
    return 1;
}

int main(int argc, char **argv)
{
    karar_engine *engine = NULL;
    karar_report *report = NULL;
    karar_error error;
    karar_fact fact = {.size = sizeof fact};
    karar_read_options options = {.size = sizeof options, .language = argc > 2 ? argv[2] : NULL, .date = argc > 3 ? argv[3] : NULL};
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : stdin;
    if (!file)
        return perror(argv[1]), 1;
    size_t len = fread(text, 1, sizeof text, file);
    if (karar_engine_new(NULL, &engine, &error) || karar_read(engine, text, len, &options, &report, &error))
        return karar_engine_free(engine), fail(&error);
    for (uint32_t i = 0; karar_report_fact(report, i, &fact, NULL) == KARAR_OK; i++)
        printf("%s\t%s\t%s\t%s\t%s\t%llu-%llu\t%s\n", fact.id, fact.kind, fact.status, fact.parties, fact.date ? fact.date : "",
               (unsigned long long)fact.char_begin, (unsigned long long)fact.char_end, fact.quote ? fact.quote : "");
    karar_report_free(report);
    karar_engine_free(engine);
    return 0;
}
