#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the seeds of the fuzzers that are not text an editor makes: packed, in legacy encodings, in records. usage: seeds.py

Everything is made here, from the samples and the toy pack; run again after a change, and look at the difference.
"""
import gzip
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def seed(fuzzer, name, content):
    path = HERE / "seeds" / fuzzer / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def head(name, size=900):
    text = (ROOT / "samples" / name).read_bytes()[:size]
    return text.decode("utf-8", "ignore").encode()


def pack(content, *program):
    return subprocess.run(program, input=content, stdout=subprocess.PIPE, check=True).stdout


def warc(kind, body, more=b""):
    return (b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://a.example/1\r\nWARC-Date: 2025-11-28T00:00:00Z\r\n%sContent-Length: %d\r\n\r\n" %
            (kind, more, len(body)) + body + b"\r\n\r\n")


def main():
    english, russian, hindi, urdu = head("en-session-9.txt"), head("ru-session-10.txt"), head("hi-session-8.txt"), head("ur-session-10.txt")
    page = (b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pakistan and Russia sign</title><meta property="article:'
            b'published_time" content="2025-11-28"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-11-28"}'
            b'</script></head><body><nav><a href="/">Home</a></nav><article><p>' + english.replace(b"\n", b"</p><p>") +
            b"</p></article><aside>Most read</aside></body></html>")
    mail = (b"From: press@mofa.example\r\nSubject: =?utf-8?B?" + b"4KSV4KSw4KS+4KSw" + b"?=\r\nDate: Fri, 28 Nov 2025 10:00:00 +0500\r\n"
            b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
            english + b"\r\n--b\r\nContent-Type: text/html\r\n\r\n" + page + b"\r\n--b--\r\n")
    for name, text in (("en.txt", english), ("ru.txt", russian), ("hi.txt", hindi), ("ur.txt", urdu), ("page.html", page), ("mail.eml", mail)):
        seed("read", name, text)
    seed("read", "utf16.txt", english.decode().encode("utf-16"))
    seed("read", "cp1251.txt", russian.decode().encode("cp1251", "replace"))
    seed("read", "marks.txt", "\u202eRussia\u202c and \u2067Pakistan\u2069 signed\u200b an agree\u00adment on trade on 5\u00a0May.\u2028The 10\u200dth session\u0301.")

    lines = b"".join(b'{"text": "Russia and Pakistan signed a memorandum on trade.", "date": "2025-11-28", "url": "http://a.example/%d"}\n' % n
                     for n in range(3)) + b'{"text": "cut\n'
    table = b'id,title,text,date\r\n1,"A ""quoted"" title","Russia and Pakistan\nsigned a memorandum on trade.",2025-11-28\r\n2,b,,\r\n'
    archive = (warc(b"warcinfo", b"software: x\r\n") +
               warc(b"response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page, b"Content-Type: application/http\r\n") +
               warc(b"conversion", english) + warc(b"request", b"GET / HTTP/1.1\r\n\r\n"))
    box = b"From a@b.example Fri Nov 28 10:00:00 2025\n" + mail.replace(b"\r\n", b"\n") + b"\nFrom a@b.example Fri Nov 28 11:00:00 2025\n" + \
        mail.replace(b"\r\n", b"\n")
    seed("encoding", "utf16le.txt", "utf-16le\n".encode() + ("\ufeff" + russian.decode()[:300]).encode("utf-16le"))
    for name in ("utf-32-le", "utf-32-be"):
        seed("encoding", f"{name}.txt", b"\n" + ("\ufeff" + russian.decode()[:200]).encode(name))
    for name in ("iso-2022-jp", "utf-7", "hz-gb-2312", "utf-8", "windows-1252", "no-such-encoding", "big5", "shift_jis"):
        seed("encoding", f"declared-{name}.txt", f"{name}\n".encode() + b"caf\xe9 ~{<:Ky2;NpJ)~} \x1b$B$3\x1b(B +AGE- \xa4\xa4\xa4\xe5 text, " + english[:200])
    seed("encoding", "meta.txt", b"\n<html><head><meta charset='koi8-r'><?xml encoding=\"x\"?><meta http-equiv=content-type content=text/html;charset=Windows-1251>" +
         russian.decode()[:200].encode("cp1251", "replace"))
    seed("encoding", "nearly.txt", b"\n" + russian[:400] + b"\xff\xfe" + russian[400:600])
    seed("source", "dos.mbox", box.replace(b"\n", b"\r\n"))
    seed("source", "found-nul-address.csv", b'id,title,text,date\n\0,a,"Russia and Pakistan signed a memorandum on trade.",2025-11-28\n' +
         b'\0x,a,"Russia and Pakistan signed a memorandum on trade.",2025-11-28\n')
    for name, content in (("lines.jsonl", lines), ("table.csv", table), ("archive.warc", archive), ("box.mbox", box), ("text.txt", english),
                          ("page.html", page)):
        seed("source", name, content)
    seed("source", "archive.warc.gz", gzip.compress(archive, mtime=0) + gzip.compress(warc(b"conversion", hindi), mtime=0))
    seed("source", "lines.jsonl.zst", pack(lines, "zstd", "-q", "-c"))
    seed("source", "twice.gz", gzip.compress(gzip.compress(table, mtime=0), mtime=0))

    for charset, text in (("windows-1251", russian), ("koi8-r", russian), ("iso-8859-1", "Côte d’Ivoire".encode()), ("", urdu)):
        python = {"windows-1251": "cp1251", "koi8-r": "koi8-r", "iso-8859-1": "latin-1", "": "utf-8"}[charset]
        seed("encoding", (charset or "none") + ".txt", charset.encode() + b"\n" + text.decode().encode(python, "replace"))
    seed("encoding", "utf16be.txt", b"utf-16\n" + hindi.decode().encode("utf-16-be"))

    feed = ('<?xml version="1.0"?><rss version="2.0"><channel><item><title>T</title><link>http://a.example/1?x=1&amp;y=2</link>'
            "<pubDate>Fri, 28 Nov 2025 10:00:00 GMT</pubDate></item></channel></rss>")
    atom = ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="/1"/><updated>2025-11-28T10:00:00Z</updated>'
            "</entry></feed>")
    sitemap = ('<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://a.example/s.xml</loc>'
               "<lastmod>2025-11-28</lastmod></sitemap></sitemapindex>")
    for name, text in (("rss.xml", feed), ("atom.xml", atom), ("sitemap.xml", sitemap)):
        seed("feed", name, "f" + text)
    seed("feed", "robots.txt", "rUser-agent: karar\nDisallow: /private/*\nAllow: /private/open$\nCrawl-delay: 2.5\n\nUser-agent: *\nDisallow: /\n")
    seed("feed", "feeds.toml", 's[watch]\ncontact = "a@b.example"\npause = 5\n\n[[feed]]\nurl = "https://a.example/rss"\nsince = "2025-01-01"\n')

    for number, (one, other) in enumerate((("Awais Leghari", "अवैस लेघारी"), ("Сергей Цивилев", "تسویلیف"), ("Dr. Muhammad bin Salman", "Omar Ayub"),
                                           ("O’Neill-Smith, J.", "Ö"), ("Ким Чен Ын", "金"))):
        seed("name", f"{number}.txt", f"{one}\n{other}\n")

    toy = ROOT / "packs" / "toy"
    for path in sorted(toy.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            name = path.relative_to(toy).as_posix()
            seed("pack", name.replace("/", "-"), name.encode() + b"\n" + path.read_bytes())

    for number, lines in enumerate((
            ("bodies", "PAK-RUS", "", "", ""), ("sessions", "PAK-RUS", "", "", "2025-12-01"), ("search", "", "", 'steel "mill" OR NEAR(', ""),
            ("search", "", "", "ریل گاڑی", ""), ("show", "", "PAK-RUS/freight-train", "", ""), ("calendar", "PAK-RUS", "", "", ""),
            ("brief", "PAK-RUS", "", "", "2025-12-01"), ("why", "", "PAK-RUS/commission", "", ""), ("people", "", "", "Leghari", ""),
            ("documents", "", "", "", ""), ("idle", "", "", "", ""), ("instruments", "PAK'; DROP TABLE document; --", "", "", ""),
            ("decide merge", "PAK-RUS/commission", "", "PAK-RUS/commission-2", "a slip"),
            ("decide reject", "PAK-RUS/freight-train", "", "", "wrong"), ("decide edit", "PAK-RUS/commission/10", "date", "2025-11", "better"))):
        seed("ask", f"{number}.txt", "\n".join(lines) + "\n")


    records = subprocess.run([ROOT / "build" / "karar", "read", "--format", "jsonl", *(ROOT / "samples" / name for name in (
        "en-session-9.txt", "hi-session-8.txt", "ru-session-7.txt"))], stdout=subprocess.PIPE, check=True).stdout.splitlines()
    for number, line in enumerate(records):
        seed("record", f"{number}.json", line.replace(str(ROOT).encode() + b"/", b""))
    line = records[0].replace(str(ROOT).encode() + b"/", b"")
    for key in (b'"name":"', b'"latin":"', b'"name": "', b'"latin": "'):
        line = line.replace(key, key + b"\xff\xbf\xbf\xbf\xbf ")
    seed("record", "found-no-utf8.json", line)
    seed("record", "empty.json", "{}")
    seed("record", "bare.json", '{"schema": "karar.record/1", "document": {"id": "sha256:00", "uri": "-", "lang": null, "title": null, "published": null}, '
         '"parties": [], "people": [], "bodies": [], "meetings": [], "instruments": [], "commitments": []}')

    head_of = "Host: 127.0.0.1\r\nCookie: karar=$T\r\n"
    raw = ("GET /en/ HTTP/1.1\r\n" + head_of + "Connection: close\r\n\r\n",
           "GET /en/search?words=steel%20mill HTTP/1.1\r\n" + head_of + "\r\nGET /hi/PAK-RUS HTTP/1.1\r\n" + head_of + "Connection: close\r\n\r\n",
           "POST /api/v1/decisions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer $T\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
           "10\r\n{\"action\":\"edit\"\r\n1\r\n}\r\n0\r\n\r\n",
           "POST /en/decide HTTP/1.1\r\n" + head_of + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 18\r\n\r\naction=edit&key=a%2",
           "GET /?token=$T HTTP/1.1\r\nHost: a\r\n\r\n", "GET /../../etc/passwd HTTP/1.1\r\n" + head_of + "\r\n",
           "GET /static/style.css HTTP/1.0\r\nIf-None-Match: \"x\"\r\n\r\n", "HEAD /ur/calendar.ics?token=$T HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET /en/ HTTP/1.1\r\nHost: a\r\n" + "".join(f"X-{n}: {n}\r\n" for n in range(40)) + "\r\n", "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\0\xff",
           "POST /api/v1/read HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer $T\r\nContent-Length: 99999999999999999999\r\n\r\n")
    for number, text in enumerate(raw):
        seed("http", f"raw-{number}.txt", "raw\n" + text)
    built = ("GET /en/PAK-RUS/freight-train\n", "GET /en/brief/PAK-RUS?as-of=2025-12-01\n", "GET /api/v1/sessions?pair=PAK-RUS&limit=5\n",
             "GET /api/v1/search?words=%22a%22+OR+NEAR%28\n", "GET /api/v1/openapi.json\n", "GET /ur/new.atom\n", "GET /en/document/ad75867e6ae4\n",
             'POST /api/v1/decisions\n{"action": "edit", "target": "PAK-RUS/commission/9", "field": "place", "value": "Kazan", "author": "a", "reason": "b"}',
             'POST /api/v1/read\n{"text": "Russia and Pakistan signed a memorandum on trade.", "date": "2025-11-28"}',
             'POST /api/v1/reports\n{"text": "Norway and Chile signed an agreement.", "uri": "x", "author": "a"}',
             "POST /en/add\ntext=Norway+and+Chile+signed+an+agreement.&key=0", "POST /en/decide\naction=accept&target=ad75867e6ae4%2Fm1&key=$T",
             "GET /hi/review?kind=meeting&skip=-1\n", "GET /en/search?words=%F0%9F%98%80%e0%a4%ae%C3%A9\n", "GET /en/search?words=%ED%A0%80\n",
             "GET /en/search?words=%E0%80%80\n", "GET /en/search?words=%F4%90%80%80\n", "GET /en/search?words=%C3%28\n", "GET /en/search?words=%F0%9F%98%28\n",
             "GET /en/search?words=%zz%4\n", "GET /en/search?words=%00\n", "GET /%C0%AE%C0%AE/en\n", "GET /en/search?words=a%0D%0AX: y\n",
             'POST /api/v1/read\n{"text": null, "date": 5}', 'POST /api/v1/read\n[1]', 'POST /api/v1/read\n{"text": "a", "text": "b"}', "POST /api/v1/read\n",
             'POST /api/v1/read\n{' + ", ".join(f'"a{n}": "b"' for n in range(33)) + "}", 'POST /api/v1/read\n{"text": null, "date": "2025"}', "GET /en/sector/energy?as-of=0000-00-00\n", "GET /en/search?words=' OR 1=1 --\n")
    for number, text in enumerate(built):
        seed("http", f"built-{number}.txt", text)


if __name__ == "__main__":
    main()
