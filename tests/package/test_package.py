# SPDX-License-Identifier: MIT
"""The Python package: the same bytes as the program, threads, Arrow in four libraries, errors, the register, its documentation."""
import csv
import datetime
import doctest
import gc
import io
import json
import pickle
import re
import subprocess
import sys
import threading

import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import PROGRAM, REPORT, ROOT

import karar
from karar import _core

COLUMNS = ("uri published lang publisher claim kind type status parties ordinal date city sectors begin end char_begin char_end "
           "quote").split()


# ---- the same as the program

def test_json_is_the_programs_to_the_byte(texts, program):
    names = list(texts)
    lines = program("read", "--format", "jsonl", *names).decode().splitlines()
    pretty = program("read", "--format", "json", *names[:60]).decode()
    records = list(karar.read_many(texts.values(), uri=names))
    assert [record.jsonl for record in records] == lines
    found = "[\n" + ",\n".join("  " + record.json.rstrip("\n").replace("\n", "\n  ") for record in records[:60]) + "\n]\n"
    assert json.loads(found) == json.loads(pretty)
    for name, record in list(zip(names, records))[::25]:
        assert record.json.encode() == program("read", "--format", "json", name)
        assert record.page(width=80).encode() == program("read", name)


def test_json_keeps_what_is_written():
    text = REPORT.replace("fisheries in Oslo", 'fisheries "and\tlines" \x7f\x85 worth 12.50 million dollars in Oslo')
    record = karar.read(text)
    assert json.loads(record.json) == json.loads(record.jsonl) == record.to_dict()
    done = subprocess.run([PROGRAM, "read", "--format", "json", "-"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    assert record.json.encode() == done.stdout


def test_str_and_bytes_and_documents(texts):
    for content in list(texts.values())[::40]:
        text = content.decode()
        assert karar.read(text).jsonl == karar.read(content).jsonl == karar.read(karar.Document(content)).jsonl
    page = f"<html><head><title>T</title></head><body><article><p>{REPORT}</p></article></body></html>"
    record = karar.read(page.encode(), uri="p.html")
    assert record.uri == "p.html" and record.instruments
    words = record.instruments[0].evidence[0]
    assert record.text[words.char_begin:words.char_end] == words.quote
    assert karar.read(REPORT.encode("utf-16")).text.startswith("Norway")


def test_offsets(texts):
    for record in karar.read_many([content.decode() for content in texts.values()]):
        for claim in record:
            for words in claim.evidence:
                assert record.text[words.char_begin:words.char_end] == words.quote
                assert record.text.encode()[words.begin:words.end].decode() == words.quote


def test_options(program, tmp_path):
    file = tmp_path / "r.txt"
    file.write_text("The two countries will hold the next session of the Norway-Chile commission next year.")
    for date in ("2021-05-04", datetime.date(2021, 5, 4), datetime.datetime(2021, 5, 4, 12), pandas.Timestamp("2021-05-04")):
        record = karar.read(file.read_text(), "en", date, uri=str(file))
        assert record.json.encode() == program("read", "--format", "json", "--lang", "en", "--date", "2021-05-04", file)
    assert karar.read(REPORT, publisher="The Paper").publisher == "The Paper"
    assert karar.read(REPORT, date=None).published == "2021-05-04"


# ---- records

def test_record():
    record = karar.read(REPORT, uri="u")
    assert (record.uri, record.lang, record.title, record.published) == ("u", "en", "Norway and Chile sign agreement on fisheries", "2021-05-04")
    assert record.id.startswith("sha256:") and record.publisher is None and record.cites == ()
    assert record["i1"] is record.instruments[0] and record["NOR"].name == "Norway"
    assert [claim.id for claim in record.claims] == ["i1", "c1"]
    assert record.text[record.body[0].char_begin:record.body[-1].char_end].startswith("Norway")
    assert bool(record) and not karar.read("It rained all day.")
    with pytest.raises(KeyError):
        record["m9"]
    with pytest.raises(AttributeError):
        record.lang = "xx"
    with pytest.raises(AttributeError):
        record["i1"].kind = "mou"
    assert "rule" in record.why("i1") and "sentence" in record.explain()
    with pytest.raises(karar.NotFound):
        record.why("m9")


def test_objects_refer_to_each_other(texts):
    chairs = bodies = 0
    for record in karar.read_many(texts.values()):
        for meeting, raw in zip(record.meetings, record.to_dict()["meetings"]):
            assert [person.id for person in meeting.chairs] == raw["chairs"]
            assert all(any(person is one for one in record.people) for person in meeting.participants)
            chairs += len(meeting.chairs)
            bodies += meeting.body is not None
        for paper in record.instruments:
            assert paper.meeting is None or any(paper.meeting is one for one in record.meetings)
    assert chairs > 50 and bodies > 50


def test_record_is_a_value():
    record = karar.read(REPORT)
    again = pickle.loads(pickle.dumps(record))
    assert again == record == karar.Record(record.jsonl) and hash(again) == hash(record) and again.instruments == record.instruments
    assert again.text is None
    with pytest.raises(ValueError, match="made of JSON"):
        again.why("i1")


# ---- many

def test_any_number_of_threads_gives_the_same(texts):
    many = list(texts.values()) * 2
    one = [record.jsonl for record in karar.read_many(many, threads=1)]
    assert len(one) == len(many)
    for threads in (2, 5):
        assert [record.jsonl for record in karar.read_many(many, threads=threads)] == one
    tables = [pyarrow.table(karar.read_many(many, threads=threads)) for threads in (1, 3)]
    assert tables[0].equals(tables[1]) and tables[0].num_rows > len(many)


def test_what_is_told_of_each():
    texts = [REPORT] * 300
    uris = [f"u{n}" for n in range(300)]
    dates = [f"{1900 + n % 100}-01-01" for n in range(300)]
    plain = REPORT.replace("OSLO, 4 May 2021: ", "")
    records = list(karar.read_many((plain for _ in texts), date=iter(dates), uri=uris, lang="en", publisher="P", threads=2))
    assert [record.uri for record in records] == uris
    assert [record.published for record in records] == dates
    assert {record.publisher for record in records} == {"P"}
    assert [record.uri for record in karar.read_many(texts[:3])] == ["0", "1", "2"]
    nothing = [None, float("nan"), pandas.NaT, pandas.NA]
    assert [record.published for record in karar.read_many([plain] * 4, date=nothing)] == [None] * 4
    with pytest.raises(ValueError, match="fewer"):
        list(karar.read_many(texts, uri=uris[:-1]))


def test_errors_of_many():
    texts = [REPORT, "", b"\x00\x01\x02", "\ud800", REPORT]
    reading = karar.read_many(texts, uri="abcde", on_error="skip")
    with pytest.raises(TypeError):
        karar.read_many(REPORT)
    reading = karar.read_many(texts, uri=list("abcde"), on_error="skip")
    assert [record.uri for record in reading] == ["a", "e"]
    assert [(error.index, error.uri, error.code) for error in reading.errors] == [
        (1, "b", "empty"), (2, "c", "binary"), (3, "d", "bad-encoding")]
    with pytest.raises(RuntimeError, match="once"):
        list(reading)
    with pytest.raises(karar.EmptyText) as raised:
        list(karar.read_many(texts, threads=2))
    assert raised.value.index == 1 and isinstance(raised.value, ValueError)
    with pytest.raises(OSError, match="empty|no text"):
        pyarrow.table(karar.read_many(texts))
    reading = karar.read_many(texts, on_error="skip")
    assert pyarrow.table(reading).num_rows == 2 * len(karar.read(REPORT).claims) and len(reading.errors) == 3
    with pytest.raises(TypeError, match="int"):
        list(karar.read_many([3]))
    error = pickle.loads(pickle.dumps(raised.value))
    assert (type(error), error.index, str(error)) == (karar.EmptyText, 1, str(raised.value))


def test_a_stream_that_is_interrupted_says_so():
    def texts():
        yield REPORT
        raise KeyboardInterrupt
    with pytest.raises(OSError, match="KeyboardInterrupt"):
        pyarrow.table(karar.read_many(texts(), threads=1))


def test_reads_only_as_far_as_asked():
    drawn = []

    def endless():
        while True:
            drawn.append(1)
            yield REPORT
    reading = iter(karar.read_many(endless(), threads=2))
    for _ in range(10):
        assert next(reading).instruments
    reading.close()
    assert len(drawn) < 2000


def test_reads_without_the_interpreters_lock():
    """While a thread reads, another one that wants the lock gets it, though threads are told to keep it."""
    turns, done = [], threading.Event()

    def take_turns():
        while not done.wait(0.001):
            turns.append(1)
    thread = threading.Thread(target=take_turns)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(100)
    try:
        thread.start()
        before = len(turns)
        karar.read(REPORT * 4000)
        after = len(turns)
    finally:
        done.set()
        sys.setswitchinterval(interval)
        thread.join()
    assert after > before


def test_engines_are_for_one_thread_at_a_time():
    engine = _core.Engine()
    text, busy = REPORT * 4000, []

    def read():
        try:
            engine.write("json", text, None, None, None, None)
        except RuntimeError as error:
            busy.append(str(error))
    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("another thread" in message for message in busy) and len(busy) < 4


# ---- columns

def test_columns_say_what_the_program_says(texts, program):
    names = list(texts)
    table = pyarrow.table(karar.read_many(texts.values(), uri=names))
    table.validate(full=True)
    assert table.column_names == COLUMNS
    lines = list(csv.DictReader(io.StringIO(program("code", "--format", "csv", *names).decode())))
    assert len(lines) == table.num_rows > 1000
    for row, line in zip(table.to_pylist(), lines):
        assert (row["uri"], row["claim"], row["status"], row["quote"]) == (line["uri"], line["claim"], line["status"], line["quote"])
        assert " ".join(row["parties"]) == line["parties"] and " ".join(row["sectors"]) == line["sectors"]
        assert (row["date"] or "", row["city"] or "", row["published"] or "") == (line["date"], line["city"], line["published"])
        assert (str(row["begin"]), str(row["end"]), str(row["ordinal"] or "")) == (line["begin"], line["end"], line["ordinal"])
    stream = pyarrow.ipc.open_stream(program("code", "--format", "arrow", *names)).read_all()
    assert stream.schema == table.schema and stream.combine_chunks().equals(table.combine_chunks())


def test_every_library_takes_the_stream(texts):
    many = list(texts.values())
    rows = pyarrow.table(karar.read_many(many)).to_pylist()
    frame = polars.DataFrame(karar.read_many(many))
    assert frame.columns == COLUMNS and frame.to_dicts() == rows
    table = pandas.DataFrame.from_arrow(karar.read_many(many))
    assert list(table.columns) == COLUMNS and table["claim"].tolist() == [row["claim"] for row in rows]
    claims = pyarrow.RecordBatchReader.from_stream(karar.read_many(many))
    assert duckdb.sql("select count(*), count(distinct uri), sum(len(parties)) from claims").fetchall()[0] == (
        len(rows), len({row["uri"] for row in rows}), sum(len(row["parties"]) for row in rows))


def test_columns_outlive_everything():
    table = pyarrow.table(karar.read_many([REPORT] * 50, threads=2))
    column = table.column("quote").combine_chunks()
    kept = column.slice(1, 3)
    want = kept.to_pylist()
    del table, column
    gc.collect()
    assert kept.to_pylist() == want and all(want)


def test_no_rows():
    for texts in ([], ["It rained all day."]):
        table = pyarrow.table(karar.read_many(texts))
        assert table.num_rows == 0 and table.column_names == COLUMNS
    reading = karar.read_many([REPORT])
    assert pyarrow.schema(reading) == table.schema and reading.count == 0
    del reading
    capsule = karar.read_many([REPORT]).__arrow_c_stream__()    # never asked
    del capsule
    gc.collect()


def test_facts_only():
    texts = [REPORT if n % 10 == 0 else "It rained all day in the hills. " * 200 for n in range(1000)]
    found = [record.uri for record in karar.read_many(texts, facts_only=True, threads=1) if record]
    assert found == [str(n) for n in range(0, 1000, 10)]


# ---- sources

def test_source(tmp_path, program):
    file = tmp_path / "news.jsonl"
    lines = [{"headline": "H", "words": REPORT, "id": f"n{n}"} for n in range(5)]
    file.write_text("\n".join(json.dumps(line) for line in lines[:3]) + "\n{broken\n" + "\n".join(json.dumps(line) for line in lines[3:]) + "\n")
    fields = {"text_field": "words", "title_field": "headline", "url_field": "id"}
    source = karar.Source(file, on_error="skip", **fields)
    records = list(karar.read_many(source))
    assert [record.uri for record in records] == ["n0", "n1", "n2", "n3", "n4"] and records[0].text.startswith("H\n")
    assert len(source.errors) == 1 and source.errors[0].byte is not None and source.progress == file.stat().st_size
    with pytest.raises(karar.Error):
        list(karar.Source(file, **fields))
    with pytest.raises(OSError):
        karar.Source(tmp_path / "none")
    document = next(karar.Source(ROOT / "samples/en-session-9.txt"))
    assert document.size == len((ROOT / "samples/en-session-9.txt").read_bytes()) and document.byte == 0


# ---- the register

def test_register(tmp_path, program, texts):
    names = [name for name in texts if name.startswith("samples/")]
    with karar.Register(tmp_path / "a.db", author="desk") as register:
        added = [register.add(texts[name], uri=name) for name in names]
        assert all(one.is_new for one in added)
        record = karar.read(texts[names[0]], uri=names[0])
        assert register.add(record) == (added[0].id, False)
        assert register.verify()[2] == [] and register.verify().documents == len(names)
        sessions = register.sessions("PAK-RUS")
        assert sessions == json.loads(program("sessions", "--register", tmp_path / "a.db", "--format", "json", "PAK-RUS"))
        number = register.decide("reject", register.show("PAK-RUS/freight-train")[0]["claim"], reason="because")
        assert register.decisions()[0]["reason"] == "because"
        register.undo(number, reason="not so")
        assert register.ask("sessions", "PAK-RUS", format="text").splitlines()[0].split()[0] == "id"
        assert register.calendar("PAK-RUS").startswith("BEGIN:VCALENDAR")
        assert "sessions" in register.brief("PAK-RUS", as_of="2025-12-01")
        assert register.search("insulin") == register.ask("search", words="insulin")
        files = register.export("dyad-year", "PAK-RUS", since="2015-01-01")
        program("export", "--register", tmp_path / "a.db", "--as", "dyad-year", "--since", "2015-01-01", "--output", tmp_path / "out", "PAK-RUS")
        assert files == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} and len(files) > 1
        with pytest.raises(karar.NotFound):
            register.export("papyrus")
        assert register.rebuild(threads=2) == []
        with pytest.raises(karar.NotFound):
            register.ask("weather")
        with pytest.raises(ValueError, match="format"):
            register.ask("sessions", format="xml")
        with pytest.raises(karar.Error):
            register.decide("reject", "no-such-thing/c1", reason="none")
    with pytest.raises(ValueError, match="closed"):
        register.sessions()
    with karar.Register(tmp_path / "a.db", read_only=True) as register:
        assert register.sessions("PAK-RUS") == sessions
        with pytest.raises(karar.Error):
            register.add(REPORT)
    (tmp_path / "b.db").write_bytes(b"no register")
    with pytest.raises(OSError, match="no register"):
        karar.Register(tmp_path / "b.db")
    with pytest.raises(karar.Error):
        karar.Register(tmp_path / "c.db", create=False)


def test_a_register_answers_in_the_readers_language(tmp_path, program):
    samples = sorted((ROOT / "samples").glob("*.txt"))
    with karar.Register(tmp_path / "a.db", author="desk") as register:
        for path in samples:
            register.add(path.read_bytes(), uri=str(path))
        told = {lang: register.sessions("PAK-RUS", lang=lang) for lang in ("ur", "hi")}
        assert told["ur"] != told["hi"] == register.sessions("PAK-RUS", lang=["hi"])
        assert register.sessions("PAK-RUS", lang=("ur", "en")) == json.loads(
            program("sessions", "PAK-RUS", "--lang", "ur", "--register", tmp_path / "a.db", "--format", "json"))
        documents = register.documents()
        assert [row["document"] for row in register.documents(skip=3, limit=2)] == [row["document"] for row in documents[3:5]]
        files = register.export("brat")
        assert len(files) > 2 * len(samples) > 32 and all(isinstance(content, bytes) for content in files.values())
        body = register.export("dyad-year", "PAK-RUS/commission")["dyad-year.csv"]
        assert body and body != register.export("dyad-year", "PAK-RUS")["dyad-year.csv"]


def test_a_claim_is_added_by_its_words(tmp_path):
    with karar.Register(tmp_path / "a.db", author="desk") as register:
        added = register.add(REPORT, uri="agency/1")
        register.decide("add", added.id, field="commitment", value="stance=agreed; parties=NOR CHL; sectors=health", words="fisheries", nth=2,
                        reason="passed over")
        with pytest.raises(karar.BadArgument):
            register.decide("add", added.id, field="commitment", value="stance=agreed; parties=NOR CHL; sectors=health", words="fisheries", reason="r")
        assert [row["sectors"] for row in register.commitments("CHL-NOR") if "health" in row["sectors"]] == ["health"]


def test_register_rebuilds_as_it_was_told(tmp_path):
    text = "The two countries will hold the next session of the Norway-Chile commission next year."
    with karar.Register(tmp_path / "a.db", author="desk") as register:
        register.add(text, "en", datetime.date(2021, 5, 4))
        assert register.rebuild(threads=1) == []
        assert register.documents()[0]["day"] == "2021-05-04"


# ---- the rest

def test_packs_of_ones_own():
    reader = karar.Reader([ROOT / "docs/manual/examples/tr"])
    assert "tr" in reader.languages and "tr" not in karar.Reader().languages
    with pytest.raises(karar.Error):
        karar.Reader([ROOT / "tests"])


def test_errors():
    with pytest.raises(karar.LimitPassed):
        karar.read("x" * (9 << 20))
    with pytest.raises(karar.BadArgument, match="'no'"):
        karar.read(REPORT, lang="no")
    with pytest.raises(TypeError):
        karar.read(None)
    with pytest.raises(TypeError):
        karar.read(REPORT, date=20210504)
    with pytest.raises(ValueError, match="NUL"):
        karar.read(REPORT, uri="a\0b")
    for name in dir(karar):
        kind = getattr(karar, name)
        if isinstance(kind, type) and issubclass(kind, karar.Error) and kind is not karar.Error:
            assert kind.code != "error" and kind.__doc__


def test_handles_are_made_once():
    engine = _core.Engine()
    with pytest.raises(RuntimeError):
        engine.__init__()
    assert engine.languages
    document = karar.Document(b"text")
    with pytest.raises(RuntimeError):
        document.__init__(b"other")
    bare = _core.Document.__new__(_core.Document)
    assert bare.uri == "" and bare.size == 0
    with pytest.raises(karar.BadArgument):
        bare.text  # pylint: disable=pointless-statement
    with pytest.raises(RuntimeError):
        next(_core.Source.__new__(_core.Source))


def test_nothing_is_left_behind():
    """Reading the same again and again keeps the number of objects."""
    def use():
        karar.read(REPORT).why("i1")
        list(karar.read_many([REPORT, b"\x00"], on_error="skip", threads=1))
        pyarrow.table(karar.read_many([REPORT] * 3, threads=1))
        with pytest.raises(karar.Error):
            karar.read("")
    for _ in range(3):
        use()
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(50):
        use()
    gc.collect()
    assert sys.getallocatedblocks() - before < 300


def test_documentation():
    """The examples of the docstrings and of the manual."""
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    finder = doctest.DocTestFinder()
    for test in finder.find(karar):
        runner.run(test)
    page = (ROOT / "docs/manual/python.md").read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", page, re.M | re.S)).replace("…", "...")
    runner.run(parser.get_doctest(examples.replace("https://...", "https://x"), {}, "python.md", "docs/manual/python.md", 0))
    assert runner.summarize(verbose=False).failed == 0 and runner.tries > 40
    for name in karar.__all__:
        assert getattr(karar, name).__doc__, name


def test_import_is_light():
    """What reading does not need is not imported."""
    code = "import sys, karar; print(*sorted(set(sys.modules) & {'pyarrow', 'numpy', 'pandas', 'concurrent.futures', 'dataclasses', 'asyncio'}))"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    assert done.stdout.strip() == b""
