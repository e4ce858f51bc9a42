// SPDX-License-Identifier: MIT
// libmicrohttpd, loaded when a server begins: with the libraries that it needs itself it would take a fifth of the start of every other
// command. Its header tells the types, its functions are called through the table.
#ifndef KARAR_SERVE_MICROHTTPD_H
#define KARAR_SERVE_MICROHTTPD_H

#include <microhttpd.h>

#include "base/library.h"

#define MICROHTTPD_CALLS(X)                                                                                             \
    X(MHD_add_response_header) X(MHD_create_post_processor) X(MHD_create_response_from_buffer)                          \
    X(MHD_create_response_from_fd64) X(MHD_destroy_post_processor) X(MHD_destroy_response) X(MHD_get_connection_info)   \
    X(MHD_get_connection_values) X(MHD_get_daemon_info) X(MHD_lookup_connection_value) X(MHD_post_process)              \
    X(MHD_queue_response) X(MHD_start_daemon) X(MHD_stop_daemon)

struct microhttpd {
    MICROHTTPD_CALLS(LIBRARY_POINTER)
};

// The library, loaded with the first call, whatever thread makes it, and never unloaded; NULL if it is not installed.
const struct microhttpd *microhttpd(void);

#endif
