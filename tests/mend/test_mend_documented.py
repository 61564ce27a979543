"""The examples of docs/fixes.md are what `fix` does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from mending import mended

from broadcatch.model.fixing import Kind

TEXT = (Path(__file__).parents[2] / "docs" / "fixes.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([a-z-]+)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
PAIR = re.compile(r"```python\n# before\n(.*?)```\n```python\n# after\n(.*?)```", re.DOTALL)
EXAMPLES = [(kind, *pair) for kind, section in SECTIONS.items() for pair in PAIR.findall(section)]


@pytest.mark.parametrize(("kind", "before", "after"), EXAMPLES)
def test_an_example_becomes_what_is_shown(kind: str, before: str, after: str) -> None:
    assert mended(before, kind) == after
    assert mended(after, kind) == after


def test_each_section_is_about_a_kind_and_says_its_level() -> None:
    assert set(SECTIONS) <= set(get_args(Kind))
    levels = [
        kind for kind, text in SECTIONS.items() if not re.search(r"\*\*(safe|unsafe|display)\*\*", text)
    ]
    assert levels == []
    assert {kind for kind, *_ in EXAMPLES} >= {
        "chain",
        "bare",
        "re-raise",
        "useless",
        "traceback",
        "cancellation",
        "batch",
    }
