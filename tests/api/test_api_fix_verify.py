"""`fix --verify` from end to end: a real command, real signals, and what the next run finds."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = """def number(text):
    try:
        return int(text)
    except KeyError as error:
        raise ValueError("no")


def other(text):
    try:
        return int(text)
    except KeyError:
        raise ValueError("no")
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the shell of the command, and signals")


@pytest.fixture
def project(tmp_path):
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "m.py").write_text(TEXT)
    return tmp_path


def words(*more):
    return [sys.executable, "-m", "broadcatch", "fix", "--write", "--no-cache", *more]


def run(project, *more):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        words(*more), check=False, cwd=project, env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stdout, done.stderr


def test_the_command_decides_and_the_report_names_what_it_said(project):
    code, _, err = run(project, "--verify", "echo looking; ! grep -q 'from error' m.py")
    assert code == 0
    assert "1 rewrite dropped:\n  m.py:5: Add `from error`: the command fails with it\n    looking\n" in err
    assert (project / "m.py").read_text() == TEXT.replace("KeyError:", "KeyError as exc:").replace(
        'raise ValueError("no")\n', 'raise ValueError("no") from exc\n'
    ).replace('"no") from exc\n\n', '"no")\n\n')


def test_a_command_that_fails_at_once_is_two_with_the_end_of_what_it_said(project):
    code, out, err = run(project, "--verify", "echo so; echo what; exit 1")
    assert (code, out) == (2, "")
    assert err.endswith("fails before anything is changed\n  so\n  what\n")
    assert (project / "m.py").read_text() == TEXT


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_the_command_runs_puts_the_file_back(project, number, tmp_path_factory):
    begun = tmp_path_factory.mktemp("signal") / "begun"
    os.mkfifo(begun)
    heard = os.open(begun, os.O_RDONLY | os.O_NONBLOCK)
    # the command says that it runs and waits for the signal; a failed test leaves nothing behind
    command = f"grep -q 'from e' m.py && {{ echo > {begun}; sleep 60; }}; true"
    process = subprocess.Popen(
        words("--verify", command),
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        # a shell ignores Ctrl-C for what it runs in the background, and so would its children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    select.select([heard], [], [], 60)
    os.close(heard)
    assert "from e" in (project / "m.py").read_text()
    process.send_signal(number)
    assert process.wait(60) == 130
    assert (project / "m.py").read_text() == TEXT


def test_a_kill_while_the_command_runs_is_undone_by_the_next_run(project):
    code, _, _ = run(project, "--verify", "grep -q 'from e' m.py && kill -9 $PPID; true")
    assert code == -9
    assert "from e" in (project / "m.py").read_text()
    code, _, err = run(project, "--kind", "narrow")
    assert "A run that was killed while it tried rewrites is undone: 1 of its files" in err
    assert (project / "m.py").read_text() == TEXT
    assert not (project / ".broadcatch_cache" / "journal").exists()
