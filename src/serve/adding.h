// SPDX-License-Identifier: MIT
// Adding that takes its time: files that were sent, addresses to be fetched. Each order is worked off by one thread behind the pages, and
// told of meanwhile. Orders are told of as long as the server runs; those that it leaves undone are taken up by the next one.
#ifndef KARAR_SERVE_ADDING_H
#define KARAR_SERVE_ADDING_H

#include "serve/request.h"

#define ADDING_ID_LENGTH 32             // hexadecimal digits, random: who knows it may look
#define ADDING_MAX_ORDERS 32            // that are told of; the oldest that has ended makes room
#define ADDING_MAX_INPUTS 100u          // of one order
#define ADDING_MAX_WAITING ((size_t)128 << 20)     // bytes of files that wait, of all orders together
#define ADDING_MAX_RESULTS 1000u        // of one order that are told one by one

struct adding_input {
    struct slice name;          // of a file, or the address
    struct slice bytes;         // of a file; at NULL: the address is fetched
};
// All of it is copied.
struct adding_order {
    const struct adding_input *inputs;
    uint32_t count;
    const char *date, *language, *author;   // as of struct sent_report
};

struct adding_result {
    char name[200];             // of the file or the address, cut
    char id[13];                // of the report; "" none was made
    bool is_new;
    uint32_t facts;
    char fault[256];            // "" none
};
struct adding_progress {
    uint32_t inputs, inputs_done;
    uint32_t results;           // how many there are, also those that are not told one by one
    uint32_t reports, new_reports;
    bool ended;
};

// Before the first request.
enum status adding_start(struct server *server, struct error *reterr_error);
// Lines up what an earlier server left undone. Before the first request.
void adding_take_up(struct server *server);
// What is under way is given up behind the report that is being read.
void adding_stop(struct server *server);

// What a request sent: its uploads, then the addresses of the field "address", one a line. At most one more than may be ordered.
struct adding_input *adding_inputs(struct request *request, uint32_t *ret_count);
// STATUS_LIMIT: too much waits already. ret_id ends in NUL.
enum status adding_begin(struct server *server, const struct adding_order *order, char ret_id[ADDING_ID_LENGTH + 1],
                         struct error *reterr_error);
// Until the order has ended, or the milliseconds have passed.
void adding_wait(struct server *server, struct slice id, int milliseconds);
// False: no such order. Copies at most `room` results, the first ones.
bool adding_look(struct server *server, struct slice id, struct adding_progress *ret_progress, struct adding_result *results,
                 uint32_t room);

#endif
