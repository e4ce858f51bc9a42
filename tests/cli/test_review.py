# SPDX-License-Identifier: MIT
"""Review and adding in karar serve, by the forms that a browser without a script sends."""
import re
import urllib.parse

import pytest
from conftest import run
from serving import LANGUAGES, Server

REPORT = "OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries in Oslo on Tuesday, the foreign ministers of both countries said."
SESSION = "/en/PAK-RUS/commission/10"


def key(server):
    return re.search(r'name="key" value="([0-9a-f]{32})"', server.ask("/en/review").body.decode())[1]


def send(server, path, cookie=True, **fields):
    fields = {"key": key(server), "author": "A. Clerk", **fields}
    return server.ask(path, "POST", urllib.parse.urlencode(fields), cookie=cookie, Content_Type="application/x-www-form-urlencoded")


def targets(server, query=""):
    """The claims in the queue, in its order."""
    return [value for tag, attrs in server.ask(f"/en/review{query}").page.elements if tag == "input" and attrs.get("name") == "target"
            for value in [attrs["value"]]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_stand_in_every_language(server, language):
    for place in ("review", "add", "PAK-RUS/commission/10", "PAK-RUS/freight-train", "PAK-RUS/commission"):
        answer = server.ask(f"/{language}/{place}")
        assert answer.status == 200
        assert {"form", "button"} <= {tag for tag, _ in answer.page.elements}, place
        assert not re.search(r"\b(decide|review|field|doubt|add)\.[a-z]", answer.page.text), "a word is missing"


def test_queue_shows_the_words(server):
    queue = server.ask("/en/review")
    items = queue.body.decode().split("<article class=\"item\"")[1:]
    assert len(items) == 20
    assert all("<mark>" in item and "/en/document/" in item for item in items)
    assert "sources tell it differently" in items[0], "the most doubtful comes first"


def test_the_queue_goes_on_to_older_reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    path = tmp_path / "karar.db"
    (folder / "000.txt").write_text(REPORT, encoding="utf-8")
    assert run("add", "--register", path, folder / "000.txt").code == 0
    for number in range(1, 102):
        (folder / f"{number:03}.txt").write_text(f"It rained {number} millimetres on that day.\n", encoding="utf-8")
    assert run("add", "--register", path, folder).code == 0
    own = Server(path)
    try:
        first = own.ask("/en/review").page
        assert "In these reports there is nothing to look at." in first.text and "reports 1–100 / 102" in first.text
        assert ("a", "/en/review?older=1") in [(tag, attrs.get("href")) for tag, attrs in first.elements]
        second = own.ask("/en/review?older=1")
        assert "signed an agreement on fisheries" in second.page.text and "reports 101–102 / 102" in second.page.text
        assert 'name="back" value="/en/review?older=1"' in second.body.decode()
        for odd in ("x", "-1", "99999999999999999999"):
            assert "reports 1–100 / 102" in own.ask(f"/en/review?older={odd}").page.text
    finally:
        assert own.stop() == (0, "")


def test_what_is_decided_leaves_the_queue_for_good(server, register):
    first, second = targets(server)[:2]
    for target, action in ((first, "accept"), (second, "reject")):
        answer = send(server, "/en/decide", action=action, target=target, reason="compared", back="/en/review?pair=PAK-RUS")
        assert (answer.status, answer.headers["Location"]) == (303, "/en/review?pair=PAK-RUS"), answer.body.decode()
    assert not {first, second} & set(targets(server))
    assert run("rebuild", "--register", register).code == 0
    assert not {first, second} & set(targets(server))
    number = run("decisions", "--register", register, "--format", "json").json()[-1]["id"]
    assert send(server, "/en/decide", action="undo", target=str(number), reason="a slip").status == 303
    assert second in targets(server) and first not in targets(server)


def test_a_chair_is_corrected_and_stays_so(server, register):
    """User story 7."""
    chairs = "Ayaz Sadiq (minister, PAK); Sergei Tsivilev (minister energy, RUS)"
    answer = send(server, "/en/decide", action="edit", target="PAK-RUS/commission/10", field="chairs", value=chairs, reason="the protocol names him", back=SESSION)
    assert answer.status == 303 and answer.headers["Location"] == SESSION
    assert run("rebuild", "--register", register).code == 0
    for language, says in (("en", "The reports say"), ("ur", "خبریں کہتی ہیں")):
        page = server.ask(f"/{language}/PAK-RUS/commission/10").page
        assert "Ayaz Sadiq" in page.text and "the protocol names him" in page.text
        assert "Leghari" in page.text, "what the machine says stands beside"
        assert says in page.text
    for language, field in (("hi", "सह-अध्यक्ष"), ("ur", "شریک صدور"), ("ru", "сопредседатели")):
        told = " ".join(server.ask(f"/{language}/PAK-RUS/commission/10").page.text.split())
        assert f"{field}: Awais" in told and "chairs:" not in told, "in the reader's words"
    number = re.search(r'name="target" value="(\d+)"', server.ask(SESSION).body.decode())[1]
    assert send(server, "/en/decide", action="undo", target=number, reason="taken back", back=SESSION).status == 303
    page = server.ask(SESSION).page
    assert "Ayaz Sadiq" not in page.text and "Leghari" in page.text


def test_bodies_are_joined_and_parted(server):
    """User story 8: what was written of a wrong pair follows the body, later reports too."""
    text = "KABUL, 3 March 2024: The 3rd session of the Afghanistan-Tajikistan Intergovernmental Commission was held in Kabul. Both sides agreed to expand trade."
    slip = text.replace("Afghanistan-Tajikistan", "Afghanistan-Turkmenistan").replace("3 March", "5 March").replace("3rd", "4th")
    assert send(server, "/en/add", text=text).status == 303 and send(server, "/en/add", text=slip).status == 303
    assert server.ask("/en/AFG-TKM/commission").status == 200
    answer = send(server, "/en/decide", action="merge", target="AFG-TKM/commission", value="AFG-TJK/commission", reason="a slip of the pen")
    assert answer.status == 303
    assert server.ask("/en/AFG-TJK/commission/4").status == 200
    later = slip.replace("5 March", "7 March").replace("4th", "5th")
    assert send(server, "/en/add", text=later).status == 303
    assert server.ask("/en/AFG-TJK/commission/5").status == 200
    assert send(server, "/en/decide", action="split", target="AFG-TKM/commission", reason="they are two").status == 303
    assert server.ask("/en/AFG-TKM/commission/5").status == 200


def test_a_report_is_pasted(server):
    answer = send(server, "/en/add", text=REPORT, uri="https://a.example/1", date="2021-05-04")
    assert answer.status == 303
    place = answer.headers["Location"]
    page = server.ask(place).page
    assert "What the report added" in page.text and "CHL-NOR" in page.text and "new" in page.text
    again = send(server, "/ur/add", text=REPORT)
    assert again.status == 303 and again.headers["Location"] == place.replace("/en/", "/ur/") + "?known=yes"
    assert server.ask(again.headers["Location"]).status == 200
    nothing = send(server, "/en/add", text="A cat sat on the mat for a long while, and nobody minded.")
    assert "Nothing between governments" in server.ask(nothing.headers["Location"]).page.text


def test_names_are_remembered(server):
    answer = send(server, "/en/add", text=REPORT, author="Аня «Я» O'Neil; x=1")
    kept = answer.headers["Set-Cookie"]
    assert "HttpOnly" in kept and "SameSite=Strict" in kept
    page = server.ask("/en/add", cookie=False, Cookie=f"{server.cookie}; {kept.split(';')[0]}").page
    assert "Аня «Я» O'Neil; x=1" in page.all("input", "value")


@pytest.mark.parametrize(("fields", "status"), [
    ({"key": "0" * 32}, 403), ({"key": ""}, 403), ({"author": " "}, 422), ({"author": "x" * 101}, 422), ({"action": "burn"}, 422), ({"action": ""}, 422),
    ({"target": "nothing/at/all"}, 422), ({"field": "colour"}, 422), ({"value": ""}, 422), ({"reason": ""}, 422)])
def test_decisions_that_cannot_be(server, register, fields, status):
    before = run("decisions", "--register", register, "--format", "json").json()
    good = {"action": "edit", "target": "PAK-RUS/commission/9", "field": "place", "value": "Kazan, RUS", "reason": "a test"}
    answer = send(server, "/en/decide", **{**good, **fields})
    assert answer.status == status
    said = re.search(r'<p role="alert">(.*?)</p>', answer.body.decode(), re.S)
    assert status == 403 or len(re.sub("<.*?>", "", said[1]).strip()) > 10, "it says why"
    assert run("decisions", "--register", register, "--format", "json").json() == before


def test_forms_of_others_do_nothing(server):
    """A page elsewhere has neither the cookie nor the key."""
    good = {"action": "edit", "target": "PAK-RUS/commission/9", "field": "place", "value": "Kazan, RUS", "reason": "a test"}
    assert send(server, "/en/decide", cookie=False, **good).status == 403
    assert send(server, "/en/add", cookie=False, text=REPORT).status == 403
    assert send(server, "/en/add", key="1" * 32, text=REPORT).status == 403
    assert "Kazan" not in server.ask("/en/PAK-RUS/commission/9").page.text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "", "/en/\r\nX: y"])
def test_nobody_is_led_away(server, back):
    answer = send(server, "/en/decide", action="edit", target="PAK-RUS/commission/9", field="place", value="Moscow, RUS", reason="a test", back=back)
    assert answer.status == 303 and answer.headers["Location"] == "/en/review"
    assert answer.headers["X"] is None


def test_what_is_written_shows_as_text(server):
    place = "/en/PAK-RUS/freight-train"
    hostile = "<script>alert(1)</script> {{it}} \u202egnirts"
    answer = send(server, "/en/decide", action="edit", target="PAK-RUS/freight-train", field="topic", value=hostile, author="<b>x</b>", reason="\"><img src=x>",
                  back=place)
    assert answer.status == 303
    page = server.ask(place)
    assert "<script>alert" not in page.body.decode() and "<img src=x>" not in page.body.decode() and "<b>x" not in page.body.decode()
    assert "alert(1)" in page.page.text and '"><img src=x>' in page.page.text


def test_empty_and_too_large_texts(server):
    assert send(server, "/en/add", text="  ").status == 422
    try:
        assert send(server, "/en/add", text="x" * (17 << 20)).status == 413
    except ConnectionError:
        pass        # the server closed while the body was sent
