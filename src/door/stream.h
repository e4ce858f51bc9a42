// SPDX-License-Identifier: MIT
// A file, standard input or a piece of memory as one stream of unpacked bytes, seen through a window. gzip (of any number of members) and
// zstd are told by their first bytes and unpacked, up to three inside each other.
#ifndef KARAR_DOOR_STREAM_H
#define KARAR_DOOR_STREAM_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/status.h"

#define STREAM_MAX_LAYERS 3
#define STREAM_MAX_RATIO 250                        // beyond it a stream is a bomb; text packs thirty to one at best
#define STREAM_FREE_BYTES ((uint64_t)64 << 20)      // so much may come out before the ratio is looked at

struct stream;

// path "-": standard input. The stream may name a fault already here, or at any later look.
enum status stream_open(const char *path, struct stream **ret_stream, struct error *reterr_error);
// `bytes` must outlive the stream.
enum status stream_open_memory(struct slice bytes, struct stream **ret_stream, struct error *reterr_error);
void stream_close(struct stream *stream);

// The next bytes, at least `want` of them unless the stream ends or fails first. Valid until the next look.
struct slice stream_look(struct stream *stream, size_t want);
void stream_take(struct stream *stream, size_t len);    // at most what the last look showed
uint64_t stream_position(const struct stream *stream);  // of the next byte, in the unpacked stream
uint64_t stream_packed_position(const struct stream *stream);   // bytes read of the file
// What ended the stream: STATUS_OK at a proper end. Only after a look showed less than was wanted.
enum status stream_status(const struct stream *stream, struct error *reterr_error);

#endif
