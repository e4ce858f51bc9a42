# SPDX-License-Identifier: MIT
"""packs/SCHEMA.md names all that a pack may hold, the manual all that a command line may: what the program says must stand there."""
import re
import shutil

import pytest
from conftest import ROOT

SCHEMA = (ROOT / "packs" / "SCHEMA.md").read_text(encoding="utf-8")
KINDS = sorted(path.stem for path in (ROOT / "packs" / "en" / "lexicon").glob("*.tsv"))
# Code lists have pages of their own (packs/shared): the schema names the list, not each code.
CODED = {"states", "organisations", "cities", "concepts", "offices", "bodies", "meetings", "instruments", "months", "weekdays"}


@pytest.fixture(name="pack")
def pack_fixture(tmp_path):
    """A copy of the invented language, to ask the checker what it expects."""
    return shutil.copytree(ROOT / "packs" / "toy", tmp_path / "toy")


def expected(karar, pack, file):
    """The words that the checker expected in the last line of a file."""
    told = [line for line in karar("pack", "check", pack).out.splitlines() if file in line]
    match = re.search(r"expected (?:one of|a kind of table): ([^;]*);", told[-1])
    assert match, told
    return [word for word in match[1].replace("(each also", "").replace(")", "").split() if word]


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def row(name, heading):
    """The schema's row on a property or a kind of table, below a heading."""
    section = SCHEMA.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    found = [line for line in section.splitlines() if line.startswith("|") and f"`{name}`" in line.split("|")[1]]
    assert found, f"packs/SCHEMA.md has no row for {name}"
    return found[0]


def test_every_property(karar, pack):
    append(pack / "pack.conf", "zzz = 1\n")
    keys = expected(karar, pack, "pack.conf")
    assert len(keys) > 20
    for key in keys:
        row(key, "pack.conf")


def test_every_kind(karar, pack):
    (pack / "lexicon" / "zzz.tsv").write_text("class\tforms\n", encoding="utf-8")
    kinds = expected(karar, pack, "zzz.tsv")
    assert set(kinds) == set(KINDS)
    for kind in kinds:
        row(kind, "lexicon/")


def test_every_key_of_a_rule(karar, pack):
    append(pack / "frames" / "meet.rules", "zzz = 1\n")
    keys = expected(karar, pack, "meet.rules")
    assert {"trigger", "commitment", ".nonfinite", "instrument.over"} <= set(keys)
    for key in keys:
        assert f"`{key}`" in SCHEMA or f"…​{key}`" in SCHEMA or f"{key}`" in SCHEMA, key


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in CODED and k != "ordinary"])
def test_every_class(karar, pack, kind):
    lines = (pack / "lexicon" / f"{kind}.tsv").read_text(encoding="utf-8").splitlines()
    columns = next(line for line in lines if not line.startswith("#")).split("\t")
    named = [c for c in columns if c in ("class", "side", "which", "strength", "type", "unit", "role")]
    cells = {"sector": "trade", "code": "PAK", "value": "1", "offset": "1", "features": "-", "forms": "zzz"}
    append(pack / "lexicon" / f"{kind}.tsv", "\t".join("zzz" if c == named[-1] else cells.get(c, "zzz") for c in columns) + "\n")
    for name in expected(karar, pack, f"{kind}.tsv"):
        where = SCHEMA if kind == "grammar" else row(kind, "lexicon/")
        assert re.search(rf"[`\s]{re.escape(name)}[`\s,(]", where), f"{name} of {kind}"


def test_every_feature():
    header = (ROOT / "src" / "pack" / "pack.h").read_text(encoding="utf-8")
    block = header[header.index("#define FEATURES(X)"):header.index("enum feature_index")]
    for feature in re.findall(r'X\(\w+, "(\w+)"\)', block):
        assert re.search(rf"[`\s]{feature}[`\s]", SCHEMA), feature


def test_every_file(karar, pack):
    (pack / "zzz").write_text("", encoding="utf-8")
    told = karar("pack", "check", pack).out
    for file in ("pack.conf", "paradigms.tsv", "abbreviations.txt", "romanisation.tsv", "spelling.tsv"):
        assert file in told
        assert file in SCHEMA


def test_roles_and_values_of_rules(karar, pack):
    for key in ("role", "governs"):
        append(pack / "frames" / "meet.rules", f"\n[toy.{key}]\ntrigger = zzz\n{key} = zzz\nyes = a\nno = b\n")
        told = [line for line in karar("pack", "check", pack).out.splitlines() if "found `zzz`" in line]
        for name in re.search(r"expected one of: ([^;]*);", told[-1])[1].split():
            assert f"`{name}`" in SCHEMA, name


def test_every_command_and_option_is_in_the_manual(karar):
    manual = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "manual").glob("*.md")))
    commands = re.findall(r"^  ([a-z]+)  ", karar("help").out, re.M)
    assert len(commands) > 10
    for command in commands:
        assert re.search(rf"\bkarar {command}\b|`{command}[` ]", manual), f"karar {command}"
        for option in re.findall(r"^  (--[a-z-]+)", karar(command, "--help").out, re.M):
            assert option in manual, f"{option} of karar {command}"
