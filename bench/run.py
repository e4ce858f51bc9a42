#!/usr/bin/env python3
"""Measures the reader on this machine: bytes a second with every stage on, start-up, memory.

usage: bench/run.py KARAR [--gold DIR] [--megabytes 100] [--keep FILE]

The corpus of a language is the samples in samples/ and, when they are there, the reports of GOLD/dev, linked again and again under new names
until they weigh so many megabytes: real reports of real length, one document each. Output goes to /dev/null, on one core. Start-up is the
median of 21 runs on the shortest report, next to the same runs of `true`. Memory is the peak resident set of the corpus run.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

ROOT = pathlib.Path(__file__).resolve().parent.parent


def reports_of(lang, gold):
    files = sorted((ROOT / "samples").glob(f"{lang}-*.txt"))
    if gold:
        files += sorted((gold / "dev" / lang).glob("*.txt"))
    return [f.read_bytes() for f in files]


def lay_out(reports, folder, size):
    """Writes each report once, then links it under new names until the folder weighs `size` bytes. Returns bytes and documents."""
    seeds = []
    for i, report in enumerate(reports):
        seed = folder / f"seed-{i}.txt"
        seed.write_bytes(report)
        seeds.append((seed, len(report)))
    total, count = sum(n for _, n in seeds), len(seeds)
    while total < size:
        part = folder / f"{count // 5000:05d}"
        part.mkdir(exist_ok=True)
        seed, n = seeds[count % len(seeds)]
        os.link(seed, part / f"{count}.txt")
        total, count = total + n, count + 1
    return total, count


def run(command):
    """Wall seconds and peak resident kilobytes of one command."""
    begin = time.monotonic()
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(command, stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return time.monotonic() - begin, usage.ru_maxrss


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar", type=pathlib.Path)
    parser.add_argument("--gold", type=pathlib.Path)
    parser.add_argument("--langs", default="en,hi,ru,ur")
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    gold = args.gold if args.gold and args.gold.exists() else None
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rows = []
    for lang in args.langs.split(","):
        with tempfile.TemporaryDirectory() as folder:
            reports = reports_of(lang, gold)
            total, count = lay_out(reports, pathlib.Path(folder), args.megabytes * 1_000_000)
            seconds, kilobytes = run([args.karar, "read", "--format", "jsonl", folder])
            shortest = pathlib.Path(folder, "shortest.txt")
            shortest.write_bytes(min(reports, key=len))
            start = statistics.median(run([args.karar, "read", "--format", "jsonl", shortest])[0] for _ in range(21))
            nothing = statistics.median(run(["true"])[0] for _ in range(21))
        rows.append([lang, f"{total / 1e6:.0f}", f"{count}", f"{total / 1e6 / seconds:.1f}", f"{count / seconds:.0f}",
                     f"{start * 1000:.1f}", f"{nothing * 1000:.1f}", f"{kilobytes / 1024:.0f}"])
    head = ["language", "MB", "documents", "MB/s", "documents/s", "start-up ms", "(`true` ms)", "peak MiB"]
    lines = ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows]]
    print("\n".join(lines))
    if args.keep:
        results.keep(args.keep, "bench", "Speed", ("`make bench`", ", one core, samples and dev reports repeated"), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
