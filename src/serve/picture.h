// SPDX-License-Identifier: MIT
// Pictures as values: places of lines and dots that templates draw as SVG. Nothing is drawn that the page does not also tell in words.
#ifndef KARAR_SERVE_PICTURE_H
#define KARAR_SERVE_PICTURE_H

#include "base/vec.h"
#include "serve/page.h"

// What was said of a pair's threads and instruments, for its pictures: the rows of page_pictures.
struct picture_saying {
    struct slice id, day;       // of an instrument the year alone
    struct slice told;          // a thread's status, an instrument's fields
};
typedef VEC(struct picture_saying) picture_saying_vec;
struct picture_said {
    picture_saying_vec threads, instruments;    // those of one thread stand together, in the order of time
};
void picture_read(struct request *request, const struct value *rows, struct picture_said *ret_said);

// `timeline` of the page: sessions of a pair's bodies and what was said of its threads along the years. Nothing if there is too little to
// draw.
void picture_timeline(struct request *request, struct value *page, const struct value *sessions, const struct picture_said *said);
// `heat`: in how many threads (with the fields that `threads` tells of them) and instruments each field was in each year, in shades from 0
// to 5, and `heat_years`.
void picture_heat(struct request *request, struct value *page, const struct picture_said *said, const struct value *threads);
// `slips`: the dates promised (up) against the days on which they were promised (along), from the thread's stages.
void picture_slips(struct request *request, struct value *page, const struct value *stages);
// `network`: parties on a circle, joined by what they signed.
void picture_network(struct request *request, struct value *page);

#endif
