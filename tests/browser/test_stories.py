# SPDX-License-Identifier: MIT
"""The user stories of a reader and of reviewers, each from its begin to its end in a real browser, without a script, in all four languages: what is corrected, merged and
judged is seen kept when the reports are read again."""
import re
import subprocess

import pytest
from conftest import LANGUAGES, PROGRAM, ROOT, Reader, Server

MACHINE = ("ISLAMABAD, 20 January 2023: The eighth session of the Pakistan-Russia Intergovernmental Commission was held in Islamabad from 18 to 20 January 2023. "
           "It was co-chaired by Pakistan's Minister for Economic Affairs Kazim Niaz and Russia's Minister of Energy Nikolay Shulginov.")
SLIP = "ISLAMABAD, {day} November 2015: The fourth session of the Pakistan-Afghanistan Intergovernmental Commission {ended} in Islamabad."
FIRST = ("ISLAMABAD, 5 November 2020: The seventh session of the Pakistan-Russia Intergovernmental Commission will be held in Moscow on 10 December 2020, "
         "the ministry said.")
THEN = ("ISLAMABAD, 11 November 2021: The seventh session of the Pakistan-Russia Intergovernmental Commission will be held in Yekaterinburg from 24 to 26 November 2021, "
        "the ministry said.")


def karar(register, *arguments, text=None):
    done = subprocess.run([PROGRAM, *arguments, "--register", register], input=text and text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    register = tmp_path_factory.mktemp("stories") / "karar.db"
    karar(register, "add", "-", text=MACHINE)
    server = Server(register)
    yield server
    server.stop()


@pytest.fixture
def window(chromium, desk):
    opened = []

    def new(language, **options):
        opened.append(Reader(chromium, desk, java_script_enabled=False, locale=language, **options))
        return opened[-1]

    yield new
    for one in opened:
        one.close()


def decide(page, number, action, **fields):
    """The form behind the details of that number."""
    form = page.locator("section.decide details").nth(number)
    form.locator("summary").click()
    for name, value in fields.items():
        place = form.locator(f"[name={name}]")
        place.select_option(value) if name == "field" else place.fill(value)
    with page.expect_navigation():
        form.locator(f"button[value={action}]").click()


def undo(page):
    with page.expect_navigation():
        page.locator("section.decide button[value=undo]").first.click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reviewer_corrects_a_chair(window, desk, language):
    """User story 7: set with a reason, kept when the file is read again, beside what the machine still says; an undo restores."""
    one = window(language, viewport={"width": 360, "height": 740})
    place = f"/{language}/PAK-RUS/commission/8"
    page = one.open(place)
    before = page.locator("dl.facts").inner_text()
    assert "Kazim Niaz" in before and "Ayaz Sadiq" not in before
    decide(page, 0, "edit", field="chairs", value="Ayaz Sadiq (minister, PAK); Nikolay Shulginov (minister energy, RUS)", reason=f"protocol, {language}", author="A. Clerk")
    assert "0 differences" in karar(desk.register, "rebuild")
    karar(desk.register, "add", "-", text=MACHINE)
    page = one.open(place)
    told = page.locator("main").inner_text()
    assert "Ayaz Sadiq" in page.locator("dl.facts").inner_text() and "Kazim Niaz" in told and f"protocol, {language}" in told and "A. Clerk" in told
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    one.shot(f"story-7-{language}")
    undo(page)
    assert page.locator("dl.facts").inner_text() == before and "Ayaz Sadiq" not in page.locator("main").inner_text()


@pytest.mark.parametrize(("language", "place"), [("en", "Moscow, Russia"), ("hi", "मॉस्को, रूस"), ("ur", "ماسکو، روس"), ("ru", "Москва, Россия")])
def test_a_place_is_told_in_ones_own_words(window, language, place):
    """Who knows no codes corrects a place all the same; a venue is refused with what to write instead, in the reader's language."""
    one = window(language)
    page = one.open(f"/{language}/PAK-RUS/commission/8")
    decide(page, 0, "edit", field="place", value=place, reason="a test", author="A. Clerk")
    assert page.locator("dl.facts").inner_text().count(place) == 1
    undo(page)
    decide(page, 0, "edit", field="place", value="Convention Centre", reason="a test", author="A. Clerk")
    refused = page.locator("[role=alert]").inner_text()
    assert page.locator("html").get_attribute("lang") == language and "Convention Centre" in refused and "Moscow, RUS" in refused
    assert one.faults and all("422" in fault for fault in one.faults)
    one.faults.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_decide_at_the_same_time(window, language):
    """Whoever comes second is told what was decided meanwhile, on a page, and nothing is kept until they say so again."""
    place = f"/{language}/PAK-RUS/commission/8"
    first, second = window(language), window(language, viewport={"width": 360, "height": 740})
    page, other = first.open(place), second.open(place)
    decide(page, 0, "edit", field="status", value="postponed", reason=f"first, {language}", author="A. Clerk")
    decide(other, 0, "edit", field="date", value="2023-01-19", reason=f"another field, {language}", author="B. Clerk")
    undo(other)
    other = second.open(place)
    decide(page, 0, "edit", field="status", value="planned", reason=f"then, {language}", author="A. Clerk")
    decide(other, 0, "edit", field="status", value="cancelled", reason=f"too late, {language}", author="B. Clerk")
    told = other.locator("main").inner_text()
    assert other.locator("html").get_attribute("lang") == language and f"then, {language}" in told and "A. Clerk" in told
    assert second.faults and all("409" in fault for fault in second.faults)
    second.faults.clear()
    second.shot(f"conflict-{language}")
    assert f"too late, {language}" not in first.open(place).locator("main").inner_text()
    other.locator("form.lines button").click()
    assert other.url.endswith(place) and f"too late, {language}" in other.locator("main").inner_text()
    for _ in range(3):
        undo(first.open(place) and page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reviewer_merges_a_slip(window, desk, language):
    """User story 8: merged once, later reports with the same words follow, and they can be parted again."""
    days = 2 + 4 * LANGUAGES.index(language)
    karar(desk.register, "add", "-", text=SLIP.format(day=days, ended="was held"))
    one = window(language)
    page = one.open(f"/{language}/AFG-PAK/commission")
    decide(page, 1, "merge", value="PAK-RUS/commission", reason=f"a slip, {language}", author="A. Clerk")
    assert page.url.endswith("/PAK-RUS/commission"), "led on to the body that took it in"
    assert page.locator(f"a[href='/{language}/PAK-RUS/commission/4']").count()
    karar(desk.register, "add", "-", text=SLIP.format(day=days + 2, ended="ended"))
    page = one.open(f"/{language}/PAK-RUS/commission/4")
    assert page.locator("figure.words, .stages li").count() >= 2
    page = one.open(f"/{language}/PAK-RUS/commission")
    assert "AFG-PAK/commission" in page.locator("section.decide").inner_text(), "the page says what was taken in"
    one.shot(f"story-8-{language}")
    undo(page)
    assert not page.locator(f"a[href='/{language}/PAK-RUS/commission/4']").count()
    assert one.open(f"/{language}/AFG-PAK/commission").locator(f"a[href='/{language}/AFG-PAK/commission/4']").count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_reviewers_and_one_who_settles(window, desk, language):
    """User story 9: neither sees the other's judgement, agreement is told field by field, what they differ on queues, and the settled value names all three."""
    karar(desk.register, "add", "-", text=f"OSLO, 4 May 2021: Norway and Chile signed an agreement on fisheries ({language}) in Oslo on Tuesday. "
                                          "The two countries agreed to expand cooperation in education.")
    names = [f"{name}-{language}" for name in ("Ann", "Bob", "Eve")]
    claim = None
    for name, said in zip(names, ("2021-05-03", "2021-05-04"), strict=False):
        one = window(language)
        one.context.add_cookies([{"name": "karar-author", "value": name, "url": desk.base}])
        page = one.open(f"/{language}/judge")
        claim = claim or page.locator("article.item:has(input[name='value.date'])").first.get_attribute("aria-label")
        item = page.locator(f"article.item[aria-label='{claim}']")
        assert "3333" not in page.locator("main").inner_text()
        item.locator("input[name='value.date']").fill("3333-01-01" if said.endswith("3") else said)
        item.locator("input[name=author]").fill(name)
        with page.expect_navigation():
            item.locator("button[value=right]").click()
    one = window(language)
    page = one.open(f"/{language}/agreement")
    told = page.locator("main").inner_text()
    assert names[0] in told and names[1] in told and page.locator("article.item").count()
    one.shot(f"story-9-{language}")
    page = one.open(f"/{language}/claim/{claim}")
    form = page.locator("details form").filter(has=page.locator("button[value=settle]"))
    form.locator("input[name='value.date']").fill("2021-05-05")
    form.locator("input[name=author]").fill(names[2])
    with page.expect_navigation():
        form.locator("button[value=settle]").click()
    page = one.open(f"/{language}/claim/{claim}")
    told = page.locator("main").inner_text()
    assert all(name in told for name in names) and names[2] in page.locator("tr.changed").inner_text()
    assert claim not in [item.get_attribute("aria-label") for item in one.open(f"/{language}/agreement").locator("article.item").all()]


def events(text):
    """UID to the fields of each event."""
    found = {}
    for event in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text.replace("\r\n ", ""), re.S):
        fields = dict(line.split(":", 1) for line in event.strip().split("\r\n"))
        found[fields["UID"]] = fields
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_is_put_off(chromium, tmp_path, language):
    """User story 5: the calendar that the page offers has the session first as tentative, then under the same UID at its new time and place."""
    register = tmp_path / "karar.db"
    karar(register, "add", "-", text=FIRST)
    server = Server(register)
    one = Reader(chromium, server, java_script_enabled=False)

    def fetch():
        address = one.open(f"/{language}/PAK-RUS").locator("a[href$='/PAK-RUS.ics']").get_attribute("href")
        answer = one.context.request.get(server.base + address)
        assert answer.headers["content-type"].startswith("text/calendar")
        return events(answer.text())
    before = fetch()
    (uid, was), = before.items()
    assert was["STATUS"] == "TENTATIVE" and "Moscow" in was["LOCATION"] and was["DTSTART;VALUE=DATE"] == "20201210"
    karar(register, "add", "-", text=THEN)
    (same, now), = fetch().items()
    assert same == uid and int(now["SEQUENCE"]) > int(was["SEQUENCE"])
    assert "Yekaterinburg" in now["LOCATION"] and (now["DTSTART;VALUE=DATE"], now["DTEND;VALUE=DATE"]) == ("20211124", "20211127")
    one.close()
    server.stop()


def test_who_reads_only_urdu(chromium, tmp_path):
    """What became of the pilot train in three clicks; a co-chair corrected; and it is seen kept when all reports are read again."""
    register = tmp_path / "karar.db"
    karar(register, "add", *map(str, sorted((ROOT / "samples").glob("*.txt"))))
    server = Server(register)
    one = Reader(chromium, server, java_script_enabled=False, locale="ur-PK", viewport={"width": 360, "height": 740})
    page = one.page
    page.get_by_role("link", name="پاکستان – روس").first.click()
    page.get_by_role("rowheader").get_by_role("link", name="مال گاڑی").click()
    told = page.locator(".facts").inner_text()
    assert "ٹل گیا" in told and "اکتوبر 2025" in told, "after two clicks: put off, and until when"
    page.locator(".stages .source").last.click()
    assert "/ur/document/" in page.url and page.locator("mark:has(:target)").count() == 1, "after three: the words that say so"
    page = one.open("/ur/PAK-RUS/commission/10")
    assert "Sergei Tsivilev" in page.locator("dl.facts").inner_text()
    decide(page, 0, "edit", field="chairs", value="Awais Ahmad Khan Leghari (minister energy, PAK); Denis Manturov (minister trade, RUS)",
           reason="پروٹوکول میں یہی نام ہے", author="ایک قاری")
    assert "0 differences" in karar(register, "rebuild")
    page = one.open("/ur/PAK-RUS/commission/10")
    told = page.locator("main").inner_text()
    assert "Denis Manturov" in page.locator("dl.facts").inner_text() and "پروٹوکول میں یہی نام ہے" in told and "Sergei Tsivilev" in told, "beside what reports say"
    assert page.locator("html").get_attribute("dir") == "rtl" and page.evaluate("document.documentElement.scrollWidth") <= 360
    one.shot("urdu-kept")
    one.close()
    server.stop()
