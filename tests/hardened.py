#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks at program and library as they were linked: is what guards them there? Answers in TAP.

usage: hardened.py READELF FILE…

Position-independent; relocations read-only before the first line of code runs; no stack that can be executed; stack protector; fortified
calls; no text that is written to; on x86 code compiled for control-flow enforcement (Intel CET). That the whole file is marked for it is
the C library's to give, too, whose first objects are linked into every program: Debian 12's are not marked, so our own functions are
looked at.
"""
import platform
import re
import subprocess
import sys


def readelf(program, *arguments):
    return subprocess.run([program, "-W", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout.decode()


def is_landing_place(program, path, name):
    """Does the function begin with ENDBR64?"""
    symbol = re.search(rf"^\s*\d+: ([0-9a-f]+)\s+\d+ FUNC\s.*\s{name}(?:@.*)?$", readelf(program, "-s", path), re.M)
    text = re.search(r"\.text\s+PROGBITS\s+([0-9a-f]+) ([0-9a-f]+)", readelf(program, "-S", path))
    with open(path, "rb") as file:
        file.seek(int(symbol.group(1), 16) - int(text.group(1), 16) + int(text.group(2), 16))
        return file.read(4) == b"\xf3\x0f\x1e\xfa"


def look(program, path):
    """Name of each guard, and whether it is there."""
    head, segments, dynamic = (readelf(program, flag, path) for flag in ("-h", "-l", "-d"))
    symbols = readelf(program, "--dyn-syms", path)
    stack = re.search(r"GNU_STACK.*?(R\w*)\s+0x", segments)
    yield "position-independent", "DYN" in re.search(r"Type:\s+(\w+)", head).group(1) and (".so" in path or "PIE" in dynamic)
    yield "relocations read-only", "GNU_RELRO" in segments and re.search(r"BIND_NOW|FLAGS_1\).*NOW", dynamic) is not None
    yield "stack not executed", stack is not None and "E" not in stack.group(1)
    yield "no writable text", "TEXTREL" not in dynamic and not re.search(r"LOAD.* RWE ", segments)
    yield "stack protector", "__stack_chk_fail" in symbols
    yield "fortified calls", re.search(r"__(snprintf|memcpy|read|vsnprintf|fprintf)_chk", symbols) is not None
    yield "no path to libraries of its own", "RPATH" not in dynamic and ("RUNPATH" not in dynamic or ".so" not in path)
    if platform.machine() in ("x86_64", "amd64"):
        yield "control-flow enforcement", is_landing_place(program, path, "karar_version" if ".so" in path else "main")


def main():
    program, *paths = sys.argv[1:]
    bad = number = 0
    for path in paths:
        for name, there in look(program, path):
            number += 1
            bad += not there
            print(f"{'ok' if there else 'not ok'} {number} - {path.rsplit('/', 1)[-1]}: {name}")
    print(f"1..{number}")
    return 1 if bad or number < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
