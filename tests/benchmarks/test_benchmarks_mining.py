"""What do the scripts that mine Python's documentation and tests find, and what do they leave out?"""

from __future__ import annotations

import textwrap

import pytest

from benchmarks import mining_docs, mining_tests
from benchmarks.lacking import Candidate, is_named, on_record, report
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine

PAGE = """\
:mod:`shelf` --- Things on shelves
==================================

.. module:: shelf

.. exception:: Missing

   Raised by :func:`take`; nothing raises :exc:`OSError` here.

.. function:: take(name)
              grab(name)

   Take one.  Raises :exc:`KeyError` if it is missing.  Some text.
   If *name* is empty, a :exc:`~shelf.Missing` is raised.

   .. versionchanged:: 3.3
      Previously, :exc:`IndexError` was raised.

.. class:: Shelf(size)

   A shelf.

   .. method:: put(thing)

      Never raises :exc:`ValueError`; an :exc:`OverflowError` is raised instead.

.. method:: Shelf.empty()

   :exc:`RuntimeError` is raised where it is locked.
"""


def test_sentences_about_raising_belong_to_the_callable_that_they_describe():
    found = [(one.call, one.exception) for one in mining_docs.told(PAGE)]
    assert found == [
        ("shelf.take", "KeyError"),
        ("shelf.take", "shelf.Missing"),
        ("shelf.grab", "KeyError"),
        ("shelf.grab", "shelf.Missing"),
        ("shelf.Shelf.empty", "RuntimeError"),
    ]


def test_each_finding_names_its_line():
    assert {one.line for one in mining_docs.told(PAGE)} == {13, 29}


@pytest.fixture
def engine(tmp_path):
    return Engine(Project(tmp_path))


@pytest.mark.parametrize(
    ("call", "exception", "module", "status"),
    [
        ("json.loads", "JSONDecodeError", "json", None),
        ("time.monotonic", "OSError", "time", "lacking"),
        ("time.no_such_thing", "OSError", "time", "unknown"),
        ("open", "OSError", "", None),
    ],
)
def test_a_candidate_is_what_the_knowledge_lacks(engine, call, exception, module, status):
    one = mining_docs.Told(call, exception, module, 1)
    found = mining_docs.candidate(engine, one, mining_docs.canonical(engine, one), "page.rst:1")
    assert (found and found.status) == status


def test_a_class_nobody_knows_is_left_out(engine):
    assert mining_docs.canonical(engine, mining_docs.Told("f", "Nonsense", "json", 1)) == ""


def test_the_tests_of_python_are_held_against_the_answers(tmp_path):
    source = """
        import unittest, time, json

        class Test(unittest.TestCase):
            def test(self):
                self.assertRaises(ValueError, int, "x")
                self.assertRaises(OSError, time.monotonic)
                with self.assertRaises(KeyError):
                    json.dumps(1).strip()
                with self.assertRaises(TypeError):
                    time.monotonic(1)
                with self.assertRaises(ValueError):
                    time.monotonic()
                    time.time()
    """
    path = tmp_path / "test_thing.py"
    path.write_text(textwrap.dedent(source), encoding="utf-8")
    found = mining_tests.candidates(Engine(Project(tmp_path)), path)
    assert sorted((one.status, one.call, one.type, one.place) for one in found) == [
        ("refuted", "builtins.str.strip", "KeyError", "test_thing.py:9"),
        ("refuted", "time.monotonic", "OSError", "test_thing.py:7"),
    ]


def test_a_row_about_misuse_is_on_record_and_so_no_news(engine):
    assert "ValueError" in (on_record(engine.table, ["ctypes.string_at"]) or ())
    assert on_record(engine.table, ["no.such.callable"]) is None


def test_a_base_or_a_subclass_counts_as_named(engine):
    assert is_named(engine, "FileNotFoundError", ["OSError"])
    assert is_named(engine, "OSError", ["FileNotFoundError"])
    assert not is_named(engine, "KeyError", ["ValueError", "Exception"])


def test_the_report_has_a_line_for_each_callable_and_type_the_worst_first(capsys):
    found = [
        Candidate("open", "c", "OSError", "x:1"),
        Candidate("lacking", "b", "OSError", "x:2"),
        *(Candidate("refuted", "a", "OSError", f"x:{line}") for line in range(5)),
    ]
    report(found, False)
    assert capsys.readouterr().out.splitlines() == [
        "refuted  a  OSError  x:0, x:1, x:2 and 2 more",
        "lacking  b  OSError  x:2",
        "2 candidates, 7 places",
    ]
