// SPDX-License-Identifier: MIT
// What people send by forms: shown that it came from a page of ours, who sends it, and where they go on.
#ifndef KARAR_SERVE_FORMS_H
#define KARAR_SERVE_FORMS_H

#include "serve/page.h"

#define FORMS_AUTHOR_COOKIE "karar-author"     // pages with forms differ by it, and so do all validators
#define MAX_AUTHOR ((size_t)100)    // bytes of a name

// Sets what forms of a page need: form_key (a hidden field), author (who sent the last one).
void forms_offer(struct request *request, struct value *page);
// False: *answer is the page that refuses. Called before anything that a form asks for is done.
bool forms_genuine(struct request *request, struct answer *answer);
// The user's name; where there are no users the name that was given, kept by the browser for the next form. NULL with a page that asks for
// it if there is none.
const char *forms_author(struct request *request, struct answer *answer);
// The name that a form would be offered with; empty: none is known.
struct slice forms_known_author(struct request *request);
// A page that says what is wrong, in words of the interface.
void forms_refuse(struct request *request, struct answer *answer, const char *text);
// The same in the words of whoever refused, as far as the reader's language has them (ui_refusal).
void forms_refuse_as(struct request *request, struct answer *answer, const char *text);
// 303 to the address in the field `back` if it is one of ours, else to `usual`.
void forms_go_on(struct request *request, struct answer *answer, struct slice usual);

// What people may change of a thing and what they decided of it so far: `thing`, `fields`, `decided` of the page. `fields` are joined by
// blanks.
void forms_offer_decisions(struct request *request, struct value *page, const char *id, struct slice fields);

#endif
