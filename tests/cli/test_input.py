# SPDX-License-Identifier: MIT
"""Bad input is told with its name and the byte, and never stops the good."""
import json
import os
import subprocess

import pytest
import records
from conftest import PROGRAM, REPORT


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", "\u00a0\u2003\n".encode()], ids=["empty", "blank", "mark", "spaces"])
def test_nothing_to_read(karar, tmp_path, content):
    path = write(tmp_path, "empty.txt", content)
    result = karar("read", path)
    assert result.code == 3
    assert result.out == ""
    assert result.err.startswith(f"karar: {path}: ")


def test_folder_without_files(karar, tmp_path):
    (tmp_path / "inner").mkdir()
    result = karar("read", tmp_path)
    assert result.code == 1
    assert str(tmp_path) in result.err
    assert karar("read", "--format", "json", tmp_path).json() == []


def test_binary(karar, tmp_path):
    result = karar("read", write(tmp_path, "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20))
    assert result.code == 3
    assert "picture.png" in result.err


def test_nul_bytes(karar, tmp_path):
    path = write(tmp_path, "nul.txt", b"Norway and Chile\0 signed an agreement.\n")
    result = karar("read", path)
    assert result.code == 3
    assert str(path) in result.err


@pytest.mark.parametrize("bad", [b"\xff", b"\xc0\xaf", b"\xe0\xa4", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"],
                         ids=["ff", "overlong", "cut", "surrogate", "too-high"])
def test_invalid_utf8_names_the_byte(karar, tmp_path, bad):
    good = "रूस और Norway met. ".encode()
    path = write(tmp_path, "bad.txt", good + bad + b" and went on.\n")
    result = karar("read", path)
    assert result.code == 3
    assert result.err.startswith(f"karar: {path}: ")
    assert f"(byte {len(good)})" in result.err


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark(karar, tmp_path, validator, codec):
    content = ("\ufeff" + REPORT).encode(codec)
    record = karar("read", "--format", "json", write(tmp_path, "wide.txt", content)).json()
    validator.validate(record)
    assert {p["id"] for p in record["parties"]} == {"NOR", "CHL"}
    for _, piece in records.evidence(record):
        assert piece["quote"] in REPORT


def test_byte_order_mark_stays_in_the_offsets(karar, tmp_path, validator):
    stored = b"\xef\xbb\xbf" + REPORT.encode()
    record = karar("read", "--format", "json", write(tmp_path, "marked.txt", stored)).json()
    records.check(record, stored, validator)


def test_composed_and_decomposed_offsets(karar, tmp_path, validator):
    stored = REPORT.replace("Tuesday", "Tuesday in the Cafe\u0301 Ma\u0308rz").encode()
    record = karar("read", "--format", "json", write(tmp_path, "marks.txt", stored)).json()
    records.check(record, stored, validator)
    assert record["instruments"]


def test_bidirectional_controls_are_harmless(karar, tmp_path, validator):
    stored = REPORT.replace("Chile", "\u202eChile").replace("fisheries", "\u2067fisheries").encode()
    path = write(tmp_path, "bidi.txt", stored)
    records.check(karar("read", "--format", "json", path).json(), stored, validator)
    shown = karar("read", path).out
    for control in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067":
        assert control not in shown


def test_control_characters_do_not_reach_the_terminal(karar, tmp_path):
    path = write(tmp_path, "escape.txt", REPORT.replace("Oslo on", "\x1b[31mOslo\x1b[0m on").encode())
    result = karar("read", path)
    assert "\x1b" not in result.out + result.err


def test_missing_file(karar, tmp_path):
    result = karar("read", tmp_path / "none.txt")
    assert result.code == 3
    assert "none.txt" in result.err
    assert "No such file" in result.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(karar, report):
    report.chmod(0)
    result = karar("read", report)
    assert result.code == 3
    assert "Permission denied" in result.err


def test_others_are_still_read(karar, tmp_path, report):
    bad = write(tmp_path, "bad.txt", b"\xff\xfe\xff")
    result = karar("read", "--format", "jsonl", bad, tmp_path / "none.txt", report)
    assert result.code == 3
    assert [json.loads(line)["document"]["uri"] for line in result.out.splitlines()] == [str(report)]
    assert len(result.err.splitlines()) == 2


def test_file_name_with_controls(karar, tmp_path):
    path = write(tmp_path, "a\x1b[31m\n.txt", b"")
    result = karar("read", path)
    assert "\x1b" not in result.err
    assert len(result.err.splitlines()) == 1


def test_long_line_without_blanks(karar, tmp_path):
    result = karar("read", write(tmp_path, "long.txt", b"a" * 300_000 + b" Norway met Chile."))
    assert result.code == 0


def test_full_disk(report):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([PROGRAM, "read", report], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 4
    assert b"standard output: No space left" in done.stderr


@pytest.mark.parametrize("arguments", [["help"], ["version"], ["read", "--format", "json"], ["why"]], ids=lambda a: a[0])
def test_closed_pipe_is_quiet(report, arguments):
    operands = {"read": [str(report)], "why": [str(report), "PAK"]}.get(arguments[0], [])
    if arguments[0] == "why":
        operands[1] = "NOR"
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run([PROGRAM, *arguments, *operands], stdout=write_end, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(write_end)
    assert done.stderr == b""
    assert done.returncode == 0


def test_standard_input(karar):
    result = karar("read", "--format", "json", "-", stdin=REPORT.encode())
    assert result.json()["document"]["uri"] == "-"
    assert result.json() == karar("read", "--format", "json", stdin=REPORT.encode()).json()


def test_a_chair_beside_a_telephone_call_chairs_nothing(karar):
    text = ("OSLO, 4 May 2021: Norwegian Foreign Minister Anna Berg spoke by telephone with Chilean Foreign Minister Luis Soto on Monday about "
            "fisheries. Olga Lund, who chairs the council of ports, welcomed it.\n")
    record = karar("read", "--format", "json", stdin=text.encode()).json()
    assert [(meeting["type"], meeting["chairs"]) for meeting in record["meetings"]] == [("call", [])]
