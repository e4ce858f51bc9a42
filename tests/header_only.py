#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command line and the server take nothing of the library's but what its header declares, and the tools of src/base, which is linked into both.

usage: header_only.py NM BUILD

tools/tidy.py holds their #includes; here it is the names that the linker has to find, so that no declaration by hand goes past the header. What else
the program consists of (watch, users) may use the rooms that ARCHITECTURE.md grants it and is not looked at.
"""
import pathlib
import re
import subprocess
import sys


def symbols(nm, path):
    """Name to ("U" or not, the member that it stands in)."""
    listing = subprocess.run([nm, "-A", "-P", path], stdout=subprocess.PIPE, check=True, text=True).stdout
    for line in listing.splitlines():
        place, name, kind = line.split()[:3]
        yield name, kind, place


def main():
    nm, build = sys.argv[1], pathlib.Path(sys.argv[2])
    program = [*sorted((build / "karar.p").glob("src_cli_*.o")), build / "libkarar-serve.a"]
    room_of = {}
    for name, kind, place in symbols(nm, build / "libkarar-rooms.a"):
        room = re.search(r"src_([a-z]+)_\w+\.c+\.o", place)
        if kind in "TDRBVW":
            room_of[name] = room[1] if room else "generated"
    wanted, given, faults = {}, set(), []
    for path in program:
        for name, kind, place in symbols(nm, path):
            if kind == "U":
                wanted.setdefault(name, place)
            elif kind in "TDRBVW":
                given.add(name)
    used = {name: place for name, place in wanted.items() if name in room_of and name not in given}
    for name, place in sorted(used.items()):
        if not (name.startswith("karar_") and room_of[name] == "api") and room_of[name] != "base":
            faults.append(f"{place} uses {name} of src/{room_of[name]}")
    for fault in faults:
        print(fault)
    through_header = sum(name.startswith("karar_") for name in used)
    return 0 if not faults and through_header > 40 else 1


if __name__ == "__main__":
    sys.exit(main())
