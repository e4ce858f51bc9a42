// SPDX-License-Identifier: MIT
// Every document inside files of any kind (text, HTML, PDF, mail, JSON Lines, CSV, WARC; packed or not) as a record a line:
// corpus FILE… > records.jsonl
#include <karar/karar.h>
#include <stdio.h>

static int write_out(void *out, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, out) != len;
}

// 0: read to the end; what cannot be read is told with its place and left out.
static int read_file(karar_engine *engine, const char *path)
{
    const karar_write_options line = {.size = sizeof line, .format = KARAR_JSONL};
    karar_source *source = NULL;
    karar_item *item = NULL;
    karar_error error;
    int left_out = 0;
    karar_status status = karar_source_open(path, NULL, &source, &error);
    while (!status && (status = karar_source_next(source, &item, &error)) != KARAR_NOT_FOUND) {
        karar_report *report = NULL;
        if (!status)
            status = karar_read_item(engine, item, NULL, &report, &error);
        if (!status)
            status = karar_report_write(report, &line, write_out, stdout, &error);
        if (status)
            fprintf(stderr, "%s: %s\n", path, error.text), left_out = 1;
        karar_report_free(report);
        karar_item_free(item);
        item = NULL;
        status = ferror(stdout) ? KARAR_IO : KARAR_OK;
    }
    if (status && status != KARAR_NOT_FOUND)
        fprintf(stderr, "%s: %s\n", path, error.text), left_out = 1;
    karar_source_close(source);
    return left_out;
}

int main(int argc, char **argv)
{
    karar_engine *engine = NULL;
    karar_error error;
    int left_out = 0;
    if (karar_engine_new(NULL, &engine, &error))
        return fprintf(stderr, "corpus: %s\n", error.text), 1;
    for (int i = 1; i < argc; i++)
        left_out |= read_file(engine, argv[i]);
    karar_engine_free(engine);
    return left_out;
}
