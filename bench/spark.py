#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Spark beside one process, and two workers beside one: a cluster on this machine, as tests/spark starts it.

usage: spark.py [--documents N] [--keep results.md]        (`make bench-spark`: the Python of .venv-spark, with the package on its path)

Documents are the samples and tests/own, repeated, in a Parquet file. After a first pass that warms up, the processor's time of every process of
the workers (executors and their Pythons) is taken over one pass with one core, and with two; and the time by the clock. One process does the
same: it reads the file, makes the columns and throws them away.
"""
import argparse
import os
import pathlib
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


def on_spark(cluster, path, cores):
    session = cluster.session(cores)
    session.sparkContext.setLogLevel("ERROR")
    sessions = {worker.process.pid for worker in cluster.workers}

    def once():
        karar.spark.claims(session.read.parquet(str(path)), uri="uri").write.format("noop").mode("overwrite").save()
    once()
    before, begin = spent(sessions), time.perf_counter()
    once()
    found = spent(sessions) - before, time.perf_counter() - begin
    session.stop()
    return found


def here(path):
    def once():
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(10000):
            reading = karar.read_many(batch.column("text").to_pylist(), uri=batch.column("uri").to_pylist(), threads=1)
            pyarrow.RecordBatchReader.from_stream(reading).read_all()
    once()
    before, begin = time.process_time(), time.perf_counter()
    once()
    return time.process_time() - before, time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
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
        whole = folder / "whole.parquet"
        pyarrow.parquet.write_table(table, whole)
        one = here(whole)
        cluster = Cluster(folder)
        try:
            first, second = on_spark(cluster, folder / "in", 1), on_spark(cluster, folder / "in", 2)
        finally:
            cluster.stop()
    lines = ["| how | processor, s | beside one process | clock, s |", "| --- | --- | --- | --- |",
             f"| one process, one thread | {one[0]:.1f} | | {one[1]:.1f} |",
             f"| Spark, one core | {first[0]:.1f} | {100 * (first[0] / one[0] - 1):+.0f} % | {first[1]:.1f} |",
             f"| Spark, two cores on two workers | {second[0]:.1f} | {100 * (second[0] / one[0] - 1):+.0f} % | {second[1]:.1f} |"]
    print("\n".join(lines))
    if options.keep:
        keep(options.keep, "spark", "Spark", ("`make bench-spark`", f", {options.documents} documents, load average {os.getloadavg()[1]:.0f}"), lines)


if __name__ == "__main__":
    main()
