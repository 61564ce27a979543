"""A bare clause that raises again on every path has no finding: it is named when its kind is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcatch.config.options import Config
from broadcatch.mend.run import fix
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Target

AGAIN = """\
import os


def save(path):
    try:
        write(path)
    except:
        os.unlink(path)
        raise
"""


def fixed(folder: Path, text: str, line: int | None = None, **asked) -> str:
    path = folder / "save.py"
    path.write_text(text)
    result = fix([Target(str(path), line)], Config(), FixRequest(write=True, **asked))
    assert {one.safety for one in result.offered} <= {"safe"}
    return path.read_text()


def test_the_plain_run_leaves_it_as_it_hides_nothing(tmp_path: Path) -> None:
    assert fixed(tmp_path, AGAIN) == AGAIN
    assert fixed(tmp_path, AGAIN, unsafe=True) == AGAIN


def test_its_kind_or_its_line_asks_for_it(tmp_path: Path) -> None:
    named = AGAIN.replace("except:", "except BaseException:")
    assert fixed(tmp_path, AGAIN, kinds=("bare",)) == named
    assert fixed(tmp_path, AGAIN, line=7) == named
    assert fixed(tmp_path, named, kinds=("bare",)) == named


@pytest.mark.parametrize("comment", ["  # noqa: E722", "  # noqa", "  # pylint: disable=bare-except"])
def test_who_says_that_it_is_to_be_bare_is_heard(tmp_path: Path, comment: str) -> None:
    text = AGAIN.replace("except:", "except:" + comment)
    assert fixed(tmp_path, text, kinds=("bare",)) == text


def test_one_that_raises_again_on_some_path_only_never_catches_less(tmp_path: Path) -> None:
    text = AGAIN.replace("        raise\n", "        if path:\n            raise\n")
    assert fixed(tmp_path, text, kinds=("bare",), unsafe=True) == text
