#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Spark beside one process, and two workers beside one: a cluster on this machine, as tests/spark starts it.

usage: spark.py [--documents N] [--rounds N] [--keep results.md]        (`make bench-spark`: the Python of .venv-spark, with the package on its path)

Documents are the samples and tests/own, repeated, in Parquet files. One process does what Spark does: it reads them, makes the columns and throws
them away. The two take turns, after a pass of each that warms up: of each pair of passes the processor's time is taken (of Spark, that of every
process of the workers: executors and their Pythons) and the time by the clock, and the median of what one is of the other is told. So a machine
that others use, too, weighs on both. Then the same with two cores on two workers.
"""
import argparse
import os
import pathlib
import statistics
import sys
import tempfile
import time

import pyarrow
import pyarrow.parquet

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests/spark"), str(ROOT / "tools")]
from conftest import Cluster  # noqa: E402
from results import keep  # noqa: E402

import karar  # noqa: E402
import karar.spark  # noqa: E402


def spent(sessions):
    """Seconds of the processor that processes of these sessions and their ended children have had."""
    ticks = 0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) in sessions:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def here(folder):
    before, begin = time.process_time(), time.perf_counter()
    for path in sorted(folder.glob("*.parquet")):
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(10000):
            reading = karar.read_many(batch.column("text").to_pylist(), uri=batch.column("uri").to_pylist(), threads=1)
            pyarrow.RecordBatchReader.from_stream(reading).read_all()
    return time.process_time() - before, time.perf_counter() - begin


def in_turn(cluster, folder, cores, rounds):
    """For each round, (processor, clock) of one process and of Spark."""
    session = cluster.session(cores)
    session.sparkContext.setLogLevel("ERROR")
    sessions = {worker.process.pid for worker in cluster.workers}

    def there():
        before, begin = spent(sessions), time.perf_counter()
        karar.spark.claims(session.read.parquet(str(folder)), uri="uri").write.format("noop").mode("overwrite").save()
        return spent(sessions) - before, time.perf_counter() - begin
    here(folder)
    there()
    found = []
    for _ in range(rounds):
        found.append((here(folder), there()))
        print(cores, found[-1], file=sys.stderr, flush=True)
    session.stop()
    return found


def row(how, rounds):
    def middle(values):
        return statistics.median(values)
    return (f"| {how} | {middle(one[0] for one, _ in rounds):.1f} | {middle(many[0] for _, many in rounds):.1f} | "
            f"{100 * (middle(many[0] / one[0] for one, many in rounds) - 1):+.0f} % | {middle(one[1] for one, _ in rounds):.1f} | "
            f"{middle(many[1] for _, many in rounds):.1f} | {middle(one[1] / many[1] for one, many in rounds):.2f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted([*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/own/*/*.txt")])]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        table = pyarrow.table({"uri": [f"n{n}" for n in range(options.documents)],
                               "text": [texts[n % len(texts)] for n in range(options.documents)]})
        (folder / "in").mkdir()
        for part in range(8):       # as many tasks
            size = -(-options.documents // 8)
            pyarrow.parquet.write_table(table.slice(part * size, size), folder / "in" / f"{part}.parquet")
        cluster = Cluster(folder)
        try:
            first, second = (in_turn(cluster, folder / "in", cores, options.rounds) for cores in (1, 2))
        finally:
            cluster.stop()
    lines = ["| how | one process: processor, s | Spark: processor, s | added | one process: clock, s | Spark: clock, s | times as fast |",
             "| --- | --- | --- | --- | --- | --- | --- |", row("one core", first), row("two cores on two workers", second), "",
             f"Median of {options.rounds} pairs of passes in turn. From one worker to two the processor's time of a document grows by "
             f"{100 * (statistics.median(s[0] / h[0] for h, s in second) / statistics.median(s[0] / h[0] for h, s in first) - 1):.0f} %; "
             f"by the clock two are {statistics.median(h[1] / s[1] for h, s in second) / statistics.median(h[1] / s[1] for h, s in first):.2f} times "
             "as fast as one."]
    print("\n".join(lines))
    if options.keep:
        keep(options.keep, "spark", "Spark", ("`make bench-spark`", f", {options.documents} documents, load average {os.getloadavg()[1]:.0f}"), lines)


if __name__ == "__main__":
    main()
