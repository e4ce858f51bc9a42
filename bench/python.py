#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Python beside the engine alone.

usage: python.py BUILD [--documents N] [--rounds N] [--counted N] [--framed N] [--keep results.md]

BUILD is a release build with the Python package (`make bench-python`). Documents are the samples and tests/own, repeated, all in memory; one
thread; time of the processor, the least of many short passes, by the two programs in turn: on a machine that others use, too, long passes are never
left alone, and the least of few of them told 12 % where the least of many short ones tells 2. `engine` is bench/engine_time.c over the same static library: it reads
each document and writes its JSON line or its row of columns, and throws them away. Start-up is a process of its own, the median of twenty.
`instructions` counts, by callgrind, what a further pass over N documents takes (0: they are not counted). The two
lines of the manual go over N documents (100,000) of a pandas frame by as many threads as there are processors, once.
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from results import keep  # noqa: E402

PASSES = 25     # of a process, in each round
WAYS = {
    "records, `for record in karar.read_many(texts)`": ("jsonl", "sum(1 for _ in karar.read_many(texts, threads=1))"),
    "records with their objects, `record.claims` of each": ("jsonl", "sum(len(r.claims) for r in karar.read_many(texts, threads=1))"),
    "columns, `pyarrow.table(karar.read_many(texts))`": ("batch", "pyarrow.table(karar.read_many(texts, threads=1)).num_rows"),
}
CODE = """
import karar, pyarrow, sys, time
texts, data, at = [], open(sys.argv[1], "rb").read(), 0
while at < len(data):
    end = data.index(b"\\n", at)
    length = int(data[at:end])
    texts.append(data[end + 1:end + 1 + length].decode())
    at = end + 1 + length
list(karar.read_many(texts[:len(texts) // 10 + 1], threads=1))
for _ in range(int(sys.argv[2])):
    begin = time.process_time()
    found = {way}
    print(time.process_time() - begin)
"""


FRAMED = """
import karar, pandas, pathlib, pyarrow, resource, sys, time
texts = [pathlib.Path(path).read_text(encoding="utf-8") for path in sys.argv[2:]]
count = int(sys.argv[1])
articles = pandas.DataFrame({"url": [f"n{n}" for n in range(count)], "text": [texts[n % len(texts)] for n in range(count)],
                             "day": pandas.Timestamp("2025-11-28")})
spent, begin = time.process_time(), time.perf_counter()
reading = karar.read_many(articles["text"], date=articles["day"], uri=articles["url"])
claims = pyarrow.table(reading).to_pandas()
print(f"Two lines of pandas over {count:,} documents: {len(claims):,} claims, {time.process_time() - spent:.0f} s of the processor, "
      f"{time.perf_counter() - begin:.0f} by the clock, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB at most, texts and claims with it.")
"""


def once(*command, environment=None):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True, env=environment)
    return done.stdout.decode().split()


def instructions(folder, *command, environment=None):
    """Of one pass: what three passes take beside one, halved."""
    counts = []
    for passes in (1, 3):
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind", *map(str, command), str(passes)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, env=environment)
        counts.append(int(re.search(r"Collected : (\d+)", done.stderr.decode())[1]))
    return (counts[1] - counts[0]) / 2


def write_documents(path, reports, count):
    size = 0
    with open(path, "wb") as file:
        for number in range(count):
            report = reports[number % len(reports)]
            file.write(b"%d\n" % len(report) + report)
            size += len(report)
    return size


def start_up(environment, code):
    """Seconds of the processor, and by the clock."""
    def spent():
        before, begin = os.times(), time.perf_counter()
        once(sys.executable, "-c", code, environment=environment)
        after = os.times()
        return after[2] + after[3] - before[2] - before[3], time.perf_counter() - begin
    runs = [spent() for _ in range(20)]
    return [statistics.median(run[i] for run in runs) for i in (0, 1)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=624)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--counted", type=int, default=300)
    parser.add_argument("--framed", type=int, default=100_000)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    build = options.build.resolve()
    environment = {"PYTHONPATH": str(build / "python"), "PATH": "/usr/bin:/bin"}
    reports = [path.read_bytes().decode().encode() for path in sorted([*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/own/*/*.txt")])]
    lines = ["| what | engine, s | Python, s | added | instructions added | documents/s | MB/s |", "| --- | --- | --- | --- | --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        size = write_documents(folder / "documents", reports, options.documents)
        write_documents(folder / "few", reports, options.counted)
        private = re.search(r"^Requires\.private: (.*)$", (build / "meson-private" / "karar.pc").read_text(encoding="utf-8"), re.M)[1]
        needed = subprocess.run(["pkg-config", "--libs", *[one.split()[0] for one in private.split(",")]], stdout=subprocess.PIPE, check=True)
        needed = [*needed.stdout.decode().split(), "-lstdc++", "-pthread", "-lm"]
        program = folder / "engine_time"
        subprocess.run(["cc", "-O2", "-o", program, ROOT / "bench/engine_time.c", f"-I{ROOT}/include", build / "libkarar.a", *needed], check=True)
        for what, (form, way) in WAYS.items():
            engine, python = [], []
            for _ in range(options.rounds):
                engine += map(float, once(program, folder / "documents", form, PASSES)[::2])
                python += map(float, once(sys.executable, "-c", CODE.format(way=way), folder / "documents", PASSES, environment=environment))
            more = "–"
            if options.counted:
                counted = [instructions(folder, program, folder / "few", form),
                           instructions(folder, sys.executable, "-c", CODE.format(way=way), folder / "few", environment=environment)]
                more = f"{100 * (counted[1] / counted[0] - 1):+.1f} %"
            lines.append(f"| {what} | {min(engine):.3f} | {min(python):.3f} | {100 * (min(python) / min(engine) - 1):+.0f} % | "
                         f"{more} | {options.documents / min(python):.0f} | "
                         f"{size / 1e6 / min(python):.1f} |")
            print(lines[-1], flush=True)
    bare, whole = start_up(environment, "pass"), start_up(environment, "import karar")
    lines += ["", f"`import karar`: {1000 * (whole[0] - bare[0]):.0f} ms of the processor, {1000 * (whole[1] - bare[1]):.0f} by the clock, beside the "
              f"{1000 * bare[0]:.0f} and {1000 * bare[1]:.0f} of Python itself."]
    wheels = list((ROOT / "dist").glob("*.whl"))
    if wheels:
        lines[-1] += f" Wheel (`make wheel`): {wheels[0].stat().st_size / 1e6:.1f} MB, {'' if '-abi3-' in wheels[0].name else 'not '}for every Python from 3.11."
    paths = sorted([*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/own/*/*.txt")])
    lines += ["", " ".join(once(sys.executable, "-c", FRAMED, options.framed, *paths, environment=environment))]
    print("\n".join(lines[-3:]))
    if options.keep:
        keep(options.keep, "python", "Python",
             ("`make bench-python`", f", {options.documents} documents of {size / options.documents / 1000:.1f} kB, the least of "
                                     f"{options.rounds * PASSES} passes, load average {os.getloadavg()[1]:.0f}"),
             lines)


if __name__ == "__main__":
    main()
