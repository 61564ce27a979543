"""A new import stands where it belongs, and means what was meant."""

from __future__ import annotations

import pytest
from rewriting import JSON, check_narrowed, check_not_narrowed

from broadcatch.rewrite.values import Spelled

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
