// SPDX-License-Identifier: MIT
// Batches of columns, and the Arrow stream that hands them out (the Arrow PyCapsule interface).
//
// The stream pulls: its consumer asks for the next array, we ask the Python iterator for the next batch, which reads reports meanwhile. So
// a corpus of any size passes through in the memory of a few batches. The consumer may ask from any thread, without the interpreter's lock.
#include "core.h"

#include <errno.h>

// ---- batches ------------------------------------------------------------------------------------------------------------
static int batch_init(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {NULL};
    struct batch_object *self = (struct batch_object *)object;
    karar_error error;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "", names))
        return -1;
    if (!self->batch && karar_batch_new(&self->batch, &error)) {
        core_raise(core_state_of(Py_TYPE(object)), &error);
        return -1;
    }
    return 0;
}

static void batch_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    karar_batch_free(((struct batch_object *)object)->batch);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

static PyObject *batch_rows(PyObject *object, void *closure)
{
    (void)closure;
    return PyLong_FromUnsignedLong(karar_batch_rows(((struct batch_object *)object)->batch));
}

static PyGetSetDef properties[] = {{"rows", batch_rows, NULL, "Number of claims.", NULL}, {NULL, NULL, NULL, NULL, NULL}};
static PyType_Slot type_slots[] = {
    {Py_tp_init, (void *)batch_init}, {Py_tp_dealloc, (void *)batch_dealloc}, {Py_tp_getset, properties},
    {Py_tp_doc, "The claims of many reports as columns."}, {0, NULL},
};
PyType_Spec batch_spec = {"karar._core.Batch", sizeof(struct batch_object), 0, Py_TPFLAGS_DEFAULT, type_slots};

// ---- the stream ---------------------------------------------------------------------------------------------------------
struct stream {
    PyObject *batches;          // an iterator
    PyTypeObject *batch;        // their type
    char error[512];            // "" none
};

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema)
{
    karar_error error;
    if (karar_batch_schema(schema, &error) == KARAR_OK)
        return 0;
    struct stream *own = stream->private_data;
    PyOS_snprintf(own->error, sizeof own->error, "%s", error.text);
    return ENOMEM;
}

// Under the interpreter's lock: the exception's text becomes the stream's.
static int note_exception(struct stream *own)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *text = value ? PyObject_Str(value) : NULL, *name = type ? PyObject_GetAttrString(type, "__name__") : NULL;
    const char *words = text ? PyUnicode_AsUTF8AndSize(text, NULL) : NULL;
    if (!words || !*words)      // of an interruption by hand, say
        words = name ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
    PyOS_snprintf(own->error, sizeof own->error, "%s", words ? words : "reading failed");
    int code = type && PyErr_GivenExceptionMatches(type, PyExc_MemoryError) ? ENOMEM : EIO;
    PyErr_Clear();
    Py_XDECREF(text);
    Py_XDECREF(name);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return code;
}

static int next_batch(struct stream *own, struct ArrowArray *array)
{
    *array = (struct ArrowArray){.release = NULL};      // the end
    PyObject *object = PyIter_Next(own->batches);
    if (!object)
        return PyErr_Occurred() ? note_exception(own) : 0;
    karar_error error = {.text = "not a batch"};
    karar_status status = KARAR_BAD_ARGUMENT;
    if (PyObject_TypeCheck(object, own->batch))
        status = karar_batch_export(((struct batch_object *)object)->batch, array, &error);
    Py_DECREF(object);
    if (status)
        PyOS_snprintf(own->error, sizeof own->error, "%s", error.text);
    return status ? EIO : 0;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *array)
{
    PyGILState_STATE lock = PyGILState_Ensure();
    int code = next_batch(stream->private_data, array);
    PyGILState_Release(lock);
    return code;
}

static const char *stream_error(struct ArrowArrayStream *stream)
{
    const struct stream *own = stream->private_data;
    return *own->error ? own->error : NULL;
}

static void stream_release(struct ArrowArrayStream *stream)
{
    struct stream *own = stream->private_data;
    stream->release = NULL;
    if (Py_IsInitialized()) {
        PyGILState_STATE lock = PyGILState_Ensure();
        Py_DECREF(own->batches);
        Py_DECREF(own->batch);
        PyGILState_Release(lock);
    }
    free(own);
}

static void free_stream(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (stream && stream->release)
        stream->release(stream);
    free(stream);
}

PyObject *core_stream(PyObject *module, PyObject *batches)
{
    struct core_state *state = PyModule_GetState(module);
    if (!PyIter_Check(batches)) {
        PyErr_SetString(PyExc_TypeError, "an iterator of batches is needed");
        return NULL;
    }
    struct ArrowArrayStream *stream = calloc(1, sizeof *stream);
    struct stream *own = calloc(1, sizeof *own);
    if (!stream || !own) {
        free(stream);
        free(own);
        return PyErr_NoMemory();
    }
    own->batches = Py_NewRef(batches);
    own->batch = (PyTypeObject *)Py_NewRef((PyObject *)state->batch);
    *stream = (struct ArrowArrayStream){stream_schema, stream_next, stream_error, stream_release, own};
    PyObject *capsule = PyCapsule_New(stream, "arrow_array_stream", free_stream);
    if (!capsule) {
        stream->release(stream);
        free(stream);
    }
    return capsule;
}

static void free_schema(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, "arrow_schema");
    if (schema && schema->release)
        schema->release(schema);
    free(schema);
}

PyObject *core_schema(PyObject *module, PyObject *nothing)
{
    (void)nothing;
    karar_error error;
    struct ArrowSchema *schema = calloc(1, sizeof *schema);
    if (!schema)
        return PyErr_NoMemory();
    if (karar_batch_schema(schema, &error)) {
        free(schema);
        return core_raise(PyModule_GetState(module), &error);
    }
    PyObject *capsule = PyCapsule_New(schema, "arrow_schema", free_schema);
    if (!capsule) {
        schema->release(schema);
        free(schema);
    }
    return capsule;
}
