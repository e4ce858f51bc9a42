#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Spark beside one process, and two workers beside one: a cluster on this machine, as tests/spark starts it.

usage: spark.py [--documents N] [--rounds N] [--warm N] [--keep results.md]  (`make bench-spark`: the Python of .venv-spark, the package on its path)

Documents are the samples and tests/own, repeated, in Parquet files: once as they are (1.6 kB), and half as many articles of the usual length, for which
reports of one language are put behind one another until they have ARTICLE bytes. One process does what Spark does: it reads them, makes the
columns and throws them away. The two take turns, after some passes that warm up (a JVM compiles what it runs; the first pass is told): of each pair of
passes the processor's time is taken (of Spark, that of every process of the workers: executors and their Pythons) and the time by the clock, and the
median of what one is of the other is told. So a machine that others use, too, weighs on both. A few documents go before each pass of Spark, for it
ends Pythons that had nothing to do for a minute. Then articles with two cores on two workers.
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

ARTICLE = 3500      # bytes from which on nothing more is put behind a report: 3.5 to 5 kB and more


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


def written(folder, documents):
    """Parquet files, as many as tasks could be."""
    folder.mkdir()
    table = pyarrow.table({"uri": [f"n{n}" for n in range(len(documents))], "text": documents})
    size = -(-len(documents) // 8)
    for part in range(8):
        pyarrow.parquet.write_table(table.slice(part * size, size), folder / f"{part}.parquet")
    return folder


def reports():
    """By language."""
    languages = {}
    for path in sorted([*ROOT.glob("samples/??-*.txt"), *ROOT.glob("tests/own/*/*.txt")]):
        language = path.name[:2] if path.parent.name == "samples" else path.parent.name
        languages.setdefault(language, []).append(path.read_text(encoding="utf-8"))
    return languages


def articles(texts):
    """Beginning with each report, followed by those behind it."""
    for first in range(len(texts)):
        text, number = texts[first], first
        while len(text.encode()) < ARTICLE:
            number += 1
            text += "\n\n" + texts[number % len(texts)]
        yield text


def mixed(languages, count):
    """As many, the languages in turn."""
    found = [texts[n % len(texts)] for n in range(max(map(len, languages))) for texts in languages]
    return [found[n % len(found)] for n in range(count)]


def in_turn(cluster, folder, cores, options):
    """For each round, (processor, clock) of one process and of Spark; and what the first pass of Spark took."""
    session = cluster.session(cores)
    session.sparkContext.setLogLevel("ERROR")
    sessions = {worker.process.pid for worker in cluster.workers}

    def there(frame):
        before, begin = spent(sessions), time.perf_counter()
        karar.spark.claims(frame, uri="uri").write.format("noop").mode("overwrite").save()
        return spent(sessions) - before, time.perf_counter() - begin
    all_of_it = session.read.parquet(str(folder))
    some = session.createDataFrame([(str(n), "Norway and Chile signed an agreement.") for n in range(cores)], "uri string, text string").repartition(cores)
    here(folder)
    cold = there(all_of_it)
    for _ in range(options.warm):
        there(all_of_it)
    found = []
    for _ in range(options.rounds):
        one = here(folder)
        there(some)
        found.append((one, there(all_of_it)))
        print(cores, found[-1], file=sys.stderr, flush=True)
    session.stop()
    return found, cold


def middle(values):
    return statistics.median(values)


def row(how, count, size, rounds):
    return (f"| {how} | {count} of {size / 1000:.1f} kB | {middle(one[0] for one, _ in rounds):.1f} | {middle(many[0] for _, many in rounds):.1f} | "
            f"{100 * (middle(many[0] / one[0] for one, many in rounds) - 1):+.0f} % | "
            f"{1e6 * middle(many[0] - one[0] for one, many in rounds) / count:.0f} | {middle(one[1] for one, _ in rounds):.1f} | "
            f"{middle(many[1] for _, many in rounds):.1f} | {middle(one[1] / many[1] for one, many in rounds):.2f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm", type=int, default=2)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    languages = reports()
    short = mixed(list(languages.values()), options.documents)
    long = mixed([list(articles(texts)) for texts in languages.values()], options.documents // 2)
    sizes = [sum(len(text.encode()) for text in texts) / len(texts) for texts in (short, long)]
    lines = ["| how | documents | one process: processor, s | Spark: processor, s | added | µs a document | one process: clock, s | Spark: clock, s | times as fast |",
             "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folders = [written(folder / "short", short), written(folder / "long", long)]
        cluster = Cluster(folder)
        try:
            found = [in_turn(cluster, folders[n], cores, options) for n, cores in ((0, 1), (1, 1), (1, 2))]
        finally:
            cluster.stop()
    for (rounds, _), how, texts, size in zip(found, ("reports, one core", "articles, one core", "articles, two cores on two workers"),
                                             (short, long, long), (sizes[0], sizes[1], sizes[1])):
        lines.append(row(how, len(texts), size, rounds))
    (first, cold), (second, _) = found[1:]
    lines += ["", f"Median of {options.rounds} pairs of passes in turn, after {options.warm + 1} of Spark that warm up, of which the first took {cold[0]:.1f} s of the "
              f"processor (articles, one core). From one worker to two the processor's time of a document grows by "
              f"{100 * (middle(s[0] / h[0] for h, s in second) / middle(s[0] / h[0] for h, s in first) - 1):.0f} %; "
              f"by the clock two are {middle(h[1] / s[1] for h, s in second) / middle(h[1] / s[1] for h, s in first):.2f} times as fast as one."]
    print("\n".join(lines))
    if options.keep:
        keep(options.keep, "spark", "Spark", ("`make bench-spark`", f" (`--documents {options.documents} --rounds {options.rounds}`), load average {os.getloadavg()[1]:.0f}"), lines)


if __name__ == "__main__":
    main()
