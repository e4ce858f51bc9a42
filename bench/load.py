#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps the server under load and under attack for a time, ends it in the middle, starts it again, and looks whether anything was lost.

usage: bench/load.py KARAR [--seconds 1800] [--share 80] [--keep FILE]

First readers ask as fast as the server answers, to know its limit; then they ask at that share of it (per cent), mixed with reviewers who
decide and add. Meanwhile others do what strangers do: heads and bodies a byte at a time, connections without a word, heads and bodies
that are too large, lengths that lie, broken chunks, many requests in one go, answers that nobody takes. Promises, the first broken one
ends the run with 1: nobody is answered 5xx; who behaves is answered while others do not; memory stays flat after the first third; SIGTERM
in the middle ends the server with 0; what was confirmed is there after the next start, and `karar verify` finds no fault.
All traffic stays on loopback, and the asking program uses the same processors.
"""
import argparse
import http.client
import json
import pathlib
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

PAGES = ("/en/", "/hi/PAK-RUS", "/ur/PAK-RUS/commission", "/en/PAK-RUS/freight-train", "/ru/brief/PAK-RUS", "/en/search?q=steel+mill",
        "/en/new",
         "/en/calendar", "/en/about", "/en/sector/transport", "/api/v1/sessions?pair=PAK-RUS", "/api/v1/commitments?pair=PAK-RUS",
                 "/en/review")
READERS, REVIEWERS, SLOW, SILENT = 4, 2, 8, 60
FLAT = 1.25                 # memory at the end beside that after a third, at most; and so many MiB more, for what one large answer takes
SPARE_MIB = 24
PATIENCE = 30               # seconds that who behaves waits at most


class Server:
    def __init__(self, program, register):
        self.process = subprocess.Popen([program, "serve", "--register", register, "--port", "0"], stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True)
        found = re.match(r"http://127\.0\.0\.1:(\d+)/\?token=(\w+)", self.process.stdout.readline())
        self.port, self.token = int(found.group(1)), found.group(2)

    def memory(self):
        return int(re.search(r"VmRSS:\s+(\d+)",
                pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE + 10)


class Load:
    def __init__(self, server, seed):
        self.server, self.dice, self.lock = server, random.Random(seed), threading.Lock()
        self.ending = threading.Event()
        self.pause = 0.0            # of each reader between two requests
        self.broken = []
        self.counts, self.times = {}, []
        self.decisions, self.documents = set(), set()

    def count(self, what, number=1):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + number

    def fault(self, text):
        with self.lock:
            if not self.ending.is_set():
                self.broken.append(text)

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)

    # ---- who behaves
    def read(self, number):
        connection, turn = self.connection(), number
        while not self.ending.is_set():
            path = PAGES[turn % len(PAGES)]
            turn += 1
            begin = time.monotonic()
            try:
                connection.request("GET", path, headers={"Cookie": f"karar={self.server.token}",
                        "Authorization": f"Bearer {self.server.token}"})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                if not self.ending.is_set():
                    self.fault(f"{path}: {type(error).__name__} {error}")
                connection.close()
                continue
            if answer.status != 200:
                self.fault(f"{path}: {answer.status}")
            with self.lock:
                self.times.append(time.monotonic() - begin)
            self.count("pages")
            if self.pause:
                self.ending.wait(self.pause)
        connection.close()

    def post(self, connection, path, body):
        connection.request("POST", path, json.dumps(body), {"Authorization": f"Bearer {self.server.token}",
                "Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def review(self, number):
        connection, turn = self.connection(), 0
        while not self.ending.is_set():
            turn += 1
            try:
                if turn % 3:
                    status, body = self.post(connection, "/api/v1/decisions", {
                        "action": "edit", "target": "PAK-RUS/commission/9", "field": "place", "value": f"Kazan {number} {turn}, RUS",
                                "author": "load", "reason": "a test"})
                    kept, key = self.decisions, "decision"
                else:
                    status, body = self.post(connection, "/api/v1/reports", {
                        "text": f"OSLO, {turn % 27 + 1} May 2021: Norway and Chile signed an agreement on fisheries number "
                        f"{number}-{turn} in Oslo.",
                        "uri": f"load:{number}-{turn}", "author": "load"})
                    kept, key = self.documents, "document"
                told = json.loads(body)
                if status not in (200, 201):
                    self.fault(f"{key}: {status} {body[:200]}")
                elif key in told:
                    with self.lock:
                        kept.add(told[key])
                    self.count("writes")
            except (OSError, http.client.HTTPException, ValueError) as error:
                if not self.ending.is_set():
                    self.fault(f"write: {type(error).__name__} {error}")
                connection.close()
            self.ending.wait(0.05)
        connection.close()

    # ---- who does not
    def socket(self):
        at = socket.create_connection(("127.0.0.1", self.server.port), timeout=PATIENCE)
        return at

    def slow(self, number):
        """A head or a body, a byte at a time."""
        head = f"POST /api/v1/read HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {self.server.token}\r\nContent-Length: 4000\r\n\r\n".encode()
        text = head + b"{" * 4000 if number % 2 else b"GET /en/ HTTP/1.1\r\nX-Long: " + b"x" * 4000
        while not self.ending.is_set():
            try:
                with self.socket() as at:
                    for byte in text:
                        at.send(bytes([byte]))
                        if self.ending.wait(0.2):
                            break
            except OSError:
                pass        # the server may well have had enough
            self.count("slow clients")

    def silent(self, _number):
        """Connections without a word."""
        while not self.ending.is_set():
            held = []
            try:
                for _ in range(SILENT):
                    held.append(self.socket())
                    self.count("silent connections")
                self.ending.wait(5)
            except OSError:
                self.ending.wait(0.5)
            for at in held:
                at.close()

    ATTACKS = (
        b"GET /en/ HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 70000 + b"\r\n\r\n",
        b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /en/add HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\n" + b"x" * 100000,
        b"POST /api/v1/read HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer $T\r\nContent-Length: 100\r\n\r\n{}",
        b"POST /api/v1/read HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer $T\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
        b"POST /api/v1/read HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer $T\r\nTransfer-Encoding: "
        b"chunked\r\n\r\nffffffffffffffff\r\n" + b"x" * 5000,
        b"POST /api/v1/read HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer $T\r\nContent-Length: 5\r\nTransfer-Encoding: "
        b"chunked\r\n\r\n0\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: a\r\nCookie: karar=$T\r\n\r\n" * 20,
        b"GET /en/PAK-RUS HTTP/1.1\r\nHost: a\r\nCookie: karar=$T\r\n\r\n" * 40,    # the answers are not taken
        b"\x16\x03\x01\x02\x00\x01\x00" + bytes(range(256)) * 8,
        b"\r\n" * 5000, b"GET /%00%ff/../../etc/passwd HTTP/1.1\r\n\r\n", b"\x00" * 2000,
    )

    def attack(self, number):
        turn = number
        while not self.ending.is_set():
            text = self.ATTACKS[turn % len(self.ATTACKS)].replace(b"$T", self.server.token.encode())
            turn += 1
            try:
                with self.socket() as at:
                    at.settimeout(1)
                    at.sendall(text)
                    if turn % 3:
                        answer = at.recv(65536)
                        if re.match(rb"HTTP/1\.1 5\d\d (?!HTTP)", answer) and not answer.startswith(b"HTTP/1.1 501"):
                            self.fault(f"{text[:60]!r}: {answer[:40]!r}")
            except OSError:
                pass        # refused, closed or silent: all is well, as long as others are answered
            self.count("attacks")
            self.ending.wait(0.02)

    def run(self, who, number):
        thread = threading.Thread(target=who, args=(number,), daemon=True)
        thread.start()
        return thread


def limit_of(server, seconds):
    """Pages a second when readers ask as fast as they can."""
    load = Load(server, 1)
    threads = [load.run(load.read, n) for n in range(READERS)]
    time.sleep(seconds)
    load.ending.set()
    for thread in threads:
        thread.join(PATIENCE)
    return load.counts.get("pages", 0) / seconds, load.broken


def under_load(server, seconds, limit, share):
    load = Load(server, 2)
    load.pause = READERS / (limit * share / 100) - READERS / limit if limit else 0.01
    threads = [load.run(load.read, n) for n in range(READERS)] + [load.run(load.review, n) for n in range(REVIEWERS)] + \
        [load.run(load.slow, n) for n in range(SLOW)] + [load.run(load.silent, 0)] + [load.run(load.attack, n) for n in range(3)]
    begin, memory = time.monotonic(), []
    while time.monotonic() - begin < seconds and not load.broken:
        time.sleep(min(0.25, seconds / 40))
        memory.append(server.memory())
    load.ending.set()       # nothing is held against the server from here on: it is ended in the midst of all this
    code = server.stop()
    for thread in threads:
        thread.join(PATIENCE)
    if code != 0:
        load.broken.append(f"SIGTERM ends the server with {code}")
    third = memory[len(memory) // 3] if memory else 0
    if memory and max(memory[len(memory) // 3:]) > third * FLAT + SPARE_MIB:
        load.broken.append(f"memory grows: {third:.0f} MiB after a third, {max(memory):.0f} at most")
    return load, memory, third


def lost(program, register, load):
    """What was confirmed and is not there."""
    def ask(question):
        done = subprocess.run([program, question, "--register", register, "--limit", "1000000", "--format", "json"],
                stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)
    verified = subprocess.run([program, "verify", "--register", register], stdout=subprocess.PIPE, check=False)
    faults = [] if verified.stdout.endswith(b" 0 faults\n") else [verified.stdout.decode()]
    missing = {str(number) for number in load.decisions} - {str(row["id"]) for row in ask("decisions")}
    gone = load.documents - {row["document"] for row in ask("documents")}
    return faults + [f"decision {number} is gone" for number in missing] + [f"document {name} is gone" for name in gone]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--share", type=float, default=80)
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        register, program = pathlib.Path(folder) / "karar.db", args.karar.resolve()
        subprocess.run([program, "add", "--register", register, ROOT / "samples"], check=True, stdout=subprocess.DEVNULL)
        server = Server(program, register)
        limit, broken = limit_of(server, max(1.0, min(20.0, args.seconds / 10)))
        load, memory, third = under_load(server, args.seconds, limit, args.share)
        broken += load.broken
        again = Server(program, register)
        connection = http.client.HTTPConnection("127.0.0.1", again.port, timeout=PATIENCE)
        connection.request("GET", "/en/PAK-RUS", headers={"Cookie": f"karar={again.token}"})
        if connection.getresponse().status != 200:
            broken.append("after the next start nothing is answered")
        if again.stop() != 0:
            broken.append("the second server does not end with 0")
        broken += lost(program, register, load)
    times = sorted(load.times) or [0]
    row = [f"{args.seconds:.0f}", f"{limit:.0f}", f"{load.counts.get('pages', 0) / args.seconds:.0f}", load.counts.get("writes", 0),
            load.counts.get("attacks", 0),
           load.counts.get("slow clients", 0), load.counts.get("silent connections", 0), f"{1000 * statistics.median(times):.0f}",
           f"{1000 * times[int(len(times) * 0.99)]:.0f}", f"{third:.0f}", f"{max(memory, default=0):.0f}", len(broken)]
    head = ["seconds", "limit, pages/s", "pages/s", "writes confirmed", "attacks", "slow clients", "silent connections", "median, ms",
            "99 %, ms",
            "MiB after a third", "MiB at most", "broken promises"]
    table = ["| " + " | ".join(map(str, line)) + " |" for line in (head, ["---"] * len(head), row)]
    print("\n".join(table + broken[:10]))
    if not load.counts.get("writes") or not load.counts.get("pages") or not load.counts.get("attacks"):
        broken.append("nothing was tried")
    if args.keep and not broken:
        results.keep(args.keep, "load", "The server under load", (f"`bench/load.py --seconds {args.seconds:.0f}`", ""), table)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
