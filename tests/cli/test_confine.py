# SPDX-License-Identifier: MIT
"""Commands that read what strangers wrote give up what they do not need: seen from outside, by what the kernel says of the process."""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

import pytest
from conftest import PROGRAM, ROOT

STATUS = pathlib.Path("/proc/self/status")
pytestmark = pytest.mark.skipif(not STATUS.exists() or "Seccomp:" not in STATUS.read_text(encoding="ascii"),
        reason="this system does not tell")


def told(process, word):
    """What /proc says of a process, once it waits for its input."""
    for _ in range(2000):
        found = re.search(rf"^{word}:\s+(\d)", pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"), re.M)
        if found and found.group(1) != "0":
            return found.group(1)
        time.sleep(0.005)
    return "0"


@pytest.mark.parametrize("command", ["read", "code", "add", "serve"])
def test_rights_are_given_up(tmp_path, command):
    register = tmp_path / "karar.db"
    subprocess.run([PROGRAM, "add", "--register", register, ROOT / "samples" / "en-session-9.txt"], check=True, stdout=subprocess.DEVNULL)
    arguments = {"read": ["-"], "code": ["-"], "add": ["--register", register, "-"], "serve": ["--register", register, "--port",
            "0"]}[command]
    environment = {name: value for name, value in os.environ.items() if name != "KARAR_UNCONFINED"}   # which `make coverage` sets
    process = subprocess.Popen([PROGRAM, command, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=environment)
    try:
        assert told(process, "NoNewPrivs") == "1"
        assert told(process, "Seccomp") == "2"
    finally:
        process.kill()
        process.communicate()


def test_environment_can_leave_them():
    process = subprocess.Popen([PROGRAM, "read", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ,
            "KARAR_UNCONFINED": "1"})
    process.stdin.write(b"The weather was fine.\n" * 20000)
    process.stdin.flush()
    assert re.search(r"^Seccomp:\s+0", pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"), re.M)
    assert process.communicate()[0]


def test_only_named_folders_are_written(tmp_path, karar):
    """The output's folder is kept; links to it are followed, also to the register."""
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    report = ROOT / "samples" / "en-session-9.txt"
    assert karar("code", "--output", tmp_path / "near" / "all.jsonl", report).code == 0
    assert (tmp_path / "far" / "all.jsonl").stat().st_size > 1000
    assert karar("add", "--register", tmp_path / "far" / "karar.db", report).code == 0
    (tmp_path / "link.db").symlink_to(tmp_path / "far" / "karar.db")
    assert karar("add", "--register", tmp_path / "link.db", ROOT / "samples" / "en-session-8.txt").code == 0
    assert len(karar("documents", "--register", tmp_path / "far" / "karar.db", "--format", "json").json()) == 2


def test_list_of_components():
    """SBOM: every library that the program is linked with stands in it, with a version."""
    if subprocess.run(["sh", "-c", "command -v dpkg-query && command -v readelf"], stdout=subprocess.DEVNULL, check=False).returncode:
        pytest.skip("no Debian")
    build = pathlib.Path(PROGRAM).parent
    made = subprocess.run([sys.executable, ROOT / "tools" / "sbom.py", build], stdout=subprocess.PIPE, check=True).stdout
    bom = json.loads(made)
    assert bom["bomFormat"] == "CycloneDX" and bom["metadata"]["component"]["version"]
    names = {entry["name"] for entry in bom["components"]}
    assert all(entry["version"] and entry["purl"].startswith("pkg:deb/") for entry in bom["components"])
    needed = re.findall(r"\(NEEDED\).*\[lib(\w+)", subprocess.run(["readelf", "-dW", PROGRAM], stdout=subprocess.PIPE,
            check=True).stdout.decode())
    wanted = {"sqlite3", "nettle", "jansson", "zstd", "isal", "uchardet", "seccomp"}
    assert wanted <= set(needed), needed
    for library in wanted | {"gmime", "microhttpd", "curl", "xml2"}:     # the last four are loaded when they are needed
        assert any(name.startswith(f"lib{library}") for name in names), library
    assert {"libc6", "poppler-utils"} <= names
    assert any(name.startswith("libglib2") for name in names), "what a library wants that is loaded later"
    assert set(bom["dependencies"][0]["dependsOn"]) <= {entry["bom-ref"] for entry in bom["components"]}
