# SPDX-License-Identifier: MIT
"""Adding reports to karar serve: files that are sent, addresses that are fetched, how far it has come. Forms as a browser without a script sends them."""
import contextlib
import http.server
import json
import re
import shutil
import socket
import threading

import pytest
from conftest import ROOT, run
from test_api import check
from test_doors import pdf
from serving import LANGUAGES, Server

TEXT = "OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries in Oslo on Tuesday, the foreign ministers of both countries said."
PAGE = f"<html><head><title>Fisheries</title></head><body><article><p>{TEXT.replace('Oslo', 'Bergen')}</p><p>Both countries agreed to expand trade.</p></article></body></html>"
MAIL = ("From: desk@a.example\r\nTo: all@a.example\r\nSubject: Norway and Chile sign\r\nDate: Tue, 4 May 2021 10:00:00 +0000\r\n"
        "Message-ID: <1@a.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + TEXT.replace("fisheries", "education") + "\r\n")
LINES = "".join(json.dumps({"url": f"https://a.example/{number}", "date": "2021-05-04", "text": TEXT.replace("Tuesday", f"Tuesday ({number})")}) + "\n" for number in range(3))


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    path = tmp_path_factory.mktemp("adding") / "karar.db"
    assert run("add", "--register", path, sorted((ROOT / "samples").glob("*.txt"))[0]).code == 0
    return path


@pytest.fixture(scope="module")
def server(register):
    server = Server(register, "--allow-private")
    yield server
    assert server.stop() == (0, "")


class Site(http.server.BaseHTTPRequestHandler):
    """What is behind the addresses: pages, and answers as careless or hostile sites give them."""

    def do_GET(self):
        answers = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.replace("trade", "tourism").encode()),
            "/cp1251": (200, {"Content-Type": "text/plain; charset=windows-1251"},
                        "ОСЛО, 4 мая 2021 года. Норвегия и Чили подписали соглашение о рыболовстве, сообщили министры иностранных дел двух стран.".encode("windows-1251")),
            "/moved": (302, {"Location": "/page"}, b""), "/round": (302, {"Location": "/round"}, b""), "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/gone": (404, {}, b"no"), "/empty": (200, {}, b""), "/large": (200, {}, b"x" * ((16 << 20) + 1)),
        }
        code, headers, body = answers.get(self.path, (404, {}, b""))
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()


BOUNDARY = "----karar-7f3a"


def parts(files, fields):
    """A body of multipart/form-data: files are pairs of name and bytes."""
    out = b""
    for name, value in fields.items():
        out += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, value in files:
        out += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
        out += value + b"\r\n"
    return out + f"--{BOUNDARY}--\r\n".encode()


def key(server):
    return re.search(r'name="key" value="([0-9a-f]{32})"', server.ask("/en/add").body.decode())[1]


def send(server, files=(), language="en", **fields):
    fields = {"key": key(server), "author": "A. Clerk", "text": "", "address": "", **fields}
    return server.ask(f"/{language}/add", "POST", parts(files, fields), Content_Type=f"multipart/form-data; boundary={BOUNDARY}")


def ended(server, answer):
    """The page of an order, once it has ended."""
    assert answer.status == 303, answer.body.decode()
    place = answer.headers["Location"]
    for _ in range(200):
        page = server.ask(place)
        assert page.status == 200 and page.headers["Cache-Control"] == "no-store"
        if "data-again" not in page.body.decode():
            return page.page
        threading.Event().wait(0.1)
    raise AssertionError("it never ends")


def test_files_of_every_kind(server, register):
    """Each becomes a report, under its own name; a file of many reports becomes many."""
    files = [("a.txt", TEXT.encode()), ("C:\\desk\\b.html", PAGE.encode()), ("c.eml", MAIL.encode()), ("ق.jsonl", LINES.encode()), ("empty.txt", b"")]
    page = ended(server, send(server, files))
    added = [address for address in page.all("a", "href") if address.startswith("/en/added/")]
    assert len(added) == 6 and "reports: 6" in page.text and "new: 6" in page.text, page.text
    assert "a.txt" in page.text and "b.html" in page.text and "desk" not in page.text and "https://a.example/2" in page.text
    for address in added:
        told = server.ask(address).page.text
        assert "What the report added" in told and "CHL-NOR" in told, address
    kept = {row["source"] for row in run("documents", "--register", register, "--format", "json").json()}
    assert {"a.txt", "b.html", "c.eml", "https://a.example/0"} <= kept
    again = ended(server, send(server, files[:1], language="ur"))
    assert any("known=yes" in address or "/ur/added/" in address for address in again.all("a", "href"))
    assert "نئی: 0" in again.text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_pdf(server):
    page = ended(server, send(server, [("talks.pdf", pdf("The governments of Norway and Chile signed an agreement on fisheries.").encode())]))
    assert "reports: 1" in page.text and "talks.pdf" in page.text, page.text


@pytest.mark.parametrize("bad", [b"", b"\x00\x01\x02\xff\xfe" * 400, b"%PDF-1.4 broken", b"\x1f\x8b\x08\x00broken"])
def test_a_file_that_is_none(server, bad):
    """It is told what is wrong with it, and the others are read all the same."""
    page = ended(server, send(server, [("bad", bad), ("good.txt", TEXT.replace("May", "June").encode())]))
    assert "good.txt" in page.text and "reports: 1" in page.text, page.text


def test_addresses(server, site, register):
    page = ended(server, send(server, address=f"{site}/page\n\n {site}/cp1251 \n{site}/moved\n"))
    assert "reports: 3" in page.text and "new: 2" in page.text, page.text
    kept = {row["source"] for row in run("documents", "--register", register, "--format", "json").json()}
    assert {f"{site}/page", f"{site}/cp1251"} <= kept and f"{site}/moved" not in kept, "kept under the address that answered"


@pytest.mark.parametrize(("path", "says"), [("/gone", "404"), ("/empty", "nothing"), ("/round", "too often"), ("/file", "none"), ("/large", "longer")])
def test_addresses_that_hold_no_report(server, site, path, says):
    page = ended(server, send(server, address=site + path))
    assert says in page.text and "reports: 0" in page.text, page.text


@pytest.mark.parametrize("address", ["ftp://a.example/x", "file:///etc/passwd", "http://user:word@a.example/", "javascript:alert(1)", "a.example", "http://" + "a" * 3000])
def test_what_is_no_address(server, address):
    page = ended(server, send(server, address=address))
    assert "an address begins with http" in page.text and "reports: 0" in page.text


def test_private_networks_are_refused(register, site):
    """Also where a name leads there: the check is on the network address that is connected to."""
    server = Server(register)
    try:
        page = ended(server, send(server, address="\n".join([f"{site}/page", site.replace("127.0.0.1", "localhost") + "/page", "http://[::1]:1/", "http://169.254.169.254/"])))
        assert page.text.count("private network") == 4 and "reports: 0" in page.text, page.text
    finally:
        assert server.stop() == (0, "")


def test_forms_of_others_add_nothing(server):
    assert send(server, [("a.txt", b"x")], key="1" * 32).status == 403
    assert send(server, [("a.txt", b"x")], author=" ").status == 422
    assert send(server).status == 422, "nothing was sent"
    assert server.ask("/en/adding/" + "0" * 32).status == 404


@pytest.mark.parametrize("body", [b"", b"--", b"--x\r\n", f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"key\"".encode(),
                                  parts([], {"key": "\x00"}), parts([], {f"f{number}": "x" for number in range(300)})])
def test_bodies_that_are_no_form(server, body):
    for kind in (f"multipart/form-data; boundary={BOUNDARY}", "multipart/form-data", "multipart/form-data; boundary="):
        assert server.ask("/en/add", "POST", body, Content_Type=kind).status in (400, 403), kind


def test_too_many_at_once(server):
    answer = send(server, [(f"{number}.txt", b"x") for number in range(101)])
    assert answer.status == 422 and "100" in answer.page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_stand_in_every_language(server, language):
    page = ended(server, send(server, [("<b>x.txt", TEXT.encode())], language=language))
    assert "<b>x.txt" in page.text and not re.search(r"\badd(ing|ed)?\.[a-z]", page.text)


def ask(server, path, method="GET", body=None, **headers):
    if isinstance(body, dict):
        body, headers["Content_Type"] = json.dumps(body), "application/json"
    return server.ask(path, method, body, cookie=False, Authorization=f"Bearer {server.token}", **headers)


def test_jobs_of_programs(server, site):
    """The same by the API, held against its description."""
    text = TEXT.replace("Tuesday", "Wednesday")
    orders = [ask(server, "/api/v1/jobs", "POST", {"address": f"{site}/page\n{site}/gone", "author": "A. Clerk"}),
              ask(server, "/api/v1/jobs", "POST", parts([("a.txt", text.encode())], {"author": "A. Clerk"}), Content_Type=f"multipart/form-data; boundary={BOUNDARY}")]
    told = []
    for answer in orders:
        job = check("/api/v1/jobs", "post", answer)["job"]
        for _ in range(200):
            state = check("/api/v1/jobs/{id}", "get", ask(server, f"/api/v1/jobs/{job}"))
            if state["ended"]:
                break
            threading.Event().wait(0.1)
        told.append(state)
    assert (told[0]["inputs"], told[0]["done"], told[0]["reports"]) == (2, 2, 1)
    assert [set(result) for result in told[0]["results"]] == [{"name", "document", "new", "facts"}, {"name", "error"}]
    assert told[1]["results"][0]["name"] == "a.txt" and told[1]["results"][0]["facts"] > 0
    assert ask(server, "/api/v1/jobs", "POST", {}).status == 400 and ask(server, "/api/v1/jobs/0").status == 404
    assert server.ask("/api/v1/jobs", "POST", json.dumps({"address": site}), Content_Type="application/json").status == 403, "a cookie is not enough"


def wait_for(server, job):
    for _ in range(200):
        state = check("/api/v1/jobs/{id}", "get", ask(server, f"/api/v1/jobs/{job}"))
        if state["ended"]:
            return state
        threading.Event().wait(0.05)
    raise AssertionError("never ends")


@pytest.mark.parametrize("how", ["SIGTERM", "SIGKILL"])
def test_what_was_confirmed_survives_the_end_of_the_server(register, site, tmp_path, how):
    """Files and addresses that wait behind an address which never answers come in by the next server, under the same address of their progress."""
    path = tmp_path / "karar.db"
    shutil.copy(register, path)
    texts = [TEXT.replace("Tuesday", f"Tuesday ({how}, {number})") for number in range(3)]
    with contextlib.closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        server = Server(path, "--allow-private")
        first = check("/api/v1/jobs", "post", ask(server, "/api/v1/jobs", "POST", {"address": f"http://127.0.0.1:{silent.getsockname()[1]}/\n{site}/page", "author": "A. Clerk"}))["job"]
        second = check("/api/v1/jobs", "post", ask(server, "/api/v1/jobs", "POST", parts([(f"{n}.txt", text.encode()) for n, text in enumerate(texts)], {
            "author": "B. Clerk", "date": "2021-05-04"}), Content_Type=f"multipart/form-data; boundary={BOUNDARY}"))["job"]
        left = sorted((tmp_path / "karar.db.orders").iterdir())
        assert len(left) == 2 and all(one.stat().st_mode & 0o77 == 0 for one in [*left, tmp_path / "karar.db.orders"])
        if how == "SIGTERM":
            assert server.stop() == (0, "")
        else:
            server.process.kill()
            server.process.communicate()
    (tmp_path / "karar.db.orders" / "000-torn.order").write_bytes(b"karar order 1\n5:ab")
    (tmp_path / "karar.db.orders" / f"000-{'a' * 32}.order").write_bytes(b"karar order 1\n---3:100,9:x")
    server = Server(path, "--allow-private")
    told = wait_for(server, first), wait_for(server, second)
    assert told[0]["done"] == 2 and [("error" in result, result.get("new")) for result in told[0]["results"]] == [(True, None), (False, True)]
    assert [result["new"] for result in told[1]["results"]] == [True] * 3
    rows = json.loads(ask(server, "/api/v1/documents?limit=4").body)["rows"]
    assert [row["added_by"] for row in rows] == ["B. Clerk"] * 3 + ["A. Clerk"]
    assert server.stop() == (0, "")
    assert sorted(one.name for one in (tmp_path / "karar.db.orders").iterdir()) == ["000-" + "a" * 32 + ".order", "000-torn.order"], "what is no order stays"
    server = Server(path, "--allow-private")
    assert ask(server, f"/api/v1/jobs/{second}").status == 404, "nothing is done twice"
    assert server.stop() == (0, "")


def test_two_servers_do_not_take_the_same_order(register, tmp_path):
    path = tmp_path / "karar.db"
    shutil.copy(register, path)
    with contextlib.closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        one = Server(path, "--allow-private")
        job = check("/api/v1/jobs", "post", ask(one, "/api/v1/jobs", "POST", {"address": f"http://127.0.0.1:{silent.getsockname()[1]}/", "author": "A. Clerk"}))["job"]
        two = Server(path, "--allow-private")
        assert ask(two, f"/api/v1/jobs/{job}").status == 404
        assert one.stop() == (0, "") and two.stop() == (0, "")


def test_an_order_that_cannot_be_kept_is_not_confirmed(register, tmp_path):
    path = tmp_path / "karar.db"
    shutil.copy(register, path)
    (tmp_path / "karar.db.orders").write_text("in the way", encoding="utf-8")
    server = Server(path, "--allow-private")
    answer = ask(server, "/api/v1/jobs", "POST", {"address": "http://127.0.0.1:1/", "author": "A. Clerk"})
    assert answer.status == 500 and "karar.db.orders" in answer.body.decode()
    assert server.stop() == (0, "")


def test_the_server_ends_while_it_waits_for_an_address(register):
    """SIGTERM is obeyed at once, whatever an address does."""
    with contextlib.closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        server = Server(register, "--allow-private")
        answer = send(server, address=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        assert answer.status == 303
        assert server.stop() == (0, "")
