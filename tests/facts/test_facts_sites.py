"""Is a place without an `except` clause read the same by pieces as in the whole module?"""

from __future__ import annotations

import asyncio
import contextlib
import unittest
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcatch.facts.read import sites_by_pieces, sites_of_whole, split_lines
from broadcatch.model.facts import Site

SNIPPETS = {
    "context": """
from contextlib import suppress

async def stop(tasks):
    for task in tasks:
        task.cancel()
        with suppress(Exception), lock as held:
            await task
""",
    "bound context": """
def test_it(self):
    with self.assertRaises(Exception) as caught:
        work()
""",
    "decorator": """
import tenacity

class Client:
    @tenacity.retry  # for ever
    def get(self):
        return 1

    @tenacity.retry(stop=3)
    def put(self):
        return 2
""",
    "call": """
def install(app):
    if app.debug:
        app.add_exception_handler(Exception, failed)
    return FastAPI(exception_handlers={KeyError: missing, Exception: failed})
""",
    "registered": """
class App:
    def handle(self, error):
        return "sorry"

    def install(self, app):
        app.register_error_handler(Exception, self.handle)
""",
    "task": """
class Send(Task):
    autoretry_for = (Exception, OSError)
""",
    "function": """
class Quiet:
    def __exit__(self, *args):
        return True

    async def __aexit__(self, kind, error, trace):
        if kind is KeyError:
            return True

    def process_exception(self, request, exception):
        return None

async def failed(request: Request, exc: Exception):
    return exc
""",
    "finally": """
def f(rows):
    for row in rows:
        try:
            work()
        except (KeyError, OSError):
            pass
        except:
            raise
        finally:
            if row:
                continue
            while row:
                break
            return row
""",
    "batch": """
async def f(rows):
    found = await asyncio.gather(*map(work, rows), return_exceptions=True)
    return [one for one in found if not isinstance(one, Exception)]
""",
}


def both(text: str) -> tuple[list[Site] | None, list[Site]]:
    lines = split_lines(text)
    return sites_by_pieces(text, lines), sites_of_whole(text, lines)


@pytest.mark.parametrize("text", SNIPPETS.values(), ids=SNIPPETS)
def test_pieces_tell_what_the_whole_module_tells(text: str) -> None:
    pieces, whole = both(text)
    assert pieces == whole
    assert whole


def shape(text: str) -> list[tuple[str, str, int]]:
    return [(site.kind, site.name, site.span.line) for site in both(text)[1]]


@pytest.mark.parametrize(
    ("snippet", "expected"),
    [
        ("context", [("context", "", 7)]),
        ("bound context", [("context", "caught", 3)]),
        ("decorator", [("decorator", "get", 5), ("decorator", "put", 9)]),
        ("call", [("call", "failed", 4), ("call", "failed", 5)]),
        ("registered", [("function", "handle", 3), ("call", "self.handle", 7)]),
        ("task", [("call", "autoretry_for", 3)]),
        ("finally", [("finally", "continue", 12), ("finally", "return", 15)]),
    ],
)
def test_what_is_told_of_each_kind(snippet: str, expected: list[tuple[str, str, int]]) -> None:
    assert shape(SNIPPETS[snippet]) == expected


def test_a_context_knows_what_was_cancelled_before_it() -> None:
    (site,) = both(SNIPPETS["context"])[1]
    assert site.cancelled == ("task",)


def test_a_finally_knows_what_its_clauses_take() -> None:
    site = both(SNIPPETS["finally"])[1][0]
    assert [one.qualified for one in site.classes] == [
        "builtins.KeyError",
        "builtins.OSError",
        "builtins.BaseException",
    ]


def files() -> Iterator[Path]:
    """Real code that every Python has."""
    for module in (asyncio, unittest, contextlib):
        place = Path(module.__file__ or "")
        yield from place.parent.glob("*.py") if place.name == "__init__.py" else (place,)


def test_real_code_is_read_the_same() -> None:
    texts = [path.read_text(encoding="utf-8") for path in files()]
    pieces = {text: sites_by_pieces(text, split_lines(text)) for text in texts}
    held = {text: found for text, found in pieces.items() if found}
    assert len(held) > 5
    assert all(sites_of_whole(text, split_lines(text)) == found for text, found in held.items())


def test_a_body_on_the_row_of_its_function_is_read_as_a_whole() -> None:
    pieces, whole = both("class Engine:\n    def is_deadlock(self, error: Exception) -> bool: ...\n")
    assert (pieces, whole) == (None, [])
