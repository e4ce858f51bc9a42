// SPDX-License-Identifier: MIT
// Registers. Answers are bytes in the format that was asked for; the package makes Python objects of JSON.
//
// SQLite waits for disks and other writers, so every call lets the interpreter's lock go. A handle is used by one thread at a time: the
// package holds a lock of its own, `busy` is for those who go past it.
#include "core.h"

struct register_object {
    PyObject_HEAD
    karar_register *reg;
    bool busy;
};

static bool take(struct register_object *self)
{
    if (self->busy || !self->reg) {
        PyErr_SetString(PyExc_ValueError, self->reg ? "another thread is at work with this register" : "the register is closed");
        return false;
    }
    self->busy = true;
    return true;
}

// The answer, or what went wrong.
static PyObject *give(PyObject *object, karar_status status, const karar_error *error, struct core_bytes *out)
{
    ((struct register_object *)object)->busy = false;
    if (!status)
        return core_gathered(out);
    free(out->at);
    return core_raise(core_state_of(Py_TYPE(object)), error);
}

static int register_init(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"path", "create", NULL};
    struct register_object *self = (struct register_object *)object;
    PyObject *path;
    int create = 1;
    karar_error error;
    karar_status status;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O&|p", names, PyUnicode_FSConverter, &path, &create))
        return -1;
    char *name = NULL;
    if (self->reg || PyBytes_AsStringAndSize(path, &name, NULL)) {
        Py_DECREF(path);
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "a register is opened once");
        return -1;
    }
    Py_BEGIN_ALLOW_THREADS
    status = karar_register_open(name, create, &self->reg, &error);
    Py_END_ALLOW_THREADS
    Py_DECREF(path);
    if (status)
        core_raise(core_state_of(Py_TYPE(object)), &error);
    return status ? -1 : 0;
}

static PyObject *register_close(PyObject *object, PyObject *nothing)
{
    (void)nothing;
    struct register_object *self = (struct register_object *)object;
    if (!self->reg)
        Py_RETURN_NONE;
    if (!take(self))
        return NULL;
    karar_register *reg = self->reg;
    self->reg = NULL;
    Py_BEGIN_ALLOW_THREADS
    karar_register_close(reg);
    Py_END_ALLOW_THREADS
    self->busy = false;
    Py_RETURN_NONE;
}

static void register_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    karar_register_close(((struct register_object *)object)->reg);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

static PyObject *register_copy(PyObject *object, void *closure)
{
    (void)closure;
    const char *copy = karar_register_copy(((struct register_object *)object)->reg);
    if (!copy)
        Py_RETURN_NONE;
    return PyUnicode_DecodeFSDefault(copy);
}

static PyObject *register_add(PyObject *object, PyObject *arguments)
{
    struct core_state *state = core_state_of(Py_TYPE(object));
    struct register_object *self = (struct register_object *)object;
    karar_read_options read = {.size = sizeof read};
    karar_add_options add = {.size = sizeof add};
    struct core_input input;
    karar_report *report = NULL;
    PyObject *engine, *text;
    karar_error error;
    karar_status status;
    char id[13] = "";
    int is_new = 0;
    if (!PyArg_ParseTuple(arguments, "O!Ozzzzz", state->engine, &engine, &text, &read.uri, &read.language, &read.date, &read.publisher,
                          &add.author) ||
        !core_input_of(state, text, &input) || !take(self))
        return NULL;
    if (!core_take_engine((struct engine_object *)engine)) {
        self->busy = false;
        return NULL;
    }
    add.language = read.language;
    Py_BEGIN_ALLOW_THREADS
    status = core_read(((struct engine_object *)engine)->engine, &input, &read, &report, &error);
    if (!status) {
        add.date = karar_report_given_date(report);     // also what the input told beside the text
        status = karar_register_add(self->reg, report, &add, &is_new, id, &error);
    }
    karar_report_free(report);
    Py_END_ALLOW_THREADS
    ((struct engine_object *)engine)->busy = self->busy = false;
    return status ? core_raise(state, &error) : Py_BuildValue("(sN)", id, PyBool_FromLong(is_new));
}

static PyObject *register_ask(PyObject *object, PyObject *arguments)
{
    struct register_object *self = (struct register_object *)object;
    karar_question question = {.size = sizeof question};
    struct core_bytes out = {.at = NULL};
    long long years, limit, skip;
    int format;
    uint64_t rows;
    karar_error error;
    karar_status status;
    if (!PyArg_ParseTuple(arguments, "szzzzLLLziI", &question.name, &question.pair, &question.id, &question.words, &question.as_of, &years,
                          &limit, &skip, &question.languages, &format, &question.width) ||
        !take(self))
        return NULL;
    question.years = years;
    question.limit = limit;
    question.skip = skip;
    question.format = (karar_table)format;
    Py_BEGIN_ALLOW_THREADS
    status = karar_register_ask(self->reg, &question, core_gather, &out, &rows, &error);
    Py_END_ALLOW_THREADS
    return give(object, status, &error, &out);
}

// ---- exports ------------------------------------------------------------------------------------------------------------
#define MAX_FILES (1 << 24)

struct file {
    char name[256];
    struct core_bytes bytes;
};

struct files {
    struct file *at;
    int count, room;
};

static bool make_room(struct files *files)
{
    if (files->count < files->room)
        return true;
    int room = files->room ? files->room * 2 : 16;
    struct file *more = files->count < MAX_FILES ? realloc(files->at, (size_t)room * sizeof *more) : NULL;
    if (!more)
        return false;
    files->at = more;
    files->room = room;
    return true;
}

// A new name begins a new file; they come one behind the other.
static int gather_file(void *user, const char *file, const char *bytes, size_t len)
{
    struct files *files = user;
    if (!files->count || strcmp(files->at[files->count - 1].name, file) != 0) {
        if (strlen(file) >= sizeof files->at[0].name || !make_room(files))
            return 1;
        memset(&files->at[files->count], 0, sizeof files->at[0]);
        memcpy(files->at[files->count++].name, file, strlen(file) + 1);
    }
    return core_gather(&files->at[files->count - 1].bytes, bytes, len);
}

static PyObject *files_as_dict(struct files *files)
{
    PyObject *dict = PyDict_New();
    for (int i = 0; i < files->count; i++) {
        PyObject *content = core_gathered(&files->at[i].bytes);
        if (dict && (!content || PyDict_SetItemString(dict, files->at[i].name, content)))
            Py_CLEAR(dict);
        Py_XDECREF(content);
    }
    return dict;
}

static PyObject *register_export(PyObject *object, PyObject *arguments)
{
    struct register_object *self = (struct register_object *)object;
    karar_export options = {.size = sizeof options};
    uint64_t rows;
    karar_error error;
    karar_status status;
    if (!PyArg_ParseTuple(arguments, "szzzz", &options.format, &options.pair, &options.as_of, &options.since, &options.until) ||
        !take(self))
        return NULL;
    struct files files = {.at = NULL};
    Py_BEGIN_ALLOW_THREADS
    status = karar_register_export(self->reg, &options, gather_file, &files, &rows, &error);
    Py_END_ALLOW_THREADS
    self->busy = false;
    PyObject *dict = files_as_dict(&files);
    free(files.at);
    if (!status)
        return dict;
    Py_XDECREF(dict);
    return core_raise(core_state_of(Py_TYPE(object)), &error);
}

static PyObject *register_read_only(PyObject *object, PyObject *nothing)
{
    (void)nothing;
    struct register_object *self = (struct register_object *)object;
    karar_error error;
    if (!take(self))
        return NULL;
    karar_status status = karar_register_read_only(self->reg, &error);
    self->busy = false;
    if (status)
        return core_raise(core_state_of(Py_TYPE(object)), &error);
    Py_RETURN_NONE;
}

// The engines' handles, all taken; NULL after raising. They are let go by release_engines.
static karar_engine **take_engines(struct core_state *state, PyObject *engines, Py_ssize_t *ret_count)
{
    Py_ssize_t count = PyTuple_Size(engines), taken = 0;
    karar_engine **handles = calloc((size_t)count + 1, sizeof(karar_engine *));
    for (; handles && taken < count; taken++) {
        PyObject *engine = PyTuple_GetItem(engines, taken);
        if (!PyObject_TypeCheck(engine, state->engine)) {
            PyErr_SetString(PyExc_TypeError, "engines must be engines");
            break;
        }
        if (!core_take_engine((struct engine_object *)engine))
            break;
        handles[taken] = ((struct engine_object *)engine)->engine;
    }
    *ret_count = taken;
    if (handles && taken == count)
        return handles;
    if (!handles)
        PyErr_NoMemory();
    free(handles);
    return NULL;
}

static void release_engines(PyObject *engines, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++)
        ((struct engine_object *)PyTuple_GetItem(engines, i))->busy = false;
}

// A call that engines take part in is over.
static void end_with(struct register_object *self, PyObject *engines, karar_engine **handles, Py_ssize_t count)
{
    release_engines(engines, count);
    free(handles);
    self->busy = false;
}

// Takes the engines for a call of the register, which is taken. NULL after raising: then nothing is taken any more.
static karar_engine **begin_with(struct register_object *self, PyObject *engines, Py_ssize_t *ret_count)
{
    karar_engine **handles = take_engines(core_state_of(Py_TYPE((PyObject *)self)), engines, ret_count);
    if (!handles)
        end_with(self, engines, NULL, *ret_count);
    return handles;
}

// `engines`: one, where a report may have to be read again.
static PyObject *register_decide(PyObject *object, PyObject *arguments)
{
    struct register_object *self = (struct register_object *)object;
    karar_decision decision = {.size = sizeof decision};
    PyObject *engines = NULL;
    Py_ssize_t count = 0;
    int64_t number = 0;
    karar_error error;
    karar_status status;
    long long nth = 0;
    if (!PyArg_ParseTuple(arguments, "szzzzzzLO!", &decision.action, &decision.target, &decision.field, &decision.value, &decision.author,
                          &decision.reason, &decision.words, &nth, &PyTuple_Type, &engines) ||
        !take(self))
        return NULL;
    karar_engine **handles = begin_with(self, engines, &count);
    if (!handles)
        return NULL;
    decision.nth = nth;
    decision.engine = count ? handles[0] : NULL;
    Py_BEGIN_ALLOW_THREADS
    status = karar_register_decide(self->reg, &decision, &number, &error);
    Py_END_ALLOW_THREADS
    end_with(self, engines, handles, count);
    return status ? core_raise(core_state_of(Py_TYPE(object)), &error) : PyLong_FromLongLong(number);
}

static PyObject *register_rebuild(PyObject *object, PyObject *arguments)
{
    struct register_object *self = (struct register_object *)object;
    struct core_bytes out = {.at = NULL};
    PyObject *engines;
    Py_ssize_t count = 0;
    int read_all = 0;
    uint64_t differences = 0;
    karar_error error;
    karar_status status;
    if (!PyArg_ParseTuple(arguments, "O!|p", &PyTuple_Type, &engines, &read_all) || !take(self))
        return NULL;
    karar_engine **handles = begin_with(self, engines, &count);
    if (!handles)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    status = karar_register_rebuild(self->reg, handles, (uint32_t)count, read_all, NULL, NULL, KARAR_TABLE_JSON, core_gather, &out,
                                    &differences, &error);
    Py_END_ALLOW_THREADS
    release_engines(engines, count);
    free(handles);
    return give(object, status, &error, &out);
}

static PyObject *register_verify(PyObject *object, PyObject *nothing)
{
    (void)nothing;
    struct register_object *self = (struct register_object *)object;
    struct core_bytes out = {.at = NULL};
    uint64_t documents = 0, spans = 0, faults = 0;
    karar_error error;
    karar_status status;
    if (!take(self))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    status = karar_register_verify(self->reg, KARAR_TABLE_JSON, core_gather, &out, &documents, &spans, &faults, &error);
    Py_END_ALLOW_THREADS
    PyObject *rows = give(object, status, &error, &out);
    return rows ? Py_BuildValue("(KKN)", (unsigned long long)documents, (unsigned long long)spans, rows) : NULL;
}

static PyMethodDef methods[] = {
    {"add", register_add, METH_VARARGS, "add(engine, text, uri, lang, date, publisher, author) -> (id, is_new)"},
    {"ask", register_ask, METH_VARARGS, "ask(name, pair, id, words, as_of, years, limit, format, width) -> bytes"},
    {"export", register_export, METH_VARARGS, "export(format, pair, as_of, since, until) -> {file: bytes}"},
    {"read_only", register_read_only, METH_NOARGS, "From now on the handle refuses to write."},
    {"decide", register_decide, METH_VARARGS, "decide(action, target, field, value, author, reason, words, nth, engines) -> number"},
    {"rebuild", register_rebuild, METH_VARARGS, "rebuild(engines, reread=False) -> JSON of the differences"},
    {"verify", register_verify, METH_NOARGS, "verify() -> (documents, spans, JSON of the faults)"},
    {"close", register_close, METH_NOARGS, "Closes the file."},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef properties[] = {{"copy", register_copy, NULL, "The copy that was made of an older file, or None.", NULL},
                                   {NULL, NULL, NULL, NULL, NULL}};
static PyType_Slot type_slots[] = {
    {Py_tp_init, (void *)register_init}, {Py_tp_dealloc, (void *)register_dealloc}, {Py_tp_methods, methods},
    {Py_tp_getset, properties}, {Py_tp_doc, "The account of many reports in one file."}, {0, NULL},
};
PyType_Spec register_spec = {"karar._core.Register", sizeof(struct register_object), 0, Py_TPFLAGS_DEFAULT, type_slots};
