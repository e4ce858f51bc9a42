// SPDX-License-Identifier: MIT
// Lays out lines for a terminal. A value is put together in a buffer, wrapped at blanks to the page's width, and
// each line is written at its indent. Widths are columns, not bytes: marks take none.
//
// Layout: `value` holds safe text only. Lines that hold letters of a right-to-left script are wrapped in
// first-strong isolates, so that a terminal that orders such text keeps our labels and numbers where they belong,
// and one that does not shows no difference.
//
// Invariants: colours are written around whole lines and always closed; without colour not one escape leaves this
// file.
#include "report/page.h"

#include "base/emit.h"
#include "report/width.h"

#define PAGE_VALUE_MAX ((size_t)1 << 20)
#define PAGE_LABEL_COLUMNS 11
#define PAGE_LEAST_ROOM 24   // narrower than this, lines run over the width rather than break every word

#define ISOLATE "\u2068"
#define ISOLATE_END "\u2069"

void page_init(struct page *page, struct buf *out, struct text_style style)
{
    *page = (struct page){.out = out, .style = style};
    buf_init_in(&page->value, PAGE_VALUE_MAX, out->allocator);
}

enum status page_finish(struct page *page)
{
    buf_finish(&page->value);
    return page->out->failed;
}

void page_tone(struct page *page, enum page_tone tone)
{
    static const char *const escapes[] = {
        [TONE_PLAIN] = "\033[0m", [TONE_STRONG] = "\033[1m",   [TONE_QUIET] = "\033[2m",
        [TONE_GOOD] = "\033[32m", [TONE_OPEN] = "\033[33m", [TONE_BAD] = "\033[31m",
    };
    if (page->style.colour)
        buf_add_text(page->out, escapes[tone]);
}

static void add_blanks(struct buf *out, uint32_t count)
{
    while (count--)
        buf_add_char(out, ' ');
}

static void add_line(struct page *page, struct slice line, enum page_tone tone)
{
    bool isolate = width_is_right_to_left(line);
    if (tone != TONE_PLAIN)
        page_tone(page, tone);
    if (isolate)
        buf_add_text(page->out, ISOLATE);
    buf_add(page->out, line);
    if (isolate)
        buf_add_text(page->out, ISOLATE_END);
    if (tone != TONE_PLAIN)
        page_tone(page, TONE_PLAIN);
    buf_add_char(page->out, '\n');
}

// The value's lines: `lead` stands before each at the indent; the first line goes where the cursor is when `begun`.
static void write_value(struct page *page, uint32_t indent, const char *lead, bool begun, enum page_tone tone)
{
    struct slice rest = slice_trim(buf_slice(&page->value));
    uint32_t room = 0;
    if (page->style.width) {
        uint32_t taken = indent + width_text(slice_from(lead));
        room = page->style.width > taken + PAGE_LEAST_ROOM ? page->style.width - taken : PAGE_LEAST_ROOM;
    }
    do {
        struct slice line = width_line(&rest, room);
        if (!begun)
            add_blanks(page->out, indent);
        begun = false;
        if (*lead) {
            page_tone(page, TONE_QUIET);
            buf_add_text(page->out, lead);
            page_tone(page, TONE_PLAIN);
        }
        add_line(page, line, tone);
    } while (slice_trim(rest).len);
    if (page->value.failed && !page->out->failed)
        page->out->failed = page->value.failed;
    buf_clear(&page->value);
}

void page_heading(struct page *page, const char *text)
{
    buf_add_char(page->out, '\n');
    add_line(page, slice_from(text), TONE_STRONG);
}

void page_value(struct page *page, uint32_t indent, enum page_tone tone)
{
    write_value(page, indent, "", false, tone);
}

void page_field(struct page *page, uint32_t indent, const char *label, enum page_tone tone)
{
    uint32_t label_width = width_text(slice_from(label));
    add_blanks(page->out, indent);
    page_tone(page, tone);
    buf_add_text(page->out, label);
    page_tone(page, TONE_PLAIN);
    add_blanks(page->out, label_width < PAGE_LABEL_COLUMNS ? PAGE_LABEL_COLUMNS - label_width : 1);
    write_value(page, indent + PAGE_LABEL_COLUMNS, "", true, TONE_PLAIN);
}

void page_quote(struct page *page, uint32_t indent)
{
    write_value(page, indent, "│ ", false, TONE_QUIET);
}

void page_add_text(struct page *page, struct slice text)
{
    struct buf *value = &page->value;
    size_t start = value->len;
    emit_plain(value, text);
    if (value->failed)
        return;
    size_t kept = start;
    for (size_t i = start; i < value->len; i++)
        if (value->at[i] != ' ' || kept == 0 || value->at[kept - 1] != ' ')
            value->at[kept++] = value->at[i];
    value->len = kept;
    if (value->at)
        value->at[kept] = '\0';
}
