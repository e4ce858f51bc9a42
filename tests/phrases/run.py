#!/usr/bin/env python3
"""The ways in which one language says the things that the reader looks for, each with what its record must say.

usage: run.py KARAR [--open] [--found] [--pack DIR] LANG.txt…

README.md beside this file tells the form. Prints TAP, a test a phrase. A phrase marked `open:` is not read rightly yet: it must fail, so that
the mark goes when the reader learns it. --open lists only what fails, marked or not, with what was found; --found prints what the records hold in the
form of the files; at the end of either stands how many phrases of each class are read.
"""
import collections
import json
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "traps"))
import run as traps  # noqa: E402  (assertions are the same as those of the traps)

COUNTED = ("meeting", "instrument", "commitment")    # a phrase lists all of these that its record may hold


class Phrase:
    """A text with what must be found in it."""

    def __init__(self, place, group):
        self.place, self.group = place, group
        self.paragraphs, self.facts, self.told, self.date, self.open = [], [], False, None, None

    def wrong(self, record):
        """What is wrong with the record of this phrase, as one text; empty where nothing is."""
        faults = []
        left = {kind: list(record.rows(kind)) for kind in ("party", "person", *COUNTED)}
        # Facts with more conditions choose first, so that a plain one does not take their claim.
        for kind, conditions in sorted(self.facts, key=lambda fact: -len(fact[1])):
            row = next((r for r in left[kind] if all(self.holds(record, kind, r, *c) for c in conditions)), None)
            if row is None:
                faults.append(f"no {kind} {' '.join(f + how + w for f, how, w in conditions)}")
            else:
                left[kind].remove(row)
        wanted = [fact for fact in self.facts if fact[0] == "commitment"]
        for kind in COUNTED:
            for row in left[kind]:
                # One promise may be split into claims of the same sectors and stance: no fault.
                if kind == "commitment" and any(all(self.holds(record, kind, row, *c) for c in conditions) for _, conditions in wanted):
                    continue
                faults.append("not wanted: " + traps.shown(record, kind, row))
        return "; ".join(faults)

    @staticmethod
    def holds(record, kind, row, field, how, wanted):
        return traps.holds(record.value(kind, row, field), how, wanted)


def parse_fact(place, line):
    kind, *conditions = re.findall(r'(?:[^\s"]|"[^"]*")+', line)
    if kind == "nothing" and not conditions:
        return None
    if kind not in ("party", "person", *COUNTED):
        sys.exit(f"{place}: '{kind}' is no kind of claim: party, person, {', '.join(COUNTED)}, or nothing")
    parsed = []
    for condition in conditions:
        match = re.fullmatch(r"([a-z_.]+)(!=|=|~)(.+)", condition.replace('"', ""), re.S)
        if not match:
            sys.exit(f"{place}: '{condition}' is no condition: field=value, field!=value or field~part")
        parsed.append(match.groups())
    return kind, parsed


def parse(path):
    phrases, group, phrase = [], "", None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{path.name}:{number}"
        if not line.strip() or line.startswith("#"):
            group = line[2:].strip() if line.startswith("##") else group
            phrase = None
            continue
        if phrase is None:
            phrase = Phrase(place, group)
            phrases.append(phrase)
        if line.startswith("date: "):
            phrase.date = line[6:].strip()
        elif line.startswith("open: "):
            phrase.open = line[6:].strip()
        elif line[0].isspace():
            fact = parse_fact(place, line.strip())
            phrase.facts += [fact] if fact else []
            phrase.told = True
        else:
            phrase.paragraphs.append(line.strip())
    for phrase in phrases:
        if not phrase.paragraphs or not phrase.told:
            sys.exit(f"{phrase.place}: a phrase is a text and, on indented lines below it, what it says (or: nothing)")
    return phrases


def read(karar, options, lang, phrases):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "phrases.jsonl")
        with source.open("w", encoding="utf-8") as out:
            for phrase in phrases:
                date = {"date": phrase.date} if phrase.date else {}
                out.write(json.dumps({"text": "\n\n".join(phrase.paragraphs), **date}, ensure_ascii=False) + "\n")
        done = traps.run(karar, "read", "--format", "jsonl", "--lang", lang, *options, source)
    records = [traps.Record(json.loads(line)) for line in done.stdout.splitlines()]
    if len(records) != len(phrases):
        sys.exit(f"{len(records)} records of {len(phrases)} phrases: {done.stderr.decode()}")
    return records


def main(argv):
    options = []
    if "--pack" in argv:
        at = argv.index("--pack")
        options, argv = argv[at:at + 2], argv[:at] + argv[at + 2:]
    flags = {a for a in argv if a.startswith("--")}
    karar, *files = [a for a in argv if not a.startswith("--")]
    test, failed, groups, marked = 0, 0, collections.defaultdict(lambda: [0, 0]), 0
    for path in map(pathlib.Path, files):
        phrases = parse(path)
        for phrase, record in zip(phrases, read(karar, options, path.stem, phrases)):
            test += 1
            wrong = phrase.wrong(record)
            groups[path.stem, phrase.group][0] += not wrong
            groups[path.stem, phrase.group][1] += 1
            marked += phrase.open is not None
            if "--found" in flags or ("--open" in flags and wrong):
                print(f"{phrase.place} {phrase.group}\n    {' / '.join(phrase.paragraphs)}" + (f"\n    open: {phrase.open}" if phrase.open else ""))
                print(f"    ! {wrong}" if wrong else "    read rightly")
                for kind in ("person", *COUNTED):
                    for row in record.rows(kind):
                        print("    " + traps.shown(record, kind, row))
            good = bool(wrong) if phrase.open else not wrong
            failed += not good
            if not flags:
                print(f"{'ok' if good else 'not ok'} {test} - {phrase.place} {phrase.group}" + (f" (open: {phrase.open})" if phrase.open else ""))
                if not good:
                    print(f"# {' / '.join(phrase.paragraphs)}\n# {wrong or 'read rightly now: take away its open mark'}")
    if flags:
        for (lang, group), (right, all_of) in groups.items():
            print(f"{lang}\t{right} of {all_of}\t{group}")
    else:
        print(f"1..{test}\n# {test - marked} phrases are read, {marked} are open")
    return 1 if failed and not flags else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
