#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the pages of a large register on this machine: time and size of each kind, requests a second, idle connections.

usage: bench/serve.py KARAR REGISTER [--claims N] [--keep FILE]

REGISTER is one that bench/register.py left (its --register). Each kind of page is asked for of many pairs, each address once, so that none
comes from what the server keeps; the processor's time is the server's. Then addresses are asked again and again over four connections,
and connections are left open without a word. All traffic stays on loopback.
"""
import argparse
import concurrent.futures
import http.client
import os
import pathlib
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

STATES = "ARG BRA CHL CHN DEU DZA EGY ESP FRA IDN IND IRN ITA JPN KAZ KEN MYS NOR PAK POL RUS TUR UZB VNM".split()
KINDS = {"start": "", "pair": "{}", "body": "{}/commission", "session": "{}/commission/10", "thread": "{}/freight-train", "brief": "brief/{}",
         "field": "sector/transport?pair={}", "search": "search?q=freight+train&pair={}", "what is new": "new", "calendar": "calendar", "about": "about"}
PAIRS, IDLE, SECONDS = 12, 2000, 5


class Server:
    def __init__(self, program, register):
        self.process = subprocess.Popen([program, "serve", "--register", register, "--port", "0"], stdout=subprocess.PIPE, text=True)
        found = re.match(r"http://127\.0\.0\.1:(\d+)/\?token=(\w+)", self.process.stdout.readline())
        self.port, self.headers = int(found.group(1)), {"Cookie": "karar=" + found.group(2)}

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, connection, path):
        connection.request("GET", path, headers=self.headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status}")
        return len(body)

    def processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 10

    def memory(self):
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")).group(1)) // 1024


def kinds(server, pairs):
    connection = server.connection()
    for name, form in KINDS.items():
        clock, used, size = [], [], 0
        for number, pair in enumerate(pairs):
            path = "/" + ("en", "hi", "ur", "ru")[number % 4] + "/" + form.format(pair)
            path += ("&" if "?" in path else "?") + f"n={number}"      # an address of its own: nothing kept serves it
            begin, before = time.perf_counter(), server.processor()
            size = max(size, server.get(connection, path))
            clock.append((time.perf_counter() - begin) * 1000)
            used.append(server.processor() - before)
        clock.sort()
        yield name, statistics.median(clock), clock[-1], sum(used) / len(used), size


def again(server, pairs):
    paths = [f"/en/{pair}" for pair in pairs]

    def work(_):
        connection, count, end = server.connection(), 0, time.monotonic() + SECONDS
        while time.monotonic() < end:
            server.get(connection, paths[count % len(paths)])
            count += 1
        return count

    for path in paths:
        server.get(server.connection(), path)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return sum(pool.map(work, range(4))) / SECONDS


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("karar")
    parser.add_argument("register")
    parser.add_argument("--claims", default="unknown", help="how many the register holds, for the page of results")
    parser.add_argument("--keep")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    server = Server(options.karar, options.register)
    pairs = [f"{a}-{b}" for a in STATES for b in STATES if a < b][::5][:PAIRS]
    try:
        rows = [f"| {name} | {median:.0f} | {last:.0f} | {used:.0f} | {size / 1000:.0f} |" for name, median, last, used, size in kinds(server, pairs)]
        rate = again(server, pairs)
        idle = []
        while len(idle) < IDLE:
            idle.append(socket.create_connection(("127.0.0.1", server.port)))
        time.sleep(1)
        server.get(server.connection(), "/en/new")
        memory = server.memory()
    finally:
        server.process.send_signal(signal.SIGTERM)
        server.process.wait()
    lines = ["| page | median, ms | slowest, ms | processor, ms | at most, kB |", "| --- | --- | --- | --- | --- |", *rows, "",
             f"{len(pairs)} pairs, each address once. Pages of {len(pairs)} pairs asked again and again: {rate:.0f} a second (the asking program runs "
             f"on the same cores). With {IDLE} idle connections the server takes {memory} MiB and answers."]
    print("\n".join(lines))
    if options.keep:
        results.keep(pathlib.Path(options.keep), "serve", "Pages", ("`bench/serve.py`", f", {options.claims} claims, load {os.getloadavg()[0]:.0f}"), lines)


if __name__ == "__main__":
    main()
