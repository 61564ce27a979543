"""A new name joins an import of its module, in its layout and order, and takes nothing from it."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rewriting import PATH, check_fixed, check_narrowed, check_not_narrowed, clause, narrow

from broadcatch.rewrite.apply import split_lines
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import NarrowWanted, Spelled

FUNCTION = "\n\ndef f():\n    try: x()\n    except {}: pass\n"


def ours(name: str, module: str = "shop.errors") -> Spelled:
    head, _, alias = name.partition(" as ")
    return Spelled(alias or head, f"{module}.{head}", module, head)


def check_import(before: str, after: str, *names: str, module: str = "shop.errors", path: str = PATH) -> None:
    known = [ours(name, module) for name in names or ("Missing",)]
    caught = [one.spelling for one in known]
    text = caught[0] if len(caught) == 1 else f"({', '.join(caught)})"
    check_narrowed(before + FUNCTION.format("Exception"), after + FUNCTION.format(text), text, known, path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import A", "import A, Missing"),
        ("import Z", "import Missing, Z"),
        ("import A, Z", "import A, Missing, Z"),
        ("import Z, A", "import Z, A, Missing"),
        ("import find, load", "import Missing, find, load"),
        ("import LIMIT, Other, find", "import LIMIT, Missing, Other, find"),
        ("import A as Z, N", "import A as Z, Missing, N"),
        ("import A  # noqa: F401", "import A, Missing  # noqa: F401"),
        ("import (A)", "import (A, Missing)"),
        ("import (A, )", "import (A, Missing, )"),
        ("import A; import os", "import A, Missing; import os"),
        ("import A, \\\n    Z", "import A, Missing, \\\n    Z"),
    ],
)
def test_a_name_joins_the_names_in_their_order(before: str, after: str) -> None:
    check_import(f"from shop.errors {before}\n", f"from shop.errors {after}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(\n    A,\n    Z,\n)", "(\n    A,\n    Missing,\n    Z,\n)"),
        ("(\n    A,\n    B,\n)", "(\n    A,\n    B,\n    Missing,\n)"),
        ("(\n    A,\n    B\n)", "(\n    A,\n    B,\n    Missing,\n)"),
        ("(\n    A,\n    B  # b\n    # end\n)", "(\n    A,\n    B,  # b\n    Missing,\n    # end\n)"),
        ("(\n    N,\n)", "(\n    Missing,\n    N,\n)"),
        ("(  # a\n    N,\n)", "(  # a\n    Missing,\n    N,\n)"),
        (
            "(\n    A,  # why\n    # of the last\n    Z,\n)",
            "(\n    A,  # why\n    Missing,\n    # of the last\n    Z,\n)",
        ),
        ("(\n        A, B,\n        Z)", "(\n        A, B, Missing,\n        Z)"),
        (
            "(A,\n                         Z)",
            "(A,\n                         Missing,\n                         Z)",
        ),
        (
            "(N,\n                         Z)",
            "(Missing,\n                         N,\n                         Z)",
        ),
    ],
)
def test_an_import_over_several_lines_keeps_its_layout(before: str, after: str) -> None:
    check_import(f"from shop.errors import {before}\n", f"from shop.errors import {after}\n")


def test_an_alias_joins_too() -> None:
    check_import(
        "from shop.errors import A\n", "from shop.errors import A, Missing as Gone\n", "Missing as Gone"
    )


def test_several_names_join_at_once() -> None:
    before = "from shop.errors import B, Y\n"
    check_import(before, "from shop.errors import A, B, C, D, Y, Z\n", "Z", "D", "A", "C")


NAMES = [f"ALongNameOfAnError{number}" for number in range(5)]


def test_a_line_that_has_no_room_is_written_over_several() -> None:
    before = f"from shop.errors import {NAMES[0]}, {NAMES[1]}, {NAMES[3]}\n"
    rows = "".join(f"    {NAMES[number]},\n" for number in (0, 1, 2, 3))
    check_import(before, f"from shop.errors import (\n{rows})\n", NAMES[2])
    rows = "".join(f"    {name},\n" for name in ["AFirst", NAMES[0], NAMES[1], NAMES[3]])
    check_import(before, f"from shop.errors import (\n{rows})\n", "AFirst")


def test_names_that_have_no_room_together_are_written_in_the_same_way() -> None:
    before = f"from shop.errors import {NAMES[1]}, {NAMES[3]}\n"
    rows = "".join(f"    {name},\n" for name in (*NAMES, "Missing"))
    check_import(before, f"from shop.errors import (\n{rows})\n", "Missing", NAMES[0], NAMES[2], NAMES[4])


def test_two_rewrites_share_an_import_and_each_may_be_made_alone() -> None:
    body = "def f():\n    try: x()\n    except Exception: pass\n"
    text = f"from shop.errors import {NAMES[1]}, {NAMES[3]}\n{body}{body}"
    wanted = [NarrowWanted(line, name, (ours(name),)) for line, name in ((4, NAMES[0]), (7, NAMES[2]))]
    made = plan(text, PATH, wanted)
    assert made.refused == ()
    for chosen in (made.rewrites, made.rewrites[:1], made.rewrites[1:]):
        tree = ast.parse(carry_out(text, chosen))
        assert _names(tree) == sorted({NAMES[1], NAMES[3], *(one.title.split()[1] for one in chosen)})


def test_a_line_that_has_no_room_and_a_comment_stays_as_it_is() -> None:
    before = f"from shop.errors import {NAMES[0]}, {NAMES[1]}, {NAMES[2]}  # all of them\n"
    check_import(before, f"{before}from shop.errors import Missing\n")


def test_as_much_room_as_the_file_takes_is_there() -> None:
    before = f"from shop.errors import {', '.join(NAMES[:4])}\n"
    assert len(before) > 100
    check_import(before, before.replace("\n", ", Missing\n"))


def test_a_file_with_an_import_for_each_name_keeps_that() -> None:
    before = "from shop.errors import A\nfrom shop.errors import Z\n"
    check_import(before, before.replace("\n", "\nfrom shop.errors import Missing\n", 1))


@pytest.mark.parametrize(
    "head",
    [
        "try:\n    from shop.errors import A\nexcept ImportError:\n    A = None\n",
        "if TYPE_CHECKING:\n    from shop.errors import A\n",
        "from shop.errors import *\n",
    ],
)
def test_guards_and_stars_take_no_name(head: str) -> None:
    made = plan(
        head + FUNCTION.format("Exception"),
        PATH,
        [narrow(head + FUNCTION.format("Exception"), "Missing", [ours("Missing")])],
    )
    after = carry_out(head + FUNCTION.format("Exception"), made.rewrites)
    assert "from shop.errors import Missing\n" in after or made.refused
    assert head in after


def test_a_relative_import_of_the_same_module_takes_the_name() -> None:
    before = "import os\n\nfrom . import db\nfrom .errors import A\n"
    check_import(before, before.replace("import A", "import A, Missing"), path="/srv/src/shop/orders.py")
    before = "from ..errors import A\n"
    check_import(before, before.replace("import A", "import A, Missing"), path="/srv/shop/api/orders.py")
    before = "from .. import errors\n"
    after = before.replace("import errors", "import Missing, errors")
    check_import(before, after, module="shop", path="/srv/shop/api/orders.py")


def test_a_relative_import_of_another_module_does_not() -> None:
    before = "from .errors import A\n"
    check_import(before, f"from shop.errors import Missing\n\n{before}", path="/srv/shop/api/orders.py")
    check_import(before, f"from shop.errors import Missing\n\n{before}", path="orders.py")


def test_an_import_further_down_takes_the_name_of_a_handler_below_it() -> None:
    before = "import sys\n\nsys.path.insert(0, 'lib')\n\nfrom shop.errors import A\n"
    check_import(before, before.replace("import A", "import A, Missing"))


def test_an_import_below_the_handler_does_not() -> None:
    text = "import sys\n" + FUNCTION + "\n\nfrom shop.errors import A\n"
    check_fixed(
        text.format("Exception"),
        text.format("Missing").replace("sys\n", "sys\n\nfrom shop.errors import Missing\n", 1),
        narrow(text.format("Exception"), "Missing", [ours("Missing")]),
    )


def test_a_star_import_behind_may_bind_the_name_again() -> None:
    before = "from shop.errors import A\nfrom lib import *\n"
    check_not_narrowed(before + FUNCTION.format("Exception"), "star import", "Missing", [ours("Missing")])


def test_an_import_in_the_function_takes_a_name_that_must_stand_there() -> None:
    text = "def f():\n    from shop.errors import A\n    try: x()\n    except {}: pass\n"
    local = Spelled("Missing", "shop.errors.Missing", "shop.errors", "Missing", local=True)
    check_narrowed(
        text.format("Exception"),
        text.format("Missing").replace("import A", "import A, Missing"),
        "Missing",
        [local],
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "head", ["", "# -*- coding: utf-8 -*-\n", '"""Größe."""\nfrom __future__ import annotations\n']
)
def test_line_ends_docstrings_and_encodings_stay(newline: str, head: str) -> None:
    before, after = (
        "from shop.errors import (\n    A,\n)\n",
        "from shop.errors import (\n    A,\n    Missing,\n)\n",
    )
    check_import((head + before).replace("\n", newline), (head + after).replace("\n", newline))
    long = f"from shop.errors import {', '.join(NAMES[:3])}\n"
    rows = "".join(f"    {name},\n" for name in (*NAMES[:3], "Missing"))
    check_import(
        (head + long).replace("\n", newline),
        (head + f"from shop.errors import (\n{rows})\n").replace("\n", newline),
    )


WORDS = ["A", "B", "LIMIT", "Missing", "NotThere", "Z", "find", "load", *NAMES]
LISTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True)
LAYOUTS = ["line", "parens", "rows", "rows without comma", "aligned", "packed", "backslash", "comments"]


def _written(names: Sequence[str], layout: str) -> str:
    head = "from shop.errors import "
    if layout == "line":
        return head + ", ".join(names) + "\n"
    if layout == "parens":
        return f"{head}({', '.join(names)})\n"
    if layout == "aligned":
        return f"{head}({(',' + chr(10) + ' ' * 25).join(names)})\n"
    if layout == "backslash":
        return head + ", \\\n    ".join(names) + "\n"
    if layout == "packed":
        return (
            f"{head}(\n    {', '.join(names[:2])},\n" + "".join(f"    {one},\n" for one in names[2:]) + ")\n"
        )
    rows = [f"    {one},\n" for one in names]
    if layout == "comments":
        rows = [f"    # about {one}\n    {one},  # {one}\n" for one in names]
    text = "".join(rows)
    return f"{head}(\n{text[:-2] + chr(10) if layout == 'rows without comma' else text})\n"


@given(LISTS, LISTS, st.sampled_from(LAYOUTS), st.booleans(), st.booleans())
def test_an_import_gains_what_was_missing_and_loses_nothing(there, new, layout, ordered, windows) -> None:
    names = sorted(there, key=_usual) if ordered else there
    text = _written(names, layout) + FUNCTION.format("Exception")
    text = text.replace("\n", "\r\n") if windows else text
    replacement = f"({', '.join(new)},)"
    wanted = narrow(text, replacement, [ours(name) for name in new])
    made = plan(text, PATH, [wanted])
    assert made.refused == ()
    after = carry_out(text, made.rewrites)
    found = _names(ast.parse(after), in_order=True)
    assert sorted(found) == sorted({*names, *new})
    assert [one for one in found if one in names] == names
    if ordered and "\nfrom" not in after:
        assert found == sorted(found, key=_usual)
    assert _comments(after) == _comments(text)
    assert after.count("\r\n") == (after.count("\n") if windows else 0)
    assert plan(after, PATH, [NarrowWanted(_last(after), replacement, wanted.names)]).rewrites == ()
    longest = min(one for one in (88, 100, 120, 999) if all(len(line) <= one for line in split_lines(text)))
    assert all(len(line) <= longest for line in split_lines(after) if not line.lstrip().startswith("except"))


def _usual(name: str) -> tuple[bool, bool, str]:
    return name != "LIMIT", name.islower(), name


def _names(tree: ast.Module, in_order: bool = False) -> list[str]:
    found = [one.name for node in tree.body if isinstance(node, ast.ImportFrom) for one in node.names]
    return found if in_order else sorted(found)


def _comments(text: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [one.string for one in tokens if one.type == tokenize.COMMENT]


def _last(text: str) -> int:
    return len(split_lines(text)) - 1


def test_the_clause_of_a_test_is_where_it_is_looked_for() -> None:
    assert clause(FUNCTION.format("Exception")) == 5
    assert _last(FUNCTION.format("A")) == 5
