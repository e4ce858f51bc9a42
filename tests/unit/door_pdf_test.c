// SPDX-License-Identifier: MIT
// PDF by whatever program is called pdftotext: one that works, fails, says nothing, never ends, is killed, or is not there.
#include "door/open.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// What a program of this script makes of a PDF. script NULL: there is no program.
static enum status open_by(const char *script, struct buf *text, struct error *error)
{
    char folder[] = "/tmp/karar-pdf-XXXXXX", path[64], places[128];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/pdftotext", folder);
    if (script) {
        FILE *file = fopen(path, "w");
        assert_true(file && fprintf(file, "#!/bin/sh\n%s\n", script) > 0 && fclose(file) == 0 && chmod(path, 0700) == 0);
    }
    snprintf(places, sizeof places, script ? "%s:/usr/bin:/bin" : "%s", folder);
    const char *before = getenv("PATH");
    char *kept = strdup(before ? before : "/usr/bin:/bin");
    setenv("PATH", places, 1);
    *error = (struct error){.text = ""};
    enum status status = pdf_open(SLICE("%PDF-1.4\nNorway\n"), text, error);
    setenv("PATH", kept, 1);
    free(kept);
    unlink(path);
    rmdir(folder);
    return status;
}

static void test_programs(void **state)
{
    static const struct {
        const char *script;
        enum status status;
        const char *text;       // of the report, or of the message
    } rows[] = {
        {"cat", STATUS_OK, "%PDF-1.4\nNorway\n"}, {"printf 'Norway\\f\\fChile'", STATUS_OK, "Norway\n\nChile"},
                {"cat >/dev/null; exit 1", STATUS_IO, "could not"},
        {"kill -9 $$", STATUS_IO, "could not"}, {"printf ' \\n\\f'", STATUS_EMPTY, "without a text layer"}, {"exit 0", STATUS_EMPTY,
                "without a text layer"},
        {"yes Norway", STATUS_LIMIT, "more than 8 MiB"}, {NULL, STATUS_NOT_FOUND, "not installed"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf text;
        struct error error;
        buf_init(&text, 1);     // pdf_open makes it anew
        enum status status = open_by(rows[i].script, &text, &error);
        if (status != rows[i].status)
            fail_msg("row %zu: %s, %s", i, status_name(status), error.text);
        if (status == STATUS_OK)
            assert_string_equal(text.at, rows[i].text);
        else if (!strstr(error.text, rows[i].text))
            fail_msg("row %zu: %s", i, error.text);
        buf_finish(&text);
    }
}

// What the program is told: nothing of our environment but where programs lie.
static void test_what_it_gets(void **state)
{
    struct buf text;
    struct error error;
    (void)state;
    buf_init(&text, 1);
    setenv("KARAR_SECRET", "secret", 1);
    assert_int_equal(open_by("env", &text, &error), STATUS_OK);
    unsetenv("KARAR_SECRET");
    assert_null(strstr(text.at, "SECRET"));
    assert_non_null(strstr(text.at, "PATH=/usr/local/bin:/usr/bin:/bin"));
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_programs), cmocka_unit_test(test_what_it_gets)};
    return cmocka_run_group_tests_name("door_pdf", tests, NULL, NULL);
}
