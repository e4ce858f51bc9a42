#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the house rules: rooms and their arrows, prose, length of lines and functions, banned calls, no language in src/, no dead file.

usage: tidy.py [ROOT]

Each fault is a line "file:line: what is wrong"; no output and exit code 0 mean that all is well. The rooms are read from the table in
ARCHITECTURE.md, so that the page and the code cannot part.
"""
import pathlib
import re
import sys

MAX_LINE = 140       # code points
MAX_FUNCTION = 80    # lines
MIN_PROSE = 3        # comment lines at the head of a .c file

SPDX = "// SPDX-License-Identifier: MIT"
ROW = re.compile(r"^\|\s*`src/(\w+)/`\s*\|(.*)\|([^|]*)\|\s*$")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
CONTROL = re.compile(r"^(?:if|for|while|switch|do|else|return)\b")

# Calls that no file may make, with the reason; and those that library rooms may not make.
BANNED = {
    "strcpy": "has no bound", "strcat": "has no bound", "sprintf": "has no bound", "vsprintf": "has no bound", "gets": "has no bound",
    "strncpy": "leaves no NUL", "strtok": "keeps state", "setlocale": "is global", "atoi": "hides errors", "atol": "hides errors",
    "rand": "is global", "alloca": "has no bound", "system": "runs a shell", "popen": "runs a shell", "localtime": "is global", "gmtime": "is global",
    "strerror": "is global: use strerror_r",
}
LIBRARY_BANNED = {
    "printf": "library code does not print", "puts": "library code does not print", "putchar": "library code does not print",
    "fprintf": "library code does not print", "fputs": "library code does not print", "perror": "library code does not print",
    "exit": "library code does not exit", "_exit": "library code does not exit", "abort": "library code does not exit",
}
ALLOWED = {("src/base/arena.c", "abort")}  # an arena that nobody armed has nowhere to report to
PROGRAM_ROOMS = {"cli"}
CALL = re.compile(r"(?<![\w.>])(" + "|".join(sorted(BANNED.keys() | LIBRARY_BANNED.keys())) + r")\s*\(")

# Names of languages, in English, and their tags as strings. What depends on a language is a property that its pack declares.
LANGUAGES = ("Arabic Bengali Chinese Dutch English French German Hindi Italian Japanese Korean Marathi Nepali Pashto Persian Polish Portuguese "
             "Punjabi Russian Spanish Tamil Turkish Ukrainian Urdu").split()
SCRIPTS_TOO = {"Arabic"}  # also the name of a script, which code may speak of
LANGUAGE = re.compile(r"\b(" + "|".join(name for name in LANGUAGES if name not in SCRIPTS_TOO) + r")\b", re.I)
ELEMENTS = {("src/article/page.c", "tr")}  # elements of HTML that look like a tag
TAG = re.compile(r'"(ar|bn|de|en|es|fr|hi|ja|ko|pt|ru|tr|uk|ur|zh)"')


def without_comments(text):
    """The code with comments and the insides of strings blanked, line by line the same."""
    def blank(match):
        found = match.group(0)
        if found[0] in "\"'":
            return found[0] + " " * (len(found) - 2) + found[0]
        return re.sub(r"[^\n]", " ", found)
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


class Tidy:
    def __init__(self, root):
        self.root = root
        self.faults = []
        self.rooms = self.read_rooms()

    def fault(self, path, line, text):
        self.faults.append((str(path.relative_to(self.root)), line, text))

    def read_rooms(self):
        """Room to the set of rooms that it may include."""
        page = self.root / "ARCHITECTURE.md"
        rooms = {}
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            row = ROW.match(line)
            if not row:
                continue
            rooms[row.group(1)] = set(re.findall(r"[a-z]+", row.group(3)))
            for used in rooms[row.group(1)]:
                if used not in rooms:
                    self.fault(page, number, f"{row.group(1)} uses {used}, which stands in no row above it: arrows run down only")
        if not rooms:
            self.fault(page, 0, "no table of rooms")
        return rooms

    # ---- One file

    def check_lines(self, path, lines):
        for number, line in enumerate(lines, 1):
            if len(line) > MAX_LINE:
                self.fault(path, number, f"line of {len(line)} code points, at most {MAX_LINE}")
            if line != line.rstrip():
                self.fault(path, number, "blank at the end of the line")
            if "\t" in line:
                self.fault(path, number, "tab")

    def check_head(self, path, lines):
        if not lines or not (lines[0] == SPDX or lines[0].startswith("/* SPDX-License-Identifier: MIT")):
            self.fault(path, 1, f"does not begin with {SPDX}")
        prose = 0
        for line in lines[1:]:
            if not line.startswith("//"):
                break
            prose += bool(line.strip("/ "))
        if path.suffix == ".c" and path.parts[-3] == "src" and prose < MIN_PROSE:
            self.fault(path, 2, f"{prose} lines of prose at the head, at least {MIN_PROSE}")

    def check_guard(self, path, lines):
        text = "\n".join(lines)
        room = path.parent.name
        want = f"KARAR_{room}_{path.stem}_H".upper().replace("-", "_") if path.parts[-3] == "src" else None
        guard = re.search(r"^#ifndef (\w+)\n#define (\w+)$", text, re.M)
        if not guard or guard.group(1) != guard.group(2):
            self.fault(path, 1, "no header guard")
        elif want and guard.group(1) != want:
            self.fault(path, 1, f"guard {guard.group(1)}, expected {want}")

    def check_includes(self, path, lines):
        room = path.parent.name
        allowed = self.rooms.get(room)
        if allowed is None:
            self.fault(path, 1, f"room src/{room}/ stands in no row of ARCHITECTURE.md")
            return
        for number, line in enumerate(lines, 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            if found.group(2):
                if found.group(2).startswith("karar/") and room not in ("api", "cli", "serve"):
                    self.fault(path, number, "only api, cli and serve may include the public header")
                continue
            target = found.group(1).split("/")
            if not (self.root / "src" / found.group(1)).is_file():
                self.fault(path, number, f'"{found.group(1)}" is no file under src/')
            elif target[0] != room and target[0] not in allowed:
                self.fault(path, number, f"{room} may not use {target[0]}")

    def check_own_header_first(self, path, lines):
        own = path.with_suffix(".h")
        first = next((m.group(1) for m in map(INCLUDE.match, lines) if m), None)
        if own.is_file() and first != f"{path.parent.name}/{own.name}":
            self.fault(path, 1, f'does not include "{path.parent.name}/{own.name}" first')

    def check_calls(self, path, code):
        library = path.parts[-3] == "src" and path.parent.name not in PROGRAM_ROOMS
        for number, line in enumerate(code.split("\n"), 1):
            for name in CALL.findall(line):
                reason = BANNED.get(name) or (LIBRARY_BANNED.get(name) if library else None)
                if reason and (str(path.relative_to(self.root)), name) not in ALLOWED:
                    self.fault(path, number, f"{name}() {reason}")

    def check_functions(self, path, code):
        """A function begins with a line in the first column that opens its body and ends with a } there."""
        start = None
        for number, line in enumerate(code.split("\n"), 1):
            if start is None and re.match(r"^\w[^;={]*\)\s*(\{.*)?$", line) and not CONTROL.match(line):
                start = number
            elif start is None and line == "{":
                start = number - 1
            elif start is not None and line.startswith("}"):
                if number - start + 1 > MAX_FUNCTION:
                    self.fault(path, start, f"function of {number - start + 1} lines, at most {MAX_FUNCTION}")
                start = None
            elif start is not None and re.match(r"^[;\w#]", line) and number - start > 3 and line.endswith(";"):
                start = None  # it was a declaration

    def check_languages(self, path, lines):
        for number, line in enumerate(lines, 1):
            for found in LANGUAGE.findall(line) + TAG.findall(line):
                if (str(path.relative_to(self.root)), found) in ELEMENTS:
                    continue
                self.fault(path, number, f'language "{found}" in src/: make it a property that a pack declares')

    # ---- The tree

    def check_listed(self):
        """Every source and every unit test is built."""
        built = (self.root / "meson.build").read_text(encoding="utf-8")
        tests = (self.root / "tests" / "meson.build").read_text(encoding="utf-8")
        for path in sorted((self.root / "src").glob("*/*.c")):
            room = re.search(r"'" + path.parent.name + r"':\s*\[?([^\]]*)", built)
            if not room or not re.search(r"(?<![\w-])" + re.escape(path.stem) + r"(?![\w-])", room.group(1)):
                self.fault(path, 1, "not in the table of meson.build: it is not built")
        for path in sorted((self.root / "tests" / "unit").glob("*_test.c")):
            if f"'{path.stem[:-5]}'" not in tests:
                self.fault(path, 1, "not in tests/meson.build: it does not run")

    def check_headers_used(self):
        every = [(p, p.read_text(encoding="utf-8")) for p in self.root.glob("src/*/*.[ch]*")]
        every += [(p, p.read_text(encoding="utf-8")) for p in self.root.glob("t*/**/*.[ch]")]
        for path in sorted((self.root / "src").glob("*/*.h")):
            name = f'"{path.parent.name}/{path.name}"'
            if not any(name in text for other, text in every if other != path):
                self.fault(path, 1, "nothing includes this header")

    def run(self):
        for path in sorted([*self.root.glob("src/*/*.[ch]"), *self.root.glob("src/*/*.cc")]):
            text = path.read_text(encoding="utf-8")
            lines, code = text.split("\n"), without_comments(text)
            self.check_lines(path, lines)
            self.check_head(path, lines)
            self.check_includes(path, lines)
            self.check_calls(path, code)
            self.check_languages(path, lines)
            self.check_functions(path, code)
            if path.suffix == ".h":
                self.check_guard(path, lines)
            else:
                self.check_own_header_first(path, lines)
        for path in sorted(path for places in ("tools/*.c", "tests/**/*.[ch]", "include/**/*.h", "python/core/*.[ch]", "examples/*.c")
                           for path in self.root.glob(places)):
            text = path.read_text(encoding="utf-8")
            self.check_lines(path, text.split("\n"))
            self.check_head(path, text.split("\n"))
            self.check_functions(path, without_comments(text))
        self.check_listed()
        self.check_headers_used()
        return sorted(self.faults)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    faults = Tidy(root if root.is_dir() else root.parents[1]).run()
    for path, line, text in faults:
        print(f"{path}:{line}: {text}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
