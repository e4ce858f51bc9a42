#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library as it is installed: header, shared and static library, pkg-config, man page, and the programs of examples/.

usage: installed.py BUILD KARAR VERSION CC CXX

Installs into a folder of its own, builds the examples with nothing but what pkg-config says of it, and holds what they print against the
program. Prints TAP.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = [ROOT / "samples" / name for name in ("en-session-9.txt", "hi-session-10-page.txt", "ru-session-10.txt", "ur-session-10.txt")]
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def run(*command, **more):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=120, **more)
    if done.returncode:
        raise AssertionError(f"{shlex.join(map(str, command))}: {done.returncode}\n{done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8")


class Installed:
    def __init__(self, build, karar, version, cc, cxx, folder):
        self.karar, self.version, self.cc, self.cxx, self.folder = karar, version, shlex.split(cc), shlex.split(cxx), folder
        # without "runtime" files beside the library: the program is not needed here
        run("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--tags", "devel,runtime,man,untagged", "--destdir", folder / "root")
        self.pc = next((folder / "root").rglob("karar.pc"))
        self.library = self.pc.parent.parent
        prefix = re.search(r"^prefix=(.*)$", self.pc.read_text(encoding="utf-8"), re.M)[1]
        self.prefix = folder / "root" / prefix.lstrip("/")

    def flags(self, *what, lines=False):
        environment = {**os.environ, "PKG_CONFIG_PATH": str(self.pc.parent)}
        return run("pkg-config", f"--define-variable=prefix={self.prefix}", *what, "karar", env=environment).split("\n" if lines else None)

    def build(self, name, static=False):
        """With the shared library; or with the static one and the shared libraries that it needs."""
        program = self.folder / f"{name}{'-static' if static else ''}"
        flags = self.flags("--cflags", "--libs")
        if static:
            needed = [line.split()[0] for line in self.flags("--print-requires-private", lines=True) if line]
            flags = [*self.flags("--cflags"), self.library / "libkarar.a", *run("pkg-config", "--libs", *needed).split(),
                     *re.search(r"^Libs.private: (.*)$", self.pc.read_text(encoding="utf-8"), re.M)[1].split()]
        run(*self.cc, "-std=c99", *STRICT, "-o", program, ROOT / "examples" / f"{name}.c", *flags)
        return program

    def output(self, program, *arguments):
        return run(program, *arguments, env={**os.environ, "LD_LIBRARY_PATH": str(self.library)})

    # ---- tests
    def test_version(self):
        assert self.flags("--modversion") == [self.version], self.flags("--modversion")
        assert (self.library / f"libkarar.so.{self.version}").is_file()
        header = (self.prefix / "include/karar/karar.h").read_text(encoding="utf-8")
        assert f'#define KARAR_VERSION "{self.version}"' in header

    def test_header_alone(self):
        for command in ([*self.cc, "-std=c99"], [*self.cc, "-std=c17"], [*self.cxx, "-std=c++11"], [*self.cxx, "-std=c++20"]):
            language = "c++" if "++" in command[-1] else "c"
            run(*command, *STRICT, "-fsyntax-only", *self.flags("--cflags"), "-x", language, "-", input=b"#include <karar/karar.h>\n")

    def test_static_names(self):
        listing = run("nm", "-g", "--defined-only", self.library / "libkarar.a")
        names = {line.split()[-1] for line in listing.splitlines() if " " in line}
        declared = set(re.findall(r"\b(karar_\w+)\s*\(", re.sub(r"/\*.*?\*/", "", (self.prefix / "include/karar/karar.h").read_text(
            encoding="utf-8"), flags=re.S))) - {"karar_sink", "karar_progress"}
        assert names == declared, f"differ: {sorted(names ^ declared)}"

    def test_man_page(self):
        page = next(self.prefix.rglob("karar.3"))
        faults = run("mandoc", "-Tlint", "-Wwarning", page)
        assert not faults, faults
        text = page.read_text(encoding="utf-8")
        header = (self.prefix / "include/karar/karar.h").read_text(encoding="utf-8")
        for name in set(re.findall(r"KARAR_API\s[^;(]*?\b(karar_\w+)\s*\(", header)) | set(re.findall(r"^    (KARAR_[A-Z_]+) = -", header, re.M)):
            assert re.search(r"\b" + name + r"\b", text), f"{name} is not in karar(3)"

    def test_facts(self):
        program = self.build("facts")
        for sample in SAMPLES:
            language = sample.name[:2]
            want = run(self.karar, "code", "--format", "csv", "--jobs", "1", sample).splitlines()[1:]
            found = self.output(program, sample, language).splitlines()
            assert found and len(found) == len(want), f"{sample.name}: {len(found)} facts, the program has {len(want)}"
            text = sample.read_text(encoding="utf-8")
            for line in found:
                claim, kind, status, parties, _, place, quote = line.split("\t", 6)
                begin, end = map(int, place.split("-"))
                assert text[begin:end] == quote or "\n" in text[begin:end], line
                assert any(f",{claim}," in row and status in row and parties in row for row in want), line
                assert {"m": "meeting", "i": "instrument", "c": "commitment"}[claim[0]] == kind

    def test_corpus(self):
        want = run(self.karar, "read", "--format", "jsonl", *SAMPLES)
        assert self.output(self.build("corpus"), *SAMPLES) == want
        assert self.output(self.build("corpus", static=True), *SAMPLES) == want

    def test_account(self):
        program, register = self.build("account"), self.folder / "account.db"
        found = self.output(program, register, "PAK-RUS", *SAMPLES)
        assert "commission" in found or "PAK-RUS" in found, found
        want = run(self.karar, "sessions", "--register", register, "--format", "csv", "PAK-RUS")
        for row in want.splitlines()[1:]:
            assert row.split(",")[0] in found, f"{row} is not in:\n{found}"


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        installed = Installed(*sys.argv[1:], pathlib.Path(name))
        tests = [test for test in dir(installed) if test.startswith("test_")]
        print(f"1..{len(tests)}")
        for number, test in enumerate(tests, 1):
            try:
                getattr(installed, test)()
                print(f"ok {number} - {test}")
            except AssertionError as error:
                failed += 1
                print(f"not ok {number} - {test}")
                print("\n".join(f"# {line}" for line in str(error).split("\n")))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
