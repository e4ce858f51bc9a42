// SPDX-License-Identifier: MIT
// People's decisions as gold answers: one JSON object a line for each report that somebody read to its end, as scorers of readers want it.
//
// What counts is what people said of the report alone: claims that they found right, corrected or added; not what other reports tell of
// the same session, nor edits of the account. The register puts the lists together; here they become a line.
#include "export/run.h"

// "reports/2024/a.b.txt" → "a.b": as the scorer finds the record of an answer. Without such a name the report's id stands for it.
static struct slice base_name(struct slice uri, struct slice document)
{
    size_t begin = uri.len, end = uri.len;
    while (begin > 0 && uri.at[begin - 1] != '/' && uri.at[begin - 1] != '\\')
        begin--;
    for (size_t i = uri.len; i > begin; i--)
        if (uri.at[i - 1] == '.') {
            end = i - 1;
            break;
        }
    return end > begin ? slice_make(uri.at + begin, end - begin) : document;
}

static void take_answer(struct exporting *run, const struct registry_row *row, void *user)
{
    static const char *const lists[] = {"parties", "people", "meetings", "instruments", "commitments"};
    struct json json;
    (void)user;
    emit_init(&json, &run->out, false);
    emit_object(&json);
    emit_key(&json, "id");
    emit_string(&json, base_name(row_get(row, "uri"), row_get(row, "document")));
    emit_key(&json, "lang");
    emit_string(&json, row_get(row, "language"));
    emit_key(&json, "uri");
    emit_string(&json, row_get(row, "uri"));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        emit_key(&json, lists[i]);
        emit_raw(&json, row_get(row, lists[i]), false);
    }
    emit_object_end(&json);
    buf_add_char(&run->out, '\n');
    run->rows++;
}

void export_gold(struct exporting *run)
{
    run_file(run, "gold.jsonl");
    run_ask(run, "export_gold", take_answer, NULL);
}
