# SPDX-License-Identifier: MIT
"""The register from outside: the user stories of desk officers, secretariats, reporters, analysts, reviewers and developers.

The reports are our own words on the Pakistan-Russia commission; its facts are public.
"""
import concurrent.futures
import contextlib
import csv
import gzip
import io
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

import pytest
from conftest import PROGRAM, ROOT, run

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A register of all samples, made once."""
    path = tmp_path_factory.mktemp("filled") / "karar.db"
    assert run("add", "--register", path, *SAMPLES).code == 0
    return path


@pytest.fixture(scope="module", autouse=True)
def locked(filled, tmp_path_factory):
    """A register that is being written, and who waits for it beside the other tests: ten seconds."""
    path = tmp_path_factory.mktemp("locked") / "karar.db"
    shutil.copy(filled, path)

    def decide():
        begin = time.monotonic()
        result = run("decide", "edit", "--register", path, "PAK-RUS/commission/8", "--field", "date", "--value", "2023-01-20", "--reason", "r")
        return result, time.monotonic() - begin

    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as holder, concurrent.futures.ThreadPoolExecutor(1) as beside:
        holder.execute("BEGIN IMMEDIATE")
        yield path, beside.submit(decide)
        beside.shutdown()
        holder.execute("ROLLBACK")


@pytest.fixture
def register(karar, tmp_path, filled):
    """A copy of it, and a way to ask it."""
    path = tmp_path / "karar.db"
    shutil.copy(filled, path)

    def ask(*arguments, code=0):
        result = karar(*arguments[:1], "--register", path, *arguments[1:])
        assert result.code == code, result.err
        return result

    ask.path = path
    return ask


def write(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rows(result):
    return {row["id"]: row for row in result.json()}


def is_missing(sessions, number):
    return any(row["status"] == "not in register" and row["number"] <= number <= (row["until"] or row["number"]) for row in sessions.values())


# ---- story 1: history of a body -----------------------------------------------------------------------------------------------------
def test_every_promised_date_of_the_train_is_kept(karar, filled):
    """The samples promise the pilot train for five dates, each in the words of one report: none may be lost on the way to the thread."""
    rows = karar("brief", "--register", filled, "PAK-RUS", "--as-of", "2025-12-01", "--format", "json").json()["past_due"]
    train = next(row for row in rows if row["id"] == "PAK-RUS/freight-train")
    assert train["deadlines"] == "2025-03, 2025-03-15, 2025-06-22, 2025-08, 2025-10"
    assert train["fate"] == "slipped"


def test_sessions_in_order_with_gaps_shown(register):
    found = rows(register("sessions", "PAK-RUS/commission", "--format", "json"))
    numbers = [row["number"] for row in found.values()]
    assert numbers == sorted(numbers)
    missing = [row for row in found.values() if row["status"] == "not in register"]
    assert [(row["id"], row["number"], row["until"]) for row in missing] == [("PAK-RUS/commission/1–4", 1, 4)]
    assert missing[0]["date"] is None and missing[0]["words"] is None and missing[0]["reports"] == 0
    assert not any(row["until"] for row in found.values() if row not in missing)
    assert found["PAK-RUS/commission/6"]["date"] == "2019-12-09/2019-12-11"
    assert found["PAK-RUS/commission/7"]["place"].startswith("Yekaterinburg")
    assert "Omar Ayub Khan" in found["PAK-RUS/commission/7"]["chairs"] and "Shulginov" in found["PAK-RUS/commission/7"]["chairs"]
    assert found["PAK-RUS/commission/10"]["date"] == "2025-11-25/2025-11-27"
    assert found["PAK-RUS/commission/11"]["status"] == "planned"


def said(folder, name, text):
    return write(folder, f"{name}.txt", f"Norway and Chile speak\n\n{text}\n")


MEETINGS = {
    "c7": "OSLO, 4 May 2021: The seventh session of the Norway-Chile Intergovernmental Commission was held in Oslo on 4 May 2021.",
    "c4": "SANTIAGO, 9 March 2015: The fourth session of the Norway-Chile Intergovernmental Commission was held in Santiago on 9 March 2015.",
    "summit": "OSLO, 8 June 2022: The third Norway-Chile summit was held in Oslo on 8 June 2022.",
    "visit": "SANTIAGO, 2 August 2023: The foreign minister of Norway paid an official visit to Chile on 2 August 2023.",
    "next": "OSLO, 3 October 2023: The fourth Norway-Chile summit will be held in Santiago on 14 May 2030.",
    "past": "OSLO, 3 October 2012: The third session of the Norway-Chile Intergovernmental Commission will be held in Oslo in 2013.",
}


@pytest.fixture(name="met")
def met_fixture(karar, tmp_path):
    """A pair with a commission, summits and a visit."""
    path = tmp_path / "met.db"
    for name, text in MEETINGS.items():
        assert karar("add", "--register", path, said(tmp_path, name, text)).code == 0
    return path


def test_runs_of_missing_numbers_stand_by_their_body(karar, met):
    found = [row["id"] for row in karar("sessions", "--register", met, "CHL-NOR", "--format", "json").json()]
    assert found == ["CHL-NOR/commission/1–2", "CHL-NOR/commission/3", "CHL-NOR/commission/4", "CHL-NOR/commission/5–6", "CHL-NOR/commission/7",
                     "CHL-NOR/summit/1–2", "CHL-NOR/summit/3", "CHL-NOR/summit/4"]
    visits = karar("sessions", "--register", met, "CHL-NOR/visit", "--format", "json").json()      # without a number: asked for by their body
    assert [row["status"] for row in visits] == ["held"] and visits[0]["date"] == "2023-08-02"


def test_meetings_have_no_missing_numbers(karar, tmp_path):
    path = tmp_path / "t.db"
    for name, which in (("a", "ninth"), ("b", "twelfth")):
        text = f"OSLO, {3 if which == 'ninth' else 20} May 2021: The {which} meeting of the foreign ministers of Norway and Chile was held in Oslo."
        assert karar("add", "--register", path, said(tmp_path, name, text)).code == 0
    numbers = [row["number"] for row in karar("sessions", "--register", path, "CHL-NOR/meeting", "--format", "json").json()]
    assert numbers == [9, 12]


def test_next_is_not_past_and_a_year_stays_a_year(karar, met, tmp_path):
    bodies = rows(karar("bodies", "--register", met, "CHL-NOR", "--format", "json"))
    assert bodies["CHL-NOR/commission"]["next_planned"] is None     # 2013 was announced and nothing told of it since
    assert bodies["CHL-NOR/summit"]["next_planned"] == "2030-05-14"
    assert bodies["CHL-NOR/commission"]["last_held"] == "2021-05-04"
    path = tmp_path / "year.db"
    text = "OSLO, 4 May 2021: The sixth session of the Norway-Chile Intergovernmental Commission was held in Santiago in 2019."
    assert karar("add", "--register", path, said(tmp_path, "year", text)).code == 0
    assert rows(karar("bodies", "--register", path, "--format", "json"))["CHL-NOR/commission"]["last_held"] == "2019"


def opened(source):
    """The words that a source leads to."""
    path, _, span = source.rpartition(":")
    begin, end = map(int, span.split("-"))
    return pathlib.Path(path).read_bytes()[begin:end].decode()


@pytest.mark.parametrize("pair", ["RUS-PAK", "pak-rus"])
def test_codes_may_stand_in_any_order_and_case(register, pair):
    for question in ("sessions", "bodies", "brief", "calendar"):
        assert register(question, pair).out == register(question, "PAK-RUS").out
    assert register("show", f"{pair}/commission/10").out == register("show", "PAK-RUS/commission/10").out


def test_a_code_that_nobody_has_is_told(register):
    for command in (["sessions", "PAK-USSR"], ["brief", "USSR-PAK"], ["export", "USSR-PAK", "--as", "dyad-year"]):
        assert 'no state and no organisation has the code "USSR"' in register(*command, code=2).err
    assert "nothing found" in register("sessions", "CHL-NOR", code=1).err        # nothing is known of two that there are


@pytest.mark.parametrize("question", [
    ("sessions", "PAK-RUS"), ("instruments", "PAK-RUS"), ("commitments", "PAK-RUS"), ("people", "PAK-RUS"), ("show", "PAK-RUS/freight-train"),
    ("why", "PAK-RUS/commission/10"), ("why", "RUS/denis-manturov"), ("diff", ROOT / "samples/en-session-10.txt")])
def test_each_row_opens_its_words_and_their_sentence(register, question):
    found = [row for row in register(*question, "--format", "json").json() if row.get("status") != "not in register"]
    assert found
    for row in found:
        assert opened(row["source"]) == row["words"]
        assert opened(row["sentence_source"]) == row["sentence"]
        assert row["words"] in row["sentence"]
    assert any(len(row["sentence"]) > 2 * len(row["words"]) for row in found)


def test_each_cell_opens_its_sentence(register):
    found = rows(register("sessions", "PAK-RUS", "--format", "json"))
    eighth = found["PAK-RUS/commission/8"]
    for cell in ("status", "date", "place"):
        assert len(opened(eighth[f"{cell}_source"])) > 20
    assert any("Shulginov" in opened(source) or "शुल्गिनोव" in opened(source) or "شلگینوف" in opened(source)
               for source in eighth["chairs_source"].split("; "))
    train = rows(register("commitments", "PAK-RUS", "--format", "json"))["PAK-RUS/freight-train"]
    assert train["deadline"] == "2025-10" and "октябре 2025" in opened(train["deadline_source"])


def test_a_person_sees_the_sentence(register):
    page = register("brief", "PAK-RUS", "--as-of", "2025-12-01").out
    assert "Both sides agreed to hold a conference on space in Islamabad in 2026." in " ".join(page.replace("\u2068", "").replace("\u2069", "").split())
    table = list(csv.DictReader(io.StringIO(register("commitments", "PAK-RUS", "--format", "csv").out)))
    assert all(row["sentence"] and row["sentence_source"] for row in table)


def test_the_sentence_is_not_the_headline_where_the_text_says_it_too(register):
    ninth = rows(register("sessions", "PAK-RUS/commission", "--format", "json"))["PAK-RUS/commission/9"]
    assert ninth["sentence"].startswith("Pakistan and Russia signed eight memoranda")


def test_sessions_of_two_languages_are_one(register):
    documents = {row["claim"].split("/")[0]: row["language"] for row in register("show", "PAK-RUS/commission/10", "--format", "json").json()}
    assert len(documents) >= 2 and len(set(documents.values())) >= 2


# ---- story 2: brief -----------------------------------------------------------------------------------------------------------------
def test_brief_has_all_parts(register):
    page = register("brief", "PAK-RUS", "--as-of", "2025-12-01", "--format", "json").json()
    assert list(page) == ["sessions", "meetings", "next", "past_due", "open", "talked", "instruments"]
    assert [row["number"] for row in page["sessions"]] == [10, 9, 8] and {row["type"] for row in page["sessions"]} == {"commission"}
    assert page["next"][0]["number"] == 11 and page["next"][0]["date"] == "2026"
    assert any(row["id"] == "PAK-RUS/freight-train" for row in page["past_due"])
    assert all(opened(row["sentence_source"]) == row["sentence"] for part in page for row in page[part])
    assert "октябре 2025" in next(row["sentence"] for row in page["past_due"] if row["id"] == "PAK-RUS/freight-train")
    talked = {row["id"]: (row["note"], row["with"]) for row in page["talked"]}
    assert talked["PAK-RUS/insulin"] == ("only discussed", "PAK-RUS/steel-mill")      # two things in one sentence
    assert {row["stance"] for row in page["talked"]} == {"discussed", "supported"}
    promised = {row["id"]: (row["stance"], row["note"]) for row in page["open"]}
    assert promised["PAK-RUS/space-exploration"] == ("agreed", None) and promised["PAK-RUS/energy"] == ("discussed", "weaker than before")
    listed = [row["id"] for part in ("past_due", "open", "talked") for row in page[part]]
    assert len(set(listed)) == len(listed)          # what is past due is not open once more


def test_a_brief_of_a_pair_without_a_commission(karar, tmp_path):
    path = tmp_path / "t.db"
    told = {
        "s21": "OSLO, 8 June 2021: The 21st Norway-Chile summit was held in Oslo on 8 June 2021.",
        "s22": "SANTIAGO, 9 July 2022: The 22nd Norway-Chile summit was held in Santiago on 9 July 2022.",
        "s20": "SANTIAGO, 4 May 2019: The 20th Norway-Chile summit was held in Santiago on 4 May 2019.",
        "visit": "SANTIAGO, 2 August 2023: The foreign minister of Norway paid an official visit to Chile on 2 August 2023.",
        "next": "OSLO, 3 October 2023: The 23rd Norway-Chile summit will be held in Oslo on 14 May 2024.",
        "stale": "OSLO, 3 October 2018: The 19th Norway-Chile summit will be held in Oslo.",
    }
    for name, text in told.items():
        assert karar("add", "--register", path, said(tmp_path, name, text)).code == 0

    def brief(*arguments):
        page = karar("brief", "--register", path, "CHL-NOR", "--format", "json", *arguments).json()
        return [[row["id"].partition("/")[2] for row in page[part]] for part in ("sessions", "meetings", "next")]

    assert brief("--as-of", "2024-01-01") == [[], ["summit/22", "summit/21", "visit/2023-08-02"], ["summit/23"]]
    assert brief("--as-of", "2022-01-01") == [[], ["summit/21", "summit/20"], []]
    assert brief() == [[], ["summit/22", "summit/21", "visit/2023-08-02"], []]      # what was planned is past


def test_only_talk_is_shortened_for_people(karar, tmp_path):
    path = tmp_path / "t.db"
    for number, field in enumerate(("education", "tourism", "health", "agriculture", "culture", "science", "fisheries", "customs", "sport", "media")):
        text = f"OSLO, {number + 2} May 2021: Officials of Norway and Chile met in Oslo. The two countries discussed cooperation in {field}."
        assert karar("add", "--register", path, said(tmp_path, field, text)).code == 0
    page = karar("brief", "--register", path, "CHL-NOR").out
    assert "\n… and 2 more: karar commitments CHL-NOR\n" in page
    assert len(karar("brief", "--register", path, "CHL-NOR", "--format", "json").json()["talked"]) == 10


# ---- the reader's language --------------------------------------------------------------------------------------------------------------
def in_language(register, question, *arguments):
    return rows(register(question, "PAK-RUS", "--format", "json", *arguments))


def test_words_are_in_the_readers_language(register):
    """Where a report in it says the same; else in English, else in what there is."""
    for tag, customs, name in (("en", "air transport, customs cooperation", "Intergovernmental Commission"),
                               ("hi", "हवाई परिवहन, सीमा शुल्क", "आयोग"), ("ur", None, "کمیشن")):
        instrument = in_language(register, "instruments", "--lang", tag)["PAK-RUS/agreement/2023-01-20/customs"]
        assert customs is None or instrument["subject"] == customs
        assert (instrument["status"], instrument["date"], instrument["count"]) == ("signed", "2023-01-20", 3)
        assert name in in_language(register, "bodies", "--lang", tag)["PAK-RUS/commission"]["name"]
        for question in ("sessions", "instruments", "commitments"):
            for row in in_language(register, question, "--lang", tag).values():
                assert row["sentence"] is None or opened(row["sentence_source"]) == row["sentence"]
    threads = in_language(register, "commitments", "--lang", "en")
    assert threads["PAK-RUS/freight-train"]["topic"] == "freight train" and "/en-" in threads["PAK-RUS/insulin"]["source"]
    assert "/hi-" in threads["PAK-RUS/language-centre"]["source"]       # Hindi alone tells of it
    assert "/ur-" in in_language(register, "commitments", "--lang", "ur")["PAK-RUS/insulin"]["source"]


def test_a_table_for_programs_does_not_know_the_terminal(filled):
    def told(*arguments, **env):
        result = run("instruments", "--register", filled, "PAK-RUS", *arguments, env=env)
        assert result.code == 0
        return result.out

    assert told("--format", "json", LANG="hi_IN.UTF-8", LC_ALL="") == told("--format", "json", LANG="C", LC_ALL="")
    assert "हवाई परिवहन" in told(LANG="hi_IN.UTF-8", LC_ALL="") and "हवाई परिवहन" not in told(LANG="C", LC_ALL="")


def test_a_sentence_is_printed_once(register):
    page = " ".join(register("brief", "PAK-RUS", "--as-of", "2025-12-01", "--lang", "en").out.split())
    assert page.count("signed three memoranda") == 1 and page.count("as under PAK-RUS/commission/10") == 3


def test_bodies_as_of_a_day(register):
    body = rows(register("bodies", "PAK-RUS/commission", "--as-of", "2018-01-01", "--format", "json"))["PAK-RUS/commission"]
    assert (body["sessions"], body["last_held"], body["next_planned"]) == (1, "2017-12-01", None)
    body = rows(register("bodies", "PAK-RUS/commission", "--as-of", "2025-12-01", "--format", "json"))["PAK-RUS/commission"]
    assert (body["last_held"], body["next_planned"]) == ("2025-11-27", "2026")


def test_a_day_in_the_past_knows_what_was_said_until_then(register):
    numbers = {row["number"] for row in register("sessions", "PAK-RUS/commission", "--as-of", "2025-11-27", "--format", "json").json()}
    assert 10 in numbers
    numbers = {row["number"] for row in register("sessions", "PAK-RUS/commission", "--as-of", "2022-01-01", "--format", "json").json()}
    assert 7 in numbers and 8 not in numbers


def train(folder, day, promise):
    return write(folder, f"train-{day}.txt", (
        f"Pakistan and Russia speak of freight train\n\nISLAMABAD, {day}: Pakistan and Russia agreed to launch a pilot freight train "
        f"{promise}. The energy ministers of the two countries met in Islamabad.\n"))


def test_a_session_as_of_a_day_has_the_values_of_that_day(karar, tmp_path):
    path = tmp_path / "t.db"
    for name, day, said in (("a", "7 April 2021", "will be held in Moscow on 12 October 2021"),
                            ("b", "26 November 2021", "was held in Yekaterinburg from 24 to 26 November 2021. Russia's Minister of Energy Nikolay "
                                                      "Shulginov and Pakistan's Minister for Economic Affairs Omar Ayub Khan co-chaired it")):
        text = f"ISLAMABAD, {day}: The seventh session of the Pakistan-Russia Intergovernmental Commission {said}.\n"
        assert karar("add", "--register", path, write(tmp_path, f"{name}.txt", text)).code == 0

    def seventh(*arguments):
        return rows(karar("sessions", "--register", path, "PAK-RUS", "--format", "json", *arguments))["PAK-RUS/commission/7"]

    then, now = seventh("--as-of", "2021-05-01"), seventh()
    assert (then["status"], then["date"], then["chairs"], then["reports"]) == ("planned", "2021-10-12", None, 1)
    assert then["place"].startswith("Moscow") and opened(then["date_source"]).endswith("12 October 2021.")
    assert (now["status"], now["date"], now["reports"]) == ("held", "2021-11-24/2021-11-26", 2) and "Shulginov" in now["chairs"]


def test_slipped_deadlines_are_counted(karar, tmp_path):
    path = tmp_path / "t.db"
    said = [("5 December 2024", "in March 2025"), ("14 February 2025", "in May 2025"), ("20 April 2025", "in June 2025"),
            ("25 June 2025", "in August 2025"), ("26 November 2025", "in 2026")]
    for day, promise in said:
        assert karar("add", "--register", path, train(tmp_path, day, promise)).code == 0

    def thread(as_of):
        found = rows(karar("commitments", "--register", path, "PAK-RUS", "--as-of", as_of, "--format", "json"))
        return found["PAK-RUS/freight-train"]

    assert (thread("2024-12-31")["slips"], thread("2024-12-31")["due"]) == (0, None)
    assert thread("2025-05-01")["slips"] == 2
    assert thread("2025-12-01")["slips"] == 4 and thread("2025-12-01")["fate"] == "slipped"
    assert thread("2027-02-01")["due"] == "past due"


def deadline(karar, path, thread="PAK-RUS/freight-train", as_of="2025-03-01"):
    row = rows(karar("commitments", "--register", path, "PAK-RUS", "--as-of", as_of, "--format", "json"))[thread]
    return row["slips"], row["deadline"], row["disagree"]


def test_a_deadline_that_is_narrowed_has_not_slipped(karar, tmp_path):
    path = tmp_path / "t.db"
    for day, promise in (("5 December 2024", "in March 2025"), ("14 February 2025", "on 15 March 2025"), ("20 February 2025", "in March 2025")):
        karar("add", "--register", path, train(tmp_path, day, promise))
    assert deadline(karar, path) == (0, "2025-03-15", None)
    karar("add", "--register", path, train(tmp_path, "25 February 2025", "on 20 April 2025"))
    assert deadline(karar, path) == (1, "2025-04-20", None)


def test_sources_of_one_day_that_differ_disagree(karar, tmp_path):
    path = tmp_path / "t.db"
    karar("add", "--register", path, train(tmp_path, "5 December 2024", "in March 2025"))
    second = write(tmp_path, "second.txt", train(tmp_path, "5 December 2024", "in June 2025").read_text(encoding="utf-8").replace("speak", "talk"))
    karar("add", "--register", path, second)
    assert deadline(karar, path) == (0, "2025-06", "2025-03 or 2025-06")


def test_fate_is_no_evidence_unless_reports_say_more(karar, tmp_path):
    path = tmp_path / "t.db"
    one = write(tmp_path, "a.txt", "Pakistan, Russia agree\n\nMOSCOW, 4 December 2024: Pakistan and Russia agreed to cooperate in insulin "
                                   "production.\n")
    two = write(tmp_path, "b.txt", "Pakistan, Russia agree\n\nMOSCOW, 6 July 2025: Pakistan and Russia agreed to launch insulin production "
                                   "in Karachi.\n")
    karar("add", "--register", path, one)
    assert rows(karar("commitments", "--register", path, "--format", "json"))["PAK-RUS/insulin"]["fate"] == "no-evidence"
    karar("add", "--register", path, two)
    assert rows(karar("commitments", "--register", path, "--format", "json"))["PAK-RUS/insulin"]["fate"] == "moving"


# ---- threads: concepts, names, lists ------------------------------------------------------------------------------------------------
PIPELINES = {
    "stream-en": "MOSCOW, 12 May 2021: Pakistan and Russia agreed to build the Pakistan Stream gas pipeline by 2023.\n",
    "north-en": "ISLAMABAD, 3 March 2022: Officials of Pakistan and Russia met in Islamabad. The two countries discussed the North-South gas pipeline.\n",
    "stream-hi": "मास्को, 12 मई 2022: पाकिस्तान और रूस ने पाकिस्तान स्ट्रीम गैस पाइपलाइन बनाने पर सहमति जताई।\n",
    "corridor-en": "ISLAMABAD, 3 April 2022: Russia and Pakistan agreed to extend the North-South transport corridor. The two countries discussed a gas "
                   "pipeline.\n",
    "stream-ur": "ماسکو، 12 مئی 2023: پاکستان اور روس نے پاکستان اسٹریم گیس پائپ لائن تعمیر کرنے پر اتفاق کیا۔\n",
    "mill-en": "ISLAMABAD, 3 April 2022: Russia and Pakistan agreed to modernise the steel mill in Karachi.\n",
    "mill-hi": "मास्को, 12 मई 2022: दोनों देश, पाकिस्तान और रूस, कराची में स्टील मिल के आधुनिकीकरण पर सहमत हुए।\n",
}


def threads(karar, path):
    return {row["id"]: row["stages"] for row in karar("commitments", "--register", path, "--format", "json").json()}


QUOTED = {
    "ru": "МОСКВА, 12 мая 2021. Россия и Пакистан договорились развивать «все аспекты торговли и двусторонних отношений на долгие годы вперёд».\n",
    "hi": "मास्को, 12 मई 2022: पाकिस्तान और रूस ने \"व्यापार की पुरानी परंपरा को आने वाले कई वर्षों तक साथ मिलकर बढ़ाने\" पर सहमति जताई।\n",
    "en": "ISLAMABAD, 3 April 2022: Russia and Pakistan agreed to \"work together on trade and all that makes two peoples friends for many years\".\n",
    "name": "ISLAMABAD, 3 May 2022: Russia and Pakistan agreed to build the \"Pakistan Stream\" gas pipeline.\n",
    "other": "ISLAMABAD, 3 June 2022: Russia and Pakistan agreed to build the \"North-South\" gas pipeline.\n",
}


def test_what_somebody_said_names_no_thread(karar, tmp_path):
    path = tmp_path / "t.db"
    for name, text in QUOTED.items():
        assert karar("add", "--register", path, write(tmp_path, f"{name}.txt", text)).code == 0
    found = set(threads(karar, path))
    assert {"PAK-RUS/gas-pipeline/stream", "PAK-RUS/gas-pipeline/north-south", "PAK-RUS/trade"} <= found
    assert all(thread.count("/") == 1 or "/gas-pipeline/" in thread for thread in found), found


def test_two_pipelines_with_different_names_are_two_threads(karar, tmp_path):
    path = tmp_path / "t.db"
    for name, text in PIPELINES.items():
        assert karar("add", "--register", path, write(tmp_path, f"{name}.txt", text)).code == 0
    found = threads(karar, path)
    assert found["PAK-RUS/gas-pipeline/stream"] == 3 and found["PAK-RUS/gas-pipeline/north-south"] == 1   # en, hi, ur; en
    assert found["PAK-RUS/gas-pipeline"] == 1                                                             # without a name
    assert found["PAK-RUS/steel-mill"] == 2                                                               # one mill in two languages
    assert [thread for thread in found if "corridor" in thread] and not [thread for thread in found if "corridor" in thread and "gas" in thread]
    why = karar("why", "--register", path, "PAK-RUS/gas-pipeline/stream", "--format", "json").json()
    assert {row["language"] for row in why} == {"en", "hi", "ur"} and all("name Stream as in " in row["how"] for row in why)
    assert len(karar("show", "--register", path, "PAK-RUS/gas-pipeline", "--format", "json").json()) == 5
    assert "0 differences" in karar("rebuild", "--register", path).out


def test_one_name_alone_makes_no_thread_of_its_own(karar, tmp_path):
    path = tmp_path / "t.db"
    for name in ("stream-en", "stream-hi", "corridor-en"):
        karar("add", "--register", path, write(tmp_path, f"{name}.txt", PIPELINES[name]))
    assert threads(karar, path)["PAK-RUS/gas-pipeline"] == 3


def test_a_promise_is_told_once(register):
    found = rows(register("commitments", "PAK-RUS", "--format", "json"))
    assert "PAK-RUS/freight-train" in found and "PAK-RUS/rolling-stock" not in found
    assert {"PAK-RUS/steel-mill", "PAK-RUS/insulin"} <= set(found) and "PAK-RUS/industrial-modernisation" not in found
    folded = register("why", "PAK-RUS/rolling-stock", "--format", "json").json()
    assert any(row["how"].endswith("; all that is said of it stands in PAK-RUS/freight-train") for row in folded)
    assert register("show", "PAK-RUS/rolling-stock", "--format", "json").json() == register("show", "PAK-RUS/freight-train", "--format", "json").json()


# ---- stories 3 and 4: has it been signed; wording over time ------------------------------------------------------------------------
def test_thread_shows_its_stages_in_time(register):
    stages = register("show", "PAK-RUS/freight-train", "--format", "json").json()
    days = [row["day"] for row in stages if row["day"]]
    assert len(stages) >= 3 and days == sorted(days)
    assert all(row["status"] and row["words"] for row in stages)


def test_instruments_of_several_reports_are_one(register):
    found = rows(register("instruments", "PAK-RUS", "--format", "json"))
    media = [row for row in found.values() if row["sectors"] == "media"]
    assert len(media) == 1 and media[0]["reports"] >= 2 and media[0]["status"] == "signed" and media[0]["kind"] == "mou"


def test_search_finds_words_in_every_script_and_codes(register):
    assert any("hi-session-10" in row["source"] for row in register("search", "इंसुलिन", "--format", "json").json())
    assert any("en-session-9" in row["source"] for row in register("search", "insulin", "--format", "json").json())
    assert register("search", "RUS", "freight-train", "--format", "json").json()
    assert register("search", 'x" OR "1', code=1).out == ""


# ---- story 5: calendar ----------------------------------------------------------------------------------------------------------------
def test_moved_session_keeps_its_uid(karar, tmp_path):
    path = tmp_path / "t.db"

    def event():
        lines = karar("calendar", "--register", path, "PAK-RUS").out.replace("\r\n ", "").split("\r\n")
        return dict(line.split(":", 1) for line in lines if ":" in line and line.split(":")[0] not in ("BEGIN", "END"))

    karar("add", "--register", path, write(tmp_path, "a.txt", (
        "ISLAMABAD, 7 April 2021: The seventh session of the Pakistan-Russia Intergovernmental Commission will be held in Moscow on "
        "12 October 2021.\n")))
    first = event()
    assert first["STATUS"] == "TENTATIVE" and first["LOCATION"].startswith("Moscow") and first["SEQUENCE"] == "0"
    karar("add", "--register", path, write(tmp_path, "b.txt", (
        "ISLAMABAD, 11 November 2021: The seventh session of the Pakistan-Russia Intergovernmental Commission will be held in Yekaterinburg "
        "from 24 to 26 November 2021.\n")))
    second = event()
    assert second["UID"] == first["UID"] and int(second["SEQUENCE"]) > int(first["SEQUENCE"])
    assert second["LOCATION"].startswith("Yekaterinburg")
    assert second["DTSTART;VALUE=DATE"] == "20211124" and second["DTEND;VALUE=DATE"] == "20211127"


def events(karar, path):
    lines = karar("calendar", "--register", path, "PAK-RUS").out.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line and line.split(":")[0] not in ("BEGIN", "END"))


def test_a_session_announced_for_a_month_covers_the_month(karar, tmp_path):
    path = tmp_path / "t.db"
    karar("add", "--register", path, write(tmp_path, "a.txt", (
        "ISLAMABAD, 7 April 2021: The seventh session of the Pakistan-Russia Intergovernmental Commission will be held in Moscow in "
        "October 2021.\n")))
    event = events(karar, path)
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20211001", "20211101")
    assert event["SUMMARY"].endswith("(day not known yet)") and event["STATUS"] == "TENTATIVE"


def test_an_id_given_before_the_number_was_known_stays_good(karar, tmp_path):
    path = tmp_path / "t.db"
    karar("add", "--register", path, write(tmp_path, "a.txt", (
        "ISLAMABAD, 27 November 2025: The session of the Pakistan-Russia Intergovernmental Commission was held in Islamabad on 27 November 2025.\n")))
    old = karar("sessions", "--register", path, "PAK-RUS/commission", "--format", "json").json()[0]["id"]
    uid = events(karar, path)["UID"]
    assert old == "PAK-RUS/commission/2025-11-27"
    assert karar("decide", "--register", path, "edit", old, "--field", "place", "--value", "Rawalpindi, PAK", "--reason", "r").code == 0
    karar("add", "--register", path, write(tmp_path, "b.txt", (
        "ISLAMABAD, 28 November 2025: The tenth session of the Pakistan-Russia Intergovernmental Commission was held in Islamabad from 25 to 27 "
        "November 2025.\n")))
    for _ in range(2):
        now = rows(karar("sessions", "--register", path, "PAK-RUS/commission", "--format", "json"))["PAK-RUS/commission/10"]
        assert now["reports"] == 2 and now["place"] == "Rawalpindi, PAK" and now["place_source"] == "decision 1"
        assert events(karar, path)["UID"] == uid
        for question in ("show", "why"):
            assert karar(question, "--register", path, old, "--format", "json").json() == \
                karar(question, "--register", path, "PAK-RUS/commission/10", "--format", "json").json()
        assert "0 differences" in karar("rebuild", "--register", path).out
    why = {row["claim"]: row["how"] for row in karar("why", "--register", path, old, "--format", "json").json()}
    assert sorted(why.values())[-2:] == ["edit place: Rawalpindi, PAK, by " + why["decision 1"].split(" by ")[1], "number 10"]
    assert "0 days from its dates (at most 4)" in why.values()


# ---- people -----------------------------------------------------------------------------------------------------------------------------
def test_the_office_at_that_date_tells_whose_family_name_it_is(karar, tmp_path):
    path = tmp_path / "t.db"
    said = {
        "a": "ISLAMABAD, 4 December 2024: Pakistan's Energy Minister Awais Khan Leghari and Russia's Energy Minister Sergei Tsivilev signed an agreement on "
             "trade in Islamabad.\n",
        "b": "ISLAMABAD, 4 March 2020: Pakistan's Railways Minister Farooq Ahmad Leghari and Russia's Energy Minister Alexander Novak signed an agreement "
             "on customs in Islamabad.\n",
        "c": "ISLAMABAD, 20 December 2024: Pakistan's Energy Minister Leghari and Russia's Energy Minister Tsivilev signed an agreement on tourism in "
             "Islamabad.\n",
        "d": "ISLAMABAD, 9 March 2020: Pakistan's Railways Minister Leghari and Russia's Energy Minister Novak signed an agreement on sport in "
             "Islamabad.\n",
    }
    for order in (said, list(said)[::-1]):
        path.unlink(missing_ok=True)
        for name in order:
            assert karar("add", "--register", path, write(tmp_path, f"{name}.txt", said[name])).code == 0
        found = rows(karar("people", "--register", path, "PAK", "--format", "json"))
        assert {person: row["reports"] for person, row in found.items()} == {"PAK/awais-khan-leghari": 2, "PAK/farooq-ahmad-leghari": 2}
    how = [row["how"] for row in karar("why", "--register", path, "PAK/farooq-ahmad-leghari", "--format", "json").json()]
    assert "minister transport: a family name that fits 2; in this office 5 days away (at most 400)" in how
    assert "0 differences" in karar("rebuild", "--register", path).out


def test_people_are_merged_and_split_by_hand(register):
    before = rows(register("people", "PAK-RUS", "--format", "json"))
    register("decide", "merge", "PAK/kazim-niaz", "--value", "PAK/ayaz-sadiq", "--reason", "a test", "--author", "R")
    for _ in range(2):
        after = rows(register("people", "PAK-RUS", "--format", "json"))
        assert "PAK/kazim-niaz" not in after and "Kazim Niaz" in after["PAK/ayaz-sadiq"]["spellings"]
        assert "0 differences" in register("rebuild").out
    assert register("show", "PAK/kazim-niaz").out == register("show", "PAK/ayaz-sadiq").out
    register("decide", "split", "PAK/kazim-niaz", "--reason", "two men", "--author", "R")
    assert rows(register("people", "PAK-RUS", "--format", "json")) == before


# ---- stories 7 and 8: reviewers -------------------------------------------------------------------------------------------------------
def test_correction_survives_rebuild_and_can_be_undone(register):
    session = "PAK-RUS/commission/8"
    before = rows(register("sessions", "PAK-RUS", "--format", "json"))[session]["chairs"]
    register("decide", "edit", session, "--field", "chairs", "--value", "Ayaz Sadiq; Nikolay Shulginov", "--reason", "the protocol", "--author", "R")
    for _ in range(2):
        row = rows(register("sessions", "PAK-RUS", "--format", "json"))[session]
        assert row["chairs"] == "Ayaz Sadiq; Nikolay Shulginov" and before in row["machine"]
        assert "0 differences" in register("rebuild").out
    register("undo", "1", "--reason", "wrong page", "--author", "R")
    row = rows(register("sessions", "PAK-RUS", "--format", "json"))[session]
    assert row["chairs"] == before and row["machine"] is None
    made = register("decisions", "--format", "json").json()
    assert [(row["action"], row["state"], row["author"]) for row in made] == [("edit", "undone", "R"), ("undo", None, "R")]


@pytest.mark.parametrize("question, target, field, value", [
    ("instruments", "PAK-RUS/mou/2024-12-04/health", "count", "9"),
    ("instruments", "PAK-RUS/mou/2024-12-04/health", "date", "2024-12-05"),
    ("instruments", "PAK-RUS/mou/2024-12-04/health", "status", "in-force"),
    ("commitments", "PAK-RUS/freight-train", "fate", "stalled"),
    ("commitments", "PAK-RUS/freight-train", "deadline", "2026-03"),
    ("commitments", "PAK-RUS/freight-train", "topic", "the pilot train"),
    ("people", "PAK/hanif-abbasi", "offices", "minister transport (2024-03-11/..)"),
    ("people", "PAK/hanif-abbasi", "name", "Muhammad Hanif Abbasi"),
    ("bodies", "PAK-RUS/commission", "name", "Intergovernmental Commission on Trade"),
])
def test_edits_of_all_kinds_survive_a_rebuild_and_can_be_undone(register, question, target, field, value):
    before = rows(register(question, "PAK-RUS", "--format", "json"))[target]
    register("decide", "edit", target, "--field", field, "--value", value, "--reason", "the text", "--author", "R")
    for _ in range(2):
        row = rows(register(question, "PAK-RUS", "--format", "json"))[target]
        assert str(row[field]) == value
        assert "machine" not in row or f"{field}: {before[field] if before[field] is not None else 'none'}" in row["machine"] or before[field] == row[field] \
            or field == "fate"
        assert "0 differences" in register("rebuild").out
    register("undo", "1", "--reason", "wrong page", "--author", "R")
    assert rows(register(question, "PAK-RUS", "--format", "json"))[target] == before


def test_merge_holds_for_later_reports_and_can_be_split(karar, tmp_path):
    path = tmp_path / "t.db"

    def add(name, text):
        assert karar("add", "--register", path, write(tmp_path, name, text)).code == 0

    def bodies():
        return {row["id"]: row["sessions"] for row in karar("bodies", "--register", path, "--format", "json").json()}

    add("a.txt", "MOSCOW, 4 December 2024: The ninth session of the Pakistan-Russia Intergovernmental Commission was held in Moscow.\n")
    add("b.txt", "MOSCOW, 5 December 2024: The ninth session of the Afghanistan-Russia Intergovernmental Commission was held in Moscow.\n")
    assert bodies() == {"PAK-RUS/commission": 1, "AFG-RUS/commission": 1}
    merged = karar("decide", "--register", path, "merge", "AFG-RUS/commission", "--value", "PAK-RUS/commission", "--reason", "a slip of the pen")
    assert merged.code == 0, merged.err
    assert bodies() == {"PAK-RUS/commission": 1}
    add("c.txt", "MOSCOW, 6 December 2024: The ninth session of the Afghanistan-Russia Intergovernmental Commission ended in Moscow.\n")
    assert bodies() == {"PAK-RUS/commission": 1}
    assert karar("decide", "--register", path, "split", "AFG-RUS/commission", "--reason", "two bodies").code == 0
    assert bodies() == {"PAK-RUS/commission": 1, "AFG-RUS/commission": 1}


def test_rejected_claim_leaves_the_account(register):
    claim = register("show", "PAK-RUS/commission/6", "--format", "json").json()[0]["claim"]
    register("decide", "reject", claim, "--reason", "not this commission")
    assert rows(register("sessions", "PAK-RUS", "--format", "json"))["PAK-RUS/commission/6"]["status"] == "not in register"
    assert "0 differences" in register("rebuild").out


@pytest.mark.parametrize("arguments, code", [
    (("decide", "edit", "PAK-RUS/commission/8", "--field", "mood", "--value", "x", "--reason", "r"), 2),
    (("decide", "edit", "PAK-RUS/freight-train", "--field", "chairs", "--value", "x", "--reason", "r"), 2),
    (("decide", "edit", "PAK-RUS/freight-train", "--field", "fate", "--value", "lost", "--reason", "r"), 2),
    (("decide", "edit", "PAK-RUS/commission/8", "--field", "date", "--value", "last week", "--reason", "r"), 2),
    (("decide", "edit", "PAK-RUS/commission/8", "--field", "place", "--value", "a hall in Moscow", "--reason", "r"), 2),
    (("decide", "edit", "PAK-RUS/commission/8", "--field", "place", "--value", "none", "--reason", "r"), 2),
    (("decide", "edit", "PAK-RUS/commission/8", "--field", "status", "--value", "over", "--reason", "r"), 2),
    (("decide", "edit", "PAK-RUS/freight-train", "--field", "stance", "--value", "sure", "--reason", "r"), 2),
    (("decide", "merge", "PAK-RUS/freight-train", "--value", "PAK/hanif-abbasi", "--reason", "r"), 2),
    (("decide", "edit", "PAK-RUS/commission/99", "--field", "date", "--value", "x", "--reason", "r"), 1),
    (("decide", "merge", "PAK-RUS/commission", "--value", "XXX-YYY/commission", "--reason", "r"), 1),
    (("decide", "reject", "000000000000/m1", "--reason", "r"), 1),
    (("decide", "reject", "x"), 2), (("undo", "77", "--reason", "r"), 1), (("undo", "x", "--reason", "r"), 2),
    (("sessions",), 2), (("brief", "PAK-RUS", "--as-of", "tomorrow"), 2), (("bodies", "--format", "ics"), 2), (("idle", "--years", "many"), 2),
])
def test_what_is_wrong_is_told_and_changes_nothing(register, arguments, code):
    result = register(*arguments, code=code)
    assert result.err.startswith("karar: ")
    assert register("decisions", code=1).out == ""


@pytest.mark.parametrize("written, place", [("Lahore, PAK", "Lahore, PAK"), (" Lahore ,PAK", "Lahore, PAK"), ("PAK", "PAK")])
def test_a_place_is_a_city_and_a_country_or_a_country(register, written, place):
    edit = ("decide", "edit", "PAK-RUS/commission/8", "--field", "place", "--reason", "a test", "--value")
    assert "Moscow, RUS" in register(*edit, "Lahore", code=2).err
    register(*edit, written)
    assert rows(register("sessions", "PAK-RUS", "--format", "json"))["PAK-RUS/commission/8"]["place"] == place


def test_a_decision_tells_its_number_to_programs_too(register):
    place = ("decide", "edit", "PAK-RUS/commission/8", "--field", "place", "--value", "Lahore, PAK", "--reason", "a test")
    assert register(*place, "--format", "json").json() == [{"decision": 1}]
    assert register("undo", "1", "--reason", "a test", "--format", "csv").out.split() == ["decision", "1"]
    assert "only karar calendar" in register(*place, "--format", "ics", code=2).err


# ---- story 13: offsets and verify ---------------------------------------------------------------------------------------------------
def test_verify_finds_one_changed_byte(register):
    assert register("verify").out.endswith(" 0 faults\n")
    with sqlite3.connect(register.path) as database:
        database.execute("DROP TRIGGER document_is_fixed")
        database.execute("UPDATE document SET bytes = CAST(replace(CAST(bytes AS TEXT), 'tenth', 'tentH') AS BLOB) WHERE uri LIKE '%en-session-10.txt'")
    faults = register("verify", "--format", "json", code=1).json()
    assert any(row["where"] == "bytes" for row in faults) and any("not the words" in row["fault"] for row in faults)


# ---- adding ---------------------------------------------------------------------------------------------------------------------------
def test_the_same_report_twice_changes_nothing(karar, register):
    again = karar("add", "--register", register.path, *SAMPLES)
    assert again.code == 0 and again.out.endswith(f"0 added, {len(SAMPLES)} known, 0 not read\n")


def test_any_order_gives_the_same_account(karar, tmp_path):
    dumps = []
    for name, files in (("a", SAMPLES), ("b", SAMPLES[::-1])):
        path = tmp_path / f"{name}.db"
        karar("add", "--register", path, *files)
        dumps.append([karar(question, "--register", path, "PAK-RUS", "--format", "json").json()
                      for question in ("bodies", "sessions", "instruments", "commitments", "people")])
    assert dumps[0] == dumps[1]


def test_adding_one_by_one_gives_what_a_rebuild_gives(karar, tmp_path):
    path = tmp_path / "t.db"
    reports = sorted((ROOT / "tests/own").glob("*/*.txt"))
    assert len(reports) > 60
    assert karar("add", "--register", path, *reports, *SAMPLES).code == 0
    assert karar("rebuild", "--register", path).out == "rebuilt; 0 differences\n"
    assert karar("verify", "--register", path).out.endswith(" 0 faults\n")


def test_as_of_a_day_later_decisions_of_what_changes_are_not_known(register):
    register("decide", "edit", "PAK-RUS/freight-train", "--field", "fate", "--value", "stalled", "--reason", "by telephone")
    register("decide", "edit", "PAK-RUS/commission/8", "--field", "status", "--value", "postponed", "--reason", "by telephone")
    register("decide", "edit", "PAK-RUS/commission/8", "--field", "place", "--value", "Lahore, PAK", "--reason", "the protocol says so")

    def told(*day):
        thread = rows(register("commitments", "PAK-RUS", "--format", "json", *day))["PAK-RUS/freight-train"]
        session = rows(register("sessions", "PAK-RUS", "--format", "json", *day))["PAK-RUS/commission/8"]
        return thread["fate"], thread["machine"], session["status"], session["place"]

    assert told() == told("--as-of", "2099-01-01") == ("stalled", "fate: slipped", "postponed", "Lahore, PAK")
    assert told("--as-of", "2025-12-01") == ("slipped", None, "held", "Lahore, PAK")


def test_a_later_decision_leaves_the_one_before_it_in_force_until_then(register, karar):
    for value in ("stalled", "moving"):
        register("decide", "edit", "PAK-RUS/freight-train", "--field", "fate", "--value", value, "--reason", "r")
    with contextlib.closing(sqlite3.connect(register.path)) as database, database:
        database.executescript("DROP TRIGGER decision_is_fixed; UPDATE decision SET made = '2026-01-0' || id || 'T10:00:00Z'; "
                               "CREATE TRIGGER decision_is_fixed BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decisions are never changed'); END")
    for day, fate in (("2025-12-31", "slipped"), ("2026-01-01", "stalled"), ("2026-01-02", "moving")):
        threads = rows(register("commitments", "PAK-RUS", "--as-of", day, "--format", "json"))
        assert threads["PAK-RUS/freight-train"]["fate"] == fate


def test_a_brief_as_one_table(register):
    table = list(csv.DictReader(io.StringIO(register("brief", "PAK-RUS", "--as-of", "2025-12-01", "--format", "csv").out)))
    brief = register("brief", "PAK-RUS", "--as-of", "2025-12-01", "--format", "json").json()
    assert [row["part"] for row in table] == [part for part, rows in brief.items() for _ in rows]
    assert [row["id"] for row in table] == [row["id"] for rows in brief.values() for row in rows]
    assert all(None not in row for row in table)
    assert [row["said_on"] for row in table if row["id"] == "PAK-RUS/working-group/1"] == ["2017-12-01"]


@pytest.mark.parametrize("arguments", [
    ("instruments", "PAK-RUS/mou"), ("brief", "PAK-RUS/commission"), ("people", "PAK-RUS/x"), ("verify", "PAK-RUS"), ("rebuild", "x"), ("agreement", "x"),
    ("sessions", "PAK-RUS", "--as-of", "2025-02-30"), ("brief", "PAK-RUS", "--as-of", "2025-13-01"), ("brief", "PAK-RUS", "--as-of", "2025-1-1"),
])
def test_what_cannot_be_asked_so_is_told(register, arguments):
    result = register(*arguments, code=2)
    assert result.out == "" and result.err.startswith("karar: ")


def test_meetings_without_a_day_are_not_taken_for_one_another(karar, tmp_path):
    """Ministers meet often: a meeting of which neither day nor place is told is no other report's; of a body's session it is the next one's."""
    reports = {
        "one.txt": "The foreign ministers of Norway and Chile met. They agreed to expand cooperation in education.\n",
        "two.txt": "The foreign ministers of Norway and Chile met and discussed fisheries.\n",
    }
    path = tmp_path / "karar.db"
    ids = {}
    for name, text in reports.items():
        assert karar("add", "--register", path, write(tmp_path, name, text)).code == 0
    with contextlib.closing(sqlite3.connect(path)) as database:
        for link, doc, how in database.execute("SELECT link, doc, how FROM claim WHERE kind = 'meeting'"):
            ids[doc] = link
            assert link == f"CHL-NOR/meeting/undated-{doc}"
            assert how == "no date, nor has its report one; no place: one with no other report's"
    assert len(ids) == 2
    assert karar("rebuild", "--register", path).out == "rebuilt; 0 differences\n"
    why = karar("why", next(iter(ids.values())), "--register", path).out
    assert "one with no other report's" in " ".join(why.split())


# What each document says, without the numbers that the file gives its rows.
ROWS = {
    "claim": "SELECT * FROM claim ORDER BY doc, local, part",
    "role": "SELECT c.doc, c.local, r.person, r.role FROM role AS r JOIN claim AS c ON c.id = r.claim ORDER BY 1, 2, 3, 4",
    "person_claim": "SELECT * FROM person_claim ORDER BY document, local",
    "document_pair": "SELECT * FROM document_pair ORDER BY pair, document",
    "indexes": "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name",
}


def rows_of(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        return {what: [row[1:] if what == "claim" else row for row in database.execute(sql)] for what, sql in ROWS.items()}


@pytest.mark.parametrize("change", [
    "UPDATE claim SET status = 'proposed' WHERE local = 'm1'", "UPDATE claim SET link = 'PAK-RUS/x', how = 'by hand' WHERE kind = 'commitment'",
    "UPDATE claim SET rejected = 1 WHERE local = 'c1'", "UPDATE claim SET scope = 'PAK-RUS/summit' WHERE kind = 'meeting'",
    "DELETE FROM claim WHERE local = 'i1'", "DELETE FROM role WHERE role = 'chair'", "UPDATE role SET role = 'guest' WHERE role = 'chair'",
    "UPDATE person_claim SET office = 'minister', portfolio = 'health'", "UPDATE person_claim SET person = 'RUS/x', how = 'by hand'",
    "DELETE FROM person_claim WHERE local = 'p1'", "UPDATE document_pair SET claims = claims + 1", "DELETE FROM document_pair",
    "DROP INDEX claim_by_link", "DROP INDEX claim_by_scope; CREATE INDEX claim_by_scope ON claim (kind)", "DELETE FROM claim; DELETE FROM role",
])
def test_a_rebuild_sets_right_what_others_wrote(karar, register, tmp_path, change):
    path = tmp_path / "changed.db"
    karar("backup", path, "--register", register.path)
    before = rows_of(path)
    assert all(before.values())
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.executescript(change)
    assert rows_of(path) != before
    assert karar("rebuild", "--register", path).code == 0
    assert rows_of(path) == before
    assert karar("rebuild", "--register", path).out == "rebuilt; 0 differences\n"
    assert karar("verify", "--register", path).code == 0


def test_many_documents_of_which_nothing_is_known_are_written_anew(karar, tmp_path):
    """A rebuild that finds most rows to be others throws all away on its way, and begins again."""
    cities = ["Oslo", "Santiago", "Bergen", "Arica"]
    texts = [f"OSLO, {1 + i % 27} May {2000 + i // 27}: The {1 + i // 27}th session of the Norway-Chile Intergovernmental Commission was held in "
             f"{cities[i % 4]}. It was chaired by Energy Minister Kari Nordmann. Norway and Chile agreed to launch a freight train in "
             f"{2001 + i // 27}.\n" for i in range(260)]
    folder = tmp_path / "reports"
    folder.mkdir()
    for i, text in enumerate(texts):
        write(folder, f"{i:03}.txt", text)
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    assert karar("add", "--register", one, folder).code == 0
    assert karar("add", "--register", two, folder / "000.txt").code == 0
    with contextlib.closing(sqlite3.connect(one)) as database, contextlib.closing(sqlite3.connect(two)) as other, other:
        rows = database.execute("SELECT * FROM document WHERE id > 1 ORDER BY id").fetchall()
        other.executemany(f"INSERT INTO document VALUES ({', '.join('?' * len(rows[0]))})", rows)
    assert karar("rebuild", "--register", two).code == 0
    assert rows_of(one) == rows_of(two)
    assert karar("rebuild", "--register", two).out == "rebuilt; 0 differences\n"
    assert karar("sessions", "CHL-NOR", "--register", one, "--format", "json").out == karar("sessions", "CHL-NOR", "--register", two, "--format", "json").out


def test_a_rebuild_knows_what_the_page_said(karar, tmp_path):
    """A page's publisher and language stand in its head, which is no part of the text that is kept."""
    path = tmp_path / "t.db"
    page = write(tmp_path, "page.html", (
        '<html lang="en"><head><title>Agreement on fisheries</title><meta property="og:site_name" content="The Fisheries Gazette"></head><body><article>'
        "<h1>Norway and Chile sign agreement on fisheries</h1><p>OSLO, 4 May 2021: The governments of Norway and Chile signed an agreement on "
        "fisheries in Oslo on Tuesday. The two countries agreed to expand cooperation in education.</p></article></body></html>"))
    assert karar("add", "--register", path, page).code == 0

    def publishers():
        with contextlib.closing(sqlite3.connect(path)) as database:
            return database.execute("SELECT r.publisher, d.publisher, d.page_language FROM record AS r JOIN document AS d ON d.id = r.document").fetchall()
    assert publishers() == [("The Fisheries Gazette", "The Fisheries Gazette", "en")]
    assert karar("rebuild", "--register", path).out == "rebuilt; 0 differences\n"
    assert publishers() == [("The Fisheries Gazette", "The Fisheries Gazette", "en")]


def test_diff_tells_new_from_known(karar, tmp_path):
    path = tmp_path / "t.db"
    for name in ("en-session-10.txt", "hi-session-10-page.txt"):
        karar("add", "--register", path, ROOT / "samples" / name)
    answer = karar("diff", "--register", path, ROOT / "samples/hi-session-10-page.txt", "--format", "json").json()
    changes = {row["id"]: row["change"] for row in answer}
    assert changes["PAK-RUS/commission/10"] == "known" and changes["PAK-RUS/commission/11"] == "new"
    first = karar("diff", "--register", path, ROOT / "samples/en-session-10.txt", "--format", "json").json()
    assert {row["change"] for row in first} == {"new"} and all(row["before"] is None for row in first)     # whatever came in later


def test_another_source_of_the_day_is_no_change(karar, tmp_path):
    """What is announced and discussed on one day differs from source to source; that it was held, or what was said before, is news."""
    path = tmp_path / "t.db"
    told = {"a": ("4 May", "agreed to build"), "b": ("4 May", "discussed"), "c": ("9 June", "discussed"), "d": ("9 July", "will build"),
            "e": ("4 March", "supported")}
    for name, (day, verb) in told.items():
        text = f"OSLO, {day} 2021: Officials of Norway and Chile met in Oslo. The two countries {verb} a solar power plant."
        assert karar("add", "--register", path, said(tmp_path, name, text)).code == 0

    def change(name):
        row = rows(karar("diff", "--register", path, tmp_path / f"{name}.txt", "--format", "json"))["CHL-NOR/solar-energy"]
        return row["change"], row["before"]

    assert [change(name) for name in "abcde"] == [
        ("new", None), ("known", None), ("known", "agreed (2021-05-04)"), ("new status", "discussed (2021-06-09)"), ("older status", None)]


def test_idle_bodies(register):
    assert [row["id"] for row in register("idle", "--years", "3", "--as-of", "2030-01-01", "--format", "json").json()] == ["PAK-RUS/commission"]
    assert register("idle", "--years", "5", "--as-of", "2026-01-01", code=1).out == ""


def test_a_report_of_a_year_is_of_the_day_of_its_meeting(karar, tmp_path):
    """A joint statement that is dated by its year alone was made when the session was held, not at the end of the year."""
    path, report = tmp_path / "karar.db", tmp_path / "joint.txt"
    report.write_text("The eighth session of the Pakistan-Russia Intergovernmental Commission was held in Islamabad from 18 to 20 January 2023. "
                      "The two sides agreed to launch a pilot freight train by March 2023.\n", encoding="utf-8")
    assert karar("add", "--register", path, "--date", "2023", report).code == 0
    train = karar("commitments", "--register", path, "PAK-RUS", "--format", "json").json()[0]
    assert (train["said_on"], train["deadline"]) == ("2023-01-20", "2023-03")
    other = tmp_path / "no-meeting.txt"
    other.write_text("Pakistan and Russia agreed to build a gas pipeline.\n", encoding="utf-8")
    assert karar("add", "--register", path, "--date", "2023", other).code == 0
    assert sorted(row["day"] for row in karar("documents", "--register", path, "--format", "json").json()) == ["2023-01-20", "2023-12-31"]


def test_a_table_without_rows_has_its_head(register):
    """A program that reads CSV is not led astray by an empty answer: the same columns, no row."""
    nothing = {"sessions": "FRA-JPN", "instruments": "FRA-JPN", "commitments": "FRA-JPN", "people": "JPN", "bodies": "FRA-JPN", "search": "zymurgy",
               "brief": "FRA-JPN", "documents": "FRA-JPN", "calendar": "FRA-JPN", "show": "FRA-JPN/commission/1", "why": "FRA-JPN/commission/1"}
    something = {"people": "PAK", "search": "train", "show": "PAK-RUS/commission/8", "why": "PAK-RUS/commission/8"}
    for command, operand in nothing.items():
        head = register(command, operand, "--format", "csv", code=1).out
        full = register(command, something.get(command, "PAK-RUS"), "--format", "csv").out
        assert head.endswith("\r\n") and head == full.splitlines(keepends=True)[0], command
    assert register("idle", "--years", "99", "--format", "csv", code=1).out.startswith("id,name,")
    assert register("rebuild", "--format", "csv").out == "change,what,id,said\r\n"
    assert register("verify", "--format", "csv").out == "document,where,fault\r\n"


def test_csv_is_for_spreadsheets(register):
    table = list(csv.DictReader(io.StringIO(register("sessions", "PAK-RUS", "--format", "csv").out)))
    assert {"id", "number", "date", "words", "source"} <= set(table[0])


def test_hostile_words_stay_text(karar, tmp_path):
    path = tmp_path / "t.db"
    hostile = write(tmp_path, "a';DROP TABLE claim;--.txt", (
        "'); DROP TABLE document; -- <script>alert(1)</script>\n\nOSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries "
        "in Oslo on Tuesday.\n"))
    assert karar("add", "--register", path, hostile).code == 0
    assert karar("verify", "--register", path).code == 0
    assert karar("search", "--register", path, "'); DROP TABLE document; --").code in (0, 1)
    assert rows(karar("instruments", "--register", path, "--format", "json"))


# ---- the file -------------------------------------------------------------------------------------------------------------------------
def test_newer_and_foreign_files_are_refused_untouched(karar, register, tmp_path):
    with contextlib.closing(sqlite3.connect(register.path)) as database:
        database.execute("PRAGMA user_version = 99")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = register.path.read_bytes()
    assert "newer" in register("bodies", code=3).err
    assert register.path.read_bytes() == before
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as database:
        database.execute("CREATE TABLE mine (a)")
    before = foreign.read_bytes()
    assert "no register" in karar("add", "--register", foreign, SAMPLES[0]).err
    assert foreign.read_bytes() == before
    assert karar("bodies", "--register", tmp_path / "none.db").code == 3 and not (tmp_path / "none.db").exists()


@pytest.fixture(params=[1, 2, 3])
def old_register(request, tmp_path):
    """A register as an older version made it: four of the samples, a place edited, the only report of session 7 rejected."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((ROOT / f"tests/data/register-version-{request.param}.db.gz").read_bytes()))
    return path


def version_of(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("PRAGMA user_version").fetchone()[0]


def test_an_old_register_is_copied_and_brought_up_to_date(karar, old_register):
    before, version = old_register.read_bytes(), version_of(old_register)
    first = karar("sessions", "--register", old_register, "PAK-RUS", "--format", "json")
    copied = old_register.parent / f"old.db.version-{version}"
    assert first.code == 0 and copied.name in first.err
    assert version_of(old_register) == 5 and version_of(copied) == version
    with contextlib.closing(sqlite3.connect(old_register)) as database, contextlib.closing(sqlite3.connect(copied)) as copy:
        for table, columns in (("document", "id, hash, uri, language, date, added, added_by, bytes"),
                               ("decision", "id, made, author, action, target, field, value, reason, hash, kind, first_byte")):
            assert database.execute(f"SELECT {columns} FROM {table}").fetchall() == copy.execute(f"SELECT {columns} FROM {table}").fetchall() != []
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for statement in ("DELETE FROM document", "UPDATE decision SET reason = 'x'"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)
    found = rows(first)
    assert found["PAK-RUS/commission/9"]["place"] == "Moscow, House of Government" and is_missing(found, 7)
    if version == 1:        # it kept no sentences: until the reports are read again
        assert found["PAK-RUS/commission/9"]["sentence"] == found["PAK-RUS/commission/9"]["words"]
    assert karar("verify", "--register", old_register).code == 0
    rebuilt = karar("rebuild", "--register", old_register)
    # the programs of those days took all eight memoranda for ones on health, for one of which it is told
    learnt = [("new", "PAK-RUS/mou/2024-12-04"), ("gone", "PAK-RUS/mou/2024-12-04/health"), ("new", "PAK-RUS/mou/2024-12-04/health")]
    changes = [(words[0], words[2]) for words in map(str.split, rebuilt.out.splitlines()) if words[0] in ("new", "gone")]
    assert rebuilt.code == 0 and (version == 1 or changes == learnt and rebuilt.out.endswith("rebuilt; 3 differences\n"))
    assert karar("rebuild", "--register", old_register).out == "rebuilt; 0 differences\n"
    found = rows(karar("sessions", "--register", old_register, "PAK-RUS", "--format", "json"))
    assert found["PAK-RUS/commission/9"]["place"] == "Moscow, House of Government" and is_missing(found, 7)
    assert len(found["PAK-RUS/commission/9"]["sentence"]) > len(found["PAK-RUS/commission/9"]["words"])
    assert before[:16] == b"SQLite format 3\0" and karar("search", "--register", old_register, "Leghari").code == 0


def test_tables_of_things_are_made_in_a_register_of_version_4(karar, register):
    with contextlib.closing(sqlite3.connect(register.path)) as database:
        told = [database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("instrument", "thread")]
        database.executescript("DROP TABLE instrument; DROP TABLE thread; DROP TABLE derivation; PRAGMA user_version = 4")
    assert rows(register("commitments", "PAK-RUS", "--format", "json")) and version_of(register.path) == 5 and all(told)
    with contextlib.closing(sqlite3.connect(register.path)) as database:
        assert told == [database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("instrument", "thread")]
    assert not list(register.path.parent.glob("*.version-4"))       # nothing that stood there was changed


def test_what_is_told_of_things_is_what_their_claims_say(karar, register):
    assert karar("verify", "--register", register.path).code == 0
    for change in ("UPDATE thread SET reports = reports + 1 WHERE id = 'PAK-RUS/freight-train'",
                   "DELETE FROM instrument WHERE id = (SELECT min(id) FROM instrument)"):
        with sqlite3.connect(register.path) as database:
            database.execute(change)
        found = karar("verify", "--register", register.path)
        assert found.code != 0 and "not what its claims say" in found.out + found.err
        assert karar("rebuild", "--register", register.path).code == 0
        assert karar("verify", "--register", register.path).code == 0


def test_a_copy_is_never_overwritten(karar, old_register):
    taken = old_register.parent / f"old.db.version-{version_of(old_register)}"
    taken.write_text("mine", encoding="utf-8")
    assert karar("bodies", "--register", old_register).code == 0
    assert taken.read_text(encoding="utf-8") == "mine" and taken.with_name(taken.name + ".2").exists()


def test_killed_while_it_is_brought_up_to_date(karar, old_register):
    before = old_register.read_bytes()
    for attempt in range(6):
        process = subprocess.Popen([PROGRAM, "bodies", "--register", old_register], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.004 * (attempt + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert karar("verify", "--register", old_register).code == 0
        with contextlib.closing(sqlite3.connect(old_register)) as database:
            assert database.execute("SELECT count(*) FROM document").fetchone()[0] == 4
        for path in old_register.parent.glob("old.db*"):
            path.unlink()
        old_register.write_bytes(before)


def test_documents_and_decisions_cannot_be_changed(register):
    with sqlite3.connect(register.path) as database:
        for statement in ("DELETE FROM document", "UPDATE document SET uri = 'x'"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)
        assert database.execute("PRAGMA application_id").fetchone()[0] == 0x6B617272
        assert database.execute("SELECT count(*) FROM account_session").fetchone()[0] > 5


def test_full_disk_leaves_the_register_whole(karar, register, tmp_path):
    with sqlite3.connect(register.path) as database:
        pages = database.execute("PRAGMA page_count").fetchone()[0]
    limited = tmp_path / "limited.db"
    shutil.copy(register.path, limited)
    big = write(tmp_path, "big.txt", "OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries.\n" + "A plain line of text.\n" * 200000)
    # a file may not grow past this size: the same failure as a full disk
    done = subprocess.run(["sh", "-c", f'ulimit -f {pages * 8 + 64}; trap "" XFSZ; exec "$0" add --register "$1" "$2"', PROGRAM, limited, big],
                          capture_output=True, timeout=120, check=False)
    assert done.returncode == 4, done.stderr
    assert karar("verify", "--register", limited).code == 0
    assert len(karar("documents", "--register", limited, "--format", "json").json()) == len(SAMPLES)


def test_killed_at_any_moment_nothing_stored_is_lost(karar, tmp_path):
    path, folder = tmp_path / "t.db", tmp_path / "in"
    folder.mkdir()
    for i in range(60):
        write(folder, f"{i:03}.txt", f"OSLO, {i % 27 + 1} May 2021: Norway and Chile signed an agreement on fisheries number {i} in Oslo. The two "
                                     f"countries agreed to expand cooperation in education.\n")
    confirmed = set()
    for attempt in range(12):
        process = subprocess.Popen([PROGRAM, "add", "--register", path, folder], stdout=subprocess.PIPE, text=True,
                                   env={**os.environ, "LC_ALL": "C"})
        time.sleep(0.02 + 0.013 * attempt)
        process.send_signal(signal.SIGKILL)
        out = process.communicate()[0]
        confirmed |= {line.split()[0] for line in out.splitlines() if line.endswith(".txt")}
        if path.exists() and karar("documents", "--register", path).code == 0:
            assert karar("verify", "--register", path).code == 0
            stored = {row["document"] for row in karar("documents", "--register", path, "--format", "json").json()}
            assert confirmed <= stored
    assert karar("add", "--register", path, folder).code == 0
    assert len(karar("documents", "--register", path, "--format", "json").json()) == 60


@pytest.mark.parametrize("command", [("rebuild",), ("decide", "edit", "PAK-RUS/commission/8", "--field", "date", "--value", "2023-01-20", "--reason", "r")])
def test_killed_while_rebuilding_or_deciding(karar, register, command):
    before = register("bodies", "--format", "json").json()
    confirmed = 0
    for attempt in range(8):
        process = subprocess.Popen([PROGRAM, command[0], "--register", register.path, *command[1:]], stdout=subprocess.PIPE, text=True)
        time.sleep(0.002 + 0.006 * attempt)
        process.send_signal(signal.SIGKILL)
        confirmed += "decision" in process.communicate()[0]
        assert register("verify").out.endswith(" 0 faults\n")
        assert register("bodies", "--format", "json").json() == before
    made = karar("decisions", "--register", register.path, "--format", "json").json() if command[0] == "decide" else []
    assert len(made) >= confirmed


def test_locked_register_is_a_clear_error(locked):
    path, waiting = locked
    result, seconds = waiting.result()
    assert result.code == 4 and "another program is writing" in result.err and seconds < 30
    assert run("sessions", "--register", path, "PAK-RUS").out    # readers are not held up


def test_reports_without_a_date_are_told_of(karar, tmp_path):
    undated = write(tmp_path, "undated.txt", "Norway and Chile signed an agreement on fisheries.\n")
    add = karar("add", "--register", tmp_path / "karar.db", undated)
    assert add.code == 0 and "1 of the reports added carry no date" in add.err and "1 facts, no date  " in add.out
    again = karar("add", "--register", tmp_path / "karar.db", "--date", "2021-05-04", undated)
    assert again.out.endswith("0 added, 1 known, 0 not read\n") and "1 were known: their date and language stay" in again.err
    dated = karar("add", "--register", tmp_path / "other.db", "--date", "2021-05-04", undated)
    assert dated.code == 0 and dated.err == ""


@pytest.fixture
def archive(filled):
    """A register in a folder in which the asking user may write nothing, and a way to ask as one who is not root."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = pathlib.Path(name)
        for path, mode in ((shutil.copy(filled, folder / "karar.db"), 0o444), (shutil.copy(PROGRAM, folder / "karar"), 0o555), (folder, 0o555)):
            os.chmod(path, mode)
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}

        def ask(*arguments):
            return subprocess.run([folder / "karar", *arguments[:1], "--register", folder / "karar.db", *arguments[1:]], check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, **user)

        ask.path = folder / "karar.db"
        yield ask
        os.chmod(folder, 0o755)


def test_a_register_that_may_not_be_written_is_read(karar, archive, filled):
    for question in (["sessions", "PAK-RUS"], ["brief", "PAK-RUS", "--as-of", "2024-12-31"], ["export", "--as", "dyad-year"], ["verify"]):
        here = archive(*question)
        there = karar(*question[:1], "--register", filled, *question[1:])
        assert (here.returncode, here.stdout.decode("utf-8")) == (there.code, there.out), here.stderr
    refused = archive("decide", "edit", "PAK-RUS/commission/10", "--field", "place", "--value", "Moscow, RUS", "--reason", "so")
    assert refused.returncode != 0 and b"may not be written" in refused.stderr


def test_what_is_not_yet_in_the_file_is_never_passed_over(archive):
    pathlib.Path(f"{archive.path}-wal").write_bytes(b"not yet moved")
    asked = archive("sessions", "PAK-RUS")
    assert asked.returncode != 0 and b"-wal" in asked.stderr and asked.stdout == b""


def test_a_folder_of_any_name_is_read_from(karar, filled, tmp_path_factory):
    """SQLite is given a path that may not be written as an address, in which some letters mean something."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = pathlib.Path(name) / "50% of what? #1"
        folder.mkdir()
        for path, mode in ((shutil.copy(filled, folder / "karar.db"), 0o444), (shutil.copy(PROGRAM, folder / "karar"), 0o555), (folder, 0o555), (folder.parent, 0o755)):
            os.chmod(path, mode)
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        asked = subprocess.run([folder / "karar", "sessions", "--register", folder / "karar.db", "PAK-RUS"], check=False, capture_output=True, **user)
        os.chmod(folder, 0o755)
    assert (asked.returncode, asked.stdout.decode()) == (0, karar("sessions", "--register", filled, "PAK-RUS").out), asked.stderr


def test_where_no_name_is_left_for_a_copy_nothing_is_changed(karar, tmp_path):
    register, old = tmp_path / "karar.db", gzip.decompress((ROOT / "tests" / "data" / "register-version-3.db.gz").read_bytes())
    register.write_bytes(old)
    for number in range(1, 1001):
        (tmp_path / ("karar.db.version-3" + (f".{number}" if number > 1 else "") + (".part" if number % 2 else ""))).touch()
    refused = karar("documents", "--register", register)
    assert refused.code in (3, 4) and "no name is free for a copy" in refused.err, refused.err
    assert register.read_bytes() == old and len(list(tmp_path.glob("karar.db.version-3*"))) == 1000
    (tmp_path / "karar.db.version-3.500").unlink()
    assert karar("documents", "--register", register).code == 0
    assert karar("verify", "--register", register).out.endswith(" 0 faults\n") and (tmp_path / "karar.db.version-3.500").stat().st_size > 4096


def test_a_file_that_cannot_be_written_ends_an_export(filled):
    for form in ("dyad-year", "jsonl", "register"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "export", "--register", filled, "--as", form], stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 4 and b"No space left" in done.stderr, (form, done)
