#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills the program at random moments while it writes to a register, and looks at what it left.

usage: tests/kill.py KARAR [--times 200] [--seed N] [--folder DIR]

`add`, `decide`, `undo` and `rebuild` (of three kinds) are killed in turn (SIGKILL) at moments spread over the time that each takes, and the opening of a
register of an older version with them. After each: no document and no decision is lost that was reported as stored, none is there in
part, everything that people see is as it was or as the command leaves it, and `karar verify` finds no fault. Ends with 1 at the first thing that is wrong.
The quick run of the tests does the same for 28 moments; this one is for an evening: `make kill`.
"""
import argparse
import contextlib
import gzip
import json
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
REPORTS = 40            # that one add is given


class Lost(Exception):
    pass


class Killing:
    def __init__(self, karar, folder, dice):
        self.karar, self.folder, self.dice = karar.resolve(), folder, dice
        self.register = folder / "kill.db"
        self.documents, self.decisions, self.made = set(), 0, 0
        self.length = {}        # how long a command takes when nobody kills it
        self.kills = {}
        self.rebuilds = 0

    def ask(self, *arguments, register=None):
        done = subprocess.run([self.karar, arguments[0], "--register", register or self.register, *arguments[1:]], capture_output=True, check=False, timeout=600)
        if done.returncode not in (0, 1):
            raise Lost(f"karar {' '.join(map(str, arguments))}: {done.stderr.decode()}")
        return done.stdout.decode()

    def seen(self):
        """Everything that people see but the list of documents."""
        return [self.ask(question, "--format", "json") for question in ("bodies", "commitments", "instruments", "people", "decisions")] + \
            [self.ask("sessions", "NOR-CHL", "--format", "json"), self.ask("sessions", "CHL-NOR", "--format", "json")]

    def kill(self, name, arguments, register=None):
        """Runs the command and kills it; what it had said by then."""
        length = self.length.get(name)      # the first time it is left alone, to know
        process = subprocess.Popen([self.karar, arguments[0], "--register", register or self.register, *arguments[1:]], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        begin = time.monotonic()
        try:
            process.wait(self.dice.random() * length * 1.1 if length else None)
            self.length[name] = time.monotonic() - begin
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            self.kills[name] = self.kills.get(name, 0) + 1
            self.length[name] = max(length, (time.monotonic() - begin) * 1.05)
        return process.communicate()[0].decode()

    def check(self):
        if not self.ask("verify").endswith(" 0 faults\n"):
            raise Lost("verify finds a fault")
        stored = {row["document"] for row in json.loads(self.ask("documents", "--limit", "100000", "--format", "json") or "[]")}
        if not self.documents <= stored:
            raise Lost(f"documents that were reported stored are gone: {self.documents - stored}")
        decisions = len(json.loads(self.ask("decisions", "--limit", "100000", "--format", "json") or "[]"))
        if decisions < self.decisions:
            raise Lost("a decision that was reported stored is gone")
        self.documents, self.decisions = stored, decisions
        if "0 differences" not in self.ask("rebuild"):
            raise Lost("what is derived is not what the documents and decisions give")

    def add(self):
        batch = self.folder / f"batch-{self.made}"
        batch.mkdir()
        for _ in range(REPORTS):
            self.made += 1
            (batch / f"{self.made:06}.txt").write_text(
                f"OSLO, {self.made % 27 + 1} May 2021: The {self.made % 9 + 1}th session of the Norway-Chile Intergovernmental Commission was held in Oslo. "
                f"Norway and Chile signed an agreement on fisheries number {self.made}. They agreed to launch a freight train in {2022 + self.made % 4}.\n",
                encoding="utf-8")
        out = self.kill("add", ["add", batch])
        self.documents |= {line.split()[0] for line in out.splitlines() if line.endswith(".txt")}
        shutil.rmtree(batch)

    def decide(self):
        target, field, value = self.dice.choice([
            ("CHL-NOR/freight-train", "fate", "stalled"), ("CHL-NOR/commission/2", "place", "Bergen, NOR"), ("CHL-NOR/commission", "name", "The commission")])
        said = self.kill("decide", ["decide", "edit", target, "--field", field, "--value", value, "--reason", "a test"])
        self.decisions += "decision" in said

    def add_claim(self):
        """A claim that a person adds, in the report that came in last: its rows are made anew."""
        document = json.loads(self.ask("documents", "--limit", "1", "--format", "json"))[0]["document"]
        said = self.kill("add-claim", ["decide", "add", document, "--words", "Oslo", "--nth", "1", "--field", "instrument", "--value",
                                       "kind=plan; status=planned; parties=NOR CHL; subject=a test", "--reason", "a test"])
        self.decisions += "decision" in said

    def merge(self):
        said = self.kill("merge", ["decide", "merge", "CHL-NOR/commission/3", "--value", "CHL-NOR/commission/4", "--reason", "a test"])
        self.decisions += "decision" in said

    def undo(self):
        rows = [row["id"] for row in json.loads(self.ask("decisions", "--limit", "100000", "--format", "json") or "[]") if row["action"] != "undo" and not row["state"]]
        if rows:
            self.decisions += "undone" in self.kill("undo", ["undo", str(rows[-1]), "--reason", "a test"])

    def rebuild(self):
        """One that keeps all, one that reads all, and one that reads all and has something to write of each report."""
        before, kind = self.seen(), self.rebuilds % 3
        self.rebuilds += 1
        if kind == 2:
            with contextlib.closing(sqlite3.connect(self.register)) as database, database:
                database.execute("UPDATE derivation SET reader = 1")
        self.kill("rebuild", ["rebuild", *(["--reread"] if kind == 1 else [])])
        if self.seen() != before:
            raise Lost("a rebuild that was killed changed what people see")

    def date(self):
        """A report's own date: it is read again, and all that is dated from it moves."""
        document = json.loads(self.ask("documents", "--limit", "1", "--format", "json"))[0]["document"]
        day = f"2024-{self.dice.randint(1, 12):02}-{self.dice.randint(1, 28):02}"
        self.decisions += "decision" in self.kill("date", ["decide", "edit", document, "--field", "date", "--value", day, "--reason", "a test"])

    def upgrade(self):
        old = self.folder / "old.db"
        for path in self.folder.glob("old.db*"):
            path.unlink()
        old.write_bytes(gzip.decompress((ROOT / "tests/data/register-version-3.db.gz").read_bytes()))
        self.kill("upgrade", ["bodies"], register=old)
        if not self.ask("verify", register=old).endswith(" 0 faults\n") or len(json.loads(self.ask("documents", "--format", "json", register=old))) != 4:
            raise Lost("a register of version 3 was damaged")

    def run(self, times):
        self.add()
        steps = [self.add, self.decide, self.add_claim, self.rebuild, self.date, self.merge, self.undo, self.upgrade]
        rounds = 0
        while sum(self.kills.values()) < times:
            steps[rounds % len(steps)]()
            self.check()
            rounds += 1
        told = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        print(f"killed {sum(self.kills.values())} times ({told}): {len(self.documents)} documents and {self.decisions} decisions, nothing lost")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar", type=pathlib.Path)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1000000)
    parser.add_argument("--folder", type=pathlib.Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        try:
            Killing(args.karar, pathlib.Path(folder), random.Random(args.seed)).run(args.times)
        except Lost as lost:
            print(f"kill.py: seed {args.seed}: {lost}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
