// SPDX-License-Identifier: MIT
// The day of the report: from the caller, the page's head, the dateline, or a stamp of day and time within the text.
//
// A dateline opens a paragraph with a place, a date and an agency in any order; the state that it is written from is kept, too. A day in
// the text says nothing of when the text was written: without any of these the report has no day.
#include "mention/dates.h"

#include <string.h>

#define TRUST_ROUNDS 4
#define DATELINE_TOKENS 28
#define DATELINE_PARAGRAPHS 4
#define DATELINE_BRACKETS 12    // tokens of an agency or a date in brackets
#define AGENCY_WORDS 4          // of no lexicon

static bool read_day(const struct finder *f, uint32_t at, struct reading *ret_reading)
{
    bool weekday = kinds_at(f, at) & KIND(WEEKDAY);
    return weekday ? relative_read_weekday(f, at, ret_reading) : calendar_read(f, at, ret_reading);
}

// First full date of the sentence at work.
static bool first_date(const struct finder *f, struct reading *ret_reading)
{
    for (uint32_t at = f->first; at < f->last; at++) {
        struct reading r;
        if (!read_day(f, at, &r))
            continue;
        if (r.first.day && r.first.month && r.first.year) {
            *ret_reading = r;
            return true;
        }
        at = r.end - 1;
    }
    return false;
}

// Roles in the order of trust: what is surely the page's head, then what stands above the report.
static bool may_date_report(int round, uint8_t role, bool above)
{
    switch (round) {
    case 0:
        return role == PARAGRAPH_META && above;
    case 1:
        return (role == PARAGRAPH_TITLE || role == PARAGRAPH_HEADING) && above;
    case 2:
        return role == PARAGRAPH_META && !above;
    default:
        return role == PARAGRAPH_FURNITURE && above;
    }
}

static bool published_in_head(struct finder *f, struct date *ret_date)
{
    const struct document *d = f->document;
    for (int round = 0; round < TRUST_ROUNDS; round++) {
        bool above = true;
        for (uint32_t s = 0; s < d->sentences.count; s++) {
            uint8_t role = d->paragraphs.at[d->sentences.at[s].paragraph].role;
            above = above && role != PARAGRAPH_BODY;
            if (!may_date_report(round, role, above) || !d->sentences.at[s].pack)
                continue;
            finder_enter(f, s);
            f->pack = d->sentences.at[s].pack;
            f->first = d->sentences.at[s].first;
            f->last = d->sentences.at[s].last;
            struct reading r;
            if (first_date(f, &r)) {
                *ret_date = r.last.year ? r.last : r.first;
                return true;
            }
        }
    }
    return false;
}

struct dateline {
    struct reading reading;
    bool dated, placed, timed, sourced;
    uint16_t state;
    uint32_t unknown;       // words of no lexicon: the agency's name
    uint32_t end;           // as far as it is read
};

enum step { STEP_ON, STEP_CLOSED, STEP_NONE };

// A mark that closes sentences of the language: a danda, a full stop.
static bool ends_sentences(const struct finder *f, uint32_t at)
{
    for (uint32_t i = 0; f->tokens[at].kind == TOKEN_PUNCT && i < f->pack->config.sentence_ends.count; i++)
        if (slice_eq(f->pack->config.sentence_ends.at[i], document_fold(f->document, at)))
            return true;
    return false;
}

static bool ends_dateline(const struct finder *f, uint32_t at)
{
    return ends_sentences(f, at) || is_mark(f, at, ':') || (is_mark(f, at, '-') && !is_joint(f, at)) || is_mark(f, at, '.') ||
           (f->tokens[at].kind == TOKEN_PUNCT && at + 1 == f->last);
}

// "13:05": one token of figures.
static bool is_clock(const struct finder *f, uint32_t at)
{
    const struct token *token = &f->tokens[at];
    return token->kind == TOKEN_NUMBER && memchr(f->document->text.at + token->begin, ':', token->end - token->begin) != NULL;
}

static enum step step_over_day(const struct finder *f, struct dateline *line, const struct reading *r)
{
    line->dated = r->first.day != 0;
    line->reading = *r;
    line->end = r->end;
    // "30 May 2025 г. The first summit": the stop of the word for "year" closes the dateline, too
    uint32_t flags = line->end < f->last ? f->tokens[line->end].flags : 0;
    bool stop = (flags & TOKEN_ABBREVIATION) && !(flags & TOKEN_CAPITAL);
    line->end += stop;
    bool text = line->end < f->last && (f->tokens[line->end].flags & TOKEN_CAPITAL);
    return stop && text && line->placed && line->dated ? STEP_CLOSED : STEP_ON;
}

// An agency, or the date, in brackets; behind a place or a date they close the dateline.
static enum step step_over_brackets(const struct finder *f, struct dateline *line)
{
    struct reading r;
    uint32_t at = line->end;
    line->end = skip_brackets(f, at, DATELINE_BRACKETS);
    if (line->end == at)
        return STEP_NONE;
    for (uint32_t t = at + 1; !line->dated && t + 1 < line->end; t++)
        if (calendar_read(f, t, &r) && r.first.day) {
            line->dated = true;
            line->reading = r;
        }
    if (!line->placed && !line->dated)
        return STEP_ON;
    line->end += line->end < f->last && ends_dateline(f, line->end);
    return STEP_CLOSED;
}

static enum step step_over_stop(const struct finder *f, struct dateline *line)
{
    struct reading r;
    uint32_t at = line->end++;
    if (line->placed && !line->dated && is_mark(f, at, '.') && calendar_read(f, at + 1, &r) && r.first.day)
        return STEP_ON;     // "Accra. 28 November 2024 г. AGENCY."
    return line->placed || line->dated ? STEP_CLOSED : STEP_NONE;
}

static bool separates(const struct finder *f, uint32_t at)
{
    bool weekday = (kinds_at(f, at) & KIND(WEEKDAY)) && is_mark(f, unit_last(f, at), ',');     // "Accra, Friday, 14 November"
    return is_mark(f, at, ',') || is_mark(f, at, '/') || is_mark(f, at, '[') || is_mark(f, at, ']') || is_mark(f, at, '"') || weekday;
}

static bool may_be_agency(const struct finder *f, const struct dateline *line)
{
    uint32_t at = line->end;
    bool word = f->covering[at] == SPAN_NONE && f->tokens[at].kind == TOKEN_WORD;
    bool number = line->placed && f->tokens[at].kind == TOKEN_NUMBER && kinds_at(f, at + 1) == 0;
    return (word || number) && line->unknown < AGENCY_WORDS;
}

// Over the next thing of the dateline.
static enum step step_dateline(const struct finder *f, struct dateline *line)
{
    struct reading r;
    uint32_t at = line->end;
    const struct lexeme *city = lexeme_at(f, at, LEXICON_CITY);
    if (city || party_at(f, at) != PARTY_NONE) {
        if (city && line->state == PARTY_NONE)
            line->state = f->world->cities.at[city->value].state;
        line->placed |= city != NULL;   // a state alone is no dateline: "India: …", "X - Y talks"
        line->end = unit_last(f, at);
        return STEP_ON;
    }
    bool begun = line->placed || line->unknown || line->sourced || at == f->first;
    if (begun && !line->dated && read_day(f, at, &r) && (r.first.day || r.weekday))
        return step_over_day(f, line, &r);
    if (is_clock(f, at)) {
        line->timed = true;
        line->end++;
        return STEP_ON;
    }
    if (is_mark(f, at, '('))
        return step_over_brackets(f, line);
    if (at > f->first && ends_dateline(f, at))
        return step_over_stop(f, line);
    if (separates(f, at) || (kinds_at(f, at) & (KIND(SOURCE) | KIND(PLACE)))) {
        line->sourced |= (kinds_at(f, at) & KIND(SOURCE)) != 0;
        line->end = unit_last(f, at);
        return STEP_ON;
    }
    if (!may_be_agency(f, line))
        return STEP_NONE;
    line->unknown++;
    line->end++;
    return STEP_ON;
}

// A dateline opens a paragraph: place, date and agency in any order, closed by a colon, a dash, a bracket or a stop.
static bool read_dateline(const struct finder *f, struct dateline *ret)
{
    *ret = (struct dateline){.state = PARTY_NONE, .end = f->first};
    while (ret->end < f->last && ret->end < f->first + DATELINE_TOKENS) {
        enum step step = step_dateline(f, ret);
        if (step != STEP_ON)
            return step == STEP_CLOSED;
    }
    return ret->timed && ret->dated && ret->end == f->last;    // "8 May 2025 10:10 Moscow, Kremlin": a stamp is a sentence of its own
}

// A full date with a clock behind it opens the sentence at work.
static bool opens_with_stamp(const struct finder *f)
{
    struct reading r;
    uint32_t at = f->first;
    if (f->tokens[at].kind != TOKEN_NUMBER || !calendar_read(f, at, &r) || !r.first.year || !r.first.day)
        return false;
    return (r.end < f->last && is_clock(f, r.end)) || (r.end + 1 < f->last && is_clock(f, r.end + 1));
}

static bool find_dateline(struct finder *f, struct dateline *ret)
{
    const struct document *d = f->document;
    uint32_t paragraph = UINT32_MAX, seen = 0;
    for (uint32_t s = 0; s < d->sentences.count && seen < DATELINE_PARAGRAPHS; s++) {
        const struct sentence *sentence = &d->sentences.at[s];
        bool begins = sentence->paragraph != paragraph;
        if (!finder_enter(f, s) || (!begins && !opens_with_stamp(f)))
            continue;
        paragraph = sentence->paragraph;
        if (f->paragraph_role != PARAGRAPH_BODY && f->paragraph_role != PARAGRAPH_META)
            continue;
        seen += begins && f->paragraph_role == PARAGRAPH_BODY;
        // a stop behind the date may have cut the sentence; the dateline goes on to the paragraph's end at most
        uint32_t limit = opens_with_stamp(f) ? s + 1 : s + 4;
        for (uint32_t n = s + 1; n < d->sentences.count && n < limit && d->sentences.at[n].paragraph == paragraph; n++)
            f->last = d->sentences.at[n].last;
        if (read_dateline(f, ret)) {
            f->dateline_first = f->first;
            f->dateline_last = ret->end;
            f->dateline_state = ret->state;
            finder_take(f, f->first, ret->end, TAKEN_DATELINE);
            return true;
        }
    }
    return false;
}

// "28 March 2025, 13:05" within the text, as pages give it whose lines ran together: a full date with a time of day right behind it.
static bool published_by_stamp(struct finder *f, struct date *ret_date)
{
    const struct document *d = f->document;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        if (!finder_enter(f, s))
            continue;
        for (uint32_t at = f->first; at < f->last && (f->here & HERE_NUMBERS); at++) {
            struct reading r;
            if (f->tokens[at].kind != TOKEN_NUMBER && !(f->kinds[at] & DATE_KINDS))
                continue;
            if (!calendar_read(f, at, &r))
                continue;
            uint32_t hour = r.end, limit = r.end + 2;   // "2025 г., 13:05"
            while (hour < limit && hour < f->last && !is_clock(f, hour) && !(f->tokens[hour].flags & TOKEN_CAPITAL))
                hour++;
            bool time = hour < f->last && is_clock(f, hour);
            if (time && r.first.day && r.first.month && r.first.year && !r.last.day) {
                *ret_date = r.first;
                return true;
            }
            at = r.end - 1;
        }
    }
    return false;
}

void dates_published(struct finder *f)
{
    struct document *d = f->document;
    struct date head = {0}, day = {0};
    struct dateline line;
    bool has_line = find_dateline(f, &line);
    bool has_head = published_in_head(f, &head);
    if (d->given_date.first.year)
        head = d->given_date.last.year ? d->given_date.last : d->given_date.first;
    if (has_line && line.dated) {
        struct reading *r = &line.reading;
        day = r->last.day ? r->last : r->first;
        if (!day.year && head.year)
            day.year = (int16_t)relative_year(head, day, 0, r->weekday);
    }
    if (d->given_date.first.year || (!day.year && (has_head || head.year)))
        day = head;
    if (!day.year && !has_line && !published_by_stamp(f, &day))
        return;
    f->published = day;
    d->published.first = day;
}
