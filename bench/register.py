#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the register on this machine: adding, asking, rebuilding, size.

usage: bench/register.py KARAR [--documents 20000] [--folder DIR] [--keep FILE]

The reports are made here, from a fixed seed: pairs of states over thirty years, numbered sessions, ministers' meetings, instruments,
promises with and without a date. Each question is asked of many pairs, each in a process of its own, as people do; the time of starting
the program is in the figures. The median and the 99th percentile are told.
"""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

STATES = {"PAK": "Pakistan", "RUS": "Russia", "IND": "India", "CHN": "China", "IRN": "Iran", "TUR": "Turkey", "KAZ": "Kazakhstan", "UZB": "Uzbekistan",
          "DEU": "Germany", "FRA": "France", "ITA": "Italy", "ESP": "Spain", "POL": "Poland", "EGY": "Egypt", "DZA": "Algeria", "BRA": "Brazil",
          "ARG": "Argentina", "CHL": "Chile", "JPN": "Japan", "VNM": "Vietnam", "IDN": "Indonesia", "MYS": "Malaysia", "NOR": "Norway", "KEN": "Kenya"}
CITIES = {"PAK": "Islamabad", "RUS": "Moscow", "IND": "New Delhi", "CHN": "Beijing", "IRN": "Tehran", "TUR": "Ankara", "KAZ": "Astana", "UZB": "Tashkent",
          "DEU": "Berlin", "FRA": "Paris", "ITA": "Rome", "ESP": "Madrid", "POL": "Warsaw", "EGY": "Cairo", "DZA": "Algiers", "BRA": "Brasilia",
          "ARG": "Buenos Aires", "CHL": "Santiago", "JPN": "Tokyo", "VNM": "Hanoi", "IDN": "Jakarta", "MYS": "Kuala Lumpur", "NOR": "Oslo", "KEN": "Nairobi"}
FIELDS = ["energy", "education", "tourism", "health", "agriculture", "transport", "culture", "science", "fisheries", "customs", "media", "sport"]
THINGS = ["a freight train", "a gas pipeline", "insulin production", "a language centre", "a steel mill", "direct flights", "a solar power plant"]
GIVEN = "Anna Boris Carlos Dina Emil Farid Greta Hassan Irina Jamal Karim Lena Milan Nadia Omar Paula Rashid Sara Tomas Vera".split()
FAMILY = "Abbasov Bergman Castillo Dutta Eriksen Fontana Gupta Haddad Ivanov Jansen Khalil Lindgren Moreau Novak Okoye Petrov Qureshi Rossi".split()
MONTHS = "January February March April May June July August September October November December".split()


def report(dice, number):
    a, b = sorted(dice.sample(sorted(STATES), 2))
    year, month, day = dice.randint(1996, 2025), dice.randint(1, 12), dice.randint(2, 27)
    date = f"{day} {MONTHS[month - 1]} {year}"
    city = CITIES[dice.choice((a, b))]
    one, two = (f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}" for _ in range(2))
    x, y = STATES[a], STATES[b]
    session = year - 1995
    fields, things = dice.sample(FIELDS, 4), dice.sample(THINGS, 2)
    return (f"{x} and {y} meet in {city} ({number})\n\n{city.upper()}, {date}: The {session}th session of the {x}-{y} Intergovernmental Commission was "
            f"held in {city}. It was co-chaired by {x}'s Minister of {fields[0].title()} {one} and {y}'s Minister of Trade {two}.\n\n"
            f"The two sides signed a memorandum of understanding on {fields[1]} and an agreement on {fields[2]}. They agreed to launch "
            f"{things[0]} in {year + 1} and discussed {things[1]}. They welcomed cooperation in {fields[3]}.\n")


def timed(command):
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr.decode()}")
    return time.perf_counter() - begin, done.stdout


def percentiles(times):
    times = sorted(times)
    return statistics.median(times) * 1000, times[min(len(times) - 1, int(len(times) * 0.99))] * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=20000)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    dice = random.Random(7)
    lines = []
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        folder = pathlib.Path(folder)
        register = folder / "bench.db"
        reports = folder / "reports"
        for i in range(args.documents):
            part = reports / f"{i // 1000:04}"
            part.mkdir(parents=True, exist_ok=True)
            (part / f"{i:07}.txt").write_text(report(dice, i), encoding="utf-8")
        seconds, out = timed([args.karar, "add", "--register", register, reports])
        lines.append(f"| add, many in one run | {args.documents / seconds:.0f} reports/s | {seconds / args.documents * 1000:.2f} ms each |")
        claims = sum(int(line.split()[2]) for line in out.decode().splitlines() if line.endswith(".txt"))
        size = register.stat().st_size
        lines.insert(0, f"| register | {args.documents} documents, {claims} facts | {size / args.documents / 1024:.1f} KiB a document |")
        start = statistics.median(timed([args.karar, "version"])[0] for _ in range(15)) * 1000
        one = []
        for i in range(40):
            path = folder / "one.txt"
            path.write_text(report(dice, args.documents + i), encoding="utf-8")
            one.append(timed([args.karar, "add", "--register", register, path])[0])
        lines.append("| add, one report (process, packs, reading and all) | median {:.1f} ms | p99 {:.1f} ms |".format(*percentiles(one)))
        pairs = ["-".join(sorted(dice.sample(sorted(STATES), 2))) for _ in range(60)]
        ids = [row["id"] for row in json.loads(timed([args.karar, "sessions", "--register", register, pairs[0], "--format", "json"])[1])]
        for name, operands in [("bodies", pairs), ("sessions", pairs), ("instruments", pairs), ("commitments", pairs), ("people", pairs),
                               ("brief", pairs), ("calendar", pairs), ("documents", pairs), ("show", ids * 3), ("search", FIELDS * 4)]:
            times = [timed([args.karar, name, "--register", register, operand, "--format", "json"])[0] for operand in operands]
            lines.append(f"| {name} | median {percentiles(times)[0]:.1f} ms | p99 {percentiles(times)[1]:.1f} ms |")
        times = [timed([args.karar, "idle", "--register", register, "--years", "5"])[0] for _ in range(20)]
        lines.append("| idle | median {:.1f} ms | p99 {:.1f} ms |".format(*percentiles(times)))
        seconds, _ = timed([args.karar, "rebuild", "--register", register])
        lines.append(f"| rebuild | {args.documents / seconds:.0f} reports/s | {seconds:.1f} s |")
        seconds, _ = timed([args.karar, "verify", "--register", register])
        lines.append(f"| verify | {args.documents / seconds:.0f} reports/s | {seconds:.1f} s |")
    lines = ["| what | | |", "| --- | --- | --- |", *lines]
    print("\n".join(lines))
    if args.keep:
        results.keep(args.keep, "register", "The register",
                     ("`make bench-register`", f", made reports, times with the start of the program ({start:.1f} ms)"), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
