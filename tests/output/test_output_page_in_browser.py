"""Does the page work in a real browser: drawn, filtered and opened, by mouse and keys, with hostile code?"""

from __future__ import annotations

import pytest

from broadcatch.model.results import ReportResult
from broadcatch.output import report_html
from broadcatch.output.view import View
from tests.browser import Browser, found
from tests.output.pages import big, hostile
from tests.samples import file_risk, handler_risk

PROGRAM = found()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium is installed")
ITEMS = "document.querySelectorAll('#results .item').length"
COUNT = "document.getElementById('count').textContent"


@pytest.fixture(scope="module")
def browser():
    try:
        opened = Browser(PROGRAM)
    except (RuntimeError, OSError) as error:
        # one that is installed may lack what it needs here: shared memory, a sandbox, a library
        pytest.skip(f"Chromium does not start here: {error}")
    with opened:
        yield opened


@pytest.fixture
def shown(browser, tmp_path):
    """Open the page of a report; the errors of its script are looked at in the end."""

    def show(result, address=""):
        path = tmp_path / "page.html"
        path.write_text(report_html.render(result, View()), encoding="utf-8", newline="")
        browser.errors.clear()
        browser.requests.clear()
        browser.open("about:blank")
        browser.open(path.as_uri() + address)
        browser.wait("document.getElementById('count').textContent !== ''")
        return browser

    yield show
    assert browser.errors == []


def test_a_long_list_is_drawn_as_far_as_it_is_seen(shown):
    page = shown(big(2000))
    assert page.run(COUNT) == "2000 of 2000 handlers"
    first = page.run(ITEMS)
    assert 60 <= first < 300
    page.run("window.scrollTo(0, document.body.scrollHeight)")
    page.wait(f"{ITEMS} > {first}")


def test_nothing_is_asked_of_the_network(shown):
    page = shown(big(20))
    assert {one.partition(":")[0] for one in page.requests} <= {"file", "about"}


def test_a_search_a_tier_and_an_owner_narrow_the_list(shown):
    page = shown(big(40))
    page.run(
        "const f = document.getElementById('by-text'); f.value = 'run_7'; f.dispatchEvent(new Event('input'))"
    )
    page.wait(f"{COUNT}.startsWith('1 of')")
    page.run("document.querySelector('.clear').click()")
    page.wait(f"{COUNT}.startsWith('40 of')")
    page.run("document.querySelector('input[value=low]').click()")
    assert page.run(COUNT) == "20 of 40 handlers"
    page.run(
        "const s = document.getElementById('by-owner'); s.value = '(no owner)';"
        "s.dispatchEvent(new Event('change'))"
    )
    assert page.run(COUNT) == "0 of 40 handlers"
    assert "Nothing fits" in page.run("document.getElementById('results').textContent")
    assert "tiers=high" in page.run("location.hash")


def test_the_address_keeps_what_was_chosen(shown):
    page = shown(big(40), "#text=run_39&list=files")
    assert page.run(COUNT) == "1 of 40 handlers in 1 row"
    page = shown(big(40), "#open=app/part0/module_0.py:14")
    assert page.run("document.querySelector('.opened:not([hidden]) figcaption').textContent").startswith(
        "fallback"
    )


@pytest.mark.parametrize(("name", "rows"), [("files", 10), ("packages", 10), ("owners", 2)])
def test_files_folders_and_owners_can_be_listed(shown, name, rows):
    page = shown(big(40), f"#list={name}")
    assert page.run(ITEMS) == rows
    page.run("document.querySelector('#results .open').click()")
    assert page.run("document.querySelector('#results table').className") == "handlers"


def test_an_opened_handler_shows_its_code_the_way_and_what_to_do(shown):
    page = shown(big(4))
    page.run("document.querySelector('#results .open').click()")
    near = "document.querySelector('.opened:not([hidden])')"
    text = page.run(f"{near}.textContent")
    for part in (
        "return read(path)",
        "caught here",
        "Why this score",
        "json.JSONDecodeError",
        "+except KeyError:",
    ):
        assert part in text
    assert page.run(f"{near}.querySelectorAll('svg .caught, svg .takes, svg .stays, svg .may').length") == 4
    page.run(f"{near}.querySelectorAll('.ways button')[1].click()")
    assert page.run(f"{near}.querySelectorAll('svg .leaves').length") == 1
    page.run("document.querySelector('#results .open').click()")
    assert page.run("document.querySelector('.opened').hidden") is True


def test_all_can_be_done_with_keys(shown):
    page = shown(big(8))
    page.press("Tab")
    assert page.run("document.activeElement.className") == "skip"
    page.run("document.querySelector('.box[tabindex=\"0\"]').focus()")
    page.press("ArrowRight")
    named = page.run("document.activeElement.dataset.path")
    assert named == "app/part1/module_1.py"
    page.press("Enter")
    page.wait(f"{COUNT} === '4 of 8 handlers'")
    assert page.run("document.querySelector('.chip').textContent") == f"only {named} ✕"
    page.run("document.querySelector('#results .open').focus()")
    page.press("Enter")
    assert page.run("document.activeElement.getAttribute('aria-expanded')") == "true"
    seen = page.run("getComputedStyle(document.activeElement).outlineStyle")
    assert seen == "solid"


def test_every_button_and_field_has_a_name(shown):
    page = shown(big(8))
    page.run("document.querySelector('#results .open').click()")
    unnamed = page.run(
        "[...document.querySelectorAll('button, input, select, [role=group]')].filter((one) =>"
        " !one.textContent.trim() && !one.getAttribute('aria-label') && !one.getAttribute('aria-labelledby')"
        " && !(one.labels && one.labels.length)).map((one) => one.outerHTML.slice(0, 80))"
    )
    assert unnamed == []
    twice = page.run("(() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);"
                     " return ids.length - new Set(ids).size; })()")  # fmt: skip
    assert twice == 0


def test_colours_follow_the_system_until_somebody_chooses(shown):
    page = shown(big(4))
    back = "getComputedStyle(document.body).backgroundColor"
    page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    dark = page.run(back)
    page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
    light = page.run(back)
    assert dark != light
    page.run("document.getElementById('theme').click(); document.getElementById('theme').click()")
    assert page.run("document.documentElement.dataset.theme") == "dark"
    assert page.run(back) == dark
    page.run("document.getElementById('theme').click()")


def test_hostile_code_stays_text(shown):
    page = shown(hostile())
    page.run("for (const one of document.querySelectorAll('#results .open')) one.click()")
    for name in ("files", "packages", "owners"):
        page.run(f"document.querySelector('#lists button[value={name}]').click()")
    page.run("document.querySelector('#lists button[value=handlers]').click()")
    assert page.run("document.querySelectorAll('img, b, iframe, a:not(.skip)').length") == 0
    assert page.run("document.querySelectorAll('script').length") == 2
    assert page.run("document.title").endswith("broad handlers by risk")


def test_an_address_that_makes_no_sense_does_no_harm(shown):
    page = shown(big(4), "#list=__proto__&open=nowhere:1&tiers=x&unknown=1")
    assert page.run(COUNT).startswith("0 of 4")


def test_a_page_without_handlers_says_so(shown):
    page = shown(ReportResult((), ()))
    assert "no broad handlers" in page.run("document.getElementById('results').textContent")


def test_a_handler_without_its_code_opens_all_the_same(shown):
    page = shown(ReportResult((file_risk(),), (handler_risk(),)))
    page.run("document.querySelector('#results .open').click()")
    assert "Why this score" in page.run("document.querySelector('.opened').textContent")


def test_a_narrow_screen_is_not_wider_than_itself(shown):
    page = shown(big(8))
    page.send("Emulation.setDeviceMetricsOverride", width=400, height=800, deviceScaleFactor=1, mobile=True)
    page.run("document.querySelector('#results .open').click()")
    wide = page.run("document.documentElement.scrollWidth")
    page.send("Emulation.clearDeviceMetricsOverride")
    assert wide <= 400
