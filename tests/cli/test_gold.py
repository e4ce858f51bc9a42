# SPDX-License-Identifier: MIT
"""People's decisions as gold answers: what is in them, and that the scorer takes them."""
import json
import pathlib
import subprocess
import sys

import jsonschema
import pytest
from conftest import ROOT, run

SCORE = ROOT.parent / "shared" / "gold" / "score.py"
CODES = {"type": "string", "pattern": "^[a-z][a-z-]*$"}
PARTIES = {"type": "array", "items": {"type": "string", "pattern": "^[A-Z][A-Z0-9]+$"}}
NAMED = {"type": ["string", "null"]}


def closed(**members):
    return {"type": "object", "additionalProperties": False, "required": list(members), "properties": members}


def several(**members):
    return {"type": "array", "items": closed(**members)}


SCHEMA = closed(
    id={"type": "string", "minLength": 1}, lang=CODES, uri={"type": "string"}, parties=PARTIES, people=several(name={"type": "string"}, office=NAMED, party=NAMED),
    meetings=several(type=CODES, status=CODES, ordinal={"type": ["integer", "null"]}, parties=PARTIES, date=NAMED, city=NAMED, country=NAMED,
                     chairs={"type": "array", "items": {"type": "string"}}),
    instruments=several(kind=CODES, status=CODES, count={"type": "integer", "minimum": 1}, parties=PARTIES, sectors={"type": "array", "items": CODES}),
    commitments=several(sector=CODES, stance=CODES))


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "karar.db"
    assert run("add", "--register", path, *sorted((ROOT / "samples").glob("*.txt"))).code == 0
    return path


def decide(register, *arguments):
    done = run("decide", "--register", register, *arguments, "--reason", "r", "--author", "R")
    assert done.code == 0, done.err


def documents(register):
    return {pathlib.PurePath(row["source"]).stem: row["document"] for row in run("documents", "--register", register, "--format", "json").json()}


def gold(register, *options, code=0):
    done = run("export", "--register", register, "--as", "gold", *options)
    assert done.code == code, done.err
    answers = [json.loads(line) for line in done.out.splitlines()]
    for answer in answers:
        jsonschema.validate(answer, SCHEMA)
    return {answer["id"]: answer for answer in answers}


def test_only_reports_that_were_read_to_their_end(register):
    ids = documents(register)
    decide(register, "reject", f"{ids['en-session-9']}/m1")
    assert gold(register, code=1) == {}
    decide(register, "accept", ids["en-session-8"])
    decide(register, "accept", ids["en-no-dealing"])
    answers = gold(register)
    assert set(answers) == {"en-session-8", "en-no-dealing"}
    empty = answers["en-no-dealing"]
    assert [empty[name] for name in ("parties", "meetings", "instruments", "commitments")] == [[], [], [], []]
    assert answers["en-session-8"]["meetings"][0]["ordinal"] == 8 and answers["en-session-8"]["parties"] == ["PAK", "RUS"]
    assert set(gold(register, "PAK-RUS")) == {"en-session-8"}


def test_what_people_say_is_the_answer(register):
    place = documents(register)["en-session-9"]
    before = run("read", ROOT / "samples" / "en-session-9.txt", "--format", "jsonl").json()
    decide(register, "edit", f"{place}/m1", "--field", "ordinal", "--value", "19")
    decide(register, "edit", f"{place}/m1", "--field", "place", "--value", "Kazan, RUS")
    decide(register, "edit", f"{place}/m1", "--field", "chairs", "--value", "none")
    decide(register, "edit", "PAK-RUS/commission/19", "--field", "status", "--value", "planned")     # of the account, not of what the report says
    decide(register, "reject", f"{place}/{before['instruments'][0]['id']}")
    decide(register, "reject", f"{place}/{before['people'][0]['id']}")
    words = before["meetings"][0]["evidence"][0]["quote"]
    decide(register, "add", place, "--words", words, "--field", "commitment", "--value", "stance=refused; parties=PAK RUS; sectors=sport tourism")
    decide(register, "accept", place)
    answer = gold(register)["en-session-9"]
    meeting = answer["meetings"][0]
    assert (meeting["ordinal"], meeting["city"], meeting["country"], meeting["chairs"], meeting["status"]) == (19, "Kazan", "RUS", [], "held")
    assert len(answer["instruments"]) == len(before["instruments"]) - 1 and len(answer["people"]) == len(before["people"]) - 1
    assert {"sector": "sport", "stance": "refused"} in answer["commitments"] and {"sector": "tourism", "stance": "refused"} in answer["commitments"]
    assert run("rebuild", "--register", register).code == 0
    assert gold(register)["en-session-9"] == answer


@pytest.mark.skipif(not SCORE.exists(), reason="the scorer is not there")
def test_the_scorer_takes_them(register, tmp_path):
    """All is right: 1.0. A claim that was added is one that the reader misses."""
    ids, records = documents(register), tmp_path / "records.jsonl"
    records.write_text(run("read", *sorted((ROOT / "samples").glob("*.txt")), "--format", "jsonl").out, encoding="utf-8")

    def score():
        answers = tmp_path / "gold.jsonl"
        answers.write_text(run("export", "--register", register, "--as", "gold").out, encoding="utf-8")
        done = subprocess.run([sys.executable, SCORE, answers, records, "--json"], capture_output=True, check=True)
        return json.loads(done.stdout)

    for name, place in ids.items():
        if "train" not in name:
            decide(register, "accept", place)
    before = score()
    assert before["mean"]["all"] == 1.0
    decide(register, "add", ids["en-session-9"], "--words", "Moscow", "--nth", "1", "--field", "meeting", "--value", "type=forum; status=planned; parties=PAK RUS")
    after = score()
    assert after["slots"]["all"]["meeting"]["r"] < 1.0 == after["slots"]["all"]["meeting"]["p"]
