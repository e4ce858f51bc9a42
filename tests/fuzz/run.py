#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lets libFuzzer search every door for a time and keeps a table of what was run.

usage: run.py BUILD [--seconds 60] [--only read,source] [--keep FILE]

BUILD is what `make fuzz` builds: clang with the sanitizers for addresses and undefined behaviour. What a search finds interesting is kept in
BUILD/corpus and searched on from next time; an input that crashes, leaks, takes more than a second or too much memory goes to BUILD/found, and
the run ends with 1.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

NAMES = ("read", "source", "encoding", "feed", "name", "pack", "ask", "record", "http", "pdf")
MEGABYTES = 1024        # of a process under a sanitizer, engine and packs with it
LONGEST = {"name": 400, "ask": 1000, "pdf": 2000, "record": 20000, "http": 20000}


def search(build, name, seconds):
    corpus, found = build / "corpus" / name, build / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    words = HERE / "words" / f"{name}.dict"
    command = [build / "tests" / "fuzz" / f"fuzz_{name}", f"-max_total_time={seconds}", "-timeout=10", "-report_slow_units=1", f"-rss_limit_mb={MEGABYTES}",
               f"-max_len={LONGEST.get(name, 65536)}", f"-artifact_prefix={found}/{name}-", "-print_final_stats=1", corpus, HERE / "seeds" / name]
    if words.exists():
        command.insert(1, f"-dict={words}")
    environment = {**os.environ, "KARAR_ROOT": str(HERE.parent.parent)}
    print(f"{name}: {seconds} s", file=sys.stderr, flush=True)
    run = subprocess.run(list(map(str, command)), stderr=subprocess.PIPE, env=environment, check=False)
    log = run.stderr.decode("utf-8", "replace")
    (build / f"fuzz-{name}.log").write_text(log, encoding="utf-8")

    def number(pattern):
        hits = re.findall(pattern, log)
        return int(hits[-1]) if hits else 0
    inputs = number(r"stat::number_of_executed_units: *(\d+)")
    slow = len(list(found.glob(f"{name}-slow-unit-*")))
    bad = len([path for path in found.glob(f"{name}-*") if "slow-unit" not in path.name])
    return [name, seconds, f"{inputs:,}", number(r"cov: (\d+)"), number(r"stat::peak_rss_mb: *(\d+)"), number(r"stat::slowest_unit_time_sec: *(\d+)"),
            slow, bad if run.returncode == 0 else max(bad, 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", default=",".join(NAMES))
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    rows = [search(args.build.resolve(), name, args.seconds) for name in args.only.split(",")]
    head = ["door", "seconds", "inputs", "edges reached", "peak MiB", "slowest input, s", "over 1 s", "crashes, leaks, broken promises"]
    table = ["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]]
    print("\n".join(table))
    if args.keep:
        results.keep(args.keep, "fuzz", "Fuzzing", ("`make fuzz`", ""), table)
    return 1 if any(row[-1] or row[-2] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
