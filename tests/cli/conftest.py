"""A command line whose rooms are replaced by answers given beforehand."""

from __future__ import annotations

import io
import sys

import pytest

from broadcatch.cli.main import run
from tests.fakes import FakeApi


@pytest.fixture
def api():
    """The answers; a test sets those it needs."""
    return FakeApi()


@pytest.fixture
def call(api, capsys, monkeypatch):
    """Run a command line: (exit code, stdout, stderr)."""

    def call(*words, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run(words, api)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    for name in ("NO_COLOR", "FORCE_COLOR", "BROADCATCH_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    return call
