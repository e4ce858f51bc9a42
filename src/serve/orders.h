// SPDX-License-Identifier: MIT
// Orders that were confirmed and not worked off yet, in a folder beside the register: a server that ends, or is killed, does not lose them.
#ifndef KARAR_SERVE_ORDERS_H
#define KARAR_SERVE_ORDERS_H

#include "serve/adding.h"

#define ORDERS_ENDING ".orders"

struct orders;

// The folder is made with the first order. One server works off what others left: the first that opens the folder.
enum status orders_open(const char *register_path, struct orders **ret_orders, struct error *reterr_error);
void orders_close(struct orders *orders);

// On the disk when it returns; nothing is there on failure.
enum status orders_keep(struct orders *orders, const char *id, const struct adding_order *order, struct error *reterr_error);
// It was worked off.
void orders_forget(struct orders *orders, const char *id);
// Calls `take` for each order that another run left, the oldest first, until it returns false. What lies there and is no order stays
// as it is. `id` and `order` live until `take` returns.
void orders_left(struct orders *orders, bool (*take)(void *user, const char *id, const struct adding_order *order), void *user);

#endif
