#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What compilers do not see: cppcheck and clang-tidy over src/, gcc's analyzer. Ends with 1 if one finds something.

usage: static.py BUILD [--tools cppcheck,bugprone,tidy,gcc] [--only PREFIX]

BUILD is a build by Meson (its compile_commands.json is read). cppcheck takes a minute; `bugprone`, clang-tidy without its analyzer, half of one;
clang-tidy with it, and gcc's analyzer, half an hour and more. What they find is mended; what is none stands with its reason in
tools/cppcheck.known, .clang-tidy, tools/gcc.known, or ANALYZER below.
"""
import argparse
import collections
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CPPCHECK = ("cppcheck", "--std=c11", "--enable=warning,performance,portability", "--error-exitcode=1", "-q", "-Isrc", "-Iinclude",
        "-D_GNU_SOURCE",
            "--include=tools/cppcheck.h", "--suppress=missingIncludeSystem", "--suppressions-list=tools/cppcheck.known",
            "--template={file}:{line}: {id}: {message}", "src")
# gcc 12's analyzer does not follow what longjmp frees, nor that an arena never gives NULL.
ANALYZER = ("-fanalyzer", "-Wno-analyzer-malloc-leak", "-Wno-analyzer-fd-leak", "-fno-diagnostics-show-caret")


def commands(build, only):
    """(file, command) of every C file of src/ once."""
    seen = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
        if name.startswith("src/") and name.endswith(".c") and name.startswith(only) and "gen_packs" not in entry["output"]:
            seen.setdefault(name, (path, entry))
    return [seen[name] for name in sorted(seen)]


def cppcheck(_build, _only):
    return subprocess.run(CPPCHECK, cwd=ROOT, check=False).returncode != 0


def bugprone(build, only):
    return tidy(build, only, "--checks=-clang-analyzer-*")


def tidy(build, only, *options):
    bad = False
    for path, _ in commands(build, only):
        # -w: compilers' warnings are gcc's matter, which builds with -Werror; clang has others, and of headers that are not ours
        done = subprocess.run(["clang-tidy", "--quiet", "--warnings-as-errors=*", "--extra-arg=-w", *options, "-p", build, path], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False)
        text = "\n".join(line for line in done.stdout.decode("utf-8", "replace").splitlines() if re.match(r"\S+:\d+:\d+: (warning|error)", line))
        if text:
            print(text.replace(f"{ROOT}/", ""))
            bad = True
    return bad


def known_to_gcc():
    """{(file, kind of warning): how many are none}; each line of the file says why."""
    known = {}
    for line in (ROOT / "tools" / "gcc.known").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            file, kind, count, reason = line.split(None, 3)
            assert reason
            known[file, kind] = int(count)
    return known


def gcc(build, only):
    bad, known = False, known_to_gcc()
    for path, entry in commands(build, only):
        words = [word for word in shlex.split(entry["command"]) if not word.startswith("-fsanitize")]
        for flag in ("-o", "-MF", "-MQ"):
            if flag in words:
                del words[words.index(flag):words.index(flag) + 2]
        words = [word for word in words if word not in ("-MD", "-Werror")]
        done = subprocess.run([*words, *ANALYZER, "-o", "/dev/null"], cwd=entry["directory"], stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, check=False)
        lines = re.sub(r"\x1b\[[0-9;]*[mK]", "", done.stderr.decode("utf-8", "replace")).splitlines()
        text = [line for line in lines if "-Wanalyzer" in line]
        kinds = collections.Counter(re.search(r"-Wanalyzer-([\w-]+)", line)[1] for line in text)
        name = path.relative_to(ROOT).as_posix()
        text = [line for line in text if kinds[kind := re.search(r"-Wanalyzer-([\w-]+)", line)[1]] > known.get((name, kind), 0)]
        if text or done.returncode:
            print("\n".join(text) or f"{path}: does not compile")
            bad = True
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--tools", default="cppcheck,tidy,gcc")
    parser.add_argument("--only", default="src/")
    args = parser.parse_args()
    tools = {"cppcheck": cppcheck, "bugprone": bugprone, "tidy": tidy, "gcc": gcc}
    bad = False
    for name in args.tools.split(","):
        print(f"{name} …", file=sys.stderr, flush=True)
        bad |= tools[name](args.build.resolve(), args.only)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
