# SPDX-License-Identifier: MIT
"""What people do with the pages, in a real browser: user stories 2, 6 and "what became of the pilot train"; small screens, print, axe-core."""
import re

import pytest
from conftest import LANGUAGES

PLACES = {
    "start": "", "pair": "PAK-RUS", "body": "PAK-RUS/commission", "session": "PAK-RUS/commission/10", "thread": "PAK-RUS/freight-train",
    "instrument": "PAK-RUS/mou/2025-11-27/media", "person": "RUS/denis-manturov", "party": "RUS", "sector": "sector/transport",
    "brief": "brief/PAK-RUS?as-of=2025-12-01", "search": "search?q=PAK", "new": "new", "calendar": "calendar", "about": "about",
    "document": "document/353491499d0a", "review": "review", "add": "add", "judge": "judge",
    "agreement": "agreement", "claim": "claim/353491499d0a/m1", "claim-new": "claim/new?document=353491499d0a&kind=commitment&words=x",
    "search-narrowed": "search?q=PAK&kind=commitment",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_serious_fault(reader, language):
    """Every page in every language; in the dark, where colours alone differ, each in one of them."""
    faults = []
    for scheme in ("light", "dark"):
        window = reader(color_scheme=scheme, viewport={"width": 1000, "height": 800})
        for number, (name, place) in enumerate(PLACES.items()):
            if scheme == "dark" and LANGUAGES[number % 4] != language:
                continue
            page = window.show(f"/{language}/{place}")
            assert page.locator("html").get_attribute("lang") == language and page.locator("main").count() == 1
            faults += [(scheme, name, *fault) for fault in window.serious_faults()]
            window.shot(f"{scheme}-{name}-{language}")
    assert not faults, faults


def test_small_screen_without_script(reader):
    window = reader(java_script_enabled=False, viewport={"width": 360, "height": 740})
    wide = []
    for number, (name, place) in enumerate(PLACES.items()):
        for language in LANGUAGES if name in ("start", "session", "thread") else {"ur", LANGUAGES[number % 4]}:
            page = window.open(f"/{language}/{place}")
            assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ur" else "ltr")
            across = page.evaluate("document.documentElement.scrollWidth")
            if across > 360:
                wide.append((language, name, across))
            if name in ("start", "thread"):
                window.shot(f"360-{name}-{language}")
    assert not wide, wide


def test_pilot_train_in_three_clicks(reader):
    """A person who reads only Urdu finds what became of it."""
    window = reader(java_script_enabled=False, locale="ur-PK", viewport={"width": 360, "height": 740})
    page = window.page
    assert page.url.endswith("/ur/"), "led to the language that the browser asks for"
    page.get_by_role("link", name="پاکستان – روس").first.click()
    page.get_by_role("rowheader").get_by_role("link", name="مال گاڑی").click()
    facts = page.locator(".facts").inner_text()
    assert "ٹل گیا" in facts and "اکتوبر 2025" in facts and "نقل و حمل" in facts
    assert page.locator(".dates li").all_inner_texts() == ["مارچ 2025", "15 مارچ 2025", "22 جون 2025", "اگست 2025", "اکتوبر 2025"]
    page.locator(".stages .source").last.click()
    assert re.search(r"/ur/document/[0-9a-f]{12}#c\d+$", page.url)
    assert page.locator("mark:has(:target)").inner_text() == "चलाएंगे"
    window.shot("train-ur")


def test_session_in_urdu(reader):
    """User story 6: right to left, Latin names and digits isolated, the right words behind each link; the same record in all languages."""
    window = reader(java_script_enabled=False, viewport={"width": 900, "height": 900})
    page = window.open("/ur/PAK-RUS/commission/10")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    for words in ("Awais Ahmad Khan Leghari", "25–27 نومبر 2025"):
        assert page.get_by_text(words, exact=True).first.evaluate("e => getComputedStyle(e).unicodeBidi") in ("isolate", "isolate-override"), words
    loose = page.evaluate("""() => {
        const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
        while (walk.nextNode()) if (/[A-Za-z]/.test(walk.currentNode.data) && !walk.currentNode.parentElement.closest("bdi, [dir]:not(html), svg"))
            found.push(walk.currentNode.data);
        return found; }""")
    assert not loose, loose
    records = {}
    for language in LANGUAGES:
        page = window.open(f"/{language}/PAK-RUS/commission/10")
        addresses = {address[3:] for address in page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")}
        # the words may be those of a report in the reader's language; what they speak of is the same
        records[language] = sorted(address for address in addresses if not address.startswith("/document/"))
        assert len(records[language]) < len(addresses), language
        window.shot(f"session-{language}")
    assert all(record == records["en"] for record in records.values())
    page = window.open("/ur/PAK-RUS/commission/10")
    quoted = page.locator("figure.words").filter(has=page.locator("mark"))
    for number in range(quoted.count()):
        words, address = quoted.nth(number).locator("mark").inner_text(), quoted.nth(number).locator("a.source").get_attribute("href")
        window.open(address)
        assert window.page.locator("mark:has(:target)").inner_text().startswith(words[:20]), address
        window.open("/ur/PAK-RUS/commission/10")


def test_brief_is_one_sheet(reader):
    window = reader(viewport={"width": 900, "height": 900})
    for language in LANGUAGES:
        page = window.open(f"/{language}/brief/PAK-RUS?as-of=2025-12-01")
        sheet = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1, language
    page.emulate_media(media="print")
    window.shot("print-brief-ru")
    assert not page.locator("nav").first.is_visible()


def test_rows_are_cards_on_a_small_screen(reader):
    """Nothing of a row is out of sight, and each value says what it is; on a wide screen the heads of the columns do."""
    page = reader(java_script_enabled=False, viewport={"width": 360, "height": 740}).open("/ur/PAK-RUS")
    row = page.locator("table.cards tr").filter(has=page.get_by_role("link", name="مال گاڑی"))
    for cell in row.locator("td:not(:empty)").all():
        box = cell.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    fate = row.locator("td").last
    assert "کیا بنا" in fate.evaluate("e => getComputedStyle(e, '::before').content") and fate.inner_text() == "ٹل گیا"
    page = reader(java_script_enabled=False, viewport={"width": 1000, "height": 740}).open("/ur/PAK-RUS")
    assert page.locator("table.cards td").last.evaluate("e => getComputedStyle(e, '::before').content") == "none"


def test_claims_by_keyboard(reader):
    window = reader(viewport={"width": 900, "height": 700})
    page = window.open("/ru/document/353491499d0a")
    seen = []
    for key in ("n", "n", "p"):
        page.keyboard.press(key)
        seen.append(page.locator("mark.current").get_attribute("data-claims"))
    assert seen[0] == seen[2] and seen[0] != seen[1]


def test_switch_of_languages_keeps_the_place(reader):
    page = reader(java_script_enabled=False).open("/en/PAK-RUS/freight-train?as-of=2025-12-01")
    page.get_by_role("link", name="हिन्दी").click()
    assert page.url.endswith("/hi/PAK-RUS/freight-train?as-of=2025-12-01")
    assert page.locator("h1").inner_text() == "मालगाड़ी" or page.locator("h1").inner_text()


def test_search(reader):
    page = reader(java_script_enabled=False, viewport={"width": 360, "height": 740}).open("/ur/")
    page.get_by_role("searchbox").fill("مال گاڑی")
    page.get_by_role("button").click()
    page.get_by_role("link", name="مال گاڑی").first.click()
    assert page.url.endswith("/ur/PAK-RUS/freight-train")


def test_review_by_keyboard_in_urdu(reader):
    """A co-chair is found wrong and corrected by somebody who reads only Urdu: with the keyboard, and it is seen kept."""
    page = reader(locale="ur-PK").open("/ur/review")
    before = page.locator("article.item").first.get_attribute("aria-label")
    second = page.locator("article.item").nth(1).get_attribute("aria-label")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == second
    page.keyboard.press("k")
    page.locator("article.item").first.locator("input[name=author]").fill("ایک قاری")
    page.locator("article.item").first.focus()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator("article.item").first.get_attribute("aria-label") == second != before
    page.goto(page.url.replace("/ur/review", "/ur/PAK-RUS/commission/9"))
    page.locator("details summary").first.click()
    form = page.locator("form").filter(has=page.locator("select[name=field]"))
    form.locator("select").select_option("chairs")
    form.locator("input[name=value]").fill("Ayaz Sadiq (minister, PAK)")
    form.locator("input[name=reason]").fill("پروٹوکول میں یہی نام ہے")
    assert form.locator("input[name=author]").input_value() == "ایک قاری"
    with page.expect_navigation():
        form.locator("button").click()
    assert page.get_by_text("Ayaz Sadiq").first.is_visible() and page.get_by_text("پروٹوکول میں یہی نام ہے").first.is_visible()


def platform_fonts(session, selector):
    """The families that the text in an element is drawn in, and which of them came with the page."""
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {(font["familyName"], font["isCustomFont"]) for font in fonts}


@pytest.mark.parametrize(("language", "family"), [("ur", "Noto Nastaliq Urdu"), ("hi", "Noto Sans Devanagari"), ("ru", "Noto Sans"), ("en", "Noto Sans")])
def test_pages_bring_their_fonts(reader, language, family):
    """Not those of this machine: what is drawn came over the wire, from this server, to be kept for good."""
    window = reader(viewport={"width": 900, "height": 900})
    fetched = []
    window.page.on("response", lambda answer: fetched.append(answer) if answer.url.endswith(".woff2") else None)
    page = window.open(f"/{language}/PAK-RUS/commission/10")
    page.evaluate("document.fonts.ready.then(() => 1)")
    assert page.evaluate(f"document.fonts.check('16px \"{family}\"', document.querySelector('main').innerText.slice(0, 1))")
    assert any(one["family"].strip('"') == family for one in page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').map(f => ({family: f.family}))"))
    session = window.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    assert platform_fonts(session, "h2") == {(family, True)}, "the heading of a section is in the letters of the language alone"
    assert fetched and all(answer.headers["cache-control"] == "public, max-age=31536000, immutable" for answer in fetched)
    assert all(re.search(r"/static/[a-z]+-[47]00\.[0-9a-f]{16}\.woff2$", answer.url) for answer in fetched)
