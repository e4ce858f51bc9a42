// SPDX-License-Identifier: MIT
// karar.h: sources. A source hands out the documents of one input; reading one opens what it is packed in.
//
// What is stored of a document, and what offsets count in, is the text that comes out here: a plain text in UTF-8 as it is, the article
// of a page, the text layer of a PDF, the body of a mail. A title that the input tells apart from the text is put before it.
#include "api/source.h"

#include <stdlib.h>

#include "api/handles.h"
#include "door/encoding.h"
#include "door/open.h"
#include "unicode/utf8.h"

#define SOURCE_MEMORY ((size_t)256 << 20)

struct karar_source {
    struct door *door;
    char *path;
};

struct karar_item {
    struct door_item item;
    char *uri;
};

// ---- opening a document ---------------------------------------------------------------------------------------------------------------
struct opened {
    struct slice text, title, date, language, publisher;
};

static enum status open_text(struct arena *arena, struct slice bytes, struct slice charset, struct opened *opened, struct error *error)
{
    struct slice text;
    bool page = door_sniff(bytes, &(struct door_options){NULL}) == DOOR_PAGE;
    if (page && !charset.len)
        charset = encoding_of_page(bytes);
    enum status status = encoding_to_utf8(arena, bytes, charset, &text, NULL, error);
    if (status || !page) {
        opened->text = text;
        return status;
    }
    struct article article;
    status = article_read(arena, text, &article, error);
    if (status)
        return status;
    opened->text = article.text;
    opened->title = (struct slice){NULL, 0};    // it stands in the text already
    if (!opened->date.len)
        opened->date = article.date;
    opened->language = article.language;
    opened->publisher = article.publisher;
    return STATUS_OK;
}

// A title in the encoding that its text is in; without a title where it is in none.
static void open_title(struct arena *arena, struct slice encoding, struct opened *opened)
{
    struct slice title = opened->title;
    if (utf8_valid_prefix(title) < title.len && encoding_to_utf8(arena, title, encoding, &opened->title, NULL, NULL))
        opened->title = (struct slice){NULL, 0};
}

static enum status open_mail(struct arena *arena, struct slice bytes, struct opened *opened, struct error *error)
{
    struct mail mail;
    enum status status = mail_open(bytes, &mail, error);
    jmp_buf outer;
    memcpy(&outer, &arena->unwind, sizeof outer);
    enum status caught = ARENA_CATCH(arena);
    if (!caught && !status) {
        opened->title = arena_copy(arena, buf_slice(&mail.subject));
        opened->date = arena_copy(arena, buf_slice(&mail.date));
        open_title(arena, (struct slice){NULL, 0}, opened);
        status = open_text(arena, arena_copy(arena, buf_slice(&mail.body)), arena_copy(arena, buf_slice(&mail.charset)), opened, error);
    }
    mail_finish(&mail);
    memcpy(&arena->unwind, &outer, sizeof outer);
    if (caught)
        arena_fail(arena, caught);
    return status;
}

static enum status open_item(struct arena *arena, const struct door_item *item, struct opened *opened, struct buf *pdf, struct error *error)
{
    opened->title = item->title;
    opened->date = item->date;
    switch (item->kind) {
    case DOOR_MAIL:
        return open_mail(arena, item->bytes, opened, error);
    case DOOR_PDF: {
        enum status status = pdf_open(item->bytes, pdf, error);
        opened->text = buf_slice(pdf);
        return status;
    }
    case DOOR_PAGE:
        return open_text(arena, item->bytes, item->charset, opened, error);
    default: {
        struct slice encoding = {NULL, 0};
        enum status status = encoding_to_utf8(arena, item->bytes, item->charset, &opened->text, &encoding, error);
        if (!status)
            open_title(arena, encoding, opened);
        return status;
    }
    }
}

// A page writes "en-GB", "en_GB" or "EN": the language is the first part.
static void copy_language(struct slice tag, char language[16])
{
    size_t len = 0;
    for (; len < tag.len && len < 15; len++) {
        char c = (char)(tag.at[len] | 0x20);
        if (c < 'a' || c > 'z')
            break;
        language[len] = c;
    }
    language[len] = 0;
}

static void copy_line(struct slice text, char *line, size_t room)
{
    text = slice_trim(text);
    size_t len = text.len < room ? text.len : 0;
    for (size_t i = 0; i < len; i++)
        line[i] = (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i];
    line[len] = 0;
}

static enum status copy_out(const struct opened *opened, struct source_document *document, struct error *error)
{
    struct slice title = slice_trim(opened->title);
    bool has_title = title.len && !slice_starts(slice_trim(opened->text), title);
    char *out = malloc(opened->text.len + title.len + 3);
    size_t len = 0;
    if (!out)
        return error_set(error, STATUS_NO_MEMORY, "no memory for a document");
    if (has_title) {
        for (; len < title.len; len++)
            out[len] = title.at[len] == '\n' || title.at[len] == '\r' ? ' ' : title.at[len];
        out[len++] = '\n';
        out[len++] = '\n';
    }
    if (opened->text.len)
        memcpy(out + len, opened->text.at, opened->text.len);
    len += opened->text.len;
    out[len] = 0;
    document->text = out;
    document->len = len;
    struct date_range range;
    size_t date_len = opened->date.len < 10 ? opened->date.len : 10;
    bool has_date = date_parse_edtf(slice_make(opened->date.at, date_len), &range);
    copy_line(slice_make(opened->date.at, has_date ? date_len : 0), document->date, sizeof document->date);
    copy_language(opened->language, document->language);
    copy_line(opened->publisher, document->publisher, sizeof document->publisher);
    return STATUS_OK;
}

enum status source_text(const struct door_item *item, struct source_document *ret_document, struct error *reterr_error)
{
    struct arena arena;
    struct opened opened = {.text = {NULL, 0}};
    struct buf pdf;
    *ret_document = (struct source_document){.text = NULL};
    buf_init(&pdf, 1);
    arena_init(&arena, NULL, SOURCE_MEMORY);
    enum status status = ARENA_CATCH(&arena);
    if (status)
        error_set(reterr_error, status, "while opening the document: %s", status_name(status));
    else
        status = open_item(&arena, item, &opened, &pdf, reterr_error);
    if (!status)
        status = copy_out(&opened, ret_document, reterr_error);
    arena_finish(&arena);
    buf_finish(&pdf);
    return status;
}

// ---- karar.h --------------------------------------------------------------------------------------------------------------------------
// `bytes` at NULL: the path is opened.
static karar_status open_source(const char *path, struct slice bytes, const karar_source_options *options, karar_source **source,
                                karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    karar_source_options ours;
    karar_status checked = API_OPTIONS(ours, options, error);
    if (checked)
        return checked;
    struct door_options names = {ours.text_field, ours.title_field, ours.date_field, ours.url_field};
    karar_source *handle = calloc(1, sizeof *handle);
    if (handle)
        handle->path = api_copy(slice_from(path));
    enum status status = !handle || !handle->path ? error_set(&detail, STATUS_NO_MEMORY, "no memory for a source")
                         : bytes.at ? door_open_memory(bytes, handle->path, &names, &handle->door, &detail)
                                    : door_open(handle->path, &names, &handle->door, &detail);
    if (status) {
        karar_source_close(handle);
        return api_error(error, &detail, status);
    }
    *source = handle;
    return KARAR_OK;
}

karar_status karar_source_open(const char *path, const karar_source_options *options, karar_source **source, karar_error *error)
{
    if (!path || !source)
        return api_fail(error, STATUS_BAD_ARGUMENT, "path and source must be given");
    return open_source(path, (struct slice){NULL, 0}, options, source, error);
}

karar_status karar_source_memory(const char *bytes, size_t len, const char *name, const karar_source_options *options,
                                 karar_source **source, karar_error *error)
{
    if ((!bytes && len) || !name || !source)
        return api_fail(error, STATUS_BAD_ARGUMENT, "bytes, name and source must be given");
    return open_source(name, slice_make(bytes ? bytes : "", len), options, source, error);
}

void karar_source_close(karar_source *source)
{
    if (!source)
        return;
    door_close(source->door);
    free(source->path);
    free(source);
}

uint64_t karar_source_progress(const karar_source *source)
{
    return source ? door_packed_position(source->door) : 0;
}

// Gives the caller an item that was made with `status`, or lets go of it.
static karar_status hand_out(karar_item *handle, karar_item **item, enum status status, struct error *detail, karar_error *error)
{
    if (!status && !(handle->uri = api_copy(handle->item.uri)))
        status = error_set(detail, STATUS_NO_MEMORY, "no memory for a document");
    if (status) {
        karar_item_free(handle);
        return api_error(error, detail, status);
    }
    *item = handle;
    return KARAR_OK;
}

karar_status karar_source_next(karar_source *source, karar_item **item, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    if (!source || !item)
        return api_fail(error, STATUS_BAD_ARGUMENT, "source and item must be given");
    karar_item *handle = calloc(1, sizeof *handle);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for a document");
    enum status status = door_next(source->door, &handle->item, &detail);
    return hand_out(handle, item, status, &detail, error);
}

karar_status karar_item_new(const char *bytes, size_t len, const char *uri, const char *charset, karar_item **item, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    if ((!bytes && len) || !uri || !item)
        return api_fail(error, STATUS_BAD_ARGUMENT, "bytes, uri and item must be given");
    karar_item *handle = calloc(1, sizeof *handle);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for a document");
    enum status status = door_item_make(slice_make(bytes, len), slice_from(uri), slice_from(charset), &handle->item, &detail);
    return hand_out(handle, item, status, &detail, error);
}

void karar_item_free(karar_item *item)
{
    if (!item)
        return;
    door_item_finish(&item->item);
    free(item->uri);
    free(item);
}

const char *karar_item_uri(const karar_item *item)
{
    return item ? item->uri : NULL;
}

uint64_t karar_item_byte(const karar_item *item)
{
    return item ? item->item.byte : 0;
}

size_t karar_item_size(const karar_item *item)
{
    return item ? item->item.bytes.len : 0;
}

karar_status karar_item_text(const karar_item *item, char **text, size_t *len, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    struct source_document document;
    if (!item || !text || !len)
        return api_fail(error, STATUS_BAD_ARGUMENT, "item, text and len must be given");
    enum status status = source_text(&item->item, &document, &detail);
    if (status)
        return api_error(error, &detail, status);
    *text = document.text;
    *len = document.len;
    return KARAR_OK;
}

karar_status karar_read_item(karar_engine *engine, const karar_item *item, const karar_read_options *options, karar_report **report,
                             karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    struct source_document document;
    karar_read_options own;
    if (!engine || !item || !report)
        return api_fail(error, STATUS_BAD_ARGUMENT, "engine, item and report must be given");
    karar_status checked = API_OPTIONS(own, options, error);
    if (checked)
        return checked;
    enum status status = source_text(&item->item, &document, &detail);
    if (status)
        return api_error(error, &detail, status);
    own.size = sizeof own;
    own.uri = item->uri;
    if (!own.date && *document.date)
        own.date = document.date;
    if (!own.language_hint && *document.language)
        own.language_hint = document.language;
    if (!own.publisher && *document.publisher)
        own.publisher = document.publisher;
    karar_status done = karar_read(engine, document.text, document.len, &own, report, error);
    free(document.text);
    return done;
}
