"""What clients of HTTP raise is said of the call itself, not of what lies deep in their code."""

from __future__ import annotations

import sys

import pytest
from engines import engine_of, found_in

from broadcatch.program.environment import find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine

pytest.importorskip("requests")
pytest.importorskip("httpx")


def raised(folder, body: str) -> set[str]:
    """The last names of the types, all of which come out of the calls themselves."""
    head = "import httpx, requests\n"
    engine_of(folder, app=f"{head}def f(u: str, s: requests.Session, c: httpx.Client, **more):\n    {body}\n")
    found = found_in(Engine(Project(folder, find_environment(sys.prefix, folder)))).raised
    assert not any(one.evidence.via for one in found)
    return {one.type.rpartition(".")[2] for one in found}


@pytest.mark.parametrize(
    ("body", "named", "not_named"),
    [
        (
            "requests.get(u)",
            {"ConnectionError", "ReadTimeout", "MissingSchema"},
            {"InvalidHeader", "OSError"},
        ),
        ("requests.get('http://x/')", {"ConnectionError"}, {"MissingSchema", "InvalidURL"}),
        ("requests.get(f'https://{u}/')", {"ConnectionError", "InvalidURL"}, {"MissingSchema", "RetryError"}),
        ("requests.get(f'{u}/')", {"MissingSchema"}, set()),
        ("s.post(u, headers=more)", {"ConnectionError", "InvalidHeader"}, set()),
        ("httpx.get(u)", {"ConnectError", "InvalidURL"}, {"UnicodeEncodeError", "TooManyRedirects"}),
        ("c.get('x')", {"ConnectError"}, {"InvalidURL", "RuntimeError"}),
        ("c.get('x', follow_redirects=True)", {"TooManyRedirects"}, {"InvalidURL"}),
        ("httpx.get(u).raise_for_status()", {"HTTPStatusError"}, {"RuntimeError"}),
        ("httpx.get(u).json()", {"JSONDecodeError"}, {"ResponseNotRead"}),
    ],
)
def test_a_request_raises_what_its_library_publishes(tmp_path, body, named, not_named):
    found = raised(tmp_path, body)
    assert named <= found
    assert not found & not_named


@pytest.mark.parametrize(
    ("body", "may_break"),
    [
        ("r = requests.get('http://x'); return r.json()", False),
        ("r = requests.get('http://x', stream=True); return r.json()", True),
        ("r = requests.get('http://x', **more); return r.json()", True),
        ("return requests.get('http://x').text", False),
        ("try:\n        r = requests.get('http://x')\n    finally:\n        pass\n    return r.text", False),
        ("r = requests.get('http://x')\n    if more: r = SESSION.send(more)\n    return r.text", True),
        ("r = requests.get('http://x', stream=True); return r.text", True),
    ],
)
def test_a_body_that_was_read_at_once_does_not_break_off_later(tmp_path, body, may_break):
    engine_of(tmp_path, app=f"import requests\nSESSION = requests.Session()\ndef f(**more):\n    {body}\n")
    found = found_in(Engine(Project(tmp_path, find_environment(sys.prefix, tmp_path)))).raised
    assert any("streamed" in one.evidence.detail for one in found) is may_break
