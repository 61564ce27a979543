"""The progress bar: only for a person who has been waiting."""

from __future__ import annotations

import io
import sys

import pytest

from broadcatch.cli import bar as bars


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def drive(monkeypatch):
    """Read three files without patience; what stderr showed of it."""
    monkeypatch.setenv("TERM", "xterm")

    def drive(stream, wanted=True, patience=0.0):
        monkeypatch.setattr(bars, "PATIENCE", patience)
        monkeypatch.setattr(sys, "stderr", stream)
        with bars.Bar(wanted) as bar:
            for done in range(1, 4):
                bar(done, 3)
        return stream.getvalue()

    return drive


def test_a_bar_counts_files_and_goes_away(drive):
    shown = drive(Terminal())
    assert "1/3" in shown
    assert "3/3" in shown
    assert shown.endswith("\x1b[2K")


def test_a_quiet_run_has_no_bar(drive):
    assert drive(Terminal(), wanted=False) == ""


def test_a_short_run_has_no_bar(drive):
    assert drive(Terminal(), patience=3600.0) == ""


def test_a_pipe_has_no_bar(drive):
    assert drive(io.StringIO()) == ""
