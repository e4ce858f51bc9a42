# SPDX-License-Identifier: MIT
"""The samples give what a careful reader would note down. Every sample is checked against the schema and its own bytes as well."""
import json

import pytest
import records
from conftest import ROOT, run

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))


def read(name):
    result = run("read", "--format", "json", ROOT / "samples" / name)
    assert result.code == 0, result.err
    return result.json()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_record_holds_together(path, validator):
    records.check(read(path.name), path.read_bytes(), validator)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_same_bytes_again(path):
    assert run("read", "--format", "jsonl", path).bytes == run("read", "--format", "jsonl", path).bytes


def test_folder_reads_like_its_files():
    result = run("read", "--format", "jsonl", ROOT / "samples")
    assert result.code == 0, result.err
    read_from_folder = [json.loads(line)["document"]["uri"] for line in result.out.splitlines()]
    assert [uri for uri in read_from_folder if uri.endswith(".txt")] == [str(path) for path in SAMPLES]


# ---- the page in Hindi ----------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module", name="page")
def page_fixture():
    return read("hi-session-10-page.txt")


def test_page_parties(page):
    assert {p["id"] for p in page["parties"]} == {"PAK", "RUS"}
    assert {p["kind"] for p in page["parties"]} == {"state"}


def test_page_document(page):
    assert page["document"]["lang"] == "hi"
    assert page["document"]["published"] == "2025-11-28"
    assert any("डॉन" in name for name in page["document"]["cites"])


def test_page_session_held(page):
    held = records.meeting(page, status="held")
    assert held["type"] == "commission"
    assert held["ordinal"] == 10
    assert set(held["parties"]) == {"PAK", "RUS"}
    assert held["date"] == "2025-11-25/2025-11-27"
    assert held["place"] == {"city": "Islamabad", "country": "PAK"}


def test_page_chairs(page):
    chairs = [records.person(page, ident) for ident in records.meeting(page, status="held")["chairs"]]
    assert {(p["party"], p["office"]) for p in chairs} == {("PAK", "minister"), ("RUS", "minister")}
    names = {p["party"]: p["name"] for p in chairs}
    assert "लेघारी" in names["PAK"]
    assert names["RUS"] == "सर्गेई त्सिविल्योव"
    assert all(p["portfolio"] == ["energy"] for p in chairs)
    assert {p["party"]: p["latin"] for p in chairs}["PAK"].endswith("Leghari")


def test_page_instruments(page):
    memoranda = records.instruments(page, kind="mou")
    assert sum(i["count"] for i in memoranda) == 3
    assert {i["status"] for i in memoranda} == {"signed"}
    assert {s for i in memoranda for s in i["sectors"]} == {"standards", "competition", "media"}
    assert [i["status"] for i in records.instruments(page, kind="protocol")] == ["signed"]


def test_page_commitments(page):
    stances = records.stances(page)
    assert {("trade", "agreed"), ("investment", "agreed"), ("agriculture", "agreed"), ("energy", "discussed"),
            ("transport", "planned"), ("industry", "discussed"), ("health", "discussed"), ("education", "supported")} <= stances
    assert {"freight-train", "insulin", "steel-mill", "language-centre"} <= records.concepts(page)


def test_page_next_session(page):
    following = records.meeting(page, status="planned")
    assert following["type"] == "commission"
    assert following["ordinal"] == 11
    assert following["date"] == "2026"
    assert following["place"] == {"city": None, "country": "RUS"}


def test_page_furniture_gives_nothing(page):
    stored = (ROOT / "samples" / "hi-session-10-page.txt").read_bytes()
    first, last = stored.index("इस्लामाबाद में पाकिस्तान-रूस".encode()), stored.index("यह भी पढ़ें".encode())
    for _, piece in records.evidence(page):
        assert first <= piece["begin"] and piece["end"] <= last, piece
    for part in page["document"]["body"]:
        assert first <= part["begin"] and part["end"] <= last, part


# ---- the others -----------------------------------------------------------------------------------------------------------
SESSIONS = {
    "en-session-5.txt": (5, "2017-12-01", "Moscow", "RUS", {"Khurram Dastgir Khan", "Denis Manturov"}),
    "hi-session-6.txt": (6, "2019-12-09/2019-12-11", "Islamabad", "PAK", {"हम्माद अज़हर", "डेनिस मंतुरोव"}),
    "en-session-7.txt": (7, "2021-11-24/2021-11-26", "Yekaterinburg", "RUS", {"Omar Ayub Khan", "Nikolay Shulginov"}),
    "en-session-8.txt": (8, "2023-01-20", "Islamabad", "PAK", {"Sardar Ayaz Sadiq", "Nikolay Shulginov"}),
    "hi-session-8.txt": (8, "2023-01-18/2023-01-20", "Islamabad", "PAK", {"सरदार अयाज़ सादिक", "निकोलाई शुल्गिनोव"}),
    "en-session-9.txt": (9, "2024-12-04", "Moscow", "RUS", {"Awais Ahmad Khan Leghari"}),
    "en-session-10.txt": (10, "2025-11-25/2025-11-27", "Islamabad", "PAK",
                          {"Sardar Awais Ahmad Khan Leghari", "Sergei Tsivilev"}),
}


@pytest.mark.parametrize("name", SESSIONS)
def test_session(name):
    ordinal, date, city, country, chairs = SESSIONS[name]
    record = read(name)
    held = records.meeting(record, ordinal=ordinal)
    assert held["type"] == "commission"
    assert held["status"] == "held"
    assert set(held["parties"]) == {"PAK", "RUS"}
    assert held["date"] == date
    assert held["place"] == {"city": city, "country": country}
    assert {same_person(records.person(record, p)["name"], chairs) for p in held["chairs"]} == chairs


def same_person(name, expected):
    """The expected name that `name` is, with or without a leading title of honour (Sardar)."""
    return next((e for e in expected if e == name or e.split(" ", 1)[1] == name), name)


def test_opening_officials_are_no_chairs():
    record = read("en-session-8.txt")
    chairs = {p for m in record["meetings"] for p in m["chairs"]}
    assert not {p["id"] for p in record["people"] if p["name"] in ("Kazim Niaz", "Israfil Ali-Zade")} & chairs


def test_agreements_of_session_8():
    for name in ("en-session-8.txt", "hi-session-8.txt"):
        agreements = records.instruments(read(name), kind="agreement", status="signed")
        assert sum(i["count"] for i in agreements) == 3
        assert {"transport", "customs"} <= {s for i in agreements for s in i["sectors"]}


def test_protocols():
    for name in ("en-session-5.txt", "en-session-8.txt", "en-session-10.txt"):
        assert [i["status"] for i in records.instruments(read(name), kind="protocol")] == ["signed"], name


def test_two_bodies_in_one_report():
    group = records.meeting(read("en-session-5.txt"), type="working-group")
    assert group["ordinal"] == 1
    assert group["status"] == "held"


def test_eight_documents():
    memoranda = records.instruments(read("en-session-9.txt"), kind="mou", status="signed")
    assert sum(i["count"] for i in memoranda) == 8


def test_next_session_without_a_date():
    following = records.meeting(read("hi-session-6.txt"), ordinal=7)
    assert following["status"] == "planned"
    assert following["date"] is None
    assert following["place"] == {"city": "Moscow", "country": "RUS"}


def test_memoranda_of_session_10():
    memoranda = records.instruments(read("en-session-10.txt"), kind="mou", status="signed")
    assert sum(i["count"] for i in memoranda) == 3
    assert {s for i in memoranda for s in i["sectors"]} == {"standards", "competition", "media"}


def test_commitments_of_session_10():
    record = read("en-session-10.txt")
    assert {("space", "agreed"), ("transport", "planned"), ("industry", "discussed"), ("health", "discussed")} <= records.stances(record)


def test_no_dealing_gives_an_empty_record():
    record = read("en-no-dealing.txt")
    assert all(record[name] == [] for name in records.LISTS)
