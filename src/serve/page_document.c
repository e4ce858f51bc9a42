// SPDX-License-Identifier: MIT
// A report with what was read in it, word by word.
//
// The text is cut at line ends and wherever a claim, a person or a sentence of theirs begins or ends. Each piece is marked with all that
// cover it, so marks may overlap as they like and the page stays well formed. Numbers of claims are anchors: #c3 is where its words begin.
#include "serve/forms.h"
#include "serve/pages.h"

#include <stdlib.h>

#define MAX_MARKS 2000

struct mark {
    size_t begin, end;
    bool is_sentence;
    const struct value *claim;
};

struct marking {
    struct request *request;
    struct slice text;
    struct mark marks[2 * MAX_MARKS];
    size_t count;
    size_t *cuts, cut_count;    // sorted
    size_t next_cut;            // cuts before it are behind us, as are the ends of marks before first_live
    size_t first_live;
};

static int compare_marks(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static int compare_cuts(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

static void add_mark(struct marking *marking, const struct value *claim, const char *begin, const char *end, bool is_sentence)
{
    if (!value_find(claim, begin) || !value_find(claim, end) || marking->count == 2 * MAX_MARKS)
        return;
    int64_t from = value_int(claim, begin), to = value_int(claim, end);
    if (from < 0 || to <= from || (uint64_t)to > marking->text.len)
        return;
    marking->marks[marking->count++] = (struct mark){(size_t)from, (size_t)to, is_sentence, claim};
}

static void add_cuts(struct marking *marking)
{
    marking->cuts = ARENA_ARRAY(marking->request->arena, size_t, 2 * marking->count + 1);
    for (size_t i = 0; i < marking->count; i++) {
        marking->cuts[marking->cut_count++] = marking->marks[i].begin;
        marking->cuts[marking->cut_count++] = marking->marks[i].end;
    }
    qsort(marking->cuts, marking->cut_count, sizeof *marking->cuts, compare_cuts);
}

// What a tap or hover tells of a claim: "commitment: planned – freight train".
static struct slice told(struct request *request, const struct value *claim)
{
    struct slice kind = ui_code(request->language, request->arena, "kind", value_text(claim, "kind"));
    bool person = slice_is(value_text(claim, "kind"), "person");
    struct slice status = person ? SLICE("") : ui_code(request->language, request->arena, "status", value_text(claim, "status"));
    struct slice subject = value_text(claim, "subject");
    return arena_format(request->arena, "%.*s%s%.*s%s%.*s", (int)kind.len, kind.at, status.len ? ": " : "", (int)status.len,
                        status.at ? status.at : "", subject.len ? " – " : "", (int)subject.len, subject.at ? subject.at : "");
}

static struct slice joined(struct arena *arena, struct slice so_far, struct slice more, const char *between)
{
    if (so_far.len == 0)
        return more;
    return arena_format(arena, "%.*s%s%.*s", (int)so_far.len, so_far.at, between, (int)more.len, more.at ? more.at : "");
}

static void add_piece(struct marking *marking, struct value *pieces, size_t begin, size_t end)
{
    struct arena *arena = marking->request->arena;
    struct value *piece = value_add(arena, pieces);
    struct slice locals = SLICE(""), titles = SLICE(""), kind = SLICE("");
    value_set(arena, piece, "text", slice_make(marking->text.at + begin, end - begin));
    while (marking->first_live < marking->count && marking->marks[marking->first_live].end <= begin)
        marking->first_live++;
    for (size_t i = marking->first_live; i < marking->count && marking->marks[i].begin <= begin; i++) {
        const struct mark *mark = &marking->marks[i];
        if (mark->end < end)
            continue;
        if (mark->is_sentence) {
            value_set_text(arena, piece, "sentence", "yes");
            continue;
        }
        struct slice local = value_text(mark->claim, "local");
        locals = joined(arena, locals, local, " ");
        titles = joined(arena, titles, told(marking->request, mark->claim), "; ");
        kind = kind.len && !slice_eq(kind, value_text(mark->claim, "kind")) ? SLICE("several") : value_text(mark->claim, "kind");
        if (slice_is(value_text(mark->claim, "state"), "rejected"))
            value_set_text(arena, piece, "struck", " rejected");
        if (mark->begin == begin)
            value_set(arena, value_add(arena, value_list(arena, piece, "anchors")), "local", local);
    }
    value_set(arena, piece, "locals", locals);
    value_set(arena, piece, "told", titles);
    value_set(arena, piece, "kind", kind);
}

static void add_line(struct marking *marking, struct value *lines, size_t begin, size_t end)
{
    struct value *pieces = NULL;
    size_t at = begin;
    while (at < end) {
        while (marking->next_cut < marking->cut_count && marking->cuts[marking->next_cut] <= at)
            marking->next_cut++;
        size_t cut = marking->next_cut < marking->cut_count ? marking->cuts[marking->next_cut] : end;
        if (cut > end)
            cut = end;
        if (!pieces)
            pieces = value_list(marking->request->arena, value_add(marking->request->arena, lines), "pieces");
        add_piece(marking, pieces, at, cut);
        at = cut;
    }
}

static void add_text(struct request *request, struct value *page, struct slice text, const struct value *claims)
{
    struct marking *marking = ARENA_NEW(request->arena, struct marking);
    marking->request = request;
    marking->text = text;
    for (const struct value *claim = claims->first; claim; claim = claim->next) {
        add_mark(marking, claim, "begin", "end", false);
        add_mark(marking, claim, "sentence_begin", "sentence_end", true);
    }
    add_cuts(marking);
    qsort(marking->marks, marking->count, sizeof *marking->marks, compare_marks);
    struct value *lines = value_list(request->arena, page, "lines");
    for (size_t begin = 0; begin < text.len;) {
        const char *found = memchr(text.at + begin, '\n', text.len - begin);
        size_t end = found ? (size_t)(found - text.at) : text.len;
        add_line(marking, lines, begin, end);
        begin = end + 1;
    }
}

void page_document(struct request *request, struct answer *answer)
{
    const char *id = arena_copy(request->arena, request->argument).at;
    struct value *document = ask_one(request, "page_document", &(struct asked){.id = id}), *page = page_new(request);
    if (!document)
        return;
    struct slice title = value_text(document, "title"), tag = value_text(document, "language");
    const struct page_language *language = ui_language(tag);
    value_set(request->arena, page, "heading", title.len ? title : value_text(document, "document"));
    value_set(request->arena, page, "document", value_text(document, "document"));
    value_set(request->arena, page, "uri", value_text(document, "uri"));
    if (slice_starts(value_text(document, "uri"), SLICE("http")))
        value_set(request->arena, page, "address", value_text(document, "uri"));
    value_set(request->arena, page, "published", value_text(document, "published"));
    value_set(request->arena, page, "publisher", value_text(document, "publisher"));
    value_set(request->arena, page, "added", value_text(document, "added"));
    value_set(request->arena, page, "text_language", tag);
    value_set_text(request->arena, page, "turn", language ? language->direction : "auto");
    struct value *claims = ask_rows(request, page, "claims", "page_marks", &(struct asked){.id = id, .limit = MAX_MARKS});
    for (struct value *claim = claims->first; claim; claim = claim->next)
        value_set(request->arena, claim, "told", told(request, claim));
    add_text(request, page, value_text(document, "text"), claims);
    forms_offer(request, page);
    ask_rows(request, page, "signed", "page_signed", &(struct asked){.id = id});
    page_send(request, answer, page, "document");
}
