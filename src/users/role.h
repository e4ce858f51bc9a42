// SPDX-License-Identifier: MIT
// What somebody may do. Each role may do all that the ones before it may.
#ifndef KARAR_USERS_ROLE_H
#define KARAR_USERS_ROLE_H

enum role {
    ROLE_UNDECLARED,    // nobody has it, and what asks for it is answered for nobody: a route that forgets to say
    ROLE_ANYBODY,       // also who has not said who they are
    ROLE_READER,        // reads all that the register tells
    ROLE_REVIEWER,      // adds reports, decides
    ROLE_KEEPER,        // sees who signed in and who decided, takes copies
};

#endif
