#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns the .sql files of a room into a C table of named statements, ROOM_statements of struct ROOM_sql.

usage: sql.py ROOM OUT FILE.sql...

A statement begins behind a line "-- :name NAME" and ends before the next such line. Comment lines stay out of the program, but for those
inside the schema, which a reader of the file should find there. @NAME@ stands for the text of another statement, as a subquery or a part
of one; @NAME(A, B)@ for its text with A and B in the place of $1 and $2; @NAME[A=B]@ for its text where @B@ stands for each @A@ in it.
"""
import pathlib
import re
import sys


def statements(path):
    name, lines = None, []
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        mark = re.match(r"-- :name (\w+)$", line)
        if mark:
            if name:
                yield name, lines
            name, lines = mark.group(1), []
        elif name and line.strip() and (name.startswith("schema") or not line.lstrip().startswith("--")):
            lines.append(line)
    if name:
        yield name, lines


def put_in(seen, use, where):
    """The text that stands for one @NAME@."""
    if use.group(1) not in seen:
        sys.exit(f"sql.py: {where}: no statement before it is named {use.group(1)}")
    text = seen[use.group(1)].rstrip().rstrip(";")
    for number, argument in enumerate((use.group(2) or "").split(","), 1):
        text = text.replace(f"${number}", argument.strip())
    return text


def main():
    room, out, *files = sys.argv[1:]
    seen, raw, rows = {}, {}, []
    for path in files:
        for name, lines in statements(path):
            if name in seen:
                sys.exit(f"sql.py: {path}: two statements are named {name}")
            text = raw[name] = "\n".join(lines)
            text = re.sub(r"@(\w+)\[(\w+)=(\w+)\]@", lambda use: raw[use.group(1)].rstrip().rstrip(";").replace(f"@{use.group(2)}@", f"@{use.group(3)}@"), text)
            text = re.sub(r"@(\w+)(?:\(([^()@]*)\))?@", lambda use: put_in(seen, use, name), text)
            seen[name] = text
            rows.append((name, text.split("\n"), pathlib.Path(path).stem in ("questions", "pages", "exports")))
    with open(out, "w", encoding="utf-8") as file:
        file.write("// Written by tools/sql.py. Do not edit.\n#include \"" + room + "/sql.h\"\n\n")
        file.write("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n")
        file.write(f"const struct {room}_sql {room}_statements[] = {{\n")
        for name, lines, is_question in sorted(rows):
            text = "\n".join('     "' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"' for line in lines)
            file.write(f'    {{"{name}",\n{text}, {str(is_question).lower()}}},\n')
        file.write(f"}};\nconst unsigned {room}_statement_count = sizeof {room}_statements / sizeof *{room}_statements;\n")


if __name__ == "__main__":
    main()
