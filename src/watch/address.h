// SPDX-License-Identifier: MIT
// Which network addresses lie in the open internet.
#ifndef KARAR_WATCH_ADDRESS_H
#define KARAR_WATCH_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

// False for loopback, private, link-local, shared, documentation, multicast and reserved addresses, also where an IPv6 address wraps an
// IPv4 one, and for everything that is neither IPv4 nor IPv6.
bool address_is_public(const struct sockaddr *address);

#endif
