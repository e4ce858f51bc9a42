#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A wheel of the Python package, as `make wheel` made it: its name and size, what it hands out, and that it reads in a new environment.

usage: wheel.py WHEEL
"""
import pathlib
import subprocess
import sys
import tempfile
import zipfile

MAX_SIZE = 15_000_000
TEXT = "OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries."
CODE = f"""
import karar, sys
assert karar.__file__.startswith(sys.argv[1]), karar.__file__
record = karar.read({TEXT!r})
assert record.instruments[0].parties == ("NOR", "CHL"), record
assert [one.jsonl for one in karar.read_many([{TEXT!r}] * 300, uri="-", threads=2)] == [record.jsonl] * 300
print(karar.__version__, *karar.Reader().languages)
"""


def run(*command):
    return subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True, timeout=300).stdout.decode()


def main():
    wheel = pathlib.Path(sys.argv[1])
    size = wheel.stat().st_size
    assert "-abi3-" in wheel.name, f"{wheel.name} serves one Python alone"
    assert size <= MAX_SIZE, f"{size} bytes, at most {MAX_SIZE}"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            assert {"karar/py.typed", "karar/_core.pyi", "karar/_core.abi3.so"} <= set(names), names
            assert all(one.startswith(("karar/", "karar-")) for one in names), names
            archive.extract("karar/_core.abi3.so", folder)
        defined = [line.split()[-1] for line in run("nm", "-D", "--defined-only", folder / "karar/_core.abi3.so").splitlines()]
        assert defined == ["PyInit__core"], defined
        run("/usr/bin/python3", "-m", "venv", folder / "venv")
        run(folder / "venv/bin/pip", "install", "-q", "--no-index", "--disable-pip-version-check", wheel)
        print(f"{wheel.name}, {size / 1e6:.1f} MB: karar {run(folder / 'venv/bin/python', '-c', CODE, folder / 'venv').strip()}")


if __name__ == "__main__":
    main()
