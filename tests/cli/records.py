# SPDX-License-Identifier: MIT
"""What every record must hold, whatever its report says."""
import hashlib

LISTS = ("parties", "people", "bodies", "meetings", "instruments", "commitments")


def evidence(record):
    """Every piece of evidence of the record, with the claim it belongs to."""
    for name in LISTS:
        for claim in record[name]:
            for piece in claim["evidence"]:
                yield claim, piece
    for piece in record["document"]["citations"]:
        yield record["document"], piece


def check(record, stored, validator):
    """The record is valid, and its evidence leads to the very words in the stored bytes."""
    validator.validate(record)
    assert next(iter(record)) == "schema"
    assert record["document"]["id"] == "sha256:" + hashlib.sha256(stored).hexdigest()
    text = stored.decode("utf-8")
    for _, piece in evidence(record):
        assert stored[piece["begin"]:piece["end"]].decode("utf-8") == piece["quote"]
        assert text[piece["char_begin"]:piece["char_end"]] == piece["quote"]
        assert any(r["begin"] <= piece["begin"] and piece["end"] <= r["end"] for r in record["document"]["body"]), piece
    for part in record["document"]["body"]:
        assert text[part["char_begin"]:part["char_end"]].encode("utf-8") == stored[part["begin"]:part["end"]]
    check_references(record)


def check_references(record):
    ids = {name: {claim["id"] for claim in record[name]} for name in LISTS}
    for claim in record["bodies"] + record["meetings"] + record["instruments"] + record["commitments"]:
        assert set(claim["parties"]) <= ids["parties"]
        assert claim.get("meeting") in ids["meetings"] | {None}
        assert claim.get("body") in ids["bodies"] | {None}
        for key in ("chairs", "participants", "signatories"):
            assert set(claim.get(key, [])) <= ids["people"]


def meeting(record, **fields):
    """The one meeting with these fields."""
    found = [m for m in record["meetings"] if all(m[k] == v for k, v in fields.items())]
    assert len(found) == 1, (fields, [(m["type"], m["status"], m["ordinal"], m["date"]) for m in record["meetings"]])
    return found[0]


def instruments(record, **fields):
    return [i for i in record["instruments"] if all(i[k] == v for k, v in fields.items())]


def stances(record):
    """The pairs (sector, stance)."""
    return {(sector, c["stance"]) for c in record["commitments"] for sector in c["sectors"]}


def concepts(record):
    return {concept for c in record["commitments"] for concept in c["concepts"]}


def person(record, ident):
    return next(p for p in record["people"] if p["id"] == ident)
