# SPDX-License-Identifier: MIT
"""Commands, options, exit codes and help."""
import json

import pytest
from conftest import REPORT, ROOT

COMMANDS = ["read", "code", "why", "pack", "help", "version"]


def test_version(karar):
    result = karar("--version")
    assert result.code == 0
    assert result.out.startswith("karar 0.")
    assert result.out == karar("version").out


def test_help_lists_every_command(karar):
    result = karar("--help")
    assert result.code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in result.out
    assert result.out == karar("help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(karar, command):
    result = karar(command, "--help")
    assert result.code == 0
    assert result.out.startswith(f"usage: karar {command}")
    assert "Examples\n" in result.out
    assert result.out == karar("help", command).out == karar(command, "-h").out
    assert all(len(line) <= 100 for line in result.out.splitlines())


def test_help_of_read_names_its_options(karar):
    text = karar("read", "--help").out
    for option in ("--format", "--lang", "--date", "--pack", "--explain", "--color", "--help"):
        assert f"\n  {option}" in text


def test_manual_names_every_option_and_exit_code(karar):
    manual = (ROOT / "docs" / "manual" / "cli.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        for line in karar(command, "--help").out.splitlines():
            if line.startswith("  --"):
                assert line.split()[0] in manual
    for code in range(5):
        assert f"| {code} |" in manual


@pytest.mark.parametrize("arguments", [
    [], ["nothing"], ["read", "--nothing", "x"], ["read", "--format"], ["read", "--format", "xml", "x"], ["read", "-x"],
    ["read", "--explain=yes", "x"], ["why"], ["why", "x"], ["why", "a", "b", "c"], ["pack"], ["pack", "make", "x"], ["help", "nothing"],
], ids=" ".join)
def test_wrong_usage(karar, arguments):
    result = karar(*arguments)
    assert result.code == 2
    assert result.err or not arguments


@pytest.mark.parametrize("arguments", [["--date", "27.11.2025"], ["--date", "2025-13"], ["--lang", "xx-none"]], ids=" ".join)
def test_wrong_values(karar, report, arguments):
    result = karar("read", *arguments, report)
    assert result.code == 2
    assert arguments[1] in result.err


def test_option_forms(karar, report):
    expected = karar("read", "--format", "jsonl", report).out
    assert karar("read", "--format=jsonl", report).out == expected
    assert karar("read", report, "--format", "jsonl").out == expected
    assert karar("read", "--format", "jsonl", "--", report).out == expected


def test_several_files_make_an_array(karar, tmp_path, report):
    other = tmp_path / "other.txt"
    other.write_text(REPORT, encoding="utf-8")
    assert isinstance(karar("read", "--format", "json", report).json(), dict)
    for operands in ([report, other], [tmp_path]):
        array = karar("read", "--format", "json", *operands).json()
        assert sorted(r["document"]["uri"] for r in array) == sorted(map(str, (report, other)))
    lines = karar("read", "--format", "jsonl", tmp_path).out.splitlines()
    assert [json.loads(line) for line in lines] == karar("read", "--format", "json", tmp_path).json()


def test_array_of_unreadable_files_is_empty(karar, tmp_path):
    result = karar("read", "--format", "json", tmp_path / "a", tmp_path / "b")
    assert result.code == 3
    assert result.json() == []


def test_date_of_the_report(karar, tmp_path):
    path = tmp_path / "undated.txt"
    path.write_text("Norway and Chile signed an agreement on fisheries.\n", encoding="utf-8")
    assert karar("read", "--format", "json", path).json()["document"]["published"] is None
    dated = karar("read", "--format", "json", "--date", "2021-05-04", path).json()
    assert dated["document"]["published"] == "2021-05-04"


def test_colour(karar, report):
    assert "\x1b[" not in karar("read", report, env={"TERM": "xterm"}).out
    assert "\x1b[" in karar("read", "--color", "always", report).out
    assert "\x1b[" in karar("read", "--color=always", report, env={"NO_COLOR": "1"}).out
    assert "\x1b[" not in karar("read", "--color", "never", report).out


def test_text_fits_the_page(karar):
    for path in sorted((ROOT / "samples").glob("en-*.txt")):
        for line in karar("read", path).out.splitlines():
            assert len(line) <= 80, line


def test_explain_shows_every_layer(karar, report):
    text = karar("read", "--explain", report).out
    for layer in ("paragraphs", "sentences", "spans", "mentions", "frames", "claims"):
        assert f"# {layer}\n" in text
    assert text == karar("read", "--explain", report).out


# ---- why ------------------------------------------------------------------------------------------------------------------
def test_why_for_every_claim(karar, report):
    record = karar("read", "--format", "json", report).json()
    ids = [c["id"] for name in ("parties", "people", "bodies", "meetings", "instruments", "commitments") for c in record[name]]
    assert ids
    for ident in ids:
        result = karar("why", report, ident)
        assert result.code == 0, result.err
        assert result.out.startswith(ident + " ")
        assert "says so:\n" in result.out


def test_why_names_rule_and_line(karar, report):
    instrument = karar("why", report, "i1").out
    assert "because:\n" in instrument
    assert ".rules:" in instrument


@pytest.mark.parametrize("claim", ["m99", "c0", "x1", "ZZZ", "m", "m-1", "i1x", ""])
def test_why_of_no_claim(karar, report, claim):
    result = karar("why", report, claim)
    assert result.code == 1
    assert result.out == ""
    assert result.err


def test_why_of_no_file(karar, tmp_path):
    assert karar("why", tmp_path / "none", "m1").code == 3


def test_why_tells_what_is_missing(karar, tmp_path):
    report = tmp_path / "r.txt"
    report.write_text("SEOUL, 14 September 2021: South Korea and Australia signed an agreement on education in Seoul. The ministers admired a "
                      "hammock.\n", encoding="utf-8")
    assert "in no lexicon and no rule" in karar("why", report, "hammock").out
    assert "it is part of i1" in karar("why", report, "agreement").out
    assert karar("why", report, "zebra").code == 1
    page = ROOT / "samples" / "hi-session-10-page.txt"
    assert "page furniture" in karar("why", page, "टिप्पणी").out
    empty = tmp_path / "e.txt"
    empty.write_text("SEOUL, 14 September 2021: Rain fell on South Korea on Tuesday and farmers were glad of it.\n", encoding="utf-8")
    assert "two parties at least" in karar("why", empty, "farmers").out


def test_why_of_a_meeting_tells_when_where_and_who(karar, tmp_path):
    report = tmp_path / "r.txt"
    report.write_text("OSLO, 4 May 2021: The third session of the Norway-Chile Joint Commission was held in Oslo on Monday. It was co-chaired "
                      "by Foreign Minister Kari Holm of Norway and Chilean Foreign Minister Luis Rojas.\n", encoding="utf-8")
    told = karar("why", report, "m1").out.splitlines()
    assert any(line.startswith('when: "Monday", bytes 93-99, weighs +') and "same-clause" in line for line in told)
    assert any(line.startswith('where: "Oslo", bytes 85-89, weighs +') and "nearest" in line for line in told)
    assert 'chairs: p1 "Kari Holm"' in told and 'chairs: p2 "Luis Rojas"' in told
    assert any(line.endswith(": meeting = held") for line in told)
    assert any("role = chair" in line for line in told)


WHY_REPORT = ("OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries in Oslo on Tuesday. Foreign Minister Kari Holm of Norway "
              "met Chilean Foreign Minister Luis Rojas. The ministers discussed customs, which are known to hamper fishing. They did not "
              "sign a protocol. They want cooperation on tidal eddies. Lima is far away from educatoin.\n")


@pytest.mark.parametrize("words, told", [
    ("agreement", ["it is part of i1 instrument agreement signed", 'governed by "signed" (rule en.sign', "instrument = signed"]),
    ("fisheries", ["is in sectors as agriculture", "no claim of its own: it is what a document is about"]),
    ("protocol", ["negated: instrument = signed", "under this tense or negation there is none"]),
    ("fishing", ["no trigger governs it", 'not "discussed"', "its clause ends before", "a rule with `commitment` must govern it"]),
    ("discussed", ['"discussed" governs "customs" (topic)']),
    ("eddies", ["in no lexicon and no rule"]),
    ("educatoin", ['written nearly so: "education"', "lexicon/"]),
    ("Lima", ["is read as place: Lima PER", "no meeting's place: no word or ending beside it"]),
    ("Oslo", ["the place of m1", "the place of the dateline"]),
    ("Tuesday", ["within the date of i1"]),
    ("Kari Holm", ["takes part in m1", "chairs nothing"]),
    ("Norway", ["party of m1 i1"]),
    ("Hol", ['a part of "Holm": ask for the whole word']),
])
def test_why_follows_the_reading(karar, tmp_path, words, told):
    report = tmp_path / "r.txt"
    report.write_text(WHY_REPORT, encoding="utf-8")
    result = karar("why", report, words)
    assert result.code == 0, result.err
    for text in told:
        assert text in result.out


def test_what_is_to_be_done_later_does_not_date_a_signature(karar, tmp_path):
    report = tmp_path / "r.txt"
    report.write_text("NAIROBI, 14 May 2025: Kenya and Vietnam signed a memorandum on tea and agreed to open direct flights by the end of 2026.\n",
                      encoding="utf-8")
    record = json.loads(karar("read", "--format", "jsonl", report).out)
    assert [(one["kind"], one["status"], one["date"]) for one in record["instruments"]] == [("mou", "signed", None)]
    assert [one["deadline"] for one in record["commitments"]] == ["2026"]
