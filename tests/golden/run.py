#!/usr/bin/env python3
"""Golden tests of the whole reader: each tests/golden/read/LANG/NAME.txt is a report, tests/golden/pages/LANG/NAME.html a web page, NAME.want
what its record must say; of a page also what its head tells, and how much of it is the article.

usage: run.py KARAR [--update] [NAME…]

A .want file holds one fact a line, sorted, so that a difference is read at a glance. --update writes what the program says now: look at the
difference before you commit it. The report is printed as TAP.
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "ready"))
import ready        # noqa: E402


def summary(record):
    """The facts of a record, a line each."""
    people = {p["id"]: p["name"] for p in record["people"]}
    lines = [f"party {p['id']}" for p in record["parties"]]
    lines += [f"person {p['name']} | {p['office']} | {p['party']}" for p in record["people"]]
    lines += [f"cites {c}" for c in record["document"]["cites"]]
    meetings = {m["id"]: f"{m['type']} no={m['ordinal']}" for m in record["meetings"]}
    for m in record["meetings"]:
        place = m["place"] or {}
        lines.append(f"meeting {m['type']} {m['status']} no={m['ordinal']} {','.join(sorted(m['parties']))} date={m['date']} "
                     f"at={place.get('city')},{place.get('country')} chairs={'; '.join(people[c] for c in m['chairs'])}")
    for i in record["instruments"]:
        lines.append(f"instrument {i['kind']} {i['status']} x{i['count']} {','.join(sorted(i['parties']))} on={','.join(sorted(i['sectors']))}"
                     + (f" at {meetings[i['meeting']]}" if i["meeting"] else ""))
    for c in record["commitments"]:
        lines.append(f"commitment {c['stance']} {','.join(sorted(c['sectors']))} [{','.join(sorted(c['concepts']))}]")
    return sorted(set(lines))


def page_summary(record):
    """What a page says beside its text, and the runs of its stored text that are the report."""
    document = record["document"]
    runs = " ".join(f"{run['begin']}-{run['end']}" for run in document["body"])
    return sorted([f"{key} {document[key]}" for key in ("lang", "title", "published", "publisher")] + [f"body {runs}"])


def main(argv):
    karar, flags, names = argv[0], [a for a in argv[1:] if a.startswith("--")], [a for a in argv[1:] if not a.startswith("--")]
    files = sorted((HERE / "read").glob("*/*.txt")) + sorted((HERE / "pages").glob("*/*.html"))
    files = [f for f in files if not names or f.stem in names]
    print(f"1..{len(files)}")
    failed = 0
    for number, file in enumerate(files, 1):
        run = ready.run([karar, "read", "--format", "jsonl", str(file)])
        record = json.loads(run.stdout) if run.returncode == 0 else None
        found = summary(record) if record else [f"exit {run.returncode}"]
        if record and file.suffix == ".html":
            found = page_summary(record) + found
        want_file = file.with_suffix(".want")
        if "--update" in flags:
            want_file.write_text("".join(line + "\n" for line in found), encoding="utf-8")
        want = want_file.read_text(encoding="utf-8").split("\n") if want_file.exists() else ["no .want file"]
        want = [line for line in want if line]
        ok = found == want
        failed += not ok
        print(f"{'ok' if ok else 'not ok'} {number} - {file.parent.name}/{file.stem}")
        for line in sorted(set(want) - set(found)):
            print(f"# missing: {line}")
        for line in sorted(set(found) - set(want)):
            print(f"# not wanted: {line}")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
