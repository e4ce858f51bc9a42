// SPDX-License-Identifier: MIT
// Pictures as values: places of lines and dots that templates draw as SVG. Nothing is drawn that the page does not also tell in words.
#ifndef KARAR_SERVE_PICTURE_H
#define KARAR_SERVE_PICTURE_H

#include "serve/page.h"

// `timeline` of the page: sessions of a pair's bodies and stages of its threads (part `stage` of page_pictures) along the years. Nothing if
// there is too little to draw.
void picture_timeline(struct request *request, struct value *page, const struct value *sessions, const struct value *stages);
// `heat`: in how many threads (`stages`, with the fields of `threads`) and instruments (`fields`) each field was in each year, in shades
// from 0 to 5, and `heat_years`. Stages of one thread stand together, in the order of time.
void picture_heat(struct request *request, struct value *page, const struct value *stages, const struct value *threads,
                  const struct value *fields);
// `slips`: the dates promised (up) against the days on which they were promised (along), from the thread's stages.
void picture_slips(struct request *request, struct value *page, const struct value *stages);
// `network`: parties on a circle, joined by what they signed.
void picture_network(struct request *request, struct value *page);

#endif
