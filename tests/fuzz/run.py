#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lets libFuzzer and AFL++ search every door for a time and keeps the sums of what was run since a day.

usage: run.py [BUILD] [--afl BUILD] [--seconds 60] [--only read,source] [--keep FILE] [--afresh]
       run.py --check

BUILD is what `make fuzz` builds: clang with the sanitizers for addresses and undefined behaviour, for libFuzzer; --afl names a build of the same
programs by afl-clang-fast, without sanitizers. Each engine has its table in FILE, to which each door is added as soon as its time is over: runs, seconds and
inputs are summed, the worst is kept of the rest; --afresh begins a new sum. What a search finds interesting is kept in BUILD/corpus and searched on from
next time; an input that crashes, leaks, takes more than a second (AFL++: ten) or too much memory goes to BUILD/found, its door is searched on, and
the run ends with 1. Several runs can go at the same time, of other doors each.

--check says whether every door has seeds and words that both engines take.
"""
import argparse
import ctypes
import datetime
import fcntl
import hashlib
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

NAMES = ("read", "source", "encoding", "feed", "name", "pack", "ask", "record", "import", "http", "pdf")
MEGABYTES = 1024        # of a process under a sanitizer, engine and packs with it
LONGEST = {"name": 400, "ask": 1000, "pdf": 2000, "record": 20000, "import": 20000, "http": 20000}
FINDINGS = 8            # of a door in one run; then it is left
WORD_LONGEST = 64       # libFuzzer passes over longer ones in silence, AFL++ ends at 128
WORD = re.compile(r'"((?:\\x[0-9a-fA-F]{2}|\\\\|\\"|[^\\"\x00-\x1f\x7f-\U0010ffff])+)"')
HOURS = 8               # asked, of the processor, both engines together
COLUMNS = ("door", "runs", "seconds", "of the processor", "inputs", "edges reached", "peak MiB", "slowest input, s", "slow", "crashes, leaks, broken promises")
SUMMED = (1, 2, 3, 4, 8, 9)


def longest(name):
    return LONGEST.get(name, 65536)


def words_of(name):
    return HERE / "words" / f"{name}.dict"


def seeds_of(name):
    return [path for path in sorted((HERE / "seeds" / name).iterdir()) if not path.name.startswith(".")]


def word_count(name):
    return sum(line.startswith('"') for line in words_of(name).read_text(encoding="utf-8").splitlines())


def check():
    """What is wrong with seeds and words."""
    for path in sorted((HERE / "words").iterdir()) + sorted((HERE / "seeds").iterdir()):
        if path.stem not in NAMES:
            yield f"{path}: there is no such door"
    for name in NAMES:
        if not words_of(name).exists() or not word_count(name):
            yield f"{name}: no words"
            continue
        for number, line in enumerate(words_of(name).read_text(encoding="utf-8").splitlines(), 1):
            word = WORD.fullmatch(line)
            if line and not line.startswith("#") and not word:
                yield f"{words_of(name)}:{number}: not a word in quotes"
            elif word and len(re.sub(r"\\x..|\\.", "a", word[1])) > WORD_LONGEST:
                yield f"{words_of(name)}:{number}: longer than {WORD_LONGEST} bytes"
        for path in seeds_of(name) or yield_none(name):
            if not 0 < path.stat().st_size <= longest(name):
                yield f"{path}: {path.stat().st_size} bytes: nothing, or more than the engines give to this door ({longest(name)})"
    row = ["read", 1, 61, 5, 1234567, 8, 9, 2, 1, 3]
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.md"
        page.write_text("# Results\n", encoding="utf-8")
        for run in (row, ["pdf", *row[1:]], row):
            keep(page, "a", "A", run, False)
        since, kept = sums(page.read_text(encoding="utf-8"), "a")
    if since != datetime.date.today().isoformat() or kept != {"read": ["read", 2, 122, 10, 2469134, 8, 9, 2, 2, 6], "pdf": ["pdf", *row[1:]]}:
        yield f"what is kept of three runs is not their sum: {since}, {kept}"


def yield_none(name):
    raise SystemExit(f"{name}: no seeds")


class Clock:
    """Seconds by the clock and of the processor that programs take, with those that they leave behind: AFL++ kills its target and does not wait for it."""

    def __enter__(self):
        ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0)    # PR_SET_CHILD_SUBREAPER: what is left behind comes to us
        self.began, self.before = time.monotonic(), self.processor()
        return self

    @staticmethod
    def processor():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def __exit__(self, *_):
        patience = time.monotonic() + 20
        while time.monotonic() < patience:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.1)
            except ChildProcessError:
                break
        self.seconds, self.used = time.monotonic() - self.began, self.processor() - self.before


def room(build, name):
    """Folders for what a search keeps and for what it finds."""
    corpus, found = build / "corpus" / name, build / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    return corpus, found, {**os.environ, "KARAR_ROOT": str(HERE.parent.parent)}


def search(build, name, seconds):
    """By libFuzzer, which ends at the first finding and is then begun again."""
    corpus, found, environment = room(build, name)
    known, until = set(found.glob(f"{name}-*")), time.monotonic() + seconds
    logs, inputs, edges, peak, slowest = [], 0, 0, 0, 0
    while len(logs) < FINDINGS and (left := int(until - time.monotonic())) > 0:
        print(f"{name}: libFuzzer, {left} s", file=sys.stderr, flush=True)
        command = [build / "tests" / "fuzz" / f"fuzz_{name}", f"-dict={words_of(name)}", f"-max_total_time={left}", "-timeout=10", "-report_slow_units=1",
                   f"-rss_limit_mb={MEGABYTES}", f"-max_len={longest(name)}", f"-artifact_prefix={found}/{name}-", "-print_final_stats=1", corpus,
                   HERE / "seeds" / name]
        run = subprocess.run(list(map(str, command)), stderr=subprocess.PIPE, env=environment, check=False)
        log = run.stderr.decode("utf-8", "replace")
        logs.append(log)
        (build / f"fuzz-{name}.log").write_text("\n".join(logs), encoding="utf-8")

        def number(pattern):
            hits = re.findall(pattern, log)
            return int(hits[-1]) if hits else 0
        units = number(r"stat::number_of_executed_units: *(\d+)")
        if not units or number(r"Dictionary: (\d+) entries") != word_count(name) or number(r"seed corpus: files: (\d+)") < len(seeds_of(name)):
            raise SystemExit(f"{name}: libFuzzer did not run as it should: see {build}/fuzz-{name}.log")
        inputs, edges, peak = inputs + units, max(edges, number(r"cov: (\d+)")), max(peak, number(r"stat::peak_rss_mb: *(\d+)"))
        slowest = max(slowest, number(r"stat::slowest_unit_time_sec: *(\d+)"))
        if run.returncode == 0:
            break
        if not set(found.glob(f"{name}-*")) - known:
            raise SystemExit(f"{name}: libFuzzer ended with {run.returncode} and left nothing: see {build}/fuzz-{name}.log")
    new = set(found.glob(f"{name}-*")) - known
    slow = sum("slow-unit" in path.name for path in new)
    return [inputs, edges, peak, slowest, slow, len(new) - slow]


def search_afl(build, name, seconds):
    """By AFL++. It begins anew each time, so that its counts are of this run, from all that it kept before and the seeds."""
    corpus, found, environment = room(build, name)
    environment |= {"AFL_NO_UI": "1", "AFL_SKIP_CPUFREQ": "1", "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES": "1", "AFL_NO_AFFINITY": "1",
                    "AFL_IGNORE_SEED_PROBLEMS": "1", "AFL_HANG_TMOUT": "10000"}
    known, running = corpus / "known", corpus / "default"
    known.mkdir(exist_ok=True)
    for path in [*seeds_of(name), *(running / "queue").glob("id*")]:    # some are links to one that is known
        content = path.read_bytes()
        (known / hashlib.sha1(content).hexdigest()).write_bytes(content)
    shutil.rmtree(running, ignore_errors=True)
    command = ["afl-fuzz", "-i", known, "-o", corpus, "-V", seconds, "-t", "10000", "-m", "none", "-G", longest(name), "-x", words_of(name),
               "--", build / "tests" / "fuzz" / f"fuzz_{name}"]
    print(f"{name}: AFL++, {seconds} s", file=sys.stderr, flush=True)
    with open(build / f"fuzz-{name}.log", "wb") as log:
        run = subprocess.run(list(map(str, command)), stdout=log, stderr=subprocess.STDOUT, env=environment, check=False)
    kept = running / "fuzzer_stats"
    told = dict(re.findall(r"^(\w+) +: +(.*?) *$", kept.read_text(encoding="utf-8"), re.M)) if kept.exists() else {}
    if run.returncode or not int(told.get("execs_done", 0)):
        raise SystemExit(f"{name}: AFL++ did not run: see {build}/fuzz-{name}.log")
    new = {"crashes": 0, "hangs": 0}
    for folder in new:
        for path in (running / folder).glob("id*"):
            place = found / f"{name}-{folder}-{hashlib.sha1(path.read_bytes()).hexdigest()}"
            new[folder] += not place.exists()
            shutil.copy(path, place)
    # It tells no peak of a program that stays. The slowest is what it asked itself to wait for.
    return [int(told["execs_done"]), int(told["edges_found"]), 0, int(told.get("slowest_exec_ms", 0)) // 1000, new["hangs"], new["crashes"]]


def sums(text, place):
    """(day on which the sums begin, {door: figures}) of a page; a table of another form is none."""
    part = re.search(f"<!-- {place} -->(.*?)<!-- /{place} -->", text, re.S)
    since = part and re.search(r"sums since (\d{4}-\d\d-\d\d)", part[1])
    if not since:
        return None, {}
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in part[1].splitlines() if line.startswith("|")]
    if not rows or tuple(rows[0]) != COLUMNS:
        return None, {}
    return since[1], {row[0]: [row[0], *(int(cell.replace(",", "")) for cell in row[1:])] for row in rows[2:] if row[0] in NAMES}


def table(rows):
    ordered = [rows[name] for name in NAMES if name in rows]
    whole = ["all", *(sum(row[i] for row in ordered) if i in SUMMED else max(row[i] for row in ordered) for i in range(1, len(COLUMNS)))]
    cells = [[row[0], *(f"{cell:,}" for cell in row[1:])] for row in [*ordered, whole]]
    return ["| " + " | ".join(row) + " |" for row in [COLUMNS, ["---"] * len(COLUMNS), *cells]], whole


def add(kept, row):
    """The sums with one more run of a door."""
    return [row[0], *(kept[i] + row[i] if i in SUMMED else max(kept[i], row[i]) for i in range(1, len(COLUMNS)))] if kept else row


def keep(page, place, heading, row, afresh):
    """Adds a door's run to the table of a page; other runs may do so at the same time."""
    with open(page, "a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        since, rows = (None, {}) if afresh else sums(page.read_text(encoding="utf-8"), place)
        rows[row[0]] = add(rows.get(row[0]), row)
        lines, whole = table(rows)
        results.keep(page, place, heading, (f"`tests/fuzz/run.py`: sums since {since or datetime.date.today().isoformat()}; last run",
                                            f", load average {os.getloadavg()[0]:.0f}; {whole[3] / 3600:.2f} hours of the processor ({HOURS} asked of both engines)"),
                     lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path, nargs="?")
    parser.add_argument("--afl", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", default=",".join(NAMES))
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--afresh", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    wrong = list(check())
    if args.check or wrong:
        print("\n".join(wrong) or f"{len(NAMES)} doors with seeds and words")
        return 1 if wrong else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))     # the doors that are done are kept, whatever ends a run
    # An edge of AFL++ is one of its own compiler's count, so the engines' numbers are not of one measure.
    engines = (("fuzz", "Fuzzing", "libFuzzer", args.build, search), ("fuzz-afl", "Fuzzing with AFL++", "AFL++", args.afl, search_afl))
    bad = False
    for place, heading, engine, build, by in engines:
        rows = {}
        for name in args.only.split(",") if build else ():
            with Clock() as clock:
                told = by(build.resolve(), name, args.seconds)
            rows[name] = [name, 1, round(clock.seconds), round(clock.used), *told]
            if args.keep:
                keep(args.keep, place, heading, rows[name], args.afresh and len(rows) == 1)
            bad |= any(told[-2:])
        if rows:
            print("\n".join([engine, *table(rows)[0]]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
