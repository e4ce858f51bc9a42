// SPDX-License-Identifier: MIT
// The page that a person reads: who met whom, what was signed, what was agreed in which sector, when they meet next.
// Each statement is followed by the words of the report that say so, short enough to be read at a glance.
//
// Layout: a head (title, parties, date, sources), then the sections, in the order in which an officer asks:
// meetings, instruments, commitments by sector from firm to loose, the next meeting, people who were named and stand
// in no meeting. A section without content is left out. Parties are said once in the head and again only where a
// statement has others.
//
// Invariants: nothing is shown that the record does not hold; all text of the report goes through page_add_text.
#include "report/record_text.h"

#include "doc/codes.h"
#include "name/latin.h"
#include "report/page.h"
#include "report/width.h"
#include "report/words.h"

#define INDENT_ITEM 2
#define INDENT_DETAIL 4
#define QUOTE_COLUMNS 168   // longest excerpt, about two lines

struct view {
    struct page page;
    const struct document *document;
    const struct world *world;
    struct evidence quoted;     // tokens of the excerpt printed last: not printed twice in a row
};

// ---- values -------------------------------------------------------------------------------------------------------
static void add_words(struct view *v, uint32_t first, uint32_t last)
{
    page_add_text(&v->page, document_words(v->document, first, last));
}

static void add_party(struct view *v, uint16_t party)
{
    page_add_text(&v->page, v->world->parties.at[party].name);
}

static void add_parties(struct view *v, const struct party_set *parties)
{
    for (uint8_t i = 0; i < parties->count; i++) {
        buf_add_text(&v->page.value, words_joint(i, parties->count));
        add_party(v, parties->at[i]);
    }
}

// The name as written, in Latin letters where it is not, the office and whom it serves.
static void add_person(struct view *v, uint32_t index)
{
    const struct person_claim *person = &v->document->record.people.at[index];
    struct buf *value = &v->page.value;
    struct slice name = document_words(v->document, person->name_first, person->name_last);
    char latin[LATIN_MAX];
    size_t len = latin_name(v->document, person->name_first, person->name_last, latin);
    page_add_text(&v->page, name);
    if (len && !slice_eq(name, slice_make(latin, len))) {
        buf_add_text(value, " (");
        page_add_text(&v->page, slice_make(latin, len));
        buf_add_char(value, ')');
    }
    if (code_text(CODES_OFFICE, person->office)) {
        buf_add_text(value, name.len ? ", " : "");
        words_code(value, CODES_OFFICE, person->office);
        if (person->portfolio) {
            buf_add_text(value, " for ");
            words_sectors(value, person->portfolio);
        }
    }
    if (person->party != PARTY_NONE) {
        buf_add_text(value, ", ");
        add_party(v, person->party);
    }
}

static bool same_parties(const struct party_set *set, const struct record *record)
{
    if (set->count != record->parties.count)
        return false;
    for (uint32_t i = 0; i < record->parties.count; i++) {
        bool found = false;
        for (uint8_t j = 0; j < set->count; j++)
            found |= set->at[j] == record->parties.at[i].party;
        if (!found)
            return false;
    }
    return true;
}

static void field_parties(struct view *v, const struct party_set *parties)
{
    if (parties->count == 0 || same_parties(parties, &v->document->record))
        return;
    add_parties(v, parties);
    page_field(&v->page, INDENT_DETAIL, "between", TONE_QUIET);
}

static void field_people(struct view *v, const char *label, const index_vec *people, const index_vec *but_not)
{
    for (uint32_t i = 0; i < people->count; i++) {
        bool shown = false;
        for (uint32_t j = 0; but_not && j < but_not->count; j++)
            shown |= but_not->at[j] == people->at[i];
        if (shown)
            continue;
        add_person(v, people->at[i]);
        page_field(&v->page, INDENT_DETAIL, label, TONE_QUIET);
        label = "";
    }
}

static void field_date(struct view *v, const char *label, struct date_range date)
{
    if (date_is_none(date))
        return;
    words_date(&v->page.value, date);
    page_field(&v->page, INDENT_DETAIL, label, TONE_QUIET);
}

static void field_words(struct view *v, const char *label, uint32_t first, uint32_t last)
{
    if (first >= last)
        return;
    add_words(v, first, last);
    page_field(&v->page, INDENT_DETAIL, label, TONE_QUIET);
}

// All amounts in one line, as written.
static void field_amounts(struct view *v, const amount_vec *amounts)
{
    for (uint32_t i = 0; i < amounts->count; i++) {
        if (i)
            buf_add_text(&v->page.value, ", ");
        add_words(v, amounts->at[i].first, amounts->at[i].last);
    }
    if (amounts->count)
        page_field(&v->page, INDENT_DETAIL, "amount", TONE_QUIET);
}

// ---- the words that say so ----------------------------------------------------------------------------------------
static uint32_t token_columns(const struct document *document, uint32_t token)
{
    const struct token *t = &document->tokens.at[token];
    uint32_t columns = width_text(slice_make(document->text.at + t->begin, t->end - t->begin));
    return columns + (t->flags & TOKEN_SPACE_BEFORE ? 1 : 0);
}

// The part of the sentence around `core` that fits into QUOTE_COLUMNS: the core's begin first, then both sides in
// turn.
static struct evidence excerpt(const struct document *document, struct evidence core)
{
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[core.first].sentence];
    uint32_t end = core.last < sentence->last ? core.last : sentence->last;
    struct evidence part = {core.first, core.first};
    uint32_t columns = 0;
    while (part.last < end && columns < QUOTE_COLUMNS)
        columns += token_columns(document, part.last++);
    while (columns < QUOTE_COLUMNS && (part.first > sentence->first || part.last < sentence->last)) {
        if (part.first > sentence->first)
            columns += token_columns(document, --part.first);
        if (part.last < sentence->last)
            columns += token_columns(document, part.last++);
    }
    return part;
}

// The headline stands at the top of the page already: the report's own sentence says more.
static bool in_title(const struct document *document, struct evidence evidence)
{
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[evidence.first].sentence];
    return document->paragraphs.at[sentence->paragraph].role == PARAGRAPH_TITLE;
}

// `core` is what must be seen: a claim's topic, or its evidence where it has none.
static void quote(struct view *v, const evidence_vec *evidence, struct evidence core)
{
    const struct document *document = v->document;
    if (core.first >= core.last) {
        if (evidence->count == 0)
            return;
        core = evidence->at[0];
        for (uint32_t i = 0; i < evidence->count && in_title(document, core); i++)
            core = evidence->at[i];
    }
    struct evidence part = excerpt(document, core);
    if (part.first == v->quoted.first && part.last == v->quoted.last)
        return;
    v->quoted = part;
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[core.first].sentence];
    if (part.first > sentence->first)
        buf_add_text(&v->page.value, "… ");
    add_words(v, part.first, part.last);
    if (part.last < sentence->last)
        buf_add_text(&v->page.value, " …");
    page_quote(&v->page, INDENT_DETAIL);
}

// ---- sections -----------------------------------------------------------------------------------------------------
static void field_cites(struct view *v)
{
    const struct document *document = v->document;
    const struct record *record = &document->record;
    if (record->cites.count == 0)
        return;
    for (uint32_t i = 0; i < record->cites.count; i++) {
        struct slice words = document_words(document, record->cites.at[i].first, record->cites.at[i].last);
        bool before = false;
        for (uint32_t j = 0; j < i; j++)
            before |= slice_eq(words, document_words(document, record->cites.at[j].first, record->cites.at[j].last));
        if (before)
            continue;
        buf_add_text(&v->page.value, i ? ", " : "");
        page_add_text(&v->page, words);
    }
    page_field(&v->page, INDENT_ITEM, "cites", TONE_QUIET);
}

static struct slice range_text(const struct document *document, struct text_range range)
{
    return slice_make(document->text.at + range.begin, range.end - range.begin);
}

static void head(struct view *v)
{
    const struct document *document = v->document;
    const struct record *record = &document->record;
    struct buf *value = &v->page.value;
    if (document->title.begin < document->title.end) {
        page_add_text(&v->page, range_text(document, document->title));
        page_value(&v->page, 0, TONE_STRONG);
    }
    page_add_text(&v->page, document->uri);
    if (document->pack) {
        buf_add_text(value, " · ");
        page_add_text(&v->page, document->pack->config.name);
    }
    page_value(&v->page, 0, TONE_QUIET);
    struct date_range published = date_is_none(document->published) ? document->given_date : document->published;
    struct slice publisher = document->given_publisher;
    if (!publisher.len && document->publisher.begin < document->publisher.end)
        publisher = range_text(document, document->publisher);
    if (record->parties.count || record->cites.count || publisher.len || !date_is_none(published))
        buf_add_char(v->page.out, '\n');
    for (uint32_t i = 0; i < record->parties.count; i++) {
        buf_add_text(value, words_joint(i, record->parties.count));
        add_party(v, record->parties.at[i].party);
    }
    if (record->parties.count)
        page_field(&v->page, INDENT_ITEM, "parties", TONE_QUIET);
    words_date(value, published);
    if (publisher.len) {
        buf_add_text(value, value->len ? ", " : "");
        page_add_text(&v->page, publisher);
    }
    if (value->len)
        page_field(&v->page, INDENT_ITEM, "published", TONE_QUIET);
    field_cites(v);
}

static void field_where(struct view *v, const struct meeting_claim *meeting)
{
    bool city = meeting->city != 0xFFFF;
    uint16_t state = meeting->state == PARTY_NONE && city ? v->world->cities.at[meeting->city].state : meeting->state;
    if (city)
        page_add_text(&v->page, v->world->cities.at[meeting->city].name);
    if (state != PARTY_NONE) {
        buf_add_text(&v->page.value, city ? ", " : "");
        add_party(v, state);
    }
    if (v->page.value.len)
        page_field(&v->page, INDENT_DETAIL, "where", TONE_QUIET);
}

static char upper_ascii(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static void capitalise(struct buf *value)
{
    if (value->len)
        value->at[0] = upper_ascii(value->at[0]);
}

static void meeting(struct view *v, const struct meeting_claim *claim)
{
    struct buf *value = &v->page.value;
    const struct record *record = &v->document->record;
    words_meeting(value, claim->type, claim->ordinal);
    capitalise(value);
    buf_add_text(value, ", ");
    words_code(value, CODES_MEETING_STATUS, claim->status);
    page_value(&v->page, INDENT_ITEM, TONE_STRONG);
    if (claim->body != CLAIM_NONE)
        field_words(v, "body", record->bodies.at[claim->body].name_first, record->bodies.at[claim->body].name_last);
    field_parties(v, &claim->parties);
    field_date(v, "when", claim->date);
    field_where(v, claim);
    field_people(v, "chaired by", &claim->chairs, NULL);
    field_people(v, "with", &claim->participants, &claim->chairs);
    quote(v, &claim->evidence, (struct evidence){0, 0});
}

// Planned meetings stand apart, behind everything else.
static void meetings(struct view *v, bool planned)
{
    const struct record *record = &v->document->record;
    bool any = false;
    for (uint32_t i = 0; i < record->meetings.count; i++) {
        const struct meeting_claim *claim = &record->meetings.at[i];
        if ((claim->status == MEETING_STATUS_PLANNED) != planned)
            continue;
        if (any)
            buf_add_char(v->page.out, '\n');
        else
            page_heading(&v->page, planned ? "NEXT" : "MEETINGS");
        any = true;
        meeting(v, claim);
    }
}

static enum page_tone status_tone(unsigned status)
{
    switch (status) {
    case INSTRUMENT_STATUS_SIGNED: case INSTRUMENT_STATUS_APPROVED:
    case INSTRUMENT_STATUS_IN_FORCE: case INSTRUMENT_STATUS_AGREED:
        return TONE_GOOD;
    case INSTRUMENT_STATUS_ENDED:
        return TONE_BAD;
    default:
        return TONE_OPEN;
    }
}

static void instruments(struct view *v)
{
    const struct record *record = &v->document->record;
    if (record->instruments.count)
        page_heading(&v->page, "INSTRUMENTS");
    for (uint32_t i = 0; i < record->instruments.count; i++) {
        const struct instrument_claim *claim = &record->instruments.at[i];
        struct buf label;
        buf_init_in(&label, 64, v->page.out->allocator);
        words_code(&label, CODES_INSTRUMENT_STATUS, claim->status);
        words_instrument(&v->page.value, claim->kind, claim->count);
        capitalise(&v->page.value);
        if (claim->sectors) {
            buf_add_text(&v->page.value, ": ");
            words_sectors(&v->page.value, claim->sectors);
        }
        page_field(&v->page, INDENT_ITEM, label.at ? label.at : "", status_tone(claim->status));
        if (label.failed && !v->page.out->failed)
            v->page.out->failed = label.failed;
        buf_finish(&label);
        if (i == 0 || claim->subject_first != claim[-1].subject_first || claim->subject_last != claim[-1].subject_last)
            field_words(v, "on", claim->subject_first, claim->subject_last);
        field_parties(v, &claim->parties);
        field_date(v, "date", claim->date);
        field_amounts(v, &claim->amounts);
        field_people(v, "signed by", &claim->signatories, NULL);
        quote(v, &claim->evidence, (struct evidence){claim->subject_first, claim->subject_last});
    }
}

static enum page_tone stance_tone(unsigned stance)
{
    switch (stance) {
    case STANCE_DONE: case STANCE_AGREED:
        return TONE_GOOD;
    case STANCE_PLANNED: case STANCE_PROPOSED:
        return TONE_OPEN;
    case STANCE_REFUSED:
        return TONE_BAD;
    default:
        return TONE_PLAIN;
    }
}

static void add_concepts(struct view *v, const code_vec *concepts)
{
    for (uint32_t i = 0; i < concepts->count; i++) {
        buf_add_text(&v->page.value, i ? ", " : v->page.value.len ? " (" : "(");
        words_concept(&v->page.value, v->world->concepts.at[concepts->at[i]].id);
    }
    if (concepts->count)
        buf_add_char(&v->page.value, ')');
}

static void commitment(struct view *v, const struct commitment_claim *claim, unsigned sector)
{
    struct buf *value = &v->page.value;
    uint64_t others = sector < SECTOR_COUNT ? claim->sectors & ~(UINT64_C(1) << sector) : 0;
    const char *stance = code_text(CODES_STANCE, claim->stance);
    add_words(v, claim->topic_first, claim->topic_last);
    add_concepts(v, &claim->concepts);
    if (others) {
        buf_add_text(value, value->len ? ", also " : "also ");
        words_sectors(value, others);
    }
    if (claim->by != PARTY_NONE) {
        buf_add_text(value, value->len ? ", by " : "by ");
        add_party(v, claim->by);
    }
    if (!date_is_none(claim->deadline)) {
        buf_add_text(value, value->len ? ", until " : "until ");
        words_date(value, claim->deadline);
    }
    page_field(&v->page, INDENT_DETAIL, stance ? stance : "", stance_tone(claim->stance));
    field_parties(v, &claim->parties);
    field_amounts(v, &claim->amounts);
    quote(v, &claim->evidence, (struct evidence){claim->topic_first, claim->topic_last});
}

// The sector under which a commitment is listed: its first. SECTOR_COUNT if it has none.
static unsigned main_sector(const struct commitment_claim *claim)
{
    unsigned sector = 0;
    while (sector < SECTOR_COUNT && !(claim->sectors >> sector & 1))
        sector++;
    return sector;
}

static void commitments_of(struct view *v, unsigned sector)
{
    const struct record *record = &v->document->record;
    bool any = false;
    for (unsigned stance = 0; stance < STANCE_COUNT; stance++)
        for (uint32_t i = 0; i < record->commitments.count; i++) {
            const struct commitment_claim *claim = &record->commitments.at[i];
            if (claim->stance != stance || main_sector(claim) != sector)
                continue;
            if (!any) {
                if (sector < SECTOR_COUNT)
                    words_code(&v->page.value, CODES_SECTOR, sector);
                else
                    buf_add_text(&v->page.value, "other");
                capitalise(&v->page.value);
                page_value(&v->page, INDENT_ITEM, TONE_STRONG);
            }
            any = true;
            commitment(v, claim, sector);
        }
}

static void commitments(struct view *v)
{
    if (v->document->record.commitments.count == 0)
        return;
    page_heading(&v->page, "COMMITMENTS");
    for (unsigned sector = 0; sector <= SECTOR_COUNT; sector++)
        commitments_of(v, sector);
}

static bool holds(const index_vec *people, uint32_t person)
{
    for (uint32_t i = 0; i < people->count; i++)
        if (people->at[i] == person)
            return true;
    return false;
}

static bool is_shown(const struct record *record, uint32_t person)
{
    for (uint32_t i = 0; i < record->meetings.count; i++)
        if (holds(&record->meetings.at[i].chairs, person) || holds(&record->meetings.at[i].participants, person))
            return true;
    for (uint32_t i = 0; i < record->instruments.count; i++)
        if (holds(&record->instruments.at[i].signatories, person))
            return true;
    return false;
}

static void other_people(struct view *v)
{
    const struct record *record = &v->document->record;
    bool any = false;
    for (uint32_t i = 0; i < record->people.count; i++) {
        if (is_shown(record, i))
            continue;
        if (!any)
            page_heading(&v->page, "ALSO NAMED");
        any = true;
        add_person(v, i);
        page_value(&v->page, INDENT_ITEM, TONE_PLAIN);
    }
}

enum status record_text(struct buf *out, const struct document *document, const struct world *world,
                        struct text_style style)
{
    struct view view = {.document = document, .world = world}, *v = &view;
    const struct record *record = &document->record;
    page_init(&v->page, out, style);
    head(v);
    meetings(v, false);
    instruments(v);
    commitments(v);
    meetings(v, true);
    other_people(v);
    if (record->meetings.count + record->instruments.count + record->commitments.count == 0) {
        buf_add_char(out, '\n');
        buf_add_text(&v->page.value, document->pack ? "No dealing between governments is reported."
                                                    : "No language pack reads this text.");
        page_value(&v->page, INDENT_ITEM, TONE_PLAIN);
    }
    return page_finish(&v->page);
}
