# SPDX-License-Identifier: MIT
"""Fifty items judged by two people apart, one after the other, in a real browser without a script."""
from conftest import LANGUAGES, Reader, Server
from test_stories import karar

NATIONS = [("Norway", "Chile"), ("Kenya", "Japan"), ("Egypt", "Brazil"), ("Peru", "Spain"), ("Cuba", "Italy")]
FIELDS = ["fisheries", "tourism", "education", "customs", "health"]


def agreement_of(mine, theirs):
    """Share of equal values and Cohen's kappa, as the tables of statistics have them."""
    count, equal = len(mine), sum(one == other for one, other in zip(mine, theirs, strict=True))
    chance = sum(mine.count(value) * theirs.count(value) for value in set(mine)) / count ** 2
    return str(count), str(equal), f"{equal / count:.3g}", f"{(equal / count - chance) / (1 - chance):.3f}".rstrip("0")


def test_fifty_items_judged_apart(chromium, tmp_path):
    """User story 9 as it is told: the same fifty items, blind, by two people who go through the four languages; agreement by field, the queue of what they differ on, and
    a third whose value wins."""
    register = tmp_path / "karar.db"
    for number in range(25):
        one, other = NATIONS[number % 5]
        report = tmp_path / f"{number}.txt"
        report.write_text(f"OSLO, {number + 1} May 2021: {one} and {other} signed an agreement on {FIELDS[number // 5]} in Oslo on Tuesday. "
                          f"The two countries agreed to expand cooperation in {FIELDS[(number // 5 + 1) % 5]}.", encoding="utf-8")
    karar(register, "add", *sorted(tmp_path.glob("*.txt")))
    server = Server(register)
    windows = []

    def sit_down(name):
        windows.append(Reader(chromium, server, java_script_enabled=False))
        windows[-1].context.add_cookies([{"name": "karar-author", "value": name, "url": server.base}])
        return windows[-1]

    def judge(name, differs):
        """Claim to its date, as that person said; every fourth language the next dozen."""
        window, said = sit_down(name), {}
        for count, language in zip((13, 13, 12, 12), LANGUAGES, strict=True):
            page = window.open(f"/{language}/judge")
            for _ in range(count):
                item = page.locator("article.item").first
                claim = item.get_attribute("aria-label")
                assert claim not in said and "as Ann reads it" not in item.inner_text() + " ".join(item.locator("input").evaluate_all("all => all.map(one => one.value)"))
                date = item.locator("input[name='value.date']")
                if date.count() and differs(claim):
                    date.fill("2021-06-01")
                said[claim] = date.input_value() if date.count() else None
                item.locator("input[name=reason]").fill(f"as {name} reads it")
                with page.expect_navigation():
                    item.locator("button[value=right]").click()
            window.shot(f"story-9-fifty-{name.lower()}-{language}")
        assert not window.open("/en/judge").locator("article.item").count(), "nothing is left to judge"
        return said

    first = judge("Ann", lambda claim: False)
    odd = sorted(claim for claim, date in first.items() if date)[::5]
    second = judge("Bob", lambda claim: claim in odd)
    assert len(first) == 50 and first.keys() == second.keys() and len(odd) == 5
    dated = [claim for claim in first if first[claim]]
    window = sit_down("Eve")
    for language in LANGUAGES:
        page = window.open(f"/{language}/agreement")
        cells = [row.locator("td, th").all_inner_texts() for row in page.locator("tbody tr").all()]
        assert cells[0][2:] == ["50", "50", "1.0", ""] and "Ann" in cells[0][0] and "Bob" in cells[0][0], "the verdict: all alike, so that chance leaves nothing to tell"
        expected = agreement_of([first[claim] for claim in dated], [second[claim] for claim in dated])
        assert [tuple(row[2:]) for row in cells if row[3] != row[2]] == [expected], "the date is all that they differ on"
        assert sorted(page.locator("article.item h3 a").evaluate_all("all => all.map(one => one.getAttribute('href').split('/claim/')[1])")) == odd
        window.shot(f"story-9-fifty-{language}")
    for claim, language in zip(odd, (*LANGUAGES, "ur"), strict=True):
        page = window.open(f"/{language}/claim/{claim}")
        form = page.locator("details form").filter(has=page.locator("button[value=settle]"))
        form.locator("input[name='value.date']").fill("2021-05-30")
        with page.expect_navigation():
            form.locator("button[value=settle]").click()
        page = window.open(f"/{language}/claim/{claim}")
        assert all(name in page.locator("main").inner_text() for name in ("Ann", "Bob", "Eve"))
        assert "2021" in page.locator("tr.changed").inner_text() and "Eve" in page.locator("tr.changed").inner_text()
    assert not window.open("/ur/agreement").locator("article.item").count(), "nothing is left to settle"
    told = karar(register, "instruments", "--format", "json")
    assert "2021-05-30" in told and "2021-06-01" not in told, "the account has what was settled"
    for one in windows:
        one.close()
    server.stop()
