// SPDX-License-Identifier: MIT
// GMime as mail.c calls it: through a table, since the library and the program come by it in different ways. libkarar is linked with it
// (mime_linked.c), like any other that it needs. The program loads it with the first mail (mime_loaded.c): GMime brings fourteen libraries,
// which would make up half of the start of every command.
#ifndef KARAR_DOOR_MIME_H
#define KARAR_DOOR_MIME_H

#include <gmime/gmime.h>

#include "base/library.h"

#define MIME_CALLS(X)                                                                                                   \
    X(g_date_time_get_day_of_month) X(g_date_time_get_month) X(g_date_time_get_year) X(g_mime_content_type_is_type)     \
    X(g_mime_data_wrapper_write_to_stream) X(g_mime_init) X(g_mime_message_get_date) X(g_mime_message_get_mime_part)    \
    X(g_mime_message_get_subject) X(g_mime_multipart_get_count) X(g_mime_multipart_get_part)                            \
    X(g_mime_multipart_get_type) X(g_mime_object_get_content_type) X(g_mime_object_get_content_type_parameter)          \
    X(g_mime_parser_construct_message) X(g_mime_parser_new_with_stream) X(g_mime_part_get_content)                      \
    X(g_mime_part_get_type) X(g_mime_part_is_attachment) X(g_mime_stream_mem_get_byte_array)                            \
    X(g_mime_stream_mem_new) X(g_mime_stream_mem_new_with_buffer) X(g_object_unref) X(g_type_check_instance_is_a)

struct mime {
    MIME_CALLS(LIBRARY_POINTER)
};

// The table, the same one for every caller; NULL if GMime is not installed. Asked for by several threads at once only after the first
// answer (mail_prepare).
const struct mime *mime(void);

#endif
