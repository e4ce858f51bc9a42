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
