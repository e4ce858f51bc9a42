# SPDX-License-Identifier: MIT
"""The JSON API of karar serve: each address that the description names is asked, and the description must fit the answer."""
import http.client
import json
import re
import shutil

import jsonschema
import pytest
from conftest import ROOT, run

DESCRIPTION = json.loads((ROOT / "pages" / "static" / "openapi.json").read_text(encoding="utf-8"))
RECORD = json.loads((ROOT / "schema" / "record.schema.json").read_text(encoding="utf-8"))
PARAMETERS = {"pair": "PAK-RUS", "words": "steel", "years": "0", "as-of": "2025-12-01", "lang": "ur", "skip": "0", "limit": "3"}
REPORT = "OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries in Oslo on Tuesday, the foreign ministers of both countries said."


@pytest.fixture(scope="module")
def register(samples, tmp_path_factory):
    path = shutil.copy(samples, tmp_path_factory.mktemp("api") / "karar.db")
    assert run("decide", "--register", path, "edit", "PAK-RUS/commission/10", "--field", "place", "--value", "Lahore, PAK", "--reason", "a test").code == 0
    document = run("documents", "--register", path, "--limit", "1", "--format", "json").json()[0]["document"]
    for author, verdict in (("Ann", "right"), ("Bob", "wrong")):
        assert run("decide", "--register", path, "judge", f"{document}/m1", "--value", f"verdict={verdict}", "--author", author, "--reason", "a test").code == 0
    return path


@pytest.fixture(scope="module")
def api(server):
    return server


def ask(api, path, method="GET", body=None, token=True, **headers):
    if token:
        headers["Authorization"] = f"Bearer {api.token}"
    if isinstance(body, dict):
        body, headers["Content_Type"] = json.dumps(body), "application/json"
    return api.ask(path, method, body, cookie=False, **headers)


def check(path, method, answer):
    """The answer is one that the description names for this address, and fits its schema."""
    described = DESCRIPTION["paths"][path][method]["responses"][str(answer.status)]
    kinds = described["content"]
    kind = answer.headers["Content-Type"].split(";")[0]
    assert kind in kinds, f"{path} answers {kind}"
    if kind == "application/json":
        schema = {**kinds[kind]["schema"], "components": DESCRIPTION["components"]}
        jsonschema.validate(json.loads(answer.body), json.loads(json.dumps(schema)), cls=jsonschema.Draft202012Validator)
        return json.loads(answer.body)
    return answer.body.decode("utf-8")


def rows(api, path):
    return json.loads(ask(api, path).body)["rows"]


def test_every_address_that_is_read(api):
    document = rows(api, "/api/v1/documents?limit=1")[0]["document"]
    ids = {"brief": "PAK-RUS", "diff": document, "document": document, "text": document}
    asked = 0
    for path, methods in DESCRIPTION["paths"].items():
        if "get" not in methods or path in ("/api/v1/audit", "/api/v1/backup", "/api/v1/users"):     # of users: test_users.py
            continue
        operation = methods["get"]
        query = "&".join(f"{one['name']}={PARAMETERS[one['name']]}" for one in operation["parameters"] if one["in"] == "query")
        place = path.replace("{id}", ids.get(operation["operationId"], "PAK-RUS/commission/10"))
        told = check(path, "get", ask(api, f"{place}?{query}"))
        assert told, place
        if isinstance(told, dict) and "rows" in told:
            assert told["rows"], f"{place} shows no row: the description is not put to the test"
        asked += 1
    assert asked == 19


def test_rows_are_those_of_the_command_line(api, register):
    for question in ("bodies", "sessions", "commitments", "people"):
        mine = rows(api, f"/api/v1/{question}?pair=PAK-RUS&limit=1000")
        assert mine == json.loads(run(question, "--register", register, "PAK-RUS", "--format", "json").out)


@pytest.mark.parametrize("question", ["bodies", "sessions", "instruments", "commitments"])
def test_words_are_those_of_the_readers_language(api, register, question):
    told = {}
    for lang in ("ur", "hi"):
        told[lang] = rows(api, f"/api/v1/{question}?pair=PAK-RUS&lang={lang}&limit=1000")
        assert told[lang] == run(question, "--register", register, "PAK-RUS", "--lang", lang, "--format", "json").json()
    assert told["ur"] != told["hi"]


def test_a_language_is_a_tag(api):
    for lang in ("u", "urdu-language", "1"):
        answer = ask(api, f"/api/v1/sessions?lang={lang}")
        assert answer.status == 400 and b"two to eight letters" in answer.body
    assert ask(api, "/api/v1/people?lang=ur").status == 400


def test_pages_of_rows_together_are_all(api):
    whole, place, seen = rows(api, "/api/v1/people?limit=1000"), "/api/v1/people?limit=4", []
    while place:
        answer = json.loads(ask(api, place).body)
        seen += answer["rows"]
        place = answer["next"]
    assert seen == whole and len(whole) > 8


def test_documents_lead_to_their_words(api):
    document = rows(api, "/api/v1/documents?limit=1")[0]["document"]
    kept = json.loads(ask(api, f"/api/v1/documents/{document}").body)
    jsonschema.validate(kept["record"], RECORD)
    text = ask(api, f"/api/v1/documents/{document}/text").body
    spans = [span for meeting in kept["record"]["meetings"] for span in meeting["evidence"]]
    assert spans and all(text[span["begin"]:span["end"]].decode("utf-8") == span["quote"] for span in spans)


def test_unchanged_answers_are_not_sent_again(api):
    first = ask(api, "/api/v1/bodies")
    again = ask(api, "/api/v1/bodies", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(("place", "status"), [
    ("/api/v1/bodies?pear=PAK-RUS", 400), ("/api/v1/search", 400), ("/api/v1/search?words=%20", 400), ("/api/v1/bodies?limit=0", 400),
    ("/api/v1/bodies?limit=1001", 400), ("/api/v1/bodies?skip=-1", 400), ("/api/v1/commitments?as-of=yesterday", 400), ("/api/v1/sectors", 404),
    ("/api/v1/show/PAK-RUS/commission/999", 404), ("/api/v1/documents/000000000000", 404), ("/api/v1/show", 404),
    ("/api/v1/documents/000000000000/text", 404), ("/api/v1/bodies/PAK-RUS", 404),
    ("/api/v1/sessions?pair=PAK-USSR", 400), ("/api/v1/brief/PAK-USSR", 400)])
def test_faults(api, place, status):
    answer = ask(api, place)
    assert answer.status == status and json.loads(answer.body)["error"]


def test_who_may_ask(api):
    assert ask(api, "/api/v1/bodies", token=False).status == 403
    assert ask(api, "/api/v1/bodies", token=False, Authorization="Bearer " + "0" * 32).status == 403
    assert ask(api, f"/api/v1/bodies?token={api.token}", token=False).status == 200
    # A browser's cookie and a token in the address are not enough to write: a page elsewhere could make it send them.
    for headers in ({"Cookie": api.cookie}, {}):
        for place in ("reports", "read", "decisions"):
            answer = ask(api, f"/api/v1/{place}?token={api.token}", "POST", {"text": REPORT}, token=False, **headers)
            assert answer.status == 403, place


def test_reading_keeps_nothing(api):
    before = rows(api, "/api/v1/documents?limit=1000")
    answer = ask(api, "/api/v1/read?uri=note&date=2021-05-04", "POST", REPORT.encode(), Content_Type="text/plain")
    record = check("/api/v1/read", "post", answer)
    jsonschema.validate(record, RECORD)
    assert [party["id"] for party in record["parties"]] == ["NOR", "CHL"] and record["document"]["uri"] == "note"
    assert rows(api, "/api/v1/documents?limit=1000") == before


def test_a_report_is_added_once(api):
    body = {"text": REPORT, "uri": "http://a.example/1", "date": "2021-05-04", "author": "A. Clerk"}
    first = ask(api, "/api/v1/reports", "POST", body)
    told = check("/api/v1/reports", "post", first)
    assert first.status == 201 and told["new"] and told["facts"] > 0
    again = ask(api, "/api/v1/reports", "POST", body)
    assert again.status == 200 and json.loads(again.body) == {**told, "new": False, "uri": body["uri"], "added_by": body["author"]}
    kept = json.loads(ask(api, f"/api/v1/documents/{told['document']}").body)
    assert (kept["added_by"], kept["uri"]) == ("A. Clerk", "http://a.example/1")
    page = f"<html><body><article><p>{REPORT}</p><p>Both countries agreed to expand cooperation in education.</p></article></body></html>"
    assert ask(api, "/api/v1/reports", "POST", page.encode(), Content_Type="text/html").status == 201


def test_decisions_are_kept_and_undone(api):
    decision = {"action": "edit", "target": "PAK-RUS/commission/9", "field": "place", "value": "Kazan, RUS", "author": "A. Clerk", "reason": "a test"}
    answer = ask(api, "/api/v1/decisions", "POST", decision)
    number = check("/api/v1/decisions", "post", answer)["number"]

    def place():
        return [row["place"] for row in rows(api, "/api/v1/sessions?pair=PAK-RUS") if row["number"] == 9][0]
    assert place() == "Kazan, RUS"
    undo = {"action": "undo", "target": str(number), "author": "A. Clerk", "reason": "a test"}
    assert ask(api, "/api/v1/decisions", "POST", undo).status == 201
    assert place() == "Moscow, RUS"


def test_a_report_is_dated_anew(api):
    """What is decided of a report as a whole reads it again, here as by `karar decide`, and so does taking it back."""
    report = ("OSLO, 3 May 2023: The third session of the Chile-Norway Intergovernmental Commission was held in Oslo on Tuesday.")
    added = json.loads(ask(api, "/api/v1/reports", "POST", {"text": report, "author": "A. Clerk"}).body)["document"]

    def day():
        return [row["date"] for row in rows(api, "/api/v1/sessions?pair=CHL-NOR") if row["number"] == 3]
    assert day() == ["2023-05-02"]
    decision = {"action": "edit", "target": added, "field": "date", "value": "2025-05-07", "author": "A. Clerk", "reason": "the page has it"}
    answer = ask(api, "/api/v1/decisions", "POST", decision)
    assert answer.status == 201, answer.body
    assert day() == ["2025-05-06"]
    undo = {"action": "undo", "target": str(json.loads(answer.body)["number"]), "author": "A. Clerk", "reason": "a test"}
    assert ask(api, "/api/v1/decisions", "POST", undo).status == 201
    assert day() == ["2023-05-02"]


@pytest.mark.parametrize(("place", "body", "status"), [
    ("reports", b"{", 400), ("reports", b"[]", 400), ("reports", b'{"text": 1}', 400), ("reports", b'{"text": ""}', 400),
    ("reports", b'{"text": "a", "text": "b"}', 400), ("reports", b'{"text": "\xff"}', 400), ("reports", b'{"text": "\\u0000"}', 400),
    ("reports", b"[" * 5000, 400), ("decisions", b'{"action": "edit"}', 400), ("read", b'{"text": "   "}', 422),
    ("decisions", b'{"action": "burn", "target": "PAK-RUS/commission/9", "author": "x"}', 422),
    ("decisions", b'{"action": "edit", "target": "nothing", "author": "x", "field": "date", "value": "2020", "reason": "r"}', 422)])
def test_bad_bodies(api, place, body, status):
    answer = ask(api, f"/api/v1/{place}", "POST", body, Content_Type="application/json")
    assert answer.status == status, answer.body
    assert json.loads(answer.body)["error"]


def test_a_body_too_large(api):
    try:
        answer = ask(api, "/api/v1/decisions", "POST", b" " * 70000, Content_Type="application/json")
    except (ConnectionError, http.client.HTTPException):
        return      # the server closed while the body was sent
    assert answer.status == 413


def test_description_is_served_and_whole(api):
    answer = ask(api, "/api/v1/openapi.json")
    assert json.loads(answer.body) == DESCRIPTION
    named = set(re.findall(r'#/components/schemas/(\w+)', json.dumps(DESCRIPTION)))
    assert named == set(DESCRIPTION["components"]["schemas"])
