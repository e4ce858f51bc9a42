# SPDX-License-Identifier: MIT
"""Exports by the tools of their standards: FollowTheMoney's model, a CSVW reader, icalendar, Datasette, DuckDB. `make standards` runs them.

They want a hundred megabytes of Python packages, so the quick tests hold the same files against their formats by themselves
(tests/cli/test_export.py).
"""
import json
import os
import pathlib
import subprocess
import sys

import csvw
import duckdb
import icalendar
import pytest
from followthemoney import model
from followthemoney.types import registry

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("KARAR", ROOT / "build" / "karar"))
TOOLS = pathlib.Path(sys.executable).parent


def run(*arguments):
    return subprocess.run([str(argument) for argument in arguments], stdout=subprocess.PIPE, check=True, cwd=ROOT).stdout


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    path = tmp_path_factory.mktemp("register") / "karar.db"
    run(PROGRAM, "add", "--register", path, *sorted((ROOT / "samples").glob("*.txt")))
    return path


@pytest.fixture
def export(register, tmp_path):
    def into(form, *arguments):
        run(PROGRAM, "export", "--as", form, "--register", register, "--output", tmp_path / form, *arguments)
        return tmp_path / form
    return into


# ---- FollowTheMoney ---------------------------------------------------------------------------------------------------------------
def test_every_entity_is_of_the_model(export):
    data = [json.loads(line) for line in (export("ftm") / "ftm.jsonl").read_text(encoding="utf-8").splitlines()]
    proxies = {entity["id"]: model.get_proxy(entity, cleaned=False) for entity in data}
    for entity in data:
        proxy, schema = proxies[entity["id"]], model.get(entity["schema"])
        assert schema and not schema.abstract
        schema.validate(entity)
        for name in schema.required:
            assert entity["properties"].get(name), (entity["id"], name)
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert prop is not None and not prop.stub, (entity["schema"], name)
            assert sorted(proxy.get(name)) == sorted(set(values)), (entity["id"], name)      # cleaning changes nothing
            for value in values:
                if prop.type == registry.entity:
                    assert proxies[value].schema.is_a(prop.range), (entity["id"], name, value)


def test_ftm_takes_the_file(export, tmp_path):
    folder = export("ftm")
    run(TOOLS / "ftm", "validate", "-i", folder / "ftm.jsonl", "-o", tmp_path / "valid.json")
    count = len((folder / "ftm.jsonl").read_text(encoding="utf-8").splitlines())
    assert len((tmp_path / "valid.json").read_text(encoding="utf-8").splitlines()) == count
    run(TOOLS / "ftm", "export-rdf", "-i", folder / "ftm.jsonl", "-o", tmp_path / "graph.nt")
    assert "PublicBody" in (tmp_path / "graph.nt").read_text(encoding="utf-8")


# ---- CSVW -------------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form, name", [("csv", "csv-metadata.json"), ("dyad-year", "dyad-year.csv-metadata.json")])
def test_a_csvw_reader_takes_every_table(export, form, name):
    folder = export(form)
    group = csvw.TableGroup.from_file(folder / name)
    assert group.tables
    for table in group.tables:
        rows = list(table.iterdicts(strict=True))
        assert len(rows) == len((folder / str(table.url)).read_bytes().split(b"\r\n")) - 2
    group.check_primary_keys(raise_on_error=True) if hasattr(group, "check_primary_keys") else [
        table.check_primary_key() for table in group.tables if table.tableSchema.primaryKey]
    if form == "csv":
        sessions = {row["session"]: row for row in next(t for t in group.tables if str(t.url) == "sessions.csv").iterdicts()}
        assert sessions["PAK-RUS/commission/10"]["parties"] == ["PAK", "RUS"] and sessions["PAK-RUS/commission/10"]["ordinal"] == 10


# ---- Datasette, DuckDB ------------------------------------------------------------------------------------------------------------
def test_datasette_shows_the_file(export):
    folder = export("datasette")

    def get(path):
        return json.loads(run(TOOLS / "datasette", folder / "account.db", "--metadata", folder / "metadata.json", "--get", path))

    tables = {table["name"]: table for table in get("/account.json")["tables"]}
    assert tables["sessions"]["count"] > 5 and tables["claims"]["fts_table"] == "claims_fts"
    found = get("/account/sessions.json?_shape=objects&_facet_array=parties&ordinal=10")
    assert [row["session"] for row in found["rows"]] == ["PAK-RUS/commission/10"]
    assert {value["value"] for value in found["facet_results"]["parties"]["results"]} == {"PAK", "RUS"}
    assert get("/account/claims.json?_search=insulin&_shape=objects")["rows"]
    assert get("/account/past_due.json?_shape=objects")["rows"][0]["commitment"] == "PAK-RUS/freight-train"


def test_duckdb_reads_parquet_and_csv_alike(export):
    tables, rows = export("parquet"), export("csv")
    for path in sorted(tables.glob("*.parquet")):
        other = rows / f"{path.stem}.csv"
        if other.exists():
            counts = [duckdb.sql(f"SELECT count(*) FROM '{file}'").fetchall()[0][0] for file in (path, other)]
            assert counts[0] == counts[1] > 0
    assert duckdb.sql(f"SELECT sum(commission_sessions) FROM '{tables / 'dyad-year.parquet'}' WHERE dyad = 'PAK-RUS'").fetchall()[0][0] == 6
    assert duckdb.sql(f"SELECT count(*) FROM '{tables / 'sessions.parquet'}' WHERE list_contains(parties, 'PAK') AND first_day > DATE '2025-01-01'").fetchall()[0][0] >= 2


def test_duckdb_reads_polecat(export):
    found = duckdb.sql(f"SELECT * FROM read_csv('{export('polecat') / 'polecat.tsv'}', delim = '\t', header = true, quote = '', nullstr = 'None')")
    assert len(found.columns) == 40 and found.columns[0] == "Event ID" and found.columns[-1] == "Version"
    assert dict(zip(found.columns, map(str, found.types)))["Event Date"] == "DATE"


# ---- iCalendar ---------------------------------------------------------------------------------------------------------------------
def test_the_calendar_is_read_again(export):
    """icalendar reads each event; what it writes of them means the same."""
    content = (export("ics") / "sessions.ics").read_bytes()
    calendar = icalendar.Calendar.from_ical(content)
    events = calendar.walk("VEVENT")
    assert len(events) >= 6 and not calendar.errors and not any(event.errors for event in events)
    assert len({str(event["UID"]) for event in events}) == len(events)
    for event in events:
        assert (event.decoded("DTEND") - event.decoded("DTSTART")).days >= 1 and event["SUMMARY"]
        assert str(event["STATUS"]) in ("CONFIRMED", "TENTATIVE", "CANCELLED") and event["SEQUENCE"] >= 0
    again = icalendar.Calendar.from_ical(calendar.to_ical())
    assert [dict(event) for event in again.walk("VEVENT")] == [dict(event) for event in events]
