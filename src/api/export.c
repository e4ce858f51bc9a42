// SPDX-License-Identifier: MIT
// karar.h: the account in the formats of other programs.
//
// The export room asks the register and writes; here its sink becomes the caller's, whose names for a file's pieces it hands on. What
// failed in the sink is told as KARAR_IO.
#include "api/handles.h"
#include "api/pair.h"
#include "export/export.h"


const char *karar_export_format(uint32_t n, const char **file, const char **about)
{
    const struct export_format *format = export_format_at(n);
    if (file)
        *file = format ? format->file : NULL;
    if (about)
        *about = format ? format->about : NULL;
    return format ? format->name : NULL;
}

struct handing {
    karar_file_sink sink;
    void *user;
};

static bool hand_on(void *user, const char *file, struct slice bytes)
{
    const struct handing *handing = user;
    return handing->sink(handing->user, file, bytes.at ? bytes.at : "", bytes.len) == 0;
}

karar_status karar_register_export(karar_register *reg, const karar_export *options, karar_file_sink sink, void *user, uint64_t *rows,
                                   karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    karar_export ours;
    karar_status checked = API_OPTIONS(ours, options, error);
    if (checked)
        return checked;
    if (!reg || !ours.format || !sink || !rows)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, options with a format, sink and rows must be given");
    const struct export_format *format = export_format_find(ours.format);
    if (!format)
        return api_fail(error, STATUS_NOT_FOUND, "no such format: %.40s", ours.format);
    struct handing handing = {sink, user};
    struct export_sink files = {hand_on, &handing};
    char pair[PAIR_MAX];
    struct export_options asked = {.pair = pair_in_order(ours.pair, pair), .as_of = api_given(ours.as_of), .since = api_given(ours.since),
                                   .until = api_given(ours.until), .version = KARAR_VERSION};
    enum status status = export_write(reg->registry, format, &asked, &files, rows, &detail);
    if (!status && *rows == 0)
        status = pair_check(asked.pair, &detail);
    return status ? api_error(error, &detail, status) : KARAR_OK;
}
