// SPDX-License-Identifier: MIT
// Reading what is asked: parameters, cookies, forms. Headers come from the HTTP library and are asked for by name (http.c).
//
// Whatever a browser sends is decoded once, here, and must be UTF-8 without NUL; what is not is dropped with the whole parameter list, so
// that no handler sees half of what was sent.
#include "serve/request.h"

#include "serve/text.h"

static struct slice find(const parameter_vec *parameters, const char *name)
{
    for (uint32_t i = 0; i < parameters->count; i++)
        if (slice_is(parameters->at[i].name, name))
            return parameters->at[i].value;
    return SLICE("");
}

struct slice request_query(const struct request *request, const char *name)
{
    return find(&request->query, name);
}

struct slice request_form(const struct request *request, const char *name)
{
    return find(&request->form, name);
}

const char *request_text(const struct request *request, struct slice text)
{
    return text.len ? arena_copy(request->arena, text).at : NULL;
}

const char *request_told(const struct request *request, const char *name)
{
    return request_text(request, slice_trim(request_form(request, name)));
}

int answer_take(void *user, const char *bytes, size_t len)
{
    struct answer *answer = user;
    buf_add(&answer->body, slice_make(bytes, len));
    return answer->body.failed;
}

struct slice request_cookie(const struct request *request, const char *name)
{
    for (struct slice rest = request_header(request, "Cookie"); rest.at && rest.len;) {
        struct slice value = slice_trim(slice_cut(&rest, ';'));
        if (slice_is(slice_cut(&value, '='), name))
            return value;
    }
    return SLICE("");
}

const char *request_as_of(const struct request *request)
{
    struct slice day = request_query(request, "as-of");
    if (day.len != 10 || day.at[4] != '-' || day.at[7] != '-')
        return NULL;
    for (size_t i = 0; i < day.len; i++)
        if (i != 4 && i != 7 && (day.at[i] < '0' || day.at[i] > '9'))
            return NULL;
    return arena_copy(request->arena, day).at;
}

static struct slice decode(struct arena *arena, struct slice text)
{
    char *out = arena_take(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        int high = text.at[i] == '%' && i + 2 < text.len ? text_hex(text.at[i + 1]) : -1;
        int low = high >= 0 ? text_hex(text.at[i + 2]) : -1;
        if (low >= 0) {
            out[len++] = (char)(high << 4 | low);
            i += 2;
        } else {
            out[len++] = text.at[i] == '+' ? ' ' : text.at[i];
        }
    }
    out[len] = '\0';
    return slice_make(out, len);
}

bool request_parse_form(struct arena *arena, struct slice text, parameter_vec *parameters)
{
    for (struct slice rest = text; rest.at && rest.len;) {
        struct slice value = slice_cut(&rest, '&');
        if (value.len == 0)
            continue;
        struct parameter parameter = {.name = decode(arena, slice_cut(&value, '='))};
        parameter.value = decode(arena, value.at ? value : SLICE(""));
        if (parameters->count == MAX_PARAMETERS || !text_is_clean(parameter.name) || !text_is_clean(parameter.value))
            return false;
        vec_push(arena, parameters, parameter);
    }
    return true;
}

void answer_redirect(struct answer *answer, struct slice location)
{
    answer->status = 303;
    answer->location = location;
    answer->is_private = true;
}
