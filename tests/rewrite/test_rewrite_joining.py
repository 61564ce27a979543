"""New imports at one place read like one block."""

from __future__ import annotations

from broadcatch.model.findings import Edit
from broadcatch.rewrite.apply import apply_edits
from broadcatch.rewrite.source import insertion

TEXT = "import os\n\nx = 1\n"


def after(*contents: str) -> str:
    return apply_edits(TEXT, [insertion(2, 0, content) for content in contents])


def test_names_of_one_module_stand_in_one_statement() -> None:
    assert after("\nfrom app.e import B\n", "\nfrom app.e import A\n") == (
        "import os\n\nfrom app.e import A, B\n\nx = 1\n"
    )


def test_a_long_statement_runs_over_several_lines() -> None:
    names = [f"ALongNameOfAnException{number}" for number in range(4)]
    text = after(*(f"from app.e import {name}\n" for name in names))
    assert "from app.e import (\n    ALongNameOfAnException0,\n" in text
    assert text.endswith("    ALongNameOfAnException3,\n)\n\nx = 1\n")


def test_statements_of_one_package_have_no_blank_line_between_them() -> None:
    assert after("\nfrom app.a import A\n", "\nfrom app.b import B\n") == (
        "import os\n\nfrom app.a import A\nfrom app.b import B\n\nx = 1\n"
    )


def test_other_edits_stay_as_they_are() -> None:
    assert after("y = 2\n", "z = 3\n") == "import os\ny = 2\nz = 3\n\nx = 1\n"
    one = Edit(insertion(1, 7, "").span, "a, ")
    assert apply_edits(TEXT, [one]) == "import a, os\n\nx = 1\n"
