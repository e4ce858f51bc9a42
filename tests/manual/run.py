#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples of the manual are run, so that they cannot go stale.

usage: run.py KARAR [--update] CHAPTER.md…

Each chapter is followed in a folder of its own that holds packs/ and samples/ (copies), examples/ (docs/manual/examples) and tests/traps/run.py, with
karar on the path. What a fenced block is, its first line says:

    ```console                commands behind "$ ", each with what it prints (standard output and error)
    ```text file=NAME         a file that the reader writes
    ```tsv append=NAME        lines that the reader adds to a file
    ```tsv from=NAME          lines that stand so in a file that is there
    ```sh                     for a machine of one's own (root, other programs, the network): held to its form alone
    ```nginx, caddy           settings of other servers, which nothing tests here
    ```pycon, r, python       run by tests/package, tests/r.py and tests/spark, of the chapters that they name

A command that ends in " &" prints its first line and goes on until the chapter ends. Wherever a chapter writes `karar COMMAND --option`, in blocks
for one's own machine and between backticks, the program must know the command and the option; of README.md nothing else is tested.

A line of output that is "…" stands for any lines, "…" at a line's end for any rest of it. Numbers of lines in packs and of rules may differ:
packs grow. Every block must be one of these. --update writes into the chapter what the commands print now, where no "…" stands: look at
the difference before you commit it. Prints TAP, a test a block.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\S+)(?:[ ]+(file|append|from)=(\S+))?$")


# Who else runs blocks of a kind.
ELSEWHERE = {("python.md", "pycon"), ("r.md", "r"), ("spark.md", "python"), ("sharing.md", "nginx"), ("sharing.md", "caddy")}


class Block:
    def __init__(self, line, kind, name):
        self.line, self.kind, self.name, self.text = line, kind, name, []


def blocks_of(lines):
    """The fenced blocks of a chapter, in their order."""
    block = None
    for number, line in enumerate(lines, 1):
        if block is None and line.startswith("```"):
            match = FENCE.match(line)
            kind = (match[2] or match[1]) if match else line
            block = Block(number, kind, match[3] if match else None)
        elif block is not None and line == "```":
            yield block
            block = None
        elif block is not None:
            block.text.append(line)


def commands_of(text):
    """(command, expected output lines) of a console block."""
    found = []
    for line in text:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
        else:
            raise ValueError(f"output without a command: {line}")
    return found


def comparable(line):
    line = re.sub(r"(\.(?:tsv|rules|conf|txt)):\d+(?::\d+)?", r"\1:N", line)
    return re.sub(r"\d+ rules, \d+ examples", "N rules", line)


def line_matches(want, found):
    want, found = comparable(want), comparable(found)
    return found.startswith(want[:-1]) if want.endswith("…") else want == found


def matches(want, found):
    """The output is as told, "…" being any lines."""
    if not want:
        return not found
    if want[0] == "…":
        return any(matches(want[1:], found[skip:]) for skip in range(len(found) + 1))
    return bool(found) and line_matches(want[0], found[0]) and matches(want[1:], found[1:])


def environment_of(karar):
    environment = {k: v for k, v in os.environ.items() if k not in ("TERM", "COLUMNS", "KARAR_REGISTER", "USER", "LOGNAME")}
    environment["PATH"] = f"{pathlib.Path(karar).resolve().parent}:{environment['PATH']}"
    return environment


class Going:
    """Commands that go on while the chapter is read."""

    def __init__(self):
        self.processes = []

    def begin(self, command, folder, environment):
        process = subprocess.Popen(["bash", "-c", f"exec {command}"], cwd=folder, env=environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.processes.append(process)
        return [process.stdout.readline().decode("utf-8", "replace").rstrip("\n")]

    def end(self):
        for process in self.processes:
            process.terminate()
            process.communicate(timeout=60)
        self.processes = []


def run(command, folder, karar, going):
    environment = environment_of(karar)
    if command.endswith(" &"):
        return going.begin(command[:-2], folder, environment)
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, check=False, timeout=120)
    return done.stdout.decode("utf-8", "replace").rstrip("\n").split("\n") if done.stdout.strip() else []


class Known:
    """Commands of the program and their options, as its help tells them."""

    def __init__(self, karar):
        self.karar, self.options = karar, {}
        self.commands = set(re.findall(r"(?m)^  ([a-z]+) ", self.help("help").partition("\n\n")[2]))

    def help(self, *arguments):
        return subprocess.run([self.karar, *arguments], stdout=subprocess.PIPE, check=True).stdout.decode()

    def wrong(self, text):
        """What is wrong with the calls of karar in a text, None if nothing."""
        for call in re.findall(r"(?:^|[\s`|(])(?<!-u )karar ([a-z]+(?: [^`|;#\n]*)?)", text):
            command, _, rest = call.partition(" ")
            if command not in self.commands:
                return f"karar {command}: no such command"
            if command not in self.options:
                self.options[command] = set(re.findall(r"(?m)^  --([a-z-]+)", self.help(command, "--help")))
            for option in re.findall(r"(?:^| )--([a-z][a-z-]*)", rest):
                if option not in self.options[command]:
                    return f"karar {command} --{option}: no such option"
        return None


def calls_of(lines):
    """Calls of the program between backticks, and as lines of blocks."""
    inside = False
    for line in lines:
        if line.startswith("```"):
            inside = not inside
        elif inside and line.startswith(("karar ", "$ karar ")):
            yield line
        elif not inside:
            for code in re.findall(r"`([^`]+)`", line):
                if re.match(r"karar [a-z]+( |$)", code):
                    yield code


def form_of(text, known):
    """Whether lines for a shell are such, and their calls of karar right."""
    done = subprocess.run(["bash", "-n"], input="\n".join(text).encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout.decode() if done.returncode else known.wrong("\n".join(text).replace("\\\n", " "))


def contains(file, lines):
    """The lines stand in the file one behind the other."""
    if not file.exists():
        return f"no such file: {file.name}"
    have = file.read_text(encoding="utf-8").split("\n")
    at = [i for i in range(len(have)) if have[i:i + len(lines)] == lines]
    return None if at else f"does not stand so in {file.name}"


def follow(block, folder, karar, output, going, known):
    """Does what the block says; None, or what is wrong. What commands print now goes to `output`."""
    if block.kind in ("file", "append"):
        file = folder / block.name
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "w" if block.kind == "file" else "a", encoding="utf-8") as opened:
            opened.write("\n".join(block.text) + "\n")
        return None
    if block.kind == "from":
        return contains(folder / block.name, block.text)
    if block.kind == "sh":
        return form_of(block.text, known)
    if block.kind != "console":
        return f"a block that nothing tests: {block.kind}"
    wrong = None
    for command, want in commands_of(block.text):
        found = run(command, folder, karar, going)
        told = [line.rstrip() for line in found]
        good = matches([line.rstrip() for line in want], told)
        keep = good or any(line.endswith("…") for line in want)
        output += [f"$ {command}", *(want if keep else told)]
        if not good and wrong is None:
            wrong = "\n".join([f"$ {command}", *(f"  now: {line}" for line in told), *(f"  told: {line}" for line in want)])
    return wrong


def workplace(folder):
    shutil.copytree(ROOT / "packs", folder / "packs")
    shutil.copytree(ROOT / "docs" / "manual" / "examples", folder / "examples")
    shutil.copytree(ROOT / "samples", folder / "samples")
    for name in ("tests/traps/run.py", "schema/record.schema.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def main(argv):
    karar, chapters = argv[0], [pathlib.Path(a) for a in argv[1:] if a != "--update"]
    number = failed = 0
    known = Known(karar)

    def tell(name, wrong):
        nonlocal number, failed
        number += 1
        failed += wrong is not None
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
        if wrong:
            print("\n".join(f"# {line}" for line in wrong.split("\n")))
    for chapter in chapters:
        lines = chapter.read_text(encoding="utf-8").split("\n")
        blocks = [block for block in blocks_of(lines) if chapter.name != "README.md" and (chapter.name, block.kind) not in ELSEWHERE]
        tell(f"{chapter.name}: commands and options", next(filter(None, map(known.wrong, calls_of(lines))), None))
        going = Going()
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            if any(block.kind != "sh" for block in blocks):
                workplace(folder)
            try:
                for block in blocks:
                    output = []
                    tell(f"{chapter.name}:{block.line}", follow(block, folder, karar, output, going, known))
                    block.now = output
            finally:
                going.end()
        if "--update" in argv:
            for block in reversed(blocks):
                if block.kind == "console":
                    lines[block.line:block.line + len(block.text)] = block.now
            chapter.write_text("\n".join(lines), encoding="utf-8")
    print(f"1..{number}")
    return 1 if failed or not number else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
