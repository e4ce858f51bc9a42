// SPDX-License-Identifier: MIT
// The web server: starts, tells its address, stops. Part of the program, not of the library.
#ifndef KARAR_SERVE_SERVE_H
#define KARAR_SERVE_SERVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct server;

struct serve_options {
    const char *register_path;
    const char *address;        // IP address to listen on; NULL: 127.0.0.1
    uint16_t port;              // 0: any that is free
    bool allow_private;         // reports may be fetched from addresses in private networks
    const char *proxy;          // IP address of the proxy that speaks TLS; NULL: none
};
// Before the process opens any register: settings of SQLite that are a server's.
void serve_prepare(void);
// Listens and answers in threads of its own until serve_stop. The register must be there. Without users, or without a proxy, it listens on
// loopback alone: STATUS_BAD_ARGUMENT.
enum status serve_start(const struct serve_options *options, struct server **ret_server, struct error *reterr_error);
// What a person opens: "http://127.0.0.1:8080/?token=…", with users without a token. Lives as long as the server.
const char *serve_address(const struct server *server);
// Finishes the answers under way, then frees all.
void serve_stop(struct server *server);

#endif
