"""What does a `raise` let out that does not name its class?"""

from __future__ import annotations

import pytest

from tests.raises.engines import engine_of, found_in, of

HEAD = """
    import errors, typing
    class Base(Exception): pass
    class One(Base): pass
    class Two(Base):
        def __init__(self, text): int(text)
    TABLE = {"one": One, "two": KeyError}
    def make(n):
        if n: return One("x")
        return KeyError("y")
    def pick(n):
        return One if n else KeyError
    def typed(n) -> OSError:
        raise ZeroDivisionError
    class Client:
        error_class = One
        table = {1: One, 2: OSError}
        def fail(self): raise self.error_class("x")
        def look(self, n): raise self.table.get(n, KeyError)("x")
        def keep(self):
            try:
                raise LookupError
            except LookupError as exc:
                self.error = exc
        def give(self):
            if self.error: raise self.error
    class Special(Client):
        error_class = KeyError
"""


@pytest.mark.parametrize(
    ("body", "types", "closed"),
    [
        ("error = One('x')\nraise error", {"app.One"}, True),
        ("error = One('x') if n else KeyError('y')\nraise error", {"app.One", "KeyError"}, True),
        ("error = None\nif n: error = One('x')\nraise error", {"app.One"}, True),
        ("error: Exception = One('x')\nif n: error = KeyError()\nraise error", {"app.One", "KeyError"}, True),
        ("raise n", set(), False),
        ("error = One\nif n: error = n\nraise error", set(), False),
        ("raise make(n)", {"app.One", "KeyError"}, True),
        ("raise typed(n)", {"OSError", "ZeroDivisionError"}, True),
        ("raise pick(n)('x')", {"app.One", "KeyError"}, True),
        ("raise TABLE.get(n, OSError)('x')", {"app.One", "KeyError", "OSError"}, True),
        ("raise TABLE[n]('x')", {"app.One", "KeyError"}, True),
        ("raise {1: One, 2: KeyError}.get(n)('x')", {"app.One", "KeyError"}, True),
        ("raise getattr(errors, n, errors.Base)('x')", {"errors.Base", "errors.Sub"}, True),
        ("cls = getattr(errors, n, OSError)\nraise cls('x')", {"errors.Base", "errors.Sub", "OSError"}, True),
        ("raise getattr(n, 'x')('y')", set(), False),
        ("Client().fail()", {"app.One", "KeyError"}, True),
        ("Client().look(n)", {"app.One", "OSError", "KeyError"}, True),
        ("Client().give()", {"LookupError"}, True),
        ("raise Two('x') from One('y')", {"app.Two", "ValueError", "TypeError"}, True),
        (
            "try:\n    raise One\nexcept Base as exc:\n    raise type(exc)('x') from exc",
            {"app.One"},
            True,
        ),
        ("try:\n    raise One\nexcept Base as exc:\n    raise exc.__class__('x')", {"app.One"}, True),
        ("try:\n    raise One\nexcept Base as exc:\n    kept = exc\nraise kept", {"app.Base"}, True),
        (
            "kept = None\ntry:\n    raise One\nexcept One as exc:\n    kept = exc\n"
            "raise typing.cast(Base, kept)",
            {"app.One"},
            True,
        ),
        ("raise typing.cast(Base, n)", {"app.Base"}, True),
        ("error = One('x')\nerror.__class__ = Two\nraise error", {"app.Two"}, True),
        ("try:\n    raise One\nexcept n.Unknown as exc:\n    kept = exc\nraise kept", {"app.One"}, False),
    ],
)
def test_a_class_that_is_not_named_is_found_or_left_open(tmp_path, body, types, closed):
    errors = "class Base(Exception): pass\nclass Sub(Base): pass\nclass Other: pass\n"
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    engine = engine_of(tmp_path, errors=errors, app=f"{HEAD}    def f(n):\n{lines}\n")
    assert of(engine) == (types, closed)


def test_a_table_that_is_filled_elsewhere_is_open(tmp_path):
    source = """
        TABLE = {"one": KeyError}
        OTHER = {"one": KeyError}
        def fill(name, cls): TABLE[name] = cls
        def more(those): OTHER.update(those)
        def f(n): raise TABLE.get(n, OSError)("x")
        def g(n): raise OTHER.get(n, OSError)("x")
    """
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f")[1] is of(engine, "g")[1] is False


def test_a_module_that_takes_its_names_from_another_is_open(tmp_path):
    engine = engine_of(
        tmp_path,
        more="class Sub(Exception): pass",
        errors="from more import *\nclass Base(Exception): pass",
        app="import errors\ndef f(n): raise getattr(errors, n, errors.Base)('x')",
    )
    assert of(engine)[1] is False


def test_a_class_that_subclasses_replace_may_be_any_of_theirs(tmp_path):
    engine = engine_of(tmp_path, errors="", app=HEAD)
    assert of(engine, "Client.fail") == ({"app.One", "KeyError"}, True)


def test_the_evidence_says_that_it_is_chosen_at_run_time(tmp_path):
    engine = engine_of(tmp_path, errors="", app=f"{HEAD}    def f(n): raise TABLE.get(n, OSError)('x')\n")
    details = {one.type: one.evidence.detail for one in found_in(engine).raised}
    assert details["app.One"] == "raise TABLE.get(n, OSError): One is one of those it may choose"
