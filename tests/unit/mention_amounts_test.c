// SPDX-License-Identifier: MIT
// Amounts: figures with the marks of each language, number words, multipliers, units on either side, and numbers that are no amount.
#include "mention_fixture.h"

struct sample {
    const char *language, *text, *want;
};

static void check(void **state, const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_mentions(*state, samples[i].language, NULL, samples[i].text, MENTION_AMOUNT, samples[i].want);
}

static void reads_sums(void **state)
{
    static const struct sample samples[] = {
        {"en", "Togo lends $355 million.", "$355 million = 355000000 USD\n"},
        {"en", "Togo lends EUR 13.5 million.", "EUR 13.5 million = 13500000 EUR\n"},
        {"en", "Togo lends US$1.5bn to Peru.", "US$1.5bn = 1500000000 USD\n"},
        {"en", "Togo lends £5m to Peru.", "£5m = 5000000 GBP\n"},
        {"en", "Togo lends ₹10,00,000.", "₹10,00,000 = 1000000 INR\n"},
        {"en", "Togo lends two billion dollars.", "two billion dollars = 2000000000 USD\n"},
        {"en", "Togo lends 25 thousand crore rupees.", "25 thousand crore rupees = 2.5e+11 INR\n"},
        {"hi", "नेपाल 500 करोड़ रुपये देगा।", "500 करोड़ रुपये = 5000000000 INR\n"},
        {"ru", "Того даст 1,5 млрд евро.", "1,5 млрд евро = 1500000000 EUR\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void reads_quantities(void **state)
{
    static const struct sample samples[] = {
        {"en", "Togo sends 1,200 tonnes of rice.", "1,200 tonnes = 1200 tonne\n"},
        {"en", "They marked 17.98 kilometres.", "17.98 kilometres = 17.98 kilometre\n"},
        {"en", "Togo builds a 60-megawatt plant.", "60-megawatt = 60 megawatt\n"},
        {"en", "Togo plants twenty-five hectares.", "twenty-five hectares = 25 hectare\n"},
        {"ru", "Того даст 10 000 тонн зерна.", "10 000 тонн = 10000 tonne\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void other_numbers_are_none(void **state)
{
    static const struct sample samples[] = {
        {"en", "The 5th session was held on 5 May 2018.", ""},
        {"en", "Togo sends 1,200 nurses.", ""},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_sums),
        cmocka_unit_test(reads_quantities),
        cmocka_unit_test(other_numbers_are_none),
    };
    return cmocka_run_group_tests_name("mention amounts", tests, fixture_engine, fixture_engine_end);
}
