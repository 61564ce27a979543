"""The diff is one that git and patch accept."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from broadcatch.rewrite.diff import unified


def test_a_changed_line_stands_between_three_lines_of_context() -> None:
    before = "".join(f"{n}\n" for n in range(9))
    assert unified("a.py", before, before.replace("4", "x")) == (
        "--- a/a.py\n+++ b/a.py\n@@ -2,7 +2,7 @@\n 1\n 2\n 3\n-4\n+x\n 5\n 6\n 7\n"
    )


def test_nothing_changed_is_no_diff() -> None:
    assert unified("a.py", "x", "x") == ""


def test_a_missing_newline_at_the_end_is_told() -> None:
    assert unified("a.py", "x", "y").endswith(
        "-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "tail"])
def test_git_applies_it(tmp_path: Path, end: str, last: str) -> None:
    before = end.join(["a", "b\x0cc", "d", "e", "f", last])
    after = before.replace("d", "D") + ("!" if last else "")
    file = tmp_path / "a.py"
    file.write_bytes(before.encode())
    diff = unified("a.py", before, after)
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"], input=diff.encode(), cwd=tmp_path, check=True
    )
    assert file.read_bytes() == after.encode()
