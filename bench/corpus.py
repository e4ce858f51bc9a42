#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures corpus mode: irrelevant text, threads, growing documents, and peers on the same bytes.

usage: bench/corpus.py KARAR [--gold DIR] [--peers PYTHON] [--megabytes 60] [--keep FILE]

Rates are bytes of input by processor seconds (user and system) of one job, so that a machine that others use tells the same; only threads
and packed crawls (two jobs beside zcat, in turn, the fastest of three) are measured by the clock. A packed crawl has a gzip member for each
record, as Common Crawl has, and one report among a hundred documents. Reports are the samples, the own ones and, where they are there, the development ones; irrelevant text is made of
common words, deterministic, in documents of four kilobytes. PYTHON is one that has the packages of bench/requirements.txt; without it the
peers are left out. They do less than karar: spaCy (blank, sentencizer) and pysbd only cut sentences, trafilatura only finds the article of
a page. PETRARCH2, the peer that reads events, is not on PyPI and wants a parser before it.
"""
import argparse
import gzip
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import results  # noqa: E402  (it stands beside the other tools)

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORDS = ("the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she "
         "there would their we him been has when will no more if out so up said what its about than into them can only other time new some could "
         "these two may first then do any like my now over such our man me even most made after also well must before back through where much your "
         "way down should because long each just those people too little good make still see own work men day get here old life both between being "
         "under three never know same last another while off might great go come since against right came take used himself few house use place "
         "during without high again home around small however found part school thought went say general once upon every left until always number "
         "course fact though water less put public something think away almost hand enough far took head yet set better told nothing night end why "
         "called eyes find going look asked later point knew next city group give days").split()
PEERS = {
    "spaCy, blank, sentences": ("import spacy; nlp = spacy.blank('en'); nlp.add_pipe('sentencizer'); nlp.max_length = 10 ** 8",
                                "sum(1 for _ in nlp(text).sents)"),
    "pysbd, sentences": ("import pysbd; cut = pysbd.Segmenter(language='en', clean=False)", "len(cut.segment(text))"),
    "trafilatura, article": ("import trafilatura", "trafilatura.extract(text)"),
}


def run(command):
    """Seconds by the clock and of the processor, peak resident megabytes."""
    begin = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))} failed")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def reports(lang, gold):
    files = [*ROOT.glob(f"samples/{lang}-*.txt"), *ROOT.glob(f"tests/own/{lang}/*.txt")]
    if gold:
        files += [path for path in gold.glob(f"dev/{lang}/*.txt") if int(path.stem[-3:]) % 2]
    return [path.read_text(encoding="utf-8") for path in sorted(files)]


def irrelevant(size):
    """Documents of four kilobytes until they weigh so much."""
    chance, total = random.Random(1), 0
    while total < size:
        sentences = []
        while sum(map(len, sentences)) < 4000:
            sentences.append(" ".join(chance.choices(WORDS, k=chance.randint(6, 25))).capitalize() + ".")
        text = " ".join(sentences)
        total += len(text)
        yield text


def write(path, texts):
    with open(path, "w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
    return path.stat().st_size / 1e6


def write_wet(path, texts):
    """The same as a crawl's extracted texts (WET)."""
    with open(path, "wb") as file:
        for number, text in enumerate(texts):
            body = text.encode()
            file.write(b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a.example/%d\r\nContent-Length: %d\r\n\r\n" %
                       (number, len(body)) + body + b"\r\n\r\n")
    return path.stat().st_size / 1e6


def page_of(text, number):
    """A page as sites make them: a head, a menu, the article, what stands beside it."""
    menu = "".join(f"<li><a href='/section/{n}'>Section {n}</a></li>" for n in range(20))
    beside = "".join(f"<div class='teaser'><a href='/{n}'><img src='/{n}.jpg' alt=''>Another story {n}</a></div>" for n in range(10))
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    return (f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Story {number}</title><style>p {{ margin: 0 }}</style></head><body>"
            f"<nav><ul>{menu}</ul></nav><article><h1>Story {number}</h1>{body}</article><aside>{beside}</aside><footer>All rights</footer></body></html>")


def write_packed(path, texts, pages):
    """A crawl's texts (WET) or pages (WARC), each record a gzip member of its own; returns the megabytes that come out of it."""
    size = 0
    with open(path, "wb") as file:
        for number, text in enumerate(texts):
            body = text.encode()
            kind, head = b"conversion", b""
            if pages:
                kind, head = b"response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                body = page_of(text, number).encode()
            content = b"text/plain" if not pages else b"application/http; msgtype=response"
            record = (b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://a.example/%d\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" %
                      (kind, number, content, len(head) + len(body)) + head + body + b"\r\n\r\n")
            size += len(record)
            file.write(gzip.compress(record, 6))
    return size / 1e6


def repeated(texts, size):
    total, count = 0, 0
    while total < size:
        text = texts[count % len(texts)]
        total, count = total + len(text.encode()), count + 1
        yield text


def table(head, rows):
    return ["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]]


def measure_look(karar, folder, megabytes, texts):
    rows = []
    for name, writer, size in (("irrelevant, WET", write_wet, 4), ("irrelevant, JSON Lines", write, 4), ("reports, JSON Lines", write, 0.25)):
        corpus = irrelevant(megabytes * size * 1e6) if size > 1 else repeated(texts, megabytes * size * 1e6)
        weight = writer(folder / "corpus", corpus)
        _, looked, memory = run([karar, "code", "--jobs", 1, folder / "corpus"])
        weight_whole = weight
        if size > 1:        # without the look a quarter is enough
            weight_whole = writer(folder / "corpus", irrelevant(megabytes * 1e6))
        _, whole, _ = run([karar, "code", "--jobs", 1, "--all", "--format", "csv", folder / "corpus"])
        fast, slow = weight / looked, weight_whole / whole
        rows.append([name, f"{weight:.0f}", f"{fast:.0f}", f"{slow:.1f}", f"{fast / slow:.1f}", f"{memory:.0f}"])
    return table(["text", "MB", "MB/s", "MB/s without the first look", "ratio", "peak MiB"], rows)


def measure_threads(karar, folder, megabytes, texts):
    size, rows, one = write(folder / "corpus.jsonl", repeated(texts, megabytes * 2.5e5)), [], None
    for jobs in (1, 2, 4):
        clock, processor, memory = run([karar, "code", "--jobs", jobs, folder / "corpus.jsonl"])
        one = one or clock
        rows.append([jobs, f"{clock:.2f}", f"{one / clock:.2f}", f"{size / clock:.1f}", f"{processor:.2f}", f"{memory:.0f}"])
    return table([f"threads, {os.cpu_count()} processors", "seconds", "times as fast", "MB/s by the clock", "processor seconds", "peak MiB"], rows)


def measure_crawl(karar, folder, megabytes, texts):
    rows = []
    for name, pages in (("WET, packed", False), ("WARC of pages, packed", True)):
        corpus = (report if number % 100 == 0 else dull
                  for number, (dull, report) in enumerate(zip(irrelevant(megabytes * 2e6), itertools.cycle(texts))))
        size = write_packed(folder / "corpus.gz", corpus, pages)
        turns = [(run(["zcat", folder / "corpus.gz"])[0], *run([karar, "code", "--jobs", 2, folder / "corpus.gz"])) for _ in range(3)]
        unpacking, clock = min(turn[0] for turn in turns), min(turn[1] for turn in turns)
        rows.append([name, f"{size:.0f}", f"{unpacking:.2f}", f"{clock:.2f}", f"{clock / unpacking:.2f}", f"{min(turn[2] for turn in turns):.2f}",
                     f"{max(turn[3] for turn in turns):.0f}"])
    return table(["crawl, one report in a hundred", "MB unpacked", "zcat, s", "karar, s", "ratio", "processor, s", "peak MiB"], rows)


def measure_growth(karar, folder, texts):
    rows, first = [], None
    for size in (1000, 8000, 64000, 512000, 4000000, 8000000):
        count = max(1, 8000000 // size)
        documents = []
        for number in range(count):
            parts, total = [], 0
            while total < size:
                parts.append(texts[(number + len(parts)) % len(texts)])
                total += len(parts[-1].encode()) + 2
            documents.append("\n\n".join(parts).encode()[:size].decode("utf-8", "ignore"))
        weight = write(folder / "corpus.jsonl", documents)
        _, seconds, memory = run([karar, "code", "--jobs", 1, "--all", "--format", "csv", folder / "corpus.jsonl"])
        first = first or seconds / weight
        rows.append([f"{size / 1000:.0f}", count, f"{seconds * 1000 / weight:.0f}", f"{seconds / weight / first:.2f}", f"{memory:.0f}"])
    return table(["kB a document", "documents", "ms a MB", "times the first", "peak MiB"], rows)


def measure_peers(karar, folder, peers, texts):
    page = (b"<html><head><title>t</title></head><body><article>" +
            b"".join(b"<p>" + line.encode() + b"</p>" for text in texts for line in text.splitlines() if line) + b"</article></body></html>")
    rows = []
    for name, (setup, call) in PEERS.items():
        article = "article" in name
        path = folder / ("page.html" if article else "text.txt")
        path.write_bytes(page if article else "\n\n".join(repeated(texts, 300000)).encode())
        code = (f"import sys, time\n{setup}\ntext = open(sys.argv[1], encoding='utf-8').read()\n{call}\nbegin = time.process_time()\n"
                f"for _ in range(3):\n    {call}\nprint(time.process_time() - begin)")
        done = subprocess.run([peers, "-c", code, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            rows.append([name, "did not run", "", ""])
            continue
        rate = 3 * path.stat().st_size / 1e6 / float(done.stdout.split()[-1])
        many = folder / "many"
        many.mkdir(exist_ok=True)
        for number in range(40):
            (many / f"{number}").write_bytes(path.read_bytes())
        _, seconds, _ = run([karar, "code", "--jobs", 1, "--all", "--format", "csv", many])
        own = 40 * path.stat().st_size / 1e6 / seconds
        rows.append([name, f"{rate:.2f}", f"{own:.1f}", f"{own / rate:.0f}"])
    return table(["peer, and what it does", "MB/s", "karar MB/s, all of it", "ratio"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("karar", type=pathlib.Path)
    parser.add_argument("--gold", type=pathlib.Path)
    parser.add_argument("--peers")
    parser.add_argument("--megabytes", type=int, default=60)
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    gold = args.gold if args.gold and args.gold.exists() else None
    english = reports("en", gold)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lines = measure_look(args.karar, folder, args.megabytes, english)
        lines += ["", *measure_crawl(args.karar, folder, args.megabytes, english)]
        lines += ["", *measure_threads(args.karar, folder, args.megabytes, english)]
        lines += ["", *measure_growth(args.karar, folder, english)]
        if args.peers:
            lines += ["", *measure_peers(args.karar, folder, args.peers, english)]
    print("\n".join(lines))
    if args.keep:
        results.keep(args.keep, "corpus", "Corpus mode", ("`bench/corpus.py` (part of `make bench`)",
                                                                f", English, load average {os.getloadavg()[0]:.0f}; the script tells what is measured"), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
