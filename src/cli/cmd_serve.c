// SPDX-License-Identifier: MIT
// karar serve: the register as web pages, until the program is told to end.
//
// The server answers in threads of its own (src/serve); this one prints the address and waits. SIGTERM and SIGINT arrive through a
// descriptor: answers under way are finished, nothing is half written.
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/slice.h"
#include "cli/cli.h"
#include "serve/serve.h"

#define USUAL_PORT 8080

static int end_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);     // threads started from here on leave them to the descriptor
    return signalfd(-1, &set, SFD_CLOEXEC);
}

static bool read_port(const struct arguments *arguments, uint16_t *ret_port)
{
    int64_t port = USUAL_PORT;
    const char *given = arguments->value[OPTION_PORT];
    if (given && (!slice_to_int(slice_from(given), &port) || port < 0 || port > 65535)) {
        complain(NULL, "--port %s: a port is a number from 0 (any that is free) to 65535", given);
        return false;
    }
    *ret_port = (uint16_t)port;
    return true;
}

static void wait_for_end(int wake)
{
    struct pollfd end = {.fd = wake, .events = POLLIN};
    while (poll(&end, 1, -1) <= 0)
        continue;
}

static enum exit_code run_serve(const struct command *command, const struct arguments *arguments)
{
    struct serve_options options = {.register_path = register_path(arguments), .address = arguments->value[OPTION_LISTEN],
                                    .proxy = arguments->value[OPTION_PROXY],
                                    .allow_private = arguments->value[OPTION_ALLOW_PRIVATE] != NULL};
    struct error error = {.byte = UINT64_MAX};
    struct server *server = NULL;
    enum exit_code code = EXIT_OK;
    if (arguments->operand_count)
        return complain_usage(command);
    if (!read_port(arguments, &options.port))
        return EXIT_USAGE;
    serve_prepare();
    karar_register *reg = register_open(arguments, false, &code);  // says what is wrong with it, and brings an old one to this version
    if (!reg)
        return code;
    karar_register_close(reg);
    int wake = end_signals();
    enum status status = wake < 0 ? error_set(&error, STATUS_IO, "signals cannot be waited for") : serve_start(&options, &server, &error);
    if (status) {
        complain(NULL, "%s", error.text);
        code = status == STATUS_BAD_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
    } else {
        output_text(arguments->out, serve_address(server));
        output_text(arguments->out, "\n");
        output_flush(arguments->out);
        wait_for_end(wake);
    }
    serve_stop(server);
    if (wake >= 0)
        close(wake);
    return code;
}

const struct command command_serve = {
    .name = "serve",
    .usage = "",
    .summary = "shows the register as web pages, in the languages that the pages speak",
    .about = "Prints an address with a token and answers until it is ended (SIGTERM, Ctrl-C). The token is new at\n"
             "each start; the browser that opens the address keeps it as a cookie, everybody else is refused. Where\n"
             "the register has users (karar user), they sign in instead, and others than this machine can be served:\n"
             "behind a proxy that speaks TLS, named by --proxy, which alone may connect then. Pages\n"
             "need no script, ask for nothing from outside and are the same address behind /en/, /hi/, /ur/, /ru/.\n"
             "docs/manual/serve.md describes them.\n",
    .examples = "  karar serve                                        the register karar.db, on port 8080 of this machine alone\n"
                "  karar serve --register pak-rus.db --port 0         on any port that is free\n"
                "  karar serve --proxy 127.0.0.1                      for others, too: behind a proxy on this machine\n"
                "  karar serve --listen 192.0.2.7 --proxy 192.0.2.1   behind one elsewhere\n",
    .options = OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_LISTEN) |
               OPTION_BIT(OPTION_PORT) | OPTION_BIT(OPTION_PROXY) | OPTION_BIT(OPTION_ALLOW_PRIVATE) |
               OPTION_BIT(OPTION_HELP),
    .keeps = KEEPS_REGISTER | KEEPS_LISTENING | KEEPS_CONNECTING,
    .run = run_serve,
};
