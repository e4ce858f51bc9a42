// SPDX-License-Identifier: MIT
// The operands of a command that takes reports, as one list of files: folders are walked, in byte order; nothing means standard input.
//
// A folder that cannot be read, or holds nothing, is told on standard error and the rest goes on. The list lives in the caller's
// arena and is complete before the first report is read, so that progress and the shape of the output are known.
#include <string.h>

#include "cli/cli.h"

static void worsen(enum exit_code *worst, enum exit_code code)
{
    if (code > *worst)
        *worst = code;
}

static void add_folder(struct arena *arena, const char *folder, path_vec *paths, enum exit_code *worst)
{
    struct error error = {.byte = UINT64_MAX};
    uint32_t before = paths->count;
    enum status status = file_list(arena, folder, paths, &error);
    if (status) {
        complain(*error.file ? error.file : folder, "%s", *error.text ? error.text : status_name(status));
        worsen(worst, status == STATUS_NO_MEMORY ? EXIT_FAILED : EXIT_INPUT);
    } else if (paths->count == before) {
        complain(folder, "no file in this folder");
        worsen(worst, EXIT_NOTHING);
    }
}

bool inputs_list(struct arena *arena, const struct arguments *arguments, path_vec *paths, bool *ret_many, enum exit_code *worst)
{
    enum status status = ARENA_CATCH(arena);
    if (status) {
        complain(NULL, "%s while listing the files", status_name(status));
        worsen(worst, EXIT_FAILED);
        return false;
    }
    for (int i = 0; i < arguments->operand_count; i++) {
        const char *operand = arguments->operands[i];
        if (strcmp(operand, "-") != 0 && file_is_folder(operand)) {
            *ret_many = true;
            add_folder(arena, operand, paths, worst);
        } else {
            vec_push(arena, paths, operand);
        }
    }
    if (arguments->operand_count == 0)
        vec_push(arena, paths, "-");
    *ret_many |= paths->count > 1;
    return true;
}
