// SPDX-License-Identifier: MIT
// Which blocks of a page are the article.
//
// Blocks of running text give points to the elements round them. The article is the deepest element that still holds most of the page's
// points: from the top, or from an element that the page itself calls the article, we go down as long as one child holds the greater
// part. Within it everything is kept but furniture: what HTML or its class names say is furniture, and blocks that are mostly links. A
// class name may be wrong ("content-with-sidebar" wraps all): an element that holds half the page's points is no furniture, whatever it
// is called. Where nothing is found, the body in the page's JSON-LD is taken.
#include "article/article.h"

#include "article/page.h"

#define GOOD_LENGTH 60u         // bytes from which a block counts as running text
#define MOST_POINTS 6.0f
#define SHARE_DOWN 0.62f        // a child with this share of its parent's points is gone down to
#define SHARE_STRONG 0.35f      // an element called article with this share of the page's points is believed
#define SHARE_WRAPPER 0.5f
#define FEWEST_BYTES 200u       // a shorter article makes us look into JSON-LD

static struct slice block_text(const struct page *page, const struct block *block)
{
    return slice_make(page->text.at + block->begin, block->len);
}

static bool mostly_links(const struct block *block)
{
    return block->linked * 2 > block->len && block->len < 400;
}

static void add_points(struct page *page)
{
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->len < GOOD_LENGTH || mostly_links(block) || block->kind == BLOCK_HEADING || block->kind == BLOCK_TITLE)
            continue;
        float points = 1.0f + (float)block->len / 150.0f;
        points = points < MOST_POINTS ? points : MOST_POINTS;
        page->elements.at[block->element].points += block->kind == BLOCK_ITEM ? points / 2 : points;
    }
    for (uint32_t i = page->elements.count; i-- > 1;)
        page->elements.at[page->elements.at[i].parent].points += page->elements.at[i].points;
}

// Spreads furniture to what lies inside it, and takes its points away.
static void drop_furniture(struct page *page)
{
    float all = page->elements.at[0].points;
    for (uint32_t i = 1; i < page->elements.count; i++) {
        struct element *element = &page->elements.at[i];
        element->furniture |= element->by_name;
        if (element->points > all * SHARE_WRAPPER)
            element->furniture = false;
        element->furniture |= element->hidden;
        element->furniture |= page->elements.at[element->parent].furniture;
    }
    for (uint32_t i = page->elements.count; i-- > 1;) {
        struct element *element = &page->elements.at[i];
        if (element->furniture && !page->elements.at[element->parent].furniture) {
            float lost = element->points;
            for (uint32_t up = element->parent;; up = page->elements.at[up].parent) {
                page->elements.at[up].points -= lost;
                if (!up)
                    break;
            }
        }
        if (element->furniture)
            element->points = 0;
    }
    for (uint32_t i = page->elements.count; i-- > 1;) {
        struct element *parent = &page->elements.at[page->elements.at[i].parent];
        if (!parent->heaviest || page->elements.at[i].points > page->elements.at[parent->heaviest].points)
            parent->heaviest = i;
    }
}

static uint32_t find_article(const struct page *page)
{
    uint32_t root = 0;
    float best = page->elements.at[0].points * SHARE_STRONG;
    for (uint32_t i = 1; i < page->elements.count; i++)
        if (page->elements.at[i].strong && !page->elements.at[i].furniture && page->elements.at[i].points > best) {
            best = page->elements.at[i].points;
            root = i;
        }
    for (;;) {
        uint32_t child = page->elements.at[root].heaviest;
        if (!child || page->elements.at[child].paragraph || page->elements.at[child].points < page->elements.at[root].points * SHARE_DOWN)
            return root;
        root = child;
    }
}

static bool keep_block(const struct page *page, const struct block *block)
{
    if (page->elements.at[block->element].furniture || mostly_links(block) || block->kind == BLOCK_TITLE)
        return false;
    return block->kind != BLOCK_OTHER || block->len >= 25;
}

struct writer {
    struct arena *arena;
    VEC(char) out;
    struct slice last;
};

static void write_paragraph(struct writer *writer, struct slice text)
{
    if (!text.len || slice_eq(text, writer->last))
        return;
    for (int i = 0; writer->out.count && i < 2; i++)
        vec_push(writer->arena, &writer->out, '\n');
    for (size_t i = 0; i < text.len; i++)
        vec_push(writer->arena, &writer->out, text.at[i]);
    writer->last = text;
}

// The page's own heading where its title begins with it (titles carry the paper's name behind), else the title.
static struct slice choose_title(const struct page *page)
{
    struct slice title = page->title.value;
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        struct slice heading = block_text(page, block);
        if ((block->kind == BLOCK_TITLE || block->kind == BLOCK_HEADING) && heading.len >= 12 &&
            (slice_starts(title, heading) || (page->title.trust <= 2 && block->kind == BLOCK_TITLE)))
            return heading;
    }
    return title;
}

static uint32_t write_body(struct writer *writer, const struct page *page, uint32_t root)
{
    uint32_t last = 0, end = page->elements.at[root].end ? page->elements.at[root].end : page->elements.count, begin = writer->out.count;
    for (uint32_t i = 0; i < page->blocks.count; i++) {     // headings behind the last running text lead to something else
        const struct block *block = &page->blocks.at[i];
        if (block->element >= root && block->element < end && block->kind != BLOCK_HEADING && keep_block(page, block))
            last = i + 1;
    }
    for (uint32_t i = 0; i < last; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->element >= root && block->element < end && keep_block(page, block))
            write_paragraph(writer, block_text(page, block));
    }
    return writer->out.count - begin;
}

enum status article_read(struct arena *arena, struct slice bytes, struct article *ret_article, struct error *reterr_error)
{
    struct page page;
    struct writer writer = {.arena = arena};
    enum status status = page_parse(arena, bytes, &page, reterr_error);
    if (status == STATUS_LIMIT)
        status = page_parse(arena, page_flatten(arena, bytes), &page, reterr_error);
    if (status)
        return status;
    add_points(&page);
    drop_furniture(&page);
    struct slice title = choose_title(&page);
    write_paragraph(&writer, title);
    uint32_t kept = writer.out.count, len = write_body(&writer, &page, find_article(&page));
    if (len < FEWEST_BYTES && page.body.value.len > 2 * (size_t)len) {
        writer.out.count = kept;
        struct slice rest = page.body.value;
        while (rest.len)
            write_paragraph(&writer, slice_trim(slice_cut(&rest, '\n')));
    }
    if (!writer.out.count)
        return error_set(reterr_error, STATUS_EMPTY, "a page without text");
    *ret_article = (struct article){
        .text = slice_make(writer.out.at, writer.out.count),
        .title = title,
        .publisher = page.publisher.value,
        .language = page.language.value,
        .date = page.date.value,
    };
    return STATUS_OK;
}
