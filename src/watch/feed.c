// SPDX-License-Identifier: MIT
// Feeds as libxml2 tells them, tag by tag: no tree, no network, no entity but those of XML itself.
//
// An item is an element of its kind, wherever it stands; what it says of itself are its children (a news sitemap's date lies one deeper).
// Entity declarations are not taken in, so that nothing can be multiplied by them. An unwinding of the arena must not pass the parser's
// frames, which hold memory of theirs: each call of the parser catches it and stops the parser, and feed_read sends it on behind the
// parser's end.
#include "watch/feed.h"

#include <strings.h>

#include "xml/xml.h"

enum value_kind { VALUE_NONE, VALUE_LINK, VALUE_GUID, VALUE_DATE };

struct builder {
    struct arena *arena;
    feed_item_vec *items;
    xmlParserCtxtPtr parser;
    int depth, item_depth;          // item_depth 0: in none
    bool known, too_much;
    enum status failed;             // what the arena unwound with inside a call of the parser
    enum value_kind value;
    int value_depth;
    VEC(char) text;
    struct feed_item item;
    struct slice guid;
    int date_trust;
};

static bool is(const xmlChar *name, const char *word)
{
    return strcmp((const char *)name, word) == 0;
}

static struct slice attribute(const xmlChar **attributes, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (is(attributes[5 * i], name))
            return slice_make((const char *)attributes[5 * i + 3], (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3]));
    return (struct slice){NULL, 0};
}

// ---- dates --------------------------------------------------------------------------------------------------------
static bool day_of_iso(struct slice text)
{
    static const char shape[] = "0000-00-00";
    for (size_t i = 0; i < 10; i++)
        if (text.len < 10 || (shape[i] == '0' ? text.at[i] < '0' || text.at[i] > '9' : text.at[i] != '-'))
            return false;
    return true;
}

// "Tue, 10 Jun 2003 04:00:00 GMT" of RFC 822; an empty slice if it is none.
static struct slice day_of_mail(struct arena *arena, struct slice text)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    int64_t day, year;
    if (text.len > 4 && text.at[3] == ',')
        text = slice_trim(slice_make(text.at + 4, text.len - 4));
    struct slice first = slice_cut(&text, ' '), month = slice_cut(&text, ' '), last = slice_cut(&text, ' ');
    if (!slice_to_int(first, &day) || !slice_to_int(last, &year) || month.len < 3 || day < 1 || day > 31 || year < 1 || year > 9999)
        return (struct slice){NULL, 0};
    year += year < 70 ? 2000 : year < 100 ? 1900 : 0;
    for (int i = 0; i < 12; i++)
        if (strncasecmp(months + 3 * i, month.at, 3) == 0)
            return arena_format(arena, "%04d-%02d-%02d", (int)year, i + 1, (int)day);
    return (struct slice){NULL, 0};
}

// ---- items --------------------------------------------------------------------------------------------------------
static void take_date(struct builder *builder, struct slice text, int trust)
{
    struct slice day = day_of_iso(text) ? arena_copy(builder->arena, slice_make(text.at, 10)) : day_of_mail(builder->arena, text);
    if (day.len && trust >= builder->date_trust) {
        builder->item.date = day;
        builder->date_trust = trust;
    }
}

static void end_item(struct builder *builder)
{
    if (!builder->item.url.len)
        builder->item.url = builder->guid;
    if (builder->item.url.len) {
        if (builder->items->count == FEED_MAX_ITEMS) {
            builder->too_much = true;
            xml()->xmlStopParser(builder->parser);
            return;
        }
        vec_push(builder->arena, builder->items, builder->item);
    }
    builder->item_depth = 0;
}

static void begin_value(struct builder *builder, const xmlChar *name, const xmlChar **attributes, int count)
{
    struct slice address = attribute(attributes, count, "href"), relation = attribute(attributes, count, "rel");
    enum value_kind kind = VALUE_NONE;
    int below = builder->depth - builder->item_depth;
    if (below == 1 && is(name, "link") && address.len) {
        if (!builder->item.url.len && address.len < FEED_MAX_VALUE && (!relation.len || slice_is(relation, "alternate")))
            builder->item.url = arena_copy(builder->arena, address);
    } else if (below == 1 && (is(name, "link") || is(name, "loc"))) {
        kind = VALUE_LINK;
    } else if (below == 1 && is(name, "guid") && !slice_is(attribute(attributes, count, "isPermaLink"), "false")) {
        kind = VALUE_GUID;
    } else if (below == 1 ? is(name, "pubDate") || is(name, "date") || is(name, "published") || is(name, "updated") || is(name, "lastmod")
                          : below == 2 && is(name, "publication_date")) {
        kind = VALUE_DATE;
    }
    if (kind) {
        builder->value = kind;
        builder->value_depth = builder->depth;
        builder->text.count = 0;
    }
}

static void take_start(struct builder *builder, const xmlChar *name, const xmlChar **attributes, int count)
{
    builder->parser->wellFormed = 1;    // behind a fault (an unknown entity, a bare "&") the parser would drop even &amp;
    if (++builder->depth > FEED_MAX_DEPTH) {
        builder->too_much = true;
        xml()->xmlStopParser(builder->parser);
        return;
    }
    if (builder->depth == 1) {
        builder->known = is(name, "rss") || is(name, "RDF") || is(name, "feed") || is(name, "urlset") || is(name, "sitemapindex");
        if (!builder->known)
            xml()->xmlStopParser(builder->parser);
    } else if (!builder->item_depth) {
        bool list = is(name, "sitemap");
        if (list || is(name, "item") || is(name, "entry") || is(name, "url")) {
            builder->item_depth = builder->depth;
            builder->item = (struct feed_item){.is_list = list};
            builder->guid = (struct slice){NULL, 0};
            builder->date_trust = 0;
        }
    } else if (!builder->value) {
        begin_value(builder, name, attributes, count);
    }
}

static void take_end(struct builder *builder, const xmlChar *name)
{
    if (builder->value && builder->depth == builder->value_depth) {
        struct slice text = slice_trim(slice_make(builder->text.at, builder->text.count));
        if (builder->value == VALUE_LINK && text.len && !builder->item.url.len)
            builder->item.url = arena_copy(builder->arena, text);
        else if (builder->value == VALUE_GUID && slice_starts(text, SLICE("http")))
            builder->guid = arena_copy(builder->arena, text);
        else if (builder->value == VALUE_DATE)      // published before updated, what a news sitemap says before its lastmod
            take_date(builder, text, is(name, "updated") || is(name, "lastmod") ? 1 : 2);
        builder->value = VALUE_NONE;
    }
    if (builder->item_depth && builder->depth == builder->item_depth)
        end_item(builder);
    builder->depth--;
}

static void take_text(struct builder *builder, const xmlChar *text, int len)
{
    if (!builder->value)
        return;
    for (int i = 0; i < len && builder->text.count < FEED_MAX_VALUE; i++)
        vec_push(builder->arena, &builder->text, (char)text[i]);
}

// ---- what the parser calls ----------------------------------------------------------------------------------------
static void stop_if_failed(struct builder *builder)
{
    if (builder->failed)
        xml()->xmlStopParser(builder->parser);
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int space_count, const xmlChar **spaces,
                     int count, int default_count, const xmlChar **attributes)
{
    struct builder *builder = user;
    (void)prefix, (void)space, (void)space_count, (void)spaces, (void)default_count;
    ARENA_WITHIN(builder->arena, &builder->failed, take_start(builder, name, attributes, count));
    stop_if_failed(builder);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    struct builder *builder = user;
    (void)prefix, (void)space;
    ARENA_WITHIN(builder->arena, &builder->failed, take_end(builder, name));
    stop_if_failed(builder);
}

static void on_text(void *user, const xmlChar *text, int len)
{
    struct builder *builder = user;
    ARENA_WITHIN(builder->arena, &builder->failed, take_text(builder, text, len));
    stop_if_failed(builder);
}

// Only the five entities of XML; those that a document declares are not taken in.
static xmlEntityPtr on_entity(void *user, const xmlChar *name)
{
    (void)user;
    return xml()->xmlGetPredefinedEntity(name);
}

enum status feed_read(struct arena *arena, struct slice bytes, feed_item_vec *items, struct error *reterr_error)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end, .characters = on_text,
                             .cdataBlock = on_text, .getEntity = on_entity};
    if (!xml())
        return error_set(reterr_error, STATUS_NOT_FOUND, XML_MISSING);
    struct builder *builder = ARENA_NEW(arena, struct builder);
    builder->arena = arena;
    builder->items = items;
    jmp_buf outer;
    memcpy(&outer, &arena->unwind, sizeof outer);
    builder->parser = xml()->xmlCreatePushParserCtxt(&handler, builder, NULL, 0, NULL);
    if (!builder->parser)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for a feed");
    xml()->xmlCtxtUseOptions(builder->parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    for (size_t at = 0; at < bytes.len && !builder->parser->disableSAX; at += 65536)
        xml()->xmlParseChunk(builder->parser, bytes.at + at, (int)(bytes.len - at < 65536 ? bytes.len - at : 65536), 0);
    if (!builder->failed)
        xml()->xmlParseChunk(builder->parser, NULL, 0, 1);
    xml()->xmlFreeDoc(builder->parser->myDoc);     // made for entities that are declared, though nothing is kept in it
    xml()->xmlFreeParserCtxt(builder->parser);
    memcpy(&arena->unwind, &outer, sizeof outer);
    if (builder->failed)
        arena_fail(arena, builder->failed);
    if (builder->too_much)
        return error_set(reterr_error, STATUS_LIMIT, "more than %u items, or elements more than %d deep", FEED_MAX_ITEMS, FEED_MAX_DEPTH);
    return builder->known ? STATUS_OK : error_set(reterr_error, STATUS_BAD_ENCODING, "neither RSS nor Atom nor a sitemap");
}
