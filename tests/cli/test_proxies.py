# SPDX-License-Identifier: MIT
"""The proxies of docs/manual/sharing.md, as they stand there, before a server with users: nginx and Caddy, where they are installed."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.parse

import pytest
from conftest import ROOT, run
from serving import Answer
from test_users import PASSWORD, UserServer, add_user, key_in

NAME, CLIENT = "register.example.org", "127.0.0.2"
MANUAL = (ROOT / "docs" / "manual" / "sharing.md").read_text(encoding="utf-8")
KIND = "application/x-www-form-urlencoded"


def example(file):
    """The block of the manual, in which ports and the files of the certificate alone are others."""
    return re.search(rf"```text file={re.escape(file)}\n(.*?)```", MANUAL, re.S)[1]


def put(text, old, new):
    assert old in text, f"the manual does not say {old!r}"
    return text.replace(old, new)


def free_port():
    with contextlib.closing(socket.socket()) as plug:
        plug.bind(("127.0.0.1", 0))
        return plug.getsockname()[1]


def nginx(folder, port, behind):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
                    "-keyout", folder / "key.pem", "-out", folder / "root.pem"], check=True, capture_output=True)
    text = put(put(put(example("register.conf"), "listen 443", f"listen 127.0.0.1:{port}"), "/etc/ssl/register.pem", str(folder / "root.pem")),
               "/etc/ssl/register.key", str(folder / "key.pem"))
    text = put(text, "127.0.0.1:8080", f"127.0.0.1:{behind}")
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""       # its workers write into our folder
    (folder / "nginx.conf").write_text(f"{user} daemon off; pid {folder}/pid; error_log {folder}/error; worker_processes 1;\nevents {{}}\n"
                                       f"http {{ access_log off;\n{temporary}{text}}}\n", encoding="utf-8")
    return subprocess.Popen(["nginx", "-p", folder, "-e", folder / "error", "-c", folder / "nginx.conf"], stderr=subprocess.PIPE), folder / "root.pem"


def caddy(folder, port, behind):
    text = put(example("Caddyfile"), "127.0.0.1:8080", f"127.0.0.1:{behind}")
    (folder / "Caddyfile").write_text(f"{{\n    admin off\n    local_certs\n    skip_install_trust\n    auto_https disable_redirects\n    http_port {free_port()}\n"
                                      f"    https_port {port}\n    storage file_system {folder}/storage\n}}\n{text}", encoding="utf-8")
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    process = subprocess.Popen(["caddy", "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"], stderr=subprocess.PIPE, env=environment)
    return process, folder / "storage" / "pki" / "authorities" / "local" / "root.crt"


class Proxied:
    def __init__(self, start, folder, register):
        self.server = UserServer(register, "--proxy", "127.0.0.1")
        self.port = free_port()
        self.process, self.root = start(folder, self.port, self.server.port)
        for _ in range(200):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.root.exists() and self.ask("/en/sign-in").status == 200:
                    return
            assert self.process.poll() is None, self.process.stderr.read().decode()
            time.sleep(0.05)
        raise AssertionError("the proxy does not answer")

    def ask(self, path, method="GET", body=None, **headers):
        context = ssl.create_default_context(cafile=self.root)
        with contextlib.closing(socket.create_connection(("127.0.0.1", self.port), timeout=20, source_address=(CLIENT, 0))) as plug:
            connection = http.client.HTTPConnection(NAME, timeout=20)
            connection.sock = context.wrap_socket(plug, server_hostname=NAME)
            connection.request(method, path, body, {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}})
            return Answer(connection.getresponse())

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=20)
        assert self.server.stop() == (0, "")


@pytest.fixture(scope="module", params=[nginx, caddy], ids=lambda one: one.__name__)
def proxied(request, samples, tmp_path_factory):
    if not shutil.which(request.param.__name__):
        pytest.skip(f"{request.param.__name__} is not installed (tools/setup test)")
    folder = tmp_path_factory.mktemp(request.param.__name__)
    register = pathlib.Path(shutil.copy(samples, folder / "karar.db"))
    add_user(register, "آمنہ", "keeper")
    one = Proxied(request.param, folder, register)
    one.register = register
    yield one
    one.stop()


def test_signing_in_through_it(proxied):
    """The password is taken, the cookie is for TLS alone, and the audit has the address of who asked, whatever they say themselves."""
    page = proxied.ask("/ur/sign-in", X_Forwarded_For="9.9.9.9", X_Forwarded_Proto="http")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000" and "default-src 'none'" in page.headers["Content-Security-Policy"]
    cookie = page.headers["Set-Cookie"].split(";")[0]
    assert cookie.startswith("__Host-karar=") and "; Secure" in page.headers["Set-Cookie"]
    fields = {"key": key_in(page), "name": "آمنہ", "password": PASSWORD, "back": "/ur/PAK-RUS"}
    done = proxied.ask("/ur/sign-in", "POST", urllib.parse.urlencode(fields), Cookie=cookie, Content_Type=KIND, X_Forwarded_For="9.9.9.9")
    assert done.status == 303 and done.headers["Location"] == "/ur/PAK-RUS", done.body.decode()
    cookie = done.headers["Set-Cookie"].split(";")[0]
    pair = proxied.ask("/ur/PAK-RUS", Cookie=cookie)
    assert pair.status == 200 and "پاکستان" in pair.body.decode()
    assert proxied.ask("/ur/PAK-RUS", Cookie=cookie, If_None_Match=pair.headers["ETag"]).status == 304
    told = json.loads(proxied.ask("/api/v1/audit", Cookie=cookie).body)["rows"]
    assert [(row["event"], row["address"]) for row in told if row["address"]] == [("sign-in", CLIENT)]


def test_reports_go_through_it(proxied):
    """As large as the server takes them, and no larger."""
    key = run("user", "key", "--register", proxied.register, "آمنہ").out.strip()
    text = "OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries in Oslo on Tuesday.\n\n" + "The weather was fine. " * 100_000
    sent = proxied.ask("/api/v1/read", "POST", text.encode(), Authorization=f"Bearer {key}", Content_Type="text/plain")
    assert sent.status == 200 and json.loads(sent.body)["instruments"]
    with contextlib.suppress(OSError):      # who sends on may find the line closed
        assert proxied.ask("/api/v1/read", "POST", b"x" * (17 << 20), Authorization=f"Bearer {key}", Content_Type="text/plain").status == 413


def test_nobody_goes_round_it(proxied):
    answer = proxied.ask("/en/sign-in")
    assert answer.status == 200
    with contextlib.closing(socket.create_connection(("127.0.0.1", proxied.server.port), timeout=20, source_address=("127.0.0.3", 0))) as plug:
        with contextlib.suppress(OSError):
            plug.sendall(b"GET /en/sign-in HTTP/1.1\r\nHost: x\r\n\r\n")
            assert plug.recv(100) == b""
