# SPDX-License-Identifier: MIT
"""A claim that the reader passed over is added in a real browser: by selecting its words with the mouse or the keyboard, and without a script; two people
judge apart."""
import re

import pytest
from playwright.sync_api import expect

REPORT = "document/ad75867e6ae4"       # samples/en-session-9.txt
SELECT = """(words) => {
    const walk = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const at = walk.currentNode.data.indexOf(words);
        if (at >= 0) { getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length); return true; }
    }
    return false;
}"""


def undo(page, place):
    """Takes back what was decided of a claim, so that each test finds the register as it was."""
    page.goto(place)
    with page.expect_navigation():
        page.locator("button[value=undo]").first.click()


@pytest.mark.parametrize("script", [False, True])
def test_a_claim_is_added_in_urdu(reader, script):
    """From the report's page to the words of the claim that was added, at 360 pixels, right to left."""
    window = reader(java_script_enabled=script, viewport={"width": 360, "height": 740})
    page = window.open(f"/ur/{REPORT}")
    if script:
        assert page.evaluate(SELECT, "Intergovernmental Commission")
        assert page.locator("#add-claim input[name=words]").input_value() == "Intergovernmental Commission"
        assert page.locator("#add-claim input[name=nth]").input_value() == "1"
    else:
        page.locator("#add-claim input[name=words]").fill("Intergovernmental Commission")
        page.locator("#add-claim input[name=nth]").fill("1")
    page.locator("#add-claim select").select_option("commitment")
    page.locator("#add-claim button").click()
    page.wait_for_url(re.compile("/ur/claim/new"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    form = page.locator("main form")
    form.locator("select[name='value.stance']").select_option("planned")
    form.locator("select[name='value.sectors']").select_option(["sport", "tourism"])
    form.locator("input[name='value.parties']").fill("PAK RUS")
    form.locator("input[name=author]").fill("ایک قاری")
    window.shot(f"claim-new-ur-{script}")
    form.locator("button[value=add]").click()
    page.wait_for_url(re.compile(r"/ur/document/[0-9a-f]{12}#cd\d+$"))
    local = page.url.split("#")[1]
    assert page.locator(f"#{local}").count() == 1 and "لوگوں نے شامل کیا" in page.locator("main").inner_text()
    page.locator(f"a[href$='/{local}']").last.click()
    page.wait_for_url(re.compile(rf"/ur/claim/[0-9a-f]{{12}}/{local}$"))
    text = page.locator("main").inner_text()
    assert "ایک قاری" in text and "کھیل" in text
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    window.shot(f"claim-added-ur-{script}")
    with page.expect_navigation():
        page.locator("button[value=undo]").first.click()


def test_words_are_chosen_by_the_keyboard(reader):
    page = reader().open(f"/en/{REPORT}")
    page.locator("#text").focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    chosen = page.evaluate("getSelection().toString().trim()")
    assert len(chosen.split()) == 2
    expect(page.locator("#add-claim input[name=words]")).to_have_value(chosen)      # the browser tells of a selection later
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "words"


def test_which_time_words_stand_there_is_counted(reader):
    page = reader().open(f"/en/{REPORT}")
    times = page.evaluate("document.getElementById('text').textContent.split('Russia').length - 1")
    assert times > 1
    told = page.evaluate("""() => {
        const walk = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        let last = null;
        while (walk.nextNode()) if (walk.currentNode.data.includes("Russia")) last = walk.currentNode;
        const at = last.data.lastIndexOf("Russia");
        getSelection().setBaseAndExtent(last, at, last, at + 6);
        return new Promise((done) => setTimeout(() => done(document.querySelector("#add-claim input[name=nth]").value), 0));
    }""")
    assert told == str(times)


def test_two_judge_apart(reader):
    """Neither sees what the other says; where they differ a third settles it, and values stand side by side."""
    claim = None
    for author, place in (("Ann", "Kazan, RUS"), ("Bob", "Perm, RUS")):
        page = reader(java_script_enabled=False).open("/ru/judge")
        claim = claim or page.locator("article.item").first.get_attribute("aria-label")
        item = page.locator(f"article.item[aria-label='{claim}']")
        item.locator("input[name=author]").fill(author)
        field = item.locator("input[name='value.place'], input[name='value.subject'], input[name='value.topic']").first
        field.fill(place)
        item.locator("button[value=right]").click()
        assert page.url.endswith("/ru/judge")
        if author == "Ann":
            assert "Kazan" not in reader().open(f"/en/claim/{claim}").locator("main").inner_text()
    window = reader(viewport={"width": 900, "height": 900})
    page = window.open("/ru/agreement")
    told = page.locator("main").inner_text()
    assert "Ann" in told and "Bob" in told and "κ" in told
    window.shot("agreement-ru")
    page.locator("article.item a").first.click()
    page.wait_for_url(re.compile("/ru/claim/"))
    form = page.locator("details form")
    form.locator("input[name='value.place'], input[name='value.subject'], input[name='value.topic']").first.fill("Perm, RUS")
    form.locator("input[name=author]").fill("Ева")
    form.locator("button[value=settle]").click()
    page.wait_for_url(re.compile("/ru/claim/"))
    assert "Ева" in page.locator("tr.changed").inner_text()
    window.shot("claim-ru")
    for _ in range(4):      # the edit, the acceptance, both judgements
        undo(page, f"/ru/claim/{claim}")
