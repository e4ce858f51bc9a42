#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the register on this machine: adding, asking, rebuilding, size.

usage: bench/register.py KARAR [--documents 200000] [--folder DIR] [--keep FILE] [--register FILE] [--short]

The reports are made here, from a fixed seed: pairs of states over thirty years, numbered sessions, ministers' meetings, instruments,
promises with and without a date. They are put into the table of documents by SQL, as adding them one after the other would take half an
hour, and `karar rebuild` makes all else; then some more are added one by one. Each question is asked of many pairs, each in a process of
its own, as people do; the time of starting the program is in the figures. The median and the 99th percentile are told, on the clock and of
the processor. --register names a
file that such a run left (or is to leave): it is used again and kept. --short leaves out the rebuild and the check at the end.
"""
import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import random
import resource
import sqlite3
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
MANY = 100          # reports that are added in one run
PAIRS = 60          # that each question is asked of
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


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(command):
    """Seconds on the clock, seconds of processor, output."""
    begin, used = time.perf_counter(), processor()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr.decode()}")
    return time.perf_counter() - begin, processor() - used, done.stdout


def line(name, runs):
    """A question's row: times on the clock, and of the processor, which a busy machine does not lengthen."""
    clock, used = percentiles([seconds for seconds, _, _ in runs]), percentiles([seconds for _, seconds, _ in runs])
    return f"| {name} | median {clock[0]:.1f} ms, p99 {clock[1]:.1f} ms | processor: median {used[0]:.1f} ms, p99 {used[1]:.1f} ms |"


def percentiles(times):
    times = sorted(times)
    return statistics.median(times) * 1000, times[min(len(times) - 1, int(len(times) * 0.99))] * 1000


def make(karar, register, count, folder):
    """A register of so many reports; how long reading and matching all of them took."""
    dice = random.Random(7)
    path = folder / "first.txt"
    path.write_text(report(dice, 0), encoding="utf-8")
    run([karar, "add", "--register", register, path])

    def rows():
        for i in range(1, count):
            text = report(dice, i).encode()
            yield "sha256:" + hashlib.sha256(text).hexdigest(), text, f"reports/{i // 1000:04}/{i:07}.txt"

    with contextlib.closing(sqlite3.connect(register)) as database, database:
        database.executemany("INSERT OR IGNORE INTO document (hash, bytes, uri, added, added_by) VALUES (?, ?, ?, '2026-01-01T00:00:00Z', 'bench')", rows())
    return run([karar, "rebuild", "--register", register, "--format", "json"])[0]


def count(register, what):
    with contextlib.closing(sqlite3.connect(register)) as database:
        return database.execute(f"SELECT count(*) FROM {what}").fetchone()[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=200000)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--register", type=pathlib.Path)
    parser.add_argument("--short", action="store_true")
    args = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        folder = pathlib.Path(folder)
        register = args.register or folder / "bench.db"
        if not register.exists():
            seconds = make(args.karar, register, args.documents, folder)
            lines.append(f"| first rebuild (full text and all) | {args.documents / seconds:.0f} reports/s | {seconds:.1f} s |")
        documents, claims = count(register, "document"), count(register, "claim")
        lines.insert(0, f"| register | {documents} documents, {claims} claims | {register.stat().st_size / documents / 1024:.1f} KiB a document |")
        start = statistics.median(run([args.karar, "version"])[0] for _ in range(15)) * 1000
        dice = random.Random(time.time_ns())
        more = folder / "more"
        more.mkdir()
        for i in range(MANY):
            (more / f"{i:04}.txt").write_text(report(dice, documents + i), encoding="utf-8")
        seconds, used, _ = run([args.karar, "add", "--register", register, more])
        lines.append(f"| add, {MANY} in one run | {seconds / MANY * 1000:.1f} ms each | processor: {used / MANY * 1000:.1f} ms each |")
        one = []
        for i in range(40):
            path = folder / "one.txt"
            path.write_text(report(dice, documents + MANY + i), encoding="utf-8")
            one.append(run([args.karar, "add", "--register", register, path]))
        lines.append(line("add, one report (process, packs, reading and all)", one))
        pairs = ["-".join(sorted(dice.sample(sorted(STATES), 2))) for _ in range(PAIRS)]
        ids = [row["id"] for row in json.loads(run([args.karar, "sessions", "--register", register, pairs[0], "--format", "json"])[2])]
        for name, operands in [("bodies", pairs), ("sessions", pairs), ("instruments", pairs), ("commitments", pairs), ("people", pairs),
                               ("brief", pairs), ("calendar", pairs), ("documents", pairs), ("show", ids), ("why", ids), ("search", FIELDS * 4)]:
            lines.append(line(name, [run([args.karar, name, "--register", register, operand, "--format", "json"]) for operand in operands]))
        for name in ("sessions", "instruments", "commitments", "brief"):
            lines.append(line(f"{name} as of a day", [run([args.karar, name, "--register", register, pair, "--as-of", "2015-06-01", "--format", "json"])
                                                      for pair in pairs]))
        lines.append(line("idle", [run([args.karar, "idle", "--register", register, "--years", "5"]) for _ in range(20)]))
        documents = count(register, "document")
        for name in () if args.short else ("rebuild", "rebuild --reread", "verify"):
            seconds, used, _ = run([args.karar, *name.split(), "--register", register])
            lines.append(f"| {name} | {documents / seconds:.0f} reports/s ({seconds:.1f} s) | processor: {used:.1f} s |")
    lines = ["| what | | |", "| --- | --- | --- |", *lines]
    print("\n".join(lines))
    if args.keep:
        results.keep(args.keep, "register", "The register",
                     ("`make bench-register`", f", made reports, times with the start of the program ({start:.1f} ms), load {os.getloadavg()[1]:.0f} on {os.cpu_count()} processors"), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
