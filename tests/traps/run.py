#!/usr/bin/env python3
"""The traps of real press texts: each tests/traps/LANG/NN-name.want says what the record of a report must and must not say.

usage: run.py KARAR [--found] [--pack DIR] [LANG/NN… | FILE.want…]

Prints TAP, a test an assertion. README.md beside this file tells the form. --found prints, instead of testing, what the records and the
register hold, in the words in which assertions are written. --pack reads with that language pack; files elsewhere in the form of the traps
may be named by their path.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent.parent / "schema" / "record.schema.json"
TRAPS = range(1, 16)
LISTS = {"party": "parties", "person": "people", "body": "bodies", "meeting": "meetings", "instrument": "instruments",
         "commitment": "commitments"}
# What the register answers, and the columns that an assertion may ask for.
QUESTIONS = {
    "session": ("sessions", "id number status date place chairs announced reports disagree"),
    "instrument": ("instruments", "id kind status date count subject sectors session reports"),
    "thread": ("commitments", "id topic sectors stance said_on deadline slips fate stages reports"),
    "person": ("people", "id name party offices spellings reports"),
    "body": ("bodies", "id type name sessions last_held next_planned reports"),
    "document": ("documents", "document day language title claims"),
}
COUNTS = {"no": (0, 0), "one": (1, 1), "some": (1, None)}


class BadTrap(Exception):
    """A .want file that cannot be followed; told as a failed test, never passed over."""


# ---- reading and asking ----------------------------------------------------------------------------------------------
def run(karar, *arguments):
    return subprocess.run([karar, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=60)


class Reader:
    """Records by report: all reports beside the .want files are read at once, others when they are asked for."""

    def __init__(self, karar, reports, options=()):
        self.karar, self.options, self.read = karar, options, {}
        if reports:
            for line in run(karar, "read", "--format", "jsonl", *options, *reports).stdout.splitlines():
                record = json.loads(line)
                self.read[record["document"]["uri"]] = Record(record)

    def record(self, report):
        if str(report) not in self.read:
            done = run(self.karar, "read", "--format", "jsonl", *self.options, report)
            if done.returncode != 0:
                raise BadTrap(f"karar read {report.name} ended with {done.returncode}: {done.stderr.decode()}")
            self.read[str(report)] = Record(json.loads(done.stdout))
        return self.read[str(report)]


def schema_fields():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    return {kind: set(schema[kind]["properties"]) for kind in (*LISTS, "document")}


class Record:
    """The claims of one report, by the names that assertions use."""

    fields = schema_fields()

    def __init__(self, record):
        self.record = record
        self.by_id = {claim["id"]: claim for key in LISTS.values() for claim in record[key]}

    def rows(self, kind):
        if kind == "document":
            return [self.record["document"]]
        if kind == "cites":
            return [{"name": name} for name in self.record["document"]["cites"]]
        if kind not in LISTS:
            raise BadTrap(f"no such kind of claim: {kind}")
        return self.record[LISTS[kind]]

    def value(self, kind, row, path):
        head, _, rest = path.partition(".")
        known = {"name"} if kind == "cites" else self.fields[kind]
        if head not in known:
            raise BadTrap(f"a {kind} has no field {head}")
        value = row.get(head)
        if head in ("chairs", "participants", "signatories"):
            value = [self.by_id[i]["name"] for i in value or []]
        if head in ("meeting", "body") and rest and value:
            return self.value(head, self.by_id[value], rest)
        if head == "place" and rest:
            return (value or {}).get(rest)
        if rest and value is not None:
            raise BadTrap(f"nothing stands below {head} of a {kind}")
        return value


class Register:
    """What the register says of one pair after all reports of a trap were added."""

    def __init__(self, reader, pair, reports):
        self.karar, self.pair, self.answers = reader.karar, pair, {}
        self.folder = tempfile.TemporaryDirectory()     # lives as long as the questions
        self.database = pathlib.Path(self.folder.name, "traps.db")
        done = run(self.karar, "add", "--register", self.database, *reader.options, *reports)
        if done.returncode != 0:
            raise BadTrap(f"karar add ended with {done.returncode}: {done.stderr.decode()}")

    def rows(self, kind):
        if kind not in QUESTIONS:
            raise BadTrap(f"the register is not asked for a {kind}")
        if kind not in self.answers:
            question = QUESTIONS[kind][0]
            done = run(self.karar, question, "--register", self.database, self.pair, "--format", "json")
            if done.returncode not in (0, 1):
                raise BadTrap(f"karar {question} ended with {done.returncode}: {done.stderr.decode()}")
            self.answers[kind] = json.loads(done.stdout or "[]")
        # A number that no report tells of is shown as missing; it is no session.
        return [row for row in self.answers[kind] if row.get("status") != "not in register"]

    def value(self, kind, row, path):
        if path not in QUESTIONS[kind][1].split():
            raise BadTrap(f"a {kind} of the register has no column {path}")
        return row[path]


# ---- assertions -------------------------------------------------------------------------------------------------------
def texts(value):
    """A value as the list of texts that it is compared by; empty for what the report does not say."""
    if value is None:
        return []
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def holds(value, how, wanted):
    if how == "~":
        return any(wanted in text for text in ([" ".join(texts(value))] if not isinstance(value, list) else texts(value)))
    names = [] if wanted == "none" else [w.strip() for w in wanted.split(",")] if isinstance(value, list) else [wanted]
    same = sorted(texts(value)) == sorted(names)
    return same if how == "=" else not same


def check(source, count, kind, conditions):
    """None if it holds, else what is wrong."""
    if count not in COUNTS and not count.isdigit():
        raise BadTrap(f"'{count}' is no count: no, one, some or a number")
    least, most = COUNTS.get(count) or (int(count), int(count))
    parts = []
    for condition in conditions:
        match = re.fullmatch(r"([a-z_.]+)(!=|=|~)(.+)", condition, re.S)
        if not match:
            raise BadTrap(f"'{condition}' is no condition: field=value, field!=value or field~part")
        parts.append(match.groups())
        if isinstance(source, Record):
            source.value(kind, {}, match[1])   # a field that is misspelt fails, even where there is no row
        elif kind in QUESTIONS:
            source.value(kind, dict.fromkeys(QUESTIONS[kind][1].split()), match[1])
    found = [row for row in source.rows(kind) if all(holds(source.value(kind, row, f), how, w) for f, how, w in parts)]
    if len(found) >= least and (most is None or len(found) <= most):
        return None
    return f"{len(found)} of them; there are: " + ("; ".join(shown(source, kind, row) for row in source.rows(kind)) or "none at all")


def shown(source, kind, row):
    if isinstance(source, Register):
        fields = QUESTIONS[kind][1].split()
    else:
        fields = [f for f in row if f not in ("id", "evidence", "body", "citations", "cites", "kind_of") or (kind == "party" and f == "id")]
    parts = []
    for field in fields:
        value = source.value(kind, row, field)
        text = ",".join(texts(value)) if not isinstance(value, dict) else ",".join(str(v) for v in value.values())
        if text:
            parts.append(f"{field}={shlex.quote(text) if ' ' in text else text}")
    return f"{kind} {' '.join(parts)}"


# ---- a trap -------------------------------------------------------------------------------------------------------------
class Trap:
    def __init__(self, reader, want):
        self.reader, self.want = reader, want
        self.reports = [want.with_suffix(".txt")] if want.with_suffix(".txt").exists() else \
            sorted(want.parent.glob(want.stem + ".[0-9].txt"))

    def source(self, heading):
        """What a heading of the file speaks about."""
        words = heading.split()
        if words[0] == "register" and len(words) == 2:
            return Register(self.reader, words[1], self.reports)
        if not words[0].isdigit() or not 1 <= int(words[0]) <= len(self.reports):
            raise BadTrap(f"[{heading}] is neither the number of a report nor 'register PAIR'")
        return self.reader.record(self.reports[int(words[0]) - 1])

    def tests(self):
        """(line number, assertion, what is wrong or None, why it is expected to fail or None)"""
        source, todo, seen = None, None, 0
        for number, line in enumerate(self.want.read_text(encoding="utf-8").splitlines(), 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            try:
                if line.startswith("reports:"):
                    self.reports = [(self.want.parent / name).resolve() for name in line[8:].split()]
                    if missing := [r.name for r in self.reports if not r.exists()]:
                        raise BadTrap(f"no such report: {', '.join(missing)}")
                elif line.startswith("["):
                    source = self.source(line.strip("[]"))
                elif line.startswith("fails:"):
                    todo = line[6:].strip()
                    if not todo:
                        raise BadTrap("'fails:' wants its reason")
                else:
                    count, kind, *conditions = shlex.split(line)
                    seen += 1
                    yield number, line, check(source or self.source("1"), count, kind, conditions), todo
                    todo = None
            except (BadTrap, ValueError) as error:
                yield number, line, f"cannot be followed: {error}", None
        if not seen:
            yield 0, "a trap asserts something", "no assertion", None


def coverage(folder):
    """Traps that a language neither has nor says to be absent from it."""
    absent = folder / "absent.txt"
    lines = absent.read_text(encoding="utf-8").splitlines() if absent.exists() else []
    told = {int(m[1]) for line in lines if (m := re.match(r"(\d\d) +\S", line))}
    return [n for n in TRAPS if n not in told and not list(folder.glob(f"{n:02}-*.want"))]


def main(argv):
    options = []
    if "--pack" in argv[:-1]:
        at = argv.index("--pack")
        options = argv[at:at + 2]
        argv = argv[:at] + argv[at + 2:]
    karar, names = argv[0], [a for a in argv[1:] if not a.startswith("--")]
    wants = [w for w in sorted(HERE.glob("*/*.want")) if not names or any(f"{w.parent.name}/{w.stem}".startswith(n) for n in names)]
    wants += [pathlib.Path(n).resolve() for n in names if n.endswith(".want")]
    reader = Reader(karar, sorted(r for w in wants for r in w.parent.glob(w.stem + "*.txt")), options)
    if "--found" in argv:
        for want in wants:
            trap = Trap(reader, want)
            list(trap.tests())   # takes up its 'reports:' line
            for index, report in enumerate(trap.reports, 1):
                print(f"{want.parent.name}/{want.stem} [{index}] {report.name}")
                for kind in (*LISTS, "document"):
                    for row in trap.source(str(index)).rows(kind):
                        print("   ", shown(trap.source(str(index)), kind, row))
        return 0
    number = failed = 0
    for want in wants:
        for line, assertion, wrong, todo in Trap(reader, want).tests():
            number += 1
            failed += bool(wrong) != bool(todo)   # what holds against its mark fails, too
            print(f"{'not ok' if wrong else 'ok'} {number} - {want.parent.name}/{want.stem}:{line} {assertion.replace('#', '')}"
                  + (f" # TODO {todo}" if todo else ""))
            if wrong:
                print("\n".join(f"# {part}" for part in wrong.splitlines()))
    for folder in sorted({w.parent for w in wants}) if not names else []:
        number += 1
        missing = coverage(folder)
        failed += bool(missing)
        print(f"{'not ok' if missing else 'ok'} {number} - {folder.name} has every trap"
              + (f", but not {', '.join(map(str, missing))}" if missing else ""))
    print(f"1..{number}")
    return 1 if failed or not number else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
