#!/usr/bin/env python3
"""Scores the reader against gold answers and keeps the figures.

usage: gold.py KARAR GOLD [--langs en,hi,ru,ur] [--keep FILE] [--errors]

GOLD is a folder with score.py, dev/ and real/. Reports of dev/ with odd numbers are tuned on; even ones and real/ are what counts, so the
three stand apart; so do our own, in tests/own, and those of them that nobody read while rules were written. --keep replaces the section
between the gold marks of FILE. Without GOLD the run says so and ends well.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import results

OWN = pathlib.Path(__file__).resolve().parent.parent / "tests" / "own"
# Of our own reports from these numbers on, every fourth (2, 6, 10 …) is kept unread by whoever writes rules: the part "unread".
UNREAD_FROM = {"en": 37, "hi": 25, "ru": 43, "ur": 9}


def read_reports(karar, folder):
    """Records of all texts of a folder, one JSON object a line."""
    files = sorted(str(p) for p in folder.glob("*.txt"))
    run = subprocess.run([karar, "read", "--format", "jsonl", *files], stdout=subprocess.PIPE, check=False)
    return run.stdout.decode("utf-8").splitlines()


def number(answer):
    return int(re.search(r"(\d+)$", json.loads(answer)["id"]).group(1))


def is_even(_, n):
    return n % 2 == 0


def is_unread(lang, n):
    return n >= UNREAD_FROM.get(lang, n + 1) and n % 4 == 2


def parts(gold, lang):
    """(name, gold lines, folder) of the sets to report apart."""
    for name, answers in (("dev", gold / "dev" / f"{lang}.jsonl"), ("real", gold / "real" / f"{lang}.jsonl"), ("own", OWN / f"{lang}.jsonl")):
        if not answers.exists():
            continue
        lines = answers.read_text(encoding="utf-8").splitlines()
        folder = answers.parent / lang
        if name == "real":
            yield name, lines, folder
            continue
        split = is_even if name == "dev" else is_unread
        for is_second, part in enumerate(("odd", "even") if name == "dev" else ("own", "unread")):
            kept = [line for line in lines if split(lang, number(line)) == bool(is_second)]
            if kept:
                yield part, kept, folder


def score(gold, answers, records, *flags):
    with tempfile.TemporaryDirectory() as folder:
        g, r = pathlib.Path(folder, "gold"), pathlib.Path(folder, "records")
        g.write_text("\n".join(answers) + "\n", encoding="utf-8")
        r.write_text("\n".join(records) + "\n", encoding="utf-8")
        run = subprocess.run([sys.executable, str(gold / "score.py"), str(g), str(r), *flags], stdout=subprocess.PIPE, check=True)
    return run.stdout.decode("utf-8")


def false_claims(answers, records):
    """Reports without a dealing, and how many claims were made in them."""
    by_id = {pathlib.PurePath(json.loads(line)["document"]["uri"]).stem: json.loads(line) for line in records}
    empty = [a for a in map(json.loads, answers) if not (a["meetings"] or a["instruments"] or a["commitments"])]
    made = sum(len(by_id.get(a["id"], {}).get(k, [])) for a in empty for k in ("meetings", "instruments", "commitments"))
    return len(empty), made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar")
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--langs", default="en,hi,ru,ur")
    parser.add_argument("--part", help="only odd, even, real, own or unread")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    if not (args.gold / "score.py").exists():
        print(f"no gold answers at {args.gold}: nothing scored")
        return 0
    rows, slots = [], []
    for lang in args.langs.split(","):
        for part, answers, folder in parts(args.gold, lang):
            if args.part and args.part != part:
                continue
            ids = {json.loads(a)["id"] for a in answers}
            records = [r for r in read_reports(args.karar, folder) if pathlib.PurePath(json.loads(r)["document"]["uri"]).stem in ids]
            if args.errors:
                print(score(args.gold, answers, records, "--errors"))
                continue
            table = json.loads(score(args.gold, answers, records, "--json"))
            empty, made = false_claims(answers, records)
            slots = list(table["slots"][lang])
            rows.append([lang, part, len(answers), f"{table['mean'][lang]:.3f}",
                         *(f"{table['slots'][lang][s]['f']:.2f}" for s in slots), f"{made} in {empty}"])
    if args.errors:
        return 0
    head = ["language", "part", "reports", "mean F1", *slots, "false claims"]
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]]
    print("\n".join(lines))
    if args.keep:
        results.keep(args.keep, "gold", "Accuracy", ("`make gold`", ""), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
