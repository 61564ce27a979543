"""What does a handler read of the error, and which classes have it? By source, and beside CPython."""

from __future__ import annotations

import ast
import builtins
import textwrap

import pytest

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest
from broadcatch.suggest.asked import has_all, reads


def clause(body: str) -> ast.ExceptHandler:
    text = f"try:\n    f()\nexcept Exception as e:\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
    attempt = ast.parse(text).body[0]
    assert isinstance(attempt, ast.Try)
    return attempt.handlers[0]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("return e.response.status_code", ["response"]),
        ("if e.code == 3:\n    log(e.text)", ["code", "text"]),
        ("log(e, e.args, e.__cause__)", []),
        ("log(error.code)", []),
        ("e.seen = True", []),
        ("if isinstance(e, Known):\n    log(e.code)", []),
        ("if hasattr(e, 'code'):\n    log(e.code)", []),
        ("e = e.__cause__\nlog(e.code)", []),
    ],
)
def test_only_what_not_every_error_has_counts_and_only_if_its_class_is_not_looked_at(body, names):
    assert [one.attr for one in reads(clause(body))] == names


@pytest.fixture
def engine(tmp_path):
    (tmp_path / "errors.py").write_text(
        textwrap.dedent(
            """
            class Refused(Exception):
                reason = ""
                def __init__(self, code):
                    self.code = code
                @property
                def text(self): return str(self.code)
            class Late(Refused): pass
            class Any(Exception):
                def __getattr__(self, name): return 1
            class Kept(Exception):
                def __init__(self, **kwargs): self.__dict__.update(kwargs)
            class Strange(unknown.Base): pass
            """
        )
    )
    return Engine(Project(tmp_path))


@pytest.mark.parametrize(
    ("type_", "names", "has"),
    [
        ("errors.Refused", ["code"], True),
        ("errors.Late", ["code", "text", "reason"], True),
        ("errors.Late", ["code", "status"], False),
        ("errors.Any", ["code"], None),
        ("errors.Kept", ["code"], None),
        ("errors.Strange", ["code"], None),
        ("OSError", ["errno"], True),
        ("PermissionError", ["errno", "filename"], True),
        ("ValueError", ["errno"], False),
        ("subprocess.CalledProcessError", ["returncode", "output"], True),
        ("json.decoder.JSONDecodeError", ["pos"], True),
        ("json.decoder.JSONDecodeError", ["errno"], False),
        ("errors.Gone", ["code"], None),
    ],
)
def test_a_class_has_what_its_bodies_and_methods_bind(engine, type_, names, has):
    assert has_all(engine.resolver, type_, names) is has


BUILTIN = sorted(
    name
    for name, one in vars(builtins).items()
    if isinstance(one, type) and issubclass(one, Exception) and one.__name__ == name and "Group" not in name
)
ATTRIBUTES = (
    "errno",
    "strerror",
    "filename",
    "code",
    "value",
    "name",
    "obj",
    "path",
    "msg",
    "lineno",
    "reason",
)


@pytest.mark.parametrize("name", BUILTIN)
def test_the_builtin_classes_have_what_cpython_gives_them(engine, name):
    real = {one: hasattr(getattr(builtins, name), one) for one in ATTRIBUTES}
    assert {one: has_all(engine.resolver, name, [one]) for one in ATTRIBUTES} == real


def answer(tmp_path, source):
    text = textwrap.dedent(source)
    line = next(number for number, one in enumerate(text.split("\n"), 1) if "# here" in one)
    return suggest(Engine(Project(tmp_path)), "app.py", line, ("Exception",), source=text)


SHOP = """
from errors import Refused
def buy(shop):
    try:
        shop.order()
    except Exception as error:  # here
        {body}
"""


def test_the_class_that_has_what_the_handler_reads_is_proposed_and_says_so(engine, tmp_path):
    found = answer(tmp_path, SHOP.format(body="return error.code"))
    assert (found.proposals[0].type, found.replacement) == ("errors.Refused", "Refused")
    assert "the handler reads `code`, which Refused has" in [
        one.detail for one in found.proposals[0].evidence
    ]
    assert found.alone.asked == ("code",)


def test_what_is_read_on_some_paths_only_decides_nothing(engine, tmp_path):
    found = answer(tmp_path, SHOP.format(body="return error.code if shop.asks else 0"))
    assert found.alone.asked == ()


def test_a_class_that_the_handler_would_fail_for_is_not_written(engine, tmp_path):
    source = SHOP.replace("shop.order()", "shop.order(int(shop.text))").format(body="return error.code")
    found = answer(tmp_path, source)
    assert found.replacement == "Refused"
    assert "ValueError" in found.possible
    assert "ValueError" in found.alone.unfit
