// SPDX-License-Identifier: MIT
// What is served as it is: style, script, pictures, all of it inside the program.
//
// The build puts the files of pages/static into a table (data.h); their names are their addresses.
// These are open to everybody, since the page that asks for the token wants its style, too; they are the same for all. Each has a second
// name with a hash in it, by which pages call it and browsers keep it for a year.
#include "serve/page.h"
#include "serve/route.h"

static void send_file(struct request *request, struct answer *answer)
{
    for (uint32_t i = 0; i < page_file_count; i++) {
        const struct page_file *file = &page_files[i];
        if (!slice_is(request->argument, file->name))
            continue;
        buf_add(&answer->body, slice_make(file->at, file->len));
        answer->type = file->type;
        answer->lasts = file->lasts;
        answer->status = 200;
        return;
    }
}

const struct route file_routes[] = {
    {AREA_ROOT, "static/*", METHOD_GET, send_file, 0, ACCESS_KNOWN, ROLE_ANYBODY},
    {0},
};
