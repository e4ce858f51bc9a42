// SPDX-License-Identifier: MIT
// Pages as libxml2's HTML parser tells them, start tag by start tag: no tree is built but that of the block elements.
//
// Text gathers in one block until a block element begins or ends; blanks fold to one. Scripts, styles and what a page hides never become
// text. The parser is given UTF-8 and no way to the network or the disk. Depth is bounded by us (STATUS_LIMIT): the parser walks its
// stack of open elements at each end tag, so that unbounded depth would cost the square of the page.
//
// An unwinding of the arena must not pass the parser's frames, which hold memory of theirs (the values of a tag's attributes): each call
// of the parser catches it and stops the parser, and page_parse sends it on behind the parser's end.
#include "article/page.h"

#include <strings.h>

#include "xml/xml.h"

enum tag_kind { TAG_INLINE, TAG_BLOCK, TAG_PARAGRAPH, TAG_HEADING, TAG_ITEM, TAG_BREAK, TAG_SKIP, TAG_FURNITURE, TAG_STRONG, TAG_LINK,
    TAG_META, TAG_TITLE,
                TAG_SCRIPT, TAG_TIME, TAG_TOP };

static const struct {
    const char *name;
    enum tag_kind kind;
} tags[] = {
    {"p", TAG_PARAGRAPH}, {"div", TAG_BLOCK}, {"a", TAG_LINK}, {"li", TAG_ITEM}, {"br", TAG_BREAK}, {"span", TAG_INLINE}, {"h1",
        TAG_HEADING},
    {"h2", TAG_HEADING}, {"h3", TAG_HEADING}, {"h4", TAG_HEADING}, {"h5", TAG_HEADING}, {"h6", TAG_HEADING}, {"script", TAG_SCRIPT},
    {"style", TAG_SKIP}, {"noscript", TAG_SKIP}, {"template", TAG_SKIP}, {"svg", TAG_SKIP}, {"math", TAG_SKIP}, {"iframe", TAG_SKIP},
    {"object", TAG_SKIP}, {"select", TAG_SKIP}, {"button", TAG_SKIP}, {"textarea", TAG_SKIP}, {"audio", TAG_SKIP}, {"video", TAG_SKIP},
    {"canvas", TAG_SKIP}, {"nav", TAG_FURNITURE}, {"footer", TAG_FURNITURE}, {"aside", TAG_FURNITURE}, {"form", TAG_BLOCK},
    {"header", TAG_FURNITURE}, {"menu", TAG_FURNITURE}, {"dialog", TAG_FURNITURE}, {"figure", TAG_FURNITURE}, {"article", TAG_STRONG},
    {"main", TAG_BLOCK}, {"section", TAG_BLOCK}, {"ul", TAG_BLOCK}, {"ol", TAG_BLOCK}, {"dl", TAG_BLOCK}, {"dt", TAG_ITEM}, {"dd",
        TAG_ITEM},
    {"table", TAG_BLOCK}, {"tbody", TAG_BLOCK}, {"thead", TAG_BLOCK}, {"tr", TAG_BLOCK}, {"td", TAG_BLOCK}, {"th", TAG_BLOCK},
    {"caption", TAG_FURNITURE}, {"blockquote", TAG_BLOCK}, {"pre", TAG_PARAGRAPH}, {"address", TAG_BLOCK}, {"center", TAG_BLOCK},
    {"details", TAG_BLOCK}, {"fieldset", TAG_BLOCK}, {"hr", TAG_BLOCK}, {"meta", TAG_META}, {"title", TAG_TITLE}, {"time", TAG_TIME},
    {"html", TAG_TOP}, {"body", TAG_TOP}, {"head", TAG_INLINE},
};

struct open {
    const xmlChar *name;
    uint32_t element;           // of the parent, to go back to
    uint8_t kind;
};

struct builder {
    struct page *page;
    htmlParserCtxtPtr parser;
    struct open open[ARTICLE_MAX_DEPTH];
    int depth, links, skipping;     // skipping: depth of the element that is passed over, 0 none
    uint32_t element;
    struct block block;
    bool blank, catching;           // catching: the text of a title or a JSON-LD script
    uint32_t caught;                // where in page->text it begins
    bool too_deep;
    enum status failed;             // what the arena unwound with inside a call of the parser
};

static enum tag_kind tag_of(const xmlChar *name)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcasecmp(tags[i].name, (const char *)name) == 0)
            return tags[i].kind;
    return TAG_INLINE;
}

static struct slice attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcasecmp((const char *)attributes[0], name) == 0)
            return attributes[1] ? slice_from((const char *)attributes[1]) : SLICE("");     // one without a value: hidden
    return (struct slice){NULL, 0};
}

void fact_set(struct page *page, struct fact *fact, struct slice value, int trust)
{
    value = slice_trim(value);
    if (value.len && value.len < 4096 && trust > fact->trust)
        *fact = (struct fact){arena_copy(page->arena, value), trust};
}

void fact_date(struct page *page, struct slice value, int trust)
{
    static const char shape[] = "0000-00-00";
    value = slice_trim(value);
    for (size_t i = 0; i < 10; i++)
        if (value.len < 10 || (shape[i] == '0' ? value.at[i] < '0' || value.at[i] > '9' : value.at[i] != '-'))
            return;
    fact_set(page, &page->date, slice_make(value.at, 10), trust);
}

// ---- blocks -------------------------------------------------------------------------------------------------------
static void end_block(struct builder *builder, enum block_kind next)
{
    struct page *page = builder->page;
    if (builder->catching)
        return;
    builder->block.len = page->text.count - builder->block.begin;
    builder->block.element = builder->element;
    if (builder->block.len)
        vec_push(page->arena, &page->blocks, builder->block);
    builder->block = (struct block){.begin = page->text.count, .kind = (uint8_t)next};
    builder->blank = false;
}

static enum block_kind block_kind(enum tag_kind kind, const xmlChar *name)
{
    if (kind == TAG_HEADING)
        return name[1] == '1' ? BLOCK_TITLE : BLOCK_HEADING;
    return kind == TAG_PARAGRAPH ? BLOCK_PARAGRAPH : kind == TAG_ITEM ? BLOCK_ITEM : BLOCK_OTHER;
}

static bool hidden(const xmlChar **attributes)
{
    struct slice style = attribute(attributes, "style");
    return attribute(attributes, "hidden").at || slice_is(attribute(attributes, "aria-hidden"), "true") ||
           (style.len && (memmem(style.at, style.len, "display:none", 12) || memmem(style.at, style.len, "display: none", 13)));
}

static void begin_element(struct builder *builder, enum tag_kind kind, const xmlChar *name, const xmlChar **attributes)
{
    struct page *page = builder->page;
    struct slice property = attribute(attributes, "itemprop");
    struct element element = {.parent = builder->element, .paragraph = kind == TAG_PARAGRAPH || kind == TAG_ITEM || kind == TAG_HEADING};
    end_block(builder, block_kind(kind, name));
    element.strong = kind == TAG_STRONG || slice_is(property, "articleBody");
    element.furniture = kind == TAG_FURNITURE;
    element.hidden = hidden(attributes);
    element.by_name = !element.strong && kind != TAG_TOP &&
                      (names_furniture(attribute(attributes, "class")) || names_furniture(attribute(attributes, "id")) ||
                       names_furniture(attribute(attributes, "role")));
    builder->element = page->elements.count;
    vec_push(page->arena, &page->elements, element);
}

static void catch_text(struct builder *builder)
{
    end_block(builder, BLOCK_OTHER);
    builder->catching = true;
    builder->caught = builder->page->text.count;
}

// ---- facts --------------------------------------------------------------------------------------------------------
static void take_meta(struct page *page, const xmlChar **attributes)
{
    static const struct {
        const char *name;
        char role;
        int trust;
    } metas[] = {
        {"article:published_time", 'd', 9}, {"datePublished", 'd', 8}, {"og:published_time", 'd', 8}, {"publishdate", 'd', 7},
        {"publish-date", 'd', 7}, {"pubdate", 'd', 7}, {"date", 'd', 6}, {"dc.date", 'd', 6}, {"dc.date.issued", 'd', 7},
        {"dcterms.created", 'd', 6}, {"parsely-pub-date", 'd', 7}, {"sailthru.date", 'd', 7}, {"cxenseparse:recs:publishtime", 'd', 7},
        {"article:modified_time", 'd', 1}, {"og:title", 't', 6}, {"twitter:title", 't', 5}, {"dc.title", 't', 4}, {"headline", 't', 6},
        {"og:site_name", 'p', 6}, {"application-name", 'p', 3}, {"publisher", 'p', 5}, {"dc.publisher", 'p', 5}, {"og:locale", 'l', 4},
        {"content-language", 'l', 3}, {"language", 'l', 3}, {"inLanguage", 'l', 5},
    };
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    struct slice content = attribute(attributes, "content");
    for (size_t k = 0; content.len && k < sizeof keys / sizeof *keys; k++) {
        struct slice key = attribute(attributes, keys[k]);
        for (size_t i = 0; key.len && i < sizeof metas / sizeof *metas; i++) {
            if (key.len != strlen(metas[i].name) || strcasecmp(metas[i].name, key.at) != 0)
                continue;
            if (metas[i].role == 'd')
                fact_date(page, content, metas[i].trust);
            else
                fact_set(page, metas[i].role == 't' ? &page->title : metas[i].role == 'p' ? &page->publisher : &page->language, content,
                         metas[i].trust);
        }
    }
}

// ---- what the parser calls ----------------------------------------------------------------------------------------
static void take_start(struct builder *builder, const xmlChar *name, const xmlChar **attributes)
{
    enum tag_kind kind = tag_of(name);
    if (builder->depth == ARTICLE_MAX_DEPTH) {
        builder->too_deep = true;
        xml()->xmlStopParser(builder->parser);
        return;
    }
    builder->open[builder->depth++] = (struct open){name, builder->element, (uint8_t)kind};
    if (builder->skipping)
        return;
    if (kind == TAG_SKIP) {
        builder->skipping = builder->depth;
    } else if (kind == TAG_SCRIPT) {
        if (slice_is(attribute(attributes, "type"), "application/ld+json"))
            catch_text(builder);
        else
            builder->skipping = builder->depth;
    } else if (kind == TAG_TITLE) {
        catch_text(builder);
    } else if (kind == TAG_META) {
        take_meta(builder->page, attributes);
    } else if (kind == TAG_BREAK) {
        end_block(builder, (enum block_kind)builder->block.kind);
    } else if (kind == TAG_LINK) {
        builder->links++;
    } else if (kind == TAG_TIME) {
        fact_date(builder->page, attribute(attributes, "datetime"), slice_is(attribute(attributes, "itemprop"), "datePublished") ? 8 : 4);
    } else if (kind != TAG_INLINE) {
        begin_element(builder, kind, name, attributes);
    } else if (slice_is(attribute(attributes, "itemprop"), "datePublished")) {
        fact_date(builder->page, attribute(attributes, "content"), 8);
    }
    if (kind == TAG_TOP)
        fact_set(builder->page, &builder->page->language, attribute(attributes, "lang"), 6);
}

static void release_text(struct builder *builder, enum tag_kind kind)
{
    struct page *page = builder->page;
    struct slice text = slice_make(page->text.at + builder->caught, page->text.count - builder->caught);
    if (kind == TAG_SCRIPT)
        facts_from_json(page, text);
    else
        fact_set(page, &page->title, text, 2);
    page->text.count = builder->caught;
    builder->catching = false;
    builder->block.begin = builder->caught;
    builder->blank = false;
}

static void close_top(struct builder *builder)
{
    struct open open = builder->open[--builder->depth];
    if (builder->skipping) {
        if (builder->depth < builder->skipping)
            builder->skipping = 0;
        return;
    }
    if (builder->catching && (open.kind == TAG_SCRIPT || open.kind == TAG_TITLE))
        release_text(builder, (enum tag_kind)open.kind);
    else if (open.kind == TAG_LINK)
        builder->links--;
    else if (open.kind != TAG_INLINE && builder->element != open.element) {
        end_block(builder, BLOCK_OTHER);
        builder->page->elements.at[builder->element].end = builder->page->elements.count;
        builder->element = open.element;
    }
}

static void take_end(struct builder *builder, const xmlChar *name)
{
    int at = builder->depth;
    while (at > 0 && strcmp((const char *)builder->open[at - 1].name, (const char *)name) != 0)
        at--;
    while (at > 0 && builder->depth >= at)
        close_top(builder);
}

static void take_text(struct builder *builder, const xmlChar *text, int len)
{
    struct page *page = builder->page;
    if (builder->skipping)
        return;
    for (int i = 0; i < len; i++) {
        char c = (char)text[i];
        bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank && c == '\xC2' && i + 1 < len && text[i + 1] == 0xA0) {
            blank = true;
            i++;
        }
        uint32_t begin = builder->catching ? builder->caught : builder->block.begin;
        if (blank) {
            builder->blank = page->text.count > begin;
            continue;
        }
        if (builder->blank)
            vec_push(page->arena, &page->text, ' ');
        builder->blank = false;
        vec_push(page->arena, &page->text, c);
        builder->block.linked += builder->links > 0;
    }
}

static void stop_if_failed(struct builder *builder)
{
    if (builder->failed)
        xml()->xmlStopParser(builder->parser);
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes)
{
    struct builder *builder = user;
    ARENA_WITHIN(builder->page->arena, &builder->failed, take_start(builder, name, attributes));
    stop_if_failed(builder);
}

static void on_end(void *user, const xmlChar *name)
{
    struct builder *builder = user;
    ARENA_WITHIN(builder->page->arena, &builder->failed, take_end(builder, name));
    stop_if_failed(builder);
}

static void on_text(void *user, const xmlChar *text, int len)
{
    struct builder *builder = user;
    ARENA_WITHIN(builder->page->arena, &builder->failed, take_text(builder, text, len));
    stop_if_failed(builder);
}

enum status page_parse(struct arena *arena, struct slice bytes, struct page *ret_page, struct error *reterr_error)
{
    htmlSAXHandler handler = {.startElement = on_start, .endElement = on_end, .characters = on_text, .cdataBlock = on_text,
                              .ignorableWhitespace = on_text};
    *ret_page = (struct page){.arena = arena};
    if (!xml())
        return error_set(reterr_error, STATUS_NOT_FOUND, XML_MISSING);
    struct builder *builder = ARENA_NEW(arena, struct builder);
    vec_push(arena, &ret_page->elements, ((struct element){.parent = 0}));
    builder->page = ret_page;
    if (slice_starts(bytes, SLICE("\xEF\xBB\xBF")))
        bytes = slice_make(bytes.at + 3, bytes.len - 3);
    jmp_buf outer;      // to be sent on to; the calls of the parser catch in its place
    memcpy(&outer, &arena->unwind, sizeof outer);
    builder->parser = xml()->htmlCreatePushParserCtxt(&handler, builder, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!builder->parser)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for a page");
    xml()->htmlCtxtUseOptions(builder->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
            HTML_PARSE_IGNORE_ENC);
    for (size_t at = 0; at < bytes.len && !builder->too_deep && !builder->failed; at += 65536)
        xml()->htmlParseChunk(builder->parser, bytes.at + at, (int)(bytes.len - at < 65536 ? bytes.len - at : 65536), 0);
    if (!builder->too_deep && !builder->failed)
        xml()->htmlParseChunk(builder->parser, NULL, 0, 1);
    xml()->htmlFreeParserCtxt(builder->parser);
    memcpy(&arena->unwind, &outer, sizeof outer);
    if (builder->failed)
        arena_fail(arena, builder->failed);
    if (builder->too_deep)
        return error_set(reterr_error, STATUS_LIMIT, "elements more than %d deep inside each other", ARTICLE_MAX_DEPTH);
    while (builder->depth)
        close_top(builder);
    end_block(builder, BLOCK_OTHER);
    ret_page->elements.at[0].end = ret_page->elements.count;
    return STATUS_OK;
}
