#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lets libFuzzer and AFL++ search every door for a time and keeps a table of what was run.

usage: run.py [BUILD] [--afl BUILD] [--seconds 60] [--only read,source] [--keep FILE]

BUILD is what `make fuzz` builds: clang with the sanitizers for addresses and undefined behaviour, for libFuzzer; --afl names a build of the same
programs by afl-clang-fast, without sanitizers. Each engine has its table. What a search finds interesting is kept in BUILD/corpus and searched
on from next time; an input that crashes, leaks, takes more than a second (AFL++: ten) or too much memory goes to BUILD/found, and the run ends
with 1.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

NAMES = ("read", "source", "encoding", "feed", "name", "pack", "ask", "record", "import", "http", "pdf")
MEGABYTES = 1024        # of a process under a sanitizer, engine and packs with it
LONGEST = {"name": 400, "ask": 1000, "pdf": 2000, "record": 20000, "import": 20000, "http": 20000}


def words_of(name):
    """The dictionary of a door, if it has one."""
    words = HERE / "words" / f"{name}.dict"
    return words if words.exists() else None


def room(build, name):
    """Folders for what a search keeps and for what it finds."""
    corpus, found = build / "corpus" / name, build / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    return corpus, found, {**os.environ, "KARAR_ROOT": str(HERE.parent.parent)}


def search(build, name, seconds):
    """By libFuzzer."""
    corpus, found, environment = room(build, name)
    command = [build / "tests" / "fuzz" / f"fuzz_{name}", f"-max_total_time={seconds}", "-timeout=10", "-report_slow_units=1", f"-rss_limit_mb={MEGABYTES}",
               f"-max_len={LONGEST.get(name, 65536)}", f"-artifact_prefix={found}/{name}-", "-print_final_stats=1", corpus, HERE / "seeds" / name]
    if words_of(name):
        command.insert(1, f"-dict={words_of(name)}")
    print(f"{name}: libFuzzer, {seconds} s", file=sys.stderr, flush=True)
    run = subprocess.run(list(map(str, command)), stderr=subprocess.PIPE, env=environment, check=False)
    log = run.stderr.decode("utf-8", "replace")
    (build / f"fuzz-{name}.log").write_text(log, encoding="utf-8")

    def number(pattern):
        hits = re.findall(pattern, log)
        return int(hits[-1]) if hits else 0
    inputs = number(r"stat::number_of_executed_units: *(\d+)")
    slow = len(list(found.glob(f"{name}-slow-unit-*")))
    bad = len([path for path in found.glob(f"{name}-*") if "slow-unit" not in path.name])
    return [name, seconds, f"{inputs:,}", number(r"cov: (\d+)"), number(r"stat::peak_rss_mb: *(\d+)"), slow,
            bad if run.returncode == 0 else max(bad, 1)]


def search_afl(build, name, seconds):
    """By AFL++; what it found before is searched on from (-i -)."""
    corpus, found, environment = room(build, name)
    environment |= {"AFL_NO_UI": "1", "AFL_SKIP_CPUFREQ": "1", "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES": "1", "AFL_NO_AFFINITY": "1",
                    "AFL_IGNORE_SEED_PROBLEMS": "1", "AFL_HANG_TMOUT": "10000"}
    known = corpus / "default" / "queue"
    command = ["afl-fuzz", "-i", "-" if known.exists() else HERE / "seeds" / name, "-o", corpus, "-V", seconds, "-t", "10000", "-m", "none",
               "-G", LONGEST.get(name, 65536)]
    if words_of(name):
        command += ["-x", words_of(name)]
    command += ["--", build / "tests" / "fuzz" / f"fuzz_{name}"]
    print(f"{name}: AFL++, {seconds} s", file=sys.stderr, flush=True)
    with open(build / f"fuzz-{name}.log", "wb") as log:
        run = subprocess.run(list(map(str, command)), stdout=log, stderr=subprocess.STDOUT, env=environment, check=False)
    kept = corpus / "default" / "fuzzer_stats"
    if run.returncode or not kept.exists():
        raise SystemExit(f"{name}: AFL++ did not run: see {log.name}")
    told = dict(re.findall(r"^(\w+) +: +(.*?) *$", kept.read_text(encoding="utf-8"), re.M))
    crashes, hangs = int(told["saved_crashes"]), int(told["saved_hangs"])
    for folder in ("crashes", "hangs"):
        for path in (corpus / "default" / folder).glob("id*"):
            shutil.copy(path, found / f"{name}-{folder}-{path.name.split(',')[0].replace(':', '')}")
    return [name, seconds, f"{int(told['execs_done']):,}", int(told["edges_found"]), "-", hangs, crashes]      # it tells no peak of a program that stays


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path, nargs="?")
    parser.add_argument("--afl", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", default=",".join(NAMES))
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    # An edge of AFL++ is one of its own compiler's count, so the engines' numbers are not of one measure.
    engines = (("fuzz", "Fuzzing", "libFuzzer", args.build, search, "over 1 s"), ("fuzz-afl", "Fuzzing with AFL++", "AFL++", args.afl, search_afl, "over 10 s"))
    bad = False
    for place, heading, engine, build, by, slow in engines:
        if not build:
            continue
        rows = [by(build.resolve(), name, args.seconds) for name in args.only.split(",")]
        head = ["door", "seconds", "inputs", "edges reached", "peak MiB", slow, "crashes, leaks, broken promises"]
        table = ["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]]
        print("\n".join([engine, *table]))
        if args.keep:
            results.keep(args.keep, place, heading, (f"`tests/fuzz/run.py --seconds {args.seconds}`", f", load average {os.getloadavg()[0]:.0f}"), table)
        bad |= any(row[-1] or row[-2] for row in rows)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
