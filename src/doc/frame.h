// SPDX-License-Identifier: MIT
// Frames: a trigger in its clause, with tense, polarity and modality, the trigger that governs it, and the mentions it governs.
#ifndef KARAR_DOC_FRAME_H
#define KARAR_DOC_FRAME_H

#include <stdint.h>

#define FRAME_NONE UINT32_MAX

enum frame_flag {
    FRAME_FUTURE = 1,
    FRAME_MAY = 2,
    FRAME_NOT = 4,
    FRAME_NONFINITE = 8,   // infinitive, gerund, verbal noun: says nothing of its own about whether it happened
    FRAME_PASSIVE = 16,
    FRAME_IF = 32,
    FRAME_PAST = 64,
    FRAME_NOUN = 128,
    FRAME_BACKGROUND = 256,
    // a participle in the case of the noun that it describes: it tells of it, and what it describes belongs to the verb above
    FRAME_ATTRIBUTE = 512,
    FRAME_MUST = 1024,     // beside FRAME_FUTURE: it should be done, somebody says
};

struct frame {
    uint32_t rule;          // index into the pack's rules
    uint32_t first, last;   // tokens of the trigger
    uint32_t verb_first, verb_last;  // verb group with auxiliaries that gave tense and polarity
    uint32_t sentence;
    uint32_t clause_first, clause_last; // tokens of its clause
    uint32_t outer;         // frame that governs this one, FRAME_NONE
    uint32_t flags;
};

// mention → frame that governs it directly; one cell a mention, FRAME_NONE if none. Kept beside the frames.

#endif
