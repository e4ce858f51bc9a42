// SPDX-License-Identifier: MIT
// The message for every fault that a pack can have: each tests/golden/pack/NAME.pack is a pack in one file, NAME.want its faults.
//
// "=== PATH" begins a file of the pack; pack.conf is added where the pack has none ("=== -" leaves it out). A pack whose paths begin with
// "shared/" replaces those files of packs/shared. KARAR_UPDATE=1 in the environment writes what the loader says now: read the difference.
#include "base/buf.h"
#include "base/file.h"
#include "pack_fixture.h"

#define MAX_CASES 200

struct golden {
    struct fixture *fixture;
    const char *path;        // of the .pack file
};

static struct slice read_golden(struct fixture *fixture, const char *path)
{
    char *at;
    size_t len;
    struct error error = {0};
    if (file_read(path, 1u << 20, &at, &len, &error))
        return (struct slice){0};
    struct slice bytes = arena_copy(&fixture->arena, slice_make(at, len));
    free(at);
    return bytes;
}

static bool starts_file(struct slice rest)
{
    return slice_starts(rest, SLICE("=== "));
}

// Cuts the bytes up to the next line that begins a file.
static struct slice cut_bytes(struct slice *rest)
{
    size_t len = 0;
    while (len < rest->len && !(starts_file(slice_make(rest->at + len, rest->len - len)) && (len == 0 || rest->at[len - 1] == '\n')))
        len++;
    struct slice bytes = slice_make(rest->at, len);
    *rest = slice_make(rest->at + len, rest->len - len);
    return bytes;
}

static void replace_file(struct fixture *fixture, pack_file_vec *files, struct pack_file file)
{
    for (uint32_t i = 0; i < files->count; i++) {
        if (slice_eq(files->at[i].path, file.path)) {
            files->at[i] = file;
            return;
        }
    }
    vec_push(&fixture->arena, files, file);
}

static bool has_conf(const pack_file_vec *files)
{
    for (uint32_t i = 0; i < files->count; i++) {
        if (slice_is(files->at[i].path, "tiny/pack.conf") || slice_is(files->at[i].path, "-"))
            return true;
    }
    return false;
}

static void load_golden(struct fixture *fixture, struct slice rest, pack_fault_vec *faults)
{
    pack_file_vec files = {0}, loaded = {0};
    struct error error = {0};
    bool shared = slice_starts(rest, SLICE("=== shared/"));
    if (shared)
        assert_int_equal(pack_files_folder(&fixture->arena, fixture_path(&fixture->arena, "packs/shared").at, &files, &error), STATUS_OK);
    while (rest.len > 0) {
        struct slice head = slice_cut(&rest, '\n');
        assert_true(starts_file(head));
        struct pack_file file = {slice_make(head.at + 4, head.len - 4), {0}};
        file.bytes = cut_bytes(&rest);
        replace_file(fixture, &files, file);
    }
    if (!shared && !has_conf(&files))
        fixture_file(fixture, &files, "tiny/pack.conf", FIXTURE_CONF);
    for (uint32_t i = 0; i < files.count; i++) {
        if (!slice_is(files.at[i].path, "-"))
            vec_push(&fixture->arena, &loaded, files.at[i]);
    }
    struct world *world;
    struct pack *pack;
    enum status status = shared ? world_load(&fixture->arena, &loaded, &world, faults)
                                : pack_load(&fixture->arena, fixture->world, &loaded, &pack, faults);
    assert_int_equal(status, faults->count ? STATUS_BAD_PACK : STATUS_OK);
}

static void write_golden(const char *path, struct slice text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static void faults_are_as_wanted(void **state)
{
    const struct golden *golden = *state;
    struct arena *arena = &golden->fixture->arena;
    pack_fault_vec faults = {0};
    struct buf found;
    buf_init(&found, 1u << 20);
    load_golden(golden->fixture, read_golden(golden->fixture, golden->path), &faults);
    for (uint32_t i = 0; i < faults.count; i++) {
        const struct pack_fault *fault = &faults.at[i];
        buf_addf(&found, "%.*s:%u:%u: %.*s\n", (int)fault->file.len, fault->file.at, fault->line, fault->column, (int)fault->text.len,
                 fault->text.at);
    }
    struct slice want_path = arena_format(arena, "%.*s.want", (int)(strlen(golden->path) - strlen(".pack")), golden->path);
    if (getenv("KARAR_UPDATE"))
        write_golden(want_path.at, buf_slice(&found));
    assert_true(found.len > 0);
    struct slice want = read_golden(golden->fixture, want_path.at);
    if (!slice_eq(buf_slice(&found), want))
        fail_msg("found:\n%s", found.at);
    buf_finish(&found);
}

int main(void)
{
    static struct golden cases[MAX_CASES];
    static struct CMUnitTest tests[MAX_CASES];
    struct fixture *fixture = fixture_new();
    path_vec paths = {0};
    struct error error = {0};
    size_t count = 0;
    if (file_list(&fixture->arena, fixture_path(&fixture->arena, "tests/golden/pack").at, &paths, &error))
        return 1;
    for (uint32_t i = 0; i < paths.count && count < MAX_CASES; i++) {
        if (!slice_ends(slice_from(paths.at[i]), SLICE(".pack")))
            continue;
        cases[count] = (struct golden){fixture, paths.at[i]};
        tests[count] = (struct CMUnitTest){strrchr(paths.at[i], '/') + 1, faults_are_as_wanted, NULL, NULL, &cases[count]};
        count++;
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = count ? _cmocka_run_group_tests("pack faults", tests, count, NULL, NULL) : 1;
    fixture_free(fixture);
    return failed;
}
