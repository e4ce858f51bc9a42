// SPDX-License-Identifier: MIT
// Expanding forms: "memorandum/um of [mutual] (understanding|cooperation)" becomes paths of the trie.
//
// A form is read from left to right with a set of states, each a node of the trie that the form so far leads to and the paradigm cell
// that its inflected words agree in. A word moves every state; brackets move the same states once for each alternative and unite the
// results; an inflected word splits a state that has no cell yet into one for each cell, and drops a state whose cell it lacks. (A verb
// and its noun, "strike/v a deal/n", have no cell in common: such words vary freely, and the first one gives the features.) At the
// form's end each state's node gets the form. So no expanded form is ever written out, and brackets may nest.
//
// The sets lie one behind the other in `states`, a scratch vector that each form starts anew; a set is a range of it. States that were
// dropped may leave nodes without forms in the trie: they cost a few bytes and match nothing.
//
// Words are cut and folded by the same functions that cut and fold reports (unicode/word.h). A full stop right behind a word makes it
// an abbreviation of the pack, so that text with the same full stop gives the same token.
#include "pack/form.h"

#include <assert.h>

#include "pack/ending.h"
#include "pack/spelling.h"
#include "unicode/utf8.h"
#include "unicode/word.h"

#define MAX_PARADIGMS 2000u
#define MAX_CELL_NAMES 4000u
#define MAX_STATES (FORM_MAX_EXPANSIONS * 8)
#define KEY_ROOM WORD_FOLD_ROOM(FORM_MAX_WORD_BYTES * 2)

struct state_set {
    uint32_t first, count;   // of builder.states
};

// A form being read.
struct form_reader {
    struct form_builder *builder;
    struct reader *reader;   // for faults
    const char *at, *end;    // what is left of the cell
    const struct paradigm *inflect;  // paradigm of the brackets that are being read
    uint32_t nesting;
    bool common;             // the words of the form are noted as common ones
    bool place;              // a place's name: its words may be spelt otherwise
    bool failed;             // a fault was noted: the rest of the form is skipped
};

void form_builder_init(struct form_builder *builder, struct arena *arena, struct pack *pack)
{
    *builder = (struct form_builder){.arena = arena, .pack = pack};
    map_init(&builder->paradigm_by_name, arena, 64);
    map_init(&builder->cell_by_name, arena, 64);
    builder->cache = ARENA_ARRAY(arena, struct cached_word, WORD_CACHE_ROOM);
}

uint32_t form_features(struct slice list, char separator)
{
#define FEATURE_NAME(name, text) {text, FEATURE(name)},
    static const struct {
        const char *name;
        uint32_t bit;
    } names[] = {FEATURES(FEATURE_NAME)};
#undef FEATURE_NAME
    uint32_t bits = 0;
    while (list.len > 0) {
        struct slice feature = slice_trim(slice_cut(&list, separator));
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            if (slice_is(feature, names[i].name))
                bits |= names[i].bit;
        }
    }
    return bits;
}

// ---- paradigms ------------------------------------------------------------------------------------------------------------
static uint16_t intern_cell(struct form_builder *builder, struct slice name)
{
    uint32_t index = map_put(&builder->cell_by_name, name, builder->cells.count);
    if (index == builder->cells.count) {
        struct cell_name cell = {name, form_features(name, '.')};
        vec_push_max(builder->arena, &builder->cells, cell, MAX_CELL_NAMES);
    }
    return (uint16_t)index;
}

static struct paradigm *intern_paradigm(struct form_builder *builder, struct slice name)
{
    uint32_t index = map_put(&builder->paradigm_by_name, name, builder->paradigms.count);
    if (index == builder->paradigms.count) {
        struct paradigm paradigm = {.name = name};
        vec_push_max(builder->arena, &builder->paradigms, paradigm, MAX_PARADIGMS);
    }
    return &builder->paradigms.at[index];
}

static struct paradigm_cell *intern_paradigm_cell(struct form_builder *builder, struct paradigm *paradigm, uint16_t cell)
{
    for (uint32_t i = 0; i < paradigm->cells.count; i++) {
        if (paradigm->cells.at[i].cell == cell)
            return &paradigm->cells.at[i];
    }
    struct paradigm_cell added = {.cell = cell};
    vec_push_max(builder->arena, &paradigm->cells, added, FORM_MAX_CELLS);
    return &paradigm->cells.at[paradigm->cells.count - 1];
}

void form_read_paradigms(struct form_builder *builder, const struct pack_file *file, pack_fault_vec *faults)
{
    static const char *const columns[] = {"paradigm", "cell", "from", "to", NULL};
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    reader_init(&reader, builder->arena, faults, file);
    if (!table_open(&reader, columns))
        return;
    while (table_row(&reader, columns, 2, cells)) {  // editors drop the tabs of empty last cells
        if (cells[0].len == 0 || cells[1].len == 0) {
            reader_fault(&reader, cells[cells[0].len == 0 ? 0 : 1].at, "expected a name of a %s", cells[0].len == 0 ? "paradigm" : "cell");
            continue;
        }
        struct paradigm *paradigm = intern_paradigm(builder, cells[0]);
        uint16_t cell = intern_cell(builder, cells[1]);
        struct ending ending = {cells[2], cells[3]};
        struct paradigm_cell *found = intern_paradigm_cell(builder, paradigm, cell);
        for (uint32_t i = 0; i < found->endings.count; i++) {
            if (slice_ends(ending.from, found->endings.at[i].from)) {
                reader_fault(&reader, cells[2].at, "expected an ending that no row above takes: a word in `%.*s` takes the row of `%.*s`",
                             SLICE_FORMAT(ending.from), SLICE_FORMAT(found->endings.at[i].from));
                break;
            }
        }
        vec_push(builder->arena, &found->endings, ending);
    }
}

// ---- words ----------------------------------------------------------------------------------------------------------------
// The id of a piece's key; 0 if nothing is left of it when it is folded.
static uint32_t intern_word(struct form_builder *builder, struct slice piece, enum word_kind kind)
{
    char room[KEY_ROOM];
    struct slice key = slice_make(room, word_fold(piece, kind, room));
    struct words *words = &builder->pack->words;
    if (key.len == 0)
        return 0;
    if (words->count + 1 >= TRIE_MAX_WORDS)
        arena_fail(builder->arena, STATUS_LIMIT);
    return words_put(words, builder->arena, key, words->count + 1);
}

static void add_abbreviation(struct form_builder *builder, struct slice piece)
{
    char room[KEY_ROOM];
    struct slice key = slice_make(room, word_fold(piece, WORD_WORD, room));
    size_t first = 0;
    if (key.len)
        words_put(&builder->pack->abbreviations, builder->arena, key,
                  char_is_upper(utf8_next(piece.at, &first)) ? ABBREVIATION_CAPITAL : ABBREVIATION_ANY);
}

// As the text stage does: the ending behind an apostrophe is a piece of its own, with the apostrophe.
static void cut_ending(const struct pack *pack, struct slice written, struct slice *piece, enum word_kind *kind, size_t *offset)
{
    size_t begin = (size_t)(piece->at - written.at), end = *kind == WORD_PUNCT ? ending_end(pack, written, begin) : 0;
    if (end) {
        *piece = slice_make(piece->at, end - begin);
        *kind = WORD_WORD;
        *offset = end;
    } else if (*kind == WORD_WORD) {
        piece->len = ending_begin(pack, *piece);
        *offset = begin + piece->len;
    }
}

// Cuts a written word and pushes the ids of its pieces onto word_ids; a full stop behind a word makes that word an abbreviation.
static void cut_word(struct form_builder *builder, struct slice written)
{
    size_t offset = 0;
    for (;;) {
        enum word_kind kind;
        struct slice piece = word_next(written, &offset, &kind);
        if (kind == WORD_NONE)
            return;
        if (pack_joins_endings(builder->pack))
            cut_ending(builder->pack, written, &piece, &kind, &offset);
        bool stop = kind == WORD_WORD && offset < written.len && written.at[offset] == '.';
        if (stop) {
            add_abbreviation(builder, piece);
            offset++;
        }
        uint32_t id = intern_word(builder, piece, kind);
        if (id != 0)  // 0: nothing is left of the piece when it is folded
            vec_push(builder->arena, &builder->word_ids, id);
    }
}

// Where a written word lies in the cache.
static struct cached_word *find_cached(const struct form_builder *builder, struct slice word)
{
    uint64_t hash = word.len, chunk;
    for (; word.len >= sizeof chunk; word = slice_make(word.at + sizeof chunk, word.len - sizeof chunk)) {
        memcpy(&chunk, word.at, sizeof chunk);
        hash = (hash ^ chunk) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    chunk = 0;
    memcpy(&chunk, word.at, word.len);
    hash = (hash ^ chunk) * UINT64_C(0x9E3779B97F4A7C15);
    return &builder->cache[hash >> 40 & (WORD_CACHE_ROOM - 1)];
}

// As cut_word. The same words come again and again: most need not be cut, folded and looked up each time.
static void push_word_ids(struct form_builder *builder, struct slice written)
{
    if (written.len == 0 || written.len > WORD_CACHE_BYTES) {
        cut_word(builder, written);
        return;
    }
    struct cached_word *cached = find_cached(builder, written);
    if (cached->id != 0 && cached->len == written.len && memcmp(cached->bytes, written.at, written.len) == 0) {
        vec_push(builder->arena, &builder->word_ids, cached->id);
        return;
    }
    uint32_t before = builder->word_ids.count;
    cut_word(builder, written);
    if (builder->word_ids.count != before + 1)
        return;
    cached->id = builder->word_ids.at[before];
    cached->len = (uint32_t)written.len;
    memcpy(cached->bytes, written.at, written.len);
}

void form_read_abbreviations(struct form_builder *builder, const struct pack_file *file, pack_fault_vec *faults)
{
    struct reader reader;
    struct slice line;
    reader_init(&reader, builder->arena, faults, file);
    while (reader_line(&reader, &line)) {
        line = slice_trim(line);
        if (line.len > FORM_MAX_WORD_BYTES || memchr(line.at, '.', line.len) == NULL) {
            reader_fault(&reader, line.at, "expected an abbreviation with its full stop, found `%.*s`", SLICE_FORMAT(line));
            continue;
        }
        builder->word_ids.count = 0;
        push_word_ids(builder, line);
    }
}

// ---- states ---------------------------------------------------------------------------------------------------------------
static void form_fault(struct form_reader *form, const char *at, const char *text, struct slice about)
{
    if (!form->failed)
        reader_fault(form->reader, at, "%s%s%.*s%s", text, about.len ? " `" : "", SLICE_FORMAT(about), about.len ? "`" : "");
    form->failed = true;
}

static void push_state(struct form_reader *form, struct form_state state)
{
    struct form_builder *builder = form->builder;
    if (builder->states.count >= MAX_STATES) {
        form_fault(form, form->at, "expected a form with fewer combinations", (struct slice){0});
        return;
    }
    vec_push(builder->arena, &builder->states, state);
}

static void note_common(struct form_builder *builder, uint32_t word)
{
    struct pack *pack = builder->pack;
    while (pack->common_words.count <= word / 64)
        vec_push(builder->arena, &pack->common_words, 0);
    pack->common_words.at[word / 64] |= UINT64_C(1) << word % 64;
}

// Moves one state along word_ids and pushes where it gets to.
static void push_moved(struct form_reader *form, struct form_state state)
{
    struct form_builder *builder = form->builder;
    uint32_t count = builder->word_ids.count;
    if (state.words + count > FORM_MAX_WORDS) {
        form_fault(form, form->at, "expected a form of fewer words", (struct slice){0});
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        state.node = trie_add(builder->pack->trie, builder->arena, state.node, builder->word_ids.at[i]);
        if (form->common)
            note_common(builder, builder->word_ids.at[i]);
    }
    state.words = (uint16_t)(state.words + count);
    push_state(form, state);
}

static struct state_set move_plain(struct form_reader *form, struct state_set in, struct slice word)
{
    struct form_builder *builder = form->builder;
    builder->word_ids.count = 0;
    push_word_ids(builder, word);
    struct state_set out = {builder->states.count, 0};
    for (uint32_t i = 0; i < in.count && !form->failed; i++) {
        push_moved(form, builder->states.at[in.first + i]);
    }
    if (form->place && builder->word_ids.count == 1)
        spelling_add_word(builder->pack, pack_fold(builder->arena, word), builder->word_ids.at[0]);
    out.count = builder->states.count - out.first;
    return out;
}

// The word in one cell of a paradigm, written to `out`; false if no row takes its ending.
static bool inflect(const struct paradigm_cell *cell, struct slice word, char *out, size_t room, struct slice *ret_word)
{
    for (uint32_t i = 0; i < cell->endings.count; i++) {
        const struct ending *ending = &cell->endings.at[i];
        if (!slice_ends(word, ending->from))
            continue;
        size_t stem = word.len - ending->from.len;
        if (stem + ending->to.len > room)
            return false;
        memcpy(out, word.at, stem);
        if (ending->to.len)
            memcpy(out + stem, ending->to.at, ending->to.len);
        *ret_word = slice_make(out, stem + ending->to.len);
        return true;
    }
    return false;
}

static bool has_cell(const struct paradigm *paradigm, uint16_t cell)
{
    for (uint32_t i = 0; i < paradigm->cells.count; i++) {
        if (paradigm->cells.at[i].cell == cell)
            return true;
    }
    return false;
}

// Do the paradigms vary freely beside each other?
static bool has_no_common_cell(const struct paradigm *a, const struct paradigm *b)
{
    for (uint32_t i = 0; i < a->cells.count; i++) {
        if (has_cell(b, a->cells.at[i].cell))
            return false;
    }
    return true;
}

// May a state go on with a word in `cell` of `paradigm`? Sets the cell of a state that has none.
static bool agree(const struct form_builder *builder, struct form_state *state, const struct paradigm *paradigm, uint16_t cell)
{
    if (state->cell == CELL_NONE) {
        state->cell = cell;
        state->paradigm = (uint16_t)(paradigm - builder->paradigms.at);
        return true;
    }
    return state->cell == cell || has_no_common_cell(&builder->paradigms.at[state->paradigm], paradigm);
}

static struct state_set move_inflected(struct form_reader *form, struct state_set in, struct slice word, const struct paradigm *paradigm)
{
    struct form_builder *builder = form->builder;
    struct state_set out = {builder->states.count, 0};
    char written[2][FORM_MAX_WORD_BYTES * 2];
    struct slice inflected, before = {0};
    for (uint32_t c = 0; c < paradigm->cells.count && !form->failed; c++) {
        const struct paradigm_cell *cell = &paradigm->cells.at[c];
        if (!inflect(cell, word, written[before.at == written[0]], sizeof written[0], &inflected))
            continue;
        if (before.at == NULL || !slice_eq(inflected, before)) {  // cells often share a spelling: cut it once
            builder->word_ids.count = 0;
            push_word_ids(builder, inflected);
        }
        before = inflected;
        for (uint32_t i = 0; i < in.count && !form->failed; i++) {
            struct form_state state = builder->states.at[in.first + i];
            if (agree(builder, &state, paradigm, cell->cell))
                push_moved(form, state);
        }
    }
    out.count = builder->states.count - out.first;
    return out;
}

// ---- reading a form -------------------------------------------------------------------------------------------------------
static struct state_set read_sequence(struct form_reader *form, struct state_set in);

static const struct paradigm *find_paradigm(struct form_reader *form, struct slice name)
{
    uint32_t index = map_get(&form->builder->paradigm_by_name, name, UINT32_MAX);
    if (index != UINT32_MAX)
        return &form->builder->paradigms.at[index];
    form_fault(form, name.at, "expected a paradigm of paradigms.tsv behind `/` (a slash of the text stands between blanks), found", name);
    return NULL;
}

// Takes a word; *ret_slash is its last slash, NULL if it has none.
static struct slice take_word(struct form_reader *form, const char **ret_slash)
{
    static const bool ends_word[256] = {[' '] = true, ['|'] = true, ['['] = true, [']'] = true, ['('] = true, [')'] = true};
    const char *begin = form->at, *at = begin, *slash = NULL;
    for (; at < form->end && !ends_word[(unsigned char)*at]; at++) {
        if (*at == '/')
            slash = at;
    }
    form->at = at;
    *ret_slash = slash;
    return slice_make(begin, (size_t)(at - begin));
}

// The last word of an alternative takes the paradigm of its brackets.
static bool is_last_word(const struct form_reader *form)
{
    const char *at = form->at;
    while (at < form->end && *at == ' ')
        at++;
    return at < form->end && (*at == '|' || *at == ')' || *at == ']');
}

static struct state_set read_word(struct form_reader *form, struct state_set in)
{
    const char *slash;
    struct slice word = take_word(form, &slash), name = {0};
    if (slash != NULL) {
        name = slice_make(slash + 1, word.len - (size_t)(slash + 1 - word.at));
        word.len = (size_t)(slash - word.at);
    }
    if (word.len > FORM_MAX_WORD_BYTES) {
        form_fault(form, word.at, "expected a shorter word", (struct slice){0});
        return in;
    }
    if (name.at != NULL && word.len > 0) {
        const struct paradigm *paradigm = find_paradigm(form, name);
        return paradigm != NULL ? move_inflected(form, in, word, paradigm) : in;
    }
    if (name.at != NULL)  // a slash alone is a mark of the text
        word = slice_make(name.at - 1, 1 + name.len);
    if (form->inflect != NULL && is_last_word(form))
        return move_inflected(form, in, word, form->inflect);
    return move_plain(form, in, word);
}

// The bracket that closes the one at form->at, or NULL. Bounded by the cell's end.
static const char *find_close(const struct form_reader *form)
{
    uint32_t depth = 0;
    for (const char *at = form->at; at < form->end; at++) {
        if (*at == '[' || *at == '(')
            depth++;
        if ((*at == ']' || *at == ')') && --depth == 0)
            return at;
    }
    return NULL;
}

// Copies the ranges of the alternatives' results behind each other.
static struct state_set unite(struct form_reader *form, const struct state_set *sets, uint32_t count)
{
    struct form_builder *builder = form->builder;
    struct state_set all = {builder->states.count, 0};
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < sets[i].count && !form->failed; k++)
            push_state(form, builder->states.at[sets[i].first + k]);
    }
    all.count = builder->states.count - all.first;
    return all;
}

// The alternatives up to `close`, each from the states `in`.
static struct state_set read_alternatives(struct form_reader *form, struct state_set in, const char *close)
{
    struct state_set sets[FORM_MAX_ALTERNATIVES + 1];
    uint32_t count = 0;
    if (*close == ']')
        sets[count++] = in;
    for (;;) {
        const char *begin = form->at;
        sets[count++] = read_sequence(form, in);
        if (form->failed)
            return in;
        if (slice_trim(slice_make(begin, (size_t)(form->at - begin))).len == 0)
            form_fault(form, begin, "expected a word between the brackets", (struct slice){0});
        if (form->at >= close)
            break;
        form->at++;  // the bar
        if (count > FORM_MAX_ALTERNATIVES - 1)
            form_fault(form, form->at, "expected fewer alternatives", (struct slice){0});
    }
    form->at = close;
    return unite(form, sets, count);
}

static bool is_letter_byte(char c)
{
    unsigned char byte = (unsigned char)c;
    return (unsigned)((byte | 0x20) - 'a') < 26u || byte >= 0x80;
}

// A paradigm behind the closing bracket: "(commission|committee)/n". Leaves form->at behind it.
static const struct paradigm *read_bracket_paradigm(struct form_reader *form, const char *close)
{
    form->at = close + 1;
    if (form->at >= form->end || *form->at != '/')
        return NULL;
    form->at++;
    const char *slash;
    return find_paradigm(form, take_word(form, &slash));
}

static struct state_set read_brackets(struct form_reader *form, struct state_set in)
{
    const char *open = form->at, *close = find_close(form);
    if (close == NULL || (*open == '[') != (*close == ']')) {
        form_fault(form, open, "expected a closing bracket for", slice_make(open, 1));
        return in;
    }
    if (form->nesting >= FORM_MAX_NESTING)
        form_fault(form, open, "expected fewer brackets in brackets", (struct slice){0});
    const struct paradigm *outer = form->inflect, *own = read_bracket_paradigm(form, close);
    const char *behind = form->at;
    if (behind < form->end && is_letter_byte(*behind))
        form_fault(form, behind, "expected a space between a bracket and a word", (struct slice){0});
    if (form->failed)
        return in;
    bool last = is_last_word(form);  // an outer paradigm reaches into brackets that stand last
    form->inflect = own != NULL ? own : last ? outer : NULL;
    form->nesting++;
    form->at = open + 1;
    struct state_set out = read_alternatives(form, in, close);
    form->nesting--;
    form->inflect = outer;
    form->at = behind;
    return out;
}

// Words and brackets up to a bar, a closing bracket or the end.
static struct state_set read_sequence(struct form_reader *form, struct state_set in)
{
    while (form->at < form->end && !form->failed) {
        char c = *form->at;
        if (c == '|' || c == ']' || c == ')')
            break;
        if (c == ' ') {
            form->at++;
        } else if (c == '[' || c == '(') {
            if (form->at > form->reader->line_at && is_letter_byte(form->at[-1]))
                form_fault(form, form->at, "expected a space between a word and a bracket", (struct slice){0});
            else
                in = read_brackets(form, in);
        } else {
            in = read_word(form, in);
        }
    }
    return in;
}

// Moves behind the bar that ends this form: after a fault somewhere inside it.
static void skip_form(struct form_reader *form)
{
    while (form->at < form->end && !(form->at[0] == '|' && form->at[-1] == ' '))
        form->at++;
}

static void end_form(struct form_reader *form, struct state_set states, const char *begin, uint32_t lexeme, uint32_t features)
{
    struct form_builder *builder = form->builder;
    uint32_t added = 0;
    for (uint32_t i = 0; i < states.count; i++) {
        struct form_state state = builder->states.at[states.first + i];
        if (state.node == TRIE_ROOT)
            continue;
        uint32_t cell = state.cell != CELL_NONE ? builder->cells.at[state.cell].features : 0;
        trie_add_form(builder->pack->trie, builder->arena, builder->pack->lexemes.at, state.node,
                      (struct pack_form){lexeme, features | cell});
        added++;
    }
    if (added > FORM_MAX_EXPANSIONS)
        form_fault(form, begin, "expected a form with fewer combinations", (struct slice){0});
    if (added == 0)
        form_fault(form, begin, "expected a form: nothing is left of", slice_trim(slice_make(begin, (size_t)(form->at - begin))));
    builder->forms += added;
}

static void read_form(struct form_reader *form, uint32_t lexeme, uint32_t features)
{
    struct form_builder *builder = form->builder;
    const char *begin = form->at;
    form->failed = false;
    form->inflect = NULL;
    form->nesting = 0;
    builder->states.count = 0;
    push_state(form, (struct form_state){TRIE_ROOT, CELL_NONE, 0, 0});
    struct state_set out = read_sequence(form, (struct state_set){0, 1});
    if (!form->failed && form->at < form->end && *form->at != '|')
        form_fault(form, form->at, "expected no closing bracket without an opening one:", slice_make(form->at, 1));
    if (!form->failed)
        end_form(form, out, begin, lexeme, features);
    if (form->failed)
        skip_form(form);
}

void form_add_all(struct form_builder *builder, struct reader *reader, struct slice forms, uint32_t lexeme, uint32_t features)
{
    struct form_reader form = {.builder = builder, .reader = reader, .at = forms.at, .end = forms.at + forms.len};
    uint8_t kind = builder->pack->lexemes.at[lexeme].kind;
    form.common = kind != LEXICON_CITY && kind != LEXICON_NAME;
    form.place = kind == LEXICON_CITY || kind == LEXICON_STATE;
    if (forms.len == 0) {
        reader_fault(reader, forms.at, "expected one form or more, separated by ` | `");
        return;
    }
    for (;;) {
        while (form.at < form.end && *form.at == ' ')
            form.at++;
        read_form(&form, lexeme, features);
        if (form.at >= form.end)
            return;
        assert(*form.at == '|');
        bool spaced = form.at[-1] == ' ' && form.at + 1 < form.end && form.at[1] == ' ';
        if (!spaced)
            reader_fault(reader, form.at, "expected a form on each side of ` | `, with a space before and after the bar");
        form.at++;
        if (form.at >= form.end)
            return;
    }
}
