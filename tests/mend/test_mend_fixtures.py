"""What `fix` makes of a rule's fixture is the repaired one, where the rewrite needs no person."""

from __future__ import annotations

from pathlib import Path

import pytest
from mending import mended, unmarked

RULES = Path(__file__).parents[2] / "fixtures" / "rules"


@pytest.mark.parametrize("name", ["re_raise_by_name", "useless_handler", "unchained_raise"])
def test_the_rewrites_make_the_repaired_fixture(name: str) -> None:
    before, after = ((RULES / f"{name}{end}").read_text(encoding="utf-8") for end in (".py", ".fixed.py"))
    made = mended(unmarked(before))
    assert made.splitlines()[1:] == after.splitlines()[1:]
    assert mended(made) == made
