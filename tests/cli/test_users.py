# SPDX-License-Identifier: MIT
"""Users of karar serve: accounts, signing in and out, sessions, who guesses, forms, the audit, copies, proxies."""
import contextlib
import http.client
import json
import os
import re
import sqlite3
import subprocess
import urllib.parse

import pytest
from conftest import PROGRAM, ROOT, run
from test_api import DESCRIPTION, check
from serving import Server

PASSWORD = "correct horse battery staple"
REPORT = "OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries in Oslo on Tuesday, the foreign ministers of both countries said."


def add_user(register, name, role, password=PASSWORD):
    done = run("user", "add", "--register", register, name, role, stdin=password.encode() + b"\n")
    assert done.code == 0, done.err


class UserServer(Server):
    """A server over a register with users: it prints no token."""

    def __init__(self, register, *options):
        self.process = subprocess.Popen([PROGRAM, "serve", "--register", str(register), "--port", "0", *options], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        address = self.process.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/", address)
        assert found, address + self.process.stderr.read()
        self.port, self.kept = int(found[1]), {}

    def ask(self, path, method="GET", body=None, **headers):
        return super().ask(path, method, body, cookie=False, **headers)

    def sign_in(self, name, password=PASSWORD, cookie=None, back="", **headers):
        """The answer to the form, and what the browser showed."""
        page = self.ask("/en/sign-in", Cookie=cookie or "", **headers)
        if page.headers["Set-Cookie"]:
            cookie = page.headers["Set-Cookie"].split(";")[0]
        fields = {"key": key_in(page), "name": name, "password": password, "back": back}
        return self.ask("/en/sign-in", "POST", urllib.parse.urlencode(fields), Cookie=cookie,
                        Content_Type="application/x-www-form-urlencoded", **headers), cookie

    def __enter__(self):
        return self

    def __exit__(self, *_):
        assert self.stop() == (0, "")


def key_in(answer):
    return re.search(r'name="key" value="([0-9a-f]{32})"', answer.body.decode())[1]


class Signed:
    """A browser that is signed in."""

    def __init__(self, server, name, password=PASSWORD):
        self.server = server
        answer, _ = server.sign_in(name, password)
        assert answer.status == 303, answer.body.decode()
        self.set_cookie = answer.headers["Set-Cookie"]
        self.cookie = self.set_cookie.split(";")[0]

    @staticmethod
    def kept(server, name):
        """One that was signed in before, if it still is: comparing passwords takes its time."""
        if name not in server.kept or server.kept[name].ask("/en/account").status != 200:
            server.kept[name] = Signed(server, name)
        return server.kept[name]

    def ask(self, path, method="GET", body=None, **headers):
        return self.server.ask(path, method, body, Cookie=self.cookie, **headers)

    def send(self, path, page="/en/account", **fields):
        fields = {"key": key_in(self.ask(page)), **fields}
        return self.ask(path, "POST", urllib.parse.urlencode(fields), Content_Type="application/x-www-form-urlencoded")


@pytest.fixture(scope="module")
def server(register):
    for name, role in (("ada", "reader"), ("boris", "reviewer"), ("آمنہ", "keeper")):
        add_user(register, name, role)
    with UserServer(register) as server:
        yield server


def change(register, statement, *values):
    """Time passes by changing what was written down."""
    with contextlib.closing(sqlite3.connect(f"{register}.users", timeout=20)) as file:
        file.execute(statement, values)
        file.commit()


def read(register, statement):
    with contextlib.closing(sqlite3.connect(f"{register}.users", timeout=20)) as file:
        return file.execute(statement).fetchall()


def guess(register, server, name, times):
    """So many wrong passwords: one is tried, the others are written down as if they had been, another is tried."""
    change(register, "DELETE FROM failure")
    assert server.sign_in(name, "a wrong password")[0].status == 401
    change(register, "UPDATE failure SET count = ?", times - 1)
    assert server.sign_in(name, "a wrong password")[0].status == 401


# ---- the command line -----------------------------------------------------------------------------------------------------
def test_accounts_on_the_command_line(tmp_path):
    path = tmp_path / "karar.db"
    assert run("user", "list", "--register", path).code == 3, "no register"
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    assert run("add", "--register", path, tmp_path / "r.txt").code == 0
    assert run("user", "list", "--register", path, "--format", "json").json() == []
    assert run("user", "role", "--register", path, "A. Clerk", "keeper").code == 1
    assert not os.path.exists(f"{path}.users"), "nothing is made by asking"
    add_user(path, "A. Clerk", "reviewer")
    assert os.stat(f"{path}.users").st_mode & 0o777 == 0o600
    assert run("user", "add", "--register", path, "a. clerk", "reader", stdin=PASSWORD.encode()).code == 2, "there already, whatever its case"
    assert run("user", "role", "--register", path, "A. Clerk", "keeper").code == 0
    listed = run("user", "list", "--register", path, "--format", "json").json()
    assert [(row["name"], row["role"], row["signed_in"], row["key"]) for row in listed] == [("A. Clerk", "keeper", None, "no")]
    first, second = (run("user", "key", "--register", path, "A. Clerk").out.strip() for _ in range(2))
    assert re.fullmatch("[0-9a-f]{64}", first) and first != second
    assert "A. Clerk  keeper" in run("user", "list", "--register", path).out
    assert run("user", "remove", "--register", path, "A. Clerk").code == 0
    assert run("user", "remove", "--register", path, "A. Clerk").code == 1
    assert run("user", "list", "--register", path, "--format", "json").json() == []


@pytest.mark.parametrize("arguments", [
    ("add", "x"), ("add", "x", "king"), ("add", "x", "reader", PASSWORD), ("password", "x", PASSWORD), ("list", "x"), ("burn", "x"), (), ("role", "x"),
    ("add", "", "reader"), ("add", "x" * 61, "reader"), ("add", "x\u202ey", "reader"), ("add", " x", "reader"), ("add", "x  y", "reader"), ("add", "x\ny", "reader")])
def test_what_the_command_line_refuses(register, arguments):
    done = run("user", *arguments[:1], "--register", register, *arguments[1:], stdin=PASSWORD.encode())
    assert done.code == 2 and done.err.startswith("karar: ") and not done.out
    assert PASSWORD not in done.err


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "x" * 2000, "aaaaaaaaaaaaaaaa", "somebody1234", "\udcff" * 20])
def test_bad_passwords(register, password):
    done = run("user", "add", "--register", register, "somebody", "reader", stdin=password.encode("utf-8", "surrogateescape"))
    assert done.code == 2 and "password" in done.err
    assert "somebody" not in run("user", "list", "--register", register).out


def test_a_password_is_typed_twice_and_not_shown(register):
    import pty

    def typed(*lines):
        pid, terminal = pty.fork()
        if pid == 0:
            os.execv(PROGRAM, [PROGRAM, "user", "add", "--register", str(register), "typist", "reader"])
        shown = b""
        for prompt, line in zip((b"Password: ", b"again: "), lines):
            while prompt not in shown:
                shown += os.read(terminal, 1000)
            os.write(terminal, line.encode() + b"\n")
            with contextlib.suppress(OSError):
                shown += os.read(terminal, 1000)
        with contextlib.suppress(OSError):
            while more := os.read(terminal, 1000):
                shown += more
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()

    code, shown = typed(PASSWORD, PASSWORD + "x")
    assert code == 2 and "not the same" in shown and PASSWORD not in shown
    code, shown = typed(PASSWORD, PASSWORD)
    assert code == 0 and PASSWORD not in shown
    assert run("user", "remove", "--register", register, "typist").code == 0


def test_a_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "karar.db"
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    assert run("add", "--register", path, tmp_path / "r.txt").code == 0
    add_user(path, "x", "reader")
    os.chmod(f"{path}.users", 0o644)
    for command in (("user", "list"), ("serve", "--port", "0")):
        done = run(*command, "--register", path)
        assert done.code == 2 and "chmod 600" in done.err, "it does not fall back to a token"
    os.chmod(f"{path}.users", 0o600)
    with open(f"{path}.users", "wb") as file:
        file.write(b"no database" * 100)
    assert run("serve", "--port", "0", "--register", path).code != 0


def test_secrets_are_kept_as_hashes(server, register):
    signed = Signed(server, "ada")
    key = run("user", "key", "--register", register, "ada").out.strip()
    kept = b"".join(open(f"{register}.users{end}", "rb").read() for end in ("", "-wal") if os.path.exists(f"{register}.users{end}"))
    assert signed.cookie.split("=")[1].encode() not in kept and key.encode() not in kept and PASSWORD.encode() not in kept
    assert all(row[0].startswith("$argon2id$v=19$m=65536,t=2,p=1$") for row in read(register, "SELECT password FROM user"))


# ---- signing in -----------------------------------------------------------------------------------------------------------
def test_who_is_not_signed_in_is_asked_to(server):
    answer = server.ask("/ur/PAK-RUS?as-of=2025-12-01")
    assert answer.status == 401 and answer.headers["Cache-Control"] == "no-store"
    page = answer.page
    assert ("html", {"lang": "ur", "dir": "rtl"}) == page.elements[0] and "پاس ورڈ" in page.text and "PAK" not in page.text
    assert "/ur/PAK-RUS?as-of=2025-12-01" in page.all("input", "value"), "and led on to what was asked for"
    assert json.loads(server.ask("/api/v1/bodies").body)["status"] == 401
    assert server.ask("/PAK-RUS").status == 401 and server.ask("/en/nowhere").status == 401
    assert server.ask("/en/?token=" + "0" * 32).status == 401


def test_signing_in_and_out(server):
    answer, before = server.sign_in("ada", back="/en/PAK-RUS?as-of=2025-12-01")
    assert (answer.status, answer.headers["Location"]) == (303, "/en/PAK-RUS?as-of=2025-12-01")
    told = answer.headers["Set-Cookie"]
    assert re.fullmatch(r"karar=[0-9a-f]{64}; HttpOnly; SameSite=Lax; Path=/", told), told
    ada = Signed(server, "ADA")
    assert ada.ask("/en/").status == 200 and "ada" in ada.ask("/en/").page.text
    assert ada.ask("/en/sign-in").status == 200
    out = ada.send("/en/sign-out")
    assert out.status == 303 and "Max-Age=0" in out.headers["Set-Cookie"] and out.headers["Clear-Site-Data"] == '"cache"'
    assert ada.ask("/en/").status == 401, "the session is over on the server, too"
    for back in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        assert server.sign_in("ada", back=back)[0].headers["Location"] == "/en/"


def test_names_and_passwords_of_any_keyboard(server, register):
    """A letter that keyboards write with different code points is one letter."""
    add_user(register, "क़लम", "reader", "पासवर्ड ज़रूरी है")
    assert "\u0958" in "\u0958लम"
    answer, _ = server.sign_in("\u0958लम", "पासवर्ड \u095bरूरी है")
    assert answer.status == 303


def test_nobody_learns_whether_a_name_is_known(server):
    known, _ = server.sign_in("ada", "wrong password here")
    unknown, _ = server.sign_in("nobody at all", "wrong password here")
    assert known.status == unknown.status == 401

    def text(answer, name):
        return re.sub("[0-9a-f]{32,}", "", answer.body.decode()).replace(name, "")
    assert text(known, "ada") == text(unknown, "nobody at all") and "wrong" in known.page.text
    Signed(server, "ada")


@pytest.mark.parametrize("attack", ["x", "karar=%s" % ("a" * 64), "karar=" + "0" * 63])
def test_what_a_browser_showed_before_never_becomes_a_session(server, attack):
    """Fixation: somebody else's cookie in the browser is worth nothing after signing in."""
    answer, before = server.sign_in("ada", cookie=attack)
    assert answer.status == 303
    after = answer.headers["Set-Cookie"].split(";")[0]
    assert after != before and server.ask("/en/", Cookie=after).status == 200
    assert server.ask("/en/", Cookie=before).status == 401


def test_signing_in_again_gives_a_new_session(server):
    ada = Signed(server, "ada")
    again, _ = server.sign_in("ada", cookie=ada.cookie)
    now = again.headers["Set-Cookie"].split(";")[0]
    assert now != ada.cookie and server.ask("/en/", Cookie=now).status == 200
    assert ada.ask("/en/").status == 401, "the one before is over"


def test_sessions_end(server, register):
    idle, old = Signed(server, "ada"), Signed(server, "boris")
    for one, field, hours in ((idle, "seen", 12), (old, "begun", 7 * 24)):
        change(register, f"UPDATE session SET {field} = {field} - ? WHERE user = (SELECT id FROM user WHERE name = ?)", hours * 3600 - 60,
               "ada" if one is idle else "boris")
        assert one.ask("/en/").status == 200
        change(register, f"UPDATE session SET {field} = unixepoch() - ? WHERE user = (SELECT id FROM user WHERE name = ?)", hours * 3600,
               "ada" if one is idle else "boris")
        assert one.ask("/en/").status == 401
    fresh = Signed(server, "ada")
    change(register, "UPDATE session SET seen = unixepoch() - 3600")
    assert fresh.ask("/en/").status == 200
    assert read(register, "SELECT count(*) FROM session WHERE seen > unixepoch() - 60")[0][0] == 1, "a session that is used goes on"


def test_a_session_of_a_clock_that_was_ahead_is_over(server, register):
    """Begun while the clock was years ahead: it would last until then. A clock that is put back by minutes signs nobody out."""
    ada, years = Signed(server, "ada"), 5 * 365 * 24 * 3600
    change(register, "UPDATE session SET begun = begun + 600, seen = seen + 600")
    assert ada.ask("/en/").status == 200
    change(register, "UPDATE session SET begun = begun + ?, seen = seen + ?", years, years)
    assert ada.ask("/en/").status == 401
    Signed(server, "ada")
    assert read(register, "SELECT count(*) FROM session WHERE seen > unixepoch() + 3600")[0][0] == 0, "and it is gone from the file"


def test_a_user_has_so_many_sessions_at_most(server, register):
    first = Signed(server, "ada")
    with contextlib.closing(sqlite3.connect(f"{register}.users", timeout=20)) as file:
        user = file.execute("SELECT id FROM user WHERE name = 'ada'").fetchone()[0]
        file.executemany("INSERT INTO session VALUES (?, ?, unixepoch() + 1, unixepoch())", [(f"sha256:{n}", user) for n in range(30)])
        file.commit()
    Signed(server, "ada")
    assert read(register, "SELECT count(*) FROM session WHERE user = (SELECT id FROM user WHERE name = 'ada')")[0][0] == 20
    assert first.ask("/en/").status == 401, "the oldest gave way"
    change(register, "DELETE FROM session")


def test_a_new_password_ends_what_the_old_one_opened(server, register):
    add_user(register, "cara", "reviewer")
    here, elsewhere = Signed(server, "cara"), Signed(server, "cara")
    key = run("user", "key", "--register", register, "cara").out.strip()
    feed = re.search(r"new\.atom\?token=([0-9a-f]{64})", here.ask("/en/new").body.decode())[1]
    assert server.ask("/en/new.atom?token=" + feed).status == 200 and server.ask("/api/v1/bodies", Authorization=f"Bearer {key}").status == 200
    wrong = here.send("/en/account", old="no such password", new="another password")
    assert wrong.status == 401 and "wrong" in wrong.page.text
    short = here.send("/en/account", old=PASSWORD, new="short")
    assert short.status == 422 and "12 characters" in short.page.text
    done = here.send("/en/account", old=PASSWORD, new="another password")
    assert done.status == 303
    now = done.headers["Set-Cookie"].split(";")[0]
    assert now != here.cookie and server.ask("/en/", Cookie=now).status == 200
    for gone in (here.ask("/en/"), elsewhere.ask("/en/"), server.ask("/en/new.atom?token=" + feed), server.ask("/api/v1/bodies", Authorization=f"Bearer {key}")):
        assert gone.status == 401
    assert server.sign_in("cara")[0].status == 401
    assert run("user", "password", "--register", register, "cara", stdin=PASSWORD.encode()).code == 0
    assert server.ask("/en/", Cookie=now).status == 401 and server.sign_in("cara")[0].status == 303


def test_keys_open_what_they_are_for(server, register):
    boris = Signed.kept(server, "boris")
    feed = re.search(r"new\.atom\?token=([0-9a-f]{64})", boris.ask("/en/new").body.decode())[1]
    session = boris.cookie.split("=")[1]
    key = run("user", "key", "--register", register, "boris").out.strip()
    assert server.ask(f"/en/calendar.ics?token={feed}").status == 200
    for path in ("/en/", "/api/v1/bodies", "/en/review"):
        assert server.ask(f"{path}?token={feed}").status == 401, "a feed's key opens feeds alone"
        assert server.ask(f"{path}?token={key}").status == 401 and server.ask(f"{path}?token={session}").status == 401
    for secret in (feed, session, "", key[:-1], key.upper() if key.upper() != key else key + "0"):
        assert server.ask("/api/v1/bodies", Authorization=f"Bearer {secret}").status == 401
    assert server.ask("/en/", Authorization=f"Bearer {key}").status == 401, "pages are for browsers"


@pytest.mark.parametrize(("body", "status"), [
    ("name=%00&password=x", 400), ("name=%ff&password=x", 400), ("name=&password=", 401), ("name=ada", 401), ("password=x", 401), ("a=b&" * 400, 400),
    ("name=" + "x" * 9000 + "&password=x", 401), ("name=ada&password=" + "%41" * 2000, 401), ("x" * 20000, 413),
    ("name=ada&name=boris&password=x", 401), ("name=%E2%80%AEada&password=x", 401), ("name='; DROP TABLE user; --&password=x", 401)])
def test_odd_forms_sign_nobody_in(server, register, body, status):
    change(register, "DELETE FROM failure")
    page = server.ask("/en/sign-in")
    cookie = page.headers["Set-Cookie"].split(";")[0]
    try:
        answer = server.ask("/en/sign-in", "POST", f"key={key_in(page)}&{body}", Cookie=cookie, Content_Type="application/x-www-form-urlencoded")
    except ConnectionError:
        assert status == 413       # the server closed while the body was sent
        return
    assert answer.status == status and not answer.headers["Set-Cookie"]
    change(register, "DELETE FROM failure")


def test_the_description_tells_who_may_not():
    for path, methods in DESCRIPTION["paths"].items():
        for method, told in methods.items():
            assert {"401", "403"} <= set(told["responses"]), (path, method)


# ---- who guesses ----------------------------------------------------------------------------------------------------------
def test_guessing_waits(server, register):
    add_user(register, "victim", "reader")
    guess(register, server, "victim", 5)
    held = server.sign_in("VICTIM")[0]
    assert held.status == 429 and 0 < int(held.headers["Retry-After"]) <= 60, "the right password waits, too"
    assert "Wait" in held.page.text
    assert read(register, "SELECT max(count) FROM failure")[0][0] == 5, "who comes too early is not counted"
    Signed(server, "ada")
    for wait, count, more in ((60, 5, 120), (300, 40, 300)):
        change(register, "UPDATE failure SET last = last - ?, count = ? WHERE subject LIKE 'name %'", wait, count)
        assert server.sign_in("victim", "a wrong password")[0].status == 401
        answer = server.sign_in("victim")[0]
        assert answer.status == 429 and more - 20 < int(answer.headers["Retry-After"]) <= more
    change(register, "UPDATE failure SET last = last - 300")
    Signed(server, "victim")
    assert server.sign_in("victim", "a wrong password")[0].status == 401, "forgotten once the right one came"
    change(register, "DELETE FROM failure")


def test_a_clock_that_was_ahead_holds_nobody_up_for_years(server, register):
    add_user(register, "patient", "reader")
    guess(register, server, "patient", 5)
    change(register, "UPDATE failure SET last = last + ?", 5 * 365 * 24 * 3600)
    held = server.sign_in("patient")[0]
    assert held.status == 429 and 0 < int(held.headers["Retry-After"]) <= 60, "the wait begins again"
    assert read(register, "SELECT count(*) FROM failure WHERE last > unixepoch()")[0][0] == 0
    change(register, "UPDATE failure SET last = last - 60")
    Signed(server, "patient")
    change(register, "DELETE FROM failure")


def test_guessing_many_names_waits_by_address(server, register):
    change(register, "DELETE FROM failure")
    assert server.sign_in("typed", "a wrong password")[0].status == 401
    change(register, "UPDATE failure SET count = 19 WHERE subject = 'address 127.0.0.1'")
    assert server.sign_in("typed too", "a wrong password")[0].status == 401
    assert server.sign_in("ada")[0].status == 429
    assert not any("typed" in row[0] for row in read(register, "SELECT subject FROM failure")), "what was typed is not written down"
    change(register, "UPDATE failure SET last = last - 24 * 3600")
    Signed(server, "ada")
    change(register, "DELETE FROM failure")


def test_a_restart_forgets_no_guess(register):
    add_user(register, "wary", "reader")
    with UserServer(register) as server:
        guess(register, server, "wary", 5)
    with UserServer(register) as server:
        assert server.sign_in("wary")[0].status == 429
    assert run("user", "password", "--register", register, "wary", stdin=PASSWORD.encode()).code == 0
    with UserServer(register) as server:
        assert server.sign_in("wary")[0].status == 303, "a keeper sets it free"
    change(register, "DELETE FROM failure")


# ---- forms ----------------------------------------------------------------------------------------------------------------
def test_forms_want_the_key_of_their_session(server, register):
    boris, other = Signed.kept(server, "boris"), Signed.kept(server, "آمنہ")
    edit = {"action": "edit", "target": "PAK-RUS/commission/9", "field": "place", "value": "Kazan, RUS", "reason": "a test"}
    signed_out = server.ask("/en/sign-in")
    for wrong in ("", "0" * 32, key_in(other.ask("/en/account")), key_in(signed_out)):
        for path, fields in (("/en/decide", edit), ("/en/add", {"text": REPORT}), ("/en/account", {"old": PASSWORD, "new": "another password"}), ("/en/sign-out", {})):
            assert boris.send(path, **{**fields, "key": wrong}).status == 403, path
    assert run("decisions", "--register", register, "--format", "json").json() == []
    assert boris.ask("/en/").status == 200


def test_no_other_site_signs_a_browser_in(server):
    fields = {"name": "ada", "password": PASSWORD, "key": key_in(server.ask("/en/sign-in"))}
    for cookie in ("", "karar=" + "1" * 64):     # without the cookie of the page, or with another's
        answer = server.ask("/en/sign-in", "POST", urllib.parse.urlencode(fields), Cookie=cookie, Content_Type="application/x-www-form-urlencoded")
        assert answer.status == 403 and not (answer.headers["Set-Cookie"] or "").startswith("karar=")


def test_decisions_bear_the_name_of_who_is_signed_in(server, register):
    boris = Signed.kept(server, "boris")
    edit = {"action": "edit", "target": "PAK-RUS/commission/9", "field": "place", "value": "Kazan, RUS", "reason": "a test"}
    assert boris.send("/en/decide", **edit, author="Somebody Else").status == 303
    last = run("decisions", "--register", register, "--format", "json").json()[-1]
    assert (last["author"], last["value"]) == ("boris", "Kazan, RUS")
    assert boris.send("/en/add", text=REPORT, author="Somebody Else").status == 303
    key = run("user", "key", "--register", register, "boris").out.strip()

    def post(place, **body):
        return server.ask(f"/api/v1/{place}", "POST", json.dumps(body), Authorization=f"Bearer {key}", Content_Type="application/json")
    assert post("decisions", **{**edit, "value": "Ufa, RUS"}).status == 201
    assert post("decisions", **{**edit, "value": "Perm, RUS"}, author="boris").status == 201
    refused = post("decisions", **edit, author="Somebody Else")
    assert refused.status == 422 and "own name" in json.loads(refused.body)["error"]
    assert post("reports", text=REPORT + " They met again.", author="Somebody Else").status == 422
    told = json.loads(post("reports", text=REPORT + " They met again.").body)["document"]
    assert json.loads(server.ask(f"/api/v1/documents/{told}", Authorization=f"Bearer {key}").body)["added_by"] == "boris"
    decisions = run("decisions", "--register", register, "--format", "json").json()
    assert [row["author"] for row in decisions] == ["boris"] * 3


def test_pages_of_one_are_not_shown_to_another(server):
    ada, boris = Signed.kept(server, "ada"), Signed.kept(server, "boris")
    first = boris.ask("/en/PAK-RUS/commission/10")
    other = ada.ask("/en/PAK-RUS/commission/10", If_None_Match=first.headers["ETag"])
    assert other.status == 200 and "boris" not in other.page.text and key_in(first) not in other.body.decode()
    assert boris.ask("/en/PAK-RUS/commission/10", If_None_Match=first.headers["ETag"]).status == 304


# ---- keepers --------------------------------------------------------------------------------------------------------------
def test_the_audit_tells_who_did_what(server, register):
    change(register, "DELETE FROM failure")
    typed = "hunter2 typed as a name"
    keeper = Signed.kept(server, "آمنہ")
    assert run("user", "role", "--register", register, "boris", "reviewer").code == 0
    server.sign_in("ada", "a wrong password")
    server.sign_in(typed, "a wrong password")
    boris = Signed(server, "boris")
    boris.send("/en/decide", action="edit", target="PAK-RUS/commission/9", field="place", value="Omsk, RUS", reason="for the audit")
    boris.send("/en/sign-out")
    for language, says in (("en", "wrong password"), ("ur", "غلط پاس ورڈ"), ("hi", "ग़लत पासवर्ड"), ("ru", "неверный пароль")):
        page = keeper.ask(f"/{language}/audit").page
        assert says in page.text and "for the audit" in page.text and "boris" in page.text and "127.0.0.1" in page.text
        assert typed not in page.text
        assert not re.search(r"\b(audit|event|sign)\.[a-z]", page.text), "a word is missing"
    key = run("user", "key", "--register", register, "آمنہ").out.strip()
    told = check("/api/v1/audit", "get", server.ask("/api/v1/audit?limit=1000", Authorization=f"Bearer {key}"))
    events = [(row["event"], row["name"], row["address"]) for row in told["rows"]]
    assert events[0] == ("key", "آمنہ", None)
    assert events[1:5] == [("sign-out", "boris", "127.0.0.1"), ("sign-in", "boris", "127.0.0.1"), ("failed", None, "127.0.0.1"),
                           ("failed", "ada", "127.0.0.1")]
    assert events[5] == ("role", "boris", None) and ("added", "boris", None) in events
    place, seen = "/api/v1/audit?limit=3", []
    while place:
        part = json.loads(server.ask(place, Authorization=f"Bearer {key}").body)
        seen += part["rows"]
        place = part["next"]
    assert seen == told["rows"]
    check("/api/v1/audit", "get", server.ask("/api/v1/audit?pear=1", Authorization=f"Bearer {key}"))
    check("/api/v1/audit", "get", server.ask("/api/v1/audit"))


# ---- two who judge apart ----------------------------------------------------------------------------------------------------
def test_a_judgement_is_not_read_before_the_other_has_judged(server, register):
    """By no page and no answer of the API, also not by keepers; and who has seen it does not judge anew."""
    one, two, keeper = Signed.kept(server, "boris"), None, Signed.kept(server, "آمنہ")
    add_user(register, "second", "reviewer")
    two = Signed.kept(server, "second")
    document = run("documents", "--register", register, "--limit", "1", "--format", "json").json()[0]["document"]
    claim, secret = f"{document}/m1", "kept-from-the-other"
    fields = {"action": "judge", "target": claim, "value.verdict": "right", "value.ordinal": "7771"}
    assert one.send("/en/decide", **fields, reason=secret).status == 303
    ids = {"brief": "PAK-RUS", "diff": document, "document": document, "text": document, "show": claim, "why": claim}
    asked = [path.replace("{id}", ids.get(methods["get"]["operationId"], claim)) for path, methods in DESCRIPTION["paths"].items()
             if "get" in methods and not path.endswith(("/backup", "/jobs/{id}"))]
    asked = [f"{path}?words=PAK" if path.endswith("/search") else path for path in asked]
    pages = ["", "new", "new.atom", "judge", "agreement", "review", "audit", "search?q=PAK", "PAK-RUS", "PAK-RUS/commission", "PAK-RUS/commission/10", f"claim/{claim}",
             f"document/{document}", "brief/PAK-RUS", "calendar", f"added/{document}"]
    asked += [f"/en/{page}" for page in pages]

    def told(who):
        answers = [(path, who.ask(path)) for path in asked]
        assert all(answer.status in (200, 403) for _, answer in answers), [(path, answer.status) for path, answer in answers]
        return [path for path, answer in answers if secret in answer.body.decode() or "7771" in re.sub("[0-9a-f]{12,}", "", answer.body.decode())]
    assert told(two) == [] and told(keeper) == [] and told(one) == []
    assert two.send("/en/decide", action="judge", target=claim, **{"value.verdict": "wrong"}, reason="the other").status == 303
    assert {"/en/agreement", "/api/v1/differences", "/api/v1/decisions"} <= set(told(two)), "now both have"
    number = json.loads(two.ask("/api/v1/decisions?limit=1000").body)["rows"][-1]["id"]
    assert two.send("/en/decide", action="undo", target=str(number), reason="seen").status == 303
    again = two.send("/en/decide", **fields, reason="as the other")
    assert again.status == 422 and "another person judges it" in again.page.text
    assert keeper.send("/en/decide", **fields, reason="a third").status == 303


# ---- keepers manage users ---------------------------------------------------------------------------------------------------
def manage(keeper, status=303, **fields):
    answer = keeper.send("/en/users", page="/en/users", **fields)
    assert answer.status == status, answer.page.text
    return answer


def test_keepers_manage_users(server, register):
    """Added, given a role and a password, sessions ended, disabled and enabled: by pages alone, each change with the keeper's name in the audit."""
    keeper, name, other = Signed.kept(server, "آمنہ"), "د. نیا/صارف <b>", "another good password"
    answer = manage(keeper, action="add", name=name, role="reader", password=PASSWORD)
    place = answer.headers["Location"].removesuffix("?changed=yes")
    assert place == "/en/users/" + urllib.parse.quote(name)
    new = Signed(server, name)
    assert new.ask("/en/review").status == 403
    manage(keeper, action="role", name=name, role="reviewer")
    assert new.ask("/en/review").status == 200
    key = run("user", "key", "--register", register, name).out.strip()
    manage(keeper, action="end", name=name)
    assert new.ask("/en/").status == 401 and server.ask("/api/v1/bodies", Authorization=f"Bearer {key}").status == 200
    manage(keeper, action="password", name=name, password=other)
    assert server.sign_in(name)[0].status == 401 and server.ask("/api/v1/bodies", Authorization=f"Bearer {key}").status == 401
    new = Signed(server, name, other)
    key = run("user", "key", "--register", register, name).out.strip()
    feed = re.search(r'/en/new\.atom\?token=[0-9a-f]{64}', new.ask("/en/new").body.decode())[0]
    assert server.ask(feed).status == 200
    manage(keeper, action="disable", name=name)
    assert new.ask("/en/").status == 401 and server.ask("/api/v1/bodies", Authorization=f"Bearer {key}").status == 401 and server.ask(feed).status == 401
    assert server.sign_in(name, other)[0].status == 401, "the right password of a disabled account opens nothing"
    for language, says in (("en", "disabled"), ("hi", "बंद"), ("ur", "بند"), ("ru", "отключена")):
        page = keeper.ask(place.replace("/en/", f"/{language}/")).page
        assert says in page.text and name in page.text and not re.search(r"\b(users|event|audit|account)\.[a-z]", page.text), language
        assert not re.search(r"\b(users|event|audit|account|role)\.[a-z]", keeper.ask(f"/{language}/users").page.text)
    manage(keeper, action="enable", name=name)
    assert Signed(server, name, other).ask("/en/").status == 200
    told = [(row["event"], row["keeper"]) for row in json.loads(keeper.ask("/api/v1/audit?limit=1000").body)["rows"] if row["name"] == name]
    changes = [event for event, by in told if by == "آمنہ"]
    assert changes == ["enabled", "disabled", "password", "ended", "role", "added"]
    assert all(by is None for event, by in told if event in ("sign-in", "failed", "key"))
    assert "<b>" not in keeper.ask("/en/users").body.decode() and "<b>" not in keeper.ask(place).body.decode()


@pytest.mark.parametrize(("fields", "says"), [
    ({"action": "add", "name": "boris", "role": "reader", "password": PASSWORD}, "already"),
    ({"action": "add", "name": "new", "role": "king", "password": PASSWORD}, "role"),
    ({"action": "add", "name": "new", "role": "reader", "password": "short"}, "12 characters"),
    ({"action": "add", "name": "", "role": "reader", "password": PASSWORD}, "name"),
    ({"action": "role", "name": "آمنہ", "role": "reader"}, "own account"),
    ({"action": "disable", "name": "آمنہ"}, "own account"),
    ({"action": "burn", "name": "boris"}, "action"),
])
def test_changes_of_users_that_cannot_be(server, register, fields, says):
    before = read(register, "SELECT name, role, disabled FROM user ORDER BY name")
    assert says in manage(Signed.kept(server, "آمنہ"), 422, **fields).page.text
    assert read(register, "SELECT name, role, disabled FROM user ORDER BY name") == before


def test_a_user_who_is_not_there_is_not_changed(server):
    assert manage(Signed.kept(server, "آمنہ"), 404, action="disable", name="nobody at all")
    assert Signed.kept(server, "آمنہ").ask("/en/users/nobody%20at%20all").status == 404


def test_only_keepers_manage_users(server, register):
    """Whatever the form's key: it is another's, or its holder is no keeper any more when the change is made."""
    keeper, boris = Signed.kept(server, "آمنہ"), Signed.kept(server, "boris")
    form = urllib.parse.urlencode({"key": key_in(keeper.ask("/en/users")), "action": "role", "name": "ada", "role": "keeper"})
    kind = "application/x-www-form-urlencoded"
    assert boris.ask("/en/users", "POST", form, Content_Type=kind).status == 403
    assert server.ask("/en/users", "POST", form, Content_Type=kind).status == 401
    assert keeper.ask("/en/users", "POST", form.replace("key=", "key=0"), Content_Type=kind).status == 403
    assert keeper.ask("/en/users", "POST", form.replace("key=", "no="), Content_Type=kind).status == 403
    assert read(register, "SELECT role FROM user WHERE name = 'ada'") == [("reader",)]


def test_programs_of_keepers_manage_users(server, register):
    def ask(method="GET", body=None):
        return server.ask("/api/v1/users", method, json.dumps(body) if body else None, Authorization=f"Bearer {key}", Content_Type="application/json")

    key = run("user", "key", "--register", register, "آمنہ").out.strip()
    told = check("/api/v1/users", "post", ask("POST", {"action": "add", "name": "robot", "role": "reader", "password": PASSWORD}))
    assert (told["name"], told["role"], told["disabled"], told["sessions"]) == ("robot", "reader", "no", 0)
    assert check("/api/v1/users", "post", ask("POST", {"action": "disable", "name": "robot"}))["disabled"] == "yes"
    assert "own account" in check("/api/v1/users", "post", ask("POST", {"action": "disable", "name": "آمنہ"}))["error"]
    assert check("/api/v1/users", "post", ask("POST", {"action": "disable", "name": "nobody"}))["error"]
    rows = check("/api/v1/users", "get", ask())["rows"]
    assert "robot" in [row["name"] for row in rows] and PASSWORD not in json.dumps(rows) and "argon2" not in json.dumps(rows)
    key = run("user", "key", "--register", register, "boris").out.strip()
    assert ask("POST", {"action": "enable", "name": "robot"}).status == 403 and ask().status == 403


def test_the_list_of_users_is_paged(server, register):
    keeper = Signed.kept(server, "آمنہ")
    change(register, "WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 120) INSERT INTO user (name, role, password, feed_key, made)"
           " SELECT printf('many-%03d', value), 'reader', 'none', printf('none-%d', value), '2026' FROM n")
    try:
        place, seen = "/en/users", []
        while place:
            page = keeper.ask(place)
            found = re.findall(r'href="/en/users/(many-\d+)"', page.body.decode())
            assert len(found) <= 50
            seen += found
            place = next((link for link in page.page.all("a", "href") if re.fullmatch(r"/en/users\?skip=\d+", link) and int(link.split("=")[1]) > len(seen) - 1), None)
        assert seen == [f"many-{number:03}" for number in range(1, 121)]
    finally:
        change(register, "DELETE FROM user WHERE name LIKE 'many-%'")


def test_a_file_of_users_of_version_1_is_brought_up(server, register, tmp_path):
    """As the first version wrote it: without the columns of this one."""
    path = tmp_path / "karar.db"
    assert run("backup", "--register", register, path).code == 0
    with contextlib.closing(sqlite3.connect(f"{path}.users")) as file:
        file.executescript("DROP INDEX event_by_name; ALTER TABLE user DROP COLUMN disabled; ALTER TABLE event DROP COLUMN keeper; PRAGMA user_version = 1")
    before = read(path, "SELECT name, role FROM user ORDER BY name")
    with UserServer(path) as old:
        assert old.sign_in("آمنہ")[0].status == 303
    assert read(path, "SELECT name, role FROM user ORDER BY name") == before
    assert read(path, "PRAGMA user_version") == [(2,)] and read(path, "SELECT count(*) FROM user WHERE disabled") == [(0,)]


def test_the_audit_is_paged(server, register):
    keeper = Signed.kept(server, "آمنہ")
    with contextlib.closing(sqlite3.connect(f"{register}.users", timeout=20)) as file:
        file.executemany("INSERT INTO event (made, event, name, address) VALUES ('2020-01-01T00:00:00Z', 'sign-in', ?, NULL)", [(f"u{n}",) for n in range(120)])
        file.commit()
    with contextlib.closing(sqlite3.connect(register, timeout=20)) as file:
        file.executemany("INSERT INTO decision (made, author, action, target, reason) VALUES ('2020-01-01', ?, 'accept', 'x', 'y')", [(f"d{n}",) for n in range(60)])
        file.commit()
    seen, place = [], "/en/audit"
    while place:
        page = keeper.ask(place)
        seen += re.findall(r"<bdi>(u\d+)</bdi>", page.body.decode())
        found = [address for address in page.page.all("a", "href") if "audit?events=" in address]
        ahead = [int(address.split("=")[1]) for address in found]
        place = max(found, key=lambda a: int(a.split("=")[1])) if ahead and max(ahead) > int((place.split("=") + ["0"])[1]) else None
    assert seen == [f"u{n}" for n in range(119, -1, -1)]
    first, second = (re.findall(r"<bdi>(d\d+)</bdi>", keeper.ask(f"/en/audit?decisions={skip}").body.decode()) for skip in (0, 50))
    assert first == [f"d{n}" for n in range(59, 9, -1)] and second[:10] == [f"d{n}" for n in range(9, -1, -1)]
    for odd in ("-1", "x", "99999999999999999999"):
        assert keeper.ask(f"/en/audit?events={odd}").status == 200


def check_copy(path, reports):
    assert run("verify", "--register", path).code == 0
    assert len(run("documents", "--register", path, "--format", "json").json()) == reports


def test_keepers_take_copies(server, register, tmp_path):
    reports = len(run("documents", "--register", register, "--format", "json").json())
    keeper = Signed.kept(server, "آمنہ")
    answer = keeper.send("/en/backup")
    assert answer.status == 200 and answer.headers["Content-Disposition"].startswith('attachment; filename="karar-')
    (tmp_path / "page.db").write_bytes(answer.body)
    key = run("user", "key", "--register", register, "آمنہ").out.strip()
    (tmp_path / "api.db").write_bytes(server.ask("/api/v1/backup", Authorization=f"Bearer {key}").body)
    for name in ("page.db", "api.db"):
        check_copy(tmp_path / name, reports)
    assert not [name for name in os.listdir(register.parent) if "copy" in name], "nothing is left behind"
    assert read(register, "SELECT count(*) FROM event WHERE event = 'copied'")[0][0] == 2


def test_backup_while_running(tmp_path):
    path, copy = tmp_path / "karar.db", tmp_path / "copy.db"
    assert run("add", "--register", path, *sorted((ROOT / "samples").glob("*.txt"))).code == 0
    add_user(path, "ada", "reader")
    reports = len(run("documents", "--register", path, "--format", "json").json())
    writing = sqlite3.connect(path, isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("INSERT INTO decision (made, author, action, target, reason) VALUES ('2020-01-01', 'x', 'accept', 'x', 'y')")
    assert run("backup", "--register", path, copy).code == 0, "a writer in the midst holds nobody up"
    writing.execute("COMMIT")
    writing.close()
    check_copy(copy, reports)
    assert run("decisions", "--register", copy, "--format", "json").json() == [], "what was not yet committed is not in it"
    assert [row["name"] for row in run("user", "list", "--register", copy, "--format", "json").json()] == ["ada"]
    assert os.stat(copy).st_mode & 0o777 == os.stat(f"{copy}.users").st_mode & 0o777 == 0o600
    before = copy.read_bytes()
    assert run("backup", "--register", path, copy).code == 2 and copy.read_bytes() == before, "nothing is overwritten"
    assert run("backup", "--register", path, tmp_path / "none" / "copy.db").code == 4
    assert run("backup", "--register", path).code == 2
    assert sorted(os.listdir(tmp_path)) == ["copy.db", "copy.db.users", "karar.db", "karar.db.users"]


# ---- others than this machine ---------------------------------------------------------------------------------------------
def test_others_are_served_behind_a_proxy_alone(tmp_path):
    path = tmp_path / "karar.db"
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    assert run("add", "--register", path, tmp_path / "r.txt").code == 0
    for address in ("0.0.0.0", "::", "192.0.2.7"):
        done = run("serve", "--register", path, "--port", "0", "--listen", address, "--proxy", "127.0.0.1")
        assert done.code == 2 and "karar user add" in done.err
    add_user(path, "ada", "reader")
    for address in ("0.0.0.0", "::"):
        done = run("serve", "--register", path, "--port", "0", "--listen", address)
        assert done.code == 2 and "--proxy" in done.err
    assert run("serve", "--register", path, "--port", "0", "--proxy", "localhost").code == 2


@pytest.fixture(scope="module")
def proxied(register):
    add_user(register, "Eve", "reader")
    with UserServer(register, "--proxy", "127.0.0.1") as server:
        yield server


def test_behind_a_proxy(proxied, register):
    change(register, "DELETE FROM failure")
    over_tls = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "198.51.100.9, 203.0.113.5"}
    answer, before = proxied.sign_in("Eve", **over_tls)
    assert answer.status == 303
    assert re.fullmatch(r"__Host-karar=[0-9a-f]{64}; HttpOnly; SameSite=Lax; Path=/; Secure", answer.headers["Set-Cookie"])
    assert before.startswith("__Host-karar=")
    assert read(register, "SELECT address FROM event ORDER BY id DESC LIMIT 1") == [("203.0.113.5",)], "the proxy's own part is the last"
    feed = proxied.ask("/en/new.atom", Cookie=answer.headers["Set-Cookie"].split(";")[0], **over_tls)
    assert b"https://127.0.0.1" in feed.body
    for headers in ({}, {"X_Forwarded_Proto": "http", "X_Forwarded_For": "203.0.113.5"}, {"X_Forwarded_Proto": "https"},
                    {"X_Forwarded_Proto": "https", "X_Forwarded_For": "nowhere"}):
        refused, _ = proxied.sign_in("Eve", **headers)
        assert refused.status == 403 and "not encrypted" in refused.page.text, headers
    assert proxied.sign_in("x", "a wrong password", X_Forwarded_Proto="https", X_Forwarded_For="2001:db8::1")[0].status == 401
    change(register, "DELETE FROM failure WHERE subject LIKE 'name%'")
    change(register, "UPDATE failure SET count = 20")
    assert proxied.sign_in("Eve", X_Forwarded_Proto="https", X_Forwarded_For="2001:db8::2")[0].status == 429, "the same network of 64 bits"
    assert proxied.sign_in("Eve", X_Forwarded_Proto="https", X_Forwarded_For="2001:db8:0:1::2")[0].status == 303
    change(register, "DELETE FROM failure")


def test_a_proxy_that_is_not_named_is_not_believed(server, register):
    """Else whoever is on this machine could be anybody, and a proxy's users would all be one address."""
    for headers in ({"X_Forwarded_For": "203.0.113.5"}, {"X_Forwarded_Proto": "https"}, {"Forwarded": "for=203.0.113.5"}):
        refused, _ = server.sign_in("ada", **headers)
        assert refused.status == 403 and "--proxy" in refused.page.text
    assert read(register, "SELECT count(*) FROM event WHERE address = '203.0.113.5'")[0][0] <= 1


def test_nobody_else_connects(register):
    with UserServer(register, "--proxy", "192.0.2.1") as server, pytest.raises((ConnectionError, http.client.HTTPException)):
        server.ask("/en/sign-in")


def test_a_register_without_users_is_served_by_token(register, tmp_path):
    copy = tmp_path / "copy.db"
    assert run("backup", "--register", register, copy).code == 0
    for row in run("user", "list", "--register", copy, "--format", "json").json():
        assert run("user", "remove", "--register", copy, row["name"]).code == 0
    server = Server(copy)
    assert server.ask("/en/").status == 200 and server.ask("/en/audit").status == 200
    assert server.ask("/en/sign-in").status == 404 and server.ask("/en/account").status == 404
    assert server.ask("/en/", cookie=False).status == 403
    assert server.stop() == (0, "")
