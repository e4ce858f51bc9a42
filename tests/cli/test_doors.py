# SPDX-License-Identifier: MIT
"""Every door: what an input is, is told by its content; what is bad is named, and the rest is read."""
import bz2
import gzip
import json
import shutil

import pytest
from conftest import REPORT, ROOT

TITLE, BODY = REPORT.split("\n\n", 1)
PAGE = (f"<!doctype html><html><head><meta charset=utf-8><title>{TITLE} | The Paper</title>"
        '<meta property="article:published_time" content="2021-05-04T10:00:00Z"></head><body class="with-sidebar">'
        '<div class="nav"><a href=a>Home</a> <a href=b>World</a></div>'
        f"<div id=content><h1>{TITLE}</h1><p>{BODY}</p><p>Officials of both sides spoke about the fish of the north for an hour.</p></div>"
        '<div class="related-news"><p>Peru and Japan signed a treaty on space that has nothing to do with the report above.</p></div>'
        "<script>var x = 'Kenya and Cuba signed an agreement';</script></body></html>")
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def warc(kind, body, uri="http://paper.example/1", length=None):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {length or len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def records(result):
    return [json.loads(line) for line in result.out.splitlines()]


def parties(record):
    return {party["id"] for party in record["parties"]}


def read(karar, tmp_path, content, *options):
    path = tmp_path / "input"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return karar("read", "--format", "jsonl", *options, path)


def test_page(karar, tmp_path):
    record, = records(read(karar, tmp_path, PAGE))
    assert parties(record) == {"NOR", "CHL"}
    assert record["document"]["title"] == TITLE
    assert record["document"]["published"] == "2021-05-04"


@pytest.mark.parametrize("pack", [gzip.compress, lambda b: gzip.compress(gzip.compress(b)), lambda b: gzip.compress(b[:9]) + gzip.compress(b[9:])],
                         ids=["gzip", "twice", "members"])
def test_packed(karar, tmp_path, pack):
    record, = records(read(karar, tmp_path, pack(PAGE.encode())))
    assert parties(record) == {"NOR", "CHL"}


def test_packed_too_often(karar, tmp_path):
    content = REPORT.encode()
    for _ in range(4):
        content = gzip.compress(content)
    result = read(karar, tmp_path, content)
    assert (result.code, result.out) == (3, "")
    assert "three times" in result.err


def test_unknown_packing_is_binary(karar, tmp_path):
    assert read(karar, tmp_path, bz2.compress(REPORT.encode() * 9)).code == 3


def test_bomb(karar, tmp_path):
    line = b'{"text": "' + b"a" * (80 << 20) + b'"}\n'
    result = read(karar, tmp_path, gzip.compress(line, 1) + gzip.compress(json.dumps({"text": REPORT}).encode()))
    assert result.code == 3
    assert "8 MiB" in result.err


def test_cut_off_archive(karar, tmp_path):
    whole = gzip.compress(b"".join(warc("conversion", REPORT.encode(), f"http://x/{i}") for i in range(3)))
    result = read(karar, tmp_path, whole[:-12])
    assert result.code == 3
    assert "breaks off" in result.err or "damaged" in result.err


RUSSIAN = "Россия и Индия подписали в Москве соглашение о рыболовстве, сообщили официальные лица во вторник. Стороны довольны."


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "utf-16", "utf-16-le", "utf-8-sig"])
def test_encodings_that_are_told(karar, tmp_path, codec):
    record, = records(read(karar, tmp_path, (RUSSIAN + "\n").encode(codec)))
    assert parties(record) == {"RUS", "IND"}


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_pages_in_utf16(karar, tmp_path, codec):
    page = f"<html><head><meta charset='utf-16'><title>x</title></head><body><p>{RUSSIAN}</p></body></html>"
    mark = "" if codec == "utf-16" else "\ufeff"
    wide, = records(read(karar, tmp_path, (mark + page).encode(codec)))
    narrow, = records(read(karar, tmp_path, page.encode()))
    assert wide == narrow and parties(wide) == {"RUS", "IND"}


def test_a_text_about_pdf_is_no_pdf(karar):
    assert karar("read", "--format", "jsonl", ROOT / "docs/manual/doors.md").code == 0


@pytest.mark.parametrize("declared", ["windows-1251", "iso-8859-1", "utf-8"])
def test_declared_encodings_may_lie(karar, tmp_path, declared):
    page = f"<html><head><meta charset='{declared}'></head><body><p>{RUSSIAN}</p></body></html>"
    record, = records(read(karar, tmp_path, page.encode("cp1251")))
    assert parties(record) == {"RUS", "IND"}


def test_latin1(karar, tmp_path):
    text = "<html><head><meta charset=iso-8859-1></head><body><p>" + BODY + " Señor Muñoz was there.</p></body></html>"
    record, = records(read(karar, tmp_path, text.encode("latin-1")))
    assert parties(record) == {"NOR", "CHL"}


def test_json_lines(karar, tmp_path):
    lines = [json.dumps({"text": REPORT, "date": "2021-05-04", "url": "http://a/1"}), "{bad", "", json.dumps({"x": 1}),
             json.dumps({"text": "a" * (9 << 20)}), "[" * 100000, json.dumps({"text": PAGE})]
    result = read(karar, tmp_path, "\n".join(lines))
    assert result.code == 3
    assert [r["document"]["uri"].split("#")[-1] for r in records(result)] == ["http://a/1", "5"]
    assert len(result.err.splitlines()) == 4
    assert f"(byte {len(lines[0]) + 1 + len('{bad')})" in result.err


def test_fields_are_named(karar, tmp_path):
    line = json.dumps({"headline": TITLE, "t": BODY, "day": "2020-02-03", "key": "k7"})
    record, = records(read(karar, tmp_path, line, "--text-field", "t", "--date-field", "day", "--url-field", "key"))
    assert record["document"]["uri"] == "k7"
    assert record["document"]["title"] == TITLE


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables(karar, tmp_path, separator):
    quoted = REPORT.replace('"', '""')
    rows = f'id{separator}date{separator}text\r\n1{separator}2021-05-04{separator}"{quoted}"\r\n2{separator}2021{separator}"Nothing ""here"""\r\n'
    found = records(read(karar, tmp_path, rows))
    assert [r["document"]["uri"] for r in found] == ["1", "2"]
    assert parties(found[0]) == {"NOR", "CHL"}


def test_table_with_an_open_quote(karar, tmp_path):
    result = read(karar, tmp_path, 'id,text\n1,"never closed\n2,' + TITLE + "\n")
    assert result.code == 3
    assert "does not end" in result.err
    assert len(records(result)) == 1


def test_archive(karar, tmp_path):
    page = HTTP + PAGE.encode()
    chunk = gzip.compress(PAGE.encode())
    chunked = (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n%x\r\n" % len(chunk)) + chunk + b"\r\n0\r\n\r\n"
    content = (warc("warcinfo", b"a: b") + warc("response", page, "http://x/1") + warc("request", b"GET / HTTP/1.1") +
               warc("response", page, "http://x/bad", 999999) + warc("response", b"HTTP/1.1 404 No\r\n\r\nx") +
               warc("response", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n\0\0") +
               warc("response", chunked, "http://x/2") + warc("conversion", REPORT.encode(), "http://x/3"))
    result = read(karar, tmp_path, content)
    assert [r["document"]["uri"] for r in records(result)] == ["http://x/1", "http://x/2", "http://x/3"]
    assert all(parties(r) == {"NOR", "CHL"} for r in records(result))
    assert "length is wrong" in result.err and result.code == 3


def test_mail(karar, tmp_path):
    mail = ("From: a@b.example\nTo: c@d.example\nSubject: =?utf-8?q?Norway_and_Chile?=\n sign\nDate: Tue, 4 May 2021 10:00:00 +0000\n"
            "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>no</p>\n"
            "--x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + BODY.replace("OSLO", "OS=\nLO") + "\n--x--\n")
    record, = records(read(karar, tmp_path, mail))
    assert parties(record) == {"NOR", "CHL"}
    assert record["document"]["title"] == "Norway and Chile sign"
    assert record["document"]["published"] == "2021-05-04"


def test_mail_of_many_levels(karar, tmp_path):
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(20000))
    assert read(karar, tmp_path, "From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\n" + parts).code == 3


def test_page_of_many_levels(karar, tmp_path):
    record, = records(read(karar, tmp_path, "<html><body>" + "<div>" * 100000 + f"<p>{TITLE}</p><p>{BODY}</p>"))
    assert parties(record) == {"NOR", "CHL"}


def test_mailbox(karar, tmp_path):
    def mail(subject, text, end="\n"):
        lines = ["From someone@a.example Tue May  4 10:00:00 2021", "From: a@b.example", "To: c@d.example", f"Subject: {subject}",
                 "Date: Tue, 4 May 2021 10:00:00 +0000", "", *text.split("\n"), ""]
        return "".join(line + end for line in lines)

    box = (mail("Norway and Chile sign", BODY + "\n>From here on nothing\n\nFrom now on no mail begins, for no header follows.\n") +
           mail("Empty", "") + mail("Peru and Chile sign", BODY.replace("Norway", "Peru"), "\r\n"))
    result = read(karar, tmp_path, box)
    one, empty, two = records(result)
    assert result.code == 0 and parties(empty) == set()
    assert (one["document"]["title"], two["document"]["title"]) == ("Norway and Chile sign", "Peru and Chile sign")
    assert one["document"]["uri"].endswith("input#1") and two["document"]["uri"].endswith("input#3")
    assert parties(one) == {"NOR", "CHL"} and parties(two) == {"PER", "CHL"}
    assert karar("why", tmp_path / "input", "From here on nothing").out.count(">From") == 0


def test_mailbox_with_a_mail_too_long(karar, tmp_path):
    long = "From a@b Tue\nFrom: a@b.example\nSubject: x\n\n" + "y" * 79 + "\n"
    good = "From a@b Tue\nFrom: a@b.example\nSubject: Good\n\n" + BODY + "\n"
    result = read(karar, tmp_path, good + "\n" + long + ("y" * 79 + "\n") * 500000 + "\n" + good)
    assert result.code == 3 and "32 MiB" in result.err
    assert [parties(record) for record in records(result)] == [{"NOR", "CHL"}] * 2


def test_one_page_in_two_encodings_is_one_text(karar, tmp_path):
    page = (f'<html lang=ru-RU><head><meta charset="CHARSET"><meta property="og:site_name" content="\u0412\u0435\u0441\u0442\u0438">'
            f"<title>x</title></head><body><p>{RUSSIAN}</p></body></html>")
    first, = records(read(karar, tmp_path, page.replace("CHARSET", "utf-8").encode()))
    second, = records(read(karar, tmp_path, page.replace("CHARSET", "windows-1251").encode("cp1251")))
    assert first == second and first["document"]["publisher"] == "\u0412\u0435\u0441\u0442\u0438"


def pdf(text):
    """The smallest PDF with these words."""
    stream = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
               f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_pdf(karar, tmp_path):
    record, = records(read(karar, tmp_path, pdf("The governments of Norway and Chile signed an agreement on fisheries.")))
    assert parties(record) == {"NOR", "CHL"}
    assert read(karar, tmp_path, "%PDF-1.4\nbroken").code == 3
