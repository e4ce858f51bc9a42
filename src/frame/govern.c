// SPDX-License-Identifier: MIT
// Government: the trigger to which a mention, or another trigger, belongs.
//
// In a head-initial language a trigger governs what follows it, up to the next trigger; a passive one governs its subject,
// which stands before
// it. In a head-final language it governs what precedes it. The two are mirror images but for the content clause: "agreed that …" and
// "…सहमति बनी कि …" both look forward over the conjunction.
//
// A trigger without a tense of its own (infinitive, gerund, verbal noun) is governed like any other thing; coordinated ones ("to expand …
// and to discuss …") share the governor of the first. A finite trigger is governed only across "that".
#include "frame/govern.h"

#include "frame/correlative.h"

static bool is_bare(const struct frame *frame)
{
    return frame->flags & (FRAME_NONFINITE | FRAME_NOUN);
}

static const struct rule *rule_of(const struct clause_view *view, const struct frame *frame)
{
    return &view->pack->rules.at[frame->rule];
}

static bool looks_after(const struct clause_view *view, const struct frame *frame)
{
    uint8_t governs = rule_of(view, frame)->governs;
    if (governs == GOVERNS_AFTER || governs == GOVERNS_BOTH)
        return true;
    return governs == GOVERNS_DEFAULT && view->pack->config.head == HEAD_INITIAL;
}

static bool looks_before(const struct clause_view *view, const struct frame *frame)
{
    uint8_t governs = rule_of(view, frame)->governs;
    if (governs == GOVERNS_BEFORE || governs == GOVERNS_BOTH)
        return true;
    if (governs == GOVERNS_AFTER)
        return false;
    // where endings tell subject from object, an object may stand before its verb ("the treaty-ACC signed the ministers")
    bool before = pack_inflects(view->pack) && !is_bare(frame);
    return view->pack->config.head == HEAD_FINAL || (frame->flags & FRAME_PASSIVE) || before;
}

// "Infrastructure that safeguards …": a "that" behind a matter describes it; what follows belongs to no verb before the matter.
static bool describes_matter(const struct clause_view *view, const struct frame *frame, uint32_t first)
{
    const struct span_layer *lexicon = &view->document->lexicon;
    uint32_t that = frame->verb_last > frame->last ? frame->verb_last : frame->last;
    while (that < first && view->boundary[that - view->first] != BOUNDARY_THAT)
        that++;
    uint32_t at = that > frame->last && that < first ? lexicon->covering[that - 1] : SPAN_NONE;
    if (at == SPAN_NONE || view->pack->config.head != HEAD_INITIAL)
        return false;
    uint8_t kind = view->pack->lexemes.at[lexicon->at[at].lexeme].kind;
    return kind == LEXICON_SECTOR || kind == LEXICON_CONCEPT;
}

// Nearest frame before `first` that looks forward to it.
static uint32_t governor_before(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t first, uint32_t self)
{
    for (uint32_t i = count; i-- > 0;) {
        if (i == self || frames[i].last > first)
            continue;
        enum boundary boundary = clause_boundary(view, frames[i].verb_last - 1, first);
        if (boundary == BOUNDARY_HARD || (boundary == BOUNDARY_THAT && describes_matter(view, &frames[i], first)))
            return FRAME_NONE;
        if (looks_after(view, &frames[i]))
            return i;
        // head-final: a finite verb right before "that" takes the content clause
        if (boundary == BOUNDARY_THAT && !is_bare(&frames[i]))
            return i;
    }
    return FRAME_NONE;
}

// True if only a relative pronoun right before the verb group parts the two: "issues that were discussed".
static bool only_relative_between(const struct clause_view *view, uint32_t last, const struct frame *frame)
{
    uint32_t hard = 0;
    for (uint32_t token = last; token < frame->verb_first; token++)
        if (view->boundary[token - view->first] == BOUNDARY_HARD) {
            hard++;
            if (token + 3 < frame->verb_first || !(clause_classes(view, token) & GRAMMAR(WHICH)))
                return false;
        }
    return hard <= 1;
}

// Nearest frame behind `last` that looks back to it; what is put in behind a deed (a document, a meeting) tells of it.
static uint32_t governor_behind(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t last, uint32_t self,
                                bool deed)
{
    bool head_final = view->pack->config.head == HEAD_FINAL;
    for (uint32_t i = 0; i < count; i++) {
        if (i == self || frames[i].first < last || (!deed && clause_is_inserted(view, last, frames[i].first)))
            continue;
        enum boundary boundary = last ? clause_boundary(view, last - 1, frames[i].first) : BOUNDARY_NONE;
        if (boundary >= BOUNDARY_THAT && !(!head_final && only_relative_between(view, last, &frames[i])))
            return FRAME_NONE;
        if (looks_before(view, &frames[i]))
            return i;
        if (!head_final && !is_bare(&frames[i]))
            return FRAME_NONE;  // an active verb of its own stands between
    }
    return FRAME_NONE;
}

// What parts the frame from a thing behind it; "that" may be the last word of the trigger itself ("expressed the hope that").
static enum boundary boundary_behind(const struct clause_view *view, const struct frame *frame, uint32_t first)
{
    enum boundary boundary = clause_boundary(view, frame->verb_last - 1, first);
    bool that = clause_classes(view, frame->last - 1) & GRAMMAR(THAT);
    return that && boundary < BOUNDARY_THAT ? BOUNDARY_THAT : boundary;
}

// Both sides offer a governor: which one? Head-initial: a new clause (comma, and, that) before the thing makes it the subject of what
// follows, unless the left one is itself waiting for a governor.
static uint32_t choose(const struct clause_view *view, const struct frame *frames, uint32_t left, uint32_t right, uint32_t first,
                       uint32_t last)
{
    if (left == FRAME_NONE || right == FRAME_NONE)
        return left == FRAME_NONE ? right : left;
    if (view->pack->config.head == HEAD_FINAL)
        return right;
    if (pack_inflects(view->pack)) {
        // a list goes on: what parts the thing from the verb behind it weighs more than what parts it from the one before
        if (clause_boundary(view, last - 1, frames[right].first) != BOUNDARY_NONE)
            return left;
        if (!is_bare(&frames[right]) && boundary_behind(view, &frames[left], first) >= BOUNDARY_COMMA)
            return right;
    }
    if (frames[right].first - first <= 6 && is_bare(&frames[right]))
        return left;
    if (is_bare(&frames[left]))
        return left;
    return boundary_behind(view, &frames[left], first) >= BOUNDARY_COMMA ? right : left;
}

static uint32_t governor(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t first, uint32_t last,
                         uint32_t self, bool deed)
{
    uint32_t left = governor_before(view, frames, count, first, self);
    uint32_t right = governor_behind(view, frames, count, last, self, deed);
    return choose(view, frames, left, right, first, last);
}

// "… and to discuss", "…, build": the conjunction right before the trigger makes it a sibling of the bare trigger on that side, and so
// does a comma right before an infinitive.
static bool is_coordinated(const struct clause_view *view, const struct frame *frame)
{
    for (uint32_t back = 1; back <= 3 && frame->first >= view->first + back; back++)
        if (view->boundary[frame->first - back - view->first] == BOUNDARY_AND)
            return true;
    bool infinitive = view->pack->config.head == HEAD_INITIAL && (frame->flags & FRAME_NONFINITE);
    return infinitive && frame->verb_first > view->first && view->boundary[frame->verb_first - 1 - view->first] == BOUNDARY_COMMA;
}

// Head-final: "चर्चा करने और …": a conjunction right behind the verb group.
static bool is_coordinated_behind(const struct clause_view *view, const struct frame *frame)
{
    return frame->verb_last < view->last && view->boundary[frame->verb_last - view->first] == BOUNDARY_AND;
}

static uint32_t governor_of_bare(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t self)
{
    const struct frame *frame = &frames[self];
    bool head_final = view->pack->config.head == HEAD_FINAL;
    uint32_t found = governor(view, frames, count, frame->first, head_final ? frame->verb_last : frame->last, self, false);
    // "accord on trade and talk on visas took place": each has its own matter, and the verb is that of both. Not so "plan of trade and
    // chances-on was talked": the mark shows both to be what was talked about.
    bool marked = found != FRAME_NONE && (clause_classes(view, frames[found].last - 1) & CLAUSE_CASE);
    if (head_final && found != FRAME_NONE && found > self && !marked && (frame->flags & FRAME_NOUN) && is_coordinated_behind(view, frame))
        return is_bare(&frames[found]) ? governor_of_bare(view, frames, count, found) : FRAME_NONE;
    if (found == FRAME_NONE || !is_bare(&frames[found]))
        return found;
    bool coordinated = head_final ? is_coordinated_behind(view, frame) : is_coordinated(view, frame) && found < self;
    return coordinated ? governor_of_bare(view, frames, count, found) : found;
}

static uint32_t governor_of_finite(const struct clause_view *view, const struct frame *frames, uint32_t self)
{
    for (uint32_t i = self; i-- > 0;) {
        enum boundary boundary = clause_boundary(view, frames[i].verb_last - 1, frames[self].first);
        if (boundary == BOUNDARY_HARD)
            return FRAME_NONE;
        if (boundary == BOUNDARY_THAT || (clause_classes(view, frames[i].last - 1) & GRAMMAR(THAT)))     // "expressed the hope that"
            return i;
    }
    return FRAME_NONE;
}

static bool is_comma(const struct clause_view *view, uint32_t token)
{
    return view->boundary[token - view->first] == BOUNDARY_COMMA && clause_is_punct(view, token);
}

// Nothing that the verb could govern stands right behind it: a mark, a preposition, the verb of another clause or a word of time.
static bool lacks_object(const struct clause_view *view, const struct frame *frame)
{
    uint64_t before = GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(PREVIOUS) | GRAMMAR(AFTER) | GRAMMAR(BEFORE) | GRAMMAR(DURING) | GRAMMAR(SINCE) |
                      GRAMMAR(WITH) | GRAMMAR(AND) | GRAMMAR(FOR) | GRAMMAR(UNDER) | GRAMMAR(BE) | GRAMMAR(WILL);
    uint32_t at = frame->last;
    if (at >= view->last || clause_is_punct(view, at) || (clause_classes(view, at) & before))
        return true;
    uint32_t span = view->document->lexicon.covering[at];
    uint8_t kind = span == SPAN_NONE ? LEXICON_KIND_COUNT : view->pack->lexemes.at[view->document->lexicon.at[span].lexeme].kind;
    bool subject = pack_inflects(view->pack) && (kind == LEXICON_OFFICE || kind == LEXICON_SIDE);    // "…, agreed the ministers"
    return kind == LEXICON_TIME || kind == LEXICON_WEEKDAY || subject;
}

#define SUBJECT_WORDS 6     // of a clause put in between, and its comma

// The frame may tell what all before it is, if nothing follows that it could govern: agreements may be dated or placed, what else is put
// behind its sentence closes it.
static bool may_be_put_behind(const struct clause_view *view, const struct frame *frame)
{
    uint8_t value = rule_of(view, frame)->commitment.value;
    if (is_bare(frame) || (frame->flags & FRAME_NOT) || !lacks_object(view, frame))
        return false;
    bool closes = frame->last >= view->last || clause_is_punct(view, frame->last);
    return value == STANCE_AGREED || (closes && (value == STANCE_PLANNED || value == STANCE_SUPPORTED || value == STANCE_PROPOSED));
}

// "Flights will be resumed, the ministers agreed", "…, it was promised": the verb behind the comma tells what all before it is.
static uint32_t governor_put_behind(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t self)
{
    uint32_t last = count - 1;
    if (view->pack->config.head != HEAD_INITIAL || last <= self || !may_be_put_behind(view, &frames[last]))
        return FRAME_NONE;
    uint32_t mark = frames[last].verb_first;
    while (mark > frames[self].last && !is_comma(view, mark))
        mark--;
    bool between = !is_comma(view, mark) || mark + 1 >= frames[last].verb_first || view->boundary[mark + 1 - view->first] != BOUNDARY_NONE;
    for (uint32_t i = self + 1; i < last; i++)
        between |= frames[i].first > mark;
    return between || clause_boundary(view, frames[self].last, frames[last].first) >= BOUNDARY_THAT ? FRAME_NONE : last;
}

// "The ports, the two agreed, will be built": a clause of nothing but its subject and a verb of stance, put in between two commas, tells
// what the verb behind it is.
static uint32_t governor_put_between(const struct clause_view *view, const struct frame *frames, uint32_t self)
{
    const struct frame *between = self ? &frames[self - 1] : NULL;
    if (view->pack->config.head != HEAD_INITIAL || pack_inflects(view->pack) || !between || is_bare(between) ||
        (between->flags & FRAME_NOT) || between->last >= frames[self].verb_first || !is_comma(view, between->last))
        return FRAME_NONE;
    uint8_t value = rule_of(view, between)->commitment.value;
    bool stance = value == STANCE_AGREED || value == STANCE_PLANNED || value == STANCE_SUPPORTED || value == STANCE_PROPOSED;
    uint32_t open = between->verb_first;
    while (open > view->first && open + SUBJECT_WORDS > between->verb_first && !is_comma(view, open))
        open--;
    bool alone = is_comma(view, open) && open + 1 < between->verb_first && view->boundary[open + 1 - view->first] == BOUNDARY_NONE &&
                 (self < 2 || frames[self - 2].last <= open);
    return stance && alone ? self - 1 : FRAME_NONE;
}

// "That visas should go was agreed": the verb behind a clause that is its subject.
static uint32_t governor_of_subject_clause(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t self)
{
    if (view->pack->config.head != HEAD_INITIAL || view->boundary[0] != BOUNDARY_THAT)
        return FRAME_NONE;
    for (uint32_t i = self + 1; i < count; i++) {
        if (clause_boundary(view, frames[self].last, frames[i].first) >= BOUNDARY_COMMA)
            return FRAME_NONE;
        if (!is_bare(&frames[i]) && looks_before(view, &frames[i]))
            return i;
    }
    return FRAME_NONE;
}

static bool is_under(const struct frame *frames, uint32_t base, uint32_t frame, uint32_t above)
{
    for (uint32_t steps = 0; frame != FRAME_NONE && steps < 64; steps++) {
        if (frame == above)
            return true;
        frame = frames[frame].outer == FRAME_NONE ? FRAME_NONE : frames[frame].outer - base;
    }
    return false;
}

void govern_frames(const struct clause_view *view, struct frame *frames, uint32_t count, uint32_t base)
{
    for (uint32_t i = 0; i < count; i++) {
        bool governed = is_bare(&frames[i]) || (frames[i].flags & FRAME_ATTRIBUTE);
        uint32_t outer = governed ? governor_of_bare(view, frames, count, i) : governor_of_finite(view, frames, i);
        if (!governed && outer == FRAME_NONE)
            outer = governor_put_behind(view, frames, count, i);
        if (!governed && outer == FRAME_NONE)
            outer = governor_of_subject_clause(view, frames, count, i);
        if (!governed && outer == FRAME_NONE)
            outer = governor_put_between(view, frames, i);
        bool put_behind = outer != FRAME_NONE && outer > i && (frames[outer].flags & FRAME_ATTRIBUTE);     // rules no infinitive before it
        if (put_behind)
            outer = governor_before(view, frames, count, frames[i].first, i);
        if (outer != FRAME_NONE && !is_under(frames, base, outer, i))
            frames[i].outer = base + outer;
    }
}

// Nothing governs it by the rules: a topic put in front ("On trade, …", "Trade and energy dominated …") belongs to the
// verb that follows, one
// put behind to the verb before.
static uint32_t governor_by_place(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t first, uint32_t last)
{
    uint32_t before = FRAME_NONE, behind = FRAME_NONE;
    bool final = view->pack->config.head == HEAD_FINAL;
    for (uint32_t i = 0; i < count && (final || behind == FRAME_NONE); i++) {
        if (final && frames[i].last <= first && clause_boundary(view, frames[i].last - 1, first) != BOUNDARY_HARD)
            before = i;
        bool noun = pack_inflects(view->pack) && is_bare(&frames[i]);    // a verbal noun rules its genitives, not what stands before it
        if (behind == FRAME_NONE && !noun && frames[i].first >= last && !clause_is_inserted(view, last, frames[i].first) &&
            clause_boundary(view, last - 1, frames[i].first) < BOUNDARY_THAT)
            behind = i;
    }
    if (final)
        return behind != FRAME_NONE ? behind : before;
    return behind;
}

#define FRONT_WORDS 4       // before a matter that is put in front of its sentence
#define FRONT_REACH 6       // tokens between such a matter and the comma that closes it

// Head-initial: "On fisheries, X said that they had agreed", "As regards ports, …": a matter that a mark puts in front and a comma closes
// is what the first stance behind it is about, within a content clause, too.
static uint32_t governor_of_front(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *m)
{
    uint64_t marks = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(IN) | GRAMMAR(FOR);
    uint32_t mark = m->first, comma = m->last;
    marks |= clause_classes(view, view->first) & GRAMMAR(OF);   // "Of fisheries, too, …"
    if (view->pack->config.head != HEAD_INITIAL || pack_inflects(view->pack) || m->kind != MENTION_TOPIC ||
        m->first > view->first + FRONT_WORDS)
        return FRAME_NONE;
    while (mark > view->first && !(clause_classes(view, mark - 1) & marks))
        mark--;
    while (comma < view->last && comma < m->last + FRONT_REACH && !is_comma(view, comma))
        comma++;
    if (mark == view->first || comma >= view->last || !is_comma(view, comma))
        return FRAME_NONE;
    for (uint32_t i = 0; i < count; i++) {
        if (frames[i].first < comma)
            return FRAME_NONE;      // a verb of its own
        if (rule_of(view, &frames[i])->commitment.value < VALUE_UNSET && clause_boundary(view, comma, frames[i].first) < BOUNDARY_HARD)
            return i;
    }
    return FRAME_NONE;
}

// Head-final: a participle right before its noun ("the in-Oslo-held sixth session") tells of that noun, whatever verb follows.
static uint32_t participle_before(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *m)
{
    bool deed = m->kind == MENTION_MEETING || m->kind == MENTION_INSTRUMENT || m->kind == MENTION_BODY;
    if (view->pack->config.head != HEAD_FINAL || !deed)
        return FRAME_NONE;
    for (uint32_t i = count; i-- > 0;) {
        if (frames[i].last > m->first)
            continue;
        uint32_t end = frames[i].verb_last > frames[i].last ? frames[i].verb_last : frames[i].last;
        bool marked = frames[i].last < m->first && (clause_classes(view, m->first - 1) & CLAUSE_CASE);   // but within the participle
        bool adjacent = end <= m->first && m->first - end <= 1 && !marked && clause_boundary(view, end - 1, m->first) < BOUNDARY_THAT;
        bool participle = (frames[i].flags & (FRAME_NOUN | FRAME_PAST | FRAME_NONFINITE)) && !(frames[i].flags & FRAME_NOT);
        const struct rule *rule = rule_of(view, &frames[i]);
        bool tells = (m->kind == MENTION_INSTRUMENT ? rule->instrument.value : rule->meeting.value) != VALUE_UNSET;
        return adjacent && participle && tells ? i : FRAME_NONE;
    }
    return FRAME_NONE;
}

// The comma at `comma` opens a clause about what stands before it: a relative pronoun or a passive participle follows.
static bool opens_insertion(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t comma)
{
    for (uint32_t token = comma + 1; token <= comma + 3 && token < view->last; token++)
        if (clause_classes(view, token) & GRAMMAR(WHICH))
            return true;
    if (comma + 1 < view->last && (clause_classes(view, comma + 1) & GRAMMAR(ABOUT)))
        return true;    // "the memorandum, concerning trade, …"
    for (uint32_t i = 0; i < count; i++)
        if (frames[i].first > comma && frames[i].first <= comma + 2 && (frames[i].flags & FRAME_PASSIVE))
            return true;
    return false;
}

// Head-initial: "the agreement, under which …, is suspended", "the treaty, signed in May, came into force": the verb behind the inserted
// clause tells what became of the document or meeting, if its rule has anything to tell of such.
static uint32_t governor_over_insertion(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *m)
{
    bool document = m->kind == MENTION_INSTRUMENT, meeting = m->kind == MENTION_MEETING || m->kind == MENTION_BODY;
    uint32_t comma = m->last;
    if (view->pack->config.head != HEAD_INITIAL || !(document || meeting))
        return FRAME_NONE;
    while (comma < view->last && view->boundary[comma - view->first] < BOUNDARY_THAT && !is_comma(view, comma))
        comma++;
    if (comma >= view->last || !is_comma(view, comma) || !opens_insertion(view, frames, count, comma))
        return FRAME_NONE;
    for (uint32_t i = 0; i < count; i++) {
        if (frames[i].last > m->first && frames[i].first < comma)
            return FRAME_NONE;      // a verb of its own stands nearer
        if (frames[i].first < comma + 4 || is_bare(&frames[i]))
            continue;
        uint32_t close = frames[i].verb_first < frames[i].first ? frames[i].verb_first : frames[i].first;
        for (uint32_t back = 0; back < 4 && close > comma + 3 && !is_comma(view, close - 1); back++)
            close--;
        const struct rule *rule = rule_of(view, &frames[i]);
        bool tells = document ? rule->instrument.value < VALUE_UNSET && rule->instrument.value != CODE_NONE
                              : rule->meeting.value < VALUE_UNSET && rule->meeting.value != CODE_NONE;
        if (close > comma + 3 && is_comma(view, close - 1))     // what did not become of it leaves what the insertion tells
            return tells && !(frames[i].flags & FRAME_NOT) ? i : FRAME_NONE;
    }
    return FRAME_NONE;
}

#define SUBJECT_REACH 10    // tokens of what a document is on, before its relative clause

// "The treaty that they signed has come into force": the verb behind the relative clause tells more of the document.
static bool goes_on_behind(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t relative)
{
    const struct frame *next = relative + 1 < count ? &frames[relative + 1] : NULL;
    return next && !is_bare(next) && looks_before(view, next) && rule_of(view, next)->instrument.value < VALUE_UNSET &&
           clause_boundary(view, frames[relative].last, next->first) < BOUNDARY_COMMA;
}

// "The treaty on taxes that X and Y signed has come into force": behind what the document is on, a relative clause of signing, and behind
// that clause the verb that tells more of it.
static uint32_t governor_behind_subject(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *m)
{
    uint32_t pronoun = m->last;
    if (!(clause_classes(view, pronoun) & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR) | GRAMMAR(AGAINST) | GRAMMAR(OF))))
        return FRAME_NONE;
    while (pronoun < view->last && pronoun < m->last + SUBJECT_REACH && !(clause_classes(view, pronoun) & (GRAMMAR(WHICH) | GRAMMAR(THAT))))
        pronoun++;
    for (uint32_t i = 0; i < count; i++) {
        const struct frame *frame = &frames[i];
        if (frame->first < m->last)
            continue;
        bool concludes = rule_of(view, frame)->role == ROLE_SIGN || rule_of(view, frame)->instrument.value == INSTRUMENT_STATUS_SIGNED;
        bool signs = frame->first > pronoun && frame->first < pronoun + SUBJECT_REACH && concludes;
        if (!signs || is_bare(frame) || (frame->flags & FRAME_PASSIVE) || !lacks_object(view, frame))
            return FRAME_NONE;
        return goes_on_behind(view, frames, count, i) ? i + 1 : i;
    }
    return FRAME_NONE;
}

// Head-initial: "the agreement which the two sides signed in May", "the text to which X and Y put their names": a relative clause with a
// subject of its own tells what became of the word before it.
static uint32_t governor_in_relative(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *m)
{
    uint32_t pronoun = m->last;
    if (view->pack->config.head != HEAD_INITIAL || pack_inflects(view->pack))
        return FRAME_NONE;
    uint32_t far = governor_behind_subject(view, frames, count, m);
    if (far != FRAME_NONE)
        return far;
    if (pronoun < view->last && view->boundary[pronoun - view->first] == BOUNDARY_COMMA)
        pronoun++;
    if (clause_classes(view, pronoun) & (GRAMMAR(TO) | GRAMMAR(ON) | GRAMMAR(IN)))
        pronoun++;      // "to which"
    if (!(clause_classes(view, pronoun) & (GRAMMAR(WHICH) | GRAMMAR(THAT))))
        return FRAME_NONE;
    for (uint32_t i = 0; i < count; i++) {
        if (frames[i].first <= pronoun)
            continue;
        bool subject = frames[i].verb_first > pronoun + 1 && clause_boundary(view, pronoun, frames[i].verb_first) < BOUNDARY_THAT;
        bool active = !is_bare(&frames[i]) && !(frames[i].flags & FRAME_PASSIVE);
        if (!subject || !active || !(lacks_object(view, &frames[i]) || looks_before(view, &frames[i])))
            return FRAME_NONE;
        return rule_of(view, &frames[i])->role == ROLE_SIGN && goes_on_behind(view, frames, count, i) ? i + 1 : i;
    }
    return FRAME_NONE;
}

#define LIST_WORDS 24      // of a list of matters before its relative clause

// The relative clause behind the list of matters in which the mention stands: its pronoun; view->last if there is none.
static uint32_t relative_behind_list(const struct clause_view *view, uint32_t from)
{
    const uint64_t marks = GRAMMAR(TO) | GRAMMAR(ON) | GRAMMAR(IN) | GRAMMAR(OF) | GRAMMAR(ABOUT);
    for (uint32_t token = from; token < view->last && token < from + LIST_WORDS; token++) {
        if (clause_classes(view, token) & (GRAMMAR(WHICH) | GRAMMAR(THAT)))
            return token;
        uint32_t span = view->document->lexicon.covering[token];
        uint8_t kind = span == SPAN_NONE ? LEXICON_KIND_COUNT : view->pack->lexemes.at[view->document->lexicon.at[span].lexeme].kind;
        bool matter = kind == LEXICON_SECTOR || kind == LEXICON_CONCEPT || kind == LEXICON_ORDINARY || span == SPAN_NONE;
        bool joins = clause_classes(view, token) & (GRAMMAR(AND) | GRAMMAR(DETERMINER) | marks);
        if (!matter && !joins && !is_comma(view, token))
            return view->last;
    }
    return view->last;
}

// Head-initial: "it is tourism and sport that the ministers talked about", "the ports of which they spoke": the verb of the relative
// clause, if it has its subject and lacks its object, is what becomes of a matter that nothing else governs.
static uint32_t governor_in_matters_relative(const struct clause_view *view, const struct frame *frames, uint32_t count,
                                             const struct mention *m)
{
    if (view->pack->config.head != HEAD_INITIAL || pack_inflects(view->pack) || m->kind != MENTION_TOPIC || !count ||
        frames[count - 1].first < m->last)
        return FRAME_NONE;
    uint32_t pronoun = relative_behind_list(view, m->last);
    for (uint32_t i = 0; i < count && pronoun < view->last; i++) {
        if (frames[i].first <= pronoun)
            continue;
        bool subject = frames[i].verb_first > pronoun + 1 && clause_boundary(view, pronoun, frames[i].verb_first) < BOUNDARY_THAT;
        bool active = !is_bare(&frames[i]) && !(frames[i].flags & FRAME_PASSIVE);
        return subject && active && lacks_object(view, &frames[i]) ? i : FRAME_NONE;
    }
    return FRAME_NONE;
}

// Head-final: "the agreement that …, has come into force", "the memorandum which X signed": behind the relative clause right after the
// thing stands what became of it; else the clause itself tells. Only a rule that speaks of such things counts.
static uint32_t governor_around_relative(const struct clause_view *view, const struct frame *frames, uint32_t count,
                                         const struct mention *m)
{
    bool document = m->kind == MENTION_INSTRUMENT, meeting = m->kind == MENTION_MEETING || m->kind == MENTION_BODY;
    uint32_t which = m->last;
    while (which < view->last && which <= m->last + 2 && !(clause_classes(view, which) & GRAMMAR(WHICH)))
        which++;
    if (view->pack->config.head != HEAD_FINAL || !(document || meeting) || which >= view->last || which > m->last + 2)
        return FRAME_NONE;
    bool setting = false;   // a case mark: the clause behind does not speak of the thing
    for (uint32_t token = m->last; token < which; token++)
        setting |= !clause_is_punct(view, token);
    uint32_t behind = which + 1, inner = FRAME_NONE;
    while (behind < view->last && view->boundary[behind - view->first] != BOUNDARY_HARD)
        behind++;
    for (uint32_t i = 0; i < count; i++) {
        const struct rule *rule = rule_of(view, &frames[i]);
        uint8_t value = document ? rule->instrument.value : rule->meeting.value;
        if (frames[i].first < which || value >= VALUE_UNSET || value == CODE_NONE || is_bare(&frames[i]))
            continue;
        bool outside = inner != FRAME_NONE && !setting && frames[i].first > frames[inner].verb_last;    // no comma parts the two
        if (frames[i].first >= behind || outside)
            return setting ? inner : i;
        inner = inner == FRAME_NONE ? i : inner;
    }
    return inner;
}

// Head-final: "which talks in March were to be, those the ministers put off": the pronoun before the thing opens its relative clause, and
// the verb of the clause behind that tells what became of it.
static uint32_t governor_behind_correlative(const struct clause_view *view, const struct frame *frames, uint32_t count,
                                            const struct mention *m)
{
    bool meeting = m->kind == MENTION_MEETING || m->kind == MENTION_BODY;
    if (view->pack->config.head != HEAD_FINAL || !meeting || m->first == view->first ||
        !(clause_classes(view, m->first - 1) & GRAMMAR(WHICH)))
        return FRAME_NONE;
    uint32_t behind = m->last;
    while (behind < view->last && view->boundary[behind - view->first] != BOUNDARY_HARD)
        behind++;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t value = rule_of(view, &frames[i])->meeting.value;
        if (frames[i].first > behind && value < VALUE_UNSET && value != CODE_NONE && !is_bare(&frames[i]))
            return i;
    }
    return FRAME_NONE;
}

// What it governs is talked of, and no more: a document has a state beside that.
static bool only_talks(const struct rule *rule)
{
    return rule->commitment.value == STANCE_DISCUSSED || rule->commitment.value == STANCE_SUPPORTED;
}

// Head-final: what governs a matter tells nothing of matters ("under way"), but the next verb of its clause does.
static uint32_t governor_that_tells(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *m,
                                    uint32_t found)
{
    bool silent = m->kind == MENTION_TOPIC && view->pack->config.head == HEAD_FINAL && found != FRAME_NONE &&
                  frames[found].first >= m->last;
    if (!silent || rule_of(view, &frames[found])->commitment.value != VALUE_UNSET || rule_of(view, &frames[found])->role != ROLE_NONE)
        return found;
    for (uint32_t i = found + 1; i < count; i++) {
        if (clause_boundary(view, frames[found].first, frames[i].first) != BOUNDARY_NONE)
            break;
        if (looks_before(view, &frames[i]) && rule_of(view, &frames[i])->commitment.value != VALUE_UNSET)
            return i;
    }
    return found;
}

uint32_t govern_mention(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *mention)
{
    uint32_t first = mention->first, last = mention->last, participle = participle_before(view, frames, count, mention);
    if (participle != FRAME_NONE)
        return participle;
    for (uint32_t i = 0; i < count; i++) {  // "hold talks with": the noun is part of the trigger
        bool within = frames[i].first <= first && last <= frames[i].last;
        if (within || (frames[i].first < first && first < frames[i].last))    // or begins in it: "the supplies began of gas"
            return i;
    }
    for (uint32_t i = 0; view->pack->config.head == HEAD_FINAL && i < count; i++)  // "the fishermen-issue arose": the last word is shared
        if (frames[i].first > first && frames[i].first < last &&
            (frames[i].last > last || (mention->kind == MENTION_INSTRUMENT && frames[i].last == last)))
            return i;
    uint32_t found = governor_over_insertion(view, frames, count, mention);
    bool document = mention->kind == MENTION_INSTRUMENT;
    bool deed = document || mention->kind == MENTION_MEETING || mention->kind == MENTION_BODY;
    if (found == FRAME_NONE && document)
        found = governor_in_relative(view, frames, count, mention);
    if (document && found != FRAME_NONE && only_talks(rule_of(view, &frames[found]))) {
        // "welcomed the signing of the treaty, which they had discussed in May": the signing tells
        uint32_t left = governor_before(view, frames, count, first, UINT32_MAX);
        uint8_t value = left == FRAME_NONE ? VALUE_UNSET : rule_of(view, &frames[left])->instrument.value;
        found = value < VALUE_UNSET && value != CODE_NONE && is_bare(&frames[left]) ? left : found;
    }
    if (found == FRAME_NONE)
        found = governor_behind_correlative(view, frames, count, mention);
    if (found == FRAME_NONE)
        found = governor_around_relative(view, frames, count, mention);
    if (found == FRAME_NONE)
        found = governor(view, frames, count, first, last, UINT32_MAX, deed);
    // "to resume the flights, broken off in 2012": what is put behind a matter tells of its past
    bool matter = mention->kind == MENTION_TOPIC && found != FRAME_NONE && (frames[found].flags & FRAME_ATTRIBUTE);
    if (matter && frames[found].first >= last && clause_boundary(view, last - 1, frames[found].first) != BOUNDARY_NONE) {
        uint32_t left = governor_before(view, frames, count, first, UINT32_MAX);
        found = left != FRAME_NONE ? left : found;
    }
    // "an agreement on the abolition of visas and a protocol": a verbal noun in one document's subject does not rule the next document
    document = document && pack_inflects(view->pack);
    while (document && found != FRAME_NONE && (frames[found].flags & FRAME_NOUN) && frames[found].outer != FRAME_NONE &&
           frames[found].last <= first && clause_boundary(view, frames[found].last - 1, first) != BOUNDARY_NONE)
        found = frames[found].outer;
    found = governor_that_tells(view, frames, count, mention, found);
    if (found == FRAME_NONE || rule_of(view, &frames[found])->commitment.value == VALUE_UNSET) {
        uint32_t beside = correlative_governor(view, frames, count, mention);
        found = beside != FRAME_NONE ? beside : found;
    }
    if (found == FRAME_NONE)
        found = governor_of_front(view, frames, count, mention);
    if (found == FRAME_NONE)
        found = governor_in_matters_relative(view, frames, count, mention);
    return found != FRAME_NONE ? found : governor_by_place(view, frames, count, first, last);
}
