# SPDX-License-Identifier: MIT
"""Exports: each table against its codebook, the same bytes for the same register, nothing overwritten unasked, and user stories 10, 11, 15."""
import csv
import io
import json
import pathlib
import re

import pytest
from conftest import ROOT, run

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
EDTF = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def tsv(path):
    lines = [line for line in (ROOT / path).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A register of all samples, made once; exports do not change it."""
    path = tmp_path_factory.mktemp("filled") / "karar.db"
    assert run("add", "--register", path, *SAMPLES).code == 0
    return path


@pytest.fixture
def export(filled, tmp_path):
    """Exports the samples into a folder."""
    def into(form, *arguments, folder=None, code=0, register=filled):
        folder = folder or tmp_path / form
        result = run("export", "--as", form, "--register", register, "--output", folder, *arguments)
        assert result.code == code, result.err
        return folder
    return into


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- tables and their codebook ------------------------------------------------------------------------------------------------------
def check_cell(value, datatype, separator):
    base = datatype["base"] if isinstance(datatype, dict) else datatype
    for part in value.split(separator) if separator else [value]:
        if base == "integer":
            assert re.fullmatch(r"-?[0-9]+", part), part
        elif base == "date":
            assert DAY.fullmatch(part), part
        elif base == "gYear":
            assert re.fullmatch(r"[0-9]{4}", part), part
        elif base == "boolean":
            assert part in ("0", "1"), part
        elif isinstance(datatype, dict):
            assert re.fullmatch(datatype["format"], part), part


def check_against_metadata(folder, name):
    """Every file of the metadata is there, with its columns in order, and every cell is of its column's type."""
    metadata = json.loads((folder / name).read_text(encoding="utf-8"))
    assert metadata["@context"] == "http://www.w3.org/ns/csvw"
    seen = 0
    for entry in metadata["tables"]:
        columns = entry["tableSchema"]["columns"]
        with open(folder / entry["url"], encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [column["name"] for column in columns] == [column["titles"] for column in columns]
        for row in rows[1:]:
            assert len(row) == len(columns)
            for column, value in zip(columns, row):
                assert column["dc:description"]
                assert value or not column.get("required")
                if value:
                    check_cell(value, column["datatype"], column.get("separator"))
                    seen += 1
        key = entry["tableSchema"].get("primaryKey")
        if key:
            at = rows[0].index(key)
            assert len({row[at] for row in rows[1:]}) == len(rows) - 1
    return seen


def test_tables_are_what_their_metadata_says(export):
    folder = export("csv")
    assert check_against_metadata(folder, "csv-metadata.json") > 500
    book = (folder / "codebook.md").read_text(encoding="utf-8")
    for path in folder.glob("*.csv"):
        for column in table(path)[0]:
            assert f"| `{column}` |" in book
    sessions = {row["session"]: row for row in table(folder / "sessions.csv")}
    tenth = sessions["PAK-RUS/commission/10"]
    assert (tenth["date"], tenth["first_day"], tenth["last_day"]) == ("2025-11-25/2025-11-27", "2025-11-25", "2025-11-27")
    assert (tenth["parties_alpha2"], tenth["parties_cow"], tenth["country_cow"]) == ("PK-RU", "770-365", "770")
    instruments = {row["instrument"]: row for row in table(folder / "instruments.csv")}
    assert instruments["PAK-RUS/mou/2025-11-27/competition"]["contexts"] == "economic legal"


def test_each_claim_opens_its_words_in_bytes_and_code_points(export):
    rows = table(export("csv") / "claims.csv")
    uris = {row["document"]: row["uri"] for row in table(export("csv", "--replace") / "documents.csv")}
    for row in rows:
        stored = pathlib.Path(uris[row["document"]]).read_bytes()
        assert stored[int(row["begin"]):int(row["end"])].decode() == row["quote"]
        assert stored.decode()[int(row["char_begin"]):int(row["char_end"])] == row["quote"]


def test_the_codebook_knows_every_state_and_every_sector(export):
    parties = {row["party"]: row for row in table(export("csv") / "parties.csv")}
    for state in tsv("packs/shared/states.tsv"):
        row = parties[state["code"]]
        assert row["alpha2"] == state["alpha2"]
        assert row["cow"] == ("" if state["cow"] == "-" else str(int(state["cow"])))
        assert row["cow"] or state["status"] != "member"
    codes = [row["cow"] for row in parties.values() if row["cow"]]
    assert len(codes) == len(set(codes)) > 190
    assert {row["sector"] for row in tsv("exports/sectors.tsv")} == {row["code"] for row in tsv("packs/shared/sectors.tsv")}
    assert {row["concept"] for row in tsv("exports/concepts.tsv")} <= {row["concept"] for row in tsv("packs/shared/concepts.tsv")}
    assert {row["office"] for row in tsv("exports/offices.tsv")} <= {row["code"] for row in tsv("packs/shared/offices.tsv")}


def test_a_formula_in_a_title_is_text(karar, tmp_path, export):
    report = tmp_path / "formula.txt"
    report.write_text("=HYPERLINK(\"http://example.org\",\"Norway\") and Chile sign agreement\n\n"
                      "OSLO, 4 May 2021: The governments of Norway and Chile signed an agreement on fisheries in Oslo on Tuesday.\n", encoding="utf-8")
    register = tmp_path / "formula.db"
    assert karar("add", "--register", register, report).code == 0
    title = table(export("csv", register=register) / "documents.csv")[0]["title"]
    assert title.startswith("'=HYPERLINK")


# ---- story 11: dyad-year -------------------------------------------------------------------------------------------------------------
def test_dyad_year(export, tmp_path):
    span = ("PAK-RUS", "--since", "2015-01-01", "--until", "2025-12-31")
    folder = export("dyad-year", *span)
    assert sorted(path.name for path in folder.iterdir()) == ["dyad-year-codebook.md", "dyad-year.csv", "dyad-year.csv-metadata.json"]
    check_against_metadata(folder, "dyad-year.csv-metadata.json")
    rows = {int(row["year"]): row for row in table(folder / "dyad-year.csv")}
    assert sorted(rows) == list(range(2015, 2026))
    for year, row in rows.items():
        assert (row["party_a"], row["alpha2_a"], row["cow_a"], row["party_b"], row["alpha2_b"], row["cow_b"]) == ("PAK", "PK", "770", "RUS", "RU", "365")
        assert (row["date"], row["first_day"], row["last_day"]) == (f"{year}", f"{year}-01-01", f"{year}-12-31")
    held = {year: int(row["commission_sessions"]) for year, row in rows.items()}
    assert held == {2015: 0, 2016: 0, 2017: 1, 2018: 0, 2019: 1, 2020: 0, 2021: 1, 2022: 0, 2023: 1, 2024: 1, 2025: 1}
    last = {name: int(rows[2025][name]) for name in rows[2025] if re.fullmatch(r"[0-9]+", rows[2025][name])}
    assert (last["signed_mou"], last["signed_protocol"], last["instruments_signed"]) == (3, 1, 4)
    assert last["promises_slipped"] >= 4 and last["promises_kept"] == 0
    assert int(rows[2024]["signed_mou"]) == 8 and int(rows[2016]["reports"]) == 0
    again = export("dyad-year", *span, folder=tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_the_order_of_reports_changes_no_byte(karar, tmp_path, export):
    register = tmp_path / "backwards.db"
    assert karar("add", "--register", register, *reversed(SAMPLES)).code == 0
    for form in ("csv", "dyad-year"):
        there, here = export(form), export(form, folder=tmp_path / f"{form}-backwards", register=register)
        for path in there.iterdir():
            assert path.read_bytes() == (here / path.name).read_bytes(), path.name


def test_as_of_leaves_out_what_was_said_later(export):
    rows = {row["year"]: row for row in table(export("dyad-year", "PAK-RUS", "--as-of", "2024-12-31") / "dyad-year.csv")}
    assert "2025" not in rows and rows["2024"]["commission_sessions"] == "1" and rows["2024"]["promises_slipped"] == "0"


# ---- files ---------------------------------------------------------------------------------------------------------------------------
def test_nothing_is_overwritten_unasked(karar, filled, export):
    folder = export("dyad-year")
    (folder / "dyad-year.csv").write_text("mine", encoding="utf-8")
    result = karar("export", "--as", "dyad-year", "--register", filled, "--output", folder)
    assert result.code == 4 and "--replace" in result.err
    assert (folder / "dyad-year.csv").read_text(encoding="utf-8") == "mine"
    assert len(list(folder.iterdir())) == 3                 # nor is anything left behind
    export("dyad-year", "--replace")
    assert (folder / "dyad-year.csv").read_text(encoding="utf-8").startswith("dyad,")


def test_the_main_file_goes_to_standard_output(karar, filled, export):
    out = karar("export", "--as", "dyad-year", "--register", filled)
    assert out.code == 0 and out.bytes == (export("dyad-year") / "dyad-year.csv").read_bytes()
    assert list(csv.reader(io.StringIO(out.out)))[0][0] == "dyad"


@pytest.mark.parametrize("arguments", [
    ("--as", "csv"), ("--as", "nothing"), (), ("--as", "dyad-year", "--since", "2015"), ("--as", "dyad-year", "PAK-RUS", "PAK-IND")])
def test_wrong_usage(karar, filled, arguments):
    result = karar("export", "--register", filled, *arguments)
    assert result.code == 2 and result.err and not result.out


def test_nothing_found(karar, filled):
    result = karar("export", "--as", "dyad-year", "--register", filled, "NOR-CHL")
    assert result.code == 1 and "nothing found" in result.err


def test_a_folder_that_cannot_be_made(karar, filled, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = karar("export", "--as", "csv", "--register", filled, "--output", tmp_path / "file")
    assert result.code == 4 and "file" in result.err
