# SPDX-License-Identifier: MIT
"""karar.spark on a real cluster: text, JSON and WARC give what one process gives; a worker that is killed loses nothing."""
import glob
import gzip
import json
import re
import signal
import threading
import time

import dask.dataframe
import pandas
import pyarrow
import pytest
from conftest import ROOT

import karar
import karar.spark

REPORTS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("samples/*.txt"))]
COUNT = 3000


def rows_of(frame):
    """Rows as dicts in one order."""
    return sorted((row.asDict() for row in frame.collect()), key=lambda row: (row["uri"], row["claim"] or ""))


def rows_here(texts, **told):
    rows = pyarrow.table(karar.read_many(texts, threads=1, **told)).to_pylist()
    return sorted(({**row, "error": None} for row in rows), key=lambda row: (row["uri"], row["claim"]))


def corpus(count=COUNT):
    return [(f"n{number:05d}", REPORTS[number % len(REPORTS)]) for number in range(count)]


def test_text(spark):
    many = corpus(300)
    frame = spark.createDataFrame(many, "url string, body string").repartition(7)
    want = rows_here([text for _, text in many], uri=[uri for uri, _ in many])
    claims = karar.spark.claims(frame, "body", uri="url")
    assert claims.columns == [part.split()[0] for part in karar.spark.SCHEMA.split(", ")]
    assert rows_of(claims) == want and len(want) > 300


def test_what_cannot_be_read_is_a_row(spark):
    frame = spark.createDataFrame([("a", "", None), ("b", REPORTS[0], "2020-01-01"), ("c", None, None), ("d", "x", "yesterday")],
                                  "uri string, text string, date string")
    rows = rows_of(karar.spark.claims(frame, uri="uri", date="date"))
    assert {row["uri"] for row in rows if row["error"]} == {"a", "d"}
    assert all(row["kind"] is None for row in rows if row["error"])
    assert "c" not in {row["uri"] for row in rows}


def test_json(spark, tmp_path):
    for part in range(3):
        with gzip.open(tmp_path / f"part{part}.json.gz", "wt", encoding="utf-8") as file:
            for uri, text in corpus(90)[part::3]:
                file.write(json.dumps({"url": uri, "day": "2025-11-27", "body": text}) + "\n")
    frame = spark.read.json(str(tmp_path))
    want = rows_here([text for _, text in corpus(90)], uri=[uri for uri, _ in corpus(90)], date="2025-11-27")
    assert rows_of(karar.spark.claims(frame, "body", uri="url", date="day")) == want


def warc(path, many):
    """Responses as a crawler keeps them, a gzip member each."""
    with open(path, "wb") as file:
        for uri, text in many:
            page = f"<html><head><title>T</title></head><body><article><p>{text}</p></article></body></html>".encode()
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/{uri}\r\nWARC-Date: 2025-11-27T00:00:00Z\r\n"
                    f"WARC-Record-ID: <urn:uuid:{uri}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n")
            file.write(gzip.compress(head.encode() + answer + b"\r\n\r\n"))


def test_warc(spark, tmp_path):
    many = corpus(60)
    paths = [tmp_path / f"part{part}.warc.gz" for part in range(2)]
    for part, path in enumerate(paths):
        warc(path, many[part::2])
    want = sorted((row for path in paths for row in pyarrow.table(karar.read_many(karar.Source(path))).to_pylist()),
                  key=lambda row: (row["uri"], row["claim"]))
    want = [{**row, "error": None} for row in want]
    assert len({row["uri"] for row in want}) > 30
    assert rows_of(karar.spark.claims_of_files(spark, map(str, paths))) == want
    contents = spark.read.format("binaryFile").load(str(tmp_path / "*.gz"))
    assert rows_of(karar.spark.claims_of_contents(contents)) == want
    missing = rows_of(karar.spark.claims_of_files(spark, [str(tmp_path / "none.warc.gz")]))
    assert [row["uri"] for row in missing] == [str(tmp_path / "none.warc.gz")] and missing[0]["error"]


def test_a_killed_worker_loses_nothing(cluster, spark, tmp_path):
    """One worker is killed with all its processes while both are at work; the rows are those of one process."""
    many = corpus()
    output = tmp_path / "claims"
    frame = spark.createDataFrame(many, "url string, text string").repartition(60)
    want = rows_here([text for _, text in many], uri=[uri for uri, _ in many])
    failed = []

    def work():
        try:
            karar.spark.claims(frame, uri="url").write.parquet(str(output))
        except Exception as error:  # pylint: disable=broad-except
            failed.append(error)
    thread = threading.Thread(target=work)
    thread.start()
    tracker, killed = spark.sparkContext.statusTracker(), None
    while thread.is_alive() and killed is None:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        if any(stage and stage.numTasks == 60 and 6 <= stage.numCompletedTasks <= 50 for stage in stages):
            killed = max(stage.numCompletedTasks for stage in stages if stage)
            cluster.workers[0].stop(signal.SIGKILL)
        time.sleep(0.01)
    thread.join()
    assert killed is not None, "the work was done before a worker could be killed"
    assert not failed, failed
    assert rows_of(spark.read.parquet(str(output))) == want
    assert cluster.workers[0].process.returncode == -signal.SIGKILL and cluster.workers[1].process.poll() is None
    cluster.workers.pop(0)
    cluster.add_worker(9)
    cluster.wait_for(2)


def examples():
    page = (ROOT / "docs/manual/spark.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)


def test_the_manuals_examples(spark, tmp_path):
    """Each block but Dask's, over folders of this machine in the place of its addresses."""
    many = corpus(30)
    (tmp_path / "news").mkdir()
    with gzip.open(tmp_path / "news" / "a.json.gz", "wt", encoding="utf-8") as file:
        for uri, text in many:
            file.write(json.dumps({"url": uri, "day": "2025-11-27", "body": text}) + "\n")
    warc(tmp_path / "a.warc.gz", many)
    places = {"hdfs:///news/*.json.gz": "news/*.json.gz", "hdfs:///claims": "claims", "/shared/crawl/*.warc.gz": "*.warc.gz", "s3a://crawl/*.warc.gz": "*.warc.gz"}
    names, found = {"spark": spark, "glob": glob, "karar": karar}, []
    for block in examples():
        if "dask" in block:
            continue
        for there, here in places.items():
            block = block.replace(f'"{there}"', repr(str(tmp_path / here)))
        assert "//" not in block, block
        exec(block, names)
        found.append(rows_of(names["claims"]))
    want = rows_here([text for _, text in many], uri=[uri for uri, _ in many], date="2025-11-27")
    assert found[0] == want == rows_of(spark.read.parquet(str(tmp_path / "claims")))
    assert len(found) == 3 and found[1] == found[2] and len({row["uri"] for row in found[1]}) > 15


def test_dask(tmp_path):
    """The manual's example."""
    many = corpus(200)
    frame = pandas.DataFrame(many, columns=["url", "text"])
    dask.dataframe.from_pandas(frame, npartitions=4).to_parquet(tmp_path / "news")
    example = next(block for block in examples() if "dask" in block)
    exec(example.replace('"news/"', repr(str(tmp_path / "news"))).replace('"claims/"', repr(str(tmp_path / "claims"))), {})
    rows = pandas.read_parquet(tmp_path / "claims")
    want = rows_here([text for _, text in many], uri=[uri for uri, _ in many])
    assert sorted(zip(rows["uri"], rows["claim"])) == [(row["uri"], row["claim"]) for row in want]


@pytest.mark.parametrize("name", ["claims", "claims_of_files", "claims_of_contents"])
def test_is_documented(name):
    assert name in (ROOT / "docs/manual/spark.md").read_text(encoding="utf-8") and getattr(karar.spark, name).__doc__
