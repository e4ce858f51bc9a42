// SPDX-License-Identifier: MIT
// Many reports, one account: adds files to a register and shows the sessions of two states. account REGISTER PAIR FILE…
#include <karar/karar.h>
#include <stdio.h>

static int write_out(void *out, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, out) != len;
}

static karar_status add_file(karar_register *reg, karar_engine *engine, const char *path, karar_error *error)
{
    karar_source *source = NULL;
    karar_item *item = NULL;
    karar_report *report = NULL;
    const karar_add_options options = {.size = sizeof options, .author = "example"};
    char id[13];
    int is_new;
    karar_status status = karar_source_open(path, NULL, &source, error);
    while (!status && (status = karar_source_next(source, &item, error)) == KARAR_OK) {
        status = karar_read_item(engine, item, NULL, &report, error);
        if (!status)
            status = karar_register_add(reg, report, &options, &is_new, id, error);
        karar_report_free(report);
        karar_item_free(item);
    }
    karar_source_close(source);
    return status == KARAR_NOT_FOUND ? KARAR_OK : status;
}

int main(int argc, char **argv)
{
    karar_engine *engine = NULL;
    karar_register *reg = NULL;
    karar_error error;
    uint64_t rows = 0;
    karar_question question = {.size = sizeof question, .name = "sessions", .pair = argc > 2 ? argv[2] : NULL, .width = 80};
    if (argc < 3)
        return fprintf(stderr, "usage: account REGISTER PAIR FILE...\n"), 2;
    karar_status status = karar_engine_new(NULL, &engine, &error);
    if (!status)
        status = karar_register_open(argv[1], 1, &reg, &error);
    for (int i = 3; !status && i < argc; i++)
        status = add_file(reg, engine, argv[i], &error);
    if (!status)
        status = karar_register_ask(reg, &question, write_out, stdout, &rows, &error);
    if (status)
        fprintf(stderr, "account: %s\n", error.text);
    karar_register_close(reg);
    karar_engine_free(engine);
    return status != KARAR_OK;
}
