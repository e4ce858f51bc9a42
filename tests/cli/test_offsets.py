# SPDX-License-Identifier: MIT
"""Offsets are bytes and code points of the stored text, half open, in every script."""
import re

import pytest
from conftest import REPORT

# The ordinal of a session in one sentence: its words, code points and bytes.
ORDINALS = [
    ("मॉस्को में आयोग का 26वां सत्र हुआ।", "26वां", (19, 24), (49, 60)),
    ("Islamabad hosted the commission’s 10th session.", "10th", (34, 38), (36, 40)),
]


def tokens(karar, text):
    """(bytes, code points, words) of each token, as the program tells them."""
    explained = karar("read", "--explain", "-", stdin=text.encode()).out
    layer = explained[explained.index("# sentences\n"):explained.index("# spans\n")]
    for line in re.finditer(r'^  \d+ \w (\d+)-(\d+) (\d+)-(\d+) \+?"((?:[^"]|"(?! "))*)" "', layer, re.M):
        numbers = [int(line[i]) for i in range(1, 5)]
        yield tuple(numbers[:2]), tuple(numbers[2:]), line[5]


@pytest.mark.parametrize("text, words, points, place", ORDINALS, ids=["hi", "en"])
def test_ordinal(karar, text, words, points, place):
    assert text[points[0]:points[1]] == words
    assert text.encode()[place[0]:place[1]].decode() == words
    inside = [t for t in tokens(karar, text) if t[0][0] >= place[0] and t[0][1] <= place[1]]
    assert "".join(t[2] for t in inside) == words
    assert (inside[0][0][0], inside[-1][0][1]) == place
    assert (inside[0][1][0], inside[-1][1][1]) == points


@pytest.mark.parametrize("text", [t[0] for t in ORDINALS], ids=["hi", "en"])
def test_every_token(karar, text):
    found = list(tokens(karar, text))
    assert found
    for place, points, words in found:
        assert text.encode()[place[0]:place[1]].decode() == words
        assert text[points[0]:points[1]] == words


def test_offsets_stay_right_far_into_a_text(karar, tmp_path):
    filler = "It rained all night in our town, and the streets were wet: Ünïcödé 𝔘 😀 “वर्षा”.\n\n"
    text = filler * 400 + REPORT
    path = tmp_path / "far.txt"
    path.write_text(text, encoding="utf-8")
    record = karar("read", "--format", "json", path).json()
    pieces = [e for p in record["parties"] for e in p["evidence"]]
    assert pieces
    for piece in pieces:
        assert text.encode()[piece["begin"]:piece["end"]].decode() == piece["quote"]
        assert text[piece["char_begin"]:piece["char_end"]] == piece["quote"]
