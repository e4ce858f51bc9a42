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
    const char *language_hint;         /* what is said of its language, believed only where the text tells too little; NULL: nothing */
    const char *publisher;             /* as it stands outside the text; NULL: from the text */
    int facts_only;                    /* 1: where a first look shows that a text states no fact, it is not read: KARAR_OK, *report NULL */
} karar_read_options;

/* ---- sources: the documents inside files of any kind ------------------------------------------------------------------------------------
 * Plain text in any usual encoding, HTML, PDF (with pdftotext installed), mail, JSON Lines, CSV, WARC and WET, each also packed by gzip or
 * zstd; told by content. A source is used by one thread at a time; items may be read by other threads, each with its own engine. The first
 * source is opened before threads read. */
typedef struct karar_source karar_source;
typedef struct karar_item karar_item;

typedef struct karar_source_options {
    size_t size;
    const char *text_field, *title_field, *date_field, *url_field;    /* of JSON Lines and CSV; NULL: the usual names */
} karar_source_options;

/* path "-": standard input. options may be NULL. */
KARAR_API karar_status karar_source_open(const char *path, const karar_source_options *options, karar_source **source, karar_error *error);
KARAR_API void karar_source_close(karar_source *source);
/* Bytes read of the file so far. */
KARAR_API uint64_t karar_source_progress(const karar_source *source);
/* KARAR_NOT_FOUND: no more documents. Any other failure names what was left out (error->byte: where in the unpacked input); the next call
 * goes on behind it. */
KARAR_API karar_status karar_source_next(karar_source *source, karar_item **item, karar_error *error);
/* A document in memory (one that was fetched, say): a page, a PDF, a mail or a text, told by content. uri names it in the record;
 * charset is the encoding that came with it, NULL none. Bytes are copied. */
KARAR_API karar_status karar_item_new(const char *bytes, size_t len, const char *uri, const char *charset, karar_item **item,
                                      karar_error *error);
KARAR_API void karar_item_free(karar_item *item);
KARAR_API const char *karar_item_uri(const karar_item *item);
KARAR_API uint64_t karar_item_byte(const karar_item *item);
KARAR_API size_t karar_item_size(const karar_item *item);
/* The text that would be read, as UTF-8 with a NUL behind; the caller frees it with free(). */
KARAR_API karar_status karar_item_text(const karar_item *item, char **text, size_t *len, karar_error *error);
/* As karar_read; uri, and what options leave open, come from the item. Offsets count in the text of karar_item_text. */
KARAR_API karar_status karar_read_item(karar_engine *engine, const karar_item *item, const karar_read_options *options,
                                       karar_report **report, karar_error *error);

/* KARAR_CSV: a row a claim, without the head that karar_csv_head gives. KARAR_ARROW: the same as a record batch of an Arrow IPC stream,
 * which karar_arrow_head begins and karar_arrow_tail ends. */
typedef enum karar_format { KARAR_JSON, KARAR_JSONL, KARAR_TEXT, KARAR_CSV, KARAR_ARROW } karar_format;

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
KARAR_API const char *karar_csv_head(void);
KARAR_API karar_status karar_arrow_head(karar_sink sink, void *user, karar_error *error);
KARAR_API karar_status karar_arrow_tail(karar_sink sink, void *user, karar_error *error);
/* 1 if the report names this party ("PAK"). */
KARAR_API int karar_report_has_party(const karar_report *report, const char *code);
/* The date of the report, its own or the given one, EDTF; NULL if none. */
KARAR_API const char *karar_report_date(const karar_report *report);
/* The date that the report was given (by the caller or its input), EDTF; NULL if none. */
KARAR_API const char *karar_report_given_date(const karar_report *report);
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
/* Why a claim ("m1", "i2", "c3", "p1", "b1", "PAK") was made: rules, lexicon entries, words. Words of the
 * report instead of a claim: why they became none. KARAR_NOT_FOUND if there is neither. */
KARAR_API karar_status karar_report_why(const karar_report *report, const char *claim, karar_sink sink, void *user, karar_error *error);

/* Checks a pack folder: every fault as a line "file:line:column: text" to the sink; runs every rule's examples.
 * KARAR_BAD_PACK if there was one.
 * *rules and *examples tell how much was checked. */
KARAR_API karar_status karar_pack_check(const char *folder, karar_sink sink, void *user, uint32_t *rules, uint32_t *examples,
                                        karar_error *error);

/* ---- the register: many reports, one account, in one SQLite file ----------------------------------------------------------------------
 * A handle is used by one thread at a time; several programs may use the file. Ids are the strings that the answers show. */
typedef struct karar_register karar_register;

/* KARAR_BAD_ARGUMENT: no register of karar, or written by a newer karar; the file is left as it is. `create`: made if it is not there. A
 * file of an older version is brought to this one; karar_register_copy names the copy of it that was made before,
         and is NULL if nothing was to do. */
KARAR_API karar_status karar_register_open(const char *path, int create, karar_register **reg, karar_error *error);
KARAR_API const char *karar_register_copy(const karar_register *reg);
KARAR_API void karar_register_close(karar_register *reg);

typedef struct karar_add_options {
    size_t size;
    const char *author;                /* who adds; NULL: "unknown" */
    const char *language, *date;       /* as they were given to karar_read, so that a rebuild reads alike; NULL: none */
} karar_add_options;
/* Stores the report and what it says, all or nothing: on KARAR_OK it is on the disk. The same bytes again change nothing (*is_new 0).
 * id receives twelve digits and a NUL. */
KARAR_API karar_status karar_register_add(karar_register *reg, const karar_report *report, const karar_add_options *options, int *is_new,
                                          char id[13], karar_error *error);

typedef enum karar_table { KARAR_TABLE_TEXT, KARAR_TABLE_JSON, KARAR_TABLE_CSV, KARAR_TABLE_CALENDAR } karar_table;
typedef struct karar_question {
    size_t size;
    const char *name;                  /* bodies sessions instruments commitments people show search documents idle diff
                                          decisions calendar brief why */
    const char *pair, *id, *words;     /* NULL: any */
    const char *as_of;                 /* YYYY-MM-DD: only what was said until then; NULL: today */
    int64_t years, limit;              /* limit 0: a thousand rows */
    karar_table format;
    int colour;
    uint32_t width;
} karar_question;
/* *rows: how many were found. KARAR_NOT_FOUND: no such question. */
KARAR_API karar_status karar_register_ask(karar_register *reg, const karar_question *question, karar_sink sink, void *user, uint64_t *rows,
                                          karar_error *error);

typedef struct karar_decision {
    size_t size;
    const char *action;                /* accept reject edit merge split undo */
    const char *target, *field, *value;
    const char *author, *reason;
} karar_decision;
KARAR_API karar_status karar_register_decide(karar_register *reg, const karar_decision *decision, int64_t *number, karar_error *error);

/* Reads every stored report again, a thread an engine; decisions stay. Differences go to the sink as a table. progress may be NULL. */
typedef void (*karar_progress)(void *user, uint64_t done, uint64_t count);
KARAR_API karar_status karar_register_rebuild(karar_register *reg, karar_engine *const *engines, uint32_t engine_count,
        karar_progress progress,
                                              void *progress_user, karar_table format, karar_sink sink, void *user, uint64_t *differences,
                                              karar_error *error);

/* Checks hashes and spans; each fault is a row to the sink. KARAR_OK even with faults: *faults counts them. */
KARAR_API karar_status karar_register_verify(karar_register *reg, karar_table format, karar_sink sink, void *user, uint64_t *documents,
                                             uint64_t *spans, uint64_t *faults, karar_error *error);

#ifdef __cplusplus
}
#endif
#endif
