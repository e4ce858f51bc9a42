// SPDX-License-Identifier: MIT
// The module: its types, and what they share: strings and inputs from Python, errors and output to it.
//
// State lives in the module object, not in globals, so that subinterpreters each have their own.
#include "core.h"

struct core_state *core_state_of(PyTypeObject *type)
{
    return PyType_GetModuleState(type);
}

PyObject *core_error_tuple(const karar_error *error)
{
    PyObject *byte = error->byte == UINT64_MAX ? Py_NewRef(Py_None) : PyLong_FromUnsignedLongLong(error->byte);
    if (!byte)
        return NULL;
    PyObject *text = PyUnicode_DecodeUTF8(error->text, (Py_ssize_t)strlen(error->text), "replace");
    PyObject *file = PyUnicode_DecodeUTF8(error->file, (Py_ssize_t)strlen(error->file), "surrogateescape");
    if (!text || !file) {
        Py_XDECREF(text);
        Py_XDECREF(file);
        Py_DECREF(byte);
        return NULL;
    }
    return Py_BuildValue("(iNNIIN)", (int)error->status, text, file, error->line, error->column, byte);
}

PyObject *core_raise(struct core_state *state, const karar_error *error)
{
    PyObject *tuple = core_error_tuple(error);
    if (!tuple)
        return NULL;
    if (!state->make_error) {
        PyErr_Format(PyExc_RuntimeError, "%s", error->text);
    } else {
        PyObject *exception = PyObject_CallObject(state->make_error, tuple);
        if (exception)
            PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
        Py_XDECREF(exception);
    }
    Py_DECREF(tuple);
    return NULL;
}

bool core_text(PyObject *object, const char *what, const char **ret_text)
{
    *ret_text = NULL;
    if (!object || object == Py_None)
        return true;
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s must be a string or None", what);
        return false;
    }
    Py_ssize_t len;
    const char *text = PyUnicode_AsUTF8AndSize(object, &len);
    if (!text)
        return false;
    if (strlen(text) != (size_t)len) {
        PyErr_Format(PyExc_ValueError, "%s must not hold a NUL", what);
        return false;
    }
    *ret_text = text;
    return true;
}

// ---- output -----------------------------------------------------------------------------------------------------------
int core_gather(void *user, const char *at, size_t len)
{
    struct core_bytes *bytes = user;
    if (len > bytes->room - bytes->len) {
        size_t room = bytes->room + bytes->room / 2;
        if (room < bytes->len + len)
            room = bytes->len + len;
        char *grown = realloc(bytes->at, room);
        if (!grown)
            return 1;
        bytes->at = grown;
        bytes->room = room;
    }
    memcpy(bytes->at + bytes->len, at, len);
    bytes->len += len;
    return 0;
}

PyObject *core_gathered(struct core_bytes *bytes)
{
    PyObject *object = PyBytes_FromStringAndSize(bytes->at, (Py_ssize_t)bytes->len);
    free(bytes->at);
    *bytes = (struct core_bytes){.at = NULL};
    return object;
}

// ---- inputs -----------------------------------------------------------------------------------------------------------
bool core_input_of(struct core_state *state, PyObject *object, struct core_input *ret_input)
{
    *ret_input = (struct core_input){.text = ""};
    Py_ssize_t len = 0;
    if (PyUnicode_Check(object)) {
        ret_input->text = PyUnicode_AsUTF8AndSize(object, &len);
        ret_input->len = (size_t)len;
        return ret_input->text != NULL;
    }
    if (PyBytes_Check(object)) {
        char *bytes;
        if (PyBytes_AsStringAndSize(object, &bytes, &len))
            return false;
        *ret_input = (struct core_input){.text = bytes, .len = (size_t)len, .is_file = true};
        return true;
    }
    if (PyObject_TypeCheck(object, state->item)) {
        ret_input->item = ((struct item_object *)object)->item;
        return true;
    }
    PyErr_Format(PyExc_TypeError, "a report is a str (its text), bytes (a file's content) or a Document, not %R", Py_TYPE(object));
    return false;
}

karar_status core_read(karar_engine *engine, const struct core_input *input, const karar_read_options *options, karar_report **report,
                       karar_error *error)
{
    if (!input->is_file && !input->item)
        return karar_read(engine, input->text, input->len, options, report, error);
    if (input->item)
        return karar_read_item(engine, input->item, options, report, error);
    karar_item *item = NULL;
    karar_status status = karar_item_new(input->text, input->len, options->uri ? options->uri : "-", NULL, &item, error);
    if (status)
        return status;
    status = karar_read_item(engine, item, options, report, error);
    karar_item_free(item);
    return status;
}

// ---- the module -------------------------------------------------------------------------------------------------------
static PyObject *set_make_error(PyObject *module, PyObject *function)
{
    struct core_state *state = PyModule_GetState(module);
    PyObject *old = state->make_error;
    state->make_error = Py_NewRef(function);
    Py_XDECREF(old);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"set_make_error", set_make_error, METH_O, "Tells what makes an exception of (status, text, file, line, column, byte)."},
    {"stream", core_stream, METH_O, "An Arrow stream capsule over an iterator of batches."},
    {"schema", core_schema, METH_NOARGS, "An Arrow schema capsule of the columns of claims."},
    {NULL, NULL, 0, NULL},
};

static bool add_type(PyObject *module, PyType_Spec *spec, PyTypeObject **place)
{
    *place = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
    return *place && PyModule_AddType(module, *place) == 0;
}

static int fill_module(PyObject *module)
{
    struct core_state *state = PyModule_GetState(module);
    bool done = add_type(module, &engine_spec, &state->engine) && add_type(module, &item_spec, &state->item) &&
                add_type(module, &source_spec, &state->source) && add_type(module, &batch_spec, &state->batch) &&
                add_type(module, &register_spec, &state->reg) && PyModule_AddStringConstant(module, "VERSION", karar_version()) == 0;
    return done ? 0 : -1;
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    struct core_state *state = PyModule_GetState(module);
    Py_VISIT(state->engine);
    Py_VISIT(state->item);
    Py_VISIT(state->source);
    Py_VISIT(state->batch);
    Py_VISIT(state->reg);
    Py_VISIT(state->make_error);
    return 0;
}

static int clear(PyObject *module)
{
    struct core_state *state = PyModule_GetState(module);
    Py_CLEAR(state->engine);
    Py_CLEAR(state->item);
    Py_CLEAR(state->source);
    Py_CLEAR(state->batch);
    Py_CLEAR(state->reg);
    Py_CLEAR(state->make_error);
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)fill_module}, {0, NULL}};

static struct PyModuleDef core_module = {
    PyModuleDef_HEAD_INIT, .m_name = "karar._core", .m_doc = "karar.h for the package karar.", .m_size = sizeof(struct core_state),
    .m_methods = functions, .m_slots = slots, .m_traverse = traverse, .m_clear = clear,
};

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&core_module);
}
