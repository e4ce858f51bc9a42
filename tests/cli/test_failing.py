# SPDX-License-Identifier: MIT
"""Commands whose files fail: each opening, reading, writing, syncing, renaming and removing in turn fails once, does half, is the first that finds the disk
full, may not be done any more, finds the disk dead, or is the last before a kill (failing.c, the module that KARAR_FAILING names, makes them fail).

The program then ends as it says it does, and nothing that was told is missing; registers verify without a fault, files are there as a whole or not at all,
and the same command again, with nothing failing, brings about what it would have. Each run of the tests tries some calls of each command, KARAR_THOROUGH
every one (1/1), or a part (3/8: make faults). What SQLite alone asks of a disk, a power cut among it, is tests/fault's."""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest
from conftest import PROGRAM, ROOT, run
from test_watch import LINE, Site, page, rss

MODULE = os.environ.get("KARAR_FAILING")
KINDS = ("once", "short", "full", "denied", "dead", "killed")
QUICK = 2           # calls of each kind
TEXTS = {f"{name}.txt": f"OSLO, {day} May 2021: The {day}th session of the Norway-{name} Intergovernmental Commission was held in Oslo. Norway and {name} signed an "
         f"agreement on fisheries. They agreed to launch a freight train in 2022.\n" for day, name in ((4, "Chile"), (5, "Peru"), (6, "Fiji"))}

pytestmark = pytest.mark.skipif(not MODULE, reason="no module that lets files fail (sanitizers want to be loaded first)")


def karar(*arguments):
    result = run(*arguments)
    assert result.code == 0, result.err
    return result.out


class Trial:
    """A command in a folder that is made anew for each run."""

    def __init__(self, folder, prepared, command):
        self.folder, self.prepared, self.command = folder, prepared, command

    def run(self, fail):
        """What it said, with one call or those from it on going wrong; and how many calls there were."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.prepared, self.folder)
        count = self.folder.parent / "count"
        count.write_text("0")
        environment = {**os.environ, "LD_PRELOAD": MODULE, "KARAR_FAIL": fail, "KARAR_FAIL_FOLDER": str(self.folder), "KARAR_FAIL_COUNT": str(count),
                       "KARAR_UNCONFINED": "1"}
        done = subprocess.run([PROGRAM, *map(str, self.command)], capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, timeout=120, check=False)
        return done, int(count.read_text() or 0)      # nothing: killed

    def again(self):
        return run(*self.command)


def part_of(calls, quick):
    """Which calls fail, and how: some, each kind at others; or the part that KARAR_THOROUGH names."""
    told = os.environ.get("KARAR_THOROUGH")
    for number, kind in enumerate(KINDS):
        step = max(1, calls // quick)
        first = 1 + step * number // len(KINDS)
        if told:
            first, step = map(int, told.split("/"))
        for call in range(first, calls + 1, step):
            yield kind, call


def try_all(trial, check, codes=(0, 3, 4)):
    """Lets the calls of a command fail in turn. `check` is given what was said and what is tried, and looks at what it left."""
    done, calls = trial.run("never:0")
    assert done.returncode == 0 and calls > 10, done
    check(done, "never")
    failed = 0
    for kind, call in part_of(calls, QUICK):
        what = f"{kind}:{call}"
        done, _ = trial.run(what)
        assert done.returncode in codes or (done.returncode == -9 and kind == "killed"), (what, done)
        assert done.returncode == 0 or done.stderr or kind == "killed", (what, done)
        assert kind != "short" or done.returncode == 0, (what, done)       # half at a time is how systems read and write
        failed += done.returncode != 0
        check(done, what)
    assert failed, f"nothing failed in {calls} calls"


@pytest.fixture(name="texts")
def texts_fixture(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(name="prepared")
def prepared_fixture(tmp_path, texts):
    """A register of two reports with a decision, and reports beside it."""
    folder = tmp_path / "prepared"
    folder.mkdir()
    register = folder / "r.db"
    karar("add", "--register", register, texts / "Chile.txt", texts / "Peru.txt")
    karar("decide", "--register", register, "edit", "CHL-NOR/commission/4", "--field", "place", "--value", "Bergen, NOR", "--reason", "r")
    shutil.copytree(texts, folder / "texts")
    return folder


def documents(register):
    result = run("documents", "--register", register, "--format", "json")
    return {row["document"] for row in result.json()} if result.code == 0 else set()


def check_register(register, what, least=0):
    verified = run("verify", "--register", register)
    assert verified.code == 0 and verified.out.endswith(" 0 faults\n"), (what, verified.out, verified.err)
    found = documents(register)
    assert len(found) >= least, what
    return found


def test_add(tmp_path, prepared):
    folder = tmp_path / "run"
    register = folder / "r.db"
    trial = Trial(folder, prepared, ["add", "--register", register, folder / "texts"])

    def check(done, what):
        found = check_register(register, what, 2)
        told = set(re.findall(r"\b[0-9a-f]{12}\b", done.stdout))
        assert told <= found, (what, done)
        assert trial.again().code == 0 and len(documents(register)) == 3, what
        assert karar("rebuild", "--register", register) == "rebuilt; 0 differences\n", what
    try_all(trial, check)


def test_decide(tmp_path, prepared):
    folder = tmp_path / "run"
    register = folder / "r.db"
    trial = Trial(folder, prepared, ["decide", "--register", register, "edit", "CHL-NOR/freight-train", "--field", "fate", "--value", "stalled", "--reason", "r"])

    def check(done, what):
        check_register(register, what, 2)
        kept = run("decisions", "--register", register, "--format", "json").json()
        assert len(kept) in (1, 2) and (done.returncode or len(kept) == 2), (what, kept)
        assert karar("rebuild", "--register", register) == "rebuilt; 0 differences\n", what
    try_all(trial, check)


@pytest.mark.parametrize("more", [[], ["--reread"]])
def test_rebuild(tmp_path, prepared, more):
    folder = tmp_path / "run"
    register = folder / "r.db"
    right = [karar(question, "--register", prepared / "r.db", "--format", "json") for question in ("bodies", "commitments", "instruments", "decisions")]

    def check(_, what):
        check_register(register, what, 2)
        assert [karar(question, "--register", register, "--format", "json") for question in ("bodies", "commitments", "instruments", "decisions")] == right, what
    try_all(Trial(folder, prepared, ["rebuild", "--register", register, *more]), check)


def test_upgrade(tmp_path):
    prepared, folder = tmp_path / "prepared", tmp_path / "run"
    prepared.mkdir()
    (prepared / "r.db").write_bytes(gzip.decompress((ROOT / "tests" / "data" / "register-version-3.db.gz").read_bytes()))
    register = folder / "r.db"

    def check(_, what):
        found = check_register(register, what, 4)
        copies = [path for path in folder.glob("r.db.version-3*") if not path.name.endswith((".part", "-wal", "-shm", "-journal"))]
        assert copies, what
        for copy in copies:         # what is called a copy is whole, also one that is opened and brought up in its turn
            shutil.copy(copy, tmp_path / "copy.db")
            assert check_register(tmp_path / "copy.db", what) == found, (what, copy)
            for path in tmp_path.glob("copy.db*"):
                path.unlink()
    try_all(Trial(folder, prepared, ["documents", "--register", register]), check)


def test_import(tmp_path, prepared):
    folder, source = tmp_path / "run", tmp_path / "source"
    register = folder / "new.db"
    source.mkdir()
    lines = karar("export", "--register", prepared / "r.db", "--as", "register")
    (source / "lines.jsonl").write_text(lines, encoding="utf-8")
    trial = Trial(folder, source, ["import", "--register", register, folder / "lines.jsonl"])

    def check(done, what):
        found = documents(register) if register.exists() else set()
        assert len(found) in (0, 2) and (done.returncode or len(found) == 2), (what, done)
        if not found:
            again = trial.again()
            assert again.code == 0, (what, again.err)
        check_register(register, what, 2)
        assert karar("export", "--register", register, "--as", "register") == lines, what
    try_all(trial, check)


def test_backup(tmp_path, prepared):
    folder = tmp_path / "run"
    copy = folder / "copy.db"

    def check(done, what):
        check_register(folder / "r.db", what, 2)
        if done.returncode == 0:
            assert check_register(copy, what, 2) == documents(folder / "r.db")
        elif copy.exists():         # killed behind the naming
            assert done.returncode < 0 and check_register(copy, what, 2) == documents(folder / "r.db")
    try_all(Trial(folder, prepared, ["backup", "--register", folder / "r.db", copy]), check)


def test_code(tmp_path):
    prepared, folder = tmp_path / "prepared", tmp_path / "run"
    prepared.mkdir()
    lines = [json.dumps({"text": text, "url": f"http://a.example/{name}"}) for name, text in TEXTS.items()] * 20
    (prepared / "in.jsonl").write_text("\n".join(lines) + "\n{broken\n", encoding="utf-8")
    trial = Trial(folder, prepared, ["code", "--jobs", "1", "--output", folder / "out.jsonl", "--errors", folder / "bad.jsonl", "--resume", folder / "in.jsonl"])
    shutil.copytree(prepared, folder)
    assert trial.again().code == 3
    right = [(folder / name).read_bytes() for name in ("out.jsonl", "bad.jsonl")]
    assert right[0].count(b"\n") == 60 and right[1].count(b"\n") == 1

    def check(_, what):
        again = trial.again()
        assert again.code in (0, 3), (what, again.err)
        assert [(folder / name).read_bytes() for name in ("out.jsonl", "bad.jsonl")] == right, what
    done, calls = trial.run("never:0")
    assert done.returncode == 3 and calls > 10
    failed = 0
    for kind, call in part_of(calls, 4):
        done, _ = trial.run(f"{kind}:{call}")
        assert done.returncode in (3, 4) or (done.returncode == -9 and kind == "killed"), (kind, call, done)
        failed += done.returncode != 3
        if done.returncode == 3 and not done.stderr:        # said to be whole
            assert [(folder / name).read_bytes() for name in ("out.jsonl", "bad.jsonl")] == right, (kind, call)
        check(done, f"{kind}:{call}")
    assert failed


def test_export(tmp_path, prepared):
    """Over an earlier export: each file is the old one or the new one, whole."""
    folder, out = tmp_path / "run", tmp_path / "run" / "out"
    (prepared / "out").mkdir()
    karar("export", "--register", prepared / "r.db", "--as", "csv", "--output", tmp_path / "right", "--as-of", "2030-01-01")
    right = {path.name: path.read_bytes() for path in (tmp_path / "right").iterdir()}
    assert len(right) > 3
    for name in right:
        (prepared / "out" / name).write_text("an earlier export\n", encoding="utf-8")

    def check(done, what):
        for name, content in right.items():
            got = (out / name).read_bytes()
            assert got == content or (done.returncode and got == b"an earlier export\n"), (what, name)
        left = [path for path in out.iterdir() if path.name not in right]
        assert not left or what.startswith(("killed", "denied", "dead")), (what, left)
    try_all(Trial(folder, prepared, ["export", "--register", folder / "r.db", "--as", "csv", "--replace", "--output", out, "--as-of", "2030-01-01"]), check)


def test_watch(tmp_path, prepared):
    site = Site()
    folder = tmp_path / "run"
    try:
        names = ["Cuba", "Togo", "Laos", "Oman"]
        site.answers = {"/feed": rss(*[f"/{name}" for name in names]), **{f"/{name}": page(name) for name in names}}
        (prepared / "feeds.toml").write_text(f'allow-private = true\npause = 0\n[[feed]]\nurl = "{site.url}/feed"\n', encoding="utf-8")
        register = folder / "r.db"
        trial = Trial(folder, prepared, ["watch", "--register", register, "--once", folder / "feeds.toml"])

        def check(done, what):
            found = check_register(register, what, 2)
            assert {line.split()[1] for line in done.stdout.splitlines() if LINE.match(line + "\n")} <= found, what
            state = pathlib.Path(f"{register}.watch")
            if state.exists():      # the next look is due
                state.write_bytes(re.sub(rb'"next": ?\d+', b'"next": 0', state.read_bytes()))
            again = trial.again()
            assert again.code == 0, (what, again.err)
            assert len(documents(register)) == 6, (what, done)
        try_all(trial, check)
    finally:
        site.close()
