# SPDX-License-Identifier: MIT
"""karar pack check: faults with file, line and column; a good pack passes with its examples."""
import json
import pathlib
import re
import shutil

import pytest
from conftest import ROOT

PACKS = sorted(path for path in (ROOT / "packs").iterdir() if (path / "pack.conf").exists())


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_our_packs_have_no_fault(karar, folder):
    result = karar("pack", "check", folder)
    assert result.code == 0, result.out + result.err
    assert re.fullmatch(r"\d+ rules, \d+ examples: no fault\n", result.out)


def test_no_such_folder(karar, tmp_path):
    result = karar("pack", "check", tmp_path / "none")
    assert result.code == 3
    assert "none" in result.err


def test_empty_folder(karar, tmp_path):
    assert karar("pack", "check", tmp_path).code in (1, 3)


@pytest.fixture(name="pack")
def pack_fixture(tmp_path):
    """A copy of the English pack, to break."""
    return shutil.copytree(ROOT / "packs" / "en", tmp_path / "en")


def append(path, text):
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)
    return path.read_text(encoding="utf-8").count("\n")


@pytest.mark.parametrize("file, line", [
    ("lexicon/states.tsv", "QQQ\tname\tNowhere\n"),
    ("lexicon/states.tsv", "FRA\tnickname\tGaul\n"),
    ("lexicon/states.tsv", "FRA\n"),
    ("lexicon/sectors.tsv", "gardening\tfield\tgardens\n"),
    ("lexicon/grammar.tsv", "walk\t-\twalks\n"),
    ("lexicon/bodies.tsv", "commission\tboard/no-such-paradigm\n"),
], ids=["code", "role", "cells", "sector", "class", "paradigm"])
def test_fault_names_its_place(karar, pack, file, line):
    number = append(pack / file, line)
    result = karar("pack", "check", pack)
    assert result.code == 1
    assert re.search(rf"^\S*{re.escape(file)}:{number}:\d+: \S", result.out, re.M), result.out
    assert "fault" in result.err


def test_trigger_of_two_rules(karar, pack):
    """Only the first of two rules with the same words would govern: the second is refused, with the words."""
    append(pack / "frames" / "zz.rules", "[en.zz]\ntrigger = sign/verb\ncommitment = agreed\nyes = Both sides agreed on trade.\nno = It rained.\n")
    result = karar("pack", "check", pack)
    assert result.code == 1
    assert "zz.rules:1:1: expected triggers that no other rule has, found `signed` of [en.sign] again" in result.out


def test_example_that_does_not_hold(karar, pack):
    rules = sorted((pack / "frames").glob("*.rules"))[0]
    number = append(rules, "\n[en.example-test]\ntrigger = sneezed\ncommitment = agreed\n"
                           "yes = The weather was fine.\nno = The weather was bad.\n")
    result = karar("pack", "check", pack)
    assert result.code == 1
    assert re.search(rf"{rules.name}:{number - 1}:\d+: .*en\.example-test", result.out), result.out


def test_broken_pack_is_told_when_reading(karar, pack, report):
    append(pack / "lexicon" / "states.tsv", "QQQ\tname\tNowhere\n")
    result = karar("read", "--pack", pack, report)
    assert result.code == 3
    assert "lexicon/states.tsv:" in result.err


def test_broken_pack_keeps_no_other_language_from_being_read(karar, pack, report, tmp_path):
    append(pack / "lexicon" / "states.tsv", "QQQ\tname\tNowhere\n")
    again = tmp_path / "again.txt"
    again.write_bytes(pathlib.Path(report).read_bytes())
    other = ROOT / "samples" / "hi-session-8.txt"
    result = karar("read", "--format", "jsonl", "--pack", pack, report, again, other)
    assert result.code == 3
    assert [json.loads(line)["document"]["uri"] for line in result.out.splitlines()] == [str(other)]
    told = [line for line in result.err.splitlines() if "lexicon/states.tsv:" in line]
    assert len(told) == 2 and str(report) in told[0] and str(again) in told[1]


def test_pack_from_a_folder_reads_the_same(karar, report):
    embedded = karar("read", "--format", "jsonl", report).out
    assert karar("read", "--format", "jsonl", "--pack", ROOT / "packs" / "en", report).out == embedded
