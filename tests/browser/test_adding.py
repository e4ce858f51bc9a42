# SPDX-License-Identifier: MIT
"""Reports are added in a real browser: files are chosen or dropped, with a script and without."""
import re

from axe_playwright_python.sync_playwright import Axe

TEXT = "OSLO, 4 May 2021: Norway and Chile signed an agreement on {} in Oslo on Tuesday, the foreign ministers of both countries said."
DROP = """([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, {type: "text/plain"}));
    for (const kind of ["dragover", "drop"])
        document.querySelector("form.drop p").dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def file(name, subject):
    return {"name": name, "mimeType": "text/plain", "buffer": TEXT.format(subject).encode()}


def serious(page):
    return [(found["id"], [node["html"][:200] for node in found["nodes"]][:3]) for found in Axe().run(page).response["violations"]
            if found["impact"] in ("serious", "critical")]


def test_files_are_chosen_without_a_script(reader):
    window = reader(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = window.open("/ur/add")
    page.locator("#files").set_input_files([file("ایک.txt", "fisheries"), file("two.txt", "education")])
    page.locator("form.drop input[name=author]").fill("ایک قاری")
    page.locator("form.drop button").click()
    assert re.search(r"/ur/adding/[0-9a-f]{32}$", page.url)
    while page.locator("progress").count():
        page.locator("#progress a").first.click()
    assert page.locator("#progress li").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    window.shot("360-adding-ur")
    page.locator("#progress li a").first.click()
    assert "CHL-NOR" in page.locator("main").inner_text()


def test_a_file_is_dropped_on_the_form(reader):
    window = reader()
    page = window.open("/ru/add")
    page.evaluate(DROP, ["dropped.txt", TEXT.format("tourism")])
    assert page.locator("#files").evaluate("field => [...field.files].map(file => file.name)") == ["dropped.txt"]
    page.locator("form.drop input[name=author]").fill("Читатель")
    page.locator("form.drop button").click()
    page.wait_for_url(re.compile(r"/ru/adding/"))
    page.locator("#progress:not([data-again])").wait_for()      # the page looks again by itself
    assert "dropped.txt" in page.locator("#progress li").inner_text()
    assert not serious(page)
    window.shot("adding-ru")


def test_a_private_address_is_refused(reader, server):
    page = reader().open("/en/add")
    page.locator("#address").fill(server.base + "/en/")
    page.locator("form.drop input[name=author]").fill("A. Reader")
    page.locator("form.drop button").click()
    page.locator("#progress:not([data-again])").wait_for()
    assert "private network" in page.locator("#progress li").inner_text()
