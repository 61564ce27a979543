"""Would the benchmark of whole packages notice a rewrite that breaks one?"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from benchmarks.changed import strangers
from benchmarks.fixing import RESOLVER, clause_names

BEFORE = b"import a\n\n\ntry:\n    f()\nexcept Exception:\n    g()\nh()\n"


def test_a_clause_and_an_import_may_change():
    after = b"import a\nimport b\n\n\ntry:\n    f()\nexcept b.Error:\n    g()\nh()\n"
    assert strangers(BEFORE, after, {6}) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [(b"h()", b"i()", 8), (b"h()\n", b"", 8), (b"h()\n", b"h()\ni()\n", 9), (b"import a\n", b"a = 1\n", 1)],
)
def test_a_line_that_no_rewrite_was_announced_for_is_named(old, new, line):
    found = strangers(BEFORE, BEFORE.replace(old, new), {6})
    assert found == [line]


def test_a_clause_that_no_rewrite_was_announced_for_is_named():
    assert strangers(BEFORE, BEFORE.replace(b"Exception", b"KeyError"), set()) == [6]


def test_the_names_of_clauses_are_counted_each():
    text = b"try: f()\nexcept (a.B, KeyError): pass\nexcept KeyError: pass\n"
    assert clause_names(text) == {"a.B": 1, "KeyError": 2}


@pytest.fixture
def ask(tmp_path):
    """What the names in the clauses of a module stand for: before, after and the classes that are meant."""

    def asked(before: str, after: str, **meant: list[str]) -> list[list[str]]:
        for name, text in (("before", before), ("after", after)):
            (tmp_path / name).mkdir()
            (tmp_path / name / "shop.py").write_text(textwrap.dedent(text))
        folders = {name: str(tmp_path / name) for name in ("before", "after")}
        question = json.dumps({"file": "shop.py", **folders, "names": meant})
        command = [sys.executable, str(RESOLVER), str(Path(tmp_path))]
        done = subprocess.run(command, input=question, capture_output=True, text=True, check=True)
        return [json.loads(line[1:]) for line in done.stdout.split("\n") if line.startswith("\x1e")]

    return asked


BROAD = "try:\n    pass\nexcept Exception:\n    pass\n"


def test_a_name_that_is_the_class_meant_is_the_same(ask):
    after = BROAD.replace("Exception", "KeyError")
    assert ask(BROAD, after, KeyError=["KeyError"]) == [["same", "KeyError"]]


def test_a_name_that_is_another_class_is_told(ask):
    after = "KeyError = OSError\n" + BROAD.replace("Exception", "KeyError")
    assert ask(BROAD, after, KeyError=["KeyError"]) == [["other", "KeyError is OSError, not KeyError"]]


def test_a_name_that_nothing_binds_is_told(ask):
    [[verdict, detail]] = ask(BROAD, BROAD.replace("Exception", "Missing"), Missing=[])
    assert (verdict, "Missing" in detail) == ("unbound", True)


def test_an_import_inside_the_function_counts(ask):
    after = """
        def f():
            from json import JSONDecodeError
            try:
                pass
            except JSONDecodeError:
                pass
    """
    assert ask(BROAD, after, JSONDecodeError=["json.decoder.JSONDecodeError"]) == [
        ["same", "JSONDecodeError"]
    ]


def test_a_module_that_can_no_longer_be_imported_is_told(ask):
    assert ask(BROAD, "import no_such_module\n" + BROAD, KeyError=[])[0][0] == "import"


def test_a_module_that_never_could_be_imported_says_nothing(ask):
    assert ask("import no_such_module\n", BROAD, KeyError=[])[0][0] == "not importable"


def test_a_name_of_a_package_that_need_not_be_installed_says_nothing(ask):
    guard = "try:\n    import no_such_module\nexcept ImportError:\n    pass\n"
    after = guard + BROAD.replace("Exception", "no_such_module.Error")
    found = ask(guard + BROAD, after, **{"no_such_module.Error": []})
    assert found[0][0] == "not importable"
