#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Learns the weights by which dates and places of meetings are ranked, and says how well they do on reports that they were not learned from.

usage: weigh.py KARAR GOLD [--more FOLDER …]

Learned from the reports that rules may be tuned on: those of our own that nobody keeps unread, the odd ones of GOLD/dev, and the folders of
--more (xx.jsonl beside xx/*.txt). One set of weights serves all languages. Of each report the layer `# weighed` of `karar read --explain`
tells which mentions might date or place a meeting, by what traits; the answer that fits the meeting tells which of them is right. What the
text says of a meeting that the answers lack is wrong for it, and counts less (UNKNOWN). The weights are those of a conditional logit: each
place in the text that speaks of a meeting chooses among its mentions and nothing (weight 0). Five parts by report are each judged by the
weights learned from the other four; then the table for src/resolve/particular.c is printed, in tenths. The same input gives the same table.
"""
import argparse
import collections
import json
import math
import pathlib
import re
import subprocess
import sys

import gold

COLUMNS = ("date", "place", "date-around", "place-around")
PARTS = 5
ROUNDS = 250
PENALTY = 2.0       # of a weight's square: few reports have each trait
UNKNOWN = 0.6       # how much a meeting counts of which the answers know nothing
# Taken off all: a wrong date or place makes a wrong meeting, too, and what stands around is easily another one's.
CAUTION = {"date": 0.1, "place": 0.2, "date-around": 0.2, "place-around": 0.4}
# Traits that a column may use: the others were left out because they gained nothing on reports not learned from.
USED = {
    "date": "any words-between nearest headline marked same-verb since-or-until clause-of-time "
            "beside-another-meeting beside-place-or-date month year to-come",
    "place": "any same-clause words-between many-words-between far-off nearest before-final-verb headline unmarked goes-there of-the-host same-verb "
             "beside-another-meeting within-name beside-place-or-date city of-a-party visit told-by-verb",
    "date-around": "any sentences-before sentences-behind other-paragraph stamp day-of-news only-one since-or-until "
                   "beside-place-or-date of-late unresolved",
    "place-around": "any next-sentence sentences-behind other-paragraph marked only-one of-another-meeting beside-another-meeting of-a-party",
}
LINE = re.compile(r'(?:m(\d+)|-) at:(\d+) (\S+) [+-]\d+(?: taken)? (\S+) (date|place|party) ?(.*?) "')


def span(edtf):
    first, _, last = edtf.partition("/")
    last = last or first
    return first + "-01-01"[len(first) - 4:], last + "-12-31"[len(last) - 4:]


def same_date(a, b):
    (a_first, a_last), (b_first, b_last) = span(a), span(b)
    return (a_first <= b_first and b_last <= a_last) or (b_first <= a_first and a_last <= b_last)


def place_of(meeting):
    return meeting.get("city"), meeting.get("country")


def same_place(answer, found):
    if answer[0] and found[0]:
        return answer[0].casefold() == found[0].casefold()
    return bool(answer[1]) and answer[1] == found[1] and not (answer[0] and not found[0])


def likeness(answer, claim):
    """How well a claimed meeting fits the answer's: type, status, ordinal, parties, date, place."""
    talks = {"meeting", "summit", "consultations", "commission", "working-group"}
    points = 3 if answer["type"] == claim["type"] else 1 if {answer["type"], claim["type"]} <= talks else 0
    points += 2 * (answer["status"] == claim["status"])
    if answer.get("ordinal") and claim.get("ordinal"):
        points += 5 if answer["ordinal"] == claim["ordinal"] else -5
    a, b = set(answer.get("parties", [])), set(claim.get("parties", []))
    points += 2 if a == b else 1 if a & b else -2
    points += 2 * bool(answer.get("date") and claim.get("date") and same_date(answer["date"], claim["date"]))
    place = claim.get("place") or {}
    return points + 2 * bool(any(place_of(answer)) and same_place(place_of(answer), place_of(place)))


def align(answers, claims):
    """claim's index -> answer; the answers that no claim fits."""
    pairs = sorted(((likeness(a, c), i, k) for i, a in enumerate(answers) for k, c in enumerate(claims)), key=lambda p: (-p[0], p[1:]))
    of, used = {}, set()
    for points, i, k in pairs:
        if points >= 3 and i not in used and k not in of:
            of[k] = answers[i]
            used.add(i)
    return of, [a for i, a in enumerate(answers) if i not in used]


def is_right(kind, value, answer):
    if kind == "date":
        told = answer.get("date")
        return not told if value == "-" else bool(told) and same_date(told, value)
    city, _, state = value.rpartition(" ")
    return any(place_of(answer)) and same_place(place_of(answer), (city or None, None if state == "-" else state))


def output_of(karar, path, *options):
    return subprocess.run([karar, "read", *options, str(path)], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8", "replace")


def choices_of(karar, path, answer):
    """[column, importance, [(traits, right)]]: each place in a report where a date or place was to be chosen."""
    text = output_of(karar, path, "--explain")
    claims = json.loads(output_of(karar, path, "--format", "jsonl"))["meetings"]
    of, rest = align(answer["meetings"], claims)
    groups = collections.OrderedDict()
    for line in text.partition("\n# weighed\n")[2].partition("\n# claims\n")[0].splitlines():
        match = LINE.match(line)
        if match:
            meeting, at, column, traits, _, value = match.groups()
            groups.setdefault((meeting, at, column), []).append((traits, value.strip()))
    for (meeting, _, column), mentions in groups.items():
        known = of.get(int(meeting) - 1) if meeting else None
        kind = column.partition("-")[0]
        if kind == "place" and known and known["type"] == "call":
            continue    # those who telephone are in two places
        if not known and column.endswith("around"):
            continue
        rows = []
        for traits, value in mentions:
            right = is_right(kind, value, known) if known else value != "-" and any(is_right(kind, value, a) for a in rest)
            rows.append((["any", *traits.split(",")], right))
        yield column, 1.0 if known else UNKNOWN, rows


def learn(choices, column):
    """Weights of the column's traits, by gradient steps (Adam)."""
    names = USED[column].split()
    place = {name: i for i, name in enumerate(names)}
    data = [(weight, [([place[t] for t in traits if t in place], right) for traits, right in rows]) for weight, rows in choices]
    w, first, second = ([0.0] * len(names) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        gradient = [-PENALTY * x for x in w]
        for weight, rows in data:
            powers = [math.exp(sum(w[t] for t in traits)) for traits, _ in rows]
            total = 1.0 + sum(powers)
            right = sum(p for p, (_, ok) in zip(powers, rows) if ok)
            for power, (traits, ok) in zip(powers, rows):
                pull = weight * ((power / right if ok else 0.0) - power / total)
                for t in traits:
                    gradient[t] += pull
        for t, g in enumerate(gradient):
            first[t] = 0.9 * first[t] + 0.1 * g
            second[t] = 0.999 * second[t] + 0.001 * g * g
            w[t] += 0.05 * (first[t] / (1 - 0.9 ** step)) / (math.sqrt(second[t] / (1 - 0.999 ** step)) + 1e-8)
    w[place["any"]] -= CAUTION[column]
    return dict(zip(names, w))


def judge(choices, weights):
    """Right choices, wrong ones, right mentions that were not chosen."""
    right = wrong = missed = 0
    for _, rows in choices:
        weight, ok = max(((sum(weights.get(t, 0) for t in traits), ok) for traits, ok in rows), key=lambda r: r[0])
        chosen = weight > 0
        right += chosen and ok
        wrong += chosen and not ok
        missed += any(r[1] for r in rows) and not (chosen and ok)
    return right, wrong, missed


def reports(args):
    for lang in ("en", "hi", "ru", "ur"):
        for name, answers, folder in gold.parts(args.gold, lang):
            if name in ("odd", "own"):
                yield from ((folder, json.loads(a)) for a in answers)
        for more in args.more:
            for line in (more / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines():
                yield more / lang, json.loads(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar")
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--more", type=pathlib.Path, nargs="*", default=[])
    args = parser.parse_args()
    data = {column: [] for column in COLUMNS}       # of (report's number, choice)
    for number, (folder, answer) in enumerate(reports(args)):
        for column, weight, rows in choices_of(args.karar, folder / (answer["id"] + ".txt"), answer):
            data[column].append((number, (weight, rows)))
    learned = {}
    for column in COLUMNS:
        sums = [0, 0, 0]
        for part in range(PARTS):
            weights = learn([c for n, c in data[column] if n % PARTS != part], column)
            sums = [a + b for a, b in zip(sums, judge([c for n, c in data[column] if n % PARTS == part], weights))]
        learned[column] = learn([c for _, c in data[column]], column)
        right, wrong, missed = sums
        print(f"{column}: {len(data[column])} choices, not learned from: precision {right / max(1, right + wrong):.2f} "
              f"recall {right / max(1, right + missed):.2f}", file=sys.stderr)
    header = (pathlib.Path(__file__).resolve().parent.parent / "src" / "doc" / "weighed.h").read_text(encoding="utf-8")
    for name, words in re.findall(r'X\((\w+), "([^"]+)"\)', header):
        tenths = [round(10 * learned[c].get(words, 0.0)) for c in COLUMNS]
        print(f"    [TRAIT_{name}]".ljust(26) + "= {" + f"{tenths[0]:4},{tenths[1]:5},{tenths[2]:8},{tenths[3]:5}" + "},")
    return 0


if __name__ == "__main__":
    sys.exit(main())
