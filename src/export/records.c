// SPDX-License-Identifier: MIT
// The records of all reports as JSON Lines, with the schema that they obey.
//
// They are the reader's own, byte for byte as the register keeps them: nothing is merged and no decision is applied. So this is the one
// format that loses nothing of what each report says.
#include "export/run.h"

static void take_record(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice json = slice_trim(row_get(row, "json"));
    (void)user;
    buf_add(&run->out, json);
    buf_add_char(&run->out, '\n');
    run->rows++;
}

void export_records(struct exporting *run)
{
    run_file(run, "records.jsonl");
    run_ask(run, "export_records", take_record, NULL);
    run_file(run, "record.schema.json");
    buf_add(&run->out, book_file("record.schema.json"));
}
