# SPDX-License-Identifier: MIT
"""A register filled from samples/, a server over it, and a browser. KARAR names the program, SHOTS the folder for screenshots."""
import os
import pathlib
import shutil
import signal
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("KARAR", ROOT / "build" / "karar"))
SHOTS = pathlib.Path(os.environ.get("SHOTS", ROOT / "build" / "screenshots"))
LANGUAGES = ("en", "hi", "ur", "ru")


class Server:
    def __init__(self, register):
        self.register = register
        self.process = subprocess.Popen([PROGRAM, "serve", "--register", self.register, "--port", "0"], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.base = self.address.split("?")[0].rstrip("/")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=20) == 0


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    register = tmp_path_factory.mktemp("browser") / "karar.db"
    done = subprocess.run([PROGRAM, "add", "--register", register, *sorted((ROOT / "samples").glob("*.txt"))], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    server = Server(register)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as player:
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


class Reader:
    """A browser window that has opened the printed address, or `start`. Whatever it asks of others, and every error of a page, is a fault."""

    def __init__(self, chromium, server, start=None, **options):
        self.context = chromium.new_context(base_url=server.base, **options)
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("request", lambda request: self.faults.append(request.url) if not request.url.startswith(server.base + "/") else None)
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(start or server.address)

    def open(self, path):
        answer = self.page.goto(path)
        assert answer.status == 200, (path, answer.status)
        return self.page

    def show(self, path):
        """The page at this address in place of the one that is shown, in the same document: its scripts, axe-core among them, stay read."""
        answer = self.page.request.get(path)
        assert answer.status == 200, (path, answer.status)
        self.page.set_content(answer.text())
        return self.page

    def serious_faults(self):
        """What axe-core finds wrong with the page that is shown: (rule, where)."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found if one["impact"] in ("serious", "critical")]

    def shot(self, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def close(self):
        self.context.close()
        assert not self.faults, self.faults


@pytest.fixture
def reader(chromium, server):
    opened = []

    def new(**options):
        opened.append(Reader(chromium, server, **options))
        return opened[-1]

    yield new
    for one in opened:
        one.close()
