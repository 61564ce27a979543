"""The program as a process: what is imported, and what happens when the reader goes away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PIPE_PROGRAM = """
import sys
from broadcatch.cli.main import run
from broadcatch.model.results import CheckResult
from tests.fakes import FakeApi
from tests.samples import finding

api = FakeApi(checked=CheckResult(tuple(finding(line=line) for line in range(1, 20000))))
sys.exit(run(["check", "--output-format", "jsonl"], api))
"""

LIGHT_PROGRAM = """
import sys
from broadcatch.cli.main import run
from broadcatch.model.results import CheckResult
from tests.fakes import FakeApi
from tests.samples import finding

run(["check", "--quiet"], FakeApi(checked=CheckResult((finding(),))))
print(sorted({"rich", "libcst", "concurrent.futures.process"} & set(sys.modules)))
"""


def python(*words):
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_module_can_be_run():
    done = python("-m", "broadcatch", "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("broadcatch ")


def test_a_wrong_word_ends_the_process_with_two():
    done = python("-m", "broadcatch", "chekc")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "broadcatch: no command 'chekc'; did you mean 'check'?\n"


def test_check_starts_without_the_heavy_libraries():
    assert python("-c", LIGHT_PROGRAM).stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_changes_neither_the_exit_code_nor_stderr():
    with subprocess.Popen(
        [sys.executable, "-c", PIPE_PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_what_the_terminal_cannot_show_is_escaped_not_fatal():
    done = subprocess.run(
        [sys.executable, "-c", LIGHT_PROGRAM.replace("finding(),", "finding(message='é→'),")],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii"},
        cwd=ROOT,
    )
    assert b"\\xe9\\u2192" in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_a_full_disk_is_two_and_one_line():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "broadcatch", "rule"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
    assert done.stderr == "broadcatch: cannot write to stdout: No space left on device\n"
    assert done.returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_do_no_harm(closed):
    words = f'exec "{sys.executable}" -m broadcatch rule BC102 {closed}'
    done = subprocess.run(["sh", "-c", words], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
