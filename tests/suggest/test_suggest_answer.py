"""What would a person write? Source before, clause after."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.program.project import Project
from broadcatch.program.resolver import Resolver
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest
from broadcatch.suggest.offers import offers


@pytest.fixture
def ask(tmp_path):
    def answer(source: str, **files: str):
        for name, text in files.items():
            path = tmp_path / (name.replace("_in_", "/") + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        text = textwrap.dedent(source)
        line = next(n for n, one in enumerate(text.split("\n"), 1) if "# here" in one)
        return suggest(Engine(Project(tmp_path)), "app.py", line, ("Exception",), source=text)

    return answer


@pytest.mark.parametrize(
    ("head", "body", "after"),
    [
        ("", "x = int(s)\ny = 1", "ValueError"),
        ("import json", "x = json.loads(s)\ny = x['a']", "(ValueError, KeyError)"),
        ("from re import compile, error as Bad", "x = compile(s)\ny = 1", "Bad"),
        ("import re as r", "x = r.compile(s)\ny = 1", "r.error"),
        ("from decimal import Decimal", "x = Decimal(s)\ny = 1", "(InvalidOperation, ValueError)"),
        (
            "import decimal\nfrom decimal import Decimal",
            "x = Decimal(s)\ny = 1",
            "(decimal.InvalidOperation, ValueError)",
        ),
        ("", "x = open(s)\ny = 1", "OSError"),
        ("import os", "os.remove(s)\ny = 1", "OSError"),
        ("", "x = getattr(s, 'y')", "AttributeError"),
        ("", "x = s.y", "AttributeError"),
        ("", "x = 1", None),
        ("import sys", "sys.exit(1)", None),
    ],
)
def test_the_replacement_reads_as_the_file_would_write_it(ask, head, body, after):
    inside = textwrap.indent(body, " " * 8)
    source = f"{head}\ndef f(s: str):\n    try:\n{inside}\n    except Exception:  # here\n        pass\n"
    assert ask(source).replacement == after


def test_a_conversion_of_what_may_be_none_names_its_type_error_too(ask):
    source = (
        "def f(a):\n    try:\n        return float(a.get('x'))\n    except Exception:  # here\n        pass\n"
    )
    answer = ask(source)
    assert (answer.replacement, answer.closed) == ("(ValueError, TypeError)", False)


def test_a_class_of_another_function_cannot_be_named(ask):
    answer = ask(
        """
        class A:
            def m(self, hook):
                class Late(Exception): ...
                hook()
                raise Late()
            def f(self, hook):
                try:
                    return self.m(hook)
                except Exception:  # here
                    return None
        """
    )
    assert answer.replacement is None


def test_what_the_body_itself_asserts_is_told(ask):
    source = "def f(a):\n    try:\n        {}\n        int(a)\n    except Exception:  # here\n        pass\n"
    assert ask(source.format("assert a")).alone.asserts
    assert not ask(source.format("print(a)")).alone.asserts


def test_the_result_of_a_task_raises_whatever_the_task_did(ask):
    answer = ask(
        """
        import asyncio
        async def f(task: asyncio.Task):
            try:
                return task.result()
            except Exception:  # here
                return None
        """
    )
    assert not answer.closed


def _types(clause):
    return sorted(clause.strip("()").split(", ")) if clause else []


@pytest.mark.parametrize(
    ("head", "body", "after"),
    [
        ("import ast", "x = ast.literal_eval(s)\ny = 1", "(SyntaxError, ValueError, TypeError)"),
        ("import json", "go(**json.loads(s))", "(ValueError, TypeError)"),
        ("import json", "d = json.loads(s)\ngo(*d)", "(ValueError, TypeError)"),
        ("", "open(s, 'rb').read()", "OSError"),
        ("", "open(s).read()", "(OSError, UnicodeDecodeError)"),
        ("", "open(s, mode=m).read()", "(OSError, UnicodeDecodeError)"),
        ("", "open(s, 'w').write(s)", "(OSError, UnicodeEncodeError)"),
        ("", "open(s, 'w').write('x')", "OSError"),
        ("import time", "time.gmtime(n)\ny = 1", "(OSError, OverflowError, ValueError)"),
        ("import re", "re.match(s, 'x')\ny = 1", "re.error"),
        ("", "s.encode('utf-8')\ny = int(s)", "ValueError"),
        ("", "y = int(n)\nx = 1", "(ValueError, TypeError)"),
        ("import socket", "socket.create_connection((s, 80))\nx = 1", "(OSError, UnicodeError)"),
    ],
)
def test_a_closed_answer_stops_everything_that_can_come(ask, head, body, after):
    inside = textwrap.indent(body, " " * 8)
    before = f"{head}\ndef go(a: int = 1) -> None: ...\n"
    source = (
        f"{before}def f(s: str, n, m):\n    try:\n{inside}\n    except Exception:  # here\n        pass\n"
    )
    found = ask(source)
    assert (found.closed, _types(found.replacement)) == (True, _types(after))


@pytest.mark.parametrize(
    ("names", "after", "proposed"),
    [
        ("ValueError KeyError IndexError OSError EOFError", 5, 5),
        ("ValueError KeyError IndexError OSError EOFError ImportError", 5, 5),
        ("FileNotFoundError PermissionError ValueError KeyError EOFError ImportError", 5, 5),
        ("ValueError KeyError SyntaxError OSError EOFError ImportError", None, 6),
    ],
)
def test_a_closed_answer_is_cut_nowhere_but_folded_and_no_clause_if_too_long(ask, names, after, proposed):
    raises = "".join(f"        if n == {n}: raise {name}\n" for n, name in enumerate(names.split()))
    found = ask(f"def f(n: int):\n    try:\n{raises}    except Exception:  # here\n        pass\n")
    spelt = found.replacement
    assert (len(found.proposals), spelt and len(spelt.split(", "))) == (proposed, after)
    assert not {"Exception", "BaseException"} & {one.type for one in found.proposals}


def test_a_base_that_is_less_likely_stays_in_a_closed_answer(ask):
    found = ask(
        """
        import errors
        def f(n: int):
            try:
                errors.far(n)
                raise errors.Below
            except Exception:  # here
                pass
        """,
        errors="""
        class Base(Exception): pass
        class Below(Base): pass
        def far(n): near(n)
        def near(n): next(n)
        def next(n): raise Base
        """,
    )
    assert (found.closed, found.replacement) == (True, "errors.Base")


def test_a_programming_error_that_nobody_expects_is_not_proposed(ask):
    found = ask("""
        def f(path: str, offset: int):
            try:
                with open(path) as file:
                    text = file.read()
                return text + offset
            except Exception:  # here
                return 2
    """)
    assert "OSError" in [one.type for one in found.proposals]
    assert "TypeError" not in [one.type for one in found.proposals]


def test_earlier_clauses_of_the_same_try_are_subtracted(ask):
    found = ask("""
        def f(s: str, d: dict):
            try:
                return int(s) + d['x']
            except ValueError:
                return 1
            except Exception:  # here
                return 2
    """)
    assert found.replacement == "KeyError"
    assert "ValueError" not in found.possible


def test_what_is_raised_near_comes_before_what_is_raised_far(ask):
    found = ask(
        """
        from errors import Near
        from other import near
        def f():
            try:
                near()
            except Exception:  # here
                pass
        """,
        errors="class Near(Exception): pass\nclass Far(Exception): pass",
        other="import errors\ndef near():\n    far()\n    raise errors.Near\ndef far(): raise errors.Far",
    )
    assert [one.type for one in found.proposals] == ["errors.Near", "errors.Far"]
    assert [one.spelling for one in found.proposals] == ["Near", "Far"]
    assert (found.proposals[1].import_module, found.proposals[1].import_name) == ("errors", "Far")
    assert found.closed


def test_a_private_module_is_not_imported_where_a_public_name_exists(ask):
    found = ask(
        """
        import pkg
        def f():
            try:
                pkg.go()
            except Exception:  # here
                pass
        """,
        pkg_in___init__="from pkg._errors import Bad\nfrom pkg._impl import go",
        pkg_in__errors="class Bad(Exception): pass",
        pkg_in__impl="from pkg._errors import Bad\ndef go(): raise Bad",
    )
    assert found.proposals[0].type == "pkg._errors.Bad"
    assert found.replacement == "pkg.Bad"


def test_a_name_of_a_builtin_is_not_hidden_by_an_import(ask):
    found = ask(
        """
        import other
        def f():
            try:
                other.go()
            except Exception:  # here
                pass
        """,
        errors="class ConnectionError(Exception): ...",
        other="import errors\ndef go(): raise errors.ConnectionError",
    )
    first = found.proposals[0]
    assert (first.spelling, first.import_module, first.import_name) == (
        "errors.ConnectionError",
        "errors",
        "",
    )


@pytest.mark.parametrize(
    ("imports", "spelt"),
    [
        ("from locale import setlocale", ("locale.Error", "locale", "")),
        ("from locale import setlocale, Error", ("Error", "", "")),
        ("import locale\nsetlocale = locale.setlocale", ("locale.Error", "", "")),
    ],
)
def test_a_name_that_says_nothing_is_written_with_its_module(ask, imports, spelt):
    found = ask(
        f"""
{imports}
def f(name):
    try:
        return setlocale(0, name)
    except Exception:  # here
        return None
"""
    )
    one = next(one for one in found.proposals if one.type == "locale.Error")
    assert (one.spelling, one.import_module, one.import_name) == spelt


def test_an_import_for_type_checkers_does_not_count(ask):
    found = ask(
        """
        from typing import TYPE_CHECKING
        from other import go
        if TYPE_CHECKING:
            from errors import Bad
        def f():
            try:
                go()
            except Exception:  # here
                pass
        """,
        errors="class Bad(Exception): pass",
        other="from errors import Bad\ndef go(): raise Bad",
    )
    assert found.proposals[0].import_module == "errors"


@pytest.mark.parametrize(
    ("more", "after"),
    [
        ("", "(errors.A, errors.B)"),
        ("m = int(s)", "(ValueError, errors.A, errors.B)"),
        ("m = int(s)\nopen(s).read()", "(OSError, ValueError, errors.Base)"),
    ],
)
def test_two_of_one_library_become_their_base_where_the_clause_grows_long(ask, more, after):
    body = "errors.go(n)\nhook.run(s)\n" + more
    found = ask(
        f"import errors\ndef f(n, s, hook):\n    try:\n{textwrap.indent(body, ' ' * 8)}\n"
        "    except Exception:  # here\n        pass\n",
        errors="""
        class Base(Exception): pass
        class A(Base): pass
        class B(Base): pass
        def go(n):
            if n == 1: raise A
            raise B
        """,
    )
    assert found.replacement == after


def test_three_siblings_become_their_base(ask):
    found = ask(
        """
        import errors
        def f(n: int):
            try:
                errors.go(n)
            except Exception:  # here
                pass
        """,
        errors="""
        class Base(Exception): pass
        class A(Base): pass
        class B(Base): pass
        class C(Base): pass
        def go(n: int):
            if n == 1: raise A
            if n == 2: raise B
            raise C
        """,
    )
    assert found.replacement == "errors.Base"
    assert len(found.proposals[0].evidence) == 3


def test_what_cannot_be_resolved_is_named_with_its_line(ask):
    found = ask("""
        def f(plugin):
            try:
                plugin.run()
            except Exception:  # here
                pass
    """)
    assert not found.closed
    assert [(one.line, one.call) for one in found.unresolved] == [(4, "plugin.run")]
    assert found.replacement is None


def test_a_file_of_unknown_syntax_gives_an_open_answer(ask):
    found = ask("def f(:\n    pass  # here\n")
    assert not found.closed
    assert "parsed" in found.unresolved[0].why


@pytest.mark.parametrize(
    ("head", "statement"),
    [
        ("@contextlib.contextmanager", "yield json.loads(s)"),
        ("@contextlib.asynccontextmanager", "yield json.loads(s)"),
        ("@pytest.fixture", "yield int(s)"),
        ("", "yield"),
        ("", "sent = yield int(s)"),
    ],
)
def test_a_yield_lets_in_what_the_driver_of_the_generator_raises(ask, head, statement):
    source = f"""
        import contextlib, json, pytest
        {head}
        def f(s: str):
            try:
                {statement}
            except Exception:  # here
                pass
    """
    found = ask(source)
    assert not found.closed
    assert [one.why for one in found.unresolved] == ["whoever drives this generator may raise here"]


@pytest.mark.parametrize("head", ["", "@staticmethod", "@typing.override"])
def test_a_generator_for_a_loop_is_not_raised_into(ask, head):
    source = f"""
        import typing
        {head}
        def f(rows: list[str]):
            for row in rows:
                try:
                    yield int(row)
                except Exception:  # here
                    pass
    """
    assert ask(source).closed


def test_a_yield_of_an_inner_function_does_not_count(ask):
    source = """
        import contextlib
        @contextlib.contextmanager
        def f(s: str):
            try:
                def inner():
                    yield
                n = int(s)
            except Exception:  # here
                n = 0
            yield n
    """
    assert ask(source).closed


def test_what_the_file_catches_around_the_same_callee_is_proposed_with_the_row(ask):
    found = ask("""
        def f(plugin):
            try:
                plugin.fetch()
            except LookupError:
                pass
        def g(plugin):
            try:
                plugin.fetch()
            except Exception:  # here
                pass
    """)
    first = found.proposals[0]
    assert (first.type, first.evidence[0].kind, first.evidence[0].line) == ("LookupError", "usage", 5)
    assert not found.closed


def test_what_only_statistics_speak_for_is_written_into_no_clause(ask):
    found = ask("""
        def f(plugin):
            try:
                plugin.run()
            except Exception:  # here
                pass
    """)
    assert found.replacement is None
    assert all(one.evidence and one.confidence == "low" for one in found.proposals)


def test_a_package_that_the_file_does_not_import_is_not_guessed(ask):
    found = ask("""
        def f(session, url):
            try:
                return session.get(url, timeout=3)
            except Exception:  # here
                return None
    """)
    assert not [one.type for one in found.proposals if one.type.startswith("requests")]


def test_a_class_is_written_by_its_own_name_not_by_an_older_one(ask):
    found = ask("""
        import zipfile
        def f(s: str):
            try:
                return zipfile.ZipFile(s)
            except Exception:  # here
                return None
    """)
    assert "zipfile.BadZipFile" in [one.spelling for one in found.proposals]


def test_a_class_of_a_package_that_is_not_imported_is_spelled_as_an_imported_one_publishes_it(ask):
    found = ask(
        """
        from front import go
        def f():
            try:
                go()
            except Exception:  # here
                pass
        """,
        back="class Bad(Exception): pass",
        front_in___init__="from back import Bad\nfrom front.impl import go",
        front_in_impl="from back import Bad\ndef go(): raise Bad",
    )
    assert found.proposals[0].type == "back.Bad"
    assert (found.proposals[0].import_module, found.proposals[0].import_name) == ("front", "Bad")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("plugin.fetch()", "this file catches LookupError around .fetch()"),
        ("log.debug(plugin)", "this file catches LookupError elsewhere, around other code"),
    ],
)
def test_a_reason_names_the_type_and_only_code_that_tells_something(ask, call, told):
    found = ask(f"""
        def f(plugin, log):
            try:
                {call}
            except LookupError:
                pass
        def g(plugin, log):
            try:
                {call}
            except Exception:  # here
                pass
    """)
    assert [why.detail for one in found.proposals for why in one.evidence if one.type == "LookupError"][
        :1
    ] == [told]


def test_a_class_of_the_file_itself_is_not_called_imported(ask):
    found = ask("""
        class Refused(Exception): pass
        def g(plugin):
            try:
                plugin.fetch()
            except Exception:  # here
                raise SystemExit("refused")
    """)
    assert [
        why.detail for one in found.proposals for why in one.evidence if one.type.endswith("Refused")
    ] == ["the file defines Refused"]


def test_a_class_of_the_standard_library_is_spelled_as_it_is_published(ask):
    found = ask(
        """
        def f(text):
            import re
            try:
                re.compile(text)
            except Exception:  # here
                pass
        """
    )
    assert found.replacement == "re.error"


@pytest.mark.parametrize(("depth", "named"), [(0, True), (1, False)])
def test_an_error_in_a_programs_own_text_is_written_from_near_by_only(ask, depth, named):
    steps = "".join(f"def f{n}(t): return f{n + 1}(t)\n" for n in range(depth))
    source = f"""
import json
{steps}
def f{depth}(t):
    raise SyntaxError(t)
def run(t, unknown):
    try:
        json.loads(t)
        unknown.go()
        f0(t)
    except Exception:  # here
        pass
"""
    assert ("SyntaxError" in (ask(source).replacement or "")) is named


@pytest.mark.parametrize(("depth", "near"), [(0, True), (2, True), (3, False)])
def test_exception_itself_counts_from_near_by(ask, depth, near):
    steps = "".join(f"def f{n}(t): return f{n + 1}(t)\n" for n in range(depth))
    source = f"""
{steps}
def f{depth}(t):
    raise Exception(t)
def run(t):
    try:
        f0(t)
    except Exception:  # here
        pass
"""
    assert ask(source).alone.broad is near


def test_what_is_not_told_is_ground_for_the_clause_all_the_same(ask):
    found = ask(
        """
        class Sheet:
            def __init__(self, data): self.data = data
            def __getitem__(self, place): return self.data[place]
        def f(data, place):
            try:
                return Sheet(data)[place]
            except Exception:  # here
                return None
        """
    )
    assert not [why for one in found.proposals for why in one.evidence if why.kind != "usage"]
    assert found.alone.shown
    assert found.alone.probability > 0.3


def _details(found, type_):
    return [
        why.detail for one in (*found.proposals, *found.also) for why in one.evidence if one.type == type_
    ]


def test_what_the_file_catches_has_the_name_that_the_file_gives_it(ask):
    found = ask(
        """
        from shop import Denied as ShopDenied
        from other import Denied
        def f(plugin):
            try:
                plugin.fetch()
            except ShopDenied:
                pass
        def g(plugin):
            try:
                plugin.fetch()
            except Exception:  # here
                pass
        """,
        shop="class Denied(Exception): pass",
        other="class Denied(Exception): pass",
    )
    assert "this file catches ShopDenied around .fetch()" in _details(found, "shop.Denied")


@pytest.mark.parametrize("listed", ["'Open'", "'OpenError', 'Open'"])
def test_a_package_publishes_what_its_all_lists(tmp_path, listed):
    text = f"__all__ = [{listed}]\nclass OpenError(Exception): pass\ndef Open(name): ...\n"
    (tmp_path / "shop.py").write_text(text, encoding="utf-8")
    (tmp_path / "app.py").write_text("from shop import Open\n", encoding="utf-8")
    resolver = Resolver(Project(tmp_path))
    found = offers(resolver, resolver.project.module_at("app.py"), ["shop.Open"])
    assert [one.type for one in found] == ["shop.OpenError"] * ("OpenError" in listed)
