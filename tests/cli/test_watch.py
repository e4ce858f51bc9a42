# SPDX-License-Identifier: MIT
"""karar watch against a real server on loopback: good feeds, and slow, broken, huge, redirecting and hostile answers."""
import gzip
import http.server
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import threading
import time

import pytest
from conftest import PROGRAM, REPORT, run

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in REPORT.splitlines() if line)


def page(party="Norway", extra=""):
    return f"<html lang=en><head><title>News</title>{extra}</head><body><article>{PARAGRAPHS.replace('Norway', party)}</article></body></html>"


def rss(*links, item_extra=""):
    items = "".join(f"<item><title>t</title><link>{link}</link>{item_extra}</item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>c</title>{items}</channel></rss>'


class Site:
    """A server whose answers are set by path: bytes or text, a tuple (code, headers, body), or a function of the handler."""

    def __init__(self):
        self.answers, self.log, self.lock = {}, [], threading.Lock()
        self.under_way = self.most_under_way = 0
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with site.lock:
                    site.log.append((self.path, dict(self.headers)))
                    site.under_way += 1
                    site.most_under_way = max(site.most_under_way, site.under_way)
                try:
                    self.answer(site.answers.get(self.path, (404, {}, b"none")))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True
                finally:
                    with site.lock:
                        site.under_way -= 1

            def answer(self, what):
                if callable(what):
                    what = what(self)
                if what is None:
                    self.close_connection = True
                    return
                if not isinstance(what, tuple):
                    what = (200, {}, what)
                code, headers, body = what
                body = body.encode() if isinstance(body, str) else body
                self.send_response(code)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if code != 304:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def paths(self):
        return [path for path, _ in self.log]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(name="site")
def site_fixture():
    site = Site()
    yield site
    site.close()


class Watch:
    def __init__(self, folder):
        self.folder = folder
        self.register = folder / "r.db"
        self.feeds = folder / "feeds.toml"

    def write(self, *urls, head="", body=""):
        feeds = "".join(f'[[feed]]\nurl = "{url}"\n{body}\n' for url in urls)
        self.feeds.write_text(f"allow-private = true\npause = 0\n{head}\n{feeds}", encoding="utf-8")

    def arguments(self, *more):
        return ["watch", "--register", str(self.register), *more, str(self.feeds)]

    def once(self, *more):
        return run(*self.arguments("--once", *more))

    def documents(self):
        return json.loads(run("documents", "--register", str(self.register), "--format", "json").out)

    def state(self):
        return [json.loads(line) for line in pathlib.Path(f"{self.register}.watch").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(name="watch")
def watch_fixture(tmp_path):
    return Watch(tmp_path)


LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  [0-9a-f]{12}  added    +\d+ facts  http://127", re.M)


def test_new_reports_go_into_the_register_once(watch, site):
    site.answers = {"/feed": rss(f"{site.url}/1", "/2"), "/1": page(), "/2": page("Peru")}
    watch.write(f"{site.url}/feed")
    first = watch.once()
    assert first.code == 0, first.err
    assert len(LINE.findall(first.out)) == 2 and first.out.endswith("2 added, 0 known, 0 empty, 0 faults\n")
    assert {row["source"] for row in watch.documents()} == {f"{site.url}/1", f"{site.url}/2"}
    again = watch.once()
    assert again.out == "0 added, 0 known, 0 empty, 0 faults\n"
    assert site.paths() == ["/robots.txt", "/feed", "/1", "/2", "/robots.txt", "/feed"]
    assert all(headers["User-Agent"].startswith("karar/") for _, headers in site.log)


def test_conditional_requests(watch, site):
    def feed(handler):
        if handler.headers.get("If-None-Match") == '"v1"' and handler.headers.get("If-Modified-Since") == "Sat, 01 Jan 2022 00:00:00 GMT":
            return 304, {}, b""
        return 200, {"ETag": '"v1"', "Last-Modified": "Sat, 01 Jan 2022 00:00:00 GMT"}, rss("/1")

    site.answers = {"/feed": feed, "/1": page()}
    watch.write(f"{site.url}/feed")
    assert watch.once().code == 0
    assert watch.once().code == 0
    assert "If-None-Match" not in site.log[1][1]
    assert site.log[-1][1]["If-None-Match"] == '"v1"'
    assert watch.state()[-1]["etag"] == '"v1"'


def test_validators_are_kept_only_when_all_pages_are_dealt_with(watch, site):
    site.answers = {"/feed": (200, {"ETag": '"v1"'}, rss("/1", "/2", "/3")), "/1": page(), "/2": page("Peru"), "/3": page("Chad")}
    watch.write(f"{site.url}/feed", body="limit = 2")
    assert "2 added" in watch.once().out
    assert watch.state()[-1]["etag"] == ""
    assert "1 added" in watch.once().out
    assert watch.state()[-1]["etag"] == '"v1"'


@pytest.mark.parametrize("text", [
    '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/feed"/><entry><link rel="self" href="/x"/>'
    '<link rel="alternate" href="/1"/><updated>2021-05-06T00:00:00Z</updated></entry></feed>',
    '<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><channel/><item><link>/1</link></item></rdf:RDF>',
    '<rss><channel><item><guid>HOST/1</guid></item><item><guid isPermaLink="false">HOST/x</guid></item></channel></rss>',
    '<urlset xmlns="s" xmlns:i="i"><url><i:image><i:loc>/x</i:loc></i:image><loc>/1</loc></url></urlset>',
    '<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><title>\u0416</title><link>/1</link></item></channel></rss>',
    '<rss><channel><item><link><![CDATA[ /1?a=1&b=2 ]]></link></item></channel></rss>',
    '<rss><channel><item><link>/1?a=1&amp;b=2</link></item></channel></rss>',
])
def test_kinds_of_feeds(watch, site, text):
    site.answers = {"/feed": text.replace("HOST", site.url).encode("windows-1251"), "/1": page(), "/1?a=1&b=2": page()}
    watch.write(f"{site.url}/feed")
    result = watch.once()
    assert result.code == 0, result.err
    assert "1 added" in result.out and "/x" not in site.paths()


def test_sitemap_index_packed_lists_match_and_since(watch, site):
    inner = ("<urlset><url><loc>/news/1</loc><lastmod>2024-02-01</lastmod></url><url><loc>/news/old</loc><lastmod>2019-01-01</lastmod></url>"
             "<url><loc>/shop/2</loc></url></urlset>")
    site.answers = {
        "/map": "<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap><sitemap><loc>/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap>"
                "<sitemap><loc>/map</loc></sitemap></sitemapindex>",
        "/a.xml.gz": gzip.compress(inner.encode()), "/news/1": page()}
    watch.write(f"{site.url}/map", body='match = "/news/"\nsince = 2020-01-01')
    result = watch.once()
    assert result.code == 0, result.err
    assert sorted(set(site.paths())) == ["/a.xml.gz", "/map", "/news/1", "/robots.txt"]
    assert "1 added" in result.out


def test_the_feeds_date_serves_where_the_page_has_none(watch, site):
    bare = page().replace("OSLO, 4 May 2021: ", "").replace(" in Oslo on Tuesday", "")
    site.answers = {"/feed": rss("/1", item_extra="<pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate>"), "/1": bare}
    watch.write(f"{site.url}/feed")
    assert watch.once().code == 0
    assert watch.documents()[0]["day"] == "2003-06-10"


def test_reports_that_say_nothing_are_left_out_unless_asked_for(watch, site):
    site.answers = {"/feed": rss("/dull"), "/dull": "<html><body><p>It rained all day and nothing else was to be told of it.</p></body></html>"}
    watch.write(f"{site.url}/feed")
    assert watch.once().out.endswith("0 added, 0 known, 1 empty, 0 faults\n")
    assert watch.documents() == []
    pathlib.Path(f"{watch.register}.watch").unlink()
    watch.write(f"{site.url}/feed", head="keep-all = true")
    assert "1 added" in watch.once().out


# ---- politeness -----------------------------------------------------------------------------------------------------------
def test_robots(watch, site):
    site.answers = {"/robots.txt": "User-agent: *\nDisallow: /\n\nUser-agent: Karar\nDisallow: /private/\nAllow: /private/open$\n",
                    "/feed": rss("/1", "/private/2", "/private/open"), "/1": page(), "/private/open": page("Peru")}
    watch.write(f"{site.url}/feed")
    result = watch.once()
    assert "2 added" in result.out and "/private/2: robots.txt does not allow it" in result.err
    assert "/private/2" not in site.paths()
    watch.once()
    assert "/private/2" not in site.paths()


def test_robots_that_cannot_be_had_close_the_host(watch, site):
    site.answers = {"/robots.txt": (503, {}, b""), "/feed": rss("/1")}
    watch.write(f"{site.url}/feed")
    result = watch.once()
    assert result.code == 3 and "nothing is asked of this host" in result.err
    assert site.paths() == ["/robots.txt"]


def test_one_request_at_a_time_and_retry_after(watch, site):
    busy = iter([(503, {"Retry-After": "1"}, b""), (429, {}, b"")])
    site.answers = {"/feed": rss(*[f"/{n}" for n in range(6)]), **{f"/{n}": page(party) for n, party in enumerate(("Peru", "Chad", "Fiji", "Mali", "Cuba"))},
                    "/5": lambda _: next(busy)}
    watch.write(f"{site.url}/feed")
    result = watch.once()
    assert site.most_under_way == 1
    assert "the server is busy (503): not asked for 1 s" in result.err
    assert "5 added" in result.out and site.paths().count("/5") == 2
    assert watch.state()[-1]["etag"] == "" and not any(line.get("page", "").endswith("/5") for line in watch.state())


def test_a_feed_that_fails_is_left_alone_for_longer_and_longer(watch, site):
    site.answers = {"/feed": (500, {}, b"")}
    watch.write(f"{site.url}/feed", head="interval = 100")
    assert "answered 500" in watch.once().err
    known = watch.state()[-1]
    assert known["failures"] == 1 and 190 <= known["next"] - time.time() <= 200
    requests = len(site.log)
    assert "not looked at" in watch.once().err and len(site.log) == requests


# ---- hostile answers --------------------------------------------------------------------------------------------------------
def test_redirects(watch, site):
    site.answers = {"/feed": (301, {"Location": "/feed2"}, b""), "/feed2": rss("/a", "/loop", "/nowhere", "/file"),
                    "/a": (302, {"Location": "/b"}, b""), "/b": page(), "/loop": (302, {"Location": "/loop"}, b""),
                    "/nowhere": (302, {}, b""), "/file": (302, {"Location": "file:///etc/passwd"}, b"")}
    watch.write(f"{site.url}/feed")
    result = watch.once()
    assert "1 added" in result.out and watch.documents()[0]["source"] == f"{site.url}/b"
    assert "redirected too often" in result.err and result.err.count("redirected to an address that is none") == 2
    assert site.paths().count("/loop") == 6


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://0x7f000001/",
                                    "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/"])
def test_private_addresses_are_refused(watch, target):
    watch.write(target)
    watch.feeds.write_text(watch.feeds.read_text().replace("allow-private = true", ""))
    result = watch.once()
    assert result.code == 3 and "private network" in result.err, result.err


def test_hostile_feeds(watch, site):
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {b} '{('&' + a + ';') * 10}'>" for a, b in zip("abcdefgh", "bcdefghi")) + "]><rss><channel><item><link>/1?&i;</link></item></channel></rss>"
    outside = f"<!DOCTYPE rss [<!ENTITY x SYSTEM '{site.url}/secret'>]><rss><channel><item><link>/2&x;</link></item></channel></rss>"
    site.answers = {
        "/bomb": bomb, "/outside": outside, "/deep": "<rss>" + "<a>" * 100000, "/html": page(), "/empty": b"", "/noise": os.urandom(5000),
        "/cut": rss("/1", "/2")[:-40], "/huge": b"<rss>" + b" " * (17 << 20), "/user": rss("http://a:b@127.0.0.1/", "javascript:x", "ftp://h/"),
        "/zip": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"<rss>" + b" " * (60 << 20))), "/1": page(), "/long": rss("/" + "x" * 5000),
        "/head": (200, {f"X-{n}": "y" * 1000 for n in range(90)}, rss("/1")), "/bye": lambda handler: None,
        "/short": (200, {"Content-Length": "999999", "Connection": "close"}, rss("/1")), "/etag": (200, {"ETag": '"\x80\x1b"' + "z" * 300}, rss()),
    }
    watch.write(*[f"{site.url}{path}" for path in site.answers])
    result = watch.once()
    assert result.code == 3
    assert "/secret" not in site.paths() and not any(len(path) > 100 for path in site.paths())
    for path in ("/deep", "/html", "/empty", "/noise", "/huge", "/zip", "/head", "/bye"):
        assert f"{site.url}{path}: " in result.err, path
    assert "longer than 16384 KiB" in result.err
    assert "1 added" in result.out
    assert all(byte >= 32 or byte == 10 for byte in result.err.encode())


def test_bad_pages_do_not_come_back(watch, site):
    site.answers = {"/feed": rss("/gone", "/binary", "/huge", "/good", "/archive"), "/gone": (410, {}, b""), "/binary": os.urandom(3000) + b"\0\0",
                    "/huge": b"x" * (9 << 20), "/good": page(),
                    "/archive": f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://forged/\r\nContent-Length: {len(page())}\r\n\r\n{page()}\r\n\r\n"}
    watch.write(f"{site.url}/feed")
    result = watch.once()
    assert "answered 410" in result.err and "/binary: " in result.err and "longer than 8192 KiB" in result.err
    assert all("forged" not in row["source"] for row in watch.documents())
    requests = len(site.log)
    watch.once()
    assert site.paths()[requests:] == ["/robots.txt", "/feed"]


def test_a_page_that_fails_is_tried_five_times(watch, site):
    site.answers = {"/feed": rss("/bad"), "/bad": (500, {}, b"")}
    watch.write(f"{site.url}/feed")
    for _ in range(6):
        last = watch.once()
    assert site.paths().count("/bad") == 5 and last.code == 0


def test_a_slow_server_does_not_hold_up_others(watch, site):
    slow, release = Site(), threading.Event()
    try:
        slow.answers = {"/feed": lambda _: release.wait(50) and None}
        site.answers = {"/feed": rss("/1"), "/1": page()}
        watch.write(f"{slow.url}/feed", f"{site.url}/feed")
        process = subprocess.Popen([PROGRAM, *watch.arguments()], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert LINE.match(process.stdout.readline().decode())
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=20)
        assert process.returncode == 0 and out == b"1 added, 0 known, 0 empty, 0 faults\n"
    finally:
        release.set()
        slow.close()


# ---- going on ---------------------------------------------------------------------------------------------------------------
def test_a_kill_loses_nothing(watch, site):
    names = ["Peru", "Chad", "Fiji", "Mali", "Cuba", "Togo", "Laos", "Oman"]
    site.answers = {"/feed": (200, {"ETag": '"v"'}, rss(*[f"/{n}" for n in range(8)])), **{f"/{n}": page(name) for n, name in enumerate(names)}}
    watch.write(f"{site.url}/feed")
    for lines in (1, 2, 1):
        process = subprocess.Popen([PROGRAM, *watch.arguments("--once")], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(lines):
            process.stdout.readline()
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()
    with open(f"{watch.register}.watch", "ab") as file:
        file.write(b'{"page": "half a li')
    assert watch.once().code == 0
    assert len(watch.documents()) == 8
    assert watch.once().out.startswith("0 added, 0 known")
    assert run("verify", "--register", str(watch.register)).code == 0


def test_a_kill_at_any_moment_loses_nothing(watch, site):
    """Killed with SIGKILL at moments that dice choose, again and again: what was told as added is there, once, and whole; what was not is fetched later."""
    dice, count = random.Random(8), 24
    parties = ["Peru", "Chad", "Fiji", "Mali", "Cuba", "Togo", "Laos", "Oman"]
    site.answers = {"/feed": rss(*[f"/{n}" for n in range(count)]),
                    **{f"/{n}": page(parties[n % 8]).replace("fisheries", f"fisheries in zone {n}") for n in range(count)}}
    watch.write(f"{site.url}/feed")
    told, begin = set(), time.monotonic()
    assert run("watch", "--help").code == 0
    moment = max(0.05, 4 * (time.monotonic() - begin))      # some times as long as the program takes to begin
    killed = 0
    for _ in range(12):
        process = subprocess.Popen([PROGRAM, *watch.arguments("--once")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            process.wait(dice.random() * moment)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        out = process.communicate()[0].decode()
        told |= {line.split()[1] for line in out.splitlines() if LINE.match(line + "\n")}
        verified = run("verify", "--register", watch.register)
        if verified.code == 3 and not told:     # no register yet: killed while its file was made, before anything was told
            continue
        assert verified.out.endswith(" 0 faults\n"), verified.err
        stored = [row["document"] for row in watch.documents()] if run("documents", "--register", watch.register).code == 0 else []
        assert told <= set(stored) and len(stored) == len(set(stored))
    assert killed > 3
    while not watch.once().out.startswith("0 added"):
        pass
    sources = [row["source"] for row in watch.documents()]
    assert sorted(sources) == sorted(f"{site.url}/{n}" for n in range(count))
    assert run("rebuild", "--register", watch.register).out == "rebuilt; 0 differences\n"


def test_two_watches_on_one_state(watch, site):
    gate = threading.Event()
    site.answers = {"/feed": lambda _: gate.wait(30) and None}
    watch.write(f"{site.url}/feed")
    first = subprocess.Popen([PROGRAM, *watch.arguments()], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not site.paths():
        time.sleep(0.01)
    second = watch.once()
    assert second.code == 4 and "another watch" in second.err
    first.send_signal(signal.SIGINT)
    gate.set()
    first.communicate(timeout=20)
    assert first.returncode == 0


@pytest.mark.parametrize("text,line,words", [
    ('pause = "x"\n[[feed]]\nurl = "https://a.example/"', 1, "whole number"),
    ('[[feed]]\nurl = "https://a.example/"\nintervall = 5', 3, "no such key"),
    ('[[feed]]\nurl = "ftp://a.example/"', 1, "https://"),
    ('[[feed]]\nmatch = "x"', 1, "https://"),
    ('contact = "a"\n[[feed]\n', 2, ""),
    ('contact = "a"', 1, "no feed"),
    ('[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "https://a.example/"', 3, "the same url as in line 1"),
    ('[[feed]]\nurl = "https://a.example/"\nlimit = 0', 3, "from 1 to 10000"),
    ('[[feed]]\nurl = "https://a.example/"\nsince = "2024"', 3, "a day"),
    ('contact = "a\\r\\nX: y"\n[[feed]]\nurl = "https://a.example/"', 1, "control character"),
])
def test_faults_of_the_file_are_named(watch, text, line, words):
    watch.feeds.write_text(text, encoding="utf-8")
    result = watch.once()
    assert result.code == 3 and f"feeds.toml: line {line}: " in result.err and words in result.err, result.err
    assert not watch.register.exists()


def test_usage(watch):
    assert run("watch").code == 2
    assert "feeds" in run("watch", "--help").out
    missing = run("watch", "--once", str(watch.feeds))
    assert missing.code == 3 and "feeds.toml" in missing.err
