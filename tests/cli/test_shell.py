# SPDX-License-Identifier: MIT
"""Completion in real shells, and karar(1): every command and every option of the program's help is in them."""
import os
import pathlib
import re
import shutil
import subprocess

import pytest
from conftest import PROGRAM

MADE = pathlib.Path(PROGRAM).parent / "docs"


def options_of(karar, command):
    return re.findall(r"^  (--[a-z-]+)", karar(command, "--help").out, re.M)


def commands_of(karar):
    return re.findall(r"^  ([a-z]+) ", karar("help").out, re.M)


def bash(*words):
    quoted = " ".join(f"'{word}'" for word in words)
    script = (f"source '{MADE / 'karar'}'; compopt() {{ :; }}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _karar; "
              "printf '%s\\n' \"${COMPREPLY[@]}\"")
    done = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, check=True, cwd="/")
    return done.stdout.decode().split()


def fish(line):
    done = subprocess.run(["fish", "--no-config", "-c", f"source '{MADE / 'karar.fish'}'; complete -C '{line}'"], stdout=subprocess.PIPE, check=True,
                          env={**os.environ, "HOME": "/nonexistent"}, cwd="/")
    return [found.split("\t")[0] for found in done.stdout.decode().splitlines()]


def test_bash(karar):
    assert bash("karar", "") == commands_of(karar)
    for command in commands_of(karar):
        assert bash("karar", command, "--") == options_of(karar, command)
    assert bash("karar", "read", "--format", "js") == ["json", "jsonl"]
    assert bash("karar", "read", "--format", "=", "t") == ["text"]
    assert bash("karar", "code", "--format", "") == ["jsonl", "csv", "arrow"]
    assert "etc" in bash("karar", "read", "et") and bash("karar", "sessions", "et") == []
    assert "etc" in bash("karar", "add", "--register", "et")


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed: tools/setup test")
def test_fish(karar):
    assert set(fish("karar ")) == set(commands_of(karar))
    for command in ("read", "code", "sessions"):
        assert set(options_of(karar, command)) <= set(fish(f"karar {command} --"))
    assert fish("karar read --format js") == ["json", "jsonl"]


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed: tools/setup test")
def test_zsh(karar):
    subprocess.run(["zsh", "-n", str(MADE / "_karar")], check=True)
    text = (MADE / "_karar").read_text(encoding="utf-8")
    for command in commands_of(karar):
        part = text.partition(f"\n  {command})\n")[2].partition("\n    ;;\n")[0]
        assert re.findall(r"'\*(--[a-z-]+)", part) == options_of(karar, command)
    # what _arguments is asked, as zsh reads it
    script = (f"words=(karar read --fo); CURRENT=3; _arguments() {{ print -rl -- \"$@\"; }}; _describe() {{ :; }}; _files() {{ :; }}; "
              f"source '{MADE / '_karar'}'")
    done = subprocess.run(["zsh", "-f", "-c", script], stdout=subprocess.PIPE, check=True)
    assert any(line.startswith("*--format=[") and line.endswith(":format:(text json jsonl)") for line in done.stdout.decode().splitlines())


def test_man(karar):
    page = MADE / "karar.1"
    done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", str(page)], stdout=subprocess.PIPE, check=False)
    assert done.returncode == 0, done.stdout.decode()
    shown = subprocess.run(["mandoc", "-Tutf8", str(page)], stdout=subprocess.PIPE, check=True).stdout.decode()
    shown = re.sub(r".\x08", "", shown)
    for command in commands_of(karar):
        assert re.search(rf"^   karar {command}\b", shown, re.M), command
        for option in options_of(karar, command):
            assert option in shown
