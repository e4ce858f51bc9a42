// SPDX-License-Identifier: MIT
// Columns of a text on a terminal, and lines that fit.
#ifndef KARAR_REPORT_WIDTH_H
#define KARAR_REPORT_WIDTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

int width_char(uint32_t code_point);        // 0, 1 or 2
uint32_t width_text(struct slice text);     // valid UTF-8
bool width_is_right_to_left(struct slice text);  // holds a letter that runs from right to left
// Cuts the next line off *rest: at a blank, or inside a word that is longer than `room` columns. room 0: all of it.
// Blanks at both ends of the line are dropped. At the end *rest is empty.
struct slice width_line(struct slice *rest, uint32_t room);

#endif
