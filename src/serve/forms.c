// SPDX-License-Identifier: MIT
// Forms: a key that no other site knows, a name, an address to go on to.
//
// Forms of other sites come without our cookie (SameSite); the key in each form holds even where a browser does not know that. It is made
// of what the cookie holds, session or token, so that it ends with it. Users decide under their own name. Where there are none, whoever
// has the token is trusted to write theirs.
#include "serve/forms.h"

#include <string.h>

#include "base/sha256.h"
#include "serve/template.h"
#include "serve/text.h"

#define KEY_LENGTH 32
#define AUTHOR_SECONDS (180 * 24 * 3600)
#define DECISIONS_SHOWN 20

static struct slice form_key(const struct request *request)
{
    char digits[SHA256_ID_SIZE];
    struct slice secret = request->visitor.secret;
    sha256_id(arena_format(request->arena, "forms %.*s", (int)secret.len, secret.at ? secret.at : ""), digits);
    return arena_copy(request->arena, slice_make(digits + strlen("sha256:"), KEY_LENGTH));
}

// What a browser keeps is written as in an address: a cookie holds neither blanks nor letters beyond ASCII.
struct slice forms_known_author(struct request *request)
{
    if (request->visitor.name.len)
        return request->visitor.name;
    parameter_vec found = {0};
    struct slice kept = request_cookie(request, FORMS_AUTHOR_COOKIE);
    struct slice form = arena_format(request->arena, "a=%.*s", (int)kept.len, kept.at ? kept.at : "");
    if (!request_parse_form(request->arena, form, &found) || !found.count)
        return SLICE("");
    return found.at[0].value.len <= MAX_AUTHOR ? found.at[0].value : SLICE("");
}

void forms_offer(struct request *request, struct value *page)
{
    value_set(request->arena, page, "form_key", form_key(request));
    value_set(request->arena, page, "author", forms_known_author(request));
    value_set(request->arena, page, "here", request->path);
    value_set(request->arena, page, "seen", request->decisions.len ? request->decisions : SLICE("0"));
}

bool forms_genuine(struct request *request, struct answer *answer)
{
    if (request->visitor.secret.len && text_same_secret(request_form(request, "key"), form_key(request)))
        return true;
    answer_error_as(request, answer, 403, "error.form");
    return false;
}

void forms_refuse(struct request *request, struct answer *answer, const char *text)
{
    struct value *page = page_new(request);
    value_set(request->arena, page, "heading", page_word(request, "refused.title"));
    value_set_text(request->arena, page, "told", text);
    answer->status = 422;
    answer->is_private = true;
    page_send(request, answer, page, "refused");
}

void forms_refuse_as(struct request *request, struct answer *answer, const char *text)
{
    forms_refuse(request, answer, ui_refusal(request->language, request->arena, slice_from(text)));
}

const char *forms_author(struct request *request, struct answer *answer)
{
    if (request->visitor.name.len)
        return request->visitor.name.at;
    struct slice author = slice_trim(request_form(request, "author"));
    if (!author.len || author.len > MAX_AUTHOR) {
        forms_refuse(request, answer, page_word(request, "refused.author").at);
        return NULL;
    }
    answer->cookie = arena_format(request->arena, FORMS_AUTHOR_COOKIE "=%s; HttpOnly; SameSite=Strict; Path=/; Max-Age=%d",
                                  template_encoded(request->arena, author, false).at, AUTHOR_SECONDS);
    return arena_copy(request->arena, author).at;
}

// A path of this server, with a query that is written as in an address.
static bool is_ours(struct slice address)
{
    bool query = false;
    if (!address.len || address.at[0] != '/' || slice_starts(address, SLICE("//")))
        return false;
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.at[i];
        query |= c == '?';
        if (c <= ' ' || c == '\\' || (query && (c >= 0x7F || strchr("\"<>", c))))
            return false;
    }
    return true;
}

void forms_go_on(struct request *request, struct answer *answer, struct slice usual)
{
    struct slice query = request_form(request, "back");
    if (!is_ours(query)) {
        answer_redirect(answer, usual);
        return;
    }
    struct slice path = template_encoded(request->arena, slice_cut(&query, '?'), true);
    bool has_query = query.at && query.len;
    answer_redirect(answer, arena_format(request->arena, "%s%s%.*s", path.at, has_query ? "?" : "", has_query ? (int)query.len : 0,
                                         has_query ? query.at : ""));
}

void forms_offer_decisions(struct request *request, struct value *page, const char *id, struct slice fields)
{
    struct value *list = value_list(request->arena, page, "fields");
    while (fields.at && fields.len)
        value_set(request->arena, value_add(request->arena, list), "field", slice_cut(&fields, ' '));
    value_set_text(request->arena, page, "thing", id);
    value_set_text(request->arena, page, "value_example", "2025-11-27, 2025-11-25/2025-11-27; Moscow, RUS; planned");
    value_set_text(request->arena, page, "id_example", "PAK-RUS/commission");
    ask_rows(request, page, "decided", "page_decisions_of", &(struct asked){.id = id, .limit = DECISIONS_SHOWN});
    forms_offer(request, page);
}
