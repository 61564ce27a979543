"""A new import stands where it belongs, and means what was meant."""

from __future__ import annotations

import ast
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rewriting import JSON, PATH, check_fixed, check_narrowed, check_not_narrowed, narrow

from broadcatch.rewrite.imports import section
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import NarrowWanted, Spelled

HTTP = Spelled("HTTPError", "requests.exceptions.HTTPError", "requests", "HTTPError")
OURS = Spelled("Missing", "shop.errors.Missing", "shop.errors", "Missing")
NEAR = Spelled("Missing", "shop.errors.Missing", ".errors", "Missing")

FUNCTION = "\n\ndef f():\n    try: x()\n    except {}: pass\n"


def check_import(before: str, after: str, name: Spelled = JSON) -> None:
    check_narrowed(
        before + FUNCTION.format("Exception"), after + FUNCTION.format(name.spelling), name.spelling, [name]
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n", "import json\nimport os\n"),
        ("import abc\nimport os\n", "import abc\nimport json\nimport os\n"),
        ("import os\nimport abc\n", "import os\nimport abc\nimport json\n"),
        ("import abc\nfrom os import path\n", "import abc\nimport json\nfrom os import path\n"),
        ("import httpx\n", "import json\n\nimport httpx\n"),
        ('"""Doc."""\n', '"""Doc."""\n\nimport json\n'),
        ('"""Doc."""\n\nimport os\n', '"""Doc."""\n\nimport json\nimport os\n'),
        (
            "# a\nfrom __future__ import annotations\n",
            "# a\nfrom __future__ import annotations\n\nimport json\n",
        ),
        (
            "import abc  # c\n\nVERSION = 1\nimport zlib\n",
            "import abc  # c\nimport json\n\nVERSION = 1\nimport zlib\n",
        ),
        ("__all__ = []\n\nimport os\n", "__all__ = []\n\nimport json\nimport os\n"),
        ("import json\n", "import json\n"),
        ("from a import *\n\nimport os\n", "from a import *\n\nimport json\nimport os\n"),
        ("import json.encoder\n", "import json\nimport json.encoder\n"),
        ("from os import (\n    path,\n)\n", "import json\nfrom os import (\n    path,\n)\n"),
    ],
)
def test_a_standard_module_goes_into_its_group(before: str, after: str) -> None:
    check_import(before, after)


def test_a_file_without_imports_gets_it_before_its_first_statement() -> None:
    check_narrowed(
        "#!/bin/sh\n@wrap\ndef f():\n    try: x()\n    except Exception: pass\n",
        "#!/bin/sh\nimport json\n\n@wrap\ndef f():\n    try: x()\n    except json.JSONDecodeError: pass\n",
        JSON.spelling,
        [JSON],
    )


def test_another_distribution_goes_behind_the_standard_library() -> None:
    check_import("import os\n", "import os\n\nfrom requests import HTTPError\n", HTTP)
    check_import(
        "import os\n\nimport abcd\n", "import os\n\nimport abcd\nfrom requests import HTTPError\n", HTTP
    )


def test_the_projects_own_goes_into_its_own_group() -> None:
    before = "import os\n\nimport httpx\n\nfrom shop import db\n"
    check_import(before, before + "from shop.errors import Missing\n", OURS)
    before = "import os\n\nimport httpx\n\nfrom .models import Order\n"
    check_import(before, before.replace("from .m", "from .errors import Missing\nfrom .m"), NEAR)


def test_another_distribution_stands_before_the_projects_own() -> None:
    before = "import os\n\nfrom shop import db\n"
    check_import(before, before.replace("\n\n", "\n\nfrom requests import HTTPError\n\n"), HTTP)


def test_two_groups_in_a_file_without_imports_come_in_order() -> None:
    before = '"""Doc."""\n' + FUNCTION
    check_narrowed(
        before.format("Exception"),
        before.format("(HTTPError, json.JSONDecodeError)").replace(
            '."""\n', '."""\n\nimport json\n\nfrom requests import HTTPError\n'
        ),
        "(HTTPError, json.JSONDecodeError)",
        [JSON, HTTP],
    )


def test_an_import_of_the_class_that_is_there_already_is_used() -> None:
    before = "from requests import (\n    Session,\n    HTTPError,\n)\n"
    check_import(before, before, HTTP)


def test_an_alias_is_kept() -> None:
    name = Spelled("rq.HTTPError", "requests.exceptions.HTTPError", "requests")
    check_import("import os\n", "import os\n\nimport requests as rq\n", name)


def test_windows_line_ends_are_kept() -> None:
    check_narrowed(
        "import os\r\ndef f():\r\n    try: x()\r\n    except Exception: pass\r\n",
        "import json\r\nimport os\r\ndef f():\r\n    try: x()\r\n    except json.JSONDecodeError: pass\r\n",
        JSON.spelling,
        [JSON],
    )


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("json = 1", "something else"),
        ("from simplejson import json", "something else"),
        ("def g(json): pass", "something else"),
        ("print(json)", "does not bind"),
        ("from x import *\njson()", "does not bind"),
        ("if TYPE_CHECKING:\n    import json", "type checking"),
        ("import os\nx = 1\nfrom a import *", "star import"),
    ],
)
def test_an_import_that_would_change_another_name_is_refused(head: str, reason: str) -> None:
    check_not_narrowed(head + FUNCTION.format("Exception"), reason, JSON.spelling, [JSON])


def test_a_handler_that_runs_before_the_import_is_refused() -> None:
    source = "try: import yaml\nexcept Exception: yaml = None\nimport os\n"
    name = Spelled("zlib.error", "zlib.error", "zlib")
    made = source.replace("except Exception", "except zlib.error")
    check_narrowed(source, "import zlib\n\n" + made, name.spelling, [name])


def test_a_function_that_imports_the_same_for_itself_does_no_harm() -> None:
    before = "import os\ndef g():\n    import json\n"
    check_import(before, "import json\n" + before)


def test_a_guarded_import_among_the_others_is_passed_over() -> None:
    guard = "try:\n    import yaml\nexcept ImportError:\n    yaml = None\n"
    before = f"import os\n\n{guard}\nfrom shop import db\n"
    check_import(before, before + "from shop.errors import Missing\n", OURS)
    check_import(before, "import json\n" + before)


def test_nothing_is_put_into_a_guard_or_under_type_checking() -> None:
    before = "import os\n\nif TYPE_CHECKING:\n    from requests import Session\n\nimport httpx\n"
    check_import(before, before + "from requests import HTTPError\n", HTTP)


def test_where_the_file_imports_from_the_same_package_is_its_group() -> None:
    before = "import os\n\nimport requests\n\nfrom shop import db\nfrom tests import helpers\n"
    check_import(
        before, before.replace("import requests\n", "import requests\nfrom requests import HTTPError\n"), HTTP
    )
    mine = Spelled("Missing", "lib.errors.Missing", "lib.errors", "Missing")
    before = "import os\n\nimport httpx\n\nfrom lib import x\nfrom shop import db\n"
    check_import(
        before, before.replace("lib import x\n", "lib import x\nfrom lib.errors import Missing\n"), mine
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from abc import ABC\nimport os\n", "from abc import ABC\nimport json\nimport os\n"),
        (
            "from abc import A\nfrom os import path\nimport abc\n",
            "from abc import A\nfrom os import path\nimport abc\nimport json\n",
        ),
    ],
)
def test_the_order_is_that_of_the_file(before: str, after: str) -> None:
    check_import(before, after)


LOCAL = Spelled("Missing", "shop.errors.Missing", "shop.errors", "Missing", local=True)


@pytest.mark.parametrize(
    ("head", "deep", "comment"),
    [
        ("def f():\n", "    ", ""),
        ("def f():\n", "    ", "    # why\n"),
        ('def f():\n    """Doc."""\n', "    ", ""),
        ('def f():\n    """Doc.\n    More.\n    """\n', "    ", "    # why\n"),
        ("class A:\n    def f(self):\n", "        ", ""),
    ],
)
def test_an_import_that_would_close_a_circle_stands_in_the_function(
    head: str, deep: str, comment: str
) -> None:
    body = f"{comment}{deep}try: x()\n{deep}except {{}}: pass\n"
    made = f"{deep}from shop.errors import Missing\n"
    check_narrowed(head + body.format("Exception"), head + made + body.format("Missing"), "Missing", [LOCAL])


def test_outside_a_function_such_an_import_is_refused() -> None:
    source = "try: x()\nexcept Exception: pass\n"
    check_not_narrowed(source, "close a circle", "Missing", [LOCAL])


def test_two_handlers_of_a_function_share_the_local_import() -> None:
    source = "def f():\n    try: x()\n    except Exception: pass\n    try: y()\n    except Exception: pass\n"
    wanted = [NarrowWanted(line, "Missing", (LOCAL,)) for line in (3, 5)]
    after = "def f():\n    from shop.errors import Missing\n" + source[9:].replace("Exception", "Missing")
    check_fixed(source, after, *wanted)


TOPS = ("abc", "httpx", "json", "os", "requests", "shop.db", "shop.errors", "zlib")
FORMS = st.one_of(
    st.sampled_from([f"import {one}" for one in TOPS]),
    st.sampled_from([f"from {one} import {name}" for one in TOPS for name in ("a", "b")]),
)
BLOCKS = st.lists(st.lists(FORMS, min_size=1, max_size=4, unique=True), max_size=3)
NAMES = st.sampled_from([JSON, HTTP, OURS])


@given(BLOCKS, NAMES, st.booleans(), st.booleans())
def test_an_import_is_added_once_and_nothing_else_moves(blocks, name, doc, future) -> None:
    head = '"""Doc."""\n\n' * doc + "from __future__ import annotations\n\n" * future
    before = head + "\n".join("".join(f"{one}\n" for one in block) for block in blocks)
    text = before + FUNCTION.format("Exception")
    made = plan(text, PATH, [narrow(text, name.spelling, [name])])
    assert made.refused == ()
    after = carry_out(text, made.rewrites)
    lines = after.splitlines()
    there = _imports(text)
    missing = [] if (name.module, name.name) in there else [(name.module, name.name)]
    assert sorted(_imports(after)) == sorted([*there, *missing])
    assert ast.unparse(_without_imports(after)) == ast.unparse(
        _without_imports(text.replace("Exception", name.spelling))
    )
    assert _first(after) == _first(text)
    again = plan(after, PATH, [NarrowWanted(len(lines), name.spelling, (name,))])
    assert again.rewrites == ()


@given(st.lists(FORMS, min_size=1, max_size=6, unique=True), NAMES)
def test_a_sorted_group_stays_sorted(lines, name) -> None:
    def key(line: str) -> tuple[int, bool, str]:
        return section(line.split()[1], PATH), line.startswith("from"), line.split()[1]

    lines = sorted(lines, key=key)
    groups = [list(those) for _, those in itertools.groupby(lines, key=lambda one: key(one)[0])]
    text = "\n".join("".join(f"{one}\n" for one in group) for group in groups) + FUNCTION.format("Exception")
    after = carry_out(text, plan(text, PATH, [narrow(text, name.spelling, [name])]).rewrites)
    found = [one for one in after.splitlines() if one.startswith(("import", "from"))]
    assert [key(one) for one in found] == sorted(key(one) for one in found)


def _imports(text: str) -> list[tuple[str, str]]:
    """(module, name) of all that is imported, "" as the name for a module."""
    found = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import):
            found += [(one.name, "") for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", one.name) for one in node.names]
    return found


def _without_imports(text: str) -> ast.Module:
    tree = ast.parse(text)
    tree.body = [one for one in tree.body if not isinstance(one, ast.Import | ast.ImportFrom)]
    return tree


def _first(text: str) -> tuple[str | None, list[int]]:
    """The docstring, and which statement the future import is."""
    tree = ast.parse(text)
    future = [n for n, one in enumerate(tree.body) if getattr(one, "module", "") == "__future__"]
    return ast.get_docstring(tree), future
