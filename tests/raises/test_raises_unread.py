"""What is known of a package that is not installed? Its skeleton and the rows; the answer stays open."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

from broadcatch.program.published import FOLDER
from tests.raises.engines import engine_of, found_in, of

UNREAD = "`{}` is not installed here, so it was not read"
ROOTS = sorted(one.name.removesuffix(".pyi") for one in FOLDER.iterdir())


def test_a_function_by_its_public_name_has_the_rows_of_its_definition(tmp_path):
    engine = engine_of(tmp_path, app="import requests\ndef f(url):\n    requests.get(url)\n")
    found, closed = of(engine)
    assert {"requests.exceptions.ConnectionError", "requests.exceptions.ReadTimeout"} <= found
    assert not closed


def test_the_answer_is_open_and_each_row_says_that_the_package_was_not_read(tmp_path):
    engine = engine_of(tmp_path, app="import requests\ndef f(url):\n    requests.get(url)\n")
    found = found_in(engine)
    assert [one.why for one in found.unknown] == [UNREAD.format("requests")]
    assert all(one.evidence.detail.endswith("(`requests` was not read)") for one in found.raised)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import redis\nr = redis.Redis()\ndef f(): r.get('k')", "redis.exceptions.ConnectionError"),
        (
            "import httpx\ndef f():\n    with httpx.Client() as c:\n        c.get('u')",
            "httpx._exceptions.ConnectError",
        ),
        (
            "import requests\ndef f():\n    s = requests.Session()\n    s.get('u').raise_for_status()",
            "requests.exceptions.HTTPError",
        ),
        (
            "import boto3\ndef f():\n    boto3.client('s3').get_object(Bucket='b')",
            "botocore.exceptions.ClientError",
        ),
        (
            "from sqlalchemy.orm import sessionmaker\nmake = sessionmaker()\ndef f():\n    make().commit()",
            "sqlalchemy.exc.IntegrityError",
        ),
        (
            "from django.db import models\nclass A(models.Model): ...\ndef f(): A.objects.get(pk=1)",
            "app.A.DoesNotExist",
        ),
        (
            "import asyncio, requests\nasync def f():\n    await asyncio.to_thread(requests.get, 'u')",
            "requests.exceptions.ConnectionError",
        ),
    ],
)
def test_methods_of_what_is_made_or_returned_have_the_rows_of_their_class(tmp_path, text, expected):
    found, closed = of(engine_of(tmp_path, app=text))
    assert expected in found
    assert not closed


def test_a_clause_that_names_a_base_stops_what_lies_below_it(tmp_path):
    text = """
    import requests
    def f(url):
        try:
            requests.get(url)
        except requests.RequestException:
            pass
    def g(url):
        try:
            requests.get(url)
        except OSError:
            pass
    """
    engine = engine_of(tmp_path, app=text)
    assert of(engine, "f") == (set(), False)
    assert of(engine, "g") == (set(), False)


def test_what_the_skeleton_does_not_have_is_open(tmp_path):
    text = "import requests\ndef f(): requests.frobnicate()\ndef g(): requests.Session().frobnicate()\n"
    engine = engine_of(tmp_path, app=text)
    assert of(engine, "f") == (set(), False)
    assert of(engine, "g") == (set(), False)


def test_a_class_of_the_project_below_one_that_was_not_read_is_never_closed(tmp_path):
    text = "import requests\nclass S(requests.Session): ...\ndef f(): S()\ndef g(s: S): s.close()\n"
    engine = engine_of(tmp_path, app=text)
    assert not of(engine, "f")[1]
    assert not of(engine, "g")[1]


@pytest.mark.parametrize(
    "body",
    [
        "s.headers",
        "s.verify = 3",
        "s.get",
        "str(s.cookies)",
        "with s: pass",
        "[x for x in s]",
        "s + 1",
        "s['a']",
    ],
)
def test_what_is_done_with_an_object_that_was_not_read_is_open(tmp_path, body):
    text = f"import requests\nclass S(requests.Session): ...\ndef f(s: requests.Session):\n    {body}\n"
    engine = engine_of(tmp_path, app=f"{text}def g(s: S):\n    {body}\n")
    is_method = body == "s.get"
    assert of(engine, "f")[1] is is_method
    assert of(engine, "g")[1] is (is_method or body == "s.verify = 3")


def test_a_call_leads_to_the_rows_of_what_it_goes_through(tmp_path):
    engine = engine_of(tmp_path, app="import stripe\ndef f():\n    stripe.Charge.create(amount=1)\n")
    assert "stripe._error.CardError" in of(engine)[0]


def test_a_package_of_the_project_or_of_its_folder_comes_before_the_skeleton(tmp_path):
    engine = engine_of(
        tmp_path, app="import requests\ndef f(): requests.get('u')\n", requests="def get(u): raise KeyError\n"
    )
    assert of(engine) == ({"KeyError"}, True)


def test_scripts_in_a_folder_of_the_same_name_are_not_mixed_with_the_skeleton(tmp_path):
    engine = engine_of(
        tmp_path, app="import docker\ndef f(): docker.from_env()\n", docker_in_start="import sys\n"
    )
    assert of(engine) == (set(), False)


def test_importing_it_may_fail_and_is_open(tmp_path):
    engine = engine_of(tmp_path, app="def f():\n    import requests\n")
    assert of(engine) == ({"ImportError"}, False)


def _classes(path: Path):
    return [one for one in ast.parse(path.read_text("utf-8")).body if isinstance(one, ast.ClassDef)]


def _modules(root: str):
    for path in sorted([*FOLDER.glob(f"{root}.pyi"), *FOLDER.glob(f"{root}/**/*.pyi")]):
        parts = path.relative_to(FOLDER).with_suffix("").parts
        yield path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("root", ROOTS)
def test_skeletons_name_their_version_and_parse(root):
    for path, _ in _modules(root):
        assert path.read_text("utf-8").startswith("# Public names of ")
        ast.parse(path.read_text("utf-8"))


def _real(name: str):
    """The object of this dotted name, None where it cannot be imported here."""
    module, _, last = name.rpartition(".")
    try:
        return getattr(importlib.import_module(module or "builtins"), last, None)
    except ImportError:
        return None


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("root", ["requests", "httpx", "urllib3", "yaml", "sqlalchemy"])
def test_exceptions_have_the_bases_that_the_package_gives_them(root, tmp_path):
    """Where the package is installed: each exception of the skeleton, and all that stand above it."""
    pytest.importorskip(root)
    engine = engine_of(tmp_path, app=f"import {root}\n")
    checked = 0
    for path, module in _modules(root):
        for cls in _classes(path):
            name = f"{module}.{cls.name}"
            real = _real(name)
            if isinstance(real, type) and issubclass(real, Exception):
                found, complete = engine.resolver.hierarchy.ancestors(engine.resolver.exception(name))
                assert complete, name
                assert {_real(one) for one in found} == {*real.__mro__} - {object}, name
                checked += 1
    assert checked > 2
