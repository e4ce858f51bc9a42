// SPDX-License-Identifier: MIT
// A network for test_network.py: loaded ahead of the C library (LD_PRELOAD), it answers for names as KARAR_NAMES says ("name=address;…",
// several addresses with a comma between them; any other name is looked up as ever), and leads who connects to HERE to this machine and
// who connects to NOBODY nowhere. So a site can stand at a public address, as watch and serve see it, without a network.
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define HERE "93.184.216.34"
#define NOBODY "93.184.216.35"

typedef int look_up(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **ret_found);
typedef int open_to(int socket, const struct sockaddr *address, socklen_t len);

// connect() for the loader; the header's own declaration takes a union.
int lead(int socket, const struct sockaddr *address, socklen_t len) __asm__("connect");

// The addresses of a name, with a comma between them; NULL: none of ours.
static char *addresses_of(const char *name)
{
    const char *told = getenv("KARAR_NAMES");
    size_t len = strlen(name);
    for (const char *at = told; at && *at; at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL)
        if (strncmp(at, name, len) == 0 && at[len] == '=')
            return strndup(at + len + 1, strcspn(at + len + 1, ";"));
    return NULL;
}

__attribute__((visibility("default"))) int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                                                       struct addrinfo **ret_found)
{
    look_up *usual;
    *(void **)&usual = dlsym(RTLD_NEXT, "getaddrinfo");
    char *addresses = name ? addresses_of(name) : NULL;
    if (!addresses)
        return usual(name, service, hints, ret_found);
    struct addrinfo **last = ret_found;
    int status = 0;
    *ret_found = NULL;
    for (char *rest = addresses, *one; status == 0 && (one = strsep(&rest, ","));) {
        status = usual(one, service, hints, last);
        while (status == 0 && *last)
            last = &(*last)->ai_next;
    }
    free(addresses);
    return status;
}

__attribute__((visibility("default"))) int lead(int socket, const struct sockaddr *address, socklen_t len)
{
    open_to *usual;
    *(void **)&usual = dlsym(RTLD_NEXT, "connect");
    struct sockaddr_in four;
    if (address->sa_family == AF_INET && len == sizeof four) {
        memcpy(&four, address, sizeof four);
        if (four.sin_addr.s_addr == inet_addr(NOBODY)) {
            errno = ECONNREFUSED;
            return -1;
        }
        if (four.sin_addr.s_addr == inet_addr(HERE)) {
            four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            return usual(socket, (const struct sockaddr *)&four, len);
        }
    }
    return usual(socket, address, len);
}
