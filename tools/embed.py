#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a C file that takes whole files into the program, so that it needs none of them where it is installed.

usage: embed.py OUT FILE...

Each is found by its name without the folder (export/embedded.h).
"""
import pathlib
import sys

FILE = """\
__asm__(".pushsection .rodata\\n"
        ".globl karar_embedded_{number}\\n.hidden karar_embedded_{number}\\n.type karar_embedded_{number}, @object\\n"
        "karar_embedded_{number}:\\n"
        ".incbin \\"{path}\\"\\n"
        ".globl karar_embedded_{number}_end\\n.hidden karar_embedded_{number}_end\\n.type karar_embedded_{number}_end, @object\\n"
        "karar_embedded_{number}_end:\\n"
        ".byte 0\\n"
        ".popsection\\n");
extern const char karar_embedded_{number}[], karar_embedded_{number}_end[];
"""


def main():
    out, *files = sys.argv[1:]
    with open(out, "w", encoding="utf-8") as file:
        file.write("// Written by tools/embed.py. Do not edit.\n#include \"export/embedded.h\"\n\n")
        for number, path in enumerate(files):
            file.write(FILE.format(number=number, path=pathlib.Path(path).resolve()))
        file.write("const struct embedded embedded_files[] = {\n")
        for number, path in enumerate(files):
            file.write(f'    {{"{pathlib.Path(path).name}", karar_embedded_{number}, karar_embedded_{number}_end}},\n')
        file.write("};\nconst unsigned embedded_count = sizeof embedded_files / sizeof *embedded_files;\n")


if __name__ == "__main__":
    main()
