// SPDX-License-Identifier: MIT
// Sentences and tokens: where a stop ends a sentence and where it does not, what is quoted and bracketed, and inputs made to hurt.
#include "text_fixture.h"

struct packs {
    struct fixture *fixture;
    struct pack *capitals, *plain;
};

static int setup(void **state)
{
    struct packs *packs = calloc(1, sizeof *packs);
    assert_non_null(packs);
    packs->fixture = fixture_new();
    packs->capitals = fixture_tiny(packs->fixture, FIXTURE_CAPITALS, "Mr.\nNo.\netc.\np.m.\n");
    packs->plain = fixture_tiny(packs->fixture, FIXTURE_PLAIN, "डॉ.\nवी.\n");
    *state = packs;
    return 0;
}

static int teardown(void **state)
{
    struct packs *packs = *state;
    fixture_free(packs->fixture);
    free(packs);
    return 0;
}

// The tokens, a blank between two and a bar between sentences; `flag` marks the tokens that have it with an asterisk.
static void expect_tokens(struct packs *packs, const struct pack *pack, const char *text, unsigned flag, const char *want)
{
    char found[2000] = "";
    size_t len = 0;
    struct document *document = fixture_tokens(packs->fixture, pack, slice_from(text));
    fixture_check_layers(document);
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        const struct token *token = &document->tokens.at[i];
        const char *before = i == 0 ? "" : document->tokens.at[i - 1].sentence != token->sentence ? " | " : " ";
        len += (size_t)snprintf(found + len, sizeof found - len, "%s%.*s%s", before, (int)(token->end - token->begin),
                                document->text.at + token->begin, token->flags & flag ? "*" : "");
    }
    assert_string_equal(found, want);
}

static void expect_capitals(void **state, const char *text, const char *want)
{
    struct packs *packs = *state;
    expect_tokens(packs, packs->capitals, text, 0, want);
}

static void expect_plain(void **state, const char *text, const char *want)
{
    struct packs *packs = *state;
    expect_tokens(packs, packs->plain, text, 0, want);
}

static void stops_end_sentences(void **state)
{
    expect_capitals(state, "They met. They left! Why? So", "They met . | They left ! | Why ? | So");
    expect_capitals(state, "They met.They left", "They met . | They left");
    expect_capitals(state, "Talks; no deal: none", "Talks ; no deal : none");
    expect_plain(state, "वे मिले। वे गए।यह", "वे मिले । | वे गए । | यह");
    expect_plain(state, "वे मिले. वे गए", "वे मिले . | वे गए");
}

static void paragraphs_end_sentences(void **state)
{
    expect_capitals(state, "A headline\nThe text", "A headline | The text");
}

static void lines_that_ran_together(void **state)
{
    expect_capitals(state, "Papers of May 1. A pact on rice 2. A treaty", "Papers of May | 1 . A pact on rice | 2 . A treaty");
    expect_capitals(state, "They met on May 1. A pact followed", "They met on May 1 . | A pact followed");   // no second item: no list
    expect_capitals(state, "Talks began 8 May 2025 10:10 Accra, Palace The guest came",
                    "Talks began | 8 May 2025 10:10 Accra , Palace | The guest came");
    expect_capitals(state, "They met on 8 May 2025 at 10:10 there", "They met on 8 May 2025 at 10:10 there");
}

static void abbreviations_keep_their_stop(void **state)
{
    expect_capitals(state, "Mr. Lee, etc. came", "Mr. Lee , etc. came");
    expect_capitals(state, "Point No. 5", "Point No. 5");
    expect_capitals(state, "He said no. Lee left", "He said no . | Lee left");  // written with a capital only
    expect_capitals(state, "At 3 p.m. Lee left", "At 3 p.m. Lee left");
    expect_plain(state, "डॉ. सिंह", "डॉ. सिंह");
}

static void abbreviations_may_end_sentences(void **state)
{
    expect_capitals(state, "In the U.S. The sides met", "In the U.S. | The sides met");
    expect_capitals(state, "In the U.S. Senate", "In the U.S. Senate");
    expect_capitals(state, "In the U.S.", "In the U.S.");
}

static void initials(void **state)
{
    expect_capitals(state, "Denis V. Orlov and S. Khan", "Denis V. Orlov and S. Khan");
    expect_capitals(state, "A.Aripov", "A. Aripov");
    expect_plain(state, "डेनिस वी. ओरलोव", "डेनिस वी. ओरलोव");
    expect_plain(state, "द. कोरिया", "द. कोरिया");
}

static void numbers_and_stops(void **state)
{
    expect_capitals(state, "It cost 1,000.50 then", "It cost 1,000.50 then");
    expect_capitals(state, "2. The sides met", "2 . The sides met");
    expect_capitals(state, "On 5 May 2021. The sides met", "On 5 May 2021 . | The sides met");
    expect_capitals(state, "The 10th on 25-27 May", "The 10 th on 25 - 27 May");
}

static void small_letters_go_on(void **state)
{
    expect_capitals(state, "Visit www.example.org/a.html now", "Visit www . example . org / a . html now");
    expect_capitals(state, "\"Really?\" asked Lee", "\" Really ? \" asked Lee");
    expect_capitals(state, "«Yes!», — said he", "« Yes ! » , — said he");
    expect_capitals(state, "And then... nothing", "And then . . . nothing");
    expect_capitals(state, "And then... Lee left", "And then . . . | Lee left");
}

static void closing_marks_belong_to_the_sentence(void **state)
{
    expect_capitals(state, "He said: \"We go.\" They went", "He said : \" We go . \" | They went");
    expect_capitals(state, "They met. \"We go,\" he said", "They met . | \" We go , \" he said");
    expect_plain(state, "‘‘हम गए।’’ वे", "‘ ‘ हम गए । ’ ’ | वे");
}

static void brackets_hold_sentences_together(void **state)
{
    expect_capitals(state, "They met (in May. Or so) there", "They met ( in May . Or so ) there");
    expect_capitals(state, "They met (in May. They left", "They met ( in May . | They left");  // never closed
}

static void quoted(void **state)
{
    struct packs *packs = *state;
    const struct pack *pack = packs->capitals;
    expect_tokens(packs, pack, "He \"may go\" now", TOKEN_QUOTED, "He \" may* go* \" now");
    expect_tokens(packs, pack, "He “may ‘go’” now", TOKEN_QUOTED, "He “ may* ‘* go* ’* ” now");
    expect_tokens(packs, pack, "He ”may go“ now", TOKEN_QUOTED, "He ” may* go* “ now");  // mirrored marks
    expect_tokens(packs, pack, "He „may“ go", TOKEN_QUOTED, "He „ may* “ go");
    expect_tokens(packs, pack, "the ministers' talks", TOKEN_QUOTED, "the ministers ' talks");
    expect_tokens(packs, pack, "A 5\" pipe", TOKEN_QUOTED, "A 5 \" pipe");
    expect_tokens(packs, pack, "\"It goes on\nand ends", TOKEN_QUOTED, "\" It* goes* on* | and ends");
}

static void bracketed(void **state)
{
    struct packs *packs = *state;
    expect_tokens(packs, packs->capitals, "The group (the IGC) met", TOKEN_BRACKETED, "The group ( the* IGC* ) met");
    expect_tokens(packs, packs->capitals, "a) the ( first", TOKEN_BRACKETED, "a ) the ( first");
}

static void letters_of_tokens(void **state)
{
    struct packs *packs = *state;
    expect_tokens(packs, packs->capitals, "The IGC and U.S. I", TOKEN_CAPITAL, "The* IGC* and U.S.* I*");
    expect_tokens(packs, packs->capitals, "The IGC and U.S. I", TOKEN_ALL_CAPS, "The IGC* and U.S.* I");
    expect_tokens(packs, packs->capitals, "a-b 10th\tc", TOKEN_SPACE_BEFORE, "a* - b 10* th c*");
    expect_tokens(packs, packs->capitals, "Mr. V. Lee", TOKEN_ABBREVIATION, "Mr.* V.* Lee");
}

static void format_characters_are_no_words(void **state)
{
    expect_capitals(state, "\u202EThe \u2067sides\u2069 met\u200E. They left", "The sides met . | They left");
}

static void keys_and_vocabulary(void **state)
{
    struct packs *packs = *state;
    struct pack *toy = fixture_toy(packs->fixture);
    struct document *document = fixture_tokens(packs->fixture, toy, SLICE("Vu, Signis zzz"));
    assert_true(slice_is(document_fold(document, 0), "vu"));
    assert_int_equal(document->tokens.at[0].word, words_get(&toy->words, SLICE("vu"), map_hash(SLICE("vu"))));
    assert_int_not_equal(document->tokens.at[2].word, 0);
    assert_int_equal(document->tokens.at[3].word, 0);
}

static void paragraphs_without_pack_have_no_tokens(void **state)
{
    struct packs *packs = *state;
    struct document *document = fixture_clean(packs->fixture, NULL, SLICE("They met. They left."));
    text_cut(document);
    text_run(document);
    assert_int_equal(document->tokens.count, 0);
    assert_int_equal(document->sentences.count, 0);
}

static void long_sentences_are_cut(void **state)
{
    struct packs *packs = *state;
    char text[4000] = "";
    for (size_t i = 0; i + 8 < sizeof text; i += 4)
        memcpy(text + i, i % 400 == 0 ? "ab, " : "abc ", 4);
    struct document *document = fixture_tokens(packs->fixture, packs->capitals, slice_from(text));
    fixture_check_layers(document);
    assert_true(document->sentences.count > 1);
    uint32_t last = document->sentences.at[0].last;
    assert_int_equal(document->tokens.at[last - 1].kind, TOKEN_PUNCT);  // behind a comma
}

// Each would take minutes if a stage were quadratic.
static void absurd_texts_are_linear(void **state)
{
    static const char *const units[] = {
        "\"", "(", "(a. B. ", "\"a (b “c ‘d ", ".", "a.", "1,", "a", "\xCC\x81", "U.S. Mr. ", "\n", "x\n", "\u202E", "'",
    };
    (void)state;
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        size_t unit = strlen(units[u]), count = 200000;
        char *text = malloc(unit * count + 1);
        assert_non_null(text);
        text[0] = 'a';
        for (size_t i = 0; i < count; i++)
            memcpy(text + 1 + i * unit, units[u], unit);
        struct fixture *fixture = fixture_new();
        struct pack *pack = fixture_tiny(fixture, FIXTURE_CAPITALS, "Mr.\n");
        struct document *document = fixture_tokens(fixture, pack, slice_make(text, unit * count + 1));
        fixture_check_layers(document);
        fixture_free(fixture);
        free(text);
    }
}

// A letter that only ends words (q), one that joins no next letter (z), one that begins no word (x).
static void slips_of_the_blank(void **state)
{
    struct packs *packs = *state;
    pack_file_vec files = {0};
    fixture_file(packs->fixture, &files, "tiny/pack.conf", FIXTURE_CONF "final-letters = q\nopen-letters = z\ninner-letters = x\n");
    fixture_file(packs->fixture, &files, "tiny/lexicon/sectors.tsv",
                 "sector\tstrength\tforms\ntrade\tfield\tmalz | tel | kelz | sanmalz | vitexa\n");
    fixture_file(packs->fixture, &files, "tiny/lexicon/grammar.tsv", "class\tfeatures\tforms\nand\t-\toz\nof\t-\tka\nagent\t-\tne\n");
    struct pack *pack = fixture_pack(packs->fixture, &files);
    expect_tokens(packs, pack, "maqtel oq aqu", 0, "maq tel oq aqu");       // one letter behind it is no word
    expect_tokens(packs, pack, "malztel kelzmalz", 0, "malz tel kelz malz");
    expect_tokens(packs, pack, "sanmalz malzune", 0, "sanmalz malzune");    // a word, and no two words
    expect_tokens(packs, pack, "oztel malzka malzne", 0, "oz tel malz ka malzne");
    struct document *document = fixture_tokens(packs->fixture, pack, SLICE("vite xa tel, xa"));
    assert_int_equal(document->tokens.count, 4);
    assert_int_equal(document->tokens.at[0].word, words_get(&pack->words, SLICE("vitexa"), map_hash(SLICE("vitexa"))));
    assert_int_equal(document->tokens.at[0].end, 7);
    fixture_check_layers(document);
    expect_tokens(packs, pack, "vit exa tel, ma lz te le", 0, "vit exa tel , ma lz te le");   // broken within the word: one token each
    assert_int_equal(fixture_tokens(packs->fixture, pack, SLICE("vit exa tel, ma lz te le"))->tokens.count, 6);
}

// Where a paragraph has no stops, a word that closes sentences ends one, unless a conjunction follows.
static void sentences_without_stops(void **state)
{
    struct packs *packs = *state;
    char text[4000] = "";
    pack_file_vec files = {0};
    fixture_file(packs->fixture, &files, "tiny/pack.conf", FIXTURE_CONF "closers = esa\n");
    fixture_file(packs->fixture, &files, "tiny/lexicon/grammar.tsv", "class\tfeatures\tforms\nand\t-\toz\n");
    struct pack *pack = fixture_pack(packs->fixture, &files);
    for (int i = 0; i < 10; i++)
        strcat(text, i % 2 ? "ab cd ef gh ij kl esa oz mn op qr esa " : "ab cd ef gh ij kl mn op esa ");
    struct document *document = fixture_tokens(packs->fixture, pack, slice_from(text));
    assert_int_equal(document->sentences.count, 10);
    document = fixture_tokens(packs->fixture, pack, SLICE("ab cd ef gh ij kl mn op esa ab cd ef gh ij kl esa."));
    assert_int_equal(document->sentences.count, 1);     // a short paragraph lacks nothing
}

// A stop that is written for a hyphen, too, is one between two names of states, with no blank.
static void stop_that_joins_names(void **state)
{
    struct packs *packs = *state;
    pack_file_vec files = {0};
    fixture_file(packs->fixture, &files, "tiny/pack.conf", FIXTURE_CONF "hyphen-stops = ۔\n");
    fixture_file(packs->fixture, &files, "tiny/lexicon/states.tsv", "code\trole\tforms\nPER\tname\tperu\nCHL\tname\tkile\n");
    struct pack *pack = fixture_pack(packs->fixture, &files);
    vec_push(&packs->fixture->arena, &pack->config.sentence_ends, SLICE("۔"));
    assert_int_equal(fixture_tokens(packs->fixture, pack, SLICE("Peru۔Kile komis"))->sentences.count, 1);
    assert_int_equal(fixture_tokens(packs->fixture, pack, SLICE("Peru۔ Kile komis"))->sentences.count, 2);
    assert_int_equal(fixture_tokens(packs->fixture, pack, SLICE("Peru۔Komis kile"))->sentences.count, 2);
    pack->config.hyphen_stops = SLICE("");
    assert_int_equal(fixture_tokens(packs->fixture, pack, SLICE("Peru۔Kile komis"))->sentences.count, 2);
}

// "Kaya'nin": the ending behind the apostrophe is a word, in texts and in forms; other words with an apostrophe stay whole.
static void endings_behind_an_apostrophe(void **state)
{
    struct packs *packs = *state;
    pack_file_vec files = {0};
    fixture_file(packs->fixture, &files, "tiny/pack.conf", FIXTURE_CONF "joined-endings = nin da\nordinal-suffixes = inci\n");
    fixture_file(packs->fixture, &files, "tiny/lexicon/grammar.tsv", "class\tfeatures\tforms\nof\t-\t'nin\nin\t-\t'da\n");
    fixture_file(packs->fixture, &files, "tiny/lexicon/sectors.tsv", "sector\tstrength\tforms\ntrade\tfield\tkaya'nin kol\n");
    struct pack *pack = fixture_pack(packs->fixture, &files);
    expect_tokens(packs, pack, "kaya'nin kol", 0, "kaya 'nin kol");
    expect_tokens(packs, pack, "Kaya’da 2025'da 10'inci", 0, "Kaya ’da 2025 'da 10 'inci");
    expect_tokens(packs, pack, "o'clock d'Estaing kaya'ninda", 0, "o'clock d'Estaing kaya'ninda");
    struct document *document = fixture_tokens(packs->fixture, pack, SLICE("kaya’nin kol"));
    assert_int_equal(document->tokens.at[1].word, words_get(&pack->words, SLICE("'nin"), map_hash(SLICE("'nin"))));
    assert_true(document->tokens.at[1].word);
    assert_false(document->tokens.at[1].flags & TOKEN_SPACE_BEFORE);
    fixture_check_layers(document);
}

// "The 10. session": a short number with its stop is an ordinal; a year ends its sentence.
static void stops_that_make_ordinals(void **state)
{
    struct packs *packs = *state;
    pack_file_vec files = {0};
    fixture_file(packs->fixture, &files, "tiny/pack.conf", FIXTURE_CONF "ordinal-stop = yes\n");
    struct pack *pack = fixture_pack(packs->fixture, &files);
    assert_int_equal(fixture_tokens(packs->fixture, pack, SLICE("vu 10. Dan ri. Ka 2025. Vu"))->sentences.count, 3);
    struct pack *other = fixture_tiny(packs->fixture, FIXTURE_CONF, "");
    assert_int_equal(fixture_tokens(packs->fixture, other, SLICE("vu 10. Dan ri."))->sentences.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stops_end_sentences),
        cmocka_unit_test(paragraphs_end_sentences),
        cmocka_unit_test(lines_that_ran_together),
        cmocka_unit_test(abbreviations_keep_their_stop),
        cmocka_unit_test(abbreviations_may_end_sentences),
        cmocka_unit_test(initials),
        cmocka_unit_test(numbers_and_stops),
        cmocka_unit_test(small_letters_go_on),
        cmocka_unit_test(closing_marks_belong_to_the_sentence),
        cmocka_unit_test(brackets_hold_sentences_together),
        cmocka_unit_test(quoted),
        cmocka_unit_test(bracketed),
        cmocka_unit_test(letters_of_tokens),
        cmocka_unit_test(format_characters_are_no_words),
        cmocka_unit_test(keys_and_vocabulary),
        cmocka_unit_test(paragraphs_without_pack_have_no_tokens),
        cmocka_unit_test(slips_of_the_blank),
        cmocka_unit_test(sentences_without_stops),
        cmocka_unit_test(stop_that_joins_names),
        cmocka_unit_test(endings_behind_an_apostrophe),
        cmocka_unit_test(stops_that_make_ordinals),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(absurd_texts_are_linear),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
