"""Whoever waits for suggestions is told how far they are."""

from __future__ import annotations

import pytest

from broadcatch import api
from broadcatch.model.reporting import ReportRequest

BROAD = "def load(path):\n    try:\n        return open(path)\n    except Exception:\n        return None\n"
PLAIN = "def load(path):\n    return open(path)\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with two files that hold a broad handler, and one that does not."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name, code in (("one", BROAD), ("two", BROAD), ("three", PLAIN)):
        (tmp_path / f"{name}.py").write_text(code)
    return api.configure(["."], None, False, {"cache": False})


def test_the_suggestions_of_a_page_are_counted_by_files_with_handlers(project):
    seen = []
    asked = ReportRequest(details=True, suggestions=True)
    api.report(["."], project, lambda *at: seen.append(at), asked)
    assert seen[:3] == [(1, 3), (2, 3), (3, 3)]  # read
    assert seen[-2:] == [(1, 2), (2, 2)]  # what to catch instead
    assert seen.count((2, 2)) == 3  # the rewrites read these two again, and draft them


def test_the_suggestions_of_a_check_are_counted_too(project):
    seen = []
    api.check(["."], project, lambda *at: seen.append(at), suggestions=True)
    assert seen == [(1, 3), (2, 3), (3, 3), (1, 2), (2, 2)]


def test_what_waits_for_nobody_counts_nothing(project):
    assert api.check(["."], project, suggestions=True).findings
