#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the number by which a register knows whether the same program, with the same packs, made what it says of a report.

usage: fingerprint.py ROOT SOURCE DEPFILE FOLDER... -- FILE...

It is made of the names and bytes of all files in the folders (below ROOT) and of the files that other tools wrote. Whatever changes there,
also a comment, makes another number: reports are then read again, which costs time and is never wrong.
"""
import hashlib
import os
import sys

KINDS = (".c", ".cc", ".h", ".sql", ".tsv", ".txt", ".conf", ".rules", ".json")
DIGITS = 15         # of 16: a number that SQLite holds, and never 0 in earnest


def walk(folder):
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield place, [os.path.join(place, name) for name in sorted(names) if name.endswith(KINDS) and not name.startswith(".")]


def escape(path):
    return path.replace(" ", "\\ ")


def main():
    root, source, depfile = sys.argv[1:4]
    folders, written = sys.argv[4:sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1:]
    depends, files = [], []
    for folder in folders:
        for place, names in walk(os.path.join(root, folder)):
            depends += [place, *names]      # the folders, too, so that a new file is noticed
            files += names
    digest = hashlib.sha256()
    for name, path in [(os.path.relpath(path, root), path) for path in files] + [(os.path.basename(path), path) for path in written]:
        with open(path, "rb") as file:
            content = file.read()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    with open(source, "w", encoding="utf-8") as out:
        out.write("// Written by tools/fingerprint.py. Do not edit.\n#include \"engine/fingerprint.h\"\n\n"
                  f"const uint64_t engine_fingerprint_built = UINT64_C(0x{digest.hexdigest()[:DIGITS]});\n")
    with open(depfile, "w", encoding="utf-8") as out:
        out.write(f"{escape(source)}: " + " ".join(map(escape, depends)) + "\n")


if __name__ == "__main__":
    main()
