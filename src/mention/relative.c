// SPDX-License-Identifier: MIT
// What only the day of the report makes a date: "today", "next month", a weekday, and the year of a day and month.
//
// Tense decides between two candidates: the nearest verb of the sentence says future or past. Where the day of the report is not known,
// the last date of the text that names its year serves for the year alone.
#include "mention/dates.h"

#include <stdlib.h>

#define STEP_MAX 400        // days, weeks, … from the day of the report
#define ATTRIBUTE_REACH 2   // tokens between a participle and the date that it takes
#define AUXILIARY_BEFORE 4  // tokens to the auxiliary that a verb hangs on
#define AUXILIARY_BEHIND 4
#define TENSE_REACH 60      // tokens to the verb that dates a day
// Words that are a verb form and something else, too ("की"): no witness of tense.
#define NO_VERB                                                                                                         \
    (GRAMMAR(OF) | GRAMMAR(FROM) | GRAMMAR(WITH) | GRAMMAR(AND) | GRAMMAR(TO) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(PRONOUN) | \
     GRAMMAR(DETERMINER) | GRAMMAR(OBJECT) | GRAMMAR(FOR) | GRAMMAR(UNTIL))

static struct date month_step(const struct finder *f, int step)
{
    struct date date = date_add_months(f->published, step);
    date.day = 0;
    return date;
}

// "Next year in May", "this year on 5 June": the day or month behind a year that is told by the report's.
static bool read_within_year(const struct finder *f, uint32_t at, int step, struct reading *r)
{
    struct reading month = {.year_step = INT8_MIN};
    if (classes_at(f, at) & (GRAMMAR(OF) | GRAMMAR(IN) | GRAMMAR(ON)))
        at = unit_last(f, at);
    if (at >= f->last || !(calendar_read_day_month(f, at, &month) || calendar_read_month(f, at, &month)) || month.first.year)
        return false;
    *r = month;
    r->year_step = (int8_t)step;
    return true;
}

static int tense_near(const struct finder *f, uint32_t at);

// Where verbs come last: the first finite verb behind `end` is in the present ("are meeting", "is being held"), and no auxiliary of a
// past form, which may be a mark as well ("मुलाकात की है").
static bool is_under_way(const struct finder *f, uint32_t end)
{
    uint32_t features = 0, before = 0;
    for (uint32_t token = end; token < f->last && !(features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT))); token++) {
        if (f->tokens[token].kind == TOKEN_PUNCT)
            return false;   // "met, after which …"
        before = token > end ? features_at(f, token - 1, LEXICON_GRAMMAR) : 0;
        features = f->classes[token] & NO_VERB ? 0 : features_at(f, token, LEXICON_GRAMMAR);
    }
    return f->pack->config.head == HEAD_FINAL && (features & FEATURE(PRES)) && !((features | before) & FEATURE(PAST));
}

// "Yesterday" or "tomorrow" by one word, whose verb tells which; none before a number, where it may count ("12 in all").
static bool read_either(const struct finder *f, uint32_t at, int step, struct reading *r)
{
    if (r->end < f->last && f->document->tokens.at[r->end].kind == TOKEN_NUMBER)
        return false;
    int tense = tense_near(f, at);
    if (!tense && is_under_way(f, r->end))
        tense = 1;      // "is being held tomorrow"
    if (f->published.day)
        r->first = date_add_days(f->published, tense > 0 ? step : -step);
    return true;
}

// "today", "last month", "next year", "this week".
bool relative_read(const struct finder *f, uint32_t at, struct reading *r)
{
    const struct lexeme *time = lexeme_at(f, at, LEXICON_TIME);
    if (!time)
        return false;
    int step = (int)(time->number > STEP_MAX ? STEP_MAX : time->number < -STEP_MAX ? -STEP_MAX : time->number);
    r->end = unit_last(f, at);
    struct reading month = {.year_step = INT8_MIN};
    // "the last week of November 2021": of that month, and no week of the report's
    if ((time->attribute == TIME_WEEK || time->attribute == TIME_DAY) && (classes_at(f, r->end) & GRAMMAR(OF)) &&
        calendar_read_month(f, skip_determiners(f, unit_last(f, r->end)), &month)) {
        *r = month;
        return true;
    }
    r->relative = true;
    if ((time->attribute == TIME_YEAR && read_within_year(f, r->end, step, r)) || (!f->published.year && time->attribute != TIME_TOLD))
        return true;
    switch (time->attribute) {
    case TIME_DAY:
        if (f->published.day)
            r->first = date_add_days(f->published, step);
        break;
    case TIME_TOLD:     // "the same day", "a day later": from the day named last, else from the report's
        if (f->latest.day || f->published.day)
            r->first = date_add_days(f->latest.day ? f->latest : f->published, step);
        break;
    case TIME_EITHER:
        return read_either(f, at, step, r);
    case TIME_WEEK:
        if (f->published.day) {
            r->first = date_add_days(f->published, 7 * step - (date_weekday(f->published) - 1));
            r->last = date_add_days(r->first, 6);
        }
        break;
    case TIME_MONTH:
        if (f->published.month)
            r->first = month_step(f, step);
        break;
    case TIME_QUARTER:
        if (f->published.month) {
            r->first = month_step(f, 3 * step - (f->published.month - 1) % 3);
            r->last = date_add_months(r->first, 2);
            r->last.day = 0;
        }
        break;
    default:
        r->first.year = (int16_t)(f->published.year + step);
        break;
    }
    return true;
}

// "Monday, 28 August", "Monday (October 21)", "मंगलवार 16 सितंबर 2025", or the weekday alone.
bool relative_read_weekday(const struct finder *f, uint32_t at, struct reading *r)
{
    const struct lexeme *weekday = lexeme_at(f, at, LEXICON_WEEKDAY);
    bool verb = !f->pack->config.plain_names && !(f->tokens[at].flags & TOKEN_CAPITAL) && trigger_at(f, at) != SPAN_NONE;
    if (!weekday || verb)
        return false;   // "they sat together"
    uint32_t end = unit_last(f, at), next = end;
    bool bracket = is_mark(f, next, '(');
    if (is_mark(f, next, ',') || bracket)
        next++;
    next = skip_determiners(f, next);
    struct reading date;
    if (next < f->last && calendar_read(f, next, &date) && date.first.day) {
        *r = date;
        if (bracket && is_mark(f, r->end, ')'))
            r->end++;
    } else {
        *r = (struct reading){.year_step = INT8_MIN, .end = end};
    }
    r->weekday = (uint8_t)weekday->value;
    return true;
}

// A verb that only tells who speaks.
static bool says(const struct finder *f, uint32_t group)
{
    for (uint32_t i = group, end = triggers_end(f, group); i < end; i++)
        if (rule_of(f, i)->role == ROLE_SAY)
            return true;
    return false;
}

// A verb of planning: what it dates lies ahead, whatever its own tense ("is scheduled", "was set for"); of a visit to which somebody is
// asked, what stands behind it ("invited him to visit Rome in May").
static bool plans(const struct finder *f, uint32_t group, bool behind)
{
    const struct rule *rule = rule_of(f, group);
    bool asks = behind && (rule->makes == MEETING_VISIT || rule->commitment.value == STANCE_PROPOSED);
    return rule->meeting.value == MEETING_STATUS_PLANNED && (rule->commitment.value == STANCE_PLANNED || asks);
}

// An infinitive or participle hangs on an auxiliary: "will be held", "is to visit".
static bool hangs_on_future(const struct finder *f, uint32_t verb)
{
    for (uint32_t k = verb; k > f->first && verb - k < AUXILIARY_BEFORE; k--)
        if (f->classes[k - 1] & GRAMMAR(WILL))
            return true;
    for (uint32_t k = verb + 1; k < f->last && k - verb <= AUXILIARY_BEHIND; k++)
        if ((f->classes[k] & GRAMMAR(WILL)) || (features_at(f, k, LEXICON_GRAMMAR) & FEATURE(FUT)))
            return true;
    return false;
}

// Where words inflect, two forms tell a time by themselves: "broken off in October", the participle right before the date; "agreed to
// hold it in June", the infinitive. `before`: tokens from the verb to the date behind it, 0 where the verb stands behind.
static int tense_of_form(const struct finder *f, uint32_t features, uint32_t before)
{
    if (!pack_inflects(f->pack))
        return 0;   // there the infinitive has a mark of its own
    bool attribute = before && before <= ATTRIBUTE_REACH && (features & FEATURE(PART)) && (features & (FEATURE(NOM) | FEATURE(GEN)));
    if (attribute && !(features & FEATURE(PRES)))
        return -1;
    return (features & FEATURE(INF)) && !(features & (FEATURE(PAST) | FEATURE(PRES))) ? 1 : 0;
}

// 1, -1: the word at `t` is a verb of the future, of the past; 0: neither, or no verb.
static int tense_of(const struct finder *f, uint32_t t, uint32_t before)
{
    uint32_t features = 0, group = trigger_at(f, t);
    if ((f->kinds[t] & KIND(GRAMMAR)) && !(f->classes[t] & NO_VERB)) {
        if (f->classes[t] & GRAMMAR(WILL))
            return 1;
        if (f->classes[t] & (GRAMMAR(BE) | GRAMMAR(DO) | GRAMMAR(HAVE) | GRAMMAR(VERB)))
            features |= features_at(f, t, LEXICON_GRAMMAR);
    }
    if (group != SPAN_NONE && pack_inflects(f->pack) && says(f, group))
        return 0;   // "in December, she went on, the commission will meet"
    if (group != SPAN_NONE)
        features |= f->document->triggers.at[group].features;
    if ((features & FEATURE(FUT)) || (group != SPAN_NONE && f->pack->config.head != HEAD_FINAL && plans(f, group, before > 0)))
        return 1;
    int told = tense_of_form(f, features, before);
    if (told || !(features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(INF))))
        return told;
    // "agreed to meet in June": the infinitive by its mark
    bool marks = f->pack->config.case_marks == CASE_BEFORE && !pack_inflects(f->pack);
    bool open = before && marks && t > f->first && (features & FEATURE(INF)) && (f->classes[t - 1] & GRAMMAR(TO));
    if (open || hangs_on_future(f, t))
        return 1;
    return features & FEATURE(PAST) ? -1 : 0;
}

#define UNTIL_REACH 3       // tokens from the date to its "until": "by June", "June's end by"

// Where marks follow: "to give radars by the end of June they promised": what is still to be done by then lies ahead.
static bool is_deadline(const struct finder *f, uint32_t end)
{
    bool until = false;
    uint32_t token = end;
    for (; token < f->last && token < end + UNTIL_REACH && !until; token++)
        until = f->classes[token] & GRAMMAR(UNTIL);
    for (; until && token < f->last && token < end + TENSE_REACH; token++) {
        uint32_t features = features_at(f, token, LEXICON_GRAMMAR), group = trigger_at(f, token);
        if (group != SPAN_NONE)
            features |= f->document->triggers.at[group].features;
        if ((f->classes[token] & NO_VERB) || !(features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT) | FEATURE(INF))))
            continue;
        return (features & FEATURE(INF)) && !(features & (FEATURE(PAST) | FEATURE(PRES)));
    }
    return false;
}

// 1: the nearest verb of the sentence is future; -1: past; 0: neither. Verbs behind win over verbs before at equal distance; where verbs
// come last, none of this clause stands before.
static int tense_near(const struct finder *f, uint32_t at)
{
    for (uint32_t d = 1; d < TENSE_REACH; d++) {
        int tense = at + d < f->last ? tense_of(f, at + d, 0) : 0;
        if (!tense && at >= f->first + d && f->pack->config.head != HEAD_FINAL)
            tense = tense_of(f, at - d, d);
        if (tense)
            return tense;
    }
    return 0;
}

// The year that puts a day and month nearest to `anchor`, on the side that the tense says when that is not far off.
int relative_year(struct date anchor, struct date date, int tense, uint8_t weekday)
{
    int best = anchor.year;
    int64_t best_cost = INT64_MAX, from = date_day_number(anchor);
    for (int year = anchor.year - 1; year <= anchor.year + 1; year++) {
        struct date candidate = {(int16_t)year, date.month, date.day};
        int64_t distance = date_day_number(candidate) - from, cost = llabs(distance);
        if (!date.day && distance < 0)
            cost = -distance > 27 ? -distance - 27 : 0;     // a month is near as long as it lasts
        if (tense && distance * tense < 0 && cost > 1)
            cost += 300;
        if (weekday && date.day && date_valid(candidate) && date_weekday(candidate) != weekday)
            cost += 1000;
        if (cost < best_cost) {
            best_cost = cost;
            best = year;
        }
    }
    return best;
}

static struct date anchor_of(const struct finder *f) { return f->published.year ? f->published : f->latest; }

static void resolve_year(const struct finder *f, uint32_t at, struct reading *r)
{
    struct date anchor = anchor_of(f);
    if (r->year_step != INT8_MIN) {
        int year = f->published.year ? f->published.year : anchor.year;     // else by the last date that told its year
        if (!year)
            return;
        r->first.year = (int16_t)(year + r->year_step);
    } else if (anchor.year && anchor.month) {
        uint64_t before = classes_at(f, at - (at > f->first));
        bool ahead = (before & GRAMMAR(NEXT)) || (f->pack->config.case_marks == CASE_AFTER && is_deadline(f, r->end));
        int tense = before & GRAMMAR(PREVIOUS) ? -1 : ahead ? 1 : tense_near(f, at);
        r->first.year = (int16_t)relative_year(anchor, r->first, tense, r->weekday);
        if ((before & GRAMMAR(PREVIOUS)) && r->first.year == anchor.year && r->first.month > anchor.month)
            r->first.year--;
    } else if (anchor.year) {
        r->first.year = anchor.year;
    }
    if (r->last.month && r->first.year)
        r->last.year = (int16_t)(r->first.year + (r->last.month < r->first.month));
}

static void resolve_weekday(const struct finder *f, uint32_t at, struct reading *r)
{
    if (!f->published.year || !f->published.day)
        return;
    int today = date_weekday(f->published), back = (today - r->weekday + 7) % 7;
    uint64_t before = classes_at(f, at - (at > f->first));
    if (before & GRAMMAR(NEXT))
        r->first = date_add_days(f->published, 7 - back);
    else if (tense_near(f, at) > 0 || is_under_way(f, r->end))
        r->first = date_add_days(f->published, back ? 7 - back : 0);
    else
        r->first = date_add_days(f->published, -back);
}

// Days of a month that the text does not name again: the month of the report, or the one before when the day lies ahead.
static void resolve_days(const struct finder *f, uint32_t at, struct reading *r)
{
    struct date anchor = f->published.month ? f->published : f->latest;
    if (!anchor.month)
        return;
    struct date month = {anchor.year, anchor.month, 0};
    if (f->published.day && r->first.day > f->published.day && tense_near(f, at) <= 0)
        month = date_add_months(month, -1);
    r->first.year = month.year;
    r->first.month = month.month;
    if (r->last.day) {
        r->last.year = month.year;
        r->last.month = month.month;
    }
}

void relative_resolve(const struct finder *f, uint32_t at, struct reading *r)
{
    if (r->relative)
        return;
    if (r->first.month && !r->first.year)
        resolve_year(f, at, r);
    else if (!r->first.month && r->first.day)
        resolve_days(f, at, r);
    else if (!r->first.month && !r->first.year && r->weekday)
        resolve_weekday(f, at, r);
}
