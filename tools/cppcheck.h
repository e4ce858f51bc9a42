/* SPDX-License-Identifier: MIT
 * For tools/static.py alone: cppcheck does not read the headers of libraries, and must be told which of their names are loops. */
#define json_array_foreach(array, i, value) for (i = 0; i < json_array_size(array) && (value = json_array_get(array, i)); i++)
#define json_object_foreach(object, name, value) for (name = json_first(object); name && (value = json_object_get(object, name)); name = json_next(object))
