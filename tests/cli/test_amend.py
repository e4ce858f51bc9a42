# SPDX-License-Identifier: MIT
"""What people say of single claims: values that the reader got wrong, claims that it passed over, people who are none. All of it is matched like what the
reader says, survives a rebuild and can be undone."""
import json
import sqlite3

import pytest
from conftest import ROOT, run

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
TEXT = ("OSLO, 4 May 2021: The third session of the Norway-Chile Intergovernmental Commission was held in Oslo. Norway and Chile signed an agreement on fisheries.\n\n"
        "A road map was initialled on the margins. A road map was initialled twice, said the ministers Ine Soreide and Andres Allamand.\n")
ADD = ("--field", "instrument", "--value", "kind=plan; status=agreed; parties=NOR-CHL; sectors=trade energy; subject=road map", "--reason", "passed over")


class Register:
    def __init__(self, path):
        self.path = path

    def __call__(self, command, *arguments, code=0):
        done = run(command, "--register", self.path, *arguments)
        assert done.code == code, (done.code, done.out, done.err)
        return done

    def rows(self, question, *arguments):
        done = run(question, "--register", self.path, *arguments, "--format", "json")
        return done.json() if done.out.strip() else []

    def seen(self):
        """Everything that people see but decisions; claims by what they say."""
        kept = {question: self.rows(question) for question in ("bodies", "sessions", "instruments", "commitments", "people")}
        kept["sessions"] = self.rows("sessions", "CHL-NOR") + self.rows("sessions", "PAK-RUS")
        return json.dumps(kept, sort_keys=True)

    def rebuilds_alike(self):
        before = self.seen()
        for rebuild in (["rebuild"], ["rebuild", "--reread"]):
            assert self(*rebuild).out.endswith("0 differences\n")
            assert self.seen() == before
        assert self("verify").out.endswith(" 0 faults\n")

    def decide(self, *arguments, code=0):
        return self("decide", *arguments, "--author", "R", code=code)


@pytest.fixture
def register(tmp_path):
    register = Register(tmp_path / "karar.db")
    report = tmp_path / "oslo.txt"
    report.write_text(TEXT, encoding="utf-8")
    register("add", report, *SAMPLES[:6])
    register.document = next(row["document"] for row in register.rows("documents") if row["source"].endswith("oslo.txt"))
    return register


def claims(register, kind=None):
    return {row["claim"].split("/")[1]: row for row in register.rows("show", register.document) if kind in (None, row["kind"])}


def test_a_claim_is_added_by_its_words(register):
    before = register.seen()
    words = "initialled on the margins"
    said = register.decide("add", register.document, "--words", words, *ADD)
    assert said.out == "decision 1\n"
    added = claims(register, "instrument")["id1"]
    assert (added["type"], added["status"], added["subject"], added["sectors"]) == ("plan", "agreed", "road map", "energy trade")
    assert added["words"] == words and words in added["sentence"] and added["of"].startswith("CHL-NOR/plan")
    found = [row for row in register.rows("instruments", "CHL-NOR") if row["subject"] == "road map"]
    assert len(found) == 1 and found[0]["words"] == words, "it is matched like what the reader says"
    begin, end = map(int, found[0]["source"].rsplit(":", 1)[1].split("-"))
    assert TEXT.encode()[begin:end].decode() == words
    register.rebuilds_alike()
    assert claims(register)["id1"] == added
    register("undo", "1", "--reason", "no", "--author", "R")
    assert register.seen() == before and "id1" not in claims(register)
    register.rebuilds_alike()


def test_a_report_s_date_publisher_and_language(register, tmp_path):
    """A report as a whole is read again with what people say of it, and all that is dated from it follows."""
    (tmp_path / "date.txt").write_text("OSLO, 3 May 2023: The third session of the Chile-Norway Intergovernmental Commission was held in Oslo on "
                                       "Tuesday. The two sides agreed to launch a solar power plant by the end of next year.\n", encoding="utf-8")
    register("add", tmp_path / "date.txt")
    document = next(row["document"] for row in register.rows("documents") if row["source"].endswith("date.txt"))

    def dated():
        told = {row["kind"]: row for row in register.rows("show", document)}
        return told["meeting"]["day"], told["meeting"]["date"], told["commitment"]["date"]
    before, seen = dated(), register.seen()
    assert before == ("2023-05-03", "2023-05-02", "2024")
    register.decide("edit", document, "--field", "date", "--value", "2025-05-07", "--reason", "the page has it")
    assert dated() == ("2025-05-07", "2025-05-06", "2026")
    assert next(row["day"] for row in register.rows("documents") if row["document"] == document) == "2025-05-07"
    register.rebuilds_alike()
    register.decide("edit", document, "--field", "publisher", "--value", "Foreign Office", "--reason", "r")
    with sqlite3.connect(register.path) as database:
        assert database.execute("SELECT r.publisher, r.day FROM record AS r JOIN document AS d ON d.id = r.document WHERE d.hash LIKE ?",
                                (f"sha256:{document}%",)).fetchall() == [("Foreign Office", "2025-05-07")]
    register.rebuilds_alike()
    for number in (1, 2):
        register("undo", str(number), "--reason", "no", "--author", "R")
    assert dated() == before and register.seen() == seen
    register.rebuilds_alike()
    for field, value, fault in (("date", "soon", "EDTF"), ("title", "x", "date publisher language"), ("language", "xx", "no pack reads"),
                                ("publisher", "", "on one line")):
        assert fault in register.decide("edit", document, "--field", field, "--value", value, "--reason", "r", code=2).err
    assert register.seen() == seen and len(register.rows("decisions")) == 4


def test_words_that_stand_there_twice(register):
    twice = "A road map was initialled"
    assert "2 times" in register.decide("add", register.document, "--words", twice, *ADD, code=2).err
    register.decide("add", register.document, "--words", twice, "--nth", "2", *ADD)
    row, = [row for row in register.rows("instruments", "CHL-NOR") if row["subject"] == "road map"]
    begin = int(row["source"].rsplit(":", 1)[1].split("-")[0])
    assert begin == TEXT.encode().rindex(twice.encode())
    assert "so often" in register.decide("add", register.document, "--words", twice, "--nth", "3", *ADD, code=1).err


def test_words_in_other_scripts_are_counted_in_bytes_and_code_points(register, tmp_path):
    text = "اوسلو، 4 مئی 2021: ناروے اور چلی نے ماہی گیری کے معاہدے پر دستخط کیے۔\nایک نقشۂ راہ بھی طے پایا۔\n"
    (tmp_path / "ur.txt").write_text(text, encoding="utf-8")
    register("add", tmp_path / "ur.txt")
    document = next(row["document"] for row in register.rows("documents") if row["source"].endswith("ur.txt"))
    register.decide("add", document, "--words", "نقشۂ راہ", *ADD)
    row, = [row for row in register.rows("instruments", "CHL-NOR") if row["subject"] == "road map"]
    begin, end = map(int, row["source"].rsplit(":", 1)[1].split("-"))
    assert text.encode()[begin:end].decode() == "نقشۂ راہ"
    register.rebuilds_alike()


def test_added_claims_go_out_with_their_places(register, tmp_path):
    """In bytes and in code points, as every export tells them."""
    register.decide("add", register.document, "--words", "initialled on the margins", *ADD)
    begin = TEXT.index("initialled on the margins")
    notes = json.loads(register("export", "--as", "w3c", "CHL-NOR").out)
    text = json.dumps(notes)
    assert "initialled on the margins" in text and f'"start": {begin}' in text
    register("export", "--as", "csv", "--output", tmp_path / "tables")
    rows = [line for line in (tmp_path / "tables" / "claims.csv").read_text(encoding="utf-8").splitlines() if line.startswith(f"{register.document}/id1,")]
    assert len(rows) == 1 and f",{begin}," in rows[0]


def test_meetings_and_commitments_are_added(register):
    register.decide("add", register.document, "--words", "the ministers Ine Soreide", "--field", "meeting", "--reason", "r",
                    "--value", "type=commission\nstatus=planned\nparties=CHL NOR\nordinal=4\ndate=2022-05\nplace=Santiago, CHL")
    register.decide("add", register.document, "--words", "initialled twice", "--field", "commitment", "--reason", "r",
                    "--value", "stance=planned; parties=NOR CHL; sectors=transport; concepts=freight-train; topic=a freight train; deadline=2023")
    fourth = {row["id"]: row for row in register.rows("sessions", "CHL-NOR")}["CHL-NOR/commission/4"]
    assert (fourth["status"], fourth["date"], fourth["place"]) == ("planned", "2022-05", "Santiago, CHL")
    assert [row["next_planned"] for row in register.rows("bodies", "CHL-NOR", "--as-of", "2022-01-01")] == ["2022-05"]
    assert [row["next_planned"] for row in register.rows("bodies", "CHL-NOR")] == [None]    # it is past
    train, = [row for row in register.rows("commitments", "CHL-NOR") if row["id"] == "CHL-NOR/freight-train"]
    assert (train["stance"], train["deadline"], train["topic"]) == ("planned", "2023", "a freight train")
    register.rebuilds_alike()
    later = register.path.parent / "later.txt"
    later.write_text("SANTIAGO, 9 May 2022: The fourth session of the Norway-Chile Intergovernmental Commission was held in Santiago.\n", encoding="utf-8")
    register("add", later)
    fourth = {row["id"]: row for row in register.rows("sessions", "CHL-NOR")}["CHL-NOR/commission/4"]
    assert (fourth["status"], fourth["reports"]) == ("held", 2), "later reports are matched with it"
    register.rebuilds_alike()


def test_a_claims_value_is_corrected(register):
    before = register.seen()
    meeting = f"{register.document}/m1"
    register.decide("edit", meeting, "--field", "ordinal", "--value", "5", "--reason", "the protocol says so")
    register.decide("edit", meeting, "--field", "place", "--value", "Bergen, NOR", "--reason", "r")
    sessions = {row["id"]: row for row in register.rows("sessions", "CHL-NOR")}
    assert sessions["CHL-NOR/commission/5"]["place"] == "Bergen, NOR" and sessions["CHL-NOR/commission/1–4"]["status"] == "not in register"
    register.rebuilds_alike()
    register.decide("edit", meeting, "--field", "ordinal", "--value", "6", "--reason", "no, so")
    assert "CHL-NOR/commission/6" in {row["id"] for row in register.rows("sessions", "CHL-NOR")}, "the last one holds"
    for number in ("3", "2", "1"):
        register("undo", number, "--reason", "no", "--author", "R")
    assert register.seen() == before
    register.decide("edit", meeting, "--field", "date", "--value", "none", "--reason", "it is the day of the report")
    register.decide("edit", meeting, "--field", "parties", "--value", "NOR PER", "--reason", "r")
    assert "NOR-PER/commission" in {row["id"] for row in register.rows("bodies")} and "CHL-NOR/commission" not in {row["id"] for row in register.rows("bodies")}
    register.rebuilds_alike()


def test_a_correction_rests_where_the_reader_finds_the_claim_no_more(register):
    """A decision is anchored by words; where no claim begins there, it waits."""
    register.decide("edit", f"{register.document}/m1", "--field", "ordinal", "--value", "5", "--reason", "r")
    with sqlite3.connect(register.path) as database:
        database.execute("DROP TRIGGER decision_is_fixed")
        database.execute("UPDATE decision SET first_byte = first_byte + 1")
    register("rebuild")
    assert {row["id"]: row for row in register.rows("sessions", "CHL-NOR")}["CHL-NOR/commission/3"]["status"] == "held"


def test_a_rejection_is_of_one_claim_alone(register, tmp_path):
    """Three documents of one list begin with the same words; one of them is wrong."""
    text = "OSLO, 4 June 2021: Norway and Peru signed memorandums of understanding on education, tourism and health.\n"
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    register("add", tmp_path / "list.txt")
    register.document = next(row["document"] for row in register.rows("documents") if row["source"].endswith("list.txt"))
    listed = claims(register, "instrument")
    assert len(listed) == 3 and len({row["source"] for row in listed.values()}) == 1
    register.decide("reject", f"{register.document}/i2", "--reason", "r")
    left = {row["sectors"] for row in register.rows("instruments", "NOR-PER")}
    assert left == {row["sectors"] for local, row in listed.items() if local != "i2"} and len(left) == 2
    register.rebuilds_alike()


def test_somebody_who_is_none(register):
    """A name that is no person leaves the account, with what it did there."""
    before = register.rows("people", "PAK-RUS")
    person = next(row for row in before if row["reports"] == 1)
    told = register.rows("why", person["id"])
    register.decide("reject", told[0]["claim"], "--reason", "a ship is called so")
    assert person["id"] not in {row["id"] for row in register.rows("people", "PAK-RUS")}
    register.rebuilds_alike()
    register("undo", "1", "--reason", "no", "--author", "R")
    assert register.rows("people", "PAK-RUS") == before
    register.rebuilds_alike()


def test_not_sure_changes_nothing_and_is_kept(register):
    before = register.seen()
    register.decide("unsure", f"{register.document}/m1", "--reason", "the print is bad")
    assert register.seen() == before
    assert [(row["action"], row["author"], row["state"]) for row in register.rows("decisions")] == [("unsure", "R", None)]
    register("undo", "1", "--reason", "no", "--author", "R")
    assert register.rows("decisions")[0]["state"] == "undone"


def test_a_report_is_accepted_as_a_whole(register):
    register.decide("reject", f"{register.document}/i1", "--reason", "r")
    register.decide("accept", register.document, "--reason", "read to its end")
    made = [(row["action"], row["target"].removeprefix(register.document)) for row in register.rows("decisions")]
    assert made[0] == ("reject", "/i1") and made[-1] == ("accept", "")
    with sqlite3.connect(register.path) as database:
        named = [row[0] for row in database.execute("SELECT local FROM person_claim WHERE doc = ?", (register.document,))]
    assert named and set(made[1:-1]) == {("accept", f"/{local}") for local in ("m1", "i2", *named)}


@pytest.mark.parametrize(("arguments", "code", "says"), [
    (("add", "{}", "--words", "no such words", *ADD), 1, "no such words"),
    (("add", "{}", *ADD), 2, "names the words"),
    (("add", "000000000000", "--words", "Oslo", *ADD), 1, "no such report"),
    (("add", "{}", "--words", "margins", "--field", "treaty", "--value", "kind=plan", "--reason", "r"), 2, "a meeting, an instrument or a commitment"),
    (("add", "{}", "--words", "margins", "--field", "instrument", "--value", "kind=plan; status=agreed", "--reason", "r"), 2, "parties"),
    (("add", "{}", "--words", "margins", "--field", "instrument", "--value", "kind=scroll; status=agreed; parties=NOR CHL", "--reason", "r"), 2, "mou, agreement"),
    (("add", "{}", "--words", "margins", "--field", "instrument", "--value", "kind=plan; status=agreed; parties=Norway Chile", "--reason", "r"), 2, "PAK RUS"),
    (("add", "{}", "--words", "margins", "--field", "instrument", "--value", "kind plan", "--reason", "r"), 2, "field=value"),
    (("add", "{}", "--words", "margins", "--field", "meeting", "--value", "type=session; status=held; parties=NOR CHL", "--reason", "r"), 2, "commission, working-group"),
    (("edit", "{}/m1", "--field", "date", "--value", "last week", "--reason", "r"), 2, "2025-11-27"),
    (("edit", "{}/m1", "--field", "place", "--value", "in Bergen", "--reason", "r"), 2, "Moscow, RUS"),
    *((("edit", "{}/m1", "--field", "place", "--value", value, "--reason", "r"), 2, "Moscow, RUS")
      for value in ("Bergen, NO", "Bergen, NORW", "Bergen, nor", ", NOR", "NO", "N", "Bergen, 1OR", "Bergen, N~R", "Bergen, N:R", "a, b, ")),
    *((("edit", "{}/m1", "--field", "ordinal", "--value", value, "--reason", "r"), 2, "number from 1") for value in ("-3", "0", "10000", "third", "3rd")),
    *((("edit", "{}/m1", "--field", "date", "--value", value, "--reason", "r"), 2, "2025-11-27") for value in ("0000-01-01", "2025-13", "2025-02-30")),
    *((("edit", "{}/i1", "--field", "parties", "--value", value, "--reason", "r"), 2, "PAK RUS")
      for value in ("NOR C", "NOR 1CH", "NOR ABCDEFGHIJKLM", "NOR CH_L", "NOR chl", "NOR [")),
    *((("add", "{}", "--words", "initialled twice", "--field", "commitment", "--value", f"stance=planned; parties=NOR CHL; sectors=transport; concepts={code}",
        "--reason", "r"), 2, "freight-train") for code in ("Train", "train_", "tr~in", "tr:in", "tr/in", "tr.in")),
    (("edit", "{}/m1", "--field", "status", "--value", "none", "--reason", "r"), 2, "wants its status"),
    (("edit", "{}/m1", "--field", "status", "--value", "over", "--reason", "r"), 2, "held, planned"),
    (("edit", "{}/i1", "--field", "sectors", "--value", "trade fish", "--reason", "r"), 2, "relations, trade"),
    (("edit", "{}/i1", "--field", "ordinal", "--value", "3", "--reason", "r"), 2, "kind status parties"),
    (("unsure", "{}/m99", "--reason", "r"), 1, "no such claim"),
    (("add", "{}", "--words", "margins", "--nth", "0", *ADD), 2, "number from 1"),
])
def test_what_is_wrong_is_told_and_changes_nothing(register, arguments, code, says):
    result = register.decide(*(argument.replace("{}", register.document) for argument in arguments), code=code)
    assert says in result.err, result.err
    assert register.rows("decisions") == []


def test_an_added_claim_is_taken_back_by_its_undo_alone(register):
    register.decide("add", register.document, "--words", "margins", *ADD)
    for action in ("reject", "accept", "unsure"):
        assert "undo decision 1" in register.decide(action, f"{register.document}/id1", "--reason", "r", code=2).err


# ---- two people judge the same claim ------------------------------------------------------------------------------------------------------
def judge(register, claim, value, author, code=0):
    return register("decide", "judge", f"{register.document}/{claim}", "--value", value, "--reason", f"the secret of {author}", "--author", author, code=code)


def test_a_judgement_is_kept_back_until_both_have_judged(register):
    before = register.seen()
    judge(register, "m1", "verdict=right; ordinal=4", "Ann")
    shown = register("decisions", "--format", "json").out + register("why", f"{register.document}/m1", code=1 if not register.rows("why", f"{register.document}/m1") else 0).out
    assert "secret" not in shown and "ordinal" not in shown and "kept back" in shown and register.seen() == before
    assert "already" in judge(register, "m1", "verdict=wrong", "Ann", code=2).err
    judge(register, "m1", "verdict=right; ordinal=5", "Bob")
    shown = register("decisions", "--format", "json").out
    assert "secret of Ann" in shown and "ordinal=4" in shown and "ordinal=5" in shown and register.seen() == before
    assert "two people" in judge(register, "m1", "verdict=right", "Cid", code=2).err
    differ, = register.rows("differences")
    assert (differ["claim"], differ["reviewer"], differ["other"]) == (f"{register.document}/m1", "Ann", "Bob")
    register("decide", "settle", f"{register.document}/m1", "--value", "verdict=right; ordinal=5", "--reason", "the protocol", "--author", "Eve")
    assert register.rows("differences") == []
    assert "CHL-NOR/commission/5" in {row["id"] for row in register.rows("sessions", "CHL-NOR")}
    assert [row["action"] for row in register.rows("decisions")] == ["judge", "judge", "edit", "accept"]
    register.rebuilds_alike()


def test_what_two_judge_alike_is_carried_out(register):
    judge(register, "m1", "verdict=right; ordinal=4; parties=NOR-CHL", "Ann")
    judge(register, "m1", "parties=CHL NOR; verdict=right; ordinal=4", "Bob")
    judge(register, "i1", "verdict=wrong", "Ann")
    judge(register, "i1", "verdict=wrong; status=planned", "Bob")
    made = [(row["action"], row["field"], row["value"]) for row in register.rows("decisions") if row["action"] != "judge"]
    assert made == [("edit", "ordinal", "4"), ("accept", None, None), ("reject", None, None)]
    assert {row["id"] for row in register.rows("sessions", "CHL-NOR") if row["reports"]} == {"CHL-NOR/commission/4"}
    assert "agreement" not in {row["kind"] for row in register.rows("instruments", "CHL-NOR")} and register.rows("differences") == []


def test_settling_goes_back_to_what_the_reader_said(register):
    place = f"{register.document}/m1"
    register.decide("edit", place, "--field", "ordinal", "--value", "9", "--reason", "r")
    register.decide("settle", place, "--value", "verdict=right; ordinal=3", "--reason", "r")
    assert {row["id"] for row in register.rows("sessions", "CHL-NOR") if row["reports"]} == {"CHL-NOR/commission/3"}


@pytest.mark.parametrize("value", ["", "ordinal=4", "verdict=perhaps", "verdict=right; mood=good", "verdict=right; date=soon"])
def test_judgements_that_cannot_be(register, value):
    judge(register, "m1", value, "Ann", code=2)
    assert register.rows("decisions") == []


def kappa(pairs):
    """Cohen's kappa and the share of pairs that agree, worked out the plain way."""
    share = sum(a == b for a, b in pairs) / len(pairs)
    chance = sum(sum(a == k for a, _ in pairs) * sum(b == k for _, b in pairs) for k in {x for pair in pairs for x in pair}) / len(pairs) ** 2
    return round(share, 3), None if chance == 1 else round((share - chance) / (1 - chance), 3)


def test_agreement_of_each_field(register):
    """By hand and by the register: over ten claims on which two people agree in part."""
    places = [row["claim"] for row in register.rows("show", "PAK-RUS/commission") + register.rows("show", "PAK-RUS/freight-train") if row["kind"] == "meeting"]
    places += [row["claim"] for row in register.rows("show", register.document)]
    verdicts = {"Ann": "right right wrong right unsure right wrong", "Bob": "right wrong wrong right right right right"}
    ordinals = {"Ann": "7 8", "Bob": "7 9"}
    told = {}
    for author, words in verdicts.items():
        for number, (place, verdict) in enumerate(zip(places, words.split())):
            value, told[author, place] = f"verdict={verdict}", {"verdict": verdict}
            if verdict == "right" and place.split("/")[1].startswith("m"):
                told[author, place]["ordinal"] = ordinals[author].split()[number % 2]
                value += f"; ordinal={told[author, place]['ordinal']}"
            register("decide", "judge", place, "--value", value, "--reason", "r", "--author", author)
    judged = [place for place in places if ("Ann", place) in told]
    assert len(judged) >= 5
    rows = {row["field"]: row for row in register.rows("agreement")}
    for field in ("verdict", "ordinal"):
        pairs = [(told["Ann", place][field], told["Bob", place][field]) for place in judged if field in told["Ann", place] and field in told["Bob", place]]
        row = rows[field]
        assert (row["reviewer"], row["other"], row["claims"], row["agreed"]) == ("Ann", "Bob", len(pairs), sum(a == b for a, b in pairs))
        assert (row["raw"], row["kappa"]) == kappa(pairs), field


@pytest.mark.parametrize("nameless", [("edit", ""), ("reject", "")])
def test_a_decision_is_about_something_for_a_reason(register, nameless):
    for arguments in ((*nameless, "--reason", "r", "--author", "R"), ("reject", f"{register.document}/m1", "--reason", "", "--author", "R")):
        result = run("decide", "--register", register.path, *arguments)
        assert result.code == 2 and result.err, (arguments, result)
    for value in ("", "a\nb"):
        result = run("decide", "--register", register.path, "edit", register.document, "--field", "publisher", "--value", value, "--reason", "r", "--author", "R")
        assert result.code == 2 and result.err, (value, result)
    result = run("decide", "--register", register.path, "edit", register.document, "--field", "date", "--value", "yesterday", "--reason", "r", "--author", "R")
    assert result.code == 2 and result.err
    assert register.rows("decisions") == []


@pytest.mark.parametrize("field", ["sectors", "parties"])
def test_a_list_of_nothing_is_none(register, field):
    """Separators alone are no value that is there and empty, least of all where one is needed."""
    result = run("decide", "--register", register.path, "edit", f"{register.document}/i1", "--field", field, "--value", " , ", "--reason", "r", "--author", "R")
    assert result.code == 2 and "as codes" in result.err, result.err
    assert register.rows("decisions") == []
