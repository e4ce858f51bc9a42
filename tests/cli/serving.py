# SPDX-License-Identifier: MIT
"""A karar serve over a register, asked over HTTP, and its pages taken apart."""
import contextlib
import html.parser
import http.client
import re
import signal
import socket
import subprocess

from conftest import PROGRAM

LANGUAGES = ("en", "hi", "ur", "ru")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Page(html.parser.HTMLParser):
    """A page's elements, checked to be well formed; its text and its attributes."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.elements, self.text = [], [], ""
        self.feed(text)
        self.close()
        assert not self.stack, f"not closed: {self.stack}"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack and self.stack.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        self.text += data

    def all(self, tag, attribute):
        return [attrs[attribute] for name, attrs in self.elements if name == tag and attribute in attrs]


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def page(self):
        return Page(self.body.decode("utf-8"))


class Server:
    def __init__(self, register, *options):
        self.process = subprocess.Popen([PROGRAM, "serve", "--register", str(register), "--port", "0", *options], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{32})", self.address)
        assert found, self.address + self.process.stderr.read()
        self.port, self.token = int(found.group(1)), found.group(2)
        self.cookie = f"karar={self.token}"

    def ask(self, path, method="GET", body=None, cookie=True, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            headers["Cookie"] = self.cookie
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            return Answer(connection.getresponse())

    def raw(self, data):
        """What comes back for these bytes; nothing if the server closes before it has read them all."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as plug, contextlib.suppress(ConnectionError, OSError):
            plug.sendall(data)
            plug.shutdown(socket.SHUT_WR)
            while piece := plug.recv(65536):
                answer += piece
        return answer

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors
