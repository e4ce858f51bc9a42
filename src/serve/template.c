// SPDX-License-Identifier: MIT
// Templates are run as a list of operations: text, values, and blocks that jump.
//
// A key is looked for in the innermost row, then in the rows around it, then in the page. A block over a list runs for each of its
// rows, over a text or an object once. The filter of a tag decides how its value is written; where it stands decides what is put around
// it: the build knows each place from the HTML (page_place), so no template has to remember to isolate or to escape.
#include "serve/template.h"

#define MAX_NESTING 16

struct filling {
    struct buf *out;
    const struct page_language *language;
    struct arena *scratch;
    const struct value *scopes[MAX_NESTING + 1];
    int depth;
};

const struct page_template *template_find(const char *name)
{
    for (uint32_t i = 0; i < page_template_count; i++)
        if (strcmp(page_templates[i].name, name) == 0)
            return &page_templates[i];
    return NULL;
}

// ---- escaping ---------------------------------------------------------------------------------------------------------------
// Length of a character that is not shown as it is, 0 for any other: C0 but tab and line ends, DEL, C1, U+202A to U+202E, U+2066 to U+2069.
static size_t control_length(const unsigned char *at, size_t left)
{
    if ((at[0] < 0x20 && at[0] != '\t' && at[0] != '\n' && at[0] != '\r') || at[0] == 0x7F)
        return 1;
    if (at[0] == 0xC2 && left > 1 && at[1] >= 0x80 && at[1] < 0xA0)
        return 2;
    if (at[0] != 0xE2 || left < 3)
        return 0;
    bool turns = (at[1] == 0x80 && at[2] >= 0xAA && at[2] <= 0xAE) || (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9);
    return turns ? 3 : 0;
}

void template_escape(struct buf *out, struct slice text)
{
    size_t begin = 0, at = 0;
    while (at < text.len) {
        const char *instead = NULL;
        size_t len = 1;
        switch (text.at[at]) {
        case '&': instead = "&amp;"; break;
        case '<': instead = "&lt;"; break;
        case '>': instead = "&gt;"; break;
        case '"': instead = "&#34;"; break;
        case '\'': instead = "&#39;"; break;
        default:
            len = control_length((const unsigned char *)text.at + at, text.len - at);
            instead = len ? "\xEF\xBF\xBD" : NULL;
            len = len ? len : 1;
        }
        if (instead) {
            buf_add(out, slice_make(text.at + begin, at - begin));
            buf_add_text(out, instead);
            begin = at + len;
        }
        at += len;
    }
    buf_add(out, slice_make(text.at + begin, text.len - begin));
}

// Words of the interface are ours: those of right-to-left languages isolate what they cite (U+2066 to U+2069), so that a date stays in its
// order.
static bool is_isolate(const char *at)
{
    unsigned char last = (unsigned char)at[2];
    return memcmp(at, "\xE2\x81", 2) == 0 && last >= 0xA6 && last <= 0xA9;
}

static void escape_words(struct buf *out, struct slice text)
{
    size_t begin = 0;
    for (size_t at = 0; at + 2 < text.len; at++) {
        if (!is_isolate(text.at + at))
            continue;
        template_escape(out, slice_make(text.at + begin, at - begin));
        buf_add(out, slice_make(text.at + at, 3));
        begin = at + 3;
    }
    template_escape(out, slice_make(text.at + begin, text.len - begin));
}

static char *encode(char *at, struct slice text, bool path)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        bool plain = letter || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain || (path && c == '/')) {
            *at++ = (char)c;
        } else {
            *at++ = '%';
            *at++ = hex[c >> 4];
            *at++ = hex[c & 15];
        }
    }
    return at;
}

void template_encode(struct buf *out, struct slice text, bool path)
{
    char *at = buf_room(out, text.len * 3);
    if (at)
        buf_wrote(out, (size_t)(encode(at, text, path) - at));
}

struct slice template_encoded(struct arena *arena, struct slice text, bool path)
{
    char *at = arena_take(arena, text.len * 3 + 1), *end = encode(at, text, path);
    *end = '\0';
    return slice_make(at, (size_t)(end - at));
}

// What a browser may follow: a page of ours, or an address of the web. Anything else (javascript:, data:, //host) leads nowhere.
static struct slice safe_address(struct slice text)
{
    bool ours = text.len && ((text.at[0] == '/' && (text.len < 2 || (text.at[1] != '/' && text.at[1] != '\\'))) || text.at[0] == '#' ||
                             text.at[0] == '?');
    return ours || slice_starts(text, SLICE("https://")) || slice_starts(text, SLICE("http://")) ? text : SLICE("#");
}

// ---- values -----------------------------------------------------------------------------------------------------------------
static const struct value *look_up(const struct filling *filling, const char *key)
{
    for (int i = filling->depth; i >= 0; i--) {
        const struct value *found = value_find(filling->scopes[i], key);
        if (found)
            return found;
    }
    return NULL;
}

static void put(struct filling *filling, struct slice text, enum page_place place)
{
    if (text.len == 0)
        return;
    if (place == PLACE_BODY)
        buf_add_text(filling->out, "<bdi>");
    template_escape(filling->out, place == PLACE_ADDRESS ? safe_address(text) : text);
    if (place == PLACE_BODY)
        buf_add_text(filling->out, "</bdi>");
}

// A word of the page's language needs no isolation; a code that has none does.
static void put_code(struct filling *filling, const struct page_op *op, struct slice code)
{
    struct slice word = ui_code(filling->language, filling->scratch, op->text, code);
    bool known = !slice_eq(word, code);
    put(filling, word, known && op->place == PLACE_BODY ? PLACE_PLAIN : (enum page_place)op->place);
}

static void put_codes(struct filling *filling, const struct page_op *op, struct slice codes)
{
    bool first = true;
    for (struct slice rest = codes; rest.at && rest.len;) {
        struct slice code = slice_cut(&rest, ' ');
        if (code.len == 0)
            continue;
        if (!first)
            template_escape(filling->out, ui_text(filling->language, "list.comma", SLICE(", ")));
        put_code(filling, op, code);
        first = false;
    }
}

static void put_filled(struct filling *filling, const struct page_op *op, struct slice value)
{
    struct slice pattern = slice_from(page_text(&filling->language->words, op->word));
    size_t hole = 0;
    while (hole + 1 < pattern.len && !(pattern.at[hole] == '{' && pattern.at[hole + 1] == '}'))
        hole++;
    bool has_hole = hole + 1 < pattern.len;
    escape_words(filling->out, slice_make(pattern.at, has_hole ? hole : pattern.len));
    if (has_hole) {
        put(filling, value, (enum page_place)op->place);
        escape_words(filling->out, slice_make(pattern.at + hole + 2, pattern.len - hole - 2));
    }
}

static void put_op(struct filling *filling, const struct page_op *op)
{
    const struct value *value = op->key ? look_up(filling, op->key) : NULL;
    struct slice text = value ? value->text : SLICE("");
    enum page_place place = (enum page_place)op->place;
    switch (op->kind) {
    case OP_TEXT: buf_add(filling->out, slice_make(op->text, op->len)); break;
    case OP_VALUE: put(filling, text, place); break;
    case OP_PATH: template_encode(filling->out, text, true); break;
    case OP_QUERY: template_encode(filling->out, text, false); break;
    case OP_DATE: put(filling, ui_date(filling->language, filling->scratch, text, false), place); break;
    case OP_DAY: put(filling, ui_date(filling->language, filling->scratch, text, true), place); break;
    case OP_WORD: escape_words(filling->out, slice_from(page_text(&filling->language->words, op->word))); break;
    case OP_FILL: put_filled(filling, op, text); break;
    case OP_CODE: put_code(filling, op, text); break;
    case OP_CODES: put_codes(filling, op, text); break;
    case OP_SAID: escape_words(filling->out, text); break;
    default: break;
    }
}

static bool is_there(const struct value *value)
{
    return value && (value->is_list ? value->count > 0 : value->is_object || value->text.len > 0);
}

// Operations from `at` up to `end`. Templates nest no deeper than the build has seen.
static void run(struct filling *filling, const struct page_op *ops, uint32_t at, uint32_t end)
{
    while (at < end) {
        const struct page_op *op = &ops[at];
        if (op->kind < OP_IF || op->kind == OP_END) {
            put_op(filling, op);
            at++;
            continue;
        }
        const struct value *value = look_up(filling, op->key);
        if (op->kind == OP_IF && is_there(value) && value->is_list && filling->depth < MAX_NESTING) {
            filling->depth++;
            for (const struct value *row = value->first; row; row = row->next) {
                filling->scopes[filling->depth] = row;
                run(filling, ops, at + 1, op->jump);
            }
            filling->depth--;
        } else if (op->kind == OP_IF && is_there(value) && value->is_object && filling->depth < MAX_NESTING) {
            filling->scopes[++filling->depth] = value;
            run(filling, ops, at + 1, op->jump);
            filling->depth--;
        } else if (is_there(value) == (op->kind != OP_UNLESS)) {
            run(filling, ops, at + 1, op->jump);
        }
        at = op->jump + 1;
    }
}

void template_fill(struct buf *out, const struct page_template *template, const struct page_language *language, const struct value *values,
                   struct arena *scratch)
{
    struct filling filling = {.out = out, .language = language, .scratch = scratch};
    filling.scopes[0] = values;
    run(&filling, template->ops, 0, template->count);
}
