"""`fix --unsafe` on a small project: calls that take every error, clauses that are named, circles."""

from __future__ import annotations

import importlib.util
import textwrap

import pytest

from broadcatch.config.options import Config
from broadcatch.mend.run import fix
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Target

CONFIG = Config(cache=False, jobs=1)


@pytest.fixture
def fixed(tmp_path, monkeypatch):
    """The text of x.py after `fix --write --unsafe`, and why what was not made was not."""
    monkeypatch.chdir(tmp_path)

    def run(source, line=None, closed=False, **other):
        for name, text in {"x": source, **other}.items():
            (tmp_path / f"{name}.py").write_text(textwrap.dedent(text))
        result = fix([Target("x.py", line)], CONFIG, FixRequest(True, True, kinds=("narrow",), closed=closed))
        return (tmp_path / "x.py").read_text(), [one.reason for one in result.refused]

    return run


SUPPRESS = """\
from contextlib import suppress


def load(table: dict[str, str]) -> str:
    with suppress(Exception):
        return table["x"].strip()
    return ""
"""


def test_suppress_takes_what_its_body_can_raise(fixed):
    assert fixed(SUPPRESS) == (SUPPRESS.replace("Exception", "KeyError"), [])


def test_a_second_time_changes_nothing(fixed):
    after, _ = fixed(SUPPRESS)
    assert fixed(after) == (after, [])


def test_beside_another_class_the_broad_one_alone_gives_way(fixed):
    two = SUPPRESS.replace("(Exception)", "(ValueError, Exception)")
    assert fixed(two)[0] == two.replace("Exception", "KeyError")


def test_a_constant_that_holds_the_broad_class_is_left(fixed):
    source = "ERRORS = (Exception,)\n" + SUPPRESS.replace("(Exception)", "(*ERRORS)")
    assert fixed(source)[0] == source


RETRY = """\
import socket
from tenacity import retry, retry_if_exception_type


@retry(retry=retry_if_exception_type(Exception))
def fetch(host: str) -> None:
    socket.create_connection((host, 80))
    int(host)
"""


def test_a_retry_takes_what_may_pass_by_itself(fixed):
    after, _ = fixed(RETRY)
    assert "ValueError" not in after
    assert "retry_if_exception_type(Exception)" not in after


@pytest.mark.parametrize("source", [SUPPRESS, RETRY])
def test_what_is_open_may_be_left_out(fixed, source):
    unknown = source.replace("    return ", "    return x.more() or ").replace("int(host)", "host.more()")
    unknown = unknown.replace('table["x"]', "table[unknown.more()]")
    after, [why] = fixed(unknown, closed=True)
    assert after == unknown
    assert "its answer is open, and --closed leaves such out" in why
    assert fixed(source, closed=True)[0] != source


def test_a_retry_of_nothing_transient_is_only_shown(fixed):
    source = RETRY.replace("    socket.create_connection((host, 80))\n", "")
    assert fixed(source) == (source, ["only a proposal: which of these are worth another try is not known"])


RAISED_ON = """\
def find(table: dict[str, int], name: str) -> int:
    try:
        return table[name]
    except Exception:
        table.clear()
        raise
"""


def test_a_clause_that_is_named_is_narrowed_though_no_rule_speaks_of_it(fixed):
    assert fixed(RAISED_ON)[0] == RAISED_ON
    assert fixed(RAISED_ON, 4)[0] == RAISED_ON.replace("except Exception", "except KeyError")


def test_an_exception_that_is_raised_as_such_is_not_let_through(fixed):
    source = """\
    def find(table: dict[str, int], name: str) -> int:
        try:
            if not table:
                raise Exception("empty")
            return table[name]
        except Exception:
            return 0
    """
    after, refused = fixed(source)
    assert after == textwrap.dedent(source)
    assert refused == [
        "only a proposal: something below raises `Exception` itself, which only a broad clause stops"
    ]


def test_an_import_that_would_close_a_circle_goes_into_the_function(fixed):
    low = "import x\n\n\nclass Missing(Exception):\n    pass\n\n\ndef find(name):\n    raise Missing(name)\n"
    source = """\
    import json


    def ask(name):
        import low

        return low.find(name)


    def run(name):
        try:
            return ask(name)
        except Exception:
            return json.loads("0")
    """
    after, _ = fixed(source, low=low)
    assert "def run(name):\n    from low import Missing\n    try:" in after
    assert after.startswith("import json\n\n\ndef ask")


DELETED = """\
import os


class Pipe:
    def __init__(self, fd: int) -> None:
        self.fd = fd

    def close(self) -> None:
        try:
            os.close(self.fd)
        except Exception:
            pass

    def __del__(self) -> None:
        self.close()
"""


def test_of_a_clean_up_that_is_closed_only_mistakes_end_in_nothing(fixed):
    assert fixed(DELETED) == (DELETED.replace("except Exception", "except OSError"), [])


PACKAGED = """\
try:
    import {name}
except ImportError:
    {name} = None
from contextlib import suppress


def mode(there):
    if not there:
        return None
    from {name} import tcgetattr
    with suppress({caught}):
        return tcgetattr(0)
"""


@pytest.mark.skipif(importlib.util.find_spec("termios") is None, reason="termios is not in every Python")
def test_what_may_be_missing_is_not_imported_at_the_top(fixed):
    source = PACKAGED.format(name="termios", caught="Exception").replace("import termios\n", "import os\n", 1)
    after, reasons = fixed(source)
    assert after == source
    assert "`termios` would have to be imported" in reasons[0]
