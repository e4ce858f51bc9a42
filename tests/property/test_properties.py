# SPDX-License-Identifier: MIT
"""What holds of every text, tried on the samples and the reports of our own, and on texts that dice make of them.

Where words stand and what they say; the same record whatever the number of threads and the pieces in which bytes arrive; the same claims of a
text that stands in a page with furniture around it, or is read again; no claim of words without order, of other languages, of a long text
that says nothing; the same account from records that were exported and read back.
"""
import gzip
import html
import json
import os
import pathlib
import random
import re
import subprocess
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("KARAR", ROOT / "build" / "karar"))
KINDS = ("meetings", "instruments", "commitments")


def karar(*arguments, stdin=None):
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, stdin=None if stdin is not None else subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=280, check=False)
    assert done.returncode in (0, 1), f"{arguments}: {done.returncode}: {done.stderr.decode()}"
    return done.stdout


def reports():
    """Reports of every language with their names; the own ones by fives, as they are many."""
    own = sorted((ROOT / "tests" / "own").glob("*/*.txt"))[::5]
    paths = sorted((ROOT / "samples").glob("*.txt")) + own
    assert len(paths) > 40
    return [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def read_all(texts, folder, suffix=".txt"):
    """Records of texts, in one run."""
    texts = list(texts)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number:05}{suffix}")
        paths[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
    records = [json.loads(line) for line in karar("read", "--format", "jsonl", *paths).splitlines()]
    assert len(records) == len(texts)
    return records


def facts(record):
    return sum(len(record[kind]) for kind in KINDS)


def spans(value):
    if isinstance(value, dict):
        if "begin" in value and "char_begin" in value:
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def names_of(record):
    """What the ids inside a record stand for, so that claims of two records can be held against each other."""
    names = {person["id"]: person["name"] for person in record["people"]}
    names.update({body["id"]: body["name"] for body in record["bodies"]})
    return names


def claims(record):
    """The claims without the places of their words and without the numbers that the record gives them."""
    names = names_of(record)

    def plain(value):
        if isinstance(value, dict):
            return {key: plain(part) for key, part in value.items() if key not in ("evidence", "id", "meeting", "begin", "end", "char_begin", "char_end")}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return names.get(value, value) if isinstance(value, str) else value
    return {json.dumps({"kind": kind, **plain(claim)}, sort_keys=True, ensure_ascii=False) for kind in KINDS for claim in record[kind]}


def test_spans_quote_what_they_say(tmp_path):
    every = reports()
    count = 0
    for (name, text), record in zip(every, read_all([text for _, text in every], tmp_path)):
        stored = text.encode()
        for span in spans(record):
            begin, end = span["begin"], span["end"]
            words = stored[begin:end].decode("utf-8", "strict")     # on code points at both ends
            assert len(stored[:begin].decode()) == span["char_begin"] and len(stored[:end].decode()) == span["char_end"], (name, span)
            assert text[span["char_begin"]:span["char_end"]] == words
            assert "quote" not in span or span["quote"] == words, (name, span)
            count += 1
    assert count > 1000


def corpus(path):
    with open(path, "w", encoding="utf-8") as file:
        for name, text in reports():
            file.write(json.dumps({"text": text, "url": f"http://a.example/{name}"}, ensure_ascii=False) + "\n")
    return path


def test_threads_change_nothing(tmp_path):
    path = corpus(tmp_path / "all.jsonl")
    one = karar("code", "--format", "jsonl", "--jobs", 1, path)
    assert one.count(b"\n") > 20
    for jobs in (2, 3, 8):
        assert karar("code", "--format", "jsonl", "--jobs", jobs, path) == one


def through_pipe(pieces):
    """What `karar read` makes of its input when it arrives in pieces."""
    process = subprocess.Popen([PROGRAM, "read", "--format", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def feed():
        for piece in pieces:
            process.stdin.write(piece)
            process.stdin.flush()
        process.stdin.close()
    feeder = threading.Thread(target=feed)
    feeder.start()
    out = process.stdout.read()
    feeder.join()
    process.wait()
    return out


def test_pieces_change_nothing(tmp_path):
    path = corpus(tmp_path / "all.jsonl")
    whole = path.read_bytes()
    packed, dice = gzip.compress(whole), random.Random(5)
    right = through_pipe([whole])
    assert right.count(b"\n") > 40
    for content in (whole, packed):
        pieces, at = [], 0
        while at < len(content):
            size = dice.choice((1, 2, 3, 7, 4096, 65536, 65537))
            pieces.append(content[at:at + size])
            at += size
        assert through_pipe(pieces) == right
    members = b"".join(gzip.compress(whole[at:at + 999]) for at in range(0, len(whole), 999))     # cut anywhere, also inside a letter
    assert through_pipe([members]) == right


def test_again_is_the_same(tmp_path):
    """One engine reads every text twice, in another order the second time: nothing is left over from one document to the next."""
    texts = [text for _, text in reports()]
    order = list(range(len(texts)))
    random.Random(7).shuffle(order)
    first = read_all(texts, tmp_path / "a")
    second = read_all([texts[i] for i in order], tmp_path / "b")
    for place, i in enumerate(order):
        for record in (first[i], second[place]):
            record["document"].pop("uri")
        assert first[i] == second[place]


PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>p {{ color: red }}</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/a">About us</a></li><li><a href="/c">Contact</a></li></ul></nav></header>
<div class="cookies"><p>We use cookies. <a href="/p">Read our policy</a></p><button>OK</button></div>
<main><article><h1>{title}</h1>{body}</article></main>
<aside><h2>Most read</h2><ul><li><a href="/1">Ten ways to cook rice</a></li><li><a href="/2">The weather on Sunday</a></li></ul></aside>
<footer><p><a href="/t">Terms</a> <a href="/p">Privacy</a> © A newspaper</p><script>var share = "twitter";</script></footer></body></html>
"""
BARE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>
"""


def page(form, text):
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    return form.format(title=html.escape(title), body="".join(f"<p>{html.escape(line)}</p>" for line in lines))


def test_furniture_adds_nothing(tmp_path):
    every = [(name, text) for name, text in reports() if len(text.strip().splitlines()) > 2]
    bare = read_all([page(BARE, text) for _, text in every], tmp_path / "bare", ".html")
    furnished = read_all([page(PAGE, text) for _, text in every], tmp_path / "full", ".html")
    differ = [(name, claims(a) ^ claims(b)) for (name, _), a, b in zip(every, bare, furnished) if claims(a) != claims(b)]
    assert sum(map(facts, bare)) > 100
    assert not differ, differ[:3]


def test_blank_lines_and_spaces_change_nothing(tmp_path):
    every = reports()
    plain = read_all([text for _, text in every], tmp_path / "a")
    spaced = read_all(["\ufeff\n\n" + text.replace("\n", " \r\n") + "\r\n\r\n\r\n" for _, text in every], tmp_path / "b")
    differ = [(name, claims(a) ^ claims(b)) for (name, _), a, b in zip(every, plain, spaced) if claims(a) != claims(b)]
    assert not differ, differ[:3]


def shuffled(texts):
    dice = random.Random(11)
    for text in texts:
        words = text.split()
        dice.shuffle(words)
        yield " ".join(words)


PLAIN = (
    "The weather was fine and the market was open all day. Seven cooks in a small kitchen made soup of carrots, onions and a little pepper for the children.",
    "Погода была хорошая, и рынок работал весь день. Семь поваров на маленькой кухне сварили для детей суп из моркови, лука и перца.",
    "मौसम अच्छा था और बाज़ार दिन भर खुला रहा। सात रसोइयों ने बच्चों के लिए गाजर, प्याज़ और मिर्च का सूप बनाया।",
    "موسم اچھا تھا اور بازار دن بھر کھلا رہا۔ سات باورچیوں نے بچوں کے لیے گاجر، پیاز اور مرچ کا سوپ بنایا۔",
    (ROOT / "samples" / "en-no-dealing.txt").read_text(encoding="utf-8"),
)


def test_shuffled_words_claim_nothing(tmp_path):
    """Words of texts without facts make none in whatever order. Words of reports lose most of theirs, not all: where no order shows by case marks
    that stand side by side is not seen in short reports; the bound keeps that from growing (SECURITY.md)."""
    texts = list(shuffled(PLAIN * 20))
    assert [facts(record) for record in read_all(texts, tmp_path / "plain")] == [0] * len(texts)
    texts = [text for _, text in reports()]
    right = sum(map(facts, read_all(texts, tmp_path / "right")))
    wrong = sum(map(facts, read_all(shuffled(texts), tmp_path / "shuffled")))
    assert wrong * 5 < right


OTHERS = (
    "Le ministre a visité la ville et a parlé avec les habitants de la construction d'une nouvelle école. Le temps était beau.",
    "Die beiden Regierungen haben gestern in Berlin ein Abkommen über den Handel unterzeichnet, teilte das Ministerium mit.",
    "Los gobiernos de Chile y Noruega firmaron ayer un acuerdo sobre pesca en Santiago, informó el ministerio.",
    "两国政府昨天在北京签署了关于贸易的协定。", "両国政府は昨日東京で貿易に関する協定に署名した。", "وقعت الحكومتان أمس اتفاقية بشأن التجارة في القاهرة.",
    "Rząd podpisał wczoraj w Warszawie umowę o handlu z rządem Norwegii.", "Két kormány tegnap Budapesten kereskedelmi megállapodást írt alá.",
    "Serikali hizo mbili zilitia saini mkataba wa biashara jana mjini Nairobi.", "Hai chính phủ đã ký một hiệp định về thương mại tại Hà Nội.",
    "Οι δύο κυβερνήσεις υπέγραψαν χθες στην Αθήνα συμφωνία για το εμπόριο.", "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod",
)


def test_other_languages_claim_nothing(tmp_path):
    records = read_all([text * 3 for text in OTHERS], tmp_path)
    assert [facts(record) for record in records] == [0] * len(OTHERS)


def test_a_long_text_without_facts_claims_nothing(tmp_path):
    lines = ("The weather was fine and the market was open all day.", "Мальчик пошёл в школу, а потом домой.", "बच्चे स्कूल गए और फिर घर आए।",
             "بچے سکول گئے اور پھر گھر آئے۔", "Seven cooks in a small kitchen made soup of carrots and onions.")
    text = "\n\n".join(lines[i % len(lines)] for i in range(100_000))
    record, = read_all([text], tmp_path)
    assert facts(record) == 0 and not record["people"] and not record["bodies"]


def test_records_read_back_give_the_same_account(tmp_path):
    """jsonl is the one export that loses nothing of what a record says: exported, read back and exported again it is the same."""
    register = tmp_path / "karar.db"
    karar("add", "--register", register, ROOT / "samples")
    records = karar("export", "--register", register, "--as", "jsonl")
    path = tmp_path / "records.jsonl"
    path.write_bytes(records)
    assert records.count(b"\n") > 10
    assert karar("export", "--records", path, "--as", "jsonl") == records
    kept, back = (karar("export", *source, "--as", "dyad-year") for source in (("--register", register), ("--records", path)))
    assert kept == back


# Members of a line of a register that may be any text; the second to the fifth may be none.
FREE = ("uri", "language", "page_language", "publisher", "date", "added", "added_by", "made", "author", "target", "field", "value", "reason")


def everything(register):
    """All that is exported and all that is answered about a register with decisions."""
    exported = [karar("export", "--register", register, "--as", form) for form in ("jsonl", "dyad-year", "polecat", "plover", "ftm", "w3c", "ics")]
    asked = [karar(question, "--register", register, "--format", "json", *limit) for question, limit in
             (("bodies", ()), ("instruments", ()), ("commitments", ()), ("people", ()), ("decisions", ()), ("documents", ("--limit", 1000)))]
    return exported + asked


def test_a_copy_is_the_register(tmp_path):
    """What goes out by `karar backup` is a register like the one it came from: the same answers and exports, the same decisions, whose undoing and whose
    rebuilding give the same as well. The same from the reports that were added and the decisions that were made, one by one, in a new register."""
    first, copy, again = (tmp_path / name for name in ("first.db", "copy.db", "again.db"))
    decisions = (("edit", "PAK-RUS/commission/8", "--field", "place", "--value", "Lahore, PAK"),
                 ("edit", "PAK-RUS/freight-train", "--field", "fate", "--value", "stalled"))
    for register in (first, again):
        karar("add", "--register", register, ROOT / "samples", "--author", "A")
        made = [karar("decide", "--register", register, *decision, "--reason", "r", "--author", "A") for decision in decisions]
        assert all(made)
    karar("backup", "--register", first, copy)
    right = everything(first)
    assert everything(copy) == right and all(right[:3])
    assert b" 0 differences" in karar("rebuild", "--register", copy) and everything(copy) == right
    assert b" 0 faults" in karar("verify", "--register", copy)
    undated = [re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"", part) for part in right]
    assert [re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"", part) for part in everything(again)] == undated
    for register in (first, copy):
        karar("undo", "--register", register, "1", "--reason", "r", "--author", "A")
    assert everything(copy)[:-2] == everything(first)[:-2] != right[:-2]


def test_export_and_import_give_the_same_register(tmp_path):
    """A register that goes out as lines and comes in elsewhere is the same: answers, exports, decisions with their numbers and days, a decision's undoing,
    a rebuild; and it goes out again as the same bytes, whatever the number of threads that read it."""
    first = tmp_path / "first.db"
    karar("add", "--register", first, ROOT / "samples", "--author", "A")
    karar("add", "--register", first, ROOT / "tests" / "own" / "en", "--author", "B", "--date", "2024-05-01", "--lang", "en")
    claims = [f"{record['document']['id'][7:19]}/i1" for record in map(json.loads, karar("export", "--register", first, "--as", "jsonl").splitlines())
              if record["instruments"]]
    assert len(claims) > 10
    for decision in (("edit", "PAK-RUS/commission/8", "--field", "place", "--value", "Lahore, PAK"), ("reject", claims[0]),
                     ("edit", claims[1], "--field", "status", "--value", "planned"), ("judge", claims[2], "--value", "verdict=unsure"),
                     ("accept", claims[3].split("/")[0]), ("merge", "PAK-RUS/commission/9", "--value", "PAK-RUS/commission/8")):
        assert karar("decide", "--register", first, *decision, "--reason", "r\nand \"more\"", "--author", "Ж")
    assert karar("undo", "--register", first, "1", "--reason", "r", "--author", "A")
    lines = karar("export", "--register", first, "--as", "register")
    assert lines.count(b"\n") > 60
    right = everything(first)
    for jobs in (1, 3):
        second = tmp_path / f"{jobs}.db"
        karar("import", "--register", second, "--jobs", jobs, "-", stdin=lines)
        assert karar("export", "--register", second, "--as", "register") == lines
        assert everything(second) == right
        assert b" 0 faults" in karar("verify", "--register", second)
        assert b" 0 differences" in karar("rebuild", "--register", second)
    for register in (first, second):
        karar("undo", "--register", register, "2", "--reason", "r", "--author", "A")
    assert everything(second)[:-2] == everything(first)[:-2] != right[:-2]


def register_line(folder, report):
    """A report as a register's export has it."""
    karar("add", "--register", folder / "one.db", report)
    return karar("export", "--register", folder / "one.db", "--as", "register").splitlines()[1]


def test_what_is_no_whole_register_is_refused(tmp_path):
    """Every line taken away, every line twice, each member changed: nothing comes in, and the message names a line."""
    first, copy = tmp_path / "first.db", tmp_path / "copy.db"
    karar("add", "--register", first, *sorted((ROOT / "samples").glob("en-session-*.txt"))[:4], "--author", "A")
    karar("decide", "--register", first, "edit", "PAK-RUS/commission/8", "--field", "place", "--value", "Lahore, PAK", "--reason", "r")
    lines = karar("export", "--register", first, "--as", "register").splitlines(keepends=True)
    assert len(lines) == 6
    broken = [lines[:n] + lines[n + 1:] for n in range(len(lines))] + [lines[:n] + lines[n:n + 1] * 2 + lines[n + 1:] for n in range(len(lines))]
    for number, line in enumerate(lines):
        for member, value in json.loads(line).items():
            for other in (None, [value], "x", -1):
                if other == value or (other is None and member in FREE[1:5]) or (member in FREE and isinstance(other, str)):
                    continue
                changed = json.dumps({**json.loads(line), member: other}, ensure_ascii=False).encode() + b"\n"
                broken.append(lines[:number] + [changed] + lines[number + 1:])
    head, report, last = json.loads(lines[0]), json.loads(lines[1]), json.loads(lines[-1])
    nothing = {"field": None, "value": None, "hash": None, "kind": None, "first_byte": None, "nth": None, "last_byte": None}
    hindi = next(end for end in range(2, 99) if (ROOT / "samples" / "hi-session-8.txt").read_bytes()[end] & 0xC0 == 0x80)
    claim = {"hash": report["document"], "kind": "instrument", "first_byte": 0, "nth": 0, "last_byte": 9, "action": "add", "value": "kind=plan"}
    for member, value in (("kind", "person"), ("kind", "document"), ("first_byte", None), ("last_byte", None), ("last_byte", 0), ("last_byte", 9_999_999),
                          ("value", None), ("hash", None), ("hash", "sha256:" + 64 * "0"), ("value", "nonsense")):
        broken.append([*lines[:-1], json.dumps({**last, **claim, member: value}).encode() + b"\n"])
    for target in ("0", "1", "2", "x", ""):
        broken.append([*lines[:-1], json.dumps({**last, **nothing, "action": "undo", "target": target}).encode() + b"\n"])
    broken += [[*lines[:-1], json.dumps({**last, **nothing, "action": action}).encode() + b"\n"] for action in ("edit", "merge", "judge", "settle", "")]
    broken.append([lines[0], *lines[2:], lines[1]])         # a report behind decisions
    broken.append([json.dumps({**head, "documents": 2}).encode() + b"\n", lines[1], b"\n", lines[2]])
    broken.append([lines[0], b"\xFF\n"])
    inside = {**json.loads(register_line(tmp_path, ROOT / "samples" / "hi-session-8.txt"))}     # words that end within a letter
    broken.append([json.dumps({**head, "documents": 1}).encode() + b"\n", json.dumps(inside).encode() + b"\n",
                   json.dumps({**last, **claim, "hash": inside["document"], "last_byte": hindi}).encode() + b"\n"])
    assert len(broken) > 90
    for case in broken:
        done = subprocess.run([PROGRAM, "import", "--register", copy, "-"], input=b"".join(case), capture_output=True, timeout=60, check=False)
        assert done.returncode == 3, (case, done)
        assert re.search(rb"line \d+: .*nothing was imported|written field=value", done.stderr), (case, done.stderr)
    for nothing_there, words in ((b"", b"the file is empty"), (lines[0][:1], b"no JSON")):
        done = subprocess.run([PROGRAM, "import", "--register", copy, "-"], input=nothing_there, capture_output=True, timeout=60, check=False)
        assert done.returncode == 3 and words in done.stderr, done.stderr
    karar("import", "--register", copy, "-", stdin=b"".join(lines))
    assert karar("export", "--register", copy, "--as", "register") == b"".join(lines)


def test_order_of_adding_changes_nothing(tmp_path):
    """Files added one way and the other: the same sessions, instruments, threads and people, and a rebuild finds no difference."""
    paths = sorted((ROOT / "samples").glob("*.txt"))
    answers = []
    for number, order in enumerate((paths, paths[::-1], random.Random(3).sample(paths, len(paths)))):
        register = tmp_path / f"{number}.db"
        for half in (order[:7], order[7:]):
            karar("add", "--register", register, *half)
        answers.append([karar(question, "--register", register, "--format", "json") for question in ("bodies", "instruments", "commitments", "people")] +
                       [karar("sessions", "--register", register, "PAK-RUS", "--format", "json")])
        assert b" 0 differences" in karar("rebuild", "--register", register)
    assert answers[0] == answers[1] == answers[2]
    assert b"held" in answers[0][4]
