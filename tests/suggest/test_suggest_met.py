"""Is a way told that this call does not take?"""

from __future__ import annotations

import ast
import textwrap

import pytest

from broadcatch.program.environment import find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest
from broadcatch.suggest.conditions import Conditions
from broadcatch.suggest.doubts import DOUBT
from broadcatch.suggest.under import when

HEAD = """
    import unknown
    class Refused(Exception): ...
    class Late(Exception): ...
"""


@pytest.fixture
def told_of(tmp_path):
    def answer(code: str) -> list[str]:
        source = textwrap.dedent(HEAD) + textwrap.dedent(code)
        line = source[: source.index("# here")].count("\n") + 1
        (tmp_path / "app.py").write_text(source, encoding="utf-8")
        project = Project(tmp_path, find_environment("", tmp_path))
        found = suggest(Engine(project), "app.py", line, ("Exception",))
        assert not found.closed
        return [why.detail for one in (*found.proposals, *found.also) for why in one.evidence]

    return answer


@pytest.fixture
def told(told_of):
    """The `raise` statements that are told, with doubts or without."""
    found = lambda code: (one.removesuffix(DOUBT) for one in told_of(code))  # noqa: E731
    return lambda code: [one for one in found(code) if one.startswith("raise ")]


CALL = """
    def f(x, limit=5, *, base=None):
        unknown.do(x)
        if base:
            raise Refused(base)
        if limit > 9:
            raise Late(limit)
    @unknown.decorator
    def g(x, limit=5, *, base=None):
        return f(x, limit, base=base)
    def main(x, y):
        try:
            {}
        except Exception:  # here
            pass
"""


def test_a_default_that_is_none_closes_the_branch_behind_an_unknown_decorator(told):
    assert told(CALL.format("g(x)")) == []


def test_a_value_that_is_given_opens_it(told):
    assert told(CALL.format("g(x, base=y)")) == ["raise Refused if `base`"]


def test_constants_are_compared(told):
    assert told(CALL.format("g(x, 10)")) == ["raise Late if `limit > 9`"]


def test_a_parameter_that_is_bound_anew_says_nothing(told):
    code = CALL.replace("unknown.do(x)", "base = unknown.do(x)")
    assert told(code.format("g(x)")) == ["raise Refused if `base`"]


TESTED = """
    class Line:
        def __init__(self):
            self.socket = unknown.socket()
        def send(self, text):
            unknown.write(text)
            if self.socket is None:
                raise Refused(text)
    class Owner:
        def __init__(self):
            self.line = Line()
        def run(self, text):
            {}
            try:
                self.line.send(text)
            except Exception:  # here
                pass
"""


def test_what_the_caller_tested_holds_in_the_callee(told):
    assert told(TESTED.format("if self.line.socket is None: return")) == []
    assert told(TESTED.format("if not self.line.socket: return")) == []
    assert told(TESTED.format("pass")) == ["raise Refused if `self.socket is None`"]


def test_a_key_with_a_slice_in_it_is_asked_nothing(told_of):
    code = """
    def f(rows):
        try:
            return unknown.g(rows[1:, 2])
        except Exception:  # here
            pass
    """
    assert "`rows[1:, 2]`: nothing near shows that it has the key" in told_of(code)


def test_what_is_changed_after_the_test_may_be_anything(told):
    code = TESTED.format("if self.line.socket is None: return\n            self.line.socket = unknown.x()")
    assert told(code) == ["raise Refused if `self.socket is None`"]


def _when(code: str, row: int) -> str:
    return when(ast.parse(textwrap.dedent(code)).body, row)


def test_a_raise_is_told_with_the_condition_that_it_stands_under():
    assert _when("if a:\n    raise X", 2) == "if `a`"
    assert _when("if not a:\n    raise X", 2) == "unless `a`"
    assert _when("if a:\n    pass\nelse:\n    raise X", 4) == "unless `a`"
    assert _when("try:\n    f()\nexcept (KeyError, a.B):\n    raise X", 4) == "on KeyError or B"
    assert _when("try:\n    f()\nexcept:\n    raise X", 4) == "on an error"
    assert _when("if a:\n    return\nraise X", 3) == "unless `a`"
    assert _when("f()\nraise X", 2) == ""


def test_a_condition_is_told_whole():
    assert _when("if a:\n    if not b:\n        raise X", 3) == "if `a`, unless `b`"
    assert _when("try:\n    f()\nexcept A:\n    if not b:\n        raise X", 5) == "on A, unless `b`"
    assert _when("if a:\n    if b:\n        if c:\n            raise X", 4) == "if `b`, if `c` (and more)"
    assert _when("while True:\n    if a:\n        raise X", 3) == "if `a`"


@pytest.mark.parametrize(
    ("known", "holds", "asked", "answer"),
    [
        ("a and b", True, "not a", False),
        ("a or b", False, "b", False),
        ("a and b", False, "a", None),
        ("x is not None", True, "x is None", False),
        ("x", True, "x is None", False),
        ("x", False, "x is None", None),
        ("x == 'a'", True, "x == 'b'", False),
        ("x == 'a'", True, "x in ('a', 'b')", True),
        ("x < 3", True, "x >= 3", False),
        ("next(x)", True, "next(x)", None),
    ],
)
def test_what_follows_from_a_test(known, holds, asked, answer):
    facts = Conditions()
    facts.learn(ast.parse(known, mode="eval").body, holds)
    assert facts.ask(ast.parse(asked, mode="eval").body) is answer


USED = """
    class Session:
        def {name}(self): unknown.write(self)
    def save(session{kind}, other):
        try:
            session.{name}()
            other.done()
        except Exception:  # here
            pass
"""


def test_what_people_catch_around_a_method_speaks_only_where_the_class_is_not_known(told_of):
    about = "clauses around .validate() in published packages"
    assert any(about in one for one in told_of(USED.format(kind="", name="validate")))
    assert not any(about in one for one in told_of(USED.format(kind=": Session", name="validate")))


def test_what_many_kinds_have_says_nothing_of_one_of_unknown_kind(told_of):
    about = "clauses around .flush() in published packages"
    assert not any(about in one for one in told_of(USED.format(kind="", name="flush")))


AROUND = """
    def main(x, found):
        try:
            {}
            unknown.done(x)
        except Exception:  # here
            pass
"""


def test_what_people_catch_around_an_operation_speaks_only_where_it_may_fail(told_of):
    def is_told(body: str, about: str) -> bool:
        return any(about in one for one in told_of(AROUND.format(body)))

    assert is_told("n = int(x)", "clauses around int()")
    assert not is_told("n = int('12')", "clauses around int()")
    assert is_told("n = found[x]", "clauses around a lookup")
    assert not is_told("n = found[x] if x in found else 0", "clauses around a lookup")
    assert not is_told("n = list(x)", "name IndexError")
    assert is_told("n = x.index(found)", "clauses around .index()")


KINDS = """
    class Base:
        def get(self, key):
            unknown.note(key)
            return self.ask(key)
        def ask(self, key):
            raise NotImplementedError
    class First(Base):
        def ask(self, key):
            if key.count:
                raise Refused(key)
    class Second(Base):
        def ask(self, key):
            return key
        def run(self, key, base: Base):
            try:
                {}.get(key)
            except Exception:  # here
                pass
"""


def test_an_object_has_no_method_of_a_class_beside_its_own(told):
    assert told(KINDS.format("self")) == []
    assert told(KINDS.format("base")) == ["raise Refused if `key.count`"]


def test_what_only_the_object_s_own_class_replaces_is_not_told_of_the_base(told):
    code = KINDS.replace("raise NotImplementedError", "raise Late(key)")
    assert told(code.format("self")) == []


WALKED = """
    def scan(text: str, limit=None, *more):
        unknown.note(text)
        i, n = 0, len(text)
        while i < n:
            {}
            i += 1
        if len(more) < 2:
            raise Refused(more)
    def main(text: str):
        try:
            scan(text, 1, 2{})
        except Exception:  # here
            pass
"""


def test_an_index_below_the_length_is_in_range(told_of):
    about = "nothing near shows that it is so long"
    assert not any(about in one for one in told_of(WALKED.format("unknown.take(text[i])", "")))
    assert any(about in one for one in told_of(WALKED.format("i += 1; unknown.take(text[i + 1])", "")))


def test_what_stands_for_many_parameters_is_counted(told):
    assert told(WALKED.format("pass", "")) == ["raise Refused if `len(more) < 2`"]
    assert told(WALKED.format("pass", ", 3")) == []


def test_the_class_on_which_a_method_is_called_counts(told):
    code = KINDS.replace(
        "def run(self, key, base: Base)", "def run(self, key, base: Base, one: First, two: 'Second')"
    )
    assert told(code.format("one")) == ["raise Refused if `key.count`"]
    assert told(code.format("two")) == []


SAFE = """
    def f(d: dict, xs: list, n, key):
        unknown.do(d)
        {}
            unknown.wait()
            try:
                {}
                unknown.do(key)
            except Exception:  # here
                pass
"""


@pytest.mark.parametrize(
    ("test", "body", "told_about"),
    [
        ("if key in d:", "d[key]", False),
        ("if n in d:", "d[key]", True),
        ("if xs:", "xs[0]", False),
        ("if n:", "xs[0]", True),
        ("if hasattr(unknown.a, key):", "getattr(unknown.a, key)", False),
        ("if n:", "getattr(unknown.a, key)", True),
        ("if n:", "x = key / len(xs) if len(xs) > 0 else 0", False),
        ("if n:", "x = key / len(xs)", True),
        ("if n:", "x = [d[key] for key in n if key in d]", False),
    ],
)
def test_what_was_asked_before_is_not_told(told_of, test, body, told_about):
    words = ("nothing near shows", "is missing", "may be zero")
    told = told_of(SAFE.format(test, body))
    assert any(word in one for one in told for word in words) is told_about


def test_of_an_object_whose_class_has_the_method_none_below_is_told(told):
    code = KINDS.replace("{}.get(key)", "base.ask(key)").replace("raise NotImplementedError", "{}")
    assert told(code.format("raise NotImplementedError"))[:1] == ["raise Refused if `key.count`"]
    assert told(code.format("return unknown.note(key)")) == []


def test_what_a_coroutine_calls_has_a_running_loop(told_of):
    code = """
        import asyncio
        def now():
            return asyncio.get_running_loop()
        {} main():
            try:
                unknown.do(now())
            except Exception:  # here
                pass
    """
    assert any("no loop is running" in one for one in told_of(code.format("def")))
    assert not any("no loop is running" in one for one in told_of(code.format("async def")))


OBJECT = """
    class Line:
        def __init__(self, name, strict=False, limit=3):
            self.name = name
            self.strict = strict
            self.limits = [limit]
        def send(self, text):
            unknown.write(text)
            if self.strict:
                raise Refused(text)
            self.check()
        def check(self):
            if self.name is None:
                raise Late(self.name)
    def run(text):
        try:
            line = Line({})
            line.send(text)
        except Exception:  # here
            pass
"""


def test_an_object_just_made_has_the_flags_of_its_constructor(told):
    assert told(OBJECT.format("'a'")) == []
    assert told(OBJECT.format("'a', True")) == ["raise Refused if `self.strict`"]
    both = ["raise Refused if `self.strict`", "raise Late if `self.name is None`"]
    assert sorted(told(OBJECT.format("None, strict=text"))) == sorted(both)


ROWS = """
    from django.db.models.base import Model
    from django.db.models import fields
    class User(Model):
        name = fields.CharField(unique=True)
        city = fields.CharField()
    def main(x):
        try:
            User.objects.get({}=x)
            unknown.done(x)
        except Exception:  # here
            pass
"""


def test_one_row_at_most_has_the_value_of_a_unique_field(told_of, tmp_path):
    for name, text in (("base", "class Model: ..."), ("fields", "class CharField: ...")):
        (tmp_path / "django" / "db" / "models").mkdir(parents=True, exist_ok=True)
        (tmp_path / "django" / "db" / "models" / f"{name}.py").write_text(text, encoding="utf-8")
    more = "User.objects.get: more than one row matches"
    assert more in told_of(ROWS.format("city"))
    assert more not in told_of(ROWS.format("name"))


OBJECTS = """
    class Speaker:
        def say(self, x):
            self.write(x)
        def write(self, x):
            unknown.show(x)
    class Loud(Speaker):
        def write(self, x):
            if x.count:
                raise Refused(x)
    def main(x{}):
        {}
        try:
            speaker.say(x)
        except Exception:  # here
            pass
"""


def test_an_object_just_made_is_of_no_class_below_its_own(told):
    assert told(OBJECTS.format("", "speaker = Speaker()")) == []
    assert told(OBJECTS.format(", speaker: Speaker", "pass")) == ["raise Refused if `x.count`"]


@pytest.mark.parametrize("path", ["0", "*x", "limit := 0", "f'{x!r}'", "lambda: 0", "b'a'"])
def test_whatever_is_opened_the_question_whether_it_is_there_can_be_asked(told_of, path):
    told = told_of(f"""
        def main(x, limit=0):
            unknown.do(x)
            try:
                unknown.do(x)
                with open({path}) as f:
                    f.read()
            except Exception:  # here
                pass
    """)
    assert any("open" in one for one in told)


def test_a_path_that_was_asked_for_is_there_and_another_is_not(told_of):
    code = """
        import os
        def main(x, y):
            try:
                unknown.do(x)
                if os.path.exists(x):
                    os.remove({})
            except Exception:  # here
                pass
    """
    assert len(told_of(code.format("x"))) < len(told_of(code.format("y")))
