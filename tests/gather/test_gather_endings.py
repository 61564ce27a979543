"""What other files tell about calls: functions that never return, however a handler gets at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcatch.api import check, check_source
from broadcatch.config.options import Config
from broadcatch.flow.walk import calls_in
from broadcatch.model.facts import FileFacts
from broadcatch.runs.gather import gather

OUTPUT = """\
import os
import sys
import typing
from typing import NoReturn
import typer
from .ways import leave as out

def fail(text, code=1) -> "typer.Exit":
    print(text)
    raise typer.Exit(code)

# Not a decorator: @fail
def fail_with(error):
    raise ValueError("x") from error

def again(error):
    raise

def choose(error):
    if error.args:
        raise
    elif error.__cause__:
        raise ValueError from error
    else:
        raise KeyError

def die(text):
    \"\"\"Says
why.\"\"\"
    print(text)
    sys.exit(1)

def at_last(text):
    try:
        tidy()
    except OSError:
        print(text)
    finally:
        sys.exit(1)

def quit_or_raise(a):
    if a:
        exit(1)
    else:
        raise ValueError

def die_elsewhere(): out(1)

def says(text) -> NoReturn:
    os.kill(0, 9)

def says_in_text(text) -> "typing.Never":
    while True:
        pass

def says_and_exits(text) -> NoReturn:
    sys.exit(text)

def perhaps(text):
    if text:
        return
    raise ValueError

def one_arm(text):
    if text:
        raise ValueError
    elif text is None:
        raise KeyError

def tells(text):
    print(text)

def abstract(text):
    raise NotImplementedError

def twice(text):
    raise ValueError

def twice(text):
    return text

@contextmanager
def decorated(
    text
):
    raise ValueError

async def later(text):
    raise ValueError

def loops(text):
    loops(text)
"""
WAYS = "import sys\ndef leave(code):\n    sys.exit(code)\ndef hidden():\n    leave(2)\n"
HANDLER = "{}\ndef run():\n    try:\n        work()\n    except Exception as e:\n{}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app").mkdir()
    write(tmp_path, "pyproject.toml", "")
    write(tmp_path, "app/__init__.py", "from .output import fail\n")
    write(tmp_path, "app/output.py", OUTPUT)
    write(tmp_path, "app/ways.py", WAYS)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text)


def handler(head: str, body: str) -> str:
    return HANDLER.format(head, "\n".join(f"        {line}" for line in body.splitlines()))


def outcome(config: Config | None = None) -> str:
    """What becomes of the error in the one handler of `app/main.py`."""
    (finding,) = (one for one in check(["."], config or Config()).findings if one.code == "BC102")
    return finding.outcome


def outcome_after(project: Path, head: str, body: str) -> str:
    write(project, "app/main.py", handler(head, body))
    return outcome()


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("fail('x')", "translated"),
        ("return fail('x')", "translated"),
        ("fail_with(e)", "chained"),
        ("fail_with(1)", "translated"),
        ("again(e)", "reraised"),
        ("choose(e)", "translated"),
        ("die('x')", "exits"),
        ("at_last('x')", "exits"),
        ("quit_or_raise(1)", "exits"),
        ("die_elsewhere()", "exits"),
        ("says('x')", "translated"),
        ("says_in_text('x')", "translated"),
        ("says_and_exits('x')", "exits"),
        ("perhaps(1)", "dropped"),
        ("one_arm(1)", "dropped"),
        ("tells(1)", "dropped"),
        ("abstract(1)", "dropped"),
        ("twice(1)", "dropped"),
        ("decorated(1)", "dropped"),
        ("later(1)", "dropped"),
        ("loops(1)", "dropped"),
        ("missing(1)", "dropped"),
    ],
)
def test_an_imported_function_that_never_returns_ends_the_handler(
    project: Path, call: str, told: str
) -> None:
    name = call.removeprefix("return ").partition("(")[0]
    assert outcome_after(project, f"from .output import {name}", call) == told


@pytest.mark.parametrize(
    ("head", "call"),
    [
        ("from app.output import fail", "fail('x')"),
        ("from .output import fail as stop", "stop('x')"),
        ("from . import output", "output.fail('x')"),
        ("import app.output", "app.output.fail('x')"),
        ("import app.output as o", "o.fail('x')"),
        ("from app import fail", "fail('x')"),
        ("from . import fail", "fail('x')"),
        ("", "from .output import fail\nfail('x')"),
    ],
)
def test_it_is_found_however_it_is_imported(project: Path, head: str, call: str) -> None:
    assert outcome_after(project, head, call) == "translated"


@pytest.mark.parametrize(
    "body",
    [
        "note()\nfail('x')",
        "with lock:\n    fail('x')",
        "if a:\n    fail('x')\nelse:\n    fail('y')",
        "try:\n    tidy()\nfinally:\n    fail('x')",
        "match a:\n    case 1:\n        fail('x')\n    case _:\n        fail('y')",
    ],
)
def test_the_call_may_stand_at_the_end_of_a_block_at_the_end(project: Path, body: str) -> None:
    assert outcome_after(project, "from .output import fail", body) == "translated"


def test_a_call_on_one_path_only_leaves_the_other_open(project: Path) -> None:
    assert outcome_after(project, "from .output import fail", "if a:\n    fail('x')") == "dropped"


def test_a_name_that_the_function_binds_itself_is_not_the_imported_one(project: Path) -> None:
    assert outcome_after(project, "from .output import fail", "fail = print\nfail('x')") == "fallback"


def test_what_ends_the_process_is_configured(project: Path) -> None:
    write(project, "app/output.py", "import panel\ndef fail(text):\n    panel.shutdown(text)\n")
    assert outcome_after(project, "from .output import fail", "fail('x')") == "dropped"
    assert outcome(Config(exit_calls=("panel.shutdown",))) == "exits"
    assert outcome() == "dropped"


def test_a_text_from_standard_input_is_read_the_same_way(project: Path) -> None:
    code = handler("from .output import die", "die('x')").encode()
    told = [one.outcome for one in check_source(code, "app/new.py", Config()).findings]
    assert "exits" in told


def test_the_cache_does_not_keep_how_another_file_ended(project: Path) -> None:
    assert outcome_after(project, "from .output import fail", "fail('x')") == "translated"
    assert outcome() == "translated"
    write(project, "app/output.py", "def fail(text):\n    print(text)\n")
    assert [outcome(), outcome()] == ["dropped", "dropped"]
    write(project, "app/output.py", "import sys\ndef fail(text):\n    sys.exit(text)\n")
    assert [outcome(), outcome()] == ["exits", "exits"]


def test_a_handler_that_a_constant_makes_broad_asks_too(project: Path) -> None:
    write(project, "app/errors.py", "ERRS = (Exception,)\n")
    code = handler("from .errors import ERRS\nfrom .output import fail", "fail('x')")
    write(project, "app/main.py", code.replace("except Exception", "except ERRS"))
    for _ in range(2):
        (facts,) = facts_of("app/main.py")
        assert [call.ends for call in calls_in(facts.handlers[0].body)] == ["raise"]


def test_only_calls_at_the_end_are_asked_for(project: Path) -> None:
    head = "from .output import fail, tells, again"
    code = handler(head, "tells(e)\nif a:\n    fail(str(tells(e)))\nelse:\n    x = again(e)")
    write(project, "app/main.py", code)
    (facts,) = facts_of("app/main.py")
    assert facts.links.calls == (".output.fail",)
    assert facts.links.endings == ((".output.fail", "raise"),)


def facts_of(path: str) -> tuple[FileFacts, ...]:
    return gather([path], Config()).facts
