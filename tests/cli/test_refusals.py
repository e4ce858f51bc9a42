# SPDX-License-Identifier: MIT
"""What is refused is refused in the reader's language, by every page; programs are told in English what header they lack."""
import json
import re

import pytest
from conftest import ROOT
from serving import LANGUAGES
from test_review import REPORT, send

TABLE = [line.split("\t") for line in (ROOT / "pages" / "refusals.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
WORDS = {language: dict(line.split("\t") for line in (ROOT / "pages" / "words" / f"{language}.tsv").read_text(encoding="utf-8").splitlines()[1:])
         for language in LANGUAGES}
LETTERS = {"hi": r"[\u0900-\u097f]", "ur": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]"}
GOOD = {"action": "edit", "target": "PAK-RUS/commission/9", "field": "place", "value": "Kazan, RUS", "reason": "a test"}
CLAIM = "353491499d0a/m1"
WRONG = [
    {"target": "nothing/at/all"}, {"field": "colour"}, {"value": ""}, {"reason": ""}, {"action": "burn"}, {"field": "date", "value": "soon"},
    {"action": "merge", "value": "PAK-RUS/commission/9"}, {"action": "merge", "value": "PAK-RUS/freight-train"}, {"action": "merge", "value": "XXX-YYY/z"},
    {"action": "split"}, {"action": "undo", "target": "999999"}, {"action": "undo", "target": "x"}, {"action": "reject", "target": "000000000000/m1"},
    {"target": "PAK-RUS/freight-train", "field": "fate", "value": "lost"}, {"action": "add", "target": "000000000000", "field": "meeting", "words": "x"},
    {"action": "add", "target": "353491499d0a", "field": "commitment", "words": "not there", "value": "stance=agreed"},
    {"action": "edit", "target": CLAIM, "field": "date", "value": "soon"}, {"action": "edit", "target": CLAIM, "field": "place", "value": "Kazan"},
]


def pattern(english):
    return re.compile("".join(".+?" if re.fullmatch(r"\{\d\}", part) else re.escape(part) for part in re.split(r"(\{\d\})", english)), re.S)


def alert(answer):
    found = re.search(r'<p role="alert">(.*?)</p>', answer.body.decode(), re.S)
    return found and re.sub("<.*?>", "", found[1])


def test_every_refusal_has_words():
    """Each message that the register and the file of users refuse with is a row of the table."""
    rows = [pattern(row[0]) for row in TABLE[1:]]
    texts = []
    for name in ("register/decide.c", "register/amend.c", "users/accounts.c", "users/word.c"):
        source = (ROOT / "src" / name).read_text(encoding="utf-8")
        calls = re.findall(r'(?:STATUS_(?:BAD_ARGUMENT|NOT_FOUND)|fault =|\?|return),?\s+((?:"(?:[^"\\\n]|\\.)*"\s*)+)', source)
        texts += ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', call)).replace('\\"', '"') for call in calls]
    texts = [re.sub(r"%(?:\.\*|\.\d+)?(?:ll)?[sdu]", "something", text) for text in texts if re.search("[a-z] [a-z]", text) and not text.startswith(("%", "as codes"))]
    assert len(texts) > 30
    assert not [text for text in texts if not any(row.fullmatch(text) for row in rows)]


@pytest.mark.parametrize("language", ["hi", "ur", "ru"])
def test_decisions_are_refused_in_the_readers_language(server, language):
    stranger = WORDS[language]["refused.said"].split("{}")[0]
    for wrong in WRONG:
        answer = send(server, f"/{language}/decide", **{**GOOD, **wrong})
        told = alert(answer)
        assert answer.status == 422 and f'lang="{language}"' in answer.body.decode(), wrong
        assert told and re.search(LETTERS[language], told) and not told.startswith(stranger), (wrong, told)
        assert "\ufffd" not in told and not re.search(r"[a-z]+ [a-z]+ [a-z]+", told), (wrong, told)
        english = alert(send(server, "/en/decide", **{**GOOD, **wrong}))
        assert english != told


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_of_pages(server, language):
    begin = WORDS[language]
    for path, status in (("nowhere", 404), ("PAK-RUS/nothing", 404), ("document/000000000000", 404)):
        answer = server.ask(f"/{language}/{path}")
        assert answer.status == status and begin[f"error.{status}"] in answer.page.text and begin["error.help"] in answer.page.text
    answer = server.ask(f"/{language}/", cookie=False)
    assert answer.status == 403 and begin["error.403"] in answer.page.text
    answer = server.ask(f"/{language}/search", "POST", b"x")
    assert answer.status == 405 and begin["error.405"] in answer.page.text
    answer = server.ask(f"/{language}/?q=%ff")
    assert answer.status == 400 and begin["error.400"] in answer.page.text
    head = f"POST /{language}/decide HTTP/1.1\r\nHost: x\r\nCookie: {server.cookie}\r\nContent-Length: 99999999\r\n\r\n"
    large = server.raw(head.encode()).decode()
    assert large.startswith("HTTP/1.1 413 ") and begin["error.413"] in large
    answer = send(server, f"/{language}/decide", key="0" * 32, **GOOD)
    assert answer.status == 403 and begin["error.form"] in answer.page.text
    assert begin["refused.author"] in alert(send(server, f"/{language}/decide", **{**GOOD, "author": " "}))
    assert begin["refused.text"] in alert(send(server, f"/{language}/add"))
    root = server.ask("/static/none", Accept_Language=f"{language}, en;q=0.1")
    assert root.status == 404 and begin["error.404"] in root.page.text


def test_errors_of_the_api(server):
    for path in ("/api/v1/bodies", "/api/v1/nowhere"):
        answer = server.ask(path, cookie=False, Accept_Language="ur")
        told = json.loads(answer.body)
        assert answer.status == told["status"] == 403 and "Authorization: Bearer" in told["error"]
    bearer = {"Authorization": f"Bearer {server.token}"}
    for path, method, status in (("/api/v1/nowhere", "GET", 404), ("/api/v1/bodies", "POST", 405)):
        answer = server.ask(path, method, cookie=False, **bearer)
        assert answer.status == json.loads(answer.body)["status"] == status and "openapi.json" in json.loads(answer.body)["error"]


def test_a_known_report_tells_what_is_kept(server):
    bearer = {"Authorization": f"Bearer {server.token}", "Content_Type": "text/plain"}
    text = REPORT.replace("fisheries", "whales").encode()
    first = server.ask("/api/v1/reports?uri=https://a.example/1&author=Ann", "POST", text, cookie=False, **bearer)
    assert first.status == 201 and "note" not in json.loads(first.body)
    same = json.loads(server.ask("/api/v1/reports?uri=https://a.example/1&author=Ann", "POST", text, cookie=False, **bearer).body)
    assert (same["new"], same["uri"], same["added_by"]) == (False, "https://a.example/1", "Ann") and "note" not in same
    other = json.loads(server.ask("/api/v1/reports?uri=https://b.example/2&author=Bob", "POST", text, cookie=False, **bearer).body)
    assert (other["uri"], other["added_by"]) == ("https://a.example/1", "Ann") and "uri and author" in other["note"]
    for language in LANGUAGES:
        answer = send(server, f"/{language}/add", text=text.decode(), uri="https://b.example/2", author="Bob")
        page = server.ask(answer.headers["Location"]).page
        assert WORDS[language]["added.known.help"] in page.text and "https://a.example/1" in page.text and "Ann" in page.text
