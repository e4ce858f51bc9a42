# SPDX-License-Identifier: MIT
"""Which role each address of karar serve asks for. A route that declares none, or one that is not told here, fails."""
import re

from conftest import ROOT

ROW = re.compile(r'^    \{AREA_(PAGES|ROOT), "([^"]*)", (METHOD_\w+(?: \| METHOD_\w+)*), (\w+), (.*)\},$', re.M)


def routes():
    """(area, path, method, role) of every row of every table in src/serve; the role "" where none is declared."""
    found = []
    for file in sorted((ROOT / "src" / "serve").glob("*.c")):
        text = file.read_text(encoding="utf-8")
        rows = ROW.findall(text)
        assert len(rows) == text.count("{AREA_"), f"{file.name}: a row is written otherwise than this test reads it"
        for area, path, methods, _, rest in rows:
            role = re.search(r", ROLE_(\w+)$", rest)
            found += [(area, path, method.removeprefix("METHOD_"), role[1] if role else "") for method in methods.split(" | ")]
    return found


def test_every_route_declares_a_role():
    found = routes()
    assert len(found) > 20
    for row in found:
        assert row[3] in ("ANYBODY", "READER", "REVIEWER", "KEEPER"), row
    assert {row[1] for row in found if row[3] == "ANYBODY"} == {"static/*"}
    for area, path, method, role in found:
        assert method == "GET" or role in ("REVIEWER", "KEEPER") or path == "api/v1/read", f"{path} writes: no reader may"
