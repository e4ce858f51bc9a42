// SPDX-License-Identifier: MIT
// Streams: a row of layers, the lowest reads a file or memory, each further one unpacks what the one below gives, the window on top.
//
// What a layer is, is told by the bytes below it, so that a file's name never matters. Memory: each layer has one buffer of 128 KiB, the
// window grows to what its user wants to see at once. A stream that gives too many bytes for what was read of the file (STREAM_MAX_RATIO)
// ends with STATUS_LIMIT: a bomb costs a moment and no memory. An unpacked stream that breaks off keeps the bytes that came before.
#include "door/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>
#include <zstd_errors.h>

#define LAYER_BUFFER ((size_t)128 << 10)
#define ZSTD_MAX_WINDOW_LOG 25      // 32 MiB

enum layer_kind { LAYER_FILE, LAYER_MEMORY, LAYER_GZIP, LAYER_ZSTD };

struct layer {
    enum layer_kind kind;
    char *buffer;               // bytes of the layer below, not yet unpacked
    size_t at, len;
    bool below_ended, inside;   // inside: a member or frame was begun and has not ended
    struct inflate_state *gzip;
    ZSTD_DStream *zstd;
};

struct stream {
    int file;
    bool owns_file, ended;
    struct slice memory;
    uint64_t read, unpacked;    // bytes of the file; bytes that came out on top
    uint64_t position;          // of window[at]
    struct layer layers[STREAM_MAX_LAYERS + 1];
    int top;
    char *window;
    size_t at, len, room;
    struct error error;
    enum status failed;
};

static size_t fail(struct stream *stream, enum status status, const char *text)
{
    if (!stream->failed) {
        stream->failed = error_set(&stream->error, status, "%s", text);
        stream->error.byte = stream->position + (stream->len - stream->at);
    }
    return 0;
}

static size_t layer_read(struct stream *stream, int index, char *out, size_t room);

static size_t read_source(struct stream *stream, char *out, size_t room)
{
    if (stream->layers[0].kind == LAYER_MEMORY) {
        size_t len = room < stream->memory.len ? room : stream->memory.len;
        if (len)
            memcpy(out, stream->memory.at, len);
        stream->memory.at += len;
        stream->memory.len -= len;
        stream->read += len;
        return len;
    }
    for (;;) {
        ssize_t got = read(stream->file, out, room);
        if (got >= 0) {
            stream->read += (uint64_t)got;
            return (size_t)got;
        }
        if (errno != EINTR) {
            char reason[128];
            return fail(stream, STATUS_IO, strerror_r(errno, reason, sizeof reason));
        }
    }
}

// Fills the layer's buffer when it is empty; false when there is nothing more.
static bool refill(struct stream *stream, int index)
{
    struct layer *layer = &stream->layers[index];
    if (layer->at < layer->len)
        return true;
    if (layer->below_ended)
        return false;
    layer->at = 0;
    layer->len = layer_read(stream, index - 1, layer->buffer, LAYER_BUFFER);
    layer->below_ended = layer->len == 0;
    return !layer->below_ended;
}

static size_t read_gzip(struct stream *stream, int index, char *out, size_t room)
{
    struct layer *layer = &stream->layers[index];
    size_t made = 0;
    while (made == 0) {
        if (!refill(stream, index))
            return layer->inside && !stream->failed ? fail(stream, STATUS_IO, "the gzip data breaks off") : 0;
        if (!layer->inside) {
            if (layer->buffer[layer->at] == 0) {    // padding behind the last member
                layer->at++;
                continue;
            }
            isal_inflate_reset(layer->gzip);
            layer->gzip->crc_flag = ISAL_GZIP;
            layer->inside = true;
        }
        layer->gzip->next_in = (uint8_t *)layer->buffer + layer->at;
        layer->gzip->avail_in = (uint32_t)(layer->len - layer->at);
        layer->gzip->next_out = (uint8_t *)out;
        layer->gzip->avail_out = (uint32_t)(room < UINT32_MAX ? room : UINT32_MAX);
        int result = isal_inflate(layer->gzip);
        layer->at = layer->len - layer->gzip->avail_in;
        made = room - layer->gzip->avail_out;
        if (result < 0)
            return fail(stream, STATUS_IO, "the gzip data is damaged");
        if (layer->gzip->block_state == ISAL_BLOCK_FINISH)
            layer->inside = false;
    }
    return made;
}

static size_t read_zstd(struct stream *stream, int index, char *out, size_t room)
{
    struct layer *layer = &stream->layers[index];
    ZSTD_outBuffer output = {out, room, 0};
    while (output.pos == 0) {
        bool more = refill(stream, index);
        if (!more && !layer->inside)
            return 0;
        ZSTD_inBuffer input = {layer->buffer + layer->at, layer->len - layer->at, 0};
        size_t result = ZSTD_decompressStream(layer->zstd, &output, &input);
        layer->at += input.pos;
        if (ZSTD_isError(result))
            return fail(stream, STATUS_IO, ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge
                                               ? "the zstd data wants a window of more than 32 MiB" : "the zstd data is damaged");
        layer->inside = result != 0;
        if (!more && output.pos == 0)
            return stream->failed ? 0 : fail(stream, STATUS_IO, "the zstd data breaks off");
    }
    return output.pos;
}

static size_t layer_read(struct stream *stream, int index, char *out, size_t room)
{
    if (stream->failed)
        return 0;
    switch (stream->layers[index].kind) {
    case LAYER_GZIP: return read_gzip(stream, index, out, room);
    case LAYER_ZSTD: return read_zstd(stream, index, out, room);
    default: return read_source(stream, out, room);
    }
}

static bool window_room(struct stream *stream, size_t want)
{
    if (stream->at && stream->at + want > stream->room) {
        memmove(stream->window, stream->window + stream->at, stream->len - stream->at);
        stream->len -= stream->at;
        stream->at = 0;
    }
    if (want <= stream->room)
        return true;
    size_t room = want + LAYER_BUFFER;
    char *window = realloc(stream->window, room);
    if (!window)
        return fail(stream, STATUS_NO_MEMORY, "no memory for a document"), false;
    stream->window = window;
    stream->room = room;
    return true;
}

struct slice stream_look(struct stream *stream, size_t want)
{
    while (stream->len - stream->at < want && !stream->ended) {
        if (!window_room(stream, want < LAYER_BUFFER ? LAYER_BUFFER : want))
            break;
        size_t got = layer_read(stream, stream->top, stream->window + stream->len, stream->room - stream->len);
        stream->len += got;
        stream->unpacked += got;
        stream->ended = got == 0;
        if (stream->top && stream->unpacked > STREAM_FREE_BYTES && stream->unpacked / STREAM_MAX_RATIO > stream->read) {
            fail(stream, STATUS_LIMIT, "a bomb: it unpacks to more than 250 times its size");
            stream->ended = true;
        }
    }
    return slice_make(stream->window + stream->at, stream->len - stream->at);
}

void stream_take(struct stream *stream, size_t len)
{
    assert(len <= stream->len - stream->at);
    stream->at += len;
    stream->position += len;
}

uint64_t stream_position(const struct stream *stream)
{
    return stream->position;
}

uint64_t stream_packed_position(const struct stream *stream)
{
    return stream->read;
}

enum status stream_status(const struct stream *stream, struct error *reterr_error)
{
    if (stream->failed && reterr_error)
        *reterr_error = stream->error;
    return stream->failed;
}

// ---- opening ------------------------------------------------------------------------------------------------------
static enum layer_kind packed_kind(struct slice head)
{
    if (slice_starts(head, SLICE("\x1F\x8B\x08")))
        return LAYER_GZIP;
    return slice_starts(head, SLICE("\x28\xB5\x2F\xFD")) ? LAYER_ZSTD : LAYER_FILE;
}

// Puts a layer on top; what the window holds already becomes its first input.
static bool push_layer(struct stream *stream, enum layer_kind kind)
{
    struct layer *layer = &stream->layers[stream->top + 1];
    size_t held = stream->len - stream->at;
    layer->buffer = malloc(held < LAYER_BUFFER ? LAYER_BUFFER : held);
    if (kind == LAYER_GZIP) {
        layer->gzip = malloc(sizeof *layer->gzip);
        if (layer->gzip)
            isal_inflate_init(layer->gzip);
    } else {
        layer->zstd = ZSTD_createDStream();
        if (layer->zstd)
            ZSTD_DCtx_setParameter(layer->zstd, ZSTD_d_windowLogMax, ZSTD_MAX_WINDOW_LOG);
    }
    stream->top++;
    layer->kind = kind;
    if (!layer->buffer || (!layer->gzip && !layer->zstd))
        return fail(stream, STATUS_NO_MEMORY, "no memory for unpacking"), false;
    layer->len = held;
    memcpy(layer->buffer, stream->window + stream->at, layer->len);
    stream->at = stream->len = 0;
    stream->ended = false;
    stream->unpacked = 0;
    return true;
}

static void find_layers(struct stream *stream)
{
    for (;;) {
        enum layer_kind kind = packed_kind(stream_look(stream, 4));
        if (kind == LAYER_FILE || stream->failed)
            return;
        if (stream->top == STREAM_MAX_LAYERS) {
            fail(stream, STATUS_LIMIT, "packed more than three times over");
            stream->ended = true;
            stream->at = stream->len;
            return;
        }
        if (!push_layer(stream, kind))
            return;
    }
}

enum status stream_open(const char *path, struct stream **ret_stream, struct error *reterr_error)
{
    bool standard = strcmp(path, "-") == 0;
    struct stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory to open a file");
    stream->file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    stream->owns_file = !standard;
    if (stream->file < 0) {
        char reason[128];
        enum status status = error_set(reterr_error, STATUS_IO, "%s", strerror_r(errno, reason, sizeof reason));
        free(stream);
        return status;
    }
    find_layers(stream);
    if (stream->owns_file && stream->read >= LAYER_BUFFER)      // a small file has been read already
        posix_fadvise(stream->file, 0, 0, POSIX_FADV_SEQUENTIAL);
    *ret_stream = stream;
    return STATUS_OK;
}

enum status stream_open_memory(struct slice bytes, struct stream **ret_stream, struct error *reterr_error)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory to unpack");
    stream->layers[0].kind = LAYER_MEMORY;
    stream->memory = bytes;
    stream->file = -1;
    find_layers(stream);
    *ret_stream = stream;
    return STATUS_OK;
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    for (int i = 0; i <= STREAM_MAX_LAYERS; i++) {
        free(stream->layers[i].buffer);
        free(stream->layers[i].gzip);
        ZSTD_freeDStream(stream->layers[i].zstd);
    }
    if (stream->owns_file && stream->file >= 0)
        close(stream->file);
    free(stream->window);
    free(stream);
}
