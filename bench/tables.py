#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what each table of a pack pays: the mean F1 that reading loses without it.

usage: tables.py KARAR GOLD [--langs en,hi,ru,ur] [--keep FILE]

Reads the reports that may be tuned on (odd numbers of GOLD/dev, and tests/own) with a copy of the pack in which one lexicon has no rows, or
one file of rules is missing. Who adds a language learns from it what to write first; who tends one, where a table has gone slack.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import gold  # noqa: E402
import results  # noqa: E402


def mean(karar, folder, lang, pack):
    """Mean F1 over both sets of reports."""
    scores = []
    for part, answers, reports in gold.parts(folder, lang):
        if part not in ("odd", "own"):
            continue
        ids = {json.loads(answer)["id"] for answer in answers}
        files = sorted(str(p) for p in reports.glob("*.txt") if p.stem in ids)
        run = subprocess.run([karar, "read", "--format", "jsonl", "--pack", str(pack), *files], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, check=False)
        records = run.stdout.decode("utf-8").splitlines()
        scores.append(float(re.search(r"mean F1\s+([\d.]+)", gold.score(folder, answers, records))[1]))
    return sum(scores) / len(scores)


def tables(pack):
    """The files that can be done without, as (name, how to empty it)."""
    for file in sorted(pack.glob("lexicon/*.tsv")):
        yield file, file.read_text(encoding="utf-8").split("\n", 1)[0] + "\n"
    for file in sorted(pack.glob("frames/*.rules")):
        yield file, None


def losses(karar, folder, lang):
    with tempfile.TemporaryDirectory() as scratch:
        pack = pathlib.Path(shutil.copytree(ROOT / "packs" / lang, pathlib.Path(scratch, lang)))
        full, lost = mean(karar, folder, lang, pack), {}
        for file, emptied in list(tables(pack)):
            text = file.read_text(encoding="utf-8")
            if emptied is None:
                file.unlink()
            else:
                file.write_text(emptied, encoding="utf-8")
            name = file.stem if emptied else f"rules: {file.stem}"
            lost[name] = full - mean(karar, folder, lang, pack)
            file.write_text(text, encoding="utf-8")
    return full, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar")
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--langs", default="en,hi,ru,ur")
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    if not (args.gold / "score.py").exists():
        print(f"no gold answers at {args.gold}: nothing measured")
        return 0
    langs = args.langs.split(",")
    found = {lang: losses(args.karar, args.gold, lang) for lang in langs}
    names = {name for _, lost in found.values() for name in lost}
    average = {n: sum(found[lang][1].get(n, 0) for lang in langs) / sum(n in found[lang][1] for lang in langs) for n in names}
    lines = ["| without | " + " | ".join(langs) + " | mean loss |", "| --- |" + " --- |" * (len(langs) + 1)]
    for name in sorted(names, key=lambda n: (-average[n], n)):
        cells = [f"{found[lang][1][name]:.3f}" if name in found[lang][1] else "" for lang in langs]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {average[name]:.3f} |")
    lines.append("| (all there: mean F1) | " + " | ".join(f"{found[lang][0]:.3f}" for lang in langs) + " | |")
    print("\n".join(lines))
    if args.keep:
        results.keep(args.keep, "tables", "What each table of a pack pays",
                     ("Mean F1 lost on reports to tune on without the table. `make bench-tables`", ""), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
