"""What a call cannot raise by what it is given, though others of its kind do; and when it can."""

from __future__ import annotations

import pytest
from engines import engine_of, of

HEAD = "import base64, binascii, json, os, time, uuid\ndef f(n: int, s: str, b: bytes, xs: list[int]):\n    "


@pytest.mark.parametrize(
    ("body", "types"),
    [
        ("return int(n / 2)", {"OverflowError", "ValueError"}),
        ("return int(n - 2)", set()),
        ("return int(s)", {"ValueError"}),
        ("return float(n - 2)", set()),
        ("return float(time.time())", set()),
        ("return float(s)", {"ValueError"}),
        ("return b.decode('latin-1')", set()),
        ("return b.decode('ascii')", {"UnicodeDecodeError"}),
        ("return binascii.hexlify(b).decode()", set()),
        ("return base64.b64encode(b).rstrip(b'=').decode('utf-8')", set()),
        ("return base64.b64encode(b).decode('utf-16')", {"UnicodeDecodeError"}),
        ("h = binascii.hexlify(b)\n    return h.decode('ascii')", set()),
        ("return int(time.time() * 1000)", {"OverflowError", "ValueError"}),
        ("return xs and max(x for x in xs)", set()),
        ("return xs and max(x for x in xs if x)", {"ValueError"}),
        ("return uuid.UUID(s)", {"ValueError"}),
        ("return json.dumps([1]).encode('utf-8')", set()),
        ("return json.dumps([1], ensure_ascii=False).encode('utf-8')", {"UnicodeEncodeError"}),
        ("return os.path.splitext(s)[1]", set()),
        ("return os.path.splitext(s)[2]", {"IndexError"}),
        ("return s.partition('=')[2]", set()),
        ("return xs.index(min(xs))", {"ValueError"}),
        ("return xs and xs.index(max(xs))", set()),
        ("return xs and xs.index(n)", {"ValueError"}),
        ("for x in xs[:]: xs.remove(x)", set()),
        ("for x in xs[1:]: xs.remove(x)", {"ValueError"}),
    ],
)
def test_what_is_given_settles_it(tmp_path, body, types):
    assert of(engine_of(tmp_path, app=HEAD + body)) == (types, True)


@pytest.mark.parametrize(
    ("text", "violates"),
    [
        ("'SELECT a FROM b'", False),
        ("'pragma x = %s' % s", False),
        ("f'select {s}'", False),
        ("'INSERT INTO b VALUES (1)'", True),
        ("s", True),
    ],
)
def test_reading_violates_no_constraint(tmp_path, text, violates):
    source = f"import sqlite3\ndef f(db: sqlite3.Connection, s: str):\n    return db.execute({text})\n"
    found, _ = of(engine_of(tmp_path, app=source))
    assert ("sqlite3.IntegrityError" in found) is violates


def test_what_a_clause_caught_has_the_attributes_of_an_error(tmp_path):
    source = "def f(s: str):\n    try:\n        int(s)\n    except ValueError as e:\n        return e.{}\n"
    for name, kept in (("args", False), ("__traceback__", False), ("errno", True)):
        found = engine_of(tmp_path, app=source.format(name))
        module = found.project.module_at("app.py")
        types = {one.type for one in found.function_escapes(module.extents[0]).raised}
        assert ("AttributeError" in types) is kept


def test_a_method_that_is_not_called_raises_nothing(tmp_path):
    source = "D: dict[str, int] = {}\ndef f():\n    return D.__getitem__\n"
    assert of(engine_of(tmp_path, app=source))[0] == set()


def test_constants_choose_the_branches_of_python_s_own_code(tmp_path):
    source = "import smtplib\ndef f(mail: smtplib.SMTP):\n    mail.starttls({})\n"
    for given, raised in (("", False), ("context=None, keyfile='k'", False), ("'k', None, c", True)):
        found = engine_of(tmp_path, app=source.format(given))
        module = found.project.module_at("app.py")
        ways = found.function_escapes(module.extents[0]).raised
        assert any("ValueError" == one.type and len(one.evidence.via) == 1 for one in ways) is raised


GIVES = """
def g(a) -> dict[str, int]:
    if a:
        return {'x': 1}
    return {'x': 2, 'y': 3}
def f(a):
    """


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("d = g(a)\n    return d['x']", False),
        ("return g(a)['x']", False),
        ("d = g(a)\n    return d['y']", True),
        ("d = g(a)\n    del d['x']\n    return d['x']", True),
        ("d = g(a)\n    a.take(d)\n    return d['x']", True),
    ],
)
def test_a_key_that_each_returned_mapping_has_is_there(tmp_path, body, missing):
    assert ("KeyError" in of(engine_of(tmp_path, app=GIVES + body))[0]) is missing


def test_a_remainder_of_the_length_is_an_index(tmp_path):
    source = "def f(xs: list[int], n: int):\n    return xs[n % len(xs)]\n"
    assert of(engine_of(tmp_path, app=source))[0] == {"ZeroDivisionError"}


def test_what_may_be_no_text_is_said_to_be_none(tmp_path):
    for annotation, words in (
        ("x: str", "int: the text is no integer"),
        ("x", "int: no integer, if it is text"),
    ):
        engine = engine_of(tmp_path, app=f"def f({annotation}):\n    return int(x)\n")
        found = engine.function_escapes(engine.project.module_at("app.py").extents[0])
        assert words in [one.evidence.detail for one in found.raised]
