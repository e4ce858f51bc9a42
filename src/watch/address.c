// SPDX-License-Identifier: MIT
// A feed is written by others: its links may name the machine's own services or a neighbour's (server-side request forgery).
//
// What is refused is IANA's registries of special-purpose addresses. Of IPv6 only 2000::/3 is given out at all; within it, and in the
// prefixes that carry an IPv4 address, the wrapped one decides. The check is made on the address that is about to be connected to, so that
// no name that resolves differently a second time gets past it.
#include "watch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

static bool public_four(uint32_t address)
{
    static const struct {
        uint32_t base;
        int bits;
    } special[] = {
        {0x00000000, 8}, {0x0A000000, 8}, {0x64400000, 10}, {0x7F000000, 8}, {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24},
        {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 4},
        {0xF0000000, 4},
    };
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if ((address ^ special[i].base) >> (32 - special[i].bits) == 0)
            return false;
    return true;
}

static uint32_t four_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool public_six(const uint8_t bytes[16])
{
    static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF}, translated[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (memcmp(bytes, mapped, sizeof mapped) == 0 || memcmp(bytes, translated, sizeof translated) == 0)
        return public_four(four_at(bytes + 12));
    uint32_t head = four_at(bytes);
    if (head >> 29 != 1)                        // 2000::/3
        return false;
    if (head >> 16 == 0x2002)                   // 6to4
        return public_four(four_at(bytes + 2));
    return head >> 9 != 0x20010000u >> 9        // 2001::/23: protocols
        && head != 0x20010DB8 && head >> 12 != 0x3FFF0000u >> 12;   // documentation
}

bool address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, address, sizeof four);
        return public_four(ntohl(four.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, address, sizeof six);
        return public_six(six.sin6_addr.s6_addr);
    }
    return false;
}
