# SPDX-License-Identifier: MIT
"""Exports: each table against its codebook, the same bytes for the same register, nothing overwritten unasked, and user stories 10, 11, 15."""
import collections
import csv
import io
import json
import pathlib
import re
import sqlite3
import subprocess

import duckdb
import jsonschema
import polars
import pyarrow.parquet
import pytest
from conftest import PROGRAM, ROOT, run

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


@pytest.fixture(scope="module")
def backwards(tmp_path_factory):
    """The same reports, added in the opposite order."""
    path = tmp_path_factory.mktemp("backwards") / "karar.db"
    assert run("add", "--register", path, *reversed(SAMPLES)).code == 0
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
    assert sorted(path.name for path in folder.iterdir()) == ["dyad-year-codebook.md", "dyad-year-counted.csv", "dyad-year.csv",
                                                               "dyad-year.csv-metadata.json"]
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
    behind = collections.Counter()
    for row in table(folder / "dyad-year-counted.csv"):
        behind[row["year"], row["counted"]] += int(row["n"])
        assert row["quote"] in row["sentence"] or row["quote"].startswith(row["sentence"])
    shown = {(f"{year}", name): int(row[name]) for year, row in rows.items() for name in list(row)[13:] if row[name] != "0"}
    assert behind == shown and len(shown) > 40          # each number is the sum of what stands behind it
    again = export("dyad-year", *span, folder=tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


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
    assert len(list(folder.iterdir())) == 4                 # nor is anything left behind
    export("dyad-year", "--replace")
    assert (folder / "dyad-year.csv").read_text(encoding="utf-8").startswith("dyad,")


def test_the_main_file_goes_to_standard_output(karar, filled, export):
    out = karar("export", "--as", "dyad-year", "--register", filled)
    assert out.code == 0 and out.bytes == (export("dyad-year") / "dyad-year.csv").read_bytes()
    assert list(csv.reader(io.StringIO(out.out)))[0][0] == "dyad"


@pytest.mark.parametrize("arguments", [
    ("--as", "csv"), ("--as", "nothing"), (), ("--as", "dyad-year", "--since", "2015"),
    ("--as", "dyad-year", "--since", "2025-01-01", "--until", "2024-12-31"), ("--as", "dyad-year", "PAK-RUS", "PAK-IND"),
    ("--as", "ftm", "--since", "2015-01-01")])
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


# ---- story 10: event files -----------------------------------------------------------------------------------------------------------
POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|"
    "Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|"
    "Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|"
    "Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version").split("|")


@pytest.fixture(scope="module")
def eight(tmp_path_factory):
    """A register in which eight reports tell of the tenth session: the samples', and as many again by other papers."""
    folder = tmp_path_factory.mktemp("eight")
    copies = []
    for path in SAMPLES:
        if "session-10" in path.name:
            copies.append(folder / f"copy-{path.name}")
            copies[-1].write_text(path.read_text(encoding="utf-8") + "\n\n© 2025\n", encoding="utf-8")
    assert len(copies) == 4
    assert run("add", "--register", folder / "karar.db", *SAMPLES, *copies).code == 0
    return folder / "karar.db"


def polecat(folder, name="polecat.tsv"):
    """The rows, read as the plainest reader does: no quotes, a tab between cells, a row a line."""
    lines = (folder / name).read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    rows = [line.split("\t") for line in lines]
    assert {len(row) for row in rows} == {len(rows[0])}
    return rows[0], [dict(zip(rows[0], row)) for row in rows[1:]]


def of(cell):
    return [part.strip() for part in cell.split(";")]


def test_polecat_rows(export, eight):
    folder = export("polecat", register=eight)
    head, rows = polecat(folder)
    assert head == POLECAT
    events = {row["Event ID"]: row for row in rows}
    assert len(events) == len(rows)
    mou = events["PAK-RUS/mou/2025-11-27/competition#signed"]
    assert (mou["Event Type"], mou["Event Date"], of(mou["Contexts"])) == ("SUPPORT", "2025-11-27", ["economic", "legal"])
    assert (of(mou["Actor Country"]), mou["Recipient Country"]) == (["PAK", "RUS"], "None")
    train = [row for row in rows if row["Event ID"].startswith("PAK-RUS/freight-train#agreed@2025-11-27")]
    assert [row["Event Type"] for row in train] == ["AGREE"]
    session = [row for row in rows if row["Event Type"] == "CONSULT" and row["Event Mode"] == "visit" and row["Event Date"].startswith("2025-11")]
    assert len(session) == 1
    assert (session[0]["Actor Country"], session[0]["Actor COW"], session[0]["Recipient Country"], session[0]["Recipient COW"]) == ("RUS", "365", "PAK", "770")
    assert (session[0]["City"], session[0]["Quad Code"], float(session[0]["Intensity"])) == ("Islamabad", "VERBAL COOPERATION", 4)
    _, evidence = polecat(folder, "polecat-evidence.tsv")
    assert [row["Event ID"] for row in evidence] == [row["Event ID"] for row in rows]
    assert {row["Event ID"]: row["Reports"] for row in evidence}["PAK-RUS/commission/10#held"] == "8"
    for row in evidence:
        stored = pathlib.Path(row["URI"]).read_bytes()
        assert stored[int(row["Byte Begin"]):int(row["Byte End"])].decode() == row["Quote"]


def test_in_moscow_the_russians_are_the_hosts(export):
    _, rows = polecat(export("polecat"))
    ninth = {row["Event ID"]: row for row in rows}["PAK-RUS/commission/9#held"]
    assert (ninth["Actor Country"], ninth["Recipient Country"], ninth["Event Mode"]) == ("PAK", "RUS", "visit")


PLOVER_FIELDS = set(("id date enddate actor recipient event mode context event_loc event_text quad_code event_scale link text_info cite_info coder "
                     "comment").split())
CONTEXTS = set(("military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal reparations "
                "human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping health "
                "asylum migration disasters natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs "
                "trafficking").split())
AUXILIARY = {"historical", "future", "hypothetical", "negation"}


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_plover_json(karar, tmp_path, export):
    report = tmp_path / "north.txt"
    report.write_text("Norway and Chile to sign agreement\n\nOSLO, 4 May 2021: Norway and Chile will sign an agreement on fisheries next year. "
                      "The governments of Norway and Chile proposed cooperation in education.\n", encoding="utf-8")
    register = tmp_path / "north.db"
    assert karar("add", "--register", register, *SAMPLES, report).code == 0
    events = {event["id"]: event for event in lines(export("plover", register=register) / "plover.jsonl")}
    for event in events.values():
        assert set(event) <= PLOVER_FIELDS and {"id", "date", "actor", "event"} <= set(event)
        assert DAY.fullmatch(event["date"]) and event["actor"] and event["quad_code"] in (1, 2, 3, 4)
        assert set(event["context"]) <= CONTEXTS | AUXILIARY
        for entity in event["actor"] + event["recipient"]:
            assert re.fullmatch("[A-Z]{3}", entity["code"]) and entity["sector_code"] and entity["country_name"]
    tenth = events["PAK-RUS/commission/10#held"]
    assert (tenth["date"], tenth["enddate"], tenth["mode"]) == ("2025-11-25", "2025-11-27", ["visit"])
    assert ([actor["code"] for actor in tenth["actor"]], [actor["code"] for actor in tenth["recipient"]]) == (["RUS"], ["PAK"])
    assert not AUXILIARY & set(tenth["context"])
    assert "future" in events["PAK-RUS/commission/11#planned@2025-11-27/2026"]["context"]
    planned = [event for event in events.values() if event["link"].startswith("CHL-NOR/agreement")]
    assert [event["event"] for event in planned] == [["AGREE"]] and "future" in planned[0]["context"]
    proposed = [event for event in events.values() if event["id"].startswith("CHL-NOR/") and "hypothetical" in event["context"]]
    assert [event["event"] for event in proposed] == [["AGREE"]]


def test_what_lies_long_before_all_reports_is_historical(karar, tmp_path, export):
    report = tmp_path / "late.txt"
    report.write_text("History\n\nISLAMABAD, 3 March 2025: The sixth session of the Pakistan-Russia Intergovernmental Commission was held in Islamabad "
                      "from 9 to 11 December 2019.\n", encoding="utf-8")
    register = tmp_path / "late.db"
    assert karar("add", "--register", register, report).code == 0
    events = {event["id"]: event for event in lines(export("plover", register=register) / "plover.jsonl")}
    assert "historical" in events["PAK-RUS/commission/6#held"]["context"]


def test_events_name_only_what_plover_knows():
    types = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
             "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
    for row in tsv("exports/events.tsv"):
        assert row["event"] in types | {"-"} and row["auxiliary"] in AUXILIARY | {"-"}
    for path, key in (("exports/sectors.tsv", "contexts"), ("exports/concepts.tsv", "contexts")):
        for row in tsv(path):
            assert set(row[key].split()) <= CONTEXTS | {"-"}, row


# ---- story 15: entities and annotations ----------------------------------------------------------------------------------------------
def test_ftm_entities(export):
    folder = export("ftm", "PAK-RUS")
    entities = {}
    for entity in lines(folder / "ftm.jsonl"):
        assert set(entity) == {"id", "schema", "properties"} and re.fullmatch(r"karar-[A-Za-z0-9.-]*[A-Za-z0-9]", entity["id"])
        assert entity["id"] not in entities
        entities[entity["id"]] = entity
        for values in entity["properties"].values():
            assert isinstance(values, list) and all(isinstance(value, str) and value for value in values)

    def of_schema(schema):
        return [entity for entity in entities.values() if entity["schema"] == schema]

    def refers(entity, name, schema):
        targets = [entities[value] for value in entity["properties"][name]]
        assert targets and {target["schema"] for target in targets} <= set(schema.split("|"))
        return targets

    assert sorted(entity["properties"]["country"][0] for entity in of_schema("PublicBody")) == ["pk", "ru"]
    commissions = [entity for entity in of_schema("Organization") if entity["properties"]["classification"] == ["commission"]]
    assert len(commissions) == 1
    assert len([entity for entity in of_schema("Membership") if entity["properties"]["organization"] == [commissions[0]["id"]]]) == 2
    sessions = [entity for entity in of_schema("Event") if entity["properties"].get("organizer") == [commissions[0]["id"]]]
    assert len(sessions) == 7 <= 10             # 5 to 11, each once however many reports speak of it
    tenth = entities["karar-event-PAK-RUS.commission.10"]["properties"]
    assert (tenth["startDate"], tenth["endDate"], tenth["location"], tenth["country"]) == (["2025-11-25"], ["2025-11-27"], ["Islamabad"], ["pk"])
    chairs = [entity["id"] for entity in refers(entities["karar-event-PAK-RUS.commission.10"], "involved", "PublicBody|Person") if entity["schema"] == "Person"]
    assert len(chairs) == 2
    assert any("Leghari" in name for chair in chairs for name in entities[chair]["properties"]["alias"])
    for chair in chairs:
        held = [entity for entity in of_schema("Occupancy") if entity["properties"]["holder"] == [chair]]
        assert held and all(DAY.fullmatch(day) for entity in held for day in entity["properties"]["date"])
    for entity in of_schema("Occupancy"):
        refers(entity, "post", "Position")
    for entity in of_schema("Documentation"):
        if "concluded" in entity["id"]:
            refers(entity, "document", "Document")
            refers(entity, "entity", "PublicBody|Person")
        else:
            refers(entity, "document", "Article")
            refers(entity, "entity", "Event|Document|Project")
    # instruments are documents, each of both sides, and add nothing to the events
    assert {entity["properties"]["keywords"][0] for entity in of_schema("Event")} <= {"commission", "working-group", "meeting"}
    media = entities["karar-instrument-PAK-RUS.mou.2025-11-27.media"]
    assert media["schema"] == "Document" and media["properties"]["date"] == ["2025-11-27"] and media["properties"]["country"] == ["pk", "ru"]
    sides = [entity["properties"]["entity"][0] for entity in of_schema("Documentation") if entity["properties"]["document"] == [media["id"]]]
    assert {"karar-party-PAK", "karar-party-RUS"} <= set(sides) and len(sides) == len(set(sides))
    for entity in of_schema("Mention"):
        refers(entity, "document", "Article")
        refers(entity, "resolved", "Person")
    documented = {entity["properties"]["document"][0] for entity in of_schema("Documentation") if entity["properties"]["entity"] == ["karar-event-PAK-RUS.commission.10"]}
    assert len(documented) == 4
    for place in lines(folder / "ftm-evidence.jsonl"):
        assert place["entity"] in entities
        text = pathlib.Path(entities[place["document"]]["properties"]["fileName"][0]).read_text(encoding="utf-8")
        assert text[place["char_begin"]:place["char_end"]] == place["quote"]


def test_entities_of_one_body(export):
    """Story 15 to the letter: two states, one organisation, ten events at most, an occupancy for each chair, a document for each article."""
    entities = {entity["id"]: entity for entity in lines(export("ftm", "PAK-RUS/commission") / "ftm.jsonl")}
    count = collections.Counter(entity["schema"] for entity in entities.values())
    assert count["PublicBody"] == 2 and count["Organization"] == 1 and 7 == count["Event"] <= 10
    for entity in entities.values():
        for values in entity["properties"].values():
            assert all(value in entities for value in values if value.startswith("karar-")), entity
    holders = {entity["properties"]["holder"][0] for entity in entities.values() if entity["schema"] == "Occupancy" and entity["properties"]["date"]}
    chairs = {value for entity in entities.values() if entity["schema"] == "Event" for value in entity["properties"]["involved"] if "-person-" in value}
    assert len(chairs) > 5 and chairs <= holders
    articles = {entity["properties"]["document"][0] for entity in entities.values() if entity["schema"] == "Documentation" and "concluded" not in entity["id"]}
    assert articles == {entity["id"] for entity in entities.values() if entity["schema"] == "Article"}


def test_tables_of_one_body(export, karar, filled):
    """What was signed and promised at its sessions, and nothing of other meetings."""
    body = export("csv", "PAK-RUS/commission")
    assert {row["body"] for row in table(body / "bodies.csv")} == {row["body"] for row in table(body / "sessions.csv")} == {"PAK-RUS/commission"}
    claims = table(body / "claims.csv")
    sessions = {row["session"] for row in table(body / "sessions.csv")}
    assert len(sessions) == 7 and {row["belongs_to"] for row in claims if row["kind"] == "meeting"} == sessions
    assert {row["instrument"] for row in table(body / "instruments.csv")} == {row["belongs_to"] for row in claims if row["kind"] == "instrument"}
    assert {row["commitment"] for row in table(body / "commitments.csv")} == {row["belongs_to"] for row in claims if row["kind"] == "commitment"}
    years = table(export("dyad-year", "PAK-RUS/commission") / "dyad-year.csv")
    assert sum(int(row["meetings_held"]) for row in years) == sum(int(row["commission_sessions"]) for row in years) == 6
    assert karar("export", "--as", "ftm", "--register", filled, "PAK-RUS/forum").code == 1


def test_annotations_open_at_the_same_words(export):
    collection = json.loads((export("w3c") / "annotations.jsonld").read_text(encoding="utf-8"))
    assert (collection["@context"], collection["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    items = collection["first"]["items"]
    assert len(items) == collection["total"] > 200 and len({item["id"] for item in items}) == len(items)
    for item in items:
        position, quotation = item["target"]["selector"]
        text = pathlib.Path(item["target"]["source"]).read_text(encoding="utf-8")
        assert text[position["start"]:position["end"]] == quotation["exact"]
        prefix, suffix = quotation.get("prefix", ""), quotation.get("suffix", "")
        around = prefix + quotation["exact"] + suffix
        assert text[position["start"] - len(prefix):][:len(around)] == around
        assert len(prefix) == min(32, position["start"]) and len(suffix) == min(32, len(text) - position["end"])
    assert any({"type": "TextualBody", "purpose": "identifying", "value": "PAK-RUS/commission/10"} in item["body"] for item in items)


def test_a_source_is_an_iri(karar, tmp_path, export):
    report = tmp_path / "a report.txt"
    report.write_text("Norway and Chile sign agreement\n\nOSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries.\n", encoding="utf-8")
    register = tmp_path / "iri.db"
    assert karar("add", "--register", register, report).code == 0
    collection = json.loads((export("w3c", register=register) / "annotations.jsonld").read_text(encoding="utf-8"))
    assert all(item["target"]["source"].endswith("/a%20report.txt") for item in collection["first"]["items"])


def test_brat_standoff(karar, tmp_path, export):
    report = tmp_path / "lines.txt"
    report.write_text("Pakistan and Russia hold session\n\n"
                      "ISLAMABAD, 27 November 2025: The tenth session of the Pakistan-Russia\n"
                      "Intergovernmental Commission was held in Islamabad on Thursday, and the\n"
                      "two sides, who had met in the morning already, signed a memorandum of\n"
                      "understanding on customs, which had been under talks for some years in\n"
                      "both capitals and was hailed by all who took part in the ceremony then.\n", encoding="utf-8")
    register = tmp_path / "brat.db"
    assert karar("add", "--register", register, *SAMPLES, report).code == 0
    folder = export("brat", register=register)
    configuration = (folder / "annotation.conf").read_text(encoding="utf-8")
    types, relations, fragments = set(), 0, 0
    texts = sorted(folder.glob("*.txt"))
    assert len(texts) == len(SAMPLES) + 1
    for path in texts:
        text, known = path.read_bytes().decode(), {}
        for line in path.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
            key, rest = line.split("\t", 1)
            assert key not in known
            if key[0] == "T":
                spans, words = rest.split("\t")
                kind, spans = spans.split(" ", 1)
                spans = [tuple(map(int, span.split(" "))) for span in spans.split(";")]
                fragments += len(spans) > 1
                assert words == " ".join(text[begin:end] for begin, end in spans) and words and "\n" not in words
                known[key] = kind
                types.add(kind)
            elif key[0] == "A":
                name, target, value = rest.split(" ")
                assert target in known and re.search(rf"^{name}\t.*\b{re.escape(value)}\b", configuration, re.M)
                known[key] = name
            elif key[0] == "R":
                name, first, second = rest.split(" ")
                assert known[first.removeprefix("Arg1:")] == "Person" and known[second.removeprefix("Arg2:")] == {"Chair": "Meeting", "Signatory": "Instrument"}[name]
                relations += 1
                known[key] = name
            else:
                assert key[0] == "#" and rest.startswith("AnnotatorNotes T")
    assert types == {"Party", "Person", "Body", "Meeting", "Instrument", "Commitment"} and relations >= 6 and fragments >= 1


def test_records_obey_the_schema_beside_them(export, karar):
    folder = export("jsonl")
    schema = json.loads((folder / "record.schema.json").read_text(encoding="utf-8"))
    assert schema == json.loads((ROOT / "schema" / "record.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    records = lines(folder / "records.jsonl")
    assert len(records) == len(SAMPLES)
    for record in records:
        validator.validate(record)
    path = SAMPLES[1]
    assert karar("read", "--format", "jsonl", path).out.strip() in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()


def test_the_calendar_is_that_of_the_question(export, karar, filled, tmp_path):
    asked = karar("calendar", "--register", filled).bytes
    assert (export("ics") / "sessions.ics").read_bytes() == asked and asked.count(b"BEGIN:VEVENT") >= 6
    pair = karar("calendar", "--register", filled, "PAK-RUS").bytes
    assert karar("export", "--as", "ics", "--register", filled, "PAK-RUS").bytes == pair
    records = karar("read", "--format", "jsonl", *SAMPLES).bytes
    assert karar("export", "--as", "ics", "--records", "-", stdin=records).bytes == asked
    ends = [line[-8:].decode() for line in asked.splitlines() if line.startswith(b"DTEND")]
    day = f"{max(ends)[:4]}-01-01"
    later = karar("export", "--as", "ics", "--register", filled, "--since", day).bytes
    assert later.count(b"BEGIN:VEVENT") == sum(end > day.replace("-", "") for end in ends) < len(ends)
    earlier = karar("export", "--as", "ics", "--register", filled, "--until", f"{min(ends)[:4]}-12-31").bytes
    assert 0 < earlier.count(b"BEGIN:VEVENT") < len(ends)


@pytest.mark.parametrize("form", ["csv", "dyad-year", "polecat", "plover", "ftm", "w3c", "brat", "ics", "jsonl", "parquet", "datasette"])
def test_the_same_bytes_again_and_in_any_order(tmp_path, export, backwards, form):
    there, here = export(form), export(form, folder=tmp_path / "backwards", register=backwards)
    assert sorted(path.name for path in there.iterdir()) == sorted(path.name for path in here.iterdir())
    for path in there.iterdir():
        assert path.read_bytes() == (here / path.name).read_bytes(), path.name


# ---- Parquet -------------------------------------------------------------------------------------------------------------------------
def as_csv(value, column):
    """A value of Parquet as the CSV of the same table has it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ("-" if column.startswith("parties") else " ").join(value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def test_parquet_says_what_csv_says(export):
    rows, there = export("csv"), export("parquet")
    export("dyad-year", folder=rows)
    seen = 0
    for path in sorted(there.glob("*.parquet")):
        found = pyarrow.parquet.read_table(path)
        assert found.schema.metadata[b"karar.as_of"] == b"2025-11-28" and found.schema.metadata[b"karar.about"]
        want = table(rows / f"{path.stem}.csv")
        assert found.num_rows == len(want) and list(found.column_names) == list(want[0])
        for mine, theirs in zip(found.to_pylist(), want):
            for column, value in mine.items():
                seen += 1
                assert " ".join(as_csv(value, column).split("\n")) == theirs[column].removeprefix("'"), (path.name, column)
    assert seen > 2000
    sessions = pyarrow.parquet.read_table(there / "sessions.parquet")
    assert str(sessions.schema.field("first_day").type) == "date32[day]" and str(sessions.schema.field("ordinal").type) == "int64"
    assert str(pyarrow.parquet.read_table(there / "commitments.parquet").schema.field("past_due").type) == "bool"


@pytest.mark.parametrize("count", [0, 1, 9, 140000])
def test_parquet_of_many_rows(count, tmp_path):
    """Three readers that share no code find the same: that of Arrow (C++), Polars (Rust) and DuckDB."""
    program = pathlib.Path(PROGRAM).parent / "tests" / "parquet_rows"
    done = subprocess.run([program, str(count)], stdout=subprocess.PIPE, check=True)
    file = pyarrow.parquet.ParquetFile(io.BytesIO(done.stdout))
    assert file.metadata.num_row_groups == (count + 65535) // 65536
    found = file.read()
    assert found.num_rows == count
    assert found["number"].to_pylist() == [i - 5 for i in range(count)]
    assert found["text"].to_pylist() == [str(i) if i % 3 else None for i in range(count)]
    assert found["day"].cast("int32").to_pylist() == [i if i % 7 else None for i in range(count)]
    assert found["flag"].to_pylist() == [bool(i % 2) if i % 5 else None for i in range(count)]
    assert found["list"].to_pylist() == [None if i % 4 == 0 else [] if i % 4 == 1 else [str(i), str(i + 1)] for i in range(count)]
    (tmp_path / "rows.parquet").write_bytes(done.stdout)
    plain = found.replace_schema_metadata()
    for other in (polars.read_parquet(tmp_path / "rows.parquet").to_arrow(), duckdb.read_parquet(str(tmp_path / "rows.parquet")).to_arrow_table()):
        assert other.cast(plain.schema).equals(plain)


# ---- Datasette -----------------------------------------------------------------------------------------------------------------------
def test_the_database_is_the_codebook(export):
    folder = export("datasette")
    database = sqlite3.connect(f"file:{folder / 'account.db'}?mode=ro", uri=True)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and database.execute("PRAGMA foreign_key_check").fetchall() == []
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["databases"]["account"]["tables"]
    book = {}
    for row in tsv("exports/columns.tsv"):
        if row["type"] != "table" and row["table"] != "dyad-year-counted":      # its tables say the same
            book.setdefault(row["table"].replace("dyad-year", "dyad_years"), []).append(row["column"])
    assert set(book) == set(metadata)
    for name, columns in book.items():
        found = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
        assert found == columns == list(metadata[name]["columns"])
        assert metadata[name]["label_column"] in columns and metadata[name]["sort"] in columns
        for facet in metadata[name]["facets"]:
            assert (facet["array"] if isinstance(facet, dict) else facet) in columns
    csv_rows = table(export("csv") / "sessions.csv")
    assert database.execute("SELECT session, date, ordinal FROM sessions ORDER BY session").fetchall() == [
        (row["session"], row["date"] or None, int(row["ordinal"]) if row["ordinal"] else None) for row in csv_rows]
    assert database.execute("SELECT count(*) FROM sessions, json_each(parties) WHERE value = 'RUS'").fetchone()[0] == len(csv_rows)
    assert database.execute("SELECT commitment, slips FROM past_due WHERE commitment = 'PAK-RUS/freight-train'").fetchall() == [("PAK-RUS/freight-train", 4)]
    days = [row[0] for row in database.execute("SELECT day FROM timeline")]
    assert days == sorted(days) and len(days) > 40
    found = database.execute("SELECT claim FROM claims WHERE rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'मालगाड़ी')").fetchall()
    assert found
    dump = "\n".join(database.iterdump())
    assert all(path.read_text(encoding="utf-8").strip() not in dump for path in SAMPLES)     # sentences, not texts


# ---- from records --------------------------------------------------------------------------------------------------------------------
def test_records_give_what_their_register_gives(karar, export, tmp_path):
    """Sessions, instruments and counts are the same; threads may be fewer or more, since records do not tell names and rows of topics."""
    records = tmp_path / "records.jsonl"
    records.write_bytes(karar("read", "--format", "jsonl", *SAMPLES).bytes)

    def there(form):
        result = karar("export", "--as", form, "--records", records, "--output", tmp_path / f"{form}-there")
        assert result.code == 0, result.err
        return tmp_path / f"{form}-there"

    assert (there("dyad-year") / "dyad-year.csv").read_bytes() == (export("dyad-year") / "dyad-year.csv").read_bytes()
    events = [{event["id"]: event for event in lines(folder / "plover.jsonl")} for folder in (export("plover"), there("plover"))]
    fixed = [{key for key in side if key.endswith(("#held", "#signed"))} for side in events]
    assert fixed[0] == fixed[1] and len(fixed[0]) > 15
    for key in fixed[0]:            # by which of its words a report proves it, the register chooses with the sentences at hand
        for event in (events[0][key], events[1][key]):
            del event["text_info"], event["event_text"]
        assert events[0][key] == events[1][key]
    folders = export("csv"), there("csv")
    for name in ("sessions", "instruments"):
        mine, theirs = (table(folder / f"{name}.csv") for folder in folders)
        for row in mine + theirs:
            for column in ("sentence", "quote", "begin", "end"):
                row.pop(column)
        assert mine == theirs
    for row in table(tmp_path / "csv-there" / "claims.csv"):
        assert int(row["char_end"]) - int(row["char_begin"]) == len(row["quote"])


def test_a_line_that_is_no_record_is_told_and_left_out(karar, tmp_path):
    good = karar("read", "--format", "jsonl", *SAMPLES).bytes.splitlines()
    bad = [b"{", b"[]", b'{"schema":"karar.record/1"}', b'{"schema":"karar.record/1","document":{"id":7}}', b"\xff\xfe", b'"karar"', b"",
           b'{"schema":"karar.record/1","document":{"id":"sha256:' + 64 * b"0" + b'"},"meetings":7,"parties":{"a":[]},"people":[[]],"commitments":[{"evidence":[1]}]}']
    result = karar("export", "--as", "dyad-year", "--records", "-", stdin=b"\n".join(bad + good) + b"\n")
    assert result.code == 3 and result.err.count("left out") >= 6 and "line 1:" in result.err and "line 5:" in result.err
    assert result.out == karar("export", "--as", "dyad-year", "--records", "-", stdin=b"\n".join(good)).out


def test_brat_from_records_says_what_is_missing(karar, tmp_path):
    result = karar("export", "--as", "brat", "--records", "-", "--output", tmp_path / "brat", stdin=karar("read", "--format", "jsonl", SAMPLES[1]).bytes)
    assert result.code == 2 and "texts" in result.err and not list((tmp_path / "brat").iterdir())
    assert karar("export", "--as", "csv", "--records", tmp_path / "nowhere", "--output", tmp_path / "x").code == 3
