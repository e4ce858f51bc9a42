// SPDX-License-Identifier: MIT
// An id as address: the register tells what it names, and under which id it is known now.
//
// Which page shows which kind stands in one list below.
// An id that was once given out goes on to work: the browser is sent to the address of today.
#include "serve/pages.h"

static const struct {
    const char *kind;
    void (*show)(struct request *request, struct answer *answer, const char *id);
} kinds[] = {
    {"pair", page_pair}, {"body", page_body}, {"session", page_session}, {"commitment", page_thread}, {"instrument", page_instrument},
    {"person", page_person}, {"party", page_party},
};

void page_thing(struct request *request, struct answer *answer)
{
    const char *id = arena_copy(request->arena, request->place).at;
    struct value *thing = ask_one(request, "page_thing", &(struct asked){.id = id});
    struct slice kind = value_text(thing, "kind"), now = value_text(thing, "id");
    if (kind.len == 0)
        return;
    if (!slice_eq(now, request->place)) {
        answer_redirect(answer, arena_format(request->arena, "/%s/%s", request->language->tag,
                                             template_encoded(request->arena, now, true).at));
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (slice_is(kind, kinds[i].kind))
            kinds[i].show(request, answer, id);
}
