# SPDX-License-Identifier: MIT
"""Single claims in karar serve: added by their words, corrected value by value, judged by two people apart; a search that is narrowed. By the forms that a
browser without a script sends."""
import json
import re
import urllib.parse

import pytest
from conftest import ROOT, run
from test_api import check
from serving import LANGUAGES

WORDS = "ninth session of their Intergovernmental Commission"


@pytest.fixture(scope="module")
def place(register):
    rows = run("documents", "--register", register, "--format", "json").json()
    return next(row["document"] for row in rows if row["source"].endswith("en-session-9.txt"))


def key(server):
    return re.search(r'name="key" value="([0-9a-f]{32})"', server.ask("/en/review").body.decode())[1]


def send(server, author="A. Clerk", **fields):
    fields = {"key": key(server), "author": author, "reason": "r", **{name.replace("_", "."): value for name, value in fields.items()}}
    return server.ask("/en/decide", "POST", urllib.parse.urlencode(fields, doseq=True), Content_Type="application/x-www-form-urlencoded")


def undo_all(register):
    for row in reversed(run("decisions", "--register", register, "--format", "json").json() or []):
        if row["action"] != "undo" and not row["state"]:
            assert run("undo", "--register", register, str(row["id"]), "--reason", "r").code == 0


@pytest.fixture(autouse=True)
def clean(register):
    yield
    if run("decisions", "--register", register, "--format", "json").out.strip():
        undo_all(register)


def test_a_claim_is_added_without_a_script(server, register, place):
    """From the report's page by its form to the page with the claim's fields, and back to the words."""
    page = server.ask(f"/en/document/{place}").page
    assert "add-claim" in page.all("form", "id")
    query = urllib.parse.urlencode({"document": place, "kind": "commitment", "words": WORDS, "nth": ""})
    form = server.ask(f"/en/claim/new?{query}")
    assert form.status == 200 and WORDS in form.page.all("input", "value")
    assert {"value.stance", "value.sectors"} <= set(form.page.all("select", "name"))
    answer = send(server, action="add", target=place, field="commitment", words=WORDS, value_stance="planned", value_parties="PAK RUS",
                  value_sectors=["sport", "tourism"], value_concepts="", value_topic="a race", value_deadline="2026-05")
    assert answer.status == 303, answer.body.decode()
    where, local = answer.headers["Location"].split("#")
    assert where == f"/en/document/{place}" and re.fullmatch(r"cd\d+", local)
    page = server.ask(where).page
    assert local in page.all("span", "id") and "added by people" in page.text and f"/en/claim/{place}/{local}" in page.all("a", "href")
    told = server.ask(f"/en/claim/{place}/{local}").page
    assert "A. Clerk" in told.text and "sport, tourism" in told.text and "a race" in told.text
    assert any(row["topic"] == "a race" for row in run("commitments", "--register", register, "--format", "json").json())
    number = local[2:]
    assert send(server, action="undo", target=number).status == 303
    assert local not in server.ask(where).page.all("span", "id")


@pytest.mark.parametrize(("fields", "says"), [
    ({"words": "not there"}, "no such words"), ({"words": "Pakistan"}, "times"), ({"value_stance": "perhaps"}, "done, agreed"), ({"value_parties": ""}, "parties"),
    ({"value_deadline": "soon"}, "2025-11-27"), ({"field": "person"}, "a meeting, an instrument or a commitment"), ({"target": "000000000000"}, "no such report")])
def test_claims_that_cannot_be_added(server, register, place, fields, says):
    good = {"action": "add", "target": place, "field": "commitment", "words": WORDS, "value_stance": "planned", "value_parties": "PAK RUS", "value_sectors": ["sport"]}
    before = run("decisions", "--register", register, "--format", "json").out
    answer = send(server, **{**good, **fields})
    assert answer.status == 422 and says in answer.page.text, answer.page.text
    assert run("decisions", "--register", register, "--format", "json").out == before


def test_every_code_that_a_form_offers_is_taken(server, register, place):
    """The lists of the forms are those of the record."""
    for kind in ("meeting", "instrument", "commitment"):
        form = server.ask(f"/en/claim/new?document={place}&kind={kind}&words=x").body.decode()
        offered = {name: re.findall(r'<option value="([a-z-]+)"', options) for name, options in
                   re.findall(r'<select name="value\.(\w+)"[^>]*>(.*?)</select>', form, re.S)}
        assert offered and all(len(codes) > 3 for codes in offered.values())
        for field, codes in offered.items():
            least = {"meeting": "type=summit; status=held", "instrument": "kind=mou; status=signed", "commitment": "stance=done; sectors=trade"}[kind]
            for code in codes if field != "sectors" else [" ".join(codes)]:
                value = "; ".join([part for part in least.split("; ") if not part.startswith(field + "=")] + [f"{field}={code}", "parties=PAK RUS"])
                done = run("decide", "--register", register, "add", place, "--words", "no such words at all", "--field", kind, "--value", value, "--reason", "r")
                assert "no such words" in done.err, (kind, field, code, done.err)
    record = json.loads((ROOT / "schema" / "record.schema.json").read_text(encoding="utf-8"))
    assert len(re.findall(r'value="[a-z-]+"', re.search(r'name="value\.sectors".*?</select>', form, re.S)[0])) == len(record["$defs"]["sector"]["enum"])


def test_values_stand_side_by_side(server, register, place):
    claim = f"{place}/m1"
    answer = send(server, action="settle", target=claim, value_verdict="right", value_ordinal="19", value_place="Kazan, RUS", reason="the protocol", back=f"/en/claim/{claim}")
    assert answer.status == 303 and answer.headers["Location"] == f"/en/claim/{claim}", answer.body.decode()
    page = server.ask(f"/en/claim/{claim}")
    row = re.search(r'<tr class="changed"><th scope="row">(?:<bdi>)?number of the session.*?</tr>', page.body.decode(), re.S)[0]
    cells = [re.sub("<.*?>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
    assert cells[:2] == ["9", "19"] and "A. Clerk" in cells[2] and "the protocol" in cells[2] and re.search(r"20\d\d", cells[2])
    assert page.body.decode().count('<tr class="changed">') == 2, "what was left as it stood is no correction"
    assert "PAK-RUS/commission/19" in {row["id"] for row in run("sessions", "--register", register, "PAK-RUS", "--format", "json").json()}
    for language in LANGUAGES:
        text = server.ask(f"/{language}/claim/{claim}").page.text
        assert "A. Clerk" in text and not re.search(r"\b(claim|field|verdict|state|action|judge)\.[a-z]", text)


def test_not_sure_is_kept_and_others_are_asked(server, register):
    def queue(author):
        cookie = f"karar-author={urllib.parse.quote(author)}"
        return server.ask("/en/review", cookie=False, Cookie=f"{server.cookie}; {cookie}").body.decode()
    target = re.search(r'name="target" value="([^"]+)"', queue("Ann"))[1]
    assert send(server, author="Ann", action="unsure", target=target).status == 303
    assert f'value="{target}"' not in queue("Ann")
    other = queue("Bob").split('<article class="item"')
    assert f'value="{target}"' in other[1] and "somebody was not sure" in other[1], "doubt puts it first"


def test_two_judge_apart(server, register, place):
    claim = f"{place}/m1"

    def pages(author):
        cookie = f"{server.cookie}; karar-author={author}"
        return "".join(server.ask(path, cookie=False, Cookie=cookie).body.decode() for path in
                       ("/en/judge", f"/en/claim/{claim}", "/en/new", "/en/agreement", f"/en/document/{place}", "/en/review", "/en/PAK-RUS/commission/9"))
    assert send(server, author="Ann", action="judge", target=claim, value_ordinal="7771", reason="Ann's secret", value_verdict="right").status == 303
    seen = re.sub(r"[0-9a-f]{12,}", "", pages("Bob"))
    assert "7771" not in seen and "secret" not in seen
    queue = server.ask("/en/judge", cookie=False, Cookie=f"{server.cookie}; karar-author=Bob").body.decode()
    assert f'value="{claim}"' in queue.split('<article class="item"')[1], "what one has judged is asked of the second first"
    assert f'name="target" value="{claim}"' not in server.ask("/en/judge", cookie=False, Cookie=f"{server.cookie}; karar-author=Ann").body.decode()
    assert send(server, author="Ann", action="judge", target=claim, value_verdict="wrong").status == 422
    assert send(server, author="Bob", action="judge", target=claim, value_ordinal="7772", value_verdict="right").status == 303
    told = server.ask("/en/agreement").page
    assert "7771" in told.text and "7772" in told.text and f"/en/claim/{claim}" in told.all("a", "href")
    assert "Ann" in told.text and "Bob" in told.text and "κ" in told.text
    assert send(server, author="Eve", action="settle", target=claim, value_verdict="right", value_ordinal="7772").status == 303
    assert f"/en/claim/{claim}" not in server.ask("/en/agreement").page.all("a", "href")


def test_a_report_is_read_to_its_end(server, register, place):
    assert send(server, action="accept", target=place, reason="all of it", back=f"/en/document/{place}").status == 303
    assert "all of it" in server.ask(f"/en/document/{place}").page.text
    assert json.loads(run("export", "--register", register, "--as", "gold").out)["id"] == "en-session-9"


@pytest.mark.parametrize("path", ["claim/000000000000/m1", "claim/x", "claim/new", "claim/new?document=000000000000&kind=meeting&words=x", "claim/new?kind=meeting"])
def test_what_is_not_there(server, path):
    assert server.ask(f"/en/{path}").status == 404


def test_what_is_written_shows_as_text(server, place):
    hostile = "<script>alert(1)</script>\u202egnirts"
    query = urllib.parse.urlencode({"document": place, "kind": "instrument", "words": hostile, "nth": hostile})
    page = server.ask(f"/en/claim/new?{query}")
    assert "<script>alert" not in page.body.decode() and "\u202e" not in page.body.decode()
    assert send(server, action="settle", target=f"{place}/i1", value_verdict="right", value_subject=hostile, reason=hostile).status == 303
    for path in (f"claim/{place}/i1", f"document/{place}", "new"):
        body = server.ask(f"/en/{path}").body.decode()
        assert "<script>alert" not in body and "\u202e" not in body and "alert(1)" in body


def test_by_the_api(server, register, place):
    def ask(path, method="GET", body=None):
        headers = {"Authorization": f"Bearer {server.token}"}
        if body:
            headers["Content_Type"] = "application/json"
        return server.ask(path, method, json.dumps(body) if body else None, cookie=False, **headers)
    added = {"action": "add", "target": place, "field": "instrument", "words": "Moscow", "nth": "1", "author": "Ann", "reason": "r",
             "value": "kind=plan\nstatus=planned\nparties=PAK RUS"}
    number = check("/api/v1/decisions", "post", ask("/api/v1/decisions", "POST", added))["number"]
    shown = json.loads(ask(f"/api/v1/show/{place}/id{number}").body)["rows"]
    assert [row["type"] for row in shown] == ["plan"]
    for author, verdict in (("Cyn", "right"), ("Dan", "wrong")):
        body = {"action": "judge", "target": f"{place}/m1", "author": author, "reason": "r", "value": f"verdict={verdict}"}
        check("/api/v1/decisions", "post", ask("/api/v1/decisions", "POST", body))
    for path in ("agreement", "differences", "decisions"):
        assert check(f"/api/v1/{path}", "get", ask(f"/api/v1/{path}"))["rows"]
    assert ask("/api/v1/decisions", "POST", {**added, "nth": "x"}).status == 400
    assert ask("/api/v1/decisions", "POST", {**added, "words": "nowhere"}).status == 422


# ---- a search that is narrowed --------------------------------------------------------------------------------------------------------------
def facets(body, *chosen):
    """{facet: {value in the address: reports}} of a page."""
    found = {}
    body = body.split('class="facets"')[-1].split("</nav>")[0] if 'class="facets"' in body else ""
    for address, count in re.findall(r'<a href="(/en/search\?[^"]*)">.*?</a> <span class="small">(?:<bdi>)?(\d+)', body):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(address.replace("&amp;", "&")).query)
        for name in {"in", "pair", "sector", "kind", "year", "fate"} & set(query) - set(chosen):
            found.setdefault(name, {})[query[name][0]] = int(count)
    return found


def test_facets_count_what_they_lead_to(server):
    """Each number is that of the reports behind the link, and one facet after the other narrows."""
    words = "PAK"
    all_of_them = facets(server.ask(f"/en/search?q={words}").body.decode())
    assert set(all_of_them) == {"in", "pair", "sector", "kind", "year", "fate"}
    assert set(all_of_them["in"]) == {"en", "hi", "ru", "ur"} and all_of_them["pair"]["PAK-RUS"] >= 16 and "slipped" in all_of_them["fate"]
    for name, values in all_of_them.items():
        for value, count in values.items():
            body = server.ask(f"/en/search?q={words}&{name}={value}").body.decode()
            reports = body.split('id="reports"')[1].count("/en/document/")
            assert reports == count, (name, value)
            assert name not in facets(body, name)
    narrow = facets(server.ask(f"/en/search?q={words}&in=en&kind=commitment").body.decode(), "in", "kind")
    assert narrow["sector"]["transport"] <= all_of_them["sector"]["transport"] and "in" not in narrow


def test_facets_that_are_none(server):
    for query in ("in=xx", "year=1066", "sector=fish", "sector=%22+OR+%22", "pair=%22", "kind=%22%7D", "fate=%27", "pair=XXX-YYY"):
        answer = server.ask(f"/en/search?q=PAK&{query}")
        assert answer.status == 200 and "/en/document/" not in answer.body.decode().split('id="reports"')[1], query
    for language in LANGUAGES:
        text = server.ask(f"/{language}/search?q=PAK&kind=commitment").page.text
        assert not re.search(r"\b(facet|search|fate|kind)\.[a-z]", text)
