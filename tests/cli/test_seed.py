# SPDX-License-Identifier: MIT
"""The report that karar was asked for, as it came, with a comment form and an ad-block notice at its end. It lies beside the project."""
import pytest
import records
from conftest import ROOT, run

SEED = sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SEED, reason="the founding report is not beside the project")


@pytest.fixture(scope="module", name="record")
def record_fixture():
    result = run("read", "--format", "json", SEED[0])
    assert result.code == 0, result.err
    return result.json()


def test_parties_and_source(record):
    assert {party["id"] for party in record["parties"]} == {"PAK", "RUS"}
    assert any("डॉन" in name for name in record["document"]["cites"])


def test_session_held(record):
    held = records.meeting(record, status="held")
    assert (held["type"], held["ordinal"], set(held["parties"])) == ("commission", 10, {"PAK", "RUS"})
    assert held["date"] is None     # the report has no day; 2026 is that of the next session
    assert held["place"] is None
    chairs = [records.person(record, ident) for ident in held["chairs"]]
    assert {(chair["party"], chair["office"], chair["name"]) for chair in chairs} == {
        ("PAK", "minister", "अवैस लेघारी"), ("RUS", "minister", "सर्गेई सिविलेव")}


def test_next_session(record):
    following = records.meeting(record, status="planned")
    assert (following["type"], following["ordinal"], following["date"]) == ("commission", 11, "2026")
    assert following["place"] == {"city": None, "country": "RUS"}


def test_memoranda(record):
    memoranda = records.instruments(record, kind="mou")
    assert [instrument["status"] for instrument in memoranda] == ["signed"] * 3
    assert sorted(sector for instrument in memoranda for sector in instrument["sectors"]) == ["competition", "media", "standards"]
    assert record["instruments"] == memoranda


def test_commitments(record):
    assert {("trade", "agreed"), ("energy", "agreed"), ("culture", "agreed"), ("health", "agreed"), ("education", "agreed"), ("water", "agreed"),
            ("trade", "supported"), ("education", "supported"), ("transport", "discussed"), ("industry", "discussed"), ("mining", "discussed"),
            ("energy", "discussed"), ("health", "discussed"), ("media", "discussed"), ("youth", "discussed"), ("tourism", "discussed"),
            ("disaster", "discussed"), ("humanitarian", "discussed")} <= records.stances(record)
    assert {stance for _, stance in records.stances(record)} == {"agreed", "supported", "discussed"}
    assert {"logistics", "insulin", "steel-mill", "language-centre"} <= records.concepts(record)


def test_nothing_from_the_furniture(record):
    end = SEED[0].read_bytes().index(b"Leave a Reply")
    assert all(piece["end"] <= end for _, piece in records.evidence(record))
    assert all(part["end"] <= end for part in record["document"]["body"])
