# SPDX-License-Identifier: MIT
"""Runs the program from outside. KARAR names it; without, the one in build/ is taken."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

import jsonschema
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "ready"))
import ready        # noqa: E402
PROGRAM = os.path.abspath(os.environ.get("KARAR", ROOT / "build" / "karar"))

# Two sentences that give facts, for tests that need a good report and do not mind which.
REPORT = (
    "Norway and Chile sign agreement on fisheries\n\n"
    "OSLO, 4 May 2021: The governments of Norway and Chile signed an agreement on fisheries in Oslo on Tuesday. "
    "The two countries agreed to expand cooperation in education.\n"
)


# Registers wait for the disk at each commit; tests of programs that are killed do not need one.
MEMORY = pathlib.Path("/dev/shm")


def pytest_configure(config):
    if not config.option.basetemp and os.access(MEMORY, os.W_OK):
        config.option.basetemp = str(MEMORY / f"karar-tests-{os.getpid()}")


def pytest_unconfigure(config):
    if config.option.basetemp == str(MEMORY / f"karar-tests-{os.getpid()}"):
        shutil.rmtree(config.option.basetemp, ignore_errors=True)


class Result:
    """What a run left behind: exit code, output and messages as text."""

    def __init__(self, done):
        self.code = done.returncode
        self.bytes = done.stdout
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)


def run(*arguments, stdin=b"", stdout=subprocess.PIPE, env=None):
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    environment.update(env or {})
    done = ready.run([PROGRAM, *map(str, arguments)], stdin, stdout, environment)
    done.stdout = done.stdout or b""
    result = Result(done)
    assert result.code >= 0, f"killed by signal {-result.code}: {result.err}"
    assert "AddressSanitizer" not in result.err, result.err
    assert "runtime error" not in result.err, result.err
    return result


@pytest.fixture(name="karar")
def karar_fixture():
    return run


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


# ---- a register of the samples, and a server over it: modules that want another define theirs in the place of these ------------------------
@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """All samples, read once; a test that changes it takes a copy."""
    path = tmp_path_factory.mktemp("samples") / "karar.db"
    assert run("add", "--register", path, *sorted((ROOT / "samples").glob("*.txt"))).code == 0
    return path


@pytest.fixture(scope="module")
def register(samples, tmp_path_factory):
    return pathlib.Path(shutil.copy(samples, tmp_path_factory.mktemp("register") / "karar.db"))


@pytest.fixture(scope="module")
def server(register):
    from serving import Server  # it takes PROGRAM from here
    server = Server(register)
    yield server
    assert server.stop() == (0, ""), "ended by SIGTERM with 0 and without a word"


@pytest.fixture(scope="session")
def validator():
    with open(ROOT / "schema" / "record.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)
