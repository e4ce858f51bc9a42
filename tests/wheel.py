#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A wheel of the Python package, as `make wheel` made it: its name and size, what it hands out, and that in a new environment it reads texts, pages,
mails and archives by its own libraries alone.

usage: wheel.py WHEEL
"""
import pathlib
import subprocess
import sys
import tempfile
import zipfile

MAX_SIZE = 17_000_000
TEXT = "OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries."
CODE = f"""
import gzip, karar, pathlib, re, sys
place = sys.argv[1]
assert karar.__file__.startswith(place), karar.__file__
record = karar.read({TEXT!r})
assert record.instruments[0].parties == ("NOR", "CHL"), record
assert [one.jsonl for one in karar.read_many([{TEXT!r}] * 300, uri="-", threads=2)] == [record.jsonl] * 300
def found(content):
    return [(paper.kind, paper.parties) for paper in karar.read(content).instruments]
want = found({TEXT!r})
page = '<html><head><meta charset="%s"><title>T</title></head><body><article><p>{TEXT} \u0416</p></article></body></html>'
for charset in ("utf-8", "windows-1251", "koi8-r", "utf-16"):
    assert found((page % charset).encode(charset)) == want, charset
assert found(b"From: a@example.org\\nTo: b@example.org\\nSubject: =?koi8-r?B?8NXS?=\\nDate: Tue, 4 May 2021 10:00:00 +0000\\n"
             b"Content-Type: text/plain; charset=koi8-r\\nContent-Transfer-Encoding: base64\\n\\n"
             + __import__("base64").encodebytes({TEXT!r}.encode("koi8-r"))) == want
packed = pathlib.Path(place, "packed.jsonl.gz")
packed.write_bytes(gzip.compress(('{{"text": "' + {TEXT!r} + '"}}').encode()))
assert [len(one.instruments) for one in karar.read_many(karar.Source(packed))] == [1]
with karar.Register(pathlib.Path(place, "account.db"), author="desk") as register:
    register.add({TEXT!r})
    assert register.instruments("CHL-NOR")
loaded = re.findall(r"(/\\S+[.]so[.0-9]*)$", pathlib.Path("/proc/self/maps").read_text(), re.M)
system = re.compile(r"/(ld-linux[^/]*|lib(c|m|dl|rt|pthread|stdc[+][+]|gcc_s|z)[.]so[.0-9]*|gconv/[^/]*)$")
foreign = [path for path in set(loaded) if not path.startswith(place) and not system.search(path)
           and "/python3" not in path and not re.search(r"/lib(expat|crypto|ssl|ffi|bz2|lzma)[.]", path)]   # Python's own
assert not foreign, foreign
print(karar.__version__, *karar.Reader().languages)
"""


def run(*command):
    return subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True, timeout=300).stdout.decode()


def main():
    wheel = pathlib.Path(sys.argv[1])
    size = wheel.stat().st_size
    assert "-abi3-" in wheel.name, f"{wheel.name} serves one Python alone"
    assert "manylinux_" in wheel.name, f"{wheel.name} wants libraries of this machine"
    assert size <= MAX_SIZE, f"{size} bytes, at most {MAX_SIZE}"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            assert {"karar/py.typed", "karar/_core.pyi", "karar/_core.abi3.so"} <= set(names), names
            assert all(one.startswith(("karar/", "karar.libs/", "karar-")) for one in names), names
            archive.extract("karar/_core.abi3.so", folder)
        defined = [line.split()[-1] for line in run("nm", "-D", "--defined-only", folder / "karar/_core.abi3.so").splitlines()]
        assert defined == ["PyInit__core"], defined
        run("/usr/bin/python3", "-m", "venv", folder / "venv")
        run(folder / "venv/bin/pip", "install", "-q", "--no-index", "--disable-pip-version-check", wheel)
        (folder / "try.py").write_text(CODE, encoding="utf-8")
        tried = run(folder / "venv/bin/python", folder / "try.py", folder / "venv")
        print(f"{wheel.name}, {size / 1e6:.1f} MB: karar {tried.strip()}")


if __name__ == "__main__":
    main()
