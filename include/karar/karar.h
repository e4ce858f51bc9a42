/* SPDX-License-Identifier: MIT
 * karar: who met whom, what was signed, what was promised, and the words that say so.
 *
 * An engine (karar_engine) holds the language packs and reads reports; a register keeps what many reports said. Nothing here prints, exits,
 * changes the locale or keeps global state.
 *
 * Strings that are handed out belong to the handle they came from and live until it is freed. Strings that are given are UTF-8, end with
 * NUL and are copied. Offsets are bytes or code points of the report's UTF-8 text as stored, half open, as each name says.
 *
 * Errors: a function that can fail returns a karar_status; *error, where it is given, tells the rest (where, and a sentence that says what
 * is wrong). On failure places for results are left alone, unless a function says otherwise. `error` may be NULL everywhere.
 * karar_…_free and karar_…_close take NULL.
 *
 * Options: structs that a caller fills begin with their own size, so that they can grow. Set `size` to sizeof the struct and what is not
 * wanted to zero: (karar_read_options){.size = sizeof(karar_read_options)}. A program that was compiled with an older header keeps working:
 * fields that its struct lacks count as zero. One that was compiled with a newer header works as long as it leaves zero the fields that
 * this library does not know; else KARAR_BAD_ARGUMENT. Options NULL: every field zero.
 *
 * Threads: different handles may be used by different threads at the same time. One handle is used by one thread at a time; it may pass
 * from thread to thread. An engine and the reports that it read count as different handles, but the engine must outlive its reports.
 * Sinks and progress functions are called in the thread that called the library and must not use the handle that is at work; allocators are
 * called in whatever thread needs memory.
 *
 * Versions: KARAR_VERSION is a semantic version. Until 1.0.0 a new minor version may break programs, a new patch does not; the name of the
 * shared library changes with what breaks them.
 */
#ifndef KARAR_H
#define KARAR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KARAR_VERSION_MAJOR 0
#define KARAR_VERSION_MINOR 1
#define KARAR_VERSION_PATCH 0
#define KARAR_VERSION "0.1.0"

#if defined(__GNUC__)
#define KARAR_API __attribute__((visibility("default")))
#else
#define KARAR_API
#endif

typedef enum karar_status {
    KARAR_OK = 0,
    KARAR_NO_MEMORY = -1,       /* the allocator gave nothing */
    KARAR_LIMIT = -2,           /* a maximum was passed: a report of more than 8 MiB, say */
    KARAR_IO = -3,              /* the operating system refused, or a sink did */
    KARAR_BAD_ENCODING = -4,    /* bytes are no text in a known encoding */
    KARAR_BINARY = -5,          /* NUL bytes or control characters: no text */
    KARAR_EMPTY = -6,           /* no text at all */
    KARAR_BAD_PACK = -7,        /* a language pack has a fault */
    KARAR_NOT_FOUND = -8,       /* there is no such thing; or no more */
    KARAR_BAD_ARGUMENT = -9,    /* the call was wrong */
    KARAR_NO_LANGUAGE = -10     /* no pack reads the language */
} karar_status;

/* line and column count from 1, 0 = unknown; byte counts from 0, UINT64_MAX = unknown. */
typedef struct karar_error {
    karar_status status;
    char file[512];
    uint32_t line, column;
    uint64_t byte;
    char text[512];
} karar_error;

KARAR_API const char *karar_version(void);      /* of the library that runs; KARAR_VERSION is that of the header */
KARAR_API const char *karar_status_text(karar_status status);

/* Receives output in pieces; returns 0 to go on, anything else to stop with KARAR_IO. */
typedef int (*karar_sink)(void *user, const char *bytes, size_t len);

/* Memory, shaped like realloc. old NULL: new memory; new_size 0: frees and returns NULL; else moves the content, up to the smaller size.
 * What it returns is aligned for any type, or NULL if there is none. */
typedef struct karar_allocator {
    void *(*resize)(void *user, void *old, size_t old_size, size_t new_size);
    void *user;
} karar_allocator;

/* ---- engines ------------------------------------------------------------------------------------------------------------------------- */
typedef struct karar_engine karar_engine;
typedef struct karar_report karar_report;

typedef struct karar_options {
    size_t size;                       /* sizeof(karar_options) */
    const char *const *pack_folders;   /* further packs; NULL: none */
    uint32_t pack_folder_count;
    uint32_t reserved;                 /* 0 */
    const karar_allocator *allocator;  /* copied; gives the memory of packs, reports and records. NULL: malloc. Columns, sources,
                                          registers and the libraries below them always use malloc. */
} karar_options;

/* A language's pack is opened when the first text in it arrives. */
KARAR_API karar_status karar_engine_new(const karar_options *options, karar_engine **engine, karar_error *error);
/* Its reports must be freed before. */
KARAR_API void karar_engine_free(karar_engine *engine);
/* Tag of the n-th language, NULL past the end. */
KARAR_API const char *karar_language(const karar_engine *engine, uint32_t n);

/* ---- reading ------------------------------------------------------------------------------------------------------------------------- */
typedef struct karar_read_options {
    size_t size;                       /* sizeof(karar_read_options) */
    const char *uri;                   /* path or address, for the record; NULL: "-" */
    const char *language;              /* BCP 47 tag; NULL: told from the text */
    const char *date;                  /* EDTF date of the report; NULL: from the text */
    const char *language_hint;         /* what is said of its language, believed only where the text tells too little; NULL: nothing */
    const char *publisher;             /* as it stands outside the text; NULL: from the text */
    int facts_only;                    /* 1: where a first look shows that a text states no fact, it is not read: KARAR_OK, *report NULL */
    int reserved;                      /* 0 */
} karar_read_options;

/* Reads one report of at most 8 MiB, in UTF-8. `bytes` is copied. *report is NULL after a failure. */
KARAR_API karar_status karar_read(karar_engine *engine, const char *bytes, size_t len, const karar_read_options *options,
                                  karar_report **report, karar_error *error);
KARAR_API void karar_report_free(karar_report *report);
/* Language tag of the report; NULL if no pack reads it. */
KARAR_API const char *karar_report_language(const karar_report *report);
/* The date of the report, its own or the given one, EDTF; NULL if none. */
KARAR_API const char *karar_report_date(const karar_report *report);
/* The date that the report was given (by the caller or its input), EDTF; NULL if none. */
KARAR_API const char *karar_report_given_date(const karar_report *report);
/* 1 if the report names this party ("PAK"). */
KARAR_API int karar_report_has_party(const karar_report *report, const char *code);
/* Number of facts: meetings, instruments, commitments. */
KARAR_API uint32_t karar_report_facts(const karar_report *report);

/* A fact with what all kinds have in common; the record (karar_report_write) has the rest. Codes are those of the record's schema. */
typedef struct karar_fact {
    size_t size;                       /* sizeof(karar_fact), set by the caller; only as much is filled */
    const char *id;                    /* "m1", "i1", "c1" */
    const char *kind;                  /* meeting, instrument, commitment */
    const char *type;                  /* of a meeting or instrument; else NULL */
    const char *status;                /* of a commitment its stance */
    const char *parties;               /* "PAK RUS" */
    const char *date;                  /* EDTF; of a commitment its deadline; NULL: none */
    const char *city;                  /* its English name; NULL: none */
    const char *sectors;               /* "trade energy"; "": none */
    const char *quote;                 /* words that it rests on: quote_len bytes and a NUL; NULL: none */
    size_t quote_len;
    uint64_t begin, end;               /* of the quote, in bytes */
    uint64_t char_begin, char_end;     /* and in code points */
    uint32_t ordinal;                  /* of a session; 0: none */
    uint32_t reserved;
} karar_fact;
/* The n-th fact, from 0; its strings belong to the report. KARAR_NOT_FOUND: there are not so many. */
KARAR_API karar_status karar_report_fact(karar_report *report, uint32_t n, karar_fact *fact, karar_error *error);

/* KARAR_JSON, KARAR_JSONL: the record (schema/record.schema.json), on many lines or on one. KARAR_TEXT: a page to read. KARAR_CSV: a row a
 * claim, without the head that karar_csv_head gives. KARAR_ARROW: the same as a record batch of an Arrow IPC stream, which
 * karar_arrow_head begins and karar_arrow_tail ends. */
typedef enum karar_format { KARAR_JSON, KARAR_JSONL, KARAR_TEXT, KARAR_CSV, KARAR_ARROW } karar_format;

typedef struct karar_write_options {
    size_t size;                       /* sizeof(karar_write_options) */
    karar_format format;
    int colour;                        /* KARAR_TEXT: 1 adds ANSI colours */
    uint32_t width;                    /* KARAR_TEXT: wraps at that many columns; 0: no wrap */
    uint32_t reserved;                 /* 0 */
} karar_write_options;
KARAR_API karar_status karar_report_write(const karar_report *report, const karar_write_options *options, karar_sink sink, void *user,
                                          karar_error *error);
KARAR_API const char *karar_csv_head(void);
KARAR_API karar_status karar_arrow_head(karar_sink sink, void *user, karar_error *error);
KARAR_API karar_status karar_arrow_tail(karar_sink sink, void *user, karar_error *error);
/* Every layer of the reading, as stable text. */
KARAR_API karar_status karar_report_explain(const karar_report *report, karar_sink sink, void *user, karar_error *error);
/* Why a claim ("m1", "i2", "c3", "p1", "b1", "PAK") was made: rules, lexicon entries, words. Words of the
 * report instead of a claim: why they became none. KARAR_NOT_FOUND if there is neither. */
KARAR_API karar_status karar_report_why(const karar_report *report, const char *claim, karar_sink sink, void *user, karar_error *error);

/* ---- batches: the claims of many reports as columns -----------------------------------------------------------------------------------
 * The columns of KARAR_ARROW, handed over without a copy by the Arrow C data interface, so that every Arrow library takes them. The structs
 * are those that the interface defines; its guards let them stand beside those of another header. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *schema);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *array);
    void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *stream, struct ArrowSchema *schema);
    int (*get_next)(struct ArrowArrayStream *stream, struct ArrowArray *array);
    const char *(*get_last_error)(struct ArrowArrayStream *stream);
    void (*release)(struct ArrowArrayStream *stream);
    void *private_data;
};
#endif

typedef struct karar_batch karar_batch;
KARAR_API karar_status karar_batch_new(karar_batch **batch, karar_error *error);
KARAR_API void karar_batch_free(karar_batch *batch);
/* A row a claim of the report, all or nothing. KARAR_LIMIT: a column would pass 1 GiB; hand the batch over first. */
KARAR_API karar_status karar_batch_add(karar_batch *batch, const karar_report *report, karar_error *error);
KARAR_API uint32_t karar_batch_rows(const karar_batch *batch);
/* Hands the rows over as an array of structs, a child a column; the batch is empty then and may be filled again. The receiver calls
 * array->release, in any thread, also after everything else of karar was freed. */
KARAR_API karar_status karar_batch_export(karar_batch *batch, struct ArrowArray *array, karar_error *error);
/* Names and types of the columns. The receiver calls schema->release. */
KARAR_API karar_status karar_batch_schema(struct ArrowSchema *schema, karar_error *error);

/* ---- sources: the documents inside files of any kind ------------------------------------------------------------------------------------
 * Plain text in any usual encoding, HTML, PDF (with pdftotext installed), mail, JSON Lines, CSV, WARC and WET, each also packed by gzip or
 * zstd; told by content. Items may be read by other threads than their source's, each with its own engine. */
typedef struct karar_source karar_source;
typedef struct karar_item karar_item;

typedef struct karar_source_options {
    size_t size;                       /* sizeof(karar_source_options) */
    const char *text_field, *title_field, *date_field, *url_field;    /* of JSON Lines and CSV; NULL: the usual names */
} karar_source_options;

/* path "-": standard input. */
KARAR_API karar_status karar_source_open(const char *path, const karar_source_options *options, karar_source **source, karar_error *error);
/* The same of a file that lies in memory (one that was sent, say); `name` stands for its path. Bytes must outlive the source. */
KARAR_API karar_status karar_source_memory(const char *bytes, size_t len, const char *name, const karar_source_options *options,
                                           karar_source **source, karar_error *error);
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

/* ---- packs --------------------------------------------------------------------------------------------------------------------------- */
/* Checks a pack folder: every fault as a line "file:line:column: text" to the sink; runs every rule's examples.
 * KARAR_BAD_PACK if there was one.
 * *rules and *examples tell how much was checked. */
KARAR_API karar_status karar_pack_check(const char *folder, karar_sink sink, void *user, uint32_t *rules, uint32_t *examples,
                                        karar_error *error);

/* ---- the register: many reports, one account, in one SQLite file ----------------------------------------------------------------------
 * Several handles and programs may use the file. Ids are the strings that the answers show. */
typedef struct karar_register karar_register;

/* KARAR_BAD_ARGUMENT: no register of karar, or written by a newer karar; the file is left as it is. `create`: made if it is not there. A
 * file of an older version is brought to this one; karar_register_copy names the copy of it that was made before, and is NULL if nothing
 * was to do. */
KARAR_API karar_status karar_register_open(const char *path, int create, karar_register **reg, karar_error *error);
KARAR_API const char *karar_register_copy(const karar_register *reg);
KARAR_API void karar_register_close(karar_register *reg);

typedef struct karar_add_options {
    size_t size;                       /* sizeof(karar_add_options) */
    const char *author;                /* who adds; NULL: "unknown" */
    const char *language, *date;       /* as they were given to karar_read, so that a rebuild reads alike; NULL: none */
} karar_add_options;
/* Stores the report and what it says, all or nothing: on KARAR_OK it is on the disk. The same bytes again change nothing (*is_new 0).
 * id receives twelve digits and a NUL. */
KARAR_API karar_status karar_register_add(karar_register *reg, const karar_report *report, const karar_add_options *options, int *is_new,
                                          char id[13], karar_error *error);

/* A register for a while: it is gone when it is closed. */
KARAR_API karar_status karar_register_temporary(karar_register **reg, karar_error *error);
/* Adds a record (JSON, karar.record/1) without its report's text, so that records can be exported and asked. Only in a temporary
 * register. */
KARAR_API karar_status karar_register_add_record(karar_register *reg, const char *json, size_t len, int *is_new, char id[13],
                                                 karar_error *error);

typedef enum karar_table { KARAR_TABLE_TEXT, KARAR_TABLE_JSON, KARAR_TABLE_CSV, KARAR_TABLE_CALENDAR } karar_table;
typedef struct karar_question {
    size_t size;                       /* sizeof(karar_question) */
    const char *name;                  /* bodies sessions instruments commitments people show search documents idle diff
                                          decisions calendar brief why */
    const char *pair, *id, *words;     /* NULL: any */
    const char *as_of;                 /* YYYY-MM-DD: only what was said until then; NULL: today */
    int64_t years, limit;              /* limit 0: a thousand rows; a calendar: all */
    karar_table format;
    int colour;
    uint32_t width;
    uint32_t reserved;                 /* 0 */
    int64_t skip;                      /* rows left out before the first one, to go on where an answer ended (not for "brief") */
    const char *languages;             /* BCP 47, parted by blanks, the dearest first ("ur en"): sentences, topics and names are shown in
                                          them where a report in them says the same; NULL: those of the report that tells most */
} karar_question;
/* *rows: how many were found. KARAR_NOT_FOUND: no such question. */
KARAR_API karar_status karar_register_ask(karar_register *reg, const karar_question *question, karar_sink sink, void *user, uint64_t *rows,
                                          karar_error *error);

/* ---- exports: the account in the formats of other programs ------------------------------------------------------------------------------
 * The register is seen at one moment; the same register and options give the same bytes, whatever the day. */
/* The name of the n-th format, NULL past the end. *file: its main file, NULL if there are several of one rank; *about: one line. Either may
 * be NULL. */
KARAR_API const char *karar_export_format(uint32_t n, const char **file, const char **about);
typedef struct karar_export {
    size_t size;
    const char *format;
    const char *pair;                  /* "PAK-RUS"; or the id of a body, "PAK-RUS/commission": its sessions, and what was signed or
                                          promised at them; NULL: all */
    const char *as_of;                 /* YYYY-MM-DD: only what was said until then; NULL: all, seen from the day of the latest report */
    const char *since, *until;         /* YYYY-MM-DD: only what happened, or else was said, in that time; NULL: any */
} karar_export;
/* Receives the files of an export one after the other, in pieces; a new name (without folder) begins a new file. Returns 0 to go on. */
typedef int (*karar_file_sink)(void *user, const char *file, const char *bytes, size_t len);
/* *rows: how many rows the tables hold. KARAR_NOT_FOUND: no such format. The sink is called while the register is read and must not use
 * it. */
KARAR_API karar_status karar_register_export(karar_register *reg, const karar_export *options, karar_file_sink sink, void *user,
                                             uint64_t *rows, karar_error *error);

/* The same row by row, for programs that want the values and no table (not for "brief"). A value is text that ends in NUL, or NULL where
 * there is none; all of a row lives until the sink returns, which gives 0 to go on. The register's read transaction is open meanwhile: the
 * sink takes its time at the cost of other programs' space, and must return. KARAR_IO if the sink stopped. */
typedef struct karar_row {
    size_t count;
    const char *const *names;
    const char *const *texts;
    const size_t *lengths;             /* bytes without the NUL */
} karar_row;
typedef int (*karar_row_sink)(void *user, const karar_row *row);
KARAR_API karar_status karar_register_rows(karar_register *reg, const karar_question *question, karar_row_sink sink, void *user,
                                           karar_error *error);
/* A copy of the file as it is now, while others read and write. `path` must be free (KARAR_BAD_ARGUMENT); the copy is there whole or not at
 * all, readable for its owner. */
KARAR_API karar_status karar_register_backup(karar_register *reg, const char *path, karar_error *error);
/* From now on this handle refuses to write, and keeps less of the file in memory: for those who only answer questions. */
KARAR_API karar_status karar_register_read_only(karar_register *reg, karar_error *error);

typedef struct karar_decision {
    size_t size;                       /* sizeof(karar_decision) */
    const char *action;                /* accept reject unsure edit add merge split judge settle undo */
    const char *target, *field, *value;
    const char *author, *reason;
    const char *words;                 /* add: the words of the report that say so, as they stand there */
    int64_t nth;                       /* add: the how manieth time that they stand there, from 1; 0: they stand there once */
    karar_engine *engine;              /* reads a report again whose date, publisher or language is edited; NULL: no such edits */
} karar_decision;
KARAR_API karar_status karar_register_decide(karar_register *reg, const karar_decision *decision, int64_t *number, karar_error *error);

/* Makes again all that the register says, a thread an engine; decisions stay. Reports are read again where their record, or a row made of
   it, is not as these engines made it; read_all: all of them, and so it is with engines that read packs of folders. Differences go to the
   sink as a table. progress may be NULL. */
typedef void (*karar_progress)(void *user, uint64_t done, uint64_t count);
KARAR_API karar_status karar_register_rebuild(karar_register *reg, karar_engine *const *engines, uint32_t engine_count, int read_all,
                                              karar_progress progress, void *progress_user, karar_table format, karar_sink sink,
                                              void *user, uint64_t *differences, karar_error *error);

/* A register that karar_register_export wrote in the format "register", into one that holds nothing yet: reports with who added them and
 * when, decisions with their numbers; what is derived is read anew, a thread an engine. All or nothing. `feed` gives the next line without
 * its end, which lives until the next call: 1 a line, 0 the end, -1 it cannot be read (KARAR_IO). KARAR_BAD_ARGUMENT: a line is none of
 * such a file (error->line), or the register is not empty. progress may be NULL. */
typedef int (*karar_feed)(void *user, const char **line, size_t *len);
KARAR_API karar_status karar_register_import(karar_register *reg, karar_feed feed, void *feed_user, karar_engine *const *engines,
                                             uint32_t engine_count, karar_progress progress, void *progress_user, uint64_t *documents,
                                             uint64_t *decisions, karar_error *error);

/* Checks hashes and spans; each fault is a row to the sink. KARAR_OK even with faults: *faults counts them. */
KARAR_API karar_status karar_register_verify(karar_register *reg, karar_table format, karar_sink sink, void *user, uint64_t *documents,
                                             uint64_t *spans, uint64_t *faults, karar_error *error);

#ifdef __cplusplus
}
#endif
#endif
