# SPDX-License-Identifier: MIT
"""The register from outside: the user stories of desk officers, secretariats, reporters, analysts, reviewers and developers.

The reports are our own words on the Pakistan-Russia commission; its facts are public.
"""
import contextlib
import csv
import io
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest
from conftest import PROGRAM, ROOT

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))


@pytest.fixture
def register(karar, tmp_path):
    """A register of all samples, and a way to ask it."""
    path = tmp_path / "karar.db"
    assert karar("add", "--register", path, *SAMPLES).code == 0

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


# ---- story 1: history of a body -----------------------------------------------------------------------------------------------------
def test_sessions_in_order_with_gaps_shown(register):
    found = rows(register("sessions", "PAK-RUS/commission", "--format", "json"))
    numbers = [row["number"] for row in found.values()]
    assert numbers == sorted(numbers)
    for number in (1, 2, 3, 4):
        row = found[f"PAK-RUS/commission/{number}"]
        assert row["status"] == "not in register" and row["date"] is None and row["words"] is None
    assert found["PAK-RUS/commission/6"]["date"] == "2019-12-09/2019-12-11"
    assert found["PAK-RUS/commission/7"]["place"].startswith("Yekaterinburg")
    assert "Omar Ayub Khan" in found["PAK-RUS/commission/7"]["chairs"] and "Shulginov" in found["PAK-RUS/commission/7"]["chairs"]
    assert found["PAK-RUS/commission/10"]["date"] == "2025-11-25/2025-11-27"
    assert found["PAK-RUS/commission/11"]["status"] == "planned"


def test_each_cell_opens_its_words(register):
    for row in register("sessions", "PAK-RUS", "--format", "json").json():
        if row["status"] == "not in register":
            continue
        path, _, span = row["source"].rpartition(":")
        begin, end = map(int, span.split("-"))
        assert pathlib.Path(path).read_bytes()[begin:end].decode() == row["words"]


def test_sessions_of_two_languages_are_one(register):
    documents = {row["claim"].split("/")[0]: row["language"] for row in register("show", "PAK-RUS/commission/10", "--format", "json").json()}
    assert len(documents) >= 2 and len(set(documents.values())) >= 2


# ---- story 2: brief -----------------------------------------------------------------------------------------------------------------
def test_brief_has_all_parts(register):
    page = register("brief", "PAK-RUS", "--as-of", "2025-12-01", "--format", "json").json()
    assert [row["number"] for row in page["sessions"]] == [10, 9, 8]
    assert page["next"][0]["number"] == 11 and page["next"][0]["date"] == "2026"
    assert any(row["id"] == "PAK-RUS/freight-train" for row in page["past_due"])
    assert all(row["words"] and row["source"] for part in page for row in page[part])


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


def test_diff_tells_new_from_known(karar, tmp_path):
    path = tmp_path / "t.db"
    for name in ("en-session-10.txt", "hi-session-10-page.txt"):
        karar("add", "--register", path, ROOT / "samples" / name)
    answer = karar("diff", "--register", path, ROOT / "samples/hi-session-10-page.txt", "--format", "json").json()
    changes = {row["id"]: row["change"] for row in answer}
    assert changes["PAK-RUS/commission/10"] == "known" and changes["PAK-RUS/commission/11"] == "new"


def test_idle_bodies(register):
    assert [row["id"] for row in register("idle", "--years", "3", "--as-of", "2030-01-01", "--format", "json").json()] == ["PAK-RUS/commission"]
    assert register("idle", "--years", "5", "--as-of", "2026-01-01", code=1).out == ""


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


def test_documents_and_decisions_cannot_be_changed(register):
    with sqlite3.connect(register.path) as database:
        for statement in ("DELETE FROM document", "UPDATE document SET uri = 'x'"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)
        assert database.execute("PRAGMA application_id").fetchone()[0] == 0x6B617272
        assert database.execute("SELECT count(*) FROM account_session").fetchone()[0] > 5


def test_locked_register_is_a_clear_error(register):
    holder = sqlite3.connect(register.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    begin = time.monotonic()
    result = register("decide", "edit", "PAK-RUS/commission/8", "--field", "date", "--value", "2023-01-20", "--reason", "r", code=4)
    assert "another program is writing" in result.err and time.monotonic() - begin < 30
    assert register("sessions", "PAK-RUS").out    # readers are not held up
    holder.execute("ROLLBACK")


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
