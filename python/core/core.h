// SPDX-License-Identifier: MIT
// karar._core: karar.h for the Python package, as thin as can be; python/karar/ makes it pleasant. Python's stable ABI of 3.11 alone, so
// that one build serves every later Python.
//
// What may take long runs without the interpreter's lock. Before it is let go, everything that the work needs is copied or held; while it
// is away no Python object is touched.
#ifndef KARAR_PYTHON_CORE_H
#define KARAR_PYTHON_CORE_H

#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <karar/karar.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct core_state {
    PyTypeObject *engine, *item, *source, *batch, *reg;
    PyObject *make_error;       // karar._errors.make, set by the package; raises what a status means
};

struct engine_object {
    PyObject_HEAD
    karar_engine *engine;
    bool busy;                  // a thread is at work with it; only looked at under the interpreter's lock
};

struct item_object {
    PyObject_HEAD
    karar_item *item;
};

struct batch_object {
    PyObject_HEAD
    karar_batch *batch;         // NULL once it was handed over
};

struct core_state *core_state_of(PyTypeObject *type);
// Raises what the package makes of the failure; returns NULL. `state` of the module.
PyObject *core_raise(struct core_state *state, const karar_error *error);
// (status, text, file, line, column, byte), unknown ones None.
PyObject *core_error_tuple(const karar_error *error);
// A NUL-terminated UTF-8 string of the object (borrowed), NULL for None; false after raising for anything else.
bool core_text(PyObject *object, const char *what, const char **ret_text);
// False after raising if another thread is at work with it.
bool core_take_engine(struct engine_object *engine);

// Output of the library, gathered without the interpreter's lock.
struct core_bytes {
    char *at;
    size_t len, room;
};
int core_gather(void *bytes, const char *at, size_t len);     // a karar_sink
PyObject *core_gathered(struct core_bytes *bytes);              // a bytes object; frees what was gathered

// A report's text as Python gave it: the text itself (str), a file's content (bytes), or a document of a source.
struct core_input {
    const char *text;           // of str and bytes
    size_t len;
    const karar_item *item;     // of a document
    bool is_file;               // bytes: told by content what it is
};
// Borrowed from the object, which must be held. False after raising.
bool core_input_of(struct core_state *state, PyObject *object, struct core_input *ret_input);
// Reads without the interpreter's lock.
karar_status core_read(karar_engine *engine, const struct core_input *input, const karar_read_options *options, karar_report **report,
                       karar_error *error);

extern PyType_Spec engine_spec, item_spec, source_spec, batch_spec, register_spec;
PyObject *core_stream(PyObject *module, PyObject *batches);
PyObject *core_schema(PyObject *module, PyObject *nothing);

#endif
