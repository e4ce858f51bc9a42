// SPDX-License-Identifier: MIT
// Engines. `read` takes a run of reports at once, so that the interpreter's lock is let go and taken once a run, not once a report: it
// holds the objects, reads all of them without the lock, and makes Python objects of what came out afterwards.
//
// A report is freed as soon as its record is written: what is kept of it is its JSON, or its rows in a batch of columns.
#include "core.h"

// What is given of each report: NULL stands for None everywhere.
enum { TEXTS, URIS, LANGS, DATES, PUBLISHERS, GIVEN };

struct job {
    struct core_input input;
    karar_read_options options;
    size_t begin, end;          // of its JSON
    karar_error *error;         // malloc'ed; NULL: none
    bool unread;                // by facts_only
};

struct run {
    karar_engine *engine;
    karar_batch *batch;         // NULL: JSON is wanted
    struct job *jobs;
    Py_ssize_t count;
    struct core_bytes json;
    bool out_of_memory;
};

static void fail_job(struct run *run, struct job *job, const karar_error *error)
{
    job->error = malloc(sizeof *error);
    if (job->error)
        *job->error = *error;
    else
        run->out_of_memory = true;
}

static void read_job(struct run *run, struct job *job)
{
    static const karar_write_options line = {.size = sizeof line, .format = KARAR_JSONL};
    karar_report *report = NULL;
    karar_error error;
    karar_status status = job->error ? KARAR_OK : core_read(run->engine, &job->input, &job->options, &report, &error);
    job->begin = run->json.len;
    job->unread = !status && !report;
    if (!status && report)
        status = run->batch ? karar_batch_add(run->batch, report, &error)
                            : karar_report_write(report, &line, core_gather, &run->json, &error);
    karar_report_free(report);
    if (status) {
        run->json.len = job->begin;
        fail_job(run, job, &error);
    }
    job->end = run->json.len;
}

static PyObject *result_of(const struct run *run, const struct job *job)
{
    if (job->error)
        return core_error_tuple(job->error);
    if (job->unread || run->batch)
        Py_RETURN_NONE;
    return PyBytes_FromStringAndSize(run->json.at + job->begin, (Py_ssize_t)(job->end - job->begin - 1));    // without the line's end
}

static PyObject *results_of(const struct run *run)
{
    if (run->out_of_memory)
        return PyErr_NoMemory();
    PyObject *list = PyList_New(run->count);
    for (Py_ssize_t i = 0; list && i < run->count; i++) {
        PyObject *result = result_of(run, &run->jobs[i]);
        if (!result || PyList_SetItem(list, i, result))
            Py_CLEAR(list);
    }
    return list;
}

// A text that is no UTF-8 (lone surrogates) is that report's error, not the run's.
static bool note_unencodable(struct run *run, struct job *job)
{
    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return false;
    PyErr_Clear();
    karar_error error = {.status = KARAR_BAD_ENCODING, .byte = UINT64_MAX, .text = "the text holds surrogates that stand alone"};
    fail_job(run, job, &error);
    return true;
}

// The n-th of a tuple, of as many or of one for all.
static PyObject *given_to(PyObject *tuple, Py_ssize_t n)
{
    Py_ssize_t size = PyTuple_Size(tuple);
    return size ? PyTuple_GetItem(tuple, size == 1 ? 0 : n) : NULL;
}

static bool take_job(struct core_state *state, struct run *run, PyObject *const *given, Py_ssize_t n, bool facts_only)
{
    static const char *const names[GIVEN] = {"text", "uri", "lang", "date", "publisher"};
    struct job *job = &run->jobs[n];
    job->options = (karar_read_options){.size = sizeof job->options, .facts_only = facts_only};
    const char **const places[GIVEN] = {NULL, &job->options.uri, &job->options.language, &job->options.date, &job->options.publisher};
    for (int i = URIS; i < GIVEN; i++)
        if (!core_text(given_to(given[i], n), names[i], places[i]))
            return false;
    return core_input_of(state, PyTuple_GetItem(given[TEXTS], n), &job->input) || note_unencodable(run, job);
}

static bool take_jobs(struct core_state *state, struct run *run, PyObject *const *given, bool facts_only)
{
    run->count = PyTuple_Size(given[TEXTS]);
    run->jobs = calloc((size_t)run->count + 1, sizeof *run->jobs);
    if (!run->jobs) {
        PyErr_NoMemory();
        return false;
    }
    for (int i = URIS; i < GIVEN; i++) {
        Py_ssize_t size = PyTuple_Size(given[i]);
        if (size > 1 && size != run->count) {
            PyErr_SetString(PyExc_ValueError, "as many uris, langs, dates and publishers as texts, or one for all");
            return false;
        }
    }
    for (Py_ssize_t n = 0; n < run->count; n++)
        if (!take_job(state, run, given, n, facts_only))
            return false;
    return true;
}

static PyObject *run_jobs(struct engine_object *self, struct run *run, PyObject *batch)
{
    if (!core_take_engine(self))
        return NULL;
    run->engine = self->engine;
    run->batch = batch == Py_None ? NULL : ((struct batch_object *)batch)->batch;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t n = 0; n < run->count; n++)
        read_job(run, &run->jobs[n]);
    Py_END_ALLOW_THREADS
    self->busy = false;
    return results_of(run);
}

static PyObject *engine_read(PyObject *object, PyObject *arguments)
{
    struct core_state *state = core_state_of(Py_TYPE(object));
    PyObject *given[GIVEN], *batch = Py_None, *results = NULL;
    struct run run = {.jobs = NULL};
    int facts_only = 0;
    if (!PyArg_ParseTuple(arguments, "O!O!O!O!O!|Op", &PyTuple_Type, &given[TEXTS], &PyTuple_Type, &given[URIS], &PyTuple_Type,
                          &given[LANGS], &PyTuple_Type, &given[DATES], &PyTuple_Type, &given[PUBLISHERS], &batch, &facts_only))
        return NULL;
    if (batch != Py_None && (!PyObject_TypeCheck(batch, state->batch) || !((struct batch_object *)batch)->batch)) {
        PyErr_SetString(PyExc_TypeError, "batch must be a Batch that was not handed over, or None");
        return NULL;
    }
    if (take_jobs(state, &run, given, facts_only != 0))
        results = run_jobs((struct engine_object *)object, &run, batch);
    for (Py_ssize_t n = 0; run.jobs && n < run.count; n++)
        free(run.jobs[n].error);
    free(run.jobs);
    free(run.json.at);
    return results;
}

// ---- one report in other forms ------------------------------------------------------------------------------------------
static karar_status write_report(const karar_report *report, const char *form, const char *claim, int colour, unsigned width,
                                 struct core_bytes *out, karar_error *error)
{
    karar_write_options options = {.size = sizeof options, .format = KARAR_JSON, .colour = colour, .width = width};
    if (strcmp(form, "why") == 0)
        return karar_report_why(report, claim, core_gather, out, error);
    if (strcmp(form, "explain") == 0)
        return karar_report_explain(report, core_gather, out, error);
    if (strcmp(form, "page") == 0)
        options.format = KARAR_TEXT;
    else if (strcmp(form, "csv") == 0)
        options.format = KARAR_CSV;
    return karar_report_write(report, &options, core_gather, out, error);
}

static PyObject *engine_write(PyObject *object, PyObject *arguments)
{
    struct core_state *state = core_state_of(Py_TYPE(object));
    struct engine_object *self = (struct engine_object *)object;
    karar_read_options options = {.size = sizeof options};
    const char *form, *claim = NULL;
    struct core_bytes out = {.at = NULL};
    struct core_input input;
    karar_report *report = NULL;
    karar_error error;
    PyObject *text;
    int colour = 0;
    unsigned width = 0;
    if (!PyArg_ParseTuple(arguments, "sOzzzz|zpI", &form, &text, &options.uri, &options.language, &options.date, &options.publisher, &claim,
                          &colour, &width) ||
        !core_input_of(state, text, &input) || !core_take_engine(self))
        return NULL;
    karar_status status;
    Py_BEGIN_ALLOW_THREADS
    status = core_read(self->engine, &input, &options, &report, &error);
    if (!status)
        status = write_report(report, form, claim, colour, width, &out, &error);
    karar_report_free(report);
    Py_END_ALLOW_THREADS
    self->busy = false;
    if (!status)
        return core_gathered(&out);
    free(out.at);
    return core_raise(state, &error);
}

// ---- the type -----------------------------------------------------------------------------------------------------------
bool core_take_engine(struct engine_object *engine)
{
    if (engine->busy || !engine->engine) {
        PyErr_SetString(PyExc_RuntimeError, engine->engine ? "another thread is at work with this engine" : "the engine was not made");
        return false;
    }
    engine->busy = true;
    return true;
}

static int engine_init(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"pack_folders", NULL};
    struct engine_object *self = (struct engine_object *)object;
    PyObject *folders = NULL;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O!", names, &PyTuple_Type, &folders))
        return -1;
    if (self->engine) {
        PyErr_SetString(PyExc_RuntimeError, "an engine is made once");
        return -1;
    }
    Py_ssize_t count = folders ? PyTuple_Size(folders) : 0;
    const char **paths = calloc((size_t)count + 1, sizeof *paths);
    if (!paths) {
        PyErr_NoMemory();
        return -1;
    }
    bool good = true;
    for (Py_ssize_t i = 0; good && i < count; i++)
        good = core_text(PyTuple_GetItem(folders, i), "a pack folder", &paths[i]) && paths[i];
    karar_options options = {.size = sizeof options, .pack_folders = paths, .pack_folder_count = (uint32_t)count};
    karar_error error;
    karar_status status = KARAR_OK;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        status = karar_engine_new(&options, &self->engine, &error);
        Py_END_ALLOW_THREADS
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "a pack folder must be a string");
    }
    free(paths);
    if (status)
        core_raise(core_state_of(Py_TYPE(object)), &error);
    return good && !status ? 0 : -1;
}

static void engine_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    karar_engine_free(((struct engine_object *)object)->engine);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

static PyObject *engine_languages(PyObject *object, void *closure)
{
    (void)closure;
    const karar_engine *engine = ((struct engine_object *)object)->engine;
    PyObject *list = PyList_New(0);
    for (uint32_t n = 0; list && karar_language(engine, n); n++) {
        PyObject *tag = PyUnicode_FromString(karar_language(engine, n));
        if (!tag || PyList_Append(list, tag))
            Py_CLEAR(list);
        Py_XDECREF(tag);
    }
    PyObject *tuple = list ? PyList_AsTuple(list) : NULL;
    Py_XDECREF(list);
    return tuple;
}

static PyMethodDef methods[] = {
    {"read", engine_read, METH_VARARGS, "read(texts, uris, langs, dates, publishers, batch, facts_only) -> a result a text"},
    {"write", engine_write, METH_VARARGS, "write(form, text, uri, lang, date, publisher, claim, colour, width) -> bytes"},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef properties[] = {{"languages", engine_languages, NULL, "Tags of the languages that it reads.", NULL},
                                   {NULL, NULL, NULL, NULL, NULL}};
static PyType_Slot type_slots[] = {
    {Py_tp_init, (void *)engine_init}, {Py_tp_dealloc, (void *)engine_dealloc}, {Py_tp_methods, methods}, {Py_tp_getset, properties},
    {Py_tp_doc, "Holds the language packs; one thread at a time."}, {0, NULL},
};
PyType_Spec engine_spec = {"karar._core.Engine", sizeof(struct engine_object), 0, Py_TPFLAGS_DEFAULT, type_slots};
