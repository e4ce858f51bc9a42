# SPDX-License-Identifier: MIT
"""Which role each address of karar serve asks for, read from its tables and tried on a server. A route that declares none fails."""
import re

import pytest
from conftest import ROOT, run
from test_users import PASSWORD, Signed, UserServer, add_user

ROW = re.compile(r'^    \{AREA_(PAGES|ROOT), "([^"]*)", (METHOD_\w+(?: \| METHOD_\w+)*), (\w+), (.*)\},$', re.M)
RANKS = {"ANYBODY": 0, "READER": 1, "REVIEWER": 2, "KEEPER": 3}
# What stands for the * of an address.
STARS = {"static/*": "static/style.css", "calendar/*": "calendar/PAK-RUS.ics", "sector/*": "sector/transport", "brief/*": "brief/PAK-RUS",
         "*": "PAK-RUS", "users/*": "users/reader", "api/v1/*": "api/v1/bodies"}


def routes():
    """(area, path, method, access, role) of every row of every table in src/serve; the role "" where none is declared."""
    found = []
    for file in sorted((ROOT / "src" / "serve").glob("*.c")):
        text = file.read_text(encoding="utf-8")
        rows = ROW.findall(text)
        assert len(rows) == text.count("{AREA_"), f"{file.name}: a row is written otherwise than this test reads it"
        for area, path, methods, _, rest in rows:
            role, access = re.search(r", ROLE_(\w+)$", rest), re.search(r"ACCESS_(\w+)", rest)
            found += [(area, path, method.removeprefix("METHOD_"), access[1] if access else "", role[1] if role else "")
                      for method in methods.split(" | ")]
    return found


def test_every_route_declares_a_role():
    found = routes()
    assert len(found) > 20
    for area, path, method, access, role in found:
        assert role in RANKS and access, f"{area} {path}"
        assert method == "GET" or role in ("REVIEWER", "KEEPER") or path in ("api/v1/read", "sign-in", "sign-out", "account"), f"{path} writes: no reader may"
    assert {row[1] for row in found if row[4] == "ANYBODY"} == {"static/*", "sign-in"}


@pytest.fixture(scope="module")
def server(register):
    path = register
    for role in ("reader", "reviewer", "keeper"):
        add_user(path, role, role)
    with UserServer(path) as server:
        server.register = path
        page = Signed.kept(server, "reader").ask("/en/").body.decode()
        server.document = re.search(r"/en/document/([0-9a-f]{12})", page)[1]
        yield server


@pytest.fixture(scope="module")
def visitors(server):
    """Each role as a browser and as a program: (rank, how to ask)."""
    found = [(0, "browser", {}), (0, "program", {"Authorization": "Bearer " + "0" * 64})]
    for rank, role in enumerate(("reader", "reviewer", "keeper"), 1):
        key = run("user", "key", "--register", server.register, role).out.strip()
        found += [(rank, "browser", {"Cookie": Signed.kept(server, role).cookie}), (rank, "program", {"Authorization": f"Bearer {key}"})]
    return found


@pytest.mark.parametrize(("area", "path", "method", "access", "role"), routes())
def test_every_role_on_every_route(server, visitors, area, path, method, access, role):
    """401 for who is not known, 403 for who may not; whoever may is not told so, whatever else is wrong with an empty request."""
    place = STARS.get(path, path.replace("*", server.document))
    address = f"/{place}" if area == "ROOT" else f"/en/{place}"
    for rank, how, headers in visitors:
        known = rank > 0 and (how == "browser" and access != "BEARER" or how == "program" and access in ("API", "BEARER"))
        answer = server.ask(address, method, "" if method == "POST" else None, **headers)
        if rank and not known or not rank:
            expected = 401 if RANKS[role] else None
        else:
            expected = 403 if rank < RANKS[role] else None
        if expected:
            assert answer.status == expected, (rank, how)
            assert (answer.headers["WWW-Authenticate"] is not None) == (expected == 401)
            assert "Pakistan" not in answer.body.decode() and "/document/" not in answer.body.decode().replace(address[3:], "")
        elif method == "GET":
            assert answer.status == (404 if path in ("adding/*", "claim/*", "api/v1/jobs/*") else 200), (rank, how)
        elif area == "PAGES":
            assert answer.status == 403 and "out of date" in answer.body.decode(), "a form without its key"
        else:
            assert answer.status in (400, 422), (rank, how)


def test_roles_change_at_once(server):
    add_user(server.register, "mover", "reader")
    mover = Signed(server, "mover")
    assert mover.ask("/en/review").status == 403
    assert run("user", "role", "--register", server.register, "mover", "reviewer").code == 0
    assert mover.ask("/en/review").status == 200 and mover.ask("/en/audit").status == 403
    assert run("user", "remove", "--register", server.register, "mover").code == 0
    assert mover.ask("/en/").status == 401


def test_pages_offer_what_the_role_allows(server):
    for role, forms, audit in (("reader", False, False), ("reviewer", True, False), ("keeper", True, True)):
        page = Signed.kept(server, role).ask("/en/PAK-RUS/commission/10").page
        assert ("/en/decide" in page.all("form", "action")) == forms, role
        assert ("/en/add" in page.all("a", "href")) == forms and ("/en/audit" in page.all("a", "href")) == audit, role
        assert "author" not in page.all("input", "name") or not forms, "who is signed in gives no name"
        assert f"{role}" in page.text
    assert PASSWORD not in page.text
