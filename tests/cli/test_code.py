# SPDX-License-Identifier: MIT
"""karar code: order, threads, filters, errors, and going on after a kill."""
import csv
import gzip
import io
import json
import os
import signal
import subprocess
import time

import pyarrow
import pyarrow.ipc
import pytest
from conftest import PROGRAM, REPORT

OTHER = REPORT.replace("Norway", "Peru").replace("2021", "2023")


@pytest.fixture(name="corpus")
def corpus_fixture(tmp_path):
    path = tmp_path / "corpus.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number in range(600):
            file.write(json.dumps({"text": REPORT if number % 2 else OTHER, "url": f"u{number}"}) + "\n")
            if number % 100 == 50:
                file.write("{bad\n")
            if number % 10 == 0:
                file.write(json.dumps({"text": "It rained all day.", "url": "dull"}) + "\n")
    return path


def uris(text):
    return [json.loads(line)["document"]["uri"] for line in text.splitlines()]


def test_order_whatever_the_threads(karar, corpus, tmp_path):
    results = []
    for jobs in (1, 2, 7):
        errors = tmp_path / f"errors{jobs}"
        result = karar("code", "--jobs", jobs, "--errors", errors, corpus)
        assert result.code == 3
        results.append((result.bytes, errors.read_bytes()))
    assert results[0] == results[1] == results[2]
    assert uris(results[0][0].decode()) == [f"u{n}" for n in range(600)]
    faults = [json.loads(line) for line in results[0][1].splitlines()]
    assert len(faults) == 6
    unpacked = gzip.open(corpus).read()
    for fault in faults:
        assert unpacked[:fault["byte"]].splitlines()[-1].startswith(b"{bad") or unpacked[fault["byte"]:].startswith(b"{bad")


def test_filters(karar, corpus):
    assert uris(karar("code", "--since", "2022-01-01", corpus).out) == [f"u{n}" for n in range(0, 600, 2)]
    assert uris(karar("code", "--parties", "NOR-CHL", corpus).out) == [f"u{n}" for n in range(1, 600, 2)]
    assert karar("code", "--parties", "NOR,PER", corpus).out == ""
    assert karar("code", "--lang", "hi,ru", corpus).out == ""
    assert len(uris(karar("code", "--lang", "hi,en", "--all", corpus).out)) >= 600


def arrow_rows(content):
    table = pyarrow.ipc.open_stream(pyarrow.BufferReader(content)).read_all()
    table.validate(full=True)
    return table.to_pylist()


def test_arrow_says_what_csv_says(karar, corpus):
    rows = arrow_rows(karar("code", "--format", "arrow", corpus).bytes)
    table = list(csv.DictReader(io.StringIO(karar("code", "--format", "csv", corpus).out)))
    assert len(rows) == len(table) > 1000
    for row, line in zip(rows, table):
        assert (row["uri"], row["claim"], row["status"], row["quote"]) == (line["uri"], line["claim"], line["status"], line["quote"])
        assert " ".join(row["parties"]) == line["parties"] and " ".join(row["sectors"]) == line["sectors"]
        assert (row["date"] or "", row["city"] or "", row["published"]) == (line["date"], line["city"], line["published"])
        assert (row["begin"], row["end"]) == (int(line["begin"]), int(line["end"]))
        assert str(row["ordinal"] or "") == line["ordinal"]
        assert row["kind"] == {"m": "meeting", "i": "instrument", "c": "commitment"}[row["claim"][0]]
        assert row["type"] == (None if row["kind"] == "commitment" else line["type"])


def test_arrow_whatever_the_threads_and_after_a_cut(karar, corpus, tmp_path):
    results = [karar("code", "--format", "arrow", "--jobs", jobs, corpus).bytes for jobs in (1, 3, 8)]
    assert results[0] == results[1] == results[2]
    assert results[0].endswith(b"\xff\xff\xff\xff\x00\x00\x00\x00")
    output = tmp_path / "out.arrow"
    for _ in range(2):      # a second run adds nothing
        karar("code", "--format", "arrow", "--output", output, "--resume", corpus)
        assert output.read_bytes() == results[0]


def test_arrow_of_nothing_and_of_bad_names(karar, tmp_path):
    assert arrow_rows(karar("code", "--format", "arrow", stdin=b"It rained all day.").bytes) == []
    path = os.path.join(os.fsencode(tmp_path), b"r\xffport.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(REPORT)
    rows = arrow_rows(karar("code", "--format", "arrow", tmp_path).bytes)
    assert rows and rows[0]["uri"].endswith("r\ufffdport.txt")
    publisher = '<meta property="og:site_name" content="The Paper">'
    page = f"<html><head>{publisher}</head><body><p>{REPORT}</p></body></html>"
    assert {row["publisher"] for row in arrow_rows(karar("code", "--format", "arrow", stdin=page.encode()).bytes)} == {"The Paper"}


def test_csv(karar, corpus):
    rows = list(csv.DictReader(io.StringIO(karar("code", "--format", "csv", corpus).out)))
    assert {row["uri"] for row in rows} == {f"u{n}" for n in range(600)}
    row = next(row for row in rows if row["uri"] == "u1" and row["type"] == "agreement")
    assert row["status"] == "signed" and set(row["parties"].split()) == {"NOR", "CHL"}
    assert REPORT.encode()[int(row["begin"]):int(row["end"])].decode() == row["quote"]


def test_folder_and_list(karar, tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(5):
        (tmp_path / "in" / f"{number}.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "list").write_text(f"{tmp_path}/in/3.txt\n\n{tmp_path}/in/1.txt\n", encoding="utf-8")
    assert [u[-5] for u in uris(karar("code", tmp_path / "in").out)] == list("01234")
    assert [u[-5] for u in uris(karar("code", "--list", tmp_path / "list").out)] == list("31")


def test_resume_after_a_kill(karar, corpus, tmp_path):
    whole = karar("code", "--errors", tmp_path / "e", corpus)
    output, errors = tmp_path / "out", tmp_path / "err"
    command = [PROGRAM, "code", "--resume", "--output", output, "--errors", errors, corpus]
    for wait in (0.02, 0.05, 0.08, 0.1, 0.15):
        with subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL) as run:
            time.sleep(wait)
            os.kill(run.pid, signal.SIGKILL)
    with open(output, "ab") as file:
        file.write(b"half a li")     # what reached the disk behind the last journal
    assert karar(*command[1:]).code in (0, 3)
    assert output.read_bytes() == whole.bytes
    assert errors.read_bytes() == (tmp_path / "e").read_bytes()
    assert karar("code", "--resume", "--output", output, "--since", "2020-01-01", corpus).code == 2


@pytest.mark.parametrize("arguments", [["--jobs", "0"], ["--jobs", "x"], ["--since", "yesterday"], ["--resume"], ["--format", "xml"]], ids=" ".join)
def test_wrong_usage(karar, corpus, arguments):
    result = karar("code", *arguments, corpus)
    assert result.code == 2 and result.err


def test_missing_inputs_are_named(karar, corpus, tmp_path):
    result = karar("code", tmp_path / "none", corpus)
    assert result.code == 3
    assert "none" in result.err and len(uris(result.out)) == 600
