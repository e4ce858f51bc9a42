// SPDX-License-Identifier: MIT
// An input of any kind, from a file: gzip and zstd, JSON Lines, CSV, WARC and WET, mailboxes. Promises: it comes to an end, texts are
// UTF-8, positions do not go back, and the record of the first document is whole JSON whatever stood in its fields.
#include "fuzz.h"

#include <jansson.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/slice.h"
#include "karar/karar.h"
#include "unicode/utf8.h"

struct record {
    char bytes[1 << 16];
    size_t len;
};

static int gather(void *user, const char *bytes, size_t len)
{
    struct record *record = user;
    if (len > sizeof record->bytes - record->len)
        return 1;
    memcpy(record->bytes + record->len, bytes, len);
    record->len += len;
    return 0;
}

static void read_record(const karar_item *item)
{
    static karar_engine *engine;
    karar_report *report;
    struct record record = {.len = 0};
    karar_write_options options = {.size = sizeof options, .format = KARAR_JSONL};
    if (!engine)
        fuzz_check(karar_engine_new(NULL, &engine, NULL) == KARAR_OK);
    if (karar_read_item(engine, item, NULL, &report, NULL) != KARAR_OK)
        return;
    if (karar_report_write(report, &options, gather, &record, NULL) == KARAR_OK) {
        json_t *value = json_loadb(record.bytes, record.len, 0, NULL);
        fuzz_check(value);
        json_decref(value);
    }
    karar_report_free(report);
}

static void take(karar_item *item)
{
    char *text = NULL;
    size_t len = 0;
    fuzz_check(karar_item_uri(item)[0]);
    if (karar_item_text(item, &text, &len, NULL) == KARAR_OK)
        fuzz_check(utf8_valid_prefix((struct slice){text, len}) == len && text[len] == '\0');
    free(text);
    karar_item_free(item);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char path[64];
    karar_source *source;
    karar_item *item;
    karar_error error;
    if (memmem(bytes, len, "%PDF", 4))
        return 0;       // runs a program: fuzz_pdf.c
    int file = memfd_create("fuzz", 0);
    fuzz_check(file >= 0 && write(file, bytes, len) == (ssize_t)len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (karar_source_open(path, NULL, &source, &error) == KARAR_OK) {
        uint64_t at = 0, steps = 0;
        for (;; steps++) {
            karar_status status = karar_source_next(source, &item, &error);
            if (status == KARAR_NOT_FOUND)
                break;
            fuzz_check(steps <= 2 * len + 16);      // each step goes on
            if (status == KARAR_OK) {
                fuzz_check(karar_item_byte(item) >= at);
                at = karar_item_byte(item);
                if (!steps)
                    read_record(item);
                take(item);
            } else {
                fuzz_check(error.text[0]);
            }
            if (status == KARAR_NO_MEMORY || status == KARAR_IO)
                break;
        }
        karar_source_close(source);
    } else {
        fuzz_check(error.text[0]);
    }
    close(file);
    return 0;
}
