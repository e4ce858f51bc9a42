# SPDX-License-Identifier: MIT
"""The first look of `karar code` against the whole reader: no document with a fact is thrown away, whatever it is written like."""
import itertools
import json
import random
import unicodedata

from conftest import ROOT

DULL = "Nothing was to be told of it but that it rained, and that those who came went home again. " * 55000     # makes the tables worth it
TEMPLATES = (
    "The governments of {a} and {b} signed an agreement on trade in May. The two countries agreed to expand cooperation in education.",
    "The foreign ministers of {a} and {b} met on Monday and agreed to open talks on energy.",
    "{a} and {b} held the third session of their joint commission and signed a memorandum on health.",
)
RUSSIAN = (
    "{a} и {b} подписали соглашение о торговле. Стороны договорились расширять сотрудничество в образовании.",
)


def texts_at_hand():
    gold = ROOT.parent / "shared" / "gold" / "dev"
    files = [*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/own/*/*.txt"), *ROOT.glob("tests/golden/read/*/*.txt"),
             *(path for path in gold.glob("*/*.txt") if int(path.stem[-3:]) % 2)]
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(files)]


def names_of(language, table):
    """Every name in a table of the pack: what stands between bars, without marks of forms."""
    path = ROOT / "packs" / language / "lexicon" / f"{table}.tsv"
    cells = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    names = [name.strip() for row in cells for name in row[-1].split("|")]
    return [name for name in names if name and not set(name) & set("[]{}()<>=/*@")]


def generated():
    chance = random.Random(5)
    english = names_of("en", "states") + names_of("en", "organisations") + chance.sample(names_of("en", "cities"), 300)
    russian = names_of("ru", "states") + chance.sample(names_of("ru", "cities"), 200)
    for names, templates in ((english, TEMPLATES), (russian, RUSSIAN)):
        for name, template in zip(names, itertools.cycle(templates)):
            yield template.format(a=name, b=chance.choice(names))


def disguised(text, number):
    """The same report as careless tools hand it on."""
    ways = (
        str.upper, str.lower, str.title, lambda t: t.replace(" ", "  "), lambda t: t.replace(" ", "\n"), lambda t: t.replace(" ", "\u00a0"),
        lambda t: unicodedata.normalize("NFD", t), lambda t: t.replace("'", "\u2019"), lambda t: t.replace("a", "a\u00ad"),
        lambda t: t.replace(". ", "."), lambda t: t.replace(" ", "\u200b "), lambda t: t.replace(" and ", "-"), lambda t: "\ufeff" + t,
        lambda t: "".join(chr(0xFEE0 + ord(c)) if "!" <= c <= "~" else c for c in t), lambda t: t.replace("e", "\u00e9"), lambda t: t[::-1],
        lambda t: t.replace("o", "\u043e"), lambda t: t.replace(" ", "\u0301 "),
    )
    return ways[number % len(ways)](text)


def read_both(karar, path, texts):
    lines = [json.dumps({"text": text, "url": f"u{number}"}, ensure_ascii=False) for number, text in enumerate([DULL, *texts])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    looked, whole = karar("code", "--jobs", 1, path), karar("code", "--jobs", 1, "--all", path)
    kinds = ("meetings", "instruments", "commitments")
    facts = [line for line in whole.out.splitlines() if any(json.loads(line)[kind] for kind in kinds)]
    assert looked.err == whole.err and looked.code == whole.code
    assert looked.out.splitlines() == facts
    return len(facts)


def test_texts_at_hand(karar, tmp_path):
    assert read_both(karar, tmp_path / "texts.jsonl", texts_at_hand()) > 100


def test_every_name_in_generated_reports(karar, tmp_path):
    assert read_both(karar, tmp_path / "texts.jsonl", generated()) > 500


def test_disguises(karar, tmp_path):
    texts = [disguised(text, number) for number, text in enumerate(itertools.chain(texts_at_hand(), generated())) if len(text) < 4000]
    assert read_both(karar, tmp_path / "texts.jsonl", texts) > 200


def test_faults_are_told_as_before(karar, tmp_path):
    faulty = ["", "\x00\x01\x02", " \n ", "\ufeff", "1 2 3", "\x0b", "x" * 9000000]
    assert read_both(karar, tmp_path / "texts.jsonl", [*faulty, "Peru and Chile signed an agreement on trade in May."]) == 1
