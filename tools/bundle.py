#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts all files of packs/ into one bundle, and writes the C file that takes it into the program.

usage: bundle.py PACKS BUNDLE SOURCE DEPFILE

The bundle holds, for each file sorted by path, a line "path length" and the file's bytes. The toy pack is for tests alone and stays out.
"""
import os
import sys

KINDS = (".tsv", ".txt", ".conf", ".rules")
LEFT_OUT = {"toy"}

SOURCE = """\
// Written by tools/bundle.py. Do not edit.
__asm__(".pushsection .rodata\\n"
        ".balign 16\\n"
        ".globl karar_bundle_begin\\n.hidden karar_bundle_begin\\n.type karar_bundle_begin, @object\\n"
        "karar_bundle_begin:\\n"
        ".incbin \\"{bundle}\\"\\n"
        ".globl karar_bundle_end\\n.hidden karar_bundle_end\\n.type karar_bundle_end, @object\\n"
        "karar_bundle_end:\\n"
        ".byte 0\\n"
        ".popsection\\n");
extern const int karar_bundle_is_assembler;  // a C file must not be empty
"""


def walk(packs):
    """Folders and files of the packs; the folders, too, so that a new file is noticed."""
    folders, files = [], []
    for folder, below, names in os.walk(packs):
        if folder == packs:
            below[:] = [name for name in below if name not in LEFT_OUT]
        below[:] = [name for name in below if not name.startswith(".")]
        folders.append(folder)
        if folder != packs:
            files += [os.path.join(folder, name) for name in names if name.endswith(KINDS) and not name.startswith(".")]
    return folders, files


def escape(path):
    return path.replace(" ", "\\ ")


def main():
    packs, bundle, source, depfile = sys.argv[1:]
    folders, files = walk(packs)
    named = sorted((os.path.relpath(path, packs).replace(os.sep, "/").encode(), path) for path in files)
    with open(bundle, "wb") as out:
        for name, path in named:
            if b" " in name or b"\n" in name:
                sys.exit(f"bundle.py: blank in the name of {path}")
            with open(path, "rb") as file:
                content = file.read()
            out.write(b"%s %d\n" % (name, len(content)) + content)
    with open(source, "w", encoding="utf-8") as out:
        out.write(SOURCE.format(bundle=bundle))
    with open(depfile, "w", encoding="utf-8") as out:
        out.write(f"{escape(bundle)} {escape(source)}: " + " ".join(map(escape, sorted(folders + files))) + "\n")


if __name__ == "__main__":
    main()
