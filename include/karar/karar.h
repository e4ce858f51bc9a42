/* SPDX-License-Identifier: MIT
 * karar: who met whom, what was signed, what was promised, and the words that say so.
 *
 * One engine (karar_engine) holds the language packs; it may be used by one thread at a time, several engines by several threads. Nothing
 * here prints, exits or keeps global state. Strings that are handed out belong to the handle they came from and live until it is freed.
 * Offsets are bytes or code points of the report's UTF-8 text as stored, half open, as each name says.
 */
#ifndef KARAR_H
#define KARAR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KARAR_VERSION "0.1.0"
#define KARAR_API __attribute__((visibility("default")))

typedef enum karar_status {
    KARAR_OK = 0,
    KARAR_NO_MEMORY = -1,
    KARAR_LIMIT = -2,
    KARAR_IO = -3,
    KARAR_BAD_ENCODING = -4,
    KARAR_BINARY = -5,
    KARAR_EMPTY = -6,
    KARAR_BAD_PACK = -7,
    KARAR_NOT_FOUND = -8,
    KARAR_BAD_ARGUMENT = -9,
    KARAR_NO_LANGUAGE = -10
} karar_status;

/* line and column count from 1, 0 = unknown; byte counts from 0, UINT64_MAX = unknown. */
typedef struct karar_error {
    karar_status status;
    char file[512];
    uint32_t line, column;
    uint64_t byte;
    char text[512];
} karar_error;

typedef struct karar_engine karar_engine;
typedef struct karar_report karar_report;

typedef struct karar_options {
    size_t size;                       /* sizeof(karar_options) */
    const char *const *pack_folders;   /* further packs; NULL: none */
    uint32_t pack_folder_count;
} karar_options;

typedef struct karar_read_options {
    size_t size;                       /* sizeof(karar_read_options) */
    const char *uri;                   /* path or address, for the record; NULL: "-" */
    const char *language;              /* BCP 47 tag; NULL: told from the text */
    const char *date;                  /* EDTF date of the report; NULL: from the text */
} karar_read_options;

typedef enum karar_format { KARAR_JSON, KARAR_JSONL, KARAR_TEXT } karar_format;

/* Receives output in pieces; returns 0 to go on, anything else to stop with KARAR_IO. */
typedef int (*karar_sink)(void *user, const char *bytes, size_t len);

KARAR_API const char *karar_version(void);
KARAR_API const char *karar_status_text(karar_status status);

/* options may be NULL; error may be NULL everywhere. */
KARAR_API karar_status karar_engine_new(const karar_options *options, karar_engine **engine, karar_error *error);
KARAR_API void karar_engine_free(karar_engine *engine);
/* Tag of the n-th language, NULL past the end. */
KARAR_API const char *karar_language(const karar_engine *engine, uint32_t n);

/* Reads one report. `bytes` is copied. */
KARAR_API karar_status karar_read(karar_engine *engine, const char *bytes, size_t len, const karar_read_options *options,
                                  karar_report **report, karar_error *error);
KARAR_API void karar_report_free(karar_report *report);
/* Language tag of the report; NULL if no pack reads it. */
KARAR_API const char *karar_report_language(const karar_report *report);
/* Number of facts (meetings, instruments, commitments). */
KARAR_API uint32_t karar_report_facts(const karar_report *report);

/* Text format: `colour` adds ANSI colours, `width` wraps at that many columns (0: no wrap). */
typedef struct karar_write_options {
    size_t size;
    karar_format format;
    int colour;
    uint32_t width;
} karar_write_options;
KARAR_API karar_status karar_report_write(const karar_report *report, const karar_write_options *options, karar_sink sink, void *user,
                                          karar_error *error);
/* Every layer of the reading, as stable text. */
KARAR_API karar_status karar_report_explain(const karar_report *report, karar_sink sink, void *user, karar_error *error);
/* Why a claim ("m1", "i2", "c3", "p1", "b1", "PAK") was made: rules, lexicon entries, words. KARAR_NOT_FOUND if there is no such claim. */
KARAR_API karar_status karar_report_why(const karar_report *report, const char *claim, karar_sink sink, void *user, karar_error *error);

/* Checks a pack folder: every fault as a line "file:line:column: text" to the sink; runs every rule's examples.
 * KARAR_BAD_PACK if there was one.
 * *rules and *examples tell how much was checked. */
KARAR_API karar_status karar_pack_check(const char *folder, karar_sink sink, void *user, uint32_t *rules, uint32_t *examples,
                                        karar_error *error);

#ifdef __cplusplus
}
#endif
#endif
