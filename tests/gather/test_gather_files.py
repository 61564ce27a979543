"""From paths to facts: what is read, what is kept, and what becomes of a file that cannot be read?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from broadcatch.config.options import Config
from broadcatch.errors import PathError
from broadcatch.model.facts import Failure
from broadcatch.runs.gather import gather
from broadcatch.runs.texts import gather_text, gather_texts

ROOT = Path(__file__).parents[2]
BROAD = "try:\n    run()\nexcept Exception:  # noqa: BLE001\n    pass\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with a broad handler, a file without any, a broken one and a notebook."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "broad.py").write_text(BROAD)
    (tmp_path / "plain.py").write_text("x = 1\n")
    (tmp_path / "broken.py").write_text("try:\n    pass\nexcept (:\n    pass\n")
    (tmp_path / "book.ipynb").write_text("{}")
    return tmp_path


def test_a_broken_file_is_a_failure_and_the_rest_goes_on(project):
    found = gather(["."], Config())
    assert [facts.path for facts in found.facts] == ["broad.py", "plain.py"]
    assert [(failure.path, failure.stage) for failure in found.failures] == [("broken.py", "parse")]
    assert [skipped.path for skipped in found.skipped] == ["book.ipynb"]
    assert found.lines == 5


def test_a_path_that_does_not_exist_ends_the_run(project):
    with pytest.raises(PathError, match="nowhere"):
        gather(["nowhere"], Config())


def test_the_second_run_gives_the_same_from_the_cache(project):
    first = gather(["."], Config())
    assert (project / ".broadcatch_cache").is_dir()
    assert gather(["."], Config()) == first


def test_a_changed_file_is_read_again(project):
    gather(["."], Config())
    (project / "plain.py").write_text(BROAD)
    assert [len(facts.handlers) for facts in gather(["."], Config()).facts] == [1, 1]


def test_without_cache_nothing_is_left_behind(project):
    assert gather(["."], Config(cache=False)) == gather(["."], Config())
    gather(["."], Config(cache=False, cache_dir=str(project / "kept")))
    assert not (project / "kept").exists()


def test_another_depth_of_reading_does_not_use_what_was_kept(project):
    (project / "typed.py").write_text("try:\n    run()\nexcept KeyError:\n    pass\n")
    assert gather(["typed.py"], Config()) != gather(["typed.py"], Config(typed=True))


def test_progress_counts_every_file_that_had_to_be_read(project):
    told = []
    gather(["."], Config(), lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_text_stands_for_a_file_that_need_not_exist():
    facts = gather_text(BROAD.encode(), "app/x.py", Config())
    assert not isinstance(facts, Failure)
    assert (facts.path, facts.lines, len(facts.handlers)) == ("app/x.py", 4, 1)
    assert [comment.line for comment in facts.comments] == [3]


def test_a_text_in_an_unknown_encoding_is_a_failure():
    result = gather_text(b"# coding: nonsense\n" + BROAD.encode(), "x.py", Config())
    assert isinstance(result, Failure)
    assert result.stage == "read"


def test_what_one_process_keeps_the_next_one_uses(project):
    program = (
        "from broadcatch.runs import gather; from broadcatch.config.options import Config;"
        "told = []; gather.gather(['.'], Config(), lambda *count: told.append(count)); print(len(told))"
    )
    where = {"PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=where)
        for _ in range(2)
    ]
    assert [run.stdout for run in runs] == ["3\n", "1\n"]  # a failure is not kept


def test_texts_that_are_given_together_know_each_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "errors.py").write_text("BROAD = ValueError\n", encoding="utf-8")
    texts = {
        "errors.py": b"BROAD = (Exception,)\n",
        "use.py": b"from errors import BROAD\ntry:\n    f()\nexcept BROAD:\n    pass\n",
        "bad.py": b"def\n",
    }
    found = gather_texts(texts, Config())
    assert [one.qualified for one in found["use.py"].handlers[0].caught] == ["builtins.Exception"]
    assert found["errors.py"].handlers == ()
    assert isinstance(found["bad.py"], Failure)
