#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How well the article inside a page is found, beside other extractors.

usage: articles.py LIBKARAR TRUTH HTML_FOLDER [--half odd|even|all]

TRUTH is a JSON object {name: {"articleBody": text}}, HTML_FOLDER holds name.html or name.html.gz (the layout of the public
article-extraction-benchmark). The score is that benchmark's: precision and recall over shingles of four words, averaged over pages.
Extractors that are not installed (trafilatura, resiliparse, readability-lxml, justext) are left out.
"""
import argparse
import ctypes
import gzip
import json
import pathlib
import re
import statistics
import tempfile
import time
import zlib
from collections import Counter

WORD = re.compile(r"\w+", re.UNICODE)


class Karar:
    """The text of the first item of a source, through the shared library."""

    def __init__(self, library):
        self.api = ctypes.CDLL(library)
        self.file = tempfile.NamedTemporaryFile(suffix=".html")

    def __call__(self, page):
        self.file.seek(0)
        self.file.truncate()
        self.file.write(page)
        self.file.flush()
        source, item, text, size = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_char_p(), ctypes.c_size_t()
        if self.api.karar_source_open(self.file.name.encode(), None, ctypes.byref(source), None):
            return ""
        found = ""
        if self.api.karar_source_next(source, ctypes.byref(item), None) == 0:
            if self.api.karar_item_text(item, ctypes.byref(text), ctypes.byref(size), None) == 0:
                found = text.value.decode("utf-8", "replace")
            self.api.karar_item_free(item)
        self.api.karar_source_close(source)
        return found


def decoded(page):
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        return page.decode("latin-1")


def peers():
    found = {}
    try:
        import trafilatura
        found["trafilatura"] = lambda page: trafilatura.extract(page, include_comments=False) or ""
    except ImportError:
        pass
    try:
        from resiliparse.extract.html2text import extract_plain_text
        found["resiliparse"] = lambda page: extract_plain_text(decoded(page), main_content=True, alt_texts=False)
    except ImportError:
        pass
    try:
        from lxml.html import fromstring
        from readability import Document
        found["readability-lxml"] = lambda page: fromstring(Document(decoded(page)).summary()).text_content()
    except ImportError:
        pass
    try:
        import justext
        found["justext"] = lambda page: "\n".join(p.text for p in justext.justext(page, frozenset(), max_heading_distance=150,
                                                  length_low=70, length_high=200, stopwords_low=0, stopwords_high=0) if not p.is_boilerplate)
    except ImportError:
        pass
    return found


def shingles(text):
    words = [word.lower() for word in WORD.findall(text)]
    if len(words) < 4:
        return Counter([tuple(words)]) if words else Counter()
    return Counter(tuple(words[i:i + 4]) for i in range(len(words) - 3))


def score(want, got):
    want, got = shingles(want), shingles(got)
    both = sum((want & got).values())
    return (both / sum(got.values()) if got else float(not want)), (both / sum(want.values()) if want else 1.0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("truth", type=pathlib.Path)
    parser.add_argument("html", type=pathlib.Path)
    parser.add_argument("--half", choices=("odd", "even", "all"), default="all")
    parser.add_argument("--worst", type=int, default=0)
    arguments = parser.parse_args()
    truth = json.loads(arguments.truth.read_text(encoding="utf-8"))
    extractors = {"karar": Karar(arguments.library), **peers()}
    scores, seconds, size = {name: [] for name in extractors}, Counter(), 0
    for name, entry in sorted(truth.items()):
        half = "odd" if zlib.crc32(name.encode()) & 1 else "even"
        path = arguments.html / f"{name}.html.gz"
        path = path if path.exists() else arguments.html / f"{name}.html"
        if arguments.half not in ("all", half) or not path.exists():
            continue
        page = path.read_bytes()
        page = gzip.decompress(page) if path.suffix == ".gz" else page
        size += len(page)
        for extractor, run in extractors.items():
            begin = time.perf_counter()
            try:
                text = run(page)
            except Exception:   # pylint: disable=broad-except
                text = ""       # an extractor that gives up has found nothing
            seconds[extractor] += time.perf_counter() - begin
            scores[extractor].append((*score(entry["articleBody"], text), name))
    print("| extractor | pages | F1 | precision | recall | MB/s |\n| --- | --- | --- | --- | --- | --- |")
    for extractor, rows in scores.items():
        precision, recall = statistics.mean(r[0] for r in rows), statistics.mean(r[1] for r in rows)
        print(f"| {extractor} | {len(rows)} | {2 * precision * recall / (precision + recall):.3f} | {precision:.3f} | {recall:.3f} "
              f"| {size / 1e6 / seconds[extractor]:.1f} |")
    for precision, recall, name in sorted(scores["karar"], key=lambda r: r[0] * r[1])[:arguments.worst]:
        print(f"{name} precision {precision:.2f} recall {recall:.2f}")


if __name__ == "__main__":
    main()
