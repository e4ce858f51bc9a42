// SPDX-License-Identifier: MIT
// For keepers: who signed in and who decided what, and a copy of the register.
//
// Both lists are paged by themselves, the latest first. A copy is made by the register while others go on (karar_register_backup), into a
// file beside it that has no name any more when its first byte is sent: whatever ends the sending, the disk gets its room back.
// The file of users is not part of it: hashes of passwords do not leave the machine by the web.
#include "serve/keep.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve/forms.h"
#include "serve/pages.h"
#include "users/secret.h"

#define AUDIT_ROWS 50

// What a decision is about: a thing, the words of a claim, or, undone, the number of another decision.
static void lead_to_targets(struct request *request, struct value *rows)
{
    for (struct value *row = rows->first; row; row = row->next) {
        struct slice target = value_text(row, "target"), local = target, document = slice_cut(&local, '/');
        bool is_number = slice_is(value_text(row, "action"), "undo");
        bool is_thing = document.len && document.at[0] >= 'A' && document.at[0] <= 'Z';
        value_set(request->arena, row, is_number ? "number" : is_thing ? "thing" : "document", is_number || is_thing ? target : document);
        if (!is_number && !is_thing)
            value_set(request->arena, row, "local", local.at ? local : SLICE(""));
    }
}

void page_audit(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request);
    int64_t events = page_skipped(request, "events"), decisions = page_skipped(request, "decisions");
    value_set(request->arena, page, "heading", page_word(request, "audit.title"));
    page_turn(request, page, ask_events(request, page, "events", SLICE(""), events, AUDIT_ROWS + 1), AUDIT_ROWS, "events");
    struct asked asked = {.limit = AUDIT_ROWS + 1, .skip = decisions};
    struct value *decided = ask_rows(request, page, "decisions", "page_decided", &asked);
    page_turn(request, page, decided, AUDIT_ROWS, "decisions");
    lead_to_targets(request, decided);
    value_set_text(request->arena, page, "has_users", request->server->users ? "yes" : "");
    forms_offer(request, page);
    answer->is_private = true;
    page_send(request, answer, page, "audit");
}

// ---- copies ---------------------------------------------------------------------------------------------------------------
karar_status keep_send_copy(struct request *request, struct answer *answer, karar_error *error)
{
    char secret[16 + 1];
    struct stat state;
    if (!secret_make(secret, 16))
        arena_fail(request->arena, STATUS_IO);
    const char *path = arena_format(request->arena, "%s.copy-%s", request->server->register_path, secret).at;
    karar_status status = karar_register_backup(request->reg, path, error);
    if (status)
        return status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    unlink(path);
    if (file < 0 || fstat(file, &state) != 0) {
        if (file >= 0)
            close(file);
        arena_fail(request->arena, STATUS_IO);
    }
    answer->file = file;
    answer->file_size = (uint64_t)state.st_size;
    answer->status = 200;
    answer->type = "application/vnd.sqlite3";
    answer->file_name = arena_format(request->arena, "karar-%s.db", page_today(request));
    answer->is_private = true;
    if (request->server->users)
        users_note(request->server->users, "copied", request->visitor.name, request->address);
    return KARAR_OK;
}

void page_backup(struct request *request, struct answer *answer)
{
    karar_error error = {.byte = UINT64_MAX};
    if (forms_genuine(request, answer) && keep_send_copy(request, answer, &error))
        forms_refuse_as(request, answer, error.text);
}
