// SPDX-License-Identifier: MIT
// Loading a pack: which file is what, and in which order they are read.
//
// A pack's files come as one list, from the bundle inside the program or from a folder. Paradigms are read before anything that
// inflects, abbreviations before forms; lexicon tables and rules follow in the order of the list. A file that the schema does not name
// is a fault, but for notes (*.md) and the like: a misspelt name would otherwise be a silent loss.
//
// The bundle is one run of bytes: for each file "path length\n" and its bytes. Packs lie side by side in it, sorted by path.
#include "pack/load.h"

#include <setjmp.h>
#include <stdlib.h>

#include "base/file.h"
#include "pack/bundle.h"
#include "pack/config.h"
#include "pack/kinds.h"
#include "pack/rules.h"
#include "pack/spelling.h"

#define PACK_MAX_FILES 2000u
#define BYTES_PER_EDGE 24    // of a pack's files; a first guess that saves growing

// ---- where the files come from --------------------------------------------------------------------------------------------
// Cuts the next file off the bundle; false at its end.
static bool next_bundled(struct slice *rest, struct pack_file *ret_file)
{
    if (rest->len == 0)
        return false;
    struct slice head = slice_cut(rest, '\n');
    size_t space = head.len;
    while (space > 0 && head.at[space - 1] != ' ')
        space--;
    int64_t len;
    if (space == 0 || !slice_to_int(slice_make(head.at + space, head.len - space), &len) || len < 0 || (uint64_t)len > rest->len)
        return false;
    ret_file->path = slice_make(head.at, space - 1);
    ret_file->bytes = slice_make(rest->at, (size_t)len);
    *rest = slice_make(rest->at + len, rest->len - (size_t)len);
    return true;
}

static struct slice first_part(struct slice path)
{
    return slice_cut(&path, '/');
}

void pack_embedded_names(struct arena *arena, slice_vec *names)
{
    struct slice rest = pack_bundle();
    struct pack_file file;
    while (next_bundled(&rest, &file)) {
        struct slice name = first_part(file.path);
        if (names->count == 0 || !slice_eq(names->at[names->count - 1], name))
            vec_push(arena, names, name);
    }
}

void pack_files_embedded(struct arena *arena, struct slice name, pack_file_vec *files)
{
    struct slice rest = pack_bundle();
    struct pack_file file;
    while (next_bundled(&rest, &file)) {
        if (slice_eq(first_part(file.path), name))
            vec_push_max(arena, files, file, PACK_MAX_FILES);
    }
}

// Where the last part of a folder's path begins; slashes at its end do not count.
static size_t folder_name_offset(const char *folder)
{
    size_t end = strlen(folder);
    while (end > 1 && folder[end - 1] == '/')
        end--;
    while (end > 0 && folder[end - 1] != '/')
        end--;
    return end;
}

// Copies malloc'ed bytes into the arena and frees them, even where the arena unwinds: its owner must not lose them.
static struct slice move_to_arena(struct arena *arena, char *const at, size_t len)
{
    jmp_buf owner;
    memcpy(&owner, &arena->unwind, sizeof owner);
    enum status caught = ARENA_CATCH(arena);
    if (caught) {
        free(at);
        memcpy(&arena->unwind, &owner, sizeof owner);
        arena_fail(arena, caught);
    }
    struct slice copy = arena_copy(arena, slice_make(at, len));
    memcpy(&arena->unwind, &owner, sizeof owner);
    free(at);
    return copy;
}

enum status pack_files_folder(struct arena *arena, const char *folder, pack_file_vec *files, struct error *reterr_error)
{
    path_vec paths = {0};
    enum status status = file_list(arena, folder, &paths, reterr_error);
    if (status)
        return status;
    size_t name = folder_name_offset(folder);
    for (uint32_t i = 0; i < paths.count; i++) {
        char *at = NULL;
        size_t len = 0;
        status = file_read(paths.at[i], PACK_MAX_FILE_BYTES, &at, &len, reterr_error);
        if (status)
            return status;
        struct pack_file file = {slice_from(paths.at[i] + name), move_to_arena(arena, at, len)};
        vec_push_max(arena, files, file, PACK_MAX_FILES);
    }
    return STATUS_OK;
}

// ---- what a file is -------------------------------------------------------------------------------------------------------
enum file_role {
    FILE_CONF, FILE_PARADIGMS, FILE_ABBREVIATIONS, FILE_ROMANISATION, FILE_SPELLING, FILE_LEXICON, FILE_RULES, FILE_NOTES, FILE_UNKNOWN
};

static struct slice inner_path(struct slice path)
{
    slice_cut(&path, '/');
    return path;
}

static enum file_role file_role(struct slice inner)
{
    if (slice_is(inner, "pack.conf"))
        return FILE_CONF;
    if (slice_is(inner, "paradigms.tsv"))
        return FILE_PARADIGMS;
    if (slice_is(inner, "abbreviations.txt"))
        return FILE_ABBREVIATIONS;
    if (slice_is(inner, "romanisation.tsv"))
        return FILE_ROMANISATION;
    if (slice_is(inner, "spelling.tsv"))
        return FILE_SPELLING;
    if (slice_starts(inner, SLICE("lexicon/")) && slice_ends(inner, SLICE(".tsv")))
        return FILE_LEXICON;
    if (slice_starts(inner, SLICE("frames/")) && slice_ends(inner, SLICE(".rules")))
        return FILE_RULES;
    if (slice_ends(inner, SLICE(".md")) || slice_ends(inner, SLICE("~")))
        return FILE_NOTES;
    return FILE_UNKNOWN;
}

// A pack being loaded.
struct loader {
    struct arena *arena;
    struct pack *pack;
    const pack_file_vec *files;
    pack_fault_vec *faults;
    struct form_builder forms;
    struct map rule_ids;
};

// A table of letters and of what stands for them, a row at a time.
static void read_letters(struct loader *loader, const struct pack_file *file,
                         void (*take)(struct loader *loader, struct slice from, struct slice to))
{
    static const char *const columns[] = {"from", "to", NULL};
    struct reader reader;
    struct slice cells[TABLE_MAX_COLUMNS];
    reader_init(&reader, loader->arena, loader->faults, file);
    if (!table_open(&reader, columns))
        return;
    while (table_row(&reader, columns, 1, cells)) {
        if (cells[0].len)
            take(loader, cells[0], cells[1]);
        else
            reader_fault(&reader, cells[0].at, "expected the letters that are written");
    }
}

// Letters, or behind "=" a whole word.
static void take_romanisation(struct loader *loader, struct slice from, struct slice to)
{
    if (slice_starts(from, SLICE("=")) && from.len > 1) {
        struct slice word = pack_fold(loader->arena, slice_make(from.at + 1, from.len - 1));
        vec_push(loader->arena, &loader->pack->romanised_to, to);
        if (word.len)
            words_put(&loader->pack->romanised_words, loader->arena, word, loader->pack->romanised_to.count);
        return;
    }
    vec_push(loader->arena, &loader->pack->romanisation_from, from);
    vec_push(loader->arena, &loader->pack->romanisation_to, to);
}

static void take_spelling(struct loader *loader, struct slice from, struct slice to)
{
    spelling_add_letters(loader->pack, from, to);
}

static void read_lexicon(struct loader *loader, const struct pack_file *file, uint16_t index)
{
    struct slice inner = inner_path(file->path), folder = SLICE("lexicon/"), suffix = SLICE(".tsv");
    struct slice stem = slice_make(inner.at + folder.len, inner.len - folder.len - suffix.len);
    enum lexicon_kind kind = kind_find(stem);
    if (kind != LEXICON_KIND_COUNT)
        kind_read(&loader->forms, kind, file, index, loader->faults);
    else
        file_fault(loader->arena, loader->faults, file->path, "expected a kind of table: %s; found `%.*s`", kind_names(),
                   SLICE_FORMAT(stem));
}

// Reads the files of one role.
static void read_files(struct loader *loader, enum file_role role)
{
    for (uint32_t i = 0; i < loader->files->count; i++) {
        const struct pack_file *file = &loader->files->at[i];
        if (file_role(inner_path(file->path)) != role)
            continue;
        if (role == FILE_CONF)
            config_read(loader->arena, file, false, &loader->pack->config, loader->faults);
        else if (role == FILE_PARADIGMS)
            form_read_paradigms(&loader->forms, file, loader->faults);
        else if (role == FILE_ABBREVIATIONS)
            form_read_abbreviations(&loader->forms, file, loader->faults);
        else if (role == FILE_ROMANISATION)
            read_letters(loader, file, take_romanisation);
        else if (role == FILE_SPELLING)
            read_letters(loader, file, take_spelling);
        else if (role == FILE_LEXICON)
            read_lexicon(loader, file, (uint16_t)i);
        else if (role == FILE_RULES)
            rules_read(&loader->forms, &loader->rule_ids, file, (uint16_t)i, loader->faults);
        else if (role == FILE_UNKNOWN)
            file_fault(loader->arena, loader->faults, file->path,
                       "expected pack.conf, paradigms.tsv, abbreviations.txt, romanisation.tsv, spelling.tsv, lexicon/<kind>.tsv, "
                       "frames/<topic>.rules or notes (*.md)");
    }
}

static struct slice pack_name(const pack_file_vec *files)
{
    return files->count ? first_part(files->at[0].path) : SLICE("the pack");
}

static bool has_file(const pack_file_vec *files, enum file_role role)
{
    for (uint32_t i = 0; i < files->count; i++) {
        if (file_role(inner_path(files->at[i].path)) == role)
            return true;
    }
    return false;
}

enum status pack_config_load(struct arena *arena, const pack_file_vec *files, struct pack_config *ret_config, pack_fault_vec *faults)
{
    uint32_t faults_before = faults->count;
    struct pack_config config = {0};
    if (!has_file(files, FILE_CONF))
        file_fault(arena, faults, pack_name(files), "expected a file pack.conf");
    for (uint32_t i = 0; i < files->count; i++) {
        if (file_role(inner_path(files->at[i].path)) == FILE_CONF)
            config_read(arena, &files->at[i], false, &config, faults);
    }
    *ret_config = config;
    return faults->count == faults_before ? STATUS_OK : STATUS_BAD_PACK;
}

// About how many edges the trie will have: forms share their beginnings, and brackets multiply.
static uint32_t expected_edges(const pack_file_vec *files)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < files->count; i++)
        bytes += files->at[i].bytes.len;
    return bytes / BYTES_PER_EDGE < TRIE_MAX_NODES ? (uint32_t)(bytes / BYTES_PER_EDGE) : TRIE_MAX_NODES;
}

static void check_home(const struct loader *loader)
{
    for (uint32_t i = 0; i < loader->pack->config.home.count; i++) {
        struct slice code = loader->pack->config.home.at[i];
        if (words_index(&loader->pack->world->party_by_code, code) == UINT32_MAX)
            file_fault(loader->arena, loader->faults, pack_name(loader->files), "expected the code of a state in `home`; found `%.*s`",
                       SLICE_FORMAT(code));
    }
}

enum status pack_load(struct arena *arena, const struct world *world, const pack_file_vec *files, struct pack **ret_pack,
                      pack_fault_vec *faults)
{
    uint32_t faults_before = faults->count;
    struct pack *pack = ARENA_NEW(arena, struct pack);
    struct loader loader = {.arena = arena, .pack = pack, .files = files, .faults = faults};
    pack->arena = arena;
    pack->world = world;
    pack->trie = ARENA_NEW(arena, struct trie);
    trie_init(pack->trie, arena, expected_edges(files));
    words_init(&pack->words, arena, expected_edges(files) / 2);
    words_init(&pack->abbreviations, arena, 64);
    words_init(&pack->romanised_words, arena, 64);
    words_init(&pack->spelling_from, arena, 64);
    words_init(&pack->spelt, arena, 64);
    map_init(&loader.rule_ids, arena, 64);
    form_builder_init(&loader.forms, arena, pack);
    for (uint32_t i = 0; i < files->count; i++)
        vec_push_max(arena, &pack->files, files->at[i].path, PACK_MAX_FILES);
    if (!has_file(files, FILE_CONF))
        file_fault(arena, faults, pack_name(files), "expected a file pack.conf");
    for (enum file_role role = FILE_CONF; role <= FILE_UNKNOWN; role++)
        read_files(&loader, role);
    check_home(&loader);
    pack_index_romanisation(arena, pack);
    trie_finish(pack->trie, arena, pack);
    *ret_pack = pack;
    return faults->count == faults_before ? STATUS_OK : STATUS_BAD_PACK;
}
