# SPDX-License-Identifier: MIT
"""Signing in, roles and the audit in a real browser, in all four languages, without a script, by keyboard; screenshots."""
import re
import shutil
import subprocess

import pytest
from conftest import LANGUAGES, PROGRAM, Reader, Server

PASSWORD = "correct horse battery staple"
USERS = {"ada": "reader", "boris": "reviewer", "آمنہ": "keeper"}


@pytest.fixture(scope="module")
def shared(server, tmp_path_factory):
    """A server over a copy of the register, with users."""
    register = tmp_path_factory.mktemp("users") / "karar.db"
    shutil.copy(server.register, register)
    for name, role in USERS.items():
        subprocess.run([PROGRAM, "user", "add", "--register", register, name, role], input=PASSWORD.encode(), check=True)
    shared = Server(register)
    assert "token" not in shared.address
    yield shared
    shared.stop()


@pytest.fixture
def visitor(chromium, shared):
    """A browser that has opened the page to sign in."""
    opened = []

    def new(language="en", **options):
        opened.append(Reader(chromium, shared, start=f"/{language}/sign-in", **options))
        return opened[-1]

    yield new
    for one in opened:
        one.close()


def sign_in(window, name, password=PASSWORD):
    page = window.page
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_sign_in_decide_and_sign_out_without_script(visitor, language):
    window = visitor(language, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = window.page
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ur" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    window.shot(f"sign-in-{language}")
    sign_in(window, "آمنہ")
    assert page.url.endswith(f"/{language}/")
    window.open(f"/{language}/PAK-RUS/commission/9")
    page.locator("details summary").first.click()
    form = page.locator("form").filter(has=page.locator("select[name=field]"))
    assert form.locator("input[name=author]").count() == 0, "the name is that of who is signed in"
    form.locator("select").select_option("place")
    form.locator("input[name=value]").fill("Kazan, RUS")
    form.locator("input[name=reason]").fill(f"tried in {language}")
    form.locator("button").click()
    assert page.get_by_text(f"tried in {language}").first.is_visible()
    window.open(f"/{language}/audit")
    assert page.get_by_text(f"tried in {language}").is_visible() and page.get_by_text("آمنہ").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    window.shot(f"audit-{language}")
    page.locator(f"a[href='/{language}/account']").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(f"form[action='/{language}/sign-out'] button").click()
    assert page.url.endswith(f"/{language}/sign-in")
    page.wait_for_load_state()      # the browser has changed over to the new page when it is there whole
    page.go_back()
    assert page.locator("form[action$='/sign-in']").count() == 1, "nothing is shown again from the browser's memory"
    assert [fault for fault in window.faults if "401" not in fault] == [] and len(window.faults) == 1
    window.faults.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_serious_fault(visitor, language):
    faults = []
    for scheme in ("light", "dark"):
        window = visitor(language, color_scheme=scheme, viewport={"width": 1000, "height": 800})
        faults += [("sign-in", *fault) for fault in window.serious_faults()]
        sign_in(window, "آمنہ")
        for name in ("account", "audit", "users") if scheme == "light" else ("audit",):
            page = window.show(f"/{language}/{name}")
            assert page.locator("main").count() == 1
            faults += [(name, *fault) for fault in window.serious_faults()]
            window.shot(f"{scheme}-{name}-{language}")
    assert not faults, faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_are_pages(chromium, server, tmp_path, language):
    """Who may not go on is told so in their language, on a page with the form that mends it: not known (401), a wrong password (401), too many of
    them (429), a role that does not reach (403)."""
    register = tmp_path / "karar.db"
    shutil.copy(server.register, register)
    subprocess.run([PROGRAM, "user", "add", "--register", register, "ada", "reader"], input=PASSWORD.encode(), check=True)
    own = Server(register)
    window = Reader(chromium, own, start=f"/{language}/sign-in", viewport={"width": 360, "height": 740})     # axe-core is a script
    page = window.page

    def looked_at(answer, status):
        assert answer.status == status and page.locator("html").get_attribute("lang") == language, (answer.status, status)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360 and not window.serious_faults()
        return page.locator("main").inner_text()

    looked_at(page.goto(f"/{language}/PAK-RUS"), 401)
    assert page.locator("form[action$='/sign-in']").count() == 1
    told, status = set(), 401
    for _ in range(40):
        page.locator("input[name=name]").fill("ada")
        page.locator("input[name=password]").fill("wrong")
        with page.expect_navigation() as going:
            page.keyboard.press("Enter")
        status = going.value.status
        told.add(page.locator("[role=alert]").inner_text())
        if status == 429:
            break
    assert int(going.value.header_value("retry-after")) > 0 and len(told) == 2, "wrong, and then to wait"
    looked_at(going.value, 429)
    window.shot(f"wait-{language}")
    subprocess.run([PROGRAM, "user", "add", "--register", register, "eve", "reader"], input=PASSWORD.encode(), check=True)
    own.stop()
    again = Server(register)
    other = Reader(chromium, again, start=f"/{language}/sign-in", java_script_enabled=False)
    sign_in(other, "eve")
    answer = other.page.goto(f"/{language}/review")
    assert answer.status == 403 and other.page.locator("html").get_attribute("lang") == language and other.page.locator("h1").inner_text()
    for one in (window, other):
        assert all(re.search("40[13]|429", fault) for fault in one.faults), one.faults
        one.faults.clear()
        one.close()
    again.stop()


def test_a_reader_is_offered_nothing_to_write(visitor):
    window = visitor("hi")
    page = sign_in(window, "ada")
    for link in ("review", "add", "audit"):
        assert page.locator(f"a[href='/hi/{link}']").count() == 0
    page = window.open("/hi/PAK-RUS/commission/10")
    assert page.locator("form[method=post]").count() == 0
    assert page.locator("nav").get_by_text("ada").is_visible()


def test_a_copy_is_saved(visitor, tmp_path):
    window = visitor("ru")
    sign_in(window, "آمنہ")
    page = window.open("/ru/audit")
    with page.expect_download() as saving:
        page.locator("form[action='/ru/backup'] button").click()
    saving.value.save_as(tmp_path / "copy.db")
    assert subprocess.run([PROGRAM, "verify", "--register", tmp_path / "copy.db"], capture_output=True, check=False).returncode == 0
