"""What is proven may be narrowed by a safe rewrite: before and after do the same, whatever is thrown in."""

from __future__ import annotations

import builtins

import pytest

from broadcatch import api
from broadcatch.config.options import Config
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Target

PROGRAM = """\
import os


def port():
    text = os.environ.get("PORT", "80")
    try:
        number = int(text)
        return 1000 // number
    except Exception:
        return "fallback"
"""
ERRORS = [one for one in vars(builtins).values() if isinstance(one, type) and issubclass(one, Exception)]
PROVEN = (ValueError, ZeroDivisionError)


@pytest.fixture
def after(tmp_path):
    path = tmp_path / "app.py"
    path.write_text(PROGRAM)
    config = Config(cache_dir=str(tmp_path / "cache"), jobs=1)
    result = api.fix([Target(str(path))], config, FixRequest(write=True))
    assert [(one.kind, one.safety) for one in result.offered] == [("narrow", "safe")]
    return path.read_text()


def outcome(text, **names):
    space = dict(names)
    exec(compile(text, "app.py", "exec"), space)
    try:
        return space["port"]()
    except ArithmeticError as error:
        return type(error)


@pytest.mark.parametrize("value", ["80", "0", "x", "", "9" * 5000, " 7 ", "٣"])
def test_every_value_ends_as_before(after, monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    assert outcome(after) == outcome(PROGRAM)


@pytest.mark.parametrize(
    "error", [one for one in ERRORS if issubclass(one, PROVEN) and not issubclass(one, UnicodeError)]
)
def test_every_error_that_can_come_ends_as_before(after, error):
    def raising(_text):
        raise error

    assert outcome(after, int=raising) == outcome(PROGRAM, int=raising) == "fallback"


def test_a_parameter_proves_nothing(tmp_path):
    path = tmp_path / "app.py"
    path.write_text(
        "def f(text: str):\n    try:\n        return int(text)\n    except Exception:\n        return 0\n"
    )
    config = Config(cache_dir=str(tmp_path / "cache"), jobs=1)
    assert api.fix([Target(str(path))], config, FixRequest()).offered == ()
