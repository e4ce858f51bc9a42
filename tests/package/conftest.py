# SPDX-License-Identifier: MIT
"""The Python package as it was built (build/python on PYTHONPATH), beside the program, which KARAR names."""
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("KARAR", ROOT / "build" / "karar"))

REPORT = (
    "Norway and Chile sign agreement on fisheries\n\n"
    "OSLO, 4 May 2021: The governments of Norway and Chile signed an agreement on fisheries in Oslo on Tuesday. "
    "The two countries agreed to expand cooperation in education.\n"
)


def reports():
    """Reports in every language: samples and those made up for tests, by name."""
    found = sorted([*ROOT.glob("samples/*.txt"), *ROOT.glob("tests/own/*/*.txt")])
    assert len(found) > 100
    return {str(path.relative_to(ROOT)): path.read_bytes() for path in found}


@pytest.fixture(scope="session", name="texts")
def texts_fixture():
    return reports()


@pytest.fixture(name="program")
def program_fixture():
    def run(*arguments, stdin=None):
        done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, cwd=ROOT)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout
    return run
