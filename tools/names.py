#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures how well names are matched across scripts.

usage: names.py COMPARE [--pairs FILE] [--keep FILE] [--errors odd]

COMPARE is the test program compare_names. The pairs are those of tests/names/pairs.tsv; false matches are looked for among all names of
different people of the table, crossed, and among its hard pairs. People with odd numbers are tuned on, so odd and even stand apart; a
false match counts as odd when both people are. --keep replaces the section between the marks of FILE. --errors prints what went
wrong, with odd numbers alone.
"""
import argparse
import difflib
import pathlib
import subprocess
import sys

import results

PAIRS = pathlib.Path(__file__).resolve().parent.parent / "tests" / "names" / "pairs.tsv"
SCRIPTS = ((0x0900, 0x097F, "Devanagari"), (0x0600, 0x06FF, "Perso-Arabic"), (0x0400, 0x04FF, "Cyrillic"))
ORDER = ["Latin", "Devanagari", "Perso-Arabic", "Cyrillic"]


def script(name):
    for c in name:
        for first, last, found in SCRIPTS:
            if first <= ord(c) <= last:
                return found
    return "Latin"


def read_pairs(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "want\t")):
            want, _, person, a, b = line.split("\t")
            yield want, int(person), a, b


def run(compare, mode, lines):
    text = "".join("\t".join(line) + "\n" for line in lines)
    return subprocess.run([compare, mode], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()


def kind(a, b):
    ends = sorted((script(a), script(b)), key=ORDER.index)
    return " – ".join(ends) if ends[0] != ends[1] else f"{ends[0]}, two writings"


def share(found, count):
    return f"{found / count:.3f}" if count else "–"


def match_pairs(compare, pairs):
    """For each pair: (want, person, a, b, degree, score, keys meet)."""
    for (want, person, a, b), line in zip(pairs, run(compare, "pairs", [(a, b) for _, _, a, b in pairs])):
        degree, score, _, meet = line.split()
        yield want, person, a, b, degree, int(score), meet == "1"


def names_of(pairs):
    """All writings of each person, in their order."""
    people = {}
    for want, person, a, b in pairs:
        if want == "same":
            people.setdefault(person, {}).update({a: None, b: None})
    return people


def cross(compare, pairs):
    """False matches among all names of different people, by parity, and how many pairs were tried."""
    people = names_of(pairs)
    result = {}
    for rest in (1, 0):
        names = [(str(p), name) for p, some in people.items() if p % 2 == rest for name in some]
        *lines, last = run(compare, "cross", names)
        result[rest] = (lines, int(last.split()[1]), int(last.split()[3]))
    return result


def lone_surnames(compare, pairs):
    """Surnames alone against all names of other people, by parity: found as part or same, and how many pairs were tried."""
    people = names_of(pairs)
    result = {}
    for rest in (1, 0):
        tried = []
        for want, person, alone, full in pairs:
            if want != "part" or person % 2 != rest:
                continue
            own = next((p for p, names in people.items() if full in names), None)
            tried += [(alone, name) for p, names in people.items() if p != own and p % 2 == rest for name in names]
        found = sum(not line.startswith("other") for line in run(compare, "pairs", tried))
        result[rest] = (found, len(tried))
    return result


def romanised(compare, pairs, script_name, rest):
    """How near the names of a script, romanised, are to the nearest Latin writing of the same person: (names, mean of difflib's ratio)."""
    latin, others = {}, {}
    for want, person, a, b in pairs:
        for name in (a, b) if want == "same" and person % 2 == rest else ():
            if script(name) == "Latin":
                latin.setdefault(person, []).append(name)
            elif script(name) == script_name:
                others[person, name] = None
    lines = run(compare, "latin", [(name,) for _, name in others])
    near = [max(difflib.SequenceMatcher(None, line.lower(), name.lower()).ratio() for name in latin[person])
            for (person, _), line in zip(others, lines)]
    return len(near), f"{sum(near) / len(near):.3f}"


def table(matched, crossed, lone, latin):
    lines = ["| | odd: pairs | share | even: pairs | share |", "| --- | --- | --- | --- | --- |"]
    kinds = [f"{a} – {b}" for i, a in enumerate(ORDER) for b in ORDER[i + 1:]] + [f"{a}, two writings" for a in ORDER]

    def row(title, test, good):
        cells = [title]
        for rest in (1, 0):
            rows = [m for m in matched if m[1] % 2 == rest and test(m)]
            cells += [len(rows), share(sum(map(good, rows)), len(rows))]
        lines.append("| " + " | ".join(map(str, cells)) + " |")

    for name in kinds:
        row(name, lambda m: m[0] == "same" and kind(m[2], m[3]) == name, lambda m: m[4] == "same")
    row("**all**", lambda m: m[0] == "same", lambda m: m[4] == "same")
    row("share a word of their keys", lambda m: m[0] == "same", lambda m: m[6])
    row("surname alone, found as part or same", lambda m: m[0] == "part", lambda m: m[4] != "other")
    row("hard pairs of different people: taken for one", lambda m: m[0] == "other", lambda m: m[4] == "same")
    cells = ["all names of different people crossed: taken for one"]
    for rest in (1, 0):
        found, count, _ = crossed[rest]
        wrong = sum(" same " in line for line in found)
        cells += [count, f"{wrong} = {wrong / count:.6f}"]
    lines.append("| " + " | ".join(map(str, cells)) + " |")
    cells = ["surname alone against other people: part or same"]
    for rest in (1, 0):
        found, count = lone[rest]
        cells += [count, f"{found} = {found / count:.6f}"]
    lines.append("| " + " | ".join(map(str, cells)) + " |")
    for name in ORDER[1:]:
        lines.append(f"| {name} romanised: likeness to the Latin writing (1 = equal) | " + " | ".join(str(c) for rest in (1, 0)
                                                                                                for c in latin[name, rest]) + " |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("compare")
    parser.add_argument("--pairs", type=pathlib.Path, default=PAIRS)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--errors", choices=["odd"])
    args = parser.parse_args()
    pairs = list(read_pairs(args.pairs))
    if args.errors:
        pairs = [p for p in pairs if p[1] % 2]
    matched, crossed = list(match_pairs(args.compare, pairs)), cross(args.compare, pairs)
    if args.errors:
        for want, _, a, b, degree, score, meet in matched:
            if not (want == degree or (want == "part" and degree == "same") or (want == "other" and degree == "part")):
                print(f"{want}\t{degree} {score}\t{a}\t{b}" + ("" if meet else "\tno common key"))
        print(*(line for line in crossed[1][0] if " same " in line), sep="\n")
        return 0
    latin = {(name, rest): romanised(args.compare, pairs, name, rest) for name in ORDER[1:] for rest in (1, 0)}
    lines = table(matched, crossed, lone_surnames(args.compare, pairs), latin)
    lines += ["", f"A comparison takes {max(crossed[0][2], crossed[1][2]) / 1000:.2f} µs on average."]
    print("\n".join(lines))
    if args.keep:
        results.keep(args.keep, "names", "Names across scripts", ("`make names`", ""), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
