// SPDX-License-Identifier: MIT
// Giving up what a program does not need before it reads what strangers wrote.
#ifndef KARAR_CLI_CONFINE_H
#define KARAR_CLI_CONFINE_H

#include <stdbool.h>

#define CONFINE_FOLDERS 8

struct confinement {
    const char *folders[CONFINE_FOLDERS];   // that may be written, with all below them; those that are not there are passed over
    int folder_count;
    bool connects, listens;                 // over the network
};

enum confined {
    CONFINED_FILES = 1,     // nothing outside the folders can be written, made or removed (Landlock)
    CONFINED_TCP = 2,       // no connection is opened, no port taken, but as told (Landlock of Linux 6.7)
    CONFINED_CALLS = 4,
            // no call of the system that only tools of administrators and attackers need; no socket to the network but as told
};

// From now on, for this process and all that it starts, and for good; before any thread is started. Bits of enum confined: what this
// system can do of it. Reading files stays as it was.
unsigned confine(const struct confinement *confinement);

#endif
