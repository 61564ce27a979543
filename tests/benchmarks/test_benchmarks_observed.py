"""What the recorder writes down, and what the comparison makes of it."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from benchmarks import recorder
from benchmarks.comparing import Comparison, category
from benchmarks.observed import lines, run

LIBRARY = """
    import json

    class OwnError(Exception):
        pass

    def read(text):
        return json.loads(text)

    def ask(text):
        try:
            return read(text)
        except (KeyError,
                OSError):
            return None
        except Exception as error:
            raise OwnError from error

    def call(function):
        try:
            return function()
        finally:
            str(1)

    def each():
        yield 1
"""
TESTS = """
    import unittest
    from lib import code

    class Test(unittest.TestCase):
        def test_ask(self):
            with self.assertRaises(code.OwnError):
                code.ask("{")

        def test_call(self):
            with self.assertRaises(ZeroDivisionError):
                code.call(lambda: 1 / 0)

        def test_each(self):
            given = code.each()
            next(given)
            with self.assertRaises(ValueError):
                given.throw(ValueError())
"""


def recent_python() -> str:
    """An interpreter that can be monitored: on the path, or installed beside the one that runs."""
    beside = sorted(Path(sys.base_prefix).parent.glob("*3.1[2-9]*/bin/python3"))
    for candidate in (sys.executable, "python3.12", "python3.13", "python3.14", *map(str, beside)):
        try:
            asked = subprocess.run(
                [candidate, "-c", "import sys; sys.exit(sys.version_info < (3, 12))"],
                check=False,
                capture_output=True,
            )
        except OSError:
            continue
        if asked.returncode == 0:
            return candidate
    return ""


@pytest.fixture
def package(tmp_path):
    """A package `lib` with one module, and its tests."""
    for name, text in {"lib/__init__.py": "", "lib/code.py": LIBRARY, "tests/test_code.py": TESTS}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    return tmp_path / "lib"


@pytest.fixture
def recorded(package, monkeypatch):
    """What the recorder writes of a run of the tests."""
    python = recent_python()
    if not python:
        pytest.skip("sys.monitoring needs Python 3.12 or later, and none is at hand")
    monkeypatch.chdir(package.parent)
    out = package.parent / "out.jsonl"
    assert run(package, python, out, ["unittest", "discover", "-s", "tests"]) == 0
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def left(rows, function):
    return [row for row in rows if row["event"] == "left" and row["function"] == function]


def test_what_leaves_a_function_is_recorded_with_its_line_and_origin(recorded):
    (read,) = left(recorded, "read")
    assert (read["type"], read["file"], read["line"]) == ("json.decoder.JSONDecodeError", "code.py", 7)
    assert (read["place"], read["count"], read["thrown"]) == ("stdlib", 1, False)
    (ask,) = left(recorded, "ask")
    assert (ask["type"], ask["origin"], ask["place"]) == ("lib.code.OwnError", "code.py", "package")


def test_the_clause_that_takes_an_exception_is_recorded_and_a_finally_is_none(recorded):
    (row,) = [row for row in recorded if row["event"] == "reached"]
    assert (row["function"], row["try"], row["line"], row["broad"]) == ("ask", 10, 15, True)
    assert row["type"] == "json.decoder.JSONDecodeError"


def test_what_the_tests_raise_or_throw_in_can_be_told_apart(recorded):
    (call,) = left(recorded, "call")
    assert (call["place"], call["through_tests"]) == ("tests", True)
    (each,) = left(recorded, "each")
    assert each["thrown"] and each["type"] == "ValueError"


def test_a_type_is_recorded_with_its_ancestors(recorded):
    rows = {row["name"]: row for row in recorded if row["event"] == "type"}
    assert rows["json.decoder.JSONDecodeError"]["ancestors"][:2] == [
        "json.decoder.JSONDecodeError",
        "ValueError",
    ]
    assert rows["lib.code.OwnError"]["place"] == "package"


def test_the_engine_agrees_with_the_recording(recorded, package):
    report = Comparison(package).run(recorded)
    outcomes = {(one.question, one.type): one.outcome for one in report.verdicts if not one.injected}
    assert set(outcomes.values()) == {"named"}
    assert len(outcomes) == 3


def observed(function: str, first: int, line: int, kind: str, **more: object) -> dict[str, object]:
    row = {"event": "left", "file": "code.py", "function": function, "first": first, "line": line}
    row |= {"type": kind, "origin": "code.py", "origin_line": line, "place": "package"}
    return row | {"through_tests": False, "thrown": False, "count": 1} | more


def types(*chains: str) -> list[dict[str, object]]:
    return [
        {"event": "type", "name": chain.split()[0], "ancestors": chain.split(), "place": "stdlib"}
        for chain in chains
    ]


def compared(package, *rows):
    kinds = types(
        "FileNotFoundError OSError Exception BaseException",
        "ZeroDivisionError ArithmeticError Exception BaseException",
        "TypeError Exception BaseException",
    )
    return Comparison(package).run([*kinds, *rows])


@pytest.fixture
def opening(tmp_path):
    text = "def f(x):\n    return open('a')\n\n\ndef g():\n    return None\n\n\ndef h(x):\n    x()\n    g()\n"
    (tmp_path / "code.py").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_ancestor_narrower_than_exception_names_a_type(opening):
    (verdict,) = compared(opening, observed("f", 1, 2, "FileNotFoundError")).verdicts
    assert (verdict.outcome, verdict.category) == ("named", "os-io")


def test_a_closed_answer_without_the_type_is_refuted(opening):
    report = compared(opening, observed("g", 5, 6, "ZeroDivisionError"))
    assert [one.outcome for one in report.verdicts] == ["refuted"]
    assert any("code.py:5 g: ZeroDivisionError out of line 6" in line for line in lines(report))


def test_programming_errors_refute_nothing(opening):
    (verdict,) = compared(opening, observed("g", 5, 6, "TypeError")).verdicts
    assert (verdict.outcome, verdict.aside) == ("missed", True)


def test_an_open_answer_is_missed_here_or_elsewhere(opening):
    report = compared(opening, observed("h", 9, 10, "FileNotFoundError"))
    assert [one.outcome for one in report.verdicts] == ["missed"]
    assert report.verdicts[0].cause.startswith("open here: ")
    report = compared(opening, observed("h", 9, 11, "FileNotFoundError"))
    assert "taken as known: raised by the line itself" in report.verdicts[0].cause


def test_what_tests_put_in_counts_only_where_nothing_else_was_seen(opening):
    injected = observed("g", 5, 6, "ZeroDivisionError", through_tests=True)
    assert compared(opening, injected).verdicts[0].injected
    both = compared(opening, injected, observed("g", 5, 6, "ZeroDivisionError"))
    assert [one.injected for one in both.verdicts] == [False]


def test_what_is_thrown_into_a_generator_refutes_nothing(opening):
    (verdict,) = compared(opening, observed("g", 5, 6, "ZeroDivisionError", thrown=True)).verdicts
    assert (verdict.outcome, verdict.injected) == ("missed", True)


def test_a_question_that_fails_is_named_and_the_rest_goes_on(opening, monkeypatch):
    def fail(self, function):
        raise RuntimeError("broken")

    monkeypatch.setattr("broadcatch.raises.escapes.Engine.function_escapes", fail)
    report = compared(opening, observed("g", 5, 6, "TypeError"), observed("f", 1, 2, "TypeError"))
    assert len(report.troubles) == 2 and report.verdicts == []


def test_code_that_is_no_function_is_counted(opening):
    assert compared(opening, observed("<module>", 1, 1, "TypeError")).skipped == 1


@pytest.mark.parametrize(
    ("ancestors", "place", "expected"),
    [
        ("AssertionError Exception", "stdlib", "programming"),
        ("GeneratorExit BaseException", "stdlib", "asynchronous"),
        ("KeyError LookupError Exception", "stdlib", "builtin"),
        ("socket.gaierror OSError Exception", "stdlib", "os-io"),
        ("json.decoder.JSONDecodeError ValueError Exception", "stdlib", "stdlib"),
        ("lib.OwnError Exception", "package", "own"),
        ("other.Error Exception", "third-party", "third-party"),
        ("DeprecationWarning Warning Exception", "stdlib", "warning"),
    ],
)
def test_categories(ancestors, place, expected):
    assert category(ancestors.split()[0], ancestors.split(), place) == expected


def test_a_file_of_tests_is_known_by_its_path():
    assert recorder.is_test("tests/helpers.py") and recorder.is_test("a/test_b.py")
    assert not recorder.is_test("testing.py") and not recorder.is_test("contest.py")
