// SPDX-License-Identifier: MIT
// Mail: the body that a person reads, its subject and date, by GMime.
//
// The plain part is taken before the HTML one; attachments are not looked into. GMime undoes base64 and quoted-printable and decodes
// header words; the charset is left to encoding.h, which also knows wrong declarations. The walk through nested parts is bounded.
#include "door/open.h"

#include <pthread.h>

#include "door/mime.h"

enum { MAIL_DEPTH = 32 };

struct parts {
    GMimePart *plain, *html;
};

static bool is_a(GMimeObject *object, GType type)
{
    return mime()->g_type_check_instance_is_a((GTypeInstance *)object, type);
}

static void find_parts(GMimeObject *object, struct parts *parts, int depth)
{
    if (depth > MAIL_DEPTH || !object)
        return;
    if (is_a(object, mime()->g_mime_multipart_get_type())) {
        int count = mime()->g_mime_multipart_get_count((GMimeMultipart *)object);
        for (int i = 0; i < count; i++)
            find_parts(mime()->g_mime_multipart_get_part((GMimeMultipart *)object, i), parts, depth + 1);
    } else if (is_a(object, mime()->g_mime_part_get_type()) && !mime()->g_mime_part_is_attachment((GMimePart *)object)) {
        GMimeContentType *type = mime()->g_mime_object_get_content_type(object);
        if (!parts->plain && mime()->g_mime_content_type_is_type(type, "text", "plain"))
            parts->plain = (GMimePart *)object;
        else if (!parts->html && mime()->g_mime_content_type_is_type(type, "text", "html"))
            parts->html = (GMimePart *)object;
    }
}

static void take_body(GMimePart *part, struct mail *mail)
{
    GMimeStream *out = mime()->g_mime_stream_mem_new();
    GMimeDataWrapper *content = mime()->g_mime_part_get_content(part);
    const char *charset = mime()->g_mime_object_get_content_type_parameter((GMimeObject *)part, "charset");
    if (content)
        mime()->g_mime_data_wrapper_write_to_stream(content, out);
    GByteArray *bytes = mime()->g_mime_stream_mem_get_byte_array((GMimeStreamMem *)out);
    buf_add(&mail->body, slice_make((const char *)bytes->data, bytes->len));
    if (charset)
        buf_add_text(&mail->charset, charset);
    mime()->g_object_unref(out);
}

static void take_head(GMimeMessage *message, struct mail *mail)
{
    const char *subject = mime()->g_mime_message_get_subject(message);
    GDateTime *date = mime()->g_mime_message_get_date(message);
    if (subject)
        buf_add_text(&mail->subject, subject);
    if (date)
        buf_addf(&mail->date, "%04d-%02d-%02d", mime()->g_date_time_get_year(date), mime()->g_date_time_get_month(date),
                mime()->g_date_time_get_day_of_month(date));
}

static void init_gmime(void)
{
    if (mime())
        mime()->g_mime_init();
}

// GMime counts its users without a lock: threads that open their first sources at once must not meet in it.
void mail_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_gmime);
}

enum status mail_open(struct slice bytes, struct mail *ret_mail, struct error *reterr_error)
{
    struct parts parts = {NULL, NULL};
    buf_init(&ret_mail->body, DOOR_MAX_DOCUMENT);
    buf_init(&ret_mail->subject, 4096);
    buf_init(&ret_mail->date, 64);
    buf_init(&ret_mail->charset, 256);
    if (!mime())
        return error_set(reterr_error, STATUS_NOT_FOUND, "GMime is not installed, which reads mail: the package is libgmime-3.0-0");
    GMimeStream *in = mime()->g_mime_stream_mem_new_with_buffer(bytes.at, bytes.len);
    GMimeParser *parser = mime()->g_mime_parser_new_with_stream(in);
    GMimeMessage *message = mime()->g_mime_parser_construct_message(parser, NULL);
    mime()->g_object_unref(parser);
    mime()->g_object_unref(in);
    if (message) {
        find_parts(mime()->g_mime_message_get_mime_part(message), &parts, 0);
        take_head(message, ret_mail);
        if (parts.plain || parts.html)
            take_body(parts.plain ? parts.plain : parts.html, ret_mail);
        mime()->g_object_unref(message);
    }
    if (ret_mail->body.failed)
        return error_set(reterr_error, ret_mail->body.failed, "a mail with more than 8 MiB of text");
    return ret_mail->body.len ? STATUS_OK : error_set(reterr_error, STATUS_EMPTY, "a mail without text");
}

void mail_finish(struct mail *mail)
{
    buf_finish(&mail->body);
    buf_finish(&mail->subject);
    buf_finish(&mail->date);
    buf_finish(&mail->charset);
}
