// SPDX-License-Identifier: MIT
// Sources and the documents that they hand out. A document is read-only and may be read by several threads, each with its own engine; a
// source is used by one thread at a time, which its `busy` holds.
//
// When one document cannot be had, the source goes on behind it: so `next` raises, and may be called again.
#include "core.h"

struct source_object {
    PyObject_HEAD
    karar_source *source;
    bool busy;
};

static void free_object(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

// ---- documents ----------------------------------------------------------------------------------------------------------
static PyObject *new_item(struct core_state *state, karar_item *item)
{
    struct item_object *object = (struct item_object *)PyType_GenericAlloc(state->item, 0);
    if (!object) {
        karar_item_free(item);
        return NULL;
    }
    object->item = item;
    return (PyObject *)object;
}

static int item_init(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"content", "uri", "charset", NULL};
    struct item_object *self = (struct item_object *)object;
    const char *content, *uri = "-", *charset = NULL;
    Py_ssize_t len;
    karar_error error;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "y#|sz", names, &content, &len, &uri, &charset))
        return -1;
    if (self->item) {
        PyErr_SetString(PyExc_RuntimeError, "a document is made once");
        return -1;
    }
    if (karar_item_new(content, (size_t)len, uri, charset, &self->item, &error)) {
        core_raise(core_state_of(Py_TYPE(object)), &error);
        return -1;
    }
    return 0;
}

static void item_dealloc(PyObject *object)
{
    karar_item_free(((struct item_object *)object)->item);
    free_object(object);
}

static PyObject *item_uri(PyObject *object, void *closure)
{
    (void)closure;
    const char *uri = karar_item_uri(((struct item_object *)object)->item);
    return PyUnicode_DecodeUTF8(uri ? uri : "", uri ? (Py_ssize_t)strlen(uri) : 0, "replace");
}

static PyObject *item_byte(PyObject *object, void *closure)
{
    (void)closure;
    return PyLong_FromUnsignedLongLong(karar_item_byte(((struct item_object *)object)->item));
}

static PyObject *item_size(PyObject *object, void *closure)
{
    (void)closure;
    return PyLong_FromSize_t(karar_item_size(((struct item_object *)object)->item));
}

static PyObject *item_text(PyObject *object, void *closure)
{
    (void)closure;
    char *text = NULL;
    size_t len = 0;
    karar_error error;
    karar_status status;
    Py_BEGIN_ALLOW_THREADS
    status = karar_item_text(((struct item_object *)object)->item, &text, &len, &error);
    Py_END_ALLOW_THREADS
    if (status)
        return core_raise(core_state_of(Py_TYPE(object)), &error);
    PyObject *string = PyUnicode_DecodeUTF8(text, (Py_ssize_t)len, "replace");
    free(text);
    return string;
}

static PyGetSetDef item_properties[] = {
    {"uri", item_uri, NULL, "Its address or place: a path, a URL, path:line.", NULL},
    {"byte", item_byte, NULL, "Where it begins in the unpacked input.", NULL},
    {"size", item_size, NULL, "Its size in bytes, as it lies in the input.", NULL},
    {"text", item_text, NULL, "The text that is read: of a page the article, of a PDF its text. Offsets count in it.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot item_slots[] = {
    {Py_tp_init, (void *)item_init}, {Py_tp_dealloc, (void *)item_dealloc}, {Py_tp_getset, item_properties},
    {Py_tp_doc, "A document: a page, a PDF, a mail or a text, told by content."}, {0, NULL},
};
PyType_Spec item_spec = {"karar.Document", sizeof(struct item_object), 0, Py_TPFLAGS_DEFAULT, item_slots};

// ---- sources ------------------------------------------------------------------------------------------------------------
static int source_init(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"path", "text_field", "title_field", "date_field", "url_field", NULL};
    struct source_object *self = (struct source_object *)object;
    karar_source_options options = {.size = sizeof options};
    PyObject *path;
    karar_error error;
    karar_status status;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O&|zzzz", names, PyUnicode_FSConverter, &path, &options.text_field,
                                     &options.title_field, &options.date_field, &options.url_field))
        return -1;
    if (self->source) {
        Py_DECREF(path);
        PyErr_SetString(PyExc_RuntimeError, "a source is opened once");
        return -1;
    }
    char *name = NULL;
    if (PyBytes_AsStringAndSize(path, &name, NULL)) {
        Py_DECREF(path);
        return -1;
    }
    Py_BEGIN_ALLOW_THREADS
    status = karar_source_open(name, &options, &self->source, &error);
    Py_END_ALLOW_THREADS
    Py_DECREF(path);
    if (status)
        core_raise(core_state_of(Py_TYPE(object)), &error);
    return status ? -1 : 0;
}

static void source_dealloc(PyObject *object)
{
    karar_source_close(((struct source_object *)object)->source);
    free_object(object);
}

static PyObject *source_next(PyObject *object)
{
    struct core_state *state = core_state_of(Py_TYPE(object));
    struct source_object *self = (struct source_object *)object;
    karar_item *item = NULL;
    karar_error error;
    karar_status status;
    if (self->busy || !self->source) {
        PyErr_SetString(PyExc_RuntimeError, "another thread is at work with this source, or it was not opened");
        return NULL;
    }
    self->busy = true;
    Py_BEGIN_ALLOW_THREADS
    status = karar_source_next(self->source, &item, &error);
    Py_END_ALLOW_THREADS
    self->busy = false;
    if (status == KARAR_NOT_FOUND)
        return NULL;        // the end
    return status ? core_raise(state, &error) : new_item(state, item);
}

static PyObject *source_iter(PyObject *object)
{
    return Py_NewRef(object);
}

static PyObject *source_progress(PyObject *object, void *closure)
{
    (void)closure;
    return PyLong_FromUnsignedLongLong(karar_source_progress(((struct source_object *)object)->source));
}

static PyGetSetDef source_properties[] = {{"progress", source_progress, NULL, "Bytes read of the file so far.", NULL},
                                          {NULL, NULL, NULL, NULL, NULL}};
static PyType_Slot source_slots[] = {
    {Py_tp_init, (void *)source_init}, {Py_tp_dealloc, (void *)source_dealloc}, {Py_tp_iter, (void *)source_iter},
    {Py_tp_iternext, (void *)source_next}, {Py_tp_getset, source_properties}, {Py_tp_doc, "The documents inside a file of any kind."},
    {0, NULL},
};
PyType_Spec source_spec = {"karar._core.Source", sizeof(struct source_object), 0, Py_TPFLAGS_DEFAULT, source_slots};
