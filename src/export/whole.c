// SPDX-License-Identifier: MIT
// The register itself as JSON Lines: a head, then every report as it is stored, then every decision, each with who and when.
//
// It is all that is kept for good; what is derived is made of it again by `karar import`. So a register outlives its file's format and
// can be read, compared and kept as text. The questions give the members of a line their names and their order.
#include "export/run.h"

static void take_line(struct exporting *run, const struct registry_row *row, void *user)
{
    struct json json;
    const uint64_t *counts = user;      // NULL: the head, which is none of the rows
    emit_init(&json, &run->out, false);
    emit_object(&json);
    for (int i = 0; i < row->count; i++) {
        emit_key(&json, row->names[i]);
        if (!row->values[i].at)
            emit_null(&json);
        else if (row->is_number[i])
            emit_raw(&json, row->values[i], false);
        else
            emit_string(&json, row->values[i]);
    }
    emit_object_end(&json);
    buf_add_char(&run->out, '\n');
    run->rows += counts ? 1 : 0;
}

static void refuse(struct exporting *run, const struct registry_row *row, void *user)
{
    (void)row;
    (void)user;
    run->status = error_set(&run->error, STATUS_BAD_ARGUMENT, "records alone hold no reports: a register goes out from a register");
}

void export_register(struct exporting *run)
{
    run_ask(run, "export_textless", refuse, NULL);
    run_file(run, "register.jsonl");
    run_ask(run, "export_canon", take_line, NULL);
    run_ask(run, "export_canon_documents", take_line, &run->rows);
    run_ask(run, "export_canon_decisions", take_line, &run->rows);
}
