"""The README shows what the commands print; `python -m tests.readme` writes it anew."""

from __future__ import annotations

import re

import pytest

from tests.readme import BLOCK, README, printed

BLOCKS = list(BLOCK.finditer(README.read_text(encoding="utf-8")))


def test_each_of_the_five_commands_is_shown():
    assert {block["words"].split()[0] for block in BLOCKS} == {"report", "check", "suggest", "raises", "fix"}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["words"].split()[0])
def test_what_is_shown_begins_as_what_is_printed(block):
    command, *shown = block["shown"].splitlines()
    assert command == f"$ broadcatch {block['words']}"
    lines = [one for one in shown if one != "…"]
    assert len(lines) >= 4
    assert _words(lines) == _words(printed(block["words"])[: len(lines)])


def _words(lines):
    """The lines without numbers, bars and the width of columns."""
    return [re.sub(r"[\d.█░]+", "#", " ".join(line.split())) for line in lines]
