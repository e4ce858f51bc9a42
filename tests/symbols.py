#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The shared library hands out exactly the functions that the public header declares.

usage: symbols.py NM LIBRARY HEADER
"""
import pathlib
import re
import subprocess
import sys


def main():
    nm, library, header = sys.argv[1:]
    listing = subprocess.run([nm, "-D", "--defined-only", library], stdout=subprocess.PIPE, check=True, text=True).stdout
    exported = {line.split()[-1].split("@")[0] for line in listing.splitlines()}
    declared = set(re.findall(r"KARAR_API\s[^;(]*?\b(karar_\w+)\s*\(", pathlib.Path(header).read_text(encoding="utf-8")))
    for name in sorted(exported - declared):
        print(f"{name}: handed out, not declared")
    for name in sorted(declared - exported):
        print(f"{name}: declared, not handed out")
    return 0 if declared and exported == declared else 1


if __name__ == "__main__":
    sys.exit(main())
