// SPDX-License-Identifier: MIT
// Who connects, and by which way.
//
// What a proxy says of a request (X-Forwarded-…) is believed of the one that was named at the start, which alone may connect then: anybody
// else could write there what they like. Where none was named, such headers show that one stands before us all the same.
#include "serve/origin.h"

#include <arpa/inet.h>
#include <stdio.h>

static void write_address(const struct sockaddr *address, char text[INET6_ADDRSTRLEN])
{
    const void *bytes = address->sa_family == AF_INET6 ? (const void *)&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr
                                                       : (const void *)&((const struct sockaddr_in *)(const void *)address)->sin_addr;
    if (!inet_ntop(address->sa_family, bytes, text, INET6_ADDRSTRLEN))
        text[0] = '\0';
}

enum MHD_Result origin_let_in(void *user, const struct sockaddr *address, socklen_t len)
{
    const struct server *server = user;
    char text[INET6_ADDRSTRLEN];
    (void)len;
    write_address(address, text);
    return !server->proxy[0] || strcmp(text, server->proxy) == 0 ? MHD_YES : MHD_NO;
}

struct last_header {
    const char *name;
    struct slice value;
};

static enum MHD_Result take_last(void *user, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct last_header *last = user;
    (void)kind;
    if (strcasecmp(name, last->name) == 0)
        last->value = slice_from(value);
    return MHD_YES;
}

// A proxy adds what it knows behind what the client wrote: the last part of the last such header is its own.
static struct slice told_by_proxy(struct MHD_Connection *connection, const char *name)
{
    struct last_header last = {.name = name, .value = SLICE("")};
    microhttpd()->MHD_get_connection_values(connection, MHD_HEADER_KIND, take_last, &last);
    struct slice part = SLICE("");
    for (struct slice rest = last.value; rest.at && rest.len;)
        part = slice_trim(slice_cut(&rest, ','));
    return part;
}

void origin_learn(struct request *request)
{
    struct MHD_Connection *connection = request->connection;
    char text[INET6_ADDRSTRLEN] = "";
    unsigned char bytes[sizeof(struct in6_addr)];
    if (request->server->proxy[0]) {
        struct slice told = told_by_proxy(connection, "X-Forwarded-For");
        snprintf(text, sizeof text, "%.*s", (int)told.len, told.at);
        if (inet_pton(AF_INET, text, bytes) != 1 && inet_pton(AF_INET6, text, bytes) != 1)
            text[0] = '\0';
        request->is_safe = text[0] && slice_is(told_by_proxy(connection, "X-Forwarded-Proto"), "https");
    } else {
        const union MHD_ConnectionInfo *info = microhttpd()->MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        if (info)
            write_address(info->client_addr, text);
        request->is_safe = !request_header(request, "X-Forwarded-For").len && !request_header(request, "X-Forwarded-Proto").len &&
                           !request_header(request, "Forwarded").len;
    }
    request->address = arena_copy(request->arena, slice_from(text[0] ? text : "unknown"));
}

bool origin_is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
    return ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24 == 127;
}
