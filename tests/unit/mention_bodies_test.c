// SPDX-License-Identifier: MIT
// Bodies, meetings, instruments, parties and places: the cascade of body, ordinal and meeting noun; counts; marks of place.
#include "mention_fixture.h"

struct sample {
    const char *language, *text;
    enum mention_kind kind;
    const char *want;
};

static void check(void **state, const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_mentions(*state, samples[i].language, "2024-03-12", samples[i].text, samples[i].kind, samples[i].want);
}

static void links_body_ordinal_and_noun(void **state)
{
    static const struct sample samples[] = {
        {"en", "They opened the tenth session of the India-Nepal Joint Commission.", MENTION_MEETING,
         "tenth session of the India-Nepal Joint Commission = commission #10 IND NPL\n"},
        {"en", "They opened the 21st meeting of the Joint Commission (NNJC). The next NNJC session is in May.", MENTION_MEETING,
         "21st meeting of the Joint Commission (NNJC) = commission #21\nnext NNJC session = commission next\n"},
        {"en", "They opened the twenty-first session of the Association Council.", MENTION_MEETING,
         "twenty-first session of the Association Council = commission #21\n"},
        {"en", "They opened the second session of the India-Nepal committee.", MENTION_MEETING,
         "second session of the India-Nepal committee = commission #2 IND NPL\n"},
        {"en", "They opened the second session of the committee.", MENTION_MEETING, "second session = session #2\n"},
        {"en", "The previous meeting was short.", MENTION_MEETING, "previous meeting = session previous\n"},
        {"ru", "Прошло седьмое заседание комиссии.", MENTION_MEETING, "седьмое заседание комиссии = commission #7\n"},
        {"ru", "Прошел форум «Индия – Непал».", MENTION_MEETING, "форум «Индия – Непал» = forum IND NPL\n"},
        {"ru", "Комиссия собралась.", MENTION_BODY, ""},
        {"hi", "भारत-नेपाल संयुक्त आयोग की पांचवीं बैठक हुई।", MENTION_MEETING,
         "भारत-नेपाल संयुक्त आयोग की पांचवीं बैठक = commission #5 IND NPL\n"},
        {"hi", "भारत और नेपाल के बीच संयुक्त आयोग की अगली बैठक होगी।", MENTION_MEETING,
         "भारत और नेपाल के बीच संयुक्त आयोग की अगली बैठक = commission IND NPL next\n"},
        {"hi", "बैठक का 10वां दौर हुआ।", MENTION_MEETING, "बैठक का 10वां दौर = session #10\n"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct sample sample = samples[i];
        check(state, &sample, 1);
    }
}

static void counts_how_often_somebody_met(void **state)
{
    static const struct sample samples[] = {
        {"en", "The Joint Commission met in Oslo for the tenth time.", MENTION_MEETING, "Joint Commission = commission #10\n"},
        {"en", "The Joint Commission met for the first time since the war.", MENTION_MEETING, ""},
        {"en", "It convened in Oslo on Monday for the third time.", MENTION_MEETING, "third time = session #3\n"},
        {"en", "Prices rose for the third time.", MENTION_MEETING, ""},
        {"en", "The round, the sixth since the war, ended.", MENTION_MEETING, "round = session #6\n"},
        {"ru", "Это третья встреча за последние два года.", MENTION_MEETING, "третья встреча = meeting\n"},
        {"ru", "В Осло седьмой раз собралась совместная комиссия.", MENTION_MEETING, "совместная комиссия = commission #7\n"},
        {"ru", "В Осло впервые собралась совместная комиссия.", MENTION_MEETING, "совместная комиссия = commission #1\n"},
        {"ru", "Впервые возглавил он регион в мае.", MENTION_MEETING, ""},
        {"ru", "В Осло соберется совместная комиссия, шестая по счету.", MENTION_MEETING, "совместная комиссия = commission #6\n"},
        {"ru", "С момента ее учреждения это уже третье.", MENTION_MEETING, "третье = session #3\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void topics_in_names_are_inside(void **state)
{
    static const struct sample samples[] = {
        {"en", "The Joint Commission on Trade and Energy met.", MENTION_TOPIC, "Trade = trade inside\nEnergy = energy inside\n"},
        {"en", "The Ministry of Energy spoke of trade.", MENTION_TOPIC, "Energy = energy inside\ntrade = trade\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void counts_instruments(void **state)
{
    static const struct sample samples[] = {
        {"en", "They signed three memoranda of understanding (MoUs).", MENTION_INSTRUMENT,
         "memoranda of understanding (MoUs) = mou x3 plural\n"},
        {"en", "They signed an agreement between India and Nepal.", MENTION_INSTRUMENT, "agreement = agreement IND NPL\n"},
        {"en", "They recalled the 2015 agreement.", MENTION_INSTRUMENT, "agreement = agreement\n"},
        {"hi", "तीन समझौता ज्ञापनों पर हस्ताक्षर हुए।", MENTION_INSTRUMENT, "समझौता ज्ञापनों = mou x3 plural\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void tells_places_from_actors(void **state)
{
    static const struct sample samples[] = {
        {"en", "Moscow and Tehran agreed to meet in Oslo.", MENTION_PARTY, "Moscow = RUS capital\nTehran = IRN capital\n"},
        {"en", "Moscow and Tehran agreed to meet in Oslo.", MENTION_PLACE, "Oslo = Oslo NOR in\n"},
        {"en", "They met in Canberra, Australia.", MENTION_PLACE, "Canberra, Australia = Canberra AUS in\n"},
        {"hi", "बैठक काठमांडू में हुई।", MENTION_PLACE, "काठमांडू = Kathmandu NPL in\n"},
        {"hi", "मास्को ने कहा कि बैठक होगी।", MENTION_PARTY, "मास्को = RUS capital agent\n"},
        {"en", "Papua New Guinea and Guinea-Bissau took part.", MENTION_PARTY, "Papua New Guinea = PNG\nGuinea-Bissau = GNB\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_body_ordinal_and_noun),
        cmocka_unit_test(counts_how_often_somebody_met),
        cmocka_unit_test(topics_in_names_are_inside),
        cmocka_unit_test(counts_instruments),
        cmocka_unit_test(tells_places_from_actors),
    };
    return cmocka_run_group_tests_name("mention bodies", tests, fixture_engine, fixture_engine_end);
}
