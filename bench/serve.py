#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the server over a large register on this machine: time and size of each kind of page and answer, requests a second, idle connections.

usage: bench/serve.py KARAR REGISTER [--each 100] [--only WORDS] [--keep FILE]

REGISTER is one that bench/register.py left (its --register); what is decided and added here goes into it. Each kind is asked for of --each
addresses, once each, in all four languages, so that no answer comes from what the server keeps. Time is told on the clock, from the request to the
last byte, and of the server's processor, as the kernel counts it by thread: on a machine with other work only the second says what
a page costs. Then wrk (Debian's) asks again and again: pages that are kept, addresses that were not asked before, and, of a server that has just
begun, a mix as people ask: kinds of pages by MIX, things of a kind by Zipf's law. Last, connections are left open
without a word. All traffic stays on loopback.
"""
import argparse
import contextlib
import http.client
import json
import math
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

LANGUAGES = ("en", "hi", "ur", "ru")
IDLE, SECONDS, MIX_SECONDS, MIX_THINGS, MIX_LENGTH = 2000, 5, 30, 2000, 60000
DAY, MOST_MS, MOST_KB, MOST_RATE, MOST_MIB = "2015-06-01", 50, 100, 1000, 256

# Kind of page: its address behind the language, with what the register has in the place of the names.
PAGES = {
    "start": "", "pair": "{pair}", "pair, all of it": "{pair}?all=yes", "pair as of a day": f"{{pair}}?as-of={DAY}", "body": "{body}",
    "body as of a day": f"{{body}}?as-of={DAY}", "session": "{session}", "meetings of a pair": "{meeting}", "thread": "{thread}", "thread, all of it": "{thread}?all=yes",
    "thread as of a day": f"{{thread}}?as-of={DAY}", "instrument": "{instrument}", "person": "{person}", "party": "{party}", "field": "sector/{sector}",
    "field in a pair": "sector/{sector}?pair={pair}", "document": "document/{document}", "brief": "brief/{pair}", "brief as of a day": f"brief/{{pair}}?as-of={DAY}",
    "search": "search?q={word}", "search in a pair": "search?q=freight+train&pair={pair}", "search by fate": "search?q={word}&fate=no-evidence",
    "search until a day": f"search?q={{word}}&as-of={DAY}&year=2012", "what is new": "new", "what is new, feed": "new.atom", "calendar": "calendar",
    "calendar, feed": "calendar.ics", "calendar of a pair": "calendar/{pair}.ics", "about": "about", "review": "review", "review of a pair": "review?pair={pair}", "judge": "judge",
    "agreement": "agreement", "claim": "claim/{document}/m1", "new claim": "claim/new?document={document}&kind=meeting&words=Commission&nth=", "what a report added": "added/{document}",
    "add": "add", "audit": "audit", "users": "users", "old id": "{old}",
}
# How often people ask for each kind, of a hundred pages.
MIX = {"start": 8, "pair": 15, "body": 5, "session": 18, "thread": 18, "instrument": 5, "person": 6, "document": 15, "brief": 4, "search": 6}
ANSWERS = {
    "bodies": "bodies?pair={pair}", "all bodies": "bodies", "sessions": "sessions?pair={pair}", "instruments": "instruments?pair={pair}", "instruments as of a day": f"instruments?pair={{pair}}&as-of={DAY}",
    "commitments": "commitments?pair={pair}", "commitments as of a day": f"commitments?pair={{pair}}&as-of={DAY}", "people": "people?pair={pair}", "documents": "documents?pair={pair}",
    "documents, far behind": "documents?skip=90000", "search": "search?words={word}", "idle": "idle?years=5", "decisions": "decisions", "agreement": "agreement", "differences": "differences",
    "calendar": "calendar?pair={pair}", "calendar as of a day": f"calendar?pair={{pair}}&as-of={DAY}", "show": "show/{session}", "why": "why/{thread}", "diff": "diff/{document}", "brief": "brief/{pair}",
    "brief as of a day": f"brief/{{pair}}?as-of={DAY}", "document": "documents/{document}", "text": "documents/{document}/text", "audit": "audit", "users": "users", "description": "openapi.json",
}
REPORT = ("ISLAMABAD, 4 May 2024: The {n}th session of the Pakistan-Russia Intergovernmental Commission was held in Islamabad. "
          "The two sides signed a memorandum of understanding on energy and agreed to launch a freight train in 2026.")


class Server:
    def __init__(self, program, register):
        self.process = subprocess.Popen([program, "serve", "--register", register, "--port", "0"], stdout=subprocess.PIPE, text=True)
        found = re.match(r"http://127\.0\.0\.1:(\d+)/\?token=(\w+)", self.process.stdout.readline())
        self.port, self.token = int(found.group(1)), found.group(2)

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, connection, path, method="GET", body=None, kind="text/plain"):
        """Bytes of the answer, and of its body alone what it says."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": kind} if path.startswith("/api/") else {"Cookie": f"karar={self.token}"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status not in (200, 201, 303):
            sys.exit(f"{path}: {answer.status} {told[:200]!r}")
        return told

    def processor(self):
        """Milliseconds, of all threads."""
        used = 0
        for thread in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError):
                used += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
        return used / 1e6

    def memory(self):
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")).group(1)) // 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def things(register, each, dice):
    """For each name in an address so many of what the register has, drawn anew."""
    ask = {
        "pair": "SELECT DISTINCT pair FROM body", "body": "SELECT id FROM body WHERE type = 'commission'", "session": "SELECT id FROM session WHERE ordinal IS NOT NULL ORDER BY random() LIMIT :n",
        "meeting": "SELECT id FROM body WHERE type = 'meeting'", "thread": "SELECT DISTINCT id FROM strand ORDER BY random() LIMIT :n",
        "instrument": "SELECT link FROM (SELECT DISTINCT link FROM claim WHERE kind = 'instrument' AND link IS NOT NULL LIMIT 20000) ORDER BY random() LIMIT :n",
        "person": "SELECT id FROM person ORDER BY reports DESC LIMIT 400", "party": "SELECT DISTINCT party FROM person WHERE party <> ''",
        "document": "SELECT substr(hash, 8, 12) FROM document ORDER BY random() LIMIT :n",
        "old": "SELECT alone FROM (SELECT alone FROM claim WHERE link IS NOT alone LIMIT 20000) ORDER BY random() LIMIT :n",
    }
    found = {"sector": ["energy", "education", "tourism", "health", "agriculture", "transport", "culture", "science"],
             "word": ["fisheries", "freight+train", "memorandum", "insulin", "minister+of+energy", "Moscow", "gas+pipeline", "Commission"]}
    with contextlib.closing(sqlite3.connect(f"file:{register}?mode=ro", uri=True)) as database:
        for name, statement in ask.items():
            found[name] = [row[0] for row in database.execute(statement, {"n": each} if ":n" in statement else {})] or ["PAK-RUS"]
        counts = database.execute("SELECT (SELECT count(*) FROM claim), (SELECT count(*) FROM document)").fetchone()
    return {name: [dice.choice(values) for _ in range(each)] for name, values in found.items()}, counts, found


def mixed(found, dice):
    """Addresses as people ask for them: few things often, many once, in four languages."""
    found = {**found, "word": [*found["word"], *[f"{one}+{other}" for one in found["word"] for other in found["word"] if one != other]]}
    ranked = {name: (values, [1 / (rank + 1) for rank in range(len(values))]) for name, values in ((name, dice.sample(values, len(values))) for name, values in found.items())}
    paths = []
    for kind in dice.choices(list(MIX), weights=MIX.values(), k=MIX_LENGTH):
        name = re.search(r"\{(\w+)\}", PAGES[kind])
        thing = {name[1]: dice.choices(*ranked[name[1]])[0]} if name else {}
        paths.append(f"/{dice.choice(LANGUAGES)}/{PAGES[kind].format(**thing)}")
    return paths


def addresses(form, found, each, start, separator="?"):
    """Each of its own, so that nothing kept serves it."""
    for number in range(each):
        place = form.format(**{name: values[number] for name, values in found.items()})
        if start == "/api/v1/":
            yield start + place
        else:
            yield f"/{LANGUAGES[number % 4]}/{place}{'&' if '?' in place else separator}n={number}"


def percentile(times, share):
    times = sorted(times)
    return times[max(0, math.ceil(len(times) * share) - 1)]


def measure(server, name, asked):
    """A row: clock and processor of each request, the largest answer."""
    connection, clock, used, size = server.connection(), [], [], 0
    for method, path, body, kind in asked:
        begin, before = time.perf_counter(), server.processor()
        told = server.ask(connection, path, method, body, kind)
        clock.append((time.perf_counter() - begin) * 1000)
        used.append(server.processor() - before)
        size = max(size, len(told))
    return name, statistics.median(clock), percentile(clock, 0.99), statistics.median(used), percentile(used, 0.99), size / 1000


def writes(server, count, dice):
    """Reports that are read, added, decided about: each confirmed is on the disk."""
    reports = [REPORT.format(n=20 + dice.randrange(10 ** 6)).encode() for _ in range(count)]
    yield measure(server, "POST read", [("POST", "/api/v1/read", report, "text/plain") for report in reports])
    yield measure(server, "POST reports", [("POST", f"/api/v1/reports?author=bench&uri=bench/{dice.random()}", report, "text/plain") for report in reports])
    decide = [json.dumps({"action": "edit", "target": "PAK-RUS/commission/10", "field": "place", "value": f"Lahore {number}, PAK", "author": "bench", "reason": "measured"}).encode()
              for number in range(count)]
    yield measure(server, "POST decisions (a place)", [("POST", "/api/v1/decisions", body, "application/json") for body in decide])


def rate(server, paths, seconds=SECONDS, once=False):
    """Answers a second with all of them whole, milliseconds of the processor for each, and how many there were. `once`: no path twice."""
    stop = "if at > #paths then wrk.thread:stop() end " if once else ""
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(f"local paths = {{{','.join(json.dumps(path) for path in paths)}}}\nlocal at = 0\n"
                     f"function setup(thread) end\nfunction request() at = at + 1; {stop}return wrk.format('GET', paths[(at - 1) % #paths + 1], "
                     f"{{['Cookie'] = 'karar={server.token}'}}) end\n")
        script.flush()
        before = server.processor()
        done = subprocess.run(["wrk", "-t1", "-c8", f"-d{seconds}s", "--timeout", "60s", "--latency", "-s", script.name, f"http://127.0.0.1:{server.port}/"], capture_output=True, text=True, check=True)
    used = server.processor() - before
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        sys.exit(done.stdout)
    requests = int(re.search(r"(\d+) requests in", done.stdout).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1)), used / requests, requests


def idle(server):
    open_now = []
    while len(open_now) < IDLE:
        open_now.append(socket.create_connection(("127.0.0.1", server.port)))
    time.sleep(1)
    server.ask(server.connection(), "/en/new?idle=yes")
    memory = server.memory()
    for one in open_now:
        one.close()
    return memory


def row(kind, name, median, last, used, used_last, size):
    told = f"**{used_last:.1f}**" if used_last > MOST_MS else f"{used_last:.1f}"
    large = f"**{size:.0f}**" if size > MOST_KB and kind == "page" else f"{size:.0f}"
    return f"| {kind} | {name} | {used:.1f} | {told} | {median:.0f} | {last:.0f} | {large} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar")
    parser.add_argument("register")
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--only", default="", help="kinds whose names hold this; nothing else is measured (mix: that alone)")
    parser.add_argument("--keep")
    options = parser.parse_args()
    if not shutil.which("wrk") and not options.only:
        sys.exit("wrk is not there: apt-get install wrk")
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    dice = random.Random(11)
    if options.only == "mix":
        server = Server(options.karar, options.register)
        paths = mixed(things(options.register, MIX_THINGS, dice)[2], dice)
        people, used, asked = rate(server, paths, MIX_SECONDS)
        print(f"{people:.0f} a second, {used:.2f} ms each, {100 * len(set(paths[:asked])) / min(asked, len(paths)):.0f} % of {asked} for the first time, {server.memory()} MiB")
        return server.stop()
    found, (claims, documents), _ = things(options.register, options.each, dice)
    server = Server(options.karar, options.register)
    rows, lines = [], []
    try:
        for kind, table, start in (("page", PAGES, "/"), ("answer", ANSWERS, "/api/v1/")):
            for name, form in table.items():
                if options.only in name:
                    measured = (kind, *measure(server, name, [("GET", path, None, "text/plain") for path in addresses(form, found, options.each, start)]))
                    rows.append(measured)
                    print(row(*measured), flush=True)
        if not options.only:
            kept = [f"/en/{pair}" for pair in sorted(set(found["pair"]))[:12]]
            for path in kept:
                server.ask(server.connection(), path)
            again, again_used, _ = rate(server, kept)
            forms = [form for name, form in PAGES.items() if "{" in form and not name.endswith("feed")]
            fresh, fresh_used, _ = rate(server, [path + "m" for form in forms for path in addresses(form, found, options.each, "/")], once=True)
            memory = idle(server)
            server.stop()
            server = Server(options.karar, options.register)
            paths = mixed(things(options.register, MIX_THINGS, dice)[2], dice)
            people, people_used, asked = rate(server, paths, MIX_SECONDS)
            new = 100 * len(set(paths[:asked])) / min(asked, len(paths))
            for measured in writes(server, min(options.each, 40), dice):
                rows.append(("answer", *measured))
                print(row(*rows[-1]), flush=True)
            over = [f"{name} ({used:.0f} ms)" for kind, name, _, _, _, used, size in rows if used > MOST_MS and not name.startswith("POST")]
            large = [f"{name} ({size:.0f} kB)" for kind, name, _, _, _, _, size in rows if kind == "page" and size > MOST_KB]
            lines = ["| | kind | processor: median, ms | p99 | clock: median, ms | p99 | at most, kB |", "| --- | --- | --- | --- | --- | --- | --- |", *[row(*one) for one in rows], "",
                     f"{options.each} addresses a kind, each asked once. Over {MOST_MS} ms of the processor at the 99th percentile: {', '.join(over) or 'none'}. Pages over {MOST_KB} kB: {', '.join(large) or 'none'}.",
                     f"Requests a second with wrk on the same {os.cpu_count()} processors (asked: {MOST_RATE}): {again:.0f} of pages that were asked before ({again_used:.2f} ms of the processor each), "
                     f"{fresh:.0f} of pages of every kind that were not ({fresh_used:.1f} ms each).",
                     f"Of a mix (of a hundred pages: {', '.join(f'{share} {name}' for name, share in MIX.items())}; {MIX_THINGS} things of a kind by Zipf's law, four "
                     f"languages), from the moment of the start on, for {MIX_SECONDS} s: {people:.0f} a second, {people_used:.2f} ms of the processor each, so that "
                     f"{os.cpu_count()} processors of their own would give {1000 * os.cpu_count() / people_used:.0f}; {new:.0f} % were asked for the first time.",
                     f"With {IDLE} idle connections, after all that, the server takes {memory} MiB (asked: less than {MOST_MIB}) and answers."]
            print("\n".join(lines[-3:]))
    finally:
        server.stop()
    if options.keep and lines:
        results.keep(pathlib.Path(options.keep), "serve", "Pages",
                     ("`bench/serve.py`", f", {claims:,} claims of {documents:,} reports, load {os.getloadavg()[1]:.0f} on {os.cpu_count()} processors"), lines)


if __name__ == "__main__":
    main()
