# SPDX-License-Identifier: MIT
"""karar serve over real HTTP: a register filled from samples/, a server on a free port."""
import contextlib
import html
import json
import re
import shutil
import socket
import urllib.parse

import pytest
from conftest import ROOT, run
from serving import LANGUAGES, Page, Server

HOSTILE = (
    "Norway and Chile sign <script>alert(1)</script> \"agreement\" on fisheries <b onclick='x'> & fish\n\n"
    "OSLO, 4 May 2021: The governments of Norway and Chile signed an agreement on fisheries in Oslo on Tuesday.\n\n"
    "<img src=x onerror=alert(2)> \u202egnirts\u202c and \u2066more\u2069 of {{it}}.\n"
)


@pytest.fixture(scope="module")
def register(samples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("serve")
    hostile = folder / "hostile.jsonl"
    hostile.write_text(json.dumps({"title": HOSTILE.split("\n")[0], "text": HOSTILE}), encoding="utf-8")
    titled = folder / "titled.html"
    sentence = "The governments of Norway and Chile signed an agreement on fisheries in Oslo on Tuesday, 4 May 2021."
    titled.write_text(f"<html><head><title>Norway, Chile &lt;script&gt;alert(1)&lt;/script&gt; sign agreement</title></head><body><article>"
                      f"<p>{sentence}</p><p>{sentence}</p></article></body></html>", encoding="utf-8")
    path = shutil.copy(samples, folder / "karar.db")
    assert run("add", "--register", path, hostile, titled).code == 0
    return path


def test_token(server):
    refused = server.ask("/en/", cookie=False)
    assert refused.status == 403 and "PAK" not in refused.body.decode()
    assert server.ask("/en/?token=" + "0" * 32, cookie=False).status == 403
    shown = server.ask(f"/en/PAK-RUS?as-of=2025-12-01&token={server.token}", cookie=False)
    assert (shown.status, shown.headers["Location"]) == (303, "/en/PAK-RUS?as-of=2025-12-01")
    assert shown.headers["Set-Cookie"] == f"karar={server.token}; HttpOnly; SameSite=Strict; Path=/"
    assert server.ask(f"//evil.example/?token={server.token}", cookie=False).headers["Location"] == "/"


def test_headers(server):
    answer = server.ask("/en/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for tag, attribute in (("script", "src"), ("link", "href"), ("a", "href"), ("img", "src"), ("form", "action")):
        for address in answer.page.all(tag, attribute):
            assert address.startswith(("/", "#")) and not address.startswith("//"), address
    for address in answer.page.all("script", "src") + ["/static/style.css"]:
        assert server.ask(address, cookie=False).status == 200


def test_language(server):
    for accept, expected in (("ur", "ur"), ("fr, ru;q=0.8, hi;q=0.9", "hi"), ("ru-RU,en;q=0.5", "ru"), ("fr", "en"), ("ur;q=0, *", "en")):
        answer = server.ask("/", Accept_Language=accept)
        assert (answer.status, answer.headers["Location"]) == (303, f"/{expected}/"), accept
    assert server.ask("/PAK-RUS", Accept_Language="ur").headers["Location"] == "/ur/PAK-RUS"


ADDRESSES = (
    "", "PAK-RUS", "PAK-RUS/commission", "PAK-RUS/commission/10", "PAK-RUS/freight-train", "PAK-RUS/mou/2025-11-27/media",
    "RUS", "RUS/denis-manturov", "sector/transport", "sector/transport?pair=PAK-RUS", "brief/PAK-RUS?as-of=2025-12-01", "search",
    "search?q=steel+mill", "search?q=PAK&pair=PAK-RUS&in=ur&as-of=2025-12-31", "new", "calendar", "about",
)


@pytest.mark.parametrize("place", ADDRESSES)
def test_pages_in_every_language(server, place):
    records = set()
    for language in LANGUAGES:
        answer = server.ask(f"/{language}/{place}")
        assert answer.status == 200 and len(answer.body) < 100_000
        page = answer.page
        assert page.elements[0] == ("html", {"lang": language, "dir": "rtl" if language == "ur" else "ltr"})
        here = [a for a in page.all("a", "href") if a.startswith(f"/{language}/")]
        assert "{" not in page.text
        records.add(frozenset(address[3:] for address in here if "document/" not in address))    # words are shown in the page's language
        for other in LANGUAGES:
            assert f"/{other}/{place.replace('+', '%20')}" in page.all("a", "href")
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        assert len(ids) == len(set(ids))
    assert len(records) == 1, "the same things behind each language"


def test_session(server):
    text = server.ask("/en/PAK-RUS/commission/10").page.text
    for words in ("25–27 November 2025", "Islamabad, Pakistan", "Awais Ahmad Khan Leghari", "Sergei Tsivilev", "minister (energy)", "Memorandum"):
        assert words in text, words
    text = server.ask("/ur/PAK-RUS/commission/10").page.text
    for words in ("25–27 نومبر 2025", "اسلام آباد، پاکستان", "کمیشن", "وزیر"):
        assert words in text, words
    missing = server.ask("/en/PAK-RUS").page.text
    assert "not in the register" in missing and "Yekaterinburg" in missing


def test_thread(server):
    answer = server.ask("/en/PAK-RUS/freight-train?as-of=2025-12-01").page
    for words in ("slipped", "March 2025", "15 March 2025", "22 June 2025", "August 2025", "October 2025", "запустят", "مال بردار ٹرین"):
        assert words in answer.text, words
    quoted = [attrs.get("lang") for tag, attrs in answer.elements if tag == "blockquote"]
    assert {"en", "ru", "ur", "hi"} <= set(quoted)


def test_search(server):
    def things(query, language="en"):
        page = server.ask(f"/{language}/search?q={urllib.parse.quote(query)}").page
        return [address.removeprefix(f"/{language}/") for address in page.all("a", "href") if re.match(rf"/{language}/[A-Z]", address)], page

    found, page = things("steel mill")
    assert found[0] == "PAK-RUS/steel-mill" and "document" not in found[0]
    assert 'value="steel mill"' in server.ask("/en/search?q=steel+mill").body.decode()
    assert things("Pakistan Russia")[0][:3] == ["PAK", "PAK-RUS", "RUS"]
    assert "PAK-RUS" in things("پاکستان روس", "ur")[0]
    assert things("مال گاڑی", "ur")[1].text.count("مال گاڑی") >= 1
    assert things('"a" OR NEAR(b) -c* AND')[0] == []
    hostile = server.ask("/en/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert hostile.status == 200 and "<script>alert" not in hostile.body.decode()
    assert server.ask("/en/search?q=" + "a" * 500).status == 413
    only = server.ask("/en/search?q=RUS&in=ur").page
    assert {attrs["lang"] for tag, attrs in only.elements if tag == "bdi" and "lang" in attrs} == {"ur", "en"}  # en: the program's name


def test_a_session_lists_its_protocol(server):
    """Its reports tell no date of it, but they tell of the session, in its days."""
    for number, day in ((10, "2025-11-27"), (8, "2023-01-20")):
        elements = server.ask(f"/en/PAK-RUS/commission/{number}").page.elements
        assert ("a", f"/en/PAK-RUS/protocol/{day}") in [(tag, attrs.get("href")) for tag, attrs in elements]
    assert not any("protocol/2025" in (attrs.get("href") or "") for _, attrs in server.ask("/en/PAK-RUS/commission/9").page.elements)


def test_a_page_names_things_in_its_language(server):
    for language, topic in (("en", "air transport, customs cooperation"), ("hi", "हवाई परिवहन, सीमा शुल्क")):
        assert topic in server.ask(f"/{language}/brief/PAK-RUS?as-of=2025-12-01").page.text
    assert "کمیشن" not in server.ask("/en/PAK-RUS").page.text


def test_brief(server):
    text = server.ask("/en/brief/PAK-RUS?as-of=2025-12-01").page.text
    for words in ("no. 10", "no. 9", "no. 8", "no. 11", "freight train", "15 March 2025", "22 June 2025", "slipped", "insulin", "gas pipeline",
                  "memorandum of understanding × 7", "reported on 27 November 2025"):
        assert words.casefold() in text.casefold(), words
    assert text.count("signed three memoranda of understanding") == 1      # each sentence once
    assert "Both sides agreed to hold a conference on space" in text
    assert not re.search(r"\d{4}-\d{2}", text[text.index("Last sessions"):]), "one style of dates"
    due, after = text.index("Promises past due"), text.index("Open promises by field")
    assert text.index("freight train") > due and "freight train" not in text[after:text.index("The words")]
    assert server.ask("/en/brief/PAK-USA").status == 404


def test_feeds(server):
    import xml.etree.ElementTree as tree

    atom = "{http://www.w3.org/2005/Atom}"
    answer = server.ask(f"/ur/new.atom?token={server.token}", cookie=False)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = tree.fromstring(answer.body)
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == 20 and feed.find(f"{atom}updated").text
    assert all(entry.find(f"{atom}id").text.startswith("urn:sha256:") for entry in entries)
    assert all(element.tag.startswith(atom) for element in feed.iter())
    for path in ("calendar.ics", "calendar/PAK-RUS.ics", "calendar/PAK-RUS/commission.ics"):
        answer = server.ask(f"/en/{path}?token={server.token}", cookie=False)
        lines = answer.body.decode().split("\r\n")
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert lines[0] == "BEGIN:VCALENDAR" and "END:VCALENDAR" in lines and "UID:PAK-RUS/commission/10@karar" in lines, path
        assert server.ask(f"/en/{path}?token={'0' * 32}", cookie=False).status == 403
    assert server.ask("/en/calendar/PAK-USA.ics").body.count(b"BEGIN:VEVENT") == 0


def test_about(server):
    table = (ROOT / "bench" / "results.md").read_text(encoding="utf-8").split("<!-- gold -->")[1]
    row = next(line for line in table.splitlines() if line.startswith("| en | even"))
    reports, *figures = row.strip("| ").split(" | ")[2:6]
    for language, part in (("en", "kept apart"), ("ur", "الگ رکھی"), ("hi", "अलग रखी"), ("ru", "отложенные")):
        text = server.ask(f"/{language}/about").page.text
        for cell in ("English", part, reports, *figures):
            assert cell in text, (language, cell)


def test_files_by_their_lasting_names(server):
    """What pages call by a name with a hash is kept for good; under its plain name it is asked for anew."""
    page = server.ask("/ur/").page
    named = [*page.all("script", "src"), *page.all("link", "href")]
    named = [address for address in named if address.startswith("/static/")]
    assert len(named) == 3
    for address in named:
        answer = server.ask(address, cookie=False)
        assert answer.status == 200 and answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", address
        plain = server.ask(re.sub(r"\.[0-9a-f]{16}\.", ".", address), cookie=False)
        assert plain.body == answer.body and plain.headers["Cache-Control"] == "private, no-cache"
    style = server.ask(next(address for address in named if "style" in address)).body.decode()
    fonts = re.findall(r'url\("([^"]+)"\)', style)
    assert all(server.ask(f"/static/{font}").body[:4] == b"wOF2" for font in fonts)
    assert len(fonts) in (0, 7), "all of them, or none where the program was built without"
    assert server.ask("/static/style.0000000000000000.css").status == 404


def test_pictures(server):
    page = server.ask("/en/PAK-RUS").page
    circles = [attrs for tag, attrs in page.elements if tag == "circle"]
    assert len(circles) > 15 and all(180 < float(c["cx"]) <= 700 for c in circles)
    assert [attrs["class"] for tag, attrs in page.elements if tag == "td" and re.fullmatch("h[0-5]", attrs.get("class") or "")]
    slips = server.ask("/en/PAK-RUS/freight-train").page
    due = [float(attrs["cy"]) for tag, attrs in slips.elements if tag == "circle"]
    assert len(due) == 6 and due == sorted(due, reverse=True), "later promises stand higher"


def test_quotations_lead_to_the_words(server):
    page = server.ask("/hi/PAK-RUS/commission/10").page
    links = {a for a in page.all("a", "href") if "#" in a and "/document/" in a}
    assert len(links) > 8
    for link in links:
        address, local = link.split("#")
        document = server.ask(address).page
        assert sum(local == attrs.get("id") for _, attrs in document.elements) == 1, link


def test_document_shows_every_claim(server, register):
    for row in run("documents", "--register", register, "--format", "json").json():
        record = run("show", "--register", register, row["document"], "--format", "json").json()
        body = server.ask(f"/en/document/{row['document']}").body.decode()
        for claim in record:
            local = claim["claim"].split("/")[1]
            marks = re.findall(r'<mark [^>]*data-claims="([^"]*)"[^>]*>(.*?)</mark>', body)
            shown = "".join(re.sub("<[^>]*>", "", text) for locals_, text in marks if local in locals_.split())
            words = claim["words"].replace("\n", "")
            assert Page(f"<p>{shown}</p>").text == words, (row["document"], local)


def test_old_ids_lead_on(server):
    answer = server.ask("/ru/PAK-RUS/mou/2025-11-28/media")
    assert (answer.status, answer.headers["Location"]) == (303, "/ru/PAK-RUS/mou/2025-11-27/media")


def test_hostile_text_is_text(server, register):
    document = next(row["document"] for row in run("documents", "--register", register, "--format", "json").json() if "hostile" in row["source"])
    for path in ("/en/", "/en/CHL-NOR", f"/ur/document/{document}"):
        answer = server.ask(path)
        page = answer.page
        assert answer.status == 200
        assert all(re.fullmatch(r"/static/script\.[0-9a-f]{16}\.js", attrs.get("src", "")) for tag, attrs in page.elements if tag == "script")
        assert not [tag for tag, attrs in page.elements if tag in ("img", "b") or any(name.startswith("on") for name in attrs)]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer.body.decode())
    assert "<script>alert(1)</script>" in page.text and "<img src=x onerror=alert(2)>" in page.text and "{{it}}" in page.text


def test_not_there_and_not_so(server):
    for path in ("/en/PAK-RUS/nothing", "/en/document/000000000000", "/en/nowhere", "/static/none", "/static/../../etc/passwd"):
        assert server.ask(path).status in (303, 404), path
    assert server.ask("/en/nowhere").page.text.count("There is no such page") == 2
    refused = server.ask("/en/PAK-RUS", "POST", body="a=b")
    assert refused.status in (405, 413)
    assert server.ask("/en/PAK-RUS", "DELETE").status == 405
    assert server.ask("/en/%ff%fe").status == 400
    assert server.ask("/en/?q=%ff").status == 400
    assert server.ask("/en/?" + "&".join(f"a{i}=1" for i in range(400))).status == 400


def test_limits(server):
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):    # it need not be read to its end to be refused
        assert server.ask("/en/", "POST", body=b"x" * 3_000_000).status in (405, 413)
    answer = server.raw(b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer == b"" or answer.split(b" ")[1] in (b"400", b"413", b"414", b"431")
    assert not server.raw(b"\x00\x01\x02\r\n\r\n").startswith(b"HTTP/1.1 200")
    assert server.ask("/en/").status == 200


def test_unchanged_pages_are_not_sent_again(server, register, tmp_path):
    first = server.ask("/en/PAK-RUS")
    tag = first.headers["ETag"]
    again = server.ask("/en/PAK-RUS", If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")
    head = server.ask("/en/PAK-RUS", "HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(first.body)))
    report = tmp_path / "more.txt"
    report.write_text("Norway and Peru sign agreement\n\nOSLO, 5 May 2021: Norway and Peru signed an agreement on trade in Oslo.\n", encoding="utf-8")
    assert run("add", "--register", register, report).code == 0
    changed = server.ask("/en/", If_None_Match=tag)
    assert changed.status == 200 and changed.headers["ETag"] != tag and "Peru" in changed.body.decode()


def test_command_line(register, tmp_path):
    assert run("serve", "--register", tmp_path / "none.db").code == 3
    for arguments in (("--port", "x"), ("--port", "70000"), ("--listen", "nowhere", "--port", "0"), ("operand",)):
        assert run("serve", "--register", register, *arguments).code == 2, arguments
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run("serve", "--register", register, "--port", taken.getsockname()[1]).code == 4


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """A server over a pair of states with more of everything than a page shows."""
    folder = tmp_path_factory.mktemp("crowded")
    lines = [{"url": f"https://a.example/{number}", "date": f"{1950 + number}-06-02",
              "text": f"OSLO, 2 June {1950 + number}: The {number}th session of the Norway-Chile Intergovernmental Commission was held in Oslo. The two sides signed a "
                      f"memorandum of understanding on fisheries and an agreement on education. They agreed to launch a freight train in {1952 + number}."}
             for number in range(1, 66)]
    (folder / "many.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("add", "--register", folder / "karar.db", folder / "many.jsonl").code == 0
    server = Server(folder / "karar.db")
    yield server
    assert server.stop() == (0, "")


@pytest.mark.parametrize(("place", "pattern", "all_of_them"), [
    ("CHL-NOR", r"CHL-NOR/commission/\d+", 65), ("CHL-NOR/commission", r"CHL-NOR/commission/\d+", 65), ("CHL-NOR", r"CHL-NOR/(?:mou|agreement)/[^\"#]+", 130),
    ("CHL-NOR/freight-train", r"document/[0-9a-f]{12}#c\d+", 65), ("CHL-NOR?as-of=2016-01-01", r"CHL-NOR/commission/\d+", 65)])
def test_long_lists_are_turned(crowded, place, pattern, all_of_them):
    """Each row stands on one page, no page is large, and the links lead through all of them and back."""
    path, seen, pages, most = f"/ur/{place}", [], 0, 40 if "document" in pattern else 30 if "commission" in pattern else 20
    while path:
        answer = crowded.ask(path)
        assert answer.status == 200 and len(answer.body) < 100_000
        body = re.sub(r"<svg.*?</svg>|<details>.*?</details>", "", answer.body.decode(), flags=re.S)
        found = list(dict.fromkeys(re.findall(f'href="/ur/({pattern})"', body)))
        rows = [row for row in found if row not in seen]
        assert len(rows) <= most and (rows or not pages)
        seen += rows
        pages += 1
        links = [html.unescape(link) for link in answer.page.all("a", "href") if link.startswith("/ur/CHL") and re.search(r"(sessions|instruments|stages)=\d+", link)]
        older = [link for link in links if any(int(number) == most * pages for number in re.findall(rf"{'instruments' if 'mou' in pattern else 'stages' if 'document' in pattern else 'sessions'}=(\d+)", link))]
        path = older[0] if older else None
    assert len(seen) == all_of_them and pages == -(-all_of_them // most)
