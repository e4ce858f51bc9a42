// SPDX-License-Identifier: MIT
// The server behind its socket. An input is either what a client sends, byte for byte, behind a first line "raw", or a first line
// "METHOD /address?query" and behind it the body, which is then sent by somebody who has the token. "$T" stands for the token.
// Promises: each answer is one of HTTP with a status that the server means (no 500), nobody waits for one for ever, and the server
// answers
// the next.
#include "fuzz.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "karar/karar.h"
#include "serve/serve.h"

#define ANSWER_MAX ((size_t)1 << 22)
#define REQUEST_MAX ((size_t)1 << 20)
#define SECONDS 20      // no answer takes so long, even under a sanitizer on a busy machine

static char path[] = "/tmp/karar-fuzz-XXXXXX";
static char token[40];
static uint16_t port;
static struct server *server;

static void forget(void)
{
    static const char *const behind[] = {"", "-wal", "-shm"};
    serve_stop(server);
    for (int i = 0; i < 3; i++) {
        char *name = NULL;
        if (asprintf(&name, "%s%s", path, behind[i]) > 0)
            unlink(name);
        free(name);
    }
}

static void add_sample(karar_register *reg, const char *sample)
{
    char *name = NULL, id[13];
    karar_engine *engine;
    karar_source *source;
    karar_item *item;
    karar_report *report;
    int is_new;
    fuzz_check(getenv("KARAR_ROOT") && asprintf(&name, "%s/samples/%s", getenv("KARAR_ROOT"), sample) > 0);
    fuzz_check(karar_engine_new(NULL, &engine, NULL) == KARAR_OK);
    fuzz_check(karar_source_open(name, NULL, &source, NULL) == KARAR_OK && karar_source_next(source, &item, NULL) == KARAR_OK);
    fuzz_check(karar_read_item(engine, item, NULL, &report, NULL) == KARAR_OK);
    fuzz_check(karar_register_add(reg, report, NULL, &is_new, id, NULL) == KARAR_OK);
    karar_report_free(report);
    karar_item_free(item);
    karar_source_close(source);
    karar_engine_free(engine);
    free(name);
}

static void start(void)
{
    karar_register *reg;
    struct error error;
    int file = mkstemp(path);
    fuzz_check(file >= 0);
    close(file);
    unlink(path);
    atexit(forget);
    fuzz_check(karar_register_open(path, 1, &reg, NULL) == KARAR_OK);
    add_sample(reg, "en-session-9.txt");
    karar_register_close(reg);
    const struct serve_options options = {.register_path = path};
    fuzz_check(serve_start(&options, &server, &error) == STATUS_OK);
    const char *address = serve_address(server), *colon = strrchr(address, ':'), *told = strstr(address, "token=");
    fuzz_check(colon && told && strlen(told) < sizeof token);
    port = (uint16_t)strtoul(colon + 1, NULL, 10);
    snprintf(token, sizeof token, "%s", told + strlen("token="));
}

struct bytes {
    char *at;
    size_t len, room;
};

static void put(struct bytes *bytes, const void *from, size_t len)
{
    if (len > bytes->room - bytes->len)
        return;
    memcpy(bytes->at + bytes->len, from, len);
    bytes->len += len;
}

static void put_text(struct bytes *bytes, const char *text)
{
    put(bytes, text, strlen(text));
}

// With the token where the input says so.
static void put_input(struct bytes *bytes, const uint8_t *from, size_t len)
{
    while (len) {
        if (len > 1 && from[0] == '$' && from[1] == 'T') {
            put_text(bytes, token);
            from += 2, len -= 2;
        } else {
            put(bytes, from, 1);
            from++, len--;
        }
    }
}

// Sends all, says whether something is to follow, and takes what comes until the server closes.
static size_t talk(const struct bytes *request, char *answer, int is_all)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval longest = {.tv_sec = SECONDS};
    int at = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    size_t sent = 0, got = 0;
    fuzz_check(at >= 0 && setsockopt(at, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest) == 0 &&
               setsockopt(at, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest) == 0);
    fuzz_check(connect(at, (struct sockaddr *)&there, sizeof there) == 0);
    while (sent < request->len) {
        ssize_t wrote = send(at, request->at + sent, request->len - sent, MSG_NOSIGNAL);
        if (wrote <= 0)
            break;      // refused half-way: a body that is too large
        sent += (size_t)wrote;
    }
    if (is_all)
        shutdown(at, SHUT_WR);
    for (ssize_t more = 1; more > 0 && got < ANSWER_MAX; got += more > 0 ? (size_t)more : 0) {
        more = recv(at, answer + got, ANSWER_MAX - got, 0);
        fuzz_check(more >= 0 || errno != EAGAIN);
    }
    close(at);
    return got;
}

static void check_answer(const char *answer, size_t len)
{
    if (!len)
        return;         // what is no HTTP is not answered
    fuzz_check(len > 13 && (memcmp(answer, "HTTP/1.1 ", 9) == 0 || memcmp(answer, "HTTP/1.0 ", 9) == 0));
    fuzz_check(memmem(answer, len, "\r\n\r\n", 4) || len == ANSWER_MAX);
    fuzz_check(answer[9] >= '1' && answer[9] <= '5' && memcmp(answer + 9, "500", 3) != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static char *answer;
    static struct bytes request;
    static const char next[] = "GET /en/about HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    if (!answer) {
        start();
        answer = malloc(ANSWER_MAX + 1);
        request = (struct bytes){malloc(REQUEST_MAX), 0, REQUEST_MAX};
        fuzz_check(answer && request.at);
    }
    static const char known[] = "Authorization: Bearer $T\r\nCookie: karar=$T\r\n\r\n";
    char *line = fuzz_line(&bytes, &len);
    int is_raw = strcmp(line, "raw") == 0;
    request.len = 0;
    if (!is_raw) {
        char head[160];
        put_input(&request, (const uint8_t *)line, strlen(line));
        snprintf(head, sizeof head, " HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\nContent-Length: %zu\r\n", port, len);
        put_text(&request, head);
        put_text(&request, len && bytes[0] == '{'
                ? "Content-Type: application/json\r\n" : "Content-Type: application/x-www-form-urlencoded\r\n");
        put_input(&request, (const uint8_t *)known, sizeof known - 1);
        put(&request, bytes, len);
    } else {
        put_input(&request, bytes, len);
    }
    free(line);
    check_answer(answer, talk(&request, answer, is_raw));
    if (is_raw) {
        size_t got = talk(&(struct bytes){(char *)next, sizeof next - 1, 0}, answer, 0);
        fuzz_check(got > 13);
        check_answer(answer, got);
    }
    return 0;
}
