"""Is the page of a report whole, safe and small, whatever the code holds? Without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from broadcatch.model.results import ReportResult
from broadcatch.output import report_html
from broadcatch.output.view import View
from tests.output.pages import ATTACKS, big, hostile


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._inside = tag
        if tag in ("script", "style"):
            self.texts.append("")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside in ("script", "style"):
            self.texts[-1] += data

    def of(self, name):
        return [attributes for tag, attributes in self.found if tag == name]


def page_of(result=None, **view):
    return report_html.render(result or big(12), View(**view))


def data_of(page):
    _, data, _ = Elements(page).texts
    return json.loads(data)


def test_a_page_holds_one_style_one_block_of_data_and_one_script():
    page = Elements(page_of())
    assert [one.get("type") for one in page.of("script")] == ["application/json", None]
    assert len(page.of("style")) == 1
    assert not page.of("link") and not page.of("img") and not page.of("iframe")


def test_nothing_is_loaded_from_elsewhere():
    page = page_of()
    assert not any("src" in attributes for _, attributes in Elements(page).found)
    assert set(re.findall(r"https?://[^\"'\s]+", page)) == {"http://www.w3.org/2000/svg"}


def test_the_policy_allows_this_script_and_this_style_and_nothing_else():
    page = Elements(page_of())
    [policy] = [
        one["content"] for one in page.of("meta") if one.get("http-equiv") == "Content-Security-Policy"
    ]
    style, _, script = page.texts
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == hash_of(script)
    assert rules["style-src"] == hash_of(style)
    assert rules["require-trusted-types-for"] == "'script'"


def hash_of(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_script_makes_texts_and_never_markup():
    script = Elements(page_of()).texts[2]
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script
    )
    assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|import\(", script)


def test_code_cannot_become_markup():
    page, tame = page_of(hostile()), page_of(big(1))
    assert [tag for tag, _ in Elements(page).found] == [tag for tag, _ in Elements(tame).found]
    data = data_of(page)
    assert [one["function"] for one in data["handlers"]] == list(ATTACKS)


@given(st.text())
def test_a_block_of_json_ends_where_it_should_and_means_what_it_said(text):
    block = report_html.json_block({"text": text})
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block) == {"text": text}


def test_signs_that_steer_a_reader_are_no_part_of_the_code():
    codes = [text for one in data_of(page_of(hostile()))["handlers"] for _, text in one["code"]]
    assert not any("\u202e" in text for text in codes)


def test_the_code_stands_at_the_margin_with_its_rows():
    [one, *_] = data_of(page_of(big(1)))["handlers"]
    assert one["code"][:3] == [[1, "def load(path):"], [2, "    try:"], [3, "        return read(path)"]]
    assert one["ways"][0]["worst"] is True
    assert one["change"] == "new"


def test_a_page_has_landmarks_headings_and_a_way_past_the_map():
    page = Elements(page_of())
    tags = [tag for tag, _ in page.found]
    assert {"header", "main", "footer", "h1", "h2", "noscript"} <= set(tags)
    assert page.of("html")[0]["lang"] == "en"
    assert page.of("a")[0]["href"] == "#results"
    assert any(one.get("role") == "search" for one in page.of("form"))
    assert any(one.get("aria-live") == "polite" for _, one in page.found)


def test_the_length_of_the_list_can_be_limited():
    assert len(data_of(page_of(big(20), top=5))["handlers"]) == 5


def test_a_page_of_two_thousand_handlers_stays_small():
    assert len(page_of(big(2000))) < 5_000_000


def test_a_page_without_handlers_is_a_page():
    assert data_of(page_of(ReportResult((), ())))["handlers"] == []
