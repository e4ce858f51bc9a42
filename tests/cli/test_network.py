# SPDX-License-Identifier: MIT
"""Sites that stand at public addresses and try to lead watch and serve to what is inside (server-side request forgery). The network is made up: see
network.c, the module that KARAR_NETWORK names."""
import os
import re
import subprocess

import pytest
from conftest import PROGRAM, run
from serving import Server
from test_adding import ended, send
from test_watch import Site, Watch, page, rss

MODULE = os.environ.get("KARAR_NETWORK")
HERE, NOBODY = "93.184.216.34", "93.184.216.35"     # the site stands there; nobody answers
NAMES = {"outside.example": HERE, "inside.example": "127.0.0.1", "ten.example": "10.0.0.1", "both.example": f"{NOBODY},127.0.0.1", "next.example": f"{NOBODY},{HERE}"}

pytestmark = pytest.mark.skipif(not MODULE, reason="no module that stands in for the network (sanitizers want to be loaded first)")


def environment(**more):
    names = ";".join(f"{name}={addresses}" for name, addresses in {**NAMES, **more}.items())
    return {**os.environ, "LD_PRELOAD": MODULE, "KARAR_NAMES": names}


@pytest.fixture(name="site")
def site_fixture():
    site = Site()
    site.port = site.server.server_port
    yield site
    site.close()


class Outside(Watch):
    """A watch that may go to public addresses alone."""

    def look(self, *urls, **names):
        self.write(*urls)
        self.feeds.write_text(self.feeds.read_text(encoding="utf-8").replace("allow-private = true", ""), encoding="utf-8")
        done = subprocess.run([PROGRAM, *self.arguments("--once")], capture_output=True, text=True, env=environment(**names), timeout=60, check=False)
        assert done.returncode in (0, 3), done
        return done


@pytest.fixture(name="watch")
def watch_fixture(tmp_path):
    return Outside(tmp_path)


def test_a_public_site_is_watched(watch, site):
    """The network of this test works: else what follows would show nothing. A name whose first address does not answer is asked at the next."""
    site.answers = {"/feed": rss("/1", f"http://next.example:{site.port}/2"), "/1": page(), "/2": page("Peru")}
    done = watch.look(f"http://outside.example:{site.port}/feed")
    assert done.returncode == 0 and "2 added" in done.stdout, done
    assert {name for path, headers in site.log for name in [headers["Host"].split(":")[0]] if path != "/robots.txt"} == {"outside.example", "next.example"}


@pytest.mark.parametrize("inside", ["http://127.0.0.1:{}/secret", "http://inside.example:{}/secret", "http://localhost:{}/secret", "http://[::ffff:127.0.0.1]:{}/secret",
                                    "http://ten.example:{}/secret", "http://2130706433:{}/secret", "http://169.254.169.254/secret"])
def test_nobody_is_led_inside(watch, site, inside):
    """By a link, by a redirect of a page, of a feed, and by a redirect behind one that is well."""
    target = inside.format(site.port)
    site.answers = {"/feed": rss(target, "/moved", "/twice", "/good"), "/moved": (302, {"Location": target}, b""), "/twice": (301, {"Location": "/moved"}, b""),
                    "/away": (307, {"Location": target}, b""), "/good": page(), "/secret": page("Peru")}
    done = watch.look(f"http://outside.example:{site.port}/feed", f"http://outside.example:{site.port}/away")
    assert done.returncode == 3 and "1 added" in done.stdout, done
    assert done.stderr.count("private network") >= 1, done.stderr
    assert "/secret" not in site.paths() and all(headers["Host"] == f"outside.example:{site.port}" for _, headers in site.log)


def test_every_address_of_a_name_is_looked_at(watch, site):
    """A name with a public address that does not answer and a private one that would."""
    site.answers = {"/feed": rss("/1"), "/1": page()}
    done = watch.look(f"http://both.example:{site.port}/feed")
    assert done.returncode == 3 and not site.log, done


def test_a_name_that_answers_another_address_later(watch, site):
    """What was public at the last look is private at this one (rebinding): nothing of the first look counts."""
    site.answers = {"/feed": rss("/1", "/2"), "/1": page()}
    assert "1 added" in watch.look(f"http://turns.example:{site.port}/feed", **{"turns.example": HERE}).stdout
    before = len(site.log)
    state = watch.register.with_name("r.db.watch")
    state.write_text(re.sub(r'"next": ?\d+', '"next": 0', state.read_text(encoding="utf-8")), encoding="utf-8")
    done = watch.look(f"http://turns.example:{site.port}/feed", **{"turns.example": "127.0.0.1"})
    assert done.returncode == 3 and "private network" in done.stderr and len(site.log) == before, done


def test_what_is_added_by_address_is_not_led_inside(tmp_path, site, monkeypatch):
    site.answers = {"/good": page(), "/secret": page("Peru"), "/moved": (302, {"Location": f"http://inside.example:{site.port}/secret"}, b""),
                    "/twice": (302, {"Location": "/moved"}, b""), "/round": (302, {"Location": f"http://127.0.0.1:{site.port}/secret"}, b"")}
    register, report = tmp_path / "r.db", tmp_path / "a.txt"
    report.write_text("Peru and Chad signed an agreement on trade on 4 May 2021.\n", encoding="utf-8")
    assert run("add", "--register", register, report).code == 0
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    server = Server(register)
    monkeypatch.delenv("LD_PRELOAD")
    try:
        asked = [f"http://outside.example:{site.port}/{name}" for name in ("good", "moved", "twice", "round")] + [f"http://both.example:{site.port}/secret"]
        answer = ended(server, send(server, address="\n".join(asked)))
        assert "reports: 1" in answer.text and answer.text.count("private network") >= 3, answer.text
        assert "/secret" not in site.paths() and site.paths().count("/moved") == 2
    finally:
        assert server.stop() == (0, "")
