// SPDX-License-Identifier: MIT
// What is asked and what is answered: a request with its parameters, an answer with its body. Handlers know these and no library of HTTP.
#ifndef KARAR_SERVE_REQUEST_H
#define KARAR_SERVE_REQUEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "serve/server.h"
#include "serve/value.h"
#include "serve/ui.h"

#define MAX_PARAMETERS 256u
#define MAX_REQUEST_MEMORY ((size_t)64 << 20)   // bytes a request may take while it is answered
#define MAX_ANSWER ((size_t)32 << 20)
#define MAX_BODY ((size_t)16 << 20)             // of a request, whatever its route allows

enum method { METHOD_GET = 1, METHOD_POST = 2 };    // HEAD is answered as GET, without the body

struct parameter {
    struct slice name, value;   // decoded, valid UTF-8
};
typedef VEC(struct parameter) parameter_vec;

// A file that a form sent.
struct upload {
    struct slice field, name;   // name: without folders, valid UTF-8; empty if none was told
    struct slice bytes;
};
typedef VEC(struct upload) upload_vec;

// Who asks; access.c says.
struct visitor {
    enum role role;             // ROLE_ANYBODY: not known
    struct slice name;          // of the user; empty: not known, or the holder of the token, who gives a name with each decision
    struct slice secret;        // what this browser alone shows: keys of forms are made of it; empty: none
    struct slice feed_key;      // for addresses of feeds
};

struct request {
    struct arena *arena;                    // gone when the answer is sent
    struct server *server;
    karar_register *reg;                    // cannot write: pool_take_writer for that
    enum method method;
    struct slice path;                      // decoded: "/ur/PAK-RUS"
    const struct page_language *language;   // that of the address, else what the browser asks for
    struct slice place;                     // the path behind the language: "PAK-RUS", "" for the start page
    struct slice argument;                  // what the * of the route stands for
    parameter_vec query, form;              // form: of a body of application/x-www-form-urlencoded or multipart/form-data
    upload_vec uploads;                     // of the latter
    struct slice body, body_type;
    struct buf rows;                        // for ask; before that, for the values of parts
    struct slice state;                     // of the register, the day and the program; empty: not asked yet
    struct slice decisions;                 // number of the last decision then
    struct visitor visitor;
    struct slice address;                   // of who asks: as the proxy tells it if there is one
    bool is_safe;                           // a password may come this way: over the proxy's TLS, or from this machine itself
    void *connection;                       // for request_header
};

struct answer {
    unsigned status;            // of HTTP
    const char *type;           // media type
    struct buf body;
    struct slice location;      // of a redirect
    struct slice cookie;        // Set-Cookie
    struct slice tag;           // ETag
    struct slice allow;         // of a 405
    struct slice file_name;     // offered for saving; empty: shown
    bool forget;                // the browser forgets what it keeps of our pages
    int64_t retry;              // Retry-After: seconds; 0: none
    int file;                   // sent instead of the body if file_size is not 0; closed by whoever sends it
    uint64_t file_size;
    bool lasts;                 // always the same under this address, and for everybody: kept without asking again
    bool is_private;            // differs from person to person, or from moment to moment: no ETag
};

// The first value of that name; empty if there is none.
struct slice request_query(const struct request *request, const char *name);
struct slice request_form(const struct request *request, const char *name);
// NUL-terminated copy in the arena, NULL of an empty text: as options of the library want it.
const char *request_text(const struct request *request, struct slice text);
// The same of a form's field, without blanks around it.
const char *request_told(const struct request *request, const char *name);
struct slice request_header(const struct request *request, const char *name);
struct slice request_cookie(const struct request *request, const char *name);
// ?as-of=YYYY-MM-DD, NULL if it is not there or no day. Ends in NUL.
const char *request_as_of(const struct request *request);
// "name=value&…" into parameters; false if there are too many or it is no UTF-8.
bool request_parse_form(struct arena *arena, struct slice text, parameter_vec *parameters);

// A body of multipart/form-data into the form and the uploads; false if it is none, or has too many parts.
bool request_parse_parts(struct request *request);

// A karar_sink into the body of the answer.
int answer_take(void *answer, const char *bytes, size_t len);
// 303: the browser goes on to that address of ours.
void answer_redirect(struct answer *answer, struct slice location);
// A page that says what is wrong: 400, 401 (with the form to sign in), 403, 404, 405, 413, 500, 503.
void answer_error(struct request *request, struct answer *answer, unsigned status);
// The same in other words of the interface.
void answer_error_as(struct request *request, struct answer *answer, unsigned status, const char *word);

#endif
